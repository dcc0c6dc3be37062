"""What the quantities of a text are worth: exact values in normalised units, with bound and direction.

Left out are dates, times of day, the numbers of tables, headings and documents, and names like 第三产业.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache

from policy_qa.language.normalize import unify_radicals
from policy_qa.language.numerals import with_simplified_numerals
from policy_qa.language.quantities import find_members, is_date
from policy_qa.language.quantity_readings import (
    Form,
    Reading,
    is_calendar,
    is_label,
    read_written,
    with_unit_of,
)
from policy_qa.language.quantity_words import (
    Bound,
    bound_around,
    currency_before,
    direction_before,
    is_link,
    is_top_of_ranks,
    unit_scale,
)
from policy_qa.types import Span

_EXACT = Context(prec=200)  # find_quantities takes numbers of 40 digits, more with separators
_NUMERAL = "[零〇一二三四五六七八九十百千万亿两]"
_INNER_RANGE = re.compile(f"(?<={_NUMERAL})[至到—-](?={_NUMERAL})")
_ORIGIN = frozenset("由从自")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text and what it is worth.

    `span` is what `find_quantities` finds (an end of it for 由5%提高到8%): words like 约 or 下降 are outside.
    `values` holds one value; the ends of a range, as they stand; the members of a ratio; numerator and denominator of
    a fraction; the place of a rank. `unit` is the base unit (multipliers are in the values), "" for a bare number,
    位 for a rank. `direction` is 1 for what has risen by this much, -1 for what has fallen or is negative, 0 for a
    level.
    """

    span: Span
    form: Form
    values: tuple[Decimal, ...]
    unit: str
    text: str
    bound: Bound = "exact"
    direction: int = 0


@dataclass(frozen=True, slots=True)
class _Draft:
    """A quantity before its surroundings are read: one reading, or the two ends of a range."""

    span: Span
    readings: tuple[Reading, ...]


TEXTS_KEPT = 8192
"""The same sentences, labels and questions are read again for every question."""


def read_quantities(text: str) -> list[Quantity]:
    """The quantities of `text` in its order, each with its exact value.

    Members of a series share its unit and direction (分别下降11.9%和4.4%; 3、5、8亿元).

    >>> [(q.text, int(q.values[0]), q.unit, q.bound, q.direction) for q in read_quantities("投资约3亿元，下降2%")]
    [('3亿元', 300000000, '元', 'about', 0), ('2%', 2, '%', 'exact', -1)]
    """
    return list(_quantities_of(text))


@lru_cache(TEXTS_KEPT)
def _quantities_of(text: str) -> tuple[Quantity, ...]:
    plain = with_simplified_numerals(unify_radicals(text))
    with localcontext(_EXACT):
        return tuple(_with_surroundings(text, plain, _shared(plain, _drafts(plain))))


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities say the same: form, value and unit, bound and direction.

    A fall by 3.2% and -3.2% are the same, 1:9 and 10:90 too.

    >>> same_value(*read_quantities("3177.4亿元，31774000万元"))
    True
    """
    if (one.form, one.unit, one.bound, one.direction) != (
        other.form,
        other.unit,
        other.bound,
        other.direction,
    ):
        return False
    if len(one.values) != len(other.values):
        return False
    pairs = list(zip(one.values, other.values, strict=True))
    with localcontext(_EXACT):
        if one.form in {"ratio", "fraction"}:
            return all(mine * other.values[0] == its * one.values[0] for mine, its in pairs)
        if one.direction < 0:
            return all(abs(mine) == abs(its) for mine, its in pairs)
        return all(mine == its for mine, its in pairs)


def _drafts(text: str) -> list[_Draft]:
    """The quantities with what they say, labels and dates left out; from-to is two quantities."""
    drafts = []
    for members in find_members(text):
        if len(members) > 2 or is_date(text[members[0].start : members[-1].end]):
            continue
        members = _ends(text, members)
        readings = [reading for member in members if (reading := read_written(member.of(text)))]
        if len(readings) != len(members):
            continue
        whole = Span(members[0].start, members[-1].end)
        if len(members) == 2 and _is_from_to(text, whole, *readings):
            parts = [_Draft(member, (reading,)) for member, reading in zip(members, readings, strict=True)]
        else:
            parts = [_Draft(whole, tuple(readings))]
        drafts += [part for part in parts if not is_label(text, part.span, part.readings[-1])]
    return drafts


def _ends(text: str, members: tuple[Span, ...]) -> tuple[Span, ...]:
    """`members`, but the ends of a range of Chinese numerals that stands as one (三至五年)."""
    if len(members) == 1 and (mark := _INNER_RANGE.search(text, members[0].start, members[0].end)):
        return Span(members[0].start, mark.start()), Span(mark.end(), members[0].end)
    return members


def _is_from_to(text: str, span: Span, low: Reading, high: Reading) -> bool:
    """Whether the two ends are where something came from and got to, or have nothing in common."""
    if is_calendar(low) or is_calendar(high) or low.form != "number" or high.form != "number":
        return low.form != "number" or high.form != "number"
    if text[max(0, span.start - 1) : span.start] in _ORIGIN:
        return True
    return bool(low.unit and high.unit and unit_scale(low.unit)[0] != unit_scale(high.unit)[0])


def _shared(text: str, drafts: list[_Draft]) -> list[_Draft]:
    """`drafts` with the unit and multiplier of a series or range given to its bare members."""
    shared: list[_Draft] = []
    for draft in reversed(drafts):
        first, last = draft.readings[0], draft.readings[-1]
        if (
            last.is_bare
            and len(draft.readings) == 1
            and shared
            and is_link(text, draft.span.end, shared[-1].span.start)
        ):
            last = with_unit_of(last, shared[-1].readings[0])
        elif len(draft.readings) == 2 and first.is_bare:
            first = with_unit_of(first, last)
        elif len(draft.readings) == 2 and last.is_bare:
            last = with_unit_of(last, first)
        shared.append(_Draft(draft.span, (first, last) if len(draft.readings) == 2 else (last,)))
    return shared[::-1]


def _with_surroundings(text: str, plain: str, drafts: list[_Draft]) -> list[Quantity]:
    """The quantities with what the words around them say; the members of a series share its direction."""
    quantities: list[Quantity] = []
    floor = 0
    for draft in drafts:
        form, values, unit = _worth(draft.readings)
        unit = unit or currency_before(plain, draft.span)
        bound, opening = bound_around(plain, draft.span, floor)
        vague = draft.readings[-1].vague
        if vague and bound == "exact":
            bound = "about" if vague == "来" else "over"
        if (
            form == "number"
            and draft.readings[0].unit in {"", "位", "名"}
            and is_top_of_ranks(plain, draft.span)
        ):
            form, unit, bound = "rank", "位", "at_most"
        previous = quantities[-1] if quantities and quantities[-1].unit == unit else None
        direction = _direction(plain, (form, values, unit), opening, floor, previous)
        quantities.append(Quantity(draft.span, form, values, unit, draft.span.of(text), bound, direction))
        floor = draft.span.end
    return quantities


def _direction(
    text: str,
    worth: tuple[Form, tuple[Decimal, ...], str],
    opening: int,
    floor: int,
    previous: Quantity | None,
) -> int:
    """1 or -1 for what has risen or fallen by these values, by its sign, its words, or those of its series."""
    form, values, unit = worth
    if form in {"rank", "ratio"} or unit == "年":
        return 0
    if values[-1] < 0:
        return -1
    own = direction_before(text, opening, floor, unit)
    if own is not None:
        return own
    if text[opening] in "+＋":
        return 1
    if previous and is_link(text, previous.span.end, opening):
        return previous.direction
    return 0


def _worth(readings: tuple[Reading, ...]) -> tuple[Form, tuple[Decimal, ...], str]:
    """Form, values and base unit of one or two readings; a doubling (翻一番) is 2倍."""
    unit = readings[-1].unit
    base, factor = unit_scale(unit)
    form: Form = "range" if len(readings) == 2 else readings[0].form
    values = tuple(value * reading.scale for reading in readings for value in reading.values)
    if form == "rank":
        return form, values, "位" if unit in {"", "名"} else base
    if unit == "番" and all(0 < value < 100 for value in values):
        return form, tuple(2**value for value in values), "倍"
    if len(readings) == 2:
        factors = [unit_scale(reading.unit or unit)[1] for reading in readings]
        return form, tuple(value * each for value, each in zip(values, factors, strict=True)), base
    return form, values if form in {"ratio", "fraction"} else tuple(value * factor for value in values), base
