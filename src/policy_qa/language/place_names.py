"""Which stretches of a text may be names of places, as far as the words around them tell, and which are such names misspelt."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from math import log
from typing import TYPE_CHECKING

from policy_qa.language.gazetteer import gazetteer
from policy_qa.language.vocabulary import word_weights
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_qa.language.gazetteer import Gazetteer, Place

CHINESE_INSTITUTION = re.compile(
    "特色|式|梦|共产|人民|制造|创造|[^，。；、：的]{0,6}(?:银行|公司|集团|大学|学会|协会|研究院|科学院|工程院|委员会)|移动|电信|联通|铁塔|中[车铁]|石[油化]|平安|人寿"
)
INSTITUTION = re.compile(
    "(?:[东西南北中]部?|师范|理工|工业|科技|农业|林业|医科|中医药|财经|民族|交通|职业|技术|电力|工程|外国?语|海洋|第[一二三四])*"
    "(?:大学|学院|师大|医大|职校|技校)(?!城|生|校|毕业|科技园)|银行|证券|日报|晚报|卫视|[东西南北中]?路(?![网段桥面况由线径])|大?街(?!道|区|镇)|大道"
)
OTHER_KIND = re.compile("区(?![域间块位划县]|内|外)")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝"
    "孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文沙颜倪严牛温芦季俞章鲁葛韦申尤毕聂焦柳邢岳齐庄涂"
)
LONGEST_WORD = 4
NEIGHBOURHOOD = 3
"""So many characters on each side of a name are cut into words with it; longer words are rare."""
WEIGHT_OF_PLACE = {"country": 10_000, "province": 10_000, "prefecture": 10_000, "county": 40}
"""How often a name is taken to occur at least, as the dictionary counts: reports say 长沙 more often than 沙市区."""
WEIGHT_OF_FULL_NAME = 500
"""Less than that of the short form: 重庆市民 are the 市民 of 重庆."""
LOG_TOTAL = log(60_000_000)
"""Of the counts of the dictionary."""
BLANK = "?"
FUNCTION_WORD = 6_000
"""A character that occurs so often as a word of its own (还, 与) is no slip of the pen in a name of two characters."""
MOST_FREQUENT = 100_000
"""Nor is a name of two characters meant where the other one is one of these (和, 上)."""
KINDS = ("市", "省", "州", "盟", "自治", "地区")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may name a place: what it means by itself, where `is_sure`, and what it may mean."""

    span: Span
    meant: tuple[Place, ...]
    called: tuple[Place, ...]
    is_sure: bool = True
    is_everyday: bool = False
    is_home: bool = False


def name_candidates(text: str, known: Gazetteer) -> Iterator[Candidate]:
    """What may be names, the longest at each place; sure ones end the search within them."""
    beginnings, start, last = known.beginnings, 0, len(text) - 1
    while start < last:
        lengths = beginnings.get(text[start : start + 2])
        if lengths is None:
            start += 1
            continue
        step = 1
        for length in lengths:
            form = text[start : start + length]
            if form in known.lookalikes:
                step = length
                break
            called = known.called(form)
            span = Span(start, start + len(form))
            if not called or not _stands_alone(text, span, known):
                continue
            if form in known.doubtful:
                yield Candidate(
                    span, known.meant_by(form), called, is_sure=False, is_everyday=form in known.everyday
                )
                continue
            if not _names_institution(text, span, called[0]) and not _is_given_name(text, span, called[0]):
                yield Candidate(span, known.meant_by(form), called)
            step = len(form)
            break
        start += step


def _names_institution(text: str, span: Span, place: Place) -> bool:
    """Whether what follows makes it a university, bank, newspaper, street …: 吉林大学 is no place."""
    if place.level == "country":
        return CHINESE_INSTITUTION.match(text, span.end) is not None
    if not place.name.endswith("区") and OTHER_KIND.match(text, span.end):
        return True
    return len(span) == len(place.short) and INSTITUTION.match(text, span.end) is not None


def _is_given_name(text: str, span: Span, place: Place) -> bool:
    """Whether a county's short form stands behind a surname: 王永昌."""
    return (
        place.level == "county"
        and len(span) == 2 < len(place.name)
        and text[max(0, span.start - 1) : span.start] in SURNAMES
        and (span.start == 1 or text[span.start - 2 : span.start] not in word_weights())
    )


def _stands_alone(text: str, span: Span, known: Gazetteer) -> bool:
    """Whether the likeliest way to cut the text into words cuts at both ends of the name and keeps it whole.

    Asked only where some word of the dictionary covers the name or crosses one of its ends.
    """
    if not is_crossed(text, span):
        return True
    first, last = max(0, span.start - NEIGHBOURHOOD), min(len(text), span.end + NEIGHBOURHOOD)
    scores: list[tuple[float, bool]] = [(0.0, True)] * (last - first + 1)
    for begin in range(last - 1, first - 1, -1):
        stops = {*range(begin + 1, min(last, begin + LONGEST_WORD) + 1)}
        ways = []
        for stop in stops | {span.end} if begin == span.start else stops:
            weight = _weight(text, begin, stop, known if begin == span.start else None)
            if weight:
                score, keeps = scores[stop - first]
                ways.append((log(weight) - LOG_TOTAL + score, keeps and _keeps_whole(begin, stop, span)))
        scores[begin - first] = max(ways)
    return scores[0][1]


def _weight(text: str, begin: int, stop: int, known: Gazetteer | None) -> int:
    """How often the word occurs, a single character at least once; with the `known` places, names as reports say them."""
    word = text[begin:stop]
    weight = word_weights().get(word, 1 if stop == begin + 1 else 0)
    called = known.called(word) if known is not None else ()
    if not called:
        return weight
    least = WEIGHT_OF_PLACE[called[0].level]
    return max(weight, min(least, WEIGHT_OF_FULL_NAME) if word == called[0].name else least)


def _keeps_whole(begin: int, stop: int, span: Span) -> bool:
    """Whether a word from `begin` to `stop` is the span itself, or lies outside it."""
    return (begin, stop) == (span.start, span.end) or stop <= span.start or begin >= span.end


def is_crossed(text: str, span: Span) -> bool:
    """Whether some word of the dictionary covers what stands there, or crosses one of its ends.

    >>> is_crossed("出海口建设", Span(1, 3)), is_crossed("在海口建设", Span(1, 3))
    (True, False)
    """
    weights, start, end = word_weights(), span.start, span.end
    last = min(len(text), end + NEIGHBOURHOOD)
    for begin in range(max(0, start - NEIGHBOURHOOD), end):
        for stop in range((start if begin < start else end) + 1, min(begin + LONGEST_WORD, last) + 1):
            if text[begin:stop] in weights:
                return True
    return False


def misspelt_places(text: str) -> list[tuple[Span, Place]]:
    """Where `text` has a place's name but for one character that sounds or looks like the right one, and the place.

    Only where exactly one place fits, and what stands there is no place and no word. Counties count by their full names
    alone, provinces and prefectures by the short ones too.

    >>> [(span.of("柳洲的研发投入"), place.name) for span, place in misspelt_places("柳洲的研发投入")]
    [('柳洲', '柳州市')]
    """
    found: list[tuple[Span, Place]] = []
    for span in _windows(text):
        if not found or found[-1][0].end <= span.start:
            place = _meant(text, span)
            if place is not None:
                found.append((span, place))
    return found


def _windows(text: str) -> list[Span]:
    """The stretches as long as a name that begins, or one that ends, with the same character; longest first at each place."""
    spellings, size = _spellings(), len(text)
    windows = {
        (at, -length)
        for at, character in enumerate(text)
        for length in spellings.by_first.get(character, ())
        if at + length <= size
    } | {
        (at + 1 - length, -length)
        for at, character in enumerate(text)
        for length in spellings.by_last.get(character, ())
        if at + 1 >= length
    }
    return [Span(start, start - negative) for start, negative in sorted(windows)]


def _meant(text: str, span: Span) -> Place | None:
    """The one place whose name the words are but for a character, None where they are anything else."""
    written, blanks, confusable = span.of(text), _spellings().blanks, _confusable()
    fitting: dict[Place, int] = {}
    for at, character in enumerate(written):
        rights = blanks.get(f"{written[:at]}{BLANK}{written[at + 1 :]}")
        if rights:
            fitting |= dict.fromkeys(
                (rights[right] for right in rights.keys() & confusable.get(character, set())), at
            )
    if len(fitting) != 1 or is_crossed(text, span):
        return None
    place, at = next(iter(fitting.items()))
    if _is_something(written, has_kind=place.level == "county"):
        return None
    if len(written) > 2 or text.startswith(KINDS, span.end):
        return place
    return place if _is_slip(text, span, at) else None


def _is_something(written: str, *, has_kind: bool) -> bool:
    """Whether it is a place or a word; where it should end with 市 or 县, also with a character before or after it.

    紧密型|城市 has no 兴城市, 苹果市 is no 平果市.
    """
    weights, known = word_weights(), gazetteer()
    parts = (written, written[:-1], written[1:]) if has_kind else (written,)
    return any(part in weights or known.called(part) for part in parts)


def _is_slip(text: str, span: Span, at: int) -> bool:
    """Whether two characters, the one at `at` wrong, are likelier a name misspelt than two words, or someone's name."""
    weights, written = word_weights(), span.of(text)
    return (
        weights.get(written[at], 0) < FUNCTION_WORD
        and weights.get(written[1 - at], 0) < MOST_FREQUENT
        and text[max(0, span.start - 1) : span.start] not in SURNAMES
    )


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names with one character blank, each with the characters that stand there and the places they make.

    `by_first` and `by_last` are the lengths of the names that begin, and that end, with a character.
    """

    blanks: dict[str, dict[str, Place]]
    by_first: dict[str, set[int]]
    by_last: dict[str, set[int]]


@cache
def _spellings() -> Spellings:
    blanks: dict[str, dict[str, Place]] = defaultdict(dict)
    by_first: dict[str, set[int]] = defaultdict(set)
    by_last: dict[str, set[int]] = defaultdict(set)
    known = gazetteer()
    for place in known.by_code.values():
        name = _written_name(place)
        if len(name) < 2 or name in known.doubtful or known.meant_by(name)[0] != place:
            continue
        for at, character in enumerate(name):
            blanks[f"{name[:at]}{BLANK}{name[at + 1 :]}"][character] = place
        by_first[name[0]].add(len(name))
        by_last[name[-1]].add(len(name))
    return Spellings(dict(blanks), dict(by_first), dict(by_last))


def _written_name(place: Place) -> str:
    """What is looked for: the short name, of a county the full one of three characters or more, of the country none."""
    if place.level == "county":
        return place.name if len(place.name) > 2 else ""
    return "" if place.level == "country" else place.short


@cache
def _confusable() -> dict[str, set[str]]:
    """For each character those that sound or look like it."""
    groups: Iterable[str] = [*gazetteer().alike, *_groups_of_sound()]
    confusable: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for one, other in combinations(group, 2):
            confusable[one].add(other)
            confusable[other].add(one)
    return dict(confusable)


def _groups_of_sound() -> list[str]:
    text = resources.files("policy_qa.language").joinpath("vocabularies", "sounds.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
