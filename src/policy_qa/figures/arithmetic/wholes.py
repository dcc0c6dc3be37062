"""Lines of a table that make up another: totals, exports and imports, the three industries."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.rounding import Interval, as_operand, signed
from policy_qa.figures.arithmetic.sums import checked_sum, hundred_check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.figures.arithmetic.check import Check, Operand
    from policy_qa.figures.arithmetic.tables import Line

TOTAL = re.compile(r"(?:合计|总计|共计|总和|合\s*计|总\s*计)$")
PART_OF_PART = re.compile(r"其中|小计")
NOT_ADDED = re.compile(
    r"增长|增速|增幅|同比|降幅|涨幅|排名|位次|名次|指数|得分|率|人均|平均|单价|比上年|±|强度"
)
SIZE = re.compile(r"总额|总值|总量|总计|额|值|量")
INDUSTRY = re.compile(r"第?([一二三])(?:次)?产业?(?:占比|比重|增加值)?")
GROWS = re.compile(r"增长|增速|增幅|同比|拉动|贡献|变化|增加值")
LEAST_SHARES, MOST_SHARES = Decimal(90), Decimal(110)


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
    total, exact = Interval(Decimal(0), Decimal(0)), Decimal(0)
    for part in parts:
        interval = as_operand(part.figure.quantity)
        if interval is None:
            return None
        total, exact = total + interval, exact + signed(part.figure.quantity)
    if len(parts) < 3 or not LEAST_SHARES < exact < MOST_SHARES:
        return None
    return hundred_check(parts, total, exact)


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
