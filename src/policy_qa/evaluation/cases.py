"""The cases of an evaluation: what is asked, what a right answer says, and where it stands.

A cases file is JSONL, one `Case` a line. How cases are labelled is written in `eval/README.md`.
"""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from policy_qa.errors import UsageError
from policy_qa.types import Question, RefusalCode, Turn

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)
CaseKind = Literal[
    "fact",
    "paraphrase",
    "list",
    "provenance",
    "out_of_scope",
    "cell",
    "table",
    "missing_cell",
    "image_table",
    "near_miss",
    "follow_up",
    "false_premise",
    "open",
    "definition",
    "cause",
    "lookup",
    "comparison",
    "extreme",
    "ranking",
    "computation",
    "conflict",
    "check",
]
KINDS: tuple[CaseKind, ...] = get_args(CaseKind)
FINGERPRINT_DIGITS = 12


class CaseModel(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseTurn(CaseModel):
    """An earlier turn of the conversation."""

    question: str
    answer: str | None = None


class Evidence(CaseModel):
    """A place that proves the answer: a quotation of the document, or a 1-based line of the original file."""

    document: str = Field(min_length=1)
    quote: str | None = Field(default=None, min_length=1)
    line: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_of_two(self) -> Evidence:
        if (self.quote is None) == (self.line is None):
            raise ValueError("evidence needs either a quote or a line")
        return self


class Case(CaseModel):
    """A question and what is expected of the system.

    Of every group in `accepted`, at least one alternative must stand in the answer, and none of `forbidden`.
    `reasons` are the refusal codes that are right where a refusal is expected; its evidence is what the refusal must
    show: the row of the missing cell, the caption of the image.
    """

    id: str = Field(min_length=1)
    kind: CaseKind
    question: str = Field(min_length=1)
    history: tuple[CaseTurn, ...] = ()
    documents: tuple[str, ...] | None = None
    expect: Literal["answer", "refusal"]
    accepted: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    reasons: tuple[RefusalCode, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    max_chars: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _fits_what_is_expected(self) -> Case:
        values = [value for group in self.accepted for value in group] + list(self.forbidden)
        if any(not group for group in self.accepted) or any(not value.strip() for value in values):
            raise ValueError("an empty group or value would accept or forbid anything")
        if self.expect == "answer":
            if not self.accepted or not self.evidence or self.reasons:
                raise ValueError("an expected answer needs accepted values and evidence, and no reasons")
        elif not self.reasons or self.accepted or self.forbidden or self.max_chars:
            raise ValueError("an expected refusal needs reasons, may have evidence, and nothing else")
        return self

    def to_question(self) -> Question:
        """The question to ask."""
        turns = tuple(Turn(turn.question, turn.answer) for turn in self.history)
        return Question(self.question, turns, None if self.documents is None else frozenset(self.documents))

    @property
    def fingerprint(self) -> str:
        """Hexadecimal digits that change with any part of the case but its id."""
        content = self.model_dump_json(exclude={"id"})
        return hashlib.sha256(content.encode()).hexdigest()[:FINGERPRINT_DIGITS]


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSONL file, in order; blank lines are passed over.

    Raises UsageError naming file, line and key for a file that is missing, empty, invalid, or has an id twice.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such cases file; see: policy-qa evaluate --help")
    cases: dict[str, Case] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        case = parse_case(line, where=f"{path}:{number}")
        if case.id in cases:
            raise UsageError(f"{path}:{number}: the id {case.id!r} is there already")
        cases[case.id] = case
    if not cases:
        raise UsageError(f"{path}: no cases in the file")
    logger.info("%d cases read from %s", len(cases), path)
    return tuple(cases.values())


def parse_case(line: str, *, where: str) -> Case:
    """The case of one line of JSON. Raises UsageError that names `where` and what is wrong.

    >>> parse_case(
    ...     '{"id": "a", "kind": "out_of_scope", "question": "明天下雨吗？",'
    ...     ' "expect": "refusal", "reasons": ["out_of_scope"]}', where="例"
    ... ).question
    '明天下雨吗？'
    """
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "case"
        raise UsageError(f"{where}: {key}: {first['msg']}") from error


class OutcomeModel(BaseModel):
    """A frozen model that passes over keys it does not know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CitedPlace(OutcomeModel):
    """A citation; `start` and `end` are code points of the document's clean text, null for a file name's title."""

    number: int
    document: str
    start: int | None
    end: int | None
    quote: str | None
    lines: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> CitedPlace:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are null together")
        if self.start is not None and self.end is not None and not 0 <= self.start < self.end:
            raise ValueError(f"{self.start}-{self.end} is not a range of a text")
        return self


class AnswerRecord(OutcomeModel):
    """An answer, a refusal, or a crash (`error`)."""

    refused: bool
    reason: str | None
    answer: str
    citations: tuple[CitedPlace, ...]
    error: str | None = None


class HitRecord(OutcomeModel):
    """A chunk that a search found."""

    document: str
    start: int
    end: int
