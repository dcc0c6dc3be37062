"""Figures as a claim or its sources tell them: the value with its words, period, place, and what else limits it.

What a claim says and what its source says are read by the same code, so that the two can be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.answering.phrases import cell_labels, label_text, value_text
from policy_qa.figures.binding import read_statement
from policy_qa.figures.cells import with_year
from policy_qa.figures.enumerations import JOINED
from policy_qa.figures.surroundings import Surroundings, read_surroundings
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import Period, find_periods
from policy_qa.language.places import Place, find_places
from policy_qa.language.qualifiers import TARGET, scope_of
from policy_qa.language.quantity_values import Quantity, read_quantities
from policy_qa.types import Document, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.figures.binding import BoundFigure
    from policy_qa.types import Cell

_TAIL_END = re.compile(r"[、，,。；;：:！？（(）)\n]|[和与及](?=[^，。；、]{0,14}\d)|其中|$")
_NEXT_LABEL = re.compile(
    r"[回上]?升[至到]|[回下]?降[至到]|回升|回落|提高|增加|减少|扩大|收窄|下降|增长|上升|跃升|退到|退至|仅有|只有|却|排(?:名|在)?|位?列|位?居|"
    r"[高低]于|相差|[高低多少快慢](?:出|了|约|近)?$|的$"
)
"""Where, between two figures of a clause, what is said of the second begins."""
_PARTS = re.compile(r"[^\u3400-\u9fffA-Za-z]+")
_FUNCTION = re.compile(
    r"分别|达到|高达|共有|共计|合计|共|约|为|是|有|仅|只|则|而|但|却|又|也|都|均|已经|已|还|仍|其中|同比|较|比|"
    r"与|和|以及|及|在|由|从|自|到|至|达|于|了|的|中|里|着|就|将|把|被|超过|突破|不足|不到|接近|近|左右|以上|以下|以内|"
    r"不超过|不低于|高于|低于|多于|少于|快于|慢于|高出|低出|更|增速|增幅|降幅|规模以上|规上|限额以上|限上|全社会|各|另|拥|"
    r"增长|上升|提高|增加(?!值)|提升|上涨|扩大|加快|下降|减少|回落|降低|下跌|下滑|缩小|收窄|放缓|降|升|数量?(?=$)|上年|去年|同期"
)
_RISE = re.compile(r"[涨]|增(?!加值|速|量|值)|升(?!级)|提高|扩大|加快|前移|上调|反弹|净流入")
_FALL = re.compile(r"降|跌|减(?!免)|回落|缩小|缩减|收窄|放缓|下滑|下调|后移|退到|退至|萎缩|下行")
_ABOVE = re.compile(r"(?:高于|高出|多出|多于|快于|大于|好于|优于|强于|长于)|[高多快大](?:出|了|约|近)?\s*$")
_BELOW = re.compile(r"(?:低于|低出|少于|慢于|小于|落后于?|弱于|短于)|[低少慢小](?:了|约|近)?\s*$")
_NEGATION = re.compile(
    r"不(?!足|到|超|低于|少于|高于|多于|小于|大于|断|少|同|及|可|仅|但|过|久)|没有?|未(?!来|达|满)|并非|毫无"
)
_SHARE = re.compile(r"占(?!地)|比[重例]|份额")
_ACTUAL = re.compile(r"实际")
_SCOPE_WORDS = re.compile(r"规模以[上下]|规[上下]|限额以[上下]|限[上下]")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with everything it is told with.

    `words` are pairs of characters that say what it counts: its own, else those of the figure it goes on from; `parts` its
    own words in order, `before` and `behind` the very characters beside it, `around` the text in which a claim's words
    may stand. `named` are all periods and places beside it, `bases` those only
    compared with. `turns` are words of rise, fall and comparison, `place_in_series` is (index, size). `span` is that of a
    figure of running text, `is_inherited`: the words are another's.
    """

    quantity: Quantity
    words: frozenset[str]
    parts: tuple[str, ...]
    around: str
    before: str
    behind: str
    period: Period | None
    places: tuple[Place, ...]
    named: tuple[Period | Place, ...]
    bases: frozenset[Period | Place]
    is_target: bool
    aims: bool
    is_actual: bool
    scope: str | None
    limits: frozenset[str]
    turns: frozenset[str]
    negations: int
    is_share: bool
    is_inherited: bool = False
    place_in_series: tuple[int, int] = (0, 1)
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Retold:
    """A sentence with its figures as told, the parts of it that belong to each, and the clauses without a figure."""

    around: Surroundings
    span: Span
    figures: tuple[Told, ...]
    regions: tuple[Span, ...]
    bare_clauses: tuple[Span, ...]


def retell(around: Surroundings, span: Span) -> Retold:
    """The sentence at `span` of a block with its figures as they are told."""
    text = around.document.text
    statement = read_statement(around, span)
    clauses = split_clauses(text, span)
    regions = _regions(text, statement.figures, clauses)
    series = _series_of(text, [figure.span for figure in statement.figures])
    headings = " ".join(around.block.heading_path)
    figures: list[Told] = []
    for figure, region, place in zip(statement.figures, regions, series, strict=True):
        told = _told(around, span, figure, region, headings)
        if not told.words:
            told = _going_on(
                told, figures[-1] if figures else None, words_of(around, Span(span.start, figure.label.start))
            )
        figures.append(replace(told, place_in_series=place))
    bare = [clause for clause in clauses if not any(clause.overlaps(region) for region in regions)]
    return Retold(around, span, tuple(figures), tuple(regions), tuple(bare))


def _going_on(told: Told, previous: Told | None, before: frozenset[str]) -> Told:
    """A figure without words of its own (，增长5%) with those of the figure before it, else those that begin the sentence."""
    if previous is None:
        return replace(told, words=before, is_inherited=True)
    return replace(
        told,
        words=previous.words,
        limits=told.limits | previous.limits,
        is_share=told.is_share or previous.is_share,
        is_inherited=True,
    )


def _regions(text: str, figures: Sequence[BoundFigure], clauses: Sequence[Span]) -> list[Span]:
    """For each figure the part of its sentence that is about it alone: the words before it, and behind it up to a mark."""
    regions: list[Span] = []
    for index, figure in enumerate(figures):
        clause_end = next(
            (clause.end for clause in clauses if clause.end >= figure.span.end), figure.span.end
        )
        following = figures[index + 1].span.start if index + 1 < len(figures) else clause_end
        limit = min(clause_end, following)
        begun = _NEXT_LABEL.search(text, figure.span.end, limit) if following < clause_end else None
        limit = begun.start() if begun else limit
        stop = _TAIL_END.search(text, figure.span.end, limit)
        end = stop.start() if stop else limit
        start = max(figure.label.start, regions[-1].end if regions else 0)
        regions.append(Span(min(start, figure.span.start), max(end, figure.span.end)))
    return regions


def _told(around: Surroundings, sentence: Span, figure: BoundFigure, region: Span, headings: str) -> Told:
    text = around.document.text
    before = Span(region.start, figure.span.start).of(text)
    behind = text[figure.span.end : region.end]
    own = f"{before}|{behind}"
    clause_start = max(
        clause.start for clause in split_clauses(text, sentence) if clause.start <= figure.span.start
    )
    parts = content_parts_of(around, Span(region.start, figure.span.start)) + content_parts_of(
        around, Span(figure.span.end, region.end)
    )
    periods = [found for found in around.periods if region.contains(found.span) and found.period]
    places = [found for found in around.places if region.contains(found.span)]
    bases: set[Period | Place] = {found.period for found in periods if found.is_base and found.period}
    bases |= {found.places[0] for found in places if found.is_base}
    named: list[Period | Place] = [found.period for found in periods if found.period]
    named += [place for found in places for place in found.places]
    bound = figure.place.places if figure.place else ()
    return Told(
        quantity=figure.quantity,
        words=_pairs(parts),
        parts=parts,
        around=_key(f"{text[sentence.start : region.end]}|{headings}"),
        before=_key(text[max(region.start, clause_start) : figure.span.start]),
        behind=_key(behind),
        period=figure.period.period if figure.period else None,
        places=bound,
        named=tuple(named),
        bases=frozenset(bases - set(bound)),
        is_target=figure.is_target,
        aims=TARGET.search(own) is not None,
        is_actual=_ACTUAL.search(own) is not None,
        scope=_limiting(figure.scope),
        limits=limits_of(own),
        turns=turns_of(before) | {f"{turn} behind" for turn in turns_of(behind)},
        negations=len(_NEGATION.findall(own)),
        is_share=_SHARE.search(own) is not None,
        span=figure.span,
    )


def words_of(around: Surroundings, span: Span) -> frozenset[str]:
    """The words of the span as pairs of characters; periods, places and words that say nothing of a thing left out."""
    return _pairs(content_parts_of(around, span))


def content_parts_of(around: Surroundings, span: Span) -> tuple[str, ...]:
    """The words of the span that say what is spoken of, in order; periods and places left out."""
    text = around.document.text
    kept, place = [], span.start
    mentions = [*(found.span for found in around.periods), *(found.span for found in around.places)]
    for found in sorted(mentions):
        if found.end > place and found.start < span.end:
            kept.append(text[place : max(found.start, place)])
            place = min(found.end, span.end)
    return content_parts("|".join([*kept, text[place : span.end]]))


@lru_cache(maxsize=4096)
def content_parts(text: str) -> tuple[str, ...]:
    """The words of the text that say what is spoken of, in order, as folded for search.

    >>> content_parts("的出口总额和进口总额分别为")
    ('出口总额', '进口总额')
    """
    return tuple(part for part in _PARTS.split(_FUNCTION.sub("|", _key(text))) if part)


def _pairs(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(part[at : at + 2] for part in parts for at in range(len(part) - 1))


def stands_in(part: str, text: str) -> bool:
    """Whether the words stand in the text; between words that do, something may have been left out.

    >>> stands_in("研发强度", "研发投入强度为1.8%"), stands_in("投入降度", "研发投入强度为1.8%")
    (True, False)
    """
    if part in text:
        return True
    missing = [at for at in range(len(part) - 1) if part[at : at + 2] not in text]
    last = len(part) - 2
    return last >= 0 and all(0 < at < last and at + 1 not in missing for at in missing)


def limits_of(text: str) -> frozenset[str]:
    """The parts of the economy that the words limit a figure to: 规上, 限上 and their like; 全社会 limits nothing."""
    return frozenset(scope for found in _SCOPE_WORDS.findall(text) if (scope := scope_of(found)) is not None)


def turns_of(text: str) -> frozenset[str]:
    """Which way the words before a figure turn: risen, fallen, above or below what it is compared with.

    >>> sorted(turns_of("由高于全国")), sorted(turns_of("占比降到"))
    (['above'], ['fall'])
    """
    patterns = {"rise": _RISE, "fall": _FALL, "above": _ABOVE, "below": _BELOW}
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))


def _limiting(scope: str | None) -> str | None:
    return None if scope == "whole" else scope


def _key(text: str) -> str:
    return "".join(search_key(text).split())


def _series_of(text: str, figures: Sequence[Span]) -> list[tuple[int, int]]:
    """For each figure its place in the row of figures it stands in, and how many they are."""
    rows: list[int] = []
    for index, span in enumerate(figures):
        linked = index > 0 and JOINED.fullmatch(text, figures[index - 1].end, span.start)
        rows.append(rows[-1] if linked else index)
    return [(index - row, rows.count(row)) for index, row in enumerate(rows)]


def cells_told(document: Document, table: Table, rows: Iterable[int], home: Place | None) -> list[Told]:
    """The cells of the rows as figures, told with their labels and caption; cells without a number are none."""
    wanted = set(rows)
    caption = table.caption.of(document.text) if table.caption is not None and table.caption_fits else ""
    above = read_surroundings(document, table, home=home)
    told = (
        _cell_told(cell, caption, above)
        for cell in table.cells
        if cell.row in wanted and cell.text is not None
    )
    return [one for one in told if one is not None]


def _cell_told(cell: Cell, caption: str, above: Surroundings) -> Told | None:
    labels = cell_labels(cell)
    readings = [
        read_quantities(f"{first}{second}{value_text(cell)}")[-1:] for first, second in (labels, labels[::-1])
    ]
    quantities = sorted((found[0] for found in readings if found), key=lambda one: -abs(one.direction))
    if not quantities:
        return None
    label = " ".join([label_text(cell.row_label), label_text(cell.column_label)])
    dated = with_year(label)
    headings = " ".join(above.block.heading_path)
    period = _first_period(dated, caption) or (above.period_above.period if above.period_above else None)
    places = _first_places(above.home, dated, caption) or (
        above.place_above.places if above.place_above else ()
    )
    named = tuple(found.period for found in find_periods(dated) if found.period)
    parts = content_parts(_without_slots(dated, above.home))
    return Told(
        quantity=quantities[0],
        words=_pairs(parts),
        parts=parts,
        around=_key(f"{label}|{caption}|{headings}"),
        before=_key(label),
        behind="",
        period=period,
        places=places,
        named=(*named, *places),
        bases=frozenset(),
        is_target=TARGET.search(label) is not None,
        aims=TARGET.search(label) is not None,
        is_actual=_ACTUAL.search(label) is not None,
        scope=_limiting(scope_of(f"{caption} {label}")),
        limits=limits_of(label),
        turns=turns_of(label),
        negations=len(_NEGATION.findall(label)),
        is_share=_SHARE.search(label) is not None,
    )


def _first_period(*texts: str) -> Period | None:
    return next(
        (found.period for text in texts for found in find_periods(with_year(text)) if found.period),
        None,
    )


def _first_places(home: Place | None, *texts: str) -> tuple[Place, ...]:
    return next(
        (found.places for text in texts for found in find_places(text, home=home) if not found.is_base), ()
    )


def _without_slots(label: str, home: Place | None) -> str:
    """The label with a bar in place of each period and place."""
    mentions = [
        *(found.span for found in find_periods(label)),
        *(found.span for found in find_places(label, home=home)),
    ]
    for span in sorted(mentions, reverse=True):
        label = f"{label[: span.start]}|{label[span.end :]}"
    return label
