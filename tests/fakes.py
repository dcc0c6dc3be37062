"""Stand-ins for what is slow: they keep the contract of the real thing, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from policy_qa.figures.compare import slot_key
from policy_qa.figures.figure import by_slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from policy_qa.figures.compare import SlotKey
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Span

PROGRESS_EVERY = 32


class FakeEmbedder:
    """Normalised vectors of hashed character bigrams: deterministic, instant, near for texts that share wording.

    `embedded` holds every passage that was embedded, in order, so that a test can count them.
    """

    def __init__(self, name: str = "fake-bigrams", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[str] = []

    def embed_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """One normalised row a text; `progress` is told how many were done since it was last called."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for first in range(0, len(texts), PROGRESS_EVERY):
            batch = texts[first : first + PROGRESS_EVERY]
            for row, text in enumerate(batch, first):
                vectors[row] = self._vector(text)
            self.embedded.extend(batch)
            if progress is not None:
                progress(len(batch))
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """One normalised row; a question and a passage of the same wording have the same vector."""
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        padded = f"^{text}$"
        places = [crc32(padded[at : at + 2].encode()) % self.dimensions for at in range(len(padded) - 1)]
        counts = np.bincount(places, minlength=self.dimensions).astype(np.float32)
        return (counts / np.linalg.norm(counts)).astype(np.float32)


def fake_terms(text: str) -> list[str]:
    """Character bigrams, white space aside: enough of a segmenter for tests of what comes after it.

    >>> fake_terms("研发投入")
    ['研发', '发投', '投入']
    """
    letters = "".join(text.split())
    return [letters[at : at + 2] for at in range(max(1, len(letters) - 1)) if letters]


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
