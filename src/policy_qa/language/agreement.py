"""Questions whether sources agree: the words that ask so are words of asking, and no part of what is asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.language.periods import find_periods
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import vocabulary_lines

if TYPE_CHECKING:
    from policy_qa.language.quantity_values import Quantity

ASKED = re.compile(r"到底|究竟|一致|说法|矛盾|对得上|对不上|出入|相符|吻合|哪个[是才]?[对准]")
"""Whether sources agree is also meant where one value is insisted on: 到底是多少."""
_SEVERAL = r"(?:各|几|两|三|四|多|不同|哪几|[这那][几两三些]|上述)"
_NOUN = (
    r"(?:材料|报告|研究|资料|文件|文章|来源|出处|地方|文档|公报|简报|年鉴|部门|口径|版本|(?<![跟与和同])表)"
)
_SOURCES = rf"(?:{_SEVERAL}(?:处|份|个|种|家|篇|本|张)?的?{_NOUN}?|{_NOUN})(?:里面?|中|上|之间|当中|内)*"
_NUMBERS = r"(?:数字|数据|数值|说法|写法|讲法|口径|结果|提法|记载|表述|数)"
_WHETHER = r"(?:前后|是否|是不是|到底|究竟|好像|似乎|怎么|为什么|为何|为啥|有没有|有无|互相|彼此|相互|都|还|也|会|说|讲|写|给|的|得)*"
_AGREE = (
    r"(?:(?:不?一致|不?一样|不?相同|不?统一|相反)(?:不(?:一致|一样|相同))?|不同|不一|矛盾|打架|冲突|对[得不]上|差(?:得|了)?(?:那么|这么|太)?[大多远]|(?:有|存在)?(?:出入|差别|差异|分歧|矛盾|不同|不一致)"
    rf"|有(?:[两几三多]|不同的?|不止一)[个种]?(?:不同|不一样)?的?{_NUMBERS})"
)
_VALUE = r"(?<![\d.])\d[\d.]*(?![\d.]|[年月日])[%％十百千万亿元个家户人名位项条所件处台辆吨米亩]*"
_SAYS = r"(?:也?有的?(?:地方|材料|报告|资料)?(?:里|中|上)?(?:说|写|讲|是|给|为)?的?是?)"
_OR = r"[,，、]?(?:还是|或者?是?)"
_BOTH = (
    rf"(?:{_VALUE}[、和跟与,，]{_VALUE}的?(?:都有|两种说法)|{_SAYS}{_VALUE}[,，、]?{_SAYS}{_VALUE}"
    rf"|(?:到底|究竟|应该?)*(?:是|为|有|等于)?{_VALUE}{_OR}{_VALUE})"
    r"[,，]?(?:[是这]?(?:怎么|咋)(?:个|一)?回事)?"
)
"""Two values are told, as who asks has seen: 有的说4家，有的说5家; 是4家还是5家."""
REQUEST = re.compile(
    rf"(?:(?:{_SOURCES})?{_BOTH}|(?:{_SOURCES}|前后)(?:给|写|说|讲|列|用|报|提供)?出?的?{_NUMBERS}?{_WHETHER}{_AGREE}"
    rf"|{_NUMBERS}{_WHETHER}{_AGREE}"
    rf"|{_SOURCES}(?:分别|各自|都|各)*(?:是)?(?:怎么|如何|咋)(?:说|写|讲|表述|记载)"
    rf"|(?:有没有|有无|是否有|是不是有|存不存在|还有没有|还有)(?:别的|不同|其他|其它|另外|两种|矛盾|不一样)的?{_NUMBERS}"
    rf"|(?:把|请把|请)?(?:{_SEVERAL}[处份个种]?的?|所有的?|全部的?){_NUMBERS}(?:都|全|全都|一起)?(?:列|摆|说|写|给|讲)(?:出来|一下|全|明|清楚)"
    r"|(?:一共|总共|都)?有(?:[几两三多]|不止一)[个种]?(?:不同|不一样)?的?(?:说法|口径|版本)"
    r"|(?:到底|究竟|应该)*(?:是|以|信|用|听)(?:哪一?个|谁)(?:(?:数字|数据|数|说法|的)(?:为准|才?[是对准])*|(?:为准|才?[对准])+)(?![\u3400-\u9fff])"
    r")(?:吗|么|呢|的|了|没有?|啊|不)*"
)
AROUND = re.compile(
    rf"^(?:为什么|为何|为啥)?{_SEVERAL}(?:处|份|个|种|家|篇|本|张)?的?{_NOUN}(?:里面?|中|上|之间)*(?:对于?|关于|就)?(?P<what>.{{4,}}?)"
    rf"的?{_NUMBERS}?{_WHETHER}{_AGREE}(?:吗|么|呢|的|了|没有?|啊|不)*[?？]?$"
)
"""The words that ask around what they ask about: 两份报告里甲市的人口怎么不一样."""
LISTED_FOR = re.compile(
    rf"^(?:请你?|麻烦|帮忙|帮我|给我)*把?(?:{_SEVERAL}(?:处|份|个|种|家|篇|本|张)?的?{_NOUN}|[各几多两]处)(?:里面?|中|上|之间)*(?:对于?|关于|就|的)?(?P<what>.{{4,}}?)"
    rf"(?:的?(?:不同|各种)?的?{_NUMBERS})?(?:都|全|分别|各自|一起|一共|给我)*(?:是?(?:怎么|如何|咋))?(?:写|说|讲|列|摆)(?:的|了|出来|一下|清楚|明白|成表)*(?:是)?(?:什么|多少|啥)?[?？。]*$"
)
"""What each tells is asked for around what it is about: 把各处关于甲市人口的说法都列一下."""
_SPEAKER = rf"[^，,。；;是]{{0,8}}?(?:[一某甲乙另前后][份个篇处]|{_NOUN})(?:的?{_NOUN})?(?:里面?|中|上)?(?:却|又)?(?:说|写|讲|称)(?:的?是)?"
EACH_SAYS = re.compile(
    rf"^{_SPEAKER}(?P<what>.{{4,}}?)占?(?:是|为|有|达到?)?{_VALUE}[,，、；;]?(?:而|但)?{_SPEAKER}[^，,。]{{0,6}}?{_VALUE}.*$"
)
"""Two who say so, each with a value: 一份材料说甲市人口是41万，另一份说42万."""
_SEEN = (
    rf"(?:我|咱们?|看[到见]?|见[到过]?|查到|找到|听到|材料|报告|文章|文件|正文|表格?|里面?|中|上|前[面头文]?|后[面头文]?|先|一[处个份篇]|另一?[处个份篇]|有的?|这边|那边|地方|出现|同时"
    rf"|给出?|[说写讲列报是为用又却还也都的了、，,和跟与]|{_VALUE}|到)"
)
_OF_WHAT_EACH = (
    r"(?:哪[一]?[个些]数?(?:据|字)?(?:分别)?是(?:哪[一几些]?年|什么时候|哪个时期)的?"
    r"|(?:分别|各自?|都|到底)(?:都?是|指|对应|属于|说)?(?:的是?)?(?:哪[一几些]?年|什么(?:时候|时期|年份|时间|口径|意思)?|啥|哪个?(?:时期|年份|口径|指标))的?(?:数据?|数字|口径)?"
    r"|(?:怎么|为什么|为何|为啥|咋)(?:会|都|又|就|前后)*(?:不一样|不一致|不同|对不上|差(?:这么|那么)?[多大远]|有出入|变了)"
    r"|(?:有)?(?:什么|啥)(?:区别|不同|差别|关系)|区别(?:在哪里?儿?|是什么)|(?:是)?(?:怎么|咋)(?:个|一)?回事)"
)
SEEN = re.compile(
    rf"^(?:我?(?:看|见|查|找)到)?(?P<what>.{{4,}}?){_SEEN}*?{_VALUE}{_SEEN}*?{_VALUE}{_SEEN}*(?:这|那)?(?:[两二三四几]个)?{_NUMBERS}?[，,。；;？?\s]*{_OF_WHAT_EACH}(?:呢|啊|呀|的)?[?？。]*$"
)
SEEN_FIRST = re.compile(
    rf"^{_VALUE}(?:[、，,和跟与]{_VALUE})+(?:这|那)?(?:[两二三四几]个)?(?P<what>[^，,]{{4,}}?)(?:的?{_NUMBERS})?[，,\s]*{_OF_WHAT_EACH}(?:呢|啊|呀|的)?[?？。]*$"
)
"""Values seen of one thing, of which it is asked what tells them apart: 我看到8%、15%两个数，哪个是哪年的."""
_BODY = r"(?:正文|文字(?:部分)?|文中|行文|叙述)(?:部分)?(?:里面?|中|上)?"
_TABLE = r"(?:后面?|文末|下面)?的?(?:表格?\s*\d*(?:[-－]\d+)?|第?[一二三四五六七八九十\d]+[张个]?表)格?(?:里面?|中|上)?"
_TELLS_IT = rf"(?:所?(?:写|说|给|列|讲|用|报))?出?的?{_NUMBERS}?"
_SAME = r"(?:是不是|是否|能不能|能否|有没有|会不会|都|有)*(?:一致|一样|相同|统一|出入|差别|差异|不同|不一样|不一致|差多少)(?:吗|么|不一致|不一样|不|呢)?"
TEXT_AND_TABLE = re.compile(
    rf"[，,]?(?:在|，)?(?:{_BODY}{_TELLS_IT}[和跟与同]{_TABLE}{_TELLS_IT}|{_TABLE}{_TELLS_IT}[和跟与同]{_BODY}{_TELLS_IT})(?:之间)?{_SAME}"
)
"""Whether a text and its table tell the same: 正文写的和表3写的一致吗."""
WHICH = re.compile(
    r"[,，;；、\s]*(?:哪一?个|谁)(?:数字|数据|数|说法|的)?(?:更|才)?(?:是|为)?[对准](?:确|的)?(?:呢|啊)?"
)
CLAUSE = re.compile(r"[^，,；;：:。？?！!]+[，,；;：:。？?！!]*")
_ONE = r"(?:一[个份篇处]|有的|[前后][面头]?|[这那][个份篇边])"
_TELLS = r"(?:里|中)?(?:是|却|又|则|只|仅|就|都)*[给说写讲用报列提按算]"
SPEAKERS = re.compile(rf"{_ONE}{_TELLS}[^一有前后这那]{{1,10}}?{_ONE}{_TELLS}.{{1,10}}")
"""Two who tell it each in its way: 一个给家数一个只说“不足”."""
WHICH_HOLDS = re.compile(
    r"(?:到底|究竟|应该?|该|要)*(?:是|以|信|用|听|按)?(?:哪一?[个种份]|谁)(?:口径|说法|数字?|材料|报告|的)*(?:为准|才?[对准]|的|呢|吧)*"
    r"|(?:到底|究竟)*(?:是|这是)?(?:怎么|咋)(?:一?回事|个情况)"
)
"""What is left to ask behind a remark on how sources tell it: 哪个口径, 到底怎么回事."""
NAMED_REPORT = re.compile(
    r"^[\u3400-\u9fff]{2,10}[这那][份篇个本](?:报告|研究|文章|材料)(?=[里中上前各怎的])"
)
OF_WHAT = re.compile(
    r"(?:分母|基数|(?:统计|计算)?口径|统计范围)(?:到底|究竟|说的|指的|用的|算的|上)*(?:是|按|指|用)?[^，,]{2,12}还是[^，,]{2,12}"
)
"""Of what a share is told, or by which count: 分母是规上工业还是全部工业."""
VALUE_OF_WHAT = re.compile(
    rf"{_VALUE}(?:(?:到底|究竟|说的|指的)*(?:是|指)(?:占|按)?[^，,、\d]{{2,12}}还是[^，,、\d]{{2,14}})?$"
)
EACH_ASKED = re.compile(
    r"[，,；;。？?\s]+(?P<asked>(?:各|分别|各自)(?:是|为|有)?多少[^，,。？?]{0,4})[？?。]*$"
)
WONDERED_AT = re.compile(r"好像|似乎|怎么|为什么|为啥|反而|可是?|却|但|倒")
"""Words of surprise at two values: 说翻了一番，可金额好像还没上年的多."""
NAMES_VALUE = re.compile(r"(?:占比?|比重|比例|[率度额量值数])(?:是|为|达到?)?$")
COMMAS = re.compile(r"[,，;；、]{2,}|[,，]\s*$")
SEVERAL_ASKED = re.compile(
    r"(?P<before>^|[,，;；、\s])(?:分别|各自?|都|各个)(?:是|为|有|说|写)*(?=多少|几|什么)"
)
ASKS = re.compile(r"有没有|是否|是不是|还是|有无|多少|几|哪|什么|怎|如何|何|吗|多[大高长快]|百分之")
EDGES = " \u3000,，;；、:：?？。!！"
LEAST_TOPIC = 4
SAYS_SOMETHING = re.compile(r"[\u3400-\u9fffA-Za-z]{2}")


def asks_agreement(question: str) -> bool:
    """Whether a question asks if sources agree, or which of their values holds.

    >>> asks_agreement("甲市2018年人口到底是多少"), asks_agreement("甲市2018年人口是多少")
    (True, False)
    """
    return ASKED.search(question) is not None or without_request(question) != question


def asks_tellings(question: str) -> bool:
    """Whether a question asks what each source tells, not only for the value.

    >>> asks_tellings("甲市2018年人口，各处怎么说"), asks_tellings("甲市2018年人口到底是多少")
    (True, False)
    """
    return without_request(question) != question


def without_request(question: str) -> str:
    """The plain question that is left of one that asks if sources agree; one that leaves nothing is left as it is.

    >>> without_request("甲市2018年人口，几份材料的数一致吗，分别是多少？")
    '甲市2018年人口，是多少'
    >>> without_request("甲市有几家医院？资料里好像有两个数"), without_request("各地的医院数")
    ('甲市有几家医院', '各地的医院数')
    """
    of_times = _of_several_times(question)
    if of_times:
        return of_times
    if TEXT_AND_TABLE.search(question):
        rest = TEXT_AND_TABLE.sub("", question).strip(EDGES)
        return f"{rest}是多少" if SAYS_SOMETHING.search(rest) else question
    around = SEEN.match(question) or SEEN_FIRST.match(question)
    around = around or EACH_SAYS.match(question) or AROUND.match(question) or LISTED_FOR.match(question)
    rest = around["what"] if around else REQUEST.sub("", _without_remarks(question))
    if rest == question:
        return question
    rest = COMMAS.sub("，", SEVERAL_ASKED.sub(r"\g<before>是", WHICH.sub("", rest))).strip(EDGES)
    if not SAYS_SOMETHING.search(rest):
        return question
    return rest if ASKS.search(rest) else f"{rest}是多少"


def values_seen(question: str) -> tuple[Quantity, ...]:
    """The values, two or more in one unit, that a question has seen told of one thing; none where it asks for something else.

    >>> [value.text for value in values_seen("甲市绿化率我看到38%、41%两个数，哪个是哪年的")]
    ['38%', '41%']
    """
    plain = without_request(question)
    if plain == question:
        return ()
    kept = [value.text for value in read_quantities(plain)]
    by_unit: dict[str, dict[object, Quantity]] = defaultdict(dict)
    for value in read_quantities(question):
        if len(value.values) == 1 and value.form == "number" and value.text not in kept:
            by_unit[value.unit][value.values[0]] = value
    return next((tuple(seen.values()) for seen in by_unit.values() if len(seen) > 1), ())


def _without_remarks(question: str) -> str:
    """The question without the clauses that only ask how it is told, and the value that was seen in one of the tellings.

    >>> _without_remarks("甲市有几家医院，两份材料各怎么讲的？"), _without_remarks("甲市医院占比17%，分母是哪年的")
    ('甲市有几家医院，', '甲市医院占比17%，分母是哪年的')
    """
    clauses = CLAUSE.findall(question)
    kept = [clause for clause in clauses if not _is_remark(clause.strip(EDGES))]
    if not kept or len(kept) == len(clauses):
        seen = VALUE_OF_WHAT.search(question.rstrip(EDGES))
        return question[: seen.start()] if seen and "还是" in seen[0] else question
    rest = "".join(clause for clause in kept if not WHICH_HOLDS.fullmatch(clause.strip(EDGES)))
    seen = VALUE_OF_WHAT.search(rest.rstrip(EDGES))
    return rest[: seen.start()] if seen and NAMES_VALUE.search(rest[: seen.start()]) else rest


def _of_several_times(question: str) -> str:
    """The plain question of one that wonders at the values of several times and asks for each; "" for others.

    >>> _of_several_times("甲市外贸额：2021年说翻了番，可好像还没2020年的多，各是多少亿？")
    '甲市外贸额2021年和2020年各是多少亿'
    """
    asked = EACH_ASKED.search(question)
    if asked is None:
        return ""
    said = question[: asked.start()]
    times = [mention.span for mention in find_periods(said) if mention.period is not None]
    topic = re.split(r"[：:，,]", said[: times[0].start])[0].strip(EDGES) if len(times) > 1 else ""
    if len(topic) < LEAST_TOPIC or not WONDERED_AT.search(said):
        return ""
    return f"{topic}{'和'.join(dict.fromkeys(span.of(said) for span in times))}{asked['asked']}"


def _is_remark(clause: str) -> bool:
    """Whether a clause says nothing but how sources tell it."""
    if OF_WHAT.fullmatch(clause):
        return True
    bare = SPEAKERS.sub("说", clause)
    words, sign = telling_words()
    bare = NAMED_REPORT.sub("报告", bare)
    return sign.search(bare) is not None and words.fullmatch(bare) is not None


@cache
def telling_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A run of the words of `telling_words.txt`, and any of those that show that tellings are meant."""
    lines = vocabulary_lines("telling_words.txt")
    signs = [word for line in lines if line.startswith("!") for word in line[1:].split()]
    words = [word for line in lines for word in line.lstrip("!").split()]
    one = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?:{one}|[\s“”\"'])+"), re.compile("|".join(map(re.escape, signs)))
