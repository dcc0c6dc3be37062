"""Which figure a question asks for: a rank, a share, an amount in some unit; and whether a figure is such a one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.quantities import find_quantities
from policy_qa.language.quantity_values import Quantity, read_quantities
from policy_qa.language.quantity_words import counter_of, unit_scale
from policy_qa.language.vocabulary import vocabulary_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

RANK_ASKED = re.compile(
    r"第几|(?<!安)排(?:在)?(?:全[国省区市])?多少(?!个|家|名单)|排名(?!前|靠|第|居|在?前)|位次|名次|几[名位](?!数)|[排居列位][^,;。?]{0,8}(?:多少|几)[名位]"
)
RANGE_ASKED = re.compile("之间|区间|范围")
SHARE_ASKED = re.compile(
    r"百分之几|多少%|几分之|几成|多大比[重例]|有多(?:依赖|依靠|倚重)|(?:比[重例]|占比|份额)[^;。?的]{0,12}(?:多[少大高]|几何)\??$|(?:比[重例]|占比|份额)(?:情况)?\??$|占(?!地|[比了据多几])[^,;。?、和及多几\d]{2,8}\??$"
)
AMOUNT_TOO = re.compile(
    r"[\u4e00-\u9fff](?:和|及|与|、|,|还有)(?:它们?|其|各自?|分别|所)*(?:占(?!地)|比重|份额)"
)
"""A share is asked for beside the amount itself: 总额和各占GDP的比重."""
RATIO_ASKED = re.compile(r"几比几")
POINTS_ASKED = re.compile(r"(?:几|多少)个?百分点")
GROWTH_IN_POINTS = re.compile(
    r"(?:增长|下降|增加|减少|(?<!比)(?:[增涨降跌]幅|增速|增长率)(?:是|为|有|达到?)*)了?(?:几|多少)个?百分点"
)
SHARE_IN_POINTS = re.compile(
    r"(?:占(?!地)(?:了|到|有)*|(?:占比|比重)[^,;。?升降提增减高低差变涨跌]{0,12}?)(?:几|多少)个?百分点"
)
"""So staff also ask for growth and shares in percent."""
POINTS = "百分点"
LEVEL_ASKED = re.compile(  # of these, so asked for, a share or a rate of growth is no answer
    r"(?:gdp|总额|余额|总量|产值|总值|增加值|人口|收入|支出|投资|面积|存款|贷款|数量|[目业构户人件家个]数|成交额|销售额|零售额|产量)(?:是|有|为|达到?|共|完成)*(?:多少|几何)"
)
MONEY_ASKED = re.compile(
    r"(?:多少|几个)(?:投资|资金|钱|贷款|存款|产值|税|利息|息费|补贴|利润|收入|成本|费用|经费|债务|租金|工资|保费)|(?:总产?值|产值|增加值|收入|支出|投资|投入|存款|贷款|成交额|零售额|进出口)(?:总?额|余额)?(?:总共|一共|是|有|为|达到?|共|完成)*了?多少(?:钱|亿|万)?[?？]?$|总额是多少[?？]?$"
)
SUM_ASKED = re.compile(
    r"(?:投[资入]|(?<!企)业|经济|收入|支出|产值|[存贷]款|融资|资[产金]|出口|进口|贸易|消费|税收?|利润|债)总[量额](?:是|有|为|达到?|共)*(?:多少|几何)?[?？]?$"
)
"""What is money is no number of firms: 研发投入总量, 服务业总量."""
PEOPLE_ASKED = re.compile(r"人口(?:总?数|总量|规模)?(?:总共|一共|大概|是|有|为|达到?|共)*多少(?!个?百分)")
MONEY = "元"
HOUSEHOLDS_ASKED = re.compile(r"户数(?:总共|一共|大概|是|有|为|达到?|共)*(?:多少|几何)?[?？]?$")
LEVELS_ASKED = ((PEOPLE_ASKED, "人"), (MONEY_ASKED, MONEY), (HOUSEHOLDS_ASKED, "户"), (LEVEL_ASKED, None))
RATE_ASKED = re.compile(r"增速|增幅|增长率|涨幅|降幅|占(?!地)[^,;。?]{0,6}多[少大]\??$")
CHANGE_ASKED = re.compile(
    r"增速|增幅|增长率|涨幅|降幅|跌幅|(?:[增升降涨跌减]|增长|增加|减少|提高|回落)了?(?:多少|几|百分之几)"
)
CHANGE = re.compile(r"[增降升涨跌减]|加快|放缓|提高|回落|扩大|收窄|缩小|持平|翻|变化|[+＋－-]\d")
NO_CHANGE = re.compile("增加值|增值税?|升[级学]|降[水雨]量?")
SPEAKS_OF_CHANGE = re.compile(f"{CHANGE.pattern}|脱贫|变[动更]|差额|盈|亏")
COUNTED_IN = re.compile(r"(?:多少|几)(?P<things>个)?(?P<words>[^\s,;。?的]{0,8})")
SHORT_UNITS = frozenset("元吨人家户亩件张所列台套辆条项次十百千万亿")
"""Units of one character that count right behind 多少; others (成, 分, 年) are more than units."""
BEHIND_COUNTER = frozenset("元人十百千万亿")
"""Those of them that count behind 几个 too; another character there begins the thing counted (几个家庭农场)."""
DISTANCE_ASKED = re.compile(
    r"(?:[高低差前后进退升降移]|落后|领先|上升|下降|提升|变动|变化)了?(?:出|到)?(?:几|多少)个?(?:[名位]次?|排名)(?!数)"
)
"""So many places one stands before another, which is no rank."""
SHARE_WORDS = re.compile(r"占(?!地)|比例|比重|百分比|份额|百分之|几分之|几成|相当于|[%％]")
MEASURE = re.compile(
    r"增速|增长率?|增幅|涨幅|降幅|比重|占比|比例|占|排名?|位次?|名次|总量|规模|数量|金额|得分|分数|水平|全?[市省区国]|排?第几"
)
"""Words that say how a thing is measured, not which."""
MULTIPLES = re.compile(r"[十百千万亿]")
PLACES_MOVED = frozenset({"位", "个位次", "位次", "名次"})
COUNTED_THINGS, FEWEST_OF_MULTIPLE = frozenset("个家项户座所条处种类件"), 10_000
COUNTERS = COUNTED_THINGS | {""}
"""几个 may be counted with any of them."""


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """What a figure must be: a rank or not, a share or not, in which unit without 万 or 亿; None where that is open.

    `is_change` where the text must speak of a rise or fall, `is_level` where the question speaks of none, so that an amount by which something rose is no answer, `is_ratio` where of the form 1:9, `is_bound` where it may be what things must reach (1000万元以上的企业), `is_sum` where a sum of money (研发投入总量), `is_range` where among which places a rank lies; `words` are those of the question that only name the unit.
    """

    is_rank: bool = False
    is_share: bool | None = None
    unit: str | None = None
    is_change: bool = False
    words: str = ""
    is_ratio: bool = False
    is_level: bool = False
    is_bound: bool = False
    is_sum: bool = False
    is_range: bool = False

    def is_met_by(self, figure: str) -> bool:
        """Whether the figure, with its unit, is of the kind asked for; one without a unit may be in any.

        >>> asked = asked_figure("财政收入有多少亿元?")
        >>> [asked.is_met_by(figure) for figure in ("316.55亿元", "11.05%", "第81位", "316.55")]
        [True, False, False, True]
        """
        told = quantity_of(figure)
        if told is None:
            return False
        if self.is_ratio:
            return told.form == "ratio"
        if self.is_rank or told.form == "rank":
            bare = told.unit == "" and (
                told.form == "number" or (told.form == "range" and self.is_range)
            )  # 「排名 64」
            return self.is_rank and (told.form == "rank" or bare)
        if self.unit == POINTS:
            return told.unit == POINTS
        if self.is_share and self.is_change and told.form == "fraction":
            return False  # 压减三分之一 is told of things, no 增速 of an indicator
        return self._is_met_by_unit(told)

    def _is_met_by_unit(self, told: Quantity) -> bool:
        is_share = told.unit in ("%", POINTS) or told.form in ("ratio", "fraction")
        if self.is_share is not None and is_share:
            return self.is_share
        if self.is_share:
            return told.unit == ""
        if told.unit in PLACES_MOVED and self.unit not in PLACES_MOVED:
            return False  # 「前移4位」
        if self.unit == "个":
            return told.unit in COUNTERS
        if MULTIPLES.sub("", self.words or "-") == "" and told.unit in COUNTED_THINGS:
            return abs(told.values[0]) >= FEWEST_OF_MULTIPLE  # 多少亿 asks for no 259项
        unit = counter_of(told.unit)
        asked = counter_of(self.unit or "")
        if asked == MONEY and not self.words and unit.endswith(MONEY):
            unit = MONEY  # 总额是多少 may be told in 美元, 总额是多少亿元 not
        return not asked or not unit or unit == asked or unit.startswith(f"{asked}/")  # 微克, 微克/立方米

    def is_told_in(self, text: str, told: Sequence[str]) -> bool:
        """Whether one of the figures told in the text may be the one asked for."""
        if self.is_change and not CHANGE.search(text):
            return False
        return any(self.is_met_by(figure) for figure in told)


@lru_cache(maxsize=4096)
def quantity_of(figure: str) -> Quantity | None:
    """The quantity that a figure alone is, None where it is none: a date, the number of a table.

    >>> quantity_of("316.55亿元").unit, quantity_of("表3")
    ('元', None)
    """
    found = read_quantities(figure)
    return found[0] if found else None


@lru_cache(maxsize=256)
def asked_figure(question: str) -> AskedFigure:
    """The figure that a question asks for.

    >>> asked = asked_figure("赣州有多少家高新技术企业?")
    >>> asked.unit, asked.is_share, asked_figure("柳州排第几?").is_rank
    ('家', False, True)
    """
    question = search_key(question)
    is_level = SPEAKS_OF_CHANGE.search(NO_CHANGE.sub("", question)) is None
    is_bound = any(word in question for word in bound_words())
    return replace(_asked_kind(question), is_level=is_level, is_bound=is_bound)


@cache
def bound_words() -> tuple[str, ...]:
    """The words of `bound_words.txt`, as search keys."""
    return tuple(search_key(line) for line in vocabulary_lines("bound_words.txt"))


def _asked_kind(question: str) -> AskedFigure:
    change = CHANGE_ASKED.search(question) is not None
    in_percent = GROWTH_IN_POINTS.search(question)
    if in_percent or SHARE_IN_POINTS.search(question):
        return AskedFigure(is_share=True, is_change=in_percent is not None, words=POINTS)
    if POINTS_ASKED.search(question):
        return AskedFigure(is_share=True, unit=POINTS, words=POINTS)
    if DISTANCE_ASKED.search(question):
        return AskedFigure(is_share=False, unit="位")
    if RANK_ASKED.search(question):
        return AskedFigure(is_rank=True, is_change=change, is_range=RANGE_ASKED.search(question) is not None)
    if RATIO_ASKED.search(question):
        return AskedFigure(is_ratio=True)
    return asked_amount(question, change=change)


def asked_amount(question: str, *, change: bool) -> AskedFigure:
    """The figure that a question asks for which asks neither for a rank nor for percentage points."""
    unit = counted_in(question)
    if SHARE_ASKED.search(question):
        both = bool(unit) or AMOUNT_TOO.search(question) is not None  # 多少家，占几分之几
        return AskedFigure() if both else AskedFigure(is_share=True, is_change=change)
    if unit:
        return AskedFigure(is_share=False, unit=unit_scale(MULTIPLES.sub("", unit))[0] or None, words=unit)
    if SUM_ASKED.search(question):
        return AskedFigure(is_share=False, unit=MONEY, is_sum=True)
    if not (change or SHARE_WORDS.search(question)):
        for pattern, kind in LEVELS_ASKED:
            if pattern.search(question):
                return AskedFigure(is_share=False, unit=kind)
    if RATE_ASKED.search(question):
        return AskedFigure(is_share=True, is_change=change)
    return AskedFigure(is_change=change)


def counted_in(question: str) -> str:
    """The unit that a question (a search key) asks for, as it is written there; empty where it names none.

    >>> counted_in("用电量是多少亿千瓦时?"), counted_in("浓度降到多少微克?"), counted_in("有几个?"), counted_in("占几成?")
    ('亿千瓦时', '微克', '个', '')
    """
    for match in COUNTED_IN.finditer(question):
        words = match["words"]
        named = (words[:end] for end in range(len(words), 0, -1))
        short = BEHIND_COUNTER if match["things"] else SHORT_UNITS
        unit = next((word for word in named if is_unit(word) and (len(word) > 1 or word in short)), "")
        if unit or match["things"]:
            return unit or match["things"]
    return ""


def asks_for_share(question: str) -> bool:
    """Whether the question is about how much one thing makes of another.

    >>> asks_for_share("进口占GDP多少"), asks_for_share("GDP总量是多少")
    (True, False)
    """
    return SHARE_WORDS.search(question) is not None


def is_unit(word: str) -> bool:
    """Whether the word is what a figure is counted in: asked for 多少亿元, 亿元 is not what is asked about.

    >>> is_unit("亿元"), is_unit("亿"), is_unit("财政")
    (True, True, False)
    """
    return [(found.start, found.end) for found in find_quantities(f"1{word}")] == [(0, len(word) + 1)]
