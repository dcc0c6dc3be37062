"""The chat as a Gradio page: components, what each event calls, safe settings."""

# No postponed annotations here: Gradio reads those of the handlers, and gradio itself is imported late.

import logging
import os
import socket
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy_qa import messages
from policy_qa.errors import PolicyQAError, UsageError
from policy_qa.ui import session as sessions
from policy_qa.ui.document_list import render_documents, render_header, render_scope, render_welcome
from policy_qa.ui.examples import ExampleQuestions
from policy_qa.ui.figures_tab import FigureShelf, lay_out_figures, payload, wire_figures
from policy_qa.ui.panel import panel_bar
from policy_qa.ui.session import Session

if TYPE_CHECKING:
    from policy_qa.config import Settings
    from policy_qa.ui.service import Service

logger = logging.getLogger(__name__)

_ASSETS = Path(__file__).parent / "assets"
_STYLES = (
    "page.css",
    "conversation.css",
    "panel.css",
    "tables.css",
    "figures.css",
    "narrow.css",
)  # later ones win
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif"]
_MONOSPACE = ["ui-monospace", "Noto Sans Mono CJK SC", "monospace"]
_LONGEST_QUESTION = 1000
_ASKED_AT_ONCE = 2
_WAITING_AT_MOST = 64
_UPLOAD_LIMIT = "1kb"
_SILENT: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def launch(service: "Service", settings: "Settings") -> None:
    """Serves the chat until it is interrupted; its address goes to standard error once the page can be opened.

    Raises UsageError where the port is taken.
    """
    with serve(service, settings) as address:
        sys.stderr.write(messages.UI_SERVED.format(address=address) + "\n")
        sys.stderr.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


@contextmanager
def serve(service: "Service", settings: "Settings") -> Iterator[str]:
    """The address the chat is served at, within a `with` statement.

    The models are loaded before, so that the first answer is as fast as the next. Raises UsageError where the port is
    taken, EncoderError where the model cannot be loaded.
    """
    require_free_port(settings)
    examples, shelf = ExampleQuestions(service), FigureShelf(service)
    page = build_chat(service, examples, shelf)
    service.warm()
    _, address, _ = page.launch(**launch_options(settings))
    proving = threading.Thread(target=_prepare, args=(examples, shelf), name="examples", daemon=True)
    proving.start()
    logger.info("chat served at %s", address)
    try:
        yield str(address)
    finally:
        page.close(verbose=False)
        proving.join()


def require_free_port(settings: "Settings") -> None:
    """Raises UsageError where the host is not this machine's or the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise UsageError(
            f"cannot listen on {settings.host}:{settings.port} ({error}); "
            f"try: policy-qa serve --port {settings.port + 1}"
        ) from error


def _prepare(examples: ExampleQuestions, shelf: FigureShelf) -> None:
    """Tries the example questions, and makes the figures ready before anyone asks for them."""
    try:
        examples.prove()
        shelf.search().prepare()
    except PolicyQAError:
        logger.exception("the examples or the figures could not be made ready")


def launch_options(settings: "Settings") -> dict[str, Any]:
    """What `Blocks.launch` is told: nothing leaves the machine, nothing but the page is offered."""
    gr = import_gradio()
    return {
        "server_name": settings.host,
        "server_port": settings.port,
        "prevent_thread_lock": True,
        "quiet": True,
        "share": False,
        "show_error": False,
        "enable_monitoring": False,
        "run_history": False,
        "footer_links": [],
        "allowed_paths": [],
        "max_file_size": _UPLOAD_LIMIT,
        "mcp_server": False,
        "pwa": False,
        "ssr_mode": False,
        "theme": gr.themes.Base(font=_FONTS, font_mono=_MONOSPACE),
        "head": f"<style>{''.join(map(_asset, _STYLES))}</style><script>{_asset('language.js')}</script>",
    }


def import_gradio() -> Any:  # noqa: ANN401 - the module
    """Gradio, told to report nothing to anyone."""
    # Read while gradio is being imported: whoever imported it first decided.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio

    return gradio


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def build_chat(service: "Service", examples: ExampleQuestions, shelf: FigureShelf) -> Any:  # noqa: ANN401 - gradio.Blocks
    """The page, not yet served."""
    gr = import_gradio()
    with gr.Blocks(
        title=messages.UI_TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    ) as page:
        parts = _lay_out(gr, opening_view(service, examples, frozenset()))
        _wire_conversation(gr, service, parts)
        _wire_panel(gr, service, parts)
        wire_figures(gr, service, shelf, parts, _SILENT)
        _wire_page(gr, service, examples, parts, page)
    page.queue(max_size=_WAITING_AT_MOST, default_concurrency_limit=4, api_open=False)
    return page


@dataclass(frozen=True, slots=True)
class OpeningView:
    """What a page shows when it opens, as HTML."""

    header: str
    welcome: str
    documents: str


def opening_view(service: "Service", examples: ExampleQuestions, scope: frozenset[str]) -> OpeningView:
    """The opening view of the documents now indexed."""
    documents = service.documents()
    return OpeningView(
        header=render_header(documents),
        welcome=render_welcome(documents, examples.current()),
        documents=render_documents(documents, scope=scope, request=_request()),
    )


def _lay_out(gr: Any, view: OpeningView) -> dict[str, Any]:  # noqa: ANN401
    """The components by name."""
    parts: dict[str, Any] = {"session": gr.State(Session()), "scope": gr.State(frozenset())}
    with gr.Row(elem_id="pq-head"):
        parts["header"] = _html(gr, "pq-header", view.header)
        parts["new"] = gr.Button(messages.UI_NEW_CONVERSATION, elem_id="pq-new", size="sm")
    with gr.Row(elem_id="pq-work"):
        with gr.Column(elem_id="pq-chat"):
            parts["chatbot"] = gr.Chatbot(
                elem_id="pq-conversation",
                label=messages.UI_CONVERSATION,
                show_label=False,
                sanitize_html=True,
                allow_tags=False,
                latex_delimiters=[],
                buttons=[],
                feedback_options=None,
                group_consecutive_messages=False,
                allow_file_downloads=False,
                placeholder=view.welcome,
                height=None,
            )
            parts["scope_line"] = _html(gr, "pq-scope-line", "")
            with gr.Row(elem_id="pq-ask"):
                parts["question"] = gr.Textbox(
                    elem_id="pq-question",
                    label=messages.UI_QUESTION,
                    show_label=False,
                    container=False,
                    placeholder=messages.UI_QUESTION_PLACEHOLDER,
                    lines=1,
                    max_lines=6,
                    max_length=_LONGEST_QUESTION,
                    autofocus=True,
                )
                parts["send"] = gr.Button(messages.UI_SEND, elem_id="pq-send", variant="primary")
        with gr.Column(elem_id="pq-figures"):
            parts |= lay_out_figures(gr, partial(_html, gr))
        with gr.Column(elem_id="pq-panel"):
            parts["bar"] = _html(gr, "pq-bar", panel_bar(), js=_asset("chat.js"))
            for name, elem_id, shown, value in (
                ("cards", "pq-citations", "cardsShown", sessions.no_cards(request="")),
                ("source", "pq-source", "sourceShown", sessions.no_source(request="")),
                ("documents", "pq-files", "documentsShown", view.documents),
            ):
                parts[name] = _html(
                    gr, elem_id, value, js=f"watch('value', () => window.policyQa.{shown}(element));"
                )
    return parts


def _html(gr: Any, name: str, value: str, *, js: str | None = None) -> Any:  # noqa: ANN401
    return gr.HTML(value, elem_id=name, js_on_load=js, apply_default_css=False)


def _wire_conversation(gr: Any, service: "Service", parts: dict[str, Any]) -> None:  # noqa: ANN401
    """Asking, and beginning anew."""

    def ask(
        text: str, session: Session, scope: frozenset[str], event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        question = str(payload(event).get("text") or text or "").strip()[:_LONGEST_QUESTION]
        if not question:
            yield (gr.skip(),) * 4
            return
        yield session.messages(pending=question), "", gr.skip(), gr.skip()
        answered = sessions.ask(service, session, question, scope)
        shown = sessions.cards(service, answered, len(answered.turns), request=_request())
        yield answered.messages(), gr.skip(), answered, shown

    def begin_anew() -> tuple[Any, ...]:
        return [], "", Session(), sessions.no_cards(request=_request())

    outputs = [parts["chatbot"], parts["question"], parts["session"], parts["cards"]]
    asking = gr.on(
        [parts["question"].submit, parts["send"].click, parts["bar"].example_select],
        ask,
        [parts["question"], parts["session"], parts["scope"]],
        outputs,
        concurrency_limit=_ASKED_AT_ONCE,
        trigger_mode="once",
        **_SILENT,
    )
    parts["new"].click(begin_anew, None, outputs, cancels=[asking], **_SILENT)


def _wire_panel(gr: Any, service: "Service", parts: dict[str, Any]) -> None:  # noqa: ANN401
    """Opening citations and documents, and limiting questions to some of them."""

    def open_citation(session: Session, event: gr.EventData) -> tuple[str, str]:
        turn, number = _number(event, "turn"), _number(event, "number")
        source = sessions.source_of_citation(service, session, turn=turn, number=number, request=_request())
        return source, sessions.cards(service, session, turn, request=_request(), front=False)

    def open_document(event: gr.EventData) -> str:
        return sessions.source_of_document(service, str(payload(event).get("id")), request=_request())

    def show_turn(session: Session, event: gr.EventData) -> str:
        return sessions.cards(service, session, _number(event, "turn"), request=_request())

    def set_scope(event: gr.EventData) -> tuple[frozenset[str], str]:
        scope = sessions.scope_of(service, payload(event).get("ids"))
        return scope, render_scope(service.documents(), scope)

    def list_documents(scope: frozenset[str]) -> str:
        return render_documents(service.documents(), scope=scope, request=_request())

    bar, session, scope = parts["bar"], parts["session"], parts["scope"]
    how = {**_SILENT, "trigger_mode": "always_last"}
    bar.open_citation(open_citation, session, [parts["source"], parts["cards"]], **how)
    bar.open_document(open_document, None, parts["source"], **how)
    bar.show_turn(show_turn, session, parts["cards"], **how)
    bar.set_scope(set_scope, None, [scope, parts["scope_line"]], **how)
    bar.list_documents(list_documents, scope, parts["documents"], **how)


def _wire_page(
    gr: Any,  # noqa: ANN401
    service: "Service",
    examples: ExampleQuestions,
    parts: dict[str, Any],
    page: Any,  # noqa: ANN401
) -> None:
    """Opening the page, or a new conversation, shows the index as it is then."""

    def open_page(scope: frozenset[str]) -> tuple[Any, ...]:
        view = opening_view(service, examples, scope)
        return view.header, gr.Chatbot(placeholder=view.welcome), view.documents

    outputs = [parts["header"], parts["chatbot"], parts["documents"]]
    page.load(open_page, parts["scope"], outputs, **_SILENT)
    parts["new"].click(open_page, parts["scope"], outputs, **_SILENT)


def _number(event: Any, key: str) -> int:  # noqa: ANN401 - gradio.EventData
    value = payload(event).get(key)
    return value if isinstance(value, int) else 0


def _request() -> str:
    return uuid.uuid4().hex[:8]
