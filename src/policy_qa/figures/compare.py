"""When two figures are of the same thing, and when their values agree: what is told is compared, nothing is guessed.

The slot is what the stored hints say, cheap enough for an index of all figures. Whether the hints may be relied on is
read from the text by `evidence.py`, for the few figures whose values differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.language.quantity_words import counter_of
from policy_qa.language.vocabulary import canonical

if TYPE_CHECKING:
    from policy_qa.figures.figure import Figure, Measure
    from policy_qa.language.periods import Period
    from policy_qa.language.qualifiers import Scope
    from policy_qa.language.quantity_values import Quantity

COMPARED: frozenset[Measure] = frozenset({"level", "share", "growth", "rank"})
"""A ratio, or a change in points, is compared with nothing: what it is of is told in too many ways."""
NO_WORD = re.compile(r"[^\w\x00]")
FILLER = re.compile(
    r"(?:^(?:拥有|共有|现有|已有|建有|有)|方面$|计$|^[全我该本][市省区县州国]|^当年|^全年|^(?:20\d\d)年?)|的|全社会"
)
MEASURED = re.compile(
    r"(?:总?数量?|总量|总?额度?|总额|规模|合计|情况|水平|达到?|完成|实现|[增]速|增长|增幅|增长率|占比|比重|比例|份额|排名|位次|名次|率(?=增))+$"
)
"""Words at the end of an indicator that say how it is measured, which unit and measure say too."""
KEPT = re.compile(r"(?:总收入|依存度|城镇化率|失业率)$")
GENERIC = re.compile(
    r"(?:总|新增|计划|累计|实际|年|月|各类|全部|主要|其他|重点|完成|产业|工业)*"
    r"(?:投资|项目|企业|产值|产业|收入|支出|利润|税收|面积|人口|人员|人才|投入|销售|产量|产能|平台|资金|费用|成本|价格|数据|指数|得分|水平|总体|经费|总计|小计|补助|补贴|标准|职工|员工|地区|城市|本地|本省|比例|占比|增速|数|一般|其中|合计|年|增加值|营业收入|比上年|上年)*"
)
"""Names that need what stands around them to mean something: never enough to tell that two figures are of one thing."""
ABOUT = Decimal("0.05")
"""How far what is about a value may lie from it, as a share of it."""
NEAR = Decimal("0.1")
NUMBER = re.compile(r"\d[\d,，]*(?:[.．](\d+))?")


@dataclass(frozen=True, slots=True)
class SlotKey:
    """What a figure is of but for the period, made comparable: of equal keys the figures are said to be of one thing."""

    indicator: str
    subject: str
    measure: Measure
    unit: str
    is_target: bool
    scope: Scope | None


def slot_key(figure: Figure) -> SlotKey | None:
    """What the hints say that the figure is of; None where they leave it open, or where it is compared with nothing.

    A share told as a level (占比为5%) is a share; 全社会 is what is meant where no scope is told.
    """
    if figure.indicator is None or figure.subject is None or figure.when is None:
        return None
    quantity, measure = figure.quantity, figure.measure
    if measure not in COMPARED or len(quantity.values) != 1 or quantity.form not in ("number", "rank"):
        return None
    indicator = indicator_key(figure.indicator.text, measure)
    if not indicator or GENERIC.fullmatch(indicator):
        return None
    return SlotKey(
        indicator,
        figure.subject.text,
        "share" if measure == "level" and quantity.unit in ("%", "‰") else measure,
        "位" if measure == "rank" else counter_of(quantity.unit),
        figure.is_target,
        None if figure.scope == "whole" else figure.scope,
    )


@lru_cache(maxsize=65536)
def indicator_key(name: str, measure: Measure) -> str:
    """An indicator's name in its normal form: synonyms made one, without filler and without how it is measured.

    >>> indicator_key("高新技术企业数量", "level") == indicator_key("高企", "level")
    True
    >>> indicator_key("进口总额", "level") == indicator_key("出口总额", "level")
    False
    """
    written = "".join(search_key(name).split())
    if measure == "growth":
        written = f"{MEASURED.sub('', written)}增速"
    key = NO_WORD.sub("", canonical(written))
    key = FILLER.sub("", key)
    return key if KEPT.search(key) else MEASURED.sub("", key)


def periods_agree(one: Period, other: Period) -> bool:
    """Whether two figures are of the same time; the state at the end of a stretch that begins with its year is that stretch's.

    >>> from policy_qa.language.periods import find_periods
    >>> year, end, half = (find_periods(text)[0].period for text in ("2020年", "2020年末", "2020年上半年"))
    >>> periods_agree(year, end), periods_agree(year, half)
    (True, False)
    """
    return one == other or agreement(one, other) == 2 or agreement(other, one) == 2


def bound_covers(bound: Quantity, since: Period | None, year: Period | None) -> bool:
    """Whether a bound is one that an open period keeps (2014年以来再未超过7.5%), and a year within that."""
    if since is None or year is None or not since.is_open:
        return False
    return bound.bound in ("at_most", "at_least") and year.is_whole_years and since.contains(year)


def values_agree(one: Quantity, other: Quantity) -> bool:
    """Whether the values may both be true: one may be the other rounded, or lie within what the other bounds.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> def agree(text): return values_agree(*read_quantities(text))
    >>> agree("6.4%，6.39%"), agree("6.4%，6.46%"), agree("超过600家，617家"), agree("突破600家，599家")
    (True, False, True, False)
    """
    low, high = told_range(one)
    least, most = told_range(other)
    return max(low, least) < min(high, most)


def told_range(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """Between which values, both of them excluded, lies what a quantity of one value says: half a last digit to each side.

    What fell lies below zero. The unnamed end of a bound is infinite, the named one is no rounded number.
    """
    value = abs(quantity.values[0])
    half = last_digit(quantity) / 2
    slack = max(half, value * ABOUT)
    low, high = {
        "exact": (value - half, value + half),
        "about": (value - slack, value + slack),
        "near": (value * (1 - NEAR), value + half),
        "over": (value, Decimal("Infinity")),
        "at_least": (value, Decimal("Infinity")),
        "under": (Decimal("-Infinity"), value),
        "at_most": (Decimal("-Infinity"), value),
    }[quantity.bound]
    fell = quantity.direction < 0 or quantity.values[0] < 0
    return (-high, -low) if fell else (low, high)


def last_digit(quantity: Quantity) -> Decimal:
    """What one in the last digit of a quantity as it is written is worth.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> [str(last_digit(one)) for one in read_quantities("416.32万人，599家")]
    ['100.00', '1']
    """
    written = NUMBER.search(search_key(quantity.text))
    digits = Decimal(1).scaleb(-len(written[1] or "")) if written else Decimal(1)
    number = Decimal(written[0].replace(",", "").replace("，", "")) if written else Decimal(0)
    return digits * (abs(quantity.values[0]) / number if number else 1)
