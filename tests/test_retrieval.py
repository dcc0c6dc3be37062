from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fakes import FakeEmbedder
from policy_qa.config import load_settings
from policy_qa.retrieval import Retriever, reciprocal_rank_fusion
from policy_qa.types import Chunk, Question, Span
from policy_qa.understanding import Query

RANKING = st.lists(st.sampled_from("甲乙丙丁戊"), unique=True).map(lambda ids: [(name, 1.0) for name in ids])


def test_ranks_count_and_scores_do_not() -> None:
    fused = reciprocal_rank_fusion([(2, [("甲", 0.9), ("乙", 0.1)]), (1, [("乙", 99.0), ("丙", 98.0)])], k=10)
    assert fused == [("乙", 2 / 12 + 1 / 11), ("甲", 2 / 11), ("丙", 1 / 12)]


def test_ties_are_broken_by_id() -> None:
    assert [name for name, _ in reciprocal_rank_fusion([(1, [("b", 1.0)]), (1, [("a", 1.0)])], k=60)] == [
        "a",
        "b",
    ]


@given(RANKING, RANKING)
def test_every_id_once_best_first(left: list[tuple[str, float]], right: list[tuple[str, float]]) -> None:
    fused = reciprocal_rank_fusion([(1, left), (1, right)], k=10)
    assert sorted(name for name, _ in fused) == sorted({name for name, _ in left + right})
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


@dataclass
class Scripted:
    """A search that finds what it is told, and notes the scope it was asked for."""

    found: list[tuple[str, float]]
    asked: list[frozenset[str] | None]

    def search(self, _: object, top_k: int, *, documents: frozenset[str] | None) -> list[tuple[str, float]]:
        self.asked.append(documents)
        return self.found[:top_k]


def test_a_hit_carries_the_ranks_of_both_legs_and_ghosts_are_dropped() -> None:
    scope = frozenset({"甲.md"})
    asked: list[frozenset[str] | None] = []
    chunks = {name: Chunk(name, Span(0, 1), ()) for name in "ab"}
    retriever = Retriever(
        FakeEmbedder().embed_query,
        Scripted([("a", 0.8), ("ghost", 0.7)], asked),
        Scripted([("b", 3.0), ("a", 2.0)], asked),
        lambda ids: {name: chunks[name] for name in ids if name in chunks},
        load_settings(),
    )
    query = Query(Question("研发?", documents=scope), "研发?", "statement", ("研发",), ("研发",), {}, ())
    first, second = retriever.retrieve(query, 10)
    assert (first.chunk.document_id, first.dense_rank, first.keyword_rank) == ("a", 1, 2)
    assert (second.chunk.document_id, second.dense_rank, second.keyword_score) == ("b", None, 3.0)
    assert asked == [scope, scope]
    assert isinstance(FakeEmbedder().embed_query("研发"), np.ndarray)


def test_other_words_are_looked_for_near_the_meaning_that_is_given() -> None:
    embedded: list[str] = []

    def embed(text: str) -> np.ndarray:
        embedded.append(text)
        return np.zeros(2)

    searched: list[object] = []

    class Noting(Scripted):
        def search(self, wanted: object, top_k: int, **_: object) -> list[tuple[str, float]]:
            searched.append(wanted)
            return []

    retriever = Retriever(embed, Scripted([], []), Noting([], []), lambda _ids: {}, load_settings())
    query = Query(Question("各市渡口"), "各市渡口", "statement", ("渡口",), ("渡口",), {}, ())
    assert retriever.retrieve(query, 10, meaning="渡口最多的是哪个市") == ()
    assert retriever.retrieve(query, 10) == ()
    assert embedded == ["渡口最多的是哪个市", "各市渡口"]
    assert searched == [("渡口",), ("渡口",)]
