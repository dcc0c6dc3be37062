"""Tables with the ills of print: every cell with its labels and unit, or a reason."""

import pytest
from table_texts import cells, read_one, units

from policy_qa.ingest.tables.reading import TableSpans, read_table
from policy_qa.types import Span

RESEARCH = """表3：2021年有关城市科技指标
城市
2021 年 GDP
（亿元）
增速
全社会
研发投
入强度
高新技
术企业
（家）
省级重点
实验室数
量（个）
甲州 4120.5 6.1% 2.1% 610 12
乙州 3988.0 5.9% 1.9% 505 9
丙州 4001.2 -0.4% 3% 720 11"""


def test_tabs_with_groups_over_several_columns():
    source = "\n".join(
        [
            "表2 产业结构",
            "单位：%",
            "城市\t一产\t\t二产\t",
            "\t2015年\t2018年\t2015年\t2018年",
            "甲市\t7.2\t6.3\t56\t52",
            "乙市\t15.2\t--\t44.6\t33.6",
        ]
    )
    text, table = read_one(source)
    assert cells(table)["甲市", "二产/2018年"] == "52"
    assert cells(table)["乙市", "一产/2018年"] is None
    assert set(units(table).values()) == {"%"}
    assert table.number == "表2"
    assert [(head.text, head.column, head.width) for head in table.header_rows[0]][1] == ("一产", 1, 2)
    missing = next(cell for cell in table.cells if cell.text is None)
    assert missing.span is not None
    assert missing.span.of(text) == "--"


def test_caption_over_two_lines_and_unit_in_head():
    _, table = read_one(
        "表1 2019年、2020年 \n甲州与若干城市产值比较\n城市\t产值（亿元）\t位次\n甲州\t5\t1\n乙州\t\t2"
    )
    assert table.number == "表1"
    assert units(table) == {
        ("甲州", "产值（亿元）"): "亿元",
        ("甲州", "位次"): None,
        ("乙州", "产值（亿元）"): "亿元",
        ("乙州", "位次"): None,
    }
    empty = next(cell for cell in table.cells if cell.text is None)
    assert empty.span is None


def test_single_spaces_with_unit_column_and_spaced_labels():
    _, table = read_one(
        "表 9：2020 年各市情况\n指标名称 单位 甲州 乙州 丙州\n高新技术企业 个 600 472 ---\n"
        "R&D 投入强度 % 1.8 --- 1.6\n2020 年 GDP 亿元 3,177 2950 1820\n注：含规模以下。"
    )
    found = cells(table)
    assert found["R&D投入强度", "丙州"] == "1.6"
    assert found["R&D投入强度", "乙州"] is None
    assert found["2020年GDP", "甲州"] == "3,177"
    assert units(table)["高新技术企业", "丙州"] == "个"
    assert table.number == "表9"


def test_labels_broken_over_lines_and_parent_rows():
    _, table = read_one(
        "表11：各市对外依存度\n指标 单位 甲州 乙州\n进出口\n总额 亿元 228.1 419.8\n占 GDP 比重 % 7.1 10.4\n"
        "出口\n总额 亿元 79.6 185.0\n占 GDP 比重 % 2.5 4.6"
    )
    found = cells(table)
    assert found["进出口总额", "甲州"] == "228.1"
    assert found["进出口总额/占GDP比重", "甲州"] == "7.1"
    assert found["出口总额/占GDP比重", "乙州"] == "4.6"
    assert units(table)["出口总额/占GDP比重", "乙州"] == "%"
    assert len(table.rows[0].label_spans) == 2


def test_heads_broken_into_pieces():
    _, table = read_one(RESEARCH, context="要提高全社会研发投入强度，培育高新技术企业，建设省级重点实验室。")
    found = cells(table)
    assert found["乙州", "全社会研发投入强度"] == "1.9%"
    assert found["丙州", "高新技术企业（家）"] == "720"
    assert found["甲州", "2021年GDP（亿元）"] == "4120.5"
    assert found["丙州", "省级重点实验室数量（个）"] == "11"
    assert units(table)["甲州", "高新技术企业（家）"] == "家"
    assert units(table)["甲州", "增速"] is None  # the value carries it


def test_heads_broken_into_pieces_that_nothing_tells_apart_are_not_read():
    source = "表3：某指标\n城市\n甲乙\n丙丁\n戊己\n庚辛\n某州 1 2 3\n另州 4 5 6"
    _, reason = read_one(source)
    assert reason == "表头断成5段，拼成4列的办法不止一种"


def test_groups_share_out_the_heads_below():
    rows = "甲州 1 2 3 4 5 6\n乙州 7 8 9 10 11 12"
    for heads in (
        "地区\n2018 2019 2020\n一产 二产 一产 二产 一产 二产",
        "地区 2018 2019 2020\n一产 二产 一产 二产 一产 二产",
    ):
        _, table = read_one(f"表7：三次产业（%）\n{heads}\n{rows}")
        assert cells(table)["甲州", "2019/二产"] == "4"
        assert cells(table)["乙州", "2020/一产"] == "11"
        assert set(units(table).values()) == {"%"}


def test_groups_that_do_not_repeat_are_not_read():
    _, reason = read_one("表7：指标\n地区\n生产总值 人口\n总量 增速 总数 密度\n甲州 1 2 3 4\n乙州 5 6 7 8")
    assert isinstance(reason, str)


def test_aligned_columns_with_blank_cells():
    source = "\n".join(
        [
            "表4  各市产值",
            "单位：亿元",
            "城市        2018年    2019年    2020年",
            "甲州         12.5                14.0",
            "乙州                    9.1      10",
            "大丙丁州    100.5    110.25",
        ]
    )
    _, table = read_one(source)
    found = cells(table)
    assert found["甲州", "2019年"] is None
    assert found["甲州", "2020年"] == "14.0"
    assert found["乙州", "2018年"] is None
    assert found["乙州", "2019年"] == "9.1"
    assert found["大丙丁州", "2020年"] is None


def test_full_width_spaces_part_columns_but_not_a_spread_word():
    source = "表4　收支\n项　目　　2019年　　2020年\n收　入　　　　12　　　　15\n合　计　　　　20　　　　25"
    _, table = read_one(source)
    assert cells(table) == {
        ("收入", "2019年"): "12",
        ("收入", "2020年"): "15",
        ("合计", "2019年"): "20",
        ("合计", "2020年"): "25",
    }


@pytest.mark.parametrize("outer", [True, False])
def test_bars(outer):
    rows = ["指标 | 单位 | 甲州 | 乙州", "--- | --- | --- | ---", "产值 | 亿元 | 5 | 6", "增速 | % | 1 | —"]
    source = "\n".join(f"| {row} |" if outer else row for row in rows)
    _, table = read_one(source)
    assert cells(table) == {
        ("产值", "甲州"): "5",
        ("产值", "乙州"): "6",
        ("产值/增速", "甲州"): "1",
        ("产值/增速", "乙州"): None,
    }
    assert units(table)["产值/增速", "乙州"] == "%"


def test_bars_with_group_names_in_every_column():
    source = (
        "| 城市 | 2019年 | 2019年 | 2020年 | 2020年 |\n|---|---|---|---|---|\n| 城市 | 产值 | 增速（%） | 产值 | 增速（%） |\n"
        "| 甲州 | 5 | 1.1 | 6 | 2.2 |\n| 乙州 | 7 | 3.3 | | 4.4 |"
    )
    _, table = read_one(source)
    assert cells(table)["甲州", "2020年/增速（%）"] == "2.2"
    assert cells(table)["乙州", "2020年/产值"] is None
    assert [(head.text, head.width) for head in table.header_rows[0]] == [
        ("城市", 1),
        ("2019年", 2),
        ("2020年", 2),
    ]


def test_two_columns_of_labels():
    source = "区域\t城市\t产值\t人口\n东部\t甲州\t5\t6\n\t乙州\t7\t8\n西部\t丙州\t9\t10\n\t丁州\t11\t12"
    _, table = read_one(source)
    assert cells(table)["东部/乙州", "产值"] == "7"
    assert cells(table)["西部/丁州", "人口"] == "12"


def test_titles_over_rows_indents_and_parts():
    source = "指标\t2020年（亿元）\n一、农业\t\n总产值\t50\n增加值\t30\n二、工业\t\n总产值\t500\n增加值\t150\n\u3000\u3000其中：制造业\t120"
    _, table = read_one(source)
    found = {row for row, _ in cells(table)}
    assert {"一、农业/总产值", "二、工业/增加值", "二、工业/增加值/其中：制造业"} <= found | set()


def test_a_row_without_values_is_missing_not_a_title():
    _, table = read_one("指标\t甲州\t乙州\n产值\t5\t6\n投资\t\t\n消费\t7\t8")
    assert cells(table)["投资", "甲州"] is None
    assert cells(table)["消费", "甲州"] == "7"


def test_blocks_side_by_side():
    _, table = read_one("城市\t产值\t城市\t产值\n甲州\t5\t丙州\t7\n乙州\t6\t丁州\t8")
    assert cells(table) == {
        ("甲州", "产值"): "5",
        ("丙州", "产值"): "7",
        ("乙州", "产值"): "6",
        ("丁州", "产值"): "8",
    }


def test_rate_does_not_take_the_amount_of_the_unit_line():
    _, table = read_one("主要指标一览\n单位：亿元\n指标\t总量\t比上年增长\n产值\t50\t6.5\n投资\t30\t-1.2")
    assert units(table)["产值", "总量"] == "亿元"
    assert units(table)["产值", "比上年增长"] is None
    _, table = read_one("主要指标一览\n单位：亿元、%\n指标\t总量\t比上年增长\n产值\t50\t6.5\n投资\t30\t-1.2")
    assert units(table)["产值", "比上年增长"] == "%"


def test_row_with_too_few_fields_is_not_read():
    _, reason = read_one("表1：产值\n城市 2018年 2019年 2020年\n甲州 1 2 3\n乙州 4 5\n丙州 6 7 8")
    assert isinstance(reason, str)


def test_no_rows():
    assert isinstance(read_table("", TableSpans(None, None, ())), str)
    assert isinstance(read_table("城市 产值", TableSpans(None, None, (Span(0, 5),))), str)


def test_a_rank_has_no_unit_and_emphasis_is_no_word():
    _, table = read_one(
        "单位：亿元\n| 城市 | 产值 | 位次 |\n|---|---|---|\n| **甲州** | **5** | 1 |\n| 乙州 | 6 | 2 |"
    )
    assert units(table) == {
        ("甲州", "产值"): "亿元",
        ("甲州", "位次"): None,
        ("乙州", "产值"): "亿元",
        ("乙州", "位次"): None,
    }
    assert cells(table)["甲州", "产值"] == "5"


def test_words_spread_over_columns_of_print():
    _, table = read_one("表2 基本情况\n项 目 单 位 2019年 2020年\n人 口 万人 12 13\n生产总值 亿元 33 35")
    assert cells(table)["人口", "2020年"] == "13"
    assert units(table)["人口", "2020年"] == "万人"


def test_a_column_that_is_empty_throughout_does_not_shift_others():
    _, reason = read_one("表1 指标\n城市 GDP 增速 备注\n甲市 12 3\n乙市 13 4")
    assert isinstance(reason, str)


def test_heads_in_columns_of_print_with_groups():
    source = (
        "表6 分季度情况\n         一季度            上半年\n城市   总量   增速    总量   增速\n"
        "甲市   12.5   3.1     25.6   4.1\n乙市          2.1     45.6   3.3"
    )
    _, table = read_one(source)
    assert cells(table)["甲市", "上半年/总量"] == "25.6"
    assert cells(table)["乙市", "一季度/总量"] is None


def test_words_as_values():
    _, table = read_one(
        "表1 园区情况\n园区    主导产业    位置\n甲园    汽车零部件    城南\n乙园    生物医药    城北"
    )
    assert cells(table)["乙园", "主导产业"] == "生物医药"
