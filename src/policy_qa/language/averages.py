"""Which way something is said to differ from the average of a whole: 首次低于全国平均增速, 未能达到全国平均水平."""

from __future__ import annotations

import re

AVERAGE = re.compile(
    r"(?P<whole>全国|全省|全区|全市|自治区)(?:同期|当年|的|总体|整体|\d[\d.]*[%％]的?)*(?:(?:平均|均值)(?:增长)?(?:水平|值|增速|增幅|数|线)?|水平)"
)
BEFORE = re.compile(
    r"(?P<under>(?:未|没有?|不)(?:能|曾|再)?(?:达到?|超过|高于|快于|多于|赶上)|[低少慢弱小]于|不及|不如|不到|落后于?)"
    r"|(?P<over>[高快多强大优好]于|高出|超过|超出|领先于?|跑赢)"
)
BEHIND = re.compile(r"(?:还|要|更|来得)*(?:(?P<over>[高快多强大好])|(?P<under>[低慢少弱小差]))(?!于)")
WAYS = {1: "高于", -1: "低于"}


def way_to_average(text: str) -> int:
    """1 for what is said to be above the average of a whole, -1 for below; 0 where neither is said.

    >>> [way_to_average(text) for text in ("首次低于全国平均增速", "比全省平均水平还高", "全国平均水平为2%")]
    [-1, 1, 0]
    """
    average = AVERAGE.search(text)
    if average is None:
        return 0
    found = next((one for one in BEFORE.finditer(text) if one.end() == average.start()), None)
    if found is None and text[: average.start()].endswith(("比", "较")):
        found = BEHIND.match(text, average.end())
    return 0 if found is None else 1 if found["over"] else -1
