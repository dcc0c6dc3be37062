"""A service of invented documents: it answers by rule, at once, and from exact spans."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.config import load_settings
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.listing import list_figures
from policy_qa.index.catalog import DocumentSummary
from policy_qa.types import (
    Answer,
    Citation,
    Claim,
    Document,
    DocumentMeta,
    Heading,
    LineMap,
    Outcome,
    Paragraph,
    Question,
    Refusal,
    Run,
    Span,
)
from policy_qa.ui.chat import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_qa.ui.service import Service

HOSTILE_TITLE = """<script>window.pwned=1</script>"海湾"&amp;[题](javascript:alert(1))"""
HOSTILE_LINES = (
    "# " + HOSTILE_TITLE,
    "## 一、<b>港口</b> & `代码` ${alert(1)} {{value}}",
    "海湾港<img src=http://evil.example/a.png onerror=window.pwned=2>吞吐量为<script>window.pwned=3</script>861万吨。",
    """![图](http://evil.example/b.png) [链接](javascript:window.pwned=4) <a href="javascript:window.pwned=5">点</a>\
 **粗** _斜_ $$x^2$$ http://evil.example/c &lt;u&gt; &#60; ~~删~~ | 甲 | 乙 |""",
    """</div></div></article><style>body{display:none}</style><iframe src=http://evil.example/d></iframe>\
 <svg onload=window.pwned=6> ' " ` \\ <!-- 注 --> ]]>""",
)
HARBOUR_LINES = (
    "# 东湾市海洋经济运行简报",
    "## 一、总体情况",
    "2021年东湾市海洋生产总值达到1,286.4亿元，比上年增长7.3%，占地区生产总值的比重为18.6%。",
    "全年港口货物吞吐量5,210万吨，集装箱吞吐量96.5万标箱。",
    "## 二、重点任务",
    "一是建设深水泊位。二是发展冷链物流。三是培育海洋药物。",
    *(
        f"第{n}项工作按季度调度，由牵头单位会同有关部门推进，完成情况纳入年度考核，并向社会公布进展。"
        for n in range(1, 40)
    ),
    "## 三、研发投入",
    "2021年海洋领域研发经费投入强度为3.4%，比全市平均水平高0.9个百分点。",
    *(f"附注{n}：统计口径与上年一致，数据经部门核对后发布。" for n in range(1, 25)),
)
ORCHARD_LINES = (
    "# 柑橘产业三年行动方案（样例）",
    "## 一、发展目标",
    "到2025年，柑橘种植面积稳定在48万亩，综合产值突破120亿元。",
    "## 二、主要措施",
    "（一）改造老果园。每年改造低产果园3万亩，补助标准为每亩600元。",
    "（二）建设冷库。新增产地冷库库容9万吨。",
)


ORCHARD_COMPLETED = "柑橘种植面积的目标是多少？"
NEXT_QUESTIONS = ("2021年海洋领域研发投入强度是多少？", "柑橘种植面积是多少？")
CHOICES = ("2021年<b>东湾</b>海洋产值是多少？", "2025年柑橘产值是多少？")
AMBIGUOUS = "资料中有2个不同的数值，请说明是哪一个：东湾，2021年；2025年。"


def make_document(name: str, lines: tuple[str, ...], issued_on: date | None = None) -> Document:
    """A document of one block a line; `# ` and `## ` make headings."""
    text, blocks, runs, path = "", [], [], []
    for number, line in enumerate(lines, start=1):
        level = len(line) - len(line.lstrip("#")) if line.startswith("#") else 0
        content = line[level + 1 :] if level else line
        if text:
            text += "\n"
        span = Span(len(text), len(text) + len(content))
        text += content
        runs.append(Run(span, span.start, number))
        if level:
            path = [*path[: level - 1], content]
            blocks.append(Heading(span, level, tuple(path)))
        else:
            blocks.append(Paragraph(span, tuple(path)))
    first = blocks[0]
    title_span = first.span if isinstance(first, Heading) else None
    title = title_span.of(text) if title_span else name
    return Document(
        name=name,
        source_sha256="0" * 64,
        text=text,
        blocks=tuple(blocks),
        set_aside=(),
        meta=DocumentMeta(title, title_span, issued_on),
        line_map=LineMap(tuple(runs)),
    )


def cite(document: Document, number: int, quote: str, *, within: str | None = None, nth: int = 0) -> Citation:
    """A citation of the `nth` place of `quote`; its context is the block, or `within`."""
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(quote, start + 1)
    span = Span(start, start + len(quote))
    block = next(block for block in document.blocks if block.span.contains(span))
    segments = document.line_map.segments(document.text, span)
    return Citation(
        number=number,
        document=document.name,
        document_id=document.id,
        title=document.meta.title,
        section=block.heading_path,
        span=span,
        quote=quote,
        context=within or block.span.of(document.text),
        lines=(segments[0].line, segments[-1].line),
        segments=segments,
    )


HARBOUR = make_document("海洋/东湾简报.md", HARBOUR_LINES, date(2022, 3, 18))
ORCHARD = make_document("柑橘方案.txt", ORCHARD_LINES)
HOSTILE = make_document("恶意<img src=http://evil.example/n.png>.md", HOSTILE_LINES)


@dataclass
class FakeService:
    """Answers what mentions 海洋, 强度, 柑橘, 恶意 or 编号 (from the last document), refuses 天气, breaks on 故障.

    那柑橘呢 is completed, 概况 answered with questions to go on, 产值 asked back with choices.
    """

    held: list[Document] = field(default_factory=lambda: [HARBOUR, ORCHARD, HOSTILE])
    asked: list[Question] = field(default_factory=list)
    warmed: bool = False

    def warm(self) -> None:
        self.warmed = True

    def documents(self) -> tuple[DocumentSummary, ...]:
        return tuple(
            DocumentSummary(d.name, d.id, d.meta.title, len(d.text), len(d.blocks), d.meta.issued_on)
            for d in self.held
        )

    def document(self, document_id: str) -> Document | None:
        return next((document for document in self.held if document.id == document_id), None)

    def figures(self, documents=None):
        return tuple(
            one
            for document in self.held
            if documents is None or document.name in documents
            for one in list_figures(document, extract_figures(document))
        )

    def ask(self, question: Question) -> Outcome:
        self.asked.append(question)
        text = question.text
        if "故障" in text:
            raise RuntimeError("invented fault")
        if text == "那柑橘呢？":
            return replace(
                self.ask(Question(ORCHARD_COMPLETED)), question=question, completed=ORCHARD_COMPLETED
            )
        if "概况" in text:
            told = messages.OVERVIEW_NEXT.format(questions="".join(NEXT_QUESTIONS))
            answer = self._answer(
                question, HARBOUR, "2021年东湾市海洋生产总值达到1,286.4亿元", notices=(told,)
            )
            return replace(answer, choices=NEXT_QUESTIONS)
        if text == "产值是多少？":
            nearest = (Claim("综合产值突破120亿元", (1,)),)
            cited = (cite(ORCHARD, 1, "综合产值突破120亿元"),)
            return Refusal(question, "ambiguous", AMBIGUOUS, nearest, cited, choices=CHOICES)
        if "强度" in text:
            return self._answer(
                question, HARBOUR, "海洋领域研发经费投入强度为3.4%", "比全市平均水平高0.9个百分点"
            )
        if "柑橘" in text:
            return self._answer(
                question, ORCHARD, "柑橘种植面积稳定在48万亩", notices=("资料说的是2025年的目标，不是实绩。",)
            )
        if "恶意" in text:
            return self._answer(
                question,
                HOSTILE,
                *HOSTILE_LINES[2:],
                notices=("<img src=http://evil.example/e.png> [x](javascript:1)",),
            )
        if "编号" in text:
            return self._answer(question, self.held[-1], "编号为七七四十九")
        if "海洋" in text:
            return self._answer(question, HARBOUR, "2021年东湾市海洋生产总值达到1,286.4亿元")
        nearest = cite(HARBOUR, 1, "全年港口货物吞吐量5,210万吨")
        return Refusal(
            question,
            "out_of_scope",
            "现有资料中没有与这个问题相关的内容，无法回答。",
            (Claim("全年港口货物吞吐量5,210万吨", (1,)),),
            (nearest,),
        )

    def _answer(
        self, question: Question, document: Document, *quotes: str, notices: tuple[str, ...] = ()
    ) -> Answer:
        citations = tuple(cite(document, number, quote) for number, quote in enumerate(quotes, start=1))
        claims = tuple(Claim(f"{citation.quote}", (citation.number,)) for citation in citations)
        return Answer(question, claims, citations, notices)


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address of a chat over this service, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with serve(service, load_settings(port=port)) as address:
        yield address
