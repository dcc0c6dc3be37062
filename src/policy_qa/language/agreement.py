"""Questions whether sources agree: the words that ask so are words of asking, and no part of what is asked about.

They are found as runs of the words of `telling_words.txt`. Which runs ask for tellings is told by the sorts of words in
them, never by a whole phrase: several sources that tell, values seen side by side, a word of agreement beside a source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.telling_words import STRONG, clauses_of, runs_of, sorts
from policy_qa.language.vocabulary import vocabulary_lines
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.language.quantity_values import Quantity
    from policy_qa.language.telling_words import TellingWord

ASKED = re.compile(r"到底|究竟|一致|说法|矛盾|对得上|对不上|出入|相符|吻合|哪个[是才]?[对准]")
"""Whether sources agree is also meant where one value is insisted on: 到底是多少."""
_ONE = r"(?:一[个份篇处]|有的|[前后][面头]?|[这那][个份篇边])"
_TELLS = r"(?:里|中)?(?:是|却|又|则|只|仅|就|都)*[给说写讲用报列提按算]"
OF_WHAT = re.compile(
    r"[，,]?(?:分母|基数|(?:统计|计算)?口径|统计范围)(?:到底|究竟|说的|指的|用的|算的|上)*(?:是|按|指|用)?[^，,\d]{2,12}还是[^，,？?]{2,12}"
    r"|[，,]?(?:分别|各自?|到底|究竟)*(?:是|以|按|用)[^，,。；;\d]{2,12}还是(?:以|按)?[^，,。；;\d]{2,12}(?:为|作|做|当)?(?:分母|基数|口径)(?![\u3400-\u9fff])"
    r"|(?<=\d[%％])[，,]?(?:到底|究竟|说的|指的)*(?:是|指)(?P<share>占)?[^，,、\d]{2,12}还是[^，,、\d？?]{2,14}"
)
"""Of what a share is told, or by which count: 分母是规上工业还是全部工业."""
NAMED_REPORT = re.compile(
    r"(?:^|(?<=[，,；;。：:]))[\u3400-\u9fff]{2,10}(?=[这那][份篇个本](?:(?:报告|研究|文章|材料)[里中上前各怎的]|前后)|(?:报告|研究|文章)[里中][，,])"
)
"""The name of one report, which is no part of what is asked about: 园林那份报告前后, 园林报告中."""
EACH_ITS_WAY = re.compile(
    rf"{_ONE}{_TELLS}[^\d一有前后这那，,。]{{1,10}}?[，,]?{_ONE}{_TELLS}[^\d，,。]{{1,10}}"
    r"|(?:也?有(?:的|些)?[说写给讲称用][^\d，,。有]{1,10}的?[，,、]?){2}"
)
"""Two who tell it each in its way, no values: 一个给家数一个只说“不足”."""
MOVES = re.compile(r"(?:[到至过破于超逾达近约从由第前增降]|增长|提高|不足|同比)$")
"""What makes a value behind it one that bounds or moves something, none that is told of it."""
EACH_ASKED = re.compile(
    r"[，,；;。？?\s]+(?:两者|二者)?(?P<asked>(?:各|分别|各自)(?:是|为|有)?多少[^，,。？?]{0,4})[？?。]*$"
)
WONDERED_AT = re.compile(r"好像|似|咋|不及|怎么|为什么|为啥|反而|可是?|却|但|倒")
"""Words of surprise at two values: 说翻了一番，可金额好像还没上年的多."""
TOLD_ON = re.compile(r"[：:，,]|的数|说|称|(?<=.)翻")
"""Where what several times are told of ends."""
MARKS = re.compile(r"[，,；;、：:。？?！!][，,；;、：:。？?！!\s]+|[,，]\s*$")
SEVERAL_ASKED = re.compile(
    r"(?P<before>^|[,，;；、\s]|[\u3400-\u9fff])(?:分别|各自?|都|各个|具体)(?:是|为|有|说|写)*(?=多少|几|什么)"
)
OPENS = re.compile(
    r"^(?:(?:对于|关于|有关|就(?!业)|对(?!外)|(?:同样)?是|为何|为什么|为啥|怎么|经?[核查]对?一?下?[，,]?|帮?我?[核查]对?一?下)(?=.{4}))+"
)
"""What opens a question before what it is about."""
ASKS = re.compile(
    r"(\w)[没不]\1|有没有|是否|是不是|还是|有无|多少|几|哪|什么|怎|如何|何|吗|多[大高长快]|百分之"
)
EDGES = " \u3000,，;；、:：?？。!！"
EDGE_MARKS = "，,；;：:。？?！!（()）"
AMOUNTS = frozenset({"数", "数量", "数额", "数目", "结果"})
"""Words for figures that are also asked for where places are compared: 三市医院数量一样吗."""
SAID = frozenset({"写", "说", "讲"})
EACH = frozenset({"各", "各是", "各有", "各为", "各自", "分别"})
"""正文和表2分别是多少: a text and a table are asked for each."""
WITH = frozenset({"与", "和", "跟", "同"})
"""Before a word for figures: what is said is held against them (是否与数据相符), no question for tellings."""
BESIDE = frozenset({"、", "，", ",", "和", "与", "跟", "及", "以及", "同"})
GROWTH = re.compile(r"(?<!年均)(?:增速|增长率)")
LEAST_TOPIC, SIDE_BY_SIDE = 4, 2
SAYS_SOMETHING = re.compile(r"[\u3400-\u9fffA-Za-z]{2}")


def asks_agreement(question: str) -> bool:
    """Whether a question asks if sources agree, or which of their values holds.

    >>> asks_agreement("甲市2018年人口到底是多少"), asks_agreement("甲市2018年人口是多少")
    (True, False)
    """
    return ASKED.search(question) is not None or asks_tellings(question)


def asks_tellings(question: str) -> bool:
    """Whether a question asks what each source tells, not only for the value.

    >>> asks_tellings("甲市2018年人口，各处怎么说"), asks_tellings("甲市2018年人口到底是多少")
    (True, False)
    """
    return without_request(question) != question


def asks_alike(question: str) -> bool:
    """Whether a question asks if what several places tell is the same.

    >>> asks_alike("甲市2018年人口，两份报告写的一样吗"), asks_alike("甲市2018年人口，两份报告各写多少")
    (True, False)
    """
    return asks_tellings(question) and any(word.sort == "A" for run in runs_of(question) for word in run)


def sets_text_against_table(question: str) -> bool:
    """Whether a question asks if a text and its table tell the same.

    >>> sets_text_against_table("甲市人口正文写的和表3写的一致吗"), sets_text_against_table("表3里的甲市人口")
    (True, False)
    """
    if not asks_tellings(question):
        return False
    return any(map(_has_text_and_table, runs_of(question)))


@lru_cache(maxsize=256)
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
    said = _in_plain_words(question)
    runs = runs_of(said)
    if not _is_request(said, runs):
        return question
    cut = [span for run in runs for span in _cut_of(said, run)]
    rest = in_parts(_without(said, cut))
    rest = SEVERAL_ASKED.sub(r"\g<before>是", OPENS.sub("", rest.strip(EDGES)))
    rest = _over_years(MARKS.sub("，", rest).strip(EDGES))
    if not SAYS_SOMETHING.search(rest):
        return question
    return rest if ASKS.search(rest) else f"{rest.removesuffix('的')}是多少"


def values_seen(question: str) -> tuple[Quantity, ...]:
    """The values, two or more in one unit, that a question has seen told of one thing; none where it asks for something else.

    >>> [value.text for value in values_seen("甲市绿化率我看到38%、41%两个数，哪个是哪年的")]
    ['38%', '41%']
    """
    plain = without_request(question)
    if plain == question:
        return ()
    kept = [value.text for value in read_quantities(plain)]
    by_unit: dict[tuple[str, str], dict[object, Quantity]] = defaultdict(dict)
    for run in runs_of(question):
        for word in run:
            for value in read_quantities(word.text) if word.sort == "V" else ():
                if value.text not in kept and value.form in ("number", "fraction"):
                    by_unit[value.form, value.unit][value.values] = value
    return next((tuple(seen.values()) for seen in by_unit.values() if len(seen) > 1), ())


def _in_plain_words(question: str) -> str:
    """The question with what names something of its own in asking for tellings as plain words of telling."""
    question = NAMED_REPORT.sub(lambda name: name[0] if find_places(name[0]) else "", question)
    question = EACH_ITS_WAY.sub("两种说法", question)
    return OF_WHAT.sub(
        lambda of: f"{'占比' if of['share'] and '占' not in of.string[: of.start()] else ''}，口径不同",
        question,
    )


def _is_request(question: str, runs: Sequence[Sequence[TellingWord]]) -> bool:
    """Whether the words of the runs, taken together, ask how sources tell something."""
    every = {
        word.sort
        for run in runs
        for word in run
        if word.sort in "AE" or len(word.text) > 1 or word.text in SAID
    }
    if any(word.sort == "S" for run in runs for word in run) and every & set("TFAE"):
        return True
    each = "T" in every or any(word.text in EACH for run in runs for word in run)
    if each and any(_has_text_and_table(run) or _has_documents(run) for run in runs):
        return True
    asked_of = any({word.sort for word in part} & set("OW") for run in runs for part in clauses_of(run)[1:])
    return any(_asks(question, run, asked_of=asked_of) for run in runs)


def _has_text_and_table(run: Sequence[TellingWord]) -> bool:
    """Whether a run names a text and a table: 正文和表3, 文字和表格里."""
    is_table = [word.sort == "B" or word.text.startswith("表") for word in run]
    return any(is_table) and any(
        word.sort == "N" for word, table in zip(run, is_table, strict=True) if not table
    )


def _has_documents(run: Sequence[TellingWord]) -> bool:
    """Whether a run names several documents or places of one: 不同报告里, 报告前后, but not merely 两处."""
    return any(
        word.sort == "S" and any(one in word.text for one in sorts()["documents"]) for word in run
    ) or any(one.sort == "n" and other.text.startswith("前后") for one, other in pairwise(run))


def _asks(question: str, run: Sequence[TellingWord], *, asked_of: bool) -> bool:
    """Whether one run asks: sources or figures that agree or not, values side by side, several tellings, or which holds."""
    found = {word.sort for word in run}
    if _sets_side_by_side(run) and (asked_of or found & set("TFSNEAWOn")):
        return True
    if "E" in found and (found & set("NSTHnA") or any(_is_of_words(word) for word in run)):
        return True
    said = next((at for at, word in enumerate(run) if word.sort == "F" and _is_of_words(word)), 0)
    if any(word.sort in "SNBn" and word.text[0] not in "这那" for word in run[:said]):
        return True  # 报告前后的说法, but 这个说法出自哪份报告
    agrees = next((at for at, word in enumerate(run) if word.sort == "A"), 0)
    told = [at for at, word in enumerate(run[:agrees]) if word.sort in "SNFnB" and word.text not in AMOUNTS]
    if told and not (told[0] and run[told[0] - 1].text in WITH):
        return True
    ends = not question[run[-1].span.end :].strip(EDGES) or run[-1].ends_clause
    return "W" in found and ends


def _sets_side_by_side(run: Sequence[TellingWord]) -> bool:
    """Whether two values are told one beside the other: 41%还是42%, 前面写41%后面写42%, but not 从41%到42%."""
    values = [at for at, word in enumerate(run) if word.sort == "V"]
    return any(
        run[one].text != run[other].text
        and (
            any(word.sort in "TSNBO" for word in run[one + 1 : other])
            or all(word.text in BESIDE for word in run[one + 1 : other])
        )
        for one, other in pairwise(values)
    )


def _is_of_words(word: TellingWord) -> bool:
    """Whether several tellings are meant by a word that is only used of what is said: 两种说法, not 两个数."""
    return word.sort in "EF" and re.search(r"[说写讲提]法|口径|版本", word.text) is not None


def _cut_of(question: str, run: list[TellingWord]) -> Iterator[Span]:
    """What of a run is to be cut: its clauses that ask, up to what they ask about."""
    for words in clauses_of(run):
        sorted_as = {word.sort for word in words} - {"P"}
        if not sorted_as & STRONG and not (len(sorted_as) > 1 and "n" in sorted_as):
            continue
        words = _bare(words)
        before, behind = question[: words[0].span.start], question[words[-1].span.end :]
        at_start = not before.strip() or before.rstrip()[-1] in EDGE_MARKS
        at_end = not behind.strip() or behind.lstrip()[0] in EDGE_MARKS
        if not at_start:
            words = _from_opening(words)
        if not at_end:
            words = _to_closing(words)
        is_cut = at_end or sorted_as & set("SEB") or (at_start and _tells_of(words))
        if words and is_cut and not _is_own_value(words, question):
            yield Span(words[0].span.start, words[-1].span.end)


def _bare(words: list[TellingWord]) -> list[TellingWord]:
    """The words without the marks around them."""
    told = [at for at, word in enumerate(words) if word.sort != "P"]
    return words[told[0] : told[-1] + 1]


def _tells_of(words: Sequence[TellingWord]) -> bool:
    """Whether words before what is asked about tell of a source: 报告显示, 一说, but not 说."""
    found = {word.sort for word in words}
    is_source_first = "T" in found and words[0].sort == "n"
    return (
        is_source_first
        or bool(found & set("NVW"))
        or any(word.sort == "T" and len(word.text) > 1 for word in words)
    )


def _is_own_value(words: Sequence[TellingWord], question: str) -> bool:
    """Whether a single value stands alone that is no value told of what stands before it (超过600家)."""
    if {word.sort for word in words} & (STRONG - {"V"}) or sum(word.sort == "V" for word in words) > 1:
        return False
    return MOVES.search(question[: words[0].span.start]) is not None


def _from_opening(words: list[TellingWord]) -> list[TellingWord]:
    """The words of a run behind what is asked about, from the first that cannot be the end of its name."""
    opens = set(sorts()["opens"])
    first = next(
        (at for at, one in enumerate(words) if len(one.text) > 1 or one.text in opens or one.sort in "VP"),
        None,
    )
    return [] if first is None else words[first:]


def _to_closing(words: list[TellingWord]) -> list[TellingWord]:
    """The words of a run before what is asked about, up to the last that cannot be the beginning of its name."""
    closes = set(sorts()["closes"])
    last = next(
        (at for at in range(len(words) - 1, -1, -1) if words[at].text in closes or words[at].sort in "SNBEV"),
        None,
    )
    return [] if last is None else words[: last + 1]


def _without(text: str, cut: Sequence[Span]) -> str:
    kept, end = [], 0
    for span in cut:
        kept.append(text[end : span.start])
        end = span.end
    return "".join([*kept, text[end:]])


def _over_years(question: str) -> str:
    """The question with the mean growth for a growth over several years, which is told in no other way.

    >>> _over_years("“十三五”甲市投资增速"), _over_years("2020年甲市投资增速")
    ('“十三五”甲市投资年均增速', '2020年甲市投资增速')
    """
    periods = [mention.period for mention in find_periods(question)]
    if not periods or any(one is None or one.first.year == one.last.year for one in periods):
        return question
    return GROWTH.sub("年均增速", question)


def in_parts(question: str) -> str:
    """The question with the parts of a whole whose make-up is asked for, by `wholes.txt`.

    >>> in_parts("甲市2018年三次产业结构")
    '甲市2018年一产、二产、三产占比'
    """
    for line in vocabulary_lines("wholes.txt"):
        parts, _, wholes = line.partition(":")
        names = sorted(wholes.split(), key=len, reverse=True)
        question = re.sub("|".join(map(re.escape, names)), parts.strip(), question)
    return question


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
    if len(times) < SIDE_BY_SIDE:
        return ""
    before, behind = said[: times[0].start], said[times[0].end : times[1].start]
    topic = next(
        (
            found
            for part in (before, behind)
            if len(found := TOLD_ON.split(part)[0].strip(EDGES)) >= LEAST_TOPIC
        ),
        "",
    )
    if not topic or not WONDERED_AT.search(said):
        return ""
    return f"{topic}{'和'.join(dict.fromkeys(span.of(said) for span in times))}{asked['asked']}"
