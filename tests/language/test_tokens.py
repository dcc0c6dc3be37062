import logging
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.errors import SettingsError
from policy_qa.language.quantities import find_quantities
from policy_qa.language.tokens import Segmenter, _cut_likeliest

TEXT = "2020年旭日集团研发投入强度为1.8%，新质生产力加快形成，GDP增长5.2%。"


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("words")


@pytest.fixture(scope="module")
def segmenter(cache):
    return Segmenter(cache)


def words(segmenter, text):
    return [span.of(text) for span in segmenter.words(text)]


def test_words_cover_the_text_with_quantities_whole(segmenter):
    found = words(segmenter, TEXT)
    assert "".join(found) == TEXT
    assert found[:2] == ["2020年", "旭日"]
    assert {"1.8%", "研发投入强度", "新质生产力"} <= set(found)


def test_a_word_over_the_edge_of_a_quantity_makes_one_span_with_it(segmenter):
    assert "3000户籍" in words(segmenter, "共3000户籍，")


def test_terms_are_words_inner_words_pairs_and_quantities(segmenter):
    terms = segmenter.terms(TEXT)
    assert {
        "2020年",
        "2020",
        "1.8%",
        "1.8",
        "5.2%",
        "gdp",
        "研发投入强度",
        "研发",
        "强度",
        "新质",
        "质生",
    } <= set(terms)
    assert not {"，", "。", "%", "年旭", "gdp5"} & set(terms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２０２０年ＧＤＰ增長３．５％", "2020年gdp增长3.5%"),
        ("316.55 亿元", "316.55亿元"),
        ("1,316.5亿元", "1316.5亿元"),
        ("5G基站", "５ｇ基站"),
        ("500 MW", "500MW"),
    ],
)
def test_ways_to_write_the_same_have_the_same_terms(segmenter, one, other):
    assert segmenter.terms(one) == segmenter.terms(other)


def test_years_are_found_however_the_date_is_written(segmenter):
    for text in ("2020年5月3日", "二〇二〇年", "2018-2020年", "2020年末"):
        assert "2020" in segmenter.terms(text)


def test_a_digit_of_a_latin_word_is_no_number(segmenter):
    assert segmenter.terms("G20") == ["g20"]


def test_punctuation_alone_has_no_terms(segmenter):
    assert segmenter.terms("，。《》 \n——…") == []


def test_the_words_are_those_of_jieba_without_its_hmm(segmenter, cache):
    import jieba

    reference = jieba.Tokenizer()
    reference.FREQ, reference.total = segmenter._jieba.FREQ, segmenter._jieba.total
    reference.initialized = True
    texts = [
        TEXT,
        "在柴米油盐之间，统筹推进乡村振兴与新型城镇化A股卡拉OK，2020年全市",
        "南京市长江大桥" * 40,
        "研究生命起源结合成分子时乒乓球拍卖完了化妆和服装市场中国有企业才能发展部分居民生活水平",
        "他说的确实在理发展中国家有自己的发展道路㐀𠀀丂",
    ]
    for text in texts:
        assert list(segmenter._jieba.cut(text, HMM=False)) == reference.lcut(text, HMM=False)
        han = "".join(re.findall("[\u4e00-\u9fd5]", text))
        assert _cut_likeliest(han, reference.FREQ, reference.total) == reference.lcut(han, HMM=False)


@given(st.text(max_size=80) | st.text(alphabet="2020年研发投入.5%，亿元 一十\n家庭gdpA《》", max_size=80))
def test_words_cover_any_text_and_cut_no_quantity(segmenter, text):
    spans = segmenter.words(text)
    assert "".join(span.of(text) for span in spans) == text
    edges = {span.start for span in spans}
    assert not any(
        quantity.start < edge < quantity.end for quantity in find_quantities(text) for edge in edges
    )
    assert all(term and not any(character.isspace() for character in term) for term in segmenter.terms(text))


def test_a_user_dictionary_adds_words_and_changes_the_fingerprint(segmenter, cache, tmp_path):
    assert "飞马计划书" not in words(segmenter, "实施飞马计划书以来")
    dictionary = tmp_path / "own.txt"
    dictionary.write_text("\ufeff飞马计划书 100 n\n\n雲鏈工程\n", "utf-8")
    own = Segmenter(cache, dictionary)
    assert "飞马计划书" in words(own, "实施飞马计划书以来")
    assert "云链工程" in own.terms("推进雲鏈工程建设")
    assert own.fingerprint != segmenter.fingerprint
    assert "飞马计划书" not in words(Segmenter(cache), "实施飞马计划书以来")


def test_the_same_dictionaries_have_the_same_fingerprint(segmenter, tmp_path):
    assert Segmenter(tmp_path).fingerprint == segmenter.fingerprint


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_a_dictionary_that_cannot_be_read_is_named(cache, tmp_path, content):
    path = tmp_path / "own.txt"
    if content:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"own\.txt"):
        Segmenter(cache, path)


def test_the_global_jieba_is_left_alone_and_nothing_is_printed(segmenter, tmp_path, capfd):
    import jieba

    level = jieba.default_logger.level
    Segmenter(tmp_path)
    assert "新质生产力" not in jieba.dt.FREQ
    assert jieba.default_logger.level == level
    assert capfd.readouterr() == ("", "")
    assert [path.name.startswith("jieba-") for path in tmp_path.iterdir()] == [True]


def test_a_damaged_cache_is_made_anew(segmenter, tmp_path):
    Segmenter(tmp_path)
    (cached,) = tmp_path.iterdir()
    cached.write_bytes(cached.read_bytes()[:1000])
    assert Segmenter(tmp_path).terms(TEXT) == segmenter.terms(TEXT)
    assert Segmenter(tmp_path).terms(TEXT) == segmenter.terms(TEXT)


def test_a_cache_folder_that_cannot_be_made_is_a_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        own = Segmenter(tmp_path / "file" / "cache")
    assert "研发投入强度" in own.terms(TEXT)
    assert "no cache folder" in caplog.text


def test_threads_share_a_segmenter(segmenter):
    with ThreadPoolExecutor(8) as pool:
        assert all(terms == segmenter.terms(TEXT) for terms in pool.map(segmenter.terms, [TEXT] * 200))
