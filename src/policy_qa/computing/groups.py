"""The places that a question compares, taken together: how many, and by what it describes them (总量相近的四个城市)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_qa.computing.sides import Words
from policy_qa.language.numerals import read_numeral
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places

_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_KIND = r"城市|地级市|设区市|直辖市|省会|地区|省份|省市|省区|市州|州市|区县|县区|市县|县市|旗县|城区|地市|[省市县区州地旗]|城(?![镇市乡区投建际中])"
_LIKE = r"(?:(?![几各诸这那在])[^，,、。的\s]){0,10}(?:相近|接近|相当|相似|类似|差不多|相仿|靠近)"
SORT = r"(?:[东中西]部|中西部|沿海|沿江|内陆|资源型|国内|省内|区内|部分|主要|相关|有关|兄弟|对标|标兵|样本|副中心|重点|对比|比较|可比较?|参照|参[加与]?[比评选]|样板|调查|调研|入选|上榜|考核|同类)"
_OTHERS = r"其[他它余]|另外?|别的"
WITH_DATA = r"(?:已经?|能|可以?)?[有查到]{1,3}得?到?(?:数据|数字|数)(?:可[查比用])?|数据齐全"
GROUP = re.compile(
    rf"(?:(?P<like>{_LIKE})的?)?(?:(?P<told>{WITH_DATA})的)?"
    r"(?:(?:表|文|报告|材料)[格章]?[里中内上]面?(?:的|所?列出?的?|给出的)?|(?:所?列出?|对比|比较|参[加与]比较|所?选取?|调查|统计)的|所[列选])?"
    rf"(?:(?P<others>{_OTHERS})|这|那|上述|以上|其中|前述|国内|全部|所有)*"
    rf"(?:(?<![\d.前])(?P<count>{_NUMBER})[个座家]?|(?:[几各诸多]|若干)[个座家]?|(?={SORT}城市)|(?<=相近)|(?<=接近)|(?<=相当)|(?<=类似))"
    rf"(?:(?P<alike>{_LIKE})的?)?{SORT}*(?:{_KIND})"
    r"(?:(?:当中|之中|之间|里面|里头|中间|[里中内间])的?)?(?:相?比(?![重例较率值])[，,]?)?"
)
WITHOUT = re.compile(
    r"除(?:了|去|掉|开)?(?P<one>[^，,除]{2,20}?)(?:(?:之外|以外|外|除外)[，,]?的?|(?=[，,])[，,])"
    r"|[（(](?P<lacking>[^，,（）()]{2,12}?)(?:暂?[无缺]|没有?)(?:数据|数字|数)[）)]"
    r"|[，,。；;？?]?(?P<without>[^，,。；;？?]{2,12}?)(?:没有?|[无缺])(?:数据|数字|数值|数)的?(?:话|[，,])?(?:就|可以|可|则)*[不免](?:排|算|参加|列|比)(?:[，,了吧]|$)"
    r"|[，,（(]?(?:不算|不含|不包括|不计|不考虑|去掉|排除|刨去|撇开)(?P<other>[^，,（）()]{2,20}?)(?:的话)?(?:[）)，,]|$)"
)
"""What is left out: 除了甲市, 不算甲市, （甲市无数据）."""
TABLE = re.compile(
    r"(?:(?:^|(?<=[，,年]))(?:在|按照?|根据|从|那|这)?[张个份]?的?《?(?P<what>[^，,、。《》\s在中的年]{2,16}?)》?(?:这|那)?[张个]?)?(?:(?<!代)(?<!发)(?<!图)表(?![示明现彰达])格?)(?:里[面头]?|中|内|上|当中)"
)

TABLE_FIRST = re.compile(
    r"(?:查阅?|看|根据|按照?|从|对照)?(?P<what>[^，,、。]{2,18}?)(?:这|那)?[张个]?(?<!代)表(?=[，,])"
)
"""A table named before what is asked of it: 三产结构表，…."""
_IN = r"(?:里面?|中|内|上)?(?:的?(?:数据|排名|口径))?(?:来看|显示|看|所列|给出|列出|涉及|提到|提及|收录|评价|统计)?的?[，,]?"
SOURCE = re.compile(
    rf"(?:对照|参照|按照?|根据|依据?|查阅?|看|从|在|就)?(?:(?:报告|文[中里]?)的?)?(?:《(?P<title>[^》]+)》|(?<![代发图])表\s*(?P<number>\d+)(?![.\d]))的?(?:这|那)?[张份]?(?:表格?|报告)?{_IN}"
)
"""A report or a table that a question names, by its title or its number."""
POINTED = re.compile(r"[这那]一?[张个份]|^的|的$")
JOINED = re.compile(rf"市?(?:(?P<and>[和与同跟及]|以及|加上)(?:(?:{_OTHERS})的?)?|等|在内的)$")
"""Between one of a group and what the group is called by: 甲市和五个对比城市, 甲市等六市."""

_NO_ASK = r"(?:(?!哪|谁|多少|第几|几[年名位]|[，,。；;？?]).)"
_INSIDE = r"(?:里面?|里头|中|内|上|当中)?的?[，,]?"
LISTED = re.compile(
    rf"(?P<head>{_NO_ASK}{{0,40}}?(?:[这那有]一?[份篇张]|报告|研究|文[中里件章]|材料|资料|评价|排行榜|榜单){_NO_ASK}{{0,6}}?|(?=列))(?:把|将)?"
    rf"(?:列(?:举|示)?(?:出|有|了)*|对?比较?了?|给出?了|收录了?|统计了?|评价了|涉及了?|提到了?|选取?了|摆了|放了|排了|把|将)(?P<all>{_NO_ASK}{{6,}})[，,](?:这?其中|这?里面|当中|里头)?的?"
)
"""A report that sets places side by side: 那份研究列了甲、乙、丙三市的床位情况，其中."""
RELATIVE = re.compile(
    rf"(?P<head>(?:在|从|按照?|看|就)?(?:(?:报告|文章?|研究|材料)[里中]?的?)?)(?:列(?:举|示)?(?:出|有|了)*|对?比较?了?(?!重)|讲|说|写|谈|关于|有关|反映|给出了?|统计了?|展示|把|将|拿)?"
    rf"(?P<all>{_NO_ASK}{{4,40}}?)(?:的[这那]?一?[张个份]?|[这那]一?[张个份])(?:对比|比较)?(?<!代)表格?{_INSIDE}"
)
"""A table told by what it sets side by side: 甲市跟乙、丙比床位的那张表里."""
EVALUATED = re.compile(
    rf"(?:在|按照?|根据|从|就)?(?P<all>{_NO_ASK}{{4,30}}?(?:评价|评估|评比|测评|报告|榜单?|研究|蓝皮书))(?:结果|数据)?(?:里面?|里头|中|上|来看|显示|看)?[，,]"
)
"""What places are ranked by, named before them: 2018年城市绿化评价里，甲、乙、丙三市."""
TOPIC_EDGES = re.compile(
    r"^(?:的|等|之间|放在?一[起块]|摆在?一[起块]|一起|进行|做|作|来|对比|比较?了?)+|(?:的|放在?一[起块]|摆在?一[起块]|一起|进行|做|作|来|对比|比较?|情况|数据)+$"
)
OF_ROW = re.compile(rf"(?P<more>等)?(?P<kind>(?:这|那)?(?P<count>(?:{_NUMBER})[个座]?)?(?:{_KIND})?)")
BARE_ASKING = re.compile(
    rf"(?:哪[一个座家些几]*(?:{_KIND})?|谁|最[高低多少大小快慢强弱好差]?|靠[前后]|排名?|名次|位次|第?[几一二三四五]|倒数|[高低多少大小快慢强弱好差前后]|到|怎么|怎样|如何|依次|[从由按是有为的里中，,名位个家和]|全国|得分|多少|分别|列出?来?|排[列序队]|一下|出来)*"
)
"""What is asked of an indicator told before it, and names none itself."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places taken together: their number if told, words of what they are called by, whether only those with data.

    `table` is the number of the table that sets them side by side; `are_others` are compared with the place a report is of;
    `member` is one that is named. `is_source`: the words name what tells of them, and nothing else is asked for.
    """

    count: int | None = None
    words: str = ""
    with_data: bool = False
    table: str = ""
    are_others: bool = False
    member: str = ""
    is_source: bool = False


NO_GROUP = Group()
OTHERS = re.compile(f"{_OTHERS}|对比|比较|对标|参照|标兵")


def read_group(text: str) -> tuple[Group, str] | None:
    """The group that a text names and the text without it, None where it names none.

    >>> group, rest = read_group("规模相近的四个城市中绿化率")
    >>> group.count, group.words, rest
    (4, '规模相近', '绿化率')
    >>> group, rest = read_group("2020年宁德和五个对比城市的绿化率")
    >>> group.count, group.member, rest
    (6, '宁德', '2020年宁德的绿化率')
    >>> group, rest = read_group("茶企表里数量")
    >>> group.words, rest
    ('茶企', '数量')
    """
    words, table = "", TABLE.search(text) or TABLE_FIRST.match(text)
    if table is not None:
        words = _topic(table["what"] or "")
        text = f"{text[: table.start()]}{'，' if table.start() else ''}{text[table.end() :]}"
    found = GROUP.search(text)
    if found is None:
        return None if table is None else (Group(words=words), text)
    head, member, is_beside = _with_member(text[: found.start()])
    count = None if found["count"] is None else int(read_numeral(found["count"]) or 0) + is_beside
    words += found["like"] or found["alike"] or ""
    are_others = not is_beside and OTHERS.search(found[0]) is not None
    group = Group(count, words, found["told"] is not None, are_others=are_others, member=member)
    return group, head + text[found.end() :]


def without_source(text: str) -> tuple[Group, str]:
    """What a text says of the one report or table that it names, and the text without that, of the time of its title.

    >>> group, rest = without_source("《茶叶发展报告（2018年）》中，哪个城市最高")
    >>> group.words, rest, without_source("按表3，哪个城市最高")[0].table
    ('茶叶发展报告', '2018年哪个城市最高', '表3')
    """
    named = list(SOURCE.finditer(text))
    if len(named) != 1:
        return NO_GROUP, text
    title, number = named[0]["title"] or "", named[0]["number"]
    rest = f"{text[: named[0].start()]}{text[named[0].end() :]}"
    periods = find_periods(title)
    if len(periods) == 1 and not find_periods(rest):
        rest = periods[0].span.of(title) + rest
    return Group(words=_topic(title), table=f"表{number}" if number else ""), rest


def without_frame(text: str) -> tuple[Group, str]:
    """What a text says of a table that it describes before it asks of it, and the text of the places set side by side there.

    >>> group, rest = without_frame("那份研究列了宁德、湛江、舟山三市的茶企情况，其中利润最高的是哪个市")
    >>> group.words, rest
    ('茶企', '宁德、湛江、舟山三市，利润最高的是哪个市')
    >>> without_frame("宁德跟湛江、舟山比茶企的那张表里，2020年利润最少的是谁")[1]
    '宁德、湛江、舟山，2020年利润最少的是谁'
    """
    found = RELATIVE.match(text) or LISTED.match(text) or EVALUATED.match(text)
    if found is None:
        return NO_GROUP, text
    rest = text[found.end() :]
    time = _time_of(text[: found.end()], rest)
    asked = re.split("[，,]", _side_by_side(_untimed(rest))[1].lstrip("里中，,"))[0]
    asks_bare = BARE_ASKING.fullmatch(asked) is not None
    if found.re is EVALUATED:
        if asks_bare or not _side_by_side(_untimed(rest))[0]:
            return NO_GROUP, text
        return Group(words=_topic(found["all"]), is_source=True), time + rest
    places, topic = _side_by_side(_untimed(found["all"]))
    if found.re is LISTED and not places:
        return NO_GROUP, text
    told = next((at for at in range(len(topic)) if rest.startswith(topic[at:]) and len(topic) - at > 1), None)
    rest = rest if told is None else topic[:told] + rest  # 投入强度 of what is called 研发投入强度 before
    rest = "，".join(part for part in (places, topic if asks_bare else "", rest) if part)
    return Group(words=topic), time + rest


def _side_by_side(text: str) -> tuple[str, str]:
    """The places that a text begins with, in a row or taken together, and what is said of them; no places where it has none."""
    text = text.lstrip("的，,")
    row = Words(text).series_of_places()
    end = row[-1].span.end if row and not row[0].span.start else 0
    kind = OF_ROW.match(text, end) if row and end else GROUP.match(text)
    places = "" if kind is None else kind[0]
    if end and kind is not None:
        are_all = not kind["more"]
        named = "、".join(one.span.of(text) for one in row)
        places = f"{named}{kind['kind']}" if are_all else kind["kind"] if kind["count"] else "各市"
    return places, TOPIC_EDGES.sub("", text[kind.end() :] if kind else text)


def _time_of(said: str, rest: str) -> str:
    """The one year that the name of a source or table tells, where what is asked of it names no time: no years of a plan."""
    told = [one for one in find_periods(said) if one.period and len(one.period.years) == 1]
    return told[0].span.of(said) if len(told) == 1 and not find_periods(rest) else ""


def _untimed(text: str) -> str:
    for found in reversed(find_periods(text)):
        text = text[: found.span.start] + text[found.span.end :]
    return text


def _topic(title: str) -> str:
    """What a table or report is called by, without times."""
    return re.sub(r"[（(]\s*[）)]|[，,]", "", POINTED.sub("", POINTED.sub("", _untimed(title))))


def _with_member(head: str) -> tuple[str, str, bool]:
    """The text before a group without what joins one place to it, that place, and whether it stands beside the others."""
    link = JOINED.search(head)
    places = find_places(head[: link.start()]) if link else []
    if link is None or len(places) != 1 or places[0].span.end != link.start():
        return head, "", False
    return head[: link.start()], places[0].places[0].short, link["and"] is not None
