"""One conversation, and what each action of its reader shows; knows nothing of Gradio."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policy_qa import messages
from policy_qa.errors import IndexUnusableError, PolicyQAError
from policy_qa.types import Answer, Question
from policy_qa.types import Turn as EarlierTurn
from policy_qa.ui.charts import chart_of_answer, chart_spec
from policy_qa.ui.document_list import scope_titles
from policy_qa.ui.escaping import escape_html
from policy_qa.ui.figure_list import chart_note
from policy_qa.ui.render import (
    busy_message,
    failure_message,
    outcome_message,
    question_message,
    render_cards,
)
from policy_qa.ui.source_view import render_gone, render_source

if TYPE_CHECKING:
    from policy_qa.types import Outcome
    from policy_qa.ui.charts import Chart
    from policy_qa.ui.service import Service

logger = logging.getLogger(__name__)

_TITLES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it: an outcome, or the sentence that says what went wrong."""

    question: str
    outcome: Outcome | None = None
    failure: str | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """The turns of a conversation, oldest first; turns are numbered from 1."""

    turns: tuple[Turn, ...] = ()

    def outcome(self, turn: int) -> Outcome | None:
        """What the turn of this number came to; None where there is no such turn or it failed."""
        return self.turns[turn - 1].outcome if 1 <= turn <= len(self.turns) else None

    def history(self) -> tuple[EarlierTurn, ...]:
        """The answered turns as the assistant wants to know them."""
        return tuple(
            EarlierTurn(
                turn.question, turn.outcome.text if isinstance(turn.outcome, Answer) else turn.outcome.message
            )
            for turn in self.turns
            if turn.outcome is not None
        )

    def messages(self, *, pending: str | None = None) -> list[dict[str, Any]]:
        """The chat messages of all turns, and of a question that is being answered."""
        shown: list[dict[str, Any]] = []
        for number, turn in enumerate(self.turns, start=1):
            shown.append({"role": "user", "content": question_message(turn.question)})
            if turn.outcome is not None:
                shown.append({"role": "assistant", "content": outcome_message(number, turn.outcome)})
                if turn.chart is not None:
                    shown.append({"role": "assistant", "content": chart_message(turn.chart)})
            else:
                shown.append({"role": "assistant", "content": failure_message(turn.failure or "")})
        if pending is not None:
            shown.append({"role": "user", "content": question_message(pending)})
            shown.append({"role": "assistant", "content": busy_message()})
        return shown


def ask(service: Service, session: Session, text: str, scope: frozenset[str]) -> Session:
    """The session with one more turn; an error becomes a turn that says so."""
    question = Question(text, session.history(), scope or None)
    try:
        outcome = service.ask(question)
    except IndexUnusableError:
        logger.exception("the index cannot be used")
        turn = Turn(text, failure=messages.UI_INDEX_UNUSABLE)
    except PolicyQAError:
        logger.exception("a question was not answered")
        turn = Turn(text, failure=messages.UI_FAILED_HINT)
    except Exception:  # the outermost edge: the reader must not wait for ever
        logger.exception("a question met an unforeseen error")
        turn = Turn(text, failure=messages.UI_FAILED_HINT)
    else:
        turn = Turn(text, _with_scope_notice(service, outcome, scope), chart=_chart(service, outcome))
    return Session((*session.turns, turn))


def _chart(service: Service, outcome: Outcome) -> Chart | None:
    """The chart that goes with an answer of three or more comparable figures."""
    if not isinstance(outcome, Answer):
        return None
    return chart_of_answer(outcome, service.figures({citation.document for citation in outcome.citations}))


def chart_message(chart: Chart) -> list[Any]:
    """The chat message of a chart, as Gradio's plot component, with its sources below."""
    plot = {
        "type": "component",
        "component": "plot",
        "value": {"type": "altair", "plot": chart_spec(chart)},
        "constructor_args": {},
        "props": {"show_label": False, "container": False},
    }
    return [plot, f'<div class="pq-chart-notes">{chart_note(chart)}</div>']


def _with_scope_notice(service: Service, outcome: Outcome, scope: frozenset[str]) -> Outcome:
    if not scope:
        return outcome
    titles = "、".join(scope_titles(service.documents(), scope)[:_TITLES_NAMED])
    wording = messages.UI_SCOPE_USED if len(scope) <= _TITLES_NAMED else messages.UI_SCOPE_USED_MANY
    notice = wording.format(titles=titles, count=len(scope))
    return replace(outcome, notices=(*outcome.notices, notice))


def cards(service: Service, session: Session, turn: int, *, request: str, front: bool = True) -> str:
    """The cards of this turn; `front` brings them to the front of the panel.

    `request` makes every answer of the server differ from the last, so that the page notices it.
    """
    outcome = session.outcome(turn)
    cited = {citation.document_id for citation in outcome.citations} if outcome else set()
    shown = render_cards(turn, outcome, {document_id: service.document(document_id) for document_id in cited})
    return _card_list(shown, view="citations" if front else "unchanged", request=request)


def no_cards(*, request: str) -> str:
    """The cards before anything was asked."""
    return _card_list(render_cards(0, None, {}), view="unchanged", request=request)


def _card_list(shown: str, *, view: str, request: str) -> str:
    return f'<div class="pq-citation-list" data-view="{view}" data-request="{escape_html(request)}">{shown}</div>'


def source_of_citation(service: Service, session: Session, *, turn: int, number: int, request: str) -> str:
    """The source panel for citation `number` of a turn."""
    outcome = session.outcome(turn)
    if outcome is None or not 1 <= number <= len(outcome.citations):
        return render_gone(messages.UI_TURN_GONE, request=request)
    citation = outcome.citations[number - 1]
    document = service.document(citation.document_id)
    if document is None:
        return render_gone(messages.UI_DOCUMENT_GONE, request=request)
    return render_source(
        document, request=request, citation=citation, turn=turn, citations=len(outcome.citations)
    )


def no_source(*, request: str) -> str:
    """The source panel before anything was opened."""
    return render_gone(messages.UI_SOURCE_EMPTY, request=request, front=False)


def source_of_document(service: Service, document_id: str, *, request: str) -> str:
    """The source panel for a document, nothing marked."""
    document = service.document(document_id)
    if document is None:
        return render_gone(messages.UI_DOCUMENT_GONE, request=request)
    return render_source(document, request=request)


def scope_of(service: Service, ticked: object) -> frozenset[str]:
    """The names of the indexed documents whose ids a browser sent."""
    ids = {item for item in ticked if isinstance(item, str)} if isinstance(ticked, list) else set()
    return frozenset(document.name for document in service.documents() if document.id in ids)
