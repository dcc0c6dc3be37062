"""Figures derived from what a source tells of another: a whole from a part and its share, the year before, so much each."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.computing.arithmetic import (
    PERCENT,
    amount_of,
    backward,
    difference,
    each_of,
    in_one_unit,
    part_of,
    ratio,
    total,
    whole_of,
)
from policy_qa.computing.deriving import GENERIC_NAME
from policy_qa.computing.each import refuse_missing
from policy_qa.computing.limits import as_shown, bound_notes
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.so_much_each import indicator_of, so_much_each
from policy_qa.computing.telling import told_answer
from policy_qa.computing.told_pairs import READ, figures_within
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, periods_agree
from policy_qa.language.places import find_places, places_called
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import canonical
from policy_qa.types import Answer, Claim, Refusal, Span

if TYPE_CHECKING:
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
    if operation.kind in ("whole", "before") and len(operation.operands) > 1:
        told = sources.look_up(operation.operands[1].question)
        if isinstance(told.outcome, Refusal) or _settles(told):
            return told.outcome, messages.WHY_NOT_COMPUTED
    return refuse_missing(question, operation, None, sources), messages.WHY_NOT_COMPUTED


def _settles(lookup: Lookup) -> bool:
    """Whether a plain question is answered by what is computed back from a distance, or told of the very time that it names."""
    outcome = lookup.outcome
    return isinstance(outcome, Answer) and (any(one.working for one in outcome.claims) or _is_of_time(lookup))


def _is_of_time(lookup: Lookup) -> bool:
    """Whether what answers a question is told of the very time that it names."""
    periods = [found.period for found in lookup.values[:1] if found.period]
    return any(agreement(asked, one) == 2 for asked in lookup.query.periods for one in periods)


def _sentences(lookup: Lookup) -> list[Evidence]:
    """The sentences that may answer a plain question, the one that does first."""
    found = [*(one.evidence for one in lookup.values[:1]), *lookup.fitting[:READ]]
    return list({(one.document.id, one.span): one for one in found if one.reading is None}.values())


def _whole(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer with the whole of which one sentence tells a part and right behind it that part's share."""
    lookup = sources.look_up(operation.operands[0].question)
    for evidence in [*_sentences(lookup), *_sentences(sources.look_up(question.text))]:
        for part in figures_within(evidence, sources):
            share = _share_behind(part, evidence.document)
            if share is None or not _is_meant(part, share, operation, lookup, evidence.document):
                continue
            answer = _answer_whole(question, operation.about, evidence.document, part, share[:2])
            if answer is not None:
                return answer
    return None


def answer_whole(
    question: Question, about: str, document: Document, pair: tuple[Figure, Figure]
) -> Answer | None:
    """The answer with the whole of which a part is so large a share."""
    part, share = pair
    return _answer_whole(question, about, document, part, (share.quantity, share.span))


def _answer_whole(
    question: Question, about: str, document: Document, part: Figure, share: tuple[Quantity, Span]
) -> Answer | None:
    amount, (quantity, span) = amount_of(part.quantity), share
    if amount is None or quantity.values[0] == 0:
        return None
    made = whole_of(amount, quantity.values)
    text = messages.COMPUTED_TOLD.format(
        about=messages.COMPUTED_ABOUT.format(about=about),
        said=_quote(document, part, span),
        result=messages.COMPUTED_TOLD_WHOLE.format(result=made.text),
    )
    notes = bound_notes([part.quantity.bound, "about" if quantity.form == "fraction" else quantity.bound])
    return _answer(question, (text, made), document, (part, span), notes)


def _share_behind(part: Figure, document: Document) -> tuple[Quantity, Span, str] | None:
    """The share told right behind a figure, where it stands, and of what it is."""
    text = document.text[part.span.end : part.sentence.end]
    share = next(iter(read_quantities(text)), None)
    if share is None or not (share.unit == "%" or share.form == "fraction") or part.quantity.unit == "%":
        return None
    between = search_key("".join(text[: share.span.start].split()))
    of = SHARE_OF.fullmatch(between)
    span = Span(part.span.end + share.span.start, part.span.end + share.span.end)
    return (share, span, of["whole"]) if of and share.direction == 0 else None


def _is_meant(
    part: Figure, share: tuple[Quantity, Span, str], operation: Operation, lookup: Lookup, document: Document
) -> bool:
    """Whether a part and its share are those of the question: its words, its time, its whole, the share it says."""
    quantity, _, whole = share
    said = [(one.values, one.form) for one in read_quantities(operation.bound)] if operation.bound else []
    if said and (quantity.values, quantity.form) not in said:
        return False
    periods = lookup.query.periods
    if periods and (part.when is None or agreement(periods[0], part.when) != 2):
        return False
    is_answer = any(found.figure and found.figure.span == part.span for found in lookup.values[:1])
    if not is_answer and not _says_part(part, operation, lookup, document):
        return False
    places = [place.short for found in find_places(whole) for place in found.places]
    if places and operation.among:
        return any(name in places for name in operation.among)
    asked, stem = (canonical(search_key(one)) for one in (operation.word, SIZE.sub("", whole)))
    whole = canonical(whole)
    return bool(asked) and (asked in whole or (bool(stem) and stem in asked))


def _says_part(part: Figure, operation: Operation, lookup: Lookup, document: Document) -> bool:
    """Whether the words before a figure say all that the question calls the part by."""
    before = search_key("".join(document.text[part.sentence.start : part.span.start].split()))
    words = [word for word in lookup.query.content if word in search_key(operation.operands[0].name)]
    return all(any(one in before for one in (word, *lookup.query.synonyms.get(word, ()))) for word in words)


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
            answer = answer_before(question, operation.about, document, (level, change))
            if answer is not None:
                return answer
    return None


def answer_before(
    question: Question, about: str, document: Document, pair: tuple[Figure, Figure]
) -> Answer | None:
    """The answer with what a level was before it changed as it is told to have; None for a change of another kind."""
    level, change = pair
    made = _before(level, change)
    if made is None:
        return None
    said = _quote(document, level, change.span)
    text = messages.COMPUTED_BACK.format(period="", about=about, said=said, result=made.text)
    notes = bound_notes([level.quantity.bound, change.quantity.bound])
    is_priced = change.quantity.unit == "%" and PRICED.search(indicator_of(level))
    notes += (messages.COMPUTED_AT_CONSTANT_PRICES,) if is_priced else ()
    return _answer(question, (text, made), document, (level, change.span), notes)


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


def _before(level: Figure, change: Figure) -> Result | None:
    """What a level was before it changed by so many percent, or by so much; None for a change of another kind."""
    one, by = amount_of(level.quantity), amount_of(change.quantity)
    if one is None or by is None or change.quantity.direction == 0:
        return None
    if by.base == "%":
        return backward(one, by)
    if (one.base, by.base) == (PERCENT, "百分点"):
        by = replace(by, number=abs(by.number))
        made = difference(one, by) if change.quantity.direction > 0 else total([one, by])
        return replace(made, unit=PERCENT)
    alike = in_one_unit([one, by])
    if alike is None:
        return None
    by = replace(alike[1], number=abs(alike[1].number))
    return difference(alike[0], by) if change.quantity.direction > 0 else total([alike[0], by])


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


def _quote(document: Document, first: Figure, last: Span) -> str:
    """What is told from the clause of a figure to another's number, on one line."""
    return "".join(Span(first.clause.start, last.end).of(document.text).split("\n")).strip("，、 ")


def _answer(
    question: Question,
    told: tuple[str, Result],
    document: Document,
    cited: tuple[Figure, Span],
    notes: tuple[str, ...],
) -> Answer:
    """The answer that cites from a figure's clause to the other number, and what the clause leaves out."""
    text, made = told
    figure, last = cited
    span = Span(figure.clause.start, last.end)
    citations = CitationList()
    numbers = [citations.cite(document, span)]
    slots = [slot for slot in (figure.subject, figure.period, figure.indicator) if slot and slot.is_carried]
    numbers += [
        citations.cite(document, one) for slot in slots for one in slot.spans if not span.contains(one)
    ]
    claim = Claim(text, tuple(dict.fromkeys(numbers)), "computed", made.working)
    return Answer(question, (claim,), citations.citations(), notes)
