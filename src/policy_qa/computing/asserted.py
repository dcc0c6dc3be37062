"""Claims without a result of their own, as the questions that settle them: 甲高于乙, 甲在六市中最低, 甲不到乙的一半."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.computing.groups import GROUP
from policy_qa.computing.operands import is_low, name_of
from policy_qa.computing.sides import Words, bare, split_items
from policy_qa.language.quantity_values import read_quantities

if TYPE_CHECKING:
    from policy_qa.language.claims import Claim

_STILL = r"(?:仍然?|依然|还是?|也|都|真的?|就是?|要|更|来得|已经?)*"
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
PART_OF = re.compile(
    r"(?P<a>.+?)(?:还|连|都|才|只)*(?P<side>不到|不足|不及|没有?|未达|超过|达到?|相当于|等于|只有|是|为|有)(?P<b>[^，,；;\d]+?)的?(?P<value>一半|[一二两三四五六七八九]成)(?P<more>多|以上|左右)?"
)
UNDER_SIDES = frozenset({"不到", "不足", "不及", "没", "没有", "未达"})
SIDES_SAID = re.compile(r"^两?(?:市|地|者|个?(?:城市|地区))的?|^各自的?")
END = re.compile(
    r"(?:数量|数值)?(?:为|是|均|都|亦|也|又|还|则|同样|处于|排名?|位居|位列|居|在)*"
    r"(?P<end>最[高低多少大小快慢强弱好差]|垫底|末位|倒数第一|最后一?[名位]|首位|第一位?|第一名|居首|榜首|第(?P<nth>[二三四五])(?:位|名)?)(?:的|了)?$"
)
LAST = re.compile(r"[低少小慢弱差]|垫底|末|倒数|最后")
OF_ROW = re.compile(
    r"(?:等)?(?:这|那)?(?:[两二三四五六七八九十\d]+[个座家]?(?:城市|地级市|市|地|县|区|省)?)?(?:之中|当中|之间|里面|[中里内])?的?"
)
OWNS = re.compile(r"(?:所)?(?:拥有|具有|现有|持有)的")
APART_UNITS = frozenset({"百分点", "个百分点"})
"""Of what others lie apart by."""
MOST_ENDS = 2


def compared(claim: Claim) -> tuple[str, int] | None:
    """The question by how much the first is more than the second, and whether it is said to be more (1) or less (-1).

    >>> from policy_qa.language.claims import Claim
    >>> compared(Claim("甲市的绿化率快于乙市"))
    ('甲市的绿化率比乙市快多少？', 1)
    """
    found = THAN.fullmatch(claim.text) or OVER.fullmatch(claim.text)
    if found is None or read_quantities(_without_periods(found["b"])) or EACH.search(claim.text):
        return None
    how = found["how"].removesuffix("于").removesuffix("过")
    word = MORE_OVER.get(how, how if how[:1] in "高低多少大小快慢强弱" else "高")
    return f"{found['a'].rstrip('，,')}比{found['b']}{word}多少？", -1 if is_low(word) else 1


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
        if stated.bound != "exact" and not any(one.values == stated.values for one in values):
            return False
        if stated.unit in APART_UNITS and not any(one.unit == stated.unit for one in values):
            return False
    if at_end(claim) is None and part_of(claim) is None and compared(claim) is None:
        return True
    names = [name_of(one) for one in Words(claim.text).places]
    return COMPARES.search(told) is not None and all(name in told for name in names)


def part_of(claim: Claim) -> tuple[str, str] | None:
    """The question what share the first is of the second, and the share as it is said: 甲不到乙的一半.

    >>> from policy_qa.language.claims import Claim
    >>> part_of(Claim("荆州的资金不到宜昌的一半", by="两市存款"))
    ('荆州存款是宜昌存款的百分之多少？', '不到50%')
    """
    found = PART_OF.fullmatch(claim.text)
    if found is None:
        return None
    words = Words(claim.text)
    first, second = words.side(*found.span("a")), words.side(*found.span("b"))
    if len(first.places) != 1 or len(second.places) != 1:
        return None
    about = SIDES_SAID.sub("", claim.by) or first.rest
    when = name_of(first.periods[0]) if first.periods else ""
    one, other = name_of(first.places[0]), name_of(second.places[0])
    value = (
        "50"
        if found["value"] == "一半"
        else f"{'一二三四五六七八九'.find(found['value'][0].replace('两', '二')) + 1}0"
    )
    side = (
        "不到"
        if found["side"] in UNDER_SIDES
        else "超过"
        if found["side"] == "超过" or found["more"] in ("多", "以上")
        else ""
    )
    return f"{when}{one}{about}是{other}{about}的百分之多少？", f"{side}{value}%"


def at_end(claim: Claim) -> tuple[str, str] | None:
    """The question which place is at the end of an order, and the place that is said to be: 六市中甲的绿化率最低.

    >>> from policy_qa.language.claims import Claim
    >>> at_end(Claim("六市中，荆州2020年的绿化率最低"))
    ('六市中2020年绿化率最低的是哪个市？', '荆州')
    """
    words = Words(claim.text)
    row, group = words.series_of_places(), GROUP.search(claim.text)
    others = [one for one in words.places if one not in row]
    if (
        len(others) != 1
        or not (row or group)
        or (any(one.form != "rank" for one in read_quantities(_without_periods(claim.text))) and not group)
    ):
        return None
    cut = [others[0].span, *(one.span for one in words.periods)]
    spans = [(one.start, one.end) for one in cut]
    if row:
        behind = OF_ROW.match(claim.text, row[-1].span.end)
        spans.append((row[0].span.start, behind.end() if behind else row[-1].span.end))
    elif group:
        spans.append(group.span())
    rest = claim.text
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]}{rest[end:]}"
    ends = _ends_of(re.sub(r"^[在，,的、]+", "", rest))
    if not 1 <= len(ends) <= MOST_ENDS:
        return None
    subject = name_of(others[0])
    when = name_of(words.periods[0]) if words.periods else ""
    among = "、".join(map(name_of, row)) if row else group[0].rstrip("的中里内") if group else ""
    if len(ends) == 1:
        return f"{among}中{when}{ends[0][0]}{ends[0][1]}的是哪个市？", subject
    told = "，".join(f"{what}{'也' if at else ''}{end}" for at, (what, end) in enumerate(ends))
    return f"{among}{len(row)}个市里，{subject}{when}{told}", subject


def _ends_of(text: str) -> list[tuple[str, str]]:
    """What is said to be at which end: 医院最少、床位亦最低, or 医院和床位都垫底."""
    found = []
    for part in re.split(r"[，,、；;](?=.*最|.*垫底|.*末|.*第一)", text):
        end = END.search(part)
        what = bare(part[: end.start()]) if end else ""
        if end is None or not what:
            return []
        said = (
            f"第{end['nth']}高"
            if end["nth"]
            else end["end"]
            if end["end"][0] == "最" and end["end"] != "最后"
            else "最低"
            if LAST.search(end["end"])
            else "最高"
        )
        found += [(item, said if said[:2] != "最后" else "最低") for item in (split_items(what) or (what,))]
    return found


def _without_periods(text: str) -> str:
    for mention in reversed(Words(text).periods):
        text = text[: mention.span.start] + text[mention.span.end :]
    return text
