"""The list of figures as HTML."""

from __future__ import annotations

import re
from html import unescape

from brief_documents import listed_figures
from policy_qa import messages
from policy_qa.figures.selection import FigureSearch, Selected, Wanted, own_first
from policy_qa.ui.figure_list import PAGE, render_figures, render_form, render_hints
from policy_qa.ui.figures_tab import FigureShelf

LISTED = listed_figures(
    "茶业<b>.md",
    "# 茶业<i>年报</i>",
    "2020年丽水市茶叶产值为48亿元，下降3.2%，力争2025年达到60亿元，茶园面积为30万亩。衢州市为21.5万亩。",
)
SEARCH = FigureSearch(LISTED)


def shown(selected: list[Selected], page: int = 1) -> str:
    return render_figures(selected, page=page, request="r1")


def row_of(html: str, value: str) -> str:
    (row,) = [row for row in re.findall(r"<tr class=.*?</tr>", html) if f">{value}</a>" in unescape(row)]
    return unescape(row)


def test_a_row_tells_value_indicator_place_period_and_source() -> None:
    row = row_of(shown(SEARCH.select(Wanted())), "48亿元")
    for part in (
        "茶叶产值",
        "丽水市",
        "2020年",
        "茶业<i>年报</i>",
        "第 3 行",
        f'data-figure="{LISTED[0].figure.id}"',
    ):
        assert part in row
    assert f"{messages.UI_FIGURE_FALLEN}3.2%" in unescape(shown(SEARCH.select(Wanted())))


def test_what_was_carried_is_set_back_and_what_is_a_target_is_marked() -> None:
    html = shown(SEARCH.select(Wanted()))
    assert 'class="pq-carried"' in row_of(html, "21.5万亩")
    assert messages.FIGURE_TARGET in row_of(html, "60亿元")
    assert messages.FIGURE_TARGET not in row_of(html, "48亿元")


def test_nothing_of_a_document_is_markup() -> None:
    html = shown(SEARCH.select(Wanted())) + render_hints(LISTED)
    assert "<i>" not in html
    assert "<b>" not in html


def test_a_clause_ends_without_its_comma_and_the_sentence_is_at_hand() -> None:
    row = row_of(shown(SEARCH.select(Wanted())), "48亿元")
    assert ">2020年丽水市茶叶产值为48亿元</div>" in row
    assert '茶园面积为30万亩。">' in row


def test_what_only_the_context_names_comes_last_and_is_marked() -> None:
    selected = own_first(SEARCH.select(Wanted(indicator="茶园面积")))
    assert [one.listed.written for one in selected][:2] == ["30万亩", "21.5万亩"]
    html = shown(selected)
    assert messages.UI_FIGURE_BY_CONTEXT not in row_of(html, "30万亩")
    assert messages.UI_FIGURE_BY_CONTEXT in row_of(html, "48亿元")


def test_pages_hold_so_many_rows_and_one_beyond_the_last_is_the_last() -> None:
    many = SEARCH.select(Wanted()) * 20
    last = -(-len(many) // PAGE)
    html = shown(many, page=last + 7)
    assert html.count("<tr class=") == len(many) - PAGE * (last - 1)
    assert messages.UI_FIGURES_PAGE.format(page=last, pages=last) in html
    assert f'href="#figures-{last - 1}"' in html
    assert f'href="#figures-{last + 1}"' not in html
    assert "pq-pager" not in shown(SEARCH.select(Wanted()))


def test_nothing_found_says_what_to_do() -> None:
    assert messages.UI_FIGURES_NO_MATCH in shown([])


def test_the_form_has_a_field_and_suggestions_for_each_filter() -> None:
    form, hints = render_form(), unescape(render_hints(LISTED))
    for name in ("indicator", "subject", "period", "document"):
        assert f'name="{name}"' in form
    assert '<option value="茶叶产值">' in hints
    assert '<option value="衢州市">' in hints


def test_the_country_is_called_as_reports_call_it() -> None:
    told = listed_figures(
        "茶业.md", "# 茶业年报", "2020年全国茶叶产值为4800亿元。", "2021年中国茶叶产值为5000亿元。"
    )
    html = shown(FigureSearch(told).select(Wanted()))
    assert "<span>全国</span>" in row_of(html, "4800亿元")
    assert "<span>中国</span>" in row_of(html, "5000亿元")
    assert '<option value="全国">' in render_hints(told)


def test_heads_offer_to_sort_up_then_down_then_as_before() -> None:
    selected = SEARCH.select(Wanted())
    for order, following, sign in (
        ("", "period", ""),
        ("period", "period-falling", " ↑"),
        ("period-falling", "", " ↓"),
    ):
        html = render_figures(selected, page=1, request="r1", order=order)
        assert f'data-order="{following}" title="{messages.UI_FIGURES_SORT}">时期{sign}</button>' in unescape(
            html
        )
        assert ("aria-sort" in html) == bool(sign)


def test_the_shelf_sorts_as_asked_and_knows_no_other_order() -> None:
    shelf = FigureShelf(Kept())
    latest = shelf.select(Wanted(), "period-falling")
    assert latest[0].listed.written == "60亿元"
    assert [one.listed for one in shelf.select(Wanted(), "constructor")] == LISTED


class Kept:
    """A service that gives the same figures until they are changed."""

    def __init__(self) -> None:
        self.listed = tuple(LISTED)

    def figures(self, documents=None):
        return self.listed


def test_the_figures_are_made_ready_once_and_anew_when_the_index_has_changed() -> None:
    service = Kept()
    shelf = FigureShelf(service)
    first = shelf.search()
    assert shelf.search() is first
    service.listed = service.listed[:1]
    assert [one.listed for one in shelf.select(Wanted())] == LISTED[:1]
