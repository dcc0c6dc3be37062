"""The ways of asking for one figure, and the one that is read for them."""

from __future__ import annotations

import pytest

from policy_qa.language.asking import plainly_asked


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("请提供甲市2018年公路货运量。", "甲市2018年公路货运量。"),
        ("能否提供甲市2018年公路货运量？", "甲市2018年公路货运量？"),
        ("有没有甲市公路货运量的数据", "甲市公路货运量是多少"),
        ("甲市公路货运量的具体数值", "甲市公路货运量是多少"),
        ("甲市的失业率是多少，写材料用", "甲市的失业率是多少"),
        ("全省的失业率是多少，跟甲市比用", "全省的失业率是多少"),
        ("全省的失业率是多少，用来和甲市作对比", "全省的失业率是多少"),
        ("甲市的产值几千亿，精确点", "甲市的产值多少亿"),
        ("就竞争力而言，甲市排第几", "竞争力，甲市排第几"),
        ("从全国范围看，甲市排第几", "全国甲市排第几"),
        ("竞争力总的那项，甲市排名？", "竞争力，甲市排名？"),
        ("甲市城镇化率，2021年底到几了", "甲市城镇化率，2021年底是多少"),
        ("甲市投资增速有数了吗，说下", "甲市投资增速是多少"),
        ("甲市投资增速是否已有数据，具体为多少？", "甲市投资增速是多少？"),
        ("甲市医院数，2022年的", "2022年甲市医院数"),
        ("甲市政府对2025年绿化率提出的控制目标是多少？", "甲2025年绿化率目标是多少？"),
        ("国务院2012年提出的绿化率预期是多少？", "2012年绿化率预期是多少？"),
        ("甲市2025年的粮食产量目标定得比2024年高吗", "甲市2025年的粮食产量目标比2024年高吗"),
        ("甲市和乙市的常住人口，哪个城市人多？", "甲市和乙市的常住人口，哪个多？"),
        ("甲市的绿化率和乙市的水平比，差距大吗？", "甲市的绿化率和乙市相比差多少？"),
    ],
)
def test_what_is_said_around_a_question_is_left_out(asked: str, read: str) -> None:
    assert plainly_asked(asked) == read


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("甲市在全国位居第几？", "甲市在全国排名第几？"),
        ("甲市在全国是第多少名", "甲市在全国排名第几"),
        ("甲市在全国居于什么位次？", "甲市在全国排名第几？"),
        ("甲市GDP全国位次如何", "甲市GDP全国排名第几"),
        ("二产在GDP中所占的百分比为何？", "二产在GDP中的比重是多少？"),
        ("二产所占份额有多高", "二产比重是多少"),
        ("二产所占比重如何", "二产比重是多少"),
        ("二产在GDP里占据多大的比重", "二产在GDP里占多大比重"),
        ("药业在工业中的份额是多少个百分点？", "药业在工业中的比重是多少？"),
        ("出口跟GDP的比", "出口占GDP比重"),
        ("产值相当于全市的几分之几", "产值占全市的比重是多少"),
        ("外贸平均每年以多快的速度增长？", "外贸年均增速是多少？"),
        ("投资增长幅度有多大", "投资增幅是多少"),
        ("投资的同比增幅为多大？", "投资的同比增长多少？"),
    ],
)
def test_ranks_shares_and_growth_are_asked_for_in_one_wording(asked: str, read: str) -> None:
    assert plainly_asked(asked) == read


@pytest.mark.parametrize(
    "question",
    [
        "产业结构如何",
        "服务质量如何",
        "投资为何下降？",
        "列出各产业的比重",
        "请列出六市的城镇化率",
        "有没有甲市的资料",
        "甲市，你知道吗",
    ],
)
def test_other_questions_are_left_as_they_are(question: str) -> None:
    assert plainly_asked(question) == question


def test_one_figure_that_is_to_be_listed_is_asked_for() -> None:
    assert plainly_asked("请列出甲市2018年第二产业的比重") == "甲市2018年第二产业的比重"
