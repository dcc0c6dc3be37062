"""The periods and places a block of a document speaks of, and those that it takes over from what stands above it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.figures.accounts import (
    goes_on,
    is_of_one_place,
    is_work_report,
    periods_of_section,
    with_reviewed,
)
from policy_qa.figures.kept import kept
from policy_qa.language.periods import Period, PeriodMention, find_periods
from policy_qa.language.places import Place, PlaceMention, find_places, is_within, places_called
from policy_qa.types import Block, Heading, ListItem, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.types import Document

CHARS_BEFORE = 600
"""So far up in its section a block looks for the period it goes on speaking of."""
FRAME = re.compile(r"(?:^|[，,；;：:。！？\s、])(?:(?:其中|到|截至|截止|至|在|早在|进入|和|与)[，,]?)?$")
NUMBERING = re.compile(r"[\s#（(）)、.．第章节篇0-9一二三四五六七八九十]*")
FRAME_CHARS = 6
FIRST_MONTHS = 3
NAME = re.compile("[“《「『][^“”《》「」『』]*[”》」』]")
LONGEST_NAME = 12
SPEAKS_OF_TWO_YEARS = re.compile(r"工作报告|规划|纲要|计划|目标")
"""A document so called tells the last year's outcomes and the next one's targets: its title's year is no figure's."""


BLOCKS_KEPT = 2048


@dataclass(frozen=True, slots=True)
class PeriodSlot:
    """A period with the span of the document that names it; `is_carried` where that is not the sentence itself."""

    period: Period
    span: Span
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSlot:
    """A place (several where its name is shared) with the span that names it; None for a document's home place."""

    places: tuple[Place, ...]
    span: Span | None
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A block with its mentions, as spans of the document, and the slots of what stands above it.

    `home` is the place the document is about, None where it is about none, or about several. `is_of_one_place`: it is an
    account of that place alone. `work_year` is the year of a work report, which tells of the year before and of itself.
    """

    document: Document
    block: Block
    periods: tuple[PeriodMention, ...]
    places: tuple[PlaceMention, ...]
    period_above: PeriodSlot | None
    place_above: PlaceSlot | None
    home: Place | None
    is_of_one_place: bool = False
    work_year: int | None = None


@kept(BLOCKS_KEPT, of=2)
def read_surroundings(document: Document, block: Block, *, home: Place | None) -> Surroundings:
    """The block's mentions and what it takes over; `home` is what 全市 and 我市 mean in the document."""
    text, start = document.text, block.span.start
    year = year_of(document)
    work_year = year if is_work_report(document) else None
    is_account = is_of_one_place(document)
    period_above = (
        _period_above(document, block, year)
        if work_year is None
        else _period_of_work(document, block, work_year)
    )
    before = period_above.period if period_above else None
    own = block.span.of(text)
    return Surroundings(
        document,
        block,
        tuple(
            _moved_period(found, start)
            for found in with_reviewed(own, find_periods(own, before=before, year=year), work_year)
        ),
        tuple(
            _moved_place(found, start) for found in find_places(own, home=home) if not _in_name(own, found)
        ),
        period_above,
        _place_above(document, block, home, is_account=is_account),
        home,
        is_account,
        work_year,
    )


def year_of(document: Document) -> int | None:
    """The year that 今年 is in a document: that of its date, else the last one its title names."""
    if document.meta.issued_on is not None:
        return document.meta.issued_on.year
    years = [found.period.last.year for found in find_periods(document.meta.title) if found.period]
    return years[-1] if years else None


def is_yet_to_come(document: Document, slot: PeriodSlot | None) -> bool:
    """Whether a whole year, or its end, was still to come when the document was written: what it tells of it is aimed at.

    A document of the first months of a year tells nothing else of that year as a whole. One without a date that speaks
    of two years by its title (a work report) is of the first months of the later one.
    """
    if slot is None or len(slot.period.years) != 1 or slot.period.is_open:
        return False
    if not (slot.period.is_whole_years or slot.period.is_point) or slot.period.last.month != 12:
        return False
    issued, year = document.meta.issued_on, slot.period.last.year
    if issued is not None:
        return year > issued.year or (year == issued.year and issued.month <= FIRST_MONTHS)
    told = year_of(document) if is_work_report(document) else None
    return told is not None and year >= told


def home_of(document: Document) -> Place | None:
    """The place a document is about, None where none is clear."""
    called = places_called(document.meta.home_place) if document.meta.home_place else ()
    return called[0] if called else None


def _period_above(document: Document, block: Block, year: int | None) -> PeriodSlot | None:
    """The last period of the block's section before it, else that of the innermost heading that has one, else the title's."""
    for paragraph in _paragraphs_before(document, block):
        found = _last_period(document.text, paragraph.span, year, framing=True)
        if found is not None:
            return found
    title = document.meta.title_span
    spans = [heading.span for heading in _headings_above(document, block)]
    spans = [span for span in spans if title is None or not span.overlaps(title)]
    if title is not None and not SPEAKS_OF_TWO_YEARS.search(document.meta.title):
        spans.append(title)
    found_above = (_last_period(document.text, span, year) for span in spans)
    return next((found for found in found_above if found is not None), None)


def _period_of_work(document: Document, block: Block, year: int) -> PeriodSlot | None:
    """The period that the block's section of a work report of `year` is about.

    Of a section about several (过去五年和2020年), the one that a paragraph before the block began with last; a report
    without such headings is read like any document.
    """
    section = periods_of_section(document, block, year)
    if section is None:
        above = _period_above(document, block, year)
        return above if above is not None and goes_on(above.period, year) else None
    heading, named = section
    if len({period for _, period in named}) == 1:
        return PeriodSlot(named[0][1], named[0][0], is_carried=True)
    for other in reversed(document.blocks):
        if not heading.span.end <= other.span.start < block.span.start or isinstance(other, Heading):
            continue
        begun = _begun_with(document.text, other.span, year)
        if begun is not None and begun.period in {period for _, period in named}:
            return begun
    return None


def _begun_with(text: str, span: Span, year: int) -> PeriodSlot | None:
    """The period that a paragraph begins with (过去五年，…), None where it begins with another word."""
    own = span.of(text)
    for found in with_reviewed(own, find_periods(own, year=year), year):
        if found.period is not None and not found.is_base and not own[: found.span.start].strip(" 　—-“"):
            return PeriodSlot(found.period, _moved(found.span, span.start), is_carried=True)
    return None


def _paragraphs_before(document: Document, block: Block) -> Sequence[Block]:
    """The running text the block goes on, last first: that of its section, its subsections not counted, at most so far up."""
    index = bisect_left(document.blocks, block.span.start, key=lambda other: other.span.start)
    found = []
    for other in reversed(document.blocks[:index]):
        if other.heading_path != block.heading_path or isinstance(other, Heading):
            break
        if block.span.start - other.span.end > CHARS_BEFORE:
            break
        if isinstance(other, Paragraph | ListItem):
            found.append(other)
    return found


def _headings_above(document: Document, block: Block) -> Sequence[Heading]:
    """The headings the block stands under, innermost first."""
    index = bisect_left(document.blocks, block.span.start, key=lambda other: other.span.start)
    wanted = block.heading_path if not isinstance(block, Heading) else block.heading_path[:-1]
    found = []
    for other in reversed(document.blocks[:index]):
        if not wanted:
            break
        if isinstance(other, Heading) and other.heading_path == wanted:
            found.append(other)
            wanted = wanted[:-1]
    return found


def _last_period(text: str, span: Span, year: int | None, *, framing: bool = False) -> PeriodSlot | None:
    found = [
        PeriodSlot(mention.period, _moved(mention.span, span.start), is_carried=True)
        for mention in find_periods(span.of(text), year=year)
        if mention.period is not None and not mention.is_base
    ]
    if framing:
        found = [slot for slot in found if frames(text, slot.span.start)]
    return found[-1] if found else None


def frames(text: str, start: int) -> bool:
    """Whether a period that starts there begins a clause, and so tells when what follows is: not 而2015年只有137家.

    >>> frames("2020年，甲县有3家，而2015年只有1家。", 0), frames("2020年，甲县有3家，而2015年只有1家。", 13)
    (True, False)
    """
    return FRAME.search(text[max(0, start - FRAME_CHARS) : start]) is not None


def _place_above(
    document: Document, block: Block, home: Place | None, *, is_account: bool
) -> PlaceSlot | None:
    """The place of the innermost heading that names one alone, else the document's home.

    An account of that home is about another place only where a heading begins with a part of it; it names others in
    passing (建设全国文化中心).
    """
    for heading in _headings_above(document, block):
        named = [
            found for found in find_places(heading.span.of(document.text), home=home) if not found.is_base
        ]
        if is_account and not (named and _begins_with_part(heading.span.of(document.text), named[0], home)):
            continue
        if len({found.places for found in named}) == 1:
            return PlaceSlot(named[0].places, _moved(named[0].span, heading.span.start), is_carried=True)
        if named:
            return None
    return None if home is None else PlaceSlot((home,), _named_in_title(document, home), is_carried=True)


def _begins_with_part(heading: str, place: PlaceMention, home: Place | None) -> bool:
    """Whether a heading begins, behind its number, with a part of the home."""
    if home is None or NUMBERING.fullmatch(heading, 0, place.span.start) is None:
        return False
    return all(is_within(one, home) for one in place.places)


def _named_in_title(document: Document, home: Place) -> Span | None:
    title = document.meta.title_span
    if title is None:
        return None
    for found in find_places(title.of(document.text)):
        if home in found.places:
            return _moved(found.span, title.start)
    return None


def _in_name(text: str, place: PlaceMention) -> bool:
    """Whether a place is but part of the name of something: “中国创翼”创业大赛, 《江苏统计年鉴》."""
    return any(
        match.start() < place.span.start
        and place.span.end < match.end()
        and len(place.span) + 2 < len(match[0])
        and (match[0][0] == "《" or len(match[0]) <= LONGEST_NAME)
        for match in NAME.finditer(text, max(0, place.span.start - 60), place.span.end + 60)
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved_period(found: PeriodMention, by: int) -> PeriodMention:
    origin = None if found.origin is None else _moved(found.origin, by)
    return replace(found, span=_moved(found.span, by), origin=origin)


def _moved_place(found: PlaceMention, by: int) -> PlaceMention:
    return replace(found, span=_moved(found.span, by))
