"""The reader of periods, on labelled strings (periods.jsonl), on invariants, and on other people's cases.

A code of periods.jsonl is 2020, 2020-09 or 2020-09-30, two of them with / for a stretch, with ! for a state at its end,
with .. for an open side, ? for what cannot be resolved; the flags are r for resolved and b for only compared with.
"""

import json
import os
import tomllib
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.periods import (
    Period,
    agreement,
    find_periods,
    periods_agree,
    whole_year,
)

FOLDER = Path(__file__).parent
CASES = [json.loads(line) for line in (FOLDER / "periods.jsonl").read_text("utf-8").splitlines()]
SHARED = os.environ.get("POLICY_QA_SHARED")


def first_day(code):
    year, *rest = map(int, code.split("-"))
    return date(year, *rest, *[1] * (2 - len(rest)))


def last_day(code):
    year, *rest = map(int, code.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else monthrange(year, month)[1])


def period(code):
    if code == "?":
        return None
    if code.startswith(".."):
        return Period(date.min, last_day(code[2:]))
    if code.endswith(".."):
        return Period(first_day(code[:-2]), date.max)
    if code.endswith("!"):
        return Period(last_day(code[:-1]), last_day(code[:-1]), is_point=True)
    first, _, last = code.partition("/")
    return Period(first_day(first), last_day(last or first))


def flags(mention):
    return "r" * mention.is_resolved + "b" * mention.is_base


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_labelled_strings(case):
    text = case["text"]
    before = period(case["before"]) if "before" in case else None
    mentions = find_periods(text, before=before, year=case.get("year"))
    read = [(mention.span.of(text), mention.period, flags(mention)) for mention in mentions]
    wanted = [(span, period(code), "".join(rest)) for span, code, *rest in case["periods"]]
    assert read == wanted


def test_there_are_enough_labelled_strings():
    assert len({json.dumps(case) for case in CASES}) >= 150


YEARS = st.integers(1950, 2099)
MONTHS = st.integers(1, 12)
WORDS = """2020年 2019年 19年 二〇二〇年 1—9月 6月末 上半年 前三季度 年末 全年 同期 去年 当年 次年 上年同期 截至 “十三五” 时期 期间
以来 至 — 、 和 比 较 与 相比 ， 。 3.5% 2018 20 的 是 2倍 10日 末 初 年 月 开始 从 一 第 十 90年代 南宁 投资 增长 2021-06-30 以前"""
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40)
WITHOUT_PERIODS = st.text(st.characters(exclude_categories=("N", "Cs"), exclude_characters="年月五期季"))


@given(TEXTS, st.none() | YEARS.map(whole_year), st.none() | YEARS)
def test_spans_are_in_order_and_apart(text, before, year):
    mentions = find_periods(text, before=before, year=year)
    ends = [0]
    for mention in mentions:
        assert mention.span.start >= ends[-1]
        assert len(mention.span) > 0
        ends.append(mention.span.end)
        assert mention.period is None or mention.period.first <= mention.period.last
        if mention.origin:
            assert mention.is_resolved
            assert mention.origin in [earlier.span for earlier in mentions[: len(ends) - 2]]
    assert ends[-1] <= len(text)


@given(TEXTS)
def test_without_a_year_nothing_is_counted_from_today(text):
    for mention in find_periods(text):
        assert not mention.is_resolved or mention.origin


@given(WITHOUT_PERIODS)
def test_text_without_digits_or_period_words_has_none(text):
    assert find_periods(text) == []


@given(YEARS, st.sampled_from(["{}年", "{} 年", "全市{}年的", "（{}年）"]))
def test_a_written_year_gives_back_its_days(year, form):
    [mention] = find_periods(form.format(year))
    assert (mention.period, mention.is_resolved) == (whole_year(year), False)
    assert mention.period.label() == f"{year}年"


@given(YEARS, MONTHS, MONTHS, st.sampled_from(["-", "—", "～", "至", "–", " - ", "月至", "月—"]))
def test_a_written_range_of_months_gives_back_its_days(year, first, last, mark):
    first, last = sorted((first, last))
    text = f"{year}年{first}{mark}{last}月" if first < last else f"{year}年{first}月"
    [mention] = find_periods(text + "投资")
    end = date(year, last, monthrange(year, last)[1])
    assert mention.period == Period(date(year, first, 1), end)
    assert mention.span.of(text) == text


@given(YEARS, st.integers(1, 60))
def test_a_written_range_of_years_gives_back_its_days(first, count):
    [mention] = find_periods(f"{first}—{first + count}年")
    assert mention.period == Period(date(first, 1, 1), date(first + count, 12, 31))


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.booleans())
def test_labels_read_back_as_the_same_period(day, is_point):
    written = Period(day, day, is_point)
    [mention] = find_periods(f"截至{written.label()}" if is_point else written.label())
    assert (mention.period.first, mention.period.last) == (day, day) or day.day == 1


@given(YEARS, MONTHS, MONTHS, st.integers(0, 30))
def test_labels_of_stretches_read_back(year, first, last, years):
    first, last = sorted((first, last))
    stretch = Period(date(year, first, 1), date(year + years, last, monthrange(year + years, last)[1]))
    assert [mention.period for mention in find_periods(stretch.label())] == [stretch]


@given(YEARS)
def test_open_labels_read_back(year):
    since, until = Period(date(year, 7, 1), date.max), Period(date.min, date(year, 12, 31))
    assert [mention.period for mention in find_periods(since.label())] == [since]
    assert [mention.period for mention in find_periods(until.label())] == [until]


@pytest.mark.parametrize(
    "piece",
    [
        "2020年",
        "1",
        "年",
        "一",
        "2019、",
        "“",
        "比",
        "十三五",
        "1—",
        "同期",
        " ",
        "2020 ",
        "19年和",
        "截至",
        "1月、",
        "比2020年和",
    ],
)
def test_long_texts_of_one_piece_are_read(piece):
    text = piece * (200_000 // len(piece))
    assert all(mention.span.end <= len(text) for mention in find_periods(text))


def one(text):
    [mention] = find_periods(text, before=whole_year(2021))
    return mention.period


@pytest.mark.parametrize(
    ("asked", "told", "degree"),
    [
        ("2020年", "2020年", 2),
        ("2020年", "2020年末", 2),
        ("2020年", "截至2020年12月", 2),
        ("2020年底", "2020年", 2),
        ("2020年末", "2020年底", 2),
        ("2020年末", "2020年12月31日", 2),
        ("2020年", "2020年全年", 2),
        ("2021年1—9月", "2021年前三季度", 2),
        ("2021年1—9月", "截至9月", 2),
        ("截至2021年9月末", "2021年前三季度", 2),
        ("2021年上半年", "2021年1—6月", 2),
        ("2021年上半年", "截至2021年6月末", 2),
        ("2021年一季度", "2021年1至3月", 2),
        ("2021年9月", "2021年9月末", 2),
        ("“十三五”时期", "2016—2020年", 2),
        ("“十三五”末", "2020年", 2),
        ("2021年", "2021年6月末", 1),
        ("2021年", "2021年初", 1),
        ("“十三五”时期", "2020年末", 1),
        ("2021年下半年", "2021年末", 1),
        ("2021年6月末", "2021年", 0),
        ("2020年末", "“十三五”时期", 0),
        ("2021年", "2021年上半年", 0),
        ("2021年", "2021年1—9月", 0),
        ("2021年1—9月", "2021年", 0),
        ("2021年1—9月", "2021年9月", 0),
        ("2021年1—9月", "2020年1—9月", 0),
        ("2020年", "2019年", 0),
        ("2020年", "2019年末", 0),
        ("“十三五”时期", "2019年末", 0),
        ("2020年", "“十三五”时期", 0),
        ("2014年以来", "2016年", 0),
    ],
)
def test_agreement(asked, told, degree):
    assert agreement(one(asked), one(told)) == degree
    assert periods_agree(one(asked), one(told)) == (degree == 2)


def test_a_stretch_contains_and_overlaps():
    year, half, plan = whole_year(2020), one("2020年上半年"), one("“十三五”时期")
    assert plan.contains(year)
    assert year.contains(half)
    assert not half.contains(year)
    assert plan.overlaps(one("2019年6月—2021年3月"))
    assert not year.overlaps(whole_year(2021))
    assert plan.years == (2016, 2017, 2018, 2019, 2020)


def test_an_open_stretch_cannot_be_moved():
    with pytest.raises(ValueError, match="2014年以来"):
        one("2014年以来").shifted(1)


def test_an_origin_leads_back_to_the_year():
    text = "2020年A县20家，当年B县30家；同期C县40家"
    first, second, third = find_periods(text)
    assert [first.origin, second.origin, third.origin] == [None, first.span, second.span]


def recognizer_cases():
    if not SHARED:
        pytest.skip("POLICY_QA_SHARED is not set: other people's cases are read from there")
    folder = Path(SHARED) / "bench" / "recognizers"
    names = ("DateParser", "DatePeriodParser")
    return [case for name in names for case in json.loads((folder / f"{name}.json").read_text("utf-8"))]


def reads_alike(case):
    """Whether we find the one period they find, in the same place (从 and 在 aside) and of the same days.

    They resolve what lacks a year twice, to the past and to the future, and end stretches on the day after the last.
    """
    [wanted] = case["Results"]
    today = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
    text = case["Input"]
    mentions = find_periods(text, before=whole_year(today.year), year=today.year)
    if len(mentions) != 1:
        return False
    [mention] = mentions
    place = wanted["Text"].replace(",", "，")
    if mention.span.of(text) not in {place, place.removeprefix("从"), place.removeprefix("在")}:
        return False
    read = mention.period and (mention.period.first, mention.period.last)
    return any(read in days_of(wanted["Value"][side]) for side in ("PastResolution", "FutureResolution"))


def days_of(resolution):
    if "date" in resolution:
        day = date.fromisoformat(resolution["date"])
        return [None if day == date.min else (day, day)]
    if not resolution:
        return []
    first, last = (date.fromisoformat(resolution[side]) for side in ("startDate", "endDate"))
    return [(first, last), (first, last - timedelta(1))]


def test_other_peoples_cases_are_read_alike_or_otherwise_on_purpose():
    listed = tomllib.loads((FOLDER / "recognizers_periods.toml").read_text("utf-8"))["otherwise"]
    on_purpose = [text for group in listed for text in group["inputs"]]
    assert len(on_purpose) == len(set(on_purpose))
    assert all(group["reason"] for group in listed)
    cases = recognizer_cases()
    otherwise = {case["Input"] for case in cases if not reads_alike(case)}
    assert otherwise == set(on_purpose)
