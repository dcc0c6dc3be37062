"""The tables of the users' own reports: how many, of what shape, and that every row is read whole and in order."""

import os
import re
from pathlib import Path

import pytest
from table_texts import cells, read_all, units

SHARED = os.environ.get("POLICY_QA_SHARED")
pytestmark = pytest.mark.skipif(
    SHARED is None, reason="POLICY_QA_SHARED is not set: the users' reports are not here"
)

SHAPES = {
    "000": [("表1", 6, 3), ("表2", 5, 6), ("表3", 10, 2), ("表4", 6, 2), ("表5", 7, 12), ("表6", 6, 2)],
    "001": [("表1", 5, 6), ("表7", 6, 9), ("表9", 2, 6), ("表11", 6, 6)],
    "002": [],
    "003": [],
    "004": [("表1", 4, 5)],
}


def read_source(number):
    path = next(Path(SHARED or "", "sources").glob(f"{number}_*.txt"))
    return read_all(path.read_text("utf-8"))


@pytest.mark.parametrize("number", SHAPES)
def test_every_table_is_read_and_every_row_whole(number):
    text, tables = read_source(number)
    shapes = [(t.number, len(t.rows), len({cell.column for cell in t.cells})) for t in tables]
    assert shapes == SHAPES[number]
    for table in tables:
        for index, row in enumerate(table.rows):
            own = [cell for cell in table.cells if cell.row == index]
            label = "".join(span.of(text) for span in row.label_spans)
            values = "".join(cell.span.of(text) for cell in own if cell.span)
            rest = re.sub(r"\s", "", row.span.of(text))
            assert rest.startswith(re.sub(r"\s", "", label))
            assert rest.endswith(values)
            unit = rest.removeprefix(re.sub(r"\s", "", label)).removesuffix(values)
            assert all(cell.unit == unit for cell in own) if unit else True
            assert [cell.column for cell in own] == sorted(cell.column for cell in own)


def test_some_cells():
    _, tables = read_source("000")
    assert cells(tables[1])["包头市", "三产/2018年"] == "55.8"
    assert units(tables[1])["包头市", "三产/2018年"] == "%"
    assert cells(tables[4])["芜湖", "创新投入竞争力/得分"] == "44.2"
    _, tables = read_source("001")
    assert cells(tables[0])["户籍人口", "岳阳"] is None
    assert units(tables[0])["总面积", "曲靖"] == "Km²"
    assert cells(tables[1])["赣州", "2020/二产"] == "38.1"
    assert cells(tables[2])["R&D投入强度", "赣州"] == "1.6"
    assert cells(tables[3])["出口总额/占GDP比重", "襄阳"] == "4.3"
    assert cells(tables[3])["进口总额", "曲靖"] == "2.07"
    _, tables = read_source("004")
    assert cells(tables[0])["湖南株洲", "国家级企业技术中心（家）"] == "14"
    assert cells(tables[0])["四川绵阳", "全社会研发投入强度"] == "2.23%"


def test_the_copied_caption_is_noticed():
    from policy_qa.ingest.tables.captions import check_captions

    for number in ("000", "001", "004"):
        text, tables = read_source(number)
        doubtful = [table.number for table in check_captions(text, tables) if not table.caption_fits]
        assert doubtful == (["表5"] if number == "000" else [])
