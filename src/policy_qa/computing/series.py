"""All figures of an indicator along places, years or labels: the widest comparable series that the sources tell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.answering.tables import is_meant
from policy_qa.computing.arithmetic import amount_of
from policy_qa.computing.groups import read_group
from policy_qa.computing.indicators import measure_asked, measure_of, says_indicator
from policy_qa.computing.lines import FEWEST, Series, find_line
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.operands import EVERY_YEAR, Operand
from policy_qa.computing.values import Value, cell_name, cell_value, value_of_figure
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import places_called
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.computing.arithmetic import Amount
    from policy_qa.computing.operands import Axis, Operation
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.figures.figure import Figure, Measure
    from policy_qa.understanding import Query

FEWEST_TOLD = 3
SCORE = re.compile("得分|分值|数值")
UNITS: Mapping[Measure, frozenset[str]] = {
    "share": frozenset({"%", ""}),
    "growth": frozenset({"%", "", "百分点"}),
    "rank": frozenset({"位", ""}),
}


def find_series(operation: Operation, sources: Sources) -> Series | None:
    """The series there is for the operation's open question, None where there are fewer than two values.

    Of places that of the table which tells them best, before sentences; else the widest, of equally wide ones a table's.
    """
    if operation.axis == "place":
        series = _of_places(operation, sources)
    else:
        series = _series_for(operation.series, operation.axis, sources)
        if series is None and SCORE.search(operation.series):
            series = _series_for(SCORE.sub("", operation.series), operation.axis, sources)
        series = _of_years(series, operation, sources) if operation.among else series
    left = series and series.only([name for name in series.names if name not in operation.apart])
    return left if left and len(left.values) >= FEWEST else None


def _of_years(series: Series | None, operation: Operation, sources: Sources) -> Series | None:
    """The values of the years asked for, those that the series lacks looked up one by one; None for fewer than two."""
    known = {value.name: value for value in series.values} if series else {}
    for year in operation.among:
        asked = operation.series.replace(EVERY_YEAR, year, 1).replace("分别", "")
        one = replace(operation, operands=(Operand(year, asked),), joint="")
        told = [] if year in known else values_of_operands(one, sources)
        known |= {} if isinstance(told, Refusal) else {value.name: value for value in told}
    values = tuple(known[year] for year in operation.among if year in known)
    missing = tuple(year for year in operation.among if year not in known)
    return Series(values, missing) if len(values) >= FEWEST else None


def _of_places(operation: Operation, sources: Sources) -> Series | None:
    """The places of a group as a table has them, else as sentences tell them."""
    query = sources.understand(operation.series)
    line = find_line(operation, query, sources.tables(operation.series))
    if line is not None:
        return line
    lookup = sources.look_up(operation.series)
    told = [one for one in _of_figures(lookup, "place", sources) if is_of_group(one, operation)]
    measure = measure_asked(search_key(operation.indicator))
    found = [one for one in told if len(one.values) >= FEWEST_TOLD and _measures(one, measure)]
    return max(found, key=lambda one: len(one.values), default=None)


def is_of_group(series: Series, operation: Operation) -> bool:
    """Whether values told by sentences are of the places asked for, all of them."""
    names = {value.name for value in series.values}
    if operation.among:
        return set(operation.among) == names
    count = operation.group.count
    return (count is None or count == len(names)) and (not operation.of_place or operation.of_place in names)


def _series_for(question: str, axis: Axis, sources: Sources) -> Series | None:
    lookup = sources.look_up(question)
    tables = [series for one in lookup.fitting if (series := _of_reading(one, axis))]
    told = _of_figures(lookup, axis, sources) if axis == "period" else []
    if axis == "period":
        tables = [_with_years_of(table, told) for table in tables]
    measure = measure_asked(search_key(question))
    found = [one for one in (*tables, *told) if len(one.values) >= FEWEST and _measures(one, measure)]
    return max(found, key=lambda one: len(one.values), default=None)


def _measures(series: Series, measure: Measure) -> bool:
    """Whether the values are in the unit that shares, rates of growth or ranks have, where such are asked for."""
    bases = {value.amount.base for value in series.values}
    return bases <= UNITS[measure] if measure in UNITS else True


def _with_years_of(table: Series, told: Sequence[Series]) -> Series:
    """The series of a table with further years that sentences tell of the same place."""
    place, base = table.values[0].place, table.values[0].amount.base
    known = {value.name for value in table.values}
    more = {
        value.name: value
        for series in told
        for value in series.values
        if value.name not in known and value.amount.base == base and value.place in (None, place)
    }
    return Series((*table.values, *more.values()), tuple(name for name in table.missing if name not in more))


def _of_reading(evidence: Evidence, axis: Axis) -> Series | None:
    """The cells of a reading along one axis, None where they vary along both or name no such thing."""
    reading = evidence.reading
    if reading is None or not is_meant(evidence):
        return None
    if len(reading.rows) > 1 and len(reading.columns) > 1:
        return None
    values: dict[str, Value] = {}
    missing: list[str] = []
    for cell in reading.cells:
        name = _name_along(axis, cell_name(reading, cell))
        if not name or name in values:
            continue
        value = cell_value(reading, cell, name)
        if value is None:
            missing.append(name)
        else:
            values[name] = value
    return Series(tuple(values.values()), tuple(missing)) if values else None


def _name_along(axis: Axis, label: str) -> str:
    """What a label is called along the axis; empty where it names no whole year."""
    if axis == "label":
        return label
    periods = [found.period for found in find_periods(label) if found.period]
    years = re.fullmatch(r"\s*((?:19|20)\d{2})\s*年?[末底]?\s*", label)
    if years:
        return f"{years[1]}年"
    return periods[0].label() if periods and periods[0].is_whole_years else ""


def _of_figures(lookup: Lookup, axis: Axis, sources: Sources) -> list[Series]:
    """The series that figures of sentences make: of each sentence, of each document, of all documents."""
    ids = list(dict.fromkeys(one.document.id for one in lookup.evidence))
    near = [one for one in sources.figures(ids) if one.cell is None and _fits(lookup.query, one, axis)]
    names = {(one.indicator.text, one.measure): one for one in near if one.indicator}
    told = [*near, *(other for one in names.values() for other in sources.of_indicator(one))]
    fitting = {one.id: one for one in told if one.cell is None and _fits(lookup.query, one, axis)}
    groups: dict[tuple[object, ...], dict[str, list[Figure]]] = {}
    for figure in fitting.values():
        name = _figure_name(figure, axis)
        if not name:
            continue
        unit = figure.quantity.unit
        same: object = None
        if axis == "place" and not lookup.query.periods:
            same = figure.when
        if axis == "period" and not lookup.query.places:
            same = figure.subject and figure.subject.text
        for key in ((figure.document_id, same, unit), (same, unit)):
            groups.setdefault(key, {}).setdefault(name, []).append(figure)
    return [Series(values) for group in groups.values() if (values := tuple(_figure_values(group, sources)))]


def _figure_values(group: Mapping[str, Sequence[Figure]], sources: Sources) -> Iterable[Value]:
    for name, (figure, *others) in group.items():
        value = value_of_figure(figure, name, sources)
        if value is not None:
            yield replace(value, others=_other_values(value.amount, others))


def _other_values(amount: Amount, others: Sequence[Figure]) -> tuple[str, ...]:
    """The other amounts that are told of the same."""
    amounts = [told for one in others if (told := amount_of(one.quantity)) is not None]
    return tuple(dict.fromkeys(told.text for told in amounts if told.number != amount.number))


def _figure_name(figure: Figure, axis: Axis) -> str:
    if axis == "period":
        return (
            figure.when.label()
            if figure.when and figure.when.is_whole_years and len(figure.when.years) == 1
            else ""
        )
    called = places_called(figure.subject.text) if figure.subject else ()
    return called[0].short if called and called[0].level != "country" else ""


def _fits(query: Query, figure: Figure, axis: Axis) -> bool:
    """Whether a figure is of the indicator, measure, period and place that the series is of."""
    if figure.indicator is None or figure.is_target != query.wants_target or figure.quantity.form == "range":
        return False
    if measure_of(figure) != measure_asked(search_key(query.text)):
        return False
    if "人数" in query.text and figure.quantity.unit != "人":
        return False
    if axis == "place" and query.periods and not _of_period(query, figure):
        return False
    if axis == "period" and query.places:
        called = places_called(figure.subject.text) if figure.subject else ()
        if called and not any(place in query.places for place in called):
            return False
    grouped = read_group(figure.indicator.text)  # 三个城市的财政收入
    return says_indicator(query, search_key(grouped[1] if grouped else figure.indicator.text).lstrip("的"))


def _of_period(query: Query, figure: Figure) -> bool:
    return figure.when is not None and any(agreement(asked, figure.when) for asked in query.periods)


def in_order(values: Sequence[Value], *, is_high: bool) -> list[Value]:
    """The values, greatest first, or least first; equal ones in their order."""
    return sorted(values, key=lambda one: -one.amount.number if is_high else one.amount.number)
