"""A question that itself names the numbers to compute with: 从80家增加到120家，增长了百分之几; 5200亩、40个项目，平均每个几亩.

The words that ask tell what is computed; how the numbers stand to each other, or the times beside them, which comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.computing.deriving import (
    ALL_OF,
    BEFORE_SAID,
    EACH_ONE,
    OF_ALL,
    period_asked,
    same_whole,
    years_grown,
)
from policy_qa.computing.given_numbers import (
    JOINS,
    MARKS,
    NO_OPERAND,
    PAIR,
    ROSE_TO,
    SAID,
    Given,
    numbers_in,
    unjoined,
    words_behind,
)
from policy_qa.computing.sides import Words
from policy_qa.computing.so_much_each import counts
from policy_qa.computing.ways import DERIVE, SAME_TIME
from policy_qa.language.periods import Period, find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.quantity_words import counter_of

if TYPE_CHECKING:
    from policy_qa.computing.operands import Kind

ASKED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("growth", re.compile(SAID["grown"])),
    ("ratio", re.compile(SAID["times"])),
    ("share", re.compile(SAID["part_of"])),
    ("sum", re.compile(SAID["together"])),
    ("mean", re.compile(SAID["average"])),
    ("difference", re.compile(SAID["apart"])),
)
ASKS = re.compile(
    rf"{SAID['how_much']}|(?:{SAID['change']}|{SAID['share']}|{SAID['together']}|{SAID['apart']}|倍数|均值)[？?。\s]*$"
)
GROWN = r"(?:增长|增加|提高|上升|提升|扩大|上涨|下降|减少|降低|回落|下跌|[增涨升降减跌])"
THAN = re.compile(r"比(?![重例率])|较|相比")
IS_OF = re.compile(r"[是为占]|相当于|[除÷/]")
WHOLE_BEFORE = re.compile(r"占[^，,。；;占]{0,8}$")
WHOLE_BEHIND = re.compile(r"^[^，,。；;占]{0,8}?(?<!其)(?:之中|当中|里面?|中)(?:[，,]|$|[^，,]*占)")
YEARLY = re.compile(SAID["yearly"])
LEFT_OUT = re.compile(r"除[了去开掉]|以外|之外|其余|余下|剩下|剩余|(?<!不)扣除|刨|不[含算计](?!价)")
"""What is left of numbers without others is not read here."""
BOTH = re.compile("前者[^，,。；;]*后者")
SUM_SHARED = re.compile(rf"{SAID['together']}[^，,。；;]{{0,6}}占")
"""The share of a sum is computed in two steps."""
FRACTION_OF = re.compile(
    r"(?:占|[是为有只仅约]|相当于|等于)(?P<whole>[^，,。；;\d占是为有只仅约]{1,12}?)的?(?:大约|大概|约)*$"
)
OPENING = re.compile(
    rf"^(?:那么?|则|即)*(?:(?:{SAID['request']})+(?:{DERIVE}|{SAID['compute']})?|{DERIVE})*(?:{SAME_TIME.pattern})?"
)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is computed of numbers given, these in the order of the computation, and what the question is about.

    `text` is the question up to the last of them, and the words that say what that counts.
    With but one number `rest` says what the other is, which `is_whole` where the one given is the part.
    `of` is what an amount is told for each of; `before` the time that a growth leads back to, `years` those a yearly one is over.
    """

    kind: Kind
    numbers: tuple[Given, ...]
    about: str
    text: str = ""
    of: str = ""
    rest: str = ""
    is_whole: bool = False
    before: Period | None = None
    years: int = 0
    asks_percent: bool = False


def read_given(question: str) -> Reckoning | None:
    """What a question computes of numbers that it names itself, None where it names none, or its way is not certain.

    >>> found = read_given("湖州外贸从80亿元增加到120亿元，增长了百分之几")
    >>> found.kind, [one.quantity.text for one in found.numbers], found.about
    ('growth', ['120亿元', '80亿元'], '湖州外贸')
    """
    text = question
    fraction = _whole_of_fraction(text)
    if fraction is not None:
        return replace(fraction, text=text)
    numbers = [] if LEFT_OUT.search(text) else numbers_in(text)
    if not numbers or ASKS.search(_without(text, numbers)) is None or _is_beside_another(text, numbers):
        return None
    and_points = numbers_in(text, left_out=NO_OPERAND - {"百分点"})
    readers = ((_back, and_points), *((one, numbers) for one in (_whole, _each_one, _of_alike, _of_part)))
    for reader, own in readers:
        found = reader(text, own)
        if found is not None:
            end = own[-1].quantity.span.end
            return replace(found, text=f"{text[:end]}{words_behind(text, own[-1].quantity)}{found.rest}")
    return None


def _is_beside_another(text: str, numbers: list[Given]) -> bool:
    """Whether a number is set beside a place of which none is given: 从1.5%提高到1.8%，比全省高几个百分点."""
    end = numbers[-1].quantity.span.end
    asked = re.split(SAID["how_much"], text[end:])[0]
    named = [found.span.of(asked) for found in find_places(asked)] + OF_ALL.findall(asked)
    return any(re.search(f"(?:{THAN.pattern}){one}", asked) and one not in text[:end] for one in named)


def _without(text: str, numbers: list[Given]) -> str:
    for one in reversed(numbers):
        span = one.quantity.span
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _about(text: str, numbers: list[Given]) -> str:
    """What stands before the first number, in its clause."""
    bare = MARKS.split(text[: numbers[0].quantity.span.start])[-1]
    times = find_periods(bare)
    if times and times[-1].span.end >= len(unjoined(bare)):
        bare = bare[: times[-1].span.start]
    return unjoined(bare)


def _back(text: str, numbers: list[Given]) -> Reckoning | None:
    """212项，同比增长8.7%，推算上年: the level of a time and its change, led back by a year."""
    if len(numbers) != PAIR or not numbers[1].quantity.direction or numbers[0].quantity.direction:
        return None
    level, change = numbers
    rest = f"{text[: level.quantity.span.start]}｜{text[change.quantity.span.end :]}"
    asked = text[change.quantity.span.end :]
    periods = [found.period for found in find_periods(asked) if found.period]
    if change.quantity.unit != "%" and not BEFORE_SAID.search(asked) and not periods:
        return None
    if not (periods or BEFORE_SAID.search(rest)) or not re.search(
        f"{DERIVE}|[推算]|{SAID['how_much']}", asked
    ):
        return None
    if level.period is None:
        return None
    before, _ = period_asked(periods, [level.period], is_before=not periods)
    if before is None:
        return None
    change = replace(change, period=None)  # 比上年下降: the year beside it is that it is set against
    about = level.name if level.quantity.unit != "%" else ""
    return Reckoning("before", (level, change), about or _thing(_about(text, numbers)), before=before)


def _whole(text: str, numbers: list[Given]) -> Reckoning | None:
    """29亿元，占全市的58%，全市是多少: a part and its share, and the whole they are asked for."""
    if len(numbers) != PAIR or numbers[0].quantity.unit == "%" or numbers[1].quantity.unit != "%":
        return None
    part, share = numbers
    whole = re.search("占(?P<whole>[^，,。；;]*?)的?(?:比重|比例|份额|[是为约])*$", _between(text, numbers))
    behind = text[share.quantity.span.end :]
    asked = re.search(f"{SAID['how_much']}", behind)
    if whole is None or asked is None or re.match("百分|几成|几分", asked[0]):
        return None
    asked_for = MARKS.split(behind[: asked.start()].strip("，,。；; "))[-1]
    about = re.sub("大[概约致]?$", "", unjoined(OPENING.sub("", asked_for)))
    sides = (Words(one).side(0, len(one)) for one in (whole["whole"], about))
    if share.quantity.direction or not same_whole(*sides):
        return None
    return Reckoning("whole", (part, share), about)


def _whole_of_fraction(text: str) -> Reckoning | None:
    """600家，只是乙市的1/5左右，乙市有多少家: a part, what fraction of the whole it is, and the whole they are asked for."""
    told = [one for one in read_quantities(text) if one.form == "fraction"]
    if len(told) != 1:
        return None
    span = told[0].span
    of, behind = FRACTION_OF.search(text[: span.start]), MARKS.split(text[span.end :], maxsplit=1)[1:]
    numbers = numbers_in(f"{text[: span.start]}{'，' * len(span.of(text))}{text[span.end :]}")
    whole = unjoined(of["whole"]) if of else ""
    if not behind or len(numbers) != 1 or not whole or numbers[0].quantity.span.start > span.start:
        return None
    asked = re.split(SAID["how_much"], behind[0])
    if len(asked) < PAIR or whole not in asked[0]:
        return None
    return Reckoning("whole", (numbers[0], Given(told[0], None, None, "", whole)), whole)


def _thing(text: str) -> str:
    """What a whole is of, without place and time, and without 全市."""
    return ALL_OF.sub("", Words(text).side(0, len(text)).rest)


def _each_one(text: str, numbers: list[Given]) -> Reckoning | None:
    """5200亩、40个项目，平均每个项目: an amount, and how many there are of what it is for."""
    match = EACH_ONE.search(text)
    if match is None or len(numbers) > PAIR:
        return None
    of = match["area"] or match["home"] or match["counter"] or match["thing"]
    if not of:
        return None
    counted = [one for one in numbers if counts(one.quantity.unit, of)]
    thing = match["thing"] or ""
    if len(counted) > 1 and thing:
        counted = [one for one in counted if thing in one.own]
    if len(counted) != 1:
        return None
    if len(numbers) == 1:
        rest = unjoined(re.split(SAID["how_much"], text[match.end() :])[0])
        return Reckoning("each_one", tuple(counted), "", of=thing or of, rest=rest) if rest else None
    amount = next(one for one in numbers if one is not counted[0])
    if amount.quantity.unit == "%":
        return None
    return Reckoning("each_one", (amount, counted[0]), "", of=thing or of)


def _of_alike(text: str, numbers: list[Given]) -> Reckoning | None:
    """The numbers of one unit, by what is asked of them."""
    kind = _kind(text, numbers)
    if kind is None or len(numbers) < PAIR or len({counter_of(one.quantity.unit) for one in numbers}) != 1:
        return None
    if kind in ("sum", "mean"):
        is_named = all(one.name for one in numbers)
        named = [one if is_named else replace(one, name="") for one in numbers]
        return Reckoning(kind, tuple(named), "" if is_named else _about(text, numbers))
    if kind == "share" and not BOTH.search(text):
        return _shares(text, numbers)
    return _of_two(text, numbers, kind) if len(numbers) == PAIR else None


def _of_two(text: str, numbers: list[Given], kind: Kind) -> Reckoning | None:
    """Two numbers of two places, two times, or two things."""
    if kind == "share":
        made = _of_two(text, numbers, "ratio")
        return made and replace(made, asks_percent=True)
    ordered = _ordered(text, numbers, kind)
    if not ordered:
        return None
    if YEARLY.search(text):
        return _yearly(text, ordered) if kind == "growth" else None
    one, other = numbers
    if one.place and other.place and one.place != other.place:
        ordered = [replace(one, name=one.place.short if one.place else "") for one in ordered]
        return Reckoning(kind, tuple(ordered), "")
    years = {one.period.last.year for one in numbers if one.period}
    if len(years) < PAIR and (kind == "difference" or not ROSE_TO.search(_between(text, numbers))):
        return Reckoning(kind, tuple(ordered), "")
    return Reckoning(kind, tuple(replace(one, name="") for one in ordered), _about(text, numbers))


def _yearly(text: str, numbers: list[Given]) -> Reckoning | None:
    """The yearly growth between two numbers, the later first, each with its year."""
    years = years_grown(text, [one.period for one in numbers if one.period])
    named = tuple(replace(one, name="") for one in numbers)
    first = min(numbers, key=lambda one: one.quantity.span.start)
    return Reckoning("yearly", named, _about(text, [first]), years=years) if years > 0 else None


def _kind(text: str, numbers: list[Given]) -> Kind | None:
    """What is asked of the numbers, behind the last of them or before; None for two things at once, or a share of rates."""
    are_rates = all(one.quantity.unit == "%" for one in numbers)
    for part in (text[numbers[-1].quantity.span.end :], text):
        if "复合" in part and YEARLY.search(part):
            return "growth"
        kinds = [
            kind for kind, pattern in ASKED if pattern.search(part) and not (are_rates and kind == "share")
        ]
        if kinds[:1] == ["share"] and YEARLY.search(text):
            return "growth"
        if kinds:
            return None if kinds[0] == "share" and SUM_SHARED.search(text) else kinds[0]
    return None


def _between(text: str, numbers: list[Given]) -> str:
    return text[numbers[0].quantity.span.end : numbers[1].quantity.span.start]


def _ordered(text: str, numbers: list[Given], kind: Kind) -> list[Given]:
    """The two numbers in the order of the computation: the later first; none where no word tells which that is."""
    one, other = numbers
    between = _between(text, numbers)
    if one.period and other.period and one.period.last != other.period.last:
        return sorted(numbers, key=lambda given: given.period.last if given.period else None, reverse=True)  # type: ignore[arg-type,return-value]
    if THAN.search(between):
        return [one, other]
    if kind == "difference" or BOTH.search(text):
        return [one, other]
    if ROSE_TO.search(between):
        return [other, one]
    if kind == "ratio" and IS_OF.search(between):
        return [one, other]
    return []


def _shares(text: str, numbers: list[Given]) -> Reckoning | None:
    """Each part, then the whole: the number behind 占, that before 中, else the greatest."""
    whole = [one for one in numbers if _is_whole(text, one)]
    if len(whole) != 1:
        whole = [max(numbers, key=lambda one: one.quantity.values[0])]
    parts = [one for one in numbers if one is not whole[0]]
    return Reckoning("share", (*parts, whole[0]), "")


def _is_whole(text: str, number: Given) -> bool:
    span = number.quantity.span
    return bool(WHOLE_BEFORE.search(text[: span.start]) or WHOLE_BEHIND.match(text[span.end :]))


def _of_part(text: str, numbers: list[Given]) -> Reckoning | None:
    """259项项目中竣工的占百分之几: one number, and what the other is of a part and its whole."""
    if len(numbers) != 1 or _kind(text, numbers) != "share":
        return None
    given = numbers[0]
    end = given.quantity.span.end
    behind = re.search(
        r"占(?P<whole>(?!百分)[^，,。；;]{2,}?)[的约是为]*(?:百分之|比重|比例|几|多少|份额)", text[end:]
    )
    if behind and not _is_whole(text, given):
        return Reckoning("share", (given,), "", rest=behind["whole"], is_whole=True)
    within = WHOLE_BEHIND.match(text[end:])
    if within is None or "占" not in text[end:]:
        return None
    rest = (
        text[end + within.end() :] if "占" not in within[0] else re.split("[中里]", text[end:], maxsplit=1)[1]
    )
    rest = JOINS.sub("", rest.split("占")[0].strip("，, "))
    return Reckoning("share", (given,), "", rest=rest) if len(rest) > 1 else None
