"""Which sentences of the retrieved chunks speak of what is asked, by the words they share with the question."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import asked_figure, quantity_of
from policy_qa.answering.citations import block_at
from policy_qa.answering.figures_asked import figures_asked, without_others
from policy_qa.answering.slots import (
    NOTHING,
    Misfit,
    agrees,
    best_figure,
    cell_period,
    label_of_cell,
    misfits_of_statement,
    names_slots,
)
from policy_qa.answering.told_figures import (
    CHANGE_WORDS,
    figure_is_near,
    has_what_is_asked,
    may_hold_figure,
    must_hold,
    said_by_label,
)
from policy_qa.answering.wording import (
    WantedWord,
    WordWeight,
    context_of,
    says_area,
    share_of_all,
    slots_share,
    spoken_share,
    wanted_words,
)
from policy_qa.figures.binding import read_statement
from policy_qa.figures.cells import with_year
from policy_qa.figures.kept import kept
from policy_qa.figures.surroundings import Surroundings, home_of, read_surroundings, year_of
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.quantity_values import same_value
from policy_qa.types import Block, Caption, Document, Heading, Hit, Note, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.answering.readings import TableReading
    from policy_qa.figures.binding import BoundFigure
    from policy_qa.language.periods import Period
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.understanding import Query


RANK_BONUS = 0.06
"""What the chunk's rank adds to the first of them, falling as 1 / rank: it parts sentences that share the same words."""
NEAR_BONUS = 0.15
LABEL_BONUS = 0.15
"""What a figure gains whose own words, right before it, say all that is asked."""
NAMED_BONUS = 0.1
"""What a figure gains of which the period asked for is told, and not merely left open."""
KIND_BONUS = 0.12
"""What a sentence gains that has what the question asks for: a figure, a date, a stated cause."""
LEAST_SAID = 0.2
"""A sentence that says less than this share of what is asked, places and periods left out, is about something else."""
LEAST_TOLD_OF_SAME = 0.5
"""So much of what is asked says a sentence whose value is taken for that of a cell."""
RATES = frozenset({"", "%", "‰", "百分点", "位"})
"""What does not add up over a year."""
SENTENCES_KEPT = 4096
COMPARED = 8
"""How many of the first sentences are compared with the question in meaning."""
MEANING_SHARE = 1.5
"""What a sentence loses for each unit its cosine lies below the best one's. Cosines of e5 lie close together."""
CALLED_BY_NUMBER = re.compile(r"(?<![\d.第前超过足满到于达有])\d{2,}(?:项|个|家|户|件)(?!以[上下]|多|余|及)")
"""What is called by its number: 那545项."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, or cells of a table, with how well it fits.

    `coverage` is the share of the question's weight it speaks of, `about` that without the places and periods it names
    (both 0 to 1, and 0 where its figures are not the one asked for; `topic` is `about` without regard to figures);
    `score` orders sentences (higher is better); `misfits` is what of it is other than asked. `figure` is
    the one of `figures`, those of the sentence, that is asked for, if there is one. `reading` are the cells, `span` then the first of
    their rows.
    """

    document: Document
    span: Span
    coverage: float
    about: float
    score: float
    hit: Hit
    misfits: frozenset[Misfit] = NOTHING
    figure: BoundFigure | None = None
    figures: tuple[BoundFigure, ...] = ()
    reading: TableReading | None = None
    topic: float = 0.0

    @property
    def period_fits(self) -> bool:
        """Whether it speaks of a period asked for."""
        return "period" not in self.misfits


def gather_evidence(
    query: Query,
    hits: Sequence[Hit],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
) -> list[Evidence]:
    """Every sentence of the hits, best first; of equals the earlier hit's, then the earlier in its text."""
    wanted = wanted_words(query, weight)
    read: dict[tuple[str, Span], Surroundings] = {}
    seen: set[tuple[str, Span]] = set()
    found = []
    for rank, hit in enumerate(hits, start=1):
        document = document_of(hit.chunk.document_id)
        if document is None:
            continue
        for block, span in sentences_of(document, hit.chunk.span):
            if (document.id, span) not in seen:
                seen.add((document.id, span))
                place = (document.id, block.span)
                if place not in read:
                    read[place] = read_surroundings(document, block, home=home_of(document))
                found.append(weigh_sentence(query, wanted, read[place], span, (rank, hit)))
    return sorted(without_other_programmes(query, found), key=lambda evidence: -evidence.score)


def without_other_programmes(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, that misfit which is not of what the question calls by its number (工业提质233项) where some is."""
    called = {match[0] for match in CALLED_BY_NUMBER.finditer(search_key(query.text))}
    if query.kind != "figure" or not called:
        return list(found)
    names = [all(name in _paragraph_of(one) for name in called) for one in found]
    if not any(names):
        return list(found)
    return [
        one if is_named else replace(one, misfits=one.misfits | {"indicator"})
        for one, is_named in zip(found, names, strict=True)
    ]


def _paragraph_of(found: Evidence) -> str:
    """The search key of the paragraph that a sentence stands in, and of its headings."""
    block = block_at(found.document, found.span.start)
    return search_key(" ".join([*block.heading_path, block.span.of(found.document.text)]))


def with_periods_told_elsewhere(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, a figure without a period judged by the periods that the same value has elsewhere, cells included."""
    if not query.periods:
        return list(evidence)
    known = [
        (found.figure.quantity, found.figure.period.period)
        for found in evidence
        if found.figure and found.figure.period
    ]
    known += [
        (quantity, period)
        for found in evidence
        if found.reading
        for cell in found.reading.cells
        if cell.text
        for quantity in (quantity_of(search_key(f"{cell.text}{cell.unit or ''}")),)
        for period in (cell_period(found.reading, cell),)
        if quantity and period
    ]
    told = [
        (figure.quantity, figure.period.period)
        for found in evidence
        for figure in found.figures
        if figure.period and figure.is_target == query.wants_target and found.about >= LEAST_TOLD_OF_SAME
    ]
    return [
        replace(found, misfits=found.misfits | {"period"})
        if _is_told_of_other_period(query, found, known, told)
        else found
        for found in evidence
    ]


def _is_told_of_other_period(
    query: Query,
    found: Evidence,
    known: Sequence[tuple[Quantity, Period]],
    told: Sequence[tuple[Quantity, Period]],
) -> bool:
    """Whether the value that evidence tells without a period of its own is elsewhere one of another period than asked.

    A lone cell of a table of the year may be that of its first months: sentences say so.
    """
    if found.figure is not None:
        return found.figure.period is None and _is_of_other_period(query, found.figure.quantity, known)
    cells = [cell for cell in found.reading.cells if cell.text] if found.reading else []
    if len(cells) != 1 or any(one.period for one in find_periods(with_year(label_of_cell(cells[0])))):
        return False
    quantity = quantity_of(search_key(f"{cells[0].text}{cells[0].unit or ''}"))
    return quantity is not None and quantity.unit not in RATES and _is_of_other_period(query, quantity, told)


def _is_of_other_period(query: Query, value: Quantity, known: Sequence[tuple[Quantity, Period]]) -> bool:
    same = [period for quantity, period in known if same_value(quantity, value)]
    return bool(same) and not any(agrees(query, period) for period in same)


def compare_meaning(
    evidence: Sequence[Evidence], similarity: Callable[[Sequence[str]], Sequence[float]]
) -> list[Evidence]:
    """The evidence, best first, its first sentences ordered anew by how near they come to the question in meaning.

    `similarity` gives the cosine of each text to the question. Sentences further back keep their place.
    """
    if len(evidence) < 2:
        return list(evidence)  # nothing to order
    front, rest = evidence[:COMPARED], evidence[COMPARED:]
    cosines = similarity([meaning_text(found) for found in front])
    best = max(cosines, default=0.0)
    scored = [
        replace(found, score=found.score - MEANING_SHARE * (best - cosine))
        for found, cosine in zip(front, cosines, strict=True)
    ]
    return [*sorted(scored, key=lambda found: -found.score), *rest]


def meaning_text(found: Evidence) -> str:
    """What is compared with the question: the sentence, or what the cells say, under its nearest heading."""
    if found.reading is not None:
        return found.reading.phrase
    path = block_at(found.document, found.span.start).heading_path
    return " ".join([*path[-1:], found.span.of(found.document.text)])


def sentences_of(document: Document, within: Span) -> Iterator[tuple[Block, Span]]:
    """The sentences that share a character with `within`, each with its block; headings, tables, captions are none."""
    first = bisect_left(document.blocks, within.start + 1, key=lambda block: block.span.end)
    for block in document.blocks[first:]:
        if block.span.start >= within.end:
            break
        if not isinstance(block, Heading | Table | Caption):
            for span in _split(document.text, block.span.start, block.span.end):
                if span.overlaps(within):
                    yield block, span


@kept(SENTENCES_KEPT, of=1)
def _split(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of a block, which every question over its chunk reads again."""
    return tuple(split_sentences(text, start=start, end=end))


def weigh_sentence(
    query: Query,
    wanted: Sequence[WantedWord],
    around: Surroundings,
    span: Span,
    found: tuple[int, Hit],
) -> Evidence:
    """How well one sentence of the block fits the question."""
    document, block, (rank, hit) = around.document, around.block, found
    context = context_of(document, block, span)
    statement = read_statement(around, span)
    said = [(word, spoken_share(word, context)) for word in wanted]
    coverage = share_of_all(said)
    about = topic = share_of_all([one for one in said if not one[0].is_slot])
    score = coverage + RANK_BONUS / rank + KIND_BONUS * has_what_is_asked(query, context.sentence)
    away: frozenset[Misfit] = frozenset() if says_area(query, context) else frozenset({"subject"})
    misfits = misfits_of_statement(query, statement, around.home, year_of(document), span.of(document.text))
    subject = [one for one in said if not one[0].is_slot and one[0].forms[0] not in CHANGE_WORDS]
    if query.kind in ("figure", "when") and subject and share_of_all(subject) < LEAST_SAID:
        # it shares no more than place, period and that something grew
        return Evidence(
            document, span, 0.0, 0.0, score, hit, misfits | away, figures=statement.figures, topic=topic
        )
    figure = None
    if query.kind == "figure":
        words = [form for word in wanted if not word.is_slot for form in word.forms]
        told = figures_asked(query, wanted, words, around, statement.figures)
        told = without_others(query, wanted, context, around, told)
        figure, misfits = best_figure(query, told, words, document.text) or (None, misfits)
        if figure is None:
            coverage = about = 0.0
        label = figure.words.of(document.text) if figure else None
        near = figure_is_near(wanted, context.sentence, asked_figure(query.text))
        score += NEAR_BONUS * near + LABEL_BONUS * said_by_label(wanted, figure, document.text)
        if figure is not None and not misfits and names_slots(query, figure):
            fuller = share_of_all(said, slots=False) + slots_share(wanted)
            score += NAMED_BONUS + fuller - coverage
            coverage = fuller
        if isinstance(block, Paragraph) and block.unread is not None:
            coverage = about = 0.0  # which of the row's values is asked for, only its heads could tell
        elif (isinstance(block, Note) and not near) or not may_hold_figure(
            query, wanted, context, label=label
        ):
            coverage = about = score = 0.0
    if must_hold(query) and not has_what_is_asked(query, context.sentence):
        coverage = about = 0.0
    return Evidence(
        document, span, coverage, about, score, hit, misfits | away, figure, statement.figures, topic=topic
    )
