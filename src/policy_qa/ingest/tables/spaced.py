"""The grid of rows whose fields are parted by single spaces: columns are told by counting, never by place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.breaks import togetherness
from policy_qa.ingest.tables.doubts import without_repeated_heads
from policy_qa.ingest.tables.fields import (
    Field,
    count_values_at_end,
    is_missing,
    is_period,
    is_unit,
    is_value,
    join_fields,
    split_words,
)
from policy_qa.ingest.tables.grid import (
    NUMBERING_HEAD,
    UNIT_HEAD,
    Grid,
    Level,
    UnclearTableError,
    is_row_of_years,
    make_grid,
)
from policy_qa.ingest.tables.heads import is_bracketed_unit, join_broken_heads
from policy_qa.ingest.tables.lone import Entry, bind_lone_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.types import Span

WHOLE_INDICATORS = {"GDP", "GNP", "CPI", "PPI", "PMI", "FDI"}
LEADS_ON = re.compile(r"年|占|人均|全[市省区国县]|其中[：:]?|年[末均]|实际|新增")


@dataclass(frozen=True, slots=True)
class Shape:
    """How many columns a row has: those of labels, perhaps one of units, and `values` at its end."""

    values: int
    has_units: bool
    labels: int = 1

    @property
    def columns(self) -> int:
        """All of them."""
        return self.labels + self.has_units + self.values


def read_spaced(text: str, lines: Sequence[Span]) -> Grid:
    """The grid of lines split by single spaces. Raises UnclearTableError where fields have no unique place."""
    return read_rows([(line, split_words(text, line)) for line in lines], text)


def read_gapped(text: str, rows: Sequence[tuple[Span, list[Field]]]) -> Grid:
    """The grid of lines split by gaps whose columns do not stand one below the other: every cell must be there.

    Raises UnclearTableError where one is not.
    """
    widths = {len(fields) for _, fields in rows if is_body(fields)}
    if len(widths) != 1 or any(len(fields) > max(widths) for _, fields in rows):
        raise UnclearTableError(messages.UNREAD_NOT_ALIGNED)
    return read_rows(rows, text)


def read_rows(rows: Sequence[tuple[Span, list[Field]]], text: str) -> Grid:
    """The grid of lines with their fields. Raises UnclearTableError where fields have no unique place."""
    rows = without_numbers(rows)
    first = next(
        (
            index
            for index, (_, fields) in enumerate(rows)
            if is_body(fields) or (index and is_row_of_years(fields, rows[index - 1][1]))
        ),
        None,
    )
    if first is None:
        raise UnclearTableError(messages.UNREAD_NO_ROWS)
    if first == 0:
        raise UnclearTableError(messages.UNREAD_NO_HEADS)
    values = min(filter(None, (count_trailing_values(fields) for _, fields in rows[first:])))
    if first > 1 and len(rows[first - 1][1]) < 3 and 0 < values < len(rows[first - 2][1]) > 2:
        first -= 1  # words between the heads and the first values start that row's label, or stand over rows
    heads = [fields for _, fields in rows[:first]]
    body = without_repeated_heads(rows[first:], rows[:first])
    require_no_heads(body, heads)
    valued = [fields for _, fields in body if count_trailing_values(fields)]
    levels, shape = read_heads(heads, valued, text)
    entries = [make_entry(line, fields, shape) for line, fields in body]
    placed = bind_lone_lines(entries, text)
    return make_grid(levels, placed)


def without_numbers(rows: Sequence[tuple[Span, list[Field]]]) -> list[tuple[Span, list[Field]]]:
    """The rows without the numbers that count them and their head 序号, where most of the rows below it have one."""
    heads = (place for place, (_, fields) in enumerate(rows) if NUMBERING_HEAD.fullmatch(fields[0].text))
    top = next(heads, len(rows))
    numbered = {
        place
        for place, (_, fields) in enumerate(rows)
        if place > top and len(fields) > 2 and fields[0].text.isdigit()
    }
    if 2 * len(numbered) <= len(rows) - top - 1:
        return list(rows)
    return [
        (line, fields[1:] if place in numbered or (place == top and len(fields) > 1) else fields)
        for place, (line, fields) in enumerate(rows)
    ]


def require_no_heads(body: Sequence[tuple[Span, list[Field]]], heads: Sequence[list[Field]]) -> None:
    """Raises UnclearTableError where a line of words or years begins as the heads do: it heads the rows below it."""
    stubs = {fields[0].text for fields in heads}
    for _, fields in body:
        if len(fields) > 1 and fields[0].text in stubs and not is_body(fields):
            raise UnclearTableError(messages.UNREAD_NEW_HEADS.format(label=fields[0].text))


def is_body(fields: Sequence[Field]) -> bool:
    """Whether a line holds values behind a label; a line of years alone does not."""
    values = count_trailing_values(fields)
    texts = [field.text for field in fields[1:]]
    if not any(is_value(text) and not is_period(text) for text in texts):
        return False
    return values > 0 and (not is_value(fields[0].text) or is_period(fields[0].text))


def count_trailing_values(fields: Sequence[Field]) -> int:
    """How many fields at the end of the line are values; the first field is its label."""
    return count_values_at_end([field.text for field in fields])


def read_heads(
    heads: Sequence[list[Field]], rows: Sequence[list[Field]], text: str
) -> tuple[list[Level], Shape]:
    """The levels of heads and the shape of the rows, by the one way in which they fit each other."""
    last = heads[-1]
    trailing = min(map(count_trailing_values, rows))
    has_units = all(has_unit_before_values(row) for row in rows)
    if len(heads) > 1 and len(last) == trailing and all(is_bracketed_unit(field) for field in last):
        return read_heads_over_units(heads, rows, text)
    if len(heads) == 1:
        return read_single_line(last, rows, text)
    named_unit = any(UNIT_HEAD.fullmatch(field.text) for line in heads for field in line[:2])
    shape = Shape(trailing, has_units=has_units and named_unit)
    if len(heads) >= shape.columns:
        pieces = [join_fields(line) for line in heads]
        return [list(join_broken_heads(pieces, shape.columns, text))], shape
    return read_two_levels(heads, rows, named_unit=named_unit)


def read_heads_over_units(
    heads: Sequence[list[Field]], rows: Sequence[list[Field]], text: str
) -> tuple[list[Level], Shape]:
    """Heads whose last line holds the units of the columns of values, in brackets, one each."""
    levels, shape = read_heads(heads[:-1], rows, text)
    units = heads[-1]
    if len(units) != shape.values:
        raise UnclearTableError(
            messages.UNREAD_UNITS_AND_COLUMNS.format(units=len(units), columns=shape.values)
        )
    lowest = levels[-1]
    offset = len(lowest) - len(units)
    whole: Level = list(lowest)
    for place, unit in enumerate(units):
        head = whole[offset + place]
        whole[offset + place] = join_fields([head, unit]) if head is not None else unit
    return [*levels[:-1], whole], shape


def read_single_line(
    heads: Sequence[Field], rows: Sequence[list[Field]], text: str
) -> tuple[list[Level], Shape]:
    """Heads on one line, as many as the rows have columns once words parted by a space are joined."""
    named_unit = len(heads) > 1 and UNIT_HEAD.fullmatch(heads[1].text) is not None
    trailing = min(map(count_trailing_values, rows))
    exact = Shape(len(heads) - 1 - named_unit, has_units=named_unit)
    if exact.values and trailing >= exact.values:
        return [list(heads)], exact
    if all(len(row) == len(heads) for row in rows) and len(heads) > 2 and has_kinds(rows):
        return [list(heads)], Shape(trailing, has_units=False, labels=len(heads) - trailing)
    shape = Shape(trailing, has_units=named_unit and all(map(has_unit_before_values, rows)))
    if not trailing or len(heads) < shape.columns:
        raise UnclearTableError(messages.UNREAD_HEADS_AND_VALUES.format(heads=len(heads), values=trailing))
    return [list(join_spaced_heads(heads, shape.columns, text))], shape


def has_kinds(rows: Sequence[list[Field]]) -> bool:
    """Whether every column holds values alone or words alone, and no label may be parted by a space."""
    for fields in zip(*rows, strict=True):
        kinds = {is_value(field.text) and not is_period(field.text) for field in fields}
        filled = {is_missing(field.text) for field in fields}
        if (len(kinds) > 1 and len(filled) < 2) or (False in kinds and True in filled):
            return False
    words = [row[: len(row) - count_trailing_values(row)] for row in rows]
    return not any(may_be_spaced(one, other) for row in words for one, other in pairwise(row))


def join_spaced_heads(heads: Sequence[Field], count: int, text: str) -> list[Field]:
    """The heads with those joined whose words a space parts: between Latin or digits and Han, or before a unit."""
    surplus = len(heads) - count
    places = [place for place in range(len(heads) - 1) if may_be_spaced(heads[place], heads[place + 1])]
    if len(places) < surplus:
        raise UnclearTableError(messages.UNREAD_HEADS_AND_COLUMNS.format(heads=len(heads), columns=count))
    if len(places) > surplus:
        scored = sorted(
            ((togetherness(heads[place].text, heads[place + 1].text, text), place) for place in places),
            reverse=True,
        )
        if scored[surplus - 1][0] <= scored[surplus][0]:
            raise UnclearTableError(
                messages.UNREAD_HEADS_JOINED_MANY_WAYS.format(heads=len(heads), columns=count)
            )
        places = [place for _, place in scored[:surplus]]
    joined: list[list[Field]] = []
    for place, head in enumerate(heads):
        if place and place - 1 in places:
            joined[-1].append(head)
        else:
            joined.append([head])
    return [join_fields(group) for group in joined]


def may_be_spaced(before: Field, after: Field) -> bool:
    """Whether a space may part the two within one head, and neither is a head of its own: R&D 投入, 占 GDP, 2020 年."""
    one, other = before.text, after.text
    if is_bracketed_unit(after):
        return True
    if is_period(other):
        return False
    if one[-1].isdigit() and (one.isdigit() or is_period(one)):
        return other[0] == "年" or (not is_period(one) and not other[0].isascii())
    if one[-1].isascii() and one[-1].isalnum():
        return not other[0].isascii() and one not in WHOLE_INDICATORS
    return (
        other[0].isascii() and other[0].isalnum() and (LEADS_ON.fullmatch(one) is not None or is_period(one))
    )


def read_two_levels(
    heads: Sequence[list[Field]], rows: Sequence[list[Field]], *, named_unit: bool
) -> tuple[list[Level], Shape]:
    """Two levels of heads: groups, and below them the same heads again and again, a set for each group.

    The stub head stands before the groups, before the heads below, or alone on a line.
    """
    lower, uppers = heads[-1], list(heads[:-1])
    alone = [line for line in uppers if len(line) == 1]
    groups = [line for line in uppers if len(line) > 1]
    values = min(map(count_trailing_values, rows))
    if len(groups) == 1 and len(alone) <= 1:
        upper, stub = groups[0], list(alone[0] if alone else [])
    elif not groups and len(alone) == 2 and is_period(alone[1][0].text):
        upper, stub = list(alone[1]), list(alone[0])
    elif not groups and len(alone) == 1 and is_period(alone[0][0].text):
        upper, stub = list(alone[0]), []
    else:
        raise UnclearTableError(messages.UNREAD_HEAD_LINES.format(lines=len(heads)))
    before = len(lower) - values
    if before and not stub and before == 1 + named_unit:
        stub, lower = lower[:before], lower[before:]
    elif not stub and before == 0 and len(upper) > 1 + named_unit:
        ahead = 1 + named_unit
        if fits_evenly(upper[ahead:], lower) and not fits_evenly(upper, lower):
            stub, upper = upper[:ahead], upper[ahead:]
    if not fits_evenly(upper, lower) or len(lower) != values or len(stub) not in {0, 1 + named_unit}:
        raise UnclearTableError(messages.UNREAD_GROUPS_AND_HEADS.format(groups=len(upper), heads=len(lower)))
    return make_levels(stub, upper, lower, has_units=named_unit), Shape(values, has_units=named_unit)


def fits_evenly(upper: Sequence[Field], lower: Sequence[Field]) -> bool:
    """Whether the lower heads are the same set again under each upper one; a single group has them all."""
    if not upper or len(lower) % len(upper) or len(lower) == len(upper):
        return False
    size = len(lower) // len(upper)
    return len(upper) == 1 or all(
        lower[place].text == lower[place % size].text for place in range(len(lower))
    )


def make_levels(
    stub: Sequence[Field], upper: Sequence[Field], lower: Sequence[Field], *, has_units: bool
) -> list[Level]:
    """Two levels with empty fields where a group goes on."""
    size = len(lower) // len(upper)
    ahead: Level = list(stub) if stub else [None] * (1 + has_units)
    groups: Level = []
    for group in upper:
        groups += [group, *[None] * (size - 1)]
    return [[*ahead, *groups], [*[None] * len(ahead), *lower]]


def has_unit_before_values(fields: Sequence[Field]) -> bool:
    """Whether a unit, or the sign of a missing one, stands between the label and the values."""
    place = len(fields) - count_trailing_values(fields) - 1
    return place > 0 and is_unit(fields[place].text)


def make_entry(line: Span, fields: Sequence[Field], shape: Shape) -> Entry:
    """A row with its fields in their columns, or a lone line without values."""
    if count_trailing_values(fields) < shape.values and not is_body(fields):
        if any(is_value(field.text) for field in fields[1:]) or len(fields) > 4:
            raise UnclearTableError(
                messages.UNREAD_ROW_AND_COLUMNS.format(fields=len(fields), columns=shape.columns)
            )
        return Entry(line, (join_fields(fields),), is_lone=True, indent=fields[0].left)
    return Entry(line, tuple(place_fields(fields, shape)), is_lone=False, indent=fields[0].left)


def place_fields(fields: Sequence[Field], shape: Shape) -> list[Field | None]:
    """The fields in their columns: values from the end, before them the unit, all words before that the label."""
    columns = shape.columns
    trailing = count_trailing_values(fields)
    failure = UnclearTableError(messages.UNREAD_ROW_AND_COLUMNS.format(fields=len(fields), columns=columns))
    if shape.labels > 1:
        if len(fields) != columns:
            raise failure
        return list(fields)
    if trailing < shape.values or (
        trailing > shape.values and not is_missing(fields[-shape.values - 1].text)
    ):
        raise failure
    values = list(fields[len(fields) - shape.values :])
    ahead = list(fields[: len(fields) - shape.values])
    unit: list[Field | None] = []
    if shape.has_units:
        if is_unit(ahead[-1].text) or is_missing(ahead[-1].text):
            unit = [ahead.pop()] if len(ahead) > 1 else [None]
        elif len(ahead) == 1:
            unit = [None]
        else:
            raise failure
    elif trailing > shape.values:
        raise failure
    if not ahead or any(is_missing(field.text) for field in ahead):
        raise failure
    return [join_fields(ahead), *unit, *values]
