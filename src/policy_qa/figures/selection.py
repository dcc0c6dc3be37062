"""Figures chosen by indicator, place and period. Slots are hints: what only the words around name is chosen too, and marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from policy_qa.figures.cells import with_year
from policy_qa.figures.listing import base_value, measure_label, subject_label
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import places_called, unique_name
from policy_qa.language.vocabulary import canonical, wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    from policy_qa.figures.figure import Figure
    from policy_qa.figures.listing import ListedFigure
    from policy_qa.language.periods import Period

Filter = Literal["indicator", "subject", "period"]
Order = Literal["value", "indicator", "subject", "period"]
EMPTY_TAIL = re.compile(r"(?:的)?(?:数量|总数|个数|数值|数据|情况|水平|是多少|多少)$")
PARTED = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of figures is limited to, in the words of whoever asks; empty ones limit nothing."""

    indicator: str = ""
    subject: str = ""
    period: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Selected:
    """A figure that was wanted; `by_context` are the filters that only the words around it meet, not its own slot."""

    listed: ListedFigure
    by_context: tuple[Filter, ...] = ()


def select(listed: Iterable[ListedFigure], wanted: Wanted) -> list[Selected]:
    """The figures that every filter lets pass, in the order given."""
    return FigureSearch(listed).select(wanted)


class FigureSearch:
    """Figures to select from again and again: what the filters compare is made once, when it is first asked for."""

    def __init__(self, listed: Iterable[ListedFigure]) -> None:
        self._keyed = [_Keyed(one) for one in listed]

    def select(self, wanted: Wanted) -> list[Selected]:
        """The figures that every filter lets pass, in the order given."""
        if wanted == Wanted():
            return [Selected(one.listed) for one in self._keyed]
        asked = _Asked(wanted)
        fitting = ((one.listed, asked.fit(one)) for one in self._keyed)
        return [Selected(one, by_context) for one, by_context in fitting if by_context is not None]

    def prepare(self) -> None:
        """Makes all that the filters compare."""
        for one in self._keyed:
            _ = one.document, one.indicator, one.around, one.clause, one.sentence


def own_first(selected: Sequence[Selected], *, indicator: str = "") -> list[Selected]:
    """Those whose slots are what was asked before those that only the words around name; else in the same order.

    Among the former just the `indicator` asked for comes before its growth, its rank and others that it is a part of.
    """
    asked = indicator_key(indicator)
    return sorted(
        selected,
        key=lambda one: (bool(one.by_context), bool(asked) and indicator_of(one.listed.figure) != asked),
    )


def in_order(selected: Sequence[Selected], order: Order, *, falling: bool = False) -> list[Selected]:
    """The figures by value, indicator, place or period; those without one last, those named only around after the others."""
    key = _ORDERS[order]
    told = [one for one in selected if key(one.listed) is not None]
    untold = [one for one in selected if key(one.listed) is None]
    return own_first([*sorted(told, key=lambda one: key(one.listed), reverse=falling), *untold])


@lru_cache(maxsize=200_000)
def indicator_key(text: str) -> str:
    """What an indicator is compared by: its search key with synonyms made one, without what says nothing.

    >>> indicator_key("地区生产总值") == indicator_key("全社会GDP"), indicator_key("高企数量") == indicator_key("高新技术企业")
    (True, True)
    """
    key = canonical(search_key("".join(text.split())))
    return EMPTY_TAIL.sub("", key.removeprefix("全社会"))


def indicator_of(figure: Figure) -> str:
    """What a figure counts with what it tells of it (工业投资 增速), as it is compared; empty where no words name it."""
    if figure.indicator is None:
        return ""
    key = indicator_key(figure.indicator.text)
    measure = "" if figure.measure == "level" else canonical(measure_label(figure))
    return key if key.endswith(measure) else key + measure


def _time_of(one: ListedFigure) -> tuple[date, date] | None:
    when = one.figure.when
    return None if when is None else (when.last, when.first)


_ORDERS: dict[Order, Callable[[ListedFigure], Any]] = {
    "value": base_value,
    "indicator": lambda one: indicator_of(one.figure) or None,
    "subject": lambda one: subject_label(one) or None,
    "period": _time_of,
}


class _Keyed:
    """A figure with its keys: of its indicator, of the words around it, of its clause and of its sentence."""

    def __init__(self, listed: ListedFigure) -> None:
        self.listed = listed

    @cached_property
    def document(self) -> str:
        return _document_key(self.listed.document, self.listed.title)

    @cached_property
    def indicator(self) -> str:
        return indicator_of(self.listed.figure)

    @cached_property
    def around(self) -> tuple[str, ...]:
        one = self.listed
        return self.indicator, _key(one.sentence), _key(one.heads), _key(one.above)

    @cached_property
    def clause(self) -> tuple[str, ...]:
        return _plain_key(self.listed.quote), _plain_key(self.listed.heads)

    @cached_property
    def sentence(self) -> tuple[str, ...]:
        return _plain_key(self.listed.sentence), _plain_key(self.listed.heads)


class _Asked:
    """The filters, read once."""

    def __init__(self, wanted: Wanted) -> None:
        written = wordings("spoken.txt").in_one(wanted.indicator)
        self.words = [key for word in PARTED.split(written) if (key := indicator_key(word))]
        self.document = search_key(wanted.document.strip())
        self.filters: list[tuple[Filter, Callable[[_Keyed], bool | None]]] = []
        if wanted.period.strip():
            self.filters.append(("period", _When(wanted.period.strip()).fit))
        if wanted.subject.strip():
            self.filters.append(("subject", _Subject(wanted.subject.strip()).fit))
        if self.words:
            self.filters.append(("indicator", self._indicator))

    def fit(self, one: _Keyed) -> tuple[Filter, ...] | None:
        """The filters that only the words around meet; None where one is not met at all."""
        if self.document and self.document not in one.document:
            return None
        by_context: list[Filter] = []
        for name, meets in self.filters:
            met = meets(one)
            if met is None:
                return None
            if not met:
                by_context.append(name)
        return tuple(by_context)

    def _indicator(self, one: _Keyed) -> bool | None:
        """True where the slot says it, False where only the words around do, None where nothing does."""
        if all(word in one.indicator for word in self.words):
            return True
        return False if all(_names((word,), one.around) for word in self.words) else None


class _Subject:
    """A place asked for: by its full name, however it is called."""

    def __init__(self, name: str) -> None:
        places = places_called(name)
        self.names = {unique_name(place) for place in places}
        self.words = {search_key(name), *(search_key(place.name) for place in places)}

    def fit(self, one: _Keyed) -> bool | None:
        slot = one.listed.figure.subject
        if slot is not None and (slot.text in self.names or _plain_key(slot.text) in self.words):
            return True
        is_told = slot is not None and not slot.is_carried
        return False if _names(self.words, one.clause if is_told else one.sentence) else None


class _When:
    """A period asked for; figures of its parts belong to it (2020年: 2020年末, 2020年上半年)."""

    def __init__(self, text: str) -> None:
        found = [mention.period for mention in find_periods(with_year(text)) if mention.period is not None]
        self.periods: list[Period] = list(dict.fromkeys(found))
        self.words = {search_key(text)}

    def fit(self, one: _Keyed) -> bool | None:
        figure = one.listed.figure
        if figure.when is not None and any(asked.contains(figure.when) for asked in self.periods):
            return True
        if (
            not self.periods
            and figure.period is not None
            and _names(self.words, (_plain_key(figure.period.text),))
        ):
            return True
        is_told = figure.period is not None and not figure.period.is_carried
        return False if _names(self.words, one.clause if is_told else one.sentence) else None


def _names(words: Collection[str], keys: Sequence[str]) -> bool:
    """Whether one of the keys has one of the words; loops, since this runs for every figure of a corpus."""
    for key in keys:
        for word in words:
            if word in key:
                return True
    return False


@lru_cache(maxsize=100_000)
def _key(text: str) -> str:
    return canonical(_plain_key(text))


@lru_cache(maxsize=100_000)
def _plain_key(text: str) -> str:
    return search_key("".join(text.split()))


@lru_cache(maxsize=10_000)
def _document_key(name: str, title: str) -> str:
    return search_key(f"{name}\n{title}")
