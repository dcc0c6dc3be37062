"""English questions become Chinese ones where the glossary knows every word, and nothing where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.english import glossary, is_english, translated, with_places_translated

KINDS = {"place", "indicator", "counted", "listed", "change", "superlative", "asking", "time", "stop"}


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("What was Liuzhou's R&D intensity in 2020?", "2020年柳州的研发投入强度是多少？"),
        ("what is the R&D intensity of Liuzhou City in 2020", "2020年柳州的研发投入强度是多少？"),
        ("How many high-tech enterprises did Ganzhou have in 2020?", "2020年赣州有多少家高新技术企业？"),
        ("GDP growth of Yueyang in 2019", "2019年岳阳的GDP增速是多少？"),
        ("Which city had the highest urbanization rate?", "哪个城市的城镇化率最高？"),
        ("Why did industrial investment in Liuzhou fall in 2016?", "2016年柳州的工业投资为什么下降？"),
        ("By how much did exports of Ningbo grow in 2021?", "2021年宁波的出口总额增长了多少？"),
        ("Compare the GDP of Wuxi and Yueyang in 2020", "2020年无锡和岳阳的GDP分别是多少？"),
        ("What is the difference between Wuxi and Suzhou in GDP in 2020?", "2020年无锡和苏州的GDP相差多少？"),
        ("What are the weaknesses of Baotou's manufacturing sector?", "包头的制造业有哪些短板？"),
        ("What does R&D intensity mean?", "研发投入强度是什么意思？"),
        ("What was Xi’an's resident population at the end of 2020?", "2020年末西安的常住人口是多少？"),
        ("Exports of Xiamen as a share of GDP in 2020", "2020年厦门的出口总额占GDP的比重是多少？"),
        (
            "fixed asset investment of Baotou in the first half of 2021",
            "2021年上半年包头的固定资产投资是多少？",
        ),
        ("What was Beihai's tourism revenue between 2015 and 2020?", "2015年至2020年北海的旅游收入是多少？"),
        ("GDP of Luohe in 2019 and 2020", "2019年和2020年漯河的GDP是多少？"),
        ("Where did Ganzhou rank in GDP in 2020?", "2020年赣州的GDP排名第几？"),
        ("unemployment rate of Inner Mongolia 2021", "2021年内蒙古的失业率是多少？"),
        ("Which year had the highest exports in Zibo?", "淄博哪一年的出口总额最高？"),
    ],
)
def test_known_words_are_translated(english: str, chinese: str) -> None:
    assert is_english(english)
    assert translated(english) == chinese


@pytest.mark.parametrize(
    "english",
    [
        "What is the capital of France?",
        "Who wrote the report?",
        "GDP of Taizhou in 2020",  # 台州 or 泰州
        "rural disposable income of Wuhu excluding transfers",
        "GDP of Wuxi without services in 2020",
        "exports imports of Wuxi",
        "GDP of Wuxi Suzhou in 2020",
        "Which city has GDP in 2020?",
        "GDP of Wuxi in 2020 2021 2022",
        "What was it in 2020?",
        "Tell me about Liuzhou",
        "",
    ],
)
def test_what_is_not_known_whole_is_not_translated(english: str) -> None:
    assert translated(english) is None


@pytest.mark.parametrize(
    "text", ["GDP?", "GDP", "R&D", "柳州GDP", "Liuzhou 2020年GDP是多少", "2020?", "", "ρ σ τ", "那Yueyang呢"]
)
def test_what_is_no_english_question(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    ("mixed", "chinese"),
    [
        ("Liuzhou 2020年GDP是多少", "柳州2020年GDP是多少"),
        ("那Yueyang呢？", "那岳阳呢？"),
        ("Xi'an City的人口", "西安的人口"),
        ("Inner Mongolia的GDP", "内蒙古的GDP"),
        ("AI产业的规模是多少？", "AI产业的规模是多少？"),
        ("R&D 强度 是多少", "R&D 强度 是多少"),
    ],
)
def test_latin_places_of_a_chinese_question(mixed: str, chinese: str) -> None:
    assert with_places_translated(mixed) == chinese


def test_the_glossary_is_well_formed() -> None:
    terms = glossary()
    assert {term.kind for term in terms.values()} == KINDS
    assert all(term.chinese for term in terms.values() if term.kind != "stop")
    assert sum(term.kind == "place" for term in terms.values()) > 300


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    is_english(text)
    with_places_translated(text)
    question = translated(text)
    assert question is None or question.endswith("？")


@given(st.lists(st.sampled_from(sorted(glossary())), max_size=9))
def test_glossary_words_in_any_order_make_a_question_or_none(words: list[str]) -> None:
    question = translated(" ".join(words))
    assert question is None or not any(character.isascii() and character.islower() for character in question)
