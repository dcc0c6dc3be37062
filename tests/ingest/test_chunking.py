import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policy_qa.ingest.chunking import chunk_document, embedded_text
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sentences import is_table_row, split_sentences
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.language.quantities import find_quantities
from policy_qa.language.tokens import Segmenter
from policy_qa.types import (
    Chunk,
    Document,
    DocumentMeta,
    Heading,
    LineMap,
    Paragraph,
    SourceFile,
    Span,
    Table,
)

SENTENCE = "某市持续优化营商环境，新增各类经营主体3.25万户，同比增长12.5%。"
PARTNERS = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "）": "（", ")": "("}


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory):
    return Segmenter(tmp_path_factory.mktemp("words"))


def document(text, *, title="样本"):
    """A document whose lines are paragraphs, or headings where they start with #, ## and so on."""
    blocks, path, place = [], [], 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        start = place + len(line) - len(line.lstrip())
        place += len(line)
        if not content:
            continue
        span = Span(start, start + len(content))
        if level := len(content) - len(content.lstrip("#")):
            path = [*path[: level - 1], content]
            blocks.append(Heading(span, level, tuple(path)))
        else:
            blocks.append(Paragraph(span, tuple(path)))
    return Document("样本.txt", "", text, tuple(blocks), (), DocumentMeta(title, None), LineMap(()))


def chunk_texts(given, segmenter, size=120, overlap=40):
    return [
        c.span.of(given.text)
        for c in chunk_document(given, segmenter, size_chars=size, overlap_chars=overlap)
    ]


def closed_pairs(line):
    """Every closing mark with the last opening mark of its kind, what stands open between them given up."""
    pairs, opened = [], []
    for place, mark in enumerate(line):
        if mark in PARTNERS.values():
            opened.append(place)
        elif mark in PARTNERS:
            at = next((i for i in reversed(range(len(opened))) if line[opened[i]] == PARTNERS[mark]), None)
            if at is not None:
                pairs.append((opened[at], place + 1))
                del opened[at:]
    return pairs


def check(given, segmenter, size, overlap):
    """The invariants of chunks, and the limits of their sizes."""
    text = given.text
    chunks = chunk_document(given, segmenter, size_chars=size, overlap_chars=overlap)
    assert chunks == chunk_document(given, segmenter, size_chars=size, overlap_chars=overlap)
    check_cover(text, [chunk.span for chunk in chunks], overlap)
    edges = sorted({edge for chunk in chunks for edge in (chunk.span.start, chunk.span.end)})
    check_uncut(text, edges, segmenter, size)
    for chunk in chunks:
        assert chunk.document_id == given.id
        if len(chunk.span) > size:
            assert any(len(found) > size // 2 for found in find_quantities(chunk.span.of(text)))
        for block in given.blocks:
            if chunk.span.overlaps(block.span) and not isinstance(block, Heading):
                assert block.heading_path == chunk.heading_path
    check_headings(given, chunks, size)
    return chunks


def check_cover(text, spans, overlap):
    covered = bytearray(len(text))
    for before, span in zip([None, *spans], spans, strict=False):
        shown = span.of(text)
        assert shown
        assert shown == shown.strip()
        covered[span.start : span.end] = b"\1" * len(span)
        if before:
            assert before.start < span.start
            assert before.end < span.end
            assert before.end - span.start <= overlap
    assert not any(not character.isspace() and not covered[at] for at, character in enumerate(text))


def check_uncut(text, edges, segmenter, size):
    def is_cut(start, end):
        return any(start < edge < end for edge in edges)

    for found in find_quantities(text):
        assert not is_cut(found.start, found.end), found.of(text)
    for line in re.finditer("[^\n\r]+", text):
        for start, end in closed_pairs(line[0]) if not is_table_row(line[0]) else []:
            if end - start <= size:
                assert not is_cut(line.start() + start, line.start() + end), line[0][start:end]
    for sentence in split_sentences(text):
        if is_cut(sentence.start, sentence.end):
            for word in segmenter.words(sentence.of(text)):
                if len(word) <= size:
                    assert not is_cut(sentence.start + word.start, sentence.start + word.end)


def check_headings(given, chunks, size):
    """A section's first chunk starts with its headings, and holds text with them where there is room."""
    blocks = given.blocks
    for at, block in enumerate(blocks):
        follows_text = at == 0 or not isinstance(blocks[at - 1], Heading)
        if isinstance(block, Heading) and follows_text:
            assert any(chunk.span.start == block.span.start for chunk in chunks)
        text_follows = at + 1 < len(blocks) and not isinstance(blocks[at + 1], Heading)
        text_follows = text_follows and blocks[at + 1].heading_path == block.heading_path
        if isinstance(block, Heading) and text_follows and blocks[at + 1].span.end - block.span.start <= size:
            assert not any(
                chunk.span.end == block.span.end for chunk in chunks if chunk.span.start == block.span.start
            )


def test_a_short_document_is_one_chunk(segmenter):
    given = document("# 报告\n\n## 一、概况\n增长5.2%。\n")
    assert chunk_texts(given, segmenter) == ["# 报告\n\n## 一、概况\n增长5.2%。"]


@pytest.mark.parametrize(
    ("text", "expected"), [("", []), (" \n　\n", []), ("甲", ["甲"]), ("# 甲", ["# 甲"])]
)
def test_the_smallest_documents(segmenter, text, expected):
    assert chunk_texts(document(text), segmenter) == expected


def test_a_document_without_blocks_is_covered(segmenter):
    given = Document("a", "", "甲。乙", (), (), DocumentMeta("a", None), LineMap(()))
    assert chunk_texts(given, segmenter) == ["甲。乙"]


def test_a_chunk_stays_in_its_section_and_starts_with_its_headings(segmenter):
    given = document("开头。\n# 一、甲\n## （一）乙\n丙。\n## （二）丁\n戊。\n# 二、己")
    chunks = chunk_document(given, segmenter, size_chars=120, overlap_chars=40)
    assert [(chunk.span.of(given.text), chunk.heading_path) for chunk in chunks] == [
        ("开头。", ()),
        ("# 一、甲\n## （一）乙\n丙。", ("# 一、甲", "## （一）乙")),
        ("## （二）丁\n戊。", ("# 一、甲", "## （二）丁")),
        ("# 二、己", ("# 二、己",)),
    ]


def test_chunks_are_whole_sentences_and_repeat_the_last_of_the_one_before(segmenter):
    given = document(SENTENCE * 9)
    for chunk in chunk_texts(given, segmenter, size=120, overlap=40):
        assert chunk.replace(SENTENCE, "") == ""
    chunks = chunk_document(given, segmenter, size_chars=120, overlap_chars=40)
    assert [first.span.end - second.span.start for first, second in pairwise(chunks)] == [len(SENTENCE)] * (
        len(chunks) - 1
    )
    apart = chunk_document(given, segmenter, size_chars=120, overlap_chars=0)
    assert all(first.span.end == second.span.start for first, second in pairwise(apart))


def test_the_last_chunk_is_not_tiny(segmenter):
    given = document(SENTENCE * 3 + "完成。")
    lengths = [len(text) for text in chunk_texts(given, segmenter, size=len(SENTENCE) * 3, overlap=0)]
    assert min(lengths) > len(SENTENCE)


def test_a_long_sentence_is_cut_at_clauses(segmenter):
    text = "，".join([f"第{number}项任务已经按期完成" for number in range(1, 31)]) + "。"
    chunks = chunk_texts(document(text), segmenter)
    assert "".join(chunks) == text
    assert len(chunks) > 2
    assert all(chunk[-1] in "，。" for chunk in chunks)


def test_a_chunk_rather_ends_with_a_sentence_than_within_the_next(segmenter):
    before = SENTENCE * 2
    given = document(before + "，".join(["推进产业转型升级"] * 20) + "。")
    assert chunk_texts(given, segmenter, size=120, overlap=0)[0] == before


def test_a_long_enumeration_is_cut_between_its_items(segmenter):
    chunks = chunk_texts(document("、".join(["《促进工业发展的若干措施》"] * 30) + "。"), segmenter)
    assert all(chunk[-1] in "、。" for chunk in chunks)
    assert all(chunk.count("《") == chunk.count("》") for chunk in chunks)


def test_a_sentence_without_any_mark_is_cut_between_words(segmenter):
    text = "统筹推进高新技术企业研发投入强度提升至2.5%以上" * 20
    given = document(text)
    check(given, segmenter, 100, 0)
    assert all(len(chunk) > 80 for chunk in chunk_texts(given, segmenter, size=100))


def test_a_quotation_that_fits_is_whole_and_a_longer_one_is_cut_at_its_sentences(segmenter):
    short = "会议强调，" + "“" + "坚持稳中求进，提高质量。" * 8 + "”" + "各部门要落实，抓好工作" * 6 + "。"
    assert (
        sum(chunk.count("“") == chunk.count("”") == 1 for chunk in chunk_texts(document(short), segmenter))
        == 1
    )
    long = "会议强调，" + "“" + "坚持稳中求进，提高质量。" * 30 + "”"
    chunks = chunk_texts(document(long), segmenter, overlap=0)
    assert len(chunks) > 2
    assert all(chunk.endswith(("。", "。”")) for chunk in chunks)


def test_a_long_first_sentence_starts_below_its_heading(segmenter):
    given = document("# 一、重点任务\n" + "，".join(["推进产业转型升级"] * 30) + "。")
    first = chunk_texts(given, segmenter)[0]
    assert first.startswith("# 一、重点任务\n推进")
    assert 60 < len(first) <= 120


def test_a_first_sentence_that_just_fits_alone_is_cut_below_its_heading(segmenter):
    given = document("# 一、全年的重点任务\n" + "，".join(["推进产业转型升级"] * 13) + "。")
    assert chunk_texts(given, segmenter)[0].startswith("# 一、全年的重点任务\n推进")


@pytest.mark.parametrize(
    "text",
    [
        "贯彻落实《关于推动工业高质量发展的若干政策措施》以及" * 12,
        "会议要求坚持“稳中求进，以进促稳，先立后破”的总基调并且" * 12,
        "统筹推进（含市区，县城，乡镇）各类投资项目建设" * 12,
        "完成投资1，234.5亿元占比5.0%—5.5%并且" * 16,
        "ab12345" * 40,
        "会议要求“" + "坚持（稳。进！）这个总基调不动摇" * 20 + "”",
    ],
)
def test_what_fits_into_a_chunk_is_never_cut(segmenter, text):
    for size in range(80, 140, 3):
        check(document(text), segmenter, size, 0)


def test_rows_of_a_table_are_whole(segmenter):
    rows = [f"城市{number}\t{number}.5\t{number * 3}。{number}" for number in range(40)]
    chunks = chunk_texts(document("\n".join(rows)), segmenter, overlap=0)
    assert [row for chunk in chunks for row in chunk.split("\n")] == rows


@pytest.mark.parametrize(
    "piece", ["甲", "增长5.2%", "啊", "1", "a", "a1", "“", "“甲", "甲，", "（", "\t", "#", "1,", "甲 "]
)
def test_a_huge_paragraph_is_cut_in_linear_time(segmenter, piece):
    given = document("x" + piece * (100_000 // len(piece)))
    chunks = chunk_document(given, segmenter, size_chars=320, overlap_chars=60)
    check_cover(given.text, [chunk.span for chunk in chunks], 60)
    assert all(len(chunk.span) <= 320 for chunk in chunks)


WHOLE = "、".join(
    ["316.55 亿元", "5.0%—5.5%", "2021年1-9月", "《关于促进发展的若干意见（试行）》", "“稳。进！”", "三千五百亿元", "专项债券", "GDP", "第12位", "（见表1。）"]
).split("、")  # fmt: skip
PIECES = st.sampled_from(
    [
        *"。！；，、：“”‘’《》（）\n\n\t 的",
        SENTENCE,
        "稳步推进高质量发展",
        "\n# 一、概况\n",
        "\n## （一）投入\n",
        *WHOLE,
        *WHOLE,
    ]
)
BODIES = st.lists(PIECES, max_size=70).map("".join)


@settings(max_examples=150, deadline=None)
@given(BODIES, st.integers(80, 200), st.integers(0, 60))
@example("“" * 3 + SENTENCE * 4, 80, 0)
def test_invariants_of_made_up_documents(segmenter, text, size, overlap):
    check(document(text), segmenter, size, min(overlap, size // 2))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_covered(segmenter, text):
    given = document(text)
    chunks = chunk_document(given, segmenter, size_chars=80, overlap_chars=30)
    check_cover(text, [chunk.span for chunk in chunks], 30)


def test_invariants_of_the_corpus(segmenter, root):
    for each in find_sources(root / "corpus").sources:
        check(read_document(read_source(each)), segmenter, 320, 60)


@pytest.mark.parametrize("folder", ["sources", "reports"])
def test_invariants_of_real_reports(segmenter, shared, folder):
    for path in sorted((shared / folder).glob("*.txt")):
        given = document(path.read_text("utf-8-sig"))
        for size, overlap in ((320, 60), (100, 30)):
            check(given, segmenter, size, overlap)


@pytest.mark.parametrize("folder", ["sources", "reports"])
def test_invariants_of_real_reports_as_they_are_read(segmenter, shared, folder):
    for each in find_sources(shared / folder).sources:
        check(read_document(read_source(each)), segmenter, 320, 60)


def test_embedded_text_says_title_headings_and_text_once_each(segmenter):
    given = document("# 一、甲\n## （一）乙\n" + SENTENCE * 6, title="样本")
    first, second, *_ = chunk_document(given, segmenter, size_chars=120, overlap_chars=0)
    assert embedded_text(given, first) == "样本\n" + first.span.of(given.text)
    assert embedded_text(given, second) == "样本\n# 一、甲\n## （一）乙\n" + second.span.of(given.text)


def test_embedded_text_does_not_repeat_a_title_that_is_a_heading(segmenter):
    given = document("# 报告\n" + SENTENCE * 6, title="# 报告")
    for chunk in chunk_document(given, segmenter, size_chars=120, overlap_chars=0):
        assert embedded_text(given, chunk).count("# 报告") == 1


def test_embedded_text_does_not_repeat_a_title_that_stands_in_the_chunk(segmenter):
    given = replace(document("样本报告\n" + SENTENCE * 6), meta=DocumentMeta("样本报告", Span(0, 4)))
    first, second, *_ = chunk_document(given, segmenter, size_chars=120, overlap_chars=0)
    assert embedded_text(given, first) == first.span.of(given.text)
    assert embedded_text(given, second) == "样本报告\n" + second.span.of(given.text)


def test_chunk_ids_come_from_the_content(segmenter):
    given = document("甲。")
    (chunk,) = chunk_document(given, segmenter, size_chars=120, overlap_chars=0)
    digest = hashlib.sha256("样本.txt\n甲。".encode()).hexdigest()[:12]
    assert chunk.id == f"{digest}:0-2"


def tabled(rows, *, before="上文说明情况。", note="注：床位为年末数。", name="表.md"):
    """A document read from a text with one tab table of so many rows, a caption before it and a note behind it."""
    cities = [f"第{number}市\t{number}0.5\t{number}00" for number in range(1, rows + 1)]
    lines = ["# 年报", "", before, "", "表1 各市床位情况", "", "城市\t床位（张）\t护理员（人）", *cities]
    text = "\n".join([*lines, "", note, "", "下文另起一段。"])
    given = read_document(SourceFile(name, "", text, "utf-8"))
    assert sum(isinstance(block, Table) for block in given.blocks) == 1
    return given


def table_of(given):
    return next(block for block in given.blocks if isinstance(block, Table))


def test_a_table_that_fits_is_one_chunk_with_caption_and_note(segmenter):
    given = tabled(4)
    chunks = chunk_document(given, segmenter, size_chars=200, overlap_chars=40)
    (holding,) = [chunk for chunk in chunks if chunk.span.overlaps(table_of(given).span)]
    assert holding.span.of(given.text).startswith("表1 各市床位情况")
    assert holding.span.of(given.text).endswith("注：床位为年末数。")
    assert embedded_text(given, holding).count("床位（张）") == 1


def test_a_longer_table_is_cut_between_rows_that_are_found_by_its_words(segmenter):
    given = tabled(40)
    table = table_of(given)
    chunks = chunk_document(given, segmenter, size_chars=120, overlap_chars=40)
    holding = [chunk for chunk in chunks if chunk.span.overlaps(table.span)]
    assert len(holding) > 2
    for row in table.rows:
        assert sum(chunk.span.contains(row.span) for chunk in chunks) == 1
    for chunk in holding[1:]:
        text = embedded_text(given, chunk)
        assert "表1 各市床位情况\n城市" not in chunk.span.of(given.text)
        assert "表1 各市床位情况\n床位（张） 护理员（人）\n" in text


def test_heads_broken_by_print_are_readable_in_what_is_embedded():
    text = "城市\t研发投\n入强度\n甲市\t1.8"
    from policy_qa.types import Cell, Head, Row

    heads = ((Head("城市", (Span(0, 2),), 0), Head("研发投入强度", (Span(3, 6), Span(7, 10)), 1)),)
    row = Row(Span(11, 17), ("甲市",), (Span(11, 13),))
    cell = Cell(0, 1, ("甲市",), ("研发投入强度",), "%", "1.8", Span(14, 17))
    table = Table(Span(0, 17), (), None, None, heads, (row,), (cell,))
    given = Document("表.txt", "", text, (table,), (), DocumentMeta("样本", None), LineMap(()))
    said = embedded_text(given, Chunk(given.id, Span(0, 17), ()))
    assert "研发投入强度\n单位：%\n" in said


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(2, 30),
    size=st.integers(80, 300),
    note=st.sampled_from(["注：甲。", "注：" + SENTENCE * 3]),
)
def test_tables_leave_the_invariants_of_chunks(segmenter, rows, size, note):
    given = tabled(rows, note=note)
    chunks = chunk_document(given, segmenter, size_chars=size, overlap_chars=size // 4)
    held = {place for chunk in chunks for place in range(chunk.span.start, chunk.span.end)}
    assert {place for place, letter in enumerate(given.text) if not letter.isspace()} <= held
    edges = {edge for chunk in chunks for edge in (chunk.span.start, chunk.span.end)}
    assert not [
        row for row in table_of(given).rows if any(row.span.start < edge < row.span.end for edge in edges)
    ]
    assert all(len(chunk.span) <= size for chunk in chunks)
