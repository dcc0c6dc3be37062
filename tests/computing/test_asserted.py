"""Claims without a number of their own, in many wordings, asked of an invented report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.types import Answer, Outcome, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

REPORT = """# 三市绿化简报

表1 2021年三市绿化和苗圃

| 城市 | 绿化率（%） | 苗圃数（家） | 苗木投资（亿元） |
| --- | --- | --- | --- |
| 荆州市 | 43.6 | 12 | 20.0 |
| 宜昌市 | 43.9 | 30 | 8.0 |
| 襄阳市 | 40.9 | 21 | 15.0 |
"""


@cache
def assistant() -> Assistant:
    return assistant_over(REPORT, home="荆州市")


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
