"""The figures of a table's cells: their labels say place, period and indicator, the caption what these leave open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.figures.figure import CellPlace, Figure, Measure, Slot
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import Period, find_periods
from policy_qa.language.places import find_places, places_called, unique_name
from policy_qa.language.qualifiers import TARGET, scope_of
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.figures.surroundings import Surroundings
    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Cell, Table

LONE_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?![\d.年%—-])")
BRACKETED_UNIT = re.compile(r"[（(][^（()）]{1,8}[）)]")
CAPTION_NUMBER = re.compile(r"^\s*[表图]\s*[\d一二三四五六七八九十.-]+\s*[:：]?")
CAPTION_FRAME = re.compile(
    r"(?:部分|主要|有关|相关|各|若干|[两三四五六七八九十\d]+个?)?(?:城市|地区|省市|市|县区|区县|企业)|情况|一览|对比|对照|比较|统计|表$|示意|前后|及其|数据"
)
CAPTION_SIDE = re.compile(
    r"(?:及其?|[和与、])(?:全国|全区|全省)?(?:排名|位次|名次|增速|增幅|比重|占比|得分)\s*$"
)
"""What a caption names beside its indicator, and a label names again: 茶叶产量及位次."""
RANK = re.compile(r"排名|位次|名次|排位")
GROWTH = re.compile(r"增速|增幅|增长|同比|降幅|涨幅|比上年|±")
MERE_GROWTH = re.compile(
    r"(?:同比|名义|实际|比上年|较上年)?(?:增速|增幅|增长率?|涨幅|增减)(?:[（(][%％][）)]|[%％])?|同比(?:[（(][%％][）)]|[%％])?"
)
CHANGE_HEAD = re.compile(r"变化|变动|增减|升降")
"""A head over changes, which are of the stretch from the first period of the caption to its last."""
SHARE = re.compile(r"比重|占比|占|比例|份额|构成")
BARE = re.compile(
    r"(?:排名|位次|名次|数值|数量|金额|得分|总量|绝对值|总额|增速|比重|占比|合计|总计|小计|本期|全年)$"
)


def figures_of_table(around: Surroundings, table: Table) -> Iterator[Figure]:
    """The figures of the cells, in order; a cell without a number has none."""
    text = around.document.text
    caption = "" if table.caption is None or not table.caption_fits else table.caption.of(text)
    topic = _Topic(around, table, caption)
    for cell in table.cells:
        quantity = quantity_of(cell)
        if quantity is None:
            continue
        row = table.rows[cell.row]
        labels = [*zip(cell.row_label, row.label_spans, strict=False), *_heads(table, cell)]
        yield topic.figure(cell, quantity, labels, row.span)


def quantity_of(cell: Cell) -> Quantity | None:
    """What a cell is worth, its unit that of its labels; None where it is no one number."""
    if cell.text is None or cell.span is None:
        return None
    written = cell.text if cell.unit is None or cell.text.endswith(cell.unit) else cell.text + cell.unit
    found = read_quantities(written)
    if len(found) != 1 or not found[0].values:
        return None
    return replace(found[0], span=cell.span, text=cell.text)


def _heads(table: Table, cell: Cell) -> list[tuple[str, Span]]:
    """The parts of a column's label with where they stand; one without a span is passed over.

    A column of mere growth is of what the column before it tells: GDP（亿元） | 增速.
    """
    own = _heads_over(table, cell.column)
    amounts = _heads_over(table, cell.column - 1) if is_mere_growth("".join(part for part, _ in own)) else []
    return [*amounts, *own] if amounts and tells_amount(amounts[-1][0]) else own


def _heads_over(table: Table, column: int) -> list[tuple[str, Span]]:
    return [
        (head.text, head.spans[0])
        for level in table.header_rows
        for head in level
        if head.column <= column < head.column + head.width and head.spans and head.text and column > 0
    ]


def tells_amount(label: str) -> bool:
    """Whether a label is of an amount, whose growth a column beside it may tell: neither a rank, a share nor a growth."""
    key = search_key(label)
    return not (RANK.search(key) or SHARE.search(key) or GROWTH.search(key))


def is_mere_growth(label: str) -> bool:
    """Whether a label says that something grew, and not what.

    >>> is_mere_growth("同比增速（%）"), is_mere_growth("GDP增速")
    (True, False)
    """
    return MERE_GROWTH.fullmatch("".join(label.split())) is not None


class _Topic:
    """What a table's caption and surroundings say of all its cells."""

    def __init__(self, around: Surroundings, table: Table, caption: str) -> None:
        self.around = around
        self.caption_span = table.caption
        start = 0 if table.caption is None else table.caption.start
        written = "" if table.caption is None else table.caption.of(around.document.text)
        named = [found for found in find_periods(with_year(written)) if found.period is not None]
        self.period = self._caption_period(named[0].period if named else None)
        places = [found for found in find_places(caption, home=around.home) if not found.is_base]
        own = {found.places for found in places}
        self.place = (
            Slot(
                unique_name(places[0].places[0]),
                (Span(start + places[0].span.start, start + places[0].span.end),),
                is_carried=True,
            )
            if len(own) == 1
            else None
        )
        self.between = self._between(named)
        self.scope = scope_of(caption)
        self.indicator = _caption_indicator(caption)
        self.table = table

    def _caption_period(self, period: Period | None) -> tuple[Slot, Period] | None:
        above = self.around.period_above
        if period is not None and self.caption_span is not None:
            return Slot(period.label(), (self.caption_span,), is_carried=True), period
        if above is not None and not above.period.is_open:
            return Slot(above.period.label(), (above.span,), is_carried=True), above.period
        return None

    def _between(self, named: Sequence[PeriodMention]) -> tuple[Slot, Period] | None:
        """The stretch from the first period of the caption to the last, which a change is over."""
        periods = [found.period for found in named if found.period is not None]
        if len(periods) < 2 or self.caption_span is None or periods[0].first >= periods[-1].last:
            return None
        stretch = Period(periods[0].first, periods[-1].last)
        return Slot(stretch.label(), (self.caption_span,), is_carried=True), stretch

    def figure(self, cell: Cell, quantity: Quantity, labels: Sequence[tuple[str, Span]], row: Span) -> Figure:
        subject, period, parts = _sorted_labels(labels, self.around)
        name = "".join(part for part, _ in parts)
        if period is None:
            period = self.between if CHANGE_HEAD.search(name) and self.between else self.period
        if subject is None:
            subject = self.place or _home(self.around)
        spans = tuple(span for _, span in parts)
        if (not name or BARE.fullmatch(name)) and self.indicator and self.caption_span:
            said = self.indicator.removesuffix(name)  # GDP排名 above a column 排名
            name, spans = said + name, (self.caption_span, *spans)
        return Figure(
            document_id=self.around.document.id,
            quantity=quantity,
            clause=row,
            sentence=row,
            cell=CellPlace(self.table.span.start, cell.row, cell.column),
            indicator=Slot(name, spans) if name else None,
            subject=subject,
            period=None if period is None else period[0],
            when=None if period is None else period[1],
            measure=_measure(name, quantity),
            is_target=TARGET.search(name) is not None,
            scope=scope_of(name) or self.scope,
        )


def _sorted_labels(
    labels: Sequence[tuple[str, Span]], around: Surroundings
) -> tuple[Slot | None, tuple[Slot, Period] | None, list[tuple[str, Span]]]:
    """The place and the period that labels name, and the parts that name what is counted."""
    subject: Slot | None = None
    period: tuple[Slot, Period] | None = None
    parts: list[tuple[str, Span]] = []
    for label, span in labels:
        name = " ".join(label.split())
        places = places_of_label(name, around)
        if places is not None:
            subject = Slot(places, (span,))
            continue
        dated = [found for found in find_periods(with_year(name)) if found.period is not None]
        rest = BRACKETED_UNIT.sub("", name)
        if dated and dated[0].period is not None:
            period = Slot(dated[0].period.label(), (span,)), dated[0].period
            written = with_year(rest)
            for found in reversed(find_periods(written)):
                written = written[: found.span.start] + written[found.span.end :]
            rest = written
        if rest.strip():
            parts.append((rest.strip(), span))
    return subject, period, parts


def places_of_label(name: str, around: Surroundings) -> str | None:
    """The full name of the place that a label is, None where it is none or one of several of that name."""
    bare = "".join(name.split())
    found = [one for one in find_places(bare, home=around.home) if one.span == Span(0, len(bare))]
    if found and len(found[0].places) == 1:
        return unique_name(found[0].places[0])
    called = places_called(bare)
    if not called and " " in name:  # 四川 绵阳, 广西柳州
        called = places_called(name.split()[-1])
    named = find_places(bare, home=around.home)
    if not called and named and named[-1].span.end == len(bare) and named[0].span.start == 0:
        called = named[-1].places
    return unique_name(called[0]) if called else None


def _caption_indicator(caption: str) -> str:
    """What a caption says that is counted: neither number, nor period, nor place, nor frame (部分城市…情况)."""
    written = with_year(CAPTION_NUMBER.sub("", " ".join(caption.split())))
    spans = [found.span for found in find_periods(written)] + [found.span for found in find_places(written)]
    for span in sorted(spans, key=lambda one: -one.start):
        written = written[: span.start] + written[span.end :]
    return CAPTION_SIDE.sub("", CAPTION_FRAME.sub("", written)).strip(" 的、，,与和及")


def _home(around: Surroundings) -> Slot | None:
    above = around.place_above
    if above is None or len(above.places) != 1:
        return None
    spans = () if above.span is None else (above.span,)
    return Slot(unique_name(above.places[0]), spans, is_carried=True)


def _measure(name: str, quantity: Quantity) -> Measure:
    key = search_key(name)
    if quantity.form == "rank" or RANK.search(key):
        return "rank"
    if GROWTH.search(key):
        return "growth"
    return "share" if SHARE.search(key) and quantity.unit in {"%", "‰", ""} else "level"


def with_year(text: str) -> str:
    """The text with 年 behind a year that stands alone, as labels have it.

    >>> with_year("工业 2018"), with_year("2018年末")
    ('工业 2018年', '2018年末')
    """
    return LONE_YEAR.sub(r"\g<0>年", text)
