"""A figure is told of its own indicator: not of one that only a title, a heading or a caption names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.types import Answer, Question
from small_assistant import assistant_over

if TYPE_CHECKING:
    from collections.abc import Callable

REPORT = """# 柳州市工业投资运行报告

## 一、总体判断

全市经济运行平稳，增速逐级换挡：2018年地区生产总值达到3000亿元，增速为6.5%；2019年总量为3100亿元，增速降到2.5%。

## 二、运行情况

柳州工业投资增速保持平稳，由2016年的3.0%增长到2018年的11.5%。2018年，工业技改投资占工业投资的比重为41.5%。
2018年工业投资项目900个，其中5000万元以上项目有250个，占比27.8%。工业投资占全部投资的比重2020年为18.2%。

2020年，高技术制造业增加值增长8.7%，新增装机是上年的3倍，万人发明专利拥有量达到9.25件。



表1 工业投资分领域情况

领域 2019年
高技术产业投资（亿元） 21.5
工业投资增速（%） 7.5
"""


@pytest.fixture(scope="module")
def ask() -> Callable[[str], str]:
    assistant = assistant_over(REPORT, home="柳州市")

    def told(text: str) -> str:
        outcome = assistant.explain(Question(text)).outcome
        return outcome.text if isinstance(outcome, Answer) else outcome.code

    return told


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("2019年柳州工业投资增速是多少？", "2.5%"),
        ("2018年柳州工业投资总量是多少？", "3000"),
        ("2019年柳州工业投资总量是多少？", "3100"),
        ("2018年柳州工业投资占比是多少？", "41.5%"),
        ("2018年柳州工业投资占比是多少？", "27.8%"),
        ("2020年柳州制造业占比是多少？", "8.7%"),
        ("2019年柳州工业投资有多少亿元？", "21.5"),
    ],
)
def test_a_figure_of_another_indicator_is_not_told(
    ask: Callable[[str], str], question: str, others: str
) -> None:
    assert others not in ask(question)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2019年柳州地区生产总值增速是多少？", "2.5%"),
        ("2018年柳州工业投资增速是多少？", "11.5%"),
        ("2016年柳州工业投资同比增长多少？", "3.0%"),
        ("2020年柳州工业投资占比是多少？", "18.2%"),
        ("2018年柳州工业技改投资占工业投资的比重是多少？", "41.5%"),
        ("2020年柳州每万人发明专利拥有量是多少件？", "9.25件"),
    ],
)
def test_a_figure_is_told_of_its_own_indicator(ask: Callable[[str], str], question: str, value: str) -> None:
    assert value in ask(question)


WORKS = """# 柳州市工业运行报告

## 一、工业

2014年，工业总产值达800亿元，增长9.5%。临铁集团、海工集团产值分别迈上70亿元、20亿元台阶，本市成为摩托年产量突破60万辆的城市，摩托产业产值突破90亿元，增长7.7%。桂工的装载机销往各地。

科技型中小企业77家。雏鹰企业（指成长较快的中小企业）达到17家。还贷缓期惠及户数270户。

2020年，全市规模以上工业企业150家。2020年，工业技改投资同比下降42.5%。2020年，民间投资同比下降26.4%。

表1 三次产业占GDP百分比（%）

| 城市 | 2020年一产 | 2020年二产 |
| --- | --- | --- |
| 柳州 | 7.2 | 47.1 |
| 梧州 | 9.2 | 41.1 |
"""


@pytest.fixture(scope="module")
def told() -> Callable[[str], str]:
    assistant = assistant_over(WORKS, home="柳州市")

    def answer(text: str) -> str:
        outcome = assistant.explain(Question(text)).outcome
        return outcome.text if isinstance(outcome, Answer) else outcome.code

    return answer


@pytest.mark.parametrize(
    "question",
    [
        "2014年桂工集团的产值是多少亿元？",
        "2014年桂工的产值是多少亿元？",
        "桂工2014年完成产值多少亿元？",
        "2014年柳州市摩托产量比上年增长百分之几？",
        "柳州有多少家中小企业？",
        "2020年柳州规上以外的工业企业有多少家？",
        "2020年柳州工业投资占GDP的比重是多少？",
    ],
)
def test_what_is_told_of_another_firm_or_thing_is_no_answer(
    told: Callable[[str], str], question: str
) -> None:
    assert told(question) in ("no_such_subject", "no_such_indicator", "kind_mismatch", "not_found")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2014年海工集团的产值是多少亿元？", "20亿元"),
        ("2014年柳州摩托产业产值比上年增长百分之几？", "7.7%"),
        ("柳州有多少家科技型中小企业？", "77家"),
        ("2020年柳州规上工业企业有多少家？", "150家"),
        ("2020年柳州二产占GDP的比重是多少？", "47.1%"),
        ("2020年柳州工业技改投资和民间投资降幅哪个更大？", "最大的是工业技改投资降幅（下降42.5%）"),
    ],
)
def test_what_is_told_of_the_very_firm_or_thing_is(
    told: Callable[[str], str], question: str, value: str
) -> None:
    assert value in told(question)
