"""Evidence about other places or things than the question names is none: another city's figure is no answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.answering.evidence import context_of, word_match
from policy_qa.answering.labels import names_among, table_key
from policy_qa.language.place_words import place_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableShelf
    from policy_qa.types import Document
    from policy_qa.understanding import Query

NAMED_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}(?=[市省县州]|自治区)")


def about_names(query: Query, evidence: Sequence[Evidence], shelf: TableShelf) -> list[Evidence]:
    """The evidence that speaks of the places and things which the question names and dictionary or tables know.

    A document that never says a place named is left out whole; where a figure is asked for, so is a sentence that does
    not speak of what is named. The place or thing that a document says most often is what all of it is about. Of
    several names one is enough: they are compared.
    """
    if query.kind != "figure" and not query.wants_all:
        return list(evidence)
    places = {name for word in query.content if (name := place_name(word)) is not None}
    documents = {found.document.id: found.document for found in evidence}
    silent = {document.id for document in documents.values() if places and not says_one_of(document, places)}
    evidence = [found for found in evidence if found.document.id not in silent]
    if query.kind != "figure":
        return evidence
    tables = [keys for document in documents.values() for keys in shelf.tables(document)]
    names = places | names_among(
        label for keys in tables for axis in (keys.rows, keys.columns) for label in axis.values()
    )
    question = table_key(query.text)
    asked = {name for name in names if name in question}
    asked -= {name for name in asked if any(name != other and name in other for other in asked)}
    subjects = {document.id: subject_of(document, names) for document in documents.values()} if asked else {}
    return [
        found
        for found in evidence
        if not asked
        or found.reading is not None
        or subjects[found.document.id] in asked
        or speaks_of(found, asked)
    ]


def says_one_of(document: Document, names: Iterable[str]) -> bool:
    """Whether the document says one of the names, in its text or title."""
    return any(name in document.text or name in document.meta.title for name in names)


def subject_of(document: Document, names: Iterable[str]) -> str:
    """The one of the names, or of the places that the document calls 市, 省, 县, which it says most often."""
    called = {name for place in NAMED_PLACE.findall(document.text) if (name := place_name(place)) is not None}
    return max(sorted({*names, *called}), key=document.text.count)


def speaks_of(found: Evidence, names: Iterable[str]) -> bool:
    """Whether the sentence, what stands around it, or its document's title says one of the names."""
    context = context_of(found.document, block_at(found.document, found.span.start), found.span)
    return any(word_match(name, context) for name in names)
