"""The only place that puts the parts together: for building an index, and for asking one."""

from __future__ import annotations

import math
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Self

from policy_qa import messages
from policy_qa.answering.wording import WEIGHT_OF_UNKNOWN
from policy_qa.assistant import Assistant, Explanation
from policy_qa.auditing.auditor import Auditor
from policy_qa.figures.checks import find_arithmetic
from policy_qa.figures.conflicts import find_conflicts
from policy_qa.figures.extract import extract_figures
from policy_qa.figures.listing import list_figures
from policy_qa.finding import PASSAGES
from policy_qa.index.build import BuildReport, Parts, Progress, build, ignore_progress
from policy_qa.index.catalog import Catalog, DocumentSummary
from policy_qa.index.embedding import Embedder, open_embedder
from policy_qa.index.figure_lookup import CatalogFigures
from policy_qa.index.keywords import KeywordIndex
from policy_qa.index.manifest import Manifest, reading_fingerprint
from policy_qa.index.vectors import VectorIndex
from policy_qa.ingest.chunking import chunk_document, embedded_text
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.integrations.llama_index import PolicyNodeParser, PolicyQueryEngine, PolicyRetriever
from policy_qa.language.places import homes_of_documents, place_of_setting, places_called, unique_name
from policy_qa.language.tokens import Segmenter
from policy_qa.restating import restate
from policy_qa.retrieval import Retriever
from policy_qa.types import Question
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np

    from policy_qa.config import Settings
    from policy_qa.figures.checks import Check
    from policy_qa.figures.conflicts import Conflict
    from policy_qa.figures.listing import ListedFigure
    from policy_qa.language.places import Place
    from policy_qa.types import Chunk, Document, Hit, Outcome
    from policy_qa.understanding import Query

QUESTIONS_KEPT, PASSAGES_KEPT = 64, 1024
WARM_UP_TEXT = "研发投入"


def open_segmenter(settings: Settings) -> Segmenter:
    """The segmenter the settings ask for."""
    return Segmenter(settings.cache, settings.user_dictionary)


def open_node_parser(settings: Settings, segmenter: Segmenter) -> PolicyNodeParser:
    """The splitter the settings ask for."""
    return PolicyNodeParser(
        partial(
            chunk_document,
            segmenter=segmenter,
            size_chars=settings.chunk_size_chars,
            overlap_chars=settings.chunk_overlap_chars,
        )
    )


def manifest_of(settings: Settings, segmenter: Segmenter, embedder: Embedder) -> Manifest:
    """What an index of these settings is made with."""
    return Manifest(
        embedder=embedder.name,
        dimensions=embedder.dimensions,
        segmenter=segmenter.fingerprint,
        chunk_size_chars=settings.chunk_size_chars,
        chunk_overlap_chars=settings.chunk_overlap_chars,
        reading=reading_fingerprint(homes_of_documents(settings.home_places)),
    )


def build_index(
    settings: Settings, progress: Progress = ignore_progress, *, embedder: Embedder | None = None
) -> BuildReport:
    """The report of having made the index equal to the corpus.

    Raises CorpusError for a corpus that cannot be read as a whole, IndexLockedError while another process builds.
    """
    listing = find_sources(settings.corpus)
    segmenter, embedder = open_segmenter(settings), embedder or open_embedder(settings)
    homes = homes_of_documents(settings.home_places)
    parts = Parts(
        read=read_source,
        clean=lambda source: read_document(source, home_place=homes.get(source.name)),
        split=open_node_parser(settings, segmenter).chunks,
        figures=extract_figures,
        embedded_text=embedded_text,
        terms=segmenter.terms,
        embedder=embedder,
        manifest=manifest_of(settings, segmenter, embedder),
    )
    return build(listing, settings.index, parts, progress)


def open_catalog(settings: Settings) -> Catalog:
    """What the index holds, for those who need no models; close it, or use it in a `with` statement."""
    return Catalog.open_for_reading(settings.index)


def open_index(settings: Settings, *, embedder: Embedder | None = None) -> PolicyQA:
    """The product over the index of the settings; close it, or use it in a `with` statement.

    Raises IndexMissingError where nothing was built, IndexMismatchError for an index of other settings, SettingsError for
    a home that is no place.
    """
    if settings.home_place is not None:
        place_of_setting("home_place", settings.home_place)
    segmenter, embedder = open_segmenter(settings), embedder or open_embedder(settings)
    catalog = Catalog.open_for_reading(settings.index, manifest_of(settings, segmenter, embedder))
    return PolicyQA(settings, segmenter=segmenter, embedder=embedder, catalog=catalog)


class PolicyQA:
    """Questions, searches and documents over one index, for any number of threads.

    `retriever` and `query_engine` are LlamaIndex's; every answer goes through them.
    """

    def __init__(
        self, settings: Settings, *, segmenter: Segmenter, embedder: Embedder, catalog: Catalog
    ) -> None:
        self._settings = settings
        self._catalog, self._embedder = catalog, embedder
        # a question is understood and embedded once, though retrieval and answering both ask for it
        self._understood = lru_cache(QUESTIONS_KEPT)(
            lambda question, home: understand(question, segmenter, home=home)
        )
        self._embed_query = lru_cache(QUESTIONS_KEPT)(embedder.embed_query)
        self._listed: tuple[int, tuple[ListedFigure, ...]] | None = None
        self._passages: OrderedDict[str, np.ndarray] = OrderedDict()
        self._passages_lock = Lock()
        self._open = ExitStack()
        self._open.enter_context(catalog)
        self._vectors = self._open.enter_context(VectorIndex(catalog))
        self._keywords = KeywordIndex(catalog)
        self._figures = CatalogFigures(catalog)
        self._fused = Retriever(self._embed_query, self._vectors, self._keywords, catalog.chunks, settings)
        self.retriever = PolicyRetriever(self._retrieve, catalog.document, top_k=PASSAGES)
        self.query_engine = PolicyQueryEngine(
            Assistant(
                self._understand,
                self.retriever.hits,
                catalog.document,
                self._word_weight,
                self._similarity,
                settings.least_similarity,
                self._documents_about,
                self._titles,
                self._today,
                self._home,
                self._figures,
                auditor=Auditor(lambda document: self._figures.of([document.id])),
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the index."""
        self._open.close()

    def warm(self) -> None:
        """Loads what the first answer needs: models, dictionaries, caches."""
        self.ask(Question(WARM_UP_TEXT))
        self._figures.warm()

    def ask(self, question: Question) -> Outcome:
        """The answer, every claim of it cited, or the refusal."""
        with self._catalog.snapshot():
            return self._explained(question).outcome

    def explain(self, question: Question) -> Explanation:
        """The outcome with the way that led to it; all of it read from one state of the index."""
        with self._catalog.snapshot():
            explanation = self._explained(question)
            explanation.evidence  # noqa: B018 - it is read when first asked for, and another state may come
            return explanation

    def _explained(self, question: Question) -> Explanation:
        explanation = self.query_engine.explain(question)
        if not (self._vectors.degraded or self._keywords.degraded):
            return explanation
        notices = (*explanation.outcome.notices, messages.SEARCH_DEGRADED)
        return replace(explanation, outcome=replace(explanation.outcome, notices=notices))

    def search(self, question: Question, top_k: int) -> list[tuple[Hit, Document]]:
        """The `top_k` best chunks with their documents, best first."""
        with self._catalog.snapshot():
            restated = restate(question.text, today=self._today(), home=self._home())
            question = replace(question, text=restated.text)
            found = [
                (hit, self._catalog.document(hit.chunk.document_id))
                for hit in self.retriever.hits(question, top_k)
            ]
        return [(hit, document) for hit, document in found if document is not None]

    def conflicts(self) -> list[Conflict]:
        """Where the documents disagree about a figure."""
        with self._catalog.snapshot():
            documents = [self._catalog.document(one.id) for one in self._catalog.documents()]
            return find_conflicts(self._catalog.figures(), [one for one in documents if one is not None])

    def documents(self) -> tuple[DocumentSummary, ...]:
        """What the index holds now, by name."""
        return tuple(self._catalog.documents())

    def document(self, document_id: str) -> Document | None:
        """The document, or None where the index no longer holds it."""
        return self._catalog.document(document_id)

    def figures(self, documents: Collection[str] | None = None) -> tuple[ListedFigure, ...]:
        """The figures of the documents of these names, of all for None: by document name, then in text order.

        Those of all are kept until the index changes.
        """
        with self._catalog.snapshot():
            generation = self._catalog.generation
            if self._listed is not None and self._listed[0] == generation:
                kept = self._listed[1]
                return kept if documents is None else tuple(one for one in kept if one.document in documents)
            found = []
            for document_id, figures in groupby(self._catalog.figures(documents), attrgetter("document_id")):
                document = self._catalog.document(document_id)
                if document is not None:
                    found += list_figures(document, figures)
        listed = tuple(found)
        if documents is None:
            self._listed = generation, listed
        return listed

    def arithmetic(self) -> list[Check]:
        """Every stated result of the corpus whose parts are stated too, recomputed; by document, then in text order."""
        held = (self._catalog.document(summary.id) for summary in self._catalog.documents())
        documents = [document for document in held if document is not None]
        return find_arithmetic(documents, figures_of=lambda document: self._catalog.figures([document.name]))

    def chunks(self, document_id: str) -> tuple[Chunk, ...]:
        """The chunks of a document, in text order."""
        return self._catalog.chunks_of(document_id)

    def _today(self) -> date:
        return self._settings.today or datetime.now().astimezone().date()

    def _home(self) -> Place | None:
        """What 我市 means in a question: the place that is set, else the one that most documents are about."""
        name = self._settings.home_place or self._catalog.commonest_home()
        called = places_called(name) if name else ()
        return called[0] if called else None

    def _documents_about(self, query: Query) -> frozenset[str]:
        """The documents about the places a question names, and of its years or the year after, where any are."""
        homes = {unique_name(place) for place in query.places}
        years = {int(year) + later for year in query.years for later in (0, 1)}
        if not homes and not years:
            return frozenset()
        found = self._catalog.documents_about(homes, years)
        return found or (self._catalog.documents_about(homes, ()) if homes else found)

    def _titles(self) -> dict[str, str]:
        return {one.name: one.title for one in self._catalog.documents()}

    def _understand(self, question: Question) -> Query:
        return self._understood(question, self._home())

    def _retrieve(self, question: Question, top_k: int, *, meaning: str | None = None) -> tuple[Hit, ...]:
        return self._fused.retrieve(self._understand(question), top_k, meaning=meaning)

    def _word_weight(self, word: str) -> float:
        """The inverse document frequency of a word, Robertson's as Lucene smooths it: rare words weigh more.

        A short word that no chunk holds is more likely another way to say it than the thing that is asked for.
        """
        holding, all_chunks = self._keywords.document_frequency(word)
        if not holding and len(word) <= 2:
            return WEIGHT_OF_UNKNOWN
        return math.log(1 + (all_chunks - holding + 0.5) / (holding + 0.5))

    def _similarity(self, question: str, texts: Sequence[str]) -> list[float]:
        """The cosines of the texts to the question, rounded so that what ties in truth ties here.

        A text is embedded once: what a question compares is looked up in the same few sentences.
        """
        with self._passages_lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._passages]
            if new:
                while len(self._passages) > PASSAGES_KEPT:
                    self._passages.popitem(last=False)
                self._passages |= zip(new, self._embedder.embed_passages(new), strict=True)
            vectors = [self._passages[text] for text in texts]
        asked = self._embed_query(question)
        return [round(float(vector @ asked), 6) for vector in vectors]
