"""A question in the words it is searched with: in Chinese, places spelt right, 今年 and 我市 named. What was taken for what is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.language.english import is_english, translated, with_places_translated
from policy_qa.language.places import find_places, misspelt_places
from policy_qa.understanding import name_years

if TYPE_CHECKING:
    from datetime import date

    from policy_qa.language.places import Place

OURS = frozenset("我本咱")


@dataclass(frozen=True, slots=True)
class Restated:
    """A question as it is searched, and what staff are told of the change; `is_foreign` where it could not be read."""

    text: str
    notices: tuple[str, ...] = ()
    is_foreign: bool = False


def restate(text: str, *, today: date, home: Place | None) -> Restated:
    """The question restated; one that needs nothing is left as it is.

    >>> from datetime import date
    >>> restate("去年的增速？", today=date(2021, 3, 1), home=None).text
    '2020年的增速？'
    """
    notices: list[str] = []
    if is_english(text):
        chinese = translated(text)
        if chinese is None:
            return Restated(text, is_foreign=True)
        notices.append(messages.TRANSLATED.format(question=chinese))
        text = chinese
    text = with_places_translated(text)
    text = _spelt_right(text, notices)
    text = _home_named(text, home, notices)
    text, years = name_years(text, today)
    notices += [messages.YEAR_TAKEN_FOR.format(word=word, year=year) for word, year in years]
    return Restated(text, tuple(notices))


def _spelt_right(text: str, notices: list[str]) -> str:
    for span, place in reversed(misspelt_places(text)):
        written = span.of(text)
        meant = place.name if len(written) == len(place.name) else place.short
        notices.append(messages.PLACE_TAKEN_FOR.format(written=written, meant=meant))
        text = text[: span.start] + meant + text[span.end :]
    return text


def _home_named(text: str, home: Place | None, notices: list[str]) -> str:
    """The question with 我市 and the like as the place's name; 全市 says no more than the question and stays."""
    ours = [
        found for found in find_places(text, home=home) if found.is_home and text[found.span.start] in OURS
    ]
    for found in reversed(ours):
        written, meant = found.span.of(text), found.places[0].name
        notices.append(messages.HOME_TAKEN_FOR.format(written=written, meant=meant))
        text = text[: found.span.start] + meant + text[found.span.end :]
    return text
