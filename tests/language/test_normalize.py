from hypothesis import given
from hypothesis import strategies as st

from policy_qa.language.normalize import folding_version, search_key


def test_folds_width_case_and_traditional_characters():
    assert search_key("２０２０年ＧＤＰ增長３．５％（全年）") == "2020年gdp增长3.5%(全年)"
    assert search_key("㎡与km²，ⅡⅢ") == "m2与km2,iiiii"


def test_leaves_simplified_text_as_it_is():
    text = "一、二〇二〇年，全市后续项目台账与干部里程"
    assert search_key(text) == text.replace("，", ",")


def test_kangxi_radicals_become_the_characters_they_look_like():
    assert search_key("⽐上年⾼") == "比上年高"


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs"])))
def test_any_text_has_a_key_that_is_the_same_every_time(text):
    assert search_key(text) == search_key(text)


@given(st.text(alphabet="增長発展技術，。１２３ＡＢ％经济0〇ⅣΣςß"))
def test_a_key_is_its_own_key(text):
    key = search_key(text)
    assert search_key(key) == key


def test_version_names_what_the_key_depends_on():
    assert "opencc" in folding_version()
