"""Results that a question states, and figures it says how to compute: judged, or computed the way it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.computing.claimed import claims_in
from policy_qa.computing.deriving import read_derived
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

TEXT = """# 漳州市水产简报

2020年，漳州市渔业总产值为306亿元，科研投入强度为2.5%，常住渔民25.5万人。

2019年末漳州市渔业贷款余额420亿元，同比增长5%。

2020年，漳州市养殖机械化率为52.3%，同样低于泉州市的60.1%，且低于全国平均机械化率的71.8%。

2020年，漳州市水产龙头占全部渔企的比重不足0.5%，远远低于全国平均水平3.4%。

漳州的渔业总产值全国排名从2015年的85位上升到2019年的81位。

2020年上半年，民营渔企水产加工值219.6亿元，占全市水产加工值的36.6%。

2019-2020年全市出让海域8222亩，立项渔港80项，在2021年4月前开工64项，剩余16项尚未开工。

表1 2020年各市渔业

| 城市 | 渔船（艘） | 水产出口额（亿元） | 水产进口额（亿元） | 渔港数量（个） |
| --- | --- | --- | --- | --- |
| 漳州 | 300 | 42.5 | 7.5 | 12 |
| 泉州 | 500 | 60.2 | 9.8 | 20 |
| 宁德 | 200 | 31.0 | 4.0 | - |
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(TEXT, home="漳州市")


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("2020年漳州渔民人均渔业总产值多少？用渔业总产值和常住渔民算", "12万元/人"),
        ("拿渔业总产值除以常住渔民，2020年漳州渔业人均多少", "12万元/人"),
        ("科研经费2020年漳州一共约多少亿，渔业总产值乘科研投入强度", "7.65亿元"),
        ("用渔业总产值和科研投入强度推算，2020年漳州科研投入多少亿元？", "7.65亿元"),
        ("2020年上半年全市水产加工值大概多少亿？按民营渔企那块占36.6%反推", "总数约为600亿元"),
        ("2018年末漳州渔业贷款余额推算一下", "400亿元"),
        ("2018年漳州渔业贷款余额有多少亿？帮忙倒推一下", "400亿元"),
        ("三个市2020年渔船加总，漳州占百分之几？", "占合计的30%"),
        ("2020年漳州渔船占三市合计的百分之几", "占合计的30%"),
        ("立项的80项渔港，到2021年4月前开工率多少？", "占80%"),
        ("用渔业总产值乘科研投入强度算一下漳州2020年科研经费是多少亿", "7.65亿元"),
        ("2020年上半年民营渔企水产加工值占36.6%，那全市水产加工值是多少", "总数约为600亿元"),
        ("漳州2020年渔船占漳州泉州宁德三市合计的比重是多少", "占合计的30%"),
        ("漳州养殖机械化率比全国平均低多少？2020年", "低19.5个百分点"),
        ("漳州2020年水产出口额加上进口额是多少亿", "合计50.0亿元"),
        ("按渔业总产值与科研投入强度相乘的办法估算，漳州市2020年的科研经费总量约合多少亿元？", "7.65亿元"),
        ("请以2020年渔业总产值除以常住渔民，测算漳州市渔民人均渔业总产值。", "12万元/人"),
        ("用渔业总产值和常住渔民算漳州2020年渔民人均渔业总产值", "12万元/人"),
        (
            "已知民营渔企所占比重为36.6%，由此反推，2020年上半年全市水产加工值大体规模如何（亿元）？",
            "总数约为600亿元",
        ),
        ("以漳州2020年的渔船除以同期宁德的渔船，可得几倍？", "1.5倍"),
    ],
)
def test_it_is_computed_as_asked(assistant: Assistant, question: str, result: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome.message
    assert result in outcome.text


@pytest.mark.parametrize(
    ("question", "result", "verdict"),
    [
        ("稿子：泉州2020年养殖机械化率比漳州高7个百分点。要不要改", "7.8个百分点", "不符"),
        ("漳州2020年养殖机械化率比泉州低7.8个百分点，没错吧", "7.8个百分点", "相符"),
        ("漳州2020年养殖机械化率比泉州高7.8个百分点，对吗", "7.8个百分点", "不符"),
        ("泉州2020年水产出口额加进口额是70亿没错吧", "70.0亿元", "相符"),
        ("有人说2020年泉州的渔船比宁德多300艘左右，准确吗？", "300艘", "相符"),
        ("帮我核实：2020年漳州渔船比泉州少250艘", "200艘", "不符"),
        ("我想写“2020年漳州渔船是宁德的2倍”，站得住吗", "1.5倍", "不符"),
    ],
)
def test_a_stated_result_is_judged(assistant: Assistant, question: str, result: str, verdict: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome.message
    assert result in outcome.text
    assert verdict in outcome.claims[0].text


@pytest.mark.parametrize(
    "question",
    [
        "2020年三个市渔港数量加起来，漳州占多少",  # one of the three is told nowhere
        "立项的90项渔港，到2021年4月前开工率多少？",  # the report tells of 80
        "2020年漳州渔港比厦门多5个，对吗",
        "2020年漳州科研投入强度比全国低多少个点",  # the national figure is of something else
        "2019年漳州水产加工值推算一下",
        "漳州渔业总产值2015年到2019年涨了多少亿",  # the report tells of its rank
        "科研经费2020年泉州一共约多少亿，渔业总产值乘科研投入强度",
    ],
)
def test_what_cannot_be_computed_is_refused(assistant: Assistant, question: str) -> None:
    assert isinstance(assistant.explain(Question(question)).outcome, Refusal)


def test_things_taken_together_tell_no_way_of_computing() -> None:
    assert read_derived("公路、水路合在一起算，与漳州来往密切的城市有几个") is None


def test_a_question_for_something_else_states_nothing() -> None:
    assert not list(claims_in("2020年超过300艘渔船的市有哪些"))


def test_what_is_named_by_its_number_alone_is_of_what_is_asked_about() -> None:
    text = """# 漳州市渔港建设简报

2021年，漳州市“百港”建设项目共14项。2021年漳州市渔业建设项目数为141项。

漳州渔港各有所长，龙海、东山两处装卸能力最强，诏安、云霄正在扩建，古雷的冷库和码头都已投入使用，渔船靠泊、补给、避风的条件明显改善，
渔民出海更加安心，水产加工厂也陆续搬到港区附近，形成了捕捞、加工、运输相连的格局，带动了周边村镇就业和旅游，港区道路与高速公路连通。

2021年，漳州市“百港”建设项目总投资为280亿元。
"""
    question = "以总投资除以项目数，2021年“百港”建设项目的单个项目平均总投资为多少亿元？"
    outcome = assistant_over(text, home="漳州市").explain(Question(question)).outcome
    assert "280 ÷ 141" not in "".join(claim.working or "" for claim in getattr(outcome, "claims", ()))
