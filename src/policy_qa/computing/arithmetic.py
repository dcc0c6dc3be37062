"""Exact decimals: numbers as they are written, put into one unit, computed with, rounded; and the working as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa.language.numerals import folded
from policy_qa.language.quantity_words import counter_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.quantity_values import Quantity

VAGUE = re.compile(r"[多余来几]")
NUMBER = re.compile(r"[-－−+＋]?[0-9][0-9,]*(?:\.[0-9]+)?")
MINUS, TIMES, DIVIDED, ABOUT = "−", "×", "÷", "≈"
POINTS, PERCENT = "个百分点", "%"
EXACT = Context(prec=50)
MULTIPLES = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4), ("", Decimal(1)))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is written, with its unit: 3177.4 and 亿元; a fall is negative. `base` is the unit without multiplier.

    The unit keeps what makes the number a vague one (多家); `plain_unit` is that of what is computed from it.
    """

    number: Decimal
    unit: str
    scale: Decimal
    base: str

    @property
    def text(self) -> str:
        """As one writes it.

        >>> Amount(Decimal("-1.50"), "%", Decimal(1), "%").text
        '-1.50%'
        """
        return f"{plain(self.number)}{self.unit}"

    @property
    def plain_unit(self) -> str:
        """The unit without 多, 余, 来 and 几: 600多家 and 700多家 are 1300家 and more, not 1300多家."""
        return VAGUE.sub("", self.unit)

    @property
    def is_vague(self) -> bool:
        """Whether the unit makes the number a vague one: 600多家."""
        return self.plain_unit != self.unit


def amount_of(quantity: Quantity, *, unit: str = "") -> Amount | None:
    """The number that a quantity is written with, None where it is no single number in digits.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> amount_of(read_quantities("总量为3,177.4亿元")[0])
    Amount(number=Decimal('3177.4'), unit='亿元', scale=Decimal('1E+8'), base='元')
    """
    written = folded(quantity.text)
    match = NUMBER.search(written)
    if match is None or len(quantity.values) != 1 or quantity.form not in ("number", "rank"):
        return None
    number = abs(Decimal(re.sub(r"[,+＋－−-]", "", match[0])))
    value = quantity.values[0]
    scale = abs(value) / number if number else Decimal(1)
    falls = value < 0 or (quantity.direction < 0 and quantity.unit in (PERCENT, "百分点"))
    if quantity.form == "rank":
        return Amount(number, "位", scale, "位")
    told = written[match.end() :].strip() or unit
    return Amount(-number if falls else number, told, scale.normalize(), quantity.unit)


def lower_end(quantity: Quantity) -> Amount | None:
    """The lower end of a range in the unit of its upper one, None for what is no range.

    >>> from policy_qa.language.quantity_values import read_quantities
    >>> lower_end(read_quantities("增长6%-6.5%")[0]).text
    '6%'
    """
    if quantity.form != "range" or len(quantity.values) != 2:
        return None
    numbers = [match[0].replace(",", "") for match in NUMBER.finditer(folded(quantity.text))]
    scale = abs(quantity.values[0] / Decimal(numbers[0])) if numbers and Decimal(numbers[0]) else Decimal(1)
    unit = re.sub(r"^.*[\d.]", "", folded(quantity.text))
    if not numbers or quantity.values[0] < 0:
        return None
    return Amount(Decimal(numbers[0]), unit, scale.normalize(), quantity.unit)


def in_one_unit(amounts: Sequence[Amount]) -> list[Amount] | None:
    """The amounts in the unit of the first, None where they are of different kinds.

    >>> wan, yi = Amount(Decimal(5000), "万元", Decimal(10000), "元"), Amount(Decimal("1.2"), "亿元", Decimal(10) ** 8, "元")
    >>> [one.text for one in in_one_unit([yi, wan])]
    ['1.2亿元', '0.5亿元']
    """
    first = amounts[0]
    if any(counter_of(one.base) != counter_of(first.base) for one in amounts):
        return None
    with localcontext(EXACT):
        return [
            one
            if one.scale == first.scale
            else Amount(
                Decimal(plain((one.number * one.scale / first.scale).normalize())),
                first.unit,
                first.scale,
                first.base,
            )
            for one in amounts
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """What was computed, with its unit and the working that shows how."""

    number: Decimal
    unit: str
    working: str

    @property
    def text(self) -> str:
        """The number without its sign, with its unit."""
        return f"{plain(abs(self.number))}{self.unit}"

    @property
    def told(self) -> str:
        """The number with its sign and its unit."""
        return f"{plain(self.number)}{self.unit}"


def difference(one: Amount, other: Amount) -> Result:
    """The first less the second; of percentages in points.

    >>> difference(Amount(Decimal("1.8"), "%", Decimal(1), "%"), Amount(Decimal("2.01"), "%", Decimal(1), "%")).working
    '1.8 − 2.01 = -0.21'
    """
    number = one.number - other.number
    unit = POINTS if one.base in (PERCENT, "百分点") else one.plain_unit
    return Result(number, unit, f"{plain(one.number)} {MINUS} {_signed(other.number)} = {plain(number)}")


def ratio(one: Amount, other: Amount, *, percent: bool = False) -> Result | None:
    """How many times the second the first is, None for a division by zero.

    >>> ratio(Amount(Decimal(1107), "家", Decimal(1), "家"), Amount(Decimal(600), "家", Decimal(1), "家")).working
    '1107 ÷ 600 ≈ 1.85'
    """
    if not other.number:
        return None
    hundred = f" {TIMES} 100" if percent else ""
    with localcontext(EXACT):
        exact = one.number / other.number * (100 if percent else 1)
    number, sign = rounded(exact)
    working = f"{plain(one.number)} {DIVIDED} {_signed(other.number)}{hundred} {sign} {plain(number)}"
    return Result(number, PERCENT if percent else "倍", working)


def whole_of(part: Amount, share: tuple[Decimal, ...]) -> Result:
    """The whole of which a part is so many percent, or such a fraction (the numerator, then the denominator).

    >>> whole_of(Amount(Decimal("18.6"), "亿元", Decimal(1), "元"), (Decimal("6.2"),)).working
    '18.6 ÷ 6.2 × 100 = 300'
    >>> whole_of(Amount(Decimal(27), "家", Decimal(1), "家"), (Decimal(1), Decimal(4))).working
    '27 ÷ (1 ÷ 4) = 108'
    """
    written = [plain(number) for number in share]
    with localcontext(EXACT):
        exact = part.number / share[0] * (share[1] if len(share) > 1 else 100)
    number, sign = rounded(exact)
    by = f"({written[0]} {DIVIDED} {written[1]})" if len(share) > 1 else f"{written[0]} {TIMES} 100"
    return Result(number, part.plain_unit, f"{plain(part.number)} {DIVIDED} {by} {sign} {plain(number)}")


def divided(made: Result, by: Decimal, *, by_hundred: bool = False) -> Result | None:
    """What was computed, divided: by another amount of its unit, in percent or as a multiple, or into so many parts.

    >>> divided(Result(Decimal(40), "家", "60 − 20 = 40"), Decimal(5)).working
    '(60 − 20) ÷ 5 = 8'
    """
    if not by:
        return None
    with localcontext(EXACT):
        exact = made.number / by * (100 if by_hundred else 1)
    number, sign = rounded(exact)
    first = re.split("[=≈]", made.working)[0].strip()
    first = first if NUMBER.fullmatch(first) else f"({first})"
    hundred = f" {TIMES} 100" if by_hundred else ""
    return Result(number, made.unit, f"{first} {DIVIDED} {plain(by)}{hundred} {sign} {plain(number)}")


def part_of(whole: Amount, rate: Amount) -> Result:
    """So many percent of a whole.

    >>> part_of(Amount(Decimal(300), "亿元", Decimal(1), "元"), Amount(Decimal("2.5"), "%", Decimal(1), "%")).working
    '300 × 2.5 ÷ 100 = 7.5'
    """
    with localcontext(EXACT):
        exact = whole.number * rate.number / 100
    number, sign = rounded(exact)
    working = f"{plain(whole.number)} {TIMES} {plain(rate.number)} {DIVIDED} 100 {sign} {plain(number)}"
    return Result(number, whole.plain_unit, working)


def backward(level: Amount, rate: Amount) -> Result | None:
    """What a level was before it grew by so many percent; None where it cannot have been.

    >>> backward(Amount(Decimal(132), "家", Decimal(1), "家"), Amount(Decimal(10), "%", Decimal(1), "%")).working
    '132 ÷ (100 + 10) × 100 = 120'
    """
    if rate.number <= -100:
        return None
    with localcontext(EXACT):
        exact = level.number / (100 + rate.number) * 100
    number, sign = rounded(exact)
    by = f"(100 {'+' if rate.number >= 0 else MINUS} {plain(abs(rate.number))})"
    working = f"{plain(level.number)} {DIVIDED} {by} {TIMES} 100 {sign} {plain(number)}"
    return Result(number, level.plain_unit, working)


def moved_back(level: Amount, by: Amount, *, rose: bool) -> Result | None:
    """What a level was before it rose or fell by so much, or how far off another is; None for what is counted otherwise.

    >>> percent, points = Amount(Decimal("38.9"), "%", Decimal(1), "%"), Amount(Decimal("-1.5"), "个百分点", Decimal(1), "百分点")
    >>> moved_back(percent, points, rose=False).told
    '40.4%'
    """
    by = replace(by, number=abs(by.number))
    if (level.base, by.base) != (PERCENT, "百分点"):
        alike = in_one_unit([level, by])
        if alike is None:
            return None
        by = alike[1]
    made = difference(level, by) if rose else total([level, by])
    return replace(made, unit=level.plain_unit)


def each_of(amount: Amount, count: Amount, of: str, *, scale: Decimal = Decimal(1)) -> Result:
    """How much of an amount falls to each, in the largest multiple of its unit that makes one at least.

    `scale` is what one of the things is worth in the unit in which they are held.

    >>> yi = Amount(Decimal("1.2"), "亿元", Decimal(10) ** 8, "元")
    >>> each_of(yi, Amount(Decimal(600), "户", Decimal(1), "户"), "户").text
    '20万元/户'
    """
    with localcontext(EXACT):
        worth, many = amount.number * amount.scale, count.number * count.scale / scale
        name, by = next(((name, by) for name, by in MULTIPLES if worth / many >= by), MULTIPLES[-1])
        number, sign = rounded(worth / many / by)
        told = plain((worth / by).normalize())
    working = f"{told} {DIVIDED} {plain(many.normalize())} {sign} {plain(number)}"
    return Result(number, f"{name}{amount.base}/{of}", working)


def growth(later: Amount, earlier: Amount) -> Result | None:
    """By how many percent the first is more than the second, None where that says nothing.

    >>> growth(Amount(Decimal(780), "个", Decimal(1), "个"), Amount(Decimal(958), "个", Decimal(1), "个")).working
    '(780 − 958) ÷ 958 × 100 ≈ -18.6'
    """
    if earlier.number <= 0:
        return None
    with localcontext(EXACT):
        exact = (later.number - earlier.number) / earlier.number * 100
    number, sign = rounded(exact)
    a, b = plain(later.number), plain(earlier.number)
    return Result(number, PERCENT, f"({a} {MINUS} {b}) {DIVIDED} {b} {TIMES} 100 {sign} {plain(number)}")


def yearly_growth(later: Amount, earlier: Amount, years: int) -> Result | None:
    """The yearly growth in percent that leads from the second to the first, compounded."""
    if earlier.number <= 0 or later.number <= 0 or years < 1:
        return None
    with localcontext(EXACT):
        exact = ((later.number / earlier.number) ** (Decimal(1) / years) - 1) * 100
    number, _ = rounded(exact)
    working = f"(({plain(later.number)} {DIVIDED} {plain(earlier.number)})^(1{DIVIDED}{years}) {MINUS} 1) {TIMES} 100"
    return Result(number, PERCENT, f"{working} {ABOUT} {plain(number)}")


def total(amounts: Sequence[Amount]) -> Result:
    """The sum."""
    number = sum((one.number for one in amounts), Decimal(0))
    return Result(number, amounts[0].plain_unit, f"{_sum(amounts)} = {plain(number)}")


def share_of_all(part: Amount, amounts: Sequence[Amount]) -> Result | None:
    """How many percent of the sum one of the amounts is, None where they come to nothing.

    >>> one, other = (Amount(Decimal(number), "家", Decimal(1), "家") for number in (3, 9))
    >>> share_of_all(one, [one, other]).working
    '3 ÷ (3 + 9) × 100 = 25'
    """
    whole = sum((one.number for one in amounts), Decimal(0))
    if not whole:
        return None
    with localcontext(EXACT):
        number, sign = rounded(part.number / whole * 100)
    working = f"{_signed(part.number)} {DIVIDED} ({_sum(amounts)}) {TIMES} 100 {sign} {plain(number)}"
    return Result(number, PERCENT, working)


def mean(amounts: Sequence[Amount]) -> Result:
    """The plain average, to one decimal more than the amounts have."""
    places = max(-int(one.number.as_tuple().exponent) for one in amounts)
    with localcontext(EXACT):
        exact = sum((one.number for one in amounts), Decimal(0)) / len(amounts)
        number = exact.quantize(Decimal(1).scaleb(-max(places, 0) - 1), ROUND_HALF_UP)
        sign = "=" if number == exact else ABOUT
    number = Decimal(plain(number.normalize()))
    return Result(
        number, amounts[0].plain_unit, f"({_sum(amounts)}) {DIVIDED} {len(amounts)} {sign} {plain(number)}"
    )


def chain(amounts: Sequence[Amount]) -> str:
    """Amounts in order with the signs between them.

    >>> chain([Amount(Decimal(3), "", Decimal(1), ""), Amount(Decimal(2), "", Decimal(1), "")])
    '3 > 2'
    """
    parts = [plain(amounts[0].number)]
    for one, other in pairwise(amounts):
        sign = ">" if one.number > other.number else "<" if one.number < other.number else "="
        parts += [sign, plain(other.number)]
    return " ".join(parts)


def rounded(exact: Decimal) -> tuple[Decimal, str]:
    """A quotient to two decimals, to one from ten on, below one to two digits at least; and whether it is that or only about that.

    >>> rounded(Decimal("1.845")), rounded(Decimal("18.58")), rounded(Decimal("0.001395")), rounded(Decimal(2))
    ((Decimal('1.85'), '≈'), (Decimal('18.6'), '≈'), (Decimal('0.0014'), '≈'), (Decimal('2'), '='))
    >>> rounded(Decimal("0.4026")), rounded(Decimal("0.4"))
    ((Decimal('0.40'), '≈'), (Decimal('0.4'), '='))
    """
    places = 1 if abs(exact) >= 10 else 2 if not exact else max(2, 1 - exact.adjusted())
    step = Decimal(1).scaleb(-places)
    number = exact.quantize(step, ROUND_HALF_UP)
    if number != exact and abs(number) < 1:
        return number, ABOUT
    return Decimal(plain(number.normalize())), "=" if number == exact else ABOUT


def plain(number: Decimal) -> str:
    """The number in digits, without an exponent.

    >>> plain(Decimal("1.50")), plain(Decimal("1E+3"))
    ('1.50', '1000')
    """
    return f"{number:f}"


def _signed(number: Decimal) -> str:
    return f"({plain(number)})" if number < 0 else plain(number)


def _sum(amounts: Sequence[Amount]) -> str:
    return " + ".join(_signed(one.number) for one in amounts)
