"""What the command line prints of answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from brief_documents import listed_figures
from policy_qa import messages
from policy_qa.answering.evidence import Evidence
from policy_qa.config import load_settings
from policy_qa.figures.binding import read_statement
from policy_qa.figures.checks import find_arithmetic
from policy_qa.figures.conflicts import find_conflicts
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.selection import Wanted, select
from policy_qa.figures.surroundings import read_surroundings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.terminal import (
    cell_length,
    checks_text,
    conflicts_text,
    figures_text,
    misfits_told,
    outcome_text,
    question_lines,
    text_table,
    wrap,
)
from policy_qa.types import (
    Answer,
    AnswerConflict,
    AnswerTable,
    AnswerValue,
    Chunk,
    Claim,
    Document,
    DocumentMeta,
    Hit,
    LineMap,
    Paragraph,
    Question,
    Refusal,
    SourceFile,
    Span,
    Turn,
)
from policy_qa.understanding import understand
from table_documents import cite_cell, harbour_report, tables_of
from test_types import citation

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


BULLETINS = (
    "# 宜昌市创新简报\n\n2021年，宜昌市高新技术企业为868家。\n",
    "# 长江沿线城市比较\n\n表1 2021年部分城市指标\n\n| 城市 | 高新技术企业（家） |\n| --- | --- |\n| 宜昌市 | 880 |\n| 荆州市 | 512 |\n",
)


def test_conflicts_are_printed_with_source_lines_and_cell() -> None:
    documents = [
        read_document(SourceFile(f"文{n}.md", "", text, "utf-8")) for n, text in enumerate(BULLETINS, 1)
    ]
    found = find_conflicts([one for document in documents for one in extract_figures(document)], documents)
    assert conflicts_text(found).splitlines() == [
        "资料中说法不一的数字：1 处",
        "",
        "1. 2021年宜昌市的高新技术企业",
        "   868家（《宜昌市创新简报》）  文1.md，第3行",
        "      宜昌市高新技术企业为868家",
        "   880家（《长江沿线城市比较》）  文2.md，第7行",
        "      宜昌市，高新技术企业（家）",
    ]
    assert conflicts_text([]) == messages.CONFLICTS_NONE


def test_a_stated_result_that_does_not_come_out_is_printed_with_its_parts() -> None:
    text = "# 简报\n\n2021年，宜昌市“双百”项目共780个，其中开工304个，占40.0%。\n\n完工195个，占全部780个的25.0%。\n"
    checks = find_arithmetic([read_document(SourceFile("简报.md", "", text, "utf-8"))])
    count, _, said, *parts = checks_text(checks).splitlines()
    assert count == messages.AUDIT_COUNT.format(checked=len(checks), wrong=1)
    assert said.startswith("1. 对不上：“2021年，宜昌市‘双百’项目共780个")
    assert said.endswith("写的是40.0%；304个 ÷ 780个 = 38.97%")
    assert parts == ["   40.0%  简报.md，第3行", "   304个  简报.md，第3行", "   780个  简报.md，第3行"]


def test_figures_are_printed_a_line_each_those_of_the_context_marked() -> None:
    listed = listed_figures("茶业.md", "# 茶业年报", "2020年丽水市茶园面积为30万亩，茶叶产值为48亿元。")
    head, _, own, context, _, count = figures_text(select(listed, Wanted("茶叶产值"))).splitlines()[:6]
    own, context = sorted((own, context), key=lambda line: "～" in line)
    assert own.split() == ["48亿元", "茶叶产值", "丽水市", "2020年", "数值", "茶业.md:3", "茶叶产值为48亿元"]
    assert context.split()[0] == "～30万亩"
    assert head.split()[:3] == ["原文数字", "指标", "地方"]
    assert count == "共 2 个数据" + messages.FIGURES_BY_CONTEXT.format(count="1") + "。"
    assert figures_text([]) == messages.FIGURES_NONE


def test_an_answer_prints_what_sources_disagree_about() -> None:
    values = (
        AnswerValue("868家", (1,), "宜昌市创新简报", date(2022, 3, 18)),
        AnswerValue("880家", (2,), "比较"),
    )
    claims = Claim("为868家", (1,), "conflicting"), Claim("为880家", (2,), "conflicting")
    conflict = AnswerConflict("高新技术企业", "宜昌市", "2021年", values)
    shown = outcome_text(Answer(Question("?"), claims, (citation(1), citation(2)), conflicts=(conflict,)))
    assert shown.splitlines()[-3:] == [
        "不同来源说法不一：2021年宜昌市的高新技术企业",
        "  868家（《宜昌市创新简报》，2022-03-18）[1]",
        "  880家（《比较》）[2]",
    ]
