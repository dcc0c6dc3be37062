"""A build makes the index equal to the corpus, and does no more than it must."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_index import (
    build_index,
    content,
    count_vectors,
    make_parts,
    report_text,
    split,
    write_corpus,
)

from fakes import FakeEmbedder
from policy_qa.errors import SourceError
from policy_qa.index.build import build
from policy_qa.index.catalog import Catalog
from policy_qa.index.keywords import KeywordIndex
from policy_qa.index.vectors import VectorIndex
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source

TEXTS = {f"{subject}.txt": report_text(subject) for subject in ("研发投入", "粮食", "水质")}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", TEXTS)


def test_new_changed_gone_and_unchanged_are_told_apart(corpus: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    first = build_index(corpus, index_dir)
    assert (first.new, first.changed, first.gone, first.unchanged) == (tuple(sorted(TEXTS)), (), (), ())
    assert first.embedded == first.chunks == len(content(index_dir).chunks)
    write_corpus(
        corpus, {"研发投入.txt": TEXTS["研发投入.txt"], "水质.txt": report_text("水质", range(2015, 2024))}
    )
    (corpus / "新材料.txt").write_text(report_text("新材料"), encoding="utf-8")
    second = build_index(corpus, index_dir)
    assert (second.new, second.changed, second.gone, second.unchanged) == (
        ("新材料.txt",),
        ("水质.txt",),
        ("粮食.txt",),
        ("研发投入.txt",),
    )
    build_index(corpus, tmp_path / "fresh")
    assert content(index_dir) == content(tmp_path / "fresh")


def test_nothing_changed_is_nothing_done(corpus: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_index(corpus, index_dir)
    files = {path: path.stat().st_mtime_ns for path in index_dir.rglob("*.npy")}
    with Catalog.open_for_reading(index_dir) as catalog:
        generation = catalog.generation
        parts = make_parts()
        report = build_index(corpus, index_dir, parts)
        assert catalog.generation == generation
    assert (report.new, report.changed, report.gone, report.embedded) == ((), (), (), 0)
    assert parts.embedder.embedded == []
    assert {path: path.stat().st_mtime_ns for path in index_dir.rglob("*.npy")} == files


def test_only_texts_that_are_new_are_embedded_and_the_rest_is_forgotten(corpus: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    before = build_index(corpus, index_dir)
    text = TEXTS["粮食.txt"]
    (corpus / "粮食.txt").write_text(
        text + "\n另有一项新的措施，专门支持丘陵地区的农业机械研究。\n", encoding="utf-8"
    )
    parts = make_parts()
    report = build_index(corpus, index_dir, parts)
    assert 0 < report.embedded < 4
    assert len(parts.embedder.embedded) == report.embedded
    assert count_vectors(index_dir) == report.chunks
    assert report.chunks <= before.chunks + 1


def test_a_file_moved_to_another_name_is_not_embedded_again(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"旧.txt": TEXTS["粮食.txt"]})
    build_index(corpus, tmp_path / "index")
    (corpus / "旧.txt").rename(corpus / "新.txt")
    report = build_index(corpus, tmp_path / "index")
    assert (report.new, report.gone, report.embedded) == (("新.txt",), ("旧.txt",), 0)


def test_two_files_of_one_text_are_two_documents(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"甲.txt": TEXTS["粮食.txt"], "乙.txt": TEXTS["粮食.txt"]})
    report = build_index(corpus, tmp_path / "index")
    assert report.chunks == 2 * report.embedded
    (corpus / "甲.txt").unlink()
    build_index(corpus, tmp_path / "index")
    assert [name for name, *_ in content(tmp_path / "index").documents] == ["乙.txt"]


def test_an_unreadable_file_is_reported_and_its_old_version_is_out(corpus: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_index(corpus, index_dir)
    (corpus / "粮食.txt").write_bytes(b"\xff\x81\x00\xff" * 9)
    report = build_index(corpus, index_dir)
    assert [name for name, _ in report.failed] == ["粮食.txt"]
    assert "粮食.txt" in report.failed[0][1]
    assert (report.gone, report.unchanged) == ((), ("水质.txt", "研发投入.txt"))
    assert [name for name, *_ in content(index_dir).documents] == ["水质.txt", "研发投入.txt"]
    (corpus / "粮食.txt").write_text(TEXTS["粮食.txt"], encoding="utf-8")
    assert build_index(corpus, index_dir).new == ("粮食.txt",)


def test_what_is_no_document_is_told(corpus: Path, tmp_path: Path) -> None:
    (corpus / "README.md").write_text("说明", encoding="utf-8")
    (corpus / "表.xlsx").write_bytes(b"PK")
    report = build_index(corpus, tmp_path / "index")
    assert report.skipped == (("README.md", "not a document"), ("表.xlsx", "unsupported ending"))


def test_a_document_that_cannot_be_cleaned_fails_alone(corpus: Path, tmp_path: Path) -> None:
    def clean(source):
        if source.name == "水质.txt":
            raise SourceError(source.name, "水质.txt cannot be cleaned")
        return read_document(source)

    report = build_index(corpus, tmp_path / "index", replace(make_parts(), clean=clean))
    assert report.failed == (("水质.txt", "水质.txt cannot be cleaned"),)
    assert report.new == ("研发投入.txt", "粮食.txt")


def test_other_settings_are_carried_out_instead_of_refused(corpus: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_index(corpus, index_dir)

    def split_less(document):
        return split(document)[:2]

    report = build_index(corpus, index_dir, replace(make_parts(chunk_size_chars=61), split=split_less))
    assert (report.changed, report.chunks, report.embedded) == (tuple(sorted(TEXTS)), 6, 0)
    other = FakeEmbedder("fake-other", 32)
    report = build_index(corpus, index_dir, make_parts(other))
    assert report.embedded == report.chunks == count_vectors(index_dir)
    with (
        Catalog.open_for_reading(index_dir, make_parts(other).manifest) as catalog,
        VectorIndex(catalog) as vectors,
    ):
        assert len(vectors.search(other.embed_query("粮食"), 3)) == 3


def test_code_that_reads_the_same_changes_nothing_but_the_manifest(corpus: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_index(corpus, index_dir)
    with Catalog.open_for_reading(index_dir) as catalog:
        state = catalog.state()
        report = build_index(corpus, index_dir, make_parts(reading="2"))
        assert (len(report.unchanged), report.changed, report.embedded) == (3, (), 0)
        assert catalog.state() == replace(state, manifest=make_parts(reading="2").manifest)
    reread: list[str] = []
    parts = make_parts(reading="2")
    build_index(
        corpus, index_dir, replace(parts, read=lambda found: reread.append(found.name) or read_source(found))
    )
    assert reread == []


def test_an_empty_corpus_is_an_index_that_finds_nothing(corpus: Path, tmp_path: Path) -> None:
    for index_dir, gone in ((tmp_path / "never", 0), (tmp_path / "once", 3)):
        if gone:
            build_index(corpus, index_dir)
        write_corpus(corpus, {})
        assert len(build_index(corpus, index_dir).gone) == gone
        with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
            keywords = KeywordIndex(catalog)
            assert catalog.documents() == []
            assert vectors.search(FakeEmbedder().embed_query("粮食"), 5) == []
            assert keywords.search(["粮食"], 5) == []
            assert not vectors.degraded
            assert not keywords.degraded
        write_corpus(corpus, TEXTS)
    assert len(build_index(corpus, tmp_path / "once").new) == 3


def test_only_the_caches_of_this_state_and_the_one_before_are_kept(corpus: Path, tmp_path: Path) -> None:
    for year in range(2010, 2014):
        (corpus / "粮食.txt").write_text(report_text("粮食", range(year, 2024)), encoding="utf-8")
        build_index(corpus, tmp_path / "index")
    folders = sorted(path.name.split("-")[0] for path in (tmp_path / "index").iterdir() if path.is_dir())
    assert folders == ["chroma", "chroma", "keywords", "keywords"]


def test_progress_tells_every_stage_to_its_end(corpus: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(find_sources(corpus), tmp_path / "index", make_parts(), lambda *progress: told.append(progress))
    last = {stage: (done, total) for stage, done, total in told}
    assert list(last) == ["read", "embed", "write"]
    assert all(done == total > 0 for done, total in last.values())
    assert [done for stage, done, _ in told if stage == "read"] == [1, 2, 3]


def test_names_are_composed_however_the_system_spells_them(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"cafe\u0301报告.txt": TEXTS["粮食.txt"]})
    assert build_index(corpus, tmp_path / "index").new == ("caf\u00e9报告.txt",)
    with Catalog.open_for_reading(tmp_path / "index") as catalog:
        assert [summary.name for summary in catalog.documents()] == ["caf\u00e9报告.txt"]


def test_small_changes_change_the_chroma_folder_and_many_make_it_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    texts = {f"报告{number}.txt": report_text(f"第{number}项工作") for number in range(8)}
    corpus = write_corpus(tmp_path / "corpus", texts)
    caplog.set_level("INFO", logger="policy_qa.index.chroma")
    index_dir = tmp_path / "index"
    put = []
    for number in range(5):
        (corpus / f"报告{number}.txt").write_text(report_text(f"新的第{number}项"), encoding="utf-8")
        report = build_index(corpus, index_dir)
        put.append(caplog.records[-1].args[1] == report.chunks)
        caplog.clear()
    assert put[0]
    assert not put[1]
    assert any(put[2:])
    build_index(corpus, tmp_path / "fresh")
    assert content(index_dir) == content(tmp_path / "fresh")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(0, 3), max_size=4), min_size=1, max_size=4
    )
)
def test_any_history_ends_like_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict]
) -> None:
    place = tmp_path_factory.mktemp("history")
    for texts in history:
        corpus = write_corpus(
            place / "corpus",
            {
                f"{name}.txt": report_text(f"{name}类", range(2018 + year, 2024))
                for name, year in texts.items()
            },
        )
        build_index(corpus, place / "index")
    build_index(corpus, place / "fresh")
    assert content(place / "index") == content(place / "fresh")
