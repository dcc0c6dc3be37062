"""`kill -9` at every step of a build: the last good index answers, nothing acknowledged is lost, no ghost walks."""

import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_index import (
    build_index,
    content,
    count_vectors,
    make_parts,
    report_text,
    run_killed_at,
    write_corpus,
)
from soak_kills import soak

from policy_qa.errors import IndexMissingError
from policy_qa.index import build as building

OLD = {f"{subject}.txt": report_text(subject) for subject in ("研发投入", "粮食", "海棠湖")}
STEPS_WITHOUT_VECTORS = [
    "locked",
    "leftovers removed",
    "transaction begun",
    "documents written",
    "vector cache published",
    "keyword cache published",
    "state written",
    "committed",
    "old caches removed",
    "unused vectors removed",
    "done",
]
GHOST = "海棠湖"


@dataclass(frozen=True)
class Scenario:
    before: dict[str, str]
    after: dict[str, str]
    embeds: bool


SCENARIOS = {
    "first build": Scenario({}, OLD, embeds=True),
    "change and addition": Scenario(
        OLD,
        OLD | {"粮食.txt": report_text("粮食", range(2010, 2024)), "轨道交通.txt": report_text("轨道交通")},
        embeds=True,
    ),
    "removal": Scenario(OLD, {name: text for name, text in OLD.items() if GHOST not in name}, embeds=False),
}


def record_steps(monkeypatch: pytest.MonkeyPatch, corpus: Path, index_dir: Path) -> list[str]:
    """The names of the steps of a build, in order."""
    steps: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(building, "step", steps.append)
        patch.setattr(building, "VECTORS_PER_COMMIT", 8)
        build_index(corpus, index_dir)
    return steps


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_at_any_step_leaves_a_good_index(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = SCENARIOS[name]
    corpus = write_corpus(tmp_path / "corpus", scenario.before)
    old_dir, new_dir = tmp_path / "old", tmp_path / "new"
    old = None
    if scenario.before:
        build_index(corpus, old_dir)
        old = content(old_dir)
        shutil.copytree(old_dir, new_dir)
    write_corpus(corpus, scenario.after)
    steps = record_steps(monkeypatch, corpus, new_dir)
    new = content(new_dir)
    assert [step for step in steps if "vectors made" != step != "vectors kept"] == STEPS_WITHOUT_VECTORS
    assert (steps.count("vectors kept") > 1) is scenario.embeds
    for number, step in enumerate(steps):
        killed = tmp_path / f"killed-{number}"
        if old is not None:
            shutil.copytree(old_dir, killed)
        assert run_killed_at(corpus, killed, number) == -signal.SIGKILL
        expected = new if number >= steps.index("committed") else old
        if expected is None:
            with pytest.raises(IndexMissingError):
                content(killed)
        else:
            assert content(killed) == expected, step
        kept = steps[: number + 1].count("vectors kept")
        parts = make_parts()
        build_index(corpus, killed, parts)
        total = steps.count("vectors kept")
        assert (len(parts.embedder.embedded) > 0) is (kept < total), step
        assert content(killed) == new, step
        assert count_vectors(killed) == len(new.chunks)
        assert not list(killed.glob("*.unfinished"))
        shutil.rmtree(killed)
    assert (GHOST in str(new)) is (name != "removal")


def test_a_stopped_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_corpus(tmp_path / "corpus", OLD)
    steps = record_steps(monkeypatch, corpus, tmp_path / "whole")
    parts = make_parts()
    third = [number for number, step in enumerate(steps) if step == "vectors made"][2]
    run_killed_at(corpus, tmp_path / "index", third)
    report = build_index(corpus, tmp_path / "index", parts)
    assert len(parts.embedder.embedded) == report.embedded == report.chunks - 16


def test_kills_at_random_instants(tmp_path: Path) -> None:
    assert soak(tmp_path, kills=6, seed=20) >= 1
