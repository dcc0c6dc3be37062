"""A cache folder is used as it was sealed, or not at all."""

from pathlib import Path

import pytest

from policy_qa.index.caches import (
    SEAL_FILE,
    copy_sealed,
    publish,
    remove_all_but,
    seal,
    sealed_facts,
    unfinished_folder,
)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "chroma-7"
    unfinished = unfinished_folder(folder)
    (unfinished / "inner").mkdir()
    (unfinished / "data.bin").write_bytes(b"0123456789")
    (unfinished / "inner" / "more.bin").write_bytes(b"")
    seal(unfinished, items=3)
    publish(unfinished, folder)
    return folder


def test_a_published_folder_is_sound_and_can_be_copied(published: Path, tmp_path: Path) -> None:
    assert sealed_facts(published) == {"items": 3}
    assert copy_sealed(published, tmp_path / "copy") == {"items": 3}
    assert sorted(path.name for path in (tmp_path / "copy").rglob("*")) == ["data.bin", "inner", "more.bin"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == []


def flip(folder: Path) -> None:
    (folder / "data.bin").write_bytes(b"0123456780")


def truncate(folder: Path) -> None:
    (folder / "data.bin").write_bytes(b"01234")


def delete_file(folder: Path) -> None:
    (folder / "inner" / "more.bin").unlink()


def delete_seal(folder: Path) -> None:
    (folder / SEAL_FILE).unlink()


def spoil_seal(folder: Path) -> None:
    (folder / SEAL_FILE).write_bytes(b"\xff\x00garbage")


@pytest.mark.parametrize("damage", [flip, truncate, delete_file, delete_seal, spoil_seal])
def test_damage_is_seen(published: Path, tmp_path: Path, damage) -> None:
    damage(published)
    assert sealed_facts(published) is None
    assert copy_sealed(published, tmp_path / "copy") is None


def test_a_missing_folder_is_no_cache(tmp_path: Path) -> None:
    assert sealed_facts(tmp_path / "chroma-1") is None
    assert copy_sealed(tmp_path / "chroma-1", tmp_path / "copy") is None


def test_only_folders_of_the_prefix_are_removed(tmp_path: Path) -> None:
    for name in ("chroma-1", "chroma-2", "chroma-3.unfinished", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "chroma-notes").write_text("文件")
    remove_all_but({"chroma-2"}, tmp_path, ("chroma-",))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chroma-2", "chroma-notes", "other"]
