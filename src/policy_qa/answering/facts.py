"""What the sources say of an indicator: which way it went, its values and ranks, who has most of it, when it came about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.assertions import (
    OF_OTHER,
    EventSaid,
    Said,
    TopSaid,
    TrendSaid,
    ValueSaid,
    base_year,
)
from policy_qa.answering.citations import block_at
from policy_qa.answering.indicators import GROUP, LEANS, TOP, Fit, Indicator, fit_of, names_all
from policy_qa.figures.binding import read_statement
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.qualifiers import is_target
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.trends import read_trends, way_of_rate
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.answering.evidence import Evidence
    from policy_qa.figures.binding import BoundFigure, Statement
    from policy_qa.figures.surroundings import Surroundings
    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place
    from policy_qa.types import Document

VALUE_BEHIND = re.compile(r"(?:达到?|为|有|高达|约|仅|只有|占)[^，,。]{0,4}\d")
CLOSE_BEHIND = 10
"""A figure that stands so close behind a trend is the trend's own: 下降了约2.3%."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What clauses of a sentence say; `fit` tells whether of the very indicator, `is_named` whether they name it at all.

    `span` holds what says it and of what. `period` and places are those it holds for, none where none is told; `years`
    are all that the clauses name (由2015年的第85位升至2018年的第81位).
    """

    document: Document
    span: Span
    fit: Fit
    period: Period | None
    years: frozenset[int]
    places: tuple[Place, ...]
    says: Said


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that names the indicator, and what surrounds it."""

    around: Surroundings
    span: Span
    clauses: tuple[Span, ...]
    indicator: Indicator

    @property
    def text(self) -> str:
        return self.span.of(self.around.document.text)


def facts_of(found: Evidence, indicator: Indicator) -> list[Fact]:
    """What a sentence says of an indicator, as far as it names all its words; what is aimed at is left out."""
    document = found.document
    if found.reading is not None or not names_all(indicator, found.span.of(document.text)):
        return []
    around = read_surroundings(document, block_at(document, found.span.start), home=home_of(document))
    sentence = _Sentence(around, found.span, tuple(split_clauses(document.text, found.span)), indicator)
    figures = read_statement(around, found.span).figures
    return [*_trends(sentence, figures), *_values(sentence, figures), *_tops(sentence)]


def event_fact(found: Evidence, indicator: Indicator, event: EventSaid) -> Fact | None:
    """When a sentence says that the event came about, None where it does not, or does not say when."""
    text = found.span.of(found.document.text)
    verb = event.verb.search(text)
    if found.reading is not None or verb is None or not names_all(indicator, text):
        return None
    named = find_places(text)
    behind = {place for one in named if one.span.start >= verb.end() for place in one.places}
    if not event.behind <= behind:
        return None
    before = [one for one in find_periods(text[: verb.start()]) if one.period and not one.is_base]
    places = tuple(place for one in named if one.span.end <= verb.start() for place in one.places)
    if not before or before[-1].period is None:
        return None
    clauses = split_clauses(found.document.text, found.span)
    first, last = (found.span.start + at for at in (before[-1].span.start, verb.end()))
    subject = [found.span.start + one.span.start for one in named if one.span.end <= verb.start()]
    span = _whole_clauses(clauses, min([first, *subject[-1:]]), last)
    period = before[-1].period
    return Fact(found.document, span, "is it", period, frozenset(period.years), places, event)


def _trends(sentence: _Sentence, figures: tuple[BoundFigure, ...]) -> Iterator[Fact]:
    start = sentence.span.start
    headings = " ".join(sentence.around.block.heading_path)
    for trend in read_trends(sentence.text):
        at = Span(start + trend.span.start, start + trend.span.end)
        own = next((one for one in figures if 0 <= one.span.start - at.end <= CLOSE_BEHIND), None)
        if own is not None and (trend.base_year or not _same_clause(sentence, at.start, own.span.start)):
            own = None  # the figure behind 高于2019年末的 is the base's
        if is_target(sentence.text, trend.span, headings) or (own is not None and own.is_target):
            continue
        clause = _clause_at(sentence, at.start)
        base = trend.base_year or base_year(clause.of(sentence.around.document.text))
        fact = _fact(sentence, at, own, TrendSaid(trend.ways, base, trend.of))
        if trend.base_year:  # its own period is not the one it compares with
            period, years, places = _slots(sentence, Span(sentence.span.start, at.start), None)
            fact = replace(fact, period=period, years=years, places=places)
        yield fact
    for figure in figures:
        before = sentence.text[: figure.span.start - start]
        after = sentence.text[figure.span.end - start :]
        value = figure.quantity.values[-1]
        way = way_of_rate(before, after, (value > 0) - (value < 0))
        if way is None or figure.is_target or figure.quantity.unit != "%" or sentence.indicator.is_rate:
            continue
        of_rate = replace(sentence, indicator=replace(sentence.indicator, is_rate=True))
        fact = _fact(of_rate, figure.span, figure, TrendSaid(frozenset({way}), None))
        if fact.fit != "is it":  # 10%以上的年增速: the rate is named behind
            fact = _fact(sentence, figure.span, figure, fact.says)
        yield fact


def _values(sentence: _Sentence, figures: tuple[BoundFigure, ...]) -> Iterator[Fact]:
    text = sentence.around.document.text
    for figure in figures:
        if figure.is_target or figure.quantity.form not in ("number", "rank"):
            continue
        if OF_OTHER.match(text, figure.span.end):
            continue
        clause = _clause_at(sentence, figure.span.start)
        scopes = frozenset(
            place
            for one in find_places(text[clause.start : figure.span.start], home=sentence.around.home)
            if one.is_base
            or (figure.quantity.form == "rank" and one.places[0].level in ("country", "province"))
            for place in one.places
        )
        says = ValueSaid(figure.quantity, scopes)
        is_change = figure.quantity.direction != 0 and figure.quantity.unit == "%"
        is_rate = sentence.indicator.is_rate and not is_change  # 增长5% tells the 增速
        told_of = replace(sentence, indicator=replace(sentence.indicator, is_rate=is_rate))
        fact = _fact(told_of, figure.span, figure, says)
        if fact.fit != "is it" and not LEANS.match(text, clause.start):
            whole = fit_of(sentence.indicator, clause.of(text))
            if whole == "is it":
                fact = replace(fact, span=clause, fit=whole)
        yield fact


def _tops(sentence: _Sentence) -> Iterator[Fact]:
    text = sentence.text
    for top in TOP.finditer(text):
        before = [one for one in find_places(text[: top.start()]) if not one.is_base]
        after = [one for one in find_places(text[top.end() :]) if one.span.start <= 6]
        is_behind = text[top.end() : top.end() + 1] == "的" and bool(after)
        named = after[:1] if is_behind else before[-1:]
        group = GROUP.search(text)
        says = TopSaid(top["high"] is not None, group["count"] if group else None)
        start = sentence.span.start
        at = Span(start + top.start(), start + top.end() + (after[0].span.end if is_behind else 0))
        fact = _fact(sentence, at, None, says, subject_end=start + top.start())
        if named:
            fact = replace(fact, span=_with_value(sentence, fact.span))
            places = tuple(place for one in named for place in one.places)
            yield replace(fact, places=places)


def _fact(
    sentence: _Sentence, at: Span, figure: BoundFigure | None, says: Said, *, subject_end: int | None = None
) -> Fact:
    """The fact that what stands at `at` tells, with the clauses from its subject on."""
    document = sentence.around.document
    fit, start = _subject(
        sentence, at.start if subject_end is None else subject_end, is_top=isinstance(says, TopSaid)
    )
    span = _whole_clauses(sentence.clauses, start, at.end)
    period, years, places = _slots(sentence, Span(start, at.end), figure)
    return Fact(document, span, fit, period, years, places, says)


def _subject(sentence: _Sentence, end: int, *, is_top: bool) -> tuple[Fit, int]:
    """Whether what stands before `end` is about the indicator, and where it starts: as many clauses as it takes."""
    text = sentence.around.document.text
    starts = [clause.start for clause in sentence.clauses if clause.start < end] or [sentence.span.start]
    fit: Fit = "less"
    for start in reversed(starts):
        fit = fit_of(sentence.indicator, text[start:end], may_be_part=is_top)
        leans = LEANS.match(text, start) is not None and start != starts[0]
        if fit == "other" or (fit == "is it" and not leans):
            return fit, start
    return fit, starts[0]


def _slots(
    sentence: _Sentence, span: Span, figure: BoundFigure | None
) -> tuple[Period | None, frozenset[int], tuple[Place, ...]]:
    """The period that holds where the span ends, the years it names, and the places: the figure's own, else the last."""
    told: Statement = read_statement(sentence.around, Span(sentence.span.start, span.end))
    own = [slot for slot in told.periods if not slot.is_carried]
    years = frozenset(year for slot in own if span.start <= slot.span.start for year in slot.period.years)
    last = own or list(told.periods)
    slot = figure.period if figure is not None else last[-1] if last else None
    place = figure.place if figure is not None else told.places[-1] if told.places else None
    return slot.period if slot else None, years, place.places if place else ()


def _with_value(sentence: _Sentence, span: Span) -> Span:
    """The span, with the clause behind it where only that has a figure: 人口最多的是甲市，达982万人."""
    text = sentence.around.document.text
    if any(quantity.unit for quantity in read_quantities(span.of(text)) if quantity.unit not in ("位", "个")):
        return span
    following = next((clause for clause in sentence.clauses if clause.start >= span.end), None)
    if following is None or VALUE_BEHIND.match(following.of(text)) is None:
        return span
    return Span(span.start, following.end)


def _clause_at(sentence: _Sentence, position: int) -> Span:
    return next(
        (clause for clause in sentence.clauses if clause.start <= position < clause.end), sentence.span
    )


def _same_clause(sentence: _Sentence, one: int, other: int) -> bool:
    return _clause_at(sentence, one) == _clause_at(sentence, other)


def _whole_clauses(clauses: tuple[Span, ...] | list[Span], start: int, end: int) -> Span:
    """The whole clauses from the one that holds `start` to the one that holds the character before `end`."""
    held = [clause for clause in clauses if clause.start < end and start < clause.end]
    return Span(held[0].start, held[-1].end) if held else Span(start, end)
