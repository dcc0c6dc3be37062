"""The sides of a comparison in a question: the place, the period and the indicator that each of them names."""

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

Mention = TypeVar("Mention", PeriodMention, PlaceMention)

GROUP = re.compile(
    r"(?:(?:(?<!\d)[这那上前]?(?:\d{1,2}|[两二三四五六七八九十几]{1,3})[个座家]?|[各诸])(?:主要|相关|副中心|地级)?(?:城市|地区|地级市|省份|[市省县区地州者])"
    r"|[这那]?[两三四五几](?:个?(?:时段|时期|阶段)|年|项|方面?|个))"
    r"(?:当中|之中|之间|里面?|中)?"
)
"""Words for the things compared, taken together: 六市中, 两者, 这几个城市."""
FILLER = re.compile(
    r"请问|请|帮我|帮忙|麻烦|计算一下|计算|算一下|算出|算算|大概|大约|究竟|到底|分别|各自|目前|一下|相比|比较|之间|当中|其中|要是|如果"
    r"|那会儿?|那时候?|那阵子?|那年(?!均)|当时|里[头面]"
)
RATE_SAID = re.compile(r"(?:涨|增长?|长)得$")
SPEAKING = re.compile(r"(?<=[^\s，,的])(?:[，,]?的?)(?:定|设|搞|做)得$")
SHARE_SAID = re.compile(r"(?<=..)占(?![地用有比])[^占的，,]{2,8}(?<![率重例额])$")
"""What something has a share of, where the share is left unsaid: 服务业占GDP."""
BEFORE, BEHIND = " 的，,、。：:；;？?和与跟及是", " 的，,、。：:；;？?和与跟同及在是有为了中里从自到至由于就"
LINK = re.compile(r"(?:还是|或者?|[\s从在自到至由和与跟同比较及、，,的对以于加减全])*")
UNIT = r"(?:个(?=百分点|点|[位名排十百千万亿]))?(?P<unit>百分点|点|位次|名次|排名|[十百千万亿]*(?:美元|元|平方公里|平方米|公里|立方米|吨|公?斤|千瓦时)|[十百千万亿]*[人家户项件亩台辆套所张位名条次米成倍番分]|[十百千万亿]+|个|%)?"
"""What a question asks to be told in, behind 多少."""
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
    text = re.sub(r"的{2,}", "的", text).lstrip(BEFORE).rstrip(BEHIND)
    text = SHARE_SAID.sub(r"\g<0>比重", SPEAKING.sub("", RATE_SAID.sub("增速", text)))
    return re.sub(r"^(?:年末|年底|末|全年|[全我本]市)的?", "", text).lstrip(BEFORE)


def split_items(text: str) -> tuple[str, ...]:
    """The indicators that a text joins, each with what the last one ends with; empty for a single one.

    >>> split_items("出口和进口"), split_items("第二产业和第三产业占比"), split_items("城镇化率")
    (('出口', '进口'), ('第二产业占比', '第三产业占比'), ())
    """
    pieces = [
        piece.lstrip(BEFORE).rstrip(BEHIND)
        for piece in re.split(
            r"[、和与跟及]|以及|同(?!比|期)|(?<![增更追添])[加减](?![快少速大工息缓入权强])",
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
    is_same = last.startswith(MEASURE.sub("", piece) or piece)
    if rate and rate.start() and not RATE.search(piece) and not is_same:
        return piece + rate[0]
    if MEASURE.search(piece) or NAMED.fullmatch(piece):
        return piece
    if piece.endswith("级") and "级" in last:
        return piece + last.partition("级")[2]
    if len(last) > len(piece) and last[len(piece) - 1] == piece[-1]:
        return piece + last[len(piece) :]
    ending = MEASURE.search(last)
    return piece + ending[0] if ending and ending.start() else piece


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


GROWS = re.compile(r"(?<=..)[，,](?:同比)?增长$")
"""甲和乙相比，哪个增长快: both by how they grew."""
WEIGHT = re.compile(r"[吨斤]$")
MONEY_OR_SHARE = re.compile(r"元|%|点|[吨斤亩米里]|倍|番|成|位|名|^[十百千万亿]+$")
"""Units behind which no thing counted stands."""
