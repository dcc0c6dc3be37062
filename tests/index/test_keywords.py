"""Keyword search is BM25 over the stored terms, the same from memory and from a folder."""

import math
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_index import build_index, report_text, write_corpus

from fakes import fake_terms
from policy_qa.index.catalog import Catalog
from policy_qa.index.keywords import (
    KeywordIndex,
    load_engine,
    make_engine,
    rows_of_documents,
    write_keyword_cache,
)

WORDS = ["研发", "投入", "粮食", "产量", "1.8%"]
rows_of_terms = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=1, max_size=12)


def rows(chunks: list[list[str]]) -> list[tuple[str, str]]:
    return [(f"d{number:02}:0-9", "\n".join(terms)) for number, terms in enumerate(chunks)]


def plain_bm25(chunks: list[list[str]], query: list[str]) -> dict[str, float]:
    """The formula of Lucene without its constant factor, chunk by chunk."""
    mean = sum(map(len, chunks)) / len(chunks)
    scores = {}
    for number, terms in enumerate(chunks):
        counts = Counter(terms)
        score = 0.0
        for term in query:
            holding = sum(term in other for other in chunks)
            idf = math.log(1 + (len(chunks) - holding + 0.5) / (holding + 0.5))
            if counts[term]:
                score += idf * counts[term] / (counts[term] + 1.2 * (0.25 + 0.75 * len(terms) / mean))
        if score > 0:
            scores[f"d{number:02}:0-9"] = score
    return scores


@settings(deadline=None)
@given(rows_of_terms, st.lists(st.sampled_from([*WORDS, "海洋"]), max_size=5))
def test_scores_are_those_of_the_formula_without_zeros(chunks: list[list[str]], query: list[str]) -> None:
    found = dict(make_engine(rows(chunks)).search(query, 100))
    assert found == pytest.approx(plain_bm25(chunks, query), rel=1e-4)


def test_ties_are_ranked_by_id_when_there_are_more_than_wanted() -> None:
    engine = make_engine(rows([["粮食", "产量"]] * 30 + [["研发"]]))
    assert [hit for hit, _ in engine.search(["粮食"], 4)] == [f"d{number:02}:0-9" for number in range(4)]
    assert engine.search(["没有这个词"], 4) == []
    assert engine.search([], 4) == []


def test_nothing_to_search_is_nothing_found(tmp_path: Path) -> None:
    for number, empty in enumerate(([], rows([[], []]))):
        assert make_engine(empty).search(["研发"], 5) == []
        folder = tmp_path / f"keywords-{number}"
        write_keyword_cache(empty, folder)
        engine = load_engine(folder)
        assert engine is not None
        assert engine.search(["研发"], 5) == []


def test_the_folder_finds_what_memory_finds(tmp_path: Path) -> None:
    made = rows([["研发", "投入"], ["研发"], ["粮食"] * 3])
    write_keyword_cache(made, tmp_path / "keywords-1")
    loaded = load_engine(tmp_path / "keywords-1")
    assert loaded is not None
    for query in (["研发"], ["粮食", "投入"]):
        assert loaded.search(query, 5) == make_engine(made).search(query, 5)


@given(
    st.lists(st.sampled_from(["a", "ab", "b", "c0"]), max_size=9),
    st.sets(st.sampled_from(["a", "ab", "b", "zz"])),
)
def test_rows_of_documents_are_those_whose_id_begins_so(documents: list[str], wanted: set[str]) -> None:
    chunk_ids = sorted(f"{document}:{at}-{at + 5}" for at, document in enumerate(documents))
    within = rows_of_documents(
        np.array([chunk_id.encode() for chunk_id in chunk_ids], dtype=np.bytes_), wanted
    )
    assert within.tolist() == [chunk_id.split(":")[0] in wanted for chunk_id in chunk_ids]


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    texts = {f"{subject}.txt": report_text(subject) for subject in ("研发投入", "粮食", "水质")}
    build_index(write_corpus(tmp_path / "corpus", texts), tmp_path / "index")
    return tmp_path / "index"


def test_a_scope_keeps_the_scores_and_drops_the_others(index_dir: Path) -> None:
    with Catalog.open_for_reading(index_dir) as catalog:
        keywords = KeywordIndex(catalog)
        terms = fake_terms("粮食项目投资")
        wanted = catalog.ids_of_documents({"粮食.txt"})
        everywhere = keywords.search(terms, 1000)
        within = [hit for hit in everywhere if hit[0].split(":")[0] in wanted]
        assert 0 < len(within) < len(everywhere)
        assert keywords.search(terms, 1000, documents={"粮食.txt"}) == within
        assert keywords.search(terms, 1000, documents={"没有这份.txt"}) == []


@pytest.mark.parametrize("file", ["data.csc.index.npy", "vocab.index.json", "chunk_ids.npy", None])
def test_a_damaged_folder_costs_no_answer_and_is_made_anew(
    index_dir: Path, tmp_path: Path, file: str | None
) -> None:
    with Catalog.open_for_reading(index_dir) as catalog:
        name = catalog.state().keyword_cache
        assert name is not None
        terms = fake_terms("粮食项目投资")
        expected = KeywordIndex(catalog).search(terms, 9)
        if file is None:
            shutil.rmtree(index_dir / name)
        else:
            (index_dir / name / file).write_bytes(b"\x93NUMPY garbage")
        keywords = KeywordIndex(catalog)
        assert keywords.search(terms, 9) == expected
        assert keywords.degraded
        assert build_index(tmp_path / "corpus", index_dir).embedded == 0
        assert keywords.search(terms, 9) == expected
        assert not keywords.degraded
