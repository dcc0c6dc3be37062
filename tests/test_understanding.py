"""What a question is taken to ask: its kind, its words, its years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.config import load_settings
from policy_qa.language.asking import as_written
from policy_qa.language.normalize import search_key
from policy_qa.language.places import places_called
from policy_qa.language.tokens import Segmenter
from policy_qa.language.vocabulary import synonyms, wordings
from policy_qa.types import Question, Turn
from policy_qa.understanding import (
    content_words,
    name_years,
    periods_asked,
    question_kind,
    question_words,
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
        ("2018年上半年轮渡客运量", "figure"),
        ("全县域总面积？", "figure"),
        ("茶叶竞争力拿了几分", "figure"),
        ("茶园的生态价值", "statement"),
        ("轮渡客运量增速", "figure"),
        ("排名第几", "figure"),
        ("为什么客运量下降了多少？", "cause"),
        ("下降的原因有哪些？", "cause"),
        ("何以至此", "cause"),
        ("为什么有哪些变化？", "cause"),
        ("有哪几年增长？", "list"),
        ("措施有哪些？", "list"),
        ("请列出重点项目", "list"),
        ("哪一年建成？", "when"),
        ("什么时候通车？", "when"),
        ("这个数字出自哪份报告？", "source"),
        ("谁负责养护？", "statement"),
        ("轮渡运行情况怎么样", "overview"),
        ("什么是危桥？", "definition"),
        ("危桥是什么意思？", "definition"),
        ("简报是谁写的？", "author"),
        ("轮渡何时停航", "when"),
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
        ("1850年建成", ("1850",)),
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
    ("question", "labels"),
    [
        ("2020年和2021年上半年的客运量", ["2020年", "2021年上半年"]),
        ("2021年比2019年多多少", ["2021年"]),  # only compared with
        ("截至2021年6月末的网点", ["2021年6月末"]),
        ("“十三五”时期的网点", ["“十三五”时期"]),
        ("2020年，还是2020年", ["2020年"]),
        ("客运量", []),
    ],
)
def test_the_periods_a_question_asks_about(segmenter: Segmenter, question: str, labels: list[str]) -> None:
    assert [period.label() for period in understand(Question(question), segmenter).periods] == labels
    assert [period.label() for period in periods_asked(search_key(question))] == labels


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("泉州和漳州的客运量", ["泉州市", "漳州市"]),
        ("泉州市客运量比全国高多少", ["泉州市"]),  # only compared with
        ("泉州的客运量在全省排第几", ["泉州市"]),
        ("全市客运量", ["福州市"]),
        ("吉林的客运量", ["吉林省", "吉林市"]),  # shared: each counts
        ("客运量", []),
    ],
)
def test_the_places_a_question_asks_about(segmenter: Segmenter, question: str, places: list[str]) -> None:
    (home,) = places_called("福州市")
    found = understand(Question(question), segmenter, home=home).places
    assert [place.name for place in found] == places


def test_without_a_home_the_whole_city_is_no_place(segmenter: Segmenter) -> None:
    assert understand(Question("全市客运量"), segmenter).places == ()


def test_targets_and_scopes_asked_for(segmenter: Segmenter) -> None:
    query = understand(Question("2022年规模以上工业的增长目标是多少？"), segmenter)
    assert (query.wants_target, query.scope) == (True, "above size")
    query = understand(Question("2022年全社会用电量是多少？"), segmenter)
    assert (query.wants_target, query.scope) == (False, "whole")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2025年产值", {"2025年", "产值"}),  # the dictionary knows 年产值
        ("泉州市2021年客运量", {"泉州市", "2021年"}),
    ],
)
def test_periods_and_places_are_words_of_their_own(segmenter: Segmenter, key: str, words: set[str]) -> None:
    assert words <= set(content_words(key, segmenter))


def test_spoken_words_are_read_as_written_ones(segmenter: Segmenter) -> None:
    assert as_written("粮食涨了几个点", segmenter) == "粮食增长了几个百分点"
    assert as_written("甲市细颗粒物（PM2.5）浓度", segmenter) == "甲市细颗粒物浓度"
    assert as_written("甲市（A股）企业", segmenter) == "甲市（A股）企业"
    assert understand(Question("老百姓收入"), segmenter).text == "居民收入"
    for spoken, written in wordings("spoken.txt").written.items():
        assert as_written(spoken, segmenter) == written
        assert spoken != written


@pytest.mark.parametrize(
    "text",
    [
        "粮食增长了多少",
        "客运量减少了多少",
        "票价下跌了吗",
        "改造了几座桥",
        "做成一张表",
        "火车站有几个",
        "五个点位",
    ],
)
def test_written_words_that_hold_a_spoken_form_stay(segmenter: Segmenter, text: str) -> None:
    assert as_written(text, segmenter) == text


def test_of_forms_within_one_another_the_longest_is_read(segmenter: Segmenter) -> None:
    forms = wordings("spoken.txt").written
    inside = {
        longer
        for longer in forms
        for start in range(len(longer))
        for end in range(start + 1, len(longer) + 1)
        if end - start < len(longer) and longer[start:end] in forms
    }
    assert inside
    assert all(as_written(longer, segmenter) == forms[longer] for longer in inside)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("今年的客运量", "2021年的客运量"),
        ("去年与前年的客运量", "2020年与2019年的客运量"),
        ("2018年比去年", "2018年比去年"),
        ("客运量", "客运量"),
    ],
)
def test_years_are_counted_from_today_where_none_is_named(question: str, expected: str) -> None:
    text, taken = name_years(question, date(2021, 3, 1))
    assert text == expected
    assert (taken == ()) is (text == question)


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
        ("把甲市和乙市的床位数列成表格", True, True),
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
    query = understand(Question("甲乙两市的床位数列成一张表，缺的写—"), segmenter)
    assert not {"表", "一张", "缺", "写", "列成"} & set(query.content)
