"""Prints how much of the masters comes back: `python -m policy_qa.evaluation.recovery [--group NAME] [--misses N] …`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.evaluation.recovery.damage import load_ills
from policy_qa.evaluation.recovery.measure import recover, recovery_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MASTERS = Path("eval/masters")
SETTINGS = MASTERS / "ills.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0: measures and prints; there is no failing, thresholds stand in the tests."""
    parser = argparse.ArgumentParser(description="Measures what comes back of the damaged masters.")
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    parser.add_argument("--group", default="build", help="group of settings in that file")
    parser.add_argument("--masters", type=Path, default=MASTERS)
    parser.add_argument("--only", default="", help="a part of the damaged file's or the master's name")
    parser.add_argument("--seeds", type=int, nargs="*", help="instead of those of the settings")
    parser.add_argument("--misses", type=int, default=40, help="how many misses of a file to print")
    given = parser.parse_args(arguments)
    recoveries = [
        recover((given.masters / ills.master).read_text(encoding="utf-8"), ills)
        for setting in load_ills(given.settings)[given.group]
        if given.only in setting.name + setting.master
        for ills in ([replace(setting, seed=seed) for seed in given.seeds] if given.seeds else [setting])
    ]
    write: Callable[[str], object] = sys.stdout.write
    for recovery in recoveries:
        for miss in recovery.misses[: given.misses]:
            write(f"{recovery.name} {miss.measure}\n  expected {miss.expected}\n  came     {miss.came}\n")
    write(recovery_table(recoveries) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
