"""A service that answers from the tables of one invented report."""

from __future__ import annotations

from fake_service import FakeService

from policy_qa.types import Answer, AnswerTable, Caption, Citation, Claim, Outcome, Question, Refusal
from table_documents import cite_block, cite_cell, harbour_report, long_report, tables_of

REPORT = harbour_report().document()
LONG = long_report().document()
FACTS, RANKS, INPUT = tables_of(REPORT)
IMAGE = next(b for b in REPORT.blocks if isinstance(b, Caption) and b.number == "表3")
CITIES = ("东湾", "西屿", "南澜", "北汀", "中浦", "澄海")
RANK = "澄海市绿色竞争力得分是多少？"
TABLE = "把六市的海洋生产总值和吞吐量列成一张表，缺的写—。"
SIGNED_MISSING = "中浦市海洋生产总值占比是多少？"
EMPTY = "北汀市集装箱吞吐量是多少？"
FAR_DOWN = "第58号码头2030年吞吐量是多少？"
IMAGE_ONLY = "西屿市有多少渔港？"


class TableService(FakeService):
    """Answers the questions above."""

    def __init__(self) -> None:
        super().__init__([REPORT, LONG])

    def ask(self, question: Question) -> Outcome:
        self.asked.append(question)
        match question.text:
            case text if text == RANK:
                cited = cite_cell(REPORT, RANKS, 5, 10)
                return Answer(
                    question, (Claim(f"澄海市绿色竞争力得分为{cited.cell.value}分。", (1,)),), (cited,)
                )
            case text if text == FAR_DOWN:
                cited = cite_cell(LONG, tables_of(LONG)[0], 57, 21)
                return Answer(question, (Claim(cited.cell.value, (1,)),), (cited,))
            case text if text == TABLE:
                return self._table(question)
            case text if text == SIGNED_MISSING:
                return self._missing(question, cite_cell(REPORT, FACTS, 1, 6))
            case text if text == EMPTY:
                return self._missing(question, cite_cell(REPORT, FACTS, 3, 5))
            case text if text == IMAGE_ONLY:
                message = "资料中有表3“六市渔港数量”，但原文为图片，没有数据，无法回答。"
                claims = (Claim("表3：六市渔港数量", (1,)),)
                return Refusal(question, "table_is_image", message, claims, (cite_block(REPORT, IMAGE),))
            case _:
                return super().ask(question)

    def _missing(self, question: Question, cited: Citation) -> Refusal:
        message = f"“{cited.cell.table}”中，{cited.cell.column}的{cited.cell.row}原文缺，无法回答。"
        return Refusal(question, "cell_missing", message, (Claim(cited.quote, (1,)),), (cited,))

    def _table(self, question: Question) -> Answer:
        rows = []
        for column, city in enumerate(CITIES, start=2):
            cells = [c for c in FACTS.cells if c.column == column and c.row in {0, 2, 3}]
            rows.append((city, *(cell.text or "—" for cell in cells)))
        columns = ("城市", "海洋生产总值（亿元）", "港口货物吞吐量（万吨）", "集装箱吞吐量（万标箱）")
        names = ("六市海洋生产总值", "六市港口货物吞吐量", "六市集装箱吞吐量")
        citations = tuple(
            cite_cell(REPORT, FACTS, row, 2, number=n) for n, row in enumerate((0, 2, 3), start=1)
        )
        claims = tuple(Claim(f"{name}见下表。", (n,)) for n, name in enumerate(names, start=1))
        notices = ("北汀市无集装箱码头，港口货物吞吐量原文缺。",)
        return Answer(question, claims, citations, notices, AnswerTable(columns, tuple(rows)))
