"""Verdicts on what documents state: answered for the question asked, verified, and nothing in them may be changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_qa.answering.verification import verified
from policy_qa.auditing.asked import read_audit
from policy_qa.auditing.auditor import Auditor, answer_checks
from policy_qa.config import load_settings
from policy_qa.figures.checks import find_arithmetic
from policy_qa.ingest.documents import read_document
from policy_qa.language.places import places_called
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Answer, Document, Question, Refusal, SourceFile
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from policy_qa.types import Claim, Outcome

REPORT = """# 漳州市茶业简报

2021年漳州有茶企150家，其中规模以上36家，占24.3%。茶园面积为44.5万亩，计划改造60.3万亩。

2021年计划改造茶园60.3万亩，实际完成44.5万亩，完成率为73.9%。

茶叶出口由10亿元增加到25亿元，“十三五”期间年均增长31.2%。

合格率由75.3%提高到82.1%，上升6.8个百分点。2020年三次产业占比分别为8.2%、41.5%和50.3%。

论茶园面积，四个市里龙岩最小，泉州、宁德都比漳州大，漳州排在第三位。

泉州的茶叶产量相当于表中其余任何一个市的两倍以上。宁德的茶叶产量不到泉州的一半。

表1 2021年四市茶叶产量和茶园面积

| 市 | 茶叶产量（万吨） | 茶园面积（万亩） |
| --- | --- | --- |
| 泉州 | 8.2 | 52.0 |
| 漳州 | 3.9 | 44.5 |
| 宁德 | 3.6 | 48.1 |
| 龙岩 | 1.7 | 12.5 |

表2 2021年四市茶叶产量和茶园面积

| 市 | 常住人口（万人） | 位次 |
| --- | --- | --- |
| 泉州 | 885.2 | 1 |
| 漳州 | 506.9 | 2 |
| 宁德 | 315.6 | 3 |
"""


@pytest.fixture(scope="module")
def report() -> Document:
    return read_document(SourceFile("漳州.md", "", REPORT, "utf-8"))


@pytest.fixture(scope="module")
def answers(report: Document) -> list[Answer]:
    return [answer_checks(Question("？"), [check]) for check in find_arithmetic([report])]


def holds(answer: Answer, report: Document) -> bool:
    return verified(answer, {report.id: report}.get) is not None


def with_claim(answer: Answer, claim: Claim) -> Answer:
    return replace(answer, claims=(claim,))


def other_digit(text: str, at: int) -> str:
    return f"{text[:at]}{(int(text[at]) + 3) % 10}{text[at + 1 :]}"


def test_every_kind_of_verdict_is_there_and_is_verified(report: Document, answers: list[Answer]) -> None:
    told = [answer.text for answer in answers]
    for part in (
        "36家 ÷ 150家 = 24%",
        "44.5万亩 ÷ 60.3万亩 = 73.8%",
        "(25亿元 ÷ 10亿元)^(1÷5) − 1 = 20.11%；(25亿元 ÷ 10亿元)^(1÷4) − 1 = 25.74%，应为20.1%或25.7%",
        "82.1% − 75.3% = 6.8个百分点",
        "8.2% + 41.5% + 50.3% = 100%",
        "泉州（52.0万亩） > 宁德（48.1万亩） > 漳州（44.5万亩） > 龙岩（12.5万亩），漳州为第3位",
        "8.2万吨 ÷ 3.9万吨 = 2.1倍",
        "3.6万吨 ÷ 8.2万吨 = 43.9%",
        "第1位：885.2万人，第2位：506.9万人，第3位：315.6万人",
    ):
        assert any(part in text for text in told), part
    assert all(holds(answer, report) for answer in answers)


def test_no_digit_of_a_verdict_may_be_another(report: Document, answers: list[Answer]) -> None:
    for answer in answers:
        (claim,) = answer.claims
        assert claim.working is not None
        start = claim.text.index(claim.working)
        for match in re.finditer(r"\d", claim.text):
            text = other_digit(claim.text, match.start())
            assert not holds(with_claim(answer, replace(claim, text=text)), report), text
            working = text[start : start + len(claim.working)]
            assert not holds(with_claim(answer, replace(claim, text=text, working=working)), report), text


def test_the_verdict_may_not_be_the_opposite(report: Document, answers: list[Answer]) -> None:
    turned = {"对得上": "对不上", "对不上": "对得上"}
    for answer in answers:
        (claim,) = answer.claims
        text = turned[claim.text[:3]] + claim.text[3:]
        assert not holds(with_claim(answer, replace(claim, text=text)), report), text
    wrong = next(answer for answer in answers if "24.3%" in answer.text)
    right = wrong.text.replace("对不上", "对得上").replace("，应为24.0%，不是24.3%。", "，与24.3%相符。")
    assert right != wrong.text
    assert not holds(with_claim(wrong, replace(wrong.claims[0], text=right)), report)


def test_a_verdict_must_cite_what_it_quotes(report: Document, answers: list[Answer]) -> None:
    for one, other in zip(answers, answers[1:] + answers[:1], strict=True):
        cited = [citation.span for citation in one.citations]
        if not any(citation.span in cited for citation in other.citations):
            assert not holds(
                replace(
                    one, citations=other.citations[:1] * 1, claims=(replace(one.claims[0], citations=(1,)),)
                ),
                report,
            )


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def asked(segmenter: Segmenter, report: Document, text: str) -> Outcome | None:
    (home,) = places_called("漳州市")
    query = understand(Question(text), segmenter, home=home)
    return Auditor().audit(query, [report], lambda _word: 2.0, lambda _words: [])


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("简报说规模以上茶企占24.3%，算得对吗？", "对不上"),
        ("规模以上茶企占茶企的24.3%，用36家和150家重新算一下是多少？", "24.0%"),
        ("完成率写的73.9%，拿44.5除以60.3算得出来吗？", "73.8%"),
        ("出口年均增长31.2%，麻烦复核一下", "20.1%或25.7%"),
        ("漳州茶园面积排在第三位，对吗？", "漳州为第3位"),
        ("泉州的茶叶产量相当于其余任何一个市的两倍以上，跟表里对得上吗", "2.1倍"),
        ("表1的标题和内容一致吗？", "对得上：表题"),
        ("表2的标题跟表里的内容相符吗", "对不上：表题"),
        ("表2的标题写的是各市茶园情况，跟表里的内容相符吗？", "对不上：表题"),
        ("简报中的表1，其标题与表内所列内容是否相符？", "对得上：表题"),
        ("表2的表名叫“各市茶园情况”，里面的列是不是茶园？", "对不上：表题"),
        ("简报里有没有算错的地方？", "对不上"),
    ],
)
def test_what_is_asked_to_be_checked_is_checked(
    segmenter: Segmenter, report: Document, question: str, part: str
) -> None:
    outcome = asked(segmenter, report, question)
    assert isinstance(outcome, Answer)
    assert part in outcome.text
    assert verified(outcome, {report.id: report}.get) == outcome


def test_the_verdict_on_a_caption_may_not_be_the_opposite(segmenter: Segmenter, report: Document) -> None:
    outcome = asked(segmenter, report, "表2的标题跟表里的内容相符吗")
    assert isinstance(outcome, Answer)
    (claim,) = outcome.claims
    text = claim.text.replace("对不上", "对得上").replace("不相符", "相符")
    assert not holds(with_claim(outcome, replace(claim, text=text)), report)
    for old, new in (("茶园", "果园"), ("常住人口", "户籍人口")):
        changed = replace(claim, text=claim.text.replace(old, new))
        assert not holds(with_claim(outcome, changed), report)


@pytest.mark.parametrize(
    "question",
    [
        "漳州茶业存在哪些问题？",
        "漳州是不是茶叶主产区？",
        "漳州2021年是否出台了茶业扶持政策？",
        "茶园面积是44.5万亩对吗？",
        "漳州的茶叶出口主要销往哪里？",
        "合格率提高到82.1%是否属实？",
        "对漳州茶业的准确定位是什么？",
        "泉州的茶叶产量超过三明，跟其余任何一个市的两倍以上对得上吗",  # nothing is told of 三明
    ],
)
def test_a_question_of_fact_is_left_to_others(segmenter: Segmenter, report: Document, question: str) -> None:
    assert asked(segmenter, report, question) is None


def test_a_part_that_is_told_nowhere_is_named(segmenter: Segmenter, report: Document) -> None:
    text = REPORT.replace("2021年计划改造茶园60.3万亩，实际完成44.5万亩", "2021年完成茶园改造44.5万亩")
    other = read_document(SourceFile("漳州.md", "", text, "utf-8"))
    outcome = asked(segmenter, other, "茶园改造完成率为73.9%，算得对吗？")
    assert isinstance(outcome, Refusal)
    assert "计划数" in outcome.message


def test_places_among_others_are_no_places_of_the_table() -> None:
    text = REPORT.replace("漳州排在第三位", "漳州在全省排第六位")
    checks = find_arithmetic([read_document(SourceFile("漳州.md", "", text, "utf-8"))])
    assert not [check for check in checks if check.kind == "rank"]
    text = REPORT.replace("漳州排在第三位", "漳州排在第二位")
    checks = find_arithmetic([read_document(SourceFile("漳州.md", "", text, "utf-8"))])
    assert [check.is_right for check in checks if check.kind == "rank"] == [False]


def test_nothing_is_asked_to_be_checked_without_words_that_say_so(segmenter: Segmenter) -> None:
    (home,) = places_called("漳州市")
    assert read_audit(understand(Question("2021年漳州有多少家茶企？"), segmenter, home=home)) is None
