"""A statistical figure: what is certain of it, the hints what it is of, each with where it was read, and where figures are looked up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from policy_qa.figures.compare import slot_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.figures.compare import SlotKey
    from policy_qa.language.periods import Period
    from policy_qa.language.qualifiers import Scope
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Span

Measure = Literal["level", "growth", "share", "rank", "ratio", "change"]


@dataclass(frozen=True, slots=True)
class Slot:
    """Something a figure is of, in words, and the spans of the document it was read from.

    No span where only the document's metadata tell it. `is_carried` where its own clause does not name it.
    """

    text: str
    spans: tuple[Span, ...]
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The cell of a table that a figure stands in: the table by the start of its span, row and column by index."""

    table_start: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistical figure of a document.

    Certain are `quantity` (its span is `span`, in the document), `clause` and `sentence`; of a cell both are its row.
    The slots are hints, never a gate: `subject` is a place's full name, `when` what `period` says, `indicator` the noun phrase
    as it stands. `measure` says whether it is a level, a growth, a share, a rank or a ratio of the
    indicator, or a change of it in points.
    """

    document_id: str
    quantity: Quantity
    clause: Span
    sentence: Span
    cell: CellPlace | None
    indicator: Slot | None
    subject: Slot | None
    period: Slot | None
    when: Period | None
    measure: Measure
    is_target: bool
    scope: Scope | None

    @property
    def span(self) -> Span:
        """Where the number with its unit stands in the document."""
        return self.quantity.span

    @property
    def id(self) -> str:
        """`document:start-end`."""
        return f"{self.document_id}:{self.span.start}-{self.span.end}"


class FigureLookup(Protocol):
    """Where an answer looks for the figures it tells, and for others of the same thing."""

    def of(self, document_ids: Sequence[str]) -> Sequence[Figure]:
        """The figures of the documents, in their order, those of each in text order."""

    def within(self, document_id: str, span: Span) -> Sequence[Figure]:
        """The figures that stand in the span, in text order."""

    def of_indicator(self, figure: Figure) -> Sequence[Figure]:
        """The figures of the same indicator and measure, of all places and times."""

    def like(self, figure: Figure) -> Sequence[Figure]:
        """The other figures of the same slot; those of another time may be left out."""


def by_slot(figures: Iterable[Figure]) -> dict[SlotKey, list[Figure]]:
    """The figures by what they are of, in their order; those that leave it open are left out."""
    slots: dict[SlotKey, list[Figure]] = defaultdict(list)
    for figure in figures:
        key = slot_key(figure)
        if key is not None:
            slots[key].append(figure)
    return dict(slots)
