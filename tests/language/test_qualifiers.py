"""What a figure is besides its value: aimed at or reached, of enterprises above designated size or of all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.qualifiers import (
    asks_for_target,
    is_target,
    is_target_of_year,
    scope_of,
    scopes_agree,
)
from policy_qa.types import Span


def aimed_at(text: str, figure: str, headings: str = "") -> bool:
    start = text.index(figure)
    return is_target(text, Span(start, start + len(figure)), headings)


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("力争新建充电桩800个。", "800个", True),
        ("到2025年目标为800个。", "800个", True),
        ("确保损耗率控制在3%以内。", "3%", True),
        ("拟建泵站5座。", "5座", True),
        ("计划内的泵站实际建成5座。", "5座", False),  # the last such word decides
        ("已开工的泵站力争建成5座。", "5座", True),
        ("由规划局审批5件。", "5件", False),
        ("建成充电桩800个。", "800个", False),
        ("实施“百桩”行动计划，建成充电桩800个。", "800个", False),  # but the name of a programme
        ("今年计划建成充电桩800个。", "800个", True),
        ("力争新建800个，总数达到3000个。", "3000个", True),  # goes on with what the clause before said
        ("计划新建800个，实际建成760个。", "760个", False),
        ("计划新建800个，实际建成760个。", "800个", True),
        ("建成760个，计划明年再建90个。", "760个", False),  # what comes behind says nothing of it
        ("完成年度计划的95%。", "95%", False),  # a share of a target
        ("高于5%的预期目标。", "5%", True),  # the target itself
        ("比目标高1.2个百分点。", "1.2个百分点", False),  # the distance from it
        ("800个的年度目标。", "800个", True),
        ("同比增长4%，力争全年增长6%。", "4%", False),
        ("同比增长4%，力争全年增长6%。", "6%", True),
    ],
)
def test_a_figure_is_aimed_at_or_reached(text: str, figure: str, expected: bool) -> None:
    assert aimed_at(text, figure) is expected


def test_a_target_in_brackets_behind_its_name_is_one_of_the_year_it_names() -> None:
    text = "投资占比降到15.5%，低于年度投资占比目标（20.9%）5.4个百分点。"
    at = text.index("20.9%")
    assert aimed_at(text, "20.9%")
    assert is_target_of_year(text, Span(at, at + 5))
    assert not aimed_at(text, "15.5%")
    assert not aimed_at(text, "5.4个百分点")


def test_headings_decide_where_the_sentence_does_not() -> None:
    assert aimed_at("新建泵站5座。", "5座", "二、主要目标")
    assert not aimed_at("新建泵站5座。", "5座", "一、工作回顾")
    assert not aimed_at("已建成泵站5座。", "5座", "二、主要目标")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2022年充电桩的建设目标是多少？", True),
        ("2022年计划新建多少个充电桩？", True),
        ("到2025年要建成多少座泵站？", True),
        ("力争达到多少？", True),
        ("完成了年度计划的百分之几？", False),
        ("比预期目标高多少？", False),
        ("2022年建成多少个充电桩？", False),
        ("规划局审批了多少件？", False),
        ("准备金有多少？", False),
        ("报告给粮食产量定的数是多少？", True),
        ("对认定的企业奖励多少？", False),
        ("2022年赤字率安排在多少？", True),
        ("2005年拟发行多少国债？", True),
        ("茶叶出口占全市比重的年度目标定的是多少？", True),
    ],
)
def test_a_question_asks_for_a_target_or_for_what_was_reached(question: str, expected: bool) -> None:
    assert asks_for_target(question) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规上工业", "above size"),
        ("限额以上批发业", "above size"),
        ("规模以下企业", "below size"),
        ("全社会用电量", "whole"),
        ("全部工业增加值", "whole"),
        ("全部门协同", None),
        ("规模以上工业12家，全社会投资", "whole"),  # the last one named
        ("全部企业（不只规上）", "whole"),
        ("不限于规模以上工业", "whole"),
        ("", None),
    ],
)
def test_the_scope_a_text_is_limited_to(text: str, expected: str | None) -> None:
    assert scope_of(text) == expected


@given(st.sampled_from([None, "above size", "below size", "whole"]), st.data())
def test_a_scope_agrees_with_itself_and_open_questions_with_any(asked, data) -> None:
    told = data.draw(st.sampled_from([None, "above size", "below size", "whole"]))
    assert scopes_agree(asked, asked)
    assert scopes_agree(None, told)
    if asked in ("above size", "below size") and told != asked:
        assert not scopes_agree(asked, told)
    assert scopes_agree("whole", None)
    assert not scopes_agree("whole", "above size")


@given(st.text("目标力争计划实际完成到12%，。", max_size=20), st.data())
def test_any_figure_of_any_text_is_judged(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert is_target(text, Span(start, end)) in (True, False)
