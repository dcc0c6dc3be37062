"""The reports of a run: `report.json` and `report.md`, the same for the same answers, and `latency.json` apart."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

from policy_qa import messages
from policy_qa.evaluation.cases import KINDS
from policy_qa.evaluation.metrics import RETRIEVAL_MEASURES, Verdict, mean, percentile, plain_answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policy_qa.evaluation.baseline import Comparison
    from policy_qa.evaluation.cases import Case
    from policy_qa.evaluation.metrics import Problem
    from policy_qa.evaluation.run import CaseResult, Run

Record = dict[str, Any]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
DECIMALS = 4
MARKDOWN_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"} | {"\n": " "})


def write_reports(run: Run, comparison: Comparison | None, folder: Path) -> None:
    """Writes `report.json`, `report.md` and `latency.json` into the folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "report.json": json_text(run_record(run)),
        "report.md": run_text(run, comparison),
        "latency.json": json_text(latency_record(run)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def json_text(record: Record) -> str:
    """The record as sorted, indented JSON: the same record makes the same bytes."""
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def run_record(run: Run) -> Record:
    """All of a run but its times: verdicts by kind, citation and retrieval scores, every case."""
    return {
        "verdicts": verdict_counts(run.results),
        "citations": citation_means(run.results),
        "retrieval": retrieval_means(run.results),
        "cases": [result_record(result) for result in run.results],
    }


def verdict_counts(results: Sequence[CaseResult]) -> dict[str, dict[str, int]]:
    """How many cases of each kind, and of `all`, got each verdict; kinds without a case are left out."""
    counts = {}
    for kind in (*KINDS, "all"):
        found = Counter(r.judgement.verdict for r in results if kind in {r.case.kind, "all"})
        if found:
            counts[kind] = {verdict: found[verdict] for verdict in VERDICTS} | {"cases": found.total()}
    return counts


def citation_means(results: Sequence[CaseResult]) -> dict[str, float | None]:
    """Mean precision over the answers that cite, mean recall over all cases with evidence that did not crash."""
    scores = [result.citation for result in results if result.citation is not None]
    return {
        "precision": rounded(mean([score.precision for score in scores if score.precision is not None])),
        "recall": rounded(mean([score.recall for score in scores])),
    }


def retrieval_means(results: Sequence[CaseResult]) -> dict[str, float | None]:
    """The mean of each retrieval measure over the cases with evidence that did not crash."""
    scores = [result.retrieval for result in results if result.retrieval is not None]
    return {measure: rounded(mean([score[measure] for score in scores])) for measure in RETRIEVAL_MEASURES}


def rounded(value: float | None) -> float | None:
    """The value to four decimals: sums of floats may differ in their last digits between machines."""
    return None if value is None else round(value, DECIMALS)


def result_record(result: CaseResult) -> Record:
    """One case: its verdict, what speaks against it, the answer with its citations, its scores."""
    outcome = result.outcome
    return {
        "id": result.case.id,
        "kind": result.case.kind,
        "verdict": result.judgement.verdict,
        "problems": [
            {"kind": problem.kind, "detail": problem.detail} for problem in result.judgement.problems
        ],
        "answer": None if outcome is None else outcome.answer,
        "reason": None if outcome is None else outcome.reason,
        "citations": []
        if outcome is None
        else [citation.model_dump(mode="json") for citation in outcome.citations],
        "citation_precision": None if result.citation is None else rounded(result.citation.precision),
        "citation_recall": None if result.citation is None else rounded(result.citation.recall),
        "retrieval": None if result.retrieval is None else _rounded_scores(result.retrieval),
    }


def _rounded_scores(scores: Mapping[str, float]) -> dict[str, float | None]:
    return {measure: rounded(score) for measure, score in scores.items()}


def latency_record(run: Run) -> Record:
    """Seconds an answer took: median, 95th percentile, longest, and each case's. Differs from run to run."""
    seconds = list(run.seconds.values())
    return {
        "p50_s": rounded(percentile(seconds, 50)),
        "p95_s": rounded(percentile(seconds, 95)),
        "max_s": rounded(max(seconds)),
        "cases": {case_id: rounded(value) for case_id, value in run.seconds.items()},
    }


def run_text(run: Run, comparison: Comparison | None) -> str:
    """The report for people, in Chinese and markdown: scores, what changed, every case that is not right."""
    lines = [f"# {messages.EVALUATION_TITLE}", "", *_verdict_lines(run), "", *_score_lines(run)]
    if comparison is not None:
        lines += ["", f"## {messages.EVALUATION_COMPARISON}", "", *_comparison_lines(comparison)]
    lines += ["", f"## {messages.EVALUATION_NOT_RIGHT}"]
    not_right = [result for result in run.results if result.judgement.verdict != "right"]
    for result in not_right:
        lines += ["", *_result_lines(result)]
    if not not_right:
        lines += ["", messages.EVALUATION_NONE]
    return "\n".join(lines) + "\n"


def _verdict_lines(run: Run) -> list[str]:
    heads = [
        messages.EVALUATION_KIND,
        *(messages.EVALUATION_VERDICTS[v] for v in VERDICTS),
        messages.EVALUATION_CASES,
    ]
    rows = [
        [
            messages.EVALUATION_KINDS[kind],
            *(str(counts[verdict]) for verdict in VERDICTS),
            str(counts["cases"]),
        ]
        for kind, counts in verdict_counts(run.results).items()
    ]
    return [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _score_lines(run: Run) -> list[str]:
    citations = citation_means(run.results)
    retrieval = retrieval_means(run.results)
    shown = [
        messages.EVALUATION_CITATIONS.format(
            precision=_shown(citations["precision"]), recall=_shown(citations["recall"])
        ),
        messages.EVALUATION_RETRIEVAL.format(
            scores=messages.EVALUATION_SEPARATOR.join(
                f"{name} {_shown(value)}" for name, value in retrieval.items()
            )
        ),
    ]
    return [f"- {line}" for line in shown]


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _comparison_lines(comparison: Comparison) -> list[str]:
    lines = []
    for name, changes in (
        ("lost", comparison.lost),
        ("won", comparison.won),
        ("changed", comparison.changed),
    ):
        shown = [
            f"{change.id}（{messages.EVALUATION_VERDICTS[change.before]} → {messages.EVALUATION_VERDICTS[change.now]}）"
            for change in changes
        ]
        lines.append(_difference_line(name, shown))
    for name, ids in (
        ("missing", comparison.missing),
        ("extra", comparison.extra),
        ("edited", comparison.edited),
    ):
        lines += [_difference_line(name, list(ids))] if ids else []
    return lines


def _difference_line(name: str, shown: Sequence[str]) -> str:
    label = messages.EVALUATION_DIFFERENCES[name]
    return f"- {label}：{messages.EVALUATION_SEPARATOR.join(map(escaped, shown)) or messages.EVALUATION_NONE}"


def _result_lines(result: CaseResult) -> list[str]:
    case, outcome = result.case, result.outcome
    verdict = messages.EVALUATION_VERDICTS[result.judgement.verdict]
    lines = [
        f"### {escaped(case.id)} · {messages.EVALUATION_KINDS[case.kind]} · {verdict}",
        "",
        f"- {messages.EVALUATION_QUESTION}：{escaped(case.question)}",
        f"- {messages.EVALUATION_EXPECTED}：{escaped(expectation_text(case))}",
    ]
    if outcome is not None:
        lines.append(f"- {messages.EVALUATION_ANSWER}：{escaped(plain_answer(outcome.answer)) or '—'}")
    lines += [
        f"- {messages.EVALUATION_PROBLEM}：{escaped(problem_text(p))}" for p in result.judgement.problems
    ]
    return lines


def expectation_text(case: Case) -> str:
    """What the case expects, in Chinese."""
    separator = messages.EVALUATION_SEPARATOR
    if case.expect == "refusal":
        return messages.EVALUATION_EXPECTED_REFUSAL.format(reasons=separator.join(case.reasons))
    places = separator.join(f"{e.document}（{_evidence_text(e.quote, e.line)}）" for e in case.evidence)
    return messages.EVALUATION_EXPECTED_ANSWER.format(
        values=separator.join(" / ".join(group) for group in case.accepted), places=places
    )


def _evidence_text(quote: str | None, line: int | None) -> str:
    return quote if quote is not None else messages.EVALUATION_LINE.format(line=line)


def problem_text(problem: Problem) -> str:
    """What speaks against an answer, in Chinese."""
    return messages.EVALUATION_PROBLEMS[problem.kind].format(detail=problem.detail)


def escaped(text: str) -> str:
    r"""The text as one line of markdown that shows just these characters.

    >>> print(escaped("“5+5”<b>产业</b>"))
    “5+5”\<b\>产业\</b\>
    """
    return text.translate(MARKDOWN_MARKS)
