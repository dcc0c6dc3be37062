"""Items that a paragraph counts off (一是…二是…三是, ①②): parts of it that can be addressed one by one."""

from __future__ import annotations

import re
from itertools import pairwise

from policy_qa.types import Span

_AFTER_MARK = r"(?:(?<=^)|(?<=[。；：，:;,\n\s]))"
COUNTERS = (  # one list keeps to one way of counting
    re.compile(rf"{_AFTER_MARK}[一二三四五六七八九十]{{1,2}}是"),
    re.compile(rf"{_AFTER_MARK}第[一二三四五六七八九十]{{1,2}}[，、,:：]"),
    re.compile(rf"{_AFTER_MARK}(?:首先|其次|再次|最后)[，,是]"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]"),
)


def find_items(text: str) -> list[Span]:
    """The items counted off in a paragraph, each up to the next one or the paragraph's end; none or one is no list.

    >>> [item.of("短板有：一是投入低。仍在降；二是人才少。") for item in find_items("短板有：一是投入低。仍在降；二是人才少。")]
    ['一是投入低。仍在降；', '二是人才少。']
    """
    starts = max(([match.start() for match in counter.finditer(text)] for counter in COUNTERS), key=len)
    return [Span(start, end) for start, end in pairwise([*starts, len(text)])]
