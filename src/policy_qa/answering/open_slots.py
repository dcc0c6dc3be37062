"""A question that leaves open the place or the year of a figure: every distinct value, labelled, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import MEASURE, asked_figure, quantity_of
from policy_qa.answering.cells import cite_cells
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import labelled_claim, needed_part
from policy_qa.answering.phrases import line_phrase, table_name, value_text
from policy_qa.answering.refusal import MOST_NEAREST
from policy_qa.answering.slots import cell_period, cell_places, misfits_of_cell, misfits_of_figure
from policy_qa.answering.tables import is_meant
from policy_qa.answering.told_figures import is_told, said_by_label
from policy_qa.answering.wording import wanted_words
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.types import Answer, Claim, Refusal, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableReading
    from policy_qa.answering.wording import WantedWord, WordWeight
    from policy_qa.figures.binding import BoundFigure
    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Cell
    from policy_qa.understanding import Query

QUOTED_NAME = re.compile(r"[“‘「『《\"]([^”’」』》\"]{3,20})[”’」』》\"]")
COUNTED_BEHIND = re.compile(r"[^\s，,、；;。：:（(\d]{2,10}")
MOST_VALUES = 8
"""So many values are told; of more, the question is asked back."""
LEAST_SAID = 0.5
AS_MUCH_SAID = 0.97
"""A figure whose own words say less of what is asked than this share of what the best one's say is of something else."""
ENOUGH_ABOUT = 0.65
"""A sentence that says less of what is asked than this share of what the best evidence says is not told beside it."""


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A value that may be meant: a figure of a sentence, or a cell of a table, with its place and period."""

    evidence: Evidence
    quantity: Quantity
    place: Place | None
    period: Period | None
    figure: BoundFigure | None = None
    cell: Cell | None = None


def names_no_indicator(query: Query) -> bool:
    """Whether a question for a figure says how it is measured, and not of what: 增速是多少？"""
    about = [word for word in query.content if word != asked_figure(query.text).words]
    bare = [word for word in about if not (MEASURE.fullmatch(word) or _names_slot(query, word))]
    return query.kind == "figure" and not bare


def _names_slot(query: Query, word: str) -> bool:
    return any(word in (place.name, place.short) for place in query.places) or word[:4] in query.years


def open_values(query: Query, fitting: Sequence[Evidence], weight: WordWeight) -> list[OpenValue]:
    """The distinct values that answer a question for a figure, newest first, one for each place and period left open.

    Empty where the question names both, where it asks for a table, or where there is but one value.
    """
    if query.kind != "figure" or query.wants_all or (query.periods and query.places):
        return []
    found: list[OpenValue] = []
    for value in (*_told_values(query, fitting, weight), *_cell_values(query, fitting)):
        if not any(_same(value, known) for known in found):
            found.append(value)
    levels = [value for value in found if not is_mere_growth(query, value.quantity)]
    return sorted(levels or found, key=_newest_first) if len(found) > 1 else []


def is_mere_growth(query: Query, quantity: Quantity) -> bool:
    """Whether a value is a growth rate where the thing itself is asked for: 用电量是多少 asks for no 下降3%."""
    asked = asked_figure(query.text)
    return quantity.direction != 0 and quantity.unit == "%" and not (asked.is_change or asked.is_share)


def _told_values(query: Query, fitting: Sequence[Evidence], weight: WordWeight) -> Iterator[OpenValue]:
    """The figures of sentences that say what is asked, in the unit of the one that says most of it."""
    told = told_figures(query, fitting, wanted_words(query, weight))
    levels = [one for one in told if not is_mere_growth(query, one[1].quantity)] or told
    if not told:
        return
    most, unit = max(said for said, _ in told), max(levels, key=lambda one: one[0])[1].quantity.unit
    for said, value in told:
        fits = value.quantity.unit == unit
        if said >= AS_MUCH_SAID * most and (fits or is_mere_growth(query, value.quantity)):
            yield value


def told_figures(
    query: Query, fitting: Sequence[Evidence], wanted: Sequence[WantedWord]
) -> list[tuple[float, OpenValue]]:
    """The figures of sentences that are of the kind asked for, each with the share of `wanted` that its own words say.

    None where none says enough.
    """
    asked = asked_figure(query.text)
    about = max((evidence.about for evidence in fitting), default=0.0)
    told = [
        (_said(wanted, figure, evidence.document.text), value_of_figure(evidence, figure))
        for evidence in _of_quoted_name(query, fitting)
        if evidence.about >= ENOUGH_ABOUT * about
        for figure in evidence.figures
        if is_told(asked, figure, evidence.document.text)
        and not misfits_of_figure(query, figure, evidence.document.text)
    ]
    return told if max((said for said, _ in told), default=0.0) >= LEAST_SAID else []


def _of_quoted_name(query: Query, fitting: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence that has the name that a question puts in quotation marks, all of it where none has, or none is."""
    names = ["".join(name.split()) for name in QUOTED_NAME.findall(query.text)]
    having = [
        found
        for found in fitting
        if any(name in "".join(found.span.of(found.document.text).split()) for name in names)
    ]
    return having or fitting


def _said(wanted: Sequence[WantedWord], figure: BoundFigure, text: str) -> float:
    """The share of what is asked that the words before a figure say, with what is counted right behind it (12家企业)."""
    counted = COUNTED_BEHIND.match(text, figure.span.end)
    whole = Span(figure.label.start, counted.end() if counted else figure.label.end)
    return max(said_by_label(wanted, figure, text), said_by_label(wanted, replace(figure, label=whole), text))


def value_of_figure(evidence: Evidence, figure: BoundFigure) -> OpenValue:
    """A figure of a sentence with its place and period."""
    place = figure.place.places[0] if figure.place else None
    period = figure.period.period if figure.period else None
    return OpenValue(evidence, figure.quantity, place, period, figure=figure)


def _cell_values(query: Query, fitting: Sequence[Evidence]) -> Iterator[OpenValue]:
    """The cells that are asked for, of the tables that say as much of the question as the best one."""
    asked = asked_figure(query.text)
    meant = [one for one in fitting if one.reading is not None and is_meant(one)]
    most = max((one.about for one in meant), default=0.0)
    for evidence in meant:
        reading = evidence.reading
        if reading is None or evidence.about < AS_MUCH_SAID * most:
            continue
        for cell in reading.cells:
            value = search_key(value_text(cell))
            quantity = quantity_of(value) if cell.text and asked.is_met_by(value) else None
            if quantity is not None and not misfits_of_cell(query, reading, cell):
                places = cell_places(reading, cell)
                yield OpenValue(
                    evidence, quantity, places[0] if places else None, cell_period(reading, cell), cell=cell
                )


def why_these(values: Sequence[OpenValue]) -> str:
    """Why these values are told: one is what was asked for, several are those that the question leaves open."""
    if len(values) > 1:
        return messages.WHY_OPEN
    return messages.WHY_SENTENCE if values[0].cell is None else messages.WHY_CELLS


def values_of(found: Evidence) -> tuple[OpenValue, ...]:
    """The values that an answer from one piece of evidence tells: its figure, or those of its cells that have one."""
    reading, figure = found.reading, found.figure
    if reading is not None:
        return tuple(
            OpenValue(
                found,
                quantity,
                next(iter(cell_places(reading, cell)), None),
                cell_period(reading, cell),
                cell=cell,
            )
            for cell in reading.cells
            if cell.text and (quantity := quantity_of(search_key(value_text(cell)))) is not None
        )
    return () if figure is None else (value_of_figure(found, figure),)


def answer_open(query: Query, values: Sequence[OpenValue]) -> Answer:
    """The values, each in the words of its source behind its place and period where these words leave them out."""
    citations = CitationList()
    claims = [claim_of(query, value, citations) for value in values]
    return Answer(query.question, tuple(dict.fromkeys(claims)), citations.citations())


def claim_of(query: Query, value: OpenValue, citations: CitationList) -> Claim:
    """One value as a claim: its cell in words, or its clauses with what is carried to them from elsewhere."""
    reading = value.evidence.reading
    if reading is not None and value.cell is not None:
        return _cell_claim(query, reading, value.cell, citations)
    document, figure = value.evidence.document, value.figure
    part = needed_part(query, value.evidence, figure)
    return labelled_claim(document, part, figure, label_of(query, value), citations)


def _cell_claim(query: Query, reading: TableReading, cell: Cell, citations: CitationList) -> Claim:
    name = table_name(reading.document, reading.table)
    text = line_phrase([cell], search_key(query.text)) + (f"（{name}）" if name else "") + "。"
    return Claim(text, tuple(cite_cells(reading, [cell], citations)))


def refuse_ambiguous(query: Query, values: Sequence[OpenValue]) -> Refusal:
    """The refusal that asks which place or period is meant, with the choices there are."""
    citations = CitationList()
    nearest = tuple(dict.fromkeys(claim_of(query, value, citations) for value in values[:MOST_NEAREST]))
    labels = dict.fromkeys(messages.LABEL_SEPARATOR.join(label_of(query, value)) for value in values)
    message = messages.AMBIGUOUS.format(count=len(values), choices=messages.CHOICE_SEPARATOR.join(labels))
    choices = dict.fromkeys(choice_of(query, value) for value in values if label_of(query, value))
    return Refusal(
        query.question, "ambiguous", message, nearest, citations.citations(), choices=tuple(choices)
    )


def choice_of(query: Query, value: OpenValue) -> str:
    """The question with the place and period of a value named before it, those alone that it leaves open."""
    period = value.period.label() if value.period and not query.periods else ""
    place = value.place.short if value.place and not query.places else ""
    link = "" if query.periods or query.places else "的"
    return f"{period}{place}{link}{query.question.text}"


def label_of(query: Query, value: OpenValue) -> list[str]:
    """Place and period of a value, those alone that the question leaves open."""
    label = []
    if not query.places and value.place:
        label.append(value.place.short)
    if not query.periods and value.period:
        label.append(value.period.label())
    return label


def _same(one: OpenValue, other: OpenValue) -> bool:
    """Whether two values say the same of the same: told twice, a value is told once."""
    return (
        one.quantity.values == other.quantity.values
        and one.quantity.unit == other.quantity.unit
        and (one.place is None or other.place is None or one.place == other.place)
        and (one.period is None or other.period is None or agreement(one.period, other.period) > 0)
    )


def _newest_first(value: OpenValue) -> tuple[int, int]:
    return (1, 0) if value.period is None else (0, -value.period.last.toordinal())
