"""The editable word lists of the language: synonyms, and spoken words with what reports write for them."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SLOT, IN_SLOT = "~", r"(?P<slot>[^，,。；;？?~]{2,8}?)"
"""What stands in a spoken form for a short word of any kind (在~落户的人), such as a place."""
NUMBERED = re.compile(r"(?P<number>[一二两三四五六七八九十百千]+)(?P<counted>强|[万亿]\w{0,2})")
FRACTION = re.compile(r"(?P<whole>[一二三四五六七八九十百]+)分之(?P<part>[一二三四五六七八九十]+)")
COUNT = re.compile(r"(?P<number>\d+)个")
COUNTERS = "项家座所条处"
BRANCH = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2}(?<!传统|新兴|主导|支柱|优势|特色|工业|农业|产业|行业|服务|制造|重点|相关|第一|第二|第三|三次))(?P<end>产业|行业|工业)"
)
FREQUENT_WORD = re.compile(r"^(\S{1,4}) (\d{2,}) ", re.MULTILINE)


def canonical(key: str) -> str:
    """A search key with the synonyms of each group made one, names made of several words too.

    >>> canonical("柳州gdp") == canonical("柳州地区生产总值"), canonical("经济增速") == canonical("地区生产总值增速")
    (True, True)
    """
    return _synonym().sub(lambda match: _same()[match[0]], key)


@cache
def _same() -> dict[str, str]:
    """The one form for each synonym, and for each name made of several words that of the first of its line, word by word."""
    same = {word: min((word, *others)) for word, others in synonyms().items() if len(word) > 1}
    pattern = re.compile(any_of(same))
    composed = [
        [search_key(word) for word in line.split()] for line in vocabulary_lines("composed_names.txt")
    ]
    named = {
        name: pattern.sub(lambda match: same[match[0]], first)
        for first, *others in composed
        for name in others
    }
    return same | named


@cache
def _synonym() -> re.Pattern[str]:
    return re.compile(any_of(_same()))


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first.

    >>> any_of(["甲", "甲乙"])
    '(?:甲乙|甲)'
    """
    return rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


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


@dataclass(frozen=True, slots=True)
class Wordings:
    """The forms of a vocabulary file, each with what it is read as; the longest count first.

    `frames` are those with a place for other words between theirs.
    """

    written: Mapping[str, str]
    pattern: re.Pattern[str]
    frames: tuple[tuple[re.Pattern[str], str], ...]

    def in_one(self, text: str) -> str:
        """The text with every form as it is read."""
        text = self.pattern.sub(lambda match: self.written[match[0]], text)
        for frame, instead in self.frames:
            text = frame.sub(instead, text)
        return text


@cache
def wordings(name: str) -> Wordings:
    """The wordings of a vocabulary file whose lines tell what forms are read as (written: form form)."""
    told = list(_told(name))
    written = {form: instead for form, instead in told if SLOT not in form}
    frames = tuple(
        (re.compile(re.escape(form).replace(re.escape(SLOT), IN_SLOT)), instead.replace(SLOT, r"\g<slot>"))
        for form, instead in sorted(told, key=lambda one: -len(one[0]))
        if SLOT in form
    )
    return Wordings(written, re.compile(any_of(written)), frames)


def _told(name: str) -> Iterator[tuple[str, str]]:
    """Every form of a vocabulary file with what it is read as, alternatives written out."""
    for line in vocabulary_lines(name):
        written, _, forms = line.partition(":")
        for form in forms.split():
            for told in alternatives(form):
                yield told, written.strip()


def spelt_out(question: str) -> str:
    """The question with an indicator by what it is made of, as `made_of.txt` has it; as it is where it names none.

    >>> spelt_out("甲市2020年出口依存度多少")
    '甲市2020年出口总额占GDP比重多少'
    """
    return _made().sub(lambda match: _made_of()[match[0]], question)


@cache
def _made_of() -> dict[str, str]:
    lines = (line.partition(":") for line in vocabulary_lines("made_of.txt"))
    return {name: parts.strip() for name, _, parts in lines}


@cache
def _made() -> re.Pattern[str]:
    return re.compile(any_of(_made_of()))


def alternatives(form: str) -> list[str]:
    """A form with one of each alternatives in braces, in all ways.

    >>> alternatives("{卖,销}出去{的货,}")
    ['卖出去的货', '卖出去', '销出去的货', '销出去']
    """
    parts = [part.split(",") for part in re.split(r"[{}]", form)]
    return ["".join(chosen) for chosen in product(*parts)]


@cache
def words_of(name: str) -> Mapping[str, str]:
    """For each list of a vocabulary file a pattern of any of its words, the longest first.

    >>> bool(re.fullmatch(words_of("deriving_words.txt")["share"], "比重"))
    True
    """
    lists = (line.partition(":") for line in vocabulary_lines(name))
    return {
        head: any_of(form for one in forms.split() for form in alternatives(one)) for head, _, forms in lists
    }


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


def dictionary_lines() -> list[str]:
    """A line a word: the word, how often it occurs, its part of speech; none where jieba is not installed."""
    return _dictionary().splitlines()


def _dictionary() -> str:
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        return ""
    return Path(found.origin).with_name("dict.txt").read_text("utf-8")


@cache
def word_weights() -> dict[str, int]:
    """How often each word of up to four characters occurs that occurs ten times or more."""
    return {word: int(count) for word, count in FREQUENT_WORD.findall(_dictionary())}
