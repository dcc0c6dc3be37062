"""Dense search: candidates from Chroma, more than asked for, ranked by the exact vectors of the catalog.

Without a sound Chroma folder, or within a scope of documents, the search is exact over the catalog alone.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np

from policy_qa.index.chroma import PrivateCollection, open_copy

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from policy_qa.index.catalog import Catalog, State

logger = logging.getLogger(__name__)

Id = TypeVar("Id", str, int)

MIN_CANDIDATES = 800
CANDIDATES_PER_HIT = 4
"""Measured with 800: the 100 best equalled exact search for all of 200 questions over 1,445 real texts, and for all but
one of 300 over 20,000 invented, clustered vectors."""

SCORE_DECIMALS = 6
ROWS_AT_A_TIME = 8192


class VectorIndex:
    """Dense search over the state of the index that the calling thread sees; close it when done."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = threading.Lock()
        self._opened_generation = -1
        self._collection: PrivateCollection | None = None
        self._exact: tuple[int, list[str], np.ndarray] | None = None

    def search(
        self, vector: np.ndarray, top_k: int, *, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `top_k` chunks nearest to `vector` and their cosines, best first, ties by chunk id.

        `documents` limits the search to the documents of these names.
        """
        with self._catalog.snapshot():
            if documents is not None:
                return rank_exactly(*self._catalog.vectors_of_documents(documents), vector, top_k)
            state = self._catalog.state()
            candidates = self._candidates(state, vector, max(MIN_CANDIDATES, CANDIDATES_PER_HIT * top_k))
            if candidates is None:
                return rank_exactly(*self._all_vectors(state), vector, top_k)
            return rank_exactly(*self._catalog.vectors(candidates), vector, top_k)

    @property
    def degraded(self) -> bool:
        """Whether the Chroma folder of the current state is missing or damaged: right answers, more slowly."""
        state = self._catalog.state()
        with self._lock:
            return state.vector_cache is not None and self._open(state) is None

    def close(self) -> None:
        """Closes Chroma and removes the copy it worked on."""
        with self._lock:
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _candidates(self, state: State, vector: np.ndarray, count: int) -> list[str] | None:
        """About the `count` nearest chunks, or None where there is no collection of this state to ask."""
        with self._lock:
            collection = self._open(state)
            return None if collection is None else collection.nearest(vector, count)

    def _open(self, state: State) -> PrivateCollection | None:
        """The collection of `state`; another thread's later one is not given up for an earlier state."""
        if state.generation > self._opened_generation:
            self._release()
            self._opened_generation = state.generation
            if state.vector_cache is not None:
                self._collection = open_copy(self._catalog.index_dir / state.vector_cache)
                if self._collection is None:
                    logger.warning("%s is missing or damaged; searching without it", state.vector_cache)
        return self._collection if state.generation == self._opened_generation else None

    def _release(self) -> None:
        self._opened_generation = -1
        if self._collection is not None:
            self._collection.close()
            self._collection = None

    def _all_vectors(self, state: State) -> tuple[list[str], np.ndarray]:
        exact = self._exact
        if exact is None or exact[0] != state.generation:
            exact = (state.generation, *self._catalog.all_vectors())
            self._exact = exact
        return exact[1], exact[2]


def rank_exactly(
    chunk_ids: Sequence[str], vectors: np.ndarray, query: np.ndarray, top_k: int
) -> list[tuple[str, float]]:
    """The `top_k` chunks whose vectors have the highest dot product with `query`, best first, ties by id.

    A score depends on its own row alone, whichever rows stand beside it: it is summed in double precision and
    rounded, so that what ties in truth ties here.

    >>> rank_exactly(["甲", "乙"], np.array([[1, 0], [0.6, 0.8]], np.float32), np.array([0, 1], np.float32), 1)
    [('乙', 0.8)]
    """
    wide = query.astype(np.float64)
    blocks = [
        np.einsum("ij,j->i", vectors[first : first + ROWS_AT_A_TIME].astype(np.float64), wide)
        for first in range(0, len(chunk_ids), ROWS_AT_A_TIME)
    ]
    scores = np.round(np.concatenate(blocks), SCORE_DECIMALS) if blocks else np.empty(0)
    return best(chunk_ids, scores, top_k)


def best(ids: Sequence[Id], scores: np.ndarray, top_k: int) -> list[tuple[Id, float]]:
    """The `top_k` highest scores with their ids, best first, ties by id.

    >>> best(["丙", "甲", "乙"], np.array([0.5, 0.5, 0.9]), 2)
    [('乙', 0.9), ('丙', 0.5)]
    """
    rows = np.arange(len(scores))
    if 0 < top_k < len(scores):
        rows = np.flatnonzero(scores >= np.partition(scores, len(scores) - top_k)[len(scores) - top_k])
    found = [(ids[row], float(scores[row])) for row in rows.tolist()]
    return sorted(found, key=lambda item: (-item[1], item[0]))[:top_k]
