"""The figures of a block of running text in order, each with the words between it and the one before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Operand
from policy_qa.figures.arithmetic.rounding import Interval, as_operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document

RATES = frozenset({"%", "百分点"})


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of running text; `before` are the words since the figure before it in its block, without white space."""

    operand: Operand
    before: str

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.operand.figure

    @property
    def unit(self) -> str:
        """The base unit of its value."""
        return self.operand.figure.quantity.unit

    @property
    def interval(self) -> Interval | None:
        """The values it leaves open as a part of a reckoning, None where it is not exact."""
        return as_operand(self.figure.quantity)


def read_said(document: Document, figures: Sequence[Figure]) -> Iterator[list[Said]]:
    """The figures of each block that is no table, block by block."""
    by_block: dict[int, list[Figure]] = defaultdict(list)
    starts = [block.span.start for block in document.blocks]
    at = 0
    for figure in figures:
        if figure.cell is not None:
            continue
        while at + 1 < len(starts) and starts[at + 1] <= figure.span.start:
            at += 1
        by_block[at].append(figure)
    for at, members in by_block.items():
        end = document.blocks[at].span.start
        said = []
        for figure in members:
            words = "".join(document.text[end : figure.span.start].split())
            said.append(Said(Operand(document, figure), words))
            end = figure.span.end
        yield said


def last_clause(words: str) -> str:
    """The words since the last comma or stop."""
    return words[max(words.rfind(mark) for mark in "，,。；;！？：:") + 1 :]


def stays_in_sentence(words: str) -> bool:
    """Whether no sentence ends within the words.

    >>> stays_in_sentence("，比上年"), stays_in_sentence("。今年")
    (True, False)
    """
    return not any(mark in words for mark in "。！？")
