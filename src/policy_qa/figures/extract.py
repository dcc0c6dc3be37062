"""The statistical figures of a document: of its sentences and of the cells of its tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.figures.binding import read_statement
from policy_qa.figures.cells import figures_of_table
from policy_qa.figures.enumerations import IN_A_ROW, RANKS_IN_A_ROW, again_in_order, named_in_order
from policy_qa.figures.figure import Figure, Slot
from policy_qa.figures.indicators import REACHED, framed_topic, name_indicator, name_topic
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.places import places_called, unique_name
from policy_qa.types import Caption, Heading, ListItem, Note, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.figures.binding import BoundFigure, Statement
    from policy_qa.figures.figure import Measure
    from policy_qa.figures.surroundings import PeriodSlot, PlaceSlot, Surroundings
    from policy_qa.types import Block, Document

DIGIT = re.compile(r"[0-9０-９]|第[一二三四五六七八九十]|首位|榜首")
NOT_COUNTED = frozenset(
    {"年", "月", "日", "岁", "时", "天", "秒", "个月", "个季度", "季度", "周年", "周岁", "版"}
)
"""Units that tell a time or an edition, not a figure of something counted."""
DAYS_COUNTED = re.compile(r"天数|日数")
IN_NAME = re.compile(r"[、和与及]第?[一二三]次?产业|民[^，。；]{0,4}热线")
"""What stands behind a number that is part of a name: 第一、第三产业, 12345市民热线."""
PART_OF_NAME = re.compile(r"(?:(?<![A-Za-z])[A-Za-z]|每)$")
"""What stands before a number that is part of a name, or of a unit: T1000, 每50公斤."""
OPENERS, CLOSERS = frozenset("“‘"), frozenset("”’")
NAME_OF_RANK = re.compile(r"[^位名首0-9一二三四五六七八九十百]$")
"""第五个, 第三届, 第二产业: in a series, but no rank."""
IS_VALUE = re.compile(r"[为是达到在于处][约近]?$")
_BODIES = (
    r"(?:(?<![出进])港口?|机场|医院|大学|学院|交易所|集团|(?<!上市)(?<!跨国)(?<!国有)公司|银行|综保区|综合保税区|保税区|自贸试验区"
    r"|自贸区|高新区|经开区|开发区|工业园区?|产业园区?|科创城|科技城)"
)
BODY_ENDS = re.compile(_BODIES)
BODY = re.compile(
    rf"(?!国家级|省级|市级|各|部分|多|[两三四五六七八九十]+(?:[个家所座]|大))[^，,。；;、的和与及]{{0,6}}?{_BODIES}(?=[^，,。；;、和与及]{{2}})"
)
"""The rest of the name of a body that begins with a place's: 甲市 + 国际机场."""
ONLY_SHARE = re.compile(r"占(?:了|到)?$")
"""A share of what the figure before was a share of: 到2020年只占18.5%."""
COMPARED_WITH = re.compile(
    r"[，,]?[^，,。；;、（）()]{0,4}(?:[高低快慢好优强弱多少]于|高出|超过|领先|落后)[^，,。；;、（）()]{1,10}[（(]"
)


def extract_figures(document: Document) -> tuple[Figure, ...]:
    """The figures of the document in text order; the same document gives the same figures."""
    found = [figure for block in document.blocks for figure in _of_block(document, block)]
    return tuple(sorted(found, key=lambda figure: (figure.span.start, figure.span.end)))


def _of_block(document: Document, block: Block) -> Iterator[Figure]:
    if isinstance(block, Heading | Caption) or not DIGIT.search(block.span.of(document.text)):
        return
    around = read_surroundings(document, block, home=home_of(document))
    if isinstance(block, Table):
        yield from figures_of_table(around, block)
    elif isinstance(block, Paragraph | ListItem | Note):
        yield from figures_of_prose(around)


def figures_of_prose(around: Surroundings) -> Iterator[Figure]:
    """The figures of a block's sentences; one that names no indicator goes on with the figure before it."""
    text, block = around.document.text, around.block.span
    masked = [*(found.span for found in around.periods), *(found.span for found in around.places)]
    before: Figure | None = None
    topic: Slot | None = None
    for sentence in split_sentences(text, start=block.start, end=block.end):
        framed = framed_topic(text, sentence, masked)
        if framed is not None:
            before, topic = None, Slot(framed.of(text), (framed,), is_carried=True)
        if not DIGIT.search(sentence.of(text)):
            continue
        for figure in _of_sentence(around, read_statement(around, sentence), before, topic):
            before = figure
            yield figure


def _of_sentence(
    around: Surroundings, statement: Statement, before: Figure | None, topic: Slot | None
) -> Iterator[Figure]:
    text = around.document.text
    clauses = split_clauses(text, statement.span)
    figures = [bound for bound in statement.figures if is_statistical(bound, text)]
    spans = [bound.span for bound in figures]
    masked = [*(found.span for found in around.periods), *(found.span for found in around.places)]
    series = named_in_order(text, spans, statement.span, masked)
    again = again_in_order(text, spans, statement.span, masked)
    base = topic if before is None else before.indicator
    told: list[Slot] = []
    last = statement.span.start
    for index, bound in enumerate(figures):
        quantity = replace(bound.quantity, span=bound.span)
        named = name_indicator(text, bound.words, quantity, masked)
        indicator = series.get(index) or named.slot(text)
        place, count = again.get(index, (0, 0))
        if count and index not in series and count <= len(told):
            indicator = _carried(told[place - count])
        if indicator is None:
            between = [one for one in clauses if last <= one.start and one.end <= bound.words.end]
            topic_between = name_topic(text, between, masked)
            keeps_share = (
                named.measure == "change"
                or ONLY_SHARE.search(bound.words.of(text))
                or (before is not None and _comes_to(text, before, bound))
            )
            goes_on = before.indicator if before is not None and keeps_share else base
            indicator = _slot_of(text, topic_between) or _carried(goes_on)
        base = indicator
        if named.share_of is not None:
            indicator = _with_share(indicator, named.share_of, text)
        if indicator is not None and not indicator.is_carried:
            told.append(indicator)
        last = bound.span.end
        clause = next((one for one in clauses if one.contains(bound.span)), statement.span)
        goes_on_with = before is not None and (
            _goes_on_row(text, before, bound)
            or _is_compared_with(text, before, bound)
            or _comes_to(text, before, bound)
        )
        row = before if goes_on_with else None
        measure = named.measure if row is None else row.measure
        figure = _figure(around, statement, bound, clause=clause, indicator=indicator, measure=measure)
        if before is not None and _carries_body(before, figure, in_a_row=row is not None and index in series):
            figure = replace(figure, subject=_carried(before.subject))
        before = figure
        yield figure


def _slot_of(text: str, span: Span | None) -> Slot | None:
    return None if span is None else Slot(span.of(text), (span,))


def _carried(slot: Slot | None) -> Slot | None:
    return None if slot is None else replace(slot, is_carried=True)


def _goes_on_row(text: str, before: Figure, bound: BoundFigure) -> bool:
    """Whether a figure stands in a row with the one before it."""
    row = RANKS_IN_A_ROW if bound.quantity.form == "rank" else IN_A_ROW
    return row.fullmatch(text, before.span.end, bound.span.start) is not None


def _is_compared_with(text: str, before: Figure, bound: BoundFigure) -> bool:
    """Whether a figure in brackets is another place's, which the one before it is compared with: 增长5%，低于全省（7%）."""
    alike = (before.quantity.unit, before.quantity.form) == (bound.quantity.unit, bound.quantity.form)
    return alike and COMPARED_WITH.fullmatch(text, before.span.end, bound.span.start) is not None


def _comes_to(text: str, before: Figure, bound: BoundFigure) -> bool:
    """Whether a figure is what the share before it came to: 比重由2016年的38%降至2020年的20%."""
    is_share = before.measure == "share" and before.quantity.unit == bound.quantity.unit
    return is_share and REACHED.fullmatch(text, before.span.end, bound.span.start) is not None


def _figure(
    around: Surroundings,
    statement: Statement,
    bound: BoundFigure,
    *,
    clause: Span,
    indicator: Slot | None,
    measure: Measure,
) -> Figure:
    subject, name = place_slot(bound.place), indicator
    body = None if indicator is None else _body_of(around, indicator)
    if body is not None:
        subject, name = body
    return Figure(
        document_id=around.document.id,
        quantity=replace(bound.quantity, span=bound.span),
        clause=clause,
        sentence=statement.span,
        cell=None,
        indicator=name,
        subject=subject,
        period=period_slot(bound.period),
        when=None if bound.period is None else bound.period.period,
        measure=measure,
        is_target=bound.is_target,
        scope=bound.scope,
    )


def _body_of(around: Surroundings, indicator: Slot) -> tuple[Slot, Slot] | None:
    """What a figure is of that has a place's name and is none, and what it counts: 甲市港, 吞吐量 of 甲市港吞吐量.

    None where the figure is of a place.
    """
    text = around.document.text
    if not indicator.spans or BODY_ENDS.search(indicator.text) is None:
        return None
    at = indicator.spans[0]
    start = _place_before(around, at)
    begin = start if start < at.start else at.start + _place_at(text[at.start : at.end])
    body = BODY.match(text, max(begin, at.start), at.end)
    if body is None or (start == at.start and begin == at.start) or text.startswith("全", start):
        return None
    whole, rest = Span(start, body.end()), Span(body.end(), at.end)
    name = indicator.text[body.end() - at.start :]
    subject = Slot(whole.of(text), (whole,), indicator.is_carried)
    return subject, replace(indicator, text=name, spans=(rest, *indicator.spans[1:]))


def _place_before(around: Surroundings, at: Span) -> int:
    """Where the place begins that is named right before a noun phrase, the phrase's own start where none is."""
    named = (found.span.start for found in around.places if found.span.end == at.start and not found.is_base)
    return next(named, at.start)


def _place_at(name: str) -> int:
    """How much of a name's beginning is a place's, which makes no mention where it is but a part of it: 甲市港."""
    return next((length for length in (4, 3, 2) if places_called(name[:length])), 0)


def _carries_body(before: Figure, figure: Figure, *, in_a_row: bool) -> bool:
    """Whether a figure goes on with the one before it, which is of a body rather than a place."""
    if before.subject is None or figure.indicator is None or before.indicator is None:
        return False
    goes_on = in_a_row or (figure.indicator.is_carried and figure.indicator.text == before.indicator.text)
    return goes_on and BODY_ENDS.search(before.subject.text) is not None


def is_statistical(bound: BoundFigure, text: str) -> bool:
    """Whether a quantity is written in digits, no mere time, and no number of a name (宝骏730, 100强)."""
    quantity = bound.quantity
    if quantity.unit in NOT_COUNTED:
        return quantity.unit == "天" and DAYS_COUNTED.search(bound.label.of(text)) is not None
    if _is_in_name(bound.span, text):
        return False
    if quantity.form == "rank":
        return not NAME_OF_RANK.search(quantity.text)
    if not DIGIT.search(quantity.text):
        return False
    if quantity.unit or quantity.text[-1] in "万亿" or quantity.form in ("fraction", "ratio"):
        return True
    return IS_VALUE.search(text, max(0, bound.span.start - 3), bound.span.start) is not None


def _is_in_name(span: Span, text: str) -> bool:
    """Whether a number is but part of a name or unit: T1000, 每50公斤, 12345市民热线, “80条”."""
    if PART_OF_NAME.search(text, max(0, span.start - 2), span.start) or IN_NAME.match(text, span.end):
        return True
    return text[max(0, span.start - 1) : span.start] in OPENERS and text[span.end : span.end + 1] in CLOSERS


def place_slot(place: PlaceSlot | None) -> Slot | None:
    """The place as a figure's subject, by its full name; None for a name that several places share."""
    if place is None or not place.places:
        return None
    names = {unique_name(one) for one in place.places}
    spans = () if place.span is None else (place.span,)
    return Slot(names.pop(), spans, place.is_carried) if len(names) == 1 else None


def period_slot(period: PeriodSlot | None) -> Slot | None:
    """The period as a figure's slot, as staff write it."""
    return None if period is None else Slot(period.period.label(), (period.span,), period.is_carried)


def _with_share(indicator: Slot | None, share_of: Span, text: str) -> Slot:
    if indicator is None:
        return Slot(share_of.of(text), (share_of,))
    return Slot(f"{indicator.text}{share_of.of(text)}", (*indicator.spans, share_of), indicator.is_carried)
