"""Whether the caption of a table fits what stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.language.normalize import search_key
from policy_qa.types import Answer, Claim, Span, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.auditing.asked import Audit
    from policy_qa.types import Document
    from policy_qa.understanding import Query

NUMBER = re.compile(r"附?表\s*(?:\d+(?:[-—－.]\d+)?|[一二三四五六七八九十]+)")
MOST_TABLES, MOST_HEADS = 3, 8


def answer_caption(query: Query, audit: Audit, documents: Sequence[Document]) -> Answer | None:
    """Whether the captions of the tables that the question names fit them, None where it names none that has one."""
    tables = _tables_named(query, audit, documents)
    if not tables:
        return None
    citations = CitationList()
    claims = [
        _claim(document, table, table.caption, citations)
        for document, table in tables[:MOST_TABLES]
        if table.caption is not None
    ]
    return Answer(query.question, tuple(claims), citations.citations())


def _tables_named(query: Query, audit: Audit, documents: Sequence[Document]) -> list[tuple[Document, Table]]:
    """The tables of the number the question names, those alone whose document or caption has most of its words."""
    match = NUMBER.search(search_key(query.question.text))
    number = None if match is None else "".join(match[0].split())
    found = []
    for document in documents:
        for block in document.blocks:
            if not isinstance(block, Table) or block.caption is None:
                continue
            if number is not None and "".join((block.number or "").split()) != number:
                continue
            words = [word for word in audit.words if word not in (number or "")]
            first = block.rows[0].span.start if block.rows else block.span.end
            heads = document.text[block.span.start : first]
            about = search_key(document.meta.title + block.caption.of(document.text) + heads)
            found.append((sum(word in about for word in words), document, block))
    best = max((held for held, _, _ in found), default=0)
    if number is None and not best:
        return []
    return [(document, table) for held, document, table in found if held == best]


def _claim(document: Document, table: Table, caption: Span, citations: CitationList) -> Claim:
    heads = [
        "".join(head.text.split())
        for head in (table.header_rows[0] if table.header_rows else ())
        if head.text
    ]
    text = (messages.CAPTION_FITS if table.caption_fits else messages.CAPTION_FITS_NOT).format(
        caption=" ".join(caption.of(document.text).split()), heads="、".join(heads[:MOST_HEADS])
    )
    first = table.rows[0].span.start if table.rows else table.span.end
    head = document.text[table.span.start : first].rstrip()
    numbers = [citations.cite(document, caption)]
    if head.strip():
        numbers.append(citations.cite(document, Span(table.span.start, table.span.start + len(head))))
    return Claim(text, tuple(dict.fromkeys(numbers)), "computed")
