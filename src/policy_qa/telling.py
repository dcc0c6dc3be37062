"""What is told in answer to a question, from what was found for it, or why nothing is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.causes import answer_causes
from policy_qa.answering.cells import answer_from_cells, refuse_missing
from policy_qa.answering.definitions import answer_definition, refuse_undefined
from policy_qa.answering.evidence import Evidence, compare_meaning
from policy_qa.answering.extractive import (
    answer_from_list,
    answer_from_sentences,
    answer_with_source,
    quoted_answer,
)
from policy_qa.answering.images import image_asked_for, missing_cell, refuse_image
from policy_qa.answering.imprint import authors_of, source_of_data
from policy_qa.answering.lists import (
    asks_for_list,
    count_asked,
    find_list,
    item_asked_for,
    list_around,
    list_of_this_document,
    naming_as_many,
)
from policy_qa.answering.open_slots import (
    MOST_VALUES,
    OpenValue,
    answer_open,
    names_no_indicator,
    open_values,
    refuse_ambiguous,
    values_of,
    why_these,
)
from policy_qa.answering.overview import answer_overview
from policy_qa.answering.premises import answer_premise, find_contradiction
from policy_qa.answering.refusal import refusal_for, refuse
from policy_qa.computing.back import compute_back
from policy_qa.computing.indicators import measure_asked, says_indicator
from policy_qa.computing.phrasing import plain_wording
from policy_qa.finding import Finder, Found, is_empty_reading
from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.figures.figure import FigureLookup
    from policy_qa.types import Answer, Document, Outcome, Refusal, Span
    from policy_qa.understanding import Query


TOLD_BY_DISTANCE = frozenset({"no_such_period", "no_such_subject", "no_such_indicator", "not_found"})


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, why it is that, and the values of a question for figures that it rests on."""

    outcome: Outcome
    why: str
    values: tuple[OpenValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells in answer to questions what the sources say in their own words and cells.

    `similarity` gives the cosine of each text to a question; `figures` are those that one told by its distance is computed from.
    """

    finder: Finder
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    figures: FigureLookup

    def decide(self, found: Found) -> Decision:
        """The answer that what was found tells, or the refusal, and why."""
        query, evidence, needed = found.query, found.evidence, found.needed
        special = self._special(query, evidence, needed)
        if special is not None:
            return special
        refusal = self._refuse(query, evidence, needed)
        if refusal is not None:
            back = self._compute_back(found) if refusal.code in TOLD_BY_DISTANCE else None
            return back or Decision(refusal, messages.WHY_REFUSED[refusal.code])
        fitting = found.fitting
        compare = partial(compare_meaning, similarity=partial(self.similarity, query.text))
        several = self._several(query, fitting, compare)
        told = several if several is not None else self._answer(query, compare(fitting), fitting)
        is_share = measure_asked(search_key(query.text)) == "share"
        back = self._compute_back(found) if is_share and not self._is_of_it(query, told) else None
        return back or told

    def _is_of_it(self, query: Query, told: Decision) -> bool:
        """Whether a value told is by its name of what is asked: not of 电子设备制造业投资 for 制造业投资."""
        return any(
            one.indicator is not None and says_indicator(query, search_key(one.indicator.text))
            for value in told.values
            if value.figure is not None
            for one in self.figures.within(value.evidence.document.id, value.figure.span)
        )

    def _special(self, query: Query, evidence: Sequence[Evidence], needed: float) -> Decision | None:
        """The outcome of a question for authors or definitions, of one that asserts what is not so, or names no indicator."""
        said = self._said_of_itself(query, evidence)
        if said is not None:
            return said
        contradiction = None if math.isinf(needed) else find_contradiction(query, evidence)
        if contradiction is not None:
            return Decision(answer_premise(query, contradiction), messages.WHY_PREMISE)
        item = item_asked_for(query, evidence)
        if item is not None:
            return Decision(quoted_lines(query, *item), messages.WHY_LIST)
        whole = list_of_this_document(query, evidence)
        if whole is not None:
            return Decision(answer_from_list(query, whole), messages.WHY_LIST)
        if names_no_indicator(query):
            refusal = refuse(query, "ambiguous", messages.AMBIGUOUS_INDICATOR, evidence)
            return Decision(refusal, messages.WHY_REFUSED["ambiguous"])
        defined = answer_definition(query, evidence, self.finder.document, self.finder.retrieve)
        return None if defined is None else Decision(defined, messages.WHY_DEFINITION)

    def _said_of_itself(self, query: Query, evidence: Sequence[Evidence]) -> Decision | None:
        """The outcome of a question for what documents say of themselves: their authors, where a table's data come from."""
        authors = authors_of(query, evidence, self.finder.word_weight) if query.kind == "author" else None
        if authors is not None:
            return Decision(quoted_lines(query, *authors), messages.WHY_AUTHORS)
        source = source_of_data(query, evidence, self.finder.word_weight)
        return None if source is None else Decision(quoted_lines(query, *source), messages.WHY_DATA_SOURCE)

    def _several(
        self,
        query: Query,
        fitting: Sequence[Evidence],
        compare: Callable[[Sequence[Evidence]], list[Evidence]],
    ) -> Decision | None:
        """The outcome that takes several pieces of evidence together: cells, open values, a list, an overview."""
        cells = next((found for found in fitting if found.reading), None)
        if query.wants_all and cells is not None and cells.reading is not None:
            return Decision(answer_from_cells(query, cells.reading), messages.WHY_CELLS, values_of(cells))
        values = open_values(query, fitting, self.finder.word_weight)
        if len(values) > MOST_VALUES:
            return Decision(refuse_ambiguous(query, values), messages.WHY_REFUSED["ambiguous"], tuple(values))
        if values:
            return Decision(answer_open(query, values), why_these(values), tuple(values))
        found_list = find_list(query, fitting, self.finder.word_weight) if asks_for_list(query) else None
        if found_list is not None and found_list.is_meant:
            return Decision(answer_from_list(query, found_list), messages.WHY_LIST)
        overview = None
        if query.kind == "overview":
            overview = answer_overview(query, fitting, self.finder.word_weight, compare)
        return None if overview is None else Decision(overview, messages.WHY_OVERVIEW)

    def _answer(self, query: Query, compared: Sequence[Evidence], fitting: Sequence[Evidence]) -> Decision:
        """The answer the best of the fitting evidence gives; `compared` is the same, nearest in meaning first."""
        best = compared[0]
        causes = (
            answer_causes(query, compared, fitting, self.finder.word_weight)
            if query.kind == "cause"
            else None
        )
        if causes is not None:
            return Decision(causes, messages.WHY_CAUSES)
        if best.reading is not None:
            return Decision(answer_from_cells(query, best.reading), messages.WHY_CELLS, values_of(best))
        if query.kind == "source":
            return Decision(answer_with_source(query, best), messages.WHY_SENTENCE)
        around = None if query.kind in ("figure", "when") else list_around(best)
        if around is not None and count_asked(query) in (None, len(around.items)):
            return Decision(answer_from_list(query, around), messages.WHY_LIST)
        count = count_asked(query) if asks_for_list(query) else None
        if count is not None:
            naming = naming_as_many(compared, count)[:1]
            if not naming:
                message = messages.NO_LIST.format(count=count)
                refusal = refuse(query, "not_found", message, compared)
                return Decision(refusal, messages.WHY_REFUSED["not_found"])
            compared = naming
        return Decision(answer_from_sentences(query, compared), messages.WHY_SENTENCE, values_of(best))

    def _refuse(self, query: Query, evidence: Sequence[Evidence], needed: float) -> Refusal | None:
        """Why the question is not answered, None where it is."""
        if not math.isinf(needed):
            cell = missing_cell(query, evidence, self.finder.word_weight)
            if cell is not None and cell.reading is not None:
                return refuse_missing(query, cell.reading)
            image = image_asked_for(query, evidence, self.finder.word_weight)
            if image is not None:
                return refuse_image(query, *image)
        telling = [found for found in evidence if not is_empty_reading(found)]
        missing = [found for found in evidence if is_empty_reading(found)]
        refusal = refusal_for(query, telling, needed, missing=missing)
        return (
            refuse_undefined(query, evidence) if refusal is None and query.kind == "definition" else refusal
        )

    def _compute_back(self, found: Found) -> Decision | None:
        """The outcome for a figure that is told only by its distance from another."""
        plain = self.finder.understand(replace(found.query.question, text=plain_wording(found.query.text)))
        answer = compute_back(
            replace(plain, question=found.query.question),
            self.figures.of(found.document_ids),
            self.finder.document,
        )
        return None if answer is None else Decision(answer, messages.WHY_COMPUTED_BACK)


def quoted_lines(query: Query, document: Document, lines: Sequence[Span]) -> Answer:
    """The lines of a document, each a claim of its own."""
    return quoted_answer(query.question, [(document, line) for line in lines])
