"""The words of a follow-up that point back, exchanged for what they point to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policy_qa.conversation.exchange import noun_phrase
from policy_qa.conversation.frames import frame, words
from policy_qa.conversation.referents import (
    Past,
    holder_of,
    holders_of,
    last_asked,
    number_of,
    organisation_called,
    pair_of,
    year_of,
)
from policy_qa.conversation.rules import document_of, taken_for

THIS = r"(?:该|此|这一?|那一?|上述|前述|这一)"
INDICATOR = re.compile(
    rf"{THIS}(?:个|项)?(?:指标|数字|数据|数值|数|比例|比重|强度|占比|率|值|金额|增速|水平|规模|总量|增幅|排名|目标)(?![\u4e00-\u9fff]{{0,2}}[高低]的)"
)
PLACE = re.compile(
    rf"{THIS}[个座]?(?:城市|省份|地方|地区|市|省|县|区(?!间|别|域)|州)|当地|[那这](?:里|儿(?!童)|边)"
)
PLACES = re.compile(
    rf"(?:{THIS}|前面)(?:[两二三四五六七八几\d]|些)[个座]?(?:城市|市|省|地区|县|地方|地)(?!场|级)|它们|他们|两者|二者|[两三四五六七八](?:市|地|省|县)(?!场|级|区)|(?:这|那)(?:两|几|三|四)个(?!年|月|指标|问题)"
)
IT = re.compile(r"它(?!们|山)|(?<![尤极与何莫及])其(?![他它余实间次后一二三次])")
YEAR = re.compile(r"(?<![\d前去今明近])(?:当年|同年|那一?年|该年|这一年|同期|当时|那时)")
DOCUMENT = re.compile(
    r"(?:这|该|那|此|这一|上述)(?:份|篇|个|本|部)?(?:报告|文件|材料|文章|资料|规划|公报|研究报告)"
)
THESE = re.compile(
    r"(?:这|那|上述|以上)(?:些|[两二三四五六七八九十几\d]+[个条项点])(?P<noun>[\u4e00-\u9fff]{2})"
)
OF_IT = re.compile(
    r"(?:全年|实际|同比|今年|去年|当年|\d{4}年|会|又|还|也|是否|为什么|为何|怎么)*(?:下降|上升|增长|提高|回落|减少|增加|高于|低于|超过|达到|完成|占|排|位居|变化)"
)
FORMER = re.compile(r"前者|后者|前一个|后一个(?!月)")
AMONG = re.compile(r"^其中")


@dataclass(frozen=True, slots=True)
class Pointed:
    """A question whose pointing words are exchanged. `has_holder`: a place was put in; `is_whole`: all that was asked."""

    text: str
    has_holder: bool = False
    is_whole: bool = False
    notices: tuple[str, ...] = ()


def point(core: str, past: tuple[Past, ...]) -> Pointed:
    """The question with its pronouns exchanged; a word that points to something in the question itself is left.

    >>> point("该市的产值是多少", (Past(frame("2020年柳州的人口是多少"), "1人"),)).text
    '柳州的产值是多少'
    """
    pointed = Pointed(core)
    for step in (
        point_at_documents,
        point_at_year,
        point_at_former,
        point_at_places,
        point_at_place,
        point_at_whole,
        point_at_bare,
    ):
        pointed = step(pointed, past)
    return pointed


def first(pattern: re.Pattern[str], text: str, *, year: bool = False) -> re.Match[str] | None:
    """The first match that nothing before it in the question itself could be meant by."""
    found = pattern.search(text)
    if found is None:
        return None
    before = frame(text[: found.start()])
    named = before.holder or (before.topic and len(before.part(before.topic)) > 1) or (year and before.period)
    return None if named else found


def put(pointed: Pointed, found: re.Match[str], new: str) -> Pointed:
    """The question with a match exchanged."""
    text = pointed.text
    rest = text[found.end() :]
    return replace(pointed, text=text[: found.start()] + new + rest)


def point_at_documents(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """这份报告 as the document last spoken of."""
    found = first(DOCUMENT, pointed.text)
    return replace(put(pointed, found, document_of(past)), is_whole=True) if found else pointed


def point_at_year(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """当年 as the year last spoken of."""
    found = first(YEAR, pointed.text, year=True)
    year, _ = year_of(past)
    return put(pointed, found, year) if found and year else pointed


def point_at_former(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """前者 and 后者 as the one or the other of the two things last spoken of."""
    found = first(FORMER, pointed.text)
    pair = pair_of(past) if found else None
    if found and pair is None and len(holders_of(past)) == 2:
        pair = (holders_of(past)[0], holders_of(past)[1])
    if found is None or pair is None:
        return pointed
    new = pair[0] if found[0].startswith("前") else pair[1]
    is_place = frame(new).holder is not None and frame(new).topic is None
    text = FORMER.sub(lambda word: pair[0] if word[0].startswith("前") else pair[1], pointed.text)
    return replace(pointed, text=text, has_holder=is_place, is_whole=not is_place)


def point_at_places(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """它们 and 这几个城市 as the places last spoken of, where there are several."""
    found = first(PLACES, pointed.text)
    several = holders_of(past)
    if found is None or len(several) < 2 or frame(pointed.text[found.end() :]).holder:
        return pointed
    count = number_of(found[0][0].replace("两", "二"), 10)
    if count and count != len(several):
        return pointed
    return replace(put(pointed, found, "、".join(several)), has_holder=True)


def point_at_place(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """该市 and 当地 as the place last spoken of."""
    found = first(PLACE, pointed.text)
    holder, is_chosen = holder_of(past)
    if found is None or not holder:
        return pointed
    notices = (taken_for(found[0], holder),) if is_chosen else ()
    return replace(put(pointed, found, holder), has_holder=True, notices=notices)


def point_at_whole(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """它 and 这个指标 as what was asked, 它 before a thing of its own (它的人口) as the place."""
    whole = noun_phrase(last_asked(past).asked)
    if found := first(AMONG, pointed.text):
        return replace(put(pointed, found, f"{whole}中"), is_whole=True)
    these = first(THESE, pointed.text)
    found = these if these and whole.endswith(these["noun"]) else first(INDICATOR, pointed.text)
    if found:
        return replace(put(pointed, found, whole), is_whole=True)
    return point_at_it(pointed, past)


def point_at_it(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """它 as the place before a thing of its own (它的人口), else left out (它的排名) or as all that was asked."""
    found = first(IT, pointed.text)
    if found is None:
        return pointed
    rest = pointed.text[found.end() :].removeprefix("的")
    holder, is_chosen = holder_of(past)
    parts = frame(rest)
    own = "" if OF_IT.match(rest) else parts.part(parts.topic)
    if not own or own in words("attributes") or own.startswith("占") or not holder:
        if own or OF_IT.match(rest) or not found.start():
            return replace(pointed, text=pointed.text[: found.start()] + rest)
        return replace(put(pointed, found, noun_phrase(last_asked(past).asked)), is_whole=True)
    notices = (taken_for(found[0], holder),) if is_chosen else ()
    return replace(put(pointed, found, holder), has_holder=True, notices=(*pointed.notices, *notices))


def point_at_bare(pointed: Pointed, past: tuple[Past, ...]) -> Pointed:
    """学院 and 该院 at the start as the full name of the one last spoken of."""
    kinds = "|".join(sorted(words("bare"), key=len, reverse=True))
    found = re.match(
        rf"(?:该|这个?|那个?|本|此)?(?P<kind>{kinds})(?=[的有在与和承举获下设提拥是开招成毕位])|(?:该|本)(?P<short>[院校企区馆所行])(?!域|级)",
        pointed.text,
    )
    if found is None:
        return pointed
    short = {"院": "院", "校": "大学", "企": "公司", "行": "银行"}
    full = organisation_called(found["kind"] or short.get(found["short"], found["short"]), past)
    return replace(put(pointed, found, full), has_holder=True) if full else pointed
