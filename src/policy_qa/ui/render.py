"""Questions, answers and citations as HTML and as plain text.

Marks and cards link to `#cite-<turn>-<number>`: a citation is addressed by its turn, so those of earlier turns
keep leading to their own source. `assets/chat.js` turns such links into events.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.types import Answer, Caption, Citation, Claim, Refusal, Table, claim_with_marks
from policy_qa.ui.escaping import escape_html, escape_message
from policy_qa.ui.tables import Cited, answer_table_as_text, render_answer_table, render_cited_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_qa.types import AnswerConflict, AnswerValue, CitedCell, Document, Outcome


def question_message(text: str) -> str:
    """The chat message that shows a question.

    >>> question_message("强度<b>?")
    '<div class="pq-question">强度&#60;b&#62;&#63;</div>'
    """
    return f'<div class="pq-question">{escape_message(text)}</div>'


def busy_message() -> str:
    """The chat message that stands where the answer will be."""
    return f'<div class="pq-busy">{escape_message(messages.UI_BUSY)}</div>'


def failure_message(text: str) -> str:
    """The chat message for a question that met an error."""
    return (
        f'<div class="pq-refusal pq-failure"><div class="pq-label">{escape_message(messages.UI_FAILED)}</div>'
        f'<div class="pq-claim">{escape_message(text)}</div></div>'
    )


def outcome_message(turn: int, outcome: Outcome) -> str:
    """The chat message of an answer or a refusal, its marks linked to the citations of this turn."""
    notices = _notices(notices_apart(outcome))
    if isinstance(outcome, Answer):
        main = "".join(_claim(turn, claim) for claim in outcome.claims)
        table = render_answer_table(outcome.table) if outcome.table else ""
        names = "pq-answer pq-with-table" if table else "pq-answer"
        conflicts = "".join(_conflict(turn, conflict, outcome.citations) for conflict in outcome.conflicts)
        body = f'<div class="{names}">{main}{table}{conflicts}{notices}{_choices(outcome)}</div>'
    else:
        body = f'<div class="pq-refusal">{_refusal(turn, outcome)}{notices}</div>'
    return _completed(outcome) + body + _actions(turn, outcome)


def _completed(outcome: Outcome) -> str:
    label = completed_label(outcome)
    return "" if label is None else f'<div class="pq-completed">{escape_message(label)}</div>'


def completed_label(outcome: Outcome) -> str | None:
    """What a question that leans on earlier turns was taken for, in words; None for one that stands alone."""
    if outcome.completed is None:
        return None
    wording = messages.UI_COMPLETED if isinstance(outcome, Answer) else messages.UI_COMPLETED_REFUSED
    return wording.format(question=messages.quoted(outcome.completed))


def _claim(turn: int, claim: Claim) -> str:
    marks = "".join(_mark(turn, number) for number in claim.citations)
    label = _status_label(claim)
    status = f'<span class="pq-status">{escape_message(label)}</span>' if label else ""
    working = ""
    if claim.working:
        working = f'<div class="pq-working">{escape_message(messages.UI_WORKING.format(working=claim.working))}</div>'
    return f'<div class="pq-claim">{escape_message(claim.text)}{marks}{status}{working}</div>'


def _status_label(claim: Claim) -> str:
    """What a claim is marked with: one found by comparing texts, without any working, is no computed number."""
    if claim.status == "computed":
        return messages.UI_COMPUTED if claim.working else messages.UI_CHECKED
    return messages.UI_CONFLICTING if claim.status == "conflicting" else ""


def _conflict(turn: int, conflict: AnswerConflict, citations: Sequence[Citation]) -> str:
    """A disagreement: what of, then each value with its source, date and marks, a line each.

    Where a document disagrees with itself its values are told apart by their lines.
    """
    titles = Counter(value.title for value in conflict.values)
    lines_of = {one.number: lines_label(one.lines) for one in citations if one.lines is not None}
    title = f"{messages.CONFLICTS_TITLE}：{messages.conflict_name(conflict.period, conflict.subject, conflict.indicator)}"
    lines = "".join(
        f'<div class="pq-notice-text">{escape_message(_sourced(value))}'
        f"{_at_lines(lines_of.get(value.citations[0], '')) if titles[value.title] > 1 else ''}"
        f"{''.join(_mark(turn, number) for number in value.citations)}</div>"
        for value in conflict.values
    )
    return (
        f'<div class="pq-notice pq-conflict"><div class="pq-label">{escape_message(title)}</div>{lines}</div>'
    )


def _at_lines(label: str) -> str:
    return f' <span class="pq-lines">{escape_message(label)}</span>' if label else ""


def _sourced(value: AnswerValue) -> str:
    return messages.conflict_value(value.text, value.title, value.issued_on)


def _mark(turn: int, number: int) -> str:
    return f'<a class="pq-cite" href="#cite-{turn}-{number}">&#91;{number}&#93;</a>'


def _refusal(turn: int, refusal: Refusal) -> str:
    parts = [
        f'<div class="pq-label">{escape_message(messages.UI_REFUSED)}</div>',
        f'<div class="pq-claim">{escape_message(_reason(refusal))}</div>',
        _choices(refusal),
    ]
    if refusal.nearest:
        nearest = "".join(_claim(turn, claim) for claim in refusal.nearest)
        parts.append(
            f'<div class="pq-nearest"><div class="pq-label">{escape_message(messages.UI_NEAREST)}</div>{nearest}</div>'
        )
    return "".join(parts)


def _reason(refusal: Refusal) -> str:
    """Why there is no answer, without the list of what may be meant where that is shown as links."""
    if not refusal.choices:
        return refusal.message
    return messages.without_choices(refusal.message)


def notices_apart(outcome: Outcome) -> tuple[str, ...]:
    """The notices without the one that only names the choices, which are shown as links."""
    named = messages.OVERVIEW_NEXT.format(questions="".join(outcome.choices))
    return tuple(notice for notice in outcome.notices if notice != named)


def _notices(notices: tuple[str, ...]) -> str:
    if not notices:
        return ""
    items = "".join(f'<div class="pq-notice-text">{escape_message(notice)}</div>' for notice in notices)
    return f'<div class="pq-notice"><div class="pq-label">{escape_message(messages.UI_NOTICE)}</div>{items}</div>'


def _choices(outcome: Outcome) -> str:
    """The questions to go on with: a click asks one, as the examples of an empty conversation are asked."""
    if not outcome.choices:
        return ""
    label = messages.UI_GO_ON if isinstance(outcome, Answer) else messages.UI_CHOICES
    asks = "".join(
        f'<a class="pq-choice" href="#ask-{number}">{escape_message(choice)}</a>'
        for number, choice in enumerate(outcome.choices, start=1)
    )
    return f'<div class="pq-choices"><div class="pq-label">{escape_message(label)}</div>{asks}</div>'


def _actions(turn: int, outcome: Outcome) -> str:
    actions = []
    if outcome.citations:
        label = escape_message(messages.UI_SHOW_CITATIONS.format(count=len(outcome.citations)))
        actions.append(f'<a class="pq-act" href="#turn-{turn}">{label}</a>')
    if isinstance(outcome, Answer) and outcome.table:
        copy_table = escape_message(messages.UI_COPY_TABLE)
        actions.append(f'<a class="pq-act" href="#table-{turn}">{copy_table}</a>')
    copy = escape_message(messages.UI_COPY)
    actions.append(f'<a class="pq-act" href="#copy-{turn}">{copy}</a>')
    text = f'<div class="pq-plain">{escape_message(outcome_as_text(outcome))}</div>'
    return f'<div class="pq-actions">{"".join(actions)}</div>{text}'


def outcome_as_text(outcome: Outcome) -> str:
    """Question, answer and sources as plain text to paste into a brief."""
    if isinstance(outcome, Answer):
        answer = outcome.text
    else:
        nearest = [claim_with_marks(claim) for claim in outcome.nearest]
        answer = "\n".join([outcome.message, *([f"{messages.UI_NEAREST}：", *nearest] if nearest else [])])
    lines = [
        messages.UI_COPY_QUESTION.format(question=outcome.question.text),
        *([f"（{label}）"] if (label := completed_label(outcome)) else []),
        messages.UI_COPY_ANSWER.format(answer=answer),
        *([answer_table_as_text(outcome.table)] if isinstance(outcome, Answer) and outcome.table else []),
        *(_conflicts_as_text(outcome.conflicts) if isinstance(outcome, Answer) else ()),
        *(f"{messages.UI_NOTICE}：{notice}" for notice in outcome.notices),
    ]
    if outcome.citations:
        lines += [
            "",
            messages.UI_COPY_SOURCES,
            *(citation_as_text(citation) for citation in outcome.citations),
        ]
    return "\n".join(lines)


def _conflicts_as_text(conflicts: Sequence[AnswerConflict]) -> Iterator[str]:
    """A line for each disagreement: what of, and every value with its source and marks."""
    for conflict in conflicts:
        values = "；".join(
            _sourced(value) + "".join(f"[{number}]" for number in value.citations)
            for value in conflict.values
        )
        name = messages.conflict_name(conflict.period, conflict.subject, conflict.indicator)
        yield f"{messages.CONFLICTS_TITLE}：{name}：{values}"


def citation_as_text(citation: Citation) -> str:
    """Number, title, section, lines and exact quote of a citation in one line."""
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    parts = [f"{title}（{citation.document}）", section_label(citation)]
    if citation.lines is not None:
        parts.append(lines_label(citation.lines))
    if citation.cell is not None:
        parts.append(cell_label(citation.cell))
    place = "，".join(part for part in parts if part)
    if citation.quote is None:
        return messages.UI_COPY_SOURCE_PLACE_ONLY.format(number=citation.number, place=place)
    return messages.UI_COPY_SOURCE.format(number=citation.number, place=place, quote=citation.quote)


def section_label(citation: Citation) -> str:
    """The headings above the cited place, outermost first, without the title that is shown beside them."""
    section = citation.section[1:] if citation.section[:1] == (citation.title,) else citation.section
    return messages.UI_SECTION_SEPARATOR.join(section)


def cell_label(cell: CitedCell) -> str:
    """Table, row and column of a cell, in words.

    >>> from policy_qa.types import CitedCell
    >>> cell_label(CitedCell("表1：六市投入", "东湾", "2021年", "%", "3.4", None, ()))
    '表1：六市投入，东湾，2021年'
    """
    return messages.UI_CELL_PLACE.format(table=cell.table, row=cell.row, column=cell.column)


def without_data(caption: Caption) -> str:
    """The remark behind a caption whose rows are not in the text; empty for any other."""
    if caption.has_data:
        return ""
    return f'<span class="pq-remark">{escape_html(messages.UI_CAPTION_WITHOUT_DATA)}</span>'


def lines_label(lines: tuple[int, int]) -> str:
    """The lines of the original file, in words.

    >>> lines_label((3, 3)), lines_label((3, 5))
    ('第 3 行', '第 3–5 行')
    """
    first, last = lines
    label = messages.UI_LINE if first == last else messages.UI_LINES
    return label.format(first=first, last=last)


def render_cards(turn: int, outcome: Outcome | None, documents: Mapping[str, Document | None]) -> str:
    """The citations of a turn as cards; `documents` holds, by id, the cited documents that are still indexed."""
    if outcome is None:
        return f'<div class="pq-empty">{escape_html(messages.UI_CITATIONS_EMPTY)}</div>'
    heading = escape_html(
        messages.UI_CITATIONS_OF.format(question=outcome.completed or outcome.question.text)
    )
    if outcome.citations:
        cards = "".join(
            _card(turn, citation, documents.get(citation.document_id)) for citation in outcome.citations
        )
    else:
        cards = f'<div class="pq-empty">{escape_html(messages.UI_CITATIONS_NONE)}</div>'
    return f'<div class="pq-cards"><div class="pq-cards-of">{heading}</div>{cards}</div>'


def _card(turn: int, citation: Citation, document: Document | None) -> str:
    link = f"#cite-{turn}-{citation.number}"
    place = [escape_html(citation.document)]
    if section_label(citation):
        place.append(escape_html(section_label(citation)))
    if citation.lines is not None:
        place.append(f'<span class="pq-lines">{escape_html(lines_label(citation.lines))}</span>')
    head = (
        f'<a class="pq-number" href="{link}">{citation.number}</a>'
        f'<a class="pq-card-title" href="{link}">{escape_html(citation.title)}</a>'
    )
    return (
        f'<article class="pq-card" data-cite="{turn}-{citation.number}"><div class="pq-card-head">{head}</div>'
        f'<div class="pq-card-place">{"<i></i>".join(place)}</div>{_card_text(citation, document)}'
        f"{_card_link(link, citation, document)}</article>"
    )


def _card_text(citation: Citation, document: Document | None) -> str:
    if document is None:
        return f'<div class="pq-gone">{escape_html(messages.UI_CITATION_GONE)}</div>'
    if citation.span is None or citation.quote is None:
        return f'<div class="pq-gone">{escape_html(messages.UI_TITLE_FROM_FILE_NAME)}</div>'
    span = citation.span
    block = next((block for block in document.blocks if block.span.overlaps(span)), None)
    if isinstance(block, Table):
        row = render_cited_row(document, block, Cited(span, citation.cell))
        return f'<div class="pq-quote pq-quoted-row">{row}</div>'
    before, after = surroundings(citation, document.text)
    remark = without_data(block) if isinstance(block, Caption) else ""
    return (
        f'<blockquote class="pq-quote">{escape_html(before)}<mark>{escape_html(citation.quote)}</mark>'
        f"{escape_html(after)}{remark}</blockquote>"
    )


def _card_link(link: str, citation: Citation, document: Document | None) -> str:
    if document is None:
        return ""
    label = messages.UI_OPEN_DOCUMENT if citation.span is None else messages.UI_OPEN_SOURCE
    return f'<a class="pq-card-open" href="{link}">{escape_html(label)}</a>'


def surroundings(citation: Citation, text: str) -> tuple[str, str]:
    """What `citation.context` holds before and after the quoted characters; empty where it cannot be told.

    The context may hold the quoted words twice: which of them are meant is read from the span in `text`.
    """
    span, context = citation.span, citation.context
    if span is None or context is None:
        return "", ""
    earliest = max(0, span.end - len(context))
    start = text.find(context, earliest, span.start + len(context))
    if start < 0:
        return "", ""
    return text[start : span.start], text[span.end : start + len(context)]
