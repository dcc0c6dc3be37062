"""A small corpus on disk, its builds, in this process or in one that is killed, and what an index then holds."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from fakes import FakeEmbedder, fake_terms
from policy_qa.figures.extract import extract_figures
from policy_qa.index import build as building
from policy_qa.index.build import BuildReport, Parts, build
from policy_qa.index.catalog import CATALOG_FILE, Catalog
from policy_qa.index.keywords import KeywordIndex
from policy_qa.index.manifest import Manifest
from policy_qa.index.vectors import VectorIndex
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.types import Chunk, Document, Span

if TYPE_CHECKING:
    from pathlib import Path

CHUNK_CHARS = 60
QUERIES = ("研发投入强度是多少", "粮食产量增长", "海棠湖的水质", "轨道交通里程")

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["small_index", "chromadb", "bm25s"])


def report_text(subject: str, years: range = range(2016, 2024)) -> str:
    """An invented report of about 80 characters a year."""
    lines = [
        f"{year}年，{subject}工作稳步推进，全年完成投资{year % 97}.{year % 7}亿元，比上年增长{year % 13}.{year % 9}%，"
        f"新建{subject}项目{year % 31}个，{subject}覆盖面达到{60 + year % 23}%。"
        for year in years
    ]
    return f"# {subject}情况报告\n\n" + "\n\n".join(lines) + "\n"


def write_corpus(folder: Path, texts: dict[str, str]) -> Path:
    """The folder, holding these files and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def split(document: Document) -> tuple[Chunk, ...]:
    """Pieces of `CHUNK_CHARS` characters."""
    ends = range(0, len(document.text), CHUNK_CHARS)
    return tuple(
        Chunk(document.id, Span(start, min(start + CHUNK_CHARS, len(document.text))), (document.meta.title,))
        for start in ends
    )


def embedded_text(document: Document, chunk: Chunk) -> str:
    """Title and text."""
    return f"{document.meta.title}\n{chunk.span.of(document.text)}"


def make_parts(embedder: FakeEmbedder | None = None, **changes: Any) -> Parts:
    """The parts of a build; `changes` are fields of the manifest."""
    embedder = embedder or FakeEmbedder()
    manifest = Manifest(
        **{
            "embedder": embedder.name,
            "dimensions": embedder.dimensions,
            "segmenter": "bigrams",
            "chunk_size_chars": CHUNK_CHARS,
            "chunk_overlap_chars": 0,
            "reading": "1",
        }
        | changes
    )
    return Parts(
        read_source, read_document, split, extract_figures, embedded_text, fake_terms, embedder, manifest
    )


def build_index(corpus: Path, index_dir: Path, parts: Parts | None = None) -> BuildReport:
    """The report of a build of the corpus folder."""
    return build(find_sources(corpus), index_dir, parts or make_parts())


def build_until(corpus: Path, index_dir: Path, last_step: int) -> None:
    """Builds, and ends by SIGKILL at the step of that number (from 0)."""
    steps = 0

    def step(name: str) -> None:
        nonlocal steps
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1

    building.step = step
    building.VECTORS_PER_COMMIT = 8
    build_index(corpus, index_dir)


def run_killed_at(corpus: Path, index_dir: Path, last_step: int) -> int:
    """The exit code of a process that builds and kills itself at a step; 0 where it has no such step."""
    process = PROCESSES.Process(target=build_until, args=(corpus, index_dir, last_step))
    process.start()
    process.join()
    return exit_code(process)


def run_killed_after(corpus: Path, index_dir: Path, seconds: float) -> int:
    """The exit code of a process that builds and is killed after some time; 0 where it was done before."""
    process = PROCESSES.Process(target=build_until, args=(corpus, index_dir, -1))
    process.start()
    wait([process.sentinel], timeout=seconds)
    process.kill()
    process.join()
    return exit_code(process)


def exit_code(process: Any) -> int:
    code = process.exitcode
    process.close()
    return code


@dataclass(frozen=True)
class Content:
    """All that an index holds and finds, without what two builds of one corpus may differ in (numbers, times)."""

    documents: list[Any]
    chunks: list[Any]
    read: list[Document]
    dense: list[Any]
    keywords: list[Any]


def search_all(catalog: Catalog, vectors: VectorIndex, keywords: KeywordIndex) -> tuple[list[Any], list[Any]]:
    """What both searches find for some queries."""
    embedder = FakeEmbedder(dimensions=catalog.state().manifest.dimensions)
    return (
        [vectors.search(embedder.embed_query(query), 10) for query in QUERIES],
        [keywords.search(fake_terms(query), 10) for query in QUERIES],
    )


def content(index_dir: Path, *, sound: bool = True) -> Content:
    """The content of the index, read as every reader does; its caches must be sound unless told otherwise."""
    with Catalog.open_for_reading(index_dir) as catalog, VectorIndex(catalog) as vectors:
        keywords = KeywordIndex(catalog)
        dense, found = search_all(catalog, vectors, keywords)
        assert (vectors.degraded or keywords.degraded) is not sound
        with catalog.snapshot() as connection:
            documents = connection.execute("SELECT * FROM documents ORDER BY name").fetchall()
            chunks = connection.execute(
                "SELECT c.id, document_id, ordinal, start, end, heading_path, terms, key, vector "
                "FROM chunks AS c LEFT JOIN vectors AS v ON v.id = vector_id ORDER BY c.id"
            ).fetchall()
        read = [catalog.document(summary.id) for summary in catalog.documents()]
    assert all(None not in row for row in chunks)
    return Content(documents, chunks, read, dense, found)


def count_vectors(index_dir: Path) -> int:
    """The number of vectors kept, live or not."""
    with closing(sqlite3.connect(index_dir / CATALOG_FILE)) as connection:
        return connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
