"""What a question asks to have checked: a stated result, all that does not come out, or the caption of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policy_qa.language.normalize import search_key
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from decimal import Decimal

    from policy_qa.understanding import Query

AuditKind = Literal["statement", "faults", "caption"]

_HOLDS = r"核一核|核一查|对一对|[合加凑][得不]拢|合[得不]上|对不对得上"
SURE = re.compile(
    rf"{_HOLDS}|[按用拿以][^,;。]{{0,12}}\d[^,;。]{{0,16}}\d[^,;。]{{0,8}}算(?![^,;。]*(?:多少|几))|算得?(?:对|准|出)|[算加减乘除]错|算对|对[得不]上|对得起来|(?:计算|加总|推算).{0, 8}(?:正确|有误|错误|准确|出错|有错|对|错)|验算|核算|复核|核对|自洽|吻合|"
    r"加.{1,20}等于|(?:加起来|加总|相加|加在一起|合起来)(?![^,;。]{0,12}(?:多少|几))|(?:总和|之和)(?![^,;。]{0,12}(?:多少|几)).{0,12}(?:是|等于|吗)"
)
JUDGED = re.compile(
    rf"{_HOLDS}|算得?(?:对|准)|[算加减乘除]错|算对|对[得不]上|对得起来|验算|核算|复算|复核|自洽|吻合|(?:计算|加总|推算).{0, 8}(?:正确|有误|错误|准确)"
)
"""Who asks so wants a verdict; what the sources state is none."""
MAYBE = re.compile(
    r"对(?:吗|不对|么)|正确(?:吗|么)?|是否(?:一致|相符|正确|准确|等于|为|是)|是不是|一致(?:吗|么)?|相符(?:吗|么)?|准确(?:吗|么)|矛盾|有误|属实|成立|等于|站[得不]住|没[错问]|准不准|要不要改|"
    r"重新?算|复算|再算|反算|算一?[下算遍]|算[得的]?出|算起来|核一?下|核实|验证|推算|除以|相除|相减|换算|怎么算|算没算"
)
_SOUGHT = r"(?:哪些|哪几|哪里|哪个|哪处|有没有|有无|是否有|是否存在|存在|有什么).{0,16}?"
GENERAL = re.compile(
    rf"{_SOUGHT}(?:算错|算得不对|对不上|加不上|计算错误)|"
    rf"(?:数字|数据|数值|计算|核算|统计|算术).{{0,16}}?{_SOUGHT}(?:不一致|错误|有误|有错|出错|错|矛盾|问题)|"
    rf"{_SOUGHT}(?:数字|数据|数值|计算|核算|统计|算术).{{0,8}}?(?:不一致|错误|有误|有错|出错|错|矛盾|问题)"
)
_CAPTION, _HELD = (
    r"(?:标题|题目|表题|表名|题名|题注|(?<=\d)题(?=[为是写叫]))",
    r"(?:内容|数据|表[头里内中]|实际|正文|表格|列|所[列装]|下面|里[头面边])",
)
_TOLD = r"(?:写|叫|标|说)?(?:的是|着|成|作|为|是|[写叫])[：:“”《》\"]*[^，,。；;？?]{2,60}[，,。；;]"
CAPTION = re.compile(
    rf"{_CAPTION}(?:.{{0,12}}|{_TOLD}.{{0,6}}){_HELD}|(?:内容|数据|表头|所列).{{0,12}}{_CAPTION}"
)
"""A caption and what stands below it; the question may tell the caption: 表5的标题是绿化投资，跟表里的内容相符吗."""
FITS = re.compile(
    r"一致|相符|对[得不]上|符合|不符|吻合|匹配|对应|一回事|名实|文不对题|放错|配错|弄错|搞错|错|也[是为]|就是|是[这那]|是不是|是否"
)
FRAME = re.compile(
    r"^(?:算|拿|用|按|除以|除|出来|写着|重新|重算|复算|一下|核|对|错|正确|计算|准确|一致|相符|吻合|核对|验算|复核|核算|加起来|相加|合计|总和|之和|等于|数字|数据|数|报告|资料|材料|文中|文件|文章|正文|这个|那个|写|说|提到|里|中|表|表格|结果|结论|说法|看|帮|检查|"
    r"是否|存在|有没有|哪些|哪里|地方|错误|有误|出错|矛盾|问题|三个|两个|两者|得|上|的|和|与|跟|吗|是|不|应该|到底|究竟|能|可以|内容|标题)$"
)
CAPTION_WRONG = re.compile(
    r"(?:表题|表名|题注|表的?(?:标题|题目|题名)).{0,8}(?:[弄写放配搞标]错|有误|不对|对不对|对吗|正确吗|错了?吗)"
)
DIGITS, OF_YEAR = re.compile(r"\d"), re.compile("^(?:年度|全年|当年|本年度?)(?=..)")


@dataclass(frozen=True, slots=True)
class Audit:
    """What is to be checked: `values` are the numbers the question names with their unit ("" for a bare one).

    `is_sure` where its words leave no doubt that a reckoning is to be checked; `words` are those that say which.
    """

    kind: AuditKind
    is_sure: bool
    values: tuple[tuple[Decimal, str], ...]
    words: tuple[str, ...]


def read_audit(query: Query) -> Audit | None:
    """What the question asks to have checked, None where it asks for something else."""
    key = search_key(query.text)
    words = tuple(
        OF_YEAR.sub("", word) for word in query.content if not FRAME.match(word) and not DIGITS.search(word)
    )
    values = tuple((one.values[0], one.unit) for one in read_quantities(query.text) if one.values)
    whole = search_key(query.question.text)
    if (CAPTION.search(whole) and FITS.search(whole)) or CAPTION_WRONG.search(whole):
        return Audit("caption", is_sure=True, values=values, words=words)
    if GENERAL.search(key) and not values:
        return Audit("faults", is_sure=True, values=values, words=words)
    if SURE.search(key):
        return Audit("statement", is_sure=True, values=values, words=words)
    return Audit("statement", is_sure=False, values=values, words=words) if MAYBE.search(key) else None


def wants_verdict(query: Query) -> bool:
    """Whether only a verdict on a reckoning answers the question, not what the sources state.

    >>> [JUDGED.search(text) is not None for text in ("占26.7%，算得对吗？", "占26.7%，对吗？")]
    [True, False]
    """
    return JUDGED.search(search_key(query.text)) is not None
