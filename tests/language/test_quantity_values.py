import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.quantities import find_quantities
from policy_qa.language.quantity_values import read_quantities, same_value

LABELLED = Path(__file__).with_name("quantities.txt")
BOUNDS = {"about", "over", "under", "at_least", "at_most", "near"}
FORMS = {"..": "range", ":": "ratio", "/": "fraction"}


def labelled():
    lines = LABELLED.read_text("utf-8").splitlines()
    return [line.split(" |") for line in lines if line and not line.startswith("#")]


def expected(label):
    """The quantity a label tells: text, form, values, unit, bound, direction."""
    text, told = label.strip().split(" = ")
    worth, *rest = told.split()
    marks = {mark for mark in rest if mark in BOUNDS | {"up", "down"}}
    form = (
        "rank" if worth[0] == "#" else next((form for mark, form in FORMS.items() if mark in worth), "number")
    )
    values = tuple(Decimal(value) for value in re.split(r"\.\.|[:/]", worth.lstrip("#")))
    unit = next((word for word in rest if word not in marks), "")
    bound = next(iter(marks & BOUNDS), "exact")
    return text, form, values, unit, bound, ("up" in marks) - ("down" in marks)


def read(text):
    return [(q.text, q.form, q.values, q.unit, q.bound, q.direction) for q in read_quantities(text)]


def test_there_are_three_hundred_labelled_strings():
    assert len({text for text, _ in labelled()}) >= 300


@pytest.mark.parametrize(("text", "labels"), labelled())
def test_a_labelled_string_is_read_as_labelled(text, labels):
    assert read(text) == [expected(label) for label in labels.split(";") if label.strip()]


UNITS = st.sampled_from(
    [
        "元",
        "%",
        "‰",
        "个百分点",
        "家",
        "户",
        "公顷",
        "平方公里",
        "吨",
        "公斤",
        "人",
        "成",
        "倍",
        "MW",
        "元/吨",
        "台",
    ]
)
MULTIPLIERS = st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)])
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4).map(lambda number: number.normalize())


def in_digits(number, *, separators):
    return f"{number:,f}" if separators else f"{number:f}"


@given(NUMBERS, MULTIPLIERS, UNITS, st.booleans())
def test_a_written_number_is_read_back(number, multiplier, unit, separators):
    written = in_digits(number, separators=separators) + multiplier[0] + unit
    (quantity,) = read_quantities(f"其中：{written}。")
    (one,) = read_quantities(f"1{unit}")
    assert (quantity.text, quantity.unit) == (written, one.unit)
    assert quantity.values == (number * multiplier[1] * one.values[0],)


@given(st.integers(min_value=1, max_value=10**12))
def test_a_number_in_chinese_numerals_is_read_back(number):
    (quantity,) = read_quantities(f"共{in_chinese(number)}家企业")
    assert (quantity.values, quantity.unit) == ((Decimal(number),), "家" if number > 1 else quantity.unit)


def in_chinese(number):
    """`number` in Chinese numerals, written from the grammar: sections of four digits, 零 for a gap."""
    if number == 1:
        return "1"
    sections, words = [], ["", "万", "亿", "万亿"]
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    said = ""
    for place in range(len(sections) - 1, -1, -1):
        if not sections[place]:
            continue
        gap = bool(said) and (sections[place] < 1000 or not sections[place + 1])
        said += ("零" if gap else "") + section_in_chinese(sections[place]) + words[place]
    return said


def section_in_chinese(section):
    said = ""
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = section // place % 10
        if digit:
            said += "零一二三四五六七八九"[digit] + word
        elif said and section % place:
            said += "" if said.endswith("零") else "零"
    return said


@given(NUMBERS, NUMBERS, UNITS)
def test_the_same_worth_in_other_multipliers_is_the_same_value(number, other, unit):
    if unit not in {"元", "家"}:
        return
    (one,) = read_quantities(f"为{number:f}亿{unit}")
    (two,) = read_quantities(f"为{number * 10_000:f}万{unit}")
    (third,) = read_quantities(f"为{other:f}亿{unit}")
    assert same_value(one, two)
    assert same_value(one, third) == (number == other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3177.4亿元", "31774000万元", True),
        ("下降3.2%", "-3.2%", True),
        ("1公顷", "15亩", True),
        ("三成", "30%", True),
        ("第五位", "第5名", True),
        ("三分之一", "1/3", True),
        ("增长5%", "下降5%", False),
        ("增长5%", "增长到5%", False),
        ("5%", "约5%", False),
        ("超5家", "近5家", False),
        ("5家", "5户", False),
        ("5%", "5个百分点", False),
        ("5亿元", "5亿美元", False),
        ("5%—6%", "5%—7%", False),
        ("5%", "5%—6%", False),
        ("1:9", "9:1", False),
        ("第5位", "上升5位", False),
    ],
)
def test_same_value(one, other, same):
    (first,), (second,) = read_quantities(one), read_quantities(other)
    assert same_value(first, second) is same
    assert same_value(second, first) is same


FRAGMENTS = st.sampled_from(
    [
        *"0123456789.，、:/-—~至年月第%一二十百千万亿元个几多半余点 分之和到约近超低高比“”（）\n",
        "个百分点", "2020年", "1,234", "亿元", "增长", "下降", "百分之", "由", "以上", "前", "表", "成", "折", "番", "一半",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=50).map("".join))
def test_quantities_stand_in_order_within_what_find_quantities_finds(text):
    found = find_quantities(text)
    last = 0
    for quantity in read_quantities(text):
        assert last <= quantity.span.start < quantity.span.end
        assert quantity.text == quantity.span.of(text)
        assert any(span.contains(quantity.span) for span in found)
        assert quantity.values
        assert same_value(quantity, quantity)
        last = quantity.span.end


def test_forty_digits_stay_exact():
    digits = "1234567890" * 4
    (quantity,) = read_quantities(f"共{digits}万亿元")
    assert quantity.values == (Decimal(digits + "0" * 12),)


@pytest.mark.parametrize(
    "piece",
    ["增长", "5%、", "3、", "比", "高于", "约", "一百零", "（", "5%和", "减少a", "1:", "前", "分之一"],
)
def test_long_texts_are_read(piece):
    assert len(read_quantities(piece * 5_000)) <= 5_000
