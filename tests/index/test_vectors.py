"""Dense search equals exact search, with and without Chroma."""

import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_index import QUERIES, build_index, report_text, write_corpus

from fakes import FakeEmbedder
from policy_qa.index import vectors as searching
from policy_qa.index.catalog import Catalog
from policy_qa.index.chroma import COPY_PREFIX, OWNER_FILE, make_owned_folder, remove_abandoned_copies
from policy_qa.index.vectors import VectorIndex, best, rank_exactly

SUBJECTS = ("研发投入", "粮食", "水质", "轨道交通", "海棠湖")


@pytest.fixture(autouse=True)
def private_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    corpus = write_corpus(
        tmp_path / "corpus", {f"{subject}.txt": report_text(subject) for subject in SUBJECTS}
    )
    build_index(corpus, tmp_path / "index")
    return tmp_path / "index"


def oracle(catalog: Catalog, query: str, top_k: int) -> list[tuple[str, float]]:
    ids, matrix = catalog.all_vectors()
    scores = matrix.astype(float) @ FakeEmbedder().embed_query(query).astype(float)
    ranked = sorted(zip((-scores).round(6).tolist(), ids, strict=True))
    return [(chunk_id, -score) for score, chunk_id in ranked[:top_k]]


def cache_of(catalog: Catalog) -> Path:
    name = catalog.state().vector_cache
    assert name is not None
    return catalog.index_dir / name


@pytest.mark.parametrize("top_k", [1, 7, 1000])
def test_search_equals_exact_search(index_dir: Path, top_k: int) -> None:
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        for query in QUERIES:
            assert vectors.search(FakeEmbedder().embed_query(query), top_k) == oracle(catalog, query, top_k)
        assert not vectors.degraded


def test_the_candidates_come_from_chroma_and_their_scores_from_the_catalog(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MIN_CANDIDATES", 5)
    monkeypatch.setattr(Catalog, "all_vectors", None)
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        found = vectors.search(FakeEmbedder().embed_query(QUERIES[0]), 1)
    assert len(found) == 1


def test_a_scope_is_searched_exactly(index_dir: Path) -> None:
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        vector = FakeEmbedder().embed_query("水质改善")
        wanted = catalog.ids_of_documents({"粮食.txt", "水质.txt"})
        within = [hit for hit in oracle(catalog, "水质改善", 1000) if hit[0].split(":")[0] in wanted]
        assert vectors.search(vector, 1000, documents={"粮食.txt", "水质.txt"}) == within
        assert vectors.search(vector, 9, documents={"没有这份.txt"}) == []
        assert vectors.search(vector, 9, documents=set()) == []


def test_reading_leaves_the_published_folder_as_it_was(
    index_dir: Path, private_temporary_folder: Path
) -> None:
    def fingerprint() -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
            for path in index_dir.glob("*-*/**/*")
            if path.is_file()
        }

    before = fingerprint()
    assert before
    with (
        Catalog.open_for_reading(index_dir) as catalog,
        VectorIndex(catalog) as one,
        VectorIndex(catalog) as two,
    ):
        vector = FakeEmbedder().embed_query("粮食")
        assert one.search(vector, 5) == two.search(vector, 5)
        assert len(list(private_temporary_folder.glob(f"{COPY_PREFIX}*"))) == 2
    assert fingerprint() == before
    assert list(private_temporary_folder.iterdir()) == []


def delete_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def spoil_files(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00garbage" * 50)


def truncate_sqlite(folder: Path) -> None:
    path = folder / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [delete_folder, spoil_files, truncate_sqlite])
def test_a_damaged_cache_costs_no_answer_and_is_made_anew_without_embedding(
    index_dir: Path, tmp_path: Path, damage
) -> None:
    with Catalog.open_for_reading(index_dir) as catalog:
        expected = oracle(catalog, QUERIES[0], 7)
        damage(cache_of(catalog))
        with VectorIndex(catalog) as vectors:
            assert vectors.search(FakeEmbedder().embed_query(QUERIES[0]), 7) == expected
            assert vectors.degraded
            report = build_index(tmp_path / "corpus", index_dir)
            assert (report.embedded, report.changed, len(report.unchanged)) == (0, (), len(SUBJECTS))
            assert vectors.search(FakeEmbedder().embed_query(QUERIES[0]), 7) == expected
            assert not vectors.degraded


def test_a_candidate_that_is_not_live_is_dropped(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        (live, *_), _ = catalog.all_vectors()
        monkeypatch.setattr(VectorIndex, "_candidates", lambda *_: ["0123456789ab:0-60", live])
        assert [hit for hit, _ in vectors.search(FakeEmbedder().embed_query("粮食"), 5)] == [live]


def test_copies_of_killed_readers_are_removed_and_those_in_use_are_not(
    private_temporary_folder: Path,
) -> None:
    used, _ = make_owned_folder()
    abandoned = private_temporary_folder / f"{COPY_PREFIX}abandoned"
    abandoned.mkdir()
    (abandoned / OWNER_FILE).touch()
    (private_temporary_folder / f"{COPY_PREFIX}just-made").mkdir()
    remove_abandoned_copies()
    assert used.exists()
    assert not abandoned.exists()
    assert (private_temporary_folder / f"{COPY_PREFIX}just-made").exists()


def test_a_score_does_not_depend_on_its_neighbours() -> None:
    matrix = np.random.default_rng(3).normal(size=(3000, 384)).astype(np.float32)
    ids = [f"{row:05}" for row in range(3000)]
    together = dict(rank_exactly(ids, matrix, matrix[0], 3000))
    for rows in (slice(0, 1), slice(7, 2900, 3)):
        apart = rank_exactly(ids[rows], matrix[rows], matrix[0], 3000)
        assert all(together[chunk_id] == score for chunk_id, score in apart)


def test_equal_vectors_are_ranked_by_id_however_few_are_wanted() -> None:
    matrix = np.ones((50, 4), np.float32) / 2
    ids = [f"{row * 37 % 50:02}" for row in range(50)]
    assert [hit for hit, _ in rank_exactly(ids, matrix, matrix[0], 3)] == ["00", "01", "02"]


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(0, 40))
def test_best_is_the_head_of_the_full_ranking(scores: list[int], top_k: int) -> None:
    ids = [f"{row:02}" for row in range(len(scores))]
    full = sorted(((-score, chunk_id) for score, chunk_id in zip(scores, ids, strict=True)))
    expected = [(chunk_id, float(-score)) for score, chunk_id in full[:top_k]]
    assert best(ids, np.array(scores, dtype=float), top_k) == expected
