"""The places that a question compares, taken together: how many, and by what it describes them (总量相近的四个城市)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_qa.language.numerals import read_numeral

_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_KIND = r"城市|地级市|设区市|直辖市|省会|地区|省份|省市|省区|市州|州市|区县|县区|市县|县市|旗县|城区|地市|[省市县区州地旗]|城(?![镇市乡区投建际中])"
_LIKE = r"[^，,、。的\s]{0,10}(?:相近|接近|相当|相似|类似|差不多|相仿|靠近)"
SORT = r"(?:国内|省内|区内|部分|主要|相关|有关|兄弟|对标|标兵|样本|副中心|重点|对比|比较|参[加与]?[比评选]|样板|调查|调研|入选|上榜|考核|同类)"
_WITH_DATA = r"(?:已经?|能|可以?)?[有查到]{1,3}得?到?(?:数据|数字|数)(?:可[查比用])?|数据齐全"
GROUP = re.compile(
    rf"(?:(?P<like>{_LIKE})的?)?(?:(?P<told>{_WITH_DATA})的)?"
    r"(?:(?:表|文|报告|材料)[格章]?[里中内上]面?(?:的|所?列出?的?|给出的)?|(?:所?列出?|对比|比较|参[加与]比较|所?选取?|调查|统计)的|所[列选])?"
    r"(?:这|那|上述|以上|其中|前述|国内|全部|所有)*"
    rf"(?:(?<![\d.前])(?P<count>{_NUMBER})[个座家]?|(?:[几各诸多]|若干)[个座家]?|(?={SORT}城市)|(?<=相近)|(?<=接近)|(?<=相当)|(?<=类似))"
    rf"(?:(?P<alike>{_LIKE})的?)?{SORT}*(?:{_KIND})"
    r"(?:(?:当中|之中|之间|里面|里头|中间|[里中内间])的?)?(?:相?比(?![重例较率值])[，,]?)?"
)
WITHOUT = re.compile(
    r"除(?:了|去|掉|开)?(?P<one>[^，,除]{2,20}?)(?:(?:之外|以外|外|除外)[，,]?的?|(?=[，,])[，,])"
    r"|[，,（(]?(?:不算|不含|不包括|不计|不考虑|去掉|排除|刨去|撇开)(?P<other>[^，,（）()]{2,20}?)(?:的话)?(?:[）)，,]|$)"
)
"""What is left out: 除了甲市, 不算甲市."""
TABLE = re.compile(
    r"(?:(?:^|(?<=[，,年]))(?:在|按照?|根据|从|那|这)?[张个份]?的?《?(?P<what>[^，,、。《》\s在中的年]{2,16}?)》?(?:这|那)?[张个]?)?(?:(?<!代)(?<!发)(?<!图)表(?![示明现彰达])格?)(?:里[面头]?|中|内|上|当中)"
)

TABLE_FIRST = re.compile(
    r"(?:查阅?|看|根据|按照?|从)?(?P<what>[^，,、。]{2,18}?)(?:这|那)?[张个]?(?<!代)表(?=[，,])"
)
"""A table named before what is asked of it: 三产结构表，…."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places taken together: their number if told, words of what they are called by, whether only those with data."""

    count: int | None = None
    words: str = ""
    with_data: bool = False


NO_GROUP = Group()


def read_group(text: str) -> tuple[Group, str] | None:
    """The group that a text names and the text without it, None where it names none.

    >>> read_group("规模相近的四个城市中绿化率")
    (Group(count=4, words='规模相近', with_data=False), '绿化率')
    >>> read_group("茶企表里数量")
    (Group(count=None, words='茶企', with_data=False), '数量')
    """
    words, table = "", TABLE.search(text) or TABLE_FIRST.match(text)
    if table is not None:
        words = table["what"] or ""
        text = f"{text[: table.start()]}{'，' if table.start() else ''}{text[table.end() :]}"
    found = GROUP.search(text)
    if found is None:
        return None if table is None else (Group(words=words), text)
    rest = text[: found.start()] + text[found.end() :]
    count = None if found["count"] is None else read_numeral(found["count"])
    words += found["like"] or found["alike"] or ""
    return Group(None if count is None else int(count), words, found["told"] is not None), rest
