"""The word lists of `followup_words.txt`, and small tools on the text of a question."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.language.vocabulary import vocabulary_lines

if TYPE_CHECKING:
    from policy_qa.types import Span

ENDS = " \t\r\n。．.？?！!；;，,、：:"
LEAD = re.compile(
    r"(?:好的?|嗯+|哦+|谢谢|多谢|明白了?|知道了|了解了?|请问一?下?|麻烦|劳驾|顺便(?:问一?下)?|对了"
    r"|我?想(?:知道|问一?下?|了解一?下?|看看?)|帮我[查看]一?[查看下]?|你知道|再(?:问一?下|看看?|查一?下|说说)"
    r"|换成|改成|改为|换|如果是|要是|那么|那就?|然后|接着|另外|同样地?)[，,、\s]*"
)
"""Words before a question that say nothing of it."""
PARTICLES = re.compile(r"(?:呢|呀|啊|吧|嘛|哈|的呢)+$")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list, longest first.

    >>> "增速" in words("attributes")
    True
    """
    return tuple(
        sorted((word for group in groups(name) for word in group), key=lambda word: (-len(word), word))
    )


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lists of that name, one for each line of the file, in its order.

    >>> [group for group in groups("contrast") if "出口" in group]
    [('进口', '出口', '进出口')]
    """
    lines = (line.partition(":") for line in vocabulary_lines("followup_words.txt"))
    return tuple(tuple(listed.split()) for head, _, listed in lines if head.strip() == name)


def bare_text(text: str) -> str:
    """The question on one line, without the marks at its ends.

    >>> bare_text(" 那岳阳呢？？ ")
    '那岳阳呢'
    """
    return " ".join(text.split()).strip(ENDS)


def edited(text: str, edits: list[tuple[Span, str]]) -> str:
    """The text with each span replaced; the spans do not overlap.

    >>> from policy_qa.types import Span
    >>> edited("2020年柳州的产值", [(Span(5, 7), "岳阳"), (Span(0, 5), "2019年")])
    '2019年岳阳的产值'
    """
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def masked(text: str, spans: list[Span]) -> str:
    """The text with the spans blotted out by a mark of the same length."""
    return edited(text, [(span, "\0" * len(span)) for span in spans])
