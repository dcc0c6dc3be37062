"""That values told in several places are of several times, so that none contradicts another: a claim of its own, checked."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.faults import Fault
from policy_qa.language.periods import agreement
from policy_qa.types import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.told import Told
    from policy_qa.language.periods import Period

LINE = re.compile(r"([^；：]+)：([^；]+)")
FEWEST = 2
OPENING = messages.TOLD_AT_TIMES.partition("{")[0]


def moments_claim(values: Sequence[tuple[str, Period | None, Sequence[int]]]) -> Claim | None:
    """The claim that values, each with its time and what it cites, are of different times; None where two may be of one."""
    told = {(text, period.label()): period for text, period, _ in values if period}
    if len(told) < max(FEWEST, len({text for text, _, _ in values})) or not _are_apart(list(told.values())):
        return None
    working = "；".join(f"{text}：{label}" for text, label in told)
    numbers = dict.fromkeys(number for _, _, cited in values for number in cited)
    return Claim(_said(working), tuple(numbers), "computed", working)


def is_of_moments(text: str) -> bool:
    """Whether a claim says that values are of different times."""
    return text.startswith(OPENING)


def faults_of_moments(text: str, working: str, places: Sequence[Sequence[Told]]) -> Iterator[Fault]:
    """What of such a claim does not hold: a value not told at its time, or times that may be one."""
    lines = LINE.findall(working)
    told = [figure for place in places for figure in place]
    periods: list[Period] = []
    for value, label in lines:
        own = [one.period for one in told if one.quantity.text == value and one.period]
        periods += [one for one in own if one.label() == label][:1]
    if len(lines) < FEWEST or len(periods) < len(lines) or not _are_apart(periods):
        yield Fault("period", working)
    if text != _said(working):
        yield Fault("kind", text)


def _are_apart(periods: Sequence[Period]) -> bool:
    """Whether each of the times is of one year, and no two may be one; a stretch of years says not when in it."""
    return all(one.first.year == one.last.year for one in periods) and not any(
        agreement(one, other) or agreement(other, one) for one, other in combinations(periods, 2)
    )


def _said(working: str) -> str:
    values = [messages.TOLD_AT.format(value=value, period=label) for value, label in LINE.findall(working)]
    return messages.TOLD_AT_TIMES.format(values="，".join(values))
