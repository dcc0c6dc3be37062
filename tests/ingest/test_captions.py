"""Captions that were copied from another table."""

from collections import Counter

from table_texts import read_all

from policy_qa.ingest.tables.captions import check_captions, without_places

DEPOSITS = (
    "表4 2020年部分城市金融机构存款余额排名\n城市\t金融机构存款余额\t排名\n甲州\t10454\t35\n乙州\t3801\t74\n"
)
POWERS = "城市\t创新竞争力\t\t创新基础竞争力\t\t创新环境竞争力\t\n\t排名\t得分\t排名\t得分\t排名\t得分\n甲州\t7\t19\t9\t10\t8\t20\n乙州\t8\t18\t8\t11\t4\t26"


def fits(source):
    text, tables = read_all(source)
    return [table.caption_fits for table in check_captions(text, tables)]


def test_a_copied_caption_does_not_fit():
    assert fits(DEPOSITS + "表5 2020年部分城市金融机构存款余额排名\n" + POWERS) == [True, False]


def test_a_caption_of_other_things_than_all_heads_speak_of_does_not_fit():
    assert fits("表5 2020年部分城市金融机构存款余额排名\n" + POWERS) == [False]


def test_general_captions_and_abbreviations_fit():
    assert fits("表1 2020年各市基本情况\n" + POWERS) == [True]
    assert fits(DEPOSITS + "表6 甲州与部分城市城市创新力得分\n" + POWERS) == [True, True]
    industries = "表7 各市三次产业占GDP百分比情况（%）\n城市\t一产\t二产\n甲州\t5\t6\n乙州\t7\t8\n"
    trade = "表8 各市对外依存度\n指标\t甲州\t乙州\n进出口总额\t5\t6\n占GDP比重\t7\t8"
    assert fits(industries + trade) == [True, True]


def test_ranks_of_a_place_fit():
    assert fits(
        "表1 甲州与部分城市GDP全国排名比较\n城市\t2015年排名\t2018年排名\n甲州\t85\t81\n乙州\t55\t50"
    ) == [True]


def test_labels_of_its_own_are_no_places():
    labels = Counter(["甲州", "乙州", "甲州市", "产值", "产值"])
    assert without_places("甲州产值", labels, Counter(["产值"])) == "产值"
    assert without_places("乙州产值", labels, Counter(["产值"])) == "乙州产值"
    assert without_places("乙州产值", labels, Counter()) == "乙州"
