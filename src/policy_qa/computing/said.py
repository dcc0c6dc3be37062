"""The figures whose names a question says, wherever in it and among whatever other words: from what the sources tell, not from what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policy_qa.computing.indicators import AMOUNT, measure_of
from policy_qa.computing.lines import EMPTY, MEASURING
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import find_places, places_called
from policy_qa.language.qualifiers import scopes_agree
from policy_qa.language.vocabulary import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from policy_qa.figures.figure import Figure
    from policy_qa.language.places import Place
    from policy_qa.understanding import Query

NameKind = Literal["level", "share", "growth", "rank", "score"]
KINDS_SAID: tuple[tuple[NameKind, re.Pattern[str]], ...] = (
    ("score", re.compile(r"得分|几分(?!之)|多少分(?!之)|分值|评分|(?<!百)分数(?!线)")),
    ("rank", re.compile(r"(?:全国|全省|全区|指数)(?:的|中|里|范围内?)*(?:总?排名|位次|名次|排位|第几)|位次")),
    ("growth", re.compile(r"增速|增幅|涨幅|增长率|降幅|跌幅|(?:GDP|gdp|产值|投资|收入|经济)增长")),
    ("share", re.compile(r"占比|比重|份额|占gdp")),
)
"""What is asked of a name, by the first of these that the question says."""
SCORE = re.compile("得分|分值|分数")
PARTED = re.compile(r"[()（）:：,，.、/\-\s%]+")
STEM = re.compile(
    r"(?<=..)(?:总额|总量|总数|数量|家数|余额|规模|总值|面积|[额量数])$|^(?:常住|全社会|年末)(?=..)"
)
"""What a name may lack in a question: how its thing is measured."""


KIND = re.compile("项目|企业|工程|机构|产品|行业")
"""A name of so many things is narrowed by any word before it, be that a name itself: 工业投资项目."""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure whose name stands in the question: the name's pieces, how much of the question they are, and of what kind."""

    figure: Figure
    name: str
    length: int
    start: int
    kind: NameKind


def said_figures(query: Query, figures: Sequence[Figure], *, text: str) -> list[Said]:
    """The figures of the text's places and times whose names it says, with no word right beside that would narrow them."""
    key = canonical(search_key(text))
    spoken: dict[str, tuple[int, int] | None] = {}
    found: list[Said] = []
    names = {STEM.sub("", canonical(search_key(one.indicator.text))) for one in figures if one.indicator}
    words = _words_said(query, key, names)
    for figure in figures:
        if figure.indicator is None or figure.is_target != query.wants_target:
            continue
        if not scopes_agree(query.scope, figure.scope):
            continue
        name = figure.indicator.text
        if name not in spoken:
            spoken[name] = _where_said(name, key, words)
        place = spoken[name]
        if place is not None:
            found.append(Said(figure, name, place[1], place[0], _kind_of(figure)))
    return found


def kind_said(text: str) -> NameKind:
    """What is asked of a name: its rank, score, growth or share, else its level."""
    key = search_key(text)
    return next((kind for kind, pattern in KINDS_SAID if pattern.search(key)), "level")


def _kind_of(figure: Figure) -> NameKind:
    """Of which kind a figure is."""
    name = figure.indicator.text if figure.indicator else ""
    if SCORE.search(name):
        return "score"
    match measure_of(figure):
        case "rank" | "growth" | "share" as measure:
            return measure
    is_part = (
        figure.quantity.unit == "%" and AMOUNT.search(name) is None and not re.search("[率度]$|强度", name)
    )
    return "share" if is_part else "level"


def _where_said(name: str, key: str, words: Sequence[tuple[int, int, bool]]) -> tuple[int, int] | None:
    """Where the first piece of a name stands in a question (a canonical key), and how long all pieces are; None where one lacks."""
    bare = search_key(name)
    for span in [found.span for found in reversed(find_periods(bare))]:
        bare = f"{bare[: span.start]},{bare[span.end :]}"
    for span in [found.span for found in reversed(find_places(bare))]:
        bare = f"{bare[: span.start]},{bare[span.end :]}"
    pieces = [
        piece
        for part in PARTED.split(canonical(bare))
        for piece in MEASURING.sub(" ", part).split()
        if piece and not EMPTY.fullmatch(piece)
    ]
    if not pieces:
        return None
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        at = _at(piece, key)
        if at is None:
            return None
        spans.append(at)
    start, end = spans[0][0], spans[-1][1]
    if _is_narrowed(start, end, key, words):
        return None
    return start, sum(last - first for first, last in spans)


def _at(piece: str, key: str) -> tuple[int, int] | None:
    """Where a piece stands in a key, perhaps without the word for its number or amount: 茶企数量 as 茶企."""
    for form in dict.fromkeys((piece, STEM.sub("", piece))):
        at = key.find(form) if len(form) > 1 else -1
        if at >= 0:
            return at, at + len(form)
    return None


def _words_said(query: Query, key: str, names: Collection[str]) -> list[tuple[int, int, bool]]:
    """Where words of the question stand that ask nothing and name no slot, and whether each is a name by itself."""
    found = []
    for word in query.content:
        own = canonical(word)
        if MEASURING.fullmatch(own) or EMPTY.fullmatch(own) or find_places(own) or find_periods(own):
            continue
        found += [(one.start(), one.end(), own in names) for one in re.finditer(re.escape(own), key)]
    return found


def _is_narrowed(start: int, end: int, key: str, words: Sequence[tuple[int, int, bool]]) -> bool:
    """Whether a word that is no name stands right beside a stretch of the question, or one holds it: 外贸 in 外贸依存度."""
    is_kind = KIND.fullmatch(key[start:end]) is not None
    for first, last, is_name in words:
        if is_kind and last == start:
            return True
        if not is_name and (last == start or first == end):
            return True
        before = key[first:start] if first < start < last else ""
        behind = key[end:last] if first < end < last else ""
        if not (EMPTY.fullmatch(before) and EMPTY.fullmatch(behind)):
            return True
    return False


def place_of(figure: Figure) -> Place | None:
    """The place that a figure is of."""
    called = places_called(figure.subject.text) if figure.subject else ()
    return called[0] if called else None


def is_of_time(figure: Figure, period: str) -> bool:
    """Whether a figure is of the time that is called so; of any where no time is named."""
    if not period:
        return True
    asked = [found.period for found in find_periods(period) if found.period]
    return figure.when is not None and any(agreement(one, figure.when) == 2 for one in asked)
