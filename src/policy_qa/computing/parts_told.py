"""A whole and parts of it that one paragraph tells as numbers, each by words of its own: 项目40项，已开工4项，未开工36项."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.citations import block_at
from policy_qa.computing.arithmetic import PERCENT
from policy_qa.computing.indicators import names_indicator
from policy_qa.computing.limits import limits_said
from policy_qa.computing.sides import bare
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods
from policy_qa.language.places import find_places, places_called
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.quantity_words import counter_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from policy_qa.computing.operands import Operand
    from policy_qa.computing.values import Lookup, Sources
    from policy_qa.figures.figure import Figure
    from policy_qa.types import Document, Span
    from policy_qa.understanding import Query

THINGS = frozenset("个项家件户座宗批所处人名")
"""What things are counted in, of which some are a part."""
RATES = frozenset({PERCENT, "百分点", "位", "倍", ""})
MARK = re.compile(r"[，,；;。：:、（(]")
JOINS_WORDS = re.compile("因为|由于|或者?|而|且|并|因(?!素|子)|以及|的|了|过|已经?|还(?!款|本|贷)|尚")
"""What joins the words by which a question calls a part, and is told in other ways."""
NOT_OWN = re.compile(
    r"\d{4}年(?:\d+月)?(?:[一二三四]季度|[上下]半年)?[末底]?(?:以|之)?前?|(?<=..)(?:项目|企业|单位|工程|部分|家庭)$"
)
"""Of what a part is called: the time, which the sentence may tell elsewhere, and the whole that it is a part of."""
EVERY = re.compile("^(?:全部|所有|全体)的?")
NEGATED = re.compile("未|没|无法|不(?!足|到|少|超|低|断|同)|待(?!遇)")
AIMED = re.compile("计划|目标|拟|预计|预期|力争|将")
NOTHING_SAID = re.compile(r"(?:其中|剩[余下]|其余|余下|已经?|共|有|仅|只|约|的|为|是|达到?|[，,、\s])*")
DATED = re.compile(r"\d+[年月]|[一二三四]季度|[上下]半年")


def parts_told(
    whole: Operand,
    parts: Sequence[Operand],
    lookups: Sequence[Lookup],
    sources: Sources,
    *,
    units: frozenset[str] = THINGS,
) -> list[Figure]:
    """The figure of the whole, then those of its parts; none where they are told in no paragraph, or several differ."""
    counts = [one for one in read_quantities(whole.name) if one.unit in THINGS and one.form == "number"]
    given = [one.values for one in counts]
    bare_whole = re.sub("|".join(re.escape(one.text) for one in counts) or "$^", "", whole.name)
    things = EVERY.sub("", bare_whole)
    names = [things, *(NOT_OWN.sub("", bare(one.name).removesuffix(things)) for one in parts)]
    asked = [sources.understand(JOINS_WORDS.sub("", name)) for name in names]
    if not all(map(_is_named, asked)):
        return []
    when = sources.understand(whole.question)
    documents = {found.document.id: found.document for lookup in lookups for found in lookup.evidence}
    made: dict[tuple[object, ...], list[Figure]] = {}
    for document in documents.values():
        told = [one for one in sources.figures([document.id]) if one.cell is None]
        counted = [one for one in told if _is_counted(counter_of(one.quantity.unit), units)]
        for at, one in enumerate(counted):
            if _is_whole(one, document, when, asked[0], given):
                found = _parts_behind(counted[at:], document, asked, parts)
                if found:
                    made[tuple(figure.quantity.values for figure in found)] = found
    return next(iter(made.values())) if len(made) == 1 else []


def _is_counted(unit: str, units: frozenset[str]) -> bool:
    """Whether parts told in a unit make up a whole; rates never do."""
    return unit in units or not (units or unit in RATES)


def _is_named(asked: Query) -> bool:
    """Whether a name says more than a place and a time."""
    return any(not (find_places(word) or find_periods(word)) for word in asked.content)


def _is_whole(
    figure: Figure, document: Document, when: Query, asked: Query, given: Sequence[tuple[Decimal, ...]]
) -> bool:
    """Whether a figure counts what the question calls the whole, at its time and place; it is the number `given` for it."""
    called = places_called(figure.subject.text) if figure.subject else ()
    if when.places and called and not any(place in when.places for place in called):
        return False
    is_given = all(values == figure.quantity.values for values in given)
    if not (is_given and _is_exact(figure) and _is_dated(figure, figure, document, when)):
        return False
    behind = document.text[figure.span.end : figure.span.end + 8]
    heads = [_head(figure, document), _clause_head(figure, document), _sentence_head(figure, document)]
    is_said = any(_says(asked, f"{head}{MARK.split(behind)[0]}") for head in heads)
    return not AIMED.search(heads[0]) and (is_said or _ends_name(asked, figure, document))


def _parts_behind(
    told: Sequence[Figure], document: Document, asked: Sequence[Query], parts: Sequence[Operand]
) -> list[Figure]:
    """The figure of a whole and those that its paragraph tells of each part behind it; none where one lacks, or is no single one."""
    whole = told[0]
    block = block_at(document, whole.span.start).span
    others = list(_of_whole(told, document, block, asked[0]))
    found = [whole]
    for query, operand in zip(asked[1:], parts, strict=True):
        own = [
            one
            for one in others
            if _is_part(one, document, query, operand) and _is_dated(one, whole, document, query)
        ]
        own = [one for one in own if one.sentence == whole.sentence] or own
        if len({one.quantity.values for one in own}) != 1:
            return []
        found.append(own[0])
    values = [one.quantity.values[0] for one in found]
    is_apart = len({one.span for one in found}) == len(found)
    return found if is_apart and sum(values[1:]) <= values[0] else []


def _of_whole(told: Sequence[Figure], document: Document, block: Span, asked: Query) -> Iterator[Figure]:
    """The figures behind a whole in its paragraph that count the same, up to the next whole of that name."""
    whole = told[0]
    for one in told[1:]:
        is_next = one.sentence != whole.sentence and _says(asked, _clause_head(one, document))
        if not block.contains(one.span) or is_next:
            return
        if counter_of(one.quantity.unit) == counter_of(whole.quantity.unit) and _is_exact(one):
            yield one


def _is_part(figure: Figure, document: Document, query: Query, operand: Operand) -> bool:
    """Whether a figure's own words say all that a part is called by, and it is done or not, planned or not, as asked."""
    said = _own(figure, document)
    return (
        (_says(query, said) or _ends_name(query, figure, document))
        and all(
            (pattern.search(said) is None) == (pattern.search(operand.name) is None)
            for pattern in (NEGATED, AIMED)
        )
        and limits_said(operand.name) == limits_said(said)
    )


def _own(figure: Figure, document: Document) -> str:
    """The words of a figure: those of its clause before it; without any, those behind it up to the next number."""
    head = _head(figure, document)
    if not NOTHING_SAID.fullmatch(head):
        return head
    behind = document.text[figure.span.end : figure.sentence.end]
    number = next(iter(read_quantities(behind)), None)
    return "".join((behind[: number.span.start] if number else behind).split())


def _head(figure: Figure, document: Document) -> str:
    """What a figure's clause says before it, behind the number before."""
    before = _clause_head(figure, document)
    number = next(reversed(read_quantities(before)), None)
    return before[number.span.end :] if number else before


def _clause_head(figure: Figure, document: Document) -> str:
    before = "".join(document.text[figure.sentence.start : figure.span.start].split())
    return MARK.split(before)[-1]


def _sentence_head(figure: Figure, document: Document) -> str:
    """All of a sentence before its first count of things; empty for a later one."""
    before = "".join(document.text[figure.sentence.start : figure.span.start].split())
    return "" if any(one.unit in THINGS for one in read_quantities(before)) else before


def _ends_name(query: Query, figure: Figure, document: Document) -> bool:
    """Whether the words right before a figure end the name asked for, and those before them say the rest: “甲”项目…，总投资."""
    head = JOINS_WORDS.sub("", _head(figure, document))
    before = "".join(document.text[figure.sentence.start : figure.span.start].split())
    return len(head) > 2 and query.text.endswith(head) and _says(query, before)


def _says(query: Query, said: str) -> bool:
    return names_indicator(query, search_key(said))


def _is_exact(figure: Figure) -> bool:
    return (
        figure.quantity.bound == "exact"
        and figure.quantity.form == "number"
        and len(figure.quantity.values) == 1
    )


def _is_dated(figure: Figure, whole: Figure, document: Document, query: Query) -> bool:
    """Whether a figure is told of the times that a question names: it is of them, or the words from its whole's sentence on say them."""
    said = "".join(document.text[whole.sentence.start : figure.span.end].split())
    return all(
        (figure.when is not None and agreement(period, figure.when) == 2)
        or all(date in said for date in DATED.findall(period.label()))
        for period in query.periods
    )
