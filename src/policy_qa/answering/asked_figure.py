"""Which figure a question asks for: a rank, a share, an amount in some unit; and whether a figure is such a one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

RANK_ASKED = re.compile(
    r"第几|排名(?!前|靠|第|居|在?前)|位次|名次|几[名位](?!数)|[排居列位][^,;。?]{0,8}(?:多少|几)[名位]"
)
SHARE_ASKED = re.compile(r"百分之几|多少%|几分之|几成")
POINTS_ASKED = re.compile(r"(?:几|多少)个?百分点")
POINTS = "百分点"
LEVEL_ASKED = re.compile(  # of these, so asked for, a share or a rate of growth is no answer
    r"(?:总额|余额|总量|产值|总值|增加值|人口|收入|支出|投资|面积|存款|贷款|数量|成交额|销售额|零售额|产量)(?:是|有|为|达到?|共|完成)*(?:多少|几何)"
)
RATE_ASKED = re.compile(r"增速|增幅|增长率|涨幅|降幅|占(?!地)[^,;。?]{0,6}多[少大]\??$")
CHANGE_ASKED = re.compile(
    r"增速|增幅|增长率|涨幅|降幅|跌幅|(?:增长|下降|上升|减少|增加|提高|回落)了?(?:多少|几|百分之几)"
)
CHANGE = re.compile(r"[增降升涨跌减]|提高|回落|扩大|收窄|缩小|持平|翻|变化|[+＋－-]\d")
BARE = re.compile(r"\d+(?:\s*[-–—~～至]\s*\d+)?")
NUMBER = re.compile(r"\d[\d,，.．]*(?:\s*[-–—~～至]\s*\d[\d,，.．]*)?\s*[多余来]?")
UNIT_ASKED = re.compile(
    r"(?:多少|几)个?(?P<unit>[十百千万亿]{1,2}[^\s,;。?的]?|[元吨人家户亩件张所列台套辆条项])|(?:多少|几)(?P<things>个)"
)
SHARE_WORDS = re.compile(r"占(?!地)|比例|比重|百分比|份额|百分之|几分之|几成|相当于|[%％]")
RANK = re.compile(r"第\s*[\d一二三四五六七八九十]|\d\s*(?:位|名)$")
SHARE = re.compile(r"[%％‰]|百分点|成$|[/／∶:]|分之")
MULTIPLES = re.compile(r"[十百千万亿]")
ALIKE = {"户": "家", "名": "人", "个": "家"}  # counted in the one as in the other


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """What a figure must be: a rank or not, a share or not, in which unit without 万 or 亿; None where that is open.

    `is_change` where the text must speak of a rise or fall; `words` are those of the question that only name the unit.
    """

    is_rank: bool = False
    is_share: bool | None = None
    unit: str | None = None
    is_change: bool = False
    words: str = ""

    def is_met_by(self, figure: str) -> bool:
        """Whether the figure, with its unit, is of the kind asked for; one without a unit may be in any.

        >>> asked = asked_figure("财政收入有多少亿元?")
        >>> [asked.is_met_by(figure) for figure in ("316.55亿元", "11.05%", "第81位", "316.55")]
        [True, False, False, True]
        """
        if self.is_rank != (RANK.search(figure) is not None):
            return self.is_rank and BARE.fullmatch(figure) is not None  # 「排名 64」
        if self.unit == POINTS:
            return POINTS in figure
        if self.is_share is not None and SHARE.search(figure):
            return self.is_share
        if self.is_share:
            return unit_of(figure) == ""
        unit = unit_of(figure)
        return not self.unit or not unit or ALIKE.get(unit, unit) == ALIKE.get(self.unit, self.unit)

    def is_told_in(self, text: str, told: Sequence[str]) -> bool:
        """Whether one of the figures told in the text may be the one asked for."""
        if self.is_change and not CHANGE.search(text):
            return False
        return any(self.is_met_by(figure) for figure in told)


def unit_of(figure: str) -> str:
    """The first character of a figure's unit, 万 and 亿 aside; "" for a bare number.

    >>> unit_of("约316.55亿元"), unit_of("1107")
    ('元', '')
    """
    number = NUMBER.search(figure)
    return MULTIPLES.sub("", figure[number.end() :])[:1] if number else ""


@lru_cache(maxsize=256)
def asked_figure(question: str) -> AskedFigure:
    """The figure that a question asks for.

    >>> asked = asked_figure("赣州有多少家高新技术企业?")
    >>> asked.unit, asked.is_share, asked_figure("柳州排第几?").is_rank
    ('家', False, True)
    """
    question = search_key(question)
    change = CHANGE_ASKED.search(question) is not None
    if POINTS_ASKED.search(question):
        return AskedFigure(is_share=True, unit=POINTS, words=POINTS)
    counted_in = UNIT_ASKED.search(question)
    if SHARE_ASKED.search(question):
        both = counted_in is not None  # 多少家，占几分之几
        return AskedFigure() if both else AskedFigure(is_share=True, is_change=change)
    unit = "" if counted_in is None else counted_in["unit"] or counted_in["things"]
    if unit and is_unit(unit):
        return AskedFigure(is_share=False, unit=MULTIPLES.sub("", unit) or None, words=unit)
    if LEVEL_ASKED.search(question) and not (change or SHARE_WORDS.search(question)):
        return AskedFigure(is_share=False)
    if RATE_ASKED.search(question):
        return AskedFigure(is_share=True, is_change=change)
    return AskedFigure(is_rank=RANK_ASKED.search(question) is not None, is_change=change)


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
