import json
from dataclasses import replace

import pytest

from policy_qa.errors import UsageError
from policy_qa.ingest.documents import read_document
from policy_qa.records import answer_record, document_record, error_record, outcome_record, parse_question
from policy_qa.types import (
    Answer,
    AnswerTable,
    CitedCell,
    Claim,
    Question,
    Refusal,
    SourceFile,
    Span,
    Table,
    Turn,
)
from test_types import citation

KEYS = [
    "id", "question", "completed_question", "refused", "reason", "answer", "claims", "citations", "table",
    "conflicts", "nearest", "notices", "seconds", "error",
]  # fmt: skip


def test_a_line_becomes_a_question() -> None:
    line = json.dumps(
        {"id": 7, "question": "强度？", "history": [{"question": "甲？", "answer": "乙"}, {"question": "丙？"}],
         "documents": ["甲.md"], "note": "ignored"}
    )  # fmt: skip
    record = parse_question(line, where="in.jsonl:1")
    assert record.id == 7
    assert record.to_question() == Question(
        "强度？", (Turn("甲？", "乙"), Turn("丙？")), frozenset({"甲.md"})
    )


@pytest.mark.parametrize(
    "line", ["", "[]", '{"id": 1}', '{"question": 3}', '{"question": "?", "documents": "甲"}']
)
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(UsageError, match=r"in\.jsonl:3"):
        parse_question(line, where="in.jsonl:3")


def test_an_answer_has_every_key() -> None:
    answer = Answer(Question("强度？"), (Claim("为1.8%。", (1,)),), (citation(1),))
    record = outcome_record(answer, record_id="a", seconds=0.25)
    assert list(record) == KEYS
    assert record["answer"] == "为1.8%。[1]"
    assert record["claims"] == [
        {"text": "为1.8%。", "citations": (1,), "status": "supported", "working": None}
    ]
    (cited,) = json.loads(json.dumps(record))["citations"]
    assert cited["lines"] == [1, 1]
    assert cited["segments"] == [{"line": 1, "text": "甲"}]
    assert set(cited) == {
        "number", "document", "title", "section", "page", "lines", "start", "end", "quote", "context", "segments", "cell",
    }  # fmt: skip


def test_a_cited_cell_and_a_table_are_told() -> None:
    cell = CitedCell("表1", "甲市", "2020年 床位", "张", "84", Span(3, 5), (Span(0, 2),))
    answer = Answer(
        Question("床位？"),
        (Claim("84张。", (1,)),),
        (replace(citation(1), cell=cell),),
        (),
        AnswerTable(("城市", "床位"), (("甲市", "84张"), ("乙市", "—"))),
    )
    record = json.loads(json.dumps(outcome_record(answer, record_id=None, seconds=0)))
    assert record["table"] == {"columns": ["城市", "床位"], "rows": [["甲市", "84张"], ["乙市", "—"]]}
    assert record["citations"][0]["cell"] == {
        "table": "表1", "row": "甲市", "column": "2020年 床位", "unit": "张", "value": "84", "value_start": 3, "value_end": 5,
    }  # fmt: skip


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


def test_a_refusal_says_why_and_what_is_near() -> None:
    refusal = Refusal(Question("天气？"), "out_of_scope", "没有。", (Claim("甲。", (1,)),), (citation(1),))
    record = answer_record(lambda _: refusal, parse_question('{"question": "天气？"}', where=""))
    assert list(record) == KEYS
    assert (record["refused"], record["reason"], record["answer"]) == (True, "out_of_scope", "没有。")
    assert record["nearest"] == [{"text": "甲。", "citations": [1]}]


def test_a_crash_is_neither_an_answer_nor_a_refusal() -> None:
    record = error_record("KeyError: 1", None)
    assert list(record) == KEYS
    assert (record["refused"], record["answer"], record["error"]) == (False, "", "KeyError: 1")
