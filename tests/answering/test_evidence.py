"""Which sentences speak of what is asked: words, years, figures, and what surrounds a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.answering.asked_figure import AskedFigure
from policy_qa.answering.evidence import compare_meaning, gather_evidence, meaning_text, sentences_of
from policy_qa.answering.told_figures import has_figure, has_what_is_asked
from policy_qa.answering.wording import Context, covered_share, wanted_words, word_match
from policy_qa.answering.years import year_fits, years_spoken_of
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Heading, Hit, Question, SourceFile, Span
from policy_qa.understanding import Query, understand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.evidence import Evidence

REPORT = """# 南浦区养老服务报告

## 一、机构

2022年，全区养老机构床位为8400张，护理员1260人。2021年床位为7900张。比2020年增加较多，入住率为63.5%。

## 二、2019年回顾

床位为6100张，见表3。受人口外流影响，部分机构停办。

## 三、展望

到2025年建成示范中心，由民政部门负责。
"""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def read(text: str = REPORT, name: str = "养老.md") -> Document:
    return read_document(SourceFile(name, "", text, "utf-8"))


def whole(document: Document) -> Hit:
    return Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)


def gathered(segmenter: Segmenter, question: str, *documents: Document) -> tuple[Query, list[Evidence]]:
    query = understand(Question(question), segmenter)
    known = {document.id: document for document in documents or (read(),)}
    return query, gather_evidence(query, [whole(one) for one in known.values()], known.get, lambda word: 2.0)


def texts(evidence: Sequence[Evidence]) -> list[str]:
    return [found.span.of(found.document.text) for found in evidence]


def test_every_sentence_once_and_no_heading(segmenter: Segmenter) -> None:
    document = read()
    query = understand(Question("床位"), segmenter)
    hits = [whole(document), whole(document), Hit(Chunk("gone", Span(0, 5), ()), 1.0)]
    found = gather_evidence(query, hits, {document.id: document}.get, lambda word: 1.0)
    assert len(found) == len(set(texts(found))) == 6
    headings = {block.span for block in document.blocks if isinstance(block, Heading)}
    assert not headings & {one.span for one in found}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_only_sentences_that_share_a_character_with_the_chunk() -> None:
    document = read()
    start = document.text.index("7900")
    (sentence,) = [span.of(document.text) for _, span in sentences_of(document, Span(start, start + 1))]
    assert sentence == "2021年床位为7900张。"


def test_the_sentence_that_speaks_of_all_words_comes_first(segmenter: Segmenter) -> None:
    _, found = gathered(segmenter, "护理员有多少人？")
    assert "护理员1260人" in texts(found)[0]
    assert found[0].coverage > found[-1].coverage


@pytest.mark.parametrize(
    ("question", "fitting", "unfitting"),
    [
        ("2022年床位是多少？", ["8400张"], ["7900张", "6100张"]),
        ("2021年床位是多少？", ["7900张", "63.5%"], ["8400张", "6100张"]),
        ("2019年床位是多少？", ["6100张", "人口外流"], ["8400张", "7900张", "63.5%"]),
        ("2020年床位是多少？", [], ["8400张", "7900张", "6100张", "63.5%"]),
        ("床位是多少？", ["8400张", "7900张", "6100张"], []),
    ],
)
def test_the_years_of_a_sentence_its_paragraph_and_its_headings(
    segmenter: Segmenter, question: str, fitting: list[str], unfitting: list[str]
) -> None:
    _, found = gathered(segmenter, question)
    fits = "".join(text for one, text in zip(found, texts(found), strict=True) if one.period_fits)
    assert [part for part in fitting if part not in fits] == []
    assert not [part for part in unfitting if part in fits]


def test_a_sentence_without_any_year_may_speak_of_all() -> None:
    document = read("# 报告\n\n床位为5张。\n")
    block = document.blocks[-1]
    assert year_fits(["1999"], document, block, block.span)
    assert years_spoken_of("2018年至2022年，比2015年多") == ["2018", "2022"]


def test_years_within_a_range_are_spoken_of() -> None:
    document = read("# 报告\n\n2015—2019年，床位由10张增至50张。\n")
    block = document.blocks[-1]
    fits = {
        year: year_fits([year], document, block, block.span)
        for year in ("2014", "2015", "2017", "2019", "2020")
    }
    assert fits == {"2014": False, "2015": True, "2017": True, "2019": True, "2020": False}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("床位为8400张", True),
        ("占63.5%", True),
        ("排名均处于75-100之间", True),
        ("共有12个", True),
        ("2014-2018年", False),
        ("3月底", False),
        ("2022年出台办法", False),
        ("2022年3月1日起施行", False),
        ("见表3和图2-1", False),
        ("没有数字", False),
        ("", False),
    ],
)
def test_what_is_a_figure(text: str, expected: bool) -> None:
    assert has_figure(text, AskedFigure()) is expected


def test_each_kind_asks_for_its_own_thing(segmenter: Segmenter) -> None:
    def holds(question: str, sentence: str) -> bool:
        return has_what_is_asked(understand(Question(question), segmenter), sentence)

    assert holds("床位多少？", "床位为5张")
    assert not holds("床位多少？", "床位不足")
    assert holds("何时建成？", "2025年建成")
    assert not holds("何时建成？", "已经建成")
    assert holds("为什么停办？", "受人口外流影响停办")
    assert not holds("为什么停办？", "部分机构停办")


def test_a_word_counts_less_the_further_it_stands() -> None:
    inside = word_match("床位", Context("床位为5张", "", ""))
    around = word_match("床位", Context("为5张", "床位", ""))
    title = word_match("床位", Context("为5张", "", "床位报告"))
    partial = word_match("养老床位", Context("床位为5张", "", ""))
    assert 1 == inside > around >= title > partial > word_match("床位", Context("", "", "")) == 0


def test_the_share_of_words_is_between_none_and_all(segmenter: Segmenter) -> None:
    query = understand(Question("GDP与床位"), segmenter)
    wanted = wanted_words(query, lambda word: 3.0)
    assert covered_share(wanted, Context("地区生产总值与床位", "", "")) == pytest.approx(1)
    assert covered_share(wanted, Context("毫不相干", "", "")) == 0
    assert covered_share((), Context("床位", "", "")) == 0
    assert 0 < covered_share(wanted, Context("床位", "", "")) < 1


def test_a_rare_word_weighs_more_than_a_common_one(segmenter: Segmenter) -> None:
    query = understand(Question("床位与护理员"), segmenter)
    wanted = wanted_words(query, lambda word: {"床位": 0.0}.get(word, 5.0))
    rare, common = (covered_share(wanted, Context(word, "", "")) for word in ("护理员", "床位"))
    assert rare > common > 0


def test_of_sentences_alike_in_words_the_nearer_in_meaning_comes_first(segmenter: Segmenter) -> None:
    _, found = gathered(segmenter, "床位")
    last = found[min(3, len(found) - 1)]
    compared = compare_meaning(
        found, lambda given: [1.0 if text == meaning_text(last) else 0.0 for text in given]
    )
    assert compared[0].span == last.span
    assert sorted(one.span for one in compared) == sorted(one.span for one in found)
    same = compare_meaning(found, lambda given: [0.5] * len(given))
    assert [one.span for one in same] == [one.span for one in found]
    assert compare_meaning([], lambda given: []) == []


def test_what_is_compared_is_the_sentence_under_its_heading(segmenter: Segmenter) -> None:
    _, found = gathered(segmenter, "护理员")
    assert meaning_text(found[0]).startswith("一、机构 ")


@pytest.mark.parametrize(
    ("told", "asked", "value"),
    [
        ("2021年，全区农村贫困人口减少860人，总人口为3.2万人。", "2021年总人口是多少？", "3.2万人"),
        ("2021年，全区农村贫困人口减少860人。", "2021年农村贫困人口是多少？", None),
        ("2021年，全区农村贫困人口减少860人。", "2021年农村贫困人口减少了多少？", "860人"),
        ("2021年，全区农村贫困人口减少860人。", "2021年脱贫人口是多少？", "860人"),
        ("2021年，全区居民人均可支配收入增加1260元。", "2021年居民人均可支配收入是多少？", None),
        ("2021年，汽车产量增长27%，30万吨乙烯项目完工。", "2021年汽车产量是多少？", None),
        ("2021年，汽车产量增长27%，港口吞吐30万吨。", "2021年汽车产量是多少？", None),
        ("2021年，汽车产量，南浦最多，达3.5万辆。", "2021年汽车产量是多少？", "3.5万辆"),
        ("2021年，单产居粮食主产区第1位，总产量达到8.5亿斤。", "2021年粮食总产量是多少？", "8.5亿斤"),
    ],
)
def test_a_figure_of_another_thing_or_a_mere_change_is_not_the_one_asked_for(segmenter, told, asked, value):
    document = read(f"# 南浦区年报\n\n{told}\n")
    _, evidence = gathered(segmenter, asked, document)
    figures = [one.figure.span.of(document.text) for one in evidence if one.figure and one.coverage]
    assert figures == ([value] if value else [])


def test_what_the_question_calls_by_its_number_is_not_another_programme(segmenter):
    document = read(
        "# 南浦区年报\n\n2021年，农业提升86项工程稳步推进。\n\n2021年，水利工程完成投资3.5亿元。\n"
    )
    _, called = gathered(segmenter, "农业提升86项工程2021年完成投资多少亿元？", document)
    _, plain = gathered(segmenter, "2021年水利工程完成投资多少亿元？", document)
    (own,) = [one for one in called if one.figure]
    assert "indicator" in own.misfits
    assert [one.misfits for one in plain if one.figure] == [frozenset()]
