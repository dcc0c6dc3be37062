"""Source files to clean text: one line a paragraph, and the way back to every character of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.flattening import FlatText, flatten, trace_asides, trace_runs
from policy_qa.ingest.furniture import find_furniture
from policy_qa.ingest.mending import mend, resumes
from policy_qa.ingest.tables.lines import TableLines, find_tables
from policy_qa.ingest.tables.reading import TableSpans
from policy_qa.ingest.wrapping import Layout, Line, continues, find_layout, make_line, names_members
from policy_qa.types import LineMap, Run, SetAside, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

IMAGE = re.compile(r"!\[\s*((?:[^\]]*[^\s\]])?)\s*\]\([^()]*\)")
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
    a heading starts, the level that its mark had given it; `tables` where the tables stand, `images` where what markdown
    calls an image by starts.
    """

    text: str
    line_map: LineMap
    set_aside: tuple[SetAside, ...] = ()
    heading_levels: Mapping[int, int] = field(default_factory=dict)
    tables: tuple[TableSpans, ...] = ()
    images: frozenset[int] = frozenset()


def clean(source: SourceFile) -> CleanText:
    r"""The clean text: lines of one paragraph joined, white space around lines dropped, marks and page furniture set aside.

    Every other character stays as it is and in its order, but for captions and tables that cut a sentence: they stand
    after its paragraph. A verbatim text is not changed at all.

    >>> source = SourceFile("a.txt", "", "## 一、现状\r\n\r\n\u3000\u3000投入增长。", "utf-8")
    >>> cleaned = clean(source)
    >>> cleaned.text, cleaned.set_aside[0].text, cleaned.line_map.runs[1].line
    ('一、现状\n投入增长。', '##', 3)
    """
    if source.verbatim:
        return keep_verbatim(source.text)
    flat = flatten(source.text)
    if flat is None:
        return clean_lines(source.text)
    return trace(flat, clean_lines(flat.text), source.text)


def clean_lines(text: str) -> CleanText:
    """The clean text of a text without markup but for headings and tables of bars."""
    marks: list[SetAside] = []
    lines = read_lines(text, marks)
    layout = find_layout(lines)
    lines, tables = find_and_mark_tables(lines)
    furniture = find_furniture(lines, layout, text)
    for index, found in furniture.items():
        for start, piece in find_pieces(text, lines[index]):
            marks.append(SetAside(found.kind, Span(start, start + len(piece)), piece, found.reason))
    if furniture:
        kept = [line for index, line in enumerate(lines) if index not in furniture]
        lines, tables = find_and_mark_tables(kept)
    captions_go_on = {lines[index].start for table in tables for index in table.caption[1:]}
    groups = mend(group_lines(lines, layout, captions_go_on), layout, text)
    written, runs, places = write_text(text, groups)
    spans = [places[line.start] for line in lines]
    return CleanText(
        written,
        LineMap(runs),
        tuple(sorted([*marks, *find_invisibles(text)], key=lambda aside: aside.source_span)),
        {places[line.start].start: line.level for line in lines if line.level},
        tuple(locate(table, spans) for table in tables),
        frozenset(places[line.start].start for line in lines if line.is_image),
    )


def trace(flat: FlatText, cleaned: CleanText, source: str) -> CleanText:
    """What was cleaned of a text without its markup, led back to the source."""
    line_starts = [0, *(start + len(raw) for start, _, raw in split_lines(source) if raw.endswith(LINE_ENDS))]
    set_aside = [*flat.set_aside, *trace_asides(flat, cleaned.set_aside)]
    return replace(
        cleaned,
        line_map=LineMap(tuple(trace_runs(flat, cleaned.line_map.runs, line_starts))),
        set_aside=tuple(sorted(set_aside, key=lambda aside: aside.source_span)),
    )


def keep_verbatim(text: str) -> CleanText:
    """The text as it is, with its tables."""
    found = [(start, raw.rstrip()) for start, _, raw in split_lines(text)]
    lines = [Span(start, start + len(content)) for start, content in found if content]
    tables = find_tables([line.of(text) for line in lines])
    return CleanText(
        text, LineMap(tuple(find_runs(text))), tables=tuple(locate(table, lines) for table in tables)
    )


def locate(table: TableLines, lines: Sequence[Span]) -> TableSpans:
    """Where the lines of a table stand, by where all lines do."""
    caption = Span(lines[table.caption.start].start, lines[table.caption[-1]].end) if table.caption else None
    unit = None if table.unit is None else lines[table.unit]
    return TableSpans(caption, unit, tuple(lines[row] for row in table.rows))


def find_and_mark_tables(lines: Sequence[Line]) -> tuple[list[Line], tuple[TableLines, ...]]:
    """The lines with those of tables told, and the tables; rows have the white space before them, maybe an empty cell."""
    tables = find_tables([line.lead + line.text for line in lines])
    marked = list(lines)
    for table in tables:
        for index in table.rows:
            line = lines[index]
            lead = "" if line.level or INVISIBLES.search(line.lead) else line.lead
            if line.kind == "table" and not lead:
                continue
            marked[index] = replace(
                line, kind="table", lead="", text=lead + line.text, start=line.start - len(lead)
            )
        for index in (*table.caption, *([] if table.unit is None else [table.unit])):
            marked[index] = replace(lines[index], kind="apart")
    return marked, tables


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
        lead, level = raw[: place - start], 0
        image = IMAGE.fullmatch(content) if content[0] == "!" and content.isprintable() else None
        if content[0] == "#" and (mark := HEADING_MARK.match(content)):
            level = mark.end(1)
            marks.append(heading_mark(place, mark[1]))
            closing = CLOSING_MARK.search(content)
            if closing:
                marks.append(heading_mark(place + closing.start(1), closing[1]))
            end = closing.start() if closing else len(content)
            content, place = content[mark.end() : end], place + mark.end()
        elif image is not None:
            marks += image_marks(place, image)
            if not image[1]:
                continue
            content, place = image[1], place + image.start(1)
        visible = content if content.isprintable() else INVISIBLES.sub("", content)
        line = make_line(visible, place, number, level=level, lead=lead, after_blank=after_blank)
        lines.append(line if image is None else replace(line, kind="apart", is_image=True))
        after_blank = False
    return lines


def heading_mark(start: int, mark: str) -> SetAside:
    """The mark of a markdown heading, set aside."""
    return SetAside(
        "heading mark",
        Span(start, start + len(mark)),
        mark,
        messages.ASIDE_HEADING_MARK.format(level=len(mark)),
    )


def image_marks(place: int, image: re.Match[str]) -> Iterator[SetAside]:
    """The marks of a markdown image around what it is called, set aside."""
    for start, end in ((0, image.start(1)), (image.end(1), image.end())):
        yield SetAside("markup", Span(place + start, place + end), image[0][start:end], messages.ASIDE_IMAGE)


def find_invisibles(text: str) -> Iterator[SetAside]:
    """The characters that take no room and would part words: a byte order mark, zero-width spaces, directions."""
    for match in INVISIBLES.finditer(text):
        if match.start() == 0 and match[0] == BYTE_ORDER_MARK:
            yield SetAside("byte order mark", Span(0, 1), match[0], messages.ASIDE_BYTE_ORDER_MARK)
        else:
            codes = " ".join(f"U+{ord(character):04X}" for character in match[0])
            yield SetAside(
                "invisible character",
                Span(*match.span()),
                match[0],
                messages.ASIDE_INVISIBLE.format(codes=codes),
            )


def group_lines(
    lines: Sequence[Line], layout: Layout, captions_go_on: Container[int] = ()
) -> list[list[Line]]:
    """The lines of each paragraph, heading, row or caption; `captions_go_on` where lines of captions broken in two start."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if (
            paragraphs
            and not resumes(paragraphs, line, layout)
            and (line.start in captions_go_on or continues(paragraphs[-1], line, layout))
        ):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def write_text(
    source: str, paragraphs: Sequence[Sequence[Line]]
) -> tuple[str, tuple[Run, ...], dict[int, Span]]:
    """The clean text of the paragraphs, its runs, and by where it starts in the source the place of each line in it."""
    written: list[str] = []
    runs: list[Run] = []
    places: dict[int, Span] = {}
    end = 0
    for lines in paragraphs:
        before = ""
        is_list = names_members(lines)
        for line in lines:
            joint = "\n" if written else ""
            if before:
                joint = " " if is_list else find_joint(before, line.text)
            if joint:
                written.append(joint)
                end += len(joint)
            start = end
            for place, piece in find_pieces(source, line):
                runs.append(Run(Span(end, end + len(piece)), place, line.number))
                written.append(piece)
                end += len(piece)
            places[line.start] = Span(start, end)
            before = line.text
    return "".join(written), tuple(runs), places


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
