"""Answers, refusals, cards and plain text, without a browser."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from fake_service import (
    CHOICES,
    HARBOUR,
    HARBOUR_LINES,
    HOSTILE,
    HOSTILE_LINES,
    NEXT_QUESTIONS,
    ORCHARD,
    ORCHARD_COMPLETED,
    FakeService,
    cite,
    make_document,
)

from policy_qa import messages
from policy_qa.types import Answer, AnswerConflict, AnswerValue, Citation, Claim, Question, Refusal
from policy_qa.ui.document_list import render_documents, render_scope, render_welcome
from policy_qa.ui.render import (
    lines_label,
    outcome_as_text,
    outcome_message,
    question_message,
    render_cards,
    surroundings,
)

QUESTION = Question("海洋领域研发强度是多少？")
ANSWER = FakeService().ask(QUESTION)


def shown(markup: str) -> str:
    """The characters a reader sees, tags aside."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def hrefs(markup: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', markup)


def test_marks_are_addressed_by_their_turn() -> None:
    assert hrefs(outcome_message(7, ANSWER))[:2] == ["#cite-7-1", "#cite-7-2"]


def test_a_message_is_one_line_so_that_markdown_sees_one_html_block() -> None:
    outcome = FakeService().ask(Question("恶意\n\n    代码\n# 题"))
    assert "\n" not in outcome_message(1, outcome)
    assert "\n" not in question_message(outcome.question.text)


def test_hostile_claims_keep_their_characters() -> None:
    message = outcome_message(1, FakeService().ask(Question("恶意")))
    for line in HOSTILE_LINES[2:]:
        assert line in shown(message)
    assert all(href.startswith("#") for href in hrefs(message))


def test_a_refusal_is_no_answer_and_names_the_nearest() -> None:
    message = outcome_message(2, FakeService().ask(Question("天气")))
    assert 'class="pq-refusal"' in message
    assert 'class="pq-answer"' not in message
    assert hrefs(message)[0] == "#cite-2-1"


def test_status_and_working_of_a_claim_are_told() -> None:
    citation = cite(HARBOUR, 1, "比上年增长7.3%")
    claim = Claim("约为1,198.9亿元", (1,), status="computed", working="1,286.4÷1.073")
    message = shown(outcome_message(1, Answer(QUESTION, (claim,), (citation,))))
    assert "由资料数字计算" in message
    assert "算法：1,286.4÷1.073" in message


def test_what_comparing_texts_found_is_not_called_computed() -> None:
    citation = cite(HARBOUR, 1, "比上年增长7.3%")
    claim = Claim("对不上：表题与表的内容不相符。", (1,), status="computed")
    message = shown(outcome_message(1, Answer(QUESTION, (claim,), (citation,))))
    assert messages.UI_CHECKED in message
    assert messages.UI_COMPUTED not in message


def test_a_document_that_disagrees_with_itself_is_told_apart_by_its_lines() -> None:
    cited = (cite(HARBOUR, 1, "比上年增长7.3%"), cite(ORCHARD, 2, ORCHARD.text.split("\n")[2]))
    claims = tuple(Claim(f"{number}。", (number,), "conflicting") for number in (1, 2))

    def told(other: str) -> str:
        values = (AnswerValue("48万亩", (1,), "年报"), AnswerValue("46万亩", (2,), other))
        conflict = AnswerConflict("茶园面积", "丽水市", "2021年", values)
        return shown(outcome_message(1, Answer(QUESTION, claims, cited, conflicts=(conflict,))))

    lines = [lines_label(one.lines) for one in cited if one.lines]
    assert f"48万亩（《年报》） {lines[0]}[1]" in told("年报")
    assert f"46万亩（《年报》） {lines[1]}[2]" in told("年报")
    assert "48万亩（《年报》）[1]" in told("简报")


def test_choices_shown_as_links_are_not_listed_before_them() -> None:
    message = messages.AMBIGUOUS.format(count=2, choices="东湾，2021年；西屿，2021年")
    refusal = Refusal(QUESTION, "ambiguous", message, choices=("2021年东湾的产值是多少？",))
    markup = shown(outcome_message(1, refusal))
    assert "资料中有2个不同的数值，请说明是哪一个。" in markup
    assert "西屿，2021年" not in markup.split(messages.UI_COPY)[0]
    assert "西屿，2021年" in outcome_as_text(refusal)  # where there are no links to click


def test_notices_are_visible() -> None:
    assert "不是实绩" in shown(outcome_message(1, FakeService().ask(Question("柑橘"))))


def test_a_follow_up_shows_what_it_was_taken_for_above_the_answer() -> None:
    answer = FakeService().ask(Question("那柑橘呢？"))
    message = outcome_message(1, answer)
    assert shown(message).startswith(f"按“{ORCHARD_COMPLETED}”回答")
    assert message.index("pq-completed") < message.index("pq-answer")
    assert outcome_as_text(answer).splitlines()[:2] == ["问：那柑橘呢？", f"（按“{ORCHARD_COMPLETED}”回答）"]
    assert ORCHARD_COMPLETED in shown(render_cards(1, answer, {ORCHARD.id: ORCHARD}))


def test_a_refused_follow_up_is_not_said_to_be_answered() -> None:
    refusal = replace(FakeService().ask(Question("天气")), completed="明天东湾的天气怎么样？")
    assert shown(outcome_message(1, refusal)).startswith("按“明天东湾的天气怎么样？”查找")


def test_a_question_that_stands_alone_shows_no_other() -> None:
    assert "pq-completed" not in outcome_message(1, ANSWER)
    assert len(outcome_as_text(ANSWER).split("按“")) == 1


def test_the_choices_of_a_refusal_are_whole_questions_to_ask() -> None:
    message = outcome_message(1, FakeService().ask(Question("产值是多少？")))
    assert tuple(shown(one) for one in re.findall(r'<a class="pq-choice"[^>]*>.*?</a>', message)) == CHOICES
    assert "<b>" not in message
    assert message.index("pq-choices") < message.index("pq-nearest")


def test_questions_to_go_on_are_links_and_not_told_twice() -> None:
    outcome = FakeService().ask(Question("海洋概况"))
    message = shown(outcome_message(1, outcome).partition('<div class="pq-actions">')[0])
    assert [message.count(question) for question in NEXT_QUESTIONS] == [1, 1]
    assert "提示" not in message
    assert NEXT_QUESTIONS[0] in outcome_as_text(outcome)
    other = replace(outcome, notices=(*outcome.notices, "原文的表题与表的内容不相符。"))
    assert "提示原文的表题与表的内容不相符。" in shown(outcome_message(1, other))


def test_a_card_marks_the_quote_within_its_context() -> None:
    cards = render_cards(1, ANSWER, {HARBOUR.id: HARBOUR})
    assert "2021年<mark>海洋领域研发经费投入强度为3.4%</mark>，比全市平均水平高0.9个百分点。" in cards
    assert "第 47 行" in shown(cards)


def test_a_card_of_a_document_that_is_gone_quotes_nothing() -> None:
    cards = render_cards(1, ANSWER, {HARBOUR.id: None})
    assert "3.4%" not in cards
    assert "不再显示引文" in cards


def test_a_card_without_a_span_says_why() -> None:
    bare = Citation(1, HARBOUR.name, HARBOUR.id, "题名", (), None, None, None, None, ())
    outcome = Answer(QUESTION, (Claim("题名", (1,)),), (bare,))
    assert "题名取自文件名" in render_cards(1, outcome, {HARBOUR.id: HARBOUR})
    assert "[1] 《题名》（海洋/东湾简报.md）" in outcome_as_text(outcome)


def test_cards_before_any_question_say_what_will_be_there() -> None:
    assert "提问后" in render_cards(0, None, {})


def test_the_place_of_a_repeated_quote_is_read_from_the_span() -> None:
    document = make_document("重复.txt", ("增长5%，其中工业增长5%，服务业增长5%。",))
    for nth in range(3):
        citation = cite(document, 1, "增长5%", nth=nth)
        before, after = surroundings(citation, document.text)
        assert (before + "增长5%" + after, len(before)) == (document.text, citation.span.start)


def test_a_context_that_stands_elsewhere_only_is_left_out() -> None:
    citation = replace(cite(HARBOUR, 1, "比上年增长7.3%"), context=HARBOUR_LINES[3])
    assert surroundings(citation, HARBOUR.text) == ("", "")


def test_the_plain_text_has_question_answer_and_sources() -> None:
    assert outcome_as_text(ANSWER).splitlines() == [
        "问：海洋领域研发强度是多少？",
        "答：海洋领域研发经费投入强度为3.4%[1]",
        "比全市平均水平高0.9个百分点[2]",
        "",
        "出处：",
        "[1] 《东湾市海洋经济运行简报》（海洋/东湾简报.md），三、研发投入，第 47 行：“海洋领域研发经费投入强度为3.4%”",
        "[2] 《东湾市海洋经济运行简报》（海洋/东湾简报.md），三、研发投入，第 47 行：“比全市平均水平高0.9个百分点”",
    ]


def test_the_list_ticks_the_scope_and_escapes_names() -> None:
    listed = render_documents(FakeService().documents(), scope=frozenset([HARBOUR.name]), request="1")
    assert listed.count(" checked>") == 1
    assert HOSTILE.name in shown(listed)
    assert "<img" not in listed


def test_the_scope_line_names_titles_and_what_is_no_longer_held() -> None:
    line = shown(render_scope(FakeService().documents(), frozenset([HARBOUR.name, "旧文件.txt"])))
    assert "东湾市海洋经济运行简报" in line
    assert "旧文件.txt" in line
    assert render_scope(FakeService().documents(), frozenset()) == ""


def test_the_welcome_of_an_empty_corpus_names_the_command() -> None:
    assert "policy-qa build" in shown(render_welcome((), ()))
    assert "\n" not in render_welcome(FakeService().documents(), ("甲*乙*？",))
