"""Chunks of a document: what is embedded and found as one."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa.ingest.sentences import (
    clause_ends,
    cut,
    enclosures,
    inside,
    is_table_row,
    sentence_ends,
    split_sentences,
)
from policy_qa.ingest.table_chunks import TableGroup, said_before_rows, table_groups
from policy_qa.language.quantities import find_quantities
from policy_qa.types import Chunk, Heading, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_qa.language.tokens import Segmenter
    from policy_qa.types import Document

_CELL_EDGE = re.compile("[\t|]")
_ENUMERATION_MARK = re.compile("、")

_SENTENCE, _CLAUSE, _ENUMERATION, _WORD = range(4)


@dataclass(frozen=True, slots=True)
class _Section:
    """Headings in a row and what stands below them, up to the next heading."""

    span: Span
    headings: tuple[Span, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece a chunk is made of; `edge` is what ends with it, `may_repeat` marks a whole sentence."""

    span: Span
    edge: int = _SENTENCE
    may_repeat: bool = True


def chunk_document(
    document: Document, segmenter: Segmenter, *, size_chars: int, overlap_chars: int
) -> tuple[Chunk, ...]:
    """The chunks of the document in text order; every character that is not white space is in at least one.

    A chunk stays in its section and starts with the section's headings where it is the first. It is made of
    whole sentences and repeats up to `overlap_chars` of whole sentences of the one before. A sentence longer
    than `size_chars` is cut at clauses, else at 、, else between words; never inside a number with its unit, a
    word, a closed 《title》, quotation or bracket, unless that alone is longer than a chunk. Only a number with
    its unit ever makes a chunk longer than `size_chars`. Linear in the length of the text.

    A table is a chunk of its own, with the headings and the caption right before it and the notes right after it;
    one that does not fit is cut between rows.
    """
    name, chunks = document.id, []
    tables = table_groups(document.blocks)
    for section in _sections(document):
        for units in _runs(document.text, section, tables, segmenter, size_chars):
            spans = _pack(units, size_chars, overlap_chars)
            chunks += [Chunk(name, span, section.path) for span in spans]
    return tuple(chunks)


def embedded_text(document: Document, chunk: Chunk) -> str:
    """Title, headings and the chunk's text, a line each and each once: what is embedded and keyword-indexed.

    A heading or title that the chunk itself holds is not said before it again. Before rows of a table stand its
    caption, heads and unit, so that a row is found by the words of its table.
    """
    blocks = document.blocks
    held = set()
    heads: list[str] = []
    for block in blocks[bisect_left(blocks, chunk.span.start, key=lambda block: block.span.start) :]:
        if block.span.start >= chunk.span.end:
            break
        if isinstance(block, Heading):
            held.add(block.heading_path[-1] if block.heading_path else block.span.of(document.text))
    for block in blocks[bisect_left(blocks, chunk.span.start + 1, key=lambda block: block.span.end) :]:
        if block.span.start >= chunk.span.end:
            break
        if isinstance(block, Table):
            heads += said_before_rows(document.text, block, chunk.span)
    title = document.meta.title_span
    if title and chunk.span.contains(title):
        held.add(document.meta.title)
    before = [
        line
        for line in dict.fromkeys([document.meta.title, *chunk.heading_path])
        if line and line not in held
    ]
    return "\n".join([*before, *heads, chunk.span.of(document.text)])


def _sections(document: Document) -> Iterator[_Section]:
    """The sections of the document, which together cover its text."""
    starts: list[int] = []
    headings: list[list[Span]] = []
    paths: list[tuple[str, ...]] = []
    in_headings = False
    for block in document.blocks:
        is_heading = isinstance(block, Heading)
        if (
            (is_heading and not in_headings)
            or not paths
            or (not is_heading and block.heading_path != paths[-1])
        ):
            starts.append(block.span.start if starts else 0)
            headings.append([])
            paths.append(block.heading_path)
        if is_heading:
            headings[-1].append(block.span)
            paths[-1] = block.heading_path
        in_headings = is_heading
    if not starts:
        starts, headings, paths = [0], [[]], [()]
    for place, (start, end) in enumerate(pairwise([*starts, len(document.text)])):
        yield _Section(Span(start, end), tuple(headings[place]), paths[place])


def _runs(
    text: str, section: _Section, tables: list[TableGroup], segmenter: Segmenter, size: int
) -> Iterator[list[_Unit]]:
    """The units of the section's running text and of its tables, each stretch for itself, in order.

    Headings right before a table go with it.
    """
    start, headings = section.span.start, section.headings
    first = bisect_left(tables, section.span.start, key=lambda group: group.span.start)
    for group in tables[first:]:
        if group.span.start >= section.span.end:
            break
        part = _Section(Span(start, group.span.start), headings, section.path)
        above = _units(text, part, segmenter, size)
        if above and not (headings and above[-1].span.end <= headings[-1].end):
            yield above
            above = []
        yield above + _table_units(text, group, segmenter, size)
        start, headings = group.span.end, ()
    if rest := _units(text, _Section(Span(start, section.span.end), headings, section.path), segmenter, size):
        yield rest


def _table_units(text: str, group: TableGroup, segmenter: Segmenter, size: int) -> list[_Unit]:
    """Caption, head, rows and notes of a table as units; no chunk ends behind caption or head if it can help it."""
    pieces = [(span, _WORD) for span in group.heads] + [(span, _SENTENCE) for span in group.rows]
    units = [
        _Unit(span, edge, may_repeat=False)
        for piece, own in pieces
        for whole in cut(text, piece, [])
        for span, edge in (
            [(whole, own)] if len(whole) <= size else _pieces(text, whole, segmenter, size, size)
        )
    ]
    for note in group.notes:
        sentences = split_sentences(text, start=note.start, end=note.end)
        units += _sentence_units(text, sentences, segmenter, size)
    return units


def _units(text: str, section: _Section, segmenter: Segmenter, size: int) -> list[_Unit]:
    """The section's headings and sentences, those too long for a chunk in pieces."""
    start = section.span.start
    units: list[_Unit] = []
    for heading in section.headings:
        units += _sentence_units(text, split_sentences(text, start=start, end=heading.start), segmenter, size)
        units += _heading_units(text, heading, segmenter, size)
        start = heading.end
    sentences = split_sentences(text, start=start, end=section.span.end)
    if units and sentences:
        room = size - (sentences[0].start - units[0].span.start)
        first = sentences.pop(0)
        units += _sentence_units(
            text, [first], segmenter, size, first_size=room if room >= size // 4 else size
        )
    return units + _sentence_units(text, sentences, segmenter, size)


def _heading_units(text: str, heading: Span, segmenter: Segmenter, size: int) -> list[_Unit]:
    """The heading as one unit that is never repeated, and behind which no chunk ends if it can help it."""
    return [
        _Unit(span, edge, may_repeat=False)
        for line in cut(text, heading, [])
        for span, edge in (
            [(line, _WORD)] if len(line) <= size else _pieces(text, line, segmenter, size, size)
        )
    ]


def _sentence_units(
    text: str, sentences: Iterable[Span], segmenter: Segmenter, size: int, *, first_size: int | None = None
) -> list[_Unit]:
    """The sentences as units; one that is longer than `size` in pieces, the very first at most `first_size` long."""
    units: list[_Unit] = []
    limit = first_size or size
    for sentence in sentences:
        if len(sentence) <= limit:
            units.append(_Unit(sentence))
        else:
            pieces = _pieces(text, sentence, segmenter, size, limit)
            units += [_Unit(span, edge, may_repeat=False) for span, edge in pieces]
        limit = size
    return units


def _pieces(
    text: str, sentence: Span, segmenter: Segmenter, size: int, first_size: int
) -> list[tuple[Span, int]]:
    """Pieces of a long sentence and what ends with each: sentences of a long quotation, clauses, items, words.

    Each is at most `size` long, the first `first_size`, where no number, title, quotation or bracket stands against it.
    """
    pieces = [(sentence, _SENTENCE)]
    for edge in (_SENTENCE, _CLAUSE, _ENUMERATION, _WORD):
        if all(len(span) <= (size if number else first_size) for number, (span, _) in enumerate(pieces)):
            return pieces
        finer: list[tuple[Span, int]] = []
        for span, own in pieces:
            if len(span) <= (size if finer else first_size):
                finer.append((span, own))
            else:
                parts = list(cut(text, span, _cuts(text, span, edge, segmenter, size)))
                finer += [(part, edge) for part in parts[:-1]] + [(parts[-1], own)]
        pieces = finer
    return [piece for span, own in pieces for piece in _slices(text, span, own, size)]


def _cuts(text: str, span: Span, edge: int, segmenter: Segmenter, size: int) -> list[int]:
    """The places in `span` where such an edge is, outside enclosures that fit into a chunk."""
    if is_table_row(span.of(text)):
        if edge == _SENTENCE:
            return [match.end() for match in _CELL_EDGE.finditer(text, span.start, span.end)]
        return [span.start + word.end for word in segmenter.words(span.of(text))] if edge == _WORD else []
    if edge == _SENTENCE:
        return sentence_ends(text, span, longest_enclosure=size)
    if edge == _CLAUSE:
        return clause_ends(text, span, longest_enclosure=size)
    if edge == _ENUMERATION:
        places = [match.end() for match in _ENUMERATION_MARK.finditer(text, span.start, span.end)]
    else:
        places = [span.start + word.end for word in segmenter.words(span.of(text))]
    protected = inside(places, enclosures(text, span, longest=size))
    return [place for place in places if place not in protected]


def _slices(text: str, span: Span, edge: int, size: int) -> list[tuple[Span, int]]:
    """The piece itself, or one that has no better place to be cut, cut at `size`; never inside a quantity."""
    if len(span) <= size:
        return [(span, edge)]
    quantities = [
        Span(span.start + found.start, span.start + found.end) for found in find_quantities(span.of(text))
    ]
    places, last = [], span.start
    while span.end - last > size:
        place = last + size
        at = bisect_left(quantities, place, key=lambda found: found.end)
        if at < len(quantities) and quantities[at].start < place < quantities[at].end:
            place = quantities[at].start if quantities[at].start > last else quantities[at].end
        places.append(place)
        last = place
    parts = list(cut(text, span, places))
    return [(part, _WORD) for part in parts[:-1]] + [(parts[-1], edge)]


def _pack(units: list[_Unit], size: int, overlap: int) -> list[Span]:
    """The spans of the chunks that the units of one section make."""
    chunks: list[tuple[int, int]] = []
    start = end = 0
    while end < len(units):
        start = _overlap_start(units, start, end, size=size, overlap=overlap) if chunks else 0
        end = _chunk_end(units, start, max(end, start) + 1, size)
        chunks.append((start, end))
    if len(chunks) > 1:
        chunks[-2:] = _balanced(units, chunks[-2], chunks[-1], size=size, overlap=overlap)
    return [Span(units[first].span.start, units[last - 1].span.end) for first, last in chunks]


def _length(units: list[_Unit], start: int, end: int) -> int:
    return units[end - 1].span.end - units[start].span.start


def _chunk_end(units: list[_Unit], start: int, least: int, size: int) -> int:
    """The end of the chunk that starts at `start` and holds at least the units before `least`.

    As far as `size` reaches; but rather at the end of a sentence than at a clause, and rather there than between
    words, if that fills half a chunk.
    """
    end = least
    while end < len(units) and _length(units, start, end + 1) <= size:
        end += 1
    if end == len(units):
        return end
    halves = [place for place in range(end, least - 1, -1) if _length(units, start, place) * 2 >= size]
    return min(halves, key=lambda place: (units[place - 1].edge, -place), default=end)


def _overlap_start(units: list[_Unit], previous: int, end: int, *, size: int, overlap: int) -> int:
    """Where the chunk after `previous`…`end` starts: with its last whole sentences, as far as `overlap` reaches."""
    start = end
    while (
        start - 1 > previous
        and units[start - 1].may_repeat
        and _length(units, start - 1, end) <= overlap
        and _length(units, start - 1, end + 1) <= size
    ):
        start -= 1
    return start


def _balanced(
    units: list[_Unit], before: tuple[int, int], last: tuple[int, int], *, size: int, overlap: int
) -> list[tuple[int, int]]:
    """The last two chunks of a section, the boundary between them moved back where the last is short.

    Short is under half of `size`; the new boundary makes the longer of the two as short as it can be.
    """
    if _length(units, *last) * 2 >= size:
        return [before, last]
    best, least = [before, last], (units[before[1] - 1].edge, _length(units, *before))
    for end in range(before[1] - 1, before[0], -1):
        start = _overlap_start(units, before[0], end, size=size, overlap=overlap)
        longest = max(_length(units, before[0], end), _length(units, start, last[1]))
        if _length(units, start, last[1]) > size:
            break
        if (units[end - 1].edge, longest) < least:
            best, least = [(before[0], end), (start, last[1])], (units[end - 1].edge, longest)
    return best
