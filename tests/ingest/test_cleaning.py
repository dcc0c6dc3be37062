from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SENTENCES, check_nothing_lost, source, wrap

from policy_qa.ingest.cleaning import clean, find_joint
from policy_qa.ingest.documents import read_document
from policy_qa.types import Caption, Paragraph, Span


def cleaned_lines(text: str) -> list[str]:
    return clean(source(text)).text.split("\n")


PARAGRAPHS = [
    "".join(SENTENCES[i] for i in order)
    for order in ((0, 1, 2, 3), (4, 2, 7), (3, 0, 5, 1, 7), (1, 2, 0), (7, 4, 3, 2))
]


# --- Un-wrapping ----------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [30, 44, 62, 76])
@pytest.mark.parametrize("blank", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r"])
def test_wrapped_paragraphs_with_headings_between_are_whole_again(columns, blank):
    printed, whole = [], []
    for number, paragraph in enumerate(PARAGRAPHS, start=1):
        heading = f"{'一二三四五'[number - 1]}、第{number}项"
        printed += [heading, *wrap(paragraph, columns, indent=4)]
        whole += [heading, paragraph]
    assert cleaned_lines(blank.join(printed)) == whole


def test_paragraphs_told_by_their_indent_are_whole_again():
    printed = []
    for paragraph in PARAGRAPHS:
        first, *rest = wrap(paragraph, 60, indent=4)
        printed += ["\u3000\u3000" + first, *rest]
    assert cleaned_lines("\n".join(printed)) == PARAGRAPHS


def test_paragraphs_parted_by_blank_lines_are_whole_again():
    printed = "\n\n".join("\n".join(wrap(paragraph, 60)) for paragraph in PARAGRAPHS)
    assert cleaned_lines(printed) == PARAGRAPHS


def test_a_blank_line_inside_a_sentence_of_a_wrapped_text_parts_nothing():
    lines = wrap(PARAGRAPHS[2], 44, indent=4)
    printed = "\n".join(["\n".join(wrap(PARAGRAPHS[0], 44, indent=4)), "", *lines[:2], "", *lines[2:]])
    assert lines[1][-1] not in "。！？"
    assert cleaned_lines(printed)[-1] == PARAGRAPHS[2]


def test_a_heading_that_runs_over_is_whole_and_takes_no_text():
    heading = "（一）把培育壮大新兴产业作为实现全面协调发展的主攻方向"
    body = [line for paragraph in PARAGRAPHS for line in wrap(paragraph, 44, indent=4)]
    lines = cleaned_lines(
        "\n\n".join([*body, *wrap(heading, 44, indent=4), *wrap(PARAGRAPHS[0], 44, indent=4)])
    )
    assert lines[-2:] == [heading, PARAGRAPHS[0]]


def test_rows_captions_and_notes_are_not_glued_to_sentences():
    body = wrap(PARAGRAPHS[2], 44, indent=4)
    apart = [
        "表1：各市投入情况（亿元）",
        "城市 2019年 2020年 2021年",
        "甲市 10.5 11.2 12.8",
        "乙市 ---- 9.7 10.1",
    ]
    apart += ["注：按当年价格计算。", "图2 近年走势", "城市\t投入\t强度"]
    printed = [
        *wrap(PARAGRAPHS[0], 44, indent=4),
        *body[:3],
        *apart,
        *body[3:],
        *wrap(PARAGRAPHS[3], 44, indent=4),
    ]
    lines = cleaned_lines("\n\n".join(printed))
    assert [line for line in lines if line in apart] == apart
    assert lines[:2] == [PARAGRAPHS[0], PARAGRAPHS[2]]


def test_full_rows_and_captions_are_not_glued_to_sentences():
    body = wrap(PARAGRAPHS[2], 44, indent=4)
    apart = [
        "表1：2020年各县区全社会研发经费投入对照",
        "指标名称 单位 甲市 乙市 丙市 丁市 戊市 己市 庚市",
        "注：乙市数据为初步统计，丙市数据不含所辖各县。",
    ]
    printed = [
        *wrap(PARAGRAPHS[0], 44, indent=4),
        *body[:3],
        *apart,
        *body[3:],
        *wrap(PARAGRAPHS[3], 44, indent=4),
    ]
    lines = cleaned_lines("\n\n".join(printed))
    assert lines[1:5] == [PARAGRAPHS[2], *apart]


FULL_LAST_LINE = (
    "统筹安排各类资金用于技术改造并且逐年" + "加大投入的力度并与邻近地区协同推进各项。"
)  # 18 + 20 characters


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_paragraph_whose_last_line_is_full_ends_where_the_next_line_is_indented(blank):
    printed = []
    for paragraph in PARAGRAPHS:
        printed += ["一、任务", *wrap(FULL_LAST_LINE, 40, indent=4), *wrap(paragraph, 40, indent=4)]
    assert cleaned_lines(blank.join(printed)) == [
        line for paragraph in PARAGRAPHS for line in ("一、任务", FULL_LAST_LINE, paragraph)
    ]


def test_a_paragraph_whose_last_line_is_full_ends_at_a_blank_line():
    full = FULL_LAST_LINE[:18] + "协同" + FULL_LAST_LINE[18:]
    assert [len(line) for line in wrap(full, 40)] == [20, 20]
    paragraphs = [full, *PARAGRAPHS]
    assert cleaned_lines("\n\n".join("\n".join(wrap(text, 40)) for text in paragraphs)) == paragraphs


def test_one_paragraph_a_line_stays_so():
    text = ["某市工作报告", "各位代表：", *PARAGRAPHS, "一、去年工作", *PARAGRAPHS, "谢谢大家"]
    assert cleaned_lines("\n".join(text)) == text


def test_short_lines_stay_apart():
    text = ["名单", "甲某某", "乙某某", "联系人：丙", "电话：12345"]
    assert cleaned_lines("\n".join(text)) == text


def test_a_sentence_cut_by_a_page_is_whole_again_where_paragraphs_end_with_their_sentence():
    cut = PARAGRAPHS[2].index("统筹") if "统筹" in PARAGRAPHS[2] else 70
    text = [*PARAGRAPHS[:2], PARAGRAPHS[2][:cut], "", PARAGRAPHS[2][cut:], *PARAGRAPHS[3:]]
    assert cleaned_lines("\n".join(text)) == PARAGRAPHS


def test_a_title_on_lines_of_its_own_goes_back_into_its_sentence():
    text = "我们印发了《\n\n科技创新若干措施\n\n》，得到企业欢迎。"
    assert cleaned_lines(text) == ["我们印发了《", "科技创新若干措施》，得到企业欢迎。"]
    assert cleaned_lines("今年以来，" + text) == ["今年以来，我们印发了《科技创新若干措施》，得到企业欢迎。"]


def test_english_words_are_parted_by_a_space_and_han_characters_by_none():
    english = "The city has raised its spending on research and development every year since the plan began, and firms follow. "
    words = (english * 3).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) >= 60:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    assert cleaned_lines("\n".join([*lines, line])) == [" ".join(words)]


@pytest.mark.parametrize(
    ("before", "after", "joint"),
    [
        ("研发", "投入", ""),
        ("research", "and", " "),
        ("2019-", "2020年", ""),
        ("增长3.", "5%", ""),
        ("以GDP", "为准", ""),
        ("R&D", "经费", ""),
        ("grew,", "then", " "),
        ("达12", "34家", " "),
        ("见图", "1", ""),
    ],
)
def test_joints(before, after, joint):
    assert find_joint(before, after) == joint


# --- What is taken out, and what is not -----------------------------------------------------------


def test_heading_marks_are_set_aside_and_their_levels_kept():
    cleaned = clean(source("# 总论\n\n###  一、现状 ##\n#不是标题\n正文 # 号。\n"))
    assert cleaned.text == "总论\n一、现状\n#不是标题\n正文 # 号。"
    assert [(aside.kind, aside.text) for aside in cleaned.set_aside] == [
        ("heading mark", "#"),
        ("heading mark", "###"),
        ("heading mark", "##"),
    ]
    assert cleaned.heading_levels == {0: 1, 3: 3}


def test_a_byte_order_mark_and_zero_width_characters_are_set_aside():
    given_source = source("\ufeff甲\u200b乙\n\u200b\n\u200b丙。\u2060\n")
    cleaned = clean(given_source)
    assert cleaned.text == "甲乙\n丙。"
    assert [aside.kind for aside in cleaned.set_aside] == ["byte order mark"] + ["invisible character"] * 4
    check_nothing_lost(given_source, cleaned.text, cleaned.line_map, cleaned.set_aside)


def test_characters_stay_as_they_are():
    text = "ＧＤＰ增长１０．５％（全\u3000口径），“十四五” 'a'…"
    assert clean(source(text)).text == text


def test_a_form_feed_ends_a_line_but_not_its_number():
    runs = clean(source("甲。\f乙。\n丙。")).line_map.runs
    assert [run.line for run in runs] == [1, 1, 2]


def test_the_line_map_leads_back_to_the_lines_of_the_file():
    printed = "\r\n\r\n".join(line for text in PARAGRAPHS for line in wrap(text, 44, indent=4))
    given_source = source(printed)
    cleaned = clean(given_source)
    start = cleaned.text.index(PARAGRAPHS[1])
    segments = cleaned.line_map.segments(cleaned.text, Span(start, start + len(PARAGRAPHS[1])))
    assert "".join(segment.text for segment in segments) == PARAGRAPHS[1]
    file_lines = printed.split("\r\n")
    assert all(file_lines[segment.line - 1] == segment.text for segment in segments)


def test_a_verbatim_text_is_not_changed_by_a_character():
    text = "\ufeff# 题\r\n\r\n被切断\n的行 \r接着\f写。\u3000\n"
    given_source = source(text, verbatim=True)
    cleaned = clean(given_source)
    assert cleaned.text == text
    assert cleaned.set_aside == ()
    assert [run.line for run in cleaned.line_map.runs] == [1, 3, 4, 5, 5]
    check_nothing_lost(given_source, cleaned.text, cleaned.line_map, cleaned.set_aside)


# --- Invariant 4 ----------------------------------------------------------------------------------

LINE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "## ",
            "# 题 #",
            "一、总论",
            "（二）目标",
            "表1 投入",
            "- 项",
            "城市\t1\t2",
            "|a|b|",
            "甲 1 2 3 4",
            "\ufeff",
            "　　",
        ]
    ),
    st.sampled_from([line for text in PARAGRAPHS for line in wrap(text, 44, indent=4)]),
)
END = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\f",
        "\u2028",
        "\n\u3000\u3000",
        " \n ",
        "\n\u200b\n",
        "\n## ",
        "\x85",
        "\x1c",
    ]
)
TEXTS = st.lists(st.tuples(LINE, END), max_size=30).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


@given(TEXTS | st.text())
@settings(max_examples=300)
def test_nothing_is_lost(text):
    given_source = source(text)
    cleaned = clean(given_source)
    check_nothing_lost(given_source, cleaned.text, cleaned.line_map, cleaned.set_aside)
    assert all(place in {run.span.start for run in cleaned.line_map.runs} for place in cleaned.heading_levels)


@given(TEXTS | st.text())
def test_nothing_is_lost_of_a_verbatim_text(text):
    given_source = source(text, verbatim=True)
    cleaned = clean(given_source)
    assert cleaned.text == text
    check_nothing_lost(given_source, text, cleaned.line_map, ())


def check_files(folder: Path) -> None:
    paths = sorted([*folder.glob("*.txt"), *folder.glob("*.md")])
    assert paths
    for path in paths:
        raw = path.read_bytes()
        try:
            given_source = source(raw.decode("utf-8"))
        except UnicodeDecodeError:
            given_source = source(raw.decode("gb18030"))
        cleaned = clean(given_source)
        check_nothing_lost(given_source, cleaned.text, cleaned.line_map, cleaned.set_aside)


def test_nothing_of_the_corpus_is_lost(root):
    check_files(root / "corpus")


@pytest.mark.parametrize("folder", ["sources", "reports"])
def test_nothing_of_real_reports_is_lost(shared, folder):
    check_files(shared / folder)


def test_what_markdown_calls_an_image_by_is_a_caption_without_data():
    given = source(
        "## 一、结构\n工业结构见下图。\n\n![2022年工业结构](images/fig1.png)\n\n![](x.png)\n\n结构趋于优化。"
    )
    document = read_document(given)
    check_nothing_lost(given, document.text, document.line_map, document.set_aside)
    (caption,) = [block for block in document.blocks if isinstance(block, Caption)]
    assert (caption.span.of(document.text), caption.has_data) == ("2022年工业结构", False)
    assert [aside.text for aside in document.set_aside if aside.kind == "markup"] == [
        "![", "](images/fig1.png)", "![", "](x.png)",
    ]  # fmt: skip


def test_rows_that_no_table_takes_say_why_they_are_text():
    document = read_document(source(f"{PARAGRAPHS[0]}\n甲市 12 13 14 15\n乙市 22 23 24 25\n{PARAGRAPHS[1]}"))
    (rows,) = [block for block in document.blocks if isinstance(block, Paragraph) and block.unread]
    assert rows.span.of(document.text) == "甲市 12 13 14 15\n乙市 22 23 24 25"
