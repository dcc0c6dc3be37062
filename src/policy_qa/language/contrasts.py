"""Words that part one indicator from another: a figure of 存款 is no answer about 贷款, one of 人均 none about the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_qa.language.vocabulary import vocabulary_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED_WITHIN = re.compile(r"^.*[额量值数](?:之?中|里|当中)的?")
"""What only says of what whole a part is asked: 进出口总额中出口多少."""

PLUS = "+"
TEXTS_KEPT = 8192


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
    return tuple(re.compile("|".join(map(re.escape, line.split("/")))) for line in lines)


def _read(line: str) -> Contrast:
    word_of: dict[str, str] = {}
    for entry in line.split():
        forms = entry.lstrip("!").split("/")
        word_of |= dict.fromkeys(forms, "" if entry.startswith("!") else forms[0])
    longest_first = sorted(word_of, key=len, reverse=True)
    is_mark = len({word for word in word_of.values() if word}) == 1
    return Contrast(word_of, re.compile("|".join(map(re.escape, longest_first))), is_mark)
