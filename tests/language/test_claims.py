"""Claims to be checked, however it is asked, and claims to be held against figures."""

from __future__ import annotations

import pytest

from policy_qa.language.claims import as_check, held_claim, read_claim


@pytest.mark.parametrize(
    ("question", "check"),
    [
        ("稿子：荆州2021年绿化率比宜昌高0.3个百分点。要不要改", "荆州2021年绿化率比宜昌高0.3个百分点，对吗"),
        ("荆州绿化率五年“提高近5个百分点”，这句站得住吗", "荆州绿化率五年提高近5个百分点，对吗"),
        ("“荆州绿化率高于宜昌”，能这么写吗？", "荆州绿化率高于宜昌，对吗"),
        ("2021年荆州GDP突破3000亿元了？帮核实", "2021年荆州GDP突破3000亿元了，对吗"),
        ("材料里说荆州人均收入不到4万元，帮我核一下", "荆州人均收入不到4万元，对吗"),
        ("有人写荆州、宜昌2021年绿化率都比2016年高，对吗？", "荆州、宜昌2021年绿化率都比2016年高，对吗"),
        ("荆州绿化率超四成了吧，帮忙核实", "荆州绿化率超四成，对吗"),
        ("稿子里有“荆州绿化率下降3%”，这么写没问题吧", "荆州绿化率下降3%，对吗"),
        ("荆州绿化率五年提高5个百分点，这么写行不行", "荆州绿化率五年提高5个百分点，对吗"),
        ("有说法称荆州绿化率五年提高5个百分点，这一说法能否成立？", "荆州绿化率五年提高5个百分点，对吗"),
        ("荆州绿化率五年降了快5个点，这话准不准", "荆州绿化率五年降了近5个百分点，对吗"),
        ("荆州绿化率高于宜昌？同事这么讲，对不对", "荆州绿化率高于宜昌，对吗"),
        ("荆州林业投资占比为40%——这话能这么写不", "荆州林业投资占比为40%，对吗"),
        ("荆州绿化排名与宜昌相差8位，请复核该差值。", "荆州绿化排名与宜昌相差8位，算得对吗"),
        (
            "材料称荆州投资降6%，较全市低5个百分点，这一差值经得起核算吗？",
            "荆州投资降6%，较全市低5个百分点，算得对吗",
        ),
        (
            "文中称荆州投资下降6%，较全市低5个百分点，请结合全市增速核对这一差距能否成立。",
            "荆州投资下降6%，较全市低5个百分点，按全市增速算得对吗",
        ),
        (
            "请核对荆州2021年苗木、花卉两项之和与种植总额是否吻合。",
            "荆州2021年苗木加花卉，按种植总额算得对吗",
        ),
        ("请核实：荆州2021年苗圃与花圃之和是否为50家。", "荆州2021年苗圃加花圃是50家，对吗"),
        ("稿件中“荆州绿化率超过全国平均水平”一句，是否与数据相符？", "荆州绿化率超过全国平均水平，算得对吗"),
        ("荆州2021年绿化率真的比宜昌高了？", "荆州2021年绿化率比宜昌高了，对吗"),
        ("荆州2021年GDP突破3000亿元了吗？帮核实", "荆州2021年GDP突破3000亿元，对吗"),
    ],
)
def test_a_claim_is_asked_in_one_wording(question: str, check: str) -> None:
    assert as_check(question) == check


@pytest.mark.parametrize(
    "question",
    [
        "荆州2021年绿化率是多少？",
        "绿化项目12项占30项的40%，算得对吗",
        "荆州的医院数以哪个为准",
        "荆州2021年绿化投资占全省多大比例？算一下",
        "荆州绿化率，几份材料数字一致不？",
        "绿化那份报告的表5，标题和内容对得上吗？",
        "荆州2021年的绿化率比2016年是高了还是低了？",
    ],
)
def test_other_questions_stay(question: str) -> None:
    assert as_check(question) == question
    assert held_claim(question) is None


@pytest.mark.parametrize(
    "question", ["材料称荆州占全省7.1%，请按2020年的总额复算该比重有无错误", "稿子：荆州绿化率40%。要不要改"]
)
def test_the_one_wording_is_read_as_it_was_meant(question: str) -> None:
    claim = read_claim(question)
    assert claim is not None
    assert read_claim(claim.asked()) == claim


def test_how_much_it_is_is_asked_behind_words_that_are_judged() -> None:
    question = "材料称2021年荆州绿化增速与2020年相比“几近腰斩”，请核实该表述是否恰当，并说明实际降幅。"
    assert as_check(question) == "2021年荆州绿化增速与2020年相比下降多少？"


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
