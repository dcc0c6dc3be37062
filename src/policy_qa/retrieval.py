"""Finding the chunks a question may be answered from: dense and keyword search, fused by rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from policy_qa.types import Chunk, Hit

if TYPE_CHECKING:
    import numpy as np

    from policy_qa.config import Settings
    from policy_qa.types import Question
    from policy_qa.understanding import Query

Ranking = Sequence[tuple[str, float]]
"""Chunk ids with their scores, best first, ties by id."""


class DenseSearch(Protocol):
    """The nearest chunks to a vector."""

    def search(self, vector: np.ndarray, top_k: int, *, documents: frozenset[str] | None) -> Ranking:
        """The `top_k` nearest chunks of the documents in scope (None: all)."""
        ...


class KeywordSearch(Protocol):
    """The best chunks for keyword terms, without those that score nothing."""

    def search(self, terms: Sequence[str], top_k: int, *, documents: frozenset[str] | None) -> Ranking:
        """The `top_k` best chunks of the documents in scope (None: all)."""
        ...


class Retrieve(Protocol):
    """The best chunks for a question, of as many documents as are in its scope."""

    def __call__(self, question: Question, top_k: int, *, meaning: str | None = None) -> tuple[Hit, ...]:
        """The `top_k` best chunks, best first: of the question's words, and near in meaning to it, or to `meaning`.

        Other words for what was asked already are found by these words; to embed them too would take as long as the answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Retriever:
    """Dense and keyword search over one state of the index."""

    embed_query: Callable[[str], np.ndarray]
    dense: DenseSearch
    keywords: KeywordSearch
    chunks: Callable[[Sequence[str]], Mapping[str, Chunk]]
    settings: Settings

    def retrieve(self, query: Query, top_k: int, *, meaning: str | None = None) -> tuple[Hit, ...]:
        """The `top_k` best chunks of the documents in scope, best first, ties by chunk id; near in meaning to `meaning`, if given."""
        settings, scope = self.settings, query.question.documents
        vector = self.embed_query(query.text if meaning is None else meaning)
        dense = self.dense.search(vector, max(settings.dense_candidates, top_k), documents=scope)
        keyword = self.keywords.search(query.terms, max(settings.keyword_candidates, top_k), documents=scope)
        fused = reciprocal_rank_fusion(
            [(settings.dense_weight, dense), (settings.keyword_weight, keyword)], k=settings.rrf_k
        )[:top_k]
        chunks = self.chunks([chunk_id for chunk_id, _ in fused])
        dense_at = {chunk_id: (rank, score) for rank, (chunk_id, score) in enumerate(dense, start=1)}
        keyword_at = {chunk_id: (rank, score) for rank, (chunk_id, score) in enumerate(keyword, start=1)}
        nowhere = (None, None)
        return tuple(
            Hit(chunks[chunk_id], score, *dense_at.get(chunk_id, nowhere), *keyword_at.get(chunk_id, nowhere))
            for chunk_id, score in fused
            if chunk_id in chunks
        )


def reciprocal_rank_fusion(rankings: Sequence[tuple[float, Ranking]], *, k: int) -> list[tuple[str, float]]:
    """Ids with the sum of `weight / (k + rank)` over the rankings that hold them, best first, ties by id.

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods", SIGIR 2009. Ranks count from 1; a ranking must not hold hits that score nothing.

    >>> reciprocal_rank_fusion([(1, [("甲", 0.9), ("乙", 0.8)]), (1, [("乙", 7.0)])], k=1)
    [('乙', 0.8333333333333333), ('甲', 0.5)]
    """
    scores: dict[str, float] = {}
    for weight, ranking in rankings:
        for rank, (chunk_id, _) in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def best_of_others(hits: Sequence[Hit], further: Sequence[Hit]) -> tuple[Hit, ...]:
    """The first of the further hits of each document of which there is none among the hits."""
    known = {hit.chunk.document_id for hit in hits}
    first = {hit.chunk.document_id: hit for hit in reversed(further)}
    return tuple(
        hit for hit in further if hit is first[hit.chunk.document_id] and hit.chunk.document_id not in known
    )
