"""One item of a list: all that belongs to the one that a question quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.list_structures import is_prose
from policy_qa.answering.lists import SHELF
from policy_qa.ingest.sentences import split_sentences
from policy_qa.types import Document, Heading, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.understanding import Query

QUOTED_ITEM = re.compile(r"“([^“”]{2,60})”(?:这一?[条项点])?的?(?:具体|详细|怎么|如何|展开|是指)")
MOST_WHOLE_CHARS = 300


def item_asked_for(query: Query, evidence: Sequence[Evidence]) -> tuple[Document, tuple[Span, ...]] | None:
    """The item that the question quotes (“深化银企合作”具体怎么做？), None where it quotes none that is found.

    All of it, sentence by sentence, its heading or first sentence before, up to `MOST_WHOLE_CHARS`.
    """
    quoted = QUOTED_ITEM.match(query.text)
    if quoted is None:
        return None
    for document in {found.document.id: found.document for found in evidence}.values():
        whole = whole_item(document, quoted[1])
        if whole is not None:
            return document, tuple(sentences_of_item(document, whole))
    return None


def whole_item(document: Document, words: str) -> Span | None:
    """All of the item that these words name, None where they name none; the innermost of several."""
    held = [
        whole
        for one in SHELF.lists(document)
        if not one.is_loose
        for head, whole in zip(one.items, one.wholes, strict=True)
        if words in head.of(document.text)
    ]
    return min(held, key=len, default=None)


def sentences_of_item(document: Document, whole: Span) -> Iterable[Span]:
    """The sentences of an item, its heading first, as many as fit; tables and captions are left out."""
    used = 0
    for block in document.blocks:
        if not block.span.overlaps(whole) or not (is_prose(block) or isinstance(block, Heading)):
            continue
        start, end = max(block.span.start, whole.start), min(block.span.end, whole.end)
        for sentence in split_sentences(document.text, start=start, end=end):
            used += len(sentence)
            if used > MOST_WHOLE_CHARS and used > len(sentence):
                return
            yield sentence
