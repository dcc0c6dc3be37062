"""What a single line looks like: numbered, an item of a list, a row of a table, a caption, or prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from policy_qa.ingest.tables.fields import is_unit
from policy_qa.language.normalize import unify_radicals

LineKind = Literal["prose", "numbered", "item", "table", "apart"]

NUMERALS = "一二三四五六七八九十百零〇"
UNITS = "万亿千百个家元倍人吨公米亩项度年月日件岁"  # what stands behind a decimal that numbers nothing
MARK = re.compile(
    rf"""(?:\*\*|__)?(?:
      第(?P<ordinal>[{NUMERALS}\d]{{1,7}})(?P<unit>编|篇|部分|章|节|条)(?![例款约理目])
    | (?P<plain>[{NUMERALS}]{{1,4}})[、.．]
    | [（(](?P<bracketed>[{NUMERALS}]{{1,4}})[）)]
    | (?P<decimal>[1-9]\d?(?:\.[1-9]\d?){{1,3}})(?=[ \t\u3000]+[^\d\s%％{UNITS}])
    | (?P<arabic>\d{{1,2}})(?:[.．]|、)(?=[ \t\u3000]*(?:[^\s\d%％]|(?:19|20)\d\d年))
    | [（(](?P<enclosed>\d{{1,2}})[）)]
    )[ \t\u3000]*""",
    re.VERBOSE,
)
RANKS = {
    "编": 1,
    "篇": 1,
    "部分": 1,
    "章": 2,
    "节": 3,
    "条": 4,
    "plain": 5,
    "bracketed": 6,
    "arabic": 7,
    "enclosed": 11,
}

BULLET = re.compile(r"[-*+•●○■◆▪·–][ \t\u3000]+\S")
ITEM = re.compile(r"[①-⑳]|——|[一二三四五六七八九十]{1,2}是|\d{1,2}[)）]\D")
CAPTION = re.compile(
    r"(?P<number>附?[图表][ \u3000]?(?:\d+(?:[-－–—.．]\d+)*|[一二三四五六七八九十]+(?=[ \u3000：:])))"
    r"(?![\d）)、，。；和与至中可显所是为上的第列给反])"
)
NOTE = re.compile(r"(?:[*※]?[ \u3000]?(?:备?注|附注|说明)\d{0,2}|资料来源|数据来源|来源)[ \u3000]?[：:]")
FOOTNOTE = re.compile(r"[①-⑳][ \u3000]*(?:数据来源|资料来源|来源|注|参见|引自|转引自|见《)")
IS_SENTENCE = re.compile(r"，.*[。！？；]$")  # 「表3列出了各项指标，共42项。」 is none of a table's captions
CONTENTS = re.compile(r"(?:[.．·…]{3,}|\t)[ \u3000]*\d{1,3}$")
UNIT = re.compile(r"[（(]?(?:计量)?单位[ \u3000]?[：:]")
APART = re.compile(
    rf"{CAPTION.pattern}|{NOTE.pattern}|{UNIT.pattern}|[●○■◆]|.{{0,60}}[／/][ \u3000]?[摄文图]$"
)
_NAMES = r"[\u4e00-\u9fff·]{1,5}(?:[ \u3000]+[\u4e00-\u9fff·]{1,5})*"
NAMES = re.compile(_NAMES)
NAMED_MEMBERS = re.compile(  # 「课 题 组 成 员：某某 某某」
    rf"(?=[^：:]*[组员笔者人编稿对审])[\u4e00-\u9fff \u3000]{{2,16}}[：:][ \u3000]*{_NAMES}"
)
SENTENCE_MARK = re.compile(r"[，。；！？]")
TERMINAL = re.compile(r"(?:[。！？!?…]|(?<=[A-Za-z])\.)[”’）》」』)\]\"*]*$")
PAUSE = re.compile(r"[；;：:][”’）》」』)\]\"*]*$")
COLUMN_GAP = re.compile(r"[ \u3000\xa0]{2,}")
NUMBER = re.compile(r"[-+−－±]?[\d,，]+(?:\.\d+)?[%％‰]?|[-—－–/]{1,6}|…+|[*]")
NAMED = re.compile(r"(?<!其中)：")  # a name and what belongs to it: members of a group, a telephone number
HAN_FIELD = re.compile(r"[\u4e00-\u9fff（）()/、：]{1,6}")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number a line starts with. A smaller `rank` is further out; `end` is where the line's own words start."""

    rank: int
    number: int
    end: int


def find_mark(line: str) -> Mark | None:
    """The number that counts a heading or an item off, None where the line starts with none.

    A decimal, a year, a share or a range of numbers is none.

    >>> find_mark("（二）主要目标"), find_mark("2020. 5%"), find_mark("三、四线城市")
    (Mark(rank=6, number=2, end=3), None, None)
    """
    return read_mark(unify_radicals(line))


def read_mark(line: str) -> Mark | None:
    """What `find_mark` finds in a line without radicals."""
    match = MARK.match(line)
    if match is None:
        return None
    kind, digits = next((name, value) for name, value in match.groupdict().items() if value)
    if kind != "ordinal" and match.end() == len(line.rstrip("*_ ")):
        return None  # 第三条 may stand alone on its line, a bare （三） is what is left of a broken one
    if kind == "decimal":
        parts = digits.split(".")
        return Mark(RANKS["arabic"] + len(parts) - 1, int(parts[-1]), match.end())
    number = parse_numeral(digits)
    if kind == "plain" and line[match.end()] in NUMERALS and parse_numeral(line[match.end()]) == number + 1:
        return None
    return Mark(RANKS[match["unit"] if kind == "ordinal" else kind], number, match.end())


def parse_numeral(digits: str) -> int:
    """The number that Arabic digits or Chinese numerals below 1,000 stand for; 0 for anything else.

    >>> [parse_numeral(digits) for digits in ("十", "二十三", "一百零五", "12")]
    [10, 23, 105, 12]
    """
    if digits.isascii() and digits.isdigit():
        return int(digits)
    total, pending = 0, 0
    for digit in digits:
        value = NUMERALS.find(digit) + 1
        if not value:
            return 0
        if value in (10, 11):
            total += (pending or 1) * (10 if value == 10 else 100)
            pending = 0
        else:
            pending = value if value < 10 else 0
    return total + pending


def classify(line: str) -> LineKind:
    """What a line, without white space around it, looks like.

    "apart" are captions, notes, by-lines and sources: they belong to no paragraph. Radicals count as the characters
    they look like.

    >>> [classify(line) for line in ("一、总体要求", "二是优化结构。", "南宁 50 55 -5 12", "表1：各市投入", "研发投入")]
    ['numbered', 'item', 'table', 'apart', 'prose']
    """
    line = unify_radicals(line)
    if CAPTION.match(line) and not IS_SENTENCE.search(line):
        return "apart"
    if FOOTNOTE.match(line):
        return "apart"
    if is_table_line(line):
        return "table"
    if read_mark(line):
        return "numbered"
    if ITEM.match(line) or BULLET.match(line):
        return "item"
    return "apart" if APART.match(line) else "prose"


def is_table_line(line: str) -> bool:
    r"""Whether the line looks like a row of a table: cells parted by tabs, bars or gaps, or a row of short numbers.

    >>> is_table_line("城市\t2015年\t2018年"), is_table_line("投入 2.5 亿元，增长 3 倍，占比 40 %")
    (True, False)
    >>> is_table_line("南宁 50 55 -5 12"), is_table_line("执笔：钱某 孙某 周某 吴某")
    (True, False)
    """
    if "\t" in line:
        cells = line.split("\t")
        return len(cells) > 2 or (max(map(len, cells)) <= 20 and not MARK.match(line))
    if line.count("|") >= 2 or line.count("｜") >= 2:
        return True
    fields = line.split()
    if len(fields) < 3 or SENTENCE_MARK.search(line) or NAMED.search(line):
        return False
    if len(COLUMN_GAP.split(line)) >= 3:
        return True
    if len(fields) < 4 or max(map(len, fields)) > 12:
        return False
    return looks_like_row(fields)


def looks_like_row(fields: list[str]) -> bool:
    """Whether fields parted by spaces are a row: mostly numbers, two numbers behind a unit, or short words alone."""
    numbers = [NUMBER.fullmatch(field) is not None for field in fields]
    if sum(numbers) >= 2 and 2 * sum(numbers) >= len(fields):
        return True
    if any(numbers[place + 1 : place + 3] == [True, True] and is_unit(fields[place]) for place in (1, 2)):
        return True
    return all(map(HAN_FIELD.fullmatch, fields))


def count_columns(line: str) -> int:
    """The columns a line takes in print, a Han character two.

    >>> count_columns("增长5%")
    6
    """
    return len(line.encode("gb18030", "replace"))
