"""The lines of batch files and of `--json`: what scripts send, and what they get. See the README, 「命令行」.

A question's line: `{"id", "question", "history"?, "documents"?}`, other keys ignored. An answer's line always has
all the keys of `outcome_record`.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policy_qa.document_records import span_record
from policy_qa.errors import UsageError
from policy_qa.figures.listing import lines_of
from policy_qa.types import (
    Answer,
    AnswerConflict,
    AnswerTable,
    Citation,
    CitedCell,
    Claim,
    Document,
    Hit,
    Outcome,
    Question,
    Refusal,
    Turn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.figures.checks import Check, Operand
    from policy_qa.figures.conflicts import Conflict
    from policy_qa.figures.figure import Slot
    from policy_qa.figures.selection import Selected

Record = dict[str, Any]


class TurnRecord(BaseModel):
    """An earlier turn as a script sends it."""

    question: str
    answer: str | None = None


class QuestionRecord(BaseModel):
    """A question as a script sends it; earlier turns oldest first."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str
    history: list[TurnRecord] = Field(default_factory=list)
    documents: list[str] | None = None

    def to_question(self) -> Question:
        """The question to ask."""
        turns = tuple(Turn(turn.question, turn.answer) for turn in self.history)
        return Question(self.question, turns, None if self.documents is None else frozenset(self.documents))


def parse_question(line: str, *, where: str) -> QuestionRecord:
    """The question of one line of JSON. Raises UsageError that names `where` and what is wrong."""
    try:
        return QuestionRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{where}: {'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}") from error


def outcome_record(outcome: Outcome, *, record_id: str | int | None, seconds: float) -> Record:
    """The line for an answer or a refusal; times stand in `seconds` alone."""
    record = empty_record(record_id, outcome.question.text, seconds=seconds)
    record["citations"] = [citation_record(citation) for citation in outcome.citations]
    record["completed_question"] = outcome.completed
    record["notices"] = list(outcome.notices)
    match outcome:
        case Answer():
            record["answer"] = outcome.text
            record["claims"] = [asdict(claim) for claim in outcome.claims]
            record["table"] = None if outcome.table is None else answer_table_record(outcome.table)
            record["conflicts"] = [conflict_record(conflict) for conflict in outcome.conflicts]
        case Refusal():
            record |= {"refused": True, "reason": outcome.code, "answer": outcome.message}
            record["nearest"] = [nearest_record(claim) for claim in outcome.nearest]
    return record


def answer_record(ask: Callable[[Question], Outcome], asked: QuestionRecord) -> Record:
    """The line for a question, asked here and now."""
    started = time.perf_counter()
    outcome = ask(asked.to_question())
    return outcome_record(outcome, record_id=asked.id, seconds=time.perf_counter() - started)


def error_record(error: str, asked: QuestionRecord | None) -> Record:
    """The line for a question that crashed or could not be read: neither answered nor refused."""
    record_id, question = (None, None) if asked is None else (asked.id, asked.question)
    return empty_record(record_id, question, seconds=0.0) | {"error": error}


def empty_record(record_id: str | int | None, question: str | None, *, seconds: float) -> Record:
    """A line with every key and nothing said."""
    return {
        "id": record_id,
        "question": question,
        "completed_question": None,
        "refused": False,
        "reason": None,
        "answer": "",
        "claims": [],
        "citations": [],
        "table": None,
        "conflicts": [],
        "nearest": [],
        "notices": [],
        "seconds": round(seconds, 4),
        "error": None,
    }


def conflict_record(conflict: AnswerConflict) -> Record:
    """A disagreement: what of, and each value with its marks."""
    return {
        "indicator": conflict.indicator,
        "subject": conflict.subject,
        "period": conflict.period,
        "values": [{"text": value.text, "citations": list(value.citations)} for value in conflict.values],
    }


def corpus_conflict_record(conflict: Conflict) -> Record:
    """A disagreement of the corpus: what of, and each value with where it stands; `cell` is null in running text."""
    return {
        "indicator": conflict.indicator,
        "subject": conflict.subject,
        "period": conflict.period,
        "values": [
            {
                "text": value.text,
                "document": value.document,
                "title": value.title,
                "date": None if value.date is None else value.date.isoformat(),
                "lines": None if value.lines is None else list(value.lines),
                **span_record(value.span),
                "cell": None if value.cell is None else {"heads": value.heads, **asdict(value.cell)},
                "context": value.context,
            }
            for value in conflict.values
        ],
    }


def nearest_record(claim: Claim) -> Record:
    """A nearest holding: its text and its marks."""
    return {"text": claim.text, "citations": list(claim.citations)}


def citation_record(citation: Citation) -> Record:
    """A citation; `page` is null for text files, `cell` for all but cells of tables."""
    return {
        "number": citation.number,
        "document": citation.document,
        "title": citation.title,
        "section": list(citation.section),
        "page": None,
        "lines": None if citation.lines is None else list(citation.lines),
        "start": None if citation.span is None else citation.span.start,
        "end": None if citation.span is None else citation.span.end,
        "quote": citation.quote,
        "context": citation.context,
        "segments": [asdict(segment) for segment in citation.segments],
        "cell": None if citation.cell is None else cited_cell_record(citation.cell),
    }


def cited_cell_record(cell: CitedCell) -> Record:
    """The cell a citation is about; `value` is null for a missing one, its place for an empty one."""
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "unit": cell.unit,
        "value": cell.value,
        "value_start": None if cell.value_span is None else cell.value_span.start,
        "value_end": None if cell.value_span is None else cell.value_span.end,
    }


def answer_table_record(table: AnswerTable) -> Record:
    """The cells of an answer side by side; a missing one is a dash."""
    return {"columns": list(table.columns), "rows": [list(row) for row in table.rows]}


def check_record(check: Check) -> Record:
    """A stated result of the corpus, recomputed: where it stands, its parts, the working, and whether it comes out."""
    return {
        "kind": check.kind,
        "is_right": check.is_right,
        "stated": check.stated,
        "recomputed": check.recomputed,
        "working": check.working,
        "statement": {
            "document": check.document.name,
            "text": check.statement.of(check.document.text),
            **span_record(check.statement),
        },
        "result": operand_record(check.result),
        "operands": [operand_record(operand) for operand in check.operands],
    }


def operand_record(operand: Operand) -> Record:
    """A figure that a check reckons with, and where it stands; `cell` has the labels of a cell and its place, null in running text."""
    lines, cell = lines_of(operand.document, operand.span), operand.figure.cell
    return {
        "text": operand.text,
        "document": operand.document.name,
        "lines": None if lines is None else list(lines),
        **span_record(operand.span),
        "cell": None if cell is None else {"heads": operand.label, **asdict(cell)},
    }


def search_record(found: Sequence[tuple[Hit, Document]], *, record_id: str | int | None) -> Record:
    """The line for a search: each chunk with its document's name and its characters, best first."""
    return {"id": record_id, "hits": [hit_record(hit, document) for hit, document in found]}


def hit_record(hit: Hit, document: Document) -> Record:
    """A chunk that was found."""
    span = hit.chunk.span
    return {
        "document": document.name,
        "start": span.start,
        "end": span.end,
        "score": hit.score,
        "text": span.of(document.text),
    }


def figure_record(selected: Selected) -> Record:
    """A figure of `figures --json`: its value as it stands and as a number (a string, exact), its slots, its place.

    `number` is null for ranges and ratios; of `indicator`, `subject` and `period` each has its words and the spans they
    were read from, or is null. `by_context` names the filters that only the words around it meet.
    """
    listed, figure = selected.listed, selected.listed.figure
    return {
        "document": listed.document,
        "lines": None if listed.lines is None else list(listed.lines),
        **span_record(figure.span),
        "text": figure.quantity.text,
        "number": None if listed.number is None else f"{listed.number:f}",
        "unit": listed.unit,
        "indicator": slot_record(figure.indicator),
        "subject": slot_record(figure.subject),
        "period": slot_record(figure.period),
        "measure": figure.measure,
        "is_target": figure.is_target,
        "scope": figure.scope,
        "quote": listed.quote,
        "clause": span_record(figure.clause),
        "cell": None if figure.cell is None else {"heads": listed.heads, **asdict(figure.cell)},
        "by_context": list(selected.by_context),
    }


def slot_record(slot: Slot | None) -> Record | None:
    """What a figure is of, the places it was read from, and whether its own clause names it."""
    if slot is None:
        return None
    return {
        "text": slot.text,
        "spans": [span_record(span) for span in slot.spans],
        "is_carried": slot.is_carried,
    }
