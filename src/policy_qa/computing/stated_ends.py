"""Whether a sentence itself states what a question compares: which place is the greatest, the n-th, or all together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim
from policy_qa.computing.groups import read_group
from policy_qa.computing.indicators import names_indicator
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import ordinal
from policy_qa.language.places import find_places
from policy_qa.types import Answer, Span

if TYPE_CHECKING:
    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.types import Document, Question

HIGH = re.compile(r"最[高大多快强好长广]|居首|首位|榜首|第一(?!产)|领先|遥遥|排名?最?靠?前")
LOW = re.compile(r"最[低小少慢弱差短]|末位|垫底|倒数第一|最后")
FALLEN = re.compile(r"(?:降|跌|减|滑|回落)[^，,。；;]{0,6}最[大多狠]|[降跌]幅最[大高]")
SECOND = re.compile("其次|次之|紧随其后")
RANK = re.compile(r"第[一二三四五六七八九十\d]+(?:位|名|(?=[，,。；;]|$))|居首|首位|榜首|末位|垫底")
TOGETHER = {"sum": re.compile(r"合计|总计|共计|总和|一共|总共"), "mean": re.compile(r"平均")}
DIGITS = re.compile(r"\d")
SENTENCE = re.compile(r"[^。；;]+")
TOPIC = re.compile(r"(?:[从就以]|^)(?P<topic>[^，,。；;]{2,20}?)(?:来看|来说|而言|方面|看)[，,]")
"""What a whole sentence is about: 从税收来看，甲市较强；其中乙市下降9%."""
RATE = r"[^，,。；;的]{0,3}(?:率|密度|强度|占比|比重)"
"""Behind a name: another indicator (人口 of 人口城镇化率)."""
MOST = 3
SECOND_PLACE = 2


def states_end(operation: Operation, lookup: Lookup, sources: Sources) -> bool:
    """Whether the answer found for the whole question says of the indicator, with a figure, what is asked."""
    if not isinstance(lookup.outcome, Answer):
        return False
    sentences = SENTENCE.findall(lookup.outcome.claims[0].text)
    return any(
        _names(operation, sentence, lookup, sources) and _says(operation, sentence) for sentence in sentences
    )


def tell_second(question: Question, operation: Operation, lookup: Lookup, sources: Sources) -> Answer | None:
    """The sentence that says which is the second, begun by what the whole question finds; None where it says none."""
    at = _told_at(lookup, sources)
    if at is None or operation.nth != SECOND_PLACE:
        return None
    document, span = at
    last = SENTENCE.match(document.text, span.start)
    if last is None or last.end() <= span.end or not _names(operation, last[0], lookup, sources):
        return None
    if not _says(operation, "".join(last[0].split())):
        return None
    citations = CitationList()
    claim = quoted_claim(document, Span(span.start, last.end()), citations)
    return Answer(question, (claim,), citations.citations())


def _told_at(lookup: Lookup, sources: Sources) -> tuple[Document, Span] | None:
    """Where the first claim found for a question is told."""
    if not isinstance(lookup.outcome, Answer):
        return None
    cited = lookup.outcome.citations[lookup.outcome.claims[0].citations[0] - 1]
    document = sources.document(cited.document_id)
    return None if document is None or cited.span is None else (document, cited.span)


def _names(operation: Operation, sentence: str, lookup: Lookup, sources: Sources) -> bool:
    """Whether a sentence, or what the whole of it is about, names the indicator, and not another that begins like it."""
    at = _told_at(lookup, sources)
    before = "".join(at[0].text[: at[1].start].split()).rpartition("。")[2] if at else ""
    topic = TOPIC.search(before)
    said = search_key(f"{topic['topic'] if topic else ''}{sentence}")
    is_of_another = re.search(re.escape(operation.indicator) + RATE, sentence) is not None
    return names_indicator(sources.understand(operation.series), said) and not is_of_another


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
            says = _says_end(operation, sentence)
    return says


def _says_end(operation: Operation, sentence: str) -> bool:
    """Whether a sentence says the end asked for, or the n-th from there; 其次 behind an end is the second."""
    is_top = operation.is_high and not operation.falls
    says = (HIGH if is_top else LOW).search(sentence) is not None
    says = says or (operation.falls and FALLEN.search(sentence) is not None)
    if operation.nth == 1:
        return says
    is_second = operation.nth == SECOND_PLACE and says and SECOND.search(sentence) is not None
    return is_second or ordinal(operation.nth) in sentence
