import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.ingest.blocks import find_blocks
from policy_qa.ingest.lines import find_mark, is_table_line
from policy_qa.types import Caption, Heading, ListItem, Paragraph

BODY = "这一部分的内容写在这里，说明投入比上年增长了5.2%。"


def outline(text, **given_levels):
    """Kind and path of every block."""
    return [(type(block).__name__, block.heading_path) for block in find_blocks(text, **given_levels)]


def headings(text, **given_levels):
    return [block.heading_path for block in find_blocks(text, **given_levels) if isinstance(block, Heading)]


def with_bodies(*lines):
    return "\n".join(f"{line}\n{BODY}" for line in lines)


def test_numbers_of_every_kind_nest():
    lines = (
        "第一章 总则",
        "第二节 目标",
        "第三条 指标",
        "一、现状",
        "（一）投入",
        "1. 强度",
        "（1）城市",
        "2．规模",
        "(二)产出",
        "第二章 附则",
    )
    assert headings(with_bodies(*lines)) == [
        lines[:1],
        lines[:2],
        lines[:3],
        lines[:4],
        lines[:5],
        lines[:6],
        lines[:7],
        (*lines[:5], "2．规模"),
        (*lines[:4], "(二)产出"),
        ("第二章 附则",),
    ]


def test_levels_may_jump_and_numbers_repeat():
    text = with_bodies("一、甲", "1.乙", "（1）丙", "一、丁", "（1）戊", "三、己", "三、庚")
    paths = headings(text)
    assert paths[4] == ("一、丁", "（1）戊")
    assert paths[5:] == [("三、己",), ("三、庚",)]


def test_decimal_numbers_nest():
    assert headings(with_bodies("1. 总论", "1.1 背景", "1.1.2 方法", "1.2 目标", "2. 分论")) == [
        ("1. 总论",),
        ("1. 总论", "1.1 背景"),
        ("1. 总论", "1.1 背景", "1.1.2 方法"),
        ("1. 总论", "1.2 目标"),
        ("2. 分论",),
    ]


def test_markdown_marks_give_levels_and_are_not_in_the_path_of_a_verbatim_text():
    text = "# 题\n\n### 深处\n正文。\n## 浅处 ##\n正文。"
    blocks = find_blocks(text)
    assert [(block.level, block.heading_path) for block in blocks if isinstance(block, Heading)] == [
        (1, ("题",)),
        (3, ("题", "深处")),
        (2, ("题", "浅处")),
    ]
    assert blocks[1].span.of(text) == "### 深处"


def test_given_levels_make_headings_and_numbers_are_believed_before_marks():
    text = "某市报告\n某课题组\n一、甲\n（一）乙\n1. 丙\n正文。\n（二）丁\n正文。\n二、戊\n正文。"
    marks = {
        line: text.index(line) for line in ("某市报告", "某课题组", "一、甲", "1. 丙", "（二）丁", "二、戊")
    }
    levels = dict(zip(marks.values(), (1, 2, 3, 3, 4, 2), strict=True))
    assert headings(text, heading_levels=levels) == [
        ("某市报告",),
        ("某市报告", "某课题组"),
        ("某市报告", "某课题组", "一、甲"),
        ("某市报告", "某课题组", "一、甲", "（一）乙"),
        ("某市报告", "某课题组", "一、甲", "（一）乙", "1. 丙"),
        ("某市报告", "某课题组", "一、甲", "（二）丁"),
        ("某市报告", "二、戊"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "1.机遇。一是新一轮变革带来新空间。二是政策红利持续释放。",
        "（一）经济运行稳中向好。健全工作机制，加强分析研判，企业信心增强。",
        "一、加快创新。支持企业建设研发机构，推动成果转化，全年新增平台三十家以上。",
        "第五条 各级部门应当按照职责做好工作，并于每年三月底前报送情况。",
        "2020. 5%",
        "2020.5%",
        "12. 5%的企业设有研发机构",
        "3.5亿元用于改造",
        "1.8%的强度低于平均水平",
        "2.1 万户居民受益",
        "三、四线城市人口减少",
        "1、2月份工业增速回落",
        "一、甲市 12.5 13.1 14.0",
        "1. 甲市\t12.5\t13.1",
        "（二）包括以下方面：",
        "（三）具有固定住所；",
        "2020年投入",
        "（2.23%）低于全国",
        "# ",
    ],
)
def test_no_sentence_number_or_row_is_a_heading(line):
    assert headings(f"{line}\n{BODY}") == []


@pytest.mark.parametrize(
    "line",
    [
        "一、2024年工作回顾",
        "1. 2020年情况",
        "1.2020年情况",
        "（一）投入稳步增长。",
        "十二、附则",
        "第十八条",
        "第一部分 总论",
        "**三、要求**",
        "五、怎么办？",
    ],
)
def test_headings(line):
    assert len(headings(f"{line}\n{BODY}")) == 1


def test_a_sentence_with_a_number_heads_only_the_text_right_below_it():
    assert len(headings(f"（1）投入稳步增长。\n图1 近年走势\n{BODY}")) == 1
    assert headings(f"（1）投入稳步增长。\n较快。\n{BODY}") == []


def test_a_numbered_list_with_nothing_between_is_a_list():
    text = f"一、任务\n{BODY}\n1. 建平台\n2. 引人才\n3. 优环境\n二、保障\n{BODY}"
    assert outline(text) == [
        ("Heading", ("一、任务",)),
        ("Paragraph", ("一、任务",)),
        *[("ListItem", ("一、任务",))] * 3,
        ("Heading", ("二、保障",)),
        ("Paragraph", ("二、保障",)),
    ]


@pytest.mark.parametrize(
    "line", ["- 建平台", "* 引人才", "• 优环境", "①投入", "一是优化结构。", "——民生持续改善。", "3）其他"]
)
def test_items(line):
    (block,) = find_blocks(line)
    assert isinstance(block, ListItem)


def test_adjacent_rows_are_one_paragraph():
    text = "下表是各市情况。\n| 城市 | 投入 |\n|---|---|\n| 甲 | 2.5 |\n后文。"
    blocks = find_blocks(text)
    assert [type(block) for block in blocks] == [Paragraph] * 3
    assert blocks[1].span.of(text).count("\n") == 2


def test_a_long_sentence_with_a_heading_mark_is_a_paragraph():
    assert (
        headings(
            "#### 被告：某甲，男，某年某月出生。因涉嫌某事，于某年某月某日被某机关依法传唤，后经批准取保候审至今，本案现已审理终结。"
        )
        == []
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("甲市 10.5 11.2 12.8", True),
        ("指标名称 单位 甲市 乙市", True),
        ("城市    投入    强度", True),
        ("|甲|乙|", True),
        ("一、\t总体要求", False),
        ("全年投入 2.5 亿元，增长 3 倍", False),
        ("The city has raised its spending", False),
        ("研发投入", False),
        ("会议于 2014 年 5 月 12 日召开", False),
    ],
)
def test_rows_of_tables(line, expected):
    assert is_table_line(line) is expected


@pytest.mark.parametrize("line", ["", "一、", "（一）", "1.", "第", "（）", "。"])
def test_a_number_without_words_is_none(line):
    assert find_mark(line) is None


PIECES = st.sampled_from(
    [
        "一、总论",
        "（二）目标",
        "1. 任务",
        "（3）措施",
        "第一章 总则",
        "第二条",
        "# 题",
        "### 深",
        "- 项",
        "2020. 5%",
        "1.1 节",
        "甲 1 2 3 4",
        "|a|b|",
        BODY,
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n", "\n  "]).map(lambda end: end.join(lines))
)


@given(TEXTS | st.text(), st.integers(0, 6))
@settings(max_examples=300)
def test_every_visible_character_is_in_exactly_one_block_and_paths_are_sane(text, level):
    levels = {text.find("目标"): level} if level and "目标" in text else {}
    end = 0
    path = ()
    for block in find_blocks(text, heading_levels=levels):
        assert not text[end : block.span.start].strip()
        assert block.span.of(text) == block.span.of(text).strip() != ""
        end = block.span.end
        if isinstance(block, Heading):
            assert block.heading_path[:-1] == path[: len(block.heading_path) - 1]
            assert block.heading_path[-1] in block.span.of(text)
            assert block.level >= 1
            path = block.heading_path
        assert block.heading_path == path
    assert not text[end:].strip()


def test_the_attachments_a_line_counts_are_no_headings():
    text = f"关于印发方案的通知\n{BODY}\n附件：1.任务分工表\n2.企业名单\n3.进度安排\n{BODY}"
    assert headings(text) == []


@pytest.mark.parametrize("line", ["一、发展基础……………………1", "第一章 发展基础\t2", "（二）主要目标......12"])
def test_lines_of_contents_are_no_headings(line):
    assert headings(f"{line}\n{BODY}") == []


def test_a_heading_that_is_a_sentence_may_head_a_short_paragraph():
    text = "（一）优化产业结构，提高发展质量。\n我们坚持有扶有控，促进结构调整。"
    assert headings(text) == [("（一）优化产业结构，提高发展质量。",)]


@pytest.mark.parametrize(
    "line",
    [
        "表3第（2）列结果显示，系数为0.183，在统计上显著。",
        "附表1列出了各项任务，共42项。",
        "图2，即下图，说明走势。",
    ],
)
def test_a_sentence_that_starts_with_a_table_is_no_caption(line):
    assert not isinstance(find_blocks(line)[0], Caption)


def test_a_row_with_its_unit_and_words_at_its_end_is_no_sentence():
    (row,) = find_blocks("一般公共预算收入增速 % 5.0 6.5 超额完成")
    assert isinstance(row, Paragraph)
    assert row.unread is not None


def test_a_date_parted_by_spaces_is_no_row():
    (date,) = find_blocks("2021 - 12 - 17")
    assert isinstance(date, Paragraph)
    assert date.unread is None
