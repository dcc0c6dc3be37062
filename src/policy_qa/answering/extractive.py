"""Answers made of the sources' own words: the sentence that answers, cut to the clauses that are needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.told_figures import has_what_is_asked
from policy_qa.answering.verification import Cited, check_claim
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.normalize import search_key
from policy_qa.language.qualifiers import is_target
from policy_qa.types import Answer, Claim, Document, Question, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.list_fit import FoundList
    from policy_qa.figures.binding import BoundFigure
    from policy_qa.understanding import Query

CLAUSE_END = re.compile(r"[，,。；;\n]")
MOST_CLAIMS = 3
CLOSE_BEHIND = 0.9
"""A further sentence is told as well where its score is at least this share of the best one's."""


def answer_from_sentences(query: Query, evidence: Sequence[Evidence]) -> Answer:
    """The best sentence, or for causes and open questions the best few, each cut to what is needed and cited.

    `evidence` is not empty and stands best first.
    """
    best = evidence[0]
    chosen = [best]
    if query.kind not in ("figure", "when"):
        chosen += [
            other
            for other in evidence[1:]
            if other.reading is None and other.score >= CLOSE_BEHIND * best.score
        ][: MOST_CLAIMS - 1]
    citations = CitationList()
    claims = []
    for found in chosen:
        part = needed_part(query, found)
        between = periods_between(found, part)
        if between is not None:
            claims += [quoted_claim(found.document, one, citations) for one in (between, part)]
        else:
            label = asked_label(query, found)
            claims.append(labelled_claim(found.document, part, found.figure, label, citations))
    open_period = query.periods and best.figure is not None and best.figure.period is None
    notices = (messages.PERIOD_NOT_TOLD,) if open_period else ()
    return Answer(query.question, tuple(dict.fromkeys(claims)), citations.citations(), notices)


def periods_between(found: Evidence, part: Span) -> Span | None:
    """The clauses before a part that name the two periods between which it tells a change (从第9位升到第7位); None for others."""
    told = [one.period for one in found.figures if one.period and part.contains(one.span)]
    before = [slot for slot in told if slot.is_carried and not found.span.overlaps(slot.span)]
    if found.figure is None or found.figure.period not in before or len({slot.period for slot in before}) < 2:
        return None
    spans = sorted(slot.span for slot in before)
    text = found.document.text
    start = max(text.rfind(mark, 0, spans[0].start) + 1 for mark in "。；\n")
    end = CLAUSE_END.search(text, spans[-1].end)
    return trimmed(text, Span(start, end.start() if end else spans[-1].end))


def asked_label(query: Query, found: Evidence) -> list[str]:
    """Place and period of the evidence's figure, those alone that the question names and that were carried to it."""
    figure, label = found.figure, []
    if figure and query.places and figure.place and figure.place.is_carried and figure.place.span:
        label.append(figure.place.places[0].short)
    if figure and query.periods and figure.period and figure.period.is_carried:
        label.append(figure.period.period.label())
    return label


def labelled_claim(
    document: Document,
    part: Span,
    figure: BoundFigure | None,
    label: Sequence[str],
    citations: CitationList,
) -> Claim:
    """The quoted part behind those words of the label that it leaves out; where they were carried from is cited too."""
    return labelled_quote(document, part, carried_spans(figure), label, citations)


def labelled_quote(
    document: Document,
    part: Span,
    carried: Sequence[Span],
    label: Sequence[str],
    citations: CitationList,
) -> Claim:
    """The quoted part behind those words of the label that it leaves out, `carried` from spans that are cited too.

    Words that the cited spans do not bear out are left away.
    """
    quote = " ".join(part.of(document.text).split("\n"))
    left_out = [one for one in label if one not in quote]
    labelled = f"{messages.LABEL_SEPARATOR.join(left_out)}：{quote}"
    spans = [part, *(span for span in carried if not part.contains(span))]
    if not left_out or check_claim(labelled, [Cited(document, span) for span in spans]):
        return Claim(quote, (citations.cite(document, part),))
    numbers = [citations.cite(document, span) for span in spans]
    return Claim(labelled, tuple(dict.fromkeys(numbers)))


def carried_spans(figure: BoundFigure | None) -> list[Span]:
    """Where the place and period of a figure stand that were carried to it from another sentence."""
    slots = (figure.place, figure.period) if figure else ()
    return [slot.span for slot in slots if slot is not None and slot.is_carried and slot.span is not None]


def answer_with_source(query: Query, found: Evidence) -> Answer:
    """Which document says it: its title, where that stands in the document, then the sentence."""
    document = found.document
    places = [found.span] if document.meta.title_span is None else [document.meta.title_span, found.span]
    return quoted_answer(query.question, [(document, place) for place in places])


def answer_from_list(query: Query, found: FoundList) -> Answer:
    """Every item of the list as a claim of its own, in order."""
    return quoted_answer(query.question, [(found.document, item) for item in found.items])


def quoted_answer(question: Question, quotes: Iterable[tuple[Document, Span]]) -> Answer:
    """An answer whose claims are the quoted characters themselves, each once, cited."""
    citations = CitationList()
    claims = [quoted_claim(document, span, citations) for document, span in dict.fromkeys(quotes)]
    return Answer(question, tuple(claims), citations.citations())


def quoted_claim(document: Document, span: Span, citations: CitationList) -> Claim:
    """The quoted characters as a claim that cites them; line ends inside are shown as spaces."""
    return Claim(" ".join(span.of(document.text).split("\n")), (citations.cite(document, span),))


def needed_part(query: Query, found: Evidence, figure: BoundFigure | None = None) -> Span:
    """The shortest run of whole clauses that holds every word of the question the sentence holds.

    Asked for a figure or a date, the run holds one: `figure`, else that of the evidence if it names one. A sentence
    without clauses to spare is left whole.
    """
    figure = figure or found.figure
    if query.kind not in ("figure", "when"):
        return found.span
    text = found.document.text
    clauses = split_clauses(text, found.span)
    keys = [search_key(clause.of(text)) for clause in clauses]
    whole = search_key(found.span.of(text))
    wanted = [word for word in (*query.content, *query.years) if word in whole]
    runs = [
        Span(clauses[first].start, clauses[last].end)
        for first in range(len(clauses))
        for last in range(first, len(clauses))
        for key in ["".join(keys[first : last + 1])]
        if all(word in key for word in wanted)
        and has_what_is_asked(query, key)
        and (figure is None or _shows(figure, Span(clauses[first].start, clauses[last].end), text))
    ]
    return trimmed(text, min(runs, key=len, default=found.span))


def _shows(figure: BoundFigure, part: Span, text: str) -> bool:
    """Whether a part of the sentence holds the figure, and that it is a target where it is one."""
    if not part.contains(figure.span):
        return False
    own = Span(figure.span.start - part.start, figure.span.end - part.start)
    return is_target(part.of(text), own) == figure.is_target


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and separators at its end.

    >>> trimmed("强度为1.8%，", Span(0, 8)).of("强度为1.8%，")
    '强度为1.8%'
    """
    kept = span.of(text).rstrip("，、；,;： \n")
    return Span(span.start, span.start + len(kept)) if kept else span
