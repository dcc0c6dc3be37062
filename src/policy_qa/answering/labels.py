"""What a question names of a table: its words against the labels of rows and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import is_unit
from policy_qa.answering.wording import WantedWord, names_slot
from policy_qa.answering.years import years_fit, years_spoken_of
from policy_qa.language.gazetteer import PLACE_SUFFIX
from policy_qa.language.normalize import search_key
from policy_qa.language.vocabulary import synonym_groups, vocabulary_lines
from policy_qa.understanding import COLLECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_qa.answering.wording import WordWeight
    from policy_qa.understanding import Query

SURE_SHARE = 0.6
"""A label is named where at least this share of one of its parts is said; else only if no other label is."""
LEAST_SHARE = 0.3
LEAST_RIVAL = 0.6
"""Of labels none of which is surely named, those count of which at least this share of the best one's share is said."""
SHORTEST_LOOSE = 3

YEAR_AND_WORD = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?:度|末|底|份)?")
YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
MARKER = re.compile(r"^(?:其中[:,]?|[(]?[一二三四五六七八九十\d]{1,2}[)、.](?!\d))+")
BRACKETED = re.compile(r"\([^()]*\)")
HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{2,5}")
INDICATOR = re.compile(
    r"[率速额数量值比重占度积口价入出产业资本款]$|总|计$|平均|企业|项目|指[标数]|排名|位次|名次|得分|变化|差|年|月|全[国省市区县]|单位"
)
RELATIVE = re.compile(r"[增速率占]|比重|比上年|同比|强度|指数|排名|位次|得分|变化")
RATIO = re.compile(r"比例|占比|比重|百分比|份额|^%$")
RANK_ASKED = re.compile(
    r"第几[名位]?|[排居列][^,;。?]{0,8}(?:多少|几)[名位]"
)  # where the question does not say 排名
JOINED = frozenset({"", "的", "中", "里", "中的", "里的", "当中", "之中"})


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the question: the forms that say it (table keys), what it weighs, where it stands in the question.

    `decides` where labels that say it are meant alone: asked 排第几, only the rank is.
    """

    forms: tuple[str, ...]
    weight: float
    start: int
    end: int
    decides: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it is but a year."""
        return all(YEAR_ALONE.fullmatch(form) for form in self.forms)


@dataclass(frozen=True, slots=True)
class LabelKey:
    """A label as it is compared: the keys of its parts, outermost first, and the years it names."""

    parts: tuple[str, ...]
    years: tuple[str, ...]

    @property
    def core(self) -> str:
        """Its innermost part as a name: 柳州 of 柳州市."""
        return PLACE_SUFFIX.sub("", self.parts[-1]) if self.parts else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """How a question names a label: which of its words, how much of the label, and of its best part (0 to 1)."""

    words: frozenset[int]
    share: float
    best: float


@dataclass(frozen=True, slots=True)
class Named:
    """The labels of one axis that a question names, by their index, and the words that do.

    `sure` where most of a label is said, not merely more than of any other.
    """

    labels: tuple[int, ...]
    words: frozenset[int]
    sure: bool


NOTHING_NAMED = Named((), frozenset(), sure=False)


def table_key(text: str) -> str:
    """The search key in which labels, captions and questions are compared: no white space, 2018 for 2018年末.

    >>> table_key("2018年末 R&D 投入强度")
    '2018r&d投入强度'
    """
    return YEAR_AND_WORD.sub(r"\1", "".join(search_key(text).split()))


def label_key(label: Sequence[str]) -> LabelKey:
    """The label as it is compared: without 其中：, numbering, and units in brackets.

    >>> label_key(("其中：出口总额（亿元）", "2018年"))
    LabelKey(parts=('出口总额', '2018'), years=('2018',))
    """
    parts = []
    for part in label:
        key = table_key(part)
        parts.append(BRACKETED.sub("", MARKER.sub("", key)) or key)
    return LabelKey(tuple(parts), tuple(dict.fromkeys(years_spoken_of(" ".join(parts)))))


@cache
def table_synonyms() -> Mapping[str, tuple[str, ...]]:
    """For each word of `table_synonyms.txt` the others of its groups."""
    return synonym_groups("table_synonyms.txt")


@cache
def table_words() -> frozenset[str]:
    """The words of `table_words.txt`: any table is about them."""
    return frozenset(word for line in vocabulary_lines("table_words.txt") for word in line.split())


def asked_words(query: Query, weight: WordWeight, least: float) -> tuple[AskedWord, ...]:
    """The words of the question, in order; a word weighs at least `least`, one that any table answers nothing (数据, 六市).

    Neighbouring single characters are one word: a name the dictionary does not know.
    """
    key = search_key(query.text)
    places = {
        key[start:end]: (start, end) for start, end in reversed(_joined(_places(key, query.content), key))
    }
    words = []
    for word, (start, end) in sorted(places.items(), key=lambda found: found[1]):
        said = dict.fromkeys([word, *query.synonyms.get(word, ()), *table_synonyms().get(word, ())])
        open_to_all = word in table_words() or COLLECTIVE.fullmatch(word) or is_unit(word)
        weighs = 0.0 if open_to_all else max(least, min(weight(form) for form in said))
        forms = dict.fromkeys(form for one in said for form in _forms(table_key(one)))
        words.append(AskedWord(tuple(forms), weighs, start, end))
    if len(query.years) > sum(word.is_year for word in words):
        words = [word for word in words if not word.is_year]  # the ends of a range name no label alone
    return (*words, *_rank_asked(key, least))


def _rank_asked(key: str, weighs: float) -> list[AskedWord]:
    """排第几 as a word for the rank, where the question asks for one."""
    asked = RANK_ASKED.search(key)
    forms = ("排名", *table_synonyms()["排名"])
    return [AskedWord(forms, weighs, *asked.span(), decides=True)] if asked and "排名" not in key else []


def wanted(words: Iterable[AskedWord]) -> tuple[WantedWord, ...]:
    """The words as coverage is counted of."""
    return tuple(
        WantedWord(word.forms, word.weight, word.is_year or names_slot(word.forms[0])) for word in words
    )


def name_labels(
    labels: Mapping[int, LabelKey],
    words: Sequence[AskedWord],
    years: Sequence[str],
    *,
    shares: bool = True,
    together: bool = False,
) -> Named:
    """The labels that the question names best; empty where it names none of them.

    A label whose years are others than `years` is never named. One all of whose words another label says too, and
    more, is not meant (人口 beside 常住人口), but `together` one it stands under may be, if all of it is said; of labels
    with the same words that with the least left unsaid is. Without `shares` a label that says what share something has
    (占GDP比重) is not named by what it is a share of.
    """
    mentions = {
        index: mention_of(label, words)
        for index, label in labels.items()
        if not label.years or years_fit(years, label.years)
    }
    rivals = {index: found for index, found in mentions.items() if found.best >= SURE_SHARE}
    sure = bool(rivals)
    if not sure:
        rivals = _likeliest(mentions, words)
    kept = [
        index
        for index, found in rivals.items()
        if not any(
            found.words < rivals[other].words
            and not (together and found.share == 1 and _stands_under(labels[other], labels[index]))
            for other in rivals
        )
    ]
    fullest: dict[frozenset[int], float] = {}
    for index in kept:
        fullest[rivals[index].words] = max(fullest.get(rivals[index].words, 0.0), rivals[index].share)
    kept = [index for index in kept if rivals[index].share >= fullest[rivals[index].words] - 1e-9]
    deciding = {index for index, word in enumerate(words) if word.decides}
    kept = [index for index in kept if rivals[index].words & deciding] or kept
    if not shares:
        kept = [index for index in kept if not RATIO.search("".join(labels[index].parts[-1:]))]
    return Named(tuple(kept), frozenset().union(*(rivals[index].words for index in kept)), sure)


def _stands_under(label: LabelKey, above: LabelKey) -> bool:
    return len(label.parts) > len(above.parts) and label.parts[: len(above.parts)] == above.parts


def mention_of(label: LabelKey, words: Sequence[AskedWord]) -> Mention:
    """How far the words say the label; of a part with more than a year in it, its year says nothing."""
    said: set[int] = set()
    shares = []
    for part in label.parts:
        covered, own = _said_of(part, words)
        free = {place for year in YEAR_ALONE.finditer(part) for place in range(*year.span())}
        if len(free) == len(part):  # a year alone is said or is left open
            free -= covered
        covered -= free
        suffix = PLACE_SUFFIX.search(part)
        if suffix and covered | free >= set(range(suffix.start())):
            covered |= set(range(*suffix.span()))
        said |= own
        if len(part) > len(free):
            shares.append(len(covered) / (len(part) - len(free)))
    if not shares:
        return Mention(frozenset(said), 0.0, 0.0)
    return Mention(frozenset(said), sum(shares) / len(shares), max(shares))


def names_among(labels: Iterable[LabelKey]) -> frozenset[str]:
    """The names among the labels: neither indicators nor years, nor what any table says.

    >>> sorted(names_among([label_key(["桂林市"]), label_key(["工业增速"]), label_key(["北海"]), label_key(["2020年"])]))
    ['北海', '桂林']
    """
    cores = {label.core for label in labels if label.parts and not label.years}
    return frozenset(
        core for core in cores - table_words() if HAN_ONLY.fullmatch(core) and not INDICATOR.search(core)
    )


def parallel(
    labels: Mapping[int, LabelKey], named: Named, question: str, words: Sequence[AskedWord]
) -> Named:
    """The named labels without those that only modify another: asked for GDP增速, GDP is not asked for.

    The words of such a one stand right before the other's, or among them (医药占工业投资的比重). Where it stands below
    the other it is a part of it, and asked for itself: 实用新型专利授权量 is not 专利授权量.
    """
    places = {index: sorted(_own_words(labels[index], words)) for index in named.labels}
    left_out = set()
    for own, other in permutations(named.labels, 2):
        if modifies(places[own], places[other], question):
            is_part = own > other and not RELATIVE.search(labels[other].core)
            left_out.add(other if is_part else own)
    return Named(tuple(index for index in named.labels if index not in left_out), named.words, named.sure)


def modifies(own: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]], question: str) -> bool:
    """Whether words of the question, by their places, only modify others."""
    if not own or not other or set(own) & set(other):
        return False
    start, end = own[0][0], own[-1][1]
    first, last = other[0][0], other[-1][1]
    return (end <= first and question[end:first] in JOINED) or (first < start and end < last)


def _own_words(label: LabelKey, words: Sequence[AskedWord]) -> set[tuple[int, int]]:
    return {
        (word.start, word.end)
        for part in label.parts
        for index in _said_of(part, words)[1]
        for word in [words[index]]
    }


def _said_of(part: str, words: Sequence[AskedWord]) -> tuple[set[int], set[int]]:
    """The places of the part that the words say, and the indices of these words.

    Inside a longer word of the question (出口 in 进出口) a word says nothing.
    """
    found = [
        (places, index)
        for index, word in enumerate(words)
        for form in word.forms
        for places in (_occurrences(part, form) or _loosely(part, form) or _as_modifier(part, form))
    ]
    outer = [(places, index) for places, index in found if not any(places < other for other, _ in found)]
    covered = {place for places, _ in outer for place in places}
    return covered, {index for _, index in outer}


def _occurrences(part: str, form: str) -> list[set[int]]:
    """The places of each occurrence of the form in the part."""
    return [
        set(range(match.start(), match.start() + len(form))) for match in re.finditer(re.escape(form), part)
    ]


def _loosely(part: str, form: str) -> list[set[int]]:
    """The places of the form in the part where only something stands within: 出口额 in 出口总额."""
    if len(form) < SHORTEST_LOOSE or len(form) < SURE_SHARE * len(part):
        return []
    if not (part.startswith(form[:2]) and part.endswith(form[-1])):
        return []
    places, at = set(), 0
    for character in form:
        at = part.find(character, at) + 1
        if not at:
            return []
        places.add(at - 1)
    return [places]


def _as_modifier(part: str, form: str) -> list[set[int]]:
    """All of a part that only begins the form and is no indicator: 农村 is meant by 农村居民."""
    begins = 2 <= len(part) < len(form) and form.startswith(part)
    return (
        [set(range(len(part)))] if begins and HAN_ONLY.fullmatch(part) and not INDICATOR.search(part) else []
    )


def _likeliest(mentions: Mapping[int, Mention], words: Sequence[AskedWord]) -> dict[int, Mention]:
    """The labels of which enough is said to be meant, where none is surely named."""
    common = len(mentions) / 2
    holding = [sum(index in found.words for found in mentions.values()) for index in range(len(words))]
    telling = {word for word, count in enumerate(holding) if count <= max(common, 1) and words[word].weight}
    likely = {
        index: found
        for index, found in mentions.items()
        if found.best >= LEAST_SHARE and found.words & telling
    }
    most = max((found.best for found in likely.values()), default=0.0)
    return {index: found for index, found in likely.items() if found.best >= LEAST_RIVAL * most}


def _forms(key: str) -> tuple[str, ...]:
    """A word, and the bare name where it is a place's: 柳州市 is said by 柳州."""
    bare = PLACE_SUFFIX.sub("", key)
    return (key,) if bare == key else (key, bare)


def _places(key: str, content: Sequence[str]) -> list[tuple[int, int]]:
    """Where each of the words first stands in the key, in order; a single character wherever it stands alone."""
    places, last = [], 0
    for word in content:
        if len(word) > 1:
            at = key.find(word, last)
            start = at if at >= 0 else max(key.find(word), 0)
            places.append((start, start + len(word)))
            last = start + len(word) if at >= 0 else last
    taken = {place for start, end in places for place in range(start, end)}
    single = {word for word in content if len(word) == 1}
    places += [
        (place, place + 1) for place, letter in enumerate(key) if letter in single and place not in taken
    ]
    return sorted(places)


def _joined(places: Sequence[tuple[int, int]], key: str) -> list[tuple[int, int]]:
    """The places, single characters that stand side by side as one, unless any table is about one of them (各)."""
    joined: list[tuple[int, int]] = []
    lone = False
    for start, end in places:
        is_lone = end - start == 1 and key[start:end] not in table_words()
        if lone and is_lone and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
            lone = is_lone
    return joined
