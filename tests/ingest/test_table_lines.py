"""Which lines are tables, and which only look like some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.ingest.tables.lines import TableLines, find_tables


def lines_of(source):
    return [line for line in source.split("\n") if line.strip()]


@pytest.mark.parametrize(
    "source",
    [
        "课题组成员：张某某 李某某 王某某 赵某某\n执笔：钱某 孙某 周某",
        "目　录\n一、总体要求 ........ 1\n二、主要任务 ........ 12\n三、保障措施 ........ 20",
        "一、总体要求\t1\n二、主要任务\t12\n三、保障措施\t20",
        "张某某\t李某某\t王某某\n赵某某\t钱某某\t孙某某\n周某某\t吴某某\t郑某某",
        "张某 李某 王某 赵某\n钱某 孙某 周某 吴某\n郑某 冯某 陈某 褚某",
        "2020 年 3 月 5 日\n2021 年 4 月 6 日",
        "咨询电话：86 - 10 - 1234567\n传真：86 - 10 - 7654321",
        "y = a + b x 12 3\nz = c + d x 4 5",
        "全市实现产值 3177.4 亿元，增长 1.5 %\n其中工业 1200 亿元，增长 2.1 %\n服务业 1500 亿元，增长 3 %",
        "1.\t加强组织领导\n2.\t强化要素保障\n3.\t完善考核机制",
        "\t近年来，全市经济平稳增长。\n\t下一步要加快转型。",
        "首页 | 新闻 | 政策",
        "增长 5\n下降 3\n提高 2",
    ],
)
def test_what_is_no_table(source):
    assert find_tables(lines_of(source)) == ()


def test_places_of_caption_unit_and_rows():
    lines = lines_of(
        "各市差距较大。\n单位：亿元\n表1 2019年、\n各市产值\n城市 2018年 2019年\n甲州 1 2\n乙州 3 4\n注：含规模以下。"
    )
    assert find_tables(lines) == (TableLines(range(2, 4), 1, range(4, 7)),)


def test_rows_without_heads_are_none():
    assert find_tables(["各市差距较大。", "甲州 1 2", "乙州 3 4"]) == ()


def test_two_tables_one_after_the_other():
    lines = lines_of("表1 产值\n城市\t产值\n甲州\t1\n乙州\t2\n表2 人口\n城市\t人口\n甲州\t3\n乙州\t4")
    assert [table.rows for table in find_tables(lines)] == [range(1, 4), range(5, 8)]


def test_heads_in_pieces_belong_to_the_table():
    lines = lines_of(
        "前文到此为止。\n表3：指标\n城市\n产值\n（亿元）\n增速\n甲州 1.5 2%\n乙州 3 4%\n后文从此开始。"
    )
    assert find_tables(lines) == (TableLines(range(1, 2), None, range(2, 8)),)


@given(
    st.lists(
        st.text(alphabet="甲乙表单位：12.3 \t|-（亿元）年，。", min_size=1, max_size=20).filter(str.strip),
        max_size=20,
    )
)
def test_tables_are_apart_and_in_order(lines):
    tables = find_tables(lines)
    end = 0
    for table in tables:
        taken = [*table.caption, *([table.unit] if table.unit is not None else []), *table.rows]
        assert len(set(taken)) == len(taken)
        assert min(taken) >= end
        assert max(taken) < len(lines)
        end = table.rows.stop
