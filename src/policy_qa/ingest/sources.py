"""The documents of a corpus, a folder of text files or one JSONL file: found, hashed, decoded."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from policy_qa.errors import CorpusError, DecodingError, SourceError
from policy_qa.ingest.decoding import decode
from policy_qa.types import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = frozenset({".txt", ".md"})
NOT_DOCUMENTS = ("README", "SOURCES", "LICENSE")
NEXT_STEP = "run: policy-qa build --corpus DIR, with the folder of your documents"

SURROGATE = re.compile(r"[\ud800-\udfff]")

SkipReason = Literal["not a document", "unsupported ending", "link out of the corpus", "not a regular file"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A document of the corpus, not yet decoded: what is needed to tell whether it is known, and to read it.

    `sha256` is that of the file's bytes, or of a JSONL record's title, text and date. `offset` is the byte at which
    the record's line starts, None for a file of its own.
    """

    name: str
    sha256: str
    path: Path
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the corpus folder that is no document, and why. Dotfiles are not listed."""

    name: str
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class SourceListing:
    """What a corpus holds: documents by name, files passed over, and documents that cannot be read."""

    sources: tuple[FoundSource, ...]
    skipped: tuple[SkippedFile, ...] = ()
    errors: tuple[SourceError, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A document of a JSONL corpus, its line checked; `date` stands as it is written there."""

    doc_id: str
    title: str | None
    text: str
    date: str | None

    @property
    def sha256(self) -> str:
        """Of title, text and date, so that a change of any of them is seen."""
        fields = json.dumps([self.title, self.text, self.date], ensure_ascii=False)
        return hashlib.sha256(fields.encode()).hexdigest()


def find_sources(corpus: Path) -> SourceListing:
    """The documents of the folder or JSONL file `corpus`, sorted by name; nothing is decoded yet.

    In a folder these are the .txt and .md files at any depth (endings in either case), but no README*, SOURCES*,
    LICENSE*, dotfiles, and nothing behind a link that leads out of the folder; linked folders are not entered.
    A document that cannot be read, or whose name another one has already, is among the errors.
    Raises CorpusError where there is no such corpus, or two JSONL records have one id.
    """
    if corpus.is_dir():
        listing = list_folder(corpus)
    elif corpus.is_file() and corpus.suffix.lower() == ".jsonl":
        listing = list_records(corpus)
    elif corpus.exists():
        raise CorpusError(f"the corpus {corpus} is neither a folder nor a .jsonl file; {NEXT_STEP}")
    else:
        raise CorpusError(f"there is no corpus {corpus}; {NEXT_STEP}")
    counts = len(listing.sources), len(listing.skipped), len(listing.errors)
    logger.info("corpus %s: %d documents, %d files skipped, %d unreadable", corpus, *counts)
    return listing


def read_source(found: FoundSource) -> SourceFile:
    """The decoded document; its `sha256` is that of the bytes read now.

    Raises DecodingError where they are no text, SourceError where they cannot be read or hold nothing.
    """
    if found.offset is not None:
        return read_record(found)
    raw = read_bytes(found.path, found.name)
    text, encoding = decode(found.name, raw)
    require_text(text, found.name)
    return SourceFile(found.name, hashlib.sha256(raw).hexdigest(), text, encoding)


def read_file(path: Path) -> SourceFile:
    """The decoded document of one file that need not lie in a corpus; it is named after the file alone.

    Raises DecodingError where it is no text, SourceError where it cannot be read or holds nothing.
    """
    return read_source(FoundSource(printable_name(path.name), "", path))


def list_folder(corpus: Path) -> SourceListing:
    """The listing of a corpus folder."""
    root = corpus.resolve()
    sources: dict[str, FoundSource] = {}
    skipped: list[SkippedFile] = []
    errors: list[SourceError] = []
    for path in sorted(
        walk_files(corpus, errors), key=lambda path: (path_name(path, corpus), path.as_posix())
    ):
        name = path_name(path, corpus)
        reason = find_skip_reason(path, root)
        if reason is not None:
            skipped.append(SkippedFile(name, reason))
            continue
        try:
            if name in sources:
                raise SourceError(
                    name, f"two files are named {name} (one composed, one decomposed); rename one"
                )
            raw = read_bytes(path, name)
        except SourceError as error:
            errors.append(error)
            continue
        sources[name] = FoundSource(name, hashlib.sha256(raw).hexdigest(), path)
    return SourceListing(tuple(sources.values()), tuple(skipped), tuple(errors))


def walk_files(corpus: Path, errors: list[SourceError]) -> Iterator[Path]:
    """Every file below the folder that is not hidden; a folder that cannot be listed is added to `errors`."""

    def add_error(error: OSError) -> None:
        name = path_name(Path(error.filename), corpus)
        errors.append(
            SourceError(name, f"cannot list the folder {name}: {error.strerror}; check its permissions")
        )

    for folder, subfolders, files in os.walk(corpus, onerror=add_error):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield from (Path(folder, name) for name in files if not name.startswith("."))


def path_name(path: Path, corpus: Path) -> str:
    """The name a file of the corpus folder goes by."""
    return printable_name(path.relative_to(corpus).as_posix())


def printable_name(name: str) -> str:
    """The name in NFC; bytes of a name that are no UTF-8 become U+FFFD.

    >>> printable_name("报告/cafe\u0301.txt")
    '报告/café.txt'
    """
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def find_skip_reason(path: Path, root: Path) -> SkipReason | None:
    """Why a file of the corpus folder is no document, None where it is one."""
    if path.suffix.lower() not in ENDINGS:
        return "unsupported ending"
    if path.name.startswith(NOT_DOCUMENTS):
        return "not a document"
    if not path.is_file():
        return "not a regular file"
    return None if path.resolve().is_relative_to(root) else "link out of the corpus"


def read_bytes(path: Path, name: str) -> bytes:
    """The file's bytes. Raises SourceError where the system refuses."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            name, f"cannot read {name}: {error.strerror}; check the file and build again"
        ) from error


def require_text(text: str, name: str) -> None:
    """Raises SourceError for a text without a single character one can see."""
    if not text.strip("\ufeff\u200b\u2060 \t\r\n") or not text.strip():
        raise SourceError(name, f"{name} is empty; fill it or remove it, then run: policy-qa build")


def list_records(path: Path) -> SourceListing:
    """The listing of a JSONL corpus. Raises CorpusError where two records have one id."""
    sources: dict[str, FoundSource] = {}
    errors: list[SourceError] = []
    lines: dict[str, int] = {}
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            place = f"{path.name}:{number}"
            start, offset = offset, offset + len(line)
            if not line.strip():
                continue
            try:
                record = parse_record(line, place)
            except SourceError as error:
                errors.append(error)
                continue
            if record.doc_id in lines:
                both = f"lines {lines[record.doc_id]} and {number}"
                raise CorpusError(
                    f"{path.name}: {both} have the same doc_id {record.doc_id!r}; give one another id"
                )
            lines[record.doc_id] = number
            sources[record.doc_id] = FoundSource(record.doc_id, record.sha256, path, start)
    return SourceListing(tuple(sources[name] for name in sorted(sources)), (), tuple(errors))


def read_record(found: FoundSource) -> SourceFile:
    """The document whose line starts at `found.offset`. Raises SourceError where the file is no longer what it was."""
    try:
        with found.path.open("rb") as file:
            file.seek(found.offset or 0)
            record = parse_record(file.readline(), found.name)
    except OSError as error:
        raise SourceError(
            found.name, f"cannot read {found.path.name}: {error.strerror}; build again"
        ) from error
    if record.doc_id != found.name:
        raise SourceError(
            found.name, f"{found.path.name} was changed while it was read; run: policy-qa build"
        )
    return SourceFile(
        name=record.doc_id,
        sha256=record.sha256,
        text=record.text,
        encoding="utf-8",
        verbatim=True,
        title=record.title,
        issued_on=parse_date(record.date),
    )


def parse_record(line: bytes, place: str) -> Record:
    """The record of one line of a JSONL corpus; keys it does not know are passed over.

    Raises SourceError naming `place` where the line is not UTF-8, not a JSON object, or lacks id or text.
    """
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DecodingError(
            place, f"{place}: not UTF-8 at byte {error.start} of the line; save it as UTF-8"
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(place, f"{place}: not JSON ({error}); correct the line and build again") from error
    if not isinstance(fields, dict):
        raise SourceError(place, f"{place}: not a JSON object; correct the line and build again")
    doc_id, text = string_field(fields, "doc_id", place), string_field(fields, "text", place)
    title, written = string_field(fields, "title", place), fields.get("date")
    if not doc_id:
        raise SourceError(place, f"{place}: no doc_id; give the record one and build again")
    require_text(text or "", f"{place} ({doc_id})")
    return Record(doc_id=doc_id, title=title, text=text or "", date=None if written is None else str(written))


def string_field(fields: dict[str, object], key: str, place: str) -> str | None:
    """The field's string, None where it is absent, null or blank. Raises SourceError for anything else."""
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(
            place, f"{place}: {key} is {value!r:.40}, not a string; correct the line and build again"
        )
    if SURROGATE.search(value):
        raise SourceError(
            place, f"{place}: {key} holds half of a surrogate pair; correct the line and build again"
        )
    return value if value.strip() else None


def parse_date(written: str | None) -> date | None:
    """The date of a complete ISO date (`2022-03-01`), None for anything else.

    >>> parse_date("2022-03-01"), parse_date("2022年3月")
    (datetime.date(2022, 3, 1), None)
    """
    try:
        return date.fromisoformat(written.strip()) if written else None
    except ValueError:
        return None
