"""All figures of an indicator along places, years or labels: the widest comparable series that the sources tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.answering.tables import is_meant
from policy_qa.computing.arithmetic import amount_of
from policy_qa.computing.lookups import Value, cell_name, cell_value
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import find_places, places_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.computing.lookups import Lookup, Sources
    from policy_qa.computing.operations import Axis, Operation
    from policy_qa.figures.figure import Figure, Measure
    from policy_qa.understanding import Query

FEWEST = 2
GROWTH = re.compile(r"增速|增长|增幅|涨幅|降幅|升幅")
SHARE = re.compile(r"占|比重|比例|份额|百分比")
RANKED = re.compile(r"排名|位次|名次")
GENERIC = re.compile(
    r"(?:全[市省区国]|地区|总|额|量|数|值|率|规模|数量|同比|增长|增速|增幅|水平|占比|比重|占|的|年|末|实现|完成|达|为|是|有|其中|共)*"
)
NOT_INDICATOR = re.compile(
    r"分别|各[市地省区县年项个]|多少|城市|其中|最|哪|排名|[两二三四五六七八九十\d]+[市省区县]"
)


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one indicator, each with its name, and the names of those without a value."""

    values: tuple[Value, ...]
    missing: tuple[str, ...] = ()


def find_series(operation: Operation, sources: Sources) -> Series | None:
    """The widest series there is for the operation's open question, None where there are fewer than two values.

    Of equally wide ones the best table, before sentences.
    """
    lookup = sources.look_up(operation.series)
    found = [series for one in lookup.fitting if (series := _of_reading(one, operation.axis))]
    if operation.axis != "label":
        found += _of_figures(lookup, operation.axis, sources)
    return max(found, key=lambda one: len(one.values), default=None)


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
    return Series(tuple(values.values()), tuple(missing)) if len(values) >= FEWEST else None


def _name_along(axis: Axis, label: str) -> str:
    """What a label is called along the axis; empty where it names no place, or no whole year."""
    if axis == "label":
        return label
    if axis == "place":
        places = find_places(label)
        return places[-1].places[0].short if places else ""
    periods = [found.period for found in find_periods(label) if found.period]
    years = re.fullmatch(r"\s*((?:19|20)\d{2})\s*年?[末底]?\s*", label)
    if years:
        return f"{years[1]}年"
    return periods[0].label() if periods and periods[0].is_whole_years else ""


def _of_figures(lookup: Lookup, axis: Axis, sources: Sources) -> list[Series]:
    """The series that figures of sentences make: of each sentence, of each document, of all documents."""
    ids = list(dict.fromkeys(one.document.id for one in lookup.evidence))
    fitting = [one for one in sources.figures(ids) if one.cell is None and _fits(lookup.query, one, axis)]
    groups: dict[tuple[object, ...], dict[str, Figure]] = {}
    for figure in fitting:
        name = _figure_name(figure, axis)
        if not name:
            continue
        unit = figure.quantity.unit
        same_time = figure.when if axis == "place" and not lookup.query.periods else None
        for key in ((figure.document_id, same_time, unit), (same_time, unit)):
            groups.setdefault(key, {}).setdefault(name, figure)
    return [
        Series(values)
        for group in groups.values()
        if len(values := tuple(_figure_values(group, sources))) >= FEWEST
    ]


def _figure_values(group: dict[str, Figure], sources: Sources) -> Iterable[Value]:
    for name, figure in group.items():
        document = sources.document(figure.document_id)
        amount = amount_of(figure.quantity)
        if document is None or amount is None:
            continue
        slots = (figure.subject, figure.period, figure.indicator)
        spans = [span for slot in slots if slot and slot.is_carried for span in slot.spans]
        called = places_called(figure.subject.text) if figure.subject else ()
        yield Value(
            name,
            amount,
            document,
            figure.sentence,
            place=called[0] if called else None,
            period=figure.when,
            carried=tuple(span for span in dict.fromkeys(spans) if not figure.sentence.contains(span)),
            scope=figure.scope,
            is_exact=figure.quantity.bound == "exact",
        )


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
    if figure.measure != measure_asked(search_key(query.text)):
        return False
    if axis == "place" and query.periods and not _of_period(query, figure):
        return False
    if axis == "period" and query.places:
        called = places_called(figure.subject.text) if figure.subject else ()
        if called and not any(place in query.places for place in called):
            return False
    return says_indicator(query, search_key(figure.indicator.text))


def _of_period(query: Query, figure: Figure) -> bool:
    return figure.when is not None and any(agreement(asked, figure.when) for asked in query.periods)


def measure_asked(key: str) -> Measure:
    """What is measured of the indicator.

    >>> measure_asked("各市的工业投资增速"), measure_asked("民间投资占比"), measure_asked("人口")
    ('growth', 'share', 'level')
    """
    if RANKED.search(key):
        return "rank"
    if GROWTH.search(key):
        return "growth"
    return "share" if SHARE.search(key) else "level"


def says_indicator(query: Query, indicator: str) -> bool:
    """Whether an indicator (a search key) says every word asked for, and nothing else that would change what it is."""
    left = indicator
    for word in query.content:
        if NOT_INDICATOR.search(word) or find_places(word) or find_periods(word):
            continue
        forms = sorted((word, *query.synonyms.get(word, ())), key=len, reverse=True)
        said = next((form for form in forms if form in left), None)
        if said is None and not GENERIC.fullmatch(word):
            return False
        left = left.replace(said, "", 1) if said else left
    return GENERIC.fullmatch(left) is not None


def in_order(values: Sequence[Value], *, is_high: bool) -> list[Value]:
    """The values, greatest first, or least first; equal ones in their order."""
    return sorted(values, key=lambda one: -one.amount.number if is_high else one.amount.number)
