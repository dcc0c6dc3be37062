"""Documents that a question names by their titles."""

import pytest

from policy_qa.named_documents import name_documents
from policy_qa.types import Answer, Question, Refusal
from small_assistant import assistant_over

TITLES = {
    "甲.md": "荆州市“十四五”期园林绿化与城市更新研究",
    "乙.md": "湖区六市轨道交通建设情况调查",
    "丙.md": "2023年荆州市政府工作报告",
    "丁.md": "2024年荆州市政府工作报告",
}


@pytest.mark.parametrize(
    ("asked", "plain", "documents"),
    [
        ("2020年荆州绿化率，“十四五”园林绿化报告的正文和表2一致吗", "2020年荆州绿化率，报告的正文和表2一致吗", {"甲.md"}),
        ("轨道交通建设那份材料里宜昌有几条线", "报告里宜昌有几条线", {"乙.md"}),
        ("《湖区六市轨道交通建设情况调查》说有几条线", "报告说有几条线", {"乙.md"}),
        ("园林绿化报告和轨道交通建设报告各写多少", "两份报告各写多少", {"甲.md", "乙.md"}),
        ("轨道交通建设那篇的表3，宜昌排第几", "报告的表3，宜昌排第几", {"乙.md"}),
        ("荆州园林绿化研究里的绿化率", "荆州报告里的绿化率", {"甲.md"}),
    ],
)  # fmt: skip
def test_a_named_document_is_found_and_taken_out(asked: str, plain: str, documents: set[str]) -> None:
    named = name_documents(asked, lambda: TITLES)
    assert (named.text, named.documents) == (plain, documents)


@pytest.mark.parametrize(
    "asked",
    [
        "政府工作报告里的增长目标",  # two titles have as much of it
        "城市创新能力发展报告由谁编写",  # a report that the corpus only speaks of
        "园林绿化研究院有几家",
        "园林报告里的绿化率",  # two characters name nothing
        "园林绿化的投资有多少",
        "园林绿化报告说绿化率逐年提高，其他报告给的是多少",
        "荆州绿化率，园林绿化报告和谈住房的文章有没有出入",
    ],
)
def test_what_names_no_one_document_is_left_as_it_is(asked: str) -> None:
    named = name_documents(asked, lambda: TITLES)
    assert (named.text, named.documents) == (asked, None)


def test_titles_are_not_asked_for_where_none_can_be_named() -> None:
    def titles() -> dict[str, str]:
        raise AssertionError

    assert name_documents("2020年荆州绿化率", titles).documents is None


PARKS = "# 园林绿化发展情况\n\n2020年，荆州绿化率为41.2%。\n"
HOMES = "# 城市住房建设调查\n\n2020年，荆州绿化率为39.8%。荆州户均住房为1.2套。\n"


def told(question: str) -> Answer:
    outcome = assistant_over(PARKS, HOMES, home="荆州").explain(Question(question)).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def test_a_named_document_alone_answers() -> None:
    answer = told("住房建设调查报告里2020年荆州绿化率是多少？")
    assert "39.8%" in answer.text
    assert "41.2%" not in answer.text
    assert answer.notices[0] == "按所问，只依据《城市住房建设调查》。"


def test_what_the_named_document_does_not_tell_is_told_from_the_others_and_said_so() -> None:
    answer = told("园林绿化发展报告里荆州户均住房是多少套？")
    assert "1.2套" in answer.text
    assert answer.notices[0] == "只凭《园林绿化发展情况》不能回答，以下依据全部资料。"


WALLS = """# 荆州市城市建设研究

## 绿化水平

《中部城市绿化指数（2018）》由城市学会发布，荆州的绿化指数居前。

表1 部分城市绿化指数

城市\t绿化指数
荆州\t71.5
宜昌\t68.2
黄冈\t60.4

## 道路建设

2018年，荆州新建道路12.5公里。
"""


def cited(question: str) -> Answer | Refusal:
    return assistant_over(WALLS, home="荆州").explain(Question(question)).outcome


@pytest.mark.parametrize(
    "question",
    [
        "《中部城市绿化指数（2018）》涉及的荆州、宜昌、黄冈三市中，绿化指数最高的是哪个？",
        "根据《中部城市绿化指数（2018）》，荆州、宜昌、黄冈三市中绿化指数最高的是哪个？",
    ],
)
def test_a_source_that_a_report_names_is_asked_through_that_report(question: str) -> None:
    answer = cited(question)
    assert isinstance(answer, Answer), answer
    assert "最高的是荆州（71.5）" in answer.text
    assert answer.notices[0].startswith("资料中没有《中部城市绿化指数（2018）》本身")


def test_another_section_than_the_one_that_names_it_does_not_answer() -> None:
    outcome = cited("《中部城市绿化指数（2018）》涉及的荆州，2018年新建道路是多少公里？")
    assert isinstance(outcome, Refusal) or outcome.notices[0].startswith(
        "资料中没有《中部城市绿化指数（2018）》"
    )


def test_a_source_that_is_named_nowhere_is_said_to_be_missing() -> None:
    answer = cited("据《荆州统计年鉴》，2018年荆州新建道路多少公里？")
    assert isinstance(answer, Answer)
    assert answer.notices == ("资料中没有《荆州统计年鉴》，以下依据现有资料，请核对是否同一来源。",)


EARLIER = "# 荆州市苗木工作总结\n\n2014年，荆州苗圃已达146家。\n"
LATER = "# 荆州园林科技形势分析\n\n2020年，荆州苗圃有599家。\n"
BESIDE = "# 湖区六市对比调查\n\n2020年，荆州苗圃有600家。\n"


def test_a_report_named_for_one_figure_is_preferred() -> None:
    asked = "荆州苗圃2014年是146家，到2020年增加了多少家？2020年的数用讲园林科技形势的那份报告。"
    outcome = assistant_over(EARLIER, LATER, BESIDE, home="荆州").explain(Question(asked)).outcome
    assert isinstance(outcome, Answer), outcome
    assert "453家" in outcome.text
    assert "454" not in outcome.text


def test_a_start_that_sources_tell_otherwise_is_not_passed_over() -> None:
    asked = "荆州苗圃2014年是156家，到2020年增加了多少家？"
    outcome = assistant_over(EARLIER, LATER, home="荆州").explain(Question(asked)).outcome
    assert isinstance(outcome, Answer), outcome
    assert "荆州苗圃，2020年（599家）比2014年（146家）多453家" in outcome.text
    assert outcome.notices == ("问题中说的156家与以上所据的数字不同，请核对。",)


FLOATING = """# 荆州市发展研究

## 一、交通

根据《2019年城市联系指数报告》，荆州联系城市为6个。

## 二、金融

表1 各市联系城市数量

| 城市 | 联系城市数 |
| --- | --- |
| 上海 | 61 |
| 宜昌 | 14 |
"""


def test_a_table_near_by_is_of_the_source_that_its_paragraph_names() -> None:
    asked = "根据《2019年城市联系指数报告》，上海和宜昌的联系城市数各是多少？"
    outcome = assistant_over(FLOATING, home="荆州").explain(Question(asked)).outcome
    assert isinstance(outcome, Answer), outcome
    assert all(number in outcome.text for number in ("61", "14"))


def test_what_a_named_report_lists_is_asked_of_that_report() -> None:
    titles = {"a.txt": "甲市园林绿化发展研究"}
    named = name_documents("园林绿化报告列出的2020年绿化率，哪个城市最低", lambda: titles)
    assert named.text == "报告里，2020年绿化率，哪个城市最低"
