"""A source without the tags of its HTML tables, and the way back from it to the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.tables.markup import find_markup
from policy_qa.types import Run, SetAside, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
