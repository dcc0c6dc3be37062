"""Figures as rows of the catalog and back, equal to what they were."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from policy_qa.figures.figure import CellPlace, Figure, Slot
from policy_qa.language.periods import Period
from policy_qa.language.quantity_values import Quantity
from policy_qa.types import Span

FigureRow = tuple[str, int, int, int, str | None, str | None, str | None, str]
"""Document id, place in its order, start, end, subject, first and last day, and everything as JSON."""


def figure_row(figure: Figure, ordinal: int) -> FigureRow:
    """The row of the catalog's table `figures`."""
    when, span = figure.when, figure.span
    first, last = (None, None) if when is None else (when.first.isoformat(), when.last.isoformat())
    subject = None if figure.subject is None else figure.subject.text
    return figure.document_id, ordinal, span.start, span.end, subject, first, last, pack_figure(figure)


def pack_figure(figure: Figure) -> str:
    """Everything of a figure but its document."""
    quantity, cell = figure.quantity, figure.cell
    record = {
        "span": _pair(figure.span),
        "form": quantity.form,
        "values": [str(value) for value in quantity.values],
        "unit": quantity.unit,
        "text": quantity.text,
        "bound": quantity.bound,
        "direction": quantity.direction,
        "clause": _pair(figure.clause),
        "sentence": _pair(figure.sentence),
        "cell": None if cell is None else [cell.table_start, cell.row, cell.column],
        "indicator": _pack_slot(figure.indicator),
        "subject": _pack_slot(figure.subject),
        "period": _pack_slot(figure.period),
        "when": None if figure.when is None else _pack_period(figure.when),
        "measure": figure.measure,
        "is_target": figure.is_target,
        "scope": figure.scope,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def unpack_figure(document_id: str, packed: str) -> Figure:
    """The figure `pack_figure` was given."""
    record = json.loads(packed)
    quantity = Quantity(
        Span(*record["span"]),
        record["form"],
        tuple(Decimal(value) for value in record["values"]),
        record["unit"],
        record["text"],
        record["bound"],
        record["direction"],
    )
    return Figure(
        document_id=document_id,
        quantity=quantity,
        clause=Span(*record["clause"]),
        sentence=Span(*record["sentence"]),
        cell=None if record["cell"] is None else CellPlace(*record["cell"]),
        indicator=_unpack_slot(record["indicator"]),
        subject=_unpack_slot(record["subject"]),
        period=_unpack_slot(record["period"]),
        when=None if record["when"] is None else _unpack_period(record["when"]),
        measure=record["measure"],
        is_target=record["is_target"],
        scope=record["scope"],
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pack_slot(slot: Slot | None) -> list[Any] | None:
    return None if slot is None else [slot.text, [_pair(span) for span in slot.spans], slot.is_carried]


def _unpack_slot(packed: list[Any] | None) -> Slot | None:
    if packed is None:
        return None
    text, spans, is_carried = packed
    return Slot(text, tuple(Span(*span) for span in spans), is_carried)


def _pack_period(period: Period) -> list[Any]:
    return [period.first.isoformat(), period.last.isoformat(), period.is_point]


def _unpack_period(packed: list[Any]) -> Period:
    first, last, is_point = packed
    return Period(date.fromisoformat(first), date.fromisoformat(last), is_point)
