"""Documents with tables, made of lines: what a reader of tables would hand over, without one."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_qa.types import (
    Block,
    Caption,
    Cell,
    Document,
    DocumentMeta,
    Head,
    Heading,
    LineMap,
    Note,
    Paragraph,
    Row,
    Run,
    Span,
    Table,
)

MISSING = re.compile(r"-{2,}|…+|—+")
CAPTION = re.compile(r"[图表]\s?\d+")
UNIT = re.compile(r"单位：(.+)")
FIELD = re.compile(r"(?:^|(?<=\t))[^\t]*")


def made_document(text: str, name: str = "年报.md", title: str | None = None) -> Document:
    """The document of a text: `#` headings, `表1…` captions, `注：…` notes, tab tables (a `单位` head is one of units).

    A caption that no table follows has no data. A table's second line is a head too if it starts with a tab.
    """
    lines, place, runs = [], 0, []
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(Span(place, place + len(line)))
        if line:
            runs.append(Run(lines[-1], place, number))
        place += len(line) + 1
    blocks = _blocks(text, lines)
    first = next((block.span for block in blocks if isinstance(block, Heading)), None)
    meta = DocumentMeta(title or (first.of(text).lstrip("# ") if first else name), None)
    return Document(name, "0" * 64, text, tuple(_bound(blocks)), (), meta, LineMap(tuple(runs)))


def _blocks(text: str, lines: list[Span]) -> list[Block]:
    blocks: list[Block] = []
    path: tuple[str, ...] = ()
    at = 0
    while at < len(lines):
        line, said = lines[at], lines[at].of(text)
        if said.startswith("#"):
            level = len(said) - len(said.lstrip("#"))
            path = (*path[: level - 1], said.lstrip("# "))
            blocks.append(Heading(line, level, path))
        elif "\t" in said or (UNIT.fullmatch(said) and "\t" in lines[at + 1].of(text)):
            end = at + 1
            while end < len(lines) and "\t" in lines[end].of(text):
                end += 1
            blocks.append(_table(text, lines[at:end], path))
            at = end - 1
        elif CAPTION.match(said):
            number = CAPTION.match(said)
            blocks.append(Caption(line, path, number[0] if number else None, has_data=False))
        elif said.startswith("注："):
            blocks.append(Note(line, path))
        elif said.strip():
            blocks.append(Paragraph(line, path))
        at += 1
    return blocks


def _bound(blocks: list[Block]) -> list[Block]:
    """The blocks with captions and notes bound to their tables."""
    bound = [*blocks]
    for at, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        notes, after = [], at + 1
        while after < len(blocks) and isinstance(blocks[after], Note):
            notes.append(blocks[after].span)
            after += 1
        before = blocks[at - 1] if at else None
        if isinstance(before, Caption):
            bound[at - 1] = replace(before, has_data=True)
            bound[at] = replace(block, caption=before.span, number=before.number, notes=tuple(notes))
        else:
            bound[at] = replace(block, notes=tuple(notes))
    return bound


def _fields(text: str, line: Span) -> list[Span]:
    by = line.start
    return [Span(by + match.start(), by + match.end()) for match in FIELD.finditer(line.of(text))]


def _table(text: str, lines: list[Span], path: tuple[str, ...]) -> Table:
    whole = Span(lines[0].start, lines[-1].end)
    unit = UNIT.fullmatch(lines[0].of(text))
    if unit:
        lines = lines[1:]
    count = 2 if lines[1].of(text).startswith("\t") else 1
    levels = [_heads(text, line) for line in lines[:count]]
    unit_column = next((head.column for head in levels[0] if head.text == "单位"), None)
    rows, cells, parent = [], [], ()
    for number, line in enumerate(lines[count:]):
        fields = _fields(text, line)
        own = fields[0].of(text)
        label = (*parent, own) if own.startswith("占") and parent else (own,)
        parent = parent if own.startswith("占") else (own,)
        rows.append(Row(line, label, (fields[0],)))
        for column, field in enumerate(fields[1:], start=1):
            if column == unit_column:
                continue
            value = field.of(text)
            own_unit = fields[unit_column].of(text) if unit_column else (unit[1] if unit else None)
            heads = tuple(
                head.text
                for level in levels
                for head in level
                if head.column <= column < head.column + head.width
            )
            known = bool(value) and not MISSING.fullmatch(value)
            cells.append(
                Cell(
                    number, column, label, heads, own_unit, value if known else None, field if value else None
                )
            )
    return Table(whole, path, None, None, tuple(levels), tuple(rows), tuple(cells))


def _heads(text: str, line: Span) -> tuple[Head, ...]:
    """The heads of a line; an empty field goes with the one before it."""
    heads: list[Head] = []
    for column, field in enumerate(_fields(text, line)):
        if field.of(text):
            heads.append(Head(field.of(text), (field,), column))
        elif heads and column > 1:
            heads[-1] = replace(heads[-1], width=heads[-1].width + 1)
    return tuple(heads)
