"""Whether a sentence itself states what a question compares: which place is the greatest, the n-th, or all together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.computing.groups import read_group
from policy_qa.computing.indicators import names_indicator
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import ordinal
from policy_qa.language.places import find_places
from policy_qa.types import Answer

if TYPE_CHECKING:
    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources

HIGH = re.compile(r"最[高大多快强好长广]|居首|首位|榜首|第一(?!产)|领先|遥遥|排名?最?靠?前")
LOW = re.compile(r"最[低小少慢弱差短]|末位|垫底|倒数第一|最后")
RANK = re.compile(r"第[一二三四五六七八九十\d]+(?:位|名|(?=[，,。；;]|$))|居首|首位|榜首|末位|垫底")
TOGETHER = {"sum": re.compile(r"合计|总计|共计|总和|一共|总共"), "mean": re.compile(r"平均")}
DIGITS = re.compile(r"\d")
SENTENCE = re.compile(r"[^。；;]+")
MOST = 3


def states_end(operation: Operation, lookup: Lookup, sources: Sources) -> bool:
    """Whether the answer found for the whole question says of the indicator, with a figure, what is asked."""
    if not isinstance(lookup.outcome, Answer):
        return False
    query = sources.understand(operation.series)
    return any(
        names_indicator(query, search_key(sentence)) and _says(operation, sentence)
        for claim in lookup.outcome.claims[:1]
        for sentence in SENTENCE.findall(claim.text)
    )


def _says(operation: Operation, sentence: str) -> bool:
    """Whether a sentence that names the indicator says the end, the place or the sum asked for, with a figure."""
    if not DIGITS.search(sentence):
        return False
    group = read_group(sentence)
    count = operation.group.count
    if group is not None and None not in (count, group[0].count) and count != group[0].count:
        return False
    named = len({one.places for one in find_places(sentence)})
    match operation.kind:
        case "sum" | "mean":
            says = group is not None and TOGETHER[operation.kind].search(sentence) is not None
        case "ranking":
            says = named >= (count or MOST)
        case "larger" if operation.count > 1:
            says = named >= operation.count
        case "beyond":
            says = bool(operation.bound) and operation.bound in search_key(sentence)
        case "ends":
            says = HIGH.search(sentence) is not None and LOW.search(sentence) is not None
        case "position":
            says = group is not None and RANK.search(sentence) is not None
        case _:
            is_top = operation.is_high and not operation.falls
            end = HIGH if is_top else LOW
            nth = ordinal(operation.nth) if operation.nth > 1 else ""
            says = nth in sentence if nth else end.search(sentence) is not None
    return says
