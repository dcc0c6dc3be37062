"""Writes damaged copies of the masters, and with `--gold` what a right reading of each must bring back.

`python scripts/inflict.py` makes what stands in `corpus/`; `--group`, `--settings`, `--to` make others elsewhere.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from policy_qa.evaluation.recovery.damage import damage, load_ills

ROOT = Path(__file__).resolve().parent.parent
MASTERS = ROOT / "eval" / "masters"


def inflict(settings: Path, group: str, to: Path, *, gold: Path | None) -> list[Path]:
    """The files written: one for each setting of the group."""
    to.mkdir(parents=True, exist_ok=True)
    written = []
    for ills in load_ills(settings)[group]:
        damaged = damage((MASTERS / ills.master).read_text(encoding="utf-8"), ills)
        path = to / ills.name
        path.write_bytes(damaged.data)
        written.append(path)
        if gold is not None:
            gold.mkdir(parents=True, exist_ok=True)
            record = json.dumps(damaged.gold.as_record(), ensure_ascii=False, indent=1)
            (gold / f"{ills.name}.json").write_text(record + "\n", encoding="utf-8")
    return written


def main() -> int:
    """Exit status 0: the files are written and named on standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=Path, default=MASTERS / "ills.toml")
    parser.add_argument("--group", default="corpus", help="group of settings in that file")
    parser.add_argument("--to", type=Path, default=ROOT / "corpus", help="folder for the damaged files")
    parser.add_argument("--gold", type=Path, help="folder for the gold, as JSON; none is written without it")
    given = parser.parse_args()
    for path in inflict(given.settings, given.group, given.to, gold=given.gold):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
