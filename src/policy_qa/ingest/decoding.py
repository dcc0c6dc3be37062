"""Bytes to text, strictly: a file is text in one of a few encodings, or an error that says where it is not."""

from __future__ import annotations

import codecs
import re

from policy_qa.errors import DecodingError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
MAX_CONTROL_SHARE = 0.01
ORDINARY = re.compile(r"[\t\n\f\r -~\u2010-\u203b\u3000-\u301f\u4e00-\u9fff\uff00-\uffef]+")
FOREIGN = re.compile(r"[^\x00-\x7f]+")
MIN_ORDINARY_SHARE = 0.9
MIN_GB2312_SHARE = 0.5  # simplified text: 0.95 and more; traditional text: 0.7; Big5 read as GB18030: 0.3
NEXT_STEP = "save the file as UTF-8 and run: policy-qa build"


def decode(name: str, raw: bytes) -> tuple[str, str]:
    """The text of `raw` and the encoding it was in; a byte order mark stays in the text as U+FEFF.

    Tried are UTF-8, UTF-16 and GB18030. Without a byte order mark UTF-16 and GB18030 decode nearly anything, so
    they are believed only if what comes out looks like Chinese, and not where the bytes are a damaged UTF-8 text.
    Raises DecodingError naming the file, the first bad byte for each encoding tried, and the next step.

    >>> decode("报告.txt", "研发投入".encode("gb18030"))
    ('研发投入', 'gb18030')
    """
    marked = next((encoding for bom, encoding in BOMS if raw.startswith(bom)), None)
    failures: dict[str, tuple[int, str]] = {}
    for encoding in (marked,) if marked else ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            failures[encoding] = (error.start, error.reason)
            if encoding == "utf-8" and is_damaged_utf8(raw):
                break
            continue
        doubt = find_doubt(text, encoding, raw, is_marked=marked is not None)
        if doubt is None:
            return text, encoding
        failures[encoding] = doubt
    offset = max(start for start, _ in failures.values())
    tried = "; ".join(
        f"{encoding}: {reason} at byte {start}" for encoding, (start, reason) in failures.items()
    )
    raise DecodingError(name, f"{name} is not a text file from byte {offset} on (tried {tried}); {NEXT_STEP}")


def find_doubt(text: str, encoding: str, raw: bytes, *, is_marked: bool) -> tuple[int, str] | None:
    """Byte offset and reason why `text`, though decoded, is not to be believed; None where nothing speaks against it."""
    if "\0" in text:
        before = text.index("\0")
        return len(text[:before].encode(encoding)), "a NUL character"
    controls = CONTROLS.findall(text)
    if len(controls) > MAX_CONTROL_SHARE * len(text):
        before = text.index(controls[0])
        return len(text[:before].encode(encoding)), f"{len(controls)} control characters"
    if is_marked or encoding == "utf-8":
        return None
    ordinary = encoding == "gb18030" or share_of(ORDINARY, text) >= MIN_ORDINARY_SHARE
    foreign = "".join(FOREIGN.findall(text))
    common = len(foreign.encode("gb2312", "ignore")) >= MIN_GB2312_SHARE * 2 * len(foreign)
    return None if ordinary and common else (first_foreign_byte(raw), "not Chinese as far as one can tell")


def share_of(pattern: re.Pattern[str], text: str) -> float:
    """The share of the text that the pattern matches."""
    return sum(map(len, pattern.findall(text))) / max(1, len(text))


def first_foreign_byte(raw: bytes) -> int:
    """The offset of the first byte that is not ASCII, 0 where all are."""
    found = re.search(rb"[\x80-\xff]", raw)
    return found.start() if found else 0


def is_damaged_utf8(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 were so before something broke them.

    Such a text often decodes as GB18030, into nonsense. Real GB18030 has hardly any valid UTF-8 sequence.
    """
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return valid > broken
