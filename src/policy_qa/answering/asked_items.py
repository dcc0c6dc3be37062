"""The things a question lists (项目数、竣工数), and the labels that answer those which no label was found for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa.answering.labels import mention_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policy_qa.answering.asked_words import AskedWord
    from policy_qa.answering.labels import LabelKey, Named

BETWEEN = re.compile(r"[、,;]|和|及|与|跟")
COUNTED = re.compile(r"(?<=..)(?:数量|个数|数)$")
COUNT_UNIT = re.compile(r"[项个家户件台套辆条所座宗起批处]")


def with_items(
    named: Named,
    other: Named,
    labels: Mapping[int, LabelKey],
    listed: Sequence[frozenset[int]],
    words: Sequence[AskedWord],
    unit_of: Callable[[int], str | None],
) -> Named:
    """The named labels and those that answer a thing of the list, by its words, that no label named answers.

    A label does that says all its words, or, where its number is asked (项目数), that counts it: 在库的项目 in 项.
    `other` are the labels of the other axis; `unit_of` gives the unit of all cells of a label, None where they differ.
    """
    said = {index: mention_of(label, words).words for index, label in labels.items()}
    found = dict.fromkeys(named.labels)
    own = set(named.words)
    for item in listed:
        if item <= other.words or any(item <= said[index] for index in named.labels):
            continue
        meant = [index for index in labels if item <= said[index]]
        meant = meant or [index for index in labels if _counts(labels[index], item, words, unit_of(index))]
        found |= dict.fromkeys(meant)
        own |= item if meant else set()
    return replace(named, labels=tuple(found), words=frozenset(own))


def items_listed(question: str, words: Sequence[AskedWord]) -> list[frozenset[int]]:
    """The things that a question lists, each by the indices of its words; empty where it lists none.

    >>> from policy_qa.answering.asked_words import AskedWord
    >>> items_listed("产值和户数", [AskedWord(("产值",), 1.0, 0, 2), AskedWord(("户数",), 1.0, 3, 5)])
    [frozenset({0}), frozenset({1})]
    """
    telling = [index for index, word in enumerate(words) if word.weight and not word.is_year]
    groups: list[set[int]] = []
    last = 0
    for index in sorted(telling, key=lambda index: words[index].start):
        if not groups or BETWEEN.search(question[last : words[index].start]):
            groups.append(set())
        groups[-1].add(index)
        last = max(last, words[index].end)
    return [frozenset(group) for group in groups] if len(groups) > 1 else []


def _counts(label: LabelKey, item: frozenset[int], words: Sequence[AskedWord], unit: str | None) -> bool:
    """Whether a label is of things of which an item asks the number: of 项目数 在建的项目, counted in 项."""
    if len(item) != 1 or not label.parts or unit is None or not COUNT_UNIT.fullmatch(unit):
        return False
    form = words[next(iter(item))].forms[0]
    thing = COUNTED.sub("", form)
    return thing != form and label.parts[-1].endswith(thing)
