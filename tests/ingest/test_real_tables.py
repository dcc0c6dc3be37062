"""The tables of the real reports, cell by cell against the labels typed from the originals."""

import json
import re
from collections import Counter

from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import read_file
from policy_qa.types import Caption, Table

SPACE = re.compile(r"\s+")


def bare(labels) -> tuple[str, ...]:
    return tuple(SPACE.sub("", label) for label in labels)


def labelled(record) -> Counter:
    return Counter(
        (bare(cell["row"]), bare(cell["column"]), cell["unit"], cell["text"], cell["line"])
        for cell in record["cells"]
    )


def read_cells(document, table: Table) -> Counter:
    cells: Counter = Counter()
    for cell in table.cells:
        line = document.line_map.segments(document.text, cell.span)[0].line
        cells[(bare(cell.row_label), bare(cell.column_label), cell.unit, cell.text, line)] += 1
    return cells


def test_every_table_of_the_real_reports_is_read_cell_by_cell(root, shared):
    labels = (root / "eval/sources_tables.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in labels.splitlines()]
    names = sorted({record["document"] for record in records})
    documents = {name: read_document(read_file(shared / "sources" / name)) for name in names}
    for name, document in documents.items():
        ours = [record for record in records if record["document"] == name]
        tables = [block for block in document.blocks if isinstance(block, Table)]
        gold = [record for record in ours if record["cells"]]
        assert len(tables) == len(gold), name
        for table, record in zip(tables, gold, strict=True):
            assert read_cells(document, table) == labelled(record), (name, record["number"])
        without_data = {record["caption_line"] for record in ours if not record["cells"]}
        captions = {
            document.line_map.segments(document.text, block.span)[0].line: block.has_data
            for block in document.blocks
            if isinstance(block, Caption)
        }
        assert {line for line, has_data in captions.items() if not has_data} == without_data, name
