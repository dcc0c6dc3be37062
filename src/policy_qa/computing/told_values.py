"""The verdict on a value that a question states and that a source tells itself: 苗圃数13家，没错吧."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.claimed import as_said
from policy_qa.computing.indicators import says_indicator
from policy_qa.figures.arithmetic.rounding import as_stated, keeps
from policy_qa.language.claims import read_claim
from policy_qa.language.normalize import search_key
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.computing.values import Sources
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.understanding import Query

UNIT_ASKED = re.compile(r"(?:是|为|有)?(?:百分之)?多少[^？?]*")
SEVERAL = re.compile(r"[都均皆各]|分别|[、和与及]|[，,；;？?]")
QUOTES = str.maketrans("“”", "‘’")


def judge_told(
    query: Query, stated: Quantity, told: Answer, values: Sequence[OpenValue], sources: Sources
) -> Answer | None:
    """What is told, with a verdict before it; None where it may be of another thing, or sources disagree."""
    if as_stated(stated) is None or len({(one.quantity.values, one.quantity.unit) for one in values}) != 1:
        return None
    found = values[0].quantity
    if found.unit != stated.unit or found.bound != "exact" or len(found.values) != 1:
        return None
    is_right = keeps(stated, abs(found.values[0]))
    if not (is_right and stated.bound == "exact") and not _is_meant(query, values[0], stated, sources):
        return None
    template = messages.TOLD_AGREES if is_right else messages.TOLD_DIFFERS
    first = told.claims[0]
    text = template.format(said=_said(values[0], first), told=_flat(found.text), stated=as_said(stated))
    return replace(told, claims=(Claim(text, first.citations, "computed"), *told.claims))


def states_one_value(question: str) -> bool:
    """Whether a question states one value of one thing and names nothing else that it is to agree with.

    >>> states_one_value("荆州苗圃数13家，对吗"), states_one_value("荆州和宜昌的苗圃数都是13家，对吗")
    (True, False)
    """
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
    others = sources.of_indicator(figure)
    asked = sources.understand(UNIT_ASKED.sub("是多少", query.text))
    return says_indicator(asked, search_key(figure.indicator.text)) and not any(
        stated.bound == "exact" and one.quantity.values == stated.values and one.quantity.unit == stated.unit
        for one in others
    )


def _said(found: OpenValue, claim: Claim) -> str:
    """The words that tell the value: a quotation, or the labels of its cell."""
    if found.cell is None:
        return _flat(claim.text)
    label = f"{''.join(found.cell.row_label)}，{''.join(found.cell.column_label)}"
    value = _flat(found.cell.text or "")
    unit = found.cell.unit or ""
    return _flat(f"{label}：{value}{'' if value.endswith(unit) else unit}")


def _flat(text: str) -> str:
    return "".join(text.split()).translate(QUOTES)
