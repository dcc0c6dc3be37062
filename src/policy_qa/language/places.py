"""Which places a text names, which of them it only compares with, and which place a document is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.errors import SettingsError
from policy_qa.language.gazetteer import (
    COUNTRY,
    Gazetteer,
    Place,
    PlaceLevel,
    gazetteer,
    is_within,
)
from policy_qa.language.place_comparisons import JOINED, PlaceMention, with_bases
from policy_qa.language.place_names import Candidate, misspelt_places, name_candidates
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "Place",
    "PlaceLevel",
    "PlaceMention",
    "dominant_place",
    "find_places",
    "homes_of_documents",
    "is_within",
    "misspelt_places",
    "place_of_setting",
    "place_shown",
    "places_called",
    "unique_name",
]

COUNTRY_WORDS = frozenset({"中国", "全国", "我国", "中华人民共和国"})
COUNTRY_WORD = re.compile(
    "(?<![安完健齐])全国(?![性际]|人大|人民代表|政协|两会|工商联|妇联|总工会|社保基金|碳市场)|我国(?![际歌旗])|中华人民共和国|国内(?=平均|领先(?!的)|先进(?!的)|第|首)"
)
_ACCREDITED = "重点|示范|名牌|优秀|工程技术|工程研究|企业技术|技术创新|技术转移|实验室|新型研发|科技企业|众创|院士|博士|专精特新|层面"
"""What 自治区 before says the rank of, not the place: 自治区重点实验室3家 of a city."""
HOME_WORD = re.compile(
    "(?<![安完健齐保俱成])全[市省县区州旗盟](?![场值价间域])|我[市省县区州旗盟](?![场值价间])"
    f"|(?<!族)自治区(?!级|党|政|人|主席|纪|办|{_ACCREDITED})"
    "|(?<![一-鿿])本[市省县区州旗盟](?![场值价间])|(?<![一-鿿])市内(?![外存])"
)

TEXTS_KEPT = 8192
"""The same sentences, labels and questions are read again for every question."""
CERTAIN_COUNT = 3
CLEAR_LEAD = 2
TITLE_OF_COUNTRY = re.compile("国务院|中共中央")


def find_places(text: str, *, home: Place | None = None) -> list[PlaceMention]:
    """The places `text` names, in text order, not overlapping; 全市, 我省 … only with the `home` they mean.

    Names of places one within the other make one mention of the innermost: 广西柳州市.

    >>> [(mention.span.of(text), mention.places[0].code, mention.is_base)
    ...  for text in ["柳州市的强度比全国平均水平低"] for mention in find_places(text)]
    [('柳州市', '450200', False), ('全国', '100000', True)]
    """
    return list(_places_of(text, home))


@lru_cache(TEXTS_KEPT)
def _places_of(text: str, home: Place | None) -> tuple[PlaceMention, ...]:
    known = gazetteer()
    candidates = [*name_candidates(text, known), *_words_for_home(text, home, known)]
    if not candidates:
        return ()
    candidates.sort(key=lambda candidate: (candidate.span.start, candidate.span.end))
    told_apart = _told_apart(_accepted(text, _likely_at(home, candidates, text), home), home)
    return tuple(with_bases(text, told_apart))


def places_called(name: str) -> tuple[Place, ...]:
    """The places whose full name or other form `name` is; it may begin with that of a place they lie in.

    >>> [place.name for place in places_called("广西")], places_called("北京市朝阳区")[0].code, places_called("投资")
    (['广西壮族自治区'], '110105', ())
    """
    known = gazetteer()
    if name in COUNTRY_WORDS:
        return (known.by_code[COUNTRY],)
    found = known.meant_by(name)
    if found:
        return found
    mentions = find_places(name)
    whole = len(mentions) == 1 and mentions[0].span == Span(0, len(name))
    return mentions[0].places if whole else ()


def unique_name(place: Place) -> str:
    """Its full name, behind that of the place it lies in where others have the same.

    >>> [unique_name(place) for place in places_called("朝阳")]
    ['朝阳市', '北京市朝阳区']
    """
    known = gazetteer()
    if len(known.by_name.get(place.name, ())) < 2:
        return place.name
    around = known.by_code.get(place.code[:4] + "00") or known.by_code[place.province]
    return around.name + place.name


def place_shown(name: str) -> str:
    """A place's full name as reports have it beside a figure: 全国 for the country.

    >>> place_shown("中国"), place_shown("广西壮族自治区")
    ('全国', '广西壮族自治区')
    """
    country = gazetteer().by_code[COUNTRY]
    return country.short if name == country.name else name


def place_of_setting(setting: str, name: str) -> Place:
    """The one place a setting names. Raises SettingsError where the name is no place's, or several places have it.

    >>> place_of_setting("home_place", "柳州市").code
    '450200'
    """
    places = places_called(name)
    if len(places) == 1:
        return places[0]
    if not places:
        raise SettingsError(
            f"{setting}: {name!r} is no place known; give a full name, as 柳州市 or 北京市朝阳区"
        )
    choices = ", ".join(map(unique_name, places))
    raise SettingsError(f"{setting}: {name!r} is the name of several places; give one of: {choices}")


def homes_of_documents(given: Mapping[str, str]) -> dict[str, str]:
    """The places that the setting `home_places` gives to documents, by the documents' names, as unique names.

    Raises SettingsError for a name that is no place's, or several places'.

    >>> homes_of_documents({"简报.txt": "桂林"})
    {'简报.txt': '桂林市'}
    """
    return {
        document: unique_name(place_of_setting(f"home_places, {document}", name))
        for document, name in given.items()
    }


def dominant_place(title: str, text: str) -> Place | None:
    """The place a document is about, None where none is clear.

    The one its title names; else, of a government's own text (国务院), the country; else the one that its text names at
    least three times and twice as often as any other, what it compares with aside.

    >>> dominant_place("2020年柳州市创新发展报告", "").name, dominant_place("创新发展报告", "投入增长。")
    ('柳州市', None)
    """
    named = [mention.places for mention in find_places(title) if not mention.is_base]
    if named and all(places == named[0] for places in named):
        return _known_within(named[0], text)
    country = gazetteer().by_code[COUNTRY]
    if TITLE_OF_COUNTRY.search(title) and not named:
        return country
    counts = Counter(
        mention.places[0] for mention in find_places(text) if not mention.is_base and len(mention.places) == 1
    )
    del counts[country]
    among = {place for places in named for place in places}
    ranked = [(place, count) for place, count in counts.most_common() if not among or place in among][:2]
    if not ranked or ranked[0][1] < CERTAIN_COUNT:
        return None
    if len(ranked) > 1 and ranked[0][1] < CLEAR_LEAD * ranked[1][1]:
        return None
    return ranked[0][0]


def _known_within(places: Sequence[Place], text: str) -> Place | None:
    """The one of the places that share a form which lies where the text's other places lie; the only one, if one."""
    if len(places) == 1:
        return places[0]
    names = Counter(mention.places[0] for mention in find_places(text) if len(mention.places) == 1)
    scored = [
        sum(count for other, count in names.items() if is_within(place, other) or is_within(other, place))
        for place in places
    ]
    best = max(scored)
    return places[scored.index(best)] if scored.count(best) == 1 else None


def _words_for_home(text: str, home: Place | None, known: Gazetteer) -> Iterator[Candidate]:
    """全国, 我国, and with a home 全市, 我省 … as far as they mean a place around it."""
    country = (known.by_code[COUNTRY],)
    for match in COUNTRY_WORD.finditer(text):
        yield Candidate(Span(*match.span()), country, country)
    if home is None:
        return
    for match in HOME_WORD.finditer(text):
        place = _meant_at(home, match[0], known)
        if place is not None:
            yield Candidate(Span(*match.span()), (place,), (place,), is_home=True)


def _meant_at(home: Place, word: str, known: Gazetteer) -> Place | None:
    """The place that 全市, 我省 … mean at `home`: it, or the next one around it that is called so."""
    kind = {"市内": "市", "自治区": "自治区"}.get(word, word[-1])
    around = (home, known.by_code.get(home.code[:4] + "00"), known.by_code.get(home.province))
    return next((place for place in around if place is not None and place.name.endswith(kind)), None)


def _likely_at(home: Place | None, candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """The candidates, those doubtful which far from home are likely something else."""
    nearby = gazetteer().nearby
    if home is None or not home.province:
        return list(candidates)
    return [
        replace(candidate, is_sure=False)
        if candidate.span.of(text) in nearby
        and all(place.province != home.province for place in candidate.meant)
        else candidate
        for candidate in candidates
    ]


def _accepted(text: str, candidates: Sequence[Candidate], home: Place | None) -> list[PlaceMention]:
    """Mentions of the sure candidates and of those which stand beside them or lie at home; chains are one mention."""
    sure = [candidate for candidate in candidates if candidate.is_sure]
    mentions: list[PlaceMention] = []
    for candidate in candidates:
        before = mentions[-1] if mentions else None
        if before is not None and before.span.end > candidate.span.start:
            continue
        if before is not None and before.span.end == candidate.span.start:
            inner = _inside(candidate.called, before.places)
            is_country = before.places[0].level == "country"
            if inner and (candidate.is_sure or not is_country):
                inner = tuple(place for place in inner if place.level == inner[0].level)
                span = Span(before.span.start, candidate.span.end)
                mentions[-1] = PlaceMention(span, inner, is_home=before.is_home)
                continue
        if candidate.is_sure:
            mentions.append(PlaceMention(candidate.span, candidate.meant, is_home=candidate.is_home))
            continue
        at = bisect_left(sure, candidate.span.start, key=lambda other: other.span.start)
        around = sure[max(0, at - 1) : at + 1]
        if not any(other.span.overlaps(candidate.span) for other in around):
            places = _beside(text, candidate, around) or _at(home, candidate)
            if places:
                mentions.append(PlaceMention(candidate.span, places))
    return mentions


def _inside(places: Iterable[Place], around: Iterable[Place]) -> tuple[Place, ...]:
    around = tuple(around)
    return tuple(
        place for place in places if any(place != other and is_within(place, other) for other in around)
    )


def _beside(text: str, candidate: Candidate, around: Sequence[Candidate]) -> tuple[Place, ...]:
    """What a doubtful candidate means in a list with a sure one of its province and level: 来宾 in 柳州、来宾.

    `around` are the sure ones next to it.
    """
    if candidate.is_everyday and candidate.called[0].level == "county":
        return ()
    for other in around:
        one, two = sorted((other.span, candidate.span))
        if one.end < two.start and JOINED.fullmatch(text, one.end, two.start):
            places = tuple(
                place
                for place in candidate.called
                if any(
                    place.province == beside.province and place.level == beside.level
                    for beside in other.meant
                )
            )
            if places:
                return places
    return ()


def _at(home: Place | None, candidate: Candidate) -> tuple[Place, ...]:
    """What a doubtful candidate means at home: a prefecture of its province, or a district of it.

    A district's short form that is an everyday word means none; 来宾 is a prefecture in 柳州, elsewhere guests.
    """
    if home is None or home.level not in {"prefecture", "county", "province"}:
        return ()
    near = tuple(
        place
        for place in candidate.called
        if place.province == home.province
        and (place.level != "county" or home.level == "province" or place.code[:4] == home.code[:4])
    )
    is_short = len(candidate.span) < len(candidate.called[0].name) or len(candidate.span) == 2
    if candidate.is_everyday and is_short:
        return tuple(place for place in near if place.level == "prefecture")
    return near


def _told_apart(mentions: list[PlaceMention], home: Place | None) -> list[PlaceMention]:
    """The mentions, of places that share a form only those in a place that the text names, or else at home."""
    if all(len(mention.places) == 1 for mention in mentions):
        return mentions
    named = {mention.places[0] for mention in mentions if len(mention.places) == 1}
    told = []
    for mention in mentions:
        places = mention.places
        if len(places) > 1:
            places = _inside(places, named - {gazetteer().by_code[COUNTRY]}) or places
        if home in places:
            places = (home,)
        if len(places) > 1 and home is not None:
            places = (
                tuple(place for place in places if is_within(home, place) or is_within(place, home)) or places
            )
        if len(places) > 1 and home is not None:
            places = tuple(place for place in places if place.province == home.province) or places
        told.append(replace(mention, places=places))
    return told
