"""Reports of a few sentences, read as documents, and what a question finds in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.answering.evidence import compare_meaning, gather_evidence
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Answer, Chunk, Hit, Question, SourceFile, Span
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.types import Document, Outcome
    from policy_qa.understanding import Query


@cache
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def weight(word: str) -> float:
    return 2.0 if len(word) > 1 else 1.0


@dataclass(frozen=True)
class Asked:
    """A question over texts, each of them a document found whole."""

    query: Query
    documents: dict[str, Document]
    evidence: list[Evidence]

    def document_of(self, name: str) -> Document | None:
        return self.documents.get(name)

    @property
    def fitting(self) -> list[Evidence]:
        return [found for found in self.evidence if not found.misfits]

    def compare(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        return compare_meaning(evidence, lambda texts: [0.0] * len(texts))


def asked(question: str, *texts: str) -> Asked:
    query = understand(Question(question), segmenter())
    read = [read_document(SourceFile(f"文{n}.md", "", text, "utf-8")) for n, text in enumerate(texts, 1)]
    documents = {document.id: document for document in read}
    hits = [Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0) for document in read]
    return Asked(query, documents, gather_evidence(query, hits, documents.get, weight))


def claims(outcome: Outcome | None) -> list[str]:
    """The claims of an answer; every one is checked to stand in what it cites."""
    assert isinstance(outcome, Answer)
    for claim in outcome.claims:
        quotes = [outcome.citations[number - 1].quote for number in claim.citations]
        assert any(quote and " ".join(quote.split("\n")) in claim.text for quote in quotes), claim.text
    return [claim.text for claim in outcome.claims]
