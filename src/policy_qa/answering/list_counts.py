"""How many things a text says there are: 哪五项, 三大攻坚战, 9个方面."""

from __future__ import annotations

import re

from policy_qa.language.numerals import read_numeral

NUMBER = r"(?:[两三四五六七八九]|十[一二三四五六]?|\d{1,2})"
MEASURE = r"(?:大?方面|个方面|大类|[个条项点大件对种类样组句])"
COUNTED = re.compile(
    rf"哪(?P<asked>{NUMBER}){MEASURE}?|(?<![第\d.年月])(?P<told>{NUMBER})(?:个?方面|[件对条项点种大类]|个(?=[^,，。]{{0,4}}(?:问题|原因|建议|任务|重点|目标)))(?!以上|以下)"
)
_MEASURE_OF = rf"(?:大|{MEASURE})?的?"
COUNT_WORD = re.compile(rf"{NUMBER}{MEASURE}?")
_SERIES = (re.compile(r"[、]|以及|[和与及]"), re.compile("[；;]"))
HAN_NUMBERS = dict(enumerate([*"一两三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六")], 1))
_SENTENCE_PART = re.compile(r"[。：:！？]")
_CLAUSE = re.compile(r"[。：:！？，,；;]")
_TITLE = re.compile(r"《[^《》]*》")


def count_told(text: str) -> int | None:
    """How many things a question or the lead of a list says there are, None where it does not.

    >>> count_told("有哪五方面的问题？"), count_told("2025年的10件实事是哪些？"), count_told("有哪些问题？")
    (5, 10, None)
    """
    found = COUNTED.search(text)
    value = read_numeral(found["asked"] or found["told"]) if found else None
    return None if value is None else int(value)


def count_of(noun: str, text: str) -> int | None:
    """How many of these things a text says there are, None where it does not.

    >>> count_of("新兴产业", "那5个新兴产业是什么"), count_of("产业", "三大产业有哪些"), count_of("产业", "有哪些产业")
    (5, 3, None)
    """
    found = re.search(
        rf"(?<![第\d.+年月一二三四五六七八九十])({NUMBER}){_MEASURE_OF}[“\"]?{re.escape(noun)}", text
    )
    value = read_numeral(found[1]) if found else None
    return None if value is None else int(value)


def names_as_many(sentence: str, count: int) -> bool:
    """Whether a sentence may name just so many things one after the other, or says their number and names no fewer.

    >>> names_as_many("推进修渠、植树和护林三项工程", 3), names_as_many("抓好5项重点工作。", 5)
    (True, False)
    >>> names_as_many("2019年,农业局、水利局印发《水库和河道规划》,把甲乡和乙乡列为试点", 2)
    True
    """
    sentence = _TITLE.sub("", sentence)
    if any(len([one for one in _SERIES[0].split(part) if one]) == count for part in _CLAUSE.split(sentence)):
        return True
    says = re.compile(rf"(?<![\d第])(?:{count}|{HAN_NUMBERS.get(count, count)})(?:[大张]|{MEASURE})")
    parts = [part for part in _SENTENCE_PART.split(sentence) if part]
    if says.search(sentence) and any(len(_SERIES[0].split(part)) >= count for part in parts):
        return True
    return any(len([one for one in mark.split(part) if one]) == count for part in parts for mark in _SERIES)


def counts_off(sentence: str, count: int) -> bool:
    """Whether a sentence names just so many things and says right behind them that they are so many (甲、乙两市).

    >>> counts_off("支持甲市、乙市两市建设副中心", 2), counts_off("支持甲市、乙市建设", 2), counts_off("甲、乙、丙三县", 2)
    (True, False, False)
    """
    number = re.compile(rf"(?<=[^第\d、])(?:{count}|{HAN_NUMBERS.get(count, count)})(?=[\u4e00-\u9fff])")
    for part in _CLAUSE.split(_TITLE.sub("", sentence)):
        behind = number.search(part)
        if behind and len(_SERIES[0].split(part[: behind.start()])) == count:
            return True
    return False
