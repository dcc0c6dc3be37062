"""The chat served on a free port, and a browser to open it with."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from fake_service import HARBOUR, HARBOUR_LINES, HOSTILE, ORCHARD, FakeService, make_document, served

from policy_qa.ui.chat import import_gradio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing_for_browser_tests() -> str | None:
    """What this machine lacks, in words."""
    if not any(shutil.which(name) for name in BROWSERS):
        return f"no browser: none of {', '.join(BROWSERS)} is on the PATH"
    if not shutil.which("fc-list"):
        return "no fc-list to look for a Chinese font with"
    if not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout.strip():
        return "no font with Chinese glyphs is installed (fonts-noto-cjk has them)"
    return None


@pytest.fixture(scope="session", autouse=True)
def no_stray_event_loops() -> Iterator[None]:
    """Gradio makes an event loop for every lock and closes none; locks have needed none since Python 3.10."""
    gradio = import_gradio()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gradio.utils, "safe_get_lock", asyncio.Lock)
        patch.setattr(gradio.queueing, "safe_get_lock", asyncio.Lock)
        patch.setattr(gradio.utils, "safe_get_stop_event", asyncio.Event)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    missing = missing_for_browser_tests()
    if missing and os.environ.get("POLICY_QA_REQUIRE_BROWSER") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def long_document():
    """200,000 characters."""
    lines = ["# 长篇汇编（样例）"]
    while sum(map(len, lines)) < 200_000:
        number = len(lines)
        if number % 40 == 1:
            lines.append(f"## 第{number // 40 + 1}部分")
        else:
            lines.append(f"第{number}段。{HARBOUR_LINES[2]}{HARBOUR_LINES[5]}" * 3)
    lines.append("汇编末尾写明，编号为七七四十九。")
    return make_document("长篇.txt", tuple(lines))


@pytest.fixture(scope="session")
def service(long_document) -> FakeService:
    return FakeService([HARBOUR, ORCHARD, HOSTILE, long_document])


@pytest.fixture(scope="session")
def address(service: FakeService) -> Iterator[str]:
    """Where the chat over the invented documents is served."""
    with served(service) as place:
        yield place
