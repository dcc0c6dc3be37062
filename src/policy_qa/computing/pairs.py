"""Which computation with operands that it names a question asks for: 比, 相差, 还是, 占, 几倍, 年均, 提高了多少."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.computing.operands import Operand, Operation, is_low, name_of, operands_of, pair, several
from policy_qa.computing.sides import RATE, UNIT, Words, bare, with_end_of
from policy_qa.language.vocabulary import words_of

if TYPE_CHECKING:
    from policy_qa.computing.operands import Kind
    from policy_qa.computing.sides import Side
    from policy_qa.language.periods import PeriodMention

ASK = r"(?P<ask>百分之(?:几|多少)|多少|几|多大)"
_HOW = r"(?P<how>翻|靠前|靠后|厉害|增长|增加|增多|减少|下降|降低|上升|提高|提升|回落|上涨|下跌|下滑|缩小|扩大|变化|变动|前移|后移|前进|后退|[高低多少大小快慢强弱长短涨降升跌退掉狠猛]|[增减](?=[了过量额]|多少|几))"
_THAN = r"(?:真的?|确实|果然|当真)?(?:(?<![占对百分环同可])比(?![重例值较率分])|(?<!比)较(?![为大高低快好多少差强])|相比于?|相较于?|相对于?)"
_EXTRA = r"(?:要|还|又|实际|总共|一共|大约|约|究竟|到底|分别|总量|整整|同比)*"
_SIZE = r"[高低多少大小快慢强弱]"
_TURN = r"(?:加快|放慢|放缓|上升|下降|增加|减少|提高|降低|回升|回落|[高低多少大小快慢强弱升降涨跌增减])了?"
_ABOVE = r"高于|低于|多于|少于|快于|慢于|大于|小于|高过|多过|超过|超出|跑赢|跑过|胜过|强过|[追赶比]得过|[追赶比跟]得?上|赶超|达到|领先于?|落后于?|不如|不及"
_IS_ASKED = r"是否|是不是|有没有|有无|到底|究竟"
_MUCH = r"(?:多少|百分之(?:几|多少)|几成|多[大高]|几分之几|几个点)"
_MAKES = rf"(?:所|大概|大约|约|能)*占(?:到|了|有|的)*(?:比重|比例|份额|比)?(?:是|为|有|达到?|能)*(?P<much>{_MUCH})?"
_ACT = r"开工|复工|竣工|完工|投产|达产|入统|入库|落地|签约|履约|供地|交付|验收|达标|通过|办结|入驻|销号|整改|建成|启动|录用|转化"
"""What is done with projects and the like, of which so many of all are counted."""
_THING = r"(?:项目|企业|公司|工程|学校|医院|机构|家庭|农户|园区|街道|社区|村)"
_IN = r"(?:里面?|[之当其]?中(?![心小央医介部等]))"
"""Among a whole; the 中 of 技术中心, 中小企业 is none."""
_UNDONE = r"(?:没有?|尚?未|还没)(?:完成|投入|到位|用完|花|投)"
LEFT = re.compile(
    rf".+?(?:(?:还|尚)(?:相?差|剩|缺|需|要|有|欠)|剩余|余下|缺口|差额|{_UNDONE}的?(?:投资|任务|资金|部分|额)*(?:还|尚)?(?:有|是|为)?)"
    rf"(?:下|余|要|完成|投入?|到位|着|了|的|缺口|投资额?|大概|大约|约|为|是|有)*{ASK}{UNIT}(?P<tail>.*)"
)
PLANNED = re.compile(r"计划|目标|任务|预期|预算|指标")
FROM_TO = re.compile(r"\d{4}年?[末底]?(?:到|至|[-—–~])\d{4}年?")
THAN = re.compile(
    rf"(?P<a>.+?){_THAN}(?:起)?(?P<b>.+?)[,，]?{_EXTRA}{_HOW}(?:出|了|过)*(?:大?约)?{ASK}{UNIT}(?P<tail>.*)"
)
OVER = re.compile(
    rf"(?P<a>.+?)(?P<how>高于|低于|多于|少于|快于|慢于|大于|小于|高出|低出|多出|超出|超过|领先于?|落后于?)(?P<b>.+?)(?:了)?{ASK}{UNIT}(?P<tail>.*)"
)
MORE_CHANGED = re.compile(r"[多少]$")
"""比乙市多跌了几个点: the one changed by more than the other."""
FELL_SAID = re.compile(r"(?<=..)(?:(?:下[降跌滑]|[降跌掉退])得?|[降跌]幅)$")
"""跌得比乙市多几个点: what is compared is by how much each of them fell."""
LACKS = re.compile(
    rf"(?P<a>.+?)[,，]?距?离(?P<b>.+?)(?:还|尚|大概|大约)*(?:相?差|有)(?:着|了)?{ASK}{UNIT}(?:的?(?:差距|距离))?(?P<tail>.*)"
)
APART = re.compile(
    rf"(?P<a>.+?)(?:之间)?的?(?:净[多少差](?:出|了)?|相差|差距|差额|差值|之差|落差|(?<!温)(?<!逆)(?<!顺)差)(?:大概|大约|是|有|为|达到?|了)*{ASK}{UNIT}(?P<tail>.*)"
)
MINUS = re.compile(
    rf"(?P<a>.+?)减(?:去|掉|(?![少速税负排贫产员免轻缓持值碳量灾震薪资]))(?P<b>.+?)(?:之?后)?(?:大概|大约|等于|得出?|剩下?|是|有|为|达到?)*{ASK}{UNIT}(?P<tail>.*)"
)
_REST = rf"(?:的?(?:那|这|其他|其它|其余)?部分)?(?:一?共|总共|合计|还|尚|大约)*(?:是|有|为|达到?|剩[下余]?|余下)*{ASK}{UNIT}"
WITHOUT = (
    re.compile(rf"(?P<a>.+?){_IN}[，,]?(?:除了?)?(?P<b>[^，,]+?)(?:以外|之外){_REST}"),
    re.compile(
        rf"(?P<a>.+?){_IN}?[，,]?(?:除[去了开掉]?|刨[去掉开]|扣[除掉去]|不[含算计])(?P<b>[^，,]+?)(?:以?外|之外)?[，,](?:其他|其它|其余)?{_REST}"
    ),
    re.compile(
        rf"(?:除[去了开掉]?|刨[去掉开]|扣[除掉去]|不[含算计])(?P<b>[^，,]+?)(?:以?外|之外)?[，,](?P<a>.+?){_REST}"
    ),
)
"""What is asked of a whole without one of its parts."""
BALANCE = re.compile(
    r"(?:对外|国际|货物|外贸|贸易|进出口|收支)*的?(?:(?P<how>[逆顺]差|净(?:出口|进口))|(?<=[易贸口])差额)(?:额|规模|总额)?"
)
"""The trade balance, which is seldom told: exports and imports are."""
LESS = re.compile(
    r"(?P<a>[进出]口)(?:总?额)?(?:减(?:去|掉)?|扣(?:除|掉|去)?|超出|超过|大于|多于|高出|高于|多出)(?P<b>(?!(?P=a))[进出]口)(?:总?额)?(?:之?后)?(?:的?(?:差额?|部分))?"
)
BALANCE_SIGNS = {"逆差": "进口额", "净进口": "进口额", "顺差": "出口额", "净出口": "出口额"}
AROUND_BALANCE = re.compile(
    rf"{words_of('deriving_words.txt')['lead']}*(?:多少|几|多大){UNIT}|[，,、。；;？?（()）]+|也?就是说?|也即|亦即|即|用|等于|算|出来|还是|是否?|有没有|有|属于|存在|出现|呈现?|[吗呢么]|差额?(?:有|是)?|对外|国际|外贸|贸易|进出口|收支"
)
TIMES = re.compile(
    r"(?P<a>.+?)[,，]?(?:大约|大概|约|只|仅|才|还|都)*(?:相当于|等于|是|为|有|达到?|不到|不足|不及)了?(?P<b>.+?)的?(?P<ask>多少倍|几倍|几分之几|百分之(?:几|多少)|几成|多少%)(?P<tail>.*)"
)
SHARES = (
    re.compile(rf"(?P<a>.+?)在(?![库建编岗册营职]|实施)(?P<b>.+?){_IN}?{_MAKES}(?P<tail>.*)"),
    re.compile(rf"在?(?P<b>.+?)(?<![表图]){_IN}[,，]?(?P<a>.+?)的?{_MAKES}(?P<tail>.*)"),
    re.compile(
        rf"在?(?P<b>.+?)(?<![表图]){_IN}[,，]?(?P<a>[^占]+?)的?(?P<much>(?:占比|比重|比例|份额)(?:是|为|有|达)*{_MUCH})(?P<tail>)"
    ),
    re.compile(rf"(?P<b>[^，,占]+?)[，,](?P<a>[^，,占]{{2,}}的)(?:那?部分|项目|企业)?{_MAKES}(?P<tail>)"),
    re.compile(
        rf"(?P<b>[^，,占]+?{_THING}){_IN}?(?P<a>(?:[设建有没未已拥获通达]|还没|尚未)[^，,占]{{2,}}?)的?(?:企业|项目)?的?(?P<much>(?:占比|比重|比例|份额)(?:是|为|有|达)*{_MUCH}?)(?P<tail>)"
    ),
    re.compile(
        rf"(?P<a>.+?)占(?!比)(?:到|了)?(?P<b>[^占]+?)的?(?P<much>(?:比重|比例|份额)?(?:是|为|有|达)*{_MUCH}(?:的?(?:比重|比例|份额))?|(?:比重|比例|份额)$)(?P<tail>.*)"
    ),
)
RATE_OF = re.compile(
    rf"(?P<a>.+?)[，,]?的?(?:整体|总体|实际)?(?:已经?)?(?P<verb>{_ACT})了?(?:率|(?:的|项目)*(?:所?占)?(?:比例|比重|占比))[，,]?(?:大?约|大概|应|是|为|有|达到?|能|到|了)*(?:{_MUCH}|几|算出来|怎么样|如何|怎样)?%?"
    rf"|(?P<a2>.+?)[，,]?(?:其中)?(?:的?有|占)?(?:百分之(?:几|多少)|几成|多大比例)的?(?:已经?)?(?P<verb2>{_ACT})(?:了|的)*"
)
ASKED_WITHIN = re.compile("谁|哪|多少|何者")
NO_WHOLE = re.compile(r"其|全年|比|总体")
YEARLY = re.compile(
    r"(?P<a>.+?)(?:年均|平均每年|每年平均)(?:复合)?(?P<how>增长|增速|增幅|递增|下降)(?:速度|率|了|是|为)*(?:百分之(?:几|多少)|多少|几|多大|有多快)?(?:个百分点)?(?P<tail>.*)"
)
IS_IT = re.compile(
    rf"(?P<a>.+?){_THAN}(?P<b>.+?)(?:是|要|还|更)*(?P<how>{_TURN})(?:吗|么|不|[不没](?P=how)|(?P<way>[，,]?还是{_TURN})|些)$"
)
"""With `way` it is open which of the two: the answer begins with the first."""
IS_REALLY = re.compile(
    rf"(?P<a>.+?)(?:真的?|确实|果然|当真|{_IS_ASKED}){_THAN}(?P<b>.+?)(?:是|要|还|更)*(?P<how>{_TURN})$"
)
EITHER = re.compile(
    rf"(?P<a>.+?)(?:更|要|最)?(?P<how>{_SIZE}|靠前|靠后)(?:些|一些|一点)?[,，、]?还是(?P<b>.+?)(?:更|要)?(?P=how)(?:些|一些|一点)?$"
)
WHICH_OF = re.compile(
    rf"(?:到底|究竟)?是?(?P<a>.+?还是.+?)(?:更|要|比较)?(?P<how>{_SIZE})(?:些|一些|一点|一筹)?$"
)
ABOVE = re.compile(
    rf"(?P<a>.+?)(?P<asked>{_IS_ASKED})?(?:已经)?(?P<how>{_ABOVE})(?P<or>(?:还是|或){_SIZE}于)?了?(?P<b>.+?)(?P<end>吗|么|了没有?|没有?)?$"
)
REACHES = re.compile(
    rf"(?P<a>.+?)(?:有没有|没有|有)(?P<b>.+?)(?:那么|这么)?(?P<how>{_SIZE})(?:吗|么|没有?|不)?$"
)
CHANGED = re.compile(
    rf"(?P<a>.+?)[,，]?(?:一共|总共|总计|合计|累计|共|净|大概|大约)*{_HOW}(?:了|幅度|情况|量|额|过)*(?:是|为|有)?{ASK}{UNIT}(?P<tail>.*)"
)


def read_than(words: Words) -> Operation | None:
    """A比B高多少, A超过B多少, A离B还差多少."""
    for pattern in (THAN, LACKS, OVER):
        match = pattern.fullmatch(words.text)
        if match is None:
            continue
        unit = match["unit"] or ""
        in_points = unit in ("百分点", "点")
        more = MORE_CHANGED.search(match["b"]) if in_points else None
        end = match.end("b") - (len(more[0]) if more else 0)
        first, second = words.side(*match.span("a")), words.side(match.start("b"), end)
        if pattern is not THAN and not (second.places or second.periods):
            continue
        if more or (in_points and FELL_SAID.search(first.rest)):
            first, second = _growing(first), _growing(second)
        made = pair(first, second, tail=match["tail"], unit=unit)
        if made is None:
            return None
        about, operands = made
        how = "低" if pattern is LACKS else match["how"]
        asks_percent = match["ask"].startswith("百分之") or unit in ("%", "成")
        later = second.periods and not second.places
        base_is_year_before = bool(
            later and first.periods and _year_before(first.periods[-1], second.periods[-1])
        )
        if how == "翻":
            return Operation("ratio", about, operands)
        is_growth = (how == "增长" or asks_percent or unit == "倍") and unit not in ("百分点", "点")
        return Operation(
            "growth" if is_growth else "difference",
            about,
            operands,
            is_high=not is_low(how),
            word=how,
            asks_percent=asks_percent,
            stated_first=base_is_year_before or bool(later and second.periods[-1].is_resolved),
        )
    return None


def _growing(side: Side) -> Side:
    """The side with its growth for what it names."""
    rest = FELL_SAID.sub("", side.rest)
    return replace(side, rest=f"{rest}增速") if rest and not RATE.search(rest) else side


def _year_before(asked: PeriodMention, base: PeriodMention) -> bool:
    """Whether a period is compared with the same stretch of the year before, as its own growth is."""
    if asked.period is None or base.period is None or asked.period.is_open:
        return False
    return asked.period.shifted(-1) == base.period


def read_apart(words: Words) -> Operation | None:
    """A和B相差多少."""
    match = APART.fullmatch(words.text)
    made = match and several(words, match["a"], tail=match["tail"], unit=match["unit"] or "")
    return Operation("difference", made[0], made[1][:2], word="相差") if made and len(made[1]) == 2 else None


def read_minus(words: Words) -> Operation | None:
    """A减B是多少."""
    match = MINUS.fullmatch(words.text)
    several_left = match and _of_parts(words, match)
    if several_left:
        return several_left
    made = match and pair(
        words.side(*match.span("a")), words.side(*match.span("b")), unit=match["unit"] or ""
    )
    return Operation("difference", *made, word="减") if made else None


def _of_parts(words: Words, match: re.Match[str]) -> Operation | None:
    """A whole without several of its parts: 共80项，减去已竣工的和在建的."""
    whole, parts = (bare(words.text[slice(*match.span(name))]) for name in ("a", "b"))
    items = [one for one in map(bare, re.split("以及|[和与及、]", parts)) if one]
    named = Operand(whole, f"{whole}有多少？")
    return Operation("rest", "", (named, *(Operand(one, one) for one in items))) if len(items) > 1 else None


def read_without(words: Words) -> Operation | None:
    """A中，B以外的有多少, 除B外，A还有多少: what is left of a whole without one of its parts."""
    match = next((found for pattern in WITHOUT if (found := pattern.fullmatch(words.text))), None)
    if match is None or ASKED_WITHIN.search(match["a"] + match["b"]):
        return None
    whole, part = words.side(*match.span("a")), words.side(*match.span("b"))
    if part.places or not (whole.rest and part.rest):
        return None
    several_left = _of_parts(words, match)
    if several_left:
        return several_left
    made = pair(
        whole, replace(part, rest=f"{whole.rest}中{with_end_of(whole.rest, part.rest)}"), are_alike=False
    )
    return made and Operation("difference", *made, word="减")


def read_surplus(words: Words) -> Operation | None:
    """逆差多大, 进口减出口是多少: imports less exports of one time and place; 顺差 the other way round."""
    named, less = BALANCE.search(words.text), LESS.search(words.text)
    if named is None and less is None:
        return None
    rest = words.text
    for pattern in (BALANCE, LESS, AROUND_BALANCE):
        rest = pattern.sub("，", rest)
    side = Words(rest).side(0, len(rest))
    first = BALANCE_SIGNS.get(named["how"] or "") if named else None
    first = first or (f"{less['a']}额" if less else "出口额")
    if side.rest.strip("，的") or len(side.periods) > 1 or len(side.places) > 1:
        return None
    slots = [name_of(found[-1]) if found else "" for found in (side.periods, side.places)]
    rests = (first, "出口额" if first == "进口额" else "进口额")
    made = operands_of([slots[0]] * 2, [slots[1]] * 2, rests, "")
    return made and Operation(
        "difference", *made, word=(named and named["how"]) or "差额", stated_first=named is not None
    )


def read_larger(words: Words) -> Operation | None:
    """A比B高吗, A比B高还是低, A高还是B高, A还是B高, A是否高于B, A有B高吗."""
    for pattern in (IS_IT, IS_REALLY, EITHER, ABOVE, REACHES):
        match = pattern.fullmatch(words.text)
        if match is None:
            continue
        first, second = words.side(*match.span("a")), words.side(*match.span("b"))
        if pattern in (ABOVE, REACHES) and not (second.places or second.periods):
            continue
        if pattern is ABOVE and not (match["asked"] or match["or"] or match["end"]):
            continue
        made = pair(first, second)
        if made is not None:
            how = match["how"]
            kind: Kind = "difference" if match.groupdict().get("way") else "larger"
            return Operation(kind, *made, is_high=not is_low(how), word=how)
    match = WHICH_OF.fullmatch(words.text)
    named = match and several(words, match["a"])
    if match is None or named is None or len(named[1]) != 2:
        return None
    return Operation("larger", *named, is_high=not is_low(match["how"]), word=match["how"])


def read_times(words: Words) -> Operation | None:
    """A是B的几倍."""
    match = TIMES.fullmatch(words.text)
    if match is None:
        return None
    asks_percent = "倍" not in match["ask"]
    sides = words.side(*match.span("a")), words.side(*match.span("b"))
    if ASKED_WITHIN.search(sides[0].rest):
        return None
    made = pair(*sides, tail=match["tail"], are_alike=not asks_percent)
    return made and Operation("ratio", *made, asks_percent=asks_percent, stated_first=asks_percent)


def read_share(words: Words) -> Operation | None:
    """A占B的百分之几, A在B里占多少, B里A占多少."""
    for pattern in SHARES:
        match = pattern.fullmatch(words.text)
        if match is None or not (match["much"] or words.text.endswith(("占比", "比重", "比例", "份额"))):
            continue
        first, second = words.side(*match.span("a")), words.side(*match.span("b"))
        if ASKED_WITHIN.search(first.rest + second.rest):
            continue
        made = None if NO_WHOLE.fullmatch(second.rest) else pair(first, second, are_alike=False)
        if made is not None:
            return Operation("share", *made, asks_percent=True, stated_first=True)
    return None


def read_rate(words: Words) -> Operation | None:
    """开工率是多少: the share of those with which it is done, in a sentence that counts them and all."""
    match = RATE_OF.fullmatch(words.text)
    if match is None:
        return None
    of = match["a"] or match["a2"]
    verb = match["verb"] or match["verb2"]
    if not bare(of):
        return None
    whole = Words(re.split("[，,]", of)[0])
    named = whole.side(0, len(whole.text)).rest
    operands = (Operand(verb, f"{of}{verb}率是多少？"), Operand(named, f"{whole.text}有多少？"))
    return Operation("share", "", operands, word=verb, asks_percent=True, stated_first=True)


def read_left(words: Words) -> Operation | None:
    """离计划还差多少."""
    match = LEFT.fullmatch(words.text)
    if match is None or not PLANNED.search(words.text):
        return None
    return Operation("left", "")


def read_yearly(words: Words) -> Operation | None:
    """从2015年到2020年年均增长多少."""
    match = YEARLY.fullmatch(words.text)
    made = match and ends_of(words, match)
    if not made:
        return None
    about, operands, years = made
    return Operation("yearly", about, operands, years=years, stated_first=True)


def read_changed(words: Words) -> Operation | None:
    """从2015年到2020年提高了多少, “十三五”期间提高了多少."""
    match = CHANGED.fullmatch(words.text)
    if match is None:
        return None
    percent = match["ask"].startswith("百分之") or match["unit"] in ("%", "成", "倍")
    kind: Kind = "growth" if match["how"] == "增长" or percent else "difference"
    kind = "difference" if match["unit"] in ("百分点", "点") else kind
    how = match["how"]
    if how == "翻":
        kind, percent = "ratio", False
    operation = Operation(kind, "", word=how, is_high=not is_low(how), asks_percent=percent)
    made = ends_of(words, match)
    if made:
        return replace(operation, about=made[0], operands=made[1], from_to=True)
    side = words.side(*match.span("a"))
    periods = [found.period for found in side.periods if found.period]
    if len(periods) == 1 and len(periods[0].years) > 1 and side.rest:
        place = name_of(side.places[-1]) if side.places else ""
        return replace(operation, about=f"{periods[0].label()}{place}{side.rest}", from_to=True)
    return None


def ends_of(words: Words, match: re.Match[str]) -> tuple[str, tuple[Operand, ...], int] | None:
    """What the figures of the first and last year share, the two (the last first), and the years between."""
    side = words.side(*match.span("a"))
    rest = side.rest or bare(match["tail"])
    place = name_of(side.places[-1]) if side.places else ""
    periods = [found.period for found in side.periods if found.period]
    years: list[int] = []
    if len(periods) == 1 and FROM_TO.search(side.periods[0].span.of(words.text)):
        years = [periods[0].first.year, periods[0].last.year]
    elif len(periods) == 2:
        years = [period.last.year for period in periods]
    if len(years) != 2 or years[0] == years[1] or not rest:
        return None
    names = [f"{year}年" for year in years] if len(periods) == 1 else [period.label() for period in periods]
    unit = match.groupdict().get("unit") or ""
    made = operands_of(names[::-1], [place] * 2, [rest] * 2, unit)
    return None if made is None else (*made, abs(years[1] - years[0]))
