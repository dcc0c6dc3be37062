"""What a sentence tells in words: things counted, titles, dates, ends, thresholds; and the figure of another member."""

from __future__ import annotations

import pytest

from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

TOWN = """# 银川市2021年产业研究

## 一、产业

银川市着力打造智能网联、绿色食品、葡萄酒庄等产业集群，绿色食品产业集群产值突破300亿元，羊绒纺织产业集群产值突破80亿元。

2012-2019年银川市集体企业产值占比变化起伏较大，在2016年达到最低值12.4%后，逐年上升到18.6%，国有企业仍占多数。

根据科学出版社出版的《中国中等城市活力报告（2018）》，银川的城市活力居宁夏第一。

## 二、政策

2018年11月，宁夏科技厅、财政厅联合印发《冷链仓储布局和建设规划》，银川被选为试点。

银川市加快建设物流枢纽，物流规划的编制工作有序推进，各部门出台了一系列文件。

近日宁夏审议通过了《关于建设仓储高地的若干意见》，将在土地方面给予银川支持。

宁夏提出支持中卫、固原两市建设省域副中心城市之后，固原市主动争取。

鼓励年研发投入在700万元以上的骨干企业组建中试基地。

## 三、榜单

其中9家高企进入宁夏高企五十强榜，银川机床排名宁夏高企创新能力五强榜第一。

## 四、问题

银川副中心城市建设面临两个短板。

### （一）产值下降

### （二）人才不足

表1 2015年、2019年三次产业占GDP的比重（%）
城市\t二产2015年\t二产2019年
银川\t48.4\t41.1
石嘴山\t60.2\t55.3

注：客运数据统计时间为2019年全年，货运数据统计时间截至2020年4月；联系度由客运、货运综合计算得出。
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("《冷链仓储布局和建设规划》是哪两个部门印发的", ["科技厅", "财政厅"]),
        ("冷链仓储布局规划由哪两家联合印发？", ["科技厅", "财政厅"]),
        ("宁夏提出把哪两个市建成省域副中心城市", ["中卫", "固原"]),
        ("宁夏出台的支持银川建设仓储高地的文件，全称叫什么", ["关于建设仓储高地的若干意见"]),
        ("联系度排名中，货运数据统计到什么时候为止？", ["2020年4月"]),
        ("2012年到2019年，银川集体企业产值占比哪一年降到最低点？", ["2016年"]),
        ("宁夏高企创新能力五强榜的榜首是哪家企业", ["银川机床"]),
        ("骨干企业组建中试基地，对年研发投入的门槛是多少万元？", ["700万元"]),
        ("《中国中等城市活力报告（2018）》是哪家出版社出版的", ["科学出版社"]),
        ("银川绿色食品产业集群的产值突破了多少亿元", ["300亿元"]),
    ],
)
def test_what_a_sentence_tells_in_words_is_quoted(question: str, told: list[str]) -> None:
    outcome = assistant_over(TOWN, home="银川").explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    assert all(one in outcome.text for one in told), outcome.text


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("银川智能网联产业集群的产值达到多少亿元？", ("no_such_indicator", "not_found")),
        ("银川酒庄产业集群产值有多大", ("no_such_indicator", "not_found")),
        ("银川光伏产业集群的产值是多少亿元", ("no_such_indicator", "not_found")),
        ("2017年石嘴山第二产业占GDP的比重是多少？", ("no_such_period",)),
        ("2020年银川哪两个行业的产值下降", ("not_found",)),
    ],
)
def test_what_is_told_of_another_member_year_or_thing_is_refused(
    question: str, codes: tuple[str, ...]
) -> None:
    outcome = assistant_over(TOWN, home="银川").explain(Question(question)).outcome
    assert isinstance(outcome, Refusal), outcome
    assert outcome.code in codes
