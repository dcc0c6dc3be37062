"""Documents that a question names by their titles."""

import pytest

from policy_qa.named_documents import name_documents
from policy_qa.types import Answer, Question
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
