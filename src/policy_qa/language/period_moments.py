"""What is written of periods, piece by piece, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.language import period_patterns as patterns
from policy_qa.language.period_values import plan_start

if TYPE_CHECKING:
    import re
    from typing import Literal

    Reach = Literal["", "since", "before"]

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_BRIEF_PLAN_MARKS = ("end", "start", "opening", "closing", "side", "stretch", "name")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a year, or one that ends in a later year: months and days; a day 0 is the last of its month."""

    first_month: int = 1
    first_day: int = 1
    last_month: int = 12
    last_day: int = 0
    is_point: bool = False


WHOLE_YEAR = Stretch()


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands at `start:end` of a text.

    `year` and `last_year` are None where no year is written; `word` and `last_word` are then 去年 and the like, or
    empty. `is_same`: the stretch is that of an earlier mention (同期). `reach`: "since" for 以来, "before" for 以前.
    `is_name`: the plan of that name rather than its years (完成“十四五”规划目标).
    """

    start: int
    end: int
    year: int | None = None
    last_year: int | None = None
    word: str = ""
    last_word: str = ""
    stretch: Stretch = WHOLE_YEAR
    is_same: bool = False
    is_part: bool = False
    reach: Reach = ""
    is_name: bool = False


def read_moments(text: str) -> list[Moment]:
    """What is written of periods in `text`, in text order, without overlaps. Takes linear time.

    >>> [(moment.year, moment.last_year) for moment in read_moments("2011-2018年和“十三五”时期")]
    [(2011, 2018), (2016, 2020)]
    """
    if not patterns.HINT.search(text):
        return []
    if alone := patterns.LONE_YEAR.fullmatch(text):
        year = int(alone["year"])
        return [Moment(*alone.span("year"), year, year)]
    found: list[Moment] = []
    place = 0
    while begin := patterns.START.search(text, place):
        moment = _read(text, begin.start(), found[-1] if found else None)
        if moment is None:
            place = begin.start() + 1
        else:
            found.append(moment)
            place = moment.end
    return found


def _read(text: str, place: int, previous: Moment | None) -> Moment | None:
    """The moment that begins at `place`, with the range it opens and with 以来 and the like behind it."""
    first = text[place]
    moment = None
    if first in _DIGITS:
        moment = _read_years(text, place)
    elif first not in "年月去今":
        moment = _read_plan(text, place)
    if moment is None:
        moment = _read_decade(text, place) or _read_one(text, place) or _read_near(text, place, previous)
    if moment is None:
        return None
    mark = patterns.RANGE_MARK.match(text, moment.end) or patterns.BETWEEN.match(text, moment.end)
    if mark and not moment.is_same:
        moment = _joined(moment, _read_end(text, mark.end(), moment))
    return _with_reach(text, moment)


def _read_years(text: str, place: int) -> Moment | None:
    """Years and dates that only digits write: 2011-2018年, 2016-2018, the 2018 of 2018、2019年, 2021-06-30."""
    for pattern in (patterns.YEARS, patterns.BARE_YEARS):
        if match := pattern.match(text, place):
            first = _year(match["first"])
            brief = match.groupdict().get("short")
            last = first // 100 * 100 + int(brief) if brief else _year(match["last"])
            if first < last:
                return Moment(place, match.end(), first, last)
    if match := patterns.DATE.match(text, place):
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        stretch = Stretch(month, day, month, day)
        return Moment(place, match.end(), year, year, stretch=stretch, is_part=True)
    if match := patterns.LISTED_YEAR.match(text, place):
        year = _year(match["year"])
        return Moment(place, match.end(), year, year)
    return None


def _read_one(text: str, place: int) -> Moment | None:
    """A single moment: a year with or without a part of it, or a part alone."""
    if match := patterns.MOMENT.match(text, place):
        return _from_match(match)
    match = patterns.LONE.match(text, place)
    if not match:
        return None
    edge = match["year_edge"] and not match["until"]
    if edge and patterns.LONE_EDGE_GUARD.search(text, max(0, place - 2), place):
        return None
    return _from_match(match)


def _read_near(text: str, place: int, previous: Moment | None) -> Moment | None:
    """Two digits as a year, next to another year (2018年和19年) or one to three years before the next (19年和20年)."""
    if text[place : place + 1] not in _DIGITS:
        return None
    if (pair := patterns.PAIR.match(text, place)) and 1 <= int(pair["last"]) - int(pair["first"]) <= 3:
        return _from_near(text, place)
    if previous is None or previous.last_year is None or place - previous.end > 9:
        return None
    if not patterns.NEXT_TO.fullmatch(text, previous.end, place):
        return None
    moment = _from_near(text, place)
    is_close = moment and moment.year and abs(moment.year - previous.last_year) <= 6
    return moment if is_close else None


def _from_near(text: str, place: int) -> Moment | None:
    match = patterns.NEAR_MOMENT.match(text, place)
    return _from_match(match) if match else None


def _read_end(text: str, place: int, first: Moment) -> Moment | None:
    """The moment behind a range mark: also a day alone behind a day, and two digits behind a year."""
    if first.is_part and (match := patterns.LONE_DAY.match(text, place)):
        month, day = first.stretch.last_month, _number(match["day"])
        return Moment(place, match.end(), stretch=Stretch(month, day, month, day), is_part=True)
    return (
        _read_date(text, place)
        or _read_plan(text, place)
        or _read_one(text, place)
        or _read_near(text, place, first)
    )


def _read_date(text: str, place: int) -> Moment | None:
    return _read_years(text, place) if patterns.DATE.match(text, place) else None


def _from_match(match: re.Match[str]) -> Moment | None:
    groups = match.groupdict()
    written = groups.get("year") or groups.get("short")
    year = _year(written) if written else None
    stretch = _stretch(groups)
    if stretch is None:
        return None
    is_part = stretch != WHOLE_YEAR or bool(groups["whole"])
    if groups.get("until"):
        stretch = Stretch(
            stretch.last_month, stretch.last_day, stretch.last_month, stretch.last_day, is_point=True
        )
    word = (groups.get("word") or "").removesuffix("度")
    same = bool(groups["same"])
    return Moment(
        match.start(), match.end(), year, year, word, word, stretch=stretch, is_same=same, is_part=is_part
    )


def _stretch(groups: dict[str, str | None]) -> Stretch | None:
    """The part of the year that the groups of a part name; None for months that do not exist."""
    if groups["single"]:
        return _in_month(groups, _number(groups["single"]))
    if groups["quarter"]:
        return _quarters(groups, _number(groups["quarter"]))
    if edge := groups["year_edge"]:
        return _point(1, 1) if edge.endswith("初") else _point(12, 0)
    first, last = 1, 12
    if groups["half"]:
        first, last = (1, 6) if groups["half"] == "上" else (7, 12)
    elif groups["quarters"]:
        last = 3 * _number(groups["quarters"])
    elif groups["months"]:
        last = _number(groups["months"])
    elif groups["month"]:
        first, last = _number(groups["month"]), _number(groups["last_month"])
        if groups["listed"] and last != first + 1:
            return None
        if groups["months_end"]:
            return _point(last, 0) if 1 <= last <= 12 else None
    return Stretch(first, 1, last) if 1 <= first <= last <= 12 else None


def _quarters(groups: dict[str, str | None], first: int) -> Stretch | None:
    last = _number(groups["last_quarter"]) if groups["last_quarter"] else first
    if first > last or (groups["quarters_listed"] and last != first + 1):
        return None
    return _point(3 * last, 0) if groups["quarter_end"] else Stretch(3 * first - 2, 1, 3 * last)


def _in_month(groups: dict[str, str | None], month: int) -> Stretch | None:
    if not 1 <= month <= 12:
        return None
    if groups["day"]:
        last = groups["last_day"] or groups["day"]
        return Stretch(month, _number(groups["day"]), month, _number(last))
    if edge := groups["month_edge"]:
        return _point(month, 1 if edge == "初" else 0)
    if third := groups["third"]:
        begins, ends = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}[third]
        return Stretch(month, begins, month, ends)
    return Stretch(month, 1, month)


def _point(month: int, day: int) -> Stretch:
    return Stretch(month, day, month, day, is_point=True)


def _joined(first: Moment, last: Moment | None) -> Moment:
    """The range from one moment to the other; the first alone where they make none (2020年—上年)."""
    if last is None or last.is_same or last.reach or last.is_name:
        return first
    names_year = last.year is not None or bool(last.word)
    if names_year and first.year is None and not first.word:
        return first
    if first.year and last.last_year and last.last_year < first.year:
        return first
    stretch = Stretch(
        first.stretch.first_month, first.stretch.first_day, last.stretch.last_month, last.stretch.last_day
    )
    if not names_year:
        return replace(first, end=last.end, stretch=stretch, is_part=True)
    part = first.is_part or last.is_part
    return replace(
        first,
        end=last.end,
        last_year=last.last_year,
        last_word=last.last_word,
        stretch=stretch,
        is_part=part,
        is_name=False,
    )


def _with_reach(text: str, moment: Moment) -> Moment:
    """The moment with 以来, 起, 以前 or 期间 behind it; 开始 counts only with 从 before the moment."""
    tail = patterns.REACH.match(text, moment.end)
    if not tail or moment.is_same:
        return moment
    if tail["begun"]:
        begins = patterns.FROM.search(text, max(0, moment.start - 4), moment.start)
        return replace(moment, end=tail.end(), reach="since") if begins else moment
    if tail["during"]:
        is_range = moment.year != moment.last_year or moment.stretch not in {WHOLE_YEAR}
        return replace(moment, end=tail.end()) if is_range and not moment.stretch.is_point else moment
    if tail["since"]:
        return replace(moment, end=tail.end(), reach="since", is_name=False)
    if moment.stretch.is_point:
        return replace(moment, end=tail.end())
    return replace(moment, end=tail.end(), reach="before")


def _read_decade(text: str, place: int) -> Moment | None:
    match = patterns.DECADE.match(text, place)
    if not match:
        return None
    decade, century = _number(match["decade"]), match["century"]
    if century is None and decade < 50:
        return None
    named = {None: 1900, "上": 1900, "本": 2000}
    first = (named[century] if century in named else 100 * (_number(century) - 1)) + decade
    return Moment(place, match.end(), first, first + 9)


def _read_plan(text: str, place: int) -> Moment | None:
    """The years of a five-year plan, or those of them that its tail names; they are counted, not listed."""
    match = patterns.PLAN_IN_FULL.match(text, place)
    if match:
        number = _number(match["long"])
    else:
        match = patterns.PLAN.match(text, place)
        if not match or not _is_plan(text, match):
            return None
        number = _number((match["long"] or match["brief"])[:-1])
    return _part_of_plan(match, plan_start(number))


def _part_of_plan(match: re.Match[str], first: int) -> Moment:
    last = first + 4
    whole = Moment(match.start(), match.end(), first, last)
    count = _number(match["count"]) if match["side"] else 1
    if match["end"]:
        return replace(whole, year=last, stretch=_point(12, 0))
    if match["start"]:
        return replace(whole, last_year=first, stretch=_point(1, 1))
    if match["opening"] or match["side"] == "前":
        return replace(whole, last_year=first + count - 1)
    if match["closing"] or match["side"] == "后":
        return replace(whole, year=last - count + 1)
    return replace(whole, is_name=not match["stretch"])


def _is_plan(text: str, match: re.Match[str]) -> bool:
    """Whether quotes or a tail show that a plan is meant; three characters may also stand alone (十三五我市…)."""
    if match["open"] and match["close"]:
        return True
    if match["open"] or match["close"]:
        return bool(match["long"])
    if text[match.start() - 1 : match.start()] in patterns.NO_PLAN_BEFORE and match.start():
        return False
    if any(match[mark] for mark in _BRIEF_PLAN_MARKS):
        return bool(match["long"]) or match["stretch"] != "期"
    behind = text[match.end() : match.end() + 2]
    if match["brief"]:
        return behind == "以来"
    return behind[:1] not in patterns.NO_PLAN_BEHIND


def _year(text: str) -> int:
    """The year that digits of any kind write; two digits are of 1950 to 2049."""
    if text.startswith("两千"):
        return 2000 + _number(text[2:].lstrip("零〇"))
    digits = text.translate(patterns.YEAR_DIGITS)
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < 50 else 1900)
    return int(digits)


def _number(text: str | None) -> int:
    """The value of digits or of a Chinese numeral below 100, 0 for nothing."""
    if not text or text.isdecimal():
        return int(text or 0)
    tens, ten, ones = text.replace("两", "二").translate(patterns.YEAR_DIGITS).rpartition("十")
    return 10 * int(tens or 1) + int(ones or 0) if ten else int(ones)
