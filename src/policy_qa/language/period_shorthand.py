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
_UP_TO_MONTH = re.compile(r"(?<![月年日\d季度末底半])到(?=(?:19|20)\d{2}年\d{1,2}月(?!\d|[到至\-—]))")
_QUARTER = re.compile(rf"{_YEAR}年?[Qq](?P<quarter>[1-4])(?!\d)")
_HALF = re.compile(rf"{_YEAR}年?[Hh](?P<half>[12])(?!\d)")
_NAMED_YEAR = re.compile(
    rf"{BARE_YEAR.pattern}(?=[\u4e00-\u9fffA-Za-z])(?!年)|(?<=[\s(（]){BARE_YEAR.pattern}(?=[\s)）])"
)
_LAST_YEAR = re.compile(rf"{BARE_YEAR.pattern}(?=[\s,，、;；?？]|$)")
_SHORT_YEAR = re.compile(
    r"(?<![\d.第近去今续存了约共历每隔过经达超逾整足满未用前后这有为长需要期限增减延缩])(?P<year>[0-2]\d|3[0-5])年"
    r"(?!来|间|内|里|以[上下内来前后]|左右|多(?![了出少几])|期|限|前(?!(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:月|季度))|后|时间|制|龄|发展|历[史程]|变[化迁]|的(?:时间|期限|历[史程]|变[化迁]|发展)|[版货])"
)
_SHORT_FIRST = re.compile(r"(?<![\d.近])(?P<first>[0-2]\d)(?:到|至|[-—–~～]+)20(?P<last>[0-3]\d)年")
"""The first of two years typed short, behind which the second is a year."""
_YEAR_UNSAID = re.compile(
    r"(?<![\d.．,年月第近])(?P<year>[0-2]\d|3[0-5])(?=全年|[上下]半年|[末底](?![部薪数盘])|前?[一二三四]季度|前三季)"
)
"""Two digits that are a year for what stands behind them: 21全年, 18底."""
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
    question = _UP_TO_MONTH.sub("截至", question)
    question = _QUARTER.sub(
        lambda match: f"{_full(match['year'])}年第{_NUMERALS[int(match['quarter'])]}季度", question
    )
    question = _HALF.sub(lambda match: f"{_full(match['year'])}年{' 上下'[int(match['half'])]}半年", question)
    question = _YEAR_UNSAID.sub(r"20\g<year>年", question)
    question = _NAMED_YEAR.sub(r"\g<0>年", question)
    question = _LAST_YEAR.sub(
        lambda match: f"{match[0]}年" if _is_behind_place(question, match.start()) else match[0], question
    )
    return with_short_years(question)


def with_short_years(question: str) -> str:
    """18年 as 2018年; 近10年, 用18年 and 18年来 are spans of time.

    >>> with_short_years("甲市15到18年的增速")
    '甲市2015到2018年的增速'
    """
    question = _SHORT_YEAR.sub(r"20\g<0>", question)
    return _SHORT_FIRST.sub(lambda at: f"20{at[0]}" if at["first"] < at["last"] else at[0], question)


def short_years(question: str) -> tuple[tuple[str, int], ...]:
    """The years written with two digits, each once as it is written and as it is meant.

    >>> short_years("甲市18年的增速，近18年来的增速")
    (('18年', 2018),)
    """
    found = _SHORT_YEAR.finditer(question)
    return tuple(dict.fromkeys((match[0], int(_full(match["year"]))) for match in found))


def _is_behind_place(question: str, start: int) -> bool:
    return any(found.span.end == start for found in find_places(question))


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"
