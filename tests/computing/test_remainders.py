"""What is left of a whole: on the other side of a bound that a report tells, or without one of its parts."""

import pytest

from policy_qa.assistant import Assistant
from policy_qa.computing.frames import read_frame
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

TEXT = """漳州市渔港建设报告

据统计，2019年渔港改造项目400个，其中800万元及以上项目有100个，占比25%；2020年渔港改造项目360个，其中800万元及以上项目有126个，占比35%。

2021年上半年，全市渔业技改投资累计完成30.5亿元，同比增长4%。捕捞业完成技改投资22.1亿元，同比增长9%，占渔业技改投资的72.5%。

2021年“蓝海”实施项目共16项，其中“远洋”项目6项，总投资240.5亿元，累计完成投资84亿元。

目前入统深海行动在库项目45项，总投资500亿元。2021年深海行动计划投资完成125亿元，1-9月完成投资90亿元。

2020年，漳州民间投资占全市整体投资的比重为22.5%，较上年下降3个百分点。而同期，宁德民间投资活跃，2020年占全部投资比重44.5%。

2020年，漳州市渔船更新投资占渔业投资的比重为40.1%，比2019年下降7.8个百分点。

2018年漳州市国有水产企业总产值为84亿元，资产规模为60亿元，国有水产企业占全市规上水产总产值比重继续上升。国有水产企业占比近年来达到42%。

表3 2020年各市对外依存度比较

| 指标 | 单位 | 漳州 | 宁德 |
| --- | --- | --- | --- |
| 进出口总额 | 亿元 | 80 | 100 |
| 占GDP比重 | % | 8 | 5 |
| 进口总额 | 亿元 | 60 | 30 |
| 占GDP比重 | % | 6 | 1.5 |

表6 2019年漳州与部分城市营商环境指数

| 城市 | 营商环境指数 |
| --- | --- |
| 漳州 | 30 |
| 宁德 | 40 |
| 莆田 | 50 |
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(TEXT, home="漳州")


@pytest.mark.parametrize(
    ("question", "results"),
    [
        ("2020年不足800万元的渔港改造项目有多少个？", ("234个", "65%")),
        ("2020年的渔港改造项目中，800万元以下的有多少个？", ("234个",)),
        ("2020年渔港改造项目中800万元以下的占多大比重？", ("65%",)),
        ("不足800万元的渔港改造项目个数，2020年比2019年减少了百分之几？", ("少66个，下降22%",)),
        ("2021年上半年漳州渔业技改投资中，捕捞业以外的部分有多少亿元？", ("8.4亿元",)),
        ("“蓝海”实施项目的总投资刨去累计完成的部分，还有多少亿元要投？", ("156.5亿元",)),
        ("漳州2020年外贸进出口中，进口所占比例是多少？", ("75%",)),
        ("民间投资占全部投资的比重，2020年宁德市比漳州市高出多少？", ("22.0个百分点",)),
        ("表6三个城市2019年营商环境指数的平均值", ("40",)),
        (
            "深海行动在库项目2021年的计划投资额，相当于这批项目总投资的百分之几？",
            ("25%",),
        ),
        (
            "已知2020年漳州渔船更新投资占渔业投资的40.1%，比2019年下降7.8个百分点，那么2019年这一比重是多少？",
            ("47.9%",),
        ),
        (
            "2018年国有水产企业总产值84亿元，占漳州规上水产总产值的42%，据此倒推，当年全市规上水产总产值大约是多少？",
            ("200亿元",),
        ),
        ("用漳州2020年进出口总额和它占GDP的比重，推算漳州当年的GDP", ("1000亿元",)),
        ("由宁德2020年的进口总额及其占GDP的比重，倒推宁德GDP约多少亿元", ("2000亿元",)),
    ],
)
def test_what_is_left_or_led_back_is_computed(
    assistant: Assistant, question: str, results: tuple[str, ...]
) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    assert any(claim.working for claim in outcome.claims), outcome.text
    assert all(result in outcome.text for result in results), outcome.text


def test_a_bound_is_never_answered_from_its_other_side(assistant: Assistant) -> None:
    of_bound = assistant.explain(Question("2020年800万元及以上的渔港改造项目有多少个？")).outcome
    assert isinstance(of_bound, Answer)
    assert "126个" in of_bound.text
    for question in (
        "2020年不足500万元的渔港改造项目有多少个？",
        "2018年不足800万元的渔港改造项目有多少个？",
    ):
        outcome = assistant.explain(Question(question)).outcome
        assert isinstance(outcome, Refusal), outcome.text


def test_what_is_left_is_never_quoted_from_the_part(assistant: Assistant) -> None:
    for question in (
        "除捕捞业外，2021年上半年渔业技改投资还有多少亿元？",
        "2021年上半年渔业技改投资中，加工业以外的部分有多少亿元？",
    ):
        outcome = assistant.explain(Question(question)).outcome
        assert isinstance(outcome, Refusal) or any(claim.working for claim in outcome.claims), outcome.text


@pytest.mark.parametrize(
    "question",
    [
        "漳州盐业投资占固定资产投资的比重2020年比2016年低多少个百分点？",
        "盐业投资在漳州全市固定资产投资里的占比，2020年比2016年低了多少个百分点？",
    ],
)
def test_a_share_is_set_beside_what_it_came_from(question: str) -> None:
    text = (
        "漳州市投资报告\n\n漳州市盐业投资占全市固定资产投资比重由2016年的38.5%下降至2020年的18%，下降明显。\n"
    )
    outcome = assistant_over(text, home="漳州").explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    assert "20.5个百分点" in outcome.text


def test_a_whole_is_led_to_by_no_share_of_another_whole(assistant: Assistant) -> None:
    for question in (
        "用漳州2020年进出口总额和它占渔业投资的比重，推算漳州的渔业投资",
        "用漳州2020年渔船更新投资和它占GDP的比重，推算漳州GDP",
    ):
        outcome = assistant.explain(Question(question)).outcome
        assert isinstance(outcome, Refusal), outcome.text


def test_what_a_bound_sets_apart_is_read_by_no_frame() -> None:
    assert read_frame("2020年漳州和宁德产值超过5亿元的企业合计多少家") is None
