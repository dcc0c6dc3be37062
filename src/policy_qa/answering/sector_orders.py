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
    from collections.abc import Sequence

    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.language.sector_orders import OrderAsked
    from policy_qa.types import Outcome

SECTOR = re.compile(r"第?(?P<sector>[一二三])次?产(?:业|$|占|比|增)")
ALL = frozenset("一二三")


def answer_order(asked: OrderAsked, outcome: Outcome, values: Sequence[OpenValue]) -> Answer | None:
    """The shares told, and in what order they are; None where they are not told of all three sectors, or two are alike."""
    if not isinstance(outcome, Answer):
        return None
    groups: dict[str, dict[str, OpenValue]] = defaultdict(dict)
    for value in values:
        sector = (
            SECTOR.search("".join((*value.cell.row_label, *value.cell.column_label))) if value.cell else None
        )
        if sector is None or value.quantity.unit not in ("%", ""):
            continue
        of = f"{value.period.label() if value.period else ''}{value.place.short if value.place else ''}"
        if groups[of].setdefault(sector["sector"], value) is not value:
            return None
    numbers = tuple(dict.fromkeys(number for claim in outcome.claims for number in claim.citations))
    claims = [_claim(asked, of, group, numbers) for of, group in groups.items()]
    made = tuple(claim for claim in claims if claim is not None)
    return replace(outcome, claims=(*made, *outcome.claims)) if made and len(made) == len(claims) else None


def _claim(asked: OrderAsked, of: str, group: dict[str, OpenValue], numbers: tuple[int, ...]) -> Claim | None:
    """The claim in what order the sectors of one place and time are, with a verdict where one is asked for."""
    ordered = sorted(group.items(), key=lambda one: -one[1].quantity.values[0])
    shares = [value.quantity.values[0] for _, value in ordered]
    if group.keys() != ALL or any(one == other for one, other in pairwise(shares)):
        return None
    order = "".join(sector for sector, _ in ordered)
    listed = "、".join(
        messages.SECTOR_SHARE.format(sector=sector, share=f"{share:f}%")
        for (sector, _), share in zip(ordered, shares, strict=True)
    )
    text = messages.SECTOR_ORDER.format(of=of, order=order, values=listed)
    if asked.said:
        text = f"{messages.ASSERTED_RIGHT if asked.said == order else messages.ASSERTED_WRONG}{text}"
    return Claim(text, numbers, "computed", " > ".join(f"{share:f}" for share in shares))
