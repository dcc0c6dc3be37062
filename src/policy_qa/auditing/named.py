"""A reckoning of which a question names every number: 说剩12项、停8项，共20项，合得拢吗, wherever these are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Operand
from policy_qa.figures.arithmetic.differences import checked_difference
from policy_qa.figures.arithmetic.rounding import as_operand, as_stated
from policy_qa.figures.arithmetic.shares import checked_share
from policy_qa.figures.arithmetic.sums import checked_sum
from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from policy_qa.answering.wording import WordWeight
    from policy_qa.auditing.asked import Audit
    from policy_qa.figures.arithmetic.check import Check
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document

FEWEST, MOST = 3, 6
COUNTERS = frozenset({"", "个", "项", "家", "件", "种", "宗", "处"})
"""Units in which the same things may be counted here and there."""


def check_named(
    asked: Audit,
    documents: Sequence[Document],
    figures_of: Callable[[Document], Sequence[Figure]],
    weight: WordWeight,
) -> Check | None:
    """The check of the one number that the others named come to, None unless all are told and it comes out.

    Where it does not, how they belong together is not for code to say.
    """
    if not FEWEST <= len(set(asked.values)) == len(asked.values) <= MOST:
        return None
    told = [Operand(document, figure) for document in documents for figure in figures_of(document)]
    parts = [_told_best(value, told, asked.words, weight) for value in asked.values]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    checks = (check for at in range(len(found)) for check in _of_result(found, at))
    return next((check for check in checks if check.is_right), None)


def _of_result(parts: Sequence[Operand], at: int) -> Iterator[Check]:
    """The checks of one of the numbers against the others, as their units allow."""
    result, others = parts[at], [*parts[:at], *parts[at + 1 :]]
    units = {_unit(one) for one in others}
    if len(units) > 1:
        return
    unit = units.pop()
    check = None
    if _unit(result) == "百分点" and unit == "%" and len(others) == 2:
        check = checked_difference(result, *others)
    elif _unit(result) == "%" and unit != "%" and len(others) == 2:
        small, large = sorted(others, key=lambda one: one.figure.quantity.values[0])
        check = checked_share(result, small, large)
    elif _unit(result) == unit:
        check = checked_sum(result, others)
    if check is not None:
        yield check


def _unit(part: Operand) -> str:
    unit = part.figure.quantity.unit
    return "个" if unit in COUNTERS else unit


def _told_best(
    value: tuple[Decimal, str], told: Sequence[Operand], words: Sequence[str], weight: WordWeight
) -> Operand | None:
    """The figure of this value whose sentence says most of the question's words; None where none says any."""
    number, unit = value
    best, most = None, 0.0
    for one in told:
        quantity = one.figure.quantity
        alike = quantity.unit == unit or {quantity.unit, unit} <= COUNTERS
        if (
            not alike
            or quantity.values[:1] != (abs(number),)
            or not (as_operand(quantity) or as_stated(quantity))
        ):
            continue
        text = search_key("".join(one.figure.sentence.of(one.document.text).split()))
        said = sum(weight(word) for word in words if word in text)
        if said > most:
            best, most = one, said
    return best
