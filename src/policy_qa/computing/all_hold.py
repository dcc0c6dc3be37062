"""A claim that several places, or all values of a row, keep: 甲市、乙市2020年的绿化率都比2015年高, 各市都在40%至50%之间.

The verdict names those that do not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import chain, in_one_unit
from policy_qa.computing.each import refuse_missing
from policy_qa.computing.groups import WITHOUT, read_group
from policy_qa.computing.limits import as_shown
from policy_qa.computing.lines import values_beside
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.operands import LESS, Operand, Operation, name_of
from policy_qa.computing.orders import bound_like
from policy_qa.computing.series import find_series
from policy_qa.computing.sides import Words, bare, plain_question, split_items
from policy_qa.computing.telling import told_answer
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from decimal import Decimal

    from policy_qa.computing.arithmetic import Amount
    from policy_qa.computing.sides import Side
    from policy_qa.computing.values import Sources, Value
    from policy_qa.types import Outcome, Question, Table

_VALUE = r"\d[\d.]*[^\s\d，,到至和~～—–-]{0,5}?"
CLAIM = re.compile(
    r"(?P<a>.+?)(?:全部?都?|均|都)(?:是|要|已经?)?(?:比(?P<b>.+?)(?:来得|要|更|还)*(?P<how>下[降滑跌]|上[升涨]|提高|减少|增加|[高低多少大小快慢强弱降升涨跌减增])了?"
    r"|(?P<than>[高低多少大小快慢强弱])于(?P<of>[^\d，,][^，,]*?)"
    rf"|(?P<side>超过|高于|多于|大于|不到|不足|低于|少于|小于|不低于|不少于|不小于|达到|不超过|不高于|不大于)了?(?P<bound>{_VALUE})"
    rf"|(?:保持|维持|处|落|位)?[在于](?P<at>{_VALUE})(?P<behind>以上|以下|以内)"
    rf"|(?:保持|维持|处|落|位|介)?[在于](?P<low>{_VALUE})(?:[到至和]|[-—–~～]+)(?P<high>{_VALUE})(?:之间|(?:的?(?:区间|范围))[之以]?内?|以?内)"
    r")[，,]?(?:对吗|对不对|是吗|吗|么)?"
)
LOWER = re.compile(rf"[{LESS}跌下]")
ALL = re.compile(r"全都|无一例外(?:地|均|都)*|悉数|全部都?|一律|普遍|均(?=有)")
COMPARED_FIRST = re.compile(
    r"(?:与|和|跟|同|较|比|相比于?|相较于?)(?P<b>[^，,]+?)(?:相比|比较|比起来|比)?[，,](?P<a>.+都)(?:有所?|出现了?|是)?(?P<how>下[降滑跌]|上[升涨]|提高|减少|增加|[降升涨跌减增])了?"
)
OVER_YEARS = re.compile(
    r"(?P<head>.*?)(?:从|自|由)?(?P<b>\d{4})年?(?:到|至|[-—–~～]+)(?P<c>\d{4}年)[末底]?(?:期间|之间|间|这?[几两三四五六七八九十]年)?的?[，,]?"
    r"(?P<a>.*?)(?:都|均)(?:是|呈|有所?|出现了?|在|处于|呈现)*(?P<how>下[降滑跌]|上[升涨]|提高|减少|增加|[降升涨跌减增])(?:了|的|趋势|态势|状态)*"
)
"""从2015年到2018年，甲市、乙市的绿化率都下降了: the last year against the first."""
UNDER = frozenset({"不到", "不足", "低于", "少于", "小于", "不超过", "不高于", "不大于", "以下", "以内"})
WITH_BOUND = frozenset(
    {"不超过", "不高于", "不大于", "不低于", "不少于", "不小于", "达到", "以上", "以下", "以内"}
)
"""The bound itself keeps the claim too."""
OTHERS = re.compile(r"(?:其他|其余|其它|余下|剩下|另外)的?(?:各|所有)?(?:[项个类])?")
ROW = re.compile(r"其他|其余|其它|各|所有|全部|几项|[一二三]级")
"""Several things of one place are meant: 其他指标, 各项收入."""
ASKS = re.compile(r"哪|谁|多少|几|什么")


def read_all_hold(words: Words) -> Operation | None:
    """甲市和乙市2020年的绿化率都比2015年高, 都比丙市高, 都超过40%; 除丙市外，各市的都在40%至50%之间."""
    text = COMPARED_FIRST.sub(r"\g<a>比\g<b>\g<how>", ALL.sub("都", words.text))
    text = OVER_YEARS.sub(r"\g<c>\g<head>\g<a>都比\g<b>年\g<how>", text)
    apart, text = _without(text)
    words = Words(text)
    match = CLAIM.fullmatch(words.text)
    if match is None or ASKS.search(words.text):
        return None
    side = words.side(*match.span("a"))
    how = match["how"] or match["than"]
    said = match["side"] or match["behind"] or ""
    found = Operation(
        "all_hold",
        side.rest,
        is_high=(LOWER.search(how) is None) if how else said not in UNDER,
        bound=match["bound"] or match["at"] or match["low"] or "",
        upper=match["high"] or "",
        is_inclusive=said in WITH_BOUND,
        apart=apart,
    )
    names = [name_of(place) for place in side.places if name_of(place) not in apart]
    if not side.rest or len(side.periods) > 1:
        return None
    when = name_of(side.periods[0]) if side.periods else ""
    if len(names) < 2:
        return _of_row(found, when, names, match["a"]) if found.bound else None
    operands = tuple(_operand(name, when, side.rest) for name in names)
    found = replace(found, operands=operands, count=len(names))
    against = "b" if match["b"] else "of" if match["of"] else ""
    return _against(found, words.side(*match.span(against)), when, names) if against else found


def _against(found: Operation, other: Side, when: str, names: list[str]) -> Operation | None:
    """The claim with what each value is set against: that of another time, or of another place."""
    if len(other.places) + len(other.periods) != 1 or other.rest not in ("", found.about):
        return None
    then = name_of(other.periods[0]) if other.periods else when
    against = [name_of(place) for place in other.places] or names
    operands = (*found.operands, *(_operand(name, then, found.about) for name in against))
    joint = f"{'、'.join(names)}{when}{found.about}和{then}{found.about}分别是多少？" if other.periods else ""
    return replace(found, operands=operands, joint=joint)


def _without(text: str) -> tuple[tuple[str, ...], str]:
    """What a claim leaves out, places or other names, and the claim without it."""
    found = WITHOUT.search(text)
    if found is None:
        return (), text
    left = found[found.lastgroup or 0]
    places = tuple(name_of(one) for one in Words(left).places)
    rest = f"{text[: found.start()]}，{text[found.end() :]}".strip("，")
    return places or split_items(left) or (left,), rest


def _of_row(found: Operation, when: str, names: list[str], text: str) -> Operation | None:
    """The claim of all places of a group, or of all that a table tells of one place beside each other."""
    grouped = read_group(text)
    about = OTHERS.sub("", found.about)
    if grouped is not None and not names:
        indicator = bare(
            "".join(OTHERS.sub("", grouped[1]).split(when)) if when else OTHERS.sub("", grouped[1])
        )
        series = f"{when}各市的{indicator}分别是多少？"
        about = f"{when}{indicator}"
        return replace(found, about=about, indicator=indicator, series=series, group=grouped[0])
    if len(names) != 1 or not ROW.search(found.about):
        return None
    series = f"{when}{names[0]}的{about}"
    return replace(found, about=series, indicator=about, series=series, axis="label", of_place=names[0])


def _operand(place: str, when: str, indicator: str) -> Operand:
    return Operand(f"{place}{when}", plain_question("", f"{place}{when}", indicator))


def all_hold(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str]:
    """The verdict on the claim with every value it rests on; the refusal where one is told nowhere, or only as a bound."""
    found = _values(operation, sources)
    if isinstance(found, Refusal) or len(found) < operation.count or not _are_alike(found, operation):
        why = found if isinstance(found, Refusal) else None
        return refuse_missing(question, operation, why, sources), messages.WHY_NOT_COMPUTED
    count = len(found) if operation.series else operation.count
    amounts = in_one_unit([value.amount for value in found])
    limits = None if amounts is None else _limits(operation, found, [amount.number for amount in amounts])
    if amounts is None or limits is None or any(value.bound != "exact" for value in found):
        return Refusal(question, "kind_mismatch", messages.COMPUTED_BOUND_DIFFERS), messages.WHY_NOT_COMPUTED
    against = [
        at
        for at, (amount, limit) in enumerate(zip(amounts[:count], limits, strict=True))
        if not _keeps(operation, amount.number, limit)
    ]
    shown = [_set_against(found, at, count) for at in range(count)]
    working = chain(amounts)
    values = messages.CHOICE_SEPARATOR.join(shown)
    told = [(messages.ALL_HOLD.format(about=operation.about, values=values), working)]
    if against:
        failing = messages.CHOICE_SEPARATOR.join(shown[at] for at in against)
        text = messages.NOT_ALL_HOLD.format(about=operation.about, count=len(against), values=failing)
        told = [(text, working), (messages.ALL_VALUES.format(about=operation.about, values=values), working)]
    return told_answer(question, operation, found, told, ()), messages.WHY_COMPUTED


def _values(operation: Operation, sources: Sources) -> list[Value] | Refusal:
    """The values that the claim is about, those first, then what each is set against."""
    if not operation.series:
        found = values_of_operands(operation, sources)
        is_short = not isinstance(found, Refusal) and len(found) < len(operation.operands)
        return [] if is_short else found
    if operation.axis == "label":
        return values_beside(operation, sources)
    series = find_series(operation, sources)
    return [] if series is None or series.missing else list(series.values)


def _keeps(operation: Operation, number: Decimal, limits: tuple[Decimal, Decimal | None]) -> bool:
    """Whether a value lies where the claim says."""
    limit, upper = limits
    if upper is not None:
        return limit <= number <= upper
    return (number == limit and operation.is_inclusive) or (
        number != limit and (number > limit) == operation.is_high
    )


def _are_alike(found: list[Value], operation: Operation) -> bool:
    """Whether each value and the one it is set against are told together: two sources may count differently."""
    others = found[operation.count :]
    if operation.series or len(others) != operation.count:
        return True
    return all(
        one.document is other.document and _table_of(one) is _table_of(other)
        for one, other in zip(found, others, strict=False)
    )


def _table_of(value: Value) -> Table | None:
    return None if value.reading is None else value.reading.table


def _limits(
    operation: Operation, found: list[Value], numbers: list[Decimal]
) -> list[tuple[Decimal, Decimal | None]] | None:
    """What each of the first `count` values is set against: its own other value, the one value of another place, or bounds."""
    others = numbers[operation.count :]
    if operation.bound:
        amount = found[0].amount
        bounds = [bound_like(amount, _like(amount, one)) for one in (operation.bound, operation.upper) if one]
        told = [bound.number for bound in bounds if bound is not None]
        if len(told) < len(bounds):
            return None
        return [(told[0], told[1] if len(told) > 1 else None)] * (
            len(found) if operation.series else operation.count
        )
    return [(one, None) for one in (others if len(others) == operation.count else others * operation.count)]


def _like(amount: Amount, bound: str) -> str:
    """A bound in ranks where the values are, and no unit is named: 75至100之间."""
    return f"{bound}位" if amount.base == "位" and bound[-1:].isdigit() else bound


def _set_against(found: list[Value], at: int, count: int) -> str:
    """One value and, where it has one of its own, the value that it is set against."""
    others = found[count:]
    other = others[at : at + 1] if len(others) == count else others[:1]
    return "、".join(map(as_shown, (found[at], *other)))
