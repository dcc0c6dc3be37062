"""Questions whether a value lies beyond a bound, in words or digits."""

from __future__ import annotations

import pytest

from policy_qa.language.bounds_asked import bound_asked


@pytest.mark.parametrize(
    ("question", "plain", "said", "side", "bound"),
    [
        ("听说荆州2021年绿化率已经过半，真的吗", "荆州2021年绿化率是多少", "过半", "over", 50),
        ("有人说荆州的绿化率还没过半，对吗", "荆州的绿化率是多少", "还没过半", "at_most", 50),
        ("荆州绿化率是不是不到六成", "荆州绿化率是多少", "不到六成", "under", 60),
        ("荆州GDP破万亿没有", "荆州GDP是多少", "破万亿", "over", 10**12),
        ("荆州旅游收入突破千亿元大关了吗", "荆州旅游收入是多少", "突破千亿元", "over", 10**11),
        ("荆州的医院达到120家了吗？", "荆州的医院是多少", "达到120家", "at_least", 120),
        ("荆州绿化率2021年末过50%了没，听人说过了", "荆州绿化率2021年末是多少", "过50%", "over", 50),
        ("荆州绿化增速再也没有超过6%，对吗", "荆州绿化增速是多少", "再也没有超过6%", "at_most", 6),
        ("荆州茶叶产量接近3万吨，是真的吗", "荆州茶叶产量是多少", "接近3万吨", "near", 30000),
    ],
)
def test_the_bound_is_read(question: str, plain: str, said: str, side: str, bound: int) -> None:
    asked = bound_asked(question)
    assert asked is not None
    assert (asked.plain, asked.said, asked.bound.bound) == (plain, said, side)
    assert asked.bound.values == (bound,)


@pytest.mark.parametrize(
    "question",
    [
        "荆州的绿化率是多少？",
        "哪些城市的GDP超过5000亿元",
        "荆州财政收入超过300亿元",
        "荆州的增速超过全省了吗",
        "绿化率过半的城市有几个？",
    ],
)
def test_other_questions_name_none(question: str) -> None:
    assert bound_asked(question) is None
