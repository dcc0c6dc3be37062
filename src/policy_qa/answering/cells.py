"""Answers made of cells: what they say, the rows they stand in, the notes that limit them; and missing cells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_words import table_key
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.answering.phrases import label_text, line_phrase, lines_of, table_name, value_text
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.types import Answer, AnswerTable, Cell, CitedCell, Claim, Document, Refusal, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.labels import LabelKey
    from policy_qa.answering.readings import TableReading
    from policy_qa.understanding import Query

SOURCE_NOTE = re.compile(r"(?:注[:：]?\s*)?(?:数据|资料)?来源")
NOTE_VERB = re.compile(r"为|是|指|表示|系|均|按|采用|取|包括|不含")
SHORTEST_NAME = 2


def answer_from_cells(query: Query, reading: TableReading) -> Answer:
    """The cells in words, each row cited, then the notes that limit them; several cells as a table too."""
    citations = CitationList()
    readings = (reading, *reading.joined)
    claims = [claim for one in readings for claim in cell_claims(one, search_key(query.text), citations)]
    for one in readings:
        claims += [quoted_claim(one.document, note, citations) for note in limiting_notes(one)]
    several = sum(len(one.cells) for one in readings) > 1
    notices = dict.fromkeys(
        messages.CAPTION_DOES_NOT_FIT.format(caption=caption)
        for one in readings
        if not one.table.caption_fits and (caption := caption_text(one))
    )
    table = answer_table(readings) if several else None
    return Answer(query.question, tuple(claims), citations.citations(), tuple(notices), table)


def refuse_missing(query: Query, reading: TableReading) -> Refusal:
    """The refusal that says which cell is missing in the original, and cites its row."""
    citations = CitationList()
    nearest = tuple(cell_claims(reading, search_key(query.text), citations))
    name = table_name(reading.document, reading.table)
    table = f"《{name}》" if name else messages.THIS_TABLE
    cells = reading.cells
    if len(cells) == 1:
        message = messages.CELL_MISSING.format(
            table=table, row=label_text(cells[0].row_label), column=label_text(cells[0].column_label)
        )
    else:
        message = messages.CELLS_MISSING.format(table=table)
    return Refusal(query.question, "cell_missing", message, nearest, citations.citations())


def cell_claims(reading: TableReading, question: str, citations: CitationList) -> Iterator[Claim]:
    """The cells, a claim a row, or one for a single column; the first says what the table is called."""
    grid = [[reading.cell(row, column) for column in reading.columns] for row in reading.rows]
    name = table_name(reading.document, reading.table)
    for cells in lines_of(grid):
        numbers = tuple(dict.fromkeys(cite_cells(reading, cells, citations)))
        yield Claim(line_phrase(cells, question) + (f"（{name}）" if name else "") + "。", numbers)
        name = ""


def cite_cells(reading: TableReading, cells: Sequence[Cell], citations: CitationList) -> Iterator[int]:
    """The numbers of the citations of the cells' rows."""
    for cell in cells:
        yield citations.cite_row(
            reading.document,
            reading.table.rows[cell.row].span,
            context=row_context(reading.document, reading.table, cell.row),
            cell=cited_cell(reading.document, reading.table, cell),
        )


def cited_cell(document: Document, table: Table, cell: Cell) -> CitedCell:
    """The cell as a citation names it: table, labels, unit, value, and where its heads stand."""
    name = table_name(document, table) or label_text([head.text for row in table.header_rows for head in row])
    row = table.rows[cell.row]
    parents = [span for above in parents_of(table, cell.row) for span in table.rows[above].label_spans]
    heads = [
        span
        for level in table.header_rows
        for head in level
        if head.column <= cell.column < head.column + head.width
        for span in head.spans
    ]
    return CitedCell(
        table=name,
        row=label_text(cell.row_label),
        column=label_text(cell.column_label),
        unit=cell.unit,
        value=cell.text,
        value_span=cell.span,
        heads=tuple(dict.fromkeys([*parents, *row.label_spans, *heads])),
    )


def parents_of(table: Table, row: int) -> list[int]:
    """The rows above that bear the labels this row stands under, outermost first."""
    label = table.rows[row].label
    above = range(row - 1, -1, -1)
    found = (
        next((other for other in above if table.rows[other].label == label[:depth]), None)
        for depth in range(1, len(label))
    )
    return [other for other in found if other is not None]


def row_context(document: Document, table: Table, row: int) -> str:
    """The row with what tells its meaning: caption, heads, the rows it stands under, a line each."""
    head = Span(table.span.start, max(table.span.start, table.rows[0].span.start))
    spans = [head, *(table.rows[above].span for above in parents_of(table, row)), table.rows[row].span]
    if table.caption is not None:
        spans.insert(0, table.caption)
    return "\n".join(text for span in spans if (text := span.of(document.text).strip()))


def caption_text(reading: TableReading) -> str:
    """The table's caption in one line, empty without one."""
    caption = reading.table.caption
    return "" if caption is None else label_text([caption.of(reading.document.text)])


def limiting_notes(reading: TableReading) -> list[Span]:
    """The sentences of the table's notes that limit the cells told: those that name them, or name no row or column.

    Where the data come from limits nothing.
    """
    text = reading.document.text
    return [
        sentence
        for note in reading.table.notes
        if not SOURCE_NOTE.match(note.of(text).strip())
        for sentence in split_sentences(text, start=note.start, end=note.end)
        if limits(table_key(sentence.of(text)), reading)
    ]


def limits(note: str, reading: TableReading) -> bool:
    """Whether a note, a table key, speaks of one of the cells: of every axis it names, it names a label told.

    Labels behind its verb count only where none stands before it: 「城镇化率为常住人口城镇化率」 is about 城镇化率.
    """
    keys = reading.keys
    axes = ((keys.rows, reading.rows), (keys.columns, reading.columns))
    subject = NOTE_VERB.split(note, maxsplit=1)[0]
    said = (
        subject if any(is_named(label, subject) for labels, _ in axes for label in labels.values()) else note
    )
    named = [
        ({index for index, label in labels.items() if is_named(label, said)}, told) for labels, told in axes
    ]
    return all(not own or own & set(told) for own, told in named)


def is_named(label: LabelKey, note: str) -> bool:
    """Whether a note names the label: its innermost part, or that but for its last character (数, 率, 额)."""
    core = label.core
    return len(core) >= SHORTEST_NAME and (
        core in note or (len(core) > SHORTEST_NAME + 1 and not core[-1].isdigit() and core[:-1] in note)
    )


def answer_table(readings: Sequence[TableReading]) -> AnswerTable:
    """The cells side by side, the longer of rows and columns downwards; further readings add columns.

    With further readings what they share with the first stands downwards.
    """
    first = readings[0]
    down = shares_rows(first, readings[1]) if readings[1:] else len(first.rows) >= len(first.columns)
    told = first.rows if down else first.columns
    cores = [core_of(first, index, rows=down) for index in told]
    lines = [[name_of(first, index, rows=down)] for index in told]
    columns = [(corner(first.table) if down else "") or messages.TABLE_ITEM]
    for reading in readings:
        downwards = down if reading is first else cores[0] in cores_of(reading, rows=True)
        across = reading.columns if downwards else reading.rows
        own = cores_of(reading, rows=downwards)
        places = told if reading is first else tuple(own[core] for core in cores)
        for other in across:
            cells = [
                reading.cell(place, other) if downwards else reading.cell(other, place) for place in places
            ]
            head, values = column_of(name_of(reading, other, rows=not downwards), cells)
            columns.append(head)
            for line, value in zip(lines, values, strict=True):
                line.append(value)
    return AnswerTable(tuple(columns), tuple(tuple(line) for line in lines))


def column_of(name: str, cells: Sequence[Cell | None]) -> tuple[str, list[str]]:
    """A column's head and values; a unit they all have stands in the head, so that the values are numbers.

    A sign of percent stays with its number: 52.1% is one for any spreadsheet.
    """
    told = [cell for cell in cells if cell is not None and cell.text is not None]
    units = {cell.unit for cell in told}
    if len(units) != 1 or units & {None, "%", "‰"}:
        return name, [shown(cell) for cell in cells]
    unit = f"（{units.pop()}）"
    bare = [shown(None if cell is None else replace(cell, unit=None)) for cell in cells]
    return name if name.endswith((unit, unit.replace("（", "(").replace("）", ")"))) else name + unit, bare


def shares_rows(first: TableReading, other: TableReading) -> bool:
    """Whether two readings have the rows of the first in common, rather than its columns."""
    own = set(cores_of(first, rows=True))
    return own <= set(cores_of(other, rows=True)) or own <= set(cores_of(other, rows=False))


def cores_of(reading: TableReading, *, rows: bool) -> dict[str, int]:
    """The rows or columns told, by what they are told apart by."""
    told = reading.rows if rows else reading.columns
    return {core_of(reading, index, rows=rows): index for index in told}


def core_of(reading: TableReading, index: int, *, rows: bool) -> str:
    """The name of a row or column."""
    return (reading.keys.rows if rows else reading.keys.columns)[index].core


def name_of(reading: TableReading, index: int, *, rows: bool) -> str:
    """The label of a row or column as one reads it."""
    if rows:
        return label_text(reading.table.rows[index].label)
    return label_text(next(cell.column_label for cell in reading.table.cells if cell.column == index))


def corner(table: Table) -> str:
    """What stands over the row labels, empty where nothing does."""
    heads = [head.text for level in table.header_rows for head in level if head.column == 0]
    return label_text(heads[:1])


def shown(cell: Cell | None) -> str:
    """A cell of an answer's table."""
    return messages.TABLE_MISSING_MARK if cell is None or cell.text is None else value_text(cell)
