"""Paragraphs that a caption, a table or the edge of a page had cut in two, whole again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.ingest.breaks import crosses_word, go_together
from policy_qa.ingest.lines import SENTENCE_MARK
from policy_qa.ingest.wrapping import NEARLY_FULL, is_in_bracket, is_stopped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_qa.ingest.wrapping import Layout, Line

REACH = 60  # lines: how far from its first part the rest of a sentence may have strayed on a scrambled page
FEWEST_STRAYED = 2  # on a scrambled page at least two sentences have lost their rests
HAN = re.compile(r"[\u3400-\u9fff]")


def mend(groups: Sequence[list[Line]], layout: Layout, text: str) -> list[list[Line]]:
    """The groups with those joined that are one paragraph, what had stood between them after it.

    A paragraph that stops inside a sentence goes on behind the tables, captions and notes that follow it. On a page
    whose columns were read in the wrong order the rests are told by the characters on both sides of the cut, which
    stand together elsewhere in `text`.
    """
    rest_of = find_rests(groups, layout, text)
    taken = set(rest_of.values())
    mended = []
    for index in range(len(groups)):
        if index not in taken:
            lines, place = list(groups[index]), index
            while place in rest_of:
                place = rest_of[place]
                lines += groups[place]
            mended.append(lines)
    return mended


def resumes(groups: Sequence[Sequence[Line]], line: Line, layout: Layout) -> bool:
    """Whether a full line behind a note or caption goes on with the sentence that they cut rather than with them."""
    if groups[-1][0].kind != "apart" or layout.width is None or line.columns < NEARLY_FULL * layout.width:
        return False
    before = next((group for group in reversed(groups) if group[0].kind not in ("table", "apart")), None)
    return before is not None and is_open(before, layout)


def find_rests(groups: Sequence[Sequence[Line]], layout: Layout, text: str) -> Mapping[int, int]:
    """By the index of a group that stops inside a sentence, the index of the one that goes on with it."""
    next_to: dict[int, int] = {}
    for index, group in enumerate(groups):
        if is_open(group, layout):
            after = next_text(groups, index)
            if after is not None and may_be_rest(groups[after], layout):
                next_to[index] = after
    rest_of = find_strayed(groups, next_to, text)
    taken = set(rest_of.values())
    for index, after in next_to.items():
        if index not in rest_of and after not in taken and is_cut(groups, index, after, layout, text):
            rest_of[index] = after
    return rest_of


def is_cut(groups: Sequence[Sequence[Line]], index: int, after: int, layout: Layout, text: str) -> bool:
    """Whether an open group and the next text are two parts of one paragraph.

    They are where a caption or table stands between them; right below each other where paragraphs of the text end with
    their sentences and the characters on both sides of the cut go together, in the text or in a word.
    """
    if after > index + 1:
        return True
    if layout.width is not None or not layout.shows_cuts:
        return False
    end, start = groups[index][-1].text, groups[after][0].text
    return go_together(end, start, text) or crosses_word(end, start)


def find_strayed(groups: Sequence[Sequence[Line]], next_to: Mapping[int, int], text: str) -> dict[int, int]:
    """The open groups of a scrambled page with their rests: not the next text, but the only one that goes with each.

    Where all but one sentence of the page have found theirs, the last one's is what is left.
    """
    strayed: dict[int, int] = {}
    for index, after in next_to.items():
        end = groups[index][-1].text
        if not HAN.match(end[-1]) or go_together(end, groups[after][0].text, text):
            continue
        fitting = [
            rest
            for rest in next_to.values()
            if rest not in (after, index)
            and abs(groups[rest][0].number - groups[index][-1].number) <= REACH
            and go_together(end, groups[rest][0].text, text)
        ]
        if len(fitting) == 1:
            strayed[index] = fitting[0]
    rests = list(strayed.values())
    strayed = {index: rest for index, rest in strayed.items() if rests.count(rest) == 1}
    if len(strayed) < FEWEST_STRAYED:
        return {}
    robbed = [index for index, after in next_to.items() if index not in strayed and after in strayed.values()]
    left = [next_to[index] for index in strayed if next_to[index] not in strayed.values()]
    if len(robbed) == len(left) == 1:
        strayed[robbed[0]] = left[0]
    return strayed


def is_open(group: Sequence[Line], layout: Layout) -> bool:
    """Whether the group is running text that stops inside a sentence."""
    last = group[-1]
    if (
        last.level
        or last.kind in ("table", "apart")
        or group[0].kind in ("table", "apart")
        or is_stopped(last)
    ):
        return False
    if is_in_bracket(group):
        return True
    if layout.width is not None:
        return last.columns >= NEARLY_FULL * layout.width and (last.kind != "numbered" or len(group) > 1)
    return last.kind != "numbered" and SENTENCE_MARK.search(last.text) is not None


def next_text(groups: Sequence[Sequence[Line]], index: int) -> int | None:
    """The index of the next group that is neither of a table nor a caption or note."""
    return next(
        (after for after in range(index + 1, len(groups)) if groups[after][0].kind not in ("table", "apart")),
        None,
    )


def may_be_rest(group: Sequence[Line], layout: Layout) -> bool:
    """Whether the group may go on with a sentence that was cut: it starts with nothing of its own."""
    first = group[0]
    return (
        first.kind == "prose"
        and not first.level
        and first.indent <= layout.body_indent
        and SENTENCE_MARK.search("".join(line.text for line in group)) is not None
    )
