"""Captions whose table or figure is an image: questions that only the missing data would answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.asked_figure import asked_figure
from policy_qa.answering.asked_words import asked_words, table_key
from policy_qa.answering.citations import CitationList, block_at
from policy_qa.answering.extractive import quoted_claim
from policy_qa.answering.phrases import label_text
from policy_qa.answering.tables import context_of_cells, is_meant
from policy_qa.answering.told_figures import NEAR_CHARS, figures
from policy_qa.answering.wording import YEAR_WORD, context_of, is_said_short, word_match
from policy_qa.answering.years import years_fit, years_spoken_of
from policy_qa.figures.surroundings import home_of
from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places
from policy_qa.types import Caption, Refusal
from policy_qa.understanding import COLLECTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.asked_words import AskedWord
    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableReading
    from policy_qa.answering.wording import WordWeight
    from policy_qa.types import Document
    from policy_qa.understanding import Query

LEAST_SAID = 0.95
"""The share of the question's weight, years and places aside, that a caption must say for its data to be meant."""
STATED_SHARE = 0.8
"""A sentence that says this share of the question, with a figure close by, states it."""
OWN_SHARE, OWN_SHARE_BESIDE_CELL = 0.5, 0.8
"""So much of it the sentence must say itself; more where the very cell that is asked for is missing."""
SPOKEN = 0.65
"""A word is spoken of if it matches so far: in the sentence, before it, or above it."""

NUMBER = re.compile(r"^[图表]\s*\d+(?:[-－—.]\d+)?[:：]?")
EVERYWHERE = re.compile(r"各[市省县区地国州镇]|城市|地区|市县|区县|省市|省区")
OVER_YEARS = re.compile(r"年均|累计|十[一二三四五]五")
PARTS_OF_CITIES = ("区", "县", "旗")
"""Of 各市 none is a district or county; a city below a prefecture (海宁市) may be one."""
WITHIN = {"出口": "进出口", "出口额": "进出口额", "出口总额": "进出口总额"}
LONGEST_PLACE = 5
SHORTEST_TURNED = 4


def image_asked_for(
    query: Query, evidence: Sequence[Evidence], weight: WordWeight
) -> tuple[Document, Caption] | None:
    """The caption without data that the question is about, None where there is none or the figure is stated elsewhere.

    Looked for in the documents of the evidence. A caption is meant where it says what is asked, bar the year within
    its years and, if it speaks of several places, the place.
    """
    words = asked_words(query, weight)
    asked = [word for word in words if word.weight and not word.is_year]
    if not asked or query.kind in ("cause", "source", "author"):
        return None
    documents = {found.document.id: found.document for found in evidence}
    found = [
        (share, document, block)
        for document in documents.values()
        for block in document.blocks
        if isinstance(block, Caption) and not block.has_data
        for share in [share_said(query, asked, document, block)]
        if share >= LEAST_SAID
    ]
    cells = [
        one for one in evidence if one.reading is not None
    ]  # of several places together no sentence says enough
    if not found or is_stated(query, cells if COLLECTIVE.search(search_key(query.text)) else evidence, asked):
        return None
    _, document, caption = max(found, key=lambda one: (one[0], -len(one[2].span)))
    return document, caption


def share_said(query: Query, asked: Sequence[AskedWord], document: Document, caption: Caption) -> float:
    """The share of what is asked, years aside, that a caption says, 0 to 1; 0 where it is about other years.

    A caption of several places (各市) need not say the question's first word, if that is short: the place.
    """
    text = table_key(NUMBER.sub("", caption.span.of(document.text)))
    spoken = years_spoken_of(text)
    if spoken and not years_fit(query.years, spoken):
        return 0.0
    if caption.number and is_called(caption.number, query):
        return 1.0
    said = [any(says(text, form) for form in word.forms) for word in asked]
    if not any(said):
        return 0.0
    around = table_key(" ".join([*caption.heading_path, document.meta.title]))
    if query.places and not place_told(query, caption.span.of(document.text), document):
        return 0.0
    above = [own or any(form in around for form in word.forms) for own, word in zip(said, asked, strict=True)]
    if EVERYWHERE.search(text) or COLLECTIVE.search(text):
        first = asked[0]
        above[0] = above[0] or first.end - first.start <= LONGEST_PLACE
    return sum(word.weight for word, own in zip(asked, above, strict=True) if own) / sum(
        word.weight for word in asked
    )


def place_told(query: Query, caption: str, document: Document) -> bool:
    """Whether a caption may be about a place asked for: it names it, names none, or takes several together (各市)."""
    if EVERYWHERE.search(caption) or COLLECTIVE.search(caption):
        return any(
            not place.name.endswith(PARTS_OF_CITIES) and place.short in document.text
            for place in query.places
        )
    home = home_of(document)
    named = [place for found in find_places(caption, home=home) for place in found.places]
    named = named or ([home] if home else [])
    return not named or any(place in query.places for place in named)


def says(text: str, word: str) -> bool:
    """Whether a caption says the word, its parts perhaps in another order; 进出口 does not say 出口.

    >>> says("各市一般预算公共收入情况", "一般公共预算收入"), says("各市进出口总额", "出口")
    (True, False)
    """
    size = len(word)
    text = text.replace(WITHIN.get(word, "\n"), "")
    if word in text or size < SHORTEST_TURNED:
        return word in text
    letters = sorted(word)
    return any(sorted(text[at : at + size]) == letters for at in range(len(text) - size + 1))


def is_called(number: str, query: Query) -> bool:
    """Whether the question calls a table or figure by its number: 表1, not 表10."""
    return re.search(re.escape(table_key(number)) + r"(?![\d-])", table_key(query.text)) is not None


def refuse_image(query: Query, document: Document, caption: Caption) -> Refusal:
    """The refusal that says that the table or figure is an image, and cites its caption."""
    citations = CitationList()
    nearest = quoted_claim(document, caption.span, citations)
    message = messages.TABLE_IS_IMAGE.format(caption=label_text([nearest.text]))
    return Refusal(query.question, "table_is_image", message, (nearest,), citations.citations())


def missing_cell(query: Query, evidence: Sequence[Evidence], weight: WordWeight) -> Evidence | None:
    """The best cells that are what the question asks for and missing, None where something states the value.

    `evidence` stands best first.
    """
    found = next((one for one in evidence if is_exact(one) and one.reading and one.reading.is_missing), None)
    if found is None or found.reading is None:
        return None
    words = asked_words(query, weight)
    asked = [word for word in words if word.weight and not word.is_year]
    return None if is_stated(query, evidence, asked, own_share=OWN_SHARE_BESIDE_CELL) else found


def is_exact(found: Evidence) -> bool:
    """Whether these are cells of which row, column and year are those asked for."""
    return found.reading is not None and found.reading.whole and found.period_fits and is_meant(found)


def is_stated(
    query: Query,
    evidence: Sequence[Evidence],
    asked: Sequence[AskedWord],
    *,
    own_share: float = OWN_SHARE,
) -> bool:
    """Whether a cell with a value, or a sentence with a figure close by, says what is asked, `own_share` of it itself."""
    for found in evidence:
        if found.reading is not None:
            if is_exact(found) and not found.reading.is_missing and said_by_cells(found.reading, asked):
                return True
        elif found.period_fits and says_figure(query, found, asked, own_share):
            return True
    return False


def said_by_cells(reading: TableReading, asked: Sequence[AskedWord]) -> bool:
    """Whether the cells and their caption say all of these words."""
    context = context_of_cells(reading)
    return all(any(form in context.sentence for form in word.forms) for word in asked)


def says_figure(query: Query, found: Evidence, asked: Sequence[AskedWord], own_share: float) -> bool:
    """Whether a sentence speaks of these words, most of them itself, and has a figure close behind one, or the year."""
    context = context_of(found.document, block_at(found.document, found.span.start), found.span)
    total = sum(word.weight for word in asked)
    label = YEAR_WORD.sub("", search_key(found.figure.words.of(found.document.text))) if found.figure else ""
    matches = [
        (
            word.weight,
            1 if is_said_short(word.forms, label) else max(word_match(form, context) for form in word.forms),
        )
        for word in asked
    ]
    spoken = sum(weight for weight, match in matches if match >= SPOKEN)
    own = sum(weight for weight, match in matches if match == 1)
    return (
        spoken >= STATED_SHARE * total
        and own >= own_share * total
        and states_figure(query, context.sentence, asked)
    )


def states_figure(query: Query, sentence: str, asked: Sequence[AskedWord]) -> bool:
    """Whether a figure of the kind asked for stands close behind one of the words or the year, none of another year."""
    years = query.years
    said = [form for word in asked for form in word.forms] + list(years)
    wanted = asked_figure(query.text)
    for figure in figures(sentence):
        spoken = years_spoken_of(sentence[: figure.start])
        other_year = spoken and spoken[-1] not in years
        if years and (other_year or OVER_YEARS.search(sentence[: figure.start])):
            continue
        if not wanted.is_told_in(sentence, [figure.of(sentence)]):
            continue
        near = sentence[max(0, figure.start - NEAR_CHARS) : figure.start]
        if any(form in near for form in said):
            return True
    return False
