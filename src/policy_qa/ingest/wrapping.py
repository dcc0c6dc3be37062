"""Which lines of a hard-wrapped text belong to one paragraph, told from the text's own line lengths.

Texts drawn from print end every line at the width of a column that is the text's own, often with a blank line after
each, and often without the white space that had indented the first line of a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from policy_qa.ingest.lines import (
    BULLET,
    CAPTION,
    NAMED_MEMBERS,
    NAMES,
    NOTE,
    PAUSE,
    SENTENCE_MARK,
    TERMINAL,
    LineKind,
    classify,
    count_columns,
    find_mark,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_WIDTH, MAX_WIDTH = 16, 160
MIN_SAMPLES = 3
NEARLY_FULL = 0.8  # a line that reaches this share of the width, and stops inside a sentence, goes on
SHORT = 0.6  # no heading or note runs over by more than this share of a line
INDENT = 4  # two Han characters
SLACK = 3  # columns by which justified print is off
SLACK_AFTER_STOP = 1  # where a sentence ends, a line that is off by more rather ends its paragraph
MIN_UNFINISHED = 50  # columns; below, a line without a full stop is rather a caption or a heading
FIRST_NUMBERED_PARAGRAPH_RANK = 7  # 一、 and （一） stand before headings, 1. before paragraphs as well
MIN_TEXT = 20  # columns; the same where headings have marks
MIN_REST = 24  # columns; a shorter rest of a sentence may belong to another column of the page
OPEN_BRACKET = re.compile(r"[《（(〈〔][^》）)〉〕]{0,40}$")
CLOSER = re.compile(r"[，。、；：！？）》”’〉】〕」』％%]")
SENTENCE_END = re.compile(r"[。！？；]")
SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,4}：")
CLOSERS = re.compile(rf"{CLOSER.pattern}+")
LATIN_RUN = re.compile(r"[!-~]+")
LATIN_PROSE = re.compile(r"(?:[A-Za-z,]{2,} ){4}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: its text without white space around it and without heading mark.

    `start` is where `text` starts in the source, `number` counts from 1, `level` is the number of `#` (0: none),
    `lead` the white space before it, `indent` the columns that takes, `columns` those it takes in all. `after_blank`:
    a blank line stands before it. `starts_page`: a single space or a form feed does, as at the top of a printed page. `is_image`: it is what markdown calls an image by.
    """

    text: str
    start: int
    number: int
    level: int
    lead: str
    indent: int
    after_blank: bool
    starts_page: bool
    kind: LineKind
    columns: int
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is wrapped: at `width` columns, None where every line is a paragraph.

    `blank_parts`: a blank line parts paragraphs; it does not where one follows every line.
    `body_indent`: the columns of white space before lines that go on. `shows_indent`: first lines of paragraphs have
    more. `lost_indent`: they had in print, so that they are shorter by two characters. `shows_cuts`: nearly all long
    lines end with their sentence, so that one that does not was cut by a page. `marks_headings`: headings have marks, so
    that other lines are none.
    """

    width: int | None
    blank_parts: bool = True
    body_indent: int = 0
    shows_indent: bool = False
    lost_indent: bool = False
    shows_cuts: bool = False
    marks_headings: bool = False


def make_line(
    text: str, start: int, number: int, *, level: int = 0, lead: str = "", after_blank: bool = False
) -> Line:
    """The line with its kind and columns read off the text. A single space before it indents nothing."""
    indent = len(lead.replace("\t", "    ").replace("\u3000", "  ")) if lead else 0
    indent = indent if indent > 1 else 0
    return Line(
        text=text,
        start=start,
        number=number,
        level=level,
        lead=lead,
        indent=indent,
        after_blank=after_blank,
        starts_page=lead == " " or "\f" in lead,
        kind=classify(text),
        columns=indent + count_columns(text),
    )


def find_layout(lines: Sequence[Line]) -> Layout:
    """How the text of these lines is wrapped.

    It is wrapped at a width if many lines reach it, nearly none goes far beyond, and most of those that reach it
    stop inside a sentence.
    """
    prose = [line for line in lines if line.kind not in ("table", "apart") and not line.level]
    widths = sorted(line.columns for line in prose if line.columns >= MIN_WIDTH)
    marks_headings = any(line.level for line in lines)
    unwrapped = Layout(None, shows_cuts=long_lines_stop(prose), marks_headings=marks_headings)
    if len(widths) < MIN_SAMPLES:
        return unwrapped
    width = widths[int(0.9 * (len(widths) - 1))]
    full = [line for line in prose if NEARLY_FULL * width <= line.columns <= 1.15 * width]
    beyond = sum(columns > 1.15 * width for columns in widths)
    if not MIN_WIDTH <= width <= MAX_WIDTH or len(full) < max(MIN_SAMPLES, 0.4 * len(widths)):
        return unwrapped
    cut = sum(not is_stopped(line) for line in full)
    running = sum(bool(SENTENCE_MARK.search(line.text) or LATIN_PROSE.search(line.text)) for line in full)
    if beyond > 0.1 * len(widths) or cut < 0.5 * len(full) or running < 0.5 * len(full):
        return unwrapped
    body_indent = sorted(line.indent for line in full)[len(full) // 5]
    indented = sum(line.indent > body_indent for line in prose)
    shows_indent = indented >= max(MIN_SAMPLES, 0.03 * len(prose))
    return Layout(
        width,
        blank_parts=blank_lines_part(lines, width),
        body_indent=body_indent,
        shows_indent=shows_indent,
        lost_indent=not shows_indent and first_lines_are_shorter(lines, width),
    )


def long_lines_stop(prose: Sequence[Line]) -> bool:
    """Whether nearly all lines long enough for a sentence end with one."""
    long = [line for line in prose if line.columns >= MIN_UNFINISHED and SENTENCE_MARK.search(line.text)]
    return sum(map(is_stopped, long)) >= 0.6 * len(long)


def is_stopped(line: Line) -> bool:
    """Whether the line ends where a sentence or a part of one does."""
    return bool(TERMINAL.search(line.text) or PAUSE.search(line.text))


def blank_lines_part(lines: Sequence[Line], width: int) -> bool:
    """Whether blank lines are rare after lines that go on."""
    going_on = [
        after for before, after in pairwise(lines) if before.columns >= 0.9 * width and not is_stopped(before)
    ]
    return sum(line.after_blank for line in going_on) <= 0.3 * len(going_on)


def first_lines_are_shorter(lines: Sequence[Line], width: int) -> bool:
    """Whether the full lines that start a paragraph are shorter than the others by an indent that was lost."""
    first = [
        after.columns
        for before, after in pairwise(lines)
        if after.kind in ("prose", "item")
        and after.columns >= 0.75 * width
        and before.columns < 0.7 * width
        and (before.kind == "numbered" or TERMINAL.search(before.text))
    ]
    return len(first) >= MIN_SAMPLES and INDENT - 1 <= width - median(first) <= INDENT + SLACK


def continues(paragraph: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether `line` goes on with the paragraph that stands before it.

    Headings, numbered lines, rows of tables and captions start anew, whatever stands before them. A line that starts
    with a closing mark, or stands inside a bracket, goes on; so do names behind 「课题组成员：某某」.
    """
    last = paragraph[-1]
    if names_members(paragraph) and NAMES.fullmatch(line.text):
        return True
    if last.level or last.kind == "table" or line.level or line.kind in ("table", "apart"):
        return False
    if starts_anew(line, last):
        return False
    if CLOSER.match(line.text) or is_in_bracket(paragraph):
        return True
    if layout.width is None:
        return goes_on_with_caption(paragraph, line) or (
            layout.shows_cuts
            and is_cut_short(last, line, MIN_TEXT if layout.marks_headings else MIN_UNFINISHED)
        )
    return continues_wrapped(paragraph, line, layout, layout.width)


def names_members(paragraph: Sequence[Line]) -> bool:
    """Whether the paragraph is a list of names behind what they are: 「课题组成员：某某 某某」."""
    first = paragraph[0]
    return not first.level and NAMED_MEMBERS.fullmatch(first.text) is not None


def is_in_bracket(paragraph: Sequence[Line]) -> bool:
    """Whether a bracket is open where a paragraph of sentences stops: 「制定了《」."""
    return OPEN_BRACKET.search(paragraph[-1].text) is not None and any(
        SENTENCE_MARK.search(line.text) for line in paragraph
    )


def starts_anew(line: Line, last: Line) -> bool:
    """Whether the line starts with a number or a bullet of its own, or with who speaks.

    A 第三条 at the start of a line is a reference where the sentence before it has not ended.
    """
    if NAMED_MEMBERS.fullmatch(line.text) or (SPEAKER.match(line.text) and TERMINAL.search(last.text)):
        return True
    if line.kind == "item":
        return BULLET.match(line.text) is not None
    if line.kind != "numbered":
        return False
    return not (line.text.startswith("第") and last.kind == "prose" and not is_stopped(last))


def goes_on_with_caption(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a caption goes on in the line right below it, in a text where blank lines part paragraphs."""
    first = paragraph[0]
    return (
        len(paragraph) == 1
        and first.after_blank
        and CAPTION.match(first.text) is not None
        and not line.after_blank
        and line.kind == "prose"
        and line.columns < MIN_UNFINISHED
        and not SENTENCE_MARK.search(first.text + line.text)
    )


def is_cut_short(last: Line, line: Line, least_columns: int) -> bool:
    """Whether a page break cut a paragraph of a text that is not wrapped: it stops inside a long sentence."""
    runs_on = SENTENCE_END if last.kind == "numbered" else SENTENCE_MARK
    return (
        last.columns >= least_columns
        and not is_stopped(last)
        and last.kind != "apart"
        and runs_on.search(last.text) is not None
        and line.kind == "prose"
        and not line.indent
        and line.columns >= (MIN_REST if is_stopped(line) else MIN_UNFINISHED)
        and SENTENCE_MARK.search(line.text) is not None
    )


def continues_wrapped(paragraph: Sequence[Line], line: Line, layout: Layout, width: int) -> bool:
    """Whether the line goes on with the paragraph, in a text wrapped at `width` columns."""
    first, last = paragraph[0], paragraph[-1]
    if line.indent > layout.body_indent:
        return False
    columns = last.columns + (INDENT if layout.lost_indent and len(paragraph) == 1 else 0)
    fills = width - columns < first_word_columns(line, width) + SLACK
    if first.kind == "apart":
        return fills and continues_apart(paragraph, line, width)
    if TERMINAL.search(last.text):
        fills = width - columns < first_word_columns(line, width) + SLACK_AFTER_STOP
        return fills and goes_on_after_stop(last, line, layout, width)
    if not fills and (PAUSE.search(last.text) or last.columns < NEARLY_FULL * width):
        return False
    if len(paragraph) == 1 and first.kind == "numbered" and not SENTENCE_END.search(first.text):
        return continues_heading(first, line, layout, width)
    return line.columns >= NEARLY_FULL * width or is_stopped(line) or line.text[-1] in "，、,"


def continues_apart(paragraph: Sequence[Line], line: Line, width: int) -> bool:
    """Whether the line goes on with a full line of a caption or note.

    A note made of sentences may take any number of lines; what else is full stands rather before the text it cut.
    """
    if is_stopped(paragraph[-1]) or line.kind != "prose":
        return False
    if NOTE.match(paragraph[0].text):
        is_running = any(SENTENCE_MARK.search(before.text) for before in paragraph)
        return is_running or line.columns < SHORT * width
    return not SENTENCE_MARK.search(line.text) and line.columns < SHORT * width


def first_word_columns(line: Line, width: int) -> int:
    """The columns of what a line break cannot cut at the start of the line: a Latin word, a number, a character.

    Closing marks stay with what they close.
    """
    latin = LATIN_RUN.match(line.text)
    if latin:
        return min(latin.end() + 1, width // 2)
    closers = CLOSERS.match(line.text, 1)
    return 2 + (2 * len(closers[0]) if closers else 0)


def goes_on_after_stop(last: Line, line: Line, layout: Layout, width: int) -> bool:
    """Whether a paragraph goes on after a line that is full and ends with its sentence.

    Told from what first lines look like in this text; the last line of a paragraph is seldom quite full.
    """
    if layout.blank_parts and line.after_blank:
        return False
    if not layout.lost_indent:
        return True
    if line.columns >= NEARLY_FULL * width:
        hanging = (
            2 if CLOSER.match(line.text[-1]) else 0
        )  # print squeezes a closing mark into a line that is full
        return line.columns - hanging > width - INDENT
    return last.columns >= width - 1


def continues_heading(first: Line, line: Line, layout: Layout, width: int) -> bool:
    """Whether the line goes on with a full line that is a heading, or the start of a numbered paragraph."""
    if line.columns < SHORT * width:
        return True
    if layout.lost_indent:
        mark = find_mark(first.text)
        may_be_paragraph = (
            mark is not None and mark.rank >= FIRST_NUMBERED_PARAGRAPH_RANK and "：" in first.text
        )
        return may_be_paragraph or line.columns > width - SLACK
    return not (layout.blank_parts and line.after_blank)
