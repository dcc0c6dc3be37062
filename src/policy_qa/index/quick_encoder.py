"""The bundled encoder without sentence-transformers, for one text at a time.

Importing sentence-transformers takes longer than a whole answer may. A question needs only the forward pass: the
same kernels of torch in the same order, hence bit for bit the vectors `SentenceTransformer` makes of the folder
(a test holds the two together).
"""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING, Any

from policy_qa.errors import EncoderError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

logger = logging.getLogger(__name__)


class QuickEncoder:
    """A BERT with mean pooling and norm, read from the folder that `encoder_weights` writes.

    Raises EncoderError for a folder that cannot be read. Safe to use from several threads.
    """

    def __init__(self, folder: Path) -> None:
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file
        from tokenizers import Tokenizer
        from torch.nn import functional

        started = time.perf_counter()
        torch.set_num_threads(1)  # one text is too small to share out; see SentenceTransformerEmbedder
        self._functional = functional
        try:
            self._config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._tokenizer = Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes())
            self._weights = load_file(folder / "model.safetensors")
        except (OSError, ValueError, SafetensorError) as error:
            raise EncoderError(
                f"the encoder in {folder} is damaged ({error}); delete the folder and try again"
            ) from error
        self._tokenizer.enable_truncation(self._config["max_position_embeddings"])
        logger.info("quick encoder loaded in %.1f s", time.perf_counter() - started)

    def encode(self, text: str) -> NDArray[np.float32]:
        """The vector of `text`: float32, of length 1."""
        import torch

        with torch.inference_mode():
            ids = torch.tensor([self._tokenizer.encode(text).ids])
            hidden = self._embeddings(ids)
            for layer in range(self._config["num_hidden_layers"]):
                hidden = self._layer(hidden, f"encoder.layer.{layer}")
            pooled = hidden.sum(1) / ids.shape[1]
            vector: NDArray[np.float32] = self._functional.normalize(pooled, dim=1).numpy()[0]
        return vector

    def _embeddings(self, ids: Tensor) -> Tensor:
        words = self._functional.embedding(ids, self._weights["embeddings.word_embeddings.weight"])
        types = self._weights["embeddings.token_type_embeddings.weight"][0]
        positions = self._weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        return self._norm(words + types + positions, "embeddings.LayerNorm")

    def _layer(self, hidden: Tensor, name: str) -> Tensor:
        attended = self._linear(
            self._attention(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense"
        )
        hidden = self._norm(attended + hidden, f"{name}.attention.output.LayerNorm")
        inner = self._functional.gelu(self._linear(hidden, f"{name}.intermediate.dense"))
        return self._norm(self._linear(inner, f"{name}.output.dense") + hidden, f"{name}.output.LayerNorm")

    def _attention(self, hidden: Tensor, name: str) -> Tensor:
        heads = self._config["num_attention_heads"]
        query, key, value = (
            self._linear(hidden, f"{name}.{part}").unflatten(-1, (heads, -1)).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        return self._functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).flatten(2)

    def _linear(self, values: Tensor, name: str) -> Tensor:
        return self._functional.linear(values, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, values: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return self._functional.layer_norm(values, weight.shape, weight, bias, self._config["layer_norm_eps"])
