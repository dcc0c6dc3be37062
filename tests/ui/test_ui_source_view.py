"""The source view shows every character once and marks exactly the span."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from fake_service import HARBOUR, HOSTILE, cite, make_document
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.types import Span
from policy_qa.ui.source_view import render_source, render_text
from policy_qa.ui.tables import Cited

LINES = st.lists(
    st.text(alphabet="增长5%<>&\"'`{}$ 。，", min_size=1, max_size=12).filter(str.strip),
    min_size=1,
    max_size=6,
)


def characters(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def marked(markup: str) -> str:
    return "".join(html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", markup, re.S))


@given(LINES, st.data())
def test_all_characters_are_shown_and_those_of_the_span_marked(lines: list[str], data: st.DataObject) -> None:
    document = make_document("甲.txt", tuple(lines))
    start = data.draw(st.integers(0, len(document.text)))
    span = Span(start, data.draw(st.integers(start, len(document.text))))
    shown = render_text(document, Cited(span))
    assert characters(shown) == document.text.replace("\n", "")
    assert marked(shown) == span.of(document.text).replace("\n", "")


def test_text_between_blocks_is_not_lost() -> None:
    whole = make_document("乙.txt", ("第一段", "第二段", "第三段"))
    without = replace(whole, blocks=(whole.blocks[1],))
    assert characters(render_text(without)).replace("\n", "") == "第一段第二段第三段"


def test_nothing_is_marked_without_a_citation() -> None:
    assert "<mark>" not in render_source(HARBOUR, request="1")


def test_a_hostile_document_is_text() -> None:
    shown = render_source(HOSTILE, request="1", citation=cite(HOSTILE, 1, "861万吨"), turn=1, citations=1)
    assert not re.search(r"<(?:script|img|iframe|style|svg|b>)", shown)
    assert marked(shown) == "861万吨"


def test_blocks_carry_the_lines_of_the_original() -> None:
    assert '<div class="pq-block pq-paragraph" data-line="3">2021年东湾市' in render_text(HARBOUR)


def test_steps_lead_to_the_neighbours_only() -> None:
    citation = cite(HARBOUR, 2, "比上年增长7.3%")
    links = re.findall(
        r'href="(#[^"]*)"', render_source(HARBOUR, request="1", citation=citation, turn=3, citations=2)
    )
    assert links == ["#turn-3", "#cite-3-1"]
