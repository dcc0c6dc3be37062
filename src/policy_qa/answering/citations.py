"""Citations: exact spans, numbered in order of first mention, with the way back to the original file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from policy_qa import messages
from policy_qa.answering.conclusions import is_conclusion
from policy_qa.ingest.sentences import split_sentences
from policy_qa.types import Block, Citation, CitedCell, Document, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from policy_qa.types import Answer, Claim


@dataclass(slots=True)
class CitationList:
    """The citations of one answer while it is put together: one number a span, numbered as first mentioned."""

    _numbers: dict[tuple[str, Span], int] = field(default_factory=dict)
    _citations: list[Citation] = field(default_factory=list)

    @classmethod
    def continuing(cls, citations: Iterable[Citation]) -> Self:
        """A list that goes on with the citations of an answer."""
        known = list(citations)
        spans = {(one.document_id, one.span): one.number for one in known if one.span is not None}
        return cls(spans, known)

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
    old = dict.fromkeys(number for claim in claims for number in claim.citations)
    numbers = {number: index for index, number in enumerate(old, start=1)}
    by_number = {citation.number: citation for citation in answer.citations}
    return replace(
        answer,
        claims=tuple(
            replace(claim, citations=tuple(numbers[number] for number in claim.citations)) for claim in claims
        ),
        citations=tuple(replace(by_number[number], number=numbers[number]) for number in old),
    )


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
