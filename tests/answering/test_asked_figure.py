import pytest

from policy_qa.answering.asked_figure import asked_figure


@pytest.mark.parametrize(
    ("question", "met", "not_met"),
    [
        ("财政收入有多少亿元?", ["316.55亿元", "3200万元", "316.55"], ["11.05%", "第81位", "146家"]),
        ("财政收入增长了百分之几?", ["11.05%", "3个百分点"], ["第81位"]),
        ("增速比全国低几个百分点?", ["3.7个百分点"], ["3.7%", "12亿元"]),
        ("赣州有多少家高新技术企业?", ["1107家", "1107户", "1107"], ["1107亿元", "40%"]),
        ("GDP在全国排第几?", ["第81位", "81"], ["3083亿元", "6.4%", "75-100"]),
        ("GDP排名在什么区间?", ["第81位", "81", "75-100"], ["3083亿元", "6.4%"]),
        ("GDP总量是多少?", ["3083亿元"], ["第81位", "6.4%", "1/13"]),
        ("GDP总量占全区多少?", ["1/13", "6.4%"], ["第81位"]),
        ("占全区的几分之几?", ["1/4", "25%"], ["第4位"]),
        ("渔业产值降幅是几个百分点?", ["4.4%"], ["44亿元"]),
        ("海水养殖在渔业里占几个百分点?", ["41.5%", "3个百分点"], ["44亿元"]),
        ("渔业产值和占GDP的比重分别是多少?", ["44亿元", "41.5%"], ["第3位"]),
        ("渔业投入总量是多少?", ["44亿元"], ["1050家", "41.5%"]),
        ("企业总量是多少?", ["1050家"], ["41.5%"]),
        ("渔业产值占比", ["41.5%"], ["38家", "10倍"]),
        ("渔业产值占GDP", ["41.5%"], ["44亿元"]),
        ("2018年渔业产值的增速是多少?", ["41.5%"], ["1/3", "44亿元"]),
        ("研发奖补排名前十的企业占多少?", ["1.8%"], []),
    ],
)
def test_figures_of_the_kind_asked_for(question, met, not_met):
    asked = asked_figure(question)
    assert [figure for figure in met if not asked.is_met_by(figure)] == []
    assert [figure for figure in not_met if asked.is_met_by(figure)] == []


@pytest.mark.parametrize(
    ("question", "sentence", "told", "expected"),
    [
        ("2019年工业总产值的增速是多少?", "产值占全市的1/3以上", ["1/3"], False),
        ("2019年工业总产值的增速是多少?", "工业总产值下降2.3%", ["2.3%"], True),
        ("财政收入下降了百分之几?", "收入比上年减少12.3%", ["12.3%"], True),
        ("财政收入有多少亿元?", "财政收入316.55亿元，增长11.05%", ["316.55亿元", "11.05%"], True),
    ],
)
def test_a_rise_is_told_where_the_text_speaks_of_one(question, sentence, told, expected):
    assert asked_figure(question).is_told_in(sentence, told) is expected


@pytest.mark.parametrize(
    ("question", "met", "not_met"),
    [
        ("PM10浓度是多少微克?", ["41微克/立方米"], ["8%", "3天"]),
        ("全年接待游客多少人次?", ["300万人次"], ["12亿元", "8%"]),
        ("全社会用电量是多少亿千瓦时?", ["76亿千瓦时"], ["6.2%"]),
        ("泉州比漳州低多少个名次?", ["28位"], ["第75位", "8%"]),
        ("排名变动了几位?", ["4位"], ["第4位"]),
    ],
)
def test_units_of_several_characters_and_distances_in_rank(question, met, not_met):
    test_figures_of_the_kind_asked_for(question, met, not_met)


def test_hundreds_of_millions_are_no_handful_of_projects():
    asked = asked_figure("工业提升86项到2021年9月投了多少亿")
    assert not asked.is_met_by("259项")
    assert asked.is_met_by("85亿元")
    assert asked_figure("快递有多少万件").is_met_by("3.2万件")


def test_a_sum_of_money_may_be_told_in_another_currency_unless_one_is_named() -> None:
    assert asked_figure("花卉出口总额是多少？").is_met_by("3.2亿美元")
    assert not asked_figure("花卉出口总额是多少亿元？").is_met_by("3.2亿美元")
