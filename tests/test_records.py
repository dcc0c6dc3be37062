import json

import pytest

from policy_qa.errors import UsageError
from policy_qa.records import answer_record, error_record, outcome_record, parse_question
from policy_qa.types import Answer, Claim, Question, Refusal, Turn
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
