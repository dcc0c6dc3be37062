"""Which place of a group is the greatest, in which order they stand, what they are together: read off tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes import FakeEmbedder
from policy_qa import messages
from policy_qa.computing.groups import read_group
from policy_qa.computing.rankings import read_ranking
from policy_qa.config import load_settings
from policy_qa.language.tokens import Segmenter
from policy_qa.pipeline import build_index, open_index
from policy_qa.types import Answer, Question, Refusal
from policy_qa.understanding import understand
from small_assistant import assistant_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policy_qa.computing.operations import Operation
    from policy_qa.pipeline import PolicyQA

HARBOURS = """# 沿海五市渔业对照

## 一、养殖

舟山的海水养殖面积也排在第一位，这是多年积累的结果。海产品出口在各市都有起色。

表1 2021年五市渔业指标

| 指标 | 单位 | 宁德 | 湛江 | 舟山 | 威海 | 钦州 |
| --- | --- | --- | --- | --- | --- | --- |
| 海水养殖面积 | 万亩 | 61.30 | 48.7 | 92.05 | 33.4 | 27.16 |
| 渔港数量 | 座 | 27 | 31 | ---- | 12 | 9 |
| 海产品进出口额 | 亿元 | 40.2 | 88.1 | 120.5 | 66.3 | 30.4 |
| 海产品出口额 | 亿元 | 20.1 | 70.4 | 60.2 | 50.9 | 11.3 |
| 海产品出口额占GDP比重 | % | 1.9 | 2.6 | 5.4 | 3.1 | 0.8 |

## 二、位次

表2 2021年渔业总量相近的三个城市对照

| 城市 | 2021年渔业产值（亿元） | 增速 | 全国位次 |
| --- | --- | --- | --- |
| 山东威海 | 512.6 | 3.2% | 4 |
| 辽宁大连 | 530.1 | 1.75% | 2 |
| 广东茂名 | 498.0 | 4.4% | 6 |

表3 五市三次产业所占百分比的变化（%）

| 地区 | 2020年 |  | 2021年 |  |
| --- | --- | --- | --- | --- |
|  | 一产 | 二产 | 一产 | 二产 |
| 宁德 | 12.1 | 51.0 | 11.8 | 52.3 |
| 湛江 | 20.3 | 34.2 | 18.9 | 36.6 |
| 舟山 | 10.4 | 44.9 | 9.7 | 45.5 |
| 威海 | 8.8 | 43.1 | 8.2 | 42.0 |
| 钦州 | 19.5 | 27.7 | 21.6 | 28.8 |

表4 2021年五市渔业竞争力

| 城市 | 加工竞争力 |  | 冷链竞争力 |  |
| --- | --- | --- | --- | --- |
|  | 排名 | 得分 | 排名 | 得分 |
| 宁德 | 71 | 20.3 | 12 | 40.1 |
| 湛江 | 15 | 41.6 | 33 | 30.9 |
| 舟山 | 8 | 52.9 | 90 | 12.2 |
| 威海 | 64 | 24.7 | 45 | 27.5 |
| 钦州 | 98 | 11.4 | 77 | 16.6 |

表5 五市港口吞吐量全国排名

| 城市 | 2019年排名 | 2021年排名 |
| --- | --- | --- |
| 宁德 | 71 | 66 |
| 湛江 | 15 | 19 |
| 舟山 | 8 | 7 |
| 威海 | 64 | 50 |
| 钦州 | 98 | 90 |

2021年，三个城市的渔业投资出现下降：宁德下降8%，湛江下降12.5%，钦州下降2.4%。

从户籍人口城镇化率来看，舟山城镇化率最高，为70.1%。

2019年渔业项目58个，2020年渔业项目80个，2021年1—9月渔业项目66个。
"""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyQA]:
    folder: Path = tmp_path_factory.mktemp("rankings")
    settings = load_settings(corpus=folder / "corpus", index=folder / "index")
    settings.corpus.mkdir()
    (settings.corpus / "沿海五市渔业对照.md").write_text(HARBOURS, encoding="utf-8")
    build_index(settings, embedder=FakeEmbedder())
    with open_index(settings, embedder=FakeEmbedder()) as opened:
        yield opened


def read(segmenter: Segmenter, question: str) -> Operation | None:
    return read_ranking(understand(Question(question), segmenter))


@pytest.mark.parametrize(
    ("question", "kind", "indicator", "nth", "is_high"),
    [
        (
            "2021年海产品出口额占GDP比重最高的是五市中的哪一个，多少？",
            "larger",
            "海产品出口额占GDP比重",
            1,
            True,
        ),
        ("五市海水养殖面积最小的城市及其面积", "larger", "海水养殖面积", 1, False),
        ("五市的海水养殖面积，最大的有多少万亩，是哪个市？", "larger", "海水养殖面积", 1, True),
        ("2021年海产品出口额从大到小，排第二的是五市里的哪个？", "larger", "海产品出口额", 2, True),
        ("渔港数量倒数第二的是哪个城市", "larger", "渔港数量", 2, False),
        ("宁德、湛江、舟山三家，渔港数量最少的是哪家？多少", "larger", "渔港数量", 1, False),
        ("渔业竞争力，按得分给五个城市排个队", "ranking", "渔业竞争力得分", 1, True),
        ("渔业竞争力按排名，湛江在那五个城市里第几", "position", "渔业竞争力位次", 1, True),
        ("渔业产值就表里那五个城市比，湛江第几（不要全国名次）", "position", "渔业产值", 1, True),
        ("五市2021年渔业产值全国位次谁前谁后", "ranking", "渔业产值全国位次", 1, True),
        ("五市渔港数量由多到少的次序", "ranking", "渔港数量", 1, True),
        ("2021年第一产业占比排名，五市从低到高列出来", "ranking", "第一产业占比", 1, False),
        ("按海水养殖面积排，湛江在五市里第几？", "position", "海水养殖面积", 1, True),
        ("五个城市的渔港加起来一共多少座", "sum", "渔港", 1, True),
        ("2021年五市绿化率的平均值是多少？", "mean", "绿化率", 1, True),
        ("五市渔港数量最多的比最少的多几座？", "difference", "渔港数量", 1, True),
        ("渔业投资下降最多的是哪个城市", "larger", "渔业投资增速", 1, True),
        ("渔业产值全国位次最靠前的是哪个城市", "larger", "位次", 1, True),
        ("宁德湛江舟山按2021年海水养殖面积排个序", "ranking", "海水养殖面积", 1, True),
        ("宁德、湛江和舟山，按渔业竞争力得分排名次，谁先谁后", "ranking", "渔业竞争力得分", 1, True),
        ("渔港数量2021年排名，宁德、湛江、舟山这几个里湛江排第几", "position", "渔港数量", 1, True),
        ("渔业产值位次哪个市掉得最厉害", "larger", "渔业产值位次变化", 1, True),
        ("2021年那张渔业产值表里头，最少的是哪个市", "larger", "渔业产值", 1, False),
        ("哪个省的渔业产值增长目标定得最高", "larger", "渔业产值增长目标", 1, True),
    ],
)
def test_what_is_asked_of_a_group(
    segmenter: Segmenter, question: str, kind: str, indicator: str, nth: int, is_high: bool
) -> None:
    found = read(segmenter, question)
    assert found is not None
    assert (found.kind, found.nth, found.is_high) == (kind, nth, is_high)
    assert indicator in found.indicator


@pytest.mark.parametrize(
    "question",
    [
        "湛江的渔业产值在全国排第几？",
        "省内第二大城市的经验有哪几条？",
        "“湛江渔港数量在五市中排第一”，和表1对得上吗？",
        "渔业发展最大的困难是什么？",
        "列出宁德、湛江、舟山的渔业产值和全国排名",
        "湛江2020年和2021年一产比重哪年最高？",
    ],
)
def test_what_is_not_asked_of_a_group(segmenter: Segmenter, question: str) -> None:
    assert read(segmenter, question) is None


@pytest.mark.parametrize(
    ("text", "count", "words", "with_data"),
    [
        ("规模相近的四个城市里渔港数量", 4, "规模相近", False),
        ("对比的六个中西部城市里渔港数量", 6, "", False),
        ("四个规模相近的城市中渔港数量", 4, "规模相近", False),
        ("渔港数量，有数据的五个城市", 5, "", True),
        ("十二个市的渔港数量", 12, "", False),
        ("各市的渔港数量", None, "", False),
    ],
)
def test_groups(text: str, count: int | None, words: str, with_data: bool) -> None:
    found = read_group(text)
    assert found is not None
    assert (found[0].count, found[0].words, found[0].with_data) == (count, words, with_data)
    assert "渔港数量" in found[1]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("五市中海水养殖面积最小的城市及其面积", "钦州（27.16万亩）"),
        ("五市海水养殖面积最大的有多少，是哪个市？", "舟山（92.05万亩）"),
        ("2021年海产品出口额最高的是五市中的哪一个？", "湛江（70.4亿元）"),
        ("海产品出口额占GDP比重，五市中谁最高，多少", "舟山（5.4%）"),
        ("五市海产品出口额从大到小排第三的是谁？", "威海（50.9亿元）"),
        ("有数据的四个城市里渔港最少的是哪个？", "钦州（9座）"),
        ("渔业总量相近的三个城市里，渔业产值增速最慢的是谁？", "大连（1.75%）"),
        ("渔业产值全国位次最靠前的是哪个城市？", "大连（2位）"),
        ("2020年五市一产比重最高的是哪里，多少", "湛江（20.3%）"),
        ("五市一产比重最高的是哪里，多少", "钦州（21.6%）"),
        ("宁德、湛江、钦州三市的渔港哪个最多？", "湛江（31座）"),
        ("渔业投资下降最多的是哪个城市？", "渔业投资降幅，最大的是湛江（下降12.5%）"),
        ("海水养殖面积谁垫底？", "最低的是钦州（27.16万亩）"),
        ("海水养殖面积哪个城市吊车尾", "最低的是钦州（27.16万亩）"),
        ("海水养殖面积老大是谁", "最高的是舟山（92.05万亩）"),
        ("宁德湛江和钦州比，渔港哪家最多，多少座", "最多的是湛江（31座）"),
        (
            "五市海水养殖面积前三名分别是谁、多少万亩",
            "3个是舟山（92.05万亩）、宁德（61.30万亩）、湛江（48.7万亩）。",
        ),
        ("海水养殖面积最小的两个城市是哪几个", "最小的2个是钦州（27.16万亩）、威海（33.4万亩）。"),
        ("五市海水养殖面积排名后两位的是谁", "最低的2个是钦州（27.16万亩）、威海（33.4万亩）。"),
        ("冷链竞争力排名最靠前的两个城市是谁", "最靠前的2个是宁德（12位）、湛江（33位）。"),
        ("海水养殖面积最大和最小的分别是谁", "最大的是舟山（92.05万亩）"),
        (
            "海水养殖面积高于40万亩的城市有哪些",
            "高于40万亩的有3个：舟山（92.05万亩）、宁德（61.30万亩）、湛江（48.7万亩）。",
        ),
        ("海水养殖面积不到35万亩的有几个市", "不到35万亩的有2个：钦州（27.16万亩）、威海（33.4万亩）。"),
        ("五市中哪几个的渔港超过20座？", "超过20座的有2个：湛江（31座）、宁德（27座）。"),
        ("哪些城市的海水养殖面积比湛江大", "的有2个：舟山（92.05万亩）、宁德（61.30万亩）。"),
        ("五市海水养殖面积高于平均水平的有哪些", "的有2个：舟山（92.05万亩）、宁德（61.30万亩）。"),
        ("五市海产品出口额占GDP比重在5.4%以上的有几个", "不低于5.4%的有1个：舟山（5.4%）。"),
        ("五市海产品进出口额超过百亿元的有哪些", "超过100亿元的有1个：舟山（120.5亿元）。"),
        ("五市海产品出口额前三名合计多少", "合计181.5亿元"),
        ("2021年末五市海水养殖面积最小的城市及其面积", "最小的是钦州（27.16万亩）。"),  # 末五 is no last five
        ("渔业投资下降超过5%的城市有哪些", "超过5%的有2个：湛江（下降12.5%）、宁德（下降8%）。"),
        (
            "从2020年到2021年，五市谁的二产占比提高得最多，提高了几个百分点？",
            "2020年到2021年二产占比，提高最多的是湛江，由34.2%到36.6%，提高2.4个百分点。",
        ),
        (
            "2021年和2020年相比，哪个城市的一产比重降得最多",
            "下降最多的是湛江，由20.3%到18.9%，下降1.4个百分点。",
        ),
        ("2020年到2021年，宁德、舟山、湛江里谁的二产占比升得最多", "提高最多的是湛江，由34.2%到36.6%"),
        ("冷链竞争力得分比加工竞争力得分高的市有哪些", "高于加工竞争力得分的有3个：宁德"),
        ("加工竞争力得分超过冷链竞争力得分的城市是哪个", "超过冷链竞争力得分的有2个：湛江"),
        (
            "海水养殖面积在30万亩到50万亩之间的市有哪些",
            "在30万亩到50万亩之间的有2个：湛江（48.7万亩）、威海（33.4万亩）。",
        ),
        ("除了舟山，五市里海水养殖面积最大的是谁", "除舟山外的海水养殖面积，最大的是宁德（61.30万亩）。"),
        ("海水养殖面积最大的城市（不算舟山）是哪个", "最大的是宁德（61.30万亩）。"),
        ("五市渔港数量从多到少排（舟山没数就不管了）", "从高到低：湛江（31座）、宁德（27座）"),
        ("海水养殖面积第二名和第三名是谁", "舟山（92.05万亩）、宁德（61.30万亩）、湛江（48.7万亩）"),
        (
            "对照表5，2019年至2021年间港口吞吐量全国排名上升幅度第二大的是哪个市，上升了多少位？",
            "提高第二大的是钦州，由98位到90位，前移8位。",
        ),
        (
            "《沿海港口报告（2021）》涉及的宁德、湛江、舟山、钦州四市中，冷链竞争力排名最靠前的是哪个，排第几？",
            "2021年冷链竞争力排名，最靠前的是宁德（12位）。",
        ),
        ("2021年三个可比城市中渔业投资哪个市下降得最狠", "最大的是湛江（下降12.5%）。"),
        (
            "把宁德、湛江、威海、钦州放在一起，2021年海水养殖面积排第二的是哪个城市？海水养殖面积是多少？",
            "第二高的是湛江（48.7万亩）。",
        ),
        ("五市渔港数量从多到少是怎样的顺序？舟山没数可以不排。", "除舟山外的渔港数量，从高到低：湛江"),
        (
            "宁德的冷链竞争力在表里五个城市（含湛江、舟山、威海、钦州）中居第几位",
            "宁德排第1位",
        ),
        ("渔港数量2021年哪个市最少（舟山无数据），是多少", "最少的是钦州（9座）。"),
        ("宁德和四个对比城市里海水养殖面积最小的是哪个", "最小的是钦州（27.16万亩）。"),
        ("2021年渔港表，垫底的是哪个市、多少座", "最低的是钦州（9座）。"),
        (
            "五市海水养殖面积居前三位的依次是哪些城市，面积分别有多大",
            "最高的3个是舟山（92.05万亩）、宁德（61.30万亩）、湛江（48.7万亩）。",
        ),
        ("2019年、2020年、2021年1—9月这三个时段，渔业项目最多的是哪一段？", "最多的是2020年（80个）。"),
        ("海水养殖面积超过100万亩的城市有哪些", "没有超过100万亩的。"),
        (
            "“十四五”渔业形势那份研究列了宁德、湛江、舟山、威海、钦州五市的竞争力，其中冷链竞争力排名最靠前的是哪个市，全国第几？",
            "2021年冷链竞争力排名，最靠前的是宁德（12位）。",
        ),
        ("报告里列了五个城市的竞争力，其中加工竞争力得分最低的是谁", "最低的是钦州（11.4）。"),
        ("2021年城市渔业竞争力评价里，宁德、湛江、舟山三个城市，加工竞争力排名最靠前的是谁", "舟山（8位）。"),
        ("宁德跟湛江、威海比渔业指标的那张表里，2021年渔港数量最少的是哪个市，有多少座", "威海（12座）。"),
        ("列了五个城市海水养殖面积和渔港数量的那张表里，渔港数量最多的是哪个市", "湛江（31座）。"),
        ("比较宁德、湛江、威海渔港数量的那张表中，最少的是哪个市", "威海（12座）。"),
        ("讲五市渔业指标的表里，哪个市海产品出口额最高", "湛江（70.4亿元）。"),
        ("关于湛江、钦州等市渔业产值的那张表里，海水养殖面积最大的是谁", "舟山（92.05万亩）。"),
        ("冷链竞争力排名前40的城市有哪些", "不低于第40位的有2个：宁德（12位）、湛江（33位）。"),
    ],
)
def test_the_greatest_is_told_with_its_value_as_written(service: PolicyQA, question: str, told: str) -> None:
    answer = service.ask(Question(question))
    assert isinstance(answer, Answer)
    assert told in answer.claims[0].text
    assert answer.claims[0].status == "computed"
    assert answer.claims[0].citations


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("把宁德、湛江、舟山按冷链竞争力全国名次排个序", "宁德（12位）、湛江（33位）、舟山（90位）"),
        ("和宁德、湛江相比，钦州的渔港数量排第几", "钦州排第3位"),
        ("钦州和宁德、湛江比，海水养殖面积排第几", "钦州排第3位"),
        ("海产品出口额钦州在五个对比城市里排第几", "钦州排第5位"),
        ("钦州与其他四市相比，海水养殖面积排第几", "钦州排第5位"),
        ("2021年海水养殖面积，钦州跟宁德湛江比排老几", "钦州排第3位"),
        ("宁德等五市海水养殖面积从大到小怎么排", "从高到低：舟山（92.05万亩）、宁德"),
        (
            "按《五市三次产业所占百分比的变化》，2021年五个城市的二产占比从高到低怎么排",
            "从高到低：宁德（52.3%）",
        ),
        ("海水养殖面积最大和最小的城市相差多少", "64.89万亩"),
        ("海水养殖面积最大的是哪个，比最小的大多少", "64.89万亩"),
        ("五市渔港数量由多到少的次序", "湛江（31座）、宁德（27座）、威海（12座）、钦州（9座）"),
        ("按海产品出口额排，宁德在五市里第几？", "宁德排第4位"),
        ("五市海产品进出口额一共多少亿元", "合计345.5亿元"),
        ("五市渔港数量平均多少座", "19.8座"),
        ("2021年宁德、湛江、威海、舟山的渔港数量从多到少怎么排", "湛江（31座）、宁德（27座）、威海（12座）"),
        ("五市海水养殖面积最大的比最小的多多少万亩", "64.89万亩"),
        ("把五市2021年海水养殖面积从多到少排一下", "从高到低：舟山"),  # 少排 is no 减排 here
    ],
)
def test_orders_places_and_totals(service: PolicyQA, question: str, told: str) -> None:
    answer = service.ask(Question(question))
    assert isinstance(answer, Answer)
    assert told in answer.text


def test_rates_of_several_places_make_no_sum(service: PolicyQA) -> None:
    outcome = service.ask(Question("五市海产品出口额占GDP比重一共多少"))
    assert isinstance(outcome, Refusal)
    assert outcome.code == "kind_mismatch"


@pytest.mark.parametrize(
    "question",
    [
        "五市中海水养殖面积从高到低排第六的是哪个城市？",
        "五市中海水养殖面积从高到低排第十一的是哪个城市？",
        "五市中渔港数量第五高的是哪个城市？",
        "五市中海水养殖面积倒数第六的城市是哪个？",
    ],
)
def test_there_is_no_sixth_of_five(service: PolicyQA, question: str) -> None:
    outcome = service.ask(Question(question))
    assert isinstance(outcome, Refusal)
    assert "没有第" in outcome.message
    assert outcome.nearest


@pytest.mark.parametrize("question", ["渔港数量超过40亿元的城市有哪些", "海水养殖面积高于30%的有哪几个市"])
def test_a_bound_of_another_unit_is_not_compared_with(service: PolicyQA, question: str) -> None:
    outcome = service.ask(Question(question))
    assert isinstance(outcome, Refusal)
    assert outcome.message == messages.COMPUTED_BOUND_DIFFERS


def test_a_missing_cell_is_said(service: PolicyQA) -> None:
    answer = service.ask(Question("五市渔港数量从多到少怎么排？"))
    assert isinstance(answer, Answer)
    assert messages.COMPUTED_MISSING.format(names="舟山") in answer.notices
    refusal = service.ask(Question("舟山的渔港数量在五市里排第几？"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "cell_missing"


@pytest.mark.parametrize(
    "question",
    [
        "六市中海水养殖面积最大的是哪个？",
        "五市渔业产值最高的是哪个？",
        "2019年五市一产比重最低的是谁？",
        "五市海产品进口额最小的是哪个市？",
        "五市渔船数量从多到少排列",
    ],
)
def test_what_no_table_sets_side_by_side_is_refused(service: PolicyQA, question: str) -> None:
    assert isinstance(service.ask(Question(question)), Refusal)


REPORTS = {
    "辽宁": "2025年，全省渔业产值增长6%左右。",
    "福建": "2025年，全省渔业产值增长4.5%左右。",
    "海南": "2025年，全省渔业产值增长7.5%左右。",
}


def test_the_targets_of_reports_worded_alike_are_compared(tmp_path: Path) -> None:
    settings = load_settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    settings.corpus.mkdir()
    for name, sentence in REPORTS.items():
        text = f"# 2025年{name}省政府工作报告\n\n## 2025年主要目标\n\n今年发展主要预期目标是：{sentence}\n"
        (settings.corpus / f"2025年{name}省政府工作报告.md").write_text(text, encoding="utf-8")
    build_index(settings, embedder=FakeEmbedder())
    with open_index(settings, embedder=FakeEmbedder()) as opened:
        outcome = opened.ask(Question("2025年这三个省里，渔业产值增长目标定得最高的是哪家？"))
    assert isinstance(outcome, Answer)
    assert "海南（约7.5%）" in outcome.claims[0].text
    assert len({one.document_id for one in outcome.citations}) == 3


def test_a_year_of_no_series_is_not_told_from_another_sentence(service: PolicyQA) -> None:
    outcome = service.ask(Question("海水养殖面积哪年最大？"))
    assert isinstance(outcome, Refusal) or "海水养殖面积" in outcome.claims[0].text


def test_what_is_compared_must_be_named(service: PolicyQA) -> None:
    refusal = service.ask(Question("2021年哪些城市的排名高于宁德"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "ambiguous"


def test_times_of_unequal_length_that_are_set_side_by_side_are_compared_with_a_notice(
    service: PolicyQA,
) -> None:
    answer = service.ask(Question("2019年、2020年、2021年1—9月渔业项目由多到少怎么排？"))
    assert isinstance(answer, Answer)
    assert "2020年（80个）、2021年1—9月（66个）、2019年（58个）" in answer.claims[0].text
    assert messages.COMPUTED_OTHER_STRETCH in answer.notices


def test_the_end_of_another_indicator_that_begins_alike_is_not_told(service: PolicyQA) -> None:
    outcome = service.ask(Question("六个对比城市里户籍人口最多的是哪个？"))
    assert isinstance(outcome, Refusal)


PORTS = """# 宁德市港口发展研究

宁德市是沿海城市。宁德的港口较多，宁德的码头也较多。

表1 四市客运码头

| 城市 | 客运码头（座） |
| --- | --- |
| 宁德 | 5 |
| 湛江 | 7 |
| 舟山 | 9 |
| 威海 | 3 |

表2 五市客运码头（含临时码头）

| 城市 | 客运码头（座） |
| --- | --- |
| 宁德 | 6 |
| 湛江 | 12 |
| 舟山 | 10 |
| 威海 | 4 |
| 钦州 | 2 |
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("根据表1，客运码头最多的是哪个市？", "舟山（9座）"),
        ("按表2，客运码头最多的是哪个市？", "湛江（12座）"),
        ("四个城市中客运码头最多的是哪个？", "舟山（9座）"),
        ("宁德和四个对比城市中客运码头最少的是哪个？", "钦州（2座）"),
        ("三个对比城市中客运码头最少的是哪个？", "威海（3座）"),  # beside the place the report is of
    ],
)
def test_the_table_named_or_with_the_whole_group_is_read(question: str, told: str) -> None:
    outcome = assistant_over(PORTS, home="宁德").explain(Question(question)).outcome
    assert isinstance(outcome, Answer)
    assert told in outcome.claims[0].text


def test_the_second_is_told_by_the_sentence_that_names_it_after_the_first() -> None:
    text = "# 渔业税收\n\n从渔业税收来看，舟山较强；其中威海2021年下降9.7%，在五市中降幅最大，其次是宁德下降3.3%。\n"
    assistant = assistant_over(text, home="宁德")
    outcome = assistant.explain(Question("2021年五市渔业税收下降第二多的是哪个市，降了多少？")).outcome
    assert isinstance(outcome, Answer)
    assert "其次是宁德下降3.3%" in outcome.text
    third = assistant.explain(Question("2021年五市渔业税收下降第三多的是哪个市？")).outcome
    assert isinstance(third, Refusal)


def test_a_bound_of_the_figure_before_sets_nothing_apart() -> None:
    text = "# {name}市工作报告\n\n2025年目标：{name}市农村转移就业{more}万人以上，实现城镇新增就业{own}万人以上。\n"
    assistant = assistant_over(
        text.format(name="宁德", more=150, own=5), text.format(name="湛江", more=90, own=8), home="宁德"
    )
    outcome = assistant.explain(Question("2025年宁德和湛江的城镇新增就业目标从高到低怎么排？")).outcome
    assert isinstance(outcome, Answer)
    assert "湛江（8万人以上）、宁德（5万人以上）" in outcome.text


def test_a_source_that_describes_no_table_ranks_nothing(service: PolicyQA) -> None:
    question = "居民幸福感测评里，宁德、湛江、舟山三个城市，冷链竞争力排名最靠前的是谁"
    assert isinstance(service.ask(Question(question)), Refusal)


def test_an_order_tells_which_of_those_named_has_no_value() -> None:
    question = "2021年宁德、湛江、钦州、大连的海水养殖面积从大到小怎么排"
    told = assistant_over(HARBOURS, home="宁德").explain(Question(question)).outcome
    assert isinstance(told, Answer)
    assert messages.COMPUTED_MISSING.format(names="大连") in told.notices


SHARES = """# 舟山渔业投资

2020年舟山市冷链投资占渔业投资的比重为40.5%，比2019年下降3.5个百分点，比2018年下降10.2个百分点。

2017年，舟山市渔港投资增长30.0%。2019年，舟山市渔港投资增长12.5%。2020年，舟山市渔港投资增长2.5%。
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2018年到2020年这三年，舟山冷链投资占渔业投资的比重哪一年最高，是多少？", "2018年（50.7%）"),
        ("2018年、2019年、2020年，舟山冷链投资占渔业投资的比重哪一年最低？", "2020年（40.5%）"),
        ("2018年、2019年、2020年舟山冷链投资占渔业投资的比重从高到低怎么排", "2019年（44.0%）"),
        ("2019和2020年舟山冷链投资占渔业投资的比重哪年高？", "3.5个百分点"),
        ("2019年到2020年舟山渔港投资增速哪一年最高？", "2019年（12.5%）比2020年（2.5%）高"),
    ],
)
def test_years_are_compared_within_the_stretch_that_is_named(question: str, told: str) -> None:
    answer = assistant_over(SHARES, home="舟山").explain(Question(question)).outcome
    assert isinstance(answer, Answer)
    assert told in answer.claims[0].text
    assert "2017年" not in answer.text


def test_how_a_year_was_led_back_is_told() -> None:
    question = "2018年到2020年舟山冷链投资占渔业投资的比重哪一年最高？"
    answer = assistant_over(SHARES, home="舟山").explain(Question(question)).outcome
    assert isinstance(answer, Answer)
    assert {"40.5 + 10.2 = 50.7", "40.5 + 3.5 = 44.0"} <= {one.working for one in answer.claims}


def test_a_stretch_of_which_too_few_years_are_told_is_not_compared() -> None:
    question = "2017年到2018年舟山渔港投资增速哪一年最高？"
    assert isinstance(assistant_over(SHARES, home="舟山").explain(Question(question)).outcome, Refusal)
