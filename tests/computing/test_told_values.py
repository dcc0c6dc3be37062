"""Values that a question states, held against what the sources tell: a verdict, or a notice how the two stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.types import Answer, Question
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

FORESTS = """# 荆州市林业简报

2021年，荆州市林业总产值为86.4亿元，同比增长5.2%。苗圃数量达到132家，比宜昌市少。2021年，荆州市国家育种中心占苗圃的比重不足2.5%。2021年，荆州市竹木加工产值突破20亿元。

表1 2021年三市林地情况

| 城市 | 林地面积（平方公里） | 护林站（个） |
| --- | --- | --- |
| 荆州市 | 2310 | 41 |
| 宜昌市 | 9120 | 77 |
| 襄阳市 | 5400 | 58 |
"""
PLANS = """# 荆州市护林工作总结

2021年，全市护林站43个，巡护道路210公里。

2021年，办理全国政协护林提案3件、市人大护林建议214件、市林业提案538件。
"""
RANKS = """# 荆州市林业位次简报

2021年，荆州市林业总产值排在全国第47位。2018年，荆州市林业总产值排在全国第52位。2021年，荆州市花卉产量居全省第6位。
"""
TRADE = """# 荆州市外贸简报

表1 2021年各市外贸情况

| 指标 | 单位 | 荆州市 | 宜昌市 |
| --- | --- | --- | --- |
| 进出口总额 | 亿元 | 80 | 120 |
| 出口总额 | 亿元 | 68 | 70 |
| 进口总额 | 亿元 | 12 | 50 |
"""
AGREES, DIFFERS = messages.TOLD_AGREES[:3], messages.TOLD_DIFFERS[:3]


@cache
def assistant() -> Assistant:
    return assistant_over(FORESTS, PLANS, home="荆州市")


def told(question: str) -> Answer:
    outcome = assistant().explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


@pytest.mark.parametrize("ending", ["，对吗？", "吗", "，没错吧"])
@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("2021年荆州林业总产值是86.4亿元", AGREES),
        ("2021年荆州林业总产值是84.6亿元", DIFFERS),
        ("2021年荆州苗圃数量是132家", AGREES),
        ("2021年荆州苗圃数量是123家", DIFFERS),
        ("2021年荆州林业总产值增长5.2%", AGREES),
        ("2021年荆州的市林业提案是538件", AGREES),
        ("2021年襄阳的护林站是58个", AGREES),
        ("2021年襄阳的护林站是85个", DIFFERS),
    ],
)
def test_a_value_stated_gets_a_verdict_however_it_is_asked(said: str, ending: str, verdict: str) -> None:
    assert told(f"{said}{ending}").text.startswith(verdict)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("2310", AGREES), ("2130", DIFFERS), ("2310平方公里", AGREES)],
)
def test_a_bare_number_is_held_against_the_digits_that_are_written(said: str, verdict: str) -> None:
    assert told(f"2021年荆州林地面积是{said}，对吗").text.startswith(verdict)


@pytest.mark.parametrize(
    ("stated", "notice"),
    [("41个", messages.STATED_ELSEWHERE)],
)
def test_where_sources_disagree_each_is_told_and_how_the_stated_value_stands_to_them(
    stated: str, notice: str
) -> None:
    answer = told(f"2021年荆州护林站是{stated}，对吗")
    assert {"41个", "43个"} <= {value.text for conflict in answer.conflicts for value in conflict.values}
    template = notice.split("{")[0]
    assert any(one.startswith(template) for one in answer.notices), answer.notices
    assert not answer.text.startswith((AGREES, DIFFERS))


def test_a_value_that_no_source_tells_is_none_of_those_that_disagree() -> None:
    answer = told("2021年荆州护林站是40个，对吗")
    assert {"41个", "43个"} <= {value.text for conflict in answer.conflicts for value in conflict.values}
    assert answer.text.startswith(DIFFERS)


def test_a_rise_is_not_held_against_what_was_come_to_nor_a_fall_against_a_rise() -> None:
    assert not told("2021年荆州林业总产值增长86.4亿元，对吗").text.startswith(AGREES)
    assert told("2021年荆州林业总产值下降5.2%，对吗").text.startswith(DIFFERS)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("2021年荆州竹木加工产值突破20亿元，对吗", AGREES),
        ("稿子里写“2021年荆州竹木加工产值超过15亿元”，核对一下有没有错", AGREES),
        ("稿子里写“2021年荆州竹木加工产值突破30亿元”，核对一下有没有错", DIFFERS),
        ("2021年荆州竹木加工产值不足20亿元，对吗", DIFFERS),
        ("2021年荆州竹木加工产值是35亿元，对吗", DIFFERS),
        ("2021年荆州竹木加工产值没再超过20亿元，对吗", DIFFERS),
        ("2021年荆州林业总产值破80亿了没有", AGREES),
        ("2021年荆州林业总产值达到90亿元了吗", DIFFERS),
        ("2021年荆州竹木加工产值突破30亿元了吗", DIFFERS),
    ],
)
def test_a_bound_is_held_against_a_value_or_a_bound_told(question: str, verdict: str) -> None:
    assert told(question).text.startswith(verdict)


@pytest.mark.parametrize("said", ["突破25亿元", "超过24亿元", "是20亿元"])
def test_what_a_bound_told_leaves_open_gets_no_verdict(said: str) -> None:
    outcome = assistant().explain(Question(f"2021年荆州竹木加工产值{said}，对吗")).outcome
    assert not isinstance(outcome, Answer) or not outcome.text.startswith((AGREES, DIFFERS))


def test_a_bound_told_so_is_agreed_with() -> None:
    answer = told("2021年荆州国家育种中心占苗圃的比重还不到2.5%，对吗")
    assert not answer.text.startswith(DIFFERS)
    assert not any(
        one.startswith(messages.STATED_ELSEWHERE.split("{")[0]) and "也有" in one for one in answer.notices
    )


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("2021年荆州林业总产值排全国第47位", AGREES),
        ("2021年荆州林业总产值在全国排第47位", AGREES),
        ("2021年荆州林业总产值排全国第74位", DIFFERS),
        ("2021年荆州林业总产值排全国第52位", DIFFERS),
        ("2021年荆州花卉产量排全省第9位", DIFFERS),
    ],
)
def test_a_rank_stated_is_held_against_the_one_told_among_the_same(said: str, verdict: str) -> None:
    outcome = assistant_over(RANKS, home="荆州市").explain(Question(f"有份稿子写{said}，对不对？")).outcome
    assert isinstance(outcome, Answer), outcome
    assert outcome.text.startswith(verdict)


@pytest.mark.parametrize("said", ["2021年荆州花卉产量排全国第6位", "2021年荆州花卉产量排第9位"])
def test_a_rank_among_others_or_among_none_named_is_neither_confirmed_nor_denied(said: str) -> None:
    outcome = assistant_over(RANKS, home="荆州市").explain(Question(f"{said}，对吗？")).outcome
    assert AGREES not in outcome.text
    assert DIFFERS not in outcome.text


def test_the_whole_of_trade_is_found_by_its_shorter_names() -> None:
    outcome = (
        assistant_over(TRADE, home="荆州市")
        .explain(Question("材料里写荆州2021年外贸八成以上是出口，站得住脚吗"))
        .outcome
    )
    assert isinstance(outcome, Answer), outcome
    assert "85%" in outcome.text
