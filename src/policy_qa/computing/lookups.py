"""The figures to compute with: one for a plain question, or all of an indicator along places or years."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.answering.extractive import carried_spans, needed_part
from policy_qa.answering.slots import label_of_cell
from policy_qa.computing.arithmetic import amount_of, lower_end
from policy_qa.computing.back import value_back
from policy_qa.computing.indicators import (
    AMOUNT,
    fits_measure,
    has_narrower_whole,
    is_of_another,
    measure_asked,
    measure_of,
    names_indicator,
    says_indicator,
)
from policy_qa.computing.limits import limits_said
from policy_qa.computing.values import BELOW_LEVEL, Lookup, Sources, Value, cell_value, value_of_figure
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods, periods_agree
from policy_qa.language.places import find_places
from policy_qa.types import Answer, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.computing.limits import Limit
    from policy_qa.computing.operands import Operand, Operation
    from policy_qa.figures.binding import BoundFigure
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Span
    from policy_qa.understanding import Query


GROWTH_BEHIND = re.compile(r"\s*的\s*(?:同比)?(?:增\s*速|增\s*长|增\s*幅)")
"""Behind a figure: it is a growth, 6.4%的增速."""
ASKED_LAST = re.compile(r"的(?P<name>[^的]{3,})(?:是|有|为)多少\W*$")
AS_MUCH_COVERED = 0.8
"""What says less of a question than this share of what the best says of it tells no value of it more exactly."""


def values_of_operands(operation: Operation, sources: Sources) -> list[Value] | Refusal:
    """The value of each operand, from one table where it has them all; else why one is missing."""
    joint = _jointly(operation, sources) if operation.joint else None
    if joint is not None:
        return joint
    lookups = [sources.look_up(operand.question) for operand in operation.operands]
    candidates = [
        _as_measured(lookup.query, [value for value in told if value is not None])
        for lookup, operand in zip(lookups, operation.operands, strict=True)
        for told in ([value_of(lookup.query, found, operand.name, sources) for found in lookup.values],)
    ]
    chosen = [
        _of_one_document(values, candidates) for values in _of_one_time(_of_one_place(candidates), operation)
    ]
    for index, (lookup, operand) in enumerate(zip(lookups, operation.operands, strict=True)):
        chosen[index] = chosen[index] or _as_measured(
            lookup.query, _catalogued(lookup, operand.name, sources)
        )
        back = None if chosen[index] else value_back(lookup, operand.name, sources)
        chosen[index] += [back] if back else []
        if not chosen[index] and isinstance(lookup.outcome, Refusal):
            return lookup.outcome
    chosen = _part_apart(chosen) if operation.kind == "share" else _of_one_unit(chosen)
    chosen = [_said(values, lookup, sources) for values, lookup in zip(chosen, lookups, strict=True)]
    if not all(len({value.amount for value in values}) == 1 for values in chosen):
        return []  # none, or several that differ: which is meant is not for code to pick
    one_each = [
        _most_exact(values[0], lookup, sources) for values, lookup in zip(chosen, lookups, strict=True)
    ]
    places = {(value.document.id, value.at) for value in one_each}
    return [_named(value) for value in one_each] if len(places) == len(one_each) else []


def _said(values: list[Value], lookup: Lookup, sources: Sources) -> list[Value]:
    """The values; of several that differ those told of the very indicator: of GDP, not of what is used up for it."""
    if len({value.amount for value in values}) < 2:
        return values
    told = sources.figures(list(dict.fromkeys(value.document.id for value in values)))
    own = {
        (one.document_id, one.span)
        for one in told
        if one.indicator is not None and says_indicator(lookup.query, search_key(one.indicator.text))
    }
    return [value for value in values if (value.document.id, value.at) in own] or values


def _catalogued(lookup: Lookup, name: str, sources: Sources) -> list[Value]:
    """The figures of the very indicator, measure, place and time asked for that no answer rests on: 低于全省（7%）."""
    query = lookup.query
    told = sources.figures(list(dict.fromkeys(one.document.id for one in lookup.evidence)))
    if not query.periods:
        return []
    found = [
        value_of_figure(one, name, sources)
        for one in told
        if one.cell is None
        and one.is_target == query.wants_target
        and measure_of(one) == measure_asked(search_key(query.text))
        and one.when in query.periods
        and one.indicator is not None
        and says_indicator(query, search_key(one.indicator.text))
    ]
    values = [value for value in found if value is not None]
    if query.places:
        return [value for value in values if value.place in query.places]
    return values if len({value.place for value in values}) == 1 else []


def _as_measured(query: Query, values: list[Value]) -> list[Value]:
    """The values that are ranks where a rank is asked for, if there are any; else those that are none."""
    if measure_asked(search_key(query.text)) != "rank":
        return [value for value in values if value.amount.base != "位"]
    return [value for value in values if value.amount.base == "位"] or values


def _part_apart(chosen: Sequence[list[Value]]) -> list[list[Value]]:
    """The values of a part and its whole; told together (780个，其中大型304个), the part is what the whole is not."""
    part, whole = chosen
    amounts = {value.amount for value in whole}
    if len(amounts) != 1:
        return list(chosen)
    return [[value for value in part if value.amount not in amounts] or part, whole]


def _of_one_unit(chosen: Sequence[list[Value]]) -> list[list[Value]]:
    """The values in the units that those of every operand have, where there are any: an amount, not the share told with it."""
    common = set.intersection(*({value.amount.base for value in values} for values in chosen))
    if not common:
        return list(chosen)
    return [[value for value in values if value.amount.base in common] for values in chosen]


def _most_exact(value: Value, lookup: Lookup, sources: Sources) -> Value:
    """The value, or the same told to more digits in what else was found of it: 416.32万人 where one says 416万人.

    Of the same it is only where its own words say the indicator: 5.5% beside 6% is another's.
    """
    query = lookup.query
    told: list[Value | None] = [value]
    for evidence in lookup.fitting:
        if evidence.coverage < AS_MUCH_COVERED * lookup.fitting[0].coverage:
            continue
        reading = evidence.reading
        if reading is not None:
            said = f"{reading.keys.caption} {reading.keys.around}"
            named = [
                cell
                for cell in reading.cells
                if names_indicator(query, f"{search_key(label_of_cell(cell))} {said}")
            ]
            told += [cell_value(reading, cell, value.name) for cell in named]
        spans = {
            one.span
            for one in sources.figures([evidence.document.id])
            if one.indicator is not None and says_indicator(query, search_key(one.indicator.text))
        }
        told += [
            figure_value(query, evidence, figure, value.name)
            for figure in evidence.figures
            if figure.span in spans
        ]
    same = [one for one in told if one is not None and _is_rounded(value, one)]
    return min(same, key=_last_digit, default=value)


def _is_rounded(value: Value, exact: Value) -> bool:
    """Whether a value is another of the same place and time, rounded."""
    one, other = value.amount, exact.amount
    is_same = (value.place, one.base) == (exact.place, other.base)
    if not is_same or not value.period or not exact.period or not periods_agree(value.period, exact.period):
        return False
    apart = abs(one.number * one.scale - other.number * other.scale)
    return _last_digit(exact) < _last_digit(value) and apart <= _last_digit(value) / 2


def _last_digit(value: Value) -> Decimal:
    """What one in the last digit of a value is worth."""
    return value.amount.scale.scaleb(int(value.amount.number.as_tuple().exponent))


def _named(value: Value) -> Value:
    """The value, one without a name called by its period."""
    return value if value.name or value.period is None else replace(value, name=value.period.label())


def _of_one_place(candidates: Sequence[list[Value]]) -> list[list[Value]]:
    """The candidates; where a question leaves the place open, those of the one place that all operands have."""
    common = set.intersection(*({value.place for value in values} for values in candidates))
    if len(common) != 1 or None in common or not all(candidates):
        return list(candidates)
    return [[value for value in values if value.place in common] for values in candidates]


def _of_one_document(values: list[Value], candidates: Sequence[list[Value]]) -> list[Value]:
    """The values; of documents that differ only that of the first which tells all operands, with what the others tell."""
    told = {(value.document.id, value.amount) for value in values}
    if len({value.amount for value in values}) < 2 or len({name for name, _ in told}) < len(told):
        return values
    shared = set.intersection(*({value.document.id for value in others} for others in candidates))
    own = next((value for value in values if value.document.id in shared), values[0])
    others = dict.fromkeys(value.amount.text for value in values if value.amount != own.amount)
    return [replace(own, others=tuple(others))]


def _of_one_time(candidates: Sequence[list[Value]], operation: Operation) -> list[list[Value]]:
    """The candidates; where several are of different times, those of the newest that all operands have."""
    if all(len(values) <= 1 for values in candidates):
        return list(candidates)
    if operation.years or any(operand.name and operand.name[:4].isdigit() for operand in operation.operands):
        return [values if len(values) == 1 else _newest(values) for values in candidates]
    common = set.intersection(*({value.period for value in values} for values in candidates))
    known = sorted(
        (period for period in common if period is not None), key=lambda one: one.last, reverse=True
    )
    if not known:
        return [values if len(values) == 1 else [] for values in candidates]
    return [[value for value in values if value.period == known[0]] for values in candidates]


def _newest(values: list[Value]) -> list[Value]:
    """The values of the newest period among them."""
    told = [value for value in values if value.period is not None]
    last = max((value.period.last for value in told if value.period), default=None)
    return [value for value in told if value.period and value.period.last == last]


def _jointly(operation: Operation, sources: Sources) -> list[Value] | None:
    """The operands' values where one table has a cell for each, None otherwise."""
    lookup = sources.look_up(operation.joint)
    if not isinstance(lookup.outcome, Answer) or not all(found.cell for found in lookup.values):
        return None
    chosen: list[Value] = []
    for operand in operation.operands:
        called = [
            value
            for found in lookup.values
            if _is_called(found, operand, sources)
            for value in (value_of(lookup.query, found, operand.name, sources),)
            if value is not None
        ]
        own = _as_measured(lookup.query, called)
        if len(own) != 1:
            return None
        chosen += own
    return chosen if len({value.cell for value in chosen}) == len(chosen) else None


def _is_called(found: OpenValue, operand: Operand, sources: Sources) -> bool:
    """Whether a cell is the one that the operand's name tells apart: by place, period, or label."""
    if found.cell is None:
        return False
    reading = found.evidence.reading
    table = "" if reading is None else f"{reading.keys.caption} {reading.keys.around}"
    label = search_key("".join((*found.cell.row_label, *found.cell.column_label)))
    asked = sources.understand(operand.question)
    if not names_indicator(asked, f"{label} {table}", in_table=True):
        return False
    place = found.place.short if found.place else ""
    period = found.period.label() if found.period else ""
    if operand.name in {place, period, f"{place}{period}"} - {""}:
        return True
    is_slot = find_places(operand.name) or find_periods(operand.name)
    return not is_slot and names_indicator(asked, label)


def value_of(query: Query, found: OpenValue, name: str, sources: Sources) -> Value | None:
    """The value that a lookup rests on, None where it is no single number, or another of its sentence may be meant."""
    evidence, figure = found.evidence, found.figure
    if found.cell is not None and evidence.reading is not None:
        return cell_value(evidence.reading, found.cell, name)
    figure = None if figure is None else _figure_meant(query, evidence, figure, sources)
    if figure is None:
        return None
    value = figure_value(query, evidence, figure, name)
    return value and replace(value, place=found.place, period=found.period)


def figure_value(query: Query, evidence: Evidence, figure: BoundFigure, name: str) -> Value | None:
    """The value of a figure of a sentence, None where it is no single number."""
    said = evidence.document.text[evidence.span.start : figure.span.start]
    is_level = figure.quantity.direction < 0 and BELOW_LEVEL.search(said) is not None
    quantity = replace(figure.quantity, direction=0) if is_level else figure.quantity
    amount = amount_of(quantity) or lower_end(quantity)
    if amount is None or (is_level and not names_indicator(query, search_key("".join(said.split())))):
        return None
    is_range = figure.quantity.form == "range"
    part = needed_part(query, evidence, figure)
    return Value(
        name,
        amount,
        evidence.document,
        part,
        place=figure.place.places[0] if figure.place else None,
        period=figure.period.period if figure.period else None,
        carried=tuple(span for span in carried_spans(figure) if not part.contains(span)),
        scope=figure.scope,
        bound="at_least" if is_range else figure.quantity.bound,
        at=figure.span,
        told=figure.quantity.text if is_range else "",
    )


def _figure_meant(
    query: Query, evidence: Evidence, figure: BoundFigure, sources: Sources
) -> BoundFigure | None:
    """The figure of a sentence whose indicator is the one asked for, where it tells several of one time and place.

    None where that does not tell which of them is meant.
    """
    known = {one.span: one for one in sources.figures([evidence.document.id])}
    is_others = figure.span in known and is_of_another(query, known[figure.span])
    if is_others or has_narrower_whole(query, figure, evidence.document.text):
        return None
    asks_growth = measure_asked(search_key(query.text)) == "growth"
    rivals = {
        other.span: other
        for other in evidence.figures
        if (other.quantity.unit, other.quantity.form) == (figure.quantity.unit, figure.quantity.form)
        and _same_slots(other, figure)
        and (other.quantity.bound == "exact" or figure.quantity.bound != "exact")
        and (
            other.span not in known
            or fits_measure(query, known[other.span])
            or (asks_growth and GROWTH_BEHIND.match(evidence.document.text, other.span.end))
        )
    }
    limits = limits_said(query.text)
    told = _limits_told(evidence, rivals)
    if limits:
        within = (one for span, one in rivals.items() if all(limit in told[span] for limit in limits))
        return next(within, None)  # 其中5000万及以上项目有304个
    rivals = {span: one for span, one in rivals.items() if not told[span]} or rivals
    if len(rivals) < 2:
        return next(iter(rivals.values()), None)
    named = [one for span in rivals if (one := known.get(span)) is not None and one.indicator is not None]
    said = [one for one in named if one.indicator and says_indicator(query, search_key(one.indicator.text))]
    if len(said) == 1:
        return rivals[said[0].span]
    if any(one.span == figure.span for one in said):
        return figure
    meant = [one for one in named if one.indicator and names_indicator(query, search_key(one.indicator.text))]
    meant = meant or [one for one in named if _is_part_named(query, one, named)]
    meant = (
        meant
        if len(meant) == 1
        else [one for one in named if _is_asked_last(query, one, evidence.document.text)]
    )
    return rivals[meant[0].span] if not said and len(meant) == 1 else None


def _is_asked_last(query: Query, figure: Figure, text: str) -> bool:
    """Whether what stands before a figure is what is asked how much it is: 甲项目的总投资是多少, beside its 完成投资."""
    asked = ASKED_LAST.search(search_key(query.text))
    head = search_key("".join(text[figure.clause.start : figure.span.start].split()))
    return asked is not None and head.endswith(asked["name"])


def _is_part_named(query: Query, figure: Figure, rivals: Sequence[Figure]) -> bool:
    """Whether the question says what a figure is of, and how it is measured stands before: 工业产值下降2%，…汽车行业下降11%.

    A share of 甲增加值 is asked for as one of 甲.
    """
    name = search_key(figure.indicator.text) if figure.indicator else ""
    before = [
        search_key(one.indicator.text)
        for one in rivals
        if one.indicator and one.span.start < figure.span.start
    ]
    own = AMOUNT.sub("", name) if measure_of(figure) == "share" else name
    return bool(own) and own in search_key(query.text) and names_indicator(query, name + "".join(before))


def _limits_told(evidence: Evidence, rivals: Mapping[Span, BoundFigure]) -> dict[Span, list[Limit]]:
    """For each figure the bounds told right before it, that limit what it counts: 5000万及以上的有304个."""
    found = {}
    for span in rivals:
        before = max((one.end for one in rivals if one.start < span.start), default=evidence.span.start)
        found[span] = limits_said(evidence.document.text[before : span.start])
    return found


def _same_slots(one: BoundFigure, other: BoundFigure) -> bool:
    periods = [slot.period if slot else None for slot in (one.period, other.period)]
    places = [slot.places if slot else None for slot in (one.place, other.place)]
    return periods[0] == periods[1] and places[0] == places[1]
