"""Blocks of a clean text: headings with the path above them, paragraphs, items of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.lines import (
    CAPTION,
    CONTENTS,
    FOOTNOTE,
    NOTE,
    TERMINAL,
    UNIT,
    LineKind,
    Mark,
    classify,
    find_mark,
)
from policy_qa.ingest.tables.captions import check_captions
from policy_qa.ingest.tables.reading import TableSpans, read_table
from policy_qa.types import Block, Caption, Heading, ListItem, Note, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

MARKDOWN = re.compile(r"(#{1,6})[ \t\u3000]+(?=[^\s#])")
CLOSING_MARK = re.compile(r"[ \t\u3000]+#+$")
EMPHASIS = re.compile(r"^(\*\*|__)(.+)\1$")
SENTENCE_GOES_ON = re.compile(r"[。！；].")
LONE_NUMBERS = re.compile(r"(?<!\S)-?\d[\d.,]*[%‰]?(?!\S)")
ATTACHMENTS = re.compile(r"附件?[：:][ \u3000]*1")
SECOND_CAPTION = re.compile(rf"(?<=\S){CAPTION.pattern}")
BYLINE = re.compile(r"[●○■◆]")  # programs mark by-lines as headings
MAX_HEADING_CHARS = 60
MAX_MARKED_SENTENCES_CHARS = 30  # programs mark whole paragraphs as headings
MAX_SENTENCE_HEADING_CHARS = (
    40  # a heading may end with its full stop: 「（一）投入稳步增长。」 on a line of its own
)
SHORT_HEADING_CHARS = 25
HEADED_SHARE = 0.75  # of a short heading's length: less below it is rather the sentence's rest
MAX_ITEM_CHARS = 120
LEAST_RANK_OF_ITEMS = 7  # 1. and （1） count items off; 一、 and （一） lead into paragraphs
NO_LEVELS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text without the white space around it; `level` is that of its heading mark (0: it has none).

    `is_title`: it heads nothing, being the document's title, which print had put in the middle. `table` is the one
    whose rows or heads it belongs to.
    """

    span: Span
    text: str
    kind: LineKind
    level: int
    mark: Mark | None
    is_heading: bool = False
    is_title: bool = False
    table: TableSpans | None = None

    @property
    def is_stray_row(self) -> bool:
        """Whether the line looks like a row but belongs to no table."""
        return self.kind == "table" and self.table is None and not self.is_heading


@dataclass(frozen=True, slots=True)
class OpenHeading:
    """A heading whose section is not over: by its number's rank where it has one, by its heading mark's level."""

    title: str
    level: int
    rank: int | None
    marked_level: int | None

    def stays_open(self, rank: int | None, marked_level: int | None) -> bool:
        """Whether a heading of that rank and level stands within this one's section.

        Numbers are believed before heading marks, whose levels jump in texts turned into markdown by a program.
        """
        if self.rank is not None and rank is not None:
            return self.rank < rank
        if self.marked_level is not None and marked_level is not None:
            return self.marked_level < marked_level
        return self.rank is None or (rank is None and marked_level is None)


def find_blocks(
    text: str,
    *,
    heading_levels: Mapping[int, int] = NO_LEVELS,
    tables: Sequence[TableSpans] = (),
    images: Container[int] = (),
) -> tuple[Block, ...]:
    r"""The blocks of the text, in order; every character but white space lies in exactly one.

    A line is a block, and so is a table. `heading_levels` says, by the place where they start, which lines are headings
    besides those with a `#` or a number, and of which level; `images` which are what markdown calls an image by; `tables` where tables stand: one that cannot be read, and
    adjacent rows of none, are one paragraph. A heading's path holds the titles above it, told by stack: 第一章, 一、,
    （一）, 1., （1） from outermost to innermost. A sentence, an item of a list and a row of a table are no headings,
    whatever they start with.

    >>> [(block.span.of("一、现状\n投入增长。"), block.heading_path) for block in find_blocks("一、现状\n投入增长。")]
    [('一、现状', ('一、现状',)), ('投入增长。', ('一、现状',))]
    """
    lines = decide_headings(read_lines(text, heading_levels, tables))
    table_of = {table.rows[0].start: table for table in tables}
    captions = {table.caption.start for table in tables if table.caption is not None}
    blocks: list[Block] = []
    stack: list[OpenHeading] = []
    path: tuple[str, ...] = ()
    before: TextLine | None = None
    for line in lines:
        if line.is_title:
            blocks.append(Heading(line.span, line.level, (line.text,)))
        elif line.is_heading:
            stack = enter(stack, line)
            path = tuple(heading.title for heading in stack)
            blocks.append(Heading(line.span, stack[-1].level, path))
        elif line.table is not None:
            if line.span.start in table_of:
                blocks.append(table_block(text, table_of[line.span.start], path))
        elif line.kind == "table" and before is not None and before.is_stray_row:
            span = Span(blocks[-1].span.start, line.span.end)
            blocks[-1] = Paragraph(span, path, unread=messages.UNREAD_STRAY_ROWS)
        elif line.is_stray_row and line.text[0] >= "\u3400" and len(LONE_NUMBERS.findall(line.text)) > 1:
            blocks.append(Paragraph(line.span, path, unread=messages.UNREAD_STRAY_ROWS))
        elif line.span.start in images:
            blocks.append(image_caption(line, path))
        else:
            blocks += text_blocks(line, path, has_data=line.span.start in captions)
        before = line
    return with_notes(text, blocks)


def table_block(text: str, lines: TableSpans, path: tuple[str, ...]) -> Table | Paragraph:
    """The table, or its rows as a paragraph that says why they are not read."""
    table = read_table(text, lines)
    span = Span(lines.rows[0].start, lines.rows[-1].end)
    if isinstance(table, str):
        return Paragraph(span, path, unread=table)
    return replace(table, span=span, heading_path=path)


def image_caption(line: TextLine, path: tuple[str, ...]) -> Caption:
    """What markdown calls an image by, as the caption of a figure without data."""
    number = CAPTION.match(line.text)
    return Caption(line.span, path, number["number"] if number else None, has_data=False)


def text_blocks(line: TextLine, path: tuple[str, ...], *, has_data: bool) -> list[Block]:
    """The blocks of a line that is neither a heading nor of a table; two where a caption stands behind a unit."""
    if line.kind == "apart" or has_data:
        if UNIT.match(line.text) and (second := SECOND_CAPTION.search(line.text)):
            cut = line.span.start + second.start()
            unit = Span(line.span.start, line.span.start + len(line.text[: second.start()].rstrip()))
            caption = Span(cut, line.span.end)
            return [Note(unit, path), Caption(caption, path, second["number"], has_data=False)]
        if has_data or CAPTION.match(line.text):
            number = CAPTION.match(line.text)
            return [Caption(line.span, path, number["number"] if number else None, has_data=has_data)]
        if NOTE.match(line.text) or UNIT.match(line.text) or FOOTNOTE.match(line.text):
            return [Note(line.span, path)]
    return [ListItem(line.span, path) if is_item(line) else Paragraph(line.span, path)]


def with_notes(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with each table knowing the notes right behind it and whether its caption fits.

    A 「来源：」 that follows neither table nor caption says where the document comes from.
    """
    tables: list[Table] = []
    blocks = [
        Paragraph(block.span, block.heading_path)
        if text.startswith("来源", block.span.start) and not isinstance(before, (Table, Caption, Note))
        else block
        for before, block in pairwise([None, *blocks])
        if block is not None
    ]
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            behind = takewhile(lambda after: isinstance(after, Note), blocks[index + 1 :])
            tables.append(replace(block, notes=tuple(note.span for note in behind)))
    checked = iter(check_captions(text, tables))
    return tuple(next(checked) if isinstance(block, Table) else block for block in blocks)


def line_spans(text: str, whole: Container[int] = ()) -> Iterator[Span]:
    """The lines that hold something, without the white space around them but for those that start at one of `whole`."""
    start = 0
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if content and start in whole:
            yield Span(start, start + len(raw.rstrip()))
        elif content:
            begin = start if raw[0] == content[0] else start + raw.index(content)
            yield Span(begin, begin + len(content))
        start += len(raw)


def read_lines(text: str, heading_levels: Mapping[int, int], tables: Sequence[TableSpans]) -> list[TextLine]:
    """The lines of the text, those of tables told."""
    table_of = {row.start: table for table in tables for row in table.rows}
    apart = {place.start for table in tables for place in (table.caption, table.unit) if place is not None}
    lines = []
    for span in line_spans(text, whole=table_of):
        table = table_of.get(span.start)
        if table is None:
            line = read_line(span, text, heading_levels)
            lines.append(replace(line, kind="apart", mark=None) if span.start in apart else line)
        else:
            lines.append(TextLine(span, span.of(text), "table", 0, None, table=table))
    return lines


def read_line(span: Span, text: str, heading_levels: Mapping[int, int]) -> TextLine:
    """The line of this span; a markdown mark at its start does not belong to its `text`."""
    content = span.of(text)
    level = heading_levels.get(span.start, 0)
    if not level and content[0] == "#" and (marked := MARKDOWN.match(content)):
        level = marked.end(1)
        content = CLOSING_MARK.sub("", content[marked.end() :])
    kind = classify(content)
    return TextLine(span, content, kind, level, find_mark(content) if kind == "numbered" else None)


def decide_headings(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with their headings told; of numbered lines in a row, 1. 2. 3. with nothing between, none is one."""
    decided = []
    in_list = False
    following = next_texts(lines)
    for index, line in enumerate(lines):
        after = following[index]
        before = lines[index - 1] if index else None
        in_list = line.mark is not None and (
            is_next(line, after)
            or (before is not None and in_list and is_next(before, line))
            or is_attachment(before)
        )
        if may_head(line, after, in_list=in_list):
            below = lines[index + 1 : index + 2]
            is_title = line.level == 1 and index > 0 and any(BYLINE.match(other.text) for other in below)
            decided.append(replace(line, is_heading=True, is_title=is_title))
        else:
            decided.append(line)
    return decided


def next_texts(lines: Sequence[TextLine]) -> list[TextLine | None]:
    """For every line the next one behind it that is neither of a table nor a caption or note."""
    found: list[TextLine | None] = []
    after = None
    for line in reversed(lines):
        found.append(after)
        if line.kind not in ("apart", "table"):
            after = line
    return found[::-1]


def is_attachment(before: TextLine | None) -> bool:
    """Whether the line before names the first of the attachments that the next lines go on to count: 附件：1.…"""
    return before is not None and ATTACHMENTS.match(before.text) is not None


def is_next(line: TextLine, after: TextLine | None) -> bool:
    """Whether both lines are numbered in one way, one after the other, and neither by a heading mark."""
    return (
        after is not None
        and line.mark is not None
        and after.mark is not None
        and not (line.level or after.level)
        and after.mark.rank == line.mark.rank
        and after.mark.number == line.mark.number + 1
    )


def may_head(line: TextLine, after: TextLine | None, *, in_list: bool) -> bool:
    """Whether the line is a heading: short, no sentence that goes on, and marked or numbered as one."""
    text = line.text
    if line.table is not None or (line.level and BYLINE.match(text)) or CONTENTS.search(text):
        return False
    if line.level:
        is_sentence = len(text) > MAX_HEADING_CHARS and TERMINAL.search(text)
        return not is_sentence and (
            len(text) <= MAX_MARKED_SENTENCES_CHARS or not SENTENCE_GOES_ON.search(text)
        )
    if (
        line.mark is None
        or after is None
        or in_list
        or len(text) > MAX_HEADING_CHARS
        or SENTENCE_GOES_ON.search(text)
    ):
        return False
    if text[-1] in "，、,；;：:":
        return False
    if not TERMINAL.search(text) or text[-1] in "？?":
        return True
    # a sentence of its own stands for a heading only where the text it heads comes right after
    share = HEADED_SHARE if len(text) <= SHORT_HEADING_CHARS else 1
    heads = after.kind == "prose" and len(after.text) > share * len(text) and not after.level
    return len(text) <= MAX_SENTENCE_HEADING_CHARS and heads


def is_item(line: TextLine) -> bool:
    """Whether a line that is no heading is an item of a list rather than a numbered paragraph of several sentences."""
    if line.kind == "item":
        return True
    if line.mark is None or line.mark.rank < LEAST_RANK_OF_ITEMS or len(line.text) > MAX_ITEM_CHARS:
        return False
    return not re.search(r"[。！？].", line.text)


def enter(stack: Sequence[OpenHeading], line: TextLine) -> list[OpenHeading]:
    """The headings open after this one, outermost first, itself last."""
    rank = line.mark.rank if line.mark else None
    marked_level = line.level or None
    kept: list[OpenHeading] = []
    for heading in stack:
        if not heading.stays_open(rank, marked_level):
            break
        kept.append(heading)
    level = marked_level or (kept[-1].level + 1 if kept else 1)
    emphasised = EMPHASIS.match(line.text)
    title = emphasised[2] if emphasised else line.text
    return [*kept, OpenHeading(title, level, rank, marked_level)]
