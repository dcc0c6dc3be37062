"""The figures that stated results are recomputed from: those of a block in order, and those of all documents by what they are of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Operand
from policy_qa.figures.arithmetic.rounding import Interval, as_operand
from policy_qa.language.normalize import search_key
from policy_qa.language.vocabulary import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.language.periods import Period
    from policy_qa.types import Document

RATES = frozenset({"%", "百分点"})
INVESTMENT = "固定资产投资"
WHOLE = frozenset({"投资", "全部投资", "全社会固定资产投资", "固定资产投资完成额"})
"""What investment as a whole is called too."""
FRAME = re.compile(
    r"^(?:全市|全省|全区|全县|全国|全部|同期|当年|当地|本市|我市|我省|地方|完成|实现|累计|年度|其|的)+|(?:的|总量|总额|总数|完成|实现|累计|达到?|为|共)+$"
)


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


class Shelf:
    """The figures of the documents, found by indicator, place, period, unit and kind."""

    def __init__(self, documents: Sequence[tuple[Document, Sequence[Figure]]]) -> None:
        self._found: dict[tuple[str, str, str], list[Operand]] = defaultdict(list)
        for document, figures in documents:
            for figure in figures:
                if figure.indicator is not None:
                    subject = document.id if figure.subject is None else figure.subject.text
                    key = (indicator_key(figure.indicator.text), subject, figure.quantity.unit)
                    self._found[key].append(Operand(document, figure))

    def find(self, indicator: str, subject: str | None, when: Period | None, like: Figure) -> list[Operand]:
        """The figures of the indicator, place and period with the unit and kind of `like`, none of them a target.

        Without a place, those of the same document that name none either.
        """
        if when is None:
            return []
        subject = subject or like.document_id
        found = self._found.get((indicator_key(indicator), subject, like.quantity.unit), ())
        return [
            one
            for one in found
            if one.figure.when is not None
            and same_period(one.figure.when, when)
            and one.figure.measure == like.measure
            and one.figure.scope == like.scope
            and not one.figure.is_target
            and one.figure.span != like.span
        ]


def same_period(one: Period, other: Period) -> bool:
    """Whether two periods are the same stretch; the state at its end counts as that of the year."""
    return (one.first, one.last) == (other.first, other.last) or (
        one.last == other.last and one.is_point != other.is_point
    )


@lru_cache(maxsize=8192)
def indicator_key(name: str) -> str:
    """What an indicator is called, the same for all names of one thing.

    >>> indicator_key("全市地区生产总值"), indicator_key("GDP")
    ('gdp', 'gdp')
    """
    key = canonical(search_key("".join(name.split())))
    bare = FRAME.sub("", key)
    return (canonical(INVESTMENT) if bare in _whole() else bare) or key


@cache
def _whole() -> frozenset[str]:
    return frozenset(map(canonical, WHOLE))


def distinct(operands: Iterable[Operand]) -> list[Operand]:
    """The operands, one for each value that is told, the first of them."""
    return list({operand.figure.quantity.values: operand for operand in reversed(list(operands))}.values())[
        ::-1
    ]
