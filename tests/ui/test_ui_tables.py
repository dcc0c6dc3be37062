"""Tables as HTML: every character once, heads over their columns, exactly the cited cell marked."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_service import (
    EMPTY,
    FACTS,
    IMAGE_ONLY,
    INPUT,
    RANK,
    RANKS,
    REPORT,
    SIGNED_MISSING,
    TABLE,
    TableService,
)

from policy_qa.types import AnswerTable, Question, Span, Table
from policy_qa.ui.render import outcome_as_text, outcome_message, render_cards
from policy_qa.ui.source_view import render_source, render_text
from policy_qa.ui.tables import Cited, render_answer_table, render_cited_row, render_table
from table_documents import Draft, cite_block, cite_cell

HOSTILE = '<script>window.pwned=1</script>|"><img src=http://evil.example/a.png>\n**粗**'
SERVICE = TableService()


def shown(markup: str) -> str:
    """The characters a reader sees without unfolding anything, tags aside."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<details.*?</details>", "", markup)))


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace())


def marked(markup: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", markup)]


def boxes(markup: str, name: str) -> list[str]:
    """The texts of the boxes of this class."""
    found = re.findall(rf'<(t[hd])[^>]*class="[^"]*\b{name}\b[^"]*"[^>]*>(.*?)</\1>', markup)
    return [shown(text) for _, text in found]


def source_of(question: str) -> str:
    outcome = SERVICE.ask(Question(question))
    return render_source(REPORT, request="1", citation=outcome.citations[0], turn=1, citations=1)


@pytest.mark.parametrize("table", [FACTS, RANKS, INPUT])
def test_a_table_shows_every_character_once(table: Table) -> None:
    remark = 0 if table.caption_fits else len("表题与表的内容似不相符，请核对")
    assert letters(shown(render_table(REPORT, table))[remark:]) == letters(table.span.of(REPORT.text))


@pytest.mark.parametrize("table", [FACTS, RANKS, INPUT])
def test_the_lines_as_they_stand_can_be_unfolded(table: Table) -> None:
    (original,) = re.findall(r"<details.*?</details>", render_table(REPORT, table))
    lines = re.findall(r'data-line="(\d+)">(.*?)</div>', original)
    assert "\n".join(html.unescape(text) for _, text in lines) == table.span.of(REPORT.text)
    numbers = [int(number) for number, _ in lines]
    assert all(after == before + 1 for before, after in pairwise(numbers))


@given(st.sampled_from([FACTS, RANKS, INPUT]), st.data())
def test_exactly_the_cited_cell_is_marked_with_its_row_and_heads(table: Table, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from([cell for cell in table.cells if cell.span is not None]))
    citation = cite_cell(REPORT, table, cell.row, cell.column)
    markup = render_text(REPORT, Cited(citation.span, citation.cell))
    assert marked(markup) == [cell.span.of(REPORT.text)]
    assert boxes(markup, "pq-cited-cell") == marked(markup)
    assert boxes(markup, "pq-cited-head") == [*cell.column_label, cell.row_label[-1]]
    assert markup.count("pq-cited-row") == 1


def test_heads_of_two_levels_span_their_columns() -> None:
    heads = re.findall(r"<th [^>]*>", render_table(REPORT, RANKS).partition("<tbody>")[0])
    assert 'rowspan="2"' in heads[0]
    assert sum('colspan="2"' in head for head in heads) == 6


def test_a_cited_row_without_a_cell_is_marked_throughout() -> None:
    row = FACTS.rows[0]
    assert "".join(marked(render_text(REPORT, Cited(row.span)))) == "".join(row.span.of(REPORT.text).split())


def test_the_sign_of_a_missing_value_is_marked() -> None:
    assert marked(source_of(SIGNED_MISSING)) == ["----"]


def test_an_empty_cell_is_found_by_its_heads() -> None:
    markup = source_of(EMPTY)
    assert marked(markup) == []
    assert boxes(markup, "pq-cited-cell") == [""]
    assert boxes(markup, "pq-cited-head") == ["北汀", "集装箱吞吐量"]
    assert 'data-empty="（空）"' in markup


def test_a_caption_of_an_image_says_so_and_one_with_data_does_not() -> None:
    markup = source_of(IMAGE_ONLY)
    assert marked(markup) == ["表3：六市渔港数量"]
    assert shown(markup).count("（原文为图片，无数据）") == 2
    outcome = SERVICE.ask(Question(IMAGE_ONLY))
    assert "（原文为图片，无数据）" in render_cards(1, outcome, {REPORT.id: REPORT})


def test_a_caption_that_does_not_fit_and_rows_not_read_are_remarked_upon() -> None:
    markup = shown(render_text(REPORT))
    assert markup.count("表题与表的内容似不相符") == 1
    assert "未能可靠地读成表格，按原样显示甲  12  13  15" in markup


def test_a_card_shows_the_cited_column_and_tells_of_the_others() -> None:
    outcome = SERVICE.ask(Question(RANK))
    card = render_cards(1, outcome, {REPORT.id: REPORT})
    assert marked(card) == ["73.60"]
    assert "另有 11 列，见原文" in card
    assert "排名" not in shown(card.partition("<thead>")[2])
    assert boxes(card, "pq-cited-head") == ["绿色竞争力", "得分", "澄海"]


def test_a_card_shows_the_row_that_the_cited_one_stands_under() -> None:
    citation = cite_cell(REPORT, FACTS, 1, 2)
    card = render_cited_row(REPORT, FACTS, Cited(citation.span, citation.cell))
    assert re.findall(r'<th scope="row"[^>]*>(.*?)</th>', card) == ["海洋生产总值", "占地区生产总值比重"]
    assert marked(card) == ["18.6"]


def test_a_narrow_table_stands_whole_on_its_card() -> None:
    citation = cite_cell(REPORT, INPUT, 1, 2)
    card = render_cited_row(REPORT, INPUT, Cited(citation.span, citation.cell))
    assert "另有" not in card
    assert "18074" in card
    assert "单位：万元" in card


def test_an_answer_shows_its_table_below_the_claims() -> None:
    message = outcome_message(3, SERVICE.ask(Question(TABLE)))
    assert "\n" not in message
    assert message.index("#cite-3-3") < message.index("<table")
    assert message.count("<tr>") == 7
    assert '<td class="pq-figure">&#8212;</td>' in message or '<td class="pq-figure">—</td>' in message
    assert 'href="#table-3"' in message
    assert 'href="#table-' not in outcome_message(1, SERVICE.ask(Question(RANK)))


def test_the_copied_text_holds_the_table_with_tabs() -> None:
    text = outcome_as_text(SERVICE.ask(Question(TABLE)))
    assert "\n北汀\t377.2\t—\t—\n" in text
    assert "表1：2021年六市基本情况，海洋生产总值，东湾：“海洋生产总值\t亿元" in text


def test_words_are_set_left_and_numbers_right() -> None:
    table = AnswerTable(
        ("城市", "投入", "评价"), (("甲", "—", "领先"), ("乙", "3.4%", "2022年起领先"), ("丙", "约5", "—"))
    )
    cells = re.findall(r"<td([^>]*)>", render_answer_table(table))
    assert cells == [' class="pq-figure"', ""] * 3


def test_hostile_tables_are_text() -> None:
    answer = render_answer_table(AnswerTable(("城市", HOSTILE), ((HOSTILE, "1"),)))
    draft = Draft("甲.md")
    line = HOSTILE.replace("\n", " ")
    draft.caption(line, line)
    draft.table([[(line.replace("/", ""), 0, 1), ("投入", 1, 1)]], [((line,), "", [line])])
    document = draft.document()
    citation = cite_cell(document, document.blocks[1], 0, 1)
    source = render_source(document, request="1", citation=citation, turn=1, citations=1)
    card = render_cited_row(document, document.blocks[1], Cited(citation.span, citation.cell))
    for markup in (answer, source, card):
        assert not re.search(r"<(?:script|img)", markup)
    assert marked(source) == [line]


def test_a_table_that_no_one_read_whole_loses_nothing() -> None:
    bare = replace(FACTS, header_rows=(), rows=FACTS.rows[2:], cells=())
    assert letters(shown(render_table(REPORT, bare))) == letters(bare.span.of(REPORT.text))


def test_a_citation_of_the_whole_table_marks_all_its_rows() -> None:
    citation = cite_block(REPORT, FACTS)
    assert len(citation.quote) == len(FACTS.span)
    card = render_cited_row(REPORT, FACTS, Cited(Span(FACTS.span.start, FACTS.span.end)))
    assert card.count("pq-cited-row") == 5


def test_the_head_of_the_first_column_stands_over_its_names_though_they_be_years() -> None:
    table = AnswerTable(("年份", "东湾茶叶产值（亿元）"), (("2020年", "48"), ("2018年", "31.5")))
    first, second = re.findall(r"<th scope=\"col\"[^>]*>", render_answer_table(table))
    assert "pq-figure" not in first
    assert "pq-figure" in second
