"""What a question names of a table: its words against the labels of rows and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from policy_qa.answering.asked_words import AMOUNT, YEAR_ALONE, table_key, table_words
from policy_qa.answering.years import years_fit, years_spoken_of
from policy_qa.language.gazetteer import PLACE_SUFFIX
from policy_qa.language.places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_qa.answering.asked_words import AskedWord

SURE_SHARE = 0.6
"""A label is named where at least this share of one of its parts is said; else only if no other label is."""
LEAST_SHARE = 0.3
LEAST_RIVAL = 0.6
"""Of labels none of which is surely named, those count of which at least this share of the best one's share is said."""
SHORTEST_LOOSE = 3

MARKER = re.compile(r"^(?:其中[:,]?|[(]?[一二三四五六七八九十\d]{1,2}[)、.](?!\d))+")
BRACKETED = re.compile(r"\([^()]*\)")
HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{2,5}")
INDICATOR = re.compile(
    r"[率速额数量值比重占度积口价入出产业资本款]$|总|计$|平均|企业|项目|指[标数]|排名|位次|名次|得分|变化|差|年|月|全[国省市区县]|单位"
)
RELATIVE = re.compile(r"[增速率占]|比重|比上年|同比|强度|指数|排名|位次|得分|变化")
RATIO = re.compile(r"比例|占比|比重|百分比|份额|^%$")
AMOUNT_UNSAID = 0.01
"""What a label loses where the question leaves that out, against one without it."""
JOINED = frozenset({"", "的", "中", "里", "中的", "里的", "当中", "之中"})


@dataclass(frozen=True, slots=True)
class LabelKey:
    """A label as it is compared: the keys of its parts, outermost first, and the years it names."""

    parts: tuple[str, ...]
    years: tuple[str, ...]

    @property
    def core(self) -> str:
        """Its innermost part as a name: 柳州 of 柳州市 and of 广西柳州."""
        name = self.parts[-1] if self.parts else ""
        return PLACE_SUFFIX.sub("", name[province_before(name) :])


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
            and not (
                together and found.share >= 1 - AMOUNT_UNSAID and _stands_under(labels[other], labels[index])
            )
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
    """How far the words say the label.

    Of a part that says more, its year, the province before its place and that it is an amount say nothing.
    """
    said: set[int] = set()
    shares = []
    for part in label.parts:
        covered, own = _said_of(part, words)
        free = {place for year in YEAR_ALONE.finditer(part) for place in range(*year.span())}
        if len(free) == len(part):  # a year alone is said or is left open
            free -= covered
        covered -= free
        amount = AMOUNT.search(part)
        unsaid = set(range(*amount.span())) if amount else set()
        free |= (unsaid | set(range(province_before(part)))) - covered
        lost = AMOUNT_UNSAID if unsaid & free else 0.0
        suffix = PLACE_SUFFIX.search(part)
        if suffix and covered | free >= set(range(suffix.start())):
            covered |= set(range(*suffix.span()))
        said |= own
        if len(part) > len(free):
            shares.append(len(covered) / (len(part) - len(free)) - lost)
    if not shares:
        return Mention(frozenset(said), 0.0, 0.0)
    return Mention(frozenset(said), sum(shares) / len(shares), max(shares))


@lru_cache(maxsize=4096)
def province_before(part: str) -> int:
    """How many characters at the start of a label only say in which province its place lies.

    >>> province_before("广西柳州"), province_before("柳州市"), province_before("广西")
    (2, 0, 0)
    """
    found = next(iter(find_places(part)), None)
    if found is None or found.span.start > 0 or len(found.places) > 1:
        return 0
    return max(part.find(found.places[0].short), 0)


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
        if form in part or form[:1] == part[:1]  # all that is not said at all is passed over at once
        for places in (_occurrences(part, form) or _loosely(part, form) or _as_modifier(part, form))
    ]
    outer = [(places, index) for places, index in found if not any(places < other for other, _ in found)]
    covered = {place for places, _ in outer for place in places}
    return covered, {index for _, index in outer}


def _occurrences(part: str, form: str) -> list[set[int]]:
    """The places of each occurrence of the form in the part."""
    if form not in part:
        return []
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
