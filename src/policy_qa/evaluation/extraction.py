"""How well the figures of documents are found: against labelled ones, slot by slot, without a language model.

A file of labels is JSONL: lines with `first_line` are passages all of whose figures are labelled, the others figures.
How they are labelled is written in `eval/README.md`.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from policy_qa.errors import UsageError
from policy_qa.evaluation.cases import CaseModel
from policy_qa.language.normalize import search_key
from policy_qa.language.places import places_called, unique_name
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import synonyms
from policy_qa.types import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from policy_qa.figures.figure import Figure

SlotName = Literal["value", "subject", "period", "indicator"]
SLOTS: tuple[SlotName, ...] = ("value", "subject", "period", "indicator")
COUNTRY = "全国"
SPACE = re.compile(r"\s+")


class LabelledPassage(CaseModel):
    """Lines of an original file, from 1, both included, all of whose figures are labelled."""

    document: str
    first_line: int = Field(ge=1)
    last_line: int = Field(ge=1)


class LabelledCell(CaseModel):
    """The cell a labelled figure stands in."""

    caption: str | None
    row: tuple[str, ...]
    column: tuple[str, ...]


class LabelledFigure(CaseModel):
    """A figure as it is labelled: where it stands, what it is worth and of, and what else counts as right.

    `nth` counts the occurrences of `text` in its line, from 1. `period` is 2020, 2020H1, 2020-12-31 or two of them with
    `..` between. `unjudged` slots are not counted, a `marginal` figure not at all.
    """

    document: str
    line: int = Field(ge=1)
    text: str = Field(min_length=1)
    nth: int = Field(ge=1)
    value: str
    unit: str | None
    subject: str | None
    period: str | None
    indicator: str
    head: str
    measure: str
    is_target: bool
    cell: LabelledCell | None = None
    also_subject: tuple[str, ...] = ()
    also_period: tuple[str, ...] = ()
    also_head: tuple[str, ...] = ()
    unjudged: tuple[SlotName, ...] = ()
    marginal: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A labelled figure and the one found there, None where none was; `wrong` are the slots that differ."""

    label: LabelledFigure
    found: Figure | None
    wrong: tuple[SlotName, ...]

    @property
    def is_right(self) -> bool:
        """Whether it was found with all slots right."""
        return self.found is not None and not self.wrong


@dataclass(frozen=True, slots=True)
class ExtractionScores:
    """What was found of the labelled figures; `extra` are figures found in labelled passages that are none.

    Of precision count those found with every slot filled: one with an open slot asserts nothing.
    """

    findings: tuple[Finding, ...]
    extra: tuple[Figure, ...]

    @property
    def recall(self) -> float:
        """The share of the labelled figures that was found with all slots right."""
        return sum(one.is_right for one in self.findings) / len(self.findings)

    @property
    def precision(self) -> float:
        """The share of the figures found with every slot filled that is right in all."""
        asserted = [one for one in self.findings if one.found is not None and is_complete(one.found)]
        of = len(asserted) + sum(is_complete(figure) for figure in self.extra)
        return sum(one.is_right for one in asserted) / of if of else 0.0


def load_labels(path: Path) -> tuple[tuple[LabelledFigure, ...], tuple[LabelledPassage, ...]]:
    """The figures and passages of a file of labels. Raises UsageError naming file and line for what is invalid."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file of labels; see: policy-qa evaluate --help")
    figures, passages = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if '"first_line"' in line:
                passages.append(LabelledPassage.model_validate_json(line))
            elif line.strip():
                figures.append(LabelledFigure.model_validate_json(line))
        except ValidationError as error:
            raise UsageError(f"{path}:{number}: {error.errors()[0]['msg']}") from error
    return tuple(figures), tuple(passages)


def score_extraction(
    labels: Sequence[LabelledFigure],
    passages: Iterable[LabelledPassage],
    documents: Mapping[str, Document],
    figures: Mapping[str, Sequence[Figure]],
) -> ExtractionScores:
    """The findings in the order of the labels. Raises UsageError for a label whose text is not where it says."""
    findings = []
    used: set[str] = set()
    for label in labels:
        at = locate(label, documents)
        found = next((one for one in figures[label.document] if one.span.overlaps(at)), None)
        if found is not None:
            used.add(found.id)
        if label.marginal:
            continue
        findings.append(Finding(label, found, () if found is None else wrong_slots(label, found)))
    extra = [
        figure
        for passage in passages
        for figure in figures[passage.document]
        if figure.id not in used and stands_in(figure.span, passage, documents[passage.document])
    ]
    return ExtractionScores(tuple(findings), tuple(extra))


def is_complete(figure: Figure) -> bool:
    """Whether every slot is filled."""
    return figure.subject is not None and figure.when is not None and figure.indicator is not None


def locate(label: LabelledFigure, documents: Mapping[str, Document]) -> Span:
    """The span of the labelled text in the cleaned document. Raises UsageError where it is not in its line."""
    document = documents.get(label.document)
    if document is None:
        raise UsageError(f"{label.document}: the index holds no such document; run `policy-qa build`")
    places = [
        place
        for run in document.line_map.runs
        if run.line == label.line
        for place in range(run.span.start, run.span.end)
        if not document.text[place].isspace()
    ]
    line = "".join(document.text[place] for place in places)
    text, at = SPACE.sub("", label.text), -1
    for _ in range(label.nth):
        at = line.find(text, at + 1)
    if at < 0:
        raise UsageError(
            f"{label.document}:{label.line}: {label.text!r} does not stand there {label.nth} times"
        )
    return Span(places[at], places[at + len(text) - 1] + 1)


def stands_in(span: Span, passage: LabelledPassage, document: Document) -> bool:
    """Whether a span lies in the lines of a passage."""
    return any(
        passage.first_line <= run.line <= passage.last_line and run.span.overlaps(span)
        for run in document.line_map.runs
    )


def wrong_slots(label: LabelledFigure, figure: Figure) -> tuple[SlotName, ...]:
    """The judged slots in which a figure differs from its label."""
    judged = {
        "value": lambda: is_value(label, figure),
        "subject": lambda: is_subject(label, figure),
        "period": lambda: any(
            is_period(one, figure) for one in (label.period, *label.also_period) if one is not None
        ),
        "indicator": lambda: is_indicator(label, figure),
    }
    return tuple(slot for slot in SLOTS if slot not in label.unjudged and not judged[slot]())


def is_value(label: LabelledFigure, figure: Figure) -> bool:
    """Whether value and unit are the same, signs aside; what is no plain number (1/13) by its digits.

    A unit that the label completes (排名 75—100) may be missing.
    """
    told = read_quantities(label.value.replace("..", "—") + (label.unit or ""))
    values = figure.quantity.values
    if len(told) == 1 and figure.quantity.unit in {told[0].unit, ""} and len(told[0].values) == len(values):
        return all(abs(one) == abs(other) for one, other in zip(told[0].values, values, strict=True))
    return re.findall(r"[\d.]+", label.value) == re.findall(r"[\d.]+", figure.quantity.text)


def is_subject(label: LabelledFigure, figure: Figure) -> bool:
    """Whether the figure is of the place or body of the label."""
    if figure.subject is None:
        return False
    wanted = {name for one in (label.subject, *label.also_subject) if one for name in full_names(one)}
    return figure.subject.text in wanted


def full_names(name: str) -> set[str]:
    """The name, and the full ones of the places called so.

    >>> sorted(full_names("广西"))
    ['广西', '广西壮族自治区']
    """
    return {name, *(unique_name(place) for place in places_called("中国" if name == COUNTRY else name))}


def is_period(written: str, figure: Figure) -> bool:
    """Whether the figure is of the period of a label; the state at a year's end counts for the year."""
    if figure.when is None:
        return False
    first, last = days_of(written)
    told = figure.when
    if (told.first, told.last) == (first, last):
        return True
    if not told.is_point and first != last:
        return False
    if told.last == last:
        return True
    is_year_end = (last.month, last.day) == (12, 31)
    return is_year_end and told.is_whole_years and told.years == (last.year,)


def days_of(written: str) -> tuple[date, date]:
    """First and last day of a label's period.

    >>> [day.isoformat() for day in days_of("2021-01..2021-09")]
    ['2021-01-01', '2021-09-30']
    """
    ends = [_days_of_one(part) for part in written.split("..")]
    return ends[0][0], ends[-1][1]


def _days_of_one(part: str) -> tuple[date, date]:
    if part.endswith("H1"):
        year = int(part[:4])
        return date(year, 1, 1), date(year, 6, 30)
    numbers = [int(number) for number in part.split("-")]
    if len(numbers) == 3:
        day = date(*numbers)
        return day, day
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(numbers[0], 1, 1), date(numbers[0], 12, 31)


def is_indicator(label: LabelledFigure, figure: Figure) -> bool:
    """Whether the noun phrase found holds the label's head noun, or is held by it, in any of its synonyms."""
    if figure.indicator is None:
        return False
    found = wordings(figure.indicator.text)
    told = {form for name in (label.head, label.indicator, *label.also_head) for form in wordings(name)}
    return any(one in other or (len(other) > 1 and other in one) for one in told for other in found)


def wordings(name: str) -> set[str]:
    """The search key of a name, and those with one of its words said another way."""
    key = SPACE.sub("", search_key(name))
    return {
        key,
        *(key.replace(word, other) for word, others in synonyms().items() if word in key for other in others),
    }


def extraction_text(scores: ExtractionScores) -> str:
    """The readable report: counts, slot by slot, for sentences and cells, then every one that is not right."""
    lines = [
        "# 指标抽取评测",
        "",
        "| 部分 | 标注 | 找到 | 数值 | 地方 | 时段 | 指标 | 全对 |",
        "| --- " * 8 + "|",
    ]
    parts = {
        "句子": [one for one in scores.findings if one.label.cell is None],
        "表格": [one for one in scores.findings if one.label.cell is not None],
        "合计": list(scores.findings),
    }
    for name, part in parts.items():
        found = [one for one in part if one.found is not None]
        wrong = Counter(slot for one in found for slot in one.wrong)
        slots = " | ".join(str(len(found) - wrong[slot]) for slot in SLOTS)
        lines.append(
            f"| {name} | {len(part)} | {len(found)} | {slots} | {sum(one.is_right for one in part)} |"
        )
    lines += [
        "",
        f"查准率 {scores.precision:.1%}，查全率 {scores.recall:.1%}，多出 {len(scores.extra)} 个",
        "",
    ]
    lines += [finding_line(one) for one in scores.findings if not one.is_right]
    lines += [f"- 多出 {figure.quantity.text}（{figure.id}）" for figure in scores.extra]
    return "\n".join(lines)


def finding_line(finding: Finding) -> str:
    """A labelled figure that was not found, or not as it is labelled."""
    label, found = finding.label, finding.found
    wanted = f"{label.document} 第{label.line}行 {label.text}：{label.subject}，{label.period}，{label.head}"
    if found is None:
        return f"- 未找到 {wanted}"
    told = "，".join(
        "—" if slot is None else slot.text for slot in (found.subject, found.period, found.indicator)
    )
    return f"- 不符 {wanted}；得 {found.quantity.text}：{' '.join(told.split())}"
