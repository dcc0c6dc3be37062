import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.types import Answer, Citation, Claim, LineMap, Question, Refusal, Run, Segment, Span


def citation(number: int) -> Citation:
    return Citation(number, "甲.md", "0" * 12, "甲", (), Span(0, 1), "甲", "甲", (1, 1), (Segment(1, "甲"),))


def test_an_answer_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Claim("强度为1.8%。", ())
    with pytest.raises(ValueError, match="needs a claim"):
        Answer(Question("?"), (), ())


@pytest.mark.parametrize(
    ("mentioned", "numbered"), [((2,), (1,)), ((1,), (1, 2)), ((1, 2), (2, 1)), ((2, 1), (1, 2)), ((1,), ())]
)
def test_citations_are_numbered_by_first_mention_and_all_used(
    mentioned: tuple[int, ...], numbered: tuple[int, ...]
) -> None:
    claims = tuple(Claim("甲。", (number,)) for number in mentioned)
    with pytest.raises(ValueError, match="numbered"):
        Answer(Question("?"), claims, tuple(citation(number) for number in numbered))
    with pytest.raises(ValueError, match="numbered"):
        Refusal(Question("?"), "out_of_scope", "无。", claims, tuple(citation(number) for number in numbered))


def test_the_answer_shows_marks_in_order() -> None:
    answer = Answer(Question("?"), (Claim("甲。", (1,)), Claim("乙。", (1, 2))), (citation(1), citation(2)))
    assert answer.text == "甲。[1]\n乙。[1][2]"


def test_a_span_that_runs_backwards_is_refused() -> None:
    for start, end in [(2, 1), (-1, 1)]:
        with pytest.raises(ValueError, match="not a range"):
            Span(start, end)


LINES = st.lists(st.text("研发1.8% ", min_size=1, max_size=8), min_size=1, max_size=6)


@given(LINES, st.data())
def test_segments_joined_are_the_quote(lines: list[str], data: st.DataObject) -> None:
    text, runs, source_start = "", [], 0
    for number, line in enumerate(lines, start=1):
        runs.append(Run(Span(len(text), len(text) + len(line)), source_start, number))
        text += line
        source_start += len(line) + 1
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    segments = LineMap(tuple(runs)).segments(text, Span(start, end))
    assert "".join("".join(segment.text for segment in segments).split()) == "".join(text[start:end].split())
    assert [segment.line for segment in segments] == sorted({segment.line for segment in segments})
    for segment in segments:
        assert segment.text in lines[segment.line - 1]
