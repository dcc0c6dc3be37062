import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.quantities import find_quantities


def quantities(text):
    return [span.of(text) for span in find_quantities(text)]


@pytest.mark.parametrize(
    "quantity",
    [
        "5.2%", "-2.3%", "−3.5%", "+4.2%", "±5℃", "4.5‰", "３．５％", "0.5个百分点", "-0.3 个百分点",
        "1,234.5亿元", "１，２３４．５万人", "2208.51亿元", "316.55 亿元", "18.6 万辆", "3.5 万亿", "1.2万亿元",
        "第12位", "第十二个", "第一百二十三条", "10多万人", "100余家", "3万多人次", "960多万",
        "500元/吨", "36微克/立方米", "18596Km²", "248.50 平方公里", "500MW", "2000万千瓦时",
        "三千五百亿元", "二〇二〇年", "十二个", "两倍", "一成", "三成", "几十万人", "百分之五点二", "三分之一",
        "1/13", "1:9", "3∶7", "7.3:52.7:40.9",
        "5.0%—5.5%", "5%到6%", "2011-2018年", "2016年至2020年", "5万亿元至6万亿元", "2至3年", "三至五年",
        "2020年5月3日", "2020 年 5 月 3 日", "2021年1-9月", "2021年1—9月份", "5月3日至6日", "二〇二〇年五月三日",
        "一半", "两倍半", "七成五", "5亿3000万元", "2万3000人", "百分之5", "零点一个百分点", "负3.2%", "三千五百", "18个位次",
        "2020年末", "2020年上半年", "2020-05-03", "10:30", "2020",
    ],
)  # fmt: skip
def test_is_one_quantity(quantity):
    assert quantities(quantity) == [quantity]
    assert quantities(f"约{quantity}，") == [quantity]
    assert quantities(f"其中{quantity}。下同") == [quantity]


@pytest.mark.parametrize(
    "text",
    [
        "进一步加快",
        "一带一路",
        "九江与百色",
        "十分重要",
        "一个城市",
        "百折不挠",
        "二十一连丰",
        "唯一人口增长的县",
        "同一家企业",
        "每一人",
        "千瓦时",
        "大陆百家争鸣",
        "十四五",
        "亿元",
        "（万元）",
        "零部件",
        "二十大",
        "第",
    ],
)
def test_is_no_quantity(text):
    assert quantities(text) == []


def test_words_around_a_number_stay_outside():
    assert quantities("约5.2%左右、近300家、超1万亿元、不足2成") == ["5.2%", "300家", "1万亿元", "2成"]


def test_a_line_end_parts_number_and_unit():
    assert quantities("共12\n亿元") == ["12"]


def test_numbers_of_a_row_are_single():
    assert quantities("城镇化率 69.93 60.66 ---- 49.03") == ["69.93", "60.66", "49.03"]


def test_two_quantities_that_touch_stay_two():
    assert quantities("2020年100家") == ["2020年", "100家"]


def test_a_minus_sign_does_not_follow_a_number_or_a_letter():
    assert quantities("G-20，A-1，5%-") == ["20", "1", "5%"]


def test_a_latin_unit_does_not_end_inside_a_word():
    assert quantities("3kgabc") == ["3"]


FRAGMENTS = st.sampled_from(
    [
        *"0123456789０１５.．,，:：/-—~至年月日第%一二十百千万亿元个几多余点 分之",
        "个百分点",
        "2020年",
        "1,234",
        "亿元",
    ]
)


@given(st.lists(FRAGMENTS, max_size=60).map("".join))
def test_spans_are_ordered_apart_and_without_space_at_their_edges(text):
    last = 0
    for span in find_quantities(text):
        assert last <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        last = span.end


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_every_short_number_is_in_a_quantity(text):
    covered = {place for span in find_quantities(text) for place in range(span.start, span.end)}
    assert {place for place, character in enumerate(text) if character.isdecimal()} <= covered


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        ",234",
        "1,",
        "1.",
        "1-",
        "1:",
        "1 ",
        "1  万",
        "一",
        "一二",
        "一年",
        "百分之",
        "第",
        "-",
        "1月1",
        "1/",
        "几",
    ],
)
def test_long_runs_end_in_quantities_of_bounded_length(piece):
    assert max((len(span) for span in find_quantities(piece * 30_000)), default=0) < 400
