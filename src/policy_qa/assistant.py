"""Asking: from a question to an answer or a refusal, with everything that led there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.authors import authors_of
from policy_qa.answering.cells import answer_from_cells, refuse_missing
from policy_qa.answering.evidence import Evidence, WordWeight, compare_meaning, gather_evidence
from policy_qa.answering.extractive import (
    answer_from_list,
    answer_from_sentences,
    answer_with_source,
    quoted_answer,
)
from policy_qa.answering.images import image_asked_for, missing_cell, refuse_image
from policy_qa.answering.lists import find_list, list_around
from policy_qa.answering.names import about_names
from policy_qa.answering.readings import TableShelf
from policy_qa.answering.refusal import least_coverage, refusal_for, refuse
from policy_qa.answering.tables import gather_cells, is_meant
from policy_qa.understanding import Query, leans_on_history

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.types import Document, Hit, Outcome, Question, Refusal

LEAST_LEAD = 0.25
"""The share of the question's weight that the lead of a list must speak of itself for the list to be the answer."""
PASSAGES = 10
"""How many retrieved chunks are read for an answer."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an outcome came about: the question as understood, the chunks found, the sentences weighed, and why."""

    query: Query
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from the documents behind `retrieve`; the same question gets the same answer.

    `similarity` gives the cosine of each text to a question, `least_similarity` the one below which nothing in the
    corpus is about it.
    """

    understand: Callable[[Question], Query]
    retrieve: Callable[[Question, int], tuple[Hit, ...]]
    document: Callable[[str], Document | None]
    word_weight: WordWeight
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    least_similarity: float
    shelf: TableShelf = field(default_factory=TableShelf)

    def explain(self, question: Question) -> Explanation:
        """The answer, every claim of it cited, or the refusal, with the way that led to it."""
        query = self.understand(question)
        if not query.content:
            refusal = refuse(
                query, "out_of_scope", messages.OUT_OF_SCOPE if query.text else messages.EMPTY_QUESTION
            )
            return Explanation(query, (), (), refusal, messages.WHY_NO_CONTENT)
        hits = self.retrieve(question, PASSAGES)
        evidence = gather_evidence(query, hits, self.document, self.word_weight)
        evidence += gather_cells(query, hits, self.document, self.word_weight, self.shelf)
        evidence = about_names(query, evidence, self.shelf)
        evidence.sort(key=lambda found: -found.score)
        nearest = max((hit.dense_score for hit in hits if hit.dense_score is not None), default=-1.0)
        needed = least_coverage(query, nearest, self.least_similarity)
        outcome, why = self._decide(query, evidence, needed)
        leans = bool(question.history) and leans_on_history(query.text)
        notices = (messages.HISTORY_NOT_USED,) if leans else ()
        return Explanation(
            query, hits, tuple(evidence), replace(outcome, notices=(*outcome.notices, *notices)), why
        )

    def _decide(self, query: Query, evidence: Sequence[Evidence], needed: float) -> tuple[Outcome, str]:
        authors = authors_of(query, evidence, self.word_weight) if query.kind == "author" else None
        if authors is not None:
            document, lines = authors
            return quoted_answer(query.question, [(document, line) for line in lines]), messages.WHY_AUTHORS
        refusal = self._refuse(query, evidence, needed)
        if refusal is not None:
            return refusal, messages.WHY_REFUSED[refusal.code]
        fitting = [
            found
            for found in evidence
            if found.year_fits and found.coverage >= needed and not is_empty_reading(found)
        ]
        cells = next((found.reading for found in fitting if found.reading), None)
        if query.wants_all and cells is not None:
            return answer_from_cells(query, cells), messages.WHY_CELLS
        found_list = find_list(query, fitting, self.word_weight) if query.kind == "list" else None
        if found_list is not None and found_list.own_coverage >= LEAST_LEAD:
            return answer_from_list(query, found_list), messages.WHY_LIST
        return self._answer(query, compare_meaning(fitting, partial(self.similarity, query.text)))

    def _answer(self, query: Query, compared: Sequence[Evidence]) -> tuple[Outcome, str]:
        """The answer the best evidence gives; `compared` stands best first."""
        best = compared[0]
        if best.reading is not None:
            return answer_from_cells(query, best.reading), messages.WHY_CELLS
        if query.kind == "source":
            return answer_with_source(query, best), messages.WHY_SENTENCE
        around = None if query.kind in ("figure", "when") else list_around(best)
        if around is not None:
            return answer_from_list(query, around), messages.WHY_LIST
        return answer_from_sentences(query, compared), messages.WHY_SENTENCE

    def _refuse(self, query: Query, evidence: Sequence[Evidence], needed: float) -> Refusal | None:
        """Why the question is not answered, None where it is."""
        if not math.isinf(needed):
            cell = missing_cell(query, evidence, self.word_weight)
            if cell is not None and cell.reading is not None:
                return refuse_missing(query, cell.reading)
            image = image_asked_for(query, evidence, self.word_weight)
            if image is not None:
                return refuse_image(query, *image)
        telling = [found for found in evidence if not is_empty_reading(found)]
        missing = [found for found in evidence if is_empty_reading(found)]
        return refusal_for(query, telling, needed, missing=missing)


def is_empty_reading(found: Evidence) -> bool:
    """Whether evidence is cells that answer nothing: too little of the question, or no value in any."""
    return found.reading is not None and (found.reading.is_missing or not is_meant(found))
