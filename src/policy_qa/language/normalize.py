"""Folding of text for search. What is shown to anyone is never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


KEYS_KEPT = 16384
RADICALS = re.compile("[\u2e80-\u2fd5]")


def unify_radicals(text: str) -> str:
    """`text` with radicals that only look like characters (⽐ ⻓) as those characters; its length stays the same.

    >>> unify_radicals("⽐重增⻓")
    '比重增长'
    """
    return RADICALS.sub(lambda match: _radicals().get(match[0], match[0]), text)


@lru_cache(KEYS_KEPT)
def search_key(text: str) -> str:
    """`text` folded for comparison: NFKC, no case, simplified characters; its length may differ from the text's.

    Radicals count as the characters they look like.

    >>> search_key("２０２０年ＧＤＰ增長３．５％，⻓⽐")
    '2020年gdp增长3.5%,长比'
    """
    folded = unicodedata.normalize("NFKC", unify_radicals(text)).casefold()
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


@cache
def _radicals() -> dict[str, str]:
    """The characters that `radicals.txt` and Unicode's mapping of the Kangxi radicals give for the radicals."""
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    text = resources.files("policy_qa.language").joinpath("vocabularies", "radicals.txt").read_text("utf-8")
    pairs = (line.partition(" ")[::2] for line in text.splitlines() if not line.startswith("#"))
    return kangxi | dict(pairs)
