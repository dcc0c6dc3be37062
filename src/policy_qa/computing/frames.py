"""A computed question read by what it asks and what it names, in any order and among any other words.

Where the readers of whole sentences find no operation, the words that ask (最高, 排第几, 相差, 占几成) tell which it is; places,
times and the group tell over what; and the figures whose names the question says tell of what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.computing.groups import NO_GROUP, Group, read_group
from policy_qa.computing.limits import limits_said
from policy_qa.computing.operands import MEAN_BOUND, Operation, is_low, name_of
from policy_qa.computing.said import kind_said
from policy_qa.computing.selections import MEAN, WAY, without_places
from policy_qa.computing.sides import Words
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import read_numeral
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.operands import Kind
    from policy_qa.computing.said import NameKind
    from policy_qa.understanding import Query

_N = r"[一二两三四五六七八九十\d]"
_HOW = r"[高低多少大小快慢强弱好差长短重轻猛狠凶]"
LOW_WORDS = re.compile(
    r"垫底|垫后|末[名位尾]|吊[车尾]|最后|殿后|倒数|最末|[低少小慢弱差后轻]|升序|递增|往上排|倒着"
)
CHANGE_VERB = re.compile(r"^(?:上升|下降|提高|提升|减少|增长|增加|回落|[增涨升降掉跌退进])")
FROM_END = re.compile("倒数")
NTH = re.compile(r"第(?P<nth>[一二三四五六七八九十\d]+)(?!产业|[季批次年届条期])|老(?P<old>[二三四五])")
HOW = re.compile(_HOW)
FEW = re.compile(rf"(?P<end>前|头|后|倒数|末|最后)(?P<count>{_N})(?:名|位|个|强|家|座|甲)")
BELOW = re.compile(r"低于|小于|少于|不到|不足|以下|没到|没赶上|不及|之下|[低少小慢]的")
ABOVE = re.compile(r"高于|大于|多于|超过|以上|突破|过半|之上|[高多大快]的|达到")
INCLUSIVE = re.compile("以上|以下|达到")
THAN = re.compile("比|于")
ORDER = re.compile(
    rf"(?:从|由|自|按|以)?(?:{_HOW}|轻|前|后|优|好|首|头|第一名?|一)的?(?:到|至|往|向|而)(?:{_HOW}|重|前|后|劣|次|末|尾|最后一?名?|五)的?(?:的?(?:次序|顺序|先后))?"
    rf"|(?:按|依|以)?(?:数值|多少|大小|高低|快慢|多寡|先后)?(?:来)?(?:递减|递增|升序|降序|倒序|正序)"
    r"|(?:排|站|列)(?:个|一|成|一?下|出)?(?:队|序|名次|次序|座次|先后|顺序|高低)|(?:排|做|列)个?序|排序|排列|罗列|次序|顺序|挨个|榜单|排行|名单|先后|(?:怎么|如何|怎样)排|排一排|排排|排一?下|依次|高低顺序|大小顺序"
    rf"|(?:{_HOW}|轻|重)的(?:排|放|在)(?:最?前|上|先|头|最?后|下|末)[面头边]?"
)
POSITION = re.compile(
    r"(?:能|可以)?(?:排|居|列|位居|位列|处|站|数|算|占|坐)*(?:名|在|到|得)*(?:倒数)?第(?:几|多少)(?:名|位|大|高|多|把交椅)?|排?老几|排(?:在)?(?:几号位|哪儿|哪里|多少[位名])|几号位|什么(?:位置|位次|名次)|(?:名次|位次|座次|顺位|排次|排位|次序|位置)(?:若何|如何|怎样|是多少|多少)?|排行第几|排名(?=$|[，,。？?])"
)
EXTREME = re.compile(
    rf"(?:增|涨|升|降|掉|跌|退|进|上升|下降|提高|提升|减少|增长|增加|回落)得?(?:幅度)?最{_HOW}|最(?:{_HOW}|末|后|靠前|靠后|厉害|可观)(?:的?值)?|头一?[名位]|头名|老大|老二|冠军|榜首|魁首|居首|首位|打头|领头|领跑|拔尖|夺魁|第[一二三四五](?!产业|季|批|名称)(?:名|位|{_HOW})?|垫底|垫后|末[名位尾]|吊车尾|殿后|倒数(?:第[一二三])?"
)
WHO = re.compile(
    r"(?:是|属|归|数|轮到|花落|落在|落到)*(?:哪(?:一)?(?:[个座家位边头方]|两[个家]|几[个家座]|些)?(?:城市|市|县|区|省|地方|位)?|谁家?|何者|何地|何市|孰|什么(?:城市|地方))"
)
SUM = re.compile(
    r"合计|合起来|加起来|加在?一[起块]|加总|相加|累加|求和|归总|汇总|并在?一[起块]|拢共|拢到一[起块]|总共|一共|共计|之和|总和|总盘子|两个?数(?:相加|求和)|凑(?:在|到)?一[起块]|加上?(?=[^快大强工])|全部加"
)
MEAN_ASKED = re.compile(
    r"(?:简单|算术|直接)?(?<!全国)(?<!全省)(?<!全区)平均(?!每年|工资|气温)(?:数|值|水平|下来)?|均值|每市|取?平均"
)
SHARE = re.compile(
    r"占(?![比地用]|gdp|地区生产总值|全[国省区市])(?:去|到|了|据|有)?|几成|百分之(?:几|多少)|百分比|百分数|多大(?:比例|比重|份额|一块)|比例|切走|摊到|撑起|贡献了?|折成"
)
RATIO = re.compile(
    r"(?:几|多少)倍|倍数|顶(?:得上|上)?(?:几|多少)个?|抵(?:得上|上)?(?:几|多少)?个?|除以|之比|相当于|够得上|[/／÷]|等于(?:几|多少)个"
)
DIFFERENCE = re.compile(
    rf"相?差(?:了|出)?|差[额值距]|之差|的差(?=$|[，,。])|悬殊|拉开了?|减去?|落差|差别|差异|{_HOW}(?:出|了|过)*(?:多少|几(?!个(?:城市|市)))|领先|落后|超(?:过|出)?|(?:前|后)面几|(?:进|退|升|降|前移|后移|变化|变动|变)了?(?:多少|几)"
)
LARGER = re.compile(
    rf"(?:更|较|比较|还|要|谁|哪个){_HOW}|{_HOW}(?:的|者|些|一点|吧|吗|没|不|过)|压得过|赶得?上|胜|赢|优于|谁{_HOW}|放(?:在)?一[起块]儿?|{_HOW}[，,]?还是|(?<!占)(?<!对)(?<!百分)比(?![重例率值较分])"
)
CHANGED = re.compile(
    r"(?:上升|下降|提高|提升|减少|增加(?!值)|增长(?![率速])|变化|变动|进步|退步|前进|后退|上涨|回落|[升降涨跌掉退进增减](?:了|得|过))(?:了|得|过)?(?:多少|几|百分)?|[升降涨跌掉退](?:多少|几|没)|对(?=，|20)"
)
ASKED_MUCH = re.compile(
    r"(?:是|有|为|得|合|共)*(?:百分之)?(?:多少|几(?!乎))(?:个)?(?:百分点|点|[万亿]*(?:元|人|家|户|平方公里|名|位|次|倍|分|成))?|多大|多高|若干|几何"
)
PLACES_WANTED = re.compile(
    r"(?:城市|市|地方|地区|县|区)(?:名单|有|是|共|一共|名|$|[，,（(])|哪[些几两]|几[个座家]|多少[个座家]|谁"
)
WHOLE = re.compile("全[省区州]|自治区")
RANKED_WITHIN = re.compile("(?:全[国省区])(?:的|中|里)?(?:排名|位次|名次|排位|第)")
BASE_SAID = re.compile("基数|基准|相比|其")
"""What may name the divisor before what is divided."""
UNREAD = re.compile(
    r"除[了去开掉]?|以外|之外|其余|余下|剩下|不[算含计]|目标|计划|预计|年均|每年|一年平均|平均一年|平均每|人均|户均|密度|倒推|反推|推算|为什么|为何|原因|措施|首次|第一次|最早|最先"
)
"""What this reading does not understand: nothing is computed over it."""
OF_TWO: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("sum", SUM),
    ("mean", MEAN_ASKED),
    ("ratio", RATIO),
    ("share", SHARE),
    ("difference", DIFFERENCE),
    ("larger", LARGER),
    ("larger", EXTREME),
    ("difference", CHANGED),
)
"""What is asked of two, by the first of these that the question says."""
BREAK = "，"
MOST_PAIR = 2
FEWEST = 3
FRAMES_KEPT = 256
"""Whether it computes, and whether what is told answers it, both read a question's frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question asks and over what; `left` is the text without the words that ask."""

    operation: Operation
    places: tuple[str, ...]
    periods: tuple[str, ...]
    group: Group
    text: str
    left: str
    kind: NameKind
    is_of_group: bool

    @property
    def is_stated_first(self) -> bool:
        """Whether sources commonly state the result themselves: the share that one indicator has in another."""
        return self.is_over_names and self.operation.kind in ("share", "ratio")

    @property
    def is_over_names(self) -> bool:
        """Whether it is over indicators of one place and time, not along places or times."""
        return len(self.places) < 2 and len(self.periods) < 2 and not self.is_of_group


def frame_of(query: Query) -> Frame | None:
    """The frame of a question as it is understood, full-width characters read as their plain ones."""
    key = search_key(query.text)
    return read_frame((query.text if len(key) != len(query.text) else key).rstrip("?？。!！ "))


@lru_cache(FRAMES_KEPT)
def read_frame(text: str) -> Frame | None:
    """What a question asks and names; None where nothing that asks for a computation is said, or more than is read here."""
    apart, text = without_places(text)
    if UNREAD.search(text):
        return None
    words = Words(text)
    places = _places(words)
    periods = tuple(dict.fromkeys(name_of(one) for one in words.periods))
    group, rest = read_group(text) or (NO_GROUP, text)
    many = rest != text or len(places) >= FEWEST or (len(places) < 2 and _wants_places(text))
    kind = kind_said(text)
    made = _operation(rest, places, periods, many=many)
    if made is None:
        return None
    operation, left = made
    if operation.kind != "beyond" and limits_said(text):
        return None  # what a bound sets apart is not read here
    if operation.asks_percent and kind == "share":
        kind = "level"  # the share is what is computed
    further = read_group(rest)
    counts = [one.count for one in (group, *([further[0]] if further else [])) if one.count is not None]
    if len(places) >= MOST_PAIR and any(count > len(places) for count in counts):
        return None  # two of five: what is asked of which is not read here
    left = _without_slots(left)
    operation = replace(operation, apart=apart, falls=False)
    if apart:
        group = replace(group, count=None)
    return Frame(operation, places, periods, group, text, left, kind, many)


def _wants_places(text: str) -> bool:
    """Whether places are asked for: which city, the cities above a value."""
    return PLACES_WANTED.search(text) is not None or WHO.search(text) is not None


def _places(words: Words) -> tuple[str, ...]:
    """The places named; the whole region or country only where one other is set against it."""
    named = tuple(dict.fromkeys(name_of(one) for one in words.places))
    if len(words.places) != 1 or RANKED_WITHIN.search(words.text):
        return named
    own = words.places[0]
    whole = [
        one
        for one in find_places(words.text, home=own.places[0])
        if one.is_home and WHOLE.fullmatch(one.span.of(words.text))
    ]
    return named if not whole else tuple(dict.fromkeys((*named, name_of(whole[0]))))


def _without_slots(text: str) -> str:
    """The text without places and times, which part what stands beside them."""
    words = Words(text)
    spans = sorted([*(one.span for one in words.periods), *(one.span for one in words.places)], reverse=True)
    for span in spans:
        text = f"{text[: span.start]}{BREAK}{text[span.end :]}"
    return text


def _operation(
    text: str, places: Sequence[str], periods: Sequence[str], *, many: bool
) -> tuple[Operation, str] | None:
    """The operation by the first kind of asking words found, and the text without any of them."""
    found = None
    two = len(places) == MOST_PAIR or (len(periods) == MOST_PAIR and len(places) < MOST_PAIR and not many)
    if many and len(periods) < 2:
        found = _over_many(text, places)
    if found is None and (two or not many) and len(periods) <= MOST_PAIR and len(places) <= MOST_PAIR:
        found = _of_two(text, places)
    return None if found is None else (found, _without_asking(text))


def _without_asking(text: str) -> str:
    for pattern in (
        ORDER,
        EXTREME,
        POSITION,
        WHO,
        SUM,
        MEAN_ASKED,
        RATIO,
        SHARE,
        DIFFERENCE,
        CHANGED,
        LARGER,
        ASKED_MUCH,
    ):
        text = pattern.sub(BREAK, text)
    for one in read_quantities(text):
        text = text.replace(one.text, BREAK)
    return WAY.sub(BREAK, text)


def _over_many(text: str, places: Sequence[str]) -> Operation | None:
    """What is asked of all places of a group, or of three and more."""
    readers = (_beyond, _position, _first_few, _in_order, _together)
    return next((found for reader in readers if (found := reader(text, places))), None)


def _position(text: str, places: Sequence[str]) -> Operation | None:
    """Which place one of them holds."""
    if len(places) != 1 or not POSITION.search(text):
        return None
    order = ORDER.search(text)
    is_low = FROM_END.search(text) is not None or (order is not None and _begins_low(order[0]))
    return Operation("position", "", of_place=places[0], is_high=not is_low)


def _first_few(text: str, _places: Sequence[str]) -> Operation | None:
    """The first three, the last two."""
    few = FEW.search(text)
    if few is None:
        return None
    is_high = few["end"] in ("前", "头")
    count = int(read_numeral(few["count"]) or 1)
    return Operation("larger", "", is_high=is_high, count=count, word="高" if is_high else "低")


def _in_order(text: str, _places: Sequence[str]) -> Operation | None:
    """All in order, or the first or the last of them."""
    order, extreme, nth = ORDER.search(text), EXTREME.search(text), NTH.search(text)
    if order and not ((extreme or nth) and WHO.search(text)):
        return Operation("ranking", "", is_high=not _begins_low(order[0]))
    asked = extreme or nth
    if asked is None or CHANGE_VERB.search(asked[0]):
        return None  # by how much it changed is no value told
    is_low = LOW_WORDS.search(asked[0]) is not None or (order is not None and _begins_low(order[0]))
    return Operation(
        "larger",
        "",
        is_high=not is_low,
        nth=int(read_numeral(nth["nth"] or nth["old"]) or 1) if nth else 1,
        word="低" if is_low else "高",
    )


def _together(text: str, places: Sequence[str]) -> Operation | None:
    """Their mean, their sum, or the share that one of them has in it."""
    if MEAN_ASKED.search(text):
        return Operation("mean", "")
    if SHARE.search(text) and len(places) == 1:
        return Operation("sum", "", of_place=places[0], asks_percent=True)
    return Operation("sum", "") if SUM.search(text) else None


def _begins_low(order: str) -> bool:
    """Whether an order begins with the least."""
    if re.search("递增|升序", order):
        return True
    first = re.search(r"[高低多少大小快慢强弱好差轻重前后优首头一]", order)
    is_low = first is not None and first[0] in "低少小慢弱差轻后"
    return is_low != (re.search("的(?:排|放|在)最?[后下末]", order) is not None)


def _beyond(text: str, places: Sequence[str]) -> Operation | None:
    """Those above or below the mean, a value or a place."""
    is_low, is_high = BELOW.search(text) is not None, ABOVE.search(text) is not None
    if not PLACES_WANTED.search(text) or is_low == is_high:
        return None
    found = Operation("beyond", "", is_high=is_high, word="高于" if is_high else "低于")
    values = [one for one in read_quantities(text) if one.form == "number" and len(one.values) == 1]
    if re.search(MEAN, text):
        return replace(found, bound=MEAN_BOUND)
    if len(values) == 1:
        return replace(found, bound=values[0].text, is_inclusive=INCLUSIVE.search(text) is not None)
    return replace(found, of_place=places[0]) if len(places) == 1 and THAN.search(text) else None


def _of_two(text: str, places: Sequence[str]) -> Operation | None:
    """What is asked of two places, of two times, or of two indicators."""
    for kind, pattern in OF_TWO:
        found = pattern.search(text)
        if found is None:
            continue
        how = HOW.search(found[0])
        is_share = kind == "share"
        return Operation(
            "ratio" if is_share and len(places) == MOST_PAIR else kind,
            "",
            word=how[0] if how else "相差",
            is_high=how is None or not is_low(how[0]),
            asks_percent=is_share or (kind == "ratio" and SHARE.search(text) is not None),
        )
    return None
