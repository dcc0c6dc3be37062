"""An independent check that quotations are exact: each citation of an OUT file against the original files.

Nothing here uses the product's own reading or cleaning, so that a mistake there cannot hide here. As a command:
`python -m policy_qa.evaluation.exactness OUT.jsonl CORPUS_FOLDER`; exit status 1 where a quotation is not exact.
"""

from __future__ import annotations

import argparse
import codecs
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LINE_END = re.compile(r"\r\n|\n|\r")
LINE_MARK = re.compile(r"\s*(?:[#>]+\s*|[-*+]\s+)?")
TAG = r"</?[A-Za-z][^<>]*>"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Violation:
    """A citation that is not exact: the record's id, the citation's number, and what is wrong."""

    record_id: str | int | None
    number: int
    document: str
    problem: str


def check_exactness(records: Iterable[Mapping[str, Any]], corpus: Path) -> list[Violation]:
    """What is inexact among the citations of the records, in order; empty means that every quotation is exact.

    A citation is exact if each of its segments stands in the stated line of the original file, the segments follow
    one another there without a gap but for white space and lines left out whole, joined they are the quotation,
    white space aside, and `lines` are those of the first and the last.
    """
    files = {
        unicodedata.normalize("NFC", path.relative_to(corpus).as_posix()): path for path in corpus.rglob("*")
    }
    lines_of: dict[str, list[str]] = {}
    violations = []
    for record in records:
        for citation in record["citations"]:
            name = citation["document"]
            if name not in lines_of and name in files:
                lines_of[name] = read_lines(files[name])
            problems = citation_problems(citation, lines_of.get(name))
            violations += [Violation(record["id"], citation["number"], name, problem) for problem in problems]
    return violations


def read_lines(path: Path) -> list[str]:
    """The lines of the original file without their ends. Raises ValueError for bytes that are no text."""
    data = path.read_bytes()
    if data[:2] in UTF16_MARKS:
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = ["utf-16-le", "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return LINE_END.split(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{path}: text in none of {', '.join(encodings)}")


def citation_problems(citation: Mapping[str, Any], lines: Sequence[str] | None) -> Iterator[str]:
    """What is inexact in one citation; `lines` are the original file's, None if there is no such file."""
    if lines is None:
        yield "there is no such document"
        return
    quote, segments = citation["quote"], citation["segments"]
    if quote is None:
        if segments or citation["lines"] is not None or citation["start"] is not None:
            yield "no quote, yet a place in the file"
        return
    if not squeezed(quote) or not segments:
        yield "an empty quote, or one without segments"
        return
    if citation["end"] - citation["start"] != len(quote):
        yield f"{citation['start']}-{citation['end']} is not the length of the quote"
    if "".join(squeezed(segment["text"]) for segment in segments) != squeezed(quote):
        yield f"the segments joined are not the quote {quote!r}"
    numbers = [segment["line"] for segment in segments]
    if list(citation["lines"] or []) != [min(numbers), max(numbers)]:
        yield f"lines {citation['lines']} are not the first and the last of the segments"
    yield from cell_problems(citation)
    yield from segment_problems(segments, lines)


def cell_problems(citation: Mapping[str, Any]) -> Iterator[str]:
    """What is inexact in the cell a citation names: its value must stand in the quotation, where it says.

    >>> cell = {"value": "1.8", "value_start": 13, "value_end": 16}
    >>> list(cell_problems({"start": 10, "quote": "甲市 1.8", "cell": cell}))
    []
    """
    cell = citation.get("cell")
    if cell is None or (cell["value_start"] is None and cell["value"] is None):
        return
    if cell["value_start"] is None or cell["value_end"] is None:
        yield f"the cell's value {cell['value']!r} has no place"
        return
    first, last = cell["value_start"] - citation["start"], cell["value_end"] - citation["start"]
    if not 0 <= first < last <= len(citation["quote"]):
        yield f"the cell's value stands outside the quote, at {cell['value_start']}-{cell['value_end']}"
    elif cell["value"] is not None and squeezed(citation["quote"][first:last]) != squeezed(cell["value"]):
        yield f"the quote holds {citation['quote'][first:last]!r}, not the cell's value {cell['value']!r}"


def segment_problems(segments: Sequence[Mapping[str, Any]], lines: Sequence[str]) -> Iterator[str]:
    """Which segments are not in their line, and between which something is left out.

    >>> list(segment_problems([{"line": 1, "text": "强度为1.9%"}], ["强度为1.8%"]))
    ["line 1 does not hold '强度为1.9%'"]
    """
    for segment in segments:
        if not 1 <= segment["line"] <= len(lines) or segment["text"] not in lines[segment["line"] - 1]:
            yield f"line {segment['line']} does not hold {segment['text']!r}"
            return
    for left, right in pairwise(segments):
        if not follows(left, right, lines):
            yield f"text is left out between {left['text']!r} and {right['text']!r}"


def follows(left: Mapping[str, Any], right: Mapping[str, Any], lines: Sequence[str]) -> bool:
    """Whether `right` goes on where `left` ends: in the same line, or from a line's end to another line's start.

    On a page whose columns were read in the wrong order that line may stand before. Tags of HTML between the two, or around them, are no text.
    """
    head, tail = left["text"].rstrip(), right["text"].lstrip()
    line = lines[left["line"] - 1]
    if left["line"] == right["line"]:
        return re.search(re.escape(head) + rf"(?:\s|{TAG})*" + re.escape(tail), line) is not None
    line = re.sub(rf"(?:\s|{TAG})+$", "", line)
    following = lines[right["line"] - 1]
    mark = LINE_MARK.match(following)
    starts = {following.lstrip(), following[mark.end() :] if mark else following}
    starts.add(re.sub(rf"^(?:\s|{TAG})+", "", following))
    return line.rstrip().endswith(head) and any(s.startswith(tail) for s in starts)


def squeezed(text: str) -> str:
    r"""The text without its white space.

    >>> squeezed("强度 为1.8%\n")
    '强度为1.8%'
    """
    return "".join(text.split())


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 if every quotation is exact, 1 if not; the violations go to standard output."""
    parser = argparse.ArgumentParser(
        description="Checks every citation of OUT.jsonl against the original files."
    )
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("corpus", type=Path, metavar="CORPUS_FOLDER")
    given = parser.parse_args(arguments)
    text = given.out.read_text(encoding="utf-8")
    records = [json.loads(line) for line in text.split("\n") if line.strip()]
    violations = check_exactness(records, given.corpus)
    for violation in violations:
        sys.stdout.write(
            f"{violation.record_id} [{violation.number}] {violation.document}: {violation.problem}\n"
        )
    citations = sum(len(record["citations"]) for record in records)
    sys.stdout.write(f"{len(records)} records, {citations} citations, {len(violations)} violations\n")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
