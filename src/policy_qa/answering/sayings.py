"""Whether several places say of a movement that it went the same way: a claim of its own, checked against what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.faults import Fault
from policy_qa.language.normalize import search_key
from policy_qa.types import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNCHANGED = re.compile(
    r"(?:没有?|未|并?不|无)(?:明显|显著|大幅|怎么|见|有)?(?:提|上|增|下|减|变|改)|持平|不变"
)
FALLS = re.compile(r"[降减跌]|回落|收窄|缩小|放缓")
SAYING = re.compile(r"各处的说法(?:一致，都说|(?P<not>不)一致，有的说)(?P<values>(?:“[^”]+”、?)+)。")
WORDS = re.compile(r"“([^”]+)”")


def trend_of(text: str) -> str:
    """Which way a text says that something went: "same", "up" or "down"."""
    if UNCHANGED.search(text):
        return "same"
    return "down" if FALLS.search(text) else "up"


def saying_claim(said: Mapping[str, Sequence[int]]) -> Claim:
    """The claim that what is said of a movement is the same at all places, or is not."""
    words = list(said)
    is_same = len({trend_of(one) for one in words}) == 1
    shown = messages.LIST_SEPARATOR.join(messages.QUOTED_WORDS.format(words=one) for one in words)
    message = (messages.SAID_ALIKE if is_same else messages.SAID_APART).format(values=shown)
    numbers = dict.fromkeys(number for cited in said.values() for number in cited)
    return Claim(message, tuple(numbers), "computed", messages.LIST_SEPARATOR.join(words))


def is_saying(text: str) -> bool:
    """Whether a claim says that what is said at several places is the same or not."""
    return SAYING.fullmatch(text) is not None


def faults_of_saying(text: str, cited: Sequence[str]) -> Iterator[Fault]:
    """What of such a claim does not hold: words that a place cited does not say, or that say otherwise than it says of them."""
    match = SAYING.fullmatch(text)
    words = WORDS.findall(match["values"]) if match else []
    if match is None or not words or len(cited) < 2:
        yield Fault("quote", text)
        return
    plain = [search_key("".join(one.split())) for one in cited]
    if not all(any(word in one for word in words) for one in plain):
        yield Fault("quote", text)
    yield from (Fault("quote", word) for word in words if not any(word in one for one in plain))
    if (len({trend_of(word) for word in words}) == 1) != (match["not"] is None):
        yield Fault("kind", text)
