"""What the figures of an invented work report are of: its own place, and the years its sections review or plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.figures.accounts import reviewed_periods
from policy_qa.figures.extract import extract_figures
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile

if TYPE_CHECKING:
    from policy_qa.figures.figure import Figure

REPORT = """# 2023年福建省政府工作报告

## 一、过去一年和五年工作回顾

过去五年，全省茶叶产值从不到210亿元增加到超过350亿元。新建码头泊位46个。冷库覆盖率达到71%。

2022年，全省海水养殖产量增长4.1%。我们建设全国海洋碳汇中心，花胶加工企业达62家。为“十五五”打牢基础，新造竹林9万亩。

中国国际茶业展在泉州举办，龙岩竹器园投产。藤编制品出口8.4亿元。

莆田市鲍鱼产量居全省第一，增长12%。紫菜产量增长3%。

建成南平至三明公路，乡道总里程突破6.2万公里。

渔民月补贴为1987年以来最高，全年发放补贴5.3亿元。

## 二、2022年工作特点

### （一）打造全国茶业中心

白茶出口76万箱。

## 三、2023年主要任务

今年海水养殖产量增长5%。

## 四、加强自身建设

办理提案417件。
"""


def figures(text: str = REPORT) -> dict[str, Figure]:
    document = read_document(SourceFile("报告.md", "", text, "utf-8"))
    return {figure.span.of(document.text): figure for figure in extract_figures(document)}


def told(figure: Figure) -> tuple[str | None, str | None]:
    slots = (figure.subject, figure.period)
    subject, period = (None if slot is None else slot.text for slot in slots)
    return subject, period


@pytest.mark.parametrize(
    ("value", "subject", "period"),
    [
        ("4.1%", "福建省", "2022年"),
        ("62家", "福建省", "2022年"),  # 全国海洋碳汇中心 is named in passing
        ("9万亩", "福建省", "2022年"),  # the plan to come is not what is reviewed
        (
            "8.4亿元",
            "福建省",
            "2022年",
        ),  # nor are 中国国际茶业展, 泉州, 龙岩竹器园 what the next sentence is of
        ("第一", "莆田市", "2022年"),  # a part of the place that opens the clause of a figure
        ("12%", "莆田市", "2022年"),
        ("3%", "福建省", "2022年"),
        ("6.2万公里", "福建省", "2022年"),
        ("5.3亿元", "福建省", "2022年"),  # a record's year is not that of 全年
        ("76万箱", "福建省", "2022年"),  # the heading names 全国 in passing
        ("5%", "福建省", "2023年"),
        ("417件", "福建省", "2023年"),  # the section goes on in the year of the one before
    ],
)
def test_place_and_year(value: str, subject: str, period: str) -> None:
    assert told(figures()[value]) == (subject, period)


def test_the_ends_of_several_years() -> None:
    found = figures()
    assert [told(found[value])[1] for value in ("210亿元", "350亿元", "71%")] == [
        "2017年末",
        "2022年末",
        "2022年末",
    ]
    assert told(found["46个"])[1] == "2018—2022年"


def test_the_ends_of_a_written_range_are_its_own_years() -> None:
    text = "# 福建省茶业简报\n\n2015年到2018年间，白茶占比由21.4%提高到33.8%。\n"
    found = figures(text)
    assert [told(found[value])[1] for value in ("21.4%", "33.8%")] == ["2015年", "2018年"]


def test_reviewed_figures_are_outcomes_and_planned_ones_targets() -> None:
    found = figures(REPORT.replace("新造竹林", "争取资金新造竹林"))
    assert (found["9万亩"].is_target, found["5%"].is_target) == (False, True)


def test_a_part_of_the_place_that_a_heading_begins_with() -> None:
    found = figures(REPORT.replace("（一）打造全国茶业中心", "（一）宁德市"))
    assert told(found["76万箱"])[0] == "宁德市"


def test_other_documents_go_on_with_the_place_named() -> None:
    text = "# 2023年福建省茶业简报\n\n2022年，莆田市鲍鱼产量增长12%。紫菜产量增长3%。\n"
    assert told(figures(text)["3%"]) == ("莆田市", "2022年")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("过去一年", ["2022年"]),
        ("过去的五年里", ["2018—2022年"]),
        ("五年来", ["2018—2022年"]),
        ("今后五年", ["2023—2027年"]),
        ("近年来", []),
        ("连续五年来访", []),
    ],
)
def test_years_that_only_the_report_dates(text: str, expected: list[str]) -> None:
    found = [one.period.label() for one in reviewed_periods(text, 2023) if one.period]
    assert found == expected
