"""A whole document as HTML, the cited characters marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.cells import cited_cell
from policy_qa.types import Caption, Heading, ListItem, Note, Paragraph, Span, Table
from policy_qa.ui.escaping import escape_html
from policy_qa.ui.render import lines_label, without_data
from policy_qa.ui.tables import Cited, mark_span, render_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.figures.listing import ListedFigure
    from policy_qa.types import Block, Citation, Document

_DEEPEST_HEADING = 4


def render_source(
    document: Document,
    *,
    request: str,
    citation: Citation | None = None,
    turn: int = 0,
    citations: int = 0,
) -> str:
    """The source panel: who and where on top, the document below, exactly `citation.span` marked.

    Of a cited cell the value is marked, its row and its heads stand out. `request` makes every answer of the server differ from the last, so that a second click on the same mark
    scrolls again; `citations` is how many the turn has, to step through.
    """
    cited = Cited(citation.span, citation.cell) if citation and citation.span else None
    return (
        f'<div class="pq-source" data-view="source" data-request="{escape_html(request)}">'
        f'<div class="pq-source-head">{_title(document)}{_steps(citation, turn, citations)}</div>'
        f'<div class="pq-source-body" tabindex="0">{render_text(document, cited)}</div></div>'
    )


def render_source_of_figure(document: Document, listed: ListedFigure, *, request: str) -> str:
    """The source panel for a figure: its number with its unit marked, of a cell its row and heads too."""
    figure = listed.figure
    cited = Cited(figure.span)
    if figure.cell is not None:
        table = next(
            block
            for block in document.blocks
            if isinstance(block, Table) and block.span.start == figure.cell.table_start
        )
        cell = next(one for one in table.cells if one.span == figure.span)
        cited = Cited(table.rows[cell.row].span, cited_cell(document, table, cell))
    place = [
        part for part in (listed.written, "" if listed.lines is None else lines_label(listed.lines)) if part
    ]
    steps = f'<div class="pq-steps"><span class="pq-step-place">{escape_html(" · ".join(place))}</span></div>'
    return (
        f'<div class="pq-source" data-view="source" data-request="{escape_html(request)}">'
        f'<div class="pq-source-head">{_title(document)}{steps}</div>'
        f'<div class="pq-source-body" tabindex="0">{render_text(document, cited)}</div></div>'
    )


def render_gone(text: str, *, request: str, front: bool = True) -> str:
    """The source panel where there is nothing to show, and why; `front` brings it to the front."""
    view = "source" if front else "unchanged"
    return (
        f'<div class="pq-source" data-view="{view}" data-request="{escape_html(request)}">'
        f'<div class="pq-empty">{escape_html(text)}</div></div>'
    )


def _title(document: Document) -> str:
    facts = [escape_html(document.name)]
    if document.meta.issued_on is not None:
        facts.append(document.meta.issued_on.isoformat())
    facts.append(escape_html(messages.UI_CHARACTERS.format(count=f"{len(document.text):,}")))
    return (
        f'<div class="pq-source-title">{escape_html(document.meta.title)}</div>'
        f'<div class="pq-card-place">{"<i></i>".join(facts)}</div>'
    )


def _steps(citation: Citation | None, turn: int, citations: int) -> str:
    if citation is None:
        return ""
    place = messages.UI_CITED_PLACE.format(number=citation.number)
    if citation.lines is not None:
        place = f"{place} {lines_label(citation.lines)}"
    links = [f'<a class="pq-step" href="#turn-{turn}">{escape_html(messages.UI_BACK_TO_CITATIONS)}</a>']
    if citation.number > 1:
        links.append(_step(turn, citation.number - 1, messages.UI_PREVIOUS))
    if citation.number < citations:
        links.append(_step(turn, citation.number + 1, messages.UI_NEXT))
    return (
        f'<div class="pq-steps"><span class="pq-step-place">{escape_html(place)}</span>'
        f'<span class="pq-step-links">{"".join(links)}</span></div>'
    )


def _step(turn: int, number: int, label: str) -> str:
    return f'<a class="pq-step" href="#cite-{turn}-{number}">{escape_html(label)}</a>'


def render_text(document: Document, cited: Cited | None = None) -> str:
    """Every character of the document, block by block, what is cited in `<mark>`s; tables are laid out."""
    return "".join(_piece(document, piece, block, cited) for piece, block in _pieces(document))


def _pieces(document: Document) -> Iterator[tuple[Span, Block | None]]:
    """The blocks in order, and whatever else stands between them that is not white space."""
    end = 0
    for block in document.blocks:
        if document.text[end : block.span.start].strip():
            yield Span(end, block.span.start), None
        yield block.span, block
        end = block.span.end
    if document.text[end:].strip():
        yield Span(end, len(document.text)), None


def _piece(document: Document, piece: Span, block: Block | None, cited: Cited | None) -> str:
    segments = document.line_map.segments(document.text, piece)
    line = f' data-line="{segments[0].line}"' if segments else ""
    if isinstance(block, Table):
        return f'<div class="pq-block pq-table-block"{line}>{render_table(document, block, cited)}</div>'
    inner = mark_span(document.text, piece, cited.marked if cited else None)
    match block:
        case Heading():
            level = min(block.level, _DEEPEST_HEADING)
            return f'<div class="pq-block pq-heading pq-level-{level}" role="heading" aria-level="{level + 2}"{line}>{inner}</div>'
        case Paragraph(unread=str()):
            remark = f'<div class="pq-remark">{escape_html(messages.UI_TABLE_UNREAD)}</div>'
            return (
                f'<div class="pq-block pq-unread"{line}>{remark}'
                f'<div class="pq-unread-rows" tabindex="0">{inner}</div></div>'
            )
        case Caption():
            return f'<div class="pq-block pq-caption"{line}>{inner}{without_data(block)}</div>'
        case Note():
            kind = "pq-note"
        case ListItem():
            kind = "pq-item"
        case _:
            kind = "pq-paragraph"
    return f'<div class="pq-block {kind}"{line}>{inner}</div>'
