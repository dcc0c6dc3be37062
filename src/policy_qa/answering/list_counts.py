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
_PART = re.compile(r"[、；;，,]|以及|[和与及]")
_SENTENCE_PART = re.compile(r"[。：:！？]")


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
    found = re.search(rf"(?<![第\d.+年月一二三四五六七八九十])({NUMBER}){_MEASURE_OF}[“\"]?{re.escape(noun)}", text)
    value = read_numeral(found[1]) if found else None
    return None if value is None else int(value)


def names_as_many(sentence: str, count: int) -> bool:
    """Whether a sentence may name so many things one after the other.

    >>> names_as_many("推进修渠、植树和护林三项工程", 3), names_as_many("抓好5项重点工作。", 5)
    (True, False)
    """
    return any(len(_PART.split(part)) >= count for part in _SENTENCE_PART.split(sentence))
