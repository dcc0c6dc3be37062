"""What lies on the other side of a bound that sources tell: 项目80个，其中500万元以上的30个 leaves 50 below it.

A question for what lies below a bound is never answered with what lies above it, nor the other way round.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.computing.arithmetic import amount_of, difference, growth, in_one_unit, plain, ratio
from policy_qa.computing.indicators import says_indicator
from policy_qa.computing.limits import OPEN_BOUNDS, limits_said
from policy_qa.computing.told_pairs import figures_within
from policy_qa.computing.ways import SAID
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import places_called
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.quantity_words import counter_of
from policy_qa.types import Answer, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_qa.computing.arithmetic import Amount, Result
    from policy_qa.computing.limits import Limit
    from policy_qa.computing.values import Sources
    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.types import Document
    from policy_qa.understanding import Query

Pair = tuple["Figure", "Figure", "Document"]

ASKS = re.compile(f"{SAID['how_much']}|{SAID['share']}")
OF_WHOLE = re.compile(r"[^，,。；;]{0,16}(?:[，,]?其中|[之当]?中)[^。；;]*")
NUMBER = r"\d+(?:\.\d+)?"
MOST_TIMES = 2
NO_SIZES = frozenset({"%", "‰", "个", "项", "家", "户", "人", "件"})
"""What things are counted in, and rates: a bound in them is no class of sizes."""


def limit_asked(query: Query) -> Limit | None:
    """The one bound that sets apart things by their size, of which it is asked how many; None for none, or several.

    五百多个项目 and 没有超过7.5% set nothing apart.
    """
    limits = limits_said(query.text)
    units = {one.unit for one in read_quantities(query.text) if one.bound in OPEN_BOUNDS}
    is_asked = len(limits) == 1 and ASKS.search(query.text) is not None
    return limits[0] if is_asked and not units & NO_SIZES else None


def leaves_limit_out(query: Query, told: Answer) -> bool:
    """Whether what is told is not of what the bound of a question sets apart: of the other side, or of all."""
    limit = limit_asked(query)
    if limit is None:
        return False
    quotes = (f"{one.quote} {one.context}" for one in told.citations)
    return not any(limit in limits_said("".join(text.split())) for text in (told.text, *quotes))


def answer_rest(query: Query, sources: Sources) -> Answer | None:
    """The answer with what is left of a whole without those on the other side of the bound asked for; None where these are told.

    Of two times also how it changed between them.
    """
    limit = limit_asked(query)
    periods = list(dict.fromkeys(one.period for one in find_periods(query.text) if one.period))
    if limit is None or len(periods) > MOST_TIMES:
        return None
    pairs = list(_pairs(query, limit, sources))
    asked: list[Period | None] = [*sorted(periods, key=lambda one: one.last)]
    chosen = [_of_time(pairs, period) for period in asked or [None]]
    found = [one for one in chosen if one is not None]
    return _answer(query, found) if len(found) == len(chosen) else None


def _pairs(query: Query, limit: Limit, sources: Sources) -> Iterator[Pair]:
    """Each whole that the question names, with those of it that one sentence tells to lie on the other side of the bound."""
    other = (limit[0], not limit[1])
    for evidence in sources.look_up(query.question.text).evidence:
        document = evidence.document
        figures = figures_within(evidence, sources)
        for at, whole in enumerate(figures):
            unit = counter_of(whole.quantity.unit)
            part = next((one for one in figures[at + 1 :] if counter_of(one.quantity.unit) == unit), None)
            if part is None or not _is_named(query, whole):
                continue
            between = "".join(document.text[whole.span.end : part.span.start].split())
            if OF_WHOLE.fullmatch(between) and limits_said(between) == [other] and _is_part(whole, part):
                yield whole, part, document


def _is_part(whole: Figure, part: Figure) -> bool:
    """Whether both are exact, and of one time."""
    return (
        whole.quantity.bound == part.quantity.bound == "exact"
        and whole.when == part.when
        and whole.quantity.values[0] >= part.quantity.values[0]
    )


def _is_named(query: Query, whole: Figure) -> bool:
    """Whether a figure is of the place and by the name that the question says."""
    name = search_key(whole.indicator.text) if whole.indicator else ""
    called = places_called(whole.subject.text) if whole.subject else ()
    is_there = not query.places or any(place in query.places for place in called)
    return is_there and bool(name) and (name in search_key(query.text) or says_indicator(query, name))


def _of_time(pairs: Sequence[Pair], period: Period | None) -> Pair | None:
    """The pair told of a time, the newest where none is named; None where several differ."""
    if period is None:
        period = max((pair[0].when for pair in pairs if pair[0].when), key=lambda one: one.last, default=None)
    own = [
        pair
        for pair in pairs
        if pair[0].when == period or (period and pair[0].when and agreement(period, pair[0].when) == 2)
    ]
    values = {tuple(one.quantity.values for one in pair[:2]) for pair in own}
    return own[0] if len(values) == 1 else None


def _answer(query: Query, pairs: Sequence[Pair]) -> Answer | None:
    """What is left of each whole and how much of it that is, then how it changed from the first to the last."""
    said = next(one.text for one in read_quantities(query.text) if one.bound in OPEN_BOUNDS)
    said = messages.REST_BELOW[limits_said(query.text)[0][1]].format(value=said)
    citations = CitationList()
    claims: list[Claim] = []
    rests: list[Amount] = []
    ways: dict[str, str] = {}
    for whole, part, document in pairs:
        amounts = [amount_of(one.quantity) for one in (whole, part)]
        alike = in_one_unit([one for one in amounts if one is not None])
        if alike is None or len(alike) < len(amounts) or not alike[0].number:
            return None
        left = difference(*alike)
        rests.append(replace(alike[0], number=left.number))
        ways[plain(left.number)] = f"({left.working.partition(' = ')[0]})"
        share = ratio(rests[-1], alike[0], percent=True)
        quote = "".join(Span(whole.clause.start, part.clause.end).of(document.text).split())
        text = messages.REST_TOLD.format(
            quote=quote.rstrip("，,；;。"), said=said, result=left.text, share=share.text if share else ""
        )
        working = f"{left.working}；{_written_out(share, ways)}"
        claims.append(Claim(text, (citations.cite(document, whole.sentence),), "computed", working))
    if len(rests) == MOST_TIMES:
        claims.insert(0, _changed(said, pairs, rests, ways, claims))
    return Answer(query.question, tuple(claims), citations.citations())


def _changed(
    said: str, pairs: Sequence[Pair], rests: Sequence[Amount], ways: Mapping[str, str], told: Sequence[Claim]
) -> Claim:
    """How what is left changed from the first time to the last."""
    first, last = rests
    apart, rate = difference(last, first), growth(last, first)
    times = [one.when.label() if one.when else "" for one, _, _ in pairs]
    text = messages.REST_CHANGED.format(
        said=said,
        last=times[1],
        first=times[0],
        more=messages.COMPUTED_MORE_OF[apart.number >= 0],
        difference=apart.text,
        grown=messages.COMPUTED_GROWN[apart.number >= 0],
        result=rate.text if rate else "",
    )
    working = "；".join(_written_out(one, ways) for one in (apart, rate) if one)
    return Claim(text, tuple(dict.fromkeys(n for one in told for n in one.citations)), "computed", working)


def _written_out(result: Result | None, ways: Mapping[str, str]) -> str:
    """A working in which what was itself computed stands by its own: (80 − 30) ÷ 80 for 50 ÷ 80."""
    if result is None:
        return ""
    left, sign, right = re.split("([=≈])", result.working)
    return f"{re.sub(NUMBER, lambda found: ways.get(found[0], found[0]), left)}{sign}{right}"
