"""A small corpus of two documents and a system that says what it is told to say."""

from __future__ import annotations

from policy_qa.evaluation.cases import Case
from policy_qa.evaluation.run import Material
from policy_qa.types import Document, DocumentMeta, LineMap, Paragraph, Question, Run, Span

TEXTS = {
    "甲.txt": "某市简报\n2021年某市粮食产量为31.8万吨。\n2022年粮食产量为32.5万吨，增长2.2%。\n港口吞吐量为904万吨。",
    "乙.txt": "邻市简报\n邻市设三项措施：一是修渠，二是换种，三是减税。\n邻市港口吞吐量为77.1万吨。",
}


def make_document(name: str, text: str) -> Document:
    """A document whose clean text is its file: one paragraph and one run a line."""
    runs, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        runs.append(Run(Span(at, at + len(line)), at, number))
        at += len(line) + 1
    blocks = tuple(Paragraph(run.span, ()) for run in runs)
    return Document(name, "0" * 64, text, blocks, (), DocumentMeta(name, None), LineMap(tuple(runs)))


DOCUMENTS = {name: make_document(name, text) for name, text in TEXTS.items()}
MATERIAL = Material(
    documents=DOCUMENTS,
    chunks={name: [run.span for run in document.line_map.runs] for name, document in DOCUMENTS.items()},
)


def make_case(case_id="f1", **changes) -> Case:
    """A case about the harvest of 2021; `changes` replaces keys, None leaves them out."""
    keys = {
        "id": case_id,
        "kind": "fact",
        "question": "2021年某市粮食产量多少？",
        "expect": "answer",
        "accepted": [["31.8万吨"]],
        "forbidden": ["32.5万吨"],
        "evidence": [{"document": "甲.txt", "quote": "2021年某市粮食产量为31.8万吨。"}],
        "max_chars": 200,
    } | changes
    return Case.model_validate({key: value for key, value in keys.items() if value is not None})


def refusal_case(case_id="o1", **changes) -> Case:
    """A case of a question that nothing in the corpus answers."""
    keys = {
        "kind": "out_of_scope",
        "question": "明天下雨吗？",
        "expect": "refusal",
        "reasons": ["out_of_scope"],
    }
    return make_case(
        case_id,
        **({"accepted": None, "forbidden": None, "evidence": None, "max_chars": None} | keys | changes),
    )


def list_case(case_id="l1", **changes) -> Case:
    """A case with three items in one sentence and a second piece of evidence by line."""
    keys = {
        "kind": "list",
        "question": "邻市有哪些措施？",
        "accepted": [["修渠"], ["换种", "改种"], ["减税"]],
        "forbidden": None,
        "evidence": [
            {"document": "乙.txt", "quote": "一是修渠，二是换种，三是减税"},
            {"document": "乙.txt", "line": 3},
        ],
        "max_chars": None,
    }
    return make_case(case_id, **(keys | changes))


def cite(number: int, quote: str, document: str = "甲.txt") -> dict:
    """A citation of the first place where the document says `quote`."""
    start = TEXTS[document].index(quote)
    line = TEXTS[document].count("\n", 0, start) + 1
    return {
        "number": number,
        "document": document,
        "title": document,
        "section": [],
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "context": quote,
        "lines": [line, line],
        "segments": [{"line": line, "text": quote}],
    }


def answered(text: str, *citations: dict) -> dict:
    """An OUT line that answers."""
    return {
        "id": None,
        "refused": False,
        "reason": None,
        "answer": text,
        "citations": list(citations),
        "error": None,
    }


def refused(reason: str, *citations: dict) -> dict:
    """An OUT line that refuses; its citations are the nearest holdings."""
    return answered("无法回答。", *citations) | {"refused": True, "reason": reason}


RIGHT_FACT = answered("2021年某市粮食产量为31.8万吨。[1]", cite(1, "2021年某市粮食产量为31.8万吨。"))
RIGHT_LIST = answered("一是修渠，二是换种，三是减税[1]", cite(1, "一是修渠，二是换种，三是减税", "乙.txt"))
RIGHT_REFUSAL = refused("out_of_scope")


class Scripted:
    """Answers by question text; an exception in the script is raised. `asked` holds what was asked."""

    def __init__(self, script: dict) -> None:
        self.script = script
        self.asked: list[Question] = []

    def ask(self, question: Question) -> dict:
        self.asked.append(question)
        reply = self.script[question.text]
        if isinstance(reply, Exception):
            raise reply
        return reply


def search_everything(question: Question) -> list[dict]:
    """Every chunk, in the order of the corpus."""
    return [
        {"document": name, "start": span.start, "end": span.end, "score": 0.5, "text": span.of(TEXTS[name])}
        for name, spans in MATERIAL.chunks.items()
        for span in spans
    ]
