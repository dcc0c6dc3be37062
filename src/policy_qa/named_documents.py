"""Documents that a question names by their titles, in full or in part: it is asked of these alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.telling_words import sorts
from policy_qa.types import Span, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from policy_qa.types import Document

DOCUMENT, TWO_DOCUMENTS = "报告", "两份报告"
"""What stands in a question for a document that it names, and for two beside each other."""
TITLE = re.compile(r"《(?P<title>[^》]{2,60})》")
ENDS_NAME = re.compile(r"[，,。；;：:？?！!、（）()\s]")
NO_BODY = r"(?!(?<=研究)(?:[院所员生者与]|中心|经费|成果))"
"""研究 in 研究院 names no document."""
_TELLS = (
    r"(?:里面?|(?<![，,：:])[中上]|所|涉及|列出?|给出|显示|说|称|指出|提到|认为|[，,：:]|的(?=数|排名|口径))"
)
TOLD_BY_TITLE = re.compile(
    rf"(?:根据|依据|按照?|据){TITLE.pattern}{_TELLS}*|[在从]?{TITLE.pattern.replace('title', 'told')}(?!，){_TELLS}+的?"
)
"""What names a source by its title: 根据《…》，, 《…》涉及的; no title that is itself asked about."""
FLOATS = 6
"""A table may stand so many blocks before or behind the paragraph that speaks of it."""
TOLD_THERE = re.compile(
    rf"{DOCUMENT}(?:里面?|[中上])?(?:所|曾|已)?(?:列|列出|列示|给|给出|统计|公布|收录|提到|对比|比较)[了过]?的(?![是有：:])"
)
"""What is asked of that which a document tells is asked of the document: 报告列出的城镇化率."""
POINTED = "[这那]一?[份篇本]"
POINTED_AT = re.compile(rf"(?:的?{POINTED}|的?[这那]一?个|的)$")
QUOTES = "“”\"'‘’《》"
OTHERS = re.compile(r"(?:其他|其它|另外?|别的|[各几谈讲]|关于|有关)[^，,。；;：:？?！!、]{0,8}$")
"""Before a word for documents: others are asked of as well, that no title tells (其他报告, 谈绿化的文章)."""
JOINED = re.compile(rf"{DOCUMENT}(?:以?及|[和与跟、同]){DOCUMENT}")
MOST_CHARS, LEAST_ASKED = 24, 8
LEAST_CHARS = 4
"""So much of a title, places and times aside, tells which document is meant."""
UNMATCHED_WORTH = 2
"""What a title lacks counts so many times against a name."""


@dataclass(frozen=True, slots=True)
class NamedDocuments:
    """A question with its documents' names taken out, and the names of the files that are meant; None where it names none."""

    text: str
    documents: frozenset[str] | None = None
    titles: tuple[str, ...] = ()


def name_documents(text: str, titles: Callable[[], Mapping[str, str]]) -> NamedDocuments:
    """The question and the documents that it names; `titles` (title by file name) is asked for only where one may be named.

    >>> titles = {"a.txt": "甲市园林绿化发展研究", "b.txt": "甲市轨道交通建设情况"}
    >>> name_documents("园林绿化报告里乙市的绿化率和表2一致吗", lambda: titles).text
    '报告里乙市的绿化率和表2一致吗'
    """
    heads = _heads_of(text)
    if not heads:
        return NamedDocuments(text)
    known = titles()
    found: list[tuple[Span, str]] = []
    for start, end in heads:
        named = _named_before(text, max([0, *(span.end for span, _ in found)]), start, known)
        if named is not None:
            found.append((Span(named[0], end), named[1]))
        elif OTHERS.search(text, 0, start):
            return NamedDocuments(text)
    if not found:
        return NamedDocuments(text)
    plain = text
    for span, _ in reversed(found):
        plain = plain[: span.start] + _kept_slots(text, span) + DOCUMENT + plain[span.end :]
    names = tuple(dict.fromkeys(name for _, name in found))
    told = tuple(known[name] for name in names)
    plain = TOLD_THERE.sub(f"{DOCUMENT}里，", JOINED.sub(TWO_DOCUMENTS, plain))
    return NamedDocuments(plain, frozenset(names), told)


def told_by_title(text: str) -> tuple[str, str] | None:
    """The title of what a question names as its source, and the question without it; None where little else is asked.

    >>> told_by_title("《城市绿化指数（2018）》涉及的甲市、乙市中，绿化指数最高的是哪个？")
    ('城市绿化指数（2018）', '甲市、乙市中，绿化指数最高的是哪个？')
    """
    found = TOLD_BY_TITLE.search(text)
    if found is None:
        return None
    rest = text[: found.start()] + text[found.end() :]
    return (found["title"] or found["told"], rest) if len(rest) >= LEAST_ASKED else None


def sections_with(document: Document, title: str) -> frozenset[tuple[str, ...]]:
    """The headings of the sections of a document that name a title, and of tables so near that these are set out there."""
    said, blocks = re.compile(r"\s*".join(map(re.escape, title))), document.blocks
    named = [at for at, block in enumerate(blocks) if said.search(block.span.of(document.text))]
    near = [
        one for at in named for one in blocks[max(0, at - FLOATS) : at + FLOATS] if isinstance(one, Table)
    ]
    return frozenset(block.heading_path for block in (*(blocks[at] for at in named), *near))


def is_beside(section: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    """Whether a section is one of others, or within one, or has one within."""
    return any(section[: len(one)] == one[: len(section)] for one in others)


def _heads_of(text: str) -> list[tuple[int, int]]:
    """Where the words for documents stand that a name may stand before, and the titles in their marks."""
    words = sorted(sorts()["documents"], key=len, reverse=True)
    heads = [
        (one.start(), one.end())
        for one in re.finditer(
            rf"{POINTED}(?=[的，,里中])|(?:{'|'.join(map(re.escape, words))}){NO_BODY}", text
        )
    ]
    marked = [(one.end("title"), one.end()) for one in TITLE.finditer(text)]
    inside = [Span(one.start(), one.end()) for one in TITLE.finditer(text)]
    heads = [one for one in heads if not any(span.contains(Span(*one)) for span in inside)]
    return sorted([*heads, *marked])


def _named_before(text: str, floor: int, head: int, titles: Mapping[str, str]) -> tuple[int, str] | None:
    """Where the name before a head begins, and the one document whose title has most of it; None where none or several have."""
    pointed = POINTED_AT.search(text, floor, head)
    end = pointed.start() if pointed else head
    low = max([floor, end - MOST_CHARS, *(one.end() for one in ENDS_NAME.finditer(text, floor, end))])
    window, slots = text[low:end], _slots_of(text, low, end)
    best: list[tuple[int, int, str]] = []
    for name, title in titles.items():
        worth, start = _best_name(window, slots, search_key(f"{title} {name}"))
        if worth > 0:
            best.append((worth, low + start, name))
    best.sort(key=lambda one: -one[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    _, start, name = best[0]
    if text[head : head + 1] == "》":
        return text.rindex("《", 0, head), name
    while start > floor and text[start - 1] in QUOTES:
        start -= 1
    return start, name


def _slots_of(text: str, low: int, end: int) -> set[int]:
    """The characters of a window that only name places and times, counted from its start."""
    spans = [*(one.span for one in find_places(text)), *(one.span for one in find_periods(text))]
    named = {at - low for span in spans for at in range(span.start, span.end) if low <= at < end}
    return named | {at - low for at in range(low, end) if text[at].isdigit()}


def _best_name(window: str, slots: set[int], title: str) -> tuple[int, int]:
    """What the best name at the end of a window is worth by a title, and where it begins; worth 0 where it has too little of it."""
    key = search_key(window)
    if len(key) != len(window):
        return 0, 0
    told = {at + step for at in range(len(key) - 1) if key[at : at + 2] in title for step in (0, 1)}
    best = (0, 0)
    worth = own = 0
    for start in range(len(window) - 1, -1, -1):
        if window[start] in QUOTES:
            continue
        worth += 1 if start in told else -UNMATCHED_WORTH
        own += start in told and start not in slots
        if start in told and own >= LEAST_CHARS and worth > best[0]:
            best = (worth, start)
    return best


def _kept_slots(text: str, span: Span) -> str:
    """The places and years of a name that the question names nowhere else: they may be those that are asked about.

    The years of a plan (“十四五”) say which document is meant.
    """
    years = [
        one.span for one in find_periods(text) if one.period and one.period.first.year == one.period.last.year
    ]
    kept: list[Span] = []
    for found in ([one.span for one in find_places(text)], years):
        inside = [one for one in found if span.contains(one)]
        if len(inside) == len(found):
            kept += inside
    return "".join(one.of(text) for one in sorted(kept))
