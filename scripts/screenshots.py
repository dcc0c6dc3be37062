"""Takes the README's screenshots from the real app over the sample corpus: `python scripts/screenshots.py`."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.config import load_settings
from policy_qa.pipeline import build_index, open_index
from policy_qa.ui.chat import serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

logger = logging.getLogger("screenshots")

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SIZE = {"width": 1360, "height": 820}
QUESTIONS = ("加快工业投资有哪些建议？", "2020年柳州的研发投入强度是多少？", "那岳阳呢？")
REFUSED = "2019年的呢？"
TABLE = "把六市的户籍人口、总面积列成一张表，缺的写—"
MISSING_CELL = "岳阳市户籍人口是多少？"
RANKING = "2020年六市研发投入强度从高到低排"
DISAGREED = "2018年柳州第一产业占比是多少"
INDICATOR = "研发投入强度"


def ask(page: Page, question: str) -> None:
    """Types a question, sends it, and waits for what becomes of it."""
    turns = page.locator(".pq-actions")
    before = turns.count()
    page.fill("#pq-question textarea", question)
    page.press("#pq-question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('.pq-actions').length > n", arg=before)


def take(page: Page, name: str) -> None:
    """Writes the picture of the page as it is once nothing moves any more."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    page.screenshot(path=PICTURES / f"{name}.png")
    logger.info("wrote %s", PICTURES / f"{name}.png")


def take_all(page: Page, address: str) -> None:
    """The beginning, a follow-up with its source, a refusal, tables and a cell, a ranking, a disagreement, figures."""
    page.goto(address)
    page.wait_for_selector(".pq-welcome")
    take(page, "start")
    for question in QUESTIONS:
        ask(page, question)
    page.click("a.pq-cite[href='#cite-3-1']")
    page.wait_for_selector(".pq-source-body mark")
    take(page, "chat")
    page.click("#pq-new")
    page.wait_for_selector(".pq-welcome")
    ask(page, QUESTIONS[1])
    ask(page, REFUSED)
    take(page, "refusal")
    page.click("#pq-new")
    page.wait_for_selector(".pq-welcome")
    ask(page, TABLE)
    take(page, "table")
    ask(page, MISSING_CELL)
    page.click("a.pq-cite[href='#cite-2-1']")
    page.wait_for_selector(".pq-source-body .pq-cited-cell")
    take(page, "cell")
    for question, name in ((RANKING, "ranking"), (DISAGREED, "disagreement")):
        page.click("#pq-new")
        page.wait_for_selector(".pq-welcome")
        ask(page, question)
        take(page, name)
    take_figures(page)


def take_figures(page: Page) -> None:
    """The tab of figures, filtered, with its chart and the source of a row."""
    page.click(".pq-main-tab[data-main='figures']")
    page.wait_for_selector(".pq-figure-row")
    page.fill(".pq-filter input[name='indicator']", INDICATOR)
    page.wait_for_selector("#pq-figure-chart .vega-embed svg")
    page.click(".pq-figure-open >> nth=0")
    page.wait_for_selector(".pq-source-body mark")
    take(page, "figures")


def main() -> None:
    """Builds an index of its own beside nothing of the user's, serves it, and takes the pictures."""
    from playwright.sync_api import sync_playwright

    logging.basicConfig(level=logging.WARNING)
    logger.setLevel(logging.INFO)
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        sys.exit(f"no browser: none of {', '.join(BROWSERS)} is on the PATH")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(corpus=ROOT / "corpus", index=Path(folder) / "index", port=7899)
        build_index(settings)
        with (
            open_index(settings) as service,
            serve(service, settings) as address,
            sync_playwright() as playwright,
        ):
            service.warm()
            browser = playwright.chromium.launch(executable_path=browser_path, args=OPTIONS)
            take_all(browser.new_page(viewport=SIZE, device_scale_factor=1.5), address)
            browser.close()


if __name__ == "__main__":
    main()
