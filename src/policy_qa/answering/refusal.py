"""Refusing: what is said where the corpus is silent, and the nearest things it does hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.cells import cell_claims
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.types import Refusal, RefusalCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.types import Claim
    from policy_qa.understanding import Query

MOST_NEAREST = 3
MOST_WORDS, WORDS_PER_SIMILARITY = 0.5, 5.0
NEARLY_ALL_WORDS, SIMILARITY_MARGIN = 0.9, 0.03
"""Short questions come less near; where a sentence holds all their words, this much less is near enough."""
NEXT_TO_NOTHING = 0.1
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
    out of scope; sentences near it that leave out too much, or speak of other years, are not what was asked for.
    `missing` are cells without a value: they answer nothing, but what they are about is not out of scope.
    """
    about = [found for found in evidence if found.coverage >= least_coverage]
    most = max((found.coverage for found in (*evidence, *missing)), default=0.0)
    if not about and (least_coverage >= NEARLY_ALL_WORDS or most < NEXT_TO_NOTHING):
        return refuse(query, "out_of_scope", messages.OUT_OF_SCOPE, evidence)
    if not about:
        return refuse(query, "not_found", messages.NOT_FOUND, evidence)
    if not any(found.year_fits for found in about):
        years = "、".join(f"{year}年" for year in query.years)
        return refuse(query, "not_found", messages.NOT_FOUND_YEARS.format(years=years), about)
    return None


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
