"""The command line as scripts call it: in a process of its own, with nothing beyond this machine in reach."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from policy_qa import messages
from policy_qa.evaluation.exactness import check_exactness

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Run = subprocess.CompletedProcess[str]

LAKE = (
    "# 白鹭湖水质监测年报\n\n## 一、水质\n\n2022年，白鹭湖总磷浓度为0.042毫克/升，比上年下降12.5%。湖区水域面积为38.6平方公里。\n\n"
    "## 二、治理措施\n\n一是清淤120万立方米。二是关闭排污口14处。三是种植水草900亩。\n"
)
LIBRARY = "松岭区图书馆事业简报\r\n\r\n一、藏书\r\n\r\n2022年末，全区公共图书馆藏书215万册，人均1.7册。\r\n全年接待读者304万人次。\r\n"
LAKE_NAME, LIBRARY_NAME = "生态/白鹭湖年报.md", "图书馆简报.txt"

OUTCOME_KEYS = {
    "id",
    "question",
    "completed_question",
    "refused",
    "reason",
    "answer",
    "claims",
    "citations",
    "table",
    "conflicts",
    "nearest",
    "notices",
    "seconds",
    "error",
}
CITATION_KEYS = {
    "number",
    "document",
    "title",
    "section",
    "page",
    "lines",
    "start",
    "end",
    "quote",
    "context",
    "segments",
    "cell",
}
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "chromadb",
    "gradio",
    "llama_index",
    "jieba",
    "bm25s",
    "numpy",
)
encoder = pytest.mark.encoder


@pytest.fixture(scope="module")
def policy_qa(
    offline_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Run]:
    """Calls the installed command in an empty folder; a `status` other than 0 is to be said."""
    folder = tmp_path_factory.mktemp("working-folder")

    def call(*arguments: object, status: int = 0) -> Run:
        run = subprocess.run(
            [sys.executable, "-c", "from policy_qa.cli import main; main()", *map(str, arguments)],
            cwd=folder,
            env=offline_environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert run.returncode == status, run.stderr + run.stdout
        assert "Traceback" not in run.stdout
        return run

    return call


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "生态").mkdir()
    (folder / LAKE_NAME).write_text(LAKE, encoding="utf-8")
    (folder / LIBRARY_NAME).write_bytes(LIBRARY.encode("gb18030"))
    (folder / "README.md").write_text("不是资料。", encoding="utf-8")
    (folder / "坏.txt").write_bytes("坏".encode() + b"\xff\xfe\x00\x81\xd8 \xff")
    return folder


@pytest.fixture(scope="module")
def first_build(policy_qa: Callable[..., Run], corpus: Path, tmp_path_factory) -> tuple[Path, Run]:
    """An index of the real encoder, and what its build said; one file of the corpus is no text."""
    index = tmp_path_factory.mktemp("built") / "index"
    return index, policy_qa("build", "--corpus", corpus, "--index", index, status=1)


@pytest.fixture(scope="module")
def index(first_build: tuple[Path, Run]) -> Path:
    return first_build[0]


def write_lines(path: Path, *lines: object) -> Path:
    text = "".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) + "\n" for line in lines
    )
    path.write_text(text, encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def assert_one_line_error(run: Run, *parts: str) -> None:
    """Nothing among the results, and one line that says what was wrong."""
    assert run.stdout == ""
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    for part in parts:
        assert part in lines[0]


def test_help_loads_nothing_heavy(root: Path) -> None:
    program = (
        "import sys\nfrom policy_qa.cli import main\n"
        "sys.argv = ['policy-qa', '--help']\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    for command in (
        "build",
        "ask",
        "search",
        "inspect",
        "figures",
        "conflicts",
        "explain",
        "evaluate",
        "serve",
    ):
        assert command in run.stdout


def test_the_command_is_installed(policy_qa: Callable[..., Run]) -> None:
    from importlib.metadata import entry_points

    (command,) = entry_points(group="console_scripts", name="policy-qa")
    assert command.value == "policy_qa.cli:main"
    assert "build" in policy_qa("--help").stdout


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("build", ["--corpus", "--index"]),
        ("ask", ["--history", "--batch", "--output", "--index", "--llm", "--json"]),
        ("search", ["--top-k", "--batch", "--output", "--index", "--json"]),
        ("inspect", ["--json"]),
        (
            "figures",
            ["--indicator", "--subject", "--period", "--document", "--csv", "--xlsx", "--index", "--json"],
        ),
        ("conflicts", ["--arithmetic", "--index", "--json"]),
        ("explain", ["QUESTION"]),
        ("evaluate", ["--cases", "--index", "--baseline", "--accept"]),
        ("serve", ["--index", "--host", "--port"]),
    ],
)
def test_each_command_has_its_options(
    policy_qa: Callable[..., Run], command: str, options: list[str]
) -> None:
    text = policy_qa(command, "--help").stdout
    assert [option for option in options if option not in text] == []


@encoder
def test_build_names_what_it_left_out_and_builds_the_rest(first_build: tuple[Path, Run]) -> None:
    _, run = first_build
    assert "新增 2" in run.stdout
    assert "未能读入 坏.txt" in run.stdout
    assert "at byte" in run.stdout
    assert "略过 README.md" in run.stdout


@encoder
def test_a_second_build_finds_nothing_to_do(policy_qa, corpus: Path, index: Path) -> None:
    run = policy_qa("build", "--corpus", corpus, "--index", index, status=1)
    assert "新增 0，改动 0，删除 0，未变 2" in run.stdout
    assert "本次计算向量 0 段" in run.stdout


@encoder
def test_ask_prints_the_answer_then_its_place(policy_qa, index: Path) -> None:
    run = policy_qa("ask", "2022年白鹭湖总磷浓度是多少？", "--index", index)
    assert "0.042毫克/升" in run.stdout.splitlines()[0]
    assert "[1] 《白鹭湖水质监测年报》" in run.stdout
    assert f"{LAKE_NAME}，第5行" in run.stdout
    assert run.stderr == ""


@encoder
def test_a_refusal_is_work_done(policy_qa, index: Path) -> None:
    run = policy_qa("ask", "火星探测器什么时候发射？", "--index", index, "--llm", "none")
    assert run.stdout.startswith(messages.OUT_OF_SCOPE)
    assert run.stderr == ""


@encoder
def test_ask_json_has_every_key(policy_qa, corpus: Path, index: Path) -> None:
    run = policy_qa("ask", "2022年末全区公共图书馆藏书多少册？", "--index", index, "--json")
    record = json.loads(run.stdout)
    assert set(record) == OUTCOME_KEYS
    assert (record["id"], record["refused"], record["reason"], record["error"]) == (None, False, None, None)
    assert "215万册" in record["answer"]
    assert record["answer"].endswith("[1]")
    assert [set(claim) for claim in record["claims"]] == [{"text", "status", "citations", "working"}]
    (citation,) = record["citations"]
    assert set(citation) == CITATION_KEYS
    assert (citation["document"], citation["lines"], citation["page"], citation["cell"]) == (
        LIBRARY_NAME,
        [5, 5],
        None,
        None,
    )
    assert check_exactness([record], corpus) == []
    assert "\\u" not in run.stdout
    assert run.stderr == ""


@encoder
def test_history_completes_a_question_and_the_completed_one_is_told(
    policy_qa, index: Path, tmp_path: Path
) -> None:
    turns = [{"question": "白鹭湖总磷浓度是多少？", "answer": "0.042毫克/升"}, {"question": "下降了多少？"}]
    earlier = [{"question": "2022年白鹭湖总磷浓度是多少？", "answer": "0.042毫克/升"}]
    as_array = write_lines(tmp_path / "turns.json", earlier)
    as_lines = write_lines(tmp_path / "turns.jsonl", *turns)
    run = policy_qa("ask", "2021年的呢？", "--history", as_array, "--index", index, "--json")
    assert json.loads(run.stdout)["completed_question"] == "2021年白鹭湖总磷浓度是多少？"
    shown = policy_qa("explain", "水域面积是多少？", "--history", as_lines, "--index", index).stdout
    assert "白鹭湖总磷浓度是多少？ → 0.042毫克/升" in shown
    assert "下降了多少？" in shown


@encoder
def test_a_batch_answers_every_line_in_order(policy_qa, corpus: Path, index: Path, tmp_path: Path) -> None:
    questions = write_lines(
        tmp_path / "in.jsonl",
        {"id": "甲-1", "question": "2022年白鹭湖总磷浓度是多少？", "note": "other keys are ignored"},
        "{not json\n",
        {"id": 3, "question": "治理措施有哪些？", "documents": [LAKE_NAME]},
        {"id": 4, "question": "2022年白鹭湖总磷浓度是多少？", "documents": [LIBRARY_NAME]},
        {"id": 5, "question": "那接待读者呢？", "history": [{"question": "藏书多少？", "answer": "215万册"}]},
        {"id": 6},
        {"question": ""},
    )
    output = tmp_path / "out.jsonl"
    run = policy_qa("ask", "--batch", questions, "--output", output, "--index", index, status=1)
    assert run.stdout == ""
    assert "2 questions failed" in run.stderr
    records = read_lines(output)
    assert [record["id"] for record in records] == ["甲-1", None, 3, 4, 5, None, None]
    assert all(set(record) == OUTCOME_KEYS for record in records)
    assert [record["error"] is None for record in records] == [True, False, True, True, True, False, True]
    assert ":2" in records[1]["error"]
    assert "question" in records[5]["error"]
    assert "0.042毫克/升" in records[0]["answer"]
    assert [claim["text"][:2] for claim in records[2]["claims"]] == ["一是", "二是", "三是"]
    assert all(citation["document"] == LIBRARY_NAME for citation in records[3]["citations"])
    assert [record["completed_question"] for record in records] == [
        None, None, None, None, "接待读者多少？", None, None,
    ]  # fmt: skip
    assert (records[6]["refused"], records[6]["answer"]) == (True, messages.EMPTY_QUESTION)
    assert check_exactness(records, corpus) == []
    raw = output.read_bytes()
    assert "毫克/升".encode() in raw
    assert b"\\u" not in raw
    assert b"\r" not in raw
    assert not list(tmp_path.glob("*.part"))


@encoder
def test_the_same_batch_twice_differs_in_seconds_alone(policy_qa, index: Path, tmp_path: Path) -> None:
    questions = write_lines(
        tmp_path / "in.jsonl",
        {"id": 1, "question": "治理措施有哪些？"},
        {"id": 2, "question": "人均多少册？"},
    )
    outputs = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for output in outputs:
        policy_qa("ask", "--batch", questions, "--output", output, "--index", index)
    one, two = ([record | {"seconds": None} for record in read_lines(output)] for output in outputs)
    assert one == two


@encoder
def test_search_gives_chunks_best_first(policy_qa, index: Path, tmp_path: Path) -> None:
    run = policy_qa("search", "白鹭湖总磷", "--top-k", 2, "--index", index, "--json")
    record = json.loads(run.stdout)
    assert set(record) == {"id", "hits"}
    assert record["id"] is None
    assert 1 <= len(record["hits"]) <= 2
    for hit in record["hits"]:
        assert set(hit) == {"document", "start", "end", "score", "text"}
        assert hit["end"] - hit["start"] == len(hit["text"])
    assert record["hits"][0]["document"] == LAKE_NAME
    assert all(left["score"] >= right["score"] for left, right in pairwise(record["hits"]))
    shown = policy_qa("search", "白鹭湖总磷", "--index", index).stdout
    assert shown.startswith(f"1. {LAKE_NAME} ")

    questions = write_lines(
        tmp_path / "in.jsonl",
        {"id": "a", "question": "白鹭湖总磷"},
        "oops\n",
        {"id": "c", "question": "藏书", "documents": [LIBRARY_NAME]},
    )
    output = tmp_path / "out.jsonl"
    policy_qa("search", "--batch", questions, "--output", output, "--top-k", 2, "--index", index, status=1)
    first, failed, last = read_lines(output)
    assert first == {"id": "a", "hits": record["hits"]}
    assert failed["error"]
    assert {hit["document"] for hit in last["hits"]} == {LIBRARY_NAME}


@encoder
def test_explain_shows_ranks_and_the_reason(policy_qa, index: Path) -> None:
    text = policy_qa("explain", "2022年白鹭湖总磷浓度是多少？", "--index", index).stdout
    for part in (
        "【问题】",
        "时期：2022年",
        "【找到的段落】",
        "关键词",
        LAKE_NAME,
        "【结论】",
        messages.WHY_SENTENCE,
        "0.042毫克/升",
    ):
        assert part in text


def test_inspect_accounts_for_every_character(policy_qa, corpus: Path) -> None:
    for name, source in ((LAKE_NAME, LAKE), (LIBRARY_NAME, LIBRARY)):
        run = policy_qa("inspect", corpus / name, "--json")
        record = json.loads(run.stdout)
        assert {"document", "text", "blocks", "tables", "set_aside", "line_map"} <= set(record)
        assert record["document"] == name.rpartition("/")[2]
        text, taken = record["text"], [False] * len(source)
        for run_of in record["line_map"]:
            start, length = run_of["source_start"], run_of["end"] - run_of["start"]
            assert source[start : start + length] == text[run_of["start"] : run_of["end"]]
            assert source[:start].count("\n") + 1 == run_of["line"]
            taken[start : start + length] = [True] * length
        for piece in record["set_aside"]:
            span = piece["source_span"]
            assert source[span["start"] : span["end"]] == piece["text"]
            assert not any(taken[span["start"] : span["end"]])
            taken[span["start"] : span["end"]] = [True] * len(piece["text"])
        assert (
            "".join(letter for letter, is_taken in zip(source, taken, strict=True) if not is_taken).strip()
            == ""
        )
        for block in record["blocks"]:
            assert {"kind", "start", "end", "level", "heading_path"} <= set(block)
            assert text[block["start"] : block["end"]].strip()
            assert (block["kind"] == "heading") == (block["level"] is not None)
        assert "".join(
            text[block["start"] : block["end"]] for block in record["blocks"]
        ).split() == text.split() or (
            "".join("".join(text[b["start"] : b["end"]].split()) for b in record["blocks"])
            == "".join(text.split())
        )
    shown = policy_qa("inspect", corpus / LAKE_NAME).stdout
    assert "《白鹭湖水质监测年报》" in shown
    assert "标题符号" in shown


def test_inspect_names_a_file_that_is_no_text(policy_qa, corpus: Path, tmp_path: Path) -> None:
    assert_one_line_error(policy_qa("inspect", corpus / "坏.txt", status=2), "坏.txt", "policy-qa build")
    assert_one_line_error(policy_qa("inspect", tmp_path / "没有.txt", status=2), "没有.txt")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "问题", "--batch", "in.jsonl", "--output", "out.jsonl"),
        ("ask", "--batch", "in.jsonl"),
        ("ask", "问题", "--output", "out.jsonl"),
        ("search",),
        ("search", "--batch", "in.jsonl"),
    ],
)
def test_a_call_that_does_not_fit_is_refused_in_one_line(policy_qa, arguments: tuple[str, ...]) -> None:
    run = policy_qa(*arguments, status=2)
    assert_one_line_error(run, "policy-qa: ")
    assert run.stderr.strip().endswith(f"policy-qa {arguments[0]} --help")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "问题", "--llm", "gpt"),
        ("ask", "问题", "--no-such-option"),
        ("search", "问题", "--top-k", "0"),
        ("search", "问题", "--top-k", "many"),
        ("inspect",),
        ("no-such-command",),
        ("build", "superfluous"),
    ],
)
def test_an_unknown_option_or_value_is_refused(policy_qa, arguments: tuple[str, ...]) -> None:
    run = policy_qa(*arguments, status=2)
    assert run.stdout == ""
    assert "Error" in run.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "问题"),
        ("search", "问题"),
        ("figures",),
        ("conflicts",),
        ("explain", "问题"),
        ("serve",),
        ("evaluate",),
    ],
)
def test_a_missing_index_names_the_command_that_makes_it(
    policy_qa, root: Path, tmp_path: Path, arguments
) -> None:
    cases = ("--cases", root / "eval" / "cases.jsonl") if arguments[0] == "evaluate" else ()
    run = policy_qa(*arguments, *cases, "--index", tmp_path / "none", status=2)
    assert_one_line_error(run, "policy-qa build", "none")


def test_a_missing_corpus_is_named(policy_qa, tmp_path: Path) -> None:
    run = policy_qa("build", "--corpus", tmp_path / "没有", "--index", tmp_path / "index", status=2)
    assert_one_line_error(run, "没有", "policy-qa build")


@encoder
def test_a_batch_that_is_not_there_is_named(policy_qa, index: Path, tmp_path: Path) -> None:
    batch = ("--batch", tmp_path / "没有.jsonl", "--output", tmp_path / "out.jsonl")
    assert_one_line_error(policy_qa("ask", *batch, "--index", index, status=2), "没有.jsonl")


def test_a_history_that_is_not_there_is_named(policy_qa, tmp_path: Path) -> None:
    run = policy_qa("ask", "问题", "--history", tmp_path / "没有.jsonl", status=2)
    assert_one_line_error(run, "没有.jsonl")


@pytest.mark.parametrize("text", ["{not json", '[{"answer": "没有问题"}]', "42", "[1, 2]"])
def test_a_history_that_is_none_is_refused(policy_qa, tmp_path: Path, text: str) -> None:
    history = write_lines(tmp_path / "history.json", text)
    assert_one_line_error(policy_qa("ask", "问题", "--history", history, status=2), "history.json")


def test_an_unknown_setting_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "policy-qa.toml").write_text("chunk_size = 3\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", "from policy_qa.cli import main; main()", "build"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2
    assert_one_line_error(run, "chunk_size", "policy-qa.toml")


def test_inspect_tells_the_items_of_a_paragraph(policy_qa, tmp_path: Path) -> None:
    path = tmp_path / "调研.txt"
    path.write_text(
        "三类短板突出：一是投入低，仍在降；二是人才少；三是平台弱。\n一是说法而已。", encoding="utf-8"
    )
    first, second = json.loads(policy_qa("inspect", path, "--json").stdout)["blocks"]
    text = path.read_text(encoding="utf-8")
    assert [text[item["start"] : item["end"]] for item in first["items"]] == [
        "一是投入低，仍在降；",
        "二是人才少；",
        "三是平台弱。",
    ]
    assert second["items"] == []


BULLETIN = (
    "# 宜昌市创新简报\n\n2021年，宜昌市高新技术企业为868家。\n\n"
    "2021年，宜昌市项目共780个，其中开工304个，占40.0%；完工195个，占全部780个的25.0%。\n"
)
COMPARISON = (
    "# 长江沿线城市比较\n\n表1 2021年部分城市指标\n\n"
    "| 城市 | 高新技术企业（家） |\n| --- | --- |\n| 宜昌市 | 880 |\n| 荆州市 | 512 |\n"
)


@pytest.fixture(scope="module")
def bulletins(policy_qa: Callable[..., Run], tmp_path_factory) -> Path:
    """The index of two reports that disagree, one of them with a share that does not come out."""
    folder = tmp_path_factory.mktemp("bulletins")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    (corpus / "简报.md").write_text(BULLETIN, encoding="utf-8")
    (corpus / "比较.md").write_text(COMPARISON, encoding="utf-8")
    policy_qa("build", "--corpus", corpus, "--index", index)
    return index


@encoder
def test_figures_are_listed_as_lines_and_as_json(policy_qa, bulletins: Path) -> None:
    wanted = ("--indicator", "高企", "--subject", "宜昌", "--period", "2021年", "--index", bulletins)
    shown = policy_qa("figures", *wanted).stdout
    assert "868家" in shown
    assert "880家" in shown
    assert "512" not in shown
    records = json.loads(policy_qa("figures", *wanted, "--json").stdout)["figures"]
    own = [record for record in records if not record["by_context"]]
    assert [(record["document"], record["text"], record["unit"]) for record in own] == [
        ("比较.md", "880", "家"),
        ("简报.md", "868家", "家"),
    ]
    assert (
        policy_qa("figures", "--indicator", "潮汐", "--index", bulletins).stdout.strip()
        == messages.FIGURES_NONE
    )


@encoder
def test_figures_are_written_as_csv_and_xlsx(policy_qa, bulletins: Path, tmp_path: Path) -> None:
    as_csv, as_xlsx = tmp_path / "数.csv", tmp_path / "数.xlsx"
    run = policy_qa("figures", "--document", "简报", "--csv", as_csv, "--xlsx", as_xlsx, "--index", bulletins)
    assert run.stdout == ""
    assert run.stderr.count("已写入") == 2
    rows = list(csv.DictReader(as_csv.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["原文数字"] for row in rows] == [
        "868家",
        "780个",
        "304个",
        "40.0%",
        "195个",
        "780个",
        "25.0%",
    ]
    assert {row["文件"] for row in rows} == {"简报.md"}
    with zipfile.ZipFile(as_xlsx) as book:
        assert "高新技术企业" in book.read("xl/sharedStrings.xml").decode("utf-8")
    missing = tmp_path / "没有" / "数.csv"
    assert_one_line_error(policy_qa("figures", "--csv", missing, "--index", bulletins, status=2), "没有")


@encoder
def test_conflicts_are_listed_as_lines_and_as_json(policy_qa, bulletins: Path, index: Path) -> None:
    shown = policy_qa("conflicts", "--index", bulletins).stdout
    assert "1. 2021年宜昌市的高新技术企业" in shown
    assert "868家（《宜昌市创新简报》）  简报.md，第3行" in shown
    assert "880家（《长江沿线城市比较》）  比较.md，第7行" in shown
    (record,) = json.loads(policy_qa("conflicts", "--index", bulletins, "--json").stdout)["conflicts"]
    assert [value["text"] for value in record["values"]] == ["880家", "868家"]
    assert policy_qa("conflicts", "--index", index).stdout.strip() == messages.CONFLICTS_NONE


@encoder
def test_arithmetic_is_listed_as_lines_and_as_json(policy_qa, bulletins: Path) -> None:
    shown = policy_qa("conflicts", "--arithmetic", "--index", bulletins).stdout
    assert "304个 ÷ 780个 = 38.97%" in shown
    assert "简报.md，第5行" in shown
    checks = json.loads(policy_qa("conflicts", "--arithmetic", "--index", bulletins, "--json").stdout)[
        "checks"
    ]
    assert [(check["stated"], check["is_right"]) for check in checks] == [("40.0%", False), ("25.0%", True)]


@encoder
def test_a_disagreement_and_a_check_are_answered_with_their_sources(policy_qa, bulletins: Path) -> None:
    ask = ("--index", bulletins, "--json")
    record = json.loads(policy_qa("ask", "2021年宜昌市高新技术企业有多少家？", *ask).stdout)
    assert {claim["status"] for claim in record["claims"]} == {"conflicting"}
    (conflict,) = record["conflicts"]
    assert sorted(value["text"] for value in conflict["values"]) == ["868家", "880家"]
    shown = policy_qa("ask", "宜昌市开工项目占40.0%，算得对吗？", "--index", bulletins).stdout
    assert shown.startswith("对不上")
    assert "304个 ÷ 780个" in shown
