"""Which lines of a document are tables: their captions, unit lines, heads and rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.ingest.lines import APART, find_mark
from policy_qa.ingest.tables.fields import (
    BAR,
    FIELD,
    RULE_LINE,
    SPLIT_GAP,
    count_values_at_end,
    cut_at_bars,
    is_period,
    is_value,
    print_width,
    split_gaps,
    split_words,
)
from policy_qa.ingest.tables.heads import is_bracketed_unit
from policy_qa.ingest.tables.labels import UNIT_LINE
from policy_qa.ingest.tables.line_kinds import (
    CAPTION,
    MAX_PIECE_COLUMNS,
    SENTENCE,
    Kind,
    family,
    find_caption,
    find_kinds,
    has_values,
    is_lone,
    is_named_value,
    is_row_of_periods,
)
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


ENDS_PARAGRAPH = re.compile(r"[。！？；：:;!?”）)]$")
MAX_PIECES = 40
MAX_HEAD_CHARS = 20


@dataclass(frozen=True, slots=True)
class TableLines:
    """The lines of a table, as indices: its caption's (none or several), its unit line, and heads and rows."""

    caption: range
    unit: int | None
    rows: range


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the heads of a table start, and whether they are broken into a piece a line."""

    start: int
    in_pieces: bool = False


def find_tables(lines: Sequence[str]) -> tuple[TableLines, ...]:
    r"""The stretches of lines that are tables, in order and apart from each other.

    `lines` are those that hold something, without their ends but with white space at their start. Lines of prose,
    lists, contents, names and formulas are none, and neither is a stretch without heads.

    >>> find_tables(["表1：各市产值", "单位：亿元", "城市\t2019年\t2020年", "甲市\t1.5\t2.5", "乙市\t3\t4", "增长较快。"])
    (TableLines(caption=range(0, 1), unit=1, rows=range(2, 5)),)
    """
    kinds = find_kinds(lines)
    tables: list[TableLines] = []
    floor = 0
    for first, last in find_stretches(lines, kinds):
        if first < floor:
            continue
        table = (
            find_marked(lines, range(first, last), floor)
            if kinds[first] in {"tab", "bar"}
            else find_spaced(lines, range(first, last), floor)
        )
        if table is not None:
            if tables and table.unit is None and is_continued(lines, tables[-1], table):
                table = replace(table, unit=tables[-1].unit)
            tables.append(table)
            floor = table.rows.stop
    return tuple(tables)


def is_continued(lines: Sequence[str], before: TableLines, table: TableLines) -> bool:
    """Whether a table goes on from the one before it on a new page: 「续表」 above the same heads."""
    is_named = bool(table.caption) and lines[table.caption.start].lstrip(" \t\u3000#*_").startswith("续表")
    return is_named and lines[table.rows.start].split() == lines[before.rows.start].split()


def find_stretches(lines: Sequence[str], kinds: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """First and last plus one of the stretches of rows; one or two lines of words between rows belong to them."""
    index = 0
    while index < len(lines):
        if not kinds[index]:
            index += 1
            continue
        end = index + 1
        while end < len(lines) and (step := next_row(lines, kinds, end, family(kinds[index]))):
            end += step
        yield index, end
        index = end


def next_row(lines: Sequence[str], kinds: Sequence[Kind], place: int, mark: str) -> int:
    """How many lines further the stretch goes on: 1, 2 with a line of words between, 0 where it ends."""
    if family(kinds[place]) == mark:
        return 1
    if mark == "space" and is_row_of_periods(lines[place]) and not is_followed_by_heads(lines, place):
        return 1
    if mark == "bar" or kinds[place] or not is_lone(lines[place]):
        return 0
    after = place + 1
    if after < len(lines) and family(kinds[after]) == mark and (mark == "space" or has_values(lines[after])):
        return 2
    return 0


def is_followed_by_heads(lines: Sequence[str], place: int) -> bool:
    """Whether the line stands below a caption: it is the head line of another table."""
    return any(
        CAPTION.match(line.strip()) or UNIT_LINE.fullmatch(line.strip())
        for line in lines[max(0, place - 2) : place]
    )


def find_marked(lines: Sequence[str], rows: range, floor: int) -> TableLines | None:
    """The table of rows split by tabs or bars, None where they are no table."""
    content = [lines[index] for index in rows]
    has_rule = False
    if any(map(BAR.search, content)):
        ruled = [line for line in content if not RULE_LINE.fullmatch(line)]
        has_rule = len(ruled) < len(content)
        if not has_rule and min((len(cut_at_bars(line)) for line in ruled), default=0) < 3:
            return None
        grid = [cut_at_bars(line.strip().strip("|｜")) for line in ruled]
    else:
        grid = [line.rstrip().split("\t") for line in content]
    caption, unit = find_caption(lines, rows.start, floor)
    named = has_rule or bool(caption) or unit is not None
    if not is_marked_table(grid, named=named):
        return None
    return TableLines(caption, unit, rows)


def is_marked_table(grid: Sequence[Sequence[str]], *, named: bool) -> bool:
    """Whether fields parted by marks make a table rather than a list, names, or contents with page numbers."""
    counts = [len(row) for row in grid]
    if len(grid) < 2 or max(counts) < 2:
        return False
    if named:
        return True
    grid = [[cell.strip() for cell in row] for row in grid]
    if 2 * Counter(counts).most_common(1)[0][1] < len(grid) or (max(counts) == 2 and is_list(grid)):
        return False
    if any(is_filled_value(cell) for row in grid for cell in row[1:]):
        has_values_below = len(grid) > 2 or any(map(is_filled_value, grid[1][1:]))
        return has_values_below and (not is_filled_value(grid[0][-1]) or is_period(grid[0][-1]))
    fields = [cell for row in grid for cell in row if cell]
    is_grid = len(grid) > 2 and len(set(counts)) == 1
    return is_grid and max(map(len, fields)) > 4 and not any(cell[-1] in "：:" for cell in fields)


def is_list(grid: Sequence[Sequence[str]]) -> bool:
    """Whether rows of two fields are items with their numbers, contents with page numbers, or paragraphs."""
    counted_off = sum(find_mark(row[0] + "某") is not None for row in grid)
    return (
        2 * counted_off > len(grid)
        or is_contents(grid)
        or any(len(cell) > 80 for row in grid for cell in row)
    )


def is_filled_value(cell: str) -> bool:
    """Whether the cell holds a value that is no year."""
    return bool(cell) and is_value(cell) and not is_period(cell)


def is_contents(grid: Sequence[Sequence[str]]) -> bool:
    """Whether the second fields are page numbers: whole, and never going down."""
    pages = [row[-1] for row in grid]
    if not all(page.isdigit() for page in pages):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers)


def find_spaced(lines: Sequence[str], rows: range, floor: int) -> TableLines | None:
    """The table of rows split by spaces, None where heads are wanting or too few rows hold values."""
    words = {index: FIELD.findall(lines[index]) for index in rows}
    strong = [index for index in rows if count_values_at_end(words[index]) > 1]
    valued = [index for index in rows if any(map(is_value, words[index][1:]))]
    if len(valued) < 2:
        return find_worded(lines, rows, floor)
    heads = find_heads(lines, rows, valued, floor)
    if heads is None:
        return None
    caption, unit = find_caption(lines, heads.start, floor)
    if heads.in_pieces and caption and is_second_half(lines, heads.start):
        caption, heads = range(caption.start, heads.start + 1), Heads(heads.start + 1, in_pieces=True)
    if heads.in_pieces and not caption and unit is None:
        return None
    if len(strong) < 2 and not caption and unit is None:
        return None
    return TableLines(caption, unit, range(heads.start, rows.stop))


def find_worded(lines: Sequence[str], rows: range, floor: int) -> TableLines | None:
    """The table of rows of words in columns of print, as many in each; only below a caption, since names stand so too."""
    counts = {len(split_gaps(lines[index], Span(0, len(lines[index])))) for index in rows}
    caption, unit = find_caption(lines, rows.start, floor)
    if len(rows) < 3 or len(counts) > 1 or not caption:
        return None
    return TableLines(caption, unit, rows)


def find_heads(lines: Sequence[str], rows: range, valued: Sequence[int], floor: int) -> Heads | None:
    """Where the heads above the rows start; they may be the first lines of the stretch itself."""
    counts = [count_fields(lines[index]) for index in valued]
    columns = min(counts)
    top = rows.start
    if valued[0] > rows.start:
        return Heads(extend_heads(lines, rows.start, columns, floor))
    place = top - 1
    if place > floor and is_lone(lines[place]) and columns - 1 <= count_fields(lines[place - 1]) > 2:
        place -= 1  # the first half of the first row's label, or a title over the first rows
    if place < floor or not is_head_line(lines[place]):
        return None
    if all(is_bracketed_unit(field) for field in split_words(lines[place], Span(0, len(lines[place])))) and (
        place - 1 >= floor and count_fields(lines[place - 1]) > 1 and is_head_line(lines[place - 1])
    ):
        place -= 1
    width = count_fields(lines[place])
    if width >= max(2, min(columns, 3)) and (width >= columns - 1 or width > 2):
        return Heads(extend_heads(lines, place, columns, floor))
    return find_pieces(lines, top, floor, columns)


def count_fields(line: str) -> int:
    """How many fields a line has by gaps, if it has several, else by single spaces."""
    gaps = len(SPLIT_GAP.split(line.strip()))
    return gaps if gaps > 2 else len(FIELD.findall(line))


def is_head_line(line: str) -> bool:
    """Whether a line may hold heads: words without values, no sentence, caption, unit line or note."""
    content = line.strip()
    if SENTENCE.search(content) or APART.match(content) or CAPTION.match(content) or content[0] == "#":
        return False
    words = FIELD.findall(content)
    if is_named_value(content):
        return False
    return (
        "\t" not in content
        and max(map(len, words)) <= MAX_HEAD_CHARS
        and not any(
            is_value(word) and not is_period(word) and len(words) > 1 and "（" not in content
            for word in words[1:]
        )
    )


def extend_heads(lines: Sequence[str], place: int, columns: int, floor: int) -> int:
    """The first line of heads whose lowest full line is at `place`: groups above it, and a stub head alone."""
    width = count_fields(lines[place])
    above = place - 1
    start = place
    while above >= floor and place - above <= 3 and is_head_line(lines[above]):
        words = FIELD.findall(lines[above])
        count = count_fields(lines[above])
        fewer = 1 < count < width and (
            all(map(is_period, words[-2:])) or is_repeating(lines[place]) or count > 2
        )
        stub = (
            count == 1
            and print_width(words[0]) <= 8
            and find_mark(words[0]) is None
            and (start < place or width < columns or is_period(words[0]))
            and (above == floor or not is_running_text(lines[above - 1]))
        )
        if not (fewer or stub):
            break
        start = above
        above -= 1
    return start


def is_running_text(line: str) -> bool:
    """Whether the line is prose whose last words the line below may hold."""
    content = line.strip()
    return len(content) > 12 and not ENDS_PARAGRAPH.search(content) and not CAPTION.match(content)


def is_repeating(line: str) -> bool:
    """Whether the line's fields repeat."""
    words = line.split()
    return len(set(words)) < len(words)


def find_pieces(lines: Sequence[str], top: int, floor: int, columns: int) -> Heads | None:
    """Where heads start that are broken into pieces, a line each, above the line `top`."""
    place = top
    while place > floor and top - place < MAX_PIECES and is_piece(lines[place - 1]):
        place -= 1
    if top - place < min(columns, 3):
        return None
    return Heads(place, in_pieces=True)


def is_piece(line: str) -> bool:
    """Whether the line may be a piece of a head."""
    return (
        is_head_line(line) and print_width(line.strip()) <= 2 * MAX_PIECE_COLUMNS and len(line.split()) <= 4
    )


def is_second_half(lines: Sequence[str], first: int) -> bool:
    """Whether the first piece is much wider than the others, and so the second line of the caption."""
    width = print_width(lines[first].strip())
    others = [print_width(line.strip()) for line in lines[first + 1 : first + 4]]
    return width > 16 and width > 1.5 * max(others)
