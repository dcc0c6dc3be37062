"""Answering a question whether something stated comes out, from the documents found for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.auditing.asked import read_audit
from policy_qa.auditing.captions import answer_caption
from policy_qa.auditing.choosing import choose, names_all
from policy_qa.auditing.named import check_named
from policy_qa.auditing.telling import answer_checks, refuse_gap
from policy_qa.figures.checks import Check, Gap, find_gaps_too
from policy_qa.figures.extract import extract_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.answering.wording import WordWeight
    from policy_qa.auditing.asked import Audit
    from policy_qa.figures.arithmetic.check import Finding
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Outcome
    from policy_qa.understanding import Query

MOST_FAULTS = 6
KEPT = 16


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
