"""Claims without a result of their own, as the questions that settle them: 甲高于乙, 甲在六市中最低, 甲不到乙的一半."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_qa.computing.groups import GROUP, SORT
from policy_qa.computing.operands import is_low, name_of
from policy_qa.computing.operations import RANK_SAID
from policy_qa.computing.sides import Words, bare, split_items
from policy_qa.language.numerals import read_numeral
from policy_qa.language.places import is_within
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.language.claims import Claim
    from policy_qa.language.places import PlaceMention
    from policy_qa.language.quantity_values import Quantity

_STILL = r"(?:略微?|稍微?|明显|显著|远远?|大大|仍然?|依然|还是?|也|都|真的?|就是?|要|更|来得|已经?)*"
OVER = re.compile(
    rf"(?P<a>.+?){_STILL}(?P<how>[高低多少大小快慢强弱](?:于|过)|超过|超出|超|跑赢|不如|不及|落后于?|领先于?|优于|胜过){_STILL}(?P<b>[^，,；;]+)"
)
THAN = re.compile(
    rf"(?P<a>.+?)[,，]?(?<![占对百分环同可])(?:比(?![重例值较率])|较|相比于?)(?P<b>[^，,；;]+?){_STILL}(?P<how>[高低多少大小快慢强弱])(?:些|一些|了|得多)?"
)
EACH = re.compile(r"(?:都|(?<!平)均|皆)(?=[比较超不未没是为]|[高低多少大小快慢强弱][于过])")
"""Of several, each: another claim."""
COMPARES = re.compile(
    r"[高低多少大小快慢强弱]于|[超胜]过|不[如及足到]|领先|落后|最[高低多少大小快慢强弱好差]|第[一二三四五六七八九十\d]|[首末]位|[少多高低大小快慢]$|比"
)
MORE_OVER = {"不如": "低", "不及": "低", "落后": "低"}
_PART = r"[一二两三四五六七八九]成|[二三四五六七八九十]分之[一二三四五六七八九]"
_SIDES = r"[不未没](?:超过|[高多大]于)|不[低少小]于|至[少多]|最[少多]|不到|不足|不及|超过|超|[低少小高多大]于|将近|接近|近|大约|约"
PART_OF = re.compile(
    rf"(?P<a>.+?)(?:还|连|都|才|只)*(?P<side>{_SIDES}|没有?|未达|达到?|相当于|等于|只有|是|为|有)(?P<b>[^，,；;\d]+?)的?(?P<by>{_SIDES})?(?P<value>一半|{_PART})(?P<more>多|以上|左右)?"
)
_SHARE = rf"(?P<side>{_SIDES})?(?P<value>一半|过半|大半|{_PART}|\d[\d.]*[%％])(?P<more>多|以上|左右)?"
MADE_OF: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"(?P<a>.+?)(?:当中|之中|里面?|中|[，,]|有|大?约|的)*{_SHARE}(?:都|均|全|主要)*(?:是|为|来自|源自|属于|靠的?是?)于?(?P<part>[^，,；;\d]{{2,12}}?)(?:贡献的|构成的|的)?"
    ),
    re.compile(
        rf"(?P<a>.+?)(?:当中|之中|里面?|中)[，,]?(?P<part>[^，,；;\d占]{{2,12}}?)(?:还|仅|只|都|大?约|是|有|为)*{_SHARE}"
    ),
    re.compile(
        rf"(?P<part>[^占]+?)(?:还|仍|仅|只|已经?|都|大?约)*占(?!比)到?了?(?P<a>[^，,；;\d]{{2,14}}?)的?{_SHARE}"
    ),
)
"""What a whole is made of: 外贸八成以上是出口, 外贸里出口不到三成, 出口占外贸的一半以上."""
HALVES = frozenset({"一半", "过半", "大半"})
UNDER_SIDES = frozenset({"不到", "不足", "不及", "没", "没有", "未达"})
SIDES_SAID = re.compile(r"^两?(?:市|地|者|个?(?:城市|地区))的?|^各自的?")
_NUMBER = r"[一二两三四五六七八九十]|\d{1,2}"
END = re.compile(
    r"(?:数量|数值)?(?:为|是|均|都|亦|也|又|还|则|同样|处于|排名?|位居|位列|居|在|名列|进入?|跻身)*"
    rf"(?P<end>最[高低多少大小快慢强弱好差]|垫底|末位|最后一?[名位]|之末|(?P<first>之?首位?|头名|居首|榜首|之冠|之最)|(?P<back>倒数)?第(?P<nth>{_NUMBER})[位名]?[高多大快]?"
    rf"|(?P<few>前|后|倒数)(?P<count>{_NUMBER})(?:[位名强]|$))(?:的|了)?$"
)
LAST = re.compile(r"[低少小慢弱差]|垫底|末|倒数|最后")
OF_ROW = re.compile(
    rf"等?[这那]?(?:[两二三四五六七八九十\d]+[个座家]?(?:城市|地级市|[市地县区省])?|(?:几[个座家])?{SORT}*(?:城市|地区)?)(?:之中|当中|之间|里面|[中里内])?的?"
)
OWNS = re.compile(r"(?:所)?(?:拥有|具有|现有|持有)的")
APART_UNITS = frozenset({"百分点", "个百分点"})
"""Of what others lie apart by."""
WITHIN_ALL = re.compile(r"(?:排名?|位列|位居|居)*(?:全[国省区])?(?:排名?|位列|位居|居)*第?$")
"""Among whom a rank is held, before it: 全国77位."""
BARE_RANKS = frozenset({"排名", "名次", "位次", "全国排名", "全国名次", "全国位次"})
SET_BESIDE = re.compile(r"^(?:[与和跟同较]?(?:相比较?|比较|比起来|比|放在一起|一起比))?[在，,的、]*")
"""What is left before the claim of the places that it is set beside: 与甲、乙相比，."""
MOST_ENDS, PAIR = 2, 2


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a question states: the question for its result, and the quantity stated with the words before it.

    Where it states none: which `way` the first of two differs from the second, the `place` at the end of an order, or
    `within` which places of it one stands, counted from its end below zero, and what is `told` of it beside.
    """

    plain: str
    stated: Quantity | None = None
    before: str = ""
    way: int = 0
    place: str = ""
    within: tuple[int, int] | None = None
    told: tuple[str, ...] = ()


def compared(claim: Claim) -> Claimed | None:
    """The question by how much the first is more than the second, and whether it is said to be more (1) or less (-1).

    Where it is to be held against ranks, by how many places the first stands before the second.

    >>> from policy_qa.language.claims import Claim
    >>> compared(Claim("甲市的绿化率快于乙市")).plain, compared(Claim("荆州GDP超过宜昌", by="全国排名")).plain
    ('甲市的绿化率比乙市快多少？', '荆州GDP全国排名比宜昌靠前多少位？')
    """
    found = THAN.fullmatch(claim.text) or OVER.fullmatch(claim.text)
    if found is None or read_quantities(_without_periods(found["b"])) or EACH.search(claim.text):
        return None
    how = found["how"].removesuffix("于").removesuffix("过")
    word = MORE_OVER.get(how, how if how[:1] in "高低多少大小快慢强弱" else "高")
    way = -1 if is_low(word) else 1
    return _compared_by_rank(claim, way, found.end("a")) or Claimed(
        f"{found['a'].rstrip('，,')}比{found['b']}{word}多少？", way=way
    )


def _compared_by_rank(claim: Claim, way: int, how_at: int) -> Claimed | None:
    """Which of two stands before the other by the ranks that the claim is to be held against."""
    words, by = Words(claim.text), bare(claim.by)
    if len(words.places) != PAIR or not RANK_SAID.search(by) or Words(by).periods:
        return None
    what = "" if by not in BARE_RANKS else words.side(0, how_at).rest
    when = name_of(words.periods[0]) if words.periods else ""
    one, other = map(name_of, words.places)
    return Claimed(f"{when}{one}{what}{by}比{other}靠前多少位？", way=way)


def asserted(claim: Claim) -> Iterator[Claimed]:
    """What settles a claim without a result of its own: which is more, which is at the end, what share it is."""
    yield from (found for read in (at_end, part_of, compared) if (found := read(claim)))


def is_settled(claim: Claim, told: str) -> bool:
    """Whether a sentence of the sources may settle the claim: one that compares, and names all that the claim does.

    A value beyond a bound is settled where the bound itself is told, one by which others lie apart where any such is.

    >>> from policy_qa.language.claims import Claim
    >>> claim = Claim("荆州2020年的绿化率高于全国平均水平")
    >>> is_settled(claim, "荆州2020年的绿化率为40%"), is_settled(claim, "荆州绿化率低于全国平均水平")
    (False, True)
    """
    values = read_quantities(told)
    for stated in read_quantities(claim.text):
        alike = {one.values for one in values if one.unit == stated.unit and one.form == stated.form}
        if stated.form == "number" and len(alike) > 1 and stated.values not in alike:
            return False
        if stated.bound != "exact" and not any(one.values == stated.values for one in values):
            return False
        if stated.unit in APART_UNITS and not any(one.unit == stated.unit for one in values):
            return False
    if not any(asserted(claim)):
        return True
    names = [name_of(one) for one in Words(claim.text).places]
    return COMPARES.search(told) is not None and all(name in told for name in names)


def part_of(claim: Claim) -> Claimed | None:
    """The question what share the first is of the second, and the share as it is said: 甲不到乙的一半, 投资四成是民间投资.

    >>> from policy_qa.language.claims import Claim
    >>> one = part_of(Claim("荆州的资金不到宜昌的一半", by="两市存款"))
    >>> one.plain, one.stated.bound, part_of(Claim("荆州2020年投资八成以上是民间投资")).plain
    ('荆州存款是宜昌存款的百分之多少？', 'under', '2020年荆州民间投资占投资的百分之多少？')
    """
    found = PART_OF.fullmatch(claim.text)
    plain = _of_two_places(claim, found) if found else ""
    if found is None:
        found = next((one for form in MADE_OF if (one := form.fullmatch(claim.text))), None)
        plain = _of_whole(claim, found) if found else ""
    if found is None or not plain:
        return None
    value = found["value"].rstrip("%％")
    whole, _, parts = value.partition("分之")
    if value in HALVES:
        value = "50"
    elif parts:
        value = f"{Decimal(read_numeral(parts) or 0) * 100 / Decimal(read_numeral(whole) or 1):.6g}"
    elif not value[0].isdigit():
        value = f"{'一二三四五六七八九'.find(value[0].replace('两', '二')) + 1}0"
    side = "不到" if found["side"] in UNDER_SIDES else "超过" if found["value"] == "过半" else found["side"]
    side = found.groupdict().get("by") or side
    return Claimed(plain, read_quantities(f"{side or ''}{value}%{found['more'] or ''}")[0])


def _of_two_places(claim: Claim, found: re.Match[str]) -> str:
    """The question what share the first place has of the second; empty where these are not told apart."""
    words = Words(claim.text)
    first, second = words.side(*found.span("a")), words.side(*found.span("b"))
    if len(first.places) != 1 or len(second.places) != 1:
        return ""
    about = SIDES_SAID.sub("", claim.by) or first.rest
    when = name_of(first.periods[0]) if first.periods else ""
    return f"{when}{name_of(first.places[0])}{about}是{name_of(second.places[0])}{about}的百分之多少？"


def _of_whole(claim: Claim, found: re.Match[str]) -> str:
    """The question what share a part has of its whole; empty where they are not of one place and time."""
    words = Words(claim.text)
    whole, part = words.side(*found.span("a")).rest, words.side(*found.span("part")).rest
    if len(words.places) > 1 or len(words.periods) > 1 or not whole or not part or part in whole:
        return ""
    slots = "".join([*map(name_of, words.periods), *map(name_of, words.places)])
    return f"{slots}{part}占{whole}的百分之多少？"


def at_end(claim: Claim) -> Claimed | None:
    """What settles that a place is at the end of an order, or holds a place in it: 六市中甲的绿化率最低, 甲排第二.

    >>> from policy_qa.language.claims import Claim
    >>> at_end(Claim("六市中，荆州2020年的绿化率最低")).plain, at_end(Claim("荆州绿化率在六市里排第二")).plain
    ('六市中2020年绿化率最低的是哪个市？', '六市中绿化率荆州排第几？')
    """
    text, ranked, told = _with_others(claim)
    words = Words(text)
    row, group = words.series_of_places(), GROUP.search(text)
    others = [one for one in words.places if one not in row]
    if (
        len(others) != 1
        or not (row or group)
        or (any(one.form != "rank" for one in read_quantities(_without_periods(text))) and not group)
    ):
        return None
    ends = _ends_of(_without_slots(words, others[0], group))
    if not 1 <= len(ends) <= MOST_ENDS:
        return None
    subject = name_of(others[0])
    when = name_of(words.periods[0]) if words.periods else ""
    names = list(dict.fromkeys(map(name_of, (*row, others[0]) if row else ())))
    among = "、".join(names) if row else group[0].rstrip("的中里内") if group else ""
    if len(ends) > 1:
        both = "，".join(f"{what}{'也' if at else ''}{_end_said(one)}" for at, (what, one) in enumerate(ends))
        return Claimed(f"{among}{len(names)}个市里，{subject}{when}{both}", place=subject)
    what, end = ends[0]
    if within := _places_said(end):
        beside = tuple(f"{subject}（{value}）" for value in told)
        return Claimed(f"{among}中{when}{what}{ranked}{subject}排第几？", within=within, told=beside)
    return Claimed(f"{among}中{when}{what}{_end_said(end)}的是哪个市？", place=subject)


def _without_slots(words: Words, own: PlaceMention, group: re.Match[str] | None) -> str:
    """The text without the places and times it names, and the words for all places."""
    text, row = words.text, words.series_of_places()
    spans = [(own.span.start, own.span.end), *((one.span.start, one.span.end) for one in words.periods)]
    if row:
        behind = OF_ROW.match(text, row[-1].span.end)
        start = row[0].span.start - text.endswith("在", 0, row[0].span.start)
        spans.append((start, behind.end() if behind else row[-1].span.end))
    elif group:
        spans.append(group.span())
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{text[end:]}"
    return SET_BESIDE.sub("", text)


def _with_others(claim: Claim) -> tuple[str, str, tuple[str, ...]]:
    """The claim with the places it is to be held against where it names none to be ordered among: 拿甲、乙的名次核.

    Whether it is to be by ranks, and the ranks that it tells of its own place.
    """
    own, others = Words(claim.text).places, Words(claim.by).places
    names = {name_of(one) for one in own}
    within = [one for one in own[1:] if is_within(own[0].places[0], one.places[0])]
    if not others or names & {name_of(one) for one in others} or len(own) - len(within) != 1:
        return claim.text, "", ()
    text = claim.text
    for one in reversed(within):
        text = f"{text[: one.span.start].rstrip('在')}{text[one.span.end :].lstrip('的')}"
    ranks = [
        one for one in read_quantities(text) if one.form == "rank" or (one.form, one.unit) == ("number", "位")
    ]
    ranks = [one for one in ranks if re.search(r"\d", one.text)]
    for value in reversed(ranks):
        before = WITHIN_ALL.sub("", text[: value.span.start])
        text = f"{before}{text[value.span.end :].lstrip('、，,')}"
    ranked = "全国排名" if RANK_SAID.search(claim.by) and not RANK_SAID.search(text) else ""
    told = tuple(f"{one.values[0]:f}位" for one in ranks)
    return f"{'、'.join(map(name_of, (*others, own[0])))}中，{text}", ranked, told


def _ends_of(text: str) -> list[tuple[str, re.Match[str]]]:
    """What is said to be at which end: 医院最少、床位亦最低, or 医院和床位都垫底."""
    found = []
    for part in re.split(r"[，,、；;](?=.*最|.*垫底|.*末|.*第一)", text):
        end = END.search(part)
        what = bare(part[: end.start()]) if end else ""
        if end is None or not what:
            return []
        found += [(item, end) for item in (split_items(what) or (what,))]
    return found


def _end_said(end: re.Match[str]) -> str:
    """The end as the question for it names it."""
    if end["nth"] and not end["back"]:
        return f"第{end['nth']}高"
    if end["end"][0] == "最" and end["end"][1] != "后":
        return end["end"]
    return "最低" if LAST.search(end["end"]) else "最高"


def _places_said(end: re.Match[str]) -> tuple[int, int] | None:
    """The first and last of the places that one is said to hold, from the end below zero; None for 最高 and 垫底."""
    number = int(read_numeral((end["nth"] or end["count"] or "1").replace("两", "二")) or 1)
    if end["few"]:
        return (1, number) if end["few"] == "前" else (-number, -1)
    if end["back"]:
        return (-number, -number)
    return (number, number) if end["nth"] or end["first"] else None


def _without_periods(text: str) -> str:
    for mention in reversed(Words(text).periods):
        text = text[: mention.span.start] + text[mention.span.end :]
    return text
