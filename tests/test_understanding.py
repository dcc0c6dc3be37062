"""What a question is taken to ask: its kind, its words, its years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.config import load_settings
from policy_qa.language.normalize import search_key
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Question, Turn
from policy_qa.understanding import (
    leans_on_history,
    question_kind,
    question_words,
    synonyms,
    understand,
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("2021年茶园面积是多少？", "figure"),
        ("全县有几家合作社？", "figure"),
        ("茶叶出口占比", "figure"),
        ("森林覆盖率？", "figure"),
        ("轮渡客运量增速", "figure"),
        ("排名第几", "figure"),
        ("为什么客运量下降了多少？", "cause"),
        ("下降的原因有哪些？", "cause"),
        ("何以至此", "cause"),
        ("有哪几年增长？", "list"),
        ("措施有哪些？", "list"),
        ("请列出重点项目", "list"),
        ("哪一年建成？", "when"),
        ("什么时候通车？", "when"),
        ("这个数字出自哪份报告？", "source"),
        ("谁负责养护？", "statement"),
        ("轮渡运行怎么样", "statement"),
        ("", "statement"),
    ],
)
def test_the_kind_of_a_question(question: str, kind: str) -> None:
    assert question_kind(search_key(question)) == kind


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2021年与2019年的客运量", ("2021", "2019")),
        ("２０２１年客运量", ("2021",)),
        ("2011-2014年客运量", ("2011", "2014", "2012", "2013")),
        ("投资1900家，共2085.3亿元", ()),
        ("2021年，还是2021年", ("2021",)),
        ("去年客运量", ()),
        ("12021人和20215元", ()),
        ("1850年建成", ()),
        ("2021客运量", ("2021",)),
    ],
)
def test_the_years_a_question_names(segmenter: Segmenter, question: str, years: tuple[str, ...]) -> None:
    assert understand(Question(question), segmenter).years == years


def test_asking_words_and_marks_are_no_content(segmenter: Segmenter) -> None:
    for text in ("是多少？", "有哪些？", "？！，。", "", "  "):
        assert understand(Question(text), segmenter).content == ()
    content = understand(Question("青禾县的茶园面积是多少？"), segmenter).content
    assert "面积" in "".join(content)
    assert not set(content) & question_words()


def test_content_is_folded_and_each_word_once(segmenter: Segmenter) -> None:
    wide, narrow = (understand(Question(text), segmenter) for text in ("ＧＤＰ与GDP", "gdp与GDP"))
    assert wide.content == narrow.content
    assert wide.content.count("gdp") == 1


def test_synonyms_go_into_the_search_and_not_into_the_question(segmenter: Segmenter) -> None:
    query = understand(Question("GDP是多少？"), segmenter)
    assert "地区生产总值" in query.synonyms["gdp"]
    assert query.content == ("gdp",)
    assert set(segmenter.terms("地区生产总值")) <= set(query.terms)
    assert len(query.terms) == len(set(query.terms))


def test_synonyms_are_mutual() -> None:
    groups = synonyms()
    for word, others in groups.items():
        assert word not in others
        assert word == search_key(word)
        assert all(word in groups[other] for other in others)


def test_the_question_is_kept_and_earlier_turns_are_not_drawn_on(segmenter: Segmenter) -> None:
    asked = Question("那  岳阳\n呢？", (Turn("柳州的GDP是多少？", "3177.4亿元"),))
    query = understand(asked, segmenter)
    assert query.question is asked
    assert query.text == "那 岳阳 呢？"
    assert "gdp" not in query.content


@pytest.mark.parametrize(
    "text", ["那票价呢？", "它的面积是多少？", "其中最大的是哪个？", "第二条是什么？", "票价呢"]
)
def test_questions_that_need_the_turns_before(text: str) -> None:
    assert leans_on_history(text)


@pytest.mark.parametrize("text", ["2022年票价是多少？", "青禾县有哪些茶园？", "", "为什么停航？"])
def test_questions_that_stand_alone(text: str) -> None:
    assert not leans_on_history(text)


@given(st.text(max_size=80))
def test_any_text_is_understood(segmenter: Segmenter, text: str) -> None:
    query = understand(Question(text), segmenter)
    assert query == understand(Question(text), segmenter)
    assert all(word.strip() and word in search_key(query.text) for word in query.content)
    assert all(len(year) == 4 for year in query.years)


@pytest.mark.parametrize(
    ("question", "table", "everything"),
    [
        ("六市2020年的床位数列成一张表，缺的写—", True, True),
        ("把甲市和乙市的床位数做成表格", True, True),
        ("各市的床位数分别是多少？", False, True),
        ("六个城市的床位数", False, True),
        ("甲市的床位数是多少？", False, False),
        ("全市床位数是多少？", False, False),
        ("人大代表提了哪些建议？", False, False),
    ],
)
def test_what_asks_for_a_table_or_for_all(
    segmenter: Segmenter, question: str, table: bool, everything: bool
) -> None:
    query = understand(Question(question), segmenter)
    assert (query.wants_table, query.wants_all) == (table, everything)


def test_the_words_that_ask_for_a_table_are_not_what_is_asked_about(segmenter: Segmenter) -> None:
    query = understand(Question("甲乙两市的床位数做成一张表，缺的写—"), segmenter)
    assert not {"表", "一张", "缺", "写", "做成"} & set(query.content)
