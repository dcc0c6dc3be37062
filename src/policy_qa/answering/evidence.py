"""Which sentences of the retrieved chunks speak of what is asked, by the words they share with the question."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policy_qa.answering.citations import block_at
from policy_qa.ingest.sentences import split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.quantities import find_quantities
from policy_qa.types import Block, Document, Heading, Hit, Span
from policy_qa.understanding import YEAR, Query

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
DATE_ONLY = re.compile(
    r"\d{2,4}年?(?:[-—~至到]\d{2,4}年?)?(?:\d{1,2}(?:[-—~至到]\d{1,2})?月)?(?:\d{1,2}日)?[初中末底]?"
)
DIGIT = re.compile(r"\d")
BASE_YEAR = re.compile(r"[比较](?:19|20)\d{2}年")

COMPARED = 8
"""How many of the first sentences are compared with the question in meaning."""
MEANING_SHARE = 2.5
"""What a sentence loses for each unit its cosine lies below the best one's. Cosines of e5 lie close together."""

WordWeight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with how well it fits.

    `coverage` is the share of the question's weight it speaks of (0 to 1), `score` orders sentences (higher is
    better), `year_fits` is False where it speaks of other years than asked.
    """

    document: Document
    span: Span
    coverage: float
    score: float
    year_fits: bool
    hit: Hit


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
    """The question's words with their synonyms; a word weighs what the most common of its forms does."""
    forms = ((word, *query.synonyms.get(word, ())) for word in query.content)
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
    """What is compared with the question: the sentence under its nearest heading."""
    path = block_at(found.document, found.span.start).heading_path
    return " ".join([*path[-1:], found.span.of(found.document.text)])


def sentences_of(document: Document, within: Span) -> Iterator[tuple[Block, Span]]:
    """The sentences, headings left out, that share a character with `within`, each with its block."""
    first = bisect_left(document.blocks, within.start + 1, key=lambda block: block.span.end)
    for block in document.blocks[first:]:
        if block.span.start >= within.end:
            break
        if not isinstance(block, Heading):
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
    before = document.text[block.span.start : span.start]
    context = Context(
        sentence=search_key(span.of(document.text)),
        around=search_key(" ".join(block.heading_path) + before[-160:]),
        title=search_key(document.meta.title),
    )
    coverage = covered_share(wanted, context)
    score = coverage + RANK_BONUS / rank + KIND_BONUS * has_what_is_asked(query, context.sentence)
    if query.kind == "figure":
        score += NEAR_BONUS * figure_is_near(wanted, context.sentence)
    return Evidence(document, span, coverage, score, year_fits(query.years, document, block, span), hit)


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


def figure_is_near(wanted: Sequence[WantedWord], sentence: str) -> bool:
    """Whether a figure stands close behind the weightiest word the sentence speaks of: 「强度」为1.8%."""
    spoken = [
        (word.weight, sentence.find(form) + len(form))
        for word in wanted
        for form in word.forms
        if form in sentence
    ]
    if not spoken:
        return False
    end = max(spoken)[1]
    return has_figure(sentence[end : end + NEAR_CHARS])


def has_what_is_asked(query: Query, sentence: str) -> bool:
    """Whether a sentence (its search key) holds the kind of thing asked for: a figure, a date, a cause, several things."""
    match query.kind:
        case "figure":
            return has_figure(sentence)
        case "when":
            return DATE.search(sentence) is not None
        case "cause":
            return CAUSE.search(sentence) is not None
        case "list":
            return sentence.count("、") >= 2
        case _:
            return False


def has_figure(text: str) -> bool:
    """Whether the text holds a quantity in digits that is neither a mere date nor the number of a table.

    >>> has_figure("2020年出台办法"), has_figure("2020年强度为1.8%")
    (False, True)
    """
    numbered = NUMBERED.sub("", text)
    figures = (span.of(numbered) for span in find_quantities(numbered))
    return any(DIGIT.search(figure) and not DATE_ONLY.fullmatch(figure) for figure in figures)


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
        return any(year in own or within_a_range(year, own) for year in years)
    before = years_spoken_of(document.text[block.span.start : span.start])
    if before:
        return before[-1] in years
    section = years_spoken_of(section_before(document, block))
    if section:
        return section[-1] in years
    above = years_spoken_of(" ".join(block.heading_path))
    return not above or any(year in above for year in years)


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
