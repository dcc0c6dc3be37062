"""The format of the masters, and the gold that is read off them."""

import pytest

from policy_qa.evaluation.recovery.masters import (
    GoldCaption,
    GoldCell,
    GoldHeading,
    MasterError,
    gold_captions,
    gold_headings,
    gold_tables,
    parse_master,
)

MASTER = """## 一、投入

@caption 表1 三市投入
@unit 单位：亿元
| 城市 | 研发 | 研发 | 强度（%） |
| 城市 | 2019年 | 2020年 | 2020年 |
| --- |
| 甲市 | 1.5 | ---- | 2.1 |
| > 其中企业 | 1.1 |  | 3.0% |
@note 注：甲市为初步数。

# 某市简报（示例）

### （一）现状

强度上升。

@caption! 图1 走势
"""


def test_blocks_in_order() -> None:
    kinds = [piece.kind for piece in parse_master(MASTER)]
    assert kinds == ["heading", "caption", "table", "note", "heading", "heading", "paragraph", "caption"]


def test_the_title_is_in_no_path() -> None:
    assert list(gold_headings(parse_master(MASTER))) == [
        GoldHeading("一、投入", ("一、投入",)),
        GoldHeading("（一）现状", ("一、投入", "（一）现状")),
    ]


def test_captions_know_whether_rows_follow() -> None:
    assert list(gold_captions(parse_master(MASTER))) == [
        GoldCaption("表1 三市投入", "表1", has_data=True),
        GoldCaption("图1 走势", "图1", has_data=False),
    ]


def test_cells_have_labels_of_all_levels_and_the_nearest_unit() -> None:
    (table,) = gold_tables(parse_master(MASTER))
    assert table.fits
    assert table.cells == (
        GoldCell(("甲市",), ("研发", "2019年"), "亿元", "1.5"),
        GoldCell(("甲市",), ("研发", "2020年"), "亿元", None),
        GoldCell(("甲市",), ("强度（%）", "2020年"), "%", "2.1"),
        GoldCell(("甲市", "其中企业"), ("研发", "2019年"), "亿元", "1.1"),
        GoldCell(("甲市", "其中企业"), ("研发", "2020年"), "亿元", None),
        GoldCell(("甲市", "其中企业"), ("强度（%）", "2020年"), None, "3.0%"),
    )


@pytest.mark.parametrize(
    "text", ["@foot 第1页", "| 城市 | 数 |\n| 甲 | 1 |", "| 城市 | 数 |\n| --- |\n| 甲 |"]
)
def test_what_the_format_does_not_know_is_an_error(text: str) -> None:
    with pytest.raises(MasterError):
        parse_master(text)
