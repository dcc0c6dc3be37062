"""Places and multiples told in a sentence, 排在第五位 or 相当于其余任何一市的两倍半以上, against the table they are of."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from policy_qa.figures.arithmetic.check import Check, Operand, judged
from policy_qa.figures.arithmetic.rounding import Interval, as_operand, as_stated
from policy_qa.figures.arithmetic.shares import checked_share
from policy_qa.figures.figure import Figure, Slot
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.numerals import read_numeral
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import ListItem, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_qa.figures.arithmetic.tables import Line
    from policy_qa.language.quantity_values import Quantity
    from policy_qa.types import Document

TOLD = re.compile(r"第[一二三四五六七八九十\d]+[位名]?|倍|一半|半数|分之")
FOREIGN = re.compile(
    r"全国|全省|全区|全市|全球|世界|省内|区内|广西|中部|西部|东部|[十百千]强|个百分点|年均|增长|增加|提高"
)
RANKED_ITSELF = re.compile(r"排名|位次|名次|排位|占|增长|增速|增幅|变化|比上年|±")
OTHERS = re.compile(r"(?:其余|其他|其它)(?:任何|任意|每|各)")
NO_RANK = re.compile(r"第[^位名]*[个大届次批轮条类级]|[个大届次批轮条类级产季]")
NAME_OF_KIND = re.compile(r"个(?:城市|市|地区|省份?|县区?|区)")
MORE = re.compile(r"[多高大](?:出|了)*(?:近|约|大约|超过)?$")
OTHER_END = re.compile(r"倒数|最后|末")
UNIT = re.compile(r"[（(].*?[）)]|\d{4}年?末?|[^\u3400-\u9fff]")
COUNTED = re.compile(r"([三四五六七八九十两]|\d{1,2})个?(?:城市|市|县|区|地区|省)")
LEAST_ITEMS, LEAST_SAID, SURELY_SAID = 3, 2, 3
FARTHEST = 1.3
"""两倍半以上 is said of no more than so many times that."""

Values = dict[str, Operand]


def find_against_tables(
    document: Document, lines: Sequence[tuple[Line, Mapping[int, str]]]
) -> Iterator[Check]:
    """The checks of what sentences of the document say of lines of its tables; each line comes with the names across it."""
    if not lines:
        return
    for block in document.blocks:
        if isinstance(block, Table) or not isinstance(block, Paragraph | ListItem):
            continue
        for sentence in split_sentences(document.text, start=block.span.start, end=block.span.end):
            if TOLD.search(sentence.of(document.text)):
                yield from _of_sentence(document, sentence, lines)


def _of_sentence(
    document: Document, sentence: Span, lines: Sequence[tuple[Line, Mapping[int, str]]]
) -> Iterator[Check]:
    for quantity in read_quantities(sentence.of(document.text)):
        at = Span(sentence.start + quantity.span.start, sentence.start + quantity.span.end)
        clause = next((one for one in split_clauses(document.text, sentence) if one.contains(at)), sentence)
        before = "".join(document.text[clause.start : at.start].split())
        tail = quantity.text + document.text[at.end : at.end + 1]
        is_rank = quantity.form == "rank" and quantity.bound == "exact"
        is_rank = is_rank and not NO_RANK.search(tail) and not OTHER_END.search(before)
        is_part = quantity.unit == "倍" or quantity.form == "fraction"
        if FOREIGN.search(clause.of(document.text)) or not (is_rank or is_part):
            continue
        whole = "".join(sentence.of(document.text).split())
        found = _line_meant(whole if is_rank else before, lines)
        if found is None:
            continue
        values, said = found
        result = Operand(document, _figure(document, quantity, at, (clause, sentence), said))
        check = _of_rank if is_rank else _of_multiple
        made = check(result, values, before, whole)
        if made is not None and (made.is_right or len(said) >= SURELY_SAID):
            yield made


def _figure(document: Document, quantity: Quantity, at: Span, where: tuple[Span, Span], said: str) -> Figure:
    return Figure(
        document_id=document.id,
        quantity=replace(quantity, span=at),
        clause=where[0],
        sentence=where[1],
        cell=None,
        indicator=Slot(said, ()),
        subject=None,
        period=None,
        when=None,
        measure="rank" if quantity.form == "rank" else "ratio",
        is_target=False,
        scope=None,
    )


def _line_meant(text: str, lines: Sequence[tuple[Line, Mapping[int, str]]]) -> tuple[Values, str] | None:
    """The values by name of the one line whose label shares most with the text, and what they share."""
    bare = NAME_OF_KIND.sub("|", text)
    for name in {name for _, names in lines for name in names.values() if name and "市" not in name}:
        bare = bare.replace(name, "|") if find_places(name) else bare
    best: list[tuple[Values, str]] = []
    for line, names in lines:
        values = {names[at]: cell for at, cell in line.cells.items() if len(names.get(at, "")) > 1}
        if len(values) < LEAST_ITEMS or RANKED_ITSELF.search(line.name):
            continue
        said = _shared(UNIT.sub("", line.name), bare)
        longest = len(best[0][1]) if best else LEAST_SAID
        if len(said) >= longest and any(name in text for name in values):
            best = [*(best if len(said) == longest else []), (values, said)]
    return best[0] if len(best) == 1 else None


def _shared(label: str, text: str) -> str:
    """The longest part of a label that stands in the text."""
    parts = [label[start:end] for start in range(len(label)) for end in range(start + 1, len(label) + 1)]
    return max((part for part in parts if part in text), key=len, default="")


def _of_rank(result: Operand, values: Values, before: str, sentence: str) -> Check | None:
    """The check of a place among all values; wrong only where the sentence plainly means these."""
    name = _last_named(before, values)
    if name is None or any(as_operand(cell.figure.quantity) is None for cell in values.values()):
        return None
    ordered = sorted(values, key=lambda one: -values[one].figure.quantity.values[0])
    own = values[name].figure.quantity.values[0]
    place = 1 + sum(cell.figure.quantity.values[0] > own for cell in values.values())
    if result.figure.quantity.values[0] > len(values):
        return None
    is_right = result.figure.quantity.values[0] == place
    counted = COUNTED.search(sentence)
    count = None if counted is None else read_numeral(counted[1])
    among = sum(one in sentence for one in values) * 2 > len(values) or count == len(values)
    if not is_right and not among:
        return None
    return Check(
        result.document,
        result.figure.sentence,
        "rank",
        replace(result, label=name),
        tuple(values[one] for one in ordered),
        result.text,
        f"第{place}位",
        " > ".join(f"{one}（{values[one].text}）" for one in ordered),
        is_right,
    )


def _of_multiple(result: Operand, values: Values, before: str, _sentence: str) -> Check | None:
    """The check of what one value is of another that is named, or of each of the others: of the greatest of them."""
    named = sorted((one for one in values if one in before), key=before.index)
    if not named:
        return None
    own, rest = values[named[0]], [cell for one, cell in values.items() if one != named[0]]
    if len(named) == 1 and OTHERS.search(before):
        other = max(rest, key=lambda cell: cell.figure.quantity.values[0])
    elif len(named) == 2 and ("的" in before[before.index(named[1]) :] or MORE.search(before)):
        other = values[named[1]]
    else:
        return None
    if result.figure.quantity.form == "fraction":
        return checked_share(result, own, other)
    top, bottom = as_operand(own.figure.quantity), as_operand(other.figure.quantity)
    stated = as_stated(result.figure.quantity)
    if top is None or bottom is None or stated is None or bottom.low <= 0:
        return None
    by = Decimal(1) if MORE.search(before) else Decimal(0)
    with localcontext() as context:
        context.prec = 28
        exact = own.figure.quantity.values[0] / other.figure.quantity.values[0] - by
        computed = top / bottom - Interval(by, by)
    working = f"{own.text} ÷ {other.text}{' − 1' if by else ''}"
    check = judged("multiple", result, (own, other), computed, exact, working)
    near = float(exact) <= FARTHEST * float(result.figure.quantity.values[0])
    return check if check is not None and (near or not check.is_right) else None


def _last_named(before: str, values: Values) -> str | None:
    """The name that stands last in the words."""
    found = [(before.rfind(name), name) for name in values if name in before]
    return max(found)[1] if found else None
