"""A question for what each source tells: every distinct telling that fits is told, none picked in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.agreeing import agreement_claim, moments_claim, trend_of
from policy_qa.answering.asked_figure import CHANGE, POINTS, asked_figure, quantity_of
from policy_qa.answering.cells import cell_claims
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import labelled_claim, needed_part, trimmed
from policy_qa.answering.open_slots import AS_MUCH_SAID, is_mere_growth, label_of, told_figures
from policy_qa.answering.phrases import value_text
from policy_qa.answering.slots import cell_period
from policy_qa.answering.tables import is_meant
from policy_qa.answering.told_figures import is_said
from policy_qa.answering.wording import wanted_words
from policy_qa.figures.compare import values_agree
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.agreement import asks_alike
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement
from policy_qa.language.qualifiers import scope_of
from policy_qa.language.quantity_values import same_value
from policy_qa.language.quantity_words import bounded_text, counter_of
from policy_qa.types import Answer, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.answering.readings import TableReading
    from policy_qa.answering.wording import WantedWord, WordWeight
    from policy_qa.language.periods import Period
    from policy_qa.language.qualifiers import Scope
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Claim
    from policy_qa.understanding import Query

MOST_TELLINGS = 8
NEARLY_AS_MUCH_SAID = 0.85
"""What tells it in other words says a little less of what is asked."""
LEAST_OWN_SAID = 0.6
"""So much must the clause of a figure in another unit say (不足30% for 139家): it may be of something else."""
YEARS = frozenset({"年", "几年", "年来", "近年", "近年来"})


@dataclass(frozen=True, slots=True)
class Telling:
    """What one place of a source tells: its values, of which period, by which count, and whether a rise or fall is told."""

    document_id: str
    quantities: tuple[Quantity, ...]
    period: Period | None
    scope: Scope | None
    trend: str = ""
    value: OpenValue | None = None
    part: Span | None = None
    reading: TableReading | None = None


def answer_tellings(
    query: Query, fitting: Callable[[], Sequence[Evidence]], weight: WordWeight
) -> Answer | None:
    """Every distinct telling of the figure asked for, in the order of the evidence; None where there is but one.

    `fitting` is asked for the evidence only where the question asks for tellings.
    """
    if not query.asks_tellings or query.kind != "figure" or query.wants_all:
        return None
    evidence = fitting()
    found = list(_of_sentences(query, evidence, weight))
    if asked_figure(query.text).is_level or not found:
        found += _of_cells(evidence)
    order = {one.document.id: at for at, one in reversed(list(enumerate(evidence)))}
    found.sort(key=lambda one: order[one.document_id])
    distinct: list[Telling] = []
    for telling in found:
        if not any(_is_same(telling, known) for known in distinct):
            distinct.append(telling)
    wants_alike = asks_alike(query.question.text)
    told = _in_one_unit(_each_place_once(found)) if wants_alike else distinct
    citations = CitationList()
    told_in = [(one, list(_claims_of(query, one, citations))) for one in told[:MOST_TELLINGS]]
    claims = list(dict.fromkeys(claim for _, own in told_in for claim in own))
    if len(claims) < 2:
        return None
    distinct = [one for one in distinct if any(one is kept for kept in told)]
    notice = _how_they_differ(distinct) if len(distinct) > 1 else ""
    if wants_alike and notice in ("", messages.SOURCES_DISAGREE):
        agreeing = _agreement(told_in)
        claims += [agreeing] if agreeing else []
        notice = "" if agreeing and "≠" not in str(agreeing.working) else notice
    elif wants_alike and notice == messages.SOURCES_PERIODS_DIFFER:
        apart = moments_claim(
            [(one.quantities[0].text, one.period, own[0].citations) for one, own in told_in if own]
        )
        claims += [apart] if apart and all(len(one.quantities) == 1 for one in told) else []
    return Answer(query.question, tuple(claims), citations.citations(), (notice,) if notice else ())


def _each_place_once(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings without those that stand in one sentence or table with another of the same value."""
    known: set[tuple[str, Span | None, tuple[Quantity, ...]]] = set()
    kept: list[Telling] = []
    for one in tellings:
        table = one.reading.table.span if one.reading else None
        place = (one.document_id, one.value.evidence.span if one.value else table, one.quantities)
        if place not in known:
            known.add(place)
            kept.append(one)
    return kept


def _in_one_unit(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings in the unit that most of them have, or in none where a table leaves it out: 1050家, and no 不足0.5%."""
    units = Counter(quantity.unit for one in tellings for quantity in one.quantities if quantity.unit)
    best = {unit for unit, _ in units.most_common(1)}
    return [one for one in tellings if {quantity.unit for quantity in one.quantities} <= best | {""}]


def _agreement(told: Sequence[tuple[Telling, Sequence[Claim]]]) -> Claim | None:
    """What is said of a value that several places tell: that they agree, or do not; None where several are told at once."""
    if any(len(telling.quantities) != 1 or not claims or telling.trend for telling, claims in told):
        return None
    return agreement_claim([(_shown(one), claims[0].citations) for one, claims in told])


def _shown(telling: Telling) -> str:
    """The value of a telling as it stands, with the words that make it a bound."""
    value = telling.value
    if value is None or value.figure is None:
        return telling.quantities[0].text
    return bounded_text(value.evidence.document.text, value.figure.span, value.figure.sentence_start)


def _of_sentences(query: Query, fitting: Sequence[Evidence], weight: WordWeight) -> Iterator[Telling]:
    """The figures of sentences that are asked for, with the words that say how it changed where that is asked."""
    asked = asked_figure(query.text)
    about = [word for word in wanted_words(query, weight) if not _says_when_or_how(word)]
    told = [one for one in told_figures(query, fitting, about) if one[1].figure == one[1].evidence.figure]
    best = max(told, key=lambda one: one[0], default=None)
    for said, value in told:
        is_step = value.quantity.unit == POINTS and asked.unit != POINTS
        if best is None or is_step or is_mere_growth(query, value.quantity):
            continue
        if value.quantity.unit == best[1].quantity.unit:
            if said < NEARLY_AS_MUCH_SAID * best[0]:
                continue
        elif _own_said(about, value) < LEAST_OWN_SAID * max(_own_said(about, best[1]), 1.0):
            continue
        evidence, text = value.evidence, value.evidence.document.text
        part = needed_part(query, evidence, value.figure)
        trend = ""
        if not asked.is_level:
            part = _with_change(text, evidence.span, part)
            if not CHANGE.search(search_key(part.of(text))):
                continue
            trend = trend_of(part.of(text))
        scope = scope_of(search_key(part.of(text)))
        yield Telling(evidence.document.id, (value.quantity,), value.period, scope, trend, value, part)


def _own_said(about: Sequence[WantedWord], value: OpenValue) -> float:
    """How much of what is asked a figure's own clause says, in weight."""
    if value.figure is None:
        return 0.0
    own = search_key(value.figure.words.of(value.evidence.document.text))
    return sum(word.weight for word in about if is_said(word, own))


def _says_when_or_how(word: WantedWord) -> bool:
    """Whether a word only says that something rose or fell, or in which years: 提高, 年."""
    return word.forms[0] in YEARS or CHANGE.search(word.forms[0]) is not None


def _with_change(text: str, sentence: Span, part: Span) -> Span:
    """The part with the clauses right behind it that say how it rose or fell (1.8%，相比上年没有提升)."""
    end = part.end
    for clause in split_clauses(text, sentence):
        if clause.start < part.end:
            continue
        if not CHANGE.search(search_key(clause.of(text))):
            break
        end = clause.end
    return trimmed(text, Span(part.start, end))


def _of_cells(fitting: Sequence[Evidence]) -> Iterator[Telling]:
    """The readings of tables that say as much of the question as the best one."""
    meant = [one for one in fitting if one.reading is not None and is_meant(one)]
    most = max((one.about for one in meant), default=0.0)
    for evidence in meant:
        reading = evidence.reading
        if reading is None or not (reading.whole and reading.sure) or evidence.about < AS_MUCH_SAID * most:
            continue
        cells = [cell for cell in reading.cells if cell.text]
        told = [quantity_of(search_key(value_text(cell))) for cell in cells]
        quantities = tuple(one for one in told if one is not None)
        if quantities and len(quantities) == len(cells):
            period = cell_period(reading, cells[0])
            yield Telling(evidence.document.id, quantities, period, None, reading=reading)


def _is_same(one: Telling, other: Telling) -> bool:
    """Whether two tellings say the same: no value that the other lacks, of the same time and by the same count."""
    if one.reading is None and other.reading is None and one.scope != other.scope:
        return False
    if one.trend != other.trend:
        return False
    if one.period and other.period and agreement(one.period, other.period) == 0:
        return False
    return all(any(same_value(mine, its) for its in other.quantities) for mine in one.quantities)


def _claims_of(query: Query, telling: Telling, citations: CitationList) -> Iterator[Claim]:
    if telling.reading is not None:
        yield from cell_claims(telling.reading, search_key(query.text), citations)
    elif telling.value is not None and telling.part is not None:
        value = telling.value
        label = label_of(query, value)
        yield labelled_claim(value.evidence.document, telling.part, value.figure, label, citations)


def _how_they_differ(tellings: Sequence[Telling]) -> str:
    """What staff are told of the tellings: that they are of other times, by other counts, or at odds."""
    first = tellings[0]
    periods = [one.period for one in tellings if one.period]
    if any(agreement(one, other) == 0 for one in periods for other in periods):
        return messages.SOURCES_PERIODS_DIFFER
    if all(
        len(one.quantities) == len(first.quantities)
        and all(any(same_value(a, b) for b in first.quantities) for a in one.quantities)
        for one in tellings
    ):
        return messages.SOURCES_SCOPES_DIFFER
    told = [quantity for one in tellings for quantity in one.quantities]
    if all(len(one.quantities) == 1 for one in tellings) and all(
        counter_of(one.unit) == counter_of(other.unit) and values_agree(one, other)
        for one, other in pairwise(told)
    ):
        return ""  # 416万人 is 416.32万人 rounded
    return messages.SOURCES_DISAGREE
