"""Figures of a catalog looked up by what they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_index import build_index, write_corpus

from policy_qa.index.catalog import Catalog
from policy_qa.index.figure_lookup import CatalogFigures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("2021年，桂林市造船产值增长5.2%。", "2021年，桂林市造船产值下降5.2%。", ["5.2%"]),
        ("2021年，桂林市有船厂40家。", "2021年，桂林市有船厂46家。", ["46家"]),
        ("2021年，桂林市有船厂40家。", "2021年，桂林市有船厂40家。", ["40家"]),
        ("2021年，桂林市有船厂40家。", "2020年，桂林市有船厂46家。", []),
    ],
)
def test_figures_of_the_same_thing_and_time(tmp_path: Path, one: str, other: str, found: list[str]) -> None:
    corpus = write_corpus(
        tmp_path / "corpus", {"甲.md": f"# 甲报告\n\n{one}\n", "乙.md": f"# 乙报告\n\n{other}\n"}
    )
    build_index(corpus, tmp_path / "index")
    with Catalog.open_for_reading(tmp_path / "index") as catalog:
        lookup = CatalogFigures(catalog)
        (figure,) = catalog.figures(["甲.md"])
        assert [rival.quantity.text for rival in lookup.like(figure)] == found
