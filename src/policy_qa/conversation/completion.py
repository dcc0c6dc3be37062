"""A question that leans on earlier turns, completed from them: with the place, period and indicator it lacks, or all it was about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from policy_qa.conversation.exchange import PLAIN_ASKING as PLAIN
from policy_qa.conversation.exchange import (
    exchange,
    is_figure,
    is_organisation,
    noun_phrase,
    with_attribute,
    without_target,
)
from policy_qa.conversation.frames import (
    ASKING,
    HOW_MANY,
    LEAD,
    PARTICLES,
    WHICH_PLACE,
    Frame,
    bare_text,
    frame,
    words,
)
from policy_qa.conversation.pronouns import point
from policy_qa.conversation.referents import Past, holder_of, last_asked, shifted, year_of
from policy_qa.conversation.rules import Step, by_its_words, taken_for
from policy_qa.language.english import is_english, translated
from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places, misspelt_places, places_called
from policy_qa.language.vocabulary import synonyms

if TYPE_CHECKING:
    from policy_qa.conversation.pronouns import Pointed
    from policy_qa.types import Question, Turn

COMPARED = re.compile(r"(?:与|和|跟|同|比|较|相比|相对于|离(?!岸|境|婚|职|退|散)|距离?)(?!例|重|较).{1,}")
PREDICATE = re.compile(
    r"(?:是否|是不是|有没有|能否)?(?:都|也|又|已经|还|一直)?(?:高于|低于|多于|少于|快于|慢于|超过|超出|达到|达标|完成|占(?!地)|每[百千万]人口?(?:拥有|有)|位居|位列|居(?!民)|排(?!放|污|水)|算高|算低|高不高|低不低|多不多|下降|上升|增长|提高|回落|减少)"
)
PLACED = re.compile(
    r"在(?!哪).{2,6}?(?:中|里|内|范围内)?(?:占|排|位[居列]|居|处于|属于|算|的(?:排名|位次|占比|比重|份额))"
)
ABOUT_IT = re.compile(
    r"(?:是|由|被)?(?:哪个?(?:部门|单位|机构|人)|谁|什么时候|何时)(?:来|去|才|就)?(?:[\u4e00-\u9fff]{1,4})(?:的|了)?$|由(?:谁|哪)|哪一?[条项种个](?:最|更)(?:重要|关键|有效)|最.{1,3}的是(?:哪|什么)"
)
SUBJECTLESS = re.compile(
    r"(?:都|也|又|还|主要|目前|现在|一共|总共|共|分别)*(?:有(?!的|些|关|限|色|效)|没有|包括|包含|提供|设立|设有|下设|拥有|存在|提出|采取|出台|实施|面临|涉及|取得|具有|开设|开展|应该|需要|如何|怎样|怎么|为什么|为何|为啥|成立于|位于|是什么时候|是哪一?年|是谁)"
)
REQUEST = re.compile(
    r"(?:请|帮我)?(?:列出|列举|总结|概括|归纳|介绍|说明|比较|对比|分析|整理|梳理|解释|说说|谈谈|讲讲|写)"
)
DEFINING = re.compile(
    r"^(?:什么是|什么叫|何为|何谓)|(?:是|指)(?:的是)?什么(?:意思)?$|什么意思$|(?:怎么|如何|怎样)(?:计算|定义|算)的?$|的(?:定义|含义|概念)(?:是什么)?$"
)
LONGEST_FRAGMENT = 8
LONGEST_COMPARISON = 18
LONGEST_SHORT_TOPIC = 5
"""A topic as short as this with a year of its own still leans on the place before (2019年的GDP), a longer one does not."""
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


def completed_text(pointed: Pointed, past: tuple[Past, ...], *, is_open: bool) -> str | None:
    """The completed question, None where nothing is missing. `is_open`: it ends in 呢 or starts with 那."""
    new, last = frame(pointed.text), last_asked(past).asked
    if PLACED.match(new.text) or ABOUT_IT.match(new.text):
        joint = "中" if re.match(r"哪一?[条项种个](?!部门|单位|机构|人)|最", new.text) else ""
        return f"{noun_phrase(last, moving=False)}{joint}{new.text}"
    topic = new.part(new.topic)
    says_more = new.holder is not None and len(topic) > LONGEST_SHORT_TOPIC + 1
    if is_comparison(new.text) and not (is_figure(new) and says_more):
        return compared(new, last)
    is_plain = topic in words("plain") and not pointed.has_holder and PLAIN.search(new.text) is not None
    if is_plain or (is_attribute(topic) and not pointed.is_whole and "，" not in new.text):
        return of_the_last(new, last)
    if not topic or (not says_more and PREDICATE.match(without_slots_in_front(new))):
        return without_topic(new, last)
    if new.asking is None and REQUEST.match(new.text) is None:
        return fragment(new, last, pointed, is_open=is_open)
    return with_its_own(new, past, has_holder=pointed.has_holder)


def with_its_own(new: Frame, past: tuple[Past, ...], *, has_holder: bool) -> str | None:
    """A question with a topic and words that ask, with the place and period it lacks; None where it lacks none."""
    last = last_asked(past).asked
    if has_holder and new.period is None and last.period and is_figure(new):
        return put_in_front(new, period=last.part(last.period))
    return None if new.has_subject else inheriting(new, past)


def is_comparison(text: str) -> bool:
    """Whether a question is but what something is to be compared with (与全国平均水平相比呢)."""
    return (
        COMPARED.match(text) is not None and len(text) <= LONGEST_COMPARISON and not re.search(r"[，,]", text)
    )


def of_the_last(new: Frame, last: Frame) -> str:
    """The attribute that the new question names (增速, 具体数字), of what the last one asked for."""
    text = exchange(last, holder=new.part(new.holder), period=new.part(new.period))
    if new.part(new.topic) in words("plain"):
        return without_target(text) if new.part(new.topic).startswith("实际") else text
    base = frame(text)
    if new.asking is None or PLAIN.fullmatch(new.part(new.asking)):
        return with_attribute(base, new.part(new.topic))
    return f"{noun_phrase(base)}的{without_slots_in_front(new)}"


def is_attribute(topic: str) -> bool:
    """Whether a topic is but an attribute of another: 排名, 增速, 占GDP比重."""
    return topic in words("attributes") or re.fullmatch(r"占.{1,14}?(?:比重|比例|份额|比)", topic) is not None


def without_slots_in_front(new: Frame) -> str:
    """The question without the place and period it starts with."""
    start = 0
    for span in sorted(span for span in (new.period, new.holder) if span):
        if not new.text[start : span.start].strip("的在到至，, "):
            start = span.end
    return new.text[start:].lstrip("的在到至，, ")


def compared(new: Frame, last: Frame) -> str:
    """The last thing compared with another (与全国平均水平相比呢)."""
    tail = "" if ASKING.search(new.text) or re.search(r"多少|[吗么]$", new.text) else "怎么样"
    text = new.text.removeprefix("相比") if new.text.startswith("相比") else new.text
    if not tail or re.search(r"相比|比较|对比|比$", text):
        return f"{noun_phrase(last, moving=False)}{text}{tail}"
    return f"{noun_phrase(last, moving=False)}{text}相比{tail}"


def without_topic(new: Frame, last: Frame) -> str:
    """The last question of another place or year, with the new words that ask where they ask something else."""
    base = exchange(last, holder=new.part(new.holder), period=new.part(new.period))
    asking = without_slots_in_front(new)
    if not asking or PLAIN.fullmatch(asking) or ("排" in asking and "排" in last.part(last.asking)):
        return base
    if DEFINING.search(last.text):
        joint = "的" if new.holder else ""
        return f"{new.part(new.period)}{new.part(new.holder)}{joint}{last.part(last.topic)}{asking}"
    if SUBJECTLESS.match(asking) and not re.search(HOW_MANY, asking):
        why = re.match(r"为什么|为何|为啥", asking)
        return f"{why[0] if why else ''}{noun_phrase(frame(base), moving=False)}{asking[why.end() if why else 0 :]}"
    return f"{noun_phrase(frame(base), moving=False)}{asking}"


def fragment(new: Frame, last: Frame, pointed: Pointed, *, is_open: bool) -> str | None:
    """A question without words that ask: its parts in the place of the last question's."""
    topic = new.part(new.topic)
    if pointed.is_whole or (not is_open and len(topic) > LONGEST_FRAGMENT):
        return None
    if new.has_subject and not is_open and not pointed.has_holder:
        return None
    if WHICH_PLACE.search(last.text) and new.holder and topic:
        period = new.part(new.period) or last.part(last.period)
        return f"{period}{new.part(new.holder)}的{topic}是多少"
    if not new.has_subject and (other := other_holder(new, last)):
        return exchange(last, holder=other, period=new.part(new.period))
    return exchange(last, holder=new.part(new.holder), period=new.part(new.period), topic=topic)


def other_holder(new: Frame, last: Frame) -> str:
    """The new topic where it is of the same kind as the last holder though no place known (云溪市, 东风公司)."""
    topic, holder = new.part(new.topic), last.part(last.holder)
    is_kind = (
        len(topic) > 2
        and holder[-1:] == topic[-1:]
        and topic.endswith(("市", "县", "区", "省", "州", "公司", "集团", "学院"))
    )
    is_known = last.place is not None and bool(places_called(topic))  # 来宾, which is a word as well
    return topic if is_kind or is_known else ""


def inheriting(new: Frame, past: tuple[Past, ...]) -> str | None:
    """A question that asks but does not say of whom: with the last one's place, or all it was about."""
    last = last_asked(past).asked
    holder = holder_of(past)[0]
    if DEFINING.search(new.text) or misspelt_places(new.text):
        return None
    period = last.part(last.period) if new.period is None else ""
    if is_figure(new):
        return (
            put_in_front(new, holder=holder, period=period) if holder and leans(new, last, holder) else None
        )
    if SUBJECTLESS.match(without_slots_in_front(new)) and len(new.part(new.topic)) <= LONGEST_FRAGMENT:
        return subject_with(new, last)
    if is_organisation(holder) and not is_part_of(new, holder):
        return put_in_front(new, holder=holder)
    shared = last.topic is not None and same_topic(new.part(new.topic), last.part(last.topic))
    return put_in_front(new, holder=holder, period=period) if shared and holder else None


def leans(new: Frame, last: Frame, holder: str) -> bool:
    """Whether a question for a number that names no place is about the last one, or about something of its own.

    It is where the indicator is the same or short; not where it has an owner (大东海的职工总数), or clauses.
    """
    topic = new.part(new.topic)
    if is_organisation(holder):
        return not is_part_of(new, holder)
    if re.search(r"[，,]", new.text):
        return False
    if same_topic(topic, last.part(last.topic)) or search_key(topic) in synonyms():
        return True
    return not has_owner(new) and len(topic) <= (LONGEST_SHORT_TOPIC if new.period else LONGEST_FRAGMENT)


def has_owner(new: Frame) -> bool:
    """Whether a question says whose number it asks for, though by no name that is known: 大东海的职工总数."""
    owner, _, owned = new.part(new.topic).rpartition("的")
    if owner and not is_attribute(owned):
        return True
    if new.asking and new.topic and new.topic.start > new.asking.start:
        return frame(new.text[: new.asking.start]).topic is not None
    return new.period is not None and bool(new.text[: new.period.start].strip("在到从 "))


def subject_with(new: Frame, last: Frame) -> str:
    """What the last question was about, with what is now asked of it (有哪些建议)."""
    asking = without_slots_in_front(new)
    period = new.part(new.period)
    if last.organisation:
        return period + last.text[: last.organisation.end] + asking
    why = re.match(r"为什么|为何|为啥", asking)
    if why:
        return f"{why[0]}{noun_phrase(last, moving=False)}{asking[why.end() :]}"
    if last.asking is not None and not is_figure(last) and last.text[: last.asking.start].strip():
        before = re.sub(r"(?:存在|提出|采取|面临|取得|主要|的)+了?$", "", last.text[: last.asking.start])
        return period + before + asking
    return f"{period}{noun_phrase(last, moving=False)}{asking}"


def is_part_of(new: Frame, holder: str) -> bool:
    """Whether the question names the holder by a short form of its own (人大的…)."""
    head = re.match(r"([^的\s]{2,4})的", new.text)
    return head is not None and re.search(".*".join(map(re.escape, head[1])), holder) is not None


def same_topic(one: str, other: str) -> bool:
    """Whether two topics are about the same: one holds the other, or the first words agree."""
    return len(other) > 1 and (other in one or one in other or (len(other) > 3 and one[:4] == other[:4]))


def put_in_front(new: Frame, *, holder: str = "", period: str = "") -> str:
    """The question with holder and period before it, the holder behind the period it starts with itself."""
    verbal = SUBJECTLESS.match(new.text) or re.match(HOW_MANY, new.text)
    at = new.period.end if new.period and new.period.start == 0 else 0
    rest = new.text[at:].removeprefix("的")
    joint = (
        "的"
        if holder
        and not verbal
        and not SUBJECTLESS.match(rest)
        and not re.match(rf"{HOW_MANY}|[在与和，,]", rest)
        else ""
    )
    return f"{new.text[:at]}{period}{holder}{joint}{rest}"


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
