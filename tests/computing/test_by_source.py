"""A computation of figures that documents disagree on is told by the numbers of each."""

import pytest

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


def told(*texts: str, asked: str = ASKED) -> Answer:
    outcome = assistant_over(*texts, home="荆州").explain(Question(asked)).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def test_each_result_names_the_document_and_table_it_is_by() -> None:
    answer = told(PARKS, SURVEY)
    claims = {claim.working: claim for claim in answer.claims if " − " in (claim.working or "")}
    assert set(claims) == {"44.2 − 41.2 = 3.0", "45.3 − 39.8 = 5.5"}
    assert claims["44.2 − 41.2 = 3.0"].text.startswith("按《园林绿化发展情况》的数，")
    by_table = claims["45.3 − 39.8 = 5.5"]
    assert by_table.text.startswith("按《湖区城市调查（2020年）》表2的数，")
    assert {answer.citations[number - 1].title for number in by_table.citations} == {"湖区城市调查（2020年）"}


def test_two_documents_that_differ_by_as_much_are_both_told() -> None:
    answer = told(PARKS, SURVEY.replace("45.3", "42.8"))
    workings = {claim.working for claim in answer.claims if " − " in (claim.working or "")}
    assert workings == {"44.2 − 41.2 = 3.0", "42.8 − 39.8 = 3.0"}


def test_what_only_one_document_disputes_is_computed_with_the_other_figure_as_it_is() -> None:
    answer = told(PARKS, SURVEY.replace("| 宜昌 | 45.3 | 97.4 |\n", ""))
    claims = {claim.working: claim.text for claim in answer.claims if " − " in (claim.working or "")}
    assert set(claims) == {"44.2 − 41.2 = 3.0", "44.2 − 39.8 = 4.4"}
    assert claims["44.2 − 39.8 = 4.4"].startswith("荆州按《湖区城市调查（2020年）》表2的数，")


def test_documents_that_agree_but_for_rounding_are_told_once() -> None:
    answer = told(PARKS, ROUNDED)
    assert [claim.working for claim in answer.claims if " − " in (claim.working or "")] == [
        "44.2 − 41.2 = 3.0"
    ]
    assert "按《" not in answer.text


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        (SURVEY, "按各处的数算，结果不同，孰高孰低的结论不变。"),
        (SURVEY.replace("45.3", "42.8"), "按各处的数算，结果相同，孰高孰低的结论不变。"),
        (SURVEY.replace("39.8", "47.5"), "按各处的数算，结果不同，孰高孰低的结论会变。"),
        (SURVEY.replace("39.8", "48.3"), "按各处的数算，相差一样多，但孰高孰低的结论会变。"),
    ],
)
def test_whether_the_conclusion_is_the_same_by_each_is_said(survey: str, said: str) -> None:
    assert said in [claim.text for claim in told(PARKS, survey).claims]


@pytest.mark.parametrize(
    "how",
    [
        "用园林绿化发展报告正文的数算一遍，再用湖区城市调查报告表2的数算一遍，结果各是多少？差别大不大？",
        "拿园林绿化发展报告算和拿湖区城市调查报告算，差距一样大吗",
        "园林绿化发展报告有一套数，湖区城市调查报告表2又是一套，请各算一个差",
        "荆州的数分别取园林绿化发展报告正文和湖区城市调查报告表2来算",
        "如果各报告的数不一，请都算出来。",
        "荆州有41.2%、39.8%两说，各按一说算算，结论会不会变",
    ],
)
def test_a_request_to_compute_by_each_source_is_no_part_of_what_is_computed(how: str) -> None:
    answer = told(PARKS, SURVEY, asked=f"{ASKED}{how}")
    workings = {claim.working for claim in answer.claims if " − " in (claim.working or "")}
    assert workings == {"44.2 − 41.2 = 3.0", "45.3 − 39.8 = 5.5"}


def test_a_change_over_time_is_told_by_the_document_that_has_both_ends() -> None:
    early = "# 园林绿化发展情况\n\n2020年，荆州绿化率为41.2%。\n"
    table = """# 湖区城市调查

表2：各市绿化率（%）

| 城市 | 2016年 | 2020年 |
|---|---|---|
| 荆州 | 35.6 | 39.8 |
| 宜昌 | 38.1 | 45.3 |
"""
    answer = told(early, table, asked="荆州2020年绿化率比2016年高多少？")
    workings = {claim.working for claim in answer.claims if " − " in (claim.working or "")}
    assert "39.8 − 35.6 = 4.2" in workings
