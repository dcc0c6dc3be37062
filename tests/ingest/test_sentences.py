import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.ingest.sentences import enclosures, split_clauses, split_sentences
from policy_qa.language.quantities import find_quantities
from policy_qa.types import Span


def sentences(text):
    return [span.of(text) for span in split_sentences(text)]


def clauses(text):
    return [span.of(text) for span in split_clauses(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "expected",
    [
        ["增速为5.2%。", "投入强度为1.8%；", "稳中有进！", "下一步怎么办？", "尚无结论……", "完"],
        ["他说：“先稳住。再提高。”", "会议随后结束。"],
        ["印发《怎么看？怎么办？》一书。", "《意见》要求落实。"],
        ["完善政策（含补贴。含贴息。）的安排。", "另行通知。"],
        ["（详见附件。）", "各部门落实。"],
        ["“十四五”期间，增长3.5倍。", "“好！”"],
        ["“为什么慢？”的问题要回答。", "1.机遇。", "No. 1 version.", "Next one"],
        ["见http://a.example/?b=1;c=2。", "比例为3：7。"],
        ["同心协力!", "行吗?", "行."],
        ["他问“行不行？”，无人回答。"],
        ["这样说“甲（乙。丙）丁。戊”己。", "庚。"],
        ['他说"先稳。后进。"', "会议结束。"],
    ],
)
def test_sentences_end_where_they_should(expected):
    text = "".join(expected)
    if "version." in text:
        text = text.replace("version.Next", "version. Next")
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“先稳住。再提高。", ["“先稳住。", "再提高。"]),
        ("一带一路”建设。下一步。", ["一带一路”建设。", "下一步。"]),
        ("“甲。\n乙。”丙", ["“甲。", "乙。”", "丙"]),
        ("1）甲。2）乙。", ["1）甲。", "2）乙。"]),
        ("“甲。“乙。丙”丁。", ["“甲。", "“乙。丙”丁。"]),
        ('"甲。乙', ['"甲。', "乙"]),
        ('"甲。乙"丙。丁"', ['"甲。', '乙"丙。', '丁"']),
    ],
)
def test_an_open_quotation_or_bracket_protects_nothing(text, expected):
    assert sentences(text) == expected


def test_a_line_end_ends_a_sentence_and_spans_are_trimmed():
    text = "  一、概况 \r\n\n　增长。 \u2028 下降 "
    assert sentences(text) == ["一、概况", "增长。", "下降"]


def test_a_row_of_a_table_is_one_sentence():
    text = "指标\t甲。乙；\t丙\n| 一。 | 二； |\n某市 3.5 4.5 --"
    assert sentences(text) == text.split("\n")


def test_a_long_paragraph_with_tabs_is_no_row():
    assert sentences("\t".join(["增长较快。" * 60, "下降。", "持平。"]))[:2] == ["增长较快。"] * 2


def test_only_the_given_range_is_split():
    text = "甲。乙丙。丁。"
    assert [span.of(text) for span in split_sentences(text, start=3, end=6)] == ["丙。", "丁"]
    assert split_sentences("", start=0, end=0) == split_sentences(" \n ") == []


def test_clauses_end_at_commas_and_colons_outside_numbers_and_enclosures():
    assert clauses("2020年，共1，234.5万户，其中：城镇（含县城，下同）占3：7，“甲，乙”除外。") == [
        "2020年，",
        "共1，234.5万户，",
        "其中：",
        "城镇（含县城，下同）占3：7，",
        "“甲，乙”除外。",
    ]


def test_enclosures_are_the_outermost_closed_pairs_up_to_a_length():
    text = "“甲（乙）《丙》丁”（戊"
    whole = Span(0, len(text))
    assert [span.of(text) for span in enclosures(text, whole)] == ["“甲（乙）《丙》丁”"]
    assert [span.of(text) for span in enclosures(text, whole, longest=5)] == ["（乙）", "《丙》"]


FRAGMENTS = st.sampled_from(
    [
        *"。！？；，：、…“”‘’「」《》（）()\"\n\t 　.;!?的甲乙",
        "增长5.2%", "1,234.5亿元", "１，２３４．５万", "比例3：7", "316.55 亿元", "《办法（试行。）》", "“稳。进！”", "……", "GDP", "2020年5月3日", "\r\n", "二〇二〇年",
    ]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=50).map("".join) | st.text(max_size=60)


def check_cover(text, spans, start, end):
    last = start
    for span in spans:
        assert not text[last : span.start].strip()
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()
        last = span.end
    assert not text[last:end].strip()


def check_edges(text, spans):
    edges = {edge for span in spans for edge in (span.start, span.end)}
    protected = [Span(*match.span()) for match in re.finditer("《[^《》\n\r\t|]*》", text)] + find_quantities(
        text
    )
    for guarded in protected:
        line = re.split("[\n\r]", text[: guarded.start])[-1] + re.split("[\n\r]", text[guarded.start :])[0]
        if not set('“”‘’「」（）()"') & set(line):  # crossing pairs are another test
            assert not any(guarded.start < edge < guarded.end for edge in edges), (text, guarded.of(text))


@given(TEXTS)
def test_sentences_and_clauses_cover_the_text_and_cut_nothing_whole(text):
    found = split_sentences(text)
    check_cover(text, found, 0, len(text))
    check_edges(text, found)
    for sentence in found:
        parts = split_clauses(text, sentence)
        check_cover(text, parts, sentence.start, sentence.end)
        check_edges(text, parts)
    for quantity in find_quantities(text):
        assert not any(
            quantity.start < edge < quantity.end for span in found for edge in (span.start, span.end)
        )


@given(TEXTS)
def test_splitting_a_sentence_again_changes_nothing(text):
    if text.count('"') % 2 == 0:
        for sentence in split_sentences(text):
            assert split_sentences(text, start=sentence.start, end=sentence.end) == [sentence]


@pytest.mark.parametrize(
    "piece", ["甲", "“", "”", "“”", "（“”", "。", "，", " ", "。 ", "1", "1，", "…", '"', "《", "a.", ";"]
)
def test_long_runs_are_covered(piece):
    text = piece * 50_000
    check_cover(text, split_sentences(text), 0, len(text))
    check_cover(text, split_clauses(text, Span(0, len(text))), 0, len(text))
