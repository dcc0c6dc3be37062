"""Documents as bytes and back, equal to what they were."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from policy_qa.types import (
    Block,
    Document,
    DocumentMeta,
    Heading,
    LineMap,
    ListItem,
    Paragraph,
    Run,
    SetAside,
    Span,
)

HEADING, PARAGRAPH, LIST_ITEM = "h", "p", "l"
RUN_NUMBERS = 4


def pack_document(document: Document) -> bytes:
    """Everything of a document but its name and text. Numbers stand in flat lists: a report has thousands of runs."""
    paths: dict[tuple[str, ...], int] = {}
    meta = document.meta
    record = {
        "sha256": document.source_sha256,
        "title": meta.title,
        "title_span": None if meta.title_span is None else [meta.title_span.start, meta.title_span.end],
        "issued_on": None if meta.issued_on is None else meta.issued_on.isoformat(),
        "blocks": [_pack_block(block, paths) for block in document.blocks],
        "paths": list(paths),
        "set_aside": [
            [item.kind, item.source_span.start, item.source_span.end, item.text, item.reason]
            for item in document.set_aside
        ],
        "runs": [
            number
            for run in document.line_map.runs
            for number in (run.span.start, run.span.end, run.source_start, run.line)
        ],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def unpack_document(name: str, text: str, packed: bytes) -> Document:
    """The document `pack_document` was given."""
    record = json.loads(packed)
    paths = [tuple(path) for path in record["paths"]]
    span, issued_on, numbers = record["title_span"], record["issued_on"], record["runs"]
    return Document(
        name=name,
        source_sha256=record["sha256"],
        text=text,
        blocks=tuple(_unpack_block(block, paths) for block in record["blocks"]),
        set_aside=tuple(
            SetAside(kind, Span(start, end), taken, reason)
            for kind, start, end, taken, reason in record["set_aside"]
        ),
        meta=DocumentMeta(
            record["title"],
            None if span is None else Span(*span),
            None if issued_on is None else date.fromisoformat(issued_on),
        ),
        line_map=LineMap(
            tuple(
                Run(Span(numbers[at], numbers[at + 1]), numbers[at + 2], numbers[at + 3])
                for at in range(0, len(numbers), RUN_NUMBERS)
            )
        ),
    )


def _pack_block(block: Block, paths: dict[tuple[str, ...], int]) -> list[Any]:
    path = paths.setdefault(block.heading_path, len(paths))
    match block:
        case Heading():
            return [HEADING, block.span.start, block.span.end, path, block.level]
        case Paragraph():
            return [PARAGRAPH, block.span.start, block.span.end, path]
        case ListItem():
            return [LIST_ITEM, block.span.start, block.span.end, path]


def _unpack_block(packed: list[Any], paths: list[tuple[str, ...]]) -> Block:
    match packed:
        case [str(mark), start, end, path, level] if mark == HEADING:
            return Heading(Span(start, end), level, paths[path])
        case [str(mark), start, end, path] if mark == PARAGRAPH:
            return Paragraph(Span(start, end), paths[path])
        case [str(mark), start, end, path] if mark == LIST_ITEM:
            return ListItem(Span(start, end), paths[path])
    raise ValueError(f"not a block: {packed}")
