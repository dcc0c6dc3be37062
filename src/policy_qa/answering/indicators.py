"""What a piece of text is about: its own words, without places, periods, figures and words that say nothing of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.trends import read_trends
from policy_qa.language.vocabulary import canonical

Fit = Literal["is it", "less", "other"]

_NUMBER = "[\\d一二三四五六七八九十两几]+"
GROUP = re.compile(
    rf"(?:其[余他]|这|那|全部)?(?P<count>{_NUMBER})(?:个|座|家)?(?:主要|相关|兄弟|地级|县级|重点|沿海|沿江|省域|区域|对照|[东中西]部|[大中小副])*(?:城市|中心|地区|[市省县区州])(?:当中|之中|中间|之间|里面?|中|内)?|(?:各|兄弟)(?:市|省|县|区|地)(?:当中|之中|里|中)?"
)
TOP = re.compile(
    r"(?:(?P<high>最[高多大强好快广长]|之首|榜首|首位|居首|第一(?=$|[，,。；;、]|的?(?:位|名|城市)))|(?P<low>最[低少小差弱慢短]|末位|垫底|倒数第一|最后一[位名]))"
)
RANK_WORDS = re.compile(r"排名|位次|名次|座次|排位")
SHARE_WORDS = re.compile(r"占(?!地)|比重|占比|比例|份额|百分比")
RATE_WORDS = re.compile(r"增速|增幅|涨幅|升幅|降幅|跌幅|增长率|下降率|增长(?:速度|幅度)|增长(?=[\s\d+-]*$)")
EMPTY = re.compile(
    r"全市|全省|全区|全县|全州|全国|我市|我省|我区|我县|本市|本省|本地|该市|该县|该区|自治区"
    r"|全社会|全年|当年|本年|年均|年度|同比|环比|累计|实际|合计|一共|总共|总数|总量|数量|个数|水平|情况|走势|总体|整体|整个"
    r"|连续|继续|持续|不断|逐年|逐步|逐渐|大幅度?|明显|显著|有所|略有|小幅|快速|较快|稳步|大大|保持|维持|出现|呈现|实现|完成|已经|仍然|依然|一直|反而|反倒"
    r"|进一步|去年|上年|今年|前年|相比|相较|对比|比较|相对|由于|以及|之初|当时|截至|截止|期间|时期|时候|达到|突破|超过|不到|不足|接近|大约|左右|(?<!规模)以上|(?<!规模)以下|至少"
    r"|挤进|挤入|进入|跻身|闯进|迈入|冲进|冲到|位居|位列|位于|名列|列在|排在|排到|居于|处在|处于|稳居|高居|贡献了?|拥有|共有|具有|名下|数目|平均|年末|年底|年初|末|初|底"
    r"|方面|少于|多于|高于|低于|大于|小于|高出|低出|反过来|与此|相反|相应|当中|之中|里面|里头|之间|的话|这个|那个|本身|自身|居然|竟然|偏偏|怎|么|(?<!社)会|所|其|此|该|这|那|也|又|还|都|均|则|就|才|已|仍|更|再|只|仅|共|总|计|有|是|为|在|和|与|及|跟|同|于"
    r"|由|从|自(?!治)|到|至|达|比|较|占|的|了|得|着|过|中|里|内|(?<!规)上|(?<!规)下|数|量|额|约|近|超|逾|多|余|来|排|列|居|位|名|年|月|要|能|可|以|按|看|说|论|讲|往|向|前|后|被|把|而|但|却|后|之|呈|年度"
)
PART = re.compile(r"其中|另有|另外|包括|其余")
"""What follows is told of a part, or of something else."""
LEANS = re.compile(r"\s*(?:仅|只|约|也|还|都|但|而)*(?:占(?!地)|相当于|比|较|低于|高于|少于|多于|超过)")
"""A clause so begun says nothing of what it is about: the one before does."""
GENERIC = frozenset(
    re.split(
        "、",
        "投资、产值、收入、支出、资金、项目、企业、规模、贷款、余额、利润、销售、面积、投入、产品、政策、经济、数据、指标、税收、资产、业务、建成、建设、新建、建立、培育、引进、实施、安排、举办、开展",
    )
)
"""Alone they may be anyone's: what they are of stands in another sentence."""
NOT_SAID = re.compile(r"[^一-鿿a-z0-9&+]+")
BLANK, FOUND = " ", "\0"
NARROWED = re.compile(f"[一-鿿]{{1,4}}{FOUND}")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: the words that name it, and whether a share, a rate of change or a place in a ranking of it is."""

    words: tuple[str, ...]
    is_share: bool = False
    is_rate: bool = False
    is_rank: bool = False


def indicator_of(text: str) -> Indicator:
    """What a text without its figures and slots is about; no words where it names nothing.

    >>> indicator_of("2020年柳州的工业投资比上年下降")
    Indicator(words=('工业投资',), is_share=False, is_rate=False, is_rank=False)
    """
    bare = bare_text(text)
    words = tuple(dict.fromkeys(_runs(_without_kinds(bare))))
    return Indicator(words, *_kinds(bare))


def fit_of(indicator: Indicator, text: str, *, may_be_part: bool = False) -> Fit:
    """Whether a text is about the indicator, about less of it (its other words may stand before), or about other things.

    With `may_be_part` it may be about a kind of it that says so before its name: 常住人口 where 人口 is asked.

    >>> asked = indicator_of("柳州的工业投资")
    >>> [fit_of(asked, text) for text in ("1—9月全市工业投资同比", "比上年", "工业技改投资")]
    ['is it', 'less', 'other']
    """
    if PART.search(text):
        return "other"
    bare = bare_text(text)
    kinds = _kinds(bare)
    rest, found = _without_kinds(bare), 0
    for word in sorted(indicator.words, key=len, reverse=True):
        found += word in rest
        rest = rest.replace(word, FOUND, 1)
    if may_be_part:
        rest = NARROWED.sub(BLANK, rest)
    for run in _runs(rest):
        if not any(word.endswith(run) for word in indicator.words):
            return "other"
    wanted = (indicator.is_share, indicator.is_rate)
    return "is it" if found == len(indicator.words) and kinds[:2] == wanted else "less"


def names_all(indicator: Indicator, text: str) -> bool:
    """Whether a text names every word of the indicator, whatever else it says."""
    said = canonical(search_key(text))
    return all(word in said for word in indicator.words)


def bare_text(text: str) -> str:
    """The search key of a text, synonyms made one, its places, periods, figures, groups, tops and trends left blank."""
    spans = [
        *(found.span for found in find_periods(text)),
        *(found.span for found in find_places(text)),
        *(found.span for found in read_quantities(text) if found.span.of(text)[0] not in "每"),
        *(found.span for found in read_trends(text)),
    ]
    characters = list(text)
    for pattern in (GROUP, TOP):
        for match in pattern.finditer(text):
            characters[match.start() : match.end()] = BLANK * (match.end() - match.start())
    for span in spans:
        characters[span.start : span.end] = BLANK * len(span)
    return canonical(search_key("".join(characters)))


def _kinds(bare: str) -> tuple[bool, bool, bool]:
    return (
        SHARE_WORDS.search(bare) is not None,
        RATE_WORDS.search(bare) is not None,
        RANK_WORDS.search(bare) is not None,
    )


def _without_kinds(bare: str) -> str:
    for pattern in (RANK_WORDS, SHARE_WORDS, RATE_WORDS):
        bare = pattern.sub(BLANK, bare)
    return bare


def _runs(text: str) -> list[str]:
    return [run for run in NOT_SAID.split(EMPTY.sub(BLANK, text)) if run]
