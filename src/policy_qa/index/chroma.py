"""The Chroma folder of an index: written once by a build, read through private copies.

Merely opening a Chroma folder writes to it (1.5.9: its SQLite file always, the graph's files below 1,000 items), and
two processes in one folder can destroy it. So every reader opens a copy of its own, removed when it ends.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import weakref
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from policy_qa.errors import IndexUnusableError
from policy_qa.index.caches import copy_sealed, publish, read_seal, seal, unfinished_folder
from policy_qa.index.lock import try_lock
from policy_qa.index.manifest import REPAIR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_qa.index.writer import CatalogWriter

logger = logging.getLogger(__name__)

VECTOR_CACHE = "chroma-"
COLLECTION = "policy-qa-chunks-v1"
HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200}
BATCH_ITEMS = 5000
"""Chroma refuses more than 5,461 at a time."""

MOST_BALLAST = 0.25
"""Removed and replaced items stay in Chroma's graph; beyond this share of the live ones it is made anew."""

COPY_PREFIX = "policy-qa-chroma-"
OWNER_FILE = "owner.lock"


class PrivateCollection:
    """A copy of a sealed Chroma folder, opened; `close` removes it, and so does the end of the process."""

    def __init__(self, copy: Path, items: int, descriptor: int) -> None:
        self._items = items
        self._client = _client(copy / "chroma")
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        self._cleanup = weakref.finalize(self, _discard, copy, descriptor)

    def nearest(self, vector: np.ndarray, count: int) -> list[str] | None:
        """About the `count` nearest chunk ids, in no order to rely on; None where Chroma fails."""
        from chromadb.errors import ChromaError

        if self._items == 0:
            return []
        try:
            found = self._collection.query(
                query_embeddings=[vector], n_results=min(count, self._items), include=[]
            )
        except ChromaError as error:
            logger.warning("Chroma cannot be asked: %s", error)
            return None
        ids: list[str] = found["ids"][0]
        return ids

    def close(self) -> None:
        """Closes Chroma and removes the copy."""
        self._client.close()
        self._cleanup()


def open_copy(folder: Path) -> PrivateCollection | None:
    """The collection in a sealed folder, or None where the folder is missing or damaged, or has no room for a copy."""
    from chromadb.errors import ChromaError

    remove_abandoned_copies()
    copy, descriptor = make_owned_folder()
    try:
        facts = copy_sealed(folder, copy / "chroma")
        if facts is not None:
            return PrivateCollection(copy, facts["items"], descriptor)
    except (ChromaError, OSError) as error:
        logger.warning("cannot open a copy of %s: %s", folder, error)
    _discard(copy, descriptor)
    return None


def make_owned_folder() -> tuple[Path, int]:
    """A new folder for a copy, and the open file whose lock says that it is in use."""
    while True:
        copy = Path(tempfile.mkdtemp(prefix=COPY_PREFIX))
        descriptor = os.open(copy / OWNER_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        if try_lock(descriptor):
            return copy, descriptor
        os.close(descriptor)  # taken for abandoned by another process before the lock was on it


def remove_abandoned_copies() -> None:
    """Removes the copies of processes that were killed: nobody holds the lock in them."""
    for copy in Path(tempfile.gettempdir()).glob(f"{COPY_PREFIX}*"):
        try:
            descriptor = os.open(copy / OWNER_FILE, os.O_RDWR)
        except OSError:  # another user's, or on its way in or out
            continue
        if try_lock(descriptor):
            _discard(copy, descriptor)
        else:
            os.close(descriptor)


def write_vector_cache(
    writer: CatalogWriter, published: Path, base: Path | None, had: Mapping[str, int]
) -> None:
    """Publishes the vectors the writer sees in a folder `published`.

    `base` is the published folder of the state before, and `had` the vector numbers by chunk id in that state: where
    it is sound and not too different, it is copied and changed; else the collection is made from nothing.
    """
    live = writer.vector_ids()
    unfinished = unfinished_folder(published)
    removed = [chunk_id for chunk_id in had if chunk_id not in live]
    changed = [chunk_id for chunk_id, vector in live.items() if had.get(chunk_id) != vector]
    replaced = sum(chunk_id in had for chunk_id in changed)
    sealed = None if base is None else read_seal(base)
    ballast = len(removed) + replaced + (0 if sealed is None else sealed["facts"]["ballast"])
    usable = sealed is not None and len(changed) < len(live) and ballast <= MOST_BALLAST * len(live)
    if not usable or base is None or copy_sealed(base, unfinished) is None:
        unfinished = unfinished_folder(published)
        removed, changed, ballast = [], list(live), 0
    _change_collection(unfinished, writer, removed, changed)
    seal(unfinished, items=len(live), ballast=ballast)
    publish(unfinished, published)
    logger.info("Chroma: %d items, %d put, %d removed", len(live), len(changed), len(removed))


def batches(items: Sequence[str]) -> Iterator[list[str]]:
    """The items in lists that Chroma takes.

    >>> [len(some) for some in batches(["研"] * 5001)]
    [5000, 1]
    """
    for first in range(0, len(items), BATCH_ITEMS):
        yield list(items[first : first + BATCH_ITEMS])


def _change_collection(folder: Path, writer: CatalogWriter, removed: list[str], changed: list[str]) -> None:
    from chromadb.errors import ChromaError

    try:
        with closing(_client(folder)) as client:
            collection = client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": HNSW}
            )
            for some in batches(removed):
                collection.delete(ids=some)
            for some in batches(changed):
                _upsert(collection, writer, some)
    except ChromaError as error:
        raise IndexUnusableError(
            f"Chroma cannot write {folder} ({error}); check the space left, then {REPAIR}"
        ) from error


def _upsert(collection: Any, writer: CatalogWriter, chunk_ids: list[str]) -> None:  # noqa: ANN401
    rows = list(writer.vector_rows(chunk_ids))
    vectors = np.frombuffer(b"".join(row[-1] for row in rows), dtype="<f4").reshape(len(rows), -1)
    collection.upsert(
        ids=[row[0] for row in rows],
        embeddings=vectors,
        metadatas=[{"document_id": row[1], "start": row[2], "end": row[3]} for row in rows],
    )


def _client(folder: Path) -> Any:  # noqa: ANN401
    import chromadb

    return chromadb.PersistentClient(path=str(folder), settings=chromadb.Settings(anonymized_telemetry=False))


def _discard(copy: Path, descriptor: int) -> None:
    if os.name == "nt":  # Windows does not remove an open file
        os.close(descriptor)
        shutil.rmtree(copy, ignore_errors=True)
        return
    shutil.rmtree(copy, ignore_errors=True)
    os.close(descriptor)
