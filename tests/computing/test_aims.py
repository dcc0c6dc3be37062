"""What a work report aims at is set beside what was reached, and several things of one place are each told."""

import pytest

from policy_qa.types import Answer, Outcome, Question
from small_assistant import assistant_over

REPORT = """# 2025年湖北省政府工作报告

一、2024年工作回顾

茶叶产量52.4万吨。新建绿道36公里。整治老旧苗圃45个2.9万户。花卉合同成交额达到81.5亿元、增长6.2%。竹木制造业、家具制造业增加值分别增长8.5%、9.1%，占规模以上工业比重分别提高到12.7%、14.6%。盗伐数、滥伐数、毁林数分别下降4%、11.3%、15.6%。

二、2025年工作安排

茶叶产量突破55万吨。新建绿道40公里。整治老旧苗圃30个1.6万户。
"""


def _outcome(question: str) -> Outcome:
    return assistant_over(REPORT, home="湖北").explain(Question(question)).outcome


def _told(question: str) -> str:
    outcome = _outcome(question)
    assert isinstance(outcome, Answer), outcome
    return outcome.text


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("湖北2025年新建绿道目标比2024年完成的多多少公里？", ("（40公里）", "（36公里）", "高4公里")),
        ("湖北2024年新建绿道比2025年的新建绿道目标多还是少？", ("2024年新建绿道（36公里）比", "低4公里")),
        ("湖北2025年新建绿道的目标，和2024年实际完成的比是多了还是少了？", ("40", "36")),
        ("湖北2025年新建绿道目标比2024年新建绿道多几公里？", ("（40公里）", "（36公里）", "高4公里")),
        (
            "湖北2025年的新建绿道目标如果完成，比2024年的新建绿道多多少？",
            ("（40公里）", "（36公里）", "高4公里"),
        ),
        (
            "湖北2025年计划整治老旧苗圃的户数比2024年整治的少多少万户？",
            ("（1.6万户）", "（2.9万户）", "1.3万户"),
        ),
    ],
)
def test_an_aim_is_set_beside_what_was_reached_of_it(question: str, numbers: tuple[str, ...]) -> None:
    told = _told(question)
    assert all(number in told for number in numbers), told


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("湖北2024年茶叶产量和新建绿道各是多少？", ("52.4万吨", "36公里")),
        ("湖北2024年花卉合同成交额和茶叶产量分别是多少？", ("81.5亿元", "52.4万吨")),
    ],
)
def test_several_things_of_one_place_are_each_told(question: str, numbers: tuple[str, ...]) -> None:
    told = _told(question)
    assert all(number in told for number in numbers), told


def test_a_share_told_in_a_row_is_that_of_its_own_industry() -> None:
    told = _told("湖北2024年竹木制造业和家具制造业占规模以上工业的比重，哪个更大？")
    assert "家具制造业占规模以上工业的比重（14.6%）" in told
    assert "竹木制造业占规模以上工业的比重（12.7%）" in told


def test_what_all_did_is_said_before_their_order_is_asked_for() -> None:
    told = _told("湖北2024年盗伐数、滥伐数、毁林数都下降了，按降幅从大到小排序。")
    assert told.index("15.6") < told.index("11.3") < told.index("下降4%")
