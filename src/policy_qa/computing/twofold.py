"""Two figures of every place: how an indicator changed between two times, or which of two indicators is the greater."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import PERCENT, Result, difference, growth, in_one_unit
from policy_qa.computing.limits import bounded_text, notes_on
from policy_qa.computing.operands import MEAN_BOUND, Operation, is_low
from policy_qa.computing.selections import NOUN, SEVERAL_ASKED
from policy_qa.computing.series import find_series
from policy_qa.computing.sides import bare
from policy_qa.computing.telling import about_of, told_answer
from policy_qa.language.numerals import ordinal
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.types import AnswerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.lines import Series
    from policy_qa.computing.values import Sources, Value
    from policy_qa.language.periods import PeriodMention
    from policy_qa.types import Answer, Question

NUMBERED = re.compile("[一二两三四五六七八九十百千万亿几半]+(?!产)")
ONE_ASKED = re.compile(rf"的{NOUN}(?:是|有)?(?:哪[一]?[个座家]|谁)")
_ROSE = r"提高|提升|上升|增加|增长|扩大|上涨|前移|前进|进步|[往向]前[走移挪排进]|涨|升|进|[增升涨]幅"
_FELL = r"下降|降低|减少|回落|下滑|缩小|下跌|后移|后退|退步|[往向]后[走移挪排退]|降|跌|掉|退|[降跌减]幅"
CHANGED = re.compile(
    rf"(?P<stem>.+?)(?:同比|的|累计|总共)*(?:(?P<rose>{_ROSE})|(?P<fell>{_FELL})|变化|变动)(?:了|得|的?幅度|量|额)*"
)
FAST = re.compile("快|幅度|增速|增幅")
FROM_TO = re.compile(r"(\d{4})年?[末底]?(?:到|至|[-—–~～])(\d{4})年?[末底]?")
_NOUN = rf"(?:的(?={NOUN}|[，,有是]|$)|(?=[，,]|$))(?:{NOUN})?"
BESIDE = re.compile(
    rf"(?P<one>[^，,。比\d]{{2,16}}?)(?:(?<![占对环同可])(?<!百分)比(?![重例值较率分])(?P<other>[^，,。比\d]{{2,12}}?)(?:还|要|更|都)*(?P<how>[多少大小高低])"
    rf"|(?P<over>[多少大小高低]于|超过)(?P<beyond>[^，,。比\d]{{2,12}}?)){_NOUN}"
)
"""户籍人口比常住人口多的市."""
MOST_BESIDE = re.compile(
    r"(?P<one>[^，,。比\d]{2,16}?)(?<![占对环同可])(?<!百分)比(?![重例值较率分])(?P<other>[^，,。比\d]{2,12}?)(?P<how>[多少大小高低])(?:得|出|的)*最(?:[多大高]|厉害)的?"
    r"|(?P<first>[^，,。比\d]{2,16}?)(?:超出|超过|高出|多出)(?P<second>[^，,。比\d]{2,12}?)(?:得|的)*最(?:[多大高]|厉害)的?"
    r"|(?P<this>[^，,。比\d]{2,16}?)[和与跟同](?P<that>[^，,。比\d]{2,12}?)(?:之间)?的?(?P<apart>相?差(?:距|额|值)?|差异)得?最[多大]的?"
)
"""户籍人口比常住人口多得最多的市."""
OWN, OTHER = ("one", "first", "this"), ("other", "beyond", "second", "that")
APART = "不同于"
"""How two indicators are beside each other where either may be the greater."""


@dataclass(frozen=True, slots=True)
class Twofold:
    """A place's two figures and what is computed from them."""

    one: Value
    other: Value
    made: Result


def ends_of(periods: Sequence[PeriodMention], text: str) -> tuple[str, str] | None:
    """The years from and to which a question asks for a change, None where it names no two."""
    for found in periods:
        between = FROM_TO.search(found.span.of(text))
        if between:
            return f"{between[1]}年", f"{between[2]}年"
    years = dict.fromkeys(found.period.label() for found in periods if found.period)
    if len(years) != 2 or not all(re.fullmatch(r"\d{4}年[末底]?", year) for year in years):
        return None
    first, last = sorted(years)
    return first, last


def with_change(found: Operation, indicator: str, ends: tuple[str, str], text: str) -> Operation | None:
    """The operation on how the indicator changed from one year to the other; None where no change is asked for."""
    changed = CHANGED.fullmatch(re.sub("^(?:相?比|较)", "", indicator))
    if changed is None or found.kind not in ("larger", "ranking"):
        return None
    stem = re.sub("的(?:相?比|较)的?$", "", changed["stem"])
    place = found.within
    first, last = (f"{year}{place}各市的{stem}分别是多少？" for year in ends)
    return replace(
        found,
        about=f"{ends[0]}到{ends[1]}{place}{stem}",
        series=last,
        second=first,
        indicator=stem,
        second_indicator=stem,
        falls=changed["fell"] is not None,
        from_to=True,
        asks_percent=bool(FAST.search(f"{indicator}{found.word}") or FAST.search(text)),
    )


def read_beside(text: str, *, asks_place: bool) -> tuple[Operation, str] | None:
    """Those of which one indicator is more than another (its name is the bound), and the text with the first alone.

    Where a place is asked for (`asks_place`) perhaps the one of which it is more by the most.
    """
    most = MOST_BESIDE.search(text) if asks_place else None
    match = most or (BESIDE.search(text) if SEVERAL_ASKED.search(text) or ONE_ASKED.search(text) else None)
    if match is None:
        return None
    own, other = (next(filter(None, map(match.groupdict().get, names))) for names in (OWN, OTHER))
    other, how = bare(other), match["how"] or ("多" if most else match["over"])
    is_slot = find_places(other) or find_periods(other) or MEAN_BOUND in other
    if is_slot or not bare(own) or (not most and NUMBERED.match(other)):
        return None
    word = APART if most and most["apart"] else how if len(how) > 1 else f"{how}于"
    found = Operation("larger" if most else "beyond", "", is_high=not is_low(how), bound=other, word=word)
    rest = f"{text[: match.start()]}{own}，{text[match.end() :]}"
    return found, rest if most else re.sub("，{2,}", "，", SEVERAL_ASKED.sub("，", rest))


def of_two_series(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer from two series of the same places; None where they are not told of two places at least."""
    found = _series(operation, sources)
    if found is None:
        return None
    by_name = {value.name: value for value in found[1].values}
    pairs = [(value, by_name[value.name]) for value in found[0].values if value.name in by_name]
    of_one = [pair for pair in pairs if pair[0].document.id == pair[1].document.id]
    pairs = of_one or pairs  # two reports may count differently
    made = [one for pair in pairs if (one := _made(operation, *pair)) is not None]
    if len(made) < max(2, len(operation.among)) or len({one.made.unit for one in made}) > 1:
        return None
    told = _changes_told(operation, made) if operation.from_to else _beside_told(operation, made)
    values = [value for one in made for value in (one.one, one.other)]
    lacking = [name for one in found for name in one.missing]
    answer = told_answer(question, operation, values, told, notes_on(values, tuple(dict.fromkeys(lacking))))
    return replace(answer, table=_table(operation, made))


def _series(operation: Operation, sources: Sources) -> tuple[Series, Series] | None:
    """Both series; the first of the very places of the second, where a table has them together."""
    other = find_series(
        replace(operation, series=operation.second, indicator=operation.second_indicator), sources
    )
    if other is None:
        return None
    names = tuple(value.name for value in other.values)
    own = find_series(replace(operation, among=operation.among or names), sources)
    own = own or find_series(operation, sources)
    return None if own is None else (own, other)


def _made(operation: Operation, one: Value, other: Value) -> Twofold | None:
    amounts = in_one_unit([one.amount, other.amount])
    if amounts is None:
        return None
    first, last = replace(one, amount=amounts[0]), replace(other, amount=amounts[1])
    in_percent = operation.from_to and operation.asks_percent and amounts[0].base not in (PERCENT, "位")
    if amounts[0].base == "位":
        amounts = amounts[::-1]  # places are won by going down in number
    made = growth(*amounts) if in_percent else difference(*amounts)
    return None if made is None else Twofold(first, last, made)


def _changes_told(operation: Operation, made: Sequence[Twofold]) -> list[tuple[str, str]]:
    """The sentences that tell whose change is the greatest, or the n-th from there, and all in order."""
    is_high = operation.is_high != operation.falls
    ordered = sorted(made, key=lambda one: -one.made.number if is_high else one.made.number)
    listed = messages.COMPUTED_CHANGES.format(
        about=about_of(operation), values="；".join(_change(one) for one in ordered)
    )
    all_told = (listed, "；".join(one.made.working for one in ordered))
    if operation.kind == "ranking" or operation.nth > len(ordered):
        return [all_told]
    at = ordered[max(operation.nth, operation.count) - 1].made.number
    start = 0 if operation.count > 1 else operation.nth - 1
    best = [one for one in ordered[start:] if one.made.number == at or operation.count > 1]
    best = best[: max(operation.count, sum(one.made.number == at for one in best))]
    text = messages.COMPUTED_MOST_CHANGED.format(
        about=about_of(operation),
        way=messages.COMPUTED_CHANGE_WAY[not operation.falls],
        which=(ordinal(operation.nth) if operation.nth > 1 else "最")
        + (operation.word if operation.word in ("多", "少", "大", "小", "快", "慢") else "大"),
        values="；".join(_change(one) for one in best),
    )
    return [(text, "；".join(one.made.working for one in best)), all_told]


def _change(one: Twofold) -> str:
    rose = messages.COMPUTED_ROSE_POINTS if one.made.unit in (PERCENT, "个百分点") else messages.COMPUTED_ROSE
    if one.made.unit == PERCENT:
        rose = messages.COMPUTED_ROSE_PERCENT
    if one.made.unit == "位":
        rose = {is_won: messages.COMPUTED_ROSE_PLACES[not is_won] for is_won in (True, False)}
    return messages.COMPUTED_CHANGE_OF.format(
        name=one.one.name,
        first=bounded_text(one.other),
        last=bounded_text(one.one),
        result=rose[one.made.number >= 0].format(result=one.made.text),
    )


def _beside_told(operation: Operation, made: Sequence[Twofold]) -> list[tuple[str, str]]:
    """The sentence that names and counts the places whose one figure is beyond the other."""
    is_either = operation.word == APART
    beyond = [
        one for one in made if one.made.number and (is_either or (one.made.number > 0) == operation.is_high)
    ]
    if operation.kind == "larger" and beyond:
        return _most_beside_told(operation, beyond)
    slots = {"about": about_of(operation), "way": operation.word, "bound": operation.second_indicator}
    working = "；".join(one.made.working for one in made)
    if not beyond:
        shown = "；".join(_both(operation, one) for one in made)
        return [(f"{messages.COMPUTED_NONE_BEYOND.format(**slots)}{shown}。", working)]
    named = "；".join(_both(operation, one) for one in beyond)
    text = messages.COMPUTED_BEYOND.format(count=len(beyond), values=named, **slots)
    return [(text, "；".join(one.made.working for one in beyond))]


def _most_beside_told(operation: Operation, beyond: Sequence[Twofold]) -> list[tuple[str, str]]:
    """The sentences that tell of which place the one figure is the furthest beyond the other, and of all in order."""
    ordered = sorted(beyond, key=lambda one: -abs(one.made.number))
    best = [one for one in ordered if abs(one.made.number) == abs(ordered[0].made.number)]
    slots = {"about": about_of(operation), "way": operation.word, "other": operation.second_indicator}
    told = [(messages.COMPUTED_MOST_BESIDE, best), (messages.COMPUTED_ALL_BESIDE, ordered)]
    return [
        (
            text.format(values="；".join(_both(operation, one) for one in some), **slots),
            "；".join(one.made.working for one in some),
        )
        for text, some in told
    ]


def _both(operation: Operation, one: Twofold) -> str:
    more = messages.COMPUTED_MORE_OF[one.made.number >= 0]
    return messages.COMPUTED_BOTH.format(
        name=one.one.name,
        one=f"{operation.indicator}{bounded_text(one.one)}",
        other=f"{operation.second_indicator}{bounded_text(one.other)}",
        more=f"{more}{one.made.text}",
    )


def _table(operation: Operation, made: Sequence[Twofold]) -> AnswerTable:
    """A row for each place: both figures and what is computed from them."""
    periods = [value.period.label() if value.period else "" for value in (made[0].other, made[0].one)]
    heads = (
        (f"{periods[0]}{operation.indicator}", f"{periods[1]}{operation.indicator}")
        if operation.from_to
        else (operation.second_indicator, operation.indicator)
    )
    rows = tuple(
        (
            one.one.name,
            bounded_text(one.other),
            bounded_text(one.one),
            f"{'-' if one.made.number < 0 else ''}{one.made.text}",
        )
        for one in made
    )
    return AnswerTable((messages.TABLE_PLACE, *heads, messages.TABLE_CHANGE), rows)
