"""What the chat needs of the product: one object, which the pipeline opens and a test invents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from policy_qa.figures.listing import ListedFigure
    from policy_qa.index.catalog import DocumentSummary
    from policy_qa.types import Document, Outcome, Question


class Service(Protocol):
    """Questions and documents. All methods are called from several threads at once."""

    def warm(self) -> None:
        """Loads what the first answer needs."""
        ...

    def ask(self, question: Question) -> Outcome:
        """The answer, or why there is none."""
        ...

    def documents(self) -> tuple[DocumentSummary, ...]:
        """What the index holds now, in the order to be listed."""
        ...

    def figures(self, documents: Collection[str] | None = None) -> Sequence[ListedFigure]:
        """The figures of the documents of these names, of all for None, in the order to be listed."""
        ...

    def document(self, document_id: str) -> Document | None:
        """The document, or None where the index no longer holds it."""
        ...
