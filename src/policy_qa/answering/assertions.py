"""What a question takes for granted: 为什么…下降 says that it fell, 全市2050家规上企业，主要集中在… that there are so many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.answering.indicators import GENERIC, GROUP, LEANS, TOP, Indicator, indicator_of
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import Quantity, read_quantities
from policy_qa.language.trends import read_trends
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place
    from policy_qa.language.trends import TrendOf
    from policy_qa.understanding import Query

ASKS_FOR_VALUE = re.compile(
    r"多少|(?<!十)几(?![乎百千十年]|经|度)|多[大高长重快](?![的，,])|哪一?年|哪个月|什么时候|何时|何年|是否|是不是|有没有|能否|吗[?？。]?$|(?:了|过)没有[?？。]?$|对不对|谁"
)
CAUSE_ASKED = re.compile(
    r"(?:的|其)?(?:主要|根本|深层|深层次|背后|真正)*的?(?:原因|缘故|缘由|根源|症结)(?:到底|究竟)?(?:都?是什么|是啥|在哪里?儿?|何在|有哪些|出在哪里?|在什么地方|是)?"
    r"|是?(?:什么|啥|哪些)(?:原因|缘故|因素)?(?:造成|导致|引起|使得?|让|令|致使)了?|为什么|为何|为啥|何以|凭什么|凭啥"
    r"|怎么(?=还|会|又|就|反|越|也|都|不升|没|突然|一下)|是(?:怎么|如何|怎样|靠什么|凭什么)(?=.{2,}的[?？。]?$)"
)
ASKS = re.compile(r"什么|啥|哪|怎么|怎样|如何|为何|何以|何在|呢[?？]?$|[?？]$")
NOT_ASSERTED = re.compile(
    r"如果|假如|假设|要是|倘若|目标|计划|力争|打算|预计|预期|想要|希望|准备|将要|听说|据说|规划到|怎么办"
)
CLAUSE = re.compile(r"[^，,。；;：:！!？?]+")
FIRST_TIME = re.compile(r"才|首次|首度|第一次|终于|刚")
EVENTS = tuple(
    re.compile(words)
    for words in (
        r"入选|被列入|列入|获评|被评为|被授予|获批|被认定为|被确定为",
        r"建成|竣工|落成",
        r"成立|设立|组建|挂牌",
        r"通车|开通|投运|投产|投入(?:运营|使用)",
    )
)
OVERTAKES = re.compile(r"超过|反超|赶超|超越")
YEARLY = re.compile(r"百强|\d+强|榜|年度|每年|先进|优秀|奖")
MORE_THAN = re.compile(r"(?:还要?|更|又|要|略|略微|明显)*(?:(?P<more>[多高大快强])|(?P<less>[少低小慢弱差]))")
THAN = re.compile(
    r"(?:(?P<bare>比|较)|(?P<more>高于|多于|大于|超过|快于|强于)|(?P<less>低于|少于|小于|慢于|不如|不及|落后于))$"
)
NO_LEVEL = re.compile(
    r"(?:从|由|自|[多少]了?|相?差|新增|[增减]加?了|减少|下降|提高|增长|上升|[涨降掉]了?|每)(?:约|近|将近|超过)?$"
)
"""Before a figure: it is where something came from, or how much came to it, not what there is."""
OF_OTHER = re.compile(r"(?:以上|以下|及以上|以内|左右|多)?的")
"""Behind a figure: it only describes what follows (总投资超过100亿元的有1项)."""


@dataclass(frozen=True, slots=True)
class TrendSaid:
    """That something went one of these ways (1 up, 0 level, -1 down) against the base year; None: the year before."""

    ways: frozenset[int]
    base_year: int | None
    of: TrendOf = "itself"


@dataclass(frozen=True, slots=True)
class ValueSaid:
    """That something has this value, or rank among `scopes`."""

    quantity: Quantity
    scopes: frozenset[Place]


@dataclass(frozen=True, slots=True)
class TopSaid:
    """That a place has most (or least) of something among a group told by its number."""

    is_high: bool
    group: str | None


@dataclass(frozen=True, slots=True)
class OrderSaid:
    """That a place has more (1) or less (-1) of something than another."""

    way: int
    other: Place


@dataclass(frozen=True, slots=True)
class EventSaid:
    """That something that happens once happened in the period: the index of its verb's pattern, the places behind it."""

    verb: re.Pattern[str]
    behind: frozenset[Place]


Said = TrendSaid | ValueSaid | TopSaid | OrderSaid | EventSaid


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing a question takes for granted, in its own words (`text`), and what it says of what, when and where."""

    text: str
    indicator: Indicator
    periods: tuple[Period, ...]
    places: tuple[Place, ...]
    says: Said


def assertions_of(query: Query) -> tuple[Assertion, ...]:
    """What the question takes for granted, in its order; nothing where a value, a date or a yes or no is asked for."""
    asked = " ".join(query.question.text.split())
    if query.kind in ("author", "source", "definition", "when") or ASKS_FOR_VALUE.search(asked):
        return ()
    if any(found.period is None and not found.is_base for found in find_periods(asked)):
        return ()  # 同年, 1—9月: nobody knows of when
    if len(query.periods) > 1 and not all(find_periods(clause) for clause, _ in asserted_clauses(asked)):
        return ()  # of several it is not clear which is meant
    read = (one for clause, text in asserted_clauses(asked) for one in _read(query, clause, text))
    return tuple(assertion for assertion in read if not set(assertion.indicator.words) <= GENERIC)


def asserted_clauses(question: str) -> list[tuple[str, str]]:
    """The clauses of a question that state something, each alone and with those before it that say of what.

    >>> asserted_clauses("2020年投资为什么下降了？")
    [('2020年投资下降了', '2020年投资下降了')]
    >>> asserted_clauses("全市2050家规上企业，主要集中在哪些行业？")
    [('全市2050家规上企业', '全市2050家规上企业')]
    """
    found: list[tuple[str, str]] = []
    stated: list[str] = []
    asks = False
    for match in CLAUSE.finditer(question):
        bare = CAUSE_ASKED.sub("", match[0]).strip()
        ends = question[match.end() : match.end() + 1]
        asks = asks or bare != match[0].strip() or ASKS.search(match[0] + ends) is not None
        is_asked = bare == match[0].strip() and ends in ("?", "？")
        if not bare or is_asked or ASKS.search(bare) or NOT_ASSERTED.search(bare):
            continue
        stated.append(bare)
        whole = bare
        for before in reversed(stated[:-1]):
            if indicator_of(whole).words and not LEANS.match(whole):
                break
            whole = f"{before}，{whole}"
        found.append((bare, whole))
    return found if asks else []


def _read(query: Query, clause: str, text: str) -> Iterator[Assertion]:
    """The assertions of one clause; `text` ends with it."""
    offset = len(text) - len(clause)
    event = _event(text)
    if event is not None:
        yield event
        return
    order = _order(text)
    if order is not None:
        start, other = order
        first = _named(text[:start])[-1:]
        if first:
            yield _assertion(query, text, start, other, places=tuple(first))
        return
    top, group = TOP.search(text, offset), GROUP.search(text)
    is_rank = top is not None and group is None and top[0].startswith("第")
    if top is not None and not is_rank and (place := _top_place(text, top)) is not None:
        says = TopSaid(top["high"] is not None, group["count"] if group else None)
        yield _assertion(query, text, top.start(), says, places=(place,))
        return
    for trend in read_trends(text):
        if trend.span.start >= offset:
            said = TrendSaid(trend.ways, trend.base_year or base_year(text), trend.of)
            yield _assertion(query, text, trend.span.start, said)
    yield from _values(query, text, offset)


def _values(query: Query, text: str, offset: int) -> Iterator[Assertion]:
    groups = [Span(*match.span()) for match in GROUP.finditer(text)]
    home = next(iter(_named(text) or query.places), None)
    scopes = frozenset(
        place
        for found in find_places(text, home=home)  # 全区 is that of the place asked about
        if found.is_base or (found.is_home and home not in found.places)
        for place in found.places
    )
    for quantity in read_quantities(text):
        start, end = quantity.span.start, quantity.span.end
        if start < offset or quantity.form not in ("number", "rank"):
            continue
        if any(group.overlaps(quantity.span) for group in groups):
            continue
        if OF_OTHER.match(text, end) and quantity.form != "rank":
            continue
        if quantity.direction == 0 and NO_LEVEL.search(text[:start]):
            continue
        yield _assertion(query, text, start, ValueSaid(quantity, scopes))


def _assertion(
    query: Query, text: str, at: int, says: Said, *, places: tuple[Place, ...] | None = None
) -> Assertion:
    """What is said at `at` of what stands before it, or, where that names nothing, of what the whole text names."""
    indicator = indicator_of(text[:at])
    if not indicator.words and isinstance(says, ValueSaid):
        indicator = indicator_of(text)
    if places is None:
        places = tuple(dict.fromkeys(_named(text))) or query.places
    return Assertion(text, indicator, _periods(query, text, at), places, says)


def _periods(query: Query, text: str, at: int) -> tuple[Period, ...]:
    """The period that holds at `at`: the last named before it, else the first behind it, else that of the question."""
    own = [found for found in find_periods(text) if found.period is not None and not found.is_base]
    before = [found.period for found in own if found.span.end <= at]
    named = before[-1:] or [found.period for found in own[:1]]
    return tuple(period for period in named if period is not None) or query.periods


def base_year(text: str) -> int | None:
    """The year that a text compares with, None where it names none.

    >>> base_year("2018年的排名比2015年后退了")
    2015
    """
    bases = [found.period for found in find_periods(text) if found.is_base and found.period is not None]
    return bases[-1].last.year if bases else None


def _named(text: str) -> list[Place]:
    return [
        place
        for found in find_places(text)
        if not found.is_base
        for place in found.places
        if place.level != "country"
    ]


def _top_place(text: str, top: re.Match[str]) -> Place | None:
    """The place said to be the first: the last named before, else the one named behind 最高的是."""
    before = _named(text[: top.start()])
    if before:
        return before[-1]
    after = _named(text[top.end() :])
    return after[0] if after else None


def _order(text: str) -> tuple[int, OrderSaid] | None:
    """Where a comparison with another place starts, and what it says."""
    for found in find_places(text):
        than = THAN.search(text[: found.span.start])
        if than is None or len(found.places) != 1 or found.places[0].level == "country":
            continue
        more = MORE_THAN.match(text, found.span.end) if than["bare"] else None
        if more is None and than["bare"]:
            continue
        is_more = than["more"] or (more is not None and more["more"])
        return than.start(), OrderSaid(1 if is_more else -1, found.places[0])
    return None


def _event(text: str) -> Assertion | None:
    """What the text says to have happened in the one period it names, if it is something that happens once."""
    periods = [found.period for found in find_periods(text) if found.period is not None and not found.is_base]
    if len(periods) != 1 or YEARLY.search(text):
        return None
    for verb in (*EVENTS, OVERTAKES) if FIRST_TIME.search(text) else EVENTS:
        match = verb.search(text)
        if match is not None:
            behind = frozenset(
                place
                for found in find_places(text)
                if found.span.start >= match.end()
                for place in found.places
            )
            about = FIRST_TIME.sub("", text[: match.start()]) + "，" + text[match.end() :]
            says = EventSaid(verb, behind)
            return Assertion(text, indicator_of(about), tuple(periods), tuple(_named(text)), says)
    return None
