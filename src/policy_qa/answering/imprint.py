"""What documents say of themselves: the lines that tell who wrote them, and where the data of a table or chart come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.wording import Context, covered_share, wanted_words
from policy_qa.language.normalize import search_key
from policy_qa.types import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WordWeight
    from policy_qa.types import Document, Span
    from policy_qa.understanding import Query

ROLES = ("组长", "成员", "执笔", "撰稿", "编辑", "校对")
WROTE = re.compile(r"[●○■◆]|课题组|编写组|调研组|研究组|作者|执笔|撰稿|[省市县区]长|主席|总理")
ASKED = re.compile(
    r"(?:数据|资料|数字)的?(?:来源|出处)|(?:数据|资料|数字)(?:都|又|主要)?是?(?:取自|来自|引自|采自|出自|从?哪)"
)
OF_TABLE = re.compile(r"[张幅个][表图]|表格|图表|[表图]\s*\d|[表图](?:里|中|的|所|上|,|，)|[统计情况]表")
LINE = re.compile(r"[\s(（*]*(?:注[:：])?(?:数据|资料)?来源(?:[:：于]|$)")
SAYS_NOTHING = re.compile(r"数据|资料|来源|出处|取自|来自|引自|采自|张|表|图|表格|图表|写|数字|注明|标")
REACH_CHARS = 1500
"""So far up from such a line its table is looked for, at most up to the line or heading before."""
LEAST_SAID = 0.5


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


def source_of_data(
    query: Query, evidence: Sequence[Evidence], weight: WordWeight
) -> tuple[Document, tuple[Span, ...]] | None:
    """The line that says where the data of the table come from which a question means; None where it means none.

    Meant is the line above which most of the question's words stand; none where several say as much.
    """
    asked = search_key(query.question.text)
    if not (ASKED.search(asked) and OF_TABLE.search(asked)):
        return None
    wanted = [word for word in wanted_words(query, weight) if not SAYS_NOTHING.fullmatch(word.forms[0])]
    documents = {found.document.id: found.document for found in evidence}.values()
    lines = [
        (covered_share(wanted, Context(above, "", "")), document, line)
        for document in documents
        for line, above in _source_lines(document)
    ]
    most = max((share for share, _, _ in lines), default=0.0)
    best = [(document, line) for share, document, line in lines if share == most]
    if most < LEAST_SAID or len({line.of(document.text) for document, line in best}) > 1:
        return None
    document, line = best[0]
    return document, (line,)


def _source_lines(document: Document) -> Iterator[tuple[Span, str]]:
    """The lines that name the source of data, each with the search key of what stands above it."""
    start = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            start = block.span.start
        elif LINE.match(block.span.of(document.text)):
            above = document.text[max(start, block.span.start - REACH_CHARS) : block.span.start]
            yield block.span, search_key("".join(above.split()))
            start = block.span.end
