"""The figures to compute with: one for a plain question, or all of an indicator along places or years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import quantity_of
from policy_qa.answering.extractive import carried_spans, needed_part
from policy_qa.answering.phrases import label_text, value_text
from policy_qa.answering.slots import cell_period, cell_places
from policy_qa.computing.arithmetic import Amount, amount_of
from policy_qa.language.normalize import search_key
from policy_qa.types import Answer, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.answering.readings import TableReading
    from policy_qa.computing.operations import Operand, Operation
    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place
    from policy_qa.types import Cell, Document, Outcome, Span
    from policy_qa.understanding import Query


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a plain question found: the outcome, the values it rests on, and all evidence, best first.

    `fitting` is the evidence that may answer it.
    """

    query: Query
    outcome: Outcome
    values: tuple[OpenValue, ...]
    evidence: tuple[Evidence, ...]
    fitting: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure to compute with: what it is called, and where it stands, a part of a sentence or the row of its cell.

    `carried` is where its place and period stand that its own sentence leaves out.
    """

    name: str
    amount: Amount
    document: Document
    span: Span
    reading: TableReading | None = None
    cell: Cell | None = None
    place: Place | None = None
    period: Period | None = None
    carried: tuple[Span, ...] = ()
    scope: str | None = None
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Sources:
    """What computing may ask: a plain question, the figures of documents by id, and a document by id."""

    look_up: Callable[[str], Lookup]
    figures: Callable[[Sequence[str]], Sequence[Figure]]
    document: Callable[[str], Document | None]


def values_of_operands(operation: Operation, sources: Sources) -> list[Value] | Refusal:
    """The value of each operand, from one table where it has them all; else why one is missing."""
    joint = _jointly(operation, sources) if operation.joint else None
    if joint is not None:
        return joint
    lookups = [sources.look_up(operand.question) for operand in operation.operands]
    candidates = [
        [value for found in lookup.values if (value := value_of(lookup.query, found, operand.name))]
        for lookup, operand in zip(lookups, operation.operands, strict=True)
    ]
    chosen = _of_one_time(candidates, operation)
    for lookup, values in zip(lookups, chosen, strict=True):
        if not values and isinstance(lookup.outcome, Refusal):
            return lookup.outcome
    if not all(values for values in chosen):
        return []
    return [_named(values[0]) for values in chosen]


def _named(value: Value) -> Value:
    """The value, one without a name called by its period."""
    return value if value.name or value.period is None else replace(value, name=value.period.label())


def _of_one_time(candidates: Sequence[list[Value]], operation: Operation) -> list[list[Value]]:
    """The candidates; where several are of different times, those of the newest that all operands have."""
    if all(len(values) <= 1 for values in candidates):
        return list(candidates)
    if operation.years or any(operand.name and operand.name[:4].isdigit() for operand in operation.operands):
        return [values if len(values) == 1 else _newest(values) for values in candidates]
    common = set.intersection(*({value.period for value in values} for values in candidates))
    known = sorted(
        (period for period in common if period is not None), key=lambda one: one.last, reverse=True
    )
    if not known:
        return [values if len(values) == 1 else [] for values in candidates]
    return [[value for value in values if value.period == known[0]] for values in candidates]


def _newest(values: list[Value]) -> list[Value]:
    """The values of the newest period among them."""
    told = [value for value in values if value.period is not None]
    last = max((value.period.last for value in told if value.period), default=None)
    return [value for value in told if value.period and value.period.last == last]


def _jointly(operation: Operation, sources: Sources) -> list[Value] | None:
    """The operands' values where one table has a cell for each, None otherwise."""
    lookup = sources.look_up(operation.joint)
    if not isinstance(lookup.outcome, Answer) or not all(found.cell for found in lookup.values):
        return None
    chosen: list[Value] = []
    for operand in operation.operands:
        own = [
            value
            for found in lookup.values
            if found.cell is not None and _is_called(found, operand)
            for value in (value_of(lookup.query, found, operand.name),)
            if value is not None
        ]
        if len(own) != 1:
            return None
        chosen += own
    return chosen if len({value.cell for value in chosen}) == len(chosen) else None


def _is_called(found: OpenValue, operand: Operand) -> bool:
    """Whether a cell is the one that the operand's name tells apart: by place, period, or label."""
    if found.cell is None:
        return False
    label = search_key("".join((*found.cell.row_label, *found.cell.column_label)))
    name = search_key(operand.name)
    if found.place is not None and found.place.short == operand.name:
        return True
    if found.period is not None and found.period.label() == operand.name:
        return True
    return name in label and not name[:4].isdigit()


def value_of(query: Query, found: OpenValue, name: str) -> Value | None:
    """The value that a lookup rests on, None where it is no single number."""
    evidence, figure = found.evidence, found.figure
    if found.cell is not None and evidence.reading is not None:
        return cell_value(evidence.reading, found.cell, name)
    amount = None if figure is None else amount_of(figure.quantity)
    if figure is None or amount is None:
        return None
    part = needed_part(query, evidence, figure)
    return Value(
        name,
        amount,
        evidence.document,
        part,
        place=found.place,
        period=found.period,
        carried=tuple(span for span in carried_spans(figure) if not part.contains(span)),
        scope=figure.scope,
        is_exact=figure.quantity.bound == "exact",
    )


def cell_value(reading: TableReading, cell: Cell, name: str) -> Value | None:
    """The value of a cell, None where it is missing or no single number."""
    if cell.text is None:
        return None
    quantity = quantity_of(search_key(value_text(cell))) or quantity_of(search_key(cell.text))
    amount = None if quantity is None else amount_of(quantity, unit=cell.unit or "")
    if quantity is None or amount is None:
        return None
    places = cell_places(reading, cell)
    return Value(
        name,
        amount,
        reading.document,
        reading.table.rows[cell.row].span,
        reading=reading,
        cell=cell,
        place=places[0] if places else None,
        period=cell_period(reading, cell),
        is_exact=quantity.bound == "exact",
    )


def cell_name(reading: TableReading, cell: Cell) -> str:
    """What tells a cell of a reading apart from its others: its row's label, or its column's."""
    return label_text(cell.row_label if len(reading.rows) > 1 else cell.column_label)
