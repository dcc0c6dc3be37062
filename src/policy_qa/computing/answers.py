"""The answer of a computation: its result in one sentence, cited, with the working; or why nothing was computed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.all_hold import all_hold
from policy_qa.computing.arithmetic import (
    PERCENT,
    in_one_unit,
    mean,
    share_of_all,
    total,
)
from policy_qa.computing.behind import just_behind
from policy_qa.computing.by_source import with_other_sources
from policy_qa.computing.claim_parts import joined_answers
from policy_qa.computing.derived import derive
from policy_qa.computing.each import each_of_its_own, no_series, refuse_missing, told_anew
from policy_qa.computing.framed import values_of_frame
from policy_qa.computing.frames import frame_of
from policy_qa.computing.given_answers import compute_given
from policy_qa.computing.limits import as_shown, not_comparable, notes_on, refuse_values
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.operands import Operand
from policy_qa.computing.operations import POSITION, RANK_SAID, SCORE_ASKED
from policy_qa.computing.orders import first_few, ranked
from policy_qa.computing.series import FEWEST_TOLD, find_series, in_order
from policy_qa.computing.sides import COMMA, plain_question
from policy_qa.computing.stated import (
    is_stated,
    names_all,
    states_end,
    states_result,
    tell_second,
    tells_no_result,
    tells_no_such_change,
)
from policy_qa.computing.stepwise import compute_in_steps, what_is_left
from policy_qa.computing.telling import about_of, of_two, told_answer
from policy_qa.computing.told_pairs import told_counted, told_together
from policy_qa.computing.twofold import of_two_series
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.types import Answer, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.computing.operands import Kind, Operation
    from policy_qa.computing.values import Sources, Value
    from policy_qa.types import Outcome, Question
    from policy_qa.understanding import Query

RATES = frozenset({PERCENT, "百分点", "位"})
OF_ALL = frozenset({"larger", "ranking", "position", "sum", "mean", "beyond"})
"""What takes any number of values together."""
WAYS: dict[Kind, Callable[[Question, Operation, Sources], tuple[Outcome, str] | None]] = {
    "all_hold": all_hold,
    "behind": just_behind,
    "share_of_sum": compute_in_steps,
    "each_time": compute_in_steps,
    "rest": what_is_left,
    **dict.fromkeys(("whole", "before", "back", "each_one", "product", "quotient"), derive),
}
"""What is computed in a way of its own."""
EACH_TOLD = frozenset({"larger", "sum", "mean", "each"})
"""What a source answers only if it tells of every operand."""


def compute(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome of a computation and why, None where the question is better answered from what sources state."""
    if operation.kind == "beyond" and not operation.series:
        return Refusal(question, "ambiguous", messages.AMBIGUOUS_INDICATOR), messages.WHY_NOT_COMPUTED
    way = WAYS.get(operation.kind)
    if way is not None:
        return way(question, operation, sources)
    if operation.further is not None:
        return _of_both(question, operation, operation.further, sources)
    return _computed_or_stated(question, operation, sources)


def reckon_given(query: Query, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome of a computation with numbers that the question names, None where it names none to compute with."""
    return compute_given(query, sources, _outcome)


def compute_framed(query: Query, sources: Sources, *, stated_first: bool) -> tuple[Outcome, str] | None:
    """The outcome of a question read by what it asks and what it names, None where that tells no computation for certain.

    `stated_first`: one of a kind that sources commonly state themselves; else any other.
    """
    frame, question = frame_of(query), query.question
    if frame is None or frame.is_stated_first != stated_first:
        return None
    named = values_of_frame(frame, query, sources)
    values = list(named.values)
    if not values:
        return None
    if frame.operation.kind not in OF_ALL and len(values) != 2:
        return None
    operation = replace(frame.operation, about=named.name)
    if in_one_unit([value.amount for value in values]) is None or not_comparable(question, operation, values):
        return None
    return _answer(question, operation, values, sources)


def _of_both(
    question: Question, operation: Operation, further: Operation, sources: Sources
) -> tuple[Outcome, str]:
    """What is told of two indicators that a question compares places by; refused where one of them cannot be."""
    made = [_over_series(question, one, sources) for one in (replace(operation, further=None), further)]
    told = []
    for one, asked in zip(made, (operation, further), strict=True):
        if one is None or isinstance(one[0], Refusal):
            return one or (_refuse_uncompared(question, asked, sources), messages.WHY_NOT_COMPUTED)
        told.append(one[0])
    return joined_answers(question, told), messages.WHY_COMPUTED


def _computed_or_stated(
    question: Question, operation: Operation, sources: Sources
) -> tuple[Outcome, str] | None:
    """What is computed, unless sources state the result, or tell what was asked in another way."""
    counted = told_counted(question, operation, sources)
    if counted is not None:
        return counted, messages.WHY_COMPUTED
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
    if made is not None and not (operation.stated_first and isinstance(made[0], Refusal)):
        return made
    stated = sources.look_up(question.text)
    if tells_no_result(stated, operation) or (made is None and tells_no_such_change(stated, operation)):
        return made or (refuse_missing(question, operation, None, sources), messages.WHY_NOT_COMPUTED)
    return made if made is not None and tells_no_such_change(stated, operation) else None


def _of_operands(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome of computing with the operands that the question names."""
    found = values_of_operands(operation, sources)
    if isinstance(found, Refusal) and operation.kind == "ranking":
        ranked_ones = _of_those_told(question, operation, sources)
        if ranked_ones is not None:
            return ranked_ones
    if isinstance(found, Refusal):
        stated = sources.look_up(question.text)
        if is_stated(stated, operation, sources) and (
            found.code != "cell_missing" or names_all(stated, operation)
        ):
            return None
        return refuse_missing(question, operation, found, sources), messages.WHY_NOT_COMPUTED
    if not found:
        return None
    refusal = not_comparable(question, operation, found)
    if refusal is not None:
        return refusal, messages.WHY_NOT_COMPUTED
    return _answer(question, operation, found, sources)


def _of_those_told(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The order of those of the operands of which a value is told, naming the others; None for fewer than three."""
    ones = {
        one.name: values_of_operands(replace(operation, operands=(one,), joint=""), sources)
        for one in operation.operands
    }
    told = [value for one in ones.values() if not isinstance(one, Refusal) for value in one]
    if len(told) < FEWEST_TOLD or not_comparable(question, operation, told) is not None:
        return None
    missing = [name for name in ones if name not in {value.name for value in told}]
    return _of_all(question, _of_time_and_place(operation, told), told, missing)


def _of_time_and_place(operation: Operation, values: Sequence[Value]) -> Operation:
    """The operation with the period and place that all values share in what it is about, where the question names none."""
    named = f"{operation.about}{''.join(value.name for value in values)}"
    places = {value.place for value in values}
    place = next(iter(places)) if len(places) == 1 and not find_places(named) else None
    periods = {value.period.label() if value.period else "" for value in values}
    period = next(iter(periods)) if len(periods) == 1 and not find_periods(named) else ""
    return replace(operation, about=f"{period}{place.short if place else ''}{operation.about}")


def _answer(
    question: Question, operation: Operation, values: list[Value], sources: Sources
) -> tuple[Outcome, str]:
    """The outcome by these values, and what it is by those of other documents that disagree."""
    made, why = _outcome(question, operation, values)
    if not isinstance(made, Answer) or made.claims[0].status != "computed":
        return made, why

    def by_others(others: list[Value]) -> Outcome:
        return not_comparable(question, operation, others) or _outcome(question, operation, others)[0]

    return with_other_sources(made, values, by_others, sources), why


def _outcome(question: Question, operation: Operation, values: list[Value]) -> tuple[Outcome, str]:
    operation = _of_time_and_place(operation, values)
    amounts = in_one_unit([value.amount for value in values]) or []
    values = [
        value if value.amount == amount else replace(value, amount=amount)
        for value, amount in zip(values, amounts, strict=True)
    ]
    if operation.kind in OF_ALL or operation.series:
        return _of_all(question, operation, values, ())
    told = of_two(operation, values)
    if told is None:
        return (
            Refusal(question, "kind_mismatch", messages.COMPUTED_NOT_POSSIBLE),
            messages.WHY_NOT_COMPUTED,
        )
    return told_answer(question, operation, values, [told], notes_on(values)), messages.WHY_COMPUTED


def _of_all(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that takes all values together: their sum or mean, how far they are apart, or their order."""
    if operation.kind in ("sum", "mean"):
        if operation.count > 1:
            values = first_few(operation, values)
        return _summed(question, operation, values, missing)
    if operation.kind == "difference":
        return _apart(question, operation, values, missing)
    return ranked(question, operation, values, missing)


def _over_series(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """The outcome over all places or years that have the indicator."""
    if operation.second:
        twofold = of_two_series(question, operation, sources)
        if twofold is not None:
            return twofold, messages.WHY_COMPUTED
        return _refuse_uncompared(question, operation, sources), messages.WHY_NOT_COMPUTED
    series = find_series(operation, sources)
    amounts = None if series is None else in_one_unit([value.amount for value in series.values])
    if series is None or amounts is None:
        told = sources.look_up(question.text)
        second = tell_second(question, operation, told, sources)
        if second is not None:
            return second, messages.WHY_SENTENCE
        if states_end(operation, told, sources):
            return None
        is_open = operation.among and not operation.group.is_source
        made = _of_operands(question, _one_by_one(operation), sources) if is_open else None
        return made or (_refuse_uncompared(question, operation, sources), messages.WHY_NOT_COMPUTED)
    operation = _of_time_and_place(operation, series.values)
    values = [replace(value, amount=amount) for value, amount in zip(series.values, amounts, strict=True)]
    made = _of_all(question, operation, values, series.missing)
    return _with_beside(question, operation, made, sources)


def _one_by_one(operation: Operation) -> Operation:
    """The operation on each of the places named, which no table sets side by side."""
    operands = (Operand(name, plain_question("", name, operation.about)) for name in operation.among)
    return replace(operation, operands=tuple(operands))


def _with_beside(
    question: Question, operation: Operation, made: tuple[Outcome, str], sources: Sources
) -> tuple[Outcome, str]:
    """The outcome of a ranking with what else is asked of the first: the score they are ranked by, or the rank they hold."""
    outcome, why = made
    is_of_ranks = RANK_SAID.search(operation.about) is not None
    asks = SCORE_ASKED if is_of_ranks else POSITION
    asked = next((one for one in re.split(COMMA, question.text) if asks.search(one)), "")
    is_of_other = not is_of_ranks and any(one.places[0].level != "country" for one in find_places(asked))
    if isinstance(outcome, Refusal) or outcome.table is None or not asked or is_of_other:
        return made
    if operation.kind not in ("larger", "ends"):
        return made
    score, ranks = RANK_SAID.sub("得分", operation.about), f"{SCORE_ASKED.sub('', operation.about)}排名"
    about, rows = score if is_of_ranks else ranks, outcome.table.rows[operation.nth - 1 :]
    last = rows[: operation.count][-1]
    first = [row[0] for row in rows if row in rows[: operation.count] or row[1] == last[1]]
    told = [sources.look_up(f"{name}{about}是多少？").outcome for name in first]
    if any(isinstance(one, Refusal) for one in told):
        return replace(outcome, notices=(*outcome.notices, messages.COMPUTED_NONE_BESIDE[is_of_ranks])), why
    claims, citations = told_anew(
        [
            *((one, outcome) for one in outcome.claims),
            *((one.claims[0], one) for one in told if isinstance(one, Answer)),
        ]
    )
    return replace(outcome, claims=claims, citations=citations), why


def _refuse_uncompared(question: Question, operation: Operation, sources: Sources) -> Refusal:
    """The refusal of a comparison of which there is no series, with what is nearest to it."""
    outcome = sources.look_up(question.text).outcome
    near = outcome.nearest if isinstance(outcome, Refusal) else outcome.claims[:1]
    nearest = told_anew((claim, outcome) for claim in dict.fromkeys(near))
    return Refusal(question, "not_found", no_series(question.text, operation.about), *nearest)


def _summed(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that tells the sum or the mean; rates and ranks of several places make no sum."""
    amounts = [value.amount for value in values]
    is_of_places = len({value.place for value in values}) > 1
    if operation.kind == "sum" and is_of_places and amounts[0].base in RATES:
        message = messages.COMPUTED_RATES_NOT_ADDED.format(values="、".join(map(as_shown, values)))
        return refuse_values(question, message, values), messages.WHY_NOT_COMPUTED
    made = total(amounts) if operation.kind == "sum" else mean(amounts)
    message = messages.COMPUTED_SUM if operation.kind == "sum" else messages.COMPUTED_MEAN
    text = message.format(
        about=about_of(operation), values="、".join(map(as_shown, values)), result=made.text
    )
    told = [(text, made.working)]
    if operation.asks_percent:
        part = next(value for value in values if value.name == operation.of_place)
        share = share_of_all(part.amount, amounts)
        if missing or share is None:
            return _refuse_incomplete(question, values, missing), messages.WHY_NOT_COMPUTED
        told.append(
            (messages.COMPUTED_SHARE_OF_ALL.format(part=as_shown(part), result=share.text), share.working)
        )
    notes = notes_on(values, missing)
    return told_answer(question, operation, values, told, notes), messages.WHY_COMPUTED


def _refuse_incomplete(question: Question, values: Sequence[Value], missing: Sequence[str]) -> Refusal:
    """The refusal of a share in a sum of which parts are told nowhere."""
    message = messages.COMPUTED_TOO_FEW + messages.COMPUTED_MISSING.format(names="、".join(missing))
    return replace(refuse_values(question, message, values), code="not_found")


def _apart(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that tells how far the greatest is from the least."""
    ordered = in_order(values, is_high=True)
    told = of_two(operation, [ordered[0], ordered[-1]])
    if told is None:
        return Refusal(question, "kind_mismatch", messages.COMPUTED_NOT_POSSIBLE), messages.WHY_NOT_COMPUTED
    notes = notes_on(values, missing)
    return told_answer(question, operation, ordered, [told], notes), messages.WHY_COMPUTED
