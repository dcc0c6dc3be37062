"""Questions that themselves name the numbers to compute with."""

import pytest

from policy_qa.assistant import Assistant
from policy_qa.computing.given import read_given
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

FISHING = """漳州市渔业发展报告

“十三五”期间，漳州水产品出口额从42.5亿元增加到96.9亿元，年均增速较快。

2021年上半年，全市在建的渔港改造项目168项，同比增长12%。

2019—2020年，全市出让渔业用地3960亩，拿地项目45项，其中已开工30项。

漳州2020年捕捞、养殖、加工的比例为36.4%、41.3%、22.4%，养殖占优势。

2020年，全市规模以上水产企业640家，建有育种中心的企业仅有52家，研发投入集中在其中的120家。

蓝海行动在库项目160项，2020年底前竣工项目64项，总投资400亿元。

2018年国有水产企业总产值为35.7亿元，占全市规上水产总产值的42%。

2020年，漳州捕捞业增加值增长6.7%，加工业产值增长2.3%。

2020年漳州共有渔业龙头企业315家，泉州渔业龙头企业有189家。
"""
EARLIER = """漳州市水产工作报告

2014年，渔业稳步发展，漳州渔业龙头企业已达84家。

2014年，漳州新增水产协会5家。
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(FISHING, EARLIER, home="漳州")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("漳州水产品出口额十三五期间从42.5亿元增加到96.9亿元，总共增长了百分之多少", "增长128%"),
        ("漳州水产品出口额由42.5亿元升至96.9亿元，增幅多大", "增长128%"),
        ("“十三五”漳州水产品出口额96.9亿元，比42.5亿元多了多少亿元", "54.4亿元"),
        ("漳州水产品出口额从42.5亿元变为96.9亿元，是原来的几倍", "2.28倍"),
        ("2021年上半年在建的渔港改造项目168项，同比增长12%，由此推算2020年上半年有多少项", "150项"),
        ("2021年上半年渔港改造项目168项、同比增长12%，那上年同期是多少项", "150项"),
        ("2018年国有水产企业总产值35.7亿元，占全市规上的42%，全市规上水产总产值是多少亿元", "85亿元"),
        ("2019—2020年出让渔业用地3960亩、拿地项目45项，平均每个项目多少亩", "88亩/项目"),
        ("45项拿地项目共出让渔业用地3960亩，平均每个项目拿地几亩", "88亩/项目"),
        ("2020年捕捞、养殖、加工比例36.4%、41.3%、22.4%，合计是多少", "合计100.1%"),
        ("研发投入集中的120家企业，占全市640家规上水产企业的百分之几", "（640家）的18.8%"),
        ("2020年全市640家规上水产企业里，建有育种中心的52家，占比多少", "（640家）的8.13%"),
        ("研发投入集中的120家企业，占全市规模以上水产企业总数的百分之几", "（640家）的18.8%"),
        ("育种中心企业占640家规上水产企业的比重，按52家、120家两种写法各是百分之几", "（640家）的8.13%"),
        ("蓝海行动在库的160项项目中，2020年底前竣工的占百分之几", "（160项）的40%"),
        ("“十三五”漳州水产品出口额从42.5亿元增加到96.9亿元，年均增长多少", "年均增长17.9%"),
        ("漳州水产品出口额由42.5亿元增至96.9亿元，按五年复合增长算，年均增长百分之多少", "年均增长17.9%"),
        (
            "“十三五”漳州水产品出口额从42.5亿元增加到96.9亿元，年均增速17.9%，对吗",
            "问题中说的17.9%按四舍五入与计算结果17.9%相符",
        ),
        ("漳州渔业龙头企业从2014年的84家到2020年的315家，年均增长百分之几", "年均增长24.6%"),
        ("2014年到2020年，漳州渔业龙头企业从84家变为315家，年均增长多少", "年均增长24.6%"),
        ("漳州渔业龙头企业从2014年的数量到2020年的数量，增长了百分之几", "增长275%"),
        ("2020年渔业龙头企业漳州315家、泉州189家，前者是后者的百分之几", "是泉州（189家）的166.7%"),
        ("按现价计算，漳州渔业龙头企业2020年比2014年多多少家", "231家"),
        ("2020年漳州渔业龙头企业315家，泉州189家，相差多少家", "漳州（315家）比泉州（189家）多126家"),
        ("2020年捕捞业增加值增长6.7%、加工业产值增长2.3%，前者比后者快多少个百分点", "4.4个百分点"),
        ("蓝海行动在库的160项项目，平均一项总投资多少亿元", "2.5亿元/项"),
    ],
)
def test_numbers_named_are_computed_with(assistant: Assistant, question: str, told: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    assert told in outcome.text
    assert outcome.claims[0].status == "computed"
    assert outcome.citations


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("漳州渔业龙头企业从2014年的84家到2020年的315家，增长约2.75倍，对得上吗", "2.75倍与计算结果相符"),
        ("漳州渔业龙头企业从2014年的84家到2020年的315家，增长了3.75倍，核对一下", "不符"),
        ("漳州渔业龙头企业2014年到2020年增长约2.75倍，核对一下", "相符"),
        ("有材料称出让渔业用地3960亩、拿地项目45项，平均每个项目超过100亩，对吗", "与计算结果88亩/项不符"),
        ("2020年捕捞、养殖、加工比例36.4%、41.3%、22.4%，合计是100%吗", "按四舍五入与计算结果100.1%相符"),
        ("2020年捕捞业增加值增长6.7%，加工业产值增长2.3%，前者比后者快4.4个百分点，减得对吗", "相符"),
        ("2020年捕捞业增加值增长6.7%，加工业产值增长2.3%，前者比后者快5.4个百分点，减得对吗", "不符"),
    ],
)
def test_what_is_stated_of_them_is_judged(assistant: Assistant, question: str, verdict: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    assert verdict in outcome.text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("漳州水产品出口额十三五期间从42.5亿元增加到120亿元，总共增长了百分之多少", "120亿元"),
        ("漳州渔业龙头企业从2014年的91家到2020年的315家，增长了百分之几", "91家"),
        ("漳州渔业龙头企业从2014年的5家到2020年的315家，增长了百分之几", "5家"),
        ("漳州渔业龙头企业从2014年的91家到2020年的315家，增长约2.5倍，对得上吗", "91家"),
    ],
)
def test_a_number_told_nowhere_is_not_computed_with(
    assistant: Assistant, question: str, missing: str
) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Refusal), outcome
    assert f"问题中的{missing}在现有资料中没有查到" in outcome.message


def test_a_refusal_quotes_the_other_number_told(assistant: Assistant) -> None:
    question = "漳州渔业龙头企业从2014年的91家到2020年的315家，增长了百分之几"
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Refusal)
    assert "84家" in outcome.nearest[0].text


@pytest.mark.parametrize(
    "question",
    [
        "总投资超过5000万元的项目占百分之几",
        "120家和52家合计占640家的百分之几",
        "640家企业除去120家以外的占百分之几",
        "2020年漳州出口额96.9亿元，同比增长多少",
        "2020年漳州渔业龙头企业有多少家",
        "前10家企业的产值占百分之几",
        "96.9亿元、42.5亿元，增长了百分之几",
    ],
)
def test_what_is_not_certain_is_not_read(question: str) -> None:
    assert read_given(question) is None


def test_a_year_behind_a_number_makes_no_range() -> None:
    found = read_given("漳州龙头企业从2014年的84家到2020年的315家，增长了多少家")
    assert found is not None
    assert [one.quantity.text for one in found.numbers] == ["315家", "84家"]
    assert [one.period.label() if one.period else "" for one in found.numbers] == ["2020年", "2014年"]


def test_a_change_given_is_not_how_far_another_place_is_off(assistant: Assistant) -> None:
    outcome = assistant.explain(
        Question("漳州水产品出口额从42.5亿元增加到96.9亿元，比全省高多少亿元？")
    ).outcome
    assert isinstance(outcome, Refusal) or "54.4" not in outcome.text


def test_a_way_pointed_back_at_leads_from_the_part_to_its_whole(assistant: Assistant) -> None:
    outcome = assistant.explain(
        Question(
            "2018年国有水产企业总产值35.7亿元，占全市规上水产总产值42%，照这个推算全年规上水产总产值多少亿元？"
        )
    ).outcome
    assert isinstance(outcome, Answer)
    assert "85亿元" in outcome.text
