"""Which periods a text speaks of: written out, or resolved from what was said before."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from policy_qa.language.period_moments import Moment, read_moments
from policy_qa.language.period_values import Period, agreement, periods_agree, whole_year
from policy_qa.types import Span

__all__ = [
    "Period",
    "PeriodMention",
    "agreement",
    "find_periods",
    "periods_agree",
    "whole_year",
]
_NOW_WORDS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_TEXT_WORDS = {"当年": 0, "同年": 0, "同一年": 0, "该年": 0, "这一年": 0, "那一年": 0}
_TEXT_WORDS |= {"上年": -1, "上一年": -1, "前一年": -1, "次年": 1, "翌年": 1, "下一年": 1}
_YEARS_AWAY = _NOW_WORDS | _TEXT_WORDS
_CHANGED = re.compile("[^，。；,;]{0,4}?(?:[增减升降提扩回上下]|相比|[高低多少](?=[0-9０-９]))")
TEXTS_KEPT = 8192
"""The same sentences, labels and questions are read again for every question."""
_REACH = 14
_COMPARING = "比较高低多少大小好差增减升降提缩扩快慢回落超翻长短早晚"
_STOP = "，。；、：！？,;:?!（）()\n0-9０-９"
# 占比2020年 and 比重 compare nothing; 同比较上年 does, 比较2019年 asks for both.
_MORE_THAN = re.compile(
    "(?:(?<!占)比(?![重例率值较])|(?<!(?<!同)比)较|相[比较对]于?|[低高多少快慢优好大小早晚]于|不[及如]|超[过出]|超(?=$)|突破)"
    f"[^{_STOP}{_COMPARING}]{{0,8}}$"
)
_SET_SIDE_BY_SIDE = re.compile("[^，。；,;]{0,4}?(?:和|与|、|跟|以及)[0-9０-９今去前上]")
_OWN_FIGURE = re.compile(
    f"的?(?!增幅|降幅|涨幅|增长率?)(?:[^{_STOP}高低多少减升降]{{0,10}}[速标平幅值划期度重量额率数入比均])?的?"
    "[约近超]?(?:第[一二三四五六七八九十]|第?[0-9０-９])(?![0-9.]*[个]?[月年])"
)
_WITH = re.compile(f"[与同和跟][^{_STOP}]{{0,6}}$")
_COMPARED = re.compile(
    "[^，。；：！？,;:?!\n]{0,14}?(?:相比|相较|比较|对比|持平|相当(?!于)|一致|相同|(?<![占同环])比(?=[，,]))"
)
_EQUALS = re.compile(f"(?:是|为|相当于|达到?|恢复到|恢复至|回到|只有|不到|不足)[^{_STOP}]{{0,6}}$")
_SHARE = re.compile(
    f"的?[^{_STOP}]{{0,8}}?(?:[0-9０-９.．一二三四五六七八九十两几百]{{1,8}}[余多]?倍|的[约近]?[0-9０-９.．]{{1,8}}[%％]|(?<=的)[一二三四五六七八九]成)"
    "|(?:同期)?的?(?:同期)?水平"
)
_ON = re.compile("(?:以|按照?|在|扣除)[^，。；,;0-9]{0,3}$")
_BASIS = re.compile("的?(?:不变价|可比价|价格|为基[期数]|为100|[^，。；,;]{0,6}基础上)")
_INDEX = re.compile("(?:同期)?[ =＝为]{1,3}100(?![0-9.])")
_JOINED = re.compile(f"(?:、|和|与|及|以及)[^{_STOP}]{{0,2}}")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """Where a period stands in a text, and which it is.

    `period` is None where it cannot be resolved. `is_resolved`: it was counted from something else than its own
    characters; `origin` is the mention in the same text that it was counted from, if it was. `is_base`: it is only
    compared with (比2019年下降). `carries`: what follows may count from it (同期, 全年); 上年 and the name of a plan
    (完成“十四五”规划目标) do not carry.
    """

    span: Span
    period: Period | None
    origin: Span | None = None
    is_resolved: bool = False
    is_base: bool = False
    carries: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """A period to count from, and where in the text it was named."""

    period: Period
    span: Span | None

    @property
    def year(self) -> int | None:
        """The year that 当年 would be; None for several."""
        years = self.period.years
        return years[0] if len(years) == 1 and self.period.first != date.min else None


def find_periods(text: str, *, before: Period | None = None, year: int | None = None) -> list[PeriodMention]:
    """The periods named in `text`, in text order, without overlaps; takes linear time.

    `before` is the last period named before this text (for 同期, 当年, 1—9月 without a year); `year` is the year
    that 今年 is. A word that speaks of now counts from `year` where it is known, 去年 in a comparison (比去年增长) from
    the period that is compared.

    >>> [mention.period.label() for mention in find_periods("2020年研发强度为1.8%，比上年提高0.1个百分点")]
    ['2020年', '2019年']
    """
    return list(_periods_of(text, before, year))


@lru_cache(TEXTS_KEPT)
def _periods_of(text: str, before: Period | None, year: int | None) -> tuple[PeriodMention, ...]:
    found: list[PeriodMention] = []
    known = _Known(before, None) if before else None
    closed = known  # 今年低保提标，为1985年以来最高，全年…: a part of a year is of this year, not of 1985
    for moment in read_moments(text):
        named = known if moment.word else closed or known
        mention = _mention(text, moment, found[-1] if found else None, named, year)
        found.append(mention)
        if mention.carries and mention.period:
            known = _Known(mention.period, mention.span)
            closed = closed if mention.period.is_open else known
    return tuple(found)


def _mention(
    text: str, moment: Moment, previous: PeriodMention | None, known: _Known | None, year: int | None
) -> PeriodMention:
    span = Span(moment.start, moment.end)
    base = is_base(
        text,
        span,
        after=previous.span.end if previous else 0,
        joins=previous.span.end if previous and previous.is_base else None,
    )
    is_bare_same = moment.is_same and moment.year is None and not moment.word
    if base and (is_bare_same or _TEXT_WORDS.get(moment.word) == 0):
        base = is_bare_same and bool(_CHANGED.match(text, span.end))
    period, source = _resolved(moment, known, year, is_base=base)
    if period is None:
        return PeriodMention(span, None, is_base=base)
    leads_away = _TEXT_WORDS.get(moment.word, 0) < 0 or moment.is_name
    origin = source.span if isinstance(source, _Known) else None
    return PeriodMention(span, period, origin, source is not None, base, not base and not leads_away)


_Source = _Known | int | None


def _resolved(
    moment: Moment, known: _Known | None, year: int | None, *, is_base: bool
) -> tuple[Period | None, _Source]:
    """The period of the moment and what it was counted from: a period, the year that 今年 is, None if written out."""
    if moment.is_same:
        return _same_stretch(moment, known, year, is_base=is_base), known
    first, source = _year_of(moment.year, moment.word, known, year, is_base=is_base)
    last, last_source = _year_of(moment.last_year, moment.last_word, known, year, is_base=is_base)
    if first is None or last is None:
        return None, None
    return _period(moment, first, last), source or last_source


def _same_stretch(moment: Moment, known: _Known | None, year: int | None, *, is_base: bool) -> Period | None:
    """The stretch of `known` in the year that the moment names; a bare 同期 compared with is the year before."""
    if known is None or known.period.is_open:
        return None
    named, _ = _year_of(moment.year, moment.word or "当年", known, year, is_base=True)
    if moment.year is None and not moment.word:
        return known.period.shifted(-1) if is_base else known.period
    if named is None or known.year is None:
        return None
    return known.period.shifted(named - known.year)


def _year_of(
    written: int | None, word: str, known: _Known | None, year: int | None, *, is_base: bool
) -> tuple[int | None, _Source]:
    """The year that is written or that the word means, and what it was counted from."""
    if written is not None:
        return written, None
    told = known.year if known else None
    away = _YEARS_AWAY.get(word, 0)
    compares = is_base and word == "去年" and told is not None
    if year is not None and word in _NOW_WORDS and not compares:
        return year + away, year
    if told is not None:
        return told + away, known
    if year is not None and known is None and word in {"上年", "上一年"}:
        return year + away, year
    return None, None


def _period(moment: Moment, first_year: int, last_year: int) -> Period | None:
    part = moment.stretch
    first = _day(first_year, part.first_month, part.first_day)
    last = _day(last_year, part.last_month, part.last_day)
    if first is None or last is None or first > last:
        return None
    if moment.reach == "since":
        return Period(first, date.max)
    if moment.reach == "before":
        return Period(date.min, first - timedelta(1))
    return Period(first, last, part.is_point)


def _day(year: int, month: int, day: int) -> date | None:
    """The day, for 0 the last of the month; None for one that does not exist."""
    if not (2 <= year <= 9998 and 1 <= month <= 12):
        return None
    length = monthrange(year, month)[1]
    return date(year, month, day or length) if day <= length else None


def is_base(text: str, span: Span, *, after: int, joins: int | None) -> bool:
    """Whether the clause only compares with the period at `span`.

    「高于2019年的5.2%」 tells a figure of that year, so it does not. `after` is where the mention before it ends (0
    without one); `joins` is the same for a mention that is itself a base, so that 比2019年和2018年 holds two.

    >>> from policy_qa.types import Span
    >>> is_base("比2019年下降5%", Span(1, 6), after=0, joins=None)
    True
    """
    if joins is not None and _JOINED.fullmatch(text, joins, span.start):
        return True
    head = text[max(after, span.start - _REACH) : span.start]
    if _INDEX.match(text, span.end):
        return True
    if not head:
        return False
    if before := _MORE_THAN.search(head):
        asks_for_both = head[: before.start()].endswith("对") and _SET_SIDE_BY_SIDE.match(text, span.end)
        return not asks_for_both and not _OWN_FIGURE.match(text, span.end)
    if _WITH.search(head) and _COMPARED.match(text, span.end):
        return not _OWN_FIGURE.match(text, span.end)
    behind = ((_EQUALS, _SHARE), (_ON, _BASIS))
    return any(front.search(head) and rest.match(text, span.end) for front, rest in behind)
