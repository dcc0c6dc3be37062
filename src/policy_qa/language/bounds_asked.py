"""Questions whether one value lies beyond a bound: 城镇化率过半了吗, GDP破万亿没有."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.language.quantity_words import Bound

SIDES: dict[str, Bound] = {
    "most": "at_most",
    "under": "under",
    "over": "over",
    "reached": "at_least",
    "near": "near",
}

HEARSAY = re.compile(
    r"^(?:我?(?:听说|据说|听人说|听人讲|有人说|都说|人家说|传说|网上说|说是?)|好像)+[，,：:]?"
)
HEARSAY_BEHIND = re.compile(
    r"[，,]\s*(?:我?(?:听说|据说|听人说|听人讲|有人说|都说|人家说|传说))(?:是|都|早|就|已经?)*(?:过|到|有|这样|这么说)?(?:了|的)?[?？。]*$"
)
_DENIED = r"(?:(?:再也?|从来?|一直|始终|都)*(?:没有?|未|尚未|还没有?)(?:再|曾)?)"
_SIDES = (
    rf"(?P<most>{_DENIED}(?:超过?|突破|破|过)|不超过)|(?P<under>{_DENIED}(?:达到?|到)|不到|不足|低于|少于|小于)"
    r"|(?P<over>超过?|突破|破|过|高于|大于|多于)|(?P<reached>达到?|不低于|不少于|至少有?|站上|迈上|跨过|踏上)"
    r"|(?P<near>接近|将近|逼近|近)"
)
_VALUE = (
    r"(?P<value>[\d.]+[^\s\d，,。？?吗么了没的大关]{0,6}|[一二两三四五六七八九十]*[百千万亿]+(?:元|人|家|户|个|吨)?"
    r"|百分之[零一二三四五六七八九十百\d.]+|(?P<half>一?半数?)|(?P<tenths>[一二两三四五六七八九])成)"
)
_WHETHER = "是不是|是否|有没有|有无"
_TAIL = (
    r"(?:大关|关口|以上|以下|了|的)*[，,、]?(?:吗|么|没有?|不|是不是|是吗"
    r"|(?:这|这是|是)?(?:真的?|对|属实|准确|这样|有这回事|真有这回事|没错)(?:吗|么|不|的吗)?)"
)
BOUND = re.compile(
    rf"^(?P<what>.{{4,}}?)(?:已经?|早已?|(?P<whether>{_WHETHER})|真的?|居然|竟然|都|也|就|又|了|，|,)*"
    rf"(?P<said>(?:{_SIDES}){_VALUE})(?:(?:{_TAIL})+|(?(whether)(?:大关|关口|了|的)*|(?!)))[?？。]*$"
)
SEVERAL = re.compile(r"[各几诸][^，,]{0,4}[市县区地省]|[两三四五六七八九十\d]个?(?:城市|[市县区])|各项|其他")
TENTHS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class BoundAsked:
    """What is asked about as a plain question, the words of the bound (过半), and the bound."""

    plain: str
    said: str
    bound: Quantity


def bound_asked(question: str) -> BoundAsked | None:
    """The bound that a question asks a value to be set against, None where it asks none.

    >>> asked = bound_asked("听说甲市2020年城镇化率已经过半，真的吗")
    >>> asked.plain, asked.said, asked.bound.bound, asked.bound.text
    ('甲市2020年城镇化率是多少', '过半', 'over', '50%')
    """
    match = BOUND.match(HEARSAY_BEHIND.sub("", HEARSAY.sub("", question)))
    if match is None or _of_several(match["what"], match.string[: match.start("said")]):
        return None
    written = match["value"]
    if match["half"]:
        written = "50%"
    elif match["tenths"]:
        written = f"{TENTHS[match['tenths']]}0%"
    elif written[0] in "百千万亿" and "分之" not in written:
        written = f"1{written}"
    found = read_quantities(written)
    side = next(bound for name, bound in SIDES.items() if match[name])
    if len(found) != 1 or len(found[0].values) != 1:
        return None
    return BoundAsked(f"{match['what'].rstrip('的')}是多少", match["said"], replace(found[0], bound=side))


def _of_several(what: str, before: str) -> bool:
    """Whether several places are said to keep the bound each: 甲市、乙市都超过40%, 各市都超过40%."""
    return before[-1:] in "都均" and (len(find_places(what)) > 1 or SEVERAL.search(what) is not None)
