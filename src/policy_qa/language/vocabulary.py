"""The editable word lists of the language: synonyms, and spoken words with what reports write for them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def canonical(key: str) -> str:
    """A search key with the synonyms of each group made one, names made of several words too.

    >>> canonical("柳州gdp") == canonical("柳州地区生产总值"), canonical("经济增速") == canonical("地区生产总值增速")
    (True, True)
    """
    return _synonym().sub(lambda match: _same()[match[0]], key)


@cache
def _same() -> dict[str, str]:
    """The one form for each synonym, and for each name made of several words that of the first of its line, word by word."""
    same = {word: min((word, *others)) for word, others in synonyms().items() if len(word) > 1}
    pattern = _any_of(same)
    composed = [
        [search_key(word) for word in line.split()] for line in vocabulary_lines("composed_names.txt")
    ]
    named = {
        name: pattern.sub(lambda match: same[match[0]], first)
        for first, *others in composed
        for name in others
    }
    return same | named


@cache
def _synonym() -> re.Pattern[str]:
    return _any_of(_same())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """For each word of `synonyms.txt` (a search key) the others of its groups.

    >>> "地区生产总值" in synonyms()["gdp"]
    True
    """
    return synonym_groups("synonyms.txt")


def synonym_groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """For each word of a vocabulary file with a group a line (search keys) the others of its groups."""
    groups = [[search_key(word) for word in line.split()] for line in vocabulary_lines(name)]
    same: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group:
            same[word] = (*same.get(word, ()), *(other for other in group if other != word))
    return same


def vocabulary_lines(name: str) -> list[str]:
    """The lines of a vocabulary file that are neither empty nor comments."""
    text = resources.files("policy_qa.language").joinpath("vocabularies", name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def spoken_pattern() -> re.Pattern[str]:
    """Any spoken form, the longest first."""
    return _any_of(spoken_forms())


@cache
def spoken_forms() -> Mapping[str, str]:
    """The spoken forms of `spoken.txt`, each with the written one."""
    lines = (line.partition(":") for line in vocabulary_lines("spoken.txt"))
    return {spoken: written.strip() for written, _, forms in lines for spoken in forms.split()}
