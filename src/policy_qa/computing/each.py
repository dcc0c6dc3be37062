"""What is told of each operand on its own: where one is missing, and where a source tells of some of them only."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.sides import Words
from policy_qa.computing.values import number_text
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places, is_within
from policy_qa.types import Answer, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.types import Citation, Claim, Outcome, Question

MARKS = re.compile(r"[，,。；;：:、？?“”]")


def each_of_its_own(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """What is told of each operand, where what answers the whole question tells of some or none; None where it tells all."""
    stated = sources.look_up(question.text).outcome
    whole = stated if isinstance(stated, Answer) else None
    if not operation.operands or not (whole or operation.kind == "each"):
        return None
    if operation.kind in ("sum", "mean") and not any(_names_slot(one.name) for one in operation.operands):
        return None  # 拿到手、没有开工的项目一共多少个 joins no things to be added
    lookups = [sources.look_up(operand.question) for operand in operation.operands]
    refused = [lookup.outcome for lookup in lookups if isinstance(lookup.outcome, Refusal)]
    if len(refused) == len(lookups):
        if whole is None:
            return None
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
    question: Question,
    operation: Operation,
    lookups: Sequence[Lookup],
    whole: Answer | None,
    sources: Sources,
) -> tuple[Outcome, str] | None:
    """What is told of each where the whole answer does not tell it all, None where it does."""
    said = whole.text if whole else ""
    notices = dict.fromkeys(whole.notices if whole else ())
    found: list[tuple[Claim, Outcome]] = []
    is_told = whole is not None and (operation.kind != "each" or len(whole.claims) <= len(lookups))
    for operand, lookup in zip(operation.operands, lookups, strict=True):
        outcome, names = lookup.outcome, operand.name in said
        if isinstance(outcome, Refusal):
            if said and not _names_slot(operand.name):
                return None  # 城市和农村的标准: the last names what the first is of
            if not names:
                return refuse_missing(question, operation, outcome, sources), messages.WHY_NOT_COMPUTED
            continue
        values = {number_text(found) for found in lookup.values[:1]}
        notices |= dict.fromkeys(outcome.notices)
        is_told &= names and not any(claim.working for claim in outcome.claims[:1])
        is_told &= operation.kind != "each" or all(value in said for value in values)
        found += [(outcome.claims[0], outcome)]
    if is_told or len(found) < len(lookups):
        return None
    claims, citations = told_anew(found)
    told = tuple(dict.fromkeys(claims))
    if operation.kind in ("sum", "mean"):
        refusal = Refusal(question, "kind_mismatch", messages.COMPUTED_TOO_FEW, told, citations)
        return refusal, messages.WHY_NOT_COMPUTED
    return Answer(question, told, citations, tuple(notices)), messages.WHY_COMPUTED


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
    told: list[tuple[Claim, Outcome]] = []
    missing = ""
    for operand in operation.operands:
        outcome = sources.look_up(operand.question).outcome
        if isinstance(outcome, Refusal):
            missing = missing or operand.name or operation.about
        else:
            told += [(outcome.claims[0], outcome)]
    told += [(claim, why) for claim in why.nearest] if why else []
    claims, citations = told_anew(told)
    nearest = tuple(dict.fromkeys(claims))
    if why is None:
        return Refusal(question, "not_found", messages.COMPUTED_TOO_FEW, nearest, citations)
    name = missing if is_readable(missing, question.text) else messages.ONE_OF_THEM
    message = messages.COMPUTED_OPERAND_MISSING.format(name=name, why=why.message)
    return Refusal(question, why.code, message, nearest, citations)


def told_anew(
    told: Iterable[tuple[Claim, Outcome]],
) -> tuple[tuple[Claim, ...], tuple[Citation, ...]]:
    """Claims of several outcomes, each with its own, and the citations of them all, numbered in one row, a source once."""
    numbers: dict[object, int] = {}
    citations: list[Citation] = []
    claims = []
    for claim, outcome in told:
        own = [outcome.citations[number - 1] for number in claim.citations]
        keys = [(one.document_id, one.span, one.cell) for one in own]
        for key, one in zip(keys, own, strict=True):
            if key not in numbers:
                numbers[key] = len(citations) + 1
                citations.append(replace(one, number=numbers[key]))
        claims.append(replace(claim, citations=tuple(dict.fromkeys(numbers[key] for key in keys))))
    return tuple(claims), tuple(citations)
