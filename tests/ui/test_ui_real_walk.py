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


def test_a_known_fact_is_answered_and_marked_in_its_source(
    browser: Browser, root: Path, tmp_path: Path
) -> None:
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
