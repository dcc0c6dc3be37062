"""Which year or thing stands at an end of a row (降到最低点, 榜首), where a sentence says so in words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.answering.extractive import answer_from_sentences
from policy_qa.answering.told_figures import DATE
from policy_qa.answering.wording import is_of_other_term, wanted_words
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.normalize import search_key
from policy_qa.language.vocabulary import vocabulary_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WordWeight
    from policy_qa.types import Answer
    from policy_qa.understanding import Query

THING_ASKED = re.compile(
    r"哪一?(?:[家所款]|[个项种类](?!大?(?:城市|地区|[市县区省州镇乡国])))(?!大?(?:城市|地区|[市县区省州镇乡国]))"
)
OF_GROUP = re.compile(r"(?:[两二三四五六七八九十几各\d]|若干)[个座]?[^，,的]{0,4}?(?:城市|地区|[市县区省州])")
"""Of places, all figures are compared instead."""
LEAST_ABOUT = 0.6


def answer_end(query: Query, fitting: Sequence[Evidence], weight: WordWeight) -> Answer | None:
    """The sentence that says in words which year or thing is the one asked for, None where none says enough of it."""
    if OF_GROUP.search(query.text):
        return None
    ends = [words for words in _ends() if any(word in search_key(query.text) for word in words)]
    if len(ends) != 1 or not (query.kind == "when" or THING_ASKED.search(query.text)):
        return None
    wanted = wanted_words(query, weight)
    for found in fitting:
        said = None if found.reading or found.about < LEAST_ABOUT else _said_to_end(query, found, ends[0])
        if said is not None and not is_of_other_term(wanted, search_key(query.text), said):
            return answer_from_sentences(query, [found])
    return None


def _said_to_end(query: Query, found: Evidence, words: Sequence[str]) -> str | None:
    """The sentence up to the clause that says it is an end, and when where that is asked; None without such a clause."""
    text = found.document.text
    for part in split_clauses(text, found.span):
        clause = search_key(part.of(text))
        is_told = query.kind != "when" or DATE.search(clause) is not None
        if is_told and any(word in clause for word in words):
            return search_key(text[found.span.start : part.end])
    return None


@cache
def _ends() -> tuple[tuple[str, ...], ...]:
    """The words of each line of `ends.txt`, as search keys."""
    return tuple(tuple(search_key(word) for word in line.split()) for line in vocabulary_lines("ends.txt"))
