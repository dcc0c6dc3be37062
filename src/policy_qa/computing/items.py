"""Which of several indicators of one place is the greatest or grew most, and their order: 甲、乙、丙三项指标哪个涨得最快."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.computing.operands import Operation, is_low, name_of, operands_of
from policy_qa.computing.sides import RATE, bare

if TYPE_CHECKING:
    from policy_qa.computing.sides import Words

_COUNT = (
    r"[这那]?(?:[两二三四五六七八九十几]|\d{1,2})[个项大种类](?:主要|经济|核心)?(?:指标|数据|数字|方面|指数)?"
)
_WHICH = r"(?:哪一?[个项]|谁|何者|什么)(?:指标)?"
_ALL_DID = r"(?:(?:都|均)(?:有所|在)?(?:增长|上升|提高|增加|下降|减少|降低|回落)了?)?"
HEADED = re.compile(
    rf"{_COUNT}[（(:：](?P<items>[^（）()：:]+[、，,][^（）()：:]+?)(?:[）)]|(?=[，,]?{_WHICH}))"
)
"""四项指标（甲、乙、丙、丁）."""
LISTED = re.compile(
    rf"(?P<items>[^，,。；;：:]+?、[^，,。；;：:]+?)(?:这|那)?(?:{_COUNT})?(?:当中|之中|里面?|中)?{_ALL_DID}[，,]?(?=(?:的)?(?:同比)?(?:[增涨](?:速|幅|长|得|最)|[降跌](?:幅|得|最)|{_WHICH}|按|由|从|最)|[，,][^，,、]{{0,14}}{_WHICH})"
)
"""甲、乙、丙、丁四项，哪个."""
JOINT = re.compile(r"[、，,]|以及|和|与|跟|及")
WHICH = re.compile(_WHICH)
END = re.compile(r"(?:最(?P<how>[高低多少大小快慢猛狠好差]|厉害))")
ORDER = re.compile(
    r"(?:按照?|由|从)?(?P<way>高到低|大到小|多到少|快到慢|低到高|小到大|少到多|慢到快)|(?:怎么|如何|怎样|依次)排|排个?[序队]|排一?下|排列"
)
GROWN = re.compile(
    r"增速|增幅|涨幅|增长(?:率|幅度)?|涨势|(?:增|涨|长|升|上升|提高)得?(?=最)|同比(?!下降)|[涨增]得"
)
FALLEN = re.compile(r"降幅|跌幅|下降|下滑|回落|[降跌掉]得?(?=最)")
LOW_FIRST = frozenset("低小少慢")
FEWEST = 2


def read_items(words: Words) -> Operation | None:
    """The operation over several indicators of one place that the question lists, None for none."""
    text = words.text
    ends, order = END.search(text), ORDER.search(text)
    if words.series_of_places() or words.series_of_periods() or not (order or (ends and WHICH.search(text))):
        return None
    match = HEADED.search(text) or LISTED.search(text)
    if match is None:
        return None
    items = _items(words, match)
    behind = f"{text[: match.start()]}，{text[match.end() :]}"
    falls = FALLEN.search(behind) is not None
    measure = "增速" if falls or GROWN.search(behind) else ""
    if len(items) < FEWEST:
        return None
    side = words.side(0, len(text))
    slots = [name_of(named[-1]) if named else "" for named in (side.periods, side.places)]
    rests = [one if RATE.search(one) else f"{one}{measure}" for one in items]
    made = operands_of([slots[0]] * len(rests), [slots[1]] * len(rests), rests, "")
    if made is None or len(side.places) > 1:
        return None
    found = Operation("ranking", *made, falls=falls)
    if ends is None:
        return replace(found, is_high=(order["way"] if order and order["way"] else "高")[0] not in LOW_FIRST)
    how = "快" if ends["how"] in ("厉害", "猛", "狠") else ends["how"]
    return replace(found, kind="larger", is_high=not is_low(how), word=how)


def _items(words: Words, match: re.Match[str]) -> list[str]:
    """The indicators listed, without the place and the time before the first."""
    start, end = match.span("items")
    slots = [*(one.span for one in words.periods), *(one.span for one in words.places)]
    slots = [one for one in slots if one.end <= end]
    head = max((one.end for one in slots if not JOINT.search(words.text, start, one.start)), default=start)
    pieces = (bare(piece) for piece in JOINT.split(words.text[max(start, head) : end]))
    return [piece for piece in pieces if piece]
