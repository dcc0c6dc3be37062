"""A source file read into a document."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.ingest.blocks import MARKDOWN, find_blocks
from policy_qa.ingest.cleaning import clean
from policy_qa.ingest.metadata import find_title_line, heading_words, read_metadata
from policy_qa.types import Block, Document, Heading, Paragraph, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE_LEVEL = 1
MARKED_TITLE = re.compile(r"^#[ \t\u3000]+[^\s#]", re.MULTILINE)

logger = logging.getLogger(__name__)


def read_document(source: SourceFile, *, home_place: str | None = None) -> Document:
    r"""The document: clean text, blocks, what was set aside, title, date and home, and the way back to the file.

    `home_place` is its home where someone has said so; else the text tells.
    A title line at the top becomes the heading above all others, unless the text has a markdown title or comes with
    a title of its own. A title in the middle, where print had put it, is a heading with nothing below it.

    >>> source = SourceFile("甲.txt", "", "某市创新报告\n一、投入\n强度为1.8%。", "utf-8")
    >>> document = read_document(source)
    >>> document.meta.title, document.blocks[-1].heading_path
    ('某市创新报告', ('某市创新报告', '一、投入'))
    """
    cleaned = clean(source)
    text = cleaned.text
    is_marked = TITLE_LEVEL in cleaned.heading_levels.values() or MARKED_TITLE.search(text) is not None
    title_line = None if is_marked or source.title is not None else find_title_line(text)
    levels = (
        cleaned.heading_levels
        if title_line is None
        else {**cleaned.heading_levels, title_line.start: TITLE_LEVEL}
    )
    blocks = find_blocks(text, heading_levels=levels, tables=cleaned.tables, images=cleaned.images)
    title = title_line or find_marked_title(text, blocks, cleaned.heading_levels)
    meta = read_metadata(source, text, blocks, title)
    if home_place is not None:
        meta = replace(meta, home_place=home_place)
    blocks = tuple(
        Heading(block.span, TITLE_LEVEL, (meta.title,))
        if isinstance(block, Paragraph) and block.span == meta.title_span
        else block
        for block in blocks
    )
    logger.debug(
        "%s: %d characters, %d blocks, %d set aside",
        source.name,
        len(text),
        len(blocks),
        len(cleaned.set_aside),
    )
    return Document(
        name=source.name,
        source_sha256=source.sha256,
        text=text,
        blocks=blocks,
        set_aside=cleaned.set_aside,
        meta=meta,
        line_map=cleaned.line_map,
    )


def find_marked_title(text: str, blocks: tuple[Block, ...], heading_levels: Mapping[int, int]) -> Span | None:
    """The words of the first heading marked as level 1, None where there is none."""
    for block in blocks:
        if isinstance(block, Heading) and block.level == TITLE_LEVEL:
            is_marked = block.span.start in heading_levels or MARKDOWN.match(text, block.span.start)
            if is_marked:
                return heading_words(text, block)
    return None
