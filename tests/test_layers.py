"""Imports point downwards only, those inside functions included."""

import ast
from pathlib import Path

import pytest

# Lowest first; a module may import those of its own layer and of the layers before it.
LAYERS = [
    ["types", "errors"],
    ["config", "messages"],
    ["language"],
    ["ingest"],
    ["figures"],
    ["index"],
    ["understanding", "conversation"],
    ["restating", "named_documents"],
    ["retrieval"],
    ["answering"],
    ["auditing"],
    ["computing"],
    ["finding"],
    ["telling"],
    ["reckoning"],
    ["assistant"],
    ["integrations"],
    ["grid"],
    ["document_records"],
    ["records", "terminal"],
    ["inspection"],
    ["pipeline"],
    ["evaluation", "ui"],
    ["cli"],
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imported_modules(source: str) -> set[str]:
    """The parts of policy_qa that a module's source imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="policy_qa", names=names):
                found |= {name.name for name in names}
            case ast.ImportFrom(module=str(module)) if module.startswith("policy_qa."):
                found.add(module.split(".")[1])
            case ast.Import(names=names):
                found |= {name.name.split(".")[1] for name in names if name.name.startswith("policy_qa.")}
    return found


def too_high(part: str, source: str) -> set[str]:
    return {name for name in imported_modules(source) if LEVEL[name] > LEVEL[part]}


def test_imports_point_downwards(root: Path) -> None:
    package = root / "src" / "policy_qa"
    for path in sorted(package.rglob("*.py")):
        part = path.relative_to(package).parts[0].removesuffix(".py")
        if part != "__init__":
            assert not too_high(part, path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "source",
    ["from policy_qa.cli import main", "def f():\n    import policy_qa.ui.chat", "from policy_qa import cli"],
)
def test_an_import_upwards_is_found(source: str) -> None:
    assert too_high("language", source)


def test_no_printing_in_the_library(root: Path) -> None:
    for path in (root / "src").rglob("*.py"):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        assert not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls), path
