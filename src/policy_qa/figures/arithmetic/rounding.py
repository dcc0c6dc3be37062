"""What a rounded figure leaves open, as an interval, and reckoning with such intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_qa.language.quantity_values import Quantity

DISCRETE = frozenset("家个项名户件所座辆台条只处套位人种类次宗间艘架栋张部款笔")
"""Units of things counted one by one: written out whole, their number is not rounded."""
NEARLY = Decimal("0.1")
"""约 and 近 leave so much of a value open."""
AND_MORE = re.compile("[多余几]")
"""So much and less than one more of its last digit: 30多亿, 2倍多."""
ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both ends included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Interval) -> Interval:
        """Of two that hold nothing below zero, the divisor nothing but more than it."""
        return Interval(self.low / other.high, self.high / other.low)

    def times(self, factor: int) -> Interval:
        """All of it `factor` (not negative) times."""
        return Interval(self.low * factor, self.high * factor)

    def root(self, degree: int) -> Interval:
        """The `degree`-th roots of an interval above zero, a hair wider than they are."""
        with localcontext() as context:
            context.prec = 20
            hair = Decimal("1e-12")
            power = Decimal(1) / degree
            return Interval(self.low**power - hair, self.high**power + hair)

    def magnitude(self) -> Interval:
        """The absolute values of what it holds."""
        if self.low >= 0:
            return self
        if self.high <= 0:
            return Interval(-self.high, -self.low)
        return Interval(Decimal(0), max(-self.low, self.high))

    def overlaps(self, other: Interval) -> bool:
        """Whether some value is in both."""
        return self.low <= other.high and other.low <= self.high


def as_operand(quantity: Quantity) -> Interval | None:
    """The values that round to the quantity, None for one that is no single exact figure; a fall is negative.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> [as_operand(one) for one in read_quantities("占2.5%，共304家，约3家")]
    [Interval(low=Decimal('2.45'), high=Decimal('2.55')), Interval(low=Decimal('304'), high=Decimal('304')), None]
    """
    if quantity.bound != "exact" or quantity.form not in ("number", "rank") or len(quantity.values) != 1:
        return None
    value = signed(quantity)
    step = half_step(quantity)
    return Interval(value - step, value + step)


def as_stated(quantity: Quantity) -> Interval | None:
    """The values that a result told so may have, sign aside: about, near, more or less than it, as its words say.

    At least 11 is not what rounds to 11; about 2.4 leaves no more open than its last digit; 30多 is less than 40.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> [str(as_stated(one).low) for one in read_quantities("11%以上，约2.4倍，30多家")]
    ['11', '2.3', '30']
    """
    if quantity.form not in ("number", "rank", "fraction") or not quantity.values:
        return None
    value, step = abs(value_of(quantity)), half_step(quantity)
    nearly = min(value * NEARLY, _last_digit(quantity, value))
    match quantity.bound:
        case "over" if AND_MORE.search(quantity.text):
            is_behind = AND_MORE.search(quantity.text[-1]) and written_digits(quantity.text) is not None
            return Interval(value, value + (step * 2 if is_behind and step else _last_digit(quantity, value)))
        case "over" | "at_least":
            return Interval(value, ENDLESS)
        case "under" | "at_most":
            return Interval(Decimal(0), value)
        case "near" | "about":
            return Interval(value - nearly, value + (step if quantity.bound == "near" else max(nearly, step)))
        case _:
            return Interval(value - step, value + step)


def keeps(quantity: Quantity, value: Decimal) -> bool:
    """Whether a value is one that a result told so may have; more than 11 is not 11 itself."""
    wanted = as_stated(quantity)
    is_bound = quantity.bound in ("over", "under") and not AND_MORE.search(quantity.text)
    if wanted is None or (is_bound and value == abs(value_of(quantity))):
        return False
    return wanted.low <= value <= wanted.high


def agrees(stated: Quantity, told: Quantity) -> bool:
    """Whether a told value is one that a stated one leaves open, and no fall where that is a rise.

    Of a bare number it is the written digits that count.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> told, bare, other = read_quantities("投资13.26亿元，13.26，13.20")
    >>> agrees(bare, told), agrees(other, told)
    (True, False)
    """
    value = written_digits(told.text) if is_bare(stated) else told.values[0]
    return value is not None and stated.direction * told.direction >= 0 and keeps(stated, abs(value))


def is_bare(quantity: Quantity) -> bool:
    """Whether a number is told without a unit, and without what it is to be multiplied by: 2000, but not 2000亿."""
    return not quantity.unit and written_digits(quantity.text) in (None, quantity.values[0])


def bears_out(stated: Quantity, told: Quantity) -> bool | None:
    """Whether a told value makes a stated one true; None where the words for its own bound leave that open.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> told, *said = read_quantities("突破2000亿元，超过1500亿元，超过2500亿元，突破3000亿元，不足2000亿元")
    >>> [bears_out(one, told) for one in said]
    [True, None, False, False]
    """
    if told.bound == "exact":
        return agrees(stated, told)
    wanted, found, reported = as_stated(stated), as_stated(told), as_told(told)
    is_alike = stated.unit == told.unit or not (stated.unit or is_bare(stated))
    if not (wanted and found and reported and is_alike) or stated.direction * told.direction < 0:
        return None
    if wanted.low <= found.low and found.high <= wanted.high:
        return True
    return False if reported.high <= wanted.low or wanted.high <= reported.low else None


def as_told(quantity: Quantity) -> Interval | None:
    """The values that a source means by what it tells: more than 2000亿 is less than 3000亿, which it would tell instead."""
    found = as_stated(quantity)
    if found is None or found.high != ENDLESS:
        return found
    return Interval(found.low, found.low + _last_digit(quantity, found.low))


def _last_digit(quantity: Quantity, value: Decimal) -> Decimal:
    """What the last digit that is no nought counts: 1 of 11, 10 of 150, 0.1 of 2.4, 10亿 of 30亿."""
    if quantity.form == "fraction" or not value:
        return value * NEARLY
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def value_of(quantity: Quantity) -> Decimal:
    """The value as it stands; of a fraction the quotient."""
    if quantity.form == "fraction":
        return quantity.values[0] / quantity.values[1]
    return quantity.values[0]


def signed(quantity: Quantity) -> Decimal:
    """The value, negative for a fall told in percent: 下降1.5% is -1.5, 减少到3家 is 3."""
    value = value_of(quantity)
    return -value if quantity.direction < 0 and quantity.unit == "%" and value > 0 else value


def half_step(quantity: Quantity) -> Decimal:
    """Half of what the last written digit counts: 0.05 of 2.5%, 500万 of 0.1亿; 0 for a rank or a count written out."""
    value = abs(value_of(quantity))
    if quantity.form in ("rank", "fraction"):
        return value * NEARLY / 2 if quantity.form == "fraction" else Decimal(0)
    digits = written_digits(quantity.text)
    if digits is None:
        return Decimal(0) if quantity.unit in DISCRETE else Decimal("0.5")
    if quantity.unit in DISCRETE and digits == value and digits == digits.to_integral_value():
        return Decimal(0)
    scale = value / digits if digits else Decimal(1)
    return scale * Decimal(10) ** int(digits.as_tuple().exponent) / 2


def written_digits(text: str) -> Decimal | None:
    """The number that the digits of a written figure make, without those of its unit; None where it has none.

    >>> written_digits("1,024.50亿元"), written_digits("30762Km2")
    (Decimal('1024.50'), Decimal('30762'))
    """
    found = NUMBER.search(text.translate(FULL_WIDTH))
    return None if found is None else Decimal(NO_DIGIT.sub("", found[0]))


NUMBER = re.compile(r"(?:\d[\d,\s]*)?(?:\.\s*\d+|\d)")
NO_DIGIT = re.compile(r"[^\d.]")
FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("，"): ","}
