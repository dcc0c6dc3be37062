"""Who wrote a document: the lines that say so, of the document that the question means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.wording import Context, covered_share, wanted_words
from policy_qa.language.normalize import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WordWeight
    from policy_qa.types import Document, Span
    from policy_qa.understanding import Query

ROLES = ("组长", "成员", "执笔", "撰稿", "编辑", "校对")
WROTE = re.compile(r"[●○■◆]|课题组|编写组|调研组|研究组|作者|执笔|撰稿|[省市县区]长|主席|总理")


def authors_of(
    query: Query, evidence: Sequence[Evidence], weight: WordWeight
) -> tuple[Document, tuple[Span, ...]] | None:
    """The document meant and its lines that name those asked for, None where no document has such.

    Meant is the document whose title says most of the question; of equals that of the better evidence.
    """
    wanted = wanted_words(query, weight)
    documents = {found.document.id: found.document for found in evidence if found.document.meta.bylines}
    if not documents:
        return None
    document = max(
        documents.values(),
        key=lambda one: covered_share(wanted, Context(search_key(one.meta.title), "", "")),
    )
    roles = [role for role in ROLES if role in query.text]
    lines = tuple(lines_naming(document, roles))
    return (document, lines) if lines else None


def lines_naming(document: Document, roles: Sequence[str]) -> Iterator[Span]:
    """The by-lines that name people of these roles, those below with but further names of the same role too."""
    goes_on = False
    for line in document.meta.bylines:
        text = line.of(document.text)
        has_role = any(role in text for role in ROLES) or re.search("[:：●○■◆]", text) is not None
        goes_on = names(text, roles) or (bool(roles) and goes_on and not has_role)
        if goes_on:
            yield line


def names(line: str, roles: Sequence[str]) -> bool:
    """Whether a by-line names people of these roles, or who wrote the text where no role is asked for.

    >>> names("执笔：某某", ["执笔"]), names("编辑：某某", []), names("●某市课题组", [])
    (True, False, True)
    """
    bare = "".join(line.split())
    return (
        any(re.search(f"(?<!副){role}", bare) for role in roles) if roles else WROTE.search(bare) is not None
    )
