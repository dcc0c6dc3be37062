"""What each figure of an invented text is found to be of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.figures.extract import extract_figures
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile

if TYPE_CHECKING:
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document

HOME = "桂林市"


def read(text: str) -> Document:
    return read_document(SourceFile("简报.md", "", text, "utf-8"), home_place=HOME)


def figures_of(text: str) -> dict[str, Figure]:
    """The figures by their characters."""
    document = read(text)
    return {figure.span.of(document.text): figure for figure in extract_figures(document)}


def slot_texts(figure: Figure) -> tuple[str | None, str | None, str | None]:
    slots = (figure.subject, figure.period, figure.indicator)
    subject, period, indicator = (None if slot is None else slot.text for slot in slots)
    return subject, period, indicator


SENTENCES = [
    # a series told in order, told anew for another year and another place
    (
        "2018年桂林市茶叶、陶瓷、造纸产业占比分别为6.4%、52.1%和41.5%，2019年为7.1%、49.5%和43.4%，北海市则为8.1%、9.2%和10.3%。",
        {
            "52.1%": ("桂林市", "2018年", "陶瓷产业占比"),
            "7.1%": ("桂林市", "2019年", "茶叶产业占比"),
            "49.5%": ("桂林市", "2019年", "陶瓷产业占比"),
            "10.3%": ("北海市", "2019年", "造纸产业占比"),
        },
    ),
    # one indicator and year for several places
    (
        "2020年，桂林市技术交易强度为1.8%，比2019年没有提升；北海市为2.01%，略高于桂林；梧州为1.6，玉林为1.0。",
        {
            "1.8%": ("桂林市", "2020年", "技术交易强度"),
            "2.01%": ("北海市", "2020年", "技术交易强度"),
            "1.6": ("梧州市", "2020年", "技术交易强度"),
            "1.0": ("玉林市", "2020年", "技术交易强度"),
        },
    ),
    # names told in order
    (
        "2021年，陶瓷、茶叶产业产值分别下降11.9%和4.4%。",
        {"11.9%": (HOME, "2021年", "陶瓷产业产值"), "4.4%": (HOME, "2021年", "茶叶产业产值")},
    ),
    (
        "2018年一二三产的比例为6.4%、52.7%、40.9%。",
        {
            "6.4%": (HOME, "2018年", "第一产业"),
            "52.7%": (HOME, "2018年", "第二产业"),
            "40.9%": (HOME, "2018年", "第三产业"),
        },
    ),
    # level, growth, share and rank of one indicator
    (
        "2018年末全市存款余额为3801.75亿元，增长2.35%，居全国第74位，占全区的9.1%。",
        {
            "3801.75亿元": (HOME, "2018年末", "存款余额"),
            "2.35%": (HOME, "2018年末", "存款余额"),
            "第74位": (HOME, "2018年末", "存款余额"),
        },
    ),
    # what a clause without figures names
    (
        "2020年，三市的税收收入都出现下降：北海下降34%，梧州下降1.5%。",
        {"34%": ("北海市", "2020年", "三市的税收收入"), "1.5%": ("梧州市", "2020年", "三市的税收收入")},
    ),
    # what is counted stands behind the figure
    (
        "2020年，全市新增5家农业技术推广中心，拥有有机茶园12个。",
        {"5家": (HOME, "2020年", "农业技术推广中心"), "12个": (HOME, "2020年", "有机茶园")},
    ),
    # the figure in brackets is the place's that is compared with, what follows is not
    (
        "2021年上半年，全市茶叶产量增长9.2%，低于自治区（17.3%）8.1个百分点。",
        {
            "9.2%": (HOME, "2021年上半年", "茶叶产量"),
            "17.3%": ("广西壮族自治区", "2021年上半年", "茶叶产量"),
            "8.1个百分点": (HOME, "2021年上半年", "茶叶产量"),
        },
    ),
    # names told in order without 分别, with what only the last says is counted, and again in the same order
    (
        "2020年，桂林市新建图书馆、文化馆12家、16家，累计达到40家和52家。",
        {"12家": (HOME, "2020年", "新建图书馆"), "16家": (HOME, "2020年", "文化馆")},
    ),
    (
        "2020年，毛竹收购和松脂加工产量分别达到3.1万吨、4.2万吨，排名分别升至全国第二、全国第五。",
        {
            "3.1万吨": (HOME, "2020年", "毛竹收购产量"),
            "4.2万吨": (HOME, "2020年", "松脂加工产量"),
            "第二": (HOME, "2020年", "毛竹收购产量"),
            "第五": (HOME, "2020年", "松脂加工产量"),
        },
    ),
    (
        "2020年，采茶工工资3.2万元，制茶工工资4.6万元，分别增长6.1%和7.2%。",
        {"6.1%": (HOME, "2020年", "采茶工工资"), "7.2%": (HOME, "2020年", "制茶工工资")},
    ),
    (
        "2020年，第一、第三产业用水量分别下降2.5%、3.9%，竹筷产销量分别增长8%和9%，城乡居民用电量分别增长1%、2%。",
        {
            "2.5%": (HOME, "2020年", "第一产业用水量"),
            "3.9%": (HOME, "2020年", "第三产业用水量"),
            "8%": (HOME, "2020年", "竹筷产量"),
            "9%": (HOME, "2020年", "竹筷销量"),
            "1%": (HOME, "2020年", "城镇居民用电量"),
            "2%": (HOME, "2020年", "农村居民用电量"),
        },
    ),
    # a count before what is counted, without a unit too
    (
        "2020年，派出35名竹艺讲师和6支水利服务队，7.4万移民搬入新居，81%的山塘得到加固。",
        {
            "35名": (HOME, "2020年", "竹艺讲师"),
            "7.4万": (HOME, "2020年", "移民搬入新居"),
            "81%": (HOME, "2020年", "山塘得到加固"),
        },
    ),
    (
        "2020年，新增3个“竹编之乡”、总数达11个，新型储能装机9万千瓦，拟安排修渠资金2亿元，比上年预算减少1亿元。",
        {
            "3个": (HOME, "2020年", "“竹编之乡”"),
            "11个": (HOME, "2020年", "“竹编之乡”"),
            "9万千瓦": (HOME, "2020年", "新型储能装机"),
            "2亿元": (HOME, "2020年", "修渠资金"),
            "1亿元": (HOME, "2020年", "修渠资金"),
        },
    ),
    # how long something lasts does not part a rank from what is ranked; 首位 is one
    (
        "2020年，砂糖橘单产连续3年居全区第1位，罗汉果种植面积保持全国首位，日照天数达到310天、增加12天。",
        {
            "第1位": (HOME, "2020年", "砂糖橘单产"),
            "首位": (HOME, "2020年", "罗汉果种植面积"),
            "310天": (HOME, "2020年", "日照天数"),
            "12天": (HOME, "2020年", "日照天数"),
        },
    ),
    # a rank whose place stands behind it; the period of two figures in a row; what one of last year came to
    (
        "2020年，桂林市茶园面积居第三，与排名第一的百色市还有差距。",
        {"第一": ("百色市", "2020年", "茶园面积")},
    ),
    (
        "2021年，茶油、桐油出口占比由2019年的5.1%、6.3%提高到7.4%、8.8%，由上年居全区第9位升为第6位。",
        {
            "5.1%": (HOME, "2019年", "茶油出口占比"),
            "6.3%": (HOME, "2019年", "桐油出口占比"),
            "第6位": (HOME, "2021年", "桐油出口占比"),
        },
    ),
    # a body with a place's name
    (
        "2020年，北海港货物吞吐量3200万吨，居全区第三。桂林两江国际机场货邮和旅客吞吐量分别为2.8万吨、610万人次。",
        {
            "3200万吨": ("北海港", "2020年", "货物吞吐量"),
            "第三": ("北海港", "2020年", "货物吞吐量"),
            "2.8万吨": ("桂林两江国际机场", "2020年", "货邮吞吐量"),
            "610万人次": ("桂林两江国际机场", "2020年", "旅客吞吐量"),
        },
    ),
    # 从…来看 names what the sentences behind it are about
    (
        "2020年，财力差别很大。从税收收入来看，梧州底子薄；北海下降46.7%。",
        {"46.7%": ("北海市", "2020年", "税收收入")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_slots_of_sentences(text: str, expected: dict[str, tuple[str, str, str]]) -> None:
    found = figures_of(f"# 年度简报\n\n{text}\n")
    assert {value: slot_texts(found[value]) for value in expected} == expected


def test_every_slot_stands_where_it_was_read() -> None:
    document = read("# 年度简报\n\n2020年，北海市茶叶产量为12.5万吨，增长3.2%；梧州为8.06万吨。\n")
    for figure in extract_figures(document):
        assert figure.indicator is not None
        assert "".join(span.of(document.text) for span in figure.indicator.spans) == figure.indicator.text
        assert figure.subject is not None
        assert [span.of(document.text) for span in figure.subject.spans] in (["北海市"], ["梧州"])
        assert figure.period is not None
        assert [span.of(document.text) for span in figure.period.spans] == ["2020年"]


def test_a_figure_in_brackets_measures_what_is_compared_with_it() -> None:
    found = figures_of("2021年，漳州市渔港投资增长9.2%，低于福建省（17.3%）8.1个百分点。")
    assert [found[value].measure for value in found] == ["growth", "growth", "change"]


def test_what_a_share_came_to_is_the_same_share() -> None:
    figures = figures_of("渔业投资占全市固定资产投资比重由2016年的38.5%下降至2020年的18%，下降明显。")
    assert [(one.measure, one.indicator and one.indicator.text) for one in figures.values()] == [
        ("share", "渔业投资占全市固定资产投资")
    ] * 2


def test_measures() -> None:
    found = figures_of(
        "# 简报\n\n2020年茶叶产量12万吨，增长3.2%，占全区的41%，居第2位，比上年提高1.5个百分点。\n"
    )
    assert {value: figure.measure for value, figure in found.items()} == {
        "12万吨": "level",
        "3.2%": "growth",
        "41%": "share",
        "第2位": "rank",
        "1.5个百分点": "change",
    }


def test_targets_are_told_from_outcomes() -> None:
    found = figures_of("# 简报\n\n2020年茶叶产值60亿元。到2025年，力争达到90亿元。\n")
    assert (found["60亿元"].is_target, found["90亿元"].is_target) == (False, True)


def test_times_numbers_of_names_and_ordinals_are_no_figures() -> None:
    found = figures_of("# 简报\n\n2020年3月5日，入围百强，建成全区第三个口岸，推广宝来730车型，历时3年。\n")
    assert found == {}
    found = figures_of(
        "# 简报\n\n2020年，12345市民热线开通，K2000碳纤维投产，落实“36条”，连续8个季度召开会议，每50公斤检验一次，庆祝建市40周年。\n"
    )
    assert found == {}


TABLE = """# 简报

表1 2020年部分城市茶叶产量及位次

| 城市 | 茶叶产量（万吨） | 位次 | 2019年增速（%） |
| --- | --- | --- | --- |
| 北海市 | 12.5 | 2 | 3.1 |
| 梧州 | 8.06 | 4 | — |
"""


def test_cells_take_place_period_and_unit_from_labels_and_caption() -> None:
    found = figures_of(TABLE)
    assert slot_texts(found["12.5"]) == ("北海市", "2020年", "茶叶产量")
    assert (found["12.5"].quantity.unit, found["12.5"].quantity.values[0]) == ("吨", 125000)
    assert slot_texts(found["8.06"])[0] == "梧州市"
    assert (found["4"].measure, slot_texts(found["4"])[2]) == ("rank", "茶叶产量位次")
    assert (found["3.1"].measure, slot_texts(found["3.1"])[1]) == ("growth", "2019年")
    assert "—" not in found
    cells = {value: figure.cell for value, figure in found.items()}
    assert all(cell is not None for cell in cells.values())


def test_a_column_of_mere_growth_is_of_the_amounts_before_it() -> None:
    table = """# 简报

表1 2020年部分城市指标

| 城市 | GDP（亿元） | 增速 | 位次 | 增幅（%） |
| --- | --- | --- | --- | --- |
| 北海市 | 1276.9 | 4.4% | 2 | 3.1 |
"""
    found = figures_of(table)
    assert slot_texts(found["4.4%"])[2] == "GDP增速"
    assert "位次" not in (slot_texts(found["3.1"])[2] or "")


@given(st.text(alphabet="年月茶叶产量为增长，。；2019.5%亿元万吨（）北海市第位占分别和、\n|", max_size=60))
def test_any_text_gives_figures_that_stand_in_it(text: str) -> None:
    document = read(text)
    figures = extract_figures(document)
    assert figures == extract_figures(document)
    for figure in figures:
        assert figure.span.of(document.text)
        assert figure.sentence.contains(figure.span)
        slots = (figure.indicator, figure.subject, figure.period)
        assert all(span.end <= len(document.text) for slot in slots if slot for span in slot.spans)
