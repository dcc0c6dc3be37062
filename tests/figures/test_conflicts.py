"""Disagreement between invented reports: what is found, and above all what is none."""

from __future__ import annotations

import pytest

from policy_qa.figures.conflicts import find_conflicts
from policy_qa.figures.extract import extract_figures
from policy_qa.ingest.documents import read_document
from policy_qa.types import Document, SourceFile


def read(*texts: str) -> list[Document]:
    return [read_document(SourceFile(f"文{n}.md", "", text, "utf-8")) for n, text in enumerate(texts, 1)]


def conflicts(*texts: str) -> list[tuple[str, str, list[str]]]:
    documents = read(*texts)
    figures = [figure for document in documents for figure in extract_figures(document)]
    found = find_conflicts(figures, documents)
    for conflict in found:
        for value in conflict.values:
            (document,) = [one for one in documents if one.name == value.document]
            assert "".join(value.span.of(document.text).split()) in value.text
    return [(one.subject, one.period, [value.text for value in one.values]) for one in found]


YICHANG = "# 宜昌市创新简报\n\n2021年，宜昌市高新技术企业为{}。\n"
REPORT = "# 长江沿线城市比较\n\n2021年，宜昌市高新技术企业数量达到{}，比上年多一成。\n"


def test_two_reports_that_differ_are_found() -> None:
    assert conflicts(YICHANG.format("868家"), REPORT.format("871家")) == [
        ("宜昌市", "2021年", ["868家", "871家"])
    ]


@pytest.mark.parametrize(("one", "other"), [("868家", "868家"), ("约870家", "868家"), ("超过860家", "871家")])
def test_two_reports_that_agree_are_not(one: str, other: str) -> None:
    assert conflicts(YICHANG.format(one), REPORT.format(other)) == []


def test_a_bound_that_was_broken_is_told_with_its_bounding_word() -> None:
    assert conflicts(YICHANG.format("868家"), REPORT.format("突破900家")) == [
        ("宜昌市", "2021年", ["868家", "突破900家"])
    ]


def test_a_bound_kept_since_a_year_is_set_against_a_later_year() -> None:
    one = "# 芜湖市经济分析\n\n2015年以来，芜湖市经济增速再也没有超过8.5%。\n"
    other = "# 芜湖市公报\n\n2017年，芜湖市地区生产总值3065.52亿元，增长{}。\n"
    assert conflicts(one, other.format("8.9%")) == [("芜湖市", "2017年", ["再也没有超过8.5%", "8.9%"])]
    assert conflicts(one, other.format("8.4%")) == []


def test_a_cell_is_set_against_a_sentence() -> None:
    table = "# 城市对照\n\n表1 2021年部分城市指标\n\n| 城市 | 高新技术企业（家） |\n| --- | --- |\n| 宜昌市 | 880 |\n| 荆州市 | 512 |\n"
    assert conflicts(YICHANG.format("868家"), table) == [("宜昌市", "2021年", ["868家", "880家"])]


STATED = "# 资料甲\n\n2021年，宜昌市外贸出口总额为210.4亿元。\n"


@pytest.mark.parametrize(
    "other",
    [
        "2021年，宜昌市外贸进口总额为98.1亿元。",
        "2020年，宜昌市外贸出口总额为180.2亿元。",
        "2021年，荆州市外贸出口总额为98.1亿元。",
        "2021年上半年，宜昌市外贸出口总额为98.1亿元。",
        "2021年，宜昌市外贸出口总额目标为240亿元。",
        "2021年，宜昌市外贸出口总额比荆州市多112.3亿元。",
        "2021年，宜昌市外贸出口总额由180.2亿元增加到210.4亿元。",
        "2021年，宜昌市人均外贸出口总额为5.2万元。",
        "2021年，宜昌市外贸出口总额增长16.8%。",
        "2021年，宜昌市外贸出口总额中，其中机电产品为98.1亿元。",
        "“十三五”时期，宜昌市外贸出口总额为800亿元。",
    ],
)
def test_another_thing_is_no_conflict(other: str) -> None:
    assert conflicts(STATED, f"# 资料乙\n\n{other}\n") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021年，宜昌市户籍人口为391.1万人。", "2021年，宜昌市常住人口为401.8万人。"),
        ("2021年，宜昌市规上工业企业为1400家。", "2021年，宜昌市工业企业为5200家。"),
        ("2021年，宜昌市财政收入为300亿元。", "2021年，宜昌市一般公共预算收入为200亿元。"),
        ("2021年，宜昌市地区生产总值同比增长16.8%。", "2021年，宜昌市地区生产总值年均增长8.2%。"),
        ("2021年，宜昌市地区生产总值居全国第51位。", "2021年，宜昌市地区生产总值居全省第3位。"),
        ("2021年，宜昌市项目12个。", "2021年，宜昌市项目35个。"),
    ],
)
def test_qualifiers_that_change_the_meaning_are_part_of_it(one: str, other: str) -> None:
    assert conflicts(f"# 资料甲\n\n{one}\n", f"# 资料乙\n\n{other}\n") == []


def test_a_state_at_the_end_of_a_year_is_that_of_the_year() -> None:
    one, other = "2021年末，宜昌市常住人口为391.1万人。", "2021年，宜昌市常住人口为393.5万人。"
    assert len(conflicts(f"# 资料甲\n\n{one}\n", f"# 资料乙\n\n{other}\n")) == 1


def test_figures_of_one_paragraph_are_of_different_things() -> None:
    text = "# 宜昌市项目\n\n2021年，宜昌市磷石膏利用量为300万吨。2021年，宜昌市磷石膏利用量为120万吨。\n"
    assert conflicts(text) == []


def test_the_value_that_a_change_reached_is_set_against_another() -> None:
    one = "# 荆州市产业分析\n\n2015年到2018年，荆州市第二产业占比由46.5%降到42.7%。\n"
    other = "# 荆州市公报\n\n2018年，荆州市第二产业占比为42.1%。\n"
    assert conflicts(one, other) == [("荆州市", "2018年", ["42.7%", "42.1%"])]
    assert conflicts(one, other.replace("2018年", "2015年")) == []
