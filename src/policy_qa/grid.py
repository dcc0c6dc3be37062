"""A table laid out in rows and columns, each box holding the spans of its own characters, for page and terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from policy_qa.types import Cell, Row, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.types import Head

LOOSE = re.compile(r"[^\s|｜]+")
RULE = re.compile(
    r"[-—=+:：|｜\s]+"
)  # a line that does nothing but draw one, as under the heads of a pipe table
NUMBER = re.compile(r"[-+−－±<>≤≥]?\d[\d,，]*(?:[.．]\d+)?[%％‰]?")


@dataclass(frozen=True, slots=True)
class Box:
    """A box over `width` columns and `height` rows, the first column `column`; `pieces` are in reading order.

    `missing`: what stands here is the sign that there is no value, or nothing where a value belongs.
    """

    pieces: tuple[Span, ...]
    column: int
    width: int = 1
    height: int = 1
    missing: bool = False

    def text(self, text: str) -> str:
        """The characters of the box, the pieces that print had broken put together."""
        return join_pieces([piece.of(text) for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class GridRow:
    """A body row: its boxes, that of its label first; `depth` is how many labels it stands under."""

    span: Span
    boxes: tuple[Box, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A laid-out table. `above` and `below` are what stands in its span outside heads and rows, as a unit line does.

    `numeric` are the columns of numbers.
    """

    columns: int
    head: tuple[tuple[Box, ...], ...]
    body: tuple[GridRow, ...]
    above: tuple[Span, ...]
    below: tuple[Span, ...]
    numeric: frozenset[int]


def lay_out(text: str, table: Table) -> Grid:
    """The grid of a table of this text. Every character of the table but white space, bars and rules is in it once.

    Characters of a row that are neither label nor value (its unit, a label of its own column) stand in the columns
    that have no cells; where there is none, behind the label.

    >>> row = Row(Span(0, 9), ("出口",), (Span(0, 2),))
    >>> cell = Cell(0, 2, ("出口",), ("2020年",), "亿元", "1.5", Span(6, 9))
    >>> table = Table(Span(0, 9), (), None, None, (), (row,), (cell,))
    >>> [box.text("出口 亿元 1.5") for box in lay_out("出口 亿元 1.5", table).body[0].boxes]
    ['出口', '亿元', '1.5']
    """
    columns = count_columns(table)
    loose = loose_pieces(text, table)
    of_rows: dict[int, list[Span]] = {}
    outside: list[Span] = []
    for piece in loose:
        index = next((i for i, row in enumerate(table.rows) if row.span.contains(piece)), None)
        if index is None:
            outside.append(piece)
        else:
            of_rows.setdefault(index, []).append(piece)
    free = free_columns(table, columns)
    cells: dict[int, list[Cell]] = {}
    for cell in table.cells:
        cells.setdefault(cell.row, []).append(cell)
    body = tuple(
        lay_out_row(text, row, cells.get(index, []), loose=of_rows.get(index, []), free=free, columns=columns)
        for index, row in enumerate(table.rows)
    )
    start = table.rows[0].span.start if table.rows else table.span.end
    lines = join_lines(text, [piece for piece in outside if not RULE.fullmatch(line_of(text, piece))])
    return Grid(
        columns=columns,
        head=lay_out_heads(table.header_rows, columns),
        body=body,
        above=tuple(line for line in lines if line.start < start),
        below=tuple(line for line in lines if line.start >= start),
        numeric=numeric_columns(table.cells),
    )


def count_columns(table: Table) -> int:
    """How many columns heads and cells take, that of the labels included."""
    heads = [head.column + head.width for heads in table.header_rows for head in heads]
    return max([1, *heads, *(cell.column + 1 for cell in table.cells)])


def free_columns(table: Table, columns: int) -> tuple[int, ...]:
    """The columns without cells, that of the labels aside."""
    taken = {cell.column for cell in table.cells}
    return tuple(column for column in range(1, columns) if column not in taken)


def loose_pieces(text: str, table: Table) -> list[Span]:
    """What stands in the table's span and belongs to no head, label or cell, in text order."""
    heads = (span for heads in table.header_rows for head in heads for span in head.spans)
    labels = (span for row in table.rows for span in row.label_spans)
    values = (cell.span for cell in table.cells if cell.span is not None)
    pieces = []
    start = table.span.start
    for taken in sorted([*heads, *labels, *values, Span(table.span.end, table.span.end)]):
        if start < taken.start:
            pieces += [Span(*found.span()) for found in LOOSE.finditer(text, start, taken.start)]
        start = max(start, taken.end)
    return pieces


def line_of(text: str, piece: Span) -> str:
    """The line of the text that the piece starts in."""
    end = text.find("\n", piece.start)
    return text[text.rfind("\n", 0, piece.start) + 1 : end if end >= 0 else len(text)]


def lay_out_row(
    text: str, row: Row, cells: Sequence[Cell], *, loose: Sequence[Span], free: Sequence[int], columns: int
) -> GridRow:
    """The row's boxes, left to right; a title over the rows below is one box over all columns."""
    boxes = {cell.column: cell_box(cell) for cell in cells}
    for column, pieces in place_labels(text, row.label_spans, loose, free).items():
        boxes[column] = Box(pieces, column)
    if not cells and not loose:
        filled: tuple[Box, ...] = (Box(tuple(row.label_spans), 0, width=columns),)
    else:
        filled = tuple(boxes.get(column, Box((), column)) for column in range(columns))
    return GridRow(row.span, filled, max(0, len(row.label) - 1))


def cell_box(cell: Cell) -> Box:
    """The box of a value."""
    return Box((cell.span,) if cell.span else (), cell.column, missing=cell.text is None)


def place_labels(
    text: str, label: Sequence[Span], loose: Sequence[Span], free: Sequence[int]
) -> dict[int, tuple[Span, ...]]:
    """Which pieces of a row stand in which of the columns without values, the first column included.

    As many pieces as columns stand one in each. A label that print broke over lines counts as one.
    """
    groups = sorted([*unbroken(text, label), *((piece,) for piece in loose)])
    if len(groups) == 1 + len(free):
        return dict(zip((0, *free), groups, strict=True))
    placed: dict[int, tuple[Span, ...]] = {0: tuple(label)}
    for index, piece in enumerate(loose):
        column = free[min(index, len(free) - 1)] if free else 0
        placed[column] = (*placed.get(column, ()), piece)
    return placed


def unbroken(text: str, pieces: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The pieces by label: one that goes on after a line's end goes with the piece before."""
    groups: list[tuple[Span, ...]] = []
    for piece in sorted(pieces):
        if groups and "\n" in text[groups[-1][-1].end : piece.start]:
            groups[-1] = (*groups[-1], piece)
        else:
            groups.append((piece,))
    return groups


def lay_out_heads(header_rows: Sequence[Sequence[Head]], columns: int) -> tuple[tuple[Box, ...], ...]:
    """The heads as boxes: one with nothing below it reaches down to the body, a gap is an empty box."""
    taken: set[tuple[int, int]] = set()
    levels: list[list[Box]] = []
    for level, heads in enumerate(header_rows):
        boxes = []
        for head in heads:
            reach = range(head.column, head.column + head.width)
            height = 1
            for below in header_rows[level + 1 :]:
                if any(
                    other.column < reach.stop and reach.start < other.column + other.width for other in below
                ):
                    break
                height += 1
            taken |= {(level + down, column) for down in range(height) for column in reach}
            boxes.append(Box(head.spans, head.column, head.width, height))
        levels.append(boxes)
    for level, boxes in enumerate(levels):
        boxes += [Box((), column) for column in range(columns) if (level, column) not in taken]
        boxes.sort(key=lambda box: box.column)
    return tuple(map(tuple, levels))


def numeric_columns(cells: Iterable[Cell]) -> frozenset[int]:
    """The columns at least half of whose values are numbers."""
    values: dict[int, list[bool]] = {}
    for cell in cells:
        if cell.text is not None:
            values.setdefault(cell.column, []).append(is_number(cell.text))
    return frozenset(column for column, found in values.items() if 2 * sum(found) >= len(found))


def is_number(text: str) -> bool:
    """Whether a value is a number, with a share's sign or without.

    >>> [is_number(text) for text in ("1,286.4", "-5.2%", "第3位", "----")]
    [True, True, False, False]
    """
    return NUMBER.fullmatch(text.strip()) is not None


def join_lines(text: str, pieces: Iterable[Span]) -> list[Span]:
    """The pieces, those joined that only white space within a line parts."""
    joined: list[Span] = []
    for piece in pieces:
        gap = text[joined[-1].end : piece.start] if joined else ""
        if joined and not gap.strip() and "\n" not in gap:
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def join_pieces(pieces: Sequence[str]) -> str:
    """The pieces of a broken label put together: a space only between words and numbers of ASCII.

    >>> join_pieces(["进出口", "总额"]), join_pieces(["R&D", "GDP"])
    ('进出口总额', 'R&D GDP')
    """
    text = pieces[0] if pieces else ""
    for before, after in pairwise(pieces):
        text += " " * (before[-1:].isascii() and after[:1].isascii()) + after
    return text


def keep_columns(grid: Grid, kept: Iterable[int]) -> Grid:
    """The grid with these columns only."""
    places = {column: place for place, column in enumerate(sorted(kept))}
    return replace(
        grid,
        columns=len(places),
        head=tuple(tuple(narrow(level, places)) for level in grid.head),
        body=tuple(replace(row, boxes=tuple(narrow(row.boxes, places))) for row in grid.body),
        numeric=frozenset(places[column] for column in grid.numeric if column in places),
    )


def narrow(boxes: Iterable[Box], places: dict[int, int]) -> Iterator[Box]:
    """The boxes that lie over one of the places' columns, moved there."""
    for box in boxes:
        within = [places[c] for c in range(box.column, box.column + box.width) if c in places]
        if within:
            yield replace(box, column=within[0], width=len(within))


def column_groups(widths: Sequence[int], room: int) -> list[range]:
    """The columns but the first, in stretches that beside the first one take no more than `room`, one at least.

    >>> column_groups([4, 6, 6, 6], 18)
    [range(1, 3), range(3, 4)]
    """
    numbers: list[int] = []
    number, used = 0, 0
    for width in widths[1:]:
        if used and widths[0] + used + width > room:
            number, used = number + 1, 0
        numbers.append(number)
        used += width
    ends = groupby(range(1, len(widths)), key=lambda column: numbers[column - 1])
    return [range(columns[0], columns[-1] + 1) for columns in (list(group) for _, group in ends)]
