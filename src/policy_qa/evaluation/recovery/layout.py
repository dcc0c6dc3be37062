"""Blocks laid out as lines and pages: wraps, pages with heads and feet, tables and photos amid sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.evaluation.recovery.print_tables import print_table
from policy_qa.evaluation.recovery.wrap_lines import NOT_FIRST, NOT_LAST, space_latin, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from policy_qa.evaluation.recovery.damage import Ills
    from policy_qa.evaluation.recovery.masters import Piece

FULL_STOP = re.compile(r"[。！？；：][”’）》]*$")
PROSE = {"paragraph", "item"}
FLOATS = {"caption", "table", "note", "photo"}
LEAST_PART = 12  # characters on either side of a cut
LEEWAY = 8  # lines by which a page may be longer, so that it ends inside a sentence


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the damaged file. `inside`: it is not the last line of its sentence, so that a cut can follow.

    `before` and `after` are white space around it, `blanks_before` the blank lines above it. `block` is that of the
    master; `is_torn`: a blank line parts it from the line before, of the same sentence.
    """

    text: str
    kind: str
    inside: bool = False
    glued: bool = False
    before: str = ""
    after: str = ""
    blanks_before: int = 0
    is_furniture: bool = False
    block: int = -1
    is_torn: bool = False


def lay_out(pieces: Sequence[Piece], ills: Ills, random: Random) -> list[PrintedLine]:
    """The lines of the file, in order, blank lines counted."""
    blocks = [
        (piece, [replace(line, block=index) for line in print_piece(piece, index, ills, random)])
        for index, piece in enumerate(pieces)
    ]
    stream = interleave(blocks, ills, random)
    if ills.page_lines:
        stream = paginate(stream, ills)
    return space_out(stream, ills, random)


def print_piece(piece: Piece, index: int, ills: Ills, random: Random) -> list[PrintedLine]:
    """The lines of one block, before anything is put between them."""
    if piece.table is not None:
        style = ills.tables[index % len(ills.tables)]
        lines = print_table(
            piece.table, style, random, break_heads=ills.break_heads, break_labels=ills.break_labels
        )
        spaced = ills.spaced != "no" and style not in {"html", "tabs"}
        return [
            PrintedLine(space_latin(line.text) if spaced else line.text, "table", glued=line.glued)
            for line in lines
        ]
    text = space_latin(piece.text) if ills.spaced == "all" else piece.text
    if piece.kind == "heading":
        return print_heading(text, piece.level, ills, random)
    if piece.kind == "caption" and ills.break_captions and len(text) > 14 and random.random() < 0.6:
        cut = find_cut(text, random)
        return [
            PrintedLine(text[:cut], "caption", after="  "),
            PrintedLine(text[cut:], "caption", glued=True),
        ]
    if piece.kind in PROSE:
        return print_prose(text, piece.kind, ills, random)
    if piece.kind == "photo":
        return [PrintedLine(text, "photo", is_furniture=True)]
    indent = 2 if piece.kind == "note" and ills.width else 0
    lines_ = wrap(text, ills.width, first_indent=indent) if ills.width else [text]
    marked = "\u3000\u3000" if indent else ""
    return [
        PrintedLine(line, piece.kind, before=marked if number == 0 else "")
        for number, line in enumerate(lines_)
    ]


def print_heading(text: str, level: int, ills: Ills, random: Random) -> list[PrintedLine]:
    """The lines of a heading, with the mark of markdown where it has one."""
    if ills.heading_marks != "no":
        jump = random.choice((0, 0, 1, 2)) if ills.heading_marks == "jumping" and level > 1 else 0
        return [PrintedLine(text, "heading", before="#" * (level + jump) + " ")]
    lines = wrap(text, ills.width, first_indent=2) if ills.width else [text]
    return [PrintedLine(line, "heading") for line in lines]


def print_prose(text: str, kind: str, ills: Ills, random: Random) -> list[PrintedLine]:
    """The lines of a paragraph. A lost indent leaves its first line as narrow as it was."""
    mark = "\u3000\u3000" if ills.indent == "kept" else ""
    if not ills.width:
        line = PrintedLine(text, kind, before=mark)
        return cut_prose(line, random) if random.random() < ills.stray_blanks else [line]
    first_indent = 0 if ills.indent == "none" else 2
    lines = wrap(text, ills.width, first_indent=first_indent, squeeze=ills.squeeze)
    return [
        PrintedLine(
            line,
            kind,
            inside=number < len(lines) - 1 and not FULL_STOP.search(line),
            before=mark if number == 0 else "",
        )
        for number, line in enumerate(lines)
    ]


def interleave(
    blocks: Sequence[tuple[Piece, list[PrintedLine]]], ills: Ills, random: Random
) -> list[PrintedLine]:
    """The lines of all blocks, some tables, captions and photos moved into the paragraph before them."""
    stream: list[PrintedLine] = []
    prose: list[PrintedLine] = []
    index = 0
    while index < len(blocks):
        piece, lines = blocks[index]
        index += 1
        if piece.kind in PROSE:
            stream += prose
            prose = lines
            continue
        if piece.kind not in FLOATS:
            stream += [*prose, *lines]
            prose = []
            continue
        floating = list(lines)
        while index < len(blocks) and piece.kind != "photo" and blocks[index][0].kind in {"table", "note"}:
            floating += blocks[index][1]
            index += 1
        lone = piece.kind == "photo" and not piece.text.endswith("摄")
        cuts = lone or random.random() < ills.cut
        if cuts and len(prose) == 1 and not ills.width:
            prose = cut_prose(prose[0], random)
        places = [number for number, line in enumerate(prose) if line.inside]
        if cuts and places:
            place = random.choice(places) + 1
            if piece.kind == "photo" and ills.page_space:
                prose[place] = replace(prose[place], before=" ")
            stream += [*prose[:place], *floating]
            prose = prose[place:]
        else:
            stream += [*prose, *floating]
            prose = []
    return stream + prose


def cut_prose(line: PrintedLine, random: Random) -> list[PrintedLine]:
    """A paragraph on one line in two parts, so that something may come between; a short one as it is."""
    if len(line.text) < 4 * LEAST_PART:
        return [line]
    cut = find_cut(line.text, random)
    rest = replace(line, text=line.text[cut:], before="", is_torn=True)
    return [replace(line, text=line.text[:cut], inside=True), rest]


def find_cut(text: str, random: Random) -> int:
    """A place inside a sentence and outside numbers and Latin words, where no closing mark would start a line."""
    least = min(LEAST_PART, len(text) // 3)
    places = [
        place
        for place in range(least, len(text) - least)
        if text[place] not in NOT_FIRST
        and text[place - 1] not in NOT_LAST
        and not FULL_STOP.search(text[:place])
        and not (text[place].isascii() or text[place - 1].isascii())
    ]
    return random.choice(places)


def paginate(stream: Sequence[PrintedLine], ills: Ills) -> list[PrintedLine]:
    """The lines with heads and feet where pages end; a page rather ends inside a sentence."""
    paged: list[PrintedLine] = []
    page, count = ills.first_page, 0
    for number, line in enumerate(stream):
        paged.append(line)
        count += 1
        assert ills.page_lines is not None  # noqa: S101  only called for pages
        after = stream[number + 1] if number + 1 < len(stream) else None
        due = count >= ills.page_lines and (line.inside or count >= ills.page_lines + LEEWAY)
        if after is None or not due or "table" in (line.kind, after.kind) or line.kind == "caption":
            continue
        paged += [foot_line(text, page) for text in turn(ills.feet, page)]
        page, count = page + 1, 0
        paged += [foot_line(text, page) for text in turn(ills.heads, page)]
        paged.append(PrintedLine("", "page"))
    return paged


def turn(lines: tuple[tuple[str, ...], ...], page: int) -> tuple[str, ...]:
    """The lines for this page, those of left and right pages in turn."""
    return lines[page % len(lines)] if lines else ()


def foot_line(text: str, page: int) -> PrintedLine:
    """A head or foot with its page number."""
    return PrintedLine(text.format(page=page), "furniture", is_furniture=True)


def space_out(stream: Sequence[PrintedLine], ills: Ills, random: Random) -> list[PrintedLine]:
    """The lines with the blank lines above them, the marks of new pages gone."""
    lines: list[PrintedLine] = []
    new_page = False
    for line in stream:
        if line.kind == "page":
            new_page = True
            continue
        before = lines[-1] if lines else None
        blanks = blanks_between(before, line, ills, random)
        goes_on = before is not None and before.inside and before.block == line.block
        if goes_on and blanks == 0 and random.random() < ills.stray_blanks:
            blanks = 1
        if new_page and ills.page_space and not line.before.startswith("\u3000"):
            line = replace(line, before=" " + line.before)
        new_page = False
        lines.append(replace(line, blanks_before=blanks))
    return lines


def blanks_between(before: PrintedLine | None, line: PrintedLine, ills: Ills, random: Random) -> int:
    """How many blank lines part two printed lines, before any is strewn in."""
    if before is None or line.glued:
        return 0
    if ills.blank_lines == "every line":
        if before.kind == "photo" and ills.page_space:
            return 0
        if line.kind == "photo":
            return random.choice((0, 1))
        return 3 if line.kind == "furniture" and before.kind != "furniture" else 1
    if ills.blank_lines == "none":
        return 0
    return 1 if before.block != line.block or line.is_torn else 0
