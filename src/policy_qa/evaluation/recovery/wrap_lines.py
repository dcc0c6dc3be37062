"""Breaking text into lines as Chinese typesetting does."""

from __future__ import annotations

import re

NOT_FIRST = "，。、；：！？）》”’％〉】〕」』…—–"
NOT_LAST = "（《“‘〈【〔「『"
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,&+/]*[A-Za-z0-9%％]|\s+|.")
HAN_BESIDE_ASCII = re.compile(
    r"(?<=[\u2e80-\u2fdf\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u2e80-\u2fdf\u3400-\u9fff])"
)


def wrap(text: str, width: int, *, first_indent: int = 0, squeeze: bool = False) -> list[str]:
    """The lines of `text`, each at most `width` Han characters wide, the first one `first_indent` narrower.

    No line starts with a closing mark or ends with an opening one; numbers and Latin words stay whole. A closing
    mark that has no room is squeezed into its line, or takes the character before it to the next one.

    >>> wrap("全市研发投入强度为1.8%，低于全国。", 9)
    ['全市研发投入强度为', '1.8%，低于全国。']
    """
    lines: list[str] = []
    tokens = TOKEN.findall(text)
    line: list[str] = []
    for token in tokens:
        room = 2 * (width - (first_indent if not lines else 0)) - columns("".join(line))
        fits = columns(token) <= room or not line
        if not fits and token in NOT_FIRST and squeeze:
            fits = True
        if fits:
            line.append(token)
            continue
        carried = [token]
        while len(line) > 1 and (carried[0] in NOT_FIRST or line[-1] in NOT_LAST):
            carried.insert(0, line.pop())
        lines.append("".join(line).rstrip())
        line = [part for index, part in enumerate(carried) if index or part.strip()]
    lines.append("".join(line).rstrip())
    return [line for line in lines if line]


def columns(text: str) -> int:
    """The columns a text takes in print, a Han character two, a Latin one one."""
    return sum(
        1 if ord(character) < 0x2E80 and character not in "“”‘’…—－–①②③④⑤⑥" else 2 for character in text
    )


def space_latin(text: str) -> str:
    """The text with a space between Han characters and Latin words or numbers.

    >>> space_latin("占GDP比重2.5%以上")
    '占 GDP 比重 2.5% 以上'
    """
    return HAN_BESIDE_ASCII.sub(" ", text)
