"""The fields of a table's lines, and what a field is by its looks: a value, a missing value, a year, a unit.

Lines are split by tabs, by bars, by gaps of white space, or by any white space; each field knows where it stands in
the text and, for columns of print, where it stands on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_qa.language.normalize import unify_radicals
from policy_qa.language.quantities import find_quantities
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
MISSING = re.compile(
    r"[-—－–−─]{1,8}|\.{2,6}|…+|/|／|空|空缺|无|暂无|暂缺|缺|缺失|未公布|不详|empty|[Nn]/?[Aa]|nan|NaN|null|NULL|[*＊]|"
    r"[×]|"
)
_DIGITS = r"(?:\d[\d,，]*(?:[.．]\d+)?|[.．]\d+)"
_FOOTNOTE = r"(?:[*＊#]{1,3}|[①-⑳]|\[\d{1,2}\]|［\d{1,2}］|[（(][①-⑳]\d?[)）]|[（(]注?\d?[)）]|注\d?)"
VALUE = re.compile(
    rf"(?P<number>[约近超≥≤><＞＜~～第]?[-+−－–±＋﹣]?{_DIGITS}(?:[-–—~～至/／:：]{_DIGITS})?|[（(]{_DIGITS}[)）])"
    rf"(?P<unit>[^\d\s①-⑳*＊#\[［（(]{{0,8}})(?P<footnote>{_FOOTNOTE})?"
)
PERIOD = re.compile(
    r"(?:(?:19|20)\d\d|[\"“‘']?\d{2})年(?:末|底|初|度)?|(?:19|20)\d\d(?:年(?:末|底|初|度|[\d一二三四上下前].{0,8})"
    r"|[-–—~～至](?:19|20)?\d\d年?|-\d{1,2}月?|\.\d{1,2}月|Q[1-4]|[一二三四]季度|[A-Za-z]{1,2})?|\d{1,2}(?:[-–—~～至]\d{1,2})?月份?"
)
SPLIT_GAP = re.compile(r"[ \u00a0\u2002\u2003]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*")
JUSTIFIED = re.compile(rf"(?:(?<=^)|(?<=[\s]))[{HAN}][ \u3000]{{1,4}}[{HAN}](?=\s|$)")
SPREAD_WORD = (
    r"(?:(?<=\s)|^)(?:项 +目|单 +位|名 +称|指 +标|城 +市|地 +区|年 +份|年 +度|合 +计|总 +计|小 +计|共 +计|其 +他|其 +中|平 +均|"
    r"人 +口|全 +国|全 +省|全 +市|全 +区|全 +县)(?=\s|$)"
)
SPACED_PERIOD = (  # 「2021 年 1—9 月」: print drivers put spaces between digits and Han characters
    r"(?:19|20)\d\d ?年[末底初度]?(?: ?\d{1,2}(?: ?[-–—~～至] ?\d{1,2})? ?月[末底份]?)?(?=[ \t\u00a0\u3000]|$)"
)
FIELD = re.compile(rf"{SPREAD_WORD}|{SPACED_PERIOD}|[^ \t\u00a0\u2002\u2003\u3000]+")
BAR = re.compile(r"(?<!\\)[|｜]")
RULE_CELL = re.compile(r"\s*:?[-─—]+:?\s*")
RULE_LINE = re.compile(r"[\s+|｜:=─━┼├┤┌┐└┘┬┴\-]+")
INNER_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
EMPHASIS = re.compile(r"\*\*(?=.)|(?<=.)\*\*|__")
EMPHASISED = re.compile(r"(\*\*|__)(?P<content>[^*_]+)\1")
SPACES = re.compile(r"\s+")
ATTRIBUTES = {"预期性", "约束性", "预期性指标", "约束性指标"}  # the last column of the indicators of a plan
WIDE = re.compile("[\u2e80-\U0010ffff“”‘’…—]")  # two columns of print
NOT_READ = re.compile(r"[\s*_\\]")  # what read_words takes out


@dataclass(frozen=True, slots=True)
class Field:
    """What stands in one place of a table: its pieces in the text, and their words as one reads them.

    `left` and `right` are its columns of print, a Han character two; 0 where the line is split by marks.
    """

    spans: tuple[Span, ...]
    text: str
    left: int = 0
    right: int = 0

    @property
    def span(self) -> Span:
        """Where it stands, from its first piece to its last."""
        if len(self.spans) == 1:
            return self.spans[0]
        return Span(self.spans[0].start, self.spans[-1].end)


def make_fields(pieces: Sequence[str], start: int) -> list[Field | None]:
    """The fields that one mark each parts, the first piece at `start`; None for empty ones, none for those at the end."""
    fields: list[Field | None] = []
    for piece in pieces:
        fields.append(make_field(piece, start))
        start += len(piece) + 1
    while fields and fields[-1] is None:
        fields.pop()
    return fields


def make_field(piece: str, start: int) -> Field | None:
    """The field of the piece at `start` without the white space around it; None where there is nothing else."""
    content = piece.strip()
    if not content:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    if content[0] in "*_" and (emphasised := EMPHASISED.fullmatch(content)):
        content, begin = emphasised["content"], begin + emphasised.start("content")
    return Field((Span(begin, begin + len(content)),), read_words(content))


@lru_cache(maxsize=8192)
def read_words(content: str) -> str:
    """The words of a label as one reads them: no white space beside Han characters, one space elsewhere.

    >>> read_words("占  GDP 比重"), read_words("合　计"), read_words("R&D  intensity")
    ('占GDP比重', '合计', 'R&D intensity')
    """
    if not NOT_READ.search(content):
        return content
    return SPACES.sub(" ", INNER_SPACE.sub("", EMPHASIS.sub("", content.replace("\\|", "|"))))


def join_fields(pieces: Sequence[Field]) -> Field:
    """The pieces of one field as one, joined as one reads them."""
    words = pieces[0].text
    for piece in pieces[1:]:
        latin = (
            words[-1:].isascii()
            and words[-1:].isalnum()
            and piece.text[:1].isascii()
            and piece.text[:1].isalnum()
        )
        words += (" " if latin else "") + piece.text
    spans = tuple(span for piece in pieces for span in piece.spans)
    return Field(spans, words, min(piece.left for piece in pieces), max(piece.right for piece in pieces))


def split_tabs(text: str, line: Span) -> list[Field | None]:
    """The fields of a line split by tabs, None for the empty ones; empty ones at its end are dropped."""
    return make_fields(line.of(text).split("\t"), line.start)


def split_bars(text: str, line: Span, *, outer: tuple[bool, bool]) -> list[Field | None]:
    """The fields of a line split by bars; `outer` says whether a first and a last bar only frame the line."""
    pieces = cut_at_bars(line.of(text))
    start = line.start
    if outer[0] and len(pieces) > 1 and not pieces[0].strip():
        start += len(pieces.pop(0)) + 1
    if outer[1] and len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    return make_fields(pieces, start)


def cut_at_bars(content: str) -> list[str]:
    r"""What stands between the bars of a line; an escaped one (\\|) is a character of its field.

    >>> cut_at_bars("甲|1|2"), cut_at_bars(r"甲\|乙|1")
    (['甲', '1', '2'], ['甲\\|乙', '1'])
    """
    if "\\" in content or "｜" in content:
        return BAR.split(content)
    return content.split("|")


def split_words(text: str, line: Span) -> list[Field]:
    """The fields of a line split by any white space."""
    return place_fields(text, line, [match.span() for match in FIELD.finditer(text, line.start, line.end)])


def split_gaps(text: str, line: Span) -> list[Field]:
    """The fields of a line split by gaps of two spaces or a full-width one, unless it spreads a word (合　计)."""
    content = line.of(text)
    start = line.start + len(content) - len(content.lstrip())
    end = line.start + len(content.rstrip())
    spread = [match.span() for match in JUSTIFIED.finditer(content)]
    places = []
    for gap in SPLIT_GAP.finditer(text, start, end):
        first, last = gap.start() - line.start, gap.end() - line.start
        if not any(one <= first and last <= other for one, other in spread):
            places.append((start, gap.start()))
            start = gap.end()
    return place_fields(text, line, [*places, (start, end)])


def place_fields(text: str, line: Span, places: Sequence[tuple[int, int]]) -> list[Field]:
    """The fields between these places of a line, each with its columns of print."""
    fields = []
    done, right = line.start, 0
    for start, end in places:
        left = right + print_width(text[done:start])
        content = text[start:end]
        done, right = end, left + print_width(content)
        fields.append(Field((Span(start, end),), read_words(content), left, right))
    return fields


def print_width(content: str) -> int:
    """The columns the characters take in print: two for a Han or full-width character, one for others.

    >>> print_width("增长5%")
    6
    """
    return len(content) if content.isascii() else len(content) + len(WIDE.findall(content))


@lru_cache(maxsize=8192)
def is_missing(content: str) -> bool:
    """Whether the field says that there is no value.

    >>> [is_missing(sign) for sign in ("----", "…", "空", "0", "-1")]
    [True, True, True, False, False]
    """
    return not content[:1].isdigit() and MISSING.fullmatch(content) is not None


@lru_cache(maxsize=8192)
def is_value(content: str) -> bool:
    """Whether the field is a number with its sign, unit and footnote mark, or says that there is none.

    A year or another period is not one, a bare number that may be a year is.

    >>> [is_value(word) for word in ("-1.5%", "3,177", "---", "2018", "2018年", "12家", "增长5%")]
    [True, True, True, True, False, True, False]
    """
    if content and is_missing(content):
        return True
    number = VALUE.fullmatch(content)
    if number is None:
        return False
    unit = number["unit"]
    return not unit or (not PERIOD.fullmatch(content) and (is_unit(unit) or unit in {"位", "名"}))


@lru_cache(maxsize=8192)
def carries_unit(content: str) -> bool:
    """Whether the value names its own unit: 「1.56%」, 「12家」."""
    number = VALUE.fullmatch(content)
    return number is not None and bool(number["unit"]) and is_unit(number["unit"])


def count_values_at_end(words: Sequence[str]) -> int:
    """How many words at the end of a line are values or the nature of an indicator; the first word is its label.

    >>> count_values_at_end(["产值", "亿元", "12", "--"]), count_values_at_end(["2018", "12"])
    (2, 1)
    """
    count = 0
    for word in reversed(words[1:]):
        if not is_value(word) and word not in ATTRIBUTES:
            break
        count += 1
    return count


@lru_cache(maxsize=8192)
def is_period(content: str) -> bool:
    """Whether the words name a year or a part of one.

    >>> [is_period(word) for word in ("2018", "2018年末", "1-6月", "18596", "一产")]
    [True, True, True, False, False]
    """
    return PERIOD.fullmatch(content) is not None


@lru_cache(maxsize=4096)
def is_unit(word: str) -> bool:
    """Whether the word is a unit of measure.

    >>> [is_unit(word) for word in ("亿元", "%", "Km²", "元/人", "柳州")]
    [True, True, True, True, False]
    """
    word = unify_radicals(word).replace(" ", "")
    if not word or len(word) > 12 or word[0].isdigit():
        return False
    if word in {"百分点", "点", "次", "件", "人", "人次"}:
        return True
    if re.search(r"[/／]", word):
        upper, _, lower = re.sub("／", "/", word).partition("/")
        return is_unit(upper) and is_unit(lower)
    found = find_quantities("1" + word)
    return bool(found) and found[0] == Span(0, len(word) + 1)
