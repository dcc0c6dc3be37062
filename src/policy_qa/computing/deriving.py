"""Which figure a question asks to be derived from what is told of another: a whole, the year before, so much for each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.computing.operands import Operand, Operation, name_of
from policy_qa.computing.sides import UNIT, Side, Words, bare, plain_question
from policy_qa.language.places import find_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.language.periods import PeriodMention

_ASK = rf"(?:还|大致|大约|大概|约|总共|一共|共|会|就|是|为|有|达到?|合|应该?|能)*(?:多少|几|多大){UNIT}"
WITH = r"(?:已知|知道|听说|根据|按照?|依据|拿|用|由|从|以|凭|通过)"
DERIVED = r"(?:倒推|反推|逆推|回推|倒算|反算|推算|测算|计算|推|算)"
WHOLE = re.compile(
    rf"{WITH}?(?P<a>.+?)(?:和|与|以?及|、|,|，)(?:它|其|该项|这个数)?占(?P<b>[^占，,]+?)的?(?:比重|比例|份额|占比|百分比)(?:来)?{DERIVED}?(?:一下)?[，,](?P<asked>.+?){_ASK}.*"
)
SHARE_SAID = (
    r"\d+(?:\.\d+)?[%％]|百分之[零一二三四五六七八九十百点\d.]+|[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+"
    r"|[一二三四五六七八九]成半?|一半"
)
WHOLE_OF_SAID = re.compile(
    rf"{WITH}?(?P<a>.+?)(?:大约|大概|只|仅|才|就|约)*占(?:到|了|有)?(?P<b>[^占，,？?]*?)的?(?:比重|比例|份额)?(?:是|为|达到?)*(?P<share>{SHARE_SAID})"
    rf"(?:左右)?(?:来)?{DERIVED}?(?:一下)?[，,。；;？?](?:那么?|则|据此|由此|照此|照?这[样么]|[算推][下来]*|的话|，)*(?P<asked>.+?){_ASK}.*"
)
WHOLE_BY_SHARE = re.compile(
    rf"(?P<asked>.+?){_ASK}[，,。；;？?](?P<a>.*?)的?(?:数字?|数据|数额|金额|值|额)?(?:和|与|及|、|跟)(?:它|其)?(?:所)?(?:的)?(?:占比|比重|份额|比例)(?:来)?{DERIVED}?(?:一下)?"
)
SAYS_ONLY = re.compile(
    rf"^.*?(?:报告|材料|资料|文件|文中|里面?|中)?(?:只|仅)(?:给|写|说|提|有|列)出?(?:了|到)?|^{WITH}"
)
AMOUNT_SAID = re.compile(
    r"(?:是|为|有|达到?)?\d[\d.,]*(?:[万亿]+[\u4e00-\u9fff]?|[%％]|[家个项户件人元])[、，,]?"
)
_CHANGE = r"增[速长幅产减量收]|增加(?!值)|新增|[降涨升减]幅|下降|减[少产]|上涨|涨了?|降了?"
YEAR_BEFORE = re.compile(
    rf"[，,。；;？?]*{WITH}(?P<hint>[^，,？?。；;]*?(?:{_CHANGE})[^，,？?。；;]*?)(?:来|去|倒着|往回|往前|反过来)*{DERIVED}(?:一下|出来?|回去|得)?"
)
REQUESTED = re.compile(
    r"[，,]?(?:请|帮忙|帮我?|能不能|能否|可不可以|可以|能|怎么|大致|大概)*(?:倒推|反推|逆推|回推|倒算|推算|反算)(?:一下|一?下|出来?|得出|看看?)*(?=[，,。？?吗呢吧]|是|$)(?:[吗呢吧])?"
)
"""A request to derive that does not say from what."""
BEFORE_SAID = re.compile(r"(?:上一?年|前一年|头一年|[去]年)(?P<end>[末底]?)")
OF_ALL = re.compile("全[国省市区州县]")
MULTIPLE = re.compile("[十百千万亿]*")
IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
ASKS = re.compile(rf"(?P<a>.+?){_ASK}(?P<tail>[^，,？?。；;]*)")
_THINGS = r"项目|企业|公司|单位|园区|学校|医院|机构|农户|家庭|居民|村|乡镇|街道|社区"
EACH_ONE = re.compile(
    rf"(?P<avg>平均|均摊|摊)?(?:下来|算下来)?[，,]?(?:给|到|在)?(?:(?:每(?P<each>一)?|(?<=平均)一)(?:(?P<area>平方公里|平方千米|公顷|亩)|(?P<counter>[个家户项名人座所件])?(?P<thing>{_THINGS})?))(?P<avg2>平均)?"
)


def read_whole(words: Words) -> Operation | None:
    """A占乙的四成，乙是多少; 根据甲和它占乙的比重，乙是多少: a whole, from a part and its share."""
    match = WHOLE.fullmatch(words.text) or WHOLE_OF_SAID.fullmatch(words.text)
    if match is None:
        return _read_whole_by_share(words)
    part, whole, asked = (words.side(*match.span(name)) for name in ("a", "b", "asked"))
    rest = AMOUNT_SAID.sub("", part.rest).rstrip("，,、")
    share = match.groupdict().get("share") or ""
    if share and not (whole.rest or whole.places) and asked.rest in rest:
        whole = Side((), (), asked.rest)  # 民营渔企的加工值占三成，那加工值是多少
    if not rest or not (share or (whole.rest and asked.rest.startswith(whole.rest))):
        return None
    if share and not _same_whole(whole, asked):
        return None
    return whole_from(
        Side((*asked.periods, *part.periods), (*part.places, *asked.places), rest), whole, asked, share
    )


def _same_whole(whole: Side, asked: Side) -> bool:
    """Whether what is asked for is what the share is said to be of: the same place, or the same thing."""
    if whole.places or asked.places:
        named = {place for found in whole.places for place in found.places}
        if (
            whole.places
            and asked.places
            and any(place in named for found in asked.places for place in found.places)
        ):
            return True
    return bool(whole.rest and asked.rest) and (whole.rest in asked.rest or asked.rest in whole.rest)


def _read_whole_by_share(words: Words) -> Operation | None:
    """乙是多少，只给了甲和占比: the whole asked for first."""
    match = WHOLE_BY_SHARE.fullmatch(words.text)
    if match is None:
        return None
    asked = words.side(*match.span("asked"))
    rest = bare(SAYS_ONLY.sub("", match["a"]))
    if not asked.rest or not rest or rest == bare(match["a"]):
        return None
    made = whole_from(Side(asked.periods, asked.places, rest), Side((), (), asked.rest), asked, "")
    plain = Operand("", f"{match['asked']}是多少？")
    return replace(made, operands=(*made.operands, plain))


def whole_from(part: Side, whole: Side, asked: Side, share: str) -> Operation:
    """The operation: `word` is what the whole is called, `among` the places it is of, `bound` the share said."""
    period = name_of(part.periods[0]) if part.periods else ""
    place = name_of(part.places[0]) if part.places else ""
    is_of_all = bool(share and OF_ALL.match(asked.rest))
    named = [name_of(found) for found in (*whole.places, *asked.places)]
    among = tuple(dict.fromkeys(name for name in named if share and name != place))
    where = among[0] if among else "" if is_of_all else place
    about = f"{period}{where}{asked.rest if len(asked.rest) > 1 else part.rest}"
    operand = Operand(part.rest, plain_question(period, place, part.rest))
    return Operation("whole", about, (operand,), word=whole.rest, among=among, bound=share)


def read_before(words: Words) -> Operation | None:
    """按2020年的数和增速倒推，2019年是多少: the year before, from a year's level and its change."""
    hint = YEAR_BEFORE.search(words.text)
    if hint is None:
        return _read_before_unsaid(words)
    text = IN_BRACKETS.sub("", f"{words.text[: hint.start()]}，{words.text[hint.end() :]}").strip("，,。？? ")
    told = words.side(*hint.span("hint")).periods
    before = BEFORE_SAID.search(text)
    asked = Words(BEFORE_SAID.sub("", text) if before else text)
    match = ASKS.search(asked.text)
    if match is None:
        return None
    side = asked.side(*match.span("a"))
    year, is_next = _year_asked(side, told, is_before=before is not None)
    rest = side.rest.strip("，,、") or bare(match["tail"])
    if not year or not rest:
        return None
    place = name_of(side.places[-1]) if side.places else ""
    unit = "" if MULTIPLE.fullmatch(match["unit"] or "") else match["unit"] or ""
    operand = Operand(rest, plain_question(f"{year + 1}年", place, rest, unit))
    end = before["end"] if before else ""
    plain = Operand("", plain_question(f"{year}年{end}", place, rest, unit))
    operands = (operand, plain)
    return Operation("before", f"{year}年{end}{place}{rest}", operands, years=year if is_next else 0)


def _read_before_unsaid(words: Words) -> Operation | None:
    """2017年末的存款余额推算一下: a year's value, where it is not told derived from what is told of the year behind it."""
    request = REQUESTED.search(words.text)
    if request is None:
        return None
    asked = Words(f"{words.text[: request.start()]}，{words.text[request.end() :]}".strip("，,。？? "))
    match = ASKS.search(asked.text)
    side = asked.side(*match.span("a")) if match else asked.side(0, len(asked.text))
    rest = side.rest.strip("，,、")
    year, _ = _year_asked(side, (), is_before=False)
    if not year or not rest or re.search("[，,占]", rest):
        return None
    place = name_of(side.places[-1]) if side.places else ""
    operands = tuple(Operand("", plain_question(f"{one}年", place, rest)) for one in (year + 1, year))
    return Operation("before", f"{year}年{place}{rest}", operands, years=year, stated_first=True)


def _year_asked(side: Side, told: Sequence[PeriodMention], *, is_before: bool) -> tuple[int, bool]:
    """The year asked for, 0 for none, and whether it is the one before that to go by, where the question names that."""
    periods = [found.period for found in (*side.periods, *told) if found.period]
    if any(one.label() not in (f"{one.first.year}年", f"{one.first.year}年末") for one in periods):
        return 0, False  # half a year is not led back to by what is told of the year
    asked = {found.period.first.year for found in side.periods if found.period}
    by = {found.period.first.year for found in told if found.period}
    if is_before:
        years = asked | by
        return (years.pop() - 1, True) if len(years) == 1 else (0, False)
    if len(asked) != 1:
        return 0, False
    year = asked.pop()
    return year, by <= {year + 1}


def read_each_one(words: Words) -> Operation | None:
    """平均每户减免多少: an amount, divided by how many or how much there is of what it is for."""
    match = EACH_ONE.search(words.text)
    if match is None or not (match["avg"] or match["avg2"]):
        return None
    of = match["area"] or match["counter"] or match["thing"]
    text = words.text[: match.start()] + words.text[match.end() :]
    asks = ASKS.search(text)
    if not of or asks is None or find_places(match[0]):
        return None
    side = words.side(0, match.start())
    head = "".join(name_of(found[-1]) for found in (side.periods, side.places) if found)
    if match["area"]:
        count = f"{head}的面积是多少？"
    else:
        thing = match["thing"] or ""
        ends = side.rest.endswith(thing) if thing else False
        count = f"{head}{side.rest if ends else side.rest + thing}有多少{match['counter'] or '个'}？"
    operands = (Operand("", f"{text}？"), Operand(of, count))
    return Operation("each_one", "", operands, word=match["thing"] or of)
