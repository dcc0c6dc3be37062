"""Claims without a number of their own, in many wordings, asked of an invented report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from greening import GREENING
from policy_qa import messages
from policy_qa.types import Answer, Outcome, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant


@cache
def assistant() -> Assistant:
    return assistant_over(GREENING, home="荆州市")


def ask(question: str) -> Outcome:
    return assistant().explain(Question(question)).outcome


@pytest.mark.parametrize(
    ("question", "notice", "told"),
    [
        ("有同事认为2021年荆州的绿化率仍高于襄阳，这个判断能站住脚吗？", messages.ASSERTED_RIGHT, "43.6"),
        ("荆州21年绿化率比宜昌还高，这句能用吗", messages.ASSERTED_WRONG, "43.9"),
        ("“2021年荆州绿化率不如宜昌”这一表述是否准确？", messages.ASSERTED_RIGHT, "43.9"),
        (
            "有观点认为，在荆州、宜昌、襄阳三市之中，荆州2021年的苗圃数最少，请核实这一说法。",
            messages.ASSERTED_RIGHT,
            "12",
        ),
        ("想写荆州2021年绿化率在荆州、宜昌、襄阳里垫底，这么写行不", messages.ASSERTED_WRONG, "襄阳"),
        ("材料称2021年宜昌的苗木投资不及荆州的一半，请核实", "50%与计算结果相符", "40"),
        ("2021年苗圃数，宜昌多荆州18家，这说法靠谱不", "18家与计算结果相符", "18"),
    ],
)
def test_a_claim_is_held_against_what_is_computed(question: str, notice: str, told: str) -> None:
    answer = ask(question)
    assert isinstance(answer, Answer), answer
    assert notice in answer.claims[0].text, answer
    assert told in answer.text


def test_a_claim_of_a_place_that_is_not_told_is_refused() -> None:
    assert isinstance(ask("2021年荆州的绿化率高于全国平均水平，这话对不对"), Refusal)


def test_a_bound_that_is_not_settled_is_refused() -> None:
    assert isinstance(ask("荆州2021年绿化，银杏占八成以上——这话能这么写不"), Refusal)


def test_a_value_claimed_wrongly_is_answered_with_the_one_told() -> None:
    answer = ask("荆州2021年苗圃数13家，没错吧")
    assert isinstance(answer, Answer)
    assert "12" in answer.text


GROWN = (
    "# 荆州市苗木投资简报\n\n2021年，荆州市茶园投资同比下降3.2%，茶园面积稳定。\n",
    "# 荆州市绿化投资简报\n\n2021年，荆州市绿化投资同比增长1.8%。\n",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("降了3.2%，比全市绿化投资低5个百分点", ("与问题中说的3.2%一致", "5个百分点与计算结果相符")),
        ("降了2.3%，比全市绿化投资低5个百分点", ("不是2.3%", "5个百分点与计算结果相符")),
        ("降了3.2%，比全市绿化投资低4个百分点", ("4个百分点与计算结果5.0个百分点不符", "3.2%一致")),
    ],
)
def test_a_growth_and_how_far_it_lies_from_another_are_both_judged(said: str, told: tuple[str, str]) -> None:
    question = f"有报告写2021年荆州茶园投资{said}，拿另一份报告里当年的绿化投资增速对一下，是否说得通？"
    answer = assistant_over(*GROWN, home="荆州市").explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert all(one in answer.text for one in told), answer.text
    assert answer.text.index(told[0]) < answer.text.index(told[1])


@pytest.mark.parametrize(
    ("question", "notice", "told"),
    [
        ("宜昌2021年绿化率在荆州、宜昌、襄阳三市中排第二，属实吗", messages.ASSERTED_WRONG, "宜昌排第1位"),
        ("荆州2021年苗圃数在荆州、宜昌、襄阳三市中排倒数第一，对吗", messages.ASSERTED_RIGHT, "荆州排第3位"),
        ("襄阳2021年苗圃数在荆州、宜昌、襄阳三市中排前两位，对吗", messages.ASSERTED_RIGHT, "襄阳排第2位"),
        ("荆州2021年苗木投资在荆州、宜昌、襄阳三市中居首，对吗", messages.ASSERTED_RIGHT, "荆州排第1位"),
        ("说襄阳苗圃数“仅次于宜昌”，拿表里的数核一核", messages.ASSERTED_RIGHT, "襄阳排第2位"),
        ("2021年荆州苗圃数在三市中仅次于宜昌，对吗", messages.ASSERTED_WRONG, "荆州排第3位"),
        (
            "报告称襄阳2021年苗圃数在几个相近城市里仅次于宜昌，跟表里的数对得上吗",
            messages.ASSERTED_RIGHT,
            "襄阳排第2位",
        ),
        (
            "“襄阳苗圃数在荆州、宜昌等同类城市中仅次于荆州”，这个说法和2021年的数据吻合吗",
            messages.ASSERTED_WRONG,
            "襄阳排第2位",
        ),
        (
            "荆州的苗圃数在宜昌、襄阳几个城市里最少，跟2021年的数据对得上吗",
            messages.ASSERTED_RIGHT,
            "最少的是荆州",
        ),
        (
            "襄阳的苗圃数在宜昌、荆州等城市中最少，跟2021年的数据对得上吗",
            messages.ASSERTED_WRONG,
            "最少的是荆州",
        ),
        ("2021年荆州苗圃数仅次于襄阳和宜昌，对吗", messages.ASSERTED_RIGHT, "荆州排第3位"),
    ],
)
def test_a_place_said_to_be_held_is_judged_by_the_place_counted(
    question: str, notice: str, told: str
) -> None:
    answer = ask(question)
    assert isinstance(answer, Answer), answer
    assert answer.text.startswith(notice), answer
    assert told in answer.claims[0].text


RANKS = """# 绿化竞争力简报

2021年荆州市森林覆盖率增速高于全国平均水平，而2022年首次低于全国平均增速。全市绿地出口总额超过去年。

各市养护投入都不高，未能达到全国平均水平（2.30%）。2021年，荆州市养护投入强度为1.90%。

表1 2021年绿化竞争力全国排名

| 城市 | 绿化竞争力排名 | 绿化环境竞争力排名 | 绿化产出竞争力排名 |
| --- | --- | --- | --- |
| 荆州市 | 61 | 72 | 40 |
| 宜昌市 | 66 | 80 | 58 |
| 襄阳市 | 75 | 91 | 77 |

表2 2021年苗木收支（亿元）

| 城市 | 苗木总产值 | 花卉产值 | 绿化总投入 |
| --- | --- | --- | --- |
| 荆州市 | 20.0 | 16.8 | 10.0 |
| 宜昌市 | 8.0 | 2.0 | 5.0 |
"""


@cache
def of_ranks() -> Assistant:
    return assistant_over(RANKS, home="荆州市")


@pytest.mark.parametrize(
    ("question", "verdict", "told"),
    [
        (
            "绿化竞争力荆州全国61位、湖北第一，拿表里宜昌襄阳的名次核一核",
            messages.ASSERTED_RIGHT,
            "荆州排第1位",
        ),
        (
            "“荆州绿化竞争力居全国第61位、湖北首位”，请与表中宜昌、襄阳的名次对照，看是否相符。",
            messages.ASSERTED_RIGHT,
            "荆州排第1位",
        ),
        (
            "绿化竞争力荆州全国62位、湖北第一，拿表里宜昌襄阳的名次核一核",
            messages.ASSERTED_WRONG,
            "荆州（61位）",
        ),
        (
            "一篇说2021年宜昌绿化竞争力超过荆州，跟另一篇的绿化竞争力全国排名对得上吗",
            messages.ASSERTED_WRONG,
            "66 − 61 = 5",
        ),
        ("有同事说2022年荆州森林覆盖率增速还高于全国平均，是这样吗", "对不上：", "是低于，不是高于"),
        (
            "2021年荆州养护投入强度高于全国平均水平，这么写行不行",
            messages.ASSERTED_WRONG,
            "2.30 − 1.90 = 0.4",
        ),
        ("2021年荆州苗木总产值为绿化总投入的两倍，核对一下", "问题中说的两倍与计算结果相符", "20.0 ÷ 10.0"),
        ("荆州2021年苗木总产值八成以上是花卉产值，站得住脚吗", "问题中说的80%以上与计算结果相符", "84"),
        ("荆州2021年苗木总产值里花卉产值不到三成，准不准", "问题中说的不足30%与计算结果84%不符", "84"),
        (
            "讨论稿写“2021年花卉产值仍占荆州苗木总产值的九成以上”，符合报告的数据吗",
            "问题中说的90%以上与",
            "84%不符",
        ),
        ("荆州2021年绿化总投入10亿元，对吗", "对得上：", "10"),
        ("荆州2021年绿化总投入12亿元，对吗", "对不上：", "不是12亿元"),
    ],
)
def test_what_is_asserted_is_settled_by_ranks_averages_and_shares(
    question: str, verdict: str, told: str
) -> None:
    answer = of_ranks().explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert answer.text.startswith(verdict), answer.text
    assert told in f"{answer.text}{answer.claims[0].working}"


@pytest.mark.parametrize(
    "question",
    [
        "荆州2021年绿化总投入和花卉产值都是10亿元，对吗",
        "荆州2021年绿化总投入10亿元，和各县的投入数对得上吗",
    ],
)
def test_one_value_told_settles_no_claim_of_several(question: str) -> None:
    outcome = of_ranks().explain(Question(question)).outcome
    assert isinstance(outcome, Refusal) or not outcome.text.startswith("对得上"), outcome
