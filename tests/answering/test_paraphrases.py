"""Questions in other words than the reports': which figure they find, and which they must not."""

from __future__ import annotations

import pytest
from small_reports import asked, segmenter

from policy_qa.answering.asked_figure import asked_figure
from policy_qa.answering.wording import WantedWord, is_left_behind, is_of_other_term, joint_weight
from policy_qa.language.asking import as_written
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import other_branches, other_numerals
from policy_qa.understanding import said_of

REPORT = """# 银川市2022年经济运行分析

## 一、工业

轻重工业产值比约为3:7。全市有工业企业486家，超50亿元的民营企业仅有6家，超100亿元的企业有3家。重点项目312个，其中已开工288个，尚未开工24个。民间投资占固定资产投资比重由上年的52.1%下降至49.6%，固定资产投资增长7.5%。

## 二、财政

银川市2022年财政收入同比下降5.4%，低于石嘴山的9.1%，高于吴忠市的2.2%。从一般公共预算收入来看，石嘴山市下降11.3%。全市落实留抵退税86.2亿元，减免房租2.7亿元，发放贷款贴息1.1亿元。
"""


def figure_of(question: str) -> str | None:
    """The figure of the best sentence that fits, None where none does."""
    found = next((one for one in asked(question, REPORT).fitting if one.figure and one.coverage > 0), None)
    return found.figure.span.of(found.document.text) if found and found.figure else None


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("银川的轻工业和重工业是几比几？", "3:7"),
        ("银川过百亿的企业有几家？", "3家"),
        ("银川上50亿的民企有几家？", "6家"),
        ("2022年银川免了多少房租？", "2.7亿元"),
        ("2022年银川发了多少贷款贴息？", "1.1亿元"),
        ("2022年石嘴山财政收入掉了多少？", "9.1%"),
        ("2022年银川财政收入滑了多少？", "5.4%"),
        ("2022年银川固定资产投资增速是多少？", "7.5%"),
    ],
)
def test_spoken_questions_find_the_figure(question: str, figure: str) -> None:
    assert figure_of(question) == figure


@pytest.mark.parametrize(
    "question",
    ["2022年银川民间投资增速是多少？", "2022年银川失业人数有多少？", "2022年银川粮食产量增速是多少？"],
)
def test_another_indicators_figure_is_none(question: str) -> None:
    assert figure_of(question) is None


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("花在环保上的钱有多少", "环保投入有多少"),
        ("往教育里砸了多少钱", "教育投入多少钱"),
        ("产值过百亿的厂子", "产值超百亿的企业"),
        ("突破百亿的企业", "突破百亿的企业"),
        ("超过千亿元", "超过千亿元"),
        ("2031年底，户口落在银川的一共多少人", "2031年底，银川户籍人口一共多少人"),
        ("银川国字号企业的市场份额", "银川国有企业的市场份额"),
        ("银川数字经济增速", "银川数字经济增速"),
        ("2031年头半年的投资", "2031年上半年的投资"),
        ("民企老板们掏钱搞投资，少了几成", "民间投资，下降了百分之几"),
        ("炼钢这一行的产值", "钢铁行业的产值"),
        ("企业跟大学、研究所联手搞的项目", "企业与高校院所合作项目"),
        ("挂牌出让的地", "挂牌出让的地"),
    ],
)
def test_what_money_is_spent_on_and_round_amounts(spoken: str, written: str) -> None:
    assert as_written(spoken, segmenter()) == written


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("「港口吞吐量翻番」这个说法出自哪份报告？", "港口吞吐量翻番"),
        ("哪份报告提到港口吞吐量翻番？", "港口吞吐量翻番"),
        ("港口吞吐量翻番这句话是在哪篇文章里说的？", "港口吞吐量翻番"),
        ("这句话出自哪份材料？", "这句话出自哪份材料？"),
    ],
)
def test_what_a_document_is_asked_for_that_says_it(question: str, said: str) -> None:
    assert said_of(question) == said


def test_numbers_in_words_and_digits_are_the_same_word() -> None:
    assert other_numerals("五百强") == ("500强",)
    assert other_numerals("千亿元") == ("1000亿元",)
    assert other_numerals("三分之二") == ("2/3",)
    assert "40家" in other_numerals("40个")
    assert other_numerals("加强") == other_numerals("百货") == ()


def test_a_counter_that_begins_the_thing_counted_is_no_unit() -> None:
    assert asked_figure("有几个项目？").unit == asked_figure("有几个家庭农场？").unit == "个"
    assert asked_figure("有几个项目？").is_met_by("17项")
    assert not asked_figure("有几个项目？").is_met_by("17亿元")
    assert asked_figure("竣工了几项？").unit == "项"


def test_a_form_that_no_chunk_holds_makes_a_word_no_lighter() -> None:
    weights = {"竣工": 3.8, "收入": 1.2}
    assert joint_weight(("竣工", "完工"), lambda word: weights.get(word, 2.0)) == 3.8
    assert joint_weight(("竣工", "收入"), lambda word: weights.get(word, 2.0)) == 1.2
    assert joint_weight(("完工",), lambda word: weights.get(word, 2.0)) == 2.0


def test_a_figure_of_another_term_and_a_topic_left_behind() -> None:
    wanted = [WantedWord(("民间投资",), 3.0)]
    assert is_of_other_term(wanted, "民间投资增速", "固定资产投资增长")
    assert not is_of_other_term(wanted, "民间投资增速", "其中民间投资同比增长")
    assert not is_of_other_term([WantedWord(("产值",), 3.0)], "产值增速", "固定资产投资增长")
    industry = [WantedWord(("工业投资",), 3.0), WantedWord(("本外币存款余额",), 3.0)]
    assert is_of_other_term(industry, "工业投资增速", "工业技改投资下滑")
    assert not is_of_other_term(industry, "本外币存款余额增速", "本外币各项存款余额")
    income = WantedWord(("财政收入",), 3.0)
    assert is_left_behind(income, "财政收入下降。从税收收入来看，")
    assert not is_left_behind(income, "从税收收入来看，增长。财政收入下降，")


@pytest.mark.parametrize("text", ["仅次于石嘴山，有5家", "紧随吴忠市，有5家", "次于吴忠市"])
def test_who_comes_before_is_only_compared_with(text: str) -> None:
    assert [found.is_base for found in find_places(text)] == [True]


def test_residents_are_no_rank_that_goes_on_with_the_figure_before() -> None:
    text = "居民人均可支配收入增长4.5%，居民消费价格涨幅0.3%。"
    found = asked("2023年居民消费价格涨幅是多少？", text).evidence[0]
    assert found.figure is not None
    assert found.figure.label.of(found.document.text).strip("，") == "居民消费价格涨幅"
    assert not found.misfits


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2032年固原的运费便宜了几成？", "12%"),
        ("2032年固原国字头企业占了多大分量？", "41.5%"),
        ("2032年固原种地这一行的产值涨了几成？", "3.4%"),
        ("2032年固原户籍人口有多少？", "146万人"),
        ("2032年固原的生意做到了多少个国家和地区？", "27个"),
        ("2032年固原有几个合作项目？", "18项"),
    ],
)
def test_families_of_spoken_words_find_the_figure(question: str, figure: str) -> None:
    report = """# 固原市2032年经济运行分析

2032年，固原市国有企业占规上工业产值比重为41.5%。农业产值增长3.4%。铁路运价下调12%，货运量增长8%。户籍人口146万人，户籍人口占比98%。其中3家企业进入宁夏百强榜，与院校的合作项目18项。固原市打造宁夏南部门户，进出口贸易涉及27个国家和地区。
"""
    found = next((one for one in asked(question, report).fitting if one.figure), None)
    assert found is not None
    assert found.figure is not None
    assert found.figure.span.of(found.document.text) == figure


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("固原市打造宁夏的门户，出口增长5%", [False, True]),
        ("打造宁夏的门户", [False]),
        ("3家企业进入宁夏百强榜", [True]),
        ("5家企业进入宁夏", [False]),
        ("拥有中心4家，数量为宁夏第一", [True]),
    ],
)
def test_a_whole_that_is_aimed_at_or_ranked_in_is_only_compared_with(text: str, bases: list[bool]) -> None:
    assert [found.is_base for found in find_places(text)] == bases


def test_a_share_and_a_number_of_people_are_asked_for() -> None:
    assert asked_figure("国企占规上工业的比重，触底后到了多少？").is_share
    assert asked_figure("能就业的人口一共有多少？").unit == "人"
    assert asked_figure("占比最高的行业产值是多少？").is_share is None
    assert asked_figure("户籍人口占多少？").unit is None


def test_branches_have_several_names() -> None:
    assert "钢铁行业" in other_branches("钢铁产业")
    assert other_branches("主导产业") == other_branches("服务业") == ()


def test_those_on_a_list_are_not_all_that_there_are() -> None:
    report = "# 固原市2032年纪事\n\n2032年，固原市进入宁夏百强榜的合作社有7家。固原市有合作社146家。\n"
    for question, figure in (
        ("2032年固原有多少家合作社？", "146家"),
        ("2032年固原有几家合作社进入百强榜？", "7家"),
    ):
        found = next(one for one in asked(question, report).fitting if one.figure)
        assert found.figure is not None
        assert found.figure.span.of(found.document.text) == figure
