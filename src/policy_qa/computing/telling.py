"""What is told of figures computed with: the sentences, what they cite, and the notes that limit them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.cells import cite_cells, limiting_notes
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.computing.arithmetic import PERCENT, Amount, difference, growth, ratio, yearly_growth
from policy_qa.computing.limits import as_shown
from policy_qa.computing.tables import table_of
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Value
    from policy_qa.types import Question

WHOLE = 100
BALANCES = frozenset({"顺差", "逆差", "差额", "净出口", "净进口"})
"""What is asked of exports and imports."""
EXPORTS = frozenset({"出口", "出口额"})
COUNTED = frozenset("家人户个项件亩台辆套所张名条次吨元")


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
