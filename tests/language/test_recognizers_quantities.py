"""Other people's cases: Microsoft's Recognizers-Text, Chinese, read from ../shared."""

import json
import os
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from policy_qa.language.quantities import is_unit
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.quantity_words import unit_scale

MODELS = ("NumberModel", "PercentModel", "CurrencyModel", "DimensionModel")
LISTED = Path(__file__).with_name("recognizers_quantities.toml")
SHARED = os.environ.get("POLICY_QA_SHARED")


def cases():
    folder = Path(SHARED or "") / "bench" / "recognizers"
    return [
        case for model in MODELS for case in json.loads((folder / f"{model}.json").read_text("utf-8-sig"))
    ]


def worths(quantity):
    """The numbers the quantity may stand for there, where units are kept apart and a fraction is a decimal."""
    if quantity.form == "range":
        return set()
    if quantity.form in {"fraction", "ratio"}:
        return (
            {quantity.values[0] / quantity.values[1] * whole for whole in (1, 100)}
            if quantity.values[1]
            else set()
        )
    written = quantity.text.removesuffix("半")
    units = [written[-length:] for length in range(1, 8) if is_unit(written[-length:])]
    return {value / unit_scale(unit)[1] for value in quantity.values for unit in [*units, ""]}


def is_read_alike(case):
    ours = [worth for quantity in read_quantities(case["Input"]) for worth in worths(quantity)]
    theirs = [(result["Resolution"] or {}).get("value") for result in case["Results"]]
    return all(
        value is not None and any(close(worth, Decimal(value.rstrip("%"))) for worth in ours)
        for value in theirs
    )


def close(one, other):
    return abs(one - other) <= abs(other) * Decimal("1e-12")


def is_listed(text, listed):
    return text.strip() in listed or any(entry[-1] == "…" and text.startswith(entry[:-1]) for entry in listed)


@pytest.mark.skipif(not SHARED, reason="POLICY_QA_SHARED does not name the folder with other people's cases")
def test_every_case_is_read_alike_or_listed_with_its_reason(record_property):
    listed = [
        entry for group in tomllib.loads(LISTED.read_text("utf-8"))["otherwise"] for entry in group["inputs"]
    ]
    every = cases()
    alike = [case for case in every if is_read_alike(case)]
    record_property("read alike", f"{len(alike)} of {len(every)}")
    unexplained = [
        case["Input"] for case in every if case not in alike and not is_listed(case["Input"], listed)
    ]
    assert unexplained == []
    assert [case["Input"] for case in alike if is_listed(case["Input"], listed)] == []
    assert len(alike) / len(every) > 0.7


def test_each_listed_case_has_a_reason():
    groups = tomllib.loads(LISTED.read_text("utf-8"))["otherwise"]
    assert all(group["reason"] and group["inputs"] for group in groups)
