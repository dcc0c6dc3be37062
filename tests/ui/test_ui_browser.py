"""The chat as its reader sees it, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fake_service import (
    CHOICES,
    HARBOUR,
    HOSTILE,
    HOSTILE_LINES,
    HOSTILE_TITLE,
    ORCHARD_COMPLETED,
    FakeService,
    served,
)
from visit import BROWSER_MARKS, NARROW, WIDE, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = BROWSER_MARKS

STRENGTH = "2021年海洋领域研发投入强度是多少？"
STRENGTH_QUOTE = "海洋领域研发经费投入强度为3.4%"
ORCHARD_QUESTION = "柑橘种植面积的目标是多少？"
ORCHARD_QUOTE = "柑橘种植面积稳定在48万亩"
LEGIBLE = (
    ".pq-title",
    ".pq-subtitle",
    "#pq-new",
    ".pq-question",
    ".pq-answer > .pq-claim",
    ".pq-completed",
    "a.pq-choice",
    "a.pq-cite",
    ".pq-notice-text",
    ".pq-notice > .pq-label",
    ".pq-refusal > .pq-claim",
    ".pq-refusal > .pq-label",
    "a.pq-act",
    "#pq-question textarea",
    "#pq-send",
    ".pq-tab",
    ".pq-source-title",
    ".pq-source .pq-card-place",
    ".pq-paragraph",
    ".pq-source-body mark",
    "a.pq-step",
)
# The contrast of WCAG 2.2 between an element's text and what lies behind it: https://www.w3.org/TR/WCAG22/
CONTRAST = """element => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = channels(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element;
  while ((channels(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
  const pair = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(light);
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    opened = Visit(browser, address, size=WIDE)
    yield opened
    opened.leave()


def test_a_citation_opens_the_source_at_exactly_the_cited_characters(visit: Visit) -> None:
    visit.ask(STRENGTH)
    assert "3.4%" in visit.page.locator(".pq-answer").inner_text()
    cards = visit.page.locator("#pq-citations .pq-card")
    assert cards.count() == 2
    assert "三、研发投入" in cards.first.inner_text()
    assert "第 47 行" in cards.first.inner_text()
    assert cards.first.locator("mark").inner_text() == STRENGTH_QUOTE
    assert visit.marked("a.pq-cite >> nth=0") == STRENGTH_QUOTE
    assert visit.page.locator(".pq-source-title").inner_text() == HARBOUR.meta.title
    shown = visit.page.locator(".pq-source-body .pq-block").all_text_contents()
    assert "\n".join(shown) == HARBOUR.text


def test_earlier_turns_keep_leading_to_their_own_source(visit: Visit) -> None:
    visit.ask(STRENGTH)
    visit.ask(ORCHARD_QUESTION)
    assert visit.marked("a.pq-cite[href='#cite-2-1']") == ORCHARD_QUOTE
    assert visit.marked("a.pq-cite[href='#cite-1-1']") == STRENGTH_QUOTE
    visit.page.click(".pq-step[href='#turn-1']")
    visit.page.wait_for_selector("body[data-pq-view='citations']")
    assert visit.page.locator("#pq-citations mark").first.inner_text() == STRENGTH_QUOTE
    assert visit.marked("#pq-citations .pq-card >> nth=1") == "比全市平均水平高0.9个百分点"


def test_the_same_mark_is_found_again_after_scrolling_away(visit: Visit) -> None:
    visit.ask(STRENGTH)
    visit.marked("a.pq-cite >> nth=0")
    visit.page.evaluate("document.querySelector('.pq-source-body').scrollTop = 0")
    assert visit.marked("a.pq-cite >> nth=0") == STRENGTH_QUOTE


def test_the_next_citation_is_one_step_away(visit: Visit) -> None:
    visit.ask(STRENGTH)
    visit.marked("a.pq-cite >> nth=0")
    assert visit.marked(".pq-step[href='#cite-1-2']") == "比全市平均水平高0.9个百分点"


def test_a_mark_at_the_end_of_a_long_document_comes_into_view(visit: Visit) -> None:
    visit.ask("编号是多少？")
    assert visit.marked("a.pq-cite >> nth=0") == "编号为七七四十九"


def test_a_refusal_looks_different_and_cites_the_nearest_holding(visit: Visit) -> None:
    visit.ask("明天天气怎么样？")
    assert visit.page.locator(".pq-answer").count() == 0
    assert "未作回答" in visit.page.locator(".pq-refusal").inner_text()
    assert visit.marked(".pq-refusal a.pq-cite") == "全年港口货物吞吐量5,210万吨"


def test_a_choice_is_asked_by_a_click(visit: Visit) -> None:
    visit.ask("产值是多少？")
    visit.page.click("a.pq-choice >> nth=1")
    visit.page.wait_for_selector(".pq-answer")
    assert visit.page.locator(".pq-question").all_inner_texts() == ["产值是多少？", CHOICES[1]]
    assert ORCHARD_QUOTE in visit.page.locator(".pq-answer").inner_text()


def test_a_follow_up_shows_what_it_was_taken_for(visit: Visit) -> None:
    visit.ask(STRENGTH)
    visit.ask("那柑橘呢？")
    assert visit.page.locator(".pq-completed").all_inner_texts() == [f"按“{ORCHARD_COMPLETED}”回答"]
    assert visit.page.locator(".pq-cards-of").inner_text() == ORCHARD_COMPLETED
    assert visit.marked("a.pq-cite[href='#cite-2-1']") == ORCHARD_QUOTE


def test_a_failure_is_told_and_the_chat_goes_on(visit: Visit) -> None:
    visit.ask("故障")
    assert "系统出错" in visit.page.locator(".pq-failure").inner_text()
    visit.ask(STRENGTH)
    assert visit.marked("a.pq-cite >> nth=0") == STRENGTH_QUOTE


def test_hostile_text_is_shown_and_never_interpreted(visit: Visit) -> None:
    question = "恶意 <img src=http://evil.example/q.png onerror=window.pwned=7> **粗** [x](javascript:window.pwned=8)"
    visit.ask(question)
    answer = visit.page.locator(".pq-answer")
    assert visit.page.locator(".pq-question").inner_text() == question
    assert [
        claim.removesuffix(f"[{n}]")
        for n, claim in enumerate(answer.locator(".pq-claim").all_inner_texts(), 1)
    ] == [*HOSTILE_LINES[2:]]
    assert "[x](javascript:1)" in visit.page.locator(".pq-notice").inner_text()
    assert visit.page.locator(".pq-card-title").first.inner_text() == HOSTILE_TITLE
    for number, quote in enumerate(HOSTILE_LINES[2:], start=1):
        assert visit.marked(f"a.pq-cite[href='#cite-1-{number}']") == quote
    assert "\n".join(visit.page.locator(".pq-source-body .pq-block").all_text_contents()) == HOSTILE.text
    visit.page.click(".pq-tab[data-view='documents']")
    assert HOSTILE_TITLE in visit.page.locator(".pq-row-title").all_inner_texts()
    assert HOSTILE.name in visit.page.locator("#pq-files").inner_text()
    assert visit.page.evaluate("window.pwned") is None
    dangerous = "a[href^='javascript' i], img, iframe, object, [onerror], [onload], .pq-answer :is(strong, em, del, table)"
    assert visit.page.locator(dangerous).count() == 0


def test_the_copied_text_names_answer_and_sources(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, size=WIDE)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(STRENGTH)
    visit.page.click("a[href='#copy-1']")
    visit.page.wait_for_selector("text=已复制")
    copied = visit.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == f"问：{STRENGTH}"
    assert copied[1] == f"答：{STRENGTH_QUOTE}[1]"
    assert copied[-1].startswith(
        "[2] 《东湾市海洋经济运行简报》（海洋/东湾简报.md），三、研发投入，第 47 行：“比全市"
    )
    visit.leave()


def test_the_list_finds_and_opens_documents(visit: Visit) -> None:
    visit.page.click(".pq-tab[data-view='documents']")
    visit.page.fill(".pq-search", "柑橘")
    assert visit.page.locator(".pq-row:visible").count() == 1
    visit.page.click(".pq-row:visible .pq-row-title")
    visit.page.wait_for_selector("text=每年改造低产果园3万亩")
    assert visit.page.locator(".pq-source-body mark").count() == 0
    visit.page.click(".pq-tab[data-view='documents']")
    visit.page.fill(".pq-search", "没有这份")
    assert visit.page.locator("text=没有符合的文件").is_visible()


def test_a_question_can_be_limited_to_chosen_documents(visit: Visit, service: FakeService) -> None:
    visit.page.click(".pq-tab[data-view='documents']")
    visit.page.check(".pq-limit >> nth=0")
    visit.page.wait_for_selector(".pq-scope >> text=只查 1 份文件")
    visit.page.check(".pq-limit >> nth=1")
    visit.page.wait_for_selector(".pq-scope >> text=只查 2 份文件")
    visit.ask(STRENGTH)
    assert service.asked[-1].documents == frozenset(document.name for document in service.held[:2])
    assert "东湾市海洋经济运行简报" in visit.page.locator(".pq-notice").inner_text()
    visit.page.click("a[href='#scope-clear']")
    visit.page.wait_for_selector(".pq-scope", state="detached")
    visit.ask(ORCHARD_QUESTION)
    assert service.asked[-1].documents is None
    assert visit.page.locator(".pq-limit:checked").count() == 0


def test_an_example_asks_and_a_new_conversation_forgets(visit: Visit, service: FakeService) -> None:
    example = visit.page.locator(".pq-example").first
    wording = example.inner_text()
    example.click()
    visit.page.wait_for_selector(".pq-answer")
    assert visit.page.locator(".pq-question").inner_text() == wording
    visit.ask(STRENGTH)
    assert [turn.question for turn in service.asked[-1].history] == [wording]
    visit.page.click("#pq-new")
    visit.page.wait_for_selector(".pq-welcome")
    assert visit.page.locator(".pq-answer").count() == 0
    visit.ask(STRENGTH)
    assert service.asked[-1].history == ()
    assert visit.marked("a.pq-cite[href='#cite-1-1']") == STRENGTH_QUOTE


def test_a_document_that_left_the_index_is_not_quoted_again(browser: Browser) -> None:
    service = FakeService()
    with served(service) as address:
        visit = Visit(browser, address, size=WIDE)
        visit.ask(STRENGTH)
        service.held.remove(HARBOUR)
        visit.page.click("a.pq-cite >> nth=0")
        visit.page.wait_for_selector("#pq-source >> text=已更新或移出资料库")
        assert STRENGTH_QUOTE not in visit.page.locator("#pq-panel").inner_text()
        visit.page.click("a[href='#turn-1']")
        visit.page.wait_for_selector("#pq-citations >> text=不再显示引文")
        assert STRENGTH_QUOTE not in visit.page.locator("#pq-citations").inner_text()
        visit.leave()


def test_an_empty_corpus_says_what_to_do(browser: Browser) -> None:
    with served(FakeService([])) as address:
        visit = Visit(browser, address, size=WIDE)
        assert "policy-qa build" in visit.page.locator(".pq-welcome").inner_text()
        visit.leave()


def test_on_a_narrow_screen_the_source_lies_over_the_conversation(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, size=NARROW)
    visit.ask(STRENGTH)
    assert visit.page.locator(".pq-answer").is_visible()
    assert not visit.page.locator("#pq-panel").is_visible()
    assert visit.marked("a.pq-cite >> nth=0") == STRENGTH_QUOTE
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    visit.page.click("a[href='#panel-close']")
    assert not visit.page.locator("#pq-panel").is_visible()
    visit.leave()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_legible(browser: Browser, address: str, theme: str) -> None:
    visit = Visit(browser, address, size=WIDE, theme=theme)
    visit.ask(ORCHARD_QUESTION)
    visit.ask("那柑橘呢？")
    visit.ask("产值是多少？")
    visit.ask("明天天气怎么样？")
    visit.marked("a.pq-cite >> nth=0")
    for selector in LEGIBLE:
        ratio = visit.page.locator(selector).first.evaluate(CONTRAST)
        assert ratio >= 4.5, f"{selector}: contrast {ratio:.2f} in the {theme} theme"
    visit.leave()


def test_nothing_is_left_in_english(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"
    visit.ask(STRENGTH)
    visit.marked("a.pq-cite >> nth=0")
    words = """() => {
      const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].filter(e => e.checkVisibility());
      const names = named.flatMap(e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a) ?? ''));
      return [document.title, document.body.innerText, ...names].join(' ');
    }"""
    seen = visit.page.evaluate(words)
    for allowed in (HOSTILE.name, HOSTILE_TITLE):
        seen = seen.replace(allowed, "")
    assert set(re.findall(r"[A-Za-z]{2,}", seen)) <= {"md", "txt"}
