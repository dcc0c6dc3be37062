"""What several places say in words: each that is meant is quoted, and whether they say the same where that is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_answer, quoted_claim
from policy_qa.answering.sayings import saying_claim
from policy_qa.figures.surroundings import home_of
from policy_qa.language.agreement import asks_alike, without_request
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import find_places
from policy_qa.language.telling_words import sorts
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place
    from policy_qa.language.ways_said import Way
    from policy_qa.understanding import Query

NEARLY_AS_MUCH_SAID = 0.85
LEAST_SHARED, LEAST_TOPIC, MOST_PLACES = 2, 0.75, 6
_MOVES = "提高|上升|下降|增长|增加|减少|回落|下滑|持平|提升|上涨|下跌|萎缩|收窄|扩大"
MOVES_BEHIND = re.compile(
    rf"(?:(?!{_MOVES})[^，。；;,：:民占高低]){{0,14}}(?:{_MOVES})(?!乏力|动力|潜力|空间|点|极|较?慢|放缓|趋缓)"
)
CHANGED = re.compile(rf"(?:没有?|未)?(?:持续|逐年|连年|明显|大幅|稳步|平稳|快速|有所|小幅)*(?:{_MOVES})$")
OPENS = re.compile(r"(?:^|[\W的是使致中时期年末月来而但且又其市省区县州]|全社会|全市)$")
"""What may stand before the thing that moves; 民间 before 投资 makes of it another."""


def answer_ways(query: Query, told: Sequence[tuple[Way, Sequence[Evidence]]]) -> Answer | None:
    """The sentence that says each way the question has seen, from every document that does; None where one is said nowhere."""
    quotes = []
    for way, evidence in told:
        most = max((one.topic for one in evidence if one.reading is None), default=0.0)
        shared = [
            (way.shared(search_key("".join(one.span.of(one.document.text).split()))), one)
            for one in evidence
            if one.reading is None and one.topic >= LEAST_TOPIC * most
        ]
        best = max((length for length, _ in shared), default=0)
        if best < LEAST_SHARED:
            return None
        saying = [one for length, one in shared if length == best and _fits(query, one, way)]
        about = max((one.topic for one in saying), default=0.0)
        saying = [one for one in saying if one.topic >= NEARLY_AS_MUCH_SAID * about]
        first = {one.document.id: one for one in sorted(saying, key=lambda one: one.topic)}
        quotes += [(one.document, one.span) for one in saying if first[one.document.id] is one]
    answer = quoted_answer(query.question, quotes)
    return answer if len(answer.claims) > 1 else None


def answer_moves(query: Query, evidence: Sequence[Evidence]) -> Answer | None:
    """Every sentence that says which way the thing went that is asked about, and whether all say the same; None for fewer than two."""
    topic = _moving(query)
    if not query.asks_tellings or not topic:
        return None
    told = {
        (one.document.id, one.span): (one, words)
        for one in evidence
        if one.reading is None and not _is_of_other_time(query, one) and (words := _moved(query, one, topic))
    }
    if len(told) < 2:
        return None
    citations = CitationList()
    claims: list[Claim] = []
    said: dict[str, list[int]] = {}
    for one, words in list(told.values())[:MOST_PLACES]:
        claims.append(quoted_claim(one.document, one.span, citations))
        said.setdefault(words, []).extend(claims[-1].citations)
    is_dated = not query.periods or all(_times_in(one) for one, _ in told.values())
    if is_dated and asks_alike(query.question.text):
        claims.append(saying_claim(said))
    return Answer(query.question, tuple(claims), citations.citations())


def _moving(query: Query) -> str:
    """What the question asks of, which way it went: 工业投资 of 2020年甲市工业投资是增长还是下降; "" where it asks for something else."""
    text = search_key(without_request(query.question.text))
    asked = max((word for word in sorts()["moves"] if word in text), key=len, default="")
    if not asked:
        return ""
    named = [found.span for found in find_periods(text)] + [found.span for found in find_places(text)]
    for word in sorted({span.of(text) for span in named} | {asked}, key=len, reverse=True):
        text = text.replace(word, "，")
    pieces = re.split(r"[\W是的自从到]|以来|开始|起(?=，|$)|多少|究竟", text)
    return max(pieces, key=len)


def _times_in(one: Evidence) -> list[Period]:
    return [found.period for found in find_periods(one.span.of(one.document.text)) if found.period]


def _is_of_other_time(query: Query, one: Evidence) -> bool:
    """Whether a sentence names times, none of them one that is asked about."""
    own = _times_in(one)
    return bool(query.periods and own) and not any(
        agreement(asked, told) or agreement(told, asked) for asked in query.periods for told in own
    )


def _fits(query: Query, one: Evidence, way: Way) -> bool:
    """Whether a sentence names no other places and times than the question does."""
    named = _places_in(one.span.of(one.document.text), one)
    asked = {*query.places, *(place for own in _places_in(way.statement, one) for place in own)}
    is_elsewhere = bool(query.places and named) and not any(own & asked for own in named)
    times = _times_in(one)
    is_then = any(asked.contains(told) or told.contains(asked) for asked in query.periods for told in times)
    return not is_elsewhere and (is_then or not (query.periods and times))


def _places_in(text: str, one: Evidence) -> list[set[Place]]:
    return [set(found.places) for found in find_places(search_key(text), home=home_of(one.document))]


def _is_elsewhere(query: Query, one: Evidence, before: str) -> bool:
    """Whether the last place named before something in a sentence is none that the question names."""
    named = _places_in(before, one)[-1:]
    return bool(query.places and named) and not any(own & set(query.places) for own in named)


def _moved(query: Query, one: Evidence, topic: str) -> str:
    """The words that say which way the thing went, "" where the sentence is of something else: 民间投资 for 投资."""
    text = search_key("".join(one.span.of(one.document.text).split()))
    names = {topic, *(topic.replace(word, other) for word, same in query.synonyms.items() for other in same)}
    for found in re.finditer("|".join(map(re.escape, names)), text):
        moves = MOVES_BEHIND.match(text, found.end())
        before = text[: found.start()]
        changed = CHANGED.search(moves[0]) if moves and OPENS.search(before) else None
        if changed is not None and not _is_elsewhere(query, one, before):
            return changed[0]
    return ""
