"""Readers in other processes while builds go on."""

from pathlib import Path

import pytest
from small_index import PROCESSES, build_index, report_text, write_corpus

from fakes import FakeEmbedder, fake_terms
from policy_qa.index.catalog import Catalog
from policy_qa.index.keywords import KeywordIndex
from policy_qa.index.vectors import VectorIndex

SHARED = {f"{subject}.txt": report_text(subject) for subject in ("研发投入", "粮食")}
CORPORA = [SHARED | {f"第{turn}轮.txt": report_text(f"第{turn}轮工作")} for turn in range(6)]


def read_until(index_dir: Path, stop, reading, seen) -> None:
    """Searches until told to stop; puts the names that were held and found together, each once."""
    states = []
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        keywords = KeywordIndex(catalog)
        while not stop.is_set() or len(states) < 1:
            with catalog.snapshot():
                names = {summary.id: summary.name for summary in catalog.documents()}
                dense = vectors.search(FakeEmbedder().embed_query("轮工作"), 1000)
                words = keywords.search(fake_terms("轮工作"), 1000)
                found = {names.get(hit.split(":")[0]) for hit, _ in dense + words}
            state = (sorted(names.values()), None in found, len(found), vectors.degraded or keywords.degraded)
            if state not in states:
                states.append(state)
            reading.set()
    seen.put(states)


def test_two_readers_see_whole_states_while_builds_go_on(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", CORPORA[0])
    build_index(corpus, tmp_path / "index")
    stop, seen = PROCESSES.Event(), PROCESSES.SimpleQueue()
    started = [PROCESSES.Event() for _ in range(2)]
    readers = [
        PROCESSES.Process(target=read_until, args=(tmp_path / "index", stop, event, seen))
        for event in started
    ]
    for reader in readers:
        reader.start()
    assert all(event.wait(60) for event in started)
    for texts in CORPORA[1:]:
        write_corpus(corpus, texts)
        build_index(corpus, tmp_path / "index")
    stop.set()
    allowed = [(sorted(texts), False, 3, False) for texts in CORPORA]
    for reader in readers:
        states = seen.get()
        assert states[0] in allowed
        assert all(state in allowed for state in states), states
        reader.join()
        assert reader.exitcode == 0
        reader.close()


def test_a_reader_finds_what_a_build_added_and_forgets_what_it_removed(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", CORPORA[0])
    build_index(corpus, tmp_path / "index")
    with Catalog.open_for_reading(tmp_path / "index") as catalog, VectorIndex(catalog) as vectors:
        keywords = KeywordIndex(catalog)
        for number, texts in enumerate(CORPORA[:3]):
            write_corpus(corpus, texts)
            build_index(corpus, tmp_path / "index")
            (wanted,) = [one for one in catalog.documents() if one.name == f"第{number}轮.txt"]
            query = f"第{number}轮工作情况报告"
            dense = vectors.search(FakeEmbedder().embed_query(query), 1)
            words = keywords.search(fake_terms(query), 1)
            assert {hit.split(":")[0] for hit, _ in dense + words} == {wanted.id}


@pytest.mark.parametrize("top_k", [1, 5])
def test_the_answers_of_two_processes_are_the_same(tmp_path: Path, top_k: int) -> None:
    corpus = write_corpus(tmp_path / "corpus", CORPORA[0])
    build_index(corpus, tmp_path / "index")
    results = PROCESSES.SimpleQueue()
    process = PROCESSES.Process(target=search_once, args=(tmp_path / "index", top_k, results))
    process.start()
    found = results.get()
    process.join()
    process.close()
    with Catalog.open_for_reading(tmp_path / "index") as catalog, VectorIndex(catalog) as vectors:
        assert vectors.search(FakeEmbedder().embed_query("粮食"), top_k) == found


def search_once(index_dir: Path, top_k: int, results) -> None:
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        results.put(vectors.search(FakeEmbedder().embed_query("粮食"), top_k))
