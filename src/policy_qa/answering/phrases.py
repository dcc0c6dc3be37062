"""Cells in words: labels, value and unit as one reads them aloud, with the name of the table behind; and whether a claim says such."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import is_unit
from policy_qa.answering.asked_words import YEAR_ALONE, table_key
from policy_qa.answering.citations import block_at
from policy_qa.answering.years import years_spoken_of
from policy_qa.types import Document, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.types import Cell

HAN = re.compile("[\u3400-\u9fff]")
UNIT_AT_END = re.compile(r"\s*[（(]([^（）()]{1,8})[)）]$")


def label_text(label: Sequence[str]) -> str:
    """A label's parts as one reads them.

    >>> label_text(("出口 总额", "占 GDP  比重"))
    '出口总额 占 GDP 比重'
    """
    return " ".join(_one_line(part) for part in label if part.strip())


def cell_labels(cell: Cell) -> tuple[str, str]:
    """The labels of a cell's row and column as one reads them, without its unit in brackets.

    >>> from policy_qa.types import Cell
    >>> cell_labels(Cell(0, 1, ("甲市",), ("产值（亿元）",), "亿元", "12.5", None))
    ('甲市', '产值')
    """
    row, column = (
        label_text([_named_year(_without_any_unit(part)) for part in label])
        for label in (cell.row_label, cell.column_label)
    )
    return _without_unit(row, cell.unit), _without_unit(column, cell.unit)


def _without_any_unit(part: str) -> str:
    """The part of a label without the unit in brackets at its end, whichever it is: that of 产值（亿元） is not a growth's."""
    found = UNIT_AT_END.search(part)
    return part[: found.start()] if found and is_unit(found[1]) else part


def _named_year(part: str) -> str:
    return f"{part}年" if YEAR_ALONE.fullmatch(part) else part


def _without_unit(label: str, unit: str | None) -> str:
    if unit is None:
        return label
    return re.sub(rf"\s*[（(]\s*(?:单位[：:])?{re.escape(unit)}\s*[)）]", "", label).strip()


def _one_line(text: str) -> str:
    """The text in one line: words keep a space, Han characters that print parted do not."""
    words = text.split()
    line = "".join(words[:1])
    for word in words[1:]:
        gap = "" if HAN.match(line[-1:]) and HAN.match(word) else " "
        line += gap + word
    return line


def value_text(cell: Cell | None) -> str:
    """The value with its unit, or that it is missing.

    >>> from policy_qa.types import Cell
    >>> value_text(Cell(0, 1, ("甲市",), ("床位",), "张", "8400", None)), value_text(None)
    ('8400张', '缺')
    """
    if cell is None or cell.text is None:
        return messages.CELL_MISSING_SHORT
    value = " ".join(cell.text.split())
    return value if cell.unit is None or value.endswith(cell.unit) else f"{value}{cell.unit}"


def table_name(document: Document, table: Table) -> str:
    """What the table is called: its caption, units aside, where that fits; else its number or heading; may be empty."""
    if table.caption is None or not table.caption_fits:
        return table.number or ("" if table.caption else label_text(table.heading_path[-1:]))
    name = _one_line(table.caption.of(document.text))
    for unit in {cell.unit for cell in table.cells}:
        name = _without_unit(name, unit)
    return name


def cells_phrase(
    document: Document, table: Table, grid: Sequence[Sequence[Cell | None]], question: str = ""
) -> str:
    """The cells of a grid (rows by columns) in one line, the table's name behind.

    What the question names first stands first, but a label with a year last. A single row or column is said once.
    """
    name = table_name(document, table)
    return "；".join(line_phrase(cells, question) for cells in lines_of(grid)) + (
        f"（{name}）" if name else ""
    )


def lines_of(grid: Sequence[Sequence[Cell | None]]) -> list[list[Cell]]:
    """The cells line by line: a single column as one line, else each row."""
    present = [[cell for cell in row if cell is not None] for row in grid]
    if all(len(row) <= 1 for row in present):
        return [[cell for row in present for cell in row]]
    return [row for row in present if row]


def line_phrase(cells: Sequence[Cell], question: str) -> str:
    """Cells that share their row or their column, in words.

    >>> from policy_qa.types import Cell
    >>> cell = Cell(0, 1, ("甲市",), ("床位",), "张", "8400", None)
    >>> line_phrase([cell], "甲市的床位是多少")
    '甲市 床位：8400张'
    """
    if len(cells) == 1:
        (cell,) = cells
        labels = sorted(cell_labels(cell), key=lambda label: _order(label, question))
        return f"{' '.join(filter(None, labels))}：{value_text(cell)}"
    same_row = all(cell.row == cells[0].row for cell in cells)
    own, other = (0, 1) if same_row else (1, 0)
    said = cell_labels(cells[0])[own]
    items = (f"{cell_labels(cell)[other]} {value_text(cell)}" for cell in cells)
    return (f"{said}：" if said else "") + "；".join(item.strip() for item in items)


def _order(label: str, question: str) -> tuple[bool, int]:
    """Where a label stands in a sentence: one with a year last, else as the question has it."""
    key, asked = table_key(label), table_key(question)
    starts = [asked.find(key[:size]) for size in range(min(len(key), 4), 1, -1)]
    found = next((start for start in starts if start >= 0), len(asked))
    return bool(years_spoken_of(key)), found


@dataclass(frozen=True, slots=True)
class CitedRows:
    """Rows of a table that a claim cites, by index."""

    document: Document
    table: Table
    rows: frozenset[int]

    def cells(self) -> Iterable[Cell]:
        """The cells of the rows."""
        return (cell for cell in self.table.cells if cell.row in self.rows)


def cited_rows(document: Document, span: Span) -> CitedRows | None:
    """The rows of a table that lie in the span, None where it holds none."""
    block = block_at(document, span.start)
    if not isinstance(block, Table):
        return None
    rows = frozenset(index for index, row in enumerate(block.rows) if span.contains(row.span))
    return CitedRows(document, block, rows) if rows else None


def says_cells(text: str, cited: Sequence[CitedRows]) -> bool:
    """Whether the claim says cells of one table's cited rows, each with its labels, value and unit."""
    tables: dict[tuple[str, Span], CitedRows] = {}
    for one in cited:
        key = (one.document.id, one.table.span)
        known = tables[key].rows if key in tables else frozenset()
        tables[key] = CitedRows(one.document, one.table, known | one.rows)
    return any(_says_cells_of(text, one) for one in tables.values())


def _says_cells_of(text: str, cited: CitedRows) -> bool:
    name = table_name(cited.document, cited.table)
    body = text.strip().removesuffix("。")
    if name:
        body = body.removesuffix(f"（{name}）")
    told = [(*cell_labels(cell), value_text(cell)) for cell in cited.cells()]
    return (
        _is_single(body, told)
        or _is_line(body, told)
        or _is_line(body, [(column, row, value) for row, column, value in told])
    )


def _is_single(body: str, told: Sequence[tuple[str, str, str]]) -> bool:
    """Whether the body is one cell: 行 列：值, or 列 行：值."""
    return any(
        body == f"{' '.join(filter(None, labels))}：{value}"
        for row, column, value in told
        for labels in ((row, column), (column, row))
    )


def _is_line(body: str, told: Sequence[tuple[str, str, str]]) -> bool:
    """Whether the body is cells under one label, each once: 标签：其一 值；其二 值."""
    for said in {first for first, _, _ in told}:
        head = f"{said}：" if said else ""
        items = Counter(f"{other} {value}".strip() for first, other, value in told if first == said)
        if body.startswith(head) and _are_items(body[len(head) :], items):
            return True
    return False


def _are_items(body: str, items: Counter[str]) -> bool:
    """Whether the body is items, ；between them, none more often than it is there; an item may hold that mark itself."""
    if body in items:
        return items[body] > 0
    for item, left in items.items():
        if (
            left
            and body.startswith(f"{item}；")
            and _are_items(body[len(item) + 1 :], items - Counter([item]))
        ):
            return True
    return False
