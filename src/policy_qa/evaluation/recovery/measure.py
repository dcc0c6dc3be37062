"""How much of the masters a reading of their damaged copies brings back. White space counts nowhere."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.evaluation.recovery.damage import Damaged, Gold, Ills, damage
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import read_file
from policy_qa.types import Caption, Heading, ListItem, Note, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.types import Cell, Document, SourceFile

FURNITURE = {"running head", "page number", "photo credit", "photo caption"}
IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that was not brought back as it should: what was expected, and what came in its place."""

    measure: str
    expected: str
    came: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was brought back of one file: by measure, how many right and how many there are, and the misses."""

    name: str
    counts: dict[str, tuple[int, int]]
    misses: tuple[Miss, ...]


def measure_recovery(damaged: Damaged, document: Document, source: SourceFile) -> Recovery:
    """How `document`, read from `source`, compares with the gold of the damaged file.

    - paragraphs: gold paragraphs and items that are a block of their own, letter by letter
    - headings: those with the right text and the right headings above (the title aside)
    - captions: those with the right text and number, with or without data
    - tables' fit: captions told to fit their table or not
    - cells: those with the right row label, column label, unit and text
    - notes, bylines and title, furniture: those found as such, and nothing else found as such
    - characters: whether text and what was set aside are, place by place, the characters of the file
    """
    gold = damaged.gold
    tallies = [
        tally("paragraphs", map(squash, gold.paragraphs), block_texts(document, Paragraph, ListItem)),
        tally("headings", map(path_text, gold_paths(gold)), map(path_text, heading_paths(document, gold))),
        tally("captions", gold_caption_texts(gold), caption_texts(document)),
        tally("notes", map(squash, gold.notes), block_texts(document, Note)),
        tally("bylines", gold_bylines(gold), found_bylines(document, gold)),
        tally("furniture", map(squash, gold.furniture), found_furniture(document), counts_excess=True),
        tally_cells(gold, document),
        tally_fits(gold, document),
        tally_characters(document, source),
    ]
    return Recovery(
        gold.name,
        {name: counts for name, counts, _ in tallies},
        tuple(miss for *_, misses in tallies for miss in misses),
    )


def squash(text: str) -> str:
    r"""The text without white space.

    >>> squash("占 GDP 比重\n")
    '占GDP比重'
    """
    return re.sub(r"\s+", "", text)


def tally(
    name: str, expected: Iterable[str], came: Iterable[str], *, counts_excess: bool = False
) -> tuple[str, tuple[int, int], list[Miss]]:
    """Name, right and all, and misses; with `counts_excess` what came unexpected counts as a miss too."""
    wanted, found = list(expected), list(came)
    left = Counter(found)
    unmatched = []
    for text in wanted:
        if left[text]:
            left[text] -= 1
        else:
            unmatched.append(text)
    rest = list(left.elements())
    misses = [Miss(name, text, " ¦ ".join(nearest(text, rest)) or "—") for text in unmatched]
    right, whole = len(wanted) - len(unmatched), len(wanted)
    if counts_excess:
        misses += [Miss(name, "—", text) for text in rest if text not in unmatched]
        whole += len(rest)
    return name, (right, whole), misses


def nearest(text: str, candidates: Sequence[str]) -> list[str]:
    """The candidates that hold the first, a middle or the last characters of `text`."""
    size = min(8, len(text))
    probes = {text[:size], text[-size:], text[len(text) // 2 :][:size]}
    return [candidate for candidate in candidates if any(probe in candidate for probe in probes)][:3]


def block_texts(document: Document, *kinds: type) -> list[str]:
    """The texts of the blocks of these kinds."""
    return [squash(block.span.of(document.text)) for block in document.blocks if isinstance(block, kinds)]


def path_text(path: Sequence[str]) -> str:
    """A heading's path as one text."""
    return " › ".join(map(squash, path))


def gold_paths(gold: Gold) -> list[tuple[str, ...]]:
    """The paths of the headings, the title left out."""
    return [heading.path for heading in gold.headings]


def heading_paths(document: Document, gold: Gold) -> list[tuple[str, ...]]:
    """The paths of the document's headings, the title left out wherever it is the outermost."""
    title = squash(gold.title or "")
    paths = []
    for block in document.blocks:
        if isinstance(block, Heading):
            path = block.heading_path[bool(title) and squash(block.heading_path[0]) == title :]
            if path:
                paths.append(path)
    return paths


def gold_caption_texts(gold: Gold) -> Iterator[str]:
    """Number, text and whether there is data, of every caption."""
    for caption in gold.captions:
        yield f"[{caption.number}] {squash(caption.text)} {'rows' if caption.has_data else 'no rows'}"


def caption_texts(document: Document) -> Iterator[str]:
    """The same of the captions that were found."""
    for block in document.blocks:
        if isinstance(block, Caption):
            number = squash(block.number) if block.number else None
            text = squash(block.span.of(document.text))
            yield f"[{number}] {text} {'rows' if block.has_data else 'no rows'}"


def gold_bylines(gold: Gold) -> list[str]:
    """The title, where there is one, and the bylines."""
    return [*([f"title {squash(gold.title)}"] if gold.title else []), *map(squash, gold.bylines)]


def found_bylines(document: Document, gold: Gold) -> list[str]:
    """The title and the bylines that were found, line by line."""
    lines = [line for span in document.meta.bylines for line in span.of(document.text).split("\n")]
    return [*([f"title {squash(document.meta.title)}"] if gold.title else []), *map(squash, lines)]


def found_furniture(document: Document) -> list[str]:
    """The lines set aside as heads, feet, page numbers or photos."""
    pieces = [aside.text for aside in document.set_aside if aside.kind in FURNITURE]
    return [squash(line) for piece in pieces for line in piece.splitlines() if squash(line)]


def tally_cells(gold: Gold, document: Document) -> tuple[str, tuple[int, int], list[Miss]]:
    """The cells that were brought back, table by table; each gold table meets the table most like it."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    found = [[cell_text_of(cell) for cell in table.cells] for table in tables]
    right = whole = 0
    misses: list[Miss] = []
    for table in gold.tables:
        wanted = [
            cell_text(cell.row, cell.column, cell.unit, cell.text, own=cell.unit is None)
            for cell in table.cells
        ]
        best = max(found, key=lambda cells: likeness(wanted, cells), default=[])
        name, counts, missed = tally("cells", wanted, best)
        right, whole = right + counts[0], whole + counts[1]
        misses += [Miss(name, f"{table.caption}: {miss.expected}", miss.came) for miss in missed]
    return "cells", (right, whole), misses


def likeness(wanted: Sequence[str], cells: Sequence[str]) -> tuple[int, int]:
    """How many cells are equal; among tables without an equal cell, how many values are."""
    values = Counter(cell.rsplit("=", 1)[-1] for cell in wanted) & Counter(
        cell.rsplit("=", 1)[-1] for cell in cells
    )
    return (Counter(wanted) & Counter(cells)).total(), values.total()


def cell_text_of(cell: Cell) -> str:
    """A found cell as one text."""
    own = cell.unit is not None and cell.text is not None and squash(cell.text).endswith(squash(cell.unit))
    return cell_text(cell.row_label, cell.column_label, cell.unit, cell.text, own=own)


def cell_text(
    row: Sequence[str], column: Sequence[str], unit: str | None, text: str | None, *, own: bool
) -> str:
    """A cell as one text; what stands in brackets at the end of a label is left to the unit, which counts only for a value."""
    labels = [" › ".join(squash(IN_BRACKETS.sub("", label)) for label in labels) for labels in (row, column)]
    named = "" if own or unit is None or not text else squash(unit)
    return f"{labels[0]} | {labels[1]} | {named} = {squash(text) if text else '(missing)'}"


def tally_fits(gold: Gold, document: Document) -> tuple[str, tuple[int, int], list[Miss]]:
    """The tables whose caption was rightly told to fit, or not to."""
    wanted = [f"{squash(table.caption or '')} fits: {table.fits}" for table in gold.tables]
    found = [
        f"{squash(block.caption.of(document.text)) if block.caption else ''} fits: {block.caption_fits}"
        for block in document.blocks
        if isinstance(block, Table)
    ]
    return tally("fits", wanted, found)


def tally_characters(document: Document, source: SourceFile) -> tuple[str, tuple[int, int], list[Miss]]:
    """The visible characters of the file that stand once, and only once, in the text or in what was set aside."""
    uses = Counter[int]()
    misses = []
    covered = 0
    for run in document.line_map.runs:
        piece = run.span.of(document.text)
        covered += len(squash(piece))
        if source.text[run.source_start : run.source_start + len(piece)] != piece:
            misses.append(Miss("characters", source.text[run.source_start :][: len(piece)], piece))
        uses.update(range(run.source_start, run.source_start + len(piece)))
    for aside in document.set_aside:
        if aside.source_span.of(source.text) != aside.text:
            misses.append(Miss("characters", aside.source_span.of(source.text), aside.text))
        uses.update(range(aside.source_span.start, aside.source_span.end))
    visible = [place for place, character in enumerate(source.text) if not character.isspace()]
    wrong = [place for place in visible if uses[place] != 1]
    if wrong:
        where = ", ".join(f"{place} {source.text[place]!r}×{uses[place]}" for place in wrong[:12])
        misses.append(Miss("characters", "each character once", where))
    if covered != len(squash(document.text)):
        misses.append(Miss("characters", "no character that the file has not", "the text holds such"))
    return "characters", (len(visible) - max(len(wrong), len(misses)), len(visible)), misses


def recover(master: str, ills: Ills) -> Recovery:
    """What comes back of a master damaged so, written to a file and read like any user's."""
    damaged = damage(master, ills)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ills.name
        path.write_bytes(damaged.data)
        source = read_file(path)
    return measure_recovery(damaged, read_document(source), source)


def sum_up(recoveries: Sequence[Recovery]) -> dict[str, tuple[int, int]]:
    """Right and all of every measure over all files."""
    names = dict.fromkeys(name for recovery in recoveries for name in recovery.counts)
    return {
        name: (
            sum(recovery.counts[name][0] for recovery in recoveries),
            sum(recovery.counts[name][1] for recovery in recoveries),
        )
        for name in names
    }


def recovery_table(recoveries: Sequence[Recovery]) -> str:
    """The shares of all files and of all together, a line each."""
    rows = [(recovery.name, recovery.counts) for recovery in recoveries]
    lines = ["\t".join([*sum_up(recoveries), "file"])]
    for name, counts in [*rows, ("all", sum_up(recoveries))]:
        lines.append("\t".join([*(f"{right}/{whole}" for right, whole in counts.values()), name]))
    total = sum_up(recoveries).values()
    lines.append("\t".join(f"{right / whole:.1%}" if whole else "—" for right, whole in total))
    return "\n".join(lines)
