"""The periods of a sentence's figures: of a series told in order its own, of several years the state at their ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from policy_qa.figures.enumerations import in_order, series_of
from policy_qa.figures.surroundings import PeriodSlot, frames
from policy_qa.language.periods import Period, whole_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Span

LONGEST_WORDS = 40
YEARS_COUNTED = re.compile(r"[一二三四五六七八九十两几]+年")
"""过去五年 begins with the end of the year before; of 2016—2020年 or a plan the first year may be meant as well."""
CAME_TO = re.compile(
    r"(?:提高|增加|增长|上升|扩大|降低|下降|减少|缩小|跃升|提升|攀升|发展|回落|[升降增减涨跌])(?:到|至|为)(?:了|超过|约|近)*"
)
FROM = re.compile(r"[从由](?:期初的?|不到|不足|超过|约|近)?$")
REACHED = re.compile(r"(?<!累计)(?:达到?|(?:提高|上升|提升|降低|下降|增加|[升降])[到至])(?:了|超过|约|近)*$")
BESIDE = re.compile(r"[，,]?[^，,。；;、\d]{0,4}[高低大小多少快慢]于[^，,。；;、\d]{1,12}[（(]\s*")
"""What a figure is set beside is of its time: 提高到3%，远高于全省水平（2%）."""
OUT_OF = re.compile(r"(?:[由从自]|原来的?)(?:[^，,。；;、\d]{0,6})$")
INTO = re.compile(r"[^，,。；;、\d]{0,8}[至到][^，,。；;、\d]{0,4}")
FROM_PERIOD = re.compile(r"[由从自]$")
CAME_BY = re.compile(r"[^。；;]*[至到][^。；;]{0,4}")
SAME_TIME = frozenset({"同期", "同时期", "期间", "此间", "其间"})
STRETCH_IN_WORDS = re.compile(r"年.*[到至].*年")
"""2016年到2019年 begins with the state of its first year; what 2016—2020年 or a plan begins with may be the year before."""
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


def from_one_to_the_other(
    text: str,
    mentions: Sequence[PeriodMention],
    figures: Sequence[Span],
    bound: Sequence[PeriodSlot | None],
    begun: int,
) -> list[PeriodSlot | None]:
    """The periods of the figures; of two told as 从甲到乙 without a period of their own the first and the last that hold there.

    Those are told before in the same full sentence (由2015年的3%升至2018年的5%，乙市从2%升到4%), or as a stretch.
    """
    told = list(bound)
    named = [
        found
        for found in mentions
        if found.period is not None and not found.is_base and found.span.of(text) not in SAME_TIME
    ]
    for index in range(len(figures) - 1):
        first, last = figures[index], figures[index + 1]
        start = OUT_OF.search(text, begun, first.start)
        if start is None or not INTO.fullmatch(text, first.end, last.start):
            continue
        if any(start.start() <= found.span.start < last.start for found in named):
            continue
        ends = _ends_told(text, [found for found in named if begun <= found.span.start < start.start()])
        if ends is not None:
            told[index], told[index + 1] = ends
    return told


def _ends_told(text: str, before: Sequence[PeriodMention]) -> tuple[PeriodSlot, PeriodSlot] | None:
    """The two periods between which something changed, by the last mentions before; None where these are no such two."""
    if not before or before[-1].period is None:
        return None
    last, period = before[-1], before[-1].period
    if STRETCH_IN_WORDS.search(last.span.of(text)) and not period.is_open and len(period.years) > 1:
        first = whole_year(period.years[0]), whole_year(period.years[-1])
        return PeriodSlot(first[0], last.span, is_carried=True), PeriodSlot(
            first[1], last.span, is_carried=True
        )
    if len(before) < 2 or before[-2].period is None:
        return None
    from_one = FROM_PERIOD.search(text, max(0, before[-2].span.start - 1), before[-2].span.start)
    if from_one is None or not CAME_BY.fullmatch(text, before[-2].span.end, last.span.start):
        return None
    return (
        PeriodSlot(before[-2].period, before[-2].span, is_carried=True),
        PeriodSlot(period, last.span, is_carried=True),
    )


def at_its_ends(
    text: str, figures: Sequence[Span], quantities: Sequence[Quantity], slots: Sequence[PeriodSlot | None]
) -> list[PeriodSlot | None]:
    """The periods, those of states at the ends of several years as states.

    过去五年…从70万亿元增加到100万亿元 tells of the end of the year before them and of their last; …覆盖率达到24% of the last.
    """
    found = list(slots)
    for index, (figure, slot) in enumerate(zip(figures, slots, strict=True)):
        if slot is None or not slot.period.is_whole_years or len(slot.period.years) < 2:
            continue
        words = text[max(0, figure.start - LONGEST_WORDS) : figure.start]
        if (
            index
            and slots[index - 1] == slot
            and BESIDE.fullmatch(text, figures[index - 1].end, figure.start)
        ):
            found[index] = found[index - 1]
            continue
        comes = index > 0 and CAME_TO.fullmatch(text, figures[index - 1].end, figure.start)
        counted = YEARS_COUNTED.search(slot.span.of(text)) is not None
        if comes and counted and slots[index - 1] == slot and FROM.search(text, 0, figures[index - 1].start):
            found[index - 1] = _state_in(slot, slot.period.first.year - 1)
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
