"""The sides of a comparison in a question: the place, the period and the indicator that each of them names, and what is measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from policy_qa.answering.asked_figure import is_unit
from policy_qa.language.periods import PeriodMention, find_periods
from policy_qa.language.places import PlaceMention, find_places, is_within
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.groups import Group

Mention = TypeVar("Mention", PeriodMention, PlaceMention)
GROUP = re.compile(
    r"(?:(?:(?<!\d)[这那上前]?(?:\d{1,2}|[两二三四五六七八九十几]{1,3})[个座家]?|[各诸])(?:主要|相关|副中心|地级)?(?:城市|地区|地级市|省份|[市省县区地州者])"
    r"|[这那]?[两三四五几](?:个?(?:时段|时期|阶段)|年|项|方面?|个))"
    r"(?:当中|之中|之间|里面?|中)?"
)
"""Words for the things compared, taken together: 六市中, 两者, 这几个城市."""
FILLER = re.compile(
    r"请问|请|帮我|帮忙|麻烦|计算一下|计算|算一下|算出|算算|大概|大约|究竟|到底|分别|各自|目前|一下|相比|比较|之间|当中|其中|要是|如果"
    r"|(?:放|摆|搁)在?一(?:起|块儿?)(?:来?[看比])?|那会儿?|那时候?|那阵子?|那年(?!均)|当时|里[头面]"
)
RATE_SAID = re.compile(r"(?:涨|增长?|长)得$")
SPEAKING = re.compile(r"(?<=[^\s，,的])(?:[，,]?的?)(?:定|设|搞|做)得$")
SHARE_SAID = re.compile(r"(?<=..)占(?![地用有比])[^占的，,]{2,8}(?<![率重例额])$")
"""What something has a share of, where the share is left unsaid: 服务业占GDP."""
BEFORE, BEHIND = " 的，,、。：:；;？?和与跟及是", " 的，,、。：:；;？?和与跟同及在是有为了中里从自到至由于就"
LINK = re.compile(r"(?:还是|或者?|[\s从在自到至由和与跟同比较及、，,的对以于加减全])*")
UNIT = r"(?:个(?=百分点|点|[位名排十百千万亿]))?(?P<unit>百分点|点|位次|名次|排名|[十百千万亿]*(?:美元|元|平方公里|平方米|公里|立方米|吨|公?斤|千瓦时)|[十百千万亿]*[人家户项件亩台辆套所张位名条次米成倍番分]|[十百千万亿]+|个|%)?"
"""What a question asks to be told in, behind 多少."""
TOO = "(?<![合共相不协])同"
"""Joins like 和, where it is no part of 合同, 共同."""
JOINED = re.compile(r"\s*(?:[、，,和与跟同及对加减]|以及|还有|还是|或者?|相比于?)\s*的?")
OF_GROUP = re.compile(r"平均水平|平均|水平|总体|整体|总额|总量|总数|同期|当年|数据|数|情况")
MEASURE = re.compile(
    r"(?:的)?(?:(?:所占)?(?:占[^占]{1,8})?(?:占比|比重|比例|份额)|(?:同比)?增(?:加值|速|幅|长率)|(?:总)?(?:额|量|产值|值|规模)|数量?|排名|位次|得分|指数|余额|面积|收入|支出|投资)$"
)
RATE = re.compile(
    r"的?(?:(?:在[^在，,]{2,10}[中里内])?(?:所占)?(?:占[^占]{1,8})?的?(?:占比|比重|比例|份额)|(?:同比)?(?:增(?:速|幅|长率)|[涨跌降]幅))$"
)
"""How an amount is measured that is no amount itself; what stands beside it is measured so too."""
NAMED = re.compile(r"[A-Za-z&]+")
BESIDE_WHOLE = re.compile(r"[和与跟同比于较](?:全[省区州]|自治[区州])(?!直)")
RANK_IN = re.compile(r"的?[^，,。的]{0,8}(?:排名|排位|位次|名次|第几|第多少)")
COUNTED_NAME = re.compile(r"数量?$|总[数量额]$|[率额比重]$")
VERB_AT_END = re.compile(r"(?:同比)?(?:增长|下降|上升|减少|增加)$")
AIM_SAID = re.compile("目标|预期")
OF_REPORTS = re.compile(
    r"^[的在从，,]*(?:[这那各几\d两三四五六七八九十]+[份个篇本]的?)?(?:国务院|中央|省|市|区|县)*(?:政府)?(?:工作)?报告(?:里[面头]?|当?中|上)?(?:提出|确定|设定|定下|写)?的?"
)
"""Which reports tell it: a report of a year sets the aims of that very year, but tells what was reached the year before."""
FRAME = re.compile(r"(?:根据|按照?|依据|在)?(?:《[^》]*》|表\s*\d+)(?:中|里|内)?[，,]?(?:的数据)?")
GROWS = re.compile(r"(?<=..)[，,]?(?:同比)?增长$")
"""甲和乙相比，哪个增长快: both by how they grew."""
WEIGHT = re.compile(r"[吨斤]$")
MONEY_OR_SHARE = re.compile(r"元|%|点|[吨斤亩米里]|倍|番|成|位|名|^[十百千万亿]+$")
"""Units behind which no thing counted stands."""
_WHICH = r"哪[一]?(?:[个座家者边项种类]?(?:时间?段|时期|阶段)|段(?:时间|时期)?)|哪[一]?[个座家者边项种类年]?(?:城市|地级市|地区|省份|省|市|区县|县区|县|区|年份|行业|产业|领域|指标|分项|项目|月份)?|谁|何者|什么(?:城市|地区|年份|行业|产业|领域|时候|地方)|何时"
WHICH = re.compile(rf"(?:{_WHICH})(?:的)?")
COMMA = r"[，,、;；？?。]"
STRETCH = re.compile(r"的(?:至|到|[-—–~～])的(?:[之期]?间|[末底])?")
"""What is left of 从2015年到2018年间 without its years."""
ASKING = re.compile(
    r"(?:及其?|以及|和|与|并|且)?(?:它的?|其|各自|具体|分别|各|又|都|大约|大概|约)*"
    r"(?:(?:数值|数字|数量|数额|数据|得分|分值|数|得|增长|增速|下降|占|低到|高到|低至|高至|达到?|有|是|为|共有?|总共|一共|拥有)了?)*"
    r"(?:多少|几(?=[^年月日])|多高|多大|多低|多快|多长|百分之几|什么|怎样|如何)"
    r"(?:个?百分点|[万亿]*(?:美元|元)|平方公里|平方米|公里|立方米|千瓦时|[万亿]*[吨人户家座项件个台套辆名所张条位次年分亩钱]|%)?(?:[呢啊呀吗]|的)*"
)
EMPTY_CLAUSE = re.compile(
    r"(?:请|试|涉及?|挨个|城市|帮我|麻烦|帮忙|把|将|给|要|能|可以|是|为|有|在|的|中|里|按照?|依次?|依照|由|从|以|列|出来?|一下|一列|下|排|名|怎么|怎样|如何|分别|各|都|及其?|并|说|看|挑|选|里面|里头|当中|一并|金额|给出|列出|名单|次序|顺序|情况|结果|位次|数据|呢|吗|谁|何|第一|会|又|倒序|正序|正过来|比|较|相比|其|数值|具体|依|和)*"
)
VERB_APART = re.compile(r"，的?(?=(?:[掉跌降退落升涨]|下[降跌滑]|增长|上升|提高|减少|回落)得?(?:，|$))")
"""What parts an indicator from how it changes: 位次哪个市掉得最厉害."""
THAT = re.compile(r"^[这那]一?[张个份组列]的?|的?[这那]一?[项个块类](?:指标|数据)?(?:上|方面|里)?$")
BY = re.compile(
    r"^(?:中(?![小央等部型学级介医药试长])|按照?|依照?|以|论|就|从|在|对)|(?:来看|来说|来讲|来|看|计|(?<!全[国省区市])排名?|论|而言|方面|上|在|(?<!排)名|(?<![主需必重])要|拥有|是|为|有)$"
)
MEASURED = re.compile("(?:的|同比)*(?:增速|增长率|增幅|涨幅|降幅|跌幅|占比|比重)")
"""What is measured of an indicator that another clause names: 投资，哪个市增速最快."""
GENERIC = re.compile(
    r"(?:的|总)?(?:数量?|总数|个数|数值|数目|规模|情况|排名|位次|名次|得分|指标|值|增速|占比|比重|余额|金额)"
)


@dataclass(frozen=True, slots=True)
class Side:
    """What a stretch of a question names: periods, places, and the rest, the indicator."""

    periods: tuple[PeriodMention, ...]
    places: tuple[PlaceMention, ...]
    rest: str


@dataclass(frozen=True)
class Words:
    """A question's text with the periods and places it names."""

    text: str

    @cached_property
    def periods(self) -> tuple[PeriodMention, ...]:
        """The periods named that are known."""
        return tuple(found for found in find_periods(self.text) if found.period is not None)

    @cached_property
    def places(self) -> tuple[PlaceMention, ...]:
        """The places named; 全区 set beside a city is the region that the city lies in."""
        named = find_places(self.text)
        if BESIDE_WHOLE.search(self.text):
            home = next((found.places[0] for found in named if found.places[0].level != "country"), None)
            named = [
                one for one in find_places(self.text, home=home) if not one.is_home or self._is_beside(one)
            ]
        return tuple(found for found in named if not self._ranks_in(found))

    def _is_beside(self, whole: PlaceMention) -> bool:
        """Whether a word for a whole region stands where another place is compared with it."""
        return BESIDE_WHOLE.match(self.text, whole.span.start - 1) is not None

    def _ranks_in(self, place: PlaceMention) -> bool:
        """Whether a place only says among which a rank is held: 甲市的全国排名."""
        return RANK_IN.match(self.text, place.span.end) is not None and place.places[0].level == "country"

    def side(self, start: int, end: int) -> Side:
        """What the stretch of the text names."""
        within = Span(start, end)
        periods = tuple(found for found in self.periods if within.contains(found.span))
        places = tuple(found for found in self.places if within.contains(found.span))
        named = sorted([*(found.span for found in periods), *(found.span for found in places)])
        edges = [start, *(edge for span in named for edge in (span.start, span.end)), end]
        pieces = [self.text[one:other] for one, other in zip(edges[::2], edges[1::2], strict=True)]
        return Side(periods, places, bare("的".join("" if LINK.fullmatch(one) else one for one in pieces)))

    def series_of_places(self) -> tuple[PlaceMention, ...]:
        """The places that the text names one behind the other, or on both sides of a comparison; at least two."""
        return _in_a_row(self.text, self.places)

    def series_of_periods(self) -> tuple[PeriodMention, ...]:
        """The periods named one behind the other; at least two."""
        return _in_a_row(self.text, self.periods)


def _stand_side_by_side(text: str, one: PlaceMention, other: PlaceMention) -> bool:
    """Whether nothing but space parts two places of which none lies in the other: 甲市乙市, not 丙省甲市."""
    if text[one.span.end : other.span.start].strip():
        return False
    pairs = [(mine, its) for mine in one.places for its in other.places]
    return not any(is_within(mine, its) or is_within(its, mine) for mine, its in pairs)


def _in_a_row(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    row: list[Mention] = []
    for mention in mentions:
        if row and not _belong_together(text, row[-1], mention):
            if len(row) > 1:
                break
            row = []
        row.append(mention)
    return tuple(row) if len(row) > 1 else ()


def _belong_together(text: str, one: Mention, other: Mention) -> bool:
    if JOINED.fullmatch(text, one.span.end, other.span.start):
        return True
    if isinstance(one, PlaceMention) and isinstance(other, PlaceMention):
        return _stand_side_by_side(text, one, other)
    return False


def bare(text: str) -> str:
    """A text without words for the things compared, fillers and joiners at its edges.

    >>> bare("六市中的研发投入强度"), bare("请问的城镇化率分别"), bare("的的出口总额的")
    ('研发投入强度', '城镇化率', '出口总额')
    """
    text = text if AIM_SAID.search(text) is None else OF_REPORTS.sub("", text)
    text = FILLER.sub("", GROUP.sub("", FRAME.sub("", text.removeprefix("把"))))
    text = re.sub("(?<=占)的|(?<=[^存现所]在)的(?=全)|的(?=的)", "", text).lstrip(BEFORE).rstrip(BEHIND)
    text = SHARE_SAID.sub(r"\g<0>比重", SPEAKING.sub("", RATE_SAID.sub("增速", text)))
    return re.sub(r"^(?:年末|年底|末|全年|[全我本]市)的?", "", text).lstrip(BEFORE)


def split_items(text: str) -> tuple[str, ...]:
    """The indicators that a text joins, each with what the last one ends with; empty for a single one.

    >>> split_items("出口和进口"), split_items("合同额和竹制品业、木制品业增加值增长"), split_items("城镇化率")
    (('出口', '进口'), ('合同额增速', '竹制品业增加值增速', '木制品业增加值增速'), ())
    >>> split_items("第二产业和第三产业占比")
    ('第二产业占比', '第三产业占比')
    """
    pieces = [
        piece.lstrip(BEFORE).rstrip(BEHIND)
        for piece in re.split(
            rf"[、和与跟及]|以及|{TOO}(?!比|期)|(?<![增更追添])[加减](?![快少速大工息缓入权强])",
            GROWS.sub("增速", text),
        )
    ]
    if len(pieces) < 2 or not all(pieces):
        return ()
    topic, comma, first = pieces[0].rpartition("，")
    if comma and topic and first and not any("，" in piece for piece in pieces[1:]):
        return tuple(f"{piece}{bare(topic)}" for piece in (first, *pieces[1:]))
    last = pieces[-1]
    return (*(with_end_of(last, piece) for piece in pieces[:-1]), last)


def with_end_of(last: str, piece: str) -> str:
    """A piece of a list with what the last piece ends with, where it has no such ending: 第二产业 before 第三产业占比."""
    if AIM_SAID.search(piece):
        return piece
    rate = RATE.search(last)
    measure = rate[0] if rate and rate.start() and not RATE.search(piece) else ""
    is_same = last.startswith(MEASURE.sub("", piece) or piece)
    ending = last[1:].partition(piece[-2:])[2] or ("" if is_same else measure)
    if ending:
        return piece + ending
    if MEASURE.search(piece) or NAMED.fullmatch(piece):
        return piece
    if piece.endswith("级") and "级" in last:
        return piece + last.partition("级")[2]
    if len(last) > len(piece) and last[len(piece) - 1] == piece[-1]:
        return piece + last[len(piece) :]
    end = MEASURE.search(last)
    return piece + end[0] if end and end.start() else piece


def plain_question(period: str, place: str, indicator: str, unit: str = "") -> str:
    """The question for one figure.

    >>> plain_question("2020年", "岳阳", "研发投入强度"), plain_question("2020年", "", "高新技术企业", "家")
    ('2020年岳阳的研发投入强度是多少？', '2020年有多少家高新技术企业？')
    """
    head = f"{period}{place}"
    if unit and is_unit(unit) and indicator[:1].isdigit():
        return f"{head}{'的' if place else ''}{indicator}有多少{unit}？"
    if unit and is_unit(unit) and not COUNTED_NAME.search(indicator) and not MONEY_OR_SHARE.search(unit):
        return f"{head}有多少{unit}{indicator}？"
    link = "的" if place else ""
    if VERB_AT_END.search(indicator):
        return f"{head}{link}{indicator}多少？"
    told_in = unit if WEIGHT.search(unit) and not MEASURE.search(indicator) else ""
    return f"{head}{link}{indicator}是多少{told_in}？"


def indicator_of(rest: str, group: Group) -> str:
    """What is measured: the first clause that is left without periods, places and asking words."""
    words = Words(rest)
    spans = [*(found.span for found in words.periods), *(found.span for found in words.places)]
    for span in sorted(spans, key=lambda one: -one.start):
        rest = rest[: span.start] + "的" + rest[span.end :]
    rest = re.sub(r"[（(]的*[）)]", "", STRETCH.sub("的", rest))
    rest = VERB_APART.sub("", ASKING.sub("，", WHICH.sub("，", rest)))
    clauses = [_bare_clause(clause) for clause in re.split(COMMA, rest)]
    kept = [clause for clause in clauses if clause and not EMPTY_CLAUSE.fullmatch(clause)]
    telling = [clause for clause in kept if not GENERIC.fullmatch(clause)]
    if telling:
        measured = next((clause for clause in kept if MEASURED.fullmatch(clause)), "")
        return telling[0] if MEASURED.search(telling[0]) else f"{telling[0]}{measured}"
    kept_one = kept[0] if kept else ""
    return group.words.removesuffix(kept_one) + kept_one if group.words else ""


def _bare_clause(clause: str) -> str:
    before = None
    while clause != before:
        before = clause
        clause = THAT.sub("", BY.sub("", bare(clause))).strip("的 ")
    return clause
