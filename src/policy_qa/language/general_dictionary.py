"""The lines of jieba's own dictionary, without loading jieba."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def dictionary_lines() -> list[str]:
    """A line a word: the word, how often it occurs, its part of speech; none where jieba is not installed."""
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        return []
    return Path(found.origin).with_name("dict.txt").read_text("utf-8").splitlines()
