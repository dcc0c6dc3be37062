"""Verdicts, citation scores, retrieval scores, percentiles."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import (
    DOCUMENTS,
    RIGHT_FACT,
    RIGHT_LIST,
    RIGHT_REFUSAL,
    TEXTS,
    answered,
    cite,
    list_case,
    make_case,
    refusal_case,
    refused,
)

from policy_qa.errors import UsageError
from policy_qa.evaluation.cases import AnswerRecord, Evidence
from policy_qa.evaluation.metrics import (
    Place,
    citation_scores,
    judge,
    locate_evidence,
    percentile,
    retrieval_scores,
    states_value,
)
from policy_qa.types import Span


def judged(case, record):
    gold = [locate_evidence(evidence, DOCUMENTS) for evidence in case.evidence]
    return judge(case, AnswerRecord.model_validate(record), gold)


def problems(case, record):
    return [problem.kind for problem in judged(case, record).problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("强度为1.8%。", "1.8%"),
        ("强度为 1.8 %", "1.8%"),
        ("强度为１．８％", "1.8%"),
        ("总量3,083亿元", "3083亿元"),
        ("总量3083亿元", "3,083亿元"),
        ("排第81位", "81位"),
        ("2016-2020年", "2020年"),
        ("1—9月完成", "9月"),
        ("3月-5月", "5月"),
        ("下降-1.0%", "-1.0%"),
        ("下降−1.0%", "-1.0%"),
        ("共599。", "599"),
        ("11.8%，其后为1.8%", "1.8%"),
        ("约占1/4", "1/4"),
        ("（R＆D）经费", "(R&D)经费"),
        ("2018 2019", "2019"),
        ("A-60车型", "60车型"),
    ],
)
def test_a_value_is_found_however_it_is_written(text, value) -> None:
    assert states_value(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11.8%", "1.8%"),
        ("1.85%", "1.8%"),
        ("1.85%", "1.8"),
        ("21.8%", "1.8%"),
        ("0.1.8%", "8%"),
        ("为-1.8%", "1.8%"),
        ("17%", "17"),
        ("17.5家", "17"),
        ("170家", "17"),
        ("1/4", "4"),
        ("1/4", "1"),
        ("13083亿元", "3083亿元"),
        ("1,083亿元", "083亿元"),
        ("1050家", "50家"),
        ("2018 2019", "20182019"),
        ("", "1"),
    ],
)
def test_part_of_a_number_is_not_the_value(text, value) -> None:
    assert not states_value(text, value)


NUMBERS = st.decimals(min_value=0, max_value=99999, places=2).map(str)


@given(NUMBERS, NUMBERS, st.sampled_from(["%", "亿元", "家"]))
def test_a_number_states_itself_and_no_other(said, sought, unit) -> None:
    assert states_value(f"增长{said}{unit}。", f"{sought}{unit}") == (said == sought)


def test_right_answers_are_right() -> None:
    assert judged(make_case(), RIGHT_FACT).verdict == "right"
    assert judged(list_case(), RIGHT_LIST).verdict == "right"
    assert judged(refusal_case(), RIGHT_REFUSAL).verdict == "right"
    assert judged(make_case(), RIGHT_FACT).problems == ()


def test_each_fault_makes_an_answer_wrong() -> None:
    quote = "2021年某市粮食产量为31.8万吨。"
    good = cite(1, quote)
    assert problems(make_case(), answered("31.9万吨[1]", good)) == ["missing"]
    assert problems(make_case(), answered("131.8万吨[1]", good)) == ["missing"]
    assert problems(make_case(), answered("31.8万吨，32.5万吨[1]", good)) == ["forbidden"]
    assert problems(make_case(max_chars=6), answered("为31.8万吨。[1]", good)) == ["too_long"]
    assert problems(make_case(max_chars=8), answered("为31.8万吨。[1]", good)) == []
    assert problems(make_case(), answered("31.8万吨[1]", cite(1, "港口吞吐量"))) == ["wrong_citation"]
    assert problems(make_case(), answered("31.8万吨")) == ["wrong_citation"]
    assert problems(make_case(), answered("31.8万吨[1]", good | {"document": "乙.txt"})) == ["wrong_citation"]
    assert problems(list_case(), answered("修渠、改种[1]", *RIGHT_LIST["citations"])) == ["missing"]
    assert all(
        judged(make_case(), record).verdict == "wrong" for record in [answered("无"), answered("31.8万吨")]
    )


def test_a_citation_mark_is_not_part_of_the_answer() -> None:
    case = make_case(accepted=[["31.8"]], forbidden=["1"])
    assert judged(case, RIGHT_FACT).verdict == "right"


def test_refusals_and_crashes_are_verdicts_of_their_own() -> None:
    assert judged(make_case(), refused("not_found")).verdict == "refused"
    assert judged(refusal_case(), refused("not_found")).verdict == "wrong"
    assert problems(refusal_case(), refused("not_found")) == ["wrong_reason"]
    assert (
        judged(refusal_case(reasons=["out_of_scope", "not_found"]), refused("not_found")).verdict == "right"
    )
    assert problems(refusal_case(), answered("明天晴。[1]", cite(1, "某市"))) == ["answered"]
    crash = answered("") | {"error": "KeyError: 'x'"}
    assert judged(make_case(), crash).verdict == judged(refusal_case(), crash).verdict == "error"


def test_evidence_by_quote_and_by_line_stands_where_the_text_says() -> None:
    quote = locate_evidence(Evidence(document="甲.txt", quote="31.8万吨"), DOCUMENTS)
    line = locate_evidence(Evidence(document="甲.txt", line=2), DOCUMENTS)
    assert quote.spans[0].of(TEXTS["甲.txt"]) == "31.8万吨"
    assert line.spans[0].of(TEXTS["甲.txt"]) == "2021年某市粮食产量为31.8万吨。"


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence(document="丙.txt", quote="粮食"), "not in the index"),
        (Evidence(document="甲.txt", quote="31.9万吨"), "0 times"),
        (Evidence(document="甲.txt", quote="万吨"), "3 times"),
        (Evidence(document="甲.txt", line=99), "line 99"),
    ],
)
def test_evidence_that_does_not_stand_there_is_refused(evidence, said) -> None:
    with pytest.raises(UsageError, match=said):
        locate_evidence(evidence, DOCUMENTS)


def test_citation_precision_and_recall_count_overlaps() -> None:
    gold = [
        Place("甲.txt", (Span(0, 10),)),
        Place("甲.txt", (Span(20, 25), Span(30, 35))),
        Place("乙.txt", (Span(0, 9),)),
    ]

    def scores(*places):
        record = answered(
            "", *(cite(1, "某市") | {"document": d, "start": s, "end": e} for d, s, e in places)
        )
        found = citation_scores(AnswerRecord.model_validate(record).citations, gold)
        return found.precision, found.recall

    assert scores(("甲.txt", 9, 12)) == (1, 1 / 3)
    assert scores(("甲.txt", 10, 20)) == (0, 0)
    assert scores(("甲.txt", 9, 31), ("丙.txt", 0, 9)) == (0.5, 2 / 3)
    assert scores() == (None, 0)
    with pytest.raises(ValueError, match="no"):
        citation_scores([], [])


def test_a_citation_without_a_place_lies_on_nothing() -> None:
    citation = cite(1, "某市") | {"start": None, "end": None, "quote": None, "lines": None}
    assert problems(make_case(), answered("31.8万吨[1]", citation)) == ["wrong_citation"]


def test_retrieval_scores_are_those_of_the_formulas() -> None:
    chunks = [f"甲:{n}" for n in range(12)]
    scores = retrieval_scores({"q": chunks, "z": []}, {"q": {"甲:1", "甲:6", "甲:11"}, "z": {"甲:1"}})
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert scores["q"]["R@5"] == pytest.approx(1 / 3)
    assert scores["q"]["R@10"] == pytest.approx(2 / 3)
    assert scores["q"]["RR@10"] == pytest.approx(1 / 2)
    assert scores["q"]["nDCG@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(8)) / ideal)
    assert set(scores["z"].values()) == {0.0}


@given(
    st.permutations([f"甲:{n}" for n in range(14)]),
    st.sets(st.sampled_from([f"甲:{n}" for n in range(14)]), min_size=1),
)
def test_retrieval_keeps_the_order_it_is_given(ranked, relevant) -> None:
    scores = retrieval_scores({"q": ranked}, {"q": relevant})["q"]
    ranks = sorted(ranked.index(chunk) + 1 for chunk in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(ranks), 10) + 1))
    assert scores["R@5"] == pytest.approx(sum(rank <= 5 for rank in ranks) / len(ranks))
    assert scores["RR@10"] == pytest.approx(1 / ranks[0] if ranks[0] <= 10 else 0)
    assert scores["nDCG@10"] == pytest.approx(
        sum(1 / math.log2(rank + 1) for rank in ranks if rank <= 10) / ideal
    )


def test_retrieval_scores_refuse_other_queries_and_unjudged_ones() -> None:
    with pytest.raises(ValueError, match="differ"):
        retrieval_scores({"q": []}, {"p": {"甲:1"}})
    with pytest.raises(ValueError, match="no relevant chunk"):
        retrieval_scores({"q": ["甲:1"]}, {"q": set()})
    assert retrieval_scores({}, {}) == {}


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(values, percent) -> None:
    found = percentile(values, percent)
    enough = [
        value for value in values if sum(other <= value for other in values) * 100 >= percent * len(values)
    ]
    assert found == min(enough)


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1.0], 101), ([1.0], -1)])
def test_a_percentile_of_nothing_is_refused(values, percent) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, percent)
