"""Questions read by what they ask and what they name, whatever the order and the words around."""

from __future__ import annotations

import pytest

from policy_qa.computing.frames import read_frame


@pytest.mark.parametrize(
    ("text", "kind", "places", "periods"),
    [
        ("林地面积，2021年，宜昌和荆州之间悬殊多大", "difference", ("宜昌", "荆州"), ("2021年",)),
        ("宜昌、荆州2021年的进出口，两个数累加", "sum", ("宜昌", "荆州"), ("2021年",)),
        ("2021年五市茶企数，黄石占去几成", "sum", ("黄石",), ("2021年",)),
        ("宜昌的茶企抵荆州几倍，2021年", "ratio", ("宜昌", "荆州"), ("2021年",)),
        ("五市2021年常住人口从少往多数", "ranking", (), ("2021年",)),
        ("十堰2021年林地面积在五市里是什么位次", "position", ("十堰",), ("2021年",)),
        ("2021年常住人口头名是五市里的谁", "larger", (), ("2021年",)),
        ("2021年林地比荆州大的城市有几个", "beyond", ("荆州",), ("2021年",)),
        ("一产占比，宜昌2021年对2018年，涨了多少", "difference", ("宜昌",), ("2021年", "2018年")),
    ],
)
def test_what_is_asked_and_named_is_read_in_any_order(
    text: str, kind: str, places: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    frame = read_frame(text)
    assert frame is not None
    assert (frame.operation.kind, frame.places, frame.periods) == (kind, places, periods)


@pytest.mark.parametrize(
    ("text", "is_high", "count", "nth"),
    [
        ("2021年五市绿化率前三名是谁", True, 3, 1),
        ("2021年五市绿化率后两名是谁", False, 2, 1),
        ("2021年五市绿化率最低的是谁", False, 1, 1),
        ("2021年五市绿化率第二高的是谁", True, 1, 2),
        ("2021年五市绿化率垫底的是谁", False, 1, 1),
    ],
)
def test_which_end_is_asked_for(text: str, *, is_high: bool, count: int, nth: int) -> None:
    frame = read_frame(text)
    assert frame is not None
    found = frame.operation
    assert (found.is_high, found.count, found.nth) == (is_high, count, nth)


@pytest.mark.parametrize(
    "text",
    [
        "2021年宜昌的绿化率是多少",
        "2021年五市绿化率目标从高到低怎么排",
        "按2021年的数倒推，宜昌和荆州差多少",
        "五市里其余四市2021年常住人口合计多少",
        "宜昌、荆州两市2021年占五市的百分之几",
        "2021年五市里谁的绿化率提高得最多",
    ],
    ids=["look-up", "target", "derived", "all but one", "two of five", "a change without its base"],
)
def test_what_is_more_than_is_read_gives_no_frame(text: str) -> None:
    assert read_frame(text) is None


def test_what_asks_and_what_is_named_parts_the_names_that_are_left() -> None:
    frame = read_frame("林地面积头一名花落谁家，2021年五市")
    assert frame is not None
    assert frame.left.strip("，").split("，")[0] == "林地面积"


def test_a_share_that_is_computed_is_no_share_that_is_told() -> None:
    told, computed = read_frame("2021年五市三产占比谁最高"), read_frame("宜昌2021年茶企占五市的百分之几")
    assert told is not None
    assert computed is not None
    assert (told.kind, computed.kind) == ("share", "level")


def test_the_first_time_of_something_is_no_average() -> None:
    assert read_frame("宜昌GDP增速首次低于全国平均增速是在哪一年") is None
