"""Whether a difference comes out alike by the numbers of several documents: a claim of its own, checked by what it works with."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.types import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

DIFFERENCE = re.compile(r"(\d+(?:\.\d+)?) − (\d+(?:\.\d+)?) = \S+")
LINE = re.compile(r"(\d+(?:\.\d+)?) ([<>=]) (\d+(?:\.\d+)?)")


def conclusion_claim(told: Sequence[tuple[Claim, bool]]) -> Claim | None:
    """The claim whether several differences are the same, and which is more the same; None where one is no difference.

    Each is a computed claim with whether its first operand is the smaller.

    >>> more, less = (Claim("", (1,), "computed", working) for working in ("41 − 30 = 11", "42 − 30 = 12"))
    >>> claim = conclusion_claim([(more, True), (less, True)])
    >>> claim and claim.text, claim and claim.working
    ('按各处的数算，结果不同，孰高孰低的结论不变。', '30 < 41；30 < 42')
    """
    found = [(DIFFERENCE.fullmatch(claim.working or ""), is_less) for claim, is_less in told]
    lines = []
    for match, is_less in found:
        if match is None:
            return None
        more, less = sorted(match.groups(), key=Decimal, reverse=True)
        sign = "=" if Decimal(more) == Decimal(less) else "<" if is_less else ">"
        lines.append(f"{less} {sign} {more}" if is_less else f"{more} {sign} {less}")
    working = "；".join(lines)
    numbers = dict.fromkeys(number for claim, _ in told for number in claim.citations)
    return Claim(_said(working), tuple(numbers), "computed", working)


def is_conclusion(text: str) -> bool:
    """Whether a claim says that a difference comes out alike by several documents, or does not."""
    return text in messages.CONCLUSIONS.values()


def bears_out_conclusion(text: str, working: str) -> bool:
    """Whether the numbers of a working come to such a claim."""
    return text == _said(working)


def _said(working: str) -> str:
    """What is to be said of pairs of numbers; "" for a working that is not of pairs."""
    lines = [LINE.fullmatch(line) for line in working.split("；")]
    pairs = [(Decimal(line[1]), line[2], Decimal(line[3])) for line in lines if line is not None]
    if len(pairs) < len(lines):
        return ""
    differences = {abs(one - other) for one, _, other in pairs}
    return messages.CONCLUSIONS[len(differences) == 1, len({sign for _, sign, _ in pairs}) == 1]
