"""Which labels a question names: by all of their words, not by some that another label says better."""

from __future__ import annotations

import pytest

from policy_qa.answering.asked_figure import asks_for_share
from policy_qa.answering.asked_words import asked_words, table_key
from policy_qa.answering.images import says
from policy_qa.answering.labels import label_key, mention_of, name_labels, parallel
from policy_qa.config import load_settings
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Question
from policy_qa.understanding import understand


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def named(segmenter: Segmenter, question: str, *labels: tuple[str, ...] | str) -> list[int]:
    query = understand(Question(question), segmenter)
    words = asked_words(query, lambda _word: 2.0)
    keys = {
        index: label_key((label,) if isinstance(label, str) else label) for index, label in enumerate(labels)
    }
    found = name_labels(keys, words, query.years, shares=asks_for_share(question))
    return list(parallel(keys, found, query.text, words).labels)


@pytest.mark.parametrize(
    ("question", "labels", "expected"),
    [
        ("出口总额是多少", ("进出口总额", "出口总额", "进口总额"), [1]),
        ("进出口总额是多少", ("进出口总额", "出口总额", "进口总额"), [0]),
        ("常住人口是多少", ("常住人口", "户籍人口"), [0]),
        ("出口额是多少", ("进出口总额", "出口总额", "进口总额"), [1]),
        ("2018年二产占比", (("2018年", "一产"), ("2018年", "二产"), ("2020年", "二产")), [1]),
        ("二产占比", (("2018年", "一产"), ("2018年", "二产"), ("2020年", "二产")), [1, 2]),
        ("2018年三次产业", (("2018年", "一产"), ("2018年", "二产"), ("2020年", "二产")), [0, 1]),
        ("甲州和乙州的产值", ("甲州市", "乙州市", "丙州市"), [0, 1]),
        ("东河与南河的产值", ("东河", "西河", "南河"), [0, 2]),
        ("GDP增速是多少", ("2020年GDP（亿元）", "增速"), [1]),
        ("GDP和增速是多少", ("2020年GDP（亿元）", "增速"), [0, 1]),
        ("排在第几名", ("得分", "排名"), [1]),
        ("2018年产值", ("2015年产值", "2018年产值", "位次变化"), [1]),
        ("2019年的产值", ("2015年产值", "2018年产值"), []),
        ("天气怎么样", ("常住人口", "户籍人口"), []),
        ("期末余额是多少", (("期末余额", "金额"), ("期末余额", "比例%")), [0]),
        ("实用新型专利授权量", (("专利授权量（件）",), ("发明专利",), ("实用新型",)), [2]),
        ("GDP总量是多少", (("进口总额", "占GDP比重"), ("进口总额",)), []),
        ("进口占GDP多少", (("进口总额", "占GDP比重"), ("出口总额", "占GDP比重")), [0]),
        ("医药业占工业投资的比重", (("工业投资",), ("医药业所占比重",)), [1]),
    ],
)
def test_the_labels_meant(
    segmenter: Segmenter, question: str, labels: tuple[tuple[str, ...], ...], expected: list[int]
) -> None:
    assert named(segmenter, question, *labels) == expected


def test_a_year_alone_names_no_label_that_says_more(segmenter: Segmenter) -> None:
    query = understand(Question("2018年生产总值"), segmenter)
    words = asked_words(query, lambda _word: 2.0)
    assert mention_of(label_key(("2018年排名",)), words).best == 0
    assert mention_of(label_key(("2018年",)), words).best == 1


def test_units_and_words_any_table_answers_weigh_nothing(segmenter: Segmenter) -> None:
    query = understand(Question("各市的财政收入数据是多少亿元？"), segmenter)
    words = asked_words(query, lambda _word: 2.0)
    assert [word.forms[0] for word in words if word.weight] == ["财政收入"]


def test_keys_of_labels_leave_out_numbering_units_and_white_space() -> None:
    assert label_key(("其中：出口 总额（亿元）",)).parts == ("出口总额",)
    assert label_key(("一、现金",)).parts == ("现金",)
    assert label_key(("南河市",)).core == "南河"
    assert label_key(("城市",)).core == "城市"
    assert table_key("2018 年末") == "2018"


def test_a_caption_may_turn_the_parts_of_a_word() -> None:
    assert says("各市近年一般预算公共收入情况", "一般公共预算收入")
    assert not says("各市近年财政收入情况", "一般公共预算收入")


@pytest.mark.parametrize(
    ("question", "labels", "expected"),
    [
        ("出口了多少亿元", ("进出口总额", "出口总额", "进口总额"), [1]),
        ("存款余额是多少", ("本外币存款", "贷款"), [0]),
        ("绵阳的产值", ("四川绵阳", "四川德阳"), [0]),
        ("进口相当于GDP的百分之几", (("进口总额", "占GDP比重"), ("出口总额", "占GDP比重")), [0]),
        ("渔业产值的份额", ("渔业产值", "渔业产值百分比"), [1]),
    ],
)
def test_what_only_says_amount_share_or_province_need_not_be_said(
    segmenter: Segmenter, question: str, labels: tuple[tuple[str, ...], ...], expected: list[int]
) -> None:
    assert named(segmenter, question, *labels) == expected
