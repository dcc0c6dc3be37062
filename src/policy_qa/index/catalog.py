"""The truth of an index, read: documents, chunks, their terms and vectors, in one SQLite file.

A reader sees one committed state at a time, a build's changes all at once, and never waits for a writer.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from policy_qa.errors import IndexMismatchError, IndexMissingError, IndexUnusableError
from policy_qa.index.manifest import REPAIR, SCHEMA, Manifest, require_match
from policy_qa.index.packed import unpack_figure
from policy_qa.index.serialisation import read_terms, unpack_document
from policy_qa.types import Chunk, Document, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from policy_qa.figures.figure import Figure

CATALOG_FILE = "catalog.sqlite3"
BUSY_TIMEOUT_S = 10.0
KEPT_DOCUMENTS = 64

TABLES = """
CREATE TABLE state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    generation INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    vector_cache TEXT,
    keyword_cache TEXT,
    previous_vector_cache TEXT,
    previous_keyword_cache TEXT
);
CREATE TABLE documents (
    name TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    content BLOB NOT NULL,
    title TEXT NOT NULL,
    issued_on TEXT,
    home_place TEXT,
    year INTEGER,
    characters INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    packed BLOB NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE chunks (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    heading_path TEXT NOT NULL,
    vector_id INTEGER NOT NULL,
    terms TEXT NOT NULL
);
CREATE TABLE figures (
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    subject TEXT,
    first TEXT,
    last TEXT,
    packed TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
CREATE INDEX figures_of_subject ON figures (subject);
CREATE INDEX chunks_of_document ON chunks (document_id, ordinal);
CREATE INDEX chunks_of_vector ON chunks (vector_id);
CREATE TABLE vectors (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL);
"""

VECTORS_OF_CHUNKS = "SELECT c.id, v.vector FROM chunks AS c JOIN vectors AS v ON v.id = c.vector_id"


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One line of the list of documents; `characters` and `chunks` are counts."""

    name: str
    id: str
    title: str
    characters: int
    chunks: int
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class State:
    """Which committed state an index is in: `generation` grows with every change, the caches are folder names."""

    generation: int
    manifest: Manifest
    vector_cache: str | None
    keyword_cache: str | None


class Catalog:
    """Read access to an index, for any number of threads and processes.

    Close it, or use it in a `with` statement.
    """

    def __init__(self, index_dir: Path, *, immutable: bool = False) -> None:
        self.index_dir = index_dir
        self._immutable = immutable
        self._idle: list[sqlite3.Connection] = []
        self._pinned = threading.local()
        self._lock = threading.Lock()
        self._closed = False
        self._file_number = 0
        self._documents: dict[tuple[int, str], Document] = {}

    @classmethod
    def open_for_reading(cls, index_dir: Path, manifest: Manifest | None = None) -> Self:
        """The catalog of the index in `index_dir`, which must have been made with `manifest`, if one is given.

        Raises IndexMissingError where nothing was built yet, IndexMismatchError for an index of another version
        or other settings, IndexUnusableError for a file that is no catalog.
        """
        path = index_dir / CATALOG_FILE
        if not path.is_file():
            raise _missing(index_dir)
        catalog = cls(index_dir, immutable=is_on_read_only_media(index_dir))
        try:
            catalog._require_usable(manifest)
        except sqlite3.OperationalError as error:
            catalog.close()
            raise IndexUnusableError(
                f"{path} cannot be opened ({error}); SQLite needs the right to write in {index_dir} also for reading"
            ) from error
        except sqlite3.DatabaseError as error:
            catalog.close()
            raise IndexUnusableError(
                f"{path} is damaged ({error}); delete the folder {index_dir}, then {REPAIR}"
            ) from error
        except IndexUnusableError:
            catalog.close()
            raise
        return catalog

    def _require_usable(self, manifest: Manifest | None) -> None:
        with self.snapshot() as connection:
            (schema,) = connection.execute("PRAGMA user_version").fetchone()
            if schema not in (0, SCHEMA):
                raise IndexMismatchError(
                    f"the index {self.index_dir} does not fit: "
                    f"its schema is {schema}, this program's is {SCHEMA}; {REPAIR}"
                )
            if schema == 0 or connection.execute("SELECT count(*) FROM state").fetchone() == (0,):
                raise _missing(self.index_dir)
        if manifest is not None:
            require_match(self.state().manifest, manifest, self.index_dir)

    def close(self) -> None:
        """Closes every connection, those in use as soon as they are no longer."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """One committed state, for all that this thread reads within the `with` block; blocks may be nested."""
        pinned: sqlite3.Connection | None = getattr(self._pinned, "connection", None)
        if pinned is not None:
            yield pinned
            return
        connection = self._take_connection()
        self._pinned.connection, self._pinned.state = connection, None
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            self._pinned.connection = None
            connection.rollback()
            with self._lock:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    def _take_connection(self) -> sqlite3.Connection:
        try:
            file_number = (self.index_dir / CATALOG_FILE).stat().st_ino
        except FileNotFoundError:
            raise _missing(self.index_dir) from None
        with self._lock:
            if (
                file_number != self._file_number
            ):  # the folder was deleted and built anew while this process runs
                self._file_number = file_number
                while self._idle:
                    self._idle.pop().close()
            return self._idle.pop() if self._idle else self._connect()

    def _connect(self) -> sqlite3.Connection:
        place = (self.index_dir / CATALOG_FILE).absolute().as_uri()
        mode = "immutable=1" if self._immutable else "mode=ro"
        return sqlite3.connect(
            f"{place}?{mode}", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )

    def state(self) -> State:
        """The state readers see now; within a snapshot it is read once."""
        with self.snapshot() as connection:
            if self._pinned.state is None:
                self._pinned.state = read_state(connection)
            state: State = self._pinned.state
            return state

    @property
    def generation(self) -> int:
        """A number that grows with every change of the index."""
        return self.state().generation

    def documents(self) -> list[DocumentSummary]:
        """All documents, by name."""
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT name, id, title, characters, chunks, issued_on FROM documents ORDER BY name"
            ).fetchall()
        return [
            DocumentSummary(name, document_id, title, characters, chunks, day and date.fromisoformat(day))
            for name, document_id, title, characters, chunks, day in rows
        ]

    def commonest_home(self) -> str | None:
        """The place that most documents are about, by its full name, of equals the first by name; None where none is about any."""
        with self.snapshot() as connection:
            row = connection.execute(
                "SELECT home_place FROM documents WHERE home_place IS NOT NULL"
                " GROUP BY home_place ORDER BY count(*) DESC, home_place LIMIT 1"
            ).fetchone()
        return None if row is None else str(row[0])

    def documents_about(self, home_places: Collection[str], years: Collection[int]) -> frozenset[str]:
        """The names of the documents about one of these places and of one of these years; of all, where none are given."""
        conditions, values = ["1"], []
        if home_places:
            conditions.append("home_place IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(home_places)))
        if years:
            conditions.append("year IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(years)))
        with self.snapshot() as connection:
            rows = connection.execute(
                f"SELECT name FROM documents WHERE {' AND '.join(conditions)}",  # noqa: S608 - constants alone
                values,
            ).fetchall()
        return frozenset(name for (name,) in rows)

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None if the index does not hold it (any more)."""
        with self.snapshot() as connection:
            key = (self.generation, document_id)
            with self._lock:
                known = self._documents.get(key)
            if known is not None:
                return known
            row = connection.execute(
                "SELECT name, text, packed FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
        if row is None:
            return None
        document = unpack_document(*row)
        with self._lock:
            while len(self._documents) >= KEPT_DOCUMENTS:
                del self._documents[next(iter(self._documents))]
            self._documents[key] = document
        return document

    def chunk(self, chunk_id: str) -> Chunk | None:
        """The chunk of that id, or None if the index does not hold it (any more)."""
        return self.chunks([chunk_id]).get(chunk_id)

    def chunks(self, chunk_ids: Iterable[str]) -> dict[str, Chunk]:
        """The chunks of these ids that the index holds, in the order asked for."""
        wanted = list(chunk_ids)
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT id, document_id, start, end, heading_path FROM chunks "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            ).fetchall()
        found = {chunk_id: _chunk(*row) for chunk_id, *row in rows}
        return {chunk_id: found[chunk_id] for chunk_id in wanted if chunk_id in found}

    def chunks_of(self, document_id: str) -> tuple[Chunk, ...]:
        """The chunks of a document, in text order."""
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT document_id, start, end, heading_path FROM chunks WHERE document_id = ? ORDER BY ordinal",
                (document_id,),
            ).fetchall()
        return tuple(_chunk(*row) for row in rows)

    def figures(self, documents: Collection[str] | None = None) -> list[Figure]:
        """The figures of the documents of these names, of all for None: by document name, then in text order."""
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT f.document_id, f.packed FROM figures AS f JOIN documents AS d ON d.id = f.document_id"
                " WHERE ?1 IS NULL OR d.name IN (SELECT value FROM json_each(?1)) ORDER BY d.name, f.ordinal",
                (None if documents is None else json.dumps(sorted(documents)),),
            ).fetchall()
        return [unpack_figure(document_id, packed) for document_id, packed in rows]

    def figures_of(self, document_id: str) -> tuple[Figure, ...]:
        """The figures of one document, in text order; none where the index does not hold it."""
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT packed FROM figures WHERE document_id = ? ORDER BY ordinal", (document_id,)
            ).fetchall()
        return tuple(unpack_figure(document_id, packed) for (packed,) in rows)

    def vectors(self, chunk_ids: Sequence[str]) -> tuple[list[str], np.ndarray]:
        """Those of the chunks that the index holds, by id, and their vectors, a row each."""
        return self._vectors("c.id IN (SELECT value FROM json_each(?))", (json.dumps(list(chunk_ids)),))

    def all_vectors(self) -> tuple[list[str], np.ndarray]:
        """Every chunk, by id, and the vectors, a row each."""
        return self._vectors("true", ())

    def vectors_of_documents(self, names: Collection[str]) -> tuple[list[str], np.ndarray]:
        """Every chunk of the documents of these names, by id, and the vectors, a row each."""
        return self._vectors(
            "c.document_id IN (SELECT id FROM documents WHERE name IN (SELECT value FROM json_each(?)))",
            (json.dumps(sorted(names)),),
        )

    def _vectors(self, condition: str, values: tuple[Any, ...]) -> tuple[list[str], np.ndarray]:
        with self.snapshot() as connection:
            dimensions = read_state(connection).manifest.dimensions
            rows = connection.execute(f"{VECTORS_OF_CHUNKS} WHERE {condition}", values).fetchall()
        rows.sort()
        matrix = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f4").reshape(
            len(rows), dimensions
        )
        return [chunk_id for chunk_id, _ in rows], matrix

    def ids_of_documents(self, names: Collection[str]) -> frozenset[str]:
        """The ids of the documents of these names; a name the index does not hold has none."""
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT id FROM documents WHERE name IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(names)),),
            ).fetchall()
        return frozenset(document_id for (document_id,) in rows)

    def terms(self) -> list[tuple[str, str]]:
        """Every chunk, by id, with its terms as they are stored (`split_terms`)."""
        with self.snapshot() as connection:
            return read_terms(connection)


def is_on_read_only_media(folder: Path) -> bool:
    """Whether nobody can write in the folder. Missing rights do not count: others may write there while we read."""
    return sys.platform != "win32" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def read_state(connection: sqlite3.Connection) -> State:
    """The state as the connection sees it. There is one: an index without it does not open."""
    generation, manifest, vector_cache, keyword_cache = connection.execute(
        "SELECT generation, manifest, vector_cache, keyword_cache FROM state"
    ).fetchone()
    return State(generation, Manifest.from_json(manifest), vector_cache, keyword_cache)


def _chunk(document_id: str, start: int, end: int, heading_path: str) -> Chunk:
    return Chunk(document_id, Span(start, end), tuple(json.loads(heading_path)))


def _missing(index_dir: Path) -> IndexMissingError:
    return IndexMissingError(f"there is no index in {index_dir}; {REPAIR}")
