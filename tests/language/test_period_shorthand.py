"""Periods typed short are read as meant; figures, names and spans of time are left alone."""

import pytest

from policy_qa.language.period_shorthand import with_periods_written_out
from policy_qa.language.periods import find_periods


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("2012-09工业投资增速", "2012年9月"),
        ("2012.9工业投资增速", "2012年9月"),
        ("2012/9 工业投资增速", "2012年9月"),
        ("2021.1-9工业投资", "2021年1—9月"),
        ("2021年1-9工业投资", "2021年1—9月"),
        ("2021.1-9月工业投资", "2021年1—9月"),
        ("2021Q1的产值", "2021年一季度"),
        ("21年H1的产值", "2021年上半年"),
        ("2012岳阳GDP多少", "2012年"),
        ("岳阳GDP（2012）", "2012年"),
        ("岳阳GDP (2012) 多少", "2012年"),
        ("岳阳2020？", "2020年"),
        ("GDP2018多少", "2018年"),
        ("12年岳阳GDP多少", "2012年"),
        ("岳阳12年的GDP", "2012年"),
        ("岳阳20年底常住人口", "2020年末"),
        ("岳阳养老机构19年有多少家？", "2019年"),
        ("13年至18年的增幅", "2013—2018年"),
        ("项目到2021年9月投了多少亿", "2021年9月末"),
        ("2017-2020岳阳GDP", "2017—2020年"),
        ("2021.1—2021.9的投资", "2021年1—9月"),
        ("北海投资21全年增速", "2021年"),
        ("岳阳18底存款", "2018年末"),
        ("21年前9个月的项目", "2021年1—9月"),
        ("医院数19年多了几家", "2019年"),
    ],
)
def test_a_period_typed_short_is_read(question, period):
    assert [found.period.label() for found in find_periods(with_periods_written_out(question))] == [period]


@pytest.mark.parametrize(
    "question",
    [
        "近10年的GDP",
        "20年来的变化",
        "10年的时间",
        "在20年内建成",
        "用12年建成",
        "第12年",
        "15年以上的企业",
        "增加到2085.3亿元",
        "达到2012.9亿元吗",
        "有1900家企业",
        "什么是中国制造2025？",
        "2020-12-31",
        "2020.12.31",
        "国发〔2015〕28号",
        "2021年9-10月",
        "2021—2025年",
    ],
)
def test_what_is_no_period_typed_short_is_left(question):
    assert with_periods_written_out(question) == question


def test_years_typed_short_stand_side_by_side():
    found = find_periods(with_periods_written_out("从13年到18年增加多少"))
    assert [one.period.label() for one in found] == ["2013—2018年"]
