"""Documents with tables, built block by block as a reader of tables would have made them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.types import (
    Block,
    Caption,
    Cell,
    Citation,
    CitedCell,
    Document,
    DocumentMeta,
    Head,
    Heading,
    LineMap,
    Note,
    Paragraph,
    Row,
    Run,
    SetAside,
    Span,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MISSING = re.compile(r"-{2,}|…+|—+")


class Draft:
    """A document in the making. Every line put down is a line of the original too, unless it is `lost` there."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.source: list[str] = []
        self.runs: list[Run] = []
        self.blocks: list[Block] = []
        self.set_aside: list[SetAside] = []
        self.path: tuple[str, ...] = ()

    def line(self, content: str) -> Span:
        """A line of clean text; the original has it too."""
        if self.text:
            self.text += "\n"
        span = Span(len(self.text), len(self.text) + len(content))
        self.text += content
        self.runs.append(Run(span, sum(len(line) + 1 for line in self.source), len(self.source) + 1))
        self.source.append(content)
        return span

    def lost(self, content: str, kind: str, reason: str) -> None:
        """A line of the original that is set aside."""
        start = sum(len(line) + 1 for line in self.source)
        self.set_aside.append(SetAside(kind, Span(start, start + len(content)), content, reason))
        self.source.append(content)

    def heading(self, content: str, level: int) -> None:
        self.path = (*self.path[: level - 1], content)
        self.blocks.append(Heading(self.line(content), level, self.path))

    def paragraph(self, *lines: str, unread: str | None = None) -> None:
        spans = [self.line(line) for line in lines]
        self.blocks.append(Paragraph(Span(spans[0].start, spans[-1].end), self.path, unread))

    def caption(self, content: str, number: str | None = None, *, has_data: bool = True) -> None:
        self.blocks.append(Caption(self.line(content), self.path, number, has_data))

    def note(self, content: str) -> None:
        self.blocks.append(Note(self.line(content), self.path))

    def table(
        self,
        heads: Sequence[Sequence[tuple[str, int, int]]],
        rows: Sequence[tuple[tuple[str, ...], str, Sequence[str]]],
        *,
        unit: str | None = None,
        gap: str = "\t",
        caption_fits: bool = True,
    ) -> None:
        """Heads as (text, column, width), a `/` where print breaks them; rows as (labels, unit, values)."""
        caption = self.blocks[-1] if self.blocks and isinstance(self.blocks[-1], Caption) else None
        start = len(self.text) + bool(self.text)
        if unit:
            self.line(f"单位：{unit}")
        header_rows = tuple(self._heads(level, gap) for level in heads)
        leaves = {head.column: head for level in header_rows for head in level}
        body, cells = [], []
        for number, (labels, row_unit, values) in enumerate(rows):
            fields = [labels[-1], *([row_unit] if row_unit else []), *values]
            spans = self._fields(fields, gap)
            body.append(Row(Span(spans[0].start, spans[-1].end), labels, (spans[0],)))
            first = len(fields) - len(values)
            for column, value in enumerate(values, start=first):
                known = bool(value) and not MISSING.fullmatch(value)
                label = tuple(
                    h.text for level in header_rows for h in level if h.column <= column < h.column + h.width
                )
                span = spans[column] if value else None
                cells.append(
                    Cell(number, column, labels, label, row_unit or unit, value if known else None, span)
                )
        assert leaves
        self.blocks.append(
            Table(
                Span(start, len(self.text)),
                self.path,
                caption.span if caption else None,
                caption.number if caption else None,
                header_rows,
                tuple(body),
                tuple(cells),
                caption_fits=caption_fits,
            )
        )

    def _heads(self, level: Sequence[tuple[str, int, int]], gap: str) -> tuple[Head, ...]:
        broken = [text.split("/") for text, _, _ in level]
        spans: list[list[Span]] = [[] for _ in level]
        for depth in range(max(map(len, broken))):
            held = [index for index, parts in enumerate(broken) if depth < len(parts)]
            for index, span in zip(held, self._fields([broken[i][depth] for i in held], gap), strict=True):
                spans[index].append(span)
        return tuple(
            Head("".join(parts), tuple(pieces), column, width)
            for parts, pieces, (_, column, width) in zip(broken, spans, level, strict=True)
        )

    def _fields(self, fields: Sequence[str], gap: str) -> list[Span]:
        start = self.line(gap.join(fields)).start
        spans = []
        for field in fields:
            spans.append(Span(start, start + len(field)))
            start += len(field) + len(gap)
        return spans

    def document(self) -> Document:
        first = self.blocks[0]
        title = first.span if isinstance(first, Heading) else None
        return Document(
            name=self.name,
            source_sha256="0" * 64,
            text=self.text,
            blocks=tuple(self.blocks),
            set_aside=tuple(self.set_aside),
            meta=DocumentMeta(title.of(self.text) if title else self.name, title),
            line_map=LineMap(tuple(self.runs)),
        )


def tables_of(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def cite_cell(document: Document, table: Table, row: int, column: int, *, number: int = 1) -> Citation:
    """The citation of a cell: its row quoted, its place in `cell`."""
    cell = next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))
    held = table.rows[row]
    heads = tuple(
        span
        for level in table.header_rows
        for head in level
        if head.column <= column < head.column + head.width
        for span in head.spans
    )
    caption = table.caption.of(document.text) if table.caption else " ".join(cell.column_label)
    segments = document.line_map.segments(document.text, held.span)
    return Citation(
        number=number,
        document=document.name,
        document_id=document.id,
        title=document.meta.title,
        section=table.heading_path,
        span=held.span,
        quote=held.span.of(document.text),
        context=document.text[table.span.start : held.span.end],
        lines=(segments[0].line, segments[-1].line),
        segments=segments,
        cell=CitedCell(
            table=caption,
            row=" ".join(cell.row_label),
            column=" ".join(cell.column_label),
            unit=cell.unit,
            value=cell.text,
            value_span=cell.span,
            heads=(*heads, *held.label_spans),
        ),
    )


def cite_block(document: Document, block: Block, *, number: int = 1) -> Citation:
    """The citation of a whole block."""
    segments = document.line_map.segments(document.text, block.span)
    quote = block.span.of(document.text)
    lines = (segments[0].line, segments[-1].line)
    return Citation(
        number,
        document.name,
        document.id,
        document.meta.title,
        block.heading_path,
        block.span,
        quote,
        quote,
        lines,
        segments,
    )


def harbour_report() -> Draft:
    """A report with tables of every kind: units in a column, heads of two levels, an image, rows that were not read."""
    draft = Draft("统计/东湾比较.txt")
    draft.heading("东湾等六市海洋经济比较研究（样例）", 1)
    draft.paragraph("东湾市海洋研究课题组")
    draft.heading("一、基本情况", 2)
    draft.paragraph("六市自然条件各有所长，岸线、港口与腹地差异明显，可比口径下的主要指标见下表。")
    draft.caption("表1：2021年六市基本情况", "表1")
    cities = ["东湾", "西屿", "南澜", "北汀", "中浦", "澄海"]
    draft.table(
        [[("指标", 0, 1), ("单位", 1, 1), *((city, n, 1) for n, city in enumerate(cities, start=2))]],
        [
            (("海洋生产总值",), "亿元", ["1286.4", "903.7", "2210.5", "377.2", "641.0", "1498.3"]),
            (("海洋生产总值", "占地区生产总值比重"), "%", ["18.6", "14.2", "21.9", "9.8", "----", "17.5"]),
            (("港口货物吞吐量",), "万吨", ["5210", "3377", "18802", "---", "960", "7024"]),
            (("集装箱吞吐量",), "万标箱", ["96.5", "41.2", "610.8", "", "8.1", "155.6"]),
            (("海岸线长度",), "公里", ["312", "478", "205", "96", "61", "540"]),
        ],
    )
    draft.note("注：中浦市比重未公布；北汀市无集装箱码头。")
    draft.lost("—— 12 ——", "page number", "a number alone on its line, counting up")
    draft.lost("海洋观察　2022年第2期", "running head", "repeated on 6 pages")
    draft.heading("二、竞争力评价", 2)
    draft.paragraph("按三个方面九项指标评价，结果如下。")
    draft.caption("表2：六市海洋竞争力排名与得分", "表2")
    groups = ["综合", "规模", "创新", "开放", "绿色", "保障"]
    draft.table(
        [
            [("城市", 0, 1), *((f"{name}竞争力", 1 + 2 * n, 2) for n, name in enumerate(groups))],
            [(text, 1 + n, 1) for n, text in enumerate(["排名", "得分"] * len(groups))],
        ],
        [
            (
                (city,),
                "",
                [
                    f"{(n * 5 + k) % 6 + 1}" if k % 2 == 0 else f"{88.4 - 3.7 * ((n * 5 + k) % 6):.2f}"
                    for k in range(12)
                ],
            )
            for n, city in enumerate(cities)
        ],
    )
    draft.note("数据来源：六市统计公报。")
    draft.caption("图1：六市海洋生产总值增速", "图1", has_data=False)
    draft.caption("表3：六市渔港数量", "表3", has_data=False)
    draft.heading("三、投入强度", 2)
    draft.caption("表4：研发投入（万元）", "表4")
    draft.table(
        [[("城市", 0, 1), ("海洋研发/经费投入", 1, 1), ("占海洋生产/总值比重/（%）", 2, 1)]],
        [
            (("东湾",), "", ["43737.6", "3.4"]),
            (("西屿",), "", ["18074", "2.0"]),
        ],
        unit="万元",
        caption_fits=False,
    )
    draft.paragraph("甲  12  13  15", "乙  9  10", unread="rows differ in their number of cells")
    draft.paragraph("总体看，东湾市投入强度居前。")
    return draft


def long_report() -> Draft:
    """A table higher and wider than a screen."""
    draft = Draft("统计/码头.txt")
    draft.heading("码头吞吐量历年统计（样例）", 1)
    draft.caption("表1：各码头吞吐量", "表1")
    years = range(2010, 2034)
    draft.table(
        [[("码头", 0, 1), *((f"{year}年", n, 1) for n, year in enumerate(years, start=1))]],
        [((f"第{row}号码头",), "", [f"{row}.{year}" for year in years]) for row in range(1, 81)],
        unit="万吨",
    )
    return draft
