"""Which computation a question asks for, and of what: every operand as a plain question of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from policy_qa.computing.groups import NO_GROUP, Group
from policy_qa.computing.sides import (
    OF_GROUP,
    Side,
    Words,
    bare,
    plain_question,
    split_items,
    with_end_of,
)
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import PlaceMention

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.language.periods import PeriodMention
    from policy_qa.understanding import Query

Kind = Literal[
    "difference", "growth", "yearly", "ratio", "share", "sum", "mean", "larger", "ranking", "position"
]
Axis = Literal["place", "period", "label"]

NOT_COMPUTED = frozenset({"cause", "author", "source", "definition"})
_ASK = r"(?P<ask>多少|几|百分之几|多大)"
_UNIT = r"个?(?P<unit>百分点|位次|名次|[十百千万亿]*(?:美元|元|平方公里|平方米|公里|立方米|吨|千瓦时)|[人家户项件亩台辆套所张位名条次米成倍]|个|%)?"
_MORE, _LESS = "高多大快强长增升", "低少小慢弱短减降"
_HOW = r"(?P<how>增长|增加|增多|减少|下降|降低|上升|提高|提升|回落|上涨|下跌|下滑|缩小|扩大|变化|变动|前移|后退|[高低多少大小快慢强弱长短涨降升跌])"
_THAN = r"(?:(?<![占对百分环同可])比(?![重例值较率分])|(?<!比)较(?![为大高低快好多少差强])|相比于?|相较于?|相对于?)"
_EXTRA = r"(?:要|还|又|实际|总共|一共|大约|约|究竟|到底|分别|总量|整整|同比)*"
THAN = re.compile(
    rf"(?P<a>.+?){_THAN}(?:起)?(?P<b>.+?)[,，]?{_EXTRA}{_HOW}(?:出|了|过)*(?:大?约)?{_ASK}{_UNIT}(?P<tail>.*)"
)
OVER = re.compile(
    rf"(?P<a>.+?)(?P<how>高于|低于|多于|少于|快于|慢于|大于|小于|高出|低出|多出|超出|超过|领先于?|落后于?)(?P<b>.+?){_ASK}{_UNIT}(?P<tail>.*)"
)
APART = re.compile(
    rf"(?P<a>.+?)(?:之间)?的?(?:相差|差距|差额|差值|之差|落差|(?<!温)(?<!逆)(?<!顺)差)(?:大概|大约|是|有|为|达到?|了)*{_ASK}{_UNIT}(?P<tail>.*)"
)
TIMES = re.compile(
    r"(?P<a>.+?)(?:大约|大概|约)?(?:相当于|等于|是|为|达到?)了?(?P<b>.+?)的?(?P<ask>多少倍|几倍|几分之几|百分之几|几成|多少%)(?P<tail>.*)"
)
SHARE = re.compile(
    r"(?P<a>.+?)占(?:到|了)?(?P<b>[^占]+?)的?(?:比重|比例|份额)?(?:是|为|有|达)*(?:多少|百分之几|几成|多大|几分之几)(?P<tail>.*)"
)
SUM = re.compile(
    rf"(?P<a>.+?)的?(?:合计|总共|一共|共计|加起来|加在一起|相加|之和|总和|的和|合起来|加总|共有?)(?:总共|一共)*(?:是|有|为|达到?|等于)*{_ASK}{_UNIT}(?P<tail>.*)"
)
YEARLY = re.compile(
    r"(?P<a>.+?)(?:年均|平均每年|每年平均)(?:复合)?(?P<how>增长|增速|增幅|递增|下降)(?:速度|率|了|是|为)*(?:多少|几|百分之几|多大|有多快)?(?:个百分点)?(?P<tail>.*)"
)
CHANGED = re.compile(rf"(?P<a>.+?){_HOW}(?:了|幅度|情况|量|额)*(?:是|为|有)?{_ASK}{_UNIT}(?P<tail>.*)")
MEAN = re.compile(
    r"(?P<a>.+?)的?(?:简单)?(?<![年人户全])(?:平均(?:值|数|水平)?|均值)(?:是|为|有|达到?)*(?P<ask>多少|几|多大|多高)(?P<tail>.*)"
)
SIDES_JOINED = re.compile(r"[和与跟同及、]|以及")
FROM_TO = re.compile(r"\d{4}年?[末底]?(?:到|至|[-—–~])\d{4}年?")
_WHICH = r"哪[一]?[个座家者边项种类年]?(?:城市|地级市|地区|省份|省|市|区县|县区|县|区|年份|行业|产业|领域|指标|分项|项目|月份)?|谁|何者|什么(?:城市|地区|年份|行业|产业|领域|时候|地方)|何时"
WHICH = re.compile(rf"(?:{_WHICH})(?:的)?")
_BEST = r"(?P<how>高|低|多|少|大|小|快|慢|好|差|强|弱|靠前|靠后|长|短|重|轻|贵|便宜)"
EXTREME = re.compile(
    rf"最{_BEST}|第(?P<nth>[二三四五2345])(?P<how2>高|低|多|少|大|小|快|慢)|(?:排名?|居|列|位居|位列)(?:在)?第(?P<nth2>[二三四五2345])位?|(?P<last>倒数第一|垫底|(?:排|居|列)(?:在)?(?:末位|最后))|(?P<first>(?:排名?|位居|居|名列|列|位列)(?:在)?(?:第一位?|首位|榜首|前头|最前面?))"
)
LARGER = re.compile(
    r"(?:更|比较|要|会|相对)?(?:更)?(?P<how>高|低|多|少|大|小|快|慢|强|弱|好|差|靠前|靠后)(?:些|一些|一点|一筹)?(?P<tail>[吗么呢]?)$"
)
IS_IT = re.compile(
    rf"(?P<a>.+?){_THAN}(?P<b>.+?)(?:要|还|更)*(?P<how>[高低多少大小快慢强弱])(?:吗|么|还是[高低多少大小快慢])$"
)
RANKING = re.compile(
    r"(?:按照?|由|从|以)?(?:从|由)?(?P<way>高到低|大到小|多到少|快到慢|低到高|小到大|少到多|慢到快)(?:的?顺序)?|排序|排个序|排一?下(?:名|序)?|排个名次?|(?:依次|怎么|如何|怎样)排(?:列|名|序)?|(?:升|降)序"
)
POSITION = re.compile(r"(?:排名?|列|位居|居|位列)?(?:在|到)?第(?:几|多少)位?|排(?:在)?(?:多少|几)[位名]")
TRAILING = re.compile(
    r"(?:[,，]?(?:各|分别|依次)?(?:是|为|有|达到?|怎么|如何|怎样|怎么样|排|列|在|按|的)*(?:多少|几何|什么)?)+$"
)
RATE_VERB = re.compile(r"(?P<stem>.+?)(?:同比)?(?P<verb>增长|上升|提高|下降|减少|降低|回落|下滑|下跌)得?$")
FALLS = frozenset({"下降", "减少", "降低", "回落", "下滑", "下跌", "降", "跌"})
ORDINALS = {"二": 2, "三": 3, "四": 4, "五": 5}
OPEN_AXES: tuple[tuple[Axis, re.Pattern[str]], ...] = (
    ("period", re.compile(r"哪一?年|哪个年份|什么时候|何时|什么年份|哪几年")),
    (
        "label",
        re.compile(
            r"哪[一]?[个项种类](?:行业|产业|领域|指标|分项|项目|方面|类|项|银行|企业)|什么(?:行业|产业|领域)"
        ),
    ),
    ("place", re.compile(r"谁|哪")),
)


@dataclass(frozen=True, slots=True)
class Operand:
    """One of the things computed with: what the answer calls it, and the plain question for its figure."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A computation that a question asks for.

    `about` is what the operands share, `joint` the one question for all of them. Without operands `series` asks for all figures along `axis`, places or years.
    `stated_first`: sources commonly state the result themselves. `falls`: the greatest fall is asked for. Of a `group` of
    places `indicator` is what is compared, `among` the places named, `within` the place they lie in.
    """

    kind: Kind
    about: str
    operands: tuple[Operand, ...] = ()
    joint: str = ""
    series: str = ""
    axis: Axis = "place"
    is_high: bool = True
    nth: int = 1
    of_place: str = ""
    years: int = 0
    word: str = ""
    asks_percent: bool = False
    stated_first: bool = False
    falls: bool = False
    indicator: str = ""
    group: Group = NO_GROUP
    among: tuple[str, ...] = ()
    within: str = ""


def read_operation(query: Query) -> Operation | None:
    """The computation that the question asks for, None for none."""
    text = question_text(query)
    if text is None:
        return None
    words = Words(text)
    for reader in READERS:
        found = reader(words)
        if found is not None:
            joint = joint_question(found.operands) if found.operands else ""
            return replace(found, joint=joint)
    return None


def question_text(query: Query) -> str | None:
    """The question as it is read for what it computes, None where it computes nothing."""
    if query.kind in NOT_COMPUTED or query.wants_table:
        return None
    key = search_key(query.text)
    text = (query.text if len(key) == len(query.text) else key).rstrip("?？。!！ 呢")
    if any(found.period is None and found.is_base for found in find_periods(text)):
        return None  # 比上年, of no year that the question names
    return text


def _pair(
    first: Side, second: Side, *, tail: str = "", unit: str = ""
) -> tuple[str, tuple[Operand, ...]] | None:
    """What two sides share, and the two as operands; None where they are not told apart."""
    rests = [first.rest, "" if OF_GROUP.fullmatch(second.rest) else second.rest]
    shared = rests[0] or bare(tail) or rests[1]
    rests = [rest or shared for rest in rests]
    rests = [with_end_of(rests[1], rests[0]), with_end_of(rests[0], rests[1])]
    periods = _filled([side.periods[-1:] for side in (first, second)])
    if second.periods and not (first.periods or second.places or second.rest):
        periods[0] = ""
    places = _filled([side.places[-1:] for side in (first, second)])
    return _operands(periods, places, rests, unit)


def _filled(slots: Sequence[tuple[PeriodMention, ...]] | Sequence[tuple[PlaceMention, ...]]) -> list[str]:
    """The names of a slot on both sides; a side that leaves it out takes the other's."""
    names = [_name(slot[0]) if slot else "" for slot in slots]
    known = next((name for name in names if name), "")
    return [name or known for name in names]


def _name(mention: PeriodMention | PlaceMention) -> str:
    if isinstance(mention, PlaceMention):
        place = mention.places[0]
        return "全国" if place.level == "country" else place.short
    return "" if mention.period is None else mention.period.label()


def _operands(
    periods: Sequence[str], places: Sequence[str], rests: Sequence[str], unit: str
) -> tuple[str, tuple[Operand, ...]] | None:
    """What is shared, and the operands, each called by what tells it apart; None where two are the same or nameless."""
    slots = list(zip(periods, places, rests, strict=True))
    if not all(rests) or len(set(slots)) < len(slots) or len(slots) < 2:
        return None
    varies = [len(set(column)) > 1 for column in (periods, places, rests)]
    shared = [
        column[0] for column, various in zip((periods, places, rests), varies, strict=True) if not various
    ]
    operands = tuple(
        Operand(
            "".join(part for part, various in zip(slot, varies, strict=True) if various),
            plain_question(*slot, unit if not varies[2] else ""),
        )
        for slot in slots
    )
    return _joined(shared), operands


def _joined(parts: Sequence[str]) -> str:
    return "".join(part for part in parts if part)


def _several(
    words: Words, stretch: str, *, tail: str = "", unit: str = ""
) -> tuple[str, tuple[Operand, ...]] | None:
    """The operands that a stretch at the start of the text joins: places, else periods, else indicators."""
    side = words.side(0, len(stretch))
    rest = side.rest or bare(tail)
    period = _name(side.periods[-1]) if side.periods else ""
    place = _name(side.places[-1]) if side.places else ""
    places, periods = words.series_of_places(), words.series_of_periods()
    if places and rest:
        named = [_name(one) for one in places]
        return _operands([period] * len(named), named, [rest] * len(named), unit)
    for named_on_both in (side.places, side.periods):
        cut = _joint_between(words.text, named_on_both)
        if cut and rest and not (places or periods):
            first, second = words.side(0, cut), words.side(cut, len(stretch))
            return _pair(first, second, tail=tail, unit=unit)
    if periods and rest:
        named = [_name(one) for one in periods]
        return _operands(named, [place] * len(named), [rest] * len(named), unit)
    items = split_items(rest)
    if items:
        return _operands([period] * len(items), [place] * len(items), items, "")
    return None


def _joint_between(text: str, named: Sequence[PeriodMention] | Sequence[PlaceMention]) -> int:
    """Where a joiner stands between two periods or places, each of its own side; 0 where none does."""
    if len(named) != 2:
        return 0
    found = [match.start() for match in SIDES_JOINED.finditer(text, named[0].span.end, named[1].span.end)]
    return found[-1] if found else 0


def is_low(how: str) -> bool:
    """Whether a word (高, 慢, 靠后) is for the lower of two."""
    return how[0] in _LESS or how in {"靠后", "差", "弱", "轻", "便宜", "落后", "落后于"}


def _read_than(words: Words) -> Operation | None:
    """A比B高多少, A超过B多少."""
    for pattern in (THAN, OVER):
        match = pattern.fullmatch(words.text)
        if match is None:
            continue
        first, second = words.side(*match.span("a")), words.side(*match.span("b"))
        if pattern is OVER and not (second.places or second.periods):
            continue
        unit = match["unit"] or ""
        made = _pair(first, second, tail=match["tail"], unit=unit)
        if made is None:
            return None
        about, operands = made
        is_growth = match["how"] == "增长" or match["ask"] == "百分之几" or unit in ("%", "成", "倍")
        later = second.periods and not second.places
        base_is_year_before = bool(
            later and first.periods and _year_before(first.periods[-1], second.periods[-1])
        )
        return Operation(
            "growth" if is_growth and unit != "百分点" else "difference",
            about,
            operands,
            is_high=not is_low(match["how"]),
            word=match["how"],
            asks_percent=match["ask"] == "百分之几" or unit in ("%", "成"),
            stated_first=base_is_year_before or bool(later and second.periods[-1].is_resolved),
        )
    return None


def _year_before(asked: PeriodMention, base: PeriodMention) -> bool:
    """Whether a period is compared with the same stretch of the year before, as its own growth is."""
    if asked.period is None or base.period is None or asked.period.is_open:
        return False
    return asked.period.shifted(-1) == base.period


def _read_apart(words: Words) -> Operation | None:
    """A和B相差多少."""
    match = APART.fullmatch(words.text)
    made = match and _several(words, match["a"], tail=match["tail"], unit=match["unit"] or "")
    return Operation("difference", made[0], made[1][:2], word="相差") if made and len(made[1]) == 2 else None


def _read_times(words: Words) -> Operation | None:
    """A是B的几倍."""
    match = TIMES.fullmatch(words.text)
    if match is None:
        return None
    made = _pair(words.side(*match.span("a")), words.side(*match.span("b")), tail=match["tail"])
    if made is None:
        return None
    return Operation("ratio", *made, asks_percent="倍" not in match["ask"])


def _read_share(words: Words) -> Operation | None:
    """A占B的百分之几."""
    match = SHARE.fullmatch(words.text)
    if match is None:
        return None
    made = _pair(words.side(*match.span("a")), words.side(*match.span("b")))
    return None if made is None else Operation("share", *made, asks_percent=True, stated_first=True)


def _read_sum(words: Words) -> Operation | None:
    """A和B合计多少."""
    match = SUM.fullmatch(words.text)
    made = match and _several(words, match["a"], tail=match["tail"], unit=match["unit"] or "")
    return Operation("sum", made[0], made[1]) if made else None


def _read_mean(words: Words) -> Operation | None:
    """A、B和C的平均值."""
    match = MEAN.fullmatch(words.text)
    if match is None:
        return None
    made = _several(words, match["a"], tail=match["tail"])
    return Operation("mean", made[0], made[1]) if made else None


def _read_yearly(words: Words) -> Operation | None:
    """从2015年到2020年年均增长多少."""
    match = YEARLY.fullmatch(words.text)
    made = match and _ends(words, match)
    if not made:
        return None
    about, operands, years = made
    return Operation("yearly", about, operands, years=years, stated_first=True)


def _read_changed(words: Words) -> Operation | None:
    """从2015年到2020年提高了多少."""
    match = CHANGED.fullmatch(words.text)
    made = match and _ends(words, match)
    if not match or not made:
        return None
    about, operands, _ = made
    percent = match["ask"] == "百分之几" or match["unit"] in ("%", "成", "倍")
    kind: Kind = "growth" if match["how"] == "增长" or percent else "difference"
    kind = "difference" if match["unit"] == "百分点" else kind
    return Operation(
        kind, about, operands, word=match["how"], is_high=not is_low(match["how"]), asks_percent=percent
    )


def _ends(words: Words, match: re.Match[str]) -> tuple[str, tuple[Operand, ...], int] | None:
    """What the figures of the first and last year share, the two (the last first), and the years between."""
    side = words.side(*match.span("a"))
    tail = bare(match["tail"])
    rest = side.rest or tail
    place = _name(side.places[-1]) if side.places else ""
    periods = [found.period for found in side.periods if found.period]
    years: list[int] = []
    if len(periods) == 1 and FROM_TO.search(side.periods[0].span.of(words.text)):
        years = [periods[0].first.year, periods[0].last.year]
    elif len(periods) == 2:
        years = [period.last.year for period in periods]
    if len(years) != 2 or years[0] == years[1] or not rest:
        return None
    names = [f"{year}年" for year in years] if len(periods) == 1 else [period.label() for period in periods]
    unit = match.groupdict().get("unit") or ""
    made = _operands(names[::-1], [place] * 2, [rest] * 2, unit)
    return None if made is None else (*made, abs(years[1] - years[0]))


def _read_which(words: Words) -> Operation | None:
    """谁最高, 哪个更高, A比B高吗."""
    asked = IS_IT.fullmatch(words.text)
    if asked:
        made = _pair(words.side(*asked.span("a")), words.side(*asked.span("b")))
        return (
            None
            if made is None
            else Operation("larger", *made, is_high=not is_low(asked["how"]), word=asked["how"])
        )
    if not WHICH.search(words.text):
        return None
    extreme = EXTREME.search(words.text)
    larger = None if extreme else LARGER.search(words.text)
    match = extreme or larger
    if match is None:
        return None
    how, nth = wanted_end(match, words.text)
    axis = next(axis for axis, pattern in OPEN_AXES if pattern.search(words.text))
    rest = Words(WHICH.sub("", words.text[: match.start()] + _tail(words.text[match.end() :])))
    made = _several(rest, rest.text)
    if made:
        return Operation("larger", *made, is_high=not is_low(how), nth=nth, word=how)
    if larger or axis == "place":
        return None
    found = _open(rest, rest.text, axis=axis)
    return found and replace(found, is_high=not is_low(how), nth=nth, word=how)


def _tail(text: str) -> str:
    """What stands behind the asking word and may name the indicator: 最高的是哪个 has none."""
    return re.sub(
        r"^的?(?:是|为|城市|地区|市|省|县区?|区县?|年份?|行业|产业|领域|一个|那个|一年|项目?|指标)*(?:是|为)?",
        "",
        text,
    )


def wanted_end(match: re.Match[str], text: str) -> tuple[str, int]:
    """Which end is asked for, and the how manieth from there."""
    found = match.groupdict()
    how = found.get("how") or found.get("how2") or ("低" if found.get("last") else "高")
    nth = found.get("nth") or found.get("nth2")
    count = (int(nth) if nth.isdigit() else ORDINALS[nth]) if nth else 1
    if text[max(0, match.start() - 2) : match.start()] == "倒数":
        how = "低" if how[0] in _MORE else "高"
    return how, count


def _read_ranking(words: Words) -> Operation | None:
    """从高到低排."""
    match = RANKING.search(words.text)
    if match is None or POSITION.search(words.text):
        return None
    rising = (match["way"] or "")[:1] in tuple("低小少慢") or "升序" in match[0]
    bare_text = words.text[: match.start()] + words.text[match.end() :]
    rest = Words(TRAILING.sub("", WHICH.sub("", RANKING.sub("", bare_text))))
    made = _several(rest, rest.text)
    return Operation("ranking", *made, is_high=not rising) if made else None


def _open(words: Words, stretch: str, *, axis: Axis) -> Operation | None:
    """The operation for the greatest of all years or things of a kind that the sources tell the indicator of."""
    text = TRAILING.sub("", stretch or words.text)
    side = Words(text).side(0, len(text))
    rest, falls = side.rest, False
    verb = RATE_VERB.fullmatch(rest)
    if verb:
        falls = verb["verb"] in FALLS
        rest = f"{verb['stem']}增速"
    falls = falls or "降幅" in rest or "跌幅" in rest
    if not rest:
        return None
    period = side.periods[-1].span.of(text) if side.periods else ""
    place = _name(side.places[-1]) if side.places else ""
    if axis == "period":
        series = f"各年{place}的{rest}分别是多少？"
        about = f"{place}{rest}"
    else:
        series = f"{period}{place}各项的{rest}分别是多少？"
        about = f"{period}{place}{rest}"
    return Operation("larger", about, series=series, axis=axis, falls=falls)


def joint_question(operands: Sequence[Operand]) -> str:
    """One question for all operands that only places, years or indicators tell apart.

    >>> joint_question([Operand("甲", "2020年甲的床位是多少？"), Operand("乙", "2020年乙的床位是多少？")])
    '2020年甲、乙的床位分别是多少？'
    """
    first = operands[0]
    if not all(operand.name and operand.name in operand.question for operand in operands):
        return ""
    names = "、".join(operand.name for operand in operands)
    return re.sub(r"(?:是)?多少？$", "分别是多少？", first.question.replace(first.name, names, 1))


READERS: tuple[Callable[[Words], Operation | None], ...] = (
    _read_yearly,
    _read_than,
    _read_apart,
    _read_sum,
    _read_mean,
    _read_share,
    _read_times,
    _read_changed,
    _read_ranking,
    _read_which,
)
