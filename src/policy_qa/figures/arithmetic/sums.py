"""Stated sums: parts told with what they come to together, and shares that make up the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Finding, Operand, judged, told
from policy_qa.figures.arithmetic.rounding import Interval, as_operand, signed
from policy_qa.figures.arithmetic.said import RATES, Said, last_clause, stays_in_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PARTS = 12
TOGETHER = re.compile(
    r"[，,、]?(?:[两二三四五六七八九十\d]*(?:项|者|类|个|部分)?)(?:合计|共计|总计|一共|加起来|合起来|相加|加在一起|总共|累计共|合共)(?:为|是|达到?|有|约|共|起来)*"
)
OF_WHICH = re.compile(
    r"[^。；;]{0,3}?(?:项目|企业|个)?[^，,。；;0-9]{0,8}[，,（(:：]?其中[：:，,]?[^，,。；;0-9]{1,24}"
)
NEXT_PART = re.compile(r"[^，,。；;、0-9]{0,8}[、，,和与及][^，,。；;0-9]{1,24}")
OVERLAPS = re.compile(r"以上|以下|超过|及|含|包括|新增|净增|累计|增加|减少|占|比")
REST = re.compile(
    r"[^，,。；;0-9]{0,10}[，,](?:剩余|剩下|其余|余下|另外?|还有|尚有|仍有|未)[^，,。；;0-9]{0,10}"
)
TRADE = re.compile(r"进出口")
INDUSTRIES = re.compile(r"三次产业|一、?二、?三(?:次)?产|第一、(?:第)?二、(?:第)?三产业|一二三产|三大产业")
GROWS = re.compile(r"增长|增速|下降|拉动|贡献|增幅|提高|回落")
HUNDRED = Decimal(100)


def find_sum(said: Sequence[Said], at: int) -> Finding | None:
    """What the figure at `at` of a block states as a sum, or as a whole whose parts follow, checked."""
    return (
        _sum_behind(said, at)
        or _parts_behind(said, at)
        or _shares_of_whole(said, at)
        or _ratio_of_whole(said[at])
    )


def checked_sum(result: Operand, parts: Sequence[Operand]) -> Check | None:
    """The check of a sum, None where a part is no exact figure."""
    added = added_up(parts)
    return added and judged("sum", result, parts, *added, " + ".join(told(part) for part in parts))


def added_up(parts: Sequence[Operand]) -> tuple[Interval, Decimal] | None:
    """What the parts come to, as rounding leaves it open and as written; None where one is no exact figure."""
    total, exact = Interval(Decimal(0), Decimal(0)), Decimal(0)
    for part in parts:
        interval = as_operand(part.figure.quantity)
        if interval is None:
            return None
        total, exact = total + interval, exact + signed(part.figure.quantity)
    return total, exact


def _sum_behind(said: Sequence[Said], at: int) -> Check | None:
    """A sum told behind its parts: 甲类5项、乙类22项，合计27项; wrong only where it is plain which they are."""
    if at < 2 or not TOGETHER.fullmatch(said[at].before):
        return None
    parts: list[Operand] = []
    for index in range(at - 1, max(-1, at - 1 - MOST_PARTS), -1):
        one = said[index]
        if one.unit != said[at].unit or one.interval is None:
            break
        parts.insert(0, one.operand)
        if index == 0 or not stays_in_sentence(one.before) or "；" in one.before:
            break
    found = [
        check for start in range(len(parts) - 1) if (check := checked_sum(said[at].operand, parts[start:]))
    ]
    return next((check for check in found if check.is_right), found[0] if found else None)


def _parts_behind(said: Sequence[Said], at: int) -> Check | None:
    """A whole told before its parts: 共27项，其中甲类5项、乙类22项. Parts that come to less may not be all of them."""
    parts: list[Said] = []
    for one in said[at + 1 : at + 1 + MOST_PARTS]:
        pattern = NEXT_PART if parts else OF_WHICH
        if one.unit != said[at].unit or not pattern.fullmatch(one.before) or one.interval is None:
            break
        parts.append(one)
    if len(parts) < 2:
        parts = _part_and_rest(said, at)
    if len(parts) < 2 or said[at].unit in RATES:
        return None
    checks = [
        check
        for count in range(2, len(parts) + 1)
        if (check := checked_sum(said[at].operand, [one.operand for one in parts[:count]])) is not None
    ]
    right = next((check for check in checks if check.is_right), None)
    if right is not None or not checks:
        return right
    return checks[-1] if _are_all(said[at], parts) else None


def _part_and_rest(said: Sequence[Said], at: int) -> list[Said]:
    """A part and the rest behind a whole: 81个，已有64个开工，还有17个没有动工."""
    if at + 2 >= len(said):
        return []
    part, rest = said[at + 1], said[at + 2]
    same = part.unit == rest.unit == said[at].unit and part.interval is not None and rest.interval is not None
    if same and REST.fullmatch(rest.before) and stays_in_sentence(part.before) and "其中" not in rest.before:
        return [part, rest]
    return []


def _are_all(whole: Said, parts: Sequence[Said]) -> bool:
    """Whether the parts can be no others, or come to more than the whole though they do not overlap."""
    words = [last_clause(one.before) for one in parts]
    if TRADE.search(whole.before) and len(parts) == 2:
        return "出口" in words[0] + words[1] and "进口" in words[0] + words[1]
    if REST.fullmatch(parts[-1].before):
        return True
    total = sum(one.figure.quantity.values[0] for one in parts)
    overlap = any(OVERLAPS.search(word) for word in words)
    return not overlap and total > whole.figure.quantity.values[0]


def _shares_of_whole(said: Sequence[Said], at: int) -> Check | None:
    """The shares of the three industries in a row, the last of them at `at`, or told as one ratio: a hundred together."""
    if at < 2:
        return None
    three = said[at - 2 : at + 1]
    if any(one.unit != "%" or one.interval is None or one.figure.quantity.direction for one in three):
        return None
    if not all(re.fullmatch(r"[、，,和与及:：∶]|以及", one.before) for one in three[1:]):
        return None
    named = _industries_before(said, at - 2)
    return _hundred(three) if named else None


def _ratio_of_whole(said: Said) -> Check | None:
    """The shares of the three industries told as one ratio: 三次产业结构为8.2:41.5:50.3."""
    quantity = said.figure.quantity
    if quantity.form != "ratio" or len(quantity.values) != 3 or not INDUSTRIES.search(said.before):
        return None
    half = max(
        (Decimal(10) ** int(value.as_tuple().exponent) / 2 for value in quantity.values), default=Decimal(0)
    )
    exact = sum(quantity.values, Decimal(0))
    total = Interval(exact - 3 * half, exact + 3 * half)
    check = hundred_check([said.operand], total, exact) if abs(exact - HUNDRED) < 5 else None
    return check and replace(
        check, working=f"{' + '.join(map(str, quantity.values))} = {exact.normalize():f}%"
    )


def _industries_before(said: Sequence[Said], first: int) -> bool:
    """Whether the row of three that starts at `first` tells shares of the three industries, named here or a row before."""
    words = said[first].before
    named = INDUSTRIES.search(words)
    if named is not None:
        return not GROWS.search(words, named.start())
    goes_on = re.fullmatch(r"[，,；;]?[^，,。；;]{0,8}(?:年|末)?(?:为|是)?", words) is not None
    return goes_on and first >= 3 and not GROWS.search(words) and _industries_before(said, first - 3)


def _hundred(three: Sequence[Said]) -> Check | None:
    parts = [one.operand for one in three]
    added = added_up(parts)
    return added and hundred_check(parts, *added)


def hundred_check(parts: Sequence[Operand], total: Interval, exact: Decimal) -> Check:
    """The check that shares make up a hundred percent; the last of them stands for the statement."""
    return Check(
        parts[-1].document,
        parts[-1].figure.sentence,
        "sum",
        parts[-1],
        tuple(parts),
        "100%",
        f"{exact.normalize():f}%",
        " + ".join(told(part) for part in parts) + f" = {exact.normalize():f}%",
        total.low <= HUNDRED <= total.high,
    )
