"""What a table states of itself: columns and rows that are change, growth, share, total or order of others."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Operand
from policy_qa.figures.arithmetic.differences import checked_difference
from policy_qa.figures.arithmetic.growths import REAL, grown
from policy_qa.figures.arithmetic.rounding import as_operand
from policy_qa.figures.arithmetic.shares import checked_share
from policy_qa.figures.arithmetic.sums import added_up, checked_sum, hundred_check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Table

CHANGE = re.compile(r"变化|变动|增减|相差|差距|差额|差值|升降|增加额|增量|增加[值数]|之差|净增")
GROWTH = re.compile(r"增长|增速|增幅|同比|涨幅|降幅|±|比上年")
SHARE = re.compile(r"占比|比重|占|构成|份额|完成率|完成比例|进度")
NO_LEVEL = re.compile(f"{CHANGE.pattern}|{GROWTH.pattern}")
MOST_LINES = 24
RANK = re.compile(r"排名|位次|名次|排位")
NO_VALUE = re.compile(r"变化|变动|增减|升降|增长|增速|占比|比重|年份|序号")
LEAST_ROWS = 3
MOST_SHOWN = 12
Pair = tuple["Operand", "Operand"]
TOTAL = re.compile(r"(?:合计|总计|共计|总和|合\s*计|总\s*计)$")
PART_OF_PART = re.compile(r"其中|小计")
NOT_ADDED = re.compile(
    r"增长|增速|增幅|同比|降幅|涨幅|排名|位次|名次|指数|得分|率|人均|平均|单价|比上年|±|强度"
)
SIZE = re.compile(r"总额|总值|总量|总计|额|值|量")
INDUSTRY = re.compile(r"第?([一二三])(?:次)?产业?(?:占比|比重|增加值)?")
GROWS = re.compile(r"增长|增速|增幅|同比|拉动|贡献|变化|增加值")
LEAST_SHARES, MOST_SHARES = Decimal(90), Decimal(110)


@dataclass(frozen=True, slots=True)
class Line:
    """A column or a row of a table: its labels, outermost first, and its figures by their place in it."""

    label: tuple[str, ...]
    cells: Mapping[int, Operand]

    @property
    def name(self) -> str:
        """The labels as one."""
        return "".join("".join(part.split()) for part in self.label)


def find_in_table(document: Document, table: Table, cells: Sequence[Figure]) -> list[Check]:
    """The checks of what the table states of its own cells, of its columns and of its rows."""
    columns, rows = lines_of(document, table, cells)
    found: list[Check] = []
    for lines, across in ((columns, rows), (rows, columns)):
        if len(lines) > MOST_LINES:
            continue
        found += _derived(lines, CHANGE, _difference)
        found += _derived([line for line in lines if not REAL.search(line.name)], GROWTH, _growth)
        found += _derived(lines, SHARE, checked_share)
        found += check_trade(lines)
        found += check_industries(lines)
        found += check_totals(lines)
        found += check_orders(lines, across)
    return list({(one.result.span, one.kind, one.operands): one for one in found}.values())


def named_lines(
    document: Document, table: Table, cells: Sequence[Figure]
) -> Iterator[tuple[Line, Mapping[int, str]]]:
    """The columns and rows of the table, each with the names of the rows or columns across it."""
    columns, rows = lines_of(document, table, cells)
    of_rows = {
        at: "".join("".join(row.label[-1:]).split()).removesuffix("市") for at, row in enumerate(table.rows)
    }
    of_columns = {
        cell.column: "".join("".join(cell.column_label[-1:]).split()).removesuffix("市")
        for cell in table.cells
    }
    yield from ((line, of_rows) for line in columns)
    yield from ((line, of_columns) for line in rows)


def lines_of(document: Document, table: Table, cells: Sequence[Figure]) -> tuple[list[Line], list[Line]]:
    """The columns and the rows of the table, with the figures of their cells."""
    by_place = {(one.cell.row, one.cell.column): one for one in cells if one.cell is not None}
    columns: dict[int, dict[int, Operand]] = defaultdict(dict)
    rows: dict[int, dict[int, Operand]] = defaultdict(dict)
    names: dict[int, tuple[str, ...]] = {}
    for cell in table.cells:
        names[cell.column] = cell.column_label
        figure = by_place.get((cell.row, cell.column))
        if figure is not None:
            label = f"{''.join(cell.row_label)}，{''.join(cell.column_label)}"
            operand = Operand(document, figure, "".join(label.split()), cell.unit or "")
            columns[cell.column][cell.row] = operand
            rows[cell.row][cell.column] = operand
    return (
        [Line(names[at], columns[at]) for at in sorted(columns)],
        [Line(table.rows[at].label, rows[at]) for at in sorted(rows)],
    )


def _derived(
    lines: Sequence[Line],
    pattern: re.Pattern[str],
    check: Callable[[Operand, Operand, Operand], Check | None],
) -> Iterator[Check]:
    """The checks of lines so named, by the pair of other lines that most of their cells come from."""
    others = NO_LEVEL if pattern is GROWTH else pattern
    levels = [line for line in lines if not others.search(line.name)]
    for line in lines:
        if not pattern.search(line.name):
            continue
        pairs = [
            (one, other)
            for one, other in permutations(levels, 2)
            if check is checked_share or lines.index(one) < lines.index(other)
        ]
        best: list[Check] = []
        for one, other in pairs:
            found = _cell_checks(line, one, other, check)
            if sum(each.is_right for each in found) > sum(each.is_right for each in best):
                best = found
        if not best and len(pairs) == 1 and pattern is CHANGE:
            best = _cell_checks(line, *pairs[0], check)
        right = sum(each.is_right for each in best)
        if right * 2 >= len(best) and (right > 1 or len(best) == 1 or pattern is CHANGE):
            yield from best


def _cell_checks(
    line: Line, one: Line, other: Line, check: Callable[[Operand, Operand, Operand], Check | None]
) -> list[Check]:
    found = []
    for at, result in line.cells.items():
        first, second = one.cells.get(at), other.cells.get(at)
        if first is None or second is None or first.figure.quantity.unit != second.figure.quantity.unit:
            continue
        checked = check(result, first, second)
        if checked is not None:
            found.append(checked)
    return found


def _difference(result: Operand, one: Operand, other: Operand) -> Check | None:
    """The check of a change, where its unit is that of the levels, or tells points of percent or places of ranks."""
    unit, level = result.figure.quantity.unit, one.figure.quantity.unit
    fits = unit in {level, ""} or level == "" or (unit == "百分点" and level == "%") or level == "位"
    return checked_difference(result, one, other) if fits else None


def _growth(result: Operand, one: Operand, other: Operand) -> Check | None:
    if result.figure.quantity.unit not in {"%", ""} or REAL.search(result.label):
        return None
    interval = as_operand(result.figure.quantity)
    return None if interval is None else grown(result, one, other)


def check_orders(lines: Sequence[Line], across: Sequence[Line]) -> Iterator[Check]:
    """The checks of rank lines: a higher value has the higher place, or in the whole line the lower one.

    One check a line; where some few of its places do not agree, the result is the first that does not.
    """
    for line in lines:
        if not RANK.search(line.name) or NO_VALUE.search(line.name):
            continue
        values = _ranked(lines, line)
        if values is None:
            continue
        pairs = [(values.cells[at], line.cells[at]) for at in line.cells if at in values.cells]
        if len(pairs) >= LEAST_ROWS and len(across) >= LEAST_ROWS:
            yield from _of_pairs(pairs)


def _ranked(lines: Sequence[Line], rank: Line) -> Line | None:
    """The line a rank line ranks: the one under the same group head, else the only one there is."""
    others = [one for one in lines if not RANK.search(one.name) and not NO_VALUE.search(one.name)]
    if len(rank.label) > 1:
        others = [one for one in others if one.label[:-1] == rank.label[:-1]]
    return others[0] if len(others) == 1 else None


def _of_pairs(pairs: Sequence[Pair]) -> Iterator[Check]:
    compared = [(one, other, way) for one, other in combinations(pairs, 2) if (way := _way(one, other))]
    high = sum(way > 0 for _, _, way in compared)
    usual = 1 if high * 2 >= len(compared) else -1
    odd = [(one, other) for one, other, way in compared if way != usual]
    if not compared or len(odd) * 4 > len(compared) or (odd and len(pairs) > MOST_SHOWN):
        return
    shown = sorted(pairs, key=lambda pair: pair[1].figure.quantity.values[0])[:MOST_SHOWN]
    yield _check(odd[0][1][1] if odd else shown[-1][1], shown, is_right=not odd)


def _check(result: Operand, pairs: Sequence[Pair], *, is_right: bool) -> Check:
    working = "，".join(f"第{_place(rank)}位：{value.text}" for value, rank in pairs)
    operands = tuple(dict.fromkeys(part for value, rank in pairs for part in (value, rank)))
    return Check(
        result.document,
        result.figure.sentence,
        "order",
        result,
        operands,
        f"第{_place(result)}位",
        "",
        working,
        is_right,
    )


def _place(rank: Operand) -> int:
    return int(rank.figure.quantity.values[0])


def _way(one: Pair, other: Pair) -> int:
    """1 where the higher value has the smaller rank, -1 where the larger; 0 where they may be equal or are not exact."""
    mine, its = as_operand(one[0].figure.quantity), as_operand(other[0].figure.quantity)
    ranks = one[1].figure.quantity.values[0], other[1].figure.quantity.values[0]
    if mine is None or its is None or mine.overlaps(its) or ranks[0] == ranks[1]:
        return 0
    return 1 if (mine.low > its.high) == (ranks[0] < ranks[1]) else -1


def check_trade(lines: Sequence[Line]) -> Iterator[Check]:
    """The checks of exports and imports against both together, amounts and shares of the same whole alike."""
    named = {SIZE.sub("", line.name): line for line in lines}
    for line in lines:
        if "进出口" not in line.name or NOT_ADDED.search(line.name):
            continue
        bare = SIZE.sub("", line.name)
        out, into = named.get(bare.replace("进出口", "出口")), named.get(bare.replace("进出口", "进口"))
        if out is None or into is None:
            continue
        for at, result in line.cells.items():
            parts = [one.cells[at] for one in (out, into) if at in one.cells]
            check = checked_sum(result, parts) if len(parts) == 2 and _alike([result, *parts]) else None
            if check is not None:
                yield check


def check_industries(lines: Sequence[Line]) -> Iterator[Check]:
    """The checks that the shares of the three industries make up a hundred."""
    groups: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in lines:
        match = INDUSTRY.search(line.name)
        if match is not None and not GROWS.search(line.name):
            groups[line.name[: match.start()] + "|" + line.name[match.end() :]][match[1]] = line
    for three in groups.values():
        if len(three) < 3:
            continue
        checks = [
            check
            for at in three["一"].cells
            if (check := _hundred([three[name].cells.get(at) for name in "一二三"])) is not None
        ]
        if sum(check.is_right for check in checks) * 2 >= len(checks):
            yield from checks


def _hundred(cells: Sequence[Operand | None]) -> Check | None:
    parts = [cell for cell in cells if cell is not None and cell.figure.quantity.unit in {"%", ""}]
    added = added_up(parts)
    if added is None or len(parts) < 3 or not LEAST_SHARES < added[1] < MOST_SHARES:
        return None
    return hundred_check(parts, *added)


def check_totals(lines: Sequence[Line]) -> Iterator[Check]:
    """The checks of a total line against all the others; a table with parts of parts is left alone."""
    totals = [line for line in lines if TOTAL.search(line.name)]
    parts = [line for line in lines if not TOTAL.search(line.name)]
    if len(totals) != 1 or len(parts) < 2 or any(PART_OF_PART.search(line.name) for line in parts):
        return
    checks = []
    for at, result in totals[0].cells.items():
        added = [line.cells[at] for line in parts if at in line.cells]
        if len(added) != len(parts) or not _alike([result, *added]) or NOT_ADDED.search(result.label):
            continue
        if result.figure.quantity.unit == "%" and result.figure.quantity.values[0] != 100:
            continue
        check = checked_sum(result, added)
        if check is not None:
            checks.append(check)
    right = sum(check.is_right for check in checks)
    if right * 2 >= len(checks) and (right or len(checks) == 1):
        yield from checks


def _alike(cells: Sequence[Operand]) -> bool:
    """Whether all are of one unit, none of them a rank or a growth."""
    return len({one.figure.quantity.unit for one in cells}) == 1 and all(
        one.figure.measure not in ("rank", "growth") for one in cells
    )
