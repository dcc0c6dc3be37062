"""What a computation works on: the operands that a question names, each as a plain question of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from policy_qa.computing.groups import NO_GROUP, Group
from policy_qa.computing.indicators import RANKED
from policy_qa.computing.sides import OF_GROUP, Side, Words, bare, plain_question, split_items, with_end_of
from policy_qa.language.places import PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.periods import PeriodMention

Kind = Literal[
    "difference",
    "growth",
    "yearly",
    "ratio",
    "share",
    "sum",
    "mean",
    "larger",
    "ranking",
    "position",
    "left",
    "each",
    "whole",
    "before",
    "back",
    "each_one",
    "product",
    "quotient",
    "ends",
    "beyond",
    "all_hold",
    "behind",
    "share_of_sum",
    "each_time",
    "rest",
]
Axis = Literal["place", "period", "label"]

EVERY_YEAR = "各年"
MORE, LESS = "高多大快强长增升", "低少小慢弱短减降"
MEAN_BOUND = "平均"
"""The mean of the values that are compared."""
PLACES = frozenset({"位", "名", "位次", "名次", "排名"})
"""Places are lost and won in a ranking."""
SIDES_JOINED = re.compile(r"[和与跟同及、加减]|以及")
GROWN = re.compile(r"(?<=..)(?:同比)?增长$")
POINTED = re.compile(r"^(?:这|该|上述|其)(?:[批些个类])?(?:项目|企业|工程)?的?")
THINGS = re.compile(r".+(?:项目|工程)(?=..)")
OWNED = re.compile(
    r"(?:已经?|累计|实际|计划|年度|全年|全部)*(?:完成|到位|投入)(?:的?(?:投资|资金))?[额数量]?|(?:计划|年度|累计|总)*投资总?额?"
)
"""What is called by no more than this is of what the other side names."""
AIM = re.compile(r"(?:的|年度|预期|规划|计划|任务)*(?:目标|计划|预期|任务)(?:值|数)?")
DONE = re.compile(r"(?:的|全年|年度|最终|已经?)*(?:实际|完成|实现|达[到成]?|到位)+(?:了|的|情况|水平)*")
"""What was reached, of the thing that the other side's aim is for."""
BARE_MEASURE = re.compile("[数量额值]|数[量值字]|人数|总[量额]|面积|规模|产量|增[速幅长]|增长率")


@dataclass(frozen=True, slots=True)
class Operand:
    """One of the things computed with: what the answer calls it, and the plain question for its figure."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A computation that a question asks for.

    `about` is what the operands share, `joint` the one question for all of them. Without operands `series` asks for all figures along `axis`, places or years.
    `stated_first`: sources commonly state the result themselves. `falls`: the greatest fall is asked for. `from_to`: of the change between two times.
    Of a `group` of places `indicator` is what is compared, `among` the places named, `within` the place they lie in.
    `count` is how many from the end are asked for; `bound` what those asked for are beyond: a figure, MEAN_BOUND, or the value of `of_place`;
    with `upper` they lie between the two figures. `apart` are places that are left out.
    `further` is a comparison of the same places by another indicator that the question asks for as well.
    `second` asks for all figures of `second_indicator`, those of the first are set beside: of an earlier time, or another indicator.
    """

    kind: Kind
    about: str
    operands: tuple[Operand, ...] = ()
    joint: str = ""
    series: str = ""
    axis: Axis = "place"
    is_high: bool = True
    nth: int = 1
    of_place: str = ""
    years: int = 0
    word: str = ""
    asks_percent: bool = False
    stated_first: bool = False
    falls: bool = False
    from_to: bool = False
    indicator: str = ""
    group: Group = NO_GROUP
    among: tuple[str, ...] = ()
    within: str = ""
    count: int = 1
    bound: str = ""
    is_inclusive: bool = False
    upper: str = ""
    apart: tuple[str, ...] = ()
    second: str = ""
    second_indicator: str = ""
    further: Operation | None = None


def pair(
    first: Side, second: Side, *, tail: str = "", unit: str = "", are_alike: bool = True
) -> tuple[str, tuple[Operand, ...]] | None:
    """What two sides share, and the two as operands; None where they are not told apart.

    Sides that are alike (not a part and its whole) share how they are measured, where but one says it.
    """
    second = _of_same_owner(first, second)
    if AIM.fullmatch(second.rest) and first.rest and not AIM.search(first.rest):
        second, are_alike = replace(second, rest=f"{first.rest}目标"), False
    is_beside_aim = _is_of_aim(first.rest, second.rest)
    if is_beside_aim or (AIM.search(first.rest) and DONE.match(second.rest)):
        second, are_alike = replace(second, rest=_done_of(first.rest, second.rest)), False
    are_alike = are_alike and not _is_of_aim(second.rest, first.rest)
    rests = [first.rest, "" if OF_GROUP.fullmatch(second.rest) else second.rest]
    shared = rests[0] or bare(tail) or rests[1]
    rests = [rest or shared for rest in rests]
    if are_alike:
        rests = [with_end_of(rests[1], rests[0]), with_end_of(rests[0], rests[1])]
    periods = _filled([side.periods[-1:] for side in (first, second)])
    if second.periods and not (first.periods or second.places or second.rest):
        periods[0] = ""
    places = _filled([side.places[-1:] for side in (first, second)])
    return operands_of(periods, places, rests, unit)


def names_only_way(rest: str) -> bool:
    """Whether words name only whether something is aimed at or reached, not what: 目标, 实际完成额."""
    done = DONE.match(rest)
    return AIM.fullmatch(rest) is not None or bool(
        done and (done.end() == len(rest) or BARE_MEASURE.fullmatch(rest, done.end()))
    )


def _is_of_aim(aim: str, other: str) -> bool:
    """Whether the other side names what is aimed at without saying that it is: 2025年原煤产量目标 beside 2024年的产量."""
    thing = AIM.sub("", aim)
    return bool(other) and thing != aim and thing.rstrip("的").endswith(other)


def _done_of(aim: str, done: str) -> str:
    """What was reached of that which is aimed at: 粮食产量目标 beside 实际产量, 新增就业目标 beside 实际完成的."""
    thing, own = AIM.sub("", aim).rstrip("的"), DONE.sub("", done, count=1)
    return thing if not own or BARE_MEASURE.fullmatch(own) or thing.endswith(own) else own


def _of_same_owner(first: Side, second: Side) -> Side:
    """The second side, named in full where it names only how much of what the first is of: 甲项目的总投资 and 完成投资, 这批项目计划投资."""
    owner, link, own = first.rest.rpartition("的")
    things = THINGS.match(first.rest)
    if not owner and things:
        owner, own = things[0], first.rest[things.end() :]
    named = POINTED.sub("", second.rest)
    if not owner or not own or second.places or not OWNED.fullmatch(named):
        return second
    return replace(second, rest=f"{owner}{link}{named}")


def _filled(slots: Sequence[tuple[PeriodMention, ...]] | Sequence[tuple[PlaceMention, ...]]) -> list[str]:
    """The names of a slot on both sides; a side that leaves it out takes the other's."""
    names = [name_of(slot[0]) if slot else "" for slot in slots]
    known = next((name for name in names if name), "")
    return [name or known for name in names]


def name_of(mention: PeriodMention | PlaceMention) -> str:
    """What a plain question calls a place or period."""
    if isinstance(mention, PlaceMention):
        return mention.places[0].short
    return "" if mention.period is None else mention.period.label()


def operands_of(
    periods: Sequence[str], places: Sequence[str], rests: Sequence[str], unit: str
) -> tuple[str, tuple[Operand, ...]] | None:
    """What is shared, and the operands, each called by what tells it apart; None where two are the same or nameless."""
    if unit in PLACES:
        rests = [rest if RANKED.search(rest) else f"{rest}排名" for rest in rests]
    rests = [GROWN.sub("增速", rest) for rest in rests]
    slots = list(zip(periods, places, rests, strict=True))
    if not all(rests) or len(set(slots)) < len(slots) or len(slots) < 2:
        return None
    varies = [len(set(column)) > 1 for column in (periods, places, rests)]
    shared = [
        column[0] for column, various in zip((periods, places, rests), varies, strict=True) if not various
    ]
    operands = tuple(
        Operand(
            "".join(part for part, various in zip(slot, varies, strict=True) if various),
            plain_question(*slot, unit if not varies[2] else ""),
        )
        for slot in slots
    )
    return _joined(shared), operands


def _joined(parts: Sequence[str]) -> str:
    return "".join(part for part in parts if part)


def several(
    words: Words, stretch: str, *, tail: str = "", unit: str = ""
) -> tuple[str, tuple[Operand, ...]] | None:
    """The operands that a stretch at the start of the text joins: places, else periods, else indicators."""
    side = words.side(0, len(stretch))
    rest = side.rest or bare(tail)
    period = name_of(side.periods[-1]) if side.periods else ""
    place = name_of(side.places[-1]) if side.places else ""
    places, periods = words.series_of_places(), words.series_of_periods()
    if places and rest:
        named = [name_of(one) for one in places]
        return operands_of([period] * len(named), named, [rest] * len(named), unit)
    for named_on_both in (side.places, side.periods):
        cut = _joint_between(words.text, named_on_both)
        if cut and rest and not (places or periods):
            first, second = words.side(0, cut), words.side(cut, len(stretch))
            return pair(first, second, tail=tail, unit=unit)
    if periods and rest:
        named = [name_of(one) for one in periods]
        return operands_of(named, [place] * len(named), [rest] * len(named), unit)
    items = split_items(rest)
    if items:
        return operands_of([period] * len(items), [place] * len(items), items, "")
    return None


def _joint_between(text: str, named: Sequence[PeriodMention] | Sequence[PlaceMention]) -> int:
    """Where a joiner stands between two periods or places, each of its own side; 0 where none does."""
    if len(named) != 2:
        return 0
    found = [match.start() for match in SIDES_JOINED.finditer(text, named[0].span.end, named[1].span.end)]
    return found[-1] if found else 0


def is_low(how: str) -> bool:
    """Whether a word of comparison is one of less."""
    return how[0] in LESS or how in {"靠后", "后面", "后头", "差", "弱", "轻", "便宜", "落后", "落后于"}


def joint_question(operands: Sequence[Operand]) -> str:
    """One question for all operands that only places, years or indicators tell apart.

    >>> joint_question([Operand("甲", "2020年甲的床位是多少？"), Operand("乙", "2020年乙的床位是多少？")])
    '2020年甲、乙的床位分别是多少？'
    """
    first = operands[0]
    if not all(operand.name and operand.name in operand.question for operand in operands):
        return ""
    names = "、".join(operand.name for operand in operands)
    return re.sub(r"(?:是)?多少(?=[^？]{0,3}？$)", "分别是多少", first.question.replace(first.name, names, 1))
