"""Tables laid out: nothing lost, heads over their columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.grid import Grid, keep_columns, lay_out
from policy_qa.types import Span, Table
from table_documents import Draft, harbour_report, tables_of

REPORT = harbour_report().document()
WORDS = st.text(alphabet="增长港口GDP（）", min_size=1, max_size=4)
VALUES = st.sampled_from(["1,286.4", "-5.2%", "----", "", "约3", "第1位"])


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace() and character not in "|｜")


def letters_of(text: str, grid: Grid) -> Counter[str]:
    boxes = [box for level in grid.head for box in level] + [box for row in grid.body for box in row.boxes]
    pieces = [piece for box in boxes for piece in box.pieces]
    return letters("".join(piece.of(text) for piece in [*pieces, *grid.above, *grid.below]))


def texts(table: Table, row: int) -> list[str]:
    return [box.text(REPORT.text) for box in lay_out(REPORT.text, table).body[row].boxes]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, Table]:
    width = draw(st.integers(1, 4))
    with_unit = draw(st.booleans())
    draft = Draft("甲.txt")
    first = 1 + with_unit
    heads = [[("城市", 0, 1), *((draw(WORDS), first + n, 1) for n in range(width))]]
    if draw(st.booleans()):
        heads.insert(0, [(draw(WORDS), first, width)])
    rows = [
        (
            (draw(WORDS),),
            draw(WORDS) if with_unit else "",
            draw(st.lists(VALUES, min_size=width, max_size=width)),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    draft.table(
        heads,
        rows,
        gap=draw(st.sampled_from(["\t", "  ", " | "])),
        unit=draw(st.sampled_from([None, "亿元"])),
    )
    return draft.text, tables_of_draft(draft)


def tables_of_draft(draft: Draft) -> Table:
    return next(block for block in draft.blocks if isinstance(block, Table))


@given(tables())
def test_every_character_of_a_table_is_laid_out_once(drawn: tuple[str, Table]) -> None:
    text, table = drawn
    assert letters_of(text, lay_out(text, table)) == letters(table.span.of(text))


@given(tables())
def test_what_no_one_read_is_not_lost(drawn: tuple[str, Table]) -> None:
    text, table = drawn
    less = replace(table, header_rows=(), rows=table.rows[1:], cells=())
    assert letters_of(text, lay_out(text, less)) == letters(table.span.of(text))


@given(tables())
def test_heads_and_rows_fill_the_same_columns(drawn: tuple[str, Table]) -> None:
    text, table = drawn
    grid = lay_out(text, table)
    taken = Counter(
        (level + down, column)
        for level, boxes in enumerate(grid.head)
        for box in boxes
        for down in range(box.height)
        for column in range(box.column, box.column + box.width)
    )
    assert taken == Counter(
        (level, column) for level in range(len(grid.head)) for column in range(grid.columns)
    )
    assert all([box.column for box in row.boxes] == list(range(grid.columns)) for row in grid.body)


def test_the_unit_stands_in_its_column() -> None:
    assert texts(tables_of(REPORT)[0], 1)[:3] == ["占地区生产总值比重", "%", "18.6"]


def test_a_missing_value_is_told_from_an_empty_label() -> None:
    row = lay_out(REPORT.text, tables_of(REPORT)[0]).body[3]
    assert [box.column for box in row.boxes if box.missing] == [5]


def test_a_head_without_a_second_level_reaches_down() -> None:
    first, second = lay_out(REPORT.text, tables_of(REPORT)[1]).head
    assert [(box.column, box.width, box.height) for box in first[:3]] == [(0, 1, 2), (1, 2, 1), (3, 2, 1)]
    assert [box.column for box in second] == list(range(1, 13))


def test_a_broken_head_is_whole() -> None:
    (level,) = lay_out(REPORT.text, tables_of(REPORT)[2]).head
    assert level[2].text(REPORT.text) == "占海洋生产总值比重（%）"


def test_the_unit_line_stands_above() -> None:
    grid = lay_out(REPORT.text, tables_of(REPORT)[2])
    assert [line.of(REPORT.text) for line in grid.above] == ["单位：万元"]


def test_the_rule_of_a_pipe_table_is_no_text() -> None:
    text = "| 城市 | 投入 |\n|---|---:|\n| 东湾 | 3.4 |"
    draft = Draft("甲.md")
    draft.table([[("城市", 0, 1), ("投入", 1, 1)]], [(("东湾",), "", ["3.4"])])
    table = tables_of_draft(draft)
    places = {
        word: Span(text.index(word), text.index(word) + len(word)) for word in ("城市", "投入", "东湾", "3.4")
    }
    heads = tuple(replace(head, spans=(places[head.text],)) for head in table.header_rows[0])
    row = replace(table.rows[0], span=Span(24, len(text)), label_spans=(places["东湾"],))
    cell = replace(table.cells[0], span=places["3.4"])
    grid = lay_out(
        text, replace(table, span=Span(0, len(text)), header_rows=(heads,), rows=(row,), cells=(cell,))
    )
    assert (grid.above, grid.below) == ((), ())
    assert [box.text(text) for box in grid.body[0].boxes] == ["东湾", "3.4"]


def test_two_columns_of_labels_stand_side_by_side() -> None:
    text = "东湾 总额 3.4\n2.1"
    draft = Draft("甲.txt")
    draft.table([[("城市", 0, 1), ("项目", 1, 1), ("投入", 2, 1)]], [(("东湾", "总额"), "项", ["3.4"])])
    table = tables_of_draft(draft)
    row = replace(table.rows[0], span=Span(0, 9), label_spans=(Span(0, 2), Span(3, 5)))
    cell = replace(table.cells[0], span=Span(6, 9))
    whole = replace(table, span=Span(0, 9), header_rows=(), rows=(row,), cells=(cell,))
    assert [box.text(text) for box in lay_out(text, whole).body[0].boxes] == ["东湾", "总额", "3.4"]


@pytest.mark.parametrize(("kept", "widths"), [((0, 3), [1, 1]), ((0, 3, 4), [1, 2])])
def test_columns_left_out_narrow_the_heads_above(kept: tuple[int, ...], widths: list[int]) -> None:
    grid = keep_columns(lay_out(REPORT.text, tables_of(REPORT)[1]), kept)
    assert [box.width for box in grid.head[0]] == widths
    assert [box.column for box in grid.body[0].boxes] == list(range(len(kept)))


def test_a_title_over_rows_takes_the_whole_width() -> None:
    table = tables_of(REPORT)[0]
    rows = (replace(table.rows[0], label_spans=(table.rows[0].span,)), *table.rows[1:])
    cells = tuple(cell for cell in table.cells if cell.row)
    grid = lay_out(REPORT.text, replace(table, rows=rows, cells=cells))
    assert [(box.column, box.width) for box in grid.body[0].boxes] == [(0, 8)]
    assert [box.width for box in keep_columns(grid, (0, 1, 4)).body[0].boxes] == [3]
