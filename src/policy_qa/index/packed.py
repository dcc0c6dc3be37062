"""Tables and figures as the catalog keeps them, and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from policy_qa.figures.figure import CellPlace, Figure, Slot
from policy_qa.language.periods import Period
from policy_qa.language.quantity_values import Quantity
from policy_qa.types import Cell, Head, Row, Span, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_IT_STANDS = 0
"""Packed in place of a cell's text that is what stands in its span."""
FigureRow = tuple[str, int, int, int, str | None, str | None, str | None, str]
"""Document id, place in its order, start, end, subject, first and last day, and everything as JSON."""


def pack_table(table: Table, text: str) -> list[Any]:
    """All of the table but its span and headings; `text` is the document's."""
    labels: dict[tuple[str, ...], int] = {}
    units: dict[str | None, int] = {}
    cells = [
        [
            cell.row,
            cell.column,
            labels.setdefault(cell.row_label, len(labels)),
            labels.setdefault(cell.column_label, len(labels)),
            units.setdefault(cell.unit, len(units)),
            AS_IT_STANDS if cell.span and cell.text == cell.span.of(text) else cell.text,
            *_pack_spans([] if cell.span is None else [cell.span]),
        ]
        for cell in table.cells
    ]
    rows = [
        [labels.setdefault(row.label, len(labels)), *_pack_spans([row.span, *row.label_spans])]
        for row in table.rows
    ]
    heads = [
        [[head.text, head.column, head.width, *_pack_spans(head.spans)] for head in level]
        for level in table.header_rows
    ]
    caption = [] if table.caption is None else [table.caption]
    return [
        _pack_spans(caption),
        table.number,
        table.caption_fits,
        _pack_spans(table.notes),
        list(labels),
        list(units),
        heads,
        rows,
        cells,
    ]


def unpack_table(packed: list[Any], place: tuple[Span, tuple[str, ...]], text: str) -> Table:
    """The table `pack_table` was given; `place` is its span and headings."""
    caption, number, caption_fits, notes, label_lists, units, heads, rows, cells = packed
    labels = [tuple(label) for label in label_lists]
    return Table(
        span=place[0],
        heading_path=place[1],
        caption=next(iter(_unpack_spans(caption)), None),
        number=number,
        header_rows=tuple(
            tuple(Head(said, _unpack_spans(spans), column, width) for said, column, width, *spans in level)
            for level in heads
        ),
        rows=tuple(_unpack_row(row, labels) for row in rows),
        cells=tuple(_unpack_cell(cell, labels, units, text) for cell in cells),
        notes=_unpack_spans(notes),
        caption_fits=caption_fits,
    )


def _unpack_row(packed: list[int], labels: list[tuple[str, ...]]) -> Row:
    label, *numbers = packed
    span, *label_spans = _unpack_spans(numbers)
    return Row(span, labels[label], tuple(label_spans))


def _unpack_cell(
    packed: list[Any], labels: list[tuple[str, ...]], units: list[str | None], text: str
) -> Cell:
    row, column, row_label, column_label, unit, said, *numbers = packed
    span = next(iter(_unpack_spans(numbers)), None)
    value = span.of(text) if said == AS_IT_STANDS and span is not None else said
    return Cell(row, column, labels[row_label], labels[column_label], units[unit], value, span)


def _pack_spans(spans: Sequence[Span]) -> list[int]:
    return [number for span in spans for number in (span.start, span.end)]


def _unpack_spans(numbers: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in zip(numbers[::2], numbers[1::2], strict=True))


def figure_row(figure: Figure, ordinal: int) -> FigureRow:
    """The row of the catalog's table `figures`."""
    when, span = figure.when, figure.span
    first, last = (None, None) if when is None else (when.first.isoformat(), when.last.isoformat())
    subject = None if figure.subject is None else figure.subject.text
    return figure.document_id, ordinal, span.start, span.end, subject, first, last, pack_figure(figure)


def pack_figure(figure: Figure) -> str:
    """Everything of a figure but its document."""
    quantity, cell = figure.quantity, figure.cell
    record = {
        "span": _pair(figure.span),
        "form": quantity.form,
        "values": [str(value) for value in quantity.values],
        "unit": quantity.unit,
        "text": quantity.text,
        "bound": quantity.bound,
        "direction": quantity.direction,
        "clause": _pair(figure.clause),
        "sentence": _pair(figure.sentence),
        "cell": None if cell is None else [cell.table_start, cell.row, cell.column],
        "indicator": _pack_slot(figure.indicator),
        "subject": _pack_slot(figure.subject),
        "period": _pack_slot(figure.period),
        "when": None if figure.when is None else _pack_period(figure.when),
        "measure": figure.measure,
        "is_target": figure.is_target,
        "scope": figure.scope,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def unpack_figure(document_id: str, packed: str) -> Figure:
    """The figure `pack_figure` was given."""
    record = json.loads(packed)
    quantity = Quantity(
        Span(*record["span"]),
        record["form"],
        tuple(Decimal(value) for value in record["values"]),
        record["unit"],
        record["text"],
        record["bound"],
        record["direction"],
    )
    return Figure(
        document_id=document_id,
        quantity=quantity,
        clause=Span(*record["clause"]),
        sentence=Span(*record["sentence"]),
        cell=None if record["cell"] is None else CellPlace(*record["cell"]),
        indicator=_unpack_slot(record["indicator"]),
        subject=_unpack_slot(record["subject"]),
        period=_unpack_slot(record["period"]),
        when=None if record["when"] is None else _unpack_period(record["when"]),
        measure=record["measure"],
        is_target=record["is_target"],
        scope=record["scope"],
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pack_slot(slot: Slot | None) -> list[Any] | None:
    return None if slot is None else [slot.text, [_pair(span) for span in slot.spans], slot.is_carried]


def _unpack_slot(packed: list[Any] | None) -> Slot | None:
    if packed is None:
        return None
    text, spans, is_carried = packed
    return Slot(text, tuple(Span(*span) for span in spans), is_carried)


def _pack_period(period: Period) -> list[Any]:
    return [period.first.isoformat(), period.last.isoformat(), period.is_point]


def _unpack_period(packed: list[Any]) -> Period:
    first, last, is_point = packed
    return Period(date.fromisoformat(first), date.fromisoformat(last), is_point)
