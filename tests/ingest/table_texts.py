"""What the tests of tables share: lines to tables, cells by their labels, and the invariants of spans."""

from itertools import pairwise

from policy_qa.ingest.tables.lines import find_tables
from policy_qa.ingest.tables.reading import TableSpans, read_table
from policy_qa.types import Span, Table


def spans_of(lines):
    spans, start = [], 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def read_all(source: str, *, context: str = ""):
    """The tables, or reasons, of the stretches found; `context` is text of the document that stands after them."""
    lines = [line for line in (source + "\n" + context).split("\n") if line.strip()]
    text = "\n".join(lines)
    spans = spans_of(lines)
    read = []
    for found in find_tables(lines):
        caption = (
            Span(spans[found.caption.start].start, spans[found.caption[-1]].end) if found.caption else None
        )
        unit = spans[found.unit] if found.unit is not None else None
        table = read_table(text, TableSpans(caption, unit, tuple(spans[index] for index in found.rows)))
        if isinstance(table, Table):
            check_spans(text, table)
        read.append(table)
    return text, read


def read_one(source: str, *, context: str = ""):
    """The one table of the source."""
    text, read = read_all(source, context=context)
    assert len(read) == 1, read
    return text, read[0]


def cells(table):
    """Value by labels: row labels and column labels joined by a slash each."""
    assert isinstance(table, Table), table
    return {("/".join(cell.row_label), "/".join(cell.column_label)): cell.text for cell in table.cells}


def units(table):
    """Unit by labels."""
    return {("/".join(cell.row_label), "/".join(cell.column_label)): cell.unit for cell in table.cells}


def check_spans(text: str, table: Table) -> None:
    """Cells stand in their rows, none overlaps another, and what they show is what stands there."""
    taken = []
    for cell in table.cells:
        if cell.span is not None:
            assert table.rows[cell.row].span.contains(cell.span)
            assert table.span.contains(cell.span)
            taken.append(cell.span)
        if cell.text is not None:
            assert cell.span is not None
            assert text[cell.span.start : cell.span.end] == cell.text
    taken.sort()
    assert all(one.end <= other.start for one, other in pairwise(taken))
    rows = [row.span for row in table.rows]
    assert all(one.end <= other.start for one, other in pairwise(rows))
