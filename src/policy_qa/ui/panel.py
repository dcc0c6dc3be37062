"""The bar above the panel."""

from __future__ import annotations

from policy_qa import messages
from policy_qa.ui.escaping import escape_html

_VIEWS = (
    ("citations", "pq-citations", messages.UI_TAB_CITATIONS),
    ("source", "pq-source", messages.UI_TAB_SOURCE),
    ("documents", "pq-files", messages.UI_TAB_DOCUMENTS),
)


def panel_bar() -> str:
    """The three views of the panel to choose from, and the way back to the conversation on a narrow screen."""
    tabs = "".join(
        f'<button type="button" role="tab" class="pq-tab" data-view="{view}" aria-controls="{controls}">'
        f"{escape_html(label)}</button>"
        for view, controls, label in _VIEWS
    )
    back = escape_html(messages.UI_BACK_TO_CHAT)
    texts = {
        "copied": messages.UI_COPIED,
        "copy-failed": messages.UI_COPY_FAILED,
        "conversation": messages.UI_CONVERSATION,
        "question": messages.UI_QUESTION,
        "answer": messages.UI_ANSWER,
    }
    data = "".join(f' data-{key}="{escape_html(text)}"' for key, text in texts.items())
    return (
        f'<div class="pq-tabs" role="tablist" aria-label="{escape_html(messages.UI_PANEL)}">{tabs}</div>'
        f'<a class="pq-close" href="#panel-close">{back}</a>'
        f'<div class="pq-texts" hidden{data}></div>'
    )
