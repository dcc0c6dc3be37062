"""The items of an answer that lists something, as a follow-up may call them by number."""

from __future__ import annotations

import re

MARKS = re.compile(r"\s*(?:\[\d+\])+")
NUMERAL = "一二三四五六七八九十"
ENUMERATOR = re.compile(
    rf"(?:第?[{NUMERAL}]{{1,3}}[、.．是]|[（(](?:[{NUMERAL}]{{1,3}}|\d{{1,2}})[）)]|\d{{1,2}}[、.．）)](?!\d)|[①-⑳]"
    rf"|第[{NUMERAL}\d]{{1,3}}[，,、]|[•·●■\-*]\s+|首先[，,]?|其次[，,]?|再次[，,]?|最后[，,]?)\s*"
)
INLINE = re.compile(rf"(?<=[：:；;。，,\n])(?=(?:{ENUMERATOR.pattern}))")
LONGEST_NAME = 30
ORDINALS = {character: value for value, character in enumerate(NUMERAL, 1)} | {"两": 2}


def items_of(answer: str) -> tuple[str, ...]:
    r"""The items an answer lists, in order, each without number and marks; empty where it lists nothing.

    >>> items_of("一是深化银企合作。[1]\n二是设立引导基金。[2]")
    ('深化银企合作', '设立引导基金')
    """
    text = MARKS.sub("", answer).strip()
    pieces = numbered(text)
    if len(pieces) < 2:
        pieces = [
            line for line in text.split("\n") if line.strip() and not line.rstrip().endswith(("：", ":"))
        ]
    if len(pieces) < 2:
        pieces = re.split(r"[；;]", text.partition("：")[2] or text)
    if len(pieces) < 2:
        pieces = series(text)
    items = tuple(item for item in (short_name(piece) for piece in pieces) if item)
    return items if len(items) > 1 else ()


def numbered(text: str) -> list[str]:
    """The pieces that begin with a number of their own (一是, （二）, 3.), wherever they stand."""
    pieces = [piece for line in text.split("\n") for piece in INLINE.split(line)]
    return [piece for piece in pieces if ENUMERATOR.match(piece.strip())]


def series(text: str) -> list[str]:
    """The members of the longest run parted by 、, or by commas where the text is nothing else."""
    sentence = re.sub(r"^.*(?:包括|分别是|分别为|有|主要是|为|：)(?=[^、]{1,20}、)", "", text.rstrip("。"))
    members = (
        re.split(r"、|以及|(?<=[^、，。]{2})和(?=[^、，。]{2,12}$)", re.split(r"[，。；]", sentence)[0])
        if "、" in sentence
        else []
    )
    if len(members) < 2:
        members = re.split(r"[，,]", sentence)
        if len(members) < 3 or max(map(len, members)) > LONGEST_NAME:
            return []
    return [re.sub(r"等.{0,4}$", "", member) for member in members]


def short_name(piece: str) -> str:
    """An item's own words: without its number, up to the first sentence end, or clause where that is long.

    >>> short_name("（二）加大技改投入：对重点企业给予贴息。")
    '加大技改投入'
    """
    piece = ENUMERATOR.sub("", piece.strip(), count=1)
    name = re.split(r"[。；;：:\n]", piece)[0].strip(" 　，,、")
    return name if len(name) <= LONGEST_NAME else re.split(r"[，,]", name)[0].strip()


def number_of(word: str, count: int) -> int | None:
    """Which of `count` items is called (from 1): 二, 3, 十一, 最后一; None where there is none such.

    >>> number_of("十二", 20), number_of("最后一", 4), number_of("五", 3)
    (12, 4, None)
    """
    if word.startswith(("最后", "末")):
        return count or None
    if word.startswith("倒数"):
        back = number_of(word.removeprefix("倒数").removeprefix("第"), count)
        return count + 1 - back if back else None
    if word.isdecimal():
        number = int(word)
    else:
        tens, mark, ones = word.rpartition("十")
        number = (ORDINALS.get(tens, 1) * 10 if mark else 0) + ORDINALS.get(ones, 0)
    return number if 1 <= number <= count else None
