"""One walk through the real product: the sample corpus, the real encoder, the real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_service import served
from visit import BROWSER_MARKS, WIDE, Visit

from policy_qa.config import load_settings
from policy_qa.pipeline import build_index, open_index

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [*BROWSER_MARKS, pytest.mark.encoder]


def test_a_known_fact_is_answered_and_followed_up(browser: Browser, root: Path, tmp_path: Path) -> None:
    settings = load_settings(corpus=root / "corpus", index=tmp_path / "index")
    build_index(settings)
    with open_index(settings) as service, served(service) as address:
        visit = Visit(browser, address, size=WIDE)
        visit.ask("2020年研发投入强度是多少？")
        assert "1.8%" in visit.page.locator(".pq-answer").inner_text()
        assert "2020年研发投入强度：1.8%" in visit.marked("a.pq-cite >> nth=0")
        visit.ask("明天会下雨吗？")
        assert visit.page.locator(".pq-refusal").count() == 1
        visit.leave()
        walk_through_follow_ups(Visit(browser, address, size=WIDE))


def walk_through_follow_ups(visit: Visit) -> None:
    """A conversation whose questions lean on the turns before, one of them refused, one limited to a document."""
    completed = visit.page.locator(".pq-completed")
    visit.ask("2020年柳州的研发投入强度是多少？")
    assert completed.count() == 0
    visit.ask("那岳阳呢？")
    assert completed.last.inner_text() == "按“2020年岳阳的研发投入强度是多少？”回答"
    assert "2.01%" in visit.page.locator(".pq-answer").last.inner_text()
    visit.ask("2019年的呢？")
    assert completed.last.inner_text() == "按“2019年岳阳的研发投入强度是多少？”查找"
    refused = visit.page.locator(".pq-refusal").last.inner_text()
    assert "没有2019年" in refused
    assert "2020年" in refused
    assert "2.01" in visit.marked(".pq-refusal a.pq-cite >> nth=0")
    visit.page.click("[data-view='documents']")
    visit.page.locator(".pq-row", has_text="柳州市科技创新统计简报").locator(".pq-limit").check()
    visit.page.wait_for_selector(".pq-scope")
    visit.ask("2020年柳州的呢？")
    assert completed.last.inner_text() == "按“2020年柳州的研发投入强度是多少？”回答"
    answer = visit.page.locator(".pq-answer").last.inner_text()
    assert "1.8%" in answer
    assert "这一问只查了：柳州市科技创新统计简报（示例）" in answer
    assert visit.page.locator("#pq-citations .pq-card-place", has_not_text="柳州科技创新").count() == 0
    visit.leave()
