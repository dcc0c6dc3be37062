"""Every share, difference, growth, multiple, sum and order that documents state and whose parts they state, recomputed.

A statement is wrong only where no values that round to its parts give one that rounds to it. Growth in comparable prices
is never held against levels in current ones.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.against_tables import find_against_tables
from policy_qa.figures.arithmetic.check import Check, Finding, Gap, Operand
from policy_qa.figures.arithmetic.differences import find_difference
from policy_qa.figures.arithmetic.growths import find_growth
from policy_qa.figures.arithmetic.said import Shelf, read_said
from policy_qa.figures.arithmetic.shares import find_share
from policy_qa.figures.arithmetic.sums import find_sum
from policy_qa.figures.arithmetic.tables import find_in_table, named_lines
from policy_qa.figures.extract import extract_figures
from policy_qa.types import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policy_qa.figures.arithmetic.said import Said
    from policy_qa.figures.arithmetic.tables import Line
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document

__all__ = ["Check", "Gap", "Operand", "find_arithmetic", "find_gaps_too"]

logger = logging.getLogger(__name__)


def find_arithmetic(
    documents: Sequence[Document], *, figures_of: Callable[[Document], Sequence[Figure]] = extract_figures
) -> list[Check]:
    """The results that the documents state, right and wrong, each recomputed; in the order of documents and text."""
    found = [one for one in find_gaps_too(documents, figures_of=figures_of) if isinstance(one, Check)]
    logger.info(
        "%d documents: %d stated results recomputed, %d do not come out",
        len(documents),
        len(found),
        sum(not one.is_right for one in found),
    )
    return found


def find_gaps_too(
    documents: Sequence[Document], *, figures_of: Callable[[Document], Sequence[Figure]] = extract_figures
) -> list[Finding]:
    """What `find_arithmetic` finds, and the stated results of which a part is missing."""
    read = [(document, figures_of(document)) for document in documents]
    shelf = Shelf(read)
    return [one for document, figures in read for one in _of_document(document, figures, shelf)]


def _of_document(document: Document, figures: Sequence[Figure], shelf: Shelf) -> Iterator[Finding]:
    found: list[Finding] = []
    for said in read_said(document, figures):
        found += _of_block(said, shelf)
    lines: list[tuple[Line, Mapping[int, str]]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            cells = [
                figure for figure in figures if figure.cell and figure.cell.table_start == block.span.start
            ]
            found += find_in_table(document, block, cells)
            lines += named_lines(document, block, cells)
    found += find_against_tables(document, lines)
    yield from sorted(found, key=lambda one: (one.result.span.start, one.result.span.end))


def _of_block(said: Sequence[Said], shelf: Shelf) -> Iterator[Finding]:
    for at in range(len(said)):
        single = find_difference(said, at, shelf) or find_growth(said, at) or find_share(said, at, shelf)
        if single is not None:
            yield single
        summed = find_sum(said, at)
        if summed is not None:
            yield summed
