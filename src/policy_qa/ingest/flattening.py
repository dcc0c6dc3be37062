"""A source without the tags of its HTML tables, and the way back from it to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.types import Run, SetAside, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TABLE_TAG = re.compile(r"<(?P<end>/?)table\b[^<>]*>", re.IGNORECASE)
TOKEN = re.compile(
    r"<!--.*?-->|</?(?P<name>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]*)>|(?P<content>&nbsp;|[^<&\r\n\t]+|.)",
    re.I | re.S,
)
SPANNING = r"\b{name}\s*=\s*[\"']?\s*(\d{{1,3}})"
MAX_SPAN = 200
LINE_ENDS = re.compile(r"\n+")
PARTING = re.compile(r"\s|<(?:br|p|div|li)\b|&nbsp;", re.IGNORECASE)
CELL_TAGS = {"td", "th"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the flat text that stands letter by letter in the source, at `source_start`."""

    span: Span
    source_start: int


@dataclass(frozen=True, slots=True)
class FlatText:
    """A text whose markup gave way to white space: its parts that are the source's own, and the markup set aside."""

    text: str
    parts: tuple[Part, ...]
    set_aside: tuple[SetAside, ...]

    def pieces(self, span: Span) -> Iterator[Part]:
        """What `span` of the flat text holds of the source, in order; white space put in is left out."""
        first = bisect_right(self.parts, span.start, key=lambda part: part.span.end)
        for part in self.parts[first:]:
            if part.span.start >= span.end:
                break
            piece = Span(max(part.span.start, span.start), min(part.span.end, span.end))
            if len(piece):
                yield Part(piece, part.source_start + piece.start - part.span.start)


def flatten(source: str) -> FlatText | None:
    r"""The source with its HTML tables as tables parted by tabs; None where it has none.

    >>> flatten("<table><tr><td>甲</td><td>1</td></tr></table>").text
    '\n甲\t1\n'
    """
    markup = find_markup(source)
    if not markup:
        return None
    starts = [0, *(mark.span.end for mark in markup)]
    ends = [*(mark.span.start for mark in markup), len(source)]
    put_in = [*(mark.text for mark in markup), ""]
    kept = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    places = [
        0,
        *accumulate(len(piece) + len(joint) for piece, joint in zip(kept, put_in, strict=True)),
    ]
    return FlatText(
        "".join(piece + joint for piece, joint in zip(kept, put_in, strict=True)),
        tuple(
            Part(Span(place, place + len(piece)), start)
            for place, piece, start in zip(places[:-1], kept, starts, strict=True)
            if piece
        ),
        tuple(
            SetAside("markup", mark.span, mark.span.of(source), messages.ASIDE_TAGS)
            for mark in markup
            if mark.span.of(source).strip()
        ),
    )


def trace_runs(flat: FlatText, runs: Sequence[Run], line_starts: Sequence[int]) -> Iterator[Run]:
    """The runs, made of the flat text, as runs of the source, whose lines start at `line_starts`."""
    for run in runs:
        for piece in flat.pieces(Span(run.source_start, run.source_start + len(run.span))):
            start = run.span.start + piece.span.start - run.source_start
            line = bisect_right(line_starts, piece.source_start)
            yield Run(Span(start, start + len(piece.span)), piece.source_start, line)


def trace_asides(flat: FlatText, set_aside: Sequence[SetAside]) -> Iterator[SetAside]:
    """What was set aside of the flat text, as stretches of the source."""
    for aside in set_aside:
        for piece in flat.pieces(aside.source_span):
            span = Span(piece.source_start, piece.source_start + len(piece.span))
            yield SetAside(aside.kind, span, piece.span.of(flat.text), aside.reason)


@dataclass(frozen=True, slots=True)
class Markup:
    """A stretch of tags and white space of the source, and what stands in its place: "", a space, tabs, a line end."""

    span: Span
    text: str


class _Cells:
    """Where the writing of a table's rows has come to, and which places cells above or before still cover."""

    def __init__(self) -> None:
        self.column = 0
        self.covered: dict[int, int] = {}
        self.in_row = False

    def open_row(self) -> str:
        """What parts a new row from what stands before it."""
        joint = self.close_row() + "\n"
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}
        self.column, self.in_row = 0, True
        return joint

    def open_cell(self, attributes: str) -> str:
        """The tabs before a cell: one after the cell before it, and one for each place that other cells cover."""
        tabs = "\t" if self.column else ""
        while self.column in self.covered:
            tabs += "\t"
            self.column += 1
        columns, rows = read_span("colspan", attributes), read_span("rowspan", attributes)
        for column in range(self.column, self.column + columns):
            if rows > 1 or column > self.column:
                self.covered[column] = rows
        self.column += 1
        return tabs

    def close_row(self) -> str:
        """The tabs for places that are covered at the end of the row."""
        last = max(self.covered, default=-1)
        return "\t" * max(0, last + 1 - self.column) if self.in_row else ""


def find_markup(text: str) -> tuple[Markup, ...]:
    r"""The stretches of markup within tables of the text, in order; outside of tables nothing is touched.

    With each stretch replaced by its text, a table's rows stand on lines of their own and its cells are parted by tabs;
    a cell over several columns or rows is followed, in the places it covers, by empty cells. Tables that are not closed
    or that hold tables are left as they are.

    >>> source = "<table><tr><td colspan=2>产值</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    >>> [(mark.span.of(source), mark.text) for mark in find_markup(source)][1]
    ('</td></tr><tr><td>', '\t\n')
    """
    return tuple(mark for table in find_closed(text) for mark in read_markup(text, table))


def find_closed(text: str) -> Iterator[Span]:
    """The tables of the text, from tag to tag, that hold no other."""
    opened: list[int] = []
    is_nested = False
    for tag in TABLE_TAG.finditer(text):
        if not tag["end"]:
            is_nested = bool(opened)
            opened.append(tag.start())
        elif opened:
            start = opened.pop()
            if not opened and not is_nested:
                yield Span(start, tag.end())
            if not opened:
                is_nested = False


def read_markup(text: str, table: Span) -> Iterator[Markup]:
    """The stretches of markup of one table."""
    cells = _Cells()
    start = table.start
    joint = "\n"
    for token in TOKEN.finditer(text, table.start, table.end):
        content = token["content"]
        if content is not None and content.strip() and content != "&nbsp;":
            begin = token.start() + len(content) - len(content.lstrip())
            if begin > start:
                yield Markup(Span(start, begin), LINE_ENDS.sub("\n", joint) or space_for(text[start:begin]))
            start, joint = token.start() + len(content.rstrip()), ""
        elif (token["name"] or "").lower() == "tr" and not token[0].startswith("</"):
            joint += cells.open_row()
        elif (token["name"] or "").lower() in CELL_TAGS and not token[0].startswith("</"):
            joint += cells.open_cell(token["attributes"] or "")
    yield Markup(Span(start, table.end), LINE_ENDS.sub("\n", joint + cells.close_row() + "\n"))


def space_for(markup: str) -> str:
    """What stands for markup within a cell: a space where it parts words, nothing for 「<b>」."""
    return " " if PARTING.search(markup) else ""


def read_span(name: str, attributes: str) -> int:
    """How many columns or rows a cell covers."""
    found = re.search(SPANNING.format(name=name), attributes, re.IGNORECASE)
    return max(1, min(int(found[1]), MAX_SPAN)) if found else 1
