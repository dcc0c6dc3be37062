"""What the command line prints for people; for programs see `records.py`."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.cells import cell_len

from policy_qa import messages
from policy_qa.types import Answer, AnswerTable, Citation, Outcome, claim_with_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.progress import TaskID

    from policy_qa.assistant import Explanation
    from policy_qa.index.build import BuildReport, Progress
    from policy_qa.types import Document, Hit

SHOWN_SENTENCES = 8
WORD = re.compile(r"[!-~]+|.", re.DOTALL)
NO_COLUMNS: frozenset[int] = frozenset()


def outcome_text(outcome: Outcome) -> str:
    """The answer or refusal, then its citations, then its notices."""
    if isinstance(outcome, Answer):
        lines = [outcome.text]
        if outcome.table:
            lines += ["", *answer_table_lines(outcome.table)]
    else:
        lines = [outcome.message]
        if outcome.nearest:
            lines += [messages.NEAREST, *(f"  {claim_with_marks(claim)}" for claim in outcome.nearest)]
    lines += ["", *(citation_text(citation) for citation in outcome.citations)] if outcome.citations else []
    lines += [messages.NOTICE.format(notice=notice) for notice in outcome.notices]
    return "\n".join(lines)


def answer_table_lines(table: AnswerTable) -> list[str]:
    """An answer's table, its columns aligned."""
    rows = [[visible(cell) for cell in row] for row in (table.columns, *table.rows)]
    return text_table(rows, right=frozenset(range(1, len(table.columns))))


def citation_text(citation: Citation) -> str:
    """One line that leads to the cited characters: title, section, file and lines, and of a cell its place."""
    section = "".join(f" › {heading}" for heading in citation.section)
    lines = "" if citation.lines is None else messages.CITATION_LINES.format(lines=line_range(citation.lines))
    cell = citation.cell
    if cell is not None:
        lines += messages.CITATION_CELL.format(table=cell.table, row=cell.row, column=cell.column)
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


def text_table(
    rows: Sequence[Sequence[str]], *, heads: int = 1, right: frozenset[int] = NO_COLUMNS
) -> list[str]:
    """The rows as lines with their columns aligned, a rule below the first `heads`; columns of `right` flush right.

    >>> text_table([("城市", "投入"), ("东湾", "3.4")], right=frozenset({1}))
    ['城市  投入', '────  ────', '东湾   3.4']
    """
    widths = [max(map(cell_length, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            pad(cell, width, right=number in right)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    rule = "  ".join("─" * width for width in widths)
    return [*lines[:heads], *([rule] if heads else []), *lines[heads:]]


def cell_length(text: str) -> int:
    """The columns of a terminal that the text takes, a Han character two.

    >>> cell_length("增长5%")
    6
    """
    return cell_len(text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to `width` columns, behind it or, with `right`, before it."""
    space = " " * (width - cell_length(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` columns; every character is in one of them.

    Numbers and words of ASCII that fit on a line of their own are not parted.

    >>> wrap("增长5.2%", 6)
    ['增长', '5.2%']
    """
    pieces, used = [""], 0
    for word in WORD.findall(text):
        size = cell_length(word)
        for part, length in [(word, size)] if size <= width else [(c, cell_length(c)) for c in word]:
            if used + length > width and pieces[-1]:
                pieces.append("")
                used = 0
            pieces[-1] += part
            used += length
    return pieces


def visible(text: str) -> str:
    r"""The text on one line, harmless to a terminal: tabs as arrows, what cannot be seen by its code point.

    >>> visible("投入\t3.4\u200b")
    '投入→3.4<U+200B>'
    """
    return "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """The character, or what stands for it."""
    if character == "\t":
        return "→"
    if character.isprintable() or character == "\u3000":
        return character
    return " " if character.isspace() else f"<U+{ord(character):04X}>"


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
