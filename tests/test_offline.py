"""Nothing beyond this machine is reached: building, asking and the chat, in processes whose network is blocked."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

REPORT = "# 云溪县林业简报\n\n2022年，全县造林面积为4.7万亩，比上年增长8.1%。\n"
BUILD_AND_ASK = """
    from policy_qa.cli import OFFLINE, app
    import os
    os.environ.update(OFFLINE)
    for call in (["build"], ["ask", "2022年造林面积是多少？"]):
        try:
            app(call)
        except SystemExit as done:
            assert not done.code, done.code
"""
CHAT = """
    import socket
    import urllib.request
    from policy_qa.config import load_settings
    from policy_qa.pipeline import open_index
    from policy_qa.types import Question
    from policy_qa.ui.chat import serve
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = load_settings(port=port)
    with open_index(settings) as service, serve(service, settings) as address:
        with urllib.request.urlopen(address) as page:
            assert page.status == 200
            html = page.read().decode()
        print(service.ask(Question("2022年造林面积是多少？")).text)
        print(address)
    assert "政策问答" in html or "gradio" in html
"""
ATTEMPTS = {
    "connect": "socket.create_connection(('192.0.2.1', 80), timeout=5)",
    "connect of a socket": "socket.socket().connect(('192.0.2.1', 80))",
    "connect_ex": "socket.socket().connect_ex(('192.0.2.1', 80))",
    "IPv6": "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    "name": "socket.getaddrinfo('example.org', 443)",
    "urllib": "urllib.request.urlopen('http://192.0.2.1/', timeout=5)",
}


@pytest.fixture(scope="module")
def offline(
    offline_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Runs a program with the network blocked, in a folder with a corpus; what it printed comes back."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "林业.md").write_text(REPORT, encoding="utf-8")

    def run(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)],
            cwd=folder,
            env=offline_environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "PermissionError" not in done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_the_guard_lets_nothing_out(offline: Callable[[str], str], attempt: str) -> None:
    program = f"""
        import socket, urllib.error, urllib.request
        try:
            {attempt}
        except (PermissionError, urllib.error.URLError) as error:
            print(error)
    """
    assert "this test allows no connection beyond this machine" in offline(program)


def test_the_guard_lets_loopback_through(offline: Callable[[str], str]) -> None:
    program = """
        import socket
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname()).close()
        print("reached")
    """
    assert offline(program) == "reached\n"


@pytest.mark.encoder
def test_building_asking_and_the_chat_reach_nothing_beyond_this_machine(
    offline: Callable[[str], str],
) -> None:
    assert "4.7万亩" in offline(BUILD_AND_ASK)
    answer, address = offline(CHAT).splitlines()[-2:]
    assert "4.7万亩" in answer
    assert address.startswith("http://127.0.0.1:")
