"""The values that a question's frame is over: of the name that it says the most of, along places, times or names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from policy_qa.computing.arithmetic import in_one_unit
from policy_qa.computing.frames import BASE_SAID
from policy_qa.computing.said import is_of_time, place_of, said_figures
from policy_qa.computing.values import value_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.frames import Frame
    from policy_qa.computing.said import NameKind, Said
    from policy_qa.computing.values import Sources, Value
    from policy_qa.understanding import Query

PAIR = 2


@dataclass(frozen=True, slots=True)
class Named:
    """What a frame is over: the name that all values share, empty where their names tell them apart, and the values."""

    name: str
    values: tuple[Value, ...] = ()


def values_of_frame(frame: Frame, query: Query, sources: Sources) -> Named:
    """The values that a frame is over, called by what tells them apart; none where they are not told for certain.

    Of names told along all that is asked that of which the question says the most; of two that it says as much of none,
    unless they have the same values.
    """
    tables = sources.tables(query.text)
    evidence = sources.look_up(query.question.text).evidence
    ids = [*(keys.document.id for keys in tables), *(one.document.id for one in evidence)]
    said = said_figures(query, sources.figures(list(dict.fromkeys(ids))), text=frame.left)
    telling = _Telling(sources)
    if frame.is_over_names:
        return Named("", _in_order(telling.of_names(said, frame), frame))
    by_name: dict[tuple[str, NameKind], list[Said]] = defaultdict(list)
    for one in _of_kind(said, frame.kind):
        by_name[one.name, one.kind].append(one)
    told = {name: (own[0].length, telling.along(own, frame)) for name, own in by_name.items()}
    sizes = {name: (length, len(values)) for name, (length, values) in told.items() if values}
    most = max(sizes.values(), default=None)
    best = [name for name, size in sizes.items() if size == most]
    if len({tuple(value.amount for value in told[name][1]) for name in best}) != 1:
        return Named("")
    return Named(best[0][0], _in_order(told[best[0]][1], frame))


def _of_kind(said: Sequence[Said], kind: NameKind) -> list[Said]:
    """Those of the kind asked for; where none is a level, those of the one other kind there is."""
    own = [one for one in said if one.kind == kind]
    if own or kind != "level":
        return own
    others = [one for one in said if one.kind not in ("rank", "score")]
    return others if len({one.kind for one in others}) == 1 else []


def _in_order(values: Sequence[Value], frame: Frame) -> tuple[Value, ...]:
    """The values in the order in which they are divided: the later by the earlier, a part by its whole, else as they are named.

    None where the question may name what is divided by first.
    """
    if frame.operation.kind not in ("ratio", "share") or len(values) != PAIR:
        return tuple(values)
    one, other = values
    if one.place == other.place and one.period and other.period and one.period != other.period:
        ordered = sorted(values, key=lambda value: value.period.last if value.period else date.min)
        return tuple(reversed(ordered))
    if frame.operation.kind == "ratio":
        return () if BASE_SAID.search(frame.text) else (one, other)
    alike = in_one_unit([one.amount, other.amount])
    if alike is None:
        return ()
    return (one, other) if alike[0].number <= alike[1].number else (other, one)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What tells the values."""

    sources: Sources

    def along(self, said: Sequence[Said], frame: Frame) -> list[Value]:
        """The value of one name for every place, or every time, that the frame is over; none where one lacks."""
        if len(frame.periods) == PAIR and len(frame.places) < PAIR:
            place = frame.places[0] if frame.places else ""
            found = [self._one(said, place, period, period) for period in frame.periods]
        else:
            period = frame.periods[-1] if frame.periods else ""
            places = _places_of(said) if len(frame.places) < PAIR else frame.places
            if len(frame.places) < PAIR and frame.group.count not in (None, len(places)):
                return []
            wanted = [place for place in places if place not in frame.operation.apart]
            found = [self._one(said, place, period, place) for place in wanted]
        values = [value for value in found if value is not None]
        return values if len(values) == len(found) >= PAIR else []

    def of_names(self, said: Sequence[Said], frame: Frame) -> list[Value]:
        """The values of the two names of one place and time that the question says, in its order; none for more or fewer."""
        place = frame.places[0] if frame.places else ""
        period = frame.periods[-1] if frame.periods else ""
        by_name: dict[str, list[Said]] = defaultdict(list)
        for one in said:
            by_name[one.name].append(one)
        found: list[Value] = []
        end = 0
        for own in sorted(by_name.values(), key=lambda told: (told[0].start, -told[0].length)):
            value = self._one(own, place, period, own[0].name) if own[0].start >= end else None
            if value is not None:
                found.append(value)
                end = own[0].start + own[0].length
        return found if len(found) == PAIR else []

    def _one(self, said: Sequence[Said], place: str, period: str, name: str) -> Value | None:
        """The value of a place and time, the newest where none is named; None where there is none, or several that differ."""
        told = [one for one in said if is_of_time(one.figure, period) and place in ("", _place_name(one))]
        if not period:
            newest = max((one.figure.when.last for one in told if one.figure.when), default=None)
            told = [
                one for one in told if newest is None or (one.figure.when and one.figure.when.last == newest)
            ]
        values = [value for one in told if (value := value_told(one.figure, name, self.sources))]
        amounts = {(value.amount.number * value.amount.scale, value.amount.base) for value in values}
        return values[0] if len(amounts) == 1 else None


def _place_name(said: Said) -> str:
    place = place_of(said.figure)
    return place.short if place else ""


def _places_of(said: Sequence[Said]) -> list[str]:
    """The places of the table that tells most of them, the country left out."""
    by_table: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for one in said:
        place, cell = place_of(one.figure), one.figure.cell
        if cell is not None and place is not None and place.level != "country":
            by_table[one.figure.document_id, cell.table_start][place.short] = None
    return list(max(by_table.values(), key=lambda names: len(names), default=()))
