"""Questions that leave open the place or the year: every distinct value, labelled, newest first; too many are asked back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_reports import asked, weight
from small_tables import made_document

from policy_qa import messages
from policy_qa.answering.evidence import gather_evidence
from policy_qa.answering.extractive import carried_spans
from policy_qa.answering.open_slots import (
    MOST_VALUES,
    OpenValue,
    answer_open,
    names_no_indicator,
    open_values,
    refuse_ambiguous,
    why_these,
)
from policy_qa.answering.readings import TableShelf
from policy_qa.answering.tables import gather_cells
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Hit, Question, SourceFile, Span
from policy_qa.understanding import Query, understand

if TYPE_CHECKING:
    from policy_qa.answering.evidence import Evidence

BRIEF = """# 泉州市轮渡简报

2020年，泉州市轮渡客流6万人次。2021年轮渡客流8万人次。乘客2021年投诉8件。

## 厦门市

2021年，轮渡客流9万人次，增长3%。

## 重复

2021年，厦门市轮渡客流9万人次。
"""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def read(text: str, home: str | None = None) -> Document:
    return read_document(SourceFile("简报.md", "", text, "utf-8"), home_place=home)


def fitting(segmenter: Segmenter, question: str, document: Document) -> tuple[Query, list[Evidence]]:
    """The question and what fits it, best first."""
    query = understand(Question(question), segmenter)
    hits = [Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)]
    known = {document.id: document}.get
    found = gather_evidence(query, hits, known, lambda _: 2.0)
    found += gather_cells(query, hits, known, lambda _: 2.0, TableShelf())
    found.sort(key=lambda one: -one.score)
    return query, [one for one in found if not one.misfits and one.coverage >= 0.5]


def values(segmenter: Segmenter, question: str, document: Document) -> tuple[Query, list[OpenValue]]:
    query, found = fitting(segmenter, question, document)
    return query, open_values(query, found, lambda _: 2.0)


def told(found: list[OpenValue]) -> list[tuple[str, str, str]]:
    return [
        (
            value.place.short if value.place else "-",
            value.period.label() if value.period else "-",
            value.quantity.text,
        )
        for value in found
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "轮渡客流是多少？",
            {("泉州", "2020年", "6万人次"), ("泉州", "2021年", "8万人次"), ("厦门", "2021年", "9万人次")},
        ),
        ("2021年轮渡客流是多少？", {("泉州", "2021年", "8万人次"), ("厦门", "2021年", "9万人次")}),
        ("泉州轮渡客流是多少？", {("泉州", "2020年", "6万人次"), ("泉州", "2021年", "8万人次")}),
        ("2020年轮渡客流是多少？", set()),  # there is but one
        ("2021年泉州轮渡客流是多少？", set()),  # nothing is open
        ("为什么轮渡客流增加？", set()),  # no figure is asked for
        ("各市轮渡客流是多少？", set()),  # all of a table is
    ],
)
def test_the_values_of_what_a_question_leaves_open(
    segmenter: Segmenter, question: str, expected: set[tuple[str, str, str]]
) -> None:
    _, found = values(segmenter, question, read(BRIEF, "泉州市"))
    assert set(told(found)) == expected
    assert len(told(found)) == len(expected)  # told twice, a value is told once


def test_where_nothing_is_open_even_sources_that_disagree_are_no_choice(segmenter: Segmenter) -> None:
    document = read("# 简报\n\n2021年，泉州市轮渡客流8万人次。\n\n## 附\n\n2021年，泉州市轮渡客流9万人次。\n")
    assert values(segmenter, "2021年泉州轮渡客流是多少？", document)[1] == []
    assert len(values(segmenter, "泉州轮渡客流是多少？", document)[1]) == 2


def test_the_newest_come_first(segmenter: Segmenter) -> None:
    _, found = values(segmenter, "轮渡客流是多少？", read(BRIEF, "泉州市"))
    days = [value.period.last for value in found if value.period]
    assert days == sorted(days, reverse=True)


def test_values_are_labelled_with_what_is_open_and_cite_where_that_stands(segmenter: Segmenter) -> None:
    document = read(BRIEF, "泉州市")
    query, found = values(segmenter, "轮渡客流是多少？", document)
    answer = answer_open(query, found)
    by_value = {
        value: claim for claim in answer.claims for value in ("6万", "8万", "9万") if value in claim.text
    }
    assert len(answer.claims) == len(by_value) == 3
    assert all(claim.citations for claim in answer.claims)
    assert by_value["8万"].text.startswith("泉州：")  # the sentence itself does not say so
    assert "2021年" in by_value["8万"].text
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert any("泉州" in (quotes[number] or "") for number in by_value["8万"].citations)
    for word in ("泉州", "2020年"):
        assert word in by_value["6万"].text


def test_what_the_question_names_is_not_said_again(segmenter: Segmenter) -> None:
    query, found = values(segmenter, "泉州轮渡客流是多少？", read(BRIEF, "泉州市"))
    claims = [claim.text for claim in answer_open(query, found).claims]
    assert not any("泉州：" in text for text in claims)


def test_spans_of_carried_slots_alone_are_cited_beside_the_figure(segmenter: Segmenter) -> None:
    document = read("# 简报\n\n2021年，厦门市轮渡客流9万人次。旺季客流2万人次。\n")
    _, found = fitting(segmenter, "客流是多少？", document)
    spans = {
        figure.quantity.text: [span.of(document.text) for span in carried_spans(figure)]
        for one in found
        for figure in one.figures
    }
    assert spans == {"9万人次": [], "2万人次": ["厦门市", "2021年"]}
    assert carried_spans(None) == []


def test_many_values_are_asked_back_with_the_choices(segmenter: Segmenter) -> None:
    years = range(2008, 2010 + MOST_VALUES)
    document = read(
        "# 简报\n\n" + "".join(f"{year}年，轮渡客流{year - 2000}万人次。" for year in years) + "\n"
    )
    query, found = values(segmenter, "轮渡客流是多少？", document)
    assert len(found) == len(years) > MOST_VALUES
    refusal = refuse_ambiguous(query, found)
    assert refusal.code == "ambiguous"
    assert all(f"{year}年" in refusal.message for year in years)
    assert str(len(years)) in refusal.message
    assert 1 <= len(refusal.nearest) <= 3
    assert "2017年" in refusal.nearest[0].text


def test_cells_of_several_places_are_values_too(segmenter: Segmenter) -> None:
    document = made_document(
        "# 轮渡年报\n\n## 一、2021年情况\n\n表1 各市轮渡指标\n指标\t单位\t泉州市\t厦门市\n客流\t万人次\t8\t9\n"
    )
    query, found = values(segmenter, "2021年轮渡客流是多少？", document)
    assert set(told(found)) == {("泉州", "2021年", "8万人次"), ("厦门", "2021年", "9万人次")}
    answer = answer_open(query, found)
    assert all(citation.quote == "客流\t万人次\t8\t9" for citation in answer.citations)
    assert ["8万人次" in answer.text, "9万人次" in answer.text] == [True, True]


def test_up_or_down_and_by_how_much_is_told_for_every_period(segmenter: Segmenter) -> None:
    document = read(
        "# 泉州市轮渡简报\n\n2022年，三个城市的轮渡收入出现下降：厦门下降5.2%，泉州下降3.3%，漳州下降0.8%。\n\n"
        "2021年，泉州市轮渡收入3亿元，增长4.6%。\n"
    )
    query, found = values(segmenter, "泉州的轮渡收入是增是减，幅度多大？", document)
    assert told(found) == [("泉州", "2022年", "3.3%"), ("泉州", "2021年", "4.6%")]
    assert "下降3.3%" in answer_open(query, found).text


def test_growth_is_no_value_of_the_thing_itself(segmenter: Segmenter) -> None:
    document = read(
        "# 泉州市轮渡简报\n\n2022年，泉州市轮渡客流下降3.3%。\n\n2021年，泉州市轮渡客流9万人次。\n"
    )
    _, found = values(segmenter, "泉州的轮渡客流是多少？", document)
    assert told(found) == [("泉州", "2021年", "9万人次")]


def test_a_table_of_which_only_the_caption_names_what_is_asked(segmenter: Segmenter) -> None:
    document = made_document(
        "# 轮渡年报\n\n表1 各市轮渡准点率（%）\n城市\t2020年\t2021年\n泉州市\t91.0\t92.5\n厦门市\t95.1\t96.0\n"
    )
    _, found = values(segmenter, "轮渡准点率是多少？", document)
    assert set(told(found)) == {
        ("泉州", "2021年", "92.5"),
        ("厦门", "2021年", "96.0"),
        ("泉州", "2020年", "91.0"),
        ("厦门", "2020年", "95.1"),
    }
    assert [period for _, period, _ in told(found)] == ["2021年"] * 2 + ["2020年"] * 2


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("增速是多少？", True),
        ("2021年增速是多少？", True),
        ("2021年泉州的增速是多少？", True),
        ("客流增速是多少？", False),
        ("2021年客流是多少？", False),
        ("有哪些增速？", False),  # no figure is asked for
    ],
)
def test_a_question_that_names_no_indicator(segmenter: Segmenter, question: str, expected: bool) -> None:
    assert names_no_indicator(understand(Question(question), segmenter)) is expected


def test_the_reason_told_goes_by_how_many_values_there_are() -> None:
    def reason(question: str, text: str) -> str:
        found = asked(question, text)
        return why_these(open_values(found.query, found.fitting, weight))

    lake = "# 鹭湖年报\n\n2022年，鹭湖总磷浓度为0.042毫克/升，比上年下降12.5%。\n"
    assert reason("2022年鹭湖总磷浓度是多少？", lake) == messages.WHY_SENTENCE
    two = "# 鹭湖年报\n\n2022年，鹭湖总磷浓度为0.042毫克/升。\n\n2021年，鹭湖总磷浓度为0.048毫克/升。\n"
    assert reason("鹭湖总磷浓度是多少？", two) == messages.WHY_OPEN
