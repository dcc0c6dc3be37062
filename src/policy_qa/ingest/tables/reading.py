"""Tables: from the lines of one to its cells, each with its labels, its unit and its place, or why it is not clear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.tables.aligned import is_aligned, read_aligned
from policy_qa.ingest.tables.doubts import require_clear_heads
from policy_qa.ingest.tables.fields import BAR, Field, carries_unit, is_missing, is_value, split_gaps
from policy_qa.ingest.tables.grid import Grid, GridRow, UnclearTableError
from policy_qa.ingest.tables.labels import cell_unit, row_labels, unit_in_label, units_of_line
from policy_qa.ingest.tables.marked import read_marked
from policy_qa.ingest.tables.spaced import read_gapped, read_spaced
from policy_qa.types import Cell, Row, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NUMBER = re.compile(
    r"\s*(?P<number>(?:续|附)?表\s*(?:[A-Z]?\d+(?:\s?[-–—.．]\s?\d+){0,2}|[一二三四五六七八九十]+)|专栏\s*\d+)"
)
CONTINUED = re.compile(r"[（(]?(?:续表?|接[上前][页表])[）)]?\s*\d{0,2}")
CAPTION_UNIT = re.compile(r"[（(]([^（）()]+)[)）]\s*$")


@dataclass(frozen=True, slots=True)
class TableSpans:
    """Where the lines of a table stand in the clean text; `rows` are heads and body, a line each, in order."""

    caption: Span | None
    unit: Span | None
    rows: tuple[Span, ...]


def read_table(text: str, lines: TableSpans) -> Table | str:
    r"""The table of these lines, or the reason, as staff read it, why it cannot be read with confidence.

    `Cell.column` and `Head.column` count the columns of the grid, labels and units included; titles over rows have a
    `Row` without cells. `Head.text` keeps a unit in brackets that also is the cell's `unit`. `heading_path` and
    `notes` are left empty, `span` leaves out a unit line that stands before the caption.

    >>> text = "城市\t产值（亿元）\n甲市\t12.5\n乙市\t--"
    >>> table = read_table(text, TableSpans(None, None, (Span(0, 9), Span(10, 17), Span(18, 23))))
    >>> [(cell.row_label, cell.column_label, cell.unit, cell.text) for cell in table.cells]
    [(('甲市',), ('产值（亿元）',), '亿元', '12.5'), (('乙市',), ('产值（亿元）',), '亿元', None)]
    """
    try:
        grid = read_grid(text, lines.rows)
        require_clear_heads(grid)
        return make_table(text, lines, grid)
    except UnclearTableError as unclear:
        return str(unclear)


def read_grid(text: str, rows: Sequence[Span]) -> Grid:
    """The grid of the rows, by whatever parts their fields; a line that only says 续表 is none of them."""
    rows = [row for row in rows if (content := row.of(text).strip()) and not CONTINUED.fullmatch(content)]
    if not rows:
        raise UnclearTableError(messages.UNREAD_NO_ROWS)
    if any("\t" in row.of(text).strip() or BAR.search(text, row.start, row.end) for row in rows):
        return read_marked(text, rows)
    gapped = [(row, split_gaps(text, row)) for row in rows]
    if not is_aligned(text, gapped):
        return read_spaced(text, rows)
    try:
        return read_aligned(text, gapped)
    except UnclearTableError:
        return read_gapped(text, gapped)


def make_table(text: str, lines: TableSpans, grid: Grid) -> Table:
    """The table of a grid."""
    labels = row_labels(grid)
    if not all(labels):
        raise UnclearTableError(messages.UNREAD_ROW_WITHOUT_LABEL)
    start = lines.rows[0].start
    if lines.unit is not None and (lines.caption is None or lines.unit.start > lines.caption.start):
        start = min(start, lines.unit.start)
    return Table(
        span=Span(start, lines.rows[-1].end),
        heading_path=(),
        caption=lines.caption,
        number=table_number(lines.caption.of(text)) if lines.caption is not None else None,
        header_rows=grid.header_rows,
        rows=tuple(
            Row(row.span, label, label_pieces(row, grid))
            for row, label in zip(grid.rows, labels, strict=True)
        ),
        cells=tuple(make_cells(text, grid, labels, general_units(text, lines))),
    )


def label_pieces(row: GridRow, grid: Grid) -> tuple[Span, ...]:
    """Where the row's own label stands."""
    columns = (0,) if row.is_group else grid.stubs
    return tuple(
        span for column in columns if (field := row.fields[column]) is not None for span in field.spans
    )


def make_cells(
    text: str, grid: Grid, labels: Sequence[tuple[str, ...]], general: tuple[str, ...]
) -> Iterator[Cell]:
    """The cells of the rows, `general` being the units that are given to all of them."""
    columns = [(column, grid.stub_of(column), grid.column_labels[column]) for column in grid.value_columns]
    for index, (row, row_label) in enumerate(zip(grid.rows, labels, strict=True)):
        if row.is_group:
            continue
        column_unit = unit_of_row(row, grid)
        for column, stub, column_label in columns:
            field = row.fields[column]
            label = row_label if stub == grid.stubs[0] else label_in_block(row.fields[stub], field)
            if not label:
                continue
            span = field.span if field is not None else None
            content = span.of(text) if span is not None else None
            if content is not None and is_missing(content):
                content = None
            unit = None
            if content is None or (is_value(content) and not carries_unit(content)):
                unit = cell_unit(label, column_label, column_unit=column_unit, general=general)
            yield Cell(index, column, label, column_label, unit, content, span)


def label_in_block(label: Field | None, value: Field | None) -> tuple[str, ...]:
    """The label of a cell in a block beside the first; () where that block ends before others."""
    if label is None and value is not None:
        raise UnclearTableError(messages.UNREAD_BLOCK_WITHOUT_LABEL)
    return (label.text,) if label is not None else ()


def unit_of_row(row: GridRow, grid: Grid) -> str | None:
    """What the column of units says of the row; None where there is no such column, or nothing in it."""
    field = row.fields[grid.unit_column] if grid.unit_column is not None else None
    return field.text.strip("（）()") if field is not None and not is_missing(field.text) else None


def general_units(text: str, lines: TableSpans) -> tuple[str, ...]:
    """The units that the unit line, else the caption, gives to all cells."""
    if lines.unit is not None:
        return units_of_line(lines.unit.of(text))
    if lines.caption is None:
        return ()
    named = CAPTION_UNIT.search(lines.caption.of(text))
    if named is None:
        return ()
    unit = unit_in_label(named[0])
    return (unit,) if unit else units_of_line(named[0])


def table_number(caption: str) -> str | None:
    """What a table is called by, without white space: 「表1」, 「表2-3」; None for a caption without a number.

    >>> table_number("表 7：各市产业结构（%）"), table_number("主要指标")
    ('表7', None)
    """
    found = NUMBER.match(caption.lstrip(" \t\u3000#*_"))
    return re.sub(r"\s", "", found["number"]) if found else None
