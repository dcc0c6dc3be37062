"""The four-digit years that texts speak of."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.language.normalize import search_key
from policy_qa.language.period_shorthand import BARE_YEAR
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.readings import TableKeys
    from policy_qa.types import Block, Document
    from policy_qa.understanding import Query

BASE_YEAR = re.compile(r"[比较](?:19|20)\d{2}年")


def year_fits(years: Sequence[str], document: Document, block: Block, span: Span) -> bool:
    """Whether the sentence may speak of one of the asked years.

    Its own years decide, but for those it only compares with (比2019年); without any the last year named before it in
    its paragraph, else in its section, then those of its headings. A sentence to which no year can be given may speak
    of any.
    """
    if not years:
        return True
    own = years_spoken_of(span.of(document.text))
    if own:
        return years_fit(years, own)
    before = years_spoken_of(document.text[block.span.start : span.start])
    if before:
        return before[-1] in years
    section = years_spoken_of(section_before(document, block))
    if section:
        return section[-1] in years
    above = years_spoken_of(" ".join(block.heading_path))
    return not above or any(year in above for year in years)


def years_fit(years: Sequence[str], spoken: Sequence[str]) -> bool:
    """Whether one of the asked years is spoken of, by name or within a range; asked for none, any is.

    >>> years_fit(["2019"], ["2018", "2020"]), years_fit(["2021"], ["2020"]), years_fit([], ["2020"])
    (True, False, True)
    """
    return not years or any(year in spoken or within_a_range(year, spoken) for year in years)


def section_before(document: Document, block: Block) -> str:
    """The text of the block's section, its subsections not counted, that stands before the block."""
    index = bisect_left(document.blocks, block.span.start, key=lambda other: other.span.start)
    first = index
    while first > 0 and document.blocks[first - 1].heading_path == block.heading_path:
        first -= 1
    return document.text[document.blocks[first].span.start : block.span.start]


def years_spoken_of(text: str) -> list[str]:
    """The four-digit years of a text in order, without those it only compares with.

    >>> years_spoken_of("2020年增长0.9%，比2019年低13.8个百分点")
    ['2020']
    """
    return BARE_YEAR.findall(BASE_YEAR.sub("", search_key(text)))


def within_a_range(year: str, years: Sequence[str]) -> bool:
    """Whether a year lies strictly between the first and the last of several named ones.

    >>> within_a_range("2014", ["2011", "2018"]), within_a_range("2019", ["2011", "2018"])
    (True, False)
    """
    return len(years) > 1 and min(years) < year < max(years)


def table_years_fit(query: Query, keys: TableKeys) -> bool:
    """Whether the table speaks of an asked year: in its labels, else its caption, else as its place in the text says."""
    if not query.years:
        return True
    own = [label.years for axis in (keys.rows, keys.columns) for label in axis.values() if label.years]
    if own:  # columns of 2015 and 2018 are none of 2017; one of 2015-2018 is
        return any(years_fit(query.years, years) for years in own)
    captioned = years_spoken_of(keys.caption)
    if captioned:
        return years_fit(query.years, captioned)
    start = keys.table.span.start
    return year_fits(query.years, keys.document, block_at(keys.document, start), Span(start, start))
