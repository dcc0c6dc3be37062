"""Where the quantities of a text stand: numbers with their signs, multipliers and units, ranges, ratios, dates.

This is what keeps figures whole; what they are worth is read elsewhere.
"""

from __future__ import annotations

import re
from importlib import resources

from policy_qa.language.normalize import unify_radicals
from policy_qa.language.numerals import folded, read_numerals, with_simplified_numerals
from policy_qa.types import Span

_DIGIT = "[0-9０-９]"
_GAP = "[ \u00a0\u2009\u3000]{0,2}"
_NUMERAL = "[零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億兩]"

# Look-behinds and possessive quantifiers keep every attempt from scanning one run twice: a text of 100,000
# digits takes linear time. More than 40 digits in a row are no number but an identifier.
_DIGITS = f"(?<!{_DIGIT}){_DIGIT}{{1,40}}+(?!{_DIGIT})"
_GROUPED = f"(?<!{_DIGIT}){_DIGIT}{{1,3}}+(?:[,，]{_DIGIT}{{3}}(?!{_DIGIT})){{1,8}}+"
_SIGN = "(?<![0-9０-９A-Za-z)）%％])[-－−+＋±]|(?<![担肩背胜抱欠辜自正减增转])负"
_NUMBER = f"(?:{_SIGN})?(?:(?:{_GROUPED}|{_DIGITS})(?:[.．]{_DIGITS}){{0,4}}+|(?<![\\w.．])[.．]{_DIGITS})"
_RUN = f"(?<!{_NUMERAL}){_NUMERAL}{{1,32}}+(?!{_NUMERAL})"
_DECIMALS = "点[零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,20}+[万亿]{0,2}+"

_START = re.compile(f"[-－−+＋±负第几数]|首位|榜首|(?<![\\w.．])[.．](?={_DIGIT})|{_DIGIT}|{_NUMERAL}|半数")
_RANGE_MARK = re.compile(f"{_GAP}(?:——?|--?|[－–―~～〜至到]){_GAP}")
_GAP_PATTERN = re.compile(_GAP)

_DAY = f"{_NUMBER}(?:{_GAP}[-—－–~～至]{_GAP}{_NUMBER})?{_GAP}[日号]"
_MONTH = f"{_NUMBER}(?:{_GAP}[-—－–~～至]{_GAP}{_NUMBER})?{_GAP}月份?(?:{_GAP}{_DAY})?"
_DATE = re.compile(
    f"{_NUMBER}{_GAP}年{_GAP}{_MONTH}|{_MONTH}|{_RUN}年{_RUN}月(?:{_RUN}[日号])?|{_RUN}月{_RUN}[日号]"
)
_ARABIC = re.compile(
    f"(?:第{_GAP})?{_NUMBER}(?:{_GAP}[/／:：∶]{_GAP}{_NUMBER}){{0,3}}+"
    f"(?:{_GAP}(?:[多余来几](?=[十百千万亿萬億]))?[十百千万亿萬億]{{1,3}}+(?!分[点之])"
    f"(?:零?{_DIGIT}{{1,4}}+[十百千万亿萬億]{{1,2}}+){{0,3}}+"
    f"(?:(?:(?<=[万萬]){_DIGIT}{{4}}|零{_DIGIT}{{1,3}}+)(?![.．]?{_DIGIT}))?+)?+"
)
_WRITTEN = re.compile(
    f"负?(?:[几数](?=[十百千万亿]))?(?:{_RUN}[至到—-])?(?![万亿]|零(?!{_NUMERAL}|点)){_RUN}"
    f"(?:[多余来几](?=[十百千万亿]){_NUMERAL}{{1,3}}+)?(?:{_DECIMALS})?+"
)
_FRACTION = re.compile(
    f"负?(?:{_RUN}|{_DIGITS})分之(?:{_RUN}(?:{_DECIMALS}|[至到—]{_RUN}(?!分之))?+|{_NUMBER})(?:个百分点)?"
    "|(?<!另)一半(?![径导岛])|半数"
)
# Without a unit only what is no name, date or idiom: a digit and its place (三千五百, 二百五), or decimals.
_SPOKEN = re.compile("[一二三四五六七八九](?:[百千万亿]|十[一二三四五六七八九万亿])|十.?[万亿]")
_BARE_DECIMAL = re.compile(
    f"负?(?:零|{_RUN}){_DECIMALS}(?![\u4e00-\u9fff])|负?(?:零|[一二三四五六七八九]?十.?){_DECIMALS}"
)
_TENTH = re.compile("[一二三四五六七八九半](?=[^\u4e00-\u9fff]|[的以左上和与及或]|$)")
_HALVED = frozenset("年月时天成倍吨米斤亩里")
_RANK = re.compile(f"(?<=前){_RUN}(?=[^\u4e00-\u9fff]|[的和与、强]|$)")
_FIRST = re.compile("首位|榜首")
_RANKED = re.compile("(?:[居列位]|保持|排名?|名列|占据|[升登]至?|荣登|荣居)[^，,。；;：:0-9]{0,12}$")
_RANKED_SIGHT = 16
_VAGUE = re.compile("[多余来几]")
_IDIOM = re.compile("百折不")
_IN_A_ROW = re.compile("连(?=[丰增涨升降跌冠胜快][”’」』，,。；;、的]|[丰增涨升降跌冠胜快]$)")
"""二十一连丰: so many years one behind the other, no number of anything."""
_NO_ONE = re.compile(f"(?<=[唯同单每任某逐])一(?!{_NUMERAL})|一人[口民类]")
"""Words in which 一 counts nothing: 唯一人口净流入城市, 同一家企业."""
_HALF = re.compile("半(?![径导岛数天年日月夜山坡圆自封])")
_ENDING_IN_FINANCIAL = re.compile("[大内登着水海]陆|[队入退行]伍|[收朝]拾|大肆")
_NAME_THEN_YEARLY = re.compile(f"(?<=[A-Za-z]){_NUMBER}年均")
"""PM10年均浓度 tells of no ten years."""
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
    return [Span(members[0].start, members[-1].end) for members in find_members(text)]


def find_members(text: str) -> list[tuple[Span, ...]]:
    """What `find_quantities` finds, each as its members: the ends of a range, else the quantity alone.

    >>> [[member.of("5.0%—5.5%") for member in members] for members in find_members("5.0%—5.5%")]
    [['5.0%', '5.5%']]
    """
    text = with_simplified_numerals(unify_radicals(text))
    found = []
    place = 0
    while start := _START.search(text, place):
        members = _members(text, start.start())
        place = members[-1].end if members else start.end()
        if members:
            found.append(members)
    return found


def is_date(text: str) -> bool:
    """Whether `text` is one date: year and month, month, month and day.

    >>> is_date("2021年1-9月"), is_date("9个月")
    (True, False)
    """
    return _DATE.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """Whether `text` is a unit that may stand behind digits.

    >>> is_unit("个百分点"), is_unit("百分")
    (True, False)
    """
    return text in _UNITS


def _members(text: str, start: int) -> tuple[Span, ...]:
    """The quantity that starts at `start`, ranges of up to four members included; empty where none does."""
    end = _single_end(text, start)
    if end is None:
        return ()
    members = [Span(start, end)]
    for _ in range(3):
        mark = _RANGE_MARK.match(text, end)
        following = _single_end(text, mark.end()) if mark else None
        if mark is None or following is None:
            break
        members.append(Span(mark.end(), following))
        end = following
    return tuple(members)


def _single_end(text: str, start: int) -> int | None:
    """The end of the date, measure, ratio or bare number that starts at `start`."""
    if whole := _DATE.match(text, start) or _FRACTION.match(text, start):
        return whole.end()
    if number := _ARABIC.match(text, start):
        measured = None if _NAME_THEN_YEARLY.match(text, start) else _measured(text, number, _UNITS)
        return measured or number.end()
    if first := _FIRST.match(text, start):  # 居全国首位; not 把就业放在首位
        return first.end() if _RANKED.search(text, max(0, start - _RANKED_SIGHT), start) else None
    if number := _ORDINAL.match(text, start) or _RANK.match(text, start):
        return _measure_end(text, number.end(), _UNITS_OF_NUMERALS) or number.end()
    return _written_end(text, start)


def _written_end(text: str, start: int) -> int | None:
    """The end of the Chinese numeral at `start`: with its unit, or alone where it can be nothing else."""
    number = _WRITTEN.match(text, start)
    if (
        not number
        or _unit_end(text, start, _UNITS)
        or _ENDING_IN_FINANCIAL.match(text, start - 1)
        or _IDIOM.match(text, start)
        or _NO_ONE.match(text, start)
    ):
        return None  # 千瓦 is no 1000瓦, 大陆百家 no 600家
    units = _UNITS_OF_ONE if number[0] == "一" else _UNITS_OF_NUMERALS
    if end := _measured(text, number, units):
        return end
    if _BARE_DECIMAL.match(text, start):
        return number.end()
    if (
        not _IN_A_ROW.match(text, number.end())
        and _SPOKEN.match(_VAGUE.sub("", folded(number[0])).lstrip("负"))
        and read_numerals(number[0])
    ):
        return number.end() + (text[number.end() : number.end() + 1] in {"多", "余"})
    return None


def _measured(text: str, number: re.Match[str], units: frozenset[str]) -> int | None:
    """The end of the unit behind `number`, also of one that starts with its 千 or 百 (323千卡), and of a half more."""
    end = _measure_end(text, number.end(), units)
    if end is None and number[0][-1] == "千" and len(number[0]) > 1:
        end = _measure_end(text, number.end() - 1, units)
    if end is None:
        return None
    if text[end - 1] == "成" and (tenth := _TENTH.match(text, end)):
        return tenth.end()
    half = _HALF.match(text, end)
    return half.end() if half and text[end - 1] in _HALVED else end


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
