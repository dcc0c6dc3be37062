"""Keyword search: BM25 over the terms of every chunk, computed by bm25s and mapped into memory from a folder.

The whole engine is made anew from the catalog's terms, in the order of chunk ids, whenever a chunk changes: it is
the same whatever the history of the index.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from policy_qa.index.caches import publish, seal, sealed_facts, unfinished_folder
from policy_qa.index.serialisation import split_terms
from policy_qa.index.vectors import best

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from policy_qa.index.catalog import Catalog, State

logger = logging.getLogger(__name__)

KEYWORD_CACHE = "keywords-"
CHUNK_IDS_FILE = "chunk_ids.npy"
METHOD = "lucene"
K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class KeywordEngine:
    """BM25 scores by term and chunk. `bm25` is None where no chunk has a term."""

    chunk_ids: np.ndarray
    bm25: Any

    def search(
        self, terms: Sequence[str], top_k: int, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `top_k` chunks that hold any of the terms, best first, ties by id; a repeated term counts again."""
        known = [] if self.bm25 is None else self.bm25.get_tokens_ids(list(terms))
        if not known:
            return []
        scores = self.bm25.get_scores_from_ids(known)
        if document_ids is not None:
            scores = np.where(rows_of_documents(self.chunk_ids, document_ids), scores, 0)
        rows = np.flatnonzero(scores > 0)
        found = best(rows.tolist(), scores[rows], top_k)
        return [(self.chunk_ids[row].decode(), score) for row, score in found]

    def document_frequency(self, term: str) -> int:
        """How many chunks hold the term."""
        number = None if self.bm25 is None else self.bm25.vocab_dict.get(term)
        if number is None:
            return 0
        first_of = self.bm25.scores["indptr"]
        return int(first_of[number + 1] - first_of[number])


class KeywordIndex:
    """Keyword search over the state of the index that the calling thread sees."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = threading.Lock()
        self._opened: tuple[int, KeywordEngine] | None = None
        self._degraded = False

    def search(
        self, terms: Sequence[str], top_k: int, *, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `top_k` chunks with the highest BM25 scores above zero, best first, ties by chunk id.

        `documents` limits the search to the documents of these names.
        """
        with self._catalog.snapshot():
            engine = self._engine(self._catalog.state())
            scope = None if documents is None else self._catalog.ids_of_documents(documents)
        return engine.search(terms, top_k, scope)

    def document_frequency(self, term: str) -> tuple[int, int]:
        """How many chunks hold the term, and how many there are."""
        with self._catalog.snapshot():
            engine = self._engine(self._catalog.state())
        return engine.document_frequency(term), len(engine.chunk_ids)

    @property
    def degraded(self) -> bool:
        """Whether the keyword folder of the current state is missing or damaged, and its engine was made in memory."""
        with self._catalog.snapshot():
            self._engine(self._catalog.state())
        return self._degraded

    def _engine(self, state: State) -> KeywordEngine:
        with self._lock:
            opened = self._opened
            if opened is not None and opened[0] == state.generation:
                return opened[1]
            folder = None if state.keyword_cache is None else self._catalog.index_dir / state.keyword_cache
            engine = None if folder is None else load_engine(folder)
            if opened is None or state.generation > opened[0]:
                self._degraded = folder is not None and engine is None
            if engine is None:
                if folder is not None:
                    logger.warning("%s is missing or damaged; made anew in memory", folder)
                engine = make_engine(self._catalog.terms())
            if opened is None or state.generation > opened[0]:
                self._opened = (state.generation, engine)
            return engine


def make_engine(rows: Sequence[tuple[str, str]]) -> KeywordEngine:
    r"""The engine of chunk ids with their stored terms, in the order given.

    >>> [hit for hit, _ in make_engine([("a:0-4", "研发\n投入"), ("b:0-2", "财政")]).search(["财政"], 5)]
    ['b:0-2']
    """
    bm25s = import_bm25s()
    chunk_ids = np.array([chunk_id.encode() for chunk_id, _ in rows], dtype=np.bytes_)
    vocabulary: dict[str, int] = {}
    numbered = [
        [vocabulary.setdefault(term, len(vocabulary)) for term in split_terms(stored)] for _, stored in rows
    ]
    if not vocabulary:
        return KeywordEngine(chunk_ids, None)
    bm25 = bm25s.BM25(k1=K1, b=B, method=METHOD)
    # bm25s would number the terms of plain lists in the order of a set, another one in every process
    bm25.index((numbered, vocabulary), create_empty_token=False, show_progress=False)
    return KeywordEngine(chunk_ids, bm25)


def write_keyword_cache(rows: Sequence[tuple[str, str]], published: Path) -> None:
    """Publishes the engine of chunk ids with their stored terms in a folder `published`."""
    engine = make_engine(rows)
    unfinished = unfinished_folder(published)
    np.save(unfinished / CHUNK_IDS_FILE, engine.chunk_ids)
    if engine.bm25 is not None:
        engine.bm25.save(unfinished, show_progress=False)
    seal(
        unfinished,
        items=len(engine.chunk_ids),
        terms=0 if engine.bm25 is None else len(engine.bm25.vocab_dict),
    )
    publish(unfinished, published)
    logger.info("keywords: %d chunks", len(engine.chunk_ids))


def load_engine(folder: Path) -> KeywordEngine | None:
    """The engine published in a folder, or None where that is missing or damaged."""
    bm25s = import_bm25s()
    facts = sealed_facts(folder)
    if facts is None:
        return None
    chunk_ids = np.load(folder / CHUNK_IDS_FILE, mmap_mode="r")
    bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False) if facts["terms"] else None
    return KeywordEngine(chunk_ids, bm25)


def import_bm25s() -> Any:  # noqa: ANN401
    """The library, which would else log every call to whoever logs anything."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


def rows_of_documents(chunk_ids: np.ndarray, document_ids: Collection[str]) -> np.ndarray:
    """For each of the sorted `document:start-end`, whether its document is among `document_ids`.

    >>> rows_of_documents(np.array([b"ab:0-9", b"ab:7-9", b"c:0-4"]), ["c"]).tolist()
    [False, False, True]
    """
    within = np.zeros(len(chunk_ids), dtype=bool)
    for document_id in document_ids:
        first, end = np.searchsorted(
            chunk_ids, np.array([f"{document_id}:", f"{document_id};"], dtype=np.bytes_)
        )
        within[first:end] = True
    return within
