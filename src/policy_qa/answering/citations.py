"""Citations: exact spans, numbered in order of first mention, with the way back to the original file; and what is a quotation of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from policy_qa import messages
from policy_qa.answering.conclusions import is_conclusion
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.qualifiers import is_target
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Block, Citation, CitedCell, Document, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from policy_qa.types import Answer, Claim

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


@dataclass(slots=True)
class CitationList:
    """The citations of one answer while it is put together: one number a span, numbered as first mentioned."""

    _numbers: dict[tuple[str, Span | None], int] = field(default_factory=dict)
    _citations: list[Citation] = field(default_factory=list)

    @classmethod
    def continuing(cls, citations: Iterable[Citation]) -> Self:
        """A list that goes on with the citations of an answer."""
        known = list(citations)
        return cls({(one.document_id, one.span): one.number for one in known}, known)

    def take(self, citation: Citation) -> int:
        """The number of what another answer cites, a new one if it was not cited before; a row cited for two cells names none."""
        key = (citation.document_id, citation.span)
        number = self._numbers.setdefault(key, len(self._citations) + 1)
        if number > len(self._citations):
            self._citations.append(replace(citation, number=number))
        elif self._citations[number - 1].cell != citation.cell:
            self._citations[number - 1] = replace(self._citations[number - 1], cell=None)
        return number

    def cite(self, document: Document, span: Span) -> int:
        """The number of the citation of `span`, a new one if it was not cited before."""
        key = (document.id, span)
        if key not in self._numbers:
            self._numbers[key] = len(self._citations) + 1
            self._citations.append(cite_span(document, span, number=self._numbers[key]))
        return self._numbers[key]

    def cite_row(self, document: Document, row: Span, *, context: str, cell: CitedCell | None) -> int:
        """The number of the citation of a table's row, shown with `context`.

        `cell` is the one that is meant; where several of the row are, the citation names none.
        """
        known = (document.id, row) in self._numbers
        number = self.cite(document, row)
        cited = self._citations[number - 1]
        if known and cited.cell != cell:
            cell = None
        self._citations[number - 1] = replace(cited, context=context, cell=cell)
        return number

    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, by number."""
        return tuple(self._citations)


def cite_span(document: Document, span: Span, *, number: int) -> Citation:
    """The citation of `document.text[span]`. Raises ValueError for a span without a visible character."""
    quote = span.of(document.text)
    if not quote.strip():
        raise ValueError(f"nothing to cite at {span.start}-{span.end} of {document.name}")
    segments = document.line_map.segments(document.text, span)
    lines = [segment.line for segment in segments]
    return Citation(
        number=number,
        document=document.name,
        document_id=document.id,
        title=document.meta.title,
        section=block_at(document, span.start).heading_path,
        span=span,
        quote=quote,
        context=context_span(document, span).of(document.text),
        lines=(min(lines), max(lines)),  # on a scrambled page a sentence may go on further up
        segments=segments,
    )


def block_at(document: Document, position: int) -> Block:
    """The block that holds `position`, or the last one before it."""
    index = bisect_right(document.blocks, position, key=lambda block: block.span.start)
    return document.blocks[max(index - 1, 0)]


def context_span(document: Document, span: Span) -> Span:
    """The whole sentences around `span`."""
    first, last = block_at(document, span.start).span, block_at(document, span.end - 1).span
    sentences = split_sentences(document.text, start=first.start, end=last.end)
    around = [sentence for sentence in sentences if sentence.overlaps(span)]
    return Span(min(around[0].start, span.start), max(around[-1].end, span.end)) if around else span


def with_claims(answer: Answer, claims: Sequence[Claim]) -> Answer:
    """The answer with these claims alone, its citations numbered in the order they are first mentioned."""
    citations = CitationList()
    by_number = {citation.number: citation for citation in answer.citations}
    kept = tuple(
        replace(claim, citations=tuple(citations.take(by_number[number]) for number in claim.citations))
        for claim in claims
    )
    return replace(answer, claims=kept, citations=citations.citations())


def of_documents(answer: Answer, names: Collection[str]) -> Answer:
    """The answer whose one figure that sources tell differently is as these documents tell it; else as it is."""
    own = {one.number for one in answer.citations if one.document in names}
    apart = [claim for claim in answer.claims if claim.status == "conflicting"]
    told = [claim for claim in apart if own & set(claim.citations)]
    if not told or len(told) == len(apart) or len(answer.conflicts) > 1:
        return answer
    left_out = [one for one in answer.claims if (one in apart and one not in told) or is_conclusion(one.text)]
    kept = [
        replace(one, status="computed" if one.working else "supported") if one in told else one
        for one in answer.claims
        if one not in left_out
    ]
    notices = tuple(one for one in answer.notices if one != messages.SOURCES_DISAGREE)
    return replace(with_claims(answer, kept), conflicts=(), notices=(*notices, messages.OTHERS_DIFFER))


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
