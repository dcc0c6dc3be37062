"""Where data come from, and who stands behind whom in a list of authors."""

from __future__ import annotations

import pytest
from small_reports import asked, weight

from policy_qa.answering.imprint import authors_of, source_of_data

REPORT = """# 三县渔业比较

## 一、渔船

表1 各县渔船数量
县名\t渔船（艘）
甲县\t120
乙县\t98

数据来源：渔政站、港务处

## 二、码头

表2 各县码头长度
县名\t长度（米）
甲县\t800
乙县\t650

资料来源：县志

课题组组长：张三（县委书记）

李四（县长）

课题副组长：王五

课题组成员：赵六
"""


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("各县渔船数量那张表，数据取自哪几家？", "数据来源：渔政站、港务处"),
        ("码头长度的表，资料来源写的是什么？", "资料来源：县志"),
        ("甲县的渔船有多少艘？", None),
        ("粮食产量那张表的数据来源是哪里？", None),
    ],
)
def test_the_line_below_the_table_that_is_meant(question: str, line: str | None) -> None:
    found = asked(question, REPORT)
    source = source_of_data(found.query, found.evidence, weight)
    told = None if source is None else [span.of(source[0].text) for span in source[1]]
    assert told == (None if line is None else [line])


def test_a_second_name_below_a_role_is_of_that_role() -> None:
    found = asked("《三县渔业比较》的课题组组长是谁？", REPORT)
    authors = authors_of(found.query, found.evidence, weight)
    assert authors is not None
    document, lines = authors
    assert [line.of(document.text) for line in lines] == ["课题组组长：张三（县委书记）", "李四（县长）"]
