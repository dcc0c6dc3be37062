"""The lines of a table's caption, and the line that says its unit, above its heads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.ingest.lines import APART, NOTE, find_mark
from policy_qa.ingest.tables.labels import UNIT_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

CAPTION = re.compile(
    r"(?:#{1,6}\s+)?(?:\*\*|__)?(?:续|附)?表\s?(?:[A-Z]?\d+(?:\s?[-–—.]\s?\d+){0,2}|[一二三四五六七八九十]+(?=[\s：:]))"
    r"(?![\d）)、，。；和与至中可显所是为上的列给反])"
)
TITLE_END = re.compile(r"(?:表|一览|情况|统计|比较|对比|指标)(?:[（(][^（）()]{1,12}[)）])?$")
SENTENCE = re.compile(r"[，。；！？!?;]")


def find_caption(lines: Sequence[str], top: int, floor: int) -> tuple[range, int | None]:
    """The lines of the caption above the line `top`, and the unit line between them or right before the caption."""
    unit: int | None = None
    place = top - 1
    if place >= floor and is_unit_line(lines[place]):
        unit, place = place, place - 1
    for start in range(place, max(floor, place - 3) - 1, -1):
        content = lines[start].strip()
        if is_caption(content):
            if unit is None and start > floor and is_unit_line(lines[start - 1]):
                unit = start - 1
            return range(start, place + 1), unit
        if not may_continue_caption(content):
            break
    if place >= floor and is_unnumbered_caption(lines[place].strip(), has_unit=unit is not None):
        return range(place, place + 1), unit
    return range(top, top), unit


def is_unit_line(line: str) -> bool:
    """Whether the line says in what unit a table is."""
    return len(line) < 60 and UNIT_LINE.fullmatch(line.strip()) is not None


def is_caption(content: str) -> bool:
    """Whether the line starts a numbered caption of a table."""
    return len(content) <= 80 and CAPTION.match(content) is not None and not re.search(r"[。；！？]", content)


def may_continue_caption(content: str) -> bool:
    """Whether the line may be the second half of a caption."""
    if SENTENCE.search(content) or find_mark(content) or content[0] == "#" or APART.match(content):
        return False
    return len(content) <= 40 and "\t" not in content and "|" not in content


def is_unnumbered_caption(content: str, *, has_unit: bool) -> bool:
    """Whether a line without a number is a caption: it says so, or a unit line stands below it."""
    if not may_continue_caption(content) or NOTE.match(content) or content[-1] in "：:、":
        return False
    return has_unit or (TITLE_END.search(content) is not None and " " not in content)
