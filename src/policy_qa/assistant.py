"""Asking: from a question to an answer or a refusal, with everything that led there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import of_documents
from policy_qa.answering.conflicts import with_agreement, with_conflicts
from policy_qa.answering.named_values import answer_seen
from policy_qa.answering.readings import TableShelf
from policy_qa.answering.refusal import refuse
from policy_qa.answering.sector_orders import answer_order, order_asked
from policy_qa.answering.tellings import answer_tellings
from policy_qa.answering.verification import verified
from policy_qa.answering.worded import answer_moves, answer_ways, ways_said
from policy_qa.auditing.asked import wants_verdict
from policy_qa.auditing.auditor import Auditor, refuse_unchecked
from policy_qa.computing.asked_parts import Part, parts_of_question, unmet, with_winner
from policy_qa.computing.asserted import is_settled
from policy_qa.computing.claim_parts import joined_answers
from policy_qa.computing.distances import distances_asked, further_apart
from policy_qa.computing.told_values import with_stated
from policy_qa.conversation import Completed, complete
from policy_qa.finding import PASSAGES, Finder, Found
from policy_qa.language.agreement import asks_alike
from policy_qa.language.asking import asked_as_growth, without_told_start
from policy_qa.language.claims import as_check, held_claim, read_claim
from policy_qa.language.telling_words import without_by_source
from policy_qa.language.vocabulary import spelt_out
from policy_qa.named_documents import is_beside, name_documents, sections_with, told_by_title
from policy_qa.reckoning import Reckoner
from policy_qa.restating import restate
from policy_qa.telling import Decision, Teller
from policy_qa.types import Answer, Hit, Question, Refusal, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WordWeight
    from policy_qa.figures.figure import FigureLookup
    from policy_qa.language.claims import Held
    from policy_qa.language.places import Place
    from policy_qa.retrieval import Retrieve
    from policy_qa.types import Document, Outcome
    from policy_qa.understanding import Query


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an outcome came about: the question as understood, the chunks found, what was weighed of them, and why."""

    query: Query
    hits: tuple[Hit, ...]
    outcome: Outcome
    why: str
    weighed: Found | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences and cells of the chunks, weighed, best first; none where the outcome does not rest on that."""
        return () if self.weighed is None else self.weighed.evidence


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from the documents behind `retrieve`; the same question gets the same answer.

    `similarity` gives the cosine of each text to a question, `least_similarity` the one below which nothing in the
    corpus is about it; `documents_about` names the documents about the very place and years asked for, `titles` are those of
    all by their names, by which a question may name them; 今年 is the year
    of `today`, 我市 the `corpus_home`; `figures` those computed with and looked for disagreement among.
    """

    understand: Callable[[Question], Query]
    retrieve: Retrieve
    document: Callable[[str], Document | None]
    word_weight: WordWeight
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    least_similarity: float
    documents_about: Callable[[Query], frozenset[str]]
    titles: Callable[[], Mapping[str, str]]
    today: Callable[[], date]
    corpus_home: Callable[[], Place | None]
    figures: FigureLookup
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
    def _finder(self) -> Finder:
        """What finds chunks and what they hold."""
        return Finder(
            self.understand,
            self.retrieve,
            self.document,
            self.word_weight,
            self.least_similarity,
            self.documents_about,
            self.shelf,
        )

    def _refused(self, question: Question) -> Explanation:
        """The refusal of a question in another language."""
        query = self.understand(question)
        refusal = refuse(query, "language", messages.NOT_CHINESE)
        return Explanation(query, (), refusal, messages.WHY_REFUSED["language"])

    def _explain_named(self, question: Question) -> Explanation:
        """The outcome of a question that stands alone, from the documents that it names; from all where these tell too little."""
        named = name_documents(question.text, self.titles)
        if named.documents is None:
            made = self._explain(replace(question, text=without_by_source(question.text)))
            return self._explain_cited(question, made)
        scope = named.documents if question.documents is None else named.documents & question.documents
        plain = replace(question, text=as_check(without_by_source(named.text, is_named=True)))
        ways = (
            (replace(plain, documents=scope), messages.only_in(named.titles)),
            (plain, messages.not_only_in(named.titles)),
        )
        for way, notice in ways:
            made = self._explain(way)
            if isinstance(made.outcome, Answer):
                is_compared = asks_alike(question.text)
                outcome = made.outcome if is_compared else of_documents(made.outcome, scope)
                return replace(made, outcome=replace(outcome, notices=(notice, *outcome.notices)))
        return self._explain(question)

    def _explain_cited(self, question: Question, made: Explanation) -> Explanation:
        """The answer from the sections that name the source which a question names, where they have it; else the one made.

        An answer from elsewhere says so.
        """
        told = told_by_title(question.text)
        if told is None:
            return made
        title, plain = told
        hits = self.retrieve(replace(question, text=title, history=()), PASSAGES)
        found = {one.id: one for hit in hits if (one := self.document(hit.chunk.document_id)) is not None}
        paths = {one.id: sections_with(one, title) for one in found.values()}
        if isinstance(made.outcome, Refusal) and any(paths.values()):
            names = frozenset(one.name for one in found.values() if paths[one.id])
            own = self._explain(replace(question, text=plain, documents=names))
            outcome = own.outcome
            if isinstance(outcome, Answer) and all(
                is_beside(one.section, paths.get(one.document_id, ())) for one in outcome.citations
            ):
                made = own
        if isinstance(made.outcome, Refusal):
            return made
        is_cited = any(paths.get(one.document_id) for one in made.outcome.citations)
        notice = (messages.CITED_IN if is_cited else messages.NOT_CITED).format(title=title)
        return replace(made, outcome=replace(made.outcome, notices=(notice, *made.outcome.notices)))

    def _explain(self, question: Question) -> Explanation:
        """The outcome of a question that stands alone; of its parts, each by itself, where that leaves out any of them."""
        whole = self._explain_whole(question)
        is_claim = read_claim(question.text) is not None or wants_verdict(whole.query)
        distances = distances_asked(question.text)
        parts = distances or (() if is_claim else parts_of_question(question.text))
        told = whole.outcome if isinstance(whole.outcome, Answer) else None
        missing = parts if told is None or distances else unmet(parts, told)
        if not missing:
            return whole
        answers = self._answers_to(question, parts)
        met = [one for one in answers if one]
        if len(met) == len(parts):
            joined = joined_answers(question, met)
            joined = further_apart(distances, met, joined) if distances else joined
            return replace(whole, outcome=joined, why=messages.WHY_PARTS)
        left = [part.said for part, one in zip(parts, answers, strict=True) if part in missing and not one]
        if told is None or not left:
            return whole
        notice = messages.PART_MISSING.format(parts="”“".join(left))
        return replace(whole, outcome=replace(told, notices=(*told.notices, notice)))

    def _answers_to(self, question: Question, parts: Sequence[Part]) -> list[Answer | None]:
        """The answer to each part of a question asked by itself, None for one that has none, or that none of it meets."""
        answers: list[Answer | None] = []
        for part in parts:
            text = part.asked if not answers else with_winner(part.asked, answers[0])
            made = self._explain_whole(replace(question, text=text)).outcome
            answers.append(made if isinstance(made, Answer) and not unmet([part.alone], made) else None)
        return answers

    def _explain_whole(self, question: Question) -> Explanation:
        """The outcome of a question as it stands."""
        query = self.understand(question)
        if not query.content:
            refusal = refuse(
                query, "out_of_scope", messages.OUT_OF_SCOPE if query.text else messages.EMPTY_QUESTION
            )
            return Explanation(query, (), refusal, messages.WHY_NO_CONTENT)
        finder = self._finder
        reckoner = Reckoner(finder, Teller(finder, self.similarity, self.figures), self.figures)
        found = finder.found(query, finder.hits(query))
        decision = reckoner.given(found) or self._audited(found, reckoner)
        if decision is not None:
            decision = self._verified(query, decision)
            return Explanation(query, found.hits, decision.outcome, decision.why)
        decision = self._verified(query, self._decided(found, reckoner), found)
        outcome = decision.outcome
        is_told = isinstance(outcome, Answer) and all(claim.status != "computed" for claim in outcome.claims)
        if isinstance(outcome, Answer) and is_told and self._lacks_verdict(query, outcome):
            return Explanation(query, found.hits, refuse_unchecked(outcome), messages.WHY_AUDIT, found)
        if isinstance(outcome, Answer):
            outcome = with_stated(
                query.question.text, self._with_other_tellings(query, outcome), decision.values
            )
        return Explanation(query, found.hits, outcome, decision.why, found)

    def _audited(self, found: Found, reckoner: Reckoner) -> Decision | None:
        """The verdict of the audit where one is asked for, what is computed where it has none; None for other questions."""
        query, finder = found.query, reckoner.finder
        if order_asked(query.question.text):
            return None  # shares that make up a hundred say nothing of their order
        audited = self.auditor.audit(
            query, finder.documents(found.hits), self.word_weight, partial(finder.documents_for, query)
        )
        if audited is None:
            return None
        derived = None
        if isinstance(audited, Refusal):
            derived = reckoner.judge(found) or reckoner.compute(found)
        if derived is None or isinstance(derived.outcome, Refusal):
            return Decision(audited, messages.WHY_AUDIT)
        return derived

    def _with_other_tellings(self, query: Query, answer: Answer) -> Answer:
        """The answer with what other sources tell of its figures, and whether they agree where that is asked."""
        answer = with_conflicts(query, answer, self.figures, self.document)
        agreeing = with_agreement(query, answer, self.figures, self.document)
        return answer if agreeing is answer else verified(agreeing, self.document) or answer

    def _lacks_verdict(self, query: Query, told: Answer) -> bool:
        """Whether a claim is asked about that what is told does not settle."""
        claim = read_claim(query.question.text)
        is_open = claim is not None and not told.notices and not is_settled(claim, told.text)
        return wants_verdict(query) or is_open

    def _verified(self, query: Query, decision: Decision, found: Found | None = None) -> Decision:
        """The decision, its answer without what its sources do not bear out; a refusal where that is all of it."""
        if not isinstance(decision.outcome, Answer):
            return decision
        checked = verified(decision.outcome, self.document)
        if checked is not None:
            return replace(decision, outcome=checked)
        evidence = () if found is None else found.evidence
        return Decision(refuse(query, "not_found", messages.NOT_FOUND, evidence), messages.WHY_UNVERIFIED)

    def _decided(self, found: Found, reckoner: Reckoner) -> Decision:
        """The outcome that takes every telling where these are asked for, else what is computed, else what is told."""
        question = found.query.question
        ordered = self._in_order(question, reckoner)
        if ordered is not None:
            return ordered

        def fitting() -> Sequence[Evidence]:
            return found.fitting

        tellings = answer_seen(
            found.query,
            fitting,
            partial(self.figures.of, found.document_ids),
            self.document,
            self.word_weight,
        )
        tellings = tellings or self._in_words(found, reckoner.finder)
        tellings = tellings or answer_tellings(found.query, fitting, self.word_weight)
        if tellings is not None:
            return Decision(tellings, messages.WHY_TELLINGS)
        changed = self._from_told_start(found, reckoner)
        if changed is not None:
            return changed
        held = held_claim(question.text)
        settled = reckoner.judge(found) if held else None
        if held is not None and not (settled and isinstance(settled.outcome, Answer)):
            return self._beside(held, question, reckoner)
        decision = reckoner.decide(found)
        for reworded in (spelt_out, asked_as_growth):
            other = reworded(question.text)
            if isinstance(decision.outcome, Answer):
                break
            if other != question.text:
                decision = self._asked_as(other, found, reckoner) or decision
        return decision

    def _beside(self, held: Held, question: Question, reckoner: Reckoner) -> Decision:
        """The figures that a claim without a number is to be held against, with a notice that it is for staff to judge."""
        plain = self._plainly(replace(question, text=held.plain), reckoner)
        outcome = replace(plain.outcome, question=question)
        if isinstance(outcome, Answer):
            said = held.claim.replace("“", "‘").replace("”", "’")
            outcome = replace(outcome, notices=(*outcome.notices, messages.CLAIM_TO_JUDGE.format(said=said)))
        return replace(plain, outcome=outcome)

    def _plainly(self, question: Question, reckoner: Reckoner) -> Decision:
        """What is told in answer to a plain question by itself."""
        query = self.understand(question)
        return reckoner.teller.decide(reckoner.finder.found(query, reckoner.finder.hits(query)))

    def _in_order(self, question: Question, reckoner: Reckoner) -> Decision | None:
        """In what order the three sectors of an economy are, where that is asked."""
        asked = order_asked(question.text)
        if asked is None:
            return None
        plain = self._plainly(replace(question, text=asked.plain), reckoner)
        times = {one.period for one in plain.values if one.period}
        if len(times) > 1:
            last = max(times, key=lambda one: one.last)
            plain = self._plainly(replace(question, text=f"{last.label()}{asked.plain}"), reckoner)
        made = answer_order(asked, plain.outcome, plain.values)
        if made is None:
            return None
        return Decision(replace(made, question=question), messages.WHY_COMPUTED)

    def _from_told_start(self, found: Found, reckoner: Reckoner) -> Decision | None:
        """What a change comes to whose start the question tells, with a notice where that is told otherwise."""
        question = found.query.question
        plain, told = without_told_start(question.text)
        made = self._asked_as(plain, found, reckoner) if told else None
        if made is None or not isinstance(made.outcome, Answer) or told in made.outcome.text:
            return made
        notice = messages.START_DIFFERS.format(told=told)
        return replace(made, outcome=replace(made.outcome, notices=(*made.outcome.notices, notice)))

    def _in_words(self, found: Found, finder: Finder) -> Answer | None:
        """What several places say in words, where the question asks for that."""
        told = []
        for way in ways_said(found.query.question.text):
            query = self.understand(replace(found.query.question, text=way.statement))
            told.append((way, finder.found_too(query, found.hits).evidence))
        ways = answer_ways(found.query, told) if told else None
        return ways or answer_moves(found.query, lambda: found.evidence)

    def _asked_as(self, text: str, found: Found, reckoner: Reckoner) -> Decision | None:
        """The answer to the question in other words, None where these have none either."""
        question = found.query.question
        query = self.understand(replace(question, text=text))
        made = reckoner.decide(reckoner.finder.found_too(query, found.hits))
        if not isinstance(made.outcome, Answer):
            return None
        return replace(made, outcome=replace(made.outcome, question=question))
