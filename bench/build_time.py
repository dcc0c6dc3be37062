"""How long a build takes against the bare embedding of the same chunks; imports and model load are not counted.

    python bench/build_time.py CORPUS

Take a corpus of at least 2,000 chunks, and a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from policy_qa.config import load_settings
from policy_qa.index.embedding import open_embedder
from policy_qa.ingest.chunking import embedded_text
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.pipeline import build_index, open_node_parser, open_segmenter


def main() -> None:
    """Prints the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder or a JSONL corpus")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(corpus=given.corpus, index=Path(folder) / "index")
        embedder = open_embedder(settings)
        embedder.embed_passages(["热身"] * 64)
        parser_ = open_node_parser(settings, open_segmenter(settings))
        documents = [read_document(read_source(found)) for found in find_sources(given.corpus).sources]
        texts = [
            embedded_text(document, chunk) for document in documents for chunk in parser_.chunks(document)
        ]

        started = time.perf_counter()
        report = build_index(settings, embedder=embedder)
        built = time.perf_counter() - started
    started = time.perf_counter()
    embedder.embed_passages(texts)
    bare = time.perf_counter() - started
    beside = built - report.seconds["embed"]
    print(f"chunks {report.chunks}  embedded {report.embedded}  documents {len(documents)}")
    print(f"build {built:.1f} s  bare embedding {bare:.1f} s  ratio {built / bare:.2f}")
    print(f"beside embedding {1000 * beside / report.chunks:.2f} ms a chunk  {dict(report.seconds)}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
