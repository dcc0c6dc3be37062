"""Tables of plans and lists of projects: the nature of an indicator, numbered rows, sums."""

import pytest
from table_texts import cells, read_one, units

PLAN = [
    ["指标", "单位", "2020年", "2025年", "属性"],
    ["地区产值", "亿元", "3000", "4500", "预期性"],
    ["森林覆盖率", "%", "66", "66.5", "约束性"],
    ["城镇化率", "%", "65.1", "70", "预期性"],
]


@pytest.mark.parametrize("gap", [" ", "\t", " | "])
@pytest.mark.parametrize("is_numbered", [False, True])
def test_plans(gap, is_numbered):
    rows = [[str(place) if place else "序号", *row] if is_numbered else row for place, row in enumerate(PLAN)]
    _, table = read_one("\n".join(["表1 主要指标", *map(gap.join, rows)]))
    assert [row.label for row in table.rows] == [("地区产值",), ("森林覆盖率",), ("城镇化率",)]
    assert cells(table)["森林覆盖率", "2025年"] == "66.5"
    assert cells(table)["城镇化率", "属性"] == "预期性"
    assert units(table)["森林覆盖率", "2020年"] == "%"
    assert units(table)["地区产值", "属性"] is None


def test_numbers_between_groups_and_names():
    rows = ["类别\t序号\t指标\t单位\t2020年\t2025年\t属性", "发展\t1\t地区产值\t亿元\t3000\t4500\t预期性"]
    rows += ["\t2\t工业产值\t亿元\t900\t1300\t预期性", "生态\t3\t森林覆盖率\t%\t66\t66.5\t约束性"]
    _, table = read_one("\n".join(["表1 主要指标", *rows]))
    assert [row.label for row in table.rows] == [
        ("发展", "地区产值"),
        ("发展", "工业产值"),
        ("生态", "森林覆盖率"),
    ]
    assert cells(table)["发展/工业产值", "2025年"] == "1300"


@pytest.mark.parametrize("total", ["合计\t\t120", "\t合计\t120", "合计\t合计\t120"])
def test_the_sum_of_numbered_rows(total):
    _, table = read_one(f"表2 项目\n序号\t项目名称\t投资（亿元）\n1\t甲厂扩建\t100\n2\t乙路改造\t20\n{total}")
    assert cells(table) == {
        ("甲厂扩建", "投资（亿元）"): "100",
        ("乙路改造", "投资（亿元）"): "20",
        ("合计", "投资（亿元）"): "120",
    }


def test_a_head_of_numbers_without_numbers_is_a_head():
    _, table = read_one("表2 项目\n序号 产值 增速\n甲厂 100 5%\n乙厂 20 6%")
    assert cells(table)["甲厂", "产值"] == "100"
