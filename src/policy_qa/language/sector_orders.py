"""Questions for the order of the three sectors of an economy by their shares: “三二一” says that the tertiary leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.language.claims import ORDER, THREE_INDUSTRIES, read_claim
from policy_qa.language.numerals import read_numeral
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SAID = re.compile(
    rf"[“\"「](?P<quoted>{ORDER.pattern})(?:型|式)?[”\"」]|(?P<bare>{ORDER.pattern})(?!次?产|[等线级类])"
)
_IS = r"(?:是不是|是否|算不算|属不属于|应该?|该|也|都|又|还|到底|究竟|算[得不]上|够[得不]上|算作?|属于?|归[为入于]?|是|呈现?|为)"
ASKED = re.compile(
    rf"(?P<who>[^，,。；;：:？?]*?){_IS}+(?:哪一?[种类个]|什么样?的?(?:类型|结构|格局|次序|顺序)|{SAID.pattern})[^，,。；;？?]{{0,12}}$"
)
EDGES = " \u3000，,。；;？?！!"
GROUP = re.compile(
    r"(?P<group>(?<!其[他余它])(?<!这)(?P<count>[两三四五六七八九十]|\d{1,2})个?(?:主要|对比|样本)?(?:城市|[市县区地省](?![^，,的]{0,4}规划)))"
)
ONLY = re.compile(r"(?:只|仅仅?|唯[一独])(?!说|提|写|列|讲|看)")
MOST = re.compile(r"(?:大?多数|大多|大部分|过半|一半以上)")
REST = re.compile(r"其[余他它]|剩下|另外")
ALL = re.compile(r"都|均|全|一律|无一例外|清一色")
ASKS_WHICH = re.compile(r"几|多少|谁|哪(?!一?种)")
COUNTED = re.compile(r"[几多]少?个|几[市家]|还有(?:谁|哪)|各自?[是属]|分别")
BY_SHARES = re.compile(r"占比|比重|比例|表\s*\d|\d{4}年")


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """The plain question for the shares, and the order that is said to be theirs, "" where it is asked for."""

    plain: str
    said: str = ""
    among: OrdersSaid | None = None


@dataclass(frozen=True, slots=True)
class OrdersSaid:
    """What is said of the orders of all places of a table, which are `count` where their number is told.

    The places that have an order by its name; the one that `only` these have, that of `most`, and that of the `rest` or of
    all. `asked`: the order whose places are asked for, where nothing is to be judged.
    """

    places: Mapping[str, frozenset[str]]
    only: str = ""
    most: str = ""
    rest: str = ""
    asked: tuple[str, ...] = ()
    count: int = 0

    def holds(self, orders: Mapping[str, str]) -> bool:
        """Whether all that is said is so of the orders of the places.

        >>> OrdersSaid({"三二一": frozenset({"甲"})}, only="三二一").holds({"甲": "三二一", "乙": "三二一"})
        False
        """
        named = frozenset[str]().union(*self.places.values())
        having = {
            order: {place for place, own in orders.items() if own == order} for order in orders.values()
        }
        return (
            all(places <= having.get(order, set()) for order, places in self.places.items())
            and (not self.only or having.get(self.only) == set(self.places.get(self.only, ())))
            and (not self.most or 2 * len(having.get(self.most, ())) > len(orders))
            and (not self.rest or {own for place, own in orders.items() if place not in named} == {self.rest})
        )


def order_asked(question: str) -> OrderAsked | None:
    """The order of sectors that a question asks for or doubts, None where it speaks of none.

    >>> order_asked("多数城市是“二三一”，从2020年的数据看，荆州算哪一种？")
    OrderAsked(plain='2020年荆州的三次产业比例是多少', said='', among=None)
    >>> order_asked("2020年荆州的产业结构是“三二一”吗").said
    '三二一'
    """
    among = _among(question)
    if among is not None:
        return among
    claim = read_claim(question)
    asking, where = question, ""
    if claim is None:
        asked = ASKED.search(question.strip(EDGES))
        asking, where = (asked[0], asked["who"]) if asked else ("", "")
    else:
        asking = where = claim.text
    if not asking or not SAID.search(question):
        return None
    places = find_places(where) or find_places(question)
    names = list(dict.fromkeys(one.places[0].short for one in places if not one.is_base))
    times = find_periods(where) or find_periods("" if claim is None else claim.by) or find_periods(question)
    if not names or (where and not find_places(where) and len(names) > 1):
        return None
    said = {one["quoted"] or one["bare"] for one in SAID.finditer(asking)}
    when = times[-1].period.label() if times and times[-1].period else ""
    return OrderAsked(
        f"{when}{'、'.join(names)}的{THREE_INDUSTRIES}是多少", said.pop() if len(said) == 1 else ""
    )


def _among(question: str) -> OrderAsked | None:
    """What is asked or said of the orders of all places of a table, None where it is of those alone that are named."""
    text = question.strip(EDGES)
    found = list(SAID.finditer(text))
    asked = ASKED.search(text)
    if not found or (asked and not SAID.search(asked[0]) and find_places(asked["who"])):
        return None
    orders = [one["quoted"] or one["bare"] for one in found]
    heads = [
        text[start : one.start()]
        for start, one in zip([0, *(one.end() for one in found)], found, strict=False)
    ]
    group, only = GROUP.search(text), ONLY.search(text)
    asks = ASKS_WHICH.search(SAID.sub("", text)) is not None
    places = {order: _places(heads, orders, order) for order in orders}
    places = {order: named for order, named in places.items() if named}
    whole = next((one for one, head in zip(orders, heads, strict=True) if REST.search(head)), "")
    every = orders[0] if not places and ALL.search(heads[0]) else ""
    most = next((one for one, head in zip(orders, heads, strict=True) if MOST.search(head)), "")
    exclusive = ""
    if only:
        exclusive = next(
            (one for one, at in zip(orders, found, strict=True) if at.start() > only.start()), orders[-1]
        )
    times = find_periods(text)
    when = times[-1].period.label() if times and times[-1].period else ""
    who = group["group"].replace("个", "").replace("城市", "市") if group else "各市"
    plain = f"{when}{who}的{THREE_INDUSTRIES}是多少"
    count = int(read_numeral(group["count"]) or 0) if group else 0
    if asks and (COUNTED.search(text) or (BY_SHARES.search(text) and not places)) and not only:
        return OrderAsked(plain, among=OrdersSaid({}, asked=tuple(dict.fromkeys(orders)), count=count))
    if (
        asks
        or (most and places and not only)
        or not (exclusive in places if exclusive else (most or whole or (every and group)))
    ):
        return None
    said = OrdersSaid(places, exclusive, most, whole or every, count=count)
    return OrderAsked(plain, among=said)


def _places(heads: Collection[str], orders: Collection[str], order: str) -> frozenset[str]:
    """The places named right before an order."""
    named = (find_places(head) for head, own in zip(heads, orders, strict=True) if own == order)
    return frozenset(one.places[0].short for found in named for one in found if not one.is_base)
