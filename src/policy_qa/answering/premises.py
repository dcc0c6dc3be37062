"""A question's own assertion that the sources contradict: what they say instead, to be told instead of an answer.

A contradiction needs a statement of the very same indicator, place and period that cannot hold beside the assertion,
and none that agrees with it. In doubt there is none: a true premise must be answered as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.assertions import (
    Assertion,
    EventSaid,
    OrderSaid,
    TopSaid,
    TrendSaid,
    ValueSaid,
    assertions_of,
)
from policy_qa.answering.extractive import quoted_answer, trimmed
from policy_qa.answering.facts import Fact, event_fact, facts_of
from policy_qa.answering.indicators import names_all
from policy_qa.figures.arithmetic.rounding import as_stated, as_told
from policy_qa.figures.surroundings import home_of
from policy_qa.language.periods import periods_agree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.language.places import Place
    from policy_qa.types import Answer
    from policy_qa.understanding import Query

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An assertion of a question, and the facts, best first, that it cannot be true beside."""

    assertion: Assertion
    facts: tuple[Fact, ...]


def find_contradiction(query: Query, evidence: Sequence[Evidence]) -> Contradiction | None:
    """The first assertion of the question that the evidence contradicts, None where it contradicts none."""
    for assertion in assertions_of(query):
        facts = _contradicting(assertion, evidence)
        if facts:
            return Contradiction(assertion, tuple(facts))
    return None


def answer_premise(query: Query, found: Contradiction) -> Answer:
    """What the sources say, in their own words, and the notice that the question says otherwise."""
    told = [(fact.document, trimmed(fact.document.text, fact.span)) for fact in found.facts]
    quotes = [
        (document, span)
        for document, span in dict.fromkeys(told)
        if not any(other is document and around.contains(span) and around != span for other, around in told)
    ]
    answer = quoted_answer(query.question, quotes[:MOST_TOLD])
    return replace(answer, notices=(messages.PREMISE_CONTRADICTED.format(said=found.assertion.text),))


def _contradicting(assertion: Assertion, evidence: Sequence[Evidence]) -> list[Fact]:
    """The facts that the assertion cannot be true beside; none where others agree with it."""
    if isinstance(assertion.says, EventSaid):
        told = [event_fact(found, assertion.indicator, assertion.says) for found in evidence]
        facts = [fact for fact in told if fact is not None]
    else:
        facts = [fact for found in evidence for fact in facts_of(found, assertion.indicator)]
    if isinstance(assertion.says, OrderSaid):
        return _against_order(assertion, assertion.says, facts)
    judged = [(fact, _agrees(assertion, fact)) for fact in facts]
    if any(verdict is True for _, verdict in judged):
        return []
    return [fact for fact, verdict in judged if verdict is False]


def _agrees(assertion: Assertion, fact: Fact) -> bool | None:
    """Whether a fact agrees with the assertion, or contradicts it; None where it bears on something else.

    To agree it need not be quite of the same indicator, nor tell its period and place; to contradict, it must.
    """
    if isinstance(assertion.says, EventSaid):
        return _event_agrees(assertion, fact)
    same = fact.fit == "is it"
    if fact.fit == "other" and not names_all(assertion.indicator, fact.span.of(fact.document.text)):
        return None
    period, place = _period_fits(assertion, fact), _place_fits(assertion, fact)
    if period is False or place is False:
        return None
    holds = _holds(assertion, fact)
    if holds is None:
        return None
    if holds:
        return True
    return False if same and period and place else None


def _holds(assertion: Assertion, fact: Fact) -> bool | None:
    """Whether what is asserted can be true where the fact is; None where the two say different kinds of things."""
    match assertion.says, fact.says:
        case TrendSaid() as asserted, TrendSaid() as told:
            return _trend_holds(assertion, asserted, fact, told)
        case ValueSaid() as asserted, ValueSaid() as told:
            return _value_holds(assertion, asserted, told)
        case TopSaid() as asserted, TopSaid() as told:
            if asserted.is_high != told.is_high or (
                told.group and asserted.group and not _same_group(asserted, told)
            ):
                return None
            return bool(set(assertion.places) & set(fact.places))
        case _:
            return None


def _trend_holds(assertion: Assertion, asserted: TrendSaid, fact: Fact, told: TrendSaid) -> bool | None:
    if asserted.of != told.of:
        return None
    if asserted.base_year is not None and asserted.base_year in fact.years:
        return bool(asserted.ways & told.ways)
    bases = [_base_of(asserted, assertion.periods[0].last.year if assertion.periods else None)]
    bases.append(_base_of(told, fact.period.last.year if fact.period else None))
    if None not in bases and bases[0] != bases[1]:
        return None
    return bool(asserted.ways & told.ways)


def _base_of(said: TrendSaid, year: int | None) -> int | None:
    return said.base_year if said.base_year is not None else None if year is None else year - 1


def _value_holds(assertion: Assertion, asserted: ValueSaid, told: ValueSaid) -> bool | None:
    one, other = asserted.quantity, told.quantity
    is_rate = assertion.indicator.is_rate
    if (one.unit, one.form) != (other.unit, other.form) or not _same_whole(assertion, asserted, told):
        return None
    if not is_rate and (one.direction == 0) != (other.direction == 0):
        return None
    wanted, found = as_stated(one), as_told(other)
    if wanted is None or found is None:
        return None
    if one.direction * other.direction < 0 or (is_rate and one.direction == 0 > other.direction):
        return False
    return wanted.overlaps(found)


def _same_whole(assertion: Assertion, asserted: ValueSaid, told: ValueSaid) -> bool:
    """Whether a rank is told among the same places, a share of the same whole; where none is named, of the country."""
    if asserted.quantity.form != "rank" and not assertion.indicator.is_share:
        return True
    if asserted.scopes and told.scopes:
        return bool(asserted.scopes & told.scopes)
    if asserted.scopes:
        return not assertion.indicator.is_share
    of_country = any(place.level == "country" for place in told.scopes)
    return not told.scopes or of_country or asserted.quantity.values == told.quantity.values


def _same_group(one: TopSaid, other: TopSaid) -> bool:
    return one.group == other.group


def _period_fits(assertion: Assertion, fact: Fact) -> bool | None:
    """Whether the fact is of a period asserted; None where it tells none."""
    if not assertion.periods:
        return True
    if fact.period is None:
        return None
    for asked in assertion.periods:
        if periods_agree(asked, fact.period):
            return True
        ends = {asked.first.year, asked.last.year}
        if len(ends) == 2 and ends <= fact.years and fact.period.last.year == asked.last.year:
            return True
    return False


def _place_fits(assertion: Assertion, fact: Fact) -> bool | None:
    """Whether the fact is of a place asserted; None where it tells none. Without one it must be of no other than home."""
    if isinstance(assertion.says, TopSaid):
        return True if fact.places else None
    if assertion.places:
        return None if not fact.places else bool(set(assertion.places) & set(fact.places))
    home = home_of(fact.document)
    others = [place for place in fact.places if place != home and place.level != "country"]
    return not others


def _event_agrees(assertion: Assertion, fact: Fact) -> bool | None:
    if not set(assertion.places) <= set(fact.places) or fact.period is None:
        return None
    return any(asked.overlaps(fact.period) for asked in assertion.periods)


def _against_order(assertion: Assertion, asserted: OrderSaid, facts: Sequence[Fact]) -> list[Fact]:
    """The values of both places, where every pair of them is the other way round than asserted."""
    mine = _values_of(assertion, assertion.places[0], facts)
    its = _values_of(assertion, asserted.other, facts)
    pairs = [
        (one, other, _order_of(one, other))
        for one in mine
        for other in its
        if _order_of(one, other) is not None
    ]
    if not pairs or any(way != -asserted.way for _, _, way in pairs):
        return []
    return [fact for one, other, _ in pairs for fact in (one, other)]


def _values_of(assertion: Assertion, place: Place, facts: Sequence[Fact]) -> list[Fact]:
    of_place = replace(assertion, places=(place,))
    return [
        fact
        for fact in facts
        if isinstance(fact.says, ValueSaid)
        and fact.fit == "is it"
        and fact.says.quantity.direction == 0
        and _period_fits(of_place, fact)
        and _place_fits(of_place, fact)
    ]


def _order_of(one: Fact, other: Fact) -> int | None:
    """1 where the first value is more than the second, -1 where less, 0 where they may be the same; None of other units."""
    if not isinstance(one.says, ValueSaid) or not isinstance(other.says, ValueSaid):
        return None
    mine, its = one.says.quantity, other.says.quantity
    if (mine.unit, mine.form) != (its.unit, its.form) or mine.form == "rank":
        return None
    one_told, other_told = as_told(mine), as_told(its)
    if one_told is None or other_told is None:
        return None
    return 1 if one_told.low > other_told.high else -1 if one_told.high < other_told.low else 0
