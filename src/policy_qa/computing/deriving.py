"""Which figure a question asks to be derived from what is told of others: a whole, the year before, a product, so much for each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.operands import Operand, Operation, name_of, pair
from policy_qa.computing.sides import Side, Words, bare, plain_question
from policy_qa.computing.ways import BY, SAME_TIME, SHARE, TIMES, Asked, bare_part, read_asked
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import read_numeral
from policy_qa.language.periods import agreement
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.computing.operands import Kind
    from policy_qa.computing.ways import Way
    from policy_qa.language.periods import Period

BEFORE_SAID = re.compile(r"(?:(?:上一?|前一|头一|去)年(?:[末底]|同期)?|\d{4}年同期|同期)")
OF_ALL = re.compile("全(?:[国省市区州县]|自治[区州])")
ALL_OF = re.compile(r"^(?:全(?:[国省市区州县]|自治[区州])|总)的?")
MEASURED = re.compile(r"(?:总(?:额|量|数|值|规模)|数量|[额量数值]|规模)$")
LEVEL = re.compile(
    r"^的?(?:数[值据字额]?|总量|[余总]额)?(?:的|和|与|以?及|其|它|同比)*$|(?:的|和|与|以?及|其|它|同比)+$"
)
"""What is told with a change where that is no name: the numbers, and what joins the two."""
GENERIC = re.compile(
    r"(?:完成|累计|实现|的)*(?:投资|余|产|总|数|金)?[额值量数]|(?:完成|累计)+(?:的?投资)?|规模"
)
"""What is called only by how it is measured: 完成投资额 of what the way names."""
EACH_PERSON = re.compile(r"人均|每人|平均每[个名]?人")
RATE = re.compile(r"(?:强度|率|比重|占比|比例)$")
OF_EACH_OTHER = re.compile("百分之|[%％倍成]|分之几")
MONTHS, PAIR = 12, 2
YEARS_SAID = re.compile(
    r"(?:[按以]照?)?(?P<years>[一二两三四五六七八九十\d]{1,2})个?年(?:时间|期)?[来的间]*(?=为期|复合|[计算]|年均|平均)"
)
_THINGS = r"项目|企业|公司|单位|园区|学校|医院|机构|农户|家庭|居民|村|乡镇|街道|社区"
_AREA = r"平方公里|平方千米|公顷|亩"
EACH_ONE = re.compile(
    rf"(?P<avg>平均|均摊|分摊|摊)?(?:下来|算下来)?[，,]?(?:分?给|到|在|至)?(?:每一?|单(?=个)|(?<=平均)一|(?<=平均[到给])一)(?:(?P<area>{_AREA})|(?P<counter>[个家户项名人座所件艘辆台套条间头吨])?(?P<thing>(?:[^，,。多几每均的]{{0,6}}?)(?:{_THINGS}))?)的?(?P<avg2>平均)?(?:下来)?"
    rf"|(?P<home>(?<![一-龥]农)户)均|(?:(?P<people>常住|户籍)?人口的?密度)(?:[是为有，,]*每(?:{_AREA}))?"
)
"""So much for each: 平均每户, 单个项目平均, 户均, 人口密度."""
DENSITY = re.compile(
    r"[，,]?(?:帮我|请)?(?:算|求|测算)(?:一下|出|个)*人口的?密度$|[，,]?(?:即|也就是)?人口的?密度(?=是?多[少大高])"
)
GENERIC_NAME = re.compile(
    r"(?:总|累计|全部|合计)*(?:(?:项目|企业|家|户|人|件)(?:的)?(?:总?数量?|个数)|投资额?|资金额?|金额|总?额|总?数量?|总量|面积)"
)
"""What is named by no more than this is of what the question asks about, which the name does not say."""


def read_derived(text: str) -> Operation | None:
    """The derivation whose way the question tells, None for none."""
    asked = read_asked(text)
    if asked is None:
        return None
    for way in asked.ways:
        is_asked = asked.ask or asked.is_requested or way.kind == "two"
        found = READERS[way.kind](asked, way) if is_asked else None
        if found is not None:
            return found
    return None


def read_requested(text: str) -> Operation | None:
    """2017年末的存款余额推算一下: a value, where it is not told derived from what is told of the year behind it.

    A value to be derived in a way that leads to none is only told where sources tell it of the very time and place.
    """
    asked = read_asked(text)
    if asked is None or not asked.is_requested:
        return None
    if asked.ways:
        return _of_distance(asked, asked.ways[0]) if asked.ways[0].kind != "two" else None
    if re.search(rf"[，,占]|{SHARE}", asked.side.rest.strip("，,、")):
        return None
    found = _before(asked, asked.side)
    return found and replace(
        found, stated_first=True, operands=tuple(replace(one, name="") for one in found.operands)
    )


def _of_part(asked: Asked, way: Way) -> Operation | None:
    """甲占乙的四成，乙是多少."""
    part, whole = (way.words.side(*way.match.span(name)) for name in ("a", "b"))
    side, rest = asked.side, bare_part(part.rest)
    named = side.rest if MEASURED.sub("", ALL_OF.sub("", side.rest)) else rest
    if not rest:
        return None
    if not (whole.rest or whole.places):
        if named not in rest and not asked.is_requested:
            return None
        rest = rest if named in rest else f"{rest}{named}"  # 民营渔企那块占三成，那加工值是多少
        whole = Side((), (), named)
    elif not same_whole(whole, side):
        return None
    of_all = OF_ALL.match(side.rest)
    asked_side = replace(side, rest=f"{of_all[0]}{named}" if of_all and named == rest else named)
    periods = (*side.periods, *part.periods, *whole.periods)
    return whole_from(
        Side(periods, (*part.places, *side.places), rest), whole, asked_side, way.match["share"]
    )


def same_whole(whole: Side, asked: Side) -> bool:
    """Whether what is asked for is what the share is said to be of: the same place, or the same thing."""
    named = {place for found in whole.places for place in found.places}
    if not (whole.rest or named):
        return True
    if named and any(place in named for found in asked.places for place in found.places):
        return True
    of_all = OF_ALL.match(asked.rest)
    if named and not asked.places and not MEASURED.sub("", asked.rest):
        return True
    if of_all and not asked.places and (named or whole.rest.startswith(of_all[0])):
        return True
    one, other = (
        canonical(search_key(MEASURED.sub("", ALL_OF.sub("", side.rest)))) for side in (whole, asked)
    )
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _of_share(asked: Asked, way: Way) -> Operation | None:
    """根据甲和它占乙的比重，乙是多少; 乙是多少，只给了甲和占比."""
    part, side = way.words.side(*way.match.span("a")), asked.side
    whole = way.words.side(*way.match.span("b")) if way.match["b"] else Side((), (), "")
    rest = bare_part(part.rest)
    if not rest or not (side.rest or side.places):
        return None
    is_region = OF_ALL.fullmatch(whole.rest) and side.places and side.places != part.places
    if is_region or not (whole.rest or whole.places):
        whole = Side((), side.places, side.rest)
    elif not same_whole(whole, side):
        return None
    periods = (*side.periods, *part.periods)
    of = Side(periods, (*part.places, *side.places), rest)
    made = whole_from(of, whole, replace(side, rest=side.rest or rest), "")
    if way.match["b"]:
        return made
    return replace(made, operands=(*made.operands, Operand("", f"{asked.text}？")))


def whole_from(part: Side, whole: Side, asked: Side, share: str) -> Operation:
    """The operation: `word` is what the whole is called, `among` the places it is of, `bound` the share said."""
    period = name_of(part.periods[0]) if part.periods else ""
    place = name_of(part.places[0]) if part.places else ""
    is_of_all = bool(OF_ALL.match(asked.rest))
    named = [name_of(found) for found in (*whole.places, *asked.places)]
    among = tuple(dict.fromkeys(name for name in named if name != place))
    where = among[0] if among else "" if is_of_all else place
    rest = ALL_OF.sub("", asked.rest) if among else asked.rest
    about = f"{period}{where}{rest if len(rest) > 1 else part.rest}"
    whole_name = whole.rest or "".join(name_of(found) for found in whole.places)
    rests = {part.rest: part.rest, messages.GIVEN_RATES["whole"]: f"{part.rest}占{whole_name}的比重"}
    operands = tuple(Operand(name, plain_question(period, place, rest)) for name, rest in rests.items())
    return Operation("whole", about, operands, word=whole.rest, among=among, bound=share)


def _of_change(asked: Asked, way: Way) -> Operation | None:
    """按2020年的数和增速倒推，2019年是多少: the year before, from a year's level and its change."""
    side = asked.side
    told = way.words.side(*way.match.span("a" if way.match["a"] is not None else "a2"))
    rest, of = BEFORE_SAID.sub("", side.rest).strip("，,、的"), LEVEL.sub("", told.rest)
    rest = of if not rest or (of and GENERIC.fullmatch(rest) and not GENERIC.fullmatch(of)) else rest
    return _before(asked, replace(side, rest=rest, places=side.places or told.places))


def _before(asked: Asked, side: Side) -> Operation | None:
    """The operation that leads back to what is asked for from the same stretch of the year behind it."""
    is_before = BEFORE_SAID.search(asked.text)
    rest = BEFORE_SAID.sub("", side.rest).strip("，,、的")
    told = [found.period for found in asked.periods if found.period]
    period, is_next = period_asked(
        [found.period for found in side.periods if found.period], told, is_before=is_before is not None
    )
    if period is None or not rest or set(told) == {period}:
        return None
    place = name_of(side.places[-1]) if side.places else ""
    level, told_itself = (
        Operand(name, plain_question(one.label(), place, rest, asked.unit))
        for name, one in ((rest, period.shifted(1)), ("", period))
    )
    rate = Operand(
        messages.GIVEN_RATES["before"], plain_question(period.shifted(1).label(), place, f"{rest}增速")
    )
    operands = (level, rate, told_itself)
    return Operation(
        "before", f"{period.label()}{place}{rest}", operands, years=period.first.year if is_next else 0
    )


def years_grown(text: str, told: Sequence[Period]) -> int:
    """Over how many years a yearly growth is: those said (按五年计), from the later of two times to the earlier, or a plan's.

    A plan grows from the year before its first. 0 where none is told.
    """
    spoken = YEARS_SAID.search(text)
    if spoken:
        return int(read_numeral(spoken["years"]) or 0)
    if len(told) == PAIR:
        return told[0].last.year - told[1].last.year
    plan = told[0] if told and not told[0].label()[:1].isdigit() else None
    return plan.last.year - plan.first.year + 1 if plan else 0


def period_asked(
    asked: Sequence[Period], told: Sequence[Period], *, is_before: bool
) -> tuple[Period | None, bool]:
    """The time asked for, None for none, and whether it is the one before that to go by, where the question names that."""
    periods = set(asked) | set(told)
    if any(one.is_open or one.months > MONTHS for one in periods):
        return None, False
    if is_before:
        return (periods.pop().shifted(-1), True) if len(periods) == 1 else (None, False)
    if len(set(asked)) != 1:
        return None, False
    period = asked[0]
    return period, all(agreement(period.shifted(1), one) == 2 for one in told)


def _of_distance(asked: Asked, way: Way) -> Operation | None:
    """甲低几个点，那全区的是多少: a figure told by how far it is from another."""
    told = way.words.side(*way.match.span("a" if way.match["a"] is not None else "a2"))
    side = asked.side
    periods = side.periods or told.periods
    of_all = OF_ALL.match(side.rest)
    rest = ALL_OF.sub("", side.rest) or told.rest
    if not rest or not (side.periods or side.places or of_all):
        return None
    period, place = (name_of(found[-1]) if found else "" for found in (periods, side.places))
    place = place or (of_all[0] if of_all else "")
    operand = Operand(rest, plain_question(period, place, rest))
    return Operation("back", f"{period}{place}{rest}", (operand,))


def _of_two(asked: Asked, way: Way) -> Operation | None:
    """甲乘乙, 甲除以乙: a product, or a quotient: of what is to be had for each person, and where the way says so."""
    match, side = way.match, asked.side
    sides = [way.words.side(*match.span(name)) for name in ("a", "b")]
    how = match["how"] or ""
    is_times = re.fullmatch(TIMES, match["op"]) is not None or how not in ("", "相除")
    is_by = re.fullmatch(BY, match["op"]) is not None or how == "相除"
    if is_by and asked.ask and OF_EACH_OTHER.search(asked.ask[0]):
        return _of_each_other(asked, sides)
    if not side.rest or not all(one.rest for one in sides) or re.search(f"占|{SHARE}", match["b"]):
        return None
    if EACH_PERSON.search(side.rest):
        is_by = not is_times
    if not (is_times or is_by) and not any(RATE.search(one.rest) for one in sides):
        return None
    kind: Kind = "quotient" if is_by else "product"
    named = [*sides, side]
    period = _first([side.periods, *(one.periods for one in sides)])
    place = _first([one.places for one in reversed(named)])
    topic = side.rest.partition("的")[0] if "的" in side.rest else ""
    rests = [
        f"{topic}的{one.rest}" if topic and GENERIC_NAME.fullmatch(one.rest) else one.rest for one in sides
    ]
    operands = tuple(
        Operand(one.rest, plain_question(period, place, rest)) for one, rest in zip(sides, rests, strict=True)
    )
    return Operation(kind, f"{period}{place}{side.rest}", operands)


def _of_each_other(asked: Asked, sides: Sequence[Side]) -> Operation | None:
    """某项目，完成投资除以总投资，得百分之几: how many times, or how many percent, one is of the other."""
    topic = asked.side
    first, second = (
        Side(
            one.periods or topic.periods,
            one.places or topic.places,
            f"{topic.rest}{SAME_TIME.sub('', one.rest)}",
        )
        for one in sides
    )
    is_percent = "倍" not in asked.text[asked.ask.start() :] if asked.ask else False
    made = pair(first, second, are_alike=not is_percent)
    if made is None:
        return None
    kind: Kind = "share" if is_percent else "ratio"
    return Operation(kind, *made, asks_percent=is_percent)


def _first(mentions: Sequence[Sequence]) -> str:  # type: ignore[type-arg]
    """What the first of these mentions is called."""
    return next((name_of(found[-1]) for found in mentions if found), "")


READERS: dict[str, Callable[[Asked, Way], Operation | None]] = {
    "part": _of_part,
    "share": _of_share,
    "change": _of_change,
    "distance": _of_distance,
    "two": _of_two,
}


def read_each_one(words: Words) -> Operation | None:
    """平均每户减免多少, 户均, 人口密度: an amount, divided by how many or how much there is of what it is for."""
    if re.search("每|平均一", words.text):
        words = Words(DENSITY.sub("", words.text))
    match = EACH_ONE.search(words.text)
    if match is None or find_places(match[0]):
        return None
    density, area = "密度" in match[0], match["area"]
    if not (match["avg"] or match["avg2"] or match["home"] or area or density):
        return None
    of = "平方公里" if density else area or match["home"] or match["counter"] or match["thing"]
    amount = f"{match['people'] or '常住'}人口" if density else ""
    asked = Asked(
        f"{words.text[: match.start()]}{amount}{words.text[match.end() :]}", (), is_requested=density
    )
    side = asked.side
    rest = re.sub("[，,、]", "", side.rest)
    if not of or not rest or not (asked.ask or density):
        return None
    period, place = (name_of(found[-1]) if found else "" for found in (side.periods, side.places))
    head = f"{period}{place}"
    before = words.side(0, match.start()).rest
    thing = match["thing"] or ""
    if area or density:
        count = f"{head}的面积是多少？"
    else:
        kind = before if thing and before.endswith(thing) else f"{before}{thing}"
        count = f"{head}{kind}有多少{match['home'] or match['counter'] or '个'}？"
    is_behind = asked.ask is not None and bool(bare(asked.ask["tail"]))
    amount = f"{asked.text}？" if is_behind else plain_question(period, place, rest)
    operands = (Operand("", amount), Operand(of, count))
    return Operation("each_one", "", operands, word=thing or of)
