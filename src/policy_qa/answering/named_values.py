"""Values that a question has seen of one thing: each is told where it stands, with what tells it from the others."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.agreeing import agreement_claim, moments_claim, relation_of
from policy_qa.answering.asked_figure import MEASURE, asked_figure, quantity_of
from policy_qa.answering.asked_words import table_synonyms
from policy_qa.answering.cells import cell_claims, cite_cells
from policy_qa.answering.citations import CitationList
from policy_qa.answering.conflicts import claim_of_figure
from policy_qa.answering.phrases import value_text
from policy_qa.answering.tables import is_meant
from policy_qa.answering.told_figures import is_said
from policy_qa.answering.wording import wanted_words
from policy_qa.figures.cells import RANK
from policy_qa.figures.compare import periods_agree
from policy_qa.figures.evidence import block_around
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.agreement import asks_alike, sets_text_against_table, values_seen
from policy_qa.language.gazetteer import PLACE_SUFFIX
from policy_qa.language.normalize import search_key
from policy_qa.language.places import places_called
from policy_qa.types import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableReading
    from policy_qa.answering.wording import WantedWord, WordWeight
    from policy_qa.figures.figure import Figure
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Cell, Claim, Document, Span
    from policy_qa.understanding import Query

LEAST_SAID = 0.6
"""So much of what is asked, in weight, a figure's sentence must say to be the one seen."""
OWN_WORTH = 0.5
"""What is said in the figure's own clause counts so much more."""

NO_NAME = re.compile(r"[\d几]|(?:[拥共现已建设]有|建成)$")
COUNT = re.compile(r"(?<=..)(?:数量|数)$")
PAIRED = 4
"""A word of so many characters is two words in one."""
LEAST_PAIRS = 0.6
RANK_BESIDE = re.compile(
    r"[和与及、](?:其|它的?)?在?(?:全[国省区市])?的?(?:排名|名次|位次)|(?:排名|名次|位次)[和与及、]"
)
"""A rank is asked for beside an amount."""


def answer_seen(
    query: Query,
    fitting: Callable[[], Sequence[Evidence]],
    figures: Callable[[], Sequence[Figure]],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
) -> Answer | None:
    """What is told of values that the question has seen, or of a cell and the text around its table; None for other questions.

    `fitting` and `figures` are asked for what the documents found hold only where the question needs it.
    """
    if sets_text_against_table(query.question.text):
        return _text_and_table(query, fitting(), figures(), document_of, weight)
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
    wanted = words_to_say(query, weight)
    valued = [[one for one in figures if is_value(one, value)] for value in seen]
    found = [told_best(alike, document_of, wanted, query) for alike in valued]
    for at, figure in enumerate(found):
        found[at] = figure or _told_beside(valued[at], found, document_of, wanted)
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
    moments = [
        (figure.quantity.text, figure.when, claim.citations)
        for figure, claim in zip(told, claims, strict=True)
    ]
    claims = list(dict.fromkeys(claims))
    apart = moments_claim(moments) if asks_alike(query.question.text) else None
    claims += [apart] if apart else []
    notices = (notice,) if len(claims) > 1 else ()
    return Answer(query.question, tuple(claims), citations.citations(), notices)


def _text_and_table(
    query: Query,
    fitting: Sequence[Evidence],
    figures: Sequence[Figure],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
) -> Answer | None:
    """Each cell asked for with the sentence that tells the same value, however rounded; None where none does for one of them."""
    readings = [found.reading for found in fitting if found.reading is not None and is_meant(found)]
    reading = next((asked for one in readings if (asked := _as_asked(query, one))), None)
    if reading is None:
        return None
    values = [quantity_of(search_key(value_text(cell))) for cell in reading.cells]
    wanted = words_to_say(query, weight)
    told = [
        _told_in_text(
            value, reading, figures, partial(told_best, document_of=document_of, wanted=wanted, query=query)
        )
        for value in values
    ]
    pairs = [(figure, cell) for figure, cell in zip(told, reading.cells, strict=True) if figure is not None]
    if len(pairs) < len(told):
        return None
    citations = CitationList()
    claims = [
        claim_of_figure(
            figure,
            reading.document,
            query.text,
            citations,
            start=_named_from(wanted, reading.document, figure),
        )
        for figure, _ in pairs
    ]
    cited = [claim.citations for claim in claims]
    claims += cell_claims(reading, search_key(query.text), citations)
    for (figure, cell), numbers in zip(pairs, cited, strict=True):
        shown = (figure.quantity.text, value_text(cell))
        row = tuple(cite_cells(reading, [cell], citations))
        agreeing = agreement_claim(list(zip(shown, (numbers, row), strict=True)), where="text_and_table")
        claims += [agreeing] if agreeing else []
    return Answer(query.question, tuple(dict.fromkeys(claims)), citations.citations())


def _as_asked(query: Query, reading: TableReading) -> TableReading | None:
    """The reading of one cell, or of a rank, alone or beside the cell (企业数和全国名次); None for any other."""
    if not asked_figure(query.text).is_rank:
        return reading if reading.whole and len(reading.cells) == 1 else None
    ranks = {
        at: [column for (row, column), cell in reading.keys.cells.items() if row == at and _is_rank(cell)]
        for at in reading.rows
    }
    if reading.open_rows or len(reading.rows) != 1 or any(len(columns) != 1 for columns in ranks.values()):
        return None
    columns = ranks[reading.rows[0]]
    if RANK_BESIDE.search(query.text):
        columns = sorted({*reading.columns, *columns})
    return replace(reading, columns=tuple(columns), open_columns=False)


def _is_rank(cell: Cell) -> bool:
    return RANK.search("".join(cell.column_label)) is not None


def _told_in_text(
    value: Quantity | None,
    reading: TableReading,
    figures: Sequence[Figure],
    best: Callable[[Sequence[Figure]], Figure | None],
) -> Figure | None:
    """The best figure of running text in the reading's document that is the value of a cell, however rounded."""
    if value is None:
        return None
    return best(
        [
            figure
            for figure in figures
            if figure.cell is None
            and figure.document_id == reading.document.id
            and relation_of(figure.quantity, value) in ("=", "≈")
        ]
    )


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


def told_best(
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
        said = said_of(wanted, document, figure.sentence, figure)
        score = said + OWN_WORTH * said_of(wanted, document, figure.clause, figure)
        if said >= LEAST_SAID * total and score > most:
            best, most = figure, score
    return best


def _told_beside(
    figures: Sequence[Figure],
    found: Sequence[Figure | None],
    document_of: Callable[[str], Document | None],
    wanted: Sequence[WantedWord],
) -> Figure | None:
    """The figure that stands in one paragraph with another value seen, which names what it is of; None where none does.

    A sentence goes on without the name: 行动118项项目开工。目前入库131项。
    """
    for figure in figures:
        document = document_of(figure.document_id)
        if (
            document is None
            or figure.cell is not None
            or not said_of(wanted, document, figure.clause, figure)
        ):
            continue
        block = block_around(document, figure.span).span
        if any(one and one.document_id == document.id and block.contains(one.span) for one in found):
            return figure
    return None


def words_to_say(query: Query, weight: WordWeight) -> list[WantedWord]:
    """The words that the sentence of a value seen must say, places by their bare names too.

    No number, and none that only asks how much there is of what: 占, 比重, 几分之几, 拥有.
    """
    unsaid = {"占", *table_synonyms()["占"]}
    words = [word for word in wanted_words(query, weight) if not NO_NAME.match(word.forms[0])]
    words = [
        replace(word, forms=tuple(dict.fromkeys((*word.forms, PLACE_SUFFIX.sub("", word.forms[0])))))
        for word in words
    ]
    if asked_figure(query.text).is_rank:
        unsaid |= {word.forms[0] for word in words if MEASURE.fullmatch(word.forms[0])}
    return [word for word in words if word.forms[0] not in unsaid] or words


def _is_named(word: WantedWord, text: str) -> bool:
    """Whether a text says a word, in parts too: 民间投资 in 民间工业投资, 项目数 in 118项项目."""
    name = COUNT.sub("", word.forms[0])
    pairs = [name[at : at + 2] in text for at in range(len(name) - 1)]
    in_parts = len(name) >= PAIRED and pairs[0] and pairs[-1] and sum(pairs) >= LEAST_PAIRS * len(pairs)
    return is_said(word, text) or in_parts or (name != word.forms[0] and name in text)


def said_of(wanted: Sequence[WantedWord], document: Document, span: Span, figure: Figure) -> float:
    """How much of what is asked a span says, with the name of the figure's indicator, in weight."""
    name = figure.indicator.text if figure.indicator else ""
    text = search_key("".join(f"{span.of(document.text)}{name}".split()))
    return sum(word.weight for word in wanted if _is_named(word, text))


def is_value(figure: Figure, value: Quantity) -> bool:
    """Whether a figure has a value, its sign aside, in the same unit."""
    quantity = figure.quantity
    same = [abs(one) for one in quantity.values] == [abs(one) for one in value.values]
    alike = value.form in (quantity.form, "number")
    return same and alike and value.unit in ("", quantity.unit)


def _is_of_place(figure: Figure, query: Query) -> bool:
    """Whether a figure is of a place asked about, where the question names one and its sentence too."""
    if not query.places or figure.subject is None:
        return True
    return bool(set(places_called(figure.subject.text)) & set(query.places))
