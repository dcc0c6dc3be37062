"""What the command line prints for people; for programs see `records.py`."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.cells import cell_len

from policy_qa import messages
from policy_qa.figures.listing import lines_of, measure_label, shown_clause, subject_label
from policy_qa.types import Answer, AnswerTable, Citation, Outcome, claim_with_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import Console
    from rich.progress import TaskID

    from policy_qa.answering.evidence import Evidence
    from policy_qa.assistant import Explanation
    from policy_qa.figures.checks import Check, Operand
    from policy_qa.figures.conflicts import Conflict
    from policy_qa.figures.figure import Slot
    from policy_qa.figures.selection import Selected
    from policy_qa.index.build import BuildReport, Progress
    from policy_qa.types import Document, Hit
    from policy_qa.understanding import Query

SHOWN_SENTENCES = 8
WORD = re.compile(r"[!-~]+|.", re.DOTALL)
NO_COLUMNS: frozenset[int] = frozenset()


def outcome_text(outcome: Outcome) -> str:
    """The completed question, if it had to be, the answer or refusal, then its citations, then its notices."""
    lines = []
    if outcome.completed is not None:
        lines.append(messages.COMPLETED.format(question=messages.quoted(outcome.completed)))
    if isinstance(outcome, Answer):
        lines.append(outcome.text)
        if outcome.table:
            lines += ["", *answer_table_lines(outcome.table)]
    else:
        lines.append(outcome.message)
        if outcome.nearest:
            lines += [messages.NEAREST, *(f"  {claim_with_marks(claim)}" for claim in outcome.nearest)]
    lines += ["", *(citation_text(citation) for citation in outcome.citations)] if outcome.citations else []
    if isinstance(outcome, Answer):
        lines += conflict_lines(outcome)
    lines += [messages.NOTICE.format(notice=notice) for notice in outcome.notices]
    return "\n".join(lines)


def conflict_lines(answer: Answer) -> Iterator[str]:
    """What sources disagree about: each value with its source, the date of that, and its marks."""
    for conflict in answer.conflicts:
        yield f"{messages.CONFLICTS_TITLE}：{messages.conflict_name(conflict.period, conflict.subject, conflict.indicator)}"
        for value in conflict.values:
            marks = "".join(f"[{number}]" for number in value.citations)
            yield f"  {messages.conflict_value(value.text, value.title, value.issued_on)}{marks}"


def conflicts_text(conflicts: Sequence[Conflict]) -> str:
    """The disagreements of a corpus: what of, and each value with its document, date and place in it."""
    if not conflicts:
        return messages.CONFLICTS_NONE
    lines = [messages.CONFLICTS_COUNT.format(count=len(conflicts))]
    for number, conflict in enumerate(conflicts, start=1):
        name = messages.conflict_name(conflict.period, conflict.subject, conflict.indicator)
        lines += ["", f"{number}. {name}"]
        for value in conflict.values:
            told = messages.conflict_value(value.text, value.title, value.date)
            lines.append(f"   {told}  {value.document}{lines_told(value.lines)}")
            lines.append(f"      {value.heads or value.context}")
    return "\n".join(lines)


def answer_table_lines(table: AnswerTable) -> list[str]:
    """An answer's table, its columns aligned."""
    rows = [[visible(cell) for cell in row] for row in (table.columns, *table.rows)]
    return text_table(rows, right=frozenset(range(1, len(table.columns))))


def citation_text(citation: Citation) -> str:
    """One line that leads to the cited characters: title, section, file and lines, and of a cell its place."""
    section = "".join(f" › {heading}" for heading in citation.section)
    lines = lines_told(citation.lines)
    cell = citation.cell
    if cell is not None:
        lines += messages.CITATION_CELL.format(table=cell.table, row=cell.row, column=cell.column)
    return messages.CITATION_LINE.format(
        number=citation.number, title=citation.title, section=section, document=citation.document, lines=lines
    )


def lines_told(lines: tuple[int, int] | None) -> str:
    """The lines of a file as they stand behind its name; empty where none are known.

    >>> lines_told((12, 14)), lines_told(None)
    ('，第12-14行', '')
    """
    return "" if lines is None else messages.CITATION_LINES.format(lines=line_range(lines))


def line_range(lines: tuple[int, int]) -> str:
    """`12` or `12-14`.

    >>> line_range((12, 12)), line_range((12, 14))
    ('12', '12-14')
    """
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def checks_text(checks: Sequence[Check]) -> str:
    """How many stated results were recomputed, and those that do not come out, with working and places."""
    wrong = [check for check in checks if not check.is_right]
    lines = [messages.AUDIT_COUNT.format(checked=len(checks), wrong=len(wrong))]
    for number, check in enumerate(wrong, start=1):
        lines += ["", f"{number}. {check_text(check)}"]
        parts = dict.fromkeys((check.result, *check.operands))
        lines += [f"   {part.text}  {operand_place(part)}" for part in parts]
    return "\n".join(lines)


def check_text(check: Check) -> str:
    """One line: whether it comes out, what is stated (of a cell, in which row and column), and the working."""
    stated = "".join(check.statement.of(check.document.text).split())
    template = messages.AUDIT_LISTED_ORDER if check.kind == "order" else messages.AUDIT_LISTED
    return template.format(
        verdict=messages.AUDIT_VERDICTS[check.is_right],
        said=messages.quoted(check.result.label or stated.rstrip("，；。")),
        stated=check.stated,
        working=check.working,
    )


def operand_place(operand: Operand) -> str:
    """File, lines and, of a cell, its labels."""
    lines = lines_told(lines_of(operand.document, operand.span))
    return f"{operand.document.name}{lines}{operand.label and '；'}{operand.label}"


def explanation_text(explanation: Explanation) -> str:
    """How a question was understood, every candidate with its ranks, and why this answer."""
    names = {found.document.id: found.document.name for found in explanation.evidence}
    lines = [
        messages.EXPLAIN_QUESTION,
        *question_lines(explanation.outcome, explanation.query),
        messages.EXPLAIN_HITS,
        *(f"  {rank}. {hit_text(hit, names)}" for rank, hit in enumerate(explanation.hits, start=1)),
        messages.EXPLAIN_SENTENCES,
        *sentence_lines(explanation),
        messages.EXPLAIN_OUTCOME,
        f"  {explanation.why}",
        outcome_text(explanation.outcome),
    ]
    return "\n".join(lines)


def question_lines(outcome: Outcome, query: Query) -> Iterator[str]:
    """The question as asked, completed and restated, what it was understood to ask for, and the turns before it."""
    stands_alone = outcome.completed or outcome.question.text
    yield messages.EXPLAIN_ASKED.format(text=outcome.question.text)
    if outcome.completed is not None:
        yield messages.EXPLAIN_COMPLETED.format(text=outcome.completed)
    if query.text != stands_alone:
        yield messages.EXPLAIN_RESTATED.format(text=query.text)
    yield messages.EXPLAIN_UNDERSTOOD.format(
        kind=messages.EXPLAIN_KINDS[query.kind],
        periods=listed(period.label() for period in query.periods),
        places=listed(place.name for place in query.places),
        target=messages.EXPLAIN_TARGET[query.wants_target],
        scope=messages.EXPLAIN_SCOPES[query.scope],
        words="、".join(query.content) or messages.EXPLAIN_NO_WORDS,
    )
    if query.wants_table:
        yield messages.EXPLAIN_TABLE_WANTED
    for turn in query.question.history:
        answer = turn.answer or messages.EXPLAIN_NO_ANSWER
        yield messages.EXPLAIN_TURN.format(question=turn.question, answer=answer)


def listed(names: Iterable[str]) -> str:
    """The names in a row, each once; of none, that none was named.

    >>> listed(["柳州市", "岳阳市", "柳州市"]), listed([])
    ('柳州市、岳阳市', '未指明')
    """
    return "、".join(dict.fromkeys(names)) or messages.EXPLAIN_NONE


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
    """The best sentences that were weighed, one a line, each with what of it is other than asked."""
    for found in explanation.evidence[:SHOWN_SENTENCES]:
        sentence = " ".join(found.span.of(found.document.text).split())
        fits = "、".join(misfits_told(found)) or messages.EXPLAIN_NO_MISFIT
        yield f"  {found.score:.3f}  {found.coverage:.0%}  {fits}  {sentence}"


def misfits_told(found: Evidence) -> Iterator[str]:
    """What of a sentence is other than asked, with the period or place that its figure has instead."""
    figure = found.figure
    period = figure.period if figure else None
    place = figure.place if figure else None
    told = {
        "period": period.period.label() if period else "",
        "subject": listed(one.short for one in place.places) if place else "",
    }
    for misfit, name in messages.EXPLAIN_MISFITS.items():
        if misfit not in found.misfits:
            continue
        has = told.get(misfit)
        yield messages.EXPLAIN_MISFIT_TOLD.format(misfit=name, told=has) if has else name


def figures_text(selected: Sequence[Selected]) -> str:
    """One line a figure: value, indicator, place, period, what it tells, and where it stands; then how many there are.

    A `～` before the value marks one that only the words around it make a match.
    """
    if not selected:
        return messages.FIGURES_NONE
    columns = messages.FIGURE_COLUMNS
    rows = [tuple(columns[number] for number in (5, 0, 1, 2, 6, 10, 13))]
    rows += [figure_line(one) for one in selected]
    count = sum(bool(one.by_context) for one in selected)
    told = messages.FIGURES_FOUND.format(count=f"{len(selected):,}")
    if count:
        told += messages.FIGURES_BY_CONTEXT.format(count=f"{count:,}")
    return "\n".join([*text_table(rows, right=frozenset({0})), "", f"{told}。"])


def figure_line(one: Selected) -> tuple[str, ...]:
    """The columns of a figure: value, indicator, place, period, what it tells, file with line, and its clause."""
    listed, figure = one.listed, one.listed.figure
    kind = measure_label(figure) + (messages.FIGURE_TARGET if figure.is_target else "")
    lines = "" if listed.lines is None else f":{line_range(listed.lines)}"
    return (
        visible(f"{'～' if one.by_context else ''}{listed.written}"),
        _slot(figure.indicator),
        visible(subject_label(listed)),
        _slot(figure.period),
        kind,
        visible(f"{listed.document}{lines}"),
        visible(shown_clause(listed)),
    )


def _slot(slot: Slot | None) -> str:
    return "" if slot is None else visible(" ".join(slot.text.split()))


def figures_written_text(files: Sequence[Path], count: int) -> str:
    """What was written, a file a line."""
    return "\n".join(messages.FIGURES_WRITTEN.format(file=file, count=f"{count:,}") for file in files)


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
