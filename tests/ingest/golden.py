"""What is kept of how a real report was read: places, kinds, hashes and cell values, none of its sentences.

`make golden` writes the files anew; what changed is read in the diff.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.types import Block, Caption, Document, Heading, Paragraph, Span, Table

FOLDER = Path(__file__).parent / "golden"
HASH_DIGITS = 10


def golden_record(document: Document) -> dict[str, Any]:
    """Everything said of a document that is not its words."""
    return {
        "document": document.name,
        "text": {"characters": len(document.text), "sha256": hashed(document.text)},
        "title": None if document.meta.title_span is None else place(document, document.meta.title_span),
        "bylines": [place(document, span) for span in document.meta.bylines],
        "home_place": document.meta.home_place,
        "blocks": [block_record(document, block) for block in document.blocks],
        "tables": [table_record(block) for block in document.blocks if isinstance(block, Table)],
        "set_aside": [
            f"{aside.kind} {aside.source_span.start}-{aside.source_span.end} {hashed(aside.text)}"
            for aside in document.set_aside
        ],
    }


def block_record(document: Document, block: Block) -> str:
    """Kind and place of a block, and what its kind says besides."""
    what = type(block).__name__
    match block:
        case Heading():
            what += f" {len(block.heading_path)}"
        case Caption():
            what += f" {block.number}{'' if block.has_data else ' without data'}"
        case Paragraph(unread=str(reason)):
            what += f" unread: {reason}"
    return f"{what} {place(document, block.span)}"


def table_record(table: Table) -> dict[str, Any]:
    """The cells of a table with what they are called."""
    return {
        "number": table.number,
        "caption_fits": table.caption_fits,
        "notes": len(table.notes),
        "cells": [
            " | ".join(
                [
                    "/".join(cell.row_label),
                    "/".join(cell.column_label),
                    cell.unit or "",
                    cell.text or "missing",
                ]
            )
            for cell in table.cells
        ],
    }


def place(document: Document, span: Span) -> str:
    """Span, lines of the file and hash of a stretch of text."""
    lines = [segment.line for segment in document.line_map.segments(document.text, span)]
    return f"{span.start}-{span.end} lines {','.join(ranges(lines))} {hashed(span.of(document.text))}"


def ranges(lines: list[int]) -> list[str]:
    """Line numbers in their order, those that rise by at most two (a blank line between) as a range."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and 0 <= line - runs[-1][-1] <= 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [f"{run[0]}-{run[-1]}" if run[-1] > run[0] else str(run[0]) for run in runs]


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def golden_files(shared: Path) -> dict[Path, str]:
    """For every report of `sources/` its golden file and what it should hold."""
    found = {}
    for source in find_sources(shared / "sources").sources:
        record = golden_record(read_document(read_source(source)))
        name = Path(record["document"]).stem
        found[FOLDER / f"{name}.json"] = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, content in golden_files(Path(os.environ["POLICY_QA_SHARED"])).items():
        path.write_text(content, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
