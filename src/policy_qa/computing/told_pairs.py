"""Two figures that one sentence tells together, computed with: 由甲增加到乙, 计划甲完成乙, 甲家中有乙家."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import block_at
from policy_qa.computing.arithmetic import (
    PERCENT,
    POINTS,
    amount_of,
    difference,
    growth,
    in_one_unit,
    ratio,
)
from policy_qa.computing.indicators import measure_asked, measure_of, says_indicator
from policy_qa.computing.pairs import PLANNED
from policy_qa.computing.parts_told import THINGS, parts_told
from policy_qa.computing.telling import about_of, quote_of, quoting
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.language.places import places_called
from policy_qa.types import Answer, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.computing.arithmetic import Amount, Result
    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Question
    from policy_qa.understanding import Query

Pair = tuple["Figure", "Figure"]

FROM = re.compile(r"(?:由|从|自)[^，,。；;]{0,16}$")
TO = re.compile(r"[^，,。；;]{0,8}?[，,]?[^，,。；;]{0,12}?(?:到|至|为|成)(?:了|约|近|[^，,。；;]{0,10}的)?")
PAIR = 2
TIMES_TOO = re.compile(r"(?:原[来先]|当初|\d{4}年)的?(?:多少|几)倍")
"""Asked of a change besides: 增加了多少，增加到原来的几倍."""
DONE = re.compile(r"完成|实现|到位|达到?|已|累计")


def told_together(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer computed from two figures of one sentence, None where none tells the two."""
    lookup = sources.look_up(question.text)
    if operation.from_to:
        pair = next(_changes(operation, lookup, sources), None)
    elif operation.kind == "left":
        pair = next(_plans(lookup, sources), None)
    elif _asks_part(operation):
        return told_counted(question, operation, sources, units=frozenset())
    else:
        return None
    return None if pair is None else _told(question, operation, pair, sources)


def told_counted(
    question: Question, operation: Operation, sources: Sources, *, units: frozenset[str] = THINGS
) -> Answer | None:
    """The share that a part has in a whole which one paragraph tells both, counted in these units, in any for none; None where none does."""
    if len(operation.operands) != PAIR or not _asks_part(operation):
        return None
    part, whole = operation.operands
    lookups = [sources.look_up(text) for text in (question.text, whole.question)]
    told = parts_told(whole, [part], lookups, sources, units=units)
    return _told(question, operation, (told[0], told[1]), sources) if told else None


def _asks_part(operation: Operation) -> bool:
    return operation.kind == "share" or (operation.kind == "ratio" and operation.asks_percent)


def _told(question: Question, operation: Operation, pair: Pair, sources: Sources) -> Answer | None:
    """The answer computed from the two figures."""
    document = sources.document(pair[0].document_id)
    amounts = [amount_of(one.quantity) for one in pair]
    alike = in_one_unit([one for one in amounts if one is not None])
    if document is None or alike is None or len(alike) < len(pair):
        return None
    first, last = alike
    made = _computed(operation, first, last)
    if made is None:
        return None
    said = _said_of(operation, made, is_more=last.number >= first.number)
    times = ratio(last, first) if operation.from_to and TIMES_TOO.search(question.text) else None
    if times is not None:
        made = replace(made, working=f"{made.working}；{times.working}")
        said += messages.COMPUTED_TOLD_TIMES.format(result=times.text)
    span = Span(pair[0].clause.start, pair[1].clause.end)
    spans = [span] if pair[0].sentence == pair[1].sentence else [one.clause for one in pair]
    quote = quote_of(document, spans)
    text = messages.COMPUTED_TOLD.format(about=about_of(operation), said=quote, result=said)
    return quoting(question, (text, made.working), document, span, pair)


def _computed(operation: Operation, first: Amount, last: Amount) -> Result | None:
    if operation.kind in ("share", "ratio"):
        return ratio(last, first, percent=True)
    if operation.kind == "left":
        return difference(first, last)
    if operation.kind == "growth" and first.base not in (PERCENT, POINTS, "位"):
        return growth(last, first)
    return difference(last, first) if last.number >= first.number else difference(first, last)


def _said_of(operation: Operation, made: Result, *, is_more: bool) -> str:
    """The words that tell the result."""
    if operation.kind in ("share", "ratio"):
        return messages.COMPUTED_TOLD_SHARE.format(result=made.text)
    if operation.kind == "left":
        left = messages.COMPUTED_TOLD_LEFT if made.number >= 0 else messages.COMPUTED_TOLD_BEYOND
        return left.format(result=made.text)
    if not made.number:
        return messages.COMPUTED_TOLD_EQUAL
    rose = {
        "位": messages.COMPUTED_ROSE_PLACES,
        POINTS: messages.COMPUTED_ROSE_POINTS,
        PERCENT: messages.COMPUTED_ROSE_PERCENT,
    }.get(made.unit, messages.COMPUTED_ROSE)
    return rose[is_more].format(result=made.text)


def _figures_answering(lookup: Lookup, sources: Sources) -> list[Figure]:
    """The figures of the sentence that a plain question is answered with, in order."""
    if not isinstance(lookup.outcome, Answer) or not lookup.values or lookup.values[0].figure is None:
        return []
    return figures_within(lookup.values[0].evidence, sources)


def figures_within(evidence: Evidence, sources: Sources) -> list[Figure]:
    """The figures of a sentence, in order."""
    known = sources.figures([evidence.document.id])
    return sorted(
        (one for one in known if one.cell is None and evidence.span.contains(one.span)),
        key=lambda one: one.span,
    )


def _alike(figures: Sequence[Figure]) -> Iterator[Pair]:
    """Each two figures, the one told before the other, that are exact and counted in the same."""
    for index, one in enumerate(figures):
        for other in figures[index + 1 :]:
            is_exact = one.quantity.bound == other.quantity.bound == "exact"
            same = (one.quantity.unit, one.quantity.form) == (other.quantity.unit, other.quantity.form)
            if is_exact and same:
                yield one, other


def _plans(lookup: Lookup, sources: Sources) -> Iterator[Pair]:
    """A plan, and how much of it is done: in the sentence that answers the question, else beside it, called as there."""
    for plan, done in _alike(_figures_answering(lookup, sources)):
        if _is_done(plan, done, sources):
            yield plan, done
    if not lookup.values:
        return
    best = lookup.values[0].evidence
    around = block_at(best.document, best.span.start).span
    beside = [one for one in lookup.evidence if one.document is best.document and around.contains(one.span)]
    asked = search_key(lookup.query.text)
    for plan, done in (pair for one in beside for pair in _alike(figures_within(one, sources))):
        called = PLANNED.sub("", search_key(plan.indicator.text)) if plan.indicator else ""
        if called and called in asked and _is_done(plan, done, sources):
            yield plan, done


def _is_done(plan: Figure, done: Figure, sources: Sources) -> bool:
    """Whether the first is a plan and the other what of it is done."""
    document = sources.document(plan.document_id)
    if document is None or not plan.is_target or done.is_target:
        return False
    same = plan.indicator is not None and done.indicator is not None
    return same and DONE.search(document.text, done.clause.start, done.span.start) is not None


def _changes(operation: Operation, lookup: Lookup, sources: Sources) -> Iterator[Pair]:
    """The figures that an indicator rose or fell from and to, over the very time asked for."""
    query = lookup.query
    plain = sources.understand(operation.operands[0].question) if operation.operands else None
    plain = plain or sources.understand(messages.PLAIN_QUESTION.format(about=operation.about))
    ids = list(dict.fromkeys(one.document.id for one in lookup.evidence))
    figures = [one for one in sources.figures(ids) if one.cell is None]
    for first, last in pairwise(figures):
        document = sources.document(first.document_id)
        if document is None or first.sentence != last.sentence or not any(_alike((first, last))):
            continue
        is_rank = measure_asked(search_key(plain.text)) == "rank"
        if (
            _says(plain, first)
            and ("位" in (first.quantity.unit, first.quantity.text[-1:]) or is_rank) == is_rank
            and _is_from_to(first, last, document)
            and _is_of_time(query, first, last, document)
        ):
            yield first, last


def _is_from_to(first: Figure, last: Figure, document: Document) -> bool:
    text = document.text
    return bool(
        FROM.search(text[first.clause.start : first.span.start])
        and TO.fullmatch(text[first.span.end : last.span.start])
    )


def _says(query: Query, figure: Figure) -> bool:
    """Whether a figure is of the indicator, the measure and the place asked for."""
    called = places_called(figure.subject.text) if figure.subject else ()
    return (
        figure.indicator is not None
        and measure_of(figure) == measure_asked(search_key(query.text))
        and (not query.places or any(place in query.places for place in called))
        and says_indicator(query, search_key(figure.indicator.text))
    )


def _is_of_time(query: Query, first: Figure, last: Figure, document: Document) -> bool:
    """Whether the change is over the time asked for: told of it, or of the years at its ends, there or right before."""
    years = {year for period in query.periods for year in (period.years[0], period.years[-1])}
    asked = query.periods[0] if len(query.periods) == 1 else None
    stretches = [one.when for one in (first, last) if one.when and len(one.when.years) > 1]
    if asked and any(agreement(asked, one) == 2 for one in stretches):
        return True
    if len(years) != 2:
        return False
    if first.when is not None and last.when is not None and first.when != last.when:
        return (first.when.years[-1], last.when.years[-1]) == (min(years), max(years))
    around = read_surroundings(document, block_at(document, last.span.start), home=home_of(document))
    named = [
        year
        for found in reversed(around.periods)
        if found.period is not None and found.span.end <= first.span.start
        for year in (found.period.years[-1], found.period.years[0])
    ]
    return set(list(dict.fromkeys(named))[:2]) == years
