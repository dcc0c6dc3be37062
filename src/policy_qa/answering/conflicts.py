"""Disagreement in answers: where another source tells another value of the very figure, both are told, none is picked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.agreeing import agreement_claim, is_agreement
from policy_qa.answering.asked_words import table_synonyms
from policy_qa.answering.cells import cited_cell, row_context
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import labelled_quote, trimmed
from policy_qa.answering.phrases import line_phrase, table_name
from policy_qa.answering.verdict_claims import is_verdict
from policy_qa.figures.compare import indicator_key, periods_agree
from policy_qa.figures.conflicts import (
    cannot_both_be_true,
    disagreeing,
    is_of_same_time,
    named_slots,
    value_of,
)
from policy_qa.figures.evidence import bears_out, block_around, qualified_alike, table_of
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.agreement import asks_alike, in_parts
from policy_qa.language.claims import read_claim
from policy_qa.language.normalize import search_key
from policy_qa.language.places import unique_name
from policy_qa.language.quantity_values import same_value
from policy_qa.language.vocabulary import canonical
from policy_qa.types import AnswerConflict, AnswerValue, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.figures.figure import Figure, FigureLookup, Slot
    from policy_qa.types import Answer, Citation, Document
    from policy_qa.understanding import Query

MOST_ALIKE = 4
NO_VERDICT = frozenset({messages.SOURCES_PERIODS_DIFFER, messages.SOURCES_SCOPES_DIFFER})
"""What is told is of other times, or by other counts: there is nothing that would have to agree."""
LEAST_NAMED = 0.7
"""The share of a figure's indicator, in pairs of characters, that a question must name to ask for the figure."""


@dataclass(frozen=True, slots=True)
class _Dispute:
    """A figure that a claim of the answer tells, with those that cannot be true together with it."""

    claim: int
    figure: Figure
    rivals: tuple[Figure, ...]


def with_conflicts(
    query: Query, answer: Answer, figures: FigureLookup, document_of: Callable[[str], Document | None]
) -> Answer:
    """The answer with every value that other sources, among those asked, tell of the figures that are asked for.

    The claims that disagree are `conflicting`.
    """
    is_claim = any(is_verdict(claim.text) for claim in answer.claims) or read_claim(query.question.text)
    if query.kind != "figure" and not (query.asks_agreement or is_claim):
        return answer
    disputes = list(_disputes(query, answer, figures, document_of))
    if not disputes:
        return answer
    is_computed = any(claim.status == "computed" for claim in answer.claims)
    notice = (messages.SOURCES_DISAGREE,) if query.asks_agreement or is_computed else ()
    told = _Telling(query, answer, document_of)
    for dispute in disputes:
        told.add(dispute)
    answer = told.answer()
    return replace(answer, notices=tuple(dict.fromkeys((*answer.notices, *notice))))


def with_agreement(
    query: Query, answer: Answer, figures: FigureLookup, document_of: Callable[[str], Document | None]
) -> Answer:
    """The answer with the other places that tell the same, and a claim that says whether all agree, where that is asked."""
    is_doubted = bool(answer.conflicts) and read_claim(query.question.text) is not None
    if (
        not (asks_alike(query.question.text) or is_doubted)
        or set(answer.notices) & NO_VERDICT
        or any(claim.working and not is_agreement(claim.text) for claim in answer.claims)
    ):
        return answer
    told = _Telling(query, answer, document_of)
    if answer.conflicts:
        told.say_apart()
    elif not any(is_agreement(claim.text) for claim in answer.claims):
        by_number = {citation.number: citation for citation in answer.citations}
        for index, claim in enumerate(answer.claims):
            for figure in _figures_of(claim, [by_number[number] for number in claim.citations], figures):
                if _is_asked(query, figure):
                    told.add_alike(index, figure, _of_one(query, figure, figures.like(figure), document_of))
    answer = told.answer()
    is_alone = query.kind == "figure" and len(answer.claims) == 1
    return replace(answer, notices=(*answer.notices, messages.ONE_PLACE)) if is_alone else answer


def _of_one(
    query: Query,
    figure: Figure,
    others: Sequence[Figure],
    document_of: Callable[[str], Document | None],
) -> list[Figure]:
    """The figures of the same time that may be true with the first, of places that leave no doubt what they are of, each once."""
    scope = query.question.documents
    documents = {
        document.id: document
        for name in dict.fromkeys(one.document_id for one in (figure, *others))
        if (document := document_of(name)) is not None and (scope is None or document.name in scope)
    }
    if figure.document_id not in documents or not bears_out(figure, documents[figure.document_id]):
        return []
    known = {(figure.document_id, block_around(documents[figure.document_id], figure.span).span)}
    found: list[Figure] = []
    for other in others:
        if other.document_id not in documents or not is_of_same_time(figure, other):
            continue
        document = documents[other.document_id]
        place = (document.id, block_around(document, other.span).span)
        if place not in known and bears_out(other, document) and qualified_alike(figure, other, documents):
            known.add(place)
            found.append(other)
    return found[:MOST_ALIKE]


def _disputes(
    query: Query, answer: Answer, figures: FigureLookup, document_of: Callable[[str], Document | None]
) -> Iterator[_Dispute]:
    """The figures of the answer's claims that are asked for and disputed, each slot and time once."""
    by_number = {citation.number: citation for citation in answer.citations}
    known: set[str] = set()
    for index, claim in enumerate(answer.claims):
        for figure in _figures_of(claim, [by_number[number] for number in claim.citations], figures):
            if figure.id in known or not _is_asked(query, figure):
                continue
            rivals = rivals_of(query, figure, figures.like(figure), document_of)
            known |= {figure.id, *(rival.id for rival in rivals)}
            if rivals:
                yield _Dispute(index, figure, rivals)


def rivals_of(
    query: Query,
    figure: Figure,
    others: Sequence[Figure],
    document_of: Callable[[str], Document | None],
) -> tuple[Figure, ...]:
    """The figures that cannot be true together with the first, else those rounded to it that exclude one another.

    41% is both 40.93% and 41.40%.
    """
    against = [other for other in others if cannot_both_be_true(figure, other)]
    if against:
        return _sure_rivals(query, figure, against, document_of)
    same = [other for other in others if is_of_same_time(figure, other)]
    split = (
        (one, *_sure_rivals(query, one, against, document_of))
        for one in same
        if (against := [other for other in same if cannot_both_be_true(one, other)])
    )
    return next((found for found in split if len(found) > 1), ())


def _sure_rivals(
    query: Query,
    figure: Figure,
    others: Sequence[Figure],
    document_of: Callable[[str], Document | None],
) -> tuple[Figure, ...]:
    """The figures that cannot be true together with the first, of the documents that the question is limited to."""
    scope = query.question.documents
    documents = {
        document.id: document
        for name in dict.fromkeys(one.document_id for one in (figure, *others))
        if (document := document_of(name)) is not None and (scope is None or document.name in scope)
    }
    if figure.document_id not in documents:
        return ()
    return disagreeing(figure, [one for one in others if one.document_id in documents], documents)


def _figures_of(claim: Claim, citations: Sequence[Citation], figures: FigureLookup) -> Iterator[Figure]:
    """The figures that stand in what a claim cites and whose number it tells."""
    said = "".join(claim.text.split())
    for citation in citations:
        if citation.span is None:
            continue
        cell = citation.cell.value_span if citation.cell is not None else None
        for figure in figures.within(citation.document_id, cell or citation.span):
            if "".join(figure.quantity.text.split()) in said:
                yield figure


def _is_asked(query: Query, figure: Figure) -> bool:
    """Whether the question names the figure's indicator, and no other time or place than its own."""
    if figure.indicator is None or figure.subject is None or figure.when is None:
        return False
    key = indicator_key(figure.indicator.text, figure.measure)
    if not any(_names(asked, key) for asked in _wordings(query)):
        return False
    when = figure.when
    if query.periods and not any(
        periods_agree(asked, when) or when.contains(asked) for asked in query.periods
    ):
        return False
    return not query.places or figure.subject.text in {unique_name(place) for place in query.places}


def _wordings(query: Query) -> Iterator[str]:
    """The question as it is compared with names of indicators: its own words, the parts of a whole, the words of tables."""
    written = "".join(search_key(in_parts(query.text)).split())
    yield canonical(written)
    for word, others in table_synonyms().items():
        if word in query.content:
            yield from (canonical(written.replace(word, other)) for other in others)


def _names(asked: str, key: str) -> bool:
    """Whether a question names most of an indicator, in pairs of characters."""
    pairs = [key[at : at + 2] for at in range(len(key) - 1)]
    return sum(pair in asked for pair in pairs) >= LEAST_NAMED * len(pairs)


class _Telling:
    """An answer while the values of its disputes are added to it."""

    def __init__(self, query: Query, answer: Answer, document_of: Callable[[str], Document | None]) -> None:
        self._question = search_key(query.text)
        self._answer, self._document_of = answer, document_of
        self._citations = CitationList.continuing(answer.citations)
        self._claims = list(answer.claims)
        self._conflicts: list[AnswerConflict] = []

    def add(self, dispute: _Dispute) -> None:
        """Tells a dispute: each value once, in the claim that has it, else in a new one."""
        told: list[tuple[Figure, Claim]] = [(dispute.figure, self._disputed(dispute.claim))]
        for rival in dispute.rivals:
            if any(same_value(rival.quantity, one.quantity) for one, _ in told):
                continue
            index = self._claim_with(rival)
            told.append((rival, self._disputed(self._added(rival) if index is None else index)))
        named = min((one for one, _ in told), key=lambda one: one.when is None or one.when.is_open)
        values = tuple(self._value(figure, claim) for figure, claim in told)
        self._conflicts.append(AnswerConflict(*named_slots(named), values))

    def add_alike(self, index: int, figure: Figure, others: Sequence[Figure]) -> None:
        """Tells the other places of a figure, and that they agree."""
        told = [self._value(figure, self._claims[index])]
        for other in others:
            at = self._claim_with(other)
            told.append(self._value(other, self._claims[self._added(other) if at is None else at]))
        self._say(told)

    def say_apart(self) -> None:
        """Says of each dispute told that its values differ, in place of what said that they agree."""
        self._claims = [claim for claim in self._claims if not is_agreement(claim.text)]
        for conflict in self._answer.conflicts:
            self._say(conflict.values)

    def _say(self, told: Sequence[AnswerValue]) -> None:
        claim = agreement_claim([(value.text, value.citations) for value in told])
        if claim is not None and all(claim.text != one.text for one in self._claims):
            self._claims.append(claim)

    def answer(self) -> Answer:
        """The answer with all that was added."""
        return replace(
            self._answer,
            claims=tuple(self._claims),
            citations=self._citations.citations(),
            conflicts=(*self._answer.conflicts, *self._conflicts),
        )

    def _disputed(self, index: int) -> Claim:
        if not is_verdict(self._claims[index].text):
            self._claims[index] = replace(self._claims[index], status="conflicting")
        return self._claims[index]

    def _claim_with(self, figure: Figure) -> int | None:
        """The claim that tells the figure already, None where none does."""
        by_number = {citation.number: citation for citation in self._citations.citations()}
        written = "".join(figure.quantity.text.split())
        for index, claim in enumerate(self._claims):
            spans = (by_number[number].span for number in claim.citations)
            holds = any(
                span is not None
                and span.contains(figure.span)
                and by_number[number].document_id == figure.document_id
                for number, span in zip(claim.citations, spans, strict=True)
            )
            if holds and written in "".join(claim.text.split()):
                return index
        return None

    def _added(self, figure: Figure) -> int:
        document = self._document_of(figure.document_id)
        if document is None:
            raise LookupError(f"the document of {figure.id} is gone")
        self._claims.append(claim_of_figure(figure, document, self._question, self._citations))
        return len(self._claims) - 1

    def _value(self, figure: Figure, claim: Claim) -> AnswerValue:
        document = self._document_of(figure.document_id)
        if document is None:
            raise LookupError(f"the document of {figure.id} is gone")
        return AnswerValue(
            value_of(figure, document), claim.citations, document.meta.title, document.meta.issued_on
        )


def claim_of_figure(
    figure: Figure, document: Document, question: str, citations: CitationList, *, start: int | None = None
) -> Claim:
    """A figure as its source tells it: its clauses, from `start` on, behind its place, period and name, or its cell in words."""
    if figure.cell is None:
        return _quoted(figure, document, citations, start)
    return _cell_claim(figure, document, question, citations)


def _quoted(figure: Figure, document: Document, citations: CitationList, start: int | None = None) -> Claim:
    """The clauses that name a figure and tell it, behind its place, period and name where these stand elsewhere."""
    text = document.text
    names = (
        [span for span in figure.indicator.spans if figure.sentence.contains(span)]
        if figure.indicator
        else []
    )
    starts = [figure.span.start if start is None else start, *(span.start for span in names)]
    needed = Span(min(starts), figure.span.end)
    clauses = [clause for clause in split_clauses(text, figure.sentence) if clause.overlaps(needed)]
    part = trimmed(text, Span(clauses[0].start, clauses[-1].end)) if clauses else figure.sentence
    away = [
        slot
        for slot in (figure.subject, figure.period, figure.indicator)
        if slot is not None and not any(part.contains(span) for span in slot.spans)
    ]
    for label in (away, [slot for slot in away if slot is not figure.indicator]):
        tried = CitationList.continuing(citations.citations())
        claim = _labelled(document, part, label, tried)
        if claim.text != _one_line(part.of(text)):
            break
    return _labelled(document, part, label, citations)


def _labelled(document: Document, part: Span, label: Sequence[Slot], citations: CitationList) -> Claim:
    spans = [span for slot in label for span in slot.spans]
    return labelled_quote(document, part, spans, [slot.text for slot in label], citations)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _cell_claim(figure: Figure, document: Document, question: str, citations: CitationList) -> Claim:
    """A cell in words, its row cited."""
    table, place = table_of(figure, document), figure.cell
    if table is None or place is None:
        raise LookupError(f"the table of {figure.id} is gone")
    cell = next(one for one in table.cells if (one.row, one.column) == (place.row, place.column))
    number = citations.cite_row(
        document,
        table.rows[cell.row].span,
        context=row_context(document, table, cell.row),
        cell=cited_cell(document, table, cell),
    )
    name = table_name(document, table)
    return Claim(line_phrase([cell], question) + (f"（{name}）" if name else "") + "。", (number,))
