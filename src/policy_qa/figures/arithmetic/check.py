"""A stated result and what its parts come to: the check, its operands, and how their working is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from policy_qa.figures.arithmetic.rounding import Interval, as_stated, signed, value_of, written_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Span

CheckKind = Literal["share", "difference", "growth", "yearly growth", "multiple", "sum", "order", "rank"]


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that a check reckons with.

    Of a cell `label` are the labels of its row and column, `unit` the unit that these name; "" for others.
    """

    document: Document
    figure: Figure
    label: str = ""
    unit: str = ""

    @property
    def span(self) -> Span:
        """Where the number with its unit stands."""
        return self.figure.span

    @property
    def text(self) -> str:
        """The figure as it stands, white space inside left out; of a cell with its `unit`."""
        text = "".join(self.span.of(self.document.text).split())
        return text if not self.unit or text.endswith(self.unit) else text + self.unit


@dataclass(frozen=True, slots=True)
class Check:
    """A result that a document states, recomputed from parts that are stated too.

    `statement` is the sentence or row of `document` that states it, `result` the stated figure, `stated` its words;
    `recomputed` is what the operands give, `working` how: 「304 ÷ 780 = 38.97%」. `is_right` unless no values that round to the
    operands give one that rounds to what is stated.
    """

    document: Document
    statement: Span
    kind: CheckKind
    result: Operand
    operands: tuple[Operand, ...]
    stated: str
    recomputed: str
    working: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A result that a document states, which cannot be recomputed: `missing` says which part no source states."""

    document: Document
    statement: Span
    kind: CheckKind
    result: Operand
    operands: tuple[Operand, ...]
    missing: str


Finding = Check | Gap


def judged(
    kind: CheckKind,
    result: Operand,
    operands: Sequence[Operand],
    computed: Interval,
    exact: Decimal,
    working: str,
) -> Check | None:
    """The check of a result, None where what is stated is no single value.

    `computed` is all that the operands leave open, `exact` what they come to as they stand; `working` is the left side.
    """
    stated = as_stated(result.figure.quantity)
    if stated is None:
        return None
    unit = "百分点" if result.figure.quantity.unit == "百分点" else ""
    is_right = stated.overlaps(computed.magnitude())
    return Check(
        result.document,
        result.figure.sentence,
        kind,
        result,
        tuple(operands),
        result.text,
        _like(result, exact),
        f"{working} = {_more_exact(result, exact)}{unit and '个百分点'}",
        is_right,
    )


def _like(result: Operand, exact: Decimal) -> str:
    """The recomputed value, rounded and written as the stated one is."""
    return _written(result, exact, _places(result))


def _more_exact(result: Operand, exact: Decimal) -> str:
    """The recomputed value with two decimals more where it has them, without the unit 个百分点."""
    places = _places(result) + (1 if _unit_written(result) == "%" and _has_digits(result) else 2)
    text = _plain(abs(exact) / _scale(result), places)
    return text + _unit_written(result).replace("个百分点", "")


def _written(result: Operand, exact: Decimal, places: int) -> str:
    if not _has_digits(result):
        return _more_exact(result, exact)
    scaled = (abs(exact) / _scale(result)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{scaled}{_unit_written(result)}"


def _has_digits(result: Operand) -> bool:
    """Whether the result is written with digits and a unit: 两倍半 and 1/4 are not, they are worked out as 2.62倍 and 24.5%."""
    quantity = result.figure.quantity
    return quantity.form != "fraction" and written_digits(quantity.text) is not None


def _scale(result: Operand) -> Decimal:
    """How many base units one written unit is: 100000000 of 3.5亿元; of a fraction that of a percent."""
    quantity = result.figure.quantity
    if quantity.form == "fraction":
        return Decimal("0.01")
    digits = written_digits(quantity.text)
    value = abs(value_of(quantity))
    return value / digits if digits and value and quantity.form == "number" else Decimal(1)


def _places(result: Operand) -> int:
    digits = written_digits(result.figure.quantity.text) if _has_digits(result) else None
    return 0 if digits is None else max(0, -int(digits.as_tuple().exponent))


def _unit_written(result: Operand) -> str:
    """What stands behind the digits of the result, multipliers included; of a bare cell or one in words its unit."""
    quantity = result.figure.quantity
    if quantity.form == "fraction":
        return "%"
    if not _has_digits(result):
        return quantity.unit
    text = result.text
    end = max((at for at, letter in enumerate(text, start=1) if letter.isdigit()), default=0)
    return text[end:] or ("%" if quantity.unit == "%" else "")


def _plain(value: Decimal, places: int) -> str:
    text = str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def told(operand: Operand) -> str:
    """An operand as a working shows it: its digits with multiplier and unit, a fall with its sign.

    Negative ones stand in brackets.
    """
    text = operand.text
    if signed(operand.figure.quantity) < 0:
        return f"(−{text.lstrip('-－−')})"
    return text
