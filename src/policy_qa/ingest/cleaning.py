"""Source files to clean text: one line a paragraph, and the way back to every character of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_qa.ingest.wrapping import Layout, Line, continues, find_layout, make_line
from policy_qa.types import LineMap, Run, SetAside, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HEADING_MARK = re.compile(r"(#{1,6})[ \t\u3000]+(?=[^\s#])")
CLOSING_MARK = re.compile(r"[ \t\u3000]+(#+)$")
INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
INVISIBLES = re.compile(f"[{INVISIBLE}]+")
VISIBLES = re.compile(f"[^{INVISIBLE}]+")
EDGES = re.compile(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$")
LINE_ENDS = (
    "\n",
    "\r",
)  # what an editor counts lines by; the other separators end a line, but not its number
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text of a document without marks of its markup, where each stretch came from, and what was taken out.

    Paragraphs, headings, rows of tables are parted by one line end each. `heading_levels` holds, by the place where
    a heading starts, the level that its mark had given it.
    """

    text: str
    line_map: LineMap
    set_aside: tuple[SetAside, ...] = ()
    heading_levels: Mapping[int, int] = field(default_factory=dict)


def clean(source: SourceFile) -> CleanText:
    r"""The clean text: lines of one paragraph joined, white space around lines dropped, marks set aside.

    Every other character stays as it is and in its order. A verbatim text is not changed at all.

    >>> source = SourceFile("a.txt", "", "## 一、现状\r\n\r\n\u3000\u3000投入增长。", "utf-8")
    >>> cleaned = clean(source)
    >>> cleaned.text, cleaned.set_aside[0].text, cleaned.line_map.runs[1].line
    ('一、现状\n投入增长。', '##', 3)
    """
    if source.verbatim:
        return CleanText(source.text, LineMap(tuple(find_runs(source.text))))
    marks: list[SetAside] = []
    lines = read_lines(source.text, marks)
    paragraphs = group_lines(lines, find_layout(lines))
    set_aside = sorted([*marks, *find_invisibles(source.text)], key=lambda aside: aside.source_span)
    return write_text(source.text, paragraphs, tuple(set_aside))


def find_runs(text: str) -> Iterator[Run]:
    """A run for every line of a text that is kept as it is."""
    for start, number, raw in split_lines(text):
        content = raw.rstrip()
        if content:
            yield Run(Span(start, start + len(content)), start, number)


def split_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, number from 1, and text with its end, of every line; a form feed ends a line but not its number."""
    start, number = 0, 1
    for raw in text.splitlines(keepends=True):
        yield start, number, raw
        start += len(raw)
        number += raw.endswith(LINE_ENDS)


def read_lines(text: str, marks: list[SetAside]) -> list[Line]:
    """The lines that hold something; the heading marks found are added to `marks`."""
    lines = []
    after_blank = False
    for start, number, raw in split_lines(text):
        content = raw.strip()
        if not content.isprintable():
            content = EDGES.sub("", content)
        if not content:
            after_blank = after_blank or raw.endswith(LINE_ENDS)
            continue
        place = start + raw.index(content)
        indent = (
            0 if place == start else len(raw[: place - start].replace("\t", "    ").replace("\u3000", "  "))
        )
        level = 0
        if content[0] == "#" and (mark := HEADING_MARK.match(content)):
            level = mark.end(1)
            marks.append(heading_mark(place, mark[1]))
            closing = CLOSING_MARK.search(content)
            if closing:
                marks.append(heading_mark(place + closing.start(1), closing[1]))
            end = closing.start() if closing else len(content)
            content, place = content[mark.end() : end], place + mark.end()
        visible = content if content.isprintable() else INVISIBLES.sub("", content)
        lines.append(make_line(visible, place, number, level=level, indent=indent, after_blank=after_blank))
        after_blank = False
    return lines


def heading_mark(start: int, mark: str) -> SetAside:
    """The mark of a markdown heading, set aside."""
    return SetAside(
        "heading mark", Span(start, start + len(mark)), mark, f"markdown heading of level {len(mark)}"
    )


def find_invisibles(text: str) -> Iterator[SetAside]:
    """The characters that take no room and would part words: a byte order mark, zero-width spaces, directions."""
    for match in INVISIBLES.finditer(text):
        if match.start() == 0 and match[0] == BYTE_ORDER_MARK:
            yield SetAside(
                "byte order mark", Span(0, 1), match[0], "byte order mark at the start of the file"
            )
        else:
            codes = " ".join(f"U+{ord(character):04X}" for character in match[0])
            yield SetAside("invisible character", Span(*match.span()), match[0], f"invisible: {codes}")


def group_lines(lines: Sequence[Line], layout: Layout) -> list[list[Line]]:
    """The lines of each paragraph, heading, row or caption."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and continues(paragraphs[-1], line, layout):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def write_text(
    source: str, paragraphs: Sequence[Sequence[Line]], set_aside: tuple[SetAside, ...]
) -> CleanText:
    """The clean text of the paragraphs, with its runs."""
    written: list[str] = []
    runs: list[Run] = []
    levels: dict[int, int] = {}
    end = 0
    for lines in paragraphs:
        before = ""
        for line in lines:
            joint = find_joint(before, line.text) if before else "\n" if written else ""
            if joint:
                written.append(joint)
                end += len(joint)
            if line.level:
                levels[end] = line.level
            for start, piece in find_pieces(source, line):
                runs.append(Run(Span(end, end + len(piece)), start, line.number))
                written.append(piece)
                end += len(piece)
            before = line.text
    return CleanText("".join(written), LineMap(tuple(runs)), set_aside, levels)


def find_pieces(source: str, line: Line) -> Iterator[tuple[int, str]]:
    """Start in the source and text of the line's pieces; more than one only where invisible characters stand between."""
    if source.startswith(line.text, line.start):
        yield line.start, line.text
        return
    left = len(line.text)
    for match in VISIBLES.finditer(source, line.start):
        piece = match[0][:left]
        yield match.start(), piece
        left -= len(piece)
        if not left:
            return


def find_joint(before: str, after: str) -> str:
    """What stands where two lines of a paragraph are joined: a space between Latin words or numbers, else nothing.

    >>> find_joint("数字技术与制", "造业融合"), find_joint("gross domestic", "product"), find_joint("增长3.", "5%")
    ('', ' ', '')
    """
    if not (after[0].isascii() and (after[0].isalnum() or after[0] in "([")):
        return ""
    end = before[-2:] if before[-1] in ",.;:!?)]" else before[-1]
    return " " if end[0].isascii() and (end[0].isalpha() if len(end) == 2 else end.isalnum()) else ""
