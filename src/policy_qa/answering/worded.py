"""What several places say in words: each that is meant is quoted, and whether they say the same where that is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa.answering.agreeing import saying_claim
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_answer, quoted_claim
from policy_qa.figures.surroundings import home_of
from policy_qa.language.agreement import asks_alike, without_request
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import find_places
from policy_qa.language.telling_words import sorts
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place
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
WHO = r"(?:有的?|有些|[另其]?一|另外?有?|[前后这那])(?:[个份篇处些面头文边里中]|报告|材料|文章|研究|的)*"
TELLS = r"(?:又|却|则|也|只|仅|还|就)*(?:说|写|讲|称|提|给|列|认为|表述)(?:[的了成为出到]|的是|是)?"
WAY = re.compile(
    rf"(?<!没)(?P<who>{WHO}){TELLS}(?P<how>[^，,；;。？?、\d]{{2,24}}?)的?(?=[，,；;。？?、]|有[的些也]?[^，,]{{0,4}}[说写讲称给]|$)"
)
_MORE = "远|明显|大幅|持续|逐年|相对|较|偏|最|仅|只|不|没有?|未|并|还|已|首次|基本|略|稍|比较"
TURN = re.compile(
    rf"(?:{_MORE})*(?:年均|同比)?(?P<turn>高(?!新|技术|质量|校|端)|低|多(?!少)|少|大(?!学|数据)|小(?!微)|快|慢|强(?![度市])|弱|好|差|增(?!速|幅|加值|量)|升|降(?!幅)|跌|提|超|持平|领先|落后|次于|居|排|足)"
)
"""Where what is said of a thing begins: 研发投入强度|远高于全省."""
EDGES = " \u3000，,；;、：:。？?的"
SHORTEST_TOPIC, FEWEST_WAYS = 4, 2


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


def answer_moves(query: Query, evidence: Callable[[], Sequence[Evidence]]) -> Answer | None:
    """Every sentence that says which way the thing went that is asked about, and whether all say the same; None for fewer than two.

    `evidence` is asked for only where the question asks for tellings.
    """
    topic = _moving(query)
    if not query.asks_tellings or not topic:
        return None
    told = {
        (one.document.id, one.span): (one, words)
        for one in evidence()
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


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying something: the plain statement, and what of it is said, from which `turn` may not be missing."""

    statement: str
    said: str
    turn: int

    def shared(self, text: str) -> int:
        """How many characters of what is said, its turn among them, a text has in one piece; 0 for none.

        >>> Way("甲市强度较低", "较低", 1).shared("强度相对较低"), Way("甲市强度较低", "较低", 1).shared("较高")
        (2, 0)
        """
        pieces = (
            self.said[start:end]
            for start in range(self.turn + 1)
            for end in range(self.turn + 1, len(self.said) + 1)
        )
        return max((len(piece) for piece in pieces if piece in text), default=0)


def ways_said(question: str) -> tuple[Way, ...]:
    """The ways, two or more, that a question has seen the same thing told in words; none for other questions.

    >>> [way.statement for way in ways_said("甲市企业数量，有的报告说仅次于乙市，有的报告说少于丙市，分别怎么写")]
    ['甲市企业数量仅次于乙市', '甲市企业数量少于丙市']
    >>> [way.statement for way in ways_said("一处说甲市强度远高于全省，另一处又说较低，各是和谁比")]
    ['甲市强度远高于全省', '甲市强度较低']
    """
    found = list(WAY.finditer(question))
    if len(found) < FEWEST_WAYS:
        return ()
    before = question[: found[0].start()].strip(EDGES)
    topic = without_request(re.split(r"[，,；;。：:]", before)[0]).removesuffix("是多少")
    topic = "" if topic in sorts()["documents"] else topic
    how = [match["how"] for match in found]
    turn = TURN.search(how[0])
    if len(topic) < SHORTEST_TOPIC and turn is not None and turn.start():
        topic, how[0] = how[0][: turn.start()], how[0][turn.start() :]
    turns = [TURN.search(said) for said in how]
    if len(topic) < SHORTEST_TOPIC:
        return ()
    return tuple(
        Way(f"{topic}{said}", said, turn.start("turn") if turn else 0)
        for said, turn in zip(how, turns, strict=True)
    )
