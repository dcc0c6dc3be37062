"""Follow-up questions are completed from the turns before them, complete ones left alone to the letter."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.conversation import complete
from policy_qa.conversation.frames import frame, groups
from policy_qa.conversation.referents import items_of, number_of
from policy_qa.types import Question, Turn

CONVERSATIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
]
LEANING = [talk for talk in CONVERSATIONS if talk["want"] is not None]
WHOLE = [talk for talk in CONVERSATIONS if talk["want"] is None]
INTENSITY = Turn("2020年柳州的研发投入强度是多少？", "柳州的研发投入强度为1.8%。[1]")


def completed(asked: str, *turns: Turn) -> str:
    return complete(Question(asked, turns)).text


def turns_of(talk: dict) -> tuple[Turn, ...]:
    return tuple(Turn(*turn) for turn in talk["turns"])


@pytest.mark.parametrize("talk", LEANING, ids=lambda talk: f"{talk['turns'][-1][0]} {talk['ask']}")
def test_a_follow_up_is_completed(talk: dict) -> None:
    assert completed(talk["ask"], *turns_of(talk)) == talk["want"]


@pytest.mark.parametrize("talk", WHOLE, ids=lambda talk: talk["ask"])
def test_a_complete_question_is_left_alone(talk: dict) -> None:
    assert completed(talk["ask"], *turns_of(talk)) == talk["ask"]


def test_there_are_enough_conversations() -> None:
    assert len(LEANING) >= 80
    assert len(WHOLE) >= 40
    assert len({(talk["ask"], str(talk["turns"])) for talk in CONVERSATIONS}) == len(CONVERSATIONS)


READABLE = [talk for talk in LEANING if "来宾" not in talk["want"]]  # a place only where it stands alone


@pytest.mark.parametrize("talk", READABLE, ids=lambda talk: f"{talk['turns'][-1][0]} {talk['ask']}")
def test_what_was_completed_is_complete(talk: dict) -> None:
    again = completed(talk["want"], *turns_of(talk))
    assert again in (talk["want"], talk["want"].rstrip("？"))


@pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk["ask"])
def test_without_earlier_turns_a_question_stays_as_it_is(talk: dict) -> None:
    assert completed(talk["ask"]) == talk["ask"]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.text(max_size=30), st.none() | st.text(max_size=60)), max_size=3),
)
def test_any_conversation_is_read(asked: str, turns: list[tuple[str, str | None]]) -> None:
    question = Question(asked, tuple(Turn(*turn) for turn in turns))
    assert complete(question) == complete(question)


FRAGMENTS = st.sampled_from(
    [
        "那岳阳呢？",
        "2019年呢？",
        "它的排名？",
        "那出口呢？",
        "占GDP比重呢？",
        "为什么？",
        "出自哪里？",
        "还有呢？",
        "差多少？",
        "第二条展开说",
        "前者呢",
    ]
)


@given(st.lists(FRAGMENTS, min_size=1, max_size=6))
def test_a_chain_of_follow_ups_never_loses_its_subject(asked: list[str]) -> None:
    turns = (INTENSITY, *(Turn(text, "一是甲。[1]\n二是乙。[2]") for text in asked[:-1]))
    text = completed(asked[-1], *turns)
    assert len(text) < 120
    assert "呢" not in text or text == asked[-1]


def test_a_guess_is_said() -> None:
    turn = Turn("惠州的电子信息产业产值是多少？", "2020年，惠州电子信息产业产值3900亿元。[1]")
    done = complete(Question("上一年呢？", (turn,)))
    assert done.text == "2019年惠州的电子信息产业产值是多少？"
    assert len(done.notices) == 1
    assert "2019年" in done.notices[0]


def test_which_of_several_places_was_taken_is_said() -> None:
    turn = Turn("2020年哪个城市的研发投入强度最高？", "苏州最高，为3.7%，无锡次之。[1]")
    done = complete(Question("它的GDP是多少？", (turn,)))
    assert done.text == "2020年苏州的GDP是多少？"
    assert "苏州" in done.notices[0]


def test_what_was_not_guessed_is_not_said() -> None:
    assert complete(Question("那岳阳呢？", (INTENSITY,))).notices == ()


def test_no_year_is_made_up() -> None:
    turn = Turn("柳州的研发投入强度是多少？", "2020年为1.8%。[1]")
    assert completed("那岳阳呢？", turn) == "岳阳的研发投入强度是多少？"
    many = Turn("柳州的研发投入强度是多少？", "2019年为1.7%，2020年为1.8%。[1]")
    assert "2018" not in completed("上一年呢？", many)
    assert "2019" not in completed("上一年呢？", many)


def test_an_item_that_the_list_lacks_is_not_made_up() -> None:
    turn = Turn("有哪些建议？", "一是深化银企合作。[1]\n二是设立引导基金。[2]")
    assert "“" not in completed("第五条展开说", turn)


def test_an_english_turn_is_understood() -> None:
    turn = Turn("What was Liuzhou's GDP in 2020?", "3176.9亿元。[1]")
    assert completed("那岳阳呢？", turn) == "2020年岳阳的GDP是多少？"


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("（一）创新不足。[1]\n（二）人才短缺。[2]", ("创新不足", "人才短缺")),
        ("1. 修路；2. 建桥；3. 通航。[1]", ("修路", "建桥", "通航")),
        ("主要产业包括汽车、钢铁、机械等。[1]", ("汽车", "钢铁", "机械")),
        ("首先，摸清底数。[1]其次，分类施策。[2]", ("摸清底数", "分类施策")),
        ("2020年为1.8%。[1]", ()),
        ("现有资料中没有找到所问的内容，无法回答。", ()),
        ("", ()),
    ],
)
def test_items_of_an_answer(answer: str, items: tuple[str, ...]) -> None:
    assert items_of(answer) == items


@pytest.mark.parametrize(
    ("word", "count", "number"),
    [("一", 3, 1), ("十", 12, 10), ("二十一", 30, 21), ("3", 3, 3), ("0", 3, None), ("四", 3, None)],
)
def test_numbers_of_items(word: str, count: int, number: int | None) -> None:
    assert number_of(word, count) == number


@given(st.text(max_size=60))
def test_the_parts_of_any_question_are_spans_of_it(text: str) -> None:
    parts = frame(text)
    for span in (parts.place, parts.period, parts.organisation, parts.asking, parts.topic):
        assert span is None or (span.end <= len(parts.text) and len(span) > 0)


def test_the_word_lists_are_read() -> None:
    for name in ("attributes", "listed", "firms", "generic", "bare", "regions", "plain"):
        assert groups(name)
    assert all(len(group) > 1 for group in groups("contrast"))
