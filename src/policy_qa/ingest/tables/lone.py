"""Lines within a table that hold words and no values: the first half of a broken label, or a title over rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.breaks import togetherness
from policy_qa.ingest.lines import find_mark
from policy_qa.ingest.tables.fields import Field, join_fields, print_width
from policy_qa.ingest.tables.grid import GridRow, UnclearTableError
from policy_qa.ingest.tables.labels import is_relation
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


CLEARLY_TOGETHER = 4  # characters across the break that stand so elsewhere in the text


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table's body: a row with its fields in their columns, or a lone line with its words."""

    span: Span
    fields: tuple[Field | None, ...]
    is_lone: bool
    indent: int = 0


def bind_lone_lines(entries: Sequence[Entry], text: str) -> list[GridRow]:
    """The rows, each with the lone line above it that is the start of its label, and titles as rows of their own.

    Raises UnclearTableError where neither the text nor the order of the lines tells one from the other.
    """
    if not entries:
        raise UnclearTableError(messages.UNREAD_NO_ROWS)
    if entries[-1].is_lone:
        raise UnclearTableError(messages.UNREAD_WORDS_AT_END)
    joined = {index for index, entry in enumerate(entries) if entry.is_lone and not is_title(entry)}
    if joined:
        joined = decide(entries, sorted(joined), text)
    rows: list[GridRow] = []
    pending: Entry | None = None
    for index, entry in enumerate(entries):
        label = entry.fields[0]
        if entry.is_lone and index in joined:
            pending = entry
        elif entry.is_lone:
            rows.append(GridRow(entry.span, entry.fields, entry.indent, is_group=True))
        elif pending is not None and label is not None and pending.fields[0] is not None:
            span = Span(pending.span.start, entry.span.end)
            whole = join_fields([pending.fields[0], label])
            rows.append(GridRow(span, (whole, *entry.fields[1:]), pending.indent))
            pending = None
        else:
            rows.append(GridRow(entry.span, entry.fields, entry.indent))
    return rows


def is_title(entry: Entry) -> bool:
    """Whether a lone line is counted off or ends with a colon, as titles over rows do."""
    label = entry.fields[0]
    return label is not None and (find_mark(label.text) is not None or label.text[-1] in "：:")


def decide(entries: Sequence[Entry], lone: Sequence[int], text: str) -> set[int]:
    """Which of the lone lines start a broken label; all or none, since one table is printed in one way."""
    followers = [count_followers(entries, index) for index in lone]
    if any(entries[index + 1].is_lone for index in lone):
        raise UnclearTableError(messages.UNREAD_WORDS_IN_TWO_LINES)
    ahead = [togetherness(words(entries[index]), words(entries[index + 1]), text) for index in lone]
    behind = [
        togetherness(words(entries[index - 1]), words(entries[index]), text)
        if index and not entries[index - 1].is_lone
        else 0
        for index in lone
    ]
    if any(back > on for back, on in zip(behind, ahead, strict=True)) and lone[0] > 0:
        raise UnclearTableError(messages.UNREAD_WORDS_BELOW_LABEL)
    if all(count <= 1 for count in followers) and (any(ahead) or lone[0] == 0):
        return set(lone)
    if all(count > 1 for count in followers) and (not any(ahead) or is_repeated(entries, lone)):
        return set()
    if len(lone) == 1 and ahead[0] >= CLEARLY_TOGETHER:
        return set(lone)  # titles over rows come in twos at least
    widest = max(label_width(entry) for entry in entries)
    if all(ahead) and all(label_width(entries[index]) >= widest - 1 for index in lone):
        return set(lone)
    raise UnclearTableError(messages.UNREAD_WORDS_ABOVE_LABEL)


def is_repeated(entries: Sequence[Entry], lone: Sequence[int]) -> bool:
    """Whether the same label stands first below every lone line of several."""
    return len(lone) > 1 and len({words(entries[index + 1]) for index in lone}) == 1


def label_width(entry: Entry) -> int:
    """The columns of print that the entry's label takes."""
    return print_width(words(entry))


def words(entry: Entry) -> str:
    """The words of the entry's label."""
    label = entry.fields[0]
    return label.text if label is not None else ""


def count_followers(entries: Sequence[Entry], index: int) -> int:
    """How many rows stand below a lone line before the next, those that only name a relation aside."""
    count = 0
    for entry in entries[index + 1 :]:
        if entry.is_lone:
            break
        count += not is_relation(words(entry))
    return count
