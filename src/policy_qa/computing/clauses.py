"""What a question about many places measures: the clause that is left without periods, places and asking words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.computing.sides import Words, bare

if TYPE_CHECKING:
    from policy_qa.computing.groups import Group

_WHICH = r"哪[一]?(?:[个座家者边项种类]?(?:时间?段|时期|阶段)|段(?:时间|时期)?)|哪[一]?[个座家者边项种类年]?(?:城市|地级市|地区|省份|省|市|区县|县区|县|区|年份|行业|产业|领域|指标|分项|项目|月份)?|谁|何者|什么(?:城市|地区|年份|行业|产业|领域|时候|地方)|何时"
WHICH = re.compile(rf"(?:{_WHICH})(?:的)?")
COMMA = r"[，,、;；]"
STRETCH = re.compile(r"的(?:至|到|[-—–~～])的(?:[之期]?间|[末底])?")
"""What is left of 从2015年到2018年间 without its years."""
ASKING = re.compile(
    r"(?:及其?|以及|和|与|并|且)?(?:它的?|其|各自|具体|分别|各|又|都|大约|大概|约)*"
    r"(?:(?:数值|数字|数量|数额|数据|得分|分值|数|得|增长|增速|下降|占|低到|高到|低至|高至|达到?|有|是|为|共有?|总共|一共|拥有)了?)*"
    r"(?:多少|几(?=[^年月日])|多高|多大|多低|多快|多长|百分之几|什么|怎样|如何)"
    r"(?:个?百分点|[万亿]*(?:美元|元)|平方公里|平方米|公里|立方米|千瓦时|[万亿]*[吨人户家座项件个台套辆名所张条位次年分亩钱]|%)?(?:[呢啊呀吗]|的)*"
)
EMPTY_CLAUSE = re.compile(
    r"(?:请|试|涉及?|挨个|城市|帮我|麻烦|帮忙|把|将|给|要|能|可以|是|为|有|在|的|中|里|按照?|依次?|依照|由|从|以|列|出来?|一下|一列|下|排|名|怎么|怎样|如何|分别|各|都|及其?|并|说|看|挑|选|里面|里头|当中|一并|金额|给出|列出|名单|次序|顺序|情况|结果|位次|数据|呢|吗|谁|何|第一|会|又|倒序|正序|正过来|比|较|相比|其|数值|具体|依|和)*"
)
VERB_APART = re.compile(r"，的?(?=(?:[掉跌降退落升涨]|下[降跌滑]|增长|上升|提高|减少|回落)得?(?:，|$))")
"""What parts an indicator from how it changes: 位次哪个市掉得最厉害."""
THAT = re.compile(r"^[这那]一?[张个份组列]的?|的?[这那]一?[项个块类](?:指标|数据)?(?:上|方面|里)?$")
BY = re.compile(
    r"^(?:中(?![小央等部型学级介医药试长])|按照?|依照?|以|论|就|从|在|对)|(?:来看|来说|来讲|来|看|计|(?<!全[国省区市])排名?|论|而言|方面|上|在|(?<!排)名|(?<![主需必重])要|拥有|是|为|有)$"
)
MEASURED = re.compile("(?:的|同比)*(?:增速|增长率|增幅|涨幅|降幅|跌幅|占比|比重)")
"""What is measured of an indicator that another clause names: 投资，哪个市增速最快."""
GENERIC = re.compile(
    r"(?:的|总)?(?:数量?|总数|个数|数值|数目|规模|情况|排名|位次|名次|得分|指标|值|增速|占比|比重|余额|金额)"
)


def indicator_of(rest: str, group: Group) -> str:
    """What is measured: the first clause that is left without periods, places and asking words."""
    words = Words(rest)
    spans = [*(found.span for found in words.periods), *(found.span for found in words.places)]
    for span in sorted(spans, key=lambda one: -one.start):
        rest = rest[: span.start] + "的" + rest[span.end :]
    rest = re.sub(r"[（(]的*[）)]", "", STRETCH.sub("的", rest))
    rest = VERB_APART.sub("", ASKING.sub("，", WHICH.sub("，", rest)))
    clauses = [_bare_clause(clause) for clause in re.split(COMMA, rest)]
    kept = [clause for clause in clauses if clause and not EMPTY_CLAUSE.fullmatch(clause)]
    telling = [clause for clause in kept if not GENERIC.fullmatch(clause)]
    if telling:
        measured = next((clause for clause in kept if MEASURED.fullmatch(clause)), "")
        return telling[0] if MEASURED.search(telling[0]) else f"{telling[0]}{measured}"
    kept_one = kept[0] if kept else ""
    return group.words.removesuffix(kept_one) + kept_one if group.words else ""


def _bare_clause(clause: str) -> str:
    before = None
    while clause != before:
        before = clause
        clause = THAT.sub("", BY.sub("", bare(clause))).strip("的 ")
    return clause
