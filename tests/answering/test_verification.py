"""The check of claims: what the sources say passes, and one thing changed is caught."""

import random
from dataclasses import replace

import pytest
from claim_mutations import (
    MUTATIONS,
    Stated,
    cell_claims,
    invented_claims,
    made_document,
    mutated,
    quoted_claims,
)
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.answering.citations import CitationList
from policy_qa.answering.extractive import quoted_answer
from policy_qa.answering.verification import Cited, check_claim, verified
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.ingest.sources import read_file
from policy_qa.types import Answer, AnswerTable, Claim, Question, Span

MUTATED = 1000
"""So many changed claims of each kind are checked."""
LEAVES_TARGET_OUT = "到2025年达到6600亿元以上。"
"""Of the clauses of the samples the one whose figure is a target only by what stands before it in its sentence."""

SIX_CITIES, BRIEF, REPORT = "六市发展", "科技创新统计简报", "工业投资调研"
REWORDED = [
    (SIX_CITIES, "2020年，柳州的研发投入强度为1.8%", "2020年柳州的研发投入强度为1.8%。"),
    (SIX_CITIES, "2020年，柳州的研发投入强度为1.8%", "2020年岳阳的研发投入强度为2.01%。"),
    (SIX_CITIES, "2020年，柳州的研发投入强度为1.8%", "赣州2020年研发投入强度为1.6%，柳州为1.8%。"),
    (SIX_CITIES, "2018年柳州金融业增加值", "2018年柳州金融业增加值占地区生产总值的7.1%。"),
    (SIX_CITIES, "2018年柳州金融业增加值", "2018年，柳州的金融业增加值增长6.7%。"),
    (SIX_CITIES, "2020年，三个城市的财政收入", "2020年柳州的财政收入下降12.3%。"),
    (SIX_CITIES, "2020年岳阳、赣州的第三产业", "2020年赣州的第三产业占比为50.5%。"),
    (SIX_CITIES, "2019年上半年，非公经济", "2019年上半年非公经济的规上工业增加值为2195000万元。"),
    (SIX_CITIES, "2020年，柳州进出口总额", "2020年柳州进出口总额228.12亿元。"),
    (SIX_CITIES, "2020年末，赣州常住人口", "赣州2020年末的常住人口是897万人。"),
    (BRIEF, "2020年，全市地区生产总值", "2020年柳州市地区生产总值增长1.56%。"),
    (BRIEF, "2020年，四川绵阳", "2020年绵阳的研发投入强度为2.23%。"),
    (BRIEF, "2020年，四川绵阳", "绵阳2020年有高新技术企业446家。"),
    (BRIEF, "2018年，全市公路货运量", "2018年全市公路货运量增长9.88%。"),
    (REPORT, "2021年计划完成投资", "2021年计划完成投资232.9亿元。"),
    (REPORT, "1—9月全市工业投资", "2021年1—9月，全市工业投资同比增长4.7%。"),
    (REPORT, "2019年全市工业投资项目", "2019年全市工业投资项目为958个。"),
    (REPORT, "2020年项目总数", "2020年项目总数为780个。"),
    (REPORT, "2021年6月末，全市制造业", "2021年6月末全市制造业中长期贷款余额同比增长22.03%。"),
]


@pytest.fixture(scope="module")
def documents(root):
    return [read_document(read_file(path)) for path in sorted((root / "corpus").iterdir())]


@pytest.fixture(scope="module")
def claims(documents):
    quoted = [claim for document in documents for claim in quoted_claims(document)]
    cells = [claim for document in documents for claim in cell_claims(document)]
    return [claim for claim in quoted if claim.text != LEAVES_TARGET_OUT] + cells


@pytest.fixture(scope="module")
def invented():
    return list(invented_claims(60, random.Random(20)))


def cited_sentence(documents, name, beginning):
    document = next(
        document for document in documents if name in document.meta.title or name in document.name
    )
    flat = document.text.replace("\n", "")
    assert beginning in flat, beginning
    for block in document.blocks:
        for sentence in split_sentences(document.text, start=block.span.start, end=block.span.end):
            if sentence.of(document.text).replace("\n", "").startswith(beginning):
                return Cited(document, sentence)
    raise AssertionError(beginning)


def test_what_the_samples_say_is_supported(claims):
    assert len(claims) > 1000
    assert [
        (claim.text, faults) for claim in claims if (faults := check_claim(claim.text, claim.cited))
    ] == []


def test_invented_claims_in_other_words_are_supported(invented):
    assert [
        (claim.text, faults) for claim in invented[::3] if (faults := check_claim(claim.text, claim.cited))
    ] == []


@pytest.mark.parametrize(("name", "beginning", "text"), REWORDED)
def test_other_words_for_what_a_sentence_says_are_supported(documents, name, beginning, text):
    assert check_claim(text, [cited_sentence(documents, name, beginning)]) == ()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_changed_claim_is_caught(claims, invented, mutation):
    rng = random.Random(4)
    changed = list(mutated(claims, mutation))
    picked = rng.sample(changed, min(MUTATED, len(changed)))
    if len(picked) < MUTATED:
        more = list(mutated(invented, mutation))
        picked += rng.sample(more, min(MUTATED - len(picked), len(more)))
    assert len(picked) >= MUTATED
    assert [(text, claim.text) for text, claim in picked if not check_claim(text, claim.cited)] == []


@pytest.mark.parametrize(("name", "beginning", "text"), REWORDED)
def test_changed_rewordings_are_caught(documents, name, beginning, text):
    claim = Stated(text, (cited_sentence(documents, name, beginning),), (), ())
    for mutation in MUTATIONS:
        for changed, _ in mutated([claim], mutation):
            assert check_claim(changed, claim.cited), changed


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("全年预期目标是30%，实际增长5%。", "30%"),
        ("并未达到5%的增速。", "达到5%的增速。"),
        ("规模以上工业企业1050家。", "工业企业1050家。"),
        ("预期目标：工业投资增长30%。", "工业投资增长30%。"),
        ("该企业没有获得补助。", "该企业获得补助。"),
        ("占比为12.5%。", "占比为12"),
        ("共1,234家。", "共1"),
        ("甲 1 2", "甲 12"),
    ],
)
def test_part_of_a_clause_is_no_quotation(said, claimed):
    assert check_claim(claimed, [Cited(made_document(said), Span(0, len(said)))])


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("全年预期目标是30%，实际增长5%。", "实际增长5%。"),
        ("会议指出：“稳中求进。再接再厉。”", "稳中求进。"),
        ("增长5%（同口径）；下降3%。", "增长5%（同口径）"),
        ("投资\n增长5 %。", "投资增长5%。"),
    ],
)
def test_whole_clauses_are_quotations(said, claimed):
    assert check_claim(claimed, [Cited(made_document(said), Span(0, len(said)))]) == ()


@given(
    st.lists(st.sampled_from(["产值增长5%", "出口下降3.2%", "共有12家", "全年平稳"]), min_size=1, max_size=6),
    st.data(),
)
def test_any_run_of_clauses_is_supported(parts, data):
    said = "，".join(parts) + "。"
    document = made_document(said)
    clauses = split_clauses(said, Span(0, len(said)))
    first = data.draw(st.integers(0, len(clauses) - 1))
    last = data.draw(st.integers(first, len(clauses) - 1))
    run = Span(clauses[first].start, clauses[last].end)
    assert check_claim(run.of(said), [Cited(document, Span(0, len(said)))]) == ()


def test_what_only_another_span_says_is_not_supported():
    said = "甲县产值5亿元。乙县产值7亿元。"
    document = made_document(said)
    assert check_claim("乙县产值7亿元。", [Cited(document, Span(0, 8))])
    assert check_claim("乙县产值7亿元。", [Cited(document, Span(8, 16))]) == ()


@pytest.fixture
def two_claims():
    document = made_document("2020年甲公司产值5亿元。2020年乙公司产值7亿元。")
    spans = split_sentences(document.text)
    answer = quoted_answer(Question("产值多少"), [(document, span) for span in spans])
    return document, answer


def with_claim(answer, index, text):
    claims = [*answer.claims]
    claims[index] = replace(claims[index], text=text)
    return replace(answer, claims=tuple(claims))


def test_a_supported_answer_stays_as_it_is(two_claims):
    document, answer = two_claims
    assert verified(answer, {document.id: document}.get) is answer


def test_a_claim_that_fails_goes_with_its_citation(two_claims):
    document, answer = two_claims
    left = verified(with_claim(answer, 0, "2020年甲公司产值6亿元。"), {document.id: document}.get)
    assert [claim.text for claim in left.claims] == ["2020年乙公司产值7亿元。"]
    assert left.claims[0].citations == (1,)
    assert [citation.quote for citation in left.citations] == ["2020年乙公司产值7亿元。"]


def test_without_a_supported_claim_there_is_no_answer(two_claims):
    document, answer = two_claims
    both = with_claim(with_claim(answer, 0, "产值6亿元。"), 1, "产值9亿元。")
    assert verified(both, {document.id: document}.get) is None
    assert verified(answer, {}.get) is None


def test_a_quote_that_the_document_lacks_supports_nothing(two_claims):
    document, answer = two_claims
    forged = replace(answer.citations[0], quote="2020年甲公司产值6亿元。")
    changed = replace(with_claim(answer, 0, forged.quote), citations=(forged, answer.citations[1]))
    assert len(verified(changed, {document.id: document}.get).claims) == 1


@pytest.mark.parametrize(
    ("text", "working", "holds"),
    [
        ("两家相差2亿元。", "7 − 5 = 2", True),
        ("两家相差2亿元。", None, False),
        ("两家相差2亿元。", "7 − 5 = 3", False),  # does not come out
        ("两家相差2亿元。", "8 − 6 = 2", False),  # of other figures than those cited
        ("两家相差3亿元。", "7 − 5 = 2", False),  # another result than what is said
        ("两家相差2亿元。", "7 比 5 = 2", False),  # no working
    ],
)
def test_a_computed_claim_needs_a_working_of_what_it_cites(two_claims, text, working, holds):
    document, answer = two_claims
    claim = Claim(text, (1, 2), "computed", working)
    found = verified(replace(answer, claims=(claim,)), {document.id: document}.get)
    assert (found is not None) == holds


def test_the_table_goes_with_a_cell_that_fails(claims, documents):
    by_id = {document.id: document for document in documents}
    found = [claim for claim in claims if claim.cited[0].cell is not None and len(claim.cited) == 1][:2]
    citations = CitationList()
    made = [
        Claim(
            one.text,
            (
                citations.cite_row(
                    one.cited[0].document, one.cited[0].span, context="", cell=one.cited[0].cell
                ),
            ),
        )
        for one in found
    ]
    answer = Answer(
        Question("多少"), tuple(made), citations.citations(), (), AnswerTable(("甲",), (("乙",),))
    )
    assert verified(answer, by_id.get) is answer
    wrong = with_claim(answer, 1, found[1].text.replace("：", "：9"))
    left = verified(wrong, by_id.get)
    assert left.table is None
    assert [claim.text for claim in left.claims] == [found[0].text]
