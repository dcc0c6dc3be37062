"""Claims to be held against the sources: 稿子：…。要不要改 asks whether what is written there is so, 拿…看说得通不 by which figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities

_PAPER = r"(?:稿子?|初稿|草稿|底稿|文稿|稿件|通稿|讲话稿|发言稿|汇报(?:稿|材料)?|材料|PPT)"
_WRITES = r"(?:写|说|讲|称|提|报)(?:的|道|到|过|着)?是?"
BEFORE = re.compile(
    rf"^(?:我们?)?的?(?:这[份篇]|那[份篇])?(?:{_PAPER}(?:里面?|中|上)?(?:(?:有一?句|这么|这样|是)*{_WRITES}[：:，,]*|有一?句(?:话|是)?[：:，,]*|有(?=[“\"])|[：:])"
    rf"|(?:有人|有同事|同事|对方|网上|朋友|他们|别人)(?:是?(?:这么|这样))?{_WRITES}[：:，,]*"
    rf"|(?:写(?:材料|稿子?)时?)?(?:想|要|打算|准备|拟|(?=引用))(?:在{_PAPER}里?)?(?:引用|引|写|用|说)(?:一?句话?)?(?:是|说)?[：:，,]*|说(?=[^明清]))"
)
"""Where the claim stands, or who makes it: 稿子里写, 有人说, 想引用."""
_THIS = r"(?:(?:[这那该](?:一?句话?|话|个?(?:说法|讲法|提法|表述|写法|结论|判断|数字?|数据))|这么|这样)(?:写|说|讲)?得?)"
_CHECK = (
    r"(?:核实|核对|核查|核准|核|查证|查实|把把?关|看看对不对|看对不对)(?:一?下)?(?:对不对|是否属实|真假)?"
)
_HOLDS = (
    r"(?:还|到底|究竟|都)*(?:[站立]得住脚?(?:吗|么|不|没)?|[站立]不[站立]得住脚?|说(?:不说)?得通(?:吗|么|不)?|说得过去(?:吗|么|不)?"
    r"|靠谱(?:吗|么|不)|靠不靠谱|妥当?(?:吗|么)|妥不妥|属实(?:吗|么|不)|是否属实|行不行|行(?:吗|么)|没有?问题(?:吧|吗)|有没有问题|对不对|对(?:吗|么))"
)
BEHIND = re.compile(
    rf"[\s，,。；;？?！!]*{_THIS}?(?:(?:要不要|用不用|需不需要|该不该|是否需要|需要|要)(?:修?改|更正|订正)(?:吗|么|一下)?|{_HOLDS}"
    r"|(?:能不能|能否|可不可以|可否|能|可以)(?:这么|这样|照这么|照这样|直接)?(?:写|说|讲|用|引用?|登|发)(?:进去|上去|出去)?(?:吗|么|不)?"
    rf"|(?:请|麻烦)?(?:帮忙|帮我|帮着|帮|替我|给我|请|麻烦)(?:再)?{_CHECK}|有没有(?:写|说|弄|搞)错)[？?。！!]*$"
)
"""What is wanted of the claim: 要不要改, 这句站得住吗, 能这么写吗, 帮核实."""
_DATA = r"(?:的)?(?:这[个些]|那[个些])?(?:数据?|数字|数值|指标)"
BY_FIGURES = re.compile(
    r"[，,。；;\s]*(?:拿|用|按照?|从|以|照|根据|对照|结合)?(?:着)?(?P<by>[^，,。；;“”\"]{2,24}?)(?:上)?(?:来)?(?:看|讲|说|衡量|判断)?[，,]?"
    rf"{_THIS}?(?:能|可以|还|都)?(?:(?:支持|支撑|印证|撑得[住起])(?:这个?说法|这句话?|它)?(?:吗|么|不|得了吗)?|支不支持|{_HOLDS}|成立(?:吗|么|不))[？?。！!]*$"
)
"""Which figures the claim is to be held against: 拿2020年三次产业比例看说得通不, 2020年的数支持吗."""
DATA = re.compile(rf"(?:{_DATA})+$")
ASKS = re.compile(r"多少|(?<!十)几(?!乎|十)|哪|什么|啥|谁|怎么|如何|为何|吗$|么$|没有$|是不是|是否|有没有")
QUOTED = re.compile(r"[“\"「]([^”\"」]+)[”\"」]")
CALLED = re.compile(r"(?:是|为|属于?|呈现?|已经?形成了?|形成了?)[“\"「]|[“\"「]")
ORDER = re.compile(r"(?<![一二三])(?=[一二三]{3}(?![一二三]))(?=.?.?一)(?=.?.?二)(?=.?.?三)[一二三]{3}")
"""The three industries by their weight, 三二一: only their shares bear on it."""
THREE_INDUSTRIES = "三次产业比例"
EDGES = " \u3000，,。；;？?！!：:"
SHORTEST = 8
RECKONED = re.compile(r"(?:算得?|核对?|一下)$")
"""Before 对吗: it is asked whether a reckoning comes out, not whether a text is right."""
SAYS = re.compile(
    r"[是为有达超破占比最过]|第[一二三四五六七八九十\d]|[高低多少快慢]于|不[足到及如]|下[降滑跌]|上升|提[高升]|增长|减少"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A claim without a number of its own, and the plain question for the figures that it is to be held against."""

    claim: str
    plain: str


def as_check(question: str) -> str:
    """The question whether a claim is right, in one wording for all the ways to ask it; another question as it is.

    >>> as_check("稿子：甲市2020年绿化率比乙市高0.3个百分点。要不要改")
    '甲市2020年绿化率比乙市高0.3个百分点，对吗'
    >>> as_check("甲市2020年绿化率是多少")
    '甲市2020年绿化率是多少'
    """
    behind = BEHIND.search(question)
    if behind is None or held_claim(question) is not None:
        return question
    claim = _bare(question[: behind.start()])
    if len(claim) < SHORTEST or RECKONED.search(claim):
        return question
    is_plain = ASKS.search(claim) or not (SAYS.search(claim) or read_quantities(claim))
    return claim if is_plain else f"{claim}，对吗"


def held_claim(question: str) -> Held | None:
    """The claim that a question holds against figures it names, None where it holds none, or one with a number in it.

    >>> held_claim("说甲市的产业结构是“三二一”，2020年的数支持吗").plain
    '2020年甲市的三次产业比例是多少'
    """
    found = BY_FIGURES.search(question)
    claim = BEFORE.sub("", question[: found.start()]).strip(EDGES) if found else ""
    if found is None or len(claim) < SHORTEST or read_quantities(QUOTED.sub("", claim)) or ASKS.search(claim):
        return None
    by = found["by"]
    if not (find_periods(by) or DATA.search(by)):
        return None
    topic = _topic(claim)
    about = DATA.sub("", by)
    times = "".join(mention.span.of(about) for mention in find_periods(about))
    if about.rstrip("的") == times:
        about = f"{times}{topic}"
    elif not find_places(about):
        about = f"{''.join(mention.span.of(claim) for mention in find_places(claim)[:1])}{about}"
    return Held(_bare(claim), f"{about}是多少")


def _topic(claim: str) -> str:
    """What a claim is about: the words before what it calls it (甲市的产业结构是“三二一”)."""
    if ORDER.search(claim):
        places = "".join(f"{mention.span.of(claim)}的" for mention in find_places(claim)[:1])
        return f"{places}{THREE_INDUSTRIES}"
    called = CALLED.search(claim)
    return claim[: called.start()].strip(EDGES) if called else claim


def _bare(claim: str) -> str:
    """The claim without who makes it, and without quotation marks around all of it, or around what has a number."""
    bare = BEFORE.sub("", claim).strip(EDGES).removesuffix("吧")
    whole = QUOTED.fullmatch(bare)
    if whole:
        return whole[1].strip(EDGES)
    return QUOTED.sub(lambda found: found[1] if read_quantities(found[1]) else found[0], bare)
