"""The values that were computed with as a table, with a head that says what they are of and in which unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import plain
from policy_qa.computing.limits import bounded_text
from policy_qa.language.periods import find_periods
from policy_qa.types import AnswerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.values import Value

YEAR = re.compile(r"\d{4}年")


def table_of(values: Sequence[Value], about: str) -> AnswerTable:
    """A row for each value; the unit stands in the head where all are exact and written in one.

    `about` is what the values share in words: the indicator where places or periods tell them apart.
    """
    units = {value.amount.unit for value in values}
    are_exact = all(bounded_text(value) == value.amount.text for value in values)
    unit = units.pop() if len(units) == 1 and are_exact and not values[0].amount.is_vague else ""
    head = about or messages.TABLE_VALUE
    return AnswerTable(
        (_names_head(values), messages.TABLE_HEAD_UNIT.format(head=head, unit=unit) if unit else head),
        tuple((value.name, plain(value.amount.number) if unit else bounded_text(value)) for value in values),
    )


def _names_head(values: Sequence[Value]) -> str:
    """What the names of the values are: cities or other places, years or other periods, or things of any kind."""
    if all(_is_place(value) for value in values):
        are_cities = all(value.place is not None and value.place.name.endswith("市") for value in values)
        return messages.TABLE_CITY if are_cities else messages.TABLE_PLACE
    if all(YEAR.fullmatch(value.name) for value in values):
        return messages.TABLE_YEAR
    whole = (found for value in values for found in find_periods(value.name)[:1])
    if [len(found.span) for found in whole] == [len(value.name) for value in values]:
        return messages.TABLE_PERIOD
    return messages.TABLE_ITEM


def _is_place(value: Value) -> bool:
    """Whether a value is called by its place alone: 柳州, 广西柳州, 全国."""
    if value.place is None or find_periods(value.name):
        return False
    return value.name.endswith((value.place.short, value.place.name))
