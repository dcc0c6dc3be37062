"""Ways of asking brought into one, and two places or times gathered from a question of any build."""

from __future__ import annotations

import pytest

from policy_qa.computing.operations import read_gathered
from policy_qa.computing.phrasing import in_one_asking
from policy_qa.computing.sides import Words


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("就总面积而言，甲市与乙市孰高孰低", "总面积，甲市与乙市谁高"),
        ("六市的绿化率由高至低怎么排", "六市的绿化率从高到低怎么排"),
        ("2020年的绿化率最为缓慢的是哪一座城市", "2020年的绿化率最慢的是哪个城市"),
        ("甲市顶几个乙市", "甲市是乙市的几倍"),
        ("两市绿化率相差几个百分点，写材料等着用", "两市绿化率相差多少个百分点"),
        ("六市（甲市、乙市、丙市）的绿化率谁最高", "甲市、乙市、丙市中绿化率谁最高"),
        ("甲市的绿化率在甲市、乙市、丙市中的位次", "甲市的绿化率在甲市、乙市、丙市中排第几"),
        ("绿化率谁更高，2020年的", "2020年的，绿化率谁更高"),
        ("甲市的产值与乙市之比是多少（以百分数表示）", "甲市的产值与乙市之比是百分之多少"),
    ],
)
def test_one_asking_is_read_for_many(asked: str, read: str) -> None:
    assert in_one_asking(asked) == read


@pytest.mark.parametrize("asked", ["2020年绿化率最高的是哪个城市", "甲市2020年的出口额是多少"])
def test_what_is_in_the_one_wording_stays(asked: str) -> None:
    assert in_one_asking(asked) == asked


@pytest.mark.parametrize(
    ("text", "kind", "operands"),
    [
        ("2020年的绿化率，宜昌和荆州，谁靠前", "larger", ("宜昌", "荆州")),
        ("绿化率上宜昌2020年跟荆州差多少", "difference", ("宜昌", "荆州")),
        ("宜昌绿化率2020年和2018年之间提高多少", "difference", ("2020年", "2018年")),
    ],
)
def test_two_are_gathered_from_a_question_of_any_build(
    text: str, kind: str, operands: tuple[str, ...]
) -> None:
    found = read_gathered(Words(text))
    assert found is not None
    assert found.kind == kind
    assert tuple(one.name for one in found.operands) == operands
    assert all("绿化率" in one.question for one in found.operands)


@pytest.mark.parametrize(
    "text",
    ["宜昌、荆州和襄阳的绿化率谁高", "宜昌的绿化率差多少", "宜昌和荆州谁高", "宜昌、荆州绿化率均低于多少"],
    ids=["three", "one", "no indicator", "asked of each"],
)
def test_nothing_else_is_gathered(text: str) -> None:
    assert read_gathered(Words(text)) is None
