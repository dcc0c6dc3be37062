"""The answer to a question that names the numbers to compute with: each is looked for, and only what is told is computed with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.conflicts import claim_of_figure
from policy_qa.answering.named_values import is_value, said_of, words_to_say
from policy_qa.computing.arithmetic import PERCENT, in_one_unit
from policy_qa.computing.derived import answer_of_rate, answer_told
from policy_qa.computing.given import GROWN, Reckoning, read_given
from policy_qa.computing.given_numbers import PAIR, SAID
from policy_qa.computing.limits import not_comparable, notes_on
from policy_qa.computing.lookups import values_of_operands
from policy_qa.computing.operands import Operand, Operation
from policy_qa.computing.sides import bare, plain_question
from policy_qa.computing.so_much_each import answer_each
from policy_qa.computing.telling import of_two, told_answer
from policy_qa.computing.values import value_told
from policy_qa.figures.compare import values_agree
from policy_qa.figures.evidence import block_around
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.language.places import places_called
from policy_qa.language.quantity_words import counter_of
from policy_qa.types import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.answering.wording import WantedWord
    from policy_qa.computing.given_numbers import Given
    from policy_qa.computing.values import Sources, Value
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Outcome, Question
    from policy_qa.understanding import Query

BASE_SAID = re.compile("^(?:当年|同年|同期|当时)的?")
LEAST_SAID = 0.6
"""So much of what a question says beside a number, in weight, a figure's sentence must say to be the one meant."""
LEAST_TOGETHER = 0.4
"""So much of all it says, where one sentence or table has all the numbers; three and more in one sentence or row are no chance."""
OF_TIMES = frozenset({"growth", "ratio", "difference", "yearly"})
"""What is computed between two times, which the numbers are called by."""
DERIVED = frozenset({"before", "whole"})
MOST_TRIED = 200
ASKING = re.compile(
    rf"(?:同比)?{GROWN}|{SAID['share']}|{SAID['together']}|{SAID['average']}|占|各|按照?|若|如果?|假[定如设]|计算?|算|当年|同年|期间|时期|总[数量额]|[数量额]|数量|[家个]数"
)
"""What only asks, or says that something rose, is no word of what a number is of."""


def compute_given(
    query: Query, sources: Sources, combine: Callable[[Question, Operation, list[Value]], tuple[Outcome, str]]
) -> tuple[Outcome, str] | None:
    """The outcome of a computation with numbers that the question names, None where it names none to compute with.

    `combine` computes with values of one unit.
    """
    found = read_given(query.question.text)
    if found is None:
        return None
    telling = _Telling(query, found, sources)
    figures = [one for one in telling.figures if one is not None]
    if len(figures) < len(found.numbers):
        return (telling.refusal(), messages.WHY_NOT_COMPUTED) if len(found.numbers) > 1 else None
    if found.kind in DERIVED:
        return _derived(query.question, telling, figures)
    values = telling.values(figures)
    if len(values) != len(found.numbers) + bool(found.rest):
        return None
    return _computed(query.question, found, values, combine)


def _computed(
    question: Question,
    found: Reckoning,
    values: list[Value],
    combine: Callable[[Question, Operation, list[Value]], tuple[Outcome, str]],
) -> tuple[Outcome, str]:
    """The outcome of computing with the values of the numbers."""
    operation = Operation(
        found.kind, found.about, years=found.years, asks_percent=found.asks_percent or found.kind == "share"
    )
    if found.kind == "each_one":
        amount, count = values
        return answer_each(question, amount, count, found.of), messages.WHY_COMPUTED
    is_beside = not found.rest or len({(value.document.id, value.span) for value in values}) == 1
    refusal = None if is_beside else not_comparable(question, operation, values)
    if refusal is not None:
        return refusal, messages.WHY_NOT_COMPUTED
    if found.kind == "share" and len(values) > PAIR:
        return _shares(question, operation, values)
    return combine(question, operation, values)


def _derived(question: Question, telling: _Telling, figures: Sequence[Figure]) -> tuple[Outcome, str] | None:
    """The outcome of leading a level back by its change, or a part to its whole, which one sentence tells, or one place."""
    found, (level, rate) = telling.found, figures
    operation = Operation(found.kind, f"{found.before.label() if found.before else ''}{found.about}")
    if found.kind == "before" and not (rate.quantity.direction or rate.measure == "growth"):
        return None
    if level.sentence == rate.sentence and level.cell is None and level.span.start < rate.span.start:
        document = telling.documents[level.document_id]
        answer = answer_told(question, operation, document, (level, rate.quantity))
    else:
        values = telling.values(figures)
        answer = answer_of_rate(question, operation, values) if len(values) == PAIR else None
    return None if answer is None else (answer, messages.WHY_DERIVED)


def _shares(question: Question, operation: Operation, values: Sequence[Value]) -> tuple[Outcome, str]:
    """The share that each of several numbers has in the last."""
    *parts, whole = values
    told = [of_two(operation, pair) for part in parts if (pair := _alike([part, whole]))]
    made = [one for one in told if one is not None]
    if len(made) < len(parts):
        refusal = Refusal(question, "kind_mismatch", messages.COMPUTED_NOT_POSSIBLE)
        return refusal, messages.WHY_NOT_COMPUTED
    return replace(
        told_answer(question, operation, values, made, notes_on(values)), table=None
    ), messages.WHY_COMPUTED


def _alike(values: Sequence[Value]) -> list[Value]:
    """The values in the unit of the first, none where they are of different kinds."""
    amounts = in_one_unit([value.amount for value in values]) or []
    return [replace(value, amount=amount) for value, amount in zip(values, amounts, strict=False)]


@dataclass(frozen=True)
class _Telling:
    """What the sources tell of the numbers given."""

    query: Query
    found: Reckoning
    sources: Sources

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents that the question, and the words beside each number, lead to."""
        texts = [self.query.question.text, *(one.own for one in self.found.numbers)]
        return {one.id: one for text in texts for one in self.sources.documents(text)}

    @cached_property
    def told(self) -> Sequence[Figure]:
        """The figures of these documents, in the order in which these were found."""
        order = {name: at for at, name in enumerate(self.documents)}
        return sorted(self.sources.figures(list(order)), key=lambda one: order[one.document_id])

    @cached_property
    def words(self) -> list[WantedWord]:
        """What the question says beside its numbers, without the words that ask."""
        numbers = [search_key(one.quantity.text) for one in self.found.numbers]
        told = search_key(self.found.text)
        return [
            word
            for word in words_to_say(self.query, self.sources.weight)
            if any(form in told for form in word.forms)
            and not any(word.forms[0] in number for number in numbers)
            and not ASKING.fullmatch(word.forms[0])
        ]

    @cached_property
    def figures(self) -> list[Figure | None]:
        """The figure of each number: those of one sentence or table where that has them all; None for one told nowhere."""
        options = [[one for one in self.told if self._is(one, given)] for given in self.found.numbers]
        together = self._together(options) if all(options) else None
        if together is not None:
            return list(together)
        chosen = [self._best(own, given) for own, given in zip(options, self.found.numbers, strict=True)]
        return [one or self._beside(own, chosen) for one, own in zip(chosen, options, strict=True)]

    def _is(self, figure: Figure, given: Given, *, other: bool = False) -> bool:
        """Whether a figure is a number that is given, of its time and place; or `other`: another number of these."""
        if not other and not is_value(figure, given.quantity):
            return False
        if given.period and figure.when and agreement(given.period, figure.when) == 0:
            return False
        called = places_called(figure.subject.text) if figure.subject else ()
        asked = [given.place] if given.place else self.query.places
        return not called or not asked or any(place in asked for place in called)

    def _together(self, options: Sequence[Sequence[Figure]]) -> list[Figure] | None:
        """The figures of the one sentence or table that has them all, and says most of what is asked."""
        best, most = None, 0.0
        total = sum(word.weight for word in self.words)
        for first in options[0]:
            rest = [[one for one in own if _place_of(one) == _place_of(first)] for own in options[1:]]
            if not all(rest):
                continue
            said = self._said(first, self.words)
            chosen = next((each for each in _apart(first, rest)), None)
            is_row = chosen is not None and len(chosen) > PAIR and len({one.sentence for one in chosen}) == 1
            if chosen and (is_row or said >= LEAST_TOGETHER * total) and said > most:
                best, most = chosen, said
        return best

    def _best(self, options: Sequence[Figure], given: Given) -> Figure | None:
        """The figure whose sentence says most of what stands beside a number, or of what all is about; None where none says enough."""
        own = search_key(given.own)
        beside = [word for word in self.words if any(form in own for form in word.forms)]
        for words in (beside, self.words):
            things = [word for word in words if not word.is_slot]
            total = sum(word.weight for word in things)
            enough = [one for one in options if self._said(one, things) >= LEAST_SAID * total]
            if total and enough:
                return max(enough, key=lambda one: self._said(one, things) + self._said_nearby(one, things))
        return None

    def _beside(self, options: Sequence[Figure], chosen: Sequence[Figure | None]) -> Figure | None:
        """The figure in the paragraph or table of another of the numbers."""
        for other in chosen:
            for one in options:
                if other is not None and one.document_id == other.document_id:
                    block = block_around(self.documents[other.document_id], other.span)
                    if block.span.contains(one.span):
                        return one
        return None

    def _said(self, figure: Figure, words: Sequence[WantedWord]) -> float:
        return said_of(words, self.documents[figure.document_id], figure.sentence, figure)

    def _said_nearby(self, figure: Figure, words: Sequence[WantedWord]) -> float:
        return said_of(words, self.documents[figure.document_id], figure.clause, figure)

    def values(self, figures: Sequence[Figure]) -> list[Value]:
        """The values of the figures by what the question calls them, with that of the one thing left unnumbered."""
        whens = {one.when for one in figures} if self.found.kind in OF_TIMES else set()
        made = []
        for figure, given in zip(figures, self.found.numbers, strict=True):
            name = given.name or (figure.when.label() if figure.when and len(whens) > 1 else "")
            if self.found.kind in DERIVED and given is self.found.numbers[-1]:
                name = messages.GIVEN_RATES[self.found.kind]
            made.append(value_told(figure, name, self.sources))
        if self.found.rest:
            rest = self._rest(figures[0])
            beside = value_told(rest, self.found.rest, self.sources) if rest else None
            made.append(beside or self._rest_elsewhere(figures[0]))
            made = made if self.found.is_whole else made[::-1]
        return [one for one in made if one is not None]

    def _rest(self, figure: Figure) -> Figure | None:
        """The one figure told beside a number that the question gives without its number; None where several may be."""
        rest = search_key(self.found.rest)
        words = [word for word in self.words if any(form in rest for form in word.forms)]
        total = sum(word.weight for word in words)
        told = [
            one
            for one in self.told
            if _place_of(one) == _place_of(figure)
            and one.cell is None
            and self._is_of_rest(one, figure)
            and one.span != figure.span
            and said_of(words, self.documents[one.document_id], one.clause, one) >= LEAST_SAID * total
        ]
        return told[0] if total and len(told) == 1 else None

    def _rest_elsewhere(self, figure: Figure) -> Value | None:
        """What a plain question finds of the whole that a number is a part of, of the same time and place."""
        called = places_called(figure.subject.text) if figure.subject else self.query.places
        is_of_other = re.search("全国|全[省区]", self.found.rest) is not None
        if self.found.kind != "share" or not self.found.is_whole or figure.when is None:
            return None
        if len(called) != 1 or is_of_other:
            return None
        rest = BASE_SAID.sub("", self.found.rest)
        asked = plain_question(figure.when.label(), called[0].short, bare(rest))
        found = values_of_operands(Operation("sum", "", (Operand(bare(rest), asked),)), self.sources)
        if isinstance(found, Refusal) or len(found) != 1:
            return None
        whole = found[0]
        is_same = whole.place == called[0] and whole.period == figure.when and whole.at != figure.span
        is_more = whole.amount.number * whole.amount.scale > figure.quantity.values[0]
        return whole if is_same and is_more and whole.bound == "exact" else None

    def _is_of_rest(self, one: Figure, figure: Figure) -> bool:
        """Whether a figure is measured as what is left unnumbered must be."""
        if self.found.kind == "each_one":
            return one.quantity.unit not in (PERCENT, figure.quantity.unit)
        return counter_of(one.quantity.unit) == counter_of(figure.quantity.unit)

    def refusal(self) -> Refusal:
        """The refusal that says which numbers are told nowhere, with the number that is told of the same, if any is."""
        missing = [
            given for given, figure in zip(self.found.numbers, self.figures, strict=True) if figure is None
        ]
        unknown = [given for given in missing if not any(self._is(one, given) for one in self.told)]
        missing = unknown or missing
        citations = CitationList()
        near = [one for given in missing if (one := self._other(given)) is not None]
        claims = tuple(
            dict.fromkeys(
                claim_of_figure(
                    one, self.documents[one.document_id], self.query.text, citations, start=one.clause.start
                )
                for one in near
            )
        )
        values = messages.LIST_SEPARATOR.join(one.quantity.text for one in missing)
        message = messages.GIVEN_NOT_TOLD.format(values=values)
        message += messages.GIVEN_TOLD_OTHER if claims else ""
        return Refusal(self.query.question, "not_found", message, claims, citations.citations())

    def _other(self, given: Given) -> Figure | None:
        """The other number that is told of what a number given is said to be of."""
        unit = counter_of(given.quantity.unit)
        told = [
            one
            for one in self.told
            if counter_of(one.quantity.unit) == unit
            and one.quantity.form == "number"
            and not values_agree(one.quantity, given.quantity)
            and self._is(one, given, other=True)
        ]
        return self._best(told, given) if told else None


def _place_of(figure: Figure) -> tuple[str, int]:
    """The sentence, or the table, that a figure stands in."""
    start = figure.cell.table_start if figure.cell else figure.sentence.start
    return figure.document_id, start


def _apart(first: Figure, rest: Sequence[Sequence[Figure]]) -> Iterator[list[Figure]]:
    """One figure of each, all of them different ones."""
    for tried, chosen in enumerate(product(*rest)):
        if tried > MOST_TRIED:
            return
        figures = [first, *chosen]
        if len({one.span for one in figures}) == len(figures):
            yield figures
