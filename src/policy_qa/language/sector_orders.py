"""Questions for the order of the three sectors of an economy by their shares: “三二一” says that the tertiary leads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_qa.language.claims import ORDER, THREE_INDUSTRIES, read_claim
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places

SAID = re.compile(
    rf"[“\"「](?P<quoted>{ORDER.pattern})(?:型|式)?[”\"」]|(?P<bare>{ORDER.pattern})(?!次?产|[等线级类])"
)
_IS = r"(?:是不是|是否|算不算|属不属于|应该?|该|也|都|又|还|到底|究竟|算[得不]上|够[得不]上|算作?|属于?|归[为入于]?|是|呈现?|为)"
ASKED = re.compile(
    rf"(?P<who>[^，,。；;：:？?]*?){_IS}+(?:哪一?[种类个]|什么样?的?(?:类型|结构|格局|次序|顺序)|{SAID.pattern})[^，,。；;？?]{{0,12}}$"
)
EDGES = " \u3000，,。；;？?！!"


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """The plain question for the shares, and the order that is said to be theirs, "" where it is asked for."""

    plain: str
    said: str = ""


def order_asked(question: str) -> OrderAsked | None:
    """The order of sectors that a question asks for or doubts, None where it speaks of none.

    >>> order_asked("多数城市是“二三一”，从2020年的数据看，荆州算哪一种？")
    OrderAsked(plain='2020年荆州的三次产业比例是多少', said='')
    >>> order_asked("2020年荆州的产业结构是“三二一”吗").said
    '三二一'
    """
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
