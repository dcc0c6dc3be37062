"""The truth of an index, written: by one process, whose whole build becomes visible with one commit."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policy_qa.figures.surroundings import year_of
from policy_qa.index.catalog import BUSY_TIMEOUT_S, CATALOG_FILE, TABLES, State, read_state
from policy_qa.index.manifest import SCHEMA
from policy_qa.index.packed import figure_row
from policy_qa.index.serialisation import join_terms, pack_document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from policy_qa.figures.figure import Figure
    from policy_qa.index.packed import FigureRow
    from policy_qa.types import Chunk, Document

logger = logging.getLogger(__name__)

KEY_BYTES = 16
SQLITE_FILES = (CATALOG_FILE, f"{CATALOG_FILE}-wal", f"{CATALOG_FILE}-shm")


@dataclass(frozen=True, slots=True)
class ChunkEntry:
    """A chunk with what the index adds to it: the key of its embedded text, and its terms as they are stored."""

    chunk: Chunk
    vector_key: bytes
    terms: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as the catalog holds it. `source` stands for the file it was read from."""

    document: Document
    source: str
    chunks: tuple[ChunkEntry, ...]
    figures: tuple[FigureRow, ...]
    packed: bytes
    content: bytes

    @classmethod
    def of(
        cls, document: Document, source: str, chunks: tuple[ChunkEntry, ...], figures: Iterable[Figure]
    ) -> DocumentEntry:
        """The entry of a document; `content` is the same for the same text, blocks, chunks, terms, vectors and figures."""
        rows = tuple(figure_row(figure, ordinal) for ordinal, figure in enumerate(figures))
        packed = pack_document(document)
        digest = hashlib.blake2b(document.id.encode() + packed, digest_size=KEY_BYTES)
        for entry in chunks:
            digest.update(f"\n{entry.chunk.id}\n{entry.chunk.heading_path}\n{entry.terms}\n".encode())
            digest.update(entry.vector_key)
        for *_, figure in rows:
            digest.update(figure.encode())
        return cls(document, source, chunks, rows, packed, digest.digest())


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalog holds under a name: the file it was read from, and what came of it."""

    source: str
    content: bytes


def vector_key(embedder: str, text: str) -> bytes:
    """The key of the vector that `embedder` makes of `text`: the same text is never embedded twice."""
    return hashlib.blake2b(f"{embedder}\n{text}".encode(), digest_size=KEY_BYTES).digest()


def chunk_entry(chunk: Chunk, embedder: str, text: str, terms: Iterable[str]) -> ChunkEntry:
    """The entry of a chunk whose embedded text is `text`."""
    return ChunkEntry(chunk, vector_key(embedder, text), join_terms(terms))


class CatalogWriter:
    """Write access to the catalog, for the holder of the write lock. Close it when done."""

    def __init__(self, index_dir: Path) -> None:
        path = index_dir / CATALOG_FILE
        self.connection = _connect(path)
        (schema,) = self.connection.execute("PRAGMA user_version").fetchone()
        if schema not in (0, SCHEMA):
            logger.info("catalog of schema %s made anew with schema %s", schema, SCHEMA)
            self.connection.close()
            for name in SQLITE_FILES:
                path.with_name(name).unlink(missing_ok=True)
            self.connection = _connect(path)
            schema = 0
        if schema == 0:
            self.connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    def close(self) -> None:
        """Moves what was committed into the one file, as far as readers let it without waiting, and closes."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()

    def state(self) -> State | None:
        """The committed state, or None before the first."""
        (built,) = self.connection.execute("SELECT count(*) FROM state").fetchone()
        return read_state(self.connection) if built else None

    def known(self) -> dict[str, Known]:
        """What the catalog holds, by document name."""
        rows = self.connection.execute("SELECT name, source, content FROM documents").fetchall()
        return {name: Known(source, content) for name, source, content in rows}

    def embedded_keys(self) -> set[bytes]:
        """The keys of the vectors there are, live or not."""
        return {key for (key,) in self.connection.execute("SELECT key FROM vectors")}

    def add_vectors(self, keys: Sequence[bytes], vectors: np.ndarray) -> None:
        """Keeps vectors, a row a key, at once and for good: a build that is stopped goes on from here."""
        rows = np.ascontiguousarray(vectors, dtype="<f4")
        with self.transaction():
            self.connection.executemany(
                "INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)",
                ((key, row.tobytes()) for key, row in zip(keys, rows, strict=True)),
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written in the `with` block becomes visible at its end, all of it, or never."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def remove_documents(self, names: Collection[str]) -> None:
        """Takes documents out, within the open transaction."""
        named = [(name,) for name in names]
        self.connection.executemany(
            "DELETE FROM chunks WHERE document_id = (SELECT id FROM documents WHERE name = ?)", named
        )
        self.connection.executemany(
            "DELETE FROM figures WHERE document_id = (SELECT id FROM documents WHERE name = ?)", named
        )
        self.connection.executemany("DELETE FROM documents WHERE name = ?", named)

    def add_document(self, entry: DocumentEntry) -> None:
        """Puts a document in, within the open transaction; its vectors must be there."""
        document, meta = entry.document, entry.document.meta
        issued_on = None if meta.issued_on is None else meta.issued_on.isoformat()
        self.connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.name, document.id, entry.source, entry.content, meta.title, issued_on,
                meta.home_place, year_of(document), len(document.text), len(entry.chunks), entry.packed, document.text,
            ),
        )  # fmt: skip
        paths: dict[tuple[str, ...], str] = {}
        self.connection.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, (SELECT id FROM vectors WHERE key = ?), ?)",
            (
                (
                    item.chunk.id, document.id, ordinal, item.chunk.span.start, item.chunk.span.end,
                    _path(item.chunk.heading_path, paths), item.vector_key, item.terms,
                )
                for ordinal, item in enumerate(entry.chunks)
            ),
        )  # fmt: skip

        self.connection.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.figures)

    def note_source(self, name: str, source: str) -> None:
        """Notes that another file says the same, within the open transaction."""
        self.connection.execute("UPDATE documents SET source = ? WHERE name = ?", (source, name))

    def count_chunks(self) -> int:
        """The number of chunks, those of the open transaction included."""
        (count,) = self.connection.execute("SELECT count(*) FROM chunks").fetchone()
        return int(count)

    def vector_ids(self) -> dict[str, int]:
        """The number of every live chunk's vector, by chunk id: another number is another vector."""
        return dict(self.connection.execute("SELECT id, vector_id FROM chunks ORDER BY id").fetchall())

    def vector_rows(self, chunk_ids: Collection[str]) -> Iterator[tuple[str, str, int, int, bytes]]:
        """Id, document id, start, end and vector of these chunks, by id."""
        return self.connection.execute(
            "SELECT c.id, c.document_id, c.start, c.end, v.vector FROM chunks AS c "
            "JOIN vectors AS v ON v.id = c.vector_id "
            "WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id",
            (json.dumps(list(chunk_ids)),),
        )

    def set_state(self, state: State) -> None:
        """Makes `state` the one that readers see after the commit, within the open transaction."""
        previous = self.state()
        old = (None, None) if previous is None else (previous.vector_cache, previous.keyword_cache)
        self.connection.execute(
            "INSERT OR REPLACE INTO state VALUES (1, ?, ?, ?, ?, ?, ?)",
            (state.generation, state.manifest.to_json(), state.vector_cache, state.keyword_cache, *old),
        )

    def cache_names(self) -> set[str]:
        """The folders of the committed state and of the one before, which a reader may still have open."""
        names: set[str] = set()
        for row in self.connection.execute(
            "SELECT vector_cache, keyword_cache, previous_vector_cache, previous_keyword_cache FROM state"
        ):
            names.update(name for name in row if name is not None)
        return names

    def remove_unused_vectors(self) -> int:
        """How many vectors were removed since no chunk refers to them."""
        return self.connection.execute(
            "DELETE FROM vectors WHERE id NOT IN (SELECT vector_id FROM chunks)"
        ).rowcount


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL would lose the last commits with the power
    return connection


def _path(path: tuple[str, ...], known: dict[tuple[str, ...], str]) -> str:
    if path not in known:
        known[path] = json.dumps(path, ensure_ascii=False)
    return known[path]
