"""Whether a figure's text bears out its slots so firmly that it may be set against another: precision comes first.

The slots of a figure are hints. A figure counts as evidence where between what names it and its number nothing stands that
could make it another thing: no part of it (其中), no other place, no company, no earlier state (由…升至).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from policy_qa.figures.surroundings import home_of
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places, unique_name
from policy_qa.types import Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_qa.figures.figure import Figure
    from policy_qa.types import Block, Document

COUNTRY = "中国"
BLANK = "\x00"
STANDS_APART = re.compile(
    rf"(?:{BLANK}|[\s的，,、：:（）()“”]|分别|依次|约?为|是|有|已经?|达到?|约|近|共计?|总共|合计|总计|只|仅|才|也|又|则|却|都|均|还|仍|再|从?没?未?有?不?"
    r"超过|突破|接近|高达|多达|不足|不到|越过|高于|低于|超|过|逾|保持在?|稳定在|维持在|拥有|实现|完成|同比|比上年|[较比]去年|[较比]上年|全年|当年|同期|"
    r"增长率?|增速|增幅|增加|上升|提高|下降|回落|减少|降低|降幅|上涨|下跌|[增升降]|负|正|了|到|至|在|以来|末|年|底|截至|截止|而|但|且|并|"
    r"位?[居列]|排名?|名列|第|数量?|总数|总量|总额|总?规模|占比|比重|比例|占|经|初步|统计|核算|全[市省区县州]|我[市省区县州]|[该本][市省区县州]|其(?!中))*"
)
"""Words between a name and its number that leave open nothing of what is counted."""
FULL_STOP = re.compile(r"[。！？\n]")
FROM = re.compile(r"(?:由|从|自)[^，,；;。\d]*$")
FROM_VALUE = re.compile(r"[由从]第?\d[\d.,]*[%％位名家个万亿元人]*(?=[^，,；;。\d]{0,3}[至到])")
"""Before the value that was reached (由3.1%升到5.2%)."""
REACHED = re.compile(r"(?:升|降|增|减|提高|增加|减少|下降|回落|扩大|缩小)(?:至|到|为)")
SERIES = re.compile(r"(?:[\d.,]+\s*[%％‰万亿]*[^\d，,。；;、和与及]{0,3}(?:[、，,和与及]|以及)\s*)+$")
IN_ORDER = re.compile(r"分别|依次")
LISTED = re.compile(r"[、和与及]")
PART_BEHIND = re.compile(r"\s*[（(]?(?:不含|不包括|含|包括|按|以上规模|左右的)")
PART = re.compile(
    r"其中|之中|除外|不含|扣除|剔除|以上的|以下的|[百千万亿]元以上|前[\d一二三四五六七八九十百]+[名位家强]|部分|一些|某"
)
"""Words of a clause that tell of a part of what is named, or of a choice from it."""
COMPARES = re.compile(
    r"^[比较]|(?:低于|高于|快于|慢于|相当于|对比|差距)|贡献率?|拉动|(?:比|较)(?!上年|去年|上月|同期|重|例)[^，,；;]{1,10}(?:年|末|时期|”|月)"
)
QUALIFIER = re.compile(
    r"环比|年均|年平均|平均每年|两年平均|三年平均|累计|净增|新增|新建|新认定|新注册|人均|户均|月均|日均|名义|实际|可比|不变价|现价|预计|预期|初步|快报|调整|修订|"
    r"户籍|常住|城镇|城市|农村|乡村|农民|居民|地方|本级|总收入|小微|私营|民营|民间|国有|外资|规模以[上下]|规[上下]|限额以[上下]|限[上下]|"
    r"一般公共预算|公共财政|进出口|出口|进口|本外币|人民币|有效|申请|授权|国家级|省级|自治区级|市级|计划|当期|增加值|总产值|利税|固定资产"
)
"""Words that make of one thing another; those near a figure must be the same as those near the figure it is set against."""
NAMED_ALIKE = {
    "规模以上": "规上",
    "规模以下": "规下",
    "限额以上": "限上",
    "限额以下": "限下",
    "公共财政": "一般公共预算",
    "年平均": "年均",
    "平均每年": "年均",
    "乡村": "农村",
}
GROWTH_CAPTION = re.compile(r"增速|增长|增幅|同比|涨幅|降幅|变化率")
SHARE_CAPTION = re.compile(r"占|比重|结构|构成|份额|比例|率")
RANKED_AMONG = re.compile(
    r"全球|世界|全国|全[省区市州县]|[省区市州县]内|[东中西]部|\d+\s*个?[^，,。\d]{0,6}(?:城市|省份?|市|县|地区)|[^，,。\s]{2,6}(?=第)"
)
BEHIND_CHARS = 12
LONGEST_LABEL = 40


def bears_out(figure: Figure, document: Document) -> bool:
    """Whether the text names the figure's slots so that nothing about them is in doubt."""
    indicator, subject, when = figure.indicator, figure.subject, figure.when
    if indicator is None or subject is None or when is None:
        return False
    if COMPARES.search(indicator.text) or PART.search(indicator.text):
        return False
    home = home_of(document)
    if subject.text == COUNTRY and home is not None and unique_name(home) != COUNTRY:
        return False
    if figure.cell is not None:
        table = table_of(figure, document)
        return table is not None and table.caption_fits and not _is_growth_table(figure, table, document.text)
    return _is_stated(figure, document)


def _is_growth_table(figure: Figure, table: Table, text: str) -> bool:
    """Whether a cell in per cent may be a growth that only the caption calls so."""
    caption = "" if table.caption is None else table.caption.of(text)
    is_share = figure.measure in ("level", "share") and figure.quantity.unit == "%"
    return is_share and GROWTH_CAPTION.search(caption) is not None and not SHARE_CAPTION.search(caption)


def _is_stated(figure: Figure, document: Document) -> bool:
    """Whether a sentence names the figure, at most carried on within itself, and says nothing between that could be of else."""
    text, indicator = document.text, figure.indicator
    if indicator is None or not indicator.spans or not _is_said_in_one(text, indicator.spans[0], figure.span):
        return False
    words = _words_before(figure, text)
    if (
        PART_BEHIND.match(text, figure.span.end)
        or PART.search(words.of(text))
        or COMPARES.search(words.of(text))
    ):
        return False
    if not _has_own_period(figure, text, words) or not _has_own_place(figure, text):
        return False
    return STANDS_APART.fullmatch(_masked(figure, text, words)) is not None


def _words_before(figure: Figure, text: str) -> Span:
    """What of the clause stands before the figure, behind the figure of another thing (2208亿元，增长8.5%)."""
    words = Span(figure.clause.start, figure.span.start)
    series = SERIES.search(text, words.start, words.end)
    own = [span.end for span in figure.indicator.spans] if figure.indicator else []
    end = series.start() if series and any(words.start < one <= series.start() for one in own) else words.end
    return Span(words.start, end)


def _has_own_period(figure: Figure, text: str, words: Span) -> bool:
    """Whether a figure is of its period and not of an earlier state (由…), nor one that several years led to (增加到…)."""
    before = words.of(text)
    beside = figure.period is not None and any(
        span.end <= figure.span.start and text[span.end : figure.span.start].strip("年末底的为 ") == ""
        for span in figure.period.spans
    )
    if beside:
        return True
    if FROM.search(before):
        return False
    several = figure.when is not None and not figure.when.is_open and len(figure.when.years) > 1
    return not (several and REACHED.search(before))


def _is_said_in_one(text: str, name: Span, figure: Span) -> bool:
    """Whether no sentence ends between what names a figure and its number."""
    return FULL_STOP.search(text, min(name.end, figure.end), max(name.start, figure.start)) is None


def _has_own_place(figure: Figure, text: str) -> bool:
    """Whether the figure's clause names its place, or its sentence no other one."""
    if figure.subject is None:
        return False
    if any(figure.clause.contains(span) for span in figure.subject.spans):
        return True
    said = Span(figure.sentence.start, figure.span.end).of(text)
    return all(
        any(unique_name(one) == figure.subject.text for one in found.places) for found in find_places(said)
    )


def _masked(figure: Figure, text: str, words: Span) -> str:
    """The words with what names the figure blanked out: its indicator, its period, its place, and places around that.

    What is told in the order of a list (甲、乙分别为) was paired with it.
    """
    letters = list(FROM_VALUE.sub(lambda match: BLANK * len(match[0]), words.of(text)))
    paired = IN_ORDER.search(words.of(text))
    if paired and LISTED.search(words.of(text), 0, paired.start()):
        letters[: paired.start()] = BLANK * paired.start()
    for span in _named(figure, text, words):
        for at in range(max(span.start, words.start), min(span.end, words.end)):
            letters[at - words.start] = BLANK
    return "".join(letters)


def _named(figure: Figure, text: str, words: Span) -> Iterable[Span]:
    slots = (figure.indicator, figure.period, figure.subject)
    yield from (span for slot in slots if slot is not None for span in slot.spans)
    said = words.of(text)
    for period in find_periods(said):
        if period.period is None or period.period == figure.when:
            yield Span(words.start + period.span.start, words.start + period.span.end)
    for place in find_places(said):
        if figure.subject and any(unique_name(one) == figure.subject.text for one in place.places):
            yield Span(words.start + place.span.start, words.start + place.span.end)


def qualified_alike(one: Figure, other: Figure, documents: Mapping[str, Document]) -> bool:
    """Whether the words near two figures that make of one thing another are the same.

    What a table's caption says (户籍人口一览) may qualify its cells; it need not, since a caption names what several rows are of.
    """
    mine, mine_around = _qualifiers(one, documents[one.document_id])
    its, its_around = _qualifiers(other, documents[other.document_id])
    return mine <= its | its_around and its <= mine | mine_around


def _qualifiers(figure: Figure, document: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The qualifiers of a figure's own words, and those of the caption over its cell; of a rank among whom it is."""
    said, around = _said_of(figure, document)
    ranked = figure.measure == "rank"
    return _qualifiers_in(said, ranked=ranked), _qualifiers_in(around, ranked=ranked)


def _qualifiers_in(said: str, *, ranked: bool) -> frozenset[str]:
    found = {match[0] for match in QUALIFIER.finditer(said)}
    if ranked:
        found |= {"".join(match[0].split()) for match in RANKED_AMONG.finditer(said)}
    return frozenset(NAMED_ALIKE.get(word, word) for word in found)


def _said_of(figure: Figure, document: Document) -> tuple[str, str]:
    """What is said of a figure from what names it to a little behind it, or by a cell's labels; and the cell's caption."""
    text, name = document.text, figure.indicator.text if figure.indicator else ""
    if figure.cell is not None:
        table = table_of(figure, document)
        caption = "" if table is None or table.caption is None else table.caption.of(text)
        return name, caption
    behind = text[figure.span.end : min(figure.clause.end, figure.span.end + BEHIND_CHARS)]
    return f"{name} {_words_before(figure, text).of(text)[-LONGEST_LABEL:]} {behind}", ""


def block_around(document: Document, span: Span) -> Block:
    """The block that holds the span."""
    index = bisect_right(document.blocks, span.start, key=lambda block: block.span.start)
    return document.blocks[max(index - 1, 0)]


def table_of(figure: Figure, document: Document) -> Table | None:
    """The table a figure's cell is of, None for a figure of a sentence."""
    block = None if figure.cell is None else block_around(document, figure.span)
    return block if isinstance(block, Table) else None
