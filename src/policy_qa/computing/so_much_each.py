"""So much for each: an amount divided by how many or how much there is of what it is for."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.phrases import label_text
from policy_qa.computing.arithmetic import each_of
from policy_qa.computing.limits import as_shown, notes_on
from policy_qa.computing.lookups import figure_value, value_of
from policy_qa.computing.operands import Operation
from policy_qa.computing.telling import told_answer
from policy_qa.computing.told_pairs import figures_within
from policy_qa.computing.values import value_of_figure
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, periods_agree
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import canonical
from policy_qa.types import Answer

if TYPE_CHECKING:
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.computing.values import Lookup, Sources, Value
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Question

AVERAGE_SAID = re.compile(r"平均|[户人均]均|每|密度")


def so_much_each(question: Question, operation: Operation, sources: Sources) -> Answer | None:
    """The answer with so much for each; that of the sources where they tell it."""
    stated = sources.look_up(question.text)
    if isinstance(stated.outcome, Answer) and stated.values and AVERAGE_SAID.search(_words_of(stated)):
        return stated.outcome
    lookup = sources.look_up(operation.operands[0].question)
    if not lookup.values:
        return None
    amount = _value(lookup, lookup.values[0], sources)
    if amount is None or amount.amount.base in ("%", "百分点", "位", ""):
        return None
    count = _count(amount, operation, sources)
    if count is None or count.amount.number <= 0:
        return None
    return answer_each(
        question, replace(amount, name=amount.name or _name(lookup, sources)), count, operation.word
    )


def answer_each(question: Question, amount: Value, count: Value, of: str) -> Answer:
    """The answer with how much of an amount falls to each of what is counted; a count without a name is called by it."""
    made = each_of(amount.amount, count.amount, of, scale=AREAS.get(of, Decimal(1)))
    values = [amount, replace(count, name=count.name or (messages.AREA if of in AREAS else of))]
    slots = f"{amount.period.label() if amount.period else ''}{amount.place.short if amount.place else ''}"
    one, other = map(as_shown, values)
    about = messages.COMPUTED_ABOUT.format(about=slots) if slots else ""
    text = messages.COMPUTED_EACH.format(about=about, one=one, other=other, result=made.text)
    answer = told_answer(
        question, Operation("each_one", ""), values, [(text, made.working)], notes_on(values)
    )
    return replace(answer, table=None)


def _value(lookup: Lookup, found: OpenValue, sources: Sources) -> Value | None:
    """The value that answers a question; of several of a kind the one whose name in the catalog is the longest it says."""
    value, own = value_of(lookup.query, found, "", sources), found.figure
    if value is not None or own is None:
        return value
    asked = canonical(search_key(lookup.query.text))
    said = [
        one
        for one in figures_within(found.evidence, sources)
        if one.quantity.unit == own.quantity.unit and _is_said(one, asked)
    ]
    best = max(said, key=lambda one: len(indicator_of(one)), default=None)
    if best is not None and best.span == own.span:
        return figure_value(lookup.query, found.evidence, own, "")
    return _of_time(best, lookup, sources) if best is not None and len(said) == 1 else None


def _is_said(figure: Figure, asked: str) -> bool:
    """Whether a question says what a figure is called, in full where that shortens it: 息费 for 利息费用."""
    name = canonical(search_key(indicator_of(figure)))
    rest = iter(asked)
    return name in asked if len(name) < SHORTENED else bool(name) and all(char in rest for char in name)


def _of_time(figure: Figure, lookup: Lookup, sources: Sources) -> Value | None:
    """The value of a figure of the very time asked for."""
    asked = lookup.query.periods
    is_of_time = figure.when is not None and any(agreement(one, figure.when) == 2 for one in asked)
    return value_of_figure(figure, indicator_of(figure), sources) if is_of_time else None


def _count(amount: Value, operation: Operation, sources: Sources) -> Value | None:
    """How many or how much there is of what an amount is for: told beside it, or of the same time and place."""
    of = operation.operands[1]
    beside = _count_beside(amount, of.name, sources)
    if beside is not None:
        return beside
    lookup = sources.look_up(of.question)
    told = [_value(lookup, found, sources) for found in lookup.values]
    known = {
        value.amount: value for value in told if value is not None and counts(value.amount.base, of.name)
    }
    if len(known) > 1:
        return None
    value = next(iter(known.values()), None)
    if value is None or value.period is None or amount.period is None or value.at == amount.at:
        return None
    is_same = value.place == amount.place and periods_agree(value.period, amount.period)
    return value if is_same else None


def _count_beside(amount: Value, of: str, sources: Sources) -> Value | None:
    """The one number of homes or people that the very sentence of an amount tells for the same time."""
    if amount.cell is not None or of not in ("户", "人", "家"):
        return None
    told = [
        one
        for one in sources.figures([amount.document.id])
        if one.cell is None and amount.span.contains(one.span) and one.quantity.unit == of
    ]
    if len(told) != 1 or told[0].when != amount.period:
        return None
    return value_of_figure(told[0], "", sources)


def counts(unit: str, of: str) -> bool:
    """Whether a unit counts these things: 项 and 个 both count projects."""
    return (
        unit == of
        or (unit == "亩" and of in AREAS)
        or {unit, of} <= THINGS
        or (of not in UNITS and unit in THINGS)
    )


AREAS = {"平方公里": Decimal(1500), "平方千米": Decimal(1500), "公顷": Decimal(15), "亩": Decimal(1)}
"""How many 亩, in which areas are held, each unit of area is."""
THINGS = frozenset({"个", "项", "家", "所", "座", "件"})
SHORTENED = 3
"""From so many characters on a name may be a shortened one."""
UNITS = frozenset({*AREAS, "户", "人", "名"})


def _words_of(lookup: Lookup) -> str:
    """The words of a source that tell what answers a question."""
    found = lookup.values[0]
    if found.cell is not None:
        return "".join((*found.cell.row_label, *found.cell.column_label))
    text = found.evidence.document.text
    return found.figure.label.of(text) if found.figure else ""


def _name(lookup: Lookup, sources: Sources) -> str:
    """What the amount that answers a question is called in its source."""
    found = lookup.values[0]
    if found.cell is not None:
        labels = [*found.cell.row_label, *found.cell.column_label]
        return label_text([one for one in labels if not find_places(one)])
    known = sources.figures([found.evidence.document.id])
    own = next((one for one in known if found.figure and one.span == found.figure.span), None)
    return indicator_of(own) if own else _words_of(lookup)


def indicator_of(figure: Figure) -> str:
    """What a figure is called in the catalog, empty for one without a name."""
    return figure.indicator.text if figure.indicator else ""
