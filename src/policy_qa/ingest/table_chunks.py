"""Tables as chunks hold them: with their captions and notes, by rows, and the words a row is found by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.types import Caption, Note, Span, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.types import Block

UNIT_LINE = "单位：{unit}"


@dataclass(frozen=True, slots=True)
class TableGroup:
    """A table with the caption right before it and the notes right after it, as pieces that stand in text order.

    `heads` are the caption and what stands before the first row, `rows` the rows and what stands between them.
    """

    span: Span
    heads: tuple[Span, ...]
    rows: tuple[Span, ...]
    notes: tuple[Span, ...]


def table_groups(blocks: Sequence[Block]) -> list[TableGroup]:
    """The tables among the blocks, in order, each with its caption and notes where nothing stands between."""
    return [
        table_group(blocks, index, block) for index, block in enumerate(blocks) if isinstance(block, Table)
    ]


def table_group(blocks: Sequence[Block], index: int, table: Table) -> TableGroup:
    """The table `blocks[index]` with its caption and notes."""
    before = blocks[index - 1] if index else None
    captions = (before.span,) if isinstance(before, Caption) and before.span == table.caption else ()
    notes = []
    for block in blocks[index + 1 :]:
        if not isinstance(block, Note) or block.span not in table.notes:
            break
        notes.append(block.span)
    rows, last = [], table.rows[0].span.start if table.rows else table.span.end
    head = Span(table.span.start, last)
    for row in table.rows:
        start = max(row.span.start, last)
        rows += [Span(last, start), Span(start, max(row.span.end, start))]
        last = rows[-1].end
    rows.append(Span(last, max(last, table.span.end)))
    whole = Span((captions or (table.span,))[0].start, (notes or [table.span])[-1].end)
    return TableGroup(whole, (*captions, head), tuple(rows), tuple(notes))


def said_before_rows(text: str, table: Table, within: Span) -> list[str]:
    """Caption, heads and unit of the table, a line each, as far as `within` does not hold them to be read."""
    said = []
    if table.caption is not None and not within.contains(table.caption):
        said.append(" ".join(table.caption.of(text).split()))
    heads = [head for level in table.header_rows for head in level]
    broken = len(table.header_rows) > 1 or any(len(head.spans) > 1 for head in heads)
    if broken or not all(within.contains(span) for head in heads for span in head.spans):
        columns = dict.fromkeys(" ".join(cell.column_label) for cell in table.cells)
        said.append(" ".join(column for column in columns if column))
    units = {cell.unit for cell in table.cells}
    unit = units.pop() if len(units) == 1 else None
    if unit and not any(unit in line for line in (within.of(text), *said)):
        said.append(UNIT_LINE.format(unit=unit))
    return [line for line in said if line]
