"""One figure asked for in other words, and the near misses beside it: the whole chain over invented reports."""

from __future__ import annotations

import pytest

from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

TOWN = """# 银川市2021年发展报告

## 一、概况

银川市友好城市数为6个，在全国300个城市中排名第41位，在宁夏排名第3位。

银川的工业技改在2020年不振，投资同比下降31.2%，比全市工业投资低27.4个百分点；技改占工业投资的比重跌到三成，为30.6%，一年里跌了11.8个百分点。

2021年产业振兴实施项目共35项，截至9月已竣工6项。

2021年1-9月，银川市工业投资项目712个。截至2020年末，帮扶企业累计3150次，投放贷款86亿元。2021年一季度全市拿地项目52项。

表1 2020年国内城市友好城市数量排名
城市\t友好城市数\t排名
银川\t6\t41
石嘴山\t4\t70

表2 2020年各市外贸情况
指标\t单位\t银川\t石嘴山
进出口总额\t亿元\t96.4\t51.7
占GDP比重\t%\t4.6\t8.3
高新技术企业\t个\t318\t140
研发投入强度\t%\t1.5\t1.9
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("银川友好城市数，在宁夏里头排老几", "第3位"),
        ("若以友好城市的数量论，银川在宁夏位居第几？", "第3位"),
        ("友好城市数量在宁夏排名第几", "第3位"),
        ("21年前9个月工业投资项目总数", "712"),
        ("到2020年底，一共帮扶了企业几次", "3150次"),
        ("2021年一季度银川有多少项目取得用地", "52项"),
        ("银川2020年进出口跟GDP的比", "4.6%"),
        ("石嘴山2020年外贸依存度多少", "8.3%"),
        ("请列出石嘴山2020年进出口占GDP的百分比。", "8.3%"),
    ],
)
def test_a_reworded_question_finds_the_figure(question: str, told: str) -> None:
    outcome = assistant_over(TOWN, home="银川").explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    assert told in outcome.text


@pytest.mark.parametrize(
    "question",
    [
        "2020年银川市工业投资的同比增幅为多大？",  # told of 技改投资, and of a share of 工业投资
        "产业振兴到2021年年底一共竣工了几项",
        "银川21全年工业投资项目总数",
        "请给出银川市2020年高新技术企业数量的增长率。",
    ],
)
def test_another_stage_term_or_period_is_no_answer(question: str) -> None:
    assert isinstance(assistant_over(TOWN, home="银川").explain(Question(question)).outcome, Refusal)
