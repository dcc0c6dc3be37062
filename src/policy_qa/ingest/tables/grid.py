"""A table as a grid: levels of heads over columns, body rows of as many fields, and which columns hold labels."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.tables.fields import Field, is_missing, is_period, is_unit, is_value
from policy_qa.ingest.tables.labels import is_rate, is_relation
from policy_qa.types import Head, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT_HEAD = re.compile(r"(?:计量|计算|计价|数据)?单位(?:名称)?")
NUMBERING_HEAD = re.compile(r"序号?|编号|No\.?|№|#")

Level = list[Field | None]


class UnclearTableError(Exception):
    """Rows cannot be read as a table with confidence; its message is the reason, for staff."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A body row: a field a column, None where it is empty. `is_group`: a title over the rows below, without values."""

    span: Span
    fields: tuple[Field | None, ...]
    indent: int = 0
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Heads by level with, for each column, the heads above it from the outermost, and the body rows.

    `stubs` are the columns that hold labels, `unit_column` the one that holds units. `blocks`: how many times the same
    columns stand side by side, labels and values, as a long table is printed to save room.
    """

    header_rows: tuple[tuple[Head, ...], ...]
    column_labels: tuple[tuple[str, ...], ...]
    rows: tuple[GridRow, ...]
    stubs: tuple[int, ...] = (0,)
    unit_column: int | None = None
    ignored: frozenset[int] = frozenset()
    blocks: int = 1

    def stub_of(self, column: int) -> int:
        """The column of labels that a column of values in a block beside the first belongs to, else the first."""
        size = len(self.column_labels) // self.blocks
        return column // size * size if self.blocks > 1 else self.stubs[0]

    @property
    def value_columns(self) -> tuple[int, ...]:
        """The columns that hold values."""
        others = {*self.stubs, self.unit_column, *self.ignored}
        return tuple(column for column in range(len(self.column_labels)) if column not in others)


def make_grid(levels: Sequence[Level], rows: Sequence[GridRow]) -> Grid:
    """The grid of these heads and rows; an empty field after a head that has others below means that it goes on.

    Raises UnclearTableError where a column of values has no head, or a row no label.
    """
    columns = max(len(level) for level in levels)
    width = max([columns, *(len(row.fields) for row in rows)])
    levels = [[*level, *[None] * (width - len(level))] for level in levels]
    rows = [
        row
        if len(row.fields) == width
        else replace(row, fields=(*row.fields, *[None] * (width - len(row.fields))))
        for row in rows
    ]
    filled = fill_groups(levels)
    labels = with_left_heads([column_path(filled, column) for column in range(width)])
    grid = Grid(make_heads(filled), labels, tuple(rows))
    grid = find_unit_column(find_blocks(find_stubs(grid)))
    empty = {column for column in grid.value_columns if not labels[column]}
    if any(row.fields[column] is not None for row in rows for column in empty):
        raise UnclearTableError(messages.UNREAD_COLUMN_WITHOUT_HEAD.format(column=min(empty) + 1))
    grid = replace(grid, ignored=grid.ignored | empty)
    if not grid.value_columns:
        raise UnclearTableError(messages.UNREAD_NO_VALUE_COLUMN)
    return grid


def with_left_heads(labels: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The labels, a rate that several columns are headed by (6月 增长 1-6月 增长) under the head to its left."""
    qualified: list[tuple[str, ...]] = []
    left: tuple[str, ...] = ()
    for column, label in enumerate(labels):
        is_bare_rate = len(label) == 1 and (is_relation(label[0]) or is_rate(label[0]))
        if column and label and not is_bare_rate:
            left = label
        qualified.append((*left, *label) if is_bare_rate and labels.count(label) > 1 else label)
    return tuple(qualified)


def fill_groups(levels: Sequence[Level]) -> list[Level]:
    """The levels with each head repeated over the columns it covers."""
    filled: list[Level] = []
    for depth, level in enumerate(levels):
        full: Level = list(level)
        below = levels[depth + 1 :]
        for column in range(1, len(level)):
            group = full[column - 1]
            if (
                full[column] is None
                and group is not None
                and any(lower[column] for lower in below)
                and (is_title(level) or (column > 1 and any(lower[column - 1] for lower in below)))
                and all(same_head(upper[column - 1], upper[column]) for upper in filled)
            ):
                full[column] = group
        filled.append(full)
    return filled


def is_title(level: Level) -> bool:
    """Whether the level is one head over all columns."""
    texts = {field.text for field in level if field is not None}
    return len(texts) == 1 and level[0] is not None and len(level) > 1


def same_head(one: Field | None, other: Field | None) -> bool:
    """Whether the two columns stand under the same head, or both under none."""
    if one is None or other is None:
        return one is other
    return one.text == other.text


def column_path(filled: Sequence[Level], column: int) -> tuple[str, ...]:
    """The heads above a column from the outermost; a head merged downwards and so repeated counts once."""
    path: list[str] = []
    for level in filled:
        field = level[column]
        if field is not None and (not path or path[-1] != field.text):
            path.append(field.text)
    return tuple(path)


def make_heads(filled: Sequence[Level]) -> tuple[tuple[Head, ...], ...]:
    """The heads of each level; a head over several columns that have others below them stands once."""
    header_rows = []
    for depth, level in enumerate(filled):
        heads: list[Head] = []
        for column, field in enumerate(level):
            if field is None:
                continue
            goes_on = (
                heads
                and depth < len(filled) - 1
                and heads[-1].column + heads[-1].width == column
                and heads[-1].text == field.text
                and all(same_head(upper[column - 1], upper[column]) for upper in filled[:depth])
            )
            if goes_on:
                heads[-1] = replace(heads[-1], width=heads[-1].width + 1)
            else:
                heads.append(Head(field.text, field.spans, column))
        header_rows.append(tuple(heads))
    return tuple(header_rows)


def find_stubs(grid: Grid) -> Grid:
    """The grid with its label columns: the first, and those behind it that it groups; a column of numbers is none."""
    body = [row for row in grid.rows if not row.is_group]
    if len(grid.column_labels) < 3 or not body:
        return grid
    grid = find_numbering(grid)
    columns = [column for column in range(len(grid.column_labels)) if column not in grid.ignored]
    if grid.rows[0].fields[columns[0]] is None and not grid.rows[0].is_group:
        return replace(grid, stubs=(columns[0],))
    count = 1
    while count + 1 < len(columns) and is_inner_label(grid, columns[count - 1], columns[count], body):
        count += 1
    return replace(grid, stubs=tuple(columns[:count]))


def find_numbering(grid: Grid) -> Grid:
    """The grid without a column that only counts its rows; a label that stands there alone (合计) goes to the names."""
    for column in range(2):
        head = "".join(grid.column_labels[column][-1:])
        names = [row.fields[column + 1] for row in grid.rows if not row.is_group]
        if NUMBERING_HEAD.fullmatch(head) and is_textual(names):
            rows = tuple(move_label(row, column) for row in grid.rows)
            return replace(grid, rows=rows, ignored=frozenset({column}))
    return grid


def move_label(row: GridRow, column: int) -> GridRow:
    """The row with words that stand in the column of numbers moved to the empty field behind it."""
    field = row.fields[column]
    if row.is_group or field is None or is_value(field.text) or row.fields[column + 1] is not None:
        return row
    return replace(row, fields=(*row.fields[:column], None, field, *row.fields[column + 2 :]))


def is_inner_label(grid: Grid, outer: int, inner: int, body: Sequence[GridRow]) -> bool:
    """Whether a column holds labels within those of the column before it.

    Either both stand under one merged head, or the outer labels go on over several rows, with values behind the inner.
    """
    fields = [row.fields[inner] for row in body]
    if not is_textual(fields):
        return False
    labels = grid.column_labels[inner]
    if labels and labels == grid.column_labels[outer]:
        return True
    if UNIT_HEAD.fullmatch("".join(labels[-1:])) or not is_grouping([row.fields[outer] for row in body]):
        return False
    behind = range(inner + 1, len(grid.column_labels))
    return any(mostly_values([row.fields[column] for row in body]) for column in behind)


def find_blocks(grid: Grid) -> Grid:
    """The grid with its blocks told: the same heads again over columns of labels and of values."""
    width = len(grid.column_labels)
    for count in range(2, width // 2 + 1):
        size = width // count
        if width % count or len(grid.stubs) > 1:
            continue
        heads = [label[-1:] for label in grid.column_labels]
        starts = range(0, width, size)
        same = all(heads[start + 1 : start + size] == heads[1:size] for start in starts)
        words = all(
            is_textual([row.fields[start] for row in grid.rows if not row.is_group]) for start in starts
        )
        if same and words:
            return replace(grid, blocks=count, ignored=grid.ignored | set(starts[1:]))
    return grid


def is_grouping(fields: Sequence[Field | None]) -> bool:
    """Whether labels go on over several rows: by blanks below them, or by being repeated one after the other."""
    pairs = list(itertools.pairwise(fields))
    return any(after is None or (before is not None and before.text == after.text) for before, after in pairs)


def is_textual(fields: Sequence[Field | None]) -> bool:
    """Whether no field is a value; years may be labels."""
    texts = [field.text for field in fields if field is not None]
    return bool(texts) and all(not is_value(text) or is_period(text) for text in texts)


def mostly_values(fields: Sequence[Field | None]) -> bool:
    """Whether most of the fields that hold something are values."""
    texts = [field.text for field in fields if field is not None]
    return bool(texts) and 2 * sum(map(is_value, texts)) > len(texts)


def find_unit_column(grid: Grid) -> Grid:
    """The grid with its column of units: one whose head says so, and that holds nothing else."""
    for column in grid.value_columns:
        if not UNIT_HEAD.fullmatch("".join(grid.column_labels[column][-1:])):
            continue
        texts = [field.text for row in grid.rows if (field := row.fields[column]) is not None]
        if texts and all(is_unit(text.strip("（）()")) or is_missing(text) for text in texts):
            return replace(grid, unit_column=column)
    return grid


def is_row_of_years(fields: Sequence[Field], above: Sequence[Field]) -> bool:
    """Whether numbers that may be years are values: a label before them, and as many heads without any above."""
    texts = [field.text for field in fields[1:]]
    return (
        len(above) >= len(fields) > 1
        and all(text.isdigit() for text in texts)
        and not is_value(fields[0].text)
        and not any(field.text.isdigit() for field in above)
    )


def is_head_like(field: Field | None) -> bool:
    """Whether a field may stand in a head: no value, unless it is a year."""
    return field is None or not is_value(field.text) or is_period(field.text)
