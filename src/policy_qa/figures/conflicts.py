"""Where documents disagree: figures of the same thing and time whose values cannot all be true."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.figures.compare import bound_covers, periods_agree, slot_key, values_agree
from policy_qa.figures.evidence import bears_out, block_around, qualified_alike, table_of
from policy_qa.figures.figure import by_slot
from policy_qa.figures.listing import lines_of
from policy_qa.language.places import place_shown
from policy_qa.language.quantity_words import bounded_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from policy_qa.figures.figure import CellPlace, Figure
    from policy_qa.types import Cell, Document, Span

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """A value that a document tells: as it stands there, in `cell` of a table where it does, and the document's date.

    `lines` are those of the original file. `context` is the clause or the row that it stands in, in one line; `heads` the
    labels of a cell's row and column, "" in running text.
    """

    text: str
    document: str
    title: str
    span: Span
    cell: CellPlace | None
    date: date | None
    context: str
    lines: tuple[int, int] | None = None
    heads: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one thing, place and time that cannot all be true, by document and place in it."""

    indicator: str
    subject: str
    period: str
    values: tuple[ConflictValue, ...]


def find_conflicts(figures: Iterable[Figure], documents: Iterable[Document]) -> list[Conflict]:
    """Every disagreement among the figures, those alone whose text leaves no doubt of what they are; in their order."""
    by_id = {document.id: document for document in documents}
    slots = by_slot(figure for figure in figures if figure.document_id in by_id)
    found = [conflict for group in slots.values() for conflict in _conflicts_among(group, by_id)]
    logger.info("%d slots of figures compared, %d conflicts", len(slots), len(found))
    return found


def disagreeing(
    figure: Figure, others: Sequence[Figure], documents: Mapping[str, Document]
) -> tuple[Figure, ...]:
    """Those of the figures, none of which can be true together with the first, whose text is as sure what they are of.

    None where its own text, or a figure beside it, leaves that in doubt.
    """
    rivals = [other for other in others if cannot_both_be_true(figure, other)]
    if any(_stand_together(figure, other, documents) for other in rivals):
        return ()
    if not rivals or not bears_out(figure, documents[figure.document_id]):
        return ()
    return tuple(
        other
        for other in rivals
        if bears_out(other, documents[other.document_id]) and qualified_alike(figure, other, documents)
    )


def _conflicts_among(figures: Sequence[Figure], documents: Mapping[str, Document]) -> list[Conflict]:
    """The conflicts among figures of one slot, those of one time together."""
    pairs = [pair for pair in combinations(figures, 2) if cannot_both_be_true(*pair)]
    mixed = {one.id for pair in pairs if _stand_together(*pair, documents) for one in pair}
    pairs = [pair for pair in pairs if not any(one.id in mixed for one in pair)]
    if not pairs:
        return []
    sure = {
        figure.id
        for figure in {one.id: one for pair in pairs for one in pair}.values()
        if bears_out(figure, documents[figure.document_id])
    }
    pairs = [
        (one, other)
        for one, other in pairs
        if one.id in sure and other.id in sure and qualified_alike(one, other, documents)
    ]
    groups: list[list[Figure]] = []
    for pair in pairs:
        joined = [group for group in groups if any(one in group for one in pair)]
        merged = [*(one for group in joined for one in group), *pair]
        groups = [group for group in groups if group not in joined]
        groups.append(list(dict.fromkeys(merged)))
    return [conflict_of(group, documents) for group in groups]


def cannot_both_be_true(one: Figure, other: Figure) -> bool:
    """Whether two figures of one slot are of one time, with values that exclude one another."""
    return is_of_same_time(one, other) and not values_agree(one.quantity, other.quantity)


def is_of_same_time(one: Figure, other: Figure) -> bool:
    """Whether two figures of one slot are of one time, or one is a bound that holds then."""
    if one.when is None or other.when is None:
        return False
    return (
        periods_agree(one.when, other.when)
        or bound_covers(one.quantity, one.when, other.when)
        or bound_covers(other.quantity, other.when, one.when)
    )


def conflict_of(figures: Sequence[Figure], documents: Mapping[str, Document]) -> Conflict:
    """The figures as values of one conflict, named as the first of them is."""
    ordered = sorted(figures, key=lambda one: (documents[one.document_id].name, one.span))
    first = min(ordered, key=lambda one: one.when is None or one.when.is_open)
    values = tuple(_value_of(figure, documents[figure.document_id]) for figure in ordered)
    return Conflict(*named_slots(first), values)


def named_slots(figure: Figure) -> tuple[str, str, str]:
    """Indicator, subject and period of a figure in words, with what of the indicator it is: 地区生产总值增速."""
    name = " ".join(figure.indicator.text.split()) if figure.indicator else ""
    measure = slot.measure if (slot := slot_key(figure)) else figure.measure
    told, said = messages.CONFLICT_MEASURES.get(measure, ("", ""))
    if told and not re.search(said, name):
        name += told
    return (
        name,
        place_shown(figure.subject.text) if figure.subject else "",
        figure.when.label() if figure.when else "",
    )


def value_of(figure: Figure, document: Document) -> str:
    """A figure's value as it stands, with the words that make it a bound, or the unit that the labels of its cell give it."""
    text, span = document.text, figure.span
    cell = _cell_of(figure, document)
    if cell is None:
        return bounded_text(text, span, figure.sentence.start)
    written = "".join(span.of(text).split())
    return written if cell.unit is None or written.endswith(cell.unit) else f"{written}{cell.unit}"


def _cell_of(figure: Figure, document: Document) -> Cell | None:
    """The cell that a figure stands in, None for a figure of a sentence."""
    table, place = table_of(figure, document), figure.cell
    if table is None or place is None:
        return None
    return next(one for one in table.cells if (one.row, one.column) == (place.row, place.column))


def _stand_together(one: Figure, other: Figure, documents: Mapping[str, Document]) -> bool:
    """Whether two figures stand in one paragraph or table: they are of different things, though their names do not say so."""
    if one.document_id != other.document_id:
        return False
    return block_around(documents[one.document_id], one.span).span.contains(other.span)


def _value_of(figure: Figure, document: Document) -> ConflictValue:
    cell = _cell_of(figure, document)
    return ConflictValue(
        value_of(figure, document),
        document.name,
        document.meta.title,
        figure.span,
        figure.cell,
        document.meta.issued_on,
        " ".join(figure.clause.of(document.text).split()).rstrip("，,；;。"),
        lines_of(document, figure.span),
        "" if cell is None else "，".join((*cell.row_label, *cell.column_label)),
    )
