"""Grids whose heads do not hold for all rows or columns: unread, with a reason; heads printed again are no rows."""

import pytest
from table_texts import cells, read_all, read_one, units


@pytest.mark.parametrize("gap", [" ", "    ", "\t"])
@pytest.mark.parametrize(
    "again", [["城市", "2020年", "2021年"], ["城市", "人口", "面积"], ["城市", "2020", "2021"]]
)
def test_other_heads_in_mid_table_are_noticed(gap, again):
    rows = [
        ["城市", "产值", "增速"],
        ["甲州", "1.5", "2.5"],
        ["乙州", "3.5", "4.5"],
        again,
        ["甲州", "5.5", "6.5"],
    ]
    rows.append(["乙州", "7.5", "8.5"])
    _, read = read_all("\n".join(["表1 各市产值", *(gap.join(row) for row in rows)]))
    assert ["另起的表头" in reason for reason in read] == [True]


def test_other_heads_are_named_in_the_reason():
    _, reason = read_one(
        "| 城市 | 产值 | 增速 |\n|---|---|---|\n| 甲州 | 1 | 2 |\n| 年份 | 人口 | 面积 |\n| 2019 | 5 | 6 |"
    )
    assert reason == "“年份”一行像是另起的表头，其下各行不能按前面的表头读"


def test_words_in_one_row_are_no_heads():
    _, table = read_one(
        "| 指标 | 甲园 | 乙园 |\n|---|---|---|\n| 产值（亿元） | 1 | 2 |\n| 主导产业 | 汽车 | 机械 |\n| 户数（家） | 5 | 6 |"
    )
    assert cells(table)["主导产业", "乙园"] == "机械"
    assert cells(table)["户数（家）", "甲园"] == "5"


def test_two_columns_under_one_merged_head_are_not_told_apart():
    _, reason = read_one(
        "设备\t投运\t参数\t参数\n甲泵\t2013\t型号\tA-1\n甲泵\t2013\t容量\t9\n乙泵\t2015\t型号\tB-2\n乙泵\t2015\t容量\t8"
    )
    assert reason == "有2列的表头同为“参数”，分不清各列"


def test_heads_that_recur_want_their_groups():
    _, reason = read_one("城市\t产值\t增速\t产值\t增速\n甲州\t1\t2\t3\t4\n乙州\t5\t6\t7\t8")
    assert isinstance(reason, str)
    assert "产值" in reason


def test_a_single_head_that_occurs_twice_is_read():
    _, table = read_one("城市\t收入\t其中：利息\t支出\t其中：利息\n甲州\t1\t2\t3\t4\n乙州\t5\t6\t7\t8")
    assert [cell.text for cell in table.cells if cell.row == 1] == ["5", "6", "7", "8"]


@pytest.mark.parametrize("gap", [" ", "    ", "\t", " | "])
def test_heads_printed_again_on_a_new_page_are_no_row(gap):
    rows = ["城市 2018年 2019年", "甲州 1.5 2.5", "乙州 3.5 4.5", "城市 2018年 2019年", "丙州 5.5 6.5"]
    _, table = read_one("\n".join(["表1 产值", *(gap.join(row.split()) for row in rows)]))
    assert [row.label for row in table.rows] == [("甲州",), ("乙州",), ("丙州",)]
    assert cells(table)["丙州", "2018年"] == "5.5"


def test_heads_printed_again_under_the_name_of_a_group_are_no_row():
    _, table = read_one(
        "资产\t名称\t金额\n房屋\t甲楼\t10\n房屋\t乙楼\t20\n设备\t名称\t金额\n设备\t甲机\t5\n设备\t乙机\t6"
    )
    assert cells(table) == {
        ("房屋/甲楼", "金额"): "10",
        ("房屋/乙楼", "金额"): "20",
        ("设备/甲机", "金额"): "5",
        ("设备/乙机", "金额"): "6",
    }


@pytest.mark.parametrize("gap", [" ", "\t"])
@pytest.mark.parametrize("mark", ["续表", "续表3"])
def test_a_table_goes_on_with_its_unit_on_a_new_page(gap, mark):
    rows = [
        "城市 2018年 2019年",
        "甲州 1.5 2.5",
        "乙州 3.5 4.5",
        mark,
        "城市 2018年 2019年",
        "丙州 5.5 6.5",
        "丁州 7.5 8.5",
    ]
    _, (first, second) = read_all(
        "\n".join(["表3 产值", "单位：亿元", *(gap.join(row.split()) for row in rows)])
    )
    assert len(first.rows) == 2
    assert cells(second)["丁州", "2019年"] == "8.5"
    assert set(units(second).values()) == {"亿元"}


def test_a_table_goes_on_without_its_heads():
    _, table = read_one("城市\t2018年\t2019年\n甲州\t1\t2\n续表\n乙州\t3\t4")
    assert [row.label for row in table.rows] == [("甲州",), ("乙州",)]


def test_the_head_over_the_labels_again_with_other_heads_is_noticed():
    _, reason = read_one("园区\t产值\t增速\n甲园\t1\t2\n园区\t人口\t面积\n甲园\t5\t6")
    assert reason == "“园区”一行像是另起的表头，其下各行不能按前面的表头读"


def test_years_in_the_last_row_are_values():
    _, table = read_one("指标\t甲园\t乙园\n产值\t1\t2\n户数\t3\t4\n年份\t2019\t2020")
    assert cells(table)["年份", "乙园"] == "2020"
