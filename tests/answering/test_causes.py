"""Causes: every statement of them, whole, with what they explain, and none of another thing."""

from __future__ import annotations

import pytest
from small_reports import asked, claims, weight

from policy_qa import messages
from policy_qa.answering.causes import answer_causes, parts_of_cause
from policy_qa.types import Answer, Refusal
from policy_qa.understanding import question_kind

ORCHARD = """# 果业生产分析

## 一、产量

2022年柑橘产量下降12%。这既有花期低温的影响，也有老果园没有及时改造的影响。

梨园面积保持稳定，合作社增加到41家。

## 二、销售

冷链车不足，产地没有预冷库。因此柑橘损耗居高不下。

鲜果出口增长8%，主要得益于通关时间缩短。

果农不愿换种新品种，原因有三：一是苗木价格高；二是挂果要等三年；三是销路没有把握。
"""
BULLETIN = """# 农情通报

受连续干旱影响，柑橘产量下降，挂果率只有六成。

由于柑橘产量下降，罐头厂开工不足。
"""
ROADS = """# 公路养护报告

## 三、县道破损的成因

### （一）重车过多

运煤车超载。

### （二）排水不畅

边沟淤塞。

### （三）经费不足

每公里经费只有标准的一半。

## 四、渡口

乡镇汽渡的船只由县里统一调走。两岸居民过江时间变长。
"""


def outcome(question: str, *texts: str) -> Answer:
    found = asked(question, *texts)
    told = answer_causes(found.query, found.compare(found.fitting), found.fitting, weight)
    assert isinstance(told, Answer)
    return told


def test_causes_are_told_from_every_document_with_what_they_explain() -> None:
    told = claims(outcome("柑橘产量为什么下降？", ORCHARD, BULLETIN))
    assert sorted(told) == sorted(
        [
            "2022年柑橘产量下降12%。这既有花期低温的影响，也有老果园没有及时改造的影响。",
            "受连续干旱影响，柑橘产量下降，挂果率只有六成。",
        ]
    )


def test_what_it_is_itself_the_cause_of_is_no_answer() -> None:
    assert not any("罐头厂" in claim for claim in claims(outcome("柑橘产量为何下降？", BULLETIN)))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("柑橘损耗为什么高？", "冷链车不足，产地没有预冷库。因此柑橘损耗居高不下。"),
        ("鲜果出口增长的原因是什么？", "鲜果出口增长8%，主要得益于通关时间缩短。"),
        (
            "果农为什么不愿换种新品种？",
            "果农不愿换种新品种，原因有三：一是苗木价格高；二是挂果要等三年；三是销路没有把握。",
        ),
    ],
)
def test_a_cause_is_told_whole(question: str, expected: str) -> None:
    told = outcome(question, ORCHARD)
    assert claims(told) == [expected]
    assert told.notices == ()


def test_causes_divided_into_headings_are_told_one_by_one() -> None:
    told = claims(outcome("县道破损的原因有哪些？", ROADS))
    assert told[:3] == ["（一）重车过多", "（二）排水不畅", "（三）经费不足"]


def test_causes_on_lines_of_their_own() -> None:
    text = "# 报告\n\n夜市摊位空置的原因主要有：\n\n- 租金偏高\n- 停车不便\n- 天气转冷\n\n下一步降租。\n"
    told = claims(outcome("夜市摊位为什么空置？", text))
    assert [claim.removeprefix("- ") for claim in told[-3:]] == ["租金偏高", "停车不便", "天气转冷"]


def test_a_cause_put_beside_what_it_led_to_is_told_with_it_and_that_it_is_not_said() -> None:
    told = outcome("两岸居民过江时间为什么变长？", ROADS)
    assert claims(told) == ["乡镇汽渡的船只由县里统一调走。两岸居民过江时间变长。"]
    assert told.notices == (messages.CAUSE_NOT_STATED,)


def test_where_no_cause_is_stated_that_is_said() -> None:
    told = outcome("合作社为什么增加？", ORCHARD)
    assert claims(told) == ["梨园面积保持稳定，合作社增加到41家。"]
    assert told.notices == (messages.CAUSE_NOT_STATED,)


def test_causes_of_a_rise_do_not_answer_for_a_fall() -> None:
    text = "# 通报\n\n由于新开两条航线，旅客增长5%。\n\n受台风影响，旅客下降9%，班次取消。\n"
    assert claims(outcome("旅客为什么下降？", text)) == ["受台风影响，旅客下降9%，班次取消。"]
    assert claims(outcome("旅客为什么增长？", text)) == ["由于新开两条航线，旅客增长5%。"]


def test_at_most_five_are_told_those_of_each_document_first() -> None:
    many = "# 甲\n\n" + "\n\n".join(f"因第{n}号泵站检修，北片停水{n}小时。" for n in range(1, 9)) + "\n"
    other = "# 乙\n\n北片停水，是因为主管爆裂。\n"
    told = claims(outcome("北片为什么停水？", many, other))
    assert len(told) == 5
    assert any("主管爆裂" in claim for claim in told[:2])


@pytest.mark.parametrize(
    ("sentence", "cause", "effect"),
    [
        ("由于渠道渗漏,下游缺水。", "渠道渗漏", "下游缺水"),
        ("下游缺水,主要是因为渠道渗漏。", "渠道渗漏", "下游缺水"),
        ("渠道渗漏导致下游缺水。", "渠道渗漏", "下游缺水"),
        ("下游缺水与渠道渗漏有关。", "渠道渗漏", "下游缺水"),
        ("下游缺水的症结在于渠道渗漏。", "渠道渗漏", "下游缺水"),
        ("渠道渗漏,因此下游缺水。", "渠道渗漏", "下游缺水"),
        ("下游缺水,原因是渠道渗漏。", "渠道渗漏", "下游缺水"),
    ],
)
def test_cause_and_effect_are_told_apart(sentence: str, cause: str, effect: str) -> None:
    parts = parts_of_cause(sentence)
    assert parts is not None
    assert cause in parts[0]
    assert cause not in parts[1]
    assert effect in parts[1]


@pytest.mark.parametrize("sentence", ["全县有泵站5座。", "因此。", "基因检测室开放。", "使用率提高。"])
def test_other_sentences_state_no_cause(sentence: str) -> None:
    assert parts_of_cause(sentence) is None


@pytest.mark.parametrize("question", ["下游缺水是什么缘故？", "下游怎么就缺水了？", "缺水的成因是什么？"])
def test_questions_for_causes_are_known_as_such(question: str) -> None:
    assert question_kind(question) == "cause"


def test_where_it_went_the_other_way_no_cause_is_made_up() -> None:
    text = "# 通报\n\n受台风影响，旅客下降9%，班次取消。\n"
    found = asked("旅客为什么增长？", text)
    told = answer_causes(found.query, found.compare(found.fitting), found.fitting, weight)
    assert isinstance(told, Refusal)
    assert told.code == "not_found"
    assert "下降9%" in told.nearest[0].text
