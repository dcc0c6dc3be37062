"""The independent check of quotations, and that it finds what is not exact."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.evaluation.exactness import (
    cell_problems,
    check_exactness,
    citation_problems,
    main,
    segment_problems,
)

LINES = [
    "  某市简报",
    "",
    "## 一、收成",
    "2021年粮食产量为",
    "第 3 页",
    "31.8万吨，增长 2.2%。",
    "港口吞吐量为904万吨。",
]
WRAPPED = {
    "number": 1,
    "document": "报告/甲.txt",
    "start": 10,
    "end": 26,
    "quote": "2021年粮食产量为31.8万吨",
    "lines": [4, 6],
    "segments": [{"line": 4, "text": "2021年粮食产量为"}, {"line": 6, "text": "31.8万吨"}],
}
WRAPPED["end"] = WRAPPED["start"] + len(WRAPPED["quote"])


def folder_with(tmp_path, encoding="utf-8", end="\n"):
    (tmp_path / "报告").mkdir()
    (tmp_path / "报告" / "甲.txt").write_bytes(end.join(LINES).encode(encoding))
    return tmp_path


def problems_of(citation, corpus):
    return [violation.problem for violation in check_exactness([{"id": 7, "citations": [citation]}], corpus)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_exact_citation_passes_in_every_encoding(tmp_path, encoding, end) -> None:
    assert problems_of(WRAPPED, folder_with(tmp_path, encoding, end)) == []


def changed(**changes):
    return copy.deepcopy(WRAPPED) | changes


def segments(*pairs):
    return [{"line": line, "text": text} for line, text in pairs]


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        (changed(quote="2021年粮食产量为31.9万吨"), "joined are not the quote"),
        (changed(quote="2021年粮食产量为31.8万吨…"), "joined are not the quote"),
        (changed(segments=segments((4, "2021年粮食产量为"), (6, "31.9万吨"))), "line 6 does not hold"),
        (changed(segments=segments((3, "2021年粮食产量为"), (6, "31.8万吨"))), "line 3 does not hold"),
        (changed(segments=segments((4, "2021年粮食产量为"), (9, "31.8万吨"))), "line 9 does not hold"),
        (changed(segments=segments((0, "2021年粮食产量为"), (6, "31.8万吨"))), "line 0 does not hold"),
        (changed(lines=[4, 4]), "not the first and the last"),
        (changed(lines=None), "not the first and the last"),
        (changed(segments=[]), "without segments"),
        (changed(quote=" "), "empty quote"),
        (changed(end=99), "not the length"),
        (changed(document="报告/乙.txt"), "no such document"),
        (changed(quote="粮食", segments=segments((4, "粮"), (4, "食")), end=12, lines=[4, 4]), None),
        (changed(quote="粮产", segments=segments((4, "粮"), (4, "产")), end=12, lines=[4, 4]), "left out"),
        (changed(quote="食粮", segments=segments((4, "食"), (4, "粮")), end=12, lines=[4, 4]), "left out"),
        (changed(quote="粮食31.8", segments=segments((4, "粮食"), (6, "31.8")), end=16), "left out"),
        (changed(quote="量为万吨", segments=segments((4, "量为"), (6, "万吨")), end=14), "left out"),
        (
            changed(quote="31.8收成", segments=segments((6, "31.8"), (3, "收成")), end=16, lines=[6, 3]),
            "left out",
        ),
        (
            changed(
                quote="某市简报一、收成",
                segments=segments((1, "某市简报"), (3, "一、收成")),
                end=18,
                lines=[1, 3],
            ),
            None,
        ),
        (changed(quote=None, start=None, end=None, lines=None, segments=[]), None),
        (changed(quote=None, start=None, end=None, lines=None), "no quote, yet"),
    ],
)
def test_what_is_not_exact_is_found(tmp_path, citation, said) -> None:
    found = problems_of(citation, folder_with(tmp_path))
    assert (found == []) if said is None else any(said in problem for problem in found)


@given(st.data())
def test_any_stretch_of_a_file_is_exact_and_no_other_digit_is(data) -> None:
    lines = data.draw(st.lists(st.text("粮食产量为0123456789.%，。 ", min_size=1), min_size=1, max_size=6))
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    pieces = [(n + 1, line) for n, line in enumerate(lines[first : last + 1], start=first) if line.strip()]
    quote = "".join(text for _, text in pieces)
    citation = {
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "lines": [pieces[0][0], pieces[-1][0]] if pieces else None,
        "segments": segments(*pieces),
    }
    assert not pieces or list(citation_problems(citation, lines)) == []
    at = data.draw(st.integers(0, len(quote) - 1)) if quote else 0
    if quote and quote[at].isdigit():
        digit = str((int(quote[at]) + 1) % 10)
        assert list(citation_problems(citation | {"quote": quote[:at] + digit + quote[at + 1 :]}, lines))


def test_composed_and_decomposed_file_names_are_the_same(tmp_path) -> None:
    (tmp_path / "re\u0301sume\u0301.txt").write_text("产量", encoding="utf-8")
    citation = changed(
        document="r\u00e9sum\u00e9.txt", quote="产量", segments=segments((1, "产量")), lines=[1, 1], end=12
    )
    assert problems_of(citation, tmp_path) == []


def test_a_file_that_is_no_text_is_an_error(tmp_path) -> None:
    (tmp_path / "甲.txt").write_bytes(b"\xff\xff\xff")
    with pytest.raises(ValueError, match="none of"):
        problems_of(changed(document="甲.txt"), tmp_path)


def test_the_command_counts_and_fails_on_a_violation(tmp_path, capsys) -> None:
    corpus = folder_with(tmp_path)
    out = tmp_path / "OUT.jsonl"
    out.write_text(json.dumps({"id": "q1", "citations": [WRAPPED]}) + "\n", encoding="utf-8")
    assert main([str(out), str(corpus)]) == 0
    assert "1 records, 1 citations, 0 violations" in capsys.readouterr().out
    out.write_text(json.dumps({"id": "q1", "citations": [changed(lines=[4, 5])]}) + "\n", encoding="utf-8")
    assert main([str(out), str(corpus)]) == 1
    assert "q1 [1] 报告/甲.txt: lines [4, 5]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ({"value": "84", "value_start": 103, "value_end": 105}, 0),
        ({"value": "48", "value_start": 103, "value_end": 105}, 1),
        ({"value": "84", "value_start": 203, "value_end": 205}, 1),
        ({"value": "84", "value_start": None, "value_end": None}, 1),
        ({"value": None, "value_start": 103, "value_end": 105}, 0),
        ({"value": None, "value_start": None, "value_end": None}, 0),
        (None, 0),
    ],
)
def test_a_cells_value_stands_in_its_row(cell, wrong) -> None:
    citation = {"start": 100, "end": 105, "quote": "甲市\t84", "cell": cell}
    assert len(list(cell_problems(citation))) == wrong


def test_tags_between_the_cells_of_a_row_are_no_text() -> None:
    lines = ["<tr><td>甲市</td><td>84</td>", "<td>85</td></tr>"]
    segments = [{"line": 1, "text": "甲市"}, {"line": 1, "text": "84"}, {"line": 2, "text": "85"}]
    assert list(segment_problems(segments, lines)) == []
    assert list(segment_problems([segments[0], segments[2]], lines))
