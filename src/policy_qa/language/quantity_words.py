"""What the words around a quantity say of it: about, over, at least; risen, fallen, or a level."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from policy_qa.types import Span

Bound = Literal["exact", "about", "over", "under", "at_least", "at_most", "near"]

_NEVER = "(?:再也?没有?|从来?没有?|没有?[能再曾]?|再未|从未|未曾?|未能|不曾|不再|再不|并未)"
_BEFORE: Final[dict[Bound, str]] = {
    "at_least": f"{_NEVER}(?:低于|少于|跌破|低过|不足)|至少|最少|最低|不低于|不少于|不小于|不短于|≥|⩾|≧",
    "at_most": f"{_NEVER}(?:超过|突破|超出|高于|多于|高过|大于)|"
    "不超过|不高于|不多于|不大于|不长于|不得超过|未超过|最多|至多|最高|控制在|≤|⩽|≦",
    "about": "大约|大概|大致|约为|约|～|≈",
    "near": "接近|将近|临近|逼近|近",
    "over": "超过|突破|超出|超|逾|越过|高于|多于|大于|(?<![不通经])过|(?P<nearly>上)|[>＞﹥]",
    "under": f"{_NEVER}达到?|不足|不到|不满|未满|不及|低于|少于|小于|[<＜﹤]",
}
_AFTER: Final[dict[Bound, str]] = {
    "about": "左右|上下|许",
    "at_least": "以上(?!述)|及以上|起(?=[，。；、]|$)",
    "at_most": "以内|内(?![部外容涵需陆河蒙江黄])|以下(?!简称|几|内容)|之内|及以下|封顶",
    "over": "[多余餘](?![年个种元次万亿])|有余|多(?=[年个种元次])",
}
_BOUNDS: Final[dict[str, Bound]] = {bound: bound for bound in _BEFORE}
BOUND_BEHIND = re.compile(r"及?以[上下内]|左右|上下|[多余](?![年个种元次万亿])")
_BOUND_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{bound}>{words})" for bound, words in _BEFORE.items())
    + ")[了到为达占有]?[ \u3000]{0,2}$"
)
_BOUND_AFTER = re.compile(
    "[ \u3000]{0,2}(?:[（(]含[^（）()]{0,6}[）)])?[及或]?"
    "(?:" + "|".join(f"(?P<{bound}>{words})" for bound, words in _AFTER.items()) + ")"
)
_UP_RATES = "增速|增幅|涨幅|升幅|增长率|增加率|上升率"
_DOWN_RATES = "降幅|跌幅|减幅|降速|下降率|降低率|减少率"
_UP = (
    "增长|上升|提高|增加|提升|上涨|攀升|跃升|升高|回升|扩大|加快|反弹|递增|上调|上浮|上扬|走高|扩张|增收|增产|增支|前进|"
    "前移|提速|净增|多增|多收|多支|(?<!新)增|(?<![提公毫微])升|涨"
)
_DOWN = (
    "下降|减少|回落|降低|下跌|下滑|缩减|缩小|收窄|减缓|放缓|减慢|萎缩|收缩|递减|下调|下浮|下行|走低|减收|减产|减支|压减|"
    "压缩|压降|削减|负增长|后移|后退|少增|少收|少支|少减|净减|减|降|跌"
)
_COPULA = "(?:分别|均|都|各|仅|只|也|平均)?(?:约?为|是|达到?|高达|多达)?"
_SPACE = "[ \u3000]{0,2}"
_RATE = re.compile(
    f"(?:(?P<up>{_UP_RATES}|(?:增长|上涨|上升|提高|增加)(?:速度|幅度|额|量|比例))"
    f"|(?P<down>{_DOWN_RATES}|(?:下降|下跌|回落|降低|减少)(?:速度|幅度|额|量|比例))){_COPULA}{_SPACE}$"
)
_VERB = re.compile(f"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))了?(?:分别为|达到?|高达|多达|近|约)?{_SPACE}$")
_COMPARED = re.compile(
    "(?:(?P<up>高于|高出|超出|超过|快于|多于|优于|好于|大于|领先于?|长于)"
    "|(?P<down>低于|低出|少于|慢于|小于|落后于|落后(?!产能|地区|企业|面貌|生产|的)|短于|差于))"
    f"了?(?P<object>.{{1,18}}?)(?<![的为达是到至]){_SPACE}$"
)
_BY = re.compile(
    f"(?:比|较|同|与).{{1,22}}?(?:(?P<up>[高多快大长])|(?P<down>[低少慢小短]))(?:出|了|约)?{_SPACE}$"
)
_OBJECT = re.compile(f"(?:(?P<up>增加)|(?P<down>减少))(?!值)了?[^的为达是到至]{{1,9}}{_SPACE}$")
_CLAUSE_END = re.compile("[，,。；;：:！？!?\n（）()“”、|\t]")
_LINK = re.compile(f"{_SPACE}(?:、|和|与|及|以及|或|或者){_SPACE}")
_LEVEL = re.compile(
    "(?:(?<!达)[到至成]|(?:上升|提高|提升|增加|上涨|攀升|跃升|回升|扩大|减少|回落|降低)达到)了?[ \u3000]{0,2}$"
)
_TOP = re.compile("(?<![目之以此日年提生跟面靠])前[ \u3000]?$")
_CURRENCY = re.compile(
    "(?:(?P<元>[¥￥]|RMB|CNY|人民币)|(?P<美元>[$＄]|USD)|(?P<欧元>€|EUR)|(?P<英镑>£|GBP))[ \u3000]?$"
)
_ACTION = re.compile("(?:提高|提升|扩大|加快|压减|压缩|压降|削减|缩减|收缩)了?[ \u3000]{0,2}$")  # 提升5个品牌
_MEASURES = frozenset(
    {"%", "百分点", "倍", "位", "元", "美元", "分", "岁", "℃", "点", "吨", "公里", "亩", "立方米", "千瓦", ""}
)
_LOOK_BACK = 26
_COUNTERS = {"户": "家", "个": "家", "名": "人"}


def bound_around(text: str, span: Span, floor: int) -> tuple[Bound, int]:
    """How exact the words around `text[span]` leave it, and where the words before it start.

    Nothing before `floor` is looked at.

    >>> from policy_qa.types import Span
    >>> bound_around("投资约5亿元", Span(3, 6), 0), bound_around("增长5%以上", Span(2, 4), 0)
    (('about', 2), ('at_least', 2))
    """
    before = _BOUND_BEFORE.search(text, max(floor, span.start - 8), span.start)
    opening = before.start() if before else span.start
    after = _BOUND_AFTER.match(text, span.end)
    if after and after.lastgroup:
        return _BOUNDS[after.lastgroup], opening
    if before and before["nearly"] and text[span.start] not in "百千万":
        return "exact", span.start
    if before and before.lastgroup:
        return _BOUNDS[before.lastgroup], opening
    return "exact", opening


def bounded_text(text: str, span: Span, floor: int) -> str:
    """A number as it stands, with the words that make it a bound.

    >>> from policy_qa.types import Span
    >>> bounded_text("企业不足 200家", Span(5, 9), 0)
    '不足200家'
    """
    opening = bound_around(text, span, floor)[1]
    behind = BOUND_BEHIND.match(text, span.end)
    return "".join(text[opening : behind.end() if behind else span.end].split())


def direction_before(text: str, start: int, floor: int, unit: str = "%") -> int | None:
    """1 where what stands at `start` is said to have risen by it, -1 fallen, 0 for a level (降至), None without words.

    Verbs that act on things (提升, 压减) say so of measures only, not of 122个.

    >>> direction_before("同比下降5%", 4, 0), direction_before("降至5%", 2, 0)
    (-1, 0)
    """
    clause = _CLAUSE_END.split(text[max(floor, start - _LOOK_BACK) : start])[-1]
    if not clause:
        return None
    if _LEVEL.search(clause):
        return 0
    for pattern in (_RATE, _VERB, _COMPARED, _BY, _OBJECT):
        found = pattern.search(clause)
        if found and not (pattern is _VERB and unit not in _MEASURES and _ACTION.search(clause)):
            return 1 if found["up"] else -1
    return None


def is_top_of_ranks(text: str, span: Span) -> bool:
    """Whether a place counted from the top stands there: 前3位, 居全国前十.

    >>> from policy_qa.types import Span
    >>> is_top_of_ranks("居全国前十", Span(4, 5)), is_top_of_ranks("目前3位", Span(2, 4))
    (True, False)
    """
    return _TOP.search(text, max(0, span.start - 2), span.start) is not None


def currency_before(text: str, span: Span) -> str:
    """The unit that a currency's sign or name before a bare number gives it, "" without one: $20, 人民币50.

    >>> from policy_qa.types import Span
    >>> currency_before("￥300", Span(1, 4))
    '元'
    """
    sign = _CURRENCY.search(text, max(0, span.start - 5), span.start)
    return next((unit for unit, found in sign.groupdict().items() if found), "") if sign else ""


def is_link(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` only joins the members of a series.

    >>> is_link("5%和6%", 2, 3)
    True
    """
    return _LINK.fullmatch(text, start, end) is not None


def counter_of(unit: str) -> str:
    """The unit, of counters that are said of the same things always the same one.

    >>> counter_of("家") == counter_of("户") == counter_of("个"), counter_of("件")
    (True, '件')
    """
    return _COUNTERS.get(unit, unit)


@lru_cache(maxsize=4096)
def unit_scale(unit: str) -> tuple[str, Decimal]:
    """The base of `unit` and how many of it one unit is; a unit that is not listed is its own base.

    A compound (元/吨) is told in the bases of its parts where that is exact.

    >>> unit_scale("公顷"), unit_scale("家")
    (('亩', Decimal('15')), ('家', Decimal('1')))
    """
    scales, folded = _scales()
    listed = scales.get(unit) or folded.get(unit.casefold())
    if listed:
        return listed
    upper, stroke, lower = unit.replace("／", "/").partition("/")
    if not stroke or not lower:
        return unit, Decimal(1)
    base, factor = unit_scale(upper)
    below, divisor = unit_scale(lower)
    inverse = 1 / divisor
    if inverse * divisor != 1:  # 元/平方米 cannot be told exactly in 元/亩
        return f"{base}/{lower}", factor
    return f"{base}/{below}", factor * inverse


@lru_cache(maxsize=1)
def _scales() -> tuple[dict[str, tuple[str, Decimal]], dict[str, tuple[str, Decimal]]]:
    """The listed units as they stand, and without regard to case."""
    text = resources.files("policy_qa.language").joinpath("vocabularies/unit_scales.txt").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    scales = {unit: (base, Decimal(factor)) for unit, base, factor in rows}
    return scales, {unit.casefold(): scale for unit, scale in reversed(scales.items())}
