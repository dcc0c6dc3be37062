"""Stated shares: a part of a whole that is told beside it, in its paragraph, or elsewhere."""

from __future__ import annotations

import re
from decimal import localcontext
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Finding, Gap, Operand, judged, told
from policy_qa.figures.arithmetic.differences import indicator_name
from policy_qa.figures.arithmetic.rounding import as_operand, signed
from policy_qa.figures.arithmetic.said import (
    RATES,
    Said,
    distinct,
    indicator_key,
    last_clause,
    stays_in_sentence,
)
from policy_qa.figures.surroundings import home_of
from policy_qa.language.places import find_places, unique_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.arithmetic.said import Shelf
    from policy_qa.figures.figure import Figure

ADVERBS = r"(?:只|仅|约|已|就|也|其|共|合计|合|便|大约|大致|均|分别)*"
REACHED = r"(?:的?(?:比重|比例|占比|份额|比率|总数|总额)?(?:[升降增减提]?(?:至|到|高到|升到|升至|高至)|为|达到?|是|高达|约|近|超过?|仅|只|有|不到|不足|接近|将近|在)*)"
UNNAMED = re.compile(rf"[，,（(]?{ADVERBS}(?:占比|占|比重|比例){REACHED}")
NAMED = re.compile(
    rf"[，,（(]?{ADVERBS}(?:占到?|相当于)(?P<whole>[^，,。；;]{{1,24}}?)的?(?P<tail>比重|比例|份额)?{REACHED}"
)
COMPLETED = re.compile(
    r"[，,（(]?(?:完成|实现|达到)?(?P<whole>[^，,。；;0-9]{0,6}(?:年度|全年|当年)?(?:计划|目标|任务|预算)[^，,。；;0-9]{0,6}?)的?|[，,（(]?(?:完成率|进度|执行率)(?:为|达到?|是)?"
)
PLANNED = re.compile(r"计划|目标|任务|预算|安排")
OF_NAMED_PART = re.compile(rf"[，,](?P<part>[^，,。；;0-9]{{2,10}}?)的?(?:占比|比重){REACHED}")
OF_FIGURE = re.compile(
    r"(?:[，,][^，,。；;0-9]{1,16})??[，,（(]?(?:但|却|而)?"
    + ADVERBS
    + r"(?:占到?|相当于|为|是)[^，,。；;]{0,20}?[（(]?"
)
OF_FIGURE_END = re.compile(r"[）)]?(?:[^，,。；;0-9]{0,10})?的?(?:比重|比例)?(?:为|达到?)?")
WHERE = re.compile(r"^(?:全市|全省|全区|全县|全国|全部|当年|同期|其|该)+|的?(?:总数|总量|总额|总和)$")


def find_share(said: Sequence[Said], at: int, shelf: Shelf) -> Finding | None:
    """What the figure at `at` of a block states as a share of a whole, checked; None where it states none."""
    stated = said[at]
    is_share = stated.unit == "%" or stated.figure.quantity.form == "fraction"
    if not is_share or at < 1 or not stays_in_sentence(stated.before):
        return None
    if (within := _of_named_figure(said, at)) is not None:
        return within
    if COMPLETED.fullmatch(stated.before):
        return _completed(said, at)
    part = _part(said, at)
    if part is None:
        return _of_named_part(said, at)
    if UNNAMED.fullmatch(stated.before):
        return _of_unnamed(said, at, part)
    match = NAMED.fullmatch(stated.before)
    return _of_named_part(said, at) if match is None else _of_named(said, at, part, match["whole"], shelf)


def checked_share(result: Operand, part: Operand, whole: Operand) -> Check | None:
    """The check of a share, None where the parts are no exact amounts."""
    top, bottom = as_operand(part.figure.quantity), as_operand(whole.figure.quantity)
    if top is None or bottom is None or bottom.low <= 0 or top.low < 0:
        return None
    scale = 100 if result.figure.quantity.unit == "%" else 1
    with localcontext() as context:
        context.prec = 28
        exact = signed(part.figure.quantity) / signed(whole.figure.quantity) * scale
        computed = (top / bottom).times(scale)
    working = f"{told(part)} ÷ {told(whole)}"
    return judged("share", result, (part, whole), computed, exact, working)


def _part(said: Sequence[Said], at: int) -> int | None:
    """The amount that has the share: the last before it in its sentence, its growth and rank passed over."""
    for index in range(at - 1, max(-1, at - 4), -1):
        one = said[index]
        if one.unit not in RATES and one.figure.quantity.form == "number":
            return index if one.interval is not None else None
        if "；" in said[index + 1].before or not stays_in_sentence(one.before):
            return None
        if one.figure.measure not in ("growth", "rank") or "占" in one.before:
            return None
    return None


def _of_unnamed(said: Sequence[Said], at: int, part: int) -> Check | None:
    """A share of an unnamed whole: the amount of the same unit, and not less, told before the part.

    One told before a ；may be another matter's: it counts where it comes out.
    """
    is_near = True
    for index in range(part - 1, max(-1, part - 6), -1):
        if not stays_in_sentence(said[index + 1].before):
            return None
        is_near = is_near and "；" not in said[index + 1].before
        one = said[index]
        if one.unit == said[at].unit and is_near:
            return None
        if one.unit != said[part].unit or one.interval is None:
            continue
        is_more = one.figure.quantity.values >= said[part].figure.quantity.values
        if not is_more and not is_near:
            continue
        same = is_more and _same_slots(one.figure, said[part].figure)
        check = checked_share(said[at].operand, said[part].operand, one.operand) if same else None
        if is_near or (check is not None and check.is_right):
            return check
    return None


def _same_slots(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one place and one time."""
    subjects = [None if each.subject is None else each.subject.text for each in (one, other)]
    return (subjects[0] == subjects[1] or subjects[0] is None) and one.when == other.when


def _of_named_part(said: Sequence[Said], at: int) -> Check | None:
    """A share of a part named anew: 总额88亿元，其中出口53亿元，进口35亿元，出口占比60.2%."""
    match = OF_NAMED_PART.fullmatch(said[at].before)
    first = next((index for index in range(at, -1, -1) if not stays_in_sentence(said[index].before)), 0)
    if match is None:
        return None
    told_before = [one for one in said[first:at] if one.unit not in RATES and one.interval is not None]
    parts = [
        one
        for one in told_before[1:]
        if last_clause(one.before).removeprefix("其中").startswith(match["part"])
    ]
    if len(parts) != 1 or parts[0].unit != told_before[0].unit or "其中" not in told_before[1].before:
        return None
    return checked_share(said[at].operand, parts[0].operand, told_before[0].operand)


def _of_named_figure(said: Sequence[Said], at: int) -> Check | None:
    """A share of an amount named with it: 相当于全国28251.51亿元的2.28%, 占全国（3.2万个）的1/4."""
    if at < 2:
        return None
    part, whole, stated = said[at - 2], said[at - 1], said[at]
    if part.unit != whole.unit or part.unit in RATES or not stays_in_sentence(whole.before):
        return None
    announces = OF_FIGURE.fullmatch(whole.before) and (
        "占" in whole.before or "相当" in whole.before or "为" in whole.before
    )
    is_of = "的" in stated.before and OF_FIGURE_END.fullmatch(stated.before)
    return checked_share(stated.operand, part.operand, whole.operand) if announces and is_of else None


def _completed(said: Sequence[Said], at: int) -> Finding | None:
    """How far a plan told before in the sentence was carried out: 计划投资60亿元，完成45亿元，完成率75%."""
    done, planned = said[at - 1], said[at - 2] if at >= 2 else None
    if done.unit in RATES or done.interval is None or not stays_in_sentence(done.before):
        return None
    is_planned = planned is not None and (
        planned.unit == done.unit
        and planned.interval is not None
        and PLANNED.search(planned.before)
        and not PLANNED.search(done.before)
    )
    if planned is None or not is_planned:
        missing = "计划数"
        return Gap(
            done.operand.document,
            said[at].figure.sentence,
            "share",
            said[at].operand,
            (done.operand,),
            missing,
        )
    return checked_share(said[at].operand, done.operand, planned.operand)


def _of_named(said: Sequence[Said], at: int, part: int, whole: str, shelf: Shelf) -> Finding | None:
    """A share of a whole that is named: the amount of that name in the paragraph before, else anywhere."""
    stated, own = said[at], said[part].operand
    places = find_places(whole, home=home_of(own.document))
    subject = None if own.figure.subject is None else own.figure.subject.text
    name = whole
    if places and len(places[0].places) == 1:
        subject = unique_name(places[0].places[0])
        name = whole[: places[0].span.start] + whole[places[0].span.end :]
    bare = WHERE.sub("", name)
    indicator = bare or indicator_name(own.figure)
    beside = [
        one.operand
        for one in reversed(said[max(0, part - 8) : part])
        if _is_whole(one.figure, own.figure, indicator, subject)
    ]
    wholes = beside or shelf.find(indicator, subject, own.figure.when, own.figure)
    checks = [
        check for one in distinct(wholes) if (check := checked_share(stated.operand, own, one)) is not None
    ]
    right = next((check for check in checks if check.is_right), None)
    if right or checks:
        return right or checks[0]
    missing = f"{whole.strip('的')}的数值"
    return Gap(own.document, stated.figure.sentence, "share", stated.operand, (own,), missing)


def _is_whole(one: Figure, part: Figure, indicator: str, subject: str | None) -> bool:
    """Whether a figure told before is the whole of that name, of the same place and time."""
    return (
        one.indicator is not None
        and one.quantity.unit == part.quantity.unit
        and one.quantity.values >= part.quantity.values
        and indicator_key(one.indicator.text) == indicator_key(indicator)
        and (one.subject.text if one.subject else None) == subject
        and one.when == part.when
        and one.is_target == part.is_target
    )
