"""Charts: which figures go into one, and what Vega-Lite is told to draw."""

from __future__ import annotations

import json

import pytest
from fake_service import cite, make_document

from brief_documents import listed_figures
from policy_qa import messages
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.listing import list_figures
from policy_qa.types import Answer, AnswerTable, Claim, Question
from policy_qa.ui.charts import Chart, chart_of, chart_of_answer, chart_spec
from policy_qa.ui.figure_list import chart_note

BARS = "2021年丽水市茶叶产值为48亿元，衢州市为31.5亿元，绍兴市为52亿元。"


def chart(*lines: str, indicator: str = "") -> Chart | None:
    return chart_of(listed_figures("茶业.md", "# 茶业年报", *lines), indicator=indicator)


def points(drawn: Chart | None) -> list[tuple[str, str, str]]:
    assert drawn is not None
    return [(point.label, point.series, point.shown) for point in drawn.points]


def test_three_places_of_one_year_are_bars_the_longest_first() -> None:
    drawn = chart(BARS)
    assert points(drawn) == [
        ("绍兴市", "2021年", "52亿元"),
        ("丽水市", "2021年", "48亿元"),
        ("衢州市", "2021年", "31.5亿元"),
    ]
    assert (drawn.kind, drawn.title, drawn.unit) == ("bars", "2021年茶叶产值", "亿元")


def test_three_years_of_one_place_are_a_line_in_order_of_time() -> None:
    drawn = chart(*(f"{year}年丽水市茶叶产值为{year - 2000}亿元。" for year in (2021, 2018, 2019)))
    assert [label for label, *_ in points(drawn)] == ["2018年", "2019年", "2021年"]
    assert (drawn.kind, drawn.title) == ("lines", "丽水市茶叶产值")


def test_two_values_are_no_chart() -> None:
    assert chart("2021年丽水市茶叶产值为48亿元，衢州市为31.5亿元。") is None


@pytest.mark.parametrize(
    "other",
    [
        "2021年湖州市茶叶产值力争达到90亿元。",
        "2021年湖州市茶园面积为90万亩。",
        "2021年湖州市茶叶产值增长9%。",
        "2021年上半年湖州市茶叶产值为9亿元。",
        "2021年湖州市茶叶产值超过90亿元。",
    ],
)
def test_what_cannot_be_compared_is_left_out_and_counted(other: str) -> None:
    drawn = chart(BARS, other)
    assert len(points(drawn)) == 3
    assert drawn.left_out == 1
    assert messages.CHART_LEFT_OUT.format(count="1") in chart_note(drawn)


def test_a_place_with_two_values_is_named_and_not_drawn() -> None:
    drawn = chart(BARS, "2021年湖州市茶叶产值为20亿元。", "2021年湖州市茶叶产值为25亿元。")
    assert "湖州市" not in [label for label, *_ in points(drawn)]
    assert drawn.disagreeing == ("2021年湖州市",)
    assert "2021年湖州市" in chart_note(drawn)


def test_units_of_one_kind_are_drawn_in_the_commonest() -> None:
    drawn = chart("2021年丽水市茶叶产值为48亿元，衢州市为31.5亿元，绍兴市为5200万元。")
    assert [(point.label, str(point.value.normalize())) for point in drawn.points][-1] == ("绍兴市", "0.52")
    assert points(drawn)[-1][2] == "5200万元"


def test_groups_of_bars_stand_in_order_of_time() -> None:
    drawn = chart("2018年丽水市茶叶产值为60亿元，衢州市为21.5亿元，绍兴市为42亿元。", BARS)
    spec = json.loads(chart_spec(drawn))
    assert spec["encoding"]["color"]["scale"]["domain"] == ["2018年", "2021年"]
    assert spec["layer"][0]["encoding"]["yOffset"]["sort"] == ["2018年", "2021年"]


def test_a_year_told_of_few_of_the_places_does_not_thin_the_bars() -> None:
    drawn = chart(BARS, "2018年丽水市茶叶产值为60亿元。")
    assert {series for _, series, _ in points(drawn)} == {"2021年"}


def test_the_unit_is_at_the_axis_and_the_font_has_chinese_glyphs() -> None:
    spec = json.loads(chart_spec(chart(BARS)))
    bars, labels = spec["layer"]
    assert bars["encoding"]["x"]["axis"]["title"] == "单位：亿元"
    assert labels["encoding"]["text"]["field"] == "shown"
    assert {"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"} <= {
        name.strip(" '") for name in spec["config"]["font"].split(",")
    }
    assert spec["usermeta"]["embedOptions"]["actions"] is False


def test_the_sources_of_a_chart_are_named_each_once() -> None:
    assert chart_note(chart(BARS)).count("《茶业年报》") == 1


REPORT = make_document("茶业.md", ("# 茶业年报", BARS, "2021年湖州市茶叶产值为20亿元。"))


def answered(*claims: str, quotes: tuple[str, ...] = (BARS,)) -> Chart | None:
    cited = tuple(cite(REPORT, number, quote) for number, quote in enumerate(quotes, start=1))
    told = tuple(Claim(text, tuple(range(1, len(cited) + 1))) for text in claims)
    answer = Answer(Question("茶叶产值？"), told, cited)
    return chart_of_answer(answer, list_figures(REPORT, extract_figures(REPORT)))


def test_an_answer_is_drawn_from_what_it_tells_and_cites() -> None:
    assert [label for label, *_ in points(answered(BARS))] == ["绍兴市", "丽水市", "衢州市"]


def test_what_an_answer_does_not_tell_or_cite_is_not_drawn() -> None:
    assert answered("丽水市为48亿元，绍兴市为52亿元。") is None
    assert answered(f"{BARS}湖州市为20亿元。").figures == answered(BARS).figures


def test_bars_are_drawn_from_a_table_that_has_its_unit_in_the_head() -> None:
    table = AnswerTable(
        ("城市", "2021年茶叶产值（亿元）"), (("丽水", "48"), ("衢州", "31.5"), ("绍兴", "52"))
    )
    answer = Answer(
        Question("茶叶产值？"), (Claim("最高的是绍兴。", (1,)),), (cite(REPORT, 1, BARS),), table=table
    )
    drawn = chart_of_answer(answer, list_figures(REPORT, extract_figures(REPORT)))
    assert [label for label, *_ in points(drawn)] == ["绍兴市", "丽水市", "衢州市"]


def test_values_stand_clear_of_grid_and_line() -> None:
    bars = json.loads(chart_spec(chart(BARS)))
    assert bars["layer"][0]["encoding"]["x"]["axis"]["grid"] is False
    told = ((2018, 40), (2019, 30), (2020, 35), (2021, 50))
    line = json.loads(chart_spec(chart(*(f"{year}年丽水市茶叶产值为{value}亿元。" for year, value in told))))
    assert line["layer"][0]["encoding"]["y"]["axis"]["grid"] is False
    assert [row["low"] for row in line["data"]["values"]] == [False, True, False, False]


def test_a_chart_is_titled_as_most_of_its_figures_call_it() -> None:
    drawn = chart("2021年丽水市全社会研发投入强度为2.1%。", "2021年衢州市研发投入强度为1.8%，绍兴市为2.5%。")
    assert drawn is not None
    assert drawn.title == "2021年研发投入强度"


def test_the_country_is_called_as_reports_call_it() -> None:
    drawn = chart("2021年丽水市茶园面积占比为4.8%，衢州市为3.1%，全国为2.2%。")
    assert [label for label, *_ in points(drawn)] == ["丽水市", "衢州市", "全国"]
