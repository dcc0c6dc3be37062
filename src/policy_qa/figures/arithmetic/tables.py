"""What a table states of itself: columns and rows that are change, growth, share, total or order of others."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Operand
from policy_qa.figures.arithmetic.differences import checked_difference
from policy_qa.figures.arithmetic.growths import REAL, grown
from policy_qa.figures.arithmetic.orders import check_orders
from policy_qa.figures.arithmetic.rounding import as_operand
from policy_qa.figures.arithmetic.shares import checked_share
from policy_qa.figures.arithmetic.wholes import check_industries, check_totals, check_trade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Table

CHANGE = re.compile(r"变化|变动|增减|相差|差距|差额|差值|升降|增加额|增量|增加[值数]|之差|净增")
GROWTH = re.compile(r"增长|增速|增幅|同比|涨幅|降幅|±|比上年")
SHARE = re.compile(r"占比|比重|占|构成|份额|完成率|完成比例|进度")
NO_LEVEL = re.compile(f"{CHANGE.pattern}|{GROWTH.pattern}")
MOST_LINES = 24


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
