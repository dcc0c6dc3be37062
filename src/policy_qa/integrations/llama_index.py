"""policy-qa as LlamaIndex parts: splitter, retriever and query engine, with our ids and exact spans.

The product itself goes through these classes (see `pipeline.py`), so a LlamaIndex program gets what staff get.
Every node has the chunk's id, its span as `start_char_idx` and `end_char_idx`, and the metadata `document`,
`title` and `section`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, NodeRelationship, NodeWithScore, QueryBundle, TextNode
from llama_index.core.schema import Document as LlamaDocument
from pydantic import PrivateAttr

from policy_qa.assistant import Assistant, Explanation
from policy_qa.ingest.documents import read_document
from policy_qa.types import Answer, Chunk, Document, Hit, Question, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from llama_index.core.prompts.mixin import PromptMixinType

    from policy_qa.retrieval import Retrieve

RANKS = [one.name for one in fields(Hit) if one.name not in ("chunk", "score")]


class ReadDocument(LlamaDocument):
    """A LlamaIndex document that is one of ours, read already."""

    _document: Document = PrivateAttr()

    @classmethod
    def of(cls, document: Document) -> ReadDocument:
        """The LlamaIndex document with the id and the clean text of `document`."""
        read = cls(id_=document.id, text=document.text)
        read._document = document
        return read


class PolicyNodeParser(NodeParser):
    """Splits documents with the product's own rules: no number, word or title is ever cut.

    A `ReadDocument` is split as it was read; any other LlamaIndex document is taken verbatim, its `id_` for a name.
    """

    _split: Callable[[Document], tuple[Chunk, ...]] = PrivateAttr()

    def __init__(self, split: Callable[[Document], tuple[Chunk, ...]]) -> None:
        super().__init__()
        self._split = split

    def chunks(self, document: Document) -> tuple[Chunk, ...]:
        """The document's chunks, by way of LlamaIndex nodes."""
        return tuple(
            chunk_of_node(node) for node in self.get_nodes_from_documents([ReadDocument.of(document)])
        )

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any
    ) -> list[BaseNode]:
        documents = (
            node._document if isinstance(node, ReadDocument) else read_llama_document(node) for node in nodes
        )
        return [node_of_chunk(document, chunk) for document in documents for chunk in self._split(document)]

    def _postprocess_parsed_nodes(
        self,
        nodes: list[BaseNode],
        parent_doc_map: dict[str, LlamaDocument],
    ) -> list[BaseNode]:
        """The nodes as they are: the base class would look their spans up again by `text.find`, and miss."""
        return nodes


class PolicyRetriever(BaseRetriever):
    """Fused dense and keyword search as a LlamaIndex retriever; plain strings and `QuestionBundle`s are asked."""

    def __init__(
        self,
        retrieve: Retrieve,
        document: Callable[[str], Document | None],
        top_k: int,
    ) -> None:
        super().__init__()
        self._search, self._document, self._top_k = retrieve, document, top_k

    def hits(self, question: Question, top_k: int, *, meaning: str | None = None) -> tuple[Hit, ...]:
        """The best chunks for a question, by way of LlamaIndex nodes; near to `meaning`, if given, instead of the question."""
        bundle = QuestionBundle.of(question, top_k=top_k, meaning=meaning)
        return tuple(hit_of_node(found) for found in self.retrieve(bundle))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        bundle = QuestionBundle.of(query_bundle, top_k=self._top_k)
        (meaning,) = bundle.custom_embedding_strs or (None,)
        hits = self._search(bundle.question, bundle.top_k, meaning=meaning)
        documents = {hit.chunk.document_id: self._document(hit.chunk.document_id) for hit in hits}
        return [
            node_of_hit(document, hit)
            for hit in hits
            if (document := documents[hit.chunk.document_id]) is not None
        ]


class PolicyQueryEngine(BaseQueryEngine):
    """The assistant as a LlamaIndex query engine.

    The response's text is the answer with its marks, or the refusal's sentence; its `source_nodes` are the chunks
    that were read, and `metadata["explanation"]` is the whole `Explanation`.
    """

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(callback_manager=None)
        self._assistant = assistant

    def explain(self, question: Question) -> Explanation:
        """The assistant's explanation, by way of a LlamaIndex response."""
        explanation = self.query(QuestionBundle.of(question)).metadata["explanation"]
        if not isinstance(explanation, Explanation):
            raise TypeError(
                f"the query engine answered with {type(explanation).__name__}, not with an Explanation"
            )
        return explanation

    def _query(self, query_bundle: QueryBundle) -> Response:
        explanation = self._assistant.explain(QuestionBundle.of(query_bundle).question)
        outcome = explanation.outcome
        return Response(
            response=outcome.text if isinstance(outcome, Answer) else outcome.message,
            source_nodes=[
                node_of_hit(document, hit)
                for hit in explanation.hits
                if (document := self._assistant.document(hit.chunk.document_id)) is not None
            ],
            metadata={"explanation": explanation},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


@dataclass
class QuestionBundle(QueryBundle):
    """A query bundle that carries a whole question, its history and scope included."""

    question: Question = field(default_factory=lambda: Question(""))
    top_k: int = 10

    @classmethod
    def of(
        cls, asked: Question | QueryBundle, *, top_k: int = 10, meaning: str | None = None
    ) -> QuestionBundle:
        """The bundle of a question; a bundle that is one already stays as it is. `meaning` is embedded instead of it, if given."""
        if isinstance(asked, QuestionBundle):
            return asked
        question = Question(asked.query_str) if isinstance(asked, QueryBundle) else asked
        embedded = None if meaning is None else [meaning]
        return cls(question.text, custom_embedding_strs=embedded, question=question, top_k=top_k)


def read_llama_document(node: BaseNode) -> Document:
    """Somebody's LlamaIndex document, read verbatim: spans are places in its own text."""
    text = node.get_content()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return read_document(
        SourceFile(name=node.node_id, sha256=sha256, text=text, encoding="utf-8", verbatim=True)
    )


def node_of_chunk(document: Document, chunk: Chunk) -> TextNode:
    """The chunk as a LlamaIndex node, its metadata kept out of what is embedded or shown to a model."""
    metadata = {"document": document.name, "title": document.meta.title, "section": list(chunk.heading_path)}
    node = TextNode(
        id_=chunk.id,
        text=chunk.span.of(document.text),
        start_char_idx=chunk.span.start,
        end_char_idx=chunk.span.end,
        metadata=metadata,
    )
    node.relationships[NodeRelationship.SOURCE] = ReadDocument.of(document).as_related_node_info()
    return node


def chunk_of_node(node: BaseNode) -> Chunk:
    """The chunk a node was made of. Raises TypeError for a node that is not one of ours."""
    if not isinstance(node, TextNode) or node.start_char_idx is None or node.end_char_idx is None:
        raise TypeError(f"node {node.node_id} has no span in a document")
    document_id = node.id_.rpartition(":")[0]
    return Chunk(document_id, Span(node.start_char_idx, node.end_char_idx), tuple(node.metadata["section"]))


def node_of_hit(document: Document, hit: Hit) -> NodeWithScore:
    """The hit as a scored node, ranks and scores of both legs in its metadata."""
    node = node_of_chunk(document, hit.chunk)
    node.metadata |= {name: getattr(hit, name) for name in RANKS}
    return NodeWithScore(node=node, score=hit.score)


def hit_of_node(found: NodeWithScore) -> Hit:
    """The hit a scored node was made of."""
    metadata = found.node.metadata
    return Hit(chunk_of_node(found.node), found.score or 0.0, **{name: metadata[name] for name in RANKS})
