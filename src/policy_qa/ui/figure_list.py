"""The list of figures as HTML: the filters, a page of rows, and what stands beside their chart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.figures.listing import measure_label, shown_clause, subject_label
from policy_qa.ui.escaping import escape_html
from policy_qa.ui.render import lines_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.figures.figure import Slot
    from policy_qa.figures.listing import ListedFigure
    from policy_qa.figures.selection import Selected
    from policy_qa.ui.charts import Chart

PAGE = 50
HINTS = {"indicator": 200, "subject": 100, "document": 500}
NAMED_SOURCES = 4
FALLING = "falling"
SORTED = ("value", "indicator", "subject", "period")
ORDERS = frozenset({*SORTED, *(f"{name}-{FALLING}" for name in SORTED)})
"""What the list may be ordered by: a column, or that column from the greatest or latest on."""
_FILTERS = (
    ("indicator", messages.UI_FIGURE_INDICATOR, messages.UI_FIGURE_INDICATOR_HINT),
    ("subject", messages.UI_FIGURE_SUBJECT, messages.UI_FIGURE_SUBJECT_HINT),
    ("period", messages.UI_FIGURE_PERIOD, messages.UI_FIGURE_PERIOD_HINT),
    ("document", messages.UI_FIGURE_DOCUMENT, messages.UI_FIGURE_DOCUMENT_HINT),
)


def render_form() -> str:
    """The filters and the buttons that export what they let pass."""
    fields = "".join(
        f'<label class="pq-filter"><span>{escape_html(label)}</span>'
        f'<input type="search" name="{name}" autocomplete="off" spellcheck="false" maxlength="80"'
        f' list="pq-hints-{name}" placeholder="{escape_html(hint)}"></label>'
        for name, label, hint in _FILTERS
    )
    buttons = "".join(
        f'<button type="button" class="pq-export" data-format="{form}" title="{escape_html(messages.UI_FIGURE_EXPORT_HINT)}">'
        f"{escape_html(label)}</button>"
        for form, label in (("csv", messages.UI_FIGURE_CSV), ("xlsx", messages.UI_FIGURE_XLSX))
    )
    clear = f'<button type="button" class="pq-filters-clear">{escape_html(messages.UI_FIGURE_CLEAR)}</button>'
    return (
        f'<form class="pq-filters" role="search" aria-label="{escape_html(messages.UI_TAB_FIGURES)}">{fields}'
        f'<div class="pq-filter-buttons">{clear}{buttons}</div></form>'
    )


def render_hints(listed: Iterable[ListedFigure]) -> str:
    """What the filters suggest: the commonest indicators and places, and the documents."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in HINTS}
    for one in listed:
        figure = one.figure
        if figure.indicator is not None:
            counts["indicator"]["".join(figure.indicator.text.split())] += 1
        if figure.subject is not None:
            counts["subject"][subject_label(one)] += 1
        counts["document"][one.title] += 1
    return "".join(
        f'<datalist id="pq-hints-{name}">'
        + "".join(f'<option value="{escape_html(text)}">' for text, _ in counts[name].most_common(most))
        + "</datalist>"
        for name, most in HINTS.items()
    )


def render_figures(selected: Sequence[Selected], *, page: int, request: str, order: str = "") -> str:
    """A page of rows, how many there are before them, and the way to the other pages behind; heads offer other orders."""
    if not selected:
        return f'<div class="pq-empty" data-request="{request}">{escape_html(messages.UI_FIGURES_NO_MATCH)}</div>'
    pages = -(-len(selected) // PAGE)
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    shown = selected[first : first + PAGE]
    told = messages.UI_FIGURES_COUNT.format(
        count=f"{len(selected):,}", first=f"{first + 1:,}", last=f"{first + len(shown):,}"
    )
    context = sum(bool(one.by_context) for one in selected)
    if context:
        told += messages.UI_FIGURES_CONTEXT.format(count=f"{context:,}")
    heads = "".join(
        _sorting_head(name, head, order)
        for name, head in zip(
            SORTED,
            (
                messages.UI_FIGURE_VALUE,
                messages.UI_FIGURE_INDICATOR,
                messages.UI_FIGURE_SUBJECT,
                messages.UI_FIGURE_PERIOD,
            ),
            strict=True,
        )
    )
    heads += f'<th scope="col">{escape_html(messages.UI_FIGURE_SOURCE)}</th>'
    rows = "".join(map(_row, shown))
    return (
        f'<div class="pq-figures-count" role="status" data-request="{request}">{escape_html(told)}</div>'
        f'<table class="pq-figure-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"{_pager(page, pages)}"
    )


def _sorting_head(name: str, head: str, order: str) -> str:
    """A column's head: clicks order the list by it, then the other way round, then as the documents stand."""
    falling = f"{name}-{FALLING}"
    next_order = {name: falling, falling: ""}.get(order, name)
    state = {name: ("ascending", " ↑"), falling: ("descending", " ↓")}.get(order)
    said, arrow = (f' aria-sort="{state[0]}"', state[1]) if state else ("", "")
    hint = escape_html(messages.UI_FIGURES_SORT)
    return (
        f'<th scope="col"{said}><button type="button" class="pq-sort" data-order="{next_order}" title="{hint}">'
        f"{escape_html(head + arrow)}</button></th>"
    )


def _row(one: Selected) -> str:
    listed, figure = one.listed, one.listed.figure
    badges = []
    if figure.measure != "level":
        badges.append(measure_label(figure))
    if figure.is_target:
        badges.append(messages.FIGURE_TARGET)
    marks = "".join(f'<span class="pq-badge">{escape_html(badge)}</span>' for badge in badges)
    if one.by_context:
        names = "、".join(messages.FIGURE_FILTERS[name] for name in one.by_context)
        hint = escape_html(messages.UI_FIGURE_BY_CONTEXT_HINT.format(names=names))
        marks += f'<span class="pq-badge pq-by-context" title="{hint}">{escape_html(messages.UI_FIGURE_BY_CONTEXT)}</span>'
    sign = messages.UI_FIGURE_FALLEN if listed.number is not None and listed.number < 0 else ""
    value = f'<a class="pq-figure-open" href="#figure-{escape_html(figure.id)}">{escape_html(sign + listed.written)}</a>'
    clause = shown_clause(listed)
    sentence = listed.heads or " ".join(listed.sentence.split())
    source = f'<span class="pq-figure-title">{escape_html(listed.title)}</span>'
    if listed.lines is not None:
        source += f' <span class="pq-lines">{escape_html(lines_label(listed.lines))}</span>'
    return (
        f'<tr class="pq-figure-row" data-figure="{escape_html(figure.id)}"><th scope="row">{value}</th>'
        f'<td class="pq-figure-what">{_slot(figure.indicator, text=_words(figure.indicator))}{marks}'
        f'<div class="pq-figure-clause" title="{escape_html(sentence)}">{escape_html(clause)}</div></td>'
        f'<td data-label="{escape_html(messages.UI_FIGURE_SUBJECT)}">{_slot(figure.subject, text=subject_label(listed))}</td>'
        f'<td data-label="{escape_html(messages.UI_FIGURE_PERIOD)}">{_slot(figure.period, text=_words(figure.period))}</td>'
        f'<td class="pq-figure-source" title="{escape_html(listed.document)}">{source}</td></tr>'
    )


def _words(slot: Slot | None) -> str:
    return "" if slot is None else " ".join(slot.text.split())


def _slot(slot: Slot | None, *, text: str) -> str:
    """What a figure is of, in these words; one that another sentence or the headings told is set back."""
    if slot is None:
        return '<span class="pq-no-slot">—</span>'
    if not slot.is_carried:
        return f"<span>{escape_html(text)}</span>"
    return f'<span class="pq-carried" title="{escape_html(messages.UI_FIGURE_CARRIED)}">{escape_html(text)}</span>'


def _pager(page: int, pages: int) -> str:
    if pages == 1:
        return ""
    place = messages.UI_FIGURES_PAGE.format(page=f"{page:,}", pages=f"{pages:,}")
    return (
        f'<nav class="pq-pager" aria-label="{escape_html(place)}">{_page_link(page - 1, pages, messages.UI_FIGURES_BEFORE)}'
        f"<span>{escape_html(place)}</span>{_page_link(page + 1, pages, messages.UI_FIGURES_AFTER)}</nav>"
    )


def _page_link(page: int, pages: int, label: str) -> str:
    if not 1 <= page <= pages:
        return f'<span class="pq-no-page">{escape_html(label)}</span>'
    return f'<a href="#figures-{page}">{escape_html(label)}</a>'


def chart_note(chart: Chart) -> str:
    """What is said under a chart: its sources, and what was left out and why; HTML."""
    counts = Counter(one.title for one in chart.figures)
    titles = [messages.titled(title) for title, _ in counts.most_common(NAMED_SOURCES)]
    more = messages.UI_CHART_MORE_SOURCES.format(count=len(counts)) if len(counts) > NAMED_SOURCES else ""
    lines = [messages.CHART_SOURCE + "、".join(titles) + more]
    if chart.disagreeing:
        names = "、".join(chart.disagreeing[:NAMED_SOURCES]) + (
            "等" if len(chart.disagreeing) > NAMED_SOURCES else ""
        )
        lines.append(messages.CHART_DISAGREEING.format(names=names))
    if chart.left_out:
        lines.append(messages.CHART_LEFT_OUT.format(count=f"{chart.left_out:,}"))
    return "".join(f'<div class="pq-chart-note">{escape_html(line)}</div>' for line in lines)
