"""Claims about documents, and what a careless writer, or a language model, might make of them: one thing changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.answering.cells import cited_cell
from policy_qa.answering.phrases import line_phrase, table_name
from policy_qa.answering.verification import Cited
from policy_qa.figures.binding import read_statement
from policy_qa.figures.surroundings import home_of, read_surroundings
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import Quantity, read_quantities, same_value
from policy_qa.types import Document, DocumentMeta, LineMap, ListItem, Note, Paragraph, Run, Span, Table

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

OUTSIDE = ("宁波", "济宁", "福建", "绍兴", "大庆", "青海")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
OPPOSITES = [
    ("增长", "下降"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("增加到", "减少到"),
    ("升到", "降到"),
    ("升至", "降至"),
    ("回升", "回落"),
    ("高于", "低于"),
    ("前移", "后移"),
    ("上调", "下调"),
    ("低", "高"),
    ("加快到", "放缓到"),
    ("上涨", "下跌"),
    ("高出", "低出"),
    ("减少", "增加"),
    ("提高到", "降低到"),
    ("回落到", "回升到"),
]
UNITS = [
    ("亿元", ("万元", "万亿元", "亿美元")),
    ("个百分点", ("%",)),
    ("%", ("个百分点", "‰")),
    ("万人", ("人", "亿人")),
    ("万辆", ("辆",)),
    ("万吨", ("吨", "亿吨")),
    ("家", ("个", "万家")),
    ("平方公里", ("亩", "公顷")),
    ("亩", ("公顷",)),
    ("项", ("亿元",)),
    ("个", ("家",)),
    ("位", ("个",)),
    ("户", ("万户", "家")),
    ("件", ("万件",)),
]
SCOPES = [
    ("规模以上", "全社会"),
    ("规上", "全社会"),
    ("规模以上", ""),
    ("规上", ""),
    ("规模以上", "规模以下"),
    ("规上", "规下"),
    ("全社会", "规模以上"),
    ("全社会", "规上"),
    ("限额以上", "全社会"),
    ("限额以上", ""),
]
KINDS = [
    ("预期目标是", "实际为"),
    ("预期目标为", "实际为"),
    ("目标是", "实际是"),
    ("目标为", "实际为"),
    ("实际完成", "计划完成"),
    ("实际", "计划"),
    ("计划", "实际"),
    ("计划完成", "实际完成"),
    ("力争达到", "已达到"),
    ("预计达到", "达到了"),
    ("力争", "实际"),
    ("预期增长", "同比增长"),
    ("实际增长", "预期增长"),
    ("完成", "计划完成"),
    ("累计完成", "计划完成"),
    ("的预期目标", ""),
    ("达到", "力争达到"),
    ("同比增长", "预期增长"),
]


@dataclass(frozen=True)
class Stated:
    """A claim that its sources support, what it cites, and the figures of the passage around it."""

    text: str
    cited: tuple[Cited, ...]
    figures: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def quoted_claims(document: Document) -> Iterator[Stated]:
    """Every sentence and every clause with a figure, each citing its sentence."""
    text, home = document.text, home_of(document)
    for block in document.blocks:
        if not isinstance(block, Paragraph | ListItem | Note):
            continue
        around = read_surroundings(document, block, home=home)
        for sentence in split_sentences(text, start=block.span.start, end=block.span.end):
            figures = tuple(figure.quantity.text for figure in read_statement(around, sentence).figures)
            places = tuple(found.span.of(text) for found in around.places if sentence.contains(found.span))
            clauses = split_clauses(text, sentence)
            for span in dict.fromkeys([sentence, *clauses] if len(clauses) > 1 else [sentence]):
                if read_quantities(span.of(text)):
                    quote = " ".join(span.of(text).rstrip("，：").split("\n"))
                    yield Stated(quote, (Cited(document, sentence),), figures, places)


def cell_claims(document: Document) -> Iterator[Stated]:
    """Cells in words: each alone, each row, each column."""
    for table in document.blocks:
        if not isinstance(table, Table):
            continue
        lines = [[cell] for cell in table.cells]
        lines += [
            [cell for cell in table.cells if cell.row == row] for row in {cell.row for cell in table.cells}
        ]
        lines += [
            [cell for cell in table.cells if cell.column == column]
            for column in {cell.column for cell in table.cells}
        ]
        values = tuple(dict.fromkeys(cell.text for cell in table.cells if cell.text))
        places = tuple(
            dict.fromkeys(part for cell in table.cells for part in (*cell.row_label, *cell.column_label))
        )
        name = table_name(document, table)
        for cells in lines:
            cited = tuple(
                Cited(document, table.rows[cell.row].span, cited_cell(document, table, cell))
                for cell in cells
            )
            yield Stated(
                line_phrase(cells, "") + (f"（{name}）" if name else "") + "。", cited, values, places
            )


def made_document(text: str, name: str = "自拟.txt") -> Document:
    """A document of one paragraph."""
    block = Paragraph(Span(0, len(text)), ())
    lines = LineMap((Run(block.span, 0, 1),))
    return Document(name, "0" * 64, text, (block,), (), DocumentMeta(name, None), lines)


def invented_claims(count: int, rng: random.Random) -> Iterator[Stated]:
    """Claims in words of their own about invented documents that hold what the samples hold little of."""
    cities = ("嘉兴", "柳州", "绵阳", "株洲", "九江", "大同", "保定", "潍坊", "韶关", "宜昌")
    for _ in range(count):
        one, other = rng.sample(cities, 2)
        year = rng.randrange(2011, 2024)
        level = [f"{value / 10:.1f}" for value in rng.sample(range(1000, 9999), 6)]
        rate = [f"{value / 10:.1f}" for value in rng.sample(range(11, 99), 8)]
        said = (
            f"{year}年，{one}规模以上工业增加值为{level[0]}亿元，增长{rate[0]}%；全社会固定资产投资完成{level[1]}亿元，下降{rate[1]}%。"
            f"{year}年，{other}工业投资的预期目标是{rate[2]}%，1—9月实际增长{rate[3]}%，比{one}高{rate[4]}个百分点。"
            f"{year}年{one}计划完成技改投资{level[2]}亿元，实际完成{level[3]}亿元。"
            f"{other}限额以上商贸企业销售额{level[4]}亿元，占全部销售额的比重提高到{rate[5]}%，全社会用电量下降{rate[6]}%。"
        )
        document = made_document(said)
        first, second, third, fourth = split_sentences(said)[:1] + split_sentences(said)[-3:]
        figures = tuple(f"{value}亿元" for value in level[:5]) + tuple(f"{value}%" for value in rate[:7])
        shown = [
            (f"{one}{year}年规模以上工业增加值为{level[0]}亿元。", first),
            (f"{year}年，{one}的规模以上工业增加值增长了{rate[0]}%。", first),
            (f"{other}{year}年工业投资的预期目标是{rate[2]}%。", second),
            (f"{year}年1—9月，{other}工业投资实际增长{rate[3]}%。", second),
            (f"{year}年，{one}技改投资计划完成{level[2]}亿元，实际完成{level[3]}亿元。", third),
            (f"{one}{year}年实际完成技改投资{level[3]}亿元。", third),
            (f"{other}限额以上商贸企业的销售额为{level[4]}亿元。", fourth),
            (f"{year}年{other}全社会用电量下降{rate[6]}%。", fourth),
        ]
        whole = (Cited(document, Span(0, len(said))),)
        for text, sentence in shown:
            yield Stated(text, (Cited(document, sentence),), figures, (one, other))
            yield Stated(text, whole, figures, (one, other))


def changed_at(text: str, span: Span, by: str) -> str:
    return text[: span.start] + by + text[span.end :]


def digits(claim: Stated) -> Iterator[str]:
    for quantity in read_quantities(claim.text):
        for at in range(quantity.span.start, quantity.span.end):
            if claim.text[at] in "0123456789":
                for other in "0123456789":
                    if other != claim.text[at]:
                        yield changed_at(claim.text, Span(at, at + 1), other)


def signs(claim: Stated) -> Iterator[str]:
    for quantity in read_quantities(claim.text):
        start = quantity.span.start
        if quantity.form != "number" or not (NUMBER.match(claim.text, start) or claim.text[start] == "-"):
            continue
        if claim.text[start] == "-":
            yield changed_at(claim.text, Span(start, start + 1), "")
        elif claim.text[start - 1 : start] not in {"-", "—", "至"}:
            yield changed_at(claim.text, Span(start, start), "-")
            yield changed_at(claim.text, Span(start, start), "负")


def swapped(claim: Stated, pairs: list[tuple[str, str]], *, back: bool = False) -> Iterator[str]:
    for one, other in pairs:
        for old, new in ((one, other), (other, one)) if back else ((one, other),):
            for match in re.finditer(re.escape(old), claim.text) if old else ():
                before = claim.text[max(0, match.start() - 2) : match.start()]
                if not (new.startswith("计划") and before.endswith(("计划", "累计", "实际"))) and not (
                    old in "高低" and before.endswith("有")
                ):
                    yield changed_at(claim.text, Span(*match.span()), new)


def directions(claim: Stated) -> Iterator[str]:
    yield from swapped(claim, OPPOSITES, back=True)


def units(claim: Stated) -> Iterator[str]:
    for quantity in read_quantities(claim.text):
        for unit, others in UNITS:
            if quantity.text.endswith(unit) and quantity.text[: -len(unit)][-1:] not in {"", "第"}:
                for other in others:
                    yield changed_at(
                        claim.text, Span(quantity.span.end - len(unit), quantity.span.end), other
                    )
                break


def years(claim: Stated) -> Iterator[str]:
    for mention in find_periods(claim.text):
        for match in re.finditer(r"20\d\d", mention.span.of(claim.text)):
            for other in range(2009, 2026):
                if str(other) != match[0]:
                    start = mention.span.start + match.start()
                    yield changed_at(claim.text, Span(start, start + 4), str(other))


def places(claim: Stated) -> Iterator[str]:
    for mention in find_places(claim.text):
        for other in (*claim.places, *OUTSIDE):
            found = find_places(other)
            if found and not set(found[0].places) & set(mention.places):
                yield changed_at(claim.text, mention.span, other.removesuffix("市"))


def exchanges(claim: Stated) -> Iterator[str]:
    for quantity in read_quantities(claim.text):
        level = replace(quantity, direction=0, bound="exact")
        for other in claim.figures:
            read = alone(other)
            if read is not None and not same_value(read, level):
                yield changed_at(claim.text, quantity.span, other)


@cache
def alone(figure: str) -> Quantity | None:
    read = read_quantities(figure)
    return replace(read[0], direction=0, bound="exact") if len(read) == 1 else None


def scopes(claim: Stated) -> Iterator[str]:
    yield from swapped(claim, SCOPES)


def kinds(claim: Stated) -> Iterator[str]:
    yield from swapped(claim, KINDS)


def mutated(claims: list[Stated], mutation: str) -> Iterator[tuple[str, Stated]]:
    """Each claim with one thing of that kind changed, but for what its sources say in another place."""
    for claim in claims:
        said = [bare(one.span.of(one.document.text)) for one in claim.cited]
        for text in MUTATIONS[mutation](claim):
            if not any(bare(text) in source for source in said):
                yield text, claim


def bare(text: str) -> str:
    return "".join(text.split())


MUTATIONS = {
    "digit": digits,
    "sign": signs,
    "direction": directions,
    "unit": units,
    "year": years,
    "place": places,
    "exchange": exchanges,
    "scope": scopes,
    "target": kinds,
}
