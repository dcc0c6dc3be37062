"""Claims to be checked, however it is asked, and claims to be held against figures."""

from __future__ import annotations

import pytest

from policy_qa.language.claims import as_check, held_claim


@pytest.mark.parametrize(
    ("question", "check"),
    [
        ("稿子：荆州2021年绿化率比宜昌高0.3个百分点。要不要改", "荆州2021年绿化率比宜昌高0.3个百分点，对吗"),
        ("荆州绿化率五年“提高近5个百分点”，这句站得住吗", "荆州绿化率五年提高近5个百分点，对吗"),
        ("“荆州绿化率高于宜昌”，能这么写吗？", "荆州绿化率高于宜昌，对吗"),
        ("2021年荆州GDP突破3000亿元了？帮核实", "2021年荆州GDP突破3000亿元了，对吗"),
        ("材料里说荆州人均收入不到4万元，帮我核一下", "荆州人均收入不到4万元，对吗"),
        ("有人写荆州、宜昌2021年绿化率都比2016年高，对吗？", "荆州、宜昌2021年绿化率都比2016年高，对吗"),
        ("荆州绿化率超四成了吧，帮忙核实", "荆州绿化率超四成了，对吗"),
        ("稿子里有“荆州绿化率下降3%”，这么写没问题吧", "荆州绿化率下降3%，对吗"),
        ("荆州绿化率五年提高5个百分点，这么写行不行", "荆州绿化率五年提高5个百分点，对吗"),
        ("荆州2021年GDP突破3000亿元了吗？帮核实", "荆州2021年GDP突破3000亿元了吗"),
    ],
)
def test_a_claim_is_asked_in_one_wording(question: str, check: str) -> None:
    assert as_check(question) == check


@pytest.mark.parametrize(
    "question",
    [
        "荆州2021年绿化率是多少？",
        "绿化项目12项占30项的40%，算得对吗",
        "完成年度计划的76.9%，这个比例核一下对不对",
        "荆州的医院数以哪个为准",
    ],
)
def test_other_questions_stay(question: str) -> None:
    assert as_check(question) == question
    assert held_claim(question) is None


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("想引用“荆州林业已占主导地位”，拿2021年三类林地比例看说得通不", "荆州2021年三类林地比例是多少"),
        ("说荆州的产业结构是“三二一”，2021年的数支持吗？", "2021年荆州的三次产业比例是多少"),
        ("荆州的林地结构属于“宽带型”，从2021年的数据看成立吗", "2021年荆州的林地结构是多少"),
    ],
)
def test_a_claim_is_held_against_figures(question: str, plain: str) -> None:
    held = held_claim(question)
    assert held is not None
    assert held.plain == plain
