"""Whether the captions of a document's tables fit them: a caption may be a copy of another table's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING

from policy_qa.ingest.tables.labels import unit_in_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.types import Table

NUMBER = re.compile(
    r"^[\s#*_]*(?:续|附)?表\s*[A-Z\d一二三四五六七八九十.．\-–—]+\s*[:：]?|[（(][^（）()]*[)）]"
)
EMPTY_WORDS = re.compile(
    r"(?:19|20)?\d\d\s*(?:[-–—~至]\s*(?:19|20)?\d\d)?\s*年?(?:末|底|初|度|份|前三季度|上半年|以来)?|[“”‘’《》:：,，、。\s\d.%％]|"
    r"排名|名次|位次|情况|状况|对比|比较|变化|变动|统计|一览|汇总|明细|分析|基本|主要|重点|相关|有关|部分|各类|数据|指标|数量|总量|"
    r"国内|全国|全省|全市|全区|各市|各地区?|各省|各县|城市|地区|省市|市州|区县|县区|近年来?|历年|同期|表$|[与和及的在中对占各]"
)
LEAST_SHARE = 0.6
LEAST_OWN_HEADS = 3
MAX_PLACE_CHARS = 4


def check_captions(text: str, tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables, `caption_fits` False where a caption speaks of what this table does not hold.

    That is said only where nothing the caption names stands in the table's heads, labels or units, and either most of
    it stands in another table of the document, from which the caption was copied, or the table's own heads all speak
    of one thing that the caption does not name. Places, years and words like 排名, 情况 say nothing.

    >>> check_captions("", ())
    ()
    """
    captions = [caption_words(table.caption.of(text)) if table.caption else "" for table in tables]
    if not any(captions):
        return tuple(tables)
    words = [table_words(table) for table in tables]
    labels = [Counter(place_labels(table)) for table in tables]
    all_labels = Counter(label for own in labels for label in own.elements())
    checked = []
    for index, table in enumerate(tables):
        names = without_places(captions[index], all_labels, labels[index])
        fits = not names or share(names, words[index]) > 0 or is_generic(names)
        if not fits:
            others = (words[other] + captions[other] for other in range(len(tables)) if other != index)
            copied = any(share(names, other) >= LEAST_SHARE for other in others)
            own = common_words(table)
            fits = not copied and not (own and not any(share(names, word) for word in own))
        checked.append(table if fits else replace(table, caption_fits=False))
    return tuple(checked)


def caption_words(caption: str) -> str:
    """The words of a caption that name something, parted by line ends."""
    return "\n".join(word for word in EMPTY_WORDS.split(NUMBER.sub("", caption)) if word and len(word) > 1)


def table_words(table: Table) -> str:
    """All heads and labels of a table, and the units they name, each ended by a line end."""
    words = [head.text for row in table.header_rows for head in row]
    words += [label for row in table.rows for label in row.label]
    words += {cell.unit for cell in table.cells if cell.unit}
    return "\n".join([*words, ""])


def place_labels(table: Table) -> Iterator[str]:
    """The labels of a table's rows and columns that may be places: short ones without a unit."""
    labels = (label for row in table.rows for label in row.label)
    heads = (head.text for row in table.header_rows for head in row)
    return (
        label for label in chain(labels, heads) if len(label) <= MAX_PLACE_CHARS and not unit_in_label(label)
    )


def without_places(words: str, labels: Counter[str], own: Counter[str]) -> str:
    """The caption's words without those that other tables have as labels, more than once: subjects, not indicators.

    `labels` are those of all tables, `own` those of its own.

    >>> without_places("甲州产值", Counter(["甲州市", "甲州", "产值"]), Counter(["产值"]))
    '产值'
    """
    for size in range(MAX_PLACE_CHARS, 1, -1):
        for place in dict.fromkeys(words[start : start + size] for start in range(len(words) - size + 1)):
            names = (place, place + "市")
            if place[-1] not in "市省县区" and sum(labels[name] - own[name] for name in names) > 1:
                words = words.replace(place, "\n")
    return "\n".join(word for word in words.split("\n") if len(word) > 1)


def share(names: str, words: str) -> float:
    """How much of what a caption names stands in the words: the share of its pairs of neighbouring characters.

    >>> share("存款余额", "贷款余额"), share("存款余额", "人口")
    (0.6666666666666666, 0.0)
    """
    pairs = {one + other for one, other in pairwise(names) if one != "\n" and other != "\n"}
    return sum(pair in words for pair in pairs) / len(pairs) if pairs else 0.0


def is_generic(words: str) -> bool:
    """Whether too little is left of a caption to say what it is about."""
    return len(words.replace("\n", "")) < 4


def common_words(table: Table) -> set[str]:
    """What the heads of a level have in common: words of three characters or more at the same end of all but the stub."""
    found: set[str] = set()
    for row in table.header_rows:
        heads = [head.text for head in row if head.column > 0]
        if len(set(heads)) < LEAST_OWN_HEADS:
            continue
        tails = {common_tail(one, other) for one, other in combinations(sorted(set(heads)), 2)}
        shortest = min(tails, key=len)
        if len(shortest) >= 3 and EMPTY_WORDS.sub("", shortest) == shortest:
            found.add(shortest)
    return found


def common_tail(one: str, other: str) -> str:
    """The characters that both end with."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return one[len(one) - length :]
