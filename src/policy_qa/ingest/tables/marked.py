"""The grid of rows whose fields are parted by marks: tabs or bars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.lines import find_mark
from policy_qa.ingest.tables.fields import (
    BAR,
    RULE_CELL,
    RULE_LINE,
    cut_at_bars,
    is_missing,
    is_period,
    is_value,
    print_width,
    split_bars,
    split_tabs,
)
from policy_qa.ingest.tables.grid import (
    Grid,
    GridRow,
    Level,
    UnclearTableError,
    is_head_like,
    make_grid,
    same_head,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.types import Span

GROUP_END = "：:"
DIGIT = re.compile(r"\d")


def read_marked(text: str, lines: Sequence[Span]) -> Grid:
    """The grid of lines split by tabs or bars. Raises UnclearTableError where it is not clear.

    Rows that end early are empty there; the rule of markdown below the heads is none of the rows; heads that are
    repeated below, as on a new page or under the name of a group, count once.
    """
    found, first_body = split_lines(text, lines)
    width = max((len(row) for _, row in found), default=0)
    if width < 2:
        raise UnclearTableError(messages.UNREAD_ONE_COLUMN)
    rows = [[*row, *[None] * (width - len(row))] for _, row in found]
    heads = count_heads(rows, first_body)
    levels: list[Level] = rows[:heads]
    titled = is_group(rows[0])
    if is_key_value(rows[1:] if titled else rows, is_titled=titled):
        raise UnclearTableError(messages.UNREAD_PAIRS)
    body = [
        GridRow(found[index][0], tuple(row), read_indent(text, row), is_group=is_group(row))
        for index, row in enumerate(rows[heads:], start=heads)
        if not repeats_heads(row, levels, rows[index + 1 : index + 2])
    ]
    if all(row.is_group for row in body):
        raise UnclearTableError(messages.UNREAD_NO_ROWS)
    return make_grid(levels, mark_group_rows(body))


def split_lines(text: str, lines: Sequence[Span]) -> tuple[list[tuple[Span, Level]], int | None]:
    """Span and fields of each line that is no rule, and before which of them a rule of markdown stands first."""
    contents = [line.of(text) for line in lines]
    if not any(map(BAR.search, contents)):
        return [
            (line, split_tabs(text, line))
            for line, content in zip(lines, contents, strict=True)
            if content.strip()
        ], None
    if any("\t" in content.strip() for content in contents):
        raise UnclearTableError(messages.UNREAD_MIXED_MARKS)
    may_be_rules = [RULE_LINE.fullmatch(content) is not None for content in contents]
    framed = [content.strip() for content, may_be in zip(contents, may_be_rules, strict=True) if not may_be]
    outer = (
        all(content[:1] in "|｜" for content in framed),
        all(content[-1:] in "|｜" for content in framed),
    )
    rows: list[tuple[Span, Level]] = []
    first_body = None
    for line, content, may_be_rule in zip(lines, contents, may_be_rules, strict=True):
        if may_be_rule and is_rule(content, is_below_rows=len(rows) > 1):
            if first_body is None and rows:
                first_body = len(rows)
        else:
            rows.append((line, split_bars(text, line, outer=outer)))
    return rows, first_body


def repeats_heads(row: Level, levels: Sequence[Level], below: Sequence[Level]) -> bool:
    """Whether a row holds heads again: all of a level, or all but the name of a group that the row below has too."""
    if any(all(map(same_head, level, row)) for level in levels):
        return True
    is_named = len(row) > 2 and any(same_head(row[0], after[0]) for after in below)
    return is_named and all(map(same_head, levels[-1][1:], row[1:]))


def is_rule(content: str, *, is_below_rows: bool) -> bool:
    """Whether a line of bars and dashes is a rule; below rows, short dashes between bars are missing values."""
    cells = [cell for cell in cut_at_bars(content) if cell.strip()]
    if not ("+" in content or all(map(RULE_CELL.fullmatch, cells))):
        return False
    return not (is_below_rows and "|" in content and all(len(cell.strip(" :")) < 3 for cell in cells))


def count_heads(rows: Sequence[Level], first_body: int | None) -> int:
    """How many rows are heads: the first, or those above the rule, and more where groups go on below them."""
    if len(rows) < 2:
        raise UnclearTableError(messages.UNREAD_NO_ROWS)
    heads = first_body if first_body else 1
    if heads > 4:
        heads = 1  # rules between all rows say nothing of heads
    while heads < len(rows) - 1 and is_lower_level(rows[heads - 1], rows[heads]):
        heads += 1
    if any(not is_head_like(field) for field in rows[0][1:]) and not is_lower_level(rows[0], rows[1]):
        raise UnclearTableError(messages.UNREAD_NO_HEADS)
    return heads


def is_lower_level(upper: Level, lower: Level) -> bool:
    """Whether the second row is a level of heads below the first: a group of the first goes on over it."""
    if not all(map(is_head_like, lower[1:])) or any(f is not None and is_missing(f.text) for f in lower):
        return False
    texts = [field.text for field in upper if field is not None]
    if len(set(texts)) == 1 and upper[0] is not None and (len(texts) == len(upper) or len(texts) == 1):
        return sum(field is not None for field in lower) > 1 and len(upper) > 2  # one title over all columns
    if lower[0] is not None and upper[0] is not None and not same_head(upper[0], lower[0]):
        return False
    blanks = [column for column in range(2, len(upper)) if upper[column] is None]
    repeated = [
        column
        for column in range(2, len(upper))
        if upper[column] and same_head(upper[column - 1], upper[column])
    ]
    if lower[0] is not None and not repeated and upper[0] is not None and not blanks:
        return False
    return any(lower[column] is not None and lower[column - 1] is not None for column in [*blanks, *repeated])


def is_key_value(rows: Sequence[Level], *, is_titled: bool) -> bool:
    """Whether rows hold pairs of a name and what it is, two pairs or more in a row, rather than columns."""
    if not rows or len(rows[0]) < 4 or len(rows[0]) % 2:
        return False
    names = [field.text for row in rows for field in row[::2] if field is not None]
    contents = [field.text for row in rows for field in row[1::2] if field is not None]
    first = [field.text for field in rows[0][1::2] if field is not None]
    if any(is_value(name) or is_period(name) or len(name) > 8 for name in names) or any(
        map(is_period, first)
    ):
        return False
    if 2 * sum(map(is_value, contents)) >= len(contents) or len(set(names)) < 0.9 * len(names):
        return False
    return (is_titled or any(map(DIGIT.search, first))) and len(set(contents)) > 0.8 * len(contents)


def is_group(row: Level) -> bool:
    """Whether a row is one text merged over all columns, and so repeated in each of them."""
    first = row[0]
    if first is None or len(row) < 2 or not same_head(first, row[-1]):
        return False
    return all(same_head(first, field) for field in row[1:]) and not is_value(first.text)


def read_indent(text: str, row: Level) -> int:
    """The columns of white space before the label within its field."""
    label = row[0]
    if label is None:
        return 0
    start = place = label.spans[0].start
    while start > 0 and text[start - 1] in " \u3000\u00a0":
        start -= 1
    return print_width(text[start:place])


def mark_group_rows(rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows with those told that are titles of the rows below them: a label with nothing behind it.

    A label alone may also be a row whose values are all missing; so it is a title only with a sign of it: a number
    (一、), a colon, deeper rows below, or others like it that part the table.
    """
    lone = [index for index, row in enumerate(rows) if is_lone(row) and index + 1 < len(rows)]
    marked = list(rows)
    for index in lone:
        row = rows[index]
        label = row.fields[0]
        after = rows[index + 1]
        if label is None or is_lone(after) or is_period(label.text):
            continue
        signs = (
            starts_with_number(label.text)
            or label.text[-1] in GROUP_END
            or after.indent > row.indent
            or (len(lone) > 1 and lone[0] == 0)
        )
        if signs:
            marked[index] = GridRow(row.span, row.fields, row.indent, is_group=True)
    return marked


def is_lone(row: GridRow) -> bool:
    """Whether the row is a label and nothing else."""
    return row.fields[0] is not None and not any(row.fields[1:])


def starts_with_number(label: str) -> bool:
    """Whether a label is counted off: 一、农业, （一）工业, 1.服务业."""
    return find_mark(label) is not None
