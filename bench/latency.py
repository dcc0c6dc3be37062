"""How long questions take, warm and from a cold start, and the memory of the process.

python bench/latency.py eval/cases.jsonl --index index [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from policy_qa.config import load_settings
from policy_qa.evaluation.metrics import percentile
from policy_qa.pipeline import open_index
from policy_qa.types import Question


def warm_seconds(questions: list[str], index: Path, rounds: int) -> list[float]:
    """The seconds of every question, asked one after another in one process, the first ones not counted."""
    with open_index(load_settings(index=index)) as service:
        service.warm()
        for question in questions[:5]:
            service.ask(Question(question))
        seconds = []
        for question in questions * rounds:
            started = time.perf_counter()
            service.ask(Question(question))
            seconds.append(time.perf_counter() - started)
    return seconds


def cold_seconds(question: str, index: Path) -> float:
    """The seconds of `policy-qa ask` in a process of its own."""
    started = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        "from policy_qa.cli import main; main()",
        "ask",
        question,
        "--index",
        str(index),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Prints the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path, help="JSONL with a `question` a line")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    questions = [
        json.loads(line)["question"] for line in given.questions.read_text(encoding="utf-8").splitlines()
    ]
    cold = sorted(cold_seconds(questions[0], given.index) for _ in range(3))
    warm = warm_seconds(questions, given.index, given.rounds)
    print(
        f"warm  p50 {percentile(warm, 50) * 1000:.0f} ms  p95 {percentile(warm, 95) * 1000:.0f} ms  n {len(warm)}"
    )
    print(f"cold  min {cold[0]:.1f} s  median {cold[1]:.1f} s  max {cold[2]:.1f} s")
    print(f"peak memory  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
