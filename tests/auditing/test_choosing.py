"""Which stated result a question means."""

from __future__ import annotations

import pytest

from policy_qa.types import Answer, Question
from small_assistant import assistant_over

REPORT = """# 湖区投资运行情况

2021年荆州工业投资同比增长4.7%，比全年预期增速30%低25.3个百分点。
"""


def test_a_result_that_the_sources_do_not_state_is_not_called_right() -> None:
    asked = "2021年荆州工业投资增长4.7%，比预期增速低23.5个百分点，算得对吗"
    outcome = assistant_over(REPORT, home="荆州").explain(Question(asked)).outcome
    assert not isinstance(outcome, Answer) or not outcome.text.startswith("对得上")


@pytest.mark.parametrize(
    ("asked", "settled_by"),
    [
        ("2021年荆州工业投资增速比预期增速低25.3个百分点，算得对吗", "30% − 4.7%"),
        ("2021年荆州工业用地占全市用地的比重比预期低25.3个百分点，算得对吗", ""),
    ],
)
def test_a_difference_of_growths_settles_none_of_shares(asked: str, settled_by: str) -> None:
    outcome = assistant_over(REPORT, home="荆州").explain(Question(asked)).outcome
    told = outcome.text if isinstance(outcome, Answer) else ""
    assert ("对得上" in told) == bool(settled_by)
    assert settled_by in told
