"""Lists asked for (有哪些、哪几条): subheadings, or items counted off in the text, complete and in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_qa.answering.evidence import Context, Evidence, WordWeight, covered_share
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.types import Document, Heading, ListItem, Span
from policy_qa.understanding import Query

# The ways a text counts off; one list keeps to one way.
COUNTERS = (
    re.compile(r"(?:(?<=^)|(?<=[。；：，:;,\n\s]))[一二三四五六七八九十]{1,2}是"),
    re.compile(r"(?:(?<=^)|(?<=[。；：，:;,\n\s]))第[一二三四五六七八九十]{1,2}[，、,:：]"),
    re.compile(r"(?:(?<=^)|(?<=[。；：，:;,\n\s]))(?:首先|其次|再次|最后)[，,是]"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]"),
)


@dataclass(frozen=True, slots=True)
class FoundList:
    """The items of one list, in order, and how well its lead fits the question (0 to 1)."""

    document: Document
    items: tuple[Span, ...]
    coverage: float


def find_list(query: Query, evidence: Sequence[Evidence], weight: WordWeight) -> FoundList | None:
    """The list of at least two items whose lead fits the question best, None where there is none.

    Lists are looked for in the sections of the evidence and in those right below the same heading. Of equals
    the one of the better evidence.
    """
    weights = {word: weight(word) for word in query.content}
    documents = {found.document.id: found.document for found in evidence}
    lists = [
        found
        for document in documents.values()
        for found in (*heading_lists(document, weights), *counted_lists(document, weights))
        if len(found.items) >= 2
    ]
    return max(lists, key=lambda found: found.coverage, default=None)


def heading_lists(document: Document, weights: dict[str, float]) -> list[FoundList]:
    """For every heading its subheadings one level down, or the list items that stand right under it."""
    title = search_key(document.meta.title)
    found = []
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Heading):
            continue
        below = [
            later for later in document.blocks[index + 1 :] if later.heading_path[: len(block.heading_path)] == block.heading_path
        ]
        children = [
            later.span for later in below if isinstance(later, Heading) and len(later.heading_path) == len(block.heading_path) + 1
        ]
        items = children or [later.span for later in below if isinstance(later, ListItem)]
        context = Context(search_key(block.heading_path[-1]), search_key(" ".join(block.heading_path[:-1])), title)
        found.append(FoundList(document, tuple(items), covered_share(weights, context)))
    return found


def counted_lists(document: Document, weights: dict[str, float]) -> list[FoundList]:
    """For every paragraph that counts off (一是…二是…) its items; the lead is what stands before the first."""
    title = search_key(document.meta.title)
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            continue
        text = block.span.of(document.text)
        items = counted_items(text)
        if len(items) >= 2:
            lead = search_key(text[: items[0].start][-120:])
            context = Context(lead, search_key(" ".join(block.heading_path)), title)
            spans = tuple(Span(block.span.start + item.start, block.span.start + item.end) for item in items)
            found.append(FoundList(document, spans, covered_share(weights, context)))
    return found


def counted_items(text: str) -> list[Span]:
    """The items counted off in a paragraph, each to the end of its first sentence.

    >>> [item.of("短板有：一是投入低。仍在降；二是人才少。") for item in counted_items("短板有：一是投入低。仍在降；二是人才少。")]
    ['一是投入低。', '二是人才少。']
    """
    starts = max(([match.start() for match in counter.finditer(text)] for counter in COUNTERS), key=len)
    edges = [*starts, len(text)]
    return [split_sentences(text, start=start, end=end)[0] for start, end in pairwise(edges)]
