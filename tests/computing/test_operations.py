"""Which questions ask for a computation, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.computing.operations import read_operation
from policy_qa.config import load_settings
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Question
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from policy_qa.computing.operands import Operation


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def read(segmenter: Segmenter, question: str) -> Operation | None:
    return read_operation(understand(Question(question), segmenter))


@pytest.mark.parametrize(
    ("question", "kind", "operands"),
    [
        (
            "2021年泉州的茶叶产量比漳州多多少？",
            "difference",
            ("2021年泉州的茶叶产量是多少？", "2021年漳州的茶叶产量是多少？"),
        ),
        (
            "2021年绿化率排名，泉州和漳州谁在前，各是第几",
            "larger",
            ("2021年泉州的绿化率排名是多少？", "2021年漳州的绿化率排名是多少？"),
        ),
        (
            "泉州和漳州的茶叶产量谁排前面",
            "larger",
            ("泉州的茶叶产量排名是多少？", "漳州的茶叶产量排名是多少？"),
        ),
        ("泉州和漳州的投资增速谁在前", "larger", ("泉州的投资增速是多少？", "漳州的投资增速是多少？")),
        ("泉州和漳州的茶企谁多谁少，差几家呀", "larger", ("泉州的茶企是多少？", "漳州的茶企是多少？")),
        (
            "2021年旅游投资占全部投资的份额比渔业投资高几个点",
            "difference",
            ("2021年旅游投资占全部投资的份额是多少？", "2021年渔业投资占全部投资的份额是多少？"),
        ),
        (
            "2021年财政收入，泉州比漳州多跌了几个点",
            "difference",
            ("2021年泉州的财政收入增速是多少？", "2021年漳州的财政收入增速是多少？"),
        ),
        (
            "2021年泉州的财政收入跌得比漳州多几个百分点",
            "difference",
            ("2021年泉州的财政收入增速是多少？", "2021年漳州的财政收入增速是多少？"),
        ),
        (
            "8000万以上的冷链项目，2021年比2020年多了几个",
            "difference",
            ("2021年8000万以上的冷链项目有多少个？", "2020年8000万以上的冷链项目有多少个？"),
        ),
        (
            "2021年泉州茶叶产量、规上工业增加值、财政收入三项里哪个涨得最快",
            "larger",
            (
                "2021年泉州的茶叶产量增速是多少？",
                "2021年泉州的规上工业增加值增速是多少？",
                "2021年泉州的财政收入增速是多少？",
            ),
        ),
        (
            "2021年泉州四项指标（GDP、茶叶产量、财政收入、投资）增速由快到慢怎么排",
            "ranking",
            (
                "2021年泉州的GDP增速是多少？",
                "2021年泉州的茶叶产量增速是多少？",
                "2021年泉州的财政收入增速是多少？",
                "2021年泉州的投资增速是多少？",
            ),
        ),
        (
            "茶叶产量、财政收入，2021年泉州哪一项降幅最大",
            "larger",
            ("2021年泉州的茶叶产量增速是多少？", "2021年泉州的财政收入增速是多少？"),
        ),
        ("泉州和漳州的冷库，差几座？", "difference", ("泉州的冷库是多少？", "漳州的冷库是多少？")),
        (
            "茶企数，泉州比漳州多不多（2021年）",
            "larger",
            ("2021年泉州的茶企数是多少？", "2021年漳州的茶企数是多少？"),
        ),
        ("泉州的绿化率是不是比漳州高", "larger", ("泉州的绿化率是多少？", "漳州的绿化率是多少？")),
        (
            "2021年绿化率，泉州跟漳州比谁高，差几个点",
            "larger",
            ("2021年泉州的绿化率是多少？", "2021年漳州的绿化率是多少？"),
        ),
        (
            "2021年泉州和全省比，绿化率谁高",
            "larger",
            ("2021年泉州的绿化率是多少？", "2021年福建的绿化率是多少？"),
        ),
        (
            "2021年渔业占GDP，泉州、漳州哪边更高？高几个点",
            "larger",
            ("2021年泉州的渔业占GDP比重是多少？", "2021年漳州的渔业占GDP比重是多少？"),
        ),
        (
            "2021年那会儿泉州和漳州谁的绿化率高",
            "larger",
            ("2021年泉州的绿化率是多少？", "2021年漳州的绿化率是多少？"),
        ),
        (
            "2018年、2021年政府工作报告的绿化率目标哪个高",
            "larger",
            ("2018年绿化率目标是多少？", "2021年绿化率目标是多少？"),
        ),
        (
            "泉州2021年的茶叶产量是多少，全省排第几",
            "each",
            ("2021年泉州的茶叶产量排名是多少？", "2021年泉州的茶叶产量是多少？"),
        ),
        ("泉州比漳州的绿化率低几个百分点？", "difference", ("泉州的绿化率是多少？", "漳州的绿化率是多少？")),
        (
            "2021年泉州比漳州少多少家茶企？",
            "difference",
            ("2021年泉州有多少家茶企？", "2021年漳州有多少家茶企？"),
        ),
        (
            "2021年泉州和漳州的茶叶产量相差多少万吨？",
            "difference",
            ("2021年泉州的茶叶产量是多少？", "2021年漳州的茶叶产量是多少？"),
        ),
        (
            "2021年泉州的出口比进口多多少？",
            "difference",
            ("2021年泉州的出口是多少？", "2021年泉州的进口是多少？"),
        ),
        (
            "2021年泉州第二产业和第三产业占比差多少？",
            "difference",
            ("2021年泉州的第二产业占比是多少？", "2021年泉州的第三产业占比是多少？"),
        ),
        (
            "泉州茶企2021年比2018年增加了多少家？",
            "difference",
            ("2021年泉州有多少家茶企？", "2018年泉州有多少家茶企？"),
        ),
        (
            "从2018年到2021年泉州茶叶产量增长了多少？",
            "growth",
            ("2021年泉州的茶叶产量是多少？", "2018年泉州的茶叶产量是多少？"),
        ),
        (
            "2021年泉州茶叶产量比2018年增长百分之几？",
            "growth",
            ("2021年泉州的茶叶产量是多少？", "2018年泉州的茶叶产量是多少？"),
        ),
        (
            "2018年到2021年泉州茶叶产量年均增长多少？",
            "yearly",
            ("2021年泉州的茶叶产量是多少？", "2018年泉州的茶叶产量是多少？"),
        ),
        (
            "2021年泉州茶叶产量是漳州的几倍？",
            "ratio",
            ("2021年泉州的茶叶产量是多少？", "2021年漳州的茶叶产量是多少？"),
        ),
        (
            "2021年泉州、漳州和龙岩茶叶产量合计多少？",
            "sum",
            ("2021年泉州的茶叶产量是多少？", "2021年漳州的茶叶产量是多少？", "2021年龙岩的茶叶产量是多少？"),
        ),
        (
            "2021年泉州和漳州的绿化率哪个高？",
            "larger",
            ("2021年泉州的绿化率是多少？", "2021年漳州的绿化率是多少？"),
        ),
        (
            "2021年泉州的绿化率比漳州高吗？",
            "larger",
            ("2021年泉州的绿化率是多少？", "2021年漳州的绿化率是多少？"),
        ),
        (
            "2021年泉州、漳州、龙岩谁的茶叶产量最大？",
            "larger",
            ("2021年泉州的茶叶产量是多少？", "2021年漳州的茶叶产量是多少？", "2021年龙岩的茶叶产量是多少？"),
        ),
        (
            "2021年泉州的茶叶产量增速和全国比，低多少个百分点？",
            "difference",
            ("2021年泉州的茶叶产量增速是多少？", "2021年全国的茶叶产量增速是多少？"),
        ),
        (
            "泉州2021年的茶叶产量增速比2020年是快了还是慢了？",
            "difference",
            ("2021年泉州的茶叶产量增速是多少？", "2020年泉州的茶叶产量增速是多少？"),
        ),
        (
            "2021年茶叶产量增速泉州有没有跑赢漳州？",
            "larger",
            ("2021年泉州的茶叶产量增速是多少？", "2021年漳州的茶叶产量增速是多少？"),
        ),
        (
            "泉州和漳州，2021年哪个茶叶产量涨得快？",
            "larger",
            ("2021年泉州的茶叶产量增速是多少？", "2021年漳州的茶叶产量增速是多少？"),
        ),
        (
            "泉州2021年末的采茶户减制茶户，净多多少户",
            "difference",
            ("2021年末泉州的采茶户是多少？", "2021年末泉州的制茶户是多少？"),
        ),
        (
            "泉州加漳州，2021年茶油一共多少吨",
            "sum",
            ("2021年泉州的茶油是多少吨？", "2021年漳州的茶油是多少吨？"),
        ),
        (
            "泉州2021年茶叶产量比2022年的目标（12.5万吨）高出多少万吨",
            "difference",
            ("2021年泉州的茶叶产量是多少？", "2022年泉州的茶叶产量目标是多少？"),
        ),
        (
            "2021年茶叶吞吐量，甲园跟乙园哪个大？各多少",
            "larger",
            ("2021年甲园茶叶吞吐量是多少？", "2021年乙园茶叶吞吐量是多少？"),
        ),
        (
            "泉州跟漳州2021年茶叶产量分别下降了多少？",
            "each",
            ("2021年泉州的茶叶产量下降多少？", "2021年漳州的茶叶产量下降多少？"),
        ),
        (
            "2020年的茶企与2021年的茶企相差多少家？",
            "difference",
            ("2020年有多少家茶企？", "2021年有多少家茶企？"),
        ),
    ],
)
def test_named_operands_are_plain_questions(
    segmenter: Segmenter, question: str, kind: str, operands: tuple[str, ...]
) -> None:
    operation = read(segmenter, question)
    assert operation is not None
    assert operation.kind == kind
    assert tuple(operand.question for operand in operation.operands) == operands


@pytest.mark.parametrize(
    ("question", "kind", "axis", "is_high"),
    [
        ("茶叶产量增长最快的是哪一年？", "larger", "period", True),
    ],
)
def test_open_places_and_years(
    segmenter: Segmenter, question: str, kind: str, axis: str, is_high: bool
) -> None:
    operation = read(segmenter, question)
    assert operation is not None
    assert (operation.kind, operation.axis, operation.is_high) == (kind, axis, is_high)
    assert not operation.operands
    assert "分别是多少" in operation.series


@pytest.mark.parametrize(
    "question",
    [
        "2021年泉州的茶叶产量是多少？",
        "2021年泉州一共有多少家茶企？",
        "茶叶产量占全省的比重比上年提高多少？",
        "2019年至2020年泉州一共出让了多少亩茶园？",
        "为什么泉州的茶叶产量比漳州高？",
        "茶业发展最大的困难是什么？",
        "全国平均绿化率是多少？",
        "泉州茶叶产量同比增长多少？",
    ],
)
def test_what_is_looked_up_is_no_computation_of_named_operands(segmenter: Segmenter, question: str) -> None:
    operation = read(segmenter, question)
    assert operation is None or (operation.stated_first or not operation.operands)


def test_growth_on_the_year_before_is_first_looked_for_as_stated(segmenter: Segmenter) -> None:
    before, earlier = (
        read(segmenter, f"2021年泉州茶叶产量比{base}增长多少？") for base in ("上年", "2015年")
    )
    assert before is not None
    assert earlier is not None
    assert (before.stated_first, earlier.stated_first) == (True, False)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("建成区面积襄阳大还是赣州大，大多少平方公里", ["襄阳", "赣州"]),
        ("2020年岳阳是进口多还是出口多，相差多少亿元？", ["进口", "出口"]),
        ("2020年岳阳的失业率是否高于襄阳？", ["岳阳", "襄阳"]),
        ("2020年岳阳的失业率有没有襄阳高？", ["岳阳", "襄阳"]),
    ],
)
def test_which_is_more_and_by_how_much_is_one_comparison(
    segmenter: Segmenter, question: str, names: list[str]
) -> None:
    made = read(segmenter, question)
    assert made is not None
    assert made.kind == "larger"
    assert [one.name for one in made.operands] == names


def test_which_way_the_first_stands_to_the_second_begins_with_the_first(segmenter: Segmenter) -> None:
    made = read(segmenter, "2020年岳阳的床位数比襄阳少还是多？差几张")
    assert made is not None
    assert made.kind == "difference"
    assert [one.name for one in made.operands] == ["岳阳", "襄阳"]


def test_how_far_a_place_is_behind_is_a_difference(segmenter: Segmenter) -> None:
    made = read(segmenter, "2020年岳阳的失业率离全国平均水平还差多少？")
    assert made is not None
    assert made.kind == "difference"
    assert [one.question for one in made.operands] == [
        "2020年岳阳的失业率是多少？",
        "2020年全国的失业率是多少？",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "2020年岳阳的进出口里出口占了百分之几？",
        "2020年岳阳的出口在进出口中占多少？",
        "岳阳的出口占进出口多大比例？要2020年的",
    ],
)
def test_a_share_is_asked_for_in_either_order(segmenter: Segmenter, question: str) -> None:
    made = read(segmenter, question)
    assert made is not None
    assert made.kind == "share"
    assert [one.question for one in made.operands] == [
        "2020年岳阳的出口是多少？",
        "2020年岳阳的进出口是多少？",
    ]


def test_a_share_borrows_no_ending_of_its_part(segmenter: Segmenter) -> None:
    made = read(segmenter, "2018年岳阳渔业增加值占GDP多大比例？")
    assert made is not None
    assert [one.name for one in made.operands] == ["渔业增加值", "GDP"]


def test_places_lost_are_those_of_a_ranking(segmenter: Segmenter) -> None:
    made = read(segmenter, "2015年到2018年岳阳的GDP全国位次退了几位？")
    assert made is not None
    assert made.from_to
    assert "岳阳" in made.operands[0].question
    more = read(segmenter, "2019年卫生评价，岳阳比襄阳低多少个名次？")
    assert more is not None
    assert all("排名" in one.question for one in more.operands)
