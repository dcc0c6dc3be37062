"""Citations: exact, numbered by first mention, with their section, context and lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.answering.citations import CitationList, block_at, cite_span, context_span
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile, Span

SOURCE = (
    "# 石桥镇供水年报\n\n## 一、水源\n\n2022年，全镇日供水量为1.8万吨，较上年增长4.5%。水源地为石桥水库。\n\n"
    "## 二、管网\n\n改造管网36公里，\n更换水表5200只。漏损率降至9.1%。\n\n- 东区\n- 西区\n"
)
DOCUMENT = read_document(SourceFile("供水.md", "", SOURCE, "utf-8"))
TEXT = DOCUMENT.text


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_a_citation_holds_the_exact_characters_and_where_they_stand() -> None:
    citation = cite_span(DOCUMENT, place("1.8万吨"), number=3)
    assert (citation.number, citation.document, citation.document_id) == (3, "供水.md", DOCUMENT.id)
    assert (citation.title, citation.section[-1]) == ("石桥镇供水年报", "一、水源")
    assert (citation.quote, citation.lines) == ("1.8万吨", (5, 5))
    assert citation.context == "2022年，全镇日供水量为1.8万吨，较上年增长4.5%。"
    assert [(piece.line, piece.text) for piece in citation.segments] == [(5, "1.8万吨")]


def test_what_two_answers_cite_is_cited_once() -> None:
    citations = CitationList()
    taken = [
        citations.take(cite_span(DOCUMENT, place(words), number=number))
        for number, words in ((1, "36公里"), (2, "1.8万吨"), (1, "36公里"))
    ]
    assert taken == [1, 2, 1]
    assert [(one.number, one.quote) for one in citations.citations()] == [(1, "36公里"), (2, "1.8万吨")]


def test_a_quote_over_two_sentences_has_both_for_context() -> None:
    citation = cite_span(DOCUMENT, place("4.5%。水源地"), number=1)
    assert citation.context == "2022年，全镇日供水量为1.8万吨，较上年增长4.5%。水源地为石桥水库。"


def test_a_quote_over_two_lines_has_a_segment_of_each() -> None:
    start, end = place("改造管网36公里").start, place("更换水表5200只").end
    citation = cite_span(DOCUMENT, Span(start, end), number=1)
    assert citation.lines == (9, 10)
    assert [piece.line for piece in citation.segments] == [9, 10]
    assert "".join("".join(piece.text.split()) for piece in citation.segments) == "".join(
        (citation.quote or "").split()
    )


@pytest.mark.parametrize(
    "span", [Span(0, 0), Span(len(TEXT), len(TEXT) + 5), Span(TEXT.index("\n"), TEXT.index("\n") + 1)]
)
def test_nothing_visible_cannot_be_cited(span: Span) -> None:
    with pytest.raises(ValueError, match="nothing to cite"):
        cite_span(DOCUMENT, span, number=1)


def test_numbers_count_first_mentions_one_a_span() -> None:
    other = read_document(SourceFile("副本.md", "", SOURCE, "utf-8"))
    citations = CitationList()
    spans = [place("9.1%"), place("1.8万吨"), place("9.1%")]
    assert [citations.cite(DOCUMENT, span) for span in spans] == [1, 2, 1]
    assert citations.cite(other, place("9.1%")) == 3
    assert [citation.number for citation in citations.citations()] == [1, 2, 3]
    assert [citation.quote for citation in citations.citations()] == ["9.1%", "1.8万吨", "9.1%"]
    assert CitationList().citations() == ()


def test_the_block_at_a_place() -> None:
    for block in DOCUMENT.blocks:
        assert block_at(DOCUMENT, block.span.start) is block
        assert block_at(DOCUMENT, block.span.end - 1) is block
    assert block_at(DOCUMENT, 0) is DOCUMENT.blocks[0]
    assert block_at(DOCUMENT, len(TEXT) + 9) is DOCUMENT.blocks[-1]


@given(st.data())
def test_any_span_is_cited_exactly_and_within_its_context(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(TEXT))))
    around = context_span(DOCUMENT, span)
    assert around.contains(span)
    if not span.of(TEXT).strip():
        return
    citation = cite_span(DOCUMENT, span, number=1)
    assert citation.quote == TEXT[span.start : span.end]
    assert citation.context == around.of(TEXT)
    lines = SOURCE.split("\n")
    assert all(piece.text in lines[piece.line - 1] for piece in citation.segments)
    joined = "".join(piece.text for piece in citation.segments)
    assert "".join(joined.split()) == "".join(citation.quote.split())


def test_the_lines_of_a_sentence_from_a_scrambled_page_are_the_first_and_the_last() -> None:
    lines = [
        "过去曾出现下滑。产业之间差距扩大，全镇连年改造管网。",
        "总体看，各项排名均处于第十五位之",
        "图1 排名",
    ]
    lines += ["现的波动源自外部，也有内因。", "一、现状", "与以往不同，去年以来全镇出", "图2 走势"]
    lines += ["间，优势不算明显，短板突出。"]
    document = read_document(SourceFile("供水.txt", "", "\n".join(lines), "utf-8"))
    start = document.text.index("与以往不同")
    citation = cite_span(document, Span(start, document.text.index("也有内因。") + 5), number=1)
    assert [segment.line for segment in citation.segments] == [6, 4]
    assert citation.lines == (4, 6)
