"""A question for a figure to be derived, apart: what it asks for, and the way to it that it tells.

用甲和它占乙的比重反推, 乙是多少: the way is 甲和它占乙的比重, what is sought 乙.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policy_qa.computing.sides import UNIT, Side, Words, bare
from policy_qa.language.vocabulary import words_of

if TYPE_CHECKING:
    from policy_qa.language.periods import PeriodMention

SAID = words_of("deriving_words.txt")
WITH = rf"(?:若|如|请|就|可|能|想|要|只)*(?:{SAID['with']})(?<!以(?=[上下内外来前后及便]))(?<!从(?=[事业而]))(?<!由(?=于))(?<!按(?=揭))(?<!拿(?=[地下到]))(?<!依(?=[存托靠法旧赖]))"
DERIVE, COMPUTE, SHARE, CHANGE = SAID["derive"], SAID["compute"], SAID["share"], SAID["change"]
REQUEST = re.compile(
    rf"(?P<before>(?:{SAID['request']})*)(?:(?P<derive>{DERIVE})|{COMPUTE}(?![机力法账术划式得动进广介行销荐崇值计]))(?:{SAID['behind']})*的?"
)
ASK = re.compile(
    rf"[，,]?(?:{SAID['lead']})*[，,]?(?:{SAID['lead']})*{SAID['how_much']}{UNIT}(?:钱|左右|规模)?(?P<tail>[^，,？?。；;]*)"
)
SHARE_SAID = (
    r"(?:\d+(?:\.\d+)?[%％]|百分之[零一二三四五六七八九十百点\d.]+|[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+|\d+/\d+"
    r"|[一二三四五六七八九]成半?|一半)"
)
ONLY = r"(?:大约|大概|只|仅|才|就|约|也)*"
ALSO = r"(?:以及|和|与|及|跟|加上?|、)"
PART_AND_SHARE = re.compile(
    rf"(?P<a>.+?){ALSO}(?:它|其|该项|这个数|这项|所)*(?:(?:占|在)(?P<b>[^占]*?)(?:之?中|里面?|当中)?)?(?:所?占)?的?{SHARE}"
)
PART_IS_SHARE = re.compile(
    rf"(?P<a>.+?)(?:(?:这|那)?(?:一?块|部分))?的?{ONLY}(?:所?占(?:到|了|有)?|(?={SHARE}))(?P<b>[^占\d]*?)的?{SHARE}?(?:是|为|达到?)*(?P<share>{SHARE_SAID})(?:左右)?"
)
TIMES, BY = r"(?:乘以?|[×*])", r"(?:除以|÷|/)"
TWO = re.compile(
    rf"(?P<a>.{{2,20}}?)(?P<op>{TIMES}|{BY}|(?:{ALSO}|同))(?P<b>.{{2,16}}?)(?P<how>的?(?:相乘|乘积|之积)|相除)?(?:的(?:数据?|数字))?"
)
BASIS = re.compile(r"(?:作?为(?:依据|基础|准|参照|参考|根据)|的(?:办法|方法|方式|口径|思路|关系))$")
DISTANCE = re.compile(
    rf"(?P<a>.*?)(?:[低高少多快慢]|落后|领先|相?差)(?:了|出|着)*(?:几|多少|若干|一些)(?:个?(?:百分)?点|[位倍个名亿万]|百分点)?|(?P<a2>.*?){SAID['distance']}.{{0,4}}"
)
LEVELS = re.compile(
    rf"(?P<a>.*?)(?:(?:{CHANGE})(?:的?(?:数据?|数字|情况))?|(?<=年)的?(?:数据?|数字|情况|{SHARE}))|(?P<a2>.*?)(?:同比)?(?:增长?|增加|上升|下降|减少|[涨降减])(?:了|约)?\d+(?:\.\d+)?[%％]"
)
LEVEL_TOO = re.compile(rf"(?:数[值据字额]?|比重|占比|水平){ALSO}其?$")
DOC = r"(?:报告|材料|资料|文件|文章|原文|[文书](?=[里中上])|里面|里头|公报)(?:里[面头]?|中|上)?"
SAYS = re.compile(
    rf"^(?:[^，,]{{0,8}}?(?:只|仅|就|光)|{DOC}(?:好像|似乎|大概)?)(?:见?{DOC}|见)?(?:{SAID['says']})(?:出|了|到|着|明|过)*"
)
"""报告只写了: what follows is all that is told."""
BY_DOC = re.compile(
    rf"(?:{SAID['with']})[^，,]{{0,12}}?(?:{DOC}|稿)(?:的|里|中)*(?:说法|讲法|写法|表述|口径|数[据字值]?)?"
)
"""按某报告的说法: where to look, not how."""
PRICES = re.compile(
    r"[（(，,]?按照?(?:现价|当年价格?|名义价?值?)(?:的?(?:总量|总值|数值?))?(?:来)?(?:计算|测算|核算|算|计)?(?:[）)，,]|$)|"
    r"[（(，,]?(?:若|如果?|先|都)*(?:不(?:管|计|算|考虑|看|扣除?)|忽略|剔除|撇开|抛开|未计)[^，,。；;？?（）()]*(?:价格|物价|通胀)[^，,。；;？?（）()]*[）)]?"
)
WAY_IN_BRACKETS = re.compile(r"[（(]([^（）()]*[推算][^（）()]*)[）)]")
IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
BREAK = re.compile(r"[，,。；;？?！!：:\s｜]+")
OF_IT = re.compile(r"^(?:那么?|则|故|于是|的话|全部的?)+")
THAT_PLACE = re.compile(r"^(?:该[市省县区州]|其)(?![中他余实])的?")
TOTAL = re.compile(SAID["total"])
SAME_TIME = re.compile("(?:(?<!年)同期|[同当]年)的?")

SHARE_WITHIN = re.compile(
    rf"(?P<b>[^，,年月\s]{{2,12}}?)(?:之中|当中|里面?|(?<!其)中)[，,]?(?P<a>[^，,占]{{2,12}}?)的?所?占?的?(?P<share>{SHARE})"
)
"""全部投资中渔业投资所占的比重, which reports write 渔业投资占全部投资的比重."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a clause tells to derive by: its kind, the match that read it, and its text as words."""

    kind: str
    match: re.Match[str]
    words: Words

    @property
    def text(self) -> str:
        """The clause."""
        return self.words.text


@dataclass(frozen=True)
class Asked:
    """What a question asks for, with how it is to be derived; `is_requested` where it says that it is to be."""

    text: str
    ways: tuple[Way, ...]
    is_requested: bool

    @cached_property
    def ask(self) -> re.Match[str] | None:
        """The words that ask how much."""
        return ASK.search(self.text)

    @cached_property
    def side(self) -> Side:
        """The time, place and thing asked for."""
        end = self.ask.start() if self.ask else len(self.text)
        words = Words(self.text)
        stretches = [(0, end), *([(self.ask.start("tail"), len(self.text))] if self.ask else [])]
        sides = [words.side(*one) for one in stretches]
        periods, places = (
            next((found for one in sides if (found := getattr(one, slot))), ())
            for slot in ("periods", "places")
        )
        rest = SAME_TIME.sub("", next((one.rest for one in sides if one.rest), "")).strip("，,、")
        within = SHARE_WITHIN.fullmatch(rest)
        return Side(periods, places, f"{within['a']}占{within['b']}的{within['share']}" if within else rest)

    @property
    def unit(self) -> str:
        """The unit asked for, without 亿 and 万."""
        unit = (self.ask and self.ask["unit"]) or ""
        return "" if re.fullmatch("[十百千万亿]*", unit) else unit

    @property
    def periods(self) -> tuple[PeriodMention, ...]:
        """The times that the ways name."""
        return tuple(found for way in self.ways for found in way.words.periods)


def read_asked(text: str) -> Asked | None:
    """The question apart, None where it neither tells a way nor asks for a figure to be derived.

    >>> asked = read_asked("2019年甲厂产值约多少亿，拿2020年的数和降幅反推")
    >>> asked.side.rest, asked.ways[0].kind
    ('甲厂产值', 'change')
    """
    text = IN_BRACKETS.sub("", WAY_IN_BRACKETS.sub(r"，\1", PRICES.sub("，", text)))
    requests = [found for found in REQUEST.finditer(text) if found["derive"] or _is_told(found, text)]
    is_requested = any(found["derive"] for found in requests)
    for found in reversed(requests):
        text = f"{text[: found.start()]}｜{text[found.end() :]}"
    rest: list[str] = []
    ways: list[Way] = []
    for clause in BREAK.split(text):
        before, way = _way_in(clause, is_asked=bool(requests))
        rest += [before] if before else []
        ways += [way] if way else []
    told = "，".join(one for clause in rest if (one := THAT_PLACE.sub("", OF_IT.sub("", clause))))
    if not told or not (ways or is_requested):
        return None
    return Asked(TOTAL.sub("总额", told), tuple(ways), is_requested or bool(requests and ways))


def sought(text: str) -> str:
    """What a question asks for, without the way that it says to it; the question as it is where it says none.

    >>> sought("根据2020年的数倒推，2018年、2019年甲的产值占比分别是多少")
    '2018年、2019年甲的产值占比分别是多少'
    """
    asked = read_asked(text)
    return text if asked is None else asked.text


def _is_told(found: re.Match[str], text: str) -> bool:
    """Whether a word for computing opens or closes a clause, or a way stands before it: 用甲和乙算丙; not 精打细算."""
    before = BREAK.split(text[: found.start()])[-1]
    is_last = re.match(r"$|[，,。；;？?]", text[found.end() :]) is not None
    return not before or is_last or re.search(f"{WITH}.{{4,}}$", before) is not None


def _way_in(clause: str, *, is_asked: bool) -> tuple[str, Way | None]:
    """A clause apart: what it says before a way, and the way, None where it tells none."""
    if BY_DOC.fullmatch(clause):
        return "", None
    says = SAYS.match(clause)
    if says is not None:
        way = read_way(clause[says.end() :], is_asked=True)
        return ("", way) if way else (clause, None)
    for found in re.finditer(WITH, clause):
        way = read_way(clause[found.end() :], is_asked=True)
        if way is None or not (is_asked or (found.start() == 0 and _is_told_alone(way))):
            continue
        if (way.kind == "distance" and found.start() == 0) or not ASK.search(way.text):
            return clause[: found.start()], way
    way = read_way(clause, is_asked=False)
    if way is None or (way.kind in UNASKED and not is_asked) or ASK.search(clause) or _names_change(way):
        return clause, None
    return "", way


def read_way(text: str, *, is_asked: bool) -> Way | None:
    """What a clause without its 用 and 反推 tells to derive by, None for nothing.

    >>> [read_way(one, is_asked=True).kind for one in ("甲占全省的四成", "甲和它的占比", "产值乘强度", "20年的数和降幅", "那个差数")]
    ['part', 'share', 'two', 'change', 'distance']
    """
    text = BASIS.sub("", text.strip("的"))
    for kind, pattern in KINDS:
        match = pattern.fullmatch(text)
        if match is None or (kind == "two" and not is_asked and not _is_product(match)):
            continue
        return Way(kind, match, Words(text))
    return None


def _names_change(way: Way) -> bool:
    """Whether a change is but named: 甲的增速 may be what is asked for."""
    return way.kind == "change" and way.match["a"] is not None


def _is_told_alone(way: Way) -> bool:
    """Whether a clause tells a way where nothing is asked to be computed: 甲乘乙, 2020年的数和增速; not 按2020年的增速, not 甲和乙."""
    if way.kind == "change":
        return LEVEL_TOO.search(way.match["a"] or "") is not None
    return way.kind != "two" or _is_product(way.match)


def _is_product(match: re.Match[str]) -> bool:
    return bool(match["how"]) or re.fullmatch(f"{TIMES}|{BY}", match["op"]) is not None


KINDS = (
    ("part", PART_IS_SHARE),
    ("share", PART_AND_SHARE),
    ("change", LEVELS),
    ("distance", DISTANCE),
    ("two", TWO),
)
UNASKED = frozenset({"change", "share", "distance"})
"""Ways that without 用 tell none unless something is asked to be computed."""


def bare_part(text: str) -> str:
    """What a part is called, without the number that it is said to be."""
    return bare(AMOUNT_SAID.sub("", text)).rstrip("，,、")


AMOUNT_SAID = re.compile(
    r"(?:是|为|有|达到?)?\d[\d.,]*(?:[万亿]+[\u4e00-\u9fff]?|[%％]|[家个项户件人元])[、，,]?"
)
