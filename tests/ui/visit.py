"""A reader at the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER_MARKS = [
    pytest.mark.browser,
    # Gradio sums up its queue with pandas on a thread of its own.
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated:DeprecationWarning"),
]
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 780}
IN_VIEW = """mark => {
  const body = mark.closest('.pq-source-body').getBoundingClientRect(), place = mark.getBoundingClientRect();
  return place.height > 0 && place.top >= body.top && place.bottom <= body.bottom;
}"""


class Visit:
    """A page opened by a reader whose browser speaks English, and every address it asked for."""

    def __init__(self, browser: Browser, address: str, *, size: dict[str, int], theme: str = "light") -> None:
        self.address = address
        self.context = browser.new_context(locale="en-US", viewport=size, color_scheme=theme)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: line.type == "error" and self.errors.append(line.text))
        self.page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        self.page.goto(address)
        self.page.wait_for_selector(".pq-welcome")
        self.page.wait_for_selector("#pq-question textarea")

    def ask(self, question: str) -> None:
        """Types, presses Enter, and waits for what becomes of it."""
        turns = self.page.locator(".pq-actions, .pq-failure")
        before = turns.count()
        self.page.fill("#pq-question textarea", question)
        self.page.press("#pq-question textarea", "Enter")
        self.page.wait_for_function(
            "n => document.querySelectorAll('.pq-actions, .pq-failure').length > n", arg=before
        )

    def marked(self, link: str) -> str:
        """What is highlighted, once it is in view, after a click on the link."""
        before = self.request()
        self.page.click(link)
        self.page.wait_for_function(
            "before => document.querySelector('.pq-source')?.dataset.request !== before", arg=before
        )
        mark = self.page.wait_for_selector(".pq-source-body mark")
        self.page.wait_for_function(IN_VIEW, arg=mark)
        return "\n".join(self.page.locator(".pq-source-body mark").all_inner_texts())

    def request(self) -> str | None:
        return self.page.locator(".pq-source").first.get_attribute("data-request")

    def leave(self) -> None:
        """Closes the page: nothing went wrong on it, and nothing was asked of any other machine."""
        assert self.errors == []
        assert [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))] == []
        self.context.close()
