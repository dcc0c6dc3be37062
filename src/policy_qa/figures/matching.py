"""Which names of a sentence its figures are told in the order of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.types import Span

JOINED = re.compile(r"\s*(?:[、，,和与及]|以及|和)?\s*")
"""Between the members of a series nothing else stands."""
IN_ORDER = re.compile(r"分别|依次|各为|各自")


def in_order(text: str, named: Sequence[Span], figures: Sequence[Span]) -> dict[int, int]:
    """For each figure of a series that is told in the order of as many names (甲、乙分别为1%和2%), its name, by index."""
    found: dict[int, int] = {}
    groups = [group for group in series_of(text, named) if len(group) > 1]
    for values in series_of(text, figures):
        if len(values) < 2:
            continue
        before = [group for group in groups if named[group[-1]].end <= figures[values[0]].start]
        same = [group for group in before if len(group) == len(values)]
        if same and (
            IN_ORDER.search(text, named[same[-1][-1]].end, figures[values[0]].start) or same[-1] == before[-1]
        ):
            found |= dict(zip(values, same[-1], strict=True))
    return found


def series_of(
    text: str, spans: Sequence[Span], *, joins: Callable[[Span], re.Pattern[str]] = lambda _: JOINED
) -> list[list[int]]:
    """The indices of the spans, those together that stand in a row: 甲、乙和丙; `joins` gives what may stand before each."""
    groups: list[list[int]] = []
    for index, span in enumerate(spans):
        if groups and joins(span).fullmatch(text, spans[index - 1].end, span.start):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups
