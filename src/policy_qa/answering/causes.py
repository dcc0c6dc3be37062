"""Causes: the sentences that say why, from every document that does, with the sentence that names what they explain."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import block_at
from policy_qa.answering.extractive import quoted_answer
from policy_qa.answering.list_structures import counted_in, is_item
from policy_qa.answering.lists import find_list
from policy_qa.answering.refusal import refuse
from policy_qa.answering.told_figures import CAUSE
from policy_qa.answering.wording import Context, context_of, covered_share, wanted_words
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.trends import read_trends
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WantedWord, WordWeight
    from policy_qa.types import Answer, Document, Refusal
    from policy_qa.understanding import Query

MOST_CAUSES = 5
AS_MUCH_ABOUT = 0.75
"""A sentence that says less than this share of what the best says of the thing asked tells causes of another."""
LEAST_EFFECT = 0.4
"""Where the words asked for stand in the cause, this share of them must stand in what it explains: 企业 may be in both."""
LEAST_OWN = 0.3
"""So much of the thing asked the sentence itself, or the one it explains, must speak of: headings do not count."""
AS_MUCH_OWN = 0.65
LEAST_LEAD = 0.4
MOST_CHARS = 600
"""Causes counted off over more than this are told one by one."""

ASKS_WHY = re.compile(r"原因|缘故|为什么|为何|导致|造成|因素|成因|根源|让|使|怎么会|主要|之所以")
_NAMES_CAUSES = re.compile(r"原因|成因|因素|缘由|根源|症结|为什么|为何|制约|障碍|怎么来|从哪里?来")
_BECAUSE = r"由于|(?<![原起基成诱病内外])因(?![此而素地果子特])为?|鉴于"
_UNDER = r"受[^,。;]{1,24}?(?:影响|冲击|拖累|制约|限制|波及|所限|带动|拉动)|(?:在|随着)[^,。;]{2,24}?(?:影响|冲击|作用|带动|拉动)下"
_LEADS_TO = re.compile(
    r"(?<!由)导致|致使|使得|造成|引起|引发|促使|拖累|制约了?|迫使|带来|因此|所以|因而|从而|故而|以致|以至于?|于是|(?<![驱行大即促])使(?![用命者馆])|拉低|推高|拉动了"
)
_COMES_OF = re.compile(
    rf"原因|(?:主要|正|就|都|多|大多|往往|也)?是?(?:{_BECAUSE})|源于|缘于|起因于|归因于|归功于|归结于|得益于|有赖于|取决于|(?:主要|关键|症结|根子|问题)[^,。;]{{0,4}}在于?|(?:主要)?卡在|与[^,。;]{{2,40}}(?:有关|相关|分不开|密不可分)|既有|离不开|主要(?:是|受)|背后是|{_UNDER}"
)
_FRONT = re.compile(rf"(?:^|[,;:])[^,;:。]{{0,16}}?(?:{_BECAUSE}|{_UNDER}|得益于)")
_EXPLAINS = re.compile(
    r"[这其此](?!次|外|他|中|些年)|究其|原因|主要(?:是|受|原因|因)|归根|根子|症结|背后|之所以|一方面|既有|个中|分析|从[^,。]{0,8}[看说]|一是|首先|(?:由于|因为|受)|也与|与[^,。]{2,40}有关|[^,。;]{2,10}?(?:既有|主要(?:是|因)|缘于|源于|的原因)"
)
_FOLLOWS = re.compile(
    r"因此|所以|因而|故而|为此|于是|结果|致使|导致|这(?:也|就|直接|样|种)*(?:导致|使|造成|致使|让|引起|制约|影响|意味)|由此"
)
_ADDS = re.compile(r"此外|另外|同时|与此同时|加之|再加上|加上|再者|其次|另一方面|再有|更重要的是")


@dataclass(frozen=True, slots=True)
class StatedCause:
    """What a document says of why: its spans in order, each told as a claim of its own."""

    document: Document
    spans: tuple[Span, ...]

    def overlaps(self, other: StatedCause) -> bool:
        """Whether both quote the same characters."""
        return self.document.id == other.document.id and any(
            one.overlaps(another) for one in self.spans for another in other.spans
        )


def answer_causes(
    query: Query, compared: Sequence[Evidence], fitting: Sequence[Evidence], weight: WordWeight
) -> Answer | Refusal | None:
    """Every statement of causes, those of the documents' best first; without any the nearest sentences, and that said.

    Refused where even the nearest tells that it went the other way. `compared` stands best first, `fitting` is where lists of causes are looked for. None where only cells are near.
    """
    told = [found for found in compared if found.reading is None]
    if not told:
        return None
    words = words_explained(query, weight)
    listed = listed_causes(query, fitting, words, weight)
    stated = [*([listed] if listed else []), *stated_causes(query, told, words)]
    causes = first_of_each_document(without_overlaps(stated))[:MOST_CAUSES]
    if causes:
        return quoted_answer(query.question, [(one.document, span) for one in causes for span in one.spans])
    if not _went_so(query.text, told[0]):
        return refuse(query, "not_found", messages.NOT_FOUND, told)
    nearest = with_what_leads_to_it(told[0])
    answer = quoted_answer(query.question, [(told[0].document, nearest)])
    return replace(answer, notices=(*answer.notices, messages.CAUSE_NOT_STATED))


def words_explained(query: Query, weight: WordWeight) -> tuple[WantedWord, ...]:
    """The words for the thing whose causes are asked: not those that ask, nor places and periods, nor which way it went."""
    wanted = wanted_words(query, weight)
    words = tuple(
        word
        for word in wanted
        if len(word.forms[0]) > 1
        and not word.is_slot
        and not ASKS_WHY.fullmatch(word.forms[0])
        and not any(len(trend.span) == len(word.forms[0]) for trend in read_trends(word.forms[0]))
    )
    return words or wanted


def stated_causes(
    query: Query, told: Sequence[Evidence], words: Sequence[WantedWord]
) -> Iterator[StatedCause]:
    """The statements of causes of what is asked, in the order of the evidence."""
    about = [_share_about(found, words) for found in told]
    near = [found for found, share in zip(told, about, strict=True) if share >= AS_MUCH_ABOUT * max(about)]
    stating = [(found, spans) for found in near if (spans := _spans_of_cause(found, words))]
    own = [_own_share(found.document, found.span, words) for found, _ in stating]
    if stating and stating[0][0] is told[0]:
        own[0] = max(own)  # the nearest in meaning says it in other words
    least = max(LEAST_OWN, AS_MUCH_OWN * max(own, default=0.0))
    for (found, spans), share in zip(stating, own, strict=True):
        if (share >= least or found is told[0]) and _went_so(query.text, found):
            yield StatedCause(found.document, spans)


def listed_causes(
    query: Query, fitting: Sequence[Evidence], words: Sequence[WantedWord], weight: WordWeight
) -> StatedCause | None:
    """The causes counted off, or divided into headings, under a lead that says that it tells those of the thing asked."""
    found = find_list(query, fitting, weight)
    if found is None:
        return None
    lead = Span(found.lead.start, max(found.lead.start, min(found.lead.end, found.items[0].start)))
    said = lead.of(found.document.text) or found.lead.of(found.document.text)
    if not re.search(r"原因|成因|因素|缘由|根源", said):
        return None
    if covered_share(words, Context(search_key(said), "", "")) < LEAST_LEAD:
        return None
    return StatedCause(found.document, _joined(found.document, lead, found.items))


def without_overlaps(causes: Sequence[StatedCause]) -> list[StatedCause]:
    """The causes without those that quote what an earlier one does."""
    kept: list[StatedCause] = []
    for cause in causes:
        if not any(cause.overlaps(other) for other in kept):
            kept.append(cause)
    return kept


def first_of_each_document(causes: Sequence[StatedCause]) -> list[StatedCause]:
    """The first of each document, then the others, so that no document crowds out another."""
    first = {cause.document.id: cause for cause in reversed(causes)}
    heads = [cause for cause in causes if first[cause.document.id] is cause]
    return heads + [cause for cause in causes if first[cause.document.id] is not cause]


def parts_of_cause(sentence: str) -> tuple[str, str] | None:
    """The cause and what it explains in a sentence (a search key) that states one, None for any other.

    >>> parts_of_cause("由于雨水偏多,早稻减产。"), parts_of_cause("早稻减产,与雨水偏多有关。")
    (('由于雨水偏多,', '早稻减产。'), ('与雨水偏多有关。', '早稻减产,'))
    """
    front = _FRONT.search(sentence)
    if front is not None:
        clauses = [clause.of(sentence) for clause in split_clauses(sentence, Span(0, len(sentence)))]
        lengths = [sum(map(len, clauses[: number + 1])) for number in range(len(clauses))]
        last = next((number for number, length in enumerate(lengths) if length >= front.end()), 0)
        if last + 1 < len(clauses):
            return "".join(clauses[: last + 1])[front.start() :], "".join(clauses[last + 1 :]) + sentence[
                : front.start()
            ]
    leads = _LEADS_TO.search(sentence)
    if leads is not None and leads.start():
        return sentence[: leads.start()], sentence[leads.end() :]
    comes = _COMES_OF.search(sentence)
    if comes is not None:
        return sentence[comes.start() :], sentence[: comes.start()]
    return None


def with_what_leads_to_it(found: Evidence) -> Span:
    """The sentence, with the one before where both are the whole paragraph: reports put a cause beside what it led to."""
    text, block = found.document.text, block_at(found.document, found.span.start)
    sentences = split_sentences(text, start=block.span.start, end=block.span.end)
    if (
        len(sentences) == 2
        and sentences[1] == found.span
        and not CAUSE.search(search_key(found.span.of(text)))
    ):
        return Span(sentences[0].start, found.span.end)
    return found.span


def _spans_of_cause(found: Evidence, words: Sequence[WantedWord]) -> tuple[Span, ...] | None:
    """What is quoted for a sentence that states a cause, or has one stated for it in the next or the one before."""
    document, text = found.document, found.document.text
    block = block_at(document, found.span.start)
    sentences = split_sentences(text, start=block.span.start, end=block.span.end)
    at = next((number for number, one in enumerate(sentences) if one.overlaps(found.span)), 0)
    counted = _counted_causes(document, found.span)
    if counted is not None:
        return counted
    key = search_key(found.span.of(text))
    before, behind = sentences[at - 1] if at else None, sentences[at + 1] if at + 1 < len(sentences) else None
    if before is not None and _FOLLOWS.match(key):
        return (Span(before.start, found.span.end),)
    if _explains_itself(key, words):
        start = (
            before.start
            if before is not None and re.match(r"[这其此](?!次|外|他|中)|究其|原因|主要", key)
            else found.span.start
        )
        end = found.span.end
        if (
            behind is not None
            and _ADDS.match(search_key(behind.of(text)))
            and parts_of_cause(search_key(behind.of(text)))
        ):
            end = behind.end
        return (Span(start, end),)
    if behind is not None:
        next_key = search_key(behind.of(text))
        if (
            _EXPLAINS.match(next_key)
            and parts_of_cause(next_key) is not None
            and not _FOLLOWS.match(next_key)
        ):
            return _counted_causes(document, behind, start=found.span.start) or (
                Span(found.span.start, behind.end),
            )
    return None


def _explains_itself(key: str, words: Sequence[WantedWord]) -> bool:
    """Whether a sentence states a cause of the thing asked, not what that is in turn the cause of."""
    parts = parts_of_cause(key)
    if parts is None:
        return False
    in_cause, in_effect = (covered_share(words, Context(part, "", "")) for part in parts)
    return in_effect >= LEAST_EFFECT * in_cause


def _counted_causes(
    document: Document, sentence: Span, *, start: int | None = None
) -> tuple[Span, ...] | None:
    """All that is counted off as causes around the sentence, with its lead, None where nothing is.

    The lead is the sentence that says so (原因有三), or the heading; items may stand on lines of their own.
    """
    text = document.text
    block = block_at(document, sentence.start)
    items = counted_in(document, block)
    if len(items) >= 2 and (items[0].start <= sentence.end):
        leading = [
            one
            for one in split_sentences(text, start=block.span.start, end=items[0].end)
            if one.start <= items[0].start
        ][-2:]
        lead = next(
            (
                one
                for one in leading
                if _NAMES_CAUSES.search(one.of(text)[: max(0, items[0].start - one.start)])
            ),
            None,
        )
        if lead is not None and sentence.end > lead.start:
            return _joined(
                document, Span(lead.start if start is None else min(start, lead.start), items[0].start), items
            )
        return None
    if sentence.of(text).rstrip().endswith(("：", ":")) and _NAMES_CAUSES.search(sentence.of(text)):
        index = document.blocks.index(block)
        behind = [
            one.span for one in takewhile(lambda one: is_item(document, one), document.blocks[index + 1 :])
        ]
        return (Span(start or sentence.start, sentence.end), *behind) if behind else None
    return None


def _joined(document: Document, lead: Span, items: Sequence[Span]) -> tuple[Span, ...]:
    """Lead and items as one span where they follow one another and are short together, else the items one by one."""
    whole = Span(lead.start, items[-1].end)
    between = [document.text[one.end : other.start] for one, other in pairwise(items)]
    if (
        len(whole) <= MOST_CHARS
        and not any(gap.strip() for gap in between)
        and "\n" not in whole.of(document.text)
    ):
        return (whole,)
    return tuple(items)


def _share_about(found: Evidence, words: Sequence[WantedWord]) -> float:
    block = block_at(found.document, found.span.start)
    return covered_share(words, context_of(found.document, block, found.span))


def _own_share(document: Document, span: Span, words: Sequence[WantedWord]) -> float:
    """The share of the words the sentence itself speaks of; 民间工业投资 says 民间投资 as well."""
    key = search_key(span.of(document.text))
    parted = [
        form
        for word in words
        for form in word.forms
        if len(form) == 4 and form not in key and _says_parted(form, key)
    ]
    return covered_share(words, Context(key, " ".join(parted), ""))


def _says_parted(word: str, key: str) -> bool:
    return re.search(rf"{re.escape(word[:2])}[\u3400-\u9fff]{{1,3}}{re.escape(word[2:])}", key) is not None


def _went_so(question: str, found: Evidence) -> bool:
    """Whether a sentence may tell of something that went the way the question says."""
    asked, told = _ways(question), _ways(found.span.of(found.document.text))
    return not asked or not told or bool(asked & told)


def _ways(text: str) -> frozenset[int]:
    """Which ways what a text speaks of went."""
    return frozenset(way for trend in read_trends(text) for way in trend.ways)
