"""Claims that several places all keep, asked of an invented report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_qa.types import Answer, Outcome, Question
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

REPORT = """# 三市绿化简报

表1 三市绿化率（%）

| 城市 | 2016年 | 2021年 |
| --- | --- | --- |
| 荆州市 | 41.2 | 43.6 |
| 宜昌市 | 44.8 | 43.9 |
| 襄阳市 | 38.1 | 40.9 |
"""


@cache
def assistant() -> Assistant:
    return assistant_over(REPORT, home="荆州市")


def ask(question: str) -> Outcome:
    return assistant().explain(Question(question)).outcome


@pytest.mark.parametrize(
    ("question", "holds", "failing"),
    [
        ("有人写荆州、宜昌、襄阳2021年绿化率都比2016年高，对吗？", False, "宜昌"),
        ("荆州、襄阳2021年绿化率都比2016年高，这句站得住吗", True, ""),
        ("稿子：荆州、襄阳2021年绿化率都比宜昌低。要不要改", True, ""),
        ("同事说荆州、襄阳2021年绿化率都低于宜昌，属实吗", True, ""),
        ("荆州、宜昌、襄阳2021年绿化率都超过42%，对吗", False, "襄阳"),
        ("从2016年到2021年，荆州、宜昌、襄阳三市的绿化率都是上升的，这个说法对吗？", False, "宜昌"),
        ("荆州、襄阳2016—2021年绿化率均有所提高，准确吗", True, ""),
        ("荆州、宜昌2021年绿化率均低于44%，帮核实", True, ""),
    ],
)
def test_the_verdict_names_those_that_do_not_keep_the_claim(question: str, holds: bool, failing: str) -> None:
    answer = ask(question)
    assert isinstance(answer, Answer), answer
    assert ("说法成立" in answer.text) is holds
    verdict = answer.claims[0].text
    assert failing in verdict
    assert holds or not [name for name in {"荆州", "宜昌", "襄阳"} - {failing} if name in verdict]


def test_a_claim_over_a_place_without_a_value_is_refused() -> None:
    assert not isinstance(ask("荆州、恩施2021年绿化率都比2016年高，对吗"), Answer)


def test_which_places_keep_it_is_another_question() -> None:
    outcome = ask("荆州、宜昌、襄阳2021年绿化率都超过40%的有哪些")
    assert not isinstance(outcome, Answer) or "说法" not in outcome.text


RANKS = """# 绿化竞争力简报

表1 2021年绿化竞争力全国排名

| 城市 | 绿化基础竞争力排名 | 绿化环境竞争力排名 | 绿化产出竞争力排名 |
| --- | --- | --- | --- |
| 荆州市 | 61 | 72 | 40 |
| 宜昌市 | 66 | 80 | 58 |
| 襄阳市 | 75 | 91 | 77 |
"""


@pytest.mark.parametrize(
    ("question", "holds", "failing"),
    [
        ("除绿化产出竞争力外，荆州其他各项绿化指标的全国排名均在60至75之间，对得上吗", True, ""),
        ("荆州各项绿化指标的全国排名均在60至75之间，对得上吗", False, "绿化产出竞争力"),
        ("除绿化产出竞争力外，襄阳其他各项绿化指标的全国排名均在60至75之间，对吗", False, "绿化环境竞争力"),
    ],
)
def test_all_that_a_table_tells_of_a_place_is_held_within_bounds(
    question: str, holds: bool, failing: str
) -> None:
    answer = assistant_over(RANKS, home="荆州市").explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert ("说法成立" in answer.claims[0].text) is holds
    assert failing in answer.claims[0].text


@pytest.mark.parametrize(
    ("question", "holds", "failing"),
    [
        ("表里三市2021年绿化率都在40%到44%之间，对吗", True, ""),
        ("各市2021年绿化率均不低于41%，对吗", False, "襄阳"),
        ("除襄阳外，表里各市2021年绿化率都在43%以上，对吗", True, ""),
        ("荆州、宜昌、襄阳2021年绿化率都不超过43.9%，对吗", True, ""),
    ],
)
def test_all_places_of_a_group_are_held_within_bounds(question: str, holds: bool, failing: str) -> None:
    answer = ask(question)
    assert isinstance(answer, Answer), answer
    assert ("说法成立" in answer.claims[0].text) is holds
    assert failing in answer.claims[0].text


def test_what_is_not_among_the_values_cannot_be_left_out_of_them() -> None:
    asked = "除绿化科研竞争力外，荆州其他各项绿化指标的全国排名均在40至75之间，对吗"
    assert not isinstance(assistant_over(RANKS, home="荆州市").explain(Question(asked)).outcome, Answer)
