"""Lists asked for (有哪些、哪几条): subheadings, or items counted off in the text, complete and in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.answering.wording import Context, WantedWord, WordWeight, covered_share, wanted_words
from policy_qa.ingest.items import find_items
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import read_numeral
from policy_qa.types import Block, Caption, Document, Heading, ListItem, Note, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.understanding import Query

ITEM_CHARS = 160
COUNT_BONUS = 0.3
"""What a list gains that has as many items as the question says."""
COUNTED = re.compile(
    r"(?<![第\d.])([两三四五六七八九]|十[一二三四五六]?|\d{1,2})(?:个|条|项|点|大|件|对|种|类)?(?:方面|问题|建议|措施|原因|做法|启示|工作|实事|任务|关系|短板|目标|重点|办法|经验|条|点|项|件|对)"
)
MOST_SENTENCES_OF_ITEM = 4
QUOTED_ITEM = re.compile(r"“([^“”]{2,60})”(?:这一?[条项点])?(?:具体|详细|怎么|如何|展开|是指)")
SHORTEST_LEAD = 4
"""Less than this before the first item is no lead; the heading is."""
ABOVE_SHARE = 0.8
"""How much the headings above a list's lead count for it, against the lead itself."""
NUMBERED = re.compile(
    r"\s*(?:[（(](?:[一二三四五六七八九十]+|\d{1,2})[）)]|(?:[一二三四五六七八九十]+|\d{1,2})[、.．](?!\d)|[一二三四五六七八九十]{1,2}是)"
)


@dataclass(frozen=True, slots=True)
class FoundList:
    """The items of one list, in order, and the heading or paragraph that leads it.

    `coverage` is the share of the question's weight that the lead with all headings above speaks of, `own_coverage`
    that of the lead alone (0 to 1).
    """

    document: Document
    items: tuple[Span, ...]
    lead: Span
    coverage: float
    own_coverage: float


def find_list(query: Query, evidence: Sequence[Evidence], weight: WordWeight) -> FoundList | None:
    """The list of at least two items whose lead fits the question best, None where there is none.

    Lists are looked for in the documents of the evidence; of equals one that the evidence lies in.
    """
    wanted = wanted_words(query, weight)
    wanted = tuple(word for word in wanted if not word.is_slot) or wanted  # a heading's year names no list
    documents = {found.document.id: found.document for found in evidence}
    places = {(found.document.id, found.span) for found in evidence}
    lists = [
        found
        for document in documents.values()
        for find in (heading_lists, introduced_lists, counted_lists)
        for found in find(document, wanted)
        if len(found.items) >= 2
    ]

    count = count_asked(query.text)

    def fit(found: FoundList) -> tuple[float, bool]:
        extent = Span(found.items[0].start, found.items[-1].end)
        near = any(name == found.document.id and extent.overlaps(span) for name, span in places)
        counted = COUNT_BONUS * (len(found.items) == count)
        return round(found.own_coverage + ABOVE_SHARE * found.coverage + counted, 6), near

    best = max(lists, key=fit, default=None)
    return None if best is None else narrowed(best, lists)


def count_asked(question: str) -> int | None:
    """How many items the question says there are, None where it does not.

    >>> count_asked("有哪五方面的问题？"), count_asked("2025年的10件实事是哪些？"), count_asked("有哪些问题？")
    (5, 10, None)
    """
    found = COUNTED.search(question)
    value = read_numeral(found[1]) if found else None
    return None if value is None else int(value)


def narrowed(found: FoundList, lists: Sequence[FoundList]) -> FoundList:
    """The list below the one item of `found` that speaks of the question itself, where there is such a one.

    Asked for 做法 under 「做法与启示」, the list is that below 「主要做法」, not the two subheadings.
    """
    starts = {item.start for item in found.items}
    below = [other for other in lists if other.lead.start in starts and other.own_coverage]
    return below[0] if len(below) == 1 else found


def list_around(found: Evidence) -> FoundList | None:
    """The list counted off in a paragraph of which the sentence is an item, None where it is none."""
    block = block_at(found.document, found.span.start)
    items = counted_in(found.document, block)
    if len(items) < 2 or not any(item.overlaps(found.span) for item in items):
        return None
    return FoundList(found.document, items, block.span, found.coverage, found.coverage)


def item_asked_for(query: Query, evidence: Sequence[Evidence]) -> tuple[Document, tuple[Span, ...]] | None:
    """The item that the question quotes (“深化银企合作”具体怎么做？), None where it quotes none that is found.

    Of a heading what stands below it, sentence by sentence; of an item counted off in a paragraph all of it.
    """
    quoted = QUOTED_ITEM.match(query.text)
    if quoted is None:
        return None
    words = quoted[1]
    for document in {found.document.id: found.document for found in evidence}.values():
        for index, block in enumerate(document.blocks):
            if words not in block.span.of(document.text):
                continue
            if isinstance(block, Heading):
                below = tuple(sentences_below(document, index))[:MOST_SENTENCES_OF_ITEM]
                if below:
                    return document, below
            elif is_prose(block):
                items = [item for item in counted_in(document, block) if words in item.of(document.text)]
                if items:
                    return document, (items[0],)
    return None


def sentences_below(document: Document, index: int) -> Iterator[Span]:
    """The sentences of running text below the heading `document.blocks[index]`, in order."""
    path = document.blocks[index].heading_path
    for block in takewhile(
        lambda later: later.heading_path[: len(path)] == path, document.blocks[index + 1 :]
    ):
        if is_prose(block):
            yield from split_sentences(document.text, start=block.span.start, end=block.span.end)


def led_list(
    document: Document, lead: Block, lead_text: str, items: tuple[Span, ...], wanted: Sequence[WantedWord]
) -> FoundList:
    """The items with how well `lead_text`, alone and under the headings of `lead`, fits the question."""
    alone = Context(search_key(lead_text), "", "")
    headed = Context(
        search_key(" ".join([*lead.heading_path, lead_text])), "", search_key(document.meta.title)
    )
    return FoundList(document, items, lead.span, covered_share(wanted, headed), covered_share(wanted, alone))


def heading_lists(document: Document, wanted: Sequence[WantedWord]) -> list[FoundList]:
    """For every heading that speaks of the question what it is divided into (see `parts_below`)."""
    headings = (
        (index, block)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Heading)
        and covered_share(wanted, Context(search_key(block.heading_path[-1]), "", ""))
    )
    return [
        led_list(document, heading, heading.heading_path[-1], parts_below(document, index), wanted)
        for index, heading in headings
    ]


def parts_below(document: Document, index: int) -> tuple[Span, ...]:
    """What the heading `document.blocks[index]` is divided into, in order.

    Its subheadings; without any the list items under it; without any the paragraphs that are numbered, each to the
    end of its first sentence.
    """
    path = document.blocks[index].heading_path
    depth = len(path)
    below = list(takewhile(lambda later: later.heading_path[:depth] == path, document.blocks[index + 1 :]))
    children = [
        later.span for later in below if isinstance(later, Heading) and len(later.heading_path) == depth + 1
    ]
    items = [later.span for later in below if isinstance(later, ListItem)]
    numbered = [later.span for later in below if is_item(document, later)]
    first_sentences = [split_sentences(document.text, start=span.start, end=span.end)[0] for span in numbered]
    return tuple(children or items or first_sentences)


def introduced_lists(document: Document, wanted: Sequence[WantedWord]) -> list[FoundList]:
    """For every paragraph that ends in a colon the items that stand behind it on lines of their own."""
    found = []
    for index, block in enumerate(document.blocks):
        lead = block.span.of(document.text)
        if is_prose(block) and lead.rstrip().endswith(("：", ":")):
            behind = takewhile(lambda later: is_item(document, later), document.blocks[index + 1 :])
            found.append(led_list(document, block, lead, tuple(later.span for later in behind), wanted))
    return found


def is_item(document: Document, block: Block) -> bool:
    """Whether a block is one of a list: marked as such, or a paragraph that is numbered or counted off."""
    return isinstance(block, ListItem) or (
        is_prose(block) and NUMBERED.match(block.span.of(document.text)) is not None
    )


def is_prose(block: Block) -> bool:
    """Whether a block is running text: neither heading nor part of a table or figure."""
    return not isinstance(block, Heading | Table | Caption | Note)


def counted_lists(document: Document, wanted: Sequence[WantedWord]) -> list[FoundList]:
    """For every paragraph that counts off (一是…二是…) its items; the lead is what stands before the first."""
    found = []
    for block in document.blocks:
        items = counted_in(document, block) if is_prose(block) else ()
        if len(items) >= 2:
            before = document.text[block.span.start : items[0].start].strip()
            lead = before[-120:] if len(before) >= SHORTEST_LEAD else " ".join(block.heading_path[-1:])
            found.append(led_list(document, block, lead, items, wanted))
    return found


def counted_in(document: Document, block: Block) -> tuple[Span, ...]:
    """The items counted off in a block, as spans of the document."""
    by = block.span.start
    return tuple(Span(item.start + by, item.end + by) for item in counted_items(block.span.of(document.text)))


def counted_items(text: str) -> list[Span]:
    """The items counted off in a paragraph: whole sentences, the first and as many as fit into `ITEM_CHARS`.

    >>> [item.of("短板有：一是投入低。仍在降；二是人才少。") for item in counted_items("短板有：一是投入低。仍在降；二是人才少。")]
    ['一是投入低。仍在降；', '二是人才少。']
    """
    items = []
    for item in find_items(text):
        sentences = split_sentences(text, start=item.start, end=item.end)
        fitting = [sentence.end for sentence in sentences if sentence.end - item.start <= ITEM_CHARS]
        items.append(Span(item.start, fitting[-1] if fitting else sentences[0].end))
    return items
