"""The editable word lists of the language: synonyms, and spoken words with what reports write for them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SLOT, IN_SLOT = "~", r"(?P<slot>[^，,。；;？?~]{2,8}?)"
"""What stands in a spoken form for a short word of any kind (在~落户的人), such as a place."""


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
    return {spoken: written for spoken, written in _spoken() if SLOT not in spoken}


@cache
def spoken_frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The spoken forms with a place for other words between theirs, each with what it is replaced by."""
    frames = ((spoken, written) for spoken, written in _spoken() if SLOT in spoken)
    return tuple(
        (re.compile(re.escape(spoken).replace(re.escape(SLOT), IN_SLOT)), written.replace(SLOT, r"\g<slot>"))
        for spoken, written in sorted(frames, key=lambda frame: -len(frame[0]))
    )


def _spoken() -> Iterator[tuple[str, str]]:
    """Every spoken form of `spoken.txt` with the written one, alternatives written out."""
    for line in vocabulary_lines("spoken.txt"):
        written, _, forms = line.partition(":")
        for form in forms.split():
            for spoken in alternatives(form):
                yield spoken, written.strip()


def alternatives(form: str) -> list[str]:
    """A form with one of each alternatives in braces, in all ways.

    >>> alternatives("{卖,销}出去{的货,}")
    ['卖出去的货', '卖出去', '销出去的货', '销出去']
    """
    parts = [part.split(",") for part in re.split(r"[{}]", form)]
    return ["".join(chosen) for chosen in product(*parts)]
