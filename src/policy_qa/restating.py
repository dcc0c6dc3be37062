"""A question in the words it is searched with: in Chinese, places spelt right, 今年 and 我市 named. What was taken for what is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.language.claims import as_check
from policy_qa.language.english import is_english, translated, with_places_translated
from policy_qa.language.places import find_places, misspelt_places
from policy_qa.understanding import name_years

if TYPE_CHECKING:
    from datetime import date

    from policy_qa.language.places import Place

OURS = frozenset("我本咱")
SPOKEN_OURS = re.compile(r"(?:咱们?|我们)(?=[市省县区州])")
HERE = re.compile(
    r"(?:咱们?|我们)(?:这[儿里边]|(?=的(?!报告|材料|资料|文件)|和(?!谐)|与|跟(?![踪进])|同(?![意步])|比(?!较)|在(?=[^，,]{0,8}[里中])|能?排第?[几多哪老]|占|压|居|处))"
    r"|(?<=[和与跟同比])(?:咱们?|我们)(?=$|[，,？?的差高低多少大小快慢强弱])"
)
"""What staff call the place they speak for: 咱们的, 我们这儿, 我们和甲市."""
REMARK = re.compile(
    r"(?<=[^，,。；;？?]{6})[，,。；;？?\s]+(?:"
    r"(?:不过|但是?|因为|可)?(?:\d{4}年?的?)?(?:文(?:里|中|章)|报告|材料|资料|原文|书)(?:里面?|中|上)?的?(?:好像|似乎|大概|可能)?(?:就|只|仅)(?:是|有)?[说写提给讲](?![^？?]*(?:占比|比重|份额|比例)[？?。]?$)[^？?]*"
    r"|(?:到底|究竟)?(?:能不能|能否|能|可以|可不可以)直接(?:比较?|相比|对比)(?:吗|么)?"
    r"|(?:能不能|能否|能|可以)?(?:从|用|由|按照?|根据)(?![^，,？?]*(?:增[速长幅产量]|增加(?!值)|新增|[涨降]幅|下降|减少|[和与及跟、占乘除÷×]))[^，,？?]{2,20}(?:倒推|反推|推算|推|算)(?:得?出来?|一下)?(?:吗|么)?"
    r"|(?:帮我|请)?(?:算|换算成?|折)(?:个|一个|成)(?:百分比|百分数|比例|总数|差额?|倍数)"
    r")[？?。]?$"
)
"""What is said behind a question about how its answer may be had: 报告里只说提高了多少; the question itself is before it."""
PREAMBLE = re.compile(
    r"^(?:(?:我们?|领导|这边)?(?:现在|正)?(?:在|要|想)?(?:写|做|起草|准备|赶|弄)(?:一?[个份篇])?(?:材料|报告|稿子?|汇报|讲话稿|文章|简报|总结|PPT)(?:用|呢|要用)?"
    r"|(?:请|麻烦|帮忙|帮我|我)?(?:再|来)?(?:想|要)?(?:核对|核实|核查|核|查|问|确认|请教|咨询)(?:一?下|个|一?[个件]事)*(?:数据?|数字|问题)?|[，,、])+[：:，,]+(?=.{6})"
)
"""Why staff ask, said before the question: 写材料核个数："""
_LEAVING = "除去?了?|不[计算含]|不包括|不考虑|撇开|剔除|排除|略去"
LEFT_OUT = re.compile(
    r"[，,；;（(]\s*[^，,。；;（）()？?]{0,12}(?:没有?|缺|无|查不到|不全)的?(?:数据?|数字|统计|资料)?[^，,。；;（）()？?]{0,6}?"
    r"[，,]?(?:不用?(?:管|算|计|排|列|考虑|要|比)|不(?:管|算|计|排|列)|别(?:管|算|排|列)|除外|略[过去]?|忽略|跳过|去掉|剔除|排除|撇开|算了)[^，,。；;（）()？?]{0,4}[）)]?"
    rf"|(?:{_LEAVING})(?:没有?|缺少?|无)(?:数据?|数字|统计|资料)?的[^，,。；;（）()？?]{{2,12}}?(?:(?:之|以)?外)?[，,]"
    rf"|(?:{_LEAVING})[^，,。；;（）()？?]{{2,12}}?[（(](?:没有?|缺少?|无)(?:数据?|数字|统计|资料)[）)](?:(?:之|以)?外)?[，,]"
)
"""A remark that what has no data may be left out: （丙市没数就不管了）, 除缺数的丙市外. What it names is not asked about."""


@dataclass(frozen=True, slots=True)
class Restated:
    """A question as it is searched, and what staff are told of the change; `is_foreign` where it could not be read."""

    text: str
    notices: tuple[str, ...] = ()
    is_foreign: bool = False


def restate(text: str, *, today: date, home: Place | None) -> Restated:
    """The question restated; one that needs nothing is left as it is.

    >>> from datetime import date
    >>> restate("去年的增速？", today=date(2021, 3, 1), home=None).text
    '2020年的增速？'
    """
    notices: list[str] = []
    if is_english(text):
        chinese = translated(text)
        if chinese is None:
            return Restated(text, is_foreign=True)
        notices.append(messages.TRANSLATED.format(question=chinese))
        text = chinese
    text = with_places_translated(text)
    text = as_check(LEFT_OUT.sub("", REMARK.sub("？", PREAMBLE.sub("", text))))
    text = _spelt_right(text, notices)
    text = _home_named(text, home, notices)
    text, years = name_years(text, today)
    notices += [messages.YEAR_TAKEN_FOR.format(word=word, year=year) for word, year in years]
    return Restated(text, tuple(notices))


def _spelt_right(text: str, notices: list[str]) -> str:
    for span, place in reversed(misspelt_places(text)):
        written = span.of(text)
        meant = place.name if len(written) == len(place.name) else place.short
        notices.append(messages.PLACE_TAKEN_FOR.format(written=written, meant=meant))
        text = text[: span.start] + meant + text[span.end :]
    return text


def _home_named(text: str, home: Place | None, notices: list[str]) -> str:
    """The question with 我市 and the like as the place's name; 全市 says no more than the question and stays."""
    text = SPOKEN_OURS.sub("我", text)
    if home is not None and (here := HERE.search(text)):
        notices.append(messages.HOME_TAKEN_FOR.format(written=here[0], meant=home.name))
        text = HERE.sub(home.name, text)
    ours = [
        found for found in find_places(text, home=home) if found.is_home and text[found.span.start] in OURS
    ]
    for found in reversed(ours):
        written, meant = found.span.of(text), found.places[0].name
        notices.append(messages.HOME_TAKEN_FOR.format(written=written, meant=meant))
        text = text[: found.span.start] + meant + text[found.span.end :]
    return text
