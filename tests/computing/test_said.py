"""Figures by the names that a question says: none whose name the question narrows, and none told for less than all that is asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_qa.computing.said import kind_said, said_figures
from policy_qa.reckoning import refuse_part, tells_too_little
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

REPORT = (Path(__file__).parent / "wordings_report.md").read_text("utf-8")
MORE = """# 宜昌市民间投资简报

2021年，宜昌市外贸依存度为6.7%，荆州市为6.65%。2021年，宜昌市民间工业投资增长3.1%，荆州市民间工业投资增长5.2%。
"""


@cache
def assistant() -> Assistant:
    return assistant_over(REPORT, MORE, home="宜昌市")


def names_said(question: str) -> set[str]:
    asked = assistant()
    ids = [hit.chunk.document_id for hit in asked.retrieve(Question(question), 9)]
    query = asked.understand(Question(question))
    return {one.name for one in said_figures(query, asked.figures.of(ids), text=question)}


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("宜昌的林地有多大", "林地面积", "常住人口"),
        ("宜昌的民间工业投资增速", "民间工业投资", "工业投资"),
        ("宜昌的外贸依存度", "外贸依存度", "外贸进出口总额"),
        ("宜昌的GDP", "地区生产总值", "林地面积"),
    ],
    ids=["without its measure", "narrowed", "part of a longer word", "synonym"],
)
def test_a_name_is_said_where_no_word_beside_it_narrows_it(question: str, said: str, unsaid: str) -> None:
    names = names_said(question)
    assert said in names
    assert unsaid not in names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("绿色发展指数得分", "score"),
        ("绿色发展指数全国排名", "rank"),
        ("工业投资增速", "growth"),
        ("三产占比", "share"),
        ("常住人口", "level"),
    ],
)
def test_what_is_asked_of_a_name(text: str, kind: str) -> None:
    assert kind_said(text) == kind


@pytest.mark.parametrize(
    "question",
    [
        "2021年五市垃圾处理率从高到低怎么排",
        "2021年五市林地面积增速从高到低怎么排",
        "2015年五市林地面积谁最大",
        "2021年宜昌和武汉的林地面积差多少",
        "2021年五市城市林地面积占比谁垫底",
        "2021年五市新增林地面积从高到低怎么排",
        "2021年宜昌和荆州的农村常住人口相差多少",
        "2021年宜昌和荆州的三产占比目标相差多少",
    ],
    ids=[
        "no such name",
        "no such kind",
        "no such year",
        "no such place",
        "no such share",
        "what was added",
        "of a part",
        "an aim",
    ],
)
def test_what_no_source_tells_is_not_computed(question: str) -> None:
    outcome = assistant().explain(Question(question)).outcome
    assert isinstance(outcome, Refusal), outcome.text


def test_no_part_is_more_than_its_whole() -> None:
    outcome = assistant().explain(Question("2021年宜昌外贸进出口总额占出口额的百分之几")).outcome
    assert "116%" not in "".join(claim.text for claim in getattr(outcome, "claims", ()))


def test_a_part_is_divided_by_its_whole_however_they_are_named() -> None:
    for question in ("宜昌2021年进出口总额里，出口额占几成", "2021年宜昌出口额占进出口总额的几成"):
        outcome = assistant().explain(Question(question)).outcome
        assert isinstance(outcome, Answer), question
        assert "86.2" in outcome.text or "8.6" in outcome.text, outcome.text


@pytest.mark.parametrize(
    ("question", "told_for", "is_too_little"),
    [
        ("2021年宜昌、武汉的外贸进出口总额相差多少", "2021年宜昌的外贸进出口总额是多少", True),
        ("2021年宜昌、荆州的茶企数量相差多少", "2021年宜昌的茶企数量是多少", True),
        ("2021年五市林地面积从高到低怎么排", "2021年宜昌的林地面积是多少", True),
        ("2021年宜昌研发投入强度比2020年高多少", "2021年宜昌研发投入强度比2020年提高了多少个百分点", False),
        ("2021年宜昌的外贸进出口总额是多少", "2021年宜昌的外贸进出口总额是多少", False),
    ],
    ids=["one of two places", "one of two again", "one of five", "the change itself", "a look-up"],
)
def test_one_part_quoted_is_no_answer_to_a_comparison(
    question: str, told_for: str, *, is_too_little: bool
) -> None:
    told = assistant().explain(Question(told_for)).outcome
    assert isinstance(told, Answer)
    assert tells_too_little(assistant().understand(Question(question)), told) is is_too_little


def test_the_part_found_is_quoted_in_the_refusal() -> None:
    told = assistant().explain(Question("2021年宜昌的外贸进出口总额是多少")).outcome
    assert isinstance(told, Answer)
    refusal = refuse_part(told)
    assert (refusal.code, refusal.nearest) == ("not_found", told.claims)
