"""Random grids, printed in four ways: they come back as they were, or with a reason, never otherwise."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st
from table_texts import check_spans, spans_of

from policy_qa.ingest.tables.fields import print_width
from policy_qa.ingest.tables.reading import TableSpans, read_table
from policy_qa.types import Table

HAN = re.compile(r"[\u4e00-\u9fff]")
NAMES = (
    "甲州",
    "乙丙市",
    "丁戊自治县",
    "R&D 强度",
    "2020 年 GDP",
    "进出口总额",
    "城镇人口",
    "户数",
    "港口吞吐量",
    "用电量",
)
HEADS = ("2018年", "2019年", "2020年", "产值（亿元）", "面积", "人口密度", "财政收入", "耕地", "位次", "总量")
VALUE = st.one_of(
    st.decimals(min_value=-9999, max_value=99999, places=2).map(str),
    st.integers(min_value=0, max_value=1_800).map(str),
    st.sampled_from(["--", "3.5%", "1,234.5", "…"]),
)


@st.composite
def grids(draw, *, blanks: bool):
    """Heads and rows, the first of each row its label; "" is an empty cell."""
    columns = draw(st.integers(2, 5))
    heads = ["地区", *draw(st.lists(st.sampled_from(HEADS), min_size=columns, max_size=columns, unique=True))]
    value = st.one_of(VALUE, st.just("")) if blanks else VALUE
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    rows = [[name, *draw(st.lists(value, min_size=columns, max_size=columns))] for name in names]
    assume(all(any(cell not in {"", "--", "…"} for cell in row[1:]) for row in rows))
    return [heads, *rows]


def compare(lines, grid):
    text = "\n".join(lines)
    table = read_table(text, TableSpans(None, None, tuple(spans_of(lines))))
    if isinstance(table, str):
        return table
    check_spans(text, table)
    missing = {"", "--", "…"}
    want = {
        (row[0].replace(" ", ""), head): None if cell in missing else cell
        for row in grid[1:]
        for head, cell in zip(grid[0][1:], row[1:], strict=True)
    }
    got = {(cell.row_label[-1].replace(" ", ""), cell.column_label[-1]): cell.text for cell in table.cells}
    kept = {head for _, head in got}
    assert got == {place: value for place, value in want.items() if place[1] in kept or value is not None}
    return None


@given(grids(blanks=True))
def test_tabs(grid):
    assert compare(["\t".join(row) for row in grid], grid) is None


@given(grids(blanks=True), st.booleans(), st.booleans())
def test_bars(grid, outer, rule):
    lines = [" | ".join(cell or " " for cell in row) for row in grid]
    if rule:
        lines.insert(1, " | ".join("---" for _ in grid[0]))
    if outer:
        lines = [f"| {line} |" for line in lines]
    assert compare(lines, grid) is None


@given(grids(blanks=True), st.booleans(), st.integers(2, 5))
def test_aligned(grid, right, gap):
    widths = [max(print_width(row[column]) for row in grid) for column in range(len(grid[0]))]
    lines = []
    for row in grid:
        line = ""
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            padding = " " * (width - print_width(cell))
            line += (padding + cell if right and place else cell + padding) + " " * gap
        lines.append(line.rstrip())
    compare(lines, grid)


@given(grids(blanks=False))
def test_aligned_without_blanks_is_read(grid):
    widths = [max(print_width(row[column]) for row in grid) for column in range(len(grid[0]))]
    lines = [
        "".join(
            cell + " " * (width - print_width(cell) + 2) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in grid
    ]
    assert compare(lines, grid) is None


@given(grids(blanks=True))
def test_single_spaces(grid):
    reason = compare([" ".join(cell for cell in row if cell) for row in grid], grid)
    assert reason is not None or all(cell for row in grid for cell in row)


@given(grids(blanks=False))
def test_single_spaces_without_blanks_are_read(grid):
    assert compare([" ".join(row) for row in grid], grid) is None


@given(st.lists(st.text(alphabet="甲乙12.3 \t|-（亿元）年\u3000", max_size=24), max_size=8))
def test_anything_is_a_table_with_true_spans_or_a_reason(lines):
    text = "\n".join(lines)
    table = read_table(text, TableSpans(None, None, tuple(spans_of(lines))))
    if isinstance(table, Table):
        check_spans(text, table)
    else:
        assert HAN.search(table)  # staff read it
