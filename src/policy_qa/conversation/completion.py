"""A follow-up question as one that stands alone, from the turns before it: rules and word lists, no language model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from policy_qa.conversation.frames import frame
from policy_qa.conversation.missing import completed_text
from policy_qa.conversation.pronouns import point
from policy_qa.conversation.referents import Past, shifted, year_of
from policy_qa.conversation.rules import Step, by_its_words, taken_for
from policy_qa.conversation.words import LEAD, PARTICLES, bare_text
from policy_qa.language.english import is_english, translated
from policy_qa.language.places import find_places

if TYPE_CHECKING:
    from policy_qa.types import Question, Turn

PREVIOUS_YEAR = re.compile(r"(?<![比较与跟和同])(?:再?上一?年|(?:再往)?前一年|头一年)")
NEXT_YEAR = re.compile(r"(?<![比较与跟和同])(?:下一年|次年|第二年|后一年|转年|再下一年)")
CHAT = re.compile(
    r"(?:谢谢|多谢|你好|您好|再见|好的?|不用了?|明白了?|知道了|辛苦了?|没有了?|[oO][kK])(?:你|您|了|啦|！|!)*"
)
COMPARING = re.compile(
    r"^(.{2,}?)(?:相比|比较|对比|之间)?[，,]?(?:谁|哪一?个(?:城市|市|省|县)?|哪里)的?([^最]{2,}?)(?:更|比较)?[多少高低大小快慢][？?]?$"
)
THIS_ONE = re.compile(r"(?<=[\u4e00-\u9fff]{2})[这那]一?(?:项|块|方面|样|个?指标)(?=呢|$)")
"""What adds nothing to the thing it is said of: 创新产出这一项呢."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A question that stands alone, equal to the one given where that already did, and what was guessed in it."""

    text: str
    notices: tuple[str, ...] = ()


def complete(question: Question) -> Completed:
    """The question as one that can be read without the turns before it.

    >>> from policy_qa.types import Question, Turn
    >>> earlier = (Turn("2020年柳州的研发投入强度是多少？", "1.8%。[1]"), Turn("那岳阳呢？", "2.01%。[1]"))
    >>> complete(Question("2019年呢？", earlier)).text
    '2019年岳阳的研发投入强度是多少？'
    """
    past: tuple[Past, ...] = reduce(with_turn, question.history, ())
    step = completed_step(question.text, past)
    return Completed(question.text) if step is None else Completed(step.text, step.notices)


def with_turn(past: tuple[Past, ...], turn: Turn) -> tuple[Past, ...]:
    """The completed turns with one more."""
    text = (translated(turn.question) if is_english(turn.question) else None) or turn.question
    step = completed_step(text, past) or Step(without_lead(text))
    asked = frame(COMPARING.sub(r"\1的\2分别是多少", step.text))
    return (*past, Past(asked, turn.answer or "", step.is_aside)) if asked.text else past


def completed_step(text: str, past: tuple[Past, ...]) -> Step | None:
    """What a question stands for after these turns, None where it stands alone."""
    core = without_lead(text)
    if not past or not core or CHAT.fullmatch(core) or re.search(r"[？?。](?=.)", core):
        return None
    is_open = PARTICLES.search(bare_text(text)) is not None or bare_text(text).startswith(("那", "再", "换"))
    core = re.sub(r"呢[，,][^，,]{1,7}$", "呢", core)
    core = THIS_ONE.sub("", core)
    core = re.sub(r"^((?:19|20)\d{2})(?=的|呢|$)", r"\1年", core)
    bare = PARTICLES.sub("", core)
    if step := by_its_words(bare, past):
        return step
    pointed = point(with_years_counted(bare, past), past)
    made = completed_text(pointed, past, is_open=is_open)
    made = pointed.text if made is None and pointed.text != bare else made
    if made is None:
        return None
    notices = pointed.notices + year_notice(bare, past)
    return Step(made.rstrip("？?") + "？", notices=notices)


def without_lead(text: str) -> str:
    """The question without the words that lead up to it (那么，请问); 那坡县 keeps its name.

    >>> without_lead("好的，那请问岳阳呢？"), without_lead("那坡县呢？")
    ('岳阳呢', '那坡县呢')
    """
    core = bare_text(text)
    while match := LEAD.match(core):
        named = any(mention.span.start == 0 for mention in find_places(core))
        pronoun = re.match(r"那[个些里儿边两几一年]|那时|那是", core)
        if named or pronoun or match.end() == len(core):
            break
        core = core[match.end() :]
    return core


def with_years_counted(core: str, past: tuple[Past, ...]) -> str:
    """The question with 上一年 and 下一年 as years, counted from the year last spoken of."""
    for pattern, step in ((PREVIOUS_YEAR, -1), (NEXT_YEAR, 1)):
        found = pattern.search(core)
        if found and is_slot_only(core[: found.start()]) and (year := shifted(year_of(past)[0], step)):
            return core[: found.start()] + year + core[found.end() :]
    return core


def is_slot_only(before: str) -> bool:
    """Whether the words before 上一年 are none, or but a place: 疫情头一年 is a year of its own."""
    parts = frame(before)
    return parts.topic is None and parts.period is None


def year_notice(core: str, past: tuple[Past, ...]) -> tuple[str, ...]:
    """A notice where 上一年 was counted from a year that only the last answer names."""
    found = PREVIOUS_YEAR.search(core) or NEXT_YEAR.search(core)
    year, is_from_answer = year_of(past)
    if not found or not is_from_answer:
        return ()
    return (taken_for(found[0], shifted(year, -1 if PREVIOUS_YEAR.search(core) else 1)),)
