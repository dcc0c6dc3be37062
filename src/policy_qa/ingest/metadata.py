"""What a document says of itself: its title, and when it was issued."""

from __future__ import annotations

import itertools
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from policy_qa.ingest.lines import classify, find_mark
from policy_qa.types import Block, DocumentMeta, Heading, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE_ENDING = re.compile(
    r"(?:报告|规划|公报|研究|意见|通知|纲要|方案|计划|办法|条例|规定|决定|公告|通报|要点|汇编|综述|分析|建议|说明|白皮书|年鉴|讲话|对策)"
    r"(?:[（(《][^）)》]{1,30}[）)》])?》?$"
)
SENTENCE_SIGN = re.compile(r"[。；;！!：:，,]|\.\s")
BYLINE = re.compile(r"[●○■◆]|(?:作者|撰稿|执笔|来源|课题组)|.{0,30}课题组$|[—-]{2}")
LINES_NEAR_TOP = 3
MIN_TITLE_CHARS, MAX_TITLE_CHARS = 4, 50
MAX_SENTENCE_TITLE_CHARS = 40
SENTENCE = re.compile(r"[^。！？；\n]+")
CLAUSE_ENDS = re.compile(r"[，、：,:]")
WORD_CHARACTER = re.compile(r"[0-9A-Za-z.,%％\-]")
LETTER = re.compile(r"[^\W\d_]")


def find_title_line(text: str) -> Span | None:
    r"""The line near the top of the text that reads like its title, None where none does.

    >>> find_title_line("某市创新发展报告\n某市课题组\n近年来，投入增长。")
    Span(start=0, end=8)
    """
    lines = top_lines(text)
    for line in lines:
        if find_mark(line.of(text)):
            break
        if is_title(line.of(text)) and TITLE_ENDING.search(line.of(text)):
            return line
    has_body = len(lines) > 1
    return lines[0] if has_body and is_title(lines[0].of(text)) else None


def top_lines(text: str) -> list[Span]:
    """The first lines that hold something."""
    found = (match for match in re.finditer(r"\S[^\n\r]*", text))
    return [
        Span(match.start(), match.start() + len(match[0].rstrip()))
        for match, _ in zip(found, range(LINES_NEAR_TOP), strict=False)
    ]


def is_title(line: str) -> bool:
    """Whether a line may be a title: short, no sentence or part of one, no number before it, no caption or row."""
    bare = line.strip("《》*_ \u3000")
    return (
        MIN_TITLE_CHARS <= len(bare) <= MAX_TITLE_CHARS
        and not SENTENCE_SIGN.search(bare)
        and classify(line) == "prose"
        and LETTER.search(bare) is not None
        and line[-1] not in "、？?…"
    )


def read_metadata(source: SourceFile, text: str, blocks: Sequence[Block], title: Span | None) -> DocumentMeta:
    """Title and date of the document; `title` is the title line or top heading, if it has one.

    Without one the title is a line elsewhere that ends like a title and stands before a by-line, the first heading's
    words, the first sentence up to the end of a clause, or the file's name: always something staff can read.
    """
    if source.title is not None:
        return DocumentMeta(source.title.strip(), None, source.issued_on)
    span = title or find_inner_title(text, blocks) or find_first_words(text, blocks)
    if span is None:
        return DocumentMeta(PurePosixPath(source.name).stem, None, source.issued_on)
    return DocumentMeta(span.of(text), span, source.issued_on)


def find_inner_title(text: str, blocks: Sequence[Block]) -> Span | None:
    """A title that print had put beside the first paragraphs: the first such line that a by-line follows."""
    for block, after in itertools.pairwise(blocks):
        line = block.span.of(text)
        if not isinstance(block, Heading) and is_title(line) and TITLE_ENDING.search(line):
            byline = after.span.of(text)
            if len(byline) <= MAX_TITLE_CHARS and BYLINE.match(byline):
                return block.span
    return None


def find_first_words(text: str, blocks: Sequence[Block]) -> Span | None:
    """The first heading without its number, else the first sentence, shortened to whole clauses."""
    heading = next((block for block in blocks if isinstance(block, Heading)), None)
    if heading is not None:
        return heading_words(text, heading)
    for block in blocks:
        line = block.span.of(text)
        sentence = SENTENCE.search(line)
        if sentence is not None and LETTER.search(sentence[0]) and classify(line) != "table":
            words = shorten(sentence[0])
            start = block.span.start + sentence.start() + len(words) - len(words.lstrip())
            return Span(start, start + len(words.strip()))
    return None


def heading_words(text: str, heading: Heading) -> Span:
    """The words of a heading, without heading mark and number."""
    words = heading.span.of(text)
    start = len(words) - len(words.lstrip("# \t\u3000"))
    mark = find_mark(words[start:])
    start += mark.end if mark else 0
    return Span(heading.span.start + start, heading.span.start + len(words.rstrip("*_# \t\u3000")))


def shorten(sentence: str) -> str:
    """The sentence up to the last end of a clause within the length of a title, at least its first clause.

    >>> shorten("创新是这座城市发展的基因，也是它的将来")
    '创新是这座城市发展的基因，也是它的将来'
    """
    if len(sentence) <= MAX_SENTENCE_TITLE_CHARS:
        return sentence
    ends = [match.start() for match in CLAUSE_ENDS.finditer(sentence)]
    within = [end for end in ends if MIN_TITLE_CHARS <= end <= MAX_SENTENCE_TITLE_CHARS]
    if within:
        return sentence[: within[-1]]
    end = MAX_SENTENCE_TITLE_CHARS
    while end > 1 and WORD_CHARACTER.match(sentence[end - 1]) and WORD_CHARACTER.match(sentence[end]):
        end -= 1
    return sentence[:end]
