"""Whether what is told in answer to a question that compares is no answer to it: one part of it, quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.frames import frame_of
from policy_qa.computing.operands import name_of
from policy_qa.computing.operations import NOT_COMPUTED, read_operation
from policy_qa.computing.remainders import leaves_limit_out
from policy_qa.computing.sides import Words
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from policy_qa.types import Answer
    from policy_qa.understanding import Query

FEWEST_ORDERED = 3
PAIR = 2
TAKEN_OFF = "减"
BEGINNING = 2
"""So many characters of a name say it where parts are told: 自治区级 as 自治区."""
LEFT_OVER = re.compile("以外|之外|其余|其他|剩余|除|余下|尚|未完成")


def tells_too_little(query: Query, told: Answer) -> bool:
    """Whether a told answer leaves out one of the places or years set against each other, or most of an order asked for."""
    is_told = all(claim.status == "supported" for claim in told.claims)
    if query.kind == "figure" and is_told and (leaves_limit_out(query, told) or _tells_parts(query, told)):
        return True
    frame = frame_of(query)
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


def _tells_parts(query: Query, told: Answer) -> bool:
    """Whether numbers are told of which only the sum is asked for, or of a whole what is left without a part."""
    operation = read_operation(query) if query.kind == "figure" else None
    if operation is None or len(operation.operands) < PAIR:
        return False
    if operation.word == TAKEN_OFF:
        return LEFT_OVER.search(told.text) is None
    units = [one.unit for one in read_quantities(told.text) if one.form == "number"]
    named = [one for one in operation.operands if one.name[:BEGINNING] in told.text]
    is_of_parts = len(named) >= PAIR and any(units.count(unit) >= PAIR for unit in units)
    return operation.kind == "sum" and is_of_parts


def refuse_part(told: Answer) -> Refusal:
    """The refusal that quotes what was found of a question, which does not answer it."""
    return Refusal(told.question, "not_found", messages.COMPUTED_ONLY_PARTS, told.claims, told.citations)
