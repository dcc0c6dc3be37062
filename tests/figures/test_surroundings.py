"""What a block takes over from what stands above it: the section's last framing period, headings, title, the home place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.figures.surroundings import (
    CHARS_BEFORE,
    Surroundings,
    frames,
    home_of,
    read_surroundings,
    year_of,
)
from policy_qa.ingest.documents import read_document
from policy_qa.language.places import places_called
from policy_qa.types import Paragraph, SourceFile, Table

if TYPE_CHECKING:
    from policy_qa.types import Block, Document


def read(text: str, *, home: str | None = None, issued_on: date | None = None) -> Document:
    source = SourceFile("公报.md", "", text, "utf-8", issued_on=issued_on)
    return read_document(source, home_place=home)


def block_with(document: Document, words: str) -> Block:
    at = document.text.index(words)
    return next(block for block in document.blocks if block.span.start <= at < block.span.end)


def around(document: Document, words: str) -> Surroundings:
    return read_surroundings(document, block_with(document, words), home=home_of(document))


def period_above(text: str, words: str, **known: date) -> str | None:
    """The period carried to the block that holds the words, as it is labelled."""
    document = read(text, **known)
    slot = around(document, words).period_above
    return None if slot is None else slot.period.label()


SECTIONS = """# 2018年林业公报

全市造林3万亩。

## 一、2019年造林

造林4万亩。

2020年，造林5万亩。

封山7万亩。

### （一）抚育

抚育2万亩。

## 二、防火

火情9起。
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("造林3万亩", "2018年"),  # of the title
        ("造林4万亩", "2019年"),  # of the heading, which is nearer
        ("封山7万亩", "2020年"),  # of the paragraph before, which is nearer still
        (
            "抚育2万亩",
            "2019年",
        ),  # of the heading above its own; the paragraphs of the section above are not its own
        ("火情9起", "2018年"),  # a section does not go on with the one before
    ],
)
def test_the_period_that_stands_nearest_above(words: str, expected: str) -> None:
    assert period_above(SECTIONS, words) == expected


def test_a_carried_period_keeps_its_place() -> None:
    document = read(SECTIONS)
    for words, said in (("封山7万亩", "2020年"), ("造林4万亩", "2019年"), ("造林3万亩", "2018年")):
        slot = around(document, words).period_above
        assert slot is not None
        assert slot.is_carried
        assert slot.span.of(document.text) == said
        assert slot.span.end <= block_with(document, words).span.start


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("2020年，造林5万亩。", "2020年"),
        ("造林5万亩，而2015年只有1万亩。", None),  # tells of its own figure alone
        ("2020年，造林5万亩，而2015年只有1万亩。", "2020年"),
        ("2020年造林5万亩。2021年造林6万亩。", "2021年"),
        ("造林比2019年多1万亩。", None),  # only compared with
        ("截至2021年6月末，造林6万亩。", "2021年6月末"),
        ("造林工作顺利。", None),
    ],
)
def test_only_a_period_that_begins_a_clause_is_carried_on(before: str, expected: str | None) -> None:
    assert period_above(f"# 林业公报\n\n## 一、造林\n\n{before}\n\n封山7万亩。\n", "封山7万亩") == expected


def test_a_period_far_up_is_carried_no_more() -> None:
    near, far = ("林木长势良好。" * (length // 7) for length in (CHARS_BEFORE // 2, CHARS_BEFORE * 2))
    text = "# 林业公报\n\n## 一、造林\n\n2020年，造林5万亩。\n\n{}\n\n封山7万亩。\n"
    assert period_above(text.format(near), "封山7万亩") == "2020年"
    assert period_above(text.format(far), "封山7万亩") is None


@pytest.mark.parametrize("title", ["2021年政府工作报告", "林业发展规划（2021年）", "2021年主要目标"])
def test_the_year_of_a_title_that_speaks_of_two_years_is_no_figures(title: str) -> None:
    assert period_above(f"# {title}\n\n全市造林3万亩。\n", "造林3万亩") is None


def test_a_table_takes_over_what_stands_above_it_too() -> None:
    document = read(
        "# 林业公报\n\n## 一、2019年造林\n\n| 县 | 面积（亩） |\n|---|---|\n| 甲县 | 30 |\n| 乙县 | 40 |\n"
    )
    table = next(block for block in document.blocks if isinstance(block, Table))
    slot = read_surroundings(document, table, home=None).period_above
    assert slot is not None
    assert slot.period.label() == "2019年"


def test_this_year_is_that_of_the_documents_date_else_of_its_title() -> None:
    assert year_of(read("# 林业公报\n\n造林。\n", issued_on=date(2020, 3, 1))) == 2020
    assert year_of(read("# 2018年林业公报\n\n造林。\n")) == 2018
    assert year_of(read("# 2016—2018年林业公报\n\n造林。\n")) == 2018
    assert year_of(read("# 林业公报\n\n2017年造林。\n")) is None


def test_last_year_is_counted_from_the_documents_year() -> None:
    text = "# 2018年林业公报\n\n去年造林3万亩。\n"
    (found,) = around(read(text), "去年").periods
    assert found.period is not None
    assert found.period.label() == "2017年"
    assert around(read(text.replace("2018年", "")), "去年").periods[0].period is None


def test_the_same_period_is_that_of_the_paragraph_before() -> None:
    document = read("# 林业公报\n\n## 一、造林\n\n2021年上半年，造林5万亩。\n\n同期封山7万亩。\n")
    (found,) = around(document, "同期").periods
    assert found.period is not None
    assert found.period.label() == "2021年上半年"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("# 林业公报\n\n## 一、造林", "三明市"),  # the document's home
        ("# 林业公报\n\n## 尤溪县", "尤溪县"),
        ("# 林业公报\n\n## 尤溪县\n\n### （一）造林", "尤溪县"),
        ("# 林业公报\n\n## 尤溪县\n\n### 沙县区", "沙县区"),  # the inner one
        ("# 林业公报\n\n## 尤溪县和沙县区", None),  # of several none is it
        ("# 林业公报\n\n## 与尤溪县相比", "三明市"),  # only compared with
    ],
)
def test_the_place_that_stands_above(headings: str, expected: str | None) -> None:
    slot = around(read(f"{headings}\n\n造林3万亩。\n", home="三明市"), "造林3万亩").place_above
    assert (slot.places[0].name if slot else None) == expected
    assert slot is None or slot.is_carried


def test_a_home_is_traced_to_the_title_where_that_names_it() -> None:
    document = read("# 三明市林业公报\n\n全市造林3万亩。\n", home="三明市")
    slot = around(document, "造林3万亩").place_above
    assert slot is not None
    assert slot.span is not None
    assert slot.span.of(document.text) == "三明市"
    untold = around(read("# 林业公报\n\n全市造林3万亩。\n", home="三明市"), "造林3万亩").place_above
    assert untold is not None
    assert untold.span is None


def test_the_home_is_what_the_whole_city_means() -> None:
    (home,) = places_called("三明市")
    (found,) = around(read("# 林业公报\n\n全市造林3万亩。\n", home="三明市"), "全市").places
    assert (found.places, found.is_home) == ((home,), True)
    assert around(read("# 林业公报\n\n全市造林3万亩。\n"), "全市").places == ()


def test_home_of_a_document_is_its_metadata() -> None:
    assert home_of(read("# 林业公报\n\n造林。\n")) is None
    home = home_of(read("# 林业公报\n\n造林。\n", home="三明市"))
    assert home is not None
    assert home.name == "三明市"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年，造林", True),
        ("造林。2020年，封山", True),
        ("其中2020年封山", True),
        ("到2020年封山", True),
        ("截至2020年末", True),
        ("而2020年只有", False),
        ("造林面积2020年为", False),
        ("三明市2020年造林", False),
    ],
)
def test_a_period_frames_what_follows_where_it_begins_a_clause(text: str, expected: bool) -> None:
    assert frames(text, text.index("2020年")) is expected


PIECES = (
    "2020年，", "去年", "同期", "截至2021年末", "而2015年只有", "尤溪县", "全市", "比全省", "造林3万亩", "。", "，", "\n\n",
    "\n\n## 一、2019年造林\n\n", "\n\n## 尤溪县\n\n", "\n\n### （一）抚育\n\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20), st.sampled_from([None, "三明市"]))
def test_every_mention_lies_in_the_block_and_what_is_carried_before_it(
    pieces: list[str], home: str | None
) -> None:
    document = read("# 2018年三明林业公报\n\n" + "".join(pieces) + "\n", home=home)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found = read_surroundings(document, block, home=home_of(document))
            assert all(block.span.contains(one.span) for one in (*found.periods, *found.places))
            assert all(one.origin is None or one.origin.end <= one.span.start for one in found.periods)
            for slot in (found.period_above, found.place_above):
                assert slot is None or slot.is_carried
                assert slot is None or slot.span is None or slot.span.end <= block.span.start
