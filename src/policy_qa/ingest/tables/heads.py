"""Heads that print had broken over lines, a piece a line: which pieces are one head."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.breaks import togetherness
from policy_qa.ingest.tables.fields import Field, is_unit, join_fields, print_width
from policy_qa.ingest.tables.grid import UnclearTableError

if TYPE_CHECKING:
    from collections.abc import Sequence

ONLY_BRACKETS = re.compile(r"[（(](?:单位[：:])?([^（）()]+)[)）]")
ENDS_WITH_UNIT = re.compile(r"[（(](?:单位[：:])?([^（）()]+)[)）]$")
MAX_PIECES = 40


@dataclass(frozen=True, slots=True)
class Partition:
    """The best way to make heads of the pieces up to a place: its score, how many ways there are, where heads end."""

    score: int
    ways: int
    is_unique: bool
    ends: tuple[int, ...]


def join_broken_heads(pieces: Sequence[Field], count: int, text: str) -> list[Field]:
    """The `count` heads that the pieces, one a line, were broken into. Raises UnclearTableError if not unique.

    A unit in brackets ends a head; a piece goes on in the next only where it was full, as wide as the widest of its
    head; of the ways left the one is taken whose pieces stand together in the text or in the dictionary.
    """
    if not count <= len(pieces) <= MAX_PIECES:
        raise UnclearTableError(messages.UNREAD_HEADS_BROKEN.format(pieces=len(pieces), columns=count))
    scores = [togetherness(one.text, other.text, text) for one, other in itertools.pairwise(pieces)]
    best = best_partition(pieces, count, scores)
    if best is None:
        raise UnclearTableError(messages.UNREAD_HEADS_BROKEN.format(pieces=len(pieces), columns=count))
    starts = (0, *best.ends[:-1])
    groups = [list(pieces[start:end]) for start, end in zip(starts, best.ends, strict=True)]
    joined = [
        scores[place]
        for start, end in zip(starts, best.ends, strict=True)
        for place in range(start, end - 1)
        if not is_bracketed_unit(pieces[place + 1]) and not is_open(pieces[place].text)
    ]
    if best.ways > 1 and (not best.is_unique or min(joined, default=1) == 0):
        raise UnclearTableError(
            messages.UNREAD_HEADS_BROKEN_MANY_WAYS.format(pieces=len(pieces), columns=count)
        )
    return [join_fields(group) for group in groups]


def best_partition(pieces: Sequence[Field], count: int, scores: Sequence[int]) -> Partition | None:
    """The partition of the pieces into `count` heads that stand together most, None where none is possible."""
    table: dict[tuple[int, int], Partition] = {(0, 0): Partition(0, 1, is_unique=True, ends=())}
    for heads in range(1, count + 1):
        for end in range(heads, len(pieces) + 1):
            options = []
            for start in range(heads - 1, end):
                before = table.get((heads - 1, start))
                if before is not None and may_be_head(pieces, start, end):
                    score = before.score + sum(scores[start : end - 1])
                    options.append(Partition(score, before.ways, before.is_unique, (*before.ends, end)))
            if options:
                top = max(options, key=lambda option: option.score)
                rivals = sum(option.score == top.score for option in options)
                ways = sum(option.ways for option in options)
                table[heads, end] = Partition(top.score, ways, top.is_unique and rivals == 1, top.ends)
    return table.get((count, len(pieces)))


def may_be_head(pieces: Sequence[Field], start: int, end: int) -> bool:
    """Whether print may have broken one head into these pieces."""
    group = pieces[start:end]
    if is_bracketed_unit(group[0]) or (
        end < len(pieces) and (is_bracketed_unit(pieces[end]) or is_open(group[-1].text))
    ):
        return False
    if any(
        ends_with_unit(piece) and not is_bracketed_unit(after) for piece, after in itertools.pairwise(group)
    ):
        return False
    words = [piece for piece in group if not is_bracketed_unit(piece)]
    widths = [print_width(piece.text) for piece in words]
    return all(width >= max(widths) - 1 for width in widths[:-1])


def is_bracketed_unit(piece: Field) -> bool:
    """Whether the piece is a unit in brackets and nothing else: 「（亿元）」."""
    found = ONLY_BRACKETS.fullmatch(piece.text)
    return found is not None and is_unit(found[1])


def ends_with_unit(piece: Field) -> bool:
    """Whether the piece ends with a unit in brackets."""
    found = ENDS_WITH_UNIT.search(piece.text)
    return found is not None and is_unit(found[1])


def is_open(words: str) -> bool:
    """Whether a bracket is opened and not closed."""
    return len(re.findall(r"[（(]", words)) > len(re.findall(r"[)）]", words))
