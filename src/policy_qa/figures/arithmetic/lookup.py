"""Finding a part that is stated elsewhere: the figures of all documents by what they are of."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Operand
from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.types import Document

WHOLE = {"投资": "固投", "全部投资": "固投", "全社会固投": "固投", "固投完成额": "固投"}
FRAME = re.compile(
    r"^(?:全市|全省|全区|全县|全国|全部|同期|当年|当地|本市|我市|我省|地方|完成|实现|累计|年度|其|的)+|(?:的|总量|总额|总数|完成|实现|累计|达到?|为|共)+$"
)


class Shelf:
    """The figures of the documents, found by indicator, place, period, unit and kind."""

    def __init__(self, documents: Sequence[tuple[Document, Sequence[Figure]]]) -> None:
        self._found: dict[tuple[str, str, str], list[Operand]] = defaultdict(list)
        for document, figures in documents:
            for figure in figures:
                if figure.indicator is not None:
                    subject = document.id if figure.subject is None else figure.subject.text
                    key = (indicator_key(figure.indicator.text), subject, figure.quantity.unit)
                    self._found[key].append(Operand(document, figure))

    def find(self, indicator: str, subject: str | None, when: Period | None, like: Figure) -> list[Operand]:
        """The figures of the indicator, place and period with the unit and kind of `like`, none of them a target.

        Without a place, those of the same document that name none either.
        """
        if when is None:
            return []
        subject = subject or like.document_id
        found = self._found.get((indicator_key(indicator), subject, like.quantity.unit), ())
        return [
            one
            for one in found
            if one.figure.when is not None
            and same_period(one.figure.when, when)
            and one.figure.measure == like.measure
            and one.figure.scope == like.scope
            and not one.figure.is_target
            and one.figure.span != like.span
        ]


def same_period(one: Period, other: Period) -> bool:
    """Whether two periods are the same stretch; the state at its end counts as that of the year."""
    return (one.first, one.last) == (other.first, other.last) or (
        one.last == other.last and one.is_point != other.is_point
    )


@lru_cache(maxsize=8192)
def indicator_key(name: str) -> str:
    """What an indicator is called, the same for the names of one thing that `synonyms.txt` lists.

    >>> indicator_key("全市地区生产总值"), indicator_key("GDP")
    ('gdp', 'gdp')
    """
    pattern, first = _synonyms()
    key = pattern.sub(lambda match: first[match[0]], search_key("".join(name.split())))
    bare = FRAME.sub("", key)
    return WHOLE.get(bare, bare) or key


@lru_cache(maxsize=1)
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Any listed name, the longest first, and for each the first one of its group."""
    text = resources.files("policy_qa.language").joinpath("vocabularies/synonyms.txt").read_text("utf-8")
    groups = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    first = {search_key(name): search_key(group[0]) for group in reversed(groups) for name in group}
    names = sorted(first, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))), first


def distinct(operands: Iterable[Operand]) -> list[Operand]:
    """The operands, one for each value that is told, the first of them."""
    return list({operand.figure.quantity.values: operand for operand in reversed(list(operands))}.values())[
        ::-1
    ]
