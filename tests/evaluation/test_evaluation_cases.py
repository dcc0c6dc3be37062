"""Reading and checking cases."""

import json
from typing import get_args

import pytest
from scripted import list_case, make_case, refusal_case

from policy_qa import messages
from policy_qa.errors import UsageError
from policy_qa.evaluation.cases import KINDS, load_cases
from policy_qa.types import RefusalCode, Turn


def write_cases(path, *cases):
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    return path


def plain(case, **changes):
    return case.model_dump(mode="json", exclude_unset=True) | changes


def test_cases_are_read_in_order_and_blank_lines_passed_over(tmp_path) -> None:
    path = write_cases(tmp_path / "cases.jsonl", plain(make_case()), plain(refusal_case()))
    path.write_text(path.read_text(encoding="utf-8").replace("\n", "\n\n"), encoding="utf-8")
    assert load_cases(path) == (make_case(), refusal_case())


def test_a_case_becomes_the_question_with_its_history_and_scope() -> None:
    case = make_case(
        history=[{"question": "去年呢？"}, {"question": "前年呢？", "answer": "30万吨。"}],
        documents=["甲.txt"],
    )
    question = case.to_question()
    assert question.history == (Turn("去年呢？"), Turn("前年呢？", "30万吨。"))
    assert question.documents == frozenset({"甲.txt"})
    assert make_case().to_question().documents is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"acepted": [["31.8万吨"]]}, "acepted"),
        ({"kind": "figure"}, "kind"),
        ({"expect": "maybe"}, "expect"),
        ({"accepted": []}, "needs accepted values"),
        ({"accepted": [[]]}, "empty group"),
        ({"accepted": [[" "]]}, "empty group"),
        ({"forbidden": [""]}, "empty group"),
        ({"evidence": []}, "evidence"),
        ({"evidence": [{"document": "甲.txt"}]}, "either a quote or a line"),
        ({"evidence": [{"document": "甲.txt", "quote": "粮食", "line": 2}]}, "either a quote or a line"),
        ({"evidence": [{"document": "甲.txt", "line": 0}]}, "line"),
        ({"reasons": ["out_of_scope"]}, "no reasons"),
        ({"max_chars": 0}, "max_chars"),
        ({"question": ""}, "question"),
    ],
)
def test_a_wrong_case_is_refused_naming_line_and_key(tmp_path, changes, named) -> None:
    path = write_cases(tmp_path / "cases.jsonl", plain(refusal_case()), plain(make_case(), **changes))
    with pytest.raises(UsageError, match=named) as caught:
        load_cases(path)
    assert f"{path}:2" in str(caught.value)


@pytest.mark.parametrize(
    "changes", [{"reasons": []}, {"reasons": ["weather"]}, {"accepted": [["晴"]]}, {"max_chars": 9}]
)
def test_a_refusal_case_has_reasons_and_nothing_else(tmp_path, changes) -> None:
    path = write_cases(tmp_path / "cases.jsonl", plain(refusal_case(), **changes))
    with pytest.raises(UsageError):
        load_cases(path)


def test_every_kind_may_be_written_and_has_a_name_for_the_report() -> None:
    assert [make_case(kind=kind).kind for kind in KINDS] == list(KINDS)
    assert [*messages.EVALUATION_KINDS] == [*KINDS, "all"]


@pytest.mark.parametrize("reason", get_args(RefusalCode))
def test_every_refusal_code_may_be_accepted(reason) -> None:
    assert refusal_case(kind="near_miss", reasons=[reason]).reasons == (reason,)


def test_a_refusal_case_may_name_what_must_be_shown(tmp_path) -> None:
    evidence = [{"document": "甲.md", "line": 3}]
    changes = {"kind": "missing_cell", "reasons": ["cell_missing"], "evidence": evidence}
    path = write_cases(tmp_path / "cases.jsonl", plain(refusal_case(), **changes))
    assert load_cases(path)[0].evidence[0].line == 3


def test_an_id_twice_a_missing_and_an_empty_file_are_refused(tmp_path) -> None:
    path = write_cases(tmp_path / "cases.jsonl", plain(make_case()), plain(make_case(question="再问")))
    with pytest.raises(UsageError, match=r":2: the id 'f1'"):
        load_cases(path)
    with pytest.raises(UsageError, match="no such cases file"):
        load_cases(tmp_path / "无.jsonl")
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no cases"):
        load_cases(path)


def test_the_fingerprint_changes_with_everything_but_the_id() -> None:
    case = make_case()
    assert case.fingerprint == make_case("other").fingerprint
    changed = [
        make_case(question="另一问"),
        make_case(accepted=[["31.8"]]),
        make_case(max_chars=100),
        list_case(),
    ]
    assert len({case.fingerprint, *(other.fingerprint for other in changed)}) == 5
