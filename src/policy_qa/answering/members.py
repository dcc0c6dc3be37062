"""Members of one kind (汽车、医药等产业集群): a figure that is told of one of them is no answer about another."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import vocabulary_lines

SERIES = re.compile(r"[^,，。;；:：、\s]+(?:、[^,，。;；:：、\s]+)+")
AFTER_LAST = re.compile("以及|[和与及]")
HAN_NAME = re.compile("[\u4e00-\u9fff]{2,}")


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
    return any(_names_other(kind, question, label, before) for kind in _kinds())


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
    """The characters right before the word for a kind, without places; empty without one."""
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
