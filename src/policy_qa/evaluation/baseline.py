"""The baseline: the verdict of every case at the last accepted run, and what has changed since."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from policy_qa.errors import UsageError
from policy_qa.evaluation.metrics import Verdict  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policy_qa.evaluation.run import Run

logger = logging.getLogger(__name__)


class BaselineCase(BaseModel):
    """What became of a case; `case` is the fingerprint of the case that was judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: str
    verdict: Verdict


class Baseline(BaseModel):
    """The accepted verdicts by case id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: dict[str, BaselineCase]


@dataclass(frozen=True, slots=True)
class Change:
    """A case whose verdict is another than the baseline's."""

    id: str
    before: Verdict
    now: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against its baseline, case by case.

    `lost` was right and is not, `won` the other way round, `changed` differs otherwise. The cases of `missing` are
    only in the baseline, those of `extra` only in the run, those of `edited` are in both but ask or expect
    something else: the verdicts of these three cannot be compared.
    """

    lost: tuple[Change, ...]
    won: tuple[Change, ...]
    changed: tuple[Change, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    edited: tuple[str, ...]

    @property
    def regressed(self) -> bool:
        """Whether a case was lost, or one that was accepted was not put to the test as it was."""
        return bool(self.lost or self.missing or self.edited)


def compare(run: Run, baseline: Baseline) -> Comparison:
    """What changed between baseline and run, in the order of the run.

    Raises UsageError where the two have no case in common: then the baseline is that of other cases.
    """
    now = {result.case.id: result for result in run.results}
    common = [case_id for case_id in now if case_id in baseline.cases]
    if not common:
        raise UsageError(
            "the baseline knows none of these cases; name theirs with --baseline, or make it with --accept"
        )
    edited = {case_id for case_id in common if now[case_id].case.fingerprint != baseline.cases[case_id].case}
    changes = [
        Change(case_id, baseline.cases[case_id].verdict, now[case_id].judgement.verdict)
        for case_id in common
        if case_id not in edited and now[case_id].judgement.verdict != baseline.cases[case_id].verdict
    ]
    return Comparison(
        lost=_where(changes, lambda change: change.before == "right"),
        won=_where(changes, lambda change: change.now == "right"),
        changed=_where(changes, lambda change: "right" not in {change.before, change.now}),
        missing=tuple(case_id for case_id in baseline.cases if case_id not in now),
        extra=tuple(case_id for case_id in now if case_id not in baseline.cases),
        edited=tuple(case_id for case_id in now if case_id in edited),
    )


def _where(changes: list[Change], belongs: Callable[[Change], bool]) -> tuple[Change, ...]:
    return tuple(change for change in changes if belongs(change))


def is_regression(run: Run, comparison: Comparison | None) -> bool:
    """Whether the run must not pass: a case crashed, or the comparison with the baseline says so."""
    return bool(run.crashed) or (comparison is not None and comparison.regressed)


def load_baseline(path: Path) -> Baseline:
    """The baseline of a file. Raises UsageError for a missing or invalid one, naming file and key."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no baseline yet; make one with: policy-qa evaluate --accept")
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "baseline"
        raise UsageError(
            f"{path}: {key}: {first['msg']}; make it anew with: policy-qa evaluate --accept"
        ) from error


def baseline_of(run: Run) -> Baseline:
    """The baseline that accepts this run. Raises UsageError for a run with crashes: they are never acceptable."""
    if run.crashed:
        raise UsageError(
            f"a run that crashed on {', '.join(run.crashed)} cannot be accepted; mend that first"
        )
    return Baseline(
        cases={
            result.case.id: BaselineCase(case=result.case.fingerprint, verdict=result.judgement.verdict)
            for result in run.results
        }
    )


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Writes the baseline, sorted by case id: the same verdicts make the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(baseline.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    logger.info("baseline of %d cases written to %s", len(baseline.cases), path)
