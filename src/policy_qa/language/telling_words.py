"""The words in which it is asked how sources tell something, by `telling_words.txt`: found in runs; requests to compute by each source are cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import any_of, vocabulary_lines
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VALUE = (
    r"(?<![\d./+])(?!(?:19|20)\d\d(?![\d.%％十百千万亿个家户人项条所件处台辆吨米亩]))(?:\d+/\d+|\d[\d.,]*)(?![\d./+]|[年月日])"
    r"[%％十百千万亿元个家户人名位项条所件处台辆吨米亩]*"
)
MOVED = r"(?:(?<=[写说称讲报])(?:同比)?(?:增长|下降|上升|减少|增加|提高|回落)了?(?=\d))?"
"""A movement that a value is told with stands before it (有的写增长5%)."""
FRACTION = r"[一二两三四五六七八九十]+分之[一二三四五六七八九十]+"
TABLE = r"(?:后面?|文末|下面)?的?(?:表格?\s*\d+(?:[-－]\d+)?|第[一二三四五六七八九十\d]+[张个]?表)格?"
WHICH = (
    r"(?:(?:哪一?[个种份篇]|谁)(?:数字|数据|数值|数|说法|写法|的|是|更|才)*(?:为准|准确|正确|靠谱|可靠|可信|[对准])(?:的|呢|啊)*(?![\u3400-\u9fff])"
    r"|哪一?[个种](?:数字|数据|数值|数|说法|写法)(?:的|才|是|[对准])*(?![\u3400-\u9fff]))"
)
NOT_A_NAME = r"(?!中心|库|集|局|要素|产业|交易|企业|资源|经济|化|技术|政府|乡村|字经济)"
"""数字 in 数字经济 and 数据 in 数据中心 are no words for what is told."""
PUNCTUATION = r"[\s，,、；;：:。？?！!“”\"'‘’（）()—]"
CLAUSE_END = re.compile(r"[，,；;：:。？?！!]")
LETTERS = {
    "parts": "N", "tells": "T", "figures": "F", "agree": "A", "whether": "H", "of_what": "O", "which": "W", "fill": "J",
}  # fmt: skip
STRONG = frozenset("SNBTFAEWVO")
"""What shows that a run is of telling; the other sorts only stand between."""


@dataclass(frozen=True, slots=True)
class TellingWord:
    """One word of a run: which sort it is, and where it stands.

    S several sources, N one, B a table, E several tellings, T tells, F a word for figures, A agrees or not, W which
    holds, V a value, O of what it is, H there is, n a bare word for a source, J fill, P punctuation.
    """

    sort: str
    span: Span
    text: str

    @property
    def ends_clause(self) -> bool:
        """Whether it is the mark at the end of a clause."""
        return self.sort == "P" and CLAUSE_END.fullmatch(self.text) is not None


@cache
def sorts() -> Mapping[str, tuple[str, ...]]:
    """The words of each line of `telling_words.txt`, by the line's name."""
    named = (line.partition(":") for line in vocabulary_lines("telling_words.txt"))
    return {name: tuple(words.split()) for name, _, words in named}


def runs_of(question: str) -> list[list[TellingWord]]:
    """The longest stretches of a question that consist of words of telling and punctuation alone, in order.

    >>> ["".join(word.text for word in run) for run in runs_of("各份材料中甲市人口是否一致？")]
    ['各份材料中', '是否一致？']
    """
    runs: list[list[TellingWord]] = []
    for match in _words().finditer(question):
        sort = match.lastgroup or ""
        word = TellingWord(_letters()[match[0]] if sort == "word" else sort, Span(*match.span()), match[0])
        if runs and runs[-1][-1].span.end == word.span.start:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def clauses_of(run: Sequence[TellingWord]) -> list[list[TellingWord]]:
    """The words of a run clause by clause, the marks between them left out."""
    parts: list[list[TellingWord]] = [[]]
    for word in run:
        if word.ends_clause:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


@cache
def _letters() -> Mapping[str, str]:
    """The sort of each plain word, by its letter; what comes first among the sorts holds."""
    letters: dict[str, str] = {}
    for name, letter in LETTERS.items():
        for word in sorts()[name]:
            letters.setdefault(word, letter)
    return letters | dict.fromkeys((*sorts()["documents"], *sorts()["speakers"]), "n")


@cache
def _words() -> re.Pattern[str]:
    several, measure, standing, documents, speakers, one, inside, figures = (
        any_of(sorts()[name])
        for name in (
            "several", "measure", "standing", "documents", "speakers", "one", "inside", "figures",
        )
    )  # fmt: skip
    words = any_of(_letters())
    return re.compile(
        rf"(?P<E>(?:有|存在|不止一)?{several}?(?:{several}|不止一)[个种套]?(?:不同|不一样)?的?{figures}{NOT_A_NAME})"
        rf"|(?P<S>{several}{measure}?的?{documents}(?:{inside})?|{several}{standing}(?:的?{documents})?(?:{inside})?)"
        rf"|(?P<n>{several}{measure}?的?{speakers})"
        rf"|(?P<N>{one}{measure}?的?{documents}(?:{inside})?|{one}{measure}[为是]?(?={any_of(sorts()['tells'])}|\d|{FRACTION})|{documents}{inside})"
        rf"|(?P<B>{TABLE}(?:{inside})?)|(?P<W>{WHICH})|(?P<V>{MOVED}{VALUE}|{FRACTION})"
        rf"|(?P<word>{words}){NOT_A_NAME}|(?P<P>{PUNCTUATION})"
    )


CLAUSE = re.compile(r"[^，,；;。：:？?！!（）()]+|[，,；;。：:？?！!（）()]")
EDGES = "，,；;。：:？?！!（）()"
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
    several, measure, documents = (any_of(words[name]) for name in ("several", "measure", "documents"))
    figures = any_of(words["figures"])
    return re.compile(
        rf"(?P<all>(?:各自?|每|分别){measure}?的?(?:{documents}|{figures})|{several}(?:{measure}|[组套])?的?(?:不同的?)?(?:{documents}|{figures})|各(?:处|按)|一说|两说)"
        rf"|一[套组](?:{figures})?|{TABLE}|正文|文字|{documents}"
    )


@cache
def _said() -> re.Pattern[str]:
    """What a clause that only says by which numbers to compute consists of, and what is asked of the results."""
    words = sorts()
    kinds = ("computes", "results", "figures", "agree", "fill", "which")
    plain = any_of(word for kind in kinds for word in words[kind])
    inner = any_of((*words["inside"], *words["tells"]))
    return re.compile(
        rf"(?:{_sources().pattern.replace('?P<all>', '?:')}|{VALUE}|{FRACTION}|{plain}|{inner}|[“”\"、\s])+"
    )


@cache
def _computes() -> re.Pattern[str]:
    return re.compile(any_of(sorts()["computes"]))


def without_by_source(question: str, *, is_named: bool = False) -> str:
    """The question without the clauses that ask to compute it by the numbers of several sources; others as they are.

    Where it `is_named` whose numbers are meant, also without those that only say to answer by that report.

    >>> without_by_source("2020年甲市绿化率比乙市高多少？用报告正文的数算一遍，再用表2的数算一遍，结果各是多少？")
    '2020年甲市绿化率比乙市高多少？'
    >>> without_by_source("甲市2014年有3家医院，到2020年增加了多少家？2020年的数用报告。", is_named=True)
    '甲市2014年有3家医院，到2020年增加了多少家？'
    """
    kept: list[str] = []
    run: list[str] = []
    for piece in [*CLAUSE.findall(question), ""]:
        if piece and (piece in EDGES or _says_how(piece)):
            run.append(piece)
            continue
        if _asks_by_each("".join(run)):
            run = run[:1] if run[0] in EDGES else []
        kept += [one for one in run if not (is_named and BY_REPORT.search(one))] + [piece]
        run = []
    rest = MARKS_LEFT.sub("", re.sub("[（(][）)]", "", "".join(kept)))
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
