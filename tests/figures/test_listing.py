from __future__ import annotations

from decimal import Decimal

import pytest

from brief_documents import listed_figures
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.listing import list_figures
from table_documents import harbour_report


def listed(*lines: str):
    return listed_figures("简报.md", "# 丽水市2021年简报", *lines)


@pytest.mark.parametrize(
    ("line", "number", "unit"),
    [
        ("2021年丽水市茶叶产值达到1,286.4亿元。", "1286.4", "亿元"),
        ("2021年丽水市茶企有2.3万家。", "2.3", "万家"),
        ("2021年丽水市茶叶出口额下降3.2%。", "-3.2", "%"),
        ("2021年丽水市茶叶出口增速为2.4%，低于全国6.1%的平均水平。", "6.1", "%"),
        ("2021年丽水市茶叶合格率由91%降至88%。", "88", "%"),
        ("2021年丽水市茶叶产量居全省第3位。", "3", "位"),
    ],
)
def test_the_number_in_the_unit_it_is_stated_in(line: str, number: str, unit: str) -> None:
    one = listed(line)[-1]
    assert (one.number, one.unit) == (Decimal(number), unit)


def test_a_range_is_no_number() -> None:
    (one,) = listed("2021年丽水市茶叶产值增长5%—8%。")
    assert one.number is None
    assert one.written == "5%—8%"


def test_every_figure_leads_to_its_characters() -> None:
    document = harbour_report().document()
    figures = extract_figures(document)
    found = list_figures(document, figures)
    assert [one.figure for one in found] == list(figures)
    for one in found:
        assert one.quote == one.figure.clause.of(document.text)
        assert one.figure.quantity.text in one.written
        segments = document.line_map.segments(document.text, one.figure.span)
        assert one.lines == (segments[0].line, segments[-1].line)
    in_cells = [one for one in found if one.figure.cell]
    assert in_cells
    assert all(one.heads for one in in_cells)


def test_a_column_that_says_again_how_its_caption_ends_names_the_indicator_once() -> None:
    told = listed_figures(
        "茶.md",
        "# 年报",
        "表1 2020年茶叶产量排名",
        "| 城市 | 排名 |\n| --- | --- |\n| 丽水 | 3 |\n| 衢州 | 5 |",
    )
    assert {one.figure.indicator.text for one in told if one.figure.cell} == {"茶叶产量排名"}
