"""The grid of rows whose fields stand in columns of print, parted by gaps: an empty cell is told by its place."""

from __future__ import annotations

import itertools
from itertools import islice
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.tables.doubts import without_repeated_heads
from policy_qa.ingest.tables.fields import Field, is_missing, is_period, is_value, join_fields
from policy_qa.ingest.tables.grid import Grid, Level, UnclearTableError, is_row_of_years, make_grid
from policy_qa.ingest.tables.lone import Entry, bind_lone_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.types import Span

Interval = tuple[int, int]


def is_aligned(text: str, rows: Sequence[tuple[Span, list[Field]]]) -> bool:
    """Whether gaps part the fields of these rows: each row has some, and no two values stand closer."""
    valued = (
        fields for _, fields in rows if len(fields) > 2 or any(is_value(field.text) for field in fields[1:])
    )
    if len(list(islice(valued, 2))) < 2:
        return False
    return not any(holds_two_values(field.span.of(text)) for _, fields in rows for field in fields)


def holds_two_values(content: str) -> bool:
    """Whether single spaces part values within the field."""
    words = content.split(" ")
    return len(words) > 1 and any(is_value(word) and not is_period(word) for word in words if word)


def read_aligned(text: str, rows: Sequence[tuple[Span, list[Field]]]) -> Grid:
    """The grid of lines split by gaps. Raises UnclearTableError where columns of print are not clear."""
    first = find_first_body([fields for _, fields in rows])
    columns = find_columns([fields for _, fields in rows])
    entries = []
    for line, fields in without_repeated_heads(rows[first:], rows[:first]):
        placed = place(fields, columns)
        lone = len(fields) == 1 and placed[0] is not None
        entries.append(
            Entry(
                line,
                tuple(fields) if lone else tuple(placed),
                is_lone=lone,
                indent=indent_of(fields, columns),
            )
        )
    levels = place_heads([fields for _, fields in rows[:first]], columns)
    return make_grid(levels, bind_lone_lines(entries, text))


def find_first_body(rows: Sequence[list[Field]]) -> int:
    """The first row with values; where there are none at all, the second."""
    for index, row in enumerate(rows):
        values = [field for field in row[1:] if is_value(field.text) and not is_period(field.text)]
        if index and is_row_of_years(row, rows[index - 1]):
            return index
        if values and not all(is_missing(field.text) for field in values):
            if index == 0:
                raise UnclearTableError(messages.UNREAD_NO_HEADS)
            return index
    if len(rows) < 2:
        raise UnclearTableError(messages.UNREAD_NO_ROWS)
    return 1


def find_columns(rows: Sequence[list[Field]]) -> list[Interval]:
    """From where to where each column stretches, as the rows with most fields show; they must not overlap."""
    count = max(map(len, rows))
    full = [row for row in rows if len(row) == count]
    columns = [
        (min(row[column].left for row in full), max(row[column].right for row in full))
        for column in range(count)
    ]
    if count < 2 or any(one[1] > other[0] for one, other in itertools.pairwise(columns)):
        raise UnclearTableError(messages.UNREAD_NOT_ALIGNED)
    return columns


def covered(field: Field, columns: Sequence[Interval]) -> list[int]:
    """The columns that a field stands in."""
    return [index for index, (left, right) in enumerate(columns) if field.left < right and left < field.right]


def place(fields: Sequence[Field], columns: Sequence[Interval]) -> Level:
    """The fields in their columns. Raises UnclearTableError for one that stands in none or in several."""
    placed: Level = [None] * len(columns)
    for field in fields:
        found = covered(field, columns)
        if len(found) != 1 or placed[found[0]] is not None:
            unclear = messages.UNREAD_FIELD_OF_MANY_COLUMNS if found else messages.UNREAD_FIELD_WITHOUT_COLUMN
            raise UnclearTableError(unclear.format(field=field.text))
        placed[found[0]] = field
    return placed


def indent_of(fields: Sequence[Field], columns: Sequence[Interval]) -> int:
    """The white space before the label; none for a row that starts behind the column of labels."""
    return fields[0].left if fields and covered(fields[0], columns)[:1] == [0] else 0


def place_heads(heads: Sequence[list[Field]], columns: Sequence[Interval]) -> list[Level]:
    """The levels of heads: pieces of one head one below the other are joined, groups share out what is below."""
    if not heads:
        raise UnclearTableError(messages.UNREAD_NO_HEADS)
    levels: list[Level] = []
    for fields in reversed(heads):
        if levels and is_group_line(fields, levels[0], columns):
            levels.insert(0, place_groups(fields, columns))
            continue
        placed = place(fields, columns)
        if not levels:
            levels = [placed]
            continue
        if len(levels) > 1 and any(field is not None for field in placed[1:]):
            raise UnclearTableError(messages.UNREAD_HEADS_ABOVE_GROUPS)
        if len(levels) == 1 and looks_grouped(fields, levels[0], columns):
            raise UnclearTableError(messages.UNREAD_GROUP_OR_BROKEN_HEAD)
        lowest = levels[-1]
        levels[-1] = [join_two(upper, lower) for upper, lower in zip(placed, lowest, strict=True)]
    return levels


def join_two(upper: Field | None, lower: Field | None) -> Field | None:
    """Both pieces as one head."""
    if upper is None or lower is None:
        return upper or lower
    return join_fields([upper, lower])


def split_stub(fields: Sequence[Field], columns: Sequence[Interval]) -> tuple[list[Field], list[Field]]:
    """Those fields that stand over the labels, and the others."""
    stub = [field for field in fields if covered(field, columns) == [0]]
    return stub, [field for field in fields if field not in stub]


def is_group_line(fields: Sequence[Field], below: Level, columns: Sequence[Interval]) -> bool:
    """Whether the fields are groups that share out the columns of values evenly, each above its own."""
    _, groups = split_stub(fields, columns)
    values = len(columns) - 1
    if not groups or values % len(groups) or len(groups) == values:
        return False
    size = values // len(groups)
    lower = [field.text if field else "" for field in below[1:]]
    repeats = len(groups) == 1 or all(lower[place] == lower[place % size] for place in range(values))
    periods = all(is_period(group.text) for group in groups)
    if not (repeats or periods) or not all(lower):
        return False
    return all(
        columns[1 + index * size][0] <= (group.left + group.right) / 2 <= columns[(index + 1) * size][1]
        for index, group in enumerate(groups)
    )


def looks_grouped(fields: Sequence[Field], below: Level, columns: Sequence[Interval]) -> bool:
    """Whether fewer fields than columns stand above full heads, which may be groups as well."""
    _, upper = split_stub(fields, columns)
    return 0 < len(upper) < len(columns) - 1 and all(below[1:])


def place_groups(fields: Sequence[Field], columns: Sequence[Interval]) -> Level:
    """The groups, each above the first column of its own."""
    stub, groups = split_stub(fields, columns)
    size = (len(columns) - 1) // len(groups)
    level: Level = [None] * len(columns)
    level[0] = stub[0] if stub else None
    for index, group in enumerate(groups):
        level[1 + index * size] = group
    return level
