"""Figures with what a list of them shows: document, lines, quotation, and the number and unit as they are stated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.language.places import place_shown
from policy_qa.language.quantity_words import unit_scale
from policy_qa.types import Caption, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Block, Cell, Document, Span

NUMBER = re.compile(r"(?P<number>\d[\d,，]*(?:[.．]\d+)?)\s*(?P<unit>\D*)")
FALLEN = re.compile(
    r"(?:下降|负增|下滑|减少|回落|降低|萎缩|缩[减小]|收窄|负增长|[降跌减]幅?|[-−－]|[低少])(?:了|约|近|达到?|为|幅度)*[\d.,，%％、和与及个百分点\s]*$"
)
"""What stands before a figure by which something fell, the members of its series between them."""
MULTIPLIERS = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}
RATES = frozenset({"%", "‰"})
SEPARATORS = str.maketrans({",": "", "，": "", "．": "."})


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A figure and where to find it.

    `written` is the value as it stands with its unit, which a cell's heads may tell. `number` is the one number it is, in
    `unit`; negative for what has fallen; None for ranges, ratios and numbers that words tell. `quote` are the exact
    characters of its clause, of a cell those of its row; `heads` the labels of a cell. `above` is what stands above it:
    caption and headings.
    """

    figure: Figure
    document: str
    title: str
    lines: tuple[int, int] | None
    written: str
    number: Decimal | None
    unit: str
    quote: str
    sentence: str
    heads: str
    above: str


def list_figures(document: Document, figures: Iterable[Figure]) -> list[ListedFigure]:
    """The figures of a document, each with its place; in the order given."""
    tables = {block.span.start: block for block in document.blocks if isinstance(block, Table)}
    cells = {(start, cell.row, cell.column): cell for start, table in tables.items() for cell in table.cells}
    blocks = iter(document.blocks)
    block: Block | None = next(blocks, None)
    listed = []
    for figure in sorted(figures, key=lambda one: one.span.start):
        while block is not None and block.span.end <= figure.span.start:
            block = next(blocks, None)
        place = figure.cell
        cell = None if place is None else cells.get((place.table_start, place.row, place.column))
        table = None if place is None else tables.get(place.table_start)
        listed.append(_listed(document, figure, block, cell, table))
    return listed


def _listed(
    document: Document, figure: Figure, block: Block | None, cell: Cell | None, table: Table | None
) -> ListedFigure:
    written = figure.quantity.text
    if cell is not None and cell.unit and not written.endswith(cell.unit):
        written += cell.unit
    before = document.text[figure.clause.start : max(figure.clause.start, figure.span.start)]
    number, unit = stated_number(written, figure, before)
    caption = table.caption if table is not None and table.caption_fits else None
    headings = block.heading_path if block is not None and not isinstance(block, Caption) else ()
    above = [*headings, *([caption.of(document.text)] if caption is not None else [])]
    return ListedFigure(
        figure,
        document.name,
        document.meta.title,
        lines_of(document, figure.span),
        " ".join(written.split()),
        number,
        unit,
        figure.clause.of(document.text),
        figure.sentence.of(document.text),
        "" if cell is None else "，".join((*cell.row_label, *cell.column_label)),
        " ".join(above),
    )


def measure_label(figure: Figure) -> str:
    """What a figure tells of its indicator, as staff call it; a growth by so many (增加3家) is no rate."""
    if figure.measure == "growth" and figure.quantity.unit not in RATES:
        return messages.FIGURE_INCREASE
    return messages.FIGURE_MEASURES[figure.measure]


def base_value(one: ListedFigure) -> Decimal | None:
    """The one number of a figure in its base unit, with the sign it is listed with; None where it is no single one."""
    if one.number is None:
        return None
    value = abs(one.figure.quantity.values[0])
    return -value if one.number < 0 else value


def subject_label(one: ListedFigure) -> str:
    """The place of a figure, empty where none is known: 全国 for the country, unless its own words say 中国."""
    subject = one.figure.subject
    if subject is None:
        return ""
    name = " ".join(subject.text.split())
    return name if name in f"{one.quote}{one.heads}" else place_shown(name)


def shown_clause(one: ListedFigure) -> str:
    """What stands beside a figure in a list, on one line: its clause, of a cell the labels of row and column."""
    return one.heads or " ".join(one.quote.split()).rstrip("，,；;。")


def lines_of(document: Document, span: Span) -> tuple[int, int] | None:
    """The first and last line of the original file that a span was made of."""
    lines = [segment.line for segment in document.line_map.segments(document.text, span)]
    return (min(lines), max(lines)) if lines else None


def stated_number(written: str, figure: Figure, clause: str) -> tuple[Decimal | None, str]:
    """The number of a single value in the unit it is stated in, else in its base unit; None where it is no single one.

    `clause` is what its clause says before it: what has fallen is negative, what merely lies below another value is not.
    """
    quantity = figure.quantity
    if quantity.form in ("range", "ratio", "fraction") or len(quantity.values) != 1:
        return None, quantity.unit
    value = abs(quantity.values[0])
    fell = quantity.direction < 0 and (figure.cell is not None or FALLEN.search(clause) is not None)
    negative = fell or quantity.values[0] < 0
    match = NUMBER.search(written)
    if match is not None:
        number, unit = Decimal(match["number"].translate(SEPARATORS)), match["unit"].strip()
        scales = (unit_scale(unit)[1], scale_of(unit, quantity.unit))
        if any(scale is not None and scale * number == value for scale in scales):
            return (-number if negative else number), unit
    return (-value if negative else value), quantity.unit


def scale_of(unit: str, base: str) -> Decimal | None:
    """How many of `base` one `unit` is, where a multiplier stands before it (万家); None where it does not say.

    >>> scale_of("万家", "家"), scale_of("家", "件")
    (Decimal('10000'), None)
    """
    if not unit.endswith(base):
        return None
    scale = Decimal(1)
    for letter in unit.removesuffix(base):
        if letter not in MULTIPLIERS:
            return None
        scale *= MULTIPLIERS[letter]
    return scale
