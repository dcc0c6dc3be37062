"""An assistant over one invented report, all of which is found for every question."""

from __future__ import annotations

from datetime import date

from policy_qa.assistant import Assistant
from policy_qa.config import load_settings
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.lookup import FiguresInMemory
from policy_qa.ingest.documents import read_document
from policy_qa.language.places import places_called
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Hit, SourceFile, Span
from policy_qa.understanding import understand


def assistant_over(text: str, *, home: str) -> Assistant:
    """The assistant that has read the text; `home` is the place that staff speak for."""
    segmenter = Segmenter(load_settings().cache)
    document = read_document(SourceFile("简报.md", "", text, "utf-8"))
    (place,) = places_called(home)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0, dense_score=0.9)
    return Assistant(
        understand=lambda question: understand(question, segmenter, home=place),
        retrieve=lambda _question, _count: (hit,),
        document={document.id: document}.get,
        word_weight=lambda _word: 2.0,
        similarity=lambda _question, texts: [0.9] * len(texts),
        least_similarity=0.855,
        documents_about=lambda _query: frozenset(),
        today=lambda: date(2022, 1, 1),
        corpus_home=lambda: place,
        figures=FiguresInMemory(extract_figures(document)),
    )
