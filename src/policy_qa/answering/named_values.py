"""Values that a question has seen of one thing: each is told where it stands, with what tells it from the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import quantity_of
from policy_qa.answering.cells import cell_claims
from policy_qa.answering.citations import CitationList
from policy_qa.answering.conflicts import claim_of_figure
from policy_qa.answering.phrases import value_text
from policy_qa.answering.tables import is_meant
from policy_qa.answering.told_figures import is_said
from policy_qa.answering.wording import wanted_words
from policy_qa.figures.compare import periods_agree, values_agree
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.agreement import TEXT_AND_TABLE, values_seen
from policy_qa.language.normalize import search_key
from policy_qa.language.places import places_called
from policy_qa.types import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WantedWord, WordWeight
    from policy_qa.figures.figure import Figure
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Claim, Document, Span
    from policy_qa.understanding import Query

LEAST_SAID = 0.6
"""So much of what is asked, in weight, a figure's sentence must say to be the one seen."""
OWN_WORTH = 0.5
"""What is said in the figure's own clause counts so much more."""


def answer_seen(
    query: Query,
    fitting: Sequence[Evidence],
    figures: Callable[[], Sequence[Figure]],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
) -> Answer | None:
    """What is told of values that the question has seen, or of a cell and the text around its table; None for other questions.

    `figures` is asked for those of the documents found only where the question needs them.
    """
    if TEXT_AND_TABLE.search(query.question.text):
        return _text_and_table(query, fitting, figures(), document_of, weight)
    seen = values_seen(query.question.text)
    return _named_values(query, seen, figures(), document_of, weight) if seen else None


def _named_values(
    query: Query,
    seen: Sequence[Quantity],
    figures: Sequence[Figure],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
) -> Answer | None:
    """Every value that the question has seen, in the words of its source; None where one of them is not found."""
    wanted = [word for word in wanted_words(query, weight) if not word.forms[0][:1].isdigit()]
    found = [
        _told_best([one for one in figures if _is_value(one, value)], document_of, wanted, query)
        for value in seen
    ]
    told = [figure for figure in found if figure is not None]
    if len(told) < len(seen):
        return None
    citations = CitationList()
    claims: list[Claim] = []
    for figure in told:
        document = document_of(figure.document_id)
        if document is None:
            return None
        start = _named_from(wanted, document, figure)
        claims.append(claim_of_figure(figure, document, query.text, citations, start=start))
    whens = [figure.when for figure in told if figure.when is not None]
    differ = any(not periods_agree(one, other) for one in whens for other in whens)
    notice = messages.SOURCES_PERIODS_DIFFER if differ else messages.SOURCES_DISAGREE
    claims = list(dict.fromkeys(claims))
    notices = (notice,) if len(claims) > 1 else ()
    return Answer(query.question, tuple(claims), citations.citations(), notices)


def _text_and_table(
    query: Query,
    fitting: Sequence[Evidence],
    figures: Sequence[Figure],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
) -> Answer | None:
    """The cell asked for with the sentence that tells the same value, however rounded; None where none does."""
    readings = [found.reading for found in fitting if found.reading is not None and is_meant(found)]
    reading = next((one for one in readings if one.whole and len(one.cells) == 1), None)
    value = None if reading is None else quantity_of(search_key(value_text(reading.cells[0])))
    if reading is None or value is None:
        return None
    wanted = [word for word in wanted_words(query, weight) if not word.forms[0][:1].isdigit()]
    told = [
        figure
        for figure in figures
        if figure.cell is None and figure.document_id == reading.document.id and _is_rounded(figure, value)
    ]
    figure = _told_best(told, document_of, wanted, query)
    if figure is None:
        return None
    citations = CitationList()
    start = _named_from(wanted, reading.document, figure)
    claims = [claim_of_figure(figure, reading.document, query.text, citations, start=start)]
    claims += cell_claims(reading, search_key(query.text), citations)
    is_same = figure.quantity.values == value.values
    notice = messages.TEXT_TABLE_AGREE if is_same else messages.TEXT_TABLE_ROUNDED
    return Answer(query.question, tuple(claims), citations.citations(), (notice,))


def _named_from(wanted: Sequence[WantedWord], document: Document, figure: Figure) -> int:
    """Where the clause begins that says what a figure's own clause leaves unsaid of what is asked, the nearest before it."""
    text = document.text
    name = figure.subject.text if figure.subject else ""
    own = search_key("".join(f"{figure.clause.of(text)}{name}".split()))
    unsaid = [word for word in wanted if not is_said(word, own)]
    starts = [
        clause.start
        for clause in split_clauses(text, figure.sentence)
        if clause.start < figure.span.start
        and any(is_said(word, search_key("".join(clause.of(text).split()))) for word in unsaid)
    ]
    return max(starts, default=figure.span.start)


def _told_best(
    figures: Sequence[Figure],
    document_of: Callable[[str], Document | None],
    wanted: Sequence[WantedWord],
    query: Query,
) -> Figure | None:
    """The figure whose sentence, and own clause, say most of what is asked; None where none says enough."""
    best, most = None, 0.0
    total = sum(word.weight for word in wanted)
    for figure in figures:
        document = document_of(figure.document_id)
        if document is None or not _is_of_place(figure, query):
            continue
        said = _said(wanted, document, figure.sentence, figure)
        score = said + OWN_WORTH * _said(wanted, document, figure.clause, figure)
        if said >= LEAST_SAID * total and score > most:
            best, most = figure, score
    return best


def _said(wanted: Sequence[WantedWord], document: Document, span: Span, figure: Figure) -> float:
    """How much of what is asked a span says, with the name of the figure's indicator, in weight."""
    name = figure.indicator.text if figure.indicator else ""
    text = search_key("".join(f"{span.of(document.text)}{name}".split()))
    return sum(word.weight for word in wanted if is_said(word, text))


def _is_value(figure: Figure, value: Quantity) -> bool:
    quantity = figure.quantity
    same = bool(quantity.values) and abs(quantity.values[0]) == abs(value.values[0])
    return same and value.unit in ("", quantity.unit)


def _is_rounded(figure: Figure, value: Quantity) -> bool:
    """Whether a figure is a value, or the same to fewer or more digits."""
    quantity = figure.quantity
    alike = bool(quantity.values) and value.unit in ("", quantity.unit) and quantity.form == value.form
    return alike and values_agree(replace(quantity, direction=0), replace(value, direction=0))


def _is_of_place(figure: Figure, query: Query) -> bool:
    """Whether a figure is of a place asked about, where the question names one and its sentence too."""
    if not query.places or figure.subject is None:
        return True
    return bool(set(places_called(figure.subject.text)) & set(query.places))
