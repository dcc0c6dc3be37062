"""Computations in two steps: what several come to together beside another, or so much for each year or month.

Every operand is looked up with the others, so that all are of one measure, time and scope; the first step is told with the second.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import (
    MINUS,
    PERCENT,
    Result,
    difference,
    divided,
    in_one_unit,
    plain,
    total,
)
from policy_qa.computing.each import refuse_missing
from policy_qa.computing.limits import as_shown, not_comparable, notes_on
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.operands import Operand, Operation, joint_question, name_of, several
from policy_qa.computing.pairs import ends_of
from policy_qa.computing.parts_told import parts_told
from policy_qa.computing.sides import UNIT, Words, plain_question
from policy_qa.computing.telling import WHOLE, about_of, told_answer
from policy_qa.computing.values import value_of_figure
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.values import Sources, Value
    from policy_qa.language.periods import Period
    from policy_qa.types import Outcome, Question

OF_SUM = re.compile(
    r"(?P<a>.+?)的?(?:合计|总共|一共|共计|加起来|加在一起|相加|之和|总和|的和|合起来|加总|并起来)[^，,占是]{0,6}[，,]?"
    r"(?P<is>占|是|为|相当于|达到?|等于)(?:到|了)?(?P<b>[^占]+?)的?"
    r"(?P<ask>百分之(?:几|多少)|几成|几分之几|多大(?:比[重例]|份额)|(?:比重|比例|份额)(?:(?:大约|约|是|为|有)*(?:多少|多大|几|多高))?|(?:多少|几)倍)(?P<tail>.*)"
)
WHOLE_NAMED = re.compile(r"(全[国省区]|自治区)的?(.*)")
EACH_TIME = re.compile(
    rf"(?P<a>.+?)(?:平均每(?:一|个)*(?P<of>[年月]|季度)|每(?:一|个)*(?P<of2>[年月]|季度)平均|(?P<of3>[年月季])均)"
    rf"(?P<what>[^，,多几均百]{{0,12}}?)(?:了|约|大概|大约|能|可|是|为|有)*(?:多少|几){UNIT}(?P<tail>.*)"
)
COUNTED = re.compile(r"的?\d+[个项家户件]的?(?=.)|\d+[个项家户件]$")
CHANGED = re.compile(r"(?:净?增[加长多]?|新增|减少|下降|扩大|上升)")
MONTHS = {"年": 12, "季度": 3, "季": 3, "月": 1}
NO_LEVEL = frozenset({PERCENT, "百分点", "位", "倍", ""})
NO_AMOUNT = frozenset({"%", "百分点", "点", "成", "倍", "番", "位", "名", "位次", "名次", "排名"})


def read_share_of_sum(words: Words) -> Operation | None:
    """甲和乙合计占丙的百分之几."""
    match = OF_SUM.fullmatch(words.text)
    made = match and several(Words(match["a"]), match["a"])
    if not match or not made:
        return None
    own, whole = words.side(*match.span("a")), words.side(*match.span("b"))
    named = WHOLE_NAMED.fullmatch(whole.rest)
    place = name_of(whole.places[-1]) if whole.places else named[1] if named else ""
    rest = named[2] if named else whole.rest
    is_of_places = bool(own.places) and len(own.places) > 1
    if is_of_places:
        rest = own.rest if own.rest.endswith(rest) else rest
    if not rest or (is_of_places and not place):
        return None
    period = next((name_of(one.periods[-1]) for one in (whole, own) if one.periods), "")
    place = place or (name_of(own.places[-1]) if own.places else "")
    name = (place if rest == own.rest else f"{place}{rest}") if is_of_places else rest
    asked = Operand(name, plain_question(period, place, rest))
    is_share = "倍" not in match["ask"]
    return Operation("share_of_sum", made[0], (*made[1], asked), asks_percent=is_share)


def read_each_time(words: Words) -> Operation | None:
    """从2015年到2020年平均每年增加多少家; 1—9月平均每月完成多少."""
    match = EACH_TIME.fullmatch(words.text)
    if match is None or (match["unit"] or "") in NO_AMOUNT:
        return None
    of = match["of"] or match["of2"] or match["of3"]
    of = "季度" if of == "季" else of
    changed = CHANGED.fullmatch(match["what"])
    ends = ends_of(words, match) if changed and match["unit"] and of == "年" else None
    if ends:
        return Operation("each_time", ends[0], ends[1], years=ends[2], word=of)
    side = words.side(*match.span("a"))
    periods = [one.period for one in side.periods if one.period]
    rest = f"{side.rest}{match['what']}"
    grew = CHANGED.match(match["what"]) is not None and not match["what"].startswith("新增")
    if grew or len(periods) != 1 or not side.rest:
        return None
    count, left = divmod(periods[0].months, MONTHS[of])
    if left or count < 2 or periods[0].is_point or periods[0].is_open:
        return None
    slots = periods[0].label(), name_of(side.places[-1]) if side.places else ""
    return Operation(
        "each_time", "".join(slots), (Operand(rest, plain_question(*slots, rest)),), years=count, word=of
    )


def compute_in_steps(
    question: Question, operation: Operation, sources: Sources
) -> tuple[Outcome, str] | None:
    """The outcome of both steps and why; None where an operand is told nowhere, or not for certain."""
    joint = joint_question(operation.operands) if len(operation.operands) > 1 else ""
    found = values_of_operands(replace(operation, kind="sum", joint=joint), sources)
    if isinstance(found, Refusal):
        return refuse_missing(question, operation, found, sources), messages.WHY_NOT_COMPUTED
    alike = in_one_unit([value.amount for value in found]) if found else None
    if alike is None or any(value.amount.base in NO_LEVEL for value in found):
        return None
    values = [replace(value, amount=amount) for value, amount in zip(found, alike, strict=True)]
    refusal = not_comparable(question, operation, values)
    if refusal is not None:
        return refusal, messages.WHY_NOT_COMPUTED
    told = (
        _share_of_sum(operation, values)
        if operation.kind == "share_of_sum"
        else _each_time(operation, values)
    )
    if told is None:
        return None
    answer = told_answer(question, operation, values, [told], notes_on(values))
    return replace(answer, table=None), messages.WHY_COMPUTED


def what_is_left(question: Question, operation: Operation, sources: Sources) -> tuple[Outcome, str] | None:
    """What is left of a whole without several of its parts, all of which one paragraph counts."""
    whole, *parts = operation.operands
    lookups = [sources.look_up(text) for text in (question.text, whole.question)]
    named = [COUNTED.sub("", whole.name), *(one.name for one in parts)]
    told = zip(parts_told(whole, parts, lookups, sources), named, strict=False)
    values = [value for figure, one in told if (value := value_of_figure(figure, one, sources))]
    if len(values) != len(operation.operands):
        return None
    numbers = [value.amount.number for value in values]
    left = Result(
        numbers[0] - sum(numbers[1:]),
        values[0].amount.plain_unit,
        f" {MINUS} ".join(map(plain, numbers)),
    )
    text = messages.COMPUTED_LEFT.format(
        whole=as_shown(values[0]), parts="、".join(map(as_shown, values[1:])), result=left.text
    )
    working = f"{left.working} = {plain(left.number)}"
    answer = told_answer(question, operation, values, [(text, working)], ())
    return replace(answer, table=None), messages.WHY_COMPUTED


def _share_of_sum(operation: Operation, values: Sequence[Value]) -> tuple[str, str] | None:
    """What several have together, and how much of another that is."""
    *parts, whole = values
    added = total([value.amount for value in parts])
    unit = PERCENT if operation.asks_percent else "倍"
    share = divided(replace(added, unit=unit), whole.amount.number, by_hundred=operation.asks_percent)
    if share is None or (operation.asks_percent and share.number > WHOLE):
        return None
    message = messages.COMPUTED_SUM_SHARE if operation.asks_percent else messages.COMPUTED_SUM_RATIO
    text = message.format(
        about=about_of(operation),
        values="、".join(map(as_shown, parts)),
        sum=added.text,
        whole=as_shown(whole),
        result=share.text,
    )
    return text, f"{added.working}；{share.working}"


def _each_time(operation: Operation, values: Sequence[Value]) -> tuple[str, str] | None:
    """How much of a change, or of what was done in a stretch, falls to each year, quarter or month of it."""
    slots = {"about": about_of(operation), "count": operation.years, "of": operation.word}
    counter = messages.COUNTED_TIMES[operation.word]
    if len(values) == 1:
        value = values[0]
        if value.period is None or value.period.is_point or not _is_of_stretch(value.period, operation):
            return None
        whole = Result(value.amount.number, value.amount.plain_unit, plain(value.amount.number))
        made = divided(whole, Decimal(operation.years))
        text = made and messages.COMPUTED_EACH_TIME.format(
            value=as_shown(value), times=counter, result=made.text, **slots
        )
        return (text, made.working) if made and text else None
    changed = difference(values[0].amount, values[1].amount)
    made = divided(changed, Decimal(operation.years))
    text = made and messages.COMPUTED_EACH_TIME_CHANGE.format(
        first=as_shown(values[1]),
        last=as_shown(values[0]),
        rose=messages.COMPUTED_ROSE[changed.number >= 0].format(result=changed.text),
        each=messages.COMPUTED_ROSE[changed.number >= 0].format(result=made.text),
        times=counter,
        **slots,
    )
    return (text, f"{changed.working}；{made.working}") if made and text else None


def _is_of_stretch(period: Period, operation: Operation) -> bool:
    """Whether a value is told of the very stretch that is asked for, by its number of months."""
    return period.months == operation.years * MONTHS[operation.word]
