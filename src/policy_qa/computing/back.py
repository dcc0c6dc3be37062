"""A value that a source gives only by its distance from that of another time or place, computed back when asked for.

2020年为38.9%，比2019年低29.5个百分点; 增长0.9%，比全省平均水平低6.8个百分点.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import block_at
from policy_qa.computing.arithmetic import Amount, amount_of, moved_back
from policy_qa.computing.indicators import measure_asked, measure_of, says_indicator
from policy_qa.computing.sides import Words
from policy_qa.computing.telling import quote_of, quoting
from policy_qa.computing.values import Value, left_out
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.language.places import places_called
from policy_qa.types import Refusal, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Answer, Document
    from policy_qa.understanding import Query

APART = re.compile(
    r"(?:(?P<less>低|少|下降|回落|减少|降低)|(?P<more>高|多|提高|上升|增加|提升))(?:出|了|于[^，,。；;（(]{2,24}?)?(?:约|近)?$"
)
ASKING = re.compile(
    r"了?(?:到底|究竟|各自?|分别)?(?:是|为|有|达到?|占|排|位?列|居)*(?:第?多少|第?几|多大|多高|百分之几).*$|[?？]$"
)
POINTS, PLACE = "百分点", "位"


@dataclass(frozen=True, slots=True)
class Back:
    """A figure of another time or place, its distance from the one asked for, and what that one comes to; what tells so."""

    level: Figure
    apart: Figure
    document: Document
    amount: Amount
    said: str
    working: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it is told, the place and period that its sentence leaves out behind it."""
        span = Span(self.level.clause.start, self.apart.clause.end)
        return span, *left_out([self.level], span)


def compute_back(
    query: Query, figures: Sequence[Figure], document_of: Callable[[str], Document | None]
) -> Answer | None:
    """The answer computed from a figure of another time or place and its distance from the one asked for, if told."""
    back = find_back(query, figures, document_of)
    if back is None:
        return None
    told = (back.said, back.working)
    return quoting(query.question, told, back.document, back.spans[0], [back.level])


def value_back(lookup: Lookup, name: str, sources: Sources) -> Value | None:
    """The value of what a plain question is answered by so; None where it is answered otherwise."""
    if isinstance(lookup.outcome, Refusal) or lookup.outcome.claims[0].status != "computed":
        return None
    ids = list(dict.fromkeys(one.document.id for one in lookup.evidence))
    back = find_back(lookup.query, sources.figures(ids), sources.document)
    if back is None or back.said != lookup.outcome.claims[0].text:
        return None
    span, *carried = back.spans
    return Value(
        name,
        back.amount,
        back.document,
        span,
        place=next(iter(lookup.query.places), None),
        period=lookup.query.periods[0],
        carried=tuple(carried),
        at=back.apart.span,
        back=(back.said, back.working),
    )


def find_back(
    query: Query, figures: Sequence[Figure], document_of: Callable[[str], Document | None]
) -> Back | None:
    """What a figure of another time or place and its distance from the one asked for come to, if told."""
    if query.kind != "figure" or len(query.periods) != 1:
        return None
    for apart in figures:
        document = None if apart.cell else document_of(apart.document_id)
        if document is None:
            continue
        from_time, from_place = _is_distance(query, apart, document)
        if not (from_time or from_place):
            continue
        for level in figures:
            if _is_level_of(query, level, apart) and _is_other(
                query, level, from_time=from_time, from_place=from_place
            ):
                back = _led_back(query, level, apart, document)
                if back is not None:
                    return back
    return None


def _is_distance(query: Query, figure: Figure, document: Document) -> tuple[bool, bool]:
    """Whether a figure tells how far its indicator is from that of the period asked for, and whether from that of the place."""
    text = document.text
    if not APART.search(text, figure.clause.start, figure.span.start):
        return False, False
    around = read_surroundings(document, block_at(document, figure.span.start), home=home_of(document))
    before = Span(figure.clause.start, figure.span.start)
    return any(
        found.is_base
        and found.period is not None
        and before.contains(found.span)
        and agreement(query.periods[0], found.period) == 2
        for found in around.periods
    ), any(
        found.is_base and before.contains(found.span) and any(place in query.places for place in found.places)
        for found in around.places
    )


def _is_level_of(query: Query, level: Figure, apart: Figure) -> bool:
    """Whether a figure, told right before the distance, is the one that the distance is from."""
    return (
        level.document_id == apart.document_id
        and level.sentence == apart.sentence
        and level.span.end <= apart.span.start
        and level.when == apart.when
        and level.quantity.bound == apart.quantity.bound == "exact"
        and level.is_target == query.wants_target
        and measure_of(level) == measure_asked(search_key(query.text))
        and (
            level.quantity.unit == apart.quantity.unit
            or (level.quantity.unit, apart.quantity.unit) == ("%", POINTS)
        )
        and level.indicator is not None
        and says_indicator(query, search_key(level.indicator.text), among=query.content)
    )


def _is_other(query: Query, level: Figure, *, from_time: bool, from_place: bool) -> bool:
    """Whether a figure is of another time than the one asked for, of the same place, or of another place, of the same time."""
    called = places_called(level.subject.text) if level.subject else ()
    same_place = not query.places or not called or any(place in query.places for place in called)
    same_time = level.when is not None and agreement(query.periods[0], level.when) == 2
    return (from_time and same_place and not same_time) or (from_place and same_time and not same_place)


def _led_back(query: Query, level: Figure, apart: Figure, document: Document) -> Back | None:
    text = document.text
    way = APART.search(text, apart.clause.start, apart.span.start)
    known, distance = amount_of(level.quantity), amount_of(apart.quantity)
    if way is None or known is None or distance is None:
        return None
    is_rank = known.base == PLACE  # who has moved up by three places stood three lower
    made = moved_back(known, distance, rose=(way["less"] is None) != is_rank)
    if made is None or (is_rank and made.number < 1):
        return None
    place = query.places[0].short if query.places else ""
    said = messages.COMPUTED_BACK.format(
        period=query.periods[0].label(),
        about=f"{place}{indicator_asked(query)}",
        said=quote_of(document, [level.clause, apart.clause], joint="，"),
        result=f"第{made.told}" if is_rank else made.told,
    )
    return Back(level, apart, document, replace(known, number=made.number), said, made.working)


def indicator_asked(query: Query) -> str:
    """What a plain question asks for, without when, where and the asking words."""
    words = Words(query.text)
    return ASKING.sub("", words.side(0, len(query.text)).rest)
