"""Text made harmless: whatever comes from a document, a title or a user is shown, never interpreted."""

from __future__ import annotations

import html
import re
import string

# In a chat message that passes a markdown parser, every one of these could begin a construct of its own.
_MESSAGE_SPECIAL = re.compile(f"[{re.escape(string.punctuation)}]")
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def escape_html(text: str) -> str:
    """`text` as HTML that shows exactly these characters, in element content and in quoted attributes.

    >>> escape_html('<b title="增长">')
    '&lt;b title=&quot;增长&quot;&gt;'
    """
    return html.escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text), quote=True)


def escape_message(text: str) -> str:
    r"""`text` as one line that shows exactly these characters after a markdown parser and a browser.

    All ASCII punctuation becomes character references, so neither HTML, markdown, bare links nor formulas
    are left to be found; line ends become `<br>`.

    >>> escape_message("增长*6.8%*\n<script>")
    '增长&#42;6&#46;8&#37;&#42;<br>&#60;script&#62;'
    """
    lines = _LINE_END.split(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))
    return "<br>".join(_MESSAGE_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", line) for line in lines)
