"""Running the cases: every question is asked and searched once, every outcome judged."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from policy_qa.errors import UsageError
from policy_qa.evaluation.cases import AnswerRecord, HitRecord
from policy_qa.evaluation.metrics import (
    CitationScores,
    Judgement,
    Place,
    citation_scores,
    judge,
    locate_evidence,
    retrieval_scores,
)
from policy_qa.types import Document, Question, Span

if TYPE_CHECKING:
    from policy_qa.evaluation.cases import Case

logger = logging.getLogger(__name__)

Ask = Callable[[Question], Mapping[str, object]]
"""The system under test: a question to the OUT line of the command line's contract."""
Search = Callable[[Question], Sequence[Mapping[str, object]]]
"""Its retrieval: a question to the `hits` of the contract, best first; at least ten for R@10 to mean anything."""
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Material:
    """What the index holds, by document name: the cleaned documents and the spans of their chunks."""

    documents: Mapping[str, Document]
    chunks: Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case. `citation` and `retrieval` are None where there is no evidence or no outcome."""

    case: Case
    judgement: Judgement
    outcome: AnswerRecord | None
    citation: CitationScores | None
    retrieval: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Run:
    """The results in the order of the cases, and apart from them the seconds each answer took, by case id."""

    results: tuple[CaseResult, ...]
    seconds: Mapping[str, float]

    @property
    def crashed(self) -> tuple[str, ...]:
        """The ids of the cases that the system crashed on."""
        return tuple(result.case.id for result in self.results if result.judgement.verdict == "error")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One outcome with the chunks found, best first, and the seconds the answer took."""

    outcome: AnswerRecord
    ranked: tuple[str, ...]
    seconds: float


def evaluate(
    cases: Sequence[Case], ask: Ask, *, search: Search, material: Material, clock: Clock = time.perf_counter
) -> Run:
    """The run of all cases. A crash of the system, or an answer that breaks the contract, is an `error` verdict.

    Raises UsageError where the cases do not fit the material (see `locate_evidence`): that is no fault of the
    system under test.
    """
    gold = {case.id: _gold_places(case, material.documents) for case in cases}
    relevant = {case.id: _relevant_chunks(case, gold[case.id], material) for case in cases if case.evidence}
    attempts = {case.id: _attempt(case, ask, search, clock) for case in cases}
    ranked = {query: attempts[query].ranked for query in relevant if attempts[query].outcome.error is None}
    scores = retrieval_scores(ranked, {query: relevant[query] for query in ranked})
    results = tuple(
        _result(case, attempts[case.id].outcome, gold[case.id], scores.get(case.id)) for case in cases
    )
    logger.info(
        "%d cases judged, %d right", len(results), sum(r.judgement.verdict == "right" for r in results)
    )
    return Run(results, {case.id: attempts[case.id].seconds for case in cases})


def _gold_places(case: Case, documents: Mapping[str, Document]) -> tuple[Place, ...]:
    try:
        return tuple(locate_evidence(evidence, documents) for evidence in case.evidence)
    except UsageError as error:
        raise UsageError(f"case {case.id}: {error}") from error


def _relevant_chunks(case: Case, gold: Sequence[Place], material: Material) -> frozenset[str]:
    chunks = frozenset(
        chunk_key(place.document, span)
        for place in gold
        for span in material.chunks[place.document]
        if place.overlaps(place.document, span)
    )
    if not chunks:
        raise UsageError(f"case {case.id}: no chunk of the index holds its evidence; run: policy-qa build")
    return chunks


def chunk_key(document: str, span: Span) -> str:
    """What identifies a chunk in retrieval scores: `document:start-end`.

    >>> chunk_key("年报.txt", Span(0, 80))
    '年报.txt:0-80'
    """
    return f"{document}:{span.start}-{span.end}"


def _attempt(case: Case, ask: Ask, search: Search, clock: Clock) -> _Attempt:
    question = case.to_question()
    started = clock()
    try:
        answered = ask(question)
        seconds = clock() - started
        outcome = AnswerRecord.model_validate(answered)
        hits = [HitRecord.model_validate(hit) for hit in search(question)] if case.evidence else []
    except ValidationError as error:
        logger.warning("case %s: the answer breaks the contract: %s", case.id, error)
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _Attempt(_crash(f"{error.title}.{where}: {first['msg']}"), (), clock() - started)
    except Exception as error:  # an edge: a crash of the system under test is a finding, not the run's end
        logger.exception("case %s: the system crashed", case.id)
        return _Attempt(_crash(f"{type(error).__name__}: {error}"), (), clock() - started)
    ranked = tuple(chunk_key(hit.document, Span(hit.start, hit.end)) for hit in hits)
    return _Attempt(outcome, ranked, seconds)


def _crash(message: str) -> AnswerRecord:
    return AnswerRecord(refused=False, reason=None, answer="", citations=(), error=message)


def _result(
    case: Case, outcome: AnswerRecord, gold: Sequence[Place], retrieval: Mapping[str, float] | None
) -> CaseResult:
    judgement = judge(case, outcome, gold)
    if judgement.verdict == "error":
        return CaseResult(case, judgement, None, None, None)
    # What a refusal cites are the nearest holdings, not grounds of an answer, unless it is the right outcome.
    cited = () if outcome.refused and case.expect == "answer" else outcome.citations
    return CaseResult(case, judgement, outcome, citation_scores(cited, gold) if gold else None, retrieval)
