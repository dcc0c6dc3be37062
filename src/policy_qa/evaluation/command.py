"""What `policy-qa evaluate` does: ask every case, write the reports, compare with the baseline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.errors import UsageError
from policy_qa.evaluation.baseline import baseline_of, compare, is_regression, load_baseline, write_baseline
from policy_qa.evaluation.cases import load_cases
from policy_qa.evaluation.extraction import extraction_text, load_labels, score_extraction
from policy_qa.evaluation.report import run_text, write_reports
from policy_qa.evaluation.run import Material, Run, evaluate
from policy_qa.pipeline import open_catalog, open_index
from policy_qa.records import hit_record, outcome_record

if TYPE_CHECKING:
    from policy_qa.config import Settings
    from policy_qa.index.embedding import Embedder
    from policy_qa.pipeline import PolicyQA
    from policy_qa.types import Question

TODAY = date(2026, 1, 1)
"""今年 in a case is counted from here, so that a case does not change its answer with the calendar."""
REPORTS = Path("eval/last")
SEARCHED = 20


def run_evaluation(
    settings: Settings, cases: Path, baseline: Path, *, accept: bool, embedder: Embedder | None = None
) -> tuple[str, bool]:
    """The readable report, and whether a case was lost; `accept` makes the run the new baseline instead.

    Raises UsageError for cases that cannot be read, or a run with crashes that is to be accepted.
    """
    with open_index(settings.model_copy(update={"today": TODAY}), embedder=embedder) as service:
        run = ask_all(service, cases)
    if accept:
        if run.crashed:
            raise UsageError(f"not accepted, {len(run.crashed)} cases crashed: {', '.join(run.crashed)}")
        write_baseline(baseline_of(run), baseline)
    comparison = compare(run, load_baseline(baseline)) if baseline.exists() else None
    write_reports(run, comparison, REPORTS)
    return run_text(run, comparison), is_regression(run, comparison)


def run_extraction(settings: Settings, labels: Path) -> str:
    """The readable report on the figures of the index against labelled ones.

    Raises UsageError for labels that cannot be read or do not fit the documents.
    """
    figures, passages = load_labels(labels)
    with open_catalog(settings) as catalog:
        documents, found = {}, {}
        for summary in catalog.documents():
            document = catalog.document(summary.id)
            if document is not None:
                documents[summary.name] = document
                found[summary.name] = catalog.figures([summary.name])
    return extraction_text(score_extraction(figures, passages, documents, found))


def ask_all(service: PolicyQA, cases: Path) -> Run:
    """The run of every case of the file."""
    service.warm()

    def ask(question: Question) -> dict[str, object]:
        return outcome_record(service.ask(question), record_id=None, seconds=0.0)

    def search(question: Question) -> list[dict[str, object]]:
        return [hit_record(hit, document) for hit, document in service.search(question, SEARCHED)]

    return evaluate(load_cases(cases), ask, search=search, material=material_of(service))


def material_of(service: PolicyQA) -> Material:
    """The documents and chunk spans of the index, by document name."""
    documents, chunks = {}, {}
    for summary in service.documents():
        document = service.document(summary.id)
        if document is not None:
            documents[summary.name] = document
            chunks[summary.name] = [chunk.span for chunk in service.chunks(summary.id)]
    return Material(documents, chunks)
