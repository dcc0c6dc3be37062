"""What a figure is besides its value: a target or an outcome, of enterprises above designated size or of all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policy_qa.types import Span

Scope = Literal["above size", "below size", "whole"]
_AIM = r"目标|力争|争取|计划(?![，,、；;。”》])|预期|预计(?=到|至|20)|规划(?!局|纲要)|拟(?!定)|打算|确保|控制在|要(?=[^，,。；;]{0,3}(?:达到?|到|降|增|实现|完成|做到|打造|建成|新增))|将(?=达到?|建成|实现|增加到|提高到)"
TARGET = re.compile(_AIM)
OUTCOME = re.compile(
    r"实际|[已仅只]|同比|比上年|[比较]去年|完成|实现了|达到了|完成率|累计|[增下][长降]了|超额|高于|低于|快于|慢于|高出|低出|多出|还差|相差|相当于"
)
OF_TARGET = re.compile(rf"(?:{_AIM})(?:任务|投资|数|值)?的?(?:比重|比例|进度)?[的为]?(?:约|近)?$")
"""A share of a target is none: 完成年度计划的76.9%."""
BESIDE_TARGET = re.compile(
    r"(?:高于|低于|快于|慢于|超|好于|完成)[^，,；;]{0,12}(?:目标|预期|计划)|(?:目标|预期|计划)(?:要|相)?[高低多少快慢差]"
)
TARGET_BEHIND = re.compile(r"的?(?:全年|年度|年初|预期|既定|规划|总|发展)*(?:预期)?(?:目标|计划)")
TARGET_BRACKETED = re.compile(r"[^，,；;。（(]{0,16}(?:目标|计划|预期)[值数]?[（(](?:为|即)?$")
"""Right before a figure: 低于年度投资占比目标（20.9%）."""
BRACKET_SIGHT = 24
OF_YEAR = re.compile("全年|年度|年初")
TARGET_HEADING = re.compile(r"目标|工作安排|工作部署|重点工作|主要任务|工作打算")
TARGET_ASKED = re.compile(
    r"目标|任务数?(?=是|为|有|多|$|[?？])|计划|预期|力争|争取|打算|规划(?!局|纲要|》)|拟(?=发行|安排|建|新增|投)|准备(?!金)|(?:(?<![认确规鉴核评稳固])定(?:在|的|了|为)|安排(?:在|为|的是))(?:多少|百分之几|几)"
    r"|(?:[给为对把]|报告)[^，,。?？]{0,16}(?<![认确规鉴核评稳固一指特])定(?:的|了|下|在|为)"
    r"|[要想](?:确保|[^,，。?？要]{0,3}(?:达到?|到|降|增|实现|完成|做到|打造|建成|新增|造|建|种|产))(?!底)"
)
SHARE_OF_TARGET_ASKED = re.compile(
    r"(?:完成|达到|实现|占|相当于|距|离|差)[^，,。？?]{0,10}(?:目标|计划)(?:任务)?的?(?:百分之|几成|多少|比例|比重|情况|[？?])|完成率|完成情况"
    r"|(?:[和与跟离距]|比(?![重例])|高于|低于|超)[^，,。？?]{0,10}(?:目标|预期|计划)[^，,。？?]{0,4}(?:差|高|低|多出|(?<!多)少|超)"
)
_CLAUSE = re.compile(r"[^，,；;：:。！？]+[，,；;：:。！？]?")
_ABOVE = "规模以上|规上|限额以上|限上"
_SCOPES: tuple[tuple[Scope, re.Pattern[str]], ...] = (
    ("above size", re.compile(_ABOVE)),
    (
        "below size",
        re.compile(
            rf"规模以下|规下|限额以下|限下|(?:非|不是|不在)(?:{_ABOVE})|(?:{_ABOVE})的?(?:工业)?(?:企业)?[以之]外"
        ),
    ),
    ("whole", re.compile(r"全社会|全口径|(?:全部|所有)(?=工业|企业|服务业)")),
)
_NOT_ONLY = re.compile(
    r"(?:不[仅只止光]+[是限]?(?:包括|指|算|看|含)?|不(?:限于|局限于)|并?非(?:只|仅|单)[是指]?)$"
)
AVERAGE = re.compile(
    r"(?P<whole>全国|全省|全区|全市|自治区)(?:同期|当年|的|总体|整体|\d[\d.]*[%％]的?)*(?:(?:平均|均值)(?:增长)?(?:水平|值|增速|增幅|数|线)?|水平)"
)
BEFORE = re.compile(
    r"(?P<under>(?:未|没有?|不)(?:能|曾|再)?(?:达到?|超过|高于|快于|多于|赶上)|[低少慢弱小]于|不及|不如|不到|落后于?)"
    r"|(?P<over>[高快多强大优好]于|高出|超过|超出|领先于?|跑赢)"
)
BEHIND = re.compile(r"(?:还|要|更|来得)*(?:(?P<over>[高快多强大好])|(?P<under>[低慢少弱小差]))(?!于)")
WAYS = {1: "高于", -1: "低于"}


def is_target(text: str, figure: Span, headings: str = "") -> bool:
    """Whether the figure that stands at `figure` in the sentence `text` is aimed at rather than reached.

    Its own clause decides, else the last clause before it that says either, else the `headings` above it. `text` may
    begin with the sentences before, where the sentence only goes on (；到2025年，达6600亿元).

    >>> from policy_qa.types import Span
    >>> is_target("全年计划投资60.3亿元，截至9月完成44.5亿元。", Span(6, 12))
    True
    >>> is_target("全年计划投资60.3亿元，截至9月完成44.5亿元。", Span(20, 26))
    False
    """
    if TARGET_BEHIND.match(text, figure.end) or _bracketed_target(text, figure):
        return True
    before = [clause[0] for clause in _CLAUSE.finditer(text, 0, figure.start)]
    for index, clause in enumerate(reversed(before)):
        own = index == 0
        if BESIDE_TARGET.search(clause) or (own and OF_TARGET.search(clause) and "的" in clause[-6:]):
            return False
        aims = [match.start() for match in TARGET.finditer(clause)]
        done = [match.start() for match in OUTCOME.finditer(clause) if match[0] != "完成" or not aims]
        if aims or done:
            return bool(aims) and (not done or aims[-1] > done[-1])
    return TARGET_HEADING.search(headings) is not None


def is_target_of_year(text: str, figure: Span) -> bool:
    """Whether the words right beside the figure call it what a whole year aims at: 20.9%的年度目标."""
    beside = TARGET_BEHIND.match(text, figure.end) or _bracketed_target(text, figure)
    return beside is not None and OF_YEAR.search(beside[0]) is not None


def _bracketed_target(text: str, figure: Span) -> re.Match[str] | None:
    return TARGET_BRACKETED.search(text[max(0, figure.start - BRACKET_SIGHT) : figure.start])


def asks_for_target(question: str) -> bool:
    """Whether a question asks what is aimed at.

    >>> asks_for_target("2021年工业投资的预期目标是多少？"), asks_for_target("完成了年度计划的百分之几？")
    (True, False)
    """
    return TARGET_ASKED.search(question) is not None and SHARE_OF_TARGET_ASKED.search(question) is None


def scope_of(text: str) -> Scope | None:
    """The part of the economy that the last such word of the text limits it to, None where none does.

    >>> scope_of("规模以上工业企业"), scope_of("全部企业（不只规上）"), scope_of("工业企业")
    ('above size', 'whole', None)
    >>> scope_of("规上以外的工业企业"), scope_of("非规上企业")
    ('below size', 'below size')
    """
    found: list[tuple[int, Scope]] = [
        (match.end(), "whole" if _NOT_ONLY.search(text, 0, match.start()) else scope)
        for scope, pattern in _SCOPES
        for match in pattern.finditer(text)
    ]
    return max(found)[1] if found else None


def scopes_agree(asked: Scope | None, told: Scope | None) -> bool:
    """Whether a figure of the scope told answers a question of the scope asked; asked for none, any does.

    全社会 is what is meant where nothing is said.

    >>> scopes_agree("whole", None), scopes_agree("whole", "above size"), scopes_agree("above size", None)
    (True, False, False)
    """
    if asked is None or asked == told:
        return True
    return asked == "whole" and told is None


def way_to_average(text: str) -> int:
    """1 for what is said to be above the average of a whole, -1 for below; 0 where neither is said.

    >>> [way_to_average(text) for text in ("首次低于全国平均增速", "比全省平均水平还高", "全国平均水平为2%")]
    [-1, 1, 0]
    """
    average = AVERAGE.search(text)
    if average is None:
        return 0
    found = next((one for one in BEFORE.finditer(text) if one.end() == average.start()), None)
    if found is None and text[: average.start()].endswith(("比", "较")):
        found = BEHIND.match(text, average.end())
    return 0 if found is None else 1 if found["over"] else -1
