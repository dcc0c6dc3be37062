"""Documents come back equal to what they were."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policy_qa.index.serialisation import pack_document, unpack_document
from policy_qa.types import (
    Caption,
    Cell,
    Document,
    DocumentMeta,
    Head,
    Heading,
    LineMap,
    ListItem,
    Note,
    Paragraph,
    Row,
    Run,
    SetAside,
    Span,
    Table,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
spans = st.tuples(st.integers(0, 90), st.integers(0, 9)).map(lambda pair: Span(pair[0], sum(pair)))
paths = st.lists(texts, max_size=3).map(tuple)
span_lists = st.lists(spans, max_size=3).map(tuple)
small = st.integers(0, 9)
tables = st.builds(
    Table,
    spans,
    paths,
    st.none() | spans,
    st.none() | texts,
    st.lists(
        st.lists(st.builds(Head, texts, span_lists, small, small), max_size=3).map(tuple), max_size=2
    ).map(tuple),
    st.lists(st.builds(Row, spans, paths, span_lists), max_size=3).map(tuple),
    st.lists(
        st.builds(Cell, small, small, paths, paths, st.none() | texts, st.none() | texts, st.none() | spans),
        max_size=4,
    ).map(tuple),
    span_lists,
    st.booleans(),
)
blocks = st.one_of(
    st.builds(Heading, spans, st.integers(1, 6), paths),
    st.builds(Paragraph, spans, paths, st.none() | texts),
    st.builds(ListItem, spans, paths),
    st.builds(Caption, spans, paths, st.none() | texts, st.booleans()),
    st.builds(Note, spans, paths),
    tables,
)
set_aside = st.builds(
    SetAside,
    st.sampled_from(["byte order mark", "invisible character", "heading mark"]),
    spans,
    texts,
    texts,
)
metas = st.builds(
    DocumentMeta, texts, st.none() | spans, st.none() | st.dates(), span_lists, st.none() | texts
)
documents = st.builds(
    Document,
    texts,
    texts,
    texts,
    st.lists(blocks, max_size=6).map(tuple),
    st.lists(set_aside, max_size=4).map(tuple),
    metas,
    st.lists(st.builds(Run, spans, st.integers(0, 99), st.integers(1, 99)), max_size=6)
    .map(tuple)
    .map(LineMap),
)


@given(documents)
def test_a_document_comes_back_equal(document: Document) -> None:
    assert unpack_document(document.name, document.text, pack_document(document)) == document


def test_a_value_that_stands_in_its_span_is_not_stored_again() -> None:
    text = "甲市\t12345.6789"
    cell = Cell(0, 1, ("甲市",), ("床位",), "张", "12345.6789", Span(3, 13))
    table = Table(Span(0, 13), (), None, None, (), (Row(Span(0, 13), ("甲市",), (Span(0, 2),)),), (cell,))
    document = Document("表.txt", "", text, (table,), (), DocumentMeta("表", None), LineMap(()))
    packed = pack_document(document)
    assert b"12345" not in packed
    assert unpack_document("表.txt", text, packed) == document


def test_an_empty_title_span_and_a_date_come_back() -> None:
    meta = DocumentMeta("某市公报", Span(0, 0), date(2024, 2, 29))
    document = Document("公报.txt", "ab", "正文", (), (), meta, LineMap(()))
    assert unpack_document("公报.txt", "正文", pack_document(document)).meta == meta
