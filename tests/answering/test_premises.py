"""What a question takes for granted: contradicted by the sources it is said so, borne out it is answered as ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.answering.evidence import gather_evidence
from policy_qa.answering.premises import answer_premise, find_contradiction
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.places import places_called
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Hit, Question, SourceFile, Span
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from pathlib import Path

    from policy_qa.types import Answer

EDUCATION = """# 绵阳市2021年教育事业统计报告

## 一、规模

2021年，全市共有普通高中48所，在校学生9.6万人，比上年增长3.2%。学前教育毛入园率为91.5%，比2020年提高1.3个百分点。

2021年末，全市专任教师5.3万人，与2020年相比没有增加。小学生师比由2016年的19.2下降到2021年的16.8。

## 二、投入

2021年教育经费总投入为142.6亿元，同比下降2.1%，占一般公共预算支出的17.4%。生均公用经费保持了5%以上的年增速。

2019年9月，绵阳入选国家智慧教育示范区。市特殊教育学校早在2015年就建成了。

每十万人口在校大学生数为2860人，在四川排第四位。
"""
WATER = """# 三市水利工作对照

## 一、水资源

2022年，德州人均水资源量为198立方米，聊城为231立方米，滨州为264立方米，三市中最高。德州的用水总量为18.2亿立方米，三市最多。

2022年德州节水灌溉面积同比增长6.4%，聊城节水灌溉面积下降1.8%。滨州有农村集中供水厂37座。

## 二、工程

德州的灌溉水利用系数2018年超过聊城。2022年德州水库蓄水量在山东居第六位，聊城水库蓄水量列第11位。

农村自来水普及率方面，聊城达到98.6%，而德州只有95.2%。
"""
HEALTH = """# 遂宁市卫生健康简报

2020年，全市医疗机构床位为2.31万张，已连续三年减少；2021年床位回升到2.40万张，比上年增长3.9%。

2021年全市孕产妇死亡率有所下降，婴儿死亡率与上年持平。家庭医生签约率的增速回落到4.1%。

2021年，全市三级甲等医院有5家，其中中医医院2家。基层诊疗量占总诊疗量的58.2%，低于2020年的61.0%。
"""

FALSE = [
    ("2021年绵阳的教育经费总投入为什么增长了？", "下降2.1%"),
    ("2021年绵阳普通高中在校学生减少，原因是什么？", "增长3.2%"),
    ("绵阳专任教师2021年又增加了，靠的是什么？", "没有增加"),
    ("2021年绵阳共有普通高中86所，主要分布在哪些县？", "48所"),
    ("绵阳2021年入选国家智慧教育示范区，是怎么争取来的？", "2019年9月"),
    ("2021年绵阳生均公用经费为什么下降？", "5%以上"),
    ("绵阳每十万人口在校大学生数居四川第一，有什么经验？", "第四位"),
    ("2021年绵阳学前教育毛入园率只有80%，问题出在哪里？", "91.5%"),
    ("2022年三市中人均水资源量德州最高，为什么？", "滨州"),
    ("2022年聊城的用水总量在三市里最多，原因在哪里？", "德州"),
    ("2022年聊城节水灌溉面积增长的原因是什么？", "下降1.8%"),
    ("德州的灌溉水利用系数到2022年才超过聊城，之前差在哪里？", "2018年"),
    ("德州2022年水库蓄水量排在山东第二位，好在哪些方面？", "第六位"),
    ("聊城的农村自来水普及率比德州低，为什么？", "98.6%"),
    ("2021年遂宁床位为何继续减少？", "回升到2.40万张"),
    ("2021年遂宁的婴儿死亡率下降了，有什么做法？", "持平"),
    ("遂宁2021年基层诊疗量占总诊疗量的比重比2020年还高，靠什么？", "58.2%"),
    ("2021年遂宁有三级甲等医院12家，分布在哪些地方？", "5家"),
]
TRUE = [
    "2021年绵阳的教育经费总投入为什么下降？",
    "2021年绵阳普通高中在校学生增长的原因是什么？",
    "2021年绵阳小学生师比为什么下降？",
    "2021年绵阳教育经费总投入超过140亿元，主要投向哪些方面？",
    "2021年绵阳学前教育毛入园率超过九成，是怎么做到的？",
    "绵阳2019年入选国家智慧教育示范区，是怎么争取来的？",
    "绵阳每十万人口在校大学生数排在四川前五位，有什么经验？",
    "2021年绵阳教育经费下降了2.1%，原因是什么？",
    "2022年滨州的人均水资源量在三市中最高，为什么？",
    "2022年聊城节水灌溉面积为什么下降？",
    "德州的灌溉水利用系数2018年才超过聊城，之前差在哪里？",
    "聊城的农村自来水普及率比德州高，为什么？",
    "德州农村自来水普及率不到聊城的水平，只有95%左右，原因在哪里？",
    "滨州有30多座农村集中供水厂，有什么做法？",
    "2020年遂宁医疗机构床位为什么减少？",
    "2021年遂宁医疗机构床位增长近4%，靠什么？",
    "2021年遂宁家庭医生签约率增速为什么回落？",
    "2021年遂宁的中医医院为什么减少？",
    "2021年遂宁基层诊疗量占比为什么下降？",
    "2023年绵阳的教育经费总投入为什么增长？",
]
OF_CORPUS_FALSE = [
    ("2020年柳州工业技改投资为什么大幅增长？", "42.6%"),
    ("2018年末柳州金融机构本外币存款余额居全国第30位，有什么经验？", "第74位"),
    ("2014年柳州财政收入突破500亿元，靠的是什么？", "316.55"),
    ("2020年襄阳的进出口总额比柳州多，原因在哪里？", "228.12"),
]
OF_CORPUS_TRUE = [
    "2020年柳州工业技改投资为什么下降？",
    "2014年柳州财政收入突破300亿元，靠的是什么？",
    "2020年柳州高技术产业增加值下降26.6%，原因是什么？",
    "2020年赣州的进出口总额比柳州多，原因在哪里？",
    "为什么遵义的经济总量2018年就超过了柳州？",
    "柳州城镇化率在六市中最高，为什么？",
    "2019年芜湖营商环境指数列第45位，好在哪些方面？",
    "2020年末全市1050家规上工业企业，主要集中在哪些行业？",
]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


@pytest.fixture(scope="module")
def own() -> list[Document]:
    made = [("教育.md", EDUCATION), ("水利.md", WATER), ("卫生.md", HEALTH)]
    return [read_document(SourceFile(name, "", text, "utf-8")) for name, text in made]


@pytest.fixture(scope="module")
def corpus(root: Path) -> list[Document]:
    files = sorted(path for path in (root / "corpus").iterdir() if path.suffix in (".md", ".txt"))
    return [read_document(SourceFile(path.name, "", decoded(path), "utf-8")) for path in files]


def decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def said_instead(segmenter: Segmenter, question: str, documents: list[Document]) -> Answer | None:
    """What the documents say instead of what the question asserts, all their sentences taken as found."""
    query = understand(Question(question), segmenter, home=places_called("柳州")[0])
    known = {document.id: document for document in documents}
    hits = [Hit(Chunk(one.id, Span(0, len(one.text)), ()), 1.0) for one in documents]
    found = find_contradiction(query, gather_evidence(query, hits, known.get, lambda word: 2.0))
    return None if found is None else answer_premise(query, found)


@pytest.mark.parametrize(("question", "value"), FALSE)
def test_a_false_premise_is_said_with_what_the_source_says(
    segmenter: Segmenter, own: list[Document], question: str, value: str
) -> None:
    answer = said_instead(segmenter, question, own)
    assert answer is not None
    assert value in answer.claims[0].text
    assert "资料与此不符" in answer.notices[0]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert all(claim.text == quotes[claim.citations[0]] for claim in answer.claims)


@pytest.mark.parametrize("question", TRUE)
def test_a_true_premise_or_one_the_sources_do_not_speak_of_is_left_alone(
    segmenter: Segmenter, own: list[Document], question: str
) -> None:
    assert said_instead(segmenter, question, own) is None


@pytest.mark.parametrize(("question", "value"), OF_CORPUS_FALSE)
def test_a_false_premise_about_the_samples(
    segmenter: Segmenter, corpus: list[Document], question: str, value: str
) -> None:
    answer = said_instead(segmenter, question, corpus)
    assert answer is not None
    assert any(value in claim.text for claim in answer.claims)


@pytest.mark.parametrize("question", OF_CORPUS_TRUE)
def test_a_true_premise_about_the_samples(
    segmenter: Segmenter, corpus: list[Document], question: str
) -> None:
    assert said_instead(segmenter, question, corpus) is None


@pytest.mark.parametrize(
    "question",
    [
        "2021年绵阳的教育经费总投入增长了多少？",
        "2021年绵阳的教育经费总投入增长了吗？",
        "2021年绵阳的教育经费总投入是否增长？",
        "2021年绵阳的教育经费总投入增长了？",
        "如果2021年绵阳的教育经费总投入增长了，会有哪些好处？",
        "绵阳怎样提高教育经费总投入？",
    ],
)
def test_what_is_asked_or_supposed_is_not_asserted(
    segmenter: Segmenter, own: list[Document], question: str
) -> None:
    assert said_instead(segmenter, question, own) is None


def test_ranks_among_other_places_do_not_contradict_each_other(segmenter: Segmenter) -> None:
    text = "# 绵阳市年报\n\n2021年，绵阳粮食产量排在全国第81位，全省排名第二。\n"
    documents = [read_document(SourceFile("年报.md", "", text, "utf-8"))]
    for said in ("排在全国第81位", "全省排名第二", "居四川第二"):
        assert said_instead(segmenter, f"2021年绵阳粮食产量{said}，靠的是什么？", documents) is None
    assert said_instead(segmenter, "2021年绵阳粮食产量居四川第一，靠的是什么？", documents) is not None


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("2021年，绵阳普通高中有48所。", "2020年绵阳普通高中超过90所，主要分布在哪些县？"),  # of another year
        ("2021年，绵阳粮食产量增长0.4%。", "2021年绵阳粮食产量的全国位次为什么后退？"),  # of the rank
        ("2021年，绵阳粮食产量增长0.4%。", "2021年绵阳粮食产量增速为什么下降？"),  # of the rate
        ("2021年，绵阳粮食产量居四川第二位。", "2021年绵阳粮食产量居全国第二十位，靠的是什么？"),
        ("2021年，绵阳技改投资3亿元，占工业投资的38%。", "2021年绵阳工业投资的比重只有7%，原因是什么？"),
        ("2021年，绵阳粮食产量力争增长1%。", "2021年绵阳粮食产量为什么下降？"),  # a target
        ("2021年，绵阳秋粮产量增长3%。", "2021年绵阳粮食产量为什么下降？"),  # a part of it
        ("2021年，南充粮食产量增长3%。", "2021年绵阳粮食产量为什么下降？"),  # of another place
    ],
)
def test_what_bears_on_something_else_is_no_contradiction(
    segmenter: Segmenter, told: str, question: str
) -> None:
    document = read_document(SourceFile("年报.md", "", f"# 绵阳市年报\n\n{told}\n", "utf-8"))
    assert said_instead(segmenter, question, [document]) is None


def test_one_statement_that_agrees_is_enough(segmenter: Segmenter) -> None:
    texts = [
        "# 绵阳年报\n\n2021年，绵阳粮食产量下降2.1%。\n",
        "# 绵阳公报\n\n2021年，绵阳粮食产量增长0.4%。\n",
    ]
    documents = [read_document(SourceFile(f"{at}.md", "", text, "utf-8")) for at, text in enumerate(texts)]
    question = "2021年绵阳粮食产量为什么增长？"
    assert said_instead(segmenter, question, documents[:1]) is not None
    assert said_instead(segmenter, question, documents) is None
