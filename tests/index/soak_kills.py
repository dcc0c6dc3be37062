"""Builds of a corpus that keeps changing, killed at random instants. Run: python tests/index/soak_kills.py --kills 200"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from small_index import Content, build_index, content, report_text, run_killed_after, write_corpus

from policy_qa.errors import IndexMissingError

SUBJECTS = [f"第{number}项工作" for number in range(12)]
ROUNDS_PER_REPAIR = 3


def change(texts: dict[str, str], chance: random.Random) -> dict[str, str]:
    """The corpus after a few files were added, changed or removed; at least one is left."""
    changed = dict(texts)
    for subject in chance.sample(SUBJECTS, 3):
        name = f"{subject}.txt"
        if name in changed and len(changed) > 1 and chance.random() < 0.5:
            del changed[name]
        else:
            changed[name] = report_text(subject, range(chance.randrange(1990, 2020), 2024))
    return changed


def content_or_none(index_dir: Path) -> Content | None:
    try:
        return content(index_dir)
    except IndexMissingError:
        return None


def soak(place: Path, *, kills: int, seed: int) -> int:
    """How many builds were killed before they were done, of at least `kills` killed; raises AssertionError on a fault.

    After every kill the index holds either what was acknowledged last or the whole of what was being built; after
    every third the build is run to its end and must equal a fresh one.
    """
    chance = random.Random(seed)
    texts = change({}, chance)
    corpus = write_corpus(place / "corpus", texts)
    index_dir = place / "index"
    good: Content | None = None
    build_seconds, killed, rounds = 1.0, 0, 0
    while killed < kills:
        rounds += 1
        texts = change(texts, chance)
        write_corpus(corpus, texts)
        fresh_dir = place / f"fresh-{rounds}"
        build_index(corpus, fresh_dir)
        fresh = content(fresh_dir)
        shutil.rmtree(fresh_dir)
        killed += run_killed_after(corpus, index_dir, chance.uniform(0, build_seconds)) != 0
        seen = content_or_none(index_dir)
        assert seen in (good, fresh), (
            f"round {rounds} (seed {seed}): neither the last good index nor the new one"
        )
        good = seen
        if rounds % ROUNDS_PER_REPAIR == 0:
            started = time.perf_counter()
            build_index(corpus, index_dir)
            build_seconds = 1.5 * (time.perf_counter() - started)
            assert content(index_dir) == fresh, f"round {rounds} (seed {seed}): not what a fresh build makes"
            good = fresh
    return killed


def main() -> None:
    """Reads the command line, runs, says what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = arguments.parse_args()
    sys.stderr.write(f"seed {given.seed}\n")
    with tempfile.TemporaryDirectory() as place:
        killed = soak(Path(place), kills=given.kills, seed=given.seed)
    sys.stderr.write(f"{killed} builds killed, no index lost, no ghost seen\n")


if __name__ == "__main__":
    main()
