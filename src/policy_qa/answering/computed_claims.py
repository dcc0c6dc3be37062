"""Whether a computed claim holds: its working comes out, and works with figures that the claim cites and names rightly."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.agreeing import faults_of_agreement, faults_of_moments, is_agreement, is_of_moments
from policy_qa.answering.conclusions import bears_out_conclusion, is_conclusion
from policy_qa.answering.faults import Fault
from policy_qa.answering.workings import EXACT, just, reckon
from policy_qa.language.periods import Period, agreement, find_periods
from policy_qa.language.places import Place, find_places
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.told import Told

NAMED_VALUE = re.compile(r"([^，。：；、（）]+)（([^（）]+)）")
NUMBER = re.compile(r"[-－−]?\d[\d,]*(?:\.\d+)?")
SIGNED = re.compile(r"-?\d+(?:\.\d+)?")
BY_SOURCE = re.compile(
    messages.COMPUTED_BY_SOURCE.format(names="^[^，]*", title="[^》]*", place=".*?", told="")
)
"""Names a document, whose title may hold numbers and places of its own."""
COUNTED_TIMES = re.compile(r"按(?P<count>\d+)个?(?P<of>年|季度|月)平均")
MONTHS = {"年": 12, "季度": 3, "月": 1}
ORDER = re.compile(r"[><=]")
TOKEN = re.compile(r"\d+(?:\.\d+)?|[-+−×÷^()]")


def faults_of_computed(text: str, working: str | None, places: Sequence[Sequence[Told]]) -> Iterator[Fault]:
    """What of a computed claim does not hold: no working, one that does not come out, operands or names not cited.

    `places` are the figures told at each place that is cited.
    """
    if not working:
        yield Fault("quantity", text)
        return
    if is_agreement(text) or is_of_moments(text):
        faults_of = faults_of_agreement if is_agreement(text) else faults_of_moments
        yield from faults_of(text, working, places)
        return
    if is_conclusion(text) and not bears_out_conclusion(text, working):
        yield Fault("kind", text)
    told = [figure for place in places for figure in place]
    results: list[Decimal] = []
    operands: list[Decimal] = []
    between: list[Decimal] = []
    for line in working.split("；"):
        read = _read_line(line)
        if read is None:
            yield Fault("quantity", line)
            return
        used = [operand for operand in read[0] if operand in results]
        between += used
        operands += [operand for operand in read[0] if operand not in used]
        results += read[1]
    counted = _times_counted(text)
    for operand in operands:
        if operand != counted and not any(_is_worth(operand, figure) for figure in told):
            yield Fault("quantity", f"{operand:f}")
    yield from _faults_of_names(text, told, between)
    said = {abs(Decimal(match[0].replace(",", "").lstrip("-－−"))) for match in NUMBER.finditer(text)}
    for result in results:
        if abs(result) not in said and result not in between:
            yield Fault("quantity", f"{result:f}")


def _times_counted(text: str) -> Decimal | None:
    """How many years, quarters or months a claim divides by, where the times that it names bear that out; None for others.

    >>> _times_counted("2015年（20家）到2020年（60家），按5年平均"), _times_counted("2021年1—9月9亿元，按8个月平均")
    (Decimal('5'), None)
    """
    match = COUNTED_TIMES.search(text)
    if match is None:
        return None
    count = int(match["count"])
    named = [found.period for found in find_periods(text[: match.start()]) if found.period]
    years = {period.last.year for period in named}
    is_between = match["of"] == "年" and len(years) > 1 and max(years) - min(years) == count
    is_stretch = any(period.months == count * MONTHS[match["of"]] for period in named if not period.is_point)
    return Decimal(count) if is_between or is_stretch else None


def _read_line(line: str) -> tuple[list[Decimal], list[Decimal]] | None:
    """The operands of a line of working and its result; None where it does not come out.

    >>> _read_line("1107 − 881 = 226"), _read_line("1107 − 881 = 236"), _read_line("3 > 2 = 2")
    (([Decimal('1107'), Decimal('881')], [Decimal('226')]), None, ([Decimal('3'), Decimal('2'), Decimal('2')], []))
    """
    parts = [part.strip() for part in ORDER.split(line)]
    if all(SIGNED.fullmatch(part) for part in parts):
        numbers = [Decimal(part) for part in parts]
        signs = ORDER.findall(line)
        right = all(
            (one > other, one < other, one == other)["><=".index(sign)]
            for (one, other), sign in zip(pairwise(numbers), signs, strict=True)
        )
        return (numbers, []) if right and signs else None
    left, sign, right_side = line.rpartition("≈") if "≈" in line else line.rpartition("=")
    try:
        stated = Decimal(right_side.strip())
        worth, operands = reckon(TOKEN.findall(left), lambda token: just(Decimal(token)))
        with localcontext(EXACT):
            exact = worth.exact
            came = exact.quantize(Decimal(1).scaleb(min(int(stated.as_tuple().exponent), 0)), ROUND_HALF_UP)
    except (ArithmeticError, IndexError, ValueError):
        return None
    if exact != stated if sign == "=" else came != stated:
        return None
    return [Decimal(operand) for operand in operands], [stated]


def exact_result(working: str, shown: Decimal) -> Decimal | None:
    """What a working of one line comes to before it is rounded to what is shown; None for another working.

    >>> exact_result("(5 + 9 + 14 + 9) ÷ 4 ≈ 9.3", Decimal("9.3"))
    Decimal('9.25')
    """
    left, sign, result = working.rpartition("≈")
    if not sign or "；" in working or result.strip() != f"{shown:f}":
        return None
    with localcontext(EXACT):
        return reckon(TOKEN.findall(left), lambda token: just(Decimal(token)))[0].exact


def _is_worth(number: Decimal, figure: Told) -> bool:
    """Whether a figure is written with a number, or is worth it in 万, 亿 or 万亿."""
    written = NUMBER.search(figure.quantity.text)
    if written and abs(Decimal(written[0].replace(",", "").lstrip("-－−"))) == abs(number):
        return True
    values = figure.quantity.values
    if figure.quantity.form == "fraction" and number in values:
        return True
    return len(values) == 1 and any(abs(values[0]) == abs(number) * 10**power for power in (0, 4, 8, 12))


def _faults_of_names(text: str, told: Sequence[Told], between: Sequence[Decimal]) -> Iterator[Fault]:
    """The faults of names with a value in brackets behind: a cited figure of that value must be of that place and time.

    One of those `between`, which the working comes to before it goes on with them, is no source's.
    """
    for match in NAMED_VALUE.finditer(BY_SOURCE.sub("", text)):
        name, value = match[1], match[2]
        quantities = read_quantities(value)
        number = NUMBER.search(value)
        if not quantities or number is None:
            continue
        worth = abs(Decimal(number[0].replace(",", "").lstrip("-－−")))
        if worth in between:
            continue
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
