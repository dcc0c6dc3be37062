"""What a figure of a sentence counts: the noun phrase before it, behind it, or the one that it goes on with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.figures.figure import Slot
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.figure import Measure
    from policy_qa.language.quantity_values import Quantity

MASK = "\x00"
"""Stands for every character of a period or place: not part of the noun phrase at its ends."""
_GROWTH = r"负?增长|下降|上升|提高|提升|减少|回落|降低|增加|下滑|上涨|下调|上调|前移|后移|跃升|扩大|缩小|加快|放缓|收窄|(?<!新)增|降|涨|跌|多|少|高|低"
_BASE = rf"同比|环比|[比较](?:上年|去年|上月|{MASK}+)?(?:同期|水平|预算(?:执行)?数?|计划数?)?|年均|平均每年|年平均|名义|实际|可比口径|按可比价格?(?:计算)?|净"
GROWTH = re.compile(
    rf"(?:(?:{_BASE})[，,]?)*(?:(?<!占)[比较](?![重例率值])[^，,；;。0-9]{{1,12}}?(?=(?:高|低|快|慢|多|少)出?$))?(?:总体|合计|累计)?(?:(?:仅|只|共)?(?:{_GROWTH})(?:了|幅度?为?|约|近)?)$|(?<=[的])?(?:增速|增幅|降幅|涨幅|增长率|增长速度)(?:为|达到?|是|约|近|仅|由|从)*$"
)
_REACHED = (
    r"(?:[升降增减涨跌回]|提高|下降|增加|减少|上升|跃升|提升|回落|前移|扩大|缩小|压缩|退)(?:至|到|为|成)"
)
TAIL = re.compile(
    rf"(?:{_REACHED}|{MASK}+的?|分别|依次|达到?|实现|完成|超过?|突破|接近|高达|多达|仅有?|只有|(?<!人)才|已|约|近|大约|大概|平均|(?:继续)?(?:稳定|保持|维持|控制)在|每人每[年月]|每[年月人户]|拟?按|拟|、总(?:数|量|规模)|不足|不到|合计|累计|共计|总计|共|为|是|有|至|到|了|即|则|均|由|从|的|在|于|[:：,，、\s（(]|占(?!比)|位[居列]|(?<![新定民邻安])居|(?<![系专])列|(?<![安编减])排名?|第|低于|高于|相当于|各|(?<!占)比|以|多|再|将|可|需|要|(?<![储蓄节光热动产核电智性功机职效可万])能|(?:拟|将|已)?安排|新增|约合|折合|左右|连续[0-9一二三四五六七八九十两]+(?:年|个?月|个?季度|届)|力争|预计|预期|目标|计划|过|跨过|越过|保持|最|却|也|都|没有?|遍及|遍布|仍然?|继续|持续|出现|呈现|贡献|[稳高]居|来自|里|(?<![高初集其])中|(?<![国境区省市县室校])内|(?<![网线以])上|经|更|处|处于|迈上?)+$"
)
PREDICATE = re.compile(
    r"(?:则|却|也|都|更|最|又|仍|还|均|已经?|出现|呈|保持|持续|继续|连[年续]|同步|相[对比]|来自|高于|低于|快于|慢于|居|位[列居]|降[得幅]|增[得幅]|涨幅|的?[降增涨]幅|变化|反过来|大幅|小幅|稳步|明显|略|稍|逐[步年]|进一步|正在|不断|有所|转为|由[正负]|是|有)"
)
"""What begins the predicate of a clause without figures that names what the figures behind it count."""
COUNTABLE = re.compile(
    r"(?:率|增速|增幅|速度|额|数|量|值|比[重例]|占比|强度|面积|人口|收入|支出|产业|[一二三]产|工业|农业|服务业|投资|存款|贷款|企业|项目|GDP|指数|得分|价格|出口|进口|外贸|平台|机构|中心|规模|余额|资产|资金|利润|税|工资|里程|排名|位次|竞争力|职工|学生|医院|床位|汽车|钢材|粮食|投入|依存度|消费|经济|专利|成果|就业|用地|债务|评价|水平)$",
    re.IGNORECASE,
)
"""How the name of something counted ends, where it stands in another clause than the figure."""
FRAME = re.compile(
    r"(?:^|[，,；;。])(?:从|就|按|在|以|分)?(?P<what>[^，,；;。]{2,24}?)(?:来看|来说|而言|上看|方面|看)[，,：:]"
)
"""What the sentences behind are about: 从一般公共预算收入来看，…"""
INNER_VERB = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:实现|完成)(?=[\u4e00-\u9fff]{2})")
NEXT_VERB = re.compile(r"、(?:力争|实现|完成|带动|确保|惠及)(?=[\u4e00-\u9fff]{2})")
HEAD = re.compile(
    rf"^(?:{MASK}+|以[上下内]|左右|拟(?:安排|发行)?|与此同时|同时|拥有|共有|建成|实施|培育|引进|开展|其次|首先|再次|再者|最后|[的、,，;；:：\s（(）)和与及在到至而但且并也还又则将把对从由是]|其中|同期|同年|此外|另外|截至|截止|预计|预期|力争|确保|争取|全年|全市|全省|全区|全县|我市|我省|该市|本市|当年|当期|这一|这些|完成|实现|累计|共|年均|比上年|上年|去年|今年|同比|不过|因此|特别是|尤其是|主要是|如|例如|以及|以|城市|各市)+"
)
SHARE = re.compile(
    r"(?P<what>.*?)(?P<share>(?:占|相当于)(?:到|了|其)?[^，,；;]{0,24}?)(?:的)?(?:比重|比例|份额|比率)?$"
)
REACHED = re.compile(rf"(?:{_REACHED})[^，,。；;、0-9]{{0,3}}(?:\d{{4}}年[末底]?的?)?")
SHARE_TAIL = re.compile(
    r"(?:分别|(?<=[重例由从])·+|[也都均则]|恰好|正好|刚好|同样|(?:继续)?(?:稳定|保持|维持|控制)在|为|达到?|约|近|是|仅|只有|超过?|的|到|由|从|高达|不足|不到|[升降增减提]\w?[至到])+$"
)
RANK_TAIL = re.compile(
    r"(?:稳?[位跃]?[居列]|排名?|名列|保持|跻身|进入|[升降跃退][至到]|跃升[到至]|从|由|在)[^，,；;]{0,16}?(?:排名?|位次)?(?:为|第|前)?$"
)
COUNTER = frozenset("家个项条件人名户座台辆所种类篇处次艘架套只头起宗批期届间栋幢张份部款轮枚颗对项位期万亿")
NO_MEASURE = frozenset({"%", "百分点", ""})
CLAUSE_MARK = re.compile("[，,；;：:。]")
JOINS = re.compile(r"(?:[、和与及等]|以及)$")
_ACT = r"被|在|于|获|进入|入选|完成|达到|实现|占|建成|启动|开工|投入|投产|竣工|全部|用于|挂牌|通过|开放|入住|组网|免征|落地|基本|纳入|参加|运行|正式|均|上榜|荣获|享|列入|投运|全面|陆续|顺利|增收|受益"
_LETTER = r"[^\s，,。；;、：:（）()“”《》0-9]"
_QUOTED = r"“[^”，。；]{1,16}”"
BEHIND = re.compile(
    rf"(?:多|余|以上|左右)?(?P<what>(?!左右|以[上下内]|增长|下降|同比|比上|较上|累计|新增|目标|任务|[的和与、均已全并较共居位有]|{_ACT})"
    rf"(?:{_QUOTED}|{_LETTER}{{2}})(?:{_QUOTED}|{_LETTER}){{0,17}}?)(?=[，,。；;、：:（）()\s]|$|的|[和与及]|{_ACT})"
)
OF_NOUN = re.compile(
    r"\s?的(?P<what>[^\s，,。；;、：:（）()和与及]{1,3}(?:\s?[^\s，,。；;、：:（）()和与及的]){1,9})"
)
RATE = re.compile(r"平均|增速|增幅|降幅|涨幅|速度|比[重例率]|水平|目标|份额|占比|年度|预期")
"""What a percentage is said to be of that names nothing counted: 6%的增速."""
TAKES_OBJECT = re.compile(
    r"(?:有|拥有|建成|新增|培育|引进|入选|获批|认定|设立|转化|开展|实施|组建|建立|建设|共|达|达到|突破|超过|评为|推广|引入|集聚|形成|新建|只有|仅有|创建|打造|安排|推进|落实|签约|引育)(?:了|约|近)?$"
)
ENUMERATED = re.compile(r"[、和与及]|以及")
NOTHING = re.compile(
    r"^(?:受[^，,；;]{1,12}?(?:影响|冲击|拖累|带动|拉动|推动|制约)|其|它|这|那|每年?|每|人均|约|最高|最低|最多|最少|平均|水平|规模|数量|总[数量]|总规模|一项|不|没有|还|只|仅|更|略|稍|远|大幅?|小幅|持续|继续|稳步|快速|明显|略有|有所|同样|同时|也|均|都|则|却|反而|仍然?|依然|甚至)*$"
)
HAN_OR_LATIN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Named:
    """What a figure counts: `span` of the noun phrase in the text, None where the figure goes on with the one before.

    `share_of` is the span of what it is a share of (占GDP). `measure` is what the words say the figure is of it.
    """

    span: Span | None
    share_of: Span | None
    measure: Measure

    def slot(self, text: str) -> Slot | None:
        """The noun phrase as a slot, without a verb within it: 金融业增加值 of 金融业实现增加值."""
        if self.span is None:
            return None
        verb = INNER_VERB.search(text, self.span.start, self.span.end)
        if verb is None:
            return Slot(self.span.of(text), (self.span,))
        pieces = Span(self.span.start, verb.start()), Span(verb.end(), self.span.end)
        return Slot("".join(piece.of(text) for piece in pieces), pieces)


def name_indicator(text: str, words: Span, quantity: Quantity, masked: Sequence[Span]) -> Named:
    """What the figure `quantity` of `text` counts, as `words` before it and those behind it say.

    `masked` are the spans of periods and places, which are slots of their own.
    """
    bare = _masked(text, words, masked)
    start = words.start
    measure = _measure_of(quantity)
    if measure == "rank":
        bare = RANK_TAIL.sub("", bare)
    else:
        share = _share_of(bare)
        if share is not None:
            what, of = share
            return Named(
                _phrase(bare[: what.end], start),
                Span(start + of.start, start + of.end),
                "share",
            )
    stripped = TAIL.sub("", bare)
    growth = GROWTH.search(bare) or (
        None if re.search(rf"(?:{_REACHED})", bare[len(stripped) :]) else GROWTH.search(stripped)
    )
    if growth is not None and measure in ("level", "change"):
        bare, measure = bare[: growth.start()], measure if measure == "change" else "growth"
    behind = _behind(text, quantity, bare) if measure != "rank" else None
    return Named(behind or _phrase(bare, start), None, measure)


def name_topic(text: str, clauses: Sequence[Span], masked: Sequence[Span]) -> Span | None:
    """What the clauses before a figure, which hold none themselves, are about: 高新技术企业数量，赣州最多，为1107家.

    The first that names something; None where none does.
    """
    for clause in clauses:
        bare = _masked(text, clause, masked)
        predicate = PREDICATE.search(bare, 2)
        phrase = _phrase(bare[: predicate.start()] if predicate else bare.rstrip("，,；;：:。"), clause.start)
        if phrase is not None and COUNTABLE.search(phrase.of(text)):
            return phrase
    return None


def framed_topic(text: str, sentence: Span, masked: Sequence[Span]) -> Span | None:
    """What a sentence says that it and those behind it are about (从…来看，), None where it says nothing."""
    frame = FRAME.search(sentence.of(text))
    if frame is None:
        return None
    start, end = (sentence.start + edge for edge in frame.span("what"))
    return name_topic(text, [Span(start, end)], masked)


def _measure_of(quantity: Quantity) -> Measure:
    if quantity.form in ("rank", "ratio"):
        return "rank" if quantity.form == "rank" else "ratio"
    return "change" if quantity.unit == "百分点" else "level"


def _masked(text: str, words: Span, masked: Sequence[Span]) -> str:
    """The words, periods and places blanked out, so that positions stay."""
    letters = list(words.of(text))
    for span in masked:
        for place in range(max(span.start, words.start), min(span.end, words.end)):
            letters[place - words.start] = MASK
    return "".join(letters)


def _share_of(bare: str) -> tuple[Span, Span] | None:
    """Where it says what has a share, and of what; None where it speaks of none."""
    shorn = SHARE_TAIL.sub("", bare.replace(MASK, "·"))
    match = SHARE.fullmatch(shorn)
    if match is None or match["share"] == "占" or match["share"].startswith("占比"):
        return None
    return Span(*match.span("what")), Span(*match.span("share"))


def _phrase(bare: str, start: int) -> Span | None:
    """The noun phrase at the end of the words, None where they hold none."""
    bare = TAIL.sub("", bare)
    begin = max(bare.rfind(mark) + 1 for mark in "，,；;：:。")
    begin = max(
        begin,
        *(bare.rfind(mark) + 1 for mark, end in ("（）", "()") if bare.rfind(mark) > bare.rfind(end)),
        0,
    )
    head = HEAD.match(bare[begin:])
    begin += head.end() if head else 0
    begin += max((match.end() for match in NEXT_VERB.finditer(bare[begin:])), default=0)
    phrase = bare[begin:]
    last = phrase.rfind(MASK)
    if last >= 0 and HAN_OR_LATIN.search(phrase[last + 1 :].lstrip("的")):
        begin, phrase = begin + last + 1, phrase[last + 1 :]
        trimmed = HEAD.match(phrase)
        begin += trimmed.end() if trimmed else 0
        phrase = bare[begin:]
    if NOTHING.match(phrase) or not HAN_OR_LATIN.search(phrase) or len(phrase) > LONGEST:
        return None
    return Span(start + begin, start + len(bare))


def _behind(text: str, quantity: Quantity, before: str) -> Span | None:
    """The noun phrase behind a count (5家企业技术中心, 1/7的财政收入), where the words before leave it open."""
    phrase = _phrase(before, 0)
    opens = not CLAUSE_MARK.split(before)[-1].strip(f"{MASK} ")
    is_part = quantity.form == "fraction" or (quantity.unit == "%" and (phrase is None or opens))
    if is_part and (match := OF_NOUN.match(text, quantity.span.end)) and not RATE.match(match["what"]):
        return Span(*match.span("what"))
    is_measured = opens and phrase is None and quantity.form == "number" and quantity.unit not in NO_MEASURE
    if quantity.text[-1:] not in COUNTER and quantity.form != "fraction" and not is_measured:
        return None
    goes_on = phrase is None or TAKES_OBJECT.search(before) or JOINS.search(before)
    if not goes_on and phrase is not None and COUNTABLE.search(phrase.of(before)):
        return None
    match = BEHIND.match(text, quantity.span.end)
    return None if match is None else Span(*match.span("what"))
