"""The command line. Results go to standard output, progress and one-line errors to standard error.

Exit status 0: done, refusals included; 1: some of the work failed, the rest is usable; 2: the call was wrong.
What a command needs is imported when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.errors import PolicyQAError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_qa.config import Settings
    from policy_qa.records import QuestionRecord, Record, TurnRecord

logger = logging.getLogger(__name__)

OFFLINE = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}
"""Set before any of these libraries is imported."""
INSPECT_COLUMNS = 120
"""How wide `inspect` writes where it does not write to a terminal."""

app = typer.Typer(
    name="policy-qa",
    help="政策问答：从中文报告中回答问题，每个数字都能追溯到原文。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class LanguageModelChoice(StrEnum):
    """Which language model words the answers."""

    NONE = "none"


CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", help="资料文件夹，或一个 JSONL 文件。默认 corpus/")
]
IndexOption = Annotated[Path | None, typer.Option("--index", help="索引文件夹。默认 index/")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象，供程序读取。")]
BatchOption = Annotated[Path | None, typer.Option("--batch", help="每行一个问题的 JSONL 文件。")]
OutputOption = Annotated[Path | None, typer.Option("--output", help="与 --batch 对应的结果文件。")]
QuestionArgument = Annotated[str | None, typer.Argument(metavar="QUESTION", help="问题。")]


@app.command()
def build(corpus: CorpusOption = None, index: IndexOption = None) -> None:
    """使索引与资料一致：新增、改动、删除的文件都会处理。"""
    from rich.console import Console

    from policy_qa.pipeline import build_index
    from policy_qa.terminal import build_progress, build_text

    settings = settings_from(corpus=corpus, index=index)
    with build_progress(Console(stderr=True)) as progress:
        report = build_index(settings, progress)
    typer.echo(build_text(report))
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def ask(
    question: QuestionArgument = None,
    history: Annotated[Path | None, typer.Option(help="前面的对话：JSON 数组，或每行一轮的 JSONL。")] = None,
    batch: BatchOption = None,
    output: OutputOption = None,
    index: IndexOption = None,
    llm: Annotated[LanguageModelChoice, typer.Option(help="措辞所用的语言模型。")] = LanguageModelChoice.NONE,  # noqa: ARG001
    as_json: JsonOption = False,
) -> None:
    """回答一个问题，或用 --batch 回答一批。"""
    from policy_qa.pipeline import open_index
    from policy_qa.records import QuestionRecord, answer_record
    from policy_qa.terminal import outcome_text

    asked = None if question is None else QuestionRecord(question=question, history=read_history(history))
    require_one_way("ask", question, batch, output)
    with open_index(settings_from(index=index)) as service:
        if batch is not None and output is not None:
            run_batch(batch, output, lambda record: answer_record(service.ask, record))
        elif asked is not None and as_json:
            echo_json(answer_record(service.ask, asked))
        elif asked is not None:
            typer.echo(outcome_text(service.ask(asked.to_question())))


@app.command()
def search(
    question: QuestionArgument = None,
    top_k: Annotated[int, typer.Option(min=1, max=1000, help="每个问题返回多少个段落。")] = 10,
    batch: BatchOption = None,
    output: OutputOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """只检索，不回答：最相关的段落，按相关程度排列。"""
    from policy_qa.pipeline import open_index
    from policy_qa.records import QuestionRecord, search_record
    from policy_qa.terminal import search_text

    require_one_way("search", question, batch, output)
    with open_index(settings_from(index=index)) as service:

        def hits(record: QuestionRecord) -> Record:
            return search_record(service.search(record.to_question(), top_k), record_id=record.id)

        if batch is not None and output is not None:
            run_batch(batch, output, hits)
        elif question is not None and as_json:
            echo_json(hits(QuestionRecord(question=question)))
        elif question is not None:
            typer.echo(search_text(service.search(QuestionRecord(question=question).to_question(), top_k)))


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="一个资料文件。")], as_json: JsonOption = False
) -> None:
    """看一个文件是怎样被读入的：原文各行与读入的块对照，表格，未收入正文的字符。"""
    from shutil import get_terminal_size

    from policy_qa.document_records import document_record
    from policy_qa.ingest.documents import read_document
    from policy_qa.ingest.sources import read_file
    from policy_qa.inspection import inspection_text
    from policy_qa.language.places import homes_of_documents

    source = read_file(file)
    homes = homes_of_documents(settings_from().home_places)
    document = read_document(source, home_place=homes.get(source.name))
    if as_json:
        echo_json(document_record(document))
    else:
        typer.echo(inspection_text(source, document, width=get_terminal_size((INSPECT_COLUMNS, 24)).columns))


@app.command()
def figures(
    indicator: Annotated[str | None, typer.Option(help="指标，如 研发投入强度、工业投资增速。")] = None,
    subject: Annotated[str | None, typer.Option(help="地方，如 柳州、全国。")] = None,
    period: Annotated[str | None, typer.Option(help="时期，如 2020年、2021年上半年、十三五。")] = None,
    document: Annotated[str | None, typer.Option(help="文件名或题名中的字。")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="写入 CSV 文件，不再逐行列出。")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="写入 XLSX 文件，不再逐行列出。")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出资料中的数据：数值、指标、地方、时期和出处；所问的指标在前，其余按文件和位置排列。"""
    from policy_qa.figures.export import csv_of, xlsx_of
    from policy_qa.figures.selection import Wanted, own_first, select
    from policy_qa.pipeline import open_index
    from policy_qa.records import figure_record
    from policy_qa.terminal import figures_text, figures_written_text

    wanted = Wanted(indicator or "", subject or "", period or "", document or "")
    for target in filter(None, (csv, xlsx)):
        require_folder_of(target, "figures")
    with open_index(settings_from(index=index)) as service:
        found = own_first(select(service.figures(), wanted), indicator=wanted.indicator)
    if csv is not None:
        csv.write_bytes(csv_of(found).encode())
    if xlsx is not None:
        xlsx.write_bytes(xlsx_of(found))
    if as_json:
        echo_json({"figures": [figure_record(one) for one in found]})
    elif csv is None and xlsx is None:
        typer.echo(figures_text(found))
    else:
        typer.echo(figures_written_text([target for target in (csv, xlsx) if target], len(found)), err=True)


@app.command()
def explain(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="问题。")],
    history: Annotated[Path | None, typer.Option(help="前面的对话：JSON 数组，或每行一轮的 JSONL。")] = None,
    index: IndexOption = None,
) -> None:
    """说明一个问题是怎样被理解的，找到了什么，为什么这样回答。"""
    from policy_qa.pipeline import open_index
    from policy_qa.records import QuestionRecord
    from policy_qa.terminal import explanation_text

    asked = QuestionRecord(question=question, history=read_history(history)).to_question()
    with open_index(settings_from(index=index)) as service:
        typer.echo(explanation_text(service.explain(asked)))


@app.command()
def conflicts(
    arithmetic: Annotated[
        bool, typer.Option("--arithmetic", help="改为核算资料写明的占比、差、增速、合计和名次。")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出资料之间互相矛盾的数字：同一地方、同一时期、同一指标，数值不同。"""
    from policy_qa.pipeline import open_index
    from policy_qa.records import check_record, corpus_conflict_record
    from policy_qa.terminal import checks_text, conflicts_text

    with open_index(settings_from(index=index)) as service:
        if arithmetic:
            checks = service.arithmetic()
            checked, text = {"checks": [check_record(check) for check in checks]}, checks_text(checks)
        else:
            found = service.conflicts()
            checked = {"conflicts": [corpus_conflict_record(conflict) for conflict in found]}
            text = conflicts_text(found)
    if as_json:
        echo_json(checked)
    else:
        typer.echo(text)


@app.command()
def evaluate(
    cases: Annotated[Path, typer.Option(help="评测用例。")] = Path("eval/cases.jsonl"),
    index: IndexOption = None,
    baseline: Annotated[Path, typer.Option(help="与之逐例比较的基线。")] = Path("eval/baseline.json"),
    accept: Annotated[bool, typer.Option("--accept", help="把这次的结果写成新的基线。")] = False,
    figures: Annotated[Path | None, typer.Option(help="改为评测指标抽取：标注文件。")] = None,
) -> None:
    """运行评测，与基线逐例比较；有丢失的用例时退出状态为 1。"""
    from policy_qa.evaluation.command import run_evaluation, run_extraction

    if figures is not None:
        typer.echo(run_extraction(settings_from(index=index), figures))
        return
    report, lost = run_evaluation(settings_from(index=index), cases, baseline, accept=accept)
    typer.echo(report)
    raise typer.Exit(1 if lost else 0)


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="监听的地址。默认只限本机 127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="监听的端口。默认 7860")] = None,
) -> None:
    """打开对话界面。"""
    from policy_qa.pipeline import open_index
    from policy_qa.ui.chat import launch

    settings = settings_from(index=index, host=host, port=port)
    with open_index(settings) as service:
        launch(service, settings)


def settings_from(**given: object) -> Settings:
    """The settings in force, options of the command line first."""
    from policy_qa.config import load_settings

    return load_settings(**given)


def require_one_way(command: str, question: str | None, batch: Path | None, output: Path | None) -> None:
    """Raises UsageError unless there is either a question or a batch that is there, with its output."""
    see = f"see: policy-qa {command} --help"
    if (question is None) == (batch is None):
        raise UsageError(f"give either a QUESTION or --batch IN.jsonl --output OUT.jsonl; {see}")
    if (batch is None) != (output is None):
        raise UsageError(f"--batch and --output belong together; {see}")
    if batch is not None and not batch.is_file():
        raise UsageError(f"there is no file {batch}; {see}")
    if output is not None:
        require_folder_of(output, command)


def require_folder_of(target: Path, command: str) -> None:
    """Raises UsageError where the folder that a file is to be written in is not there."""
    if not target.absolute().parent.is_dir():
        raise UsageError(
            f"there is no folder {target.parent} to write {target.name} in; see: policy-qa {command} --help"
        )


def read_history(path: Path | None) -> list[TurnRecord]:
    """The earlier turns in a file: a JSON array, or one turn a line. Raises UsageError for anything else."""
    if path is None:
        return []
    from pydantic import TypeAdapter, ValidationError

    from policy_qa.records import TurnRecord

    try:
        text = path.read_text(encoding="utf-8-sig")
        if not text.lstrip().startswith("["):
            text = f"[{','.join(line for line in text.splitlines() if line.strip())}]"
        return TypeAdapter(list[TurnRecord]).validate_json(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the history {path} cannot be read ({error}); see: policy-qa ask --help") from error
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise UsageError(
            f"the history {path} is not a list of turns ({reason}); see: policy-qa ask --help"
        ) from error


def run_batch(source: Path, target: Path, answer: Callable[[QuestionRecord], Record]) -> None:
    """Answers every line of `source` into a line of `target`, which appears when all are done.

    A line that cannot be read or whose answer crashes gets an `error`; the exit status is then 1.
    """
    from policy_qa.records import error_record, parse_question

    failed = 0
    unfinished = target.with_name(target.name + ".part")
    with (
        source.open(encoding="utf-8-sig") as lines,
        unfinished.open("w", encoding="utf-8", newline="\n") as out,
    ):
        for number, line in enumerate(lines, start=1):
            record = None
            try:
                record = parse_question(line, where=f"{source}:{number}")
                result = answer(record)
            except Exception as error:  # the outermost edge: one bad question must not stop the batch
                logger.exception("%s:%d failed", source, number)
                failed += 1
                result = error_record(f"{type(error).__name__}: {error}", record)
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
    unfinished.replace(target)
    if failed:
        typer.echo(f'{failed} questions failed; see "error" in {target}', err=True)
        raise typer.Exit(1)


def echo_json(record: Record) -> None:
    """Prints one object."""
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))


def main() -> None:
    """The entry point: errors that are foreseen become one line and exit status 2."""
    # Nothing is downloaded or reported at run time, whatever the libraries' defaults.
    os.environ.update(OFFLINE)
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    try:
        app()
    except PolicyQAError as error:
        typer.echo(f"policy-qa: {error}", err=True)
        sys.exit(2)
