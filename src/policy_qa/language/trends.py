"""Which way a text says that something went: risen, fallen, unchanged, or not risen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from policy_qa.language.periods import find_periods
from policy_qa.types import Span

TrendOf = Literal["itself", "rate", "rank"]
UP, LEVEL, DOWN = 1, 0, -1

_UP = (
    "增长|上升|提高|提升|增加|上涨|攀升|跃升|升高|升至|升到|增至|回升|走高|上扬|扩大|前移|前进|增多|[变增]大|变[多高好强]|加重"
    "|(?:越来越|日益)[高多大好快]|上了?一?[个]?新?台阶|[往向]前[走移进提]|[往向]上[走涨升]|(?<=[在又还也])[涨升增]|涨了|涨"
)
_DOWN = (
    "负增长|下降|减少|回落|降低|下跌|下滑|缩减|缩小|缩水|收窄|萎缩|走低|下行|下挫|降至|降到|减至|跌至|跌到|退到|退至|退居|后移|后退|减弱"
    "|变[少低差弱小]|(?:越来越|日益)[低少小差慢]|[往向]后[退移走]|[往向]下[掉走滑跌落]|倒退|滑坡|掉(?=[得了到])|跌|(?<=[在又还也])[降减]|降了|退步"
)
_LEVEL = "持平|没有?变化?|不变|未变|原地踏步|停滞不前"
_ENDS = (
    "(?=$|[，,。；;、:：！？?!（()）“”\\s]|[了的得到至为约近超不将逾达幅这那太很许大后时之与和而但且是已明显]|[+\\-\\d一二三四五六七八九十百千万两半几])"
    "(?!不[动起上了])(?!的?(?:目标|预期|点|极|动力|潜力|空间|措施|办法|任务|率))"
)
_TREND: Final = re.compile(f"(?:(?P<level>{_LEVEL})|(?P<down>{_DOWN})|(?P<up>{_UP})){_ENDS}")
_NOT: Final = re.compile(
    r"(?:没有?|未|并未|未能|没能|不再|不能|无法|难以|停止|无)(?:明显|显著|进一步|继续|出现|再|得到|能|有所|大幅|任何|实现)*$"
)
_AIMED: Final = re.compile(
    r"要|应(?!对)|努力|着力|推动|促进|确保|力争|争取|预计|预期|有望|将(?!近)|目标|计划|希望|鼓励|支持|防止|避免|如果|若|可能|能否|是否"
)
_RATE: Final = re.compile(
    r"增速|增幅|涨幅|升幅|降幅|跌幅|增长率|下降率|(?:增长|下降|上涨)(?:速度|幅度)|势头|压力|差距"
)
_RANK: Final = re.compile(r"排名|位次|名次|座次|排位|第\s*\d+\s*[位名]")
_RANK_VERB: Final = re.compile(r"[前后]移|后退|[往向][前后][走移退进]|退居")
_RANK_BEHIND: Final = re.compile(r"[了到至]?\s*(?:第|[\d一二三四五六七八九十两]+个?(?:位|名))")
_COMPARED: Final = re.compile(
    r"(?:(?P<up>高于|高出|多于|大于|好于)|(?P<down>低于|低出|少于|小于|差于|不如|不及))$"
)
_THAN: Final = re.compile(r"(?:比|较)$")
_BY: Final = re.compile(
    r"(?:同期|年末|年底)?(?:还要?|更|又|要|略有?|有所|明显)*(?:(?P<up>[高多大])|(?P<down>[低少小]))(?![于新型])"
)
_CLAUSE_END: Final = re.compile(r"[，,。；;：:！？!?\n]")


@dataclass(frozen=True, slots=True)
class Trend:
    """Words that say which way something went, and the ways they leave open (1, 0, -1): 没有提高 leaves 0 and -1.

    `of` tells whether the thing itself went so, its rate of change (增速回落), or its place in a ranking; `base_year` is the year that these
    very words compare with (高于2019年末).
    """

    span: Span
    ways: frozenset[int]
    of: TrendOf = "itself"
    base_year: int | None = None


def read_trends(text: str) -> list[Trend]:
    """The trends that `text` tells as facts, in its order; what is aimed at or feared is none.

    >>> [(sorted(trend.ways), trend.span.of("甲没有提高，乙高于2019年")) for trend in read_trends("甲没有提高，乙高于2019年")]
    [([-1, 0], '没有提高'), ([1], '高于2019年')]
    """
    found = [*_verbs(text), *_comparisons(text)]
    return sorted(found, key=lambda trend: trend.span)


def way_of_rate(before: str, after: str, value_sign: int) -> int | None:
    """The way of something whose rate of change stands between these texts, None where no rate does.

    >>> way_of_rate("增速降到", "。", 1), way_of_rate("保持了", "以上的年增速", 1), way_of_rate("总量为", "，", 1)
    (1, 1, None)
    """
    noun = re.search(r"(增速|增幅|涨幅|升幅|增长率|降幅|跌幅|下降率)[^，,。；;：:]{0,8}$", before)
    noun = noun or re.match(
        r"(?:以上|以下|左右|上下)?的?(?:年均?|平均)*(增速|增幅|涨幅|升幅|增长率|降幅|跌幅|下降率)", after
    )
    if noun is None or value_sign == 0:
        return None
    return -value_sign if noun[1] in {"降幅", "跌幅", "下降率"} else value_sign


def _verbs(text: str) -> list[Trend]:
    found = []
    for match in _TREND.finditer(text):
        clause = _CLAUSE_END.split(text[: match.start()])[-1]
        if _AIMED.search(clause):
            continue
        negated = _NOT.search(clause)
        way = {"up": UP, "down": DOWN, "level": LEVEL}[match.lastgroup or "level"]
        ways = frozenset({UP, LEVEL, DOWN}) - {way} if negated and way else frozenset({way})
        start = match.start() - (len(negated[0]) if negated else 0)
        found.append(Trend(Span(start, match.end()), ways, _of(clause, match[0], text[match.end() :])))
    return found


def _of(clause: str, verb: str = "", behind: str = "") -> TrendOf:
    if _RATE.search(clause):
        return "rate"
    if _RANK.search(clause) or _RANK_VERB.search(verb) or _RANK_BEHIND.match(behind):
        return "rank"
    return "itself"


def _comparisons(text: str) -> list[Trend]:
    """What is said to be more or less than at another time: 高于2019年末, 比2019年还低."""
    found = []
    for mention in find_periods(text):
        if mention.period is None:
            continue
        before, after, year = text[: mention.span.start], mention.span.end, mention.period.last.year
        of = _of(_CLAUSE_END.split(before)[-1])
        if compared := _COMPARED.search(before):
            way = UP if compared["up"] else DOWN
            found.append(Trend(Span(compared.start(), after), frozenset({way}), of, year))
        elif (than := _THAN.search(before)) and (by := _BY.match(text, after)):
            way = UP if by["up"] else DOWN
            found.append(Trend(Span(than.start(), by.end()), frozenset({way}), of, year))
    return found
