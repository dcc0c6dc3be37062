"""The order of the three sectors by the shares told, and whether it is the one that a question names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.language.sector_orders import OrderAsked, OrdersSaid
    from policy_qa.types import Outcome

SECTOR = re.compile(r"第?(?P<sector>[一二三])次?产(?:业|$|占|比|增)")
ALL = frozenset("一二三")
FEWEST = 3


def answer_order(asked: OrderAsked, outcome: Outcome, values: Sequence[OpenValue]) -> Answer | None:
    """The shares told, and in what order they are; None where they are not told of all three sectors, or two are alike."""
    if not isinstance(outcome, Answer):
        return None
    groups: dict[tuple[str, str], dict[str, OpenValue]] = defaultdict(dict)
    for value in values:
        sector = (
            SECTOR.search("".join((*value.cell.row_label, *value.cell.column_label))) if value.cell else None
        )
        if sector is None or value.quantity.unit not in ("%", ""):
            continue
        of = (value.period.label() if value.period else "", value.place.short if value.place else "")
        if groups[of].setdefault(sector["sector"], value) is not value:
            return None
    numbers = tuple(dict.fromkeys(number for claim in outcome.claims for number in claim.citations))
    claims = [_claim(asked, "".join(of), group, numbers) for of, group in groups.items()]
    made = tuple(claim for claim in claims if claim is not None)
    if asked.among and len(made) == len(claims):
        headline = _headline(asked.among, {of: _order(group) for of, group in groups.items()}, made)
        if headline is None:
            return None
        made = (headline, *made)
        return replace(outcome, claims=(*made, *outcome.claims))
    return replace(outcome, claims=(*made, *outcome.claims)) if made and len(made) == len(claims) else None


def _claim(asked: OrderAsked, of: str, group: dict[str, OpenValue], numbers: tuple[int, ...]) -> Claim | None:
    """The claim in what order the sectors of one place and time are, with a verdict where one is asked for."""
    ordered = _ordered(group)
    shares = [value.quantity.values[0] for _, value in ordered]
    if group.keys() != ALL or any(one == other for one, other in pairwise(shares)):
        return None
    order = _order(group)
    listed = "、".join(
        messages.SECTOR_SHARE.format(sector=sector, share=f"{share:f}%")
        for (sector, _), share in zip(ordered, shares, strict=True)
    )
    text = messages.SECTOR_ORDER.format(of=of, order=order, values=listed)
    if asked.said:
        text = f"{messages.ASSERTED_RIGHT if asked.said == order else messages.ASSERTED_WRONG}{text}"
    return Claim(text, numbers, "computed", " > ".join(f"{share:f}" for share in shares))


def _headline(
    asked: OrdersSaid, orders: Mapping[tuple[str, str], str], claims: Sequence[Claim]
) -> Claim | None:
    """The claim which places have which order, with a verdict on what is said of them; None where these are not all."""
    of = {place: order for (_, place), order in orders.items()}
    times = {time for time, _ in orders}
    named = {place for places in asked.places.values() for place in places}
    if (
        len(times) > 1
        or len(of) < FEWEST
        or (asked.count and asked.count != len(of))
        or not named <= of.keys()
    ):
        return None
    having = {
        order: messages.LIST_SEPARATOR.join(place for place, own in of.items() if own == order)
        for order in dict.fromkeys((*asked.asked, *sorted(set(of.values()), reverse=True)))
        if not asked.asked or order in asked.asked
    }
    text = messages.SECTOR_ORDERS.format(
        of="".join(times),
        told="；".join(
            messages.SECTOR_ORDER_OF.format(
                order=order, count=list(of.values()).count(order), places=places or "无"
            )
            for order, places in having.items()
        ),
    )
    if not asked.asked:
        text = f"{messages.ASSERTED_RIGHT if asked.holds(of) else messages.ASSERTED_WRONG}{text}"
    working = "；".join(claim.working for claim in claims if claim.working)
    return Claim(text, claims[0].citations, "computed", working)


def _order(group: Mapping[str, OpenValue]) -> str:
    return "".join(sector for sector, _ in _ordered(group))


def _ordered(group: Mapping[str, OpenValue]) -> list[tuple[str, OpenValue]]:
    """The sectors of one place and time, the greatest first."""
    return sorted(group.items(), key=lambda one: -one[1].quantity.values[0])
