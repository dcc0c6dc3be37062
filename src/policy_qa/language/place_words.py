"""Which words name places: those that jieba's dictionary marks as such, with or without 市, 县, 省."""

from __future__ import annotations

import re
from functools import cache

from policy_qa.language.general_dictionary import dictionary_lines

PLACE_TAG = "ns"
PLACE_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|自治[区州县旗]|地区|[市省县区州盟])$")
LONGEST = 6


@cache
def place_words() -> frozenset[str]:
    """The names of places in jieba's dictionary, of two characters or more."""
    entries = (line.split(" ") for line in dictionary_lines() if line.endswith(PLACE_TAG))
    return frozenset(
        entry[0] for entry in entries if entry[-1] == PLACE_TAG and 2 <= len(entry[0]) <= LONGEST
    )


def place_name(word: str) -> str | None:
    """The bare name of the place that the word names, None where it names none.

    >>> place_name("南宁市"), place_name("北海"), place_name("投资")
    ('南宁', '北海', None)
    """
    bare = PLACE_SUFFIX.sub("", word)
    return bare if bare in place_words() or word in place_words() else None
