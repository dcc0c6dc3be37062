"""Which of the stated results a question means: by the figures, places, periods and words it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.figures.arithmetic.check import Check, Operand
from policy_qa.figures.arithmetic.differences import checked_difference
from policy_qa.figures.arithmetic.rounding import as_operand, as_stated
from policy_qa.figures.arithmetic.shares import checked_share
from policy_qa.figures.arithmetic.sums import checked_sum
from policy_qa.figures.checks import Gap
from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places, unique_name
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from policy_qa.answering.wording import WordWeight
    from policy_qa.auditing.asked import Audit
    from policy_qa.figures.arithmetic.check import Finding
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document
    from policy_qa.understanding import Query

RESULT_NAMED, PART_NAMED = 3.0, 1.5
LEAST_WORDS, LEAST_WORDS_WITH_RESULT = 0.6, 0.25
MOST_TOLD = 4
NEAR, NEAR_WITHOUT_VALUES = 0.2, 0.7
"""Results that fit a question so little less than the best are told with it."""
SHORT = 2
SHARES = re.compile(r"占|比重|比例|份额|[%％]|百分|结构|构成")
PARTS, GROWTH = re.compile(r"占比|比重|比例|份额"), re.compile(r"增速|增长|增幅|涨幅|降幅")
THREE_INDUSTRIES = "三次产业三个产业一二三产产业结构"
KIND_WORDS = {
    "share": "占比比重比例占完成率",
    "difference": "相差差距差百分点变化",
    "growth": "增长增速增幅",
    "yearly growth": "年均增长增速",
    "multiple": "倍",
    "sum": "合计总数之和总额",
    "order": "排名位次名次排序",
    "rank": "排名位次名次排序排在表",
}
FEWEST, MOST = 3, 6
COUNTERS = frozenset({"", "个", "项", "家", "件", "种", "宗", "处"})
"""Units in which the same things may be counted here and there."""


@dataclass(frozen=True, slots=True)
class _Scored:
    finding: Finding
    score: float
    coverage: float
    names_result: bool
    names_all: bool


def choose(query: Query, audit: Audit, findings: Sequence[Finding], weight: WordWeight) -> list[Finding]:
    """The findings that the question means, those that it means equally well together; none where it means no one surely."""
    scored = [one for finding in findings if (one := _score(query, audit, finding, weight)) is not None]
    if not scored:
        return []
    scored.sort(key=lambda one: -one.score)
    best = scored[0]
    near = NEAR if audit.values else NEAR_WITHOUT_VALUES
    chosen = [
        one for one in scored if one.score >= best.score - near and one.finding.kind == best.finding.kind
    ]
    least = LEAST_WORDS_WITH_RESULT if chosen[0].names_result else LEAST_WORDS
    if (chosen[0].coverage < least and not chosen[0].names_all) or (
        not audit.is_sure and not chosen[0].names_result
    ):
        return []
    found = list({_told(one.finding): one.finding for one in reversed(chosen)}.values())[::-1]
    checks: list[Finding] = [one for one in found if isinstance(one, Check)]
    return (checks or found)[:MOST_TOLD]


def names_all(audit: Audit, finding: Finding) -> bool:
    """Whether a finding is a check of all the values that the question names."""
    parts = (finding.result, *finding.operands)
    return isinstance(finding, Check) and all(
        any(_is_value(part, value) for part in parts) or _is_hundred(finding, value) for value in audit.values
    )


def _score(query: Query, audit: Audit, finding: Finding, weight: WordWeight) -> _Scored | None:
    """How well the finding fits the question, None where it is of another place or period, or has none of its figures."""
    if not _slots_fit(query, finding) or not _measure_fits(query, finding):
        return None
    parts = (finding.result, *finding.operands)
    named = [value for value in audit.values if any(_is_value(part, value) for part in parts)]
    names_result = any(
        _is_value(finding.result, value) or _is_hundred(finding, value) for value in audit.values
    )
    others = [
        value
        for value in audit.values
        if value not in named and not _is_hundred(finding, value) and not _is_written(finding, value)
    ]
    if others and not named and not names_result:
        return None
    units = {part.figure.quantity.unit for part in parts} - {""}
    is_right = isinstance(finding, Check) and finding.is_right
    if is_right and any(unit in units for _, unit in others):
        return None  # what is right here is not what the question states
    text = _said_of(finding)
    forms = {word: (word, *query.synonyms.get(word, ())) for word in audit.words}
    weights = {word: weight(word) for word in audit.words}
    total = sum(weights.values())
    held = sum(weights[word] for word, same in forms.items() if any(_is_said(form, text) for form in same))
    coverage = held / total if total else 1.0
    score = RESULT_NAMED * names_result + PART_NAMED * len(named) - PART_NAMED * len(others) + 4 * coverage
    names_all = all(any(_is_value(part, value) for value in audit.values) for part in parts)
    return _Scored(finding, round(score, 6), coverage, names_result, names_all)


def _told(finding: Finding) -> str:
    """What a finding tells; the same one of two documents is told once."""
    return finding.working + finding.stated if isinstance(finding, Check) else finding.missing


def _is_said(word: str, text: str) -> bool:
    """Whether a text has a word, or all but the last letter of a longer one: 进口额 is said by 进口总额."""
    return word in text or (len(word) > SHORT and word[:-1] in text)


def _measure_fits(query: Query, finding: Finding) -> bool:
    """Whether a sum is one of shares where shares are asked about, and of amounts where they are not.

    A difference of growths is none of shares, nor the other way round.
    """
    if finding.kind == "difference":
        measures = {part.figure.measure for part in finding.operands}
        asks = bool(PARTS.search(query.text)), bool(GROWTH.search(query.text))
        return not (measures == {"growth"} and asks == (True, False)) and not (
            measures == {"share"} and asks == (False, True)
        )
    if finding.kind != "sum":
        return True
    return (finding.result.figure.quantity.unit == "%") == (SHARES.search(query.text) is not None)


def _slots_fit(query: Query, finding: Finding) -> bool:
    """Whether the finding is of a place and a period that the question names, where it names any."""
    parts = (finding.result, *finding.operands)
    if query.places:
        wanted = {unique_name(place) for place in query.places}
        held = {part.figure.subject.text for part in parts if part.figure.subject is not None}
        shown = finding.statement.of(finding.document.text)
        if not wanted & held and not any(place.short in shown for place in query.places):
            return False
        named = [place for mention in find_places(query.text) for place in mention.places]
        beside = [place for place in named if place.level == query.places[0].level]
        if len(beside) > 1 and not all(unique_name(one) in held or one.short in shown for one in beside):
            return False  # of one of the places compared alone
    if query.periods:
        whens = [part.figure.when for part in parts if part.figure.when is not None]
        if whens and not any(asked.overlaps(when) for asked in query.periods for when in whens):
            return False
    return True


def _is_value(part: Operand, value: tuple[object, str]) -> bool:
    """Whether a figure is the value that a question names, in its unit or without one."""
    number, unit = value
    quantity = part.figure.quantity
    if quantity.unit == unit or quantity.form == "rank":
        return any(abs(own) == abs(number) for own in quantity.values)  # type: ignore[arg-type]
    return (unit == "" and f"{number}" in part.text) or (quantity.unit == "" and number in quantity.values)


def _is_written(finding: Finding, value: tuple[object, str]) -> bool:
    """Whether a value stands in the statement as no part of the reckoning: the limit of a class, 5000万元以上."""
    shown = finding.statement.of(finding.document.text)
    return any(
        (quantity.values[:1], quantity.unit) == ((value[0],), value[1]) for quantity in read_quantities(shown)
    )


def _is_hundred(finding: Finding, value: tuple[object, str]) -> bool:
    return isinstance(finding, Check) and finding.stated == "100%" and value == (100, "%")


def _said_of(finding: Finding) -> str:
    """All words that say what the finding is of, as a search key."""
    document = finding.document
    block = block_at(document, finding.statement.start)
    words = [document.meta.title, *block.heading_path[-1:], finding.statement.of(document.text)]
    if isinstance(block, Table):
        words = [document.meta.title, *(() if block.caption is None else (block.caption.of(document.text),))]
    for part in (finding.result, *finding.operands):
        figure = part.figure
        slots = (figure.indicator, figure.subject, figure.period)
        words += [part.label, *(slot.text for slot in slots if slot is not None)]
    words.append(KIND_WORDS[finding.kind])
    if isinstance(finding, Check) and finding.stated == "100%":
        words.append(THREE_INDUSTRIES)
    if isinstance(finding, Gap):
        words.append(finding.missing)
    return search_key("".join("".join(words).split()))


def check_named(
    asked: Audit,
    documents: Sequence[Document],
    figures_of: Callable[[Document], Sequence[Figure]],
    weight: WordWeight,
) -> Check | None:
    """The check of the one number that the others named come to, None unless all are told and it comes out.

    Where it does not, how they belong together is not for code to say.
    """
    if not FEWEST <= len(set(asked.values)) == len(asked.values) <= MOST:
        return None
    told = [Operand(document, figure) for document in documents for figure in figures_of(document)]
    parts = [_told_best(value, told, asked.words, weight) for value in asked.values]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    checks = (check for at in range(len(found)) for check in _of_result(found, at))
    return next((check for check in checks if check.is_right), None)


def _of_result(parts: Sequence[Operand], at: int) -> Iterator[Check]:
    """The checks of one of the numbers against the others, as their units allow."""
    result, others = parts[at], [*parts[:at], *parts[at + 1 :]]
    units = {_unit(one) for one in others}
    if len(units) > 1:
        return
    unit = units.pop()
    check = None
    if _unit(result) == "百分点" and unit == "%" and len(others) == 2:
        check = checked_difference(result, *others)
    elif _unit(result) == "%" and unit != "%" and len(others) == 2:
        small, large = sorted(others, key=lambda one: one.figure.quantity.values[0])
        check = checked_share(result, small, large)
    elif _unit(result) == unit:
        check = checked_sum(result, others)
    if check is not None:
        yield check


def _unit(part: Operand) -> str:
    unit = part.figure.quantity.unit
    return "个" if unit in COUNTERS else unit


def _told_best(
    value: tuple[Decimal, str], told: Sequence[Operand], words: Sequence[str], weight: WordWeight
) -> Operand | None:
    """The figure of this value whose sentence says most of the question's words; None where none says any."""
    number, unit = value
    best, most = None, 0.0
    for one in told:
        quantity = one.figure.quantity
        alike = quantity.unit == unit or {quantity.unit, unit} <= COUNTERS
        if (
            not alike
            or quantity.values[:1] != (abs(number),)
            or not (as_operand(quantity) or as_stated(quantity))
        ):
            continue
        text = search_key("".join(one.figure.sentence.of(one.document.text).split()))
        said = sum(weight(word) for word in words if word in text)
        if said > most:
            best, most = one, said
    return best
