"""Examples come from the documents, and once proved they are answered."""

from __future__ import annotations

from fake_service import HARBOUR, HOSTILE, ORCHARD, FakeService, make_document

from policy_qa.ui.examples import ExampleQuestions, suggest_questions


def test_a_figure_with_a_year_and_a_topic_make_questions() -> None:
    assert suggest_questions(HARBOUR) == ("2021年东湾市海洋生产总值是多少？", "重点任务有哪些？")
    assert suggest_questions(ORCHARD) == ("主要措施有哪些？",)


def test_a_document_without_either_makes_none() -> None:
    assert suggest_questions(make_document("甲.txt", ("无题", "只有一句话。"))) == ()
    assert suggest_questions(HOSTILE) == ()


def test_things_that_are_counted_are_asked_for_as_such() -> None:
    document = make_document(
        "甲.txt", ("2020年，全市冷链企业达到215家，比上年多12家。", "## 一、沿革", "从略。")
    )
    assert suggest_questions(document) == ("2020年全市冷链企业有多少？",)


def test_growth_is_no_subject() -> None:
    assert suggest_questions(make_document("甲.txt", ("2021年外贸进出口同比增速达到5.2%。",))) == ()


def test_proved_examples_are_answered_ones() -> None:
    examples = ExampleQuestions(FakeService())
    assert "主要措施有哪些？" in examples.current()
    examples.prove()
    assert examples.current() == ("2021年东湾市海洋生产总值是多少？",)


def test_examples_follow_the_index() -> None:
    service = FakeService()
    examples = ExampleQuestions(service)
    examples.prove()
    service.held.remove(HARBOUR)
    assert "2021年东湾市海洋生产总值是多少？" not in examples.current()
