"""Finding figures again: those that stand in a span, and those that a figure may have to be set against."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from policy_qa.figures.compare import slot_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.figures.compare import SlotKey
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Span


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


@dataclass(slots=True)
class FiguresInMemory:
    """The figures given, to be looked up."""

    figures: tuple[Figure, ...] = ()
    _slots: dict[SlotKey, list[Figure]] = field(init=False)

    def __post_init__(self) -> None:
        self._slots = by_slot(self.figures)

    def of(self, document_ids: Sequence[str]) -> list[Figure]:
        """The figures of the documents, in their order, those of each in text order."""
        return [one for name in document_ids for one in self.figures if one.document_id == name]

    def within(self, document_id: str, span: Span) -> list[Figure]:
        """The figures that stand in the span, in text order."""
        return [one for one in self.figures if one.document_id == document_id and span.contains(one.span)]

    def of_indicator(self, figure: Figure) -> list[Figure]:
        """The figures of the same indicator and measure, of all places and times."""
        own = slot_key(figure)
        return [
            one
            for key, group in self._slots.items()
            for one in group
            if own and key.indicator == own.indicator
        ]

    def like(self, figure: Figure) -> list[Figure]:
        """The other figures of the same slot."""
        key = slot_key(figure)
        return [] if key is None else [one for one in self._slots.get(key, ()) if one.id != figure.id]


def by_slot(figures: Iterable[Figure]) -> dict[SlotKey, list[Figure]]:
    """The figures by what they are of, in their order; those that leave it open are left out."""
    slots: dict[SlotKey, list[Figure]] = defaultdict(list)
    for figure in figures:
        key = slot_key(figure)
        if key is not None:
            slots[key].append(figure)
    return dict(slots)
