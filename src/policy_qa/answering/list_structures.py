"""The lists of a document: headings side by side, items counted off, bullets, and parts told after a colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.numerals import read_numeral
from policy_qa.types import Block, Caption, Document, Heading, ListItem, Note, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ITEM_CHARS = 160
SHORT_LEAD = 14
"""A sentence no longer than this (主要是：) announces a list only together with the one before it."""
LONGEST_LEAD_LINE = 40
FEWEST_TOLD = 3
"""Fewer parts behind a colon are a sentence, not a list."""
HAN = "[一二三四五六七八九十]{1,3}"
BEHIND_MARK = r"(?:(?<=^)|(?<=[。；：，:;,\n\s]))"
STYLES = (  # how items are numbered: those that only count at the start of a paragraph, then those that also do within
    re.compile(rf"^({HAN})、"),
    re.compile(r"^(\d{1,2})[.．、](?!\d)"),
    re.compile(rf"{BEHIND_MARK}[（(]({HAN})[）)]"),
    re.compile(rf"{BEHIND_MARK}[（(](\d{{1,2}})[）)]"),
    re.compile(rf"{BEHIND_MARK}({HAN})[是要靠]"),
    re.compile(rf"{BEHIND_MARK}第({HAN})[，、,:：]"),
    re.compile(rf"{BEHIND_MARK}(首先|其次|再次|最后)[，,是]"),
    re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])"),
)
ORDER = {word: number for number, word in enumerate("①②③④⑤⑥⑦⑧⑨⑩", 1)} | {"首先": 1, "其次": 2}
MAINLY = "主要"
CLOSES = re.compile(r"[我咱]们|对[此这于]|为此|这些|以上|上述|总之|针对")
ANNOUNCES = re.compile(
    r"[：:]$|以下|如下|下列|下面|各项|[一二三四五六七八九十\d几](?:个?方面|[条项点件对])[^，,；;]{0,12}$"
)


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A list of a document: the spans that name its items, in order, and all that belongs to each.

    `announced` is the sentence that leads to it, "" without one; `near` what stands close before it; `headings` are
    those above, outermost first; `lead` is where the announcing block or heading stands. `is_loose` where nothing but
    a run-in heading says that its sentences belong together, `is_alike` where nothing but their form does.
    """

    items: tuple[Span, ...]
    wholes: tuple[Span, ...]
    lead: Span
    announced: str
    near: str
    headings: tuple[str, ...]
    is_loose: bool = False
    is_alike: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number that an item begins with: where, in which block, and whether the block begins with it."""

    start: int
    block: int
    is_first: bool


def is_prose(block: Block) -> bool:
    """Whether a block is running text: neither heading nor part of a table or figure."""
    return not isinstance(block, Heading | Table | Caption | Note)


def marks_in(text: str) -> Iterator[tuple[int, int, int | None]]:
    """For every number that begins an item of `text`: which way of numbering, where it starts, and its value.

    >>> list(marks_in("（一）做法。一是修渠；二是植树。"))
    [(2, 0, 1), (4, 6, 1), (4, 11, 2)]
    """
    for style, pattern in enumerate(STYLES):
        for match in pattern.finditer(text):
            value = ORDER.get(match[1]) or read_numeral(match[1])
            yield style, match.start(), None if value is None else int(value)


def heading_lists(document: Document) -> Iterator[DocumentList]:
    """For every heading its subheadings, those numbered in one way together, in order; an appendix counts anew."""
    groups: dict[tuple[tuple[str, ...], int | None], list[list[int]]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Heading):
            continue
        style, number = _numbering(block.span.of(document.text))
        runs = groups[block.heading_path[:-1], style]
        if number == 1 or not runs:
            runs.append([])
        if number is None or runs[-1] or number == 1:
            runs[-1].append(index)
    for runs in groups.values():
        for run in runs:
            if len(run) >= 2 and _in_order(document, run):
                yield _list_of_headings(document, run)


def _numbering(text: str) -> tuple[int | None, int | None]:
    return next(((style, number) for style, start, number in marks_in(text) if start == 0), (None, None))


def _in_order(document: Document, run: Sequence[int]) -> bool:
    """Whether the headings count 1, 2, 3; a number printed twice leaves the next one its place."""
    numbers = [_numbering(document.blocks[index].span.of(document.text))[1] for index in run]
    return all(
        number is None or number in (position, before)
        for position, (before, number) in enumerate(pairwise([0, *numbers]), 1)
    )


def _list_of_headings(document: Document, run: Sequence[int]) -> DocumentList:
    blocks = [document.blocks[index] for index in run]
    depth = len(blocks[0].heading_path)
    ends = [block.span.start for block in blocks[1:]]
    last = run[-1] + 1
    while last < len(document.blocks) and len(document.blocks[last].heading_path) >= depth:
        if isinstance(document.blocks[last], Heading) and len(document.blocks[last].heading_path) == depth:
            break
        last += 1
    wholes = [
        Span(block.span.start, end)
        for block, end in zip(blocks, [*ends, document.blocks[last - 1].span.end], strict=True)
    ]
    above = blocks[0].heading_path[:-1]
    announced, lead = announcement(document, run[0])
    parent = next(
        (
            b
            for b in reversed(document.blocks[: run[0]])
            if isinstance(b, Heading) and b.heading_path == above
        ),
        None,
    )
    return DocumentList(
        tuple(block.span for block in blocks),
        tuple(wholes),
        lead or (parent.span if parent else blocks[0].span),
        announced,
        " ".join(above[-1:]),
        above,
    )


def announcement(document: Document, index: int) -> tuple[str, Span | None]:
    """The sentence that leads to the block from the paragraph right before it, and that paragraph; "" without one."""
    if index == 0:
        return "", None
    before = document.blocks[index - 1]
    if not is_prose(before) or any(start == 0 for _, start, _ in marks_in(before.span.of(document.text))):
        return "", None
    text = before.span.of(document.text).strip()
    last = last_sentence(text)
    is_line = len(text) <= LONGEST_LEAD_LINE and not text.endswith(("。", "！", "？"))
    announces = is_line or ANNOUNCES.search(last.rstrip("。 "))
    return (last, before.span) if announces else ("", None)


def last_sentence(text: str) -> str:
    """The last sentence of a text, a short one with the one before it."""
    sentences = split_sentences(text)
    if not sentences:
        return ""
    first = len(sentences) - 1
    if first and len(sentences[first]) <= SHORT_LEAD:
        first -= 1
    return text[sentences[first].start : sentences[-1].end]


def numbered_lists(document: Document) -> Iterator[DocumentList]:
    """The items that the running text of a section counts off: 1, 2, 3 without a gap, in one paragraph or over many."""
    blocks = enumerate(document.blocks)
    for _, section in groupby(blocks, key=lambda one: (one[1].heading_path, isinstance(one[1], Heading))):
        prose = [(index, block) for index, block in section if is_prose(block)]
        for run in _runs(document, prose):
            yield _list_of_marks(document, run, prose[-1][0])


def counted_in(document: Document, block: Block) -> tuple[Span, ...]:
    """The items that one block counts off, the longest list of several; empty where it counts none."""
    index = bisect_left(document.blocks, block.span.start, key=lambda one: one.span.start)
    lists = [_list_of_marks(document, run, index).items for run in _runs(document, [(index, block)])]
    return max(lists, key=len, default=())


def is_item(document: Document, block: Block) -> bool:
    """Whether a block is one of a list: marked as such, or a paragraph that is numbered or counted off."""
    return isinstance(block, ListItem) or (
        is_prose(block) and _numbering(block.span.of(document.text).lstrip())[1] is not None
    )


def _runs(document: Document, prose: Sequence[tuple[int, Block]]) -> Iterator[list[_Mark]]:
    """The numbers of these blocks that count 1, 2, 3 in one way."""
    styles: dict[int, list[list[_Mark]]] = defaultdict(list)
    for index, block in prose:
        for style, start, number in marks_in(block.span.of(document.text)):
            mark = _Mark(block.span.start + start, index, start == 0)
            runs = styles[style]
            if number == 1:
                runs.append([mark])
            elif runs and number in (None, len(runs[-1]) + 1):
                runs[-1].append(mark)
    return (run for runs in styles.values() for run in runs if len(run) >= 2)


def _list_of_marks(document: Document, run: Sequence[_Mark], last_block: int) -> DocumentList:
    text = document.text
    first = document.blocks[run[0].block]
    in_paragraphs = all(mark.is_first for mark in run)
    spread = any(later.block - mark.block > 1 for mark, later in pairwise(run))
    end = document.blocks[last_block if in_paragraphs and spread else run[-1].block].span.end
    wholes = [Span(start, stop) for start, stop in pairwise([*(mark.start for mark in run), end])]
    apart = len({mark.block for mark in run}) == len(run)
    heads = [_head(document, whole, is_paragraph=apart) for whole in wholes]
    before = text[first.span.start : run[0].start].strip()
    announced, lead = (last_sentence(before), first.span) if before else announcement(document, run[0].block)
    if lead is None:
        lead = _heading_above(document, run[0].block) if in_paragraphs else first.span
    near = " ".join([*first.heading_path[-1:], before[-ITEM_CHARS:]])
    return DocumentList(tuple(heads), tuple(wholes), lead, announced, near, first.heading_path)


def _heading_above(document: Document, index: int) -> Span:
    above = next(
        (b for b in reversed(document.blocks[:index]) if isinstance(b, Heading)), document.blocks[index]
    )
    return above.span


def _head(document: Document, whole: Span, *, is_paragraph: bool = True) -> Span:
    """What names an item: its first sentence; of one counted off within a paragraph all where it is short."""
    sentences = split_sentences(document.text, start=whole.start, end=whole.end)
    if is_paragraph or sentences[-1].end - whole.start > ITEM_CHARS:
        return sentences[0]
    return Span(sentences[0].start, sentences[-1].end)


def bulleted_lists(document: Document) -> Iterator[DocumentList]:
    """The list items that stand one below the other without numbers."""

    def is_bullet(index: int) -> bool:
        block = document.blocks[index]
        return isinstance(block, ListItem) and _numbering(block.span.of(document.text))[1] is None

    for bulleted, group in groupby(range(len(document.blocks)), key=is_bullet):
        run = list(group)
        if not bulleted or len(run) < 2:
            continue
        spans = tuple(document.blocks[index].span for index in run)
        path = document.blocks[run[0]].heading_path
        announced, lead = announcement(document, run[0])
        heads = tuple(_head(document, span) for span in spans)
        yield DocumentList(
            heads, spans, lead or _heading_above(document, run[0]), announced, " ".join(path[-1:]), path
        )


def told_lists(document: Document) -> Iterator[DocumentList]:
    """The parts that a sentence tells behind a colon, parted by semicolons (困难主要是：甲；乙；丙。).

    Behind 「主要是：」 they may be sentences of their own, up to one that speaks of them all (我们要正视这些问题).
    """
    for block in document.blocks:
        if not is_prose(block):
            continue
        sentences = split_sentences(document.text, start=block.span.start, end=block.span.end)
        for number, sentence in enumerate(sentences):
            lead, colon, _ = sentence.of(document.text).partition("：")
            if not colon:
                continue
            first = Span(sentence.start + len(lead) + 1, sentence.end)
            parts = _told_parts(document.text, [first, *sentences[number + 1 :]], is_open=MAINLY in lead[-6:])
            if len(parts) < FEWEST_TOLD or any(list(marks_in(part.of(document.text))) for part in parts):
                continue
            before = document.text[block.span.start : first.start]
            near = " ".join([*block.heading_path[-1:], before[-ITEM_CHARS:]])
            yield DocumentList(parts, parts, block.span, last_sentence(before), near, block.heading_path)


def _told_parts(text: str, sentences: Sequence[Span], *, is_open: bool) -> tuple[Span, ...]:
    """The sentences up to the first that ends with a full stop; where that is the very first and `is_open`, on to the end."""
    parts = list(sentences[:1])
    goes_on = parts[0].of(text).endswith("；")
    for later in sentences[1:]:
        if (goes_on and not parts[-1].of(text).endswith("；")) or CLOSES.match(later.of(text)):
            break
        parts.append(later)
    return tuple(parts) if goes_on or is_open else ()
