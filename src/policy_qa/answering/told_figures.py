"""Whether a sentence tells the figure, date or cause that a question asks for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import CHANGE, POINTS, AskedFigure, asked_figure
from policy_qa.answering.list_counts import count_told, names_as_many
from policy_qa.answering.wording import (
    Context,
    WantedWord,
    leaves_out_term,
)
from policy_qa.language.normalize import search_key
from policy_qa.language.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.binding import BoundFigure
    from policy_qa.types import Span
    from policy_qa.understanding import Query

NEAR_CHARS = 14
COMPARED_WITH = re.compile(r"比[^，,。；;]{2,24}[高低快慢多少]|[低高快慢]于|落后|相差|[还只]差")
SHARE_WORDS = frozenset({"占", "占比", "比重", "比例", "百分比", "份额"})
SHARE = re.compile(r"占(?!地)|比重|比例|份额")
OWN_SHARE = re.compile(r"^(?P<what>(?:(?!占).)*?)的?(?:占比|比[重例]|份额)")
WHOLE_TOLD = re.compile(r"(?P<part>[^,;]*?)占(?:到|了)?(?P<whole>[^占,;]{2,14}?)的?(?:比[重例]|份额|$)")
OF_ANOTHER = re.compile(
    r"[，,、和与]?(?:而|但|也|都|均|还)?(?:高于|低于|多于|少于|快于|慢于|大于|小于)[^，,。；;]{1,12}的$"
)
"""Before a figure that is the same of another place or year as the one before it: 下降3.1%，低于甲市的5.2%."""
RATE_BEHIND = re.compile(r"的?(?:同比|平均|年均)?(?:增速|增幅|降幅|涨幅|跌幅)")
ONLY_TELLS = re.compile(r"[，,、；;和与及]?(?:而|但|则|分别)?(?:为|是|达到?|有)?(?:约|近|高达|只有|仅)?")
SPENT, COST = (
    re.compile(r"完成(?:了|的)?投资|完成(?:了)?多少投资"),
    re.compile(r"总投资|投资总额|计划投资(?!完成)"),
)
LEVEL_REACHED = re.compile(r"(?:[升降增减落]|提高|上升|下降|回落|增加|减少|增长)[到至][^，,。；;]{0,10}$")
FIRST_OF_TWO = re.compile(r"[，,]?(?:由|从)[^，,；;。]{0,8}")
RATE_TOLD = re.compile(r"增速|增幅|增长率|涨幅|降幅")
CHANGE_WORDS = frozenset({"增速", "增幅", "增长率", "涨幅", "降幅", "增长", "幅度"})
_THINGS = "项目|企业|产业|集群|园区|城市|县|街镇|乡镇|单位|家庭|农户|基地|平台|贷款|产品|品牌"
OVER = re.compile(r"(?:超过?|过|突破|不足|少于|多于|高于|低于|大于|小于)$")
LIMIT = re.compile(r"[及含（(]{0,2}以[上下内][）)]?")
COUNTED_BEHIND = re.compile(r"的(?:仅|只)?有?\d+[项个家户]")
THINGS_BEHIND = re.compile(rf"的?[^，,。；;、\d]{{0,4}}(?:{_THINGS})|的?[^，,。；;、\d]{{1,10}}\d")
WORKS_BEHIND = re.compile(r"[^，,。；;、\d的]{1,8}?(?:项目|工程|装置|生产线|产线|机组|电站)")
SIZES = frozenset(["吨", "立方米", "千瓦", "千伏"])
"""Units in which works are told how large they are; money before them is what they cost."""
_LIST = r"(?:进入|入选|入围|跻身|列入|荣登|登上|上榜)[^，,。；;]{2,20}?(?:榜|[百十]强|\d+强|名单|名录)"
LISTED_BEFORE, LISTED_BEHIND = (
    re.compile(rf"{_LIST}的?[^，,。；;]{{0,6}}$"),
    re.compile(rf"[^，,。；;]{{0,12}}?{_LIST}"),
)
LIST_ASKED = re.compile(r"榜|[百十\d]强|名单|名录|入围|入选")
REACHED = re.compile(r"(?:涉及|惠及|覆盖)(?:企业|项目|户数|家数|[了到约达共近]){0,3}$")
"""Before the number of those whom something reaches, which is none of all there are."""
SHORT_LABEL, BEHIND_SHARE = 10, 0.98
CAUSE = re.compile(
    r"由于|因为?|原因|受.{1,20}影响|导致|致使|使得|造成|得益于|源于|归因|拖累|缘于|主要是|影响"
)
DATE = re.compile(r"\d{2,4}年|\d{1,2}月|[二三四五六七八九十〇○]{2,4}年|时期|期间|月末|年底")
NUMBERED = re.compile(r"[表图]\s*\d+(?:[-－—]\d+)?")
_YEAR, _MONTH = r"(?:(?:19|20)\d{2}年?|\d{2,4}年)", r"\d{1,2}(?:[-—~至到]\d{1,2})?月(?:\d{1,2}日)?"
DATE_ONLY = re.compile(rf"(?:{_YEAR}(?:[-—~至到](?:{_YEAR}|\d{{2}}))?(?:{_MONTH})?|{_MONTH})[初中末底份]?")
DIGIT = re.compile(r"\d")
TITLE_ASKED = re.compile(
    r"(?:全称|全名|名称|名字|题目|标题)(?:叫|是|为)*(?:什么|啥|哪)|(?:文件|方案|意见|规划|办法|政策|条例)(?:叫|是)(?:什么|啥)"
)
TITLE = re.compile("《[^《》]+》")
COUNT_ASKED = re.compile(r"多少|[第百]?几[^乎]")
WRITTEN_FIGURE = re.compile(
    r"[一二三四五六七八九十百千万亿两半]+(?:[个家户项条座人名位倍成点分万亿元吨米次批]|[多余]|以[上下])|[一过]半|半数|百分之|分之|翻[一两]?番|持平|首位|第[一二三四五六七八九十]"
)


def is_told(asked: AskedFigure, figure: BoundFigure, text: str) -> bool:
    """Whether a figure of the text is of the kind asked for; asked for a rise or fall, it is one."""
    if not asked.is_met_by(search_key(figure.span.of(text))):
        return False
    if not asked.is_bound and bounds_class(asked, figure, text):
        return False
    if asked.is_sum and not figure.quantity.unit:
        return False  # 赣州为1.6 behind a share
    if (
        asked.unit != POINTS
        and figure.quantity.unit == POINTS
        and COMPARED_WITH.search(figure.words.of(text))
    ):
        return False  # 「增速比全区低6.8个百分点」 tells no growth
    if asked.is_level and rises_by(figure, text):
        return False
    return not asked.is_change or figure.quantity.direction != 0 or _tells_change(asked, figure, text)


def _tells_change(asked: AskedFigure, figure: BoundFigure, text: str) -> bool:
    """Whether the words about a figure speak of a rise or fall, and not of what was reached by it."""
    if RATE_BEHIND.match(text, figure.span.end):
        return True  # 「比全省17.3%的增速低」
    before = text[figure.sentence_start : figure.span.start]
    if FIRST_OF_TWO.fullmatch(figure.words.of(text)) and RATE_TOLD.search(before):
        return True  # 「增速保持平稳，由2016年的2.0%升到」
    words = text[figure.sentence_start : figure.span.end] if asked.is_rank else figure.words.of(text)
    if OF_ANOTHER.fullmatch(words) or _names_only_place(figure, text):
        words = before
    if asked.is_share and LEVEL_REACHED.search(words) and not RATE_TOLD.search(before):
        return False  # 「占比由38.2%下降至18.5%」
    return CHANGE.search(words) is not None


def rises_by(figure: BoundFigure, text: str) -> bool:
    """Whether a figure is the amount by which something rose or fell (减少1386万人), not what it came to."""
    return (
        figure.quantity.unit not in ("%", "‰", POINTS)
        and figure.quantity.form in ("number", "range")
        and figure.quantity.direction != 0
        and CHANGE.search(search_key(figure.words.of(text))) is not None
    )


def _names_only_place(figure: BoundFigure, text: str) -> bool:
    """Whether the words before a figure only say of which place it is: what it is stands before (降幅更大，甲市为46.7%)."""
    place = figure.place.span if figure.place else None
    if place is None or not figure.words.contains(place):
        return False
    return (
        ONLY_TELLS.fullmatch(text[figure.words.start : place.start] + text[place.end : figure.words.end])
        is not None
    )


def moves_share(figure: BoundFigure, text: str) -> bool:
    """Whether a figure is by how many points a share rose or fell (占投资的比重为39%，下降5个百分点): no growth of anything."""
    return figure.quantity.unit == POINTS and SHARE.search(figure.label.of(text)) is not None


def is_whole_cost(question: str, figure: BoundFigure, text: str) -> bool:
    """Whether a figure is what all works are to cost (总投资), where it is asked how much was spent on them (完成投资)."""
    return (
        SPENT.search(question) is not None
        and "计划" not in question
        and COST.search(question) is None
        and COST.search(search_key(figure.label.of(text))) is not None
    )


def grows_instead(figure: BoundFigure, text: str) -> bool:
    """Whether a figure is by how much something grew (增加值增长8.9%), where nothing before it speaks of a share."""
    before = text[figure.sentence_start : figure.span.start]
    return figure.quantity.direction != 0 and SHARE.search(before) is None


def is_of_whole(question: str, figure: BoundFigure, text: str) -> bool:
    """Whether a share is one of the very thing whose own share is asked for: 占工业投资的比重, asked for its 占比."""
    asked = OWN_SHARE.search(question)
    told = WHOLE_TOLD.search(search_key(figure.label.of(text)))
    if asked is None or told is None or not asked["what"].endswith(told["whole"]):
        return False
    own = len(told["whole"]) + 1  # 工业投资占投资的比重 is its own
    return told["part"][-own:] != asked["what"][-own:]


def bounds_class(asked: AskedFigure, figure: BoundFigure, text: str) -> bool:
    """Whether a figure only says how large the things spoken of are: 总投资超100亿元的项目有3个, 120万吨乙烯项目开工.

    A 千亿级产业 aimed at is as much money.
    """
    if text.startswith("级", figure.span.end):
        return not figure.is_target or asked.unit not in (None, "元")
    if COUNTED_BEHIND.match(text, figure.span.end):
        return True
    if figure.quantity.unit in SIZES and WORKS_BEHIND.match(text, figure.span.end):
        return True
    is_over = OVER.search(text, max(0, figure.span.start - 3), figure.span.start) is not None
    limit = LIMIT.match(text, figure.span.end)
    end = limit.end() if limit else figure.span.end
    return (is_over or limit is not None) and THINGS_BEHIND.match(text, end) is not None


def counts_listed(question: str, figure: BoundFigure, text: str) -> bool:
    """Whether a figure counts but those on a list (进入百强榜的有17家) that the question does not speak of."""
    if LIST_ASKED.search(question):
        return False
    before = text[figure.sentence_start : figure.span.start]
    return LISTED_BEFORE.search(before) is not None or LISTED_BEHIND.match(text, figure.span.end) is not None


def said_by_label(wanted: Sequence[WantedWord], figure: BoundFigure | None, text: str) -> float:
    """The share of what is asked, places and periods left out, that the words right before a figure say, 0 to 1."""
    about = [word for word in wanted if not word.is_slot]
    if figure is None or not about:
        return 0.0
    label = search_key(figure.label.of(text))
    told = [word for word in about if is_said(word, label)]
    said = sum(word.weight for word in told)
    names_thing = any(word.forms[0] not in CHANGE_WORDS for word in told)
    if not names_thing and len(figure.words) <= SHORT_LABEL:  # 「高新技术企业数量，赣州最多，为1107家」
        before = search_key(text[figure.sentence_start : figure.span.start])
        said = max(said, BEHIND_SHARE * sum(word.weight for word in about if is_said(word, before)))
    return said / sum(word.weight for word in about)


def is_said(word: WantedWord, label: str) -> bool:
    """Whether the words before a figure say a word of the question; one for growth is said by any rise or fall.

    So is one for a share by any other.
    """
    if any(form in label for form in word.forms):
        return True
    if word.forms[0] in SHARE_WORDS and SHARE.search(label) is not None:
        return True
    return word.forms[0] in CHANGE_WORDS and CHANGE.search(label) is not None


def may_hold_figure(
    query: Query, wanted: Sequence[WantedWord], context: Context, *, label: str | None = None
) -> bool:
    """Whether the figure asked for may stand in the sentence: figures of other kinds, or of other terms, do not count.

    `label` is what stands right before it where it is found already (it may be in words: 全省排名第二).
    """
    asked = asked_figure(query.text)
    told = [figure.of(context.sentence) for figure in figures(context.sentence)]
    if told and label is None and not asked.is_told_in(context.sentence, told):
        return False
    if not told and COUNT_ASKED.search(query.text) and not WRITTEN_FIGURE.search(context.sentence):
        return False
    return not leaves_out_term(wanted, context, search_key(query.text), label or "")


def figure_is_near(wanted: Sequence[WantedWord], sentence: str, asked: AskedFigure) -> bool:
    """Whether a figure of the kind asked for stands behind the weightiest word spoken of, and close behind any: 强度为1.8%."""
    spoken = [
        (word.weight, sentence.find(form) + len(form))
        for word in wanted
        for form in word.forms
        if form in sentence
    ]
    if not spoken:
        return False
    first = max(spoken)[1]
    ends = [end for _, end in spoken if end >= first]
    return any(
        asked.is_met_by(figure.of(sentence)) and any(0 <= figure.start - end <= NEAR_CHARS for end in ends)
        for figure in figures(sentence)
    )


def has_what_is_asked(query: Query, sentence: str) -> bool:
    """Whether a sentence (its search key) holds the kind of thing asked for: a figure, a date, a cause, several things."""
    match query.kind:
        case "figure":
            return has_figure(sentence, asked_figure(query.text))
        case "when":
            return DATE.search(sentence) is not None
        case "cause":
            return CAUSE.search(sentence) is not None
        case "list":
            count = count_told(query.text)
            return sentence.count("、") >= 2 or (count is not None and names_as_many(sentence, count))
        case "statement" if TITLE_ASKED.search(query.text):
            return TITLE.search(sentence) is not None
        case _:
            return False


def must_hold(query: Query) -> bool:
    """Whether a sentence without what is asked for is no answer: one for a date without any, one for a title without one."""
    return query.kind == "when" or (query.kind == "statement" and TITLE_ASKED.search(query.text) is not None)


def has_figure(text: str, asked: AskedFigure) -> bool:
    """Whether the text holds a figure of the kind asked for.

    >>> has_figure("2020年出台办法", AskedFigure()), has_figure("2020年强度为1.8%", AskedFigure())
    (False, True)
    """
    return any(asked.is_met_by(span.of(text)) for span in figures(text))


@lru_cache(maxsize=2048)  # a sentence's figures are looked at several times a question
def figures(text: str) -> tuple[Span, ...]:
    """The quantities in digits that are neither mere dates nor the numbers of tables.

    >>> [span.of("见表3，2020年强度为1.8%") for span in figures("见表3，2020年强度为1.8%")]
    ['1.8%']
    """
    bare = NUMBERED.sub(lambda match: " " * len(match[0]), text)
    return tuple(
        span
        for span in find_quantities(bare)
        if DIGIT.search(span.of(bare)) and not DATE_ONLY.fullmatch(span.of(bare))
    )
