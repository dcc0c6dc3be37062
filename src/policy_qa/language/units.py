"""What a unit is told in: its base and the exact factor between them, as `unit_scales.txt` lists them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from importlib import resources

_COUNTERS = {"户": "家", "个": "家", "名": "人"}


def counter_of(unit: str) -> str:
    """The unit, of counters that are said of the same things always the same one.

    >>> counter_of("家") == counter_of("户") == counter_of("个"), counter_of("件")
    (True, '件')
    """
    return _COUNTERS.get(unit, unit)


@lru_cache(maxsize=4096)
def unit_scale(unit: str) -> tuple[str, Decimal]:
    """The base of `unit` and how many of it one unit is; a unit that is not listed is its own base.

    A compound (元/吨) is told in the bases of its parts where that is exact.

    >>> unit_scale("公顷"), unit_scale("家")
    (('亩', Decimal('15')), ('家', Decimal('1')))
    """
    scales, folded = _scales()
    listed = scales.get(unit) or folded.get(unit.casefold())
    if listed:
        return listed
    upper, stroke, lower = unit.replace("／", "/").partition("/")
    if not stroke or not lower:
        return unit, Decimal(1)
    base, factor = unit_scale(upper)
    below, divisor = unit_scale(lower)
    inverse = 1 / divisor
    if inverse * divisor != 1:  # 元/平方米 cannot be told exactly in 元/亩
        return f"{base}/{lower}", factor
    return f"{base}/{below}", factor * inverse


@lru_cache(maxsize=1)
def _scales() -> tuple[dict[str, tuple[str, Decimal]], dict[str, tuple[str, Decimal]]]:
    """The listed units as they stand, and without regard to case."""
    text = resources.files("policy_qa.language").joinpath("vocabularies/unit_scales.txt").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    scales = {unit: (base, Decimal(factor)) for unit, base, factor in rows}
    return scales, {unit.casefold(): scale for unit, scale in reversed(scales.items())}
