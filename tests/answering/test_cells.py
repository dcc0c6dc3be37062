"""Cells as evidence and as answers: one cell, rows, columns, tables of several, missing ones, images."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_tables import made_document

from fakes import FiguresInMemory
from policy_qa.answering.readings import TableShelf
from policy_qa.answering.refusal import refusal_for
from policy_qa.answering.tables import gather_cells
from policy_qa.assistant import Assistant
from policy_qa.config import load_settings
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Answer, Chunk, Document, Hit, Outcome, Question, Refusal, Span
from policy_qa.understanding import understand

REPORT = """# 2020年江海三市发展比较

## 一、基本情况

表1 2020年末各市基本情况指标
指标名称\t单位\t江州市\t海宁市\t临安市
常住人口\t万人\t416.3\t505.2\t526.1
户籍人口\t万人\t394.9\t----\t588.9
城镇化率\t%\t69.9\t60.7\t61.7
注：城镇化率为常住人口城镇化率。海宁市常住人口为户籍口径。

江州市2020年生产总值为3177亿元，比上年增长1.5%。

表2 各市近年财政收入情况（亿元）

2020年，江州市财政收入为412亿元。

## 二、产业结构

表3 各市三次产业占比情况
单位：%
地区\t2018年\t\t\t2020年\t\t
\t一产\t二产\t三产\t一产\t二产\t三产
江州\t6.4\t52.1\t41.5\t7.2\t47.3\t45.5
海宁\t9.7\t43.1\t47.2\t11.5\t40.5\t48.0

表4 2020年外贸情况
指标\t单位\t江州\t海宁\t临安
进出口总额\t亿元\t228.1\t419.8\t218.1
占GDP比重\t%\t7.1\t10.4\t4.7
出口总额\t亿元\t79.6\t185.0\t197.9
占GDP比重\t%\t2.5\t4.6\t4.3
"""
DOCUMENT = made_document(REPORT)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def ask(segmenter: Segmenter, question: str, *documents: Document) -> Outcome:
    known = {document.id: document for document in documents or (DOCUMENT,)}
    hits = tuple(
        Hit(Chunk(one.id, Span(0, len(one.text)), ()), 1.0, dense_score=0.9) for one in known.values()
    )
    assistant = Assistant(
        lambda asked: understand(asked, segmenter),
        lambda _question, _count, **_: hits,
        known.get,
        lambda _word: 2.0,
        lambda _question, texts: [0.9] * len(texts),
        0.855,
        lambda _query: frozenset(),
        dict,
        lambda: date(2021, 3, 1),
        lambda: None,
        FiguresInMemory(),
    )
    return assistant.explain(Question(question)).outcome


def answered(segmenter: Segmenter, question: str, *documents: Document) -> Answer:
    outcome = ask(segmenter, question, *documents)
    assert isinstance(outcome, Answer), outcome
    return outcome


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2020年末江州的常住人口是多少？", "416.3万人"),
        ("临安有多少常住人口？", "526.1万人"),
        ("2020年江州市的城镇化率是多少？", "69.9%"),
        ("江州2018年第二产业占比是多少？", "52.1%"),
        ("2020年海宁的二产占比", "40.5%"),
        ("海宁进出口总额是多少亿元？", "419.8亿元"),
        ("海宁出口总额是多少？", "185.0亿元"),
        ("江州出口占GDP的比重是多少？", "2.5%"),
        ("江州进出口总额占GDP的比重是多少？", "7.1%"),
    ],
)
def test_the_cell_of_its_own_row_and_column(segmenter: Segmenter, question: str, expected: str) -> None:
    answer = answered(segmenter, question)
    assert f"：{expected}（" in answer.claims[0].text
    assert answer.claims[0].status == "supported"
    cell = answer.citations[0].cell
    assert cell is not None
    assert cell.value_span is not None
    assert cell.value == cell.value_span.of(DOCUMENT.text)
    assert cell.value in expected
    assert answer.table is None


GROWTH = made_document(
    "# 三市简报\n\n表1 2020年三市指标\n城市\tGDP（亿元）\t增速\t户数（万户）\t位次\n"
    "江州\t3177.4\t1.56%\t88.1\t3\n海宁\t4001.6\t4.0%\t120.5\t1\n"
)


def test_a_column_of_growth_is_of_the_column_before_it(segmenter: Segmenter) -> None:
    assert "1.56%" in answered(segmenter, "江州2020年GDP增速是多少？", GROWTH).claims[0].text
    assert "3177.4" in answered(segmenter, "江州2020年GDP是多少？", GROWTH).claims[0].text


MOVES = made_document(
    "# 三市简报\n\n表1 2015年、2018年三市GDP全国排名比较\n城市\t2015年排名\t2018年排名\t位次变化\n"
    "江州\t85\t81\t4\n海宁\t55\t50\t5\n"
)


def test_a_column_of_changes_is_of_the_stretch_that_the_caption_names(segmenter: Segmenter) -> None:
    text = answered(segmenter, "江州GDP排名从2015年到2018年变了几位？", MOVES).text
    assert "4" in text
    assert "81" not in text


def test_the_citation_is_the_row_and_shows_heads_and_caption(segmenter: Segmenter) -> None:
    answer = answered(segmenter, "江州出口占GDP的比重是多少？")
    cited = answer.citations[0]
    assert cited.quote == "占GDP比重\t%\t2.5\t4.6\t4.3"
    assert cited.context is not None
    assert cited.context.split("\n") == [
        "表4 2020年外贸情况", "指标\t单位\t江州\t海宁\t临安", "出口总额\t亿元\t79.6\t185.0\t197.9", cited.quote,
    ]  # fmt: skip
    assert cited.cell is not None
    assert [span.of(DOCUMENT.text) for span in cited.cell.heads] == ["出口总额", "占GDP比重", "江州"]
    assert (cited.cell.row, cited.cell.column, cited.cell.unit) == ("出口总额 占GDP比重", "江州", "%")


def test_both_levels_of_heads_are_cited(segmenter: Segmenter) -> None:
    cell = answered(segmenter, "2020年海宁的二产占比是多少？").citations[0].cell
    assert cell is not None
    assert [span.of(DOCUMENT.text) for span in cell.heads] == ["海宁", "2020年", "二产"]
    assert cell.column == "2020年 二产"


def test_only_notes_that_limit_the_cell_go_with_it(segmenter: Segmenter) -> None:
    notes = {
        question: [claim.text for claim in answered(segmenter, question).claims[1:]]
        for question in ("江州城镇化率是多少？", "海宁常住人口是多少？", "江州常住人口是多少？")
    }
    assert list(notes.values()) == [
        ["注：城镇化率为常住人口城镇化率。"], ["海宁市常住人口为户籍口径。"], [],
    ]  # fmt: skip


def test_a_column_is_told_whole_with_every_row_cited(segmenter: Segmenter) -> None:
    answer = answered(segmenter, "2018年江州和海宁的二产占比分别是多少？")
    assert answer.claims[0].text.startswith("2018年 二产：江州 52.1%；海宁 43.1%")
    assert [cited.cell.value for cited in answer.citations if cited.cell] == ["52.1", "43.1"]
    assert answer.table is not None
    assert answer.table.rows == (("江州", "52.1%"), ("海宁", "43.1%"))


def test_several_cells_of_one_row_cite_it_once_and_name_none(segmenter: Segmenter) -> None:
    answer = answered(segmenter, "各市2020年末常住人口分别是多少？")
    assert [(cited.number, cited.cell) for cited in answer.citations[:1]] == [(1, None)]
    assert answer.claims[0].text.startswith("常住人口：江州市 416.3万人；海宁市 505.2万人；临安市 526.1万人")


def test_a_table_is_made_of_two_tables_with_dashes_for_what_is_missing(segmenter: Segmenter) -> None:
    answer = answered(segmenter, "三市的户籍人口和出口总额列成一张表，缺的写—")
    assert answer.table is not None
    assert answer.table.columns[1:] == ("户籍人口（万人）", "出口总额（亿元）")
    assert answer.table.rows == (
        ("江州市", "394.9", "79.6"), ("海宁市", "—", "185.0"), ("临安市", "588.9", "197.9"),
    )  # fmt: skip
    assert "海宁市 缺" in answer.text
    assert len(answer.citations) == 2


def test_a_missing_cell_is_refused_with_its_row(segmenter: Segmenter) -> None:
    refusal = ask(segmenter, "海宁市户籍人口是多少？")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "cell_missing"
    assert "户籍人口" in refusal.message
    assert "海宁市" in refusal.message
    (cited,) = refusal.citations
    assert cited.quote == "户籍人口\t万人\t394.9\t----\t588.9"
    assert cited.cell is not None
    assert cited.cell.value is None
    assert cited.cell.value_span is not None
    assert cited.cell.value_span.of(DOCUMENT.text) == "----"


def test_a_sentence_or_another_table_may_fill_a_missing_cell(segmenter: Segmenter) -> None:
    told = made_document("# 公报\n\n2020年末，海宁市户籍人口为471.5万人。", "公报.md")
    other = made_document(
        "# 年鉴\n\n表1 人口\n地区\t户籍人口\t面积\n海宁市\t471.5\t88\n江州市\t1\t2", "年鉴.md"
    )
    for document in (told, other):
        assert "471.5" in answered(segmenter, "海宁市户籍人口是多少？", DOCUMENT, document).text


@pytest.mark.parametrize(
    "question",
    [
        "2019年各市的财政收入是多少亿元？",
        "2019年海宁的财政收入是多少亿元？",
    ],
)
def test_a_caption_without_data_refuses_what_nothing_else_states(segmenter: Segmenter, question: str) -> None:
    refusal = ask(segmenter, question)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "table_is_image"
    assert [cited.quote for cited in refusal.citations] == ["表2 各市近年财政收入情况（亿元）"]


def test_a_sentence_that_states_the_figure_wins_over_a_caption(segmenter: Segmenter) -> None:
    answer = answered(segmenter, "2020年江州市的财政收入是多少亿元？")
    assert "412亿元" in answer.text


def test_a_sentence_that_says_it_is_told_though_tables_name_the_place(segmenter: Segmenter) -> None:
    assert "3177亿元" in answered(segmenter, "江州市2020年生产总值是多少？").text


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("江州2015年二产占比是多少？", {"no_such_period"}),
        (
            "临安2020年二产占比是多少？",
            {"no_such_indicator", "no_such_subject"},
        ),  # told of 临安 are other things
    ],
)
def test_neither_another_year_nor_another_indicator_is_told(
    segmenter: Segmenter, question: str, codes: set[str]
) -> None:
    outcome = ask(segmenter, question)
    assert isinstance(outcome, Refusal)
    assert outcome.code in codes


@pytest.mark.parametrize(("about", "code"), [(0.47, "not_found"), (0.2, "no_such_indicator")])
def test_a_gap_that_nearly_says_what_is_asked_is_shown_and_not_denied(
    segmenter: Segmenter, about: float, code: str
) -> None:
    hits = [Hit(Chunk(DOCUMENT.id, Span(0, len(DOCUMENT.text)), ()), 1.0)]
    query = understand(Question("2020年海宁市的户籍人口是多少？"), segmenter)
    cells = gather_cells(query, hits, {DOCUMENT.id: DOCUMENT}.get, lambda _word: 2.0, TableShelf())
    gap = next(found for found in cells if found.reading and found.reading.is_missing)
    gap = replace(gap, coverage=0.5, about=about)
    other = next(found for found in cells if found.reading and not found.reading.is_missing)
    other = replace(other, coverage=0.1, misfits=frozenset())
    refusal = refusal_for(query, [other], 0.38, missing=[gap])
    assert refusal is not None
    assert refusal.code == code
    assert ("缺" in refusal.nearest[0].text) is (code == "not_found")


def test_a_caption_that_does_not_fit_is_noticed_and_not_told(segmenter: Segmenter) -> None:
    from policy_qa.types import Table

    blocks = tuple(
        replace(block, caption_fits=False) if isinstance(block, Table) else block for block in DOCUMENT.blocks
    )
    answer = answered(segmenter, "2020年海宁的二产占比是多少？", replace(DOCUMENT, blocks=blocks))
    assert "各市三次产业占比情况" in answer.notices[0]
    assert "各市三次产业占比情况" not in answer.text
    assert "（表3）" in answer.text
