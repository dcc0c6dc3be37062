"""Making an index equal to a corpus, so that a stop at any instant costs time and nothing else.

Vectors are kept as they are made, and seen by nobody. Then one transaction puts in and takes out every document that
differs; still inside it the caches of the new state are written, sealed and published; its commit makes documents and
caches visible at once. What was left by a build that did not come so far is removed by the next one.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from policy_qa.errors import IndexUnusableError, SourceError
from policy_qa.index.caches import remove_all_but, sealed_facts
from policy_qa.index.catalog import CATALOG_FILE, State
from policy_qa.index.chroma import VECTOR_CACHE, write_vector_cache
from policy_qa.index.keywords import KEYWORD_CACHE, write_keyword_cache
from policy_qa.index.lock import write_lock
from policy_qa.index.manifest import REPAIR
from policy_qa.index.serialisation import read_terms
from policy_qa.index.writer import CatalogWriter, DocumentEntry, chunk_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from policy_qa.figures.figure import Figure
    from policy_qa.index.embedding import Embedder
    from policy_qa.index.manifest import Manifest
    from policy_qa.index.writer import Known
    from policy_qa.ingest.sources import FoundSource, SourceListing
    from policy_qa.types import Chunk, Document, SourceFile

logger = logging.getLogger(__name__)

VECTORS_PER_COMMIT = 128
"""A stopped build loses at most these: some ten seconds of work."""


class Progress(Protocol):
    """Told how far a stage is. The stages are `read` (documents), `embed` (chunks) and `write` (steps)."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Takes note of it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a build is made of besides the index; `manifest` says the same in words that can be compared."""

    read: Callable[[FoundSource], SourceFile]
    clean: Callable[[SourceFile], Document]
    split: Callable[[Document], Sequence[Chunk]]
    figures: Callable[[Document], Sequence[Figure]]
    embedded_text: Callable[[Document, Chunk], str]
    terms: Callable[[str], Sequence[str]]
    embedder: Embedder
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: document names, each in one of the lists, and counts of chunks.

    `failed` holds names with reasons; a document that was in the index and cannot be read any more is out of it.
    `skipped` are files of the corpus folder that are no documents, with reasons.
    `chunks` are those of the whole index, `embedded` those of them that had to be; `seconds` by stage.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...]
    chunks: int
    embedded: int
    seconds: Mapping[str, float]


@dataclass(slots=True)
class Plan:
    """What must change. `entries` are documents to put in, `sources` known documents read from other bytes."""

    entries: dict[str, DocumentEntry] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def step(name: str) -> None:
    """Nothing. The crash tests put something else here, and end the process at each name in turn."""


def ignore_progress(stage: str, done: int, total: int) -> None:
    """Nothing: for callers that show none."""


def build(
    listing: SourceListing, index_dir: Path, parts: Parts, progress: Progress = ignore_progress
) -> BuildReport:
    """The report of having made the index in `index_dir` equal to the corpus of `listing`.

    Only what changed is read and embedded anew; everything is, where the manifest differs. A document that cannot be
    read is reported and not in the index. Raises IndexLockedError while another process builds, IndexUnusableError
    where the index cannot be written.
    """
    seconds: dict[str, float] = {}
    with unusable_if_broken(index_dir), write_lock(index_dir), closing(CatalogWriter(index_dir)) as writer:
        step("locked")
        remove_all_but(writer.cache_names(), index_dir, (VECTOR_CACHE, KEYWORD_CACHE))
        step("leftovers removed")
        known = writer.known()
        with timed("read", seconds):
            plan = make_plan(listing, known, parts, writer.state(), progress)
        with timed("embed", seconds):
            embedded = embed_missing(writer, plan.texts, parts.embedder, progress)
        with timed("write", seconds):
            publish_plan(writer, index_dir, plan, parts.manifest, progress)
        with timed("clean", seconds):
            remove_all_but(writer.cache_names(), index_dir, (VECTOR_CACHE, KEYWORD_CACHE))
            step("old caches removed")
            writer.remove_unused_vectors()
            step("unused vectors removed")
        chunks = writer.count_chunks()
    step("done")
    return make_report(plan, known, listing, chunks=chunks, embedded=embedded, seconds=seconds)


def make_plan(
    listing: SourceListing, known: Mapping[str, Known], parts: Parts, state: State | None, progress: Progress
) -> Plan:
    """What must change in an index that holds `known` to make it equal to the corpus."""
    plan = Plan(failed=[(error.name, str(error)) for error in listing.errors])
    same_parts = state is not None and state.manifest == parts.manifest
    for done, found in enumerate(listing.sources, start=1):
        had = known.get(found.name)
        if same_parts and had is not None and had.source == found.sha256:
            plan.unchanged.append(found.name)
        else:
            try:
                plan_document(plan, found, had, parts)
            except SourceError as error:
                plan.failed.append((found.name, str(error)))
        progress("read", done, len(listing.sources))
    there = {*plan.entries, *plan.unchanged}
    plan.removed = [name for name in known if name not in there]
    logger.info(
        "read: %d documents, %d to put in, %d to take out, %d unreadable",
        len(listing.sources), len(plan.entries), len(plan.removed), len(plan.failed),
    )  # fmt: skip
    return plan


def plan_document(plan: Plan, found: FoundSource, had: Known | None, parts: Parts) -> None:
    """Reads a document into the plan; one that comes out as it was is unchanged, whatever its bytes."""
    source = parts.read(found)
    document = parts.clean(source)
    texts = [(chunk, parts.embedded_text(document, chunk)) for chunk in parts.split(document)]
    chunks = tuple(chunk_entry(chunk, parts.embedder.name, text, parts.terms(text)) for chunk, text in texts)
    entry = DocumentEntry.of(document, source.sha256, chunks, parts.figures(document))
    if had is not None and had.content == entry.content:
        plan.unchanged.append(found.name)
        if had.source != source.sha256:
            plan.sources[found.name] = source.sha256
        return
    plan.entries[found.name] = entry
    plan.texts.update((item.vector_key, text) for item, (_, text) in zip(chunks, texts, strict=True))


def embed_missing(
    writer: CatalogWriter, texts: Mapping[bytes, str], embedder: Embedder, progress: Progress
) -> int:
    """How many texts had to be embedded; their vectors are kept as they come, those there already stay."""
    there = writer.embedded_keys()
    # texts of one length beside each other: a batch is as slow as its longest text
    missing = sorted((key for key in texts if key not in there), key=lambda key: (-len(texts[key]), key))
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress("embed", done, len(missing))

    for first in range(0, len(missing), VECTORS_PER_COMMIT):
        keys = missing[first : first + VECTORS_PER_COMMIT]
        vectors = embedder.embed_passages([texts[key] for key in keys], progress=advance)
        step("vectors made")
        writer.add_vectors(keys, vectors)
        step("vectors kept")
    logger.info("embedded: %d of %d texts", len(missing), len(texts))
    return len(missing)


def publish_plan(
    writer: CatalogWriter, index_dir: Path, plan: Plan, manifest: Manifest, progress: Progress
) -> None:
    """Makes the plan visible, with caches that fit it; does nothing where nothing differs."""
    before = writer.state()
    sound = before is not None and caches_are_sound(before, index_dir)
    changed = bool(plan.entries or plan.removed)
    if sound and not changed and not plan.sources and before is not None and before.manifest == manifest:
        return
    progress("write", 0, 3)
    had = writer.vector_ids()
    with writer.transaction():
        step("transaction begun")
        writer.remove_documents([*plan.removed, *plan.entries])
        for entry in plan.entries.values():
            writer.add_document(entry)
        for name, source in plan.sources.items():
            writer.note_source(name, source)
        step("documents written")
        progress("write", 1, 3)
        if before is not None and sound and not changed:
            state = State(before.generation, manifest, before.vector_cache, before.keyword_cache)
        else:
            state = write_caches(writer, index_dir, before, had, manifest)
        progress("write", 2, 3)
        writer.set_state(state)
        step("state written")
    step("committed")
    progress("write", 3, 3)


def write_caches(
    writer: CatalogWriter, index_dir: Path, before: State | None, had: Mapping[str, int], manifest: Manifest
) -> State:
    """The state whose caches hold what the open transaction holds; they are on the disk."""
    generation = next_generation(before)
    if writer.count_chunks() == 0:
        return State(generation, manifest, None, None)
    state = State(generation, manifest, f"{VECTOR_CACHE}{generation}", f"{KEYWORD_CACHE}{generation}")
    base = None if before is None or before.vector_cache is None else index_dir / before.vector_cache
    write_vector_cache(writer, index_dir / f"{VECTOR_CACHE}{generation}", base, had)
    step("vector cache published")
    write_keyword_cache(read_terms(writer.connection), index_dir / f"{KEYWORD_CACHE}{generation}")
    step("keyword cache published")
    return state


def next_generation(before: State | None) -> int:
    """A number above every earlier one, also those of an index that stood in this folder before: the clock's."""
    return max(0 if before is None else before.generation + 1, time.time_ns() // 1_000_000)


def caches_are_sound(state: State, index_dir: Path) -> bool:
    """Whether the caches of a state are on the disk as they were sealed."""
    names = (state.vector_cache, state.keyword_cache)
    return all(name is None or sealed_facts(index_dir / name) is not None for name in names)


def make_report(
    plan: Plan,
    known: Iterable[str],
    listing: SourceListing,
    *,
    chunks: int,
    embedded: int,
    seconds: Mapping[str, float],
) -> BuildReport:
    """The report of a plan that was carried out on an index that held `known`."""
    held, failed = set(known), {name for name, _ in plan.failed}
    return BuildReport(
        new=tuple(name for name in plan.entries if name not in held),
        changed=tuple(name for name in plan.entries if name in held),
        gone=tuple(name for name in plan.removed if name not in failed),
        unchanged=tuple(plan.unchanged),
        failed=tuple(plan.failed),
        skipped=tuple((file.name, file.reason) for file in listing.skipped),
        chunks=chunks,
        embedded=embedded,
        seconds=seconds,
    )


@contextmanager
def unusable_if_broken(index_dir: Path) -> Iterator[None]:
    """Makes the folder; raises IndexUnusableError, with what to do, for what the `with` block's storage refuses."""
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise IndexUnusableError(
            f"the index {index_dir} cannot be written ({error}); check its permissions and the space left, then {REPAIR}"
        ) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusableError(
            f"{index_dir / CATALOG_FILE} is damaged ({error}); delete the folder {index_dir}, then {REPAIR}"
        ) from error


@contextmanager
def timed(stage: str, seconds: dict[str, float]) -> Iterator[None]:
    """Notes in `seconds` how long the `with` block took."""
    started = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - started
