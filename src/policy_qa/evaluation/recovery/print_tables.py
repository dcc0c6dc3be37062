"""Tables as print leaves them: tabs, spaces, bars, HTML; heads and labels broken over lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from random import Random

    from policy_qa.evaluation.recovery.masters import MasterRow, MasterTable

TableStyle = Literal["tabs", "spaces", "wide spaces", "bars", "html"]

BROKEN_HEADS_FROM = 5  # columns; fewer fit beside one another
UNIT_TAIL = re.compile(r"^(.+?)([（(][^（）()]{1,6}[）)])$")
GAPS = ("----", "---")


@dataclass(frozen=True, slots=True)
class TableLine:
    """A printed line; `glued`: no blank line stands before it, even where others have one."""

    text: str
    glued: bool = False


def print_table(
    table: MasterTable, style: TableStyle, random: Random, *, break_heads: bool, break_labels: bool
) -> list[TableLine]:
    """The lines of a table, its unit line first."""
    lines = [TableLine(table.unit_line)] if table.unit_line else []
    if style == "html":
        return [*lines, *map(TableLine, html_lines(table))]
    if style == "bars":
        return [*lines, *bar_lines(table)]
    if style == "tabs":
        return [*lines, *map(TableLine, tab_lines(table))]
    gap = "  " if style == "wide spaces" else " "
    heads = (
        broken_heads(table, random)
        if break_heads and can_break(table)
        else space_heads(table, gap, split=random.random() < 0.5)
    )
    lines += heads
    for row in table.rows:
        lines += space_row(table, row, gap, random if break_labels else None)
    return lines


def can_break(table: MasterTable) -> bool:
    """Whether the heads are many and long enough for print to break them."""
    return len(table.heads) == 1 and not table.has_unit_column and len(table.heads[0]) >= BROKEN_HEADS_FROM


def broken_heads(table: MasterTable, random: Random) -> list[TableLine]:
    """The heads one after another, each cut into lines of its column's width, a unit at its end on its own."""
    lines = []
    for head in table.heads[0]:
        tail = UNIT_TAIL.match(head)
        words = tail[1] if tail else head
        pieces = [words] if not re.fullmatch(r"[\u4e00-\u9fff]+", words) else cut_words(words, random)
        if tail and len(pieces) > 1 and len(pieces[-1]) + len(tail[2]) <= len(pieces[0]):
            pieces[-1] += tail[2]
        elif tail:
            pieces.append(tail[2])
        for index, piece in enumerate(pieces):
            lines.append(TableLine(piece, glued=index == 0 and random.random() < 0.6))
    return lines


def cut_words(words: str, random: Random) -> list[str]:
    """The words cut every three or four characters, whole if they are no longer."""
    if len(words) <= 4:
        return [words]
    width = random.choice((3, 4))
    return [words[start : start + width] for start in range(0, len(words), width)]


def space_heads(table: MasterTable, gap: str, *, split: bool) -> list[TableLine]:
    """The head lines; of two levels the upper names each group once, and the labels' head may stand alone."""
    if len(table.heads) == 1:
        return [TableLine(gap.join(table.heads[0]))]
    upper, lower = table.heads
    groups = [head for head, _ in groupby(upper[1:])]
    if split:
        return [TableLine(upper[0]), TableLine(gap.join(groups), glued=True), TableLine(gap.join(lower[1:]))]
    return [TableLine(gap.join([upper[0], *groups])), TableLine(gap.join(lower[1:]))]


def space_row(table: MasterTable, row: MasterRow, gap: str, random: Random | None) -> list[TableLine]:
    """The line of a row; with `random` its label may be broken, the first part on a line of its own."""
    fields = [field or GAPS[index % 2] for index, field in enumerate(row.fields)]
    is_parent = any(
        after.is_child and before is row for before, after in zip(table.rows, table.rows[1:], strict=False)
    )
    breaks = random is not None and not row.is_child and len(row.label) >= 4
    if breaks and random is not None and (is_parent or (len(row.label) >= 7 and random.random() < 0.5)):
        cut = (len(row.label) + 1) // 2
        return [
            TableLine(row.label[:cut]),
            TableLine(gap.join([row.label[cut:], *fields]), glued=True),
        ]
    return [TableLine(gap.join([row.label, *fields]))]


def tab_lines(table: MasterTable) -> list[str]:
    """The rows with tabs; a group's head stands over its first column, the others are empty."""
    return ["\t".join(fields) for fields in (*grouped_heads(table), *body(table, "\u3000"))]


def bar_lines(table: MasterTable) -> list[TableLine]:
    """The rows with bars and a rule below the first row of heads."""
    fields = [*grouped_heads(table), *body(table, "\u3000")]
    rows = ["| " + " | ".join(row) + " |" for row in fields]
    rule = "|" + " --- |" * len(fields[0])
    return [TableLine(line, glued=index > 0) for index, line in enumerate([rows[0], rule, *rows[1:]])]


def grouped_heads(table: MasterTable) -> list[tuple[str, ...]]:
    """The rows of heads, the heads of groups over their first column only."""
    rows = []
    for level, heads in enumerate(table.heads):
        if level == len(table.heads) - 1:
            above = table.heads[level - 1][0] if level else None
            rows.append(("" if heads[0] == above else heads[0], *heads[1:]))
        else:
            rows.append(
                tuple("" if index and heads[index - 1] == head else head for index, head in enumerate(heads))
            )
    return rows


def body(table: MasterTable, indent: str) -> list[tuple[str, ...]]:
    """The body rows, a child's label indented."""
    return [(indent * row.is_child + row.label, *row.fields) for row in table.rows]


def html_lines(table: MasterTable) -> list[str]:
    """The table in HTML, a line a row, groups by colspan and the labels' head by rowspan."""
    lines = ["<table>"]
    for level, heads in enumerate(table.heads):
        cells = ""
        place = 0
        for head, same in groupby(heads):
            width = len(list(same))
            if level == 0 or place:
                span = f' colspan="{width}"' if width > 1 else ""
                tall = f' rowspan="{len(table.heads)}"' if place == 0 and len(table.heads) > 1 else ""
                cells += f"<th{span}{tall}>{head}</th>"
            place += width
        lines.append(f"<tr>{cells}</tr>")
    rows = ["".join(f"<td>{field}</td>" for field in fields) for fields in body(table, "\u3000")]
    return [*lines, *(f"<tr>{row}</tr>" for row in rows), "</table>"]
