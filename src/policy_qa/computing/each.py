"""What is told of each operand on its own: where one is missing, and where a source tells of some of them only."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.computing.lookups import number_text
from policy_qa.computing.sides import Words
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places, is_within
from policy_qa.types import Answer, Claim, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.types import Outcome, Question

MARKS = re.compile(r"[，,。；;：:、？?“”]")


def each_of_its_own(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """What is told of each operand, where what answers the whole question tells of some only; None where it tells all."""
    whole = sources.look_up(question.text).outcome
    if not isinstance(whole, Answer) or not operation.operands:
        return None
    if operation.kind in ("sum", "mean") and not any(_names_slot(one.name) for one in operation.operands):
        return None  # 拿到手、没有开工的项目一共多少个 joins no things to be added
    lookups = [sources.look_up(operand.question) for operand in operation.operands]
    refused = [lookup.outcome for lookup in lookups if isinstance(lookup.outcome, Refusal)]
    if len(refused) == len(lookups):
        return refuse_missing(question, operation, refused[0], sources), messages.WHY_NOT_COMPUTED
    if any(map(_is_of_other_place, lookups)):
        return refuse_missing(question, operation, None, sources), messages.WHY_NOT_COMPUTED
    return _told_of_each(question, operation, lookups, whole, sources)


def _is_of_other_place(lookup: Lookup) -> bool:
    """Whether what is found for a place is told of another one only."""
    known = [found.place for found in lookup.values if found.place is not None]
    return bool(known and lookup.query.places) and not any(
        place in lookup.query.places or is_within(place, asked)
        for place in known
        for asked in lookup.query.places
    )


def _told_of_each(
    question: Question, operation: Operation, lookups: Sequence[Lookup], whole: Answer, sources: Sources
) -> tuple[Outcome, str] | None:
    """What is told of each where the whole answer does not tell it all, None where it does."""
    citations = CitationList()
    claims: list[Claim] = []
    is_told = True
    for operand, lookup in zip(operation.operands, lookups, strict=True):
        outcome, names = lookup.outcome, operand.name in whole.text
        if isinstance(outcome, Refusal):
            if not names:
                return refuse_missing(question, operation, outcome, sources), messages.WHY_NOT_COMPUTED
            continue
        values = {number_text(found) for found in lookup.values[:1]}
        is_told &= names and not any(claim.working for claim in outcome.claims[:1])
        is_told &= operation.kind != "each" or all(value in whole.text for value in values)
        claims += [cited_anew(claim, outcome, citations, sources) for claim in outcome.claims[:1]]
    if is_told or len(claims) < len(lookups):
        return None
    told = tuple(dict.fromkeys(claims))
    if operation.kind in ("sum", "mean"):
        refusal = Refusal(question, "kind_mismatch", messages.COMPUTED_TOO_FEW, told, citations.citations())
        return refusal, messages.WHY_NOT_COMPUTED
    return Answer(question, told, citations.citations()), messages.WHY_COMPUTED


def no_series(question: str, about: str) -> str:
    """What is said where nothing can be set side by side of what a question is about."""
    if is_readable(about, question):
        return messages.COMPUTED_NO_SERIES.format(about=about)
    return messages.COMPUTED_NO_SERIES_UNNAMED


def is_readable(name: str, question: str) -> bool:
    """Whether a name put together from a question may be shown: its own words in a row, beside places and times.

    >>> is_readable("2020年荆州绿化率", "2020年荆州和宜昌的绿化率差多少")
    True
    >>> is_readable("绿化率没再上升", "绿化率2020年荆州没再上升，是吗")
    False
    """
    rest = Words(name).side(0, len(name)).rest.strip("的 ")
    return len(name) > 1 and not MARKS.search(name) and rest in "".join(question.split())


def _names_slot(name: str) -> bool:
    return bool(find_places(name) or find_periods(name))


def refuse_missing(
    question: Question, operation: Operation, why: Refusal | None, sources: Sources
) -> Refusal:
    """The refusal of the first operand without a figure, with the operands that have one before its nearest.

    Without a reason each has figures, but not one of its own that is surely meant.
    """
    citations = CitationList()
    claims: list[Claim] = []
    missing = ""
    for operand in operation.operands:
        outcome = sources.look_up(operand.question).outcome
        if isinstance(outcome, Refusal):
            missing = missing or operand.name or operation.about
        else:
            claims += [cited_anew(claim, outcome, citations, sources) for claim in outcome.claims[:1]]
    if why is None:
        nearest = tuple(dict.fromkeys(claims))
        return Refusal(question, "not_found", messages.COMPUTED_TOO_FEW, nearest, citations.citations())
    name = missing if is_readable(missing, question.text) else messages.ONE_OF_THEM
    message = messages.COMPUTED_OPERAND_MISSING.format(name=name, why=why.message)
    claims += [cited_anew(claim, why, citations, sources) for claim in why.nearest]
    nearest = tuple(dict.fromkeys(claims))
    return Refusal(question, why.code, message, nearest, citations.citations())


def cited_anew(claim: Claim, outcome: Outcome, citations: CitationList, sources: Sources) -> Claim:
    """The claim of another outcome with its citations in this list."""
    numbers = []
    for number in claim.citations:
        cited = outcome.citations[number - 1]
        document = sources.document(cited.document_id)
        if document is None or cited.span is None:
            continue
        if cited.cell is not None:
            numbers.append(
                citations.cite_row(document, cited.span, context=cited.context or "", cell=cited.cell)
            )
        else:
            numbers.append(citations.cite(document, cited.span))
    return replace(claim, citations=tuple(dict.fromkeys(numbers)) or claim.citations)
