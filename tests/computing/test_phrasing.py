"""The question itself: what staff say around it is left away, and nothing of what they ask."""

from __future__ import annotations

import pytest

from policy_qa.computing.claimed import claims_in
from policy_qa.computing.indicators import says_indicator
from policy_qa.computing.pairs import read_share
from policy_qa.computing.phrasing import main_question
from policy_qa.computing.rankings import TOTAL
from policy_qa.computing.selections import read_share_of_all
from policy_qa.computing.sides import Words
from policy_qa.config import load_settings
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Question
from policy_qa.understanding import understand


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("泉州的绿化率高于全省平均水平，对吗？", "泉州的绿化率高于全省平均水平"),
        ("泉州的绿化率高于全省平均水平，对吗", "泉州的绿化率高于全省平均水平"),
        ("泉州与漳州的绿化率，前者领先后者多少", "泉州与漳州的绿化率，相差多少"),
        ("泉州与漳州的绿化率，后者比前者高出多少", "泉州与漳州的绿化率，相差多少"),
        ("泉州、漳州和宁德，有数据的里面绿化率最低的是哪个", "泉州、漳州和宁德，绿化率最低的是哪个"),
        ("茶叶产量增速和水果产量增速比，哪个快", "茶叶产量增速和水果产量增速，哪个快"),
    ],
)
def test_what_is_said_around_a_question_is_no_part_of_its_figures(text: str, main: str) -> None:
    assert main_question(text) == main


def test_a_bidding_states_nothing() -> None:
    assert not list(claims_in("三份报告里3个市的绿化率从高到低排一下"))
    assert list(claims_in("核实：甲市的绿化率比乙市高0.3个百分点"))


def test_a_share_of_all_is_asked_for_where_all_are_named() -> None:
    assert read_share_of_all("泉州2018年第一产业占多少", TOTAL) is None
    assert read_share_of_all("三市合计，泉州的茶园面积占多少", TOTAL) is not None


def test_a_word_within_another_is_not_taken_from_it() -> None:
    query = understand(Question("2018年工业技改投资占工业投资的比重"), Segmenter(load_settings().cache))
    assert says_indicator(query, "工业技改投资占工业投资的比重")


def test_a_table_is_no_whole_that_something_is_a_part_of() -> None:
    assert read_share(Words("产业结构变化表里，泉州2018年第一产业占多少")) is None
    assert read_share(Words("产业投资里，泉州2018年第一产业投资占多少")) is not None


def test_a_centre_is_no_whole() -> None:
    """技术中心占企业总数 has the 企业 for its whole, not what stands before 中."""
    query = understand(Question("荆州国家企业技术中心数占企业总数的比例"), Segmenter(load_settings().cache))
    operation = read_share(Words(query.text))
    assert operation is not None
    assert [one.name for one in operation.operands] == ["国家企业技术中心数", "企业总数"]
