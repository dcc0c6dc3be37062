"""Whether words stand together: what tells a word that print broke from two words that stand side by side."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from itertools import product

from policy_qa.language.vocabulary import dictionary_lines

LONGEST_CONTEXT = 4
WORD_SCORE = 3
HAN = re.compile(r"[\u3400-\u9fff]")
IGNORED = re.compile(r"[（(][^（）()]*[)）]?|[\s）)]")


def togetherness(before: str, after: str, text: str) -> int:
    """How much speaks for the two pieces being one word or phrase: 0 is nothing, more characters are more.

    It is the length of the longest stretch across the break that stands in the text; a word of the dictionary
    across the break counts as three characters.

    >>> togetherness("研发投", "入强度", "研发投入强度提高。"), togetherness("入强度", "高新技", "研发投入强度提高。")
    (6, 0)
    """
    left, right = IGNORED.sub("", before), IGNORED.sub("", after)
    if not left or not right:
        return 0
    best = 0
    lengths = range(1, LONGEST_CONTEXT + 1)
    for behind, ahead in product(lengths, lengths):
        if behind > len(left) or ahead > len(right) or behind + ahead <= best:
            continue
        if left[-behind:] + right[:ahead] in text:
            best = behind + ahead
    return max(best, WORD_SCORE if best < WORD_SCORE and crosses_word(left, right) else 0)


def crosses_word(left: str, right: str) -> bool:
    """Whether a word of the dictionary stands across the break."""
    words = dictionary()
    pairs = product(range(1, LONGEST_CONTEXT), range(1, LONGEST_CONTEXT))
    return any(
        left[-behind:] + right[:ahead] in words
        for behind, ahead in pairs
        if behind <= len(left) and ahead <= len(right)
    )


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """The words of jieba's dictionary and of ours, those of two to six characters."""
    own = resources.files("policy_qa.language").joinpath("vocabularies/terms.txt").read_text("utf-8")
    words = {word for line in own.splitlines() if not line.startswith("#") for word in line.split()}
    words.update(line.split(" ", 1)[0] for line in dictionary_lines())
    return frozenset(word for word in words if 2 <= len(word) <= 6)


def go_together(before: str, after: str, text: str) -> bool:
    """Whether the last character of one line and the first of the other, both Han, stand side by side in the text.

    >>> go_together("增长乏力的局面出", "现好转", "去年出现过"), go_together("增长乏力的局面出", "整体", "去年出现过")
    (True, False)
    """
    return (
        HAN.match(before[-1]) is not None and HAN.match(after) is not None and before[-1] + after[0] in text
    )
