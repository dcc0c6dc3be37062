"""The verdict on a value that a question states and that a source tells itself: 苗圃数13家，没错吧."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.agreeing import is_agreement
from policy_qa.answering.asked_figure import COUNTERS
from policy_qa.answering.phrases import cell_labels
from policy_qa.answering.verdict_claims import flat
from policy_qa.computing.arithmetic import PERCENT
from policy_qa.computing.claimed import as_said
from policy_qa.computing.indicators import says_indicator
from policy_qa.computing.operations import RANK_SAID
from policy_qa.figures.arithmetic.rounding import as_stated, bears_out
from policy_qa.language.bounds_asked import bound_asked
from policy_qa.language.claims import read_claim
from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.computing.values import Sources
    from policy_qa.figures.figure import Figure
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.understanding import Query

UNIT_ASKED = re.compile(
    r"(?:增长|增加|上升|提高|下降|减少|降低|回落)?(?:[了是为有])?(?:百分之)?(?:多少|几)[^？?]*"
)
PLACE = "位"
AMONG = re.compile(r"全[国省区市县球州]|世界|[东中西]部|百强")
RANK_HELD = re.compile(
    r"在?(?:(?:全[国省区市县球州]|国内|世界)[^，,增率额量]{0,4}?)?的?(?:排|居|列|位|名)[^，,]{0,6}?(?=第?[几多])第?"
)
"""Behind what is ranked, as it is asked for: 在全国排第."""
HELD = re.compile(f"排|居|列|{RANK_SAID.pattern}")
COUNTRY = re.compile("国内|我国|中国")
SEVERAL = re.compile(r"[都均皆各]|分别|[、和与及]|[，,；;？?]")


def judge_told(
    query: Query, stated: Quantity, told: Answer, values: Sequence[OpenValue], sources: Sources
) -> Answer | None:
    """What is told, with a verdict before it; None where it may be of another thing, or sources disagree."""
    if as_stated(stated) is None or len({(one.quantity.values, one.quantity.unit) for one in values}) != 1:
        return None
    found, cell, is_rank = values[0].quantity, values[0].cell, _is_rank(query, stated)
    if is_rank and cell and not found.unit and RANK_SAID.search("".join(cell_labels(cell))):
        found = replace(found, unit=PLACE)
        stated = replace(stated, form="number", text=f"{stated.values[0]:f}")
    if not _same_unit(found, stated) or len(found.values) != 1:
        return None
    if stated.unit != PERCENT and bool(stated.direction) != bool(found.direction):
        return None  # by how much something rose, and what it came to
    is_right = bears_out(stated, found)
    if is_right is None or (
        is_rank and not _is_rank_among(query, told, is_cell=cell is not None, is_right=is_right)
    ):
        return None
    if not (is_right and stated.bound == "exact" and not is_rank) and not _is_meant(
        query, values[0], stated, sources
    ):
        return None
    template = messages.TOLD_AGREES if is_right else messages.TOLD_DIFFERS
    first = told.claims[0]
    text = template.format(
        said=_said(values[0], told),
        told=_with_way(found, stated) + flat(as_said(found)),
        stated=_with_way(stated, found) + as_said(stated),
    )
    return replace(told, claims=(Claim(text, first.citations, "computed"), *told.claims))


def with_stated(question: str, told: Answer, values: Sequence[OpenValue]) -> Answer:
    """What is told without a verdict, with a notice how the one value that the question states stands to it."""
    is_judged = any(one.status == "computed" and not is_agreement(one.text) for one in told.claims)
    claim = read_claim(question)
    if claim is None or is_judged or not states_one_value(question):
        return told
    stated = read_quantities(claim.text)[0]
    told_apart = [value for conflict in told.conflicts for value in conflict.values]
    told_of_it = [
        *(one.quantity for one in values),
        *(q for one in told_apart for q in read_quantities(one.text)),
    ]
    found = [one for one in told_of_it if _same_unit(one, stated) and len(one.values) == 1]
    if not found or as_stated(stated) is None:
        return told
    others = [one for one in found if not bears_out(stated, one)]
    beside = [one for claim in told.claims for one in read_quantities(claim.text) if _is_same(one, stated)]
    if not others:
        template = messages.STATED_AGREES
    elif len(others) < len(found) or beside:
        template = messages.STATED_ELSEWHERE
    else:
        template = messages.STATED_DIFFERS
    shown = messages.LIST_SEPARATOR.join(
        dict.fromkeys(_with_way(one, stated) + flat(as_said(one)) for one in others)
    )
    notice = template.format(stated=_with_way(stated, found[0]) + as_said(stated), told=shown)
    return replace(told, notices=(*told.notices, notice))


def states_one_value(question: str) -> bool:
    """Whether a question states one value of one thing, or a bound of it, and names nothing else that it is to agree with.

    >>> states_one_value("荆州苗圃数13家，对吗"), states_one_value("荆州和宜昌的苗圃数都是13家，对吗")
    (True, False)
    """
    if bound_asked(question):
        return True
    claim = read_claim(question)
    if claim is None or claim.by or SEVERAL.search(claim.text):
        return False
    return len(read_quantities(claim.text)) == 1


def _is_meant(query: Query, found: OpenValue, stated: Quantity, sources: Sources) -> bool:
    """Whether another value is told of the very thing, and the one stated nowhere: one that is told there may be meant."""
    document = found.evidence.document.id
    figure = next(
        (
            one
            for one in sources.figures([document])
            if (one.span == found.figure.span if found.figure else found.cell and one.span == found.cell.span)
        ),
        None,
    )
    if figure is None or figure.indicator is None:
        return False
    others = [one for one in sources.of_indicator(figure) if _may_be_asked(query, one)]
    asked = sources.understand(UNIT_ASKED.sub("是多少", RANK_HELD.sub("", query.text)))
    return says_indicator(asked, search_key(figure.indicator.text)) and not any(
        stated.bound == "exact"
        and _is_same(one.quantity, stated)
        and one.quantity.unit == stated.unit
        and one.quantity.values != found.quantity.values
        for one in others
    )


def _may_be_asked(query: Query, figure: Figure) -> bool:
    """Whether a figure is of no other time or place than those that are named."""
    subject = None if figure.subject is None else figure.subject.text
    named = subject is not None and query.places and find_places(subject)
    if subject and named and not any(place.short in subject for place in query.places):
        return False
    when = figure.when
    return when is None or not query.periods or any(one.overlaps(when) for one in query.periods)


def _is_rank(query: Query, stated: Quantity) -> bool:
    """Whether a place in an order is stated, not how many people (5位专家) or places it moved."""
    is_place = stated.form == "rank" or HELD.search(query.text) is not None
    return stated.unit == PLACE and not stated.direction and is_place


def _is_rank_among(query: Query, told: Answer, *, is_cell: bool, is_right: bool) -> bool:
    """Whether a rank is told among those that it is stated among; one stated among none named is not denied."""
    asked = set(AMONG.findall(COUNTRY.sub("全国", query.text)))
    said = "".join(f"{one.context if is_cell else one.quote}" for one in told.citations)
    return asked <= set(AMONG.findall(COUNTRY.sub("全国", said))) and (is_right or bool(asked))


def _said(found: OpenValue, told: Answer) -> str:
    """The words that tell the value: its own cited ones, without the year carried on to them, or the labels of its cell."""
    if found.cell is None:
        first = told.claims[0]
        text = flat(first.text)
        quotes = [
            flat(one.quote)
            for one in told.citations
            if one.number in first.citations and one.quote is not None
        ]
        own = [one for one in quotes if one in text and flat(found.quantity.text) in one]
        return max(own, key=len, default=text)
    label = messages.LABEL_SEPARATOR.join(filter(None, cell_labels(found.cell)))
    value = flat(found.cell.text or "")
    unit = found.cell.unit or ""
    return flat(f"{label}：{value}{'' if value.endswith(unit) else unit}")


def _same_unit(one: Quantity, stated: Quantity) -> bool:
    """Whether a quantity is in the unit of one stated: things counted may be by any counter (600家, 600个), a bare number in any."""
    return stated.unit in ("", one.unit) or {one.unit, stated.unit} <= COUNTERS


def _with_way(one: Quantity, beside: Quantity) -> str:
    """The word for a rise or a fall, where the quantity beside is the other."""
    return messages.RISEN_OR_FALLEN[one.direction] if one.direction * beside.direction < 0 else ""


def _is_same(one: Quantity, stated: Quantity) -> bool:
    return one.values == stated.values and one.direction * stated.direction >= 0
