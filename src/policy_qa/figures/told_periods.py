"""The periods of a sentence's figures: of a series told in order its own, of several years the state at their ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from policy_qa.figures.matching import in_order, series_of
from policy_qa.figures.surroundings import PeriodSlot, frames
from policy_qa.language.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Span

LONGEST_WORDS = 40
CAME_TO = re.compile(
    r"(?:提高|增加|增长|上升|扩大|降低|下降|减少|缩小|跃升|提升|攀升|发展|回落|[升降增减涨跌])(?:到|至|为)(?:了|超过|约|近)*"
)
FROM = re.compile(r"[从由](?:期初的?|不到|不足|超过|约|近)?$")
REACHED = re.compile(r"(?<!累计)(?:达到?|(?:提高|上升|提升|降低|下降|增加|[升降])[到至])(?:了|超过|约|近)*$")
RANGE = re.compile(r"[12][0-9]{3}.*[0-9]{2}")
OWN_OF_PERIOD = re.compile(r"的")


def bound_periods(
    text: str, mentions: Sequence[PeriodMention], figures: Sequence[Span], carried: PeriodSlot | None
) -> list[PeriodSlot | None]:
    """The period of each figure: of a series told in order its own, else the last named before it in the sentence.

    One that belongs to another figure (从2019年的36.2%降到30%) is no other's.
    """
    named = [found for found in mentions if found.period is not None and not found.is_base]
    paired = in_order(text, [found.span for found in named], figures)
    own = {index: found for found in named for index in _own_figures(text, found.span, figures)}
    bound: list[PeriodSlot | None] = []
    for index, figure in enumerate(figures):
        before = [
            found
            for found in named
            if found.span.end <= figure.start
            and not _is_origin_of_other(text, found.span, figures[:index], figure)
        ]
        shared = [found for found in before if found not in own.values() or frames(text, found.span.start)]
        found = named[paired[index]] if index in paired else own.get(index)
        if found is None:
            found = next(iter(reversed(shared)), None) or _behind(named, text, figure)
        if found is None and carried is None and before:
            found = before[-1]
        bound.append(
            carried if found is None or found.period is None else PeriodSlot(found.period, found.span)
        )
    return bound


def _is_origin_of_other(text: str, period: Span, before: Sequence[Span], figure: Span) -> bool:
    """Whether a figure is what one of the period came to: 第三 of 由上年的第四升为第三."""
    if (
        not before
        or before[-1].start < period.end
        or text[max(0, period.start - 1) : period.start] not in {"由", "从"}
    ):
        return False
    return CAME_TO.fullmatch(text, before[-1].end, figure.start) is not None


def at_its_ends(
    text: str, figures: Sequence[Span], quantities: Sequence[Quantity], slots: Sequence[PeriodSlot | None]
) -> list[PeriodSlot | None]:
    """The periods, those of states at the ends of several years as states.

    过去五年…从70万亿元增加到100万亿元 tells of the end of the year before them and of their last; 2015年到2018年…由70亿元增加到
    100亿元 of those two; …覆盖率达到24% of the last.
    """
    found = list(slots)
    for index, (figure, slot) in enumerate(zip(figures, slots, strict=True)):
        if slot is None or not slot.period.is_whole_years or len(slot.period.years) < 2:
            continue
        words = text[max(0, figure.start - LONGEST_WORDS) : figure.start]
        comes = index > 0 and CAME_TO.fullmatch(text, figures[index - 1].end, figure.start)
        if comes and slots[index - 1] == slot and FROM.search(text, 0, figures[index - 1].start):
            is_range = RANGE.search(slot.span.of(text)) is not None
            found[index - 1] = _state_in(slot, slot.period.first.year - (not is_range))
            found[index] = _state_in(slot, slot.period.last.year)
        elif quantities[index].unit == "%" and REACHED.search(words) and not quantities[index].direction:
            found[index] = _state_in(slot, slot.period.last.year)
    return found


def _state_in(slot: PeriodSlot, year: int) -> PeriodSlot:
    end = date(year, 12, 31)
    return replace(slot, period=Period(end, end, is_point=True))


def _own_figures(text: str, period: Span, figures: Sequence[Span]) -> list[int]:
    """The figures, by index, that a period stands right before: 2019年的36.2%、4.1%."""
    for index, figure in enumerate(figures):
        if period.end <= figure.start and OWN_OF_PERIOD.fullmatch(text, period.end, figure.start):
            row = next(group for group in series_of(text, figures) if index in group)
            return [other for other in row if other >= index]
    return []


def _behind(named: Sequence[PeriodMention], text: str, figure: Span) -> PeriodMention | None:
    """The period in brackets right behind a figure: 1.8%（2020年）."""
    return next(
        (found for found in named if text[figure.end : found.span.start].strip() in {"（", "("}), None
    )
