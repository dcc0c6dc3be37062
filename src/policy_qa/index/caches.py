"""Cache folders: written aside, sealed with checksums, published by one rename, never written again.

A folder whose files do not match its seal, to the byte, is no cache: what a library makes of damaged files is
not ours to find out (Chroma may crash, or silently find less).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

logger = logging.getLogger(__name__)

SEAL_FILE = "seal.json"
UNFINISHED_SUFFIX = ".unfinished"


def unfinished_folder(published: Path) -> Path:
    """An empty folder beside `published` to write it in."""
    folder = published.with_name(published.name + UNFINISHED_SUFFIX)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder


def seal(folder: Path, **facts: int) -> None:
    """Writes the checksums of every file of `folder`, with `facts`, and forces all of it to the disk."""
    checksums = {path.relative_to(folder).as_posix(): _checksum(path) for path in _files(folder)}
    (folder / SEAL_FILE).write_text(json.dumps({"facts": facts, "files": checksums}), encoding="utf-8")
    for path in _files(folder):
        _force_to_disk(path)
    for path in {folder, *(path.parent for path in _files(folder))}:
        _force_folder_to_disk(path)


def publish(unfinished: Path, published: Path) -> None:
    """Gives a sealed folder its name, for good."""
    unfinished.rename(published)
    _force_folder_to_disk(published.parent)


def sealed_facts(folder: Path) -> dict[str, int] | None:
    """The facts a folder was sealed with, or None for one that is missing or damaged."""
    return _facts_if_matching(folder, read_seal(folder))


def copy_sealed(folder: Path, target: Path) -> dict[str, int] | None:
    """The facts of a sealed folder whose files (without the seal) are now in `target`; None if they are damaged."""
    sealed = read_seal(folder)
    if sealed is None:
        return None
    try:
        for name in sealed["files"]:
            copied = target / name
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, copied)
    except FileNotFoundError:
        logger.warning("cache %s lacks a file", folder)
        return None
    return _facts_if_matching(target, sealed)


def read_seal(folder: Path) -> dict[str, Any] | None:
    """The seal as it stands, unchecked; None where there is none that can be read."""
    try:
        sealed = json.loads((folder / SEAL_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return sealed if isinstance(sealed, dict) and {"facts", "files"} <= sealed.keys() else None


def remove_all_but(kept: Collection[str], index_dir: Path, prefixes: tuple[str, ...]) -> None:
    """Removes the folders of `index_dir` whose names start with a prefix and are not kept."""
    for path in sorted(index_dir.iterdir()):
        if path.name.startswith(prefixes) and path.name not in kept and path.is_dir():
            # A reader on Windows may hold an old file open; the next build tries again.
            shutil.rmtree(path, ignore_errors=os.name == "nt")


def _facts_if_matching(folder: Path, sealed: dict[str, Any] | None) -> dict[str, int] | None:
    if sealed is None:
        return None
    for name, checksum in sealed["files"].items():
        path = folder / name
        if not path.is_file() or _checksum(path) != checksum:
            logger.warning("cache %s is damaged: %s", folder, name)
            return None
    facts: dict[str, int] = sealed["facts"]
    return facts


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _force_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _force_folder_to_disk(path: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and writes its entries at once
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
