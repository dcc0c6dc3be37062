"""Folding of text for search. What is shown to anyone is never folded."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def search_key(text: str) -> str:
    """`text` folded for comparison: NFKC, no case, simplified characters; its length may differ from the text's.

    >>> search_key("２０２０年ＧＤＰ增長３．５％")
    '2020年gdp增长3.5%'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isascii() else _to_simplified()(folded)


def folding_version() -> str:
    """What `search_key` depends on besides its own code: the Unicode tables and the dictionaries of opencc."""
    return f"unicode {unicodedata.unidata_version}, opencc {metadata.version('opencc')}"


@cache
def _to_simplified() -> Callable[[str], str]:
    """The converter of traditional characters; loaded on first use, since that takes 30 ms."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert
