"""How the real reports are read, block by block and cell by cell; see golden.py."""

import json

from golden import FOLDER, golden_files


def test_real_reports_are_read_as_they_were_checked_by_eye(shared):
    files = golden_files(shared)
    assert sorted(files) == sorted(FOLDER.glob("*.json"))
    for path, content in files.items():
        # parsed, so that a difference is shown by block and cell
        assert json.loads(content) == json.loads(path.read_text(encoding="utf-8")), path.name


def test_golden_files_hold_no_sentence():
    for path in FOLDER.glob("*.json"):
        assert not any(mark in path.read_text(encoding="utf-8") for mark in "，。；！？")
