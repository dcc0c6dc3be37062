"""What `inspect` shows people: every line of the file once, and what became of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.ingest.documents import read_document
from policy_qa.inspection import LOST, TAKEN_OUT, entries, inspection_text, original_lines
from policy_qa.terminal import cell_length
from policy_qa.types import DocumentMeta, SourceFile, Span
from table_documents import Draft, harbour_report

DRAFT = harbour_report()
REPORT = DRAFT.document()
SOURCE = SourceFile(DRAFT.name, "0" * 64, "\n".join(DRAFT.source), "gb18030")
WIDE = inspection_text(SOURCE, REPORT, width=120)
NARROW = inspection_text(SOURCE, REPORT, width=72)


def line_with(text: str, part: str) -> str:
    (found,) = [line for line in text.splitlines() if part in line]
    return found


@given(
    st.lists(
        st.sampled_from(["一、总体情况", "全市增长5%，", "# 报告", "", "　　注：略。", "\x0c12", "甲\t1\t2"]),
        max_size=8,
    )
)
def test_every_line_stands_there_once(lines: list[str]) -> None:
    source = SourceFile("甲.txt", "0" * 64, "\r\n".join(lines), "utf-8")
    document = read_document(source)
    shown = [
        line.number for entry in entries(original_lines(source, document), document) for line in entry.lines
    ]
    assert set(shown) == {number for number, line in enumerate(lines, start=1) if line.strip()}


def test_the_columns_stand_side_by_side_where_there_is_room() -> None:
    assert re.search(r"16   按三个方面.*│ 段落 +按三个方面", line_with(WIDE, "16   按"))
    assert "│" not in NARROW


@pytest.mark.parametrize("width", [72, 100, 120, 173])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    _, _, compared = inspection_text(SOURCE, REPORT, width=width).partition("【原文与读入结果】")
    assert max(map(cell_length, compared.splitlines()[1:])) <= width


def test_what_was_taken_out_stands_in_its_place_with_its_kind_and_reason() -> None:
    assert re.search(r"13× +—— 12 —— +│ 移出 +页码", WIDE)
    assert "  页眉页脚 1 处（repeated on 6 pages）\n    海洋观察　2022年第2期　第14行" in WIDE


def test_a_line_taken_out_amid_a_paragraph_stands_amid_its_lines() -> None:
    draft = Draft("甲.txt")
    draft.line("港口货物吞")
    draft.lost("47　海洋观察", "running head", "repeated on 6 pages")
    start = draft.line("吐量增长。").end
    draft.paragraph("第二段。")
    draft.blocks[0] = replace(draft.blocks[0], span=Span(0, start))
    source = SourceFile("甲.txt", "0" * 64, "\n".join(draft.source), "utf-8")
    document = replace(draft.document(), meta=DocumentMeta("甲", None))
    first = next(entries(original_lines(source, document), document))
    assert [(line.number, line.fate == TAKEN_OUT) for line in first.lines] == [
        (1, False),
        (2, True),
        (3, False),
    ]


def test_lost_characters_are_told() -> None:
    source = replace(SOURCE, text=SOURCE.text + "\n谁也没有读入的一行")
    text = inspection_text(source, REPORT, width=120)
    assert "有 9 字既没有读入" in text
    assert re.search(r"40！ +谁也没有读入的一行 +│ 遗漏", text)
    assert original_lines(source, REPORT)[40].fate == LOST
    assert "既没有读入" not in WIDE


def test_the_counts_add_up() -> None:
    counts = re.search(r"行、([\d,]+) 字（不计空白），读入 ([\d,]+) 字，未收入正文 ([\d,]+) 字", WIDE)
    whole, clean, aside = (int(count.replace(",", "")) for count in counts.groups())
    assert whole == clean + aside


def test_headings_are_nested_in_the_outline() -> None:
    assert "  第1行     东湾等六市" in WIDE
    assert "  第15行      二、竞争力评价" in WIDE


def test_a_table_shows_labels_units_and_missing_values() -> None:
    assert re.search(r"海洋生产总值 › 占地区生产总值比重〔%〕 +18.6 +14.2 +21.9 +9.8 +缺 +17.5", WIDE)
    assert "表4　2 行 × 2 列，单位：万元" in WIDE
    assert "！表题与表的内容似不相符" in WIDE
    assert "表3：六市渔港数量（原文无数据）" in WIDE


def test_a_wide_table_goes_on_below_under_its_own_heads() -> None:
    assert re.search(r"城市 +保障竞争力\n +排名 +得分", WIDE)
    assert re.search(r"城市 +创新竞争力 +开放竞争力 +绿色竞争力\n +得分 +排名", NARROW)


def test_rows_not_read_are_told_with_the_reason() -> None:
    assert "【未读成表格的行】1 处\n  第37-38行：rows differ in their number of cells" in WIDE


def test_units_that_differ_within_rows_stand_behind_the_values() -> None:
    draft = Draft("甲.txt")
    draft.table([[("城市", 0, 1), ("总额", 1, 1), ("比重", 2, 1)]], [(("东湾",), "", ["12", "3.4"])])
    table = draft.blocks[0]
    cells = (replace(table.cells[0], unit="亿元"), replace(table.cells[1], unit="%"))
    draft.blocks[0] = replace(table, cells=cells)
    source = SourceFile("甲.txt", "0" * 64, "\n".join(draft.source), "utf-8")
    assert re.search(r"东湾 +12〔亿元〕 +3.4〔%〕", inspection_text(source, draft.document(), width=120))


def test_nothing_reaches_the_terminal_that_would_steer_it() -> None:
    source = SourceFile("甲.txt", "0" * 64, "报告\n\x1b[31m红\u202e字\t1\n", "utf-8")
    text = inspection_text(source, read_document(source), width=120)
    assert all(character.isprintable() or character in "\n\u3000" for character in text)
    assert "<U+001B>[31m红" in text
