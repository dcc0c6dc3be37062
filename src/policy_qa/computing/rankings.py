"""Which of all places a question asks for: the greatest, the n-th, all in order, the position of one, their sum or mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.groups import NO_GROUP, SORT, read_group, without_frame, without_source
from policy_qa.computing.items import read_items
from policy_qa.computing.operands import Operation, is_low
from policy_qa.computing.operations import (
    DONE,
    EXTREME,
    FALLS,
    OPEN_AXES,
    POSITION,
    RATE_VERB,
    open_operation,
    question_text,
    wanted_end,
)
from policy_qa.computing.phrasing import COMPARING, without_comparing
from policy_qa.computing.selections import (
    NOUN,
    read_beyond,
    read_first_few,
    read_share_of_all,
    without_places,
)
from policy_qa.computing.sides import COMMA, WHICH, Words, indicator_of
from policy_qa.computing.twofold import ends_of, read_beside, with_change
from policy_qa.language.numerals import read_numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.groups import Group
    from policy_qa.computing.operands import Kind
    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.places import PlaceMention
    from policy_qa.understanding import Query

PLACE_ASKED = re.compile(
    rf"哪[一]?[个座家](?![条项点类种])|哪里|哪儿|哪[几些两三四五六]个?[座]?(?={NOUN}|$|[，,])|哪{NOUN}|谁|何者|什么(?:城市|地区|地方)"
)
NAMED_NOUN = re.compile(rf"的?(?:前[两三四五六七八九十\d]+名?)?(?:那?一?[个座家])?(?:是|为)?{NOUN}")
"""The thing asked for without an asking word: 面积最小的城市及其面积."""
NOUN_ASKED = re.compile(
    rf"{NAMED_NOUN.pattern}(?:$|及|和|与|比|[，,]|[是为叫有]?(?:{PLACE_ASKED.pattern}|多少|几|之间|相?差|$))"
)
ORDER = re.compile(
    r"(?:按照?|由|从|以|依)?(?:从|由)?(?P<way>高到低|大到小|多到少|快到慢|好到差|强到弱|前到后|低到高|小到大|少到多|慢到快|后到前)(?!少)|(?:按|依)?(?:高低|大小|多少|快慢|先后)(?:的?(?:顺序|次序))?(?:来?排)|排序|排个[序队]|排排?队|排一排|排一?下|排个名次?|(?:依次|怎么|如何|怎样)(?:来)?排|排(?:一?下|个)?(?:名次|先后|座次)|谁先谁后|孰先孰后|(?P<turn>[升降倒])序|排行|次序|顺序|(?<![和及与、国])(?:的|个)?排名(?=$|[，,。]|[怎如]|(?:情况|顺序|列|表|结果|从|由))"
)
FROM_END = re.compile(r"倒数第(?P<nth>[一二三四五六七八九\d])(?:名|位|个)?")
APART = re.compile(
    r"(?:之间)?的?(?:相差|差距|差额|之差|落差|差了?(?=多|几)|[高多大低少快慢](?:出|了)?(?=多少|几[^个]|多$))|(?<=，)比(?=，|$)"
)
NTHS = re.compile(
    r"第[一二三四五六七八九\d](?:名|位)?(?:[、和与及跟]|以及)第[一二三四五六七八九\d](?:名|位)?(?!产业)"
)
"""第二名和第三名: the whole order tells them."""
OF_ORDER = re.compile(
    r"排?列?(?:在)?第(?P<nth>[一二三四五六七八九十\d]+)(?!产业|季度|方面|[批次代期轮])(?:名|位|个)?"
)
TOTAL = re.compile(
    r"(?:合计|总共|一共|共计|加起来|加在一起|加到一起|相加|之和|总和|的和|合起来|加总|加和|总计|共有)"
)
AVERAGE = re.compile(
    r"(?<!年)(?<!人)(?<!户)(?<!全国)(?<!全省)(?<!全区)(?<!每)(?:简单|算术)?(?:平均(?!每|工资|气温|预期寿命|增)(?:下来|一下)?(?:值|数|水平)?|均值)"
)
TOGETHER: tuple[tuple[Kind, re.Pattern[str]], ...] = (("mean", AVERAGE), ("sum", TOTAL))
ASSERTED = re.compile(r"[吗么]$|是否|是不是|对不对|对得上|对不上|属实|相符|一致|矛盾|为什么|怎么会")
"""Asks whether something said is so."""
RANKED_BY = re.compile(
    r"位次|名次|靠前|靠后|前到后|后到前|(?:全[国省区市])(?:的|中)?排名|排名最[低高差好]|总排名"
)
RANK_BOUND = re.compile(r"第\d+位")
AMOUNTS = frozenset("多少大小快慢强弱长短")
"""What is most or least of something; a rank is 高 or 靠前, and asked behind these it is another thing: 哪个最少，全国排多少位."""
YEARS_ASKED = re.compile("哪[些几]个?年")
RANK = re.compile("位次|名次|排名")
AMONG = re.compile(rf"(?:[\d两三四五六七八九十]+|[几各])[个座家]?{SORT}*{NOUN}")
THESE = re.compile(r"(?:这|那)?[几\d两三四五六七八九十]+[个座家者](?:当中|之中|之间|里面|里头|里|中)?")
RANKED_IN = re.compile(r"的?(?:排名|排位|位次|名次)(?=$|[，,])")
"""A ranking asked for behind what it is by: 床位2020年排名."""
PLACES_COUNTED = re.compile(
    rf"(?:[几两三四五六七八九十\d]|多少)[个座家]?{NOUN}|的{NOUN}(?:有|是|为|都|一共|$)"
)
ARE_PLACES = re.compile(f"{PLACE_ASKED.pattern}|{PLACES_COUNTED.pattern}")
MOST_PAIR = 2
ALSO = re.compile(r"^(?:而且|并且|同时|另外|且|而|又|谁|哪个)+|(?:也|又|还|同样|都|同时|则|且|是)+$")
SCORE = re.compile("得分|分值|总分|评分")
RISING = frozenset("低小少慢后")


def read_ranking(query: Query) -> Operation | None:
    """The operation over all places of a group that the question asks for, None for none."""
    text = question_text(query)
    if text is None or ASSERTED.search(text) or read_items(Words(text)):
        return None
    source, text = without_source(text)
    frame, text = without_frame(text)
    apart, text = without_places(without_comparing(_of_first(text)))
    found = _of_places(text)
    if found is not None:
        group = found.group
        words = source.words + frame.words + group.words
        group = replace(group, words=words, table=source.table, is_source=frame.is_source)
        found = replace(found, group=group)
    if found is None or not apart:
        return found
    about = messages.COMPUTED_WITHOUT.format(names="、".join(apart)) + found.about
    among = tuple(name for name in found.among if name not in apart)
    return replace(found, apart=apart, about=about, among=among, group=replace(found.group, count=None))


def _of_places(text: str) -> Operation | None:
    named, places = _named_in_a_row(text), _places(text)
    if len(places) > 1 and not named:
        return None
    one_of_named = _position_among(text, named, places)
    if one_of_named is not None:
        return _with_slots(*one_of_named, NO_GROUP, text)
    made = _over_group(text, is_row=len(named) > MOST_PAIR)
    further = made and _further(made, text)
    return made if made is None or further is None else replace(made, kind="larger", further=further)


def _further(first: Operation, text: str) -> Operation | None:
    """The second of two ends asked for of the same places: 甲市床位最少，投入也最低; None for a single one."""
    ends = [match for match in EXTREME.finditer(text) if match["how"]]
    if first.kind not in ("larger", "ends") or len(ends) < MOST_PAIR or first.second:
        return None
    clause = re.split(COMMA, text[ends[0].end() : ends[1].start()])
    indicator = indicator_of(ALSO.sub("", clause[-1]), NO_GROUP) if len(clause) > 1 else ""
    if not indicator or indicator == first.indicator or not first.indicator:
        return None
    how, nth = wanted_end(ends[1], text)
    about, series = (one.replace(first.indicator, indicator) for one in (first.about, first.series))
    made = replace(first, kind="larger", about=about, series=series, indicator=indicator)
    return replace(made, is_high=not is_low(how), nth=nth, word=how, falls=False)


def _of_first(text: str) -> str:
    """The text with the first of places that are compared as the one whose position is asked: 甲和乙、丙比，排第几."""
    row = Words(text).series_of_places()
    is_first = row and re.search(r"(?:^|[，,])$", text[: row[0].span.start])
    comparing = COMPARING.match(text, row[-1].span.end) if is_first else None
    if comparing is None or not POSITION.search(text) or Words(text[comparing.end() :]).places:
        return text
    first = row[0].span.of(text)
    return f"{text[: comparing.end()]}，其中{first}的{text[comparing.end() :].lstrip('，,')}"


def _over_group(text: str, *, is_row: bool) -> Operation | None:
    """The operation over a group that the text names, a row of places, or all there are."""
    years = _years_beyond(text)
    if years is not None:
        return years
    beside = read_beside(text, asks_place=bool(PLACE_ASKED.search(text) or NOUN_ASKED.search(text)))
    if beside is not None:
        return _beside(*beside, text)
    several = _several(text) if is_row or ARE_PLACES.search(text) or read_group(text) else None
    if several is not None:
        group, rest = read_group(several[1]) or (NO_GROUP, several[1])
        return _with_slots(several[0], rest, group, text)
    grouped = read_group(text)
    group, rest = grouped or (NO_GROUP, text)
    is_group = is_row or grouped is not None
    if POSITION.search(text) and not AMONG.search(text):
        return None  # among which places is left open: the rank that is told is asked for
    for reader in (_position, _nth_in_order, _in_order, _extreme, _total):
        found = reader(rest, is_group=is_group)
        if found is not None:
            return _with_slots(found[0], found[1], group, text)
    return None


def _beside(found: Operation, rest: str, text: str) -> Operation | None:
    """The operation on the places of which one indicator is more than another."""
    group, rest = read_group(rest) or (NO_GROUP, rest)
    one = _with_slots(replace(found, bound=""), rest, group, text)
    other = found.bound
    return one and replace(
        one,
        second=one.series.replace(one.indicator, other),
        second_indicator=other,
    )


def _places(text: str) -> list[PlaceMention]:
    """The places that the text names; 全国 only says where a rank is one."""
    return [found for found in Words(text).places if found.places[0].level != "country"]


def _named_in_a_row(text: str) -> list[PlaceMention]:
    return [found for found in Words(text).series_of_places() if found.places[0].level != "country"]


def _position(text: str, *, is_group: bool) -> tuple[Operation, str] | None:
    """柳州在六市中排第几."""
    match = POSITION.search(text)
    places = _places(text)
    if match is None or not is_group or len(places) != 1:
        return None
    return _position_of(places[0].places[0].short, text)


def _position_of(place: str, text: str) -> tuple[Operation, str]:
    found = Operation("position", "", of_place=place, is_high=not _way(text)[0])
    return found, ORDER.sub("，", POSITION.sub("，", text))


def _position_among(
    text: str, named: Sequence[PlaceMention], places: Sequence[PlaceMention]
) -> tuple[Operation, str] | None:
    """甲市、乙市和丙市里甲市排第几: the place of one of those named in a row, told apart from them."""
    apart = {one.places[0].short for one in places if one not in named}
    together = apart | {one.places[0].short for one in named}
    if len(apart) != 1 or len(together) <= MOST_PAIR or not named or not POSITION.search(text):
        return None
    found, rest = _position_of(apart.pop(), text)
    return found, RANKED_IN.sub("", THESE.sub("，", rest))


def _years_beyond(text: str) -> Operation | None:
    """哪几年的增速超过7%."""
    if not YEARS_ASKED.search(text):
        return None
    found = read_beyond(text)
    made = open_operation(Words(found[1].strip("，")), found[1].strip("，"), axis="period") if found else None
    if found is None or made is None:
        return None
    own = found[0]
    return replace(
        made,
        kind="beyond",
        is_high=own.is_high,
        bound=own.bound,
        is_inclusive=own.is_inclusive,
        word=own.word,
    )


def _several(text: str) -> tuple[Operation, str] | None:
    """营商环境指数高于40的有哪几个市; 六市排名前三的是谁."""
    found = read_beyond(text)
    if found is not None:
        return found
    found = read_first_few(ORDER.sub("，", text))
    if found is None:
        return None
    few, rest = found
    if _way(text)[0]:
        few = replace(few, is_high=not few.is_high, word="低")
    together = next(((kind, pattern) for kind, pattern in TOGETHER if pattern.search(rest)), None)
    return (few, rest) if together is None else (replace(few, kind=together[0]), together[1].sub("，", rest))


def _way(text: str) -> tuple[bool, str]:
    """Whether an order begins with the least, and the word for what it begins with; empty without one."""
    ways = [match for match in ORDER.finditer(text) if match["way"] or match["turn"]]
    word = (ways[0]["way"] or "")[:1] if ways else ""
    rising = (word in RISING and word != "") or bool(ways and ways[0]["turn"] == "升")
    return rising, {"前": "靠前", "后": "靠后"}.get(word, word)


def _nth_in_order(text: str, *, is_group: bool) -> tuple[Operation, str] | None:
    """从高到低排第三的是哪个; 倒数第二的城市."""
    nth = FROM_END.search(text) or OF_ORDER.search(text)
    if nth is None or not (is_group or PLACE_ASKED.search(text)):
        return None
    from_end = nth.re is FROM_END
    is_end = re.match(r"$|的|是|[，,]", text[nth.end() :])
    if not (from_end or ORDER.search(text) or (is_end and PLACE_ASKED.search(text))):
        return None
    number = read_numeral(nth["nth"])
    if not number:
        return None
    rising, word = _way(text)
    rest = ORDER.sub("，", text[: nth.start()]) + "，" + _behind(ORDER.sub("，", text[nth.end() :]))
    found = Operation("larger", "", nth=int(number), is_high=rising == from_end)
    return replace(found, word="低" if from_end else word or "高"), rest


def _in_order(text: str, *, is_group: bool) -> tuple[Operation, str] | None:
    """六市由高到低怎么排."""
    rising, word = _way(text)
    nths = NTHS.search(text) if PLACE_ASKED.search(text) else None
    match = nths or ORDER.search(text)
    if (
        match is None
        or not (is_group or word or PLACE_ASKED.search(text))
        or (_places(text) and not is_group)
    ):
        return None
    word = word if word.startswith("靠") else ""
    return Operation("ranking", "", is_high=not rising, word=word), ORDER.sub("，", NTHS.sub("，", text))


def _extreme(text: str, *, is_group: bool) -> tuple[Operation, str] | None:
    """哪个城市最高; 最小的城市及其面积."""
    match = EXTREME.search(text)
    if match is None:
        return None
    ends = list(EXTREME.finditer(text))
    noun = next((found for end in ends if (found := NOUN_ASKED.match(text, end.end()))), None)
    if noun is None and not is_group and not PLACE_ASKED.search(text):
        return None
    if noun is None and WHICH.search(text) and next(a for a, p in OPEN_AXES if p.search(text)) != "place":
        return None
    how, nth = wanted_end(match, text)
    rest = EXTREME.sub("，", text[: match.start()]) + "，" + _behind(text[match.end() :])
    if any(is_low(wanted_end(end, text)[0]) != is_low(how) for end in ends):
        kind: Kind = "difference" if APART.search(text) else "ends"
        return Operation(kind, "", is_high=not is_low(how), word=how), APART.sub("，", rest)
    return Operation("larger", "", is_high=not is_low(how), nth=nth, word=how), rest


def _behind(text: str) -> str:
    """What stands behind 最高 and may name the indicator: neither what is asked for nor further ends asked for."""
    text = EXTREME.sub("，", NAMED_NOUN.sub("，", text, count=1) if NAMED_NOUN.match(text) else text)
    return re.sub(r"^的", "", text)


def _total(text: str, *, is_group: bool) -> tuple[Operation, str] | None:
    """六市加起来一共多少; 六市平均多少; 六市加起来，甲市占多少."""
    share = read_share_of_all(text, TOTAL) if is_group else None
    if share is not None or not is_group:
        return share
    for kind, pattern in TOGETHER:
        if pattern.search(text):
            return Operation(kind, ""), pattern.sub("，", text)
    return None


def _with_slots(found: Operation, rest: str, group: Group, text: str) -> Operation | None:
    """The operation with what is compared, its period and the question for all figures; None where nothing is named."""
    places = _places(text)
    among = tuple(dict.fromkeys(one.places[0].short for one in _named_in_a_row(text)))
    if among and found.of_place:
        among = tuple(dict.fromkeys((*among, found.of_place)))
    if among and group.member and group.count == len(among) + 1:
        among = tuple(dict.fromkeys((group.member, *among)))  # 甲市和五个城市（乙、丙…）
    is_inside = places and not (among or found.of_place or group.member)
    within = places[0].places[0].short if is_inside else ""
    indicator = indicator_of(rest, group)
    if not indicator or re.fullmatch("全[国省区市州]", indicator):
        return (
            found if found.kind == "beyond" and not indicator else None
        )  # refused: nothing tells what is compared
    indicator = DONE.sub("", indicator)
    periods = [one for one in Words(text).periods if not one.is_resolved]
    ends = ends_of(periods, text)
    if ends is not None:
        slotted = replace(found, group=group, among=among, within=within)
        return with_change(slotted, indicator, ends, text)
    if not _one_time(periods):
        return None
    verb = RATE_VERB.fullmatch(indicator)
    falls = verb["verb"] in FALLS if verb else bool(re.search("降幅|跌幅", indicator))
    if verb:
        indicator = f"{verb['stem']}{'变化' if RANK.search(verb['stem']) else '增速'}"
    is_ranked = RANKED_BY.search(text) or RANK_BOUND.fullmatch(found.bound)
    if is_ranked and found.word not in AMOUNTS and not RANK.search(indicator) and not SCORE.search(indicator):
        indicator += "排名"
    period = periods[-1].span.of(text) if periods else ""
    return replace(
        found,
        about=f"{period}{within}{indicator}",
        series=f"{period}{within}各市的{indicator}分别是多少？",
        indicator=indicator,
        group=group,
        among=among,
        within=within,
        falls=falls,
    )


def _one_time(periods: list[PeriodMention]) -> bool:
    """Whether the periods are one, perhaps told once more within a longer one."""
    last = periods[-1].period if periods else None
    return last is None or all(one.period is not None and one.period.contains(last) for one in periods)
