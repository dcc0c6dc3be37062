"""Stated growths and multiples: what one level is of another, or has grown by, over one step or year by year."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Finding, Operand, judged, told
from policy_qa.figures.arithmetic.differences import (
    ABOUT,
    CHANGED,
    COMPARED,
    best,
    contradicts,
    follow_in_time,
    is_from_to,
)
from policy_qa.figures.arithmetic.rounding import Interval, as_operand, signed
from policy_qa.figures.arithmetic.said import RATES, Said, last_clause, stays_in_sentence
from policy_qa.language.numerals import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.language.quantity_values import Quantity

REAL = re.compile(r"生产总值|GDP|增加值|可比|不变价|实际", re.IGNORECASE)
"""Of these the growth is told in comparable prices, the levels in current ones."""
GREW = re.compile(
    rf"[，,、（(]?(?:累计|共|总共|净|总量|名义|[一二三四五六七八九十两几\d]+年[间来]?|期间|同比|比上年|较上年|增幅|增速|降幅|涨幅|增长率)*(?:{CHANGED}|增幅|增速|降幅|涨幅|增长率){ABOUT}"
)
YEARLY = re.compile(
    r"[，,、（(]?[^，,。；;]{0,8}?(?:年均|平均每年|每年平均|年平均|年复合|复合)[^，,。；;0-9]{0,12}"
)
COUNT_OF_YEARS = re.compile(r"(?P<count>[一二三四五六七八九十两]|\d{1,2})(?:个)?年(?:间|来|里|内|时间)")
OF_BASE = re.compile(r"[，,]?[^，,。；;0-9]{0,6}(?:是|为|相当于|达到?|约为)[^，,。；;]{0,16}")
BASE_BEHIND = re.compile(r"[）)]?的?[^，,。；;0-9]{0,4}")
INCREASED_BY = re.compile(
    rf"[，,（(]?(?:同比|比[^，,。；;]{{1,10}}?|较[^，,。；;]{{1,10}}?|净|共|累计)*{CHANGED}{ABOUT}"
)
REACHED_THEN = re.compile(r"[，,](?:为|达到?|降[至到]|增[至加]?到?|升[至到]|减[至少]?到?)")
ONE = Interval(Decimal(1), Decimal(1))
WORKING_SEPARATOR, OR = "；", "或"


def find_growth(said: Sequence[Said], at: int) -> Finding | None:
    """What the figure at `at` of a block states as a growth or a multiple of two levels before it, checked."""
    stated = said[at]
    if stated.unit not in {"%", "倍"} or at < 1 or not stays_in_sentence(stated.before):
        return None
    if at >= 2 and stated.unit == "倍":
        found = _multiple_of_named(said, at)
        if found is not None:
            return found
    pair = _levels(said, at)
    if pair is None:
        return _from_increase(said, at) or _before_level(said, at)
    if YEARLY.fullmatch(stated.before):
        return _yearly(said, at, pair)
    if not GREW.fullmatch(stated.before) or _is_real(stated, pair):
        return None
    return grown(stated.operand, *pair)


def _levels(said: Sequence[Said], at: int) -> tuple[Operand, Operand] | None:
    """Earlier and later level right before the figure at `at`: 由a增加到b; rates between them and it are passed over."""
    last = at - 1
    while last >= 1 and said[last].unit in RATES and YEARLY.fullmatch(said[at].before):
        last -= 1
    if last < 1 or said[last].unit in RATES:
        return None
    if not is_from_to(said, last) and not (
        said[last - 1].unit == said[last].unit
        and stays_in_sentence(said[last].before)
        and follow_in_time(said[last - 1], said[last])
    ):
        return None
    if last != at - 1 and not all(stays_in_sentence(one.before) for one in said[last + 1 : at]):
        return None
    one, other = said[last - 1], said[last]
    return (one.operand, other.operand) if one.interval and other.interval else None


def _is_real(stated: Said, pair: tuple[Operand, Operand]) -> bool:
    """Whether the growth is one in comparable prices, which levels in current ones do not give."""
    named = [one.figure.indicator.text for one in (stated.operand, *pair) if one.figure.indicator is not None]
    return any(REAL.search(name) for name in (*named, stated.before))


def grown(result: Operand, one: Operand, other: Operand) -> Check | None:
    """The check of a growth from `one` to `other`; 增长3倍 may mean three times as much, too."""
    ratio, exact = _ratio(other, one)
    if ratio is None:
        return None
    if result.figure.quantity.unit == "倍":
        more = judged(
            "growth",
            result,
            (one, other),
            ratio - ONE,
            exact - 1,
            f"{told(other)} ÷ {told(one)} − 1",
        )
        times = judged("multiple", result, (one, other), ratio, exact, f"{told(other)} ÷ {told(one)}")
        return best([check for check in (more, times) if check is not None])
    working = f"{told(other)} ÷ {told(one)} − 1"
    if contradicts(result.figure.quantity, ratio - ONE):
        return None
    return judged("growth", result, (one, other), (ratio - ONE).times(100), (exact - 1) * 100, working)


def _ratio(upper: Operand, lower: Operand) -> tuple[Interval | None, Decimal]:
    top, bottom = as_operand(upper.figure.quantity), as_operand(lower.figure.quantity)
    if top is None or bottom is None or top.low < 0 or bottom.low <= 0:
        return None, Decimal(0)
    with localcontext() as context:
        context.prec = 28
        return top / bottom, signed(upper.figure.quantity) / signed(lower.figure.quantity)


def _yearly(said: Sequence[Said], at: int, pair: tuple[Operand, Operand]) -> Finding | None:
    """The check of a yearly growth, for each number of years that its words leave open; right where one fits."""
    stated = said[at]
    if _is_real(stated, pair) or stated.unit != "%":
        return None
    ratio, exact = _ratio(pair[1], pair[0])
    if ratio is None or ratio.low <= 0 or contradicts(stated.figure.quantity, ratio - ONE):
        return None
    checks: list[Check] = []
    for years in _years_between(said, at, pair):
        with localcontext() as context:
            context.prec = 20
            rate = (exact ** (Decimal(1) / years) - 1) * 100
        working = f"({told(pair[1])} ÷ {told(pair[0])})^(1÷{years}) − 1"
        check = judged(
            "yearly growth", stated.operand, pair, (ratio.root(years) - ONE).times(100), rate, working
        )
        if check is not None:
            checks.append(check)
    found = best(checks)
    if found is None or found.is_right:
        return found
    return replace(
        found,
        working=WORKING_SEPARATOR.join(check.working for check in checks),
        recomputed=OR.join(check.recomputed for check in checks),
    )


def _years_between(said: Sequence[Said], at: int, pair: tuple[Operand, Operand]) -> Iterator[int]:
    """How many yearly steps lie between two levels: the years apart; of a plan's five years five or four."""
    one, other = pair[0].figure.when, pair[1].figure.when
    if one is not None and other is not None and one.last.year < other.last.year:
        years = other.last.year - one.last.year
        named = [slot.spans for slot in (pair[0].figure.period, pair[1].figure.period) if slot is not None]
        is_one_stretch = len(named) == 2 and named[0] == named[1]  # the two ends of a plan
        yield from (years, years - 1) if is_one_stretch else (years,)
        return
    own = said[at].figure.when
    span = own if own is not None and len(own.years) > 1 else other or one
    if span is not None and len(span.years) > 1 and not span.is_open:
        yield from (len(span.years), len(span.years) - 1)
        return
    counted = COUNT_OF_YEARS.search("".join(part.before for part in said[max(0, at - 2) : at + 1]))
    if counted is not None:
        count = int(read_numeral(counted["count"]) or 0)
        yield from (years for years in (count, count - 1) if years > 0)


def _multiple_of_named(said: Sequence[Said], at: int) -> Finding | None:
    """A multiple of a level named with it: 是乙县472家的1.3倍, 比乙县的472家多1.3倍."""
    one, other, stated = said[at - 2], said[at - 1], said[at]
    if one.unit != other.unit or one.unit in RATES or one.interval is None or other.interval is None:
        return None
    if OF_BASE.fullmatch(other.before) and BASE_BEHIND.fullmatch(stated.before):
        ratio, exact = _ratio(one.operand, other.operand)
        if ratio is None:
            return None
        working = f"{told(one.operand)} ÷ {told(other.operand)}"
        return judged("multiple", stated.operand, (one.operand, other.operand), ratio, exact, working)
    return None


def _before_level(said: Sequence[Said], at: int) -> Check | None:
    """A growth told between the base and the level reached: 比上年的8.6万吨下降5%，为8.17万吨."""
    if at + 1 >= len(said) or said[at].unit != "%":
        return None
    base, reached = said[at - 1], said[at + 1]
    if base.unit != reached.unit or base.unit in RATES or base.interval is None or reached.interval is None:
        return None
    is_base = COMPARED.search(last_clause(base.before)) and GREW.fullmatch(said[at].before)
    if not is_base or not REACHED_THEN.fullmatch(reached.before):
        return None
    pair = (base.operand, reached.operand)
    return None if _is_real(said[at], pair) else grown(said[at].operand, *pair)


def _from_increase(said: Sequence[Said], at: int) -> Finding | None:
    """A growth told with the level reached and the increase: 达到120家，比上年增加20家，增长20%."""
    if at < 2 or said[at].unit != "%" or not GREW.fullmatch(said[at].before):
        return None
    level, increase = said[at - 2], said[at - 1]
    quantity: Quantity = increase.figure.quantity
    if level.unit != increase.unit or level.unit in RATES or quantity.direction == 0:
        return None
    if not INCREASED_BY.fullmatch(increase.before) or level.figure.quantity.direction != 0:
        return None
    if (
        level.interval is None
        or increase.interval is None
        or _is_real(said[at], (level.operand, increase.operand))
    ):
        return None
    gain = increase.interval.magnitude()
    before = level.interval - gain if quantity.direction > 0 else level.interval + gain
    if before.low <= 0:
        return None
    value, by = signed(level.figure.quantity), abs(signed(quantity))
    base = value - by if quantity.direction > 0 else value + by
    sign = "−" if quantity.direction > 0 else "+"
    working = f"{told(increase.operand)} ÷ ({told(level.operand)} {sign} {told(increase.operand)})"
    return judged(
        "growth",
        said[at].operand,
        (level.operand, increase.operand),
        (gain / before).times(100),
        by / base * 100,
        working,
    )
