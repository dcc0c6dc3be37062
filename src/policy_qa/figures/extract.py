"""The statistical figures of a document: of its sentences and of the cells of its tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.figures.binding import read_statement
from policy_qa.figures.cells import figures_of_table
from policy_qa.figures.figure import Figure, Slot
from policy_qa.figures.indicators import ENUMERATED, framed_topic, name_indicator, name_topic
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.places import unique_name
from policy_qa.types import Caption, Heading, ListItem, Note, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.figures.binding import BoundFigure, Statement
    from policy_qa.figures.surroundings import PeriodSlot, PlaceSlot, Surroundings
    from policy_qa.types import Block, Document

DIGIT = re.compile(r"[0-9０-９]")
NOT_COUNTED = frozenset({"年", "月", "日", "岁", "时", "天"})
"""Units that tell a time, not a figure of something counted."""
NAME_OF_RANK = re.compile(r"[^位名0-9一二三四五六七八九十百]$")
"""第五个, 第三届, 第二产业: in a series, but no rank."""
IS_VALUE = re.compile(r"[为是达到在于处][约近]?$")
IN_A_ROW = re.compile(r"[、，,和与及\s]*(?:以及)?")
ONLY_SHARE = re.compile(r"占(?:了|到)?$")
"""A share of what the figure before was a share of: 到2020年只占18.5%."""
TOLD = re.compile(r"(?:各?为|依次为|是|达到?)$")
ONLY_GOES_ON = re.compile(r"[\s而但]*[则又也已]?")
SECTORS = re.compile(r"第?一[、]?二[、]?三(?:次)?产业?")
LONGEST_STEM = 4
"""Names of a list so short share what the last one ends with: 汽车、机械产业."""


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
    series = named_in_order(text, [bound.span for bound in statement.figures], statement.span, masked)
    base = topic if before is None else before.indicator
    last = statement.span.start
    for index, bound in enumerate(statement.figures):
        if not is_statistical(bound, text):
            continue
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
        in_a_row = before is not None and IN_A_ROW.fullmatch(text, before.span.end, bound.span.start)
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
        return False
    if quantity.form == "rank":
        return not NAME_OF_RANK.search(quantity.text)
    if not DIGIT.search(quantity.text):
        return False
    if quantity.unit or quantity.form in ("fraction", "ratio"):
        return True
    return IS_VALUE.search(text, max(0, bound.span.start - 3), bound.span.start) is not None


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


def named_in_order(
    text: str, figures: Sequence[Span], sentence: Span, masked: Sequence[Span]
) -> dict[int, Slot]:
    """For figures of a series told in the order of as many names, the name of each, by index.

    汽车、机械产业分别下降1%和2% tells of 汽车产业 and 机械产业; a series behind it without names (2019年为3%和4%) of the same.
    """
    found: dict[int, Slot] = {}
    named: list[Slot] = []
    for group in _series(text, figures):
        if len(group) < 2:
            continue
        after = figures[group[0] - 1].end if group[0] else sentence.start
        cut = text.rfind("分别", after, figures[group[0]].start)
        if cut < 0 and (told := TOLD.search(text, after, figures[group[0]].start)):
            cut = told.start()
        if cut >= 0:
            begin = max(after, *(text.rfind(mark, after, cut) + 1 for mark in "，,；;。：:"))
            listed = Span(begin, cut)
            named = named if _names_one_only(text, listed, masked) else _names(text, listed, masked)
        if len(named) == len(group):
            found |= dict(zip(group, named, strict=True))
    return found


def _names_one_only(text: str, words: Span, masked: Sequence[Span]) -> bool:
    """Whether the words are but one period or place (2019年则, 乙市): of that the series before is told anew."""
    inside = [span for span in masked if words.contains(span)]
    if len(inside) != 1:
        return False
    rest = text[words.start : inside[0].start] + text[inside[0].end : words.end]
    return ONLY_GOES_ON.fullmatch(rest) is not None


def _series(text: str, figures: Sequence[Span]) -> list[list[int]]:
    """The indices of the figures, those together that stand in a row."""
    groups: list[list[int]] = []
    for index, figure in enumerate(figures):
        if groups and IN_A_ROW.fullmatch(text, figures[index - 1].end, figure.start):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _names(text: str, listed: Span, masked: Sequence[Span]) -> list[Slot]:
    """The names of a list (第一、二、三产业占比), each with what they share at their end; none where places are listed."""
    sectors = SECTORS.search(text, listed.start, listed.end)
    if sectors is not None:  # 一二三产的比例
        at = Span(*sectors.span())
        return [Slot(f"第{number}产业", (at,)) for number in "一二三"]
    marks = [*ENUMERATED.finditer(text, listed.start, listed.end)]
    edges = [listed.start, *(edge for mark in marks for edge in mark.span()), listed.end]
    pieces = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        named = max((span.end for span in masked if start <= span.start and span.end <= end), default=start)
        if named >= end:
            return []
        pieces.append(Span(named, end))
    whole = name_topic(text, [pieces[-1]], ()) or pieces[-1]
    stem = len(pieces[0].of(text).removeprefix("第"))
    if len(pieces) == 1 or stem > LONGEST_STEM or stem + 2 > len(whole):
        return [Slot(piece.of(text), (piece,)) for piece in (*pieces[:-1], whole)]
    shared = Span(whole.start + stem, whole.end)
    names = [Slot(piece.of(text) + shared.of(text), (piece, shared)) for piece in pieces[:-1]]
    return [*names, Slot(whole.of(text), (whole,))]
