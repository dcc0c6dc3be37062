"""The catalog's figures by what they are of, so that those an answer must be set against are found at once."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING

from policy_qa.figures.compare import slot_key
from policy_qa.index.packed_figures import unpack_figure

if TYPE_CHECKING:
    from policy_qa.figures.compare import SlotKey
    from policy_qa.figures.figure import Figure
    from policy_qa.index.catalog import Catalog
    from policy_qa.types import Span

logger = logging.getLogger(__name__)

ALL = (
    "SELECT f.document_id, f.ordinal, f.packed FROM figures AS f JOIN documents AS d ON d.id = f.document_id"
    " ORDER BY d.name, f.ordinal"
)
WITHIN = "SELECT packed FROM figures WHERE document_id = ? AND start >= ? AND end <= ? ORDER BY ordinal"
AT = "SELECT packed FROM figures WHERE document_id = ? AND ordinal = ?"


class CatalogFigures:
    """Looks figures up in a catalog; where those of each slot stand is read once a generation, for any number of threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = Lock()
        self._read: tuple[int, dict[SlotKey, list[tuple[str, int]]]] = (-1, {})

    def within(self, document_id: str, span: Span) -> list[Figure]:
        """The figures that stand in the span, in text order."""
        with self._catalog.snapshot() as connection:
            rows = connection.execute(WITHIN, (document_id, span.start, span.end)).fetchall()
        return [unpack_figure(document_id, packed) for (packed,) in rows]

    def like(self, figure: Figure) -> list[Figure]:
        """The other figures of the same slot, whatever their time; by document name and place in it."""
        key = slot_key(figure)
        if key is None:
            return []
        with self._catalog.snapshot() as connection:
            found = [
                unpack_figure(place[0], packed)
                for place in self._slots().get(key, ())
                for (packed,) in connection.execute(AT, place)
            ]
        return [one for one in found if one.id != figure.id]

    def warm(self) -> None:
        """Reads the slots now rather than for the first question."""
        self._slots()

    def _slots(self) -> dict[SlotKey, list[tuple[str, int]]]:
        with self._catalog.snapshot() as connection, self._lock:
            generation = self._catalog.generation
            if self._read[0] != generation:
                slots: dict[SlotKey, list[tuple[str, int]]] = {}
                for document_id, ordinal, packed in connection.execute(ALL):
                    key = slot_key(unpack_figure(document_id, packed))
                    if key is not None:
                        slots.setdefault(key, []).append((document_id, ordinal))
                logger.info("slots of figures read: %d", len(slots))
                self._read = generation, slots
            return self._read[1]
