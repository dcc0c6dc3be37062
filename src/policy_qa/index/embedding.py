"""Vectors of texts: the `Embedder` every other part sees, and the ones that sentence-transformers computes."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from policy_qa.errors import EncoderError
from policy_qa.index.encoder_weights import MODEL_NAME, encoder_version, ensure_model_folder
from policy_qa.index.packed_encoder import DIMENSIONS
from policy_qa.index.quick_encoder import QuickEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from policy_qa.config import Settings

logger = logging.getLogger(__name__)

FULL_PRECISION = "float32"
QUICK_TEXTS = 32
"""Up to so many passages the import of sentence-transformers would take longer than embedding them."""


class Embedder(Protocol):
    """Turns texts into vectors. The same text gives the same vector, bit for bit, in any company and order."""

    @property
    def name(self) -> str:
        """What made the vectors (model, prefixes, precision): an index of another name cannot be searched."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def embed_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """The vectors of `texts`, in order: (n, dimensions) float32, each of length 1; no texts, no rows.

        `progress` is called with the number of texts done since its last call.
        """
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: (dimensions,) float32 of length 1."""
        ...


def open_embedder(settings: Settings) -> Embedder:
    """The embedder the settings name. Nothing is loaded before the first text is embedded."""
    if settings.embedding_model == MODEL_NAME:
        return BundledEmbedder(settings)
    return SentenceTransformerEmbedder(settings)


class SentenceTransformerEmbedder:
    """Any model of sentence-transformers that is on this machine: by its folder, or by its name in the hub's cache.

    Texts go through the model one by one: without padding a vector cannot depend on its neighbours, and on CPUs
    a larger batch is no faster. Each is computed by one thread, as many side by side as there are cores: threads that
    share a text wait for each other at every layer, for long where another program uses a core. Safe to use from
    several threads.
    """

    def __init__(self, settings: Settings) -> None:
        self._model_name = settings.embedding_model
        self._query_prefix = settings.query_prefix
        self._passage_prefix = settings.passage_prefix
        self._dtype = settings.embedding_dtype
        self._model: SentenceTransformer | None = None
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        """Model, precision and prefixes. A folder counts by the names and sizes of its files, not by its place."""
        return f"{self._identity()} {self._dtype} {self._query_prefix!r} {self._passage_prefix!r}"

    @property
    def dimensions(self) -> int:
        """The length of a vector; loads the model."""
        return int(self._loaded().get_embedding_dimension())

    def embed_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """The vectors of `texts`, in order: (n, dimensions) float32, each of length 1; no texts, no rows."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            embedded = pool.map(self._encode, (self._passage_prefix + text for text in texts))
            for row, vector in enumerate(embedded):
                vectors[row] = vector
                if progress is not None:
                    progress(1)
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: (dimensions,) float32 of length 1."""
        return self._encode(self._query_prefix + text)

    def _identity(self) -> str:
        folder = Path(self._model_name)
        if not folder.is_dir():
            return self._model_name
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        listing = "\n".join(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}" for path in files)
        return f"{folder.name}@{hashlib.sha256(listing.encode()).hexdigest()[:12]}"

    def _location(self) -> str:
        return self._model_name

    def _encode(self, text: str) -> NDArray[np.float32]:
        return unit(self._loaded().encode(text, show_progress_bar=False))

    def _loaded(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                started = time.perf_counter()
                self._model = load_sentence_transformer(self._location(), self._dtype)
                logger.info("model %s loaded in %.1f s", self._model_name, time.perf_counter() - started)
            return self._model


class BundledEmbedder(SentenceTransformerEmbedder):
    """multilingual-e5-small, unpacked into the cache at first use."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._cache = settings.cache
        self._quick: QuickEncoder | None = None

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return DIMENSIONS

    def embed_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """The vectors of `texts`, in order. For a few in full precision it loads torch alone."""
        if self._dtype != FULL_PRECISION or len(texts) > QUICK_TEXTS:
            return super().embed_passages(texts, progress=progress)
        quick = self._quick_encoder()
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            rows = list(pool.map(lambda text: unit(quick.encode(self._passage_prefix + text)), texts))
        if progress is not None:
            progress(len(texts))
        return np.array(rows, dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: (dimensions,) float32 of length 1. In full precision it loads torch alone."""
        if self._dtype != FULL_PRECISION:
            return super().embed_query(text)
        return unit(self._quick_encoder().encode(self._query_prefix + text))

    def _quick_encoder(self) -> QuickEncoder:
        with self._lock:
            if self._quick is None:
                self._quick = QuickEncoder(ensure_model_folder(self._cache))
            return self._quick

    def _identity(self) -> str:
        return f"{MODEL_NAME}@{encoder_version()}"

    def _location(self) -> str:
        return str(ensure_model_folder(self._cache))


def unit(vector: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """The vector at length 1, as float32, computed in double precision; zeros stay.

    >>> unit(np.array([3.0, 4.0])).tolist(), unit(np.array([0.0, 0.0])).tolist()
    ([0.6000000238418579, 0.800000011920929], [0.0, 0.0])
    """
    wide = vector.astype(np.float64)
    return (wide / (np.sqrt(np.sum(wide * wide)) or 1.0)).astype(np.float32)


def load_sentence_transformer(location: str, dtype: str) -> SentenceTransformer:
    """The model at `location` (a folder or a cached name), on the CPU, silent, without a look at the network.

    Raises EncoderError that names the model and what to do, where it is not there or cannot be loaded.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # one text at a time leaves nothing to share out
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    torch.set_num_threads(1)
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            location,
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": getattr(torch, dtype)},
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        reason = str(error).strip().split("\n", 1)[0]
        raise EncoderError(
            f"embedding model {location!r} cannot be loaded ({reason}); "
            "set POLICY_QA_EMBEDDING_MODEL to a sentence-transformers folder on this machine"
        ) from error
