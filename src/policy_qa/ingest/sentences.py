"""Sentences and clauses of a text as exact spans.

A paragraph is what stands between two line ends. Whether a quotation or a bracket is closed is judged within
its paragraph: a stray mark protects nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from policy_qa.ingest.lines import is_table_line
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "[": "]",
    "〔": "〕",
}

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_OPENERS = {closer: opener for opener, closer in PAIRS.items()}
_BRACKET = re.compile(f'[{re.escape("".join([*PAIRS, *_OPENERS]))}"]')
_CLOSERS = '[”’」』）)】\\]〕"]'
_CONTINUES = r"(?!\s*[，、；：,;:。！？）)】〕》〉])"

# A half-width mark ends a sentence only where no Latin word or number goes on behind it (a URL, &nbsp;), a full
# stop only behind Han or a Latin word: 1. and 3.5 are numbers. 「“为什么？”的问题」 goes on.
_SENTENCE_END = re.compile(
    r"[。！？；…．.!?;](?:(?<=[。！？；])|(?<=…)…|(?<=[\u3400-\u9fff][．.])(?![0-9０-９A-Za-z])|(?<=[a-z]{3}\.)(?=\s|$)"
    r"|(?<=[!?;])(?![0-9A-Za-z=&]))"
    rf"[。！？；…!?;]*+(?:{_CLOSERS}++(?![的地等之和与及或])|(?!{_CLOSERS})){_CONTINUES}"
)
_CLAUSE_END = re.compile(
    rf"[，,：:](?:(?<![0-9０-９].)|(?![0-9０-９]))(?<![A-Za-z]:(?=/)){_CLOSERS}*+{_CONTINUES}"
)

_LONG_CELL_CHARS = 80


def split_sentences(text: str, *, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, trimmed, in order; every character that is not white space is in one.

    A sentence ends with 。！？；…… and the closing marks behind it, or with its line; never inside a closed
    quotation, 《title》 or bracket. A row of a table is one sentence.

    >>> text = "增速为5.2%。他说：“稳。再稳。”会议通过《办法》"
    >>> [span.of(text) for span in split_sentences(text)]
    ['增速为5.2%。', '他说：“稳。再稳。”', '会议通过《办法》']
    """
    sentences: list[Span] = []
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        ends = () if is_table_row(line[0]) else sentence_ends(text, Span(*line.span()))
        sentences += cut(text, Span(*line.span()), ends)
    return sentences


def split_clauses(text: str, span: Span) -> list[Span]:
    """The clauses of the sentence `text[span]`, trimmed, in order; every character that is not space is in one.

    A clause ends where a sentence does and with ，or ：; never inside a number, quotation, title or bracket.

    >>> text = "2020年，投入强度为1.8%，其中企业（含外资，下同）占1，234.5亿元。"
    >>> [clause.of(text) for clause in split_clauses(text, Span(0, len(text)))]
    ['2020年，', '投入强度为1.8%，', '其中企业（含外资，下同）占1，234.5亿元。']
    """
    clauses: list[Span] = []
    for line in _LINE.finditer(text, span.start, span.end):
        place = Span(*line.span())
        ends = (
            () if is_table_row(line[0]) else sorted({*sentence_ends(text, place), *clause_ends(text, place)})
        )
        clauses += cut(text, place, ends)
    return clauses


def sentence_ends(text: str, line: Span, *, longest_enclosure: int | None = None) -> list[int]:
    """The places in `line` where a sentence ends; an enclosure above `longest_enclosure` protects nothing.

    >>> sentence_ends("“稳。进。”好。", Span(0, 8)), sentence_ends("“稳。进。”好。", Span(0, 8), longest_enclosure=5)
    ([6, 8], [3, 6, 8])
    """
    return _unprotected(_SENTENCE_END, text, line, longest_enclosure)


def clause_ends(text: str, line: Span, *, longest_enclosure: int | None = None) -> list[int]:
    """The places in `line` where a clause ends in ，or ：; an enclosure above `longest_enclosure` protects nothing.

    >>> clause_ends("全年，共1，234户，占3：7", Span(0, 15))
    [3, 11]
    """
    return _unprotected(_CLAUSE_END, text, line, longest_enclosure)


def enclosures(text: str, line: Span, *, longest: int | None = None) -> list[Span]:
    """The outermost closed quotations, titles and brackets of `line`, marks included, none longer than `longest`.

    A mark without its partner is passed over. Straight quotes pair up where their number is even.

    >>> text = "一带一路”与《行动计划（2021年）》"
    >>> [span.of(text) for span in enclosures(text, Span(0, len(text)))]
    ['《行动计划（2021年）》']
    """
    found = [pair for pair in _closed_pairs(text, line) if longest is None or len(pair) <= longest]
    outermost: list[Span] = []
    for pair in sorted(found, key=lambda pair: (pair.start, -pair.end)):
        if not outermost or pair.start >= outermost[-1].end:
            outermost.append(pair)
    return outermost


def inside(places: Iterable[int], spans: list[Span]) -> set[int]:
    """Those of `places` that lie inside one of `spans`, which stand in order and apart; their edges are outside.

    >>> inside([2, 3, 6], [Span(2, 6)])
    {3}
    """
    starts = [span.start for span in spans]
    return {
        place for place in places if (at := bisect_left(starts, place) - 1) >= 0 and place < spans[at].end
    }


def cut(text: str, span: Span, places: Iterable[int]) -> Iterator[Span]:
    """The pieces of `span` between `places`, trimmed, without those that are white space alone.

    >>> [piece.of("甲。 乙。 ") for piece in cut("甲。 乙。 ", Span(0, 6), [2, 5])]
    ['甲。', '乙。']
    """
    start = span.start
    for place in [*places, span.end]:
        piece = text[start:place]
        if stripped := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield Span(first, first + len(stripped))
        start = place


def is_table_row(line: str) -> bool:
    """Whether the line is a row of a table, which is one sentence whatever stands in its cells.

    >>> is_table_row("城镇化率 % 69.93 60.66 ----"), is_table_row("增长 5.2% 左右。")
    (True, False)
    """
    if not is_table_line(line.strip()):
        return False
    edges = line.count("\t") + line.count("|") + line.count("｜")
    return edges == 0 or len(line) <= _LONG_CELL_CHARS * (edges + 1)


def _unprotected(ends: re.Pattern[str], text: str, line: Span, longest: int | None) -> list[int]:
    places = [match.end() for match in ends.finditer(text, line.start, line.end)]
    if not places:
        return places
    protected = inside(places, enclosures(text, line, longest=longest))
    return [place for place in places if place not in protected]


def _closed_pairs(text: str, line: Span) -> Iterator[Span]:
    """Each opening mark with the closing mark that belongs to it; linear in the length of the line."""
    straight = text.count('"', line.start, line.end) % 2 == 0
    opened: list[tuple[str, int]] = []
    waiting = dict.fromkeys([*PAIRS, '"'], 0)
    for match in _BRACKET.finditer(text, line.start, line.end):
        mark, place = match[0], match.start()
        opener = _OPENERS.get(mark, mark if mark == '"' and straight and waiting['"'] else None)
        if opener is None:
            if mark in PAIRS or straight:
                opened.append((mark, place))
                waiting[mark] += 1
        elif waiting[opener]:
            while opened:
                last, start = opened.pop()
                waiting[last] -= 1
                if last == opener:
                    yield Span(start, place + 1)
                    break
