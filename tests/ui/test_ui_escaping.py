"""Whatever a text holds, HTML and messages show it, and nothing but it."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from policy_qa.ui.escaping import escape_html, escape_message

NASTY = st.text(
    alphabet=st.one_of(st.sampled_from("<>&\"'`*_[](){}!#|~$\\/:;=%@^-+.1 \n"), st.characters(codec="utf-8"))
)
# What escaping replaces: characters that HTML cannot show.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@given(NASTY)
def test_html_reads_back_as_the_text(text: str) -> None:
    escaped = escape_html(text)
    assert html.unescape(escaped) == CONTROL.sub("\ufffd", text)
    assert not set("<>\"'") & set(escaped)


@given(NASTY)
def test_a_message_holds_no_ascii_punctuation_but_that_of_its_references(text: str) -> None:
    bare = re.sub(r"&#\d+;|<br>", "", escape_message(text))
    assert not re.search(r"[!-/:-@\[-`{-~]", bare)
    assert "\n" not in bare


@given(NASTY)
def test_a_message_reads_back_as_the_text(text: str) -> None:
    lines = re.split(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", CONTROL.sub("\ufffd", text))
    assert [html.unescape(line) for line in escape_message(text).split("<br>")] == lines
