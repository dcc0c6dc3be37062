"""Evidence about other things than the question names is none: another firm's or bank's figure is no answer.

Places are judged apart, by what each figure is bound to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa.answering.asked_words import table_key
from policy_qa.answering.citations import block_at
from policy_qa.answering.labels import names_among
from policy_qa.answering.wording import context_of, names_slot, word_match

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.readings import TableShelf
    from policy_qa.types import Document
    from policy_qa.understanding import Query


def about_names(query: Query, evidence: Sequence[Evidence], shelf: TableShelf) -> list[Evidence]:
    """The evidence that speaks of the things which the question names and the documents' tables know.

    Only where a figure is asked for. The thing that a document says most often is what all of it is about. Of several
    names one is enough: they are compared.
    """
    if query.kind != "figure":
        return list(evidence)
    documents = {found.document.id: found.document for found in evidence}
    tables = [keys for document in documents.values() for keys in shelf.tables(document)]
    names = names_among(
        label for keys in tables for axis in (keys.rows, keys.columns) for label in axis.values()
    )
    question = table_key(query.text)
    asked = {name for name in names if name in question and not names_slot(name)}
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


def subject_of(document: Document, names: Iterable[str]) -> str:
    """The one of the names which the document says most often."""
    return max(sorted(names), key=document.text.count)


def speaks_of(found: Evidence, names: Iterable[str]) -> bool:
    """Whether the sentence, what stands around it, or its document's title says one of the names."""
    context = context_of(found.document, block_at(found.document, found.span.start), found.span)
    return any(word_match(name, context) for name in names)
