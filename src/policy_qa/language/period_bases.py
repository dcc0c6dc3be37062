"""Which periods a clause only compares with: 比2019年下降, 与2015年相比, 是2015年的2.3倍, 按2015年价格计算."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_qa.types import Span

_REACH = 14
_COMPARING = "比较高低多少大小好差增减升降提缩扩快慢回落超翻长短早晚"
_STOP = "，。；、：！？,;:?!（）()\n0-9０-９"

# 占比2020年 and 比重 compare nothing; 同比较上年 does, 比较2019年 asks for both.
_MORE_THAN = re.compile(
    "(?:(?<!占)比(?![重例率值较])|(?<!(?<!同)比)较|相[比较对]于?|[低高多少快慢优好大小早晚]于|不[及如]|超[过出]|超(?=$)|突破)"
    f"[^{_STOP}{_COMPARING}]{{0,8}}$"
)
_SET_SIDE_BY_SIDE = re.compile("[^，。；,;]{0,4}?(?:和|与|、|跟|以及)[0-9０-９今去前上]")
_OWN_FIGURE = re.compile(
    f"的?(?!增幅|降幅|涨幅|增长率?)(?:[^{_STOP}高低多少减升降]{{0,10}}[速标平幅值划期度重量额率数入比均])?的?"
    "[约近超]?(?:第[一二三四五六七八九十]|第?[0-9０-９])(?![0-9.]*[个]?[月年])"
)
_WITH = re.compile(f"[与同和跟][^{_STOP}]{{0,6}}$")
_COMPARED = re.compile(
    "[^，。；：！？,;:?!\n]{0,14}?(?:相比|相较|比较|对比|持平|相当(?!于)|一致|相同|(?<![占同环])比(?=[，,]))"
)
_EQUALS = re.compile(f"(?:是|为|相当于|达到?|恢复到|恢复至|回到|只有|不到|不足)[^{_STOP}]{{0,6}}$")
_SHARE = re.compile(
    f"的?[^{_STOP}]{{0,8}}?(?:[0-9０-９.．一二三四五六七八九十两几百]{{1,8}}[余多]?倍|的[约近]?[0-9０-９.．]{{1,8}}[%％]|(?<=的)[一二三四五六七八九]成)"
    "|(?:同期)?的?(?:同期)?水平"
)
_ON = re.compile("(?:以|按照?|在|扣除)[^，。；,;0-9]{0,3}$")
_BASIS = re.compile("的?(?:不变价|可比价|价格|为基[期数]|为100|[^，。；,;]{0,6}基础上)")
_INDEX = re.compile("(?:同期)?[ =＝为]{1,3}100(?![0-9.])")
_JOINED = re.compile(f"(?:、|和|与|及|以及)[^{_STOP}]{{0,2}}")


def is_base(text: str, span: Span, *, after: int, joins: int | None) -> bool:
    """Whether the clause only compares with the period at `span`.

    「高于2019年的5.2%」 tells a figure of that year, so it does not. `after` is where the mention before it ends (0
    without one); `joins` is the same for a mention that is itself a base, so that 比2019年和2018年 holds two.

    >>> from policy_qa.types import Span
    >>> is_base("比2019年下降5%", Span(1, 6), after=0, joins=None)
    True
    """
    if joins is not None and _JOINED.fullmatch(text, joins, span.start):
        return True
    head = text[max(after, span.start - _REACH) : span.start]
    if _INDEX.match(text, span.end):
        return True
    if not head:
        return False
    if before := _MORE_THAN.search(head):
        asks_for_both = head[: before.start()].endswith("对") and _SET_SIDE_BY_SIDE.match(text, span.end)
        return not asks_for_both and not _OWN_FIGURE.match(text, span.end)
    if _WITH.search(head) and _COMPARED.match(text, span.end):
        return not _OWN_FIGURE.match(text, span.end)
    behind = ((_EQUALS, _SHARE), (_ON, _BASIS))
    return any(front.search(head) and rest.match(text, span.end) for front, rest in behind)
