"""A figure told is of the kind and thing asked for: a sum is no count, a share no multiple, growth is of the thing itself."""

from __future__ import annotations

import pytest

from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

REPORT = """# 宜昌市经济运行情况

## 一、运行情况

2020年，地区生产总值达到4000亿元；2021年总量为4200亿元。

全市研发投入集中在80家企业。2021年末，宜昌市渔业中长期贷款余额90.5亿元。

服务业对经济增长贡献率接近60%，渔业产值低于林业。旅游收入800亿元，接待入境游客增长150%。

山桃农场配套新能源70%自用。新能源装机是上年的10倍。

渔业振兴行动233项项目在库，总投资500亿元。
"""
OTHER = """# 宜昌科技报告

2021年宜昌市国家级重点实验室仅有5家。

“十三五”时期，宜昌市拥有4家国家重点实验室及1家国家重点实验室分室。
"""


@pytest.fixture(scope="module")
def ask():
    assistant = assistant_over(REPORT, OTHER, home="宜昌")
    return lambda text: assistant.explain(Question(text)).outcome


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("研发投入总量是多少？", "80家"),
        ("2021年工业投资总量是多少？", "4200亿元"),
        ("2021年末延期还本贷款多少亿元？", "90.5亿元"),
        ("渔业产值增速是多少？", "60%"),
        ("旅游收入增速是多少？", "150%"),
        ("旅游收入增长多少？", "150%"),
        ("新能源装机占比", "10倍"),
        ("新能源装机占比是多少？", "70%"),
        ("渔业振兴行动233项项目实际完成投资多少亿元？", "500亿元"),
    ],
)
def test_a_figure_of_another_thing_is_not_told(ask, question: str, wrong: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Refusal) or wrong not in outcome.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2021年GDP总量是多少？", "4200亿元"),
        ("渔业中长期贷款余额2021年末多少亿元？", "90.5亿元"),
        ("入境游客增速是多少？", "150%"),
        ("渔业振兴行动233项项目总投资多少亿元？", "500亿元"),
    ],
)
def test_the_figure_of_the_thing_itself_is_told(ask, question: str, told: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Answer)
    assert told in outcome.text


@pytest.mark.parametrize(
    "question",
    [
        "宜昌的国家级重点实验室究竟是几家？报告前后的说法都给我看看。",
        "宜昌有几家国家级重点实验室？同一份报告里是不是有不同的说法？",
    ],
)
def test_an_institution_is_one_with_and_without_the_level_in_its_name(ask, question: str) -> None:
    outcome = ask(question)
    assert isinstance(outcome, Answer)
    assert [value for value in ("4家", "5家") if value not in outcome.text] == []
