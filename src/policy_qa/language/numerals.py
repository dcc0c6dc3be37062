"""What a numeral is worth: digits with separators, Chinese numerals, and both mixed (3.9万亿, 5亿1万4千)."""

from __future__ import annotations

import re
from decimal import Decimal

_FOLDED = str.maketrans(
    "０１２３４５６７８９．，－−＋○〇零两兩俩倆壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億點負／",
    "0123456789.,--+零零零二二二二一二二三三四五六六七八九十百千万亿点负/",
)
_TRADITIONAL = str.maketrans(
    "萬億兩貳參陸負點個幾餘來雙對輛戶畝頃噸圓", "万亿两贰叁陆负点个几余来双对辆户亩顷吨圆"
)
_HAS_TRADITIONAL = re.compile("[萬億兩貳參陸負點個幾餘來雙對輛戶畝頃噸圓]")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿]")
_PLAIN = re.compile(r"(?:[0-9]+|(?=\.))(?:\.[0-9]+)?")
_MULTIPLIER = re.compile("[万亿]+$")
_VAGUE = re.compile("[多余餘来來几幾]")
_LIANG_BEHIND = re.compile("[十百千万亿][两兩]$")  # a weight: nobody says 两万两 for 22,000
_WHITE_SPACE = re.compile(r"\s+")
_NEIGHBOURS = re.compile(
    "(?<![零一二三四五六七八九])([二三四五六七八一])([二三四五六七八九])(?=[十百千万亿]|$)"
)


def with_simplified_numerals(text: str) -> str:
    """`text` with the traditional characters of numerals and the commonest counters as simplified ones; as long.

    >>> with_simplified_numerals("三萬兩千個")
    '三万两千个'
    """
    return text.translate(_TRADITIONAL) if _HAS_TRADITIONAL.search(text) else text


def folded(text: str) -> str:
    """`text` without white space, with the plain characters of digits, numerals and marks; its length may differ.

    >>> folded("壹萬 ２／３")
    '一万2/3'
    """
    return _WHITE_SPACE.sub("", text).translate(_FOLDED)


def read_numeral(text: str) -> Decimal | None:
    """The exact worth of a numeral, None for what is none; 多, 余 and 几 behind a figure add nothing.

    White space and thousands separators do not count. A last digit without its place takes the next lower one
    (四百五 is 450).

    >>> read_numeral("39万亿"), read_numeral("四百五"), read_numeral("1,234.5"), read_numeral("万一")
    (Decimal('39000000000000'), Decimal('450'), Decimal('1234.5'), None)
    """
    if _LIANG_BEHIND.search(text):
        return None
    bare = folded(text).replace(",", "")
    sign = -1 if bare[:1] in {"-", "负"} else 1
    bare = bare.lstrip("-+±负")
    if _PLAIN.fullmatch(bare):
        return sign * Decimal(bare)
    whole, point, decimals = bare.partition("点")
    worth = _integer(_VAGUE.sub("", whole)) if not _VAGUE.match(whole) else None
    if worth is None or (point and not decimals):
        return None
    if not point:
        return sign * _plain(worth)
    multiplier = _MULTIPLIER.search(decimals)
    tail = _fraction(decimals[: multiplier.start()] if multiplier else decimals)
    scale = _integer("一" + multiplier[0]) if multiplier else Decimal(1)
    return None if tail is None or scale is None else sign * _plain((worth + tail) * scale)


def ordinal(number: int) -> str:
    """第 with a number as one writes it: up to ten in words.

    >>> ordinal(3), ordinal(12)
    ('第三', '第12')
    """
    return f"第{'一二三四五六七八九十'[number - 1]}" if 1 <= number <= 10 else f"第{number}"


def read_numerals(text: str) -> tuple[Decimal, ...]:
    """The worth of a numeral, two where two neighbouring digits stand for a range (三四百), none for no numeral.

    >>> read_numerals("三四百"), read_numerals("二十")
    ((Decimal('300'), Decimal('400')), (Decimal('20'),))
    """
    bare = folded(text)
    pair = _NEIGHBOURS.search(bare)
    if pair and (int(_DIGITS[pair[2]]) - int(_DIGITS[pair[1]]) == 1 or pair[0] == "三五") and len(bare) < 12:
        ends = [read_numeral(bare[: pair.start()] + digit + bare[pair.end() :]) for digit in pair.groups()]
        if all(end is not None for end in ends):
            return tuple(end for end in ends if end is not None)
    worth = read_numeral(text)
    return () if worth is None else (worth,)


def _integer(text: str) -> Decimal | None:
    """What the part of a numeral before 点 is worth; None where its tokens do not cover it or make no number."""
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return Decimal("".join(str(_DIGITS[token]) for token in tokens))
    if tokens[0] in _MYRIADS:
        return None
    return _composed(tokens)


def _composed(words: list[str]) -> Decimal | None:
    """What figures and their places add up to (五亿零六, 5万4千6百, 一万五千亿); None for two figures in a row."""
    parts: list[tuple[Decimal, int]] = []  # each myriad's amount with the myriad
    section = Decimal(0)
    current: Decimal | None = None
    place, section_place, after_zero = 1, 10**4, False
    for word in words:
        if word == "零":
            after_zero, current = True, Decimal(0) if len(words) == 1 else current
        elif word in _PLACES:
            if _PLACES[word] >= section_place:
                return None
            section += (Decimal(1) if current is None else current) * _PLACES[word]
            current, place, section_place, after_zero = None, _PLACES[word], _PLACES[word], False
        elif word in _MYRIADS:
            place, section_place, after_zero = _MYRIADS[word], 10**4, False
            section += current or 0
            while parts and (parts[-1][1] < place or section == 0):
                section += parts.pop()[0]
            parts.append((section * place, place))
            section, current = Decimal(0), None
        elif current is not None:
            return None
        else:
            current = Decimal(_DIGITS[word]) if word in _DIGITS else Decimal(word)
    if current is not None and words[-1] in _DIGITS and place > 10 and not after_zero:
        current *= place // 10
    return sum((amount for amount, _ in parts), section + (current or 0))


def _fraction(digits: str) -> Decimal | None:
    """What the digits behind 点 are worth."""
    if not digits or any(digit not in _DIGITS for digit in digits):
        return None
    return Decimal("0." + "".join(str(_DIGITS[digit]) for digit in digits))


def _plain(worth: Decimal) -> Decimal:
    """`worth` without an exponent."""
    return Decimal(f"{worth:f}")
