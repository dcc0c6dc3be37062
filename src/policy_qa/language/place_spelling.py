"""Names of places that are misspelt by one character."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING

from policy_qa.language.gazetteer import gazetteer
from policy_qa.language.general_dictionary import word_weights
from policy_qa.language.place_names import SURNAMES, is_crossed
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_qa.language.gazetteer import Place

BLANK = "?"
FUNCTION_WORD = 6_000
"""A character that occurs so often as a word of its own (还, 与) is no slip of the pen in a name of two characters."""
MOST_FREQUENT = 100_000
"""Nor is a name of two characters meant where the other one is one of these (和, 上)."""
KINDS = ("市", "省", "州", "盟", "自治", "地区")


def misspelt_places(text: str) -> list[tuple[Span, Place]]:
    """Where `text` has a place's name but for one character that sounds or looks like the right one, and the place.

    Only where exactly one place fits, and what stands there is no place and no word. Counties count by their full names
    alone, provinces and prefectures by the short ones too.

    >>> [(span.of("柳洲的研发投入"), place.name) for span, place in misspelt_places("柳洲的研发投入")]
    [('柳洲', '柳州市')]
    """
    found: list[tuple[Span, Place]] = []
    for span in _windows(text):
        if not found or found[-1][0].end <= span.start:
            place = _meant(text, span)
            if place is not None:
                found.append((span, place))
    return found


def _windows(text: str) -> list[Span]:
    """The stretches as long as a name that begins, or one that ends, with the same character; longest first at each place."""
    spellings, size = _spellings(), len(text)
    windows = {
        (at, -length)
        for at, character in enumerate(text)
        for length in spellings.by_first.get(character, ())
        if at + length <= size
    } | {
        (at + 1 - length, -length)
        for at, character in enumerate(text)
        for length in spellings.by_last.get(character, ())
        if at + 1 >= length
    }
    return [Span(start, start - negative) for start, negative in sorted(windows)]


def _meant(text: str, span: Span) -> Place | None:
    """The one place whose name the words are but for a character, None where they are anything else."""
    written, blanks, confusable = span.of(text), _spellings().blanks, _confusable()
    fitting: dict[Place, int] = {}
    for at, character in enumerate(written):
        rights = blanks.get(f"{written[:at]}{BLANK}{written[at + 1 :]}")
        if rights:
            fitting |= dict.fromkeys(
                (rights[right] for right in rights.keys() & confusable.get(character, set())), at
            )
    if len(fitting) != 1 or is_crossed(text, span):
        return None
    place, at = next(iter(fitting.items()))
    if _is_something(written, has_kind=place.level == "county"):
        return None
    if len(written) > 2 or text.startswith(KINDS, span.end):
        return place
    return place if _is_slip(text, span, at) else None


def _is_something(written: str, *, has_kind: bool) -> bool:
    """Whether it is a place or a word; where it should end with 市 or 县, also with a character before or after it.

    紧密型|城市 has no 兴城市, 苹果市 is no 平果市.
    """
    weights, known = word_weights(), gazetteer()
    parts = (written, written[:-1], written[1:]) if has_kind else (written,)
    return any(part in weights or known.called(part) for part in parts)


def _is_slip(text: str, span: Span, at: int) -> bool:
    """Whether two characters, the one at `at` wrong, are likelier a name misspelt than two words, or someone's name."""
    weights, written = word_weights(), span.of(text)
    return (
        weights.get(written[at], 0) < FUNCTION_WORD
        and weights.get(written[1 - at], 0) < MOST_FREQUENT
        and text[max(0, span.start - 1) : span.start] not in SURNAMES
    )


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names with one character blank, each with the characters that stand there and the places they make.

    `by_first` and `by_last` are the lengths of the names that begin, and that end, with a character.
    """

    blanks: dict[str, dict[str, Place]]
    by_first: dict[str, set[int]]
    by_last: dict[str, set[int]]


@cache
def _spellings() -> Spellings:
    blanks: dict[str, dict[str, Place]] = defaultdict(dict)
    by_first: dict[str, set[int]] = defaultdict(set)
    by_last: dict[str, set[int]] = defaultdict(set)
    known = gazetteer()
    for place in known.by_code.values():
        name = _written_name(place)
        if len(name) < 2 or name in known.doubtful or known.meant_by(name)[0] != place:
            continue
        for at, character in enumerate(name):
            blanks[f"{name[:at]}{BLANK}{name[at + 1 :]}"][character] = place
        by_first[name[0]].add(len(name))
        by_last[name[-1]].add(len(name))
    return Spellings(dict(blanks), dict(by_first), dict(by_last))


def _written_name(place: Place) -> str:
    """What is looked for: the short name, of a county the full one of three characters or more, of the country none."""
    if place.level == "county":
        return place.name if len(place.name) > 2 else ""
    return "" if place.level == "country" else place.short


@cache
def _confusable() -> dict[str, set[str]]:
    """For each character those that sound or look like it."""
    groups: Iterable[str] = [*gazetteer().alike, *_groups_of_sound()]
    confusable: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for one, other in combinations(group, 2):
            confusable[one].add(other)
            confusable[other].add(one)
    return dict(confusable)


def _groups_of_sound() -> list[str]:
    text = resources.files("policy_qa.language").joinpath("vocabularies", "sounds.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
