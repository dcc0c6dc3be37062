"""The whole path, from files to cited answers, with a stand-in for the encoder."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from fakes import FakeEmbedder
from policy_qa import messages
from policy_qa.config import Settings, load_settings
from policy_qa.errors import IndexMismatchError, IndexMissingError
from policy_qa.evaluation.exactness import check_exactness
from policy_qa.ingest.sentences import split_sentences
from policy_qa.pipeline import build_index, open_index
from policy_qa.records import QuestionRecord, outcome_record, search_record
from policy_qa.types import Answer, Question, Refusal, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from policy_qa.pipeline import PolicyQA

TEA = """# 青禾县茶叶产业报告

## 一、总体情况

2021年，全县茶园面积达到12.6万亩，比上年增长3.2%，茶叶总产量8450吨。其中明前茶占18.5%，由青禾茶业集团收购。

干茶均价为每公斤236元，
出口额为1.08亿元，主要销往中亚。

## 二、存在问题

- 采摘工人短缺
- 冷链仓库不足
- 品牌分散

## 三、下一步打算

一是建设3个标准化茶园。二是培训采茶工2600人次。三是推行《青禾茶地理标志管理办法》。
"""
FERRY = (
    "望江市轮渡运行简报\r\n\r\n"
    "一、客流\r\n\r\n"
    "2022年轮渡客运量为731万人次，同比下降6.4%，受高水位影响停航19天。\r\n"
    "2021年轮渡客运量为781万人次。\r\n\r\n"
    "二、票价\r\n\r\n"
    "成人票价为2元，学生票价为1元。\r\n"
)
BRIDGE = "# 望江市桥梁养护通报\n\n2022年检修桥梁64座，其中危桥5座，检修资金为3820万元。\n\n停航期间，过桥车流增加9.7%。\n"

TEXTS: dict[str, bytes] = {
    "茶叶/青禾县茶叶产业报告.md": TEA.encode(),
    "望江市轮渡运行简报.txt": FERRY.encode("gb18030"),
    "桥梁通报.md": b"\xef\xbb\xbf" + BRIDGE.encode(),
}
TEA_NAME, FERRY_NAME, BRIDGE_NAME = TEXTS
QUESTIONS = (
    "2021年全县茶园面积是多少？",
    "干茶均价是多少？",
    "出口额是多少",
    "茶叶产业有哪些存在问题？",
    "下一步打算有哪些？",
    "2022年轮渡客运量是多少？",
    "2021年轮渡客运量",
    "2019年轮渡客运量是多少？",
    "为什么停航？",
    "成人票价多少？",
    "检修资金是多少？",
    "危桥有几座？",
    "过桥车流怎么样？",
    "明天会下雨吗？",
    "火星上有没有水？",
)


def settings_for(folder: Path, corpus: Path) -> Settings:
    """Cosines of the stand-in are of another kind than those `least_similarity` was measured on."""
    return load_settings(corpus=corpus, index=folder / "index", least_similarity=-1.0)


def write(folder: Path, names: Sequence[str] = tuple(TEXTS)) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXTS[name])
    return folder


def opened(settings: Settings) -> PolicyQA:
    return open_index(settings, embedder=FakeEmbedder())


def record_of(service: PolicyQA, question: Question, number: int = 0) -> dict[str, Any]:
    return outcome_record(service.ask(question), record_id=number, seconds=0.0)


def all_said(service: PolicyQA, questions: Sequence[str]) -> bytes:
    """Answers and searches as the bytes a script would read."""
    said = [
        (
            record_of(service, Question(text), number),
            search_record(service.search(Question(text), 5), record_id=number),
        )
        for number, text in enumerate(questions)
    ]
    return json.dumps(said, ensure_ascii=False).encode()


def documents_said(service: PolicyQA, question: str) -> set[str]:
    """Every document an answer, its nearest holdings or a search name."""
    cited = {citation["document"] for citation in record_of(service, Question(question))["citations"]}
    return cited | {document.name for _, document in service.search(Question(question), 50)}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("invented"))


@pytest.fixture(scope="module")
def settings(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings_for(tmp_path_factory.mktemp("index"), corpus)
    report = build_index(made, embedder=FakeEmbedder())
    assert not report.failed
    return made


@pytest.fixture(scope="module")
def service(settings: Settings):
    with opened(settings) as service:
        yield service


@pytest.fixture(scope="module")
def samples(root: Path, tmp_path_factory: pytest.TempPathFactory):
    made = settings_for(tmp_path_factory.mktemp("samples"), root / "corpus")
    build_index(made, embedder=FakeEmbedder())
    with opened(made) as service:
        yield service


def asked_of(service: PolicyQA) -> list[str]:
    """Questions made of the documents' own sentences, cut short, so that all of every document is asked for."""
    asked = []
    for summary in service.documents():
        document = service.document(summary.id)
        assert document is not None
        for span in split_sentences(document.text)[::2]:
            sentence = span.of(document.text)
            asked += [f"{sentence[:18]}是多少？", f"{sentence[4:20]}有哪些"]
    return asked


def test_every_citation_in_the_sample_corpus_is_exact(samples: PolicyQA, root: Path) -> None:
    lines = (root / "eval" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines] + asked_of(samples)
    records = [record_of(samples, Question(text), number) for number, text in enumerate(questions)]
    assert len(questions) >= 120
    assert sum(len(record["citations"]) for record in records) > 120
    assert sum(not record["refused"] for record in records) > 60
    assert check_exactness(records, root / "corpus") == []


def test_every_citation_in_an_invented_corpus_is_exact(service: PolicyQA, corpus: Path) -> None:
    questions = [*QUESTIONS, *asked_of(service)]
    records = [record_of(service, Question(text), number) for number, text in enumerate(questions)]
    assert {citation["document"] for record in records for citation in record["citations"]} == set(TEXTS)
    assert check_exactness(records, corpus) == []


def test_a_citation_is_a_span_of_the_document_and_of_its_context(service: PolicyQA) -> None:
    for text in QUESTIONS:
        for citation in service.ask(Question(text)).citations:
            document = service.document(citation.document_id)
            assert document is not None
            assert citation.span is not None
            assert citation.quote == citation.span.of(document.text)
            assert citation.quote in (citation.context or "")


def test_a_figure_is_answered_with_the_clause_that_holds_it(service: PolicyQA) -> None:
    answer = service.ask(Question("2022年轮渡客运量是多少？"))
    assert isinstance(answer, Answer)
    assert answer.text == "2022年轮渡客运量为731万人次[1]"
    (citation,) = answer.citations
    assert (citation.document, citation.lines) == (FERRY_NAME, (5, 5))
    assert citation.section[-1] == "一、客流"


def test_the_year_asked_for_decides(service: PolicyQA) -> None:
    assert "781万人次" in service.ask(Question("2021年轮渡客运量是多少？")).text
    refusal = service.ask(Question("2019年轮渡客运量是多少？"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no_such_period"
    assert refusal.message == messages.NO_SUCH_PERIOD[True].format(asked="2019年", told="2022年、2021年")
    assert any("轮渡客运量" in claim.text for claim in refusal.nearest)


def test_a_figure_of_another_year_is_not_taken_though_its_words_fit_better(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, tmp_path / "corpus")
    settings.corpus.mkdir()
    text = "# 桥梁通报\n\n2022年检修资金为3820万元。\n\n2020年，用于检修和加固的各项资金，经市里核定，合计3100万元。\n"
    (settings.corpus / BRIDGE_NAME).write_text(text, encoding="utf-8")
    build_index(settings, embedder=FakeEmbedder())
    with opened(settings) as service:
        answer = service.ask(Question("2020年检修资金是多少？"))
    assert "3100万元" in (answer.text if isinstance(answer, Answer) else answer.message)
    assert "3820万元" not in "".join(citation.quote or "" for citation in answer.citations)


def test_lists_are_whole_and_in_order(service: PolicyQA) -> None:
    problems = service.ask(Question("茶叶产业有哪些存在问题？"))
    assert [claim.text.removeprefix("- ") for claim in problems.claims] == [
        "采摘工人短缺",
        "冷链仓库不足",
        "品牌分散",
    ]
    plans = service.ask(Question("下一步打算有哪些？"))
    assert [claim.text[:2] for claim in plans.claims] == ["一是", "二是", "三是"]
    assert plans.claims[2].text == "三是推行《青禾茶地理标志管理办法》。"


def test_what_the_corpus_does_not_hold_is_refused(service: PolicyQA) -> None:
    refusal = service.ask(Question("火星探测器的发射费用是多少？"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "out_of_scope"
    assert refusal.message == messages.OUT_OF_SCOPE


def test_the_same_questions_get_the_same_bytes_again(settings: Settings) -> None:
    said = []
    for _ in range(2):
        with opened(settings) as service:
            said += [all_said(service, QUESTIONS), all_said(service, QUESTIONS)]
    assert len(set(said)) == 1


def test_file_after_file_or_all_at_once_is_the_same_index(settings: Settings, tmp_path: Path) -> None:
    step_by_step = settings_for(tmp_path, tmp_path / "corpus")
    for name in (BRIDGE_NAME, TEA_NAME, FERRY_NAME):
        write(step_by_step.corpus, [name])
        assert build_index(step_by_step, embedder=FakeEmbedder()).new == (name,)
    with opened(settings) as at_once, opened(step_by_step) as grown:
        assert all_said(grown, QUESTIONS) == all_said(at_once, QUESTIONS)


def test_a_rebuilt_index_answers_as_the_old_one(settings: Settings, corpus: Path, tmp_path: Path) -> None:
    copy = settings_for(tmp_path, tmp_path / "elsewhere")
    shutil.copytree(corpus, copy.corpus)
    build_index(copy, embedder=FakeEmbedder())
    with opened(settings) as here, opened(copy) as there:
        assert all_said(here, QUESTIONS) == all_said(there, QUESTIONS)


def test_only_what_changed_is_embedded_again(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, write(tmp_path / "corpus"))
    build_index(settings, embedder=FakeEmbedder())
    (settings.corpus / BRIDGE_NAME).write_text(BRIDGE.replace("5座", "7座"), encoding="utf-8")
    embedder = FakeEmbedder()
    report = build_index(settings, embedder=embedder)
    assert (report.changed, report.new, report.gone) == ((BRIDGE_NAME,), (), ())
    assert 0 < len(embedder.embedded) < report.chunks
    assert all("桥" in text for text in embedder.embedded)
    with opened(settings) as service:
        assert "7座" in service.ask(Question("危桥有几座？")).text


def test_a_document_that_is_gone_is_never_named_again(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, write(tmp_path / "corpus"))
    build_index(settings, embedder=FakeEmbedder())
    with opened(settings) as service:
        quoting = [text for text in QUESTIONS if FERRY_NAME in documents_said(service, text)]
    assert len(quoting) >= 5
    (settings.corpus / FERRY_NAME).unlink()
    assert build_index(settings, embedder=FakeEmbedder()).gone == (FERRY_NAME,)
    with opened(settings) as service:
        assert {summary.name for summary in service.documents()} == {TEA_NAME, BRIDGE_NAME}
        for text in [*quoting, "轮渡票价是多少？"]:
            assert FERRY_NAME not in documents_said(service, text), text
            assert "731万" not in json.dumps(record_of(service, Question(text)), ensure_ascii=False), text


def test_a_service_that_was_open_forgets_what_a_build_removed(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, write(tmp_path / "corpus"))
    build_index(settings, embedder=FakeEmbedder())
    with opened(settings) as service:
        assert FERRY_NAME in documents_said(service, "2022年轮渡客运量是多少？")
        (settings.corpus / FERRY_NAME).unlink()
        build_index(settings, embedder=FakeEmbedder())
        assert FERRY_NAME not in documents_said(service, "2022年轮渡客运量是多少？")


@pytest.mark.parametrize("name", TEXTS)
def test_a_scope_limits_answers_nearest_holdings_and_search(service: PolicyQA, name: str) -> None:
    for text in QUESTIONS:
        question = Question(text, documents=frozenset({name}))
        cited = {citation.document for citation in service.ask(question).citations}
        found = {document.name for _, document in service.search(question, 50)}
        assert cited <= {name}, text
        assert found == {name}, text


def test_a_scope_without_documents_holds_nothing(service: PolicyQA) -> None:
    for scope in (frozenset(), frozenset({"没有这份文件.txt"})):
        question = Question("2022年轮渡客运量是多少？", documents=scope)
        refusal = service.ask(question)
        assert isinstance(refusal, Refusal)
        assert (refusal.nearest, service.search(question, 10)) == ((), [])


def test_a_follow_up_is_answered_as_the_question_it_stands_for(service: PolicyQA) -> None:
    turns = (Turn("2022年轮渡客运量是多少？", "731万人次"),)
    for text, whole in (
        ("2021年呢？", "2021年轮渡客运量是多少？"),
        ("2019年的呢？", "2019年轮渡客运量是多少？"),
    ):
        alone, followed = service.ask(Question(whole)), service.ask(Question(text, turns))
        assert (followed.completed, followed.question.text) == (whole, text)
        assert replace(followed, question=alone.question, completed=None) == alone
        assert record_of(service, Question(text, turns))["completed_question"] == whole
    assert "781万人次" in service.ask(Question("2021年呢？", turns)).text
    assert service.explain(Question("轮渡", turns)).outcome.question.history == turns


def test_what_an_explanation_weighed_is_read_before_the_index_may_change(service: PolicyQA) -> None:
    explanation = service.explain(Question("2021年轮渡客运量是2022年的多少倍？"))
    assert explanation.weighed is not None
    assert any(found.coverage for found in vars(explanation.weighed)["evidence"])


def test_a_complete_question_is_left_alone_whatever_was_said_before(service: PolicyQA) -> None:
    turns = (Turn("青禾县茶园面积是多少？", "12.6万亩"),)
    alone, after = (service.ask(Question("2022年轮渡客运量是多少？", told)) for told in ((), turns))
    assert after.completed is None
    assert (after.text, after.notices) == (alone.text, alone.notices)


def test_turns_without_an_answer_are_answered_first(service: PolicyQA) -> None:
    asked = ("2021年轮渡客运量是多少？", "那2022年呢？")
    answers = tuple(Turn(text, service.ask(Question(text)).text) for text in asked[:1])
    given = service.ask(Question(asked[1], answers))
    unanswered = service.ask(Question(asked[1], tuple(Turn(text) for text in asked[:1])))
    assert unanswered.text == given.text
    assert "731万人次" in given.text


def test_this_year_and_our_city_are_named_and_said_to_be(service: PolicyQA, settings: Settings) -> None:
    dated = settings.model_copy(update={"today": date(2022, 8, 1), "home_place": "南昌市"})
    with opened(dated) as known:
        answer = known.ask(Question("今年的轮渡客运量是多少？"))
        refusal = known.ask(Question("我市去年的轮渡客运量是多少？"))
    assert "731万人次" in answer.text
    assert answer.notices == (messages.YEAR_TAKEN_FOR.format(word="今年", year=2022),)
    assert answer.completed is None
    assert refusal.notices[:2] == (
        messages.HOME_TAKEN_FOR.format(written="我市", meant="南昌市"),
        messages.YEAR_TAKEN_FOR.format(word="去年", year=2021),
    )


def test_a_question_in_another_language_is_refused_as_such(service: PolicyQA) -> None:
    refusal = service.ask(Question("How do ferries influence wildlife migration?"))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.message) == ("language", messages.NOT_CHINESE)


@pytest.mark.parametrize("text", ["", "  \n\t", "？", "是多少？", "！！！", "\u200b"])
def test_a_question_that_asks_nothing_is_refused(service: PolicyQA, text: str) -> None:
    refusal = service.ask(Question(text))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.citations) == ("out_of_scope", ())
    assert refusal.message


def test_an_empty_question_is_told_apart(service: PolicyQA) -> None:
    assert service.ask(Question(" ")).message == messages.EMPTY_QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5000,
        "茶" * 3000,
        "%_'\"--;*()[]{}\\",
        "AND OR NOT NEAR",
        "😀𠮷",
        "<script>alert(1)</script>",
        "茶\x00叶",
    ],
)
def test_no_question_breaks_the_service(service: PolicyQA, corpus: Path, text: str) -> None:
    record = outcome_record(service.ask(Question(text)), record_id=1, seconds=0.0)
    assert check_exactness([record], corpus) == []
    service.search(Question(text), 5)


def test_an_index_of_nothing_refuses(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, tmp_path / "corpus")
    settings.corpus.mkdir()
    assert build_index(settings, embedder=FakeEmbedder()).chunks == 0
    with opened(settings) as service:
        service.warm()
        for text in ("2022年轮渡客运量是多少？", "有哪些问题？", ""):
            refusal = service.ask(Question(text))
            assert isinstance(refusal, Refusal)
            assert (refusal.citations, service.search(Question(text), 5)) == ((), [])
        assert service.documents() == ()


def test_a_corpus_that_is_emptied_leaves_nothing(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, write(tmp_path / "corpus", [BRIDGE_NAME]))
    build_index(settings, embedder=FakeEmbedder())
    (settings.corpus / BRIDGE_NAME).unlink()
    build_index(settings, embedder=FakeEmbedder())
    with opened(settings) as service:
        refusal = service.ask(Question("检修资金是多少？"))
        assert isinstance(refusal, Refusal)
        assert refusal.citations == ()


def test_a_jsonl_corpus_is_answered_from_as_it_stands(tmp_path: Path) -> None:
    text = "2020年建成\n骑行道46公里。\n路灯为LED。"
    line = {"doc_id": "道路-7", "title": "滨河骑行道公告", "text": text, "date": "2020-11-02"}
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    settings = settings_for(tmp_path, corpus)
    build_index(settings, embedder=FakeEmbedder())
    with opened(settings) as service:
        (_, document), *_ = service.search(Question("骑行道"), 3)
        assert (document.name, document.text, document.meta.title) == ("道路-7", text, "滨河骑行道公告")
        (citation,) = service.ask(Question("骑行道有多少公里？")).citations
        assert (citation.document, citation.quote, citation.lines) == ("道路-7", "骑行道46公里。", (2, 2))


def test_an_undecodable_file_is_left_out_and_named(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, write(tmp_path / "corpus", [BRIDGE_NAME]))
    (settings.corpus / "坏.txt").write_bytes(b"\x81\xff\xfe\x00\xd8 \xff\xff")
    report = build_index(settings, embedder=FakeEmbedder())
    assert [name for name, _ in report.failed] == ["坏.txt"]
    with opened(settings) as service:
        assert "3820万元" in service.ask(Question("检修资金是多少？")).text


def test_no_index_and_an_index_of_other_settings_are_not_opened(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="policy-qa build"):
        opened(settings_for(tmp_path, settings.corpus))
    with pytest.raises(IndexMismatchError, match="policy-qa build"):
        open_index(settings, embedder=FakeEmbedder(name="another"))
    with pytest.raises(IndexMismatchError, match="policy-qa build"):
        opened(load_settings(index=settings.index, chunk_size_chars=200))


def test_a_search_returns_the_best_chunks_in_order(service: PolicyQA) -> None:
    found = service.search(QuestionRecord(question="轮渡客运量").to_question(), 3)
    assert found[0][1].name == FERRY_NAME
    scores = [hit.score for hit, _ in found]
    assert scores == sorted(scores, reverse=True)
    assert [hit.chunk.id for hit, _ in service.search(Question("轮渡客运量"), 1)] == [found[0][0].chunk.id]
