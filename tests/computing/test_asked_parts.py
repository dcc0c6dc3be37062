"""Questions in several parts are answered in all of them, or say which is missing."""

import pytest

from policy_qa.computing.asked_parts import parts_of_question
from policy_qa.computing.distances import distances_asked
from policy_qa.types import Answer, Question
from small_assistant import assistant_over

REPORT = """# 荆州市2020年情况分析

2020年，荆州市苗圃120家，黄石市苗圃48家。2015年，荆州市苗圃60家。

2020年，荆州市造林投资增长9.2%，全省造林投资增长17.3%。

2020年，荆州市园林投资增长18.9%，全省园林投资增长25.7%。
"""


def _told(question: str) -> Answer:
    outcome = assistant_over(REPORT, home="荆州").explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    return outcome


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("2020年荆州和黄石的苗圃各多少家，相差多少家？", "2020年荆州和黄石的苗圃相差多少家？"),
        ("荆州苗圃2015年到2020年增加了多少家，2020年是2015年的几倍？", "荆州苗圃，2020年是2015年的几倍？"),
        ("2020年荆州的苗圃比黄石多多少家，是黄石的几倍？", "2020年荆州的苗圃是黄石的几倍？"),
        ("2020年荆州的苗圃比黄石多多少家，多百分之几？", "2020年荆州的苗圃比黄石多百分之几？"),
        ("荆州苗圃2020年比2015年增加了多少家，增幅是多少？", "荆州苗圃2020年比2015年增长百分之几？"),
        (
            "荆州2020年苗圃是多少家？按增速倒推，2019年大约是多少家？",
            "2019年按增速倒推，荆州苗圃大约是多少家？",
        ),
        ("2020年荆州的绿化率比黄石低多少，造林率又比黄石低多少？", "2020年荆州造林率比黄石低多少？"),
        ("2020年荆州有多少家苗圃，绿化率是多少？", "2020年荆州绿化率是多少？"),
        ("2020年荆州的绿化率是多少？黄石呢？", "2020年黄石绿化率是多少？"),
        ("2020年荆州的绿化率是多少？全省平均水平呢？", "2020年全省绿化率是多少？"),
        ("荆州的苗圃，2015年有多少家，2020年有多少家？", "2020年荆州苗圃有多少家？"),
        ("荆州港2024年吞吐量是多少？2025年的目标又是多少？", "荆州港的吞吐量，2025年的目标是多少？"),
        ("2020年荆州苗圃有多少家，黄石有多少家，相差多少家？", "2020年荆州和黄石苗圃相差多少家？"),
        ("2020年各市苗圃最多的是哪个市，最少的是哪个市？", "2020年各市苗圃最少的是哪个市？"),
        ("2020年绿化率，荆州和黄石相差多少？两市各得多少、排第几？", "2020年绿化率，荆州和黄石排第几？"),
        ("荆州2020年绿化率比黄石低多少？分别排第几？", "荆州和黄石2020年绿化率排第几？"),
        (
            "2021年绿道项目总投资和年度计划投资各多少，年度计划占总投资的比重是多少？",
            "2021年绿道项目年度计划投资占总投资的比重是多少？",
        ),
    ],
)
def test_a_later_part_is_a_question_of_its_own(question: str, asked: str) -> None:
    assert parts_of_question(question)[-1].asked == asked


@pytest.mark.parametrize(
    "question", ["2020年荆州的苗圃有多少家？", "2020年，荆州的苗圃有多少家？", "荆州苗圃有多少家，写材料用"]
)
def test_a_question_that_asks_one_thing_has_no_parts(question: str) -> None:
    assert parts_of_question(question) == ()


def test_the_ratio_asked_beside_the_difference_is_told() -> None:
    told = _told("荆州苗圃2015年到2020年增加了多少家，2020年是2015年的几倍？").text
    assert "60家" in told
    assert "2倍" in told


def test_the_ratio_to_another_place_is_told_beside_the_difference() -> None:
    told = _told("2020年荆州的苗圃比黄石多多少家，是黄石的几倍？").text
    assert "多72家" in told
    assert "2.5倍" in told


def test_the_growth_in_percent_asked_beside_the_amount_is_told() -> None:
    told = _told("荆州苗圃从2015年到2020年一共增加了多少家，按绝对数算涨了百分之多少？").text
    assert "多60家" in told
    assert "增长100%" in told


def test_the_difference_asked_behind_the_ratio_is_told() -> None:
    told = _told("2020年的苗圃，荆州是黄石的几倍，差多少家？").text
    assert "2.5倍" in told
    assert "多72家" in told


def test_the_ratio_is_that_of_the_place_it_is_asked_for() -> None:
    told = _told("2020年黄石和荆州的苗圃差多少家，荆州是黄石的几倍？").text
    assert "少72家" in told
    assert "2.5倍" in told


def test_each_of_two_years_behind_what_is_asked_of_them_is_told() -> None:
    told = _told("荆州的苗圃，2015年有多少家，2020年又有多少家？").text
    assert "60家" in told
    assert "120家" in told


def test_a_part_that_is_told_nowhere_is_named() -> None:
    answer = _told("2020年荆州的苗圃比黄石多多少家，占地多少亩？")
    assert "多72家" in answer.text
    assert any("占地多少亩" in notice for notice in answer.notices)


def test_the_greater_of_two_distances_is_told_with_both() -> None:
    told = _told("2020年荆州的造林投资增速和园林投资增速都比全省低，哪一项落后得更多？").text
    assert told.startswith("差得更多的是造林投资增速：差8.1个百分点")
    assert "6.8个百分点" in told


@pytest.mark.parametrize(
    "question",
    [
        "2020年甲率和乙率，哪一项与全省的差距更大？",
        "2020年甲率和乙率均低于全省，哪个差得更多？",
        "2020年甲率和乙率与全省相比，哪一项落后更多？",
    ],
)
def test_distances_are_asked_in_several_ways(question: str) -> None:
    assert [one.asked for one in distances_asked(question)] == [
        "2020年甲率与全省相差多少？",
        "2020年乙率与全省相差多少？",
    ]


COUNTS = """# 荆州市2020年情况分析

2019年，荆州市造林投资项目95个，其中千亩以上项目25个，占比26.3%。2020年，荆州市造林投资项目78个，其中千亩以上项目30个，占比38.5%。
"""


def test_a_number_of_things_is_no_share_of_them() -> None:
    asked = Question("荆州2020年的造林投资项目数比2019年少多少？")
    outcome = assistant_over(COUNTS, home="荆州").explain(asked).outcome
    assert isinstance(outcome, Answer)
    assert "17个" in outcome.text


BACK = """# 荆州市2021年情况分析

2020年，荆州市造林投资仅增长0.9%，低于同年全省造林投资增速6.8个百分点。
"""


def test_a_distance_from_a_place_tells_nothing_of_another_year() -> None:
    outcome = assistant_over(BACK, home="荆州").explain(Question("2021年全省造林投资增速是多少？")).outcome
    assert not isinstance(outcome, Answer)


OWNERS = """# 荆州市2021年情况分析

2021年，荆州市绿道项目总投资984.8亿元，年度计划投资232.9亿元。2021年，荆州市湿地项目总投资697.2亿元，年度计划投资60.3亿元。
"""


def test_a_whole_is_of_the_project_that_its_part_is_of() -> None:
    asked = Question("2021年绿道项目年度计划投资占总投资的比重是多少？")
    outcome = assistant_over(OWNERS, home="荆州").explain(asked).outcome
    assert not isinstance(outcome, Answer) or "23.6%" in outcome.text


BESIDE = """# 荆州市2021年情况分析

“十三五”时期，荆州市森林覆盖率从31%提高到38%，远高于全省水平（29%）。
"""


def test_what_is_set_beside_a_value_is_of_its_time() -> None:
    asked = Question("“十三五”末荆州的森林覆盖率和全省平均比，高出多少？")
    outcome = assistant_over(BESIDE, home="荆州").explain(asked).outcome
    assert isinstance(outcome, Answer)
    assert "9个百分点" in outcome.text


def test_a_verb_names_nothing_of_its_own() -> None:
    assert parts_of_question("2021年荆州的造林项目有几项？4月前开了几项工？")[-1].own == ()
