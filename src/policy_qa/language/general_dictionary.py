"""The lines of jieba's own dictionary, without loading jieba."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

FREQUENT_WORD = re.compile(r"^(\S{1,4}) (\d{2,}) ", re.MULTILINE)


def dictionary_lines() -> list[str]:
    """A line a word: the word, how often it occurs, its part of speech; none where jieba is not installed."""
    return _dictionary().splitlines()


def _dictionary() -> str:
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        return ""
    return Path(found.origin).with_name("dict.txt").read_text("utf-8")


@cache
def word_weights() -> dict[str, int]:
    """How often each word of up to four characters occurs that occurs ten times or more."""
    return {word: int(count) for word, count in FREQUENT_WORD.findall(_dictionary())}
