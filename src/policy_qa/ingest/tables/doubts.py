"""What makes a grid doubtful: columns that nothing tells apart, and heads that begin anew among the rows.

A form put into columns, or two tables printed as one, comes out as a grid whose cells have the wrong heads: such a grid
is left unread.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.tables.fields import is_missing, is_period, is_value
from policy_qa.ingest.tables.grid import UnclearTableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.ingest.tables.fields import Field
    from policy_qa.ingest.tables.grid import Grid, GridRow
    from policy_qa.types import Span

STUB_HEAD = re.compile(  # what stands over the labels of a table, and hardly ever is a label itself
    r"(?:主要|具体|统计|监测|评价)?指标(?:名称)?|项目(?:名称)?|城市|地区|市州|市县|县区|区县|县市区?|年份|年度|时间|季度|月份"
)


def require_clear_heads(grid: Grid) -> None:
    """Raises UnclearTableError where columns have the same heads, or a row looks like heads of the rows below it.

    Such a row has words or years in all columns, and its label is what stands over the labels, here or in other tables.
    """
    require_distinct_heads(grid)
    over_labels = {text for column in grid.stubs for text in grid.column_labels[column]}
    columns = grid.value_columns
    for index, row in enumerate(grid.rows):
        label = row.fields[grid.stubs[-1]]
        if label is None or not (label.text in over_labels or STUB_HEAD.fullmatch(label.text)):
            continue
        below = (other.fields[column] for other in grid.rows[index + 1 :] for column in columns)
        if is_wordy(row, columns) and any(map(holds_value, below)):
            raise UnclearTableError(messages.UNREAD_NEW_HEADS.format(label=label.text))


def require_distinct_heads(grid: Grid) -> None:
    """Raises UnclearTableError where neighbours have the same heads, or every head stands over two columns or more.

    Neighbours with the same heads are names and contents under one merged head, or columns whose own heads stand among
    the rows. The same heads again and again want the groups above them. A single name that occurs twice is read.
    """
    if grid.blocks > 1:
        return
    labels = [grid.column_labels[column] for column in grid.value_columns if grid.column_labels[column]]
    counts = Counter(labels)
    for label, after in pairwise(labels):
        if label == after or min(counts.values()) > 1:
            raise UnclearTableError(messages.UNREAD_SAME_HEADS.format(columns=counts[label], head=label[-1]))


def is_wordy(row: GridRow, columns: Sequence[int]) -> bool:
    """Whether a row holds words or years in all of these columns, as heads do."""
    fields = [row.fields[column] for column in columns]
    return not row.is_group and not any(
        field is None or is_missing(field.text) or holds_value(field) for field in fields
    )


def holds_value(field: Field | None) -> bool:
    """Whether a field holds a number, and one that cannot be a year."""
    return (
        field is not None
        and is_value(field.text)
        and not is_missing(field.text)
        and not is_period(field.text)
    )


def without_repeated_heads(
    rows: Sequence[tuple[Span, list[Field]]], heads: Sequence[tuple[Span, list[Field]]]
) -> list[tuple[Span, list[Field]]]:
    """The rows but for those that hold a line of heads again, as print repeats them on a new page."""
    lines = {tuple(field.text for field in fields) for _, fields in heads if len(fields) > 1}
    return [row for row in rows if tuple(field.text for field in row[1]) not in lines]
