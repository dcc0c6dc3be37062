"""Refusing: what is said where the corpus is silent, and the nearest things it does hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import asked_figure
from policy_qa.answering.cells import cell_claims
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.answering.slots import names_slots
from policy_qa.figures.surroundings import home_of
from policy_qa.types import Refusal, RefusalCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.slots import Misfit
    from policy_qa.types import Claim
    from policy_qa.understanding import Query

MOST_NEAREST = 3
MOST_WORDS, WORDS_PER_SIMILARITY = 0.5, 5.0
NEARLY_ALL_WORDS, SIMILARITY_MARGIN = 0.9, 0.03
"""Short questions come less near; where a sentence holds all their words, this much less is near enough."""
NEXT_TO_NOTHING = 0.1
LEAST_ABOUT = 0.5
"""A statement of another period or place that says this share of what is asked, both left out, is a near miss."""
LEAST_NEARLY_ABOUT = 0.35
AS_MUCH_ABOUT, ENOUGH_ABOUT = 0.85, 0.65
"""Beside a near miss only what says this share as much of what is asked is taken for its answer; less is enough of a
figure that names the period and place asked for."""
MOST_TOLD = 6
MISFITS_IN_ORDER: tuple[Misfit, ...] = ("kind", "period", "subject", "indicator")
FEWEST_WORDS, FEWEST_WORDS_FOR_FIGURES = 0.2, 0.38
"""A figure may not be guessed: too few shared words, and the nearest sentence is shown with the refusal instead."""


def refuse(query: Query, code: RefusalCode, message: str, evidence: Sequence[Evidence] = ()) -> Refusal:
    """A refusal that shows up to three sentences, best first, as the nearest holdings."""
    citations = CitationList()
    nearest = tuple(nearest_claim(found, citations) for found in evidence[:MOST_NEAREST])
    return Refusal(query.question, code, message, nearest, citations.citations())


def nearest_claim(found: Evidence, citations: CitationList) -> Claim:
    """A sentence, or cells in words, as a claim that cites it."""
    if found.reading is None:
        return quoted_claim(found.document, found.span, citations)
    return next(cell_claims(found.reading, "", citations))


def refusal_for(
    query: Query, evidence: Sequence[Evidence], least_coverage: float, *, missing: Sequence[Evidence] = ()
) -> Refusal | None:
    """Why these sentences, best first, do not answer the question; None where they may.

    Where nothing comes near the question in meaning, and no sentence speaks of all of it, or none of any of it, it is
    out of scope. Where those that say what is asked are of other periods, places or kinds, that is the reason; sentences
    that fit but say less of it do not count beside them. `missing` are cells that answer nothing, some for want of a
    value; but what they are about is not out of scope.
    """
    if not math.isinf(least_coverage):
        if answering(query, evidence, least_coverage):
            return None
        near = near_misses(evidence, least_coverage)
        fitting = [found for found in evidence if is_fitting(found, least_coverage)]
        known = is_subject_known(query, evidence)
        near = [found for found in near if not (known and "subject" in found.misfits)]
        if fitting and not near:
            return None
        near = near or [
            found
            for found in evidence
            if found.figure
            and found.misfits
            and found.about >= LEAST_NEARLY_ABOUT
            and not (known and "subject" in found.misfits)
        ]
        if near:
            return refuse_near_miss(query, near)
    return refuse_unfound(query, evidence, least_coverage, missing=missing)


def answering(query: Query, evidence: Sequence[Evidence], least_coverage: float) -> list[Evidence]:
    """The evidence that may answer, in its order: it fits, and says about as much of what is asked as any near miss."""
    most_about = max((found.about for found in near_misses(evidence, least_coverage)), default=0.0)
    return [
        found
        for found in evidence
        if is_fitting(found, least_coverage) and found.about >= as_much_about(query, found) * most_about
    ]


def is_fitting(found: Evidence, least_coverage: float) -> bool:
    """Whether nothing of the evidence is other than asked, and it speaks of enough of the question."""
    return not found.misfits and found.coverage >= least_coverage


def near_misses(evidence: Sequence[Evidence], least_coverage: float) -> list[Evidence]:
    """The evidence that says what is asked, of another period, place or kind."""
    least_about = min(max(least_coverage, LEAST_ABOUT), NEARLY_ALL_WORDS)
    return [found for found in evidence if found.misfits and found.about >= least_about]


def refuse_unfound(
    query: Query, evidence: Sequence[Evidence], least_coverage: float, *, missing: Sequence[Evidence]
) -> Refusal:
    """The refusal of a question that nothing found says enough of.

    What is told in other figures (增长3%, asked how many 元) is not out of scope.
    """
    on_topic = [found for found in evidence if found.topic >= LEAST_ABOUT and "subject" not in found.misfits]
    if query.kind == "figure" and on_topic and not math.isinf(least_coverage):
        return refuse(query, "no_such_indicator", messages.NO_SUCH_INDICATOR, on_topic)
    most = max((found.coverage for found in (*evidence, *missing)), default=0.0)
    about = any(found.coverage >= least_coverage for found in evidence)
    if not about and (least_coverage >= NEARLY_ALL_WORDS or most < NEXT_TO_NOTHING):
        return refuse(query, "out_of_scope", messages.OUT_OF_SCOPE, evidence)
    gaps = [found for found in missing if found.reading and found.reading.is_missing]
    gap = max(gaps, key=lambda found: found.coverage, default=None)
    if gap and is_fitting(gap, least_coverage) and gap.coverage == most and gap.about >= LEAST_NEARLY_ABOUT:
        return refuse(query, "not_found", messages.NOT_FOUND, (gap, *evidence))
    of_subject = [found for found in evidence if query.places and "subject" not in found.misfits]
    if query.kind == "figure" and of_subject:
        return refuse(query, "no_such_indicator", messages.NO_SUCH_INDICATOR, of_subject)
    return refuse(query, "not_found", messages.NOT_FOUND, evidence)


def is_subject_known(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Whether some document is about a place that the question names: then its silence is about the indicator."""
    return any(home_of(found.document) in query.places for found in evidence)


def as_much_about(query: Query, found: Evidence) -> float:
    """The share of what a near miss says that evidence must say to be the answer beside it."""
    named = found.reading is not None or (found.figure is not None and names_slots(query, found.figure))
    return ENOUGH_ABOUT if named else AS_MUCH_ABOUT


def refuse_near_miss(query: Query, near_misses: Sequence[Evidence]) -> Refusal:
    """The refusal that says what of the question the nearest statements lack, and what they have instead."""
    most = max(found.about for found in near_misses)
    nearest = [found for found in near_misses if found.about >= ENOUGH_ABOUT * most]
    elsewhere = all("subject" in found.misfits for found in near_misses)
    fewest = min(len(found.misfits) for found in nearest)
    nearest = [found for found in nearest if len(found.misfits) == fewest]
    other = all("indicator" in found.misfits for found in nearest)
    misfit: Misfit = (
        "indicator"
        if other
        else next(one for one in MISFITS_IN_ORDER if any(one in found.misfits for found in nearest))
    )
    misfit = "subject" if elsewhere else misfit
    nearest = [found for found in nearest if misfit in found.misfits]
    match misfit:
        case "subject":
            asked = _joined([*(place.short for place in query.places), *query.areas, *query.owners])
            told = "、".join(_places_told(nearest))
            return refuse(
                query,
                "no_such_subject",
                messages.NO_SUCH_SUBJECT[bool(told)].format(asked=asked, told=told),
                nearest,
            )
        case "period":
            asked = "、".join(period.label() for period in query.periods)
            told = "、".join(_periods_told(nearest))
            return refuse(
                query,
                "no_such_period",
                messages.NO_SUCH_PERIOD[bool(told)].format(asked=asked, told=told),
                nearest,
            )
        case "indicator":
            return refuse(query, "no_such_indicator", messages.NO_SUCH_INDICATOR, nearest)
        case _:
            return refuse(query, "kind_mismatch", _kind_mismatch(query, nearest), nearest)


def _kind_mismatch(query: Query, nearest: Sequence[Evidence]) -> str:
    if asked_figure(query.text).is_rank and query.ranked_in:
        return messages.KIND_MISMATCH_RANK
    figure = nearest[0].figure
    if figure is not None and figure.is_target == query.wants_target:
        return messages.KIND_MISMATCH_SCOPE
    return messages.KIND_MISMATCH_TARGET if query.wants_target else messages.KIND_MISMATCH_OUTCOME


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(names))


def _periods_told(evidence: Sequence[Evidence]) -> list[str]:
    """The periods of the figures found, newest first."""
    told = {
        found.figure.period.period for found in evidence if found.figure is not None and found.figure.period
    }
    return [period.label() for period in sorted(told, reverse=True)[:MOST_TOLD]]


def _places_told(evidence: Sequence[Evidence]) -> list[str]:
    """The places of the figures found, in their order."""
    told = dict.fromkeys(
        place.short
        for found in evidence
        if found.figure is not None and found.figure.place
        for place in found.figure.place.places[:1]
    )
    return list(told)[:MOST_TOLD]


def least_coverage(query: Query, similarity: float, least_similarity: float) -> float:
    """The share of the question's weight a sentence must speak of to be about it, 0 to 1; infinite for never.

    The nearer the nearest chunk comes to the question in meaning, the fewer of its very words are needed: staff
    ask in other words than reports are written in.
    """
    if similarity < least_similarity - SIMILARITY_MARGIN:
        return math.inf
    if similarity < least_similarity:
        return NEARLY_ALL_WORDS
    fewest = FEWEST_WORDS_FOR_FIGURES if query.kind in ("figure", "when") else FEWEST_WORDS
    return max(fewest, MOST_WORDS - WORDS_PER_SIMILARITY * (similarity - least_similarity))
