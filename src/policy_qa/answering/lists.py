"""Lists asked for (有哪些、哪几条): which of a document's lists is meant, complete and in order."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.answering.list_counts import (
    COUNT_WORD,
    MEASURE,
    NUMBER,
    count_of,
    count_told,
    counts_off,
    names_as_many,
)
from policy_qa.answering.list_fit import Asked, FoundList, list_nouns, weighed
from policy_qa.answering.list_structures import ANNOUNCES, counted_in, is_prose, lists_of
from policy_qa.answering.wording import Context, covered_share, wanted_words
from policy_qa.figures.surroundings import home_of
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.vocabulary import vocabulary_lines
from policy_qa.types import Document, Heading, Span
from policy_qa.understanding import years_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.list_structures import DocumentList
    from policy_qa.answering.wording import WordWeight
    from policy_qa.understanding import Query

SAYS_ALL = 0.95
NEARLY_AS_GOOD = 0.8
"""A sentence that names as many things as are asked for is told before those whose score is at most so much better."""
FEWEST_SAYING_NOUN = 3
LISTS_KEPT = 64
GENRE = re.compile(
    r"研究|报告|简报|公报|纪事|讲话|规划|纲要|意见|方案|通知|文章|材料|分析|要点|计划|总结|条例|办法"
)
THIS_DOCUMENT = re.compile(r"[这本该此](?:[篇份个次部项])?(?:" + GENRE.pattern + "|文件|文)")
ASKS_WHICH = re.compile(r"[是有指](?:些|指)?(?:什么|啥)|怎样|包括|列[给来]|都[是有]|说说|讲讲")
QUOTED_NOUN = re.compile(
    rf"哪(?:几|些|{NUMBER})?{MEASURE}?[“\"](?P<behind>[^“”\"]{{2,10}})[”\"]|[“\"](?P<before>[^“”\"]{{2,10}})[”\"](?:了|的|是)?哪"
)
"""What every item says that is asked for: 推动哪五个“深度融合”, “重抓”哪几样."""
QUOTED_ITEM = re.compile(r"“([^“”]{2,60})”(?:这一?[条项点])?的?(?:具体|详细|怎么|如何|展开|是指)")
MOST_WHOLE_CHARS = 300


@cache
def list_words() -> frozenset[str]:
    """The words of `list_words.txt`."""
    return frozenset(vocabulary_lines("list_words.txt"))


@dataclass(frozen=True, slots=True)
class ListShelf:
    """The lists of documents, read once a document; safe to share between threads."""

    _lists: OrderedDict[str, tuple[DocumentList, ...]] = field(default_factory=OrderedDict)

    def lists(self, document: Document) -> tuple[DocumentList, ...]:
        """The lists of the document."""
        known = self._lists.get(document.id)
        if known is None:
            known = self._lists[document.id] = lists_of(document)
            while len(self._lists) > LISTS_KEPT:
                self._lists.popitem(last=False)
        return known


SHELF = ListShelf()


def asks_for_list(query: Query) -> bool:
    """Whether a question asks for the items of a list: by its words, or by how many there are (八个方面是什么)."""
    asks = query.kind == "list" or (query.kind == "statement" and ASKS_WHICH.search(query.text) is not None)
    return asks and (query.kind == "list" or count_asked(query) is not None)


def find_list(query: Query, evidence: Sequence[Evidence], weight: WordWeight) -> FoundList | None:
    """The list of at least two items that fits the question best, None where there is none.

    Lists are looked for in the documents of the evidence; of equals one that the evidence lies in.
    """
    documents = list({found.document.id: found.document for found in evidence}.values())
    asked = what_is_asked(query, documents, weight)
    homes = [document for document in documents if home_of(document) in query.places]
    named = [document for document in homes or documents if document.id in asked.named]
    found = [
        weighed(asked, document, cut_to_noun(asked, document, one))
        for document in named or homes or documents
        for one in SHELF.lists(document)
    ]
    if not found:
        return None
    places = {(one.document.id, one.span) for one in evidence}

    def fit(one: FoundList) -> tuple[float, bool]:
        extent = Span(one.items[0].start, one.items[-1].end)
        return round(one.score, 6), any(
            name == one.document.id and extent.overlaps(span) for name, span in places
        )

    best = narrowed(asked, max(found, key=fit), found)
    if best.own_coverage < 1.0 and any(is_told_in(asked, best, one) for one in evidence):
        return None
    return best if asked.count in (None, len(best.items)) else None


def what_is_asked(query: Query, documents: Sequence[Document], weight: WordWeight) -> Asked:
    """What the question says of the list; words for periods, places and numbers are no words of a lead."""
    key = search_key(query.text)
    phrase, named = named_documents(key, documents)
    wanted = wanted_words(query, weight)
    told = [
        word for word in wanted if not COUNT_WORD.fullmatch(word.forms[0]) and word.forms[0] not in phrase
    ]
    told = [word for word in told if word.forms[0] not in list_words()] or told
    words = tuple(word for word in told if not word.is_slot) or tuple(told) or wanted
    noun = noun_asked(key, query.content)
    return Asked(words, count_asked(query), noun, years_of(query.periods), named)


def count_asked(query: Query) -> int | None:
    """How many things the question says there are: 哪五方面, 那5个新兴产业 where these are asked for."""
    key = search_key(query.text)
    noun = noun_asked(key, query.content)
    told = count_told(query.text)
    return count_of(noun, key) if told is None and noun else told


def naming_as_many(evidence: Sequence[Evidence], count: int) -> list[Evidence]:
    """The evidence, best first, that names just so many things; what says much less of the question than the best is left out."""
    least = NEARLY_AS_GOOD * evidence[0].score
    return [
        found
        for found in evidence
        if found.reading is None
        and found.score >= least
        and names_as_many(found.span.of(found.document.text), count)
    ]


def list_of_this_document(query: Query, evidence: Sequence[Evidence]) -> FoundList | None:
    """The list that a question means which says no more of it than its count and its document (这份报告讲了哪五方面？).

    That is only clear where the search is limited to one document; of several lists the longest in the text is meant.
    """
    key = search_key(query.text)
    names = query.question.documents
    this = THIS_DOCUMENT.search(key)
    count = count_told(query.text)
    if names is None or len(names) != 1 or this is None or count is None or not evidence:
        return None
    noun = noun_asked(key, query.content)
    words = [word for word in query.content if word not in this[0] and word not in list_words()]
    if any(word not in (noun, "工作", "内容", "任务") and not COUNT_WORD.fullmatch(word) for word in words):
        return None
    document = evidence[0].document
    lists = [one for one in SHELF.lists(document) if len(one.items) == count and not one.is_loose]
    best = max(lists, key=lambda one: one.wholes[-1].end - one.wholes[0].start, default=None)
    return None if best is None else FoundList(document, best.items, best.lead, 1.0, 1.0)


def noun_asked(key: str, content: Iterable[str]) -> str | None:
    """What the items of the list are, as the question (a search key) calls them; in quotation marks, those words.

    >>> noun_asked("提了哪几方面建议?", ["建议"]), noun_asked("主要做法有哪几条?", ["主要", "做法"])
    ('建议', '做法')
    >>> noun_asked("推动哪五个“深度融合”?", ["推动", "深度", "融合"]), noun_asked("列出主要措施", ["措施"])
    ('深度融合', '措施')
    """
    quoted = QUOTED_NOUN.search(key)
    if quoted:
        return str(quoted["behind"] or quoted["before"]).rstrip("的")
    known = frozenset[str]().union(*list_nouns())
    words = sorted(content, key=lambda word: (word not in known, -len(word)))
    behind = rf"(?:哪|什么|{NUMBER}{MEASURE})(?:几|些|{NUMBER})?{MEASURE}?(?:重点|突出|主要)?的?[“\"]?"
    before = r"[”\"]?(?:都|主要|具体|各)*(?:有|是|包括|分|指)?(?:哪|什么)"
    listed = r"列(?:出|举|一下|全)(?:主要|具体|重点|全部|所有|相关)?的?"
    for pattern in (behind + "(%s)", "(%s)" + before, listed + "(%s)"):
        for word in words:
            if not COUNT_WORD.fullmatch(word) and re.search(pattern % re.escape(word), key):
                return word
    return None


def named_documents(key: str, documents: Sequence[Document]) -> tuple[str, frozenset[str]]:
    """The words by which the question names a document in passing (比较研究提了…), and the documents so called."""
    names = {
        document.id: search_key(f"{document.meta.title} {PurePosixPath(document.name).stem}")
        for document in documents
    }
    best, holders = "", frozenset[str]()
    for genre in GENRE.finditer(key):
        for start in range(genre.start()):
            phrase = key[start : genre.end()]
            called = frozenset(name for name, title in names.items() if phrase in title)
            if called and len(phrase) > max(len(best), 3):
                best, holders = phrase, called
    return best, holders


def cut_to_noun(asked: Asked, document: Document, one: DocumentList) -> DocumentList:
    """A list that only the form of its paragraphs makes, cut to the items that say what is asked for, where some do."""
    if asked.noun is None or not one.is_alike:
        return one
    kept = [index for index, item in enumerate(one.items) if asked.noun in search_key(item.of(document.text))]
    if len(kept) < FEWEST_SAYING_NOUN:
        return one
    items, wholes = (tuple(spans[index] for index in kept) for spans in (one.items, one.wholes))
    return replace(one, items=items, wholes=wholes)


def is_told_in(asked: Asked, best: FoundList, found: Evidence) -> bool:
    """Whether a sentence says all that is asked and names the items one after the other (甲、乙、丙等方面的质量提升).

    One that counts them off (甲、乙两市) needs say no less than the best list.
    """
    sentence = search_key(found.span.of(found.document.text))
    if asked.count is not None and found.about > best.own_coverage and counts_off(sentence, asked.count):
        return True
    series = rf"、[^、,。;]{{1,20}}(?:[多几各]|{NUMBER})?(?:个?方面)?的?{re.escape(asked.noun or '')}"
    return (
        asked.noun is not None
        and sentence.count("、") >= 2
        and re.search(series, sentence) is not None
        and covered_share(asked.words, Context(sentence, "", "")) >= SAYS_ALL
    )


def narrowed(asked: Asked, found: FoundList, lists: Sequence[FoundList]) -> FoundList:
    """The list below the one item of `found` that speaks of the question itself, where there is such a one.

    Asked for 做法 under 「做法与启示」, the list is that below 「主要做法」, not the two subheadings.
    """
    starts = {item.start for item in found.items}
    below = [other for other in lists if other.document is found.document and other.lead.start in starts]
    below = [
        other for other in below if (other.says_noun and other.is_meant if asked.noun else other.own_coverage)
    ]
    if len(below) != 1:
        return found
    fits_less = asked.count == len(found.items) != len(below[0].items)
    return found if fits_less else below[0]


def list_around(found: Evidence) -> FoundList | None:
    """The list counted off in a paragraph of which the sentence is an item, or that it announces; None where there is none."""
    block = block_at(found.document, found.span.start)
    items = counted_in(found.document, block)
    if not any(item.overlaps(found.span) for item in items):
        return list_announced(found)
    return FoundList(found.document, items, block.span, found.coverage, found.coverage)


def list_announced(found: Evidence) -> FoundList | None:
    """The list that a sentence does nothing but announce (要抓好以下四方面工作。), all of it; None where it does not."""
    sentence = found.span.of(found.document.text).strip()
    count = count_told(sentence)
    if not ANNOUNCES.search(sentence.rstrip("。 ")):
        return None
    announced = [
        one
        for one in SHELF.lists(found.document)
        if one.announced.strip().endswith(sentence) and not one.is_loose and count in (None, len(one.items))
    ]
    if not announced:
        return None
    best = max(announced, key=lambda one: len(one.items))
    return FoundList(found.document, best.items, best.lead, found.coverage, found.coverage)


def item_asked_for(query: Query, evidence: Sequence[Evidence]) -> tuple[Document, tuple[Span, ...]] | None:
    """The item that the question quotes (“深化银企合作”具体怎么做？), None where it quotes none that is found.

    All of it, sentence by sentence, its heading or first sentence before, up to `MOST_WHOLE_CHARS`.
    """
    quoted = QUOTED_ITEM.match(query.text)
    if quoted is None:
        return None
    for document in {found.document.id: found.document for found in evidence}.values():
        whole = whole_item(document, quoted[1])
        if whole is not None:
            return document, tuple(sentences_of_item(document, whole))
    return None


def whole_item(document: Document, words: str) -> Span | None:
    """All of the item that these words name, None where they name none; the innermost of several."""
    held = [
        whole
        for one in SHELF.lists(document)
        if not one.is_loose
        for head, whole in zip(one.items, one.wholes, strict=True)
        if words in head.of(document.text)
    ]
    return min(held, key=len, default=None)


def sentences_of_item(document: Document, whole: Span) -> Iterable[Span]:
    """The sentences of an item, its heading first, as many as fit; tables and captions are left out."""
    used = 0
    for block in document.blocks:
        if not block.span.overlaps(whole) or not (is_prose(block) or isinstance(block, Heading)):
            continue
        start, end = max(block.span.start, whole.start), min(block.span.end, whole.end)
        for sentence in split_sentences(document.text, start=start, end=end):
            used += len(sentence)
            if used > MOST_WHOLE_CHARS and used > len(sentence):
                return
            yield sentence
