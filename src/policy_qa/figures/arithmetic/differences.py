"""Stated differences: what lies between two figures of a sentence, or one of it and one that stands elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Finding, Gap, Operand, judged, told
from policy_qa.figures.arithmetic.rounding import as_operand, signed
from policy_qa.figures.arithmetic.said import (
    RATES,
    Said,
    Shelf,
    distinct,
    indicator_key,
    last_clause,
    stays_in_sentence,
)
from policy_qa.figures.surroundings import home_of, year_of
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places, unique_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.arithmetic.rounding import Interval
    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Span

CHANGED = (
    r"(?:上升|下降|提高|提升|降低|增加|减少|增长|回落|回升|扩大|缩小|收窄|上涨|下跌|下滑|前移|后移|前进|后退|跃升|"
    r"压缩|缩减|净增|净减|多|少|高|低|增|减|升|降|涨|跌|退)"
)
ABOUT = r"(?:了|出|约|近|大约|接近|将近|将|达到?|超过?|不到|不足|至少|整整|过|为|有|整|的)*"
REACHED = (
    r"(?:升|降|增|减|涨|跌|退|提高|下降|上升|上涨|增加|减少|扩大|缩小|回落|回升|下滑|下跌|跃升|跃|提升|前移|压缩|缩减|"
    r"增长|发展|调整|变)(?:至|到|为|成)"
)
FROM = re.compile(r"(?:由|从)[^，,。；;]*$")
TO = re.compile(rf"(?:的[^，,。；;]{{0,8}})?[，,]?[^，,。；;]{{0,10}}{REACHED}[^，,。；;]{{0,16}}")
TO_PERIOD = re.compile(r"[，,；;]?(?:而|但)?(?:到|至)[^，,。；;]{2,12}[^，,。；;]{0,10}")
CHANGE_ALONE = re.compile(
    rf"[，,、（(]?(?:累计|共|合计|一共|总共|[一二三四五六七八九十两几\d]+年[间来]?(?:里|内)?|年间|期间|净|实际|位次|名次|排名|比重|占比|总体|全国|全省|在|的)*{CHANGED}{ABOUT}"
)
APART = re.compile(
    rf"[）)]?[，,]?[^，,。；;0-9]{{0,10}}(?:相差|差距|落差|之差|差额|还?差|相距|高出|低了)(?:仅|只|不|有|已|扩大|缩小|到|为|是|在)*{ABOUT}"
)
COMPARED = re.compile(
    r"(?:比(?![重例率])|较(?![为大高快多])|低于|高于|快于|慢于|少于|多于|优于|落后于?|领先于?|超过|超出?|不及|与|同|和|距离?|离|高出|低出)[^，,。；;]{0,18}$"
)
BELOW_OR_ABOVE = re.compile(
    r"(?:低于|高于|快于|慢于|少于|多于|优于|落后于?|领先于?|高出|低出|超过)[^，,。；;]{0,18}$"
)
BY = re.compile(rf"[）)”」]?[^，,。；;0-9]{{0,16}}(?:{CHANGED}|相差|还?差|快|慢|大|小|落后|领先|超){ABOUT}")
NO_WORDS = re.compile(
    r"[）)”」]?的?(?:平均)?(?:水平|增速|增幅|比重|占比|年度目标|目标|预期)*(?:值|数)?(?:约|近)?"
)
ELSEWHERE = re.compile(
    rf"(?:^|[，,、；;（(]|[^，,。；;]{{0,12}})(?P<verb>比|较(?!为|快|大|高|多|好)|低于|高于|快于|慢于|少于|多于|落后于?|领先于?)"
    rf"(?P<base>(?:[^，,。；;0-9]|[0-9]{{4}}年)+?)(?P<way>{CHANGED}|快|慢|大|小)?{ABOUT}"
)
NOT_OWN = re.compile(r"平均|水平|同期|增速|增幅|增长|的|速度|比重|占比|相比|当年|同口径|末|底|全年")
UNITS_OF_RANKS = frozenset({"位", "名", "个位次"})


def find_difference(said: Sequence[Said], at: int, shelf: Shelf) -> Finding | None:
    """What the figure at `at` of a block states as a difference, checked; None where it states none."""
    stated = said[at]
    quantity = stated.figure.quantity
    if quantity.unit in {"%", "倍", "", "‰"} or quantity.form != "number":
        return None
    pair = _pair_in_sentence(said, at)
    if pair is not None:
        is_told_otherwise = is_from_to(said, at - 1) and _goes_otherwise(stated, *pair)
        return None if is_told_otherwise else checked_difference(stated.operand, *pair)
    return _with_base_elsewhere(said, at, shelf)


def contradicts(stated: Quantity, change: Interval) -> bool:
    """Whether a rise is told where the levels fall, or a fall where they rise: which of them is amiss is not for code to say."""
    return (stated.direction > 0 and change.high < 0) or (stated.direction < 0 and change.low > 0)


def _goes_otherwise(stated: Said, one: Operand, other: Operand) -> bool:
    """Whether a change from one level to the other is told the other way round; of ranks and of falls up and down are not plain."""
    levels = one.figure.quantity, other.figure.quantity
    first, second = map(as_operand, levels)
    is_plain = all(level.form == "number" and level.direction == 0 for level in levels)
    if not is_plain or first is None or second is None or stated.unit in UNITS_OF_RANKS:
        return False
    return contradicts(stated.figure.quantity, second - first)


def is_from_to(said: Sequence[Said], at: int) -> bool:
    """Whether the figure at `at` is what that before it has become: 由38.2%降至18.5%, 2016年为38.2%，到2020年为18.5%."""
    if at < 1 or said[at].unit != said[at - 1].unit:
        return False
    before, words = said[at - 1].before, said[at].before
    if FROM.search(last_clause(before)) and TO.fullmatch(words):
        return True
    one, other = said[at - 1].figure, said[at].figure
    is_later = one.when is not None and other.when is not None and one.when != other.when
    return is_later and stays_in_sentence(words) and TO_PERIOD.fullmatch(words) is not None


def _pair_in_sentence(said: Sequence[Said], at: int) -> tuple[Operand, Operand] | None:
    """The two figures of the sentence whose difference the words before the figure at `at` announce."""
    words = said[at].before
    first = _compared_before(said, at - 1)
    if first is None or not all(stays_in_sentence(part.before) for part in said[first + 1 : at + 1]):
        return None
    one, other = said[first], said[at - 1]
    if not (_can_differ(one, said[at]) and _can_differ(other, said[at]) and one.unit == other.unit):
        return None
    clause = last_clause(other.before)
    announced = (
        (CHANGE_ALONE.fullmatch(words) and (is_from_to(said, at - 1) or follow_in_time(one, other)))
        or APART.fullmatch(words)
        or (COMPARED.search(clause) and BY.fullmatch(words))
        or (BELOW_OR_ABOVE.search(clause) and NO_WORDS.fullmatch(words))
    )
    return (one.operand, other.operand) if announced else None


def _compared_before(said: Sequence[Said], at: int) -> int | None:
    """The figure before that at `at` which is compared with it: differences told between, and their bases, passed over."""
    index = at - 1
    while index > 0:
        is_base = COMPARED.search(last_clause(said[index - 1].before)) is not None
        if is_base and BY.fullmatch(said[index].before):
            index -= 2
        elif said[index].figure.measure == "change":
            index -= 1
        else:
            break
    return index if index >= 0 else None


def follow_in_time(one: Said, other: Said) -> bool:
    """Whether two figures are told of one thing at two times."""
    mine, its = one.figure, other.figure
    return (
        mine.when is not None
        and its.when is not None
        and mine.when != its.when
        and _text(mine.subject) == _text(its.subject)
        and mine.indicator is not None
        and its.indicator is not None
        and indicator_key(mine.indicator.text) == indicator_key(its.indicator.text)
    )


def _text(slot: object) -> str | None:
    return getattr(slot, "text", None)


def _can_differ(part: Said, stated: Said) -> bool:
    """Whether a figure may be a part of the difference: of its unit, percent of one in points, ranks of one in places."""
    unit = stated.unit
    if part.interval is None or part.figure.measure == "change":
        return False
    if unit == "百分点":
        return part.unit == "%"
    if unit in UNITS_OF_RANKS and (part.figure.quantity.form == "rank" or part.operand.text.endswith("名")):
        return True
    return part.unit == unit


def checked_difference(result: Operand, one: Operand, other: Operand) -> Check | None:
    """The check of what lies between two figures, None where one of them is not exact."""
    first, second = as_operand(one.figure.quantity), as_operand(other.figure.quantity)
    if first is None or second is None:
        return None
    mine, its = signed(one.figure.quantity), signed(other.figure.quantity)
    if mine < its:
        one, other, first, second, mine, its = other, one, second, first, its, mine
    return judged(
        "difference", result, (one, other), first - second, mine - its, f"{told(one)} − {told(other)}"
    )


def _with_base_elsewhere(said: Sequence[Said], at: int, shelf: Shelf) -> Finding | None:
    """A difference from a figure that its sentence does not tell: 比2019年低29.5个百分点."""
    stated = said[at]
    match = ELSEWHERE.fullmatch(stated.before)
    if match is None or (match["way"] is None and match["verb"] in {"比", "较"}):
        return None
    own = _own_part(said, at)
    if own is None:
        return None
    base = "".join(match["base"])
    found = [one for one in distinct(_bases(base, own, shelf)) if as_operand(one.figure.quantity) is not None]
    if not found:
        name = base.strip("的") or "比较对象"
        return Gap(
            own.document, stated.figure.sentence, "difference", stated.operand, (own,), _missing(name, own)
        )
    checks = [checked_difference(stated.operand, own, one) for one in found]
    return best([one for one in checks if one is not None])


def best(checks: Sequence[Check]) -> Check | None:
    """The first check that is right, else the first: parts told differently in two places may fit once."""
    return next((one for one in checks if one.is_right), next(iter(checks), None))


def _own_part(said: Sequence[Said], at: int) -> Operand | None:
    """The figure that is compared: the last of the sentence before that may differ, other differences passed over."""
    for index in range(at - 1, max(-1, at - 5), -1):
        if not stays_in_sentence(said[index + 1].before) or "；" in said[index + 1].before:
            return None
        if _can_differ(said[index], said[at]):
            return said[index].operand
        if said[index].unit not in RATES and said[at].unit == "百分点":
            return None
    return None


def _bases(base: str, own: Operand, shelf: Shelf) -> list[Operand]:
    """The figures that the words of a comparison may mean: of another period or place, or of another indicator."""
    figure, document = own.figure, own.document
    if figure.indicator is None:
        return []
    said = "比" + base
    periods = [one for one in find_periods(said, before=figure.when, year=year_of(document)) if one.period]
    places = find_places(said, home=home_of(document))
    rest = _indicator_in(said, [*(one.span for one in periods), *(one.span for one in places)])
    when: Period | None = periods[0].period if periods else figure.when
    subject = unique_name(places[0].places[0]) if places else _text(figure.subject)
    if not rest and not periods and not places:
        return []
    indicator = rest or figure.indicator.text
    if rest and figure.measure == "share":
        return []
    return shelf.find(indicator, subject, when, figure)


def _indicator_in(said: str, slots: Sequence[Span]) -> str:
    """What words of a comparison name besides periods and places, "" for nothing but 平均, 同期 and the like."""
    for span in sorted(slots, reverse=True):
        said = said[: span.start] + said[span.end :]
    return NOT_OWN.sub("", said.removeprefix("比"))


def _missing(base: str, own: Operand) -> str:
    """What part no source tells: the base that is compared with, and of which indicator where it names none."""
    said = "比" + base
    named = [one.span for one in find_periods(said)] + [one.span for one in find_places(said)]
    names_one = _indicator_in(said, named)
    return f"{base}的数值" if names_one else f"{base}的{indicator_name(own.figure)}"


def indicator_name(figure: Figure) -> str:
    """The figure's indicator on one line, with what is measured of it; 数值 where none is named."""
    if figure.indicator is None:
        return "数值"
    name = "".join(figure.indicator.text.split())
    ending = {"share": "的比重", "growth": "的增速"}.get(figure.measure, "")
    return name if name.endswith(("比重", "占比", "比例", "增速")) else name + ending
