"""Two ways of saying something that a question sets against each other: 一处说远高于全省，另一处又说较低."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_qa.language.agreement import without_request
from policy_qa.language.telling_words import sorts

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
LEAST_TOPIC, SHORTEST = 4, 2


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
    if len(found) < SHORTEST:
        return ()
    before = question[: found[0].start()].strip(EDGES)
    topic = without_request(re.split(r"[，,；;。：:]", before)[0]).removesuffix("是多少")
    topic = "" if topic in sorts()["documents"] else topic
    how = [match["how"] for match in found]
    turn = TURN.search(how[0])
    if len(topic) < LEAST_TOPIC and turn is not None and turn.start():
        topic, how[0] = how[0][: turn.start()], how[0][turn.start() :]
    turns = [TURN.search(said) for said in how]
    if len(topic) < LEAST_TOPIC:
        return ()
    return tuple(
        Way(f"{topic}{said}", said, turn.start("turn") if turn else 0)
        for said, turn in zip(how, turns, strict=True)
    )
