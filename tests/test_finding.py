"""Which chunks are read for a question: the best, those of documents about its place, and those that name it."""

from policy_qa.config import load_settings
from policy_qa.finding import find_hits
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Answer, Chunk, Hit, Question, SourceFile, Span
from policy_qa.understanding import understand
from small_assistant import assistant_over

TEXT = "# 三市简报\n\n泉州市轮渡收入3亿元。\n\n漳州市轮渡收入2亿元。\n"
DOCUMENT = read_document(SourceFile("轮渡.md", "", TEXT, "utf-8"))


def hit_of(words: str) -> Hit:
    start = DOCUMENT.text.index(words)
    return Hit(Chunk(DOCUMENT.id, Span(start, start + len(words)), ()), 1.0)


OF_QUANZHOU, OF_ZHANGZHOU = hit_of("泉州市轮渡收入3亿元。"), hit_of("漳州市轮渡收入2亿元。")


def hits_for(question: str) -> tuple[list[Hit], list[str]]:
    asked: list[str] = []

    def retrieve(one: Question, _count: int, *, meaning: str | None = None) -> tuple[Hit, ...]:
        asked.append(one.text)
        assert meaning == (question if asked[1:] else None)
        return (OF_QUANZHOU, OF_ZHANGZHOU) if one.text == "漳州" else (OF_QUANZHOU,)

    query = understand(Question(question), Segmenter(load_settings().cache))
    return list(find_hits(query, retrieve, lambda _query: frozenset(), {DOCUMENT.id: DOCUMENT}.get)), asked


def test_a_place_that_no_chunk_names_is_looked_for_by_its_name() -> None:
    hits, asked = hits_for("2021年漳州轮渡收入是多少？")
    assert hits == [OF_QUANZHOU, OF_ZHANGZHOU]
    assert asked == ["2021年漳州轮渡收入是多少？", "漳州"]


def test_a_place_that_is_named_is_not_looked_for_again() -> None:
    hits, asked = hits_for("2021年泉州轮渡收入是多少？")
    assert hits == [OF_QUANZHOU]
    assert asked == ["2021年泉州轮渡收入是多少？"]


def test_of_a_question_that_is_computed_only_the_operands_are_weighed() -> None:
    assistant = assistant_over("2020年，荆州市苗圃120家，黄石市苗圃48家。", home="荆州")
    explanation = assistant.explain(Question("2020年荆州的苗圃比黄石多多少家？"))
    assert isinstance(explanation.outcome, Answer)
    assert "72家" in explanation.outcome.text
    assert explanation.weighed is not None
    assert "evidence" not in vars(explanation.weighed)
    assert explanation.evidence == explanation.weighed.evidence != ()
