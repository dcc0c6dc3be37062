"""What the command line prints for people; for programs see `records.py`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.types import Answer, Citation, Document, Heading, Hit, Outcome, claim_with_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.progress import TaskID

    from policy_qa.assistant import Explanation
    from policy_qa.index.build import BuildReport, Progress

SHOWN_SENTENCES = 8


def outcome_text(outcome: Outcome) -> str:
    """The answer or refusal, then its citations, then its notices."""
    if isinstance(outcome, Answer):
        lines = [outcome.text]
    else:
        lines = [outcome.message]
        if outcome.nearest:
            lines += [messages.NEAREST, *(f"  {claim_with_marks(claim)}" for claim in outcome.nearest)]
    lines += ["", *(citation_text(citation) for citation in outcome.citations)] if outcome.citations else []
    lines += [messages.NOTICE.format(notice=notice) for notice in outcome.notices]
    return "\n".join(lines)


def citation_text(citation: Citation) -> str:
    """One line that leads to the cited characters: title, section, file and lines."""
    section = "".join(f" › {heading}" for heading in citation.section)
    lines = "" if citation.lines is None else messages.CITATION_LINES.format(lines=line_range(citation.lines))
    return messages.CITATION_LINE.format(
        number=citation.number, title=citation.title, section=section, document=citation.document, lines=lines
    )


def line_range(lines: tuple[int, int]) -> str:
    """`12` or `12-14`.

    >>> line_range((12, 12)), line_range((12, 14))
    ('12', '12-14')
    """
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def explanation_text(explanation: Explanation) -> str:
    """How a question was understood, every candidate with its ranks, and why this answer."""
    names = {found.document.id: found.document.name for found in explanation.evidence}
    query = explanation.query
    lines = [
        messages.EXPLAIN_QUESTION,
        messages.EXPLAIN_UNDERSTOOD.format(
            text=query.text,
            kind=query.kind,
            words="、".join(query.content) or messages.EXPLAIN_NO_WORDS,
            years="、".join(query.years) or messages.EXPLAIN_NO_YEARS,
        ),
        *(
            messages.EXPLAIN_TURN.format(
                question=turn.question, answer=turn.answer or messages.EXPLAIN_NO_ANSWER
            )
            for turn in query.question.history
        ),
        messages.EXPLAIN_HITS,
        *(f"  {rank}. {hit_text(hit, names)}" for rank, hit in enumerate(explanation.hits, start=1)),
        messages.EXPLAIN_SENTENCES,
        *sentence_lines(explanation),
        messages.EXPLAIN_OUTCOME,
        f"  {explanation.why}",
        outcome_text(explanation.outcome),
    ]
    return "\n".join(lines)


def hit_text(hit: Hit, names: dict[str, str]) -> str:
    """A candidate chunk with its fused score and both legs' ranks."""
    span = hit.chunk.span
    name = names.get(hit.chunk.document_id, hit.chunk.document_id)
    dense = f"{hit.dense_rank}/{hit.dense_score:.4f}" if hit.dense_score is not None else "—"
    keyword = f"{hit.keyword_rank}/{hit.keyword_score:.2f}" if hit.keyword_score is not None else "—"
    return messages.EXPLAIN_HIT.format(
        score=hit.score, dense=dense, keyword=keyword, name=name, start=span.start, end=span.end
    )


def sentence_lines(explanation: Explanation) -> Iterator[str]:
    """The best sentences that were weighed, one a line."""
    for found in explanation.evidence[:SHOWN_SENTENCES]:
        sentence = " ".join(found.span.of(found.document.text).split())
        fits = messages.EXPLAIN_YEAR_FITS[found.year_fits]
        yield f"  {found.score:.3f}  {found.coverage:.0%}  {fits}  {sentence}"


def document_text(document: Document) -> str:
    """A document as it was read: its blocks in order, then what was set aside and why."""
    lines = [
        messages.INSPECT_TITLE.format(
            name=document.name,
            title=document.meta.title,
            characters=len(document.text),
            blocks=len(document.blocks),
        ),
        "",
    ]
    for block in document.blocks:
        mark = "#" * block.level if isinstance(block, Heading) else type(block).__name__
        lines.append(f"{block.span.start:>7}-{block.span.end:<7} {mark:<9} {block.span.of(document.text)}")
    lines += ["", messages.INSPECT_SET_ASIDE.format(count=len(document.set_aside))]
    for piece in document.set_aside:
        lines.append(
            f"{piece.source_span.start:>7}-{piece.source_span.end:<7} {piece.kind}：{piece.text!r}（{piece.reason}）"
        )
    return "\n".join(lines)


def search_text(found: Sequence[tuple[Hit, Document]]) -> str:
    """The chunks found, best first, each with its place."""
    pieces = []
    for rank, (hit, document) in enumerate(found, start=1):
        span = hit.chunk.span
        pieces.append(
            f"{rank}. {document.name} {span.start}-{span.end}（{hit.score:.4f}）\n{span.of(document.text)}\n"
        )
    return "\n".join(pieces)


def build_text(report: BuildReport) -> str:
    """What a build did, in counts, and every document it had to leave out."""
    lines = [
        messages.BUILD_DONE.format(
            new=len(report.new),
            changed=len(report.changed),
            gone=len(report.gone),
            unchanged=len(report.unchanged),
            chunks=report.chunks,
            embedded=report.embedded,
        ),
        *(messages.BUILD_FAILED.format(name=name, reason=reason) for name, reason in report.failed),
        *(messages.BUILD_SKIPPED.format(name=name, reason=reason) for name, reason in report.skipped),
    ]
    return "\n".join(lines)


@contextmanager
def build_progress(console: Console) -> Iterator[Progress]:
    """Draws a build's progress on a terminal; elsewhere nothing is drawn."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(messages.BUILD_STAGES[stage], total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show
