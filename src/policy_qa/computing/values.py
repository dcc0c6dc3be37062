"""What is computed with: figures by what they are called and where they stand, and how they are looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.computing.arithmetic import Amount, amount_of
from policy_qa.language.places import Place, places_called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.answering.readings import TableKeys, TableReading
    from policy_qa.answering.wording import WordWeight
    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.language.quantity_words import Bound
    from policy_qa.types import Cell, Document, Outcome, Span
    from policy_qa.understanding import Query

BELOW_LEVEL = re.compile(r"[低少小慢]于[^，,。；;]{1,16}$")
"""Behind it a level stands, no fall: 低于全省平均水平3.4%."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a plain question found: the outcome, the values it rests on, and all evidence, best first.

    `fitting` is the evidence that may answer it.
    """

    query: Query
    outcome: Outcome
    values: tuple[OpenValue, ...]
    evidence: tuple[Evidence, ...]
    fitting: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure to compute with: what it is called, and where it stands, a part of a sentence or the row of its cell.

    `carried` is where its place and period stand that its own sentence leaves out; `others` are values that further
    documents tell of the same. `at` is where the number itself stands. Of a range the amount is its lower end, `told` the whole.
    `back` says how one is computed that no source tells, and its working.
    """

    name: str
    amount: Amount
    document: Document
    span: Span
    reading: TableReading | None = None
    cell: Cell | None = None
    place: Place | None = None
    period: Period | None = None
    carried: tuple[Span, ...] = ()
    scope: str | None = None
    bound: Bound = "exact"
    others: tuple[str, ...] = ()
    at: Span | None = None
    told: str = ""
    back: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """What computing may ask: a plain question, how one is understood, figures and a document by id, tables for a question.

    `tables_of` are those of one document. `of_indicator` finds the figures of the same indicator in all documents; `rivals`
    those that cannot be true together with the one that stands in a span of a document.
    `documents` are those that words lead to; `weight` is that of a word.
    """

    look_up: Callable[[str], Lookup]
    understand: Callable[[str], Query]
    figures: Callable[[Sequence[str]], Sequence[Figure]]
    document: Callable[[str], Document | None]
    tables: Callable[[str], Sequence[TableKeys]]
    tables_of: Callable[[Document], Sequence[TableKeys]]
    of_indicator: Callable[[Figure], Sequence[Figure]]
    rivals: Callable[[str, Span], Sequence[Figure]]
    documents: Callable[[str], Sequence[Document]]
    weight: WordWeight


def value_of_figure(figure: Figure, name: str, sources: Sources) -> Value | None:
    """The value of a figure of the catalog, None where it is no single number."""
    document, quantity = sources.document(figure.document_id), figure.quantity
    if document is None:
        return None
    if quantity.direction < 0 and BELOW_LEVEL.search(
        document.text[figure.sentence.start : figure.span.start]
    ):
        quantity = replace(quantity, direction=0)
    amount = amount_of(quantity)
    if amount is None:
        return None
    slots = (figure.subject, figure.period, figure.indicator)
    spans = [span for slot in slots if slot and slot.is_carried for span in slot.spans]
    called = places_called(figure.subject.text) if figure.subject else ()
    return Value(
        name,
        amount,
        document,
        figure.sentence,
        place=called[0] if called else None,
        period=figure.when,
        carried=tuple(span for span in dict.fromkeys(spans) if not figure.sentence.contains(span)),
        scope=figure.scope,
        bound=figure.quantity.bound,
        at=figure.span,
    )
