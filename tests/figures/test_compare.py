"""When figures are of one thing, and when their values agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.figures.compare import indicator_key, told_range, values_agree
from policy_qa.language.quantity_values import Quantity, read_quantities
from policy_qa.types import Span

if TYPE_CHECKING:
    from decimal import Decimal


def quantity(text: str) -> Quantity:
    (found,) = read_quantities(text)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("占6.4%", "占6.39%"),
        ("为416万人", "为416.32万人"),
        ("产值3177.4亿元", "产值31774000万元"),
        ("超过600家", "有617家"),
        ("突破600家", "有600家"),
        ("约600家", "有612家"),
        ("近600家", "有588家"),
        ("不足50亿元", "为48.6亿元"),
        ("下降3.2%", "为-3.2%"),
        ("再也没有超过7.5%", "为7.5%"),
        ("超过600家", "超过700家"),
    ],
)
def test_values_that_may_both_be_true_agree(one: str, other: str) -> None:
    assert values_agree(quantity(one), quantity(other))
    assert values_agree(quantity(other), quantity(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("占6.4%", "占6.46%"),
        ("有599家", "有600家"),
        ("突破600家", "有599家"),
        ("再也没有超过7.5%", "增长8.5%"),
        ("从未低于5%", "为4.8%"),
        ("增长3.2%", "下降3.2%"),
        ("约600家", "有700家"),
        ("近600家", "有617家"),
        ("不足50亿元", "为52亿元"),
    ],
)
def test_values_that_exclude_one_another_do_not(one: str, other: str) -> None:
    assert not values_agree(quantity(one), quantity(other))
    assert not values_agree(quantity(other), quantity(one))


@given(st.decimals("0.001", "99999", places=3), st.integers(0, 2))
def test_a_value_agrees_with_itself_rounded(value: Decimal, places: int) -> None:
    def told(number: Decimal) -> Quantity:
        return Quantity(Span(0, 1), "number", (number,), "%", f"{number:f}%")

    rounded = round(value, places)
    assert values_agree(told(value), told(rounded))
    low, high = told_range(told(rounded))
    assert low < rounded < high or rounded == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高新技术企业数量", "高企数"),
        ("R&D投入强度", "全社会研发投入强度"),
        ("拥有高新技术企业", "高新技术企业"),
        ("第三产业占比", "三产比重"),
        ("GDP", "地区生产总值"),
    ],
)
def test_one_thing_has_one_key(one: str, other: str) -> None:
    assert indicator_key(one, "level") == indicator_key(other, "level")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("出口总额", "进口总额"),
        ("户籍人口", "常住人口"),
        ("规上工业增加值", "工业增加值"),
        ("一般公共预算收入", "财政收入"),
        ("民间投资", "工业投资"),
        ("第二产业", "第三产业"),
    ],
)
def test_a_word_that_changes_the_meaning_stays(one: str, other: str) -> None:
    assert indicator_key(one, "level") != indicator_key(other, "level")


def test_growth_of_the_economy_is_that_of_its_product() -> None:
    assert indicator_key("经济", "growth") == indicator_key("地区生产总值", "growth")
