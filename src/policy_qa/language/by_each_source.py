"""Requests to compute by the numbers of each source: they say how, not what, and every source that differs is told anyway."""

from __future__ import annotations

import re
from functools import cache

from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.telling_words import FRACTION, TABLE, VALUE, sorts

CLAUSE = re.compile(r"[^，,；;。：:？?！!（）()]+|[，,；;。：:？?！!（）()]")
MARKS = "，,；;。：:？?！!（）()"
ASKS = re.compile(r"多少|几|哪|谁|吗|排|减|加|除以|相差|求")
DOUBTS = re.compile(r"对不对|对吗|正确|属实|成立|站得住|有误|有错|算错")
"""A result is to be checked, not to be computed by each source."""
BY_REPORT = re.compile(r"(?:[用按以依照据从]|取自?|来自|出自).*报告(?!.*表)")
LEAST_LEFT, SEVERAL = 8, 2
MARKS_LEFT = re.compile(r"([，,；;。：:（(])(?=[，,；;。：:？?！!）)]|$)|^[，,；;。：:？?！!]+")


@cache
def _sources() -> re.Pattern[str]:
    """What names one source, or several at once in the group `all`."""
    words = sorts()
    several, measure, documents = (_any_of(*words[name]) for name in ("several", "measure", "documents"))
    figures = _any_of(*words["figures"])
    return re.compile(
        rf"(?P<all>(?:各自?|每|分别){measure}?的?(?:{documents}|{figures})|{several}(?:{measure}|[组套])?的?(?:不同的?)?(?:{documents}|{figures})|各(?:处|按)|一说|两说)"
        rf"|一[套组](?:{figures})?|{TABLE}|正文|文字|{documents}"
    )


@cache
def _said() -> re.Pattern[str]:
    """What a clause that only says by which numbers to compute consists of, and what is asked of the results."""
    words = sorts()
    kinds = ("computes", "results", "figures", "agree", "fill", "which")
    plain = _any_of(*(word for kind in kinds for word in words[kind]))
    inner = _any_of(*words["inside"], *words["tells"])
    return re.compile(
        rf"(?:{_sources().pattern.replace('?P<all>', '?:')}|{VALUE}|{FRACTION}|{plain}|{inner}|[“”\"、\s])+"
    )


@cache
def _computes() -> re.Pattern[str]:
    return re.compile(_any_of(*sorts()["computes"]))


def _any_of(*words: str) -> str:
    return rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def without_by_source(question: str) -> str:
    """The question without the clauses that ask to compute it by the numbers of several sources; others as they are.

    >>> without_by_source("2020年甲市绿化率比乙市高多少？用报告正文的数算一遍，再用表2的数算一遍，结果各是多少？")
    '2020年甲市绿化率比乙市高多少？'
    >>> without_by_source("2020年甲市绿化率比乙市高多少？按表2的数算")
    '2020年甲市绿化率比乙市高多少？按表2的数算'
    """
    pieces = CLAUSE.findall(question)
    kept: list[str] = []
    run: list[str] = []
    for piece in [*pieces, ""]:
        if piece and (piece in MARKS or _says_how(piece)):
            run.append(piece)
            continue
        is_asking = _asks_by_each("".join(run))
        kept += [*(run[:1] if is_asking and run[0] in MARKS else () if is_asking else run), piece]
        run = []
    rest = MARKS_LEFT.sub("", "".join(kept))
    return rest if len(rest) >= LEAST_LEFT and ASKS.search(rest) else question


def without_named_source(question: str) -> str:
    """The question without the clauses that only say by which report to answer it, where it is asked of that report anyway.

    >>> without_named_source("甲市2014年有3家医院，到2020年增加了多少家？2020年的数用报告。")
    '甲市2014年有3家医院，到2020年增加了多少家？'
    """
    pieces = CLAUSE.findall(question)
    kept = [piece for piece in pieces if not (BY_REPORT.search(piece) and _says_how(piece))]
    if len(kept) == len(pieces):
        return question
    rest = MARKS_LEFT.sub("", re.sub(r"[（(][）)]", "", "".join(kept)))
    return rest if len(rest) >= LEAST_LEFT and ASKS.search(rest) else question


def _says_how(clause: str) -> bool:
    """Whether a clause has nothing but words of computing by sources, places and periods aside."""
    spans = [one.span for one in find_periods(clause)] + [one.span for one in find_places(clause)]
    named = {span.of(clause) for span in spans}
    for word in sorted(named, key=len, reverse=True):
        clause = clause.replace(word, "")
    return _said().fullmatch(clause) is not None


def _asks_by_each(run: str) -> bool:
    """Whether clauses say to compute, and name several sources."""
    found = list(_sources().finditer(run))
    is_several = len(found) >= SEVERAL or any(one["all"] for one in found)
    return is_several and _computes().search(run) is not None and DOUBTS.search(run) is None
