"""The measure of recovery, and what the reading of files must reach on damaged masters."""

from dataclasses import replace

import pytest

from policy_qa.evaluation.recovery.damage import Ills, damage, load_ills
from policy_qa.evaluation.recovery.masters import parse_master
from policy_qa.evaluation.recovery.measure import measure_recovery, recover, recovery_table, sum_up
from policy_qa.types import (
    Caption,
    Cell,
    Document,
    DocumentMeta,
    Heading,
    LineMap,
    Note,
    Paragraph,
    Run,
    SetAside,
    SourceFile,
    Span,
    Table,
)

MASTER = """# 某市简报（示例）

@byline ●示例编写组

## 一、投入

全市研发投入强度为1.8%，比上年高出零点一个百分点，企业投入占到七成以上，后劲较足，势头良好。

@photo 实验室外景。编　者／摄

@caption 表1 投入（亿元）
| 城市 | 2019年 | 2020年 |
| --- |
| 甲市 | 1.5 | ---- |
| 乙市 | 2.5 | 3.5 |
@note 注：甲市缺一年。
"""
ILLS = Ills("m.md", "m.txt", tables=("tabs",), cut=1.0)
LEAST = {"paragraphs": 0.98, "headings": 0.98, "cells": 0.97, "characters": 1.0}


@pytest.fixture
def reading():
    """A damaged master, its source, and a right reading of it."""
    damaged = damage(MASTER, ILLS)
    source = SourceFile("m.txt", "", damaged.data.decode(), "utf-8")
    lines = [line for line in source.text.split("\n") if line]
    return damaged, source, read_rightly(source, lines)


def read_rightly(source, lines):
    """The document of a reader that makes no mistake: the photo's line is gone, what it cut is whole."""
    photo = next(line for line in lines if line.endswith("摄"))
    at = lines.index(photo)
    blocks_text = [*lines[: at - 1], lines[at - 1] + lines[at + 1], *lines[at + 2 :]]
    text = "\n".join(blocks_text)
    runs = []
    for line in lines:
        if line != photo:
            place = text.index(line)
            runs.append(Run(Span(place, place + len(line)), source.text.index(line), 1))
    spans = {line: Span(text.index(line), text.index(line) + len(line)) for line in blocks_text}
    path = ("某市简报（示例）", "一、投入")
    title, byline, heading, paragraph, caption, head, _, second, note = blocks_text
    cells = tuple(
        Cell(row, column, (name,), (year,), "亿元", value, None)
        for row, name, values in ((0, "甲市", (None, "1.5")), (1, "乙市", ("3.5", "2.5")))
        for column, year, value in ((2, "2020年", values[0]), (1, "2019年", values[1]))
    )
    table = Table(Span(spans[head].start, spans[second].end), path, spans[caption], "表1", (), (), cells)
    blocks = (
        Heading(spans[title], 1, path[:1]),
        Heading(spans[heading], 2, path),
        Paragraph(spans[paragraph], path),
        Caption(spans[caption], path, "表1", has_data=True),
        table,
        Note(spans[note], path),
    )
    start = source.text.index(photo)
    aside = SetAside("photo credit", Span(start, start + len(photo)), photo, "")
    meta = DocumentMeta(title, spans[title], None, (spans[byline],))
    return Document("m.txt", "", text, blocks, (aside,), meta, LineMap(tuple(runs)))


def wrong(recovery):
    return {name for name, (right, whole) in recovery.counts.items() if right != whole}


def test_a_right_reading_misses_nothing(reading) -> None:
    damaged, source, document = reading
    recovery = measure_recovery(damaged, document, source)
    assert recovery.misses == ()
    assert recovery.counts["cells"] == (4, 4)
    assert not wrong(recovery)
    assert recovery_table([recovery]).count("100.0%") == len(recovery.counts)


def block_changed(document, kind, **changes):
    blocks = [replace(block, **changes) if isinstance(block, kind) else block for block in document.blocks]
    return replace(document, blocks=tuple(blocks))


def cell_changed(document, **changes):
    table = next(block for block in document.blocks if isinstance(block, Table))
    return block_changed(
        document, Table, cells=(table.cells[0], replace(table.cells[1], **changes), *table.cells[2:])
    )


@pytest.mark.parametrize(
    ("damage_reading", "measures"),
    [
        (lambda d: block_changed(d, Paragraph, span=Span(20, 30)), {"paragraphs"}),
        (lambda d: block_changed(d, Heading, heading_path=("某市简报（示例）",)), {"headings"}),
        (lambda d: block_changed(d, Caption, has_data=False), {"captions"}),
        (lambda d: block_changed(d, Caption, number=None), {"captions"}),
        (lambda d: block_changed(d, Table, caption_fits=False), {"fits"}),
        (lambda d: replace(d, blocks=d.blocks[:-1]), {"notes"}),
        (lambda d: replace(d, meta=replace(d.meta, bylines=())), {"bylines"}),
        (lambda d: replace(d, meta=replace(d.meta, title="别的")), {"bylines"}),
        (lambda d: cell_changed(d, text="9"), {"cells"}),
        (lambda d: cell_changed(d, text=None), {"cells"}),
        (lambda d: cell_changed(d, unit=None), {"cells"}),
        (lambda d: cell_changed(d, unit="万元"), {"cells"}),
        (lambda d: cell_changed(d, row_label=("乙市",)), {"cells"}),
        (lambda d: cell_changed(d, column_label=("2020年",)), {"cells"}),
        (lambda d: replace(d, set_aside=()), {"furniture", "characters"}),
        (lambda d: replace(d, line_map=LineMap(d.line_map.runs[1:])), {"characters"}),
        (lambda d: replace(d, line_map=LineMap((*d.line_map.runs, d.line_map.runs[0]))), {"characters"}),
        (lambda d: replace(d, set_aside=(*d.set_aside, d.set_aside[0])), {"furniture", "characters"}),
    ],
)
def test_each_mistake_is_found_by_its_measure(reading, damage_reading, measures) -> None:
    damaged, source, document = reading
    recovery = measure_recovery(damaged, damage_reading(document), source)
    assert wrong(recovery) == measures
    assert {miss.measure for miss in recovery.misses} == measures


def test_a_cut_paragraph_shows_what_came(reading) -> None:
    damaged, source, document = reading
    cut = block_changed(
        document, Paragraph, span=Span(document.text.index("全市"), document.text.index("企业投入"))
    )
    (miss,) = measure_recovery(damaged, cut, source).misses
    assert miss.expected.startswith("全市研发投入强度为1.8%")
    assert miss.came.startswith("全市研发")
    assert "企业投入" not in miss.came


@pytest.mark.parametrize(
    ("file", "group"), [("ills.toml", "corpus"), ("ills.toml", "build"), ("held_out.toml", "held_out")]
)
def test_the_masters_come_back_from_their_damaged_copies(root, file, group) -> None:
    masters = root / "eval" / "masters"
    settings = load_ills(masters / file)[group]
    recoveries = [recover((masters / ills.master).read_text(encoding="utf-8"), ills) for ills in settings]
    shares = {name: right / whole for name, (right, whole) in sum_up(recoveries).items()}
    report = recovery_table(recoveries)
    assert all(shares[name] >= least for name, least in LEAST.items()), report


def test_the_masters_hold_every_kind_of_table(root) -> None:
    tables = [
        piece.table
        for path in sorted((root / "eval" / "masters").glob("*（示例）.md"))
        for piece in parse_master(path.read_text(encoding="utf-8"))
        if piece.table
    ]
    assert any(len(set(table.heads[0])) == 7 and len(table.heads) == 2 for table in tables)
    assert any(sum(row.is_child for row in table.rows) == 3 for table in tables)
    assert any(table.has_unit_column and "----" in row.fields for table in tables for row in table.rows)
