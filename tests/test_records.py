import json
from dataclasses import replace

import pytest

from brief_documents import listed_figures
from policy_qa.errors import UsageError
from policy_qa.figures.checks import find_arithmetic
from policy_qa.figures.conflicts import find_conflicts
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.selection import Wanted, select
from policy_qa.ingest.documents import read_document
from policy_qa.records import (
    answer_record,
    check_record,
    corpus_conflict_record,
    error_record,
    figure_record,
    outcome_record,
    parse_question,
)
from policy_qa.types import (
    Answer,
    AnswerTable,
    CitedCell,
    Claim,
    Question,
    Refusal,
    SourceFile,
    Span,
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


BULLETINS = (
    "# 宜昌市创新简报\n\n2021年，宜昌市高新技术企业为868家。\n",
    "# 长江沿线城市比较\n\n表1 2021年部分城市指标\n\n| 城市 | 高新技术企业（家） |\n| --- | --- |\n| 宜昌市 | 880 |\n| 荆州市 | 512 |\n",
)


def test_a_conflict_of_the_corpus_leads_to_its_characters() -> None:
    documents = [
        read_document(SourceFile(f"文{n}.md", "", text, "utf-8")) for n, text in enumerate(BULLETINS, 1)
    ]
    (found,) = find_conflicts([one for document in documents for one in extract_figures(document)], documents)
    record = json.loads(json.dumps(corpus_conflict_record(found)))
    assert [record[key] for key in ("indicator", "subject", "period")] == ["高新技术企业", "宜昌市", "2021年"]
    told, cell = record["values"]
    for document, value, digits in ((documents[0], told, "868家"), (documents[1], cell, "880")):
        assert value["document"] == document.name
        assert document.text[value["start"] : value["end"]] == digits
    assert (told["lines"], told["cell"], told["date"]) == ([3, 3], None, None)
    assert (cell["lines"], cell["cell"]["heads"]) == ([7, 7], "宜昌市，高新技术企业（家）")


def test_a_check_tells_its_parts_and_their_places() -> None:
    text = "# 简报\n\n2021年，宜昌市项目共780个，其中开工304个，占40.0%。\n"
    (check,) = find_arithmetic([read_document(SourceFile("简报.md", "", text, "utf-8"))])
    record = json.loads(json.dumps(check_record(check)))
    assert (record["kind"], record["is_right"], record["stated"]) == ("share", False, "40.0%")
    assert record["working"] == "304个 ÷ 780个 = 38.97%"
    parts = [record["result"], *record["operands"]]
    assert [part["text"] for part in parts] == ["40.0%", "304个", "780个"]
    assert all((part["document"], part["lines"], part["cell"]) == ("简报.md", [3, 3], None) for part in parts)
    clean = check.document.text
    assert [clean[part["start"] : part["end"]] for part in parts] == ["40.0%", "304个", "780个"]


def test_a_figure_tells_its_value_its_slots_and_where_they_were_read() -> None:
    (one,) = select(
        listed_figures("茶业.md", "# 茶业年报", "2020年丽水市茶叶产值下降3.2%。"), Wanted("茶叶产值")
    )
    record = json.loads(json.dumps(figure_record(one)))
    assert (record["text"], record["number"], record["unit"], record["lines"]) == (
        "3.2%",
        "-3.2",
        "%",
        [3, 3],
    )
    assert (record["measure"], record["is_target"], record["cell"], record["by_context"]) == (
        "growth",
        False,
        None,
        [],
    )
    assert [record[slot]["text"] for slot in ("indicator", "subject", "period")] == [
        "茶叶产值",
        "丽水市",
        "2020年",
    ]
