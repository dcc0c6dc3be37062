"""The lines of `inspect --json`."""

import json

from policy_qa.document_records import document_record
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile, Table


def test_inspect_tells_tables_with_places_that_hold_what_they_say() -> None:
    text = "# 年报\n\n表1 床位\n\n城市\t床位（张）\n甲市\t84\n乙市\t----\n\n注：床位为年末数。\n"
    document = read_document(SourceFile("年报.md", "", text, "utf-8"))
    assert any(isinstance(block, Table) for block in document.blocks)
    record = json.loads(json.dumps(document_record(document)))
    (table,) = record["tables"]
    read = document.text
    assert (table["caption"]["text"], table["number"], table["caption_fits"]) == ("表1 床位", "表1", True)
    assert [[cell["text"], cell["unit"]] for cell in table["cells"]] == [["84", "张"], [None, "张"]]
    assert [read[cell["start"] : cell["end"]] for cell in table["cells"]] == ["84", "----"]
    assert [row["label"] for row in table["rows"]] == [["甲市"], ["乙市"]]
    assert [read[row["start"] : row["end"]] for row in table["rows"]] == ["甲市\t84", "乙市\t----"]
    assert [note["text"] for note in table["notes"]] == ["注：床位为年末数。"]
    kinds = [block["kind"] for block in record["blocks"]]
    assert {"heading", "caption", "table", "note"} <= set(kinds)
