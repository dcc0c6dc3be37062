"""The things a question lists (项目数、竣工数), and the labels that answer those which no label was found for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.labels import mention_of
from policy_qa.understanding import without_table_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policy_qa.answering.asked_words import AskedWord
    from policy_qa.answering.labels import LabelKey, Named

BETWEEN = re.compile(r"[、,;]|和|及|与|跟")
NUMBER_OF = re.compile(r"([^的年]{2,}?)(?:数量|个数|数)$")
COUNT_UNIT = re.compile(r"[项个家户件台套辆条艘所座宗起批处人名]")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that a question lists: its words by index, and, where its number is asked, what is counted (项目数: 项目)."""

    words: frozenset[int]
    counted: str = ""


def items_listed(question: str, words: Sequence[AskedWord]) -> list[Item]:
    """The things that a question (its search key) lists, in order; empty where it lists none.

    >>> from policy_qa.answering.asked_words import AskedWord
    >>> items_listed("产值和渔船数", [AskedWord(("产值",), 1.0, 0, 2), AskedWord(("渔船",), 1.0, 3, 5)])
    [Item(words=frozenset({0}), counted=''), Item(words=frozenset({1}), counted='渔船')]
    """
    telling = {index: word.forms[0] for index, word in enumerate(words) if word.weight and not word.is_year}
    parts = [part.strip(" ?。") for part in BETWEEN.split(without_table_request(question))]
    items = []
    for part in parts:
        counted = NUMBER_OF.search(part)
        said = frozenset(index for index, form in telling.items() if form in part)
        items.append(Item(said, counted[1] if counted else ""))
    return [item for item in items if item.words] if len(parts) > 1 else []


def with_items(
    named: Named,
    labels: Mapping[int, LabelKey],
    listed: Sequence[Item],
    words: Sequence[AskedWord],
    unit_of: Callable[[int], str | None],
    elsewhere: frozenset[int],
) -> Named:
    """The named labels and those that answer a thing of the list that no label named does.

    A label does that counts what is to be counted (of 项目数 在库的项目, in 项), or says all words of the thing.
    `unit_of` gives the unit of all cells of a label, None where they differ; `elsewhere` are the words that labels of the
    other axis say.
    """
    said = {index: mention_of(label, words).words for index, label in labels.items()}
    found = dict.fromkeys(named.labels)
    own = set(named.words)
    for item in listed:
        meant = [index for index, label in labels.items() if _counts(label, item.counted, unit_of(index))]
        if not meant:
            if item.words <= elsewhere or any(item.words <= said[index] for index in named.labels):
                continue
            meant = [index for index in labels if item.words <= said[index]]
        found |= dict.fromkeys(meant)
        own |= item.words if meant else set()
    return replace(named, labels=tuple(found), words=frozenset(own))


def _counts(label: LabelKey, counted: str, unit: str | None) -> bool:
    """Whether a label is of the things that are to be counted, its cells being numbers of them."""
    if not counted or not label.parts or unit is None or not COUNT_UNIT.fullmatch(unit):
        return False
    return label.parts[-1].endswith(counted)
