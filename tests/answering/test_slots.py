"""Near misses: whether a figure, a sentence, or a cell is of the period, place and kind asked for."""

from __future__ import annotations

import pytest
from small_tables import made_document

from policy_qa.answering.evidence import gather_evidence
from policy_qa.answering.readings import TableReading, TableShelf
from policy_qa.answering.slots import (
    agrees,
    best_figure,
    cell_period,
    cell_places,
    misfits_of_cell,
    misfits_of_figure,
    names_slots,
)
from policy_qa.answering.tables import gather_cells
from policy_qa.config import load_settings
from policy_qa.figures.binding import Statement, read_statement
from policy_qa.figures.cells import with_year
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Hit, Question, SourceFile, Span
from policy_qa.understanding import Query, periods_asked, understand


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def asked(segmenter: Segmenter, question: str) -> Query:
    return understand(Question(question), segmenter)


def read(text: str, home: str | None = None) -> Document:
    return read_document(SourceFile("简报.md", "", f"# 简报\n\n{text}\n", "utf-8"), home_place=home)


def statement_of(document: Document) -> Statement:
    """The first sentence of the first paragraph."""
    block = document.blocks[-1]
    span = split_sentences(document.text, start=block.span.start, end=block.span.end)[0]
    return read_statement(read_surroundings(document, block, home=home_of(document)), span)


def misfits(segmenter: Segmenter, question: str, text: str, home: str | None = None) -> set[str]:
    """What of the text's first figure is other than asked."""
    document = read(text, home)
    figure = statement_of(document).figures[0]
    return set(misfits_of_figure(asked(segmenter, question), figure, document.text))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("2021年泉州的茶叶产量是多少？", "2021年，泉州市茶叶产量8万吨。", set()),
        ("2022年泉州的茶叶产量是多少？", "2021年，泉州市茶叶产量8万吨。", {"period"}),
        ("2021年漳州的茶叶产量是多少？", "2021年，泉州市茶叶产量8万吨。", {"subject"}),
        ("2022年漳州的茶叶产量是多少？", "2021年，泉州市茶叶产量8万吨。", {"period", "subject"}),
        ("2021年泉州的茶叶产量目标是多少？", "2021年，泉州市茶叶产量8万吨。", {"kind"}),
        ("2021年泉州的茶叶产量是多少？", "2021年，泉州市力争茶叶产量8万吨。", {"kind"}),
        ("2021年泉州安排渔港资金多少？", "2021年，泉州市拟安排渔港资金8亿元。", set()),
        ("2021年泉州安排渔港资金多少？", "2021年，泉州市力争渔港资金8亿元。", {"kind"}),
        ("2021年规上工业产值是多少？", "2021年工业产值8亿元。", {"kind"}),
        ("2021年全社会用电量是多少？", "2021年用电量8亿千瓦时。", set()),
        ("2021年全社会用电量是多少？", "2021年规模以上工业用电量8亿千瓦时。", {"kind"}),
        ("2021年贷款余额是多少？", "2021年存款余额8亿元。", {"indicator"}),
        ("2021年人均收入是多少？", "2021年收入8万元。", {"indicator"}),
        ("茶叶产量是多少？", "2021年，泉州市茶叶产量8万吨。", set()),  # asked for no period and no place
        ("2021年泉州的茶叶产量是多少？", "茶叶产量8万吨。", set()),  # told of none
    ],
)
def test_what_of_a_figure_is_other_than_asked(
    segmenter: Segmenter, question: str, text: str, expected: set[str]
) -> None:
    assert misfits(segmenter, question, text) == expected


def test_the_home_of_a_document_is_the_place_of_its_figures(segmenter: Segmenter) -> None:
    assert misfits(segmenter, "泉州茶叶产量是多少？", "茶叶产量8万吨。", "泉州市") == set()
    assert misfits(segmenter, "漳州茶叶产量是多少？", "茶叶产量8万吨。", "泉州市") == {"subject"}


@pytest.mark.parametrize(
    ("question", "told", "expected"),
    [
        ("2021年", "2021年", True),
        ("2021年", "2020年", False),
        ("2021年", "2021年上半年", False),  # a part of the year is not the year
        ("2021年上半年", "2021年", False),
        ("2021年", "2021年末", True),  # the state at its end is its own
        ("2021年", "2021年6月末", True),  # weakly
        ("2021年全年", "2021年6月末", False),
        ("2021年6月末", "2021年末", False),
        ("2020年和2021年", "2021年", True),  # one of several is enough
        ("“十三五”时期", "“十三五”时期", True),
        ("2021年、2022年一共", "2021—2022年", True),  # several together are also told as one
        ("2021年、2022年", "2021—2022年", False),
        ("2021年、2023年一共", "2021—2023年", False),
    ],
)
def test_which_periods_agree(segmenter: Segmenter, question: str, told: str, expected: bool) -> None:
    (period,) = periods_asked(told)
    assert agrees(asked(segmenter, f"{question}的网点数是多少？"), period) is expected


def test_of_several_figures_that_with_the_least_other_than_asked(segmenter: Segmenter) -> None:
    document = read("2020年茶园7万亩，茶叶产量6万吨；2021年茶园9万亩，茶叶产量8万吨。")
    block = document.blocks[-1]
    around = read_surroundings(document, block, home=None)
    figures = [
        figure
        for span in split_sentences(document.text, start=block.span.start, end=block.span.end)
        for figure in read_statement(around, span).figures
    ]
    for question, words, expected in (
        ("2021年茶叶产量", ["茶叶", "产量"], "8万吨"),
        ("2020年茶叶产量", ["茶叶", "产量"], "6万吨"),
        ("2021年茶园", ["茶园"], "9万亩"),
        ("茶叶产量", ["茶叶", "产量"], "6万吨"),
    ):
        found = best_figure(asked(segmenter, question), figures, words, document.text)
        assert found is not None
        assert (found[0].span.of(document.text), found[1]) == (expected, frozenset())
    missed = best_figure(asked(segmenter, "2019年茶叶产量"), figures, ["茶叶"], document.text)
    assert missed is not None
    assert missed[1] == {"period"}
    assert best_figure(asked(segmenter, "茶叶"), [], ["茶叶"], document.text) is None


def test_of_figures_of_one_period_and_place_the_one_that_says_more_is_meant(segmenter: Segmenter) -> None:
    document = read("2021年泉州茶园项目共27项，总投资69亿元，累计完成投资19亿元。")
    figures = [one for one in statement_of(document).figures if one.quantity.unit == "元"]
    found = best_figure(
        asked(segmenter, "2021年全年泉州茶园项目完成投资多少亿元？"), figures, ["完成", "投资"], document.text
    )
    assert found is not None
    assert (found[0].span.of(document.text), found[1]) == ("19亿元", {"period"})


def test_slots_that_nothing_tells_are_not_named(segmenter: Segmenter) -> None:
    told, untold = (
        statement_of(read(text)).figures[0] for text in ("2021年泉州市产茶8万吨。", "产茶8万吨。")
    )
    for question, expected in (("2021年泉州产茶", False), ("泉州产茶", False), ("产茶", True)):
        assert names_slots(asked(segmenter, question), told)
        assert names_slots(asked(segmenter, question), untold) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("2021年泉州有哪些措施？", "2021年，泉州市推广绿肥。", set()),
        ("2022年泉州有哪些措施？", "2021年，泉州市推广绿肥。", {"period"}),
        ("2021年泉州有哪些措施？", "2020—2022年，泉州市推广绿肥。", set()),  # speaks of it among others
        ("2021年漳州有哪些措施？", "2021年，泉州市推广绿肥。", {"subject"}),
        ("有哪些措施？", "2021年，泉州市推广绿肥。", set()),
        ("2021年漳州有哪些措施？", "推广绿肥。", set()),
        ("2021年上半年泉州有哪些措施？", "2021年，泉州市推广绿肥。", {"period"}),  # the year is not its half
        ("2021年泉州有哪些措施？", "2021年上半年，泉州市推广绿肥。", set()),
        ("泉州茶业的发展目标", "泉州市茶叶产量达到8万吨。", {"kind"}),
        ("泉州茶业的发展目标", "泉州市茶叶产量力争达到8万吨。", set()),
        ("泉州建成示范园了吗？", "泉州市计划建设示范园。", {"kind"}),
        ("泉州建成示范园了吗？", "泉州市示范园已建成。", set()),
    ],
)
def test_what_of_a_sentence_is_other_than_asked(
    segmenter: Segmenter, question: str, text: str, expected: set[str]
) -> None:
    document = read(text)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    (found,) = gather_evidence(asked(segmenter, question), [hit], {document.id: document}.get, lambda _: 2.0)
    assert found.misfits == expected
    assert found.period_fits is ("period" not in expected)


TABLE = """# 茶业发展报告

## 一、2020年情况

表1 各市茶业主要指标
指标\t单位\t泉州市\t漳州市
茶园面积\t万亩\t60\t20
2019年茶叶产量\t万吨\t9\t3
2025年产量目标\t万吨\t12\t5
"""


def cells_of(segmenter: Segmenter, question: str) -> TableReading:
    document = made_document(TABLE)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    found = gather_cells(
        asked(segmenter, question), [hit], {document.id: document}.get, lambda _: 2.0, TableShelf()
    )
    assert found[0].reading is not None
    return found[0].reading


def test_the_period_and_places_of_cells(segmenter: Segmenter) -> None:
    reading = cells_of(segmenter, "泉州茶园面积是多少？")
    (cell,) = reading.cells
    period = cell_period(reading, cell)
    assert period is not None
    assert period.label() == "2020年"
    assert [place.name for place in cell_places(reading, cell)] == ["泉州市"]
    labelled = cells_of(segmenter, "泉州2019年茶叶产量是多少？")
    (cell,) = labelled.cells
    period = cell_period(labelled, cell)
    assert period is not None
    assert period.label() == "2019年"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2020年泉州茶园面积是多少？", set()),
        ("2018年泉州茶园面积是多少？", {"period"}),
        ("2020年厦门茶园面积是多少？", {"subject"}),
        ("2020年泉州茶园面积目标是多少？", {"kind"}),
        ("2020年泉州规上茶园面积是多少？", {"kind"}),
        ("2020年泉州人均茶园面积是多少？", {"indicator"}),
    ],
)
def test_what_of_a_cell_is_other_than_asked(segmenter: Segmenter, question: str, expected: set[str]) -> None:
    reading = cells_of(segmenter, "泉州茶园面积是多少？")
    assert misfits_of_cell(asked(segmenter, question), reading, reading.cells[0]) == expected


def test_a_cell_of_targets_is_aimed_at(segmenter: Segmenter) -> None:
    reading = cells_of(segmenter, "泉州2025年产量目标是多少？")
    question = "泉州2025年产量{}是多少？"
    for ending, expected in (("目标", set()), ("", {"kind"})):
        query = asked(segmenter, question.format(ending))
        assert misfits_of_cell(query, reading, reading.cells[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", "2018年"),
        ("2018年", "2018年"),
        ("产量 2018", "产量 2018年"),
        ("2018%", "2018%"),
        ("12018", "12018"),
    ],
)
def test_a_year_of_a_label_is_named(text: str, expected: str) -> None:
    assert with_year(text) == expected
