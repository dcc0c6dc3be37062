"""Words that part one thing from another: a figure of 存款 is no answer about 贷款, one of 医药产业 none about 汽车产业."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import any_of, vocabulary_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED_WITHIN = re.compile(r"^.*[额量值数](?:之?中|里|当中)的?")
"""What only says of what whole a part is asked: 进出口总额中出口多少."""
PLUS = "+"
TEXTS_KEPT = 8192
SERIES = re.compile(r"[^,，。;；:：、\s]+(?:、[^,，。;；:：、\s]+)+")
AFTER_LAST = re.compile("以及|[和与及]")
HAN_NAME = re.compile("[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Contrast:
    """A group of words that exclude one another: by each of its forms the word it is one of, "" for one that is none.

    `is_mark` where the group has but one word, which parts what has it from what has it not.
    """

    word_of: Mapping[str, str]
    pattern: re.Pattern[str]
    is_mark: bool

    def named_in(self, text: str) -> list[str]:
        """The words of the group that the text names, in order.

        >>> trade = next(group for group in contrasts() if "出口" in group.word_of)
        >>> trade.named_in("进出口总额228亿元,其中出口80亿元")
        ['进出口', '出口']
        """
        return [word for match in self.pattern.finditer(text) if (word := self.word_of[match[0]])]


def contradicts(asked: str, label: str, before: str = "") -> bool:
    """Whether a figure is of something that excludes what is asked: by its label, else by the text before that.

    >>> contradicts("贷款余额是多少", "存款余额为"), contradicts("贷款余额是多少", "余额为"), contradicts("人均收入", "收入为")
    (True, False, True)
    """
    of_part, of_all, of_label = _named(ASKED_WITHIN.sub("", asked)), _named(asked), _named(label)
    for index, group in enumerate(contrasts()):
        wanted, told = set(of_part[index] or of_all[index]), set(of_label[index])
        if group.is_mark:
            if bool(wanted) != bool(told or (wanted and _named(before)[index])):
                return True
        elif wanted:
            told = told or set(_named(before)[index][-1:])
            if told and not told & wanted:
                return True
    return False


def narrows(asked: str, label: str) -> bool:
    """Whether a question says a word of a line marked + that a label does not: 新增 of what is told as it stands.

    >>> narrows("新增床位", "床位数"), narrows("新增床位", "净增床位数"), narrows("床位", "新增床位")
    (True, False, False)
    """
    return any(word.search(asked) and not word.search(label) for word in _narrowing())


@lru_cache(TEXTS_KEPT)
def _named(text: str) -> tuple[list[str], ...]:
    """The words of each group that the text names."""
    return tuple(group.named_in(text) for group in contrasts())


@cache
def contrasts() -> tuple[Contrast, ...]:
    """The groups of `contrasts.txt`."""
    return tuple(_read(line) for line in vocabulary_lines("contrasts.txt") if line[0] not in PLUS)


@cache
def _narrowing() -> tuple[re.Pattern[str], ...]:
    """The words of the lines of `contrasts.txt` that are marked +, with their other forms."""
    lines = [line[1:].strip() for line in vocabulary_lines("contrasts.txt") if line[0] in PLUS]
    return tuple(re.compile(any_of(line.split("/"))) for line in lines)


def _read(line: str) -> Contrast:
    word_of: dict[str, str] = {}
    for entry in line.split():
        forms = entry.lstrip("!").split("/")
        word_of |= dict.fromkeys(forms, "" if entry.startswith("!") else forms[0])
    is_mark = len({word for word in word_of.values() if word}) == 1
    return Contrast(word_of, re.compile(any_of(word_of)), is_mark)


def is_of_other_member(question: str, label: str, before: str) -> bool:
    """Whether the words of a figure name a member of a kind, and not the one that is asked for.

    All are search keys; `before` is the sentence up to the figure, `label` its end. Members are what the sentence names side by
    side, and what has a word of `kinds.txt` behind its name.

    >>> told = "打造汽车、家居、医药等产业集群,家居产业集群产值突破"
    >>> [is_of_other_member(f"{name}产业集群产值多少", "家居产业集群产值突破", told) for name in ("医药", "家居")]
    [True, False]
    >>> is_of_other_member("木材产业集群产值多少", "家居产业集群产值突破", told)
    True
    """
    for series in SERIES.finditer(before):
        members = _members(series[0])
        asked = {part for name in members if (part := _named_by(name, question, members))}
        if asked and _names_one(members, label) and not any(part in label for part in asked):
            return True
    return any(
        kind in question and kind in label and _names_other(kind, question, label, before)
        for kind in _kinds()
    )


def _members(series: str) -> list[str]:
    """The members named side by side; words may still stand before the first, and behind the last that no 等 ends.

    >>> _members("打造汽车、家居和医药等产业集群")
    ['打造汽车', '家居', '医药']
    """
    *others, last = series.split("、")
    return [*others, *(name for name in AFTER_LAST.split(last.split("等")[0]) if name)]


def _named_by(name: str, question: str, members: list[str]) -> str | None:
    """The end of a member's name by which a question calls it and no other member (医药 of 生物医药), None without one."""
    ends = (name[at:] for at in range(len(name) - 1))
    return next(
        (
            end
            for end in ends
            if end in question
            and HAN_NAME.fullmatch(end)
            and not find_places(end)
            and not any(end in other for other in members if other != name)
        ),
        None,
    )


def _names_one(members: list[str], label: str) -> bool:
    """Whether the words of a figure name a member: in full, of the first as much as is a name."""
    first = members[0]
    names = [*members[1:], *(first[at:] for at in range(len(first) - 1))]
    return any(name in label for name in names if HAN_NAME.fullmatch(name) and not find_places(name))


def _names_other(kind: str, question: str, label: str, before: str) -> bool:
    """Whether a label has a name before the word for a kind, a question another that is said before the figure in a series only."""
    asked, told = _pairs(_name_before(kind, question)), _pairs(_name_before(kind, label))
    if not asked or not told or asked & _pairs(label):
        return False
    return not asked & _pairs(SERIES.sub("", before)) and not told & _pairs(question.replace(kind, ""))


def _name_before(kind: str, text: str) -> str:
    """The characters right before the word for a kind, which the text says, without places."""
    match = re.search(rf"([\u4e00-\u9fff]*){kind}", text)
    name = match[1] if match else ""
    for place in find_places(name):
        name = name.replace(place.span.of(name), " " * len(place.span))
    return name.split(" ")[-1].lstrip("的")


def _pairs(text: str) -> set[str]:
    return {one + other for one, other in pairwise(text)}


@cache
def _kinds() -> tuple[str, ...]:
    """The words of `kinds.txt`, as search keys."""
    return tuple(search_key(line) for line in vocabulary_lines("kinds.txt"))
