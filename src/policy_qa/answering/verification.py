"""Checking claims against the very characters they cite, before an answer leaves; no language model takes part.

A claim is supported where it is a quotation, or says what the cited cells say, or where each of its figures stands in
what it cites and is the same thing there: value, unit, direction, words, period, place, and whether it was reached.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.answering.agreeing import faults_of_saying, is_saying
from policy_qa.answering.citations import block_at, is_quoted, with_claims
from policy_qa.answering.computed_claims import faults_of_computed
from policy_qa.answering.faults import Fault, faults_of_figure, faults_of_names
from policy_qa.answering.phrases import CitedRows, cited_rows, says_cells
from policy_qa.answering.told import Retold, Told, cells_told, content_parts, retell, stands_in, words_of
from policy_qa.answering.verdict_claims import CitedText, faults_of_verdict, is_verdict
from policy_qa.figures.surroundings import Surroundings, home_of, read_surroundings, year_of
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import Period, find_periods
from policy_qa.language.places import Place, find_places
from policy_qa.types import Answer, Citation, Claim, Document, DocumentMeta, LineMap, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.types import CitedCell

DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
CELL_MARK = "："

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a claim rests on: a span of a document (None: its title alone), and the cell that is meant, if one is."""

    document: Document
    span: Span | None
    cell: CitedCell | None = None


@dataclass(frozen=True, slots=True)
class _Sources:
    """The cited spans as they are read: sentences with figures, all figures told, and rows of tables."""

    sentences: tuple[Retold, ...]
    figures: tuple[Told, ...]
    rows: tuple[CitedRows, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A span of a document, equal to another where the same text is read in the same way there."""

    document_id: str
    span: Span
    home_place: str | None
    issued_on: date | None
    document: Document = field(compare=False)


def verified(answer: Answer, document_of: Callable[[str], Document | None]) -> Answer | None:
    """The answer with the claims that what they cite supports, None where none is left.

    Citations are numbered anew; the table goes where a claim about cells failed.
    """
    by_number = {citation.number: citation for citation in answer.citations}
    kept: list[Claim] = []
    table = answer.table
    for claim in answer.claims:
        citations = [by_number[number] for number in claim.citations]
        faults = _faults_of(claim, citations, document_of)
        if not faults:
            kept.append(claim)
            continue
        logger.warning("claim dropped: %s: %s", claim.text, faults)
        if any(_is_of_table(citation, document_of) for citation in citations):
            table = None
    if len(kept) == len(answer.claims):
        return answer
    if not kept:
        return None
    return replace(with_claims(answer, kept), table=table)


def check_claim(text: str, cited: Sequence[Cited]) -> tuple[Fault, ...]:
    """What of the claim its sources do not say, in the order of the text; empty for one that they support.

    >>> from policy_qa.types import DocumentMeta, LineMap
    >>> said = "2020年，柳州的研发投入强度为1.8%，低于岳阳的2.01%。"
    >>> document = Document("甲", "", said, (Paragraph(Span(0, len(said)), ()),), (), DocumentMeta("甲", None), LineMap(()))
    >>> cited = [Cited(document, Span(0, len(said)))]
    >>> check_claim("2020年岳阳的研发投入强度为2.01%。", cited)
    ()
    >>> [fault.kind for fault in check_claim("2020年柳州的研发投入强度为2.01%。", cited)]
    ['place']
    """
    if any(_is_title(text, one) for one in cited):
        return ()
    spans = [(one.document, one.span) for one in cited if one.span is not None]
    if any(is_quoted(text, document, span) for document, span in spans):
        return ()
    rows = [found for document, span in spans if (found := cited_rows(document, span)) is not None]
    if rows and len(rows) == len(spans) and CELL_MARK in text:
        return () if says_cells(text, rows) else (Fault("quantity", text),)
    if not spans:
        return (Fault("quote", text),)
    return tuple(dict.fromkeys(_faults_of_wording(text, spans, tuple(rows))))


def _faults_of(
    claim: Claim, citations: Sequence[Citation], document_of: Callable[[str], Document | None]
) -> tuple[Fault, ...]:
    """The faults of a claim of an answer; a citation whose document is gone, or says otherwise, supports nothing."""
    cited = []
    for citation in citations:
        document = document_of(citation.document_id)
        if document is None or not _is_exact(citation, document):
            return (Fault("quote", citation.quote or citation.title),)
        cited.append(Cited(document, citation.span, citation.cell))
    if claim.status == "computed":
        spans = [(one.document, one.span) for one in cited if one.span is not None]
        rows = {at: found for at in spans if (found := cited_rows(*at)) is not None}
        places = [_read_sources([at], (rows[at],) if at in rows else ()).figures for at in spans]
        if is_saying(claim.text):
            return tuple(faults_of_saying(claim.text, [span.of(document.text) for document, span in spans]))
        if is_verdict(claim.text):
            quantities = [one.quantity for place in places for one in place]
            cited_text = CitedText(spans, list(rows.values()), quantities)
            return tuple(faults_of_verdict(claim.text, claim.working, cited_text))
        return tuple(faults_of_computed(claim.text, claim.working, places))
    return check_claim(claim.text, cited)


def _is_of_table(citation: Citation, document_of: Callable[[str], Document | None]) -> bool:
    """Whether a citation is of a table's row, or may be: its document is gone."""
    document = document_of(citation.document_id)
    return citation.cell is not None or (
        citation.span is not None and (document is None or cited_rows(document, citation.span) is not None)
    )


def _is_exact(citation: Citation, document: Document) -> bool:
    """Whether the document says what the citation shows: its quote, and the value of its cell."""
    if citation.span is None:
        return citation.title == document.meta.title
    if citation.span.end > len(document.text) or citation.span.of(document.text) != citation.quote:
        return False
    cell = citation.cell
    if cell is None or cell.value is None or cell.value_span is None:
        return True
    told = cell.value_span.of(document.text)
    return "".join(cell.value.split()) == "".join(told.split())


def _is_title(text: str, cited: Cited) -> bool:
    return cited.span is None and text.strip("《》。 ") == cited.document.meta.title.strip("《》。 ")


def _faults_of_wording(
    text: str, spans: Sequence[tuple[Document, Span]], rows: tuple[CitedRows, ...]
) -> Iterator[Fault]:
    """The faults of a claim in words of its own."""
    sources = _read_sources(spans, rows)
    document = spans[0][0]
    before = next((_period_before(one) for one in sources.sentences), None)
    claim = _read_claim(text, home_of(document), year_of(document), before)
    told_anywhere = _named_anywhere(sources)
    whole = "|".join(
        [
            *(search_key(one.span.of(one.around.document.text)) for one in sources.sentences),
            *(one.around for one in sources.figures),
        ]
    )
    for sentence in claim:
        if not sentence.figures and not sentence.bare_clauses:
            yield Fault("quote", sentence.span.of(text))
        for clause in sentence.bare_clauses:
            yield from _faults_of_bare_clause(
                clause.of(text), spans, _frame_of(sentence, clause), told_anywhere
            )
        rivals = sources.figures
        for figure in sentence.figures:
            yield from faults_of_figure(figure, rivals)
        yield from _faults_of_rest(text, sentence, whole)
    if not any(sentence.figures for sentence in claim):
        yield Fault("quote", text)


def _read_claim(text: str, home: Place | None, year: int | None, before: Period | None) -> list[Retold]:
    """The sentences of a claim, its figures told with what the claim itself says of them."""
    block = Paragraph(Span(0, len(text)), ())
    issued = None if year is None else date(year, 12, 31)
    document = Document("", "", text, (block,), (), DocumentMeta("", None, issued), LineMap(()))
    around = Surroundings(
        document,
        block,
        tuple(find_periods(text, before=before, year=year)),
        tuple(find_places(text, home=home)),
        None,
        None,
        home,
    )
    return [retell(around, sentence) for sentence in split_sentences(text)]


def _read_sources(spans: Sequence[tuple[Document, Span]], rows: tuple[CitedRows, ...]) -> _Sources:
    """The cited spans: of running text the whole sentences, but only their figures that are cited."""
    sentences: list[Retold] = []
    figures: list[Told] = []
    for document, span in spans:
        if cited_rows(document, span) is not None:
            continue
        meta = document.meta
        for told in _sentences_at(_Place(document.id, span, meta.home_place, meta.issued_on, document)):
            sentences.append(told)
            figures += [
                figure
                for figure, region in zip(told.figures, told.regions, strict=True)
                if region.overlaps(span)
            ]
    for one in rows:
        figures += cells_told(one.document, one.table, one.rows, home_of(one.document))
    return _Sources(tuple(sentences), tuple(figures), rows)


@lru_cache(maxsize=512)  # claims of an answer cite the same few sentences
def _sentences_at(place: _Place) -> tuple[Retold, ...]:
    """The sentences that the span has a part of, with their figures."""
    document, span = place.document, place.span
    block = block_at(document, span.start)
    around = read_surroundings(document, block, home=home_of(document))
    end = max(block.span.end, span.end)
    return tuple(
        retell(around, sentence)
        for sentence in split_sentences(document.text, start=block.span.start, end=end)
        if sentence.overlaps(span)
    )


def _period_before(sentence: Retold) -> Period | None:
    """The period in mind where a cited sentence begins."""
    above = sentence.around.period_above
    before = [
        found.period
        for found in sentence.around.periods
        if found.span.end <= sentence.span.start and found.period and not found.is_base
    ]
    return before[-1] if before else above.period if above else None


def _named_anywhere(sources: _Sources) -> set[Period | Place]:
    """Every period and place that the sources name or that their figures are bound to."""
    named: set[Period | Place] = set()
    for sentence in sources.sentences:
        inside = [found for found in sentence.around.periods if sentence.span.contains(found.span)]
        named |= {found.period for found in inside if found.period}
        named |= {
            place
            for found in sentence.around.places
            if sentence.span.contains(found.span)
            for place in found.places
        }
    for figure in sources.figures:
        named |= set(figure.named) | set(figure.places) | ({figure.period} if figure.period else set())
    return named


def _frame_of(sentence: Retold, clause: Span) -> tuple[frozenset[str], set[Period | Place]]:
    """The words of a clause, and the periods and places it names."""
    around = sentence.around
    named: set[Period | Place] = {
        found.period for found in around.periods if clause.contains(found.span) and found.period
    }
    named |= {found.places[0] for found in around.places if clause.contains(found.span)}
    return words_of(around, clause), named


def _faults_of_bare_clause(
    clause: str,
    spans: Sequence[tuple[Document, Span]],
    frame: tuple[frozenset[str], set[Period | Place]],
    told: set[Period | Place],
) -> Iterator[Fault]:
    """The faults of a clause without a figure: it must be a quotation, or say no more than when and where."""
    words, named = frame
    bare = clause.strip().rstrip("，,：:；;。")
    if any(is_quoted(bare, document, span) for document, span in spans):
        return
    if words:
        yield Fault("quote", clause)
    yield from faults_of_names(named, told)


def _faults_of_rest(text: str, sentence: Retold, sources: str) -> Iterator[Fault]:
    """The words of a claim that belong to no figure, and digits that are no quantity: they must stand in the sources."""
    covered = [*sentence.regions, *sentence.bare_clauses]
    place = sentence.span.start
    for region in [*sorted(covered), Span(sentence.span.end, sentence.span.end)]:
        rest = text[place : region.start]
        if not all(stands_in(part, sources) for part in content_parts(rest)):
            yield Fault("quote", rest)
        place = max(place, region.end)
    known = [found.span for found in sentence.around.periods]
    known += [figure.span for figure in sentence.figures if figure.span is not None]
    for match in DIGITS.finditer(text, sentence.span.start, sentence.span.end):
        at = Span(*match.span())
        if not any(span.overlaps(at) for span in known) and text[at.start - 1 : at.end + 1] not in sources:
            yield Fault("quantity", match[0])
