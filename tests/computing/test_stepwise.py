"""Computations in two steps, and of parts that a paragraph counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.computing.deriving import read_requested
from policy_qa.types import Answer, Question
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

TEXT = """# 漳州市渔业简报

2020年，漳州市渔业合作社达到360家。2015年，漳州市渔业合作社有110家。

2020年，漳州市水产品出口额为52亿元，泉州市水产品出口额为68亿元，全国水产品出口额为2400亿元。

2021年1-9月，漳州市渔港攻坚项目完成投资18.9亿元。截至2021年9月末，漳州市渔业贷款余额90亿元。

2020年，全市规模以上渔业企业250家，设有育种机构的企业仅有30家，有育种活动的企业不足90家。

2021年一季度全市立项渔港20座，2021年4月前已开工5座，未开工15座。新谋划码头项目50项，其中10项已签约。

渔港提升160项目的工程库有在库项目180项，其中2020年底前竣工70项，2021年在实施90项。

2020年，漳州市渔民合作组织约80个，仅是泉州的1/4左右。

2020年，漳州市鲍鱼产值突破30亿元。2020年，漳州市渔业总产值400亿元。

“十三五”期间，漳州市渔业投资总额从20亿元增加到40亿元，年均增速达20%。

2020年，漳州市远洋捕捞占全部捕捞的比重是40%，较2019年下降7个百分点，较2018年下降12个百分点。

2020年，漳州市出让渔港用地640亩，拿地项目16项。

“十三五”期，漳州市渔业布局形成。全社会捕捞投入强度从1.5%提高到1.8%。2020年，泉州市全社会捕捞投入强度为0.9%。
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(TEXT, home="漳州市")


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2020年漳州和泉州的水产品出口额合起来，占全国的百分之多少？", "(52 + 68) ÷ 2400 × 100 = 5"),
        ("漳州、泉州两市2020年水产品出口额之和占全国的百分之几", "(52 + 68) ÷ 2400 × 100 = 5"),
        ("漳州的渔业合作社从2015年到2020年平均每年增加多少家？", "(360 − 110) ÷ 5 = 50"),
        ("2021年1—9月漳州渔港攻坚项目平均每月完成投资多少亿元？", "18.9 ÷ 9 = 2.1"),
        ("2020年漳州规上渔业企业里，设有育种机构的占多大比例？", "30 ÷ 250 × 100 = 12"),
        ("2020年漳州设有育种机构的规上渔业企业占全部规上渔业企业的比例是多少？", "30 ÷ 250 × 100 = 12"),
        (
            "2020年漳州规上渔业企业里设有育种机构的比例有多高？请按企业数算出来。",
            "30 ÷ 250 × 100 = 12",
        ),
        ("2021年一季度立项的渔港中，到4月前还没开工的占多大比例？", "15 ÷ 20 × 100 = 75"),
        ("2021年一季度立项的渔港中，已经开工的占几成？", "5 ÷ 20 × 100 = 25"),
        ("新谋划的码头项目，签约的占几成？", "10 ÷ 50 × 100 = 20"),
        ("渔港提升在库的180项项目，扣除2020年底前竣工的和2021年在实施的，还剩多少项？", "180 − 70 − 90 = 20"),
        ("漳州渔民合作组织约80个，只有泉州的1/4左右，照此估算泉州大约有多少个？", "80 ÷ (1 ÷ 4) = 320"),
        ("2020年漳州鲍鱼产值按30亿元算，占全市渔业总产值的比重是多少？", "30 ÷ 400 × 100 = 7.5"),
        ("漳州的渔业合作社2015年是110家，到2020年增加了多少家？", "360 − 110 = 250"),
        ("漳州的渔业合作社从2015年到2020年净增多少家，相当于2015年的几倍？", "360 ÷ 110 ≈ 3.27"),
        ("漳州的渔业合作社2015到2020年间净增多少家", "360 − 110 = 250"),
        ("漳州的渔业合作社从2015年到2020年净增多少家，2020年相当于2015年的几倍？", "360 − 110 = 250"),
        ("“十三五”期间漳州渔业投资总额增加了多少亿元，增加后是原来的几倍？", "40 − 20 = 20；40 ÷ 20 = 2"),
        ("漳州全社会捕捞投入强度在“十三五”期间提高了几个百分点？", "1.8 − 1.5 = 0.3"),
        ("“十三五”期漳州全社会捕捞投入强度提高了多少个百分点，提高后是泉州的几倍？", "1.8 ÷ 0.9 = 2"),
        ("根据2020年的占比和降幅推算，2019年漳州远洋捕捞占全部捕捞的比重是多少？", "40 + 7 = 47"),
        ("由2020年的比重推算，漳州2018年远洋捕捞占全部捕捞的比重为多少？", "40 + 12 = 52"),
        ("2020年漳州出让的渔港用地，平均每个拿地项目合多少亩？", "640 ÷ 16 = 40"),
        ("2020年漳州出让渔港用地，平均一个拿地项目多少亩？", "640 ÷ 16 = 40"),
    ],
)
def test_the_working_is_told(assistant: Assistant, text: str, working: str) -> None:
    answer = assistant.explain(Question(text)).outcome

    assert isinstance(answer, Answer), answer
    assert any(working in (claim.working or "") for claim in answer.claims), answer.text


def test_two_things_asked_of_the_same_two_times_are_both_told(assistant: Assistant) -> None:
    answer = assistant.explain(
        Question("漳州渔业合作社2015年到2020年增加了多少家，2020年是2015年的几倍？")
    ).outcome

    assert isinstance(answer, Answer)
    assert "多250家" in answer.text
    assert "3.27倍" in answer.text


def test_a_share_told_by_distance_is_led_back_for_each_year(assistant: Assistant) -> None:
    answer = assistant.explain(
        Question("远洋捕捞占漳州全部捕捞的比重，根据2020年的数倒推，2018年、2019年分别是多少？")
    ).outcome

    assert isinstance(answer, Answer)
    assert [claim.working for claim in answer.claims] == ["40 + 12 = 52", "40 + 7 = 47"]


def test_a_compound_growth_is_held_against_the_years_said(assistant: Assistant) -> None:
    text = "漳州“十三五”渔业投资总额从20亿元增加到40亿元，按五年复合增长算，报告写的年均增速20%对吗？"
    answer = assistant.explain(Question(text)).outcome

    assert isinstance(answer, Answer)
    assert "14.9%" in answer.text
    assert "不符" in answer.text


def test_shares_of_two_years_are_led_back_each(assistant: Assistant) -> None:
    text = "根据2020年的数字和降幅，漳州2018年、2019年远洋捕捞占全部捕捞的比重各是多少？"
    answer = assistant.explain(Question(text)).outcome

    assert isinstance(answer, Answer)
    assert [claim.working for claim in answer.claims] == ["40 + 12 = 52", "40 + 7 = 47"]


@pytest.mark.parametrize(
    "text",
    [
        "截至2021年9月末漳州渔业贷款平均每月余额多少亿元？",
        "2021年二季度立项的渔港中，开工的占多大比例？",
        "2020年漳州和泉州的水产品进口额合起来，占全国的百分之多少？",
    ],
)
def test_what_is_not_told_is_not_computed(assistant: Assistant, text: str) -> None:
    answer = assistant.explain(Question(text)).outcome

    assert not isinstance(answer, Answer) or all(claim.status != "computed" for claim in answer.claims)


def test_a_start_told_otherwise_than_the_question_has_it_is_said_to_be(assistant: Assistant) -> None:
    text = "漳州的渔业合作社2015年是120家，到2020年增加了多少家？"
    answer = assistant.explain(Question(text)).outcome

    assert isinstance(answer, Answer)
    assert answer.claims[0].working == "360 − 110 = 250"
    assert messages.START_DIFFERS.format(told="120家") in answer.notices


@pytest.mark.parametrize(
    "text",
    [
        "根据漳州2020年的渔港投资增速和它跟全省的差距，倒推一下当年全省渔港投资增长了多少",
        "按2020年漳州渔港投资增速与全省的差距推算，全省当年渔港投资增速是多少",
    ],
)
def test_the_time_of_a_distance_is_that_of_what_is_led_back_from_it(text: str) -> None:
    operation = read_requested(text)

    assert operation is not None
    assert operation.kind == "back"
    assert operation.about.startswith("2020年全省")
    assert "当年" not in operation.operands[0].question
