"""Whether a figure of the catalog is of the very indicator and measure that a question asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.asked_words import table_synonyms
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.qualifiers import TARGET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_qa.figures.binding import BoundFigure
    from policy_qa.figures.figure import Figure, Measure
    from policy_qa.understanding import Query

GROWTH = re.compile(r"增速|增长|增幅|涨幅|降幅|升幅")
SHARE = re.compile(r"占|比重|比例|份额|百分比")
RANKED = re.compile(r"排名|位次|名次")
AMOUNT = re.compile(r"(?:生产总值|GDP|增加值|产值|[总金余]额|总量|收入|支出|投资)$")
"""What is told in money: in percent only how it grew."""
INDUSTRY = re.compile(r"[\u3400-\u9fff]{1,2}[^产企工行就创农商失]业")
NARROWS = re.compile(r"[\u3400-\u9fff](?<![的和与及占中对为是在市省区县国部类上由从年])$")
"""Before the name of an industry: it is the end of a longer name, as 制造业 is of 医药制造业."""
_GENERIC = r"(?:全(?:社会|[市省区国部])?|整体|地区|总|额|量|[人个家户项件]数|数|值|率|规模|数量|同比|增长|增速|增幅|水平|占比|比重|比例|份额|占|排名|排位|位次|名次|的|年|末|实现|完成|达|为|是|有|其中|共|时期|期间)"
WHOLE_ASKED = re.compile(r"占(?P<whole>[^占，,]{2,12}?)的?(?:比重|比例|份额|百分比|多少|百分之)")
WHOLE_TOLD = re.compile(r"占(?:到|了|据)?(?P<whole>[^占，,]{2,12}?)(?:的|比重|比例|份额|为|是|达到?|约|近)*$")
"""Of what a share is asked for, and is told right before its figure."""
GENERIC, SAYS_NOTHING = re.compile(f"{_GENERIC}*"), re.compile(f"{_GENERIC}+")
COLLECTIVES = frozenset("各年市项省县区")
NOT_INDICATOR = re.compile(
    r"分别|各[市地省区县年项个]|多少|城市|其中|最|哪|排名|[两二三四五六七八九十\d]+[市省区县]"
)


def measure_of(figure: Figure) -> Measure:
    """What a figure measures of its indicator; a share (占比为8%) is one however it is told, and an amount in percent its growth."""
    if figure.measure != "level" or figure.quantity.unit != "%" or figure.indicator is None:
        return figure.measure
    if SHARE.search(figure.indicator.text):
        return "share"
    is_change = figure.quantity.direction != 0
    return "growth" if is_change and AMOUNT.search(figure.indicator.text) else "level"


def measure_asked(key: str) -> Measure:
    """What is measured of the indicator.

    >>> measure_asked("各市的工业投资增速"), measure_asked("民间投资占比"), measure_asked("人口")
    ('growth', 'share', 'level')
    """
    if RANKED.search(key):
        return "rank"
    if GROWTH.search(key):
        return "growth"
    return "share" if SHARE.search(key) else "level"


def fits_measure(query: Query, figure: Figure) -> bool:
    """Whether a figure measures what is asked: no growth where a share or a level is asked for, and so on."""
    asked, told = measure_asked(search_key(query.text)), measure_of(figure)
    return asked == told or (asked == "level" and told in ("share", "ratio"))


def says_indicator(query: Query, indicator: str, *, among: Sequence[str] = ()) -> bool:
    """Whether an indicator (a search key) says every word asked for, and nothing else that would change what it is.

    What it says besides may be part of the words `among`: 工业技改投资占工业投资 is what 技改投资占工业投资 asks for.
    """
    left = left_over(query, indicator)
    if left is None:
        return False
    more = [piece for piece in SAYS_NOTHING.split(left) if piece]
    return not more or all(any(one in word for word in among) for one in more)


def names_indicator(query: Query, label: str, *, in_table: bool = False) -> bool:
    """Whether a label (a search key) says every word asked for, perhaps among others; in a table perhaps as tables do."""
    return left_over(query, label, table_synonyms() if in_table else {}) is not None


def is_of_another(query: Query, figure: Figure) -> bool:
    """Whether a share is told of something of which the question says no word: 占比为8% behind 民间投资."""
    if figure.indicator is None or measure_of(figure) != "share" or not figure.indicator.is_carried:
        return False
    key, told = search_key(query.text), search_key(figure.indicator.text)
    whole = key.find("占") if "占" in key else len(key)
    words = [
        word
        for word in query.content
        if 0 <= key.find(word) < whole
        and not (GENERIC.fullmatch(word) or NOT_INDICATOR.search(word) or word in COLLECTIVES)
        and not (_names_part(query, word) or find_places(word) or find_periods(word))
    ]
    forms = [form for word in words for form in (word, *query.synonyms.get(word, ()))]
    return bool(forms) and not any(form in told for form in forms)


def has_narrower_whole(query: Query, figure: BoundFigure, text: str) -> bool:
    """Whether a share is told of a narrower whole than the one asked for: 占工业投资的5.7%, not 占全市投资的."""
    asked = WHOLE_ASKED.search(search_key(query.text))
    told = WHOLE_TOLD.search(search_key(text[figure.label.start : figure.span.start]))
    if asked is None or told is None:
        return False
    wanted, said = (SAYS_NOTHING.sub("", one["whole"]) for one in (asked, told))
    same = {form for word in query.content if word in wanted for form in query.synonyms.get(word, ())}
    return bool(wanted) and said != wanted and said.endswith(wanted) and said not in same


def left_over(query: Query, indicator: str, more: Mapping[str, Sequence[str]] | None = None) -> str | None:
    """What of an indicator the words asked for, or `more` words for them, leave over; None where it leaves one of them out."""
    left, asked = indicator, search_key(query.text)
    taken: set[str] = set()
    for word in query.content:
        is_slot = _names_part(query, word) or find_places(word) or find_periods(word)
        is_target = query.wants_target and not TARGET.sub("", word)
        if NOT_INDICATOR.search(word) or word in COLLECTIVES or is_slot or is_target:
            continue
        forms = sorted(
            (word, *query.synonyms.get(word, ()), *(more or {}).get(word, ())), key=len, reverse=True
        )
        said = next(
            (form for form in forms if form in left and not names_narrower(form, indicator, asked)), None
        )
        if said is None and not GENERIC.fullmatch(word) and not taken.intersection(forms):
            return None  # taken: 细颗粒物 (PM2.5) says one thing twice
        taken |= {said} if said else set()
        left = left.replace(said, "", _times_said(word, asked, query.content)) if said else left
    return left


def _times_said(word: str, asked: str, words: Sequence[str]) -> int:
    """How often a question says a word by itself, and not within another: once 工业 in 工业技改占工业投资的比重."""
    within = sum(asked.count(other) for other in words if word != other and word in other)
    return max(1, asked.count(word) - within)


def names_narrower(form: str, indicator: str, asked: str) -> bool:
    """Whether an indicator says an industry's name only as the end of a narrower one's, which is not asked for.

    >>> names_narrower("制造业", "医药制造业", "制造业"), names_narrower("制造业", "医药制造业", "医药制造业")
    (True, False)
    """
    if not INDUSTRY.fullmatch(form) or form not in indicator:
        return False
    return all(
        NARROWS.search(indicator, 0, found.start())
        and indicator[found.start() - 1 : found.end()] not in asked
        for found in re.finditer(re.escape(form), indicator)
    )


def _names_part(query: Query, word: str) -> bool:
    """Whether a word is a part of the name of a place that the question names."""
    return any(word in place.name for place in query.places)
