"""The catalog's figures by what they are of, so that those an answer must be set against are found at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from policy_qa.figures.compare import indicator_key, slot_key
from policy_qa.index.packed import unpack_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.index.catalog import Catalog
    from policy_qa.types import Span

logger = logging.getLogger(__name__)

NAMED = (
    "SELECT f.document_id, f.ordinal, f.subject, f.first, f.last, json_extract(f.packed, '$.indicator[0]'),"
    " json_extract(f.packed, '$.measure') FROM figures AS f JOIN documents AS d ON d.id = f.document_id"
    " WHERE f.subject IS NOT NULL AND f.last IS NOT NULL ORDER BY d.name, f.ordinal"
)
WITHIN = "SELECT packed FROM figures WHERE document_id = ? AND start >= ? AND end <= ? ORDER BY ordinal"
AT = "SELECT packed FROM figures WHERE document_id = ? AND ordinal = ?"
DOCUMENTS_KEPT = 256
MOST_OF_ONE = 200
"""How many figures of one place and indicator are read, so that no corpus makes a question slow."""
NO_END, NO_BEGINNING = date.max.isoformat(), date.min.isoformat()

Key = tuple[str, str]
"""Subject and normal form of the indicator."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure stands, and of when it is: the year it ends with, None for an open period."""

    document_id: str
    ordinal: int
    year: str | None


class CatalogFigures:
    """Looks figures up in a catalog; where those of a name stand is read once a generation, for any number of threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = Lock()
        self._read: tuple[int, dict[Key, list[_Place]]] = (-1, {})
        self._of_document = lru_cache(DOCUMENTS_KEPT)(catalog.figures_of)

    def of(self, document_ids: Sequence[str]) -> list[Figure]:
        """The figures of the documents, in their order, those of each in text order; an id stands for its content."""
        return [figure for document_id in document_ids for figure in self._of_document(document_id)]

    def within(self, document_id: str, span: Span) -> list[Figure]:
        """The figures that stand in the span, in text order."""
        with self._catalog.snapshot() as connection:
            rows = connection.execute(WITHIN, (document_id, span.start, span.end)).fetchall()
        return [unpack_figure(document_id, packed) for (packed,) in rows]

    def of_indicator(self, figure: Figure) -> list[Figure]:
        """The figures of the same indicator and measure, of all places and times; by place, document and place in it."""
        slot = slot_key(figure)
        if slot is None:
            return []
        with self._catalog.snapshot() as connection:
            return [
                unpack_figure(place.document_id, packed)
                for (_, indicator), places in self._places().items()
                if indicator == slot.indicator
                for place in places[:MOST_OF_ONE]
                for (packed,) in connection.execute(AT, (place.document_id, place.ordinal))
            ]

    def like(self, figure: Figure) -> list[Figure]:
        """The other figures of the same slot that may be of the same time; by document and place in it."""
        slot = slot_key(figure)
        if slot is None or figure.when is None:
            return []
        year = None if figure.when.is_open else str(figure.when.last.year)
        with self._catalog.snapshot() as connection:
            found = [
                unpack_figure(place.document_id, packed)
                for place in self._places().get((slot.subject, slot.indicator), ())
                if year is None or place.year in (None, year)
                for (packed,) in connection.execute(AT, (place.document_id, place.ordinal))
            ]
        return [one for one in found if one.id != figure.id and slot_key(one) == slot]

    def warm(self) -> None:
        """Reads the names now rather than for the first question."""
        self._places()

    def _places(self) -> dict[Key, list[_Place]]:
        with self._catalog.snapshot() as connection, self._lock:
            generation = self._catalog.generation
            if self._read[0] != generation:
                places: dict[Key, list[_Place]] = {}
                for document_id, ordinal, subject, first, last, name, measure in connection.execute(NAMED):
                    if name is not None:
                        is_open = first == NO_BEGINNING or last == NO_END
                        place = _Place(document_id, ordinal, None if is_open else last[:4])
                        places.setdefault((subject, indicator_key(name, measure)), []).append(place)
                logger.info("names of figures read: %d", len(places))
                self._read = generation, places
            return self._read[1]
