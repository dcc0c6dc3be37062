"""What the words of a follow-up point to: places, years and things of the turns before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_qa.conversation.exchange import YEAR, noun_phrase
from policy_qa.conversation.frames import WHICH_PLACE, Frame, masked
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places

LONGEST_SHORT_ANSWER = 16
MARKS = re.compile(r"\s*(?:\[\d+\])+")
NUMERAL = "一二三四五六七八九十"
ENUMERATOR = re.compile(
    rf"(?:第?[{NUMERAL}]{{1,3}}[、.．是]|[（(](?:[{NUMERAL}]{{1,3}}|\d{{1,2}})[）)]|\d{{1,2}}[、.．）)](?!\d)|[①-⑳]"
    rf"|第[{NUMERAL}\d]{{1,3}}[，,、]|[•·●■\-*]\s+|首先[，,]?|其次[，,]?|再次[，,]?|最后[，,]?)\s*"
)
INLINE = re.compile(rf"(?<=[：:；;。，,\n])(?=(?:{ENUMERATOR.pattern}))")
LONGEST_NAME = 30
ORDINALS = {character: value for value, character in enumerate(NUMERAL, 1)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier turn: its completed question, its answer; `is_aside` where it asked about the answer before it."""

    asked: Frame
    answer: str
    is_aside: bool = False


def last_asked(past: tuple[Past, ...]) -> Past:
    """The last turn that asked something of its own; `past` is not empty."""
    return next((turn for turn in reversed(past) if not turn.is_aside), past[-1])


def answered_places(answer: str) -> tuple[str, ...]:
    """The places an answer speaks of, as it names them, each once."""
    found: dict[str, str] = {}
    for mention in find_places(MARKS.sub("", answer)):
        if not mention.is_base and mention.places[0].level != "country":
            found.setdefault(mention.places[0].code, mention.span.of(MARKS.sub("", answer)))
    return tuple(found.values())


def holder_of(past: tuple[Past, ...]) -> tuple[str, bool]:
    """Whom the last turn is about, and whether that was chosen among several its answer names; else of those before.

    A question for a place (哪个城市最高) is about the place its answer names first.
    """
    for turn in (last_asked(past), *reversed(past)):
        asked = turn.asked
        if asked.holder and not WHICH_PLACE.search(asked.part(asked.holder)):
            return asked.part(asked.holder), False
        if WHICH_PLACE.search(asked.text):
            places = answered_places(turn.answer)
            if places:
                return places[0], len(places) > 1
            short = MARKS.sub("", turn.answer).strip("。 \n")
            if 2 <= len(short) <= LONGEST_SHORT_ANSWER and "哪" in asked.text:
                return short.removeprefix("是"), False
    return "", False


def holders_of(past: tuple[Past, ...]) -> tuple[str, ...]:
    """The places or organisations of the last turns that asked the same of each, oldest first."""
    turns = [turn for turn in past if not turn.is_aside]
    if not turns:
        return ()
    asked = turns[-1].asked
    if len(asked.places) > 1:
        return tuple(dict.fromkeys(span.of(asked.text) for span in asked.places))
    if WHICH_PLACE.search(asked.text):
        return answered_places(turns[-1].answer)
    found: list[str] = []
    for turn in reversed(turns):
        if turn.asked.holder is None or without_slots(turn.asked) != without_slots(asked):
            break
        found.insert(0, turn.asked.part(turn.asked.holder))
    return tuple(dict.fromkeys(found))


def without_slots(asked: Frame) -> str:
    """What a question asks without saying of whom and when."""
    slots = [span for span in (asked.holder, asked.period) if span]
    return re.sub(r"[\0的]+", "", masked(asked.text, slots))


def pair_of(past: tuple[Past, ...]) -> tuple[str, str] | None:
    """The two things last spoken of, as nouns: two places or periods of one question, else the last two questions."""
    turns = [turn for turn in past if not turn.is_aside]
    if not turns:
        return None
    two = two_within(turns[-1].asked)
    if two:
        return two
    if WHICH_PLACE.search(turns[-1].asked.text):
        return None
    if len(turns) > 1:
        one, other = noun_phrase(turns[-2].asked), noun_phrase(turns[-1].asked)
        return (one, other) if one != other else None
    return None


def two_within(asked: Frame) -> tuple[str, str] | None:
    """The two places, or years, that one question asks about."""
    if len(asked.places) == 2 and asked.place:
        first, second = (span.of(asked.text) for span in asked.places)
        return first, second
    years = YEAR.findall(asked.part(asked.period))
    if len(years) == 2 and re.search(r"[和与、及跟]", asked.part(asked.period)):
        return f"{years[0]}年", f"{years[1]}年"
    if topic := re.fullmatch(r"([^和与、]{2,})[和与、]([^和与、]{2,})", asked.part(asked.topic)):
        return topic[1], topic[2]
    return None


def year_of(past: tuple[Past, ...]) -> tuple[str, bool]:
    """The period of the last question; else the one year its answer names, and whether it was taken from there."""
    turn = last_asked(past)
    if turn.asked.period:
        return turn.asked.part(turn.asked.period), False
    answer = MARKS.sub("", turn.answer)
    named = {mention.span.of(answer) for mention in find_periods(answer) if not mention.is_base}
    years = {match[0] for name in named if (match := YEAR.search(name))}
    if len(years) == 1 and not re.search(r"没有|无法", answer):
        return f"{years.pop()}年", True
    return "", False


def shifted(period: str, step: int) -> str:
    """The same period of another year; empty for one that names no year.

    >>> shifted("2021年1-9月", -1), shifted("去年", -1)
    ('2020年1-9月', '前年')
    """
    relative = ["前年", "去年", "今年", "明年"]
    if period in relative and 0 <= relative.index(period) + step < len(relative):
        return relative[relative.index(period) + step]
    return YEAR.sub(lambda year: str(int(year[0]) + step), period) if YEAR.search(period) else ""


def known_titles(past: tuple[Past, ...]) -> str:
    """The 《title》 last spoken of, empty where there was none."""
    for turn in reversed(past):
        found = re.findall(r"《[^》]+》", f"{turn.answer} {turn.asked.text}")
        if found:
            return str(found[-1])
    return ""


def organisation_called(bare: str, past: tuple[Past, ...]) -> str:
    """The full name of the organisation last called that is one of the kind (学院), empty where there was none."""
    kinds = (bare, "集团", "银行") if bare == "公司" else (bare,)
    for turn in reversed(past):
        asked = turn.asked
        if asked.organisation and asked.part(asked.organisation).endswith(kinds):
            return asked.part(asked.organisation)
        if asked.place and asked.part(asked.place).endswith(bare):
            return asked.part(asked.place)
    return ""


def topic_of(past: tuple[Past, ...]) -> str:
    """The indicator last asked about, without place and period.

    >>> from policy_qa.conversation.frames import frame
    >>> topic_of((Past(frame("2020年柳州的产值是多少？"), "10亿元"),))
    '产值'
    """
    asked = last_asked(past).asked
    return asked.part(asked.topic)


def items_of(answer: str) -> tuple[str, ...]:
    r"""The items an answer lists, in order, each without number and marks; empty where it lists nothing.

    >>> items_of("一是深化银企合作。[1]\n二是设立引导基金。[2]")
    ('深化银企合作', '设立引导基金')
    """
    text = MARKS.sub("", answer).strip()
    pieces = numbered(text)
    if len(pieces) < 2:
        pieces = [
            line for line in text.split("\n") if line.strip() and not line.rstrip().endswith(("：", ":"))
        ]
    if len(pieces) < 2:
        pieces = re.split(r"[；;]", text.partition("：")[2] or text)
    if len(pieces) < 2:
        pieces = series(text)
    items = tuple(item for item in (short_name(piece) for piece in pieces) if item)
    return items if len(items) > 1 else ()


def numbered(text: str) -> list[str]:
    """The pieces that begin with a number of their own (一是, （二）, 3.), wherever they stand."""
    pieces = [piece for line in text.split("\n") for piece in INLINE.split(line)]
    return [piece for piece in pieces if ENUMERATOR.match(piece.strip())]


def series(text: str) -> list[str]:
    """The members of the longest run parted by 、, or by commas where the text is nothing else."""
    sentence = re.sub(r"^.*(?:包括|分别是|分别为|有|主要是|为|：)(?=[^、]{1,20}、)", "", text.rstrip("。"))
    members = (
        re.split(r"、|以及|(?<=[^、，。]{2})和(?=[^、，。]{2,12}$)", re.split(r"[，。；]", sentence)[0])
        if "、" in sentence
        else []
    )
    if len(members) < 2:
        members = re.split(r"[，,]", sentence)
        if len(members) < 3 or max(map(len, members)) > LONGEST_NAME:
            return []
    return [re.sub(r"等.{0,4}$", "", member) for member in members]


def short_name(piece: str) -> str:
    """An item's own words: without its number, up to the first sentence end, or clause where that is long.

    >>> short_name("（二）加大技改投入：对重点企业给予贴息。")
    '加大技改投入'
    """
    piece = ENUMERATOR.sub("", piece.strip(), count=1)
    name = re.split(r"[。；;：:\n]", piece)[0].strip(" 　，,、")
    return name if len(name) <= LONGEST_NAME else re.split(r"[，,]", name)[0].strip()


def number_of(word: str, count: int) -> int | None:
    """Which of `count` items is called (from 1): 二, 3, 十一, 最后一; None where there is none such.

    >>> number_of("十二", 20), number_of("最后一", 4), number_of("五", 3)
    (12, 4, None)
    """
    if word.startswith(("最后", "末")):
        return count or None
    if word.startswith("倒数"):
        back = number_of(word.removeprefix("倒数").removeprefix("第"), count)
        return count + 1 - back if back else None
    if word.isdecimal():
        number = int(word)
    else:
        tens, mark, ones = word.rpartition("十")
        number = (ORDINALS.get(tens, 1) * 10 if mark else 0) + ORDINALS.get(ones, 0)
    return number if 1 <= number <= count else None
