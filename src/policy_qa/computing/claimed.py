"""A computed result that a question states and asks about: 甲比乙高0.3个百分点，要不要改; 出口加进口是503亿，没错吧."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.figures.arithmetic.rounding import NEARLY, as_stated
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Answer

_SAYING = r"(?:这[么样])?(?:说|写|讲|称|提到?|表示|表述|引用|核实|核对|确认)"
OPENING = re.compile(
    r"^(?:请|麻烦|帮忙|帮我?|我们?|有(?!人|的)|想|要|打算|准备|如果|能|可以|把|再)*"
    rf"(?:(?:有[人的]|同事|领导|他们?|对方|稿子?|[初草底]稿|稿件|讲话稿?|材料|文章|报告|网上|新闻)(?:这?[里段句]面?|中|上)*(?:[：:，,]|{_SAYING})|{_SAYING}(?=[一下：:，,“])|说(?=[^，,]*[，,]))"
    r"(?:了|着|的是|道|一?下)*[：:，,]?"
)
VERDICT = re.compile(
    r"[，,。；;？?：:\s]*(?:这[个句种样么]*(?:话|说法|数据?|数字|结论|表述|提法|判断|写|说|讲)*|写得?|数字?|是|能|我)*"
    r"(?:(?:还|也|都|真的?|到底)*(?:对[吗么吧]|对不对|[没不]错[吧吗]?|没问题[吧吗]?|站得住脚?[吗么吧]?|站不站得住脚?|成立[吗么吧]|准[吗吧]|准不准|准确[吗吧]|正确[吗吧]|属实[吗吧]|靠谱[吗吧]|可信[吗吧]"
    r"|(?:要不要|需不需要|用不用|该不该|是否(?:需要?)?|需要|要)(?:改|更正|修改|订正)[吗]?|是否(?:属实|正确|准确|成立|有误)|有没有(?:错|问题|误)|有误[吗]?|错了?[吗没]|是(?:这样|真的?)[吗吧])"
    r"|(?:请|麻烦|帮忙|帮我?)*(?:核实|核对|核一?下|查证|确认|查一?下)(?:一下)?)+[吗吧呢？?。！!\s]*$"
)
NUMBER = re.compile(r"(?:将近|接近|超过|不到|不足|大约|大概|[近约超])?\d[\d.,]*[多余]?")
TRAILING = re.compile(r"(?:左右|上下|以上|多|出头)?[，,。；;：:！!？?\s]*$")
ASKING = re.compile(r"多少|几|多[大高快]|什么|哪|谁|怎|何|吗|[?？]")
"""What asks for something else; a bare statement is brought forward to be checked."""
BIDDING = re.compile(r"(?:排|列|算|比|查|找|推|估|画|整理|汇总|介绍|说)[^，,]{0,4}[。！!\s]*$")
"""What asks for something to be done is no statement: 从高到低排一下."""
QUOTED = re.compile(r"“([^”]{5,})”")
"""A statement quoted; a name in quotation marks is shorter."""
DOWN, UP = re.compile(r"[低少降减慢小落退跌]"), re.compile(r"[高多升增快大涨提]")


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a question states: the question for its result, the quantity stated, and the words before it."""

    plain: str
    stated: Quantity
    before: str


def claims_in(text: str) -> Iterator[Claimed]:
    """Each quantity of a statement whose truth is asked about, with the question that asks for it instead.

    >>> [one.plain for one in claims_in("稿子：甲市的绿化率比乙市高0.3个百分点。要不要改")]
    ['甲市的绿化率比乙市高多少个百分点？']
    """
    verdict = VERDICT.search(text)
    opened = OPENING.match(text)
    if verdict is None and (ASKING.search(text) or BIDDING.search(text)):
        return
    said = QUOTED.sub(r"\1", text[opened.end() if opened else 0 : verdict.start() if verdict else None])
    said = TRAILING.sub("", said)
    for stated in reversed(read_quantities(said)):
        number = NUMBER.search(said, stated.span.start - 2 if stated.span.start > 1 else 0)
        if number is None or not stated.values or stated.form != "number":
            continue
        before, behind = said[: number.start()], said[number.end() :]
        asked = f"百分之多少{behind[1:]}" if behind[:1] in "%％" else f"多少{behind}"
        yield Claimed(f"{before}{asked}？", stated, before)


def judge(claimed: Claimed, outcome: Answer) -> Answer | None:
    """The computed answer with a notice whether the result stated is the one computed; None where they are of different kinds."""
    claim = outcome.claims[0]
    results = [
        one
        for one in read_quantities(claim.text)
        if not claimed.stated.unit or one.unit == claimed.stated.unit
    ]
    wanted = as_stated(claimed.stated)
    if claim.status != "computed" or not results or wanted is None:
        return None
    result = results[-1]
    value = abs(result.values[0])
    is_near = abs(value - abs(claimed.stated.values[0])) <= abs(claimed.stated.values[0]) * NEARLY
    is_near = is_near or claimed.stated.bound != "exact"  # of 2倍 half a multiple is no rounding
    is_right = (
        is_near and wanted.low <= value <= wanted.high and _same_way(claimed.before, claim.text, result)
    )
    notice = (messages.CLAIM_RIGHT if is_right else messages.CLAIM_WRONG).format(
        stated=claimed.stated.text, result=result.text
    )
    return replace(outcome, notices=(notice, *outcome.notices))


def _same_way(before: str, text: str, result: Quantity) -> bool:
    """Whether what is said to be more is computed to be more; a sum or a share has no way."""
    said, made = _way(before[-6:]), _way(text[: result.span.start][-4:])
    return not said or not made or said == made


def _way(words: str) -> int:
    """1 for words of more at the end of a text, -1 for words of less, 0 for neither."""
    for letter in reversed(words):
        if DOWN.match(letter):
            return -1
        if UP.match(letter):
            return 1
    return 0
