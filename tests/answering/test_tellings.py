"""Questions for what each source tells, and for a value against a bound, asked of invented reports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_qa import messages
from policy_qa.types import Answer, Claim, Outcome, Question
from small_assistant import assistant_over

if TYPE_CHECKING:
    from policy_qa.assistant import Assistant

REPORTS = (
    """# 宜昌市林业发展研究

2021年，宜昌市规模以上林产企业820家，设有研发机构的企业仅有96家，有出口业务的企业不足200家。

2021年，宜昌市林业投入强度为1.9%，与2020年相比没有提升；荆州市为2.2%。

2021年，林下经济产值占全市规模以上工业总产值的比重为14%，增长势头良好。

“绿满三峡”工程118项项目入库项目131项。2021年新开工项目37项。

表1 2021年三市林地结构（%）

| 城市 | 一类林地占比 | 二类林地占比 |
| --- | --- | --- |
| 宜昌市 | 11.2 | 43.6 |
| 荆州市 | 20.1 | 36.9 |

一是推进竹林提质行动45项项目建设。目前在库竹业项目39项，总投资60亿元。
""",
    """# 宜昌市林业“十三五”回顾

2021年，全市规模以上林产企业820家，建有市级以上研发机构的不足20%，有出口业务的企业不足200家。

“十三五”时期，宜昌市林业投入强度从1.45%提高到1.9%，高于全省水平。

林下经济2021年占全市工业的比重仅为14%，规模不大。2021年末宜昌市森林覆盖率为49.3%。

2017年，宜昌市竹木加工稳步推进，产值突破30亿元，占全市比重6.2%。截至2019年末竹木加工占全市工业的8.5%。

2021年，荆州市木材出口额从2016年的21.3亿元增加到58.6亿元，居全省第3位。

表3 2021年各市木材贸易情况

| 城市 | 木材出口额（亿元） |
| --- | --- |
| 宜昌市 | 31.27 |
| 荆州市 | 58.64 |

表2 2021年各市林地情况（%）

| 城市 | 一类林地占比 | 二类林地占比 |
| --- | --- | --- |
| 宜昌市 | 12.6 | 42.2 |
| 荆州市 | 20.1 | 36.9 |

宜昌以全省 1/8 的林地，创造了全省 1/6 的竹业产值。2021年，宜昌市竹业总产值约占全省1/7，苗木占全省1/9。
""",
)


@cache
def assistant() -> Assistant:
    return assistant_over(*REPORTS, home="宜昌市")


def ask(question: str) -> Outcome:
    return assistant().explain(Question(question)).outcome


def told(question: str) -> Answer:
    outcome = ask(question)
    assert isinstance(outcome, Answer), outcome
    return outcome


def test_a_count_and_the_share_that_another_source_tells_for_it_are_both_told() -> None:
    answer = told("规上林产企业有多少建了研发机构，两份材料一个给家数一个只说“不足”，各怎么讲的？")
    assert "96家" in answer.text
    assert "不足20%" in answer.text
    assert "200家" not in answer.text
    assert len({citation.document_id for citation in answer.citations}) == 2


def test_opposite_tellings_of_a_change_are_told_with_the_words_that_say_it() -> None:
    answer = told("宜昌林业投入强度这些年有没有提高，几篇文章说法好像相反")
    assert "没有提升" in answer.text
    assert "从1.45%提高到1.9%" in answer.text
    assert "2.2%" not in answer.text


def test_one_value_by_two_counts_is_told_twice_and_said_to_be() -> None:
    answer = told("2021年林下经济占比14%，分母是规上工业还是全部工业？各处写法统一吗")
    assert "规模以上工业总产值" in answer.text
    assert "占全市工业的比重" in answer.text
    assert messages.SOURCES_SCOPES_DIFFER in answer.notices


def test_rows_of_several_tables_are_told_where_they_differ() -> None:
    answer = told("2021年宜昌的一类林地和二类林地占比，各处说法一样吗")
    assert [value for value in ("11.2", "43.6", "12.6", "42.2") if value not in answer.text] == []
    assert messages.SOURCES_DISAGREE in answer.notices


def agreeing(answer: Answer) -> Claim:
    (claim,) = (one for one in answer.claims if one.status == "computed")
    return claim


def test_what_sources_tell_alike_is_told_of_each_and_said_to_agree() -> None:
    answer = told("2021年荆州的一类林地占比，各处说法一样吗")
    assert agreeing(answer).text == "各处所写的数值一致，都是20.1%。"
    assert agreeing(answer).working == "20.1% = 20.1%"
    assert len({citation.document_id for citation in answer.citations}) == 2
    assert answer.notices == ()


def test_bounds_told_alike_are_said_to_agree() -> None:
    answer = told("2021年宜昌有出口业务的企业有多少家，几份报告写法一致吗")
    assert agreeing(answer).text == "各处所写的数值一致，都是不足200家。"


def test_what_sources_tell_otherwise_is_said_to_differ() -> None:
    answer = told("2021年宜昌的一类林地占比，两份报告写的数对得上吗")
    assert agreeing(answer).text == "各处所写的数值不一致：11.2%、12.6%。"
    assert agreeing(answer).working == "11.2% ≠ 12.6%"


def test_what_one_place_alone_tells_is_said_to_be_compared_with_nothing() -> None:
    answer = told("2021年末宜昌森林覆盖率，各份报告写的一样吗")
    assert "49.3%" in answer.text
    assert answer.notices == (messages.ONE_PLACE,)


def test_two_ways_of_counting_or_two_times_are_not_said_to_agree() -> None:
    for question in (
        "2021年林下经济占比各报告是否一致",
        "宜昌林业投入强度的变化，两份报告说法一致吗",
    ):
        assert [claim for claim in told(question).claims if claim.status == "computed"] == []


def test_a_name_in_quotation_marks_is_that_of_the_sentence() -> None:
    answer = told("“绿满三峡”那批项目到底是多少项，前后数字是不是不一样")
    assert "118项" in answer.text
    assert "131项" in answer.text
    assert "37项" not in answer.text


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("听说2021年末宜昌森林覆盖率已经过半，真的吗", False),
        ("2021年末宜昌森林覆盖率是不是接近五成", True),
        ("2021年末宜昌森林覆盖率有没有超过49%？", True),
        ("2021年末宜昌森林覆盖率还没过半，对吗", True),
    ],
)
def test_a_value_is_told_with_the_verdict_on_a_bound(question: str, holds: bool) -> None:
    answer = told(question)
    assert "49.3%" in answer.text
    assert answer.text.startswith((messages.TOLD_AGREES if holds else messages.TOLD_DIFFERS)[:3])


def test_a_bound_claimed_in_a_draft_is_held_against_the_value() -> None:
    answer = told("稿子里写2021年末宜昌森林覆盖率突破50%了？帮核实")
    assert "49.3%" in answer.text
    assert answer.text.startswith(messages.TOLD_DIFFERS[:3])


def test_a_claim_that_needs_judgement_gets_the_figures_and_no_verdict() -> None:
    answer = told("想引用“荆州林业已占主导地位”，拿2021年二类林地占比看说得通不")
    assert "36.9" in answer.text
    assert messages.CLAIM_TO_JUDGE.format(said="荆州林业已占主导地位") in answer.notices


@pytest.mark.parametrize(
    "question",
    ["竹木加工占比我看到6.2%、8.5%两个数，哪个是哪年的", "6.2%和8.5%这两个竹木加工占比，各是哪年的"],
)
def test_each_value_seen_is_told_with_its_period(question: str) -> None:
    answer = told(question)
    first, second = answer.claims
    assert [part for part in ("2017年", "竹木加工", "6.2%") if part not in first.text] == []
    assert [part for part in ("2019年末", "竹木加工", "8.5%") if part not in second.text] == []
    assert messages.SOURCES_PERIODS_DIFFER in answer.notices


@pytest.mark.parametrize(
    "question",
    [
        "竹木加工占全市比重，有的写6.2%，有的写8.5%，分别是什么时段的，矛盾吗",
        "竹木加工占全市比重，有报告写6.2%，也有报告写8.5%，说的是哪一年，能不能算作互相矛盾",
    ],
)
def test_values_of_two_times_are_said_not_to_contradict(question: str) -> None:
    claim = told(question).claims[-1]
    assert claim.text == "所说的时期不同：6.2%是2017年的数，8.5%是2019年末的数，不构成矛盾。"
    assert claim.working == "6.2%：2017年；8.5%：2019年末"


def test_values_of_two_times_get_no_verdict_where_none_is_asked() -> None:
    answer = told("竹木加工占全市比重，有的写6.2%，有的写8.5%，分别是哪年的")
    assert not any(claim.status == "computed" for claim in answer.claims)


def test_values_seen_of_which_one_is_told_nowhere_are_not_vouched_for() -> None:
    outcome = ask("竹木加工占比我看到6.2%、9.9%两个数，哪个是哪年的")
    assert not isinstance(outcome, Answer) or "9.9%" not in outcome.text


def test_a_cell_is_told_with_the_sentence_that_rounds_it() -> None:
    answer = told("荆州木材出口额正文写的和表3写的一致吗（2021年）")
    assert "增加到58.6亿元" in answer.text
    assert "58.64" in answer.text
    assert agreeing(answer).text == "正文与表中所写的数值四舍五入后一致：58.6亿元、58.64亿元。"
    assert agreeing(answer).working == "58.6亿元 ≈ 58.64亿元"


@pytest.mark.parametrize(
    "question",
    [
        "竹林提质行动的项目数，有写45有写39，到底听哪个的",
        "竹林提质行动的项目数，一说45项，一说39项，各处究竟是怎样写的？",
    ],
)
def test_a_value_that_goes_on_from_another_is_told_beside_it(question: str) -> None:
    answer = told(question)
    first, second = answer.claims
    assert "一是推进竹林提质行动45项项目建设" in first.text
    assert "目前在库竹业项目39项" in second.text


@pytest.mark.parametrize(
    "question",
    [
        "宜昌竹业产值占全省1/6还是1/7，两种写法各在哪篇",
        "宜昌市竹业产值在全省所占份额，材料中有六分之一与七分之一两说，请指明各自出处。",
    ],
)
def test_fractions_seen_are_told_where_they_stand(question: str) -> None:
    answer = told(question)
    assert len(answer.claims) == 2
    assert [part for part in ("1/6 的竹业产值", "占全省1/7") if part not in answer.text] == []


def test_one_value_by_two_counts_is_told_of_both_where_every_source_is_asked() -> None:
    answer = told("各份材料提到2021年林下经济占比14%时，分别以规上工业还是全部工业为基数？口径有无分歧？")
    assert "规模以上工业总产值" in answer.text
    assert "占全市工业的比重" in answer.text


SINCE = (
    "# 荆州市林业分析\n\n2016年以来，荆州市林业产值增速再也没有超过7.5%。\n",
    "# 荆州市林业讲话\n\n2016年，荆州市林业产值1200亿元，增长8.5%。\n",
)
KEPT = (
    "# 荆州市林业创新\n\n“十三五”时期，荆州市林业创新成效明显，拥有4家国家竹木技术中心及1家分中心。\n\n"
    "2020年，荆州市国家级竹木技术中心数量最少，仅有5家。\n"
)


@pytest.mark.parametrize(
    "question",
    [
        "2016年荆州林业产值增速，各份材料怎么说，一致吗？",
        "分析报告说2016年以来荆州林业产值增速没再超过7.5%，这跟另一份材料里2016年的增速对得上吗？",
    ],
)
def test_a_bound_kept_since_a_year_is_said_to_differ_from_the_value_of_that_year(question: str) -> None:
    answer = assistant_over(*SINCE, home="荆州市").explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert "各处所写的数值不一致：8.5%、再也没有超过7.5%。" in [claim.text for claim in answer.claims]


def test_what_is_told_of_a_stretch_is_told_beside_what_is_told_of_its_end() -> None:
    question = "2020年末荆州有几家国家级竹木技术中心？前后数字对得上吗？"
    answer = assistant_over(KEPT, home="荆州市").explain(Question(question)).outcome
    assert isinstance(answer, Answer), answer
    assert "4家" in answer.text
    assert "5家" in answer.text
