"""Cells in words: labels, value and unit as one reads them aloud, with the name of the table behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import is_unit
from policy_qa.answering.asked_words import YEAR_ALONE, table_key
from policy_qa.answering.years import years_spoken_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.types import Cell, Document, Table

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
