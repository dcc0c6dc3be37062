"""Other words that say the same as one of a question: synonyms, numbers written otherwise, names of branches."""

from __future__ import annotations

import re

from policy_qa.language.numerals import read_numeral
from policy_qa.language.vocabulary import synonyms

NUMBERED = re.compile(r"(?P<number>[一二两三四五六七八九十百千]+)(?P<counted>强|[万亿]\w{0,2})")
FRACTION = re.compile(r"(?P<whole>[一二三四五六七八九十百]+)分之(?P<part>[一二三四五六七八九十]+)")
COUNT = re.compile(r"(?P<number>\d+)个")
COUNTERS = "项家座所条处"
BRANCH = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2}(?<!传统|新兴|主导|支柱|优势|特色|工业|农业|产业|行业|服务|制造|重点|相关|第一|第二|第三|三次))(?P<end>产业|行业|工业)"
)


def synonyms_of(word: str) -> tuple[str, ...]:
    """The words that say the same; of a word that only starts with a known one (研发人员) with that replaced.

    >>> "r&d人员" in synonyms_of("研发人员")
    True
    """
    known = synonyms()
    if word in known:
        return known[word]
    if others := other_numerals(word) or other_branches(word):
        return others
    start = max(
        (other for other in known if len(other) > 1 and word.startswith(other)), key=len, default=None
    )
    return () if start is None else tuple(other + word[len(start) :] for other in known[start])


def other_branches(word: str) -> tuple[str, ...]:
    """The same branch of the economy with another of the words for branches.

    >>> other_branches("汽车产业"), other_branches("工业产业")
    (('汽车行业', '汽车工业', '汽车业'), ())
    """
    match = BRANCH.fullmatch(word)
    if match is None:
        return ()
    ends = (end for end in ("产业", "行业", "工业", "业") if end != match["end"])
    return tuple(match["stem"] + end for end in ends)


def other_numerals(word: str) -> tuple[str, ...]:
    """The same number written with digits, or counted with another word.

    >>> other_numerals("百强"), other_numerals("五分之一"), other_numerals("81个")[:2]
    (('100强',), ('1/5',), ('81项', '81家'))
    """
    if match := NUMBERED.fullmatch(word):
        number = match["number"]
        worth = read_numeral(f"一{number}" if number[0] in "百千" else number)
        return () if worth is None else (f"{worth}{match['counted']}",)
    if match := FRACTION.fullmatch(word):
        part, whole = read_numeral(match["part"]), read_numeral(match["whole"])
        return () if part is None or whole is None else (f"{part}/{whole}",)
    match = COUNT.fullmatch(word)
    return tuple(match["number"] + counter for counter in COUNTERS) if match else ()
