"""Tables as lists of numbers and short strings, and back: a table has hundreds of cells, and few labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_qa.types import Cell, Head, Row, Span, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_IT_STANDS = 0
"""Packed in place of a cell's text that is what stands in its span."""


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
