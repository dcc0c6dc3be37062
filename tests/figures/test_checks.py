"""Stated shares, differences, growths, sums and orders: right ones come out right, wrong ones wrong, the rest is let be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.figures.checks import Check, Gap, find_arithmetic, find_gaps_too
from policy_qa.ingest.documents import read_document
from policy_qa.types import Document, SourceFile


def document(*paragraphs: str, name: str = "漳州.txt") -> Document:
    text = "漳州市经济运行简报\n\n一、基本情况\n\n" + "\n\n".join(paragraphs) + "\n"
    return read_document(SourceFile(name, "", text, "utf-8"))


def verdicts(*paragraphs: str) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.stated, one.is_right) for one in find_arithmetic([document(*paragraphs)])]


RIGHT = [
    ("share", "24%", "2021年漳州有茶企150家，其中规模以上36家，占24%。"),
    ("share", "42.0%", "2021年项目总数为586个，亿元以上的有246个，占比升至42.0%。"),
    ("share", "20%", "2021年漳州财政支出305亿元，其中教育支出61亿元，增长3%，占财政支出的20%。"),
    ("share", "2.28%", "2020年漳州技术合同成交额为64.5亿元，相当于全省2825亿元的2.28%。"),
    ("share", "105%", "全年计划开工1.2万套，实际开工1.26万套，完成率为105%。"),
    ("share", "60.0%", "2021年进出口总额为88.6亿元，其中出口53.1亿元，进口35.5亿元，出口占比60.0%。"),
    ("difference", "6.8个百分点", "水质优良比例由75.3%提高到82.1%，上升6.8个百分点。"),
    (
        "difference",
        "5.8个百分点",
        "2021年漳州城镇化率为64.0%，比全国64.7%的平均水平低0.7个百分点，比龙岩的58.2%高5.8个百分点。",
    ),
    ("difference", "8.1个百分点", "2021年漳州投资增长9.2%，低于全省（17.3%）8.1个百分点。"),
    ("difference", "25.3个百分点", "全市投资增长4.7%，而预期目标是30%，两者相差25.3个百分点。"),
    ("difference", "5位", "空气质量排名由全省第11位升至第6位，前移5位。"),
    ("difference", "20个百分点", "旅游占比从38.2%降到18.5%，少了近20个百分点。"),
    ("growth", "5.0%", "粮食产量由2020年的96.5万吨增加到2021年的101.3万吨，增长5.0%。"),
    ("growth", "20%", "2021年漳州造林12.0万亩，比上年增加2.0万亩，增长20%。"),
    ("growth", "5%", "全年用水量较2020年的8.6亿立方米下降5%，为8.17亿立方米。"),
    ("yearly growth", "7.8%", "高速公路由2015年的210公里增加到2020年的305公里，年均增长7.8%。"),
    ("yearly growth", "20.1%", "“十三五”期间，漳州茶叶出口由10亿元增加到25亿元，年均增长20.1%。"),
    ("yearly growth", "25.7%", "“十三五”期间，漳州茶叶出口由10亿元增加到25亿元，年均增长25.7%。"),
    ("multiple", "1.5倍", "漳州有茶企150家，是龙岩100家的1.5倍。"),
    ("sum", "86家", "全市共有医院86家，其中公立医院34家、民营医院52家。"),
    ("sum", "4600张", "公立医院床位3120张，民营医院床位1480张，合计4600张。"),
    ("sum", "81个", "出让地块涉及81个项目，已有64个开工，还有17个没有动工。"),
    ("sum", "100%", "2020年三次产业占比分别为8.2%、41.5%和50.3%。"),
    ("sum", "100%", "2020年三次产业结构为8.2:41.5:50.3。"),
]
WRONG = [
    ("share", "26%", "2021年漳州有茶企150家，其中规模以上36家，占26%。"),
    ("share", "21%", "2021年漳州财政支出305亿元，其中教育支出61亿元，增长3%，占财政支出的21%。"),
    ("share", "2.38%", "2020年漳州技术合同成交额为64.5亿元，相当于全省2825亿元的2.38%。"),
    ("difference", "7.8个百分点", "水质优良比例由75.3%提高到82.1%，上升7.8个百分点。"),
    ("difference", "7.1个百分点", "2021年漳州投资增长9.2%，低于全省（17.3%）7.1个百分点。"),
    ("difference", "6位", "空气质量排名由全省第11位升至第6位，前移6位。"),
    ("growth", "6.0%", "粮食产量由2020年的96.5万吨增加到2021年的101.3万吨，增长6.0%。"),
    ("growth", "25%", "2021年漳州造林12.0万亩，比上年增加2.0万亩，增长25%。"),
    ("yearly growth", "9.5%", "高速公路由2015年的210公里增加到2020年的305公里，年均增长9.5%。"),
    ("yearly growth", "23.0%", "“十三五”期间，漳州茶叶出口由10亿元增加到25亿元，年均增长23.0%。"),
    ("multiple", "1.8倍", "漳州有茶企150家，是龙岩100家的1.8倍。"),
    ("sum", "86家", "全市共有医院86家，其中公立医院36家、民营医院52家。"),
    ("sum", "4800张", "公立医院床位3120张，民营医院床位1480张，合计4800张。"),
    ("sum", "100%", "2020年三次产业占比分别为8.2%、41.5%和51.3%。"),
    ("sum", "88.6亿元", "2021年进出口总额为88.6亿元，其中出口53.1亿元，进口30.5亿元。"),
]
LET_BE = [
    "2021年漳州地区生产总值由4800亿元增加到5025亿元，增长7.7%。",  # in comparable prices
    "2021年漳州地区生产总值5025亿元，比上年增加225亿元，增长7.7%。",
    "全市有茶企150家，其中年产值1000万元以上的60家，获奖的20家。",  # not all the parts
    "2021年漳州有茶企150家，占全省的12%。",
    "茶企超过150家，其中规模以上36家，占26%。",  # no exact part
    "三次产业增加值分别增长3.5%、7.2%和5.1%。",
    "粮食产量由2020年的101.3万吨增加到2021年的96.5万吨，增长4.7%。",  # which of the three is amiss?
    "粮食产量由2020年的96.5万吨增加到2021年的101.3万吨，下降5.0%。",
    "水质优良比例由75.3%提高到82.1%，下降6.8个百分点。",
    "漳州财政支出由500亿元减少到400亿元，增加100亿元。",
    "漳州有茶企150家，龙岩有100家。泉州增长8%。",
    "2019年有茶企100家，占30%；2020年有茶企120家。",
]


@pytest.mark.parametrize(("kind", "stated", "text"), RIGHT)
def test_what_comes_out_is_right(kind: str, stated: str, text: str) -> None:
    found = verdicts(text)
    assert (kind, stated, True) in found
    assert all(is_right for _, _, is_right in found)


@pytest.mark.parametrize(("kind", "stated", "text"), WRONG)
def test_what_does_not_come_out_is_wrong(kind: str, stated: str, text: str) -> None:
    assert (kind, stated, False) in verdicts(text)


@pytest.mark.parametrize("text", LET_BE)
def test_what_its_parts_cannot_tell_is_let_be(text: str) -> None:
    assert verdicts(text) == []


def test_a_whole_is_found_in_another_document() -> None:
    part = document("2019年漳州金融业增加值为200.0亿元，增长6.7%，占地区生产总值的7.1%。", name="甲.txt")
    whole = document("2019年，漳州GDP达到3083亿元，增长6%。", name="乙.txt")
    other_year = document("2018年，漳州GDP达到2817亿元，增长6%。", name="丙.txt")
    (check,) = find_arithmetic([part, whole, other_year])
    assert not check.is_right
    assert check.recomputed == "6.5%"
    assert check.working == "200.0亿元 ÷ 3083亿元 = 6.49%"
    assert check.operands[1].document is whole
    (gap,) = find_gaps_too([part, other_year])
    assert isinstance(gap, Gap)
    assert gap.missing == "地区生产总值的数值"


def test_a_base_is_found_by_its_year() -> None:
    earlier = "2019年漳州民间投资占比为36.0%。"
    (check,) = find_arithmetic([document(earlier, "2020年漳州民间投资占比为26.7%，比2019年低9.3个百分点。")])
    assert check.is_right
    assert check.working == "36.0% − 26.7% = 9.3个百分点"


def test_every_operand_stands_where_it_is_said_to() -> None:
    for _, _, text in (*RIGHT, *WRONG):
        for check in find_arithmetic([document(text)]):
            for part in (check.result, *check.operands):
                assert "".join(part.span.of(part.document.text).split()) == part.text


TABLE = """# 闽南港口年报

表1 三港货物情况

| 港口 | 2019年（万吨） | 2020年（万吨） | 增减（万吨） | 增长（%） | 位次 |
| --- | --- | --- | --- | --- | --- |
| 甲港 | 120.0 | 150.0 | 30.0 | 25.0 | 1 |
| 乙港 | 80.0 | 100.0 | {change} | 25.0 | {rank} |
| 丙港 | 50.0 | 60.0 | 10.0 | {growth} | 3 |
| 合计 | 250.0 | {total} | 60.0 | 24.0 | |
"""


def table_checks(**values: str) -> list[Check]:
    filled = {"change": "20.0", "growth": "20.0", "total": "310.0", "rank": "2"} | values
    return find_arithmetic([read_document(SourceFile("港口.md", "", TABLE.format(**filled), "utf-8"))])


def test_a_table_that_comes_out() -> None:
    found = table_checks()
    assert all(check.is_right for check in found)
    assert {"difference", "growth", "sum"} <= {check.kind for check in found}


@pytest.mark.parametrize(("cell", "kind"), [("change", "difference"), ("growth", "growth"), ("total", "sum")])
def test_a_cell_that_does_not_come_out(cell: str, kind: str) -> None:
    wrong = [check for check in table_checks(**{cell: "33.0"}) if not check.is_right]
    assert kind in {check.kind for check in wrong}
    assert all(
        "33.0" in {part.text.rstrip("万吨%") for part in (check.result, *check.operands)} for check in wrong
    )


TRADE = """# 外贸简报

表2 2020年外贸

| 指标 | 单位 | 漳州 | 龙岩 |
| --- | --- | --- | --- |
| 进出口总额 | 亿元 | 100.0 | 50.0 |
| 出口总额 | 亿元 | 60.0 | 30.0 |
| 进口总额 | 亿元 | 40.0 | {imports} |
"""


@pytest.mark.parametrize(("imports", "is_right"), [("20.0", True), ("20.1", True), ("21.0", False)])
def test_exports_and_imports_make_up_trade(imports: str, is_right: bool) -> None:
    found = find_arithmetic(
        [read_document(SourceFile("外贸.md", "", TRADE.format(imports=imports), "utf-8"))]
    )
    assert [check.is_right for check in found if check.kind == "sum"] == [True, is_right]


@given(
    part=st.integers(1, 5000),
    whole=st.integers(1, 9999),
    places=st.integers(0, 2),
    off=st.sampled_from((0, 1)),
)
def test_a_share_rounded_in_truth_is_never_wrong(part: int, whole: int, places: int, off: int) -> None:
    """A share rounded to its places is right; one ten steps of its last place away is wrong."""
    part = min(part, whole)
    share = round(100 * part / whole, places) + off * 10 * 10**-places
    text = f"2021年漳州有茶企{whole}家，其中规模以上{part}家，占{share:.{places}f}%。"
    found = [check for check in find_arithmetic([document(text)]) if check.kind == "share"]
    assert [check.is_right for check in found] == [not off]
