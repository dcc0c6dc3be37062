"""The lines of `inspect --json`: a document as it was read. See the README, 「命令行」."""

from __future__ import annotations

import re
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from policy_qa.types import Block, Caption, Heading, ListItem, Note, Paragraph, Span, Table

if TYPE_CHECKING:
    from policy_qa.types import Cell, Document

Record = dict[str, Any]
BLOCK_KINDS = {
    Heading: "heading",
    Paragraph: "paragraph",
    ListItem: "list_item",
    Table: "table",
    Caption: "caption",
    Note: "note",
}
_AFTER_MARK = r"(?:(?<=^)|(?<=[。；：，:;,\n\s]))"
COUNTERS = (  # one list keeps to one way of counting
    re.compile(rf"{_AFTER_MARK}[一二三四五六七八九十]{{1,2}}是"),
    re.compile(rf"{_AFTER_MARK}第[一二三四五六七八九十]{{1,2}}[，、,:：]"),
    re.compile(rf"{_AFTER_MARK}(?:首先|其次|再次|最后)[，,是]"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]"),
)


def document_record(document: Document) -> Record:
    """What `inspect --json` prints: the clean text, its blocks, what was set aside, and the way back to the file.

    `line_map` has one entry a run of clean text: its span, where it starts in the decoded file, and its line from 1.
    """
    return {
        "document": document.name,
        "title": document.meta.title,
        "home_place": document.meta.home_place,
        "text": document.text,
        "bylines": [span_record(line) for line in document.meta.bylines],
        "blocks": [block_record(document, block) for block in document.blocks],
        "tables": [table_record(document, block) for block in document.blocks if isinstance(block, Table)],
        "set_aside": [asdict(piece) for piece in document.set_aside],
        "line_map": [
            {"start": run.span.start, "end": run.span.end, "source_start": run.source_start, "line": run.line}
            for run in document.line_map.runs
        ],
    }


def block_record(document: Document, block: Block) -> Record:
    """A block with its span, the headings above it, and the items (一是…二是…) that a paragraph counts off.

    `level` is null for all but headings; `unread` says why rows that look like a table stayed text, else null.
    """
    return {
        "kind": BLOCK_KINDS[type(block)],
        **span_record(block.span),
        "level": block.level if isinstance(block, Heading) else None,
        "heading_path": list(block.heading_path),
        "items": item_records(document, block),
        "unread": block.unread if isinstance(block, Paragraph) else None,
        "number": block.number if isinstance(block, Caption | Table) else None,
        "has_data": block.has_data if isinstance(block, Caption) else None,
    }


def item_records(document: Document, block: Block) -> list[Record]:
    """The items counted off in a paragraph; one alone is no list."""
    if not isinstance(block, Paragraph | ListItem):
        return []
    items = find_items(block.span.of(document.text))
    by = block.span.start
    return [span_record(Span(item.start + by, item.end + by)) for item in items] if len(items) > 1 else []


def table_record(document: Document, table: Table) -> Record:
    """A table as it was read; labels outermost first, `unit` the one that all its cells share, else null."""
    units = {cell.unit for cell in table.cells}
    return {
        **span_record(table.span),
        "caption": None if table.caption is None else spoken_record(document, table.caption),
        "number": table.number,
        "caption_fits": table.caption_fits,
        "unit": units.pop() if len(units) == 1 else None,
        "header_rows": [
            [
                {
                    "text": head.text,
                    "column": head.column,
                    "width": head.width,
                    "spans": [span_record(span) for span in head.spans],
                }
                for head in level
            ]
            for level in table.header_rows
        ],
        "rows": [
            {
                "label": list(row.label),
                **span_record(row.span),
                "label_spans": [span_record(span) for span in row.label_spans],
            }
            for row in table.rows
        ],
        "cells": [cell_record(cell) for cell in table.cells],
        "notes": [spoken_record(document, note) for note in table.notes],
    }


def cell_record(cell: Cell) -> Record:
    """A cell; `text` is null where it is missing, `start` and `end` where nothing stands there."""
    return {
        "row": cell.row,
        "column": cell.column,
        "row_label": list(cell.row_label),
        "column_label": list(cell.column_label),
        "unit": cell.unit,
        "text": cell.text,
        "start": None if cell.span is None else cell.span.start,
        "end": None if cell.span is None else cell.span.end,
    }


def spoken_record(document: Document, span: Span) -> Record:
    """A caption or note: its characters and where they stand."""
    return {"text": span.of(document.text), **span_record(span)}


def span_record(span: Span) -> Record:
    """Where something stands in the clean text."""
    return {"start": span.start, "end": span.end}


def find_items(text: str) -> list[Span]:
    """The items counted off in a paragraph, each up to the next one or the paragraph's end; none or one is no list.

    >>> [item.of("短板有：一是投入低。仍在降；二是人才少。") for item in find_items("短板有：一是投入低。仍在降；二是人才少。")]
    ['一是投入低。仍在降；', '二是人才少。']
    """
    starts = max(([match.start() for match in counter.finditer(text)] for counter in COUNTERS), key=len)
    return [Span(start, end) for start, end in pairwise([*starts, len(text)])]
