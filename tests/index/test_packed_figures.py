from pathlib import Path

from small_index import build_index

from policy_qa.figures.extract import extract_figures
from policy_qa.index.catalog import Catalog
from policy_qa.index.packed import figure_row, pack_figure, unpack_figure
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.types import Document

TEXT = """临川县统计简报

2020年，桂林市技术合同成交额为12.5亿元，比上年下降3.2%；北海市为8.06亿元，居全区第4位。到2025年，力争达到20亿元。

| 城市 | 2019年（亿元） | 2020年（亿元） |
| --- | --- | --- |
| 桂林市 | 10.1 | 12.5 |
| 北海市 | — | 8.06 |
"""


def document_of(folder: Path) -> Document:
    folder.mkdir(exist_ok=True)
    (folder / "简报.md").write_text(TEXT, encoding="utf-8")
    return read_document(read_source(find_sources(folder).sources[0]))


def test_a_figure_comes_back_as_it_was(tmp_path: Path) -> None:
    figures = extract_figures(document_of(tmp_path / "corpus"))
    assert len(figures) >= 8
    for figure in figures:
        assert unpack_figure(figure.document_id, pack_figure(figure)) == figure


def test_a_row_tells_subject_and_days(tmp_path: Path) -> None:
    figures = extract_figures(document_of(tmp_path / "corpus"))
    _, ordinal, _, _, subject, first, last, _ = figure_row(figures[0], 7)
    assert (ordinal, subject, first, last) == (7, "桂林市", "2020-01-01", "2020-12-31")


def test_the_catalog_holds_the_figures_of_live_documents_alone(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    figures = extract_figures(document_of(corpus))
    build_index(corpus, index)
    with Catalog.open_for_reading(index) as catalog:
        assert catalog.figures() == list(figures)
        assert catalog.figures(["简报.md"]) == list(figures)
        assert catalog.figures(["别的.md"]) == []
    (corpus / "简报.md").unlink()
    (corpus / "空.md").write_text("没有数字。", encoding="utf-8")
    build_index(corpus, index)
    with Catalog.open_for_reading(index) as catalog:
        assert catalog.figures() == []
