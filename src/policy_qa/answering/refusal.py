"""Refusing: what is said where the corpus is silent, and the nearest things it does hold."""

from __future__ import annotations

from collections.abc import Sequence

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.evidence import Evidence
from policy_qa.answering.extractive import quoted_claim
from policy_qa.types import Refusal, RefusalCode
from policy_qa.understanding import Query

LEAST_COVERAGE = 0.5
"""The share of the question's weight the best sentence must speak of to be an answer."""
MOST_NEAREST = 3


def refuse(query: Query, code: RefusalCode, message: str, evidence: Sequence[Evidence] = ()) -> Refusal:
    """A refusal that shows up to three sentences, best first, as the nearest holdings."""
    citations = CitationList()
    nearest = tuple(quoted_claim(found.document, found.span, citations) for found in evidence[:MOST_NEAREST])
    return Refusal(query.question, code, message, nearest, citations.citations())


def refusal_for(query: Query, evidence: Sequence[Evidence]) -> Refusal | None:
    """Why these sentences, best first, do not answer the question; None where they may.

    Nothing that speaks of enough of the question is out of scope; sentences that do, but of other years, are not
    what was asked for.
    """
    covering = [found for found in evidence if found.coverage >= LEAST_COVERAGE]
    if not covering:
        return refuse(query, "out_of_scope", messages.OUT_OF_SCOPE, evidence)
    if not any(found.year_fits for found in covering):
        years = "、".join(f"{year}年" for year in query.years)
        return refuse(query, "not_found", messages.NOT_FOUND_YEARS.format(years=years), covering)
    return None
