"""What a computation of two figures comes to by other documents' numbers, where these disagree with those computed with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.conclusions import conclusion_claim
from policy_qa.computing.each import told_anew
from policy_qa.computing.values import value_told
from policy_qa.figures.compare import values_agree
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.computing.values import Sources, Value
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Outcome

MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """Operands by the numbers of one document, and the figures of it that stand in place of those computed with."""

    figures: tuple[Figure, ...]
    values: tuple[Value, ...]

    @property
    def own(self) -> list[Value]:
        """The values that are told there."""
        spans = {(one.document_id, one.span) for one in self.figures}
        return [one for one in self.values if (one.document.id, one.at) in spans]


def with_other_sources(
    outcome: Answer,
    values: Sequence[Value],
    compute: Callable[[list[Value]], Outcome],
    sources: Sources,
) -> Answer:
    """The computed answer, behind it what it comes to by every other document whose numbers disagree with `values`.

    `compute` gives the outcome for other values of the same operands.
    """
    computed = [
        (reading, made)
        for reading in _readings(values, sources)
        if isinstance(made := compute(list(reading.values)), Answer)
    ]
    told = [(_named(made.claims[0], reading.own, reading.values), made) for reading, made in computed]
    if not told:
        return outcome
    first, *further = outcome.claims
    if len({_called(one) for one in values}) == 1:
        first = _named(first, values, values)
    named = [(first, outcome), *told]
    claims, citations = told_anew([*named, *((claim, outcome) for claim in further)])
    by_each = (values, *(reading.values for reading, _ in computed))
    conclusion = conclusion_claim(list(zip(claims[: len(named)], map(_is_less, by_each), strict=True)))
    claims = (*claims[: len(named)], *([conclusion] if conclusion else []), *claims[len(named) :])
    notices = dict.fromkeys(
        notice for made in (outcome, *(made for _, made in told)) for notice in made.notices
    )
    return replace(outcome, claims=claims, citations=citations, notices=tuple(notices))


def _is_less(values: Sequence[Value]) -> bool:
    """Whether the first of two values is the smaller one."""
    first, last = values[0].amount, values[-1].amount
    return first.number * first.scale < last.number * last.scale


def _named(claim: Claim, own: Sequence[Value], values: Sequence[Value]) -> Claim:
    """The claim with the document that has its numbers, or its `own` ones."""
    names = [] if len(own) == len(values) else [one.name for one in own]
    return replace(claim, text=messages.by_source(*_called(own[0]), claim.text, names=names))


def _called(value: Value) -> tuple[str, str]:
    """The title of a value's document, and the number of its table, "" in running text."""
    return value.document.meta.title, value.reading.table.number or "" if value.reading else ""


def _readings(values: Sequence[Value], sources: Sources) -> Iterator[_Reading]:
    """The operands by each place that disagrees on one of them, tables first; of one document those that differ themselves.

    What a place leaves untold is taken from elsewhere in its document, else as it was; but no change over time from two, unless it
    is already.
    """
    rivals = [sources.rivals(one.document.id, one.at) if one.at else () for one in values]
    told: list[_Reading] = []
    for place in dict.fromkeys(sorted((_place(one) for own in rivals for one in own), key=_is_text)):
        chosen = [_nearest(own, place) for own in rivals]
        others = [
            value if figure is None else value_told(figure, value.name, sources)
            for figure, value in zip(chosen, values, strict=True)
        ]
        reading = _Reading(
            tuple(one for one in chosen if one), tuple(one for one in others if one is not None)
        )
        if len(reading.values) < len(values) or (_mixes_times(reading.values) and not _mixes_times(values)):
            continue
        if not any(_same(reading, known) for known in told):
            told.append(reading)
    yield from told[:MOST_READINGS]


def _mixes_times(values: Sequence[Value]) -> bool:
    """Whether values of several times are of several documents, which may count in other ways."""
    return len({one.period for one in values}) > 1 and len({one.document.id for one in values}) > 1


def _place(figure: Figure) -> tuple[str, int | None]:
    """The document of a figure, and where the table that it stands in starts."""
    return figure.document_id, None if figure.cell is None else figure.cell.table_start


def _is_text(place: tuple[str, int | None]) -> bool:
    return place[1] is None


def _nearest(figures: Sequence[Figure], place: tuple[str, int | None]) -> Figure | None:
    """The figure of a place, else of its document, None for no such."""
    return next(
        (one for one in figures if _place(one) == place),
        next((one for one in figures if one.document_id == place[0]), None),
    )


def _same(one: _Reading, other: _Reading) -> bool:
    """Whether two readings are of one document and tell the same but for rounding."""
    return len(one.figures) == len(other.figures) and all(
        mine.document_id == its.document_id and values_agree(mine.quantity, its.quantity)
        for mine, its in zip(one.figures, other.figures, strict=True)
    )
