from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

from brief_documents import listed_figures
from policy_qa import messages
from policy_qa.figures.export import csv_of, xlsx_of
from policy_qa.figures.selection import Wanted, select

NAME = "=cmd|'／c calc'!A1.md"
LINES = (
    "# +茶业年报",
    "2020年丽水市茶叶产值为1,286.4亿元，比上年下降3.2%。",
    "2020年衢州市茶园面积为４８万亩。",
)
SELECTED = select(listed_figures(NAME, *LINES), Wanted())
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(content: bytes) -> list[dict[str, object]]:
    """Letter of the column to its value: numbers as floats, texts as strings; a formula fails."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = [
            "".join(node.itertext())
            for node in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")
        ]
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        cells: dict[str, object] = {}
        for cell in row.iter(f"{MAIN}c"):
            assert cell.find(f"{MAIN}f") is None
            value = cell.find(f"{MAIN}v").text
            letter = re.match("[A-Z]+", cell.get("r"))[0]
            cells[letter] = shared[int(value)] if cell.get("t") == "s" else float(value)
        rows.append(cells)
    return rows


def test_csv_is_for_excel_and_keeps_the_source() -> None:
    text = csv_of(SELECTED)
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}指标,")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert tuple(rows[0]) == messages.FIGURE_COLUMNS
    assert [(row["数值"], row["单位"], row["原文数字"], row["行"]) for row in rows] == [
        ("1286.4", "亿元", "1,286.4亿元", "3"),
        ("-3.2", "%", "3.2%", "3"),
        ("48", "万亩", "４８万亩", "5"),
    ]
    assert rows[0]["原文"] == "2020年丽水市茶叶产值为1,286.4亿元，"


def test_no_text_of_a_csv_is_a_formula() -> None:
    row = next(csv.DictReader(io.StringIO(csv_of(SELECTED)[1:])))
    assert row["文件"] == f"'{NAME}"
    assert row["题名"] == "'+茶业年报"


def test_numbers_are_numbers_and_texts_texts_in_a_workbook() -> None:
    head, *rows = sheet_rows(xlsx_of(SELECTED))
    assert tuple(head.values()) == messages.FIGURE_COLUMNS
    assert [row["D"] for row in rows] == [1286.4, -3.2, 48.0]
    assert rows[0]["K"] == NAME
    assert rows[0]["L"] == "+茶业年报"
    assert rows[2]["F"] == "４８万亩"


def test_an_empty_list_has_its_head() -> None:
    assert len(sheet_rows(xlsx_of([]))) == 1
    assert csv_of([]).count("\r\n") == 1
