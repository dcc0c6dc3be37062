"""The sample documents, where their figures come from, and the evidence of the evaluation's cases."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from policy_qa.evaluation.cases import load_cases
from policy_qa.evaluation.metrics import locate_evidence, states_value
from policy_qa.ingest.documents import read_document
from policy_qa.ingest.sources import read_file

SAMPLES = {
    "六市发展路径比较研究（示例）.md": "utf-8",
    "工业城市创新纪事（示例）.txt": "utf-8",
    "开放型经济与产业结构对照研究（示例）.txt": "utf-8",
    "柳州工业投资调研报告（示例）.md": "utf-8-sig",
    "柳州科技创新统计简报（示例）.txt": "gb18030",
}
# Not figures: years, months, periods like 1—9月, the name “5+5”, names like S50, numbers of tables and paragraphs.
FIGURE = re.compile(r"(?<![\d.+A-Za-z])\d+(?:\.\d+)?(?:[/:]\d+)?(?![\d.]*[年月—+\dA-Z])")
UNITS = {
    "%",
    "亿元",
    "万人",
    "平方公里",
    "百分点",
}  # Cases ask for them apart: a cell's unit stands elsewhere.
KINDS = {
    "fact": 57,
    "paraphrase": 13,
    "list": 12,
    "provenance": 8,
    "out_of_scope": 10,
    "cell": 26,
    "table": 6,
    "missing_cell": 8,
    "image_table": 6,
    "near_miss": 70,
    "follow_up": 30,
    "false_premise": 20,
    "open": 20,
    "definition": 8,
    "cause": 6,
    "lookup": 35,
    "comparison": 15,
    "extreme": 12,
    "ranking": 10,
    "computation": 25,
    "conflict": 10,
    "check": 13,
}
COMPUTED = {"comparison", "computation", "check", "extreme", "ranking"}
"""Kinds whose answers are computed, or read off the heads of a row: no quotation says them."""
NUMBERING = re.compile(r"附?[图表]\d+|^(?:@\w+!? )?\d\.(?!\d)")


@pytest.fixture(scope="module")
def documents(root):
    """Every sample as it is read, by file name."""
    return {name: read_document(read_file(root / "corpus" / name)) for name in SAMPLES}


@pytest.fixture(scope="module")
def samples(documents):
    """The text of every sample as it is read, by file name."""
    return {name: document.text for name, document in documents.items()}


@pytest.fixture(scope="module")
def originals(root):
    """The lines of every sample's file, by file name."""
    return {
        name: (root / "corpus" / name).read_bytes().decode(encoding).splitlines()
        for name, encoding in SAMPLES.items()
    }


@pytest.fixture(scope="module")
def masters(root):
    """The lines of every master, by file name."""
    return {
        path.name: path.read_text(encoding="utf-8").split("\n")
        for path in (root / "eval" / "masters").glob("*（示例）.md")
    }


@pytest.fixture(scope="module")
def cases(root):
    return load_cases(root / "eval" / "cases.jsonl")


def figures(text):
    return set(FIGURE.findall(NUMBERING.sub("", text)))


def source_rows(root):
    """What docs/samples.md says of each master: by file name, the first and last line, the figures, the source."""
    rows, name = [], None
    for line in (root / "docs" / "samples.md").read_text(encoding="utf-8").split("\n"):
        if file := re.match(r"母本：`eval/masters/(.+?)`", line):
            name = file[1]
        elif row := re.match(r"\| (\d+)(?:—(\d+))? \| (.+?) \| (.+) \|$", line):
            rows.append((name, int(row[1]), int(row[2] or row[1]), row[3], row[4]))
    return rows


def test_the_corpus_holds_five_samples_that_say_so(root, masters) -> None:
    names = {path.name for path in (root / "corpus").iterdir() if not path.name.startswith("README")}
    assert names >= set(SAMPLES)
    assert len(masters) == len(SAMPLES)
    for name, lines in masters.items():
        assert (
            any(line.startswith("# ") and line.endswith("（示例）") for line in lines)
            or "（示例）" in lines[0]
        )
        assert 3000 <= len("\n".join(lines)) <= 6000, name


def test_the_samples_are_in_the_encodings_that_are_told(root) -> None:
    for name, encoding in SAMPLES.items():
        data = (root / "corpus" / name).read_bytes()
        assert data.decode(encoding)
        assert data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")


def test_one_sample_can_only_be_read_as_gb18030(root) -> None:
    data = (root / "corpus" / "柳州科技创新统计简报（示例）.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_the_known_fact_is_in(samples) -> None:
    assert "2020年研发投入强度：1.8%" in samples["柳州科技创新统计简报（示例）.txt"]


def test_every_figure_of_the_samples_has_its_source(root, masters) -> None:
    rows = source_rows(root)
    for name, lines in masters.items():
        for number, line in enumerate(lines, start=1):
            found = [row for row in rows if row[0] == name and row[1] <= number <= row[2]]
            _, _, _, listed, source = found[0] if found else (name, number, number, "", "")
            is_in_table = line.startswith("|") and listed == "整张表"
            assert is_in_table or figures(line) <= figures(listed), (name, number)
            assert not figures(line) or re.match("[甲乙丙丁戊]，", source), (name, number)


def test_no_source_row_speaks_of_what_is_not_there(root, masters) -> None:
    for name, first, last, listed, _ in source_rows(root):
        lines = masters[name][first - 1 : last]
        assert all(line.strip() for line in lines), (name, first)
        assert figures(listed) <= figures(lines[0]), (name, first)
        assert (listed == "整张表") == all(line.startswith("|") for line in lines), (name, first)


def squeezed(text):
    """The text without white space and the marks of a table."""
    return re.sub(r"[\s|>]", "", text)


def said(case, originals):
    """What the evidence of the case says; its lines follow one another as in a sentence that was cut."""
    quotes = [evidence.quote for evidence in case.evidence if evidence.quote]
    lines = [originals[e.document][e.line - 1].strip() for e in case.evidence if e.line]
    return "\n".join([*quotes, "".join(lines)])


def master_tables(masters):
    """The rows of every table of the masters, by file name and caption."""
    tables = {}
    for name, lines in masters.items():
        for line in lines:
            if line.startswith("@caption"):
                tables[name, caption := squeezed(line.partition(" ")[2])] = []
            elif line.startswith("|"):
                tables[name, caption].append(squeezed(line))
    return tables


def test_every_evidence_stands_in_its_document(cases, documents) -> None:
    for case in cases:
        places = [locate_evidence(evidence, documents) for evidence in case.evidence]
        assert len(places) == len(set(places)), case.id


def test_every_accepted_value_is_said_by_the_evidence(cases, originals, samples) -> None:
    for case in cases:
        if case.kind in COMPUTED:
            continue
        text = said(case, originals)
        around = "".join(samples[name] for name in {evidence.document for evidence in case.evidence})
        for group in case.accepted:
            place = around if set(group) <= UNITS else text
            assert any(states_value(place, value) for value in group), (case.id, group)


def test_no_forbidden_value_is_said_by_the_sentence_that_proves_the_answer(cases, masters) -> None:
    rows = {row for rows in master_tables(masters).values() for row in rows}
    for case in cases:
        quotes = [evidence.quote or "" for evidence in case.evidence]
        sentences = "\n".join(q for q in quotes if not any(squeezed(q) in row for row in rows))
        assert not any(states_value(sentences, value) for value in case.forbidden), case.id


def test_the_cases_are_of_the_agreed_kinds(cases) -> None:
    assert Counter(case.kind for case in cases) == KINDS
    refused = {"out_of_scope", "missing_cell", "image_table", "near_miss"}
    long = {"list", "table", "false_premise", "open", "cause", "conflict", *COMPUTED}
    mixed = {"follow_up", "open"}  # Some of them are to be refused.
    answered = [case for case in cases if case.expect == "answer"]
    assert all(case.max_chars == 200 for case in answered if case.kind not in long)
    assert all(
        (case.expect == "refusal") == (case.kind in refused) for case in cases if case.kind not in mixed
    )
    assert len({case.question for case in cases}) == len(cases)


def test_every_table_is_asked_twice_and_more(cases, masters) -> None:
    # The first evidence is the table that is meant; others may say the same.
    kinds = {"cell", "table", "missing_cell"}
    meant = [(case.id, case.evidence[0]) for case in cases if case.kind in kinds]
    for (name, caption), rows in master_tables(masters).items():
        asking = [
            case_id
            for case_id, evidence in meant
            if Path(evidence.document).stem == Path(name).stem
            if any(squeezed(evidence.quote) in row for row in rows)
        ]
        assert not rows or len(asking) >= 2, (name, caption, asking)


def test_what_a_missing_cell_shows_is_a_row_with_a_dash(cases) -> None:
    for case in cases:
        if case.kind == "missing_cell":
            assert re.search(r"\s(?:-{3,4}|—)\s", said(case, {}) + "\n"), case.id


def test_what_an_image_shows_are_captions_without_a_table(cases, masters) -> None:
    images = {caption for (_, caption), rows in master_tables(masters).items() if not rows}
    shown = {squeezed(e.quote) for case in cases if case.kind == "image_table" for e in case.evidence}
    assert shown
    assert shown <= images


def test_no_value_is_accepted_and_forbidden_at_once(cases) -> None:
    for case in cases:
        assert not set(case.forbidden) & {value for group in case.accepted for value in group}, case.id


@pytest.mark.parametrize("folder", ["corpus", "eval/masters"])
def test_no_sentence_of_the_real_reports_is_in_the_samples(root, shared, folder) -> None:
    tool = shared / "tools" / "originality.py"
    done = subprocess.run([sys.executable, tool, root / folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_figure_stands_in_a_real_report(masters, shared) -> None:
    reports = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((shared / "sources").glob("*.txt"))
    )
    known = set(re.findall(r"\d+(?:\.\d+)?(?:[/:]\d+)?", reports))
    for name, lines in masters.items():
        found = {figure for line in lines for figure in figures(line)}
        assert found <= known, (name, found - known)


def test_the_cases_on_the_real_reports_fit_them(root, shared) -> None:
    files = {path.name: read_file(path) for path in (shared / "sources").glob("*.txt")}
    texts = {name: squeezed(read_document(file).text) for name, file in files.items()}
    for case in load_cases(root / "eval" / "sources_cases.jsonl"):
        lines = [files[e.document].text.split("\n")[e.line - 1] for e in case.evidence]
        around = "".join(texts[evidence.document] for evidence in case.evidence)
        assert all(line.strip() for line in lines), case.id
        assert all(any(value in around for value in group) for group in case.accepted), case.id
