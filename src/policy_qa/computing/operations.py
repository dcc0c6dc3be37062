"""Which computation a question asks for, and of what: every operand as a plain question of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.computing.all_hold import read_all_hold
from policy_qa.computing.behind import read_behind
from policy_qa.computing.deriving import read_derived, read_each_one, read_requested
from policy_qa.computing.groups import NO_GROUP
from policy_qa.computing.items import read_items
from policy_qa.computing.operands import (
    EVERY_YEAR,
    MORE,
    Operation,
    is_low,
    joint_question,
    name_of,
    operands_of,
    several,
)
from policy_qa.computing.pairs import (
    ASK,
    read_apart,
    read_changed,
    read_larger,
    read_left,
    read_minus,
    read_rate,
    read_share,
    read_surplus,
    read_than,
    read_times,
    read_without,
    read_yearly,
)
from policy_qa.computing.phrasing import ASKING_CLAUSE, main_question
from policy_qa.computing.sides import UNIT, WHICH, Words, indicator_of
from policy_qa.computing.stepwise import read_each_time, read_share_of_sum
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import read_numeral
from policy_qa.language.periods import find_periods

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.computing.operands import Axis, Kind
    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.places import PlaceMention
    from policy_qa.understanding import Query

NOT_COMPUTED = frozenset({"cause", "author", "source", "definition"})
_BEST = r"(?P<how>高|低|多|少|大|小|快|慢|好|差|强|弱|靠前|靠后|长|短|重|轻|贵|便宜|厉害|猛|凶|狠)"
_LAST = r"倒数第一|垫底|吊车尾|拖后腿|老末|殿后|(?:排|居|列|处于|位于)?(?:名|在)?(?:末位|末尾|最末尾?|最后(?:一[名位个])?(?![两三四五\d]))"
_FIRST = r"(?:排名?|位居|居|名列|列|位列)(?:在)?(?:第一位?|首位|榜首|前头|最前面?)|第一名|榜首|领跑|领先(?=$|[的，,])|老大|头名|拔得?头筹|打头|一马当先|独占鳌头|龙头老大|龙头(?=是|$|[，,])|独占榜首|冠军"
EXTREME = re.compile(
    rf"最{_BEST}|第(?P<nth>[二三四五2345])(?P<how2>高|低|多|少|大|小|快|慢)|(?:排名?|居|列|位居|位列)(?:在)?第(?P<nth2>[二三四五2345])位?|(?P<last>{_LAST})|(?P<first>{_FIRST})"
)
LARGER = re.compile(
    r"(?:排(?:名|位)?得?在?(?:谁|对方)?的?|更|比较|要|会|相对)?(?:更)?(?P<how>高|低|多|少|大|小|快|慢|强|弱|好|差|靠前|靠后|前面|后面|前头|后头)(?:些|一些|一点|点|一筹)?(?P<tail>[吗么呢]?)$"
)
SUM = re.compile(
    rf"(?P<a>.+?)的?(?:合计|总共|一共|共计|加起来|加在一起|相加|之和|总和|的和|合起来|加总|共有?)(?:总共|一共)*(?:是|有|为|达到?|等于)*{ASK}{UNIT}(?P<tail>.*)"
)
PLUS = re.compile(
    rf"(?P<a>.+?(?<![增更追添参施])加上?(?![快大强工入权密持总起在到]).+?)(?:之?后)?(?:是|有|为|达到?|等于|得)+{ASK}{UNIT}(?P<tail>.*)"
)
EACH = re.compile(rf"(?P<a>.+?)(?:分别|各自|各)(?P<verb>[^，,多几]{{0,8}}?)(?:了|是|为|有|达到?)*{ASK}{UNIT}")
HOLD = re.compile(
    r"(?P<each>分别|各自|各)?在?(?P<first>全[国省区])?(?:[中里的]|(?:排|位?居|列)(?:在|名)?)+(?P<last>全[国省区])?[中里的]?第几[位名]?$"
)
"""What place each of several holds: 甲市和乙市的绿化率各排全国第几."""
TOPIC = re.compile(r"(?:[^上下左右]面积|[率度额量值幅速]|(?<!倍)数|占比|比重|余额|收入|支出|投资|规模)$")
"""A question may be no more than what is measured, of several places or times: 甲市和乙市的绿化率."""
RANKING = re.compile(
    r"(?:按照?|由|从|以)?(?:从|由)?(?P<way>高到低|大到小|多到少|快到慢|低到高|小到大|少到多|慢到快)(?:的?顺序)?|排序|排个序|排一?下(?:名|序)?|排个名次?|(?:依次|怎么|如何|怎样)排(?:列|名|序)?|(?:升|降)序"
)
POSITION = re.compile(
    r"(?:排名?|列|位居|居|位列)?(?:在|到)?第(?:几|多少)位?|排(?:在)?(?:多少|几)[位名]|(?:处于?|排在?|居)(?:什么|哪个?|怎样的?)(?:位置|位次|名次)"
)
TRAILING = re.compile(
    r"(?:[,，]?(?:各|分别|依次)?(?:是|为|有|达到?|怎么|如何|怎样|怎么样|排|列|在|按|的)*(?:多少|几何|什么)?)+$"
)
RATE_VERB = re.compile(
    r"(?P<stem>.+?)(?:同比)?(?P<verb>增长|上升|提高|下降|减少|降低|回落|下滑|下跌|[掉跌降退落升涨])得?$"
)
REPORTS = re.compile(
    r"^(?:在|从)?(?:[这那历各几两三四五六七八九十\d]+)(?:份|个|篇|本|年|届|次|期)?的?[^，,。的年]{0,10}(?:报告|文件|材料|资料|公报|规划|讲话)(?:里面|里头|当中|之中|里|中|上)(?:的|实际的|，|,)*"
)
"""Where to look, said of several documents: 几份工作报告里的."""
DONE = re.compile(r"(?<=..)[定设排做干搞列报开订]得$")
"""The verb of an end told with 得: 目标定得最高."""
RANK_SAID = re.compile("排名|位次|名次")
RANK_ASKED = re.compile(rf"{POSITION.pattern}|{RANK_SAID.pattern}")
SCORE_ASKED = re.compile("几分(?!之)|多少分(?!之)|得分|分值|分数")
NO_RANK = re.compile("得分|分值|分数|增速|增长|涨幅|增幅|占比|比重|比例")
"""What is the better the higher it is: who stands in front there is no matter of places held."""
AMOUNT_ASKED = re.compile(r"(?:是|有|为|达到?)多少(?![位名])")
ENDING = re.compile(r"(?:的|在|得|是|能|排|中|里|[，,])+$")
MOST_PLACES = 2
"""The one asked about, and where it is ranked."""
FALLS = frozenset({"下降", "减少", "降低", "回落", "下滑", "下跌", "降", "跌", "掉", "退", "落"})
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
_MUCH = rf"(?:多少|几|多大|百分之(?:几|多少)){UNIT}"
_HOW = r"(?P<how>靠前|靠后|[高低多少大小快慢强弱好差猛凶长短])"
ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("ratio", re.compile(r"(?:是|为|相当于|有|达到?)*(?P<how>)(?:的)?(?:几|多少)倍")),
    (
        "difference",
        re.compile(
            rf"(?:是|要|还|又|更)*(?:相差|差|{_HOW}(?:出|了|过|于)*|(?P<rose>提高|提升|上升|增加|增长|上涨|涨|升)(?:出|了)*|(?P<fell>下降|降低|减少|回落|下滑|下跌|落后|退步|降|跌|掉|退)(?:出|了|于)*)(?:大?约|大概)?{_MUCH}"
        ),
    ),
    (
        "larger",
        re.compile(
            rf"(?:谁|哪[一]?[个家座边头]?(?:城市|市|县|区|省|年)?|何者)(?:的)?(?P<mid>[^，,。；;谁哪]{{0,12}}?)(?:是|要|会|更|较|比较|相对|增长?得?|长得?)*{_HOW}(?:一?些|一点|一筹)?(?=$|[，,])"
        ),
    ),
)
COMPARING = re.compile(
    r"(?:相?比(?:起来|下来|较)?(?![重例值较])|(?:和|与|跟|同|较)(?=$|[，,的]))|(?:两者|二者|两[地市个家]|双方)(?:之间|间)?|之间"
)


def read_operation(query: Query) -> Operation | None:
    """The computation that the question asks for, None for none."""
    said = None if query.kind in NOT_COMPUTED else read_derived(query.text)
    if said is not None:
        return said
    text = question_text(query)
    if text is None:
        return None
    words = Words(text)
    for reader in READERS:
        found = reader(words)
        if found is not None:
            joint = joint_question(found.operands) if found.operands else ""
            return replace(found, joint=found.joint or joint)
    return read_requested(query.text)


def question_text(query: Query) -> str | None:
    """The question as it is read for what it computes, None where it computes nothing."""
    if query.kind in NOT_COMPUTED or query.wants_table:
        return None
    key = search_key(query.text)
    text = main_question(query.text if len(key) == len(query.text) else key)
    if any(found.period is None and found.is_base for found in find_periods(text)):
        return None  # 比上年, of no year that the question names
    return text


def _read_sum(words: Words) -> Operation | None:
    """A和B合计多少, A加B是多少."""
    match = SUM.fullmatch(words.text) or PLUS.fullmatch(words.text)
    if match is None:
        return None
    if match.re is PLUS:
        words = Words(words.text.replace("加上", "加"))
        match = PLUS.fullmatch(words.text) or match
    made = several(words, match["a"], tail=match["tail"], unit=match["unit"] or "")
    return Operation("sum", *made) if made else None


def _read_rank_and_score(words: Words) -> Operation | None:
    """甲市的竞争力排全国第几，得分多少: the rank of one place and the score, or the amount, it goes by."""
    rank = RANK_ASKED.search(words.text)
    score = SCORE_ASKED.search(words.text) or AMOUNT_ASKED.search(words.text)
    if rank is None or score is None or WHICH.search(words.text):
        return None
    if len(words.places) > MOST_PLACES or words.series_of_places() or len(words.periods) > 1:
        return None
    side = words.side(0, min(rank.start(), score.start()))
    rest = ENDING.sub("", side.rest)
    if not side.places or not rest:
        return None
    names = [name_of(side.periods[-1]) if side.periods else "", name_of(side.places[0])]
    scored = rest if rest.endswith("指数") or score.re is AMOUNT_ASKED else f"{rest}得分"
    made = operands_of([names[0]] * 2, [names[1]] * 2, [f"{rest}排名", scored], "")
    return Operation("each", *made) if made else None


def _read_each(words: Words) -> Operation | None:
    """甲市和乙市分别增长多少, 产量和面积各是多少, 甲市和乙市的产量: places, times or indicators, each of which is to be told."""
    text = HOLD.sub(
        lambda one: f"{one['first'] or one['last'] or ''}排名{one['each'] or '各'}是多少", words.text
    )
    words = Words(text)
    is_of_things = not (words.series_of_places() or words.series_of_periods())
    match = EACH.fullmatch(words.text)
    if match is None:
        is_topic = not is_of_things and TOPIC.search(words.text) and not ASKING_CLAUSE.search(words.text)
        made = several(words, words.text) if is_topic else None
        return Operation("each", *made) if made else None
    if is_of_things and "占" in words.text:
        return None
    plain = Words(f"{match['a']}{match['verb']}")
    made = several(plain, plain.text, unit=match["unit"] or "")
    return Operation("each", *made) if made else None


def _read_shares(words: Words) -> Operation | None:
    """2018年、2019年甲占乙的比重各是多少: a share that each time or place is told of."""
    return _read_each(words) if re.search("占.+(?:比重|比例|份额|占比)", words.text) else None


def _read_which(words: Words) -> Operation | None:
    """谁最高, 哪个更高."""
    if not WHICH.search(words.text):
        return None
    extreme = EXTREME.search(words.text)
    larger = None if extreme else LARGER.search(words.text)
    match = extreme or larger
    if match is None:
        return None
    how, nth = wanted_end(match, words.text)
    axis = next((axis for axis, pattern in OPEN_AXES if pattern.search(words.text)), OPEN_AXES[-1][0])
    rest = Words(WHICH.sub("", words.text[: match.start()] + _tail(words.text[match.end() :])))
    is_of_ranks = how.startswith("靠") and not NO_RANK.search(rest.text)
    made = several(rest, rest.text, unit="位" if is_of_ranks else "")
    if made:
        return Operation("larger", *made, is_high=not is_low(how), nth=nth, word=how)
    if larger or axis == "place":
        return None
    found = open_operation(rest, rest.text, axis=axis)
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
    count = int(read_numeral(nth) or 1) if nth else 1
    if text[max(0, match.start() - 2) : match.start()] == "倒数":
        how = "低" if how[0] in MORE else "高"
    return how, count


def _read_ranking(words: Words) -> Operation | None:
    """从高到低排."""
    match = RANKING.search(words.text)
    if match is None or POSITION.search(words.text):
        return None
    rising = (match["way"] or "")[:1] in tuple("低小少慢") or "升序" in match[0]
    bare_text = words.text[: match.start()] + words.text[match.end() :]
    rest = Words(TRAILING.sub("", WHICH.sub("", RANKING.sub("", bare_text))))
    made = several(rest, rest.text)
    return Operation("ranking", *made, is_high=not rising) if made else None


def open_operation(words: Words, stretch: str, *, axis: Axis) -> Operation | None:
    """The operation for the greatest of all years or things of a kind that the sources tell the indicator of."""
    text = DONE.sub("", REPORTS.sub("", TRAILING.sub("", stretch or words.text)))
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
    place = name_of(side.places[-1]) if side.places else ""
    among: tuple[str, ...] = ()
    if axis == "period":
        series = f"{EVERY_YEAR}{place}的{rest}分别是多少？"
        about = f"{place}{rest}"
        among = _years_within(side.periods)
    else:
        series = f"{period}{place}各项的{rest}分别是多少？"
        about = f"{period}{place}{rest}"
    return Operation("larger", about, series=series, axis=axis, falls=falls, among=among)


def _years_within(periods: Sequence[PeriodMention]) -> tuple[str, ...]:
    """The years of the one stretch of several that is named: 2018年到2020年哪一年最高; none where no or another time is."""
    told = periods[0].period if len(periods) == 1 else None
    if told is None or not told.is_whole_years or told.is_open or len(told.years) < MOST_PLACES:
        return ()
    return tuple(f"{year}年" for year in told.years)


def read_gathered(words: Words) -> Operation | None:
    """The comparison of the two places, or the two times of one place, that a question names; None for more or fewer."""
    found = next(((kind, match) for kind, ask in ASKS if (match := ask.search(words.text))), None)
    if found is None:
        return None
    kind, match = found
    if words.text[: match.start()].endswith(("都", "均")):
        return None  # asked of each, not of one beside the other
    groups = match.groupdict()
    kept = groups.get("mid") or ""
    text = f"{words.text[: match.start()]}，{kept}，{words.text[match.end() :]}"
    rest = indicator_of(COMPARING.sub("，", text), NO_GROUP)
    places, periods = _named(words.places), _named(words.periods)
    if not rest or (len(places), len(periods)) not in ((2, 0), (2, 1), (0, 2), (1, 2)):
        return None
    unit = groups.get("unit") or ""
    made = operands_of(_twice(periods), _twice(places), [rest, rest], unit)
    if made is None:
        return None
    how = groups["how"] or groups.get("rose") or groups.get("fell") or "相差"
    return Operation(kind, *made, is_high=not is_low(how), word=how)


def _named(mentions: Sequence[PlaceMention] | Sequence[PeriodMention]) -> list[str]:
    """What the mentions are called, each once."""
    return list(dict.fromkeys(name_of(one) for one in mentions))


def _twice(names: Sequence[str]) -> list[str]:
    """A name for each of two operands; the one there is stands for both."""
    return list(names) if len(names) == 2 else [*(names or [""])] * 2


READERS: tuple[Callable[[Words], Operation | None], ...] = (
    read_all_hold,
    read_behind,
    read_items,
    read_each_time,
    read_each_one,
    read_share_of_sum,
    read_yearly,
    read_left,
    read_surplus,
    read_than,
    read_apart,
    read_minus,
    read_without,
    _read_sum,
    read_changed,
    _read_shares,
    read_share,
    read_rate,
    read_times,
    _read_rank_and_score,
    _read_ranking,
    read_larger,
    _read_which,
    _read_each,
    read_gathered,
)
