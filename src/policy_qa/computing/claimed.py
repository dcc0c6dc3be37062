"""A computed result that a question states and asks about: 甲比乙高0.3个百分点，要不要改; 出口加进口是503亿，没错吧."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.computed_claims import exact_result
from policy_qa.computing.arithmetic import PERCENT
from policy_qa.computing.asserted import OWNS, Claimed, asserted
from policy_qa.figures.arithmetic.rounding import AND_MORE, NEARLY, as_stated, is_bare, keeps, written_digits
from policy_qa.language.bounds_asked import bound_asked
from policy_qa.language.claims import read_claim
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.quantity_words import bound_around
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Answer

NUMBER = re.compile(r"(?:\d[\d.,]*[多余]?|[一二两三四五六七八九十](?=[成倍]))")
BEHIND_BOUND = re.compile(r"左右|上下|及?以[上下内]|之内|(?P<more>有余|[多余]|出头)")
TRAILING = re.compile(rf"(?:{BEHIND_BOUND.pattern})?[，,。；;：:！!？?\s]*$")
ASKING = re.compile(r"多少|几|多[大高快]|什么|哪|谁|怎|何|吗|[?？]")
"""What asks for something else; a bare statement is brought forward to be checked."""
BIDDING = re.compile(r"(?:排|列|算|比|查|找|推|估|画|整理|汇总|介绍|说)[^，,]{0,4}[。！!\s]*$")
"""What asks for something to be done is no statement: 从高到低排一下."""
QUOTED = re.compile(r"“([^”]{5,})”")
"""A statement quoted; a name in quotation marks is shorter."""
CLASS = re.compile(r"(?:及?以[上下内]|之内)?(?:的|[（(])")
"""Behind a quantity that only says which things are meant: 总投资50亿元以上的项目."""
TIMES = "倍"
MONEY = frozenset({"元", "美元"})
RATES = frozenset({PERCENT, "百分点"})
GROWN = re.compile(r"(?:增长|增加|提高|上升|[增涨多])(?:了|将?近|大?约|超过?|逾)*$")
"""So many times more is a growth by as many hundred percent."""
IS_SO = re.compile(r"(?<=[\d%％\u4e00-\u9fff])[吗么][？?。\s]*$")
LEAST_ASKED = 2
"""A question that ends so, with a result and the numbers it comes from, states it: 6%、53%、41%，合计是100%吗."""
LENGTHS = frozenset({"年", "个月", "月", "天"})
MORE_THAN = re.compile(r"(?P<how>[多少高低快慢]|领先|落后)(?:出|了|于)?$")
AT_END = re.compile(r"(?:最.{1,2}|第.高)的是(?P<end>[^。]+)")
POSITION_TOLD, ORDERED = re.compile(r"排第(?P<place>\d+)位。$"), re.compile("[><=]")
HOW_MADE = re.compile(r"[）)](?P<how>[高低多少大小快慢强弱]|靠前|靠后)[^（(]*$")
DOWN, UP = re.compile(r"[低少降减慢小落退跌后]"), re.compile(r"[高多升增快大涨提前]")


def claims_in(text: str) -> Iterator[Claimed]:
    """Each quantity of a statement whose truth is asked about, with the question that asks for it instead.

    >>> [one.plain for one in claims_in("稿子：甲市的绿化率比乙市高0.3个百分点。要不要改")]
    ['甲市的绿化率比乙市高多少个百分点？']
    """
    claim = read_claim(text)
    if claim is not None:
        yield from asserted(claim)
    beyond = bound_asked(text)
    if beyond is not None:
        yield Claimed(beyond.plain, beyond.bound)
    asks = IS_SO.search(text) if claim is None and len(read_quantities(text)) >= LEAST_ASKED else None
    text = text[: asks.start()] if asks else text
    if claim is None and (ASKING.search(text) or BIDDING.search(text)):
        return
    said = QUOTED.sub(r"\1", text if claim is None else claim.text)
    said = _than_places(OWNS.sub("的", said))
    for stated in reversed(read_quantities(said)):
        if stated.form == "rank":
            before, behind = said[: stated.span.start], TRAILING.sub("", said[stated.span.end :])
            yield Claimed(f"{before}第几{stated.unit}{behind}？", stated, before)
            continue
        number = NUMBER.search(said, stated.span.start)
        if (
            number is None
            or number.start() >= stated.span.end
            or not stated.values
            or stated.form != "number"
            or stated.unit in LENGTHS
        ):
            continue
        before = said[: bound_around(said, Span(number.start(), stated.span.end), 0)[1]]
        behind = TRAILING.sub("", said[number.end() :])
        if stated.bound != "exact" and CLASS.match(said, stated.span.end):
            continue
        stated = _and_more(stated, said)
        behind = behind.removeprefix("成")
        asked = f"百分之多少{behind[1:]}" if behind.startswith(("%", "％")) else f"多少{behind}"
        yield Claimed(f"{before}{asked}？", stated, before)


def _and_more(stated: Quantity, said: str) -> Quantity:
    """The quantity with the word behind it for a little more than it: 2倍多, 100亿元出头."""
    more = BEHIND_BOUND.match(said, stated.span.end)
    return replace(stated, text=f"{stated.text}多", bound="over") if more and more["more"] else stated


def _than_places(said: str) -> str:
    """甲多乙9家 as 甲比乙多9家."""
    for place in reversed(find_places(said)):
        start, end = place.span.start, place.span.end
        how = MORE_THAN.search(said, 0, start)
        if how and how.end() == start and said[end : end + 1].isdigit():
            said = f"{said[: how.start()]}比{said[start:end]}{how['how']}{said[end:]}"
    return said


def judge(claimed: Claimed, outcome: Answer) -> Answer | None:
    """The computed answer, which begins with whether the result stated is the one computed; None where they are of different kinds."""
    claim = outcome.claims[0]
    if claim.status != "computed":
        return None
    stated = claimed.stated
    if stated is None:
        return _judged_way(claimed, outcome)
    told = read_quantities(claim.text)
    results = [one for one in told if _is_in(stated, one.unit)]
    times = Decimal(1)
    if not results and stated.unit == TIMES and GROWN.search(claimed.before):
        results, times = [one for one in told if one.unit == PERCENT], Decimal(100)
    scale = _scale(stated) if not results and not any(one.unit for one in told) else None
    if scale is not None:
        results, times = told[-1:], 1 / scale
        outcome = replace(outcome, notices=(*outcome.notices, messages.UNIT_NOT_TOLD))
    if not results or stated.form == "rank" or as_stated(stated) is None:
        return None  # a place held among all is none among those compared
    result = results[-1]
    exact = exact_result(claim.working or "", result.values[0])
    value = abs(result.values[0] if exact is None else exact) / times
    is_near = abs(value - abs(stated.values[0])) <= abs(stated.values[0]) * NEARLY
    is_near = is_near or stated.bound != "exact"  # of 2倍 half a multiple is no rounding
    is_right = is_near and keeps(stated, value) and _same_way(claimed.before, claim.text, result)
    verdict = messages.CLAIM_RIGHT if is_right else messages.CLAIM_WRONG
    if is_right and stated.bound == "exact" and _is_rounded(stated, value):
        verdict = messages.CLAIM_ROUNDED
    shown = as_said(stated)
    return _with_verdict(outcome, verdict.format(stated=shown, result=result.text))


def _scale(stated: Quantity) -> Decimal | None:
    """What 1 is of the unit that a sum of money is written in, 1亿 of 150亿元; the sources may tell the number alone."""
    digits = written_digits(stated.text) if stated.unit in MONEY else None
    return stated.values[0] / digits if digits else None


def as_said(stated: Quantity) -> str:
    """A quantity with the words for its bound."""
    if AND_MORE.search(stated.text) or stated.form == "rank":
        return stated.text
    number = re.search(r"[\d一二两三四五六七八九十]", stated.text)
    bare = re.sub(r"(?:以上|以下|多|左右)$", "", stated.text[number.start() :] if number else stated.text)
    return messages.COMPUTED_BOUNDS.get(stated.bound, "{value}").format(value=bare)


def _is_rounded(stated: Quantity, value: Decimal) -> bool:
    """Whether a rate is stated in fewer digits than it is computed in, and so not the very one."""
    return stated.unit in RATES and value != abs(stated.values[0])


def _is_in(stated: Quantity, unit: str) -> bool:
    """Whether a result has the unit that is stated; so many 亩 for each are 亩 too, 3000亿 without a unit is no rate."""
    if not stated.unit:
        return is_bare(stated) or unit not in RATES
    return unit == stated.unit or unit.startswith(f"{stated.unit}/")


def _judged_way(claimed: Claimed, outcome: Answer) -> Answer | None:
    """The answer, which begins with whether what is said to be more is, or the place said to be at the end is there."""
    texts = [claim.text for claim in outcome.claims if claim.status == "computed"]
    if claimed.within:
        found = POSITION_TOLD.search(texts[0])
        if found is None:
            return None
        place, count = int(found["place"]), len(ORDERED.split(outcome.claims[0].working or ""))
        low, high = (at if at > 0 else count + 1 + at for at in claimed.within)
        is_right = low <= place <= high and all(one in texts[0] for one in claimed.told)
    elif claimed.place:
        ends = [found[1] for text in texts if (found := AT_END.search(text))]
        if not ends:
            return None
        is_right = all(claimed.place in end for end in ends)
    else:
        found = HOW_MADE.search(texts[0])
        is_right = found is not None and _way(found["how"]) == claimed.way
    return _with_verdict(outcome, messages.ASSERTED_RIGHT if is_right else messages.ASSERTED_WRONG)


def _with_verdict(outcome: Answer, verdict: str) -> Answer:
    """The answer with the verdict before its first claim, whose working it follows from."""
    first, *others = outcome.claims
    return replace(outcome, claims=(replace(first, text=f"{verdict}{first.text}"), *others))


def _same_way(before: str, text: str, result: Quantity) -> bool:
    """Whether what is said to be more is computed to be more; a sum or a share has no way."""
    said, made = _way(before[-6:]), _way(text[: result.span.start][-4:])
    return not said or not made or said == made


def _way(words: str) -> int:
    """1 for words of more at the end of a text, -1 for words of less, 0 for neither."""
    for letter in reversed(words):
        if DOWN.match(letter):
            return -1
        if UP.match(letter):
            return 1
    return 0
