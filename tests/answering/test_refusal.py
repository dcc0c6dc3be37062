"""Refusals: when, with which code, and what they show instead."""

from __future__ import annotations

import math

import pytest

from policy_qa import messages
from policy_qa.answering.evidence import Evidence
from policy_qa.answering.refusal import least_coverage, refusal_for, refuse
from policy_qa.ingest.documents import read_document
from policy_qa.types import Chunk, Hit, Question, SourceFile, Span
from policy_qa.understanding import Query, QueryKind

SENTENCES = ("2021年降雨为812毫米。", "2020年降雨为640毫米。", "蓄水充足。", "水位平稳。", "闸门完好。")
DOCUMENT = read_document(SourceFile("水情.md", "", "# 水情\n\n" + "".join(SENTENCES), "utf-8"))


def query_of(kind: QueryKind = "figure", years: tuple[str, ...] = ()) -> Query:
    return Query(Question("降雨多少？"), "降雨多少？", kind, ("降雨",), ("降雨",), {}, years)


def evidence(*, coverage: float = 1.0, year_fits: bool = True, number: int = 0) -> Evidence:
    start = DOCUMENT.text.index(SENTENCES[number])
    span = Span(start, start + len(SENTENCES[number]))
    return Evidence(DOCUMENT, span, coverage, coverage, year_fits, Hit(Chunk(DOCUMENT.id, span, ()), 1.0))


def test_a_refusal_shows_the_nearest_best_first_and_cited() -> None:
    refusal = refuse(query_of(), "out_of_scope", "没有。", [evidence(number=n) for n in range(5)])
    assert [claim.text for claim in refusal.nearest] == list(SENTENCES[: len(refusal.nearest)])
    assert 1 <= len(refusal.nearest) <= 3
    assert [claim.citations for claim in refusal.nearest] == [
        (n,) for n in range(1, len(refusal.nearest) + 1)
    ]
    assert [citation.quote for citation in refusal.citations] == [claim.text for claim in refusal.nearest]
    assert (refusal.code, refusal.message, refusal.question.text) == ("out_of_scope", "没有。", "降雨多少？")


def test_a_refusal_without_anything_near() -> None:
    refusal = refuse(query_of(), "out_of_scope", "没有。")
    assert (refusal.nearest, refusal.citations) == ((), ())


@pytest.mark.parametrize(
    ("needed", "code", "message"),
    [
        (0.5, "not_found", messages.NOT_FOUND),  # the corpus comes near the question in meaning
        (0.9, "out_of_scope", messages.OUT_OF_SCOPE),  # it does not
    ],
)
def test_too_few_words_are_no_answer(needed: float, code: str, message: str) -> None:
    refusal = refusal_for(query_of(), [evidence(coverage=0.3), evidence(coverage=0.2, number=1)], needed)
    assert refusal is not None
    assert (refusal.code, refusal.message) == (code, message)
    assert refusal.nearest[0].text == SENTENCES[0]


def test_sentences_that_share_next_to_nothing_are_out_of_scope() -> None:
    refusal = refusal_for(query_of(), [evidence(coverage=0.05)], 0.5)
    assert refusal is not None
    assert refusal.code == "out_of_scope"


def test_no_evidence_is_out_of_scope() -> None:
    refusal = refusal_for(query_of(), [], math.inf)
    assert refusal is not None
    assert (refusal.code, refusal.nearest) == ("out_of_scope", ())


def test_other_years_are_not_what_was_asked_for() -> None:
    found = [evidence(year_fits=False), evidence(year_fits=False, number=1), evidence(coverage=0.1, number=2)]
    refusal = refusal_for(query_of(years=("2018", "2019")), found, 0.5)
    assert refusal is not None
    assert refusal.code == "not_found"
    assert "2018年、2019年" in refusal.message
    assert [claim.text for claim in refusal.nearest] == list(SENTENCES[:2])


def test_a_fitting_sentence_may_answer() -> None:
    assert refusal_for(query_of(), [evidence(year_fits=False), evidence(number=1)], 0.5) is None
    assert refusal_for(query_of(), [evidence(coverage=0.5)], 0.5) is None
    off_topic = evidence(coverage=0.1, number=2)
    assert refusal_for(query_of(years=("2019",)), [evidence(year_fits=False), off_topic], 0.5) is not None


def test_below_the_least_similarity_nothing_is_about_it() -> None:
    assert least_coverage(query_of(), 0.80, 0.855) == math.inf
    refusal = refusal_for(query_of(), [evidence()], math.inf)
    assert refusal is not None
    assert refusal.code == "out_of_scope"
    assert refusal.nearest


@pytest.mark.parametrize("kind", ["figure", "when", "list", "cause", "source", "statement"])
def test_the_nearer_in_meaning_the_fewer_words_are_needed(kind: QueryKind) -> None:
    needed = [least_coverage(query_of(kind), similarity / 1000, 0.8) for similarity in range(800, 1001, 10)]
    assert needed == sorted(needed, reverse=True)
    assert 0 < needed[-1] <= needed[0] <= 1


def test_a_figure_is_not_guessed() -> None:
    assert least_coverage(query_of("figure"), 1.0, 0.8) > least_coverage(query_of("cause"), 1.0, 0.8)
