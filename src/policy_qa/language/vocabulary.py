"""The editable word lists of the language: synonyms, and spoken words with what reports write for them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping


def canonical(key: str) -> str:
    """A search key with the synonyms of each group made one.

    >>> canonical("柳州gdp") == canonical("柳州地区生产总值")
    True

    What has a synonym of its own counts as its parts do too:

    >>> canonical("经济增速") == canonical("gdp增幅")
    True
    """
    return _synonym().sub(lambda match: _same()[match[0]], key)


@cache
def _same() -> dict[str, str]:
    """For each word the one that stands for its group, the shorter words within that made one of theirs."""
    first = {word: min((word, *others)) for word, others in synonyms().items() if len(word) > 1}
    return {word: _with_parts_of(one, first) for word, one in first.items()}


def _with_parts_of(word: str, first: Mapping[str, str]) -> str:
    """The first word of a group with what other groups have within it made the first of theirs."""
    others = (part for part in first if part in word and first[part] != word)
    parts = "|".join(map(re.escape, sorted(others, key=len, reverse=True)))
    return re.sub(parts, lambda match: first[match[0]], word) if parts else word


@cache
def _synonym() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_same(), key=len, reverse=True))))


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
    return re.compile("|".join(map(re.escape, sorted(spoken_forms(), key=len, reverse=True))))


@cache
def spoken_forms() -> Mapping[str, str]:
    """The spoken forms of `spoken.txt`, each with the written one."""
    lines = (line.partition(":") for line in vocabulary_lines("spoken.txt"))
    return {spoken: written.strip() for written, _, forms in lines for spoken in forms.split()}
