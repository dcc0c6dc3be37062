"""The answer of a computation: its result in one sentence, cited, with the working; or why nothing was computed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.cells import cite_cells, limiting_notes
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.computing.arithmetic import (
    PERCENT,
    Amount,
    chain,
    difference,
    growth,
    in_one_unit,
    mean,
    ratio,
    total,
    yearly_growth,
)
from policy_qa.computing.each import cited_anew, each_of_its_own, refuse_missing
from policy_qa.computing.lookups import Value, values_of_operands
from policy_qa.computing.series import FEWEST, find_series, in_order
from policy_qa.computing.stated import is_stated, names_all, states_result, tells_no_such_change
from policy_qa.computing.stated_ends import states_end
from policy_qa.computing.tables import table_of
from policy_qa.computing.told_pairs import told_together
from policy_qa.language.numerals import ordinal
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.types import Answer, Claim, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.computing.lookups import Sources
    from policy_qa.computing.operands import Operation
    from policy_qa.types import Outcome, Question

RATES = frozenset({PERCENT, "百分点", "位"})
EACH_TOLD = frozenset({"larger", "sum", "mean", "each"})
"""What a source answers only if it tells of every operand."""
COUNTED = frozenset("家人户个项件亩台辆套所张名条次吨元")
LONGEST_RANKING = 40
CHANGE = re.compile(r"变化|变动|升降|增减")
"""Places won or lost are more the higher they are; places held are the better the lower."""


def compute(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome of a computation and why, None where the question is better answered from what sources state."""
    if operation.stated_first and states_result(sources.look_up(question.text), operation, sources):
        return None
    made = None
    if len(operation.operands) > 1 and operation.kind != "each":
        made = _of_operands(question, operation, sources)
    elif operation.series:
        made = _over_series(question, operation, sources)
    if made is None or isinstance(made[0], Refusal):
        told = told_together(question, operation, sources)
        made = made if told is None else (told, messages.WHY_COMPUTED)
    if made is None and operation.kind in EACH_TOLD:
        return each_of_its_own(question, operation, sources)
    if made is None or not operation.stated_first or not isinstance(made[0], Refusal):
        return made
    return made if tells_no_such_change(sources.look_up(question.text), operation) else None


def _of_operands(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome of computing with the operands that the question names."""
    found = values_of_operands(operation, sources)
    if isinstance(found, Refusal):
        stated = sources.look_up(question.text)
        if is_stated(stated, operation) and (found.code != "cell_missing" or names_all(stated, operation)):
            return None
        return refuse_missing(question, operation, found, sources), messages.WHY_NOT_COMPUTED
    if not found:
        return None
    refusal = _not_comparable(question, found)
    if refusal is not None:
        return refusal, messages.WHY_NOT_COMPUTED
    return _answer(question, operation, found)


def _not_comparable(question: Question, values: Sequence[Value]) -> Refusal | None:
    """Why the values cannot be computed with: other units, or other periods than the question sets side by side."""
    shown = "、".join(_shown(value) for value in values)
    message = ""
    if in_one_unit([value.amount for value in values]) is None:
        message = messages.COMPUTED_UNITS_DIFFER.format(values=shown)
    elif _periods_differ(values):
        periods = "、".join(dict.fromkeys(value.period.label() for value in values if value.period))
        message = messages.COMPUTED_PERIODS_DIFFER.format(values=shown, periods=periods)
    return _refuse_values(question, message, values) if message else None


def _refuse_values(question: Question, message: str, values: Sequence[Value]) -> Refusal:
    """The refusal to compute with the values, each quoted."""
    citations = CitationList()
    claims = tuple(dict.fromkeys(quoted_claim(one.document, one.span, citations) for one in values))
    return Refusal(question, "kind_mismatch", message, claims, citations.citations())


def _periods_differ(values: Sequence[Value]) -> bool:
    """Whether values that should be of one time are not, or levels of stretches of other lengths are compared."""
    periods = [value.period for value in values if value.period is not None]
    if not periods:
        return False
    if all(not value.name[:4].isdigit() for value in values):
        first = periods[0]
        if any(one != first and one.years != first.years for one in periods):
            return True
    levels = all(value.amount.base not in (PERCENT, "百分点", "位") for value in values)
    return levels and len({_length(value) for value in values if value.period}) > 1


def _length(value: Value) -> int:
    """How many months the period of a value has; a state counts as a year."""
    period = value.period
    if period is None or period.is_point or period.is_open:
        return 12
    return period.months


def _of_time_and_place(operation: Operation, values: Sequence[Value]) -> Operation:
    """The operation with the period and place that all values share in what it is about, where the question names none."""
    named = f"{operation.about}{''.join(value.name for value in values)}"
    places = {value.place for value in values}
    place = next(iter(places)) if len(places) == 1 and not find_places(named) else None
    periods = {value.period.label() if value.period else "" for value in values}
    period = next(iter(periods)) if len(periods) == 1 and not find_periods(named) else ""
    return replace(operation, about=f"{period}{place.short if place else ''}{operation.about}")


def _answer(question: Question, operation: Operation, values: list[Value]) -> tuple[Outcome, str]:
    operation = _of_time_and_place(operation, values)
    amounts = in_one_unit([value.amount for value in values]) or []
    values = [
        value if value.amount == amount else replace(value, amount=amount)
        for value, amount in zip(values, amounts, strict=True)
    ]
    match operation.kind:
        case "larger" | "ranking" | "position":
            return _ranked(question, operation, values, ())
        case "sum" | "mean":
            return _summed(question, operation, values, ())
        case _:
            told = _of_two(operation, values)
    if told is None:
        return (
            Refusal(question, "kind_mismatch", messages.COMPUTED_NOT_POSSIBLE),
            messages.WHY_NOT_COMPUTED,
        )
    return _told(question, operation.about, values, [told], _notices(values)), messages.WHY_COMPUTED


def _of_two(operation: Operation, values: Sequence[Value]) -> tuple[str, str] | None:
    """The sentence and the working of what is computed from two values, None for a division by nothing."""
    one, other = values
    a, b = one.amount, other.amount
    slots = {"about": _about(operation), "one": _shown(one), "other": _shown(other)}
    if operation.kind in ("ratio", "share"):
        percent = operation.asks_percent or operation.kind == "share"
        times = ratio(a, b, percent=percent)
        message = messages.COMPUTED_SHARE if operation.kind == "share" else messages.COMPUTED_RATIO
        return None if times is None else (message.format(result=times.text, **slots), times.working)
    if operation.kind == "yearly" and a.base != PERCENT:
        rate = yearly_growth(a, b, operation.years)
        return (
            None
            if rate is None
            else (
                messages.COMPUTED_YEARLY.format(
                    grown=messages.COMPUTED_GROWN[rate.number >= 0], result=rate.text, **slots
                ),
                rate.working,
            )
        )
    if a.number == b.number:
        return messages.COMPUTED_EQUAL.format(**slots), f"{a.number:f} = {b.number:f}"
    apart = difference(a, b) if a.number > b.number else difference(b, a)
    more = _more(a, is_more=a.number > b.number)
    if operation.kind == "growth" and a.base not in (PERCENT, "百分点", "位"):
        rate = growth(a, b)
        return (
            None
            if rate is None
            else (
                messages.COMPUTED_GROWTH_TOO.format(
                    more=more,
                    difference=apart.text,
                    grown=messages.COMPUTED_GROWN[rate.number >= 0],
                    result=rate.text,
                    **slots,
                ),
                f"{apart.working}；{rate.working}",
            )
        )
    return messages.COMPUTED_DIFFERENCE.format(more=more, result=apart.text, **slots), apart.working


def _more(amount: Amount, *, is_more: bool) -> str:
    if amount.base == "位":
        return messages.COMPUTED_MORE_PLACES[is_more]
    of = messages.COMPUTED_MORE_OF if amount.unit[-1:] in COUNTED else messages.COMPUTED_MORE
    return of[is_more]


def _over_series(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome over all places or years that have the indicator."""
    series = find_series(operation, sources)
    amounts = None if series is None else in_one_unit([value.amount for value in series.values])
    if series is None or amounts is None:
        if states_end(operation, sources.look_up(question.text), sources):
            return None
        return _refuse_uncompared(question, operation, sources), messages.WHY_NOT_COMPUTED
    operation = _of_time_and_place(operation, series.values)
    values = [replace(value, amount=amount) for value, amount in zip(series.values, amounts, strict=True)]
    if operation.kind in ("sum", "mean"):
        return _summed(question, operation, values, series.missing)
    if operation.kind == "difference":
        return _apart(question, operation, values, series.missing)
    return _ranked(question, operation, values, series.missing)


def _refuse_uncompared(question: Question, operation: Operation, sources: Sources) -> Refusal:
    """The refusal of a comparison of which there is no series, with what is nearest to it."""
    outcome = sources.look_up(question.text).outcome
    citations = CitationList()
    near = outcome.nearest if isinstance(outcome, Refusal) else outcome.claims[:1]
    nearest = tuple(dict.fromkeys(cited_anew(claim, outcome, citations, sources) for claim in near))
    message = messages.COMPUTED_NO_SERIES.format(about=operation.about)
    return Refusal(question, "not_found", message, nearest, citations.citations())


def _summed(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that tells the sum or the mean; rates and ranks of several places make no sum."""
    amounts = [value.amount for value in values]
    is_of_places = len({value.place for value in values}) > 1
    if operation.kind == "sum" and is_of_places and amounts[0].base in RATES:
        message = messages.COMPUTED_RATES_NOT_ADDED.format(values="、".join(map(_shown, values)))
        return _refuse_values(question, message, values), messages.WHY_NOT_COMPUTED
    made = total(amounts) if operation.kind == "sum" else mean(amounts)
    message = messages.COMPUTED_SUM if operation.kind == "sum" else messages.COMPUTED_MEAN
    text = message.format(about=_about(operation), values="、".join(map(_shown, values)), result=made.text)
    notices = (*_notices(values), *_missing(missing))
    return _told(question, operation.about, values, [(text, made.working)], notices), messages.WHY_COMPUTED


def _apart(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that tells how far the greatest is from the least."""
    ordered = in_order(values, is_high=True)
    told = _of_two(operation, [ordered[0], ordered[-1]])
    if told is None:
        return Refusal(question, "kind_mismatch", messages.COMPUTED_NOT_POSSIBLE), messages.WHY_NOT_COMPUTED
    return _told(
        question, operation.about, ordered, [told], (*_notices(values), *_missing(missing))
    ), messages.WHY_COMPUTED


def _missing(names: Sequence[str]) -> tuple[str, ...]:
    return (messages.COMPUTED_MISSING.format(names="、".join(names)),) if names else ()


def _ranked(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that names the greatest, or all in order, or the place of one of them."""
    is_rank = values[0].amount.base == "位" and not CHANGE.search(operation.indicator)
    is_high = operation.is_high != (is_rank and operation.word not in ("大", "多"))
    is_high = is_high != operation.falls
    ordered = in_order(values, is_high=is_high)
    working = chain([value.amount for value in ordered])
    told: list[tuple[str, str]] = []
    about = _about(operation)
    if operation.kind == "larger" and len(ordered) == 2 and not operation.series:
        two = _of_two(replace(operation, kind="difference"), ordered)
        told += [two] if two else []
    elif operation.kind == "larger":
        if operation.nth > len(ordered):
            return _refuse_nth(question, operation, ordered), messages.WHY_NOT_COMPUTED
        told.append((_best(operation, ordered), working))
    if operation.kind == "position":
        place = next((index for index, value in enumerate(ordered) if value.name == operation.of_place), None)
        if place is None:
            return _refuse_place(question, operation, ordered, missing), messages.WHY_NOT_COMPUTED
        position = 1 + sum(
            (value.amount.number > ordered[place].amount.number) == is_high
            and value.amount.number != ordered[place].amount.number
            for value in ordered
        )
        listed = "、".join(map(_shown, ordered))
        told.append(
            (
                messages.COMPUTED_POSITION.format(
                    about=about, values=listed, place=operation.of_place, position=position
                ),
                working,
            )
        )
    elif operation.kind == "ranking" or len(ordered) > FEWEST:
        listed = "、".join(map(_shown, ordered[:LONGEST_RANKING]))
        way = messages.COMPUTED_WAY[is_high]
        told.append((messages.COMPUTED_RANKING.format(about=about, way=way, values=listed), working))
    notices = (*_notices(values), *_missing(missing))
    return _told(question, operation.about, ordered, told, notices), messages.WHY_COMPUTED


def _refuse_place(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> Refusal:
    """The refusal of the position of a place without a value, with the first of the others."""
    if operation.of_place not in missing:
        return Refusal(question, "no_such_subject", messages.NOT_FOUND)
    told = _told(question, operation.about, values, [("、".join(map(_shown, values)), "")], ())
    message = messages.COMPUTED_MISSING.format(names=operation.of_place)
    return Refusal(question, "cell_missing", message, told.claims[:1], told.citations)


def _refuse_nth(question: Question, operation: Operation, values: Sequence[Value]) -> Refusal:
    """The refusal of the n-th of fewer values, with those there are."""
    told = _told(question, operation.about, values, [("、".join(map(_shown, values)), "")], ())
    message = messages.COMPUTED_NO_NTH.format(
        about=_about(operation), count=len(values), nth=ordinal(operation.nth)
    )
    return Refusal(question, "not_found", message, told.claims[:1], told.citations)


def _best(operation: Operation, ordered: Sequence[Value]) -> str:
    """The sentence that names the greatest, or the n-th from there, and all that have the same value.

    These are called by the first of their places: of two that are the greatest none is the second.
    """
    numbers = [value.amount.number for value in ordered]
    at = numbers[operation.nth - 1]
    same = [value for value in ordered if value.amount.number == at]
    place = 1 + numbers.index(at)
    which = f"{ordinal(place)}{operation.word}" if place > 1 else f"最{operation.word}"
    best = "、".join(map(_shown, same))
    return messages.COMPUTED_BEST.format(about=_about(operation), which=which, best=best)


def _told(
    question: Question,
    about: str,
    values: Sequence[Value],
    told: Sequence[tuple[str, str]],
    notices: tuple[str, ...],
) -> Answer:
    """The answer that says these sentences, each citing all values, then the notes that limit them."""
    citations = CitationList()
    numbers = tuple(dict.fromkeys(number for value in values for number in _cite(value, citations)))
    claims = [Claim(text, numbers, "computed", working) for text, working in told]
    for reading in dict.fromkeys(id(one.reading) for one in values if one.reading):
        own = next(one.reading for one in values if id(one.reading) == reading)
        if own is not None:
            claims += [quoted_claim(own.document, note, citations) for note in limiting_notes(own)]
    table = table_of(values, about)
    return Answer(question, tuple(dict.fromkeys(claims)), citations.citations(), notices, table)


def _cite(value: Value, citations: CitationList) -> Iterable[int]:
    if value.reading is not None and value.cell is not None:
        yield from cite_cells(value.reading, [value.cell], citations)
        return
    yield citations.cite(value.document, value.span)
    for span in value.carried:
        yield citations.cite(value.document, span)


def _about(operation: Operation) -> str:
    return messages.COMPUTED_ABOUT.format(about=operation.about) if operation.about else ""


def _shown(value: Value) -> str:
    return messages.COMPUTED_VALUE.format(name=value.name, value=value.amount.text)


def _notices(values: Sequence[Value]) -> tuple[str, ...]:
    """What limits the comparison: numbers that are only about right, other scopes, stretches of other lengths."""
    notices = []
    for value in values:
        if value.others:
            others = "、".join(value.others)
            notices.append(messages.COMPUTED_OTHER_VALUE.format(name=value.name, values=others))
    if not all(value.is_exact for value in values):
        notices.append(messages.COMPUTED_ABOUT_NUMBERS)
    scopes = {value.scope for value in values}
    if len(scopes) > 1:
        told = "、".join(sorted(scope for scope in scopes if scope))
        notices.append(messages.COMPUTED_OTHER_SCOPE.format(scopes=told))
    if len({_length(value) for value in values}) > 1:
        notices.append(messages.COMPUTED_OTHER_STRETCH)
    return tuple(notices)
