"""The ways of asking for one figure (所占的份额有多大, 位居第几), brought into the wording that questions are read in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.period_shorthand import with_periods_written_out
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import vocabulary_lines, wordings

if TYPE_CHECKING:
    from policy_qa.language.tokens import Segmenter

MARKS = {
    "~": r"(?P<slot>[^，,。；;？?]{1,24}?)",
    "，": r"[，,：:、\s]+",
    "^": r"\A\s*",
    "$": r"(?=[呀啊呢吧哦嘛]{0,2}[\s？?。！!]*\Z)",
    "@": r"(?<=[率重比例额量值数速幅度位次名积模])(?<!质量)(?<!力量)(?<!能量)",
}
"""What the signs of `asking.txt` and `asking_words.txt` stand for."""
PERIOD_LAST = re.compile(r"^(?P<asked>.{2,}?)[，,、\s]+(?P<period>[^，,、\s]+?)的?(?P<end>[？?。]?)$")
FROM_YEAR_BEFORE = re.compile(
    r"(?:的)?比(?:上一?年|去年|前一年)(?:同期)?(?:增长|增加|提高|上升|下降|减少)了?(?:多少|几|百分之(?:几|多少))(?:个?百分点|%)?(?=[？?。]?$)"
)
MEASURE_ALONE = re.compile(
    rf"(?!.*(?:[几哪谁什怎吗么呢比和与]|多少|何|是否|列))[^，,。？?]{{6,}}数量{MARKS['$']}"
)
"""What is counted, and nothing that asks."""
TOLD_START = re.compile(
    r"(?<=年)[末底]?(?:就|才|只)?(?:是|为|有|达到?)了?(?P<told>\d[\d.,]*[^\d，,。；;？?]{1,6})[，,]\s*(?=到了?\d{4}年)"
)
"""The value at the start of a change that is asked for: 2014年是146家，到2020年增加了多少家."""
ROUND_ASKED = re.compile(r"几[十百千]+(?=[万亿])|几(?=[万亿])")
"""A figure asked for by its size (几千亿, 几万吨)."""
ONE_LISTED = re.compile(
    rf"\A(?:请|麻烦|帮我|帮忙)?列(?:出|明|一下)(?!.*(?:所有|分别|[二三四五六七八九十两\d][个市县省]))"
    rf"(?=[^、，,和与及跟各每哪都表些]*{MARKS['@']}[？?。]?\Z)"
)
"""What asks to list, said before a single figure."""
UP, DOWN = "(?:增加?|增长|上?升|提高|上?涨)", "(?:减少?|下?降|降低|下?跌|回落)"
CHANGE_EITHER_WAY = re.compile(
    rf"(?:到底|究竟)?是?(?:{UP}了?(?:还是|是|或){DOWN}|{DOWN}了?(?:还是|是|或){UP})了?(?:的|呢)?[,，;；]?"
    r"(?:变动|变化|增减|升降)?(?:的?幅度)?(?:是|有|为|达)*(?:多[大少高]|百分之几|几何)"
)
WHOLE_ECONOMY = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[年月度期末来半间省市区县州国地的把将对给]|目标|预期|实现|当时)$"
)
"""What may stand before 经济增长 where the whole economy is meant."""
SPENT_ON = re.compile(
    r"(?:砸|花|投|用)(?:在|到|进)(?P<what>[\u4e00-\u9fff]{2,8}?)(?:上面?|里面?|方面)?的(?:钱|资金)"
    r"|(?:往|在|给|朝)(?P<into>[\u4e00-\u9fff]{2,8}?)(?:上面?|里面?|方面)?(?:砸|花|投)(?:进去?)?了?(?=多少钱)"
)
"""What money is spent on, as staff say it: 花在环保上的钱, 往教育里砸了多少钱."""
SHORT_FORM = re.compile(r"(?<=[\u4e00-\u9fff])[（(][A-Za-z][A-Za-z0-9.&]*[）)]")
"""What a name is called for short, behind it: 广义货币（M2）."""
YEAR_WORD = re.compile(r"\d年")


def plainly_asked(question: str) -> str:
    """The question without what is said around it, and with what it asks in the words of `asking.txt`.

    >>> plainly_asked("就甲市而言，税收在财政收入中所占的份额有多大？")
    '甲市，税收在财政收入中的比重是多少？'
    >>> plainly_asked("甲市的医院数，2019年的"), plainly_asked("甲市收入几千亿，精确点")
    ('2019年甲市的医院数', '甲市收入多少亿')
    """
    question = in_one_wording(question, "asking.txt")
    return _asked_for(_period_first(ONE_LISTED.sub("", ROUND_ASKED.sub("多少", question))))


def asked_as_growth(question: str) -> str:
    """The question for a change from the year before as one for the rate of growth, which reports tell; another as it is.

    >>> asked_as_growth("2020年甲市的产值比上年增长多少？")
    '2020年甲市的产值增速是多少？'
    """
    return FROM_YEAR_BEFORE.sub("增速是多少", question)


def without_told_start(question: str) -> tuple[str, str]:
    """The question for a change without the value that it names for its start, and that value; "" where it names none.

    >>> without_told_start("甲市医院2014年是146家，到2020年增加了多少家？")
    ('甲市医院2014年到2020年增加了多少家？', '146家')
    """
    found = TOLD_START.search(question)
    return (TOLD_START.sub("", question), found["told"]) if found else (question, "")


def in_one_wording(text: str, name: str) -> str:
    """The text with every form of a vocabulary file as what is read for it, line by line."""
    for pattern, instead in _ways(name):
        text = pattern.sub(instead, text)
    return text


def _asked_for(question: str) -> str:
    """The question; a bare name of what is measured asked for: 2020年甲市的企业数量."""
    return f"{question.rstrip('？?。 ')}是多少？" if MEASURE_ALONE.match(question) else question


def _period_first(question: str) -> str:
    """The question with the period that is said behind what it asks for before it."""
    last = PERIOD_LAST.match(question)
    if last is None or not any(len(one.span) == len(last["period"]) for one in find_periods(last["period"])):
        return question
    return last["period"] + last["asked"] + last["end"]


@cache
def _ways(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The forms of a vocabulary file as patterns, in its order, each with what is read for it."""
    lines = (line.partition(":") for line in vocabulary_lines(name))
    return tuple(
        (_pattern(form), written.strip().replace("~", r"\g<slot>"))
        for written, _, forms in lines
        for form in forms.split()
    )


def _pattern(form: str) -> re.Pattern[str]:
    """A form as a regular expression; of what stands in braces the longest fits first."""
    parts = []
    for place, part in enumerate(re.split("[{}]", form)):
        if place % 2:
            ways = sorted(part.split(","), key=len, reverse=True)
            parts.append(f"(?:{'|'.join(map(_written, ways))})")
        else:
            parts.append(_written(part))
    return re.compile("".join(parts))


def _written(part: str) -> str:
    return "".join(MARKS.get(letter, re.escape(letter)) for letter in part)


def as_written(text: str, segmenter: Segmenter) -> str:
    """The question with what `spoken.txt` knows of spoken language as reports write it, 增幅 for 是增是减，幅度多大, and periods written out.

    What a name is called for short behind it is left out.
    A spoken form counts where it begins and ends with words of the dictionary: 长了 is none in 增长了.
    """
    text = CHANGE_EITHER_WAY.sub("增幅是多少", with_periods_written_out(SHORT_FORM.sub("", text)))
    text = SPENT_ON.sub(lambda match: f"{match['what'] or match['into']}投入", text)
    spoken = wordings("spoken.txt")
    edges = {
        0,
        *(span.end for span in segmenter.words(text)),
        *(year.end() for year in YEAR_WORD.finditer(text)),
    }
    text = spoken.pattern.sub(
        lambda match: (
            spoken.written[match[0]]
            if set(match.span()) <= edges
            and not is_part_of_name(text, match.start(), spoken.written[match[0]])
            else match[0]
        ),
        text,
    )
    for frame, instead in spoken.frames:
        text = frame.sub(instead, text)
    return plainly_asked(text)


def is_part_of_name(text: str, start: int, written: str) -> bool:
    """Whether what would be read as a word for the whole economy is of a part of it: 经济增速 in 数字经济增速.

    >>> is_part_of_name("数字经济增速", 2, "GDP增速"), is_part_of_name("柳州经济增速", 2, "GDP增速")
    (True, False)
    """
    before = text[:start]
    if not written.startswith("GDP") or WHOLE_ECONOMY.search(before):
        return False
    return not any(place.span.end == len(search_key(before)) for place in find_places(search_key(before)))
