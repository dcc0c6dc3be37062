"""What is told of figures computed with: the sentences, what they cite, and the notes that limit them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.cells import cite_cells, limiting_notes
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.computing.arithmetic import PERCENT, Amount, difference, growth, plain, ratio, yearly_growth
from policy_qa.computing.limits import as_shown, bounded_text
from policy_qa.computing.values import left_out
from policy_qa.language.periods import find_periods
from policy_qa.types import Answer, AnswerTable, Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Value
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Question, Span

WHOLE = 100
BALANCES = frozenset({"顺差", "逆差", "差额", "净出口", "净进口"})
"""What is asked of exports and imports."""
EXPORTS = frozenset({"出口", "出口额"})
COUNTED = frozenset("家人户个项件亩台辆套所张名条次吨元")
YEAR = re.compile(r"\d{4}年")


def of_two(operation: Operation, values: Sequence[Value]) -> tuple[str, str] | None:
    """The sentence and the working of what is computed from two values, None for a division by nothing."""
    one, other = values
    a, b = one.amount, other.amount
    slots = {"about": about_of(operation), "one": as_shown(one), "other": as_shown(other)}
    if operation.kind in ("ratio", "share"):
        percent = operation.asks_percent or operation.kind == "share"
        times = ratio(a, b, percent=percent)
        if operation.kind == "share" and (a.base == PERCENT or (times and times.number > WHOLE)):
            return None  # no rate is a part of another, no part more than its whole
        message = messages.COMPUTED_SHARE if operation.kind == "share" else messages.COMPUTED_RATIO
        return None if times is None else (message.format(result=times.text, **slots), times.working)
    if operation.kind == "yearly" and a.base != PERCENT:
        rate = yearly_growth(a, b, operation.years)
        return (
            None
            if rate is None
            else (
                messages.COMPUTED_YEARLY.format(
                    grown=messages.COMPUTED_GROWN[rate.number >= 0], result=rate.text, **slots
                ),
                rate.working,
            )
        )
    if a.number == b.number:
        return messages.COMPUTED_EQUAL.format(**slots), f"{a.number:f} = {b.number:f}"
    apart = difference(a, b) if a.number > b.number else difference(b, a)
    more = _more(a, is_more=a.number > b.number)
    if operation.kind == "growth" and a.base not in (PERCENT, "百分点", "位"):
        rate = growth(a, b)
        return (
            None
            if rate is None
            else (
                messages.COMPUTED_GROWTH_TOO.format(
                    more=more,
                    difference=apart.text,
                    grown=messages.COMPUTED_GROWN[rate.number >= 0],
                    result=rate.text,
                    **slots,
                ),
                f"{apart.working}；{rate.working}",
            )
        )
    message = messages.COMPUTED_DIFFERENCE
    if operation.word in BALANCES:
        message = messages.COMPUTED_BALANCE[(a.number > b.number) == (one.name in EXPORTS)]
    return message.format(more=more, result=apart.text, **slots), apart.working


def _more(amount: Amount, *, is_more: bool) -> str:
    if amount.base == "位":
        return messages.COMPUTED_MORE_PLACES[is_more]
    of = messages.COMPUTED_MORE_OF if amount.unit[-1:] in COUNTED else messages.COMPUTED_MORE
    return of[is_more]


def told_answer(
    question: Question,
    operation: Operation,
    values: Sequence[Value],
    told: Sequence[tuple[str, str]],
    notices: tuple[str, ...],
) -> Answer:
    """The answer that says these sentences, each citing all values, then the notes that limit them."""
    citations = CitationList()
    numbers = tuple(dict.fromkeys(number for value in values for number in _cite(value, citations)))
    backs = [value.back for value in values if value.back]
    steps = [step for _, step in backs]
    claims = [Claim(text, numbers, "computed", "；".join([*steps, working])) for text, working in told]
    claims += [Claim(text, numbers, "computed", step) for text, step in backs]
    for reading in dict.fromkeys(id(one.reading) for one in values if one.reading):
        own = next(one.reading for one in values if id(one.reading) == reading)
        if own is not None:
            claims += [quoted_claim(own.document, note, citations) for note in limiting_notes(own)]
    table = table_of(values, operation.about)
    return Answer(question, tuple(dict.fromkeys(claims)), citations.citations(), notices, table)


def quoting(
    question: Question,
    told: tuple[str, str],
    document: Document,
    span: Span,
    figures: Sequence[Figure],
    notices: tuple[str, ...] = (),
) -> Answer:
    """The answer that says a sentence with its working, and cites the stretch that tells the figures, with what it leaves out."""
    text, working = told
    citations = CitationList()
    numbers = tuple(citations.cite(document, one) for one in (span, *left_out(figures, span)))
    claim = Claim(text, tuple(dict.fromkeys(numbers)), "computed", working)
    return Answer(question, (claim,), citations.citations(), notices)


def quote_of(document: Document, spans: Sequence[Span], joint: str = "……") -> str:
    """What stretches of a document say, each on one line without the marks at its ends."""
    said = ("".join(one.of(document.text).split("\n")).strip("，,；;。、 ") for one in dict.fromkeys(spans))
    return joint.join(said)


def _cite(value: Value, citations: CitationList) -> Iterable[int]:
    if value.reading is not None and value.cell is not None:
        yield from cite_cells(value.reading, [value.cell], citations)
        return
    yield citations.cite(value.document, value.span)
    for span in value.carried:
        yield citations.cite(value.document, span)


def about_of(operation: Operation) -> str:
    """What is computed, as a sentence begins with it."""
    return messages.COMPUTED_ABOUT.format(about=operation.about) if operation.about else ""


def table_of(values: Sequence[Value], about: str) -> AnswerTable:
    """A row for each value; the unit stands in the head where all are exact and written in one.

    `about` is what the values share in words: the indicator where places or periods tell them apart.
    """
    units = {value.amount.unit for value in values}
    are_exact = all(bounded_text(value) == value.amount.text for value in values)
    unit = units.pop() if len(units) == 1 and are_exact and not values[0].amount.is_vague else ""
    head = about or messages.TABLE_VALUE
    return AnswerTable(
        (_names_head(values), messages.TABLE_HEAD_UNIT.format(head=head, unit=unit) if unit else head),
        tuple((value.name, plain(value.amount.number) if unit else bounded_text(value)) for value in values),
    )


def _names_head(values: Sequence[Value]) -> str:
    """What the names of the values are: cities or other places, years or other periods, or things of any kind."""
    if all(_is_place(value) for value in values):
        are_cities = all(value.place is not None and value.place.name.endswith("市") for value in values)
        return messages.TABLE_CITY if are_cities else messages.TABLE_PLACE
    if all(YEAR.fullmatch(value.name) for value in values):
        return messages.TABLE_YEAR
    whole = (found for value in values for found in find_periods(value.name)[:1])
    if [len(found.span) for found in whole] == [len(value.name) for value in values]:
        return messages.TABLE_PERIOD
    return messages.TABLE_ITEM


def _is_place(value: Value) -> bool:
    """Whether a value is called by its place alone: 柳州, 广西柳州, 全国."""
    if value.place is None or find_periods(value.name):
        return False
    return value.name.endswith((value.place.short, value.place.name))
