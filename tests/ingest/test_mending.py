import pytest
from reading import SENTENCES, check_nothing_lost, source, wrap

from policy_qa.ingest.cleaning import clean

FIRST = "".join(SENTENCES[:4])
SECOND = "".join(SENTENCES[4:8])
TABLE = ["城市\t家数\t排名", "甲市\t12\t1", "乙市\t10\t2", "丙市\t9\t3"]


def cleaned_lines(text: str) -> list[str]:
    given = source(text)
    cleaned = clean(given)
    check_nothing_lost(given, cleaned.text, cleaned.line_map, cleaned.set_aside)
    return cleaned.text.split("\n")


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_caption_a_table_and_its_note_that_cut_a_wrapped_sentence_stand_behind_it(blank):
    lines = [*wrap(FIRST, 44, indent=4), *wrap(SECOND, 44, indent=4)]
    assert lines[1][-1] not in "。！？"
    between = ["表1：创新平台家数", *TABLE, "注：丙市为初步数。"]
    assert cleaned_lines(blank.join([*lines[:2], *between, *lines[2:]])) == [FIRST, *between, SECOND]


def test_what_stands_between_whole_paragraphs_stays_there():
    between = ["表1：创新平台家数", *TABLE]
    assert cleaned_lines("\n".join([FIRST, *between, SECOND])) == [FIRST, *between, SECOND]


def test_a_caption_that_cuts_a_sentence_of_a_text_that_is_not_wrapped_stands_behind_it():
    text = "\n".join([FIRST, SECOND[:40], "图2 家数变化", SECOND[40:], FIRST])
    assert SECOND[39] not in "。！？；："
    assert "，" in SECOND[:40]
    assert cleaned_lines(text) == [FIRST, SECOND, "图2 家数变化", FIRST]


def test_the_text_below_a_heading_is_not_the_rest_of_the_sentence_above_it():
    cut = SECOND[:40]
    text = "\n".join([FIRST, cut, "图2 家数变化", "二、措施", FIRST])
    assert cleaned_lines(text) == [FIRST, cut, "图2 家数变化", "二、措施", FIRST]


def test_sentences_of_a_scrambled_page_find_their_rests():
    known = "过去曾出现下滑。产业之间差距扩大。"
    one, two = "与以往不同，去年以来全市出", "总体看，各项排名均处于第十五位之"
    lines = [known, FIRST, two, "图1 排名", "现的波动源自外部，也有内因。", "一、现状", one]
    lines += ["图2 走势", "间，优势不算明显，短板突出。", FIRST]
    assert cleaned_lines("\n".join(lines)) == [
        known,
        FIRST,
        two + "间，优势不算明显，短板突出。",
        "图1 排名",
        "一、现状",
        one + "现的波动源自外部，也有内因。",
        "图2 走势",
        FIRST,
    ]


def test_one_sentence_alone_does_not_look_for_a_rest_elsewhere():
    known = "过去曾出现下滑。"
    lines = [known, "与以往不同，去年以来全市出", "图1 走势", "色完成任务，增长较快。", FIRST]
    assert cleaned_lines("\n".join(lines))[1] == "与以往不同，去年以来全市出色完成任务，增长较快。"


def test_names_of_members_on_several_lines_are_one_list_parted_by_spaces():
    lines = [
        FIRST,
        "课题组组长：张　三",
        "课 题 组 成 员：李四四　王　五",
        "\u3000\u3000\u3000\u3000赵六六　钱　七",
        "孙八八",
    ]
    assert cleaned_lines("\n\n".join(lines)) == [
        FIRST,
        "课题组组长：张　三",
        "课 题 组 成 员：李四四　王　五 赵六六　钱　七 孙八八",
    ]


def test_a_footnote_that_cuts_a_sentence_stands_behind_it():
    lines = [*wrap(FIRST, 44, indent=4), *wrap(SECOND, 44, indent=4)]
    assert lines[1][-1] not in "。！？"
    note = "① 数据来源：某市统计年鉴，第56页。"
    assert cleaned_lines("\n\n".join([*lines[:2], note, *lines[2:]])) == [FIRST, note, SECOND]


def test_what_each_speaker_says_is_a_paragraph():
    said = ["罗某某：" + FIRST, "谢某：" + SECOND, "何某某：" + FIRST]
    printed = [line for paragraph in said for line in wrap(paragraph, 44)]
    assert cleaned_lines("\n".join(printed)) == said
