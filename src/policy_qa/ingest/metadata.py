"""What a document says of itself: its title, when it was issued, and which place it is about."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from policy_qa.ingest.lines import classify, find_mark
from policy_qa.language.places import dominant_place, unique_name
from policy_qa.types import Block, DocumentMeta, Heading, Paragraph, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE_ENDING = re.compile(
    r"(?:报告|规划|公报|研究|意见|通知|纲要|方案|计划|办法|条例|规定|决定|公告|通报|要点|汇编|综述|分析|建议|说明|白皮书|年鉴|讲话|对策)"
    r"(?:[（(《][^）)》]{1,30}[）)》])?》?$"
)
SENTENCE_SIGN = re.compile(r"[。；;！!：:，,>»]|\.\s")
BYLINE = re.compile(r"[●○■◆]|(?:作者|撰稿|执笔|来源|课题组)|.{0,30}课题组$|[—-]{2}")
SIGNATURE = re.compile(
    r"[●○■◆]|[—-]{2}|.{0,30}课题组(?:[（(].{1,20}[）)])?$|来源[：:]"
    r"|(?=[^：:]{0,16}[组长员笔者人编稿对审辑][：:])[\u4e00-\u9fff \u3000]{2,16}[：:]"
    r"|(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:$|[在于].{4,50}上)"
    r"|[\u4e00-\u9fff]{0,12}(?:省长|市长|县长|区长|主席|总理|主任|局长)[ \u3000]+[\u4e00-\u9fff]{2,4}$"
)
NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[（(][^（）()]{2,30}[）)])?(?:[ \u3000]+[\u4e00-\u9fff·]{1,4})*")
BYLINES_NEAR_TITLE = 4  # blocks
MAX_BYLINE_CHARS = 80
MARKED_BYLINE = re.compile(r"[●○■◆][ \u3000]?[^，。；：]+$")  # a mark no list of one item would have
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


def is_title(line: str, *, may_have_colon: bool = False) -> bool:
    """Whether a line may be a title: short, no sentence or part of one, no number before it, no caption or row."""
    bare = line.strip("《》*_ \u3000")
    if may_have_colon:
        bare = bare.replace("：", "", 1)
    return (
        MIN_TITLE_CHARS <= len(bare) <= MAX_TITLE_CHARS
        and not SENTENCE_SIGN.search(bare)
        and classify(line) == "prose"
        and LETTER.search(bare) is not None
        and line[-1] not in "、？?…"
    )


def read_metadata(source: SourceFile, text: str, blocks: Sequence[Block], title: Span | None) -> DocumentMeta:
    """Title, date and home of the document; `title` is the title line or top heading, if it has one.

    Without one the title is a line elsewhere that ends like a title and stands before a by-line, the first heading's
    words, the first sentence up to the end of a clause, or the file's name: always something staff can read.
    """
    meta = read_title(source, text, blocks, title)
    home = dominant_place(meta.title, text)
    return replace(meta, home_place=None if home is None else unique_name(home))


def read_title(source: SourceFile, text: str, blocks: Sequence[Block], title: Span | None) -> DocumentMeta:
    """What `read_metadata` gives, without the home."""
    if source.title is not None:
        return DocumentMeta(source.title.strip(), None, source.issued_on)
    span = title or find_inner_title(text, blocks) or find_first_words(text, blocks)
    if span is None:
        return DocumentMeta(PurePosixPath(source.name).stem, None, source.issued_on)
    return DocumentMeta(span.of(text), span, source.issued_on, find_bylines(text, blocks, span))


def find_bylines(text: str, blocks: Sequence[Block], title: Span) -> tuple[Span, ...]:
    r"""The lines that say who wrote or said it, for whom, when and where: those behind the title and at the end.

    >>> text = "某市创新报告\n●某市课题组\n投入增长。\n执笔：某某"
    >>> blocks = [Paragraph(Span(*line.span()), ()) for line in re.finditer(".+", text)]
    >>> [span.of(text) for span in find_bylines(text, blocks, Span(0, 6))]
    ['●某市课题组', '执笔：某某']
    """
    places = [index for index, block in enumerate(blocks) if block.span.overlaps(title)]
    behind = blocks[places[-1] + 1 :][:BYLINES_NEAR_TITLE] if places else ()
    lines = [block.span for block in behind if is_byline(block, text)]
    ending = list(
        itertools.takewhile(lambda block: is_byline(block, text) or is_name(block, text), reversed(blocks))
    )
    while ending and not is_byline(ending[-1], text):
        ending.pop()
    return tuple(sorted({*lines, *(block.span for block in ending)}))


def is_byline(block: Block, text: str) -> bool:
    """Whether the block is a line of the kind that names an author."""
    line = block.span.of(text)
    return len(line) <= MAX_BYLINE_CHARS and SIGNATURE.match(line) is not None


def is_name(block: Block, text: str) -> bool:
    """Whether the block is but a name or several, perhaps with an office in brackets, as lists of members go on."""
    return NAME.fullmatch(block.span.of(text)) is not None


def find_inner_title(text: str, blocks: Sequence[Block]) -> Span | None:
    """A title that print had put beside the first paragraphs: the first such line that a by-line follows."""
    for block, after in itertools.pairwise(blocks):
        line = block.span.of(text)
        byline = after.span.of(text)
        if not isinstance(block, Paragraph) or len(byline) > MAX_TITLE_CHARS:
            continue
        if MARKED_BYLINE.match(byline) and is_title(line, may_have_colon=True):
            return block.span
        if BYLINE.match(byline) and is_title(line) and TITLE_ENDING.search(line):
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
