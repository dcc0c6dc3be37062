"""Tables as HTML: those of documents, with a cited cell among its heads, and those of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.grid import Box, Grid, GridRow, join_pieces, keep_columns, lay_out
from policy_qa.types import Span
from policy_qa.ui.escaping import escape_html, escape_message

if TYPE_CHECKING:
    from policy_qa.types import AnswerTable, CitedCell, Document, Table

_SHOWN_WHOLE = 5  # a card shows tables of so many columns whole, wider ones with the cited column only


@dataclass(frozen=True, slots=True)
class Cited:
    """What of a document is cited: `span`, and for a cell, whose row the span is, the cell."""

    span: Span
    cell: CitedCell | None = None

    @property
    def marked(self) -> Span | None:
        """The characters to mark: of a cell its value, or the sign that it is missing; of an empty one nothing."""
        return self.cell.value_span if self.cell else self.span


def render_table(document: Document, table: Table, cited: Cited | None = None) -> str:
    """A table with what stands above and below it in its span, and a fold with its lines as they are in the file."""
    grid = lay_out(document.text, table)
    remark = "" if table.caption_fits else _remark(messages.UI_TABLE_CAPTION_DOES_NOT_FIT)
    return (
        f"{remark}{_lines(document.text, grid.above, cited)}"
        f"{_scrolling(document.text, table, grid, cited)}{_lines(document.text, grid.below, cited)}"
        f"{_original(document, table)}"
    )


def render_cited_row(document: Document, table: Table, cited: Cited) -> str:
    """The heads and the cited rows of a table, with the rows these stand under.

    Of a wide one only the cited cell's column is shown, and told how many are left out.
    """
    whole = lay_out(document.text, table)
    rows = _with_rows_above(whole.body, cited)
    grid = Grid(whole.columns, whole.head, rows, (), (), whole.numeric)
    column = _cited_column(whole, cited)
    left_out = ""
    if column is not None and grid.columns > _SHOWN_WHOLE:
        valued = {cell.column for cell in table.cells} - {column}
        grid = keep_columns(grid, set(range(grid.columns)) - valued)
        left_out = _remark(messages.UI_TABLE_OTHER_COLUMNS.format(count=len(valued)))
    title = cited.cell.table if cited.cell else table.caption.of(document.text) if table.caption else ""
    caption = f'<div class="pq-table-title">{escape_html(title)}</div>' if title else ""
    return (
        f"{caption}{_lines(document.text, whole.above, None)}"
        f"{_scrolling(document.text, table, grid, cited)}{left_out}"
    )


def _with_rows_above(rows: tuple[GridRow, ...], cited: Cited) -> tuple[GridRow, ...]:
    """The cited rows, and for one that stands under others (占比 under 总额) the nearest of these above it."""
    shown = []
    for index, row in enumerate(rows):
        if row.span.overlaps(cited.span):
            above: list[GridRow] = []
            for candidate in reversed(rows[:index]):
                if candidate.depth < (above[0] if above else row).depth:
                    above.insert(0, candidate)
            shown += [candidate for candidate in above if candidate not in shown] + [row]
    return tuple(shown)


def render_answer_table(table: AnswerTable) -> str:
    """An answer's table for a chat message, in one line; columns of numbers are set flush right."""
    # the first column names the rows, years as well as places
    numeric = [
        column > 0 and _mostly_numbers([row[column] for row in table.rows if column < len(row)])
        for column in range(len(table.columns))
    ]
    heads = "".join(
        f'<th scope="col"{_class("pq-figure" if right else "")}>{escape_message(head)}</th>'
        for head, right in zip(table.columns, numeric, strict=True)
    )
    rows = "".join(f"<tr>{_answer_cells(row, numeric)}</tr>" for row in table.rows)
    return (
        '<div class="pq-table-scroll" tabindex="0">'
        f'<table class="pq-table pq-answer-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def answer_table_as_text(table: AnswerTable) -> str:
    r"""The table with tabs between its cells, as spreadsheets take it.

    >>> from policy_qa.types import AnswerTable
    >>> answer_table_as_text(AnswerTable(("城市", "2021年"), (("东湾", "3.4"), ("西屿", "—"))))
    '城市\t2021年\n东湾\t3.4\n西屿\t—'
    """
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in (table.columns, *table.rows)]
    return "\n".join(lines)


def _answer_cells(row: tuple[str, ...], numeric: list[bool]) -> str:
    cells = [f'<th scope="row">{escape_message(row[0])}</th>'] if row else []
    for text, right in zip(row[1:], numeric[1:], strict=False):
        cells.append(f"<td{_class('pq-figure' if right else '')}>{escape_message(text)}</td>")
    return "".join(cells)


def _mostly_numbers(values: list[str]) -> bool:
    """Whether most values start as numbers do; dashes for missing ones do not count."""
    present = [value for value in values if any(map(str.isalnum, value))]
    return bool(present) and 2 * sum(value.lstrip("-−+约")[:1].isdigit() for value in present) > len(present)


def _scrolling(text: str, table: Table, grid: Grid, cited: Cited | None) -> str:
    label = escape_html(table.caption.of(text) if table.caption else messages.UI_TABLE)
    heads = "".join(
        f"<tr>{''.join(_head(text, box, grid, cited) for box in level)}</tr>" for level in grid.head
    )
    # Of an empty cell nothing can be marked: it is found by its row and the heads of its column.
    is_empty = cited is not None and cited.cell is not None and cited.cell.value_span is None
    empty = _cited_column(grid, cited) if is_empty else None
    rows = "".join(_row(text, row, grid, cited, empty=empty) for row in grid.body)
    head = f"<thead>{heads}</thead>" if heads else ""
    return (
        f'<div class="pq-table-scroll" role="region" tabindex="0" aria-label="{label}">'
        f'<table class="pq-table">{head}<tbody>{rows}</tbody></table></div>'
    )


def _head(text: str, box: Box, grid: Grid, cited: Cited | None) -> str:
    names = [
        "pq-figure" if box.width == 1 and box.column in grid.numeric else "",
        "pq-group" if box.width > 1 else "",
        "pq-group-start" if box.column in _group_starts(grid) else "",
        "pq-cited-head" if _is_cited_head(box, cited) else "",
    ]
    size = (f' colspan="{box.width}"' if box.width > 1 else "") + (
        f' rowspan="{box.height}"' if box.height > 1 else ""
    )
    scope = "colgroup" if box.width > 1 else "col"
    return f'<th scope="{scope}"{size}{_class(*names)}>{_box_text(text, box, None)}</th>'


def _row(text: str, row: GridRow, grid: Grid, cited: Cited | None, *, empty: int | None = None) -> str:
    is_cited = cited is not None and row.span.overlaps(cited.span)
    mark = cited.marked if is_cited and cited else None
    starts = _group_starts(grid)
    boxes = []
    for box in row.boxes:
        here = is_cited and _is_cited_cell(box, cited, empty)
        names = [
            "pq-figure" if box.column in grid.numeric else "",
            "pq-group-start" if box.column in starts else "",
            "pq-missing" if box.missing else "",
            "pq-cited-cell" if here else "",
            "pq-title-row" if box.width > 1 else "",
            "pq-cited-head" if is_cited and _is_cited_head(box, cited) else "",
            f"pq-depth-{min(row.depth, 3)}" if row.depth and not box.column else "",
        ]
        more = f' title="{escape_html(messages.UI_MISSING_VALUE)}"' if box.missing else ""
        if here and not box.pieces:
            more += f' data-empty="{escape_html(messages.UI_EMPTY_CELL)}"'
        if box.width > 1:
            more += f' colspan="{box.width}"'
        tag = 'th scope="row"' if box.column == 0 else "td"
        boxes.append(f"<{tag}{_class(*names)}{more}>{_box_text(text, box, mark)}</{tag[:2]}>")
    whole = is_cited and cited is not None and cited.cell is None
    names = ["pq-cited-row" if is_cited else "", "pq-cited-whole" if whole else ""]
    return f"<tr{_class(*names)}>{''.join(boxes)}</tr>"


def _group_starts(grid: Grid) -> frozenset[int]:
    """The columns at which a head over several columns begins, and those at which one ends."""
    groups = [box for level in grid.head for box in level if box.width > 1]
    return frozenset(column for box in groups for column in (box.column, box.column + box.width)) - {0, 1}


def _is_cited_cell(box: Box, cited: Cited | None, empty: int | None) -> bool:
    if cited is None or cited.cell is None:
        return False
    if cited.cell.value_span is None:
        return box.column == empty
    return any(piece.overlaps(cited.cell.value_span) for piece in box.pieces)


def _is_cited_head(box: Box, cited: Cited | None) -> bool:
    heads = cited.cell.heads if cited and cited.cell else ()
    return any(piece.overlaps(head) for piece in box.pieces for head in heads)


def _cited_column(grid: Grid, cited: Cited | None) -> int | None:
    """The column of the cited cell: where its value stands, else under the innermost of its heads."""
    if cited is None or cited.cell is None:
        return None
    for row in grid.body:
        for box in row.boxes:
            if row.span.overlaps(cited.span) and box.column and _is_cited_cell(box, cited, None):
                return box.column
    heads = [box for level in grid.head for box in level if box.width == 1 and box.column]
    return next((box.column for box in reversed(heads) if _is_cited_head(box, cited)), None)


def _box_text(text: str, box: Box, mark: Span | None) -> str:
    """The box's characters, those of `mark` marked; pieces that print had broken are put together."""
    shown, before = "", ""
    for piece in box.pieces:
        content = piece.of(text)
        shown += " " if before and join_pieces([before, content]) != before + content else ""
        shown += mark_span(text, piece, mark)
        before = content
    return shown


def mark_span(text: str, piece: Span, span: Span | None) -> str:
    """The characters of `piece`, escaped, those of `span` in a `<mark>`."""
    if span is None or not len(span) or not piece.overlaps(span):
        return escape_html(piece.of(text))
    start, end = max(piece.start, span.start), min(piece.end, span.end)
    return (
        f"{escape_html(text[piece.start : start])}<mark>{escape_html(text[start:end])}</mark>"
        f"{escape_html(text[end : piece.end])}"
    )


def _lines(text: str, lines: tuple[Span, ...], cited: Cited | None) -> str:
    mark = cited.marked if cited else None
    return "".join(f'<div class="pq-table-line">{mark_span(text, line, mark)}</div>' for line in lines)


def _original(document: Document, table: Table) -> str:
    """The table's lines as they stand, numbered as in the original file, folded away."""
    lines = []
    end = table.span.start
    for line in table.span.of(document.text).split("\n"):
        start, end = end, end + len(line)
        segments = document.line_map.segments(document.text, Span(start, end))
        number = segments[0].line if segments else ""
        lines.append(f'<div class="pq-original-line" data-line="{number}">{escape_html(line)}</div>')
        end += 1
    summary = escape_html(messages.UI_TABLE_ORIGINAL)
    return f'<details class="pq-original"><summary>{summary}</summary>{"".join(lines)}</details>'


def _remark(text: str) -> str:
    return f'<div class="pq-remark">{escape_html(text)}</div>'


def _class(*names: str) -> str:
    given = " ".join(filter(None, names))
    return f' class="{given}"' if given else ""
