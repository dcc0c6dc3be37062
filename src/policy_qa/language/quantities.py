"""Where the quantities of a text stand: numbers with their signs, multipliers and units, ranges, ratios, dates.

This is what keeps figures whole; what they are worth is read elsewhere.
"""

from __future__ import annotations

import re
from importlib import resources

from policy_qa.language.normalize import unify_radicals
from policy_qa.types import Span

_DIGIT = "[0-9０-９]"
_GAP = "[ \u00a0\u2009\u3000]{0,2}"
_NUMERAL = "[零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]"

# Look-behinds and possessive quantifiers keep every attempt from scanning one run twice: a text of 100,000
# digits takes linear time. More than 40 digits in a row are no number but an identifier.
_DIGITS = f"(?<!{_DIGIT}){_DIGIT}{{1,40}}+(?!{_DIGIT})"
_GROUPED = f"(?<!{_DIGIT}){_DIGIT}{{1,3}}+(?:[,，]{_DIGIT}{{3}}(?!{_DIGIT})){{1,8}}+"
_SIGN = "(?<![0-9０-９A-Za-z)）%％])[-－−+＋±]"
_NUMBER = f"(?:{_SIGN})?(?:{_GROUPED}|{_DIGITS})(?:[.．]{_DIGITS}){{0,4}}+"
_RUN = f"(?<!{_NUMERAL}){_NUMERAL}{{1,20}}+(?!{_NUMERAL})"

_START = re.compile(f"[-－−+＋±第几数]|{_DIGIT}|{_NUMERAL}")
_RANGE_MARK = re.compile(f"{_GAP}(?:——?|--?|[－–―~～〜至到]){_GAP}")
_GAP_PATTERN = re.compile(_GAP)

_DAY = f"{_NUMBER}(?:{_GAP}[-—－–~～至]{_GAP}{_NUMBER})?{_GAP}[日号]"
_MONTH = f"{_NUMBER}(?:{_GAP}[-—－–~～至]{_GAP}{_NUMBER})?{_GAP}月份?(?:{_GAP}{_DAY})?"
_DATE = re.compile(
    f"{_NUMBER}{_GAP}年{_GAP}{_MONTH}|{_MONTH}|{_RUN}年{_RUN}月(?:{_RUN}[日号])?|{_RUN}月{_RUN}[日号]"
)
_ARABIC = re.compile(
    f"(?:第{_GAP})?{_NUMBER}(?:{_GAP}[/／:：∶]{_GAP}{_NUMBER}){{0,3}}+"
    f"(?:{_GAP}(?:[多余来几](?=[十百千万亿]))?[十百千万亿兆]{{1,3}}+)?+"
)
_WRITTEN = re.compile(
    f"(?:[几数](?=[十百千万亿]))?(?:{_RUN}[至到—-])?(?![万亿]|零(?!{_NUMERAL})){_RUN}(?:点{_RUN})?+"
)
_FRACTION = re.compile(f"{_RUN}分之{_RUN}(?:点{_RUN})?+(?:个百分点)?")
_ORDINAL = re.compile(f"第{_RUN}")


def _read_units() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The units that may stand behind digits, behind Chinese numerals, and behind a lone 一."""
    text = resources.files("policy_qa.language").joinpath("vocabularies/units.txt").read_text("utf-8")
    marked = [unit for line in text.splitlines() if not line.startswith("#") for unit in line.split()]
    listed = {unit.rstrip("*~") for unit in marked}
    behind_digits = frozenset(listed | {unit.casefold() for unit in listed} | {"％"})
    behind_numerals = frozenset(unit.rstrip("~") for unit in marked if not unit.endswith("*"))
    behind_one = frozenset(unit for unit in marked if not unit.endswith(("*", "~")))
    return behind_digits, behind_numerals, behind_one


_UNITS, _UNITS_OF_NUMERALS, _UNITS_OF_ONE = _read_units()
_LONGEST_UNIT = max(map(len, _UNITS))


def find_quantities(text: str) -> list[Span]:
    """The spans of all quantities in text order; words like 约 or 超 before a number are outside.

    A space between number and unit does not part them, a line end does. Chinese numerals count only with a
    unit, a lone 一 only with a unit of measure. Takes linear time; no quantity is longer than a few hundred
    characters.

    >>> text = "2021年1-9月，完成投资约316.55 亿元，增长5.0%—5.5%。"
    >>> [span.of(text) for span in find_quantities(text)]
    ['2021年1-9月', '316.55 亿元', '5.0%—5.5%']
    """
    text = unify_radicals(text)
    found = []
    place = 0
    while start := _START.search(text, place):
        end = _range_end(text, start.start())
        if end is None:
            place = start.end()
        else:
            found.append(Span(start.start(), end))
            place = end
    return found


def _range_end(text: str, start: int) -> int | None:
    """The end of the quantity that starts at `start`, ranges of up to four members included."""
    end = _single_end(text, start)
    if end is None:
        return None
    for _ in range(3):
        mark = _RANGE_MARK.match(text, end)
        following = _single_end(text, mark.end()) if mark else None
        if following is None:
            break
        end = following
    return end


def _single_end(text: str, start: int) -> int | None:
    """The end of the date, measure, ratio or bare number that starts at `start`."""
    if whole := _DATE.match(text, start) or _FRACTION.match(text, start):
        return whole.end()
    if number := _ARABIC.match(text, start):
        return _measure_end(text, number.end(), _UNITS) or number.end()
    if number := _ORDINAL.match(text, start):
        return _measure_end(text, number.end(), _UNITS_OF_NUMERALS) or number.end()
    if number := _WRITTEN.match(text, start):
        return _measure_end(text, number.end(), _UNITS_OF_ONE if number[0] == "一" else _UNITS_OF_NUMERALS)
    return None


def _measure_end(text: str, start: int, units: frozenset[str]) -> int | None:
    """The end of the unit that follows at `start`, behind a space or 多 and 余, with its denominator (元/吨)."""
    if text[start : start + 1] in {"多", "余", "来", "几"} and (end := _unit_end(text, start + 1, units)):
        return end
    gap = _GAP_PATTERN.match(text, start)
    end = _unit_end(text, gap.end() if gap else start, units)
    if end is not None and text[end : end + 1] in {"/", "／"}:
        return _unit_end(text, end + 1, _UNITS) or end
    return end


def _unit_end(text: str, start: int, units: frozenset[str]) -> int | None:
    """The end of the longest unit that starts at `start`; a Latin unit does not end inside a Latin word."""
    for length in range(_LONGEST_UNIT, 0, -1):
        unit = text[start : start + length]
        if unit in units and len(unit) == length:
            following = text[start + length : start + length + 1]
            if not (_is_latin(unit[-1]) and following and _is_latin(following)):
                return start + length
    return None


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
