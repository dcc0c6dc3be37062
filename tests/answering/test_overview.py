"""Vague questions: the main figures of the topic, in order, each once, and questions to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_reports import asked, claims, weight

from policy_qa.answering.overview import MOST_CLAIMS, answer_overview, indicator_name
from policy_qa.understanding import question_kind

if TYPE_CHECKING:
    from policy_qa.types import Answer

PORT = """# 临江县2021年交通运输简报

## 一、港口生产

2020年，全县港口吞吐量为1830万吨，增长3%。2021年，全县港口吞吐量为2015万吨，增长10.1%。其中集装箱吞吐量12.5万标箱。

全县港口岸线长度38公里，泊位46个。

## 二、公路养护

2021年养护公路412公里，投入6300万元。

## 三、下一步打算

到2025年港口吞吐量力争达到3000万吨。加快推进港口疏港公路建设。
"""
YEARBOOK = """# 港航统计手册

## 一、港口

2021年，临江县港口吞吐量为2015万吨。

2021年，临江县港口货运船舶320艘，港口从业人员4100人。

港口吞吐量，指报告期内经由水运进出港区并经过装卸的货物数量。

## 二、旅游

2021年接待游客88万人次。
"""


def outcome(question: str, *texts: str) -> Answer | None:
    found = asked(question, *texts)
    return answer_overview(found.query, found.fitting, weight, found.compare)


def test_the_figures_of_the_topic_are_told_in_order_and_newest_first() -> None:
    told = claims(outcome("港口情况怎么样？", PORT))
    assert told[0].startswith("2021年，全县港口吞吐量为2015万吨")
    assert told.index("2020年，全县港口吞吐量为1830万吨，增长3%。") > 0
    assert not any("公路" in claim for claim in told)


def test_aims_and_explanations_are_no_state_of_things() -> None:
    told = claims(outcome("港口发展得怎么样？", PORT, YEARBOOK))
    assert not any("3000万吨" in claim or "，指" in claim for claim in told)


def test_no_figure_is_told_twice() -> None:
    told = claims(outcome("港口情况如何？", PORT, YEARBOOK))
    assert sum("2015万吨" in claim for claim in told) == 1


def test_sentences_stand_together_by_document_and_heading() -> None:
    found = outcome("港口情况如何？", PORT, YEARBOOK)
    assert found is not None
    places = [(found.citations[claim.citations[0] - 1].document) for claim in found.claims]
    assert places == sorted(places, key=places.index)


def test_a_period_that_is_asked_for_limits_what_is_told() -> None:
    told = claims(outcome("2020年港口情况怎么样？", PORT))
    assert told
    assert not any("2015" in claim for claim in told)


def test_no_more_than_a_few() -> None:
    text = "# 渔业年报\n\n" + "\n".join(
        f"## {n}、渔业{n}区\n\n2021年渔业{n}区产量{n * 37}吨。\n" for n in range(1, 12)
    )
    assert len(claims(outcome("渔业形势如何？", text))) == MOST_CLAIMS


def test_questions_to_go_on_name_what_is_not_told_yet() -> None:
    found = outcome("港口情况怎么样？", PORT)
    assert found is not None
    (notice,) = found.notices
    assert notice.startswith("可以接着问：")
    assert "吞吐量是多少？" in notice
    assert 1 <= notice.count("？") <= 3


def test_a_period_from_the_sentence_before_is_named_and_cited() -> None:
    text = "# 简报\n\n2019年，全县茶园面积5万亩。茶叶产量1200吨。\n"
    found = outcome("茶叶生产情况怎么样？", text)
    assert found is not None
    claim = next(claim for claim in found.claims if "1200吨" in claim.text)
    assert claim.text == "2019年：茶叶产量1200吨。"
    assert [found.citations[number - 1].quote for number in claim.citations] == ["茶叶产量1200吨。", "2019年"]


def test_a_long_sentence_is_cut_to_the_clauses_of_the_topic() -> None:
    filler = "各乡镇按照统一部署认真组织开展了一系列形式多样内容丰富的宣传教育活动，" * 2
    text = f"# 通报\n\n{filler}2021年，全县养老床位达到3200张，护理员560人。\n"
    (told,) = claims(outcome("养老情况怎么样？", text))
    assert told == "2021年，全县养老床位达到3200张，护理员560人。"


def test_without_figures_what_is_said_of_it_is_told() -> None:
    text = "# 报告\n\n## 一、社区食堂\n\n社区食堂分布不均，老城区明显偏少。\n"
    assert claims(outcome("社区食堂怎么样？", text)) == ["社区食堂分布不均，老城区明显偏少。"]


@pytest.mark.parametrize("question", ["彗星情况怎么样？", "情况怎么样？", "现在形势如何？"])
def test_nothing_is_told_of_what_is_not_there_or_not_named(question: str) -> None:
    assert outcome(question, PORT) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2021年，全县港口吞吐量为", "港口吞吐量"),
        ("其中规模以上工业企业", "规模以上工业企业"),
        ("比上年增长", None),
        ("占全县投资的比重为", None),
        ("", None),
    ],
)
def test_names_of_indicators(label: str, expected: str | None) -> None:
    assert indicator_name(label) == expected


@pytest.mark.parametrize("question", ["养老情况怎么样？", "外贸形势如何？", "茶业发展得咋样"])
def test_vague_questions_are_known_as_such(question: str) -> None:
    assert question_kind(question) == "overview"
