"""Clean masters of the sample documents: what a right reading of a damaged copy must bring back.

The format is described in `eval/masters/README.md`: one line a block, tables with bars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PieceKind = Literal["heading", "paragraph", "item", "byline", "caption", "table", "note", "photo"]

TITLE_LEVEL = 1
MISSING = re.compile(r"[-—–－…]*")
UNIT_HEADS = {"单位", "计量单位"}
CHILD_MARK = "> "
SEPARATOR = re.compile(r"[\s|:-]+")
TAG = re.compile(r"@(byline|item|caption|unit|note|photo)(!?) (.+)")
UNIT_LINE = re.compile(r"(?:计量)?单位[：:]\s*(.+)")
NUMBER = re.compile(r"附?[图表]\s?\d+(?:-\d+)?")
IN_BRACKETS = re.compile(r"[（(]((?!.*年)[^（）()\d]{1,6})[）)]$")
OWN_UNIT = re.compile(r"\d(%|[\u4e00-\u9fff]+)$")


class MasterError(ValueError):
    """A line of a master that its format does not know."""


@dataclass(frozen=True, slots=True)
class MasterRow:
    """A row: its label, whether it stands under the last row that is no child, and its other fields."""

    label: str
    is_child: bool
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MasterTable:
    """A table: rows of heads (equal neighbours of all but the last are one head), body rows, unit line."""

    heads: tuple[tuple[str, ...], ...]
    rows: tuple[MasterRow, ...]
    unit_line: str | None = None

    @property
    def has_unit_column(self) -> bool:
        """Whether the column after the labels holds units."""
        return self.heads[-1][1] in UNIT_HEADS


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a master. `level` is a heading's; `fits` is False for a caption that speaks of something else."""

    kind: PieceKind
    text: str = ""
    level: int = 0
    table: MasterTable | None = None
    fits: bool = True


@dataclass(frozen=True, slots=True)
class GoldCell:
    """A cell as it must be read: labels outermost first; `text` is None where the value is missing."""

    row: tuple[str, ...]
    column: tuple[str, ...]
    unit: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class GoldTable:
    """A table as it must be read, below its caption."""

    caption: str | None
    fits: bool
    cells: tuple[GoldCell, ...]


@dataclass(frozen=True, slots=True)
class GoldHeading:
    """A heading and the path to it, itself last, the title left out."""

    text: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldCaption:
    """A caption, its number, and whether its rows are in the text."""

    text: str
    number: str | None
    has_data: bool


def parse_master(text: str) -> tuple[Piece, ...]:
    r"""The blocks of a master, in order.

    Raises MasterError for an unknown tag or a table whose rows are not equally wide.

    >>> [piece.kind for piece in parse_master("# 简报（示例）\n\n## 一、投入\n\n强度为1.8%。")]
    ['heading', 'heading', 'paragraph']
    """
    pieces: list[Piece] = []
    rows: list[str] = []
    unit_line: str | None = None
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            pieces.append(Piece("table", table=parse_table(rows, unit_line)))
            rows, unit_line = [], None
        if line.startswith("@unit "):
            unit_line = line.removeprefix("@unit ")
        elif line:
            pieces.append(parse_line(line))
    return tuple(pieces)


def parse_line(line: str) -> Piece:
    """The block that a line outside tables holds."""
    if marked := re.match(r"(#{1,6}) (.+)", line):
        return Piece("heading", marked[2], level=len(marked[1]))
    if not line.startswith("@"):
        return Piece("paragraph", line)
    tagged = TAG.fullmatch(line)
    if tagged is None:
        raise MasterError(f"no line of a master: {line!r}")
    kinds: dict[str, PieceKind] = {
        "byline": "byline",
        "item": "item",
        "caption": "caption",
        "note": "note",
        "photo": "photo",
    }
    return Piece(kinds[tagged[1]], tagged[3], fits=not tagged[2])


def parse_table(lines: Sequence[str], unit_line: str | None) -> MasterTable:
    """The table of these lines with bars; the rows above the rule are heads."""
    split = [tuple(field.strip() for field in line.strip().strip("|").split("|")) for line in lines]
    rule = next((index for index, line in enumerate(lines) if SEPARATOR.fullmatch(line)), None)
    if rule is None or len({len(fields) for fields in (*split[:rule], *split[rule + 1 :])}) != 1:
        raise MasterError(f"no table: {lines[0]!r}")
    rows = tuple(
        MasterRow(fields[0].removeprefix(CHILD_MARK), fields[0].startswith(CHILD_MARK), fields[1:])
        for fields in split[rule + 1 :]
    )
    return MasterTable(tuple(split[:rule]), rows, unit_line)


def gold_headings(pieces: Sequence[Piece]) -> Iterator[GoldHeading]:
    """The headings with their paths; the title is none of them."""
    path: list[Piece] = []
    for piece in pieces:
        if piece.kind == "heading" and piece.level > TITLE_LEVEL:
            path = [*(above for above in path if above.level < piece.level), piece]
            yield GoldHeading(piece.text, tuple(above.text for above in path))


def gold_captions(pieces: Sequence[Piece]) -> Iterator[GoldCaption]:
    """The captions, each with whether a table follows."""
    for piece, after in zip(pieces, [*pieces[1:], Piece("paragraph")], strict=True):
        if piece.kind == "caption":
            number = NUMBER.match(piece.text)
            yield GoldCaption(
                piece.text, re.sub(r"\s", "", number[0]) if number else None, after.kind == "table"
            )


def gold_tables(pieces: Sequence[Piece]) -> Iterator[GoldTable]:
    """The tables with all their cells."""
    for before, piece in zip([Piece("paragraph"), *pieces], pieces, strict=False):
        if piece.table is not None:
            caption = before.text if before.kind == "caption" else None
            yield GoldTable(caption, before.fits, tuple(gold_cells(piece.table, caption or "")))


def gold_cells(table: MasterTable, caption: str) -> Iterator[GoldCell]:
    """The cells row by row; columns of labels and units have none.

    >>> table = parse_table(["| 城市 | 单位 | 2020年 |", "| --- |", "| 柳州 | % | 1.8 |"], None)
    >>> next(gold_cells(table, ""))
    GoldCell(row=('柳州',), column=('2020年',), unit='%', text='1.8')
    """
    first = 2 if table.has_unit_column else 1
    parent = ""
    for row in table.rows:
        if not row.is_child:
            parent = row.label
        label = (parent, row.label) if row.is_child else (row.label,)
        for index in range(first, len(row.fields) + 1):
            column = tuple(dict.fromkeys(heads[index] for heads in table.heads if heads[index]))
            value = None if MISSING.fullmatch(row.fields[index - 1]) else row.fields[index - 1]
            own = OWN_UNIT.search(value or "")
            unit = None if own else cell_unit(table, row, column, caption)
            yield GoldCell(label, column, unit, value)


def cell_unit(table: MasterTable, row: MasterRow, column: Sequence[str], caption: str) -> str | None:
    """The unit that the unit column, else head, row label, unit line or caption names, the nearest first."""
    if table.has_unit_column:
        return row.fields[0] or None
    for label in (*reversed(column), row.label):
        if named := IN_BRACKETS.search(label):
            return named[1]
    if table.unit_line and (line := UNIT_LINE.fullmatch(table.unit_line)):
        return line[1]
    named = IN_BRACKETS.search(caption)
    return named[1] if named else None
