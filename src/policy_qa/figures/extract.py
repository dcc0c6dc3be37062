"""The statistical figures of a document: of its sentences and of the cells of its tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.figures.binding import read_statement
from policy_qa.figures.cells import figures_of_table
from policy_qa.figures.enumerations import IN_A_ROW, RANKS_IN_A_ROW, named_in_order
from policy_qa.figures.figure import Figure, Slot
from policy_qa.figures.indicators import framed_topic, name_indicator, name_topic
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.places import unique_name
from policy_qa.types import Caption, Heading, ListItem, Note, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.figures.binding import BoundFigure, Statement
    from policy_qa.figures.surroundings import PeriodSlot, PlaceSlot, Surroundings
    from policy_qa.types import Block, Document

DIGIT = re.compile(r"[0-9０-９]")
NOT_COUNTED = frozenset(
    {"年", "月", "日", "岁", "时", "天", "秒", "个月", "个季度", "季度", "周年", "周岁", "版"}
)
"""Units that tell a time or an edition, not a figure of something counted."""
DAYS_COUNTED = re.compile(r"天数|日数")
IN_NAME = re.compile(r"[、和与及]第?[一二三]次?产业|民[^，。；]{0,4}热线")
"""What stands behind a number that is part of a name: 第一、第三产业, 12345市民热线."""
OPENERS, CLOSERS = frozenset("“‘"), frozenset("”’")
NAME_OF_RANK = re.compile(r"[^位名0-9一二三四五六七八九十百]$")
"""第五个, 第三届, 第二产业: in a series, but no rank."""
IS_VALUE = re.compile(r"[为是达到在于处][约近]?$")
ONLY_SHARE = re.compile(r"占(?:了|到)?$")
"""A share of what the figure before was a share of: 到2020年只占18.5%."""


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
        yield from _of_prose(around)


def _of_prose(around: Surroundings) -> Iterator[Figure]:
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
    masked = [*(found.span for found in around.periods), *(found.span for found in around.places)]
    figures = [bound for bound in statement.figures if is_statistical(bound, text)]
    series = named_in_order(text, [bound.span for bound in figures], statement.span, masked)
    base = topic if before is None else before.indicator
    last = statement.span.start
    for index, bound in enumerate(figures):
        quantity = replace(bound.quantity, span=bound.span)
        named = name_indicator(text, bound.words, quantity, masked)
        indicator = series.get(index) or named.slot(text)
        if indicator is None:
            between = [one for one in clauses if last <= one.start and one.end <= bound.words.end]
            own = name_topic(text, between, masked)
            indicator = None if own is None else Slot(own.of(text), (own,))
        if indicator is None:
            keeps_share = named.measure == "change" or ONLY_SHARE.search(bound.words.of(text))
            goes_on = before.indicator if before is not None and keeps_share else base
            indicator = None if goes_on is None else replace(goes_on, is_carried=True)
        base = indicator
        row = RANKS_IN_A_ROW if quantity.form == "rank" else IN_A_ROW
        in_a_row = before is not None and row.fullmatch(text, before.span.end, bound.span.start)
        measure = before.measure if before is not None and in_a_row else named.measure
        if named.share_of is not None:
            indicator = _with_share(indicator, named.share_of, text)
        last = bound.span.end
        before = Figure(
            document_id=around.document.id,
            quantity=quantity,
            clause=next((one for one in clauses if one.contains(bound.span)), statement.span),
            sentence=statement.span,
            cell=None,
            indicator=indicator,
            subject=place_slot(bound.place),
            period=period_slot(bound.period),
            when=None if bound.period is None else bound.period.period,
            measure=measure,
            is_target=bound.is_target,
            scope=bound.scope,
        )
        yield before


def is_statistical(bound: BoundFigure, text: str) -> bool:
    """Whether a quantity is written in digits, no mere time, and no number of a name (宝骏730, 100强)."""
    quantity = bound.quantity
    if quantity.unit in NOT_COUNTED:
        return quantity.unit == "天" and DAYS_COUNTED.search(bound.label.of(text)) is not None
    if IN_NAME.match(text, bound.span.end) or _is_quoted(bound.span, text):
        return False
    if quantity.form == "rank":
        return not NAME_OF_RANK.search(quantity.text)
    if not DIGIT.search(quantity.text):
        return False
    if quantity.unit or quantity.text[-1] in "万亿" or quantity.form in ("fraction", "ratio"):
        return True
    return IS_VALUE.search(text, max(0, bound.span.start - 3), bound.span.start) is not None


def _is_quoted(span: Span, text: str) -> bool:
    """Whether a number is all that stands in its quotation marks, and so a name: “80条”."""
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
