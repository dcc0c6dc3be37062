"""Whether a claim is a quotation: the characters of its source themselves, from clause edge to clause edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.qualifiers import is_target
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# A space between two numbers or Latin words parts them; every other one is print's.
_VISIBLE = re.compile(r"\S|(?<=[0-9A-Za-z.%])\s+(?=[0-9A-Za-z+-])")
_MARKUP_BEFORE = re.compile(
    r"[\s#>*●•·▪◆]*(?:[-+]\s+)?"
    r"(?:[①-⑳]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．]|[一二三四五六七八九十]{1,2}是)?\s*"
)
"""What no quotation needs of what stands before it in its block: marks of headings and lists."""
_OPENING = "“‘「『（(《【"
_CLOSING = "”’」』）)》】"
_ENDS = "，,。；;：:！？!?…"
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[,:.，：](?=[0-9])")


def is_quoted(text: str, document: Document, span: Span) -> bool:
    """Whether `text`, white space aside, stands in `document.text[span]` as one or more whole clauses.

    Not where what stands before it in its sentence makes one of its figures a target.

    >>> from policy_qa.types import DocumentMeta, LineMap, Paragraph
    >>> said = "预期目标是30%，实际增长5%。"
    >>> document = Document("甲", "", said, (Paragraph(Span(0, len(said)), ()),), (), DocumentMeta("甲", None), LineMap(()))
    >>> [is_quoted(text, document, Span(0, len(said))) for text in ("实际增长5%。", "增长5%。", "30%")]
    [True, False, False]
    """
    return any(
        _stands_apart(document, run) and not _leaves_target_out(document, run)
        for run in find_runs(text, document, span)
    )


def find_runs(text: str, document: Document, span: Span) -> Iterator[Span]:
    """The places within `document.text[span]` where `text` stands, white space aside, in order."""
    wanted, _ = _squeezed(text)
    if not wanted:
        return
    passage, places = _squeezed(span.of(document.text))
    at = passage.find(wanted)
    while at >= 0:
        yield Span(span.start + places[at], span.start + places[at + len(wanted) - 1] + 1)
        at = passage.find(wanted, at + 1)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without the white space that print puts in, and where each of its characters stood."""
    found = [
        (match[0] if not match[0].isspace() else " ", match.start()) for match in _VISIBLE.finditer(text)
    ]
    return "".join(character for character, _ in found), [place for _, place in found]


def _stands_apart(document: Document, run: Span) -> bool:
    """Whether the run begins and ends where clauses do, or its block."""
    text = document.text
    first, last = block_at(document, run.start).span, block_at(document, run.end - 1).span
    before = text[first.start : run.start]
    if not _MARKUP_BEFORE.fullmatch(before) and not _ends_clause(
        before.rstrip(_OPENING + " \n\u3000"), text[run.start]
    ):
        return False
    after = text[run.end : last.end].lstrip()
    return (
        (text[run.end - 1] in _ENDS and not _BETWEEN_DIGITS.match(text, run.end - 1))
        or not after
        or (after.lstrip(_CLOSING)[:1] in {*_ENDS, ""} and not _BETWEEN_DIGITS.match(text, run.end))
    )


def _ends_clause(before: str, following: str) -> bool:
    if not before:
        return True
    return before[-1] in _ENDS and not (
        before[-2:-1].isdigit() and following.isdigit() and before[-1] in ",:，："
    )


def _leaves_target_out(document: Document, run: Span) -> bool:
    """Whether a figure of the run is a target only by what stands before the run in its sentence, or the reverse."""
    text = document.text
    block = block_at(document, run.start).span
    sentence = next(
        (found for found in split_sentences(text, start=block.start, end=block.end) if found.end > run.start),
        None,
    )
    if sentence is None or sentence.start >= run.start:
        return False
    whole, by = Span(sentence.start, max(sentence.end, run.end)).of(text), run.start - sentence.start
    alone = run.of(text)
    return any(
        is_target(alone, found.span) != is_target(whole, Span(found.span.start + by, found.span.end + by))
        for found in read_quantities(alone)
        if found.span.end + run.start <= sentence.end
    )
