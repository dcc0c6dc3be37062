"""What an index was made with, and refusing what does not fit."""

from dataclasses import replace
from pathlib import Path

import pytest

from policy_qa.errors import IndexMismatchError
from policy_qa.index import manifest as manifests
from policy_qa.index.manifest import Manifest, reading_fingerprint, require_match

MADE = Manifest("e5", 384, "结巴-1", 320, 60, "aa")


def test_a_manifest_comes_back_from_its_line() -> None:
    assert Manifest.from_json(MADE.to_json()) == MADE


@pytest.mark.parametrize(
    "changes",
    [
        {"embedder": "bge"},
        {"dimensions": 512},
        {"segmenter": "结巴-2"},
        {"chunk_size_chars": 400},
        {"chunk_overlap_chars": 0},
    ],
)
def test_a_difference_is_named_with_both_values_and_the_repair(changes: dict) -> None:
    ((name, value),) = changes.items()
    with pytest.raises(IndexMismatchError) as caught:
        require_match(MADE, replace(MADE, **changes), Path("index"))
    message = str(caught.value)
    assert name in message
    assert repr(value) in message
    assert repr(getattr(MADE, name)) in message
    assert message.endswith("run `policy-qa build`")


def test_an_index_read_by_other_code_can_still_be_searched() -> None:
    require_match(MADE, replace(MADE, reading="bb"), Path("index"))


def test_the_reading_fingerprint_changes_with_the_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "made_up_reading_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    rules = package / "rules.txt"
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(manifests, "READ_WITH", ("made_up_reading_package",))
    rules.write_text("亿元")
    before = reading_fingerprint({})
    assert before == reading_fingerprint({})
    assert before != reading_fingerprint({"甲.txt": "柳州市"})
    rules.write_text("万元")
    assert reading_fingerprint({}) != before
