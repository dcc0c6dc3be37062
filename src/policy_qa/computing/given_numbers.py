"""The numbers that a question names itself, each with what stands beside it: its time, its place, what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from policy_qa.language.periods import Period, find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.places import Place
    from policy_qa.language.quantity_values import Quantity

SAID = words_of("deriving_words.txt")
NO_OPERAND = frozenset(
    {"", "年", "个月", "月", "天", "日", "岁", "倍", "番", "成", "位", "名", "种", "次", "百分点"}
)
ROSE_TO = re.compile(r"[到至达成变升降涨跌]|增(?!加值)|[-—－~～→]+")
JOINS = re.compile(
    r"^(?:[的和与及从由自按在共有为是达到至占比其中约]|就是|已知|如果|若|一共|合计|分别|高达|达到)+|(?:[从由自为是有达到至的共约占了比较]|分别|合计|一共|高达|增长|增加|上升|提高|下降|减少|降低)+$"
)
BEHIND = re.compile(
    r"^的?(?P<thing>[\u4e00-\u9fff“”]{1,12}?)(?=[的中里占，,、。是为？?]|之|当中|合计|一共|平均|$)"
)
MARKS = re.compile(r"[，,、。；;：:（）()？?！!]")
WHOLES = ("全市", "全区", "全省", "全国", "全县", "全州")
OF_OTHER = re.compile(r"[占比减与和跟及]|(?<!增)加(?!工)|中(?=\d|$)")
"""What stands before these is said of another number."""
PAIR = 2


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a question names: the time and place beside it, what it is called there, and all words of its own."""

    quantity: Quantity
    period: Period | None
    place: Place | None
    name: str
    own: str


def numbers_in(text: str, *, left_out: frozenset[str] = NO_OPERAND) -> list[Given]:
    """The exact numbers of a question, each with its unit; none where one is a bound: 超过500家的."""
    times = find_periods(text)
    told = [
        one
        for one in read_quantities(_apart(text))
        if one.unit not in left_out
        and re.search(r"\d", one.text)
        and not any(found.span.overlaps(one.span) for found in times)
    ]
    if any(
        one.form != "number" or len(one.values) != 1 or one.bound not in ("exact", "about") for one in told
    ):
        return []
    starts = [0, *(one.span.end + len(words_behind(text, one)) for one in told)]
    own = [
        [found.period for found in times if start <= found.span.start < one.span.start and found.period]
        for start, one in zip(starts, told, strict=False)
    ]
    if own and len(own[0]) == len(told) and not any(own[1:]):
        own = [[period] for period in own[0]]  # 2015年、2020年分别为80家、120家
    if len(told) == PAIR and own[0] and not own[1] and own[0][-1].label()[:1].isdigit():
        own = _ends(text, told, own)
    return [
        Given(one, own[at][-1] if own[at] else None, *_called(text, starts[at], one))
        for at, one in enumerate(told)
    ]


def _ends(text: str, told: Sequence[Quantity], own: list[list[Period]]) -> list[list[Period]]:
    """The times of two numbers, of which one became the other from one year to another: 2014年到2020年，从80家到120家."""
    whole = own[0][-1]
    years = (whole.first.year, whole.last.year)
    between = text[told[0].span.end : told[1].span.start]
    if years[0] == years[1] or not ROSE_TO.search(between):
        return own
    return [[Period(date(year, 1, 1), date(year, 12, 31))] for year in years]


def _apart(text: str) -> str:
    """The text, as long, in which a number is no range with the year behind it, and none is a vague one: 80家到2020年; 80家多几家."""
    for found in find_periods(text):
        at = found.span.start - 1
        text = f"{text[:at]}，{text[at + 1 :]}" if at > 0 and text[at] in "到至和与-—－" else text
    return re.sub("多(?=[了出]*[几多少])", "，", text)


def _called(text: str, start: int, number: Quantity) -> tuple[Place | None, str, str]:
    """The place beside a number, what it is called there without time and place, and the whole stretch of text that is its own."""
    marks = [mark.end() for mark in MARKS.finditer(text, start, number.span.start)]
    before = text[marks[-1] if marks else start : number.span.start]
    places = find_places(before)
    spans = [*(found.span for found in find_periods(before)), *(found.span for found in places)]
    for span in sorted(spans, reverse=True):
        before = before[: span.start] + before[span.end :]
    behind = words_behind(text, number)
    thing = behind.removeprefix("的")
    before = OF_OTHER.split(before)[-1]
    own = f"{text[start : number.span.start].split('占')[-1]}{number.text}{behind}"
    name = unjoined(before)
    if not name or before.endswith(("的", *WHOLES)):
        name = f"{name}{'的' if before.endswith('的') and name and thing else ''}{thing}"
    is_name = name and not re.search(f"{SAID['how_much']}|{SAID['share']}|[各按]|[写说]法", name)
    return places[-1].places[0] if places else None, name if is_name else "", own


def words_behind(text: str, number: Quantity) -> str:
    """The words right behind a number that say what it counts."""
    found = BEHIND.match(text[number.span.end :])
    return found[0] if found else ""


def unjoined(text: str) -> str:
    """The text without what joins it to others, before and behind."""
    while (shorter := JOINS.sub("", text)) != text:
        text = shorter
    return text
