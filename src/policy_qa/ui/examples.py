"""Questions to begin with, read from the documents themselves, so that they suit whatever is in the corpus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.types import Answer, Heading, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_qa.types import Document
    from policy_qa.ui.service import Service

SHOWN = 4
_DOCUMENTS_READ = 12
_FIGURE = re.compile(
    r"(?P<year>(?:19|20)\d\d年)[，,]?(?P<subject>[\u4e00-\u9fff]{4,16}?)(?:为|达到|达|完成|实现)"
    r"\s?\d[\d,.]*\s?(?:(?P<amount>[%％亿万元公吨])|(?P<count>[个家项件人]))"
)
_NO_SUBJECT = re.compile(r"[比较增降超约均占其这该]|以上|左右|分别|计划|预计")
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节条编部分]+|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d+(?:[.．]\d+)*[、.．]?)\s*"
)
_TOPIC = re.compile(r"[\u4e00-\u9fff、“”《》]{4,16}")
_ASKED = re.compile(r"[哪谁什怎吗]")
_LISTING = re.compile(r"(?:建议|措施|举措|任务|做法|对策|问题|成效|目标|短板|优势|经验)$")


def suggest_questions(document: Document) -> tuple[str, ...]:
    """Questions that this document should answer: for its first figure with a year, and for a list it holds.

    Failing both, for its first topic; a document may suggest nothing.
    """
    topics = list(_topics(document))
    listing = [topic for topic in topics if _LISTING.search(topic)]
    questions = list(_figure_question(document))
    if listing:
        questions.append(messages.UI_EXAMPLE_LISTING.format(heading=max(reversed(listing), key=len)))
    if topics and not questions:
        questions.append(messages.UI_EXAMPLE_TOPIC.format(heading=topics[0]))
    return tuple(questions)


def _figure_question(document: Document) -> Iterator[str]:
    for found in _FIGURE.finditer(document.text):
        if not _NO_SUBJECT.search(found["subject"]):
            wording = messages.UI_EXAMPLE_AMOUNT if found["amount"] else messages.UI_EXAMPLE_COUNT
            yield wording.format(subject=found["year"] + found["subject"])
            return


def _topics(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading) and len(block.heading_path) > 1:
            topic = _NUMBERING.sub("", block.span.of(document.text).strip())
            if _TOPIC.fullmatch(topic) and not _ASKED.search(topic):
                yield topic


def interleave(suggestions: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """First the first of each, then the second of each, none twice.

    >>> interleave([["甲", "乙"], ["丙"]])
    ('甲', '丙', '乙')
    """
    rows = [list(row) for row in suggestions]
    longest = max((len(row) for row in rows), default=0)
    return tuple(dict.fromkeys(row[at] for at in range(longest) for row in rows if at < len(row)))


class ExampleQuestions:
    """The examples shown for the documents now indexed; once proved, only such as are answered."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._documents: tuple[str, ...] = ()
        self._questions: tuple[str, ...] = ()

    def current(self) -> tuple[str, ...]:
        """At most four questions; read anew when the index holds other documents."""
        ids = tuple(summary.id for summary in self._service.documents()[:_DOCUMENTS_READ])
        if ids != self._documents:
            documents = (self._service.document(document_id) for document_id in ids)
            suggestions = (suggest_questions(document) for document in documents if document is not None)
            self._documents, self._questions = ids, interleave(suggestions)
        return self._questions[:SHOWN]

    def prove(self) -> None:
        """Asks each example, until enough are answered, and drops the others."""
        self.current()
        answered: list[str] = []
        for question in self._questions:
            if len(answered) == SHOWN:
                break
            if isinstance(self._service.ask(Question(question)), Answer):
                answered.append(question)
        self._questions = tuple(answered)
