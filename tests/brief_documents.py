"""Documents of a few lines, read as files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa.figures.extract import extract_figures
from policy_qa.figures.listing import list_figures
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile

if TYPE_CHECKING:
    from policy_qa.figures.listing import ListedFigure


def listed_figures(name: str, *lines: str) -> list[ListedFigure]:
    """The figures of a Markdown file of these lines, each a paragraph of its own."""
    document = read_document(SourceFile(name, "", "\n\n".join(lines), "utf-8"))
    return list_figures(document, extract_figures(document))
