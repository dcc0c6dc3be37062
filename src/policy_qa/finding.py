"""What is found for a question: chunks, the sentences and cells they hold, and those of them that may answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from policy_qa.answering.asked_words import table_key
from policy_qa.answering.citations import block_at
from policy_qa.answering.evidence import gather_evidence, with_periods_told_elsewhere
from policy_qa.answering.labels import names_among
from policy_qa.answering.refusal import answering, is_fitting, least_coverage
from policy_qa.answering.tables import gather_cells, is_meant
from policy_qa.answering.wording import context_of, names_slot, word_match
from policy_qa.retrieval import best_of_others

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableShelf
    from policy_qa.answering.wording import WordWeight
    from policy_qa.retrieval import Retrieve
    from policy_qa.types import Document, Hit, Question
    from policy_qa.understanding import Query

PASSAGES, PASSAGES_OF_OPEN = 10, 20
"""How many retrieved chunks are read for an answer; more for a figure whose place or period is left open."""
FURTHER_OF_OPEN = 60
"""So far down each other document's best chunk is read for such a figure: its values stand in many."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds what documents hold for questions: chunks by `retrieve`, in them the sentences and cells that may answer.

    `least_similarity` is the cosine below which nothing in the corpus is about a question; `documents_about` names the
    documents about the very place and years asked for.
    """

    understand: Callable[[Question], Query]
    retrieve: Retrieve
    document: Callable[[str], Document | None]
    word_weight: WordWeight
    least_similarity: float
    documents_about: Callable[[Query], frozenset[str]]
    shelf: TableShelf

    def hits(self, query: Query) -> tuple[Hit, ...]:
        """The chunks that a question leads to."""
        return find_hits(query, self.retrieve, self.documents_about, self.document)

    def found(self, query: Query, hits: tuple[Hit, ...]) -> Found:
        """What these chunks hold that a question may be about."""
        return Found(query, hits, self)

    def found_too(self, query: Query, hits: tuple[Hit, ...]) -> Found:
        """What these chunks hold, and those that the question itself leads to."""
        return self.found(query, merged_hits(hits, self.hits(query)))

    def documents(self, hits: Sequence[Hit]) -> list[Document]:
        """The documents of the chunks, best first, each once."""
        ids = dict.fromkeys(hit.chunk.document_id for hit in hits)
        return [found for document_id in ids if (found := self.document(document_id)) is not None]

    def documents_for(self, query: Query, words: str) -> list[Document]:
        """The documents that other words than the question's lead to."""
        question = replace(query.question, text=words, history=())
        return self.documents(self.retrieve(question, PASSAGES, meaning=query.text))


@dataclass(frozen=True)  # without slots: what is read once is kept
class Found:
    """What was found for a question: the chunks, and what these hold of it, read when it is first asked for.

    What is computed is looked up in other words: of such a question nothing is weighed but these.
    """

    query: Query
    hits: tuple[Hit, ...]
    finder: Finder

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences and cells of the chunks, weighed, best first."""
        finder = self.finder
        return find_evidence(self.query, self.hits, finder.document, finder.word_weight, finder.shelf)

    @cached_property
    def needed(self) -> float:
        """How much of the question evidence must speak of."""
        nearest = max((hit.dense_score for hit in self.hits if hit.dense_score is not None), default=-1.0)
        return least_coverage(self.query, nearest, self.finder.least_similarity)

    @cached_property
    def fitting(self) -> tuple[Evidence, ...]:
        """The evidence that may answer the question, best first."""
        return fitting_evidence(self.query, self.evidence, self.needed)

    @property
    def document_ids(self) -> list[str]:
        """The documents of the chunks, best first, each once."""
        return list(dict.fromkeys(hit.chunk.document_id for hit in self.hits))


def find_hits(
    query: Query,
    retrieve: Retrieve,
    documents_about: Callable[[Query], frozenset[str]],
    document: Callable[[str], Document | None],
) -> tuple[Hit, ...]:
    """The best chunks, and behind them the best of the documents that are about the place and years asked for.

    Reports of many places and years are worded alike: the right one's may be far down. So may be the one table that
    names a place: where no chunk does, those that its name alone leads to and that have it come last.
    """
    is_open = query.kind == "figure" and not (query.periods and query.places)
    hits = retrieve(query.question, FURTHER_OF_OPEN if is_open else PASSAGES)
    hits = (*hits[:PASSAGES_OF_OPEN], *best_of_others(hits[:PASSAGES_OF_OPEN], hits[PASSAGES_OF_OPEN:]))
    about = documents_about(query)
    if query.question.documents is not None:
        about &= query.question.documents
    more = list(retrieve(replace(query.question, documents=about), PASSAGES)) if about else []
    for place in query.places:
        if not any(_names(hit, place.short, document) for hit in (*hits, *more)):
            named = replace(query.question, text=place.short, history=())
            led = retrieve(named, PASSAGES, meaning=query.text)
            more += [hit for hit in led if _names(hit, place.short, document)]
    return merged_hits(hits, more)


def merged_hits(hits: Sequence[Hit], more: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits, and behind them those of the others whose chunk is not among them."""
    found = {hit.chunk.id: hit for hit in hits}
    for hit in more:
        found.setdefault(hit.chunk.id, hit)
    return tuple(found.values())


def _names(hit: Hit, name: str, document: Callable[[str], Document | None]) -> bool:
    found = document(hit.chunk.document_id)
    return found is not None and name in hit.chunk.span.of(found.text)


def find_evidence(
    query: Query,
    hits: Sequence[Hit],
    document: Callable[[str], Document | None],
    word_weight: WordWeight,
    shelf: TableShelf,
) -> tuple[Evidence, ...]:
    """The sentences and cells of the chunks, best first."""
    evidence = gather_evidence(query, hits, document, word_weight)
    evidence += gather_cells(query, hits, document, word_weight, shelf)
    evidence = about_names(query, with_periods_told_elsewhere(query, evidence), shelf)
    return tuple(sorted(evidence, key=lambda found: -found.score))


def fitting_evidence(query: Query, evidence: Sequence[Evidence], needed: float) -> tuple[Evidence, ...]:
    """The evidence that may answer the question, in its order."""
    telling = [found for found in evidence if not is_empty_reading(found)]
    fitting = answering(query, telling, needed) or [one for one in telling if is_fitting(one, needed)]
    return tuple(fitting)


def is_empty_reading(found: Evidence) -> bool:
    """Whether evidence is cells that answer nothing: too little of the question, or no value in any."""
    return found.reading is not None and (found.reading.is_missing or not is_meant(found))


def about_names(query: Query, evidence: Sequence[Evidence], shelf: TableShelf) -> list[Evidence]:
    """The evidence that speaks of the things which the question names and the documents' tables know.

    Only where a figure is asked for. The thing that a document says most often is what all of it is about. Of several
    names one is enough: they are compared.
    """
    if query.kind != "figure":
        return list(evidence)
    documents = {found.document.id: found.document for found in evidence}
    tables = [keys for document in documents.values() for keys in shelf.tables(document)]
    names = names_among(
        label for keys in tables for axis in (keys.rows, keys.columns) for label in axis.values()
    )
    question = table_key(query.text)
    asked = {name for name in names if name in question and not names_slot(name)}
    asked -= {name for name in asked if any(name != other and name in other for other in asked)}
    subjects = {document.id: subject_of(document, names) for document in documents.values()} if asked else {}
    return [
        found
        for found in evidence
        if not asked
        or found.reading is not None
        or subjects[found.document.id] in asked
        or speaks_of(found, asked)
    ]


def subject_of(document: Document, names: Iterable[str]) -> str:
    """The one of the names which the document says most often."""
    return max(sorted(names), key=document.text.count)


def speaks_of(found: Evidence, names: Iterable[str]) -> bool:
    """Whether the sentence, what stands around it, or its document's title says one of the names."""
    context = context_of(found.document, block_at(found.document, found.span.start), found.span)
    return any(word_match(name, context) for name in names)
