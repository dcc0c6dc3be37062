"""The LlamaIndex parts, used as a LlamaIndex program uses them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.ingestion import run_transformations
from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.schema import MetadataMode, NodeRelationship, NodeWithScore, QueryBundle, TextNode

from fakes import FakeEmbedder
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.integrations.llama_index import (
    PolicyNodeParser,
    PolicyRetriever,
    QuestionBundle,
    ReadDocument,
    chunk_of_node,
    hit_of_node,
    node_of_chunk,
    node_of_hit,
)
from policy_qa.pipeline import build_index, open_index, open_node_parser, open_segmenter
from policy_qa.types import Answer, Chunk, Document, Hit, Question, Refusal, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policy_qa.pipeline import PolicyQA

REPEATED = "渡口每日巡查两次，记录水位并上报。"
TWICE = f"# 渡口巡查规程\n\n## 要求\n\n{REPEATED}\n\n## 要求\n\n{REPEATED}\n\n## 费用\n\n2023年巡查费用为46.2万元。\n"
QUESTION = "2023年巡查费用是多少？"


def read(text: str, name: str = "规程.md") -> Document:
    return read_document(SourceFile(name, "", text, "utf-8"))


@pytest.fixture(scope="module")
def parser() -> PolicyNodeParser:
    settings = load_settings(chunk_size_chars=80, chunk_overlap_chars=0)
    return open_node_parser(settings, open_segmenter(settings))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyQA]:
    folder: Path = tmp_path_factory.mktemp("llama")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "规程.md").write_text(TWICE, encoding="utf-8")
    (folder / "corpus" / "船闸.txt").write_text("船闸检修通知\n\n船闸于5月停航检修18天。\n", encoding="utf-8")
    settings = load_settings(corpus=folder / "corpus", index=folder / "index", least_similarity=-1.0)
    build_index(settings, embedder=FakeEmbedder())
    with open_index(settings, embedder=FakeEmbedder()) as service:
        yield service


def test_nodes_have_our_ids_and_spans_where_the_text_repeats(parser: PolicyNodeParser) -> None:
    document = read(TWICE)
    nodes = parser.get_nodes_from_documents([ReadDocument.of(document)])
    first, second = (node for node in nodes if REPEATED in node.get_content(MetadataMode.NONE))
    assert document.text.find(second.get_content(MetadataMode.NONE)) < first.end_char_idx
    assert second.start_char_idx >= first.end_char_idx
    assert second.end_char_idx == document.text.rindex(REPEATED) + len(REPEATED)
    for node in nodes:
        assert node.id_ == f"{document.id}:{node.start_char_idx}-{node.end_char_idx}"
        assert document.text[node.start_char_idx : node.end_char_idx] == node.get_content(MetadataMode.NONE)
        assert node.get_content(MetadataMode.EMBED).endswith(node.get_content(MetadataMode.NONE))
        assert node.ref_doc_id == document.id
        assert node.metadata["document"] == "规程.md"


def test_chunks_through_nodes_are_the_chunks_themselves(parser: PolicyNodeParser) -> None:
    document = read(TWICE)
    assert parser.chunks(document) == parser._split(document)
    assert parser.chunks(document) == parser.chunks(document)


def test_an_empty_split_makes_no_nodes() -> None:
    assert PolicyNodeParser(lambda document: ()).chunks(read(TWICE)) == ()


def test_a_plain_document_is_split_verbatim(parser: PolicyNodeParser) -> None:
    text = f"\n  第一行\n{REPEATED}\n\n{REPEATED}\n2023年费用为46.2\n万元。"
    plain = LlamaDocument(text=text, id_="他们的-1", metadata={"author": "someone"})
    nodes = parser.get_nodes_from_documents([plain])
    assert nodes
    for node in nodes:
        assert text[node.start_char_idx : node.end_char_idx] == node.get_content(MetadataMode.NONE)
        assert node.metadata["document"] == "他们的-1"
    covered = {place for node in nodes for place in range(node.start_char_idx, node.end_char_idx)}
    assert all(place in covered or letter.isspace() for place, letter in enumerate(text))


def test_the_parser_is_a_llama_index_transformation(parser: PolicyNodeParser) -> None:
    documents = [LlamaDocument(text=TWICE, id_="甲"), LlamaDocument(text=REPEATED, id_="乙")]
    nodes = run_transformations(documents, [parser])
    assert [node.metadata["document"] for node in nodes][-1] == "乙"
    assert len({node.id_ for node in nodes}) == len(nodes)


def test_a_node_that_is_not_ours_has_no_chunk() -> None:
    with pytest.raises(TypeError, match="no span"):
        chunk_of_node(TextNode(text="甲"))


@pytest.mark.parametrize(
    "ranks",
    [(1, 0.91, 2, 7.5), (None, None, 1, 3.25), (3, -0.125, None, None), (None, None, None, None)],
)
def test_chunks_and_hits_survive_the_way_there_and_back(ranks: tuple[float | None, ...]) -> None:
    document = read(TWICE)
    chunk = Chunk(document.id, Span(0, 6), ("渡口巡查规程", "要求"))
    assert chunk_of_node(node_of_chunk(document, chunk)) == chunk
    hit = Hit(chunk, 0.1 + 0.2, *ranks)
    assert hit_of_node(node_of_hit(document, hit)) == hit


def test_the_retriever_finds_what_the_pipeline_finds(service: PolicyQA) -> None:
    assert isinstance(service.retriever, BaseRetriever)
    for text in (QUESTION, "巡查几次", "船闸"):
        found = service.retriever.retrieve(text)
        assert all(isinstance(one, NodeWithScore) for one in found)
        hits = [hit for hit, _ in service.search(Question(text), 10)]
        assert [hit_of_node(one) for one in found] == hits
        assert [one.score for one in found] == [hit.score for hit in hits]
        for one in found:
            document = service.document(one.node.id_.partition(":")[0])
            assert document is not None
            span = slice(one.node.start_char_idx, one.node.end_char_idx)
            assert document.text[span] == one.node.get_content(MetadataMode.NONE)


def test_the_retriever_keeps_scope_and_number(service: PolicyQA) -> None:
    asked = Question("巡查", documents=frozenset({"船闸.txt"}))
    found = service.retriever.retrieve(QuestionBundle.of(asked, top_k=5))
    assert {one.node.metadata["document"] for one in found} == {"船闸.txt"}
    assert len(service.retriever.retrieve(QuestionBundle.of(Question("巡查"), top_k=1))) == 1
    assert service.retriever.hits(asked, 5) == tuple(hit_of_node(one) for one in found)


def test_the_query_engine_answers_as_the_pipeline_does(service: PolicyQA) -> None:
    assert isinstance(service.query_engine, BaseQueryEngine)
    response = service.query_engine.query(QUESTION)
    outcome = service.ask(Question(QUESTION))
    assert isinstance(outcome, Answer)
    assert str(response) == response.response == outcome.text
    assert "46.2万元" in outcome.text
    assert response.metadata is not None
    explanation = response.metadata["explanation"]
    assert explanation.outcome == outcome
    assert explanation == service.explain(Question(QUESTION))
    assert [hit_of_node(node) for node in response.source_nodes] == list(explanation.hits)
    again = asyncio.run(service.query_engine.aquery(QueryBundle(QUESTION)))
    assert again.response == response.response


def test_the_query_engine_says_a_refusal(service: PolicyQA) -> None:
    response = service.query_engine.query("彗星的轨道周期是多少？")
    outcome = response.metadata["explanation"].outcome
    assert isinstance(outcome, Refusal)
    assert response.response == outcome.message


def test_a_question_bundle_keeps_the_whole_question() -> None:
    asked = Question("甲", documents=frozenset({"乙"}))
    bundle = QuestionBundle.of(asked, top_k=3)
    assert (bundle.question, bundle.top_k, bundle.query_str) == (asked, 3, "甲")
    assert QuestionBundle.of(bundle, top_k=9) is bundle
    assert QuestionBundle.of(QueryBundle("乙")).question == Question("乙")


def test_a_lost_document_is_dropped_from_what_is_retrieved() -> None:
    kept, lost = read(TWICE), read(REPEATED, "失.md")
    hits = tuple(Hit(Chunk(one.id, Span(0, 2), ()), 1.0) for one in (lost, kept))
    retriever = PolicyRetriever(lambda question, top_k, **_: hits, {kept.id: kept}.get, top_k=2)
    assert retriever.hits(Question("甲"), 2) == hits[1:]


def test_a_meaning_goes_with_the_question_to_the_search() -> None:
    asked: list[tuple[str, str | None]] = []

    def search(question: Question, _top_k: int, *, meaning: str | None = None) -> tuple[Hit, ...]:
        asked.append((question.text, meaning))
        return ()

    retriever = PolicyRetriever(search, {}.get, top_k=2)
    assert retriever.hits(Question("柳州"), 2, meaning="柳州的渡口有多少") == ()
    assert retriever.hits(Question("柳州"), 2) == ()
    assert asked == [("柳州", "柳州的渡口有多少"), ("柳州", None)]


def test_relationships_lead_to_the_document(parser: PolicyNodeParser) -> None:
    document = read(TWICE)
    (source,) = {
        node.relationships[NodeRelationship.SOURCE].node_id
        for node in parser.get_nodes_from_documents([ReadDocument.of(document)])
    }
    assert source == document.id
