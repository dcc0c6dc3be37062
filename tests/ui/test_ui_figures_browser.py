"""The tab of figures, and charts, as their reader sees them in a real browser."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fake_service import FakeService, cite, make_document, served
from table_service import TableService
from test_ui_browser import CONTRAST
from visit import BROWSER_MARKS, NARROW, WIDE, Visit

from policy_qa.types import Answer, AnswerConflict, AnswerValue, Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from policy_qa.types import Outcome, Question

pytestmark = BROWSER_MARKS

PLACES = ("丽水市", "衢州市", "绍兴市", "嘉兴市")
TEA = make_document(
    "茶业<b>年报</b>.md",
    (
        "# 茶业年报",
        *(
            f"{year}年{place}茶叶产值为{10 * index + year - 2010}.5亿元，比上年增长{index}.2%。"
            for index, place in enumerate(PLACES, start=1)
            for year in (2018, 2019, 2021)
        ),
        "2021年丽水市茶园面积为48万亩。",
        *(f"2021年丽水市第{n}号茶场<i>产</i>茶{n}吨。" for n in range(1, 61)),
    ),
)
# A glyph that the font lacks is drawn as the same box, whatever the character.
BOXES = """selector => {
  const draw = (character, font) => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 40});
    const context = canvas.getContext('2d');
    context.font = font;
    context.fillText(character, 4, 30);
    return canvas.toDataURL();
  };
  const boxes = [];
  for (const text of document.querySelectorAll(selector)) {
    const style = getComputedStyle(text), font = `${style.fontWeight} 28px ${style.fontFamily}`;
    const box = draw('\\u{2fffe}', font), nothing = draw(' ', font);
    for (const character of text.textContent.replace(/\\s/g, '')) {
      if ([box, nothing].includes(draw(character, font))) boxes.push(character);
    }
  }
  return boxes;
}"""
CHART = "#pq-figure-chart .vega-embed svg"
CHART_TEXTS = f"{CHART} text"
ANSWER_CHART = "#pq-conversation .vega-embed svg"
RANKING = "2021年各市茶叶产值从高到低排"
DISAGREED = "2021年丽水市茶园面积是多少？"
WORKING = "51.5 > 41.5 > 31.5 > 21.5"


class TeaService(FakeService):
    """Answers the two questions above."""

    def __init__(self) -> None:
        super().__init__([TEA])

    def ask(self, question: Question) -> Outcome:
        if question.text == RANKING:
            told = [f"2021年{place}茶叶产值为{10 * n + 11}.5亿元" for n, place in enumerate(PLACES, start=1)]
            cited = tuple(cite(TEA, number, text) for number, text in enumerate(told, start=1))
            claim = Claim("，".join(told), (1, 2, 3, 4), "computed", WORKING)
            return Answer(question, (claim,), cited)
        cited = cite(TEA, 1, "茶园面积为48万亩"), cite(TEA, 2, "2021年丽水市第46号茶场")
        claims = (
            Claim("茶园面积为48万亩", (1,), "conflicting"),
            Claim("茶园面积为46万亩", (2,), "conflicting"),
        )
        values = (
            AnswerValue("48万亩", (1,), "茶业年报", date(2022, 3, 18)),
            AnswerValue("46万亩", (2,), "茶业简报"),
        )
        return Answer(
            question, claims, cited, conflicts=(AnswerConflict("茶园面积", "丽水市", "2021年", values),)
        )


@pytest.fixture(scope="module")
def tea() -> Iterator[str]:
    with served(TeaService()) as place:
        yield place


@pytest.fixture(scope="module")
def tables() -> Iterator[str]:
    with served(TableService()) as place:
        yield place


def open_tab(visit: Visit) -> None:
    visit.page.click(".pq-main-tab[data-main='figures']")
    visit.page.wait_for_selector(".pq-figure-row")


def filter_by(visit: Visit, **filters: str) -> None:
    """Types the filters and waits for the list that comes after."""
    for name, text in filters.items():
        before = visit.page.locator("#pq-figure-list [data-request]").first.get_attribute("data-request")
        visit.page.fill(f".pq-filter input[name='{name}']", text)
        visit.page.wait_for_function(
            "before => document.querySelector('#pq-figure-list [data-request]')?.dataset.request !== before",
            arg=before,
        )


def values(visit: Visit) -> list[str]:
    return visit.page.locator(".pq-figure-open").all_inner_texts()


def test_figures_are_filtered_and_paged(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    open_tab(visit)
    assert "共 85 个数据，显示第 1–50 个" in visit.page.locator(".pq-figures-count").inner_text()
    visit.page.click("a[href='#figures-2']")
    visit.page.wait_for_selector("text=第 2 / 2 页")
    assert visit.page.locator(".pq-figure-row").count() == 35
    filter_by(visit, indicator="茶叶产值", period="2021年", subject="衢州")
    assert values(visit)[:2] == ["31.5亿元", "2.2%"]
    filter_by(visit, document="钢铁")
    assert "没有符合的数据" in visit.page.locator("#pq-figure-list").inner_text()
    visit.page.click(".pq-filters-clear")
    visit.page.wait_for_selector("text=共 85 个数据")
    visit.leave()


def test_a_click_on_a_head_sorts_the_list_and_what_is_exported(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    open_tab(visit)
    filter_by(visit, indicator="茶叶产值", period="2021年")
    as_told = values(visit)
    for sign, first in (("↑", "21.5亿元"), ("↓", "51.5亿元")):
        visit.page.click(".pq-sort[data-order^='value']")
        visit.page.wait_for_selector(f".pq-sort >> text={sign}")
        levels = [value for value in values(visit) if value.endswith("元")]
        assert levels[0] == first
    with visit.page.expect_download() as download:
        visit.page.click(".pq-export[data-format='csv']")
    rows = csv.DictReader(StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig")))
    assert next(rows)["原文数字"] == "51.5亿元"
    visit.page.click("[aria-sort] .pq-sort")
    visit.page.wait_for_selector("[aria-sort]", state="detached")
    assert values(visit) == as_told
    visit.leave()


def test_what_an_input_method_is_composing_is_not_looked_for(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    open_tab(visit)
    box = visit.page.locator(".pq-filter input[name='indicator']")
    type_part = "(box, text) => { box.value = text; box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true})); }"
    box.evaluate(type_part, "cha")
    assert visit.page.locator(".pq-stale").count() == 0
    filters = "() => document.querySelector('#pq-figure-list [data-request]').dataset.request"
    before = visit.page.evaluate(filters)
    box.evaluate(type_part, "茶园面积")
    box.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))")
    visit.page.wait_for_function(f"before => ({filters})() !== before", arg=before)
    assert values(visit)[0] == "48万亩"
    visit.leave()


def test_a_row_opens_the_source_at_the_figure(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    open_tab(visit)
    filter_by(visit, indicator="茶园面积")
    assert visit.marked(".pq-figure-open >> nth=0") == "48万亩"
    assert "第 14 行" in visit.page.locator(".pq-source-head").inner_text()
    assert visit.page.locator(".pq-figure-row.pq-active").count() == 1
    visit.leave()


def test_the_cell_of_a_figure_is_marked_in_its_table(browser: Browser, tables: str) -> None:
    visit = Visit(browser, tables, size=WIDE)
    open_tab(visit)
    filter_by(visit, indicator="港口货物吞吐量", subject="东湾")
    row = visit.page.locator(".pq-figure-row", has_text="港口货物吞吐量").first
    visit.page.evaluate("() => document.querySelector('.pq-source')?.remove()")
    row.locator(".pq-figure-open").click()
    visit.page.wait_for_selector(".pq-source-body .pq-cited-cell mark")
    visit.leave()


def test_the_keyboard_is_enough(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    visit.page.focus(".pq-main-tab[data-main='figures']")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".pq-figure-row")
    assert visit.page.evaluate("document.activeElement.name") == "indicator"
    visit.page.locator(".pq-figure-open").first.focus()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowUp")
    second = values(visit)[1]
    assert visit.page.evaluate("document.activeElement.textContent") == second
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".pq-source-body mark")
    assert visit.page.locator(".pq-source-body mark").inner_text() in second
    visit.leave()


def test_comparable_figures_have_a_chart_in_chinese(browser: Browser, tea: str, tmp_path: Path) -> None:
    visit = Visit(browser, tea, size=WIDE)
    open_tab(visit)
    assert visit.page.locator(CHART).count() == 0
    filter_by(visit, indicator="茶叶产值", period="2021年")
    visit.page.wait_for_selector(CHART)
    shown = visit.page.locator(CHART_TEXTS).all_text_contents()
    for text in ("2021年茶叶产值", "单位：亿元", "嘉兴市", "51.5亿元"):
        assert text in shown
    assert visit.page.evaluate(BOXES, CHART_TEXTS) == []
    assert "来源：《茶业年报》" in visit.page.locator("#pq-figure-note").inner_text()
    picture = visit.page.locator("#pq-figure-chart").screenshot(path=tmp_path / "chart.png")
    assert len(picture) > 2000
    visit.page.fill(".pq-filter input[name='period']", "")
    visit.page.wait_for_selector(f"{CHART} >> text=2019年")
    filter_by(visit, indicator="茶园面积")
    visit.page.wait_for_function("chart => !document.querySelector(chart)?.checkVisibility()", arg=CHART)
    visit.leave()


def test_a_missing_glyph_would_be_noticed(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    visit.page.evaluate(
        "() => document.querySelector('.pq-welcome-title').append(String.fromCodePoint(0x3fffe))"
    )
    assert visit.page.evaluate(BOXES, ".pq-welcome-title") == ["\U0003fffe"]
    visit.leave()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_listed_is_exported_with_its_sources(browser: Browser, tea: str, kind: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    open_tab(visit)
    filter_by(visit, indicator="茶园面积")
    for _ in range(2):  # the button works more than once
        with visit.page.expect_download() as download:
            visit.page.click(f".pq-export[data-format='{kind}']")
    assert download.value.suggested_filename == f"指标数据.{kind}"
    content = Path(download.value.path()).read_bytes()
    if kind == "csv":
        (row,) = csv.DictReader(StringIO(content.decode("utf-8-sig")))
        assert (row["数值"], row["单位"], row["文件"], row["行"]) == ("48", "万亩", TEA.name, "14")
    else:
        assert zipfile.is_zipfile(Path(download.value.path()))
    visit.leave()


def test_an_answer_of_comparable_figures_has_a_chart(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=WIDE)
    visit.ask(RANKING)
    visit.page.wait_for_selector(ANSWER_CHART)
    shown = visit.page.locator(f"{ANSWER_CHART} text").all_text_contents()
    for text in ("2021年茶叶产值", "单位：亿元", "嘉兴市", "51.5亿元"):
        assert text in shown
    assert visit.page.evaluate(BOXES, f"{ANSWER_CHART} text") == []
    assert "来源：《茶业年报》" in visit.page.locator("#pq-conversation .pq-chart-notes").inner_text()
    assert WORKING in visit.page.locator(".pq-working").inner_text()
    visit.ask(DISAGREED)
    assert visit.page.locator(ANSWER_CHART).count() == 1
    visit.leave()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_each_disagreeing_value_has_a_line_with_its_source_and_date(
    browser: Browser, tea: str, size: dict[str, int]
) -> None:
    visit = Visit(browser, tea, size=size)
    visit.ask(DISAGREED)
    label, *values = visit.page.locator(".pq-conflict > div").all()
    assert label.inner_text() == "不同来源说法不一：2021年丽水市的茶园面积"
    assert [value.inner_text() for value in values] == [
        "48万亩（《茶业年报》，2022-03-18）[1]",
        "46万亩（《茶业简报》）[2]",
    ]
    boxes = [part.bounding_box() for part in (label, *values)]
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    whole = visit.page.locator(".pq-conflict").bounding_box()
    assert all(box["x"] - whole["x"] < 20 and box["height"] < 60 for box in boxes)
    assert visit.page.locator(".pq-status").first.bounding_box()["height"] < 30
    visit.leave()


def test_on_a_phone_rows_are_cards_and_nothing_runs_out_of_the_page(browser: Browser, tea: str) -> None:
    visit = Visit(browser, tea, size=NARROW)
    open_tab(visit)
    filter_by(visit, indicator="茶叶产值", period="2021年")
    visit.page.wait_for_selector(CHART)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    value = visit.page.locator(".pq-figure-row th").first  # whole and on one line
    assert value.evaluate("cell => cell.scrollWidth <= cell.clientWidth && cell.clientHeight < 30")
    for selector in (CHART, ".pq-figure-row >> nth=0"):
        box = visit.page.locator(selector).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"]
    assert visit.marked(".pq-figure-open >> nth=0") == "21.5亿元"
    visit.page.click("a[href='#panel-close']")
    assert visit.page.locator(".pq-figure-row").first.is_visible()
    visit.leave()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tab_is_legible(browser: Browser, tea: str, theme: str) -> None:
    visit = Visit(browser, tea, size=WIDE, theme=theme)
    open_tab(visit)
    filter_by(visit, indicator="茶叶产值 增速")
    for selector in (
        ".pq-main-tab[aria-selected='true']",
        ".pq-main-tab[aria-selected='false']",
        ".pq-filter span",
        ".pq-export",
        ".pq-figures-count",
        ".pq-figure-open",
        ".pq-figure-clause",
        ".pq-figure-source",
        ".pq-badge",
    ):
        ratio = visit.page.locator(selector).first.evaluate(CONTRAST)
        assert ratio >= 4.5, f"{selector}: contrast {ratio:.2f} in the {theme} theme"
    visit.leave()
