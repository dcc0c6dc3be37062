import pytest
from reading import SENTENCES, check_nothing_lost, source, wrap

from policy_qa.ingest.cleaning import clean

PARAGRAPHS = ["".join(SENTENCES[i] for i in order) for order in ((0, 1, 2, 3), (4, 2, 7), (3, 0, 5, 1, 7))]
TEXT = "".join(PARAGRAPHS)


def printed(columns: int = 44) -> list[str]:
    return [line for paragraph in PARAGRAPHS for line in wrap(paragraph, columns, indent=4)]


def with_lines(lines: list[str], place: int, *inserted: str, blank: str = "\n\n") -> str:
    assert lines[place - 1][-1] not in "。！？"
    return blank.join([*lines[:place], *inserted, *lines[place:]])


def asides(text: str) -> list[tuple[str, str]]:
    cleaned = clean(source(text))
    check_nothing_lost(source(text), cleaned.text, cleaned.line_map, cleaned.set_aside)
    return [(aside.kind, aside.text) for aside in cleaned.set_aside]


@pytest.mark.parametrize(
    "foot",
    ["— 12 —", "- 7 -", "·3·", "第 3 页", "第3页 共12页", "第3页/共12页", "Page 3 of 12", "3/12"],
)
def test_page_numbers_are_told_by_their_form(foot):
    text = with_lines(printed(), 3, foot)
    assert asides(text) == [("page number", foot)]
    assert clean(source(text)).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "foot", ["47 2022年第3期", "472022年第3期", "2022年第3期 47", "决策参考 2021年第12期", "2021.3期"]
)
def test_the_issue_of_a_journal_is_a_running_head_and_so_is_the_line_beside_it(foot):
    text = with_lines(printed(), 4, foot, "某市发展研究")
    assert asides(text) == [("running head", foot), ("running head", "某市发展研究")]
    assert clean(source(text)).text.split("\n") == PARAGRAPHS


def test_a_line_of_text_beside_a_page_number_stays():
    lines = printed()
    text = with_lines(lines, 3, "— 12 —")
    assert lines[2] in text
    assert lines[3] in text
    assert clean(source(text)).text.split("\n") == PARAGRAPHS


def test_an_issue_at_the_top_is_the_documents_own():
    assert asides("某市发展研究\n2022年第3期\n" + TEXT) == []


def test_bare_numbers_are_page_numbers_where_they_rise_from_page_to_page():
    lines = printed()
    pages = [*lines[:3], "11", *lines[3:6], "12", *lines[6:10], "13", *lines[10:]]
    assert asides("\n\n".join(pages)) == [("page number", "11"), ("page number", "12"), ("page number", "13")]


def test_a_number_on_a_line_of_its_own_is_not_set_aside():
    assert asides("\n".join(["城市个数", "11", *PARAGRAPHS, "县区个数", "12", *PARAGRAPHS])) == []


def test_a_head_that_comes_on_every_page_is_set_aside():
    lines = printed()
    head = "某市国民经济和社会发展规划"
    cuts = [3, 6, 13]
    assert all(lines[cut - 1][-1] not in "。！？" for cut in cuts)
    pages = [*lines[:3], head, *lines[3:6], head, *lines[6:13], head, *lines[13:]]
    text = "\n".join([head, *pages])
    assert asides(text) == [("running head", head)] * 3
    assert clean(source(text)).text.split("\n") == [head, *PARAGRAPHS]


def test_a_subheading_that_comes_again_is_not_set_aside():
    lines = [part for paragraph in PARAGRAPHS for part in ("主要做法", paragraph)]
    assert asides("\n".join(lines)) == []


@pytest.mark.parametrize(
    "credit",
    ["园区一期工程。覃　某／摄", "工人在生产线上装配（某某摄）", "港口一角。摄影：某某", "新区夜景 某某 摄"],
)
def test_photo_credits_are_set_aside_and_their_sentence_is_whole(credit):
    text = with_lines(printed(), 6, credit)
    assert asides(text) == [("photo credit", credit)]
    assert clean(source(text)).text.split("\n") == PARAGRAPHS


def test_a_caption_of_two_lines_with_a_credit_is_set_aside_whole():
    text = "\n\n".join([*printed(), "\u3000\u3000在国际会展中心展出的香杉", "板材新品展品。某某／摄"])
    assert asides(text) == [
        ("photo credit", "在国际会展中心展出的香杉"),
        ("photo credit", "板材新品展品。某某／摄"),
    ]


def test_a_photos_caption_in_the_middle_of_a_sentence_is_told_by_the_new_page():
    lines = printed()
    text = "\n\n".join([*lines[:6], "某某技术中心", " " + lines[6], *lines[7:]])
    assert asides(text) == [("photo caption", "某某技术中心")]
    assert clean(source(text)).text.split("\n") == PARAGRAPHS


def test_a_short_line_that_may_be_text_stays():
    lines = printed()
    text = "\n\n".join([*lines[:6], "某某技术中心", *lines[6:]])
    assert asides(text) == []


def test_a_short_last_line_without_a_full_stop_stays():
    lines = [*wrap(PARAGRAPHS[0], 44, indent=4), *wrap(PARAGRAPHS[1][:-1], 44, indent=4)]
    assert len(lines[-1]) < 20
    assert asides("\n".join([*lines, *wrap(PARAGRAPHS[2], 44, indent=4)])) == []


@pytest.mark.parametrize("ending", ["本报记者 张三／摄", "图为企业生产线（某某摄）", "图片来源：市统计局"])
def test_a_paragraph_that_ends_with_a_credit_stays(ending):
    assert asides(f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}{ending}\n{PARAGRAPHS[2]}") == []
