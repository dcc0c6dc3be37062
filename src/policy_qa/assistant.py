"""Asking: from a question to an answer or a refusal, with everything that led there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.authors import authors_of
from policy_qa.answering.bounds import answer_claim
from policy_qa.answering.causes import answer_causes
from policy_qa.answering.cells import answer_from_cells, refuse_missing
from policy_qa.answering.conflicts import with_conflicts
from policy_qa.answering.data_sources import source_of_data
from policy_qa.answering.definitions import answer_definition, refuse_undefined
from policy_qa.answering.evidence import Evidence, compare_meaning
from policy_qa.answering.extractive import (
    answer_from_list,
    answer_from_sentences,
    answer_with_source,
    quoted_answer,
)
from policy_qa.answering.images import image_asked_for, missing_cell, refuse_image
from policy_qa.answering.list_items import item_asked_for
from policy_qa.answering.lists import (
    asks_for_list,
    count_asked,
    count_without_list,
    find_list,
    list_around,
    list_of_this_document,
)
from policy_qa.answering.named_values import answer_seen
from policy_qa.answering.open_slots import (
    MOST_VALUES,
    OpenValue,
    answer_open,
    names_no_indicator,
    open_values,
    refuse_ambiguous,
    values_of,
    why_these,
)
from policy_qa.answering.overview import answer_overview
from policy_qa.answering.premises import answer_premise, find_contradiction
from policy_qa.answering.readings import TableShelf
from policy_qa.answering.refusal import least_coverage, refusal_for, refuse
from policy_qa.answering.tellings import answer_tellings
from policy_qa.answering.verification import verified
from policy_qa.auditing.asked import wants_verdict
from policy_qa.auditing.auditor import Auditor
from policy_qa.auditing.telling import refuse_unchecked
from policy_qa.computing.answers import compute
from policy_qa.computing.back import compute_back
from policy_qa.computing.claimed import claims_in, judge
from policy_qa.computing.operations import read_operation
from policy_qa.computing.phrasing import plain_wording
from policy_qa.computing.rankings import read_ranking
from policy_qa.computing.values import Lookup, Sources
from policy_qa.conversation import Completed, complete
from policy_qa.figures.lookup import FiguresInMemory
from policy_qa.finding import (
    PASSAGES,
    Found,
    find_evidence,
    find_hits,
    fitting_evidence,
    is_empty_reading,
    merged_hits,
)
from policy_qa.language.bounds_asked import bound_asked
from policy_qa.language.claims import held_claim
from policy_qa.restating import restate
from policy_qa.types import Answer, Question, Refusal, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from policy_qa.answering.readings import TableKeys
    from policy_qa.answering.wording import WordWeight
    from policy_qa.figures.figure import Figure
    from policy_qa.figures.lookup import FigureLookup
    from policy_qa.language.places import Place
    from policy_qa.types import Document, Hit, Outcome, Span
    from policy_qa.understanding import Query

TOLD_BY_DISTANCE = frozenset({"no_such_period", "no_such_subject", "not_found"})


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, why it is that, and the values of a question for figures that it rests on."""

    outcome: Outcome
    why: str
    values: tuple[OpenValue, ...] = ()


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
    corpus is about it; `documents_about` names the documents about the very place and years asked for; 今年 is the year
    of `today`, 我市 the `corpus_home`; `figures` those computed with and looked for disagreement among.
    """

    understand: Callable[[Question], Query]
    retrieve: Callable[[Question, int], tuple[Hit, ...]]
    document: Callable[[str], Document | None]
    word_weight: WordWeight
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    least_similarity: float
    documents_about: Callable[[Query], frozenset[str]]
    today: Callable[[], date]
    corpus_home: Callable[[], Place | None]
    figures: FigureLookup = field(default_factory=FiguresInMemory)
    shelf: TableShelf = field(default_factory=TableShelf)
    auditor: Auditor = field(default_factory=Auditor)

    def explain(self, question: Question) -> Explanation:
        """The answer, every claim of it cited, or the refusal, with the way that led to it.

        A question that leans on earlier turns is completed from them; those without an answer are answered first.
        """
        completed = self._completed(question)
        restated = restate(completed.text, today=self.today(), home=self.corpus_home())
        explanation = self._explain(replace(question, text=restated.text), readable=not restated.is_foreign)
        outcome = explanation.outcome
        outcome = replace(
            outcome,
            question=question,
            notices=(*completed.notices, *restated.notices, *outcome.notices),
            completed=None if completed.text == question.text else completed.text,
        )
        return replace(explanation, outcome=outcome)

    def _completed(self, question: Question) -> Completed:
        """The question that stands alone."""
        completed = complete(question)
        if completed.text == question.text or all(turn.answer is not None for turn in question.history):
            return completed
        turns: list[Turn] = []
        for turn in question.history:
            answer = turn.answer
            if answer is None:
                asked = Question(turn.question, tuple(turns), question.documents)
                outcome = self.explain(asked).outcome
                answer = outcome.text if isinstance(outcome, Answer) else outcome.message
            turns.append(Turn(turn.question, answer))
        return complete(replace(question, history=tuple(turns)))

    def _explain(self, question: Question, *, readable: bool) -> Explanation:
        """The outcome of a question that stands alone."""
        query = self.understand(question)
        if not readable:
            refusal = refuse(query, "language", messages.NOT_CHINESE)
            return Explanation(query, (), (), refusal, messages.WHY_REFUSED["language"])
        if not query.content:
            refusal = refuse(
                query, "out_of_scope", messages.OUT_OF_SCOPE if query.text else messages.EMPTY_QUESTION
            )
            return Explanation(query, (), (), refusal, messages.WHY_NO_CONTENT)
        hits = self._hits(query)
        audited = self.auditor.audit(
            query, self._documents(hits), self.word_weight, partial(self._documents_for, query)
        )
        if audited is not None:
            decision = self._verified(query, Decision(audited, messages.WHY_AUDIT))
            return Explanation(query, hits, (), decision.outcome, decision.why)
        found = self._find(query, hits)
        decision = self._verified(query, self._decided(found), found.evidence)
        outcome = decision.outcome
        is_told = isinstance(outcome, Answer) and all(claim.status != "computed" for claim in outcome.claims)
        if isinstance(outcome, Answer) and is_told and wants_verdict(query):
            return Explanation(
                query, found.hits, found.evidence, refuse_unchecked(outcome), messages.WHY_AUDIT
            )
        if isinstance(outcome, Answer):
            outcome = with_conflicts(query, outcome, self.figures, self.document)
        return Explanation(query, found.hits, found.evidence, outcome, decision.why)

    def _verified(self, query: Query, decision: Decision, evidence: Sequence[Evidence] = ()) -> Decision:
        """The decision, its answer without what its sources do not bear out; a refusal where that is all of it."""
        if not isinstance(decision.outcome, Answer):
            return decision
        checked = verified(decision.outcome, self.document)
        if checked is not None:
            return replace(decision, outcome=checked)
        return Decision(refuse(query, "not_found", messages.NOT_FOUND, evidence), messages.WHY_UNVERIFIED)

    def _find(self, query: Query, hits: tuple[Hit, ...]) -> Found:
        """What these chunks hold that a question may be about."""
        evidence = find_evidence(query, hits, self.document, self.word_weight, self.shelf)
        nearest = max((hit.dense_score for hit in hits if hit.dense_score is not None), default=-1.0)
        needed = least_coverage(query, nearest, self.least_similarity)
        return Found(query, hits, evidence, needed, fitting_evidence(query, evidence, needed))

    def _decided(self, found: Found) -> Decision:
        """The outcome that takes every telling where these are asked for, else what is computed, else what is told."""
        tellings = answer_seen(
            found.query, found.fitting, partial(self._figures, found), self.document, self.word_weight
        ) or answer_tellings(found.query, found.fitting, self.word_weight)
        if tellings is not None:
            return Decision(tellings, messages.WHY_TELLINGS)
        question = found.query.question
        claim = bound_asked(question.text) or held_claim(question.text)
        if claim is not None:
            query = self.understand(replace(question, text=claim.plain))
            plain = self._decide(self._find(query, self._hits(query)))
            judged = answer_claim(claim, plain.outcome, plain.values)
            if judged is not None:
                return replace(plain, outcome=replace(judged, question=question))
        return self._judge(found) or self._compute(found) or self._decide_beside_images(found)

    def _judge(self, found: Found) -> Decision | None:
        """What a stated result comes to when it is computed anew, None where the question states none that is."""
        question = found.query.question
        for claimed in claims_in(question.text):
            query = self.understand(replace(question, text=claimed.plain, history=()))
            computed = self._compute(self._find(query, found.hits))
            if computed is None:
                continue
            outcome = replace(computed.outcome, question=question)
            judged = judge(claimed, outcome) if isinstance(outcome, Answer) else outcome
            if judged is not None:
                return Decision(judged, computed.why)
        return None

    def _compute(self, found: Found) -> Decision | None:
        """The outcome of a question that compares or computes, None where the sources' own words answer it."""
        operation = read_ranking(found.query) or read_operation(found.query)
        if operation is None:
            return None
        question = found.query.question
        known: dict[str, Lookup] = {}

        def look_up(text: str) -> Lookup:
            if text not in known:
                known[text] = self._look_up(replace(question, text=text), found)
            return known[text]

        def understand(text: str) -> Query:
            return self.understand(replace(question, text=text))

        def tables(text: str) -> list[TableKeys]:
            documents = {one.id: one for one in self._documents(found.hits)}
            documents |= {one.id: one for one in self._documents_for(found.query, text)}
            return [keys for document in documents.values() for keys in self.shelf.tables(document)]

        def of_indicator(figure: Figure) -> list[Figure]:
            scope = question.documents
            told = self.figures.of_indicator(figure)
            return [one for one in told if scope is None or one.document_id in scope]

        sources = Sources(look_up, understand, self.figures.of, self.document, tables, of_indicator)
        made = compute(question, operation, sources)
        return None if made is None else Decision(*made)

    def _compute_back(self, found: Found) -> Decision | None:
        """The outcome for a figure that is told only by its distance from another."""
        plain = self.understand(replace(found.query.question, text=plain_wording(found.query.text)))
        answer = compute_back(
            replace(plain, question=found.query.question), self._figures(found), self.document
        )
        return None if answer is None else Decision(answer, messages.WHY_COMPUTED_BACK)

    def _look_up(self, question: Question, asked: Found) -> Lookup:
        """What a plain question finds; in the chunks of the one that asked it, where that named its one place and years."""
        query = self.understand(question)
        hits = asked.hits
        is_one_of_several = any(
            len(own) == 1 < len(all_asked)
            for own, all_asked in (
                (query.places, asked.query.places),
                (query.years, asked.query.years),
            )
        )
        is_new = set(query.places) - set(asked.query.places) or set(query.years) - set(asked.query.years)
        if is_one_of_several or is_new:
            hits = merged_hits(hits, self._hits(query))
        found = asked if question == asked.query.question else self._find(query, hits)
        decision = self._decide_beside_images(found)
        return Lookup(query, decision.outcome, decision.values, found.evidence, found.fitting)

    def _decide_beside_images(self, found: Found) -> Decision:
        """What is told; where a table of what is asked for is an image, what the passages say that the bare words lead to."""
        decision = self._decide(found)
        if not isinstance(decision.outcome, Refusal) or decision.outcome.code != "table_is_image":
            return decision
        question = found.query.question
        bare = self.understand(replace(question, text=question.text.replace("的", "")))
        elsewhere = self._decide(self._find(bare, merged_hits(found.hits, self._hits(bare))))
        if not isinstance(elsewhere.outcome, Answer):
            return decision
        return replace(elsewhere, outcome=replace(elsewhere.outcome, question=question))

    def _figures(self, found: Found) -> Sequence[Figure]:
        """The figures of the documents of the chunks found."""
        return self.figures.of(list(dict.fromkeys(hit.chunk.document_id for hit in found.hits)))

    def _hits(self, query: Query) -> tuple[Hit, ...]:
        return find_hits(query, self.retrieve, self.documents_about, self.document)

    def _documents(self, hits: Sequence[Hit]) -> list[Document]:
        """The documents of the chunks, best first, each once."""
        ids = dict.fromkeys(hit.chunk.document_id for hit in hits)
        return [found for document_id in ids if (found := self.document(document_id)) is not None]

    def _documents_for(self, query: Query, words: str) -> list[Document]:
        """The documents that other words than the question's lead to."""
        return self._documents(self.retrieve(replace(query.question, text=words, history=()), PASSAGES))

    def _decide(self, found: Found) -> Decision:
        query, evidence, needed = found.query, found.evidence, found.needed
        special = self._special(query, evidence, needed)
        if special is not None:
            return special
        refusal = self._refuse(query, evidence, needed)
        if refusal is not None:
            back = self._compute_back(found) if refusal.code in TOLD_BY_DISTANCE else None
            return back or Decision(refusal, messages.WHY_REFUSED[refusal.code])
        fitting = found.fitting
        compare = partial(compare_meaning, similarity=partial(self.similarity, query.text))
        several = self._several(query, fitting, compare)
        return several if several is not None else self._answer(query, compare(fitting), fitting)

    def _special(self, query: Query, evidence: Sequence[Evidence], needed: float) -> Decision | None:
        """The outcome of a question for authors or definitions, of one that asserts what is not so, or names no indicator."""
        said = self._said_of_itself(query, evidence)
        if said is not None:
            return said
        contradiction = None if math.isinf(needed) else find_contradiction(query, evidence)
        if contradiction is not None:
            return Decision(answer_premise(query, contradiction), messages.WHY_PREMISE)
        item = item_asked_for(query, evidence)
        if item is not None:
            return Decision(quoted_lines(query, *item), messages.WHY_LIST)
        whole = list_of_this_document(query, evidence)
        if whole is not None:
            return Decision(answer_from_list(query, whole), messages.WHY_LIST)
        if names_no_indicator(query):
            refusal = refuse(query, "ambiguous", messages.AMBIGUOUS_INDICATOR, evidence)
            return Decision(refusal, messages.WHY_REFUSED["ambiguous"])
        defined = answer_definition(query, evidence, self.document, self.retrieve)
        return None if defined is None else Decision(defined, messages.WHY_DEFINITION)

    def _said_of_itself(self, query: Query, evidence: Sequence[Evidence]) -> Decision | None:
        """The outcome of a question for what documents say of themselves: their authors, where a table's data come from."""
        authors = authors_of(query, evidence, self.word_weight) if query.kind == "author" else None
        if authors is not None:
            return Decision(quoted_lines(query, *authors), messages.WHY_AUTHORS)
        source = source_of_data(query, evidence, self.word_weight)
        return None if source is None else Decision(quoted_lines(query, *source), messages.WHY_DATA_SOURCE)

    def _several(
        self,
        query: Query,
        fitting: Sequence[Evidence],
        compare: Callable[[Sequence[Evidence]], list[Evidence]],
    ) -> Decision | None:
        """The outcome that takes several pieces of evidence together: cells, open values, a list, an overview."""
        cells = next((found for found in fitting if found.reading), None)
        if query.wants_all and cells is not None and cells.reading is not None:
            return Decision(answer_from_cells(query, cells.reading), messages.WHY_CELLS, values_of(cells))
        values = open_values(query, fitting, self.word_weight)
        if len(values) > MOST_VALUES:
            return Decision(refuse_ambiguous(query, values), messages.WHY_REFUSED["ambiguous"], tuple(values))
        if values:
            return Decision(answer_open(query, values), why_these(values), tuple(values))
        found_list = find_list(query, fitting, self.word_weight) if asks_for_list(query) else None
        if found_list is not None and found_list.is_meant:
            return Decision(answer_from_list(query, found_list), messages.WHY_LIST)
        overview = None
        if query.kind == "overview":
            overview = answer_overview(query, fitting, self.word_weight, compare)
        return None if overview is None else Decision(overview, messages.WHY_OVERVIEW)

    def _answer(self, query: Query, compared: Sequence[Evidence], fitting: Sequence[Evidence]) -> Decision:
        """The answer the best of the fitting evidence gives; `compared` is the same, nearest in meaning first."""
        best = compared[0]
        causes = answer_causes(query, compared, fitting, self.word_weight) if query.kind == "cause" else None
        if causes is not None:
            return Decision(causes, messages.WHY_CAUSES)
        if best.reading is not None:
            return Decision(answer_from_cells(query, best.reading), messages.WHY_CELLS, values_of(best))
        if query.kind == "source":
            return Decision(answer_with_source(query, best), messages.WHY_SENTENCE)
        around = None if query.kind in ("figure", "when") else list_around(best)
        if around is not None and count_asked(query) in (None, len(around.items)):
            return Decision(answer_from_list(query, around), messages.WHY_LIST)
        unlisted = count_without_list(query, compared)
        if unlisted is not None:
            message = messages.NO_LIST.format(count=unlisted)
            return Decision(refuse(query, "not_found", message, compared), messages.WHY_REFUSED["not_found"])
        return Decision(answer_from_sentences(query, compared), messages.WHY_SENTENCE, values_of(best))

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
        refusal = refusal_for(query, telling, needed, missing=missing)
        return (
            refuse_undefined(query, evidence) if refusal is None and query.kind == "definition" else refusal
        )


def quoted_lines(query: Query, document: Document, lines: Sequence[Span]) -> Answer:
    """The lines of a document, each a claim of its own."""
    return quoted_answer(query.question, [(document, line) for line in lines])
