"""Questions for what several places say in words, and whether they say the same, asked of invented reports."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.answering.verification import verified
from policy_qa.types import Answer, Claim, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

REPORTS = (
    """# 绵阳市仓储物流发展研究

2021年，绵阳市冷链仓库数量达到300座，仅次于德阳，但保税仓库数量最少。

自2019年开始，绵阳市规模以上物流业总产值持续下降，企业经营压力较大。

2021年，绵阳市物流投资下降明显。2021年，绵阳市民营物流投资快速增长。南充市物流投资同比增长8.1%。

2021年末，绵阳市有物流园区24个。

表1 2021年各市物流园区

| 城市 | 物流园区（个） |
| --- | --- |
| 绵阳市 | 24 |
| 南充市 | 31 |
""",
    """# 绵阳市商贸流通“十四五”规划评估

2021年，绵阳市冷链仓库数量少于宜宾的420座。绵阳市流通强度为2.1%，远高于全省水平（1.2%）。

与南充、宜宾等城市相比，绵阳市流通强度较低，增长动力不足。

自2019年开始，绵阳市规模以上物流业总产值持续下降，外贸有所回升。

2021年，受疫情影响，绵阳市物流投资增速大幅下降，仅增长0.4%。

2021年末，绵阳市有物流园区26个。

表1 2021年各市物流园区

| 城市 | 物流园区（个） |
| --- | --- |
| 绵阳市 | 27 |
| 南充市 | 31 |
""",
)


@cache
def assistant() -> Assistant:
    return assistant_over(*REPORTS, home="绵阳市")


def told(question: str) -> Answer:
    outcome = assistant().explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def computed(answer: Answer) -> list[Claim]:
    return [claim for claim in answer.claims if claim.status == "computed"]


@pytest.mark.parametrize(
    "question",
    [
        "2021年绵阳冷链仓库数量，有的报告说仅次于德阳，有的报告说少于别的城市，分别怎么写的",
        "绵阳的冷链仓库数量，一处说仅次于德阳，另一处又说少于宜宾，原文各是怎么说的",
    ],
)
def test_each_way_that_was_seen_is_quoted(question: str) -> None:
    answer = told(question)
    assert "仅次于德阳" in answer.text
    assert "少于宜宾" in answer.text


def test_each_way_is_quoted_with_what_it_compares_with_from_the_report_named() -> None:
    answer = told("商贸流通报告一处说绵阳流通强度远高于全省，另一处又说较低，各是和谁比")
    assert "1.2%" in answer.text
    assert "与南充、宜宾等城市相比" in answer.text
    assert messages.only_in(["绵阳市商贸流通“十四五”规划评估"]) in answer.notices


def test_which_way_a_thing_went_is_quoted_of_every_report_and_of_no_other_thing_or_place() -> None:
    answer = told("2021年绵阳物流投资是增长还是下降，各份报告分别怎么说")
    assert "下降明显" in answer.text
    assert "大幅下降，仅增长0.4%" in answer.text
    assert "民营" not in answer.text
    assert "南充" not in answer.text
    assert computed(answer) == []


def test_that_several_places_say_the_same_of_a_movement_is_a_checked_claim() -> None:
    answer = told("绵阳规模以上物流业总产值自2019年起的走势，两份报告的说法是否一致")
    (claim,) = computed(answer)
    assert claim.text == "各处的说法一致，都说“持续下降”。"
    for wrong in ("各处的说法一致，都说“持续上升”。", "各处的说法不一致，有的说“持续下降”。"):
        claims = tuple(replace(one, text=wrong) if one == claim else one for one in answer.claims)
        kept = verified(replace(answer, claims=claims), assistant().document)
        assert kept is not None
        assert computed(kept) == []


@pytest.mark.parametrize(
    ("wrong", "working"),
    [
        ("各处所写的数值一致，都是31个。", "31个 = 32个"),
        ("各处所写的数值一致，都是32个。", "32个 = 32个"),
        ("各处所写的数值不一致：31个、24个。", "31个 ≠ 31个"),
        ("各处所写的数值不一致：31个、24个。", "31个 = 31个"),
    ],
)
def test_a_claim_that_places_agree_is_checked_anew(wrong: str, working: str) -> None:
    answer = told("2021年南充的物流园区，两份报告写的数一样吗")
    (claim,) = computed(answer)
    assert claim.text == "各处所写的数值一致，都是31个。"
    claims = tuple(
        replace(one, text=wrong, working=working) if one == claim else one for one in answer.claims
    )
    kept = verified(replace(answer, claims=claims), assistant().document)
    assert kept is not None
    assert computed(kept) == []


def test_one_place_alone_agrees_with_nothing() -> None:
    answer = told("2021年南充的物流园区，两份报告写的数一样吗")
    (claim,) = computed(answer)
    alone = replace(claim, citations=claim.citations[:1])
    claims = tuple(alone if one == claim else one for one in answer.claims)
    kept = verified(replace(answer, claims=claims), assistant().document)
    assert kept is not None
    assert computed(kept) == []


@pytest.mark.parametrize(
    "question",
    [
        "2021年末绵阳有多少物流园区，仓储物流报告的正文和表1分别是多少",
        "2021年末绵阳的物流园区，仓储物流那份报告正文里写多少、表1里写多少",
        "仓储物流报告正文和表1里2021年末绵阳的物流园区各是多少",
    ],
)
def test_text_and_table_of_the_very_report_are_told(question: str) -> None:
    answer = told(question)
    assert answer.text.count("24") >= 2
    assert "26" not in answer.text
    assert "27" not in answer.text
    assert {citation.title for citation in answer.citations} == {"绵阳市仓储物流发展研究"}


def test_a_report_that_is_called_by_no_title_limits_nothing() -> None:
    outcome = assistant().explain(Question("2021年南充的物流园区，各份报告写的数一样吗")).outcome
    assert not isinstance(outcome, Refusal)
    assert not any(notice.startswith("按问题所指") for notice in outcome.notices)


def test_what_is_computed_of_a_disputed_value_stays() -> None:
    answer = told("2021年末绵阳和南充的物流园区哪个多，多几个")
    assert any(claim.working and claim.status == "conflicting" for claim in answer.claims), answer.claims
