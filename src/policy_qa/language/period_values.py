"""Periods as values: how they are written, and when a figure told for one answers a question about another."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_PARTS = {
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
    (1, 6): "上半年",
    (7, 12): "下半年",
}
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included; `is_point` is a state at the end of `last` (2020年末).

    An open end is `date.max` (2014年以来), an open beginning `date.min` (2010年以前).

    >>> Period(date(2021, 1, 1), date(2021, 9, 30)).label()
    '2021年1—9月'
    """

    first: date
    last: date
    is_point: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """The years it touches, in order; of an open one only the year of its known end."""
        if self.last == date.max:
            return (self.first.year,)
        if self.first == date.min:
            return (self.last.year,)
        return tuple(range(self.first.year, self.last.year + 1))

    @property
    def is_open(self) -> bool:
        """Whether it has no end or no beginning."""
        return self.last == date.max or self.first == date.min

    @property
    def is_whole_years(self) -> bool:
        """Whether it is one whole year or several."""
        starts = (self.first.month, self.first.day) == (1, 1)
        return starts and (self.last.month, self.last.day) == (12, 31) and not self.is_open

    @property
    def months(self) -> int:
        """How many months it touches; a state at the end of a year counts as that year, an open period as none."""
        if self.is_open:
            return 0
        if self.is_point and self.last.month == 12:
            return 12
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def contains(self, other: Period) -> bool:
        """Whether `other` lies within it."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def shifted(self, years: int) -> Period:
        """The same stretch of another year; the last day of a month stays that. Raises ValueError for an open one.

        >>> Period(date(2020, 2, 1), date(2020, 2, 29)).shifted(1).label()
        '2021年2月'
        """
        if self.is_open:
            raise ValueError(f"{self.label()} has no end that could be moved")
        return Period(_shifted_day(self.first, years), _shifted_day(self.last, years), self.is_point)

    def label(self) -> str:
        """The period as staff write it."""
        if self.last == date.max:
            return f"{_day_label(self.first)}以来"
        if self.first == date.min:
            return f"{_day_label(self.last + timedelta(1))}以前"
        if self.is_point:
            return _point_label(self.last)
        if self.is_whole_years:
            return _years_label(self.first.year, self.last.year)
        return _stretch_label(self.first, self.last)


def whole_year(year: int) -> Period:
    """The year from its first to its last day.

    >>> whole_year(2020).label()
    '2020年'
    """
    return Period(date(year, 1, 1), date(year, 12, 31))


def agreement(asked: Period, told: Period) -> int:
    """How well a figure told for `told` answers a question that asks for `asked`: 2 exactly, 1 weakly, 0 not.

    A stretch that begins with its year (2020年, 1—9月), or is one month, agrees with the state at its end. Weak: the
    state at the end of another stretch (“十三五”时期), or within the year asked. A part of the year asked is no answer.

    >>> agreement(whole_year(2020), Period(date(2020, 12, 31), date(2020, 12, 31), is_point=True))
    2
    >>> agreement(whole_year(2021), Period(date(2021, 6, 30), date(2021, 6, 30), is_point=True))
    1
    >>> agreement(whole_year(2021), Period(date(2021, 1, 1), date(2021, 6, 30)))
    0
    """
    if (asked.first, asked.last) == (told.first, told.last):
        return 2
    if asked.is_point == told.is_point:
        return 0
    point, stretch = (asked, told) if asked.is_point else (told, asked)
    if point.last == stretch.last and _has_state_at_its_end(stretch):
        return 2
    if asked is stretch and (point.last == stretch.last or _is_in_the_year(point, stretch)):
        return 1
    return 0


def periods_agree(asked: Period, told: Period) -> bool:
    """Whether a figure told for `told` answers a question that asks for `asked`, without reservation.

    >>> first_half = Period(date(2021, 1, 1), date(2021, 6, 30))
    >>> periods_agree(first_half, Period(date(2021, 6, 30), date(2021, 6, 30), is_point=True))
    True
    """
    return agreement(asked, told) == 2


def _has_state_at_its_end(stretch: Period) -> bool:
    one_year = stretch.first.year == stretch.last.year
    begins_year = (stretch.first.month, stretch.first.day) == (1, 1)
    return one_year and (begins_year or stretch.first == stretch.last.replace(day=1))


def _is_in_the_year(point: Period, stretch: Period) -> bool:
    return stretch.is_whole_years and stretch.years == (point.last.year,)


def _shifted_day(day: date, years: int) -> date:
    length = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, length if _ends_month(day) else min(day.day, length))


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _day_label(day: date) -> str:
    """The day without what goes without saying: 2014年 for its first day, 2014年6月 for that of the month."""
    if (day.month, day.day) == (1, 1):
        return f"{day.year}年"
    return f"{day.year}年{day.month}月" + ("" if day.day == 1 else f"{day.day}日")


def _point_label(day: date) -> str:
    if (day.month, day.day) in {(12, 31), (1, 1)}:
        return f"{day.year}年" + ("末" if day.month == 12 else "初")
    if _ends_month(day):
        return f"{day.year}年{day.month}月末"
    return f"{day.year}年{day.month}月{day.day}日"


def _years_label(first: int, last: int) -> str:
    if first == last:
        return f"{first}年"
    if last == first + 4 and (plan := _plan_name(first)):
        return f"“{plan}”时期"
    return f"{first}—{last}年"


def plan_start(number: int) -> int:
    """The first year of the five-year plan of that number; three years passed between the second and the third.

    >>> plan_start(13), plan_start(1)
    (2016, 1953)
    """
    return 1948 + 5 * number if number <= 2 else 1951 + 5 * number


def _plan_name(first: int) -> str:
    """「十三五」 for 2016, empty for a year in which no plan begins."""
    number = next((number for number in range(1, 40) if plan_start(number) == first), 0)
    tens, ones = divmod(number, 10)
    leading = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return f"{leading}{_DIGITS[ones] if ones else ''}五" if number else ""


def _stretch_label(first: date, last: date) -> str:
    one_year = first.year == last.year
    if first.day == 1 and _ends_month(last):
        if one_year and (part := _PARTS.get((first.month, last.month))):
            return f"{first.year}年{part}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月"
        if one_year:
            return f"{first.year}年{first.month}—{last.month}月"
        return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
    start, end = (f"{day.year}年{day.month}月{day.day}日" for day in (first, last))
    if first == last:
        return start
    return f"{start}—{end.removeprefix(f'{first.year}年') if one_year else end}"
