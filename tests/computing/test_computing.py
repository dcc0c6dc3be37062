"""Comparisons and computations, from the question to the answer, over small invented reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

TEXT = """# 漳州市水产简报

2020年，漳州市水产品产量由2015年的62.5万吨增加到81.3万吨。

2020年，漳州市海洋养殖产值下降6.2%，占渔业产值的比重降到41.5%，比2019年低3.4个百分点。

2020年，漳州市民营渔业企业产值下降12.4%，占全部渔业产值的比重只有36.1%。泉州市民营渔业企业产值占比为58.3%。

“十三五”期间，漳州市水产加工能力由40.2万吨增加到66.9万吨。

表1 2019年城市卫生指数

| 城市 | 卫生指数 | 排名 |
| --- | --- | --- |
| 泉州 | 61.3 | 47 |
| 漳州 | 48.9 | 75 |

表2 2020年渔业企业情况

| 城市 | 高新技术企业（家） | 加工强度（%） |
| --- | --- | --- |
| 泉州 | 212 | 2.01 |
| 漳州 | — | 1.8 |
| 莆田 | 137 | — |

表3 2020年海岸竞争力评价

| 城市 | 冷链竞争力 |  | 加工竞争力 |  |
| --- | --- | --- | --- | --- |
|  | 排名 | 得分 | 排名 | 得分 |
| 泉州 | 71 | 20.3 | 12 | 40.1 |
| 漳州 | 15 | 41.6 | 33 | 30.9 |
| 莆田 | 58 | 22.9 | 90 | 12.2 |

2020年，漳州市渔民培训率51%。2020年，泉州市渔民培训率62%。

2020年，莆田市渔民培训率43%。

2020年，泉州市加工强度为2.01%，略高于漳州；泉州市冷库由2015年的137座增至180座。

2021年，深海网箱项目计划投资25.6亿元，截至9月完成17.9亿元。

2020年，在860家水产企业中，通过认证的有129家。

2018年，漳州市渔业增加值120.4亿元，占GDP的3.1%。

2019年冷链项目90个，其中8000万及以上项目有35个；2020年冷链项目72个，其中8000万及以上项目有41个。

2020年，旅游投资占全市投资比重达到21.1%。

2020年，渔业技改投资4.7亿元，占全市渔业投资的5.7%。渔业投资占全部投资比重为12.5%。

2020年，漳州市水质指数在全省排名第5位，比2019年提升3位。

2020年，在860000户渔家中，装上卫星电话的有12户。

2020年，漳州市渔具店600多家，泉州市渔具店700多家。

2022年，漳州市渔业产值增长5.5%，渔港投资增长6%，渔民失业率5.7%。2022年，泉州市渔业产值增长4%，渔港投资增长5%，渔民失业率5.4%。

2020年上半年，漳州市海盐产量12万吨。2020年，泉州市海盐产量30万吨。

2021年上半年，漳州市渔港投资增长9.2%，低于福建省（17.3%）8.1个百分点。

2023年，漳州市主要预期目标是：渔业增加值增长6%-6.5%。2024年，漳州市主要预期目标是：渔业增加值增长5%以上。

2020年，漳州市冷链企业增加值45.8亿元，占渔业增加值比重23.6%。

2020年，漳州市出口额52.4亿元，进口额81.9亿元。

2021年，“蓝海”项目共16项，总投资240亿元，累计完成投资84亿元，完成年度计划的71.3%。

2020年，水产品制造业、冷链设备制造业占渔港投资的比重分别为12.6%、7.3%。
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(TEXT, home="漳州市")


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("“十三五”期间漳州水产加工能力增加了多少万吨？", "26.7万吨"),
        ("2015年到2020年漳州水产品产量增加了多少万吨？", "18.8万吨"),
        ("2019年漳州海洋养殖产值占渔业产值的比重是多少？", "44.9%"),
        ("2019年漳州海洋养殖产值占渔业产值的比重，能不能算出来？", "44.9%"),
        ("深海网箱项目要完成2021年的计划投资，9月之后还差多少亿？", "7.7亿元"),
        ("2020年860家水产企业里通过认证的占比是多少", "15%"),
        ("卫生指数评价，漳州比泉州低多少个名次？", "28位"),
        ("8000万以上的冷链项目，2020年比2019年多了几个？", "2020年（41个）比2019年（35个）多6个"),
        ("2020年旅游投资占全市投资的份额比渔业投资高几个点", "占全市投资的份额（12.5%）高8.6个百分点"),
        ("2021年上半年渔港投资增速，漳州和全省比谁快，差几个点", "8.1个百分点"),
        ("2023年和2024年渔业增加值增长目标，从高到低排", "2023年（6%-6.5%）、2024年（5%以上）"),
        ("漳州渔业增加值占GDP多大比例？要2018年的", "3.1%"),
        ("2019年漳州水质指数全省排名第几？", "为第8位"),  # who moved up by three stood lower
        ("2020年860000户渔家里装上卫星电话的占比是多少", "的0.0014%"),
        ("2020年漳州和泉州渔具店合计多少家？", "合计1300家。"),
        ("渔港投资增速，漳州和泉州2022年谁更高？", "漳州（6%）比泉州（5%）高"),
        ("漳州的冷链竞争力排全国第几？得分也给我一下", "得分 41.6"),
        ("莆田的加工竞争力得分是多少，全国第几", "排名：90"),
        ("加工竞争力排名最靠前的是哪个城市，得分多少", "得分：40.1"),
        ("三市里加工竞争力得分最低的是哪个市，全国排第几", "莆田 加工竞争力 排名：90"),
        ("三市冷链竞争力得分排前两名的是谁，各排全国第几", "莆田 冷链竞争力 排名：58"),
        ("漳州和莆田的冷链竞争力各排全国第几", "冷链竞争力 排名：漳州 15；莆田 58"),
        ("莆田、漳州和泉州2020年渔民培训率谁垫底", "最低的是莆田（43%）"),
        ("莆田、漳州和泉州2020年渔民培训率超过50%的有哪几个", "有2个：泉州（62%）、漳州（51%）"),
        ("根据渔业增加值和它占GDP的比重，2018年漳州GDP大约是多少亿元？", "3883.9亿元"),
        ("2020年漳州进口额减去出口额是多少亿，也就是逆差多大", "多29.5亿元"),
        ("2020年漳州的贸易逆差有多大", "多29.5亿元"),
        ("2020年漳州外贸是顺差还是逆差，差额有多大", "少29.5亿元，为贸易逆差"),
        ("2020年漳州的进出口属于顺差还是逆差", "少29.5亿元，为贸易逆差"),
        ("2020年漳州出口额只有进口额的百分之几", "的64%"),
        ("2015年到2020年漳州水产品产量一共增加了多少万吨？", "18.8万吨"),
        ("2021年“蓝海”项目累计完成投资占总投资的百分之几", "占35%"),
        ("2021年“蓝海”项目累计完成投资是总投资的几成", "占35%"),
        ("到底是漳州还是泉州的渔港投资增速高，2022年", "漳州（6%）比泉州（5%）高"),
        ("2022年漳州的渔港投资增速真比泉州高？", "漳州（6%）比泉州（5%）高"),
        ("拿漳州渔业增加值和它占GDP的比重倒推，2018年漳州GDP有多少亿？", "3883.9亿元"),
    ],
)
def test_the_result_is_told(assistant: Assistant, question: str, result: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    assert result in outcome.text


def test_of_several_places_rank_and_score_are_told_of_all(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("漳州和莆田的冷链竞争力排名和得分")).outcome
    assert isinstance(outcome, Answer)
    assert all(number in outcome.text for number in ("15", "41.6", "58", "22.9"))


@pytest.mark.parametrize(
    ("question", "heads", "row"),
    [
        ("渔港投资增速，漳州和泉州2022年谁更高？", ("城市", "2022年渔港投资增速（%）"), ("漳州", "6")),
        (
            "2015年到2020年漳州水产品产量增加了多少万吨？",
            ("年份", "漳州水产品产量（万吨）"),
            ("2020年", "81.3"),
        ),
    ],
)
def test_the_table_says_what_its_columns_are(
    assistant: Assistant, question: str, heads: tuple[str, ...], row: tuple[str, ...]
) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    assert outcome.table is not None
    assert outcome.table.columns == heads
    assert row in outcome.table.rows


def test_vague_numbers_keep_their_unit_in_the_table(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("2020年漳州和泉州渔具店合计多少家？")).outcome
    assert isinstance(outcome, Answer)
    assert outcome.table is not None
    assert outcome.table.columns[0] == "城市"
    assert ("漳州", "600多家") in outcome.table.rows


def test_half_a_year_is_not_set_beside_a_year(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("漳州海盐产量比泉州少多少？")).outcome
    assert isinstance(outcome, Refusal)
    assert "时期不同" in outcome.message


def test_no_growth_is_taken_for_a_share(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("2020年泉州民营渔业企业产值占比比漳州高多少？")).outcome
    told = outcome.text if isinstance(outcome, Answer) else outcome.message
    assert "12.4" not in told


def test_what_is_told_of_one_place_answers_no_question_for_two(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("2018年漳州和龙岩的渔业增加值分别是多少？")).outcome
    assert isinstance(outcome, Refusal)
    assert "龙岩" in outcome.message
    assert any("120.4亿元" in claim.text for claim in outcome.nearest)


@pytest.mark.parametrize(
    "question",
    [
        "莆田和泉州2020年加工强度谁更高",
        "2020年高新技术企业数，漳州比泉州多吗？",
        "2020年漳州的高新技术企业比泉州多多少家",
    ],
)
def test_a_comparison_with_a_missing_cell_is_refused(assistant: Assistant, question: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Refusal)
    assert outcome.code == "cell_missing"


@pytest.mark.parametrize(
    "question",
    ["泉州高新技术企业2020年比2019年增长百分之多少", "泉州冷库2020年比2019年增加多少座"],
)
def test_a_level_or_a_growth_from_another_year_is_no_growth(assistant: Assistant, question: str) -> None:
    assert isinstance(assistant.explain(Question(question)).outcome, Refusal)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("2020年漳州渔具店比泉州少多少家？", "100"),  # 600多家 and 700多家
        ("2020年制造业投资占渔港投资的比重是多少？", "12.6"),  # told of 水产品制造业
        ("2020年泉州的贸易顺差有多大", "52.4"),
    ],
)
def test_what_the_sources_leave_open_is_not_computed(assistant: Assistant, question: str, wrong: str) -> None:
    outcome = assistant.explain(Question(question)).outcome
    assert isinstance(outcome, Refusal)
    assert wrong not in outcome.message


def test_a_bound_is_said_to_be_one(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("2020年漳州和泉州渔具店合计多少家？")).outcome
    assert messages.COMPUTED_OPEN_NUMBERS in outcome.notices


def test_of_what_grew_nothing_fell_the_most(assistant: Assistant) -> None:
    outcome = assistant.explain(Question("2022年漳州渔业产值、渔港投资，哪一项降幅最大")).outcome
    assert isinstance(outcome, Refusal)
    grown = assistant.explain(Question("2022年漳州渔业产值、渔港投资，哪一项涨幅最大")).outcome
    assert isinstance(grown, Answer)
    assert "渔港投资增速（6%）" in grown.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2020年漳州的地区生产总值是多少？", "2480.5"),
        ("漳州2020年的地区生产总值比2014年增加了多少亿元？", "1000.0"),
    ],
)
def test_an_image_does_not_hide_what_is_told_by_another_name(question: str, told: str) -> None:
    image = "# 漳州与泉州比较\n\n表2：各市近年地区生产总值（亿元）\n\n2018年，漳州市苗圃120家。\n"
    text = "# 漳州市情况分析\n\n2020年，漳州市GDP 2480.5亿元。2014年，漳州市GDP 1480.5亿元。\n"
    asked = assistant_over(image, text, home="漳州")
    hits = asked.retrieve(Question(""), 2)
    named = replace(asked, retrieve=lambda question, _count: hits if "GDP" in question.text else hits[:1])
    outcome = named.explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    assert told in outcome.text
