"""Lists: complete, in order, under the lead that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.answering.evidence import gather_evidence
from policy_qa.answering.extractive import answer_from_list
from policy_qa.answering.list_structures import counted_in, lists_of
from policy_qa.answering.lists import (
    asks_for_list,
    count_asked,
    find_list,
    item_asked_for,
    list_around,
    list_of_this_document,
    naming_as_many,
)
from policy_qa.answering.wording import wanted_words
from policy_qa.config import load_settings
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Chunk, Document, Hit, Question, SourceFile, Span
from policy_qa.understanding import understand

if TYPE_CHECKING:
    from policy_qa.answering.list_fit import FoundList

PLAN = """# 河湾镇防汛预案

## 一、组织机构

### （一）指挥部

镇长任指挥长。

### （二）巡堤队

每队12人。

### （三）转移组

负责转移群众。

## 二、储备物资

- 编织袋3万条
- 冲锋舟4艘
- 发电机6台

## 三、薄弱环节

堤防存在三个薄弱环节：一是东堤有渗漏。已列入计划；二是闸门老化；三是通信不畅。

## 四、预警信号

预警信号分为以下几种：

1. 蓝色信号
2. 黄色信号
3. 红色信号

## 五、纪律要求

要求严格值守。
"""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(load_settings().cache)


def read(text: str = PLAN) -> Document:
    return read_document(SourceFile("防汛.md", "", text, "utf-8"))


def found_in(segmenter: Segmenter, question: str, document: Document) -> FoundList | None:
    query = understand(Question(question), segmenter)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    return find_list(query, evidence, lambda word: 2.0)


def items(found: FoundList | None) -> list[str]:
    assert found is not None
    return [span.of(found.document.text) for span in found.items]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("组织机构有哪些？", ["（一）指挥部", "（二）巡堤队", "（三）转移组"]),
        ("储备物资有哪些？", ["编织袋3万条", "冲锋舟4艘", "发电机6台"]),
        ("堤防有哪些薄弱环节？", ["一是东堤有渗漏。已列入计划；", "二是闸门老化；", "三是通信不畅。"]),
        ("预警信号有哪几种？", ["蓝色信号", "黄色信号", "红色信号"]),
    ],
)
def test_a_list_is_found_whole_and_in_order(segmenter: Segmenter, question: str, expected: list[str]) -> None:
    found = items(found_in(segmenter, question, read()))
    assert len(found) == len(expected)
    assert all(text.endswith(end) for text, end in zip(found, expected, strict=True))


def test_the_answer_cites_every_item_exactly(segmenter: Segmenter) -> None:
    document = read()
    query = understand(Question("组织机构有哪些？"), segmenter)
    found = found_in(segmenter, query.text, document)
    assert found is not None
    answer = answer_from_list(query, found)
    assert [claim.citations for claim in answer.claims] == [(1,), (2,), (3,)]
    assert [citation.quote for citation in answer.citations] == items(found)
    assert [citation.lines for citation in answer.citations] == [(5, 5), (9, 9), (13, 13)]


@pytest.mark.parametrize("question", ["纪律要求有哪些？", "彗星有哪些？"])
def test_what_is_no_list_is_not_made_one(segmenter: Segmenter, question: str) -> None:
    found = found_in(segmenter, question, read("# 预案\n\n## 一、纪律要求\n\n要求严格值守。\n"))
    assert found is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是投入低；二是人才少。", ["一是投入低；", "二是人才少。"]),
        ("原因：第一，水大。第二，堤低。", ["第一，水大。", "第二，堤低。"]),
        ("首先，查堤；其次，备料；最后，演练。", ["首先，查堤；", "其次，备料；", "最后，演练。"]),
        ("包括①袋②舟③机。", ["①袋", "②舟", "③机。"]),
        ("一要查堤；二要备料。", ["一要查堤；", "二要备料。"]),
        ("办好两件事：（1）修堤。（2）清淤。", ["（1）修堤。", "（2）清淤。"]),
        ("二是查堤；三是备料。", []),
        ("一是查堤；三是备料。", []),
        ("统一是关键。", []),
        ("没有列举。", []),
    ],
)
def test_items_counted_off(text: str, expected: list[str]) -> None:
    document = read(f"# 通报\n\n{text}\n")
    found = counted_in(document, document.blocks[-1])
    assert [span.of(document.text).rstrip() for span in found] == expected


def test_a_very_long_item_is_named_by_its_first_sentence() -> None:
    document = read("# 通报\n\n一是" + "查堤查险，" * 30 + "立行立改。后面还有一句。" * 20 + "二是备料。\n")
    first, second = counted_in(document, document.blocks[-1])
    assert first.of(document.text).endswith("立行立改。")
    assert second.of(document.text) == "二是备料。"


def test_the_list_around_a_sentence(segmenter: Segmenter) -> None:
    document = read()
    query = understand(Question("闸门老化"), segmenter)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    inside = next(one for one in evidence if "闸门老化" in one.span.of(document.text))
    outside = next(one for one in evidence if "指挥长" in one.span.of(document.text))
    assert items(list_around(inside))[-1] == "三是通信不畅。"
    assert list_around(outside) is None


def test_the_lead_that_speaks_of_the_question_wins(segmenter: Segmenter) -> None:
    text = "# 通报\n\n## 一、存在问题\n\n一是堤防渗漏。二是通信不畅。\n\n## 二、工作措施\n\n一是加固堤防。二是增设基站。三是开展演练。\n"
    assert items(found_in(segmenter, "存在问题有哪些？", read(text)))[0] == "一是堤防渗漏。"
    assert len(items(found_in(segmenter, "工作措施有哪些？", read(text)))) == 3


def test_subheadings_go_before_what_stands_under_them(segmenter: Segmenter) -> None:
    text = (
        "# 预案\n\n## 一、巡查安排\n\n### （一）昼间\n\n- 东堤\n- 西堤\n\n### （二）夜间\n\n- 水闸\n- 泵站\n"
    )
    assert items(found_in(segmenter, "巡查安排有哪些？", read(text))) == ["（一）昼间", "（二）夜间"]


def test_of_two_lists_in_a_section_the_lead_decides(segmenter: Segmenter) -> None:
    text = "# 预案\n\n## 一、安排\n\n白天巡查的地点是：\n\n- 东堤\n- 西堤\n\n夜间演练的科目是：\n\n- 抢险\n- 转移\n- 通信\n"
    found = items(found_in(segmenter, "夜间演练有哪些科目？", read(text)))
    assert [item.removeprefix("- ") for item in found] == ["抢险", "转移", "通信"]


def test_leads_are_compared_by_the_questions_words(segmenter: Segmenter) -> None:
    query = understand(Question("储备物资有哪些？"), segmenter)
    assert {form for word in wanted_words(query, lambda word: 1.0) for form in word.forms} >= set(
        query.content
    )


REPORT = """# 2031年青川县政府工作报告

## 一、2030年工作回顾

一年来，主要做了以下工作。

一是新修公路。完成80公里。

二是改建学校。完成5所。

同时也要看到不少困难和矛盾，主要是：财政收入偏低，支出压力大；山区道路老化；年轻人外流，劳力不足。我们将认真解决。

## 二、2031年工作安排

重点做好三个方面工作。

（一）聚焦茶叶产业，着力提高质量。培育龙头企业。

新建茶园2万亩。

（二）聚焦林下经济，着力拓宽增收渠道。发展菌菇。

建设大棚300座。

（三）聚焦乡村旅游，着力打造品牌。举办节庆。

修缮古村落6个。

扎实办好“四件民生实事”。（1）改造水厂3座。（2）新建卫生室10个。（3）发放助学金600万元。（4）修建桥梁8座。这是县政府的郑重承诺。

着力稳定和扩大就业。新增岗位2000个。培训农民工5000人次。支持青年返乡创业。

附件

2031年2件惠农实事

## 一、统一供种

补贴良种。

## 二、代耕代种

服务到户。
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "2031年青川县重点做哪三个方面的工作？",
            ["（一）聚焦茶叶产业", "（二）聚焦林下经济", "（三）聚焦乡村旅游"],
        ),
        ("青川县要抓的三个方面工作是什么？", ["（一）聚焦茶叶", "（二）聚焦林下", "（三）聚焦乡村"]),
        ("青川县的“四件民生实事”有哪些？", ["（1）改造", "（2）新建", "（3）发放", "（4）修建"]),
        ("青川县面临哪些困难和矛盾？", ["财政收入偏低", "山区道路老化", "年轻人外流"]),
        ("青川县2031年的2件惠农实事是哪些？", ["一、统一供种", "二、代耕代种"]),
        ("青川县稳就业有哪些措施？", ["新增岗位", "培训农民工", "支持青年"]),
    ],
)
def test_lists_of_a_report(segmenter: Segmenter, question: str, expected: list[str]) -> None:
    query = understand(Question(question), segmenter)
    assert asks_for_list(query)
    found = found_in(segmenter, question, read(REPORT))
    assert found is not None
    assert found.is_meant
    texts = items(found)
    assert [text[: len(start)] for text, start in zip(texts, expected, strict=True)] == expected


def test_a_list_of_another_count_is_not_the_one_asked_for(segmenter: Segmenter) -> None:
    found = found_in(segmenter, "青川县要办的七件水利大事有哪些？", read(REPORT))
    assert found is None or not found.is_meant


def test_a_list_with_a_gap_is_none() -> None:
    text = "# 通报\n\n1. 查堤\n\n正文。\n\n3. 备料\n"
    assert not [one for one in lists_of(read(text)) if not one.is_loose]


def test_what_the_items_are_decides_between_two_lists_of_one_count(segmenter: Segmenter) -> None:
    text = "# 考察\n\n## 三、邻县种茶的做法及对我县的启发\n\n### （一）主要做法\n\n1.选好品种。有苗圃。\n\n2.办好茶市。有大厅。\n\n### （二）启示\n\n1.种茶离不开科技。要请专家。\n\n2.种茶离不开市场。要跑销路。\n"
    assert items(found_in(segmenter, "邻县种茶给了哪两点启示？", read(text)))[0] == "1.种茶离不开科技。"
    assert items(found_in(segmenter, "邻县种茶的主要做法有哪几条？", read(text)))[0] == "1.选好品种。"


def test_a_document_named_in_passing_is_where_the_list_is_looked_for(segmenter: Segmenter) -> None:
    texts = {
        "茶业调查报告.md": "# 茶业调查报告\n\n## 对策建议\n\n- 修路\n- 建厂\n",
        "对照研究.md": "# 三县对照研究\n\n## 青川怎么办\n\n- 种茶\n- 养蜂\n",
    }
    documents = [read_document(SourceFile(name, "", text, "utf-8")) for name, text in texts.items()]
    query = understand(Question("对照研究给出了哪几方面建议？"), segmenter)
    hits = [Hit(Chunk(one.id, Span(0, len(one.text)), ()), 1.0) for one in documents]
    evidence = gather_evidence(query, hits, {one.id: one for one in documents}.get, lambda word: 2.0)
    found = find_list(query, evidence, lambda word: 2.0)
    assert found is not None
    assert found.is_meant
    assert [text.removeprefix("- ") for text in items(found)] == ["种茶", "养蜂"]


def test_a_series_in_a_sentence_that_says_it_all_is_no_list(segmenter: Segmenter) -> None:
    text = "# 意见\n\n## 提升品质\n\n- 选种\n- 施肥\n\n## 其他\n\n推动茶业振兴，包括品种、工艺、包装等多方面的品质提升。\n"
    assert found_in(segmenter, "推动茶业振兴，包括哪几方面的品质提升？", read(text)) is None


def test_the_list_of_the_one_document_that_is_asked_about(segmenter: Segmenter) -> None:
    document = read(
        "种茶大有可为。\n\n一、选好品种。要引种。\n\n二、管好茶园。要修剪。\n\n三、卖好茶叶。要跑销路。\n"
    )
    question = Question("这篇讲话部署了哪三方面的工作？", documents=frozenset({document.name}))
    query = understand(question, segmenter)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    assert items(list_of_this_document(query, evidence))[1] == "二、管好茶园。"
    other = understand(Question("这篇讲话提到茶园的哪三方面工作？", documents=question.documents), segmenter)
    assert list_of_this_document(other, evidence) is None
    anywhere = understand(Question(question.text), segmenter)
    assert list_of_this_document(anywhere, evidence) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("聚焦林下经济", ["（二）聚焦林下经济，着力拓宽增收渠道。", "发展菌菇。", "建设大棚300座。"]),
        ("新建卫生室10个", ["（2）新建卫生室10个。"]),
        ("统一供种", ["一、统一供种", "补贴良种。"]),
    ],
)
def test_the_whole_item_is_told(segmenter: Segmenter, asked: str, expected: list[str]) -> None:
    document = read(REPORT)
    query = understand(Question(f"“{asked}”的具体内容是什么？"), segmenter)
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    found = item_asked_for(query, evidence)
    assert found is not None
    assert [span.of(document.text) for span in found[1]] == expected


def test_a_documents_chapters_are_no_answer_but_the_parts_of_one_are(segmenter: Segmenter) -> None:
    text = "# 青川茶业发展报告\n\n## 一、青川茶业发展的突出问题\n\n### （一）品种老化\n\n亩产低。\n\n### （二）销路不畅\n\n价格低。\n\n## 二、其他\n\n略去。\n"
    found = found_in(segmenter, "青川茶业发展有哪些突出问题？", read(text))
    assert items(found) == ["（一）品种老化", "（二）销路不畅"]
    assert found is not None
    assert found.is_meant
    chapters = found_in(segmenter, "青川茶业发展有哪些奖项？", read(text))
    assert chapters is None or not chapters.is_meant or "一、" not in items(chapters)[0]


SECTIONS = """# 2033年石湾镇政府工作报告

## 一、扎实做好粮食生产

这是全镇工作的头等大事。要抓早抓实。

稳住播种面积。落实水田1.2万亩。发放种子补贴。

抢抓农时农事。组织农机下田。开展技术指导。

畅通粮食销路。开设收购点6处。兑付收购资金。

## 二、建设好四乡石湾

建设宜居的水美之乡。清理河道。修复岸线。

建设宜居的花果之乡。栽种果树。开办采摘园。

建设宜居的书香之乡。建设农家书屋。举办读书节。

稳妥推进合村并组。做好群众工作。加强统筹。

## 三、打赢攻坚战

今年要继续打好三大硬仗，确保见效。防汛保安要盯住险工险段。春耕备耕要备足种子化肥。森林防火要管住火源。

全镇推进数字乡村。开通数字课堂，连接3所小学。开通数字医疗，连接卫生院。开通数字集市，连接商户。
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("石湾镇扎实做好粮食生产要从哪几方面着手？", ["稳住播种面积", "抢抓农时", "畅通粮食"]),
        ("石湾镇要建设哪几个“宜居”之乡？", ["建设宜居的水美", "建设宜居的花果", "建设宜居的书香"]),
        ("2033年石湾镇要继续打好的三大硬仗是哪三项？", ["防汛保安", "春耕备耕", "森林防火"]),
        ("石湾镇数字乡村要“开通”哪几样？", ["开通数字课堂", "开通数字医疗", "开通数字集市"]),
    ],
)
def test_lists_that_the_form_of_paragraphs_makes(
    segmenter: Segmenter, question: str, expected: list[str]
) -> None:
    query = understand(Question(question), segmenter)
    assert asks_for_list(query)
    found = found_in(segmenter, question, read(SECTIONS))
    assert found is not None
    assert found.is_meant
    texts = items(found)
    assert [text[: len(start)] for text, start in zip(texts, expected, strict=True)] == expected


@pytest.mark.parametrize(
    "question", ["把石湾镇2033年10件实事列一下", "石湾镇重点工作分哪9个方面？", "请把石湾镇的5项任务列全"]
)
def test_what_asks_for_a_list(segmenter: Segmenter, question: str) -> None:
    assert asks_for_list(understand(Question(question), segmenter))


def test_a_year_asked_of_several_is_no_list(segmenter: Segmenter) -> None:
    query = understand(Question("甲县和乙县的产值分别是哪一年超过丙县的？"), segmenter)
    assert query.kind == "when"


def test_a_number_of_things_that_no_sentence_names_is_not_answered(segmenter: Segmenter) -> None:
    document = read("# 通报\n\n今年抓好5项水利工程。\n\n实施修渠、清淤、固堤、植树和建闸五项水利工程。\n")
    hit = Hit(Chunk(document.id, Span(0, len(document.text)), ()), 1.0)
    query = understand(Question("今年要抓哪5项水利工程？"), segmenter)
    evidence = gather_evidence(query, [hit], {document.id: document}.get, lambda word: 2.0)
    by_text = {one.span.of(document.text): one for one in evidence}
    bare = by_text["今年抓好5项水利工程。"]
    told = by_text["实施修渠、清淤、固堤、植树和建闸五项水利工程。"]
    assert count_asked(query) == 5
    assert naming_as_many([bare], 5) == []
    assert naming_as_many([told, bare], 5) == [told]


def test_a_list_of_another_count_than_asked_is_none(segmenter: Segmenter) -> None:
    document = read()
    found = found_in(segmenter, "堤防的三个薄弱环节是哪三个？", document)
    assert found is not None
    assert len(found.items) == 3
    assert found_in(segmenter, "堤防的五个薄弱环节是哪五个？", document) is None
