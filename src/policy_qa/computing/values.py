"""What is computed with: figures by what they are called and where they stand, and how they are looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import quantity_of
from policy_qa.answering.phrases import label_text, value_text
from policy_qa.answering.slots import RANKED, cell_period, cell_places, label_of_cell
from policy_qa.answering.tables import make_reading
from policy_qa.computing.arithmetic import Amount, amount_of
from policy_qa.language.normalize import search_key
from policy_qa.language.places import Place, places_called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.answering.readings import TableKeys, TableReading
    from policy_qa.answering.wording import WordWeight
    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.language.quantity_words import Bound
    from policy_qa.types import Cell, Document, Outcome, Span
    from policy_qa.understanding import Query

BELOW_LEVEL = re.compile(r"[低少小慢]于[^，,。；;]{1,16}$")
"""Behind it a level stands, no fall: 低于全省平均水平3.4%."""


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

    `carried` is where its place and period stand that its own sentence leaves out; `others` are values that further
    documents tell of the same. `at` is where the number itself stands. Of a range the amount is its lower end, `told` the whole.
    `back` says how one is computed that no source tells, and its working.
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
    bound: Bound = "exact"
    others: tuple[str, ...] = ()
    at: Span | None = None
    told: str = ""
    back: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """What computing may ask: a plain question, how one is understood, figures and a document by id, tables for a question.

    `tables_of` are those of one document. `of_indicator` finds the figures of the same indicator in all documents; `rivals`
    those that cannot be true together with the one that stands in a span of a document.
    `documents` are those that words lead to; `weight` is that of a word.
    """

    look_up: Callable[[str], Lookup]
    understand: Callable[[str], Query]
    figures: Callable[[Sequence[str]], Sequence[Figure]]
    document: Callable[[str], Document | None]
    tables: Callable[[str], Sequence[TableKeys]]
    tables_of: Callable[[Document], Sequence[TableKeys]]
    of_indicator: Callable[[Figure], Sequence[Figure]]
    rivals: Callable[[str, Span], Sequence[Figure]]
    documents: Callable[[str], Sequence[Document]]
    weight: WordWeight


def left_out(figures: Sequence[Figure], within: Span) -> tuple[Span, ...]:
    """Where the place, the time and the name of figures stand that a stretch of the document leaves out."""
    slots = [slot for one in figures for slot in (one.subject, one.period, one.indicator)]
    spans = dict.fromkeys(span for slot in slots if slot and slot.is_carried for span in slot.spans)
    return tuple(span for span in spans if not within.contains(span))


def value_of_figure(figure: Figure, name: str, sources: Sources) -> Value | None:
    """The value of a figure of the catalog, None where it is no single number."""
    document, quantity = sources.document(figure.document_id), figure.quantity
    if document is None:
        return None
    if quantity.direction < 0 and BELOW_LEVEL.search(
        document.text[figure.sentence.start : figure.span.start]
    ):
        quantity = replace(quantity, direction=0)
    amount = amount_of(quantity)
    if amount is None:
        return None
    called = places_called(figure.subject.text) if figure.subject else ()
    return Value(
        name,
        amount,
        document,
        figure.sentence,
        place=called[0] if called else None,
        period=figure.when,
        carried=left_out([figure], figure.sentence),
        scope=figure.scope,
        bound=figure.quantity.bound,
        at=figure.span,
    )


def cell_value(reading: TableReading, cell: Cell, name: str) -> Value | None:
    """The value of a cell, None where it is missing or no single number."""
    if cell.text is None:
        return None
    quantity = quantity_of(search_key(value_text(cell))) or quantity_of(search_key(cell.text))
    amount = None if quantity is None else amount_of(quantity, unit=cell.unit or "")
    if quantity is None or amount is None:
        return None
    if not amount.base and RANKED.search(label_of_cell(cell)):
        amount = replace(amount, unit="位", base="位")
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
        bound=quantity.bound,
        at=cell.span,
    )


def value_told(figure: Figure, name: str, sources: Sources) -> Value | None:
    """The value of a figure of the catalog, that of a table by its cell; None where it is no single number."""
    place, document = figure.cell, sources.document(figure.document_id)
    if place is None or document is None:
        return value_of_figure(figure, name, sources)
    tables = sources.tables_of(document)
    keys = next((one for one in tables if one.table.span.start == place.table_start), None)
    return None if keys is None else value_at(keys, (place.row, place.column), name)


def value_at(keys: TableKeys, place: tuple[int, int], name: str) -> Value | None:
    """The value of the cell in this row and column, None where there is none, or no single number."""
    reading = make_reading(keys, ((place[0],), (place[1],)), (), "")
    return None if reading is None else cell_value(reading, reading.cells[0], name)


def cell_name(reading: TableReading, cell: Cell) -> str:
    """What tells a cell of a reading apart from its others: its row's label, or its column's."""
    label = cell.row_label if len(reading.rows) > 1 else cell.column_label
    return label_text([part for part in label if not RANKED.fullmatch(part.strip())] or label)


def number_text(found: OpenValue) -> str:
    """The number of a value as its source writes it."""
    if found.cell is not None:
        return found.cell.text or ""
    return found.figure.span.of(found.evidence.document.text) if found.figure else ""
