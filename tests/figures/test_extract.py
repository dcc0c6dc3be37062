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
