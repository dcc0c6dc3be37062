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


def test_a_rate_over_several_columns_belongs_to_the_head_on_its_left():
    rows = ["指标\t6月\t增长\t1-6月\t增长", "甲业产值\t12\t5.2\t70\t6.1", "乙业产值\t8\t-1.5\t45\t2.0"]
    _, table = read_one("\n".join(["表1 主要指标", *rows]))
    assert {cell.column_label for cell in table.cells} == {
        ("6月",), ("6月", "增长"), ("1-6月",), ("1-6月", "增长"),
    }  # fmt: skip
    assert cells(table)["甲业产值", "1-6月/增长"] == "6.1"


def test_parts_that_come_to_their_whole_stand_under_it():
    rows = [
        "指标\t年末数（万人）\t比重（%）",
        "户籍人口\t334.62\t100.0",
        "其中：城镇\t151.20\t45.2",
        "乡村\t183.42\t54.8",
    ]
    rows += ["其中：男性\t171.88\t51.4", "女性\t162.74\t48.6", "常住人口\t320.10\t100.0"]
    _, table = read_one("\n".join(["表2 人口", *rows]))
    assert [row.label for row in table.rows] == [
        ("户籍人口",),
        ("户籍人口", "其中：城镇"),
        ("户籍人口", "乡村"),
        ("户籍人口", "其中：男性"),
        ("户籍人口", "女性"),
        ("常住人口",),
    ]


def test_what_does_not_come_to_the_whole_is_a_whole_of_its_own():
    rows = [
        "指标\t增加值\t增长",
        "第二产业\t300\t5",
        "其中：工业\t200\t6",
        "第三产业\t400\t4",
        "其中：批发\t90\t3",
    ]
    _, table = read_one("\n".join(["表3 产业", *rows]))
    assert [row.label for row in table.rows] == [
        ("第二产业",), ("第二产业", "其中：工业"), ("第三产业",), ("第三产业", "其中：批发"),
    ]  # fmt: skip


def test_labels_aligned_behind_of_which_are_its_siblings():
    rows = [
        "指标\t涨幅",
        "居民消费价格\t0.4",
        "　其中：食品烟酒\t0.9",
        "　　　　衣着\t1.2",
        "　　　　居住\t-0.2",
        "零售价格\t0.3",
    ]
    _, table = read_one("\n".join(["表4 价格", *rows]))
    assert [row.label for row in table.rows] == [
        ("居民消费价格",),
        ("居民消费价格", "其中：食品烟酒"),
        ("居民消费价格", "衣着"),
        ("居民消费价格", "居住"),
        ("零售价格",),
    ]
