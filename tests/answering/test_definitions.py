"""Definitions: of the term asked, from wherever they stand, whole, and none made up."""

from __future__ import annotations

import pytest
from small_reports import asked, claims

from policy_qa.answering.definitions import answer_definition, asked_term, refuse_undefined
from policy_qa.types import Answer, Chunk, Hit, Question, Refusal, Span
from policy_qa.understanding import question_kind

WATER = """# 河网治理年报

## 一、总体情况

2023年建成幸福河湖12条，河长制实现镇村两级全覆盖，水域面积率为8.1%。

全县推行以奖代补，按工程量分三档拨付。再生水利用率继续提高。

## 二、农村供水

“一张网”工程投入2.1亿元，覆盖九个乡镇。千吨万人工程改造了6处。

## 三、附注

①水域面积率，指水域面积与辖区总面积之比；再生水利用率，是再生水利用量占污水处理量的比重。

②所谓“河长制”，就是由各级负责人担任河长、对河流管护负责的制度。

③文中的“一张网”，指水源、水厂和管网连成的供水体系。水源包括两座水库和一条引水渠；管网由主管和支管组成。

④本文所用的供水人口，均为常住人口口径，不含施工队。
"""
FARM = """# 农业经营主体名录

## 一、名词解释

家庭农场：以家庭成员为主要劳动力、从事规模经营的农业单位。

托管：农户把耕种、防治、收获交给服务组织去做。

## 二、情况

全县有家庭农场320家。项目验收合格后给予的补贴，称为后补贴；与之相对的是开工前拨付的前补贴。

链主企业（指在产业链中居主导地位、能带动上下游的企业）增加到9家，产值增长7%。

农业经营主体包括种植大户、家庭农场和合作社。种植大户是经营百亩以上的农户。

轮作是把不同作物按年份轮换种植的办法。
"""


def answer(question: str, *texts: str) -> list[str]:
    found = asked(question, *texts)
    return claims(answer_definition(found.query, found.evidence, found.document_of, lambda *_: ()))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("什么叫水域面积率？", "水域面积率，指水域面积与辖区总面积之比"),
        ("水域面积率是怎么算的？", "水域面积率，指水域面积与辖区总面积之比"),
        ("再生水利用率是拿什么比什么？", "再生水利用率，是再生水利用量占污水处理量的比重。"),
        ("“河长制”是什么意思？", "所谓“河长制”，就是由各级负责人担任河长、对河流管护负责的制度。"),
        (
            "年报里的“一张网”指的是什么？",
            "文中的“一张网”，指水源、水厂和管网连成的供水体系。水源包括两座水库和一条引水渠；管网由主管和支管组成。",
        ),
        ("供水人口是哪个口径？", "本文所用的供水人口，均为常住人口口径，不含施工队。"),
        ("家庭农场怎么定义？", "家庭农场：以家庭成员为主要劳动力、从事规模经营的农业单位。"),
        ("什么是托管？", "托管：农户把耕种、防治、收获交给服务组织去做。"),
        ("什么叫后补贴？", "项目验收合格后给予的补贴，称为后补贴"),
        ("前补贴是什么意思？", "与之相对的是开工前拨付的前补贴。"),
        ("链主企业是指什么样的企业？", "链主企业（指在产业链中居主导地位、能带动上下游的企业）增加到9家"),
        ("轮作是什么意思？", "轮作是把不同作物按年份轮换种植的办法。"),
    ],
)
def test_the_definition_is_found_far_away_and_told_whole(question: str, expected: str) -> None:
    assert answer(question, WATER, FARM) == [expected]


def test_what_belongs_to_a_term_is_told_with_its_definition() -> None:
    told = answer("农业经营主体包括哪些？", FARM)
    assert told == ["农业经营主体包括种植大户、家庭农场和合作社。种植大户是经营百亩以上的农户。"]


def test_a_term_may_be_part_of_the_one_defined() -> None:
    text = "# 说明\n\n城市污水处理率，指经处理的污水量与污水排放量之比。\n"
    assert answer("污水处理率怎么理解？", text) == ["城市污水处理率，指经处理的污水量与污水排放量之比。"]


def test_documents_that_differ_are_both_told_and_a_named_one_alone() -> None:
    one = "# 林业公报\n\n森林覆盖率，指森林面积与土地面积之比。\n"
    other = "# 园林简报\n\n森林覆盖率，指林木覆盖面积占建成区面积的比重。\n"
    assert len(answer("什么叫森林覆盖率？", one, other)) == 2
    assert answer("园林简报里的森林覆盖率是什么意思？", one, other) == [
        "森林覆盖率，指林木覆盖面积占建成区面积的比重。"
    ]
    assert len(answer("什么叫森林覆盖率？", one, one.replace("林业公报", "林业年报"))) == 1


def test_the_term_is_looked_for_once_more_where_the_documents_found_are_silent() -> None:
    found = asked("什么叫河长制？", FARM)
    other = asked("河长制", WATER)
    hit = Hit(Chunk(next(iter(other.documents)), Span(0, 1), ()), 1.0)
    sought: list[Question] = []

    def retrieve(question: Question, top_k: int) -> tuple[Hit, ...]:
        sought.append(question)
        return (hit,)

    told = answer_definition(found.query, found.evidence, other.document_of, retrieve)
    assert claims(told)[0].startswith("所谓“河长制”")
    assert "河长制" in sought[0].text


@pytest.mark.parametrize("question", ["什么叫以奖代补？", "千吨万人工程是什么意思？", "幸福河湖指什么？"])
def test_what_is_used_but_not_explained_is_refused_with_its_uses(question: str) -> None:
    found = asked(question, WATER)
    assert answer_definition(found.query, found.evidence, found.document_of, lambda *_: ()) is None
    refusal = refuse_undefined(found.query, found.evidence)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not_found"
    term = asked_term(question)
    assert term is not None
    assert term.names[0] in refusal.message
    assert term.names[0] in refusal.nearest[0].text


@pytest.mark.parametrize(
    "question", ["水域面积率是多少？", "水库是什么？", "目标是什么？", "有哪些问题？", "全县有多少家庭农场？"]
)
def test_other_questions_are_left_alone(question: str) -> None:
    found = asked(question, WATER, FARM)
    assert answer_definition(found.query, found.evidence, found.document_of, lambda *_: ()) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("# 通报\n\n工业指标完成较好，指导员增加3人。\n", "什么叫工业？"),
        ("# 通报\n\n灌区是我县农业的重要支撑。\n", "什么是灌区？"),
        ("# 通报\n\n村级道路通达率为98%，比上年提高2个百分点。\n", "通达率是什么意思？"),
    ],
)
def test_a_sentence_that_says_something_else_of_it_is_no_definition(text: str, question: str) -> None:
    found = asked(question, text)
    assert answer_definition(found.query, found.evidence, found.document_of, lambda *_: ()) is None


def test_an_answer_cites_exactly_what_it_says() -> None:
    found = asked("什么叫水域面积率？", WATER)
    told = answer_definition(found.query, found.evidence, found.document_of, lambda *_: ())
    assert isinstance(told, Answer)
    assert told.citations[0].quote == told.claims[0].text
    assert told.citations[0].section[-1] == "三、附注"


@pytest.mark.parametrize(
    "question",
    [
        "什么叫湿地？", "湿地是什么意思", "啥叫湿地", "湿地这个词怎么理解？", "湿地指的是什么？", "湿地面积是什么口径？",
        "湿地率是拿什么比什么？", "湿地的含义是什么", "湿地代表什么？", "湿地率怎么算的？", "湿地是指哪些地方？",
    ],
)  # fmt: skip
def test_questions_for_a_meaning_are_known_as_such(question: str) -> None:
    assert question_kind(question) == "definition"


@pytest.mark.parametrize(
    "question", ["按常住口径，城镇化率是多少？", "什么叫好？", "湿地面积有多大？", "湿地有哪些问题？"]
)
def test_others_are_not(question: str) -> None:
    assert question_kind(question) != "definition"


def test_a_sentence_that_goes_on_with_the_definition_is_told_too_but_not_one_behind_brackets() -> None:
    text = "# 说明\n\n灌溉保证率，指满足用水的年份所占的比例。它按五十年系列计算。全县有灌区5处。\n"
    assert answer("什么叫灌溉保证率？", text) == [
        "灌溉保证率，指满足用水的年份所占的比例。它按五十年系列计算。"
    ]
    text = "# 说明\n\n示范社（指由县级以上部门认定的合作社）有30家。其中粮食类8家。\n"
    assert answer("示范社指什么？", text) == ["示范社（指由县级以上部门认定的合作社）有30家。"]
