"""What one written quantity says: its numbers, the multiplier and the unit behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from policy_qa.language.numerals import folded, read_numerals
from policy_qa.language.quantities import is_unit

Form = Literal["number", "range", "ratio", "fraction", "rank"]

_ONE = Decimal(1)
_RATIO_MARK = re.compile("[/／:：∶]")
_SHARE = re.compile("(?P<sign>负?)(?P<whole>.+?)分之(?P<part>.+?)(?P<points>个百分点)?")
_HUNDREDTHS = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_VAGUE = re.compile("[多余来几]")
_MULTIPLIER = re.compile("[十百千万亿萬億]+$")
_PLAIN = re.compile("[-－−+＋±负]?[0-9０-９,，.．]+[ \u00a0\u2009\u3000]*")
_TENTHS = re.compile("(?P<whole>.*成)(?P<tenths>[一二三四五六七八九])")
_LONGEST_UNIT = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity as it is written, or one end of a range.

    The worth is `values` times `scale` in `unit`; `vague` holds 多, 余, 几 or 来 where the numeral has one.
    """

    form: Form
    values: tuple[Decimal, ...]
    scale: Decimal
    unit: str
    vague: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it has neither multiplier nor unit, and may take its neighbour's."""
        return self.form == "number" and not self.unit and self.scale == 1


_SAID = {
    "一半": Reading("fraction", (_ONE, Decimal(2)), _ONE, ""),
    "半数": Reading("fraction", (_ONE, Decimal(2)), _ONE, ""),
    "首位": Reading("rank", (_ONE,), _ONE, "位"),
    "榜首": Reading("rank", (_ONE,), _ONE, "位"),
}


@lru_cache(maxsize=8192)
def read_written(written: str) -> Reading | None:
    """What one quantity says, None where it is no exact number (几十万) or several (2020/5/3).

    Digits keep their multiplier apart, so that a neighbour can share it.

    >>> reading = read_written("3.5亿元")
    >>> reading.values, reading.scale, reading.unit
    ((Decimal('3.5'),), Decimal('100000000'), '元')
    """
    if written in _SAID:
        return _SAID[written]
    if share := _SHARE.fullmatch(written):
        return _share(share)
    if written[0] == "第":
        numeral, unit = _split_unit(written[1:].strip())
        values = read_numerals(numeral)
        return Reading("rank", values, _ONE, unit) if len(values) == 1 else None
    if tenths := _TENTHS.fullmatch(written):
        return _more(tenths["whole"], read_numerals(tenths["tenths"])[0] / 10)
    if written[-1] == "半":
        return _more(written[:-1], Decimal("0.5"))
    numeral, unit = _split_unit(written)
    return _ratio(numeral, unit) if _RATIO_MARK.search(numeral) else _number(numeral.strip(), unit)


def with_unit_of(bare: Reading, other: Reading) -> Reading:
    """`bare` with the unit of its neighbour, and its multiplier unless that makes it far larger (8000—1万元)."""
    if other.form not in {"number", "range"}:
        return bare
    scale = other.scale if bare.values[0] <= 100 * other.values[0] else _ONE
    return replace(bare, unit=other.unit, scale=scale)


def _number(numeral: str, unit: str) -> Reading | None:
    """The reading of a numeral with its unit; 七五折 and 75折 are 7.5折."""
    vague = "".join(_VAGUE.findall(numeral))
    multiplier = _MULTIPLIER.search(numeral)
    scale = _ONE
    if multiplier and _PLAIN.fullmatch(digits := _VAGUE.sub("", numeral[: multiplier.start()])):
        scales = read_numerals("1" + multiplier[0])
        if not scales:  # 十十
            return None
        numeral, scale = digits.strip(), scales[0]
    values = read_numerals(numeral)
    if unit == "折" and len(values) == 1 and 10 < values[0] < 100:
        values = (values[0] / 10,)
    return Reading("range" if len(values) == 2 else "number", values, scale, unit, vague) if values else None


def _more(written: str, part: Decimal) -> Reading | None:
    """The reading of `written` and a part of its unit more (三成半, 两年半)."""
    reading = read_written(written)
    if reading is None or len(reading.values) != 1:
        return None
    return replace(reading, values=(reading.values[0] * reading.scale + part,), scale=_ONE)


def _ratio(numeral: str, unit: str) -> Reading | None:
    """The reading of 1:9 and 7:2:1, and of 1/13; None for more than two numbers with strokes, which are a date."""
    parts = _RATIO_MARK.split(numeral)
    values = tuple(value for part in parts for value in read_numerals(part))
    form: Form = "fraction" if "/" in folded(numeral) else "ratio"
    if len(values) != len(parts) or (form == "fraction" and (len(parts) > 2 or not values[1])):
        return None
    return Reading(form, values, _ONE, unit)


def _share(share: re.Match[str]) -> Reading | None:
    """The reading of X分之Y: percent for 百, 千 and 万, else a fraction, numerator first."""
    sign = -1 if share["sign"] else 1
    part = tuple(sign * value for value in read_numerals(share["part"]))
    if hundredths := _HUNDREDTHS.get(folded(share["whole"])):
        form: Form = "range" if len(part) == 2 else "number"
        unit = "百分点" if share["points"] else "%"
        return Reading(form, tuple(value * hundredths for value in part), _ONE, unit) if part else None
    whole = read_numerals(share["whole"])
    return Reading("fraction", (*part, *whole), _ONE, "") if len(part) == len(whole) == 1 else None


def _split_unit(written: str) -> tuple[str, str]:
    """The numeral and the longest unit behind it, with its denominator (元/吨)."""
    upper, stroke, lower = written.replace("／", "/").partition("/")
    if stroke and is_unit(lower):
        numeral, unit = _split_unit(upper)
        if unit:
            return numeral, f"{unit}/{lower}"
    for length in range(min(_LONGEST_UNIT, len(written) - 1), 0, -1):
        if is_unit(written[-length:]):
            return written[:-length], written[-length:]
    return written, ""
