"""Questions whether a text and its table tell the same, asked of an invented report."""

from __future__ import annotations

import pytest

from policy_qa.types import Answer, Claim, Question
from small_assistant import assistant_over

REPORT = """# 宜昌市城市服务研究

在《2021中国城市公园服务评价》中，宜昌排64名，荆州51名。2021年，宜昌市通航城市数为7个，在全国310个城市中排名第83位。

表1 2021年两市公园服务指数

| 城市 | 公园服务指数 | 排名 |
| --- | --- | --- |
| 宜昌市 | 35.71 | 64 |
| 荆州市 | 46.15 | 51 |

表2 各市通航城市数排名

| 城市 | 通航城市数 | 排名 |
| --- | --- | --- |
| 荆州市 | 9 | 60 |
| 宜昌市 | 7 | 83 |
"""


def agreeing(question: str, text: str = REPORT) -> list[Claim]:
    outcome = assistant_over(text, home="宜昌市").explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    return [claim for claim in outcome.claims if claim.status == "computed"]


@pytest.mark.parametrize(
    "question",
    [
        "宜昌2021年公园服务在全国的名次，正文与表1的说法是否一致？",
        "宜昌2021年城市公园服务评价排第几，文字部分和表1说的对得上吗",
        "宜昌市公园服务评价2021年排名，正文跟表1写的一样吗",
    ],
)
def test_a_rank_is_said_to_agree_with_its_table(question: str) -> None:
    (claim,) = agreeing(question)
    assert (claim.text, claim.working) == ("正文与表中所写的数值一致，都是64名。", "64名 = 64")


def test_an_amount_and_its_rank_are_each_said_to_agree() -> None:
    claims = agreeing("宜昌的通航城市数和全国名次，正文与表2是否一致？")
    assert [claim.working for claim in claims] == ["7个 = 7", "第83位 = 83"]


def test_a_rank_that_differs_from_its_table_is_not_said_to_agree() -> None:
    claims = agreeing(
        "宜昌2021年公园服务在全国的名次，正文与表1的说法是否一致？",
        REPORT.replace("35.71 | 64", "35.71 | 65"),
    )
    assert not any("一致，都是" in claim.text for claim in claims)
