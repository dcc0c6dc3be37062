"""A claim that several places all keep: 甲市、乙市2020年的绿化率都比2015年高. The verdict names those that do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import chain, in_one_unit
from policy_qa.computing.each import refuse_missing
from policy_qa.computing.limits import as_shown
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.operands import LESS, Operand, Operation, name_of
from policy_qa.computing.orders import bound_like
from policy_qa.computing.sides import Words, plain_question
from policy_qa.computing.telling import told_answer
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from decimal import Decimal

    from policy_qa.computing.values import Sources, Value
    from policy_qa.types import Outcome, Question, Table

CLAIM = re.compile(
    r"(?P<a>.+?)(?:全部?都?|均|都)(?:是|要|已经?)?(?:比(?P<b>.+?)(?:来得|要|更|还)*(?P<how>下[降滑跌]|上[升涨]|提高|减少|增加|[高低多少大小快慢强弱降升涨跌减增])了?"
    r"|(?P<than>[高低多少大小快慢强弱])于(?P<of>[^\d，,][^，,]*?)|(?P<side>超过|高于|多于|大于|不到|不足|低于|少于|小于)了?(?P<bound>\d[\d.]*[^\d，,]{0,5}?))[，,]?(?:对吗|对不对|是吗|吗|么)?"
)
LOWER = re.compile(rf"[{LESS}跌下]")
ALL = re.compile(r"全都|无一例外(?:地|均|都)*|悉数|全部都?|一律|普遍|均(?=有)")
COMPARED_FIRST = re.compile(
    r"(?:与|和|跟|同|较|比|相比于?|相较于?)(?P<b>[^，,]+?)(?:相比|比较|比起来|比)?[，,](?P<a>.+都)(?:有所?|出现了?|是)?(?P<how>下[降滑跌]|上[升涨]|提高|减少|增加|[降升涨跌减增])了?"
)
UNDER = frozenset({"不到", "不足", "低于", "少于", "小于"})
ASKS = re.compile(r"哪|谁|多少|几|什么")


def read_all_hold(words: Words) -> Operation | None:
    """甲市和乙市2020年的绿化率都比2015年高, 都比丙市高, 都超过40%."""
    words = Words(COMPARED_FIRST.sub(r"\g<a>比\g<b>\g<how>", ALL.sub("都", words.text)))
    match = CLAIM.fullmatch(words.text)
    if match is None or ASKS.search(words.text):
        return None
    side = words.side(*match.span("a"))
    names = [name_of(place) for place in side.places]
    if len(names) < 2 or not side.rest or len(side.periods) > 1:
        return None
    when = name_of(side.periods[0]) if side.periods else ""
    joint = ""
    operands = [_operand(name, when, side.rest) for name in names]
    against_words = "b" if match["b"] else "of" if match["of"] else ""
    if against_words:
        other = words.side(*match.span(against_words))
        if len(other.places) + len(other.periods) != 1 or other.rest not in ("", side.rest):
            return None
        then = name_of(other.periods[0]) if other.periods else when
        against = [name_of(place) for place in other.places] or names
        operands += [_operand(name, then, side.rest) for name in against]
        if other.periods:
            joint = f"{'、'.join(names)}{when}{side.rest}和{then}{side.rest}分别是多少？"
    how = match["how"] or match["than"]
    is_high = (LOWER.search(how) is None) if how else match["side"] not in UNDER
    return Operation(
        "all_hold",
        side.rest,
        tuple(operands),
        joint,
        is_high=is_high,
        count=len(names),
        bound=match["bound"] or "",
    )


def _operand(place: str, when: str, indicator: str) -> Operand:
    return Operand(f"{place}{when}", plain_question("", f"{place}{when}", indicator))


def all_hold(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str]:
    """The verdict on the claim with every value it rests on; the refusal where one is told nowhere, or only as a bound."""
    found = values_of_operands(operation, sources)
    if isinstance(found, Refusal) or len(found) < len(operation.operands) or not _are_alike(found, operation):
        why = found if isinstance(found, Refusal) else None
        return refuse_missing(question, operation, why, sources), messages.WHY_NOT_COMPUTED
    amounts = in_one_unit([value.amount for value in found])
    limits = None if amounts is None else _limits(operation, found, [amount.number for amount in amounts])
    if amounts is None or limits is None or any(value.bound != "exact" for value in found):
        return Refusal(question, "kind_mismatch", messages.COMPUTED_BOUND_DIFFERS), messages.WHY_NOT_COMPUTED
    count = operation.count
    against = [
        at
        for at, (amount, limit) in enumerate(zip(amounts[:count], limits, strict=True))
        if amount.number == limit or (amount.number > limit) != operation.is_high
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


def _are_alike(found: list[Value], operation: Operation) -> bool:
    """Whether each value and the one it is set against are told together: two sources may count differently."""
    others = found[operation.count :]
    if len(others) != operation.count:
        return True
    return all(
        one.document is other.document and _table_of(one) is _table_of(other)
        for one, other in zip(found, others, strict=False)
    )


def _table_of(value: Value) -> Table | None:
    return None if value.reading is None else value.reading.table


def _limits(operation: Operation, found: list[Value], numbers: list[Decimal]) -> list[Decimal] | None:
    """What each of the first `count` values is set against: its own other value, the one value of another place, or a bound."""
    others = numbers[operation.count :]
    if operation.bound:
        bound = bound_like(found[0].amount, operation.bound)
        return None if bound is None else [bound.number] * operation.count
    return others if len(others) == operation.count else others * operation.count


def _set_against(found: list[Value], at: int, count: int) -> str:
    """One value and, where it has one of its own, the value that it is set against."""
    others = found[count:]
    other = others[at : at + 1] if len(others) == count else others[:1]
    return "、".join(map(as_shown, (found[at], *other)))
