"""Which sentences of the retrieved chunks speak of what is asked, by the words they share with the question."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import AskedFigure, asked_figure
from policy_qa.answering.citations import block_at
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.quantities import find_quantities
from policy_qa.types import Block, Caption, Document, Heading, Hit, Note, Paragraph, Span, Table
from policy_qa.understanding import YEAR, Query, vocabulary_lines

if TYPE_CHECKING:
    from policy_qa.answering.readings import TableReading

CONTEXT_SHARE = 0.8
"""How much a word counts that stands in the sentence's headings or just before it, against one in the sentence."""
TITLE_SHARE = 0.7
PARTIAL_SHARE = 0.5
"""How much a word counts of which only pairs of characters stand in the sentence, times their share."""
RANK_BONUS = 0.06
"""What the chunk's rank adds to the first of them, falling as 1 / rank: it parts sentences that share the same words."""
LEAST_WEIGHT = 1.0
"""What a word weighs that every chunk holds: a city's name is common in its own reports and still decides."""
NEAR_BONUS = 0.15
NEAR_CHARS = 14
KIND_BONUS = 0.12
"""What a sentence gains that has what the question asks for: a figure, a date, a stated cause."""

CAUSE = re.compile(
    r"由于|因为?|原因|受.{1,20}影响|导致|致使|使得|造成|得益于|源于|归因|拖累|缘于|主要是|影响"
)
DATE = re.compile(r"\d{2,4}年|\d{1,2}月|[二三四五六七八九十〇○]{2,4}年|时期|期间|月末|年底")

NUMBERED = re.compile(r"[表图]\s*\d+(?:[-－—]\d+)?")
_YEAR, _MONTH = r"(?:(?:19|20)\d{2}年?|\d{2,4}年)", r"\d{1,2}(?:[-—~至到]\d{1,2})?月(?:\d{1,2}日)?"
DATE_ONLY = re.compile(rf"(?:{_YEAR}(?:[-—~至到](?:{_YEAR}|\d{{2}}))?(?:{_MONTH})?|{_MONTH})[初中末底份]?")
DIGIT = re.compile(r"\d")
BASE_YEAR = re.compile(r"[比较](?:19|20)\d{2}年")

LEAST_OF_TERM = 0.2
COUNT_ASKED = re.compile(r"多少|[第百]?几[^乎]")
WRITTEN_FIGURE = re.compile(
    r"[一二三四五六七八九十百千万亿两半]+(?:[个家户项条座人名位倍成点分万亿元吨米次批]|[多余]|以[上下])|[一过]半|半数|百分之|分之|翻[一两]?番|持平|首位|第[一二三四五六七八九十]"
)

COMPARED = 8
"""How many of the first sentences are compared with the question in meaning."""
MEANING_SHARE = 2.5
"""What a sentence loses for each unit its cosine lies below the best one's. Cosines of e5 lie close together."""

WordWeight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, or cells of a table, with how well it fits.

    `coverage` is the share of the question's weight it speaks of (0 to 1), `score` orders sentences (higher is
    better), `year_fits` is False where it speaks of other years than asked. `reading` are the cells, `span` then the
    first of their rows.
    """

    document: Document
    span: Span
    coverage: float
    score: float
    year_fits: bool
    hit: Hit
    reading: TableReading | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The search keys of a sentence and of what surrounds it."""

    sentence: str
    around: str
    title: str


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word the answer must be about: the forms that say it (search keys), and what it weighs."""

    forms: tuple[str, ...]
    weight: float


def wanted_words(query: Query, weight: WordWeight) -> tuple[WantedWord, ...]:
    """The question's words with their synonyms; a word weighs what the most common of its forms does.

    What a figure is counted in (多少亿元) is left out: whether a figure is of that unit is judged apart.
    """
    unit = asked_figure(query.text).words
    about = [word for word in query.content if word != unit] or query.content
    forms = ((word, *query.synonyms.get(word, ())) for word in about)
    return tuple(WantedWord(same, max(LEAST_WEIGHT, min(weight(form) for form in same))) for same in forms)


def gather_evidence(
    query: Query, hits: Sequence[Hit], document_of: Callable[[str], Document | None], weight: WordWeight
) -> list[Evidence]:
    """Every sentence of the hits, best first; of equals the earlier hit's, then the earlier in its text."""
    wanted = wanted_words(query, weight)
    seen: set[tuple[str, Span]] = set()
    found = []
    for rank, hit in enumerate(hits, start=1):
        document = document_of(hit.chunk.document_id)
        if document is None:
            continue
        for block, span in sentences_of(document, hit.chunk.span):
            if (document.id, span) not in seen:
                seen.add((document.id, span))
                found.append(weigh_sentence(query, wanted, document, (block, span), (rank, hit)))
    return sorted(found, key=lambda evidence: -evidence.score)


def compare_meaning(
    evidence: Sequence[Evidence], similarity: Callable[[Sequence[str]], Sequence[float]]
) -> list[Evidence]:
    """The evidence, best first, its first sentences ordered anew by how near they come to the question in meaning.

    `similarity` gives the cosine of each text to the question. Sentences further back keep their place.
    """
    front, rest = evidence[:COMPARED], evidence[COMPARED:]
    cosines = similarity([meaning_text(found) for found in front])
    best = max(cosines, default=0.0)
    scored = [
        replace(found, score=found.score - MEANING_SHARE * (best - cosine))
        for found, cosine in zip(front, cosines, strict=True)
    ]
    return [*sorted(scored, key=lambda found: -found.score), *rest]


def meaning_text(found: Evidence) -> str:
    """What is compared with the question: the sentence, or what the cells say, under its nearest heading."""
    if found.reading is not None:
        return found.reading.phrase
    path = block_at(found.document, found.span.start).heading_path
    return " ".join([*path[-1:], found.span.of(found.document.text)])


def sentences_of(document: Document, within: Span) -> Iterator[tuple[Block, Span]]:
    """The sentences that share a character with `within`, each with its block; headings, tables, captions are none."""
    first = bisect_left(document.blocks, within.start + 1, key=lambda block: block.span.end)
    for block in document.blocks[first:]:
        if block.span.start >= within.end:
            break
        if not isinstance(block, Heading | Table | Caption):
            for span in split_sentences(document.text, start=block.span.start, end=block.span.end):
                if span.overlaps(within):
                    yield block, span


def weigh_sentence(
    query: Query,
    wanted: Sequence[WantedWord],
    document: Document,
    place: tuple[Block, Span],
    found: tuple[int, Hit],
) -> Evidence:
    """How well one sentence fits the question."""
    (block, span), (rank, hit) = place, found
    context = context_of(document, block, span)
    coverage = covered_share(wanted, context)
    score = coverage + RANK_BONUS / rank + KIND_BONUS * has_what_is_asked(query, context.sentence)
    if query.kind == "figure":
        asked = asked_figure(query.text)
        near = figure_is_near(wanted, context.sentence, asked)
        score += NEAR_BONUS * near
        if isinstance(block, Paragraph) and block.unread is not None:
            coverage = 0.0  # which of the row's values is asked for, only its heads could tell
        elif (isinstance(block, Note) and not near) or not may_hold_figure(query, wanted, context):
            coverage = score = 0.0
    return Evidence(document, span, coverage, score, year_fits(query.years, document, block, span), hit)


def may_hold_figure(query: Query, wanted: Sequence[WantedWord], context: Context) -> bool:
    """Whether the figure asked for may stand in the sentence: figures of other kinds, or of other terms, do not count."""
    asked = asked_figure(query.text)
    told = [figure.of(context.sentence) for figure in figures(context.sentence)]
    if told and not asked.is_told_in(context.sentence, told):
        return False
    if not told and COUNT_ASKED.search(query.text) and not WRITTEN_FIGURE.search(context.sentence):
        return False
    return not leaves_out_term(wanted, context)


def context_of(document: Document, block: Block, span: Span) -> Context:
    """The search keys of a sentence of a block and of what surrounds it."""
    before = document.text[block.span.start : span.start]
    return Context(
        sentence=search_key(span.of(document.text)),
        around=search_key(" ".join(block.heading_path) + before[-160:]),
        title=search_key(document.meta.title),
    )


def covered_share(wanted: Sequence[WantedWord], context: Context) -> float:
    """The share of the words' weight that the sentence and its context speak of, 0 to 1."""
    total = sum(word.weight for word in wanted)
    return (
        sum(word.weight * max(word_match(form, context) for form in word.forms) for word in wanted) / total
        if total
        else 0.0
    )


def word_match(word: str, context: Context) -> float:
    """How far a word is spoken of, 0 to 1.

    >>> word_match("研发强度", Context("研发投入强度为1.8%", "", ""))
    0.3333333333333333
    """
    if word in context.sentence:
        return 1.0
    if word in context.around:
        return CONTEXT_SHARE
    if word in context.title:
        return TITLE_SHARE
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return PARTIAL_SHARE * sum(pair in context.sentence for pair in pairs) / len(pairs) if pairs else 0.0


def figure_is_near(wanted: Sequence[WantedWord], sentence: str, asked: AskedFigure) -> bool:
    """Whether a figure of the kind asked for stands behind the weightiest word spoken of, and close behind any: 强度为1.8%."""
    spoken = [
        (word.weight, sentence.find(form) + len(form))
        for word in wanted
        for form in word.forms
        if form in sentence
    ]
    if not spoken:
        return False
    first = max(spoken)[1]
    ends = [end for _, end in spoken if end >= first]
    return any(
        asked.is_met_by(figure.of(sentence)) and any(0 <= figure.start - end <= NEAR_CHARS for end in ends)
        for figure in figures(sentence)
    )


def leaves_out_term(wanted: Sequence[WantedWord], context: Context) -> bool:
    """Whether a term of the trade that the question names (城镇化率) is spoken of in none of its forms."""
    return any(
        max(word_match(form, context) for form in word.forms) < LEAST_OF_TERM
        for word in wanted
        if word.forms[0] in trade_terms()
    )


@cache
def trade_terms() -> frozenset[str]:
    """The terms of `terms.txt`, as search keys."""
    return frozenset(search_key(word) for line in vocabulary_lines("terms.txt") for word in line.split())


def has_what_is_asked(query: Query, sentence: str) -> bool:
    """Whether a sentence (its search key) holds the kind of thing asked for: a figure, a date, a cause, several things."""
    match query.kind:
        case "figure":
            return has_figure(sentence, asked_figure(query.text))
        case "when":
            return DATE.search(sentence) is not None
        case "cause":
            return CAUSE.search(sentence) is not None
        case "list":
            return sentence.count("、") >= 2
        case _:
            return False


def has_figure(text: str, asked: AskedFigure) -> bool:
    """Whether the text holds a figure of the kind asked for.

    >>> has_figure("2020年出台办法", AskedFigure()), has_figure("2020年强度为1.8%", AskedFigure())
    (False, True)
    """
    return any(asked.is_met_by(span.of(text)) for span in figures(text))


@lru_cache(maxsize=2048)  # a sentence's figures are looked at several times a question
def figures(text: str) -> tuple[Span, ...]:
    """The quantities in digits that are neither mere dates nor the numbers of tables.

    >>> [span.of("见表3，2020年强度为1.8%") for span in figures("见表3，2020年强度为1.8%")]
    ['1.8%']
    """
    bare = NUMBERED.sub(lambda match: " " * len(match[0]), text)
    return tuple(
        span
        for span in find_quantities(bare)
        if DIGIT.search(span.of(bare)) and not DATE_ONLY.fullmatch(span.of(bare))
    )


def year_fits(years: Sequence[str], document: Document, block: Block, span: Span) -> bool:
    """Whether the sentence may speak of one of the asked years.

    Its own years decide, but for those it only compares with (比2019年); without any the last year named before it in
    its paragraph, else in its section, then those of its headings. A sentence to which no year can be given may speak
    of any.
    """
    if not years:
        return True
    own = years_spoken_of(span.of(document.text))
    if own:
        return years_fit(years, own)
    before = years_spoken_of(document.text[block.span.start : span.start])
    if before:
        return before[-1] in years
    section = years_spoken_of(section_before(document, block))
    if section:
        return section[-1] in years
    above = years_spoken_of(" ".join(block.heading_path))
    return not above or any(year in above for year in years)


def years_fit(years: Sequence[str], spoken: Sequence[str]) -> bool:
    """Whether one of the asked years is spoken of, by name or within a range; asked for none, any is.

    >>> years_fit(["2019"], ["2018", "2020"]), years_fit(["2021"], ["2020"]), years_fit([], ["2020"])
    (True, False, True)
    """
    return not years or any(year in spoken or within_a_range(year, spoken) for year in years)


def section_before(document: Document, block: Block) -> str:
    """The text of the block's section, its subsections not counted, that stands before the block."""
    index = bisect_left(document.blocks, block.span.start, key=lambda other: other.span.start)
    first = index
    while first > 0 and document.blocks[first - 1].heading_path == block.heading_path:
        first -= 1
    return document.text[document.blocks[first].span.start : block.span.start]


def years_spoken_of(text: str) -> list[str]:
    """The four-digit years of a text in order, without those it only compares with.

    >>> years_spoken_of("2020年增长0.9%，比2019年低13.8个百分点")
    ['2020']
    """
    return YEAR.findall(BASE_YEAR.sub("", search_key(text)))


def within_a_range(year: str, years: Sequence[str]) -> bool:
    """Whether a year lies strictly between the first and the last of several named ones.

    >>> within_a_range("2014", ["2011", "2018"]), within_a_range("2019", ["2011", "2018"])
    (True, False)
    """
    return len(years) > 1 and min(years) < year < max(years)
