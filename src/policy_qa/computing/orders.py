"""The outcome of comparing all of an indicator: the greatest, the first few, the place of one, those beyond a bound."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import quantity_of
from policy_qa.computing.arithmetic import Amount, amount_of, chain, in_one_unit, mean
from policy_qa.computing.limits import PASSED, as_shown, bounded_text, notes_on, refuse_values
from policy_qa.computing.lines import FEWEST
from policy_qa.computing.operands import MEAN_BOUND, is_low
from policy_qa.computing.series import in_order
from policy_qa.computing.telling import about_of, of_two, told_answer
from policy_qa.language.numerals import ordinal
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Value
    from policy_qa.types import Outcome, Question

WORD_OF_RANKS = {"高": "靠前", "低": "靠后"}
LONGEST_RANKING = 40
COUNTED_ENDS = frozenset({"大", "多", "小", "少"})
"""Words for the number of a place itself, not for how good it is."""
FALL_SAID = re.compile("[降跌]幅")
CHANGE = re.compile(r"变化|变动|升降|增减")
"""Places won or lost are more the higher they are; places held are the better the lower."""


def ranked(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> tuple[Outcome, str]:
    """The outcome that tells what is asked of the values in their order, and that order."""
    said = f"{operation.about}{''.join(one.name for one in operation.operands)}"
    operation = replace(operation, falls=operation.falls or FALL_SAID.search(said) is not None)
    is_high = _begins_high(operation, values)
    ordered = in_order(values, is_high=is_high)
    are_falls = operation.falls and any(value.amount.number < 0 for value in ordered)
    if operation.falls and operation.operands and not are_falls:  # none of them fell
        refusal = Refusal(question, "kind_mismatch", messages.COMPUTED_NOT_POSSIBLE)
        return refusal, messages.WHY_NOT_COMPUTED
    operation = _of_falls(operation) if are_falls else operation
    if operation.nth > len(ordered):
        return _refuse_nth(question, operation, ordered), messages.WHY_NOT_COMPUTED
    if operation.kind == "position" and operation.of_place not in {value.name for value in ordered}:
        return _refuse_place(question, operation, ordered, missing), messages.WHY_NOT_COMPUTED
    told = _told_of(operation, ordered, is_high=is_high)
    if told is None:
        return (
            Refusal(question, "kind_mismatch", messages.COMPUTED_BOUND_DIFFERS),
            messages.WHY_NOT_COMPUTED,
        )
    is_row = len(ordered) > FEWEST or operation.falls or any(value.told for value in ordered)
    if operation.kind != "position" and (operation.kind in ("ranking", "beyond") or is_row):
        listed = _listed(operation, ordered[:LONGEST_RANKING])
        ways = messages.COMPUTED_WAY_OF_RANKS if _are_ranks(operation, ordered) else messages.COMPUTED_WAY
        way = messages.COMPUTED_WAY_OF_FALLS[not is_high] if are_falls else ways[is_high]
        ranking = messages.COMPUTED_RANKING.format(about=about_of(operation), way=way, values=listed)
        told = [*told, (ranking, chain([value.amount for value in ordered]))]
    return told_answer(question, operation, ordered, told, notes_on(values, missing)), messages.WHY_COMPUTED


def _of_falls(operation: Operation) -> Operation:
    """The operation on rates that fall as one on how much they fall: 降幅最大, not 增速最多."""
    about = re.sub("增速$", messages.COMPUTED_FALLS, operation.about)
    if operation.kind == "beyond":
        return replace(operation, about=about)
    return replace(operation, about=about, word="小" if is_low(operation.word or "多") else "大")


def _listed(operation: Operation, values: Sequence[Value]) -> str:
    """The values one behind the other; rates that fall as falls."""
    if not operation.falls or all(value.amount.number >= 0 for value in values):
        return "、".join(map(as_shown, values))
    shown = (
        messages.COMPUTED_FALL[value.amount.number < 0].format(
            name=value.name, value=bounded_text(replace(value, amount=_sizes(value.amount)))
        )
        for value in values
    )
    return "、".join(shown)


def _sizes(amount: Amount) -> Amount:
    return replace(amount, number=abs(amount.number))


def _are_ranks(operation: Operation, values: Sequence[Value]) -> bool:
    """Whether the values are places held."""
    return values[0].amount.base == "位" and not CHANGE.search(operation.indicator)


def _begins_high(operation: Operation, values: Sequence[Value]) -> bool:
    """Whether the order asked for begins with the greatest number: of places held the least is the best."""
    is_high = operation.is_high != (_are_ranks(operation, values) and operation.word[:1] not in COUNTED_ENDS)
    return is_high != operation.falls


def _told_of(
    operation: Operation, ordered: Sequence[Value], *, is_high: bool
) -> list[tuple[str, str]] | None:
    """The sentences, each with its working, that tell what is asked beside the order; None for a bound of another unit."""
    working = chain([value.amount for value in ordered])
    match operation.kind:
        case "larger" if _are_two_apart(operation, ordered):
            two = of_two(replace(operation, kind="difference"), ordered)
            return [two] if two else []
        case "larger":
            return [(_best(operation, ordered), working)]
        case "ends":
            last = replace(operation, word=messages.COMPUTED_OPPOSITE.get(operation.word, operation.word))
            return [(_best(operation, ordered), working), (_best(last, ordered[::-1]), working)]
        case "position":
            return [(_position(operation, ordered), working)]
        case "beyond":
            beyond = _beyond(operation, ordered, is_high=is_high)
            return None if beyond is None else [beyond]
        case _:
            return []


def _are_two_apart(operation: Operation, ordered: Sequence[Value]) -> bool:
    """Whether two values are compared of which it can be said how far they are apart."""
    return (
        len(ordered) == 2
        and (operation.nth, operation.count) == (1, 1)
        and any(value.bound not in PASSED for value in ordered)
        and not any(value.told for value in ordered)
        and not operation.falls
    )


def _position(operation: Operation, ordered: Sequence[Value]) -> str:
    """The sentence that tells the place of one among the values, equal ones sharing theirs."""
    own = next(value.amount.number for value in ordered if value.name == operation.of_place)
    position = 1 + [value.amount.number for value in ordered].index(own)
    return messages.COMPUTED_POSITION.format(
        about=about_of(operation),
        values="、".join(map(as_shown, ordered)),
        place=operation.of_place,
        position=position,
    )


def _beyond(operation: Operation, ordered: Sequence[Value], *, is_high: bool) -> tuple[str, str] | None:
    """The sentence that names and counts the values beyond a bound, and its working; None for one of another unit."""
    working, least = chain([value.amount for value in ordered]), Decimal(0)
    if operation.bound == MEAN_BOUND:
        average = mean([value.amount for value in ordered])
        limit, bound = average.number, messages.COMPUTED_MEAN_BOUND.format(value=average.text)
        working = f"{average.working}；{working}"
    elif operation.of_place:
        own = next((value for value in ordered if value.name == operation.of_place), None)
        if own is None:
            return None
        limit, bound = own.amount.number, as_shown(own)
    elif operation.upper:
        bounds = [bound_like(ordered[0].amount, one) for one in (operation.upper, operation.bound)]
        if None in bounds:
            return None
        limit, least = (one.number for one in bounds if one)
        bound = messages.COMPUTED_BETWEEN.format(low=operation.bound, high=operation.upper)
    else:
        told = bound_like(ordered[0].amount, operation.bound)
        if told is None or (operation.falls and all(value.amount.number >= 0 for value in ordered)):
            return None
        limit, bound = -told.number if operation.falls else told.number, operation.bound
    is_over = is_high and not operation.upper
    beyond = [
        value
        for value in ordered
        if ((value.amount.number > limit) == is_over and (value.amount.number != limit))
        or (operation.is_inclusive and value.amount.number == limit)
        if not operation.upper or value.amount.number >= least
    ]
    slots = {"about": about_of(operation), "way": operation.word, "bound": bound}
    if not beyond:
        return messages.COMPUTED_NONE_BEYOND.format(**slots), working
    named = _listed(operation, beyond)
    return messages.COMPUTED_BEYOND.format(count=len(beyond), values=named, **slots), working


def bound_like(amount: Amount, bound: str) -> Amount | None:
    """The figure of a bound in the unit of an amount; one that names no unit (600万) is of the same, a bare number as it stands."""
    quantity = quantity_of(bound)
    told = None if quantity is None else amount_of(quantity)
    if told is None or (told.base == "位") != (amount.base == "位"):
        return None
    if told.scale == 1 and not (told.base and amount.base):
        return told
    amounts = in_one_unit([amount, told if told.base else replace(told, base=amount.base)])
    return None if amounts is None else amounts[-1]


def _refuse_place(
    question: Question, operation: Operation, values: Sequence[Value], missing: Sequence[str]
) -> Refusal:
    """The refusal of the position of a place without a value, with the first of the others."""
    if operation.of_place not in missing:
        return Refusal(question, "no_such_subject", messages.NOT_FOUND)
    message = messages.COMPUTED_MISSING.format(names=operation.of_place)
    return replace(refuse_values(question, message, values), code="cell_missing")


def _refuse_nth(question: Question, operation: Operation, values: Sequence[Value]) -> Refusal:
    """The refusal of the n-th of fewer values, with those there are."""
    message = messages.COMPUTED_NO_NTH.format(
        about=about_of(operation), count=len(values), nth=ordinal(operation.nth)
    )
    return replace(refuse_values(question, message, values), code="not_found")


def _best(operation: Operation, ordered: Sequence[Value]) -> str:
    """The sentence that names the greatest, or the n-th from there, and all that have the same value.

    These are called by the first of their places: of two that are the greatest none is the second.
    """
    numbers = [value.amount.number for value in ordered]
    at = numbers[operation.nth - 1]
    same = [value for value in ordered if value.amount.number == at]
    if operation.count > 1:
        return _first_few(operation, ordered)
    place = 1 + numbers.index(at)
    which = f"{ordinal(place)}{operation.word}" if place > 1 else f"最{operation.word}"
    best = _listed(operation, same)
    return messages.COMPUTED_BEST.format(about=about_of(operation), which=which, best=best)


def first_few(operation: Operation, values: Sequence[Value]) -> list[Value]:
    """The first of the values in the order asked for, as many as are asked for, and those equal to the last of them."""
    ordered = in_order(values, is_high=_begins_high(operation, values))
    last = ordered[min(operation.count, len(ordered)) - 1].amount.number
    return ordered[: 1 + max(index for index, value in enumerate(ordered) if value.amount.number == last)]


def _first_few(operation: Operation, ordered: Sequence[Value]) -> str:
    """The sentence that names the first few, and all that have the same value as the last of them."""
    count = min(operation.count, len(ordered))
    first = first_few(operation, ordered)
    word = operation.word
    if _are_ranks(operation, ordered):
        word = WORD_OF_RANKS.get(word, word)
    return messages.COMPUTED_FIRST_FEW.format(
        about=about_of(operation),
        which=word,
        count=count,
        tied=messages.COMPUTED_TIED if len(first) > count else "",
        best=_listed(operation, first),
    )
