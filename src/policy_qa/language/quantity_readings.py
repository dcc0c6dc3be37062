"""What one written quantity says: its numbers, the multiplier and the unit behind them; and which numbers only label something."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from policy_qa.language.numerals import folded, read_numerals
from policy_qa.language.quantities import is_unit

if TYPE_CHECKING:
    from policy_qa.types import Span

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
_HAN = "\u4e00-\u9fff"
_CALENDAR = re.compile(
    "年[度份代底末初间上下前].*|月份?|月[底末初]|[日号]|号文|时|点钟|季度?|世纪[末初]?|刻钟"
)
_YEAR_LIKE = re.compile("(?:1[89]|20)[0-9]{2}|(?:１[８９]|２０)[０-９]{2}")
_CLOCK = re.compile("(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?")
_CLOCK_SURE = re.compile("0[0-9]:.*|.*:0[0-9]|[12][0-9]:[0-5][0-9].*")
_LABEL = re.compile(
    "(?:表|图|附件|附表|附图|附录|专栏|公式|案例|注释|脚注|方案|样本|编号|电话|邮编|页码|代码)[ \u3000]{0,2}[（(]?(?:[0-9]{1,3}[-.—、和至])*$"
    "|[A-Za-z][-－—.·+]?$|[0-9”]?[+＋·•]$|[〔［\\[【#№]$|[<≤]?[A-Za-z]/[A-Z] ?$"
)
_LABEL_BEHIND = re.compile("[A-Za-z+＋·•]|[〕］\\]】]")
_BRACKETED = re.compile("[（(〔［\\[【“][ ]?$")
_BRACKET_END = re.compile("[ ]?[）)〕］\\]】”]")
_HEADING_NUMBER = re.compile("[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){0,3}")
_LINE_START = re.compile("(?:^|(?<=\\n))[# \u3000]*$")
_HEADING_BEHIND = re.compile(f"[、.．)）](?![0-9０-９])|[ \u3000]{{1,4}}[“《]?[{_HAN}A-Z]")
_RANKED = re.compile("(?:居|列|排|位|名|全[国区省市县州]|世界|全球|升至|降至|跃至|获|夺|为|是)[ \u3000]?$")
_NO_RANK = re.compile(
    "(?:[一二三、和]*次?产业|季|方(?!面)|线|责任|书记|时间|人称|医院|人民|中学|小学|师|财|资源|要务|动力|生产力|课堂|代码|"
    "步|轮|章|节|条|款|编|部分|页|[（(])"
)
_NAMES = {
    "次": re.compile("产业|能源|创业|分配|供水|供热|污染|间接"),
    "期": re.compile("工程|项目|间|建设|规划|叠加"),
    "所": re.compile("[示列述在得]"),  # 如图2所示
}
_HOURS = ("午", "晚", "晨", "早", "日", "时间")
_NUMBERED = frozenset("线路区级类型馆楼口栋厂站")  # S1线, A3区


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


def is_label(text: str, span: Span, reading: Reading) -> bool:
    """Whether `text[span]`, read as `reading`, is no quantity but a date, a time or a number something is called by.

    >>> from policy_qa.language.quantity_readings import read_written
    >>> from policy_qa.types import Span
    >>> is_label("见表3。", Span(2, 3), read_written("3")), is_label("共3家", Span(1, 3), read_written("3家"))
    (True, False)
    """
    before, after = text[max(0, span.start - 10) : span.start], text[span.end : span.end + 6]
    if reading.form == "rank":
        return _is_no_rank(reading, before, after)
    if reading.form == "ratio":
        return _is_clock(span.of(text), before)
    if reading.unit:
        parted = " " in span.of(text) and _LABEL.search(before) is not None  # 表2 部分城市
        return parted or _is_named_unit(reading, before, after)
    return reading.scale == 1 and _is_bare_label(text, span, before, after)


def is_calendar(reading: Reading) -> bool:
    """Whether this is a year or another date: 2020年, 5月, 2011—2018年, and 2025年 behind the number of its heading."""
    if reading.unit == "年":
        return reading.scale == 1 and all(
            value >= 1000 or 1900 <= value % 1 * 10000 < 2100 for value in reading.values
        )
    return _CALENDAR.fullmatch(reading.unit) is not None


def _is_named_unit(reading: Reading, before: str, after: str) -> bool:
    """Whether a number with a unit is a date or a name: 5日 (not 5日内), 三次产业, 二期工程."""
    if reading.unit in {"日", "时"} and after.startswith(("内", "以内", "之内")):
        return False
    if reading.unit in _NUMBERED and before[-1:].isascii() and before[-1:].isalpha():
        return True
    if reading.unit == "点" and reading.values[0] <= 24 and before.endswith(_HOURS):
        return True
    name = _NAMES.get(reading.unit)
    return is_calendar(reading) or (name is not None and name.match(after) is not None)


def _is_no_rank(reading: Reading, before: str, after: str) -> bool:
    """Whether 第N ranks nothing: 第三产业, 第一责任人, 第一季度, 第3年."""
    if reading.unit:
        return _CALENDAR.fullmatch(reading.unit) is not None
    if _NO_RANK.match(after):
        return True
    return not (
        _RANKED.search(before)
        or not after
        or not "\u4e00" <= after[0] <= "\u9fff"
        or after[0] in "的和与及大高"
    )


def _is_clock(written: str, before: str) -> bool:
    """Whether a:b is a time of day (10:30, 8:05) rather than a ratio."""
    if not _CLOCK.fullmatch(written):
        return False
    sure = _CLOCK_SURE.fullmatch(written.replace("：", ":"))
    return before.endswith(_HOURS) or (bool(sure) and not before.endswith(("比", "比例", "为")))


def _is_bare_label(text: str, span: Span, before: str, after: str) -> bool:
    """Whether a number without unit is a year, or numbers a table, a heading, a note, a model (5G, PM2.5)."""
    written = span.of(text)
    if _LABEL.search(before) or _LABEL_BEHIND.match(after):
        return True
    if all(_YEAR_LIKE.fullmatch(part) for part in re.split("[-－—–~～至到 ]+", written) if part):
        return True
    if _BRACKETED.search(before) and _BRACKET_END.match(after) and written.isdecimal():
        return len(written) < 3 or before.endswith("“")
    if not _HEADING_NUMBER.fullmatch(written):
        return written.count(".") > 1
    return _LINE_START.search(text, max(0, span.start - 8), span.start) is not None and bool(
        _HEADING_BEHIND.match(after)
    )
