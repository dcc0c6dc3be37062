"""Figures derived from what a source tells of another: a whole from a part and its share, the year before, so much each."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.slots import label_of_cell
from policy_qa.computing.arithmetic import (
    PERCENT,
    POINTS,
    amount_of,
    backward,
    each_of,
    moved_back,
    part_of,
    ratio,
    whole_of,
)
from policy_qa.computing.deriving import GENERIC_NAME, PAIR
from policy_qa.computing.each import refuse_missing
from policy_qa.computing.indicators import names_indicator
from policy_qa.computing.limits import as_shown, bound_notes, notes_on
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.so_much_each import indicator_of, so_much_each
from policy_qa.computing.telling import about_of, quote_of, quoting, told_answer
from policy_qa.computing.told_pairs import figures_within
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, periods_agree
from policy_qa.language.places import find_places, places_called
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import canonical
from policy_qa.types import Answer, Refusal, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.computing.arithmetic import Result
    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources, Value
    from policy_qa.figures.figure import Figure
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Document, Outcome, Question

SHARE_OF = re.compile(
    r"[，,、]?(?:只|仅|约)*占(?:到|了)?(?P<whole>[^，,。；;]{1,20}?)的?(?:比重|比例|份额|比)?(?:约|近|达到?|为|是|超过)*"
)
SIZE = re.compile(r"(?:总额|总量|总数|总值|数量|[额量值数]|同期|同类|的)+$")
GREW = re.compile(
    r"[，,、（(]?(?:[较比](?P<base>\d{4})年(?:同期)?|较?比?(?:上年|去年|上一年|前一年|同期|上年同期)|同比|名义|实际|可比)*(?:净)?(?:增长|增加|增产|增收|增|上升|提高|下降|减少|减产|减收|降低|回落|减|降)(?:了|约|近|超过?)*"
)
PRICED = re.compile(r"生产总值|增加值|GDP")
"""What grows at constant prices: its growth leads back to no nominal value."""
READ = 5
"""So many of the best sentences may tell a level beside its rate."""
BESIDE_CHARS = 120
"""So near each other two amounts are told of the same things."""


def derive(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str]:
    """The figure derived, with its working; the refusal where a part of it is told nowhere, or not for certain."""
    if operation.stated_first:
        told = sources.look_up(operation.operands[-1].question)
        if _settles(told):
            return replace(told.outcome, question=question), messages.WHY_NOT_COMPUTED
    made = MADE[operation.kind](question, operation, sources)
    if made is not None:
        return made, messages.WHY_DERIVED
    if len(operation.operands) > PAIR:
        told = sources.look_up(operation.operands[-1].question)
        if isinstance(told.outcome, Refusal) or _settles(told):
            return told.outcome, messages.WHY_NOT_COMPUTED
    return refuse_missing(question, operation, None, sources), messages.WHY_NOT_COMPUTED


def _settles(lookup: Lookup) -> bool:
    """Whether a plain question is answered by what is computed back from a distance, or told of the very time that it names."""
    outcome, told = lookup.outcome, [found.period for found in lookup.values[:1] if found.period]
    is_of_time = any(agreement(asked, one) == 2 for asked in lookup.query.periods for one in told)
    return isinstance(outcome, Answer) and (is_of_time or any(one.working for one in outcome.claims))


def _sentences(lookup: Lookup) -> list[Evidence]:
    """The sentences that may answer a plain question, the one that does first."""
    found = [*(one.evidence for one in lookup.values[:1]), *lookup.fitting[:READ]]
    return list({(one.document.id, one.span): one for one in found if one.reading is None}.values())


def _whole(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer with the whole of which one sentence tells a part and right behind it that part's share, or two places tell them."""
    lookup = sources.look_up(operation.operands[0].question)
    for evidence in [*_sentences(lookup), *_sentences(sources.look_up(question.text))]:
        for part in figures_within(evidence, sources):
            document, share = evidence.document, _share_behind(part, evidence.document)
            if share is None or not _is_meant(part, share, operation, lookup, document):
                continue
            answer = answer_told(question, operation, document, (part, share[0]))
            if answer is not None:
                return answer
    return _of_level_and_rate(question, operation, sources)


def _of_level_and_rate(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer by a level and a rate that stand in two places, of one time and place."""
    asked = replace(operation, kind="sum", operands=operation.operands[:PAIR], joint="")
    values = values_of_operands(asked, sources)
    if isinstance(values, Refusal) or len(values) != PAIR or not _is_of_one(*values):
        return None
    rate, asked_rate = values[1], sources.understand(operation.operands[1].question)
    if operation.bound and rate.amount.number not in read_quantities(operation.bound)[0].values:
        return None
    is_named = names_indicator(asked_rate, search_key(_label(rate, sources)), in_table=rate.cell is not None)
    return answer_of_rate(question, operation, values) if is_named else None


def _label(value: Value, sources: Sources) -> str:
    """All that a value is called by: the heads and the caption of its cell, or its name in the catalog."""
    if value.cell is not None and value.reading is not None:
        return f"{label_of_cell(value.cell)} {value.reading.keys.caption} {value.reading.keys.around}"
    return next(
        (indicator_of(one) for one in sources.figures([value.document.id]) if one.span == value.at), ""
    )


def answer_of_rate(question: Question, operation: Operation, values: Sequence[Value]) -> Answer | None:
    """The answer with what a level leads to by a rate: the whole that it is so large a share of, or what it was before it grew so."""
    level, rate = (value.amount for value in values)
    if rate.base != PERCENT or level.base in (PERCENT, POINTS) or not rate.number:
        return None
    made = backward(level, rate) if operation.kind == "before" else whole_of(level, (rate.number,))
    if made is None:
        return None
    one, other = map(as_shown, values)
    text = messages.GIVEN_DERIVED.format(about=operation.about, one=one, other=other, result=made.text)
    notes = notes_on(values) + _priced(operation, f"{operation.about}{values[0].name}")
    answer = told_answer(question, operation, values, [(text, made.working)], notes)
    return replace(answer, table=None)


def answer_told(
    question: Question, operation: Operation, document: Document, pair: tuple[Figure, Quantity]
) -> Answer | None:
    """The answer with what a figure leads to by the number told with it; None for one of another kind."""
    level, rate = pair
    is_whole = operation.kind == "whole"
    made = _whole_of(level, rate) if is_whole else _before(level, rate)
    if made is None:
        return None
    cited = Span(level.clause.start, rate.span.end)
    said = quote_of(document, [cited])
    text = messages.COMPUTED_BACK.format(period="", about=operation.about, said=said, result=made.told)
    if is_whole:
        result = messages.COMPUTED_TOLD_WHOLE.format(result=made.text)
        text = messages.COMPUTED_TOLD.format(about=about_of(operation), said=said, result=result)
    notes = bound_notes([level.quantity.bound, "about" if rate.form == "fraction" else rate.bound])
    if rate.unit == "%":
        notes += _priced(operation, indicator_of(level))
    return quoting(question, (text, made.working), document, cited, [level], notes)


def _priced(operation: Operation, name: str) -> tuple[str, ...]:
    """The note that what grows at constant prices is led back only about."""
    is_priced = operation.kind == "before" and PRICED.search(name)
    return (messages.COMPUTED_AT_CONSTANT_PRICES,) if is_priced else ()


def _whole_of(part: Figure, share: Quantity) -> Result | None:
    amount = amount_of(part.quantity)
    return None if amount is None or share.values[0] == 0 else whole_of(amount, share.values)


def _share_behind(part: Figure, document: Document) -> tuple[Quantity, str] | None:
    """The share told right behind a figure, and of what it is."""
    text = document.text[part.span.end : part.sentence.end]
    share = next(iter(read_quantities(text)), None)
    if share is None or not (share.unit == "%" or share.form == "fraction") or part.quantity.unit == "%":
        return None
    between = search_key("".join(text[: share.span.start].split()))
    of = SHARE_OF.fullmatch(between)
    span = Span(part.span.end + share.span.start, part.span.end + share.span.end)
    return (replace(share, span=span), of["whole"]) if of and share.direction == 0 else None


def _is_meant(
    part: Figure, share: tuple[Quantity, str], operation: Operation, lookup: Lookup, document: Document
) -> bool:
    """Whether a part and its share are those of the question: its words, its time, its whole, the share it says."""
    quantity, whole = share
    said = [(one.values, one.form) for one in read_quantities(operation.bound)] if operation.bound else []
    if said and (quantity.values, quantity.form) not in said:
        return False
    periods = lookup.query.periods
    if periods and (part.when is None or agreement(periods[0], part.when) != 2):
        return False
    before = search_key("".join(document.text[part.sentence.start : part.span.start].split()))
    if not _is_answer(part, lookup) and not names_indicator(lookup.query, before):
        return False
    home = next(iter(places_called(part.subject.text)), None) if part.subject else None
    places = [place.short for found in find_places(whole, home=home) for place in found.places]
    if places and operation.among:
        return any(name in places for name in operation.among)
    asked, stem = (canonical(search_key(one)) for one in (operation.word, SIZE.sub("", whole)))
    whole = canonical(whole)
    return bool(asked) and (asked in whole or (bool(stem) and stem in asked))


def _year_before(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer with the value of the year before, from that of a year and its change told right behind it."""
    if not operation.years:
        return None
    lookup = sources.look_up(operation.operands[0].question)
    in_table = bool(lookup.values and lookup.values[0].cell)
    for evidence in _sentences(lookup)[: READ if in_table else 1]:
        for level, change in pairwise(figures_within(evidence, sources)):
            document = evidence.document
            between = "".join(document.text[level.span.end : change.span.start].split())
            if level.when is None or len(level.when.years) != 1 or level.when != change.when:
                continue
            grew = GREW.fullmatch(between)
            if not _is_answer(level, lookup) or grew is None or level.quantity.unit == "%":
                continue
            if grew["base"] and int(grew["base"]) != level.when.years[0] - 1:
                continue
            if all(agreement(asked, level.when) != 2 for asked in lookup.query.periods):
                continue
            answer = answer_told(question, operation, document, (level, change.quantity))
            if answer is not None:
                return answer
    return _of_level_and_rate(question, operation, sources)


def _told_apart(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """What is told of a figure itself, or computed back from how far another is from it."""
    told = sources.look_up(operation.operands[0].question)
    of_place = not told.values or told.values[0].place in told.query.places
    if not isinstance(told.outcome, Answer) or not of_place or not _settles(told):
        return None
    return replace(told.outcome, question=question)


def _is_answer(level: Figure, lookup: Lookup) -> bool:
    """Whether a figure is what answers a plain question, or tells the same as the cell that does."""
    found = next(iter(lookup.values), None)
    if found is None or found.cell is None:
        return found is not None and found.figure is not None and found.figure.span == level.span
    one, other = amount_of(level.quantity), amount_of(found.quantity)
    called = places_called(level.subject.text) if level.subject else ()
    return (
        one is not None
        and other is not None
        and one.number == other.number
        and level.when is not None
        and any(agreement(asked, level.when) == 2 for asked in lookup.query.periods)
        and (not lookup.query.places or any(place in lookup.query.places for place in called))
    )


def _before(level: Figure, change: Quantity) -> Result | None:
    """What a level was before it changed by so many percent, or by so much; None for a change of another kind."""
    one, by = amount_of(level.quantity), amount_of(change)
    if one is None or by is None or change.direction == 0:
        return None
    if by.base == "%":
        return backward(one, by)
    return moved_back(one, by, rose=change.direction > 0)


def _of_both(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer with the product of a level and a rate, or with what falls to each; both of one time and place."""
    values = values_of_operands(operation, sources)
    if isinstance(values, Refusal) or len(values) != 2 or not _is_of_one(*values):
        return None
    if any(GENERIC_NAME.fullmatch(one.name) for one in operation.operands) and not _stand_together(*values):
        return None
    one, other = (value.amount for value in values)
    made = None
    if operation.kind == "quotient" and one.base == other.base:
        made = ratio(one, other, percent=True)
    elif operation.kind == "quotient" and other.number > 0 and PERCENT not in (one.base, other.base):
        made = each_of(one, other, other.base)
    elif operation.kind == "product" and (one.base == PERCENT) != (other.base == PERCENT):
        made = part_of(*((one, other) if other.base == PERCENT else (other, one)))
    if made is None:
        return None
    shown = messages.COMPUTED_PRODUCT if operation.kind == "product" else messages.COMPUTED_QUOTIENT
    text = shown.format(
        about=messages.COMPUTED_ABOUT.format(about=operation.about),
        one=as_shown(values[0]),
        other=as_shown(values[1]),
        result=made.text,
    )
    notes = bound_notes([value.bound for value in values])
    return replace(told_answer(question, operation, values, [(text, made.working)], notes), table=None)


def _is_of_one(one: Value, other: Value) -> bool:
    """Whether two values are of one time and place."""
    if one.period is None or other.period is None or one.place != other.place:
        return False
    return one.period.years == other.period.years and periods_agree(one.period, other.period)


def _stand_together(one: Value, other: Value) -> bool:
    """Whether two values are told beside each other, and so of the same things."""
    if one.document.id != other.document.id or one.at is None or other.at is None:
        return False
    return abs(one.at.start - other.at.start) <= BESIDE_CHARS


MADE = {
    "each_one": so_much_each,
    "whole": _whole,
    "before": _year_before,
    "back": _told_apart,
    "product": _of_both,
    "quotient": _of_both,
}
