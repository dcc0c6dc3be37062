"""Stand-ins for what is slow: they keep the contract of the real thing, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

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
