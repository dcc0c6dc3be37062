"""Charts of comparable figures: which values go into one, and how Vega-Lite, which Gradio ships, is to draw it."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from policy_qa import messages
from policy_qa.figures.listing import NUMBER, RATES, base_value, measure_label, subject_label
from policy_qa.figures.selection import indicator_key, indicator_of
from policy_qa.language.normalize import search_key
from policy_qa.language.quantity_words import unit_scale
from policy_qa.language.vocabulary import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from policy_qa.figures.listing import ListedFigure
    from policy_qa.types import Answer, Span

YEAR = re.compile(r"\d{4}年")
LEAST_POINTS = 3
MOST_POINTS = 60
MOST_SERIES = 6
MOST_GROUPED = 3
MOST_LABELLED = 10
FONTS = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
COLOURS = ("#3a7fb5", "#c8762b", "#4f8a5b", "#8a5a9e", "#b34b4b", "#6b7780")
"""Told apart by the colour-blind too, on light and on dark."""
BAR_STEP = 26
GROUPED_STEP = 18
AXIS_HEIGHT = 76
LINE_HEIGHT = 220


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a chart: at `label` of the axis, of the series of that name, `order` by which labels are sorted."""

    label: str
    series: str
    value: Decimal
    order: str
    shown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Comparable values: one indicator, measure and unit. `figures` are those shown; `left_out` counts the others.

    `disagreeing` names the places and periods that have several different values: none of them is shown.
    """

    kind: Literal["bars", "lines"]
    title: str
    unit: str
    points: tuple[Point, ...]
    figures: tuple[ListedFigure, ...]
    left_out: int = 0
    disagreeing: tuple[str, ...] = ()


def chart_of(figures: Iterable[ListedFigure], *, indicator: str = "") -> Chart | None:
    """The chart of the largest group of comparable figures, None where fewer than three places or periods have a value.

    Figures of just the `indicator` that was asked for come before those of others that it is a part of.

    Comparable are figures of one indicator, measure, base unit and scope, all outcomes or all targets.
    """
    groups: dict[tuple[object, ...], list[ListedFigure]] = defaultdict(list)
    count = 0
    for one in figures:
        count += 1
        if is_chartable(one):
            groups[_kind_of(one)].append(one)
    asked = indicator_key(indicator)
    charts = [(_nearness(group[0], asked), chart) for group in groups.values() if (chart := _chart(group))]
    if not charts:
        return None
    best = max(charts, key=lambda one: (one[0], len(one[1].points)))[1]
    return replace(best, left_out=count - len(best.figures))


def _nearness(one: ListedFigure, asked: str) -> tuple[bool, bool, bool]:
    """How near a figure is to the indicator asked for: it, with what it tells of it; it alone; told as level or rate."""
    figure = one.figure
    name = "" if figure.indicator is None else indicator_key(figure.indicator.text)
    usual = figure.measure in ("level", "share") or (
        figure.measure == "growth" and figure.quantity.unit in RATES
    )
    return indicator_of(figure) == asked, name == asked, usual


def chart_of_answer(answer: Answer, figures: Iterable[ListedFigure]) -> Chart | None:
    """The chart of the figures that an answer's citations hold and its claims or its table tell."""
    told = "\n".join(
        [*(claim.text for claim in answer.claims), *(claim.working or "" for claim in answer.claims)]
    )
    cells = {cell for row in answer.table.rows for cell in row[1:]} if answer.table is not None else set()
    spans: dict[str, list[Span]] = defaultdict(list)
    for citation in answer.citations:
        span = citation.cell.value_span if citation.cell else citation.span
        if span is not None:
            spans[citation.document_id].append(span)
    cited = [
        one
        for one in figures
        if any(span.contains(one.figure.span) for span in spans[one.figure.document_id])
        and (_is_told(one.figure.quantity.text, told) or _is_cell(one, cells))
    ]
    chart = chart_of(cited)
    return chart if chart is None else replace(chart, left_out=0)


def _is_told(value: str, text: str) -> bool:
    """Whether the text has the value, not as a part of a longer number."""
    return re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.]*\d)", text) is not None


def _is_cell(one: ListedFigure, cells: Collection[str]) -> bool:
    """Whether one of the cells is the value, with its unit or, where the head has that, without."""
    written = one.figure.quantity.text
    number = NUMBER.search(written)
    return written in cells or (number is not None and number["number"] in cells)


def is_chartable(one: ListedFigure) -> bool:
    """Whether a figure has one exact value, an indicator, a place and a period."""
    figure = one.figure
    exact = one.number is not None and figure.quantity.bound in ("exact", "about")
    return exact and None not in (figure.indicator, figure.subject, figure.when)


def _kind_of(one: ListedFigure) -> tuple[object, ...]:
    figure = one.figure
    name = indicator_key(figure.indicator.text) if figure.indicator else ""
    scope = None if figure.scope == "whole" else figure.scope
    return name, figure.measure, figure.quantity.unit, figure.is_target, scope


def _chart(group: Sequence[ListedFigure]) -> Chart | None:
    """The chart of comparable figures: lines over the years where there are as many, else bars for the places."""
    unit, scale = _common_unit(group)
    values: dict[tuple[str, str], list[ListedFigure]] = defaultdict(list)
    for one in group:
        figure = one.figure
        if figure.subject is not None and figure.when is not None:
            values[figure.subject.text, figure.when.label()].append(one)
    agreeing = {key: told for key, told in values.items() if len({base_value(one) for one in told}) == 1}
    disagreeing = tuple(
        f"{period}{subject_label(told[0])}"
        for (place, period), told in values.items()
        if (place, period) not in agreeing
    )
    kept = _one_length(agreeing)
    places, periods = Counter(key[0] for key in kept), Counter(key[1] for key in kept)
    if len(kept) < LEAST_POINTS or max(len(places), len(periods)) < LEAST_POINTS:
        return None
    lines = (
        len(periods) >= LEAST_POINTS and max(places.values()) >= LEAST_POINTS and len(places) <= MOST_SERIES
    )
    if lines:
        kept = {key: told for key, told in kept.items() if places[key[0]] > 1}
    else:
        commonest = periods.most_common(MOST_GROUPED)
        # a period told for few of the places would leave gaps beside all the others
        most = {period for period, count in commonest if 2 * count >= commonest[0][1]}
        kept = {key: told for key, told in kept.items() if key[1] in most}
        if len({key[0] for key in kept}) < LEAST_POINTS:
            return None
    if len(kept) > MOST_POINTS:
        return None
    points = []
    for (place, period), told in kept.items():
        value = (base_value(told[0]) or 0) / scale
        when = told[0].figure.when
        order = "" if when is None else when.last.isoformat()
        place = subject_label(told[0])
        label, series = (period, place) if lines else (place, period)
        points.append(Point(label, series, value, order, told[0].written))
    points.sort(key=(lambda point: point.order) if lines else (lambda point: -point.value))
    title = _title(
        [one for told in kept.values() for one in told],
        {subject_label(told[0]) for told in kept.values()},
        {period for _, period in kept},
    )
    shown = tuple(one for told in kept.values() for one in told)
    return Chart("lines" if lines else "bars", title, unit, tuple(points), shown, 0, disagreeing)


def _title(group: Sequence[ListedFigure], places: Collection[str], periods: Collection[str]) -> str:
    """What the chart shows: place or period where all values share it, indicator, what of it, whether targets.

    The indicator is called what most of the figures call it.
    """
    figure = group[0].figure
    names = Counter("".join(one.figure.indicator.text.split()) for one in group if one.figure.indicator)
    name = names.most_common(1)[0][0] if names else ""
    word = "" if figure.measure == "level" else measure_label(figure)
    if not canonical(search_key(name)).endswith(canonical(word)):
        name += word
    shared = "".join(next(iter(names)) for names in (places, periods) if len(names) == 1)
    return shared + name + (f"（{messages.FIGURE_TARGET}）" if figure.is_target else "")


def _common_unit(group: Sequence[ListedFigure]) -> tuple[str, Decimal]:
    """The unit that most of the figures are stated in, and how many base units it is."""
    unit = Counter(one.unit for one in group).most_common(1)[0][0]
    for one in group:
        if one.unit == unit and one.number:
            return unit, abs(one.figure.quantity.values[0]) / abs(one.number)
    return group[0].figure.quantity.unit, unit_scale(group[0].figure.quantity.unit)[1]


def _one_length(
    values: Mapping[tuple[str, str], list[ListedFigure]],
) -> dict[tuple[str, str], list[ListedFigure]]:
    """Those told for stretches of the commonest length: a half-year's value is not set beside a year's."""
    lengths = Counter(_length(told[0]) for told in values.values())
    if not lengths:
        return {}
    commonest = lengths.most_common(1)[0][0]
    return {key: told for key, told in values.items() if _length(told[0]) == commonest}


def _length(one: ListedFigure) -> int:
    """How many months a figure is told for, 0 where that is open."""
    return 0 if one.figure.when is None else one.figure.when.months


def chart_spec(chart: Chart) -> str:
    """The chart in Vega-Lite, as JSON: bars begin at zero, values stand beside them, the unit at the axis."""
    rows = [
        {
            "label": point.label,
            "year": int(point.label[:4]) if YEAR.fullmatch(point.label) else None,
            "series": point.series,
            "value": float(point.value),
            "shown": point.shown,
            "low": _is_low(chart.points, at),
        }
        for at, point in enumerate(chart.points)
    ]
    labels = list(dict.fromkeys(point.label for point in chart.points))
    series = list(dict.fromkeys(point.series for point in sorted(chart.points, key=attrgetter("order"))))
    axis = messages.CHART_AXIS.format(unit=chart.unit) if chart.unit else messages.FIGURE_MEASURES["level"]
    draw = _line_layers if chart.kind == "lines" else _bar_layers
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": chart.title,
        "title": {"text": chart.title, "anchor": "start", "fontSize": 13, "offset": 10},
        "width": "container",
        "autosize": {"type": "fit", "contains": "padding"},
        "background": None,
        "padding": 4,
        "data": {"values": rows},
        "encoding": {"color": _colour(series, legend=len(series) > 1)},
        **draw(labels, series, axis),
        "config": {
            "font": FONTS,
            "aria": False,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "domain": False,
                "ticks": False,
                "labelLimit": 150,
            },
            "legend": {
                "orient": "bottom",
                "title": None,
                "labelFontSize": 12,
                "columns": 3,
                "labelLimit": 130,
            },
            "locale": {"number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}},
        },
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
    }
    return json.dumps(spec, ensure_ascii=False)


def _is_low(points: Sequence[Point], at: int) -> bool:
    """Whether the line rises from a point on every side it has."""
    beside = [*points[max(at - 1, 0) : at], *points[at + 1 : at + 2]]
    return all(other.value > points[at].value for other in beside)


def _colour(series: Sequence[str], *, legend: bool) -> dict[str, Any]:
    scale = {"domain": list(series), "range": list(COLOURS[: len(series)])}
    return {"field": "series", "type": "nominal", "scale": scale, **({} if legend else {"legend": None})}


def _bar_layers(labels: Sequence[str], series: Sequence[str], axis: str) -> dict[str, Any]:
    """Bars from left to right, so that names of any length are read as they are."""
    y: dict[str, Any] = {"field": "label", "type": "nominal", "sort": list(labels), "axis": {"title": None}}
    offset = {"yOffset": {"field": "series", "sort": list(series)}} if len(series) > 1 else {}
    # every bar has its value beside it, which grid lines would strike through
    x = {"field": "value", "type": "quantitative", "axis": {"title": axis, "grid": False, "tickCount": 4}}
    height = (
        AXIS_HEIGHT + BAR_STEP * len(labels)
        if len(series) == 1
        else AXIS_HEIGHT + GROUPED_STEP * len(labels) * len(series)
    )
    return {
        "height": height,
        "layer": [
            {"mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": {"y": y, "x": x, **offset}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
                "encoding": {
                    "y": y,
                    "x": x,
                    **offset,
                    "text": {"field": "shown"},
                    "color": {"value": "#5b6973"},
                },
            },
        ],
    }


def _line_layers(labels: Sequence[str], series: Sequence[str], axis: str) -> dict[str, Any]:
    """Lines over the periods with a point for every value; the axis need not begin at zero.

    Years stand as far apart as they are. The values of a single line stand at its points, and no grid behind them.
    """
    has_values = len(series) == 1 and len(labels) <= MOST_LABELLED
    years = [int(label.removesuffix("年")) for label in labels if YEAR.fullmatch(label)]
    x: dict[str, Any] = {"field": "label", "type": "ordinal", "sort": list(labels)}
    x["axis"] = {"title": None, "labelAngle": 0, "labelOverlap": True, "grid": False}
    if len(years) == len(labels):
        x |= {"field": "year", "type": "quantitative", "scale": {"zero": False, "nice": False, "padding": 44}}
        x["axis"] |= {"values": years, "labelExpr": "datum.value + '年'"}
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True, "padding": 20},
        "axis": {
            "title": axis,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleY": -8,
            "titleX": 0,
            "tickCount": 5,
            "grid": not has_values,
        },
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "point": {"filled": True, "size": 45}, "strokeWidth": 2},
            "encoding": {"x": x, "y": y},
        }
    ]
    if has_values:
        layers += [_values_of_line(x, y, below=below) for below in (False, True)]
    return {"height": LINE_HEIGHT, "layer": layers}


def _values_of_line(x: Mapping[str, Any], y: Mapping[str, Any], *, below: bool) -> dict[str, Any]:
    """The values beside the points: below those from which the line only rises, else above, so that it crosses none."""
    return {
        "transform": [{"filter": f"datum.low === {str(below).lower()}"}],
        "mark": {"type": "text", "dy": 15 if below else -11, "fontSize": 12},
        "encoding": {"x": x, "y": y, "text": {"field": "shown"}, "color": {"value": "#5b6973"}},
    }
