"""Tables as the reader of the chat sees them, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_service import served
from table_service import EMPTY, FAR_DOWN, RANK, TABLE, TableService
from test_ui_browser import CONTRAST
from visit import BROWSER_MARKS, NARROW, WIDE, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = BROWSER_MARKS

LEGIBLE = (
    ".pq-answer-table th",
    ".pq-answer-table td",
    ".pq-caption",
    ".pq-remark",
    ".pq-note",
    ".pq-source-body thead th",
    ".pq-source-body td.pq-missing",
    ".pq-source-body .pq-cited-head",
    ".pq-source-body tr.pq-cited-row td",
    ".pq-source-body .pq-cited-cell",
    ".pq-original summary",
)
# The point in the middle of an element belongs to it, not to a head or label that stays in place above it.
UNCOVERED = """element => {
  const place = element.getBoundingClientRect();
  const there = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
  return element.contains(there) || there.contains(element) && there.closest('th, td') === element.closest('th, td');
}"""


@pytest.fixture(scope="module")
def tables() -> Iterator[str]:
    with served(TableService()) as place:
        yield place


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_cited_cell_comes_into_view_with_its_heads(
    browser: Browser, tables: str, size: dict[str, int]
) -> None:
    visit = Visit(browser, tables, size=size)
    visit.ask(RANK)
    assert visit.marked("a.pq-cite >> nth=0") == "73.60"
    for name in (".pq-cited-cell mark", "thead .pq-cited-head >> nth=1", "tbody .pq-cited-head"):
        assert visit.page.locator(f".pq-source-body {name}").evaluate(UNCOVERED), name
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    visit.leave()


def test_heads_and_label_stay_beside_a_cell_far_down_and_right(browser: Browser, tables: str) -> None:
    visit = Visit(browser, tables, size=WIDE)
    visit.ask(FAR_DOWN)
    assert visit.marked("a.pq-cite >> nth=0") == "58.2030"
    for name in (".pq-cited-cell mark", "thead .pq-cited-head", "tbody .pq-cited-head"):
        assert visit.page.locator(f".pq-source-body {name}").evaluate(UNCOVERED), name
    visit.leave()


def test_an_empty_cell_comes_into_view(browser: Browser, tables: str) -> None:
    visit = Visit(browser, tables, size={"width": 1000, "height": 480})
    visit.ask(EMPTY)
    visit.page.click("a.pq-cite >> nth=0")
    cell = visit.page.wait_for_selector(".pq-source-body .pq-cited-cell")
    visit.page.wait_for_function(UNCOVERED, arg=cell)
    visit.leave()


def test_the_table_of_an_answer_is_copied_as_a_table(browser: Browser, tables: str) -> None:
    visit = Visit(browser, tables, size=WIDE)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(TABLE)
    assert visit.page.locator(".pq-answer-table tr").count() == 7
    visit.page.click("a[href='#table-1']")
    visit.page.wait_for_selector("a[href='#table-1'] >> text=已复制")
    copied = visit.page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
    }""")
    assert copied[0].splitlines()[4] == "北汀\t377.2\t—\t—"
    assert "<td>377.2</td><td style=\"mso-number-format:'\\@'\">—</td>" in copied[1]
    assert visit.marked("a.pq-cite >> nth=1") == "5210"
    visit.leave()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_tables_are_legible(browser: Browser, tables: str, theme: str) -> None:
    visit = Visit(browser, tables, size=WIDE, theme=theme)
    visit.ask(TABLE)
    visit.marked("a.pq-cite >> nth=0")
    for selector in LEGIBLE:
        ratio = visit.page.locator(selector).first.evaluate(CONTRAST)
        assert ratio >= 4.5, f"{selector}: contrast {ratio:.2f} in the {theme} theme"
    visit.leave()
