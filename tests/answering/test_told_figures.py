"""Which figures of a sentence may be the one asked for."""

from __future__ import annotations

import pytest

from policy_qa.answering.asked_figure import asked_figure
from policy_qa.answering.told_figures import is_told
from policy_qa.figures.binding import read_statement
from policy_qa.figures.surroundings import read_surroundings
from policy_qa.ingest.documents import read_document
from policy_qa.types import SourceFile


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("茶企产值有多少亿元？", "茶企产值达8亿元。", ["8亿元"]),
        ("茶企产值有多少亿元？", "产值超8亿元的茶企有3家。", []),
        ("茶企产值有多少亿元？", "产值8亿元及以上的茶企占12%。", []),
        ("茶企产值有多少亿元？", "产值5—8亿元的有3家。", []),
        ("茶企产值有多少亿元？", "茶企产值达8亿元以上，占全市的3%。", ["8亿元"]),
        ("茶叶产业产值多少亿？", "力争打造五百亿级茶叶产业集群。", ["五百亿"]),
        ("卖出多少辆茶车？", "力争打造五百亿级茶车产业集群。", []),
        ("茶叶产值增速在全省排第几？", "茶叶产值增速居全省第3位。", ["第3位"]),
    ],
)
def test_figures_that_may_be_meant(question: str, text: str, expected: list[str]) -> None:
    document = read_document(SourceFile("简报.md", "", f"# 简报\n\n{text}\n", "utf-8"), home_place=None)
    block = document.blocks[-1]
    figures = read_statement(read_surroundings(document, block, home=None), block.span).figures
    asked = asked_figure(question)
    told = [one.span.of(document.text) for one in figures if is_told(asked, one, document.text)]
    assert told == expected
