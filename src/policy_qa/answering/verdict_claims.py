"""Whether a verdict holds: what is stated is quoted as it stands, and the working, of cited figures, gives the verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.faults import Fault
from policy_qa.answering.phrases import cell_labels
from policy_qa.answering.workings import Worth, reckon
from policy_qa.figures.arithmetic.rounding import (
    Interval,
    as_operand,
    as_stated,
    bears_out,
    half_step,
    written_digits,
)
from policy_qa.language.qualifiers import WAYS, way_to_average
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.phrases import CitedRows
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Cell, Document, Span

TEMPLATES = {
    messages.AUDIT_RIGHT: True,
    messages.AUDIT_RIGHT_ROUNDED: True,
    messages.AUDIT_RIGHT_BOUND: True,
    messages.AUDIT_WRONG: False,
}
ORDERS = {messages.AUDIT_ORDER_RIGHT: True, messages.AUDIT_ORDER_WRONG: False}
RANKS = {messages.AUDIT_RANK_RIGHT: True, messages.AUDIT_RANK_WRONG: False}
CAPTIONS = {messages.CAPTION_FITS: True, messages.CAPTION_FITS_NOT: False}
TOLD = {messages.TOLD_AGREES: True, messages.TOLD_DIFFERS: False}
OPENINGS = tuple(f"{verdict}：" for verdict in messages.AUDIT_VERDICTS.values())
TOKEN = re.compile(r"[-+−×÷^()]|[^\s+−×÷^()-]+")
PLACED = re.compile(r"第(\d+)位：(\S+?)(?:，|$)")
NAMED = re.compile(r"([^>]+)（([^>]+)）")
QUOTES = str.maketrans("“”", "‘’")
RANK = re.compile(r"排名|位次|名次|排位")
HUNDRED, ALL = Decimal(100), "100%"


@dataclass(frozen=True, slots=True)
class CitedText:
    """What a verdict cites: spans of documents, rows of tables, and the quantities told in both."""

    spans: Sequence[tuple[Document, Span]]
    rows: Sequence[CitedRows]
    quantities: Sequence[Quantity]

    def says(self, words: str) -> bool:
        """Whether a cited span says the words, white space aside."""
        return any(words in flat(span.of(document.text)) for document, span in self.spans)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What fills the slots of a verdict's template, and whether that says that all is right."""

    slots: dict[str, str]
    is_right: bool


def is_verdict(text: str) -> bool:
    """Whether a claim says that something stated comes out or does not."""
    return text.startswith(OPENINGS)


def faults_of_verdict(text: str, working: str | None, cited: CitedText) -> Iterator[Fault]:
    """What of a verdict does not hold: the words it quotes, its working, an operand, the result, the verdict itself."""
    found = _read(text, CAPTIONS)
    if found is not None:
        yield from _faults_of_caption(found, cited)
        return
    found = _read(text, TOLD)
    if found is not None:
        yield from _faults_of_told(found, cited)
        return
    for templates, check in (
        (TEMPLATES, _faults_of_result),
        (ORDERS, _faults_of_order),
        (RANKS, _faults_of_rank),
    ):
        found = _read(text, templates)
        if found is not None:
            if found.slots["working"] != working:
                yield Fault("quantity", found.slots["working"])
            yield from check(found, cited)
            return
    yield Fault("quote", text)


def _read(text: str, templates: dict[str, bool]) -> _Verdict | None:
    """What fills the template that the text is made from, None for none of them."""
    for template, is_right in templates.items():
        match = _pattern(template).fullmatch(text)
        if match is not None:
            return _Verdict(match.groupdict(), is_right)
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )


def _faults_of_result(verdict: _Verdict, cited: CitedText) -> Iterator[Fault]:
    slots = verdict.slots
    stated = _stated(slots["stated"], slots["said"])
    lines = slots["working"].split("；")
    results = slots["recomputed"].split("或") if "recomputed" in slots else [""] * len(lines)
    if stated is None or len(results) != len(lines):
        yield Fault("quantity", slots["stated"])
        return
    reckoned: list[str] = []
    for line, result in zip(lines, results, strict=True):
        left, _, right = line.rpartition(" = ")
        try:
            worth, operands = reckon(TOKEN.findall(left), _worth_of)
        except (ArithmeticError, IndexError, ValueError):
            yield Fault("quantity", line)
            return
        reckoned += operands
        factor = HUNDRED if "÷" in left and "%" in right else Decimal(1)
        yield from (
            Fault("quantity", shown)
            for shown in (right, result or right)
            if not _comes_to(worth.exact * factor, shown)
        )
        interval = as_stated(stated)
        scaled = (
            worth.open if stated.unit != "%" else Interval(worth.open.low * factor, worth.open.high * factor)
        )
        if interval is None or interval.overlaps(scaled.magnitude()) != verdict.is_right:
            yield Fault("kind", slots["stated"])
    for operand in reckoned:
        if not any(_is_told(operand, quantity) for quantity in cited.quantities):
            yield Fault("quantity", operand)
    if not _is_said(slots["said"], cited, reckoned):
        yield Fault("quote", slots["said"])


def _stated(stated: str, said: str) -> Quantity | None:
    """The stated result as the quoted words tell it; a hundred percent is told by the shares that make it up."""
    if stated == ALL and ALL not in said:
        return read_quantities(ALL)[0]
    clause = said.rpartition("：")[2] if said.endswith(f"：{stated}") else said
    found = [one for one in read_quantities(clause) if "".join(one.text.split()) == stated]
    if not found and clause == stated:
        found = read_quantities(f"为{stated}")
    return found[-1] if found else None


def _is_said(said: str, cited: CitedText, operands: Sequence[str] = ()) -> bool:
    """Whether cited text says the words, or a cited cell has them as labels and value, or they label the operands."""
    if cited.says(said):
        return True
    cells = [(label, _value(cell)) for rows in cited.rows for cell in rows.cells() for label in _labels(cell)]
    return any(said == f"{label}：{value}" for label, value in cells) or _label_all(said, operands, cells)


def _label_all(said: str, operands: Sequence[str], cells: Sequence[tuple[str, str]]) -> bool:
    """Whether the words are the labels of cells with these values, one behind the other."""
    if not operands:
        return False
    for label, value in cells:
        if value != operands[0] or not said.startswith(label):
            continue
        rest = said[len(label) :]
        if (not rest and len(operands) == 1) or (
            rest.startswith(messages.LIST_SEPARATOR)
            and _label_all(rest[len(messages.LIST_SEPARATOR) :], operands[1:], cells)
        ):
            return True
    return False


def _labels(cell: Cell) -> tuple[str, str]:
    """The labels of a cell as they are written, and as one reads them."""
    written = f"{''.join(cell.row_label)}，{''.join(cell.column_label)}"
    read = messages.LABEL_SEPARATOR.join(filter(None, cell_labels(cell)))
    return flat(written), flat(read)


def _value(cell: Cell) -> str:
    text = "".join((cell.text or "").split())
    return text if not cell.unit or text.endswith(cell.unit) else text + cell.unit


def flat(text: str) -> str:
    """The text without white space, its quotation marks as those within a quotation."""
    return "".join(text.split()).translate(QUOTES)


def _quantity(token: str) -> Quantity:
    """The quantity that a word of a working is. Raises ValueError for none."""
    found = read_quantities(token)
    if len(found) != 1:
        raise ValueError(token)
    return found[0]


def _worth_of(token: str) -> Worth:
    quantity = _quantity(token)
    open_to = as_operand(quantity)
    if open_to is None:
        raise ValueError(token)
    return Worth(quantity.values[0], open_to)


def _is_told(token: str, told: Quantity) -> bool:
    """Whether a word of a working is a quantity that is told; a bare number one of any unit, or a member of a ratio."""
    own = _quantity(token)
    if own.unit == told.unit and own.form == told.form:
        return abs(own.values[0]) in {abs(value) for value in told.values}
    if own.unit == "":
        digits = written_digits(told.text) if told.form == "number" else None
        return own.values[0] in told.values or own.values[0] == digits
    return told.unit == "" and written_digits(own.text) in told.values


def _comes_to(exact: Decimal, shown: str) -> bool:
    """Whether a number rounds to what is shown of it, its sign aside."""
    try:
        quantity = _quantity(shown)
    except ValueError:
        return False
    step = half_step(quantity) if written_digits(quantity.text) is not None else Decimal(0)
    return abs(abs(exact) - abs(quantity.values[0])) <= step


def _faults_of_told(verdict: _Verdict, cited: CitedText) -> Iterator[Fault]:
    """The faults of a verdict on what is told itself: the words are cited, and say what they are said to say, or not."""
    said, stated = verdict.slots["said"], verdict.slots["stated"]
    if not _is_said(said, cited):
        yield Fault("quote", said)
    told = stated if verdict.is_right else verdict.slots["told"]
    if not _tells(said, told) or (not verdict.is_right and _tells(said, stated)):
        yield Fault("kind", stated)


def _tells(said: str, stated: str) -> bool:
    """Whether words tell a quantity, or say that something is above or below an average."""
    if stated in WAYS.values():
        way = way_to_average(said)
        return way != 0 and WAYS[way] == stated
    return any(
        wanted.unit in ("", one.unit) and one.values and bears_out(wanted, one)
        for one in read_quantities(said)
        for wanted in read_quantities(stated)
    )


def _faults_of_order(verdict: _Verdict, cited: CitedText) -> Iterator[Fault]:
    """The faults of places listed with the values they rank: each pair of cells in one row or column that is cited."""
    pairs = PLACED.findall(verdict.slots["working"])
    if (
        "，".join(f"第{place}位：{value}" for place, value in pairs) != verdict.slots["working"]
        or len(pairs) < 2
    ):
        yield Fault("quantity", verdict.slots["working"])
        return
    found = [{line for rows in cited.rows for line in _ranking(rows, *pair)} for pair in pairs]
    if not set.intersection(*found):
        yield Fault("quantity", verdict.slots["working"])
    places = [int(place) for place, _ in pairs]
    values = [_worth_of(value).open for _, value in pairs]
    falls = all(mine.high >= its.low for mine, its in pairwise(values))
    rises = all(mine.low <= its.high for mine, its in pairwise(values))
    if places != sorted(places) or (falls or rises) != verdict.is_right:
        yield Fault("kind", verdict.slots["working"])


def _ranking(rows: CitedRows, place: str, value: str) -> Iterator[tuple[bool, int, int]]:
    """Which two columns (True), or rows, of the cited cells tell the value and its place beside each other."""
    cells = [cell for cell in rows.cells() if cell.text]
    values = [cell for cell in cells if _value(cell) == value]
    places = [
        cell
        for cell in cells
        if written_digits(cell.text or "") == Decimal(place) and RANK.search(_labels(cell)[0])
    ]
    for one, other in product(values, places):
        if one.row == other.row:
            yield True, one.column, other.column
        if one.column == other.column:
            yield False, one.row, other.row


def _faults_of_rank(verdict: _Verdict, cited: CitedText) -> Iterator[Fault]:
    """The faults of a stated place against values in their order: each cited with its name, the place counted again."""
    if not _is_said(verdict.slots["said"], cited):
        yield Fault("quote", verdict.slots["said"])
    if _stated(verdict.slots["stated"], verdict.slots["said"]) is None:
        yield Fault("quantity", verdict.slots["stated"])
    parts = [NAMED.fullmatch(part) for part in verdict.slots["working"].split(" > ")]
    pairs = [(part[1], part[2]) for part in parts if part is not None]
    cells = [(label, _value(cell)) for rows in cited.rows for cell in rows.cells() for label in _labels(cell)]
    for name, value in pairs:
        if not any(name in label and value == told for label, told in cells):
            yield Fault("quantity", f"{name}（{value}）")
    values = [_quantity(value).values[0] for _, value in pairs]
    names = [name for name, _ in pairs]
    if len(pairs) != len(parts) or values != sorted(values, reverse=True) or len(set(names)) != len(names):
        yield Fault("quantity", verdict.slots["working"])
    if verdict.slots["name"] not in names:
        yield Fault("place", verdict.slots["name"])
        return
    place = 1 + sum(value > values[names.index(verdict.slots["name"])] for value in values)
    if f"第{place}位" != verdict.slots["recomputed"]:
        yield Fault("quantity", verdict.slots["recomputed"])
    stated = _stated(verdict.slots["stated"], verdict.slots["said"])
    if stated is not None and (stated.values[0] == place) != verdict.is_right:
        yield Fault("kind", verdict.slots["stated"])


def _faults_of_caption(verdict: _Verdict, cited: CitedText) -> Iterator[Fault]:
    """The faults of a verdict on a caption: it is a cited table's, with those heads, and found to fit or not to."""
    for document, span in cited.spans:
        for block in document.blocks:
            if not isinstance(block, Table) or block.caption is None or not block.caption.overlaps(span):
                continue
            caption = block.caption
            same = " ".join(caption.of(document.text).split()) == verdict.slots["caption"]
            heads = ["".join(head.text.split()) for head in (block.header_rows or ((),))[0] if head.text]
            shown = [messages.LIST_SEPARATOR.join(heads[:count]) for count in range(len(heads) + 1)]
            if same and verdict.slots["heads"] in shown:
                if block.caption_fits != verdict.is_right:
                    yield Fault("kind", verdict.slots["caption"])
                return
    yield Fault("quote", verdict.slots["caption"])
