"""Documents as bytes and back, equal to what they were."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from policy_qa.index.packed import pack_table, unpack_table
from policy_qa.types import (
    Block,
    Caption,
    Document,
    DocumentMeta,
    Heading,
    LineMap,
    ListItem,
    Note,
    Paragraph,
    Run,
    SetAside,
    Span,
    Table,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

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
        "home_place": meta.home_place,
        "bylines": [number for span in meta.bylines for number in (span.start, span.end)],
        "blocks": [_pack_block(block, paths, document.text) for block in document.blocks],
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
        blocks=tuple(_unpack_block(block, paths, text) for block in record["blocks"]),
        set_aside=tuple(
            SetAside(kind, Span(start, end), taken, reason)
            for kind, start, end, taken, reason in record["set_aside"]
        ),
        meta=DocumentMeta(
            record["title"],
            None if span is None else Span(*span),
            None if issued_on is None else date.fromisoformat(issued_on),
            tuple(Span(*pair) for pair in zip(record["bylines"][::2], record["bylines"][1::2], strict=True)),
            record["home_place"],
        ),
        line_map=LineMap(
            tuple(
                Run(Span(numbers[at], numbers[at + 1]), numbers[at + 2], numbers[at + 3])
                for at in range(0, len(numbers), RUN_NUMBERS)
            )
        ),
    )


def _pack_block(block: Block, paths: dict[tuple[str, ...], int], text: str) -> list[Any]:
    path = paths.setdefault(block.heading_path, len(paths))
    place = [block.span.start, block.span.end, path]
    match block:
        case Heading():
            return ["h", *place, block.level]
        case Paragraph():
            return ["p", *place] if block.unread is None else ["p", *place, block.unread]
        case ListItem():
            return ["l", *place]
        case Caption():
            return ["c", *place, block.number, block.has_data]
        case Note():
            return ["n", *place]
        case Table():
            return ["t", *place, pack_table(block, text)]


def _unpack_block(packed: list[Any], paths: list[tuple[str, ...]], text: str) -> Block:
    mark, start, end, path, *more = packed
    place = Span(start, end), paths[path]
    match mark:
        case "h":
            return Heading(place[0], more[0], place[1])
        case "p":
            return Paragraph(*place, *more)
        case "l":
            return ListItem(*place)
        case "c":
            return Caption(*place, *more)
        case "n":
            return Note(*place)
        case "t":
            return unpack_table(more[0], place, text)
    raise ValueError(f"not a block: {packed}")


def read_terms(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every chunk, by id, with its terms as they are stored."""
    return connection.execute("SELECT id, terms FROM chunks ORDER BY id").fetchall()


def join_terms(terms: Iterable[str]) -> str:
    r"""Terms as the catalog stores them.

    >>> join_terms(["研发", "1.8%"])
    '研发\n1.8%'
    """
    return "\n".join(terms)


def split_terms(stored: str) -> list[str]:
    r"""The terms of a chunk.

    >>> split_terms("研发\n1.8%"), split_terms("")
    (['研发', '1.8%'], [])
    """
    return stored.split("\n") if stored else []
