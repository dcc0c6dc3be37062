"""Questions whether sources agree: what is left when the words that ask so are taken out."""

from __future__ import annotations

import pytest

from policy_qa.language.agreement import asks_agreement, without_request


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("荆州2018年人口，各处的数一致吗，分别是多少？", "荆州2018年人口，是多少"),
        ("荆州2018年的人口，两份研究里的数怎么不同，各是多少", "荆州2018年的人口，是多少"),
        ("荆州有几家医院？材料里好像有两个数", "荆州有几家医院"),
        ("荆州2018年人口到底是哪个数？", "荆州2018年人口是多少"),
        ("2018年荆州人口是多少，有没有不同说法？", "2018年荆州人口是多少"),
        ("不同材料对2018年荆州人口的说法一致吗", "2018年荆州人口是多少"),
        ("为什么两份报告里荆州2018年人口的数不一样？", "荆州2018年人口是多少"),
        ("荆州2018年的人口，两份报告对不上，哪个准？", "荆州2018年的人口是多少"),
        ("荆州的医院数各处写的不一样，哪个对", "荆州的医院数是多少"),
        ("荆州2018年人口，几处说法都列出来", "荆州2018年人口是多少"),
        ("荆州2018年人口以哪个为准？", "荆州2018年人口是多少"),
        ("荆州的人口各家材料说的一样不？", "荆州的人口是多少"),
        ("荆州的人口几份材料里一样不一样", "荆州的人口是多少"),
        ("荆州有几家医院？材料里4家、5家都有，怎么回事", "荆州有几家医院"),
        ("2018年荆州的绿化率是41%还是42.5%？", "2018年荆州的绿化率是多少"),
        ("一份材料说荆州的绿化率是41%，另一份说42.5%，哪个对", "荆州的绿化率是多少"),
        ("甲报告写荆州2018年人口560万人，乙报告写572万人，信谁的", "荆州2018年人口是多少"),
        ("荆州的绿化率有的写41%，有的写42.5%，怎么回事？", "荆州的绿化率是多少"),
    ],
)
def test_the_plain_question_is_left(question: str, plain: str) -> None:
    assert without_request(question) == plain
    assert asks_agreement(question)


@pytest.mark.parametrize(
    "question",
    [
        "荆州和宜昌的产业结构有什么不同",
        "三个城市的工业结构一样吗",
        "几个城市的人口各是多少",
        "合计数和各分项对得上吗",
        "表5的标题和内容一致吗",
        "报告里的数字有没有矛盾",
        "这两个数怎么不一样",
        "供水人口是哪个口径？",
        "2018年、2019年都有多少床位",
        "绿化率最高的是哪个城市？",
        "荆州的医院是2018年还是2019年建的",
        "",
    ],
)
def test_other_questions_are_left_as_they_are(question: str) -> None:
    assert without_request(question) == question
