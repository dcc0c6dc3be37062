"""The list of documents, and what of it a question is limited to, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.ui.escaping import escape_html, escape_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.index.catalog import DocumentSummary


def render_header(documents: Sequence[DocumentSummary]) -> str:
    """The head of the page: what this is, and how much it holds."""
    held = ""
    if documents:
        characters = sum(document.characters for document in documents)
        held = messages.UI_CORPUS.format(documents=f"{len(documents):,}", characters=f"{characters:,}")
    tabs = "".join(
        f'<button type="button" role="tab" class="pq-main-tab" data-main="{main}" aria-controls="{controls}">'
        f"{escape_html(label)}</button>"
        for main, controls, label in (
            ("chat", "pq-chat", messages.UI_MAIN_CHAT),
            ("figures", "pq-figures", messages.UI_TAB_FIGURES),
        )
    )
    return (
        f'<h1 class="pq-title">{escape_html(messages.UI_TITLE)}</h1>'
        f'<div class="pq-main-tabs" role="tablist">{tabs}</div>'
        f'<span class="pq-subtitle">{escape_html(messages.UI_SUBTITLE)}</span>'
        f'<span class="pq-held">{escape_html(held)}</span>'
        f'<a class="pq-open-panel" href="#panel-open">{escape_html(messages.UI_PANEL)}</a>'
    )


def render_documents(documents: Sequence[DocumentSummary], *, scope: frozenset[str], request: str) -> str:
    """The searchable list; boxes of the documents named in `scope` are ticked."""
    if not documents:
        return (
            f'<div class="pq-empty">{escape_html(messages.UI_NO_DOCUMENTS)}<br>'
            f"{escape_html(messages.UI_NO_DOCUMENTS_HINT)}</div>"
        )
    rows = "".join(_row(document, ticked=document.name in scope) for document in documents)
    return (
        f'<div class="pq-documents" data-request="{escape_html(request)}">'
        f'<input class="pq-search" type="search" autocomplete="off" aria-label="{escape_html(messages.UI_SEARCH_DOCUMENTS)}"'
        f' placeholder="{escape_html(messages.UI_SEARCH_DOCUMENTS)}">'
        f'<div class="pq-hint">{escape_html(messages.UI_DOCUMENTS_HINT)}</div>'
        f'<div class="pq-rows">{rows}</div>'
        f'<div class="pq-empty pq-no-match">{escape_html(messages.UI_DOCUMENTS_NO_MATCH)}</div></div>'
    )


def _row(document: DocumentSummary, *, ticked: bool) -> str:
    facts = [escape_html(document.name)]
    if document.issued_on is not None:
        facts.append(document.issued_on.isoformat())
    facts.append(escape_html(messages.UI_CHARACTERS.format(count=f"{document.characters:,}")))
    label = escape_html(messages.UI_LIMIT_TO.format(title=document.title))
    checked = " checked" if ticked else ""
    return (
        f'<div class="pq-row"><input type="checkbox" class="pq-limit" value="{escape_html(document.id)}"'
        f' aria-label="{label}" title="{label}"{checked}>'
        f'<div class="pq-row-text"><a class="pq-row-title" href="#doc-{escape_html(document.id)}">'
        f'{escape_html(document.title)}</a><div class="pq-card-place">{"<i></i>".join(facts)}</div></div></div>'
    )


def render_scope(documents: Sequence[DocumentSummary], scope: frozenset[str]) -> str:
    """The line above the question that says which documents it is limited to; empty where it is not."""
    if not scope:
        return ""
    titles = scope_titles(documents, scope)
    chips = "".join(f'<span class="pq-chip">{escape_html(title)}</span>' for title in titles)
    return (
        f'<div class="pq-scope"><span>{escape_html(messages.UI_SCOPE_LIMITED.format(count=len(scope)))}</span>'
        f'<span class="pq-chips">{chips}</span>'
        f'<a class="pq-act" href="#scope-clear">{escape_html(messages.UI_SCOPE_CLEAR)}</a></div>'
    )


def scope_titles(documents: Sequence[DocumentSummary], scope: frozenset[str]) -> tuple[str, ...]:
    """The titles of the documents named in `scope`, in the list's order; a name no longer held stands for itself."""
    titles = {document.name: document.title for document in documents}
    held = [document.title for document in documents if document.name in scope]
    return (*held, *sorted(name for name in scope if name not in titles))


def render_welcome(documents: Sequence[DocumentSummary], examples: Sequence[str]) -> str:
    """What the empty conversation shows: how to begin, or that there is nothing to ask yet.

    One line, since it passes the markdown parser of the conversation.
    """
    if not documents:
        return (
            f'<div class="pq-welcome"><div class="pq-welcome-title">{escape_message(messages.UI_NO_DOCUMENTS)}</div>'
            f"<div>{escape_message(messages.UI_NO_DOCUMENTS_HINT)}</div></div>"
        )
    asks = "".join(
        f'<a class="pq-example" href="#ask-{number}">{escape_message(example)}</a>'
        for number, example in enumerate(examples, start=1)
    )
    tried = f'<div class="pq-label">{escape_message(messages.UI_EXAMPLES)}</div><div class="pq-examples">{asks}</div>'
    return (
        f'<div class="pq-welcome"><div class="pq-welcome-title">{escape_message(messages.UI_WELCOME)}</div>'
        f"<div>{escape_message(messages.UI_WELCOME_HINT)}</div>{tried if examples else ''}</div>"
    )
