"""Found figures against labelled ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policy_qa.errors import UsageError
from policy_qa.evaluation.extraction import extraction_text, load_labels, score_extraction
from policy_qa.figures.extract import extract_figures
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from policy_qa.evaluation.extraction import ExtractionScores

TEXT = "年度简报\n\n2020年，北海市茶叶产量为12.5万吨，增长3.2%。\n梧州产量为8万吨。\n"
LABEL = {
    "document": "简报.txt",
    "line": 3,
    "text": "12.5万吨",
    "nth": 1,
    "value": "12.5",
    "unit": "万吨",
    "subject": "北海市",
    "period": "2020",
    "indicator": "茶叶产量",
    "head": "茶叶产量",
    "measure": "level",
    "is_target": False,
}
GROWTH = LABEL | {"text": "3.2%", "value": "3.2", "unit": "%", "measure": "growth"}


def scored(folder: Path, *lines: dict[str, object]) -> ExtractionScores:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    document = read_document(SourceFile("简报.txt", "", TEXT, "utf-8"), home_place="北海市")
    return score_extraction(
        *load_labels(path), {document.name: document}, {document.name: extract_figures(document)}
    )


def test_right_figures_count_in_full(tmp_path: Path) -> None:
    scores = scored(tmp_path, LABEL, GROWTH)
    assert (scores.recall, scores.precision) == (1.0, 1.0)
    assert "| 合计 | 2 | 2 | 2 | 2 | 2 | 2 | 2 |" in extraction_text(scores)


@pytest.mark.parametrize(
    ("change", "slot"),
    [
        ({"value": "12.6"}, "value"),
        ({"unit": "吨"}, "value"),
        ({"subject": "梧州市"}, "subject"),
        ({"period": "2019"}, "period"),
        ({"period": "2020H1"}, "period"),
        ({"head": "甘蔗产量", "indicator": "甘蔗产量"}, "indicator"),
    ],
)
def test_a_slot_that_differs_is_wrong(tmp_path: Path, change: dict[str, str], slot: str) -> None:
    scores = scored(tmp_path, LABEL | change, GROWTH)
    assert [one.wrong for one in scores.findings] == [(slot,), ()]
    assert (scores.recall, scores.precision) == (0.5, 0.5)
    assert "不符 简报.txt 第3行 12.5万吨" in extraction_text(scores)


def test_alternatives_and_unjudged_slots(tmp_path: Path) -> None:
    label = LABEL | {"period": "2019", "also_period": ["2020"], "subject": "玉林市", "unjudged": ["subject"]}
    assert scored(tmp_path, label).findings[0].is_right


def test_figures_of_a_passage_that_are_not_labelled_are_extra(tmp_path: Path) -> None:
    scores = scored(tmp_path, {"document": "简报.txt", "first_line": 3, "last_line": 3}, LABEL)
    assert [figure.quantity.text for figure in scores.extra] == ["3.2%"]
    assert scores.precision == 0.5


def test_marginal_figures_are_not_counted(tmp_path: Path) -> None:
    passage: dict[str, object] = {"document": "简报.txt", "first_line": 3, "last_line": 3}
    scores = scored(tmp_path, passage, LABEL, GROWTH | {"marginal": True})
    assert (len(scores.findings), scores.extra) == (1, ())


def test_a_label_that_is_not_in_its_line_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not stand there 2 times"):
        scored(tmp_path, LABEL | {"nth": 2})
    with pytest.raises(UsageError, match="Extra inputs"):
        scored(tmp_path, LABEL | {"colour": "red"})
    with pytest.raises(UsageError, match="no such file"):
        load_labels(tmp_path / "none.jsonl")
