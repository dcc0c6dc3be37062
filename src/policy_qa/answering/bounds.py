"""What a question claims of values, beside the values: a verdict on a bound, none on what needs judgement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.figures.compare import NEAR, told_range
from policy_qa.language.claims import Held
from policy_qa.language.quantity_values import read_quantities, same_value
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.language.bounds_asked import BoundAsked
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Answer, Outcome


def answer_claim(asked: BoundAsked | Held, outcome: Outcome, values: Sequence[OpenValue]) -> Outcome | None:
    """The answer that tells the values with a notice whether what is asked of them holds; the refusal where they are not told.

    A claim that needs judgement gets the figures alone. None where several values are told, or one that cannot be
    set against the bound.
    """
    if isinstance(outcome, Refusal):
        return outcome
    if isinstance(asked, Held):
        said = asked.claim.replace("“", "‘").replace("”", "’")
        return replace(outcome, notices=(*outcome.notices, messages.CLAIM_TO_JUDGE.format(said=said)))
    told = [value.quantity for value in values]
    if not told or any(not same_value(told[0], one) for one in told):
        return None
    if told[0].unit != asked.bound.unit and (asked.bound.unit or told[0].unit in ("%", "‰")):
        return None
    holds = keeps(asked, told[0])
    if holds is None:
        return outcome
    template = messages.BOUND_KEPT if holds else messages.BOUND_NOT_KEPT
    return replace(outcome, notices=(*outcome.notices, template.format(said=asked.said)))


def keeps(asked: BoundAsked, told: Quantity) -> bool | None:
    """Whether a value lies where the question says; None where its own bound leaves that open."""
    limit = asked.bound.values[0]
    if told.bound == "exact":
        value = told.values[0]
        return {
            "over": value > limit,
            "reached": value >= limit,
            "under": value < limit,
            "near": limit * (1 - NEAR) <= value <= limit,
        }[asked.side]
    low, high = told_range(told)
    if asked.side == "near" or low < limit < high:
        return None
    return (low >= limit) == (asked.side != "under")


def without_disputed(asked: BoundAsked, outcome: Answer) -> Answer:
    """The answer without its verdict where the values that sources dispute do not all lie on one side of the bound."""
    told = [
        quantity
        for conflict in outcome.conflicts
        for value in conflict.values
        for quantity in read_quantities(value.text)[:1]
    ]
    if len({keeps(asked, one) for one in told}) < 2:
        return outcome
    verdicts = {
        template.format(said=asked.said) for template in (messages.BOUND_KEPT, messages.BOUND_NOT_KEPT)
    }
    notices = [one for one in outcome.notices if one not in verdicts]
    return replace(outcome, notices=tuple(dict.fromkeys((*notices, messages.SOURCES_DISAGREE))))
