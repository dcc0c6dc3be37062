"""Answers in the sources' own words: the shortest sufficient clauses, every one cited exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa import messages
from policy_qa.answering.evidence import Evidence, gather_evidence
from policy_qa.answering.extractive import (
    answer_from_sentences,
    answer_with_source,
    needed_part,
    quoted_answer,
    trimmed,
)
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Hit, Question, SourceFile, Span
from policy_qa.understanding import Query, understand


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def read(text: str, name: str = "电网.md") -> Document:
    return read_document(SourceFile(name, "", text, "utf-8"))


def understood(segmenter: Segmenter, question: str) -> Query:
    return understand(Question(question), segmenter)


def weighed(query: Query, document: Document) -> list[Evidence]:
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    return gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("2022年售电量是多少？", "2022年，全县售电量为9.36亿千瓦时"),
        ("线损率是多少？", "线损率为4.21%"),
        ("投资是多少？", "电网投资2，350万元"),
        ("售电量和线损率是多少？", "全县售电量为9.36亿千瓦时，线损率为4.21%"),
        ("什么时候投运？", "新变电站于6月投运"),
    ],
)
def test_the_shortest_run_of_clauses_that_answers(segmenter: Segmenter, question: str, needed: str) -> None:
    sentence = (
        "2022年，全县售电量为9.36亿千瓦时，线损率为4.21%，电网投资2，350万元，新变电站于6月投运，运行平稳。"
    )
    document = read(f"# 电网简报\n\n{sentence}\n")
    query = understood(segmenter, question)
    (found,) = [one for one in weighed(query, document) if "售电量" in one.span.of(document.text)]
    assert needed_part(query, found).of(document.text) == needed
    answer = answer_from_sentences(query, [found])
    assert answer.text == f"{needed}[1]"
    assert answer.citations[0].quote == needed


@pytest.mark.parametrize("question", ["为什么停电？", "停电情况", "有哪些措施？"])
def test_what_is_no_fact_is_told_in_whole_sentences(segmenter: Segmenter, question: str) -> None:
    document = read("# 电网简报\n\n受台风影响，东线停电，措施正在落实，两日后恢复。\n")
    query = understood(segmenter, question)
    answer = answer_from_sentences(query, weighed(query, document))
    assert answer.claims[0].text == "受台风影响，东线停电，措施正在落实，两日后恢复。"


def test_a_fact_is_one_claim_and_an_open_question_a_few(segmenter: Segmenter) -> None:
    document = read(
        "# 电网简报\n\n"
        + "\n\n".join(f"台风造成{side}线停电{n}小时。" for n, side in enumerate("东南西北中", 2))
    )
    fact, cause = understood(segmenter, "台风停电多少小时？"), understood(segmenter, "为什么停电？台风")
    assert len(answer_from_sentences(fact, weighed(fact, document)).claims) == 1
    several = answer_from_sentences(cause, weighed(cause, document))
    assert 2 <= len(several.claims) <= 5
    assert [claim.citations for claim in several.claims] == [(n,) for n in range(1, len(several.claims) + 1)]


def test_every_claim_is_its_quotation(segmenter: Segmenter) -> None:
    document = read("# 电网简报\n\n甲线停电。乙线停电。\n")
    spans = [
        Span(document.text.index(word), document.text.index(word) + 5) for word in ("甲线", "乙线", "甲线")
    ]
    answer = quoted_answer(Question("？"), [(document, span) for span in spans])
    assert [claim.text for claim in answer.claims] == ["甲线停电。", "乙线停电。"]
    assert [citation.quote for citation in answer.citations] == ["甲线停电。", "乙线停电。"]
    with pytest.raises(ValueError, match="claim"):
        quoted_answer(Question("？"), [])


def test_a_figure_of_no_told_period_is_said_to_be_so(segmenter: Segmenter) -> None:
    query = understood(segmenter, "2022年线损率是多少？")
    notices = []
    for sentence in ("全县线损率为4.21%。", "2022年，全县线损率为4.21%。"):
        (found,) = weighed(query, read(f"# 电网简报\n\n{sentence}\n"))
        notices.append(answer_from_sentences(query, [found]).notices)
    assert notices == [(messages.PERIOD_NOT_TOLD,), ()]


def test_a_line_end_is_shown_as_a_space_and_quoted_as_it_is() -> None:
    document = read_document(SourceFile("电网", "", "电网投资\n为5万元。", "utf-8", verbatim=True))
    answer = quoted_answer(Question("？"), [(document, Span(0, len(document.text)))])
    assert answer.claims[0].text == "电网投资 为5万元。"
    assert answer.citations[0].quote == "电网投资\n为5万元。"
    assert answer.citations[0].lines == (1, 2)


def test_asked_for_the_source_the_title_comes_first(segmenter: Segmenter) -> None:
    text = "售电量为9.36亿千瓦时。"
    query = understood(segmenter, "售电量出自哪份报告？")
    document = read(f"# 电网简报\n\n{text}\n")
    answer = answer_with_source(query, weighed(query, document)[0])
    assert [citation.quote for citation in answer.citations] == ["电网简报", text]
    named = read_document(SourceFile("7", "", text, "utf-8", verbatim=True, title="电网简报"))
    assert [citation.quote for citation in answer_with_source(query, weighed(query, named)[0]).citations] == [
        text
    ]


@given(st.text("强度为1.8%，、；：, \n", max_size=12), st.integers(0, 5))
def test_trimming_takes_off_separators_at_the_end_alone(text: str, start: int) -> None:
    span = Span(min(start, len(text)), len(text))
    kept = trimmed(text, span)
    assert kept.start == span.start
    assert set(text[kept.end : span.end]) <= set("，、；,;： \n") or kept == span
    assert kept == span or not text[kept.start : kept.end].endswith(
        ("，", "、", "；", ",", ";", "：", " ", "\n")
    )
