"""Figures derived from what a report tells of another: wholes, the year before, so much for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

TEXT = """# 漳州市水产简报

2020年，漳州市水产品出口额为52.4亿元，仅占全省总额的13.1%，在全省排名第3位。

2020年，漳州市休闲渔船达到36艘，占福建的五分之一。

2020年，漳州市冷链设备产值14.6亿元，下降27%。

2020年，漳州市海带总产量达到46200吨，增产3800吨。

2020年，漳州市渔业增加值126亿元，增长5%。

2021年，“蓝海”实施项目共16项，总投资240亿元，累计完成投资84亿元。

2020年，漳州市渔民合作社带动农户2700户，发放补助1.35亿元。

渔港攻坚行动320项工程中总投资超50亿元的工程仅有1项，总投资5亿元及以下的工程占比达91.3%。

2021年计划投资渔港26.8亿元，1-9月渔港完成投资17.9亿元。

2021年，渔民总量25.3万人，比上年增长4.4%，其中，外海渔民15.9万人，增长3.4%。

2019年，漳州市渔业增速为2.4%，与漳州2018年6.4%的增速相比，几近腰斩。

2020年，漳州市渔民人均可支配收入增长6.7%左右。

表1 2020年各市渔港

| 城市 | 常住渔民（万人） | 面积（平方公里） |
| --- | --- | --- |
| 漳州 | 25.2 | 12600 |
| 泉州 | 44.1 | 11000 |
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(TEXT, home="漳州市")


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("漳州水产品出口只占全省13.1%，那2020年全省水产品出口总额有多大？", "总数约为400亿元"),
        ("根据2020年漳州水产品出口额和它占全省的比重推算，全省水产品出口额是多少", "总数约为400亿元"),
        ("休闲渔船漳州占了福建五分之一，那福建约有几艘", "总数约为180艘"),
        ("2019年漳州冷链设备产值大概多少亿，用2020年的数和降幅推", "20亿元"),
        ("按2020年的产值和降幅倒推一下，2019年漳州冷链设备产值约多少（不考虑价格因素）", "20亿元"),
        ("2019年漳州海带产量是多少吨，用20年的产量和增产数算", "42400吨"),
        ("漳州海带产量，按2020年的产量和增产数倒推，上一年是多少吨", "42400吨"),
        ("2021年“蓝海”实施项目平均一个项目总投资多少亿元", "15亿元/项目"),
        ("漳州2020年平均每平方公里有多少常住渔民", "20人/平方公里"),
        ("2021年外海渔民占渔民总量的百分之几", "62.8%"),
        ("2021年渔港计划投资到9月底还剩多少亿没完成？", "还差8.9亿元"),
        ("2019年渔业增速较2018年“几近腰斩”这个讲法准确吗，实际掉了多少？", "低4.0个百分点"),
        ("渔港攻坚那320项工程里，总投资不超过5亿的小工程占了多大比例？", "91.3%"),
    ],
)
def test_what_is_asked_for_is_derived(assistant: Assistant, question: str, result: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome.message
    assert result in outcome.text


@pytest.mark.parametrize(
    "question",
    [
        "漳州水产品出口占全省的15.2%，那全省水产品出口总额有多大？",  # the report says another share
        "2019年漳州冷链设备产值是多少",  # nobody asks for it to be derived
        "2018年漳州冷链设备产值大概多少亿，用2020年的数和降幅推",  # two years apart
        "2020年漳州平均每艘渔船总投资多少亿元",
        "2019年上半年漳州海带产量是多少吨，用2020年上半年的产量和增产数倒推",
    ],
)
def test_what_would_be_a_guess_is_refused(assistant: Assistant, question: str) -> None:
    assert isinstance(assistant.explain(Question(question)).outcome, Refusal)


def test_how_far_a_derived_figure_goes_is_said(assistant: Assistant) -> None:
    priced = assistant.explain(Question("按2020年的数和增速倒推，2019年漳州渔业增加值是多少亿")).outcome
    assert isinstance(priced, Answer)
    assert "120亿元" in priced.text
    assert messages.COMPUTED_AT_CONSTANT_PRICES in priced.notices
    part = assistant.explain(Question("休闲渔船漳州占了福建五分之一，那福建约有几艘")).outcome
    assert messages.COMPUTED_ABOUT_NUMBERS in part.notices
