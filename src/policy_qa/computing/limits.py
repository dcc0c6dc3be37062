"""What limits computing with values: those that cannot be compared at all, and what is noted of those that can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.computing.arithmetic import PERCENT, VAGUE, in_one_unit
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Value
    from policy_qa.language.quantity_words import Bound
    from policy_qa.types import Question

    Limit = tuple[tuple[Decimal, ...], bool]

UPPER_BOUNDS = frozenset({"under", "at_most"})
OPEN_BOUNDS = frozenset({"over", "at_least"}) | UPPER_BOUNDS
PASSED = frozenset({"over", "under"})
"""超 and 不足 say on which side of a number a value lies, not how far; of 以上, as targets have it, the number itself is meant."""
ORDERED = frozenset({"larger", "ranking", "each"})
"""What asks for an order only, which ranges have too."""
SET_SIDE_BY_SIDE = frozenset({"larger", "ranking"})
"""What is asked of times that the question itself sets side by side, however long they are."""
OF_TWO = frozenset({"difference", "growth", "yearly", "ratio", "share"})


def limits_said(text: str) -> list[Limit]:
    """The bounds that a text says, by which things are set apart, and whether each is an upper one.

    >>> [(int(values[0]), is_upper) for values, is_upper in limits_said("不足500万元的和500万元以上的")]
    [(5000000, True), (5000000, False)]
    """
    return [
        (one.values, one.bound in UPPER_BOUNDS)
        for one in read_quantities(text)
        if one.bound in OPEN_BOUNDS and one.form == "number" and one.unit not in ("位", "名")
    ]


def not_comparable(question: Question, operation: Operation, values: Sequence[Value]) -> Refusal | None:
    """Why the values cannot be computed with: other units, other periods than the question sets side by side, two bounds."""
    shown = "、".join(map(as_shown, values))
    message = ""
    if in_one_unit([value.amount for value in values]) is None:
        message = messages.COMPUTED_UNITS_DIFFER.format(values=shown)
    elif _periods_differ(values, are_named=operation.kind in SET_SIDE_BY_SIDE):
        periods = "、".join(dict.fromkeys(value.period.label() for value in values if value.period))
        message = messages.COMPUTED_PERIODS_DIFFER.format(values=shown, periods=periods)
    elif operation.kind not in ORDERED and any(value.told for value in values):
        message = messages.COMPUTED_RANGES.format(values=shown)
    elif operation.kind in OF_TWO and all(value.bound in PASSED for value in values):
        message = messages.COMPUTED_BOTH_OPEN.format(values=shown)
    return refuse_values(question, message, values) if message else None


def refuse_values(question: Question, message: str, values: Sequence[Value]) -> Refusal:
    """The refusal to compute with the values, each quoted."""
    citations = CitationList()
    claims = tuple(dict.fromkeys(quoted_claim(one.document, one.span, citations) for one in values))
    return Refusal(question, "kind_mismatch", message, claims, citations.citations())


def _periods_differ(values: Sequence[Value], *, are_named: bool) -> bool:
    """Whether values that should be of one time are not, or levels of stretches of other lengths are compared.

    `are_named`: those called by their times may be of any length.
    """
    periods = [value.period for value in values if value.period is not None]
    if not periods:
        return False
    if are_named and all(value.name[:4].isdigit() for value in values):
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


def as_shown(value: Value) -> str:
    """A value behind its name: 甲市（超过600家）; one without a name as it is."""
    if not value.name:
        return bounded_text(value)
    return messages.COMPUTED_VALUE.format(name=value.name, value=bounded_text(value))


def bounded_text(value: Value) -> str:
    """The number and unit of a value, with the word that says that it is no exact one: 超过600家."""
    if value.told:
        return value.told
    is_said = VAGUE.search(value.amount.unit) or value.amount.base == "位"
    said = "{value}" if is_said else messages.COMPUTED_BOUNDS.get(value.bound, "{value}")
    return said.format(value=value.amount.text)


def notes_on(values: Sequence[Value], missing: Sequence[str] = ()) -> tuple[str, ...]:
    """What limits the comparison: other values told, inexact numbers, other scopes, stretches of other lengths.

    `missing` are the names of those that have no value.
    """
    notes = []
    for value in values:
        if value.others:
            others = "、".join(value.others)
            notes.append(messages.COMPUTED_OTHER_VALUE.format(name=value.name, values=others))
    notes += bound_notes([value.bound for value in values])
    scopes = {value.scope for value in values}
    if len(scopes) > 1:
        told = "、".join(sorted(messages.FIGURE_SCOPES[scope] for scope in scopes if scope))
        notes.append(messages.COMPUTED_OTHER_SCOPE.format(scopes=told))
    if len({_length(value) for value in values}) > 1:
        notes.append(messages.COMPUTED_OTHER_STRETCH)
    if missing:
        notes.append(messages.COMPUTED_MISSING.format(names="、".join(missing)))
    return tuple(notes)


def bound_notes(bounds: Sequence[Bound]) -> tuple[str, ...]:
    """What is to be said where numbers computed with are no exact ones."""
    if any(bound in OPEN_BOUNDS for bound in bounds):
        return (messages.COMPUTED_OPEN_NUMBERS,)
    return (messages.COMPUTED_ABOUT_NUMBERS,) if any(bound != "exact" for bound in bounds) else ()
