"""Whether the captions of a document's tables fit them: a caption may be a copy of another table's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from policy_qa.ingest.tables.labels import unit_in_label

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    words = [pairs("\n".join(table_words(table))) for table in tables]
    places = [Counter(row_words(table)) for table in tables]
    all_places: Counter[str] = Counter()
    for own in places:
        all_places.update(own)
    checked = []
    for index, table in enumerate(tables):
        names = without_places(captions[index], all_places - places[index])
        fits = not names or bool(pairs(names) & words[index]) or is_generic(names)
        if not fits:
            others = (
                words[other] | pairs(captions[other]) for other in range(len(tables)) if other != index
            )
            copied = any(share(pairs(names), other) >= LEAST_SHARE for other in others)
            own_words = common_words(table)
            fits = not copied and not (own_words and not any(pairs(names) & pairs(word) for word in own_words))
        checked.append(table if fits else replace(table, caption_fits=False))
    return tuple(checked)


def caption_words(caption: str) -> str:
    """The words of a caption that name something, parted by line ends."""
    return "\n".join(word for word in EMPTY_WORDS.split(NUMBER.sub("", caption)) if word and len(word) > 1)


def table_words(table: Table) -> list[str]:
    """All heads and labels of a table, and the units they name."""
    words = [head.text for row in table.header_rows for head in row]
    words += [label for row in table.rows for label in row.label]
    words += [unit for cell in table.cells if (unit := cell.unit)]
    return words


def row_words(table: Table) -> list[str]:
    """The labels of a table's rows and columns that may be places: short ones without a unit."""
    labels = [label for row in table.rows for label in row.label]
    labels += [head.text for row in table.header_rows for head in row]
    return [label for label in labels if len(label) <= 4 and unit_in_label(label) is None]


def without_places(words: str, places: Counter[str]) -> str:
    """The caption's words without those that are labels of several tables: subjects, not indicators."""
    for place in sorted({place.rstrip("市省县区") for place in places}, key=len, reverse=True):
        if len(place) >= 2 and place in words and places[place] + places[place + "市"] > 1:
            words = words.replace(place, "\n")
    return "\n".join(word for word in words.split("\n") if len(word) > 1)


def pairs(words: str) -> set[str]:
    """The pairs of neighbouring characters within words that line ends part."""
    return {one + other for one, other in pairwise(words) if one != "\n" and other != "\n"}


def share(names: set[str], words: set[str]) -> float:
    """How much of what a caption names stands in a table: the share of its pairs of characters."""
    return len(names & words) / len(names) if names else 0.0


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
