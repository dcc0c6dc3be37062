"""The verdict on a stated result in words, with its working and every figure it rests on cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_claim, trimmed
from policy_qa.types import Answer, Claim, Refusal, Span, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.figures.arithmetic.check import Check, Gap, Operand
    from policy_qa.types import Question

LONGEST_SAID = 90
WHOLE = "100%"
SIGNS = "第-－−+"


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
