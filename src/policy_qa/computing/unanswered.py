"""Whether what is told in answer to a question that compares is no answer to it: one part of it, quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.frames import frame_of
from policy_qa.computing.operands import name_of
from policy_qa.computing.operations import NOT_COMPUTED
from policy_qa.computing.sides import Words
from policy_qa.language.places import find_places
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from policy_qa.types import Answer
    from policy_qa.understanding import Query

FEWEST_ORDERED = 3


def tells_too_little(query: Query, told: Answer) -> bool:
    """Whether a told answer leaves out one of the places or years set against each other, or most of an order asked for."""
    frame = frame_of(query)
    is_told = all(claim.status == "supported" for claim in told.claims)
    if frame is None or not is_told or query.kind in NOT_COMPUTED:
        return False
    if frame.operation.kind == "ranking" and frame.is_of_group:
        return len({one.places[0] for one in find_places(told.text)}) < FEWEST_ORDERED
    if query.kind != "figure" or frame.operation.kind not in ("larger", "difference"):
        return False
    if "百分点" in told.text:
        return False  # the distance itself is told
    words = Words(query.text)
    said = " ".join([told.text, *(f"{one.quote} {one.context}" for one in told.citations)])
    places = {name_of(one) for one in words.places if one.places[0].level != "country"}
    years = {name_of(one)[:4] for one in words.periods if not one.is_resolved}
    return any(len(named) > 1 and not all(name in said for name in named) for named in (places, years))


def refuse_part(told: Answer) -> Refusal:
    """The refusal that quotes what was found of a question, which does not answer it."""
    return Refusal(told.question, "not_found", messages.COMPUTED_ONLY_PARTS, told.claims, told.citations)
