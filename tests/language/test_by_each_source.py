"""Requests to compute by the numbers of each source are told from what is to be computed."""

import pytest

from policy_qa.language.telling_words import without_by_source


@pytest.mark.parametrize(
    "how",
    [
        "用报告正文的比例算一遍，再用表2的数算一遍，结果各是多少？差别是不是四舍五入造成的？",
        "拿报告算和拿报告算，领先的幅度一样大吗",
        "2018年的数分别取报告表2和报告表7来算",
        "宜昌的数有599、600两说，各按一说算算，结论会不会变。",
        "如果各报告的数不一，请都算出来。",
        "报告有一套数，报告表7又是一套，请各算一个差",
        "按两份报告各自的数字分别计算",
        "照正文算是多少，照表3算又是多少",
        "请按每份报告的数各算一遍",
    ],
)
def test_what_only_says_by_which_numbers_is_cut(how: str) -> None:
    asked = "2018年宜昌绿化率比荆州高多少？"
    assert without_by_source(f"{asked}{how}").rstrip("？") == asked.rstrip("？")


@pytest.mark.parametrize(
    "question",
    [
        "宜昌各县医院数合计多少？请按表2的数计算",
        "按表2计算，宜昌2020年绿化率比荆州高多少",
        "报告说宜昌占比7.1%，按表2和表3的数算一下对不对",
        "两份报告的宜昌人口数加起来是多少",
        "宜昌2020年绿化率，正文和表2的说法是否一致？",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert without_by_source(question) == question


@pytest.mark.parametrize(
    "how", ["用报告的数。", "2018年的数用报告。", "数据取自报告。", "以报告为准。", "（数据用报告）"]
)
def test_what_only_says_to_use_the_report_that_is_named_is_cut(how: str) -> None:
    asked = "2018年宜昌绿化率比荆州高多少？"
    assert without_by_source(f"{asked}{how}", is_named=True).rstrip("？") == asked.rstrip("？")


@pytest.mark.parametrize("question", ["宜昌有几家医院？请按表2的数计算", "报告里宜昌有几家医院，报告怎么说"])
def test_what_says_where_in_it_stays(question: str) -> None:
    assert without_by_source(question, is_named=True) == question
