"""Lists of figures as files for spreadsheets: CSV and XLSX, every figure with its source."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.figures.listing import measure_label, subject_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.figures.figure import Slot
    from policy_qa.figures.selection import Selected

ExportCell = str | int | Decimal | None

FORMULA = re.compile(r"^[=+\-@\t\r＝＋－＠]")
"""A text that begins so is a formula to spreadsheets."""
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
WIDTHS = (26, 14, 16, 14, 10, 16, 8, 8, 12, 14, 36, 30, 8, 60, 36)


def csv_of(selected: Iterable[Selected]) -> str:
    """The figures as CSV with a head, beginning with the mark by which Excel knows UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(messages.FIGURE_COLUMNS)
    writer.writerows([_plain(cell) for cell in row] for row in rows_of(selected))
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def xlsx_of(selected: Iterable[Selected]) -> bytes:
    """The figures as an XLSX workbook: numbers are numbers, every text is a text, the head stays in view."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(messages.FIGURE_SHEET)
    for column, (name, width) in enumerate(zip(messages.FIGURE_COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, book.add_format({"bold": True}))
    last = 0
    for last, row in enumerate(rows_of(selected), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(last, column, ILLEGAL.sub("", cell)[:LONGEST_CELL])
            elif cell is not None:
                sheet.write_number(last, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(WIDTHS) - 1)
    book.close()
    return out.getvalue()


def rows_of(selected: Iterable[Selected]) -> Iterator[Sequence[ExportCell]]:
    """The cells of each figure, in the order of `messages.FIGURE_COLUMNS`."""
    for one in selected:
        listed, figure = one.listed, one.listed.figure
        yield (
            _slot(figure.indicator),
            subject_label(listed),
            _slot(figure.period),
            listed.number,
            listed.unit,
            listed.written,
            measure_label(figure),
            messages.FIGURE_TARGET if figure.is_target else "",
            "" if figure.scope is None else messages.FIGURE_SCOPES[figure.scope],
            "、".join(messages.FIGURE_FILTERS[name] for name in one.by_context),
            listed.document,
            listed.title,
            _lines(listed.lines),
            " ".join(listed.quote.split()),
            listed.heads,
        )


def line_range(lines: tuple[int, int]) -> str:
    """`12` or `12–14`; no hyphen, which spreadsheets take for a date.

    >>> line_range((12, 12)), line_range((12, 14))
    ('12', '12–14')
    """
    first, last = lines
    return str(first) if first == last else f"{first}–{last}"


def _lines(lines: tuple[int, int] | None) -> int | str:
    """A line is a number, several are a text."""
    if lines is None:
        return ""
    first, last = lines
    return first if first == last else line_range(lines)


def _slot(slot: Slot | None) -> str:
    return "" if slot is None else " ".join(slot.text.split())


def _plain(cell: ExportCell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if FORMULA.match(cell) else cell
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
