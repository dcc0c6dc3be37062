"""The order of the three sectors by the shares told, and whether it is the one that a question names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.language.claims import ORDER, THREE_INDUSTRIES, read_claim
from policy_qa.language.numerals import read_numeral
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.types import Outcome

SECTOR = re.compile(r"第?(?P<sector>[一二三])次?产(?:业|$|占|比|增)")
ALL = frozenset("一二三")
FEWEST = 3
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
EVERY = re.compile(r"都|均|全|一律|无一例外|清一色")
ASKS_WHICH = re.compile(r"几|多少|谁|哪(?!一?种)")
COUNTED = re.compile(r"[几多]少?个|几[市家]|还有(?:谁|哪)|各自?[是属]|分别")
FURTHER = re.compile(
    r"(?:还有|有没有|有无|是否有|是不是有)[^，,。；;]{0,4}(?:别的|其[他它余]|漏|城市|[市县区地])|漏[掉了]*(?:哪|谁|没)|遗漏"
)
"""Whether any more have it, beside those named."""
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
    further = FURTHER.search(text) is not None
    asks = further or ASKS_WHICH.search(SAID.sub("", text)) is not None
    places = {order: _places(heads, orders, order) for order in orders}
    places = {order: named for order, named in places.items() if named}
    whole = next((one for one, head in zip(orders, heads, strict=True) if REST.search(head)), "")
    every = orders[0] if not places and EVERY.search(heads[0]) else ""
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
    if asks and (further or COUNTED.search(text) or (BY_SHARES.search(text) and not places)) and not only:
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


def answer_order(asked: OrderAsked, outcome: Outcome, values: Sequence[OpenValue]) -> Answer | None:
    """The shares told, and in what order they are; None where they are not told of all three sectors, or two are alike."""
    if not isinstance(outcome, Answer):
        return None
    groups: dict[tuple[str, str], dict[str, OpenValue]] = defaultdict(dict)
    for value in values:
        sector = (
            SECTOR.search("".join((*value.cell.row_label, *value.cell.column_label))) if value.cell else None
        )
        if sector is None or value.quantity.unit not in ("%", ""):
            continue
        of = (value.period.label() if value.period else "", value.place.short if value.place else "")
        if groups[of].setdefault(sector["sector"], value) is not value:
            return None
    numbers = tuple(dict.fromkeys(number for claim in outcome.claims for number in claim.citations))
    claims = [_claim(asked, "".join(of), group, numbers) for of, group in groups.items()]
    made = tuple(claim for claim in claims if claim is not None)
    if asked.among and len(made) == len(claims):
        headline = _headline(asked.among, {of: _order(group) for of, group in groups.items()}, made)
        if headline is None:
            return None
        made = (headline, *made)
        return replace(outcome, claims=(*made, *outcome.claims))
    return replace(outcome, claims=(*made, *outcome.claims)) if made and len(made) == len(claims) else None


def _claim(asked: OrderAsked, of: str, group: dict[str, OpenValue], numbers: tuple[int, ...]) -> Claim | None:
    """The claim in what order the sectors of one place and time are, with a verdict where one is asked for."""
    ordered = _ordered(group)
    shares = [value.quantity.values[0] for _, value in ordered]
    if group.keys() != ALL or any(one == other for one, other in pairwise(shares)):
        return None
    order = _order(group)
    listed = "、".join(
        messages.SECTOR_SHARE.format(sector=sector, share=f"{share:f}%")
        for (sector, _), share in zip(ordered, shares, strict=True)
    )
    text = messages.SECTOR_ORDER.format(of=of, order=order, values=listed)
    if asked.said:
        text = f"{messages.ASSERTED_RIGHT if asked.said == order else messages.ASSERTED_WRONG}{text}"
    return Claim(text, numbers, "computed", " > ".join(f"{share:f}" for share in shares))


def _headline(
    asked: OrdersSaid, orders: Mapping[tuple[str, str], str], claims: Sequence[Claim]
) -> Claim | None:
    """The claim which places have which order, with a verdict on what is said of them; None where these are not all."""
    of = {place: order for (_, place), order in orders.items()}
    times = {time for time, _ in orders}
    named = {place for places in asked.places.values() for place in places}
    if (
        len(times) > 1
        or len(of) < FEWEST
        or (asked.count and asked.count != len(of))
        or not named <= of.keys()
    ):
        return None
    having = {
        order: messages.LIST_SEPARATOR.join(place for place, own in of.items() if own == order)
        for order in dict.fromkeys((*asked.asked, *sorted(set(of.values()), reverse=True)))
        if not asked.asked or order in asked.asked
    }
    text = messages.SECTOR_ORDERS.format(
        of="".join(times),
        told="；".join(
            messages.SECTOR_ORDER_OF.format(
                order=order, count=list(of.values()).count(order), places=places or "无"
            )
            for order, places in having.items()
        ),
    )
    if not asked.asked:
        text = f"{messages.ASSERTED_RIGHT if asked.holds(of) else messages.ASSERTED_WRONG}{text}"
    working = "；".join(claim.working for claim in claims if claim.working)
    return Claim(text, claims[0].citations, "computed", working)


def _order(group: Mapping[str, OpenValue]) -> str:
    return "".join(sector for sector, _ in _ordered(group))


def _ordered(group: Mapping[str, OpenValue]) -> list[tuple[str, OpenValue]]:
    """The sectors of one place and time, the greatest first."""
    return sorted(group.items(), key=lambda one: -one[1].quantity.values[0])
