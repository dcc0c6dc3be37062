"""What a conversation shows after each action, without Gradio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_service import HARBOUR, ORCHARD, FakeService

from policy_qa.errors import IndexMissingError
from policy_qa.ui import session as sessions
from policy_qa.ui.session import Session

if TYPE_CHECKING:
    from policy_qa.types import Outcome, Question

NO_SCOPE: frozenset[str] = frozenset()


class Unindexed(FakeService):
    """Its index is gone."""

    def ask(self, question: Question) -> Outcome:
        raise IndexMissingError("no index")


def asked(service: FakeService, *questions: str) -> Session:
    session = Session()
    for question in questions:
        session = sessions.ask(service, session, question, NO_SCOPE)
    return session


def test_each_turn_opens_its_own_source() -> None:
    service = FakeService()
    session = asked(service, "强度", "柑橘")
    first = sessions.source_of_citation(service, session, turn=1, number=1, request="a")
    second = sessions.source_of_citation(service, session, turn=2, number=1, request="b")
    assert "<mark>海洋领域研发经费投入强度为3.4%</mark>" in first
    assert "<mark>柑橘种植面积稳定在48万亩</mark>" in second


@pytest.mark.parametrize(("turn", "number"), [(0, 1), (3, 1), (-1, 1), (1, 0), (1, 9)])
def test_a_citation_of_a_forgotten_conversation_is_told(turn: int, number: int) -> None:
    service = FakeService()
    shown = sessions.source_of_citation(
        service, asked(service, "强度", "柑橘"), turn=turn, number=number, request="a"
    )
    assert "请重新提问" in shown
    assert "<mark>" not in shown


def test_the_history_holds_answers_and_refusals_but_no_failures() -> None:
    service = FakeService()
    history = asked(service, "强度", "故障", "天气").history()
    assert [turn.question for turn in history] == ["强度", "天气"]
    assert history[0].answer.startswith("海洋领域研发经费投入强度为3.4%[1]")
    assert history[1].answer == "现有资料中没有与这个问题相关的内容，无法回答。"


def test_a_question_is_asked_with_the_turns_before_it() -> None:
    service = FakeService()
    asked(service, "强度", "故障", "那柑橘呢？", "天气")
    assert [turn.question for turn in service.asked[-1].history] == ["强度", "那柑橘呢？"]
    assert all(turn.answer for turn in service.asked[-1].history)
    assert service.asked[0].history == ()


def test_an_unforeseen_error_is_logged_and_told(caplog: pytest.LogCaptureFixture) -> None:
    session = asked(FakeService(), "故障")
    assert "系统出错" in session.messages()[-1]["content"]
    assert "invented fault" not in session.messages()[-1]["content"]
    assert "invented fault" in caplog.text


def test_a_missing_index_names_the_repair() -> None:
    assert "policy&#45;qa build" in asked(Unindexed(), "强度").messages()[-1]["content"]


def test_a_pending_question_is_shown_at_once() -> None:
    shown = asked(FakeService(), "强度").messages(pending="柑橘<b>")
    assert [message["role"] for message in shown] == ["user", "assistant"] * 2
    assert "柑橘&#60;b&#62;" in shown[2]["content"]
    assert "正在查阅资料" in shown[3]["content"]


def test_the_scope_is_passed_on_and_told() -> None:
    service = FakeService()
    session = sessions.ask(service, Session(), "强度", frozenset([HARBOUR.name]))
    assert service.asked[-1].documents == frozenset([HARBOUR.name])
    assert "这一问只查了：东湾市海洋经济运行简报" in session.messages()[-1]["content"]
    assert sessions.ask(service, session, "强度", NO_SCOPE).messages()[-1]["content"].count("只查了") == 0


def test_a_wide_scope_is_told_in_short() -> None:
    service = FakeService()
    names = frozenset(f"{number}.txt" for number in range(9))
    assert "等 9 份文件" in sessions.ask(service, Session(), "强度", names).messages()[-1]["content"]


@pytest.mark.parametrize("ticked", [None, "x", {"a": 1}, [None, 3], ["nosuchid"]])
def test_an_odd_scope_from_the_browser_is_no_scope(ticked: object) -> None:
    assert sessions.scope_of(FakeService(), ticked) == NO_SCOPE


def test_a_scope_is_kept_by_name() -> None:
    assert sessions.scope_of(FakeService(), [ORCHARD.id]) == {ORCHARD.name}


def test_the_same_request_twice_differs_so_that_the_page_notices() -> None:
    service = FakeService()
    session = asked(service, "强度")
    assert sessions.cards(service, session, 1, request="a") != sessions.cards(
        service, session, 1, request="b"
    )
