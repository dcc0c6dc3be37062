"""Asking: from a question to an answer or a refusal, with everything that led there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.bounds import answer_claim
from policy_qa.answering.conflicts import rivals_of, with_agreement, with_conflicts
from policy_qa.answering.named_values import answer_seen
from policy_qa.answering.readings import TableShelf
from policy_qa.answering.refusal import least_coverage, refuse
from policy_qa.answering.tellings import answer_tellings
from policy_qa.answering.verification import verified
from policy_qa.answering.worded import answer_moves, answer_ways
from policy_qa.auditing.asked import wants_verdict
from policy_qa.auditing.auditor import Auditor
from policy_qa.auditing.telling import refuse_unchecked
from policy_qa.computing.answers import compute, compute_framed, reckon_given
from policy_qa.computing.asserted import is_settled
from policy_qa.computing.averages import judge_average
from policy_qa.computing.claimed import claims_in, judge
from policy_qa.computing.operations import read_operation
from policy_qa.computing.rankings import read_ranking
from policy_qa.computing.told_values import judge_told, states_one_value
from policy_qa.computing.unanswered import refuse_part, tells_too_little
from policy_qa.computing.values import Lookup, Sources
from policy_qa.conversation import Completed, complete
from policy_qa.figures.lookup import FiguresInMemory
from policy_qa.finding import (
    PASSAGES,
    Found,
    find_evidence,
    find_hits,
    fitting_evidence,
    merged_hits,
)
from policy_qa.language.asking import asked_as_growth
from policy_qa.language.bounds_asked import bound_asked
from policy_qa.language.claims import held_claim, read_claim
from policy_qa.language.vocabulary import spelt_out
from policy_qa.language.ways_said import ways_said
from policy_qa.named_documents import name_documents
from policy_qa.restating import restate
from policy_qa.telling import Decision, Teller
from policy_qa.types import Answer, Hit, Question, Refusal, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableKeys
    from policy_qa.answering.wording import WordWeight
    from policy_qa.computing.asserted import Claimed
    from policy_qa.figures.figure import Figure
    from policy_qa.figures.lookup import FigureLookup
    from policy_qa.language.places import Place
    from policy_qa.types import Document, Outcome, Span
    from policy_qa.understanding import Query


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
    corpus is about it; `documents_about` names the documents about the very place and years asked for, `titles` are those of
    all by their names, by which a question may name them; 今年 is the year
    of `today`, 我市 the `corpus_home`; `figures` those computed with and looked for disagreement among.
    """

    understand: Callable[[Question], Query]
    retrieve: Callable[[Question, int], tuple[Hit, ...]]
    document: Callable[[str], Document | None]
    word_weight: WordWeight
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    least_similarity: float
    documents_about: Callable[[Query], frozenset[str]]
    titles: Callable[[], Mapping[str, str]]
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
        asked = replace(question, text=restated.text)
        explanation = self._refused(asked) if restated.is_foreign else self._explain_named(asked)
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

    @property
    def _teller(self) -> Teller:
        """What tells an answer from what is found."""
        return Teller(
            self.understand, self.document, self.retrieve, self.word_weight, self.similarity, self.figures
        )

    def _refused(self, question: Question) -> Explanation:
        """The refusal of a question in another language."""
        query = self.understand(question)
        refusal = refuse(query, "language", messages.NOT_CHINESE)
        return Explanation(query, (), (), refusal, messages.WHY_REFUSED["language"])

    def _explain_named(self, question: Question) -> Explanation:
        """The outcome of a question that stands alone, from the documents that it names; from all where these tell too little."""
        named = name_documents(question.text, self.titles)
        if named.documents is None:
            return self._explain(question)
        scope = named.documents if question.documents is None else named.documents & question.documents
        plain = replace(question, text=named.text)
        ways = (
            (replace(plain, documents=scope), messages.only_in(named.titles)),
            (plain, messages.not_only_in(named.titles)),
        )
        for way, notice in ways:
            made = self._explain(way)
            if isinstance(made.outcome, Answer):
                return replace(made, outcome=replace(made.outcome, notices=(notice, *made.outcome.notices)))
        return self._explain(question)

    def _explain(self, question: Question) -> Explanation:
        """The outcome of a question that stands alone."""
        query = self.understand(question)
        if not query.content:
            refusal = refuse(
                query, "out_of_scope", messages.OUT_OF_SCOPE if query.text else messages.EMPTY_QUESTION
            )
            return Explanation(query, (), (), refusal, messages.WHY_NO_CONTENT)
        hits = self._hits(query)
        found = self._find(query, hits)
        given = self._given(found)
        if given is not None:
            decision = self._verified(query, given)
            return Explanation(query, hits, (), decision.outcome, decision.why)
        audited = self.auditor.audit(
            query, self._documents(hits), self.word_weight, partial(self._documents_for, query)
        )
        if audited is not None:
            derived = (self._judge(found) or self._compute(found)) if isinstance(audited, Refusal) else None
            if derived is None or isinstance(derived.outcome, Refusal):
                derived = Decision(audited, messages.WHY_AUDIT)
            decision = self._verified(query, derived)
            return Explanation(query, hits, (), decision.outcome, decision.why)
        decision = self._verified(query, self._decided(found), found.evidence)
        outcome = decision.outcome
        is_told = isinstance(outcome, Answer) and all(claim.status != "computed" for claim in outcome.claims)
        if isinstance(outcome, Answer) and is_told and self._lacks_verdict(query, outcome):
            return Explanation(
                query, found.hits, found.evidence, refuse_unchecked(outcome), messages.WHY_AUDIT
            )
        if isinstance(outcome, Answer):
            outcome = with_conflicts(query, outcome, self.figures, self.document)
            agreeing = with_agreement(query, outcome, self.figures, self.document)
            if agreeing is not outcome:
                outcome = verified(agreeing, self.document) or outcome
        return Explanation(query, found.hits, found.evidence, outcome, decision.why)

    def _lacks_verdict(self, query: Query, told: Answer) -> bool:
        """Whether a claim is asked about that what is told does not settle."""
        claim = read_claim(query.question.text)
        is_open = claim is not None and not told.notices and not is_settled(claim, told.text)
        return wants_verdict(query) or is_open

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
            found.query,
            found.fitting,
            partial(self.figures.of, found.document_ids),
            self.document,
            self.word_weight,
        )
        tellings = tellings or self._in_words(found)
        tellings = tellings or answer_tellings(found.query, found.fitting, self.word_weight)
        if tellings is not None:
            return Decision(tellings, messages.WHY_TELLINGS)
        question = found.query.question
        claim = bound_asked(question.text) or held_claim(question.text)
        if claim is not None:
            query = self.understand(replace(question, text=claim.plain))
            plain = self._teller.decide(self._find(query, self._hits(query)))
            judged = answer_claim(claim, plain.outcome, plain.values)
            if judged is not None:
                return replace(plain, outcome=replace(judged, question=question))
        decision = self._computed_or_told(found)
        for other in (spelt_out(question.text), asked_as_growth(question.text)):
            if isinstance(decision.outcome, Answer):
                break
            if other != question.text:
                decision = self._asked_as(other, found) or decision
        return decision

    def _in_words(self, found: Found) -> Answer | None:
        """What several places say in words, where the question asks for that."""
        told = []
        for way in ways_said(found.query.question.text):
            query = self.understand(replace(found.query.question, text=way.statement))
            hits = merged_hits(found.hits, self._hits(query))
            told.append((way, self._find(query, hits).evidence))
        ways = answer_ways(found.query, told) if told else None
        return ways or answer_moves(found.query, found.evidence)

    def _asked_as(self, text: str, found: Found) -> Decision | None:
        """The answer to the question in other words, None where these have none either."""
        question = found.query.question
        query = self.understand(replace(question, text=text))
        made = self._computed_or_told(self._find(query, merged_hits(found.hits, self._hits(query))))
        if not isinstance(made.outcome, Answer):
            return None
        return replace(made, outcome=replace(made.outcome, question=question))

    def _computed_or_told(self, found: Found) -> Decision:
        """What is computed, however the question is read, else what is told."""
        judged = self._judge(found) or self._compute(found)
        if judged is not None and isinstance(judged.outcome, Answer):
            return judged
        framed = self._framed(found, stated_first=False)
        if framed is not None:
            return framed
        told = judged or self._told_instead(found, self._decide_beside_images(found))
        if not isinstance(told.outcome, Answer):
            return self._framed(found, stated_first=True) or told
        if not tells_too_little(found.query, told.outcome):
            return told
        return self._framed(found, stated_first=True) or Decision(
            refuse_part(told.outcome), messages.WHY_NOT_COMPUTED
        )

    def _framed(self, found: Found, *, stated_first: bool) -> Decision | None:
        """What is computed of a question read by what it asks and what it names, in whatever order."""
        made = compute_framed(found.query, self._sources(found), stated_first=stated_first)
        return None if made is None or isinstance(made[0], Refusal) else Decision(*made)

    def _told_instead(self, found: Found, decision: Decision) -> Decision:
        """What is told where a claim that is itself told nowhere states another number; else the decision as it is."""
        question = found.query.question
        if isinstance(decision.outcome, Answer) or read_claim(question.text) is None:
            return decision
        for claimed in claims_in(question.text):
            query = self.understand(replace(question, text=claimed.plain, history=()))
            told = self._decide_beside_images(self._find(query, found.hits))
            if isinstance(told.outcome, Answer) and told.values:
                return replace(told, outcome=replace(told.outcome, question=question))
        return decision

    def _judge(self, found: Found) -> Decision | None:
        """What a stated result comes to when it is computed anew, None where the question states none that is."""
        question, refused = found.query.question, None
        for claimed in claims_in(question.text):
            for text in dict.fromkeys((claimed.plain, spelt_out(claimed.plain))):
                query = self.understand(replace(question, text=text, history=()))
                own = self._find(query, found.hits)
                computed = self._compute(own)
                if computed is None or isinstance(computed.outcome, Refusal):
                    refused = refused or computed
                    computed = self._framed(own, stated_first=False) or self._framed(own, stated_first=True)
                for made in (computed or self._decide_beside_images(own), self._compute(own, is_anew=True)):
                    judged = made and self._judged(claimed, made, own, found)
                    if judged:
                        return judged
        claim = read_claim(question.text)
        averaged = claim and judge_average(question, claim, self._sources(found))
        if averaged:
            return Decision(averaged, messages.WHY_COMPUTED)
        return (
            None if refused is None else replace(refused, outcome=replace(refused.outcome, question=question))
        )

    def _judged(self, claimed: Claimed, made: Decision, own: Found, asked: Found) -> Decision | None:
        """What is computed or told of a stated result, with the verdict before it; None where that settles nothing."""
        if not isinstance(made.outcome, Answer):
            return None
        judged = judge(claimed, made.outcome)
        is_one = claimed.stated is not None and states_one_value(asked.query.question.text)
        if judged is None and claimed.stated is not None and is_one and made.values:
            sources = self._sources(own)
            judged = judge_told(own.query, claimed.stated, made.outcome, made.values, sources)
        question = asked.query.question
        return None if judged is None else replace(made, outcome=replace(judged, question=question))

    def _given(self, found: Found) -> Decision | None:
        """What numbers that the question names come to, and whether that is what it states of them; None where it names none."""
        question = found.query.question
        for claimed in claims_in(question.text):
            query = self.understand(replace(question, text=claimed.plain, history=()))
            made = reckon_given(query, self._sources(replace(found, query=query)))
            if made is None:
                continue
            outcome = replace(made[0], question=question)
            judged = judge(claimed, outcome) if isinstance(outcome, Answer) else outcome
            if judged is not None:
                return Decision(judged, made[1])
        made = reckon_given(found.query, self._sources(found))
        return None if made is None else Decision(*made)

    def _compute(self, found: Found, *, is_anew: bool = False) -> Decision | None:
        """The outcome of a question that compares or computes, None where the sources' own words answer it, unless `is_anew`."""
        operation = read_ranking(found.query) or read_operation(found.query)
        if operation is None:
            return None
        operation = replace(operation, stated_first=operation.stated_first and not is_anew)
        made = compute(found.query.question, operation, self._sources(found))
        return None if made is None else Decision(*made)

    def _sources(self, found: Found) -> Sources:
        """What computing may ask, beginning with what was found for the question."""
        question = found.query.question
        known: dict[str, Lookup] = {}

        def look_up(text: str) -> Lookup:
            if text not in known:
                known[text] = self._look_up(replace(question, text=text), found)
            return known[text]

        def understand(text: str) -> Query:
            return self.understand(replace(question, text=text))

        def documents(text: str) -> list[Document]:
            told = [*self._documents(found.hits), *self._documents_for(found.query, text)]
            return list({one.id: one for one in told}.values())

        def tables(text: str) -> list[TableKeys]:
            return [keys for document in documents(text) for keys in self.shelf.tables(document)]

        def of_indicator(figure: Figure) -> list[Figure]:
            scope = question.documents
            told = self.figures.of_indicator(figure)
            return [one for one in told if scope is None or one.document_id in scope]

        def rivals(document_id: str, at: Span) -> list[Figure]:
            told = self.figures.within(document_id, at)
            return [
                other
                for one in told
                for other in rivals_of(found.query, one, self.figures.like(one), self.document)
            ]

        return Sources(
            look_up,
            understand,
            self.figures.of,
            self.document,
            tables,
            self.shelf.tables,
            of_indicator,
            rivals,
            documents,
            self.word_weight,
        )

    def _look_up(self, question: Question, asked: Found) -> Lookup:
        """What a plain question finds in the chunks of the one that asked it; nothing there, in those that it leads to itself."""
        query = self.understand(question)
        found = asked if question == asked.query.question else self._find(query, asked.hits)
        decision = self._decide_beside_images(found)
        if isinstance(decision.outcome, Refusal) and _is_of_another(query, asked.query):
            own = self._hits(query)
            for hits in (merged_hits(asked.hits, own), own):
                found = self._find(query, hits)
                decision = self._decide_beside_images(found)
                if isinstance(decision.outcome, Answer):
                    break
        return Lookup(query, decision.outcome, decision.values, found.evidence, found.fitting)

    def _decide_beside_images(self, found: Found) -> Decision:
        """What is told; where a table of what is asked for is an image, what the passages say that the bare words lead to.

        Where nothing is told of an indicator by its name, what is told of that which it is made of.
        """
        decision = self._teller.decide(found)
        question = found.query.question
        if not isinstance(decision.outcome, Refusal):
            return decision
        text = spelt_out(question.text)
        if text == question.text:
            if decision.outcome.code != "table_is_image":
                return decision
            text = text.replace("的", "")
        bare = self.understand(replace(question, text=text))
        elsewhere = self._teller.decide(self._find(bare, merged_hits(found.hits, self._hits(bare))))
        if not isinstance(elsewhere.outcome, Answer):
            return decision
        return replace(elsewhere, outcome=replace(elsewhere.outcome, question=question))

    def _hits(self, query: Query) -> tuple[Hit, ...]:
        return find_hits(query, self.retrieve, self.documents_about, self.document)

    def _documents(self, hits: Sequence[Hit]) -> list[Document]:
        """The documents of the chunks, best first, each once."""
        ids = dict.fromkeys(hit.chunk.document_id for hit in hits)
        return [found for document_id in ids if (found := self.document(document_id)) is not None]

    def _documents_for(self, query: Query, words: str) -> list[Document]:
        """The documents that other words than the question's lead to."""
        return self._documents(self.retrieve(replace(query.question, text=words, history=()), PASSAGES))


def _is_of_another(query: Query, asked: Query) -> bool:
    """Whether a plain question names but one of several places or years of the question that asked it, or a new one."""
    slots = ((query.places, asked.places), (query.years, asked.years))
    return any(len(own) == 1 < len(others) or not set(own) <= set(others) for own, others in slots)
