"""Whether a computed claim holds: its working comes out, and works with figures that the claim cites and names rightly."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa.answering.faults import Fault
from policy_qa.language.periods import Period, agreement, find_periods
from policy_qa.language.places import Place, find_places
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.told import Told

NAMED_VALUE = re.compile(r"([^，。：；、（）]+)（([^（）]+)）")
NUMBER = re.compile(r"[-－−]?\d[\d,]*(?:\.\d+)?")
ORDER = re.compile(r"[><=]")
EXACT = Context(prec=50)
HELPERS = frozenset({Decimal(1), Decimal(100)})


def faults_of_computed(text: str, working: str | None, told: Sequence[Told]) -> Iterator[Fault]:
    """What of a computed claim does not hold: no working, one that does not come out, operands or names not cited."""
    if not working:
        yield Fault("quantity", text)
        return
    results: list[Decimal] = []
    operands: list[Decimal] = []
    for line in working.split("；"):
        read = _read_line(line)
        if read is None:
            yield Fault("quantity", line)
            return
        operands += read[0]
        results += read[1]
    for operand in operands:
        if not any(_is_worth(operand, figure) for figure in told):
            yield Fault("quantity", f"{operand:f}")
    yield from _faults_of_names(text, told)
    said = {abs(Decimal(match[0].replace(",", "").lstrip("-－−"))) for match in NUMBER.finditer(text)}
    for result in results:
        if abs(result) not in said:
            yield Fault("quantity", f"{result:f}")


def _read_line(line: str) -> tuple[list[Decimal], list[Decimal]] | None:
    """The operands of a line of working and its result; None where it does not come out.

    >>> _read_line("1107 − 881 = 226"), _read_line("1107 − 881 = 236"), _read_line("3 > 2 = 2")
    (([Decimal('1107'), Decimal('881')], [Decimal('226')]), None, ([Decimal('3'), Decimal('2'), Decimal('2')], []))
    """
    if re.fullmatch(r"[-\d.\s><=]+", line):
        numbers = [Decimal(part.strip()) for part in ORDER.split(line)]
        signs = ORDER.findall(line)
        right = all(
            (one > other, one < other, one == other)["><=".index(sign)]
            for (one, other), sign in zip(pairwise(numbers), signs, strict=True)
        )
        return (numbers, []) if right and signs else None
    left, sign, right_side = line.rpartition("≈") if "≈" in line else line.rpartition("=")
    try:
        stated = Decimal(right_side.strip())
        with localcontext(EXACT):
            reader = _Reader(left)
            exact = reader.sum()
            came = exact.quantize(Decimal(1).scaleb(min(int(stated.as_tuple().exponent), 0)), ROUND_HALF_UP)
    except (DecimalException, IndexError, ValueError):
        return None
    if not reader.is_done or (exact != stated if sign == "=" else came != stated):
        return None
    return reader.operands, [stated]


class _Reader:
    """Reads an expression of numbers, + − × ÷ ^ and brackets; collects the numbers that must be cited."""

    def __init__(self, text: str) -> None:
        self._tokens: list[str] = re.findall(r"\d+(?:\.\d+)?|[-+−×÷^()]", text)
        self._place = 0
        self._depth_of_power = 0
        self.operands: list[Decimal] = []

    @property
    def is_done(self) -> bool:
        """Whether all of the text was read."""
        return self._place == len(self._tokens)

    def sum(self) -> Decimal:
        """The worth of terms added and subtracted."""
        value = self._product()
        while self._next_is("+", "−"):
            sign = self._take()
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Decimal:
        value = self._power()
        while self._next_is("×", "÷"):
            sign = self._take()
            other = self._power()
            value = value * other if sign == "×" else value / other
        return value

    def _power(self) -> Decimal:
        value = self._atom()
        if not self._next_is("^"):
            return value
        self._take()
        self._depth_of_power += 1
        exponent = self._atom()
        self._depth_of_power -= 1
        return value**exponent

    def _atom(self) -> Decimal:
        taken = self._take()
        if taken == "(":
            value = self.sum()
            if self._take() != ")":
                raise ValueError("a bracket is not closed")
            return value
        if taken == "-":
            return -self._atom()
        number = Decimal(taken)
        if not self._depth_of_power and not self._is_helper(number):
            self.operands.append(number)
        return number

    def _is_helper(self, number: Decimal) -> bool:
        """Whether a number is part of the way of computing: × 100, − 1 behind a power, ÷ how many there are."""
        before = self._tokens[self._place - 2 : self._place - 1]
        if number in HELPERS and before in (["×"], ["−"]):
            return True
        return before == ["÷"] and number == len(self.operands) and self._tokens[self._place - 3] == ")"

    def _next_is(self, *signs: str) -> bool:
        return not self.is_done and self._tokens[self._place] in signs

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]


def _is_worth(number: Decimal, figure: Told) -> bool:
    """Whether a figure is written with a number, or is worth it in 万 or 亿."""
    written = NUMBER.search(figure.quantity.text)
    if written and abs(Decimal(written[0].replace(",", "").lstrip("-－−"))) == abs(number):
        return True
    values = figure.quantity.values
    return len(values) == 1 and any(abs(values[0]) == abs(number) * 10**power for power in (0, 4, 8))


def _faults_of_names(text: str, told: Sequence[Told]) -> Iterator[Fault]:
    """The faults of names with a value in brackets behind: a cited figure of that value must be of that place and time."""
    for match in NAMED_VALUE.finditer(text):
        name, value = match[1], match[2]
        quantities = read_quantities(value)
        number = NUMBER.search(value)
        if not quantities or number is None:
            continue
        worth = abs(Decimal(number[0].replace(",", "").lstrip("-－−")))
        same = [figure for figure in told if _is_worth(worth, figure)]
        if not same:
            yield Fault("quantity", value)
            continue
        places = [place for found in find_places(name) for place in found.places]
        if places and not any(_is_of_place(figure, places) for figure in same):
            yield Fault("place", name)
        periods = [found.period for found in find_periods(name) if found.period]
        if periods and not any(_is_of_period(figure, periods) for figure in same):
            yield Fault("period", name)


def _is_of_place(figure: Told, places: Sequence[Place]) -> bool:
    return not figure.places or any(place in figure.places or place in figure.named for place in places)


def _is_of_period(figure: Told, periods: Sequence[Period]) -> bool:
    told = [figure.period, *(one for one in figure.named if isinstance(one, Period))]
    known = [period for period in told if period is not None]
    return not known or any(agreement(asked, period) for asked in periods for period in known)
