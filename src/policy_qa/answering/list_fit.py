"""How well a list of a document fits the list that a question asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.answering.list_counts import count_told
from policy_qa.answering.list_structures import ANNOUNCES
from policy_qa.answering.wording import Context, covered_share, says_term
from policy_qa.language.normalize import search_key
from policy_qa.language.vocabulary import vocabulary_lines
from policy_qa.understanding import periods_asked, years_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.list_structures import DocumentList
    from policy_qa.answering.wording import WantedWord
    from policy_qa.types import Document, Span

ABOVE_SHARE = 0.8
"""How much the headings above a list's lead count for it, against the lead itself."""
COUNT_FITS, COUNT_ANNOUNCED = 0.5, 0.2
"""What a list gains that has as many items as the question says, and loses that has not; and what it gains more whose
lead says how many there are."""
NOUN_FITS = 0.6
"""What a list gains whose lead, or all of whose items, say what the items are (问题, 建议); it loses that says
they are something else."""
DOCUMENT_NAMED = 0.6
YEAR_SAID = 0.3
LOOSE, ALIKE, CHAPTERS = 0.4, 0.2, 0.4
"""What a list loses that only a run-in heading holds together, one whose items are but worded alike, and one that is but
the chapters of a document."""
LEAST_LEAD = 0.25
"""The share of the question's weight that the lead of a list must speak of itself for the list to be the answer."""
LEAST_WITH_NOUN = 0.5
LONGEST_TITLE = 24
"""A longer sentence before a list that announces nothing (不是「如下」) is not what the list is about; its heading is."""


@cache
def list_nouns() -> tuple[frozenset[str], ...]:
    """The words of `list_nouns.txt` for what the items of a list are, those of a line much the same."""
    return tuple(frozenset(line.split()) for line in vocabulary_lines("list_nouns.txt"))


def is_list_noun(word: str) -> bool:
    """Whether a word is one for the items of any list (问题, 建议), not for things (行业)."""
    return any(word in group for group in list_nouns())


@dataclass(frozen=True, slots=True)
class FoundList:
    """The items of one list, in order, and the heading or paragraph that leads it.

    `coverage` is the share of the question's weight that the lead with all headings above speaks of, `own_coverage`
    that of the lead alone (0 to 1); `score` is how well the list fits in all. `says_noun` where it says itself that its
    items are what is asked for, `is_meant` where it says enough of the question to be its answer.
    """

    document: Document
    items: tuple[Span, ...]
    lead: Span
    coverage: float
    own_coverage: float
    score: float = 0.0
    says_noun: bool = False
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says of the list it asks for: its words, how many items, what they are, and in which documents."""

    words: tuple[WantedWord, ...]
    count: int | None
    noun: str | None
    years: tuple[str, ...]
    named: frozenset[str]


def weighed(asked: Asked, document: Document, one: DocumentList) -> FoundList:
    """A list with how well it fits what is asked."""
    heading = one.headings[-1] if one.headings else ""
    leads = ANNOUNCES.search(one.announced.rstrip("。 ")) or len(one.announced) <= LONGEST_TITLE
    leads = leads or one.is_loose or not heading
    lead = search_key((one.announced if leads else "") or heading)
    title = search_key(document.meta.title)
    above = search_key(" ".join([*one.headings, one.near, one.announced]))
    items = [search_key(item.of(document.text)) for item in one.items]
    shared = " ".join(said_by_all(asked, items))
    own = covered_share(asked.words, Context(f"{lead} {shared}", search_key(one.near), ""))
    coverage = covered_share(asked.words, Context(f"{above} {shared}", "", title))
    if one.is_loose:
        own = coverage = float(is_headed_by(asked, lead))
    noun = noun_fit(asked.noun, [lead, search_key(heading)], items)
    is_named = document.id in asked.named
    score = own + ABOVE_SHARE * coverage + noun + count_fit(asked, one) + year_fit(asked, one)
    score += DOCUMENT_NAMED * is_named - LOOSE * one.is_loose - ALIKE * one.is_alike
    is_chapters = search_key(heading) in ("", title) and not one.announced
    score -= CHAPTERS * is_chapters
    says_noun = noun >= NOUN_FITS
    meant = own >= LEAST_LEAD or (says_noun and (coverage >= LEAST_WITH_NOUN or is_named))
    meant = meant and (not is_chapters or asked.count == len(items))
    if asked.count is not None and asked.noun is not None and not is_list_noun(asked.noun):
        meant = meant and (says_noun or own >= LEAST_WITH_NOUN)  # 哪两个行业: two sections are none
    return FoundList(document, one.items, one.lead, coverage, own, score, says_noun, meant)


def said_by_all(asked: Asked, items: Sequence[str]) -> list[str]:
    """The words asked for that every item says itself: 智慧 of 打造智慧产业, 打造智慧政务."""
    forms = (form for word in asked.words for form in word.forms)
    return [form for form in forms if all(form in item for item in items)]


def is_headed_by(asked: Asked, head: str) -> bool:
    """Whether a run-in heading says all that is asked but what the items are, perhaps with words between its own."""
    words = [word for word in asked.words if asked.noun not in word.forms]
    return bool(words) and all(any(says_term(form, head) for form in word.forms) for word in words)


def count_fit(asked: Asked, one: DocumentList) -> float:
    """What a list gains that has as many items as the question says; it loses that has other than the question or its lead says."""
    announced = count_told(one.announced)
    if announced not in (None, len(one.items)):
        return -COUNT_FITS
    if asked.count is None:
        return 0.0
    return (
        COUNT_FITS + COUNT_ANNOUNCED * (announced is not None)
        if asked.count == len(one.items)
        else -COUNT_FITS
    )


def year_fit(asked: Asked, one: DocumentList) -> float:
    """What a list gains whose nearest lead with a year names one asked for; it loses where that names but others."""
    for lead in (one.announced, one.near, *reversed(one.headings)):
        years = set(years_of(periods_asked(search_key(lead))))
        if years and asked.years:
            return YEAR_SAID if years & set(asked.years) else -YEAR_SAID
    return 0.0


def noun_fit(noun: str | None, leads: Sequence[str], items: Sequence[str]) -> float:
    """What a list gains or loses by what its leads, the nearest first, or all its items say that they are."""
    if noun is None:
        return 0.0
    kin = {noun}.union(*(group for group in list_nouns() if noun in group))
    if len(items) and all(noun in item for item in items):
        return NOUN_FITS
    for lead in leads:
        if any(word in lead for word in kin):
            return NOUN_FITS
        if len(kin) > 1 and any(word in lead for group in list_nouns() if not group & kin for word in group):
            return -NOUN_FITS
    return 0.0
