"""The page is served with nothing more than it needs."""

from __future__ import annotations

import os
import socket

import pytest
from fake_service import FakeService

from policy_qa.config import load_settings
from policy_qa.errors import UsageError
from policy_qa.ui.chat import build_chat, launch_options, serve
from policy_qa.ui.examples import ExampleQuestions
from policy_qa.ui.figures_tab import FigureShelf


def test_nothing_is_shared_recorded_or_exposed() -> None:
    options = launch_options(load_settings(host="127.0.0.1", port=7861))
    assert (options["server_name"], options["server_port"]) == ("127.0.0.1", 7861)
    for switch in ("share", "show_error", "enable_monitoring", "run_history", "mcp_server", "pwa"):
        assert options[switch] is False
    assert options["allowed_paths"] == options["footer_links"] == []
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_no_event_is_a_public_endpoint() -> None:
    service = FakeService()
    page = build_chat(service, ExampleQuestions(service), FigureShelf(service))
    assert page.fns
    assert {function.api_visibility for function in page.fns.values()} == {"private"}
    chatbots = [block for block in page.blocks.values() if block.get_block_name() == "chatbot"]
    assert [chatbot.sanitize_html for chatbot in chatbots] == [True]


def test_a_taken_port_is_a_usage_error_that_names_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = load_settings(port=taken.getsockname()[1])
        with pytest.raises(UsageError, match=f"--port {settings.port + 1}"), serve(FakeService(), settings):
            pass
