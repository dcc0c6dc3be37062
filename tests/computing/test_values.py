"""Figures of the catalog as values to compute with."""

from __future__ import annotations

from types import SimpleNamespace

from policy_qa.computing.values import value_of_figure
from policy_qa.figures.extract import extract_figures
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile

REPORT = "# 湖区经济运行情况\n\n2021年荆州经济增速为2.5%，不仅低于全国6.2%的平均水平，工业产值还下降3.1%。\n"


def test_a_level_that_something_lies_below_is_no_fall() -> None:
    document = read_document(SourceFile("文.md", "", REPORT, "utf-8"))
    sources = SimpleNamespace(document={document.id: document}.get)
    values = {
        figure.quantity.text: value_of_figure(figure, "", sources)  # type: ignore[arg-type]
        for figure in extract_figures(document)
    }
    numbers = {text: str(value.amount.number) for text, value in values.items() if value}
    assert numbers == {"2.5%": "2.5", "6.2%": "6.2", "3.1%": "-3.1"}
