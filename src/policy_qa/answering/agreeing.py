"""Whether several places agree in what they tell, or tell of several times: claims of their own, checked against what they cite."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.faults import Fault
from policy_qa.figures.arithmetic.rounding import written_digits
from policy_qa.figures.compare import bound_covers, values_agree
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import Period, agreement
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policy_qa.answering.told import Told
    from policy_qa.language.quantity_values import Quantity

SIGNS = {"=": messages.TOLD_ALIKE, "≈": messages.TOLD_ROUNDED, "≠": messages.TOLD_APART}
OPENINGS = re.compile(rf"(?:{'|'.join(messages.TOLD_WHERE.values())})所写的")
LINE = re.compile(r"([^；：]+)：([^；]+)")
FEWEST = 2
OPENING = messages.TOLD_AT_TIMES.partition("{")[0]
UNCHANGED = re.compile(
    r"(?:没有?|未|并?不|无)(?:明显|显著|大幅|怎么|见|有)?(?:提|上|增|下|减|变|改)|持平|不变"
)
FALLS = re.compile(r"[降减跌]|回落|收窄|缩小|放缓")
SAYING = re.compile(r"各处的说法(?:一致，都说|(?P<not>不)一致，有的说)(?P<values>(?:“[^”]+”、?)+)。")
WORDS = re.compile(r"“([^”]+)”")


def agreement_claim(values: Sequence[tuple[str, Sequence[int]]], *, where: str = "several") -> Claim | None:
    """The claim that values, each with what it cites, agree, but for rounding, or do not; None where that is not plain.

    >>> claim = agreement_claim([("41%", [1]), ("40.93%", [2])])
    >>> claim and claim.text, claim and claim.working
    ('各处所写的数值四舍五入后一致：41%、40.93%。', '41% ≈ 40.93%')
    >>> agreement_claim([("599家", [1]), ("600家", [2])]).working, agreement_claim([("599家", [1])])
    ('599家 ≠ 600家', None)
    """
    shown = [text for text, _ in values]
    different = [
        text for at, text in enumerate(shown) if not any(_sign(text, one) == "=" for one in shown[:at])
    ]
    lines = [(one, _sign(one, other), other) for one, other in combinations(different, 2)]
    if len(different) == 1:
        lines = [(one, "=", other) for one, other in pairwise(shown)]
    signs = [sign for _, sign, _ in lines]
    if not lines or None in signs:
        return None
    sign = next(one for one in "≠≈=" if one in signs)
    message = SIGNS[sign].format(
        where=messages.TOLD_WHERE[where],
        value=max(shown, key=len),
        values=messages.LIST_SEPARATOR.join(different),
    )
    working = "；".join(f"{one} {how} {other}" for one, how, other in lines)
    numbers = tuple(dict.fromkeys(number for _, cited in values for number in cited))
    return Claim(message, numbers, "computed", working)


def is_agreement(text: str) -> bool:
    """Whether a claim says that what several places tell agrees or does not."""
    return OPENINGS.match(text) is not None


def faults_of_agreement(text: str, working: str | None, places: Sequence[Sequence[Told]]) -> Iterator[Fault]:
    """What of such a claim does not hold: a value that no cited place tells, of one thing, or a sign that is not theirs.

    `places` are the figures told at each place that is cited. That two places tell the same needs two.
    """
    lines = [re.fullmatch(r"(\S+) ([=≈≠]) (\S+)", line) for line in (working or "").split("；")]
    found = [(line[1], line[2], line[3]) for line in lines if line is not None]
    if not found or len(found) != len(lines):
        yield Fault("quantity", working or text)
        return
    worst = next(one for one in "≠≈=" if any(sign == one for _, sign, _ in found))
    values = dict.fromkeys(one for line in found for one in (line[0], line[2]))
    template = SIGNS[worst].split("{where}")[1].split("{value")[0]
    if template not in text or (worst != "=" and not all(value in text for value in values)):
        yield Fault("kind", text)
    alike = _may_be_of_one if text.startswith(messages.TOLD_WHERE["text_and_table"]) else _are_of_one
    for one, sign, other in found:
        if _sign(one, other) != sign:
            yield Fault("quantity", f"{one} {sign} {other}")
        elif not _are_told(one, other, places, alike):
            yield Fault("quote", f"{one} {sign} {other}")


def _are_told(
    one: str, other: str, places: Sequence[Sequence[Told]], alike: Callable[[Told, Told], bool]
) -> bool:
    """Whether two values stand at the places cited, at two of them where they are the same, of no other time or place."""
    is_same = _sign(one, other) == "="
    return any(
        alike(mine, its)
        for at, first in enumerate(places)
        for by, second in enumerate(places)
        if at != by or not is_same
        for mine in first
        if _is(mine.quantity, one)
        for its in second
        if _is(its.quantity, other)
    )


def _are_of_one(one: Told, other: Told) -> bool:
    if one.period and other.period and agreement(one.period, other.period) == 0:
        covers = (bound_covers(a.quantity, a.period, b.period) for a, b in ((one, other), (other, one)))
        return agreement(other.period, one.period) != 0 or any(covers)
    return not (one.places and other.places) or bool(set(one.places) & set(other.places))


def _may_be_of_one(one: Told, other: Told) -> bool:
    """Whether a text and its table may tell of one thing: what only one of them says of the time itself tells them not apart."""
    is_said = all(any(isinstance(named, Period) for named in told.named) for told in (one, other))
    return _are_of_one(one, other if is_said else replace(other, period=None))


def _is(quantity: Quantity, text: str) -> bool:
    """Whether a quantity is the one that a text writes."""
    written = _quantity(text)
    return written is not None and relation_of(quantity, written) == "="


def _sign(one: str, other: str) -> str | None:
    mine, its = _quantity(one), _quantity(other)
    return None if mine is None or its is None else relation_of(mine, its)


def _quantity(text: str) -> Quantity | None:
    found = read_quantities("".join(text.split()))
    return found[0] if len(found) == 1 and len(found[0].values) == 1 else None


def relation_of(one: Quantity, other: Quantity) -> str | None:
    """How two values stand to each other: "=", "≈" but for rounding, "≠"; None for what is not compared so.

    A value whose unit stands elsewhere is compared by its digits.
    """
    mine, its = replace(one, direction=0), replace(other, direction=0)
    if mine.unit != its.unit:
        digits = [written_digits(quantity.text) for quantity in (mine, its)]
        if "" not in (mine.unit, its.unit) or None in digits:
            return None
        mine, its = (
            replace(quantity, values=(value,))
            for quantity, value in zip((mine, its), digits, strict=True)
            if value is not None
        )
    if [abs(value) for value in mine.values] == [
        abs(value) for value in its.values
    ] and mine.bound == its.bound:
        return "="
    if len(mine.values) != 1 or len(its.values) != 1:
        return None
    if not values_agree(mine, its):
        return "≠"
    return "≈" if mine.bound == its.bound == "exact" else None


def moments_claim(values: Sequence[tuple[str, Period | None, Sequence[int]]]) -> Claim | None:
    """The claim that values, each with its time and what it cites, are of different times; None where two may be of one."""
    told = {(text, period.label()): period for text, period, _ in values if period}
    if len(told) < max(FEWEST, len({text for text, _, _ in values})) or not _are_apart(list(told.values())):
        return None
    working = "；".join(f"{text}：{label}" for text, label in told)
    numbers = dict.fromkeys(number for _, _, cited in values for number in cited)
    return Claim(_said(working), tuple(numbers), "computed", working)


def is_of_moments(text: str) -> bool:
    """Whether a claim says that values are of different times."""
    return text.startswith(OPENING)


def faults_of_moments(text: str, working: str, places: Sequence[Sequence[Told]]) -> Iterator[Fault]:
    """What of such a claim does not hold: a value not told at its time, or times that may be one."""
    lines = LINE.findall(working)
    told = [figure for place in places for figure in place]
    periods: list[Period] = []
    for value, label in lines:
        own = [one.period for one in told if one.quantity.text == value and one.period]
        periods += [one for one in own if one.label() == label][:1]
    if len(lines) < FEWEST or len(periods) < len(lines) or not _are_apart(periods):
        yield Fault("period", working)
    if text != _said(working):
        yield Fault("kind", text)


def _are_apart(periods: Sequence[Period]) -> bool:
    """Whether each of the times is of one year, and no two may be one; a stretch of years says not when in it."""
    return all(one.first.year == one.last.year for one in periods) and not any(
        agreement(one, other) or agreement(other, one) for one, other in combinations(periods, 2)
    )


def _said(working: str) -> str:
    values = [messages.TOLD_AT.format(value=value, period=label) for value, label in LINE.findall(working)]
    return messages.TOLD_AT_TIMES.format(values="，".join(values))


def trend_of(text: str) -> str:
    """Which way a text says that something went: "same", "up" or "down"."""
    if UNCHANGED.search(text):
        return "same"
    return "down" if FALLS.search(text) else "up"


def saying_claim(said: Mapping[str, Sequence[int]]) -> Claim:
    """The claim that what is said of a movement is the same at all places, or is not."""
    words = list(said)
    is_same = len({trend_of(one) for one in words}) == 1
    shown = messages.LIST_SEPARATOR.join(messages.QUOTED_WORDS.format(words=one) for one in words)
    message = (messages.SAID_ALIKE if is_same else messages.SAID_APART).format(values=shown)
    numbers = dict.fromkeys(number for cited in said.values() for number in cited)
    return Claim(message, tuple(numbers), "computed", messages.LIST_SEPARATOR.join(words))


def is_saying(text: str) -> bool:
    """Whether a claim says that what is said at several places is the same or not."""
    return SAYING.fullmatch(text) is not None


def faults_of_saying(text: str, cited: Sequence[str]) -> Iterator[Fault]:
    """What of such a claim does not hold: words that a place cited does not say, or that say otherwise than it says of them."""
    match = SAYING.fullmatch(text)
    words = WORDS.findall(match["values"]) if match else []
    if match is None or not words or len(cited) < 2:
        yield Fault("quote", text)
        return
    plain = [search_key("".join(one.split())) for one in cited]
    if not all(any(word in one for word in words) for one in plain):
        yield Fault("quote", text)
    yield from (Fault("quote", word) for word in words if not any(word in one for one in plain))
    if (len({trend_of(word) for word in words}) == 1) != (match["not"] is None):
        yield Fault("kind", text)
