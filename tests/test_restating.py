"""A question in the words it is searched with, and what staff are told was taken for what."""

from __future__ import annotations

from datetime import date

import pytest

from policy_qa import messages
from policy_qa.language.places import places_called
from policy_qa.restating import restate

TODAY = date(2022, 5, 4)
(HOME,) = places_called("南昌市")


@pytest.mark.parametrize(
    "text",
    [
        "2021年泉州的茶叶产量是多少？",
        "茶叶产量？",
        "全市的茶叶产量？",
        "",
        "有哪些措施",
        "GDP是多少？",
        "R&D投入是多少",
    ],
)
def test_what_needs_nothing_is_left_as_it_is(text: str) -> None:
    restated = restate(text, today=TODAY, home=HOME)
    assert (restated.text, restated.notices, restated.is_foreign) == (text, (), False)


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("今年的产量？", "2022年的产量？", [("今年", 2022)]),
        ("去年和前年的产量？", "2021年和2020年的产量？", [("去年", 2021), ("前年", 2020)]),
        ("南昌18年的产量？", "南昌2018年的产量？", [("18年", 2018)]),
        ("近10年来的产量？", "近10年来的产量？", []),
        ("2019年比去年少多少？", "2019年比去年少多少？", []),  # a year is named
    ],
)
def test_years_are_counted_from_today(text: str, expected: str, told: list[tuple[str, int]]) -> None:
    restated = restate(text, today=TODAY, home=None)
    assert restated.text == expected
    assert restated.notices == tuple(
        messages.YEAR_TAKEN_FOR.format(word=word, year=year) for word, year in told
    )


@pytest.mark.parametrize("word", ["我市", "本市"])
def test_our_city_is_the_home_and_said_to_be(word: str) -> None:
    restated = restate(f"{word}的产量？", today=TODAY, home=HOME)
    assert restated.text == "南昌市的产量？"
    assert restated.notices == (messages.HOME_TAKEN_FOR.format(written=word, meant="南昌市"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("咱们的产量", "南昌市的产量"),
        ("我们市的产量", "南昌市的产量"),
        ("咱们这边产量", "南昌市产量"),
        ("我们的报告里写的产量", "我们的报告里写的产量"),
    ],
)
def test_we_are_the_home(text: str, expected: str) -> None:
    assert restate(text, today=TODAY, home=HOME).text == expected


def test_why_staff_ask_is_no_part_of_the_question() -> None:
    assert (
        restate("写材料核个数：2021年的产量是多少？", today=TODAY, home=None).text == "2021年的产量是多少？"
    )
    assert restate("写材料的人有多少？", today=TODAY, home=None).text == "写材料的人有多少？"


def test_our_province_is_that_of_the_home() -> None:
    assert restate("我省的产量？", today=TODAY, home=HOME).text == "江西省的产量？"


def test_without_a_home_our_city_stays() -> None:
    restated = restate("我市的产量？", today=TODAY, home=None)
    assert (restated.text, restated.notices) == ("我市的产量？", ())


def test_a_misspelt_place_is_spelt_right_and_said_to_be() -> None:
    restated = restate("柳洲市的产量？", today=TODAY, home=None)
    assert restated.text == "柳州市的产量？"
    assert restated.notices == (messages.PLACE_TAKEN_FOR.format(written="柳洲", meant="柳州"),)
    assert restate("株洲的产量？", today=TODAY, home=None).text == "株洲的产量？"  # a place of its own


def test_each_change_is_told() -> None:
    restated = restate("去年我市和柳洲的产量？", today=TODAY, home=HOME)
    assert restated.text == "2021年南昌市和柳州的产量？"
    assert restated.notices == (
        messages.PLACE_TAKEN_FOR.format(written="柳洲", meant="柳州"),
        messages.HOME_TAKEN_FOR.format(written="我市", meant="南昌市"),
        messages.YEAR_TAKEN_FOR.format(word="去年", year=2021),
    )


def test_an_english_question_is_translated_by_the_glossary_and_said_to_be() -> None:
    restated = restate("What was the GDP of Liuzhou in 2020?", today=TODAY, home=None)
    assert not restated.is_foreign
    assert "柳州" in restated.text
    assert "2020年" in restated.text
    assert restated.notices[0] == messages.TRANSLATED.format(question=restated.text)


def test_an_english_question_of_unknown_words_is_left_and_marked() -> None:
    text = "How do ferries influence wildlife migration?"
    restated = restate(text, today=TODAY, home=HOME)
    assert (restated.text, restated.notices, restated.is_foreign) == (text, (), True)


@pytest.mark.parametrize(
    "text",
    [
        "五市绿化率从高到低（湛江没数就不管了）",
        "五市绿化率从高到低，湛江没有数据就跳过",
        "五市绿化率从高到低（缺数据的不算）",
    ],
)
def test_what_has_no_data_may_be_left_out(text: str) -> None:
    assert restate(text, today=TODAY, home=None).text == "五市绿化率从高到低"
    kept = "湛江没有数据的是哪几年？"
    assert restate(kept, today=TODAY, home=None).text == kept
