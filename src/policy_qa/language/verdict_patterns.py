"""The ways to ask whether something is so, made of the words of `verdict_words.txt`."""

from __future__ import annotations

import re
from itertools import chain

from policy_qa.language.vocabulary import alternatives, any_of, vocabulary_lines


def _words() -> dict[str, list[str]]:
    """The words of each class."""
    lines = (line.partition(":") for line in vocabulary_lines("verdict_words.txt"))
    return {
        name: list(chain.from_iterable(alternatives(form) for form in forms.split()))
        for name, _, forms in lines
    }


def _any(*classes: str) -> str:
    """A pattern for any word of these classes, the longest first."""
    return any_of({word for name in classes for word in WORDS[name]})


def _asked_both_ways(word: str) -> set[str]:
    """A verdict worded as a question by itself: 准不准, 站不站得住, 站得住站不住; for 站得住 站不住 too is a verdict."""
    ways = {f"{word[0]}不{word}", f"{word}不{word}", f"{word[0]}没{word}"}
    verb, got, end = word.partition("得")
    if got and verb and end:
        ways |= {
            f"{word}{verb}不{end}",
            f"{verb}不{end}{word}",
            f"{verb}不{verb}得{end}",
            f"{end}不{end}得{end[1:]}",
        }
        ways |= {f"{end[0]}不{word}", f"{verb}没{verb}{end}"}
    return ways


def _both(*classes: str) -> str:
    return any_of({way for name in classes for word in WORDS[name] for way in _asked_both_ways(word)})


WORDS = _words()
SEP = r"[\s，,。；;：:？?！!—\-…]"
_POLITE = (
    r"(?:请|麻烦|劳烦|烦请|帮忙|帮我|帮着|帮|替我|给我|你们?|您|大家|再|我们?|想|要|需要?|先|也|一起|来|看着)"
)
_PART = r"(?:(?:了|的)?(?:吗|么|嘛|没有?|不|否|吧)|与否|的?是吧|呢)"
_WHETHER = r"(?:是否|是不是|能否|能不能|可否|可不可以|有没有|有无|会不会|算不算|有没)"
_ALSO = r"(?:还|也|都|到底|究竟|真的?|确实|全|[说写讲引算][得的]|[算加][下起]来|能够?|可以?|可|到|是|有|存在|完全|彼此|之间|直接|两[边者头]|二者|双方)"
_HE_SAYS = rf"(?:{SEP}+{_any('who')}(?=[说写讲][得的]))?"
_DONE = r"(?:一?下|一?遍|一?番|一眼|看看?)"
_CHECK = rf"(?:(?P<recheck>{_any('recheck')})|{_any('check')}){_DONE}?"
_PAPER = rf"(?:(?:{_any('paper')})(?:里面?|中|上|里头|当中)?的?)"
_DET = r"(?:[这那该此其]|上述|前述|所述|以上)(?:里面?的)?一?(?:个|句|种|条|项|组|段|笔|处)?的?"
_THE_THING = rf"(?:{_PAPER}?{_DET}(?:{_any('talk', 'thing')}){{1,2}}|{_PAPER}这?么?[说写讲]的)"
_SAID_SO = rf"(?:(?:{_any('who')})?的?{_PAPER}|{_any('who')})?(?:也|都|就|是|还)*(?:这么|这样|如此)(?:{_any('say', 'use')})(?:的|得)?"
_PREP = r"(?:拿|用|按照?|依据?|以|照|从|根据|对照|结合|参照|比照|对着|就|跟|和|与|同)"
_LOOK = rf"(?:来|去)?(?:为期|为准)?(?:来|去)?(?:(?:重新|再|逐一|直接)*(?P<recheck>{_any('recheck')}){_DONE}?|{_any('check')}{_DONE}?|看|讲|说|衡量|判断)"

_YES_NO = rf"(?:{_any('holds', 'tallies')}|{_any('faults')})"
_TALK = rf"(?:{_THE_THING}|(?:{_PAPER})(?:{_any('talk')}))"
BEHIND: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "truth",
        re.compile(
            rf"{SEP}+{_PREP}?(?P<by>[^，,。；;“”\"]{{2,28}}?)(?:来看)?{_ALSO}*{_WHETHER}?{_ALSO}*"
            rf"(?:(?:符合|合乎|支持|支撑|印证|佐证|证明)(?:了|得了)?{_TALK}|(?:跟|和|与|同){_TALK}{_ALSO}*{_WHETHER}?{_any('tallies')}){_PART}?$"
        ),
    ),
    (
        "tally",
        re.compile(
            rf"{SEP}*{_ALSO}*{_WHETHER}(?:跟|和|与|同)(?P<by>[^，,。；;“”\"]{{2,28}}){_any('tallies')}{_PART}?$"
        ),
    ),
    (
        "tally",
        re.compile(
            rf"{SEP}*{_ALSO}*(?:{_WHETHER}{_ALSO}*{_any('tallies')}{_PART}?|{_any('tallies')}{_PART}|{_both('tallies')})$"
        ),
    ),
    (
        "truth",
        re.compile(
            rf"{_HE_SAYS}{SEP}*{_ALSO}*(?:{_WHETHER}{_ALSO}*{_YES_NO}(?:了|{_PART})?|{_YES_NO}{_PART}|{_both('holds', 'faults')})$"
        ),
    ),
    ("truth", re.compile(rf"{SEP}+{_any('surely')}$")),
    (
        "truth",
        re.compile(
            rf"{SEP}*(?:(?:要不要|用不用|需不需要|该不该|应不应该|是否需要|是否要|是否应该?){_any('change')}(?:一下)?{_PART}?|(?:需要|要|应该|用得着|用|须){_any('change')}(?:一下)?{_PART})$"
        ),
    ),
    (
        "truth",
        re.compile(
            rf"{SEP}*(?:(?:能不能|能否|可不可以|可否)(?:就|照|这么|这样|直接)*{_any('use')}{_PART}?|(?:能|可以)(?:就|照|这么|这样|直接)*{_any('use')}{_PART})$"
        ),
    ),
    ("asked", re.compile(rf"(?:{SEP}+{_POLITE}*|{_POLITE}+){_CHECK}(?:{_DET}(?:{_any('talk', 'thing')}))?$")),
    (
        "asked",
        re.compile(
            rf"{SEP}+{_POLITE}*{_PREP}(?P<by>[^，,。；;“”\"]{{2,28}}?)(?:来|去)?(?!(?:重新|来|去)?[计推测]?算){_CHECK}$"
        ),
    ),
    (
        "asked",
        re.compile(
            rf"(?:{SEP}*{_THE_THING})?{SEP}*(?:{_any('check')}|(?P<recheck>{_any('recheck')}))一?[下遍]$"
        ),
    ),
)
"""What is wanted of a claim, behind it: 对得上吗, 站不站得住, 要不要改, 能这么写吗, 请核实这一说法."""
BIDDEN = re.compile(rf"(?<=.{{8}}){SEP}+{_POLITE}*{_any('check')}{_DONE}?{SEP}*$")
"""A request to check what is only named, which is to be told: 北部片区的工业投资增速，帮我核实一下."""
AGAINST: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "by",
        re.compile(
            rf"{SEP}+{_POLITE}*(?:看看?|查查?|对照)(?P<by>[^，,。；;“”\"]{{2,28}}?)(?:是|有)?(?:多少|第几)$"
        ),
    ),
    (
        "by",
        re.compile(
            rf"{SEP}+(?:而|但)?(?:(?:其[他它余]|另外?一?|别的?){_PAPER}|别处|另一处|其他地方)(?:里面?|中)?的?(?P<by>[^，,。；;“”\"]{{2,28}}?)(?:是|有|为|写的?)*多少$"
        ),
    ),
    ("by", re.compile(rf"{SEP}*{_POLITE}*{_PREP}(?P<by>[^，,。；;“”\"]{{2,28}}?){_LOOK}$")),
    ("by", re.compile(rf"(?:{SEP}+[这那此]?|(?<=[”\"」])){_POLITE}*{_PREP}(?P<by>[^，,。；;“”\"]{{2,28}})$")),
    (
        "by",
        re.compile(
            r"[，,。；;]\s*(?P<by>(?:\d{2,4}年?|[^，,。；;“”\"]{2,20}?)的?(?:数据?|数字)|\d{4}年[末底]?的?)(?:能够?|可以)?$"
        ),
    ),
)
"""What the claim is to be held against: 拿2020年三次产业比例看, 与表中的名次对照, 2020年的数."""
BEHIND_REST: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("thing", re.compile(rf"{SEP}*{_THE_THING}$")),
    ("thing", re.compile(rf"{SEP}*{_SAID_SO}$")),
    ("thing", re.compile(rf"{SEP}+(?:数据|数字|说法|表述|{_any('check')})$")),
)
THE_THING_BEHIND = re.compile(rf"{SEP}*{_TALK}$")
THE_THING_FIRST = re.compile(rf"^(?:{_TALK}|[这那此][个点]?)(?:跟|和|与|同)")
SAID_BEFORE = re.compile(rf"{SEP}{_DET}{_any('talk')}")
"""What points back at a statement that is doubted: …。这个判断和2020年的数据一致吗."""
TALK_BEHIND = re.compile(rf"(?:(?<=[”\"」])的?(?:这|那)?一?|的(?:这|那)?一?个?)(?:{_any('talk')})$")
"""What a claim is called behind it: “…”一句, …的说法."""
WITH = re.compile(
    r"(?:[，,]\s*[这那此]?|(?<=[”\"」]))(?:是否|能否)?(?:跟|和|与|同(?!比))(?P<by>[^，,。；;“”\"]{2,28})$"
    r"|(?:是否|能否)(?:跟|和|与|同)(?P<by2>[^，,。；;“”\"]{2,28})$|(?:跟|与|(?<![之总])和|同(?!比))(?P<by3>[^，,。；;“”\"跟与和]{2,28})$"
)
"""What it is to agree with: 两项之和与进出口总额 before 是否吻合."""
_WANT = r"(?:我们?|能不能|能否|可不可以|可否|可以|能|想要?|要|打算|准备|拟|计划|写(?:材料|稿子?)时?)"
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("truth", re.compile(rf"{_POLITE}*{_any('check')}{_DONE}?(?:{_THE_THING}|{_any('thing')})?[：:，,]")),
    ("recheck", re.compile(rf"{_POLITE}*{_any('recheck')}{_DONE}?(?:{_THE_THING}|{_any('thing')})?[：:，,]")),
    ("drop", re.compile(rf"{_POLITE}+(?:{_any('check', 'recheck')}){_DONE}?")),
    ("drop", re.compile(rf"{_any('hearsay')}+[，,：:]?")),
    ("drop", re.compile(rf"{_WANT}+(?:在?{_PAPER})?{_any('use')}(?:一?句话?|上|道|成)?[：:，,]*")),
    ("drop", re.compile(rf"(?:我们?)?的?{_PAPER}(?:有一?句(?:话|是)?[：:，,]*|有?(?=[“\"「])|[：:])")),
    (
        "drop",
        re.compile(
            rf"(?:我们?)?的?(?:(?:{_any('who')})?的?{_PAPER}|{_any('who')})(?:这么|这样|曾|还|都|是|所|有一?句|里)*{_any('say')}(?:的|道|到|了|着|过|是)*[：:，,]*"
        ),
    ),
    (
        "drop",
        re.compile(
            rf"[《“]?[^，,。；;：:《]{{2,24}}?(?:研究|报告|规划|分析|课题)[》”]?(?:里面?|中)?{_any('say')}(?:的|道|到|了|着|过|是)*[：:，,]*"
        ),
    ),
    ("drop", re.compile(r"说(?=[^明清])|(?:关于|对于|针对|至于)(?=[^，,]*[”\"」]?$)")),
)
"""Who says it, where it stands, and the request before it: 有同事说, 材料称, 请核实：, 想引用."""
SAID_WITHIN = re.compile(
    rf"(?<=[^，,])(?:[，,](?:(?:{_any('who')}|{_PAPER})所?(?:{_any('say')})|所?[说写称讲](?![明清]))(?:的|是)?|所(?:称|说|写|列)的?)"
)
