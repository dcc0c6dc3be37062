from __future__ import annotations

import pytest

from brief_documents import listed_figures
from policy_qa.figures.selection import Wanted, in_order, own_first, select

ALL = listed_figures(
    "茶业.md",
    "# 茶业年报",
    "## 一、高新技术企业",
    "2020年丽水市高新技术企业数量为120家，衢州市为95家。",
    "2021年上半年丽水市地区生产总值为812亿元，增长6.5%。",
    "“十三五”期间，丽水市茶园投资累计80亿元。",
    "2020年全国研发投入强度为2.4%。",
    "## 二、物流",
    "2020年丽水市冷库容量9万吨。",
)


def found(**wanted: str) -> list[tuple[str, bool]]:
    return [(one.listed.written, bool(one.by_context)) for one in select(ALL, Wanted(**wanted))]


def test_no_filter_takes_all_in_order() -> None:
    assert [one.listed for one in select(ALL, Wanted())] == ALL


@pytest.mark.parametrize("indicator", ["高新技术企业", "高企数量", "高企", "高新技术企业数量 "])
def test_an_indicator_by_any_of_its_names(indicator: str) -> None:
    own = [value for value, by_context in found(indicator=indicator) if not by_context]
    assert own == ["120家", "95家"]


def test_an_indicator_with_what_is_told_of_it() -> None:
    assert ("6.5%", False) in found(indicator="GDP增速")
    assert ("812亿元", False) in found(indicator="gdp")


def test_what_only_the_headings_name_is_found_and_marked() -> None:
    assert ("812亿元", True) in found(indicator="高新技术企业")
    assert ("9万吨", True) not in found(indicator="高新技术企业")


@pytest.mark.parametrize("subject", ["衢州", "衢州市", "浙江衢州"])
def test_a_place_by_any_of_its_names(subject: str) -> None:
    assert ("95家", False) in found(subject=subject)
    assert ("120家", False) not in found(subject=subject)


def test_the_country() -> None:
    assert found(subject="全国") == [("2.4%", False)]


@pytest.mark.parametrize(
    ("period", "values"),
    [
        ("2021年上半年", {"812亿元", "6.5%"}),
        ("2021", {"812亿元", "6.5%"}),
        ("2020年", {"120家", "95家", "2.4%", "9万吨"}),
        ("十三五", {"80亿元", "120家", "95家", "2.4%", "9万吨"}),
        ("2019年", set()),
    ],
)
def test_a_period_and_its_parts(period: str, values: set[str]) -> None:
    assert {value for value, by_context in found(period=period) if not by_context} == values


def test_a_document_by_name_or_title() -> None:
    assert len(found(document="茶业年报")) == len(found(document="茶业.MD")) == len(ALL)
    assert found(document="钢铁") == []


def test_those_that_are_it_come_first() -> None:
    kinds = [bool(one.by_context) for one in own_first(select(ALL, Wanted("高企")))]
    assert kinds == sorted(kinds)
    assert True in kinds


def test_just_the_indicator_asked_for_comes_before_what_it_is_a_part_of() -> None:
    told = listed_figures(
        "茶.md", "# 年报", "2020年丽水市茶叶产值增长3.2%。", "2020年丽水市茶叶产值为48亿元。"
    )
    selected = select(told, Wanted(indicator="茶叶产值"))
    assert [one.listed.written for one in own_first(selected, indicator="茶叶产值")] == ["48亿元", "3.2%"]


def test_figures_are_put_in_order_of_value_or_time_those_without_last() -> None:
    told = listed_figures(
        "茶.md",
        "# 年报",
        "2020年丽水市茶叶产值为48亿元。",
        "2018年衢州市茶叶产值为5200万元。",
        "绍兴市茶叶产值为10亿元至12亿元。",
        "2019年嘉兴市茶叶产值为9亿元。",
    )
    selected = select(told, Wanted())
    ranged = "10亿元至12亿元"
    by_value = [one.listed.written for one in in_order(selected, "value", falling=True)]
    assert by_value[:3] == ["48亿元", "9亿元", "5200万元"]
    assert by_value[3] in ranged
    by_time = [
        one.listed.figure.period.text for one in in_order(selected, "period") if one.listed.figure.period
    ]
    assert by_time == ["2018年", "2018年", "2019年", "2020年"]
