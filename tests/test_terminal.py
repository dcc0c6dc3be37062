"""What the command line prints of answers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from policy_qa.answering.evidence import Evidence
from policy_qa.config import load_settings
from policy_qa.figures.binding import read_statement
from policy_qa.figures.surroundings import read_surroundings
from policy_qa.language.tokens import Segmenter
from policy_qa.terminal import cell_length, misfits_told, outcome_text, question_lines, text_table, wrap
from policy_qa.types import (
    Answer,
    AnswerTable,
    Chunk,
    Claim,
    Document,
    DocumentMeta,
    Hit,
    LineMap,
    Paragraph,
    Question,
    Refusal,
    Span,
    Turn,
)
from policy_qa.understanding import understand
from table_documents import cite_cell, harbour_report, tables_of

REPORT = harbour_report().document()
TEXTS = st.text(alphabet="增长5%，GDP ", max_size=30)


@given(TEXTS, st.integers(2, 12))
def test_wrapping_keeps_every_character_within_the_width(text: str, width: int) -> None:
    pieces = wrap(text, width)
    assert "".join(pieces) == text
    assert max(map(cell_length, pieces)) <= width


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_columns_are_aligned(rows: list[tuple[str, str]]) -> None:
    lines = text_table([(first, f"{second}。") for first, second in rows], right=frozenset({1}))
    assert len({cell_length(line) for line in lines}) == 1


def test_an_answer_prints_its_table_and_the_place_of_its_cells() -> None:
    cited = cite_cell(REPORT, tables_of(REPORT)[1], 5, 10)
    table = AnswerTable(("城市", "绿色竞争力得分"), (("澄海", "73.60"), ("中浦", "—")))
    answer = Answer(Question("得分？"), (Claim("澄海市得分为73.60分。", (1,)),), (cited,), (), table)
    assert outcome_text(answer).splitlines() == [
        "澄海市得分为73.60分。[1]",
        "",
        "城市  绿色竞争力得分",
        "────  ──────────────",
        "澄海           73.60",
        "中浦               —",
        "",
        "[1] 《东湾等六市海洋经济比较研究（样例）》 › 东湾等六市海洋经济比较研究（样例） › 二、竞争力评价（统计/东湾比较.txt，第25行；表2：六市海洋竞争力排名与得分，澄海，绿色竞争力 得分）",
    ]


def test_a_completed_question_stands_above_the_answer() -> None:
    refusal = Refusal(Question("怎么做？"), "not_found", "没有找到。", completed="“机器换人”具体怎么做？")
    assert outcome_text(refusal).splitlines() == ["按“‘机器换人’具体怎么做？”理解：", "没有找到。"]


def test_explain_tells_how_a_question_was_understood() -> None:
    asked = Question("规上的目标呢？", (Turn("2025年柳州的工业产值是多少？", "未知。"),))
    completed = "2025年柳州的规上工业产值目标是多少？"
    query = understand(Question(completed, asked.history), Segmenter(load_settings().cache))
    outcome = Refusal(asked, "not_found", "没有找到。", completed=completed)
    assert "\n".join(question_lines(outcome, query)).splitlines() == [
        "  问题：规上的目标呢？",
        f"  按前面的对话补全：{completed}",
        "  类型：数据",
        "  时期：2025年",
        "  地方：柳州市",
        "  口径：目标或计划数，规模以上",
        f"  查找的词：{'、'.join(query.content)}",
        "  前面的对话：2025年柳州的工业产值是多少？ → 未知。",
    ]


def test_explain_shows_the_words_a_question_was_restated_in() -> None:
    query = understand(Question("2020年的粮食产量涨了几个点？"), Segmenter(load_settings().cache))
    outcome = Refusal(Question("去年的粮食产量涨了几个点？"), "not_found", "没有找到。")
    lines = list(question_lines(outcome, query))
    assert lines[1] == "  改写为：2020年的粮食产量增长了几个百分点？"
    assert "地方：未指明\n  口径：实际数，统计范围未限定" in lines[2]


def test_explain_tells_what_a_figure_is_of_instead() -> None:
    text = "2020年柳州研发投入强度为1.8%。"
    span = Span(0, len(text))
    block = Paragraph(span, ())
    document = Document("简报.txt", "", text, (block,), (), DocumentMeta("简报", None), LineMap(()))
    figures = read_statement(read_surroundings(document, block, home=None), span).figures
    hit = Hit(Chunk(document.id, span, ()), 1.0)
    found = Evidence(
        document, span, 1.0, 1.0, 1.0, hit, frozenset({"subject", "kind", "period"}), figures[0], figures
    )
    assert list(misfits_told(found)) == ["时期（2020年）", "地方（柳州）", "口径"]
    assert list(misfits_told(replace(found, figure=None))) == ["时期", "地方", "口径"]
