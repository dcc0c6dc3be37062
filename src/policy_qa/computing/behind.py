"""A claim that only one place, or these two, stand before another: 荆州的苗圃数仅次于宜昌."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import in_one_unit
from policy_qa.computing.each import no_series
from policy_qa.computing.groups import NO_GROUP, read_group
from policy_qa.computing.lines import find_line
from policy_qa.computing.operands import Operation, name_of
from policy_qa.computing.orders import ranked
from policy_qa.computing.sides import Words, bare
from policy_qa.language.places import find_places
from policy_qa.types import Answer, Refusal

if TYPE_CHECKING:
    from policy_qa.answering.readings import TableKeys
    from policy_qa.computing.values import Sources
    from policy_qa.types import Outcome, Question

ONLY = re.compile(
    r"[“\"‘]?(?:仅|只|仅仅|就)次于|[“\"‘]?(?:仅|只|就)(?:落后于?|不如|不及|少于|低于|排?在)(?=[^\d]{2,8}?(?:$|之后|后面))"
)
EDGES = re.compile(r"^[”\"’的之]+|(?:之后|后面|[”\"’，,。])+$")
ENDING = re.compile(r"(?:方面|等|上|也|都|还|排名?|位居|位列|居|[，,是在的])+$")


def read_behind(words: Words) -> Operation | None:
    """荆州2020年的苗圃数在六市中仅次于宜昌."""
    found = ONLY.search(words.text)
    if found is None:
        return None
    before, behind = words.text[: found.start()], Words(EDGES.sub("", words.text[found.end() :]))
    row = Words(before).series_of_places()
    if row:
        before = f"{before[: row[0].span.start].rstrip('在')}{before[row[-1].span.end :]}"
    group, rest = read_group(before) or (NO_GROUP, before)
    side = Words(rest).side(0, len(rest))
    if len(side.places) != 1 or len(side.periods) > 1 or not behind.places:
        return None
    what = bare(ENDING.sub("", side.rest))
    if not what or behind.side(0, len(behind.text)).rest not in ("", what):
        return None
    when = name_of(side.periods[0]) if side.periods else ""
    names = tuple(dict.fromkeys(map(name_of, (*row, *side.places, *behind.places))))
    return Operation(
        "behind",
        f"{when}{what}",
        series=f"{when}各市的{what}分别是多少？",
        indicator=what,
        of_place=name_of(side.places[0]),
        bound="、".join(map(name_of, behind.places)),
        group=group,
        among=names if row else (),
    )


def just_behind(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str]:
    """The verdict on the claim with the order that it follows from; the refusal where no table sets the two side by side."""
    before = set(operation.bound.split("、"))
    pair = {operation.of_place, *before}
    tables = [keys for keys in sources.tables(operation.series) if pair <= _places_of(keys)]
    line = find_line(operation, sources.understand(operation.series), tables)
    amounts = None if line is None else in_one_unit([value.amount for value in line.values])
    if line is None or amounts is None or not pair <= {value.name for value in line.values}:
        message = no_series(question.text, operation.about)
        return Refusal(question, "not_found", message), messages.WHY_NOT_COMPUTED
    values = [replace(value, amount=amount) for value, amount in zip(line.values, amounts, strict=True)]
    made, why = ranked(question, replace(operation, kind="position"), values, line.missing)
    if not isinstance(made, Answer):
        return made, why
    first, *others = made.claims
    numbers = {value.name: value.amount.number for value in values}
    is_right = before == {name for name, one in numbers.items() if one > numbers[operation.of_place]}
    verdict = messages.ASSERTED_RIGHT if is_right else messages.ASSERTED_WRONG
    return replace(made, claims=(replace(first, text=f"{verdict}{first.text}"), *others)), why


def _places_of(keys: TableKeys) -> set[str]:
    """The places that label the rows and columns of a table."""
    labels = {"".join(label) for cell in keys.cells.values() for label in (cell.row_label, cell.column_label)}
    return {place.short for label in labels for found in find_places(label) for place in found.places}
