"""A claim of more or less than the average of a whole, held against what the sources say: 增速高于全国平均."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList, block_at
from policy_qa.answering.extractive import trimmed
from policy_qa.computing.indicators import names_indicator
from policy_qa.computing.lookups import value_of
from policy_qa.computing.operands import Operation, name_of
from policy_qa.computing.sides import Words, bare, plain_question
from policy_qa.computing.telling import of_two, told_answer
from policy_qa.computing.values import value_of_figure
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.qualifiers import AVERAGE, WAYS, way_to_average
from policy_qa.types import Answer, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.computing.values import Lookup, Sources, Value
    from policy_qa.figures.figure import Figure
    from policy_qa.language.claims import Claim as Said
    from policy_qa.language.periods import Period
    from policy_qa.types import Document, Question
    from policy_qa.understanding import Query

CLAUSE = re.compile(r"[^，,；;。]+")
COMPARING = re.compile(
    r"(?:还|仍|要|也|都|已|远|明显|略|首次|[高低快慢多少强弱大小优好]于|高出|超过|超出|领先于?|跑赢|不及|不如|不到|落后于?|[未没不]有?能?达?到?|比|较)+$"
)
BETWEEN = re.compile(r"\s*")


def judge_average(question: Question, claim: Said, sources: Sources) -> Answer | None:
    """The verdict that follows from the two values, or from a clause that says which way they differ; None for neither."""
    way, average = way_to_average(claim.text), AVERAGE.search(claim.text)
    if not way or average is None:
        return None
    words = Words(claim.text)
    side = words.side(0, len(COMPARING.sub("", claim.text[: average.start()])))
    what = bare(side.rest)
    if len(side.places) != 1 or len(side.periods) > 1 or not what:
        return None
    place, when = name_of(side.places[0]), name_of(side.periods[0]) if side.periods else ""
    lookup = sources.look_up(plain_question(when, place, what))
    values = _beside_average(lookup, place, average["whole"], sources)
    if values is not None:
        return _by_values(question, Operation("difference", f"{when}{what}", word="高"), values, way)
    evidence = (*lookup.evidence, *sources.look_up(question.text).evidence)
    told = list(_told_ways(lookup.query, evidence, place=place, whole=average["whole"]))
    if len({one for one, _, _ in told}) != 1:
        return None
    made, found, clause = told[0]
    citations = CitationList()
    number = citations.cite(found.document, trimmed(found.document.text, found.span))
    template = messages.TOLD_AGREES if made == way else messages.TOLD_DIFFERS
    said = "".join(clause.split()).replace("“", "‘").replace("”", "’")
    text = template.format(said=said, told=WAYS[made], stated=WAYS[way])
    return Answer(question, (Claim(text, (number,), "computed"),), citations.citations())


def _by_values(question: Question, operation: Operation, values: list[Value], way: int) -> Answer | None:
    """The verdict with the difference of the two values."""
    told = of_two(operation, values)
    if told is None:
        return None
    one, other = (value.amount.number for value in values)
    verdict = messages.ASSERTED_RIGHT if (one - other) * way > 0 else messages.ASSERTED_WRONG
    return told_answer(question, operation, values, [(f"{verdict}{told[0]}", told[1])], ())


def _told_ways(
    query: Query, evidence: Sequence[Evidence], *, place: str, whole: str
) -> Iterator[tuple[int, Evidence, str]]:
    """Which way clauses of the sources say that it differs: of the place, the time and every word asked for."""
    for found in evidence:
        if found.reading is not None:
            continue
        sentence = found.span.of(found.document.text)
        periods: list[Period] = []
        for clause in CLAUSE.finditer(sentence):
            periods = [one.period for one in find_periods(clause[0]) if one.period] or periods
            average, way = AVERAGE.search(clause[0]), way_to_average(clause[0])
            said = "".join(sentence[: clause.end()].split())
            if not way or average is None or average["whole"] != whole or place not in said:
                continue
            is_timely = not query.periods or any(agreement(a, b) == 2 for a in query.periods for b in periods)
            if is_timely and names_indicator(query, search_key(said)):
                yield way, found, clause[0]


def _beside_average(lookup: Lookup, place: str, whole: str, sources: Sources) -> list[Value] | None:
    """The value of the place and the average that stands in the same sentence, or in the one beside it."""
    own = [value_of(lookup.query, one, place, sources) for one in lookup.values]
    amounts = {value.amount for value in own if value is not None}
    if len(amounts) != 1:
        return None
    amount = next(iter(amounts))
    told = sources.figures(list(dict.fromkeys(one.document.id for one in lookup.evidence)))
    texts = [one for one in told if one.cell is None]
    for figure in texts:
        document = sources.document(figure.document_id)
        if document is None or not _is_average(figure, document, whole):
            continue
        average = value_of_figure(figure, f"{whole}平均水平", sources)
        for mine in texts:
            if mine.document_id != figure.document_id or not _stand_together(
                mine.sentence, figure.sentence, document
            ):
                continue
            value = value_of_figure(mine, place, sources)
            is_timely = not lookup.query.periods or mine.when in lookup.query.periods
            if (
                value
                and average
                and value.amount == amount
                and is_timely
                and average.amount.base == amount.base
            ):
                return [value, average]
    return None


def _is_average(figure: Figure, document: Document, whole: str) -> bool:
    """Whether a figure is told as the average of a whole, right behind the words for it or within them."""
    text = document.text[figure.sentence.start : figure.span.end]
    before = "".join(text.split())
    found = list(AVERAGE.finditer(before + "平均" if before.endswith("的") else before))
    return any(
        one["whole"] == whole and len(before) - one.end() <= len(figure.quantity.text) + 2 for one in found
    )


def _stand_together(one: Span, other: Span, document: Document) -> bool:
    """Whether two sentences are one, or stand beside each other in a paragraph."""
    first, last = sorted((one, other), key=lambda span: span.start)
    if one == other:
        return True
    is_beside = BETWEEN.fullmatch(document.text, first.end, last.start) is not None
    return is_beside and block_at(document, first.start) is block_at(document, last.start)
