"""What a sentence's figures are of: the period and place of each, carried from before where the sentence leaves them out.

Every slot keeps the span it was read from. Slots are hints, worked out when a question asks for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.figures.accounts import goes_on
from policy_qa.figures.enumerations import JOINED, in_order
from policy_qa.figures.kept import kept
from policy_qa.figures.surroundings import PeriodSlot, PlaceSlot, Surroundings, frames, is_yet_to_come
from policy_qa.figures.told_periods import at_its_ends, bound_periods, from_one_to_the_other
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.periods import whole_year
from policy_qa.language.places import is_within
from policy_qa.language.qualifiers import Scope, is_target, is_target_of_year, scope_of
from policy_qa.language.quantity_values import Quantity, read_quantities
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.places import PlaceMention

LONGEST_OPENING = 6
"""A sentence is about a part of the document's place that it names so soon: 2020年，甲县."""
GOES_ON = re.compile(
    r"[，,、；;：:和及与并\s]*(?:其中)?(?:(?:同比|环比|[比较](?:上年|去年|\d{4}年)(?:同期)?|名义|实际|年均|平均每年|累计|分别|可比口径)[，,]?)*"
    r"(?:[增下][长降]|上升|提高|减少|增加|回落|降低|加快|放缓|占[^，,。；;]{0,16}|(?:居(?![民住])|排(?![放污])|列(?![入车]))[^，,。；;]{0,10}|位[居列][^，,。；;]{0,10}|增速|增幅|降幅)?"
    r"(?:(?:而|但)?(?:(?:19|20)\d{2}年(?:[末底]|上半年|前三季度)?(?:只有|仅有?|才|则?[为是有]|达|[升降增减]至|[升降增减]到)?))?"
    r"(?:了|到|至|为|达到?|约|近|超过|由|从|的)*"
)
"""The words before a figure that only go on with what the figure before it counts: …316.55亿元，增长11.05%."""
FULL_STOP = re.compile(r"[。！？!?]")
FIGURE = re.compile(r"\d+(?:\.\d+)?(?!\s*[年月日\d.—–~至-])")
OWN_FIGURE = re.compile(
    r"(?:(?:的?平均(?:水平|增速)?)?(?:(?:19|20)\d{2}年)?[的为是]?|[^，,。；;、\d]{0,8}(?:平均[^，,。；;、\d]{0,6}|率|度|比重|占比)的)\s*"
)
DISTANCE = re.compile("百分点|位$|名$|^[第首前]|[/／]|分之")
DURATION = re.compile(
    r"每[0-9一二三四五六七八九十百千万]+[^，,。；;]{1,3}$|连续(?:[0-9０-９一二三四五六七八九十两]+)(?:年|个?季度|个?月|届|天)$|(?:时隔|历时|用时?|近)[0-9一二三四五六七八九十两]+年$"
)
"""How long something lasts parts no figure from its words: 单产连续3年居第1位."""
OPENING = re.compile(r"\s*(?:其中|特别是)?[，,：:]?")
AIMED = re.compile("目标|预期|预计")
OWN_BRACKETS = re.compile(r"[（(][^（()）]*[0-9][^（()）]*[）)]")
OWN_PLACE_BEHIND = re.compile(r"的")
SHARE_OF = re.compile(r"(?:占|占到|相当于|贡献了?|[为是在居列]|排)$")

LONGEST_LABEL = 40
STATEMENTS_KEPT = 8192


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """A figure of a sentence with what it is of.

    `span` is that of the number with its unit, `words` those right before it, `label` these with what they go on with, which
    may say what it counts, in the sentence that begins at `sentence_start`. `scope` is the
    part of the economy its clause, or the sentence before that, limits it to.
    """

    quantity: Quantity
    span: Span
    label: Span
    words: Span
    sentence_start: int
    period: PeriodSlot | None
    place: PlaceSlot | None
    is_target: bool
    scope: Scope | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its figures, the periods it speaks of or takes over, and its places, else the one it takes over."""

    span: Span
    figures: tuple[BoundFigure, ...]
    periods: tuple[PeriodSlot, ...]
    places: tuple[PlaceSlot, ...]


@kept(STATEMENTS_KEPT, of=1)
def read_statement(around: Surroundings, span: Span) -> Statement:
    """The sentence at `span` of the block, its figures bound."""
    text = around.document.text
    own_periods = [
        found for found in around.periods if span.contains(found.span) and not _is_plan_to_come(around, found)
    ]
    own_places = [found for found in around.places if span.contains(found.span)]
    period, place = _period_carried(around, span), _place_carried(around, span)
    quantities = read_quantities(span.of(text))
    places_of = [Span(span.start + one.span.start, span.start + one.span.end) for one in quantities]
    clauses = split_clauses(text, span)
    if around.is_of_one_place:
        own_places = _told_of(around, own_places, clauses, places_of)
    begun = _begun_at(text, around.block.span, span)
    periods_bound = bound_periods(text, own_periods, places_of, period)
    periods_bound = from_one_to_the_other(text, around.periods, places_of, periods_bound, begun)
    periods_bound = at_its_ends(text, places_of, quantities, periods_bound)
    places_bound = _bound_places(text, own_places, places_of, place)
    headings = " ".join(around.block.heading_path)
    starts = [clause.start for clause in clauses]
    counted = [at for at in places_of if not DURATION.search(text, span.start, at.end)]
    figures: list[BoundFigure] = []
    for index, (quantity, at) in enumerate(zip(quantities, places_of, strict=True)):
        label = words = _label(at, [one for one in counted if one.end <= at.start], starts, span)
        if figures and GOES_ON.fullmatch(label.of(text)):
            label = Span(figures[-1].label.start, at.start)
        period_of = periods_bound[index]
        own = Span(at.start - begun, at.end - begun)
        if period_of is not None and is_target_of_year(text[begun : span.end], own):
            period_of = _whole_year_of(period_of)
        aimed_at = is_target(text[begun : span.end], own, headings) and not _is_reviewed(
            around, period_of, label.of(text)
        )
        figures.append(
            BoundFigure(
                quantity,
                at,
                label,
                words,
                span.start,
                period_of,
                places_bound[index],
                aimed_at or is_yet_to_come(around.document, period_of),
                scope_of(text[max(begun, label.start - LONGEST_LABEL) : at.start]),
            )
        )
    periods = tuple(
        PeriodSlot(found.period, found.span) for found in own_periods if found.period and not found.is_base
    )
    places = tuple(PlaceSlot(found.places, found.span) for found in own_places if not found.is_base)
    return Statement(
        span,
        tuple(figures),
        (*periods, period) if period else periods,
        places or ((place,) if place else ()),
    )


def _whole_year_of(slot: PeriodSlot) -> PeriodSlot:
    """The year that a period is a part of: half a year's 年度目标 is the year's."""
    years = slot.period.years
    return replace(slot, period=whole_year(years[0])) if len(years) == 1 else slot


def _begun_at(text: str, block: Span, sentence: Span) -> int:
    """Where the full sentence begins of which this one, behind a ；, is a part."""
    ends = list(FULL_STOP.finditer(text, block.start, sentence.start))
    return ends[-1].end() if ends else block.start


def _label(at: Span, before: Sequence[Span], clause_starts: Sequence[int], sentence: Span) -> Span:
    """The words before a figure: from the figure before it, or its clause's start, whichever is later.

    A clause that begins with its figure (，下降26.5%) goes on with the words of the clause before.
    """
    start = max((own for own in clause_starts if own <= at.start), default=sentence.start)
    if at.start - start < 2:
        start = max((own for own in clause_starts if own < start), default=sentence.start)
    last = max((one.end for one in before), default=sentence.start)
    return Span(min(max(start, last), at.start), at.start)


def _period_carried(around: Surroundings, sentence: Span) -> PeriodSlot | None:
    """The last period before the sentence in its block that begins a clause, else the first named, else the one from above."""
    text = around.document.text
    before = [
        PeriodSlot(found.period, found.span, is_carried=True)
        for found in around.periods
        if found.span.end <= sentence.start and found.period and not found.is_base
    ]
    year = around.work_year
    framing = [
        slot
        for slot in before
        if frames(text, slot.span.start) and (year is None or _fits_section(slot, year, around.period_above))
    ]
    if year is not None and not framing:
        return around.period_above
    return framing[-1] if framing else around.period_above or (before[0] if before else None)


def _is_plan_to_come(around: Surroundings, found: PeriodMention) -> bool:
    """Whether the section of a work report that reviews names a plan that is still to come: 为“十五五”打下基础."""
    year, above = around.work_year, around.period_above
    if year is None or above is None or found.period is None or len(found.period.years) < 2:
        return False
    return above.period.last.year < year <= found.period.first.year


def _fits_section(slot: PeriodSlot, year: int, above: PeriodSlot | None) -> bool:
    """Whether a work report's period can go on: one to come does not where its section reviews."""
    reviews = above is not None and above.period.last.year < year
    return goes_on(slot.period, year) and not (reviews and slot.period.first.year >= year)


def _place_carried(around: Surroundings, sentence: Span) -> PlaceSlot | None:
    """The place the last sentence with a topic is about, else the one from above.

    A sentence's topic is the first place it names, unless a figure stands before it: 「增长2.4%，低于全国6.1%」 is not
    about 全国.
    """
    text, block = around.document.text, around.block.span
    if around.is_of_one_place or sentence.start == block.start:
        return around.place_above
    for previous in reversed(split_sentences(text, start=block.start, end=sentence.start)):
        named = [
            found
            for found in around.places
            if previous.contains(found.span) and not found.is_base and not _is_aside(around, found, previous)
        ]
        if named and not FIGURE.search(text, previous.start, named[0].span.start):
            return PlaceSlot(named[0].places, named[0].span, is_carried=True)
    return around.place_above


def _told_of(
    around: Surroundings, named: Sequence[PlaceMention], clauses: Sequence[Span], figures: Sequence[Span]
) -> list[PlaceMention]:
    """The places an account of one place tells figures of: itself, and parts of it that open the clause of a figure.

    Others it names in passing: 建成甲县至乙县公路，总里程突破9000公里. Those compared with stay.
    """
    text = around.document.text
    told: list[PlaceMention] = []
    for place in named:
        clause = next((one for one in clauses if one.contains(place.span)), None)
        opens = clause is not None and (
            OPENING.fullmatch(text, clause.start, place.span.start)
            or (told and JOINED.fullmatch(text, told[-1].span.end, place.span.start))
        )
        has_figure = clause is not None and any(
            place.span.end <= one.start and clause.contains(one) for one in figures
        )
        is_part = around.home is not None and any(is_within(one, around.home) for one in place.places)
        if place.is_base or around.home in place.places or (is_part and opens and has_figure):
            told.append(place)
    return told


def _is_reviewed(around: Surroundings, slot: PeriodSlot | None, label: str) -> bool:
    """Whether a work report's figure is of the years it reviews, and not by its own words what these aimed at."""
    if around.work_year is None or slot is None or slot.period.is_open:
        return False
    return slot.period.last.year < around.work_year and AIMED.search(label) is None


def _is_aside(around: Surroundings, place: PlaceMention, sentence: Span) -> bool:
    """Whether a sentence is not about a place though it names it: one around the document's own, or one in that.

    The first named within a clause (成为全国典型经验), the other far from the sentence's beginning (开展修复、甲县湿地建设).
    """
    home, text = around.home, around.document.text
    if home is None:
        return False
    if all(one != home and is_within(home, one) for one in place.places):
        return not frames(text, place.span.start)
    is_part = all(one != home and is_within(one, home) for one in place.places)
    return is_part and place.span.start - sentence.start > LONGEST_OPENING


def _bound_places(
    text: str, mentions: Sequence[PlaceMention], figures: Sequence[Span], carried: PlaceSlot | None
) -> list[PlaceSlot | None]:
    """The place of each figure: of a series told in order its own, else the last named before it in the sentence."""
    named = [found for found in mentions if not found.is_base]
    paired = in_order(text, [found.span for found in named], figures)
    bound: list[PlaceSlot | None] = []
    for index, figure in enumerate(figures):
        before = [
            found
            for found in named
            if found.span.end <= figure.start and not _is_in_brackets_of_other(text, found.span, figure)
        ]
        compared = [found for found in mentions if _is_its_figure(text, found, figure)]
        found = named[paired[index]] if index in paired else before[-1] if before else None
        found = compared[-1] if compared else found
        bound.append(carried if found is None else PlaceSlot(found.places, found.span))
    return bound


def _is_in_brackets_of_other(text: str, place: Span, figure: Span) -> bool:
    """Whether the place's own figure stands in brackets right behind it, before this one: 低于全区（17.3%）8.1个百分点."""
    bracket = OWN_BRACKETS.match(text, place.end)
    return bracket is not None and bracket.end() <= figure.start


def _is_its_figure(text: str, place: PlaceMention, figure: Span) -> bool:
    """Whether a figure beside a place that is compared with is that place's own: 比全区17.3%的增速低, 2.23%的全国平均水平.

    One in 百分点 or 位 is the distance from it, a rank or fraction is one among or of it.
    """
    is_behind = OWN_PLACE_BEHIND.fullmatch(text, figure.end, place.span.start) is not None
    if is_behind and figure.of(text).startswith("第"):  # 与排名第一的甲市差距较大
        return True
    if DISTANCE.search(figure.of(text)):
        return False
    if place.span.end <= figure.start:
        return (
            place.is_base
            and OWN_FIGURE.fullmatch(text, place.span.end, figure.start) is not None
            and not SHARE_OF.search(text, max(0, place.span.start - 4), place.span.start)
        )
    return is_behind and (place.is_base or text.startswith("平均", place.span.end))
