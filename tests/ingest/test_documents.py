from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import check_nothing_lost, source

from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import find_sources, read_source
from policy_qa.types import Heading, SourceFile

BODY = "近年来，全市研发投入持续增长，占地区生产总值的比重达到1.8%。"


def check_document(given_source, document):
    check_nothing_lost(given_source, document.text, document.line_map, document.set_aside)
    assert document.meta.title.strip()
    if document.meta.title_span is not None:
        assert document.meta.title_span.of(document.text) == document.meta.title
    end = 0
    for block in document.blocks:
        assert not document.text[end : block.span.start].strip()
        end = block.span.end
    assert not document.text[end:].strip()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# 某市创新研究 #\n\n{BODY}", "某市创新研究"),
        (f"## 前言\n{BODY}\n# 某市创新研究\n{BODY}", "某市创新研究"),
        (f"某市创新发展报告\n某市课题组\n{BODY}", "某市创新发展报告"),
        (f"某某办公室文件\n关于支持企业创新的若干意见（试行）\n{BODY}", "关于支持企业创新的若干意见（试行）"),
        (f"《某市“十四五”规划》\n{BODY}", "《某市“十四五”规划》"),
        (f"某市投入情况\n{BODY}\n{BODY}", "某市投入情况"),
        (f"{BODY}\n一、投入现状\n{BODY}", "投入现状"),
        (
            f"{BODY}\n某市与邻市发展路径对比研究\n●某市课题组\n一、投入现状\n{BODY}",
            "某市与邻市发展路径对比研究",
        ),
        (f"{BODY}\n{BODY}", "近年来，全市研发投入持续增长，占地区生产总值的比重达到1.8%"),
        ("12.5\t13.1\t14\n1\t2\t3", "样本"),
    ],
)
def test_titles_that_stand_in_the_text(text, title):
    document = read_document(source(text))
    assert document.meta.title == title
    check_document(source(text), document)
    assert (document.meta.title_span is None) == (title == "样本")


def test_a_long_first_sentence_gives_a_title_of_whole_clauses():
    sentence = "全市上下认真落实各项部署，坚持稳中求进，统筹推进改革发展稳定各项工作，经济运行总体平稳，质量稳步提高，成效好于预期。"
    assert read_document(source(sentence + "\n" + BODY)).meta.title == (
        "全市上下认真落实各项部署，坚持稳中求进，统筹推进改革发展稳定各项工作"
    )


def test_a_title_line_heads_the_paths_below_it():
    document = read_document(source(f"某市创新报告\n引言，说明背景。\n一、投入\n{BODY}\n二、产出\n{BODY}"))
    assert [block.heading_path for block in document.blocks if isinstance(block, Heading)] == [
        ("某市创新报告",),
        ("某市创新报告", "一、投入"),
        ("某市创新报告", "二、产出"),
    ]
    assert document.blocks[1].heading_path == ("某市创新报告",)


def test_a_title_in_the_middle_of_the_text_heads_nothing():
    document = read_document(source(f"{BODY}\n一、投入\n某市与邻市对比研究\n●课题组\n{BODY}"))
    assert document.blocks[-1].heading_path == ("一、投入",)


def test_a_given_title_and_date_are_kept_and_the_text_stays_as_it_is():
    text = "短行开头\r\n## 一、投入\r\n" + BODY
    given_source = SourceFile(
        "a", "0" * 64, text, "utf-8", verbatim=True, title=" 某通知 ", issued_on=date(2022, 3, 1)
    )
    document = read_document(given_source)
    assert (document.meta.title, document.meta.title_span) == ("某通知", None)
    assert document.meta.issued_on == date(2022, 3, 1)
    assert document.text == text
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Heading", "Paragraph"]
    assert document.blocks[2].heading_path == ("一、投入",)
    check_document(given_source, document)


def test_a_document_has_the_same_id_on_every_reading_and_another_for_another_text():
    assert read_document(source(BODY)).id == read_document(source(BODY + "\r\n")).id
    assert read_document(source(BODY)).id != read_document(source(BODY + "。")).id


@given(st.text(min_size=1).filter(str.strip), st.booleans())
def test_any_text_is_read(text, verbatim):
    given_source = source(text, verbatim=verbatim)
    check_document(given_source, read_document(given_source))


def check_folder(folder):
    listing = find_sources(folder)
    assert listing.sources
    assert listing.errors == ()
    for found in listing.sources:
        given_source = read_source(found)
        check_document(given_source, read_document(given_source))


def test_the_corpus_is_read(root):
    check_folder(root / "corpus")


@pytest.mark.parametrize("folder", ["sources", "reports"])
def test_real_reports_are_read(shared, folder):
    check_folder(shared / folder)


def test_a_marked_title_in_the_middle_with_its_byline_does_not_end_the_section_around_it():
    text = f"## 一、家底\n{BODY}\n# 某市发展对照（示例）\n●示例编写组\n## （二）产出\n{BODY}"
    document = read_document(source(text))
    assert document.meta.title == "某市发展对照（示例）"
    assert [span.of(document.text) for span in document.meta.bylines] == ["●示例编写组"]
    assert [block.heading_path for block in document.blocks if isinstance(block, Heading)] == [
        ("一、家底",),
        ("某市发展对照（示例）",),
        ("一、家底", "（二）产出"),
    ]


def test_all_lines_of_those_who_wrote_it_are_bylines():
    members = [
        "课题组组长：张三（某市市长）",
        "李四四（某市副市长）",
        "课题组成员：王五 赵六六",
        "执笔：王五",
        "编辑：钱七",
    ]
    document = read_document(source("\n".join([f"某市创新报告\n{BODY}", *members])))
    assert [span.of(document.text) for span in document.meta.bylines] == members


def test_a_document_is_about_the_place_of_its_title_unless_someone_says_otherwise():
    text = f"桂林市工业简报\n{BODY}"
    assert read_document(source(text)).meta.home_place == "桂林市"
    assert read_document(source(text), home_place="柳州市").meta.home_place == "柳州市"
    assert read_document(source(f"某市工业简报\n{BODY}")).meta.home_place is None
    verbatim = SourceFile("7", "", "柳州增长。", "utf-8", verbatim=True, title="北京市朝阳区简报")
    assert read_document(verbatim).meta.home_place == "北京市朝阳区"
