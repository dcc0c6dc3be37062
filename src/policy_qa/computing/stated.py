"""Whether the sources state the result of a computation themselves: their own words then are the better answer."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import answer_from_sentences, quoted_claim
from policy_qa.answering.told_figures import COMPARED_WITH, DATE
from policy_qa.answering.wording import is_of_other_term, wanted_words
from policy_qa.computing.arithmetic import PERCENT
from policy_qa.computing.groups import read_group
from policy_qa.computing.indicators import (
    GROWTH,
    SHARE,
    left_over,
    measure_asked,
    names_indicator,
    names_narrower,
)
from policy_qa.ingest.sentences import split_clauses
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import ordinal
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import vocabulary_lines
from policy_qa.types import Answer, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.open_slots import OpenValue
    from policy_qa.answering.wording import WordWeight
    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.types import Document, Question
    from policy_qa.understanding import Query

POINTS = "百分点"
YEARLY = re.compile(r"年均|平均每年|每年平均")
COUNTED = re.compile("[人个家户项件]数|多少[人个家户项件]")
APART = re.compile(r"相差|差距|之差")
BASE_YEAR = re.compile(r"(?:[从由比较自]|相比)((?:19|20)\d{2})年")
OF_PLAN = re.compile(r"计划|目标|任务|进度|预算")
INDUSTRY_NAMED = re.compile(r"(?:(?<=[的市省区县国年和])|^)[\u3400-\u9fff]{2}业")
"""An industry that a plain question names at its head: 2019年的制造业投资."""
LEFT_SAID = re.compile(r"[还尚仍只].{0,6}?[差剩缺欠余]|差距|缺口|剩余|未完成|完成.{0,12}%|[高低多少相]?差\d")
SURPLUS = frozenset({"逆差", "顺差"})
PARTS = frozenset({PERCENT, "倍", "成", "番"})
WORDED_PART = re.compile(r"[一过近]半|翻[了一两]?番|[几\d一二两三四五六七八九十]成|分之|倍")
LEAST_SAID = 0.6
"""What says less of a question tells another difference than the one asked for."""
CHANGE = re.compile(
    r"相差|差距|之差|变动|变化|增减|升降|[增升降涨跌减](?!加?值)|[高低多少][出于]|[比较][^新,，]{0,8}[高低多少]|[+＋±]"
)
"""In the heads of a cell: that it is a change or a difference (高新技术企业 and 增加值 are none)."""
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
THING_ASKED = re.compile(
    r"哪一?(?:[家所款]|[个项种类](?!大?(?:城市|地区|[市县区省州镇乡国])))(?!大?(?:城市|地区|[市县区省州镇乡国]))"
)
OF_GROUP = re.compile(r"(?:[两二三四五六七八九十几各\d]|若干)[个座]?[^，,的]{0,4}?(?:城市|地区|[市县区省州])")
"""Of places, all figures are compared instead."""
LEAST_ABOUT = 0.6


def states_result(lookup: Lookup, operation: Operation, sources: Sources) -> bool:
    """Whether what was found for the whole question is its result: told of all operands, in the unit of such a result."""
    if not isinstance(lookup.outcome, Answer):
        return False
    if operation.kind == "position" or not lookup.values:
        return operation.kind == "position"
    found = lookup.values[0]
    if operation.kind in ("share", "ratio"):
        return _states_share(found, operation, sources)
    asked = sources.understand(operation.operands[0].question)
    return names_indicator(asked, _indicator(found, sources)) and _states_change(found, operation)


def _states_change(found: OpenValue, operation: Operation) -> bool:
    """Whether a value is a change, in percent or points as asked, from the very time that the question compares with."""
    said, unit = search_key(_told(found)), found.quantity.unit
    if operation.kind == "yearly":
        return YEARLY.search(said) is not None
    if unit == PERCENT and measure_asked(search_key(operation.operands[0].question)) in ("growth", "share"):
        return False  # a rate itself; a change of it is told in points
    if unit == POINTS and COUNTED.search(operation.operands[0].question):
        return False
    if unit not in ((PERCENT,) if operation.kind == "growth" else (PERCENT, POINTS)):
        return False
    is_change = (
        unit == POINTS
        or found.quantity.direction != 0
        or GROWTH.search(search_key(_label(found))) is not None
    )
    return is_change and (operation.operands[-1].name in said or _is_of_year_before(found, operation))


def _is_of_year_before(found: OpenValue, operation: Operation) -> bool:
    """Whether a growth is from the year right before, which no source names: 同比增长8%."""
    years = [int(digits[0]) for one in operation.operands if (digits := re.match(r"\d{4}", one.name))]
    in_points = found.quantity.unit == POINTS
    return len(years) == 2 and years[0] - years[1] == 1 and not in_points


def is_stated(lookup: Lookup, operation: Operation, sources: Sources) -> bool:
    """Whether the best figure for the question states a difference of what is compared, where all of that is named."""
    if not isinstance(lookup.outcome, Answer) or not lookup.values:
        return False
    found = lookup.values[0]
    if found.cell is not None:
        return CHANGE.search(_label(found)) is not None
    if found.figure is None:
        return False
    said = found.evidence.span.of(found.evidence.document.text)
    if found.quantity.unit == POINTS and APART.search(_label(found)):
        return operation.word == "相差" and found.evidence.about >= LEAST_SAID
    compares = found.quantity.unit in (POINTS, "倍") or (
        COMPARED_WITH.search(said) is not None and not _is_level(found, said)
    )
    asked = sources.understand(operation.operands[0].question)
    is_of_it = names_indicator(asked, search_key("".join(said.split())))
    return compares and is_of_it and all(operand.name in said for operand in operation.operands[1:])


def _is_level(found: OpenValue, said: str) -> bool:
    """Whether a value is a rate itself, as it stands before or behind 低于: its distance in points is told nowhere."""
    return found.quantity.unit == PERCENT and found.quantity.direction == 0 and POINTS not in said


def names_all(lookup: Lookup, operation: Operation) -> bool:
    """Whether the sentence that tells the best figure names all that is compared."""
    if not lookup.values or lookup.values[0].cell is not None:
        return False
    said = _told(lookup.values[0])
    return all(operand.name in said for operand in operation.operands)


def tells_no_result(lookup: Lookup, operation: Operation) -> bool:
    """Whether what was found for a question for a share, a multiple, a balance or what is left is none, or another's."""
    if not isinstance(lookup.outcome, Answer) or not lookup.values:
        return False
    found, said = lookup.values[0], lookup.outcome.text
    if operation.kind == "left":
        return not LEFT_SAID.search(said)
    if operation.word in SURPLUS:
        return operation.word not in said or found.quantity.unit != "元"
    if operation.kind not in ("share", "ratio"):
        return False
    return all(_tells_no_part(value, said, operation) for value in lookup.values)


def _tells_no_part(found: OpenValue, said: str, operation: Operation) -> bool:
    """Whether an answer tells no share or multiple, or not one of the operands, or that of a narrower industry."""
    if found.quantity.unit not in PARTS and found.quantity.form not in ("fraction", "ratio"):
        return not WORDED_PART.search(said)
    if found.quantity.direction and not SHARE.search(_label(found)) and found.quantity.unit == PERCENT:
        return True  # a growth
    part = search_key(operation.operands[0].question)
    told = search_key(_told(found))
    is_narrower = any(names_narrower(word[0], told, part) for word in INDUSTRY_NAMED.finditer(part))
    slots = [one.name for one in operation.operands if find_places(one.name) or find_periods(one.name)]
    return is_narrower or any(name not in said for name in slots)


def tells_no_such_change(lookup: Lookup, operation: Operation) -> bool:
    """Whether what was found for a question for the change between two times is no change, or one from another time."""
    if operation.kind not in ("growth", "difference") or not all(
        one.name[:4].isdigit() for one in operation.operands
    ):
        return False
    if not isinstance(lookup.outcome, Answer) or not lookup.values:
        return False
    found = lookup.values[0]
    bases = BASE_YEAR.findall(_told(found)) if found.cell is None else []
    if bases and not any(operand.name[:4] in bases for operand in operation.operands):
        return True
    is_change = found.quantity.direction != 0 or found.quantity.unit == POINTS
    return not (is_change or CHANGE.search(_label(found)) or GROWTH.search(search_key(_label(found))))


def _states_share(found: OpenValue, operation: Operation, sources: Sources) -> bool:
    """Whether a value is a share, told of both the part and its whole."""
    if found.quantity.unit not in (PERCENT, "") and found.quantity.form not in ("fraction", "ratio"):
        return False
    if found.quantity.direction and not SHARE.search(_label(found)):
        return False  # a growth
    asked = "".join(one.question for one in operation.operands)
    if OF_PLAN.search(_label(found)) and not OF_PLAN.search(asked):
        return False  # 完成年度计划的73.9% is no share of the whole
    said: str | None = search_key(_label(found) if found.cell is not None else _told(found))
    for operand in sorted(operation.operands, key=lambda one: -len(one.name)):  # 出口 is told in 进出口 too
        said = None if said is None else left_over(sources.understand(operand.question), said)
    return said is not None


def _told(found: OpenValue) -> str:
    evidence = found.evidence
    return evidence.reading.phrase if evidence.reading else evidence.span.of(evidence.document.text)


def _label(found: OpenValue) -> str:
    """The words that say what a value is: the heads of its cell, or those before the figure."""
    if found.cell is not None:
        return "".join((*found.cell.row_label, *found.cell.column_label))
    return found.figure.label.of(found.evidence.document.text) if found.figure else ""


def _indicator(found: OpenValue, sources: Sources) -> str:
    """What the catalog says that a figure of a sentence counts; of a cell all that is read of it."""
    if found.figure is None:
        return search_key(_told(found))
    known = next(
        (one for one in sources.figures([found.evidence.document.id]) if one.span == found.figure.span), None
    )
    return search_key(known.indicator.text if known and known.indicator else _label(found))


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


def answer_end(query: Query, fitting: Sequence[Evidence], weight: WordWeight) -> Answer | None:
    """The sentence that says in words which year or thing is the one asked for, None where none says enough of it."""
    if OF_GROUP.search(query.text):
        return None
    ends = [words for words in _ends() if any(word in search_key(query.text) for word in words)]
    if len(ends) != 1 or not (query.kind == "when" or THING_ASKED.search(query.text)):
        return None
    wanted = wanted_words(query, weight)
    for found in fitting:
        said = None if found.reading or found.about < LEAST_ABOUT else _said_to_end(query, found, ends[0])
        if said is not None and not is_of_other_term(wanted, search_key(query.text), said):
            return answer_from_sentences(query, [found])
    return None


def _said_to_end(query: Query, found: Evidence, words: Sequence[str]) -> str | None:
    """The sentence up to the clause that says it is an end, and when where that is asked; None without such a clause."""
    text = found.document.text
    for part in split_clauses(text, found.span):
        clause = search_key(part.of(text))
        is_told = query.kind != "when" or DATE.search(clause) is not None
        if is_told and any(word in clause for word in words):
            return search_key(text[found.span.start : part.end])
    return None


@cache
def _ends() -> tuple[tuple[str, ...], ...]:
    """The words of each line of `ends.txt`, as search keys."""
    return tuple(tuple(search_key(word) for word in line.split()) for line in vocabulary_lines("ends.txt"))
