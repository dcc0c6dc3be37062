"""What each figure of a document is of: period, place, target or outcome, scope, each with the span it was read from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import DOCUMENTS, bare, labelled

from policy_qa.figures.binding import BoundFigure, Statement, read_statement
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.types import Heading, SourceFile, Table

if TYPE_CHECKING:
    from policy_qa.types import Document

SCOPES = {None: "", "above size": "规上", "below size": "规下", "whole": "全社会"}


def read(text: str, home: str | None = None) -> Document:
    return read_document(SourceFile("简报.md", "", text, "utf-8"), home_place=home)


def statements(document: Document) -> list[Statement]:
    """The sentences of the document's running text, in order."""
    found = []
    for block in document.blocks:
        if not isinstance(block, Heading | Table):
            around = read_surroundings(document, block, home=home_of(document))
            sentences = split_sentences(document.text, start=block.span.start, end=block.span.end)
            found += [read_statement(around, span) for span in sentences]
    return found


def figures(document: Document) -> list[BoundFigure]:
    return [figure for statement in statements(document) for figure in statement.figures]


def told(document: Document) -> list[tuple[str, str, str]]:
    """Figure, period and place, as they are labelled."""
    return [
        (
            figure.span.of(document.text),
            figure.period.period.label() if figure.period else "-",
            figure.place.places[0].short if figure.place else "-",
        )
        for figure in figures(document)
    ]


def bound_to(text: str, home: str | None = None) -> list[tuple[str, str]]:
    """Period and place of each figure of a document that is nothing but the text."""
    return [(period, place) for _, period, place in told(read(f"# 简报\n\n{text}\n", home))]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_figure_is_bound_as_labelled_by_hand(name: str) -> None:
    home, marked = DOCUMENTS[name]
    expected = labelled(marked)
    document = read(bare(marked), home)
    assert told(document) == [(one.text, one.period, one.place) for one in expected]
    found = figures(document)
    assert [one.is_target for one in found] == [one.is_target for one in expected]
    assert [SCOPES[one.scope] for one in found] == [one.scope for one in expected]


def test_enough_figures_are_labelled() -> None:
    assert sum(len(labelled(marked)) for _, marked in DOCUMENTS.values()) >= 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲线2019年、2020年客流分别为3万人次和5万人次。", ["2019年", "2020年"]),
        ("2019年、2020年和2021年，客流3万人次、5万人次和6万人次。", ["2019年", "2020年", "2021年"]),
        ("2020年客流3万人次、货运5万吨。", ["2020年", "2020年"]),
        ("2019年和2020年客流共8万人次。", ["2020年"]),
        ("客流由2015年的3万人次增加到2020年的5万人次。", ["2015年", "2020年"]),
        ("2020年客流5万人次，比2015年多2万人次。", ["2020年", "2020年"]),
        ("2020年，客流5万人次，而2015年只有3万人次。", ["2020年", "2015年"]),
        ("客流5万人次（2020年）。", ["2020年"]),
        ("2021年，客流6万人次，客座率从2019年的36.2%降到30%。", ["2021年", "2019年", "2021年"]),
        ("2021年，客流6万人次，从2019年的36.2%降到30%。", ["2021年", "2019年", "2021年"]),
        ("客流5万人次。", ["-"]),
    ],
)
def test_the_period_of_a_figure(text: str, expected: list[str]) -> None:
    assert [period for period, _ in bound_to(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("泉州、漳州分别为3家和5家。", ["泉州", "漳州"]),
        ("泉州、漳州共有3家和5个网点。", ["泉州", "漳州"]),  # as many names as figures: told in order
        ("泉州、漳州邻近莆田、龙岩、三明，分别有3家和5家。", ["泉州", "漳州"]),
        ("泉州、漳州和莆田合计有3家。", ["莆田"]),
        ("泉州有3家，漳州有5家，其中民营2家。", ["泉州", "漳州", "漳州"]),
        ("泉州增长2.1%，比全省3.4%的增速低。", ["泉州", "福建"]),
        ("泉州增长2.1%，比全国平均水平低1.3个百分点。", ["泉州", "泉州"]),
        ("泉州增长2.1%，低于全国平均水平1.3个百分点。", ["泉州", "泉州"]),
        ("泉州增长2.1%，低于2.23%的全国平均水平。", ["泉州", "全国"]),
        ("泉州有3家，占全国的2.5%。", ["泉州", "泉州"]),
        ("全市有3家。", ["泉州"]),
    ],
)
def test_the_place_of_a_figure(text: str, expected: list[str]) -> None:
    assert [place for _, place in bound_to(text, "泉州市")] == expected


def test_what_a_sentence_leaves_out_is_carried_with_its_span() -> None:
    document = read("# 港口\n\n2020年，烟台市吞吐量4亿吨。增长3.5%。威海市0.9亿吨。\n")
    first, second, third = figures(document)
    assert first.period is not None
    assert first.place is not None
    assert not first.period.is_carried
    assert not first.place.is_carried
    assert second.period is not None
    assert second.place is not None
    assert second.period.is_carried
    assert second.place.is_carried
    assert (second.period.span, second.place.span) == (first.period.span, first.place.span)
    assert second.place.span is not None
    assert second.place.span.of(document.text) == "烟台市"
    assert third.period is not None
    assert third.place is not None
    assert third.period.is_carried
    assert not third.place.is_carried


def test_a_place_is_not_carried_into_the_next_paragraph_nor_out_of_a_comparison() -> None:
    assert bound_to("烟台市有4个。\n\n共9个。")[1][1] == "-"
    assert [place for _, place in bound_to("烟台市有4个。增长2.4%，低于全国6.1%。共9个。")] == [
        "烟台", "烟台", "全国", "烟台",
    ]  # fmt: skip


def test_the_last_framing_period_is_carried_and_not_one_that_is_told_beside_it() -> None:
    text = "2020年，客流5万人次，而2015年只有3万人次。货运7万吨。2021年，客流6万人次。货运8万吨。"
    assert [period for period, _ in bound_to(text)] == ["2020年", "2015年", "2020年", "2021年", "2021年"]


@pytest.mark.parametrize(
    ("text", "aims"),
    [
        ("2025年力争达到30公里，2020年已达12公里。", [True, False]),
        ("计划投资6亿元，实际完成5亿元。", [True, False]),
        ("全年预期目标为5%；到2025年，达到40公里。", [True, True]),
        ("增速高于6%的目标。", [True]),
        ("比目标高0.3个百分点。", [False]),
        ("完成全年计划的81%。", [False]),
        ("建成12公里。", [False]),
    ],
)
def test_what_is_aimed_at(text: str, aims: list[bool]) -> None:
    assert [figure.is_target for figure in figures(read(f"# 简报\n\n{text}\n"))] == aims


def test_a_heading_says_that_targets_follow() -> None:
    document = read("# 简报\n\n## 一、回顾\n\n建成12公里。\n\n## 二、主要目标\n\n建成15公里。\n")
    assert [figure.is_target for figure in figures(document)] == [False, True]


def test_a_scope_reaches_the_figures_of_its_clause_and_not_the_next_sentence() -> None:
    document = read("# 简报\n\n规模以上工业企业12家，产值增长5%。工业投资9亿元。\n")
    assert [figure.scope for figure in figures(document)] == ["above size", "above size", None]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("客流5万人次，货运7万吨。", ["客流", "货运"]),
        ("客流5万人次货运7万吨。", ["客流", "货运"]),
        (
            "客流5万人次，同比增长6%。",
            ["客流", "客流5万人次，同比增长"],
        ),  # goes on with what the one before counts
        ("客流5万人次，占全线的6%，货运7万吨。", ["客流", "客流5万人次，占全线的", "货运"]),
        ("新增网点明显加快，12个。", ["新增网点明显加快，"]),
    ],
)
def test_the_words_that_say_what_a_figure_counts(text: str, labels: list[str]) -> None:
    document = read(f"# 简报\n\n{text}\n")
    assert [figure.label.of(document.text) for figure in figures(document)] == labels


def test_a_sentence_tells_its_own_periods_and_places_and_what_is_carried_to_it() -> None:
    first, second = statements(read("# 简报\n\n2020年，烟台市有4个，比2019年多。2021年有9个。\n"))
    assert [slot.period.label() for slot in first.periods] == ["2020年"]
    assert [slot.period.label() for slot in second.periods] == ["2021年", "2020年"]
    assert [slot.is_carried for slot in second.periods] == [False, True]
    assert [slot.places[0].short for slot in first.places] == ["烟台"]
    assert [(slot.places[0].short, slot.is_carried) for slot in second.places] == [("烟台", True)]


PIECES = (
    "2020年，", "2019年、2020年", "2021年上半年", "截至2022年6月末，", "同期", "烟台市", "威海", "烟台、威海", "全省", "比全国",
    "客流", "货运量", "分别为", "增长", "力争", "规模以上", "3.5%", "12个", "5万人次", "7家和9家", "，", "、", "；", "。", "（2018年）",
    "\n\n", "\n\n## 二、2017年回顾\n\n", "的", "占", "低于",
)  # fmt: skip
documents = st.lists(st.sampled_from(PIECES), min_size=1, max_size=24).map(
    lambda pieces: read("# 简报\n\n" + "".join(pieces) + "\n", "烟台市")
)


@given(documents)
def test_every_slot_holds_the_words_it_was_read_from(document: Document) -> None:
    text = document.text
    for statement in statements(document):
        for figure in statement.figures:
            assert figure.span.of(text) == figure.quantity.text
            if figure.period is not None:
                assert find_periods(figure.period.span.of(text), before=figure.period.period)
                assert statement.span.contains(figure.period.span) is not figure.period.is_carried
            if figure.place is not None and figure.place.span is not None:
                (named,) = find_places(figure.place.span.of(text), home=home_of(document))
                assert set(figure.place.places) <= set(named.places)
                assert statement.span.contains(figure.place.span) is not figure.place.is_carried


@given(documents)
def test_a_label_lies_in_the_sentence_before_its_figure(document: Document) -> None:
    for statement in statements(document):
        for figure in statement.figures:
            assert figure.label.end == figure.span.start
            assert statement.span.contains(figure.label)
            assert statement.span.contains(figure.span)
            assert figure.sentence_start == statement.span.start


@given(documents)
def test_figures_stand_in_text_order_and_apart(document: Document) -> None:
    spans = [figure.span for figure in figures(document)]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("早稻扩种成为全国典型经验。水质达标率达到93%。", ["泉州"]),
        ("开展溪流治理、安溪湿地建设。水质达标率达到93%。", ["泉州"]),
        ("安溪扩种茶园。水质达标率达到93%。", ["安溪"]),
        ("举办“中国茶仓”推介会，签约额达到3亿元。", ["泉州"]),
        ("据《江苏统计年鉴》，全市茶园有3万亩。", ["泉州"]),
        ("泉州成为国内第五个年产茶万吨的城市，茶叶产值突破90亿元。", ["泉州", "泉州", "泉州"]),
        ("2021年泉州茶叶产值增速在全省9个设区市中排在第3位。", ["泉州", "泉州"]),
    ],
)
def test_places_in_names_asides_and_ranks_are_not_what_a_figure_is_of(text: str, expected: list[str]) -> None:
    assert [place for _, place in bound_to(text, "泉州市")][-len(expected) :][-1] == expected[-1]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("2023年泉州市政府工作报告", "2022年，新增茶园5万亩。", [False]),
        ("2023年泉州市政府工作报告", "2023年，新增茶园5万亩。", [True]),
        ("2023年泉州市茶业调研", "2023年，新增茶园5万亩。", [False]),
    ],
)
def test_a_work_report_tells_only_aims_of_its_own_year(title: str, text: str, expected: list[bool]) -> None:
    found = figures(read(f"# {title}\n\n{text}\n", "泉州市"))
    assert [figure.is_target for figure in found] == expected


def test_the_aim_of_a_year_told_within_it_is_the_whole_years() -> None:
    text = "2021年上半年，茶叶出口占比降到15.5%，离20.9%的年度目标还差5.4个百分点。"
    found = [period for period, _ in bound_to(text)]
    assert found == ["2021年上半年", "2021年", "2021年上半年"]


def test_a_word_that_begins_like_a_rank_names_an_indicator_of_its_own() -> None:
    document = read("# 简报\n\n财政收入增长3%，居民消费价格上涨2%。\n")
    assert [figure.label.of(document.text) for figure in figures(document)][1] == "居民消费价格上涨"


def test_what_changes_from_one_value_to_another_has_the_two_periods_told_before() -> None:
    text = "榕江市用水量的排名由2016年的第12位升至2019年的第9位；同期北海市从第30位升到第20位，梧州市则由第7位退到第8位。"
    assert [period for period, _ in bound_to(text)] == ["2016年", "2019年"] * 3
    stretch = "2016年到2019年，桂林市轮渡的占比由40%降到35%，客船为6艘。"
    assert [period for period, _ in bound_to(stretch)] == ["2016年", "2019年", "2016—2019年"]


def test_the_first_value_of_a_plan_may_be_that_of_the_year_before() -> None:
    told = [period for period, _ in bound_to("2015—2019年，桂林市轮渡的占比由40%降到35%。")]
    assert told == ["2015—2019年", "2019年末"]
    own = "2016年到2019年，桂林市轮渡的占比由2017年的40%降到35%。"
    assert bound_to(own)[0][0] == "2017年"
