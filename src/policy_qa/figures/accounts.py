"""What a government's account of its work leaves unsaid: it is about its own place, its sections about last year or this.

A work report is given at the beginning of the year that its title or date names: it reviews the year before it (or
several), then plans the year itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.language.periods import Period, PeriodMention, find_periods, is_base, whole_year
from policy_qa.types import Heading, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.types import Block, Document

WORK_REPORT = "工作报告"
OF_ONE_PLACE = re.compile(r"工作报告|公报|执行情况")
"""A document so called tells of its own place alone; others it names in passing."""
_COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10}
_REVIEWED = re.compile(
    r"过去的?这?(?P<past>[一两二三四五十])年|(?<![一-鿿])(?P<since>[一两二三四五十])年来"
    r"|(?:今后|未来)的?(?P<next>[两二三四五十])年"
)


def is_of_one_place(document: Document) -> bool:
    """Whether a document by its title is an account of its own place."""
    return document.meta.home_place is not None and OF_ONE_PLACE.search(document.meta.title) is not None


def is_work_report(document: Document) -> bool:
    """Whether a document by its title is a government's account of the year before, and its plan of the year."""
    return WORK_REPORT in document.meta.title


def reviewed_periods(text: str, year: int) -> list[PeriodMention]:
    """The years that 过去一年, 五年来 and 今后五年 are in a work report of `year`, in text order.

    >>> [found.period.label() for found in reviewed_periods("过去五年，造林3万亩；今后五年，再造5万亩", 2021)]
    ['“十三五”时期', '“十四五”时期']
    """
    found = []
    for match in _REVIEWED.finditer(text):
        span = Span(*match.span())
        if match["next"]:
            first, last = year, year + _COUNTS[match["next"]] - 1
        else:
            first, last = year - _COUNTS[match["past"] or match["since"]], year - 1
        period = Period(whole_year(first).first, whole_year(last).last)
        base = is_base(text, span, after=0, joins=None)
        found.append(PeriodMention(span, period, is_resolved=True, is_base=base, carries=not base))
    return found


def with_reviewed(text: str, found: Sequence[PeriodMention], year: int | None) -> list[PeriodMention]:
    """The mentions `found` in a work report of `year` with those that only its year resolves, in text order."""
    if year is None:
        return list(found)
    more = [
        one
        for one in reviewed_periods(text, year)
        if not any(one.span.overlaps(other.span) for other in found)
    ]
    return sorted([*found, *more], key=lambda mention: mention.span.start)


def goes_on(period: Period, year: int) -> bool:
    """Whether what follows in a work report of `year` may be of the period too: the two years it tells of, or several.

    Not a state (2024年初, 到2027年末), a far year that is only compared or aimed at, nor what a record lasts since
    (1985年以来最高).
    """
    if period.is_open or period.is_point:
        return False
    return len(period.years) > 1 or period.first.year in (year - 1, year)


def periods_of_section(
    document: Document, block: Block, year: int
) -> tuple[Heading, tuple[tuple[Span, Period], ...]] | None:
    """The heading that says when the block's section of a work report is, and its periods, each with its span.

    It is the innermost heading above the block that names one; where none does, the last before the section: what
    follows 二、2025年工作安排 without a year is of 2025.
    """
    for heading in _headings_before(document, block):
        text, start = heading.span.of(document.text), heading.span.start
        named = [
            (Span(start + found.span.start, start + found.span.end), found.period)
            for found in with_reviewed(text, find_periods(text, year=year), year)
            if found.period is not None and found.carries and goes_on(found.period, year)
        ]
        if named:
            return heading, tuple(named)
    return None


def _headings_before(document: Document, block: Block) -> Iterator[Heading]:
    """The headings above a block, innermost first, then those before its outermost one; not the title."""
    title = document.meta.title_span
    headings = [
        other
        for other in document.blocks
        if isinstance(other, Heading) and (title is None or not other.span.overlaps(title))
    ]
    outermost = min((heading.level for heading in headings), default=1)
    depth: int | None = None
    for heading in reversed(headings):
        if heading.span.start >= block.span.start:
            continue
        if depth is None or heading.level < depth or heading.level == outermost:
            depth = heading.level
            yield heading
