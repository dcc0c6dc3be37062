"""That values are of different times is checked against what is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy_qa.answering.verification import verified
from policy_qa.types import Answer, Question
from small_assistant import assistant_over

REPORT = (
    "# 宜昌竹业\n\n2017年，宜昌市竹木加工占全市工业的6.2%。\n\n2019年，宜昌市竹木加工占全市工业的8.5%。\n"
)
ASKED = "宜昌竹木加工占全市工业的比重，有的写6.2%，有的写8.5%，分别是什么时段的，矛盾吗"


@pytest.mark.parametrize(
    ("written", "forged"), [("6.2%", "6.3%"), ("2017年", "2018年"), ("2017年", "2019年")]
)
def test_a_forged_value_or_time_is_dropped(written: str, forged: str) -> None:
    assistant = assistant_over(REPORT, home="宜昌市")
    answer = assistant.explain(Question(ASKED)).outcome
    assert isinstance(answer, Answer)
    *told, claim = answer.claims
    assert claim.working == "6.2%：2017年；8.5%：2019年"
    wrong = replace(
        claim,
        text=claim.text.replace(written, forged),
        working=claim.working.replace(written, forged),
    )
    checked = verified(replace(answer, claims=(*told, wrong)), assistant.document)
    assert checked is not None
    assert wrong not in checked.claims


COUNTS = (
    "# 宜昌企业情况\n\n2020年，宜昌市林产企业总量突破600家。\n",
    "# 湖区林业调查\n\n表1 2020年各市林产企业\n\n| 城市 | 林产企业总量（家） |\n| --- | --- |\n| 宜昌市 | 599 |\n| 荆州市 | 588 |\n",
)


@pytest.mark.parametrize(
    "question", ["宜昌2020年林产企业总量突破600家，对吗", "听说宜昌2020年林产企业总量已经突破600家，真的吗"]
)
def test_a_bound_that_sources_dispute_gets_no_verdict(question: str) -> None:
    answer = assistant_over(*COUNTS, home="宜昌市").explain(Question(question)).outcome
    assert isinstance(answer, Answer)
    assert not any("成立" in notice for notice in answer.notices)
    assert "各处所写的数值不一致：突破600家、599家。" in [claim.text for claim in answer.claims]
