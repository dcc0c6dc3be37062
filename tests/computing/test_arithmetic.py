"""Exact decimals, units, rounding, and workings that a check recomputes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.answering.computed_claims import faults_of_computed
from policy_qa.computing import arithmetic
from policy_qa.computing.arithmetic import (
    Amount,
    amount_of,
    chain,
    difference,
    growth,
    in_one_unit,
    mean,
    ratio,
)
from policy_qa.language.quantity_values import read_quantities

ONE = Decimal(1)
NUMBERS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2)


def amount(text: str) -> Amount:
    found = amount_of(read_quantities(f"为{text}")[0])
    assert found is not None
    return found


def test_points_for_percentages_and_units_kept() -> None:
    assert difference(amount("2.01%"), amount("1.8%")).text == "0.21个百分点"
    assert difference(amount("503亿元"), amount("228.12亿元")).text == "274.88亿元"
    assert difference(amount("1107家"), amount("881家")).working == "1107 − 881 = 226"


def test_other_units_of_one_kind_are_made_one_and_other_kinds_are_none() -> None:
    one = in_one_unit([amount("1.2亿元"), amount("5000万元")])
    assert one is not None
    assert [made.text for made in one] == ["1.2亿元", "0.5亿元"]
    assert in_one_unit([amount("1.2亿元"), amount("3%")]) is None


def test_quotients_are_rounded_half_up() -> None:
    times, grown = ratio(amount("1107家"), amount("600家")), growth(amount("780个"), amount("958个"))
    assert times is not None
    assert grown is not None
    assert (times.text, times.working) == ("1.85倍", "1107 ÷ 600 ≈ 1.85")
    assert (grown.number, grown.text) == (Decimal("-18.6"), "18.6%")
    assert growth(amount("3家"), Amount(Decimal(0), "家", ONE, "家")) is None


def test_a_fall_is_negative() -> None:
    fell = amount_of(read_quantities("投资下降1.5%")[0])
    assert fell is not None
    assert fell.number == Decimal("-1.5")


@given(NUMBERS, NUMBERS)
def test_every_working_comes_out(one: Decimal, other: Decimal) -> None:
    a, b = Amount(one, "家", ONE, "家"), Amount(other, "家", ONE, "家")
    results = [
        difference(a, b),
        ratio(a, b),
        ratio(a, b, percent=True),
        growth(a, b),
        arithmetic.yearly_growth(a, b, 5),
        arithmetic.total([a, b, a]),
        mean([a, b, b]),
    ]
    for result in results:
        assert result is not None
        faults = list(faults_of_computed(result.text, result.working, ()))
        assert {fault.text for fault in faults} == {f"{one:f}", f"{other:f}"}, (
            result.working
        )  # operands uncited
    assert "<" in chain([a, b]) or ">" in chain([a, b]) or one == other


@pytest.mark.parametrize(
    "working", ["1107 − 881 = 236", "3 > 5", "(7 − 5) ÷ 5 × 100 ≈ 41", "7 ÷ 0 = 1", "7 −", ""]
)
def test_a_working_that_does_not_come_out_is_a_fault(working: str) -> None:
    assert [fault.kind for fault in faults_of_computed("多226家。", working, ())] == ["quantity"]
