"""How a file was read, for people: its outline, its lines beside the blocks made of them, and what was left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.grid import column_groups, lay_out
from policy_qa.terminal import cell_length, line_range, pad, text_table, visible, wrap
from policy_qa.types import Caption, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.types import Block, Cell, Document, SourceFile

SIDE_BY_SIDE = 100
"""Columns of a terminal from which original and blocks stand side by side."""
GUTTER = 7
LABEL = 7
MAX_INDENT = 6
UNLIMITED = 10_000
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
KEPT, TAKEN_OUT, LOST = " ", "×", "！"


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """A line of the file that holds something; `fate` is KEPT, TAKEN_OUT (all of it), or LOST (some of it).

    `kinds` are those of what was taken out of it.
    """

    number: int
    text: str
    fate: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines of the original and what was made of them: a text, or a table with the text it stands in."""

    lines: tuple[OriginalLine, ...]
    label: str
    indent: int = 0
    text: str = ""
    table: tuple[str, Table] | None = None


def inspection_text(source: SourceFile, document: Document, *, width: int) -> str:
    """All that is known of how `source` became `document`, for a terminal of `width` columns."""
    original = original_lines(source, document)
    wide = width >= SIDE_BY_SIDE
    comparison = messages.INSPECT_COMPARISON if wide else messages.INSPECT_COMPARISON_NARROW
    lines = [*summary_lines(source, document), "", messages.INSPECT_OUTLINE, *outline_lines(document)]
    lines += ["", comparison]
    for entry in entries(original, document):
        lines += beside(entry, width) if wide else below(entry, width)
    lines += ["", *unread_lines(document), *set_aside_lines(source, document)]
    return "\n".join(line.rstrip() for line in lines)


def summary_lines(source: SourceFile, document: Document) -> Iterator[str]:
    """Name, title, sizes, date, home, bylines, and how many blocks of each kind there are."""
    yield messages.INSPECT_TITLE.format(name=document.name, title=visible(document.meta.title))
    yield messages.INSPECT_SIZE.format(
        encoding=source.encoding,
        lines=f"{sum(1 for _ in numbered_lines(source.text)):,}",
        source=f"{letters(source.text):,}",
        clean=f"{letters(document.text):,}",
        aside=f"{sum(letters(piece.text) for piece in document.set_aside):,}",
    )
    if lost := len(unaccounted(source, document)):
        yield messages.INSPECT_UNACCOUNTED.format(count=lost)
    if document.meta.issued_on:
        yield messages.INSPECT_ISSUED_ON.format(date=document.meta.issued_on.isoformat())
    home = document.meta.home_place
    yield messages.INSPECT_HOME.format(place=home) if home else messages.INSPECT_NO_HOME
    for byline in document.meta.bylines:
        yield messages.INSPECT_BYLINE.format(byline=visible(byline.of(document.text)))
    found = Counter(type(block).__name__ for block in document.blocks)
    counts = [
        messages.INSPECT_COUNT.format(kind=kind, count=found[name])
        for name, kind in messages.INSPECT_KINDS.items()
    ]
    yield messages.INSPECT_COUNTS.format(counts="，".join(counts))


def letters(text: str) -> int:
    """How many characters the text has, white space aside."""
    return sum(map(len, text.split()))


def outline_lines(document: Document) -> Iterator[str]:
    """The headings with their lines, each indented under those above it."""
    for block in document.blocks:
        if isinstance(block, Heading):
            first, _ = lines_of(document, block)
            place = messages.INSPECT_LINE.format(line=first)
            indent = "  " * (len(block.heading_path) - 1)
            yield f"  {place:<7} {indent}{visible(block.span.of(document.text))}"


def numbered_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number from 1, start, and text without its end, of every line."""
    for number, found in enumerate(LINE.finditer(text), start=1):
        if found[0]:
            yield number, found.start(), found[0].rstrip("\r\n")


def unaccounted(source: SourceFile, document: Document) -> list[int]:
    """The places of the original's characters, white space aside, that are neither in the text nor set aside."""
    seen = bytearray(len(source.text))
    for run in document.line_map.runs:
        seen[run.source_start : run.source_start + len(run.span)] = b"\1" * len(run.span)
    for piece in document.set_aside:
        seen[piece.source_span.start : piece.source_span.end] = b"\1" * len(piece.source_span)
    return [
        place for place, character in enumerate(source.text) if not seen[place] and not character.isspace()
    ]


def original_lines(source: SourceFile, document: Document) -> dict[int, OriginalLine]:
    """The lines of the file that hold something, by number, and what became of them."""
    kept = {run.line for run in document.line_map.runs}
    lost = unaccounted(source, document)
    kinds: dict[int, list[str]] = {}
    for piece, number in zip(document.set_aside, set_aside_numbers(source, document), strict=True):
        kinds.setdefault(number, []).append(piece.kind)
    lines = {}
    for number, start, text in numbered_lines(source.text):
        if text.strip():
            first = bisect_left(lost, start)
            fate = LOST if first < len(lost) and lost[first] < start + len(text) else KEPT
            if fate == KEPT and number not in kept:
                fate = TAKEN_OUT
            lines[number] = OriginalLine(
                number, text.strip(), fate, tuple(dict.fromkeys(kinds.get(number, [])))
            )
    return lines


def set_aside_numbers(source: SourceFile, document: Document) -> list[int]:
    """For each piece that was set aside the line it starts in."""
    starts = [start for _, start, _ in numbered_lines(source.text)]
    return [bisect_right(starts, piece.source_span.start) for piece in document.set_aside]


def entries(original: dict[int, OriginalLine], document: Document) -> Iterator[Entry]:
    """Block by block, the lines each was made of; what became of no block stands where it stood in the file.

    A line that was taken out from amid a block's lines stands among them.
    """
    held = [
        {segment.line for segment in document.line_map.segments(document.text, block.span)}
        for block in document.blocks
    ]
    in_blocks = set().union(*held)
    alone = [line for line in original.values() if line.number not in in_blocks]
    for block, numbers in zip(document.blocks, held, strict=True):
        first, last = min(numbers, default=0), max(numbers, default=0)
        before = bisect_left(alone, first, key=lambda line: line.number)
        yield from map(orphan, alone[:before])
        amid = bisect_left(alone, last, lo=before, key=lambda line: line.number)
        lines = [*alone[before:amid], *(original[number] for number in numbers if number in original)]
        alone = alone[amid:]
        yield block_entry(document, block, tuple(sorted(lines, key=lambda line: line.number)))
    yield from map(orphan, alone)


def orphan(line: OriginalLine) -> Entry:
    """The entry of a line that is in no block."""
    kinds = "、".join(messages.INSPECT_SET_ASIDE_KINDS.get(kind, kind) for kind in line.kinds)
    return Entry(
        (line,), messages.INSPECT_LOST if line.fate == LOST else messages.INSPECT_TAKEN_OUT, text=kinds
    )


def block_entry(document: Document, block: Block, lines: tuple[OriginalLine, ...]) -> Entry:
    """The entry of a block, indented by the headings above it."""
    text = block.span.of(document.text)
    label = messages.INSPECT_KINDS[type(block).__name__]
    depth = len(block.heading_path) - isinstance(block, Heading)
    indent = min(2 * max(0, depth), MAX_INDENT)
    match block:
        case Heading():
            return Entry(lines, f"{label}{block.level}", indent, text)
        case Table():
            return Entry(lines, label, table=(document.text, block))
        case Caption(has_data=False):
            return Entry(lines, label, indent, f"{text}{messages.INSPECT_NO_DATA}")
        case Paragraph(unread=str()):
            return Entry(lines, messages.INSPECT_UNREAD_ROWS, indent, text)
        case _:
            return Entry(lines, label, indent, text)


def beside(entry: Entry, width: int) -> list[str]:
    """The entry's lines on the left and what was made of them on the right.

    A table too wide for its half stands below its lines instead.
    """
    half = (width - 3) // 2
    if entry.table is not None and max(map(cell_length, made_of(entry, UNLIMITED))) > half:
        return below(entry, width)
    right = made_of(entry, half)
    left = [line for held in entry.lines for line in numbered(held, half)]
    return [f"{pad(one, half)} │ {other}" for one, other in zip_longest(left, right, fillvalue="")]


def below(entry: Entry, width: int) -> list[str]:
    """The entry's lines, and indented below them what was made of them."""
    left = [line for held in entry.lines for line in numbered(held, width)]
    return [*left, *(" " * GUTTER + line for line in made_of(entry, width - GUTTER))]


def numbered(line: OriginalLine, width: int) -> list[str]:
    """A line of the original with its number and fate, wrapped."""
    pieces = wrap(visible(line.text), width - GUTTER)
    mark = pad(f"{line.number:>4}{line.fate}", GUTTER)
    return [(mark if index == 0 else " " * GUTTER) + piece for index, piece in enumerate(pieces)]


def made_of(entry: Entry, width: int) -> list[str]:
    """The block's label and text, wrapped; a table laid out, in stretches of columns that fit."""
    if entry.table is not None:
        content = list(table_lines(*entry.table, width=width - LABEL))
    else:
        room = max(1, width - LABEL - entry.indent)
        lines = [piece for line in entry.text.split("\n") for piece in wrap(visible(line), room)]
        content = [" " * entry.indent + line for line in lines]
    return [
        pad(entry.label if index == 0 else "", LABEL) + line for index, line in enumerate(content or [""])
    ]


def table_lines(text: str, table: Table, *, width: int) -> Iterator[str]:
    """A table as it was understood: labels with those they stand under, missing values, units."""
    columns = sorted({cell.column for cell in table.cells})
    units = unit_place(table.cells)
    number = f"{table.number}　" if table.number else ""
    unit = messages.INSPECT_TABLE_UNIT.format(unit=units[1]) if units[0] == "table" else ""
    yield messages.INSPECT_TABLE.format(
        number=visible(number), rows=len(table.rows), columns=len(columns), unit=unit
    )
    if not table.caption_fits:
        yield messages.INSPECT_CAPTION_DOES_NOT_FIT
    rows = table_rows(table, columns, units_in=units[0])
    numeric = lay_out(text, table).numeric
    widths = [max(map(cell_length, column)) + 2 for column in zip(*rows, strict=True)]
    for stretch in column_groups(widths, width):
        shown = [columns[place - 1] for place in stretch]
        yield from text_table(
            table_rows(table, shown, units_in=units[0]),
            heads=len(table.header_rows),
            right=frozenset(place for place, column in enumerate(shown, start=1) if column in numeric),
        )


def table_rows(table: Table, columns: Sequence[int], *, units_in: str) -> list[list[str]]:
    """Heads and body as rows of strings, the label first; units behind labels or values, as `units_in` has it.

    A head over several columns stands over the first of them that is shown.
    """
    rows = []
    for level in table.header_rows:
        shown: dict[int, str] = {}
        for head in level:
            over = [c for c in (0, *columns) if head.column <= c < head.column + head.width]
            shown |= dict.fromkeys(over[:1], head.text)
        rows.append([visible(shown.get(column, "")) for column in (0, *columns)])
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    for number, row in enumerate(table.rows):
        held = [cells.get((number, column)) for column in columns]
        unit = next((cell.unit for cell in held if cell and cell.unit), None) if units_in == "row" else None
        label = with_unit(messages.UI_SECTION_SEPARATOR.join(row.label), unit)
        rows.append([label, *(cell_text(cell, has_unit=units_in == "cell") for cell in held)])
    return rows


def with_unit(text: str, unit: str | None) -> str:
    """The text with its unit behind it, where there is one."""
    return visible(text) + (messages.INSPECT_UNIT.format(unit=visible(unit)) if unit else "")


def cell_text(cell: Cell | None, *, has_unit: bool) -> str:
    """The value, with its unit where asked for; a missing one said to be missing."""
    if cell is None:
        return ""
    if cell.text is None:
        return messages.INSPECT_MISSING
    return with_unit(cell.text, cell.unit if has_unit else None)


def unit_place(cells: Iterable[Cell]) -> tuple[str, str]:
    """Where units are to be shown (table, row, cell, or nowhere: ""), and the one that holds for the whole table."""
    by_row: dict[int, set[str]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, set()).add(cell.unit or "")
    units = set().union(*by_row.values())
    if units <= {""}:
        return "", ""
    if len(units) == 1:
        return "table", units.pop()
    return ("row" if all(len(held) == 1 for held in by_row.values()) else "cell"), ""


def unread_lines(document: Document) -> list[str]:
    """The rows that look like a table and were left as text, and why."""
    found = [block for block in document.blocks if isinstance(block, Paragraph) and block.unread is not None]
    if not found:
        return []
    places = [
        messages.INSPECT_UNREAD_PLACE.format(lines=line_range(lines_of(document, block)), reason=block.unread)
        for block in found
    ]
    return [messages.INSPECT_UNREAD.format(count=len(found)), *places, ""]


def set_aside_lines(source: SourceFile, document: Document) -> Iterator[str]:
    """What was set aside, by kind and reason, each text with all its lines."""
    kinds: dict[tuple[str, str], dict[str, list[int]]] = {}
    for piece, line in zip(document.set_aside, set_aside_numbers(source, document), strict=True):
        texts = kinds.setdefault((piece.kind, piece.reason), {})
        texts.setdefault(visible(piece.text), []).append(line)
    yield messages.INSPECT_SET_ASIDE.format(count=len(document.set_aside))
    for (kind, reason), texts in kinds.items():
        yield messages.INSPECT_SET_ASIDE_KIND.format(
            kind=messages.INSPECT_SET_ASIDE_KINDS.get(kind, kind),
            count=sum(map(len, texts.values())),
            reason=reason,
        )
        for text, lines in texts.items():
            yield messages.INSPECT_SET_ASIDE_PIECE.format(text=text, lines=line_list(lines))


def line_list(lines: Iterable[int]) -> str:
    """The numbers in order, those in a row as a range.

    >>> line_list([3, 4, 5, 9, 9])
    '3-5、9'
    """
    ranges: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1] = ranges[-1][0], line
        else:
            ranges.append((line, line))
    return "、".join(map(line_range, ranges))


def lines_of(document: Document, block: Block) -> tuple[int, int]:
    """The first and last line of the original that a block was made of; zeros for one of no characters."""
    numbers = [segment.line for segment in document.line_map.segments(document.text, block.span)]
    return min(numbers, default=0), max(numbers, default=0)
