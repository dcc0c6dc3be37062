"""Refusals: when, with which code, and what they show instead."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from policy_qa import messages
from policy_qa.answering.evidence import Evidence
from policy_qa.answering.refusal import answering, least_coverage, refusal_for, refuse
from policy_qa.figures.binding import read_statement
from policy_qa.figures.surroundings import PlaceSlot, read_surroundings
from policy_qa.ingest.documents import read_document
from policy_qa.language.places import places_called
from policy_qa.types import Chunk, Hit, Question, SourceFile, Span
from policy_qa.understanding import Query, QueryKind, periods_asked

if TYPE_CHECKING:
    from policy_qa.answering.slots import Misfit
    from policy_qa.figures.binding import BoundFigure

SENTENCES = ("2021年降雨为812毫米。", "2020年降雨为640毫米。", "蓄水充足。", "水位平稳。", "闸门完好。")
DOCUMENT = read_document(SourceFile("水情.md", "", "# 水情\n\n" + "".join(SENTENCES), "utf-8"))


def query_of(kind: QueryKind = "figure", **asked: Any) -> Query:
    return Query(Question("降雨多少？"), "降雨多少？", kind, ("降雨",), ("降雨",), {}, (), **asked)


def evidence(*misfits: Misfit, coverage: float = 1.0, number: int = 0, **changes: Any) -> Evidence:
    start = DOCUMENT.text.index(SENTENCES[number])
    span = Span(start, start + len(SENTENCES[number]))
    hit = Hit(Chunk(DOCUMENT.id, span, ()), 1.0)
    made = Evidence(DOCUMENT, span, coverage, coverage, coverage, hit, frozenset(misfits))
    return replace(made, **changes)


def figure_in(number: int) -> BoundFigure:
    """The figure of a sentence, as it is bound."""
    block = DOCUMENT.blocks[-1]
    around = read_surroundings(DOCUMENT, block, home=None)
    return read_statement(around, evidence(number=number).span).figures[0]


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


def test_what_is_told_in_other_figures_is_not_out_of_scope() -> None:
    """雨量多少毫米 beside 雨量增长3%."""
    other = evidence(coverage=0.0, topic=0.8, number=1)
    refusal = refusal_for(query_of(), [evidence(coverage=0.05), other], 0.5)
    assert refusal is not None
    assert (refusal.code, refusal.message) == ("no_such_indicator", messages.NO_SUCH_INDICATOR)
    assert [claim.text for claim in refusal.nearest] == [SENTENCES[1]]


def test_no_evidence_is_out_of_scope() -> None:
    refusal = refusal_for(query_of(), [], math.inf)
    assert refusal is not None
    assert (refusal.code, refusal.nearest) == ("out_of_scope", ())


def test_other_periods_are_not_what_was_asked_for() -> None:
    found = [evidence("period", number=n, figure=figure_in(n)) for n in (0, 1)]
    query = query_of(periods=periods_asked("2018年和2019年"))
    refusal = refusal_for(query, [*found, evidence(coverage=0.1, number=2)], 0.5)
    assert refusal is not None
    assert refusal.code == "no_such_period"
    assert refusal.message == messages.NO_SUCH_PERIOD[True].format(
        asked="2018年、2019年", told="2021年、2020年"
    )
    assert [claim.text for claim in refusal.nearest] == list(SENTENCES[:2])


def test_other_places_are_not_what_was_asked_for() -> None:
    slot = PlaceSlot(places_called("宁德市"), None)
    found = evidence("subject", figure=replace(figure_in(0), place=slot))
    refusal = refusal_for(query_of(places=places_called("莆田市")), [found], 0.5)
    assert refusal is not None
    assert refusal.code == "no_such_subject"
    assert refusal.message == messages.NO_SUCH_SUBJECT[True].format(asked="莆田", told="宁德")
    assert refusal.nearest[0].text == SENTENCES[0]


def test_what_is_told_of_no_period_or_place_is_not_named_in_the_refusal() -> None:
    period = refusal_for(query_of(periods=periods_asked("2019年")), [evidence("period")], 0.5)
    place = refusal_for(query_of(places=places_called("莆田市")), [evidence("subject")], 0.5)
    assert period is not None
    assert place is not None
    assert period.message == messages.NO_SUCH_PERIOD[False].format(asked="2019年")
    assert place.message == messages.NO_SUCH_SUBJECT[False].format(asked="莆田")


def test_another_indicator_is_not_what_was_asked_for() -> None:
    refusal = refusal_for(query_of(), [evidence("indicator")], 0.5)
    assert refusal is not None
    assert (refusal.code, refusal.message) == ("no_such_indicator", messages.NO_SUCH_INDICATOR)


@pytest.mark.parametrize(
    ("asked", "told", "message"),
    [
        ({"wants_target": True}, {"is_target": False}, messages.KIND_MISMATCH_TARGET),
        ({}, {"is_target": True}, messages.KIND_MISMATCH_OUTCOME),
        ({"scope": "whole"}, {"scope": "above size"}, messages.KIND_MISMATCH_SCOPE),
    ],
)
def test_neither_a_target_nor_another_scope_is_what_was_asked_for(
    asked: dict[str, Any], told: dict[str, Any], message: str
) -> None:
    found = evidence("kind", figure=replace(figure_in(0), **told))
    refusal = refusal_for(query_of(**asked), [found], 0.5)
    assert refusal is not None
    assert (refusal.code, refusal.message) == ("kind_mismatch", message)


def test_the_nearest_miss_gives_the_reason() -> None:
    query = query_of(periods=periods_asked("2019年"), places=places_called("莆田市"))
    refusal = refusal_for(query, [evidence("period", "subject"), evidence("subject", number=1)], 0.5)
    assert refusal is not None
    assert refusal.code == "no_such_subject"
    assert [claim.text for claim in refusal.nearest] == [SENTENCES[1]]


def test_what_is_of_the_place_asked_for_but_says_too_little_lacks_the_indicator() -> None:
    refusal = refusal_for(query_of(places=places_called("莆田市")), [evidence(coverage=0.3)], 0.5)
    assert refusal is not None
    assert refusal.code == "no_such_indicator"


def test_a_fitting_sentence_may_answer() -> None:
    assert refusal_for(query_of(), [evidence("period"), evidence(number=1)], 0.5) is None
    assert refusal_for(query_of(), [evidence(coverage=0.5)], 0.5) is None
    off_topic = evidence(coverage=0.1, number=2)
    assert refusal_for(query_of(), [evidence("period"), off_topic], 0.5) is not None


def test_beside_a_near_miss_what_fits_but_says_much_less_does_not_count() -> None:
    refusal = refusal_for(query_of(), [evidence("period"), evidence(coverage=0.6, number=2)], 0.5)
    assert refusal is not None
    assert refusal.code == "no_such_period"


def test_only_what_holds_up_beside_the_near_misses_answers() -> None:
    much, less, near = evidence(number=1), evidence(coverage=0.6, number=2), evidence("period")
    assert answering(query_of(), [near, less, much], 0.5) == [much]
    assert answering(query_of(), [less, much], 0.5) == [less, much]


def test_a_figure_of_another_indicator_and_period_lacks_the_indicator() -> None:
    refusal = refusal_for(query_of(), [evidence("indicator", "period")], 0.5)
    assert refusal is not None
    assert refusal.code == "no_such_indicator"


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
