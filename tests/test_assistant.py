"""From a question to its outcome: completed from earlier turns, restated, searched, told what was taken for what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from fakes import FiguresInMemory
from policy_qa import messages
from policy_qa.assistant import Assistant
from policy_qa.auditing.auditor import Auditor
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.places import places_called
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Answer, Chunk, Document, Hit, Question, Refusal, SourceFile, Span, Turn
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from policy_qa.types import Outcome
    from policy_qa.understanding import Query

QUANZHOU = "# 泉州市茶业简报\n\n2021年，泉州市茶叶产量8.2万吨。2020年，泉州市茶叶产量7.9万吨。\n"
ZHANGZHOU = "# 漳州市茶业简报\n\n2021年，漳州市茶叶产量4.6万吨，茶园面积31万亩。\n"


def read(name: str, text: str) -> Document:
    return read_document(SourceFile(name, "", text, "utf-8"))


DOCUMENTS = (read("泉州.md", QUANZHOU), read("漳州.md", ZHANGZHOU))


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


@dataclass
class Shelf:
    """A retriever that finds the first documents within scope, at most `most`, and remembers what it was asked."""

    documents: tuple[Document, ...] = DOCUMENTS
    most: int = 9
    asked: list[Question] = field(default_factory=list)

    def retrieve(self, question: Question, count: int, **_: object) -> tuple[Hit, ...]:
        self.asked.append(question)
        found = [
            document
            for document in self.documents
            if question.documents is None or document.name in question.documents
        ]
        return tuple(
            Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0, dense_score=0.9)
            for document in found[: min(self.most, count)]
        )


def assistant_of(segmenter: Segmenter, shelf: Shelf, about: frozenset[str] = frozenset()) -> Assistant:
    (home,) = places_called("漳州市")
    known = {document.id: document for document in shelf.documents}

    def understood(question: Question) -> Query:
        return understand(question, segmenter, home=home)

    return Assistant(
        understand=understood,
        retrieve=shelf.retrieve,
        document=known.get,
        word_weight=lambda _word: 2.0,
        similarity=lambda _question, texts: [0.9] * len(texts),
        least_similarity=0.855,
        documents_about=lambda _query: about,
        titles=dict,
        today=lambda: date(2022, 6, 1),
        corpus_home=lambda: home,
        figures=FiguresInMemory(),
    )


def ask(segmenter: Segmenter, text: str, *history: Turn) -> Outcome:
    return assistant_of(segmenter, Shelf()).explain(Question(text, history)).outcome


FIRST = "2021年泉州的茶叶产量是多少？"


def test_a_follow_up_is_answered_and_the_completed_question_told(segmenter: Segmenter) -> None:
    outcome = ask(segmenter, "那漳州呢？", Turn(FIRST, "8.2万吨。[1]"))
    assert isinstance(outcome, Answer)
    assert outcome.completed == "2021年漳州的茶叶产量是多少？"
    assert outcome.question.text == "那漳州呢？"
    assert "4.6万吨" in outcome.text
    assert "8.2万吨" not in outcome.text


def test_a_refused_follow_up_tells_its_completed_question_too(segmenter: Segmenter) -> None:
    outcome = ask(segmenter, "2018年的呢？", Turn(FIRST, "8.2万吨。[1]"))
    assert isinstance(outcome, Refusal)
    assert (outcome.code, outcome.completed) == ("no_such_period", "2018年泉州的茶叶产量是多少？")


def test_a_question_that_stands_alone_has_no_completed_one(segmenter: Segmenter) -> None:
    for history in ((), (Turn("2021年漳州的茶园面积是多少？", "31万亩。[1]"),)):
        outcome = ask(segmenter, FIRST, *history)
        assert outcome.completed is None
        assert "8.2万吨" in (outcome.text if isinstance(outcome, Answer) else "")


def test_turns_without_answers_are_answered_first_oldest_first(segmenter: Segmenter) -> None:
    shelf = Shelf()
    turns = (Turn(FIRST), Turn("那漳州呢？"))
    outcome = assistant_of(segmenter, shelf).explain(Question("2020年的呢？", turns)).outcome
    asked = [question.text for question in shelf.asked]
    assert list(dict.fromkeys(asked)) == [
        FIRST,
        "2021年漳州的茶叶产量是多少？",
        "2020年漳州的茶叶产量是多少？",
    ]
    assert outcome.completed == "2020年漳州的茶叶产量是多少？"


def test_turns_with_answers_are_not_asked_again(segmenter: Segmenter) -> None:
    shelf = Shelf()
    turns = (Turn(FIRST, "8.2万吨。[1]"),)
    assistant_of(segmenter, shelf).explain(Question("那漳州呢？", turns))
    assert {question.text for question in shelf.asked} == {"2021年漳州的茶叶产量是多少？"}


def test_what_an_unanswered_turn_was_answered_with_may_be_asked_about(segmenter: Segmenter) -> None:
    turn = Turn("2021年泉州和漳州的茶叶产量分别是多少？")
    outcome = ask(segmenter, "那茶园面积呢？", turn)
    assert outcome.completed is not None
    assert "茶园面积" in outcome.completed
    assert outcome.completed.startswith("2021年")


def test_earlier_turns_are_answered_within_the_questions_documents(segmenter: Segmenter) -> None:
    shelf = Shelf()
    scope = frozenset({"漳州.md"})
    assistant_of(segmenter, shelf).explain(Question("2020年的呢？", (Turn(FIRST),), scope))
    assert {question.documents for question in shelf.asked} == {scope}


def test_what_was_taken_for_what_is_told_and_the_question_kept(segmenter: Segmenter) -> None:
    outcome = ask(segmenter, "去年我市的茶叶产量是多少？")
    assert isinstance(outcome, Answer)
    assert "4.6万吨" in outcome.text
    assert outcome.question.text == "去年我市的茶叶产量是多少？"
    assert outcome.completed is None
    assert outcome.notices[:2] == (
        messages.HOME_TAKEN_FOR.format(written="我市", meant="漳州市"),
        messages.YEAR_TAKEN_FOR.format(word="去年", year=2021),
    )


def test_a_question_of_unknown_english_words_is_refused_without_a_search(segmenter: Segmenter) -> None:
    shelf = Shelf()
    explained = assistant_of(segmenter, shelf).explain(Question("How do ferries influence wildlife?"))
    assert isinstance(explained.outcome, Refusal)
    assert (explained.outcome.code, explained.outcome.message) == ("language", messages.NOT_CHINESE)
    assert (shelf.asked, explained.hits) == ([], ())


def test_documents_about_the_place_asked_for_are_searched_behind_the_best_hits(segmenter: Segmenter) -> None:
    few = Shelf(most=1)
    assert isinstance(
        assistant_of(segmenter, few).explain(Question("2021年漳州茶叶产量是多少？")).outcome, Refusal
    )
    shelf = Shelf(most=1)
    explained = assistant_of(segmenter, shelf, frozenset({"漳州.md"})).explain(
        Question("2021年漳州茶叶产量是多少？")
    )
    assert isinstance(explained.outcome, Answer)
    assert "4.6万吨" in explained.outcome.text
    assert [question.documents for question in shelf.asked] == [None, frozenset({"漳州.md"})]
    assert [hit.chunk.document_id for hit in explained.hits] == [document.id for document in DOCUMENTS]


def test_a_chunk_found_twice_is_one_hit(segmenter: Segmenter) -> None:
    explained = assistant_of(segmenter, Shelf(), frozenset({"漳州.md"})).explain(Question(FIRST))
    assert len(explained.hits) == len(DOCUMENTS)


def test_documents_out_of_scope_are_not_searched_though_they_are_about_it(segmenter: Segmenter) -> None:
    shelf = Shelf()
    question = Question("2021年漳州茶叶产量是多少？", documents=frozenset({"泉州.md"}))
    explained = assistant_of(segmenter, shelf, frozenset({"漳州.md"})).explain(question)
    assert {asked.documents for asked in shelf.asked} == {frozenset({"泉州.md"})}
    assert {hit.chunk.document_id for hit in explained.hits} == {DOCUMENTS[0].id}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("2019年泉州的茶叶产量是多少？", "no_such_period"),
        ("2021年厦门的茶叶产量是多少？", "no_such_subject"),
        ("2021年泉州的茶叶产量目标是多少？", "kind_mismatch"),
        ("2021年泉州的人均茶叶产量是多少？", "no_such_indicator"),
        ("增速是多少？", "ambiguous"),
    ],
)
def test_a_near_miss_is_refused_with_its_reason(segmenter: Segmenter, question: str, code: str) -> None:
    outcome = ask(segmenter, question)
    assert isinstance(outcome, Refusal)
    assert outcome.code == code


def test_an_open_year_gets_both_values_newest_first(segmenter: Segmenter) -> None:
    outcome = ask(segmenter, "泉州的茶叶产量是多少？")
    assert isinstance(outcome, Answer)
    assert ["8.2万吨" in outcome.claims[0].text, "7.9万吨" in outcome.claims[1].text] == [True, True]


def test_the_same_question_gets_the_same_outcome(segmenter: Segmenter) -> None:
    assert ask(segmenter, FIRST) == ask(segmenter, FIRST)


SHARES = read(
    "宁德.md", "# 宁德市茶业简报\n\n2021年，宁德市有茶企150家，其中规模以上36家，占24.3%。茶园面积31万亩。\n"
)


@dataclass
class LyingAuditor(Auditor):
    """An auditor whose answers say that what does not come out does."""

    def audit(self, *asked: Any, **more: Any) -> Outcome | None:
        outcome = Auditor.audit(self, *asked, **more)
        assert isinstance(outcome, Answer)
        (claim,) = outcome.claims
        said = claim.text.replace("对不上", "对得上").replace("，应为24.0%，不是24.3%。", "，与24.3%相符。")
        assert said != claim.text
        return replace(outcome, claims=(replace(claim, text=said),))


def test_the_verdict_on_a_stated_share_leaves_only_if_it_holds(segmenter: Segmenter) -> None:
    assistant = assistant_of(segmenter, Shelf((SHARES,)))
    question = Question("规模以上茶企占24.3%，算得对吗？")
    outcome = assistant.explain(question).outcome
    assert isinstance(outcome, Answer)
    assert "应为24.0%" in outcome.text
    assert isinstance(replace(assistant, auditor=LyingAuditor()).explain(question).outcome, Refusal)


def test_a_verdict_is_refused_where_nothing_can_be_recomputed(segmenter: Segmenter) -> None:
    assistant = assistant_of(segmenter, Shelf((SHARES,)))
    outcome = assistant.explain(Question("2021年宁德茶园面积占全省的31%，这个数算得对吗？")).outcome
    assert isinstance(outcome, Refusal)
    assert outcome.message == messages.AUDIT_NOTHING
    assert "31万亩" in outcome.nearest[0].text
    told = assistant.explain(Question("2021年宁德茶园面积是31万亩吗？")).outcome
    assert isinstance(told, Answer)
