"""What a question asks to be held true or not: the claim, the figures it is to be held against, and what is said around it dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policy_qa.language.agreement import asks_alike, without_request
from policy_qa.language.bounds_asked import bound_asked
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.verdict_patterns import (
    AGAINST,
    BEFORE,
    BEHIND,
    BEHIND_REST,
    BIDDEN,
    SAID_BEFORE,
    SAID_WITHIN,
    TALK_BEHIND,
    THE_THING_BEHIND,
    THE_THING_FIRST,
    WITH,
)
from policy_qa.language.vocabulary import canonical

VERDICT = re.compile(r"，(?:按[^，,]+?(?:算得|看)|算得)?对吗$")
"""How a claim's truth is asked, in the one wording."""
_DATA = r"(?:的)?(?:这[个些]|那[个些])?(?:实际|现有|(?:表格?|报告|材料|资料|文)[里中]的?|两[市地]的?)?(?:数据?|数字|数值|指标|情况|[家个户]数)"
DATA = re.compile(rf"(?:{_DATA})+$")
COUNTS = re.compile("(?:实际)?[家个户项件人]?数")
ELSEWHERE = re.compile(
    r"^(?:(?:\d{4}年的?)?(?:另外?一?|[这那本该]一?)[篇份个处张][^，,。的里中和与跟\d]{0,10}?|表格?)?(?:(?:里面?|[中内上])的?(?:当年的?)?|的)"
)
"""Where figures stand that a claim is held against: 另一篇的, 表中的, 2015年那篇讲话里的."""
COMPARED = re.compile(
    r"次于|[高低多少大小快慢强弱]于|最[高低多少大小快慢强弱]|超过|领先|落后|垫底|[首末]位|居"
)
SINCE = re.compile("以来|以后|之后|起(?![步点])")
FROM, STEADILY = (
    re.compile("[自从]$"),
    re.compile(
        r"(?:一直|始终|从来|都|均|一?再也?)+(?=[没未不低少小在])|(?<=[没未不有])[再曾](?=[超突达高低])"
    ),
)
REALLY_TOLD = re.compile("实际|真实|具体")
ASKS = re.compile(
    r"多少|(?<![十在这那])几(?!乎|十|近|个[^，,？?有]{0,4}(?:城市|地区|[市县区省地])(?:之中|当中|[里中内]))|哪|什么|啥|谁|怎么|如何|为何|有没有"
)
ASKS_WHETHER = re.compile(r"[吗么]$|没有?$|不$|是不是|是否|能否")
COMPARES = re.compile(r"差|相[同等比]|[高低多少快慢]|\d[^\d年]")
QUOTED = re.compile(r"[“\"「]([^”\"」]+)[”\"」]")
CALLED = re.compile(r"(?:是|为|属于?|呈现?|已经?形成了?|形成了?)[“\"「]|[“\"「]")
ORDER = re.compile(r"(?<![一二三])(?=[一二三]{3}(?![一二三]))(?=.?.?一)(?=.?.?二)(?=.?.?三)[一二三]{3}")
"""The three industries by their weight, 三二一: only their shares bear on it."""
THREE_INDUSTRIES = "三次产业比例"
DIGIT = re.compile(r"\d|[一二三四五六七八九十百][成倍半]|分之")
FURTHER = re.compile(
    r"[，,。；;？?\s]+(?:并|同时|另外)?请?(?:说明|给出|列出|指出|写出|告诉我)?(?:一下)?(?:实际上?|具体|真实|确切|实打实|到底|究竟)*的?"
    r"(?P<how>[降跌掉落涨升增减][了到]?多少|(?P<rate>[降跌涨增减升]幅)(?:是?多少)?|差多少)[？?。]?$"
)
"""By how much it is, asked behind words that are judged: …“几近腰斩”准确吗，实际掉了多少."""
CHANGE_ASKED = {"降": "下降", "跌": "下降", "减": "减少", "涨": "增长", "增": "增长", "升": "上升"}
POINTS, NEARLY = re.compile(r"(?<=\d)个?点(?=$|[，,。左上])"), re.compile(r"(?<!加)(?<!增)快(?=\d)")
BOUNDS = {"起码": "至少", "顶多": "至多", "差不多": "大约", "不止": "超过"}
STRESSED = re.compile(r"(?<=[^，,])[还才]+(?=不到|不足|不及)")
BOUND_APART = re.compile(
    r"(至少|最少|起码|至多|最多|顶多|大约|大概|约|将近|接近|差不多|不止)(?P<verb>(?:比[^，,；;\d]{1,14}?)?"
    r"(?:[多少高低大小快慢强弱降涨升占为是有达]|相当于|等于|增长|增加|提[高升]|上升|下降|减少|降低|回落)(?:[出了过]|到(?!达))*(?:[^，,；;\d一二两三四五六七八九十]{1,10}?的)?)"
    r"(?=\d|一半|[一二两三四五六七八九十](?:[成倍]|分之))"
)
"""A bound that stands before the verb: 至少多70亿元, 约为乙市的2.4倍."""
TIMES_APART = re.compile(
    r"(不超过|超过|不到|不足|不及|高于|低于)(?:了)?([^，,；;\d]{2,12}?的)(?=[\d.]+倍|[一二两三四五六七八九十]倍)"
)
"""超过乙市的2倍, as what it is a multiple of."""
ON_AVERAGE = re.compile(r"平均每一?个?(?:城市|地区|县区|[市县区州省地])(?:拥?有|为|是|达到?)?")
SPAN_BESIDE = re.compile(
    r"(?:这?[一二两三四五六七八九十\d]{1,2}年(?:[间里来内]|之间|期间)?)?[（(](?P<when>\d{4}年?(?:至|到|[-—–~～]+)\d{4}年[末底]?)[）)]"
)
"""A span of years put in brackets: 三年间（2015—2018年）."""
THAN = re.compile(r"(?:(?<![占对百环同可])比(?![重例值率])|较)[^，,。；;]+$")
SUM_OF_TWO = re.compile(
    r"(?:(?P<a>[^，,、和与及\d年的]{2,8})[、和与及]|(?P<a2>[^，,、和与\d年的]{1,3}(?P<z>[^，,\d])))(?P<b>(?(z)[^，,、和与\d]{1,3}(?P=z)|[^，,、和与\d]{2,8}?))"
    r"(?:这?两[项者个]|二者)?(?:之和|相加|加起来|加在一起|一加|加总)(?:等于|[是为])?(?P<value>(?=[\d近约超]))?"
)
"""What two things come to: 货车和客车两项一加; the two may stand without a joiner where they end alike."""
EDGES = " \u3000，,。；;？?！!：:—-、"
SHORTEST = 8
SAYS = re.compile(
    r"[是为有达超破占比最过]|第[一二三四五六七八九十\d]|[高低多少快慢强弱大小优劣]于|不[足到及如]|下[降滑跌]|上升|提[高升]|增长|减少"
    r"|垫底|领先|落后|次于|倒数|居|[掉退降涨升]了|[“\"「]"
)
WHETHER_WITHIN = re.compile(
    r"(?:是否|是不是|有没有|到底|究竟)*(?:等不等于|是否等于)|(?:是否|是不是|有没有|有无)(?:已经?)?(?=[为是有达超突不低高]|[\d一二三四五六七八九])"
)
NUMBER_WITHIN = re.compile(
    r"(?:是否|是不是)(?:等于|[为是])?\d[\d.]*[^\d，,。？?]{0,6}[？?。]?$"
    r"|(?<![第超过破到于足近约逾\d.])\d[\d.]*(?![\d.])[^\d，,。？?吗么年月日号点]{0,6}[吗么][？?。]?$"
)
"""A question that ends with a number, and asks whether it is that: 是不是600家, 下降了26.5%吗."""
ENDS_DOUBTING = re.compile(r"^(?!.*还是).*了[？?\s]*$")
REALLY = re.compile(r"(?:真的|果真|当真|居然|竟然|难道|真(?=[^实正诚]))(?:是|就)?")
ENDS_ASKING = re.compile(r"(?:了?[吗么吧]|了?没有?)[？?。！!\s]*$")
NAMED_ONLY = re.compile(r"(?:[率速重例额值量数度幅比产入]|占[^，,\d成]{2,8})$")
"""The end of words that name what is measured and say nothing of it: 查一下 behind them asks for it."""
OF_SEVERAL = re.compile(r"[几两三各多哪][份个篇处本](?:材料|报告|文件|资料|文章)|各处|前后")
"""Whether sources agree is another question."""
CAPTION = re.compile(r"标题|题目|表题|表名|题名|题注")
SHOWN = re.compile(r"(?P<by>[^，,。；;“”]{4,24}?)(?:摆|放|明摆|搁|写)(?:着|在?(?:那儿?里?|这儿?里?))[，,]")
"""Figures pointed at before the claim: 三次产业比例摆那儿，说…."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said, the figures it is to be held against ("" for none named), and whether a reckoning is to be done anew."""

    text: str
    by: str = ""
    is_reckoned: bool = False

    def asked(self) -> str:
        """The question whether the claim is right, in one wording."""
        by = f"按{self.by}" if self.by else ""
        how = "算得" if self.is_reckoned else "看" if by else ""
        return f"{self.text}，{by}{how}对吗"


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
    further = FURTHER.search(question)
    judged = read_claim(question[: further.start()]) if further else None
    if further and judged and QUOTED.search(judged.text) and not read_quantities(judged.text.split("“")[-1]):
        how = CHANGE_ASKED.get(further["how"][0], "")
        return f"{QUOTED.sub('', judged.text).strip(EDGES)}{f'{how}多少' if further['rate'] else further['how']}？"
    claim = read_claim(question)
    return BIDDEN.sub("", question) if claim is None else claim.asked()


@cache
def read_claim(question: str) -> Claim | None:
    """The claim whose truth is asked, None where none is.

    >>> read_claim("材料称甲市占全省7.1%，请按2020年的总额复算该比重有无错误")
    Claim(text='甲市占全省7.1%', by='2020年的总额', is_reckoned=True)
    """
    pointed = SAID_BEFORE.search(question) is not None
    plain = without_request(question)
    if asks_alike(question) and not (pointed or read_quantities(plain) or COMPARED.search(plain)):
        return None  # what sources tell is set side by side, none of it is doubted
    text, by, asked = _without_behind(question.strip(EDGES + "…"))
    text, opened = _without_before(text)
    shown = SHOWN.match(text)
    if shown and not by:
        by, text = shown["by"], _without_before(text[shown.end() :])[0]
    text = _plainly(text)
    if not asked | opened:
        asked = _asks_by_itself(question)
        text = REALLY.sub("", text) if asked else text
    ends = ENDS_ASKING.search(text) if asked else None
    text = text[: ends.start()] if ends and len(text) > SHORTEST else text
    text = _in_figures(_bare(WHETHER_WITHIN.sub(_stated, text)))
    is_named_only = not asked & {"truth", "tally"} and NAMED_ONLY.search(text)
    says = not is_named_only and (SAYS.search(text) or read_quantities(text) or by)
    if not asked | opened or len(text) < SHORTEST or not says:
        return None
    if ASKS.search(f"{text}{by}") or CAPTION.search(question) or OF_SEVERAL.search(f"{text}{by}"):
        return None
    by = ELSEWHERE.sub("", by)
    by = "" if DATA.fullmatch(by) else by.strip(EDGES).removesuffix("的")
    text, by = _of_time(text, by)
    return Claim(text, by, bool({"tally", "recheck"} & (asked | opened)))


def held_claim(question: str) -> Held | None:
    """The claim that a question holds against figures it names, None where it holds none, or one with a number in it.

    >>> held_claim("说荆州的产业结构是“三二一”，2020年的数支持吗").plain
    '2020年荆州的三次产业比例是多少'
    """
    claim = read_claim(question)
    if claim is None or not claim.by or read_quantities(QUOTED.sub("", claim.text)):
        return None
    if not (find_periods(claim.by) or DATA.search(claim.by)):
        return None
    topic = _topic(claim.text)
    about = DATA.sub("", claim.by)
    times = "".join(mention.span.of(about) for mention in find_periods(about))
    if about.rstrip("的") == times:
        about = f"{times}{topic}"
    elif not find_places(about):
        about = f"{''.join(mention.span.of(claim.text) for mention in find_places(claim.text)[:1])}{about}"
    return Held(claim.text, f"{about}是多少")


def _of_time(text: str, by: str) -> tuple[str, str]:
    """The claim as one of the time whose figures alone it is to be held against: 2014年以来没有超过7.5%, by 2014年的增速.

    >>> _of_time("甲市增速2014年以来没有超过7.5%", "2014年的增速")
    ('甲市增速2014年没有超过7.5%', '')
    """
    times, own = find_periods(by), find_periods(text)
    if len(times) != 1 or len(own) > 1 or not (read_quantities(text) or COMPARED.search(text)):
        return text, by
    time = times[0].span.of(by)
    what = REALLY_TOLD.sub("", f"{by[: times[0].span.start]}{by[times[0].span.end :]}").strip("的")
    same = _named(what) in _named(text)
    if what and not (same or COUNTS.fullmatch(what) or DATA.fullmatch(what)):
        return text, by
    if not own:
        return f"{time}{text}", ""
    since = SINCE.search(text, own[0].span.start)
    if since is None or since.start() > own[0].span.end:
        return text, "" if own[0].period == times[0].period else by
    behind = STEADILY.sub("", text[since.end() :])
    held = f"{FROM.sub('', text[: own[0].span.start])}{time}{behind}"
    return (held, "") if bound_asked(f"{held}吗") else (text, by)


def _named(text: str) -> str:
    """What a text names, in one wording, without places."""
    for place in reversed(find_places(text)):
        text = f"{text[: place.span.start]}{text[place.span.end :]}"
    return canonical(search_key(text.replace("的", "")))


def _without_behind(text: str) -> tuple[str, str, frozenset[str]]:
    """The text without what is asked behind it, the figures named there, and how it is asked: for truth or a recheck."""
    asked: set[str] = set()
    by, is_done, agrees = "", False, False
    while not is_done:
        is_done = True
        for kind, pattern in BEHIND if not asked else (*BEHIND_REST, *AGAINST, *BEHIND):
            found = pattern.search(text)
            if found is None or len(text[: found.start()].strip(EDGES)) < SHORTEST:
                continue
            named = found.groupdict()
            if named.get("by") and by:
                continue
            by = named.get("by") or by
            asked |= {kind} & {"truth", "tally", "asked"} | ({"recheck"} if named.get("recheck") else set())
            agrees = agrees or kind == "tally"
            text, is_done = text[: found.start()].strip(EDGES), False
            break
    if agrees and not by:
        text, by = _set_against(text)
    text = TALK_BEHIND.sub("", THE_THING_BEHIND.sub("", text)) if asked else text
    return text, THE_THING_FIRST.sub("", THE_THING_BEHIND.sub("", by)), frozenset(asked)


def _set_against(text: str) -> tuple[str, str]:
    """The text and what it is to agree with: 两项之和与总额 before 是否吻合."""
    found = WITH.search(text)
    if found is None or len(text[: found.start()].strip(EDGES)) < SHORTEST:
        return text, ""
    if found["by3"] and COMPARES.search(found["by3"]):
        return text, ""
    return text[: found.start()].strip(EDGES), found["by"] or found["by2"] or found["by3"]


def _without_before(text: str) -> tuple[str, frozenset[str]]:
    """The text without who says it and the request before it, and how it is asked there."""
    asked: set[str] = set()
    is_done = False
    while not is_done:
        is_done = True
        for kind, pattern in BEFORE:
            found = pattern.match(text)
            if found and len(text) - found.end() >= SHORTEST:
                asked |= {kind} & {"truth", "recheck"}
                text, is_done = text[found.end() :].lstrip(EDGES), False
    return text, frozenset(asked)


def _plainly(text: str) -> str:
    """The claim without who says it in the midst of it: 增加值216亿，报告写占7.1%."""
    return SAID_WITHIN.sub(lambda found: "，" if found[0][0] in "，," else "", text)


def _asks_by_itself(question: str) -> frozenset[str]:
    """Whether a statement with a question mark doubts what it says: 真的全都降了？"""
    if "等不等于" in question:
        return frozenset({"tally"})
    if NUMBER_WITHIN.search(question):
        return frozenset({"truth"})
    if question.rstrip()[-1:] not in ("？", "?") or ASKS_WHETHER.search(question.rstrip("？? ")):
        return frozenset()
    return frozenset({"truth"}) if REALLY.search(question) or ENDS_DOUBTING.search(question) else frozenset()


def _topic(claim: str) -> str:
    """What a claim is about: the words before what it calls it (甲市的产业结构是“三二一”)."""
    if ORDER.search(claim):
        places = "".join(f"{mention.span.of(claim)}的" for mention in find_places(claim)[:1])
        return f"{places}{THREE_INDUSTRIES}"
    called = CALLED.search(claim)
    return claim[: called.start()].strip(EDGES) if called else claim


def _bare(claim: str) -> str:
    """The claim without quotation marks around all of it, or around what has a number."""
    bare = claim.strip(EDGES)
    whole = QUOTED.fullmatch(bare)
    if whole:
        return whole[1].strip(EDGES)
    return QUOTED.sub(
        lambda found: found[1] if DIGIT.search(found[1]) and read_quantities(found[1]) else found[0], bare
    )


def _in_figures(claim: str) -> str:
    """The claim with its figures as they are read: 降了快20个点, 甲和乙两项一加503亿.

    >>> _in_figures("占比降了快20个点"), _in_figures("货车、客车两项之和50辆")
    ('占比降了近20个百分点', '货车加客车是50辆')
    """
    claim = STRESSED.sub("", claim)
    claim = BOUND_APART.sub(lambda found: f"{found['verb']}{BOUNDS.get(found[1], found[1])}", claim)
    claim = TIMES_APART.sub(r"是\2\1", claim)
    claim = ON_AVERAGE.sub("平均", SPAN_BESIDE.sub(lambda found: found["when"], claim))
    claim = POINTS.sub("个百分点", NEARLY.sub(_nearly, claim.replace("＋", "加")))
    return SUM_OF_TWO.sub(
        lambda found: f"{found['a'] or found['a2']}加{found['b']}{'' if found['value'] is None else '是'}",
        claim,
    )


def _nearly(found: re.Match[str]) -> str:
    """快20% as 近20%, but not what is faster: 比乙市快3个百分点."""
    return found[0] if THAN.search(found.string[: found.start()]) else "近"


def _stated(found: re.Match[str]) -> str:
    """是不是 as the statement it asks about."""
    return (
        "等于"
        if "等" in found[0]
        else "是"
        if found[0][0] == "是" and found.string[found.end()].isdigit()
        else ""
    )
