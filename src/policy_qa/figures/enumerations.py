"""The names that a sentence lists, and which of its figures are told in the order of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.figures.figure import Slot
from policy_qa.figures.indicators import COUNTABLE, ENUMERATED, GROWTH, name_topic
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

IN_A_ROW = re.compile(r"[、，,和与及\s]*(?:以及)?")
RANKS_IN_A_ROW = re.compile(r"[、，,和与及\s]*(?:以及)?(?:世界|全球|全国|国内|亚洲|[东中西]部|全[省市区县])?")
ONLY_MEASURE = re.compile(
    r"(?:其?(?:累计|同比|合计|排名|位次|增速|增幅|降幅|占比|比重|规模|总量|总数)|的|占[^，,；;。0-9]{1,14})*"
)
"""Names nothing: the series behind it is of the names before (，排名分别升至第二、第三)."""
CITY_AND_COUNTRY = re.compile(r"城乡(?=居民)")
MADE_AND_SOLD = re.compile(r"产销(?P<kind>量|值|额)?$")
MEASURED = re.compile(
    r"(?<=[一-鿿])(?:总?产[量值]|吞吐量|周转量|增加值|营业收入|销售[量额]|利润总?额|投资额?|占比|比重|覆盖率|参保率)$"
)
TRADE = re.compile(r"(?:产业|行业|制造业|企业|出口|进口|销售)$")
OF_TRADE = re.compile(r"(?:业|[一二三]产|经济|消费)$")
EXPECTED = re.compile(r"(?:预计|预期|约|实际|名义|同比|比上年|再|均|累计|合计)+$")
OF_PERIOD = re.compile(r"的?")
ONLY_GOES_ON = re.compile(r"[\s而但]*[则又也已]?")
TOLD = re.compile(r"(?:各?为|依次为|是|达到?)$")
SECTORS = re.compile(r"第?一[、]?二[、]?三(?:次)?产业?")
LONGEST_STEM = 4
"""Names of a list so short share what the last one ends with: 汽车、机械产业."""
JOINED = re.compile(r"\s*(?:[、，,和与及]|以及|和)?\s*")
"""Between the members of a series nothing else stands."""
IN_ORDER = re.compile(r"分别|依次|各为|各自")


def named_in_order(
    text: str, figures: Sequence[Span], sentence: Span, masked: Sequence[Span]
) -> dict[int, Slot]:
    """For figures of a series told in the order of as many names, the name of each, by index.

    汽车、机械产业分别下降1%和2% tells of 汽车产业 and 机械产业; a series behind it without names (2019年为3%和4%) of the same.
    """
    found: dict[int, Slot] = {}
    named: list[Slot] = []
    for group in _figures_in_rows(text, figures):
        if len(group) < 2:
            continue
        first = figures[group[0]]
        after = figures[group[0] - 1].end if group[0] else sentence.start
        listed = _listed(text, after, first.start, masked)
        told = text[listed.end : first.start].startswith("分别") or TOLD.match(text, listed.end, first.start)
        if not (ONLY_MEASURE.fullmatch(text, *_ends(listed)) or _names_one_only(text, listed, masked)):
            names = _names(text, listed, masked, len(group))
            named = names if told or len(names) == len(group) else named
        if len(named) == len(group):
            found |= dict(zip(group, named, strict=True))
    return found


def _names_one_only(text: str, words: Span, masked: Sequence[Span]) -> bool:
    """Whether the words are but one period or place (2019年则, 乙市): of that the series before is told anew."""
    inside = [span for span in masked if words.contains(span)]
    if len(inside) != 1:
        return False
    rest = text[words.start : inside[0].start] + text[inside[0].end : words.end]
    return ONLY_GOES_ON.fullmatch(rest) is not None


def _listed(text: str, after: int, figure: int, masked: Sequence[Span]) -> Span:
    """Where the list before a series stands: in its clause, up to 分别, 为, a period (由2019年的) or the figure itself."""
    cut = text.rfind("分别", after, figure)
    if cut < 0:
        told = TOLD.search(text, after, figure) or GROWTH.search(text, after, figure)
        cut = told.start() if told else figure
    cut = after + len(EXPECTED.sub("", text[after:cut]))
    for span in reversed(masked):
        if after < span.start and span.end <= cut and OF_PERIOD.fullmatch(text, span.end, cut):
            cut = span.start - (text[span.start - 1] in "由从")
    begin = max(after, *(text.rfind(mark, after, cut) + 1 for mark in "，,；;。：:"))
    return Span(min(begin, cut), cut)


def _figures_in_rows(text: str, figures: Sequence[Span]) -> list[list[int]]:
    """The indices of the figures, those together that stand in a row; between ranks may stand among whom."""
    return series_of(text, figures, joins=lambda one: RANKS_IN_A_ROW if text[one.start] == "第" else IN_A_ROW)


def _names(text: str, listed: Span, masked: Sequence[Span], count: int) -> list[Slot]:
    """The names of a list (第一、二、三产业占比), each with what they share at their end; none where places are listed."""
    sectors = SECTORS.search(text, listed.start, listed.end)
    if sectors is not None:  # 一二三产的比例
        at = Span(*sectors.span())
        return [Slot(f"第{number}产业", (at,)) for number in "一二三"]
    pieces = []
    for piece in _pieces(text, listed):
        named = [span.end for span in masked if piece.start <= span.start and span.end <= piece.end]
        if max(named, default=piece.start) >= piece.end:
            return []
        pieces.append(Span(max(named, default=piece.start), piece.end))
    if len(pieces) == 1 and count == 2 and (both := _both(pieces[0].of(text))):
        return [Slot(name, (pieces[0],)) for name in both]
    whole = name_topic(text, [pieces[-1]], ()) or pieces[-1]
    shared = _shared(text, pieces[0], whole)
    names = [piece.of(text) + shared.of(text) for piece in pieces[:-1]]
    spans = [(piece, shared) if len(shared) else (piece,) for piece in pieces[:-1]]
    return [*map(Slot, names, spans), Slot(whole.of(text), (whole,))]


def _both(name: str) -> tuple[str, str] | None:
    """The two names that one word is short for: 产销量, 城乡居民收入; None for any other."""
    if made := MADE_AND_SOLD.search(name):
        stem, kind = name[: made.start()], made["kind"] or "量"
        return f"{stem}产{kind}", f"{stem}销{kind}"
    if CITY_AND_COUNTRY.search(name):
        return CITY_AND_COUNTRY.sub("城镇", name), CITY_AND_COUNTRY.sub("农村", name)
    return None


def _pieces(text: str, listed: Span) -> list[Span]:
    marks = [*ENUMERATED.finditer(text, listed.start, listed.end)]
    edges = [listed.start, *(edge for mark in marks for edge in mark.span()), listed.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _shared(text: str, first: Span, whole: Span) -> Span:
    """What the last name of a list ends with that the others go on with; empty where these are names themselves.

    After names as short as the last one's beginning (汽车、机械产业), or of which only the last says what is counted
    (甲地航空货邮和旅客吞吐量).
    """
    nothing = Span(whole.end, whole.end)
    is_of_trade = OF_TRADE.search(first.of(text)) is not None
    if COUNTABLE.search(first.of(text)) and not is_of_trade:
        return nothing
    is_ordinal = first.of(text).startswith("第")
    head = None if is_ordinal else MEASURED.search(text, whole.start, whole.end)
    if head is not None:
        trade = None if is_of_trade else TRADE.search(text, whole.start, head.start())  # 陶瓷、茶叶产业产值
        return Span(trade.start() if trade else head.start(), whole.end)
    stem = len(first.of(text).removeprefix("第"))
    if stem > LONGEST_STEM or stem + 2 > len(whole):
        return nothing
    return Span(whole.start + stem + (is_ordinal and text.startswith("第", whole.start)), whole.end)


def again_in_order(
    text: str, figures: Sequence[Span], sentence: Span, masked: Sequence[Span]
) -> dict[int, tuple[int, int]]:
    """For figures of a series that names nothing but its order, the place of each in it and how many it has, by index.

    They are of what the figures before it counted: 城镇居民收入3万元，农村居民收入1万元，分别增长5%和6%.
    """
    found: dict[int, tuple[int, int]] = {}
    for group in _figures_in_rows(text, figures):
        first = figures[group[0]].start
        listed = _listed(text, figures[group[0] - 1].end if group[0] else sentence.start, first, masked)
        if (
            len(group) > 1
            and text.startswith("分别", listed.end)
            and ONLY_MEASURE.fullmatch(text, *_ends(listed))
        ):
            found |= {index: (place, len(group)) for place, index in enumerate(group)}
    return found


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def in_order(text: str, named: Sequence[Span], figures: Sequence[Span]) -> dict[int, int]:
    """For each figure of a series that is told in the order of as many names (甲、乙分别为1%和2%), its name, by index."""
    found: dict[int, int] = {}
    groups = [group for group in series_of(text, named) if len(group) > 1]
    for values in series_of(text, figures):
        if len(values) < 2:
            continue
        before = [group for group in groups if named[group[-1]].end <= figures[values[0]].start]
        same = [group for group in before if len(group) == len(values)]
        if same and (
            IN_ORDER.search(text, named[same[-1][-1]].end, figures[values[0]].start) or same[-1] == before[-1]
        ):
            found |= dict(zip(values, same[-1], strict=True))
    return found


def series_of(
    text: str, spans: Sequence[Span], *, joins: Callable[[Span], re.Pattern[str]] = lambda _: JOINED
) -> list[list[int]]:
    """The indices of the spans, those together that stand in a row: 甲、乙和丙; `joins` gives what may stand before each."""
    groups: list[list[int]] = []
    for index, span in enumerate(spans):
        if groups and joins(span).fullmatch(text, spans[index - 1].end, span.start):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups
