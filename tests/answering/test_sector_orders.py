"""The order of the three sectors by their shares, named 三二一 or 二三一."""

import pytest

from policy_qa import messages
from policy_qa.answering.sector_orders import order_asked
from policy_qa.assistant import Assistant
from policy_qa.types import Answer, Question
from small_assistant import assistant_over

REPORT = """# 湖区城市产业结构对比研究

多数城市的产业结构呈“二三一”的格局。

表1 2020年各市三次产业占比（%）

城市\t第一产业\t第二产业\t第三产业
荆州\t18.7\t37.0\t44.3
宜昌\t9.2\t48.6\t42.2
襄阳\t11.2\t38.1\t50.7
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_over(REPORT, home="荆州")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("报告的正文说，多数城市是“二三一”。从表1的2020年数据看，荆州算哪一种？", "荆州三次产业占比从高到低是“三二一”：三产（44.3%）、二产（37.0%）、一产（18.7%）"),
        ("产业结构对比报告说多数城市呈“二三一”格局，看2020年的三次产业占比，荆州是不是也属于“二三一”？", "问题中的说法与计算结果不符。2020年荆州"),
        ("2020年宜昌的产业结构是“二三一”吗？", "问题中的说法与计算结果相符。2020年宜昌"),
        ("2020年荆州是“二三一”还是“三二一”？", "从高到低是“三二一”"),
        ("说荆州的产业结构是“二三一”，2020年的数支持吗？", "问题中的说法与计算结果不符。"),
        ("荆州和宜昌2020年都是三二一结构吗？", "问题中的说法与计算结果不符。2020年宜昌"),
    ],
)  # fmt: skip
def test_the_order_is_computed_from_the_shares(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "verdict", "told"),
    [
        ("有材料说三市近年多数是“二三一”、只有荆州是“三二一”，跟三次产业占比那张表对得上吗？", messages.ASSERTED_WRONG, "呈“三二一”的有2个：荆州、襄阳"),
        ("正文说荆州、襄阳是“三二一”结构，按2020年三次产业占比表核对，“三二一”的只有这两个市吗？", messages.ASSERTED_RIGHT, "呈“三二一”的有2个：荆州、襄阳"),
        ("三市2020年多数是“三二一”吗？", messages.ASSERTED_RIGHT, "呈“二三一”的有1个：宜昌"),
        ("荆州、襄阳是“三二一”，其余都是“二三一”，2020年的数据支持吗？", messages.ASSERTED_RIGHT, "2020年"),
        ("三个城市2020年的产业结构都是“三二一”，这个说法对吗？", messages.ASSERTED_WRONG, "呈“二三一”的有1个：宜昌"),
        ("三市里有几个是三二一", "", "按三次产业占比从高到低，2020年呈“三二一”的有2个：荆州、襄阳。"),
        ("报告说三市多数是“二三一”、荆州是“三二一”，和2020年三次产业占比核对一下，有没有漏掉的城市？", "", "呈“三二一”的有2个：荆州、襄阳"),
        ("除荆州外，2020年还有没有别的城市是“三二一”？", "", "2020年呈“三二一”的有2个：荆州、襄阳。"),
        ("除了荆州，2020年还有谁是三二一？", "", "按三次产业占比从高到低，2020年呈“三二一”的有2个：荆州、襄阳。"),
    ],
)  # fmt: skip
def test_the_orders_of_all_places_are_computed(
    assistant: Assistant, question: str, verdict: str, told: str
) -> None:
    answer = assistant.explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert answer.text.startswith(verdict)
    assert told in answer.claims[0].text


def test_orders_of_more_places_than_are_told_are_none(assistant: Assistant) -> None:
    answer = assistant.explain(Question("六市里有几个是三二一")).outcome
    assert not isinstance(answer, Answer) or answer.claims[0].status != "computed"


@pytest.mark.parametrize(
    "question",
    [
        "2020年荆州一二三产占比是多少？",
        "荆州的产业结构是什么？",
        "荆州的“三个一”工程是什么？",
        "哪些城市呈“三二一”格局？",
    ],
)
def test_other_questions_ask_for_no_order(question: str) -> None:
    assert order_asked(question) is None
