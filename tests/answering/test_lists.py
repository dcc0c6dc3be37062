"""Lists: complete, in order, under the lead that was asked for."""

from __future__ import annotations

import pytest

from policy_qa.answering.evidence import gather_evidence
from policy_qa.answering.extractive import answer_from_list
from policy_qa.answering.lists import FoundList, counted_items, find_list, list_around
from policy_qa.answering.wording import wanted_words
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Hit, Question, SourceFile, Span
from policy_qa.understanding import understand

PLAN = """# 河湾镇防汛预案

## 一、组织机构

### （一）指挥部

镇长任指挥长。

### （二）巡堤队

每队12人。

### （三）转移组

负责转移群众。

## 二、储备物资

- 编织袋3万条
- 冲锋舟4艘
- 发电机6台

## 三、薄弱环节

堤防存在三个薄弱环节：一是东堤有渗漏。已列入计划；二是闸门老化；三是通信不畅。

## 四、预警信号

预警信号分为以下几种：

1. 蓝色信号
2. 黄色信号
3. 红色信号

## 五、纪律要求

要求严格值守。
"""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def read(text: str = PLAN) -> Document:
    return read_document(SourceFile("防汛.md", "", text, "utf-8"))


def found_in(segmenter: Segmenter, question: str, document: Document) -> FoundList | None:
    query = understand(Question(question), segmenter)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    return find_list(query, evidence, lambda word: 2.0)


def items(found: FoundList | None) -> list[str]:
    assert found is not None
    return [span.of(found.document.text) for span in found.items]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("组织机构有哪些？", ["（一）指挥部", "（二）巡堤队", "（三）转移组"]),
        ("储备物资有哪些？", ["编织袋3万条", "冲锋舟4艘", "发电机6台"]),
        ("堤防有哪些薄弱环节？", ["一是东堤有渗漏。已列入计划；", "二是闸门老化；", "三是通信不畅。"]),
        ("预警信号有哪几种？", ["蓝色信号", "黄色信号", "红色信号"]),
    ],
)
def test_a_list_is_found_whole_and_in_order(segmenter: Segmenter, question: str, expected: list[str]) -> None:
    found = items(found_in(segmenter, question, read()))
    assert len(found) == len(expected)
    assert all(text.endswith(end) for text, end in zip(found, expected, strict=True))


def test_the_answer_cites_every_item_exactly(segmenter: Segmenter) -> None:
    document = read()
    query = understand(Question("组织机构有哪些？"), segmenter)
    found = found_in(segmenter, query.text, document)
    assert found is not None
    answer = answer_from_list(query, found)
    assert [claim.citations for claim in answer.claims] == [(1,), (2,), (3,)]
    assert [citation.quote for citation in answer.citations] == items(found)
    assert [citation.lines for citation in answer.citations] == [(5, 5), (9, 9), (13, 13)]


@pytest.mark.parametrize("question", ["纪律要求有哪些？", "彗星有哪些？"])
def test_what_is_no_list_is_not_made_one(segmenter: Segmenter, question: str) -> None:
    found = found_in(segmenter, question, read("# 预案\n\n## 一、纪律要求\n\n要求严格值守。\n"))
    assert found is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是投入低；二是人才少。", ["一是投入低；", "二是人才少。"]),
        ("原因：第一，水大。第二，堤低。", ["第一，水大。", "第二，堤低。"]),
        ("首先，查堤；其次，备料；最后，演练。", ["首先，查堤；", "其次，备料；", "最后，演练。"]),
        ("包括①袋②舟③机。", ["①袋", "②舟", "③机。"]),
        ("十一是查堤；十二是备料。", ["十一是查堤；", "十二是备料。"]),
        ("统一是关键。", []),
        ("没有列举。", []),
        ("", []),
    ],
)
def test_items_counted_off(text: str, expected: list[str]) -> None:
    assert [span.of(text).rstrip() for span in counted_items(text)] == expected


def test_a_very_long_item_ends_with_a_sentence() -> None:
    text = "一是" + "查堤查险，" * 30 + "立行立改。后面还有一句。" * 20 + "二是备料。"
    first, second = counted_items(text)
    assert first.of(text).endswith("。")
    assert len(first) < second.start
    assert second.of(text) == "二是备料。"


def test_the_list_around_a_sentence(segmenter: Segmenter) -> None:
    document = read()
    query = understand(Question("闸门老化"), segmenter)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    inside = next(one for one in evidence if "闸门老化" in one.span.of(document.text))
    outside = next(one for one in evidence if "指挥长" in one.span.of(document.text))
    assert items(list_around(inside))[-1] == "三是通信不畅。"
    assert list_around(outside) is None


def test_the_lead_that_speaks_of_the_question_wins(segmenter: Segmenter) -> None:
    text = "# 通报\n\n## 一、存在问题\n\n一是堤防渗漏。二是通信不畅。\n\n## 二、工作措施\n\n一是加固堤防。二是增设基站。三是开展演练。\n"
    assert items(found_in(segmenter, "存在问题有哪些？", read(text)))[0] == "一是堤防渗漏。"
    assert len(items(found_in(segmenter, "工作措施有哪些？", read(text)))) == 3


def test_subheadings_go_before_what_stands_under_them(segmenter: Segmenter) -> None:
    text = (
        "# 预案\n\n## 一、巡查安排\n\n### （一）昼间\n\n- 东堤\n- 西堤\n\n### （二）夜间\n\n- 水闸\n- 泵站\n"
    )
    assert items(found_in(segmenter, "巡查安排有哪些？", read(text))) == ["（一）昼间", "（二）夜间"]


def test_of_two_lists_in_a_section_the_lead_decides(segmenter: Segmenter) -> None:
    text = "# 预案\n\n## 一、安排\n\n白天巡查的地点是：\n\n- 东堤\n- 西堤\n\n夜间演练的科目是：\n\n- 抢险\n- 转移\n- 通信\n"
    found = items(found_in(segmenter, "夜间演练有哪些科目？", read(text)))
    assert [item.removeprefix("- ") for item in found] == ["抢险", "转移", "通信"]


def test_leads_are_compared_by_the_questions_words(segmenter: Segmenter) -> None:
    query = understand(Question("储备物资有哪些？"), segmenter)
    assert {form for word in wanted_words(query, lambda word: 1.0) for form in word.forms} >= set(
        query.content
    )
