"""Figures that are told only beside others, and those that sources tell differently, asked for of invented reports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_qa.types import Answer, Outcome, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

REPORTS = (
    """# 宜昌市2021年经济运行简报

## 一、工业和投资

2021年，宜昌市地区生产总值完成5022亿元，增长9.8%。技改投资增长12.4%，比全省15.3%的增速低2.9个百分点。

工业用电量的全省排名由2017年的第9位升至2020年的第7位；同期荆州市从第15位升到第12位，十堰市则由第10位退到第11位。

## 二、财政

2020年，三个城市的税收收入都在下降：宜昌下降3.4%，荆州下降5.1%。非税收入的降幅更大，荆州为21.3%，十堰为17.6%。

固定资产投资是增长的主要支撑。各地固定资产投资有快有慢，荆州市增长较快。宜昌市投资增速逐年下降，2021年投资增速转负，实际为-2.3%，后劲不足。

民营企业占规上工业总产值的比重先降后升。2015—2020年宜昌市民营企业占比变化呈“U”形，在2018年达到最低值36.5%后，又回升到41.2%，说明外资企业增长放慢。

全市重视研发投入。2021年，在950家规模以上工业企业中，开展研发活动的有310家。其中120家企业的研发投入占全部企业研发投入的91%。

表1 2021年三市产业结构（%）

| 城市 | 一产 | 二产 | 三产 |
| --- | --- | --- | --- |
| 宜昌市 | 11.2 | 43.6 | 45.2 |
| 荆州市 | 20.1 | 36.9 | 43.0 |
| 十堰市 | 9.8 | 42.0 | 48.2 |

2021年1—9月，补短板项目完成投资79.1亿元。

表3 2021年宜昌市重点项目

| 项目 | 当年完成投资（亿元） |
| --- | --- |
| 补短板项目 | 79.1 |
| 惠民项目 | 12.6 |

表2 宜昌市技改投资情况

| 指标 | 2020年 | 2021年 |
| --- | --- | --- |
| 技改投资增速（%） | 3.1 | 12.4 |
""",
    """# 宜昌市产业研究

2021年，宜昌市三产占比为45.9%，高新技术企业871家。2020年，宜昌市一二三产的比例为10.5%、44.5%、45%。
""",
    """# 长江城市比较

2021年，宜昌市有高新技术企业868家。

表1 2020年两市产业结构（%）

| 城市 | 一产 | 二产 | 三产 |
| --- | --- | --- | --- |
| 宜昌市 | 10.5 | 44.9 | 44.6 |
| 襄阳市 | 10.7 | 45.9 | 43.4 |
""",
    """# 长江城市再比较

表1 2020年两市产业结构（%）

| 城市 | 一产 | 二产 | 三产 |
| --- | --- | --- | --- |
| 宜昌市 | 10.5 | 44.1 | 45.4 |
| 襄阳市 | 10.7 | 45.9 | 43.4 |
""",
)


@cache
def assistant() -> Assistant:
    return assistant_over(*REPORTS, home="宜昌市")


def ask(question: str) -> Outcome:
    return assistant().explain(Question(question)).outcome


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2021年宜昌的GDP增速是多少？", "增长9.8%"),
        ("2021年宜昌经济增速", "增长9.8%"),
        ("2021年湖北省技改投资增速是多少？", "15.3%"),
        ("2021年宜昌技改投资增速", "12.4%"),
        ("2020年荆州的非税收入下降了多少？", "荆州为21.3%"),
        ("2020年十堰非税收入降幅", "十堰为17.6%"),
        ("2017年荆州工业用电量在全省排第几？", "从第15位"),
        ("2020年荆州工业用电量在全省排第几？", "第12位"),
        ("2017年十堰的工业用电量全省排名", "第10位"),
        ("2021年荆州农业（一产）占GDP的比重", "20.1%"),
        ("2021年十堰服务业(第三产业)占比是多少", "48.2%"),
        ("2021年宜昌固定资产投资增速是多少？", "-2.3%"),
        ("2021年全年宜昌惠民项目完成投资多少亿元？", "12.6"),
        ("2021年宜昌研发投入集中在多少家企业手里？", "其中120家"),
        ("2018年宜昌民营企业在规上工业总产值中占多少？", "36.5%"),
    ],
)
def test_a_figure_told_beside_others_is_found(question: str, told: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Answer), outcome
    assert told in outcome.text


def test_what_changed_between_two_periods_is_told_with_them() -> None:
    outcome = ask("2017年十堰工业用电量在全省排第几？")
    assert isinstance(outcome, Answer)
    assert [claim.text for claim in outcome.claims] == [
        "工业用电量的全省排名由2017年的第9位升至2020年的第7位",
        "十堰市则由第10位退到第11位。",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "2020年宜昌技改投资占工业投资的几成？",
        "2021年技改投资占工业投资的比重是多少？",
        "2021年襄阳的非税收入下降了多少？",
        "2018年荆州工业用电量在全省排第几？",
        "2021年全年宜昌补短板项目完成投资多少亿元？",
    ],
)
def test_a_figure_of_another_measure_place_or_year_is_none(question: str) -> None:
    assert isinstance(ask(question), Refusal)


ALL_OF_ENTERPRISES = [
    "2021年宜昌高新技术企业有多少家？",
    "2021年宜昌高新技术企业到底是多少家",
    "2021年宜昌的高新技术企业，各处的数一致吗，分别是多少？",
    "2021年宜昌高企有几家？材料里好像有两个数",
    "2021年宜昌的高新技术企业数，两份研究里怎么不同，各是多少",
    "不同材料对2021年宜昌高新技术企业数的说法一致吗",
    "2021年宜昌高新技术企业数以哪个为准？",
    "为什么两份报告里2021年宜昌的高新技术企业数不一样？",
    "2021年宜昌高新技术企业数量，几处说法都列出来",
]


@pytest.mark.parametrize("question", ALL_OF_ENTERPRISES)
def test_what_sources_tell_differently_is_told_of_all_however_it_is_asked(question: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Answer), outcome
    assert "871家" in outcome.text
    assert "868家" in outcome.text
    assert {"871家", "868家"} == {value.text for value in outcome.conflicts[0].values}


def test_values_that_one_rounded_value_covers_are_told_beside_it() -> None:
    outcome = ask("2020年宜昌三产占比是多少？")
    assert isinstance(outcome, Answer)
    assert {value.text for value in outcome.conflicts[0].values} == {"45%", "44.6%", "45.4%"}


@pytest.mark.parametrize(
    "question",
    [
        "2021年宜昌三产占比",
        "2021年宜昌服务业占比百分之几",
        "服务业比重，宜昌2021年",
        "宜昌服务业占比2021年是多少",
        "第三产业在GDP中的份额，宜昌2021年是多少",
        "2021年宜昌三次产业构成中，第三产业占有多大份额？",
        "关于2021年宜昌的第三产业占比，各份材料所载数值有无出入？",
    ],
)
def test_a_share_told_differently_is_told_of_all_by_every_name(question: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Answer), outcome
    assert [value for value in ("45.2", "45.9") if value not in outcome.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "对宜昌2020年的三次产业结构，不同报告各有怎样的表述？",
        "宜昌一二三产占比2020年的，各报告咋写的都列给我",
    ],
)
def test_a_whole_is_told_of_all_sources_part_by_part(question: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Answer), outcome
    assert [value for value in ("44.9", "44.1", "44.6", "45.4") if value not in outcome.text] == []
