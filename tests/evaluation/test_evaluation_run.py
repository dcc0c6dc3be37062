"""Running cases against a scripted system, comparing with a baseline, writing reports."""

import dataclasses
import itertools
import json

import pytest
from scripted import (
    MATERIAL,
    RIGHT_FACT,
    RIGHT_LIST,
    RIGHT_REFUSAL,
    Scripted,
    answered,
    list_case,
    make_case,
    refusal_case,
    refused,
    search_everything,
)

from policy_qa.errors import UsageError
from policy_qa.evaluation.baseline import baseline_of, compare, is_regression, load_baseline, write_baseline
from policy_qa.evaluation.report import run_record, run_text, write_reports
from policy_qa.evaluation.run import evaluate
from policy_qa.types import Span

CASES = (make_case(), list_case(), refusal_case())
RIGHT = {
    "2021年某市粮食产量多少？": RIGHT_FACT,
    "邻市有哪些措施？": RIGHT_LIST,
    "明天下雨吗？": RIGHT_REFUSAL,
}
FACT, LIST, WEATHER = RIGHT


def run_of(changes=None, *, cases=CASES, search=search_everything):
    ticks = itertools.count()
    system = Scripted(RIGHT | (changes or {}))
    return evaluate(cases, system.ask, search=search, material=MATERIAL, clock=lambda: float(next(ticks)))


def verdicts(run):
    return {result.case.id: result.judgement.verdict for result in run.results}


def test_every_case_is_asked_once_and_judged_in_order() -> None:
    system = Scripted(RIGHT)
    run = evaluate(CASES, system.ask, search=search_everything, material=MATERIAL)
    assert system.asked == [case.to_question() for case in CASES]
    assert list(verdicts(run).items()) == [("f1", "right"), ("l1", "right"), ("o1", "right")]


def test_scores_come_from_evidence_citations_and_chunks() -> None:
    fact, items, weather = run_of().results
    assert (fact.citation.precision, fact.citation.recall) == (1, 1)
    assert (items.citation.precision, items.citation.recall) == (1, 0.5)
    assert fact.retrieval["RR@10"] == pytest.approx(1 / 2)
    assert items.retrieval["RR@10"] == pytest.approx(1 / 6)
    assert (weather.citation, weather.retrieval) == (None, None)


def test_what_a_refusal_cites_does_not_count_as_grounds() -> None:
    run = run_of({FACT: refused("not_found", *RIGHT_FACT["citations"])})
    assert run.results[0].judgement.verdict == "refused"
    assert (run.results[0].citation.precision, run.results[0].citation.recall) == (None, 0)


def test_a_crash_is_an_error_and_the_run_goes_on() -> None:
    run = run_of({FACT: KeyError("x")})
    assert list(verdicts(run).values()) == ["error", "right", "right"]
    assert run.crashed == ("f1",)
    assert run.results[0].judgement.problems[0].detail == "KeyError: 'x'"
    assert is_regression(run, None)
    assert not is_regression(run_of(), None)


@pytest.mark.parametrize(
    "broken",
    [
        {key: value for key, value in RIGHT_FACT.items() if key != "refused"},
        RIGHT_FACT | {"answer": None},
        answered("31.8万吨[1]", {"number": 1}),
        answered("31.8万吨[1]", RIGHT_FACT["citations"][0] | {"start": 9, "end": 9}),
        answered("") | {"error": "MemoryError: "},
    ],
)
def test_an_answer_that_breaks_the_contract_is_an_error(broken) -> None:
    assert verdicts(run_of({FACT: broken}))["f1"] == "error"


def test_a_crash_of_the_search_is_an_error_too() -> None:
    def search(question):
        raise OSError("index gone")

    assert list(verdicts(run_of(search=search)).values()) == ["error", "error", "right"]


def test_cases_that_do_not_fit_the_material_stop_the_run() -> None:
    with pytest.raises(UsageError, match=r"case f1: .*丙"):
        run_of(cases=[make_case(evidence=[{"document": "丙.txt", "quote": "粮"}])])
    bare = dataclasses.replace(MATERIAL, chunks={"甲.txt": [Span(0, 3)], "乙.txt": []})
    with pytest.raises(UsageError, match="no chunk"):
        evaluate([make_case()], Scripted(RIGHT).ask, search=search_everything, material=bare)


def test_seconds_are_those_of_the_clock() -> None:
    assert dict(run_of().seconds) == {"f1": 1.0, "l1": 1.0, "o1": 1.0}


def test_the_same_run_equals_its_baseline() -> None:
    comparison = compare(run_of(), baseline_of(run_of()))
    assert not any(dataclasses.astuple(comparison))
    assert not is_regression(run_of(), comparison)


def test_lost_won_and_changed_are_told_apart() -> None:
    worse = run_of({FACT: answered("不知道"), LIST: refused("not_found")})
    other = run_of({FACT: refused("not_found"), LIST: refused("not_found"), WEATHER: answered("晴")})
    lost = compare(worse, baseline_of(run_of()))
    assert [(c.id, c.before, c.now) for c in lost.lost] == [
        ("f1", "right", "wrong"),
        ("l1", "right", "refused"),
    ]
    assert is_regression(worse, lost)
    won = compare(run_of(), baseline_of(worse))
    assert [c.id for c in won.won] == ["f1", "l1"]
    assert not is_regression(run_of(), won)
    changed = compare(other, baseline_of(worse))
    assert [(c.id, c.before, c.now) for c in changed.changed] == [("f1", "wrong", "refused")]
    assert [c.id for c in changed.lost] == ["o1"]


def test_case_sets_that_differ_are_not_compared_in_silence() -> None:
    baseline = baseline_of(run_of())
    fewer = compare(run_of(cases=CASES[:2]), baseline)
    assert fewer.missing == ("o1",)
    assert is_regression(run_of(cases=CASES[:2]), fewer)
    more = compare(run_of(cases=[*CASES, make_case("f2")]), baseline)
    assert more.extra == ("f2",)
    assert not more.regressed
    edited_run = run_of(cases=[make_case(accepted=[["31.8"]]), *CASES[1:]])
    edited = compare(edited_run, baseline)
    assert (edited.edited, edited.lost) == (("f1",), ())
    assert is_regression(edited_run, edited)
    with pytest.raises(UsageError, match="none of these cases"):
        compare(run_of(cases=[make_case("f9")]), baseline)


def test_an_edited_case_is_not_counted_as_lost_or_won() -> None:
    baseline = baseline_of(run_of({FACT: answered("不知道")}))
    comparison = compare(run_of(cases=[make_case(max_chars=150), *CASES[1:]]), baseline)
    assert (comparison.edited, comparison.won) == (("f1",), ())


def test_a_baseline_is_written_and_read_back_the_same(tmp_path) -> None:
    path = tmp_path / "eval" / "baseline.json"
    write_baseline(baseline_of(run_of()), path)
    first = path.read_bytes()
    assert load_baseline(path) == baseline_of(run_of())
    write_baseline(baseline_of(run_of(cases=CASES[::-1])), path)
    assert path.read_bytes() == first


def test_a_missing_or_broken_baseline_and_a_crashed_run_are_refused(tmp_path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(UsageError, match="--accept"):
        load_baseline(path)
    path.write_text('{"cases": {"f1": {"case": "0", "verdict": "great"}}}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"cases\.f1\.verdict"):
        load_baseline(path)
    with pytest.raises(UsageError, match="f1"):
        baseline_of(run_of({FACT: KeyError("x")}))


def written(run, folder, comparison=None):
    write_reports(run, comparison, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_reports_are_the_same_to_the_byte_and_hold_no_times(tmp_path) -> None:
    slow = dataclasses.replace(run_of(), seconds={"f1": 7.25, "l1": 2.0, "o1": 3.0})
    quick, late = written(run_of(), tmp_path / "a"), written(slow, tmp_path / "b")
    assert quick["report.json"] == late["report.json"]
    assert quick["report.md"] == late["report.md"]
    assert json.loads(late["latency.json"])["p50_s"] == 3.0
    assert json.loads(late["latency.json"])["p95_s"] == 7.25
    assert "7.25" not in late["report.json"].decode() + late["report.md"].decode()
    assert set(quick) == {"report.json", "report.md", "latency.json"}


def test_a_changed_answer_changes_the_report(tmp_path) -> None:
    longer = answered(RIGHT_FACT["answer"] + "。", *RIGHT_FACT["citations"])
    assert verdicts(run_of({FACT: longer})) == verdicts(run_of())
    assert (
        written(run_of({FACT: longer}), tmp_path / "a")["report.json"]
        != written(run_of(), tmp_path / "b")["report.json"]
    )


def test_the_record_counts_verdicts_by_kind_and_averages_scores() -> None:
    record = run_record(run_of({LIST: refused("not_found")}))
    assert record["verdicts"]["list"] == {"right": 0, "wrong": 0, "refused": 1, "error": 0, "cases": 1}
    assert record["verdicts"]["all"] == {"right": 2, "wrong": 0, "refused": 1, "error": 0, "cases": 3}
    assert "paraphrase" not in record["verdicts"]
    assert record["citations"] == {"precision": 1.0, "recall": 0.5}
    assert record["retrieval"]["RR@10"] == pytest.approx((1 / 2 + 1 / 6) / 2, abs=1e-4)
    nothing = run_record(run_of({WEATHER: KeyError("x")}, cases=[refusal_case()]))
    assert nothing["citations"] == {"precision": None, "recall": None}
    assert set(nothing["retrieval"].values()) == {None}


def test_the_readable_report_shows_each_wrong_answer_with_what_was_expected() -> None:
    run = run_of({FACT: answered("共<b>32.5</b>万吨[1]", *RIGHT_FACT["citations"]), WEATHER: answered("晴")})
    text = run_text(run, compare(run, baseline_of(run_of())))
    for said in [
        "### f1 · 事实 · 错误",
        "2021年某市粮食产量多少？",
        "31.8万吨。依据：甲.txt（2021年某市粮食产量为31.8万吨。）",
        "共\\<b\\>32.5\\</b\\>万吨",
        "缺少 31.8万吨",
        "拒答，理由代码 out\\_of\\_scope",
        "应拒答而作答",
        "丢失：f1（正确 → 错误）；o1（正确 → 错误）",
        "| 合计 | 1 | 2 | 0 | 0 | 3 |",
    ]:
        assert said in text
    assert "l1" not in text


def test_the_readable_report_names_cases_that_cannot_be_compared() -> None:
    run = run_of(cases=[make_case(max_chars=99), list_case(), make_case("f7")])
    text = run_text(run, compare(run, baseline_of(run_of())))
    assert "基线有而这次没有的用例：o1" in text
    assert "基线没有的用例：f7" in text
    assert "改动过、无法比较的用例：f1" in text
    assert text.endswith("## 未答对的用例\n\n无\n")
