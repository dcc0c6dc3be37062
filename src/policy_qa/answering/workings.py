"""Workings as text, read and reckoned again: 「(216.9亿元 ÷ 3083亿元)^(1÷5) − 1」, exactly and as rounding leaves it open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.rounding import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXACT = Context(prec=50)
HELPERS, HUNDRED = frozenset({"1", "100"}), "100"


@dataclass(frozen=True, slots=True)
class Worth:
    """What a term comes to: `exact` as its numbers stand, `open` all that their rounding leaves."""

    exact: Decimal
    open: Interval

    def __add__(self, other: Worth) -> Worth:
        return Worth(self.exact + other.exact, self.open + other.open)

    def __sub__(self, other: Worth) -> Worth:
        return Worth(self.exact - other.exact, self.open - other.open)

    def __mul__(self, other: Worth) -> Worth:
        return Worth(self.exact * other.exact, _hull(self.open, other.open, lambda one, by: one * by))

    def __truediv__(self, other: Worth) -> Worth:
        if other.open.low <= 0 <= other.open.high:
            raise ValueError("divided by what may be nothing")
        return Worth(self.exact / other.exact, _hull(self.open, other.open, lambda one, by: one / by))

    def __pow__(self, other: Worth) -> Worth:
        if self.open.low <= 0 or other.exact <= 0:
            raise ValueError("no root of what may be nothing")
        power = other.exact
        return Worth(self.exact**power, Interval(self.open.low**power, self.open.high**power))

    def __neg__(self) -> Worth:
        return Worth(-self.exact, Interval(-self.open.high, -self.open.low))


def just(number: Decimal) -> Worth:
    """A number that nothing is left open of."""
    return Worth(number, Interval(number, number))


def reckon(tokens: Sequence[str], worth_of: Callable[[str], Worth]) -> tuple[Worth, list[str]]:
    """What an expression of numbers, + − × ÷ ^ and brackets comes to, and those of its numbers that a source must tell.

    Raises ValueError, IndexError or ArithmeticError for what is no such expression.

    >>> reckon("( 780 − 958 ) ÷ 958 × 100".split(), lambda token: just(Decimal(token)))[1]
    ['780', '958', '958']
    """
    with localcontext(EXACT):
        reader = _Reader(tokens, worth_of)
        worth = reader.sum()
    if not reader.is_done:
        raise ValueError("something stands behind the expression")
    return worth, reader.operands


def _hull(one: Interval, other: Interval, way: Callable[[Decimal, Decimal], Decimal]) -> Interval:
    ends = [way(mine, its) for mine in (one.low, one.high) for its in (other.low, other.high)]
    return Interval(min(ends), max(ends))


class _Reader:
    """Reads an expression from the first of its tokens on; collects the numbers that must be cited."""

    def __init__(self, tokens: Sequence[str], worth_of: Callable[[str], Worth]) -> None:
        self._tokens = tokens
        self._worth_of = worth_of
        self._place = 0
        self._depth_of_power = 0
        self.operands: list[str] = []

    @property
    def is_done(self) -> bool:
        """Whether all of the tokens were read."""
        return self._place == len(self._tokens)

    def sum(self) -> Worth:
        """The worth of terms added and subtracted."""
        value = self._product()
        while self._next_is("+", "−"):
            sign = self._take()
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Worth:
        value = self._power()
        while self._next_is("×", "÷"):
            sign = self._take()
            other = self._power()
            value = value * other if sign == "×" else value / other
        return value

    def _power(self) -> Worth:
        value = self._atom()
        if not self._next_is("^"):
            return value
        self._take()
        self._depth_of_power += 1
        exponent = self._atom()
        self._depth_of_power -= 1
        return value**exponent

    def _atom(self) -> Worth:
        taken = self._take()
        if taken == "(":
            value = self.sum()
            if self._take() != ")":
                raise ValueError("a bracket is not closed")
            return value
        if taken in ("-", "−"):
            return -self._atom()
        if self._depth_of_power or self._is_helper(taken):
            return just(Decimal(taken))
        self.operands.append(taken)
        return self._worth_of(taken)

    def _is_helper(self, token: str) -> bool:
        """Whether a number is part of the way of computing: × 100, − 1 behind a power, ÷ how many there are."""
        before = self._tokens[self._place - 2 : self._place - 1]
        if token in HELPERS and before in (["×"], ["−"]):
            return True
        if token in HELPERS and self._tokens[max(0, self._place - 3) : self._place - 1] == ["÷", "("]:
            return self._next_is("+", "−")  # ÷ (100 + 8.5) × 100: what it was before it grew
        if token == HUNDRED and before == ["÷"] and self._tokens[max(0, self._place - 4)] == "×":
            return True  # 300 × 2.5 ÷ 100: so many percent of it
        return before == ["÷"] and token == str(len(self.operands)) and self._tokens[self._place - 3] == ")"

    def _next_is(self, *signs: str) -> bool:
        return not self.is_done and self._tokens[self._place] in signs

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]
