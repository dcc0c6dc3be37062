"""The term whose meaning a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import synonyms

_QUOTES = re.compile(r"[“”‘’\"'「」『』《》〈〉]")
_QUOTED = re.compile(r"[“‘\"'「『《]([^“”‘’\"'「」『』《》]{1,20})[”’\"'」』》]([\u3400-\u9fff]{0,6})")
_ASKED_FIRST = re.compile(
    r"^(?:那么?|请问?|麻烦|帮我|给我|我想(?:问|知道)|想(?:问|知道))*[,:]?(?:(?:解释|说明|介绍|讲)(?:一下)?[,:]?)?"
    r"(?:(?:什么|啥)(?:是|叫做?|样的是|才是|才叫)|何[谓为]|(?:怎么|怎样|如何|怎么样)(?:理解|解释|定义|界定|看待)|(?:解释|说明)(?:一下)?)"
)
_ASKED_THEN = re.compile(r"什么|啥|哪|怎么|怎样|如何|何意|何义|是否|[含包]不[含包]")
_SOURCE = re.compile(
    r"^(?P<source>[^的]{0,20}?)(?:里面?|中|上|内)(?:所)?(?:[说讲写用称谈提]到?过?|出现|使用|反复出现|列出?)?的(?=.)"
)
_SAID_OF = re.compile(r"^(?P<source>(?:文中|本文|报告|材料)?)(?:所)?(?:[说讲称谈]|提到|说到)的(?=.)")
_TAIL = re.compile(
    r"(?:[,:]|的?(?:含义|意思|定义|概念|(?:统计)?口径|(?:统计)?范围|算法|计算(?:方法|公式)?|内涵)"
    r"|(?:这个?|该|这一个?|一)(?:指标|词|概念|说法|名词|术语|提法|口径|数)|[这那]个?"
    r"|到底|究竟|具体|一般|通常|主要|分别|都|又|是|指的?|的|说|代表着?|表示|意味着?|包括|包含|涵盖|采用|按照?|[用拿以由为做叫有属于])$"
)
_MEMBERS = re.compile(
    r"(?:包括|包含|涵盖|指的?是?|是|有|分为)[了着]?(?:哪(?!个?口径)|什么[^?]{0,4}(?:产业|行业|类别|部门))"
)
_LIMITS = re.compile(r"口径|统计范围|[含包]不[含包]|是否[含包]")
_GENERIC_TAIL = re.compile(r"(?:政策|指标|制度|概念|模式|方式|办法|行动|工程|这[个一].*)$")
_GENERIC_SOURCE = re.compile(r"报告|材料|文件|文中|资料|这[份篇个]|那[份篇个]")
SHORTEST, LONGEST = 2, 24


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """The term a question asks the meaning of: its names, likeliest first, as search keys without quotation marks.

    `said_of` is what the question calls the document it means, "" where it means none. `asks_limits` where it asks what
    the term counts (口径), `of_members` where it asks what belongs to it (包括哪些).
    """

    names: tuple[str, ...]
    said_of: str = ""
    asks_limits: bool = False
    of_members: bool = False


@lru_cache(maxsize=256)
def asked_term(question: str) -> AskedTerm | None:
    """The term whose meaning is asked for, None where no words for one are left.

    >>> asked_term("统计公报里说的“粮食产能”是什么口径？")
    AskedTerm(names=('粮食产能',), said_of='统计公报', asks_limits=True, of_members=False)
    >>> asked_term("什么叫以工代赈政策？").names
    ('以工代赈政策', '以工代赈')
    """
    key = re.sub(r"[\s?!。;？]+$", "", search_key(question))
    said_of, bare = _source_of(_between(key))
    quoted = _QUOTED.search(bare)
    names = [] if quoted is None else [quoted[1] + quoted[2], quoted[1]]
    names += [_without_slots(bare), bare, *bare.split("的")[-1:]]
    names = [without_quotes(name).strip(",:的 ") for name in names]
    names += [shorter for name in names[:1] if (shorter := _shorter(name)) != name]
    names += [other for name in names for other in synonyms().get(name, ())]
    kept = tuple(dict.fromkeys(name for name in names if SHORTEST <= len(name) <= LONGEST))
    if not kept:
        return None
    members = _MEMBERS.search(key) is not None
    return AskedTerm(kept, said_of, _LIMITS.search(key) is not None, members)


def without_quotes(key: str) -> str:
    """The search key without quotation marks; 【term】 becomes an entry of a glossary.

    >>> without_quotes("文中的“四好”农村路"), without_quotes("【河长】巡河的人")
    ('文中的四好农村路', '河长:巡河的人')
    """
    return _QUOTES.sub("", key).replace("【", "").replace("】", ":")


def _between(key: str) -> str:
    """The words of the question between those that ask."""
    first = _ASKED_FIRST.match(key)
    if first is not None:
        return _stripped(key[first.end() :])
    asked = _ASKED_THEN.search(key)
    return _stripped(key[: asked.start()] if asked else key)


def _stripped(text: str) -> str:
    """The text without the words before and behind a term that only ask for its meaning."""
    text = re.sub(r"^(?:请问|请|那么|那|在|[,:])+", "", text)
    while (shorter := _TAIL.sub("", text)) != text and shorter:
        text = shorter
    return text


def _source_of(text: str) -> tuple[str, str]:
    """What the question calls the document it means, without words that any is called by, and the rest."""
    found = _SOURCE.match(text) or _SAID_OF.match(text)
    if found is None:
        return "", text
    return _GENERIC_SOURCE.sub("", _QUOTES.sub("", found["source"])), text[found.end() :]


def _without_slots(text: str) -> str:
    """The text without the periods and places it names."""
    named = [found.span for found in find_periods(text)] + [found.span for found in find_places(text)]
    for span in sorted(named, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text.strip("的市省县区,")


def _shorter(name: str) -> str:
    shorter = _GENERIC_TAIL.sub("", name)
    return shorter if len(shorter) >= SHORTEST else name
