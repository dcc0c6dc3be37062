"""The labels of a table's rows with those they stand under, and the unit of each cell."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.ingest.tables.fields import is_unit, print_width, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.ingest.tables.grid import Grid, GridRow

RELATION = re.compile(
    r"占.{0,24}(?:比重|比例|比|份额)|所?占(?:比|比重|比例)?|比重|(?:年均|同比|累计|名义|实际)?(?:增速|增长率|增幅|增减|增长|下降率?)"
    r"|(?:比|较)(?:上年|去年|上月|上期|同期|\d{4}年).{0,8}|同比.{0,4}|环比.{0,4}|人均|(?:全国|全省|全区)?(?:排名|位次|名次)|#.*|其中[：:]?.*"
)
RELATION_TAIL = re.compile(r"[（(]?[%％‰±+＋\-－/／]{0,4}[)）]?$|[（(][^（）()]*[)）]$")
RATE = re.compile(r"增速|增长|增幅|增减|同比|环比|比上年|较上年|占比|比重|比例|占.+比|[^对]率$|份额|强度")
RANK = re.compile(r"排名|位次|名次|排序|排位|得分|指数|评分|分值|年份")
BRACKETS = re.compile(r"[（(](?:计量)?(?:单位)?[：:]?\s*([^（）()]+?)\s*[)）]")
BARE_RATE = re.compile(r"[^（(\d][±+＋\-－]?([%％‰])$")
SUM = re.compile(r"(?:合|总|小|共)计|其[他它余].{0,2}|平均.{0,2}|总[数额体]|全[市省国区县]")
UNIT_LINE = re.compile(r"[（(]?\s*(?:计量|计算)?\s*单\s?位\s*[：:]\s*(?P<units>.+?)\s*[)）]?")
OF_WHICH = re.compile(r"其\s*中[：:]?")
NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
ROUNDING = 0.002
SEPARATOR = re.compile(r"[、，,；;\s]+")
FOOTNOTE = re.compile(r"(?<=.)[①-⑳*＊]+$")
RATE_UNITS = {"%", "％", "‰", "百分点", "个百分点"}


@lru_cache(maxsize=8192)
def is_relation(label: str) -> bool:
    """Whether a label only names a relation to the row above it: 占GDP比重, 增速, 比上年±%, 其中：….

    >>> [is_relation(label) for label in ("占GDP比重", "增速（%）", "比上年增长", "其中：出口", "出口总额")]
    [True, True, True, True, False]
    """
    core = RELATION_TAIL.sub("", label) or label
    return RELATION.fullmatch(label) is not None or RELATION.fullmatch(core) is not None


def row_labels(grid: Grid) -> list[tuple[str, ...]]:
    """The label of each row with those it stands under, from the outermost.

    A title stands over the rows up to the next of its kind; a row further in stands under the last one further out;
    one that names a relation, or whose label occurs again, stands under the last row that is neither.
    """
    own = carry_down(grid)
    depths = indent_depths(grid.rows) if is_indented(grid.rows) else [0] * len(grid.rows)
    has_depths = any(depths)
    labels: list[tuple[str, ...]] = []
    titles: tuple[str, ...] = ()
    outer: list[tuple[int, str]] = []
    head: tuple[str, ...] = ()
    for row, words, hangs, depth in zip(grid.rows, own, hanging(own, grid), depths, strict=True):
        if row.is_group:
            titles, outer, head = words, [], ()
            labels.append(words)
            continue
        while outer and outer[-1][0] >= depth:
            outer.pop()
        if hangs and head and not outer:
            labels.append((*head, *words))
            continue
        labels.append((*titles, *(name for _, name in outer), *words))
        if not hangs:
            head = labels[-1]
        if has_depths:
            outer.append((depth, words[-1] if words else ""))
    return labels


def hanging(own: Sequence[tuple[str, ...]], grid: Grid) -> list[bool]:
    """Which rows hang on one above them: those that name a relation, or whose label occurs again and again.

    Where all do, none does. Sums recur under every group, and so do inner labels where outer ones stand beside them.
    """
    names = [words[-1] if words else "" for words in own]
    starts = [name for place, name in enumerate(names) if not place or names[place - 1] != name]
    counts = Counter(starts)
    repeated = {name for name in starts if counts[name] > 1 and not SUM.fullmatch(name)}
    if len(grid.stubs) > 1:
        repeated = set()
    hangs = [is_relation(name) or name in repeated for name in names]
    if all(hangs):
        return [False] * len(hangs)
    return [hang or place in parts_of_wholes(names, hangs, grid) for place, hang in enumerate(hangs)]


def parts_of_wholes(names: Sequence[str], hangs: Sequence[bool], grid: Grid) -> set[int]:
    """The rows behind a 其中 that are further parts of its whole: together they come to what the whole is.

    「户籍人口 300 / 其中：城镇 100 / 乡村 200」: nothing but the sum tells 乡村 from a whole of its own.
    """
    parts: set[int] = set()
    whole = -1
    for place, name in enumerate(names):
        if not hangs[place] and place not in parts:
            whole = place
        if not OF_WHICH.match(name) or whole < 0:
            continue
        last = place + 1
        while last < len(names) and not hangs[last] and not grid.rows[last].is_group:
            if adds_up(grid, whole, range(place, last + 1)):
                parts.update(range(place + 1, last + 1))
                break
            last += 1
    return parts


def adds_up(grid: Grid, whole: int, parts: range) -> bool:
    """Whether in some column the values of the parts come to that of the whole, rounding aside."""
    for column in grid.value_columns:
        values = [read_number(grid, place, column) for place in (whole, *parts)]
        if all(value is not None for value in values):
            total, *summed = (value for value in values if value is not None)
            if total > 0 and abs(total - sum(summed)) <= ROUNDING * total:
                return True
    return False


def read_number(grid: Grid, place: int, column: int) -> float | None:
    """The number in a cell, None where there is none."""
    field = grid.rows[place].fields[column]
    number = NUMBER.fullmatch(field.text) if field is not None else None
    return float(number[0].replace(",", "").replace("，", "")) if number else None


def carry_down(grid: Grid) -> list[tuple[str, ...]]:
    """The words of each row's label columns; an empty one holds what stands above it, a merged one counts once."""
    carried: dict[int, str] = {}
    labels: list[tuple[str, ...]] = []
    for row in grid.rows:
        path: list[str] = []
        if row.is_group:
            carried.clear()
            field = row.fields[grid.stubs[0]] or row.fields[0]
            labels.append((clean_label(field.text),) if field is not None else ())
            continue
        fresh = False
        for column in grid.stubs:
            field = row.fields[column]
            if field is not None:
                fresh = True
                carried[column] = clean_label(field.text)
            elif fresh:  # an outer label starts anew, so the inner one of the row above is over
                carried.pop(column, None)
            if column in carried and (not path or path[-1] != carried[column]):
                path.append(carried[column])
        labels.append(tuple(path))
    return labels


def clean_label(label: str) -> str:
    """A label without the footnote mark at its end."""
    return FOOTNOTE.sub("", label)


def indent_depths(rows: Sequence[GridRow]) -> list[int]:
    """How far in each row's label stands; that of a 其中： counts from behind it, where the next ones are aligned."""
    depths = [row.indent for row in rows]
    for place, row in enumerate(rows):
        label = row.fields[0]
        mark = OF_WHICH.match(label.text) if label is not None else None
        behind = row.indent + print_width(mark[0]) if mark else 0
        if mark and behind in depths[place + 1 :]:
            depths[place] = behind
    return depths


def is_indented(rows: Sequence[GridRow]) -> bool:
    """Whether white space before labels tells levels: the first row has least, and the steps are even."""
    indents = [row.indent for row in rows if not row.is_group]
    if not indents or len(set(indents)) < 2 or indents[0] != min(indents):
        return False
    widths = [print_width(label.text) for row in rows if not row.is_group and (label := row.fields[0])]
    rights = {indent + width for indent, width in zip(indents, widths, strict=False)}
    centres = {indent + width // 2 for indent, width in zip(indents, widths, strict=False)}
    if len(rights) == 1 or max(centres) - min(centres) <= 1:
        return False  # labels flush right, or centred
    steps = sorted({indent - indents[0] for indent in indents if indent > indents[0]})
    return steps[0] >= 2 and len(steps) <= 3 and all(step % steps[0] == 0 for step in steps)


@lru_cache(maxsize=8192)
def unit_in_label(label: str) -> str | None:
    """The unit that a label names, in brackets or as a bare 「%」 at its end; None where it names none.

    >>> unit_in_label("地区生产总值（亿元）"), unit_in_label("比上年±%"), unit_in_label("（一）工业")
    ('亿元', '%', None)
    """
    for found in reversed(list(BRACKETS.finditer(label))):
        word = found[1]
        if is_unit(word) and not re.fullmatch(r"[年月日一二三四五六七八九十\d]+", word):
            return word
        if is_unit(SEPARATOR.split(word)[-1]) and SEPARATOR.split(word)[0].endswith("位"):
            return SEPARATOR.split(word)[-1]
    bare = BARE_RATE.search(label)
    return bare[1] if bare else None


def units_of_line(line: str) -> tuple[str, ...]:
    """The units that a unit line names.

    >>> units_of_line("单位：亿元、%"), units_of_line("（单位：万人）"), units_of_line("单位：某某公司")
    (('亿元', '%'), ('万人',), ())
    """
    found = UNIT_LINE.fullmatch(line.strip())
    if found is None:
        return ()
    words = tuple(read_words(word) for word in SEPARATOR.split(found["units"]) if word)
    return words if words and all(map(is_unit, words)) else ()


def cell_unit(
    row_label: Sequence[str], column_label: Sequence[str], *, column_unit: str | None, general: Sequence[str]
) -> str | None:
    """The unit of a cell: of its head, else of its row, else the one that caption or unit line give to all.

    `column_unit` is what the unit column says of the row. A rank has none but its own; a rate does not take the
    amount of caption or unit line, and an amount not the % where both are given.
    """
    for head in reversed(column_label):
        if named := unit_in_label(head):
            return named
    head = column_label[-1] if column_label else ""
    name = row_label[-1] if row_label else ""
    own = unit_in_label(name) or column_unit
    if is_rank(head) or (own is None and is_rank(name)):
        return None
    if own is not None:
        return own if not is_rate(head) or own in RATE_UNITS else None
    if not general or ("人均" in head + name and any(unit.startswith("亿") for unit in general)):
        return None
    return unit_for_all(general, is_rate=is_rate(head) or is_rate(name))


@lru_cache(maxsize=8192)
def is_rate(label: str) -> bool:
    """Whether what a label names is a rate or a share.

    >>> is_rate("比上年增长"), is_rate("生产总值")
    (True, False)
    """
    return RATE.search(label) is not None


@lru_cache(maxsize=8192)
def is_rank(label: str) -> bool:
    """Whether what a label names is a place in an order, a mark or an index.

    >>> is_rank("全省位次"), is_rank("生产总值")
    (True, False)
    """
    return RANK.search(label) is not None


def unit_for_all(general: Sequence[str], *, is_rate: bool) -> str | None:
    """Which of the units that caption or unit line name a rate, or anything else, has; None where it is not clear."""
    rates = [unit for unit in general if unit in RATE_UNITS]
    amounts = [unit for unit in general if unit not in RATE_UNITS]
    if is_rate:
        return rates[0] if len(rates) == 1 else None
    if len(general) == 1:
        return general[0]
    return amounts[0] if len(amounts) == 1 and rates else None
