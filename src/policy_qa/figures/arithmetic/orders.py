"""Ranks of a table against the values that they rank."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check
from policy_qa.figures.arithmetic.rounding import as_operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.figures.arithmetic.check import Operand
    from policy_qa.figures.arithmetic.tables import Line

RANK = re.compile(r"排名|位次|名次|排位")
NO_VALUE = re.compile(r"变化|变动|增减|升降|增长|增速|占比|比重|年份|序号")
LEAST_ROWS = 3
MOST_SHOWN = 12

Pair = tuple["Operand", "Operand"]


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
