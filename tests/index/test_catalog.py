"""What readers see of an index, and when they refuse it."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from small_index import build_index, embedded_text, make_parts, report_text, split, write_corpus

from policy_qa.errors import IndexMismatchError, IndexMissingError, IndexUnusableError
from policy_qa.index.catalog import CATALOG_FILE, Catalog
from policy_qa.index.writer import vector_key
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    texts = {f"{subject}.txt": report_text(subject) for subject in ("研发投入", "粮食")}
    return write_corpus(tmp_path / "corpus", texts)


@pytest.fixture
def index_dir(corpus: Path, tmp_path: Path) -> Path:
    build_index(corpus, tmp_path / "index")
    return tmp_path / "index"


def test_the_catalog_gives_back_what_was_read(corpus: Path, index_dir: Path) -> None:
    with Catalog.open_for_reading(index_dir, make_parts().manifest) as catalog:
        expected = [read_document(read_source(found)) for found in find_sources(corpus).sources]
        assert [summary.name for summary in catalog.documents()] == [document.name for document in expected]
        for document, summary in zip(expected, catalog.documents(), strict=True):
            chunks = split(document)
            assert catalog.document(document.id) == document
            assert (summary.id, summary.title) == (document.id, document.meta.title)
            assert (summary.characters, summary.chunks) == (len(document.text), len(chunks))
            assert catalog.chunks_of(document.id) == chunks
            backwards = [chunk.id for chunk in reversed(chunks)]
            assert list(catalog.chunks(["没有:0-1", *backwards]).values()) == list(reversed(chunks))
            assert catalog.chunk(backwards[0]) == chunks[-1]
            ids, vectors = catalog.vectors(backwards)
            texts = {chunk.id: embedded_text(document, chunk) for chunk in chunks}
            assert ids == sorted(backwards)
            assert (
                vectors == make_parts().embedder.embed_passages([texts[chunk_id] for chunk_id in ids])
            ).all()


def test_what_is_not_held_is_none(index_dir: Path) -> None:
    with Catalog.open_for_reading(index_dir) as catalog:
        assert catalog.document("没有") is None
        assert catalog.chunk("没有:0-1") is None
        assert catalog.chunks([]) == {}
        assert catalog.vectors([])[1].shape == (0, 64)


def test_the_list_of_documents_holds_their_dates(tmp_path: Path) -> None:
    corpus = tmp_path / "reports.jsonl"
    corpus.write_text(
        '{"doc_id": "甲", "title": "公报", "text": "全文在此。", "date": "2024-02-29"}\n', encoding="utf-8"
    )
    build_index(corpus, tmp_path / "index")
    with Catalog.open_for_reading(tmp_path / "index") as catalog:
        assert [str(summary.issued_on) for summary in catalog.documents()] == ["2024-02-29"]


def test_a_missing_index_names_the_next_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="run `policy-qa build`"):
        Catalog.open_for_reading(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_other_settings_or_another_schema_are_refused(index_dir: Path) -> None:
    with pytest.raises(IndexMismatchError, match="chunk_size_chars"):
        Catalog.open_for_reading(index_dir, make_parts(chunk_size_chars=99).manifest)
    with closing(sqlite3.connect(index_dir / CATALOG_FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexMismatchError, match="schema is 99"):
        Catalog.open_for_reading(index_dir)


def test_an_index_of_another_schema_is_made_anew_by_a_build(corpus: Path, index_dir: Path) -> None:
    with closing(sqlite3.connect(index_dir / CATALOG_FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert len(build_index(corpus, index_dir).new) == 2
    with Catalog.open_for_reading(index_dir) as catalog:
        assert len(catalog.documents()) == 2


def test_a_file_that_is_no_catalog_is_refused(corpus: Path, index_dir: Path) -> None:
    for path in index_dir.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    (index_dir / CATALOG_FILE).write_bytes(b"garbage" * 500)
    with pytest.raises(IndexUnusableError, match="delete the folder"):
        Catalog.open_for_reading(index_dir)
    with pytest.raises(IndexUnusableError, match="delete the folder"):
        build_index(corpus, index_dir)


def test_an_empty_file_is_an_index_not_built_yet(corpus: Path, index_dir: Path) -> None:
    for path in index_dir.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    (index_dir / CATALOG_FILE).touch()
    with pytest.raises(IndexMissingError):
        Catalog.open_for_reading(index_dir)
    assert len(build_index(corpus, index_dir).new) == 2


def test_a_folder_that_cannot_be_made_is_named(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexUnusableError, match="cannot be written"):
        build_index(corpus, tmp_path / "file" / "index")


def test_reading_makes_no_file_of_its_own(index_dir: Path) -> None:
    def names() -> set[str]:
        return {path.name for path in index_dir.rglob("*")} - {f"{CATALOG_FILE}-wal", f"{CATALOG_FILE}-shm"}

    before = names()
    with Catalog.open_for_reading(index_dir) as catalog:
        catalog.documents()
        assert names() == before


def test_an_index_on_read_only_media_can_be_read(index_dir: Path) -> None:
    for path in index_dir.glob(f"{CATALOG_FILE}-*"):
        path.unlink()
    with closing(Catalog(index_dir, immutable=True)) as catalog:
        assert len(catalog.documents()) == 2
    assert not list(index_dir.glob(f"{CATALOG_FILE}-*"))


def test_a_snapshot_stands_still_while_a_build_goes_on(corpus: Path, index_dir: Path) -> None:
    with Catalog.open_for_reading(index_dir) as catalog:
        with catalog.snapshot():
            generation, documents = catalog.generation, catalog.documents()
            (corpus / "粮食.txt").unlink()
            build_index(corpus, index_dir)
            assert (catalog.generation, catalog.documents()) == (generation, documents)
            assert catalog.document(documents[-1].id) is not None
        assert catalog.generation > generation
        assert [summary.name for summary in catalog.documents()] == ["研发投入.txt"]
        assert catalog.document(documents[-1].id) is None


def test_an_index_deleted_and_built_anew_is_seen_by_who_has_it_open(corpus: Path, index_dir: Path) -> None:
    with Catalog.open_for_reading(index_dir) as catalog:
        generation = catalog.generation
        shutil.rmtree(index_dir)
        with pytest.raises(IndexMissingError):
            catalog.documents()
        (corpus / "粮食.txt").unlink()
        build_index(corpus, index_dir)
        assert [summary.name for summary in catalog.documents()] == ["研发投入.txt"]
        assert catalog.generation > generation


def test_threads_read_at_the_same_time(index_dir: Path) -> None:
    failures: list[object] = []
    with Catalog.open_for_reading(index_dir) as catalog:
        expected = [catalog.document(summary.id) for summary in catalog.documents()]

        def read() -> None:
            for _ in range(20):
                with catalog.snapshot():
                    read = [catalog.document(summary.id) for summary in catalog.documents()]
                if read != expected:
                    failures.append(read)

        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


def test_the_key_of_a_vector_is_that_of_its_text_and_model() -> None:
    keys = {vector_key(model, text) for model in ("e5", "bge") for text in ("研发", "投入")}
    assert len(keys) == 4
    assert vector_key("e5", "研发") in keys


def write_homes(folder: Path, homes: dict[str, str | None]) -> Path:
    """A corpus of documents called 〈year〉…, each about the place given, and of no place without one."""
    texts = {name: f"# {home or ''}{name[:5]}水利简报\n\n水位平稳。\n" for name, home in homes.items()}
    return write_corpus(folder, texts)


def test_the_home_of_most_documents_is_that_of_the_corpus(tmp_path: Path) -> None:
    def commonest(**homes: str | None) -> str | None:
        corpus = write_homes(tmp_path / "corpus", {f"{name}.txt": home for name, home in homes.items()})
        build_index(corpus, tmp_path / "index")
        with Catalog.open_for_reading(tmp_path / "index") as catalog:
            return catalog.commonest_home()

    assert commonest(甲="泉州市", 乙="漳州市", 丙="漳州市") == "漳州市"
    assert commonest(甲="泉州市", 乙="漳州市") == min("泉州市", "漳州市")  # of equals always the same one
    assert commonest(甲=None, 乙=None, 丙="漳州市") == "漳州市"
    assert commonest(甲=None) is None


def test_the_documents_about_places_and_years(tmp_path: Path) -> None:
    homes = {
        "2019年泉州.txt": "泉州市",
        "2020年泉州.txt": "泉州市",
        "2020年漳州.txt": "漳州市",
        "2020年.txt": None,
        "无年.txt": "漳州市",
    }
    build_index(write_homes(tmp_path / "corpus", homes), tmp_path / "index")
    with Catalog.open_for_reading(tmp_path / "index") as catalog:
        assert catalog.documents_about({"泉州市"}, ()) == {"2019年泉州.txt", "2020年泉州.txt"}
        assert catalog.documents_about({"泉州市", "漳州市"}, {2020}) == {"2020年泉州.txt", "2020年漳州.txt"}
        assert catalog.documents_about((), {2020, 2019}) == set(homes) - {"无年.txt"}
        assert catalog.documents_about({"南昌市"}, ()) == frozenset()
        assert catalog.documents_about({"泉州市"}, {2018}) == frozenset()
        assert catalog.documents_about((), ()) == set(homes)
