"""A change that a question states with both its ends, where a source tells two of the three: 由16%降到15%，下降1个百分点."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import trimmed
from policy_qa.computing.arithmetic import MINUS, PERCENT
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Answer, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document
    from policy_qa.understanding import Query

POINTS = "百分点"
ENDS, SAME_TIME = 2, 2


def judge_told_change(
    query: Query, figures: Sequence[Figure], document: Callable[[str], Document | None]
) -> Answer | None:
    """The verdict on the change where both ends are told together, on the end before where the other and the change are."""
    told = read_quantities(query.text)
    ends = [one.values[0] for one in told if (one.unit, one.bound, one.form) == (PERCENT, "exact", "number")]
    changes = [one for one in told if (one.unit, one.bound) == (POINTS, "exact")]
    if len(ends) != ENDS or ends[0] == ends[1] or len(changes) != 1:
        return None
    change, fell = abs(changes[0].values[0]), ends[0] > ends[1]
    found = {
        (level.quantity.values[0], abs(other.quantity.values[0]), other.quantity.unit): (level, other)
        for level, other in _told_together(query, figures)
        if (level.quantity.values[0] == ends[1] and _is_change(other, change, fell=fell))
        or {level.quantity.values[0], other.quantity.values[0]} == set(ends)
    }
    both = next((pair for (_, _, unit), pair in found.items() if unit == PERCENT), None)
    level, other = both or next(iter(found.values()), (None, None))
    source = document(level.document_id) if level else None
    if source is None or level is None or other is None:
        return None
    if both:
        return _verdict(query, source, both, (change, abs(ends[0] - ends[1]), POINTS), sign=MINUS)
    result = ends[1] + change if fell else ends[1] - change
    return _verdict(query, source, (level, other), (ends[0], result, PERCENT), sign="+" if fell else MINUS)


def _is_change(figure: Figure, change: Decimal, *, fell: bool) -> bool:
    """Whether a figure is a change by so many points, the same way."""
    quantity = figure.quantity
    return quantity.unit == POINTS and abs(quantity.values[0]) == change and (quantity.direction < 0) == fell


def _told_together(query: Query, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """A level of what is asked about, and another or a change told in its sentence."""
    asked = search_key(query.text)
    for level in figures:
        if level.cell is not None or (level.quantity.unit, level.quantity.bound) != (PERCENT, "exact"):
            continue
        if level.indicator is None or search_key(level.indicator.text) not in asked:
            continue
        yield from (
            (level, one)
            for one in figures
            if one.document_id == level.document_id
            and one.sentence == level.sentence
            and one is not level
            and one.quantity.unit in (POINTS, PERCENT)
            and one.quantity.bound == "exact"
            and (_is_timely(query, level) or _is_timely(query, one))
        )


def _is_timely(query: Query, figure: Figure) -> bool:
    """Whether a figure may be of a time asked about."""
    when = figure.when
    return (
        not query.periods or when is None or any(agreement(one, when) == SAME_TIME for one in query.periods)
    )


def _verdict(
    query: Query,
    source: Document,
    parts: tuple[Figure, Figure],
    judged: tuple[Decimal, Decimal, str],
    *,
    sign: str,
) -> Answer:
    """Whether the value stated is the one that the two others come to, with what tells these."""
    stated, result, unit = judged
    values = [abs(one.quantity.values[0]) for one in parts]
    if unit == POINTS:
        values.sort(reverse=True)
    shown = f"个{unit}" if unit == POINTS else unit
    template = messages.CLAIM_RIGHT if result == stated else messages.CLAIM_WRONG
    verdict = template.format(stated=f"{stated:f}{shown}", result=f"{result:f}{shown}")
    clause = Span(min(one.clause.start for one in parts), max(one.clause.end for one in parts))
    said = "".join(trimmed(source.text, clause).of(source.text).split())
    said = said.replace("“", "‘").replace("”", "’").rstrip("，；。")
    made = messages.TOLD_CHANGE.format(said=said, result=f"{result:f}{shown}")
    working = f"{values[0]:f} {sign} {values[1]:f} = {result:f}"
    citations = CitationList()
    number = citations.cite(source, trimmed(source.text, parts[0].sentence))
    claim = Claim(f"{verdict}{made}", (number,), "computed", working)
    return Answer(query.question, (claim,), citations.citations())
