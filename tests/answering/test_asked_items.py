"""Things listed in other words than the labels: all of them come, missing ones marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_tables import made_document
from test_cells import answered, ask, segmenter

from policy_qa.types import Refusal

if TYPE_CHECKING:
    from policy_qa.language.tokens import Segmenter

__all__ = ["segmenter"]

FLEET = made_document("""# 2022年台州市渔船改造简报

表1 2022年两类渔船改造推进情况
类别\t单位\t木质渔船更新\t钢质渔船改造
总投资额\t亿元\t8.4\t17.2
当年完成投资\t亿元\t2.9\t6.3
已签约的渔船\t艘\t213\t97
当年完工的渔船\t艘\t----\t40
""")
PORTS = made_document("""# 2022年沿海渔港年报

表1 2022年沿海城市渔业用电量全国排名
城市\t用电量（亿千瓦时）\t排名
台州\t12.6\t18
温州\t14.2\t15

表2 2022年各市渔业占GDP百分比情况
城市\t渔业\t水产加工
台州\t3.1%\t2.2%
温州\t2.4%\t1.9%

2022年，台州市水产品产量162.4万吨，全省排名第三。
""")


def test_every_thing_listed_comes_counted_ones_by_their_unit(segmenter: Segmenter) -> None:
    answer = answered(
        segmenter,
        "把木质渔船更新和钢质渔船改造2022年的总投资额、完成投资、渔船数、完工数列成一张表，缺的写—",
        FLEET,
    )
    assert answer.table is not None
    assert answer.table.rows == (
        ("总投资额", "8.4亿元", "17.2亿元"),
        ("当年完成投资", "2.9亿元", "6.3亿元"),
        ("已签约的渔船", "213艘", "97艘"),
        ("当年完工的渔船", "—", "40艘"),
    )


def test_a_thing_no_label_answers_adds_no_other_label(segmenter: Segmenter) -> None:
    answer = answered(segmenter, "把木质渔船更新和钢质渔船改造2022年的总投资额、网具重量列成一张表", FLEET)
    assert "渔船：" not in answer.text.replace("木质渔船", "").replace("钢质渔船", "")
    assert "213" not in answer.text


def test_a_rank_among_others_is_refused_as_such(segmenter: Segmenter) -> None:
    assert "18" in answered(segmenter, "2022年台州渔业用电量在全国排第几？", PORTS).text
    refusal = ask(segmenter, "2022年台州渔业用电量在浙江排第几？", PORTS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "kind_mismatch"
    assert "所问的范围" in refusal.message


def test_a_rank_in_words_within_the_province_is_told(segmenter: Segmenter) -> None:
    assert "第三" in answered(segmenter, "2022年台州水产品产量在浙江排第几？", PORTS).text


def test_a_rank_of_other_things_is_none_of_what_is_asked(segmenter: Segmenter) -> None:
    outcome = ask(segmenter, "2022年台州集装箱吞吐量在全国排第几？", PORTS)
    assert isinstance(outcome, Refusal)


def test_the_share_of_a_thing_is_not_that_of_which_it_is_a_share(segmenter: Segmenter) -> None:
    assert isinstance(ask(segmenter, "2022年台州的GDP是多少？", PORTS), Refusal)
