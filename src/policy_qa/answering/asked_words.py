"""The words of a question as they are looked for in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import is_unit
from policy_qa.answering.wording import LEAST_WEIGHT, WantedWord, joint_weight, names_slot
from policy_qa.language.gazetteer import PLACE_SUFFIX
from policy_qa.language.normalize import search_key
from policy_qa.language.vocabulary import synonym_groups, vocabulary_lines
from policy_qa.understanding import COLLECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_qa.answering.wording import WordWeight
    from policy_qa.understanding import Query

YEAR_AND_WORD = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?:度|末|底|份)?")
YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
RANK_ASKED = re.compile(
    r"第几[名位]?|[排居列][^,;。?]{0,8}(?:多少|几)[名位]"
)  # where the question does not say 排名
AMOUNT = re.compile(r"(?<=..)(?:总额|总数|总计|数量|数额|金额|余额)$")
"""What says of a thing only that it is an amount: 进口 is 进口总额."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the question: the forms that say it (table keys), what it weighs, where it stands in the question.

    `decides` where labels that say it are meant alone: asked 排第几, only the rank is.
    """

    forms: tuple[str, ...]
    weight: float
    start: int
    end: int
    decides: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it is but a year."""
        return all(YEAR_ALONE.fullmatch(form) for form in self.forms)


def table_key(text: str) -> str:
    """The search key in which labels, captions and questions are compared: no white space, 2018 for 2018年末.

    >>> table_key("2018年末 R&D 投入强度")
    '2018r&d投入强度'
    """
    return YEAR_AND_WORD.sub(r"\1", "".join(search_key(text).split()))


@cache
def table_synonyms() -> Mapping[str, tuple[str, ...]]:
    """For each word of `table_synonyms.txt` the others of its groups."""
    return synonym_groups("table_synonyms.txt")


@cache
def table_words() -> frozenset[str]:
    """The words of `table_words.txt`: any table is about them."""
    return frozenset(word for line in vocabulary_lines("table_words.txt") for word in line.split())


def asked_words(query: Query, weight: WordWeight) -> tuple[AskedWord, ...]:
    """The words of the question, in order; a word weighs at least `LEAST_WEIGHT`, one that any table answers nothing (数据, 六市).

    Neighbouring single characters are one word: a name the dictionary does not know.
    """
    key = search_key(query.text)
    places = {
        key[start:end]: (start, end) for start, end in reversed(_joined(_places(key, query.content), key))
    }
    words = []
    for word, (start, end) in sorted(places.items(), key=lambda found: found[1]):
        said = dict.fromkeys([word, *query.synonyms.get(word, ()), *table_synonyms().get(word, ())])
        open_to_all = word in table_words() or COLLECTIVE.fullmatch(word) or is_unit(word)
        weighs = 0.0 if open_to_all else max(LEAST_WEIGHT, joint_weight(tuple(said), weight))
        forms = dict.fromkeys(form for one in said for form in _forms(table_key(one)))
        forms |= dict.fromkeys([AMOUNT.sub("", table_key(word))])  # 存款余额 is said by 存款
        words.append(AskedWord(tuple(forms), weighs, start, end))
    if len(query.years) > sum(word.is_year for word in words):
        words = [word for word in words if not word.is_year]  # the ends of a range name no label alone
    return (*words, *_rank_asked(key))


def _rank_asked(key: str) -> list[AskedWord]:
    """排第几 as a word for the rank, where the question asks for one."""
    asked = RANK_ASKED.search(key)
    forms = ("排名", *table_synonyms()["排名"])
    return (
        [AskedWord(forms, LEAST_WEIGHT, *asked.span(), decides=True)] if asked and "排名" not in key else []
    )


def wanted(words: Iterable[AskedWord]) -> tuple[WantedWord, ...]:
    """The words as coverage is counted of."""
    return tuple(
        WantedWord(word.forms, word.weight, word.is_year or names_slot(word.forms[0])) for word in words
    )


def _forms(key: str) -> tuple[str, ...]:
    """A word, and the bare name where it is a place's: 柳州市 is said by 柳州."""
    bare = PLACE_SUFFIX.sub("", key)
    return (key,) if bare == key else (key, bare)


def _places(key: str, content: Sequence[str]) -> list[tuple[int, int]]:
    """Where each of the words first stands in the key, in order; a single character wherever it stands alone."""
    places, last = [], 0
    for word in content:
        if len(word) > 1:
            at = key.find(word, last)
            start = at if at >= 0 else max(key.find(word), 0)
            places.append((start, start + len(word)))
            last = start + len(word) if at >= 0 else last
    taken = {place for start, end in places for place in range(start, end)}
    single = {word for word in content if len(word) == 1}
    places += [
        (place, place + 1) for place, letter in enumerate(key) if letter in single and place not in taken
    ]
    return sorted(places)


def _joined(places: Sequence[tuple[int, int]], key: str) -> list[tuple[int, int]]:
    """The places, single characters that stand side by side as one, unless any table is about one of them (各)."""
    joined: list[tuple[int, int]] = []
    lone = False
    for start, end in places:
        is_lone = end - start == 1 and key[start:end] not in table_words()
        if lone and is_lone and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
            lone = is_lone
    return joined
