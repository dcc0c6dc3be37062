"""Lists that only the form of paragraphs makes: run-in headings, and sentences that begin alike."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from policy_qa.answering.list_counts import count_told
from policy_qa.answering.list_structures import (
    ITEM_CHARS,
    DocumentList,
    announcement,
    bulleted_lists,
    heading_lists,
    is_prose,
    last_sentence,
    marks_in,
    numbered_lists,
    told_lists,
)
from policy_qa.ingest.sentences import split_sentences
from policy_qa.types import Block, Document, Heading, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_RUN_IN = 24
OPENING = re.compile("[这那我您]|各位|同志|同时|当前|今[年天]|一年|总之|综合|让|总的")
"""What a short first sentence begins with that heads nothing."""
FEWEST_ALIKE = 3
ALIKE_CHARS = 2
"""Sentences that share so many characters at their beginning are worded alike (打造智慧……。打造智慧……。)."""


def lists_of(document: Document) -> tuple[DocumentList, ...]:
    """Every list of at least two items, those made of headings first."""
    found = [*heading_lists(document), *numbered_lists(document), *bulleted_lists(document)]
    paragraphs = [*headed_paragraphs(document), *alike_lists(document)]
    return (*found, *told_lists(document), *paragraphs, *run_in_lists(document))


def _sentences(document: Document, block: Block) -> list[Span]:
    return split_sentences(document.text, start=block.span.start, end=block.span.end)


def _is_run_in(document: Document, sentences: Sequence[Span]) -> bool:
    """Whether the first of a paragraph's sentences heads the others: it is short and counts nothing off."""
    first = sentences[0].of(document.text).strip()
    return len(sentences) >= 2 and len(first) <= LONGEST_RUN_IN and first.endswith("。")


def headed_paragraphs(document: Document) -> Iterator[DocumentList]:
    """The run-in headings of the paragraphs of a section (兴修水利。……), where most of its paragraphs have one."""
    blocks = enumerate(document.blocks)
    for _, section in groupby(blocks, key=lambda one: (one[1].heading_path, isinstance(one[1], Heading))):
        prose = [
            (index, block, _sentences(document, block))
            for index, block in section
            if is_prose(block) and len(block.span.of(document.text).strip()) > 0
        ]
        headed = [one for one in prose if _heads(document, one[2])]
        if len(headed) < 2 or 2 * len(headed) < len(prose):
            continue
        index, first, _ = headed[0]
        announced, lead = announcement(document, index)
        yield DocumentList(
            tuple(sentences[0] for _, _, sentences in headed),
            tuple(block.span for _, block, _ in headed),
            lead or _heading_before(document, index),
            announced,
            " ".join(first.heading_path[-1:]),
            first.heading_path,
            is_alike=True,
        )


def _heads(document: Document, sentences: Sequence[Span]) -> bool:
    """Whether a paragraph's first sentence is a heading of its own, which neither counts nor opens a speech."""
    first = sentences[0].of(document.text).lstrip()
    is_counted = any(start == 0 for _, start, _ in marks_in(first))
    return _is_run_in(document, sentences) and not is_counted and not OPENING.match(first)


def _heading_before(document: Document, index: int) -> Span:
    above = (block.span for block in reversed(document.blocks[:index]) if isinstance(block, Heading))
    return next(above, document.blocks[index].span)


def alike_lists(document: Document) -> Iterator[DocumentList]:
    """The sentences of a paragraph that follow each other and begin with the same characters."""
    for index, block in enumerate(document.blocks):
        if not is_prose(block):
            continue
        sentences = _sentences(document, block)
        for _, group in groupby(sentences, key=lambda one: one.of(document.text).strip()[:ALIKE_CHARS]):
            items = tuple(group)
            if len(items) < FEWEST_ALIKE or any(True for _ in marks_in(items[0].of(document.text))):
                continue
            before = document.text[block.span.start : items[0].start].strip()
            announced, lead = (last_sentence(before), block.span) if before else announcement(document, index)
            near = " ".join([*block.heading_path[-1:], before[-ITEM_CHARS:]])
            yield DocumentList(
                items, items, lead or block.span, announced, near, block.heading_path, is_alike=True
            )


def run_in_lists(document: Document) -> Iterator[DocumentList]:
    """The sentences of each paragraph that a short first sentence heads (稳定就业。支持……。建设……。).

    They are surely its items where it says how many there are (打好三大战役。).
    """
    for block in document.blocks:
        if not is_prose(block):
            continue
        sentences = _sentences(document, block)
        first, *items = sentences
        counted = any(True for one in items for _ in marks_in(one.of(document.text)))
        if len(items) < 2 or counted or not _is_run_in(document, sentences):
            continue
        head = first.of(document.text)
        spans = tuple(items)
        is_loose = count_told(head) != len(spans)
        yield DocumentList(spans, spans, first, head, head, block.heading_path, is_loose=is_loose)
