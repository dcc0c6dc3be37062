"""Stated results held against computed ones: bounds just beside them, several in one claim, and what is left open."""

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

REPORT = f"""{GREENING}
表2 三市城镇化率（%）

| 城市 | 2019年 | 2020年 |
| --- | --- | --- |
| 荆州市 | 55.6 | 56.2 |
| 宜昌市 | 61.0 | 62.4 |
| 襄阳市 | 60.1 | 62.9 |

表3 2021年三市养护站情况

| 城市 | 养护站余额 |
| --- | --- |
| 荆州市 | 310.5 |
| 宜昌市 | 250.0 |
| 襄阳市 | 190.0 |

2021年，荆州花卉投资占苗木投资的比重由2020年的36.4%下降到35.5%，下降了0.9个百分点。

2021年，荆州在建的45个绿化项目中，投资超10亿元的项目仅有1个，5-10亿元的仅有3个。
"""
HOLDS = (messages.CLAIM_RIGHT[-6:], messages.ASSERTED_RIGHT, messages.TOLD_AGREES[:3], "按四舍五入与")
FAILS = (messages.ASSERTED_WRONG, messages.TOLD_DIFFERS[:3], "不符。")


@cache
def assistant() -> Assistant:
    return assistant_over(REPORT, home="荆州市")


def ask(question: str) -> Outcome:
    return assistant().explain(Question(question)).outcome


def verdict(question: str) -> bool | None:
    """Whether the answer begins with a verdict that the claim holds; None for a refusal."""
    outcome = ask(question)
    if isinstance(outcome, Refusal):
        return None
    first = f"{outcome.text.split('。')[0]}。"
    assert any(one in first for one in (*HOLDS, *FAILS)), outcome.text
    return not any(one in first for one in FAILS)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("高3个百分点以上", False),
        ("高2.7个百分点以上", True),
        ("至少高3个百分点", False),
        ("高至少2.5个百分点", True),
        ("高超过2.7个百分点", False),
        ("高超过2.6个百分点", True),
        ("高不到2.7个百分点", False),
        ("高不到3个百分点", True),
        ("高不足2.5个百分点", False),
        ("高不超过2.7个百分点", True),
        ("高不超过2.5个百分点", False),
        ("最多高2.5个百分点", False),
        ("高3个百分点左右", True),
        ("高4个百分点左右", False),
        ("高约2.5个百分点", False),
        ("高近3个百分点", True),
        ("高近2.5个百分点", False),
        ("高2.7个百分点", True),
        ("高2.6个百分点", False),
        ("高3个百分点", True),
    ],
)
def test_a_bound_is_held_against_the_result_just_beside_it(said: str, holds: bool) -> None:
    assert verdict(f"2021年荆州的绿化率比襄阳{said}，对不对") is holds


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("是宜昌的2倍多", True),
        ("是宜昌的3倍多", False),
        ("约为宜昌的2.4倍", True),
        ("约为宜昌的2.2倍", False),
        ("超过宜昌的2.5倍", False),
        ("比宜昌多10多亿元", True),
        ("比宜昌多20多亿元", False),
        ("比宜昌多10亿元出头", False),
    ],
)
def test_a_little_more_is_less_than_one_more_of_the_last_digit(said: str, holds: bool) -> None:
    assert verdict(f"2021年荆州的苗木投资{said}，对吗") in (holds, None)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("2021年宜昌的苗木投资不到荆州的三分之一，这样表述可以吗", False),
        ("2021年宜昌的苗木投资不足荆州的二分之一，这样表述可以吗", True),
        ("2021年宜昌的绿化率不超过43%，对吗", False),
        ("2021年宜昌的绿化率超过43.9%，对吗", False),
        ("2021年宜昌的绿化率43%以上，对吗", True),
        ("荆州、宜昌、襄阳平均每市有苗圃数20家以上，算下来对吗", True),
        ("荆州、宜昌、襄阳平均每市有苗圃数22家以上，算下来对吗", False),
        ("荆州的城镇化率一年间（2019—2020年）提高0.6个百分点，这个数对不对", True),
        ("与宜昌、襄阳相比，荆州2021年苗木投资排在第二，请核实这一名次", False),
        ("与宜昌、襄阳相比，荆州2021年苗木投资排在第一，请核实这一名次", True),
        ("2021年荆州的苗圃数和襄阳的苗圃数合计34家，有没有加错", False),
    ],
)
def test_a_claim_is_settled_by_what_it_comes_to(question: str, holds: bool) -> None:
    assert verdict(question) is holds


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("说荆州2021年苗木投资居三市之首，约为宜昌的2.5倍，对吗", True),
        ("说荆州2021年苗木投资居三市之首，约为宜昌的3倍，对吗", False),
        ("说襄阳2021年苗木投资居三市之首，约为宜昌的1.9倍，对吗", False),
        ("2019年至2020年，荆州的城镇化率每年都是三市里最低的，这么说行吗", True),
        ("2019年至2020年，宜昌的城镇化率每年都是三市里最高的，这么说行吗", False),
    ],
)
def test_every_part_of_a_claim_is_judged(question: str, holds: bool) -> None:
    assert verdict(question) is holds


def test_a_part_left_open_leaves_the_claim_open() -> None:
    assert not verdict("2021年荆州的绿化率为60%以上，比襄阳高，对吗")


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("由36.4%降到35.5%，文中说下降0.9个百分点", True),
        ("由36.4%降到35.5%，文中说下降0.8个百分点", False),
        ("由36.6%降到35.5%，文中说下降0.9个百分点", False),
    ],
)
def test_a_change_told_with_its_ends_settles_the_third(said: str, holds: bool) -> None:
    assert verdict(f"2021年荆州花卉投资占苗木投资的比重{said}，有没有算错") is holds


def test_numbers_without_a_unit_are_judged_with_a_notice() -> None:
    answer = ask("2021年荆州的养护站余额比宜昌多150亿元左右，这个差额准确吗")
    assert isinstance(answer, Answer)
    assert "不符" in answer.text
    assert messages.UNIT_NOT_TOLD in answer.notices


def test_a_bound_is_not_kept_by_the_value_of_another_thing() -> None:
    assert not verdict("2021年荆州苗木投资中花卉贷款不到四成，这话准不准")


def test_a_count_told_in_parts_is_not_answered_by_quoting_them() -> None:
    assert isinstance(ask("45个绿化项目里，投资5亿元以上的（含超10亿元的）共5个，是不是？"), Refusal)
