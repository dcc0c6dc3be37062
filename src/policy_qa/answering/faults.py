"""Whether a claimed figure is the one that its sources tell: the same thing, of the same time and place, and as sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from policy_qa.answering.told import stands_in
from policy_qa.language.periods import Period, periods_agree
from policy_qa.language.places import Place
from policy_qa.language.quantity_values import same_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.answering.told import Told

FaultKind = Literal["quantity", "period", "place", "kind", "quote"]
INHERITED_SHARE = 0.9
"""What words in common count where one figure has them of its own and the other takes them over."""
LEAST_TOLD = 0.5
"""So much of the source's own words for a figure must stand in the claim."""
_TURNS_BEFORE = frozenset({"rise", "fall", "above", "below"})
LEVEL_REACHED = re.compile(r"[到至]")
"""How it got there may be left out: 减少到780个 tells that they are 780."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What of a claim its sources do not say: a figure, its period, place or kind (目标, 规上), or words that are no quote."""

    kind: FaultKind
    text: str


def faults_of_names(named: Iterable[Period | Place], told: Iterable[Period | Place]) -> Iterator[Fault]:
    """A fault for each period and place named that is none of those told; 2020年 agrees with 2020年末."""
    known = set(told)
    periods = [one for one in known if isinstance(one, Period)]
    for one in named:
        if one in known:
            continue
        if isinstance(one, Period):
            if not any(periods_agree(one, other) for other in periods):
                yield Fault("period", one.label())
        else:
            yield Fault("place", one.name)


def faults_of_figure(claimed: Told, told: Sequence[Told]) -> tuple[Fault, ...]:
    """The faults of a claimed figure against the figure of the sources that it comes nearest to."""
    candidates = [
        one for one in told if same_value(claimed.quantity, one.quantity) and _same_sign(claimed, one)
    ]
    if not candidates:
        return (Fault("quantity", claimed.quantity.text),)
    compared = [_faults_against(claimed, one) or _rival_faults(claimed, one, told) for one in candidates]
    return min(compared, key=len)


def _same_sign(claimed: Told, told: Told) -> bool:
    """Whether both say how far down in the same way: 下降-5% is no fall of 5%."""
    doubled = [one.quantity.values[0] < 0 and bool(one.turns & {"fall", "below"}) for one in (claimed, told)]
    return doubled[0] == doubled[1]


def _faults_against(claimed: Told, told: Told) -> tuple[Fault, ...]:
    """What the source tells of its figure otherwise than the claim does of the same value."""
    text = claimed.quantity.text
    faults = []
    if claimed.period is not None and (told.period is None or not periods_agree(claimed.period, told.period)):
        faults.append(Fault("period", f"{claimed.period.label()} {text}"))
    if claimed.places and not set(claimed.places) & set(told.places):
        faults.append(Fault("place", f"{claimed.places[0].name} {text}"))
    bound: set[Period | Place] = {*told.places, *([told.period] if told.period else [])}
    beside = [one for one in claimed.named if one not in {claimed.period, *claimed.places}]
    faults += faults_of_names(beside, {*told.named, *bound})
    faults += _faults_of_repeats(claimed.named, told.named)
    if not _bases_told(claimed, told):
        faults.append(Fault("period", f"{text}的比较对象"))
    if _kind(claimed) != _kind(told) or (claimed.is_actual and not told.is_actual):
        faults.append(Fault("kind", text))
    if not _turns_fit(claimed, told) or claimed.negations != told.negations:
        faults.append(Fault("quantity", text))
    if not _words_fit(claimed, told):
        faults.append(Fault("quantity", text))
    return tuple(dict.fromkeys(faults))


def _kind(told: Told) -> tuple[bool, bool, str | None, frozenset[str]]:
    return told.is_target, told.aims, told.scope, told.limits


def _bases_told(claimed: Told, told: Told) -> bool:
    """Whether the claim compares with what the source compares with; that a change is one on the year before may be left out."""
    left_out = told.bases - set(claimed.named)
    year_before = (
        told.period.shifted(-1) if told.period is not None and not told.period.is_open and left_out else None
    )
    return claimed.bases <= set(told.named) and left_out <= {year_before}


def _turns_fit(claimed: Told, told: Told) -> bool:
    """Whether the words of rise, fall and comparison are the same; 低于 before another place's own figure may be left out."""
    needed = told.turns & (_TURNS_BEFORE if told.quantity.direction else {"rise", "fall"})
    if not told.quantity.direction and LEVEL_REACHED.search(told.before):
        needed = frozenset()
    return claimed.turns <= told.turns and needed <= claimed.turns


def _faults_of_repeats(claimed: Sequence[Period | Place], told: Sequence[Period | Place]) -> Iterator[Fault]:
    """A fault for each place named more often than in the source: 甲、甲各有5家 for 甲、乙."""
    for place in {one for one in claimed if isinstance(one, Place)}:
        if claimed.count(place) > max(told.count(place), 1):
            yield Fault("place", place.name)


def _words_fit(claimed: Told, told: Told) -> bool:
    """Whether the claim's words for the figure stand beside it in the source, and the source's own in the claim."""
    if not all(stands_in(part, told.around) for part in claimed.parts):
        return False
    if told.is_share and not told.is_inherited and not claimed.is_share:
        return False
    if not told.words:
        return True
    said = sum(word in claimed.around for word in told.words) / len(told.words)
    return said >= LEAST_TOLD


def _rival_faults(claimed: Told, told: Told, others: Sequence[Told]) -> tuple[Fault, ...]:
    """A fault where another figure of the sources fits the claim's words as well: which of them is meant is open."""
    fit = _likeness(claimed, told)
    for other in others:
        if other is told or same_value(told.quantity, other.quantity):
            continue
        if _has_label_of(claimed, other) and not _has_label_of(claimed, told):
            return (Fault("quantity", claimed.quantity.text),)
        if not _is_comparable(claimed, other):
            continue
        if _likeness(claimed, other) < fit or _is_elsewhere_in_series(claimed, told, other):
            continue
        if not _faults_against(replace(claimed, quantity=other.quantity), other):
            return (Fault("quantity", claimed.quantity.text),)
    return ()


def _has_label_of(claimed: Told, other: Told) -> bool:
    """Whether the very words beside the claim's figure are those of the other: 列第75位 for 列第65位."""
    if claimed.before:
        return claimed.before == other.before
    return not other.before and bool(claimed.behind) and claimed.behind == other.behind


def _is_comparable(claimed: Told, other: Told) -> bool:
    one, two = claimed.quantity, other.quantity
    return (one.form, one.unit, one.direction) == (two.form, two.unit, two.direction)


def _is_elsewhere_in_series(claimed: Told, told: Told, other: Told) -> bool:
    """Whether the claim's figure stands at the same place of a row of figures as the one told, and not the other's."""
    place = claimed.place_in_series
    return place[1] > 1 and place == told.place_in_series != other.place_in_series


def _likeness(one: Told, other: Told) -> float:
    """The share of words that two figures have in common (Dice), 1 where neither has any; less if only one has its own."""
    both = len(one.words) + len(other.words)
    share = 2 * len(one.words & other.words) / both if both else 1.0
    return share if one.is_inherited == other.is_inherited else share * INHERITED_SHARE
