"""Retrieval on STARD, lay questions on statutes: nDCG@10 and R@10 of documents, through the command line.

    python bench/stard.py

Su et al., "STARD: A Chinese Statute Retrieval Dataset with Real Queries Issued by Non-professionals", 2024; the
1,235 development questions and 1,445 articles of bench/data/stard (MIT, see its NOTICE). No setting of the product
was chosen on them.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import ir_measures
from ir_measures import R, nDCG

DATA = Path(__file__).parent / "data" / "stard"
CLI = [sys.executable, "-c", "from policy_qa.cli import main; main()"]


def unpack(name: str, folder: Path) -> Path:
    """The unpacked JSONL file of that name, in `folder`."""
    path = folder / f"{name}.jsonl"
    path.write_bytes(gzip.decompress((DATA / f"{name}.jsonl.gz").read_bytes()))
    return path


def records(path: Path) -> list[dict]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Prints both measures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus, questions = unpack("stard_corpus", folder), unpack("stard_questions", folder)
        index, found = folder / "index", folder / "found.jsonl"
        subprocess.run([*CLI, "build", "--corpus", str(corpus), "--index", str(index)], check=True)
        subprocess.run(
            [
                *CLI,
                "search",
                "--batch",
                str(questions),
                "--output",
                str(found),
                "--top-k",
                "30",
                "--index",
                str(index),
            ],
            check=True,
        )
        gold = {record["id"]: dict.fromkeys(record["positive_doc_ids"], 1) for record in records(questions)}
        run = {}
        for record in records(found):
            documents = dict.fromkeys(hit["document"] for hit in record["hits"])
            run[record["id"]] = {document: -rank for rank, document in enumerate(documents)}
    for measure, value in sorted(ir_measures.calc_aggregate([nDCG @ 10, R @ 10], gold, run).items(), key=str):
        print(f"{measure}  {100 * value:.1f}  n {len(run)}")


if __name__ == "__main__":
    main()
