"""Many ways to ask for comparisons, orders and sums of one report's figures, each with what its answer must tell.

`wordings.jsonl`: the question, groups of alternatives of which the answer or its working says one each, and what it must not say.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policy_qa.types import Answer, Question
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

HERE = Path(__file__).parent
WORDINGS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "wordings.jsonl").read_text("utf-8").splitlines()
]


@cache
def assistant() -> Assistant:
    return assistant_over((HERE / "wordings_report.md").read_text("utf-8"), home="宜昌市")


def says(text: str, wanted: str) -> bool:
    """Whether a text says a word, or a number that is no part of a longer one."""
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    behind = r"(?!\d|\.\d)" if wanted[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(wanted)}{behind}", text) is not None


@pytest.mark.parametrize("wording", WORDINGS, ids=[one["question"] for one in WORDINGS])
def test_a_question_is_answered_however_it_is_worded(wording: dict[str, Any]) -> None:
    outcome = assistant().explain(Question(wording["question"])).outcome
    assert isinstance(outcome, Answer), outcome.message
    told = " ".join([outcome.text, *(claim.working or "" for claim in outcome.claims)])
    lacking = [group for group in wording["must"] if not any(says(told, one) for one in group)]
    assert not lacking, told
    assert not [one for one in wording["no"] if says(told, one)], told
