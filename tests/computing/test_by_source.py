"""A computation of figures that documents disagree on is told by the numbers of each."""

from policy_qa.types import Answer, Question
from small_assistant import assistant_over

PARKS = """# 园林绿化发展情况

2020年，荆州绿化率为41.2%。2020年，宜昌绿化率为44.2%。
"""
SURVEY = """# 湖区城市调查（2020年）

表2：2020年各市城市建设情况

| 城市 | 绿化率（%） | 燃气普及率（%） |
|---|---|---|
| 荆州 | 39.8 | 96.1 |
| 宜昌 | 45.3 | 97.4 |
"""
ROUNDED = """# 城市住房建设

2020年，荆州绿化率为41%。
"""
ASKED = "2020年荆州绿化率比宜昌低多少？"


def told(*texts: str) -> Answer:
    outcome = assistant_over(*texts, home="荆州").explain(Question(ASKED)).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def test_each_result_names_the_document_and_table_it_is_by() -> None:
    answer = told(PARKS, SURVEY)
    claims = {claim.working: claim for claim in answer.claims if claim.working}
    assert set(claims) == {"44.2 − 41.2 = 3.0", "45.3 − 39.8 = 5.5"}
    assert claims["44.2 − 41.2 = 3.0"].text.startswith("按《园林绿化发展情况》的数，")
    by_table = claims["45.3 − 39.8 = 5.5"]
    assert by_table.text.startswith("按《湖区城市调查（2020年）》表2的数，")
    assert {answer.citations[number - 1].title for number in by_table.citations} == {"湖区城市调查（2020年）"}


def test_two_documents_that_differ_by_as_much_are_both_told() -> None:
    answer = told(PARKS, SURVEY.replace("45.3", "42.8"))
    workings = {claim.working for claim in answer.claims if claim.working}
    assert workings == {"44.2 − 41.2 = 3.0", "42.8 − 39.8 = 3.0"}


def test_what_only_one_document_disputes_is_computed_with_the_other_figure_as_it_is() -> None:
    answer = told(PARKS, SURVEY.replace("| 宜昌 | 45.3 | 97.4 |\n", ""))
    claims = {claim.working: claim.text for claim in answer.claims if claim.working}
    assert set(claims) == {"44.2 − 41.2 = 3.0", "44.2 − 39.8 = 4.4"}
    assert claims["44.2 − 39.8 = 4.4"].startswith("荆州按《湖区城市调查（2020年）》表2的数，")


def test_documents_that_agree_but_for_rounding_are_told_once() -> None:
    answer = told(PARKS, ROUNDED)
    assert [claim.working for claim in answer.claims if claim.working] == ["44.2 − 41.2 = 3.0"]
    assert "按《" not in answer.text
