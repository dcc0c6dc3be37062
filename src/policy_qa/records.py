"""The lines of batch files and of `--json`: what scripts send, and what they get. See the README, 「命令行」.

A question's line: `{"id", "question", "history"?, "documents"?}`, other keys ignored. An answer's line always has
all the keys of `outcome_record`.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policy_qa.errors import UsageError
from policy_qa.types import (
    Answer,
    Block,
    Citation,
    Claim,
    Document,
    Heading,
    Hit,
    ListItem,
    Outcome,
    Paragraph,
    Question,
    Refusal,
    Turn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Record = dict[str, Any]
BLOCK_KINDS = {Heading: "heading", Paragraph: "paragraph", ListItem: "list_item"}


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
    record["notices"] = list(outcome.notices)
    match outcome:
        case Answer():
            record["answer"] = outcome.text
            record["claims"] = [asdict(claim) for claim in outcome.claims]
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


def nearest_record(claim: Claim) -> Record:
    """A nearest holding: its text and its marks."""
    return {"text": claim.text, "citations": list(claim.citations)}


def citation_record(citation: Citation) -> Record:
    """A citation; `page` and `cell` are null for text files."""
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
        "cell": None,
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


def document_record(document: Document) -> Record:
    """What `inspect --json` prints: the clean text, its blocks, what was set aside, and the way back to the file.

    `line_map` has one entry a run of clean text: its span, where it starts in the decoded file, and its line from 1.
    """
    return {
        "document": document.name,
        "title": document.meta.title,
        "text": document.text,
        "blocks": [block_record(block) for block in document.blocks],
        "tables": [],
        "set_aside": [asdict(piece) for piece in document.set_aside],
        "line_map": [
            {"start": run.span.start, "end": run.span.end, "source_start": run.source_start, "line": run.line}
            for run in document.line_map.runs
        ],
    }


def block_record(block: Block) -> Record:
    """A block with its span and the headings above it; `level` is null for all but headings."""
    return {
        "kind": BLOCK_KINDS[type(block)],
        "start": block.span.start,
        "end": block.span.end,
        "level": block.level if isinstance(block, Heading) else None,
        "heading_path": list(block.heading_path),
    }
