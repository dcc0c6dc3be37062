"""Which several of all places a question asks for: the first three, the last two, those above a figure, a place or the mean."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_qa.computing.groups import WITHOUT
from policy_qa.computing.operands import MEAN_BOUND, Operation, is_low
from policy_qa.computing.operations import EXTREME, wanted_end
from policy_qa.computing.sides import Words
from policy_qa.language.numerals import read_numeral
from policy_qa.language.quantity_values import read_quantities

NOUN = r"(?:城市|地级市|设区市|地区|省份|省市|区县|县区|市县|县市|市州|州市|地市|地方|[市省县区州地])"
_FEW = r"(?P<few>[两二三四五六七八九十]|10|[2-9])"
_NO_RANKS = r"(?!\d|[十百千万]|个?季|年|个?月|天|日|周|批|次|轮|期|产业|类|项|条|点|大|章|部分)"
FIRST_FEW = re.compile(
    r"(?:排名?|位居|位列|居|列|名列|排行)?在?"
    rf"(?:(?P<end>前|倒数){_FEW}(?:名|位|强|个|家|座|大(?=的?{NOUN}|$|[，,是]))?|(?<![年月季期])(?P<last>最后|后|末)(?P<last_few>[两二三四五六七八九十]|10|[2-9])[名位])"
    rf"{_NO_RANKS}"
)
"""排名前三, 后两位, 倒数三名."""
HELD_BY = re.compile(
    rf"(?:位居|位列|居于?|排名?在?|名列|跻身|进入)(?=(?:[\d两三四五六七八九十各]+个?)(?:城市|{NOUN})(?:中|里|当中)?的?前)"
)
"""What parts an indicator from the first few of a group: 得分位居七个城市前三位."""
FEW_BEST = re.compile(rf"的?(?:前)?{_FEW}(?:个|家|座|名|位)(?={NOUN}|[是为有，,]|分别|$)")
"""Behind an end: 最高的三个."""
OTHER_NOUN = re.compile(
    rf"的(?!{NOUN}|[是为有谁哪及和与各都]|分别|依次|先后|多少|名次|名单|数值|得分)[一-龥]{{2}}"
)
"""What is asked for are no places: 前三的产业."""
SEVERAL_ASKED = re.compile(
    rf"(?:[都总一共]*(?:有|是|为))?(?:哪[些几]个?年(?:份|度)?(?:里|中)?的?|哪[些几](?:[个座家]|(?={NOUN}))?|几[个座家]|多少[个座家](?!百分)|谁)(?:{NOUN})?"
    rf"|哪[个座家]?(?:{NOUN})|(?<=的)(?:城市|地级市|地区|市|省份|省|区县|县区|县)(?:名单)?$"
)
_OVER = r"高于|大于|多于|超过|超出|突破|高过|快于|强于|好于|优于|领先于?|靠前于|不低于|不少于|不小于|达到|达"
_UNDER = r"低于|小于|少于|不到|不足|没到|没有?达到|未达到?|达不到|慢于|弱于|差于|落后于?|不高于|不超过|没有?超过|未超过|不大于"
WAY = re.compile(rf"(?P<under>{_UNDER})|(?P<over>{_OVER})了?")
BEHIND_BOUND = re.compile(r"(?:及|或|和)?(?:(?P<over>以上|之上)|(?P<under>以下|之下))")
INCLUSIVE = re.compile(r"不[低少小]于|达|不超过|未超过|没有?超过|不高于|不大于|以[上下]")
NOT_REACHED = re.compile(r"不到|不足|没到|没有?达|未达|达不到")
MEAN = r"(?:[各这那几\d两三四五六七八九十]*[个]?(?:城市|市|地区|地|省)的?)?(?:简单|算术)?(?:平均(?:水平|值|数|线|分)?|均值|均线)"
MEAN_PLACED = re.compile(
    rf"(?:在|位于|处于)?{MEAN}(?=以上|以下|之上|之下)|(?<=[于过到足出破]){MEAN}|(?<=比){MEAN}"
)
_VALUE = r"\d[\d.,]*(?:%|个?百分点|[十百千万亿]*[^\W\d_到至和与之]{0,3})"
BETWEEN = re.compile(
    rf"(?:在|介于|处于|位于|处在)?(?P<low>{_VALUE})(?:到|至|[-—–~～]|和|与)(?P<high>{_VALUE})(?:之间|范围内|区间内?|中间)"
)
FIRST_RANKS = re.compile(
    r"(?:排名|位次|名次)(?P<in>(?:能|已|可以)?(?:进入?|跻身|挤进|在|位列|居|处于)?了?)(?:全[国省区市])?前(?P<rank>\d{2,3}|[二三四五六七八九]?十|百)[名位强]?(?:以内|之内|之列)?(?=的|$|[，,有])"
)
"""Among the first of all that are ranked, more than those which are compared."""
BARE_UNIT = re.compile(
    r"(?<![\d.一二两三四五六七八九十百千万几])(?P<many>[百千])?(?P<unit>[万亿]+(?:美元|[元人吨亩户家]))"
)
"""One of a unit, or a hundred: 超过万亿元, 超百亿元."""
HOW = re.compile(r"(?:还|要|更|都)*(?P<how>靠前|靠后|[高低多少大小快慢强弱好差])(?:的|(?=$|[，,有]))")
"""How others are beside the place they are compared with: 比甲市高的."""


def read_first_few(text: str) -> tuple[Operation, str] | None:
    """The first or last few asked for and the text without that; the order begins with the greatest where none is told.

    >>> found, rest = read_first_few("五市绿化率最低的两个市是谁")
    >>> found.count, found.is_high, rest
    (2, False, '五市绿化率，市是谁')
    """
    text = HELD_BY.sub("，", text)
    extreme = EXTREME.search(text)
    behind = FEW_BEST.match(text, extreme.end()) if extreme else None
    match = behind or FIRST_FEW.search(text)
    if match is None or OTHER_NOUN.match(text, match.end()):
        return None
    groups = match.groupdict()
    count = int(read_numeral(groups["few"] or groups["last_few"]) or 0)
    how = wanted_end(extreme, text)[0] if extreme else ""
    is_last = behind is None and groups["end"] != "前"
    if extreme is not None:
        first, last = sorted([extreme.span(), match.span()])
        text = f"{text[: first[0]]}，{text[first[1] : last[0]]}，{text[last[1] :]}"
    else:
        text = f"{text[: match.start()]}，{text[match.end() :]}"
    is_high = is_low(how) == is_last if how else not is_last
    word = how if how and not is_last else "高" if is_high else "低"
    return Operation("larger", "", is_high=is_high, count=count, word=word), re.sub("，{2,}的?", "，", text)


def read_beyond(text: str) -> tuple[Operation, str] | None:
    """Those above or below a figure, a place or the mean that a question asks for, and the text without that.

    >>> found, rest = read_beyond("五市绿化率高于40%的有哪些")
    >>> found.bound, found.is_high, found.is_inclusive, rest
    ('40%', True, False, '五市绿化率，')
    """
    if not SEVERAL_ASKED.search(text):
        return None
    found = (
        _among_first(text)
        or _between(text)
        or _beyond_mean(text)
        or _beyond_place(text)
        or _beyond_figure(text)
    )
    if found is None:
        return None
    operation, start, end = found
    rest = SEVERAL_ASKED.sub("，", f"{text[:start]}，{re.sub('^的', '', text[end:])}")
    return operation, re.sub("，{2,}", "，", re.sub(rf"(?<=，)的?{NOUN}(?=，|$)", "", rest))


SHARE_OF_ALL = re.compile(
    r"(?:大?约|能|所)*占(?:了|到|有|的|比|比重|比例|份额|其中|总[数量额和]|[，,\s])*(?:大?约|是|为|有|达到?)*"
    r"(?:百分之(?:几|多少)|百分比|多少|多大|几成|几分之几)(?:个点|%|的?(?:比重|比例|份额))?"
)
"""Of all places taken together: 六市加起来，甲市占多少; 甲市占六市合计的百分之几."""


def read_share_of_all(text: str, together: re.Pattern[str]) -> tuple[Operation, str] | None:
    """The share of one place in the sum of all, and the text without the words that ask for it; `together` are those for a sum."""
    rest = together.sub("，", text)
    words = Words(rest)
    row = words.series_of_places()
    apart = {one.places[0].short for one in words.places if one not in row}
    if row:
        rest = rest[: row[0].span.start] + rest[row[-1].span.end :]
    asked = SHARE_OF_ALL.search(rest)
    if asked is None or len(apart) != 1 or not (row or together.search(text)):
        return None
    return Operation("sum", "", of_place=apart.pop(), asks_percent=True), SHARE_OF_ALL.sub("，", rest)


def _among_first(text: str) -> tuple[Operation, int, int] | None:
    """全国排名进前70的: the ranks up to one."""
    match = FIRST_RANKS.search(text)
    number = read_numeral(match["rank"]) if match else None
    if match is None or not number:
        return None
    bound = f"第{int(number)}位"
    found = Operation("beyond", "", bound=bound, is_inclusive=True, word="不低于")
    return found, match.start("in"), match.end()


def _between(text: str) -> tuple[Operation, int, int] | None:
    """在45%到55%之间的: at least the one and at most the other."""
    match = BETWEEN.search(text)
    if match is None:
        return None
    low, high = match["low"], match["high"]
    unit = re.sub(r"^[\d.,]+", "", high)
    low = low if re.search(r"[^\d.,]", low) else f"{low}{unit}"
    found = Operation("beyond", "", bound=low, upper=high, is_inclusive=True, word="在")
    return found, match.start(), match.end()


def _beyond_mean(text: str) -> tuple[Operation, int, int] | None:
    """高于平均水平的, 在均值以下的."""
    match = MEAN_PLACED.search(text)
    if match is None or text[: match.start()].endswith(("全国", "全省", "全区", "全市")):
        return None
    return _with_way(text, match.start(), match.end(), MEAN_BOUND)


def _beyond_place(text: str) -> tuple[Operation, int, int] | None:
    """比甲市高的, 低于甲市的."""
    for place in Words(text).places:
        found = _with_way(text, place.span.start, place.span.end, "")
        is_end = found and re.match("的|$|[，,有]", text[found[2] :])
        if found and is_end and place.places[0].level != "country":
            return replace(found[0], of_place=place.places[0].short), *found[1:]
    return None


def _beyond_figure(text: str) -> tuple[Operation, int, int] | None:
    """超过40万人的, 40万人以下的."""
    bare = BARE_UNIT.search(text)
    if bare is not None:
        many = {"百": 100, "千": 1000}.get(bare["many"], 1)
        return _with_way(text, bare.start(), bare.end(), f"{many}{bare['unit']}")
    for one in read_quantities(text):
        if one.form == "number" and len(one.values) == 1:
            found = _with_way(text, one.span.start, one.span.end, one.text)
            if found is not None:
                return found
    return None


def _with_way(text: str, start: int, end: int, bound: str) -> tuple[Operation, int, int] | None:
    """The operation for a bound at these characters with the word before or behind it that tells the side."""
    before = next((one for one in WAY.finditer(text) if one.end() == start), None)
    behind = BEHIND_BOUND.match(text, end)
    compared = HOW.match(text, end) if text[:start].endswith("比") else None
    if compared:
        high, how = not is_low(compared["how"]), compared["how"]
        word = f"{how}于" if len(how) == 1 else how
        return (
            Operation("beyond", "", is_high=high, bound=bound, word=word),
            start - 1,
            compared.end(),
        )
    if not (before or behind):
        return None
    told = behind if before is None else before
    is_high = bool(told and told["over"])
    words = f"{before[0] if before else ''}{behind[0] if behind else ''}"
    inclusive = bool(INCLUSIVE.search(words)) and not NOT_REACHED.search(words)
    word = before[0] if before else "不低于" if is_high else "不高于"
    found = Operation("beyond", "", is_high=is_high, bound=bound, is_inclusive=inclusive, word=word)
    return found, before.start() if before else start, behind.end() if behind else end


def without_places(text: str) -> tuple[tuple[str, ...], str]:
    """The places that a question leaves out, and the text without them: 除了甲市，谁最高."""
    match = WITHOUT.search(text)
    side = Words(text).side(*match.span(match.lastgroup or 0)) if match else None
    if match is None or side is None or side.rest or not side.places:
        return (), text
    names = tuple(found.places[0].short for found in side.places)
    return names, f"{text[: match.start()]}，{text[match.end() :]}".strip("，")
