"""What print put on a page beside its text: running heads, page numbers, photo credits and lone photo captions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ingest.breaks import go_together
from policy_qa.ingest.lines import SENTENCE_MARK, TERMINAL, find_mark
from policy_qa.ingest.wrapping import SENTENCE_END, is_stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_qa.ingest.wrapping import Layout, Line
    from policy_qa.types import SetAsideKind

_DASH = r"[-－—–―·•~～]"
PAGE_NUMBER = re.compile(
    rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}+|第\s*\d{{1,4}}\s*页(?:\s*[,，/／]?\s*共\s*\d{{1,4}}\s*页)?|[Pp]age\s+\d{{1,4}}(?:\s+of\s+\d{{1,4}})?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
)
PAGE_NUMBER_ENDS = frozenset(
    "0123456789页-－—–―·•~～"
)  # told before the pattern is tried: most lines end otherwise
BARE_NUMBER = re.compile(r"\d{1,4}")
ISSUE = re.compile(
    r"(?:\d{1,4}?[\s|｜·]*)?(?:[^\d\s，。；：]{2,20}[\s|｜·]*)?(?:19|20)\d{2}\s*年?\s*[,，.·/-]?\s*第?\s*\d{1,3}\s*期"
    r"(?:[（(]总第?\s*\d{1,4}\s*期[）)])?(?:[\s|｜·]*[^\d\s，。；：]{2,20})?(?:[\s|｜·]+\d{1,4})?"
)
CREDIT = re.compile(
    r"[／/][ \u3000]*(?:摄影?|供图|图)$|[（(][^（()）]{2,16}(?:摄|供图)[）)]$|(?:摄影|供图|图片来源)[：:][^，。；]{2,20}$|[\u4e00-\u9fff][ \u3000]摄$"
)
MAX_FURNITURE_COLUMNS = 60
MAX_CREDIT_COLUMNS = 100
MAX_CAPTION = 0.9  # of the width: a fuller line is rather prose
MIN_PAGES = 3  # a running head or bare number counts as one where it comes this often
MIN_PAGE_LINES = 3  # a line that comes more often than every third is no running head
MIN_HEAD_CHARS = 4
MAX_TITLE_LINES = 3
EDGE_NUMBER = re.compile(r"^\d{1,4}(?=\D)[\s|｜·]*|[\s|｜·]*(?<=\D)\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a line is that belongs to the page and not to the text, and by what it was told."""

    kind: SetAsideKind
    reason: str


def find_furniture(lines: Sequence[Line], layout: Layout, text: str) -> Mapping[int, Furniture]:
    """By their index, the lines that belong to the page and not to its text, with what they are.

    Page numbers and the line of a journal's issue are told by their form; running heads by coming again at the edges of
    pages, or by standing beside such a line where a sentence is cut; photo captions by their credit, or where a short
    line without any sign stands in the middle of a wrapped sentence. `text` is the whole file.
    """
    found: dict[int, Furniture] = {}
    for index, line in enumerate(lines):
        if line.level or line.columns > MAX_FURNITURE_COLUMNS:
            continue
        if line.text[-1] in PAGE_NUMBER_ENDS and PAGE_NUMBER.fullmatch(line.text):
            found[index] = Furniture("page number", messages.ASIDE_PAGE_NUMBER)
        elif "期" in line.text and index >= MAX_TITLE_LINES and ISSUE.fullmatch(line.text):
            found[index] = Furniture("running head", messages.ASIDE_ISSUE)
    found |= find_bare_numbers(lines, found)
    longest = MAX_FURNITURE_COLUMNS if layout.width is None else MAX_CAPTION * layout.width
    short = [index for index, line in enumerate(lines) if line.columns <= longest and may_be_head(line)]
    found |= find_repeated_heads(lines, found, short)
    found |= find_neighbours(lines, found, short)
    found |= find_credits(lines, found, layout)
    found |= find_lone_captions(lines, found, short, text, pages_show=layout.width is not None)
    return found


def find_bare_numbers(lines: Sequence[Line], found: Mapping[int, Furniture]) -> dict[int, Furniture]:
    """Lines that hold a mere number, where such numbers rise by one from page to page."""
    bare = [
        (index, int(line.text))
        for index, line in enumerate(lines)
        if line.kind == "prose" and BARE_NUMBER.fullmatch(line.text) and index not in found
    ]
    counted = {
        index
        for place, (index, number) in enumerate(bare)
        if any(
            abs(other - index) > 3 and 0 < abs(step) <= 2 and (other > index) == (step > 0)
            for other, step in [(at, value - number) for at, value in bare[max(place - 1, 0) : place + 2]]
        )
    }
    if len(counted) < MIN_PAGES:
        return {}
    return {index: Furniture("page number", messages.ASIDE_RISING_NUMBERS) for index in counted}


def find_repeated_heads(
    lines: Sequence[Line], found: Mapping[int, Furniture], short: Sequence[int]
) -> dict[int, Furniture]:
    """Short lines that come again from page to page, page numbers aside, where a sentence is cut or beside a page number."""
    places: dict[str, list[int]] = {}
    for index in short:
        words = EDGE_NUMBER.sub("", lines[index].text)
        if index not in found and len(words) >= MIN_HEAD_CHARS:
            places.setdefault(words, []).append(index)
    heads: dict[int, Furniture] = {}
    for same in places.values():
        at_edge = [index for index in same if cuts_sentence(lines, index, found) or is_beside(index, found)]
        far_apart = all(after - before >= MIN_PAGE_LINES for before, after in pairwise(at_edge))
        if len(at_edge) >= MIN_PAGES and far_apart and 2 * len(at_edge) > len(same):
            reason = messages.ASIDE_REPEATED.format(count=len(same))
            heads |= {index: Furniture("running head", reason) for index in at_edge}
    return heads


def find_neighbours(
    lines: Sequence[Line], found: Mapping[int, Furniture], short: Sequence[int]
) -> dict[int, Furniture]:
    """The running heads beside page numbers and issue lines: short lines that come again or cut a sentence with them."""
    short = [index for index in short if index not in found and is_beside(index, found)]
    times = Counter(lines[index].text for index in short)
    return {
        index: Furniture("running head", messages.ASIDE_BESIDE_PAGE_NUMBER)
        for index in short
        if times[lines[index].text] > 1 or cuts_sentence(lines, index, found)
    }


def may_be_head(line: Line) -> bool:
    """Whether the line may be a running head by its look: short, no sentence, no number before it."""
    return (
        line.kind == "prose"
        and not line.level
        and not SENTENCE_MARK.search(line.text)
        and not line.text.endswith(("：", ":", "、"))
        and not BARE_NUMBER.fullmatch(line.text)
    )


def is_beside(index: int, found: Mapping[int, Furniture]) -> bool:
    """Whether the line stands next to one that was found."""
    return index - 1 in found or index + 1 in found


def cuts_sentence(lines: Sequence[Line], index: int, found: Mapping[int, Furniture]) -> bool:
    """Whether the running text before the line stops inside a sentence, and the text behind it starts nothing new."""
    before = next(text_lines(lines, range(index - 1, -1, -1), found), None)
    after = next(text_lines(lines, range(index + 1, len(lines)), found), None)
    return (
        before is not None
        and after is not None
        and before.kind in ("prose", "item")
        and (SENTENCE_MARK.search(before.text) is not None or before.columns >= MAX_FURNITURE_COLUMNS / 2)
        and not is_stopped(before)
        and after.kind == "prose"
        and not after.level
        and find_mark(after.text) is None
    )


def text_lines(lines: Sequence[Line], places: range, found: Mapping[int, Furniture]) -> Iterator[Line]:
    """The lines of these places that are text: neither found before, nor of a table, nor a caption or note."""
    for index in places:
        if index not in found and lines[index].kind not in ("table", "apart"):
            yield lines[index]


def find_credits(
    lines: Sequence[Line], found: Mapping[int, Furniture], layout: Layout
) -> dict[int, Furniture]:
    """Lines that end with the name of a photographer, with the lines above that the same caption started on."""
    credited: dict[int, Furniture] = {}
    for index, line in enumerate(lines):
        if index in found or line.level or not is_credit(line):
            continue
        credited[index] = Furniture("photo credit", messages.ASIDE_CREDIT)
        if layout.width is None or index == 0 or index - 1 in found:
            continue
        above, before = lines[index - 1], lines[index - 2] if index > 1 else None
        starts_caption = above.starts_page or above.indent > line.indent
        if (
            starts_caption
            and not SENTENCE_END.search(above.text)
            and not is_stopped(above)
            and above.kind == "prose"
            and (
                before is None or before.columns < MAX_CAPTION * layout.width or TERMINAL.search(before.text)
            )
        ):
            credited[index - 1] = Furniture("photo credit", messages.ASIDE_CREDIT_ABOVE)
    return credited


def is_credit(line: Line) -> bool:
    """Whether the line is a photo's caption of a sentence at most, and ends with the name of who took it."""
    return (
        ("摄" in line.text or "图" in line.text)
        and line.columns <= MAX_CREDIT_COLUMNS
        and CREDIT.search(line.text) is not None
        and len(SENTENCE_END.findall(line.text)) <= 1
    )


def find_lone_captions(
    lines: Sequence[Line],
    found: Mapping[int, Furniture],
    short: Sequence[int],
    text: str,
    *,
    pages_show: bool,
) -> dict[int, Furniture]:
    """Short lines without any sign between two lines of one sentence: captions of photos that were left out.

    The sentence is known to go on behind the line by a new page, where pages show, or by the characters on both sides,
    which stand together elsewhere in the text.
    """
    pages_show = pages_show and 10 * sum(line.starts_page for line in lines) <= len(lines)
    captions: dict[int, Furniture] = {}
    is_short = set(short)
    for index in short:
        if (
            not 0 < index < len(lines) - 1
            or {index - 1, index, index + 1} & found.keys()
            or index - 1 in is_short
        ):
            continue
        before, line, after = lines[index - 1], lines[index], lines[index + 1]
        new_page = pages_show and after.starts_page
        if before.kind in ("table", "apart"):
            continue
        if (new_page or goes_on_behind(before, line, after, text)) and cuts_sentence(lines, index, found):
            captions[index] = Furniture("photo caption", messages.ASIDE_LONE_CAPTION)
    return captions


def goes_on_behind(before: Line, line: Line, after: Line, text: str) -> bool:
    """Whether the characters before the line and behind it stand together elsewhere, those before it and in it not."""
    return go_together(before.text, after.text, text) and not go_together(before.text, line.text, text)
