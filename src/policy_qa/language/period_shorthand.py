"""Periods as they are typed in a hurry (2021Q1, 2021.1-9, 18年), written out as reports write them."""

from __future__ import annotations

import re

from policy_qa.language.places import find_places

_COUNTED = r"[元吨亩米克家户人件个台套辆条项张名所列位座种次倍宗起]|公里|平方|立方|美元"
_NO_FIGURE = rf"(?![\d%‰]|[.,]\d|[十百千万亿]*(?:{_COUNTED})|[十百千万亿])"
BARE_YEAR = re.compile(rf"(?<!\d)(?<!\d[.,])(?:19|20)\d{{2}}{_NO_FIGURE}")
"""Four digits that are a year; 1900家 and 2085.3亿元 are none."""
_YEAR = r"(?<!\d)(?<!\d[.,/-])(?P<year>(?:19[4-9]|20[0-4])\d|(?<!年)[0-3]\d(?=[QqHh年]))"
_MONTH = "(?:1[0-2]|0?[1-9])"
_MONTHS = re.compile(
    rf"{_YEAR}(?:年|[.．/])(?P<first>{_MONTH})(?:-|[-－—–~～至到]+)(?P<last>{_MONTH})(?:月份?|(?![\d年月日]){_NO_FIGURE})"
)
_SINGLE_MONTH = re.compile(
    rf"{_YEAR}[-.．/](?P<month>{_MONTH})(?:月份?|(?![./]\d|[-－—–~～至到]\d{{1,2}}(?!\d)|[月日]){_NO_FIGURE})"
)
_QUARTER = re.compile(rf"{_YEAR}年?[Qq](?P<quarter>[1-4])(?!\d)")
_HALF = re.compile(rf"{_YEAR}年?[Hh](?P<half>[12])(?!\d)")
_NAMED_YEAR = re.compile(
    rf"{BARE_YEAR.pattern}(?=[\u4e00-\u9fffA-Za-z])(?!年)|(?<=[\s(（]){BARE_YEAR.pattern}(?=[\s)）])"
)
_LAST_YEAR = re.compile(rf"{BARE_YEAR.pattern}(?=[\s,，、;；?？]|$)")
_SHORT_YEAR = re.compile(
    r"(?<![\d.])(?P<year>[0-3]\d)年"
    r"(?!来|间|内|以上|左右|多|期|限|前|后|时间|发展|历[史程]|变[化迁]|的(?:时间|期限|历[史程]|变[化迁]|发展)|[版货])"
)
_LATEST_SHORT = 35
_LEADS_TO_YEAR = re.compile(r"(?:^|[^\w]|[到至和与跟及比从自在年])$")
_NUMERALS = "零一二三四"


def with_periods_written_out(question: str) -> str:
    """The question with the periods that are typed short as reports write them.

    >>> with_periods_written_out("2021Q1和18年的产值，2021.1-9呢")
    '2021年第一季度和2018年的产值，2021年1-9月呢'
    """
    question = _MONTHS.sub(
        lambda match: f"{_full(match['year'])}年{int(match['first'])}-{int(match['last'])}月", question
    )
    question = _SINGLE_MONTH.sub(lambda match: f"{_full(match['year'])}年{int(match['month'])}月", question)
    question = _QUARTER.sub(
        lambda match: f"{_full(match['year'])}年第{_NUMERALS[int(match['quarter'])]}季度", question
    )
    question = _HALF.sub(lambda match: f"{_full(match['year'])}年{' 上下'[int(match['half'])]}半年", question)
    question = _NAMED_YEAR.sub(r"\g<0>年", question)
    question = _LAST_YEAR.sub(
        lambda match: f"{match[0]}年" if _is_behind_place(question, match.start()) else match[0], question
    )
    return with_short_years(question)


def with_short_years(question: str) -> str:
    """18年 as 2018年 where it stands first, behind a place or a word that leads to it; 近10年 and 用18年 are spans of time."""
    return _SHORT_YEAR.sub(lambda match: f"20{match[0]}" if _is_year(question, match) else match[0], question)


def short_years(question: str) -> tuple[tuple[str, int], ...]:
    """The years written with two digits, each once as it is written and as it is meant.

    >>> short_years("甲市18年的增速，近18年来的增速")
    (('18年', 2018),)
    """
    found = (match for match in _SHORT_YEAR.finditer(question) if _is_year(question, match))
    return tuple(dict.fromkeys((match[0], int(_full(match["year"]))) for match in found))


def _is_year(question: str, match: re.Match[str]) -> bool:
    leads = _LEADS_TO_YEAR.search(question[: match.start()]) or _is_behind_place(question, match.start())
    return bool(leads) and int(match["year"]) <= _LATEST_SHORT


def _is_behind_place(question: str, start: int) -> bool:
    return any(found.span.end == start for found in find_places(question))


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"
