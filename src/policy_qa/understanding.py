"""How a question is understood: what it asks for, its words by weight, the years it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from policy_qa.language.tokens import Segmenter
    from policy_qa.types import Question

QueryKind = Literal["author", "figure", "when", "list", "cause", "source", "statement"]

# First match wins: 「哪些原因」asks for causes, 「有哪几年」for a list, 「哪一年」for a date.
KIND_PATTERNS: tuple[tuple[QueryKind, re.Pattern[str]], ...] = (
    (
        "author",
        re.compile(
            r"作者|谁(?:写|撰写|起草|编|做)的?|(?:执笔|撰稿|编辑|校对|组长|成员)(?:人员?)?(?:都?[是有]|包括)?(?:谁|哪[些几]|什么人)"
            r"|哪个?(?:单位|部门|课题组|机构|研究组|调研组)(?:写|编|撰|起草|做|完成)"
        ),
    ),
    ("cause", re.compile(r"为什么|为何|为啥|原因|怎么会|何以|导致")),
    ("source", re.compile(r"出自|来自哪|哪[份篇本个](?:文件|材料|报告|资料|文章|规划|公报|文)")),
    ("list", re.compile(r"哪些|哪[几两三四五六七八九十]|有什么|列出|列举|分别是(?:什么|哪)")),
    ("when", re.compile(r"什么时候|何时|哪一?年|几月|哪个月|哪天|何年|时间是")),
    (
        "figure",
        re.compile(
            r"多少|多大|多高|多长|几[家户亿万人名位成条个项点种类方件所]|百分之几|第几|占比|比重|比例|增速|增幅|增长率|强度|总量|总额|数量|规模|排名|率[是为]?[？?]?$"
        ),
    ),
)
COUNTED = r"[元吨亩米克家户人件个台套辆条项张名所列位座种次倍宗起]|公里|平方|立方|美元"
YEAR = re.compile(  # 1900家 and 2085.3亿元 are none
    rf"(?<!\d)(?<!\d[.,])(?:19|20)\d{{2}}(?![\d%‰]|[.,]\d|[十百千万亿]*(?:{COUNTED})|[十百千万亿])"
)
YEAR_RANGE = re.compile(rf"({YEAR.pattern})年?[末底初]?[-—–~至到]+({YEAR.pattern})年?")
YEARS_SINCE = re.compile(rf"({YEAR.pattern})年?(?:以来|至今|起)")
LATEST_YEARS = 20
LEANING = re.compile(
    r"^(?:那|它|其|这|该|前者|后者|上面|刚才|第[一二三四五六七八九十\d]+[条个项点])|呢[？?]?$|它们|两者|(?:这|那)[个些]"
)
COLLECTIVE = re.compile(
    r"(?:[各诸]|[这那]?(?P<count>[\d两三四五六七八九十]{1,3})[个座家]?)(?:主要|相关)?(?:城市|地区|省[区市]|地级市|[市省县区地国州])"
)
"""Places taken together: 各市, 六个城市."""
TABLE_WANTED = re.compile(
    r"[列做制汇整画](?:总|理|出)?成?(?:一?[张个份])?(?:对[比照])?表格?|(?:用|以)表格?(?:列出|表示|形式)"
)
MISSING_TOLD = re.compile(
    r"[,;]?\s*(?:缺失?|没有|空缺?|无)的?(?:数据|数值|数|值)?(?:就|请|都)?(?:写|填|用|标|记)\S*$"
)
ALL_WANTED = re.compile(
    r"各(?!级|界|方面)|分别|逐[个一市]|对[比照]|列出|列举|各项|所有|一览|都(?:是|有)?多少"
)
YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}
HAN_OR_WORD = re.compile(r"[\u3400-\u9fffa-z0-9]")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched and answered.

    `text` is what is embedded, `terms` what the keyword index is asked, `content` the words an answer must be about
    (search keys, each once, in order), `synonyms` the words that say the same as one of them, `years` the four-digit
    years named. `wants_table` where a table is asked for, `wants_all` where all rows or columns of one are.
    """

    question: Question
    text: str
    kind: QueryKind
    terms: tuple[str, ...]
    content: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    years: tuple[str, ...]
    wants_table: bool = False
    wants_all: bool = False


def understand(question: Question, segmenter: Segmenter) -> Query:
    """The question's kind, terms, content words and years; earlier turns are not drawn on."""
    text = " ".join(question.text.split())
    key = search_key(text)
    about = without_table_request(key)
    content = content_words(about, segmenter)
    same = {word: others for word in content if (others := synonyms_of(word))}
    terms = [
        *segmenter.terms(text),
        *(term for others in same.values() for word in others for term in segmenter.terms(word)),
    ]
    return Query(
        question=question,
        text=text,
        kind=question_kind(key),
        terms=tuple(dict.fromkeys(terms)),
        content=content,
        synonyms=same,
        years=named_years(key),
        wants_table=about != key,
        wants_all=about != key or (ALL_WANTED.search(key) or COLLECTIVE.search(key)) is not None,
    )


def named_years(key: str) -> tuple[str, ...]:
    """The four-digit years of a question, those within a range and after a 以来 included, each once.

    >>> named_years("2018年到2020年的投资"), named_years("2085.3亿元用了几年")
    (('2018', '2020', '2019'), ())
    """
    years = YEAR.findall(key)
    for first, last in YEAR_RANGE.findall(key):
        years += map(str, range(int(first), int(last) + 1))
    for first in YEARS_SINCE.findall(key):
        years += map(str, range(int(first), int(first) + LATEST_YEARS))
    return tuple(dict.fromkeys(years))


def without_table_request(key: str) -> str:
    """The search key of a question without the words that ask for a table.

    >>> without_table_request("六市2020年的研发投入强度列成一张表,缺的写—")
    '六市2020年的研发投入强度'
    """
    bare = TABLE_WANTED.sub("", key)
    return key if bare == key else MISSING_TOLD.sub("", bare)


def name_years(text: str, today: date) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The question with 今年, 去年 and 前年 as years, counted from `today`, and what was taken for which year.

    A question that names a year itself is left as it is.

    >>> from datetime import date
    >>> name_years("去年的增速？", date(2021, 3, 1))
    ('2020年的增速？', (('去年', 2020),))
    """
    if YEAR.search(search_key(text)):
        return text, ()  # what is meant was said
    found = tuple((word, today.year - back) for word, back in YEARS_BACK.items() if word in text)
    for word, year in found:
        text = text.replace(word, f"{year}年")
    return text, found


def leans_on_history(text: str) -> bool:
    """Whether a question cannot be read without the turns before it.

    >>> leans_on_history("那岳阳呢？"), leans_on_history("2020年岳阳的研发投入强度是多少？")
    (True, False)
    """
    return LEANING.search(text) is not None


def question_kind(key: str) -> QueryKind:
    """What the question asks for.

    >>> question_kind("2020年研发投入强度是多少?"), question_kind("有哪些短板?"), question_kind("谁负责?")
    ('figure', 'list', 'statement')
    """
    for kind, pattern in KIND_PATTERNS:
        if pattern.search(key):
            return kind
    return "statement"


def content_words(key: str, segmenter: Segmenter) -> tuple[str, ...]:
    """The words of a search key that say what is asked: neither asking words nor punctuation, each once."""
    words = (span.of(key) for span in segmenter.words(key))
    return tuple(
        dict.fromkeys(word for word in words if HAN_OR_WORD.search(word) and word not in question_words())
    )


@cache
def question_words() -> frozenset[str]:
    """The words of `question_words.txt`."""
    return frozenset(vocabulary_lines("question_words.txt"))


def synonyms_of(word: str) -> tuple[str, ...]:
    """The words that say the same; of a word that only starts with a known one (研发人员) with that replaced.

    >>> "r&d人员" in synonyms_of("研发人员")
    True
    """
    known = synonyms()
    if word in known:
        return known[word]
    start = max(
        (other for other in known if len(other) > 1 and word.startswith(other)), key=len, default=None
    )
    return () if start is None else tuple(other + word[len(start) :] for other in known[start])


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """For each word of `synonyms.txt` (a search key) the others of its groups.

    >>> "地区生产总值" in synonyms()["gdp"]
    True
    """
    return synonym_groups("synonyms.txt")


def synonym_groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """For each word of a vocabulary file with a group a line (search keys) the others of its groups."""
    groups = [[search_key(word) for word in line.split()] for line in vocabulary_lines(name)]
    same: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group:
            same[word] = (*same.get(word, ()), *(other for other in group if other != word))
    return same


def vocabulary_lines(name: str) -> list[str]:
    """The lines of a vocabulary file that are neither empty nor comments."""
    text = resources.files("policy_qa.language").joinpath("vocabularies", name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
