"""Tables as they are compared with questions, and the cells of them that a question asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_qa.answering.asked_words import AskedWord, table_key
from policy_qa.answering.labels import NOTHING_NAMED, LabelKey, Named, label_key
from policy_qa.answering.years import years_spoken_of
from policy_qa.figures.cells import is_mere_growth, tells_amount, with_year
from policy_qa.figures.surroundings import read_surroundings
from policy_qa.language.periods import Period, find_periods
from policy_qa.types import Cell, Document, ListItem, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHORTEST_VALUE = 2
CHARS_BEFORE = 160
TABLES_KEPT = 256
"""Documents whose tables are kept as they are compared."""


@dataclass(frozen=True, slots=True)
class TableKeys:
    """A table as it is compared with questions."""

    document: Document
    table: Table
    rows: Mapping[int, LabelKey]
    columns: Mapping[int, LabelKey]
    cells: Mapping[tuple[int, int], Cell]
    values: Mapping[str, frozenset[int]]
    """For each value, as a table key, the rows it stands in."""
    caption: str
    around: str
    notes: str
    title: str
    caption_period: Period | None
    """The first period that the caption names."""
    caption_stretch: Period | None
    """From the first period to the last that the caption names, which its changes are over; None where it names but one."""
    period_above: Period | None
    """The one that the table takes over from what stands above it."""

    def unit_of(self, axis: int, index: int) -> str | None:
        """The unit of all cells of a row (axis 0) or a column (1), None where they have several, or none."""
        units = {cell.unit for place, cell in self.cells.items() if place[axis] == index}
        return units.pop() if len(units) == 1 else None


@dataclass(frozen=True, slots=True)
class TableReading:
    """Cells of one table that a question asks for: `rows` by `columns`, each by index.

    `words` are those of the question that labels say; `open_rows`, `open_columns` where the question names none of them
    and those are told that there are; `sure` where they are named by most of their labels. `phrase` says the cells in one line. `joined` are the cells of other tables for the same rows or columns.
    """

    keys: TableKeys
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    words: tuple[AskedWord, ...]
    sure: bool
    phrase: str
    joined: tuple[TableReading, ...] = ()
    open_rows: bool = False
    open_columns: bool = False

    @property
    def whole(self) -> bool:
        """Whether both row and column are named."""
        return not (self.open_rows or self.open_columns)

    @property
    def document(self) -> Document:
        """The document the table stands in."""
        return self.keys.document

    @property
    def table(self) -> Table:
        """The table."""
        return self.keys.table

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, None where the table has none there."""
        return self.keys.cells.get((row, column))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in order of rows, those that the table lacks left out."""
        found = (self.cell(row, column) for row in self.rows for column in self.columns)
        return tuple(cell for cell in found if cell is not None)

    @property
    def is_missing(self) -> bool:
        """Whether the source gives no value in any of the cells."""
        return all(cell.text is None for cell in self.cells)


@dataclass(slots=True)
class TableShelf:
    """The tables of documents as they are compared, made once a document; safe to share between threads."""

    _tables: OrderedDict[str, tuple[TableKeys, ...]] = field(default_factory=OrderedDict)

    def tables(self, document: Document) -> tuple[TableKeys, ...]:
        """The tables of the document, in text order."""
        known = self._tables.get(document.id)
        if known is None:
            known = tuple(
                keys_of(document, block)
                for block in document.blocks
                if isinstance(block, Table) and block.cells
            )
            self._tables[document.id] = known
            while len(self._tables) > TABLES_KEPT:
                self._tables.popitem(last=False)
        return known


def keys_of(document: Document, table: Table) -> TableKeys:
    """The table with its labels, caption and surroundings as they are compared."""
    columns: dict[int, LabelKey] = {}
    values: dict[str, set[int]] = {}
    for cell in table.cells:
        columns.setdefault(cell.column, label_key(cell.column_label))
        if cell.text and len(value := table_key(cell.text)) >= SHORTEST_VALUE:
            values.setdefault(value, set()).add(cell.row)
    written = "" if table.caption is None else table.caption.of(document.text)
    caption = table_key(written)
    if not table.caption_fits:  # of a caption that speaks of other things only the year may hold
        caption = " ".join(years_spoken_of(caption))
    named = [found.period for found in find_periods(with_year(written)) if found.period]
    above = read_surroundings(document, table, home=None).period_above
    notes = " ".join(note.of(document.text) for note in table.notes)
    before = "" if caption and table.caption_fits else text_before(document, table)
    return TableKeys(
        document=document,
        table=table,
        rows={index: label_key(row.label) for index, row in enumerate(table.rows)},
        columns=with_amounts(columns),
        cells={(cell.row, cell.column): cell for cell in table.cells},
        values={value: frozenset(rows) for value, rows in values.items()},
        caption=caption,
        around=table_key(" ".join([*table.heading_path, before])),
        notes=table_key(notes),
        title=table_key(document.meta.title),
        caption_period=named[0] if named else None,
        caption_stretch=_stretch(named),
        period_above=above.period if above else None,
    )


def _stretch(periods: Sequence[Period]) -> Period | None:
    if len(periods) < 2 or periods[0].first >= periods[-1].last:
        return None
    return Period(periods[0].first, periods[-1].last)


def with_amounts(columns: Mapping[int, LabelKey]) -> dict[int, LabelKey]:
    """The labels of columns, those of mere growth under that of the column before them, whose growth they tell."""
    found = dict(columns)
    for index, label in columns.items():
        before = columns.get(index - 1)
        is_growth = len(label.parts) == 1 and is_mere_growth(label.parts[0])
        if is_growth and before and before.parts and tells_amount(before.parts[-1]):
            found[index] = LabelKey((*before.parts, *label.parts), label.years or before.years)
    return found


def rows_with_value(keys: TableKeys, words: Sequence[AskedWord], question: str) -> Named:
    """The rows that hold a value the question names: the loans at 4.75%, those of the bank of that name."""
    said = [value for value in keys.values if value in question]
    said = [value for value in said if not any(value != other and value in other for other in said)]
    if not said:
        return NOTHING_NAMED
    rows = frozenset.intersection(*(keys.values[value] for value in said))
    rows = rows or frozenset.union(*(keys.values[value] for value in said))
    own = frozenset(
        index
        for index, word in enumerate(words)
        for value in said
        if any(form in value for form in word.forms)
    )
    return Named(tuple(sorted(rows)), own, sure=True)


def text_before(document: Document, table: Table) -> str:
    """The end of the last paragraph before the table in its section, which often says what the table is about."""
    index = bisect_left(document.blocks, table.span.start, key=lambda block: block.span.start)
    for block in reversed(document.blocks[:index]):
        if block.heading_path != table.heading_path:
            break
        if isinstance(block, Paragraph | ListItem):
            return block.span.of(document.text)[-CHARS_BEFORE:]
    return ""
