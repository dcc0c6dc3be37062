"""What the command line prints of answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_qa.terminal import cell_length, outcome_text, text_table, wrap
from policy_qa.types import Answer, AnswerTable, Claim, Question
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
