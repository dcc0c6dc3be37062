"""What is measured, as pure functions: verdicts, citations, retrieval, latency."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policy_qa.errors import UsageError
from policy_qa.types import Document, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from policy_qa.evaluation.cases import AnswerRecord, Case, CitedPlace, Evidence

Verdict = Literal["right", "wrong", "refused", "error"]
ProblemKind = Literal[
    "missing", "forbidden", "too_long", "wrong_citation", "refused", "wrong_reason", "answered", "error"
]

DIGITS = frozenset("0123456789")
CITATION_MARK = re.compile(r"\[\d+\]")
GROUPING_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SPACE_OUTSIDE_NUMBERS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
MINUS_SIGNS = str.maketrans("−﹣－", "---")
RETRIEVAL_MEASURES = ("R@5", "R@10", "RR@10", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer is not right; `detail` is the value, code or message concerned."""

    kind: ProblemKind
    detail: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and what speaks against the answer; a right one has no problems."""

    verdict: Verdict
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of gold evidence stands: spans of the clean text of one document."""

    document: str
    spans: tuple[Span, ...]

    def overlaps(self, document: str, span: Span) -> bool:
        """Whether `span` of `document` shares a code point with this place."""
        return document == self.document and any(own.overlaps(span) for own in self.spans)


@dataclass(frozen=True, slots=True)
class CitationScores:
    """Precision and recall of citations against gold evidence; precision is None where nothing was cited."""

    precision: float | None
    recall: float


def locate_evidence(evidence: Evidence, documents: Mapping[str, Document]) -> Place:
    """Where the evidence stands in the clean text.

    Raises UsageError for an unknown document, a quotation that does not stand there exactly once, or a line
    of which nothing is left in the clean text.
    """
    document = documents.get(evidence.document)
    if document is None:
        raise UsageError(f"evidence in {evidence.document}, which is not in the index; run: policy-qa build")
    if evidence.quote is not None:
        count = document.text.count(evidence.quote)
        if count != 1:
            raise UsageError(
                f"evidence stands {count} times, not once, in {evidence.document}: {evidence.quote!r}"
            )
        start = document.text.index(evidence.quote)
        return Place(document.name, (Span(start, start + len(evidence.quote)),))
    spans = tuple(run.span for run in document.line_map.runs if run.line == evidence.line)
    if not spans:
        raise UsageError(f"line {evidence.line} of {evidence.document} holds no text that could be evidence")
    return Place(document.name, spans)


def plain_answer(answer: str) -> str:
    """The answer without its citation marks.

    >>> plain_answer("柳州的强度为1.8%。[1][2]")
    '柳州的强度为1.8%。'
    """
    return CITATION_MARK.sub("", answer).strip()


def comparable(text: str) -> str:
    """The text in the form in which values are looked for: half-width, no thousands commas, no white space.

    White space between two digits stays, so that two numbers do not become one.

    >>> comparable("约 ３，０８３ 亿元，2018 2019")
    '约3,083亿元,2018 2019'
    >>> comparable("3,083 亿元")
    '3083亿元'
    """
    ungrouped = GROUPING_COMMA.sub("", text.translate(MINUS_SIGNS))
    return SPACE_OUTSIDE_NUMBERS.sub("", unicodedata.normalize("NFKC", ungrouped))


def states_value(text: str, value: str) -> bool:
    """Whether `text` states `value`, a number in it as a whole: 1.8% is not stated by 11.8%, 1.85% or -1.8%.

    A value that ends in a digit is not stated by the same number with a percent sign.

    >>> states_value("强度为 1.8%。", "1.8%"), states_value("强度为11.8%。", "1.8%")
    (True, False)
    >>> states_value("共599家", "599"), states_value("占17%", "17")
    (True, False)
    """
    text, value = comparable(text), comparable(value)
    at = text.find(value)
    while at >= 0:
        if not (_continues_before(text, at, value) or _continues_after(text, at + len(value), value)):
            return True
        at = text.find(value, at + 1)
    return False


def _continues_before(text: str, at: int, value: str) -> bool:
    """Whether the number that `value` starts with began before `at`."""
    if value[0] not in DIGITS or at == 0:
        return False
    before = text[at - 2] if at > 1 else ""
    match text[at - 1]:
        case "." | "/":
            return before in DIGITS
        case "-":  # a minus sign, unless it joins a range (2016-2020, 3月-5月, 5%-8%) or a name
            return not (
                before in DIGITS or before in set("年月日%") or (before.isascii() and before.isalpha())
            )
        case character:
            return character in DIGITS


def _continues_after(text: str, end: int, value: str) -> bool:
    """Whether the number that `value` ends with goes on behind `end`."""
    if value[-1] not in DIGITS or end == len(text):
        return False
    if text[end] in "./":
        return text[end + 1 : end + 2] in DIGITS
    return text[end] in DIGITS or text[end] in "%‰"


def judge(case: Case, outcome: AnswerRecord, gold: Sequence[Place]) -> Judgement:
    """The verdict on one outcome.

    Where an answer is expected it is right if it states one alternative of every group and nothing forbidden, keeps
    to the length, and cites at least one of the `gold` places; else it is wrong, or refused. Where a refusal is
    expected it is right if refused for an accepted reason, showing one of the `gold` places if there are any. A crash is an error, never a wrong answer.
    """
    if outcome.error is not None:
        return Judgement("error", (Problem("error", outcome.error),))
    if case.expect == "refusal":
        problem = _refusal_problem(case, outcome)
        found = (problem,) if problem else tuple(_citation_problems(outcome, gold))
        return Judgement("wrong" if found else "right", found)
    if outcome.refused:
        return Judgement("refused", (Problem("refused", outcome.reason or "—"),))
    problems = (*_value_problems(case, plain_answer(outcome.answer)), *_citation_problems(outcome, gold))
    return Judgement("wrong" if problems else "right", problems)


def _refusal_problem(case: Case, outcome: AnswerRecord) -> Problem | None:
    if not outcome.refused:
        return Problem("answered", plain_answer(outcome.answer))
    if outcome.reason not in case.reasons:
        return Problem("wrong_reason", outcome.reason or "—")
    return None


def _value_problems(case: Case, answer: str) -> list[Problem]:
    problems = [
        Problem("missing", " / ".join(group))
        for group in case.accepted
        if not any(states_value(answer, value) for value in group)
    ]
    problems += [Problem("forbidden", value) for value in case.forbidden if states_value(answer, value)]
    if case.max_chars is not None and len(answer) > case.max_chars:
        problems.append(Problem("too_long", f"{len(answer)} > {case.max_chars}"))
    return problems


def _citation_problems(outcome: AnswerRecord, gold: Sequence[Place]) -> list[Problem]:
    if not gold or any(cites(citation, place) for citation in outcome.citations for place in gold):
        return []
    cited = "；".join(f"{citation.document}：{citation.quote}" for citation in outcome.citations)
    return [Problem("wrong_citation", cited or "—")]


def cites(citation: CitedPlace, place: Place) -> bool:
    """Whether the citation shares a code point with the place."""
    if citation.start is None or citation.end is None:
        return False
    return place.overlaps(citation.document, Span(citation.start, citation.end))


def citation_scores(citations: Sequence[CitedPlace], gold: Sequence[Place]) -> CitationScores:
    """Precision: the share of citations that lie on gold evidence; recall: the share of gold places that are cited.

    The two measures are those of ALCE (Gao et al. 2023, "Enabling Large Language Models to Generate Text with
    Citations", https://aclanthology.org/2023.emnlp-main.398), with the overlap of spans in place of entailment.
    Raises ValueError where there is no gold evidence.
    """
    if not gold:
        raise ValueError("citations are scored against gold evidence, and there is none")
    on_gold = sum(any(cites(citation, place) for place in gold) for citation in citations)
    cited = sum(any(cites(citation, place) for citation in citations) for place in gold)
    return CitationScores(on_gold / len(citations) if citations else None, cited / len(gold))


def retrieval_scores(
    ranked: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]
) -> dict[str, dict[str, float]]:
    """R@5, R@10, RR@10 and nDCG@10 of each query, by its id; `ranked` holds chunk ids, best first.

    With binary relevance and cut-off k: R@k is the share of the relevant chunks among the first k (Manning,
    Raghavan, Schütze 2008, "Introduction to Information Retrieval", ch. 8); RR@k is 1 over the rank of the first
    relevant one, 0 beyond k, its mean the MRR (Voorhees 1999, TREC-8); nDCG@k is sum(1 / log2(rank + 1)) over the
    relevant chunks among the first k, over that of the best order (Järvelin, Kekäläinen 2002, TOIS 20(4)). They are
    computed by ir-measures (https://ir-measur.es).
    Raises ValueError unless both speak of the same queries and each has a relevant chunk.
    """
    if ranked.keys() != relevant.keys():
        raise ValueError(f"ranked and relevant differ in queries: {sorted(ranked.keys() ^ relevant.keys())}")
    if unjudged := sorted(query for query, chunks in relevant.items() if not chunks):
        raise ValueError(f"no relevant chunk for {unjudged}")
    if not ranked:
        return {}
    import ir_measures

    qrels = {query: dict.fromkeys(chunks, 1) for query, chunks in relevant.items()}
    # The score says nothing but the rank, so that ties cannot reorder what the system ordered.
    run = {
        query: {c: 1.0 / rank for rank, c in enumerate(dict.fromkeys(cs), 1)} for query, cs in ranked.items()
    }
    measures = [ir_measures.parse_measure(name) for name in RETRIEVAL_MEASURES]
    scores = {query: dict.fromkeys(RETRIEVAL_MEASURES, 0.0) for query in sorted(ranked)}
    for metric in ir_measures.iter_calc(measures, qrels, run):
        scores[metric.query_id][str(metric.measure)] = metric.value
    return scores


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` percent of the values do not exceed (nearest rank).

    Definition 1 of Hyndman, Fan 1996, "Sample Quantiles in Statistical Packages", The American Statistician 50(4).
    Raises ValueError for no values or a percentage outside 0–100.

    >>> percentile([0.4, 0.1, 0.3, 0.2], 50), percentile([0.4, 0.1, 0.3, 0.2], 95)
    (0.2, 0.4)
    """
    if not values or not 0 <= percent <= 100:
        raise ValueError(f"no {percent}th percentile of {len(values)} values")
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of no values.

    >>> mean([0.5, 1.0]), mean([])
    (0.75, None)
    """
    return math.fsum(values) / len(values) if values else None
