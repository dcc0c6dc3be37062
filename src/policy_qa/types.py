"""The types every part of policy-qa speaks in: frozen, and all places are code points of `Document.text`.

A file becomes a `SourceFile`, is cleaned into a `Document` made of blocks, and is cut into `Chunk`s.
A `Question` is answered with an `Answer`, whose `Claim`s carry `Citation`s, or with a `Refusal`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

SetAsideKind = Literal[
    "byte order mark",
    "invisible character",
    "heading mark",
    "markup",
    "running head",
    "page number",
    "photo credit",
    "photo caption",
]
RefusalCode = Literal[
    "out_of_scope",
    "no_such_period",
    "no_such_subject",
    "no_such_indicator",
    "kind_mismatch",
    "cell_missing",
    "table_is_image",
    "not_found",
    "ambiguous",
    "language",
]
"""Why a question is not answered; `kind_mismatch`: a target where the outcome is asked, 规上 where 全社会 is."""
ClaimStatus = Literal["supported", "computed", "conflicting"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `0 <= start <= end`.

    Raises ValueError for a range that runs backwards or starts below zero.

    >>> Span(0, 2).of("研发投入")
    '研发'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}-{self.end} is not a range of a text")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` in this span."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One document as the user has it, decoded.

    `name` is the POSIX path below the corpus folder (NFC, with its ending), or the `doc_id` of a JSONL corpus.
    `text` is the decoded file, line ends and all. `verbatim` marks a text that must not be un-wrapped
    (JSONL corpora); `title` and `issued_on` are what such a corpus says of itself.
    """

    name: str
    sha256: str
    text: str
    encoding: str
    verbatim: bool = False
    title: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Characters that cleaning took out of the text, and why. `source_span` is a span of `SourceFile.text`."""

    kind: SetAsideKind
    source_span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of clean text that stands letter by letter in one line of the source.

    `Document.text[span]` equals `SourceFile.text[source_start : source_start + len(span)]`; `line` counts from 1.
    """

    span: Span
    source_start: int
    line: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a quotation as one line of the original file holds it; `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class LineMap:
    """The way from the clean text back to the original file: runs in text order, touching no character twice.

    Characters of the clean text outside every run are white space that cleaning put in.
    """

    runs: tuple[Run, ...]

    def segments(self, text: str, span: Span) -> tuple[Segment, ...]:
        """The pieces of the original that `text[span]` was made of, in order; white space alone is no piece.

        Joined, and white space aside, they are `text[span]`.
        """
        first = bisect_left(self.runs, span.start + 1, key=lambda run: run.span.end)
        pieces = []
        for run in self.runs[first:]:
            if run.span.start >= span.end:
                break
            piece = text[max(run.span.start, span.start) : min(run.span.end, span.end)]
            if piece.strip():
                pieces.append(Segment(run.line, piece))
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `level` counts from 1; `heading_path` holds the titles above it and its own, outermost first."""

    span: Span
    level: int
    heading_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph below the headings of `heading_path`, outermost first.

    `unread` says why rows that look like a table were left as text; None for every other paragraph.
    """

    span: Span
    heading_path: tuple[str, ...]
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list that stands on a line of its own, below the headings of `heading_path`."""

    span: Span
    heading_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a table or figure. `number` is what it is called by (「表1」, 「图2-3」), None without one.

    `has_data`: the text holds the rows of this table; of a figure, or a table printed as an image, it does not.
    """

    span: Span
    heading_path: tuple[str, ...]
    number: str | None
    has_data: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note or a source of a table or figure: 「注：…」, 「数据来源：…」."""

    span: Span
    heading_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A head over `width` columns of a table, the first of them `column` (from 0; the row labels' own is 0).

    `text` is the head as one reads it; `spans` are its pieces, several where print had broken it over lines.
    """

    text: str
    spans: tuple[Span, ...]
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: its place in the text, and its label with those it stands under, outermost first.

    「占GDP比重」 under 「出口总额」 has the label `("出口总额", "占GDP比重")`. `label_spans` are the pieces of its own label.
    """

    span: Span
    label: tuple[str, ...]
    label_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table: cell `column` of body row `row`, both from 0.

    `text` is the value as it stands, None where it is missing (----, …, empty); `span` is where the value, or the sign
    that it is missing, stands, None for an empty cell. `unit` is the one that row, head, caption or unit line names; None
    where none does, or where the value carries its own.
    """

    row: int
    column: int
    row_label: tuple[str, ...]
    column_label: tuple[str, ...]
    unit: str | None
    text: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read. Columns of labels and of units have no cells of their own.

    `span` covers heads and rows; caption, unit line and notes are blocks of their own. `caption_fits` is False where the
    caption speaks of other things than heads and labels do.
    """

    span: Span
    heading_path: tuple[str, ...]
    caption: Span | None
    number: str | None
    header_rows: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    notes: tuple[Span, ...] = ()
    caption_fits: bool = True


Block = Heading | Paragraph | ListItem | Table | Caption | Note


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What a document says of itself. `title_span` is None where the title comes from a file name or a JSONL key.

    `bylines` are the lines that name its authors, their group and its members, or when and where it was said or printed.
    `home_place` is the full name of the place it is about (柳州市), which 全市 and 我市 mean; None where none is clear.
    """

    title: str
    title_span: Span | None
    issued_on: date | None = None
    bylines: tuple[Span, ...] = ()
    home_place: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document; its `text` is the one coordinate system of everything said about it.

    `name` is its `SourceFile.name`; blocks stand in text order and do not overlap.
    """

    name: str
    source_sha256: str
    text: str
    blocks: tuple[Block, ...]
    set_aside: tuple[SetAside, ...]
    meta: DocumentMeta
    line_map: LineMap
    id: str = field(init=False)
    """Twelve hexadecimal digits made of name and text: the same content has the same id everywhere."""

    def __post_init__(self) -> None:
        digest = hashlib.sha256(f"{self.name}\n{self.text}".encode()).hexdigest()
        object.__setattr__(self, "id", digest[:12])


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of a document that is embedded and found as one; `heading_path` is that of its section."""

    document_id: str
    span: Span
    heading_path: tuple[str, ...]

    @property
    def id(self) -> str:
        """`document:start-end`."""
        return f"{self.document_id}:{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of a conversation; `answer` is None where only the question is known."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: earlier turns oldest first; `documents` limits the search to these names (None: all)."""

    text: str
    history: tuple[Turn, ...] = ()
    documents: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved chunk with the ranks (from 1) and scores (higher is better) that brought it up.

    `score` is the fused one. A leg that did not find the chunk has None.
    """

    chunk: Chunk
    score: float
    dense_rank: int | None = None
    dense_score: float | None = None
    keyword_rank: int | None = None
    keyword_score: float | None = None


@dataclass(frozen=True, slots=True)
class CitedCell:
    """The cell a citation is about: its table (caption, else the heads), labels joined, and where the value stands.

    `value` is None for a missing cell, `value_span` None for an empty one. `heads` are the pieces of its row's and
    column's labels, to be shown with it.
    """

    table: str
    row: str
    column: str
    unit: str | None
    value: str | None
    value_span: Span | None
    heads: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Cells side by side, as an answer shows them; a cell the sources lack is a dash."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """The place a claim rests on. `quote` is `Document.text[span]`, never repaired.

    `number` counts from 1 in order of first mention. `lines` are the first and last 1-based lines of the
    original file. A title known only from the file name has span, quote, context and lines None. For a cell the
    quote is its whole row, `context` the row with its heads and caption.
    """

    number: int
    document: str
    document_id: str
    title: str
    section: tuple[str, ...]
    span: Span | None
    quote: str | None
    context: str | None
    lines: tuple[int, int] | None
    segments: tuple[Segment, ...]
    cell: CitedCell | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer and the numbers of the citations it rests on.

    Raises ValueError for a claim that cites nothing.
    """

    text: str
    citations: tuple[int, ...]
    status: ClaimStatus = "supported"
    working: str | None = None

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a claim needs a citation: {self.text!r}")


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """A value of a disagreement as its source has it, the numbers of its citations, and when that source is from."""

    text: str
    citations: tuple[int, ...]
    title: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """What sources say of one thing, place and time that cannot all be true; none of it is picked."""

    indicator: str
    subject: str
    period: str
    values: tuple[AnswerValue, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sources say. Every number a claim cites is one of `citations`, and each citation is used.

    `completed` is the question that was answered where earlier turns had to complete it, else None. `choices` are whole
    questions to go on with, which the notices may name too. `conflicts` are the disagreements that the claims tell, which
    are `conflicting` then.
    Raises ValueError for an answer without a claim, or whose claims and citations do not match.
    """

    question: Question
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...] = ()
    table: AnswerTable | None = None
    completed: str | None = None
    choices: tuple[str, ...] = ()
    conflicts: tuple[AnswerConflict, ...] = ()

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("an answer needs a claim")
        require_matching_citations(self.claims, self.citations)

    @property
    def text(self) -> str:
        """The claims, each followed by its marks: `柳州的强度为1.8%。[1][2]`."""
        return "\n".join(claim_with_marks(claim) for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: a code, the sentence staff read, and the nearest things the corpus does hold.

    `choices` are the whole questions that would be answered, where the one asked is `ambiguous`.
    """

    question: Question
    code: RefusalCode
    message: str
    nearest: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    completed: str | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_matching_citations(self.nearest, self.citations)


Outcome = Answer | Refusal


def claim_with_marks(claim: Claim) -> str:
    """The claim's text with its citation marks behind it.

    >>> claim_with_marks(Claim("强度为1.8%。", (1, 2)))
    '强度为1.8%。[1][2]'
    """
    return claim.text + "".join(f"[{number}]" for number in claim.citations)


def require_matching_citations(claims: tuple[Claim, ...], citations: tuple[Citation, ...]) -> None:
    """Raises ValueError unless the citations are numbered 1…n in order of first mention, each of them used."""
    mentioned = list(dict.fromkeys(number for claim in claims for number in claim.citations))
    numbered = [citation.number for citation in citations]
    if mentioned != numbered or numbered != list(range(1, len(numbered) + 1)):
        raise ValueError(f"claims mention {mentioned}, citations are numbered {numbered}")
