"""Which of the places a text names it only compares with, or tells a share or rank of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.language.gazetteer import is_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.gazetteer import Place
    from policy_qa.types import Span

JOINED = re.compile("[、和与及或]|以及")
BASE_BEFORE = re.compile(
    r"(?:(?<![对占可同环类无])比(?:当年|同期|同年)?|较(?!为)(?:当年|同期|同年)?|占到?|(?<![旅宜定迁移安民邻])居|(?<!系)列|排名?|相当于|高出|相比|相较于?|相对于?)\Z"
)
RANK_AFTER = re.compile(
    r"(?:的|所有|范围内|各[市省县区州]中?)?(?:[0-9一二三四五六七八九十]{1,3}个(?:设区|地级)?(?:城市|地市|省[区市]|[市省县区州盟])(?:当?中|里|之间)?)?(?:仅|只)?(?:排[名在到]?|位[居列于]|[居列])?"
    r"(?:第[一二三四五六七八九十0-9]++(?![届次批期代季产人个部])|首[位个]|前[列茅一二三四五六七八九十0-9]|榜首|末位|领先|靠前|靠后)"
    r"|排名|位次|名次|占比|比[重例]"
)
NTH_BEFORE = re.compile(r"(?:成为|[是为系属])\Z")
NTH_AFTER = re.compile("(?:唯?一|首|第[一二三四五六七八九十0-9]+)[个家座批]")
WHOLE_BEFORE = re.compile(r"(?:[在于居列排占为是]|成为)\Z")
LISTED_BEFORE = re.compile(r"(?:进入|入选|入围|跻身|列入|荣登|登上|上榜|排进)了?\Z")
LIST_AFTER = re.compile(r"[^，,。；;、]{0,12}?(?:榜|[百十]强|[0-9]强|名单|名录|行列|试点|示范)")
"""A list of a whole that someone is on, told of that one: 3家企业进入乙省百强榜."""
AIM_BEFORE = re.compile(r"(?:打造|建设|构建|建成|融入|对接|面向|服务|立足|辐射)\Z")
"""What a place does for the one around it, which it tells of itself: 甲市打造乙省的桥头堡，进出口增长5%."""
COMPARED_BEFORE = re.compile(
    r"(?:[高低快慢优好大小多少强弱]于|超过?|不及|不如|达到|接近|落后于?|领先于?|仅?次于|紧[随追]|略?逊于)(?:同[年期]|当年|上年)?\Z"
)
OWN_FIGURE_AFTER = re.compile("(?:平均水平|平均|水平)?(?:的[^，。；]{0,12}?[0-9]|[（(])|[0-9][0-9.]*[%％]")
WITH_BEFORE = re.compile(r"[与和同跟]\Z")
WITH_AFTER = re.compile("[^，。；！？]{0,30}?(?:相(?:比|较|差|当)|有[^，。；！？]{0,6}差[距别异])")
SHARE_AFTER = re.compile(
    "[ \u3000]?[0-9]+[/／][0-9]|[一二两三四五六七八九十]+分之|(?:平均水平|平均|水平)?的?[0-9][0-9.]*倍|(?:平均水平|平均值|均值)的[0-9]"
)
MENTIONS_IN_SIGHT = 8


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Where a text names a place; `places` are several only for a form that several share, higher levels first.

    `is_base`: only compared with, or a whole of which a share or rank is told. `is_home`: 全市, 我省 …, resolved by the
    home.
    """

    span: Span
    places: tuple[Place, ...]
    is_base: bool = False
    is_home: bool = False


def with_bases(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions, marked where only compared with; what is joined to a base is one too: 与长沙、株洲相比."""
    marked: list[PlaceMention] = []
    for mention in mentions:
        joined = bool(marked) and JOINED.fullmatch(text, marked[-1].span.end, mention.span.start) is not None
        is_base = (
            (joined and marked[-1].is_base)
            or _is_compared_with(text, mention.span)
            or _is_ranked_among(text, mention, marked)
            or _is_aimed_at(text, mention, marked)
            or _is_listed_in(text, mention.span)
        )
        marked.append(replace(mention, is_base=True) if is_base else mention)
    return marked


def _is_compared_with(text: str, span: Span) -> bool:
    """Whether the text compares with the place, tells a share of it, or how many times as much it is."""
    before, after = text[max(0, span.start - 6) : span.start], span.end
    if COMPARED_BEFORE.search(before):
        return OWN_FIGURE_AFTER.match(text, after) is None
    if WITH_BEFORE.search(before) and WITH_AFTER.match(text, after):
        return True
    return BASE_BEFORE.search(before) is not None or SHARE_AFTER.match(text, after) is not None


def _is_ranked_among(text: str, mention: PlaceMention, earlier: Sequence[PlaceMention]) -> bool:
    """Whether a rank or share within the place is told: 全国第一, 在广西排名第三; but 柳州排名第三 is its own."""
    if NTH_BEFORE.search(text, max(0, mention.span.start - 2), mention.span.start) and NTH_AFTER.match(
        text, mention.span.end
    ):
        return True
    if RANK_AFTER.match(text, mention.span.end) is None:
        return False
    word = mention.span.of(text)
    if mention.places[0].level == "country" or word.startswith("全"):
        return True
    before = max(0, mention.span.start - 2)
    return WHOLE_BEFORE.search(text, before, mention.span.start) is not None or _is_around(mention, earlier)


def _is_aimed_at(text: str, mention: PlaceMention, earlier: Sequence[PlaceMention]) -> bool:
    """Whether the place is but what one within it works for: 甲市打造乙省的桥头堡."""
    before = AIM_BEFORE.search(text, max(0, mention.span.start - 2), mention.span.start)
    return before is not None and _is_around(mention, earlier)


def _is_listed_in(text: str, span: Span) -> bool:
    """Whether a list of the place is spoken of that someone is on: 进入乙省百强榜."""
    before = LISTED_BEFORE.search(text, max(0, span.start - 3), span.start)
    return before is not None and LIST_AFTER.match(text, span.end) is not None


def _is_around(mention: PlaceMention, earlier: Sequence[PlaceMention]) -> bool:
    """Whether the place is around one that was named before."""
    return any(
        place != other and is_within(place, other)
        for before in earlier[-MENTIONS_IN_SIGHT:]
        if not before.is_base
        for place in before.places
        for other in mention.places
    )
