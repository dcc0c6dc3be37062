"""What a single line looks like: a row of a table, by what parts its fields, or a few words between rows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from policy_qa.ingest.lines import APART, NOTE, find_mark
from policy_qa.ingest.tables.fields import (
    FIELD,
    RULE_LINE,
    SPLIT_GAP,
    count_values_at_end,
    is_period,
    is_value,
    print_width,
    split_gaps,
)
from policy_qa.ingest.tables.labels import UNIT_LINE
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["", "tab", "bar", "strong", "weak", "words"]
NO_ROW = re.compile(r"[，。；！？!?;=＝“”《》→√]|^#")
DOTS_OF_CONTENTS = re.compile(r"[.．·]{4,}|…{3,}|(?:[.·…]\s){4,}")
NUMBERED_HEADS = re.compile(r"\s*(?:序号|编号)\s")
ROW_NUMBER = re.compile(r"\s*\d{1,3}(?=[ \u3000])")
SPACE = re.compile(r"\S[ \u00a0\u2002\u2003\u3000]+\S")
MAX_LABEL_CHARS = 30
MAX_PIECE_COLUMNS = 24
CAPTION = re.compile(
    r"(?:#{1,6}\s+)?(?:\*\*|__)?(?:续|附)?表\s?(?:[A-Z]?\d+(?:\s?[-–—.]\s?\d+){0,2}|[一二三四五六七八九十]+(?=[\s：:]))"
    r"(?![\d）)、，。；和与至中可显所是为上的列给反])"
)
TITLE_END = re.compile(r"(?:表|一览|情况|统计|比较|对比|指标)(?:[（(][^（）()]{1,12}[)）])?$")
SENTENCE = re.compile(r"[，。；！？!?;]")


def find_kinds(lines: Sequence[str]) -> list[Kind]:
    """What each line looks like; below a head 序号 the number at its start is no part of a row."""
    kinds: list[Kind] = []
    has_numbers = False
    for line in lines:
        has_numbers = has_numbers or NUMBERED_HEADS.match(line) is not None
        kind = kind_of(line)
        if not kind and has_numbers and (number := ROW_NUMBER.match(line)):
            kind = kind_of(line[number.end() :])
        kinds.append(kind)
    return kinds


@lru_cache(maxsize=4096)  # lines are looked at again once page furniture is gone
def kind_of(line: str) -> Kind:
    """What parts the fields of a line, if it looks like a row of a table; strong ones hold several values, words none."""
    if "\t" in line and ("\t" in line.strip() or line.count("\t") > 2):
        return "tab"
    if "|" in line or "｜" in line:
        return "bar"
    if RULE_LINE.fullmatch(line):
        return "bar" if "+" in line else ""
    content = line.strip()
    if not SPACE.search(content) or NO_ROW.search(content) or DOTS_OF_CONTENTS.search(content):
        return ""
    return rate_spaced(content)


def rate_spaced(content: str) -> Kind:
    """How much a line parted by spaces looks like a row: a label, then values."""
    texts = FIELD.findall(content)
    values = [text for text in texts[1:] if is_value(text)]
    if not values or all(map(is_period, values)):
        in_columns = len(SPLIT_GAP.split(content)) > 2 and not (
            is_named_value(content) or CAPTION.match(content)
        )
        return "words" if in_columns and len(split_gaps(content, Span(0, len(content)))) > 2 else ""
    if (is_value(texts[0]) and not is_period(texts[0])) or is_named_value(content) or CAPTION.match(content):
        return ""
    trailing = count_values_at_end(texts)
    label = "".join(texts[: len(texts) - trailing])
    if trailing and len(label) <= MAX_LABEL_CHARS:
        return "strong" if trailing > 1 else "weak"
    gaps = split_gaps(content, Span(0, len(content)))
    return "weak" if len(gaps) > 2 or (len(texts) > 3 and 2 * len(values) >= len(texts)) else ""


def is_named_value(content: str) -> bool:
    """Whether the line is a name, a colon and what belongs to it: a telephone number, members of a group."""
    return re.search(r"(?<!其中)(?:：|(?<!\d):)", content) is not None


def family(kind: Kind) -> str:
    """The mark that parts the fields of a line of this kind."""
    return "space" if kind in {"strong", "weak", "words"} else kind


def is_lone(line: str) -> bool:
    """Whether the line is a few words alone, as a broken label's first half or a title over rows is."""
    content = line.strip()
    if SENTENCE.search(content) or APART.match(content) or content[0] == "#" or CAPTION.match(content):
        return False
    return print_width(content) <= MAX_PIECE_COLUMNS and len(content.split()) <= 3 and not is_value(content)


def is_row_of_periods(line: str) -> bool:
    """Whether a line between rows is a label with years as its values."""
    fields = FIELD.findall(line)
    return (
        len(fields) > 2
        and not is_period(fields[0])
        and all(map(is_period, fields[1:]))
        and not NO_ROW.search(line)
    )


def has_values(line: str) -> bool:
    """Whether a line split by tabs holds a value behind its label."""
    return any(
        is_value(field.strip()) and field.strip() and not is_period(field.strip())
        for field in line.split("\t")[1:]
    )


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
