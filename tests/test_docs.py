"""What the documentation promises exists: the example runs, and every command, target and file it names is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from fakes import FakeEmbedder
from policy_qa import pipeline
from policy_qa.cli import app
from policy_qa.config import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|`)policy-qa +([a-z]+)((?: +[^\n`#]*)?)", re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]*")
TARGET = re.compile(r"(?:^|[\s`])make +([a-z][a-z-]*)(?=[`\s。，、；）]|$)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTING = re.compile(r"^\| ((?:`[a-z_]+`[、, ]*)+) \|", re.MULTILINE)
NAMED_FILE = re.compile(r"`((?:src|docs|eval|tests|scripts|corpus|bench)/[\w./-]*)`")


def pages(root: Path) -> list[Path]:
    """The READMEs and every other page for readers."""
    found = [
        *root.glob("README*.md"),
        *root.glob("CONTRIBUTING*.md"),
        *(root / "docs").rglob("*.md"),
        root / "eval" / "README.md",
    ]
    return sorted(path for path in found if path.is_file())


def commands() -> dict[str, set[str]]:
    """Each command with its options."""
    import typer.main

    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return {
        name: {option for parameter in command.params for option in parameter.opts} | {"--help"}
        for name, command in known.items()
    }


@pytest.fixture
def sample_index(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The index of the samples where a program finds it that says nothing of its settings."""
    monkeypatch.setattr(pipeline, "open_embedder", lambda settings: FakeEmbedder())
    monkeypatch.setenv("POLICY_QA_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("POLICY_QA_CORPUS", str(root / "corpus"))
    monkeypatch.setenv("POLICY_QA_LEAST_SIMILARITY", "-1")
    settings = load_settings()
    pipeline.build_index(settings)
    return settings


def test_the_llama_index_example_runs(
    root: Path, sample_index: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = PYTHON.findall((root / "docs" / "llama_index.md").read_text(encoding="utf-8"))
    assert len([line for line in program.splitlines() if line.strip()]) <= 12
    exec(compile(program, "docs/llama_index.md", "exec"), {"__name__": "example"})
    *found, answer, quote = capsys.readouterr().out.splitlines()
    assert len(found) == 3
    assert all("（示例）" in line for line in found)
    assert re.search(r"\[1\]", answer)
    assert quote in answer


@pytest.mark.encoder
def test_the_llama_index_example_answers_right(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_QA_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("POLICY_QA_CORPUS", str(root / "corpus"))
    pipeline.build_index(load_settings())
    (program,) = PYTHON.findall((root / "docs" / "llama_index.md").read_text(encoding="utf-8"))
    exec(compile(program, "docs/llama_index.md", "exec"), {"__name__": "example"})
    *_, answer, quote = capsys.readouterr().out.splitlines()
    assert "1.8%" in answer
    assert "1.8" in quote


def test_every_command_and_option_named_exists(root: Path) -> None:
    known, named = commands(), set()
    for page in pages(root):
        for command, rest in COMMAND.findall(page.read_text(encoding="utf-8")):
            assert command in known, f"{page.name}: policy-qa {command}"
            unknown = set(OPTION.findall(rest)) - known[command]
            assert not unknown, f"{page.name}: policy-qa {command} has no {unknown}"
            named.add(command)
    assert named == set(known)


def test_every_make_target_named_exists(root: Path) -> None:
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for page in pages(root):
        named = set(TARGET.findall(page.read_text(encoding="utf-8")))
        assert named <= targets, f"{page.name}: {named - targets}"
    assert {"chat", "test", "check"} <= targets


def test_every_file_linked_or_named_exists(root: Path) -> None:
    missing = []
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        linked = [unquote(link.partition("#")[0]) for link in LINK.findall(text) if "://" not in link]
        missing += [f"{page.name}: {link}" for link in linked if link and not (page.parent / link).exists()]
        missing += [f"{page.name}: {name}" for name in NAMED_FILE.findall(text) if not (root / name).exists()]
    assert missing == []


def test_every_setting_in_the_tables_exists(root: Path) -> None:
    rows = [
        row for page in root.glob("README*.md") for row in SETTING.findall(page.read_text(encoding="utf-8"))
    ]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    assert {"corpus", "index", "embedding_model"} <= named <= set(Settings.model_fields)


def test_the_readmes_lead_to_each_other(root: Path) -> None:
    chinese, english = root / "README.md", root / "README.en.md"
    assert "README.en.md" in chinese.read_text(encoding="utf-8")
    assert "README.md" in english.read_text(encoding="utf-8")
