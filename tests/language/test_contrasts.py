"""Words that exclude one another part one indicator from another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.contrasts import contradicts, contrasts


@pytest.mark.parametrize(
    ("asked", "label", "before", "expected"),
    [
        ("贷款余额是多少", "存款余额为", "", True),
        ("贷款余额是多少", "贷款余额为", "", False),
        ("存款余额和贷款余额各是多少", "存款余额为", "", False),  # asked for both
        ("贷款余额是多少", "余额为", "", False),  # nothing says otherwise
        ("贷款余额是多少", "余额为", "存款增加,", True),  # the text before does
        ("贷款余额是多少", "余额为", "存款增加,贷款减少,", False),  # the last one named
        ("出口额是多少", "进出口总额", "", True),
        ("贷款余额是多少", "余额为", "贷款减少,存款增加,", True),
        ("进出口总额是多少", "进出口总额228亿元,其中出口", "", False),
        ("进口额是多少", "出口额", "", True),
        ("外贸总额是多少", "进出口总额", "", False),  # forms of one word
        ("货运量是多少", "公路货运量", "", False),  # asked without limits
        ("铁路货运量是多少", "公路货运量", "", True),
        ("城镇居民收入", "农村居民收入", "", True),
        ("城镇居民收入", "城镇化率", "", False),  # a longer word that says something else
        ("人均收入", "收入为", "", True),
        ("收入是多少", "人均收入", "", True),
        ("人均收入", "收入为", "人均", False),
        ("专利授权量", "专利申请量", "", True),
        ("专利申请量", "专利申请人", "", False),
    ],
)
def test_a_figure_of_what_excludes_the_thing_asked_for(
    asked: str, label: str, before: str, expected: bool
) -> None:
    assert contradicts(asked, label, before) is expected


def test_a_longer_form_is_not_taken_for_a_shorter_one_in_it() -> None:
    trade = next(group for group in contrasts() if "出口" in group.word_of)
    assert trade.named_in("进出口总额,进口额,出口额") == ["进出口", "进口", "出口"]
    assert trade.named_in("出海口") == []
    assert trade.named_in("") == []


def test_words_of_a_group_exclude_one_another_and_none_itself() -> None:
    for group in contrasts():
        words = {word for word in group.word_of.values() if word}
        assert words
        for form, word in group.word_of.items():
            assert group.named_in(form) == ([word] if word else [])
            if word:
                assert not contradicts(form, form)
        if not group.is_mark:
            assert all(contradicts(one, other) for one in words for other in words if one != other)


def test_a_mark_is_a_group_of_one_word() -> None:
    marks = [group for group in contrasts() if group.is_mark]
    assert "人均" in {word for group in marks for word in group.word_of.values()}
    assert len(marks) < len(contrasts())


@given(st.text(st.sampled_from("存贷款进出口人均城镇农村0额,"), max_size=16))
def test_what_is_asked_in_full_is_not_contradicted_by_itself(text: str) -> None:
    assert not contradicts(text, text)
    assert not contradicts("", "".join(letter for letter in text if letter not in "人均"))
