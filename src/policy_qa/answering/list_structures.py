"""The lists of a document: headings side by side, items counted off, bullets, and parts told after a colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from policy_qa.answering.list_counts import count_told
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
LONGEST_RUN_IN = 24
OPENING = re.compile("[这那我您]|各位|同志|同时|当前|今[年天]|一年|总之|综合|让|总的")
"""What a short first sentence begins with that heads nothing."""
FEWEST_ALIKE = 3
ALIKE_CHARS = 2
"""Sentences that share so many characters at their beginning are worded alike (打造智慧……。打造智慧……。)."""


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
    parents = (
        b.span
        for b in reversed(document.blocks[: run[0]])
        if isinstance(b, Heading) and b.heading_path == above
    )
    spans = [block.span for block in blocks]
    return _led(document, run[0], spans, wholes, lead=next(parents, spans[0]))


def _led(
    document: Document,
    index: int,
    items: Sequence[Span],
    wholes: Sequence[Span],
    *,
    lead: Span,
    is_alike: bool = False,
) -> DocumentList:
    """The list of items that begin in a block, announced by what stands before them there, else by the paragraph before it.

    `lead` is what leads it where nothing announces it.
    """
    block = document.blocks[index]
    path = block.heading_path[:-1] if isinstance(block, Heading) else block.heading_path
    before = document.text[block.span.start : items[0].start].strip()
    announced, announcing = (last_sentence(before), block.span) if before else announcement(document, index)
    near = " ".join([*path[-1:], before[-ITEM_CHARS:]])
    return DocumentList(
        tuple(items), tuple(wholes), announcing or lead, announced, near, path, is_alike=is_alike
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
    for prose in _sections(document):
        for run in _runs(document, prose):
            yield _list_of_marks(document, run, prose[-1][0])


def _sections(document: Document) -> Iterator[list[tuple[int, Block]]]:
    """The running text of each section, every block with its place among those of the document."""
    blocks = enumerate(document.blocks)
    for _, section in groupby(blocks, key=lambda one: (one[1].heading_path, isinstance(one[1], Heading))):
        yield [(index, block) for index, block in section if is_prose(block)]


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
    index = run[0].block
    in_paragraphs = all(mark.is_first for mark in run)
    spread = any(later.block - mark.block > 1 for mark, later in pairwise(run))
    end = document.blocks[last_block if in_paragraphs and spread else run[-1].block].span.end
    wholes = [Span(start, stop) for start, stop in pairwise([*(mark.start for mark in run), end])]
    apart = len({mark.block for mark in run}) == len(run)
    heads = [_head(document, whole, is_paragraph=apart) for whole in wholes]
    lead = _heading_above(document, index) if in_paragraphs else document.blocks[index].span
    return _led(document, index, heads, wholes, lead=lead)


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
        heads = [_head(document, span) for span in spans]
        yield _led(document, run[0], heads, spans, lead=_heading_above(document, run[0]))


def told_lists(document: Document) -> Iterator[DocumentList]:
    """The parts that a sentence tells behind a colon, parted by semicolons (困难主要是：甲；乙；丙。).

    Behind 「主要是：」 they may be sentences of their own, up to one that speaks of them all (我们要正视这些问题).
    """
    for index, block, sentences in _paragraphs(document):
        for number, sentence in enumerate(sentences):
            lead, colon, _ = sentence.of(document.text).partition("：")
            if not colon:
                continue
            first = Span(sentence.start + len(lead) + 1, sentence.end)
            parts = _told_parts(document.text, [first, *sentences[number + 1 :]], is_open=MAINLY in lead[-6:])
            if len(parts) < FEWEST_TOLD or any(list(marks_in(part.of(document.text))) for part in parts):
                continue
            yield _led(document, index, parts, parts, lead=block.span)


def _told_parts(text: str, sentences: Sequence[Span], *, is_open: bool) -> tuple[Span, ...]:
    """The sentences up to the first that ends with a full stop; where that is the very first and `is_open`, on to the end."""
    parts = list(sentences[:1])
    goes_on = parts[0].of(text).endswith("；")
    for later in sentences[1:]:
        if (goes_on and not parts[-1].of(text).endswith("；")) or CLOSES.match(later.of(text)):
            break
        parts.append(later)
    return tuple(parts) if goes_on or is_open else ()


def lists_of(document: Document) -> tuple[DocumentList, ...]:
    """Every list of at least two items, those made of headings first."""
    found = [*heading_lists(document), *numbered_lists(document), *bulleted_lists(document)]
    paragraphs = [*headed_paragraphs(document), *alike_lists(document)]
    return (*found, *told_lists(document), *paragraphs, *run_in_lists(document))


def _paragraphs(document: Document) -> Iterator[tuple[int, Block, list[Span]]]:
    """The blocks of running text, each with its place among those of the document, and its sentences."""
    for index, block in enumerate(document.blocks):
        if is_prose(block):
            yield index, block, _sentences(document, block)


def _sentences(document: Document, block: Block) -> list[Span]:
    return split_sentences(document.text, start=block.span.start, end=block.span.end)


def _is_run_in(document: Document, sentences: Sequence[Span]) -> bool:
    """Whether the first of a paragraph's sentences heads the others: it is short and counts nothing off."""
    first = sentences[0].of(document.text).strip()
    return len(sentences) >= 2 and len(first) <= LONGEST_RUN_IN and first.endswith("。")


def headed_paragraphs(document: Document) -> Iterator[DocumentList]:
    """The run-in headings of the paragraphs of a section (兴修水利。……), where most of its paragraphs have one."""
    for section in _sections(document):
        prose = [
            (index, block, _sentences(document, block))
            for index, block in section
            if block.span.of(document.text).strip()
        ]
        headed = [one for one in prose if _heads(document, one[2])]
        if len(headed) < 2 or 2 * len(headed) < len(prose):
            continue
        index = headed[0][0]
        heads, wholes = [one[0] for _, _, one in headed], [block.span for _, block, _ in headed]
        yield _led(document, index, heads, wholes, lead=_heading_above(document, index), is_alike=True)


def _heads(document: Document, sentences: Sequence[Span]) -> bool:
    """Whether a paragraph's first sentence is a heading of its own, which neither counts nor opens a speech."""
    first = sentences[0].of(document.text).lstrip()
    is_counted = any(start == 0 for _, start, _ in marks_in(first))
    return _is_run_in(document, sentences) and not is_counted and not OPENING.match(first)


def alike_lists(document: Document) -> Iterator[DocumentList]:
    """The sentences of a paragraph that follow each other and begin with the same characters."""
    for index, block, sentences in _paragraphs(document):
        for _, group in groupby(sentences, key=lambda one: one.of(document.text).strip()[:ALIKE_CHARS]):
            items = tuple(group)
            if len(items) < FEWEST_ALIKE or any(True for _ in marks_in(items[0].of(document.text))):
                continue
            yield _led(document, index, items, items, lead=block.span, is_alike=True)


def run_in_lists(document: Document) -> Iterator[DocumentList]:
    """The sentences of each paragraph that a short first sentence heads (稳定就业。支持……。建设……。).

    They are surely its items where it says how many there are (打好三大战役。).
    """
    for _, block, sentences in _paragraphs(document):
        first, *items = sentences
        counted = any(True for one in items for _ in marks_in(one.of(document.text)))
        if len(items) < 2 or counted or not _is_run_in(document, sentences):
            continue
        head = first.of(document.text)
        spans = tuple(items)
        is_loose = count_told(head) != len(spans)
        yield DocumentList(spans, spans, first, head, head, block.heading_path, is_loose=is_loose)
