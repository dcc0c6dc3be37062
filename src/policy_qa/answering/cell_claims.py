"""Whether a claim worded as cells (「甲市 床位：8400张（表1）」) says what cells of the cited rows say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.answering.phrases import cell_labels, table_name, value_text
from policy_qa.types import Document, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.types import Cell


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
