"""Answering a question whether something stated comes out, from the documents found for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim, trimmed
from policy_qa.auditing.asked import read_audit
from policy_qa.auditing.choosing import check_named, choose, names_all
from policy_qa.figures.checks import Check, Gap, find_gaps_too
from policy_qa.figures.extract import extract_figures
from policy_qa.language.normalize import search_key
from policy_qa.types import Answer, Claim, Refusal, Span, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.wording import WordWeight
    from policy_qa.auditing.asked import Audit
    from policy_qa.figures.arithmetic.check import Finding, Operand
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Outcome, Question
    from policy_qa.understanding import Query

MOST_FAULTS = 6
KEPT = 16
NUMBER = re.compile(r"附?表\s*(?:\d+(?:[-—－.]\d+)?|[一二三四五六七八九十]+)")
MOST_TABLES, MOST_HEADS = 3, 8
LONGEST_SAID = 90
WHOLE = "100%"
SIGNS = "第-－−+"


@dataclass(slots=True)
class Auditor:
    """Checks what documents state, for any number of threads; the findings of the last few sets of documents are kept."""

    figures_of: Callable[[Document], Sequence[Figure]] = extract_figures
    _found: dict[tuple[str, ...], list[Finding]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def audit(
        self,
        query: Query,
        documents: Sequence[Document],
        weight: WordWeight,
        more: Callable[[str], Sequence[Document]],
    ) -> Outcome | None:
        """The verdict on what the question asks to have checked, None where it asks for none or means no one result.

        `more` finds further documents for the words of a part that is missing in these.
        """
        asked = read_audit(query)
        if asked is None:
            return None
        if asked.kind == "caption":
            return answer_caption(query, asked, documents)
        found = self._findings(documents)
        if asked.kind == "faults":
            return _answer_faults(query, found)
        chosen = choose(query, asked, found, weight)
        if chosen and isinstance(chosen[0], Gap):
            added = _added(documents, more(_words_of(chosen[0])))
            if added:
                chosen = choose(query, asked, self._findings([*documents, *added]), weight)
        if (asked.is_sure or not chosen) and not any(names_all(asked, one) for one in chosen):
            named = check_named(asked, documents, self.figures_of, weight)
            chosen = chosen if named is None else [named]
        return _verdict(query, asked, chosen)

    def _findings(self, documents: Sequence[Document]) -> list[Finding]:
        documents = sorted(documents, key=lambda document: document.name)
        ids = tuple(document.id for document in documents)
        with self._lock:
            found = self._found.get(ids)
        if found is None:
            found = find_gaps_too(documents, figures_of=self.figures_of)
            with self._lock:
                while len(self._found) >= KEPT:
                    del self._found[next(iter(self._found))]
                self._found[ids] = found
        return found


def _verdict(query: Query, asked: Audit, chosen: Sequence[Finding]) -> Outcome | None:
    """What is told of the findings chosen; None without any, or for a gap that may not be what is asked about."""
    checks = [one for one in chosen if isinstance(one, Check)]
    first = next(iter(chosen), None)
    if isinstance(first, Gap):
        return refuse_gap(query.question, first) if asked.is_sure else None
    return answer_checks(query.question, checks) if checks else None


def _answer_faults(query: Query, found: Sequence[Finding]) -> Outcome | None:
    """All that does not come out; where all does, how much was checked."""
    checks = [one for one in found if isinstance(one, Check)]
    wrong = [one for one in checks if not one.is_right]
    if wrong:
        notice = messages.AUDIT_FAULTS.format(checked=len(checks), wrong=len(wrong))
        return answer_checks(query.question, wrong[:MOST_FAULTS], (notice,))
    if not checks:
        return None
    notice = messages.AUDIT_NO_FAULTS.format(checked=len(checks))
    return answer_checks(query.question, checks[:1], (notice,))


def _words_of(gap: Gap) -> str:
    """What to look for where a part is missing: its name, with place and period of the result."""
    figure = gap.result.figure
    slots = [slot.text for slot in (figure.period, figure.subject) if slot is not None]
    return "".join([*slots, gap.missing.removesuffix("的数值")])


def _added(documents: Sequence[Document], others: Sequence[Document]) -> list[Document]:
    known = {document.id for document in documents}
    return [document for document in others if document.id not in known]


def answer_caption(query: Query, audit: Audit, documents: Sequence[Document]) -> Answer | None:
    """Whether the captions of the tables that the question names fit them, None where it names none that has one."""
    tables = _tables_named(query, audit, documents)
    if not tables:
        return None
    citations = CitationList()
    claims = [
        _claim(document, table, table.caption, citations)
        for document, table in tables[:MOST_TABLES]
        if table.caption is not None
    ]
    return Answer(query.question, tuple(claims), citations.citations())


def _tables_named(query: Query, audit: Audit, documents: Sequence[Document]) -> list[tuple[Document, Table]]:
    """The tables of the number the question names, those alone whose document or caption has most of its words."""
    match = NUMBER.search(search_key(query.question.text))
    number = None if match is None else "".join(match[0].split())
    found = []
    for document in documents:
        for block in document.blocks:
            if not isinstance(block, Table) or block.caption is None:
                continue
            if number is not None and "".join((block.number or "").split()) != number:
                continue
            words = [word for word in audit.words if word not in (number or "")]
            first = block.rows[0].span.start if block.rows else block.span.end
            heads = document.text[block.span.start : first]
            about = search_key(document.meta.title + block.caption.of(document.text) + heads)
            found.append((sum(word in about for word in words), document, block))
    best = max((held for held, _, _ in found), default=0)
    if number is None and not best:
        return []
    return [(document, table) for held, document, table in found if held == best]


def _claim(document: Document, table: Table, caption: Span, citations: CitationList) -> Claim:
    heads = [
        "".join(head.text.split())
        for head in (table.header_rows[0] if table.header_rows else ())
        if head.text
    ]
    text = (messages.CAPTION_FITS if table.caption_fits else messages.CAPTION_FITS_NOT).format(
        caption=" ".join(caption.of(document.text).split()), heads="、".join(heads[:MOST_HEADS])
    )
    first = table.rows[0].span.start if table.rows else table.span.end
    head = document.text[table.span.start : first].rstrip()
    numbers = [citations.cite(document, caption)]
    if head.strip():
        numbers.append(citations.cite(document, Span(table.span.start, table.span.start + len(head))))
    return Claim(text, tuple(dict.fromkeys(numbers)), "computed")


def answer_checks(question: Question, checks: Sequence[Check], notices: Sequence[str] = ()) -> Answer:
    """A claim for each check: the verdict first, then what is stated and the working."""
    citations = CitationList()
    claims = tuple(check_claim_of(check, citations) for check in checks)
    return Answer(question, claims, citations.citations(), tuple(notices))


def check_claim_of(check: Check, citations: CitationList) -> Claim:
    """The verdict on one check as a computed claim that cites its statement and its operands."""
    template = messages.AUDIT_RIGHT if check.is_right else messages.AUDIT_WRONG
    if check.is_right and check.recomputed.lstrip(SIGNS) != check.stated.lstrip(SIGNS):
        is_exact = check.result.figure.quantity.bound == "exact" or check.stated == WHOLE
        template = messages.AUDIT_RIGHT_ROUNDED if is_exact else messages.AUDIT_RIGHT_BOUND
    if check.kind == "rank":
        template = messages.AUDIT_RANK_RIGHT if check.is_right else messages.AUDIT_RANK_WRONG
    if check.kind == "order":
        template = messages.AUDIT_ORDER_RIGHT if check.is_right else messages.AUDIT_ORDER_WRONG
    text = template.format(
        said=said_of(check),
        stated=check.stated,
        working=check.working,
        recomputed=check.recomputed,
        name=check.result.label,
    )
    numbers = [_cite(check.result, citations)]
    numbers += [_cite(operand, citations) for operand in check.operands]
    return Claim(text, tuple(dict.fromkeys(numbers)), "computed", check.working)


def refuse_gap(question: Question, gap: Gap) -> Refusal:
    """The refusal of a result of which a part is stated nowhere, saying which."""
    citations = CitationList()
    claim = quoted_claim(gap.document, trimmed(gap.document.text, gap.statement), citations)
    message = messages.AUDIT_GAP.format(said=gap.result.text, missing=gap.missing)
    return Refusal(question, "not_found", message, (claim,), citations.citations())


def refuse_unchecked(answer: Answer) -> Refusal:
    """The refusal of a verdict where nothing can be recomputed; what the sources state is the nearest."""
    return Refusal(
        answer.question, "not_found", messages.AUDIT_NOTHING, answer.claims, answer.citations, answer.notices
    )


def said_of(check: Check) -> str:
    """What states the result, in short: its clause, or the labels of its cell."""
    result = check.result
    if result.figure.cell is not None:
        if check.stated == result.text:
            return f"{result.label}：{result.text}"
        return messages.LIST_SEPARATOR.join(operand.label for operand in check.operands)
    clause, text = result.figure.clause, check.document.text
    clauses = [
        operand.figure.clause
        for operand in check.operands
        if operand.document is check.document and check.statement.contains(operand.figure.clause)
    ]
    whole = Span(min(each.start for each in (clause, *clauses)), max(each.end for each in (clause, *clauses)))
    shown = whole if len(whole) <= LONGEST_SAID else clause
    return "".join(shown.of(text).split()).rstrip("，、；,;：:。 ").replace("“", "‘").replace("”", "’")


def _cite(operand: Operand, citations: CitationList) -> int:
    """The number of the citation of the figure's sentence, of a cell's row with its heads."""
    document, figure = operand.document, operand.figure
    if figure.cell is None:
        return citations.cite(document, trimmed(document.text, figure.sentence))
    table = next(
        block
        for block in document.blocks
        if isinstance(block, Table) and block.span.start == figure.cell.table_start
    )
    row = table.rows[figure.cell.row]
    caption = "" if table.caption is None else table.caption.of(document.text)
    heads = document.text[table.span.start : table.rows[0].span.start].strip()
    context = "\n".join(part for part in (caption, heads, row.span.of(document.text)) if part)
    return citations.cite_row(document, row.span, context=context, cell=None)
